"""Bodies of reports: own sentences, the six headings, tables whose sums hold."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from . import text

Cell = tuple[str, int, int]  # text, colspan, rowspan
Grid = list[list[Cell]]

DENIED = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息",
          "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"]
UNABLE = ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"]
REFUSED = ["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息"]
OTHER = ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他"]


@dataclass(frozen=True)
class Report:
    """A report as blocks: ("h", heading), ("p", paragraph) and ("t", grid)."""

    title: str
    blocks: tuple[tuple[str, object], ...]

    def html(self) -> str:
        """The body as HTML (without the title)."""
        out: list[str] = []
        for kind, value in self.blocks:
            if kind == "t":
                out.append(grid_html(value))  # type: ignore[arg-type]
            elif kind == "h":
                out.append(f"<p><strong>{escape(str(value))}</strong></p>")
            else:
                out.append(f'<p style="text-indent:2em">{escape(str(value))}</p>')
        return "\n".join(out)


def c(value: object, cols: int = 1, rows: int = 1) -> Cell:
    """A cell."""
    return (str(value), cols, rows)


def grid_html(grid: Grid) -> str:
    """A grid as an HTML table."""
    rows = []
    for row in grid:
        cells = "".join(
            "<td" + (f' colspan="{w}"' if w > 1 else "") + (f' rowspan="{h}"' if h > 1 else "") + f">{escape(t)}</td>" for t, w, h in row)
        rows.append(f"<tr>{cells}</tr>")
    return '<table border="1" cellspacing="0" cellpadding="4">' + "".join(rows) + "</table>"


def _carry(key: str, year: int) -> list[int]:
    rng = random.Random(f"carry/{key}/{year}")
    return [rng.choice([0, 0, 1, 2]), rng.choice([0, 0, 0, 1]), 0, 0, 0, 0]


def _table2_new(rng: random.Random, whole: bool) -> Grid:
    issued, repealed = rng.randint(0, 9), rng.randint(0, 3)
    n = (lambda a, b: rng.randint(a, b)) if whole else (lambda a, b: 0)
    lic, pen, coe = n(2000, 30000), n(800, 20000), n(50, 900)
    fee = f"{n(100, 9000)}.{rng.randint(10, 99)}" if whole else "0"
    return [
        [c("第二十条第（一）项", 4)], [c("信息内容"), c("本年制发件数"), c("本年废止件数"), c("现行有效件数")],
        [c("规章"), c(0), c(0), c(0)], [c("行政规范性文件"), c(issued), c(repealed), c(issued + rng.randint(10, 60))],
        [c("第二十条第（五）项", 4)], [c("信息内容"), c("本年处理决定数量", 3)], [c("行政许可"), c(lic, 3)],
        [c("第二十条第（六）项", 4)], [c("信息内容"), c("本年处理决定数量", 3)], [c("行政处罚"), c(pen, 3)], [c("行政强制"), c(coe, 3)],
        [c("第二十条第（八）项", 4)], [c("信息内容"), c("本年收费金额（单位：万元）", 3)], [c("行政事业性收费"), c(fee, 3)],
    ]


def _table2_old(rng: random.Random, whole: bool) -> Grid:
    made = rng.randint(1, 9)
    n = (lambda a, b: rng.randint(a, b)) if whole else (lambda a, b: 0)
    head = [c("信息内容"), c("上一年项目数量"), c("本年增/减"), c("处理决定数量")]
    return [
        [c("第二十条第（一）项", 4)], [c("信息内容"), c("本年新制作数量"), c("本年新公开数量"), c("对外公开总数量")],
        [c("规章"), c(0), c(0), c(0)], [c("规范性文件"), c(made), c(made), c(made + rng.randint(10, 50))],
        [c("第二十条第（五）项", 4)], head, [c("行政许可"), c(n(200, 400)), c(n(-9, 9)), c(n(2000, 9000))],
        [c("其他对外管理服务事项"), c(n(300, 700)), c(n(-9, 9)), c(n(2000, 9000))],
        [c("第二十条第（六）项", 4)], head, [c("行政处罚"), c(n(900, 3000)), c(n(-9, 9)), c(n(300, 4000))], [c("行政强制"), c(n(60, 160)), c(n(-3, 3)), c(n(10, 90))],
        [c("第二十条第（八）项", 4)], [c("信息内容"), c("上一年项目数量"), c("本年增/减", 2)], [c("行政事业性收费"), c(n(20, 60)), c(n(-2, 2), 2)],
        [c("第二十条第（九）项", 4)], [c("信息内容"), c("采购项目数量"), c("采购总金额", 2)], [c("政府集中采购"), c(n(20, 200)), c(f"{n(100, 9000)}万元", 2)],
    ]


def _table3(rng: random.Random, key: str, year: int, sub_other: bool) -> tuple[Grid, int]:
    other = OTHER if sub_other else [""]
    labels = ["granted", "partial", *DENIED, *UNABLE, *REFUSED, *other]
    rows = {i: [0] * 7 for i in range(len(labels))}
    new, carried, out, done = [0] * 7, [0] * 7, [0] * 7, [0] * 7
    before, after = _carry(key, year - 1), _carry(key, year)
    for col in range(6):
        fresh = after[col] + (rng.randint(3, 40) if col == 0 else rng.randint(0, 4) if col == 1 else rng.choice([0, 0, 0, 1]))
        new[col], carried[col], out[col] = fresh, before[col], after[col]
        done[col] = fresh + before[col] - after[col]
        for _ in range(done[col]):
            pick = rng.choices(range(len(labels)), [12, 3, *[1] * 8, 6, 2, 1, 1, 1, 0.2, 0.2, 0.2, *[0.3] * len(other)])[0]
            rows[pick][col] += 1
    for row in (new, carried, out, done, *rows.values()):
        row[6] = sum(row[:6])
    num = lambda row: [c(v) for v in row]  # noqa: E731
    grid: Grid = [
        [c("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), c("申请人情况", 7)],
        [c("自然人", 1, 2), c("法人或其他组织", 5), c("总计", 1, 2)],
        [c(x) for x in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
        [c("一、本年新收政府信息公开申请数量", 3), *num(new)], [c("二、上年结转政府信息公开申请数量", 3), *num(carried)],
        [c("三、本年度办理结果", 1, len(labels) + 1), c("（一）予以公开", 2), *num(rows[0])],
        [c("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2), *num(rows[1])],
    ]
    at = 2
    for group, names in (("（三）不予公开", DENIED), ("（四）无法提供", UNABLE), ("（五）不予处理", REFUSED)):
        for i, name in enumerate(names):
            grid.append([*([c(group, 1, len(names))] if i == 0 else []), c(name), *num(rows[at])])
            at += 1
    if sub_other:
        for i, name in enumerate(OTHER):
            grid.append([*([c("（六）其他处理", 1, 3)] if i == 0 else []), c(name), *num(rows[at])])
            at += 1
    else:
        grid.append([c("（六）其他处理", 2), *num(rows[at])])
    grid.append([c("（七）总计", 2), *num(done)])
    grid.append([c("四、结转下年度继续办理", 3), *num(out)])
    return grid, new[6]


def _table4(rng: random.Random) -> Grid:
    values: list[int] = []
    for _ in range(3):
        part = [rng.choice([0, 0, 0, 1, 2]) for _ in range(4)]
        values += [*part, sum(part)]
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [[c("行政复议", 5), c("行政诉讼", 10)], [*[c(x, 1, 2) for x in five], c("未经复议直接起诉", 5), c("复议后起诉", 5)],
            [c(x) for x in five * 2], [c(v) for v in values]]


def make(organ: str, kind: str, year: int, title: str, seed: str) -> Report:
    """The report of an organ about a year; the same seed gives the same report."""
    rng = random.Random(f"{seed}/{organ}/{kind}/{year}")
    n, m = rng.randint(300, 4000), rng.randint(10, 200)
    say = lambda pool: rng.choice(pool).format(o=organ, y=year, n=n, m=m)  # noqa: E731
    whole = kind == "whole"
    made = "由本级政府办公室汇总所属各部门和乡镇（街道）的数据编制" if whole else f"由{organ}编制，只反映本机关的情况"
    lead = f"本报告根据《中华人民共和国政府信息公开条例》{made}。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。如对报告有疑问，请与{organ}联系。"
    if year >= 2019:
        grid3, fresh = _table3(rng, f"{seed}/{organ}", year, year >= 2021)
        grid2 = (_table2_new if year >= 2021 else _table2_old)(rng, whole)
        blocks: list[tuple[str, object]] = [
            ("p", lead), ("h", "一、总体情况"), ("p", say(text.SUMMARY)), ("p", say(text.ACTIVE)), ("p", say(text.PLATFORM)),
            ("h", "二、主动公开政府信息情况"), ("t", grid2), ("h", "三、收到和处理政府信息公开申请情况"), ("t", grid3),
            ("h", "四、政府信息公开行政复议、行政诉讼情况"), ("t", _table4(rng)), ("h", "五、存在的主要问题及改进情况"), ("p", say(text.PROBLEM)), ("p", say(text.REMEDY)),
            ("h", "六、其他需要报告的事项"), ("p", f"本年度新收申请{fresh}件，未收取信息处理费，没有其他需要报告的事项。")]
        return Report(title, tuple(blocks))
    asked = rng.randint(0, 30)
    yes = asked - asked // 4
    blocks = [
        ("p", lead), ("h", "一、概述"), ("p", say(text.SUMMARY)), ("p", say(text.PLATFORM)), ("h", "二、主动公开政府信息的情况"), ("p", say(text.ACTIVE)),
        ("h", "三、依申请公开政府信息和不予公开政府信息的情况"), ("p", f"{year}年共收到政府信息公开申请{asked}件，均已在期限内答复，其中同意公开{yes}件，不属于本机关掌握{asked - yes}件。"),
        ("h", "四、政府信息公开的收费及减免情况"), ("p", "全年未向申请人收取检索、复制、邮寄等费用。"),
        ("h", "五、因政府信息公开申请行政复议、提起行政诉讼的情况"), ("p", f"{year}年发生行政复议{rng.choice([0, 0, 1])}件，行政诉讼0件。"),
        ("h", "六、政府信息公开工作存在的主要问题及改进情况"), ("p", say(text.PROBLEM)), ("p", say(text.REMEDY))]
    if 2014 <= year:
        blocks += [("h", "附：政府信息公开情况统计表"), ("t", [
            [c("统计指标"), c("单位"), c("统计数")], [c("一、主动公开情况"), c("——"), c("")], [c("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）"), c("条"), c(n)],
            [c("其中：主动公开规范性文件数"), c("条"), c(m // 10)], [c("制发规范性文件总数"), c("件"), c(m // 10)],
            [c("四、依申请公开情况"), c("——"), c("")], [c("（一）收到申请数"), c("件"), c(asked)], [c("1.当面申请数"), c("件"), c(asked // 2)],
            [c("2.传真申请数"), c("件"), c(0)], [c("3.网络申请数"), c("件"), c(asked - asked // 2)], [c("4.信函申请数"), c("件"), c(0)]])]
    return Report(title, tuple(blocks))

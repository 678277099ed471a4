"""The tables of the forms as neutral grids, filled with small figures whose sums hold."""
from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A cell of a grid with its spans."""

    text: str
    cols: int = 1
    rows: int = 1


Grid = list[list[Cell]]

GROUPS_2021: list[tuple[str, list[str]]] = [
    ("（一）予以公开", []),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", []),
    ("（三）不予公开", ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
                  "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"]),
    ("（四）无法提供", ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"]),
    ("（五）不予处理", ["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
                  "5.要求行政机关确认或重新出具已获取信息"]),
    ("（六）其他处理", ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                  "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他"]),
]
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def table_two(rng: random.Random, year: int) -> Grid:
    """Table two in the form of the year."""
    grid: Grid = []

    def block(item: str, heads: list[str], rows: list[tuple[str, list[object]]]) -> None:
        grid.append([Cell(f"第二十条第（{item}）项", 4)])
        span = 3 // (len(heads) - 1)
        grid.append([Cell(heads[0])] + [Cell(h, span) for h in heads[1:]])
        for label, values in rows:
            grid.append([Cell(label)] + [Cell(str(v), span) for v in values])

    n = rng.randint
    if year >= 2021:
        decisions = ["信息内容", "本年处理决定数量"]
        block("一", ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
              [("规章", [0, 0, 0]), ("行政规范性文件", [n(0, 9), n(0, 4), n(10, 60)])])
        block("五", decisions, [("行政许可", [n(200, 9000)])])
        block("六", decisions, [("行政处罚", [n(50, 3000)]), ("行政强制", [n(0, 200)])])
        block("八", ["信息内容", "本年收费金额（单位：万元）"], [("行政事业性收费", [f"{n(1000, 900000) / 100:.2f}"])])
        return grid
    heads = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    block("一", ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
          [("规章", [0, 0, 0]), ("规范性文件", [n(1, 9), n(1, 9), n(12, 90)])])
    block("五", heads, [("行政许可", [n(80, 300), f"+{n(1, 9)}", n(300, 9000)]),
                       ("其他对外管理服务事项", [n(20, 200), f"-{n(1, 9)}", n(100, 3000)])])
    block("六", heads, [("行政处罚", [n(300, 900), 0, n(50, 2000)]), ("行政强制", [n(20, 90), 0, n(0, 99)])])
    grid.append([Cell("第二十条第（八）项", 4)])
    grid.append([Cell("信息内容"), Cell("上一年项目数量"), Cell("本年增/减", 2)])
    grid.append([Cell("行政事业性收费"), Cell(str(n(3, 30))), Cell("0", 2)])
    grid.append([Cell("第二十条第（九）项", 4)])
    grid.append([Cell("信息内容"), Cell("采购项目数量"), Cell("采购总金额", 2)])
    grid.append([Cell("政府集中采购"), Cell(str(n(3, 90))), Cell(f"{n(100, 9000)}.{n(10, 99)}万元", 2)])
    return grid


def table_three(rng: random.Random, year: int) -> tuple[Grid, int, int]:
    """Table three, and the numbers of new and carried applications."""
    groups = list(GROUPS_2021)
    if year < 2021:
        groups[-1] = ("（六）其他处理", [])
    labels: list[tuple[str, str]] = [(g, s) for g, subs in groups for s in (subs or [""])]
    counts = {key: [0] * 6 for key in labels}
    carried, carry_out = [0] * 6, [0] * 6
    for key in labels:
        if key[0].startswith("（一）"):
            counts[key][0], counts[key][1] = rng.randint(3, 40), rng.randint(0, 6)
        elif rng.random() < 0.4:
            counts[key][0] = rng.randint(1, 7)
            if rng.random() < 0.3:
                counts[key][rng.randint(1, 5)] = rng.randint(1, 3)
    carry_out[0] = rng.randint(0, 3)
    total = [sum(c[i] for c in counts.values()) for i in range(6)]
    carried[0] = rng.randint(0, 3)
    new = [total[i] + carry_out[i] - carried[i] for i in range(6)]

    def numbers(values: list[int]) -> list[Cell]:
        return [Cell(str(v)) for v in [*values, sum(values)]]

    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    grid: Grid = [
        [Cell(corner, 3, 3), Cell("申请人情况", 7)],
        [Cell("自然人", 1, 2), Cell("法人或其他组织", 5), Cell("总计", 1, 2)],
        [Cell(c) for c in COLUMNS[1:6]],
        [Cell("一、本年新收政府信息公开申请数量", 3), *numbers(new)],
        [Cell("二、上年结转政府信息公开申请数量", 3), *numbers(carried)],
    ]
    first = True
    for group, subs in groups:
        for index, sub in enumerate(subs or [""]):
            row: list[Cell] = []
            if first:
                row.append(Cell("三、本年度办理结果", 1, len(labels) + 1))
                first = False
            if not sub:
                row.append(Cell(group, 2))
            else:
                if index == 0:
                    row.append(Cell(group, 1, len(subs)))
                row.append(Cell(sub))
            grid.append(row + numbers(counts[(group, sub)]))
    grid.append([Cell("（七）总计", 2), *numbers(total)])
    grid.append([Cell("四、结转下年度继续办理", 3), *numbers(carry_out)])
    return grid, sum(new), sum(carried)


def table_four(rng: random.Random) -> Grid:
    """Table four."""
    labels = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    values: list[int] = []
    for _ in range(3):
        part = [rng.randint(0, 2) for _ in range(4)]
        values += [*part, sum(part)]
    return [
        [Cell("行政复议", 5, 2), Cell("行政诉讼", 10)],
        [Cell("未经复议直接起诉", 5), Cell("复议后起诉", 5)],
        [Cell(x) for x in labels * 3],
        [Cell(str(v)) for v in values],
    ]


def annex(rng: random.Random) -> Grid:
    """A short statistical annex of the years before 2019."""
    site, gazette, wechat = rng.randint(900, 4000), rng.randint(20, 90), rng.randint(50, 800)
    done = rng.randint(3, 30)
    rows = [("一、主动公开政府信息数", "条", site + gazette + wechat), ("政府网站公开政府信息数", "条", site),
            ("政府公报公开政府信息数", "条", gazette), ("政务微信公开政府信息数", "条", wechat),
            ("三、收到申请数", "件", done), ("申请办结数", "件", done), ("按时办结数", "件", done),
            ("四、行政复议数量", "件", 0), ("五、行政诉讼数量", "件", 0)]
    return [[Cell("统计指标"), Cell("单位"), Cell("统计数")]] + [
        [Cell(a), Cell(b), Cell(str(c))] for a, b, c in rows]

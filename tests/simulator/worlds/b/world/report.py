"""Texts and tables of annual reports: own sentences, small random figures whose sums hold."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random

Cell = tuple[str, int, int]  # text, colspan, rowspan
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
DENIED = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息",
          "7.属于行政执法案卷", "8.属于行政查询事项")
UNABLE = ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")
REFUSED = ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息")
OTHER = ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他")


@dataclass(frozen=True)
class Block:
    """A piece of a report: kind "h" heading, "p" paragraph, "t" table."""

    kind: str
    text: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()


def table(rows: list[list[Cell]]) -> Block:
    """A table block."""
    return Block("t", rows=tuple(tuple(r) for r in rows))


def _carry(key: str, year: int) -> list[int]:
    """Applications carried from `year` into the next; the same seen from both reports."""
    rng = Random(f"{key}/carry/{year}")
    return [rng.choice((0, 0, 1, 2)) if year >= 2019 else 0, rng.choice((0, 0, 0, 1)) if year >= 2019 else 0, 0, 0, 0, 0]


def _plain(text: object) -> Cell:
    return (str(text), 1, 1)


def _t3(key: str, year: int, rng: Random, big: bool) -> tuple[Block, int, int]:
    new_form = year >= 2021
    into, out = _carry(key, year - 1), _carry(key, year)
    labels: list[tuple[str, str]] = [("", "(一)予以公开"), ("", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)")]
    labels += [("(三)不予公开", x) for x in DENIED] + [("(四)无法提供", x) for x in UNABLE] + [("(五)不予处理", x) for x in REFUSED]
    labels += [("(六)其他处理", x) for x in OTHER] if new_form else [("", "(六)其他处理")]
    top = 40 if big else 6
    done = [rng.randint(3, top), rng.randint(1, max(2, top // 6)), 0, rng.randint(0, 1), rng.randint(0, 1), 0]
    done = [max(d, i - o) for d, i, o in zip(done, into, out, strict=True)]
    grid = [[0] * 6 for _ in labels]
    for col, total in enumerate(done):
        for _ in range(total):
            grid[rng.choices(range(len(labels)), weights=[12, 3] + [1] * (len(labels) - 2))[0]][col] += 1
    new = [d + o - i for d, o, i in zip(done, out, into, strict=True)]
    rows: list[list[Cell]] = [
        [("(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", 3, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [_plain(x) for x in APPLICANTS[1:]],
    ]

    def nums(values: list[int]) -> list[Cell]:
        return [_plain(v) for v in values] + [_plain(sum(values))]

    rows.append([("一、本年新收政府信息公开申请数量", 3, 1), *nums(new)])
    rows.append([("二、上年结转政府信息公开申请数量", 3, 1), *nums(into)])
    last = ""
    for i, ((group, label), values) in enumerate(zip(labels, grid, strict=True)):
        row: list[Cell] = [("三、本年度办理结果", 1, len(labels) + 1)] if i == 0 else []
        if not group:
            row.append((label, 2, 1))
        else:
            if group != last:
                row.append((group, 1, sum(1 for g, _ in labels if g == group)))
            row.append(_plain(label))
        last = group
        rows.append(row + nums(values))
    rows.append([("(七)总计", 2, 1), *nums(done)])
    rows.append([("四、结转下年度继续办理", 3, 1), *nums(out)])
    return table(rows), sum(new), sum(done)


def _t2(year: int, rng: Random, big: bool) -> Block:
    def n(top: int) -> Cell:
        return _plain(rng.randint(1, top) if big else 0)

    if year >= 2021:
        made = rng.randint(0, 9) if big else 0
        gone = rng.randint(0, 4) if big else 0
        return table([
            [("第二十条第(一)项", 4, 1)], [_plain(x) for x in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")],
            [_plain("规章"), _plain(0), _plain(0), _plain(0)], [_plain("行政规范性文件"), _plain(made), _plain(gone), _plain(made + rng.randint(8, 60) if big else 0)],
            [("第二十条第(五)项", 4, 1)], [_plain("信息内容"), ("本年处理决定数量", 3, 1)], [_plain("行政许可"), (n(9000)[0], 3, 1)],
            [("第二十条第(六)项", 4, 1)], [_plain("信息内容"), ("本年处理决定数量", 3, 1)], [_plain("行政处罚"), (n(4000)[0], 3, 1)], [_plain("行政强制"), (n(300)[0], 3, 1)],
            [("第二十条第(八)项", 4, 1)], [_plain("信息内容"), ("本年收费金额(单位:万元)", 3, 1)],
            [_plain("行政事业性收费"), (f"{rng.randint(900, 90000) / 10 if big else 0:g}", 3, 1)],
        ])
    made = rng.randint(0, 9) if big else 0
    return table([
        [("第二十条第(一)项", 4, 1)], [_plain(x) for x in ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")],
        [_plain("规章"), _plain(0), _plain(0), _plain(0)], [_plain("规范性文件"), _plain(made), _plain(made), _plain(made + rng.randint(5, 50) if big else 0)],
        [("第二十条第(五)项", 4, 1)], [_plain(x) for x in ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")],
        [_plain("行政许可"), n(300), _plain(0), n(9000)], [_plain("其他对外管理服务事项"), n(200), _plain(0), n(5000)],
        [("第二十条第(六)项", 4, 1)], [_plain(x) for x in ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")],
        [_plain("行政处罚"), n(2000), _plain(0), n(4000)], [_plain("行政强制"), n(200), _plain(0), n(300)],
        [("第二十条第(八)项", 4, 1)], [_plain("信息内容"), _plain("上一年项目数量"), ("本年增/减", 2, 1)], [_plain("行政事业性收费"), n(40), ("0", 2, 1)],
        [("第二十条第(九)项", 4, 1)], [_plain("信息内容"), _plain("采购项目数量"), ("采购总金额", 2, 1)], [_plain("政府集中采购"), n(90), (f"{rng.randint(100, 9000) if big else 0}万元", 2, 1)],
    ])


def _t4(rng: Random) -> Block:
    names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    values: list[int] = []
    for _ in range(3):
        four = [rng.choice((0, 0, 0, 1, 2)) for _ in range(4)]
        values += [*four, sum(four)]
    return table([
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [(n, 1, 2) for n in names] + [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [_plain(n) for n in names * 2],
        [_plain(v) for v in values],
    ])


def _annex(rng: Random, received: int) -> Block:
    online = received // 2
    granted = received * 2 // 3
    rows: list[tuple[str, str, object]] = [
        ("一、主动公开情况", "—", "—"), ("(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条)", "条", rng.randint(900, 6000)), ("其中:主动公开规范性文件数", "条", 6), ("制发规范性文件总数", "件", 6),
        ("二、回应解读情况", "—", "—"), ("政策解读稿件发布数", "篇", rng.randint(2, 60)), ("三、依申请公开情况", "—", "—"), ("(一)收到申请数", "件", received), ("1.当面申请数", "件", received - online),
        ("2.传真申请数", "件", 0), ("3.网络申请数", "件", online), ("4.信函申请数", "件", 0), ("(二)申请办结数", "件", received), ("1.按时办结数", "件", received), ("2.延期办结数", "件", 0),
        ("(三)申请答复数", "件", received), ("1.属于已主动公开范围数", "件", received - granted), ("2.同意公开答复数", "件", granted), ("3.同意部分公开答复数", "件", 0), ("4.不同意公开答复数", "件", 0),
        ("四、行政复议数量", "件", 0), ("五、行政诉讼数量", "件", 0), ("六、举报投诉数量", "件", 0), ("七、依申请公开信息收取的费用", "万元", 0),
    ]
    return table([[_plain("统计指标"), _plain("单位"), _plain("统计数")]] + [[_plain(a), _plain(b), _plain(c)] for a, b, c in rows])


OPEN = ("按照条例要求,现将{w}一年来公开工作的情况汇总如下。", "{w}把公开当作日常工作来做,全年没有因为公开不及时被通报。", "这一年,{w}着重把与群众办事有关的内容放在看得见的地方。",
        "{w}在上一年的基础上梳理了公开事项,补齐了几处长期空白的栏目。")
ACTIVE = ("全年通过网站发布各类信息{a}条,其中财政、就业和教育三类占到四成。", "全年新增公开内容{a}条,窗口摆放的纸质材料同步更换{b}次。", "网站与新媒体合计发布{a}条,解读材料{b}篇。")
MANAGE = ("信息发布前由经办人和分管负责人各看一遍,全年退回重改{b}次。", "对已经失效的内容做了标注,清出重复文件{b}份。")
PLATFORM = ("栏目页面改用新的编排,手机上也能完整打开。", "查阅点增加到{b}处,乡镇便民大厅都能查到纸质文本。")
CHECK = ("每季度抽查一次,结果在例会上点名。", "年底请二十名群众代表打分,没有发生需要追究责任的情形。")
WORSE = ("有的单位材料交得晚,个别表述仍然生硬。", "解读形式单一,图表和问答偏少。", "基层经办人员变动多,对答复时限把握不准。")
BETTER = ("下一步准备把培训放到一季度,由办公室逐家上门核对。", "今后每月核对一次栏目,缺什么补什么。", "拟编一本常见申请的答复样例,发到每个经办人手里。")


@dataclass(frozen=True)
class Who:
    """Whose report it is."""

    key: str  # for the figures
    organ: str  # name in the text
    area: str  # 全县, 全市, 全区, or 本机关
    big: bool


def blocks(who: Who, year: int) -> list[Block]:
    """A whole report as blocks; the same arguments always give the same text."""
    rng = Random(f"{who.key}/{year}")
    fill = {"w": who.area, "a": rng.randint(300, 9000) if who.big else rng.randint(40, 400), "b": rng.randint(2, 30)}

    def say(pool: tuple[str, ...]) -> str:
        return rng.choice(pool).format(**fill)

    def p(text: str) -> Block:
        return Block("p", text)

    def h(text: str) -> Block:
        return Block("h", text)

    if year >= 2019:
        law = "国办公开办函〔2021〕30号" if year >= 2021 else "国办公开办函〔2019〕60号"
        t3, got, done = _t3(who.key, year, rng, who.big)
        out = [
            p(f"本报告由{who.organ}依照《中华人民共和国政府信息公开条例》和{law}的格式编制,所列数据的统计期限为{year}年1月1日至{year}年12月31日。如对内容有疑问,可与{who.organ}联系。"),
            h("一、总体情况"), p(say(OPEN)), p("(一)主动公开。" + say(ACTIVE)), p(f"(二)依申请公开。{who.area}全年新收申请{got}件,办结{done}件,均在期限内答复。"),
            p("(三)政府信息管理。" + say(MANAGE)), p("(四)平台建设。" + say(PLATFORM)), p("(五)监督保障。" + say(CHECK)),
            h("二、主动公开政府信息情况"), _t2(year, rng, who.big), h("三、收到和处理政府信息公开申请情况"), t3, h("四、政府信息公开行政复议、行政诉讼情况"), _t4(rng),
            h("五、存在的主要问题及改进情况"), p(say(WORSE)), p(say(BETTER)), h("六、其他需要报告的事项"),
            p("本年度未收取信息处理费,没有其他需要报告的事项。" if year >= 2020 else "没有其他需要报告的事项。"),
        ]
        return out
    got = rng.randint(2, 40) if who.big else rng.randint(0, 6)
    out = [
        p(f"根据《中华人民共和国政府信息公开条例》,{who.organ}编制了{year}年政府信息公开工作年度报告。报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),
        h("一、概述"), p(say(OPEN)), p(say(CHECK)), h("二、主动公开政府信息的情况"), p(f"{year}年主动公开政府信息{fill['a']}条。" + say(PLATFORM)),
        h("三、依申请公开政府信息和不予公开政府信息的情况"), p(f"全年收到政府信息公开申请{got}件,已全部答复,没有不予公开的情形。"), h("四、政府信息公开的收费及减免情况"), p("全年未收取检索、复制、邮寄等费用。"),
        h("五、因政府信息公开申请行政复议、提起行政诉讼的情况"), p("全年因政府信息公开被申请行政复议0件,被提起行政诉讼0件。"), h("六、政府信息公开工作存在的主要问题及改进情况"), p(say(WORSE)), p(say(BETTER)),
    ]
    if year >= 2014:
        out += [h("七、附表:政府信息公开情况统计表"), _annex(rng, got)]
    return out


def to_html(parts: list[Block]) -> str:
    """Blocks as HTML."""
    out: list[str] = []
    for b in parts:
        if b.kind == "h":
            out.append(f"<p><strong>{escape(b.text)}</strong></p>")
        elif b.kind == "p":
            out.append(f"<p>　　{escape(b.text)}</p>")
        else:
            rows = "".join(
                "<tr>" + "".join(f"<td{f' colspan={c}' if c > 1 else ''}{f' rowspan={r}' if r > 1 else ''}>{escape(t)}</td>" for t, c, r in row) + "</tr>" for row in b.rows)
            out.append(f'<table border="1" cellspacing="0">{rows}</table>')
    return "\n".join(out)

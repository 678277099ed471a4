"""The same report in other carriers, with columns beside the form's and under other words."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import replace

import pytest

from crawler.demo.tables import Table, TableCell
from pipelines.checks.tables import check_tables
from pipelines.forms import read_forms
from tests.forms.papers import (
    HYBRID,
    NEW,
    OLD,
    document,
    four,
    html_document,
    only,
    text_document,
    three,
    truth,
    two,
)

PARTS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
REPORTS = (NEW, OLD, HYBRID)


def tables(report):
    return list(zip(PARTS, (two(report), three(report), four(report)), strict=True))


def matrix(table):
    out = [[""] * table.width for _ in table.rows]
    for r, c, cell in table.placed():
        out[r][c] = cell.text
    return out


def as_csv(report):
    out = io.StringIO()
    writer = csv.writer(out)
    for heading, table in tables(report):
        writer.writerows([[heading], *matrix(table)])
    return text_document(out.getvalue())


def framed(table, *, ruled):
    rows = matrix(table)

    def wide(text):
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

    sizes = [max(wide(row[c]) for row in rows) for c in range(table.width)]
    lines = [
        "│" + "│".join(t + " " * (n - wide(t)) for t, n in zip(row, sizes, strict=True)) + "│"
        for row in rows
    ]
    rule = "├" + "┼".join("─" * n for n in sizes) + "┤"
    return "\n".join([rule, (f"\n{rule}\n" if ruled else "\n").join(lines), rule])


def as_frames(report, ruled):
    text = "\n".join(
        f"{heading}\n{framed(table, ruled=ruled)}" for heading, table in tables(report)
    )
    return text_document(text)


def as_markdown(report):
    lines = []
    for heading, table in tables(report):
        lines.append(f"## {heading}")
        header_due = table.name != "t2"
        for row in table.rows if table.name == "t2" else matrix(table):
            cells = [c.text for c in row] if table.name == "t2" else row
            if "第二十条" in cells[0]:
                lines += ["", f"### {cells[0]}"]
                header_due = True
                continue
            lines.append("| " + " | ".join(cells) + " |")
            if header_due:
                lines.append("|" + "---|" * len(cells))
                header_due = False
        lines.append("")
    return text_document("\n".join(lines))


def with_a_body_a_row(report):
    page = []
    for heading, table in tables(report):
        rows = (
            "".join(f"<td rowspan={c.rowspan} colspan={c.colspan}>{c.text}</td>" for c in row)
            for row in table.rows
        )
        page.append(
            f"<p>{heading}</p><table>"
            + "".join(f"<tbody><tr>{r}</tr></tbody>" for r in rows)
            + "</table>"
        )
    return html_document("".join(page))


CARRIERS = {
    "csv": as_csv,
    "frames": lambda r: as_frames(r, ruled=True),
    "frames without rules": lambda r: as_frames(r, ruled=False),
    "markdown, a table a heading": as_markdown,
    "a body a row": with_a_body_a_row,
}


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=list(CARRIERS))
def test_every_figure_is_read_and_nothing_is_found(report, carrier):
    reading = read_forms(carrier(report))
    assert reading.values == truth(report)
    assert check_tables(reading, scope="unknown", admin_level=None) == []


def relabelled(table, words):
    rows = (
        tuple(c if c.field else replace(c, text=words.get(c.text, c.text)) for c in row)
        for row in table.rows
    )
    return Table(table.name, tuple(rows), table.width)


@pytest.mark.parametrize(
    "words",
    [
        {"总计": "总计（件）"},
        {"总计": "合计"},
        {"总计": "总数"},
        {"自然人": "公民"},
        {"商业企业": "企业"},
        {"科研机构": "科研院所"},
        {"其他": "其他组织"},
    ],
)
def test_the_usual_other_words_of_table_three_raise_no_alarm(words):
    reading = read_forms(document(relabelled(three(NEW), words)))
    assert (reading.values, reading.tables["t3"].findings) == (only(NEW, "t3"), [])


@pytest.mark.parametrize(
    "words",
    [
        {"现行有效件数": "现行有效件数（历史累计）", "规章": "规章（县级无此项）"},
        {"本年制发件数": "制发件数", "本年废止件数": "废止件数", "现行有效件数": "有效件数"},
        {"本年处理决定数量": "处理决定数量（件）", "行政规范性文件": "规范文件"},
        {"本年收费金额（单位：万元）": "本年收费金额", "行政事业性收费": "行政事业性收费（万元）"},
    ],
)
def test_the_usual_other_words_of_table_two_raise_no_alarm(words):
    reading = read_forms(document(relabelled(two(NEW), words)))
    assert (reading.values, reading.tables["t2"].findings) == (only(NEW, "t2"), [])


def with_column(table, head, cell):
    """Return a table with a further column at its end."""
    rows = []
    heads = sum(not any(c.field for c in row) for row in table.rows)
    for r, row in enumerate(table.rows):
        if any(c.field for c in row):
            rows.append((*row, TableCell(cell(r, row))))
        else:
            rows.append((*row, TableCell(head, rowspan=heads)) if r == 0 else row)
    return Table(table.name, tuple(rows), table.width + 1)


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("占比", lambda r, _: f"{r * 3.7:.2f}%"),
        ("合计", lambda _, row: row[-1].text),
        ("备注", lambda _r, _row: ""),
        ("2022年总计", lambda r, _: str(r * 7)),
    ],
)
def test_a_column_beside_those_of_the_form_is_left_out(head, cell):
    page = document("某县2023年政府信息公开工作年度报告", with_column(three(NEW), head, cell))
    assert read_forms(page).values == only(NEW, "t3")


def in_pairs(table, own, other, *, own_first):
    """Return a table three with two years below each column."""
    rows = []
    for r, row in enumerate(table.rows):
        out = []
        for c in row:
            beside = TableCell(str(r * 7 % 11))
            if c.field:
                out += [c, beside] if own_first else [beside, c]
            elif r < 3:
                out.append(
                    replace(c, rowspan=4) if "勾稽" in c.text else replace(c, colspan=2 * c.colspan)
                )
            else:
                out.append(c)
        rows.append(tuple(out))
    names = (own, other) if own_first else (other, own)
    rows.insert(3, tuple(TableCell(name) for _ in range(7) for name in names))
    return Table("t3", tuple(rows), 17)


@pytest.mark.parametrize(
    ("own", "other"), [("本年", "上年"), ("2023年", "2022年"), ("2023", "2022")]
)
@pytest.mark.parametrize("own_first", [True, False])
def test_of_a_pair_of_years_in_each_column_the_reports_own_is_read(own, other, own_first):
    table = in_pairs(three(NEW), own, other, own_first=own_first)
    assert read_forms(document("某县2023年政府信息公开工作年度报告", table)).values == only(
        NEW, "t3"
    )


def other_scope():
    return three(NEW, **{f: str(v + 1) for f, v in only(NEW, "t3").items()})


@pytest.mark.parametrize(
    ("title", "ours", "others"),
    [
        ("某县人民政府2023年政府信息公开工作年度报告", "（汇总）", "（本机关）"),
        ("某县2023年政府信息公开工作年度报告", "全县汇总数据", "本级数据"),
        ("某县人民政府办公室2023年政府信息公开工作年度报告", "本机关", "全县汇总"),
        ("某县财政局2023年政府信息公开工作年度报告", "表1 本单位", "表2 汇总（含下属单位）"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_of_own_and_summed_tables_the_titles_scope_is_read_and_told(title, ours, others, first):
    tables = [(ours, three(NEW)), (others, other_scope())]
    (a, b), (c, d) = tables if first else tables[::-1]
    reading = read_forms(document(title, a, b, c, d))
    assert reading.values == only(NEW, "t3")
    assert [f.rule for f in reading.findings] == ["RM-OTHER-SCOPE"]


def test_of_own_and_summed_tables_under_a_title_that_does_not_say_neither_is_read():
    reading = read_forms(
        document("政府信息公开工作年度报告", "本机关", three(NEW), "汇总", other_scope())
    )
    assert not any(reading.values.values())


BROKEN_PIPES = """二、主动公开政府信息情况
|
第二十条第(一)项 | |||
|
信息内容 |
本年新制作数量 |
本年新公开数量 |
对外公开总数量 |
|
规章(设区的市、自治州应提供) |
0 |
1 |
2 |
|
规范性文件(行政机关发布的决定、公告、通知,以及标题为“规定”“办法”的公文,一般属于此类,不含人事任免的文件) |
31 |
30 |
94 |
|
第二十条第(五)项 | |||
|
信息内容 |
上一年项目数量 (指2019年事项数) |
本年增/减 (指2020年增加或减少的事项数,如-8) |
处理决定数量 |
|
行政许可 |
12 |
-2 |
480 |
|
其他对外管理服务事项(指行政许可以外的事项,含行政确认、行政处罚、行政强制、行政检查和其他类,以及公共服务事项) |
7 |
0 |
66 |
|
三、收到和处理政府信息公开申请情况
"""


def test_rows_of_pipes_broken_at_each_pipe_are_rows():
    read = read_forms(text_document(BROKEN_PIPES)).values
    assert [read[f"t2_normative_{c}"] for c in ("made", "newly_public", "public_total")] == [
        31,
        30,
        94,
    ]
    assert [read[f"t2_license_{c}"] for c in ("items_prev", "items_delta", "decisions")] == [
        12,
        -2,
        480,
    ]
    assert [read[f"t2_service_{c}"] for c in ("items_prev", "items_delta", "decisions")] == [
        7,
        0,
        66,
    ]


def test_a_printed_figure_is_never_blank():
    text = "信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n其中县级的有 5\n规范性文件\n1\n2\n3\n"
    notes = read_forms(text_document(text)).notes
    assert {n.status for f, n in notes.items() if f.startswith("t2_rules")} == {"unreadable"}

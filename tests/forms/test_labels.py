"""A label names a row or a column only if it names exactly one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipelines.forms import disclosure, disputes, read_forms, requests
from pipelines.forms.indicator_table import FORMS, core_label
from pipelines.forms.labels import Names
from tests.forms.papers import (
    NEW,
    OLD,
    document,
    four,
    html_document,
    only,
    text_document,
    three,
    two,
)

COLUMNS = Names(requests.COLUMNS, brackets=True)
ROWS = Names(requests.ALL_ROWS)
BLOCK_ROWS = Names(tuple({r.id: r for b in disclosure.BLOCKS for r in b.rows}.values()))
BLOCK_COLUMNS = Names(tuple({c.id: c for b in disclosure.BLOCKS for c in b.columns}.values()))


@pytest.mark.parametrize(
    "specs",
    [
        requests.COLUMNS,
        requests.ALL_ROWS,
        disputes.GROUPS,
        disputes.OUTCOMES,
        tuple({r.id: r for b in disclosure.BLOCKS for r in b.rows}.values()),
        tuple({c.id: c for b in disclosure.BLOCKS for c in b.columns}.values()),
    ],
)
def test_every_label_of_the_forms_names_its_own_place_and_no_other(specs):
    names = Names(specs)
    assert {s.label: names.of(s.label) for s in specs} == {s.label: s.id for s in specs}


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.prefix)
def test_every_indicator_names_its_own_row_or_those_of_the_same_label(form):
    names = Names(form.rows)
    for row in form.rows:
        for label in row.label.split(" / "):
            [group] = names.groups_in(core_label(label))
            assert row.id in group


@pytest.mark.parametrize(
    ("names", "label", "parts"),
    [
        (COLUMNS, "科研机构、社会公益组织", "research+public_interest"),
        (COLUMNS, "自然人及商业企业", "natural+business"),
        (COLUMNS, "科研机构（含社会公益组织）", "research+public_interest"),
        (COLUMNS, "法律服务机构\n其他", "legal_service+other_org"),
        (COLUMNS, "其他和总计", "other_org+total"),
        (COLUMNS, "其他\n总计", "other_org+total"),
        (ROWS, "3.其他\n（七）总计", "other_misc+processed_total"),
        (ROWS, "（七）总计\n四、结转下年度继续办理", "processed_total+carried_out"),
        (
            ROWS,
            "1.属于国家秘密；2.其他法律行政法规禁止公开",
            "denied_state_secret+denied_other_law",
        ),
        (ROWS, "一、本年新收与二、上年结转", "new_received+carried_in"),
        (BLOCK_ROWS, "行政处罚/行政强制", "penalty+coercion"),
        (BLOCK_ROWS, "行政处罚和强制", "penalty+coercion"),
        (BLOCK_ROWS, "规章\n行政规范性文件", "rules+normative"),
        (BLOCK_COLUMNS, "本年制发、废止件数", "issued+repealed"),
        (BLOCK_COLUMNS, "采购项目数量及总金额", "bought+bought_amount"),
    ],
)
def test_a_label_that_names_two_names_both(names, label, parts):
    assert names.of(label) == parts


@pytest.mark.parametrize(
    ("names", "label", "one"),
    [
        (COLUMNS, "社会公益\n组织", "public_interest"),
        (COLUMNS, "商业\n企业", "business"),
        (COLUMNS, "总计（件）", "total"),
        (COLUMNS, "其他（不含法律服务机构）", "other_org"),
        (COLUMNS, "法人或其他组织", None),
        (ROWS, "2.其他\n法律行政法规禁止公开", "denied_other_law"),
        (ROWS, "（六）其他处理\n1.申请人无正当理由逾期不补正", "other_not_corrected"),
        (ROWS, "（二）部分予以公开", "partial"),
        (BLOCK_ROWS, "其他对外管理服务事项（含行政确认、行政处罚、行政强制）", "service"),
        (BLOCK_ROWS, "规范性文件（行政机关制定的决定、规章以外的文件）", "normative"),
        (BLOCK_COLUMNS, "采购项目总金额", "bought_amount"),
    ],
)
def test_a_label_that_holds_words_of_another_names_one(names, label, one):
    assert names.of(label) == one


# -- table three --------------------------------------------------------------------------------

PAIR = ("research", "public_interest")
SIX = ("natural", "business", *PAIR, "legal_service", "other_org")


def joint_figures(row):
    numbers = only(NEW, "t3")
    return [numbers[f"t3_{row}__{c}"] for c in SIX] + [numbers[f"t3_{row}__total"]]


def rows_in_six(label="科研机构、社会公益组织"):
    """Return the lines of a table three with two columns in one: a header, then the rows."""
    out = [["项目", "自然人", "商业企业", label, "法律服务机构", "其他", "总计"]]
    for row in requests.ROWS["v2021"]:
        a, b, c, d, e, f, t = joint_figures(row.id)
        out.append([row.label, *map(str, (a, b, c + d, e, f, t))])
    return out


def as_html(rows):
    cells = ("".join(f"<td>{c}</td>" for c in row) for row in rows)
    return html_document("<table>" + "".join(f"<tr>{c}</tr>" for c in cells) + "</table>")


def as_pipes(rows):
    return text_document("\n".join("| " + " | ".join(row) + " |" for row in rows))


def as_tabs(rows):
    return text_document("\n".join("\t".join(row) for row in rows))


@pytest.mark.parametrize("carrier", [as_html, as_pipes, as_tabs])
@pytest.mark.parametrize("label", ["科研机构、社会公益组织", "科研机构及社会公益组织"])
def test_two_columns_in_one_have_no_figure_of_their_own(carrier, label):
    reading = read_forms(carrier(rows_in_six(label)))
    for f, number in only(NEW, "t3").items():
        row, column = f.removeprefix("t3_").split("__")
        if column in PAIR:
            note = reading.notes[f]
            _, _, c, d, *_ = joint_figures(row)
            assert (reading.values[f], note.status, note.raw) == (None, "joint", str(c + d))
            assert note.derived is None
        else:
            assert reading.values[f] == number
    assert [x.where for x in reading.tables["t3"].findings if x.rule == "R3-JOINT"] == [
        "research,public_interest"
    ]


def as_lines(rows):
    return text_document("\n".join("\n".join("\t" + cell for cell in row) for row in rows))


def as_words(rows):
    return text_document("\n".join(" ".join(row) for row in rows))


HEAD = ["项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
NEIGHBOURS = list(pairwise(requests.ROWS["v2021"]))


@pytest.mark.parametrize("carrier", [as_html, as_pipes, as_tabs, as_lines, as_words])
@pytest.mark.parametrize("between", ["、", "及", "/"])
@pytest.mark.parametrize(("one", "two"), NEIGHBOURS, ids=[one.id for one, _ in NEIGHBOURS])
def test_two_rows_in_one_have_no_figure_of_their_own(carrier, between, one, two):
    numbers = only(NEW, "t3")
    rows = [HEAD]
    for row in requests.ROWS["v2021"]:
        own = [numbers[f] for f in requests.fields_of_row(row.id)]
        if row is one:
            below = [numbers[f] for f in requests.fields_of_row(two.id)]
            both = [str(a + b) for a, b in zip(own, below, strict=True)]
            rows.append([one.label + between + two.label, *both])
        elif row is not two:
            rows.append([row.label, *map(str, own)])
    reading = read_forms(carrier(rows))
    for f, number in numbers.items():
        if f.removeprefix("t3_").split("__")[0] in (one.id, two.id):
            assert reading.values[f] is None
            assert (reading.notes[f].status, reading.notes[f].derived) == ("joint", None)
        else:
            assert reading.values[f] in (number, None)


def test_a_figure_over_two_columns_is_neithers():
    shown = three(NEW)
    rows = [list(r) for r in shown.rows]
    at = next(
        r for r, row in enumerate(rows) if any(c.field == "t3_granted__research" for c in row)
    )
    cells = rows[at]
    first = next(i for i, c in enumerate(cells) if c.field == "t3_granted__research")
    joint = type(cells[first])("17", colspan=2)
    rows[at] = [*cells[:first], joint, *cells[first + 2 :]]
    reading = read_forms(document(type(shown)("t3", tuple(map(tuple, rows)), shown.width)))
    for column in PAIR:
        f = f"t3_granted__{column}"
        note = reading.notes[f]
        assert (reading.values[f], note.status, note.raw, note.derived) == (
            None,
            "joint",
            "17",
            None,
        )
    assert (
        reading.values["t3_granted__legal_service"] == only(NEW, "t3")["t3_granted__legal_service"]
    )


@pytest.mark.parametrize("kind", ["html_table", "docx_table", "pdf_table"])
def test_a_figure_over_two_rows_is_neithers(kind):
    rows = "".join(
        f"<tr><td>{r.label}</td>" + "".join(f"<td>{n}</td>" for n in joint_figures(r.id)) + "</tr>"
        for r in requests.ROWS["v2021"]
    )
    head = "<tr><td></td>" + "".join(f"<td>{c.label}</td>" for c in requests.COLUMNS) + "</tr>"
    one = (
        "<tr><td>1.信访举报投诉类申请</td>"
        + "<td rowspan=2>3</td>" * 7
        + "</tr><tr><td>2.重复申请</td></tr>"
    )
    start = rows.index("<tr><td>1.信访")
    body = rows[:start] + one + rows[rows.index("<tr><td>3.要求提供") :]
    [grid] = [
        b for b in html_document(f"<table>{head}{body}</table>").blocks if hasattr(b, "cells")
    ]
    from dataclasses import replace

    reading = read_forms(document(replace(grid, kind=kind)))
    for row in ("refused_petition", "refused_duplicate"):
        for f in requests.fields_of_row(row):
            assert reading.values[f] is None
            assert (reading.notes[f].status, reading.notes[f].derived) == ("joint", None)


# -- table two ----------------------------------------------------------------------------------

TWO_IN_ONE_ROW = [
    ["信息内容", "本年处理决定数量"],
    ["行政许可", "311"],
    ["信息内容", "本年处理决定数量"],
    ["行政处罚、行政强制", "57"],
    ["信息内容", "本年收费金额（单位：万元）"],
    ["行政事业性收费", "12.5"],
]


@pytest.mark.parametrize("carrier", [as_html, as_pipes, as_tabs, as_lines, as_words])
@pytest.mark.parametrize("label", ["行政处罚、行政强制", "行政处罚及行政强制", "行政处罚/强制"])
def test_two_rows_of_table_two_in_one_are_told_together(carrier, label):
    rows = [[label, *row[1:]] if row[0] == "行政处罚、行政强制" else row for row in TWO_IN_ONE_ROW]
    reading = read_forms(carrier(rows))
    assert reading.values["t2_license_decisions"] == 311
    for f in ("t2_penalty_decisions", "t2_coercion_decisions"):
        assert (reading.values[f], reading.notes[f].status, reading.notes[f].raw) == (
            None,
            "joint",
            "57",
        )
    assert "R2-JOINT" in {x.rule for x in reading.tables["t2"].findings}


@pytest.mark.parametrize("carrier", [as_html, as_pipes, as_tabs])
def test_two_columns_of_table_two_in_one_are_told_together(carrier):
    rows = [
        ["信息内容", "本年制发、废止件数", "现行有效件数"],
        ["规章", "0", "0"],
        ["行政规范性文件", "9", "64"],
    ]
    reading = read_forms(carrier(rows))
    assert reading.values["t2_normative_in_force"] == 64
    for f in ("t2_normative_issued", "t2_normative_repealed"):
        assert (reading.values[f], reading.notes[f].status, reading.notes[f].raw) == (
            None,
            "joint",
            "9",
        )


# -- table four and the annexes -----------------------------------------------------------------


def test_two_kinds_of_suit_in_one_are_told_together():
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    head = (
        "<tr><td colspan=5>行政复议</td><td colspan=5>行政诉讼</td></tr><tr><td colspan=5></td>"
        "<td colspan=5>未经复议直接起诉、复议后起诉</td></tr>"
    )
    names = "".join(f"<td>{o}</td>" for o in outcomes * 2)
    numbers = "".join(f"<td>{n}</td>" for n in (4, 1, 0, 2, 7, 3, 0, 0, 0, 3))
    reading = read_forms(html_document(f"<table>{head}<tr>{names}</tr><tr>{numbers}</tr></table>"))
    assert reading.values["t4_review_total"] == 7
    for f in disputes.FIELDS[5:]:
        assert reading.values[f] is None
        assert (reading.notes[f].status, reading.notes[f].derived) == ("joint", None)


def test_a_figure_over_two_results_is_neithers():
    shown = four(NEW)
    *head, figures = shown.rows
    one, two, *rest = figures
    wide = type(one)(str(int(one.text) + int(two.text)), colspan=2)
    table = type(shown)("t4", (*head, (wide, *rest)), shown.width)
    reading = read_forms(document(table))
    for f, number in only(NEW, "t4").items():
        if f in (one.field, two.field):
            assert (reading.values[f], reading.notes[f].status) == (None, "joint")
            assert reading.notes[f].derived is None
        else:
            assert reading.values[f] == number


@pytest.mark.parametrize("carrier", [as_html, as_pipes, as_tabs])
def test_two_indicators_in_one_are_told_together(carrier):
    rows = [
        ["统计指标", "单位", "统计数"],
        ["（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次", "2"],
        ["主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "320"],
        ["（一）收到申请数", "件", "12"],
        ["1.当面申请数", "件", "3"],
        ["2.网络申请数", "件", "4"],
        ["3.信函、传真申请数", "件", "5"],
        ["（二）申请办结数", "件", "12"],
        ["1.按时办结数", "件", "11"],
        ["2.延期办结数", "件", "1"],
    ]
    reading = read_forms(carrier(rows))
    assert (reading.values["a14_app_total"], reading.values["a14_app_network"]) == (12, 4)
    for f in ("a14_app_fax", "a14_app_letter"):
        note = reading.notes[f]
        assert (reading.values[f], note.status, note.raw, note.derived) == (
            None,
            "joint",
            "5",
            None,
        )


def test_the_forms_own_reports_share_no_label():
    for report in (NEW, OLD):
        reading = read_forms(document(two(report), three(report), four(report)))
        assert not [n for n in reading.notes.values() if n.status == "joint"]


def test_a_sign_between_a_row_and_the_next_block_joins_nothing():
    """行政强制/第二十条第(八)项: the stroke is the row's figure, and the block no row of the form."""
    text = (
        "二、主动公开政府信息情况\n第二十条第(六)项\n信息内容 本年处理决定数量\n行政处罚 12\n行政强制/"
        "第二十条第(八)项\n信息内容 本年收费金额(单位:万元)\n行政事业性收费 3.5\n三、收到和处理政府信息公开申请情况"
    )
    values = read_forms(text_document(text)).values
    assert values["t2_penalty_decisions"] == 12
    assert values["t2_coercion_decisions"] is None
    assert values["t2_fee_amount_wanyuan"] == 3.5

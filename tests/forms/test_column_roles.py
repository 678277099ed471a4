"""The older table with more than one column of figures: the header says which is the form's."""

from __future__ import annotations

import pytest

from pipelines.forms.column_roles import MISSING, SEVERAL
from pipelines.forms.indicator_table import read_indicator_table
from tests.forms.papers import document, grid, text_document
from tests.forms.test_indicator_table import A14, F08, flat, rows_2014, rows_fujian

TITLE = "清河县2016年政府信息公开工作年度报告\n一、概述"
FIELDS = {f"a14_{k}": v for k, v in A14.items()}


def beside(name: str, others, *, own: str = "统计数", at: int = 3):
    """Return the table with another column, its figures by number of row, at a place."""
    out = []
    for n, row in enumerate(rows_2014()):
        cells = [*row[:2], own if n == 0 else row[2]]
        cells.insert(at, name if n == 0 else others(n))
        out.append(cells)
    return out


def read(rows, *texts: str, kind: str = "html_table"):
    return read_indicator_table(document(*texts, grid(rows, kind)))


def printed(reading):
    return {f: v for f, v in reading.values.items() if f in FIELDS}


@pytest.mark.parametrize("at", [2, 3])
@pytest.mark.parametrize("kind", ["html_table", "docx_table", "pdf_lines"])
@pytest.mark.parametrize(
    "name", ["行次", "序号", "备注", "比上年增减", "上年统计数", "去年", "历年累计", "同比（%）"]
)
def test_the_column_of_the_form_is_the_one_the_header_names(name, kind, at):
    reading = read(beside(name, lambda n: str(n * 3), at=at), kind=kind)
    assert printed(reading) == FIELDS
    assert not reading.findings


@pytest.mark.parametrize(
    ("own", "name"), [("本年度", "历年累计"), ("数量", "上一年"), ("2016年", "2015年")]
)
@pytest.mark.parametrize("at", [2, 3])
def test_this_year_is_told_from_others(own, name, at):
    reading = read(beside(name, lambda n: str(n + 100), own=own, at=at), TITLE)
    assert printed(reading) == FIELDS


@pytest.mark.parametrize(
    ("own", "name", "texts"),
    [
        ("本级", "汇总", [TITLE]),
        ("统计数", "甲", [TITLE]),
        ("2016年", "2015年", []),
        ("2016年", "2015年", [TITLE, "清河县2015年政府信息公开工作年度报告"]),
        ("2014年", "2015年", [TITLE]),
    ],
)
def test_a_header_that_leaves_two_leaves_none(own, name, texts):
    reading = read(beside(name, lambda n: str(n + 100), own=own), *texts)
    assert set(printed(reading).values()) == {None}
    assert {reading.notes[f].reason for f in FIELDS} <= {SEVERAL, "2 figures for 1 columns"}


def test_a_blank_under_one_of_two_unknown_columns_does_not_decide():
    rows = beside("汇总", lambda n: "" if n % 2 else "7", own="本级")
    assert set(printed(read(rows)).values()) == {None}


def test_a_lost_cell_lets_no_remark_become_a_figure():
    rows = beside("备注", lambda n: "3")
    whole = read(rows)
    rows = [row[:2] + row[3:] if row[0] == "收到申请数" else row for row in rows]
    reading = read(rows)
    assert reading.values["a14_app_total"] is None
    assert reading.notes["a14_app_total"].reason == MISSING
    assert {**printed(reading), "a14_app_total": FIELDS["a14_app_total"]} == printed(whole)


def test_a_blank_cell_of_the_form_is_not_filled_from_beside():
    rows = beside("比上年增减", str)
    rows = [[*row[:2], "", row[3]] if row[0] == "收到申请数" else row for row in rows]
    reading = read(rows)
    assert reading.values["a14_app_total"] is None
    assert reading.notes["a14_app_total"].status == "blank"
    assert reading.notes["a14_app_total"].derived is None  # one sum alone proves no figure


def test_a_number_before_the_label_is_nobodys_concern():
    rows = [["序号" if n == 0 else str(n), *row] for n, row in enumerate(rows_2014())]
    reading = read(rows)
    assert printed(reading) == FIELDS


def test_words_in_a_column_of_remarks_are_no_label():
    rows = beside("备注", lambda n: "含转办" if n % 5 == 0 else "")
    assert printed(read(rows)) == FIELDS


def test_figures_beside_do_not_fill_blanks_of_the_form():
    rows = beside("备注", lambda n: "3")
    rows = [*rows[:20], *([*row[:2], "", row[3]] for row in rows[20:])]
    blank = {f: v for f, v in printed(read(rows)).items() if v is None}
    assert len(blank) == len(rows) - 20
    assert read([*rows[:1], *([*row[:2], "", row[3]] for row in rows[1:])]) is None


PAIRS = {
    f"f08_{k}{c}": v for k, both in F08.items() for c, v in zip(("", "__cum"), both, strict=True)
}


def pairs(subject):
    reading = read_indicator_table(subject)
    return reading, {f: reading.values[f] for f in PAIRS}


def turned():
    """Return the Fujian form with the sum over the years before the year."""
    return [[*row[:2], row[3], row[2]] for row in rows_fujian()]


@pytest.mark.parametrize("kind", ["html_table", "docx_table", "pdf_lines"])
def test_the_year_and_the_sum_are_told_by_the_header_not_by_their_order(kind):
    reading, figures = pairs(document(TITLE, grid(turned(), kind)))
    assert figures == PAIRS
    assert not reading.findings


def test_flattened_text_shows_the_order_of_year_and_sum_too():
    assert pairs(text_document(flat(turned())))[1] == PAIRS


def test_a_header_of_two_rows_tells_year_and_sum():
    names, *rows = turned()
    upper = ["指标名称", "计量单位", "统计数", ""]
    lower = ["", "", *names[2:]]
    assert pairs(document(TITLE, grid([upper, lower, *rows])))[1] == PAIRS


@pytest.mark.parametrize("at", [2, 3, 4])
@pytest.mark.parametrize("name", ["2015年度", "上年", "备注"])
def test_a_third_column_is_neither_the_year_nor_the_sum(name, at):
    rows = rows_fujian()
    for n, row in enumerate(rows):
        row.insert(at, str(n + 7) if n else name)
    assert pairs(document(TITLE, grid(rows)))[1] == PAIRS


def test_a_pair_of_another_year_is_not_the_reports():
    rows = rows_fujian()
    rows[0][2] = "2014年度"
    assert set(pairs(document(TITLE, grid(rows)))[1].values()) == {None}


def test_without_a_header_sums_below_the_year_are_no_sums():
    assert set(
        pairs(document(TITLE, "历年累计", grid([["历年累计"], *turned()[1:]])))[1].values()
    ) == {None}


def test_one_column_of_figures_is_not_two_run_together():
    rows = [[row[0], row[1], str(n * 7)] for n, row in enumerate(rows_fujian())]
    rows[0][2] = "历年累计数见说明"
    reading = read_indicator_table(document(TITLE, grid(rows)))
    assert reading is None or set(reading.values.values()) <= {None}

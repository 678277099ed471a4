"""Real habits of flawless tables: no value and no finding may change, and no doubt be decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.demo.tables import Table, TableCell
from pipelines.checks.tables import check_tables
from pipelines.forms import read_forms
from pipelines.forms.disclosure_table import read_disclosure_table
from pipelines.forms.request_table import read_request_table
from tests.forms.papers import (
    NEW,
    OLD,
    REPORTS,
    document,
    four,
    grid,
    only,
    three,
    truth,
    two,
)

OTHER = next(r for r in REPORTS if r.organ != NEW.organ and r.t3_form == NEW.t3_form)
TWO, THREE = only(NEW, "t2"), only(NEW, "t3")
DECIDED = {f for f in TWO if f.endswith("_decisions")}


def rules(reading):
    return [f.rule for f in check_tables(reading, scope="unknown", admin_level=None)]


def reprinted(table: Table, prints) -> Table:
    """Return a table whose figures are printed otherwise: (field, text) to text."""
    rows = (
        tuple(replace(c, text=prints(c.field, c.text)) if c.field else c for c in row)
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


# -- figures ------------------------------------------------------------------------------------


def test_zeros_in_characters_are_zeros_and_say_so():
    tables = [
        reprinted(t, lambda _, text: "零" if text == "0" else text)
        for t in (two(NEW), three(NEW), four(NEW))
    ]
    reading = read_forms(document(*tables))
    assert reading.values == truth(NEW)
    assert rules(reading) == []
    zeros = {f for f, v in truth(NEW).items() if v == 0 and f.startswith("t3")}
    assert zeros
    assert {reading.notes[f].status for f in zeros} == {"converted"}


@pytest.mark.parametrize(("prints", "value"), [("↓8", -8), ("↑ 8", 8), ("↓8项", -8)])
def test_an_arrow_is_the_sign_of_a_change(prints, value):
    table = read_disclosure_table(document(two(OLD, t2_license_items_delta=prints)))
    assert table.values["t2_license_items_delta"] == value
    assert table.notes["t2_license_items_delta"].status == "converted"


@pytest.mark.parametrize(
    ("field", "prints"),
    [
        ("t2_license_items_delta", "（8）"),
        ("t2_license_items_prev", "↓8"),
        ("t2_license_decisions", "↑8"),
    ],
)
def test_what_may_be_a_sign_or_none_is_null(field, prints):
    table = read_disclosure_table(document(two(OLD, **{field: prints})))
    assert table.values[field] is None
    assert table.notes[field].status == "unreadable"


def test_an_arrow_beside_a_count_is_no_count():
    table = read_request_table(document(three(NEW, t3_granted__natural="↑3")))
    assert table.values["t3_granted__natural"] is None


def apart(_, text: str) -> str:
    return "\n".join(text) if len(text) > 1 else text


def test_digits_apart_in_many_cells_are_joined_where_the_sums_leave_nothing_else():
    table = read_request_table(document(reprinted(three(NEW), apart)))
    split = {f for f, v in THREE.items() if v > 9}
    assert len(split) > 5
    joined = {f for f in split if table.values[f] is not None}
    assert joined
    assert {f: table.values[f] for f in joined} == {f: THREE[f] for f in joined}
    assert {table.notes[f].status for f in joined} == {"converted"}
    assert {table.notes[f].status for f in split - joined} <= {"unreadable"}


def test_digits_apart_that_sums_could_also_leave_out_are_not_joined():
    # A row and a column in which the first digit counts everywhere, or nowhere.
    def thousands(field, text):
        return f"1 {text:0>3}" if field in {"t3_granted__natural", "t3_granted__total"} else text

    table = read_request_table(document(reprinted(three(NEW), thousands)))
    wrong = {f for f, v in THREE.items() if table.values[f] not in (None, v)}
    assert wrong == set()


def test_table_two_has_no_sums_to_join_digits_by():
    table = read_disclosure_table(document(reprinted(two(NEW), apart)))
    assert all(table.values[f] is None for f, v in TWO.items() if v > 9 and v == int(v))


# -- table two ----------------------------------------------------------------------------------

NAMES = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def disclosure(*rows):
    return document(grid(rows))


def spanning(rows, at: int):
    """Return the grid of rows whose row ``at`` has one cell over all columns of figures."""
    cells = grid(rows)
    wide = tuple(
        replace_cell(c) if c.row == at and c.col == 1 else c
        for c in cells.cells
        if not (c.row == at and c.col > 1)
    )
    return replace(cells, cells=wide)


def replace_cell(cell):
    return cell._replace(colspan=3)


REST = [
    ["信息内容", "本年处理决定数量", None, None],
    ["行政处罚", "12", None, None],
    ["行政强制", "3", None, None],
    ["信息内容", "本年收费金额（单位：万元）", None, None],
    ["行政事业性收费", "0.5", None, None],
]


def test_a_row_whose_header_is_lost_is_told_by_its_label_and_its_one_cell():
    rows = [NAMES, ["规章", "0", "0", "0"], ["行政规范性文件", "4", "1", "9"]]
    rows += [["行政许可", "345", None, None], *REST]
    table = read_disclosure_table(document(spanning(rows, 3)))
    assert table.values["t2_license_decisions"] == 345
    assert table.values["t2_normative_in_force"] == 9
    assert table.findings == []


@pytest.mark.parametrize("cells", [["345", "", ""], ["345", "12", "9"]])
def test_several_cells_without_their_header_are_unreadable_not_missing(cells):
    rows = [NAMES, ["规章", "0", "0", "0"], ["行政规范性文件", "4", "1", "9"]]
    table = read_disclosure_table(disclosure(*rows, ["行政许可", *cells], *REST))
    assert table.values["t2_license_decisions"] is None
    assert table.notes["t2_license_decisions"].status == "unreadable"
    assert [f.rule for f in table.findings] == ["R2-PLACE"]


def test_a_single_column_s_header_lends_its_figures_to_no_other_row():
    rows = [NAMES, ["规章", "0", "0", "0"], ["行政规范性文件", "4", "1", "9"], *REST]
    rows = [*rows, ["行政许可", "345", None, None]]
    table = read_disclosure_table(document(spanning(rows, len(rows) - 1)))
    assert table.values["t2_license_decisions"] is None


def test_under_a_header_of_2019_a_row_without_its_own_has_no_single_place():
    rows = [["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]]
    rows += [["规章", "0", "0", "0"], ["行政规范性文件", "4", "1", "9"]]
    rows += [["行政许可", "345", None, None]]
    table = read_disclosure_table(document(spanning(rows, 3)))
    assert table.values["t2_license_decisions"] is None


def test_the_label_of_a_row_found_again_under_its_header_counts_there():
    rows = [NAMES, ["规章", "0", "0", "0"], ["行政许可", "999", None, None]]
    rows += [["行政规范性文件", "4", "1", "9"], ["信息内容", "本年处理决定数量", None, None]]
    rows += [["行政许可", "345", None, None], *REST[1:]]
    table = read_disclosure_table(document(spanning(rows, 2)))
    assert table.values["t2_license_decisions"] == 345


def with_last_year(table: Table, *, first: bool) -> Table:
    """Return table two with a column 上年处理决定数量 beside this year's."""
    out = []
    for row in table.rows:
        cells = list(row)
        if cells[-1].field in DECIDED:
            cells.insert(1 if first else 2, TableCell("77"))
        elif len(cells) > 1 and "处理决定数" in cells[-1].text:
            old = replace(cells[-1], text="上年处理决定数量", colspan=1)
            cells.insert(1 if first else 2, old)
        else:
            cells[-1] = replace(cells[-1], colspan=cells[-1].colspan + 1)
        out.append(tuple(cells))
    return replace(table, rows=tuple(out), width=table.width + 1)


@pytest.mark.parametrize("first", [True, False])
def test_decisions_of_the_year_before_are_beside_the_form(first):
    reading = read_forms(document(with_last_year(two(NEW), first=first)))
    table = reading.tables["t2"]
    wrong = {f for f, v in TWO.items() if table.values[f] not in (None, v)}
    assert wrong == set()
    if first:
        assert table.values == TWO


def test_a_row_that_lost_a_cell_beside_another_year_has_no_figure():
    table = with_last_year(two(NEW), first=True)
    rows = tuple(row[:1] + row[2:] if row[-1].field in DECIDED else row for row in table.rows)
    read = read_disclosure_table(document(replace(table, rows=rows)))
    assert {read.values[f] for f in DECIDED} == {None}


# -- table three --------------------------------------------------------------------------------


def cut_by_page(table: Table, *, sideways: int) -> Table:
    """Return table three with its header again behind the tenth row of figures."""
    figures = [n for n, row in enumerate(table.rows) if any(c.field for c in row)]
    header = table.rows[: figures[0]]
    moved = [(replace(header[0][0], colspan=header[0][0].colspan + sideways), *header[0][1:])]
    at = figures[10]
    rows = (*table.rows[:at], *moved, *header[1:], *table.rows[at:])
    return replace(table, rows=rows, width=table.width + sideways)


@pytest.mark.parametrize("sideways", [0, 2])
def test_a_header_repeated_inside_the_table_is_no_damage(sideways):
    reading = read_forms(document(cut_by_page(three(NEW), sideways=sideways)))
    assert reading.values == THREE
    assert "R3-HEADER" not in rules(reading)


def test_rows_that_do_not_add_up_behind_a_header_stood_sideways_are_told():
    table = cut_by_page(three(NEW, t3_carried_out__natural="977"), sideways=2)
    assert "R3-HEADER" in rules(read_forms(document(table)))


# -- another year's table -----------------------------------------------------------------------

TITLE = "清河县2023年政府信息公开工作年度报告"


def test_a_table_under_its_own_dated_heading_is_another_years():
    heading = "附：2022年度收到和处理政府信息公开申请情况"
    for tables in (
        [three(NEW), heading, three(OTHER)],
        [heading, three(OTHER), "三、", three(NEW)],
    ):
        reading = read_forms(document(TITLE, two(NEW), *tables, "四、复议", four(NEW)))
        assert reading.values == truth(NEW)
        assert rules(reading) == ["RM-OTHER-YEAR"]


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("清河县政府信息公开工作年度报告", "附：2022年度收到和处理政府信息公开申请情况"),
        (TITLE, "附：2023年度收到和处理政府信息公开申请情况"),
        (TITLE, "附：收到和处理政府信息公开申请情况"),
        (TITLE, "附：2022年与2023年申请情况"),
        (TITLE, "与2022年相比，申请数量有所增加。"),
    ],
)
def test_without_a_dated_heading_two_tables_stay_a_conflict(title, heading):
    reading = read_forms(document(title, three(NEW), heading, three(OTHER)))
    assert "R3-TWICE" in rules(reading)


def test_one_table_alone_is_read_whatever_its_heading_says():
    reading = read_forms(document(TITLE, "2022年度申请情况", three(NEW)))
    assert reading.values == THREE

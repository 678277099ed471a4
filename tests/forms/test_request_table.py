"""Table three: cells say what they print, rows stand where labels and sums put them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.demo.tables import Table, TableCell
from crawler.demo.world import APPLICANTS
from pipelines.checks.tables import check_tables
from pipelines.forms import read_forms, request_table
from pipelines.forms import requests as form
from pipelines.forms.model import FormReading
from pipelines.forms.request_table import read_request_table
from tests.forms.papers import (
    HYBRID,
    NEW,
    OLD,
    document,
    grid,
    grid_of,
    only,
    text_document,
    three,
    without,
)

SEEN = only(NEW, "t3")
CELL = "t3_granted__natural"
TOTAL = "t3_granted__total"


def reading(*blocks, **cells):
    table = read_request_table(document(*(blocks or (three(NEW, **cells),))))
    assert table is not None
    return table


def findings(table):
    return check_tables(FormReading(tables={"t3": table}), scope="unknown", admin_level=None)


def wrong(table, truth=SEEN):
    return {f: (v, table.values.get(f)) for f, v in truth.items() if table.values.get(f) != v}


@pytest.mark.parametrize(
    ("prints", "status"),
    [("", "blank"), (" \u3000", "blank"), ("/", "na_mark"), ("—", "na_mark"), ("无", "na_mark"), ("--", "na_mark")],
)  # fmt: skip
def test_what_prints_no_figure_is_null_and_proved_by_its_sums(prints, status):
    table = reading(**{CELL: prints})
    note = table.notes[CELL]
    assert table.values[CELL] is None
    assert (note.status, note.derived) == (status, SEEN[CELL])
    assert note.proof
    assert set(wrong(table)) == {CELL}
    assert findings(table) == []


@pytest.mark.parametrize("prints", ["{:,}", " {}\u3000", "{}件", "{}\u00a0"])
def test_dressed_figures_are_plainly_printed(prints):
    big = max(SEEN, key=lambda f: SEEN[f])
    table = reading(**{big: prints.format(SEEN[big])})
    assert table.values[big] == SEEN[big]
    assert big not in table.notes


@pytest.mark.parametrize("prints", ["约3", "3.5", "3-5", "三", "#REF!"])
def test_what_is_no_count_is_unreadable_and_keeps_what_it_prints(prints):
    table = reading(**{CELL: prints})
    note = table.notes[CELL]
    assert (table.values[CELL], note.status, note.raw) == (None, "unreadable", prints)
    assert note.derived == SEEN[CELL]


def test_digits_apart_are_joined_only_if_a_row_and_a_column_say_so():
    big = next(f for f, v in SEEN.items() if v > 9 and not f.endswith("total"))
    apart = " ".join(str(SEEN[big]))
    table = reading(**{big: apart})
    assert table.values[big] == SEEN[big]
    assert (table.notes[big].status, table.notes[big].raw) == ("converted", apart)
    row = big.rpartition("__")[0]
    other = next(f for f in SEEN if f.startswith(row) and f.endswith("__research"))
    table = reading(**{big: apart, other: ""})
    assert table.values[big] is None
    assert table.notes[big].status == "unreadable"


def test_nothing_is_derived_for_digits_that_make_another_number():
    zero = next(f for f, v in SEEN.items() if v == 0 and not f.endswith("total"))
    table = reading(**{zero: "1 8"})
    assert table.values[zero] is None
    assert (table.notes[zero].derived, table.notes[zero].candidates) == (None, (18,))


def test_a_figure_against_the_sums_stays_as_printed_and_is_told():
    table = reading(**{CELL: str(SEEN[CELL] + 1)})
    assert table.values[CELL] == SEEN[CELL] + 1
    assert {(f.rule, f.where) for f in findings(table)} == {
        ("R3-ROW", "granted"),
        ("R3-SUM", "natural"),
    }
    assert {f.cause for f in findings(table)} == {"source"}


def test_a_missing_row_is_absent_one_finding_and_proved():
    gone = without(
        three(NEW), lambda _, c: "refused_duplicate" in str(c.field) or c.text == "2.重复申请"
    )
    table = reading(gone)
    cells = {f for f in SEEN if "refused_duplicate" in f}
    assert {table.notes[f].status for f in cells} == {"absent"}
    assert {f: table.notes[f].derived for f in cells} == {f: SEEN[f] for f in cells}
    assert set(wrong(table)) == cells
    assert [(f.rule, f.where) for f in findings(table)] == [("R3-SHAPE", "refused_duplicate")]


def test_a_row_printed_again_with_another_figure_is_a_conflict_of_that_row_alone():
    table = three(NEW)
    at = next(
        r for r, row in enumerate(table.rows) if row[-1].field == "t3_refused_petition__total"
    )
    again = [
        replace(c, text=str(int(c.text) + 1) if c.field else c.text, rowspan=1)
        for c in table.rows[at]
    ]
    rows = [
        tuple(replace(c, rowspan=c.rowspan + 1) if c.rowspan > 3 else c for c in row)
        for row in table.rows
    ]
    read = reading(Table("t3", (*rows[: at + 1], tuple(again[-8:]), *rows[at + 1 :]), 10))
    cells = {f for f in SEEN if "refused_petition" in f}
    assert set(wrong(read)) == cells
    assert {read.notes[f].status for f in cells} == {"conflict"}
    assert [f.rule for f in findings(read)] == ["R3-TWICE"]


def test_the_same_table_twice_is_one_table():
    assert wrong(reading(three(NEW), "手机版", three(NEW))) == {}


def test_two_tables_that_differ_keep_only_what_both_print_alike():
    other = three(NEW, **{CELL: str(SEEN[CELL] + 5), "t3_partial__research": ""})
    table = reading(three(NEW), "另表", other)
    assert table.values[CELL] is None
    assert table.notes[CELL].status == "conflict"
    assert table.notes[CELL].candidates == (SEEN[CELL], SEEN[CELL] + 5)
    assert table.values["t3_partial__research"] is None
    assert [f.rule for f in findings(table)] == ["R3-TWICE"]


@pytest.mark.parametrize("report", [OLD, HYBRID, NEW], ids=["2019", "hybrid", "2021"])
def test_the_form_is_told_from_the_labels(report):
    table = reading(three(report))
    assert table.version == report.t3_form
    assert wrong(table, only(report, "t3")) == {}


@pytest.mark.parametrize("col", APPLICANTS)
def test_a_column_lost_with_its_label_is_derived(col):
    table = three(NEW)
    names = dict(
        zip(
            APPLICANTS,
            ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
            strict=True,
        )
    )
    gone = without(
        table, lambda r, c: str(c.field).endswith(f"__{col}") or (r < 3 and c.text == names[col])
    )
    read = reading(gone)
    lost = {f for f in SEEN if f.endswith(f"__{col}")}
    assert set(wrong(read)) == lost
    assert {f: read.notes[f].derived for f in lost} == {f: SEEN[f] for f in lost}


def test_columns_in_another_order_are_read_by_their_labels():
    rows = [list(row) for row in three(NEW).rows]
    rows[2][0], rows[2][3] = rows[2][3], rows[2][0]
    for row in rows[3:]:
        at = len(row) - 6
        row[at], row[at + 3] = row[at + 3], row[at]
    table = reading(Table("t3", tuple(map(tuple, rows)), 10))
    assert wrong(table) == {}
    assert findings(table) == []


def test_without_labels_of_columns_the_forms_order_is_taken_and_told():
    table = three(NEW)
    read = reading(
        Table("t3", table.rows[3:], 10),
    )
    assert wrong(read) == {}
    assert [(f.rule, f.severity) for f in findings(read)] == [("R3-HEADER", "W")]


def test_an_empty_cell_may_stand_below_a_label_in_place_of_its_span():
    table = three(NEW)
    first, second, third, *body = table.rows
    second = tuple(replace(cell, rowspan=1) for cell in second)
    read = reading(Table("t3", (first, second, (TableCell(""), *third, TableCell("")), *body), 10))
    assert wrong(read) == {}
    assert findings(read) == []


def test_labels_pushed_sideways_by_a_doubled_header_row_are_not_believed():
    table = three(NEW)
    read = reading(Table("t3", (*table.rows[:2], *table.rows[1:]), 12))
    assert all(read.values[f] in (v, None) for f, v in SEEN.items())


def test_a_row_without_its_label_is_placed_by_order_and_proved():
    blank = [
        tuple(replace(c, text="") if c.text == "2.重复申请" else c for c in row)
        for row in three(NEW).rows
    ]
    table = reading(Table("t3", tuple(blank), 10))
    assert wrong(table) == {}
    assert [(f.rule, f.where) for f in findings(table)] == [("R3-ORDER", "refused_duplicate")]


def test_a_row_of_the_place_s_own_belongs_to_no_row_of_the_form():
    table = three(NEW)
    own = (TableCell("其中：当面提交的", 3), *(TableCell("1") for _ in range(7)))
    read = reading(Table("t3", (*table.rows[:4], own, *table.rows[4:]), 10))
    assert wrong(read) == {}


def test_figures_read_from_a_picture_say_so():
    read = read_request_table(document(grid_of(three(NEW), "ocr_table")))
    assert read is not None
    assert {n.status for n in read.notes.values()} == {"ocr"}
    assert read.firm == set()
    assert findings(read) == []


def test_a_figure_from_a_picture_that_no_sum_confirms_is_flagged():
    misread = three(NEW, **{CELL: str(SEEN[CELL] + 10), "t3_granted__research": ""})
    read = read_request_table(document(grid_of(misread, "ocr_table")))
    assert read is not None
    rules = {f.rule: f for f in findings(read)}
    assert CELL in rules["R3-OCR"].where.split(",")


def test_figures_run_together_are_cut_where_the_sums_leave_one_cut():
    text = "".join(c.text for row in three(NEW).rows for c in row)
    table = read_request_table(
        text_document(
            f"三、收到和处理政府信息公开申请情况{text}四、政府信息公开行政复议、行政诉讼情况"
        )
    )
    assert table is not None
    assert all(table.values[f] in (v, None) for f, v in SEEN.items())
    assert sum(v is not None for v in table.values.values()) > 100
    assert "R3-RUNON" in {f.rule for f in findings(table)}


def test_prose_about_requests_is_no_table():
    prose = "本年新收政府信息公开申请12件，上年结转3件，予以公开5件，部分公开2件，结转下年度继续办理1件。"
    assert read_forms(text_document(prose)).tables == {}


def test_a_total_pushed_over_another_column_is_not_believed_against_the_rows():
    rows = [list(row) for row in three(NEW).rows]
    del rows[1][1]  # 法人或其他组织 is lost: 总计 moves next to 自然人
    table = reading(Table("t3", tuple(map(tuple, rows)), 10))
    assert all(table.values[f] in (v, None) for f, v in SEEN.items())
    assert [(f.rule, f.severity) for f in findings(table)] == [("R3-HEADER", "W")]


def test_a_label_lost_in_front_of_the_others_moves_no_figure():
    cells = {f: "" for f in SEEN if f.endswith("__total") and "received" not in f}
    rows = [list(row) for row in three(NEW, **cells).rows]
    del rows[1][0]  # 自然人
    table = reading(Table("t3", tuple(map(tuple, rows)), 10))
    assert all(table.values[f] in (v, None) for f, v in SEEN.items())


@pytest.mark.parametrize(
    "names", [["自然人", "科研机构", "商业企业"], ["自然人", "商业企业", "科研机构"]]
)
def test_a_header_at_the_foot_of_table_twos_grid_is_the_next_grids(names):
    # One table holds all, and a page ends below the header of table three.
    header = ["申请人情况", *names, "社会公益组织", "法律服务机构", "其他", "总计"]
    two = [["第二十条第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]]
    two += [["规章", "0", "0", "0"], ["行政规范性文件", "3", "1", "20"]]
    figures = ["1", "2", "0", "0", "0", "0", "3"]
    rows = [[row.label, *figures] for row in form.ROWS["v2021"]]
    cut = read_request_table(document(grid([*two, header]), grid(rows)))
    whole = read_request_table(document(grid([*two, header, *rows])))
    assert cut is not None
    assert whole is not None
    assert cut.values == whole.values
    second = {"商业企业": "business", "科研机构": "research"}[names[1]]
    assert cut.values[f"t3_new_received__{second}"] == 2
    assert "R3-HEADER" not in {f.rule for f in cut.findings}


@pytest.mark.parametrize("totals", ["printed", "blank"])
@pytest.mark.parametrize("column", ["商业企业", "科研机构", "法律服务机构"])
def test_a_column_printed_twice_with_its_label_is_read_once(column, totals):
    """Were the second one a figure too many, the zeros behind it would slip below 总计."""
    table = grid_of(three(NEW))
    at = next(c.col for c in table.cells if c.text == column)
    cells = []
    for c in table.cells:
        moved = c._replace(col=c.col + (c.col > at))
        if c.col <= at < c.col + c.colspan - 1 or (c.col < at == c.col + c.colspan - 1):
            moved = c._replace(colspan=c.colspan + 1)
        last = c.col == table.n_cols - 1 and c.text.isdigit()
        cells.append(moved._replace(text="" if last and totals == "blank" else c.text))
        if c.col == at and c.colspan == 1:
            cells.append(c._replace(col=at + 1))
    wide = replace(table, cells=tuple(cells), n_cols=table.n_cols + 1)
    reading = read_forms(document(wide))
    expected = only(NEW, "t3")
    if totals == "blank":
        expected = {f: n for f, n in expected.items() if not f.endswith("__total")}
    assert {f: v for f, v in reading.values.items() if v is not None} == expected


@pytest.mark.parametrize(
    "order", [(6, 0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 6)], ids=["total first", "other lost"]
)
def test_a_header_of_one_row_may_say_the_group_of_each_column(order):
    group = "法人或其他组织-"
    heads = [c.label if c.id in {"natural", "total"} else group + c.label for c in form.COLUMNS]
    rows = [["", *(heads[i] for i in order)]]
    rows += [
        [row.label, *(str(NEW.values[f"t3_{row.id}__{form.COLUMN_IDS[i]}"]) for i in order)]
        for row in form.ROWS["v2021"]
    ]
    values = read_forms(document(grid(rows))).values
    shown = {form.COLUMN_IDS[i] for i in order}
    expected = {f: n for f, n in only(NEW, "t3").items() if f.rpartition("__")[2] in shown}
    assert {f: v for f, v in values.items() if v is not None} == expected


@pytest.mark.parametrize("report", [NEW, OLD])
def test_a_table_that_proves_itself_is_read_at_once_as_the_long_way_reads_it(
    monkeypatch: pytest.MonkeyPatch, report
) -> None:
    whole = document(three(report))
    with monkeypatch.context() as patched:
        patched.setattr(request_table, "whole_table", lambda *_: None)
        the_long_way = read_forms(whole)
    monkeypatch.setattr(request_table, "place_rows", None)  # is not asked
    assert read_forms(whole) == the_long_way
    assert the_long_way.tables["t3"].findings == []


@pytest.mark.parametrize("printed", ["", "/", "999999", "1 2"])
def test_a_table_with_one_cell_that_is_none_of_its_figures_is_not_read_at_once(
    monkeypatch: pytest.MonkeyPatch, printed: str
) -> None:
    asked: list[str] = []
    place = request_table.place_rows

    def placing(work, identities):
        asked.append(work.version)
        place(work, identities)

    monkeypatch.setattr(request_table, "place_rows", placing)
    read_forms(document(three(NEW, t3_granted__natural=printed)))
    assert asked == ["v2021"]

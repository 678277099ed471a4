"""Columns a table has beside the form's own, and labels as real tables spell and break them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.demo.reports import render_table_text
from crawler.demo.tables import Table, TableCell
from pipelines.checks.tables import check_tables
from pipelines.forms import read_forms
from pipelines.forms.foreign_columns import numbers_columns, own_pieces
from pipelines.forms.pieces import Piece
from tests.forms.papers import NEW, OLD, document, four, only, text_document, three, two

THREE, TWO, FOUR = only(NEW, "t3"), only(NEW, "t2"), only(NEW, "t4")
CARRIERS = ("grid", "lines", "tab", "pipes", "pipe_lines")


def paper(table: Table, carrier: str):
    if carrier == "grid":
        return document(table)
    return text_document(f"三、收到和处理\n{render_table_text(table, carrier)}")


def pieces(*rows: str) -> list[list[Piece]]:
    return [[Piece(t) for t in row.split()] for row in rows]


def with_rows(table: Table, change) -> Table:
    """Return a table whose rows of figures are changed: (number, labels, figures) → cells."""
    out, n = [], 0
    for row in table.rows:
        figures = tuple(c for c in row if c.field)
        n += bool(figures)
        labels = tuple(c for c in row if not c.field)
        out.append(tuple(change(n, labels, figures)) if figures else row)
    return replace(table, rows=tuple(out))


def headed(table: Table, at: int, text: str) -> Table:
    first = list(table.rows[0])
    first.insert(at, TableCell(text, 1, 3))
    return replace(table, rows=(tuple(first), *table.rows[1:]), width=table.width + 1)


def relabelled(table: Table, old: str, new: str) -> Table:
    rows = (
        tuple(c if c.field else replace(c, text=c.text.replace(old, new)) for c in row)
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def flawless(doc, truth, table="t3"):
    reading = read_forms(doc)
    assert check_tables(reading, scope="unknown", admin_level=None) == []
    assert reading.tables[table].values == truth


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("place", ["front", "middle"])
def test_line_numbers_are_no_figures(carrier, place):
    def numbered(n, labels, figures):
        own = (TableCell(str(n)),)
        return (*own, *labels, *figures) if place == "front" else (*labels, *own, *figures)

    table = headed(with_rows(three(NEW), numbered), 0 if place == "front" else 1, "行次")
    flawless(paper(table, carrier), THREE)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_shares_in_per_cent_are_no_figures(carrier):
    table = with_rows(
        three(NEW), lambda n, labels, figures: (*labels, *figures, TableCell(f"{n}.5%"))
    )
    flawless(paper(headed(table, 2, "占比"), carrier), THREE)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_totals_printed_again_are_no_further_figures(carrier):
    table = with_rows(three(NEW), lambda _n, labels, figures: (*labels, *figures, figures[-1]))
    flawless(paper(headed(table, 2, "合计"), carrier), THREE)


@pytest.mark.parametrize("name", ["", "栏次", "甲"])
def test_numbers_of_the_columns_are_no_row(name):
    rows = list(three(NEW).rows)
    rows.insert(3, (TableCell(name, 3), *(TableCell(str(n)) for n in range(1, 8))))
    flawless(document(replace(three(NEW), rows=tuple(rows))), THREE)


def test_a_run_of_numbers_needs_most_rows():
    few = pieces("1 5 5", "2 6 6", "3 7 7")
    assert own_pieces(few, 3) == few
    many = pieces(*(f"{n} 5 0" for n in range(1, 9)))
    assert [[p.text for p in r] for r in own_pieces(many, 2)] == [["5", "0"]] * 8
    falling = pieces(*(f"{n} 5 0" for n in range(9, 1, -1)))
    assert own_pieces(falling, 3) == falling


def test_one_share_stays_in_its_cell():
    rows = pieces("1 2 3", "12% 2 3", *["0 0 0"] * 8)
    assert own_pieces(rows, 3) == rows


@pytest.mark.parametrize(
    ("text", "numbers"), [("1 2 3", True), ("2 3 4", True), ("1 3", False), ("1", False)]
)
def test_numbers_of_columns_count(text, numbers):
    assert numbers_columns(pieces(text)[0]) is numbers


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("总计", "合计"),
        ("三安全一稳定", "三安全一\n稳定"),
        ("的，只计", "的，\n只计"),
        ("3.其他", "3 其他"),
        ("3.其他", "3)其他"),
    ],
)
def test_labels_as_real_tables_spell_and_break_them(carrier, old, new):
    assert relabelled(three(NEW), old, new) != three(NEW)
    flawless(paper(relabelled(three(NEW), old, new), carrier), THREE)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_column_may_be_called_other_organisations(carrier):
    rows = list(three(NEW).rows)
    rows[2] = tuple(replace(c, text=c.text.replace("其他", "其他组织")) for c in rows[2])
    flawless(paper(replace(three(NEW), rows=tuple(rows)), carrier), THREE)


def test_the_label_above_the_organisations_is_none_of_their_columns():
    text = render_table_text(relabelled(three(NEW), "法人或其他组织", "法人或\n其他组织"), "tab")
    flawless(text_document(text), THREE)


@pytest.mark.parametrize("carrier", CARRIERS[1:])
def test_two_years_side_by_side_in_text_are_not_told_apart(carrier):
    def twice(_n, labels, figures):
        before = (TableCell(str(int(c.text) + 1)) for c in figures)
        return (*labels, *before, *figures)

    reading = read_forms(paper(with_rows(three(NEW), twice), carrier))
    known = {f: v for f, v in reading.tables["t3"].values.items() if v is not None}
    assert known == {f: THREE[f] for f in known}


def test_table_four_in_the_same_grid_is_no_row_of_table_three():
    joined = Table("one", (*three(NEW).rows, *four(NEW).rows), 15)
    flawless(document(joined), THREE)
    flawless(document(joined), FOUR, "t4")


def with_units(table: Table, money: str) -> Table:
    """Return table two with a column of units."""

    def unit(row):
        if row[-1].field:
            name = money if str(row[-1].field).endswith("wanyuan") else "件"
            return (row[0], TableCell(name), *row[1:])
        return (row[0], TableCell("单位"), *row[1:]) if len(row) > 1 else row

    return replace(table, rows=tuple(map(unit, table.rows)))


def test_a_column_of_units_beside_table_two():
    flawless(document(with_units(two(NEW), "万元")), TWO, "t2")


def test_the_unit_in_its_own_column_counts():
    table = with_units(two(NEW, t2_fee_amount_wanyuan="2500"), "元")
    read = read_forms(document(table)).tables["t2"]
    assert read.values["t2_fee_amount_wanyuan"] == 0.25


def test_explanations_in_brackets_name_no_rows():
    table = relabelled(
        two(OLD), "上一年项目数量", "上一年项目数量（指上一年度行政许可、行政处罚等事项）"
    )
    text = render_table_text(relabelled(table, "增/减", "增/减（如减少8项填-8）"), "tab")
    flawless(text_document(text), only(OLD, "t2"), "t2")


def test_zeros_do_not_show_that_a_table_without_a_row_is_the_same():
    zeros = dict.fromkeys(TWO, "0")
    rows = tuple(
        r for r in two(NEW, **zeros).rows if not str(r[-1].field).startswith("t2_normative")
    )
    other = two(NEW, **{f: n for f, n in zeros.items() if not f.startswith("t2_normative")})
    assert TWO["t2_normative_in_force"]
    reading = read_forms(document(replace(two(NEW), rows=rows), "附", other))
    found = check_tables(reading, scope="unknown", admin_level=None)
    assert "R2-TWICE" in {f.rule for f in found}
    assert reading.tables["t2"].values["t2_normative_in_force"] is None


def test_figures_of_table_four_that_stand_sideways_put_the_table_in_doubt():
    shown = dict(zip(FOUR, [2, 0, 0, 0, 2, 1, 0, 0, 0, 1, 0, 3, 0, 0, 3], strict=True))
    table = four(NEW, **{f: str(n) for f, n in shown.items()})
    # One cell of 行政复议 is lost: the others of an HTML row move up, the last place is empty.
    rows = [list(r) for r in table.rows]
    del rows[3][1]
    rows[3].append(TableCell(""))
    found = check_tables(
        read_forms(document(replace(table, rows=tuple(map(tuple, rows))))),
        scope="unknown",
        admin_level=None,
    )
    assert ("R4-SHAPE", "t4") in {(f.rule, f.where) for f in found}


def test_two_figures_in_a_cell_of_table_four_are_not_two_lines():
    table = four(NEW, t4_review_upheld="37\n3", t4_review_corrected="")
    reading = read_forms(text_document(render_table_text(table, "pipes")))
    found = check_tables(reading, scope="unknown", admin_level=None)
    assert "t4" in {f.where for f in found if f.rule.startswith("R4-")}


def test_totals_in_front_without_their_column_are_no_natural_persons():
    def moved(_n, labels, figures):
        return (*labels, figures[-1], *figures[:-2])

    text = render_table_text(with_rows(three(NEW), moved), "pipes")
    table = read_forms(text_document(text)).tables["t3"]
    derived = {f: n.derived for f, n in table.notes.items() if n.derived is not None}
    assert derived == {f: THREE[f] for f in derived}


def test_blanks_beside_another_years_figures_are_not_that_years():
    def twice(n, labels, figures):
        own = [TableCell("") for _ in figures] if n == len(filled) - 2 else figures
        return (*labels, *own, *(TableCell(c.text) for c in figures))

    filled = [r for r in three(NEW).rows if r[-1].field]
    text = render_table_text(with_rows(three(NEW), twice), "pipes")
    assert set(read_forms(text_document(text)).tables["t3"].values.values()) == {None}


def test_figures_apart_on_a_line_that_is_a_cell_are_one_cells():
    f = next(f for f, v in THREE.items() if v == 0 and f.endswith("__research"))
    text = render_table_text(three(NEW, **{f: "0 8"}), "pipe_lines")
    table = read_forms(text_document(text)).tables["t3"]
    assert table.values == {**THREE, f: None}


def test_a_cell_lost_beside_a_column_of_another_label_moves_the_others():
    rows = [
        (*r, TableCell("9")) if r[-1].field else (*r, TableCell("备注")) if len(r) > 1 else r
        for r in two(OLD).rows
    ]
    at = next(
        i
        for i, r in enumerate(rows)
        if str(r[1:][0].field if len(r) > 1 else "").endswith("rules_made")
    )
    rows[at] = (rows[at][0], *rows[at][2:])
    read = read_forms(document(replace(two(OLD), rows=tuple(rows)))).tables["t2"]
    truth = only(OLD, "t2")
    assert {f: v for f, v in read.values.items() if v is not None} == {
        f: v for f, v in truth.items() if not f.startswith("t2_rules_")
    }


YEARS = ["whole", "total"]


def two_years(table: Table, beside: str, *, first: bool, name: str) -> Table:
    """Return table three with another year's figures beside its own, headed ``name``."""

    def both(_n, labels, figures):
        kept = figures if beside == "whole" else figures[-1:]
        other = tuple(TableCell(str(int(c.text) + 3)) for c in kept)
        return (*labels, *other, *figures) if first else (*labels, *figures, *other)

    rows = [list(r) for r in with_rows(table, both).rows]
    if beside == "whole":
        rows[0].insert(1 if first else len(rows[0]), TableCell(f"{name}申请人情况", 7))
        rows[1:3] = [rows[1] * 2, rows[2] * 2]
    else:
        rows[0].insert(1 if first else len(rows[0]), TableCell(f"{name}总计", 1, 3))
    width = table.width + (7 if beside == "whole" else 1)
    return Table(table.name, tuple(map(tuple, rows)), width)


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("name", ["上年", "上一年度", "去年"])
@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("beside", YEARS)
def test_the_reports_own_year_is_read_where_the_header_names_the_other(
    carrier, name, first, beside
):
    flawless(paper(two_years(three(NEW), beside, first=first, name=name), carrier), THREE)


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("beside", YEARS)
def test_a_row_that_lost_a_cell_beside_another_year_has_no_figures(carrier, beside):
    rows = list(two_years(three(NEW), beside, first=False, name="上年").rows)
    rows[3] = rows[3][:-3] + rows[3][-2:]
    read = read_forms(paper(Table("t3", tuple(rows), 20), carrier)).tables["t3"]
    lost = {f for f in THREE if f.startswith("t3_new_received__")}
    assert {f: v for f, v in read.values.items() if v != THREE[f]} == dict.fromkeys(lost)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_years_that_only_numbers_name_are_not_told_apart(carrier):
    table = two_years(three(NEW), "whole", first=False, name=f"{NEW.year - 1}年")
    known = read_forms(paper(table, carrier)).tables["t3"].values
    assert {f: v for f, v in known.items() if v is not None} == {}


def test_line_numbers_behind_an_empty_cell_are_no_figures():
    rows = pieces(*(f"{n} 5 0" for n in range(1, 10)))
    rows[4] = [Piece(""), *rows[4]]
    assert [[p.text for p in r if p.text] for r in own_pieces(rows, 2)] == [["5", "0"]] * 9


def with_remarks(table: Table, text: str) -> Table:
    """Return table two with a 备注 column behind its figures."""

    def remark(row):
        if row[-1].field:
            return (*row, TableCell(text))
        return (*row, TableCell("备注")) if row[0].text == "信息内容" else row

    return Table(table.name, tuple(map(remark, table.rows)), table.width + 1)


@pytest.mark.parametrize("carrier", ["grid", "lines", "tab", "pipes"])
@pytest.mark.parametrize("text", ["", "含下属单位"])
def test_a_column_of_remarks_beside_table_two(carrier, text):
    flawless(paper(with_remarks(two(NEW), text), carrier), TWO, "t2")


@pytest.mark.parametrize("carrier", ["grid", "lines", "tab", "pipes", "pipe_lines"])
def test_a_row_that_lost_a_cell_before_its_remark_has_no_figures(carrier):
    rows = list(with_remarks(two(NEW), "").rows)
    rows[3] = rows[3][:2] + rows[3][3:]
    read = read_forms(paper(Table("t2", tuple(rows), 20), carrier)).tables["t2"].values
    assert {f: v for f, v in read.items() if v is not None and v != TWO[f]} == {}
    assert [v for f, v in read.items() if f.startswith("t2_normative")] == [None] * 3


@pytest.mark.parametrize("label", ["其中：规范性文件", "党内规范性文件"])
@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_row_beside_the_forms_own_lends_it_no_figures(carrier, label):
    rows = list(two(NEW).rows)
    rows[3] = (rows[3][0], TableCell(""), TableCell(""))
    rows.insert(4, (TableCell(label), TableCell("17"), TableCell("15"), TableCell("12")))
    read = read_forms(paper(replace(two(NEW), rows=tuple(rows)), carrier)).tables["t2"].values
    assert [v for f, v in read.items() if f.startswith("t2_normative")] == [None] * 3

"""However a table is drawn, its figures are read, where nothing of it was lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.demo.tables import Table, TableCell
from pipelines.documents.blocks import Cell, Grid
from pipelines.forms import read_forms
from pipelines.forms.shapes import in_shape
from tests.forms.papers import NEW, OLD, document, four, grid_of, only, text_document, three, two

KINDS = ("html_table", "docx_table", "pdf_table", "sheet")
REPORTS = (NEW, OLD)


def tables(report):
    return {"t2": two(report), "t3": three(report), "t4": four(report)}


def read_alone(grid):
    return read_forms(document(grid))


def assert_exact(reading, report, table, notes=()):
    assert {f: v for f, v in reading.values.items() if v is not None} == only(report, table)
    assert {n.status for n in reading.notes.values()} <= set(notes)
    assert [x.rule for t in reading.tables.values() for x in t.findings] == []


def spaced(grid, *, behind):
    """Put an empty column between all columns; a cell over several goes over those as well."""
    cells = []
    for c in grid.cells:
        wide = 2 * c.colspan - 1
        cells.append(c._replace(col=2 * c.col + (not behind), colspan=wide))
    taken = {
        (c.row + i, c.col + j) for c in cells for i in range(c.rowspan) for j in range(c.colspan)
    }
    places = [(r, c) for r in range(grid.n_rows) for c in range(2 * grid.n_cols)]
    cells += [Cell("", r, c) for r, c in places if (r, c) not in taken]
    return replace(grid, cells=tuple(sorted(cells, key=lambda c: c[1:3])), n_cols=2 * grid.n_cols)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
@pytest.mark.parametrize("behind", [True, False])
@pytest.mark.parametrize("report", REPORTS)
def test_spacer_columns_hold_nothing(kind, table, behind, report):
    grid = spaced(grid_of(tables(report)[table], kind), behind=behind)
    assert_exact(read_alone(grid), report, table)


@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_spacer_rows_hold_nothing(table):
    grid = grid_of(tables(NEW)[table])
    held = {(c.row + i) for c in grid.cells for i in range(1, c.rowspan)}
    cells, at = [], 0
    for row in range(grid.n_rows):
        cells += [c._replace(row=at) for c in grid.cells if c.row == row]
        at += 1
        if row + 1 not in held:  # a browser would stretch a spanning cell over it
            cells += [Cell("", at, c) for c in range(grid.n_cols)]
            at += 1
    spaced_rows = Grid(cells=tuple(cells), n_rows=at, n_cols=grid.n_cols, where="table 1")
    assert {f: v for f, v in read_alone(spaced_rows).values.items() if v is not None} == only(
        NEW, table
    )


def on_its_side(grid):
    cells = sorted(
        (Cell(c.text, c.col, c.row, c.colspan, c.rowspan) for c in grid.cells), key=lambda c: c[1:3]
    )
    return replace(grid, cells=tuple(cells), n_rows=grid.n_cols, n_cols=grid.n_rows)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("report", REPORTS)
def test_a_table_three_on_its_side_is_read(kind, report):
    assert_exact(read_alone(on_its_side(grid_of(three(report), kind))), report, "t3")


def test_a_table_three_on_its_side_with_spaced_labels_is_read():
    spaced_out = [
        c._replace(text="自　然　人" if c.text == "自然人" else c.text)
        for c in grid_of(three(NEW)).cells
    ]
    turned = on_its_side(replace(grid_of(three(NEW)), cells=tuple(spaced_out)))
    assert_exact(read_alone(turned), NEW, "t3")


def test_a_table_three_on_its_side_that_lost_a_cell_is_not_turned():
    side = on_its_side(grid_of(three(NEW)))
    lost = next(c for c in side.cells if c.row == 4 and c.col == 9)
    moved = [
        c._replace(col=c.col - 1) if c.row == 4 and c.col > 9 else c
        for c in side.cells
        if c is not lost
    ]
    reading = read_alone(replace(side, cells=tuple(moved)))
    truth = only(NEW, "t3")
    assert not [f for f, v in reading.values.items() if v is not None and v != truth[f]]


# -- figures that share a cell --------------------------------------------------------------------


def label_with_first_figure(table):
    """Return a table whose rows have their first figure behind the label, in its cell."""
    rows = []
    for cells in table.rows:
        row = cells
        first = next((i for i, c in enumerate(row) if c.field), None)
        if first:
            label = row[first - 1]
            shown = TableCell(f"{label.text}  {row[first].text}", label.colspan, label.rowspan)
            row = (*row[: first - 1], shown, *row[first + 1 :])
        rows.append(row)
    return Table(table.name, tuple(rows), table.width)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("table", ["t2", "t3"])
def test_a_first_figure_behind_the_label_has_a_place_of_its_own(kind, report, table):
    grid = grid_of(label_with_first_figure(tables(report)[table]), kind)
    assert_exact(read_alone(grid), report, table)


def test_a_figure_behind_a_label_whose_row_is_whole_is_none_of_it():
    table = three(NEW)
    rows = [
        tuple(replace(c, text=f"{c.text} 1") if not c.field else c for c in row)
        for row in table.rows
    ]
    reading = read_alone(grid_of(Table("t3", tuple(rows), table.width)))
    truth = only(NEW, "t3")
    assert not [f for f, v in reading.values.items() if v is not None and v != truth[f]]


def in_one_cell(table, between, *, spanning):
    rows = []
    for cells in table.rows:
        row = cells
        figures = [c for c in row if c.field]
        if len(figures) > 2:
            text = between.join(c.text for c in figures)
            width = sum(c.colspan for c in figures) if spanning else 1
            row = (*(c for c in row if not c.field), TableCell(text, width))
        rows.append(row)
    return Table(table.name, tuple(rows), table.width)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("between", [" ", "\n", "　"])
@pytest.mark.parametrize("spanning", [True, False])
@pytest.mark.parametrize("table", ["t3", "t4"])
def test_the_figures_of_a_row_in_one_cell_are_cut_at_what_parts_them(
    kind, between, spanning, table
):
    grid = grid_of(in_one_cell(tables(NEW)[table], between, spanning=spanning), kind)
    assert_exact(read_alone(grid), NEW, table)


# -- halves -------------------------------------------------------------------------------------


def columns_of(table, wanted):
    """Return a table less the figures of the columns of the form that are not wanted."""
    grid = grid_of(table)
    places = [c for c in range(3, 10) if (c - 3) in wanted]
    new = {old: 3 + i for i, old in enumerate(places)}
    cells = []
    for c in grid.cells:
        if c.col < 3:
            cells.append(c)
            continue
        under = [new[x] for x in range(c.col, c.col + c.colspan) if x in new]
        if under:
            cells.append(c._replace(col=under[0], colspan=len(under)))
    return replace(grid, cells=tuple(cells), n_cols=3 + len(places))


@pytest.mark.parametrize("cut", [2, 3, 4])
@pytest.mark.parametrize("report", REPORTS)
def test_a_table_three_cut_in_two_by_columns_is_one(cut, report):
    left, right = columns_of(three(report), range(cut)), columns_of(three(report), range(cut, 7))
    assert_exact(read_forms(document(left, "续表", right)), report, "t3")


@pytest.mark.parametrize("cut", [2, 3, 4])
@pytest.mark.parametrize("between", [[], ["续表"]])
def test_a_table_three_whose_columns_go_on_below_in_the_same_grid_is_one(cut, between):
    left, right = columns_of(three(NEW), range(cut)), columns_of(three(NEW), range(cut, 7))
    caption = [Cell(text, left.n_rows, 0) for text in between]
    down = left.n_rows + len(between)
    cells = (*left.cells, *caption, *(c._replace(row=c.row + down) for c in right.cells))
    whole = replace(
        left, cells=cells, n_rows=down + right.n_rows, n_cols=max(left.n_cols, right.n_cols)
    )
    assert_exact(read_alone(whole), NEW, "t3")


def beside(left, right):
    rows = max(left.n_rows, right.n_rows)
    cells = [*left.cells, *(c._replace(col=c.col + left.n_cols) for c in right.cells)]
    cells.sort(key=lambda c: c[1:3])
    return Grid(cells=tuple(cells), n_rows=rows, n_cols=left.n_cols + right.n_cols, where="table 1")


def test_halves_by_columns_beside_each_other_are_one_table():
    left, right = columns_of(three(NEW), range(3)), columns_of(three(NEW), range(3, 7))
    assert_exact(read_forms(document(beside(left, right))), NEW, "t3")


@pytest.mark.parametrize("at", [10, 16])
def test_halves_by_rows_beside_each_other_are_one_table(at):
    plain = [[c.text for c in row if c.field] for row in three(NEW).rows]
    labels = [
        row[-1].text if not (f := [c for c in row if c.field]) else row[row.index(f[0]) - 1].text
        for row in three(NEW).rows
    ]
    head = [
        "项目",
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    rows = [[label, *figures] for label, figures in zip(labels, plain, strict=True) if figures]
    halves = [[head, *rows[:at]], [head, *rows[at:]]]

    def grid(rows):
        cells = tuple(Cell(t, r, c) for r, row in enumerate(rows) for c, t in enumerate(row))
        return Grid(cells=cells, n_rows=len(rows), n_cols=8, where="table 1")

    assert_exact(read_forms(document(beside(*map(grid, halves)))), NEW, "t3")


# -- ways to write figures ------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["t3", "t4"])
def test_zeros_that_fill_all_figures_up_to_one_length_are_none(table):
    wide = max(len(str(v)) for v in only(NEW, table).values()) + 1
    shown = {f: str(v).zfill(wide) for f, v in only(NEW, table).items()}
    grid = grid_of((three if table == "t3" else four)(NEW, **shown))
    assert_exact(read_alone(grid), NEW, table, notes={"converted"})


def test_two_zeros_in_one_cell_are_still_two_cells_run_together():
    reading = read_alone(grid_of(three(NEW, t3_granted__research="00")))
    assert reading.values["t3_granted__research"] in (None, 0)
    assert "t3_granted__research" in reading.notes


DIGITS = "零一二三四五六七八九"


def in_characters(number):
    out, rest = "", int(number)
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, unit)
        if digit:
            out += DIGITS[digit] + sign
        elif out and rest and not out.endswith("零"):
            out += "零"
    return out + DIGITS[rest] if rest or not out else out


@pytest.mark.parametrize("table", ["t3", "t4"])
def test_figures_in_chinese_characters_are_read_where_all_are(table):
    shown = {f: in_characters(v) for f, v in only(NEW, table).items()}
    grid = grid_of((three if table == "t3" else four)(NEW, **shown))
    assert_exact(read_alone(grid), NEW, table, notes={"converted"})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
@pytest.mark.parametrize("report", REPORTS)
def test_a_grid_as_the_form_has_it_keeps_its_shape(kind, table, report):
    grid = grid_of(tables(report)[table], kind)
    assert in_shape([grid]) == [(0, grid)]


def test_text_is_no_grid():
    assert read_forms(text_document("自然人 商业企业")).values == {}


def separated(grid, by):
    """Return a grid's rows as lines of text, cells that a cell reaches over left blank."""
    lines = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for c in grid.cells:
        lines[c.row][c.col] = c.text
    if by == "|":
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return "\n".join(by.join(line) for line in lines)


@pytest.mark.parametrize("by", ["|", "\t"])
@pytest.mark.parametrize("report", REPORTS)
def test_separated_text_is_read_on_its_side_and_cut_by_columns(by, report):
    turned = separated(on_its_side(grid_of(three(report))), by)
    assert_exact(read_forms(text_document(f"三、申请情况\n{turned}\n四、其他")), report, "t3")
    halves = (columns_of(three(report), range(3)), columns_of(three(report), range(3, 7)))
    text = "\n\n续表\n\n".join(separated(half, by) for half in halves)
    assert_exact(read_forms(text_document(f"三、申请情况\n\n{text}\n\n四、其他")), report, "t3")


def test_separated_text_that_lost_a_cell_is_not_turned():
    lines = separated(on_its_side(grid_of(three(NEW))), "|").split("\n")
    at = next(n for n, line in enumerate(lines) if "科研机构" in line)
    cells = lines[at].split("|")
    lines[at] = "|".join(cells[:6] + cells[7:])
    values = read_forms(text_document("\n".join(["三、申请情况", *lines]))).values
    assert all(v in {None, NEW.values[f]} for f, v in values.items())


def _plain(rows):
    cells = tuple(Cell(t, r, c) for r, row in enumerate(rows) for c, t in enumerate(row))
    return Grid(cells=cells, n_rows=len(rows), n_cols=len(rows[0]), where="", kind="pdf_table")


def test_a_column_blank_to_the_pages_end_is_no_spacer_where_no_label_stands_above():
    head = _plain([["行", "自然人", "商业企业", "总计"], ["一", "3", "1", "4"]])
    rest = _plain([["二", "甲", "2", "", "2"], ["二", "乙", "5", "", "5"]])
    assert [grid.n_cols for _, grid in in_shape([head, rest])] == [4, 5]


def test_a_spacer_goes_on_as_one_where_the_table_goes_on():
    head = _plain([["行", "自然人", "", "商业企业", "总计"], ["一", "3", "", "1", "4"]])
    rest = _plain([["二", "2", "", "0", "2"], ["三", "5", "", "1", "6"]])
    assert [grid.n_cols for _, grid in in_shape([head, rest])] == [4, 4]

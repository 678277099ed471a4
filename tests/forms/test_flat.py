"""Cells in flattened text: believed where the whole table shows them."""

from __future__ import annotations

import pytest

from pipelines.forms.flat import cells_after, common_cells, layout_of, split_row
from pipelines.forms.pieces import Piece


@pytest.mark.parametrize(
    ("zone", "layout"),
    [
        ("甲\t1\t2\n乙\t3\t4\n", "rows"),
        ("| 甲 | 1 |\n| 乙 | 2 |\n", "rows"),
        ("\t甲\n\t1\n\t2\n\t乙\n\t3\n\t4\n", "lines"),
        ("甲\n|\n1\n|\n2\n|\n乙\n|\n3\n|\n4\n|\n", "pipe_lines"),
        ("甲12乙34", "flat"),
        ("甲 1 2\n乙 3 4\n", "flat"),
        ("", "flat"),
    ],
)
def test_the_layout_is_told_from_the_separators_of_the_whole_table(zone, layout):
    assert layout_of(zone) == layout


@pytest.mark.parametrize(
    ("stretch", "layout", "cells"),
    [
        ("\t1\t\t3\n", "rows", ["1", "", "3"]),
        (" | 1 |  | 3 |\n", "rows", ["1", "", "3"]),
        ("的余下部分\t1\t2\n", "rows", ["1", "2"]),
        ("\n\t1\n\t\n\t3\n\t", "lines", ["1", "", "3"]),
        ("\n\t余下部分\n\t1\n\t2\n\t2.", "lines", ["1", "2"]),
        ("\n\t1\n\t2\n\n\t\n\t", "lines", ["1", "2"]),
        ("\n|\n1\n|\n\n|\n3\n|\n", "pipe_lines", ["1", "", "3"]),
        ("\n|\n1\n|\n2\n|\n2.", "pipe_lines", ["1", "2"]),
        ("\n|\n1\n|\n2\n|\n(三)不予公开\n|\n1.", "pipe_lines", ["1", "2"]),
    ],
)
def test_the_cells_of_a_row_end_where_the_next_label_begins(stretch, layout, cells):
    found = cells_after(stretch, layout)
    assert found is not None
    assert [p.text for p in found] == cells


def test_the_last_row_keeps_its_last_cell():
    found = cells_after("\n|\n1\n|\n2\n五、后文", "pipe_lines", last=True)
    assert found is not None
    assert [p.text for p in found] == ["1", "2"]


def test_text_without_separators_shows_no_cells():
    assert cells_after("123", "flat") is None


def test_a_closing_pipe_is_the_frame_of_a_row_and_a_closing_tab_is_not():
    assert split_row("甲 | 1 | 2 |") == ["甲", "1", "2"]
    assert split_row("甲\t1\t2\t") == ["甲", "1", "2", ""]


def row(*texts):
    return [Piece(t) for t in texts]


def texts(rows):
    return [None if r is None else [p.text for p in r] for r in rows]


WHOLE = [row("1", "2", "3")] * 7


def test_a_row_with_the_common_number_of_cells_has_its_blanks_where_they_stand():
    found = texts(common_cells([*WHOLE, row("1", "", "1")], 3))
    assert found[-1] == ["1", "", "1"]


def test_a_row_with_another_number_of_cells_is_left_open():
    assert texts(common_cells([*WHOLE, row("1", "2")], 3))[-1] is None


def test_columns_empty_in_all_rows_stand_outside_the_form():
    rows = [row("", *(p.text for p in r), "") for r in WHOLE]
    assert texts(common_cells(rows, 3))[0] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([row("1", "2", "3")] * 3, id="too few rows"),
        pytest.param([row("1", "2", "3")] * 7 + [row("1", "2")] * 6, id="rows of two widths"),
        pytest.param([row("", "2", "3")] * 8, id="a first column that is always empty"),
        pytest.param([row("", "2", "3", "")] * 8, id="one empty column too many"),
        pytest.param([None] * 8, id="no cells"),
    ],
)
def test_where_the_table_shows_no_common_cells_nothing_is_believed(rows):
    assert set(texts(common_cells(rows, 3))) == {None}

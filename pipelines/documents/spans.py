"""Rows of spanning cells to a grid: the table model of HTML, used by every carrier with spans."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.documents.blocks import Cell, Grid
from pipelines.documents.bounds import MAX_CELLS, MAX_COLSPAN, too_large

SpanCell = tuple[str, int, int]
"""A cell as the source writes it, no column of its own: text, rowspan, colspan.

A rowspan of 0 means "to the end of the row group", as in HTML.
"""


def place(
    groups: Sequence[Sequence[Sequence[SpanCell]]], *, where: str, kind: str = "html_table"
) -> Grid:
    """Place the cells of row groups (thead, each tbody, tfoot) at grid coordinates.

    A span never leaves its row group, never covers a cell placed before it, and a colspan
    beyond reason ends where the other rows end; rows that stay short leave holes.

    Raises:
        DocumentError: ``document/too-large`` for more cells than any report has.
    """
    width: int | None = None
    cells: list[Cell] = []
    n_cols = 0
    top = 0
    for group in groups:
        reached: dict[int, set[int]] = {}  # row to the columns that cells above reach into
        area = 0
        for offset, row in enumerate(group):
            taken = reached.get(offset, _NOTHING)
            col = 0
            if len(cells) + len(row) > MAX_CELLS:
                raise too_large(f"{where}: more than {MAX_CELLS} cells")
            for text, rowspan, colspan in row:
                while col in taken:
                    col += 1
                if rowspan == colspan == 1:  # the usual cell
                    cells.append(_new(Cell, (text, top + offset, col, 1, 1)))
                    area += 1
                    col += 1
                    continue
                down = len(group) - offset
                height = down if rowspan <= 0 else min(rowspan, down)
                wide = colspan
                if colspan > MAX_COLSPAN:
                    width = _natural_width(groups) if width is None else width
                    wide = max(1, width - col)
                span = 1
                while span < wide and col + span not in taken:
                    span += 1
                area += height * span
                if area > MAX_CELLS:
                    raise too_large(f"{where}: more than {MAX_CELLS} cells")
                for below in range(offset + 1, offset + height):
                    reached.setdefault(below, set()).update(range(col, col + span))
                cells.append(Cell(text, top + offset, col, height, span))
                col += span
            n_cols = max(n_cols, col)
        top += len(group)
    return Grid(cells=tuple(cells), n_rows=top, n_cols=n_cols, where=where, kind=kind)


_NOTHING: frozenset[int] = frozenset()
_new = tuple.__new__
"""Makes a cell of all its fields in half the time ``Cell(…)`` takes."""


def _natural_width(groups: Sequence[Sequence[Sequence[SpanCell]]]) -> int:
    widths = [
        sum(colspan for _, _, colspan in row if colspan <= MAX_COLSPAN)
        for group in groups
        for row in group
    ]
    return max(widths, default=1)

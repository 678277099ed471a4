"""Rows of spanning cells to a grid: the table model of HTML, used by every carrier with spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.documents.blocks import Cell, Grid
from pipelines.documents.bounds import MAX_CELLS, MAX_COLSPAN, too_large


@dataclass(slots=True, frozen=True)
class SpanCell:
    """A cell as the source writes it: no column of its own, only its width and height.

    ``rowspan`` 0 means "to the end of the row group", as in HTML.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1


def place(
    groups: Sequence[Sequence[Sequence[SpanCell]]], *, where: str, kind: str = "html_table"
) -> Grid:
    """Place the cells of row groups (thead, each tbody, tfoot) at grid coordinates.

    A span never leaves its row group, never covers a cell placed before it, and a colspan
    beyond reason ends where the other rows end; rows that stay short leave holes.

    Raises:
        DocumentError: ``document/too-large`` for more cells than any report has.
    """
    width = _natural_width(groups)
    cells: list[Cell] = []
    n_cols = 0
    top = 0
    for group in groups:
        taken: set[tuple[int, int]] = set()
        for offset, row in enumerate(group):
            col = 0
            for cell in row:
                while (offset, col) in taken:
                    col += 1
                down = len(group) - offset
                height = down if cell.rowspan <= 0 else min(cell.rowspan, down)
                wide = cell.colspan
                if wide > MAX_COLSPAN:
                    wide = max(1, width - col)
                if len(cells) > MAX_CELLS:
                    raise too_large(f"{where}: more than {MAX_CELLS} cells")
                if height == wide == 1:  # the usual cell
                    taken.add((offset, col))
                    cells.append(Cell(text=cell.text, row=top + offset, col=col))
                    col += 1
                    n_cols = max(n_cols, col)
                    continue
                span = 1
                while span < max(1, wide) and (offset, col + span) not in taken:
                    span += 1
                for r in range(offset, offset + height):
                    for c in range(col, col + span):
                        taken.add((r, c))
                if len(taken) > MAX_CELLS:
                    raise too_large(f"{where}: more than {MAX_CELLS} cells")
                cells.append(
                    Cell(text=cell.text, row=top + offset, col=col, rowspan=height, colspan=span)
                )
                col += span
                n_cols = max(n_cols, col)
        top += len(group)
    return Grid(cells=tuple(cells), n_rows=top, n_cols=n_cols, where=where, kind=kind)


def _natural_width(groups: Sequence[Sequence[Sequence[SpanCell]]]) -> int:
    widths = [
        sum(c.colspan for c in row if c.colspan <= MAX_COLSPAN) for group in groups for row in group
    ]
    return max(widths, default=1)

"""A whole report set in one table: its prose in rows as wide as the table, its tables between.

Editors do so to keep a page's lines in order. What is set in such rows is text as any other, and
the rows between are tables of their own, each with the columns it uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.documents.blocks import Block, Cell, Document, Grid, TextBlock
from pipelines.documents.html.marks import line_marks, sections_in

_LEAST_SECTIONS = 3
"""Headings of a report's parts that rows as wide as the table must hold."""


def unboxed(document: Document) -> Document:
    """Return a document without tables that hold a whole report; as it is where there is none."""
    if not any(isinstance(b, Grid) and b.n_cols > 1 and _is_box(b) for b in document.blocks):
        return document
    blocks: list[Block] = []
    for block in document.blocks:
        box = isinstance(block, Grid) and block.n_cols > 1 and _is_box(block)
        blocks += _opened(block) if box and isinstance(block, Grid) else [block]
    return replace(document, blocks=tuple(blocks))


def _wide(grid: Grid) -> dict[int, str]:
    """Return the texts of the rows that are one cell as wide as the grid, by row."""
    return {
        row: text
        for text, row, col, rowspan, colspan in grid.cells
        if text and col == 0 and colspan >= grid.n_cols and rowspan == 1
    }


def _is_box(grid: Grid) -> bool:
    marks = 0
    for text in _wide(grid).values():
        for line in text.split("\n"):
            marks |= line_marks(line)
    return sections_in(marks) >= _LEAST_SECTIONS


def _opened(grid: Grid) -> Iterator[Block]:
    """Yield the runs of wide rows as text and what stands between them as grids.

    A wide row that is alone and no sentence or heading belongs to the table it stands in: a
    caption, the heading of a block.
    """
    wide = _wide(grid)
    rows: list[list[Cell]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    is_text = [
        r in wide and (_is_prose(wide[r]) or r - 1 in wide or r + 1 in wide)
        for r in range(grid.n_rows)
    ]
    start = 0
    for end in range(1, grid.n_rows + 1):
        if end < grid.n_rows and is_text[end] == is_text[start]:
            continue
        where = f"{grid.where}, row {start + 1}"
        if is_text[start]:
            yield TextBlock(text="\n".join(wide[r] for r in range(start, end)), where=where)
        elif any(cell.text for row in rows[start:end] for cell in row):
            yield _part(grid, rows[start:end], start)
        start = end


def _is_prose(text: str) -> bool:
    return "。" in text or sections_in(line_marks(text)) > 0


def _part(grid: Grid, rows: Sequence[Sequence[Cell]], start: int) -> Grid:
    """Return some rows of a grid as one of their own, without the columns they leave empty."""
    filled = [c for row in rows for c in row if c.text]
    width = max(c.col + c.colspan for c in filled)
    cells = tuple(
        c._replace(row=c.row - start, colspan=min(c.colspan, width - c.col))
        for row in rows
        for c in row
        if c.col < width
    )
    sure = {
        (r - start, c): s for (r, c), s in grid.confidence.items() if start <= r < start + len(rows)
    }
    return replace(
        grid,
        cells=cells,
        n_rows=len(rows),
        n_cols=width,
        where=f"{grid.where} from row {start + 1}",
        confidence=sure,
    )

"""Rows of a sheet to blocks: tables as grids, headings and notes as text, in one place for all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.documents import labels
from pipelines.documents.blocks import Block, Cell, Document, Grid, TextBlock
from pipelines.documents.bounds import MAX_CELLS, too_large
from pipelines.documents.layout import is_layout
from pipelines.documents.text import title_among
from pipelines.vocabulary.errors import DocumentError

Merged = dict[tuple[int, int], tuple[int, int]]
"""First row and column of a merged range (from 0) to its last row and column."""
EDGES = " \t\n\u3000\u00a0"
"""What stands around a cell's text and prints nothing."""
MAX_COLUMNS = 16_384
"""Columns of a sheet: no program has more."""
NEVER_CALCULATED = "=?"
"""In the place of a formula's result where the file holds none."""
_NOTE = 60
"""Characters; a row with one longer text and nothing else is a note, not a label."""
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}、|年度报告|年报|^附[表件]")
_HEAD_LINES = 12


def sheet_document(blocks: Sequence[Block], carrier: str, charset: str | None = None) -> Document:
    """Return the document that sheets make.

    Raises:
        DocumentError: ``document/empty`` when they hold nothing.
    """
    if not blocks:
        raise DocumentError("document/empty", "no cell of the workbook holds anything")
    head = [line for b in blocks if isinstance(b, TextBlock) for line in b.text.split("\n")]
    return Document(
        carrier=carrier,
        blocks=tuple(blocks),
        title=title_among(head[:_HEAD_LINES]),
        metadata=labels.merged(labels.from_line(line) for line in head[:_HEAD_LINES]),
        charset=charset,
        page_text="\n".join(
            b.text if isinstance(b, TextBlock) else "\n".join(c.text for c in b.cells)
            for b in blocks
        ),
    )


def blocks_of_rows(rows: list[list[str]], merged: Merged, name: str) -> Iterator[Block]:
    """Yield what a sheet's rows hold; a row of one heading or note ends a table.

    Raises:
        DocumentError: ``document/too-large`` for more cells than any report has.
    """
    run: list[int] = []
    for number, row in enumerate([*rows, []]):
        alone = _only_text(row)
        if any(row) and alone is None:
            run.append(number)
            continue
        if run:
            yield from _grid_of(rows, run, merged, name)
            run = []
        if alone is not None:
            yield TextBlock(text=alone, where=f"sheet {name}")


def _only_text(row: list[str]) -> str | None:
    """Return the text of a row that holds one heading or note and nothing else."""
    filled = [text for text in row if text]
    if len(filled) == 1 and (len(filled[0]) > _NOTE or _HEADING.search(filled[0])):
        return filled[0] if not _is_row_label(row, filled[0]) else None
    return None


def _is_row_label(row: list[str], text: str) -> bool:
    """Tell a label of a blank form (一、本年新收…) from a heading of a section."""
    return re.match(r"^[一二三四]、(?:本年|上年|结转)", text) is not None and len(row) > 1


def _grid_of(rows: list[list[str]], run: list[int], merged: Merged, name: str) -> Iterator[Block]:
    first, last = run[0], run[-1]
    covered: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    n_cols = 0
    for number in run:
        for col, text in enumerate(rows[number]):
            if (number, col) in covered:
                continue
            end_row, end_col = merged.get((number, col), (number, col))
            end_row = min(end_row, last)
            spot = [(r, c) for r in range(number, end_row + 1) for c in range(col, end_col + 1)]
            covered.update(spot)
            cells.append(
                Cell(
                    text=text, row=number - first, col=col, rowspan=end_row - number + 1,
                    colspan=end_col - col + 1,
                )
            )  # fmt: skip
            if text or len(spot) > 1:
                n_cols = max(n_cols, end_col + 1)
    if len(cells) > MAX_CELLS:
        raise too_large(f"sheet {name}: {len(cells)} cells")
    cells = [cell for cell in cells if cell.col + cell.colspan <= n_cols]
    grid = Grid(
        cells=tuple(cells),
        n_rows=last - first + 1,
        n_cols=n_cols,
        where=f"sheet {name}, row {first + 1}",
        kind="sheet",
    )
    if not is_layout(grid):
        yield grid
    elif text := "\n".join(cell.text for cell in cells if cell.text):
        yield TextBlock(text=text, where=f"sheet {name}")


def without(
    rows: list[list[str]], merged: Merged, hidden_rows: set[int], hidden_columns: set[int]
) -> tuple[list[list[str]], Merged]:
    """Return rows and merged ranges without what is hidden."""
    if not hidden_rows and not hidden_columns:
        return rows, merged
    down = _places(len(rows), hidden_rows)
    across = _places(max((len(row) for row in rows), default=0), hidden_columns)
    shown = [
        [text for col, text in enumerate(row) if col not in hidden_columns]
        for number, row in enumerate(rows)
        if number not in hidden_rows
    ]
    moved: Merged = {}
    for (row, col), (last_row, last_col) in merged.items():
        if last_row + 1 >= len(down) or last_col + 1 >= len(across):
            continue
        end_row, end_col = down[last_row + 1] - 1, across[last_col + 1] - 1
        if end_row < down[row] or end_col < across[col]:
            continue  # all of it is hidden
        moved[down[row], across[col]] = (end_row, end_col)
        # The text of a merged range is that of its first cell, hidden or not.
        if row in hidden_rows or col in hidden_columns:
            shown[down[row]][across[col]] = rows[row][col]
    return shown, moved


def _places(count: int, hidden: set[int]) -> list[int]:
    """Return where each line goes, and one behind the last."""
    places = [0]
    for number in range(count + 1):
        places.append(places[-1] + (number not in hidden))
    return places


def printed_number(value: float) -> str:
    """Return a number as a sheet shows it, whole ones without a point."""
    # 15 digits are what a sheet keeps; the rest is binary noise of its sums.
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:.6f}".rstrip("0").rstrip(".")

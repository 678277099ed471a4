"""What this world hands out, and the small parts its documents are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

Number = int | float
Figures = dict[str, Number]
Values = dict[str, Number | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document with its truth."""

    name: str
    body: bytes
    content_type: str | None
    url: str
    title: str | None
    code: str | None
    layout: str
    habits: tuple[str, ...]
    is_report: bool
    printed: Values
    meant: Values
    identity: dict[str, object]


@dataclass(slots=True)
class Cell:
    """One cell: what it shows, which field it answers, and the number a person reads there."""

    text: str
    field: str | None = None
    value: Number | None = None
    rows: int = 1
    cols: int = 1
    head: bool = False
    note: str = ""
    """A footnote mark set after the text (superscript where the carrier has one)."""
    ghost: str = ""
    """Text no reader of the page sees (only carriers that can hide text show how)."""
    number: Number | None = None
    """The number a spreadsheet stores, where the cell is a plain number."""


Row = list[Cell]


@dataclass(slots=True)
class Table:
    """Rows of cells as HTML counts them (a spanned place is not listed)."""

    kind: str
    rows: list[Row]
    head_rows: int
    caption: str | None = None
    after: str | None = None
    hidden_rows: set[int] = field(default_factory=set)

    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        for row in self.rows:
            yield from row


@dataclass(slots=True)
class Block:
    """A piece of the document: title, heading, paragraph, table, picture or signature."""

    kind: str
    text: str = ""
    table: Table | None = None


def matrix(table: Table) -> list[list[tuple[Cell, bool]]]:
    """The full rectangle: every place with the cell that covers it and whether it starts there."""
    grid: dict[tuple[int, int], tuple[Cell, bool]] = {}
    width = 0
    for r, row in enumerate(table.rows):
        c = 0
        for cell in row:
            while (r, c) in grid:
                c += 1
            for dr in range(cell.rows):
                for dc in range(cell.cols):
                    if r + dr < len(table.rows):
                        grid[r + dr, c + dc] = (cell, dr == 0 and dc == 0)
            c += cell.cols
        width = max(width, c)
    width = max([width, *(c + 1 for _, c in grid)])
    blank = Cell("")
    return [[grid.get((r, c), (blank, True)) for c in range(width)] for r in range(len(table.rows))]


def width(table: Table) -> int:
    """Number of columns of the full rectangle."""
    return len(matrix(table)[0])


def transposed(table: Table) -> Table:
    """The same table with rows and columns exchanged."""
    full = matrix(table)
    rows: list[Row] = []
    for c in range(len(full[0])):
        row: Row = []
        for r in range(len(full)):
            cell, starts = full[r][c]
            if starts:
                row.append(replace(cell, rows=cell.cols, cols=cell.rows))
        rows.append(row)
    return Table(table.kind, rows, 0, table.caption, table.after)


def cut(table: Table, at: int, *, repeat_head: bool, repeat_labels: bool) -> tuple[Table, Table]:
    """Two tables as a page break leaves them: spans crossing the cut start anew below it."""
    full = matrix(table)
    top: list[Row] = []
    for r in range(at):
        top.append(
            [replace(cell, rows=min(cell.rows, at - r)) for cell, starts in full[r] if starts]
        )
    below: list[Row] = [[replace(c) for c in row] for row in table.rows[: table.head_rows]] if repeat_head else []
    starts_at: dict[int, int] = {}
    for r, line in enumerate(full):
        for cell, starts in line:
            if starts:
                starts_at[id(cell)] = r
    for r in range(at, len(full)):
        row: Row = []
        seen: set[int] = set()
        for cell, starts in full[r]:
            if starts:
                row.append(replace(cell))
            elif r == at and starts_at[id(cell)] < at and id(cell) not in seen:
                seen.add(id(cell))
                left = cell.rows - (at - starts_at[id(cell)])
                text = cell.text if repeat_labels else ""
                row.append(Cell(text, rows=left, cols=cell.cols))
        below.append(row)
    first = Table(table.kind, top, table.head_rows, table.caption)
    second = Table(table.kind, below, table.head_rows if repeat_head else 0, None, table.after)
    return first, second


def stretched(table: Table, total: int) -> Table | None:
    """The same table over exactly ``total`` columns (so that several fit into one frame)."""
    full = matrix(table)
    n = len(full[0])
    if n > total:
        return None
    base, extra = divmod(total, n)
    widths = [base + (1 if c < extra else 0) for c in range(n)]
    rows: list[Row] = []
    for line in full:
        row: Row = []
        for c, (cell, starts) in enumerate(line):
            if starts:
                row.append(replace(cell, cols=sum(widths[c : c + cell.cols])))
        rows.append(row)
    return Table(table.kind, rows, table.head_rows, table.caption, table.after)

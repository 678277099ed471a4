"""Tables as offices lay them out: rows of cells with spans; each value cell knows the field it stands for."""

from __future__ import annotations

from dataclasses import dataclass, field

Number = int | float | None


@dataclass(slots=True)
class Cell:
    """One cell. `keys` are the fields it stands for, `value` what a person reads there."""

    text: str
    rs: int = 1
    cs: int = 1
    keys: tuple[str, ...] = ()
    value: Number = None
    head: bool = False
    sup: str = ""
    ghost: str = ""      # text in the source that no person sees
    split: bool = False  # digits in separate runs
    unseen: bool = False  # the whole cell is hidden


@dataclass(slots=True)
class Row:
    """A row of cells, perhaps hidden."""

    cells: list[Cell]
    unseen: bool = False


@dataclass(slots=True)
class Grid:
    """A table: rows, how many head rows and label columns."""

    rows: list[Row]
    head: int = 1
    labels: int = 1
    name: str = ""

    def seen(self) -> list[list[Cell]]:
        """The rows and cells that a person sees."""
        return [[cell for cell in row.cells if not cell.unseen] for row in self.rows if not row.unseen]

    def matrix(self) -> list[list[tuple[Cell, bool]]]:
        """The visible table with spans spread out: (cell, whether this is the cell's own corner)."""
        return spread(self.seen())

    def transposed(self) -> Grid:
        """The table turned over its diagonal."""
        grid = self.matrix()
        width = max(len(row) for row in grid)
        rows: list[Row] = []
        for x in range(width):
            cells: list[Cell] = []
            for line in grid:
                cell, own = line[x]
                if own:
                    cells.append(Cell(cell.text, cell.cs, cell.rs, cell.keys, cell.value, cell.head, cell.sup, cell.ghost, cell.split))
            rows.append(Row(cells))
        return Grid(rows, self.labels, self.head, self.name)


def spread(rows: list[list[Cell]]) -> list[list[tuple[Cell, bool]]]:
    """Spread spans over a full rectangle; raises when the spans do not make one."""
    held: dict[tuple[int, int], tuple[Cell, bool]] = {}
    width = 0
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in held:
                x += 1
            for dy in range(cell.rs):
                for dx in range(cell.cs):
                    if (y + dy, x + dx) in held:
                        raise ValueError("cells overlap")
                    held[y + dy, x + dx] = (cell, dy == 0 and dx == 0)
            x += cell.cs
        width = max(width, max((x_ + 1 for (y_, x_) in held if y_ == y), default=0))
    if len(held) != width * len(rows):
        raise ValueError(f"ragged table {len(held)} != {width} * {len(rows)}")
    return [[held[y, x] for x in range(width)] for y in range(len(rows))]


@dataclass(slots=True)
class Block:
    """A piece of a document: h1, h2, p, right, caption, table, page (a page number line), unseen_table."""

    kind: str
    text: str = ""
    grid: Grid | None = None
    how: str = ""
    tags: dict[str, str] = field(default_factory=dict)

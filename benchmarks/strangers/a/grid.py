"""Tables as rows of spanned cells, independent of the carrier."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(slots=True)
class Cell:
    """A cell with its spans. ``field`` names the figure it holds; ``hidden`` takes it out of a person's sight (and of the visible grid)."""

    text: str = ""
    field: str | None = None
    rs: int = 1
    cs: int = 1
    head: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Grid:
    """Rows of cells as HTML has them, with a caption and the number of header rows."""

    rows: list[list[Cell]]
    caption: str | None = None
    heads: int = 0
    name: str = ""
    hidden_rows: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """Number of visible columns."""
        return max((len(row) for row in matrix(self)), default=0)


def matrix(grid: Grid) -> list[list[tuple[Cell, bool]]]:
    """Expanded visible grid: for each position its cell and whether the position is the cell's own corner."""
    taken: dict[tuple[int, int], Cell] = {}
    out: list[list[tuple[Cell, bool]]] = []
    visible = [row for i, row in enumerate(grid.rows) if i not in grid.hidden_rows]
    for r, row in enumerate(visible):
        line: dict[int, tuple[Cell, bool]] = {
            c: (cell, False) for (rr, c), cell in taken.items() if rr == r
        }
        c = 0
        for cell in row:
            if cell.hidden:
                continue
            while c in line:
                c += 1
            for dr in range(cell.rs):
                for dc in range(cell.cs):
                    if dr == 0:
                        line[c + dc] = (cell, dc == 0)
                    else:
                        taken[(r + dr, c + dc)] = cell
            c += cell.cs
        out.append([line.get(i, (Cell(), True)) for i in range(max(line, default=-1) + 1)])
    return out


def widen(grid: Grid, widths: list[int]) -> Grid:
    """The same table in a finer raster: column i becomes widths[i] columns."""
    positions = matrix(grid)
    new: list[list[Cell]] = []
    for r, row in enumerate(grid.rows):
        own: list[Cell] = []
        seen: set[int] = set()
        for c, (cell, corner) in enumerate(positions[r]):
            if corner and id(cell) not in seen and any(cell is k for k in row):
                seen.add(id(cell))
                own.append(replace(cell, cs=sum(widths[c : c + cell.cs])))
        new.append(own)
    return Grid(new, grid.caption, grid.heads, grid.name)


def stack(grids: list[Grid], titles: list[str] | None = None) -> Grid:
    """Several tables of one width under one another, with title rows across."""
    rows: list[list[Cell]] = []
    width = grids[0].width
    for i, grid in enumerate(grids):
        if titles:
            rows.append([Cell(titles[i], cs=width, head=True)])
        rows += grid.rows
    return Grid(rows, heads=0, name="all")


def transpose(grid: Grid) -> Grid:
    """Rows become columns (spans kept)."""
    full = matrix(grid)
    width = max(len(r) for r in full)
    out: list[list[Cell]] = []
    for c in range(width):
        row: list[Cell] = []
        for r in range(len(full)):
            if c >= len(full[r]):
                row.append(Cell())
                continue
            cell, _ = full[r][c]
            first_row = r == 0 or c >= len(full[r - 1]) or full[r - 1][c][0] is not cell
            first_col = c == 0 or full[r][c - 1][0] is not cell
            if first_row and first_col:
                row.append(replace(cell, rs=cell.cs, cs=cell.rs))
        out.append(row)
    return Grid(out, grid.caption, 0, grid.name)


def unspan(grid: Grid, fill: str) -> Grid:
    """No spans: covered places repeat the text ("repeat") or stay empty ("holes")."""
    out = []
    for row in matrix(grid):
        line: list[Cell] = []
        for i, (cell, corner) in enumerate(row):
            own = corner and not any(cell is k[0] for k in row[:i])
            line.append(
                replace(cell, rs=1, cs=1, text=cell.text if fill == "repeat" or own else "")
                if own or fill == "repeat"
                else Cell("", head=cell.head)
            )
        out.append(line)
    if fill == "holes":  # keep the text only at the true corner of a spanned cell
        seen: set[int] = set()
        for line, row in zip(out, matrix(grid), strict=True):
            for i, (cell, _) in enumerate(row):
                if id(cell) in seen:
                    line[i] = Cell("", head=cell.head)
                seen.add(id(cell))
    return Grid(out, grid.caption, grid.heads, grid.name)

"""Table four."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.damages.case import Case, Rows, set_text
from crawler.demo.tables import Table, TableCell


def disputes_cell_lost(case: Case) -> None:
    """A cell of table four vanishes."""
    r, c = case.rng.choice(case.figures("t4"))
    del case.tables["t4"][r][c]


def disputes_stray(case: Case) -> None:
    """A cell too many stands in table four."""
    r, c = case.rng.choice(case.figures("t4"))
    case.tables["t4"][r].insert(c, TableCell(case.rng.choice(("0", "1"))))


def disputes_header_lost(case: Case) -> None:
    """Header rows of table four vanish."""
    del case.tables["t4"][case.rng.choice((0, 1, 2)) : 3]


def disputes_swapped(case: Case) -> None:
    """Two columns of table four change places, headers and all."""
    rows = case.tables["t4"]
    one, two = case.rng.sample(range(5), 2)
    for r, first in ((1, 0), (3, 0)):
        rows[r][first + one], rows[r][first + two] = rows[r][first + two], rows[r][first + one]


def disputes_blank(case: Case) -> None:
    """Some cells of table four are blank or struck."""
    for at in case.rng.sample(case.figures("t4"), case.rng.randint(1, 4)):
        set_text(case, "t4", at, case.rng.choice(("", "/", "—")))


def disputes_two_lost(case: Case) -> None:
    """Two cells of table four vanish."""
    for _ in range(2):
        disputes_cell_lost(case)


def disputes_transposed(case: Case) -> None:
    """Table four stands upright: a row for each of its columns."""
    grid = {
        (r, c): cell
        for r, c, cell in Table("t4", tuple(map(tuple, case.tables["t4"])), 15).placed()
    }
    turned: Rows = [[] for _ in range(max(c for _, c in grid) + 1)]
    for r, c in sorted(grid, key=lambda at: (at[1], at[0])):
        cell = grid[r, c]
        turned[c].append(replace(cell, rowspan=cell.colspan, colspan=cell.rowspan))
    case.tables["t4"] = turned

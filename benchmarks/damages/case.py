"""A report's tables while they are being damaged."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from crawler.demo.tables import TableCell
from crawler.demo.world import Number, ReportTruth

Rows = list[list[TableCell]]


@dataclass(slots=True)
class Case:
    """A report's tables while they are being damaged."""

    report: ReportTruth
    tables: dict[str, Rows]
    rng: random.Random
    carrier: str
    others: tuple[ReportTruth, ...] = ()
    """Reports of other organs."""
    extra: list[ReportTruth] = field(default_factory=list)
    """Other reports whose tables stand on the same page."""
    printed: dict[str, Number] = field(default_factory=dict)
    """Fields that now print another figure than the report's own."""
    look: set[str] = field(default_factory=set)
    """How the tables are drawn: ``one_table``, ``copies``, ``nested``, ``rules``; ``torn``: a
    stretch of what was drawn is missing; ``blocks``: table four is not its one row of figures."""

    def figures(self, table: str = "t3") -> list[tuple[int, int]]:
        """Return the places of a table that print a figure."""
        return [
            (r, c)
            for r, row in enumerate(self.tables[table])
            for c, cell in enumerate(row)
            if cell.field
        ]

    def value_rows(self, table: str = "t3") -> list[int]:
        """Return the rows of a table that print figures."""
        return sorted({r for r, _ in self.figures(table)})


def set_text(case: Case, table: str, at: tuple[int, int], text: str) -> None:
    """Print another text at a place of a table."""
    r, c = at
    case.tables[table][r][c] = replace(case.tables[table][r][c], text=text)

"""The shapes everything else passes around."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Number: TypeAlias = int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document and everything that is true of it."""

    name: str
    body: bytes
    content_type: str | None
    url: str
    title: str | None
    code: str | None
    layout: str
    habits: tuple[str, ...]
    is_report: bool
    printed: dict[str, Number]
    meant: dict[str, Number]
    identity: dict[str, object]


@dataclass(slots=True)
class Shown:
    """How one figure appears: plain text, HTML (when it differs) and what a careful person reads."""

    text: str
    read: Number
    html: str | None = None
    unit_fixed: bool = False  # True: number-style habits must leave it alone


@dataclass(slots=True)
class Cell:
    """One table cell at its anchor position."""

    text: str = ""
    field: str | None = None
    rs: int = 1
    cs: int = 1
    head: bool = False
    html: str | None = None


@dataclass(slots=True)
class Row:
    """One table row; a hidden row is not displayed to a person."""

    cells: list[Cell]
    hidden: bool = False


@dataclass(slots=True)
class Grid:
    """A logical table in HTML's sense of spans."""

    rows: list[Row] = field(default_factory=list)
    caption: str = ""
    note: str = ""

    def add(self, *cells: Cell) -> None:
        """Append a row."""
        self.rows.append(Row(list(cells)))

    def matrix(self, repeat: bool = False) -> list[list[Cell | None]]:
        """Spread spans over a dense matrix; covered places hold None (or the same cell)."""
        taken: dict[tuple[int, int], Cell | None] = {}
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row.cells:
                while (y, x) in taken:
                    x += 1
                for dy in range(cell.rs):
                    for dx in range(cell.cs):
                        taken[y + dy, x + dx] = cell if repeat or (dy == 0 and dx == 0) else None
                x += cell.cs
        width = 1 + max((x for _, x in taken), default=0)
        return [[taken.get((y, x)) for x in range(width)] for y in range(len(self.rows))]


@dataclass(slots=True)
class Place:
    """A real division and the host we pretend it has."""

    code: str
    name: str
    level: str
    parent: str
    host: str


@dataclass(slots=True)
class Organ:
    """Who publishes."""

    norm: str
    kind: str
    scope: str
    we: str

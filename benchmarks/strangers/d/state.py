"""The mutable state of a document while it is being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from .model import Cell, Grid, Number, Organ, Place, Shown

Block = tuple[Literal["h", "p", "grid", "note", "raw"], "str | Grid"]


@dataclass(slots=True)
class Col:
    """A column of table three; kind is field, pct, sub, last, growth or gap."""

    key: str
    label: str
    legal: bool = False
    kind: str = "field"


@dataclass(slots=True)
class State:
    """Figures, labels and choices of one document."""

    rng: Random
    place: Place
    organ: Organ
    year: int
    t2v: str
    t3v: str
    hubei: bool
    meant: dict[str, Number]
    shown: dict[str, Shown]
    family: str  # html, text, csv, docx, xlsx, lines
    relabel: list[Callable[[str], str]] = field(default_factory=list)
    wrap: bool = False
    options: dict[str, object] = field(default_factory=dict)
    cols: list[Col] = field(default_factory=list)
    habits: list[str] = field(default_factory=list)

    def label(self, text: str, rs: int = 1, cs: int = 1, head: bool = False) -> Cell:
        """A label cell after the document's label habits."""
        for change in self.relabel:
            text = change(text)
        html = None
        if self.wrap and len(text) > 5:
            cut = len(text) // 2
            html = f"{text[:cut]}<br/>{text[cut:]}"
        return Cell(text, None, rs, cs, head, html)

    def value(self, name: str, rs: int = 1, cs: int = 1) -> Cell:
        """The cell that shows one field."""
        shown = self.shown[name]
        return Cell(shown.text, name, rs, cs, False, shown.html)

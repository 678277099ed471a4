"""A report in the making: what was meant, what is shown, and how it will be laid out."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from .grid import Number
from .places import Organ

Label = Callable[[str], str]


@dataclass(slots=True)
class Shown:
    """What stands in a cell and what a person reads there."""

    text: str
    value: Number
    sup: str = ""
    ghost: str = ""
    split: bool = False


@dataclass(slots=True)
class Options:
    """How the tables are built."""

    t2: str = "stacked"
    t3: str = "official"
    t4: str = "official"
    annex: str = "plain"
    columns: list[str] = field(default_factory=list)
    lost_rows: set[str] = field(default_factory=set)
    merged_rows: tuple[str, str] | None = None
    merged_down: tuple[str, str, str] | None = None    # column, upper row, lower row
    merged_across: tuple[str, str, str] | None = None  # row, left column, right column
    merged_two: str = ""                               # label | cell
    line_numbers: bool = False
    column_numbers: bool = False
    percent: bool = False
    paired: bool = False
    spacer_rows: bool = False
    spacer_column: bool = False
    remarks: bool = False
    unseen_row: bool = False
    unseen_column: str = ""                            # "" | end | middle
    two_beside: str = ""                               # "" | last_year | own | same_rate
    last_year_table: bool = False
    four_order: list[str] = field(default_factory=list)
    four_groups: list[str] = field(default_factory=list)
    fee_unit: str = "(单位:万元)"
    unit_line: str = ""
    labels: list[Label] = field(default_factory=list)
    annex_years: int = 0


@dataclass(slots=True)
class Words:
    """Titles and sentences that habits may change."""

    title: str | None = None
    list_title: str | None = None
    code: str | None = None
    opening: list[str] = field(default_factory=list)
    period: str = ""
    signature: str = ""
    tail: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)      # under table three
    before_tables: list[str] = field(default_factory=list)
    pages: bool = False
    unseen_table: str = ""
    publisher: str | None = ""
    scope: str | None = ""
    year: int | None = None
    first_part: list[str] = field(default_factory=list)
    nav: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """Everything about one document before it is rendered."""

    rng: random.Random
    organ: Organ
    year: int
    two_era: str | None
    three_era: str | None
    form: str | None
    size: str
    caps: frozenset[str]
    meant: dict[str, int | float]
    sheet: dict[str, Shown]
    opts: Options
    words: Words
    habits: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)      # fields whose printed value may differ from what was meant

    def set(self, name: str, value: int | float) -> None:
        """Misprint a figure."""
        self.sheet[name] = Shown(plain(value), value)
        self.touched.add(name)

    def style(self, text: str) -> str:
        """A label as this office writes it."""
        for change in self.opts.labels:
            text = change(text)
        return text


def plain(value: int | float) -> str:
    """A number as it is usually printed."""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)

"""The plan of one document: everything habits may turn before it is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from .model import Figures, Table
from .places import Organ
from .rows import COL_IDS


@dataclass(frozen=True, slots=True)
class Powers:
    """What a layout can show."""

    grid: bool = True
    """Blank cells keep their place."""
    spans: bool = True
    """Merged cells can be seen."""
    markup: bool = False
    """HTML: text can be hidden, marks can be set small."""
    wide: bool = True
    """Further columns do no harm."""
    family: str = "html"
    styles: tuple[str, ...] = ("official",)
    """Shapes of the label columns of table three."""
    whole: bool = False
    """The layout builds table three in its own way: no merges, no further columns."""


@dataclass(slots=True)
class Plan:
    """One document before it is written."""

    rng: Random
    organ: Organ
    year: int
    t2: str
    t3: str
    forms: tuple[str, ...]
    powers: Powers
    meant: Figures
    shown: Figures
    """Figures as the office typed them (misprints included)."""
    annex_version: str = ""
    density: str = "sparse"
    habits: list[str] = field(default_factory=list)
    # figures as text
    zero: str = "0"
    zero_some: float = 1.0
    digits: str = "plain"
    digits_share: float = 1.0
    blanked: dict[str, str] = field(default_factory=dict)
    """field -> text shown in its place (blank, a mark); nothing is read there."""
    texts: dict[str, str] = field(default_factory=dict)
    """field -> exact text; the number read stays ``shown``."""
    notes: dict[str, str] = field(default_factory=dict)
    ghosts: dict[str, str] = field(default_factory=dict)
    money: str = "header_wan"
    unit_cells: str = ""
    # labels
    brackets: str = "half"
    ordinal: str = "."
    quotes: str = "“”"
    synonyms: bool = False
    typos: bool = False
    spaced: bool = False
    wrapped: bool = False
    no_ordinals: bool = False
    label_notes: bool = False
    block_words: bool = False
    # structure
    style: str = "official"
    columns: list[str] = field(default_factory=lambda: list(COL_IDS))
    lost_rows: set[str] = field(default_factory=set)
    lost_blocks: set[int] = field(default_factory=set)
    merged_label: tuple[str, str] | None = None
    last_year_t2: bool = False
    t4_shape: str = "official"
    spacer_rows: bool = False
    hubei: bool = False
    after: list[Callable[[list[Table]], None]] = field(default_factory=list)
    own_sum: str = ""
    annex_years: bool = False
    annex_halves: bool = False
    columns_cut: bool = False
    # page
    title_style: str = "full"
    year_style: str = "plain"
    list_title: str = "same"
    period: str = "plain"
    page: set[str] = field(default_factory=set)
    encoding: str = "utf-8"
    prefix: bool = False
    portal: str | None = None
    hidden: str = ""
    docx_tracked: bool = False
    xlsx: set[str] = field(default_factory=set)
    pictures: bool = False

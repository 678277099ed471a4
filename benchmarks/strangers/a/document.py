"""A document before it takes a carrier: blocks in order, and the page around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .grid import Grid


@dataclass(slots=True)
class Block:
    """title, meta, h (heading), p (paragraph), note, sign, grid."""

    kind: str
    text: str = ""
    grid: Grid | None = None


@dataclass(slots=True)
class Document:
    """Blocks and what stands around them on a web page."""

    blocks: list[Block]
    page_title: str
    site: str = ""
    crumbs: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    beside: list[str] = field(
        default_factory=list
    )  # titles in a side bar or below ("previous", "related")
    hidden_grid: Grid | None = None  # a table nobody sees (another year's)
    comment: str | None = None
    script: str | None = None
    last_row_spans: bool = False
    published: str | None = None

    @property
    def grids(self) -> list[Grid]:
        """All visible tables."""
        return [b.grid for b in self.blocks if b.grid]

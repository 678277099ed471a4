"""What a portal may be like: each trait drawn on its own, and which cannot stand together."""

from __future__ import annotations

import random
from dataclasses import dataclass

MENUS = ("plain", "hover", "area", "frame", "script", "option", "blocks")
DEPTHS = (1, 2, 3)
COLUMNS = (
    "政府信息公开年报",
    "政府信息公开工作年度报告",
    "信息公开年报",
    "年度报告",
    "公开年报",
    "公开工作年报",
    "政府年报",
    "年报公开",
)
LANDINGS = ("政府信息公开", "政务公开", "信息公开")
BETWEEN = ("法定主动公开内容", "公开目录", "综合", "重点领域")

STATIC = frozenset({"html", "framed"})
"""Lists whose rows stand in the source of a page."""
PAINTED = frozenset({"json", "posted"})
"""Lists that a script paints from what it asks for."""
BY_YEAR = frozenset({"years", "form", "tabs", "select"})
"""Lists that show one year at a time."""
LISTS = ("html", "html", "framed", "json", "json", "posted", "years", "form", "tabs", "select")

_OF_STATIC = ("anchors", "onclick", "trs", "kaipu", "reversed", "query", "bare_numbers")
_OF_PAINTED = ("numbers", "next", "more", "scroll", "jump")
PAGERS = {
    **dict.fromkeys(STATIC, ("one", *_OF_STATIC)),
    **dict.fromkeys(PAINTED, ("one", *_OF_PAINTED)),
    **dict.fromkeys(BY_YEAR, ("one",)),
}
"""The pagers a list may have."""
SIZES = (5, 8, 15)

NAMINGS = ("full", "organless", "cut", "year")
OPENINGS = ("href", "href", "href", "onclick", "data", "call", "listener")
ARTICLES = ("plain", "dated", "query", "redirect", "item", "file")
HISTORIES = ("none", "none", "beside", "span")
OFFICES = ("none", "same", "organs", "column", "form", "tabs", "tree", "folders")
HOSTS = ("one", "one", "one", "moved", "column", "archive")
FAULTS = (
    *("none", "none", "none"),
    *("busy_once", "bare_once", "soft_404", "home_for_all", "session", "endless"),
)


@dataclass(slots=True, frozen=True, kw_only=True)
class Traits:
    """What was drawn for one portal."""

    menu: str
    depth: int
    column: str
    landing: str
    between: str
    lists: str
    """Where the rows come from."""
    pager: str
    """How its further pages are reached."""
    size: int
    """Rows of a page."""
    rows: str
    """How a row is named."""
    opens: str
    """How a row leads to its report."""
    article: str
    history: str
    office: str
    host: str
    """Whether all of it lies on the host that the registry has."""
    fault: str
    years: int
    noise: int
    total: bool
    """The list says how many rows it has."""
    late: bool
    """What a script paints is painted a while after its answer came."""

    @classmethod
    def draw(cls, rng: random.Random) -> Traits:
        """Draw each trait on its own; what cannot stand together is drawn anew by the caller."""
        lists = rng.choice(LISTS)
        return cls(
            menu=rng.choice(MENUS),
            depth=rng.choice(DEPTHS),
            column=rng.choice(COLUMNS),
            landing=rng.choice(LANDINGS),
            between=rng.choice(BETWEEN),
            lists=lists,
            pager=rng.choice(PAGERS[lists]),
            size=rng.choice(SIZES),
            rows=rng.choice(NAMINGS),
            opens=rng.choice(OPENINGS),
            article=rng.choice(ARTICLES),
            history=rng.choice(HISTORIES),
            office=rng.choice(OFFICES),
            host=rng.choice(HOSTS),
            fault=rng.choice(FAULTS),
            years=rng.randint(3, 16),
            noise=rng.randint(0, 6),
            total=rng.random() < 0.5,
            late=rng.random() < 0.4,
        )

    def words(self) -> str:
        """Return the traits in one line."""
        return " ".join(str(getattr(self, name)) for name in self.__slots__)

    def stands(self) -> bool:
        """Tell whether a portal can be so, and a person could tell on it what is what."""
        # Rows of several organs in one list must name them.
        if self.rows in {"organless", "year"} and self.office == "same":
            return False
        # A list by years has its years for rows.
        if self.lists in BY_YEAR and self.rows not in {"full", "organless"}:
            return False
        # Folders, trees and choices of organs stand where the list of one organ would.
        if self.office in {"form", "tabs"} and self.lists not in STATIC | {"json"}:
            return False
        if self.fault == "endless" and self.pager not in {"anchors", "query"}:
            return False
        # A cut title, a file's row and a row that waits for a press say less than a person needs.
        return not (self.article == "file" and self.opens in {"call", "listener"})

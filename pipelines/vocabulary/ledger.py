"""What a run knows of each portal while it runs, and the one outcome each ends with.

Spiders, middlewares and stages write here; extensions read. No Scrapy import: the ledger of a
crawl is found with ``ledger_of(crawler)``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from pipelines.vocabulary.items import Column
from pipelines.vocabulary.problems import Problem

FATES: Mapping[str, str] = MappingProxyType(
    {
        "read": "became a record, or an edition of one",
        "held": "already held and unchanged",
        "rejected": "something else, once looked at; its problem says what",
        "failed": "not to be had or not readable; its problem says why",
        "other_organ": "left out by its title: a report of an organ that was not asked for",
        "other_year": "left out by its title: a report of a year that was not asked for",
        "other_publication": "left out by its title: another publication than such a report",
        "no_report": "left out by its title: it announces no report",
        "waiting": "not looked at when the run ended",
    }
)
"""What becomes of a row of a portal's lists: of each exactly one."""

_YEAR = re.compile(r"(?<!\d)20[012]\d(?!\d)")
_NAMES = MappingProxyType({"whole": "the government itself", "office": "its office"})
_SIDE_BY_SIDE = 2
"""Years with a report of the government and one of its office that make two series of them."""
_OWN = frozenset({"whole", "office"})
"""Whose reports the law dates: the government's own, be it the whole's or its office's."""


def years_named(title: str) -> set[int]:
    """Return the years a row's title names in figures."""
    return {int(year) for year in _YEAR.findall(title)}


def newest_due(today: date, *, office: bool = False) -> int:
    """Return the newest year there must be a report of: of governments by the end of March.

    ``office``: organs, of which a government's office is one, must publish by the end of January
    (政府信息公开条例, articles 49 and 50).

    >>> newest_due(date(2026, 3, 31)), newest_due(date(2026, 2, 1), office=True)
    (2024, 2025)
    """
    return today.year - (1 if today.month >= (2 if office else 4) else 2)


@dataclass(slots=True, frozen=True, kw_only=True)
class ListRead:
    """How one list ended: what says that there is no more of it."""

    url: str
    rows: int
    chosen: int = 0
    """Of these, reports that were asked for."""
    pages: int = 1
    total: int | None = None
    """Rows it declares."""
    how: str = ""
    """The rule that ended it, in words; empty where its problem tells what cut it off."""

    @property
    def met(self) -> bool:
        """Tell whether all the rows it declares were seen."""
        return self.total is not None and self.rows >= self.total > 0


@dataclass(slots=True, kw_only=True)
class PortalRun:
    """One portal's share of a run: counts of what was asked, found, read and missed."""

    code: str
    name: str
    home_url: str
    column: Column | None = None
    declared_total: int | None = None
    """Rows the portal's own lists declare, all kinds of organ together."""
    listed: int = 0
    """Rows seen in its lists, all kinds together."""
    chosen: set[str] = field(default_factory=set)
    """Addresses of rows that look like a report that was asked for."""
    held: set[str] = field(default_factory=set)
    """Chosen addresses already held and not fetched again, or answered 304."""
    fetched: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    """Chosen addresses that became a record (or an edition of one)."""
    rejected: set[str] = field(default_factory=set)
    """Chosen addresses that turned out to be something else (not a report, another organ)."""
    failed: set[str] = field(default_factory=set)
    """Chosen addresses that could not be fetched or read; each has a problem."""
    rows: dict[str, str] = field(default_factory=dict)
    """Every row of its own lists, by its address: the title."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Rows that were not chosen: why (``FATES``)."""
    dates: dict[str, str] = field(default_factory=dict)
    """Dates the lists give chosen rows."""
    records: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    """(kind of organ, year) of the reports an address is known to hold."""
    lists: list[ListRead] = field(default_factory=list)
    left_alone: dict[str, str] = field(default_factory=dict)
    """What stands on the column's pages, could hold more and was not followed: address, why."""
    lost: dict[str, bool] = field(default_factory=dict)
    """Held addresses that its lists, read to their end, do not show: were they gone before?"""
    hidden: dict[str, bool] = field(default_factory=dict)
    """The same where its lists were not read to an end, which leaves open what they show."""
    unlisted: dict[str, str] = field(default_factory=dict)
    """Held addresses that its lists show no more and that still answer: address, title."""
    gone: dict[str, str] = field(default_factory=dict)
    """Held addresses that its lists show no more and that hold the report no more: since when."""
    gone_now: set[str] = field(default_factory=set)
    """Those of them that this run found gone."""
    kinds: frozenset[str] = _OWN
    years: frozenset[int] | None = None
    """What was asked for."""
    today: date | None = None
    """What the crawl's clock says: which year is due is measured by it."""
    beside: str = ""
    """What of it was found elsewhere than in its own columns, in words."""
    requests: int = 0
    rendered: int = 0
    list_pages: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    """Problem codes met, with their counts."""
    verdict: tuple[str, str] | None = None
    """Set by the spider where it knows better than the counts: (outcome, evidence)."""
    done: bool = False

    def lists_ended(self) -> bool:
        """Tell whether its lists were read to an end that a rule shows, and hold reports."""
        ended = bool(self.lists) and all(read.how for read in self.lists)
        return bool(ended and self.chosen and not self.left_alone and self.verdict is None)

    # -- rows ------------------------------------------------------------------------------

    def fate(self, url: str) -> str:
        """Return what became of a row, one of ``FATES``."""
        sets = (self.read, self.held, self.rejected, self.failed)
        for name, addresses in zip(("read", "held", "rejected", "failed"), sets, strict=True):
            if url in addresses:
                return name
        return "waiting" if url in self.chosen else self.left_out.get(url, "waiting")

    def fates(self) -> Counter[str]:
        """Return how many rows met which fate; their sum is the number of rows."""
        return Counter(self.fate(url) for url in self.rows.keys() | self.chosen)

    # -- years -----------------------------------------------------------------------------

    def years_of(self, url: str) -> set[tuple[str, int]]:
        """Return (organ, year) of an address: of its records, else as its row tells."""
        known = self.records.get(url)
        if known is not None:
            return known
        named = years_named(self.rows.get(url, ""))
        published = self.dates.get(url, "")[:4]
        if not named and published.isdecimal():
            named = {int(published) - 1}
        return {("whole", year) for year in named}

    def years_had(self, organs: frozenset[str] = _OWN) -> set[int]:
        """Return the years of which a report of the government or its office is there."""
        had = (self.years_of(url) for url in self.read | self.held | self.unlisted.keys())
        return {year for reports in had for organ, year in reports if organ in organs}

    def newest_due(self) -> int:
        """Return the newest year its own reports must reach by now, 0 where nobody says when."""
        if self.today is None:
            return 0
        whole = "whole" in self.kinds and bool(self.years_had(frozenset({"whole"})))
        return newest_due(self.today, office=not whole)

    def years_missing(self) -> list[int]:
        """Return the years lacking between the first and the one due, those asked for alone.

        When the first one was is nobody's promise: how long portals keep reports differs.
        """
        had = self.years_had()
        if not had or not self.kinds & _OWN:
            return []
        lacking = set(range(min(had), max(self.newest_due(), *had) + 1)) - had
        return sorted(lacking if self.years is None else lacking & self.years)

    def series_missing(self) -> dict[str, list[int]]:
        """Return what lacks in the government's own series and its office's, where both have one.

        A year that has neither report is told by ``years_missing``. Where the two never stood side
        by side, the one goes on under the other's name and lacks nothing.
        """
        had = {organ: self.years_had(frozenset({organ})) for organ in sorted(_OWN & self.kinds)}
        if len(had) < 2 or len(had["whole"] & had["office"]) < _SIDE_BY_SIDE:
            return {}
        newest = {"whole": max(had["whole"]), "office": max(*had["whole"], *had["office"])}
        either = had["whole"] | had["office"]
        missing = {}
        for organ, years in had.items():
            lacking = set(range(min(years), newest[organ] + 1)) & either - years
            if lacking := lacking if self.years is None else lacking & self.years:
                missing[organ] = sorted(lacking)
        return missing

    def lacks_own(self) -> bool:
        """Tell whether all that is there is the office's: the law asks the government for its own.

        What its office lists says nothing of where the government keeps its reports.
        """
        whole = self.years_had(frozenset({"whole"}))
        return "whole" in self.kinds and not whole and bool(self.years_had(frozenset({"office"})))

    def years_doubted(self) -> list[int]:
        """Return the years that rows name of which nothing came, though they were asked for.

        Such a year is not missing at the source: its row stands there.
        """
        nothing = {"rejected", "failed", "waiting"}
        named = (years_named(t) for url, t in self.rows.items() if self.fate(url) in nothing)
        return sorted({year for years in named for year in years} - self.years_had())

    def missing_at_source(self, year: int) -> bool:
        """Tell whether a year that lacks is shown to lack in the column itself.

        It is where a newer one is there, all rows the lists declare were seen, and none of those
        that are no report of ours names the year.
        """
        if year > max(self.years_had(), default=year) or not self.lists:
            return False
        if any(year in {y for _, y in self.years_of(url)} for url in self.gone):
            return True  # it was there, and is no more
        doubtful = {"rejected", "failed", "no_report", "waiting"}
        named = any(
            year in years_named(title) and self.fate(url) in doubtful
            for url, title in self.rows.items()
        )
        own = [read for read in self.lists if read.chosen]
        return bool(own) and not named and all(read.met for read in own)

    # -- the end ---------------------------------------------------------------------------

    def outcome(self) -> tuple[str, str]:
        """Return the portal's one outcome and the evidence for it (contract section 6)."""
        outcome, evidence = self._outcome()
        hidden = sum(not gone for gone in self.hidden.values())
        if outcome == "empty_column" and hidden:  # it had them, and nobody says they are gone
            return "incomplete", f"its lists show none of {hidden} held reports; {evidence}"
        return outcome, evidence

    def _outcome(self) -> tuple[str, str]:
        if self.verdict is not None and not self.read:
            return self.verdict
        waiting = self.chosen - self.held - self.read - self.rejected - self.failed
        if self.chosen and not (self.read or self.held):
            if self.failed:
                return "file_unreadable", f"{len(self.failed)} reports listed, none could be read"
            if not waiting:
                return "empty_column", f"{self.listed} rows, none is a report that was asked for"
        if self.verdict is not None:
            return self.verdict
        if self.failed or waiting:
            return (
                "incomplete",
                f"{len(self.chosen)} listed, {len(self.failed)} failed, {len(waiting)} not read",
            )
        if self.declared_total is not None and self.listed < self.declared_total:
            return "incomplete", f"list declares {self.declared_total} rows, {self.listed} seen"
        if self.read or self.held:
            beside = f"; {self.beside}" if self.beside else ""
            counted = f"{len(self.read)} read, {len(self.held)} already held{beside}"
            if doubts := self._doubts():
                return "incomplete", "; ".join((*doubts, counted))
            return "ok", "; ".join((counted, *self._proof()))
        if self.column is not None:
            return "empty_column", f"{self.listed} rows at {self.column.url}, no report among them"
        return "no_column_found", f"{self.requests} requests from {self.home_url}"

    def _doubts(self) -> list[str]:
        """Return what speaks against all being there, in words."""
        doubts = []
        lacking = [y for y in self.years_missing() if not self.missing_at_source(y)]
        if lacking:
            doubts.append(f"no report of {', '.join(map(str, lacking))}")
        if self.lacks_own():
            doubts.append(f"none of {_NAMES['whole']}, its office's alone")
        if self.unlisted:
            doubts.append(f"{len(self.unlisted)} held reports are in its lists no more")
        if self.gone_now:
            doubts.append(f"{len(self.gone_now)} held reports were removed at the source")
        for organ, years in self.series_missing().items():
            lacking = [y for y in years if not self.missing_at_source(y)]
            if lacking:
                doubts.append(f"none of {_NAMES[organ]} of {', '.join(map(str, lacking))}")
        if self.left_alone:
            shown = [f"{why} ({url})" for url, why in self.left_alone.items()]
            doubts.append(f"left alone: {', '.join(shown[:3])}")
        return doubts

    def _proof(self) -> list[str]:
        """Return what says that all is there, in words."""
        had = self.years_had()
        proof = [f"years {min(had)} to {max(had)}"] if had else []
        if missing := self.years_missing():
            proof.append(f"missing at the source: {', '.join(map(str, missing))}")
        if self.gone:
            proof.append(f"{len(self.gone)} held reports removed at the source earlier")
        for organ, years in self.series_missing().items():
            lacking = ", ".join(map(str, years))
            proof.append(f"missing at the source of {_NAMES[organ]}: {lacking}")
        ended = Counter(read.how for read in self.lists if read.how)
        proof += [how if times == 1 else f"{how} (×{times})" for how, times in ended.items()]
        return proof


class Ledger:
    """All portals of a run, and every problem met."""

    def __init__(self) -> None:
        self.portals: dict[str, PortalRun] = {}
        self.problems: list[Problem] = []
        self._told: set[Problem] = set()  # a country's worth of problems is too long to search
        self.notes: dict[str, Any] = {}
        """Facts of the run as a whole (browser found, degraded extras), for its summary."""

    def open(self, code: str, name: str, home_url: str) -> PortalRun:
        """Return the portal's entry, made at the first call."""
        return self.portals.setdefault(code, PortalRun(code=code, name=name, home_url=home_url))

    def problem(self, problem: Problem) -> None:
        """Write down a problem, once."""
        if problem not in self._told:
            self._told.add(problem)
            self.problems.append(problem)
            if problem.portal in self.portals:
                self.portals[problem.portal].codes[problem.code] += 1


_LEDGERS: WeakKeyDictionary[object, Ledger] = WeakKeyDictionary()


def ledger_of(crawler: object) -> Ledger:
    """Return the ledger of a crawl, the same one for every component."""
    return _LEDGERS.setdefault(crawler, Ledger())

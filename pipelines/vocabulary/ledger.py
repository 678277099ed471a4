"""What a run knows of each portal while it runs, and the one outcome each ends with.

Spiders, middlewares and stages write here; extensions read. No Scrapy import: the ledger of a
crawl is found with ``ledger_of(crawler)``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from pipelines.vocabulary.items import Column
from pipelines.vocabulary.problems import Problem


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

    def outcome(self) -> tuple[str, str]:
        """Return the portal's one outcome and the evidence for it (contract section 6)."""
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
            return "ok", f"{len(self.read)} read, {len(self.held)} already held{beside}"
        if self.column is not None:
            return "empty_column", f"{self.listed} rows at {self.column.url}, no report among them"
        return "no_column_found", f"{self.requests} requests from {self.home_url}"


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

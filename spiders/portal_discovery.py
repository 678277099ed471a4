"""Walks province → city → county links and proposes registry rows.

Run it with ``scrapy crawl portal_discovery``.

Nothing is changed in the registry: ``OUTPUT_DIR/proposed_portals.csv`` is what a person reads,
row by row, with the evidence beside each. ``verified_portals.csv`` holds the rows whose home page
said whose it is: a registry as ``-a portals=`` takes it.
"""

from __future__ import annotations

import asyncio
import csv
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import scrapy
from scrapy.crawler import Crawler

from crawler.arguments import RunArguments, parse_arguments
from crawler.lower_governments import Sighting, hubs, sightings, whose
from crawler.middlewares.addresses import rules_of
from pipelines.registry import Division, Portal
from pipelines.registry.portals import COLUMNS, host_of
from pipelines.vocabulary.errors import UsageError
from pipelines.vocabulary.ledger import ledger_of
from spiders.fetching import Fetcher, FetchError

_ARGUMENTS = ("province", "prefecture", "code", "portals")


@dataclass(slots=True, frozen=True, kw_only=True)
class Proposal:
    """One row of the file."""

    division: Division
    home_url: str
    status: str
    """same, moved (verified at another host than the registry's), new (in no registry row);
    not-linked (no link bears the name; verified where the registry has it, if it has);
    unverified (it answers and does not say whose it is); dead (nothing answers)."""
    evidence: str

    @property
    def verified(self) -> bool:
        """Tell whether the home page itself said whose it is."""
        return self.status in {"same", "moved", "new"} or (
            self.status == "not-linked" and bool(self.home_url)
        )


class PortalDiscoverySpider(scrapy.Spider):
    """Compares what governments link with what the registry says."""

    name = "portal_discovery"
    # It brings no reports: the dataset, its verdict and the last run's report stay as they are.
    custom_settings: ClassVar[dict[str, Any] | None] = {  # type: ignore[misc]  # as Scrapy reads it
        "EXTENSIONS": {"crawler.extensions.progress.Progress": 100},
        "ITEM_PIPELINES": {},
    }

    def __init__(self, args: RunArguments, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.args = args
        self.proposals: list[Proposal] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Check the arguments before anything else happens.

        Raises:
            UsageError: one of them is not valid.
        """
        del args
        for name in kwargs:
            if name not in _ARGUMENTS:
                raise UsageError(f"unknown argument {name!r}", _ARGUMENTS)
        rules = rules_of(crawler)
        arguments = parse_arguments(kwargs)
        for portal in arguments.registry.portals:
            rules.add_host_of(portal.home_url)
        spider = cls(arguments)
        spider._set_crawler(crawler)
        uppers = [p for p in arguments.portals if p.level != "county"]
        if not uppers:
            raise UsageError(
                "a county links no governments below it; name a province or prefecture"
            )
        ledger_of(crawler).notes["portals_asked"] = len(uppers)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Walk from the highest governments asked for down, then write the proposals."""
        self._places = asyncio.Semaphore(self.settings.getint("PORTALS_IN_FLIGHT"))
        uppers = {p.code: p for p in self.args.portals if p.level != "county"}
        registry = self.args.registry
        async with asyncio.TaskGroup() as group:
            for portal in uppers.values():
                above = registry.lineage(portal.code)[1:] if registry.knows(portal.code) else ()
                if not any(d.code in uppers for d in above):
                    group.create_task(self._walk_root(portal))
        self._write()
        no_items: tuple[Any, ...] = ()
        for item in no_items:  # a generator that yields nothing: this spider brings no documents
            yield item

    async def _walk_root(self, portal: Portal) -> None:
        """Check the government the walk starts from, and walk down from it."""
        division = self.args.registry.division(portal.code)
        async with self._places:
            home = await self._settle(Fetcher(self.crawler, division.code), division, None, "")
        await self._walk(division, home or portal.home_url)

    async def _walk(self, division: Division, home_url: str) -> None:
        """Look for the governments below one, on its home page and its pages of links.

        Those that have governments below themselves are walked where they were found.
        """
        below = [d for d in self.args.registry.divisions if d.parent_code == division.code]
        if not below:
            return
        found: dict[str, str] = {}
        async with self._places:
            fetcher = Fetcher(self.crawler, division.code)
            seen, words = await self._sightings(fetcher, home_url, below)
            for child in below:
                home = await self._settle(fetcher, child, seen.get(child.code), words)
                if home and child.level != "county":
                    found[child.code] = home
        async with asyncio.TaskGroup() as group:
            for child in below:
                if child.code in found:
                    group.create_task(self._walk(child, found[child.code]))

    async def _sightings(
        self, fetcher: Fetcher, home_url: str, below: Sequence[Division]
    ) -> tuple[dict[str, Sighting], str]:
        """Return the links that bear the names of the divisions below, and where was looked."""
        try:
            home = await fetcher.page(home_url)
        except FetchError as error:
            return {}, f"{home_url}: {error.evidence}"
        pages = [home]
        for url in hubs(home):
            try:
                pages.append(await fetcher.page(url))
            except FetchError:
                continue  # one page of links less; the others may do
        names = [(child.code, child.name) for child in below]
        seen: dict[str, Sighting] = {}
        for page in pages:
            for sighting in sightings(page, names):
                seen.setdefault(sighting.code, sighting)
        return seen, f"no link on {len(pages)} pages of {home_url}"

    async def _settle(
        self, fetcher: Fetcher, division: Division, sighting: Sighting | None, words: str
    ) -> str:
        """Propose a division's row; return its home page, empty where none was verified.

        The link is asked first, then the registry's address; the first that says whose it is
        holds. What says nothing is kept as evidence.
        """
        known = self.args.registry.portal(division.code)
        tries = [sighting.url] if sighting else []
        if known and not any(_bare(known.home_url) == _bare(url) for url in tries):
            tries.append(known.home_url)
        said, answered = (
            [f"linked as {sighting.text!r} on {sighting.page}" if sighting else words],
            False,
        )
        for url in tries:
            try:
                page = await fetcher.page(url)
            except FetchError as error:
                said.append(f"{url}: {error.evidence}")
                continue
            answered = True
            right, evidence = whose(page, division.code, division.name)
            said.append(f"{url}: {evidence}")
            if right:
                home = known.home_url if known and _bare(page.url) == _bare(known.home_url) else ""
                status = "new" if known is None else "same" if home else "moved"
                if not sighting and words and home:
                    status = "not-linked"
                home = home or "/".join(page.url.split("/")[:3]) + "/"
                self._propose(division, home, status, "; ".join(filter(None, said)))
                return home
        home = tries[0] if tries else ""
        status = "unverified" if answered else "dead" if tries else "not-linked"
        self._propose(division, home, status, "; ".join(filter(None, said)))
        return ""

    def _propose(self, division: Division, home_url: str, status: str, evidence: str) -> None:
        self.proposals.append(
            Proposal(division=division, home_url=home_url, status=status, evidence=evidence)
        )

    def _write(self) -> None:
        folder = Path(self.settings["OUTPUT_DIR"])
        folder.mkdir(parents=True, exist_ok=True)
        rows = sorted(self.proposals, key=lambda p: p.division.code)
        path = folder / "proposed_portals.csv"
        _write_csv(path, [self._row(p) for p in rows])
        verified = [p for p in rows if p.verified]
        _write_csv(folder / "verified_portals.csv", [self._row(p) for p in verified])
        counts = Counter(proposal.status for proposal in self.proposals)
        words = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
        sys.stdout.write(f"{len(self.proposals)} divisions looked for: {words}\n{path}\n")
        verdict = ("good", words) if verified else ("bad", "no portal could be verified")
        ledger_of(self.crawler).notes["verdict"] = verdict

    def _row(self, proposal: Proposal) -> list[str]:
        division = proposal.division
        province, prefecture, _ = self.args.registry.path(division.code)
        known = self.args.registry.portal(division.code)
        return [
            division.code,
            known.name if known else division.name,
            division.level,
            province,
            prefecture,
            proposal.home_url,
            known.column_url if known else "",
            proposal.status,
            proposal.evidence,
        ]


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, "status", "evidence"])
        writer.writerows(rows)


def _bare(url: str) -> str:
    return host_of(url).removeprefix("www.")

"""Walks province → city → county links and proposes registry rows.

Run it with ``scrapy crawl portal_discovery``.

Nothing is changed in the registry: ``OUTPUT_DIR/proposed_portals.csv`` is what a person reads,
row by row, with the evidence beside each.
"""

from __future__ import annotations

import asyncio
import csv
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

import scrapy
from scrapy.crawler import Crawler

from crawler.arguments import RunArguments, parse_arguments
from crawler.errors import UsageError
from crawler.ledger import ledger_of
from crawler.middlewares.addresses import rules_of
from crawler.registry import Division, Portal
from crawler.registry.portals import COLUMNS, host_of
from crawler.siblings import Sighting, hubs, sightings, whose
from spiders.fetching import Fetcher, FetchError

_ARGUMENTS = ("province", "prefecture", "code", "portals")


@dataclass(slots=True, frozen=True, kw_only=True)
class Proposal:
    """One row of the file."""

    division: Division
    home_url: str
    status: str
    """same, changed, new (verified); unverified (seen, but it did not say whose it is);
    unreachable; not-linked (no link bears the name)."""
    evidence: str


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
        """Walk the upper governments side by side, then write the proposals."""
        places = asyncio.Semaphore(self.settings.getint("PORTALS_IN_FLIGHT"))

        async def one(portal: Portal) -> None:
            async with places:
                await self._walk(portal)

        uppers = [p for p in self.args.portals if p.level != "county"]
        async with asyncio.TaskGroup() as group:
            for portal in uppers:
                group.create_task(one(portal))
        self._write()
        no_items: tuple[Any, ...] = ()
        for item in no_items:  # a generator that yields nothing: this spider brings no documents
            yield item

    async def _walk(self, portal: Portal) -> None:
        """Look for the governments below one, on its home page and its pages of links."""
        children = [d for d in self.args.registry.divisions if d.parent_code == portal.code]
        fetcher = Fetcher(self.crawler, portal.code)
        seen: dict[str, Sighting] = {}
        try:
            home = await fetcher.page(portal.home_url)
            pages = [home, *[await fetcher.page(url) for url in hubs(home)]]
        except FetchError as error:
            for child in children:
                self._propose(child, "", "unreachable", f"{portal.name}: {error.evidence}")
            return
        names = [(child.code, child.name) for child in children]
        for page in pages:
            for sighting in sightings(page, names):
                seen.setdefault(sighting.code, sighting)
        for child in children:
            if child.code in seen:
                await self._verify(fetcher, child, seen[child.code])
            else:
                known = self.args.registry.portal(child.code)
                evidence = f"no link on {len(pages)} pages of {portal.home_url}"
                self._propose(child, known.home_url if known else "", "not-linked", evidence)

    async def _verify(self, fetcher: Fetcher, child: Division, sighting: Sighting) -> None:
        """Ask the target whose it is."""
        known = self.args.registry.portal(child.code)
        try:
            page = await fetcher.page(sighting.url)
        except FetchError as error:
            self._propose(child, sighting.url, "unreachable", error.evidence)
            return
        right, evidence = whose(page, child.code, child.name)
        evidence = f"{evidence}; linked as {sighting.text!r} on {sighting.page}"
        if not right:
            status = "unverified"
        elif known is None:
            status = "new"
        else:
            status = "same" if _bare(known.home_url) == _bare(page.url) else "changed"
        home = "/".join(page.url.split("/")[:3]) + "/"
        self._propose(child, home if right else sighting.url, status, evidence)

    def _propose(self, division: Division, home_url: str, status: str, evidence: str) -> None:
        self.proposals.append(
            Proposal(division=division, home_url=home_url, status=status, evidence=evidence)
        )

    def _write(self) -> None:
        path = Path(self.settings["OUTPUT_DIR"]) / "proposed_portals.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*COLUMNS, "status", "evidence"])
            for proposal in sorted(self.proposals, key=lambda p: p.division.code):
                writer.writerow(self._row(proposal))
        counts = Counter(proposal.status for proposal in self.proposals)
        words = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
        sys.stdout.write(f"{len(self.proposals)} divisions looked for: {words}\n{path}\n")
        walked = counts.total() - counts["unreachable"]
        verdict = ("good", words) if walked else ("bad", "no portal answered")
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


def _bare(url: str) -> str:
    return host_of(url).removeprefix("www.")

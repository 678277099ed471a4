"""Walks portals and yields report documents: ``scrapy crawl county_reports``."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit, urlunsplit

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.arguments import RunArguments, parse_arguments
from crawler.middlewares.addresses import host_key, rules_of
from pipelines.choose import kind_of_publisher
from pipelines.full_disk import end_crawl
from pipelines.registry import Portal
from pipelines.registry.portals import host_of
from pipelines.store import store_of
from pipelines.store.corrections import COLUMN
from pipelines.store.lines import file_of, read_lines
from pipelines.vocabulary.errors import UsageError
from pipelines.vocabulary.items import FetchedDocument
from pipelines.vocabulary.ledger import ledger_of
from pipelines.vocabulary.problems import Problem
from pipelines.workers import room_of
from spiders.choosing import Wanted
from spiders.fetching import Fetcher
from spiders.turns import mixed
from spiders.upper_governments import ColumnsAbove
from spiders.visit import Visit

if TYPE_CHECKING:
    from spiders.trying import Trying

logger = logging.getLogger(__name__)

_PATHS_NEARBY = 2
_POLL = 1.0
"""Seconds between two looks whether another run is done with a portal."""


def _claim_on(portal: Portal) -> str:
    return f"portal {portal.code}"


def _today(given: str | None) -> date:
    """Return the day by which years are due: as given, else the clock's."""
    return date.fromisoformat(given) if given else datetime.now(UTC).date()


class CountyReportsSpider(scrapy.Spider):
    """Chooses portals, walks each, yields fetched documents; cleaning is the pipeline's."""

    name = "county_reports"

    def __init__(self, args: RunArguments, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.args = args
        self._columns_above = ColumnsAbove()
        self._homes = frozenset(host_key(p.home_url) for p in args.registry.portals)
        self._reviewed: dict[str, str] = {}
        """Columns by portal code, where a person's review names another than the registry."""
        self._waits = False
        self._inside = 0
        """Documents on their way through the pipeline."""
        self._waits_for_last: asyncio.Event | None = None
        self._fed: set[str] = set()
        self._trying: Trying | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Check the arguments before anything else happens.

        Raises:
            UsageError: one of them is not valid.
        """
        del args
        rules = rules_of(crawler)  # also checks ALLOWED_PRIVATE_NETWORKS
        arguments = parse_arguments(kwargs)
        if arguments.dry_run:
            raise UsageError("dry_run=1 is answered by `scrapy crawl` and `scrapy plan` alone")
        for portal in arguments.registry.portals:
            rules.add_host_of(portal.home_url)
            rules.add_host_of(portal.column_url)
        spider = cls(arguments)
        spider._set_crawler(crawler)
        ledger = ledger_of(crawler)
        ledger.notes["portals_asked"] = len(arguments.portals)
        crawler.signals.connect(spider.write_outcomes, signal=signals.engine_stopped)
        for done in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.one_through, signal=done)
        return spider

    async def start(self) -> AsyncIterator[FetchedDocument | dict[str, Any]]:
        """Walk all portals, a bounded number at a time, and yield documents as they come.

        With ``feed=all``, what is held besides follows, as the lines of the dataset.
        """
        self._take_reviewed_columns()
        ready: asyncio.Queue[FetchedDocument | None] = asyncio.Queue(maxsize=16)
        walking = asyncio.ensure_future(self._walk_all(ready))
        room = room_of(self.crawler)
        try:
            while (document := await ready.get()) is not None:
                await room.free()  # what waits for a worker waits in memory
                self._note_whether_registered(document)
                self._inside += 1
                yield document
            await walking
            if self.args.feed == "all":
                if self._inside > 0:  # what is being read may be what is held
                    self._waits_for_last = asyncio.Event()
                    await self._waits_for_last.wait()
                for line in self._held_besides():
                    yield line
        finally:
            walking.cancel()

    def one_through(self, item: Any) -> None:
        """Count what left the pipeline, and which reports went into the feeds."""
        self._inside -= 1
        if self._inside <= 0 and self._waits_for_last is not None:
            self._waits_for_last.set()
        if isinstance(item, dict) and (report := item.get("report_id")):
            self._fed.add(report)

    def _held_besides(self) -> Iterator[dict[str, Any]]:
        """Yield the dataset's lines of what was asked for and was not read in this run."""
        asked = {portal.code for portal in self.args.portals}
        kinds, years = self.args.kinds, self.args.years
        output = store_of(self.crawler).output
        files = (file_of(output, "reports", f"{two}0000") for two in sorted({c[:2] for c in asked}))
        for path in filter(Path.exists, files):
            for line in read_lines(path):
                if line["adcode"] not in asked or line["report_id"] in self._fed:
                    continue
                kind = kind_of_publisher(line["publisher_type"], line["scope"])
                if kind in {None, *kinds} and (years is None or line["report_year"] in years):
                    yield line

    async def parse(self, response: Response) -> AsyncIterator[dict[str, Any] | scrapy.Request]:
        """Try an address out: ``scrapy parse --spider county_reports URL``; no crawl calls it."""
        from spiders.trying import Trying

        if self._trying is None:
            self._trying = Trying(self.args.registry)
            self.crawler.signals.connect(self._trying.close, signal=signals.spider_closed)
        async for each in self._trying.look(response):
            yield each

    def _note_whether_registered(self, document: FetchedDocument) -> None:
        """Write down that the registry of this run names a page's host."""
        url, registry = document.source.final_url or document.source.url or "", self.args.registry
        if host_of(url) in registry.listed_hosts or registry.code_of_host(url) is not None:
            document.source = replace(document.source, registered=True)

    def _take_reviewed_columns(self) -> None:
        """Take the columns of corrections.csv; a row whose registry row changed is stale."""
        for code, rows in store_of(self.crawler).corrections.items():
            portal = self.args.registry.portal(code)
            for row in rows:
                if row.field != COLUMN:
                    continue
                known = portal.column_url if portal else None
                if known == row.read:
                    self._reviewed[code] = str(row.value)
                    rules_of(self.crawler).add_host_of(str(row.value))
                    continue
                evidence = (
                    f"corrections.csv line {row.line}: the registry's column of {code} is "
                    f"{known!r}, not {row.read!r}"
                )
                ledger_of(self.crawler).problem(
                    Problem(code="dataset/stale-correction", evidence=evidence, portal=code)
                )

    async def _walk_all(self, ready: asyncio.Queue[FetchedDocument | None]) -> None:
        places = asyncio.Semaphore(self.settings.getint("PORTALS_IN_FLIGHT"))
        left = mixed(self.args.portals)
        try:
            async with asyncio.TaskGroup() as group:
                while left:
                    await places.acquire()
                    portal = await self._next_free(left)
                    task = group.create_task(self._walk_claimed(portal, ready))
                    task.add_done_callback(lambda _: places.release())
        finally:
            await ready.put(None)

    async def _next_free(self, left: list[Portal]) -> Portal:
        """Claim and take out the first portal that no other run is walking just now."""
        claims = store_of(self.crawler).claims
        while True:
            for number, portal in enumerate(left):
                if claims.take(_claim_on(portal)):
                    return left.pop(number)
            self._say_what_is_waited_for(left)
            await asyncio.sleep(_POLL)

    def _say_what_is_waited_for(self, left: list[Portal]) -> None:
        """Say it once: those waited for later are among them."""
        if self._waits:
            return
        self._waits = True
        others = " and ".join(store_of(self.crawler).others().values()) or "another process"
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        logger.warning(
            "%s%s: being walked by %s; waiting for it",
            ", ".join(portal.place for portal in left[:3]),
            more,
            others,
        )

    async def _walk_claimed(
        self, portal: Portal, ready: asyncio.Queue[FetchedDocument | None]
    ) -> None:
        try:
            await self._walk(portal, ready)
        finally:
            store_of(self.crawler).claims.free(_claim_on(portal))

    async def _walk(self, portal: Portal, ready: asyncio.Queue[FetchedDocument | None]) -> None:
        from spiders.walk import Limits, PortalWalk

        settings = self.settings
        if column := self._reviewed.get(portal.code):
            portal = replace(portal, column_url=column)
        walk = PortalWalk(
            Visit(portal, Fetcher(self.crawler, portal.code), ledger_of(self.crawler)),
            wanted=Wanted.of(
                portal,
                self.args.registry,
                self.args.kinds,
                self.args.years,
                reviewed=frozenset(store_of(self.crawler).corrections),
            ),
            limits=Limits(
                discovery_requests=settings.getint("DISCOVERY_REQUESTS"),
                list_pages=settings.getint("MAX_LIST_PAGES"),
                files_per_report=settings.getint("MAX_FILES_PER_REPORT"),
            ),
            state=store_of(self.crawler).state,
            full=self.args.mode == "full",
            always=settings.get("RECHECK") == "always",
            nearby=partial(self._paths_nearby, portal),
            above=partial(self._column_above, portal),
            columns_above=self._columns_above,
            neighbours=self._homes - {host_key(portal.home_url)},
            today=_today(settings.get("CRAWL_DATE")),
            emit=ready.put,
            expect=room_of(self.crawler).expect,
        )
        try:
            await walk.walk()
        except sqlite3.Error as error:
            end_crawl(self.crawler, error)
        from crawler.middlewares.handler import forget_session

        await forget_session(self.crawler, portal.code)

    def _column_of(self, portal: Portal) -> str:
        held = store_of(self.crawler).state.column_of(portal.code)
        reviewed = self._reviewed.get(portal.code, portal.column_url)
        return reviewed or (held.url if held else "")

    def _paths_nearby(self, portal: Portal) -> list[str]:
        """Return the paths under which portals of the same city keep their column, commonest first.

        Counties of one city mostly bought one system: a path is worth one request.
        """
        city = (portal.province, portal.prefecture)
        near = [p for p in self.args.registry.portals if (p.province, p.prefecture) == city]
        parts = [urlsplit(self._column_of(p)) for p in near if p.code != portal.code]
        paths = Counter(urlunsplit(("", "", *p[2:])) for p in parts if len(p.path) > 1)
        return [path for path, _ in paths.most_common(_PATHS_NEARBY)]

    def _column_above(self, portal: Portal) -> str:
        """Return the column of the government above, empty where it is not known."""
        if not self.args.registry.knows(portal.code):
            return ""
        for division in self.args.registry.lineage(portal.code)[1:]:
            upper = self.args.registry.portal(division.code)
            if upper and (url := self._column_of(upper)):
                return url
        return ""

    def write_outcomes(self) -> None:
        """Write a problem for every portal that did not end well, once all was read."""
        ledger = ledger_of(self.crawler)
        for code, run in ledger.portals.items():
            outcome, evidence = run.outcome()
            if outcome != "ok":
                problem = f"portal/{outcome.replace('_', '-')}"
                ledger.problem(
                    Problem(
                        code=problem, evidence=evidence, portal=code, url=run.home_url, stage="walk"
                    )
                )

"""What a user sees while a crawl runs: one readable line every few seconds, and warnings."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from crawler.json_logs import line as json_line
from crawler.json_logs import wanted
from pipelines.vocabulary.ledger import Ledger, ledger_of
from pipelines.workers import room_of


class Progress:
    """Prints where the run stands."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ledger = ledger_of(crawler)
        self.every = crawler.settings.getfloat("PROGRESS_INTERVAL", 5.0)
        self.started = time.monotonic()
        self.last = ""
        self.seen: dict[str, float] = {}
        """When a portal's walk was first seen."""
        self.loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Start with the spider, stop with it."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Say what begins."""
        del spider
        asked = self.ledger.notes.get("portals_asked", 0)
        browser = self.ledger.notes.get("browser")
        self._print(
            f"crawling {asked} portal{'s' if asked != 1 else ''}; browser: "
            + (str(browser) if browser else "none found, pages that need one are reported")
        )
        if self.every > 0:
            self.loop = create_looping_call(self._tick)
            self.loop.start(self.every, now=False)

    def spider_closed(self, spider: Spider) -> None:
        """Say where it ended; the summary is the run report's."""
        del spider
        if self.loop is not None and self.loop.running:
            self.loop.stop()
        self._tick()

    def _tick(self) -> None:
        pages = map(_shortened, room_of(self.crawler).pages())
        line = " · ".join([line_of(self.ledger), *pages, *self._slowest()])
        if line != self.last:
            self.last = line
            self._print(line)

    def _slowest(self) -> list[str]:
        """Name the portals that have been walked longest, once that is long."""
        now = time.monotonic()
        for code, run in self.ledger.portals.items():
            self.seen.setdefault(code, now)
            if run.done:
                self.seen[code] = now
        longest = sorted(self.ledger.portals.values(), key=lambda run: self.seen[run.code])
        return [
            f"{run.name} since {(now - self.seen[run.code]) / 60:.0f} min"
            for run in longest[:_NAMED]
            if not run.done and now - self.seen[run.code] > _LONG
        ]

    def _print(self, line: str) -> None:
        if not self.crawler.settings.getbool("LOG_ENABLED"):
            return
        if wanted(self.crawler.settings):
            said = json_line(line, level="INFO", logger=__name__, at=time.time())
            sys.stderr.write(f"{said}\n")
            sys.stderr.flush()
            return
        elapsed = int(time.monotonic() - self.started)
        sys.stderr.write(f"[{elapsed // 60:d}:{elapsed % 60:02d}] {line}\n")
        sys.stderr.flush()


def _shortened(page: str) -> str:
    return f"recognising {page if len(page) <= _LONGEST else page[:_LONGEST] + '…'}"


_LONG = 120.0
"""Seconds after which a portal that is still walked is named."""
_NAMED = 2
_LONGEST = 60
"""Characters of a page that is named."""


def line_of(ledger: Ledger) -> str:
    """Return where a run stands, in words."""
    runs = ledger.portals.values()
    asked = ledger.notes.get("portals_asked", len(ledger.portals))
    rendered = sum(run.rendered for run in runs)
    parts = [
        f"portals {sum(run.done for run in runs)}/{asked} done",
        f"columns found {sum(run.column is not None for run in runs)}",
        f"reports listed {sum(len(run.chosen) for run in runs)}",
        f"read {sum(len(run.read) for run in runs)}",
        f"unchanged {sum(len(run.held) for run in runs)}",
        f"requests {sum(run.requests for run in runs)}",
    ]
    if rendered:
        parts.append(f"rendered {rendered}")
    failed = sum(len(run.failed) for run in runs)
    if failed:
        parts.append(f"failed {failed}")
    return " · ".join(parts)


class QuietFormatter(LogFormatter):
    """Errors of single downloads are problem lines, not log lines."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult:
        """Say what came only to who asked for it: making a line nobody reads costs as much."""
        if spider.settings.get("LOG_LEVEL") == "DEBUG":
            return super().crawled(request, response, spider)
        return None  # type: ignore[return-value]  # what Scrapy documents for "no line"

    def download_error(
        self, failure: Failure, request: Request, spider: Spider, errmsg: str | None = None
    ) -> LogFormatterResult:
        """Keep Scrapy's words, at DEBUG."""
        result = super().download_error(failure, request, spider, errmsg)
        return {**result, "level": logging.DEBUG}

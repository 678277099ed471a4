"""Judges the run, and makes it the dataset only where it is good.

The output folder is opened and checked before the first request. At the end the verdict
goes into ``ledger.notes["verdict"]`` as (word, why) (the crawl command's exit code follows the
word), and what was read is promoted, left waiting for the next good run, or set aside where it
looks misread.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from crawler.extensions.lost import tell_lost
from crawler.extensions.verdict import OUR_DOING, SHARE, Tally, Verdict, judge, province_of
from pipelines.store import Changes, Store, store_of
from pipelines.store.fictional import fictional_in, is_fictional
from pipelines.vocabulary.errors import StoreError
from pipelines.vocabulary.ledger import Ledger, ledger_of
from pipelines.vocabulary.problems import Problem

logger = logging.getLogger(__name__)


def asked_of(spider: object) -> dict[str, Any]:
    """Return what a run asked for, as far as its counts depend on it."""
    args = getattr(spider, "args", None)
    return {name: _plain(getattr(args, name, None)) for name in ("kinds", "years")}


def _plain(value: object) -> object:
    return sorted(value, key=str) if isinstance(value, (set, frozenset, list, tuple)) else value


def tally_of(ledger: Ledger, reason: str) -> Tally:
    """Count a run as its ledger tells it."""
    kept: Counter[str] = ledger.notes.get("kept", Counter())
    return Tally(
        reports={code: len(run.read | run.held) for code, run in ledger.portals.items()},
        outcomes={code: run.outcome()[0] for code, run in ledger.portals.items()},
        reason=reason,
        store_error=str(ledger.notes.get("store_error", "")),
        start_error=str(ledger.notes.get("start_error", "")),
        readers_error=str(ledger.notes.get("readers_error", "")),
        fetched=sum(len(run.fetched) for run in ledger.portals.values()),
        unread=sum(run.codes[code] for run in ledger.portals.values() for code in OUR_DOING),
        changed=kept["changed"],
        lost_figures=len(ledger.notes.get("lost_figures", ())),
    )


def conclude(store: Store, ledger: Ledger, verdict: Verdict) -> Changes:
    """Promote what a run may; keep the rest for the next, or set it aside where suspect.

    A dataset that cannot be written turns the verdict bad; the old one stands.
    """
    try:
        if verdict.word == "bad":
            store.state.forget_rejections(_rejected(ledger, verdict))
            store.state.forget_standings(_doubted(ledger, verdict))
        if verdict.suspect:
            store.state.withhold_pending()
    except sqlite3.Error as error:
        logger.debug("readings could not be set aside: %s", error)
    if not verdict.promotes:
        _tell_disputes(store, ledger)
        return Changes()
    try:
        changes = store.promote(but=verdict.held_back)
    except (StoreError, sqlite3.Error) as error:
        store.doubt()
        verdict.fail(str(error))
        ledger.problem(Problem(code="dataset/write-failed", evidence=str(error), stage="promote"))
        return Changes()
    for problem in changes.problems:
        ledger.problem(problem)
    return changes


def _tell_disputes(store: Store, ledger: Ledger) -> None:
    """Say what is in dispute in a dataset that stays as it is."""
    try:
        for problem in store.dataset.disputes():
            ledger.problem(problem)
    except sqlite3.Error as error:
        logger.debug("what is in dispute could not be read: %s", error)


def _doubted(ledger: Ledger, verdict: Verdict) -> list[str]:
    """Return the portals of which a bad run's word counts for nothing."""
    every = not verdict.held_back
    return [code for code in ledger.portals if every or province_of(code) in verdict.held_back]


def _rejected(ledger: Ledger, verdict: Verdict) -> Iterator[str]:
    """Yield what was something else on those portals."""
    for code in _doubted(ledger, verdict):
        yield from ledger.portals[code].rejected


class Health:
    """Opens the store first, judges last."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ledger = ledger_of(crawler)
        # Raises StoreError before the first request where nothing could be written.
        self.store = store_of(crawler)
        self.ledger.notes["started"] = datetime.now(UTC)
        for what in self.store.mended:
            self.ledger.problem(Problem(code="dataset/mended", evidence=what, stage="store"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Hook the judgement to the end of the crawl."""
        health = cls(crawler)
        crawler.signals.connect(health.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(health.spider_closed, signal=signals.spider_closed)
        return health

    def spider_opened(self, spider: Spider) -> None:
        """Say it where a crawl of real portals works in a folder of fictional records."""
        args = getattr(spider, "args", None)
        portals = getattr(args, "portals", ())
        real = any(not is_fictional(portal.code) for portal in portals)
        if real and (says := fictional_in(self.store.output)):
            logger.warning("%s", says)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge and conclude; only for spiders that bring reports."""
        if not getattr(spider, "writes_dataset", spider.name == "county_reports"):
            # Another spider brings no reports: nothing to judge, no run folder, no problems.jsonl.
            word = "good" if reason == "finished" else "bad"
            self.ledger.notes["verdict"] = (word, f"the spider ended: {reason}")
            return
        asked = asked_of(spider)
        min_share = self.crawler.settings.getfloat("HEALTH_MIN_SHARE", SHARE)
        try:
            tell_lost(self.ledger, self.store.state)
            good_runs = self.store.state.good_runs(asked)
        except sqlite3.Error as error:
            self.ledger.notes.setdefault("store_error", f"the state cannot be read: {error}")
            good_runs = []
        if "store_error" in self.ledger.notes:
            self.store.doubt()
        tally = tally_of(self.ledger, reason)
        verdict = judge(tally, good_runs, min_share=min_share)
        self.ledger.notes["changes"] = conclude(self.store, self.ledger, verdict)
        self.ledger.notes["asked"] = asked
        self.ledger.notes["reports"] = dict(tally.reports)
        self._write_down(verdict)

    def _write_down(self, verdict: Verdict) -> None:
        self.ledger.notes["judgement"] = verdict
        self.ledger.notes["verdict"] = (verdict.word, verdict.why)

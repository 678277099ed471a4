"""The stages a fetched document passes: read, choose, deduplicate, write.

Each is a thin caller of pure functions. Whatever cannot become a line of the dataset leaves a
coded problem, and its listed address ends in exactly one set of the ledger: read, rejected or
failed.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from dataclasses import replace
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from pipelines.choose import identity_problem, kind_of, unwanted
from pipelines.full_disk import end_crawl
from pipelines.record import Report
from pipelines.reparse import restore
from pipelines.store import reader_version, store_of
from pipelines.store.archive import Archive
from pipelines.store.corrections import with_review
from pipelines.store.identity_of_content import Reading, content_key, merge, printed
from pipelines.store.own_registry import remember_registry
from pipelines.store.validation import faults
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import FetchedDocument
from pipelines.vocabulary.ledger import Ledger, PortalRun, ledger_of
from pipelines.vocabulary.problems import Problem
from pipelines.workers import Limits, Workers, room_of

_MAY_CHANGE = ("none/", "blank/", "error/", "challenge/")


class _Stage:
    """What every stage needs: the crawl, its ledger and the entry of a portal."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ledger: Ledger = ledger_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the stage for a crawl."""
        return cls(crawler)

    @property
    def spider(self) -> Spider | None:
        return self.crawler.spider

    def portal(self, code: str) -> PortalRun:
        """Return the portal's entry; the spider opened it, a test may not have."""
        return self.ledger.portals.get(code) or self.ledger.open(code, code, "")

    def drop(self, where: str, code: str, url: str, problem: Problem) -> DropItem:
        """File an address as ``rejected`` or ``failed`` with its problem, and return the drop."""
        self.ledger.problem(replace(problem, portal=problem.portal or code, url=problem.url or url))
        entry = self.portal(code)
        (entry.rejected if where == "rejected" else entry.failed).add(url)
        return DropItem(f"{problem.code}: {url}", log_level="DEBUG")


def _address(document: FetchedDocument) -> str:
    return document.source.url or document.source.final_url or document.page.url or ""


ROOM = 64
"""Documents fetched and waiting to be read; more would only fill the memory."""


class ReadStage(_Stage):
    """Turns a fetched document into a read report, in a worker process."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        room_of(crawler).places = ROOM
        self.workers = Workers(
            Limits(
                workers=settings.getint("READ_WORKERS", 0),
                seconds=settings.getfloat("READ_TIMEOUT", Limits().seconds),
                memory_mb=settings.getint("READ_MEMORY_MB", Limits().memory_mb),
                max_tasks=settings.getint("READ_MAX_TASKS", Limits().max_tasks),
                longest=settings.getfloat("READ_LONGEST", Limits().longest),
            ),
            reader=settings.get("READ_FUNCTION", ""),
        )

    def open_spider(self) -> None:
        """Give the workers the registry of this run."""
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            self.crawler.signals.connect(self.let_close, signal=signal)
        self.workers.registry = getattr(getattr(self.spider, "args", None), "registry", None)
        if self.crawler.settings.getint("ARCHIVE_MAX_BYTES"):
            store = store_of(self.crawler)
            with store.writing():
                remember_registry(store.output, self.workers.registry)
        room_of(self.crawler).on_first = self.workers.warm
        room_of(self.crawler).pages = self.workers.pages

    def let_close(self) -> None:
        """Let a crawl that is closing go on once its last document is through.

        Scrapy 2.19 looks whether the pipelines are empty when a response was handled; our
        documents come from ``start()``, so a crawl stopped while one is being read waited for
        ever. The count of items goes down just after these signals.
        """
        asyncio.get_running_loop().call_later(0.1, self._look_whether_closing)

    def _look_whether_closing(self) -> None:
        engine = self.crawler.engine
        slot = engine.scraper.slot if engine is not None else None
        if slot is not None and slot.closing and not slot.closing.called and slot.is_idle():
            assert self.crawler.spider is not None
            slot.closing.callback(self.crawler.spider)

    async def process_item(self, item: Any) -> Any:
        """Read; pass on anything that is not a fetched document."""
        if not isinstance(item, FetchedDocument):
            return item
        try:
            return await self.read(item)
        finally:
            room_of(self.crawler).leave()

    async def read(self, item: FetchedDocument) -> Report:
        """Read one document; whatever comes of it but a report leaves with a problem."""
        url, code = _address(item), item.portal_code
        self.portal(code).fetched.add(url)
        if item.files_failed:
            self.ledger.notes.setdefault("files_not_fetched", {})[url] = list(item.files_failed)
        _guard_store(self, lambda: store_of(self.crawler).state.remember_document(item))
        try:
            report = await self.workers.read(with_review(item, store_of(self.crawler).corrections))
        except CodedError as error:
            problem = Problem(
                code=error.code, evidence=error.evidence, stage="read", title=item.source.title
            )
            if self.workers.broken:
                self.end_without_readers(self.workers.broken)
            raise self.drop("failed", code, url, problem) from None
        report.portal_code = code
        report.source_url = url
        for problem in report.problems:
            self.ledger.problem(
                replace(
                    problem,
                    portal=problem.portal or code,
                    url=problem.url or url,
                    title=problem.title or report.title or item.source.title,
                )
            )
        if not report.is_report:
            raise self.reject(report, item)
        if report.report_id is not None:
            await self.read_old_again(report, url)
        return report

    async def read_old_again(self, report: Report, url: str) -> None:
        """Tell a reader's progress from a publisher's change.

        Where both the page and the reading code are new, the archived page is read with today's
        code first: only what still differs was changed by the publisher.
        """
        store = store_of(self.crawler)
        key, reader = content_key(report.to_json()), reader_version()
        for digest in sorted(store.state.read_by_others(url, reader, key)):
            known = store.state.document(url, digest)
            archive = Archive(store.output / "archive")
            document = known and restore(known[1], known[0], digest, store, archive)
            if not document:
                continue
            try:
                old = await self.workers.read(with_review(document, store.corrections))
            except CodedError:
                continue  # what was read of it then stands
            old.source_url = url
            record = old.to_json()
            if old.is_report and old.report_id and not faults(record):
                _guard_store(self, lambda r=record: store.state.keep(r, reader=reader, again=True))

    def reject(self, report: Report, item: FetchedDocument) -> DropItem:
        """File a document that is something else, and remember it for the next run.

        A page that held nothing yet, or an error, may be a report tomorrow: not remembered.
        """
        url = _address(item)
        evidence = "; ".join(report.reasons) or "no reason given"
        unread = item.files_failed or [
            p.evidence for p in report.problems if p.code == "document/attachment-unreadable"
        ]
        if unread:
            # The page is no report, but the file it leads to may be: nobody has read it.
            problem = Problem(
                code="document/attachment-unreadable",
                evidence=f"the page holds no report, and its file was not read: {unread[0]}",
                stage="read",
                title=report.title or item.source.title,
            )
            return self.drop("failed", item.portal_code, url, problem)
        if not any(reason.startswith(_MAY_CHANGE) for reason in report.reasons):
            _guard_store(
                self,
                lambda: store_of(self.crawler).state.remember_rejection(
                    url, "report/not-a-report", evidence, reader=reader_version()
                ),
            )
        problem = Problem(
            code="report/not-a-report",
            evidence=evidence,
            stage="read",
            title=report.title or item.source.title,
        )
        return self.drop("rejected", item.portal_code, url, problem)

    def end_without_readers(self, why: str) -> None:
        """Fail the run and close the spider: what nobody can read need not be fetched."""
        notes, engine = self.ledger.notes, self.crawler.engine
        if "readers_error" in notes:
            return
        notes["readers_error"] = f"{why}; what was fetched since is unread"
        if engine is not None:
            closing = asyncio.ensure_future(engine.close_spider_async(reason="readers_failed"))
            notes["closing"] = closing  # a task nobody holds may be collected before it ends

    async def close_spider(self) -> None:
        """Stop the worker processes; the loop goes on meanwhile."""
        await asyncio.to_thread(self.workers.close)


class ChooseStage(_Stage):
    """Lets pass what was asked for: kinds and years, of the portal's own division."""

    def process_item(self, item: Any) -> Any:
        """Reject what belongs to another organ, year or division; fail what has no identity."""
        if not isinstance(item, Report):
            return item
        code, url = item.portal_code or "", item.source_url or ""
        if problem := identity_problem(item):
            raise self.drop("failed", code, url, problem)
        args = getattr(self.spider, "args", None)
        problem = unwanted(
            item,
            portal_code=code,
            kinds=getattr(args, "kinds", None) or None,
            years=getattr(args, "years", None) or None,
        )
        if problem:
            raise self.drop("rejected", code, url, problem)
        return item


class DeduplicateStage(_Stage):
    """Sets ``revision`` and ``supersedes``: what a report is beside what is already held of it.

    Nothing is dropped here: another address of the same report is an edition, and the line of
    the dataset is made of all of them when the run is promoted.
    """

    def process_item(self, item: Any) -> Any:
        """Compare with the readings held under the same report_id."""
        if not isinstance(item, Report) or item.report_id is None:
            return item
        held = store_of(self.crawler).state.readings_of(item.report_id)
        if held:
            reading = Reading(record=item.to_json(), last_seen=item.fetched_at or "")
            line = merge([*held, reading]).line
            item.revision, item.supersedes = line["revision"], line["supersedes"]
        return item


class WriteStage(_Stage):
    """Writes a valid record into the state, durably; the dataset's files follow the verdict."""

    def process_item(self, item: Any) -> Any:
        """Validate, keep, and count the address as read."""
        if not isinstance(item, Report):
            return item
        code, url = item.portal_code or "", item.source_url or ""
        record = item.to_json()
        if wrong := faults(record):
            problem = Problem(
                code="dataset/invalid-record",
                evidence="; ".join(wrong),
                stage="write",
                title=item.title,
            )
            raise self.drop("failed", code, url, problem)
        state = store_of(self.crawler).state
        before = [printed(old) for old in state.records_at(url)]
        complete = url not in self.ledger.notes.get("files_not_fetched", {})
        kept = _guard_store(
            self, lambda: state.keep(record, reader=reader_version(), complete=complete)
        )
        if kept is None:
            problem = Problem(
                code="dataset/write-failed",
                evidence=self.ledger.notes["store_error"],
                stage="write",
                title=item.title,
            )
            raise self.drop("failed", code, url, problem)
        _guard_store(self, lambda: state.answered(url))
        entry = self.portal(code)
        entry.read.add(url)
        entry.records.setdefault(url, set()).add((kind_of(item) or "whole", item.report_year or 0))
        self.ledger.notes.setdefault("kept", Counter())[kept.change] += 1
        # A page that suddenly has less than half of its figures is more likely misread by us.
        if kept.change == "changed" and before and len(printed(record)) * 2 < len(before[-1]):
            self.ledger.notes.setdefault("lost_figures", []).append(url)
        return record  # what Scrapy's feeds and a user's own stages get: the public record


def _guard_store(stage: _Stage, write: Any) -> Any:
    """Run a write of the state; on failure say so once and end the crawl in order."""
    try:
        return write()
    except (sqlite3.Error, OSError) as error:
        end_crawl(stage.crawler, error)
        return None

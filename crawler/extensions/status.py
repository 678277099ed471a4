"""Where a run stands, for machines: a status file, and metrics that Prometheus collects.

Both are written whole and replaced at once, every few seconds and at the end. ``STATUS_FILE``
lies below OUTPUT_DIR and tells of the run that wrote last; ``METRICS_FILE`` is where
node_exporter's textfile collector looks (a name that ends in .prom).
"""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from pipelines.store import store_of
from pipelines.store.files import write_atomically
from pipelines.vocabulary.errors import StoreError
from pipelines.vocabulary.ledger import Ledger, ledger_of

logger = logging.getLogger(__name__)


def status_of(ledger: Ledger, *, run: str, state: str, now: datetime) -> dict[str, Any]:
    """Return where a run stands; ``state``: running or ended."""
    runs = ledger.portals.values()
    word, why = ledger.notes.get("verdict") or (None, None)
    ended = state == "ended"
    return {
        "run_id": run,
        "state": state,
        "updated": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "pid": os.getpid(),
        "verdict": word if ended else None,
        "why": why if ended else None,
        "portals_asked": ledger.notes.get("portals_asked", len(runs)),
        "portals_done": sum(run.done for run in runs),
        "reports": {
            "listed": sum(len(run.chosen) for run in runs),
            "read": sum(len(run.read) for run in runs),
            "held": sum(len(run.held) for run in runs),
            "rejected": sum(len(run.rejected) for run in runs),
            "failed": sum(len(run.failed) for run in runs),
        },
        "requests": sum(run.requests for run in runs),
        "problems": dict(sorted(Counter(p.code for p in ledger.problems).items())),
        "outcomes": dict(sorted(Counter(r.outcome()[0] for r in runs if r.done).items())),
    }


def write_metrics(path: str, status: dict[str, Any], *, seconds: float, now: datetime) -> None:
    """Write a status as Prometheus' text format.

    Raises:
        OSError: the folder is not there or takes no file.
    """
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    registry = CollectorRegistry()

    def tell(name: str, about: str, value: float) -> None:
        Gauge(f"county_reports_{name}", about, registry=registry).set(value)

    def tell_each(name: str, about: str, label: str, values: dict[str, int]) -> None:
        gauge = Gauge(f"county_reports_{name}", about, [label], registry=registry)
        for key, value in values.items():
            gauge.labels(key).set(value)

    tell("running", "1 while a run is at work", status["state"] == "running")
    tell("updated_timestamp_seconds", "When this was written", now.timestamp())
    tell("run_seconds", "How long the run has taken", seconds)
    tell("portals_asked", "Portals of the run", status["portals_asked"])
    tell("portals_done", "Portals it is done with", status["portals_done"])
    tell("requests", "Requests it has made", status["requests"])
    tell_each("reports", "Rows of reports by what became of them", "fate", status["reports"])
    tell_each("portal_outcomes", "Portals by outcome", "outcome", status["outcomes"])
    tell_each("problems", "Problems by code", "code", status["problems"])
    if status["verdict"]:
        tell("last_run_good", "1 where the run was judged good", status["verdict"] == "good")
    write_to_textfile(path, registry)


class Status:
    """Writes both while a run goes on."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ledger = ledger_of(crawler)
        self.metrics = str(crawler.settings.get("METRICS_FILE") or "")
        self.name = str(crawler.settings.get("STATUS_FILE") or "")
        self.started = datetime.now(UTC)
        self.loop: Any = None
        self.run = ""
        self.output = Path()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Begin with the spider; end when the verdict is known and the run's folder written."""
        status = cls(crawler)
        crawler.signals.connect(status.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(status.engine_stopped, signal=signals.engine_stopped)
        return status

    def spider_opened(self, spider: Spider) -> None:
        """Write at once, then every few seconds; only for runs that bring reports."""
        if spider.name != "county_reports":
            return
        store = store_of(self.crawler)
        self.run, self.output = store.run, store.output
        self.write("running")
        every = self.crawler.settings.getfloat("STATUS_INTERVAL", 10.0)
        if every > 0:
            self.loop = create_looping_call(self.write, "running")
            self.loop.start(every, now=False)

    def engine_stopped(self) -> None:
        """Write how it ended."""
        if self.loop is not None and self.loop.running:
            self.loop.stop()
        if self.run:
            self.write("ended")

    def write(self, state: str) -> None:
        """Write both; a full disk is the store's to tell, a missing folder of metrics is told."""
        now = datetime.now(UTC)
        status = status_of(self.ledger, run=self.run, state=state, now=now)
        if self.name:
            try:
                text = json.dumps(status, ensure_ascii=False, indent=1) + "\n"
                write_atomically(self.output / self.name, text.encode())
            except (StoreError, OSError) as error:
                self._tell("STATUS_FILE", error)
        if self.metrics:
            seconds = (now - self.started).total_seconds()
            try:
                write_metrics(self.metrics, status, seconds=seconds, now=now)
            except OSError as error:
                self._tell("METRICS_FILE", error)

    def _tell(self, name: str, error: Exception) -> None:
        """Say once that a file cannot be written, and go on without it."""
        logger.warning("%s: cannot be written, the run goes on without it: %s", name, error)
        if name == "STATUS_FILE":
            self.name = ""
        else:
            self.metrics = ""

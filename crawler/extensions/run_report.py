"""Writes what a run was: its folder under runs/, problems.jsonl, and plain words at the end."""

from __future__ import annotations

import sqlite3
import sys
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.closed_pipe import until_nobody_listens
from crawler.extensions.report_page import MOST, page
from crawler.extensions.summary import in_words, summary_of, verdict_facts
from crawler.extensions.verdict import Verdict, province_of
from pipelines.store import Changes, Store, store_of
from pipelines.store.experience import last_runs
from pipelines.store.files import write_atomically
from pipelines.store.news import news_of
from pipelines.store.runs import summary_text, tidy, write_table
from pipelines.vocabulary.errors import StoreError
from pipelines.vocabulary.ledger import ledger_of


class RunReport:
    """Waits for the engine to stop: the verdict is then known and every problem written down."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ledger = ledger_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Hook the report to the very end."""
        report = cls(crawler)
        crawler.signals.connect(report.engine_stopped, signal=signals.engine_stopped)
        return report

    def _page(self, store: Store, summary: dict[str, Any]) -> str:
        """Return report.html; what the dataset says of new reports is looked up for it."""
        dataset = summary["dataset"]
        changed = {name: word for word in ("added", "changed") for name in dataset[word][:MOST]}
        provinces = {province_of(name) for name in changed}
        return page(
            summary,
            list(news_of(store.output, changed, provinces)),
            [problem.to_json() for problem in self.ledger.problems],
            last_runs(store.output, but=store.run),
        )

    def engine_stopped(self) -> None:
        """Write the run's folder and problems.jsonl, print the summary, give the folder free."""
        store = store_of(self.crawler)
        if "judgement" not in self.ledger.notes:
            store.close()  # another spider, or a crawl that never opened: its error says why
            return
        finished = datetime.now(UTC)
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        summary = summary_of(self.ledger, stats, run_id=store.run, finished=finished)
        summary["across"] = store.dataset.findings()
        judgement: Verdict = self.ledger.notes["judgement"]
        try:
            folder = store.output / "runs" / store.run
            write_atomically(folder / "summary.json", summary_text(summary))
            store.dataset.write_problems(self.ledger.problems, folder)
            write_atomically(folder / "report.html", self._page(store, summary).encode())
            changes = self.ledger.notes.get("changes") or Changes()
            write_table(folder, changes.table())
            store.state.remember_run(
                store.run,
                good=judgement.promotes,
                summary={
                    "run_id": summary["run_id"],
                    "asked": summary["asked"],
                    "reports": {
                        code: count
                        for code, count in summary["reports"].items()
                        if province_of(code) not in judgement.held_back
                    },
                },
            )
            with store.writing():
                tidy(
                    store.output,
                    keep_days=self.crawler.settings.getfloat("RUNS_KEEP_DAYS"),
                    now=finished,
                    but={store.run, *store.others()},
                )
        except (StoreError, sqlite3.Error) as error:
            judgement.fail(str(error))
            self.ledger.notes["verdict"] = (judgement.word, judgement.why)
            summary |= verdict_facts(judgement)
        finally:
            store.close()
        with until_nobody_listens():
            sys.stdout.write(in_words(summary, str(store.output)) + "\n")

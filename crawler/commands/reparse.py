"""``scrapy reparse``: today's readers over yesterday's bytes."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from crawler.arguments import DEFAULT_KINDS, KINDS, parse_years
from crawler.commands.export import province_codes
from crawler.errors import CountyReportsError, StoreError, UsageError
from crawler.extensions.summary import run_id_of
from crawler.registry import load_registry
from pipelines.reparse import Chosen, Reparsed, reparse
from pipelines.store import Changes, Store, open_store
from pipelines.store.files import json_line, write_atomically
from pipelines.workers import Limits, Workers

MAX_LOST = 0.1
"""A reparse that would take more than this share of the reports away is not promoted."""


class Command(ScrapyCommand):
    """Read the archive again and update the dataset."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Read the archived bytes again with today's readers and update the dataset"

    def long_desc(self) -> str:
        """Say what it does and does not."""
        return (
            "Read every archived document again: no network. A report that reads better replaces "
            "its line (no revision: the publisher changed nothing); one that cannot be read any "
            "more stays. Nothing is changed where more than a tenth of the reports would be lost."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--province", help="names or codes, comma list")
        parser.add_argument("--years", help="2023, 2019-2024 or 2021,2023")
        parser.add_argument(
            "--kinds", default=",".join(DEFAULT_KINDS), help="as for crawl (default %(default)s)"
        )
        parser.add_argument("--portals", help="a registry file of your own, as for crawl")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Reparse, judge, promote, and say what changed."""
        assert self.settings is not None
        try:
            if args:
                raise UsageError(f"unknown argument {args[0]!r}")
            chosen = Chosen(
                provinces=province_codes(opts.province, opts.portals),
                years=parse_years(opts.years) if opts.years else None,
                kinds=_kinds(opts.kinds),
            )
            workers = Workers(
                Limits(
                    workers=self.settings.getint("READ_WORKERS", 0),
                    seconds=self.settings.getfloat("READ_TIMEOUT", Limits().seconds),
                    memory_mb=self.settings.getint("READ_MEMORY_MB", Limits().memory_mb),
                ),
                registry=load_registry(opts.portals),
                reader=self.settings.get("READ_FUNCTION", ""),
            )
            store = open_store(Path(self.settings["OUTPUT_DIR"]))
            try:
                self.exitcode = _run(store, workers, chosen)
            finally:
                workers.close()
                store.close()
        except CountyReportsError as error:
            print(f"scrapy reparse: {error}", file=sys.stderr)
            self.exitcode = 2 if isinstance(error, UsageError) else 1


def _kinds(given: str) -> frozenset[str]:
    kinds = frozenset(word.strip().lower() for word in given.split(","))
    if unknown := sorted(kinds - set(KINDS)):
        raise UsageError(f"unknown kind {unknown[0]!r}", KINDS)
    return kinds


def _run(store: Store, workers: Workers, chosen: Chosen) -> int:
    started = datetime.now(UTC)
    done = asyncio.run(reparse(store, workers, chosen))
    lost = done.changes["dropped"]
    held = sum(done.changes[k] for k in ("changed", "edition", "unchanged", "kept")) + lost
    good = lost <= max(held * MAX_LOST, 2)
    changes = Changes()
    if good:
        changes = store.dataset.promote()
        done.problems.extend(changes.problems)
    else:
        store.state.withhold_pending()
    folder = store.output / "runs" / f"{run_id_of(started)}-reparse"
    write_atomically(folder / "summary.json", _summary(done, changes, good=good))
    write_atomically(folder / "reports.csv", changes.table())
    problems = sorted({json_line(p.to_json()) for p in done.problems})
    write_atomically(folder / "problems.jsonl", b"".join(problems))
    print(
        f"{done.documents} documents read again: {done.changes['unchanged']} as before, "
        f"{done.changes['changed'] + done.changes['edition']} read differently, "
        f"{done.changes['new']} new, {lost} no report any more, "
        f"{done.changes['kept']} could not be read and stay as they were."
    )
    if not good:
        raise StoreError(
            f"{lost} of {held} reports would be lost: the dataset is as it was; see {folder}"
        )
    print(
        f"Dataset: {len(changes.added)} added, {len(changes.changed)} changed, "
        f"{len(changes.removed)} removed or under a new id, {changes.unchanged} unchanged. "
        f"Details: {folder}"
    )
    return 0


def _summary(done: Reparsed, changes: Changes, *, good: bool) -> bytes:
    summary = {
        "kind": "reparse",
        "good": good,
        "documents": done.documents,
        "readings": dict(sorted(done.changes.items())),
        "dataset": {
            "lines": changes.reports,
            "added": changes.added,
            "changed": changes.changed,
            "removed": changes.removed,
            "unchanged": changes.unchanged,
        },
        "portals": [],
    }
    return (json.dumps(summary, ensure_ascii=False, indent=1) + "\n").encode()

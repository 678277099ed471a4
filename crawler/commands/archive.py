"""``scrapy archive``: what lies under archive/, what may go and what that costs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from crawler.dataset_command import DatasetCommand
from pipelines.store import open_store
from pipelines.store.prune import CHOICES, EVER, Room, measure, prune
from pipelines.store.runs import Freed, tidy
from pipelines.vocabulary.errors import UsageError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Command(DatasetCommand):
    """Look at the archive, or prune it."""

    actions = ("prune",)

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Say what the archive holds and what pruning would free, or prune it"

    def long_desc(self) -> str:
        """Say what each choice keeps and costs."""
        choices = "; ".join(f"{keep}: {text}" for keep, text in CHOICES.items())
        return (
            "Alone it only tells: size, and what each choice of --keep would free and cost. "
            "`scrapy archive prune --keep CHOICE` does it: every WARC file is replaced whole by "
            "one with the records that stay, so references to them hold. No byte of a portal is "
            f"pruned unless asked for. {choices}. `--runs DAYS` lets go of what the folders of "
            "older runs need not say any more (each crawl does, after RUNS_KEEP_DAYS): of quiet "
            "nights a line stays in runs.jsonl, of others the portals that brought something or "
            "did not end well; the last run that asked a portal for something stays whole."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--keep", choices=tuple(CHOICES), help="prune: what stays")
        parser.add_argument(
            "--before", metavar="DATE", help="only what is older than 2026-01-31 may go"
        )
        parser.add_argument(
            "--runs", metavar="DAYS", type=float, help="prune: folders of runs as well, or alone"
        )

    def work(self, action: str, opts: argparse.Namespace) -> None:
        """Tell or prune."""
        before = opts.before or EVER
        if opts.before and not _DATE.fullmatch(opts.before):
            raise UsageError(f"--before {opts.before} is not a day", ["2026-01-31"])
        if action and not (opts.keep or opts.runs):
            raise UsageError("prune needs --keep or --runs", list(CHOICES))
        assert self.settings is not None
        folder = self.output / "archive"
        if not folder.is_dir() and (opts.keep or not action):
            raise UsageError(f"there is no archive at {folder}")
        days = opts.runs or self.settings.getfloat("RUNS_KEEP_DAYS")
        store = open_store(self.output, wait_seconds=self.settings.getfloat("OUTPUT_LOCK_WAIT", 0))
        try:
            now = datetime.now(UTC)
            if opts.keep and action:
                room = prune(folder, store.state, opts.keep, before=before)
                print(f"Freed {_mb(room.freed_bytes)} ({room.freed_records} records).")
                print(f"Kept  {_mb(room.bytes)} ({room.records} records).")
            if opts.runs and action:
                print(f"Freed {_of_runs(tidy(self.output, keep_days=days, now=now))}.")
            if not action:
                for line in told(measure(folder, store.state, before=before)):
                    print(line)
                freed = tidy(self.output, keep_days=days, now=now, dry=True)
                print(f"\n--runs {days:g} would free {_of_runs(freed)}.")
        finally:
            store.close()


def told(rooms: dict[str, Room]) -> Iterator[str]:
    """Yield what the archive holds and what each choice would free."""
    whole = next(iter(rooms.values()))
    size, records = whole.bytes + whole.freed_bytes, whole.records + whole.freed_records
    yield f"The archive holds {records} records in {_mb(size)}."
    for keep, room in rooms.items():
        share = 100 * room.freed_bytes / size if size else 0
        yield ""
        yield f"--keep {keep} would free {_mb(room.freed_bytes)} ({share:.0f} %)"
        for sentence in CHOICES[keep].split(". "):
            yield f"    {sentence[0].upper()}{sentence[1:]}."


def _of_runs(freed: Freed) -> str:
    return f"{_mb(freed.bytes)} of runs/ ({freed.runs} folders gone, {freed.thinned} thinned)"


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"

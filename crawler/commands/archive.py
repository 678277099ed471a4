"""``scrapy archive``: what lies under archive/, what may go and what that costs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from crawler.dataset_command import DatasetCommand
from pipelines.store import open_store
from pipelines.store.prune import CHOICES, EVER, Room, measure, prune
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
            "one with the records that stay, so references to them hold. Nothing is pruned "
            f"unless asked for. {choices}."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--keep", choices=tuple(CHOICES), help="prune: what stays")
        parser.add_argument(
            "--before", metavar="DATE", help="only what is older than 2026-01-31 may go"
        )

    def work(self, action: str, opts: argparse.Namespace) -> None:
        """Tell or prune."""
        before = opts.before or EVER
        if opts.before and not _DATE.fullmatch(opts.before):
            raise UsageError(f"--before {opts.before} is not a day", ["2026-01-31"])
        if action and not opts.keep:
            raise UsageError("prune needs --keep", list(CHOICES))
        assert self.settings is not None
        folder = self.output / "archive"
        if not folder.is_dir():
            raise UsageError(f"there is no archive at {folder}")
        store = open_store(self.output, wait_seconds=self.settings.getfloat("OUTPUT_LOCK_WAIT", 0))
        try:
            if action:
                room = prune(folder, store.state, opts.keep, before=before)
                print(f"Freed {_mb(room.freed_bytes)} ({room.freed_records} records).")
                print(f"Kept  {_mb(room.bytes)} ({room.records} records).")
            else:
                for line in told(measure(folder, store.state, before=before)):
                    print(line)
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


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"

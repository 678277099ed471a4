"""``scrapy reparse``: today's readers over yesterday's bytes."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from crawler.arguments import DEFAULT_KINDS, KINDS
from crawler.dataset_command import DatasetCommand, provinces_of, years_of
from pipelines.registry import Registry, load_registry
from pipelines.reparse import Chosen, Ready, Reparsed, prepare, reparse
from pipelines.store import Changes, Store, open_store
from pipelines.store.differences import Difference
from pipelines.store.files import AtomicFile, json_line, store_errors, write_atomically
from pipelines.store.own_registry import registry_of
from pipelines.store.reviews import reviewed
from pipelines.store.runs import summary_text
from pipelines.vocabulary.errors import StoreError, UsageError
from pipelines.vocabulary.problems import Problem
from pipelines.workers import Limits, Workers

MAX_LOST = 0.1
"""A reparse that would take more than this share of the reports away is not promoted."""

SHOWN = 12
"""Fields named on the terminal; all are in the run's folder."""


class Command(DatasetCommand):
    """Read the archive again and update the dataset."""

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Read the archived bytes again with today's readers and update the dataset"

    def long_desc(self) -> str:
        """Say what it does and does not."""
        return (
            "Read every archived document again: no network. A report that reads better replaces "
            "its line (no revision: the publisher changed nothing); one that cannot be read any "
            "more stays. Nothing is changed where more than a tenth of the reports would be lost. "
            "What today's readers read otherwise is told by field, and line by line in "
            "runs/<run id>-reparse/changes.jsonl."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        self.add_choice(parser)
        parser.add_argument(
            "--kinds", default=",".join(DEFAULT_KINDS), help="as for crawl (default %(default)s)"
        )
        parser.add_argument(
            "--corrected",
            action="store_true",
            help="only documents of which corrections.csv says whose report they are, or did",
        )
        parser.add_argument(
            "--portals",
            help="a registry file of your own, before the rows that the crawls were given",
        )

    def work(self, action: str, opts: argparse.Namespace) -> None:
        """Reparse, judge, promote, and say what changed."""
        del action
        assert self.settings is not None
        years, kinds = years_of(opts), _kinds(opts.kinds)
        given = load_registry(opts.portals) if opts.portals else None
        provinces = provinces_of(opts, registry_of(self.output, given=given))
        wait = self.settings.getfloat("OUTPUT_LOCK_WAIT", 0)
        store = open_store(self.output, wait_seconds=wait)
        try:
            ready = prepare(store)
            workers = self._workers(registry_of(self.output, ready.codes, given))
            addresses = reviewed(store.output / "reports").union(store.corrections)
            chosen = Chosen(
                provinces=provinces,
                years=years,
                kinds=kinds,
                addresses=addresses if opts.corrected else None,
            )
            try:
                _run(store, workers, chosen, ready)
            finally:
                workers.close()
        finally:
            store.close()

    def _workers(self, registry: Registry) -> Workers:
        assert self.settings is not None
        return Workers(
            Limits(
                workers=self.settings.getint("READ_WORKERS", 0),
                seconds=self.settings.getfloat("READ_TIMEOUT", Limits().seconds),
                memory_mb=self.settings.getint("READ_MEMORY_MB", Limits().memory_mb),
                longest=self.settings.getfloat("READ_LONGEST", Limits().longest),
            ),
            registry=registry,
            reader=self.settings.get("READ_FUNCTION", ""),
        )


def _kinds(given: str) -> frozenset[str]:
    kinds = frozenset(word.strip().lower() for word in given.split(","))
    if unknown := sorted(kinds - set(KINDS)):
        raise UsageError(f"unknown kind {unknown[0]!r}", KINDS)
    return kinds


def _run(store: Store, workers: Workers, chosen: Chosen, ready: Ready) -> None:
    done = asyncio.run(reparse(store, workers, chosen, ready))
    lost = done.changes["dropped"]
    held = sum(done.changes[k] for k in ("changed", "edition", "unchanged", "kept")) + lost
    good = lost <= max(held * MAX_LOST, 2) and not workers.broken
    folder = store.output / "runs" / f"{store.run}-reparse"
    changes, fields = Changes(), Counter[tuple[str, str]]()
    if good:
        changes, fields = _promote(store, folder / "changes.jsonl")
        done.problems.extend(changes.problems)
    else:
        store.state.withhold_pending()
    write_atomically(folder / "summary.json", _summary(done, changes, fields, good=good))
    write_atomically(folder / "reports.csv", changes.table())
    problems = sorted({json_line(p.to_json()) for p in done.problems})
    write_atomically(folder / "problems.jsonl", b"".join(problems))
    print(
        f"{done.documents} documents read again: {done.changes['unchanged']} as before, "
        f"{done.changes['changed'] + done.changes['edition']} read differently, "
        f"{done.changes['new']} new, {lost} no report any more, "
        f"{done.changes['kept']} could not be read and stay as they were."
    )
    if workers.broken:
        raise StoreError(f"{workers.broken}: the dataset is as it was; see {folder}")
    if not good:
        raise StoreError(
            f"{lost} of {held} reports would be lost, {_main_cause(done.dropped)}: the dataset "
            f"is as it was; see {folder}"
        )
    if lost:
        print(f"No report any more: {_main_cause(done.dropped)}.")
    print(
        f"Dataset: {len(changes.added)} added, {len(changes.changed)} changed, "
        f"{len(changes.removed)} removed or under a new id, {changes.unchanged} unchanged."
    )
    for line in _told(fields):
        print(line)
    print(f"Details: {folder}")


def _main_cause(dropped: Sequence[Problem]) -> str:
    """Return the commonest reason why documents are no reports any more, with an example."""
    ((code, count),) = Counter(problem.code for problem in dropped).most_common(1)
    example = next(problem.evidence for problem in dropped if problem.code == code)
    return f"{count} by {code} ({example})"


def _promote(store: Store, told: Path) -> tuple[Changes, Counter[tuple[str, str]]]:
    """Promote, writing down every field in which a line changed; return the counts as well."""
    fields: Counter[tuple[str, str]] = Counter()
    with store_errors(told), AtomicFile(told) as file:

        def tell(difference: Difference) -> None:
            fields[difference.field, difference.kind] += 1
            file.write(json_line(difference.to_json()))

        changes = store.promote(tell)
    return changes, fields


def _told(fields: Mapping[tuple[str, str], int]) -> list[str]:
    """Return lines that say which fields changed in how many reports, most first."""
    by_field: dict[str, dict[str, int]] = {}
    for (name, kind), count in fields.items():
        by_field.setdefault(name, {})[kind] = count
    ranked = sorted(by_field.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    lines = [
        f"  {name}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        for name, kinds in ranked[:SHOWN]
    ]
    if len(ranked) > SHOWN:
        lines.append(f"  … and {len(ranked) - SHOWN} more fields")
    return ["Fields of changed lines:", *lines] if lines else []


def _summary(
    done: Reparsed, changes: Changes, fields: Mapping[tuple[str, str], int], *, good: bool
) -> bytes:
    by_field: dict[str, dict[str, int]] = {}
    for (name, kind), count in sorted(fields.items()):
        by_field.setdefault(name, {})[kind] = count
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
        "fields": by_field,
        "portals": [],
    }
    return summary_text(summary)

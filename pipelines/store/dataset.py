"""The dataset's files: one line a report, written whole, unchanged lines to the byte.

``promote`` turns what the state holds into ``reports/<province>.jsonl``,
``revisions/<province>.jsonl`` and ``findings/<province>.jsonl``. Every file is replaced
atomically; a killed promotion is simply done again by the next one, with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import StoreError
from crawler.problems import Problem
from pipelines.store.files import (
    AtomicFile,
    file_digest,
    json_line,
    store_errors,
    write_atomically,
)
from pipelines.store.identity_of_content import Record, merge, normal_text
from pipelines.store.state import State
from pipelines.store.validation import faults

if TYPE_CHECKING:
    from pipelines.checks.across_years import Facts

_TEXT_MIN = 300


@dataclass(slots=True, kw_only=True)
class Changes:
    """What a promotion did to the dataset, by report_id."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Ids that a better reading changed; the line lives on under its new id."""
    unchanged: int = 0
    reports: dict[str, int] = field(default_factory=dict)
    """Lines by province after the promotion."""
    problems: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Files that were replaced, relative to OUTPUT_DIR."""


class Dataset:
    """The files below OUTPUT_DIR that others read."""

    def __init__(self, output: Path, state: State) -> None:
        self.output = output
        self.state = state

    def reports_file(self, province: str) -> Path:
        """Return where a province's reports lie."""
        return self.output / "reports" / f"{province}.jsonl"

    def revisions_file(self, province: str) -> Path:
        """Return where a province's superseded revisions lie."""
        return self.output / "revisions" / f"{province}.jsonl"

    def findings_file(self, province: str) -> Path:
        """Return where findings lie that rest on several reports (rules RX-…)."""
        return self.output / "findings" / f"{province}.jsonl"

    def adopt_files(self) -> int:
        """Read an existing dataset into a new state; return how many reports it held."""
        count = 0
        for folder in ("revisions", "reports"):
            for path in sorted((self.output / folder).glob("*.jsonl")):
                count += self.state.adopt(read_lines(path))
        return count

    def promote(self) -> Changes:
        """Write every province whose reports changed, then accept the readings behind them.

        Raises:
            StoreError: a file could not be written; those already replaced are whole, the rest
                are as before, and the next promotion writes them.
        """
        changes = Changes()
        files: dict[str, tuple[str, int]] = {}
        dirty = self.state.dirty()
        for province in sorted({*self.state.provinces(), *dirty}):
            reports = self.reports_file(province)
            name = f"reports/{reports.name}"
            digest = file_digest(reports)
            intact = digest is not None and digest == self.state.file_digest(name)
            if intact and province not in dirty:
                lines = count_lines(reports)
                changes.unchanged += lines
                changes.reports[province] = lines
                continue
            self._write(province, changes, files)
        self.state.accept_pending(files)
        return changes

    def _write(self, province: str, changes: Changes, files: dict[str, tuple[str, int]]) -> None:
        """Write one province's files, comparing line by line with what was there."""
        # Late: the rules load the forms and these the document readers, half a second that
        # listing commands and opening a store need not pay.
        from pipelines.checks.across_years import across  # noqa: PLC0415

        target = self.reports_file(province)
        before = dict(_lines_by_id(target))
        revisions: list[Record] = []
        facts: list[Facts] = []
        count = 0
        with store_errors(target), AtomicFile(target) as file:
            for report_id, readings in self.state.reports_of(province):
                merged = merge(readings)
                wrong = faults(merged.line)
                if wrong:
                    changes.problems.append(
                        Problem(
                            code="dataset/invalid-record",
                            evidence="; ".join(wrong),
                            url=merged.line.get("source_url"),
                            title=merged.line.get("title"),
                            stage="promote",
                        )
                    )
                    old = before.pop(report_id, None)
                    if old is not None:  # the last good line stands
                        file.write(old)
                        count += 1
                        changes.unchanged += 1
                    continue
                revisions.extend(merged.revisions)
                if merged.conflicts:
                    changes.problems.append(
                        Problem(
                            code="dataset/conflicting-editions",
                            evidence=f"{report_id}: {'; '.join(merged.conflicts)}",
                            url=merged.line.get("source_url"),
                            title=merged.line.get("title"),
                            stage="promote",
                        )
                    )
                line = json_line(merged.line)
                old = before.pop(report_id, None)
                if old is None:
                    changes.added.append(report_id)
                elif old == line:
                    changes.unchanged += 1
                else:
                    changes.changed.append(report_id)
                file.write(line)
                facts.append(facts_of(merged.line))
                count += 1
            digest = file.digest
        changes.removed.extend(sorted(before))
        changes.reports[province] = count
        files[f"reports/{target.name}"] = (digest, count)
        changes.written.append(f"reports/{target.name}")
        path = self.revisions_file(province)
        if revisions or path.exists():
            revisions.sort(key=lambda r: (str(r["report_id"]), int(r["revision"])))
            write_atomically(path, b"".join(map(json_line, revisions)))

        found = b"".join(json_line(finding.to_json()) for finding in across(facts))
        path = self.findings_file(province)
        if found or path.exists():
            write_atomically(path, found)

    def write_problems(self, problems: Iterable[Problem]) -> Path:
        """Replace problems.jsonl by those of this run, sorted, each once."""
        lines = {json_line(problem.to_json()) for problem in problems}
        path = self.output / "problems.jsonl"
        write_atomically(path, b"".join(sorted(lines)))
        return path


def facts_of(record: Record) -> Facts:
    """Return what the rules over several reports need of a record."""
    from pipelines.checks.across_years import Facts  # noqa: PLC0415 - as above

    text = normal_text(record)
    return Facts(
        report_id=record["report_id"],
        adcode=record["adcode"],
        publisher=record["publisher_norm"] or "",
        scope=record["scope"],
        year=record["report_year"],
        versions=record["table_versions"],
        values=record["values"],
        # A short text (a heading, a reference to an attachment) is the same by right.
        text_mark=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
        if len(text) >= _TEXT_MIN
        else "",
    )


def read_lines(path: Path) -> Iterator[Record]:
    """Yield the records of a dataset file.

    Raises:
        StoreError: a line is not JSON; the message names file and line.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise StoreError(f"{path}:{number} is not JSON ({error})") from error


def count_lines(path: Path) -> int:
    """Return the number of lines of a file."""
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _lines_by_id(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (report_id, line) of a dataset file; a damaged line is left out and so rewritten."""
    try:
        with path.open("rb") as file:
            for line in file:
                try:
                    yield str(json.loads(line)["report_id"]), line
                except (ValueError, KeyError, TypeError):
                    continue
    except FileNotFoundError:
        return

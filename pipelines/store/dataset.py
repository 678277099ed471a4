"""The dataset's files: one line a report, written whole, unchanged lines to the byte.

``promote`` turns what the state holds into ``reports/<province>.jsonl``,
``revisions/<province>.jsonl`` and ``findings/<province>.jsonl``. Every file is replaced
atomically; a killed promotion is simply done again by the next one, with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import StoreError
from crawler.problems import Problem
from pipelines.store import corrections as corrections_file
from pipelines.store.corrections import Correction, read_corrections
from pipelines.store.differences import Difference, differences
from pipelines.store.files import (
    AtomicFile,
    file_digest,
    json_line,
    store_errors,
    write_atomically,
)
from pipelines.store.identity_of_content import (
    Merged,
    Reading,
    Record,
    join_unknown,
    merge,
    normal_text,
)
from pipelines.store.state import State
from pipelines.store.validation import faults

if TYPE_CHECKING:
    from pipelines.checks.across_years import Facts

_TEXT_MIN = 300
_ID = re.compile(rb'\{"report_id":("[^"\\\\]*")')


@dataclass(slots=True, kw_only=True)
class Changes:
    """What a promotion did to the dataset, by report_id."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Ids that a better reading changed; the line lives on under its new id."""
    untouched: list[str] = field(default_factory=list)
    """Ids whose lines stayed to the byte."""
    reports: dict[str, int] = field(default_factory=dict)
    """Lines by province after the promotion."""
    problems: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Files that were replaced, relative to OUTPUT_DIR."""

    @property
    def unchanged(self) -> int:
        """Return how many lines stayed to the byte."""
        return len(self.untouched)

    def table(self) -> bytes:
        """Return a CSV of every report of the dataset and what became of it."""
        words = {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.untouched,
        }
        rows = sorted((name, word) for word, names in words.items() for name in names)
        return b"report_id,change\n" + b"".join(f"{n},{w}\n".encode() for n, w in rows)


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
                count += self.state.adopt(map(corrections_file.undo, read_lines(path)))
        return count

    def promote(self, tell: Callable[[Difference], None] | None = None) -> Changes:
        """Write every province whose reports changed, then accept the readings behind them.

        ``tell`` is called with every field in which a changed line differs from the old one.

        Raises:
            StoreError: a file could not be written; those already replaced are whole, the rest
                are as before, and the next promotion writes them.
        """
        changes = Changes()
        files: dict[str, tuple[str, int]] = {}
        dirty = self.state.dirty()
        corrections = read_corrections(self.output / corrections_file.NAME)
        mark = file_digest(self.output / corrections_file.NAME) or ""
        reviewed = mark != (self.state.file_digest(corrections_file.NAME) or "")
        for province in sorted({*self.state.provinces(), *dirty}):
            reports = self.reports_file(province)
            digest = file_digest(reports)
            intact = digest is not None and digest == self.state.file_digest(
                f"reports/{reports.name}"
            )
            if intact and not reviewed and province not in dirty:
                ids = list(ids_in(reports))
                changes.untouched.extend(ids)
                changes.reports[province] = len(ids)
            else:
                writing = _Province(self, province, corrections, changes, tell)
                # Lines nobody touched are copied; of a file someone changed all are made anew.
                files[f"reports/{reports.name}"] = writing.write(
                    dirty.get(province, set()) if intact and not reviewed else None
                )
        files[corrections_file.NAME] = (mark, sum(map(len, corrections.values())))
        self.state.accept_pending(files)
        return changes

    def write_problems(self, problems: Iterable[Problem]) -> Path:
        """Replace problems.jsonl by those of this run, sorted, each once."""
        lines = {json_line(problem.to_json()) for problem in problems}
        path = self.output / "problems.jsonl"
        write_atomically(path, b"".join(sorted(lines)))
        return path


class _Province:
    """The writing of one province's files."""

    def __init__(
        self,
        dataset: Dataset,
        province: str,
        corrections: Mapping[str, list[Correction]],
        changes: Changes,
        tell: Callable[[Difference], None] | None = None,
    ) -> None:
        self.tell = tell
        self.dataset = dataset
        self.province = province
        self.corrections = corrections
        self.changes = changes
        self.revisions: list[Record] = []
        self.facts: list[Facts] = []
        self._group: tuple[str, dict[str, list[Reading]]] = ("", {})
        self._keys: dict[str, list[str]] | None = None

    def write(self, dirty: AbstractSet[str] | None) -> tuple[str, int]:
        """Replace the files; return hash and number of the reports' lines.

        ``dirty``: the reports whose lines may have changed; None for all of them.
        """
        # Late: the rules load the forms and these the document readers, half a second that
        # listing commands and opening a store need not pay.
        from pipelines.checks.across_years import across  # noqa: PLC0415

        target = self.dataset.reports_file(self.province)
        state = self.dataset.state
        before = _Lines(target, ours=dirty is not None)
        ids = {*before.places, *state.ids_of(self.province)}
        if dirty is not None:
            # Reports of one division and year may turn out to be one: they go together.
            moved = {_place_and_year(name) for name in dirty}
            dirty = {name for name in ids | dirty if _place_and_year(name) in moved}
            ids = {*before.places, *dirty}
            self.keep_revisions(dirty)
        count = 0
        with store_errors(target), AtomicFile(target) as file:
            for report_id in sorted(ids):
                old = before.get(report_id)
                if old is not None and dirty is not None and report_id not in dirty:
                    line = old
                    self.facts.append(facts_of(json.loads(old)))
                else:
                    readings = self.readings_of(report_id, ids)
                    if not readings:
                        if old is not None:
                            self.changes.removed.append(report_id)
                        continue
                    made = self.line_of(report_id, merge(readings)) or old
                    if made is None:
                        continue
                    line = made
                if old is None:
                    self.changes.added.append(report_id)
                elif old == line:
                    self.changes.untouched.append(report_id)
                else:
                    self.changes.changed.append(report_id)
                    if self.tell is not None:
                        for each in differences(json.loads(old), json.loads(line)):
                            self.tell(each)
                file.write(line)
                count += 1
            digest = file.digest
        self.changes.reports[self.province] = count
        self.changes.written.append(f"reports/{target.name}")
        self.revisions.sort(key=lambda r: (str(r["report_id"]), int(r["revision"])))
        found = across(self.facts)
        for path, lines in (
            (self.dataset.revisions_file(self.province), map(json_line, self.revisions)),
            (self.dataset.findings_file(self.province), (json_line(f.to_json()) for f in found)),
        ):
            data = b"".join(lines)
            if data or path.exists():
                write_atomically(path, data)
        return digest, count

    def readings_of(self, report_id: str, ids: Iterable[str]) -> list[Reading]:
        """Return what makes up a report, editions of unknown organ or scope included."""
        key = _place_and_year(report_id)
        if self._group[0] != key:
            state = self.dataset.state
            # The ids come sorted, so those of one division and year follow each other.
            names = self._by_key(ids)[key]
            groups = {name: found for name in names if (found := state.readings_of(name))}
            self._group = key, join_unknown(groups)
        return self._group[1].get(report_id, [])

    def _by_key(self, ids: Iterable[str]) -> dict[str, list[str]]:
        if self._keys is None:
            self._keys = {}
            for name in sorted(ids):
                self._keys.setdefault(_place_and_year(name), []).append(name)
        return self._keys

    def keep_revisions(self, dirty: AbstractSet[str]) -> None:
        """Take over the revisions of reports nobody touched."""
        path = self.dataset.revisions_file(self.province)
        if path.exists():
            self.revisions.extend(r for r in read_lines(path) if r["report_id"] not in dirty)

    def line_of(self, report_id: str, merged: Merged) -> bytes | None:
        """Return the line of a report, None where it is not valid; then its last line stands."""
        line, stale = corrections_file.apply(merged.line, self.corrections.get(report_id, []))
        if stale:
            self.problem("dataset/stale-correction", line, "; ".join(stale))
        if wrong := faults(line):
            self.problem("dataset/invalid-record", line, "; ".join(wrong))
            return None
        if merged.conflicts:
            self.problem("dataset/conflicting-editions", line, "; ".join(merged.conflicts))
        self.revisions.extend(merged.revisions)
        self.facts.append(facts_of(line))
        return json_line(line)

    def problem(self, code: str, line: Record, evidence: str) -> None:
        """Note a problem of one line."""
        self.changes.problems.append(
            Problem(
                code=code,
                evidence=f"{line['report_id']}: {evidence}",
                portal=line.get("adcode"),
                url=line.get("source_url"),
                title=line.get("title"),
                stage="promote",
            )
        )


def _place_and_year(report_id: str) -> str:
    """Return the part of an id that says division and year: ``330327-2023``."""
    return "-".join(report_id.split("-", 2)[:2])


def facts_of(record: Record) -> Facts:
    """Return what the rules over several reports need of a record."""
    from pipelines.checks.across_years import Facts  # noqa: PLC0415 - as above

    text = normal_text(record)
    return Facts.of(
        report_id=record["report_id"],
        adcode=record["adcode"],
        publisher=record["publisher_norm"] or "",
        scope=record["scope"],
        year=record["report_year"],
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


def ids_in(path: Path) -> Iterator[str]:
    """Yield the report ids of a dataset file we wrote ourselves: they begin each line."""
    with path.open("rb") as file:
        for line in file:
            found = _ID.match(line)
            yield json.loads(found[1]) if found else str(json.loads(line)["report_id"])


class _Lines:
    """The lines of a dataset file by report, left where they are until one is asked for.

    ``ours``: the file is known to be as we wrote it; of any other a damaged line is left out, and
    so made anew.
    """

    def __init__(self, path: Path, *, ours: bool) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        self._data: bytes | mmap.mmap = b""
        try:
            with path.open("rb") as file:
                if path.stat().st_size:
                    self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                start = 0
                for line in file:
                    if (name := _id_of(line, ours=ours)) is not None:
                        self.places[name] = (start, start + len(line))
                    start += len(line)
        except FileNotFoundError:
            return

    def get(self, report_id: str) -> bytes | None:
        """Return a report's line."""
        place = self.places.get(report_id)
        return None if place is None else self._data[slice(*place)]


def _id_of(line: bytes, *, ours: bool) -> str | None:
    if ours and (found := _ID.match(line)):
        return str(json.loads(found[1]))
    try:
        return str(json.loads(line)["report_id"])
    except (ValueError, KeyError, TypeError):
        return None

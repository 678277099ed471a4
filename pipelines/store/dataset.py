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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import StoreError
from crawler.items import Correction
from crawler.problems import Problem
from pipelines.store import corrections as corrections_file
from pipelines.store.corrections import Corrections, read_corrections
from pipelines.store.differences import Difference, differences
from pipelines.store.files import (
    EMPTY,
    AtomicFile,
    file_digest,
    json_line,
    store_errors,
    write_atomically,
)
from pipelines.store.identity_of_content import (
    Merged,
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
        """Read an existing dataset into a new state, all or nothing; return how many lines."""
        paths = (
            path
            for folder in ("revisions", "reports")
            for path in sorted((self.output / folder).glob("*.jsonl"))
        )
        lines = chain.from_iterable(map(read_lines, paths))
        return self.state.adopt(map(corrections_file.undo, lines))

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
            both = (reports, self.revisions_file(province))
            intact = reports.exists() and all(map(self._as_we_left_it, both))
            if intact and not reviewed and province not in dirty:
                ids = list(ids_in(reports))
                changes.untouched.extend(ids)
                changes.reports[province] = len(ids)
            else:
                writing = _Province(self, province, corrections, changes, tell)
                # Lines nobody touched are copied; of a file someone changed all are made anew.
                files |= writing.write(
                    dirty.get(province, set()) if intact and not reviewed else None
                )
        files[corrections_file.NAME] = (mark, sum(map(len, corrections.values())))
        self.state.accept_pending(files)
        changes.problems.extend(self._waiting(corrections))
        changes.problems.extend(self._about_nothing(corrections, changes))
        return changes

    def _as_we_left_it(self, path: Path) -> bool:
        """Tell whether nobody else changed a file, or removed or made one."""
        known = self.state.file_digest(f"{path.parent.name}/{path.name}")
        return (file_digest(path) or EMPTY) == (known or EMPTY)

    def _waiting(self, corrections: Corrections) -> Iterator[Problem]:
        """Yield a problem for every row that the reading of its document does not follow.

        And for every one that a reading still follows and nothing says any more.
        """
        for address in corrections:
            for record in self.state.records_at(address)[-1:]:
                for code, why in corrections_file.not_followed(record, corrections, address):
                    yield _problem(code, record, why)
        for line in self._corrected():
            for address in addresses_of(line) - corrections.keys():
                for code, why in corrections_file.not_followed(line, corrections, address):
                    yield _problem(code, line, why)

    def _about_nothing(self, corrections: Corrections, changes: Changes) -> Iterator[Problem]:
        """Yield a problem for every row about a report or document that is not there."""
        ids = {*changes.added, *changes.changed, *changes.untouched}
        for about, rows in corrections.items():
            lines = ", ".join(str(row.line) for row in rows)
            if corrections_file.is_address(about):
                if not self.state.records_at(about) and not self.state.met(about):
                    yield Problem(
                        code="dataset/correction-waiting",
                        evidence=f"corrections.csv line {lines}: no document was read under this "
                        "address; a row names the source_url",
                        url=about,
                        stage="promote",
                    )
            elif corrections_file.is_id(about) and about not in ids:
                today = ", ".join(self._once(about)) or "not there"
                yield Problem(
                    code="dataset/stale-correction",
                    evidence=f"corrections.csv line {lines}: the report {about} is {today}",
                    stage="promote",
                )

    def _once(self, report_id: str) -> Iterator[str]:
        """Yield the ids that a report of a former id has today."""
        for line in self._lines_with(report_id.encode()):
            if report_id in line["former_ids"]:
                yield line["report_id"]

    def reviewed(self) -> frozenset[str]:
        """Return the addresses of the documents that a review said something of, by the lines."""
        return frozenset().union(*map(addresses_of, self._corrected()))

    def _corrected(self) -> Iterator[Record]:
        return self._lines_with(b'"corrections":[')

    def _lines_with(self, mark: bytes) -> Iterator[Record]:
        """Yield the lines with these bytes in them; a damaged one is promotion's to make anew."""
        for path in sorted((self.output / "reports").glob("*.jsonl")):
            with path.open("rb") as file:
                yield from (json.loads(line) for line in file if mark in line and _any_id(line))

    def findings(self) -> dict[str, int]:
        """Count the findings that rest on several reports, by rule, over the whole dataset."""
        paths = (self.output / "findings").glob("*.jsonl")
        counts = Counter(str(f["rule"]) for path in paths for f in read_lines(path))
        return dict(sorted(counts.items()))

    def write_problems(self, problems: Iterable[Problem], run: Path) -> Path:
        """Write a run's problems, sorted, each once: into its folder, and as the last run's."""
        lines = b"".join(sorted({json_line(problem.to_json()) for problem in problems}))
        path = self.output / "problems.jsonl"
        for target in (run / path.name, path):
            write_atomically(target, lines)
        return path


class _Province:
    """The writing of one province's files, a division's year at a time.

    What is held of the province meanwhile are its ids and the places of its old lines: the lines
    themselves pass through, however many there are.
    """

    def __init__(
        self,
        dataset: Dataset,
        province: str,
        corrections: Corrections,
        changes: Changes,
        tell: Callable[[Difference], None] | None = None,
    ) -> None:
        # Late: the rules load the forms and these the document readers, half a second that
        # listing commands and opening a store need not pay.
        from pipelines.checks.across_years import Across  # noqa: PLC0415

        self.tell = tell
        self.state = dataset.state
        self.province = province
        self.corrections = corrections
        self.changes = changes
        self.across = Across()
        self.reports = AtomicFile(dataset.reports_file(province))
        self.revisions = AtomicFile(dataset.revisions_file(province), spare=True)
        self.findings = AtomicFile(dataset.findings_file(province), spare=True)
        self.unmet: dict[str, list[Correction]] = {}
        """Rows about findings that no line made anew has: those across years, or stale."""

    def write(self, dirty: AbstractSet[str] | None) -> dict[str, tuple[str, int]]:
        """Replace the files; return hash and number of lines of reports and revisions.

        ``dirty``: the reports whose lines may have changed; None for all of them.
        """
        id_of = _any_id if dirty is None else _our_id
        before, past = (_Lines(f.target, id_of) for f in (self.reports, self.revisions))
        ids = {*before.places, *past.places, *self.state.ids_of(self.province), *(dirty or ())}
        moved = {_place_and_year(name) for name in (ids if dirty is None else dirty)}
        # The inner file is put in place first: lines, then the revisions they supersede.
        with (
            store_errors(self.revisions.target),
            self.revisions,
            store_errors(self.reports.target),
            self.reports,
        ):
            # Reports of one division and year may turn out to be one: they go together.
            for key, names in groupby(sorted(ids), _place_and_year):
                if key in moved:
                    self.make(list(names), before, past)
                else:
                    for name in names:
                        self.keep(name, before.get(name), past)
        with store_errors(self.findings.target), self.findings:
            for finding in self.across.findings():
                self.findings.write(json_line(self.looked_at(finding.to_json())))
        for report_id, rows in self.unmet.items():
            for row in rows:
                evidence = f"{report_id}: corrections.csv line {row.line}: no finding {row.read!r}"
                self.changes.problems.append(
                    Problem(code="dataset/stale-correction", evidence=evidence, stage="promote")
                )
        self.changes.reports[self.province] = self.reports.lines
        self.changes.written.append(f"reports/{self.reports.target.name}")
        return {
            f"{file.target.parent.name}/{file.target.name}": (file.digest, file.lines)
            for file in (self.reports, self.revisions)
        }

    def keep(self, report_id: str, old: bytes | None, past: _Lines) -> None:
        """Take over a line as it is, and the revisions behind it."""
        for revision in past.all(report_id):
            self.revisions.write(revision)
        if old is not None:
            self.put(report_id, old, json.loads(old), old)

    def make(self, names: list[str], before: _Lines, past: _Lines) -> None:
        """Make the lines of one division and year anew of what was read."""
        held = {name: found for name in names if (found := self.state.readings_of(name))}
        joined = join_unknown(held)
        for name in names:
            old = before.get(name)
            if name not in joined:
                if old is not None:
                    self.changes.removed.append(name)
                continue
            merged = merge(joined[name])
            record, line = self.line_of(name, merged)
            if line is not None:
                for revision in merged.revisions:
                    self.revisions.write(json_line(revision))
                self.put(name, line, record, old)
            else:
                self.keep(name, old, past)

    def put(self, report_id: str, line: bytes, record: Record, old: bytes | None) -> None:
        """Write a line, and note what became of the report."""
        if old is None:
            self.changes.added.append(report_id)
        elif old == line:
            self.changes.untouched.append(report_id)
        else:
            self.changes.changed.append(report_id)
            if self.tell is not None:
                for each in differences(json.loads(old), json.loads(line)):
                    self.tell(each)
        self.reports.write(line)
        self.across.add(facts_of(record))

    def line_of(self, report_id: str, merged: Merged) -> tuple[Record, bytes | None]:
        """Return a report's record and its line, None where it is not valid."""
        rows = self.corrections.get(report_id, [])
        line, stale = corrections_file.apply(merged.line, rows)
        line, left = corrections_file.accept(line, rows)
        if left:
            self.unmet[report_id] = left
        told = {
            "dataset/stale-correction": stale,
            "dataset/conflicting-editions": merged.conflicts,
            "dataset/invalid-record": faults(line),
        }
        for code, evidence in told.items():
            if evidence:
                self.changes.problems.append(_problem(code, line, "; ".join(evidence)))
        return line, None if told["dataset/invalid-record"] else json_line(line)

    def looked_at(self, finding: Record) -> Record:
        """Return a finding across years, with the reason where a review accepted it."""
        report_id, name = finding["report_id"], corrections_file.name_of(finding)
        rows = [
            row
            for row in self.corrections.get(report_id, ())
            if row.field == corrections_file.FINDING and row.read == name
        ]
        for row in rows:
            if row in self.unmet.get(report_id, ()):
                self.unmet[report_id].remove(row)
        return {**finding, "accepted": rows[0].reason} if rows else finding


def addresses_of(line: Record) -> set[str]:
    """Return the addresses of the documents whose review a line rests on."""
    return {note["url"] for note in line["corrections"] if "url" in note}


def _problem(code: str, line: Record, evidence: str) -> Problem:
    """Return a problem of one line."""
    return Problem(
        code=code,
        evidence=f"{line['report_id']}: {evidence}",
        portal=line.get("adcode"),
        url=line.get("source_url"),
        title=line.get("title"),
        stage="promote",
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
        yield from map(_our_id, file)


class _Lines:
    """The lines of a dataset file by report, left where they are until one is asked for."""

    def __init__(self, path: Path, id_of: Callable[[bytes], str | None]) -> None:
        """Note where each report's lines begin; a line without an id is left out.

        Raises:
            StoreError: ``id_of`` does not bear a line; the message names file and line.
        """
        self.places: dict[str, list[int]] = {}
        self._data: bytes | mmap.mmap = b""
        if not path.exists():
            return
        with path.open("rb") as file:
            if path.stat().st_size:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            start = 0
            for number, line in enumerate(file, 1):
                try:
                    name = id_of(line)
                except (ValueError, LookupError, TypeError) as error:
                    raise StoreError(f"{path}:{number} is no report ({error})") from error
                if name is not None:
                    self.places.setdefault(name, []).append(start)
                start += len(line)

    def get(self, report_id: str) -> bytes | None:
        """Return a report's line; the last of several."""
        places = self.places.get(report_id)
        return self._line(places[-1]) if places else None

    def all(self, report_id: str) -> list[bytes]:
        """Return a report's lines as they stand in the file."""
        return [self._line(start) for start in self.places.get(report_id, ())]

    def _line(self, start: int) -> bytes:
        end = self._data.find(b"\n", start)
        return self._data[start : len(self._data) if end < 0 else end] + b"\n"


def _sure_id(line: bytes) -> str:
    """Return the id of a line, which must have one."""
    return str(json.loads(line)["report_id"])


def _our_id(line: bytes) -> str:
    """Return the id of a line of a file that is as we wrote it: ids begin its lines."""
    found = _ID.match(line)
    return str(json.loads(found[1])) if found else _sure_id(line)


def _any_id(line: bytes) -> str | None:
    """Return the id of a line of whatever file; a damaged one has none, and is made anew."""
    try:
        return _sure_id(line)
    except (ValueError, KeyError, TypeError):
        return None

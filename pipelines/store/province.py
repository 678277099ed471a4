"""The writing of one province's files, and what a promotion did to the dataset."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.store import corrections as corrections_file
from pipelines.store.corrections import Corrections
from pipelines.store.differences import Difference, differences
from pipelines.store.files import AtomicFile, json_line, store_errors
from pipelines.store.identity_of_content import Merged, Record, join_unknown, merge, normal_text
from pipelines.store.lines import Lines, any_id, file_of, our_id
from pipelines.store.state import State
from pipelines.store.validation import faults
from pipelines.vocabulary.items import Correction
from pipelines.vocabulary.problems import Problem

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


class Province:
    """The writing of one province's files, a division's year at a time.

    What is held of the province meanwhile are its ids and the places of its old lines: the lines
    themselves pass through, however many there are.
    """

    def __init__(
        self,
        output: Path,
        state: State,
        province: str,
        *,
        corrections: Corrections,
        changes: Changes,
        tell: Callable[[Difference], None] | None = None,
    ) -> None:
        # Late: the rules load the forms and these the document readers, half a second that
        # listing commands and opening a store need not pay.
        from pipelines.checks.across_years import Across  # noqa: PLC0415

        self.tell = tell
        self.state = state
        self.province = province
        self.corrections = corrections
        self.changes = changes
        self.across = Across()
        self.reports = AtomicFile(file_of(output, "reports", province))
        self.revisions = AtomicFile(file_of(output, "revisions", province), spare=True)
        self.findings = AtomicFile(file_of(output, "findings", province), spare=True)
        self.unmet: dict[str, list[Correction]] = {}
        """Rows about findings that no line made anew has: those across years, or stale."""

    def write(self, dirty: AbstractSet[str] | None) -> dict[str, tuple[str, int]]:
        """Replace the files; return hash and number of lines of reports and revisions.

        ``dirty``: the reports whose lines may have changed; None for all of them.
        """
        id_of = any_id if dirty is None else our_id
        before, past = (Lines(f.target, id_of) for f in (self.reports, self.revisions))
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

    def keep(self, report_id: str, old: bytes | None, past: Lines) -> None:
        """Take over a line as it is, and the revisions behind it."""
        for revision in past.all(report_id):
            self.revisions.write(revision)
        if old is not None:
            self.put(report_id, old, json.loads(old), old)

    def make(self, names: list[str], before: Lines, past: Lines) -> None:
        """Make the lines of one division and year anew of what was read."""
        held = {name: found for name in names if (found := self.state.readings_of(name))}
        joined = join_unknown(held)
        for name in names:
            old = before.get(name)
            if name not in joined:
                self.state.note_conflict(name, self.province, None)
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
        # Told by every run while it stands, whether the line is written again or not.
        standing = None
        if merged.conflicts:
            code, evidence = "dataset/conflicting-editions", "; ".join(merged.conflicts)
            standing = json.dumps(asdict(problem_of(code, line, evidence)), ensure_ascii=False)
        self.state.note_conflict(report_id, self.province, standing)
        told = {
            "dataset/stale-correction": stale,
            "dataset/invalid-record": faults(line),
        }
        for code, said in told.items():
            if said:
                self.changes.problems.append(problem_of(code, line, "; ".join(said)))
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


def problem_of(code: str, line: Record, evidence: str) -> Problem:
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

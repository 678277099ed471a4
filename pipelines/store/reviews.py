"""What corrections.csv says and the dataset does not follow: told after every promotion."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from pipelines.store.corrections import Corrections, is_address, is_id, not_followed
from pipelines.store.identity_of_content import Record
from pipelines.store.lines import any_id
from pipelines.store.province import problem_of
from pipelines.store.state import State
from pipelines.vocabulary.problems import Problem


def unfollowed(
    reports: Path, state: State, corrections: Corrections, ids: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for every row that nothing follows, or that is gone and still followed.

    Args:
        reports: the folder of the dataset's lines.
        state: what is known of the documents.
        corrections: the rows as they are today.
        ids: the reports of the dataset.
    """
    for address in corrections:
        for record in state.records_at(address)[-1:]:
            for code, why in not_followed(record, corrections, address):
                yield problem_of(code, record, why)
    for line in _corrected(reports):
        for address in _addresses_of(line) - corrections.keys():
            for code, why in not_followed(line, corrections, address):
                yield problem_of(code, line, why)
    yield from _about_nothing(reports, state, corrections, ids)


def reviewed(reports: Path) -> frozenset[str]:
    """Return the addresses of the documents that a review said something of, by the lines."""
    return frozenset().union(*map(_addresses_of, _corrected(reports)))


def _about_nothing(
    reports: Path, state: State, corrections: Corrections, ids: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for every row about a report or document that is not there."""
    for about, rows in corrections.items():
        lines = ", ".join(str(row.line) for row in rows)
        if is_address(about):
            if not state.records_at(about) and not state.met(about):
                yield Problem(
                    code="dataset/correction-waiting",
                    evidence=f"corrections.csv line {lines}: no document was read under this "
                    "address; a row names the source_url",
                    url=about,
                    stage="promote",
                )
        elif is_id(about) and about not in ids:
            today = ", ".join(_once(reports, about)) or "not there"
            yield Problem(
                code="dataset/stale-correction",
                evidence=f"corrections.csv line {lines}: the report {about} is {today}",
                stage="promote",
            )


def _once(reports: Path, report_id: str) -> Iterator[str]:
    """Yield the ids that a report of a former id has today."""
    for line in _lines_with(reports, report_id.encode()):
        if report_id in line["former_ids"]:
            yield line["report_id"]


def _corrected(reports: Path) -> Iterator[Record]:
    return _lines_with(reports, b'"corrections":[')


def _lines_with(reports: Path, mark: bytes) -> Iterator[Record]:
    """Yield the lines with these bytes in them; a damaged one is promotion's to make anew."""
    for path in sorted(reports.glob("*.jsonl")):
        with path.open("rb") as file:
            yield from (json.loads(line) for line in file if mark in line and any_id(line))


def _addresses_of(line: Record) -> set[str]:
    """Return the addresses of the documents whose review a line rests on."""
    return {note["url"] for note in line["corrections"] if "url" in note}

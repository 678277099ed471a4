"""Reviewed hand corrections: ``corrections.csv`` in the output folder.

For what no rule can settle, a person looked at the source. A row says what it is about, the field,
what was read, what the source really says, why, who reviewed it and when; the record says that it
was applied. A row holds only as long as the reading it corrects: once the field reads otherwise,
the row is stale, is not applied, and is told as a problem.

Rows about a line (figures, dates, titles, findings) are applied when the line is written, and
taken back with the row. Rows about whose report a document is are evidence for reading it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.store.identity_of_content import Record, reviews_of
from pipelines.vocabulary.errors import StoreError
from pipelines.vocabulary.items import Correction, FetchedDocument

NAME = "corrections.csv"
COLUMNS = ("report_id", "field", "read", "value", "reason", "reviewer", "date")

EVIDENCE = "publisher_evidence"
"""What tells whose report it is: ``read`` is ``where: for`` of a piece, ``value`` is refused."""
IDENTITY = frozenset({"publisher_norm", "scope", "report_year", EVIDENCE})
"""Fields that say whose report a document is. Their rows name its address: the id changes."""
COLUMN = "column_url"
"""The column of a portal; the row names the portal's code, ``read`` is what the registry says."""
FINDING = "finding"
"""A finding that was looked at: ``read`` is its rule and where it is, ``value`` is accepted."""
_TEXT_FIELDS = frozenset(
    {"title", "published_on", "period_start", "period_end", "publisher_raw", "reissue"}
)

_ADDRESS = re.compile(r"https?://\S+")
_CODE = re.compile(r"\d{6,12}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_FIGURE = re.compile(r"(t2|t3|t4|a14|s08|f08)_\w+|info_processing_fee_yuan")

_MAY_BE: Mapping[str, tuple[re.Pattern[str], str]] = {
    "scope": (re.compile("aggregate|single_organ"), "aggregate or single_organ"),
    "report_year": (re.compile(r"20(0[4-9]|[1-9]\d)"), "a year from 2004 on"),
    "publisher_norm": (re.compile(r"\S.*"), "the organ's name"),
    COLUMN: (_ADDRESS, "an address"),
    FINDING: (re.compile("accepted"), "accepted"),
    EVIDENCE: (re.compile("refused"), "refused"),
}
"""What a value must be, where it is no figure and no text."""

Corrections = Mapping[str, list[Correction]]
"""Rows by what they are about."""


def read_corrections(path: Path) -> dict[str, list[Correction]]:
    """Return the corrections by report, empty where there is no file.

    Raises:
        StoreError: a row is not complete or not valid; the message names file and line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        return _by_report(path, reader)
    except csv.Error as error:  # a quote that nothing closes, in the row after the last good one
        raise StoreError(f"{path}:{reader.line_num + 1}: {error}") from error


def _by_report(path: Path, reader: csv.DictReader[str]) -> dict[str, list[Correction]]:
    missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
    if missing:
        raise StoreError(f"{path}: columns missing: {', '.join(missing)}")
    out: dict[str, list[Correction]] = {}
    for row in reader:
        correction = _correction(path, reader.line_num, row)
        others = out.setdefault(correction.about, [])
        if any(_subject(o) == _subject(correction) for o in others):
            raise StoreError(
                f"{path}:{correction.line}: a second correction of {correction.field} of "
                f"{correction.about}"
            )
        others.append(correction)
    return out


def _subject(row: Correction) -> tuple[object, ...]:
    """Return what of a report a row corrects; of findings each by itself."""
    return (row.field, row.read) if row.field == FINDING else (row.field,)


def _correction(path: Path, line: int, row: Mapping[str, str | None]) -> Correction:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in ("report_id", "field", "reason", "reviewer", "date"):
        if not cells[name]:
            raise StoreError(f"{path}:{line}: {name} is empty; a correction says why, who and when")
    if not _DATE.fullmatch(cells["date"]):
        raise StoreError(f"{path}:{line}: date {cells['date']!r} is not like 2026-11-22")
    if wrong := _misfit(cells["field"], cells["report_id"], cells["value"]):
        raise StoreError(f"{path}:{line}: {wrong}")
    name = cells["field"]
    values: dict[str, int | float | str | None] = {}
    for column in ("read", "value"):
        try:
            values[column] = _value(name, cells[column])
        except ValueError:
            raise StoreError(
                f"{path}:{line}: {column} {cells[column]!r} is no number for {name}"
            ) from None
    return Correction(
        about=cells["report_id"],
        field=name,
        read=values["read"],
        value=values["value"],
        reason=cells["reason"],
        reviewer=cells["reviewer"],
        date=cells["date"],
        line=line,
    )


def _misfit(name: str, about: str, value: str) -> str:
    """Return why a row cannot be: its field, what it is about, or its value; empty where it can."""
    if not (name in _TEXT_FIELDS or name in _MAY_BE or _FIGURE.fullmatch(name)):
        return f"{name} is no figure and no field that may be corrected"
    if name in IDENTITY and not _ADDRESS.fullmatch(about):
        return f"{name} is corrected of a document: its source_url goes in the first column"
    if name == COLUMN and not _CODE.fullmatch(about):
        return f"{name} is corrected of a portal: its code goes in the first column"
    if name not in IDENTITY and name != COLUMN and not is_id(about):
        return f"{name} is corrected of a report: its report_id goes in the first column"
    if name in _MAY_BE and not _MAY_BE[name][0].fullmatch(value):
        return f"value {value!r} of {name} is not {_MAY_BE[name][1]}"
    return ""


def is_address(about: str) -> bool:
    """Tell whether a row is about a document."""
    return _ADDRESS.fullmatch(about) is not None


def is_id(about: str) -> bool:
    """Tell whether a row is about a report."""
    return not _ADDRESS.fullmatch(about) and not _CODE.fullmatch(about)


def _value(name: str, text: str) -> int | float | str | None:
    if name == "scope":
        return text or "unknown"
    if not text:
        return "" if name == COLUMN else None
    if name in _TEXT_FIELDS or (name in _MAY_BE and name != "report_year"):
        return text
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text) if "." in text else int(text)


def with_review(document: FetchedDocument, corrections: Corrections) -> FetchedDocument:
    """Return a document with what a person says of whose it is and of its column."""
    source = document.source
    of_portal = corrections.get(document.portal_code, ())
    rows = (
        *(row for row in corrections.get(source.url or "", ()) if row.field in IDENTITY),
        *(r for r in of_portal if r.field == COLUMN and r.value in source.found_via),
    )
    if not rows:
        return document
    return replace(document, source=replace(source, corrections=rows))


def not_followed(
    record: Record, corrections: Corrections, address: str
) -> Iterator[tuple[str, str]]:
    """Yield (problem code, evidence) of every row about whose report it is that a reading lacks.

    And of every one it followed that is gone.
    """
    told = {name: note["value"] for name, note in reviews_of(record, address).items()}
    rows = {row.field: row for row in corrections.get(address, ()) if row.field in IDENTITY}
    for name, row in rows.items():
        now = record.get(name)
        if told.get(name) == row.value:
            continue
        if name in told or now == row.read or (name == EVIDENCE and row.read in _names(now)):
            yield "dataset/correction-waiting", f"{name} is to be {row.value!r}"
        else:
            yield "dataset/stale-correction", _stale(row, now)
    for name in sorted(told.keys() - rows.keys()):
        yield "dataset/correction-waiting", f"nothing says any more that {name} is {told[name]!r}"


def _names(evidence: object) -> set[str]:
    """Return what rows call the pieces of a record's evidence."""
    pieces = evidence if isinstance(evidence, list) else ()
    return {f"{piece['where']}: {piece['for']}" for piece in pieces}


def _stale(row: Correction, now: object) -> str:
    return f"corrections.csv line {row.line}: {row.field} reads {now!r}, not {row.read!r}"


def apply(record: Record, rows: Iterable[Correction]) -> tuple[Record, list[str]]:
    """Return the record with its corrections, and why any of them was not applied.

    Figures that stand corrected lose the note that said how they were misread; the correction
    itself says what was read. Findings are not looked at (``accept``).
    """
    fields = sorted((row for row in rows if row.field != FINDING), key=lambda c: c.field)
    if not fields:
        return record, []
    out: dict[str, Any] = {
        **record,
        "values": dict(record["values"]),
        "cells": dict(record["cells"]),
    }
    said, stale = [], []
    for row in fields:
        name = row.field
        figures = out if name in out else out["values"]
        now = figures.get(name)
        if now != row.read:
            stale.append(_stale(row, now))
            continue
        figures[name] = row.value
        note = out["cells"].pop(name, None)
        said.append(row.to_json() | ({"cell": note} if note else {}))
    return _saying(out, said), stale


def accept(record: Record, rows: Iterable[Correction]) -> tuple[Record, list[Correction]]:
    """Return the record with its accepted findings marked, and the rows that found none."""
    wanted = {row.read: row for row in rows if row.field == FINDING}
    if not wanted:
        return record, []
    findings = [
        {**f, "accepted": wanted[name].reason} if (name := name_of(f)) in wanted else f
        for f in record["findings"]
    ]
    met = {name_of(f) for f in record["findings"]} & wanted.keys()
    said = [row.to_json() for name, row in sorted(wanted.items(), key=str) if name in met]
    left = [row for name, row in wanted.items() if name not in met]
    return _saying({**record, "findings": findings}, said), left


def name_of(finding: Mapping[str, Any]) -> str:
    """Return what a row calls a finding: its rule and where it is."""
    return f"{finding['rule']} {finding['where']}"


def _saying(record: Record, said: list[dict[str, Any]]) -> Record:
    return {**record, "corrections": [*record.get("corrections", ()), *said]} if said else record


def undo(record: Record) -> Record:
    """Return a line of the dataset as it was read, before corrections of the line itself.

    What a review said of whose report it is belongs to the reading and stays.
    """
    notes = record.get("corrections") or []
    ours = [note for note in notes if "url" not in note and note["field"] != COLUMN]
    if not ours:
        return record
    out: dict[str, Any] = {
        **record,
        "values": dict(record["values"]),
        "cells": dict(record["cells"]),
    }
    out["corrections"] = [note for note in notes if note not in ours]
    if not out["corrections"]:
        del out["corrections"]
    for note in ours:
        name = note["field"]
        if name == FINDING:
            continue
        (out if name in out else out["values"])[name] = note["read"]
        if "cell" in note:
            out["cells"][name] = note["cell"]
    out["findings"] = [
        {key: value for key, value in finding.items() if key != "accepted"}
        for finding in record["findings"]
    ]
    return out

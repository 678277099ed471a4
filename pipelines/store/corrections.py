"""Reviewed hand corrections: ``corrections.csv`` in the output folder.

For what no rule can settle, a person looked at the source. A row names the report, the field,
what was read, what the source really says, why, who reviewed it and when. The line says that it
was corrected. A correction holds only as long as the reading it corrects: once the field reads
otherwise, the row is stale, is not applied, and is told as a problem.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import StoreError
from pipelines.store.identity_of_content import Record

NAME = "corrections.csv"
COLUMNS = ("report_id", "field", "read", "value", "reason", "reviewer", "date")

_TEXT_FIELDS = frozenset(
    {"title", "published_on", "period_start", "period_end", "publisher_raw", "reissue"}
)
"""Fields beside the figures that may be corrected; identity may not, it would move the line."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_FIGURE = re.compile(r"(t2|t3|t4|a14|s08|f08)_\w+|info_processing_fee_yuan")


@dataclass(slots=True, frozen=True, kw_only=True)
class Correction:
    """One row; ``read`` and ``value`` are None where the cell is empty (no figure, no date)."""

    report_id: str
    field: str
    read: int | float | str | None
    value: int | float | str | None
    reason: str
    reviewer: str
    date: str
    line: int


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
        others = out.setdefault(correction.report_id, [])
        if any(o.field == correction.field for o in others):
            raise StoreError(
                f"{path}:{correction.line}: a second correction of {correction.field} of "
                f"{correction.report_id}"
            )
        others.append(correction)
    return out


def _correction(path: Path, line: int, row: Mapping[str, str | None]) -> Correction:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in ("report_id", "field", "reason", "reviewer", "date"):
        if not cells[name]:
            raise StoreError(f"{path}:{line}: {name} is empty; a correction says why, who and when")
    if not _DATE.fullmatch(cells["date"]):
        raise StoreError(f"{path}:{line}: date {cells['date']!r} is not like 2026-11-22")
    name = cells["field"]
    if not (name in _TEXT_FIELDS or _FIGURE.fullmatch(name)):
        raise StoreError(f"{path}:{line}: {name} is no figure and no field that may be corrected")
    values: dict[str, int | float | str | None] = {}
    for column in ("read", "value"):
        try:
            values[column] = _value(name, cells[column])
        except ValueError:
            raise StoreError(
                f"{path}:{line}: {column} {cells[column]!r} is no number for {name}"
            ) from None
    return Correction(
        report_id=cells["report_id"],
        field=name,
        read=values["read"],
        value=values["value"],
        reason=cells["reason"],
        reviewer=cells["reviewer"],
        date=cells["date"],
        line=line,
    )


def _value(name: str, text: str) -> int | float | str | None:
    if not text:
        return None
    if name in _TEXT_FIELDS:
        return text
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text) if "." in text else int(text)


def apply(record: Record, corrections: list[Correction]) -> tuple[Record, list[str]]:
    """Return the record with its corrections, and why any of them was not applied.

    Figures that stand corrected lose the note that said how they were misread; the correction
    itself says what was read.
    """
    if not corrections:
        return record, []
    out: dict[str, Any] = {
        **record,
        "values": dict(record["values"]),
        "cells": dict(record["cells"]),
    }
    said, stale = [], []
    for correction in sorted(corrections, key=lambda c: c.field):
        name = correction.field
        figures = out if name in out else out["values"]
        now = figures.get(name)
        if now != correction.read:
            stale.append(
                f"corrections.csv line {correction.line}: {name} reads {now!r}, "
                f"not {correction.read!r}"
            )
            continue
        figures[name] = correction.value
        out["cells"].pop(name, None)
        said.append(
            {
                "field": name,
                "read": correction.read,
                "value": correction.value,
                "reason": correction.reason,
                "date": correction.date,
            }
        )
    if said:
        out["corrections"] = said
    return out, stale


def undo(record: Record) -> Record:
    """Return a line of the dataset as it was read, before its corrections."""
    if "corrections" not in record:
        return record
    out: dict[str, Any] = {**record, "values": dict(record["values"])}
    for correction in out.pop("corrections"):
        name = correction["field"]
        (out if name in out else out["values"])[name] = correction["read"]
    return out

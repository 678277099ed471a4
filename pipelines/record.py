"""The record: one report as downstream people see it (contract.md section 5).

Stages set its fields; ``to_json`` is the only place that knows the order and shape of a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from pipelines.vocabulary.problems import Problem
from pipelines.vocabulary.rules import RULES, Cause, Severity

SCHEMA_VERSION = "1.4"

Number = int | float


@dataclass(slots=True, kw_only=True)
class CellNote:
    """What is said of a cell that is not plainly printed.

    ``status``: printed (and the unit assumed), blank, na_mark, absent, conflict, unreadable,
    joint (one figure for several), converted, ocr.
    ``derived`` is set only with its ``proof``: the rules that leave one possibility.
    """

    status: str
    raw: str | None = None
    reason: str | None = None
    derived: Number | None = None
    proof: tuple[str, ...] = ()
    candidates: tuple[Number, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the cell's object; unset facts are left out."""
        out: dict[str, Any] = {"status": self.status}
        if self.raw is not None:
            out["raw"] = self.raw
        if self.reason is not None:
            out["reason"] = self.reason
        if self.candidates:
            out["candidates"] = list(self.candidates)
        if self.derived is not None:
            out["derived"] = self.derived
            out["proof"] = list(self.proof)
        return out


@dataclass(slots=True, kw_only=True)
class Finding:
    """A rule that does not hold, or a thing worth knowing; one a cause. ``tell`` makes them."""

    rule: str
    where: str
    severity: Severity
    cause: Cause = "unknown"
    left: Number | str | None = None
    right: Number | str | None = None
    note: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the finding's object."""
        out: dict[str, Any] = {
            "rule": self.rule,
            "where": self.where,
            "severity": self.severity,
            "left": self.left,
            "right": self.right,
            "cause": self.cause,
        }
        if self.note:
            out["note"] = self.note
        return out


def tell(
    rule: str,
    where: str | Iterable[str],
    *,
    left: Number | str | None = None,
    right: Number | str | None = None,
    note: str | None = None,
    severity: Severity | None = None,
    cause: Cause | None = None,
) -> Finding:
    """Return what is found: every finding is made here, and is as grave as the table of rules says.

    Args:
        rule: one of ``pipelines.vocabulary.rules.RULES``.
        where: the field, row, column or table it is about, or several of them.
        left: what was found.
        right: what was to be expected.
        note: what the rule's meaning does not say of this case.
        severity: which of the rule's two, where it has two.
        cause: likewise.

    Raises:
        ValueError: no such rule, or not one of its severities and causes: a bug of the caller.
    """
    known = RULES.get(rule)
    if known is None:
        raise ValueError(f"unknown rule {rule!r}")
    severity, cause = severity or known.severity, cause or known.cause
    if severity not in known.severities or cause not in known.causes:
        raise ValueError(f"{rule} is never {severity} with cause {cause}")
    return Finding(
        rule=rule,
        where=where if isinstance(where, str) else ",".join(where),
        severity=severity,
        cause=cause,
        left=left,
        right=right,
        note=note,
    )


@dataclass(slots=True, kw_only=True)
class Figure:
    """A figure stated in prose, with its sentence (formats.md 8.7)."""

    field: str
    value: Number
    sentence: str
    approximate: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the narrative entry."""
        out: dict[str, Any] = {
            "field": self.field,
            "value": self.value,
            "sentence": self.sentence,
        }
        if self.approximate:
            out["approximate"] = True
        return out


@dataclass(slots=True, frozen=True, kw_only=True)
class Evidence:
    """One piece of what tells whose report it is: what is printed, where, whom it speaks for."""

    what: str
    where: str
    whom: str
    weight: int

    def to_json(self) -> dict[str, str | int]:
        """Return it as the record has it."""
        return {"what": self.what, "where": self.where, "for": self.whom, "weight": self.weight}

    @property
    def name(self) -> str:
        """How a correction names it."""
        return f"{self.where}: {self.whom}"


@dataclass(kw_only=True)  # no slots of its own: a record's own are then all its fields
class Naming:
    """Whose report it is and which: the fields that identify it, for all who set or write them."""

    adcode: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    admin_level: str | None = None
    publisher_raw: str | None = None
    publisher_norm: str | None = None
    publisher_type: str = "unknown"
    scope: str = "unknown"
    scope_evidence: str | None = None
    publisher_evidence: tuple[Evidence, ...] = ()
    """All that speaks for an organ or against it, heaviest first."""
    report_year: int | None = None
    title: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    published_on: str | None = None
    reissue: str | None = None
    """The word that says so (更正, 修订, 重新发布), or None."""
    source_kind: str = "other"

    def take(self, other: Naming) -> None:
        """Take over everything that another reading says of the same report."""
        for each in fields(Naming):
            setattr(self, each.name, getattr(other, each.name))

    def naming_json(self) -> dict[str, Any]:
        """Return the identifying part of a line, in its order; what the source is comes later."""
        names = (each.name for each in fields(Naming) if each.name != "source_kind")
        out = {name: getattr(self, name) for name in names}
        return out | {"publisher_evidence": [each.to_json() for each in self.publisher_evidence]}


@dataclass(slots=True, kw_only=True)
class Report(Naming):
    """One document read as far as it could be read."""

    # identity
    report_id: str | None = None
    former_ids: tuple[str, ...] = ()
    is_report: bool = True
    reasons: list[str] = field(default_factory=list)
    # content
    format_version: str = "unknown"
    table_versions: dict[str, str] = field(default_factory=dict)
    carrier: str = "text"
    tables_present: list[str] = field(default_factory=list)
    values: dict[str, Number | None] = field(default_factory=dict)
    cells: dict[str, CellNote] = field(default_factory=dict)
    narrative: list[Figure] = field(default_factory=list)
    info_processing_fee_yuan: Number | None = None
    sections: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    provenance: dict[str, dict[str, str]] = field(default_factory=dict)
    # source
    source_url: str | None = None
    final_url: str | None = None
    fetched_at: str | None = None
    content_type: str | None = None
    sha256: str | None = None
    archive: dict[str, str] | None = None
    rendered: bool = False
    found_via: tuple[str, ...] = ()
    editions: list[dict[str, Any]] = field(default_factory=list)
    revision: int = 0
    supersedes: str | None = None
    corrections: list[dict[str, Any]] = field(default_factory=list)
    """What a person's review changed in how it was read (corrections.csv)."""
    # not part of the line
    problems: list[Problem] = field(default_factory=list)
    portal_code: str | None = None
    """The portal this was found on: routes problems, not part of the record."""

    def to_json(self) -> dict[str, Any]:
        """Return the line of the dataset, or of ``scrapy extract`` for what is not a report."""
        source = {
            "source_url": self.source_url,
            "source_kind": self.source_kind,
            "final_url": self.final_url,
            "fetched_at": self.fetched_at,
            "content_type": self.content_type,
            "sha256": self.sha256,
            "archive": self.archive,
            "rendered": self.rendered,
            "found_via": list(self.found_via),
        }
        if not self.is_report:
            return {
                "schema_version": SCHEMA_VERSION,
                "is_report": False,
                "reasons": self.reasons,
                "title": self.title,
                "carrier": self.carrier,
                **source,
            }
        return {
            "report_id": self.report_id,
            "former_ids": list(self.former_ids),
            "schema_version": SCHEMA_VERSION,
            "is_report": True,
            **self.naming_json(),
            "format_version": self.format_version,
            "table_versions": dict(self.table_versions),
            "carrier": self.carrier,
            "tables_present": list(self.tables_present),
            "values": dict(self.values),
            "cells": {k: v.to_json() for k, v in self.cells.items()},
            "narrative": [f.to_json() for f in self.narrative],
            "info_processing_fee_yuan": self.info_processing_fee_yuan,
            "sections": dict(self.sections),
            "findings": [f.to_json() for f in self.findings],
            **source,
            "provenance": self.provenance,
            "editions": self.editions,
            "revision": self.revision,
            "supersedes": self.supersedes,
            **({"corrections": self.corrections} if self.corrections else {}),
        }

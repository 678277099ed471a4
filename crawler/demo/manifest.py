"""What a crawl of the demo must find, and the comparison with what it found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.demo.portals import PORTALS, Portal
from crawler.demo.tables import blank_for_zero
from crawler.demo.world import Number, truth

ASKED_KINDS = ("whole", "office")
"""What a crawl without ``-a kinds=`` asks for."""

_PUBLISHER_TYPES = {
    "whole": "government",
    "office": "government_office",
    "department": "department",
}


@dataclass(slots=True, frozen=True, kw_only=True)
class ExpectedReport:
    """One report that must be in the dataset exactly once."""

    code: str
    kind: str
    year: int
    title: str
    publisher: str
    values: Mapping[str, Number]
    """The truth of every field of the report's forms."""
    printed: Mapping[str, Number | None]
    """The same as the page prints it: None where it leaves a zero's cell empty."""

    @property
    def key(self) -> tuple[str, int, str]:
        """What the dataset tells reports apart by: division, year, type of publisher."""
        return self.code, self.year, _PUBLISHER_TYPES[self.kind]


@dataclass(slots=True, frozen=True, kw_only=True)
class ExpectedPortal:
    """One portal's outcome and reports."""

    portal: Portal
    outcome: str
    reports: tuple[ExpectedReport, ...]


def expected(
    portals: Sequence[Portal] = PORTALS, kinds: Sequence[str] = ASKED_KINDS
) -> tuple[ExpectedPortal, ...]:
    """Return what a crawl must end with: of a corrected report the correction, of twins one."""
    out = []
    for portal in portals:
        reports = []
        for entry in portal.rows() if portal.outcome == "ok" else ():
            if entry.report is None or entry.kind not in kinds:
                continue
            values = truth(entry.report)
            printed: dict[str, Number | None] = dict(values)
            if entry.look == "blank":
                printed = {k: v if blank_for_zero(k, v) else None for k, v in values.items()}
            reports.append(
                ExpectedReport(
                    code=portal.code,
                    kind=entry.kind,
                    year=entry.report.year,
                    title=entry.title,
                    publisher=entry.report.organ.name,
                    values=values,
                    printed=printed,
                )
            )
        out.append(ExpectedPortal(portal=portal, outcome=portal.outcome, reports=tuple(reports)))
    return tuple(out)


# -- comparison ------------------------------------------------------------------------------


@dataclass(slots=True)
class PortalResult:
    """What a crawl brought from one portal, beside what it should have brought."""

    expected: ExpectedPortal
    outcome: str
    right: list[ExpectedReport] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """In plain words; empty where all is as it must be."""
    excused: str = ""
    """Why the portal could not be judged (no Chromium on this machine), or nothing."""


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _wrong_figures(
    wanted: ExpectedReport, record: Mapping[str, Any], *, recognised: bool
) -> list[str]:
    values, cells = record.get("values") or {}, record.get("cells") or {}
    out = []
    for name, number in wanted.printed.items():
        got = values.get(name)
        # Recognition may say that it could not read a figure; it may not say another one.
        if got != number and not (recognised and got is None):
            out.append(f"{name}: {got} instead of {number}")
        proved = (cells.get(name) or {}).get("derived")
        if proved is not None and proved != wanted.values[name]:
            out.append(f"{name}: derived {proved} instead of {wanted.values[name]}")
    out += [
        f"{name}: {got}, which the report does not print"
        for name, got in values.items()
        if got is not None and name not in wanted.printed
    ]
    return out


def outcome_of(code: str, problems: Sequence[Mapping[str, Any]]) -> str:
    """Return a portal's outcome as the problems of a run tell it; ``ok`` where none does."""
    for problem in problems:
        room, _, name = str(problem.get("code", "")).partition("/")
        if problem.get("portal") == code and room == "portal":
            return name.replace("-", "_")
    return "ok"


def _needs_tool(code: str, problems: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a portal's files were left unread for want of an optional part."""
    return any(
        p.get("portal") == code and "document/needs-tool" in f"{p.get('code')} {p.get('evidence')}"
        for p in problems
    )


def compare(
    output: Path, wanted: Sequence[ExpectedPortal] | None = None
) -> tuple[PortalResult, ...]:
    """Compare an output folder with the truth, portal by portal."""
    wanted = expected() if wanted is None else wanted
    records = [r for path in sorted(output.glob("reports/*.jsonl")) for r in _lines(path)]
    problems = _lines(output / "problems.jsonl")
    results = []
    for portal in wanted:
        code = portal.portal.code
        result = PortalResult(portal, outcome_of(code, problems))
        no_browser = any(
            p.get("code") == "fetch/no-browser" and p.get("portal") == code for p in problems
        )
        if portal.portal.needs_browser and no_browser:
            result.excused = "its pages need a browser, and no Chromium was found on this machine"
        elif portal.portal.recognised and _needs_tool(code, problems):
            result.excused = "its reports are pictures, and the extra ocr is not installed"
        elif result.outcome != portal.outcome:
            result.faults.append(f"ended {result.outcome}, should have ended {portal.outcome}")
        own = [r for r in records if r.get("adcode") == code]
        keys = [(r["adcode"], r["report_year"], r["publisher_type"]) for r in own]
        for report in portal.reports:
            hits = [r for r, key in zip(own, keys, strict=True) if key == report.key]
            if len(hits) != 1:
                if not result.excused:
                    result.faults.append(f"{report.title}: found {len(hits)} times")
                continue
            if wrong := _wrong_figures(report, hits[0], recognised=portal.portal.recognised):
                more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
                result.faults.append(f"{report.title}: {'; '.join(wrong[:3])}{more}")
            else:
                result.right.append(report)
        known = {report.key for report in portal.reports}
        result.faults += [
            f"not expected in the dataset: {r.get('title')}"
            for r, key in zip(own, keys, strict=True)
            if key not in known
        ]
        results.append(result)
    codes = {portal.portal.code for portal in wanted}
    strays = [str(r.get("title")) for r in records if r.get("adcode") not in codes]
    if strays and results:
        results[0].faults += [f"belongs to no demo portal: {title}" for title in strays]
    return tuple(results)

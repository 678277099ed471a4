"""Which read reports belong to what was asked for; pure, so it can be tried without a crawl."""

from __future__ import annotations

from collections.abc import Collection

from pipelines.record import Report
from pipelines.registry import load_registry
from pipelines.vocabulary.problems import Problem

_KIND_OF_TYPE = {
    "government": "whole",
    "government_office": "office",
    "department": "department",
    "public_institution": "department",
    "enterprise": "department",
    "township_government": "township",
    "subdistrict_office": "township",
    "zone_committee": "zone",
}


def kind_of(report: Report) -> str | None:
    """Return the kind a report is asked for by (-a kinds=), None where nothing tells.

    A report an office publishes for the whole government (scope ``aggregate``) is ``whole``.
    """
    return kind_of_publisher(report.publisher_type, report.scope)


def kind_of_publisher(publisher_type: str, scope: str | None) -> str | None:
    """Return the kind of organ by a record's own words for it."""
    kind = _KIND_OF_TYPE.get(publisher_type)
    if scope == "aggregate" and kind in {"office", None}:
        return "whole"
    return kind


def identity_problem(report: Report) -> Problem | None:
    """Return why a report cannot be filed: no year, no division, no identity at all."""
    if report.report_year is None:
        return _problem("report/year-unknown", report, f"title: {report.title!r}")
    if report.adcode is None:
        seen = report.publisher_raw or report.title
        return _problem("report/publisher-unknown", report, f"publisher: {seen!r}")
    if report.report_id is None:
        return _problem("report/stage-failed", report, "year and division are known, no report_id")
    return None


def unwanted(
    report: Report,
    *,
    portal_code: str,
    kinds: Collection[str] | None,
    years: Collection[int] | None,
) -> Problem | None:
    """Return why a report is not one that was asked for, None where it is.

    ``kinds`` and ``years`` of None mean all. A report whose kind nothing tells is kept: its
    record says ``unknown``, and dropping it would lose it.
    """
    adcode, home = (report.adcode or "")[:6], portal_code[:6]
    # A report carries the code its division had in its year: 横县's of 2018 lies on the portal of
    # 横州市, and 江干区's on that of 上城区.
    if adcode and home.isdigit() and not load_registry().lives_on_in(adcode, home):
        return _problem(
            "report/upper-level",
            report,
            f"division {report.adcode} ({report.publisher_norm or report.title}) "
            f"on the portal of {portal_code}",
        )
    kind = kind_of(report)
    if kinds is not None and kind is not None and kind not in kinds:
        return _problem(
            "report/other-organ",
            report,
            f"{kind}: {report.publisher_norm or report.publisher_raw or report.title}",
        )
    if years is not None and report.report_year not in years:
        return _problem("report/other-year", report, f"year {report.report_year}")
    return None


def _problem(code: str, report: Report, evidence: str) -> Problem:
    return Problem(
        code=code, evidence=evidence, stage="choose", url=report.source_url, title=report.title
    )

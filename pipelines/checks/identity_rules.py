"""Rules on whose report it is, of which year, and when and where it was published (RM-*)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit

from pipelines.record import Finding, Report, tell

_FIRST_YEAR = 2004  # 上海 and 广州 published their first reports about 2004
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*年?度?)(?!\d)")
# 条例 art. 49 as revised in 2019: departments by 31 January, governments by 31 March; before that
# everybody by 31 March. Townships follow local rules; 31 March is the outer limit.
_JANUARY = frozenset({"department", "government_office"})


def _day(text: str | None) -> date | None:
    """Return an ISO date, or None where there is none or it cannot be read."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def check_year(report: Report) -> Iterator[Finding]:
    """RM-YEAR: the upper bound needs the day of fetching; no clock is read here."""
    year, fetched = report.report_year, _day(report.fetched_at)
    if year is None:
        return
    if year < _FIRST_YEAR or (fetched is not None and year > fetched.year - 1):
        bound = _FIRST_YEAR if year < _FIRST_YEAR or fetched is None else fetched.year - 1
        yield tell("RM-YEAR", "report_year", left=year, right=bound)


def check_title_year(report: Report) -> Iterator[Finding]:
    """RM-YEAR-TITLE: only where the title names one year."""
    years = {int(y) for y in _TITLE_YEAR.findall(report.title or "")}
    end = _day(report.period_end)
    if len(years) == 1 and end is not None and end.year not in years:
        yield tell("RM-YEAR-TITLE", "title", left=years.pop(), right=end.year)


def check_period(report: Report) -> Iterator[Finding]:
    """RM-PERIOD: damaged period sentences are common (1月1日至12月21日) and cost nothing."""
    start, end, year = _day(report.period_start), _day(report.period_end), report.report_year
    if start is None or end is None or year is None:
        return
    if (start, end) != (date(year, 1, 1), date(year, 12, 31)):
        yield tell("RM-PERIOD", "period", left=f"{start}/{end}", right=f"{year}-01-01/{year}-12-31")


def check_published(report: Report) -> Iterator[Finding]:
    """RM-EARLY and RM-LATE; dates of publication are unreliable, so late is a note only."""
    published, year = _day(report.published_on), report.report_year
    if published is None or year is None:
        return
    period_end = _day(report.period_end)
    ended = period_end if period_end is not None and period_end.year == year else date(year, 12, 31)
    if published < ended:
        yield tell("RM-EARLY", "published_on", left=str(published), right=str(ended))
        return
    january = year >= 2019 and report.publisher_type in _JANUARY
    due = date(year + 1, 1, 31) if january else date(year + 1, 3, 31)
    if published > due:
        yield tell("RM-LATE", "published_on", left=str(published), right=str(due))


def _versions_of(year: int) -> tuple[str, ...]:
    """Return the forms a report about ``year`` may use (formats.md, table of eras)."""
    if year >= 2021:
        return ("v2021",)
    if year >= 2019:
        return ("v2019",)
    if year >= 2014:
        # The national annex was new; provinces went on with their own beside it.
        return ("v2014_annex", "v2008_local_annex", "v2008_free")
    return ("v2008_local_annex", "v2008_free")


def check_version(report: Report) -> Iterator[Finding]:
    """RM-VERSION-YEAR: by table, for a report may mix two forms; table four is alike in both."""
    year = report.report_year
    if year is None:
        return
    due = _versions_of(year)
    versions = {t: v for t, v in report.table_versions.items() if t != "t4"}
    if not versions and report.format_version not in {"unknown", "mixed"}:
        versions = {"format_version": report.format_version}
    wrong = sorted((table, version) for table, version in versions.items() if version not in due)
    if wrong:
        yield tell(
            "RM-VERSION-YEAR",
            (table for table, _ in wrong),
            left=",".join(sorted({version for _, version in wrong})),
            right=due[0],
        )


def check_host(report: Report) -> Iterator[Finding]:
    """RM-HOST: outside gov.cn someone must have decided what kind of source it is."""
    host = (urlsplit(report.final_url or report.source_url or "").hostname or "").lower()
    inside = host == "gov.cn" or host.endswith(".gov.cn")
    if host and not inside and report.source_kind == "other":
        yield tell("RM-HOST", "source_kind", left=host, right="gov.cn")


_CHECKS: tuple[Callable[[Report], Iterator[Finding]], ...] = (
    check_year,
    check_title_year,
    check_period,
    check_published,
    check_version,
    check_host,
)


def check_identity(report: Report) -> list[Finding]:
    """Return the findings of every RM rule of one report, in a fixed order."""
    return [finding for check in _CHECKS for finding in check(report)]

"""When is a report that is already held worth another look? Pure: dates in, yes or no out.

Reports appear from January to March and are corrected soon after, if at all; one that has stood
for years hardly changes. With ``-s RECHECK=always`` every held address is asked at every run all
the same, conditionally, which costs a portal one 304 a report.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SEASON = (1, 2, 3, 4)
"""Months in which reports are due (31 March) or late, and most corrections are made."""


def interval(report_year: int | None, today: datetime) -> timedelta:
    """Return how long a report of this year may stand before it is looked at again.

    >>> interval(2025, datetime(2026, 2, 1, tzinfo=UTC)).days  # in its own season
    3
    >>> interval(2025, datetime(2026, 9, 1, tzinfo=UTC)).days
    30
    >>> interval(2019, datetime(2026, 2, 1, tzinfo=UTC)).days
    180
    """
    season = today.month in SEASON
    age = today.year - 1 - (report_year if report_year is not None else today.year - 1)
    if age <= 0:
        return timedelta(days=3 if season else 30)
    if age <= 2:
        return timedelta(days=14 if season else 90)
    return timedelta(days=180)


def due(
    checked_at: str | None, report_year: int | None, today: datetime, *, times: int = 1
) -> bool:
    """Tell whether a held report should be asked again.

    Args:
        checked_at: when its address was last fetched or answered 304 (ISO 8601), None if never.
        report_year: the year it is about, None where that is unknown.
        today: the present, with its time zone.
        times: how many intervals may go by.

    >>> due("2026-01-30T00:00:00Z", 2025, datetime(2026, 2, 1, tzinfo=UTC))
    False
    """
    if not checked_at:
        return True
    try:
        last = datetime.fromisoformat(checked_at)
    except ValueError:
        return True
    if last.tzinfo is None:
        last = last.replace(tzinfo=UTC)
    # A clock that was wrong must not put a report off for ever.
    return last > today or today - last >= times * interval(report_year, today)

"""Dates as reports print them: the period the figures are about, the day of publication.

The period sentence is often damaged (``202111日到1231日``, ``2025  1  1  日至 2025  12  31  日``,
``1月1日至12月21日``); it is read as far as it can be and never a reason to fail a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.reading.chinese_numbers import chinese_numeral
from pipelines.reading.prose import view

_MONTH = r"(1[0-2]|0?[1-9])"
_DAY = r"(3[01]|[12]\d|0?[1-9])"
_SPACED_YEAR = r"((?:19|20)\d\d)"
# 年 and 月 may be lost, blanks may stand anywhere; 日 or the sign between the dates must be there.
_PERIOD = re.compile(
    rf"{_SPACED_YEAR}\s*[年./-]?\s*{_MONTH}\s*[月./-]?\s*{_DAY}\s*日?\s*(?:[0零]时)?\s*(?:起|开始)?\s*[,,]?\s*"
    rf"(?:至|到|止|—+|-+|~+|―+|–+)\s*(?:{_SPACED_YEAR}\s*[年./-]?\s*|(?:当年|同年|本年)\s*)?"
    rf"{_MONTH}\s*[月./-]?\s*{_DAY}\s*日?"
)
_ABOUT = re.compile(r"统计|数据|期限|时限|所列|周期|区间|时间段|起止|时间跨度|报告期")
# One class of characters leads both kinds: the engine then skips to those.
_CHINESE = re.compile(
    r"[一二三四五六七八九十](?:(?<=[二一])[〇○零0一二三四五六七八九]{3}(?=年)"
    r"|[一二三四五六七八九十]{0,2}(?=[月日]))"
)
_DATE = re.compile(
    rf"{_SPACED_YEAR}\s*[-./年]\s*{_MONTH}\s*[-./月]\s*{_DAY}(?!\d)|(?<!\d){_SPACED_YEAR}"
    r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"
)
_SEARCHED = 30_000
"""Characters looked at: the sentence opens the report, but page chrome may stand before it."""


@dataclass(slots=True, frozen=True)
class Period:
    """The period a report says its figures are about, as printed.

    ``start`` and ``end`` are ISO dates, or None where the day does not exist; ``year`` is the
    year of the end, None where the period spans more than one year.
    """

    start: str | None
    end: str | None
    year: int | None
    raw: str


def read_period(text: str) -> Period | None:
    """Return the period a text states, or None.

    Where several are stated, the one beside words as 统计期限 counts. Without such words only a
    period that opens on 1 January counts: 5月10日至12日 is an event.

    >>> read_period("数据统计期限为 202111日到1231日").end
    '2021-12-31'
    """
    seen = _arabic(view(text[:_SEARCHED]))
    found = list(_PERIOD.finditer(seen))
    named = [m for m in found if _ABOUT.search(_clause(seen, m))]
    whole = [m for m in found if int(m[2]) == int(m[3]) == 1]
    both = [m for m in whole if m in named]
    match = next(iter(both or named or whole), None)
    if match is None:
        return None
    year, month, day, year_end, month_end, day_end = match.groups()
    last = int(year_end or year)
    return Period(
        start=iso(int(year), int(month), int(day)),
        end=iso(last, int(month_end), int(day_end)),
        year=last if last == int(year) else None,
        raw=match.group(),
    )


def _clause(text: str, match: re.Match[str]) -> str:
    """Return the words around a match that are of its own sentence."""
    before = re.split("[。；;]", text[max(0, match.start() - 40) : match.start()])[-1]
    return before + re.split("[。；;]", text[match.end() : match.end() + 15])[0]


def _arabic(text: str) -> str:
    """Return text with years, months and days in Chinese characters turned into digits."""

    def number(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) == 4:  # a year, digit by digit
            return "".join(
                str("零一二三四五六七八九".find(c)) if c not in "〇○0" else "0" for c in word
            )
        value = chinese_numeral(word)
        return str(value) if value is not None else word

    return _CHINESE.sub(number, text)


def iso(year: int, month: int, day: int) -> str | None:
    """Return an ISO date, or None where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def dates_in(text: str) -> Iterator[str]:
    """Yield every full date of a text as ISO: 2024-01-30 16:13, 2024年1月30日, 20240130."""
    for match in _DATE.finditer(_arabic(view(text))):
        parts = [int(g) for g in match.groups() if g]
        if (found := iso(*parts)) is not None:
            yield found


def first_date(text: str | None) -> str | None:
    """Return the first full date of a text, or None."""
    return next(dates_in(text), None) if text else None

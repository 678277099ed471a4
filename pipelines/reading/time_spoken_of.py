"""Which time a place of a sentence speaks of: the report's own year, or another time.

Another time is another year, a part of a year (上半年, 第四季度, 5月, 1至10月), or many years
together (以来, 历年). The last time named before a place counts, one named in brackets only within them;
a year in a document's title is none.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TypeVar

T = TypeVar("T")

_NUMERAL = "[两二三四五六七八九十2-9]"
_TIME = re.compile(
    r"《[^》]{0,200}》"
    rf"|(?P<many>(?<!今年)(?<!一年)以来|历年|至今|截止目前累计|(?<!第){_NUMERAL}年(?:来|间)|近{_NUMERAL}年"
    r"|20\d\d ?年?(?:至|到|-|—|~|、|和)20\d\d ?年)"
    # 2021年结转 and 结转至2023年 are this year's business.
    r"|(?<![\d至到入])(?P<year>20\d\d) ?年(?!度?(?:结转|转入|转来|遗留|延续|顺延))(?:度?全年|全年度|以来)?"
    # 较上年, 上年结转 and 上年度相比 lead to no figure of that year.
    r"|(?P<last>(?<![较比同])(?:去年|前年|上一?年度?|前一年度?)(?!度?(?:结转|转|遗留|延续|顺延)|[底末]|相比|的?基础))"
    r"|(?<![转至到入])(?P<next>明年|来年)"
    # 1月至12月 says nothing more than the year does, 1至10月 does.
    r"|(?<!\d)(?P<from>1?\d)(?:月(?:[1-3]?\d日)?)?(?:至|到|-|—|~)(?P<to>1?\d)月(?:[1-3]?\d日)?"
    r"|(?P<part>[上下]半年|前[两二三]个?季度|第?[一二三四1-4]季度|(?<![\d至到~—-])1?\d月份?(?![\d日底末至到~—-]))"
    r"|(?P<this>今年|本年|全年|年内)"
)
THIS_YEAR = re.compile(r"全年|本年度?|年内|当年")
_BRACKET = re.compile(r"\([^()]{0,200}\)")
_UP_TO_NOW = re.compile(r"截[至止][^。;]{0,30}累计[^,。;]{0,30}$")


def within_brackets(tight: str, ends: list[int], marks: list[T]) -> tuple[list[int], list[T]]:
    """Return marks of a sentence, in order, with what held before a bracket restored behind it.

    Args:
        tight: the sentence's view.
        ends: where each mark begins to hold, rising, the first at 0.
        marks: what begins to hold there.
    """
    for bracket in _BRACKET.finditer(tight) if "(" in tight and len(ends) > 1 else ():
        opened, closed = bisect_right(ends, bracket.start()), bisect_right(ends, bracket.end())
        if closed > opened:
            ends = [*ends[:closed], bracket.end(), *ends[closed:]]
            marks = [*marks[:closed], marks[opened - 1], *marks[closed:]]
    return ends, marks


class Times:
    """The times a sentence names, in order.

    Args:
        tight: the sentence's view, as ``prose.Sentence`` has it.
        year: the report's year; None where it is not known: then named years say nothing.
    """

    def __init__(self, tight: str, year: int | None) -> None:
        self._tight, self._year = tight, year

    @cached_property
    def _marks(self) -> tuple[list[int], list[bool]]:
        """Where each time begins to hold, and whether it is the report's; most are not asked."""
        ends, ours = [0], [True]
        for found in _TIME.finditer(self._tight):
            named = found["year"]
            if found.lastgroup is None or (named and self._year is None):
                continue
            if found["to"] and self._is_whole(int(found["from"]), int(found["to"])):
                continue
            ends.append(found.end())
            ours.append(int(named) == self._year if named else found.lastgroup == "this")
        return within_brackets(self._tight, ends, ours)

    def _is_whole(self, first: int, last: int) -> bool:
        """Whether months are those of a report: all, or of 2008 those since the Regulation."""
        return (first, last) == (1, 12) or (first, last, self._year) == (5, 12, 2008)

    def ours(self, place: int) -> bool:
        """Return whether what stands at ``place`` is said of the report's year."""
        before = self._tight[max(0, place - 90) : place]
        if _UP_TO_NOW.search(before) and not THIS_YEAR.search(before):
            return False
        ends, ours = self._marks
        return ours[bisect_right(ends, place) - 1]

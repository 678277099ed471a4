"""Which time a place of a sentence speaks of: the report's own year, or another time.

Another time is another year, a part of a year (上半年, 第四季度, 5月), or many years together
(以来, 历年). The last time named before a place counts; a year in a document's title is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_NUMERAL = "[两二三四五六七八九十2-9]"
_TIME = re.compile(
    r"《[^》]{0,200}》"
    rf"|(?P<many>(?<!今年)(?<!一年)以来|历年|至今|截止目前累计|(?<!第){_NUMERAL}年(?:来|间)|近{_NUMERAL}年"
    r"|20\d\d ?年?(?:至|到|-|—|~|、|和)20\d\d ?年)"
    r"|(?<!\d)(?P<year>20\d\d) ?年(?:度?全年|全年度|以来)?"
    # 较上年, 上年结转 and 上年度相比 lead to no figure of that year.
    r"|(?P<last>(?<![较比同])(?:去年|前年|上一?年度?|前一年度?)(?!度?(?:结转|转|遗留|延续|顺延)|[底末]|相比|的?基础))"
    r"|(?P<part>[上下]半年|第?[一二三四1-4]季度|(?<![\d至到~—-])1?\d月份?(?![\d日底末至到~—-]))"
    r"|(?P<this>今年|本年|全年|年内)"
)
_THIS_YEAR = re.compile(r"全年|本年度?|年内|当年")
_UP_TO_NOW = re.compile(r"截[至止][^。;]{0,30}累计[^,。;]{0,30}$")


class Times:
    """The times a sentence names, in order.

    Args:
        tight: the sentence's view, as ``prose.Sentence`` has it.
        year: the report's year; None where it is not known: then named years say nothing.
    """

    def __init__(self, tight: str, year: int | None) -> None:
        self._tight = tight
        self._ends, self._ours = [0], [True]
        for found in _TIME.finditer(tight):
            named = found["year"]
            if found.lastgroup is None or (named and year is None):
                continue
            self._ends.append(found.end())
            self._ours.append(int(named) == year if named else found.lastgroup == "this")

    def ours(self, place: int) -> bool:
        """Return whether what stands at ``place`` is said of the report's year."""
        before = self._tight[max(0, place - 90) : place]
        if _UP_TO_NOW.search(before) and not _THIS_YEAR.search(before):
            return False
        return self._ours[bisect_right(self._ends, place) - 1]

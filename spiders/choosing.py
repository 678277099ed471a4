"""Which rows of a list are fetched: reports, of the kinds and years that were asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.reading.organs import (
    is_unlisted_government,
    kind_of_organ,
    kind_of_title,
    looks_like_report_title,
    region_names,
)
from pipelines.reading.other_titles import is_look_alike
from pipelines.reading.titles import parse_title
from pipelines.registry import Portal, Registry
from pipelines.vocabulary.items import ReportLink
from pipelines.vocabulary.report_titles import may_be_cut

_YEAR = re.compile(r"(?<!\d)(20[012]\d)(?!\d)")
_REST = "年政府信息公开工作年度报告"
"""What a list has cut off behind the year."""
_COLUMN_OF = re.compile(
    r"\W*(?:(?:(?:政府|政务)?信息公开|公开)(?:工作)?(?:年报|年度报告)?|(?:工作)?(?:年报|年度报告))"
    r"(?:专栏|列表)?\W*$|^\W+|\W+$"
)
"""What a link to an organ's column says beside the organ's name."""
_OFFICE_OF = re.compile(r"办(?:公[室厅])?$")
_GOVERNMENT = re.compile(r".(?:人民政府|政府)(?:本级)?$|^(?:政府|[市县区州旗盟])本级$")
_OTHER_ORGANS = re.compile(r"部门|乡镇|镇街|街道|镇乡|^县[(（]?市|^区县|^县区")


@dataclass(slots=True, frozen=True, kw_only=True)
class Wanted:
    """What a run asked for, as far as a title can answer it.

    ``names`` and ``upper``: what the portal's own place is called, and the places above it.
    """

    kinds: frozenset[str]
    years: frozenset[int] | None
    names: tuple[str, ...] = ()
    upper: tuple[str, ...] = ()
    reviewed: frozenset[str] = frozenset()
    """Addresses of which a person's review says whose report they hold, whatever their titles."""

    @classmethod
    def of(
        cls,
        portal: Portal,
        registry: Registry,
        kinds: frozenset[str],
        years: frozenset[int] | None,
        reviewed: frozenset[str] = frozenset(),
    ) -> Wanted:
        """Return what was asked for, of one portal."""
        names, upper = region_names(portal, registry)
        return cls(kinds=kinds, years=years, names=names, upper=upper, reviewed=reviewed)

    def choose(self, links: Iterable[ReportLink]) -> list[ReportLink]:
        """Return the rows to fetch, in order; a title that leaves it open is fetched."""
        return [link for link in links if not self.why_not(link)]

    def why_not(self, link: ReportLink) -> str:
        """Return why a row is left out, one of the ledger's fates; empty where it is fetched."""
        if link.url in self.reviewed:
            return ""
        title = link.title
        cut = may_be_cut(title) and not is_look_alike(parse_title(title))
        if not link.open and not cut and not looks_like_report_title(title, in_column=True):
            return "other_publication" if is_look_alike(parse_title(title)) else "no_report"
        if self.years is not None:
            years = {int(y) for y in _YEAR.findall(title)}
            if len(years) == 1 and not years & self.years:
                return "other_year"
        year = _YEAR.search(title) if cut else None
        said = f"{title[: year.end()]}{_REST}" if year else title
        kind = kind_of_title(said, self.names, self.upper)
        # "other" is what a title alone cannot tell: the report itself will.
        return "" if link.open or kind == "other" or kind in self.kinds else "other_organ"

    def none_of(self, titles: Iterable[str]) -> bool:
        """Tell whether a list has reports, and every one of them of an organ not asked for.

        A title that the list cuts may be one that was.
        """
        titles = list(titles)
        if any(map(may_be_cut, titles)):
            return False
        reports = [t for t in titles if looks_like_report_title(t, in_column=True)]
        kinds = {kind_of_title(t, self.names, self.upper) for t in reports}
        return bool(kinds) and not kinds & (self.kinds | {"other"})

    def folder(self, title: str) -> bool:
        """Tell whether a year folder or organ tab may hold wanted rows.

        A folder's year is when its reports were published or what they are about: both count.
        """
        found = _YEAR.search(title)
        if found and self.years is not None:
            year = int(found.group(1))
            return bool({year, year - 1} & self.years)
        if not found and _OTHER_ORGANS.search(title):
            return bool(self.kinds & {"department", "township", "zone"})
        return bool(found) or not self._of_another_place(title)

    def _of_another_place(self, name: str) -> bool:
        """Tell whether a name is that of another place's government, or of its office.

        On a city's platform the counties stand beside each other. A name that begins as ours does
        may be what our place was called: 新渡县 before it became 新渡区.
        """
        organ = _COLUMN_OF.sub("", name)
        government = _OFFICE_OF.sub("", organ)
        place = is_unlisted_government(government)
        if not place or any(government.startswith(own) for own in self.names):
            return False
        return kind_of_organ(organ, self.names, self.upper) in {"other", "upper"}

    def may_hold_office(self, title: str) -> bool:
        """Tell whether a folder of other organs may hold the office's reports."""
        return "office" in self.kinds and "部门" in title

    def own_office(self, name: str) -> bool:
        """Tell whether an office's name is not that of another place's: 县政府办公室 is ours."""
        organ = _COLUMN_OF.sub("", name)
        return kind_of_organ(organ, self.names, self.upper) not in {"other", "upper"}

    def lacks_own(self, titles: Iterable[str]) -> bool:
        """Tell whether titles are those of the office's reports, and none is the government's."""
        if "whole" not in self.kinds:
            return False
        titles = [t for t in titles if looks_like_report_title(t, in_column=True)]
        kinds = {kind_of_title(t, self.names, self.upper) for t in titles}
        return "office" in kinds and not kinds & {"whole", "other"}

    def is_own_name(self, words: str) -> bool:
        """Tell whether a link is named by the government alone, as lists of organs name it."""
        organ = re.sub(r"^\W+|\W+$", "", words)
        named = _GOVERNMENT.search(organ) is not None
        return named and kind_of_organ(organ, self.names, self.upper) == "whole"

    def of_office(self, title: str) -> bool:
        """Tell whether a title is that of a report of the government's office."""
        return kind_of_title(title, self.names, self.upper) == "office"

"""One portal from its home page to its reports: find the column, read its lists, fetch the rows.

A walk is a plain coroutine: it asks one page after the other, so that one request in flight per
portal is its nature and not a setting. It finds and fetches; it does not clean or judge figures.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import traceback
from collections.abc import Awaitable, Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from crawler.discovery import FOUND, Candidate, candidates, says_empty
from crawler.families._beside import Lead, frames_of, offices_of
from crawler.pages import Page
from pipelines.reading.organs import kind_of_title
from pipelines.vocabulary.errors import BlockedError
from pipelines.vocabulary.items import Column, FetchedDocument, ReportLink
from pipelines.vocabulary.ledger import newest_due, years_named
from spiders.changing import Changing
from spiders.choosing import Wanted
from spiders.fetching import FetchError
from spiders.listing import NO_SUCH_PAGE, Lists
from spiders.reports import Reports
from spiders.search import OTHERS, ColumnSearch, Found
from spiders.upper_governments import Above, ColumnsAbove, years_lacking
from spiders.visit import PortalStopError, Visit

if TYPE_CHECKING:
    from pipelines.store import State

logger = logging.getLogger(__name__)

_YEAR = re.compile(r"(?<!\d)20[012]\d(?!\d)")
_EXTRA_COLUMNS = 3
"""Further columns of a portal that are named as plainly as the first (政府, 政府办公室 apart)."""
_REQUESTS_FOR_NEWER = 15
"""What looking for the column that is kept up may cost, beside one that is not."""
_REQUESTS_AROUND = 6
"""What looking from the home page for the office's reports may cost, the column being given."""
_LEADS = 8
"""Links beside a list that are followed to more of its reports: 历年年报, the office's own."""
_LOST = 100
"""Held addresses in no list any more that one visit asks; the next ones ask the rest."""
_LEADS_ON = 2
"""Links of an organ's own page that are followed to its column."""


@dataclass(slots=True, kw_only=True)
class Limits:
    """What one portal may cost."""

    discovery_requests: int = 60
    list_pages: int = 60
    files_per_report: int = 12


class PortalWalk:
    """The walk of one portal."""

    def __init__(
        self,
        visit: Visit,
        *,
        wanted: Wanted,
        limits: Limits,
        state: State | None,
        full: bool,
        always: bool = False,
        nearby: Callable[[], Sequence[str]] = tuple,
        above: Callable[[], str] = str,
        columns_above: ColumnsAbove | None = None,
        neighbours: Container[str] = frozenset(),
        today: date,
        emit: Callable[[FetchedDocument], Awaitable[None]],
        expect: Callable[[], None] = lambda: None,
    ) -> None:
        self.visit = visit
        self.wanted = wanted
        self.state = state
        self.full = full
        self.above = above
        self.columns_above = columns_above or ColumnsAbove()
        self.search = ColumnSearch(
            visit,
            state,
            budget=limits.discovery_requests,
            foreign=wanted.none_of,
            own_name=wanted.is_own_name,
            nearby=nearby,
            neighbours=neighbours,
        )
        self.lists = Lists(visit, wanted, max_pages=limits.list_pages)
        self.reports = Reports(
            visit,
            state,
            emit,
            expect,
            full=full,
            always=always,
            max_files=limits.files_per_report,
        )
        self._changing_key = f"changing-addresses:{visit.portal.code}"
        held = state.list_of(self._changing_key) if state else None
        self.lists.changing = self.changing = Changing(held or ())
        run = visit.run
        run.kinds, run.years = wanted.kinds, wanted.years
        run.today = self.today = today
        self._rows: list[ReportLink] = []
        self._of_office_alone: bool | None = None
        """Every list that was read is named by the office; None where none was."""
        self._further: list[str] = []
        self._further_key = f"further-columns:{visit.portal.code}"

    async def walk(self) -> None:
        """Walk the portal; whatever happens, it ends with an outcome and its evidence."""
        run = self.visit.run
        try:
            await self._walk()
        except PortalStopError as stop:
            broke_off = stop.outcome == "unreachable" and (run.fetched or run.held)
            run.verdict = ("incomplete" if broke_off else stop.outcome, stop.evidence)
        except BlockedError as error:
            self.visit.note(error)
            run.verdict = ("blocked", error.evidence)
        except sqlite3.Error as error:  # a full disk: no fault of the portal, and the end for all
            run.verdict = ("incomplete", f"the state cannot be written: {error}")
            raise
        except Exception as error:  # one portal's surprise must not cost the others
            logger.exception("%s: the walk broke off", self.visit.portal.name)
            where = traceback.extract_tb(error.__traceback__)[-1]
            run.verdict = (
                "incomplete",
                f"a bug: {type(error).__name__}: {error} ({where.name}:{where.lineno})",
            )
        finally:
            run.done = True

    async def _walk(self) -> None:
        try:
            await self._find_and_read()
        except PortalStopError as stop:
            if stop.outcome == "no_column_found":
                await self._ask_hidden(None)
            raise

    async def _find_and_read(self) -> None:
        known = await self.search.known(remembered=not self.full)
        if known is not None and not known.doubt:
            await self._read(known)
            await self._read_remembered()
            await self._look_around(known)
            await self._complete(known)
            return
        found = await self._search(known)
        if found is None or not found.lists:
            await self._read_above(found)
        if found is None:
            raise self.search.not_found()
        self.visit.run.column = found.column
        await self._read(found)
        await self._read_further()
        again = await self.search.empty_again()
        if again is not None and not self.lists.knows(again.page.url):
            await self._read(again)
            self._remember_further(again.page.url)
        await self._complete(found)

    async def _search(self, doubted: Found | None) -> Found | None:
        """Search from the home page; a given column that is doubted is better than nothing.

        Raises:
            PortalStopError: the home page cannot be had, and no column was given.
        """
        try:
            found = await self.search.from_home() or self.search.empty
        except PortalStopError:
            if doubted is None:
                raise
            found = None
        if doubted is not None and (found is None or not found.lists):
            found = doubted
        if found is not None and found.doubt and found.doubt != OTHERS:
            self.lists.left_alone(found.page.url, f"{found.doubt}, and no column of all was found")
        return found

    async def _look_around(self, known: Found) -> None:
        """Look once at what leads to a column that was given: what stands beside its entry.

        Where it lists none of the office's reports, the office's own column is looked for.
        """
        if "registry" not in known.column.evidence:
            return
        told = any(self.wanted.of_office(link.title) for link in self._rows)
        key = f"looked-around:{self.visit.portal.code}"
        if self.state is not None and not self.full and self.state.list_of(key):
            return
        try:
            enough = told or "office" not in self.wanted.kinds
            found = await self.search.look_around(_REQUESTS_AROUND, known, enough=enough)
        except PortalStopError:
            return  # its problem is written; the known column was read all the same
        if found is not None and not self.lists.knows(found.page.url):
            await self._read(found)
            self._remember_further(found.page.url)
        await self._read_further()
        if self.state is not None:
            self.state.remember_list(key, [known.page.url], code=self.visit.portal.code)

    async def _complete(self, first: Found) -> None:
        """Look for what the first column has not: beside its lists, in a newer one, above."""
        self.lists.offer(self.search.leads)
        await self._read_beside()
        if self._looks_stale():
            await self._look_for_newer(first)
            await self._read_beside()
        await self._fill_from_above()
        self.lists.tell_what_was_left(self._rows)
        await self._look_for_lost(first.column)
        if self.state is not None and self.changing.names:
            code = self.visit.portal.code
            self.state.remember_list(self._changing_key, self.changing.names, code=code)

    async def _look_for_lost(self, column: Column) -> None:
        """See what became of held reports that the lists, read to their end, show no more."""
        run, state = self.visit.run, self.state
        if state is None:
            return
        state.listed(self.visit.portal.code, run.chosen)
        if not run.lists_ended():
            await self._ask_hidden(column)
            return
        shown = run.rows.keys() | run.chosen
        code, asked = self.visit.portal.code, 0
        for url in state.no_more_listed(code, shown, asked_for=self._asked_for):
            before = state.standing_of(url)
            run.lost[url] = before is not None and before.gone_since is not None
            if asked < _LOST and (self.full or state.worth_asking(url)):
                asked += 1
                await self.reports.look_again(url, column)

    async def _ask_hidden(self, column: Column | None) -> None:
        """Ask held reports by their schedule that no list shows, where lists say nothing of them.

        A column that is empty, cut short or not found leaves open whether they are there still.
        """
        run, state, asked = self.visit.run, self.state, 0
        for url in state.held_on(self.visit.portal.code) if state is not None else ():
            assert state is not None
            if url in run.rows or url in run.chosen or not self._asked_for(url):
                continue
            before = state.standing_of(url)
            run.hidden[url] = before is not None and before.gone_since is not None
            due = state.worth_asking(url) if state.in_doubt(url) else state.due(url)
            if asked >= _LOST or not (due or self.full or self.reports.always):
                continue
            asked += 1
            try:
                await self.reports.look_again(url, column)
            except PortalStopError:
                return  # how the lists ended says more of the portal
            run.held.discard(url)  # what it holds is no proof of what its lists hold

    def _asked_for(self, url: str) -> bool:
        """Tell whether what is held of an address would have been met by what was asked for.

        Lists of other organs and folders of other years were not opened; a folder's year is when
        its reports were published, or what they are about.
        """
        self.reports.know(url)
        known, years = self.visit.run.records.get(url, set()), self.wanted.years
        if not any(kind in self.wanted.kinds for kind, _ in known):
            return not known and years is None
        if years is None:
            return True
        days = [str(r.get("published_on") or "") for r in self.reports.records(url)]
        in_time = all(day[:4].isdecimal() for day in days) and all(
            int(day[:4]) - year in (0, 1) for day, (_, year) in product(days, known)
        )
        return in_time and all(year in years for _, year in known)

    async def _read_above(self, own: Found | None) -> None:
        """Read what the column of the government above lists of this one, which has none itself.

        Raises:
            PortalStopError: reports were found there; the portal's own column is still missing.
        """
        above = await self._above()
        if above is None:
            return
        chosen = await self._fetch_from(above, self._listed_above(above))
        if chosen:
            self.visit.run.column = own.column if own else above.column
            raise PortalStopError(
                "incomplete",
                f"no column of its own lists reports; {chosen} are listed at {above.column.url}",
            )

    async def _fill_from_above(self) -> None:
        """Fetch the years that the portal's own columns lack and the column above has."""
        have = {self._which(link.title) for link in self._rows}
        kinds = self.wanted.kinds | {"other"}
        seen = {year for kind, year in have if year is not None and kind in kinds}
        if not years_lacking(seen, self.wanted.years, self.today):
            return
        try:
            above = await self._above()
        except PortalStopError:
            return  # its problem is written; the portal's own column was read all the same
        if above is None:
            return
        rows = [link for link in self._listed_above(above) if self._which(link.title) not in have]
        taken = await self._fetch_from(above, rows)
        if taken:
            self.visit.run.beside = f"{taken} listed only at {above.column.url}"

    async def _above(self) -> Above | None:
        """Return the column of the government above, read if nobody has read it yet."""
        url = self.above()
        return await self.columns_above.get(url, partial(self._column_above, url)) if url else None

    async def _column_above(self, url: str) -> Above | None:
        candidate = Candidate(rank=-FOUND, depth=0, url=url, evidence=("the column above",))
        found = await self.search.look(candidate)
        if found is None:
            return None
        lists = Lists(self.visit, self.wanted, max_pages=self.lists.max_pages, own=False)
        rows = await lists.rows(found.page, found.family, found.first)
        return Above(found.column, tuple(rows))

    def _listed_above(self, above: Above) -> list[ReportLink]:
        names = self.wanted.names
        mine = [link for link in above.rows if any(name in link.title for name in names)]
        return self.wanted.choose(mine)

    async def _fetch_from(self, above: Above, rows: Sequence[ReportLink]) -> int:
        """Fetch rows of the column above; return how many."""
        self._account(rows)
        for link in rows:
            await self.reports.fetch(link, above.column)
        return len(rows)

    def _which(self, title: str) -> tuple[str, int | None]:
        """Return kind and year as a title tells them."""
        year = _YEAR.search(title)
        kind = kind_of_title(title, self.wanted.names, self.wanted.upper)
        return kind, int(year[0]) if year else None

    async def _read(self, found: Found) -> None:
        """Read every page of a column, then fetch the rows that were asked for."""
        rows = await self.lists.rows(found.page, found.family, found.first)
        if any(self.wanted.why_not(link) == "" for link in rows):
            self._of_office_alone = found.office and self._of_office_alone is not False
        self._rows.extend(rows)
        self._account(rows)
        for link in self.wanted.choose(rows):
            await self.reports.fetch(link, found.column)

    def _account(self, rows: Sequence[ReportLink]) -> None:
        """Give every row its fate: chosen, or left out and why."""
        run = self.visit.run
        for link in rows:
            run.rows.setdefault(link.url, link.title)
            if link.date:
                run.dates.setdefault(link.url, link.date)
            if why := self.wanted.why_not(link):
                run.left_out[link.url] = why
            else:
                run.chosen.add(link.url)

    # -- what stands beside the lists -------------------------------------------------------

    async def _read_beside(self) -> None:
        """Follow what the lists' pages link beside their rows: 历年年报, archives, the office."""
        followed = 0
        while (lead := self.lists.next_lead()) is not None:
            if (lead.organ or lead.organs) and "office" not in self.wanted.kinds:
                continue
            if lead.organ and not self.wanted.own_office(lead.title):
                continue
            asks_office = lead.organs or lead.on_the_way
            if asks_office and any(self.wanted.of_office(link.title) for link in self._rows):
                continue  # who lists the office's reports already need not be asked for them
            if lead.frame and self.search.has_asked(lead.url):
                continue
            followed += not lead.frame
            if followed > _LEADS and lead.on_the_way:
                continue
            if followed > _LEADS:
                self.lists.left_alone(lead.url, f"{lead.title}: more than {_LEADS} such links")
            elif why := await self._follow_lead(lead):
                self.lists.left_alone(lead.url, f"{lead.title}: {why}")

    async def _follow_lead(self, lead: Lead) -> str:
        """Read what a link beside a list leads to; return why it is left alone, if it is."""
        evidence = (f"beside the list: {lead.title}",)
        # An organ's own page is not named as a column, and need not be one.
        rank = -60 if lead.organ or lead.organs or lead.frame else -FOUND
        candidate = Candidate(rank=rank, depth=1, url=lead.url, evidence=evidence)
        try:
            found, page = await self.search.look_with_page(candidate)
        except FetchError as error:
            self.visit.note(error)
            # A frame that does not exist shows nobody anything.
            gone = error.code in NO_SUCH_PAGE and (error.status or 0) < 500
            return "" if gone and (lead.frame or lead.on_the_way) else error.evidence
        bare = found is None or not found.first.links
        if lead.organ and bare and await self._read_named_on(page):
            return ""  # the organ's own column, before what else its page may lead to
        if found is not None and found.lists:
            if self.lists.knows(found.page.url):
                return ""
            before = len(self._rows)
            await self._read(found)
            self._remember_further(lead.url)
            told = len(self._rows) > before or any(
                self.wanted.of_office(link.title) for link in self._rows
            )
            return "" if told or not lead.organ or lead.on_the_way else "its pages list no report"
        if says_empty(page) or lead.frame:
            return ""
        if lead.organs:
            self.lists.offer(offices_of(page))
            return ""
        if not lead.organ and await self._read_named_on(page):
            return ""
        # An office named on the way may have a page that tells of its telephone alone.
        return "" if lead.on_the_way else "no list of reports was found there"

    async def _read_named_on(self, page: Page) -> bool:
        """Read the column a page names; tell whether it is one, or was read already."""
        for named in [c for c in candidates(page, 1) if c.score >= FOUND][:_LEADS_ON]:
            if self.lists.knows(named.url) or await self._read_one_more(named):
                return True
        return False

    def _remember_further(self, url: str) -> None:
        """Let the next run, which goes straight to the column, read this list as well."""
        if url in self._further:
            return
        self._further.append(url)
        if self.state is not None:
            code = self.visit.portal.code
            self.state.remember_list(self._further_key, self._further, code=code)

    # -- columns beside the first -----------------------------------------------------------

    async def _read_further(self) -> None:
        """Read columns named as plainly as the first: 政府 and 政府办公室 may have one each."""
        for _ in range(_EXTRA_COLUMNS):
            candidate = self.search.next_named()
            if candidate is None:
                break
            if await self._read_one_more(candidate):
                self._further.append(candidate.url)
        if self.state is not None:
            code = self.visit.portal.code
            self.state.remember_list(self._further_key, self._further, code=code)

    async def _read_remembered(self) -> None:
        """Read the further columns an earlier run found beside the first."""
        held = self.state.list_of(self._further_key) if self.state and not self.full else None
        self._further = list(held or ())
        for url in self._further:
            evidence = ("remembered",)
            await self._read_one_more(Candidate(rank=-FOUND, depth=0, url=url, evidence=evidence))

    async def _read_one_more(self, candidate: Candidate) -> bool:
        """Read a column beside the first; tell whether it is one."""
        if self.lists.knows(candidate.url):
            return False
        found = await self.search.look(candidate)
        if found is not None and not found.lists:
            self.lists.offer(frames_of(found.page))  # its list may stand in one of them
        if found is None or not found.lists or self.lists.knows(found.page.url):
            return False
        await self._read(found)
        return True

    async def _look_for_newer(self, old: Found) -> None:
        """Look whether the portal has a column that is kept up, beside the one that is not."""
        from_home = self.search.home is not None
        try:
            if from_home:
                newer = await self.search.go_on(_REQUESTS_FOR_NEWER)
                newer = newer or await self.search.empty_again()
            else:
                self.search.budget = _REQUESTS_FOR_NEWER
                newer = await self.search.from_home()
        except PortalStopError:
            return  # its problem is written; the known column was read all the same
        if newer is None or self.lists.knows(newer.page.url):
            return
        if from_home:
            self._further.append(newer.page.url)
        else:
            self._further.append(old.page.url)  # what it lists stays listed
        await self._read(newer)
        await self._read_further()

    def _looks_stale(self) -> bool:
        """Tell whether what was read lacks the year that every portal must have by now.

        So does what holds the office's reports and none of the government's.

        Portals are rebuilt and leave the old column standing; the law wants last year's report
        by the end of March. Whose rows count: those that were fetched, or would have been but
        for their year.
        """
        kept = {"", "other_year"}
        rows = [link for link in self._rows if self.wanted.why_not(link) in kept]
        if self.wanted.lacks_own(link.title for link in rows) or self._of_office_alone:
            return True
        newest = max((y for link in rows for y in years_named(link.title)), default=None)
        if newest is None:
            newest = max((int(link.date[:4]) - 1 for link in rows if link.date), default=None)
        return newest is None or newest < newest_due(self.today)

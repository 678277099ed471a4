"""Finding a portal's annual-report column: what is known first, then best first from home."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from crawler import discovery
from crawler.discovery import FOUND, IN_FRAME, LIKELY, Candidate
from crawler.families import Family, families, family_of, read_list
from crawler.families._beside import (
    Lead,
    entries_without_address,
    leads_of,
    names_office,
    rows_that_wait,
)
from crawler.families._rows import column_prefix
from crawler.families._search_form import searches_of
from crawler.middlewares.addresses import host_key
from crawler.pages import Page, same_page
from pipelines.registry.portals import why_no_column
from pipelines.vocabulary.errors import LayoutError
from pipelines.vocabulary.items import Column, ListPage, ReportLink
from pipelines.vocabulary.ledger import years_named
from spiders.fetching import FetchError
from spiders.listing import read_first
from spiders.visit import PortalStopError, Visit

if TYPE_CHECKING:
    from pipelines.store import State


_TURNS_TO_SEE = 3
"""Presses that bring something, to see whether a column that shows no row has any."""
_SPLASH = 3
"""Links of a home page that is only a picture before the portal."""
_WORTH_GOING_ON = 20
"""What a link must score to be asked once a column was found: landing pages do."""
_DEEPEST = 6
"""Steps from the home page after which only good evidence leads on."""
_LANDING = 45
"""What a link must score that is named as a landing page."""
_AT_HOME = re.compile(r"/?(?:(?:index|default|main|home)(?:\.\w{1,6})?)?")
_RESULTS = 3
"""Folders of reports that the portal's own search shows, which are looked at."""
_OF_RESULTS = 40
"""What a report is worth that the portal's own search shows."""
_OF_OUR_NAME = 30
"""What a link is worth that is named by the government alone, as lists of organs name it."""
_DRAWN = 6
"""Pages without a word of the column that are opened in the browser: a script may draw the menu."""
_REQUESTS_BEYOND_ANOTHERS = 10
"""What looking for the own column may cost once another organ's, or one year's, was found."""
_REQUESTS_TO_THE_ENTRY = 20
"""What looking for the page that leads to a given column may cost, once a portal."""
_FRAMES_OF_A_COLUMN = 4
"""Requests for what stands in the frames of a column that was empty at the first look."""
OTHERS = "its reports are other organs'"
"""Why a column is doubted whose first page has no report that was asked for."""


@dataclass(slots=True, kw_only=True)
class Found:
    """A verified column with its first page, already read."""

    column: Column
    page: Page
    family: Family
    first: ListPage
    sure: bool = False
    """Named in words beside 指南, 制度, 主动公开."""
    office: bool = False
    """What led to it, or its page, is named by the office: its rows need not say whose they are."""
    doubt: str = ""
    """Why it cannot be the column of all the reports, though it lists some."""

    @property
    def lists(self) -> bool:
        """Tell whether there is anything to read in it."""
        return bool(self.first.links or self.first.sub_columns)


class ColumnSearch:
    """One portal's search."""

    def __init__(
        self,
        visit: Visit,
        state: State | None,
        *,
        budget: int,
        foreign: Callable[[Iterable[str]], bool],
        own_name: Callable[[str], bool] = lambda _: False,
        nearby: Callable[[], Sequence[str]] = tuple,
        neighbours: Container[str] = frozenset(),
    ) -> None:
        """Prepare a search.

        Args:
            visit: the portal.
            state: what earlier runs remember.
            budget: requests from the home page on.
            foreign: tells by its titles whether a list is only another organ's.
            own_name: tells whether a link is named by this government alone.
            nearby: paths under which portals of the same city keep their column.
            neighbours: hosts of other governments' portals, as ``host_key`` names them.
        """
        self.visit = visit
        self.state = state
        self.budget = budget
        self.foreign = foreign
        self.own_name = own_name
        self.nearby = nearby
        self.neighbours = neighbours
        self.home: Page | None = None
        self.empty: Found | None = None
        """A column that exists and lists nothing, in case no better one is found."""
        self._other: Found | None = None
        """A column of another organ's reports, in case the government has none of its own."""
        self.leads: list[Lead] = []
        """Links to older reports on the pages that led to the column."""
        self._heap: list[Candidate] = []
        self._seen: set[str] = set()
        self._asked_for: set[str] = set()
        self._asked = self._before = self._drawn = 0
        self._looked_again = False
        self._pressed_on: set[str] = set()
        """Pages whose entries have been pressed."""
        self._failures: list[tuple[int, FetchError]] = []
        """(score, error) of candidates that could not be fetched."""

    async def known(self, *, remembered: bool) -> Found | None:
        """Try the registry's column, then (``remembered``) the one of an earlier run."""
        portal = self.visit.portal
        addresses = [(portal.column_url, "registry")]
        held = self.state.column_of(portal.code) if self.state and remembered else None
        if held is not None:
            addresses.append((held.url, "remembered"))
        for url, source in addresses:
            if not url:
                continue
            candidate = Candidate(rank=-FOUND, depth=0, url=url, evidence=(source,))
            try:
                found, _ = await self._look(candidate)
            except FetchError as error:
                self.visit.note(error)
                continue
            if found is not None and found.lists:
                if source == "registry":
                    found.doubt = self._doubt(found)
                if not found.doubt:
                    self._accept(found)
                return found
            if source == "remembered" and self.state is not None:
                self.state.forget_column(portal.code)
        return None

    def _doubt(self, found: Found) -> str:
        """Return why a column cannot be the one of all the government's reports."""
        if self._is_foreign(found):
            return OTHERS
        page, rows = found.page, found.first.links
        years = {year for link in rows for year in years_named(link.title)}
        if found.first.sub_columns or len(years) > 1 or discovery.is_report_itself(page):
            return ""
        return why_no_column(page.url) or ("one year's" if discovery.is_of_one_year(page) else "")

    async def from_home(self) -> Found | None:
        """Search best first from the home page.

        Raises:
            PortalStopError: the home page cannot be had.
        """
        self._before = self.visit.run.requests
        self.home = await self._home()
        self._asked += 1
        self._seen.add(same_page(self.home.url))
        await self._offer_links(self.home, 1)
        if len(self.home.anchors) <= _SPLASH:
            self._offer(
                Candidate(rank=-20, depth=0, url=a.url, text=a.text, evidence=("the way in",))
                for a in self.home.anchors
            )
        return await self._best_first()

    async def look_around(
        self, requests: int, known: Found, *, enough: bool = False
    ) -> Found | None:
        """Look at the home page and what leads on from it, where the column was known beforehand.

        The office's own column, 部门信息公开 and older reports may stand beside it: they wait among
        ``leads`` and the named candidates. Returns a column that was met on the way. ``enough``:
        the page that leads to the known column is all that is to be seen.

        Raises:
            PortalStopError: the home page cannot be had.
        """
        self._before = self.visit.run.requests
        self.home = await self._home()
        self._seen.add(same_page(self.home.url))
        await self._offer_links(self.home, 1)
        entry = {same_page(known.page.url), same_page(self.visit.portal.column_url or "")}
        while True:
            met = bool(entry & self._seen)
            # What stands beside its entry can only be seen where the entry is.
            ways = [
                c for c in self._heap if (not met or c.score > discovery.WEAK) and c.score < LIKELY
            ]
            most = requests if met else max(requests, _REQUESTS_TO_THE_ENTRY)
            if not ways or self._spent >= most or (met and enough):
                break
            best = min(ways)
            self._heap.remove(best)
            heapq.heapify(self._heap)
            if (found := await self._step(best)) is not None:
                return found
        return None

    async def go_on(self, requests: int) -> Found | None:
        """Return the next column the search comes to after one was found, for so many requests."""
        if self.home is None:
            return None
        self.budget = self._spent + requests
        self._other = None
        while self._heap and self._heap[0].score >= _WORTH_GOING_ON and self._spent < self.budget:
            found = await self._step(heapq.heappop(self._heap))
            if found is not None and not self._is_foreign(found):
                return found
        return None

    async def _best_first(self) -> Found | None:
        guesses = iter((self._nearby, self._by_own_search, self._templates))
        while self._spent < self.budget:
            if not self._heap or self._heap[0].score <= discovery.WEAK:
                guess = next(guesses, None)
                if guess is not None:
                    self._offer(await guess())
                    continue
            if not self._heap:
                break
            found = await self._step(heapq.heappop(self._heap))
            if found is None:
                continue
            found.doubt = self._doubt(found)
            if not found.doubt:
                self._accept(found)
                return found
            if self._other is None:
                self._other = found
                self.budget = min(self.budget, self._spent + _REQUESTS_BEYOND_ANOTHERS)
        if self._other is not None:
            self._accept(self._other)
        if self._other is None and (again := await self.empty_again()) is not None:
            self._accept(again)
            return again
        return self._other

    async def empty_again(self) -> Found | None:
        """Look once more at a column that listed nothing and does not say so.

        Some servers answer the first time with a page that nothing is filled in yet.
        """
        if self.empty is None or self._looked_again or discovery.says_empty(self.empty.page):
            return None
        self._looked_again = True
        named = Candidate(
            rank=-FOUND, depth=1, url=self.empty.page.url, evidence=self.empty.column.evidence
        )
        # Filled in, its list may stand in a frame.
        return await self._step(named) or await self.go_on(_FRAMES_OF_A_COLUMN)

    @property
    def _spent(self) -> int:
        """Requests since the home page was asked for, tries again and the browser's included."""
        return self.visit.run.requests - self._before

    def _is_foreign(self, found: Found) -> bool:
        """Tell whether a column lists other organs' reports and none of those asked for.

        A list that is named in words among its statutory siblings is the government's, whoever
        stands on its first page; folders may hold anybody's.
        """
        theirs = host_key(found.page.url) in self.neighbours
        if theirs and self.visit.portal.place not in found.page.visible:
            return True
        if found.sure or found.first.sub_columns:
            return False
        return self.foreign(link.title for link in found.first.links)

    def next_named(self) -> Candidate | None:
        """Return the next candidate that is named in words, if one is left."""
        if not self._heap or self._heap[0].score < LIKELY:
            return None
        return heapq.heappop(self._heap)

    def has_asked(self, url: str) -> bool:
        """Tell whether the search has looked at a page already."""
        return same_page(url) in self._asked_for

    async def look(self, candidate: Candidate) -> Found | None:
        """Return the column a candidate is, None where it is none or does not answer."""
        try:
            found, _ = await self._look(candidate)
        except FetchError as error:
            self.visit.note(error)
            return None
        return found

    async def look_with_page(self, candidate: Candidate) -> tuple[Found | None, Page]:
        """Return the column a candidate is, and its page.

        Raises:
            FetchError: it does not answer.
        """
        return await self._look(candidate)

    def _offer(self, candidates: Iterable[Candidate], at: Page | None = None) -> None:
        """Put candidates into the queue; ``at``: the page that links them."""
        for candidate in map(_after_its_own, candidates):
            if not self._may_be_ours(candidate, at):
                continue
            key = same_page(candidate.url)
            if key not in self._seen:
                self._seen.add(key)
                heapq.heappush(self._heap, candidate)
            else:
                # Seen before under a weaker name, and not yet asked: the better evidence counts.
                for index, waiting in enumerate(self._heap):
                    if same_page(waiting.url) == key and waiting.score < candidate.score:
                        self._heap[index] = candidate
                        heapq.heapify(self._heap)
                        break

    def _may_be_ours(self, candidate: Candidate, at: Page | None) -> bool:
        """Tell whether a link may still lead to this government's column.

        Portals link their neighbours', where every path leads to a column of the very same name. A
        city's platform has counties' too: a link that names the column, from a page of ours, and
        what lies below it.
        """
        if candidate.organ and self.foreign((f"{candidate.organ}2023年政府信息公开工作年度报告",)):
            return False  # a branch of the tree that is another organ's
        if host_key(candidate.url) not in self.neighbours:
            return True
        if at is not None and host_key(at.url) in self.neighbours:
            return candidate.url.startswith(column_prefix(at.url))
        return candidate.score >= _LANDING and urlsplit(candidate.url).path.strip("/") != ""

    async def _step(self, candidate: Candidate) -> Found | None:
        """Ask one candidate; return it if it is the column, else offer what it links."""
        self._asked += 1
        try:
            found, page = await self._look(candidate)
        except FetchError as error:
            self._failures.append((candidate.score, error))
            if candidate.score >= 50:
                self.visit.note(error)
            return None
        if found is not None and found.lists:
            if not self._names_another(candidate, page):
                return found
            self._other = self._other or found
            found = None
        self.empty = self.empty or found
        empty = found is not None  # a column by its own name, which lists nothing itself
        self._seen.add(same_page(page.url))
        # 历年年报 may stand beside the column's own entry, on the page that leads to it; and beside
        # the frame of a page that is named as the column whatever stands beside a column.
        around = candidate.score >= FOUND and bool(page.frames)
        self.leads += [x for x in leads_of(page) if around or _of_older(x)]
        for frame in page.frames:
            # A list in a frame is the page around it, one step on.
            self._offer(
                [
                    Candidate(
                        # Not as good as named: a frame beside the list holds the menu.
                        rank=-max(min(candidate.score - 1, IN_FRAME), IN_FRAME if empty else 30),
                        depth=candidate.depth,
                        url=frame,
                        text=candidate.text,
                        evidence=(*candidate.evidence, "frame"),
                    )
                ],
                page,
            )
        # What lists nothing may be a notice that bears the name: its links are looked at as well.
        if candidate.depth < _DEEPEST or candidate.score >= 50:
            await self._offer_links(page, candidate.depth + 1)
        return None

    def _may_draw(self, page: Page) -> bool:
        plain = page.scripted and not page.rendered
        return plain and self.visit.has_browser and self._drawn < _DRAWN

    async def _offer_links(self, page: Page, depth: int) -> None:
        """Offer what a page links; of one that says nothing of its menu, what a browser shows."""
        offered = discovery.candidates(page, depth)
        tells = any(c.score > discovery.WEAK for c in offered)
        if self._may_draw(page) and not tells:
            self._drawn += 1
            try:
                page = await self.visit.page(page.url, render=True)
            except FetchError as error:
                self.visit.note(error)
            else:
                offered += discovery.candidates(page, depth)
        self._offer(offered, page)
        self._offer(self._own_pages(page, depth), page)
        self._offer(_inverse(page), page)
        leads = leads_of(page)
        here = host_key(page.url)
        offices = [x for x in leads if x.organ and host_key(x.url) == here]
        self.leads += [replace(x, on_the_way=True) for x in offices]
        self.leads += [x for x in leads if x.organs or _of_older(x)]

    def _own_pages(self, page: Page, depth: int) -> list[Candidate]:
        """Return the links named by the government alone: on a list of organs it is one of them.

        Its home page is none of them.
        """
        return [
            Candidate(
                rank=-max(_OF_OUR_NAME - 5 * (depth - 1), discovery.WEAK),
                depth=depth,
                url=anchor.url,
                text=anchor.text[:40],
                evidence=(f"the government's own among organs: {anchor.text[:20]}",),
            )
            for anchor in page.anchors
            if not _AT_HOME.fullmatch(urlsplit(anchor.url).path) and self.own_name(anchor.text)
        ][:2]

    def _names_another(self, candidate: Candidate, page: Page) -> bool:
        """Tell whether a page of reports names the column in words, and it is another page.

        A landing page shows the newest three beside 更多.
        """
        if candidate.score >= FOUND or candidate.depth > 2:
            return False
        return any(
            c.score >= FOUND
            and c.evidence[0].startswith("link text")
            and same_page(c.url) not in self._asked_for
            for c in discovery.candidates(page, candidate.depth + 1)
        )

    async def _look(self, candidate: Candidate) -> tuple[Found | None, Page]:
        """Fetch a candidate and verify it; render it once where it is named and shows no rows."""
        self._asked_for.add(same_page(candidate.url))
        page = await self.visit.page(candidate.url)
        self._asked_for.add(same_page(page.url))
        found, kind = await self._judge(candidate, page)
        named = candidate.score >= FOUND
        if (
            (kind == "empty" or (kind == "no" and named))
            and not page.rendered
            and not discovery.says_empty(page)
            and page.scripted
            and self.visit.has_browser
        ):
            try:
                rendered = await self.visit.page(candidate.url, render=True)
            except FetchError as error:
                self.visit.note(error)
            else:
                again, _ = await self._judge(candidate, rendered)
                if again is not None and again.first.links:
                    return again, rendered
        if found is None or not found.lists:
            behind = await self._behind_an_entry(candidate, page)
            empty = named and kind != "no" and not discovery.says_empty(page)
            if behind is None and (empty or len(rows_that_wait(page)) > 1):
                behind = await self._behind_a_press(candidate, page)
            if behind is not None:
                # What stands beside a frame that was drawn stands beside its list.
                self.leads += leads_of(page)
                return behind, behind.page
        return found, page

    async def _behind_an_entry(self, candidate: Candidate, page: Page) -> Found | None:
        """Return the column that an entry of the page's menu shows, which only a script opens."""
        key = same_page(page.url)
        names = entries_without_address(page) if self.visit.has_browser else []
        if not names or key in self._pressed_on:
            return None
        self._pressed_on.add(key)
        for name in names:
            try:
                drawn, turned = await self.visit.turned(page.url, most=0, enter=(name,))
            except FetchError as error:
                self.visit.note(error)
                return None
            if not turned.entered:
                continue
            evidence = (*candidate.evidence, f"the entry {name}, pressed")
            named = Candidate(rank=-FOUND, depth=candidate.depth, url=page.url, evidence=evidence)
            for shown in drawn:
                found, _ = await self._judge(named, shown)
                if found is not None and found.lists:
                    return found
        return None

    async def _behind_a_press(self, candidate: Candidate, page: Page) -> Found | None:
        """Return the column whose rows come when something on it is pressed: a tree, a year."""
        key = same_page(page.url)
        if not page.scripted or not self.visit.has_browser or key in self._pressed_on:
            return None
        self._pressed_on.add(key)
        try:
            drawn, turned = await self.visit.turned(page.url, most=_TURNS_TO_SEE)
        except FetchError as error:
            self.visit.note(error)
            return None
        shows = drawn if turned.turns or turned.learnt else []
        for shown in shows:
            found, _ = await self._judge(candidate, shown)
            if found is not None and found.lists:
                # Frames lie in frames: the older reports may stand in the one between.
                self.leads += [x for other in shows for x in leads_of(other)]
                return found
        return None

    async def _judge(self, candidate: Candidate, page: Page) -> tuple[Found | None, str]:
        family = family_of(page)
        try:
            read = await read_first(self.visit, family, page)
        except LayoutError as error:
            self.visit.problem(error.code, error.evidence, page.url)
            family = families()["generic"]
            read = read_list(family, page)
        if candidate.score >= FOUND and discovery.is_report_itself(page):
            # A column of one article leads straight to it; the other years are links beside it.
            links = {link.url: link for link in read.links}
            if not _also_by_year(page, read):
                links.setdefault(page.url, ReportLink(url=page.url, title=page.headline))
            read = ListPage(links=tuple(links.values()), sub_columns=read.sub_columns)
            return self._found(candidate, page, family, read, "the column is one report"), "column"
        verdict = discovery.verify(page, read, self.home, candidate)
        if verdict.kind == "no":
            return None, "no"
        return self._found(candidate, page, family, read, *verdict.evidence), verdict.kind

    def _found(
        self, candidate: Candidate, page: Page, family: Family, read: ListPage, *evidence: str
    ) -> Found:
        column = Column(
            url=page.url,
            title=page.meta.get("columnname") or page.title,
            family=family.NAME,
            evidence=tuple(dict.fromkeys((*candidate.evidence, *evidence))),
        )
        names = (candidate.organ, candidate.text, column.title, page.headline)
        return Found(
            column=column,
            page=page,
            family=family,
            first=read,
            sure=candidate.score > FOUND,
            office=any(map(names_office, names)),
        )

    def _accept(self, found: Found) -> None:
        self.visit.run.column = found.column
        if self.state is not None:
            self.state.remember_column(self.visit.portal.code, found.column)

    async def _home(self) -> Page:
        url = self.visit.portal.home_url
        try:
            page = await self.visit.page(url)
        except FetchError as error:
            self.visit.note(error)
            other = _other_scheme(url)
            if error.code not in {"fetch/timeout", "fetch/failed"} or other is None:
                raise self._stop_for(error, home=True) from error
            try:
                page = await self.visit.page(other)
            except FetchError:
                # The address in the registry is the one to tell of.
                raise self._stop_for(error, home=True) from error
        if host_key(page.url).removeprefix("www.") != host_key(url).removeprefix("www."):
            self._check_moved(page)
        if page.rendered and not page.anchors and not page.frames:
            # Some gateways answer 200 with a script that lets nobody in, a browser neither.
            evidence = f"{page.url}: a script of {len(page.body)} bytes and no link, in the browser"
            raise PortalStopError("blocked", evidence)
        return page

    def _check_moved(self, page: Page) -> None:
        """A home page on another host is the portal's only if it says whose it is."""
        code = page.meta.get("siteidcode", "")
        whose = code.startswith(self.visit.portal.code) or self.visit.portal.place in page.title
        if not whose:
            raise PortalStopError(
                "moved", f"{self.visit.portal.home_url} leads to {page.url} ({page.title[:40]})"
            )

    async def _by_own_search(self) -> list[Candidate]:
        """Return what the portal's own search shows of this government's reports.

        The page of results is no list of the column's; the folder of a report and its breadcrumb
        lead there.
        """
        assert self.home is not None
        found: dict[str, Candidate] = {}
        for ask in searches_of(self.home):
            try:
                results = await self.visit.page(ask.url, ask=ask)
                shown = discovery.reports_linked(results)
                if not shown and ask.method == "GET" and self._may_draw(results):
                    self._drawn += 1
                    results = await self.visit.page(ask.url, render=True)
                    shown = discovery.reports_linked(results)
            except FetchError as error:
                self._failures.append((0, error))
                continue
            folders: dict[str, str] = {}
            for anchor in shown:
                if not self.foreign((anchor.text,)):
                    folders.setdefault(discovery.folder_of(anchor.url), anchor.url)
            for folder, report in list(folders.items())[:_RESULTS]:
                for url, score in ((folder, _OF_RESULTS + 1), (report, _OF_RESULTS)):
                    words = "found by the portal's own search"
                    found[url] = Candidate(rank=-score, depth=3, url=url, evidence=(words,))
        return list(found.values())

    async def _nearby(self) -> list[Candidate]:
        return self._guesses(self.nearby(), "where portals of the same city keep it", rank=-20)

    async def _templates(self) -> list[Candidate]:
        return self._guesses(discovery.TEMPLATES, "a usual address", rank=-10)

    def _guesses(self, paths: Iterable[str], words: str, *, rank: int) -> list[Candidate]:
        assert self.home is not None
        root = "/".join(self.home.url.split("/")[:3])
        return [Candidate(rank=rank, depth=3, url=root + p, evidence=(words,)) for p in paths]

    def not_found(self) -> PortalStopError:
        """Say why there is no column: a refusal of a likely candidate counts more than 404s."""
        for score, error in sorted(self._failures, key=lambda f: -f[0]):
            if score >= 50 and (error.status is None or error.status >= 500):
                return self._stop_for(error, home=False)
        best = max((s for s, _ in self._failures), default=None)
        return PortalStopError(
            "no_column_found",
            f"{self._asked} pages of {self.visit.portal.home_url} looked at, "
            "none verified as the column"
            + (f"; best candidate that failed scored {best}" if best is not None else ""),
        )

    def _stop_for(self, error: FetchError, *, home: bool) -> PortalStopError:
        outcome = {
            "fetch/robots": "robots",
            "fetch/blocked": "blocked",
            "fetch/no-browser": "no_column_found",
            "fetch/address-refused": "moved" if home else "no_column_found",
            "fetch/soft-404": "no_column_found",
        }.get(error.code, "unreachable")
        if outcome == "moved" and _host_in(error.evidence) == host_key(error.url):
            outcome = "unreachable"  # the home address itself is one that may not be asked
        return PortalStopError(outcome, error.evidence)


def _after_its_own(candidate: Candidate) -> Candidate:
    """Return a candidate that is named by the office as one that waits for the government's own."""
    if candidate.score < FOUND or not names_office(candidate.organ or candidate.text):
        return candidate
    return replace(candidate, rank=-LIKELY)


def _also_by_year(page: Page, read: ListPage) -> bool:
    """Tell whether a report under its column's address is listed by its year as well."""
    years, here = years_named(page.headline), urlsplit(page.url).path
    return any(
        years & years_named(folder.title) and urlsplit(folder.url).path == here
        for folder in read.sub_columns
    )


def _of_older(lead: Lead) -> bool:
    return not lead.organ and not lead.organs


def _host_in(evidence: str) -> str:
    """Return the host of the address a refusal begins with: where the way ended."""
    try:
        return host_key(evidence.partition(": ")[0])
    except ValueError:
        return ""


def _other_scheme(url: str) -> str | None:
    """The same address over https, or over http; one portal in a hundred answers only there."""
    parts = urlsplit(url)
    other = "https" if parts.scheme == "http" else "http"
    if parts.port in {80, 443}:
        return None  # a port that speaks one of the two and says which
    return urlunsplit(parts._replace(scheme=other))


def _inverse(page: Page) -> list[Candidate]:
    """Where the reports a page links or prints may lie: the column may be there."""
    return [
        Candidate(rank=-42, depth=3, url=url, evidence=(why,))
        for url, why in list(discovery.inverse(page).items())[:5]
    ]

"""Following a list to its end, and knowing when it was not the end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from crawler.discovery import is_report_itself
from crawler.families import Family, family_of, first_asks, read_list
from crawler.families._rows import home_of
from crawler.pages import Page, same_page
from pipelines.vocabulary.errors import LayoutError
from pipelines.vocabulary.items import ListPage, ReportLink
from spiders.choosing import Wanted
from spiders.fetching import FetchError
from spiders.visit import Visit

_MOST_FOLDERS = 150
"""Eighteen years of the government, its office, departments and townships are 72."""
_ASKS_BEFORE_ROWS = 2
"""Some services are asked with an identity that has to be asked for first."""
_ASKS_BEFORE_ROWS_OF_ALL = 5
"""A region's answer may begin with pages of other columns' rows."""


async def read_first(visit: Visit, family: Family, page: Page) -> ListPage:
    """Read a list page, asking first for what its family keeps elsewhere.

    Raises:
        LayoutError: the page or the answer is not what its family makes.
        FetchError: what is kept elsewhere could not be had.
    """
    asks = first_asks(family, page)
    if not asks:
        return read_list(family, page)
    read = ListPage(links=(), next_asks=asks)
    for before in range(_ASKS_BEFORE_ROWS_OF_ALL):
        answer = await visit.page(read.next_asks[0].url, ask=read.next_asks[0])
        read = read_list(family, answer)
        if read.sparse and read.declared_pages:
            read = replace(read, declared_pages=read.declared_pages - before)
        if (
            read.links
            or not read.next_asks
            or (before >= _ASKS_BEFORE_ROWS - 1 and not read.sparse)
        ):
            break
    return read


def _in_doubt(read: ListPage) -> bool:
    """Tell whether the next page's address is one of several, or derived and not printed."""
    return read.guessed or len(read.next_urls) > 1


@dataclass(slots=True, frozen=True)
class _Stop:
    """What ended a list before its end."""

    code: str
    evidence: str
    url: str
    lost: bool = False
    """No address leads on; a press in the browser may."""
    promised: bool = False
    """Only a button says that there is more."""

    @classmethod
    def of(cls, error: FetchError | LayoutError, url: str) -> _Stop:
        """Return the stop an error is: a page that did not come is not a pager misread."""
        if isinstance(error, FetchError) and error.code not in _NO_SUCH_PAGE:
            evidence = f"a further page did not come ({error.code}): {error.evidence}"
            return cls("list/broken-off", evidence, url)
        return cls("list/short-of-total", error.evidence, url, lost=True)

    def after(self, earlier: _Stop | None) -> _Stop:
        """Return this stop, with what made the browser be tried."""
        if earlier is None:
            return self
        return replace(self, evidence=f"{earlier.evidence}; in the browser: {self.evidence}")

    @property
    def outcome(self) -> str:
        """What it makes of the portal."""
        cut_off = self.code == "list/broken-off" or self.code.startswith("fetch/")
        return "incomplete" if cut_off else "paging_not_understood"


_NO_SUCH_PAGE = frozenset({"fetch/http-status", "fetch/soft-404"})


class Lists:
    """The lists of one portal, each followed once, each row counted once."""

    def __init__(self, visit: Visit, wanted: Wanted, *, max_pages: int, own: bool = True) -> None:
        """Prepare to follow lists.

        Args:
            visit: the portal.
            wanted: which folders are worth a request.
            max_pages: of one list.
            own: the lists are the portal's own, and what becomes of them is its outcome.
        """
        self.visit = visit
        self.wanted = wanted
        self.max_pages = max_pages
        self.own = own
        self._seen: set[str] = set()
        self._rows_seen: set[str] = set()

    def knows(self, url: str) -> bool:
        """Tell whether a list has been followed already."""
        return same_page(url) in self._seen

    async def rows(self, page: Page, family: Family, first: ListPage) -> list[ReportLink]:
        """Return every row of a column, its folders of years and organs included."""
        rows = await self._follow(page, family, first)
        folders = list(first.sub_columns)
        opened = 0
        while folders:
            folder = folders.pop(0)
            if self.knows(folder.url) or not self.wanted.folder(folder.title):
                continue
            if opened >= _MOST_FOLDERS:
                words = f"more than {opened} folders of years and organs"
                self._stopped(_Stop("list/page-limit", words, folder.url))
                break
            opened += 1
            try:
                page = await self.visit.page(folder.url)
                family = family_of(page)
                read = await read_first(self.visit, family, page)
            except (FetchError, LayoutError) as error:
                self.visit.note(error)
                words = f"the folder {folder.title} could not be read: {error.evidence}"
                self._stopped(_Stop("list/broken-off", words, folder.url))
                continue
            if is_report_itself(page):
                rows.extend(self._new_rows([ReportLink(url=page.url, title=page.headline)]))
                continue
            folders.extend(read.sub_columns)
            rows.extend(await self._follow(page, family, read))
        return rows

    async def _follow(self, page: Page, family: Family, first: ListPage) -> list[ReportLink]:
        """Follow one list to its end. A page that repeats is not an end but a failure to page."""
        self._seen.add(same_page(page.url))
        self.visit.run.list_pages += 1
        rows = self._new_rows(first.links)
        stop = await self._by_address(page, family, first, rows)
        short = first.declared_total is not None and len(rows) < first.declared_total
        lost = stop.lost if stop else short or first.maybe_more
        if lost and page.scripted and self.visit.has_browser:
            stop = await self._by_pressing(page, family, first, rows, stop)
        if stop is not None:
            self._stopped(stop)
        if first.declared_total is not None and self.own:
            run = self.visit.run
            run.declared_total = (run.declared_total or 0) + first.declared_total
        return rows

    def _stopped(self, stop: _Stop) -> None:
        """Write down what ended a list before its end."""
        self.visit.problem(stop.code, stop.evidence, stop.url)
        if self.own:
            self.visit.run.verdict = (stop.outcome, f"{stop.url}: {stop.evidence}")

    async def _by_address(
        self, page: Page, family: Family, first: ListPage, rows: list[ReportLink]
    ) -> _Stop | None:
        """Add the rows of the further pages that an address or a question leads to.

        Return what ended it before its end.
        """
        bodies = {hashlib.sha256(page.body).hexdigest()}
        homes = {home_of(link.url) for link in first.links}
        read, pages, new, total = first, 1, rows, first.declared_total
        while True:
            total = read.declared_total if total is None else total
            if total is not None and len(rows) >= total:
                return None  # all there is; some lists name a next group beyond their end
            if pages > 1 and not new and not read.sparse:
                return _Stop("list/repeats", f"page {pages} brought no new row", page.url)
            following = [u for u in read.next_urls if u not in self._seen]
            asks = read.next_asks
            if not following and not asks:
                break
            if pages >= self.max_pages:
                return _Stop("list/page-limit", f"more than {pages} pages", page.url)
            try:
                if asks:
                    page = await self.visit.page(asks[0].url, ask=asks[0])
                    read = read_list(family, page)
                else:
                    fits = partial(self._goes_on, homes) if _in_doubt(read) else None
                    page, read = await self._first_that_answers(
                        following, family, fits, render=page.rendered
                    )
            except (FetchError, LayoutError) as error:
                self.visit.note(error)
                return _Stop.of(error, page.url)
            digest = hashlib.sha256(page.body).hexdigest()
            if digest in bodies:
                return _Stop("list/repeats", f"page {pages + 1} is page one again", page.url)
            bodies.add(digest)
            pages += 1
            self.visit.run.list_pages += 1
            new = self._new_rows(read.links)
            rows.extend(new)
        if read.more:
            evidence = f"the page offers {read.more}, and no address leads there"
            return _Stop("list/short-of-total", evidence, page.url, lost=True, promised=True)
        if first.declared_pages is not None and pages < first.declared_pages:
            evidence = f"{first.declared_pages} pages declared, the way leads to {pages}"
            return _Stop("list/short-of-total", evidence, page.url, lost=True)
        return None

    async def _by_pressing(
        self,
        page: Page,
        family: Family,
        first: ListPage,
        rows: list[ReportLink],
        earlier: _Stop | None,
    ) -> _Stop | None:
        """Add the rows that come where 加载更多 or 下一页 is pressed in the browser.

        Return what ended the list before its end, given what ended it ``earlier``.
        """
        most = self.max_pages
        if first.declared_pages is not None:
            most = min(most, first.declared_pages)
        try:
            pages, turned = await self.visit.turned(page.url, most=most)
        except FetchError as error:
            self.visit.note(error)
            return _Stop.of(error, page.url).after(earlier)
        homes = {home_of(link.url) for link in first.links}
        for number, drawn in enumerate(pages):
            try:
                read = read_list(family, drawn)
            except LayoutError as error:
                return _Stop.of(error, page.url).after(earlier)
            if number and homes and not any(home_of(link.url) in homes for link in read.links):
                evidence = f"what is pressed leads to another list at {drawn.url}"
                return _Stop("list/short-of-total", evidence, page.url).after(earlier)
            rows.extend(self._new_rows(read.links))
        self.visit.run.list_pages += turned.turns
        if first.declared_total is not None and len(rows) >= first.declared_total:
            return None
        if not turned.turns:
            if earlier is None or (earlier.promised and not turned.trouble):
                return None  # nothing has said that there is more but a button that does nothing
            said = turned.trouble or "pressing brings nothing"
            return _Stop(turned.code, said, page.url).after(earlier)
        evidence = turned.trouble
        if not evidence and first.declared_total is not None and not first.sparse:
            evidence = f"{first.declared_total} rows declared, pressing leads to {len(rows)}"
        if not evidence and turned.turns + 1 < (first.declared_pages or 0):
            evidence = f"{first.declared_pages} pages declared, {turned.turns + 1} shown"
        return _Stop(turned.code, evidence, page.url).after(earlier) if evidence else None

    async def _first_that_answers(
        self,
        urls: list[str],
        family: Family,
        fits: Callable[[ListPage], bool] | None,
        *,
        render: bool,
    ) -> tuple[Page, ListPage]:
        """Fetch the next page under the first of its possible addresses that is one.

        Raises:
            FetchError: none of them answers.
            LayoutError: what answers is no page of this list.
        """
        for number, url in enumerate(urls, start=1):
            self._seen.update((url, same_page(url)))
            try:
                page = await self.visit.page(url, render=render)
            except FetchError as error:
                if number == len(urls) or error.code not in _NO_SUCH_PAGE:
                    raise
                continue
            read = read_list(family, page)
            if fits is None or fits(read):
                return page, read
        evidence = f"none of {', '.join(urls)} goes on with this list"
        raise LayoutError("list/layout", evidence, evidence=evidence)

    def _goes_on(self, homes: set[str], read: ListPage) -> bool:
        """Tell whether a page brings new rows that lie where those of the first page lie."""
        return any(
            home_of(link.url) in homes and same_page(link.url) not in self._rows_seen
            for link in read.links
        )

    def _new_rows(self, links: Iterable[ReportLink]) -> list[ReportLink]:
        new = []
        for link in links:
            key = same_page(link.url)
            if key not in self._rows_seen:
                self._rows_seen.add(key)
                new.append(link)
        if self.own:
            self.visit.run.listed += len(new)
        return new

"""Following a list to its end, and knowing when it was not the end."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from crawler.discovery import FOUND, candidates, is_report_itself, says_empty
from crawler.families import Family, family_of, first_asks, other_ways, read_list
from crawler.families._answers import posted
from crawler.families._beside import (
    Lead,
    draws_pager,
    frames_of,
    grows_by_scrolling,
    last_counted,
    leads_of,
    names_office,
    office_without_address,
    rows_that_wait,
    rows_without_address,
    waits_for_press,
    years_without_address,
)
from crawler.families._ends import last_page_of, page_before
from crawler.families._replay import is_end, learn_series, learn_shape
from crawler.families._rows import home_of, is_file, is_year_alone, looks_like_article
from crawler.middlewares.rendered import Turned
from crawler.pages import Page, same_page, squeeze
from pipelines.reading.organs import looks_like_report_title
from pipelines.vocabulary.errors import LayoutError
from pipelines.vocabulary.items import Ask, ListPage, ReportLink
from pipelines.vocabulary.ledger import ListRead, newest_due, years_named
from pipelines.vocabulary.report_titles import names_year_of_report
from spiders.changing import Changing
from spiders.choosing import Wanted
from spiders.fetching import FetchError
from spiders.visit import Visit

_COLUMNS_OF_ORGAN = 2
_SAYS_ON = re.compile(r"[页頁组批]|更多|more|next|[>»›]|加载", re.IGNORECASE)
_NO_END = 10_000
_YEAR_STEP = re.compile(r"/[^/]{0,12}(?<!\d)20[012]\d(?!\d)[^/]{0,12}/")
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
        read = read_list(family, await _asked(visit, read.next_asks[0]))
        if read.sparse and read.declared_pages:
            read = replace(read, declared_pages=read.declared_pages - before)
        if (
            read.links
            or not read.next_asks
            or (before >= _ASKS_BEFORE_ROWS - 1 and not read.sparse)
        ):
            break
    return read


_NO_GET = frozenset({400, 404, 405, 500, 501})
"""What servers answer that take a form alone."""


async def _asked(visit: Visit, ask: Ask) -> Page:
    """Return the answer to a family's first question: as it is put, else posted as a form.

    Raises:
        FetchError: neither is answered.
    """
    try:
        return await visit.page(ask.url, ask=ask)
    except FetchError as error:
        form = posted(ask)
        refused = error.status in _NO_GET or error.code == "fetch/blocked"
        if form is None or not refused:
            raise
        try:
            return await visit.page(form.url, ask=form)
        except FetchError:
            raise error from None


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
        if isinstance(error, FetchError) and error.code not in NO_SUCH_PAGE:
            evidence = f"a further page did not come ({error.code}): {error.evidence}"
            return cls("list/broken-off", evidence, url)
        return cls("list/short-of-total", error.evidence, url, lost=True)

    def after(self, earlier: _Stop | None) -> _Stop:
        """Return this stop, with what made the browser be tried."""
        if earlier is None:
            return self
        code = earlier.code if self.code == "list/short-of-total" else self.code
        evidence = f"{earlier.evidence}; in the browser: {self.evidence}"
        return replace(self, code=code, evidence=evidence)

    @property
    def outcome(self) -> str:
        """What it makes of the portal."""
        cut_off = self.code == "list/broken-off" or self.code.startswith("fetch/")
        return "incomplete" if cut_off else "paging_not_understood"


def _of_kin(first: ListPage, rows: Sequence[ReportLink]) -> bool:
    """Tell whether rows may be of the list whose first page this is.

    They lie where its rows lie, a year's folder being as good as another's; or most of them are
    titles of reports, as the first page's are: the page of another column has news.
    """
    homes = {_without_year(home_of(link.url)) for link in first.links}
    if any(_without_year(home_of(link.url)) in homes for link in rows):
        return True
    titled = [looks_like_report_title(link.title, in_column=True) for link in rows]
    before = [looks_like_report_title(link.title, in_column=True) for link in first.links]
    return 2 * sum(titled) > len(rows) and 2 * sum(before) > len(before)


def _without_year(home: str) -> str:
    """Return a folder's address with the steps that name a year made alike.

    >>> _without_year("http://a.gov.cn/nb/2021nb_7/"), _without_year("http://a.gov.cn/nb/nb22/")
    ('http://a.gov.cn/nb/#/', 'http://a.gov.cn/nb/nb22/')
    """
    return _YEAR_STEP.sub("/#/", home)


@dataclass(slots=True, kw_only=True)
class _Held:
    """One list while it is followed: its first page, and what it has brought."""

    page: Page
    family: Family
    first: ListPage
    rows: list[ReportLink]
    folders: list[ReportLink]
    further: bool = False
    """Some further page of it has an address or a question of its own."""

    @property
    def met(self) -> bool:
        """Tell whether all the rows it declares were seen."""
        return self.first.declared_total is not None and self.seen >= self.first.declared_total

    @property
    def seen(self) -> int:
        """How many rows were seen: those named by their year alone have a date, tabs have none."""
        return len(self.rows) + sum(folder.date is not None for folder in self.folders)


def _is_article(page: Page, read: ListPage) -> bool:
    """Tell whether what a year alone leads to is an article: reports before 2019 are mere prose."""
    if is_file(page.url) or page.meta.get("articletitle"):
        return True
    alone = not read.links and not read.sub_columns and not read.next_asks and not says_empty(page)
    return alone and (looks_like_article(page.url) or names_year_of_report(page.headline))


def _row_of(folder: ReportLink, page: Page) -> ReportLink:
    """Return the row that a link named by a year alone turned out to be."""
    named = looks_like_report_title(page.headline, in_column=True)
    title = page.headline if named else folder.title
    return ReportLink(url=page.url, title=title, date=folder.date, open=not named)


def _reached(turned: Turned) -> int:
    """Return the highest page that was turned to by its number; no end where it was by 下一页."""
    pressed = [name.strip() for name, _ in turned.asked]
    if any(_SAYS_ON.search(name) for name in pressed):
        return _NO_END
    return max((int(p) for p in pressed if p.isdecimal() and len(p) < 4), default=1)


def _how_it_ended(first: ListPage, rows: int, pages: int, *, pressed: bool) -> str:
    """Return the rule that says a list is at its end, in words."""
    if first.declared_total is not None and rows >= first.declared_total:
        return f"all {first.declared_total} rows declared were seen"
    if first.declared_pages is not None and pages >= first.declared_pages:
        return f"all {first.declared_pages} pages declared were read"
    if pressed:
        return "pressing and scrolling brought nothing more"
    if pages > 1:
        return f"the next page was followed {pages - 1} times, until none was named"
    return "one page, which names no other"


_ENDS_OF_TWINS = frozenset({"list/repeats", "list/short-of-total"})
"""How a list ends that brings nothing because all its rows were read under another address."""
NO_SUCH_PAGE = frozenset({"fetch/http-status", "fetch/soft-404"})


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
        self.changing = Changing()
        self._rows_seen: set[str] = set()
        self._row_urls: list[str] = []
        self._folders_seen: set[str] = set()
        self._leads: deque[Lead] = deque()
        self._leads_seen: set[str] = set()
        self._years_shut: dict[int, str] = {}
        """Years that only a script opens, with the page they stand on."""
        self._rowless: dict[str, tuple[str, tuple[str, ...]]] = {}
        """Folders that show no row: (name, frames in which a list may stand)."""
        self._office_shut: tuple[str, str] | None = None
        """(words, page) of the office in a tree or select that only a script opens."""

    def knows(self, url: str) -> bool:
        """Tell whether a list has been followed already."""
        return same_page(url) in self._seen

    def next_lead(self) -> Lead | None:
        """Return the next link beside the lists that may lead to more of their reports."""
        while self._leads:
            lead = self._leads.popleft()
            if not self.knows(lead.url) and same_page(lead.url) not in self._rows_seen:
                return lead
        return None

    def offer(self, leads: Iterable[Lead]) -> None:
        """Take links that may lead to more of the lists' reports."""
        for lead in leads:
            key = self._key(lead.url)
            if key not in self._leads_seen:
                self._leads_seen.add(key)
                self._leads.append(lead)

    def tell_what_was_left(self, rows: Iterable[ReportLink]) -> None:
        """Write down what stands on the lists' pages, could hold more and was not opened.

        A year in a select is no loss where its reports were listed elsewhere: it may be that of
        the report or of its publication.
        """
        for url, (title, frames) in self._rowless.items():
            if not any(map(self.knows, frames)):
                self.left_alone(url, f"the folder {title} shows no row")
        rows = list(rows)
        had = {year for link in rows for year in years_named(link.title)}
        had |= {int(link.date[:4]) for link in rows if link.date}
        shut = {y: url for y, url in self._years_shut.items() if not had & {y, y - 1}}
        for url in dict.fromkeys(shut.values()):
            years = ", ".join(str(y) for y in sorted(shut) if shut[y] == url)
            self.left_alone(url, f"years that only a script opens: {years}")
        if self._office_shut and "office" in self.wanted.kinds:
            words, url = self._office_shut
            if not any(self.wanted.of_office(link.title) for link in rows):
                self.left_alone(url, f"{words}, which only a script opens")

    def left_alone(self, url: str, why: str) -> None:
        """Write down what could hold more and was not followed."""
        if self.own and url not in self.visit.run.left_alone:
            self.visit.run.left_alone[url] = why
            self.visit.problem("list/left-alone", why, url)

    def _is_early(self, title: str) -> bool:
        """Tell whether a folder is made ready for a year of which no report is due yet."""
        today = self.visit.run.today
        return today is not None and min(years_named(title), default=0) > newest_due(today)

    def _learn(self, page: Page, read: ListPage) -> None:
        """Learn which parts of addresses change by themselves, from the links of a list's page."""
        links = [(a.url, a.text) for a in page.anchors]
        named = {url for url, _ in links}
        links += [(link.url, link.title) for link in read.links if link.url not in named]
        if self.changing.observe(links):
            self._rows_seen = {self._key(url) for url in self._row_urls}

    def _key(self, url: str) -> str:
        return same_page(self.changing.plain(url))

    async def _one_address_each(self, rows: list[ReportLink]) -> list[ReportLink]:
        """Return rows under the addresses that stay, each once.

        One of them is asked whether it answers without what is left out.
        """
        plain = {link.url: self.changing.plain(link.url) for link in rows}
        changed = [link for link in rows if plain[link.url] != link.url]
        if not changed or not await self._answers_plainly(plain[changed[0].url]):
            return rows
        run = self.visit.run
        kept: dict[str, ReportLink] = {}
        for link in rows:
            url = plain[link.url]
            kept.setdefault(url, replace(link, url=url))
            if self.own and url != link.url:
                run.rows.setdefault(url, run.rows.pop(link.url, link.title))
        return list(kept.values())

    async def _answers_plainly(self, plain: str) -> bool:
        if self.changing.tried:
            return True
        try:
            page = await self.visit.page(plain)
        except FetchError as error:
            self.visit.note(error)
            return False
        self.changing.tried = is_file(plain) or bool(page.words)
        return self.changing.tried

    def _look_beside(self, page: Page) -> None:
        """Note what a page of a list shows beside its rows."""
        if not self.own:
            return
        self.offer((*leads_of(page), *frames_of(page)))
        for year in years_without_address(page):
            self._years_shut.setdefault(year, page.url)
        words = office_without_address(page)
        if words and self._office_shut is None:
            self._office_shut = (words, page.url)
        if titles := rows_without_address(page):
            self.left_alone(page.url, f"{len(titles)} rows without an address, such as {titles[0]}")

    async def rows(self, page: Page, family: Family, first: ListPage) -> list[ReportLink]:
        """Return every row of a column, its folders of years and organs included."""
        return await self._one_address_each(await self._all_rows(page, family, first))

    async def _all_rows(self, page: Page, family: Family, first: ListPage) -> list[ReportLink]:
        rows, folders = await self._follow(page, family, first)
        opened = 0
        others: list[ReportLink] = []
        departments: list[ReportLink] = []
        office_has_folder = False
        while folders or others:
            if not folders:
                if office_has_folder:
                    break
                # The office is one of the departments: its reports may lie in their folder.
                folders, departments, others = others, list(others), []
            folder = folders.pop(0)
            if self.knows(folder.url):
                continue
            if not self.wanted.folder(folder.title) and folder not in departments:
                if self.wanted.may_hold_office(folder.title):
                    others.append(folder)
                continue
            if opened >= _MOST_FOLDERS:
                words = f"more than {opened} folders of years and organs"
                self._stopped(_Stop("list/page-limit", words, folder.url))
                break
            opened += 1
            office_has_folder |= names_office(folder.title)
            try:
                page = await self.visit.page(folder.url)
                family = family_of(page)
                read = await read_first(self.visit, family, page)
            except (FetchError, LayoutError) as error:
                self.visit.note(error)
                words = f"the folder {folder.title} could not be read: {error.evidence}"
                self._stopped(_Stop("list/broken-off", words, folder.url))
                continue
            if self.knows(page.url):
                continue  # it led to a list that has been followed
            if is_report_itself(page) or _is_article(page, read):
                self._seen.add(same_page(page.url))
                rows.extend(self._new_rows([_row_of(folder, page)]))
                continue
            found, inner = await self._follow(page, family, read, least=1)
            folders.extend(inner)
            rows.extend(found)
            shows = read.links or found or inner or says_empty(page)
            if not shows:
                columns, shows = await self._columns_of_organ(page)
                rows.extend(columns)
            if not shows and not self._is_early(folder.title):
                self._rowless[page.url] = (folder.title, page.frames)
        return rows

    async def _columns_of_organ(self, page: Page) -> tuple[list[ReportLink], bool]:
        """Return the rows of the columns an organ's own page names, and whether it names any."""
        rows: list[ReportLink] = []
        read_before = False
        named = [c for c in candidates(page, 1) if c.score >= FOUND]
        for column in named[:_COLUMNS_OF_ORGAN]:
            if self.knows(column.url):
                read_before = True
                continue
            try:
                page = await self.visit.page(column.url)
                family = family_of(page)
                read = await read_first(self.visit, family, page)
            except (FetchError, LayoutError) as error:
                self.visit.note(error)
                continue
            if not self.knows(page.url) and read.links:
                found, _ = await self._follow(page, family, read)
                rows.extend(found)
        return rows, bool(rows) or read_before

    async def _follow(
        self, page: Page, family: Family, first: ListPage, *, least: int = 2
    ) -> tuple[list[ReportLink], list[ReportLink]]:
        """Follow one list to its end; return its rows, and its folders of years and organs.

        A page that repeats is not an end but a failure to page.
        """
        self._seen.add(same_page(page.url))
        self.visit.run.list_pages += 1
        page, first = await self._with_addresses(page, family, first, least=least)
        page, first = await self._with_pager(page, family, first)
        self._look_beside(page)
        self._learn(page, first)
        before = self.visit.run.list_pages
        rows, folders = self._new_rows(first.links), self._new_folders(first)
        if first.links and not rows and not folders and not self._leads_further(first):
            return rows, folders  # a list that was read, under another address
        held = _Held(page=page, family=family, first=first, rows=rows, folders=folders)
        stop = await self._by_address(held, page, first)
        stop = await self._by_other_ways(held, stop)
        held.further = self.visit.run.list_pages > before
        short = first.declared_total is not None and not held.met
        grows, waits = grows_by_scrolling(page), waits_for_press(page)
        # A list that a script has painted may have more behind a press that nothing speaks of.
        drawn = page.rendered and bool(first.links) and not held.met
        lost = stop.lost if stop else short or first.maybe_more or grows or waits or drawn
        pressed = lost and page.scripted and self.visit.has_browser
        if pressed:
            stop = await self._by_pressing(held, stop)
        elif grows and stop is None:
            self.left_alone(page.url, "a list that grows by scrolling, and no browser to scroll it")
        elif stop is None and draws_pager(page) and not held.further and not held.met:
            self.left_alone(page.url, "a pager that a script writes, and no browser to run it")
        elif first.maybe_more and stop is None and held.seen != first.declared_total:
            self.left_alone(page.url, "a button or tabs without an address, no browser to press")
        nothing_new = bool(first.links) and not rows and not folders
        if nothing_new and (stop is None or stop.code in _ENDS_OF_TWINS):
            return rows, folders  # as above, once all that leads on was tried
        if stop is not None:
            self._stopped(stop)
        if self.own:
            pages = self.visit.run.list_pages - before + 1
            how = _how_it_ended(first, held.seen, pages, pressed=pressed) if stop is None else ""
            self.visit.run.lists.append(
                ListRead(
                    url=page.url,
                    rows=held.seen,
                    chosen=len(self.wanted.choose(rows)),
                    pages=pages,
                    total=first.declared_total,
                    how=how,
                )
            )
        if first.declared_total is not None and self.own:
            run = self.visit.run
            run.declared_total = (run.declared_total or 0) + first.declared_total
        return rows, folders

    def _leads_further(self, read: ListPage) -> bool:
        """Tell whether a page of a list names a further one that nobody has read."""
        if read.next_asks or read.more or read.maybe_more:
            return True
        return any(url not in self._seen and not self.knows(url) for url in read.next_urls)

    async def _with_addresses(
        self, page: Page, family: Family, read: ListPage, *, least: int = 2
    ) -> tuple[Page, ListPage]:
        """Return a list's page as it is once its rows without an address have been pressed.

        Where none has shown an address it is returned as it was; so is a page where fewer than
        ``least`` titles wait: the first page of a list has more than one.
        """
        if not self.visit.has_browser or len(rows_that_wait(page)) < least:
            return page, read
        try:
            pages, turned = await self.visit.turned(page.url, most=0, enter=page.pressed)
            if turned.learnt:
                return pages[0], read_list(family, pages[0])
        except (FetchError, LayoutError) as error:
            self.visit.note(error)
        return page, read

    async def _with_pager(
        self, page: Page, family: Family, read: ListPage
    ) -> tuple[Page, ListPage]:
        """Return a list's page as drawn, where a script writes a pager into it.

        Its further pages are then drawn as well, and what only a press opens is pressed.
        """
        if read.next_urls or read.next_asks or not draws_pager(page) or not self.visit.has_browser:
            return page, read
        try:
            drawn = await self.visit.page(page.url, render=True)
            shown = read_list(family, drawn)
        except (FetchError, LayoutError) as error:
            self.visit.note(error)
            self.left_alone(page.url, "a pager that a script writes, which was not drawn")
            return page, read
        if len(shown.links) < len(read.links):
            self.left_alone(page.url, "a pager that a script writes; drawn, the list has less rows")
            return page, read
        return drawn, shown

    def _stopped(self, stop: _Stop) -> None:
        """Write down what ended a list before its end."""
        self.visit.problem(stop.code, stop.evidence, stop.url)
        if self.own:
            self.visit.run.verdict = (stop.outcome, f"{stop.url}: {stop.evidence}")

    async def _by_other_ways(self, held: _Held, stop: _Stop | None) -> _Stop | None:
        """Go on by the family's other ways where its own brought no new row before the total.

        Return what ended it before its end, given what ended the family's own way.
        """
        total = held.first.declared_total
        if (stop is not None and not stop.lost) or (total is None and stop is None):
            return stop
        if held.met:
            return None
        for ask in other_ways(held.family, held.page, held.first, len(held.rows)):
            try:
                answer = await self.visit.page(ask.url, ask=ask)
                read = read_list(held.family, answer)
            except (FetchError, LayoutError) as error:
                self.visit.note(error)
                continue
            new = self._new_rows(read.links)
            if not new:
                continue
            held.rows.extend(new)
            self.visit.run.list_pages += 1
            return await self._by_address(held, answer, read)
        return stop

    async def _by_address(self, held: _Held, page: Page, read: ListPage) -> _Stop | None:
        """Add the rows and folders of the further pages that an address or a question leads to.

        Return what ended it before its end, given the page to go on from.
        """
        first, rows, family = held.first, held.rows, held.family
        bodies = {hashlib.sha256(held.page.body).hexdigest(), hashlib.sha256(page.body).hexdigest()}
        pages, total = 1, first.declared_total
        new: list[ReportLink] = [*rows, *held.folders]
        while True:
            total = read.declared_total if total is None else total
            if total is not None and held.seen >= total:
                return None  # all there is; some lists name a next group beyond their end
            if pages > 1 and not new and not read.sparse:
                if not read.links and not read.next_urls:
                    break  # an empty page, and none that follows: the rows were all before it
                words = f"page {pages} brought no new row"
                return _Stop("list/repeats", words, page.url, lost=True)
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
                    page, read = await self._with_addresses(page, family, read, least=1)
                else:
                    fits = partial(self._goes_on, first) if _in_doubt(read) else None
                    page, read = await self._first_that_answers(
                        following, family, fits, render=page.rendered
                    )
                    self._seen.add(same_page(page.url))
            except (FetchError, LayoutError) as error:
                self.visit.note(error)
                return _Stop.of(error, page.url)
            digest = hashlib.sha256(page.body).hexdigest()
            if digest in bodies:
                words = f"page {pages + 1} is an earlier page again"
                return _Stop("list/repeats", words, page.url, lost=True)
            bodies.add(digest)
            pages += 1
            self.visit.run.list_pages += 1
            self._learn(page, read)
            new_rows, new_folders = self._new_rows(read.links), self._new_folders(read)
            rows.extend(new_rows)
            held.folders.extend(new_folders)
            new = [*new_rows, *new_folders]
        if read.more:
            evidence = f"the page offers {read.more}, and no address leads there"
            return _Stop("list/short-of-total", evidence, page.url, lost=True, promised=True)
        if first.declared_pages is not None and pages < first.declared_pages:
            evidence = f"{first.declared_pages} pages declared, the way leads to {pages}"
            return _Stop("list/short-of-total", evidence, page.url, lost=True)
        return await self._from_the_end(held, page)

    async def _from_the_end(self, held: _Held, page: Page) -> _Stop | None:
        """Add the rows of a 末页 that the way forward never came to, and go back from there.

        Return what is not had between the two ways, given the page at which the way forward ended.
        """
        end = last_page_of(page) or last_page_of(held.page)
        back = 0
        while end is not None and not self.knows(end):
            self._seen.add(same_page(end))
            if back >= self.max_pages:
                return _Stop("list/page-limit", f"more than {back} pages back from 末页", page.url)
            try:
                page = await self.visit.page(end, render=page.rendered)
                read = read_list(held.family, page)
            except (FetchError, LayoutError) as error:
                if isinstance(error, FetchError) and error.code in NO_SUCH_PAGE and not back:
                    return None  # of a list of one page some pagers make up the last
                self.visit.note(error)
                return _Stop.of(error, end)
            if not self._goes_on(held.first, read):
                return None
            back += 1
            self.visit.run.list_pages += 1
            held.rows.extend(self._new_rows(read.links))
            held.folders.extend(self._new_folders(read))
            end = page_before(page)
        if back and end is None:
            evidence = "末页 has rows of its own, and no address leads back from it"
            return _Stop("list/short-of-total", evidence, page.url, lost=True)
        return None

    async def _by_pressing(
        self, held: _Held, earlier: _Stop | None, *, alone: bool = True
    ) -> _Stop | None:
        """Add the rows that come where 加载更多 or 下一页 is pressed in the browser.

        Return what ended the list before its end, given what ended it ``earlier``. Where it can be
        told what a press asks, the rest is asked ``alone``, without the browser.
        """
        page, first, rows, most = held.page, held.first, held.rows, self.max_pages
        try:
            pages, turned = await self.visit.turned(
                page.url,
                most=most,
                enter=page.pressed,
                unwanted=self._unwanted,
                stop_alike=alone,
            )
        except FetchError as error:
            self.visit.note(error)
            return _Stop.of(error, page.url).after(earlier)
        for number, drawn in enumerate(pages):
            try:
                read = read_list(held.family, drawn)
            except LayoutError as error:
                return _Stop.of(error, page.url).after(earlier)
            if number and first.links and read.links and not _of_kin(first, read.links):
                evidence = f"what is pressed leads to another list at {drawn.url}"
                return _Stop("list/short-of-total", evidence, page.url).after(earlier)
            rows.extend(self._new_rows(read.links))
            held.folders.extend(self._new_folders(read))
        self.visit.run.list_pages += turned.turns
        if turned.stopped_alike and not held.met:
            if await self._by_replay(held, turned):
                return self._short_of(held, earlier)
            return await self._by_pressing(held, earlier, alone=False)
        if held.met:
            return None
        counted, reached = max(map(last_counted, pages), default=1), _reached(turned)
        if reached < counted and not held.further:
            said = turned.trouble or "pressing brings nothing"
            evidence = f"its pager counts {counted} pages, {reached} shown: {said}"
            return _Stop("list/short-of-total", evidence, page.url).after(earlier)
        if not turned.turns:
            if earlier is None or (earlier.promised and not turned.trouble):
                return None  # nothing has said that there is more but a button that does nothing
            said = turned.trouble or "pressing brings nothing"
            return _Stop(turned.code, said, page.url).after(earlier)
        evidence = turned.trouble
        if not evidence and first.declared_total is not None and not first.sparse:
            evidence = f"{first.declared_total} rows declared, pressing leads to {held.seen}"
        if not evidence and turned.turns + 1 < (first.declared_pages or 0):
            evidence = f"{first.declared_pages} pages declared, {turned.turns + 1} shown"
        return _Stop(turned.code, evidence, page.url).after(earlier) if evidence else None

    async def _by_replay(self, held: _Held, turned: Turned) -> bool:
        """Put the questions that further presses would put, without the browser, to the last.

        Only where the last one, put again, brings the rows that the page made of it. Tell whether
        it went to the end so.
        """
        asked = [
            Ask(url=p.url, method=p.method, body=p.body, headers=p.headers)
            for _, what in turned.asked
            for p in what
        ]
        series = learn_series(asked)
        if series is None:
            return False
        pairs = (row.rpartition(" ") for row in turned.new[-1])
        shown = {squeeze(text): url for text, _, url in pairs if url.startswith("http")}
        try:
            answer = await self.visit.page(series.last.url, ask=series.last)
            shape = learn_shape(answer, shown)
            for ahead in range(1, self.max_pages if shape else 0):
                ask = series.ask(ahead)
                further = await self.visit.page(ask.url, ask=ask)
                links = shape.rows(further) if shape else ()
                years = tuple(link for link in links if is_year_alone(link.title))
                folders = self._new_folders(ListPage(links=(), sub_columns=years))
                new = self._new_rows(link for link in links if link not in years)
                if not new and not folders:
                    return bool(links) or is_end(further, answer)
                held.rows.extend(new)
                held.folders.extend(folders)
                self.visit.run.list_pages += 1
                if held.met:
                    return True
        except FetchError as error:
            self.visit.note(error)
        return False

    def _short_of(self, held: _Held, earlier: _Stop | None) -> _Stop | None:
        """Return what is missing of a list whose pages were all turned; None where nothing is."""
        total = held.first.declared_total
        if total is None or held.met or held.first.sparse:
            return None
        evidence = f"{total} rows declared, turning leads to {held.seen}"
        return _Stop("list/short-of-total", evidence, held.page.url).after(earlier)

    def _unwanted(self, name: str) -> bool:
        """Tell whether what a select or tab of this name shows is not asked for."""
        return not self.wanted.folder(name) and not self.wanted.may_hold_office(name)

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
                if number == len(urls) or error.code not in NO_SUCH_PAGE:
                    raise
                continue
            read = read_list(family, page)
            page, read = await self._with_addresses(page, family, read, least=1)
            if fits is None or fits(read):
                return page, read
        evidence = f"none of {', '.join(urls)} goes on with this list"
        raise LayoutError("list/layout", evidence, evidence=evidence)

    def _goes_on(self, first: ListPage, read: ListPage) -> bool:
        """Tell whether a page brings new rows or folders, and such as the first page's are."""
        new = [x for x in read.links if self._key(x.url) not in self._rows_seen]
        folders = [x for x in read.sub_columns if same_page(x.url) not in self._folders_seen]
        return _of_kin(first, new) or (bool(first.sub_columns) and bool(folders))

    def _new_folders(self, read: ListPage) -> list[ReportLink]:
        new = []
        for folder in read.sub_columns:
            key = same_page(folder.url)
            if key not in self._folders_seen:
                self._folders_seen.add(key)
                new.append(folder)
        return new

    def _new_rows(self, links: Iterable[ReportLink]) -> list[ReportLink]:
        new = []
        for link in links:
            key = self._key(link.url)
            if key not in self._rows_seen:
                self._rows_seen.add(key)
                self._row_urls.append(link.url)
                new.append(link)
        if self.own:
            self.visit.run.listed += len(new)
            for link in new:  # from here on it must have a fate, whatever breaks the walk off
                self.visit.run.rows.setdefault(link.url, link.title)
        return new

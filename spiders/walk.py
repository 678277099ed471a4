"""One portal from its home page to its reports: find the column, read its lists, fetch the rows.

A walk is a plain coroutine: it asks one page after the other, so that one request in flight per
portal is its nature and not a setting. It finds and fetches; it does not clean or judge figures.
"""

from __future__ import annotations

import hashlib
import heapq
import logging
import re
import traceback
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from crawler import discovery
from crawler.discovery import FOUND, Candidate
from crawler.errors import BlockedError, CodedError, LayoutError
from crawler.families import Family, families, family_of
from crawler.families._rows import is_file
from crawler.items import Ask, Column, FetchedDocument, ListPage, RawFile, ReportLink, Source
from crawler.ledger import Ledger, PortalRun
from crawler.middlewares.addresses import host_key
from crawler.pages import Page, same_page
from crawler.problems import Problem
from crawler.registry import Portal
from spiders.attachments import files_wanted
from spiders.choosing import Wanted
from spiders.fetching import Fetcher, FetchError, Unchanged, fetched_now
from spiders.patience import Patience

if TYPE_CHECKING:
    from pipelines.store import State

logger = logging.getLogger(__name__)

_REQUESTS_FOR_NEWER = 15
_YEAR = re.compile(r"(?<!\d)20[012]\d(?!\d)")
_EXTRA_COLUMNS = 3
"""Further columns of a portal that are named as plainly as the first (政府, 政府办公室 apart)."""


_ASKS_BEFORE_ROWS = 2
"""Some services are asked with an identity that has to be asked for first."""


class PortalStopError(Exception):
    """The walk cannot go on; ``outcome`` is one of the contract's list."""

    def __init__(self, outcome: str, evidence: str) -> None:
        super().__init__(evidence)
        self.outcome = outcome
        self.evidence = evidence


@dataclass(slots=True, kw_only=True)
class Found:
    """A verified column with its first page, already read."""

    column: Column
    page: Page
    family: Family
    first: ListPage


@dataclass(slots=True, kw_only=True)
class Limits:
    """What one portal may cost."""

    discovery_requests: int = 60
    list_pages: int = 60
    files_per_report: int = 12


@dataclass(slots=True)
class _Search:
    """The state of one discovery."""

    heap: list[Candidate] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    asked: int = 0
    empty: Found | None = None
    """A column that exists and lists nothing, in case no better one is found."""
    failures: list[tuple[int, FetchError]] = field(default_factory=list)
    """(score, error) of candidates that could not be fetched."""

    def offer(self, candidates: Iterable[Candidate]) -> None:
        for candidate in candidates:
            key = same_page(candidate.url)
            if key not in self.seen:
                self.seen.add(key)
                heapq.heappush(self.heap, candidate)
            elif candidate.score >= FOUND:
                # Seen before under a weaker name, and not yet asked: the better evidence counts.
                for index, waiting in enumerate(self.heap):
                    if same_page(waiting.url) == key and waiting.score < candidate.score:
                        self.heap[index] = candidate
                        heapq.heapify(self.heap)
                        break


class PortalWalk:
    """The walk of one portal."""

    def __init__(
        self,
        *,
        portal: Portal,
        fetcher: Fetcher,
        ledger: Ledger,
        wanted: Wanted,
        limits: Limits,
        state: State | None,
        full: bool,
        emit: Callable[[FetchedDocument], Awaitable[None]],
    ) -> None:
        self.portal = portal
        self.fetcher = fetcher
        self.ledger = ledger
        self.wanted = wanted
        self.limits = limits
        self.state = state
        self.full = full
        self.emit = emit
        self.run: PortalRun = ledger.open(portal.code, portal.name, portal.home_url)
        self.patience = Patience()
        self.home: Page | None = None
        self._lists_seen: set[str] = set()
        self._rows_seen: set[str] = set()
        self._titles: list[str] = []
        self._further: list[str] = []
        self._further_key = f"further-columns:{portal.code}"

    async def walk(self) -> None:
        """Walk the portal; whatever happens, it ends with an outcome and its evidence."""
        try:
            search = _Search()
            found = await self._column_known()
            if found is not None:
                await self._read_column(found)
                await self._read_remembered_columns()
                if self._looks_stale():
                    await self._look_for_newer(search, found)
                return
            found = await self._column_from_home(search) or search.empty
            if found is None:
                self._end(self._not_found(search))
                return
            self.run.column = found.column
            await self._read_column(found)
            await self._read_further_columns(search)
        except PortalStopError as stop:
            self._end(stop)
        except Exception as error:  # one portal's surprise must not cost the others
            logger.exception("%s: the walk broke off", self.portal.name)
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.run.verdict = (
                "incomplete",
                f"a bug: {type(error).__name__}: {error} ({where.name}:{where.lineno})",
            )
        finally:
            self.run.done = True

    def _end(self, stop: PortalStopError) -> None:
        self.run.verdict = (stop.outcome, stop.evidence)

    # -- the column -------------------------------------------------------------------------

    async def _column_known(self) -> Found | None:
        """Try the registry's column, then the one remembered from an earlier run."""
        addresses = [(self.portal.column_url, "registry")]
        remembered = self.state.column_of(self.portal.code) if self.state else None
        if remembered is not None and not self.full:
            addresses.append((remembered.url, "remembered"))
        for url, source in addresses:
            if not url:
                continue
            candidate = Candidate(rank=-FOUND, depth=0, url=url, evidence=(source,))
            try:
                found, _ = await self._look(candidate)
            except FetchError as error:
                self._note(error)
                continue
            if found is not None and found.first.links:
                self._accept(found)
                return found
            if source == "remembered" and self.state is not None:
                self.state.forget_column(self.portal.code)
        return None

    async def _column_from_home(self, search: _Search) -> Found | None:
        self.home = await self._home()
        search.asked += 1
        search.seen.add(same_page(self.home.url))
        search.offer(discovery.candidates(self.home, 1))
        search.offer(_inverse(self.home))
        templates_tried = False
        while search.asked < self.limits.discovery_requests:
            if not search.heap:
                if templates_tried:
                    break
                templates_tried = True
                search.offer(self._templates())
                continue
            found = await self._step(search, heapq.heappop(search.heap))
            if found is not None:
                self._accept(found)
                return found
        return None

    async def _step(self, search: _Search, candidate: Candidate) -> Found | None:
        """Ask one candidate; return it if it is the column, else offer what it links."""
        search.asked += 1
        try:
            found, page = await self._look(candidate)
        except FetchError as error:
            search.failures.append((candidate.score, error))
            if candidate.score >= 50:
                self._note(error)
            return None
        if found is not None and (found.first.links or found.first.sub_columns):
            return found
        search.empty = search.empty or found
        search.seen.add(same_page(page.url))
        for frame in page.frames:
            # A list in a frame is the page around it, one step on.
            search.offer(
                [
                    Candidate(
                        # Not as good as named: a frame beside the list holds the menu.
                        rank=-max(min(candidate.score, FOUND) - 1, 30),
                        depth=candidate.depth,
                        url=frame,
                        text=candidate.text,
                        evidence=(*candidate.evidence, "frame"),
                    )
                ]
            )
        if found is None and (candidate.depth < 3 or candidate.score >= 50):
            search.offer(discovery.candidates(page, candidate.depth + 1))
            search.offer(_inverse(page))
        return None

    async def _look(self, candidate: Candidate) -> tuple[Found | None, Page]:
        """Fetch a candidate and verify it; render it once where it is named and shows no rows."""
        page = await self._page(candidate.url)
        found, kind = await self._judge(candidate, page)
        named = candidate.score >= FOUND
        if (
            (kind == "empty" or (kind == "no" and named))
            and not page.rendered
            and not discovery.says_empty(page)
            and "<script" in page.text.lower()
            and self.ledger.notes.get("browser")
        ):
            try:
                rendered = await self._page(candidate.url, render=True)
            except FetchError as error:
                self._note(error)
            else:
                again, _ = await self._judge(candidate, rendered)
                if again is not None and again.first.links:
                    return again, rendered
        return found, page

    async def _judge(self, candidate: Candidate, page: Page) -> tuple[Found | None, str]:
        family = family_of(page)
        try:
            read = await self._read(family, page)
        except BlockedError as error:
            raise PortalStopError("blocked", error.evidence) from error
        except LayoutError as error:
            self._problem(error.code, error.evidence, page.url)
            family = families()["generic"]
            read = family.read_list(page)
        if candidate.score >= FOUND and discovery.is_report_itself(page):
            # A column of one article leads straight to it; the other years are links beside it.
            links = {link.url: link for link in read.links}
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
        return Found(column=column, page=page, family=family, first=read)

    def _accept(self, found: Found) -> None:
        self.run.column = found.column
        if self.state is not None:
            self.state.remember_column(self.portal.code, found.column)

    async def _home(self) -> Page:
        url = self.portal.home_url
        try:
            page = await self._page(url)
        except FetchError as error:
            self._note(error)
            other = _other_scheme(url)
            if error.code not in {"fetch/timeout", "fetch/failed"} or other is None:
                raise self._stop_for(error, home=True) from error
            try:
                page = await self._page(other)
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
        whose = code.startswith(self.portal.code) or self.portal.place in page.title
        if not whose:
            raise PortalStopError(
                "moved", f"{self.portal.home_url} leads to {page.url} ({page.title[:40]})"
            )

    def _templates(self) -> list[Candidate]:
        assert self.home is not None
        root = "/".join(self.home.url.split("/")[:3])
        return [
            Candidate(rank=-10, depth=3, url=root + path, evidence=("a usual address",))
            for path in discovery.TEMPLATES
        ]

    def _not_found(self, search: _Search) -> PortalStopError:
        """Say why there is no column: a refusal of a likely candidate counts more than 404s."""
        for score, error in sorted(search.failures, key=lambda f: -f[0]):
            if score >= 50 and (error.status is None or error.status >= 500):
                return self._stop_for(error, home=False)
        best = max((s for s, _ in search.failures), default=None)
        return PortalStopError(
            "no_column_found",
            f"{search.asked} pages of {self.portal.home_url} looked at, none verified as the column"
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
        if outcome == "moved" and f"{self.portal.home_url}:" in error.evidence:
            outcome = "unreachable"  # the home address itself is one that may not be asked
        return PortalStopError(outcome, error.evidence)

    async def _look_for_newer(self, search: _Search, old: Found) -> None:
        """Look whether the portal has a column that is kept up, beside the one that is not."""
        search.asked = self.limits.discovery_requests - _REQUESTS_FOR_NEWER
        try:
            newer = await self._column_from_home(search)
        except PortalStopError:
            return  # its problem is written; the known column was read all the same
        if newer is None or same_page(newer.page.url) in self._lists_seen:
            return
        self._further.append(old.page.url)  # what it lists stays listed
        await self._read_column(newer)
        await self._read_further_columns(search)

    def _looks_stale(self) -> bool:
        """Tell whether a known column lacks the year that every portal must have by now.

        Portals are rebuilt and leave the old column standing; the law wants last year's report
        by the end of March. Only a remembered or registered column can be stale.
        """
        today = datetime.now(UTC)
        newest = max((int(y) for t in self._titles for y in _YEAR.findall(t)), default=None)
        return newest is None or newest < today.year - (1 if today.month >= 4 else 2)

    # -- lists ------------------------------------------------------------------------------

    async def _read(self, family: Family, page: Page) -> ListPage:
        """Read a list page, asking first for what its family keeps elsewhere."""
        asks = family.first_asks(page)
        if not asks:
            return family.read_list(page)
        read = ListPage(links=(), next_asks=asks)
        for _ in range(_ASKS_BEFORE_ROWS):
            answer = await self._page(read.next_asks[0].url, ask=read.next_asks[0])
            read = family.read_list(answer)
            if read.links or not read.next_asks:
                break
        return read

    async def _read_further_columns(self, search: _Search) -> None:
        """Read columns named as plainly as the first: 政府 and 政府办公室 may have one each."""
        tried = 0
        while search.heap and tried < _EXTRA_COLUMNS:
            candidate = heapq.heappop(search.heap)
            if candidate.score < FOUND:
                break
            if same_page(candidate.url) in self._lists_seen:
                continue
            tried += 1
            if await self._read_one_more(candidate):
                self._further.append(candidate.url)
        if self.state is not None:
            self.state.remember_list(self._further_key, self._further, code=self.portal.code)

    async def _read_remembered_columns(self) -> None:
        """Read the further columns an earlier run found beside the first."""
        remembered = self.state.list_of(self._further_key) if self.state and not self.full else None
        for url in remembered or ():
            await self._read_one_more(
                Candidate(rank=-FOUND, depth=0, url=url, evidence=("remembered",))
            )

    async def _read_one_more(self, candidate: Candidate) -> bool:
        """Read a column beside the first; tell whether it is one."""
        if same_page(candidate.url) in self._lists_seen:
            return False
        try:
            found, _ = await self._look(candidate)
        except FetchError as error:
            self._note(error)
            return False
        if found is None or not found.first.links:
            return False
        await self._read_column(found)
        return True

    async def _read_column(self, found: Found) -> None:
        """Read every page of the column, then fetch the rows that were asked for."""
        rows = await self._rows_of_list(found.page, found.family, found.first)
        folders = list(found.first.sub_columns)
        while folders:
            folder = folders.pop(0)
            if same_page(folder.url) in self._lists_seen or not self.wanted.folder(folder.title):
                continue
            try:
                page = await self._page(folder.url)
                family = family_of(page)
                first = await self._read(family, page)
            except (FetchError, LayoutError) as error:
                self._note(error)
                continue
            folders.extend(first.sub_columns)
            rows.extend(await self._rows_of_list(page, family, first))
        self._titles.extend(link.title for link in rows)
        chosen = self.wanted.choose(rows)
        self.run.chosen.update(link.url for link in chosen)
        for link in chosen:
            await self._fetch_report(link, found.column)

    async def _rows_of_list(self, page: Page, family: Family, first: ListPage) -> list[ReportLink]:
        """Follow one list to its end. A page that repeats is not an end but a failure to page."""
        rows: list[ReportLink] = []
        bodies = {hashlib.sha256(page.body).hexdigest()}
        self._lists_seen.add(same_page(page.url))
        read, pages = first, 0
        while True:
            pages += 1
            self.run.list_pages += 1
            new = self._new_rows(read.links)
            rows.extend(new)
            if first.declared_total is not None and len(rows) >= first.declared_total:
                pages = max(pages, first.declared_pages or 0)
                break  # all there is; some lists name a next group beyond their end
            if pages > 1 and not new:
                self._paging_failed("list/repeats", f"page {pages} brought no new row", page.url)
                break
            following = [u for u in read.next_urls if u not in self._lists_seen]
            asks = read.next_asks
            if not following and not asks:
                break
            if pages >= self.limits.list_pages:
                self._paging_failed("list/page-limit", f"more than {pages} pages", page.url)
                break
            try:
                if asks:
                    page = await self._page(asks[0].url, ask=asks[0])
                else:
                    page = await self._first_that_answers(following, render=page.rendered)
                read = family.read_list(page)
            except (FetchError, LayoutError) as error:
                self._note(error)
                self._paging_failed("list/short-of-total", error.evidence, page.url)
                break
            digest = hashlib.sha256(page.body).hexdigest()
            if digest in bodies:
                self._paging_failed("list/repeats", f"page {pages + 1} is page one again", page.url)
                break
            bodies.add(digest)
        if first.declared_pages is not None and pages < first.declared_pages:
            self._paging_failed(
                "list/short-of-total",
                f"{first.declared_pages} pages declared, the way leads to {pages}",
                page.url,
            )
        if first.declared_total is not None:
            self.run.declared_total = (self.run.declared_total or 0) + first.declared_total
        return rows

    async def _first_that_answers(self, urls: list[str], *, render: bool) -> Page:
        """Fetch the next page under the first of its possible addresses that is one."""
        for number, url in enumerate(urls, start=1):
            self._lists_seen.update((url, same_page(url)))
            try:
                return await self._page(url, render=render)
            except FetchError as error:
                if number == len(urls) or error.code not in {"fetch/http-status", "fetch/soft-404"}:
                    raise
        raise AssertionError  # urls is not empty

    def _new_rows(self, links: Iterable[ReportLink]) -> list[ReportLink]:
        new = []
        for link in links:
            key = same_page(link.url)
            if key not in self._rows_seen:
                self._rows_seen.add(key)
                new.append(link)
        self.run.listed += len(new)
        return new

    def _paging_failed(self, code: str, evidence: str, url: str) -> None:
        self._problem(code, evidence, url)
        self.run.verdict = ("paging_not_understood", f"{url}: {evidence}")

    # -- reports ----------------------------------------------------------------------------

    async def _fetch_report(self, link: ReportLink, column: Column) -> None:
        headers = {}
        if self.state is not None and not self.full:
            if self._known_other(link):
                return
            headers = self.state.validators(link.url)
        try:
            page = await self._page(link.url, headers=headers)
        except Unchanged:
            self._held(link.url)
            return
        except FetchError as error:
            self._note(error, title=link.title)
            self.run.failed.add(link.url)
            return
        digest = hashlib.sha256(page.body).hexdigest()
        if self.state is not None:
            same = self.state.page_digest(link.url) == digest and self.state.held(link.url)
            self._remember(link.url, page, digest)
            if same and not self.full:
                self._held(link.url)
                return
        files, failed = await self._files(page, link)
        document = FetchedDocument(
            portal_code=self.portal.code,
            source=Source(
                url=link.url,
                final_url=page.url,
                title=link.title,
                adcode=self.portal.code,
                breadcrumb=link.breadcrumb or page.breadcrumb,
                published_on=link.date,
                fetched_at=fetched_now(),
                rendered=page.rendered,
                found_via=tuple(dict.fromkeys((self.portal.home_url, column.url))),
                archive=page.archive,
            ),
            page=_raw(page),
            files=files,
            files_failed=tuple(failed),
        )
        await self.emit(document)

    async def _files(self, page: Page, link: ReportLink) -> tuple[list[RawFile], list[str]]:
        """Fetch the files a page names; return them, and the addresses of those that failed."""
        files: list[RawFile] = []
        failed: list[str] = []
        if is_file(page.url):
            return files, failed
        for wanted in files_wanted(page, self.limits.files_per_report):
            try:
                answer = await self.fetcher.file(wanted.url, page.url)
            except FetchError as error:
                self._note(error, title=link.title)
                failed.append(wanted.url)
                continue
            self._remember(wanted.url, answer, hashlib.sha256(answer.body).hexdigest())
            files.append(_raw(answer, name=wanted.text))
        return files, failed

    def _remember(self, url: str, page: Page, digest: str) -> None:
        """Write down an answer: its validators, its hash, where its bytes lie."""
        if self.state is None:
            return
        # A rendered page's own file is a shell: that the shell is unchanged says nothing.
        known = {} if page.rendered else page.headers
        self.state.remember_page(
            url,
            etag=known.get("etag"),
            last_modified=known.get("last-modified"),
            sha256=digest,
            content_type=page.content_type,
            archive=page.archive,
        )

    def _known_other(self, link: ReportLink) -> bool:
        """Tell whether today's reader has seen this address and found something else there."""
        assert self.state is not None
        from pipelines.store import reader_version  # noqa: PLC0415 - tests walk without a store

        known = self.state.rejection(link.url, reader_version())
        if known is None:
            return False
        self.run.rejected.add(link.url)
        self._problem(*known, link.url, title=link.title)
        return True

    def _held(self, url: str) -> None:
        self.run.held.add(url)
        if self.state is not None:
            self.state.seen_unchanged(url)

    # -- small things -----------------------------------------------------------------------

    async def _page(
        self,
        url: str,
        *,
        ask: Ask | None = None,
        render: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Page:
        """Fetch; refusals and silences in a row end the walk."""
        try:
            page = await self.fetcher.page(url, ask=ask, render=render, headers=headers)
        except FetchError as error:
            if (stop := self.patience.failed(error)) is not None:
                self._note(error)
                raise PortalStopError(*stop) from error
            raise
        self.patience.answered()
        return page

    def _note(self, error: CodedError, *, title: str | None = None) -> None:
        self._problem(error.code, error.evidence, getattr(error, "url", None), title=title)

    def _problem(
        self, code: str, evidence: str, url: str | None, *, title: str | None = None
    ) -> None:
        self.ledger.problem(
            Problem(
                code=code,
                evidence=evidence,
                portal=self.portal.code,
                url=url,
                stage="walk",
                title=title,
            )
        )


def _other_scheme(url: str) -> str | None:
    """The same address over https, or over http; one portal in a hundred answers only there."""
    parts = urlsplit(url)
    if parts.port is not None:
        return None  # a port speaks one of the two
    return urlunsplit(parts._replace(scheme="https" if parts.scheme == "http" else "http"))


def _inverse(page: Page) -> list[Candidate]:
    """The folders of reports a page links: the column may be there."""
    return [
        Candidate(rank=-42, depth=3, url=url, evidence=("the folder of a report",))
        for url in discovery.inverse(page)[:3]
    ]


def _raw(page: Page, name: str | None = None) -> RawFile:
    return RawFile(
        body=page.body,
        url=page.url,
        content_type=page.content_type,
        filename=_disposition(page.headers.get("content-disposition")) or name,
    )


def _disposition(header: str | None) -> str | None:
    """The file name of a Content-Disposition header; GBK, percent-encoded or plain."""
    if not header:
        return None
    name = ""
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key.lower() == "filename*":
            name = value.rpartition("''")[2]
            break
        if key.lower() == "filename":
            name = value
    name = unquote(name.strip().strip('"'))
    return name or None

"""From a row of a list to a document: the page, and the files that hold what it lacks."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from email.message import Message
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from crawler.families._rows import is_file
from crawler.pages import Page, same_page
from pipelines.choose import kind_of_publisher
from pipelines.vocabulary.items import Column, FetchedDocument, RawFile, ReportLink, Source
from spiders.attachments import book_pages, files_wanted, is_frame_alone, prints_report
from spiders.fetching import FetchError, Unchanged, fetched_now
from spiders.visit import Visit

if TYPE_CHECKING:
    from pipelines.store import State

_RENDERS = 2
"""Times a report page is opened in the browser before its text is given up."""


_NO_MORE = frozenset({404, 410})
"""Statuses that say that there is nothing at an address."""

_NOBODY = frozenset({"fetch/failed", "fetch/timeout", "fetch/busy", "fetch/blocked"})
"""What a host gives that is not worth asking for the next page just now."""
_SILENCES = frozenset({"fetch/failed", "fetch/timeout"})
_SERVER_FAULT = 500

_LEAVES = 60
"""Pages of a page-flip book; a report has ten to twenty."""


class Reports:
    """Fetches the chosen rows of one portal; what is held and unchanged is not read again."""

    def __init__(
        self,
        visit: Visit,
        state: State | None,
        emit: Callable[[FetchedDocument], Awaitable[None]],
        expect: Callable[[], None],
        *,
        full: bool,
        always: bool,
        max_files: int,
    ) -> None:
        self.visit = visit
        self.state = state
        self.emit = emit
        self.expect = expect
        self.full = full
        self.always = always
        self.max_files = max_files
        self._changed: set[str] = set()
        """Addresses whose page stands while a file behind it does not."""
        self._mute: dict[str, str] = {}
        """Hosts of held reports that are asked nothing more: how they fail to answer, or empty."""

    async def fetch(self, link: ReportLink, column: Column) -> None:
        """Fetch one row and hand the document on; a failure is written down."""
        headers = {}
        if self.state is not None and not self.full:
            if self._known_other(link):
                return
            row = (link.title, link.date)
            if not self.always and not self.state.due(link.url, row=row):
                self._have(link.url)  # held, and looked at not long ago for its age
                return
            headers = self.state.validators(link.url)
        if not headers:  # what comes will have to be read, most likely
            self.expect()
        try:
            page = await self._page(link.url, headers)
        except Unchanged:
            self._held(link.url)
            return
        except FetchError as error:
            self.visit.note(error, title=link.title)
            self.visit.run.failed.add(link.url)
            if self.state is not None and (is_lost(error) or is_silence(error)):
                self.state.missed(link.url, error.evidence, silent=is_silence(error))
            return
        await self._take(link, column, page)

    async def look_again(self, url: str, column: Column | None) -> None:
        """Ask a held address that no list shows any more: is the report still there?"""
        assert self.state is not None
        host = urlsplit(url).netloc
        if (silence := self._mute.get(host)) is not None:
            if silence:  # who does not answer is asked for one page a night
                self.state.missed(url, silence, silent=True)
            return
        title, day = self.state.row_of(url)
        link = ReportLink(url=url, title=title or "", date=day)
        headers = {} if self.full else self.state.validators(url)
        try:
            page = await self._page(url, headers)
        except Unchanged:
            self._held(url)
            return
        except FetchError as error:
            if is_lost(error):
                self.state.missed(url, error.evidence)
                return
            self.visit.note(error, title=title)
            if error.code in _NOBODY:
                silence = error.evidence if is_silence(error) else ""
                self._mute[host] = silence
            if is_silence(error):
                self.state.missed(url, error.evidence, silent=True)
            return
        there = same_page(page.url)
        if there != same_page(url) and any(same_page(row) == there for row in self.visit.run.rows):
            self.state.missed(url, f"it leads to {page.url}, which is listed")
            return
        await self._take(link, column, page)

    async def _page(self, url: str, headers: dict[str, str]) -> Page:
        """Return a report's page with its text; in full where a file behind it has changed.

        Raises:
            Unchanged: the page stands, and so do its files.
            FetchError: no page came.
        """
        try:
            page = await self.visit.page(url, headers=headers)
        except Unchanged:
            if await self._files_stand(url):
                raise
            page = await self.visit.page(url)
        return await self._with_its_text(page)

    async def _files_stand(self, url: str) -> bool:
        """Ask for the files behind an unchanged page, as they are due; tell whether all stand.

        A file that is not to be had any more changes nothing of what was read of it.
        """
        if self.state is None or url in self._changed:
            return self.state is None
        for file in self.state.files_of(url):
            if not (self.always or self.full or self.state.file_due(file, url)):
                continue
            try:
                answer = await self.visit.fetcher.file(
                    file, url, conditions=self.state.file_validators(file, url)
                )
            except Unchanged:
                self.state.file_stands(file)
                continue
            except FetchError as error:
                self.visit.note(error)
                continue
            digest = hashlib.sha256(answer.body).hexdigest()
            if digest != self.state.digest_of_file(file):
                self._changed.add(url)
                return False
            self._remember(file, answer, digest)
        return True

    async def _take(self, link: ReportLink, column: Column | None, page: Page) -> None:
        """Hand a page on as a document, with its files; what is held and unchanged is counted."""
        digest = hashlib.sha256(page.body).hexdigest()
        if self.state is not None:
            same = self.state.page_digest(link.url) == digest and self.state.held(link.url)
            if same and not self.full and await self._files_stand(link.url):
                self._remember(link.url, page, digest)
                self._held(link.url)
                return
        files, failed = await self._files(page, link)
        # A page whose files are missing must be asked again in full next time.
        self._remember(link.url, page, None if failed else digest)
        way = (self.visit.portal.home_url, *((column.url,) if column else ()))
        document = FetchedDocument(
            portal_code=self.visit.portal.code,
            source=Source(
                url=link.url,
                final_url=page.url,
                title=link.title,
                adcode=self.visit.portal.code,
                breadcrumb=link.breadcrumb or page.breadcrumb,
                published_on=link.date,
                fetched_at=fetched_now(),
                rendered=page.rendered,
                found_via=tuple(dict.fromkeys(way)),
                archive=page.archive,
            ),
            page=_raw(page),
            files=files,
            files_failed=tuple(failed),
        )
        await self.emit(document)

    async def _with_its_text(self, page: Page) -> Page:
        """Render a report page whose frame is there and whose text is not: a script brings it.

        Evidence is a page with scripts that prints neither a heading of a report nor tables nor
        files; it is asked for in the browser, and kept as it was if that shows no more.

        Raises:
            FetchError: the browser shows a frame without a text as well, and again.
        """
        if not self._lacks_its_text(page) or not self.visit.has_browser:
            return page
        for _ in range(1 if page.rendered else _RENDERS):
            rendered = await self.visit.page(page.url, render=True)
            if len(rendered.words) > len(page.words):
                page = rendered
            if not (self._lacks_its_text(page) and is_frame_alone(page)):
                return page
        raise FetchError(
            "fetch/render-failed",
            f"its script had brought no text when the page was still: {page.visible[:80]!r}",
            url=page.url,
            status=page.status,
        )

    @staticmethod
    def _lacks_its_text(page: Page) -> bool:
        if page.rendered and not is_frame_alone(page):
            return False
        return (
            not is_file(page.url)
            and page.scripted
            and not prints_report(page)
            and not files_wanted(page, 1)
        )

    async def _files(self, page: Page, link: ReportLink) -> tuple[list[RawFile], list[str]]:
        """Fetch the files a page names; return them, and the addresses of those that failed."""
        files: list[RawFile] = []
        failed: list[str] = []
        if is_file(page.url):
            return files, failed
        book = book_pages(page)
        for wanted in files_wanted(page, self.max_files):
            if wanted.url in book.values():
                continue
            answer = await self._file(wanted.url, page, link, failed)
            if answer is not None:
                files.append(_raw(answer, name=wanted.text))
                book = book or book_pages(answer)
        files += [_raw(leaf) async for leaf in self._leaves(book, page, link, failed)]
        return files, failed

    async def _file(self, url: str, page: Page, link: ReportLink, failed: list[str]) -> Page | None:
        """Fetch a file; a failure is written down, and added to ``failed``."""
        try:
            answer = await self.visit.fetcher.file(url, page.url)
        except FetchError as error:
            self.visit.note(error, title=link.title)
            failed.append(url)
            return None
        # Under both addresses of a redirect: a file read again is looked for where it lay.
        for where in dict.fromkeys((url, answer.url)):
            self._remember(where, answer, hashlib.sha256(answer.body).hexdigest())
        return answer

    async def _leaves(
        self, book: dict[int, str], page: Page, link: ReportLink, failed: list[str]
    ) -> AsyncIterator[Page]:
        """Fetch the pages of a page-flip book, each of which leads to its neighbours."""
        seen = {number for number, url in book.items() if url == page.url}
        while len(seen) < _LEAVES and (left := sorted(book.keys() - seen)):
            seen.add(left[0])
            answer = await self._file(book[left[0]], page, link, failed)
            if answer is not None:
                yield answer
                book = book_pages(answer) | book

    def _remember(self, url: str, page: Page, digest: str | None) -> None:
        """Write down an answer: where its bytes lie, and how to ask whether it changed."""
        if self.state is None:
            return
        # A rendered page's own file is a shell: that the shell is unchanged says nothing.
        known = {} if page.rendered or digest is None else page.headers
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
        self.visit.run.rejected.add(link.url)
        self.visit.problem(*known, link.url, title=link.title)
        return True

    def _have(self, url: str) -> None:
        """Count an address as held."""
        self.visit.run.held.add(url)
        self.know(url)

    def know(self, url: str) -> None:
        """Write down what the records held of an address say of organ and year."""
        held = {
            (
                kind_of_publisher(str(r.get("publisher_type")), r.get("scope")) or "whole",
                int(str(r["report_year"])),
            )
            for r in self.records(url)
            if r.get("report_year")
        }
        if held:
            self.visit.run.records[url] = held

    def records(self, url: str) -> Sequence[Mapping[str, Any]]:
        """Return what is held of an address."""
        return self.state.records_at(url) if self.state is not None else ()

    def _held(self, url: str) -> None:
        self._have(url)
        if self.state is not None:
            self.state.seen_unchanged(url)
            self.state.answered(url)


def is_lost(error: FetchError) -> bool:
    """Tell whether an error says that a page is no more, and not that it was not to be had now."""
    return error.code == "fetch/soft-404" or (
        error.code == "fetch/http-status" and error.status in _NO_MORE
    )


def is_silence(error: FetchError) -> bool:
    """Tell whether an error says that nobody answers for a page, which may pass."""
    if error.code == "fetch/http-status":
        return (error.status or 0) >= _SERVER_FAULT
    return error.code in _SILENCES


def _raw(page: Page, name: str | None = None) -> RawFile:
    return RawFile(
        body=page.body,
        url=page.url,
        content_type=page.content_type,
        filename=_disposition(page.headers.get("content-disposition")) or name,
    )


def _disposition(header: str | None) -> str | None:
    """Return the file name of a Content-Disposition header, percent-encoded or plain.

    >>> _disposition('attachment; filename="%C4%EA%B1%A8.pdf"')
    '年报.pdf'
    """
    message = Message()
    message["Content-Disposition"] = " ".join((header or "").split())
    name = unquote_to_bytes(message.get_filename() or "")
    try:
        return name.decode().strip() or None
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace").strip() or None

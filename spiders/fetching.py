"""One address, asked once: the answer as a page, or a coded error.

Every walk fetches through here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Request, Response

from crawler.discovery import soft_404
from crawler.middlewares.addresses import RefusedError
from crawler.middlewares.answers import TOO_LARGE_A_HEAD, page_of
from crawler.middlewares.blocked import BlockedRequestError
from crawler.middlewares.pace import BUSY, BusyError
from crawler.middlewares.rendered import NoBrowserError, RenderError, Turned
from crawler.middlewares.robots import RobotsForbiddenError
from crawler.pages import Page, same_page
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import Ask

_TOO_LARGE = "DOWNLOAD_MAXSIZE"
_ALL_TOO_LARGE = (_TOO_LARGE, TOO_LARGE_A_HEAD)
_EMPTY_ANSWERS = 2  # times a page is asked again that came with status 200 and without a byte
_STUBS = 3  # redirects by script or meta refresh that are followed, same rules as any request

_CODES: tuple[tuple[type[BaseException], str], ...] = (
    (RefusedError, "fetch/address-refused"),
    (RobotsForbiddenError, "fetch/robots"),
    (BlockedRequestError, "fetch/blocked"),
    (BusyError, "fetch/busy"),
    (NoBrowserError, "fetch/no-browser"),
    (RenderError, "fetch/render-failed"),
    (DownloadTimeoutError, "fetch/timeout"),
    (DownloadCancelledError, "fetch/too-large"),
    (IgnoreRequest, "fetch/failed"),
    (Exception, "fetch/failed"),
)


class FetchError(CodedError):
    """An address that gave no page; ``code`` is one of ``fetch/…``."""

    def __init__(self, code: str, evidence: str, *, url: str, status: int | None = None) -> None:
        super().__init__(code, f"{url}: {evidence}", evidence=evidence)
        self.url = url
        self.status = status


class Unchanged(Exception):  # noqa: N818 - not an error: the answer to a conditional request
    """The server says 304: what is held of the address still stands."""


class Fetcher:
    """Fetches for one portal."""

    def __init__(self, crawler: Crawler, portal_code: str) -> None:
        self.crawler = crawler
        self.portal_code = portal_code

    async def page(
        self,
        url: str,
        *,
        ask: Ask | None = None,
        render: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Page:
        """Fetch a page, following stubs that only redirect.

        Raises:
            FetchError: no page came.
            Unchanged: the answer to ``headers`` of a conditional request was 304.
        """
        page = await self._one(url, ask=ask, render=render, headers=headers, html=True)
        for _ in range(_EMPTY_ANSWERS):
            if page.body.strip() or ask is not None:
                break  # a page without a byte is a fault that passes, not a page
            page = await self._one(url, ask=ask, render=render, headers=headers, html=True)
        page = await self._where_it_leads(page, {url})
        if soft_404(page):
            raise FetchError("fetch/soft-404", page.visible[:120], url=url, status=200)
        return page

    async def turned(
        self,
        url: str,
        *,
        most: int,
        enter: tuple[str, ...] = (),
        unwanted: Callable[[str], bool] | None = None,
        stop_alike: bool = False,
    ) -> tuple[list[Page], Turned]:
        """Open a list in the browser and turn its pages there, ``most`` times at most.

        ``enter``, ``unwanted`` and ``stop_alike`` are what ``Turner.turn`` takes.

        Raises:
            FetchError: no page came.
        """
        request = self._request(url, html=True, render=True)
        request.meta["turns"] = most
        request.meta.update(enter=enter, unwanted=unwanted, stop_alike=stop_alike)
        response = await self._answer(request)
        turned = (response.request or request).meta.get("turned")
        if not isinstance(turned, Turned):
            raise FetchError("fetch/render-failed", "it was not drawn to be turned", url=url)
        drawn = [
            Page(
                url=where,
                body=source.encode("utf-8", "replace"),
                content_type="text/html; charset=utf-8",
                rendered=True,
                pressed=tuple(turned.entered),
            )
            for where, source in turned.pages
        ]
        return drawn, turned

    async def file(
        self, url: str, referer: str, *, conditions: dict[str, str] | None = None
    ) -> Page:
        """Fetch a file linked from a report; it may lie on another public host.

        Raises:
            FetchError: nothing came.
            Unchanged: the answer to ``conditions``, headers of a conditional request, was 304.
        """
        headers = {"Referer": referer, **(conditions or {})}
        answer = await self._one(url, headers=headers, html=False)
        return await self._where_it_leads(answer, {url}, headers=headers, html=False)

    async def _where_it_leads(
        self,
        page: Page,
        seen: set[str],
        *,
        headers: dict[str, str] | None = None,
        html: bool = True,
    ) -> Page:
        """Follow a page that only redirects, by script or meta refresh."""
        for _ in range(_STUBS):
            target = page.stub_target
            if target is None or target in seen or same_page(target) == same_page(page.url):
                break
            seen.add(target)
            page = await self._one(target, headers=headers, html=html)
        return page

    async def _one(
        self,
        url: str,
        *,
        html: bool,
        ask: Ask | None = None,
        render: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Page:
        request = self._request(url, html=html, ask=ask, render=render, headers=headers)
        response = await self._answer(request)
        return page_of(response.request or request, response, ask)

    def _request(
        self,
        url: str,
        *,
        html: bool,
        ask: Ask | None = None,
        render: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Request:
        meta: dict[str, Any] = {"portal": self.portal_code}
        if html and (ask is None or ask.method == "GET"):
            meta["may_render"] = ask is None
        if not html:
            meta["linked_file"] = True
        if render:
            meta["playwright"] = True
        return Request(
            url,
            method=ask.method if ask else "GET",
            body=ask.body if ask else b"",
            headers={**(headers or {}), **(dict(ask.headers) if ask else {})},
            meta=meta,
            dont_filter=True,
        )

    async def _answer(self, request: Request) -> Response:
        """Return a good answer.

        Raises:
            FetchError: none came.
            Unchanged: the answer to a conditional request was 304.
        """
        url = request.url
        engine = self.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except Exception as error:
            raise _coded(error, url) from error
        if response.status == 304:
            raise Unchanged
        if not 200 <= response.status < 300:
            # Redirects are followed below us, so a 3xx here is one that led nowhere.
            code = "fetch/busy" if response.status in BUSY else "fetch/http-status"
            raise FetchError(code, _status_of(response), url=url, status=response.status)
        return response


def _status_of(response: Response) -> str:
    where = response.headers.get("Location") or b""
    target = f" to {where[:200].decode('latin-1')}" if where else ""
    rest = response.headers.get("Retry-After") if response.status in BUSY else None
    asked = f", Retry-After {rest[:40].decode('latin-1')}" if rest else ""
    busy = f": it asks to be left alone{asked}, and did so after each wait"
    return f"status {response.status}{target}{busy if response.status in BUSY else ''}"


def fetched_now() -> str:
    """Return the time of a fetch as records carry it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _coded(error: Exception, url: str) -> FetchError:
    if str(error) == "max redirections reached":
        return FetchError("fetch/http-status", "redirects without end", url=url, status=302)
    # What only grew too large when it was unpacked, or has headers without end.
    if any(words in str(error) for words in _ALL_TOO_LARGE):
        return FetchError("fetch/too-large", _words(error), url=url)
    code = next(code for kind, code in _CODES if isinstance(error, kind))
    evidence = getattr(error, "evidence", "") or _words(error)
    return FetchError(code, evidence, url=url)


def _words(error: Exception) -> str:
    text = " ".join(str(error).split())[:200]
    name = {
        CannotResolveHostError: "the host name does not resolve",
        DownloadConnectionRefusedError: "connection refused",
        DownloadTimeoutError: "no complete answer in time",
        DownloadCancelledError: f"more than {_TOO_LARGE} bytes",
        ResponseDataLossError: "the answer broke off",
        DownloadFailedError: "the connection failed",
    }.get(type(error), type(error).__name__)
    return f"{name}: {text}" if text else name

"""The download handler: every exchange of a crawl passes here and takes its turn.

One handler for both schemes, plain and rendered. What a browser asks comes back here by its
gateway, so addresses, robots.txt and pace hold inside it too.
"""

from __future__ import annotations

from typing import Self, cast
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response

from crawler.middlewares.addresses import RefusedError, host_key, refusal_of
from crawler.middlewares.archive import archive_of
from crawler.middlewares.browser import Browser
from crawler.middlewares.chromium import find_chromium
from crawler.middlewares.heads import BoundedFactory
from crawler.middlewares.old_tls import OldTlsHandler, is_tls_failure
from crawler.middlewares.pace import BUSY, pace_of, retry_after
from crawler.middlewares.stated_length import refuse_cut
from pipelines.full_disk import end_crawl
from pipelines.vocabulary.errors import StoreError
from pipelines.vocabulary.ledger import ledger_of

_ATTEMPTS = 3  # of a request that is answered 429 or 503


class Handler(HTTP11DownloadHandler):
    """http and https, plain and rendered."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory  # noqa: SLF001 - as the handler itself sets it
        self.crawler = crawler
        self.pace = pace_of(crawler)
        self.ledger = ledger_of(crawler)
        self.archive = archive_of(crawler)
        self.chromium = find_chromium(crawler.settings)
        self.ledger.notes["browser"] = self.chromium
        self.browser: Browser | None = None
        self._old_tls: OldTlsHandler | None = None
        self._old_tls_hosts: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the crawl's one handler: http and https share driver and browser."""
        if crawler not in _HANDLERS:
            _HANDLERS[crawler] = cls(crawler)
        return cast("Self", _HANDLERS[crawler])

    async def download_request(self, request: Request) -> Response:
        """Fetch in turn, or render."""
        run = self.ledger.portals.get(request.meta.get("portal", ""))
        if run is not None:
            run.requests += 1
            run.rendered += bool(request.meta.get("playwright"))
        if not request.meta.get("playwright"):
            return await self._exchange(request)
        if self.browser is None:
            self.browser = Browser(self.crawler, self.chromium, self._exchange)
        return await self.browser.render(request)

    async def close(self) -> None:
        """Close once, although two schemes hold this handler."""
        if _HANDLERS.pop(self.crawler, None) is None:
            return
        await super().close()
        self.archive.close()
        if self._old_tls is not None:
            await self._old_tls.close()
        if self.browser is not None:
            await self.browser.close()

    async def _exchange(self, request: Request) -> Response:
        """Fetch, waiting as long as the host asks for (429, 503, Retry-After)."""
        for attempt in range(_ATTEMPTS):
            try:
                async with self.pace.turn(request.url):
                    response = await self._plain(request)
                    if response.status in BUSY:
                        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
                        self.pace.back_off(request.url, retry_after(header), attempt)
            except StoreError as error:  # a full disk: no turn can be claimed any more
                end_crawl(self.crawler, error)
                raise
            # What a page loads is drawn into it; the page as drawn is what is kept.
            if not request.meta.get("of_browser"):
                request.meta["archive"] = self.archive.exchange(request, response)
            if response.status not in BUSY or self.pace.closed(request.url):
                break
        return response

    async def _plain(self, request: Request) -> Response:
        """Ask as usual; ask a host whose handshake fails with the system's older TLS.

        Raises:
            RefusedError: the name leads to an address that may not be asked.
        """
        try:
            return refuse_cut(await self._by_either_tls(request))
        except CannotResolveHostError as error:
            why = refusal_of(urlsplit(request.url).hostname or "")
            if why is None:
                raise
            raise RefusedError(f"{request.url}: {why}") from error

    async def _by_either_tls(self, request: Request) -> Response:
        host = host_key(request.url)
        if host not in self._old_tls_hosts:
            try:
                return await super().download_request(request)
            except Exception as error:
                if not request.url.startswith("https:") or not is_tls_failure(error):
                    raise
                self._old_tls_hosts.add(host)
        if self._old_tls is None:
            self._old_tls = OldTlsHandler(self.crawler)
        return await self._old_tls.download_request(request)


async def forget_session(crawler: Crawler, portal: str) -> None:
    """Close a portal's browser session, if it had one."""
    handler = _HANDLERS.get(crawler)
    if handler is not None and handler.browser is not None:
        await handler.browser.close_context(portal)


_HANDLERS: WeakKeyDictionary[Crawler, Handler] = WeakKeyDictionary()

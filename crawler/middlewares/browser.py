"""The download handler, and the browser inside it: rendering only on evidence, bounded and paced.

Every exchange of a crawl passes here and takes its turn. scrapy-playwright is used with these
differences: one handler (one driver) for both schemes, started only when a page needs it; a hard
time limit, because a page that loops in its script never returns; recovery when browser or driver
die; images, fonts, styles and media are not fetched; what the browser asks leaves by the gateway
and is asked here like everything else, so addresses, robots.txt and pace hold inside it too.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page as BrowserPage
from playwright.async_api import Request as BrowserRequest
from playwright.async_api import Response as BrowserResponse
from playwright.async_api import Route
from playwright.async_api import WebSocket as BrowserSocket
from scrapy import Spider
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.families import family_of
from crawler.ledger import ledger_of
from crawler.middlewares.addresses import PublicOnlyResolver, RefusedError, host_key, rules_of
from crawler.middlewares.answers import page_of
from crawler.middlewares.archive import archive_of
from crawler.middlewares.gateway import Gateway, without_fragment
from crawler.middlewares.heads import BoundedFactory
from crawler.middlewares.old_tls import OldTlsHandler, is_tls_failure
from crawler.middlewares.pace import pace_of, retry_after
from crawler.middlewares.robots import RobotsForbiddenError, robots_of
from crawler.pages import HARDLY_ANY, Page
from crawler.problems import Problem

_SYSTEM = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
_PLAYWRIGHT_OWN = (
    "chromium_headless_shell-*/*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/*/chrome",
)
_NOT_FETCHED = frozenset({"image", "font", "stylesheet", "media", "websocket", "ping", "manifest"})
_INSIDE = ("data:", "blob:", "about:")  # addresses a browser answers itself
# What would leave a browser by another door than its proxy: UDP (WebRTC, QUIC) and its own DNS.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_ATTEMPTS = 3  # of a request that is answered 429 or 503
_BUSY = (429, 503)
_FAILURES = 256  # remembered at a time; a page's own is looked for within seconds
_SETTLE = 25.0  # seconds a page gets to fill itself after it has loaded, its requests paced
_PENDING: WeakKeyDictionary[BrowserPage, int] = WeakKeyDictionary()
"""Requests under way, waiting for their turn included, per page."""


class NoBrowserError(IgnoreRequest):
    """The page needs JavaScript and there is no Chromium on this machine."""


class RenderError(IgnoreRequest):
    """The browser could not show the page, tries and recovery included."""


def find_chromium(settings: BaseSettings) -> str | None:
    """Return the Chromium to use: CHROMIUM_PATH, Playwright's own, then the system's."""
    given = settings.get("CHROMIUM_PATH")
    if given:
        return str(given) if os.access(given, os.X_OK) else None
    root = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    for pattern in _PLAYWRIGHT_OWN:
        for path in sorted(root.glob(pattern), reverse=True):
            if os.access(path, os.X_OK):
                return str(path)
    for name in _SYSTEM:
        if os.access(name, os.X_OK):
            return name
    return shutil.which("chromium")


class Handler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # ships no types
    """http and https, plain and rendered."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory  # noqa: SLF001 - as the handler itself sets it
        settings = crawler.settings
        self.crawler = crawler
        self.pace = pace_of(crawler)
        self.rules = rules_of(crawler)
        self.ledger = ledger_of(crawler)
        self.archive = archive_of(crawler)
        self.chromium = find_chromium(settings)
        self.ledger.notes["browser"] = self.chromium
        # A page that failed is asked again or a problem line; its traceback tells a user nothing.
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)
        self.config.target_closed_max_retries = 0  # recovery is ours, not another try in a ruin
        self.process_request_headers = None  # the browser sends its own; only the name is added
        self.abort_request = self._keep_out
        self.render_timeout = settings.getfloat("RENDER_TIMEOUT")
        concurrency = settings.getint("RENDER_CONCURRENCY", 2)
        self._loading = asyncio.Semaphore(concurrency)
        self._open = asyncio.Semaphore(concurrency * 2)
        self._old_tls: OldTlsHandler | None = None
        self._old_tls_hosts: set[str] = set()
        self._started = False
        self._recovering = asyncio.Lock()
        self._gateway = Gateway(self._ask_for_browser)
        self._failures: dict[str, Exception] = {}
        """What kept the browser's requests from being answered, by address, for its page to say."""
        self._told: set[tuple[str, str]] = set()
        """(portal, host) of refusals inside the browser that are written down."""
        self._asked: dict[BrowserPage, Request] = {}
        self._pages: dict[Request, BrowserPage] = {}
        self._status: dict[BrowserPage, int] = {}
        self._settled: dict[Request, Callable[[BrowserPage], Awaitable[None]]] = {}
        self._led_off: dict[Request, asyncio.Future[str]] = {}
        """Why each page under way may not go where its script leads it, once it tries to."""
        self._under: dict[Request, Any] = {}
        """The driver each render under way was begun with."""
        self._name = f" {settings['USER_AGENT']}"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the crawl's one handler: http and https share driver and browser."""
        if crawler not in _HANDLERS:
            _HANDLERS[crawler] = cls(crawler)
        return cast("Self", _HANDLERS[crawler])

    async def download_request(self, request: Request) -> Response:
        """Fetch in turn, or render."""
        self._count(request)
        if request.meta.get("playwright"):
            return await self._render(request)
        return await self._exchange(request)

    async def close(self) -> None:
        """Close once, although two schemes hold this handler."""
        if _HANDLERS.pop(self.crawler, None) is None:
            return
        await HTTP11DownloadHandler.close(self)
        self.archive.close()
        if self._old_tls is not None:
            await self._old_tls.close()
        if self._started:
            with contextlib.suppress(PlaywrightError, TimeoutError, Exception):
                # A dead driver answers nothing: closing must not hang the end of a run.
                await asyncio.wait_for(self._close(), 15)
            self._gateway.stop()

    async def close_context(self, name: str) -> None:
        """Forget a portal's browser session when its walk is over."""
        wrapper = self.context_wrappers.get(name)
        if wrapper is not None:
            with contextlib.suppress(PlaywrightError, TimeoutError):
                await asyncio.wait_for(wrapper.context.close(), 5)

    # -- plain ------------------------------------------------------------------------------

    async def _exchange(self, request: Request) -> Response:
        """Fetch, waiting as long as the host asks for (429, 503, Retry-After)."""
        for attempt in range(_ATTEMPTS):
            async with self.pace.turn(request.url):
                response = await self._plain(request)
                if response.status in _BUSY:
                    header = (response.headers.get("Retry-After") or b"").decode("latin-1")
                    self.pace.back_off(request.url, retry_after(header), attempt)
            # What a page loads is drawn into it; the page as drawn is what is kept.
            if not request.meta.get("of_browser"):
                request.meta["archive"] = self.archive.exchange(request, response)
            if response.status not in _BUSY or self.pace.closed(request.url):
                break
        return response

    async def _ask_for_browser(self, request: Request) -> Response:
        """Ask what the browser wants to know, by all the rules of a plain request."""
        url = request.url
        self._failures.pop(url, None)
        request.meta["of_browser"] = True
        request.meta["download_timeout"] = self.crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        try:
            await self._check(url)
            return await self._exchange(request)
        except Exception as error:
            while len(self._failures) >= _FAILURES:  # parts of pages, which nobody asks about
                del self._failures[next(iter(self._failures))]
            self._failures[url] = error
            raise

    async def _check(self, url: str) -> None:
        if (why := self.rules.refuse(url)) is not None:
            raise RefusedError(f"{url}: {why}")
        robots = robots_of(self.crawler)
        if robots is not None and (why := await robots.refuse(url)) is not None:
            raise RobotsForbiddenError(why)

    async def _plain(self, request: Request) -> Response:
        """Ask as usual; ask a host whose handshake fails with the system's older TLS.

        Raises:
            RefusedError: the name leads to an address that may not be asked.
        """
        host = host_key(request.url)
        if host not in self._old_tls_hosts:
            try:
                return await HTTP11DownloadHandler.download_request(self, request)
            except CannotResolveHostError as error:
                why = PublicOnlyResolver.refused.get(urlsplit(request.url).hostname or "")
                if why is None:
                    raise
                raise RefusedError(f"{request.url}: {why}") from error
            except Exception as error:
                if not request.url.startswith("https:") or not is_tls_failure(error):
                    raise
                self._old_tls_hosts.add(host)
        if self._old_tls is None:
            self._old_tls = OldTlsHandler(self.crawler)
        return await self._old_tls.download_request(request)

    def _count(self, request: Request) -> None:
        run = self.ledger.portals.get(request.meta.get("portal", ""))
        if run is not None:
            run.requests += 1
            run.rendered += bool(request.meta.get("playwright"))

    # -- rendered ---------------------------------------------------------------------------

    async def _maybe_launch_in_thread(self) -> None:
        """Do nothing at the start of a crawl: most crawls need no browser at all."""

    async def _render(self, request: Request) -> Response:
        if self.chromium is None:
            raise NoBrowserError(f"{request.url} needs JavaScript and no Chromium was found")
        request.meta["max_retry_times"] = 1  # each try may take RENDER_TIMEOUT
        request.meta.setdefault("playwright_context", request.meta.get("portal") or "default")
        async with self._open:
            for attempt in (1, 2, 3):
                try:
                    return await self._show(request)
                except TimeoutError as error:
                    await self._recover(request)
                    raise DownloadTimeoutError(
                        f"{request.url}: not rendered within {self.render_timeout:g} s"
                    ) from error
                except (PlaywrightError, AttributeError, ConnectionError) as error:
                    # AttributeError: scrapy-playwright drops its browser while a page is made.
                    await self._recover(request)
                    if attempt == 3:
                        raise RenderError(f"{request.url}: {_first_line(error)}") from error
                finally:
                    await self._forget(request)
        raise AssertionError  # the loop returns or raises

    async def _show(self, request: Request) -> Response:
        await self._start()
        self._under[request] = self.browser_provider
        await asyncio.wait_for(self._maybe_launch_browser(), 30)  # its version goes into its name
        request.meta["playwright_context_kwargs"] = self._context_options()
        async with contextlib.AsyncExitStack() as loading:
            # Loading takes a processor; a page that is only waited for takes none.
            await loading.enter_async_context(self._loading)

            async def settled(page: BrowserPage) -> None:
                await _first_of(page.wait_for_load_state("load", timeout=0), led_off)
                await loading.aclose()
                await settle(page)

            led_off = self._led_off[request] = asyncio.get_running_loop().create_future()
            self._settled[request] = settled
            # A page that starts to leave before it has loaded may never be loaded.
            request.meta["playwright_page_goto_kwargs"] = {"wait_until": "commit"}
            coroutine = self._download_request(request)
            response = await asyncio.wait_for(coroutine, self.render_timeout)
        failure = self._failures.pop(without_fragment(response.url), None)
        if failure is not None:
            raise failure  # the page is the gateway's word that nothing came
        if led_off.done() and _says_nothing(response):
            raise RefusedError(led_off.result())
        if not response.url.startswith(("http:", "https:")):
            # The browser's own words in place of the page are nothing a portal said.
            raise RenderError(f"{request.url}: the browser ended at {response.url[:200]}")
        response = self._with_last_status(request, response)
        request.meta["archive"] = self.archive.rendered(response.url, response.body)
        return response

    def _with_last_status(self, request: Request, response: Response) -> Response:
        """Give the status of the last document: a challenge reloads into the real page."""
        page = self._pages.get(request)
        status = self._status.get(page, response.status) if page is not None else response.status
        return response.replace(status=status)

    async def _start(self) -> None:
        if self._started and getattr(self, "browser_provider", None) is not None:
            return
        async with self._recovering:
            if self._started and getattr(self, "browser_provider", None) is not None:
                return  # another render that waited here has started it
            await self._gateway.start()
            self.config.launch_options = {
                "executable_path": self.chromium,
                "args": list(_ARGUMENTS),
                "proxy": {"server": self._gateway.address},
                "timeout": 30_000,
            }
            await asyncio.wait_for(self._launch(), 30)
            self._started = True

    async def _browser_disconnected_callback(self) -> None:
        """Drop a browser that is gone at once; waiting for its contexts to close never ends."""
        self.context_wrappers.clear()
        if hasattr(self, "browser"):
            del self.browser

    def _context_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {
            "locale": "zh-CN",
            "service_workers": "block",
            "ignore_https_errors": True,  # as for plain requests: reports are public, not secret
            "accept_downloads": False,
        }
        browser = getattr(self, "browser", None)
        if browser is not None:
            # The browser's own name and ours beside it: ordinary, and honest.
            options["user_agent"] = (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                f"Chrome/{browser.version} Safari/537.36{self._name}"
            )
        return options

    async def _create_page(self, request: Request, spider: Spider) -> BrowserPage:
        page: BrowserPage = await super()._create_page(request, spider)
        self._asked[page] = request
        self._pages[request] = page
        page.on("response", lambda response: self._note_status(page, response))
        page.on("request", lambda _: _count_pending(page, 1))
        page.on("requestfinished", lambda _: _count_pending(page, -1))
        page.on("requestfailed", lambda _: _count_pending(page, -1))
        page.on("request", lambda asked: self._tell_refusal(request, asked))
        page.on("websocket", lambda socket: self._tell_refusal(request, socket))
        page.on("popup", lambda popup: asyncio.ensure_future(_close_quietly(popup)))
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
        return page

    async def _apply_page_methods(
        self, page: BrowserPage, request: Request, spider: Spider
    ) -> None:
        """Wait in our own way; scrapy-playwright would wait for a load that may never come."""
        del spider
        await self._settled[request](page)

    def _note_status(self, page: BrowserPage, response: BrowserResponse) -> None:
        with contextlib.suppress(PlaywrightError):
            if response.request.is_navigation_request() and response.frame == page.main_frame:
                self._status[page] = response.status

    async def _forget(self, request: Request) -> None:
        for known in (self._under, self._settled, self._led_off):
            known.pop(request, None)
        page = self._pages.pop(request, None)
        if page is None:
            return
        self._asked.pop(page, None)
        self._status.pop(page, None)
        await _close_quietly(page)

    async def _keep_out(self, asked: BrowserRequest) -> bool:
        """Tell scrapy-playwright whether to abort one of the browser's requests."""
        if asked.resource_type in _NOT_FETCHED:
            return True
        if asked.url.startswith(_INSIDE):
            return False
        if self.rules.refuse(asked.url):
            return True
        request = self._request_of(asked)
        if request is not None and asked.url.rstrip("/") != request.url.rstrip("/"):
            self._count_part(request)
        return False

    def _make_request_handler(self, **facts: Any) -> Callable[[Route, BrowserRequest], Any]:
        handle = super()._make_request_handler(**facts)

        async def handle_or_stay(route: Route, asked: BrowserRequest) -> None:
            request = self._led_by(asked)
            why = self.rules.refuse(asked.url) if request is not None else None
            if request is None or why is None:
                await handle(route, asked)
                return
            led_off = self._led_off.get(request)
            if led_off is not None and not led_off.done():
                led_off.set_result(f"{asked.url[:200]}: {why}; led there by {request.url}")
            # Cancelled, not failed: an error page would take the place of the page that is there.
            await route.abort("aborted")

        return handle_or_stay

    def _led_by(self, asked: BrowserRequest) -> Request | None:
        """Return the request whose page is about to be replaced by what is asked, if it is."""
        with contextlib.suppress(PlaywrightError):
            if asked.is_navigation_request() and asked.frame == asked.frame.page.main_frame:
                return self._request_of(asked)
        return None

    def _tell_refusal(self, request: Request, asked: BrowserRequest | BrowserSocket) -> None:
        """Write down, once a portal and host, that a page wanted what may not be asked."""
        url = asked.url
        if url.startswith(_INSIDE) or (why := self.rules.refuse(url)) is None:
            return
        portal = request.meta.get("portal", "")
        key = (portal, (urlsplit(url).hostname or url)[:200])
        if key in self._told:
            return
        self._told.add(key)
        evidence = f"{url[:200]}: {why}; wanted by {request.url} in the browser, not asked"
        self.ledger.problem(
            Problem(
                code="fetch/address-refused",
                evidence=evidence,
                portal=portal or None,
                url=request.url,
                stage="browser",
            )
        )

    def _request_of(self, asked: BrowserRequest) -> Request | None:
        with contextlib.suppress(PlaywrightError):
            return self._asked.get(asked.frame.page)
        return None

    def _count_part(self, request: Request) -> None:
        run = self.ledger.portals.get(request.meta.get("portal", ""))
        if run is not None:
            run.requests += 1

    async def _recover(self, request: Request) -> None:
        """Bring browser and driver back if they are gone; leave them alone if they answer.

        Of two renders that lose their browser together the first replaces it; the second must
        not take the new one down again.
        """
        async with self._recovering:
            begun_with = self._under.get(request)
            if begun_with is not None and begun_with is not getattr(self, "browser_provider", None):
                return
            browser = getattr(self, "browser", None)
            if browser is not None and await _answers(browser):
                return
            self.context_wrappers.clear()
            self._pages.clear()
            self._asked.clear()
            self._status.clear()
            if hasattr(self, "browser"):
                del self.browser
            provider, self.browser_provider = getattr(self, "browser_provider", None), None
            self.browser_launch_lock = asyncio.Lock()
            self.context_launch_lock = asyncio.Lock()
            if provider is not None:
                with contextlib.suppress(PlaywrightError, TimeoutError, Exception):
                    await asyncio.wait_for(provider.close(), 5)
            self._started = False


class RenderMiddleware:
    """Renders a page on evidence: it came and is empty without its scripts."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.challenged: set[str] = set()
        """Hosts that opened in the browser only: their further pages are asked there at once."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Ask a host that opened only in the browser there again, one session for all its pages."""
        if request.meta.get("may_render") and _host(request.url) in self.challenged:
            request.meta["playwright"] = True

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the answer, or the same request for the browser."""
        if request.meta.get("playwright"):
            if request.meta.get("challenged"):
                self.challenged.add(_host(request.url))
            return response
        if not request.meta.get("may_render") or response.status != 200 or request.method != "GET":
            return response
        kind = (response.headers.get("Content-Type") or b"text/html").decode("latin-1")
        if "html" not in kind:
            return response
        if not needs_script(page_of(request, response)):
            return response
        return request.replace(dont_filter=True, meta={**request.meta, "playwright": True})


_LINK = re.compile(
    r"<a\s[^<>]{0,400}?href\s*=\s*[\"']?\s*"
    r"(?!javascript:|mailto:|tel:|data:|about:|[#\"'\s>])",
    re.IGNORECASE,
)


def needs_script(page: Page) -> bool:
    """Tell whether a page says nothing without its scripts: no links, hardly any text."""
    if len(_LINK.findall(page.source)) > 1:
        return False  # the usual page, told without taking it apart
    if not page.scripted or page.stub_target is not None or page.frames:
        return False
    if family_of(page).first_asks(page):
        return False  # its list can be asked for without the script
    words = len(page.visible.replace(" ", ""))
    return len(page.anchors) < 2 and (words < 120 or "加载中" in page.visible)


_QUIET = """([quiet, longest]) => new Promise(done => {
    const begun = performance.now();
    let last = begun;
    const watch = new MutationObserver(() => { last = performance.now(); });
    watch.observe(document, {subtree: true, childList: true, characterData: true});
    const size = text => (text || '').replace(/\\s+/g, '').length;
    const look = () => {
        const now = performance.now();
        if (now - last < quiet && now - begun < longest) return setTimeout(look, 40);
        watch.disconnect();
        let words = size(document.body && document.body.innerText);
        for (const link of document.querySelectorAll('a')) words -= size(link.innerText);
        done(words);
    };
    look();
})"""
"""Waits until the page has not changed for a while, then counts its words outside links."""


async def settle(page: BrowserPage) -> None:
    """Wait until a page has stopped filling itself: nothing under way, its text the same.

    The less it says, the longer it is waited for: a page with a menu and a title may be one whose
    script is about to fill it, an empty one a challenge that is about to reload it.
    """
    clock = asyncio.get_running_loop().time
    deadline, quiet = clock() + _SETTLE, _quiet_for(_FULL)
    while clock() < deadline:
        try:
            longest = 1000 * (deadline - clock())
            words = await page.evaluate(_QUIET, [1000 * quiet, longest])
        except PlaywrightError:  # reloading
            quiet = _quiet_for(_FULL)
            await asyncio.sleep(0.1)
            continue
        if _PENDING.get(page):
            await asyncio.sleep(0.05)
        elif quiet >= _quiet_for(words):
            return
        else:
            quiet = _quiet_for(words)


_FULL = 400
"""Words outside links from which a page has its text."""


def _quiet_for(words: int) -> float:
    """Return the seconds a page of so many words must have been still."""
    if words >= _FULL:
        return 0.12
    return 0.6 if words >= HARDLY_ANY else 2.1


async def _first_of(waiting: Awaitable[None], other: asyncio.Future[Any]) -> None:
    task: asyncio.Future[Any] = asyncio.ensure_future(waiting)
    try:
        await asyncio.wait({task, other}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _says_nothing(response: Response) -> bool:
    page = Page(url=response.url, body=response.body)
    return not page.anchors and len(page.visible.replace(" ", "")) < HARDLY_ANY


def _count_pending(page: BrowserPage, change: int) -> None:
    _PENDING[page] = max(0, _PENDING.get(page, 0) + change)


async def _answers(browser: Any) -> bool:
    try:
        context = await asyncio.wait_for(browser.new_context(), 5)
        await asyncio.wait_for(context.close(), 5)
    except (PlaywrightError, TimeoutError, ConnectionError, Exception):  # noqa: BLE001 - any means no
        return False
    return True


async def _close_quietly(page: Any) -> None:
    with contextlib.suppress(PlaywrightError, TimeoutError, Exception):
        await asyncio.wait_for(page.close(), 5)


def _host(url: str) -> str:
    return url.split("/")[2]


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


async def forget_session(crawler: Crawler, portal: str) -> None:
    """Close a portal's browser session, if it had one."""
    handler = _HANDLERS.get(crawler)
    if handler is not None:
        await handler.close_context(portal)


_HANDLERS: WeakKeyDictionary[Crawler, Handler] = WeakKeyDictionary()

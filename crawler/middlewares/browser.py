"""The browser: rendering, bounded and paced.

scrapy-playwright is used with these differences: started only when a page needs it; a hard time
limit, because a page that loops in its script never returns; recovery when browser or driver die;
images, fonts, styles and media are not fetched; what the browser asks leaves by the gateway and is
asked like everything else.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any
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
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.middlewares.addresses import RefusedError, rules_of
from crawler.middlewares.archive import archive_of
from crawler.middlewares.chromium import context_options, launch_options
from crawler.middlewares.gateway import Gateway, without_fragment
from crawler.middlewares.pace import BUSY, BusyError
from crawler.middlewares.rendered import LedTo, NoBrowserError, RenderError
from crawler.middlewares.robots import RobotsForbiddenError, robots_of
from crawler.middlewares.settling import settle, watch
from crawler.middlewares.turning import Turner
from crawler.pages import HARDLY_ANY, Page
from pipelines.vocabulary.ledger import ledger_of
from pipelines.vocabulary.problems import Problem

_NOT_FETCHED = frozenset({"image", "font", "stylesheet", "media", "websocket", "ping", "manifest"})
_INSIDE = ("data:", "blob:", "about:")  # addresses a browser answers itself
_REFUSALS = (
    (BusyError, "fetch/busy"),
    (RobotsForbiddenError, "fetch/robots"),
    (RefusedError, "fetch/address-refused"),
)
# Last resorts against a driver that hangs, wide enough for a busy machine: results depend on them.
_START = 120.0  # seconds until driver or browser are there
_ALIVE = 30.0  # seconds in which a browser that is alive makes a session
_FAILURES = 256  # remembered at a time; a page's own is looked for within seconds


class Browser(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # ships no types
    """One crawl's browser.

    Args:
        crawler: the crawl.
        chromium: what to start; None where this machine has none.
        exchange: asks what the browser wants to know, in its turn.
    """

    def __init__(
        self,
        crawler: Crawler,
        chromium: str | None,
        exchange: Callable[[Request], Awaitable[Response]],
    ) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self.crawler = crawler
        self.chromium = chromium
        self.rules = rules_of(crawler)
        self.ledger = ledger_of(crawler)
        self.archive = archive_of(crawler)
        self._exchange = exchange
        # A page that failed is asked again or a problem line; its traceback tells a user nothing.
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)
        self.config.target_closed_max_retries = 0  # recovery is ours, not another try in a ruin
        self.process_request_headers = None  # the browser sends its own; only the name is added
        self.abort_request = self._keep_out
        self.render_timeout = settings.getfloat("RENDER_TIMEOUT")
        self.turning_time = settings.getfloat("TURNING_TIMEOUT")
        concurrency = settings.getint("RENDER_CONCURRENCY", 2)
        self._loading = asyncio.Semaphore(concurrency)
        self._open = asyncio.Semaphore(concurrency * 2)
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
        self._led_to: WeakKeyDictionary[BrowserPage, LedTo] = WeakKeyDictionary()
        self._under: dict[Request, Any] = {}
        """The driver each render under way was begun with."""
        self._name = str(settings["USER_AGENT"])

    async def close(self) -> None:
        """Close whatever still answers: a dead driver must not hang the end of a run."""
        await HTTP11DownloadHandler.close(self)
        if self._started:
            with contextlib.suppress(PlaywrightError, TimeoutError, Exception):
                await asyncio.wait_for(self._close(), 15)
            self._gateway.stop()

    async def close_context(self, name: str) -> None:
        """Forget a portal's browser session when its walk is over."""
        wrapper = self.context_wrappers.get(name)
        if wrapper is not None:
            with contextlib.suppress(PlaywrightError, TimeoutError):
                await asyncio.wait_for(wrapper.context.close(), 5)

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

    async def _maybe_launch_in_thread(self) -> None:
        """Do nothing at the start of a crawl: most crawls need no browser at all."""

    async def render(self, request: Request) -> Response:
        """Return a page as its scripts have drawn it.

        Raises:
            NoBrowserError: there is no browser here.
            DownloadTimeoutError: it took longer than a page may take.
            RenderError: the browser could not show it.
        """
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
        # Now, not with the page: its version goes into its name.
        await asyncio.wait_for(self._maybe_launch_browser(), _START)
        version = self.browser.version if hasattr(self, "browser") else None
        request.meta["playwright_context_kwargs"] = context_options(version, self._name)
        async with contextlib.AsyncExitStack() as loading:
            # Loading takes a processor; a page that is only waited for takes none.
            await loading.enter_async_context(self._loading)

            async def settled(page: BrowserPage) -> None:
                await _first_of(page.wait_for_load_state("load", timeout=0), led_off)
                await loading.aclose()
                await settle(page)
                if most is not None:
                    led_to = self._led_to[page] = LedTo()
                    turner = Turner(page, settle, self._why, led_to)
                    turned = await turner.turn(
                        most=most,
                        seconds=self.turning_time,
                        enter=request.meta.get("enter", ()),
                        unwanted=request.meta.get("unwanted"),
                        stop_alike=request.meta.get("stop_alike", False),
                    )
                    request.meta["turned"] = turned

            most = request.meta.get("turns")
            led_off = self._led_off[request] = asyncio.get_running_loop().create_future()
            self._settled[request] = settled
            # A page that starts to leave before it has loaded may never be loaded.
            request.meta["playwright_page_goto_kwargs"] = {"wait_until": "commit"}
            coroutine = self._download_request(request)
            seconds = self.render_timeout + (self.turning_time if most is not None else 0)
            response = await asyncio.wait_for(coroutine, seconds)
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

    def _why(self, url: str, status: int) -> tuple[str, str]:
        """Return the problem it is that an address the browser asked has no good answer."""
        failure = self._failures.pop(without_fragment(url), None)
        if failure is None:
            code = "fetch/busy" if status in BUSY else "fetch/http-status"
            return code, f"{url[:200]}: status {status}"
        words = getattr(failure, "evidence", "") or f"{type(failure).__name__}: {failure}"
        code = next((c for kind, c in _REFUSALS if isinstance(failure, kind)), "fetch/failed")
        return code, f"{url[:200]}: {words}"

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
            self.config.launch_options = launch_options(self.chromium, self._gateway.address)
            try:
                await asyncio.wait_for(self._launch(), _START)
            except (PlaywrightError, TimeoutError, OSError):
                raise
            except Exception as error:
                # Playwright 1.65 says in a bare Exception that its driver died while it started.
                raise ConnectionError(_first_line(error)) from error
            self._started = True

    async def _browser_disconnected_callback(self) -> None:
        """Drop a browser that is gone at once; waiting for its contexts to close never ends."""
        self.context_wrappers.clear()
        if hasattr(self, "browser"):
            del self.browser

    async def _create_page(self, request: Request, spider: Spider) -> BrowserPage:
        page: BrowserPage = await super()._create_page(request, spider)
        self._asked[page] = request
        self._pages[request] = page
        page.on("response", lambda response: self._note_status(page, response))
        page.on("response", lambda response: self._tell_refused_name(request, response))
        watch(page)
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
            led_to = self._kept(asked)
            if led_to is not None:
                led_to.urls.append(asked.url if asked.method == "GET" else "")
                await route.abort("aborted")
                return
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

    def _kept(self, asked: BrowserRequest) -> LedTo | None:
        """Return where a page wants to go that is kept where it is; None where it may go."""
        with contextlib.suppress(PlaywrightError):
            if asked.is_navigation_request():
                led_to = self._led_to.get(asked.frame.page)
                return led_to if led_to is not None and led_to.kept else None
        return None

    def _led_by(self, asked: BrowserRequest) -> Request | None:
        """Return the request whose page is about to be replaced by what is asked, if it is."""
        with contextlib.suppress(PlaywrightError):
            if asked.is_navigation_request() and asked.frame == asked.frame.page.main_frame:
                return self._request_of(asked)
        return None

    def _tell_refusal(self, request: Request, asked: BrowserRequest | BrowserSocket) -> None:
        """Write down, once a portal and host, that a page wanted what may not be asked."""
        url = asked.url
        if not url.startswith(_INSIDE) and (why := self.rules.refuse(url)) is not None:
            self._tell(request, url, why)

    def _tell_refused_name(self, request: Request, response: BrowserResponse) -> None:
        """Write down that the name of an address led where nothing may be asked."""
        failure = self._failures.get(without_fragment(response.url))
        if isinstance(failure, RefusedError):
            self._tell(request, response.url, failure.evidence.rpartition(": ")[2])

    def _tell(self, request: Request, url: str, why: str) -> None:
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


async def _answers(browser: Any) -> bool:
    try:
        context = await asyncio.wait_for(browser.new_context(), _ALIVE)
        await asyncio.wait_for(context.close(), _ALIVE)
    except (PlaywrightError, TimeoutError, ConnectionError, Exception):  # noqa: BLE001 - any means no
        return False
    return True


async def _close_quietly(page: Any) -> None:
    with contextlib.suppress(PlaywrightError, TimeoutError, Exception):
        await asyncio.wait_for(page.close(), 5)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]

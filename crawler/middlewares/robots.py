"""robots.txt as RFC 9309 has it, with what these portals make of it.

Scrapy parses whatever comes and takes a failed download for "all allowed". Here: a page in HTML
(a soft 404) or a 4xx means no rules; a 5xx or no answer at all means stay away; a Crawl-delay is
obeyed.
"""

from __future__ import annotations

import logging
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from twisted.internet.defer import Deferred

from crawler.middlewares.blocked import challenge_in
from crawler.middlewares.pace import pace_of

_MAX_BYTES = 512 * 1024  # RFC 9309 wants 500 KiB read; more than that is no list of rules
# ``User-agent: county-reports/1.0`` means us as well: the version is no part of a name.
_VERSION = re.compile(r"^([ \t]*user-agent[ \t]*:\s*[\w-]+)/[^\n#]*", re.IGNORECASE | re.MULTILINE)
_DELAY = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
USER_AGENT_TOKEN = "county-reports"  # noqa: S105 - the name robots.txt rules are written for


class RobotsForbiddenError(IgnoreRequest):
    """robots.txt forbids the address, or could not be read in a way that allows asking."""

    def __init__(self, evidence: str) -> None:
        super().__init__(evidence)
        self.evidence = evidence


class RobotsUnavailableError(IgnoreRequest):
    """robots.txt answers with a server error: nothing may be asked until it is back."""

    def __init__(self, evidence: str) -> None:
        super().__init__(evidence)
        self.evidence = evidence


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with the three answers told apart."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        # Scrapy logs a traceback for every robots.txt that does not come; the portal's outcome and
        # its problem line say it to the user.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
        self._pace = pace_of(crawler)
        self._max_delay = crawler.settings.getfloat("MAX_CRAWL_DELAY")
        self._closed: dict[str, str] = {}
        """Host to the reason why nothing at all may be asked of it."""
        self._failed: dict[str, Exception] = {}
        """Host to what kept robots.txt from coming: no answer to it is no answer of the portal."""
        self._asked_over: dict[str, str] = {}
        """Host to the scheme its robots.txt was last asked over."""
        _MIDDLEWARES[crawler] = self

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Ask anew over the other scheme where the first failed: some hosts speak only one."""
        scheme, _, netloc = request.url.split("/", 3)[:3]
        if netloc in self._failed and self._asked_over.get(netloc) != scheme:
            del self._failed[netloc]
            self._parsers.pop(netloc, None)
        self._asked_over[netloc] = scheme
        return await super().robot_parser(request)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]  # Scrapy deprecates the spider argument
        """Let pass or raise; robots.txt itself waits behind no page that waits for it."""
        if request.meta.get("dont_obey_robotstxt"):
            request.meta.setdefault("download_slot", f"robots.txt of {request.url.split('/')[2]}")
        await super().process_request(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let pass or raise.

        Raises:
            RobotsForbiddenError: a rule forbids the address, or the rules could not be had.
        """
        why = self._refuse(rp, request.url)
        if why:
            self._stats.inc_value("robotstxt/forbidden")
            raise RobotsForbiddenError(why)

    async def refuse(self, url: str) -> str | None:
        """Return why robots.txt forbids an address, or None: for the browser's own requests."""
        request = Request(url)
        return self._refuse(await self.robot_parser(request), url)

    def _refuse(self, rp: RobotParser | None, url: str) -> str | None:
        netloc = urlsplit(url).netloc
        if netloc in self._failed:
            raise self._failed[netloc]
        if netloc in self._closed:
            return self._closed[netloc]
        if rp is not None and not rp.allowed(url, USER_AGENT_TOKEN):
            return f"robots.txt of {netloc} forbids {url}"
        return None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        body = response.body
        if response.status >= 500 and not challenge_in(response):
            self._failed[netloc] = RobotsUnavailableError(
                f"robots.txt of {netloc} answers {response.status}: to be left alone (RFC 9309)"
            )
            body = b""
        elif response.status != 200 or _is_html(response):
            body = b""  # absent, refused or a page saying so: no rules
        body = rules_in(body)
        parser: Any = ProtegoRobotParser.from_crawler(self.crawler, body)
        delay = longest_delay(body) if body else None
        if delay:
            if delay > self._max_delay:
                self._closed[netloc] = (
                    f"robots.txt of {netloc} asks for {delay:g} s between requests, "
                    f"more than MAX_CRAWL_DELAY={self._max_delay:g}"
                )
            else:
                self._pace.crawl_delay(request.url, float(delay))
        waiting = self._parsers[netloc]
        assert isinstance(waiting, Deferred)
        self._parsers[netloc] = parser
        waiting.callback(parser)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, IgnoreRequest):
            self._failed[netloc] = exc
        super()._robots_error(exc, netloc)


def longest_delay(rules: bytes) -> float | None:
    r"""Return the longest Crawl-delay that is said to us, or to everybody; None where none is.

    Which group is ours is a matter of reading; what a server can bear is not.

    >>> longest_delay(b"User-agent: *\nCrawl-delay: 5\nUser-agent: county-reports\nCrawl-delay: 2")
    5.0
    """
    delays, group, rules_began = [], set[str](), False
    for line in rules.decode("utf-8", "replace").splitlines():
        name, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if name.lower() == "user-agent":
            group = {value.lower()} if rules_began else group | {value.lower()}
            rules_began = False
        elif name:
            rules_began = True
            delay = _DELAY.fullmatch(value)
            if name.lower() == "crawl-delay" and delay and group & {"*", USER_AGENT_TOKEN}:
                delays.append(float(delay[0]))
    return max(delays, default=None)


def rules_in(body: bytes) -> bytes:
    """Return what the parser gets: lines in UTF-8, the last one whole, groups by bare names.

    Half a line is another rule: ``Disallow: /`` for ``Disallow: /old/``, or ``Allow: /``. So is
    one whose letters of another encoding the parser leaves out.
    """
    if len(body) > _MAX_BYTES:
        body = body[:_MAX_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    lines = "\n".join(_text_of(body).splitlines())
    return _VERSION.sub(r"\1", lines).encode()


def _text_of(body: bytes) -> str:
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):  # what Notepad calls Unicode
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _is_html(response: Response) -> bool:
    kind = (response.headers.get("Content-Type") or b"").lower()
    start = response.body[:2048].lstrip().lower()
    return b"html" in kind or start.startswith((b"<!doctype", b"<html", b"<head", b"<script"))


_MIDDLEWARES: WeakKeyDictionary[object, RobotsMiddleware] = WeakKeyDictionary()


def robots_of(crawler: Crawler) -> RobotsMiddleware | None:
    """Return the crawl's robots middleware; None where ROBOTSTXT_OBEY is off."""
    return _MIDDLEWARES.get(crawler)

"""Rendering only on evidence: a page came, and is empty without its scripts."""

from __future__ import annotations

import re
from typing import Self

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.families import family_of, first_asks
from crawler.middlewares.answers import page_of
from crawler.pages import Page


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
    if first_asks(family_of(page), page):
        return False  # its list can be asked for without the script
    words = len(page.visible.replace(" ", ""))
    return len(page.anchors) < 2 and (words < 120 or "加载中" in page.visible)


def _host(url: str) -> str:
    return url.split("/")[2]

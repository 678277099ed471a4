"""An answer as a page: made by whoever looks at it first, and the same one for all who follow.

Decoding a page and finding its marks costs more than fetching it from a near server, so what the
rendering middleware has learnt of a page is not learnt again by the walk.
"""

from __future__ import annotations

from scrapy.http import Request, Response

from crawler.pages import Page
from pipelines.vocabulary.items import Ask

_META = "page"

LIMIT_OF_HEADS = 256 * 1024  # bytes; Chromium's own bound
TOO_LARGE_A_HEAD = f"headers of more than {LIMIT_OF_HEADS} bytes"


def page_of(request: Request, response: Response, ask: Ask | None = None) -> Page:
    """Turn Scrapy's answer to a request into what readers take."""
    held = request.meta.get(_META)
    if isinstance(held, Page) and held.body is response.body:
        return held
    headers = {
        key.decode("latin-1").lower(): _words(value)
        for key, values in response.headers.items()
        for value in (values[-1] if isinstance(values, list) else values,)
    }
    page = Page(
        url=_whole_url(request, response),
        body=response.body,
        content_type=headers.get("content-type"),
        status=response.status,
        rendered="playwright" in response.flags,
        headers=headers,
        ask=ask,
        archive=request.meta.get("archive"),
    )
    request.meta[_META] = page
    return page


def _words(value: bytes) -> str:
    """Return a header's value; file names come in UTF-8 and in GBK, and nothing says which."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")


def _whole_url(request: Request, response: Response) -> str:
    """Return an answer's address with the fragment it was asked for: it may be the route."""
    asked = request.url
    return asked if asked.partition("#")[0] == response.url else response.url

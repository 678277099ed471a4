"""The ends of a pager: where its last page is, and how to come back from it."""

from __future__ import annotations

import re

from crawler.pages import Page, same_page, squeeze

_LAST = re.compile(r"^[\W_]*(?:最后一?[页頁]|[末尾][页頁]|last(?:\s*page)?)[\W_]*$", re.IGNORECASE)
_BEFORE = re.compile(
    r"^[\W_]*(?:上一?[页頁]|前一?[页頁]|prev(?:ious)?(?:\s*page)?)[\W_]*$", re.IGNORECASE
)


def last_page_of(page: Page) -> str | None:
    """Return the address of 末页; None where the page names none, or is it."""
    return _linked(page, _LAST)


def page_before(page: Page) -> str | None:
    """Return the address of 上一页."""
    return _linked(page, _BEFORE)


def _linked(page: Page, words: re.Pattern[str]) -> str | None:
    found = [a.url for a in page.anchors if len(a.text) <= 12 and words.match(squeeze(a.text))]
    others = [url for url in found if same_page(url) != same_page(page.url)]
    return others[-1] if others else None

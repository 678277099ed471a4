"""F4 博达 VSB: ``X.htm`` columns whose page numbers run backwards.

With T pages, page 2 is ``X/{T-1}.htm`` and the last is ``X/1.htm``: numbers shift whenever a page
is added, so only the page's own 下页 link is followed and no numbered address is ever kept.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.families import _rows
from crawler.families._paging import next_by_anchor
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "vsb"

_PAGES = re.compile(r"_simple_list_gotopage_fun\((\d+)\s*,")
_MARKS = re.compile(r"/system/resource/js/|vsb_content|_vsl/|wbtreeid|urltype=tree\.TreeTempUrl")
_ARTICLE = re.compile(r"/info/\d+/\d+\.htm|urltype=news\.NewsContentUrl")


def recognise(page: Page) -> float:
    """By its pager script, its resource folders or its article addresses."""
    score = 0.0
    if _PAGES.search(page.text):
        score += 0.6
    if _MARKS.search(page.text):
        score += 0.3
    if any(_ARTICLE.search(a.url) for a in page.anchors):
        score += 0.3
    return min(score, 1.0)


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the page is the list."""
    del page
    return ()


def columns(page: Page) -> tuple[str, ...]:
    """Return ``zfxxgknb.htm`` beside the platform's other entries."""
    if not _MARKS.search(page.text):
        return ()
    folders = {
        urljoin(a.url, "zfxxgknb.htm"): None
        for a in page.anchors
        if re.search(r"/zfxxgk/[^/]+\.htm$", urlsplit(a.url).path)
    }
    return tuple(folders)[:1]


def read_list(page: Page) -> ListPage:
    """Read one page; its links climb from the sub-page it lies on."""
    total, pages = _rows.declared(page)
    counted = _PAGES.search(page.text)
    if counted:
        pages = int(counted.group(1))
    return ListPage(
        links=_rows.rows_of(page),
        declared_total=total,
        declared_pages=pages,
        next_urls=next_by_anchor(page) or _second(page, pages),
        sub_columns=_rows.folders_of(page),
    )


def _second(page: Page, pages: int | None) -> tuple[str, ...]:
    """Derive page 2 from the first one where a template hides its 下页 link."""
    name = re.search(r"/([^/]+)\.htm$", urlsplit(page.url).path)
    if pages is None or pages < 2 or name is None or name.group(1).isdigit():
        return ()
    return (urljoin(page.url, f"{name.group(1)}/{pages - 1}.htm"),)

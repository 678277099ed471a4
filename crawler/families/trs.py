"""F1 拓尔思 TRS WCM and its look-alikes: trees of pinyin folders, about a third of all counties.

The pager is written by a script at load time (``createPageHTML(total, 0, "index", "html")``);
the further pages themselves are plain files ``index_1.html`` … that need no script.
"""

from __future__ import annotations

import re

from crawler.families import _rows
from crawler.families._paging import next_by_anchor, read_anchors
from crawler.families.generic import trs_pager
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "trs"

_ARTICLE = re.compile(r"/20\d{4}/t\d{8}_\d+(?:_wap)?\.s?html?|/t\d{4,}_\d+\.s?html?")
_COUNT = re.compile(r"var\s+countPage\s*=\s*(\d+)")
_CURRENT = re.compile(r"var\s+currentPage\s*=\s*(\d+)")
_INDEX = re.compile(r"/(?:index(?:_(\d+))?\.(s?html?))?$")


def recognise(page: Page) -> float:
    """By its pager call, its article addresses or its editor classes."""
    score = 0.0
    if trs_pager(page) is not None:
        score += 0.6
    if any(_ARTICLE.search(a.url) for a in page.anchors):
        score += 0.3
    if re.search(r"TRS_Editor|TRS_UEDITOR|trs_editor_view|was5/web/search", page.text):
        score += 0.3
    return min(score, 1.0)


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the page is the list."""
    del page
    return ()


def read_list(page: Page) -> ListPage:
    """Read one static list page."""
    total, pages = _rows.declared(page)
    pager = trs_pager(page)
    if pager is not None:
        pages, following = pager
    else:
        following = next_by_anchor(page) or _by_count(page)
        if not following and _COUNT.search(page.text) is None:
            return read_anchors(page)
    return ListPage(
        links=_rows.rows_of(page),
        declared_total=total,
        declared_pages=pages,
        next_urls=following,
        sub_columns=_rows.folders_of(page),
    )


def _by_count(page: Page) -> tuple[str, ...]:
    """Derive the next file from ``var countPage``, which templates without a pager call carry."""
    found, where = _COUNT.search(page.text), _INDEX.search(page.url)
    if found is None or where is None:
        return ()
    current = _CURRENT.search(page.text)
    number = int(where.group(1) or 0)
    here = int(current.group(1)) if current else number
    if here + 1 >= int(found.group(1)):
        return ()
    suffix = where.group(2) or "html"
    return (_INDEX.sub(f"/index_{number + 1}.{suffix}", page.url),)

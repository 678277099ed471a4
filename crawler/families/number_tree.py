"""F9 湖南's trees of numbers (``/2066/1879/index.htm``) and their ``iNNN`` articles.

The second page of ``index.htm`` is ``default_2.htm`` or ``index_2.htm`` and often has no link.
A page stamped 归档时间 is archived and all the same the only copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from crawler.families._paging import read_anchors
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "number_tree"

_COLUMN = re.compile(r"/\d+/\d+/(?:(?:index|default)(?:_\d+)?\.html?)?$")
_ARTICLE = re.compile(r"/\d+/\d+/content_\d+\.html?$|/20\d{6}/i\d+\.html?$")


def recognise(page: Page) -> float:
    """By the address of the column, and of its articles."""
    score = 0.3 if _COLUMN.search(urlsplit(page.url).path) else 0.0
    if any(_ARTICLE.search(urlsplit(a.url).path) for a in page.anchors):
        score += 0.4
    return score


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the page is the list."""
    del page
    return ()


def read_list(page: Page) -> ListPage:
    """Read one page of plain anchors."""
    return read_anchors(page, _second)


def _second(url: str) -> Sequence[str]:
    tree = _COLUMN.search(urlsplit(url).path)
    suffix = url.rpartition("/")[2].rpartition(".")[2] or ("htm" if tree else "html")
    stems = ("default", "index") if tree else ("index", "default")
    return [
        urljoin(url, f"{stem}_{n}.{suffix}")
        for stem, n in ((stems[0], 2), (stems[1], 2), (stems[1], 1))
    ]

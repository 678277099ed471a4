"""F8 The small systems: one line each, known by the shape of their addresses.

Their lists are plain anchors and mostly name their next page; what a line adds is where the
second page lies when a list says that it has one and prints no link to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from crawler.families._answers import with_query
from crawler.families._paging import read_anchors, usual_second
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "one_offs"


@dataclass(slots=True, frozen=True)
class Shape:
    """One system. ``second``: ``_2`` and the like go before the extension, ``?page`` is a query."""

    name: str
    column: re.Pattern[str]
    article: re.Pattern[str]
    second: tuple[str, ...] = ()


def _shape(name: str, column: str, article: str, *second: str) -> Shape:
    return Shape(name, re.compile(column), re.compile(article), second)


# 400 counties at most share one; where each was seen stands behind it.
SHAPES = (
    _shape("slug", r"/[a-z][\w-]*$", r"/content_\d+$", "/2", "/index_2", "?page"),  # 洛阳 泸州
    _shape("number", r"/\d{1,3}\.html$", r"/\d{19}\.html$"),  # 西安 渭南 延安: 2.html by its number
    _shape(
        "channels",  # 平顶山 昭通 张家口
        r"/channel(?:s|/list|List)/\d+\.html$",
        r"/contents?/\d+/\d+\.html$",
        "?page",
        "_2",
    ),
    _shape(
        "slug php",  # 吉安 达州
        r"/\w+-list-[\w-]+\.html$",
        r"/\w+-show-\d+\.html$",
        "-2",
        "?page",
    ),
    _shape(
        "columns",  # 石家庄
        r"/columns/[0-9a-f-]{36}/(?:index\.html)?$",
        r"/columns/[0-9a-f-]{36}/\d{6}/\d\d/[0-9a-f-]{36}\.html$",
        "_2",
    ),
    _shape(
        "channel doc",  # 济南 聊城
        r"/channel_(?:c_)?[0-9a-f]{24}[\w.]*/$",
        r"/doc_[0-9a-f]{24}\.html$",
        "?page",
        "_2",
    ),
    _shape("n c", r"(?:/n\d+)+/(?:index\.html)?$", r"(?:/n\d+)+/c\d+/content\.html$", "_2"),  # 德州
    _shape("thtml", r"/\w+\.thtml$", r"/[\w-]+\.thtml$", "?page", "?pn"),  # 日喀则 阜新
    _shape("sitesources", r"/sitesources/", r"/article[0-9a-f]{32}\.html$"),  # 周口
    _shape("list", r"/list-(?:\d+-)?1\.html$", r"/\d+/\d+\.html$"),  # 新乡 三门峡 宜昌
    _shape("dir", r"/\?a=dir&", r"[?&]a=(?:show|view)", "?page"),  # 郑州
    _shape("dhtml", r"/\d+\.news\.list\.dhtml$", r"\.news\.detail\.dhtml$", "?page"),  # 西双版纳
    _shape("stamp", r"/list/\d{17}\.html$", r"/show/\d{17}\.html$", "_2", "?page"),  # 广元
    _shape("column stamp", r"/col/\d{13}/", r"/col/\d{13}/20\d\d/\d\d/\d\d/\d{13}\.html$", "_2"),
)  # the last: 保定


def shape_of(page: Page) -> Shape | None:
    """Return the system a list page is of: by its own address, and by those of its articles."""
    here = _address(page.url)
    for shape in SHAPES:
        if shape.column.search(here) and any(
            shape.article.search(_address(a.url)) for a in page.anchors
        ):
            return shape
    return None


def recognise(page: Page) -> float:
    """By the addresses of the column and of its articles together; either alone is common."""
    return 0.55 if shape_of(page) is not None else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the page is the list."""
    del page
    return ()


def read_list(page: Page) -> ListPage:
    """Read one page of plain anchors."""
    shape = shape_of(page)
    return read_anchors(page, lambda url: _second(url, shape) if shape else usual_second(url))


def _address(url: str) -> str:
    parts = urlsplit(url)
    # A query is part of the address only where it is the whole of it.
    return f"/?{parts.query}" if parts.path in {"", "/"} and parts.query else parts.path


def _second(url: str, shape: Shape) -> Sequence[str]:
    parts = urlsplit(url)
    found = []
    for mark in shape.second:
        if mark.startswith("?"):
            found.append(with_query(url, {mark[1:]: "2"}))
            continue
        path = parts.path + "index.html" if parts.path.endswith("/") else parts.path
        stem, dot, suffix = path.rpartition(".")
        longer = f"{stem}{mark}.{suffix}" if dot and "/" not in suffix else path + mark
        found.append(urlunsplit(parts._replace(path=longer)))
    return found

"""F6 龙讯 Lonsun "ex": ``public/column/{organ}?type=3`` is an organ's annual-report column.

The type code is the column: 1 制度, 2 指南, 3 年报, 4 目录, 5 依申请公开. The list itself is an
HTML fragment of ``/site/label/8888``; its random ``_`` is left out, pages count from 1.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from crawler.families import _answers, _rows
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "lonsun"

_COLUMN = re.compile(r"/public/column/(\d+)")
_COUNT = re.compile(r"""pagecount\s*[=:]\s*["']?(\d+)""", re.IGNORECASE)
_TOTAL = re.compile(r"""\btotal\s*[=:]\s*["']?(\d+)""", re.IGNORECASE)
_NAMES = (
    "siteId",
    "pageSize",
    "organId",
    "type",
    "catId",
    "isDate",
    "dateFormat",
    "length",
    "file",
)


def recognise(page: Page) -> float:
    """By its column address or its label service."""
    if "/site/label/8888" in page.url:
        return 0.95
    score = 0.6 if _COLUMN.search(page.url) else 0.0
    if "/site/label/8888" in page.text:
        score += 0.4
    return min(score, 1.0)


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask the label for the organ's list, with what the page's script would send."""
    if page.ask is not None or page.rendered or "/site/label/" not in page.text:
        return ()
    column = _COLUMN.search(page.url)
    said = {name: _answers.script_value(page.text, name) or "" for name in _NAMES}
    said["organId"] = said["organId"] or (column.group(1) if column else "")
    said["type"] = said["type"] or parse_qs(urlsplit(page.url).query).get("type", ["3"])[0]
    if not said["organId"] or not said["siteId"]:
        return ()
    said["pageSize"] = said["pageSize"] or "20"
    fixed = {"labelName": "publicInfoList", "action": "list", "IsAjax": "1", "dataType": "html"}
    query = urlencode({**fixed, **said, "pageIndex": "1"})
    url = urljoin(page.url, f"/site/label/8888?{query}")
    return (Ask(url=url, headers=_answers.referer(page)),)


def columns(page: Page) -> tuple[str, ...]:
    """Return the report columns of the organs whose other columns this page links."""
    if "type=3" in page.url:
        return ()
    organs: dict[str, None] = {}
    for url in (page.url, *(a.url for a in page.anchors)):
        column = _COLUMN.search(url)
        if column and "type=" in url:
            base = url.partition("/public/column/")[0]
            organs[f"{base}/public/column/{column[1]}?type=3&action=list"] = None
    return tuple(organs)[:2]


def read_list(page: Page) -> ListPage:
    """Read a fragment, or a page that carries its rows itself."""
    total, pages = _rows.declared(page)
    if page.ask is None:
        return ListPage(
            links=_rows.rows_of(page),
            declared_total=total,
            declared_pages=pages,
            sub_columns=_rows.folders_of(page),
        )
    links = _rows.links_of(a for a in page.anchors if a.text)
    count, counted = _COUNT.search(page.text), _TOTAL.search(page.text)
    pages = int(count.group(1)) if count else pages
    total = int(counted.group(1)) if counted else total
    query = parse_qs(urlsplit(page.ask.url).query)
    number, size, got = int(query["pageIndex"][0]), int(query["pageSize"][0] or 20), len(links)
    more = _answers.goes_on(page.ask, got, asked=size, total=total)
    if pages is not None:
        more = got > 0 and number < pages
    following = _answers.with_query(page.ask.url, {"pageIndex": str(number + 1)})
    return ListPage(
        links=links,
        declared_total=total,
        declared_pages=pages,
        next_asks=(_answers.asked_again(page.ask, url=following, got=got),) if more else (),
    )

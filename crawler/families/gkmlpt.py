"""F5 广东 ``gkmlpt``: a hash-routed application over JSON; ``#NNN`` is the column.

``GET /gkmlpt/api/all/{id}?page=n&sid={site}`` answers 100 rows a page. ``total`` can be paged,
``classify.post_count`` is larger and cannot. Rows of ``type: url`` jump elsewhere: those that stay
on the portal are reports in another column, the others are somebody else's.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from crawler.families import _answers
from crawler.families._paging import read_anchors
from crawler.pages import Page, absolute
from pipelines.vocabulary.items import Ask, ListPage

NAME = "gkmlpt"

_SID = re.compile(r"""\b(?:SID|SITE_?ID)["']?\s*[:=]\s*["']?(\d+)""", re.IGNORECASE)
_NODE = re.compile(
    r"""\{[^{}]*?["']id["']\s*:\s*(\d+)[^{}]*?["']name["']\s*:\s*["']([^"']*年(?:度)?报[^"']*)["']"""
)
_SIZE = 100


def recognise(page: Page) -> float:
    """By its path."""
    return 0.9 if "/gkmlpt/" in page.url or "/gkmlpt/api/all" in page.text else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask the column the fragment names, else the tree's node 年报."""
    site = _SID.search(page.text)
    if site is None or "/gkmlpt/index" not in page.url:
        return ()
    column = urlsplit(page.url).fragment
    if not column.isdigit():
        node = _NODE.search(page.text)
        if node is None:
            return ()
        column = node.group(1)
    url = urljoin(page.url, f"/gkmlpt/api/all/{column}?page=1&sid={site.group(1)}")
    return (Ask(url=url, headers=_answers.referer(page)),)


def columns(page: Page) -> tuple[str, ...]:
    """Return the route of the tree's node 年报, which stands in every page of the platform."""
    node = _NODE.search(page.text) if "/gkmlpt/" in page.url else None
    return (urljoin(page.url, f"/gkmlpt/index#{node.group(1)}"),) if node else ()


def read_list(page: Page) -> ListPage:
    """Read an answer of the API; a page of the platform itself has plain anchors."""
    if page.ask is None:
        return read_anchors(page)
    answer = _answers.json_of(page)
    articles = _answers.part_of(answer, "articles", page=page)
    links = _answers.rows(
        _answers.row(
            page,
            a.get("url") if a.get("type") == "url" else a.get("post_url") or a.get("url"),
            a.get("title"),
            a.get("date") or a.get("display_publish_time") or a.get("created_at"),
        )
        for a in articles
        if a.get("type") != "url" or _is_here(page, a.get("url"))
    )
    number = int(parse_qs(urlsplit(page.ask.url).query).get("page", ["1"])[0])
    total, got = int(answer.get("total") or 0), len(articles)
    more = _answers.goes_on(page.ask, got, asked=_SIZE, total=total)
    following = _answers.with_query(page.ask.url, {"page": str(number + 1)})
    return ListPage(
        links=links,
        # total counts the rows that jump elsewhere on some sites: it bounds, it does not promise
        declared_pages=-(-total // _SIZE) or None,
        next_asks=(_answers.asked_again(page.ask, url=following, got=got),) if more else (),
    )


def _is_here(page: Page, url: object) -> bool:
    target = absolute(page.url, str(url or ""))
    return target is not None and urlsplit(target).hostname == urlsplit(page.url).hostname

"""F12 queryList (江西's provincial system, ``pc/list.html`` sites): the list is posted for.

``POST /queryList`` (a GET answers 404) with channel, site and page; the answer holds
``data.results[].source{id, title, pubDate}``. An article's address follows the pattern that the
column page's own script builds.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin

from crawler.families import _answers
from crawler.families._paging import read_anchors
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "query_list"

_NAMES = (
    "channelId",
    "channelCode",
    "siteId",
    "websiteId",
    "webSiteCode",
    "unitid",
)
_PATTERN = re.compile(r"""["']([^"']*/content/content_)["']?""")
_HREF = re.compile(r"""href=\\?["']([^"']*/content/content_)""")
_SIZE = 20


def recognise(page: Page) -> float:
    """By its service."""
    return 0.9 if "/queryList" in page.text or page.url.endswith("/queryList") else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask for the first page with what the script names."""
    if page.ask is not None or page.rendered or "/queryList" not in page.text:
        return ()
    said = {n: v for n in _NAMES if (v := _answers.script_value(page.text, n))}
    if not said:
        return ()
    pattern = _HREF.search(page.text) or _PATTERN.search(page.text)
    code = said.get("channelCode") or said.get("channelId", "")
    site = page.url.split("/")[3] if page.url.count("/") > 3 else ""
    prefix = pattern.group(1) if pattern else f"/{site}/col/{code}/content/content_"
    body = urlencode({**said, "pageNo": "1", "current": "1", "pageSize": str(_SIZE)})
    return (
        Ask(
            url=urljoin(page.url, "/queryList"),
            method="POST",
            body=body.encode(),
            headers=(
                ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                *_answers.referer(page),
            ),
            context=(("prefix", urljoin(page.url, prefix)),),
        ),
    )


def read_list(page: Page) -> ListPage:
    """Read one answer; a page with rows of its own is read as it is."""
    if page.ask is None:
        return read_anchors(page)
    data = _answers.part_of(_answers.json_of(page), "data", page=page)
    records = _answers.part_of(data, "results", page=page)
    prefix = dict(page.ask.context)["prefix"]
    sources = [r.get("source") or {} for r in records]
    links = _answers.rows(
        _answers.row(
            page,
            s.get("url") or (f"{prefix}{s['id']}.html" if s.get("id") else None),
            s.get("title"),
            s.get("pubDate"),
        )
        for s in sources
    )
    said = dict(parse_qsl(page.ask.body.decode()))
    number, total = int(said["pageNo"]), data.get("total")
    total = int(total) if total is not None else None
    more = _answers.goes_on(page.ask, len(records), asked=_SIZE, total=total)
    said |= {"pageNo": str(number + 1), "current": str(number + 1)}
    return ListPage(
        links=links,
        declared_total=total,
        next_asks=(
            (_answers.asked_again(page.ask, body=urlencode(said).encode(), got=len(records)),)
            if more
            else ()
        ),
    )

"""F2 开普 (Kaipu/ucap): ``cNNNNNN`` folders and ``.shtml`` pages, about a sixth of all counties.

Static lists page by signature B (``createPageHTML('page_div', total, 1, 'list', 'shtml', rows)``).
Newer templates ask ``/common/search/{channel}`` (also ``/searchList/``, ``/search/``) for JSON.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urljoin, urlsplit

from crawler.families import _answers, _rows
from crawler.families._paging import read_anchors
from crawler.families.generic import kaipu_pager
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "kaipu"

_SERVICE = re.compile(r"""['"](/(?:[\w-]+/)?(?:common/search|searchList|search)/)['"]?""")
_CHANNEL = re.compile(
    r"""(?:channelId|data-channel|channel_id)\s*["']?\s*[:=]\s*["']([0-9a-f]{32})""", re.IGNORECASE
)
_ARTICLE = re.compile(r"/20\d{4}/(?:[0-9a-f]{32}|c\d+_[0-9a-f]+)\.shtml")
_TEMPLATE = re.compile(
    r"/(?:c\d{5,}\w?|\w+)/(?:zfxxgk\w*|xxgk_\w+|list2?|lby\w*|common_list|olist)(?:_\d+)?\.shtml"
)
_ENTRY = re.compile(r"/c\d{5,}\w?/zfxxgk(?:lby)?_\w+\.shtml$")
_QUERY = "_isAgg=true&_isJson=true&_pageSize=20&_template=index&_rangeTimeGte=&_channelName=&page=1"


def recognise(page: Page) -> float:
    """By its pager call, its article addresses, its templates or its search service."""
    score = 0.0
    if kaipu_pager(page) is not None:
        score += 0.6
    if any(_ARTICLE.search(a.url) for a in page.anchors):
        score += 0.3
    if _TEMPLATE.search(urlsplit(page.url).path):
        score += 0.2
    if _channel_and_service(page) is not None:
        score += 0.4
    return min(score, 1.0)


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask the search service where the page itself lists nothing."""
    found = _channel_and_service(page)
    if found is None or page.rendered or _rows.rows_of(page):
        return ()
    channel, service = found
    url = urljoin(page.url, f"{service}{channel}?{_QUERY}")
    return (Ask(url=url, headers=_answers.referer(page)),)


def columns(page: Page) -> tuple[str, ...]:
    """Return the report template beside the other entries: 哈尔滨's counties share its name."""
    folders = {
        a.url.rpartition("/")[0]: None
        for a in page.anchors
        if _ENTRY.search(urlsplit(a.url).path) and "_nb" not in a.url
    }
    return tuple(f"{folder}/zfxxgklby_nb.shtml" for folder in folders)[:2]


def read_list(page: Page) -> ListPage:
    """Read a static list page or an answer of the search service."""
    if page.ask is not None:
        return _read_answer(page)
    read = read_anchors(page)
    pager = kaipu_pager(page)
    if pager is None:
        return read
    pages, following, counted = pager
    return replace(
        read,
        declared_total=counted if counted is not None else read.declared_total,
        declared_pages=pages,
        next_urls=following,
        guessed=False,
        more="",
    )


def _read_answer(page: Page) -> ListPage:
    """``data.results[]`` with title, url, publishedTimeStr; ``data.total`` counts all pages."""
    assert page.ask is not None
    data = _answers.part_of(_answers.json_of(page), "data", page=page)
    records = _answers.part_of(data, "results", page=page)
    links = _answers.rows(
        _answers.row(page, r.get("url"), r.get("title"), r.get("publishedTimeStr")) for r in records
    )
    query = parse_qs(urlsplit(page.ask.url).query)
    number, total = int(query.get("page", ["1"])[0]), data.get("total")
    size = int(query.get("_pageSize", ["20"])[0])
    total = int(total) if total is not None else None
    more = _answers.goes_on(page.ask, len(records), asked=size, total=total)
    following = _answers.with_query(page.ask.url, {"page": str(number + 1)})
    return ListPage(
        links=links,
        declared_total=total,
        next_asks=(
            (_answers.asked_again(page.ask, url=following, got=len(records)),) if more else ()
        ),
    )


def _channel_and_service(page: Page) -> tuple[str, str] | None:
    channel, service = _CHANNEL.search(page.text), _SERVICE.search(page.text)
    return (channel.group(1), service.group(1)) if channel and service else None

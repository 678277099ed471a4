"""F3 大汉 JPAAS: the list is an answer of ``…/front/page/build/unit``.

The parameters stand in a ``querydata`` attribute of the column page; the page number goes into
``paramJson={"pageNo":n,"pageSize":…}``, a bare pageNo is ignored. Some hosts want a Referer.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from crawler.families import _answers, _rows
from crawler.families._paging import read_anchors
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "jpaas"

_UNIT = re.compile(r"/api-gateway/jpaas-[\w-]+/front/page/build/unit")
_PAIR = re.compile(r"""(?<!\w)(\w{1,60})["']?\s*:\s*["']([^"']*)["']""")
_TOTAL = re.compile(r"""\b(?:total|totalRecord|count)\s*[=:]\s*["']?(\d+)""", re.IGNORECASE)
_SIZE = 20


def recognise(page: Page) -> float:
    """By its unit service."""
    return 0.95 if _UNIT.search(page.text) or _UNIT.search(page.url) else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask the unit whose ``querydata`` the page carries."""
    if page.tree is None or page.rendered or page.ask is not None:
        return ()
    for element in page.tree.xpath("//*[@querydata]"):
        query = dict(_PAIR.findall(element.get("querydata") or ""))
        path = element.get("url") or element.get("data-url") or ""
        service = _UNIT.search(path) or _UNIT.search(page.text)
        if query and service:
            query["paramJson"] = _param(1)
            url = urljoin(page.url, f"{service.group(0)}?{urlencode(query)}")
            return (Ask(url=url, headers=_answers.referer(page)),)
    return ()


def read_list(page: Page) -> ListPage:
    """Read ``{"data": {"html": "<ul>…"}}``; a page with rows of its own is read as it is.

    Raises:
        LayoutError: the answer has no ``data/html``.
    """
    if page.ask is None:
        return read_anchors(page)
    source = str(_answers.part_of(_answers.json_of(page), "data", "html", page=page))
    inner = Page(url=page.url, body=f"<html><body>{source}</body></html>".encode())
    links = _rows.links_of(a for a in inner.anchors if len(a.text) >= 6)
    words, pages = _rows.declared(inner)
    counted = _TOTAL.search(source)
    total = int(counted.group(1)) if counted else words
    query = parse_qs(urlsplit(page.ask.url).query)
    number, got = int(json.loads(query["paramJson"][0])["pageNo"]), len(links)
    more = _answers.goes_on(page.ask, got, asked=_SIZE, total=total)
    following = _answers.with_query(page.ask.url, {"paramJson": _param(number + 1)})
    return ListPage(
        links=links,
        declared_total=total,
        declared_pages=pages,
        next_asks=(_answers.asked_again(page.ask, url=following, got=got),) if more else (),
    )


def _param(number: int) -> str:
    return json.dumps({"pageNo": number, "pageSize": _SIZE}, separators=(",", ":"))

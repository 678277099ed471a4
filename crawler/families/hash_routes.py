"""F14 Applications whose address is a fragment (``#/page/nb``) over an empty shell.

The list is an answer of JSON that the shell's own script asks for. The script is in the page or
in one file of the same host; the call in it that belongs to the route is asked as it stands. What
cannot be told from the script is left to the browser.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from crawler.families import _answers
from crawler.families._paging import read_anchors
from crawler.pages import Page
from pipelines.vocabulary.errors import LayoutError
from pipelines.vocabulary.items import Ask, ListPage, ReportLink

NAME = "hash_routes"

_CALL = re.compile(
    r"""(?:fetch|axios(?:\.get)?|\$\.(?:get|getJSON|ajax)|request(?:\.get)?|url)\s*[(:]\s*(?:\{\s*url\s*:\s*)?"""
    r"""['"`](/[^'"`\s]*)['"`](\s*\+)?"""
)
_DETAIL = re.compile(r"""['"`](?:[^'"`]*href=\\?["'])?(#!?/[\w/-]*/)(?:['"`]\s*\+|\$\{)""")
_SCRIPT = re.compile(
    r"""<script[^>]{1,400}?src=["']([^"']{0,300}?(?:app|main|index)[^"']{0,300}?\.js[^"']{0,300})"""
)
_TITLE = ("title", "name", "realtitle", "articleTitle", "infoTitle")
_ADDRESS = ("url", "link", "href", "linkUrl", "infourl", "path")
_DATES = ("date", "pubDate", "publishTime", "publishDate", "createTime", "infodate", "time")
_TOTALS = ("total", "totalCount", "count", "totalElements")
_PAGES = ("page", "pageNo", "pageNum", "pageIndex", "currentPage", "current")


def recognise(page: Page) -> float:
    """By a route in the address and a shell that prints hardly anything."""
    return 0.7 if _route(page.url) and (page.rendered or len(page.visible) < 300) else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask what the script asks for this route; the script's file first where it has one."""
    if page.ask is not None or page.rendered or not _route(page.url):
        return ()
    call = _call_of(page.text, page.url)
    if call is not None:
        return (_list_ask(page.url, page.url, call, page.text),)
    script = _SCRIPT.search(page.text)
    if script is None:
        return ()
    where = urljoin(page.url, script.group(1))
    return (Ask(url=where, headers=(("Referer", page.url),), context=(("shell", page.url),)),)


def read_list(page: Page) -> ListPage:
    """Read a rendered page, the script (whose next ask is the list), or an answer.

    Raises:
        LayoutError: the script names no call of this route, or the answer holds no list.
    """
    if page.ask is None:
        return read_anchors(page)
    context = dict(page.ask.context)
    if "detail" not in context:
        call = _call_of(page.text, context["shell"])
        if call is None:
            raise LayoutError(
                "list/layout", f"{page.url}: no call of {context['shell']}", evidence="no call"
            )
        return ListPage(
            links=(), next_asks=(_list_ask(context["shell"], page.url, call, page.text),)
        )
    answer = _answers.json_of(page)
    records = _records(answer)
    if records is None:
        raise LayoutError(
            "list/layout", f"{page.url}: no list in the answer", evidence=str(answer)[:80]
        )
    links = _answers.rows(_row(page, record, context) for record in records)
    total = _first(answer, _TOTALS)
    return ListPage(
        links=links,
        declared_total=int(total) if str(total).isdigit() else None,
        next_asks=_next(page.ask, len(records), total),
    )


def _route(url: str) -> str:
    fragment = urlsplit(url).fragment
    return fragment if fragment.startswith(("/", "!/")) else ""


def _call_of(text: str, shell: str) -> str | None:
    """Return the call whose address names the route's last step, else one that names reports."""
    step = _route(shell).split("?")[0].rstrip("/").rpartition("/")[2].lower()
    # A call that goes on with a variable asks for one thing, not for the list; a query may.
    calls = [m[1] for m in _CALL.finditer(text) if not m[2] or "?" in m[1]]
    for fits in (
        lambda c: step in re.split(r"[/?&=._-]", c.lower()),
        lambda c: re.search(r"nianbao|annual|ndbg|gknb|xxgknb", c, re.IGNORECASE),
    ):
        if found := next((c for c in calls if fits(c)), None):
            return found
    return None


def _list_ask(shell: str, source: str, call: str, text: str) -> Ask:
    detail = _DETAIL.search(text)
    return Ask(
        url=urljoin(source, call),
        headers=(("Referer", shell.partition("#")[0]), ("X-Requested-With", "XMLHttpRequest")),
        context=(("shell", shell), ("detail", detail.group(1) if detail else "")),
    )


def _records(answer: Any) -> list[dict[str, Any]] | None:
    """Return the longest list of things with a title in an answer, however deep it lies."""
    best: list[dict[str, Any]] | None = None
    waiting: list[Any] = [answer]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            titled = [v for v in value if isinstance(v, dict) and any(v.get(n) for n in _TITLE)]
            if (titled or not value) and (best is None or len(titled) > len(best)):
                best = titled
            waiting.extend(v for v in value if isinstance(v, (dict, list)))
    return best


def _row(page: Page, record: dict[str, Any], context: dict[str, str]) -> ReportLink | None:
    url = _first(record, _ADDRESS)
    if not url and record.get("id") is not None and context["detail"]:
        url = f"{context['shell'].partition('#')[0]}{context['detail']}{record['id']}"
    elif url:
        url = urljoin(context["shell"], str(url))
    return _answers.row(page, url, _first(record, _TITLE), _first(record, _DATES))


def _first(value: Any, names: tuple[str, ...], depth: int = 2) -> Any:
    """Return the first of these keys, of the thing itself or of what it wraps."""
    if not isinstance(value, dict) or depth < 0:
        return None
    own = next((value[n] for n in names if value.get(n) is not None), None)
    if own is not None:
        return own
    inner = (value.get(key) for key in ("data", "result", "page"))
    return next((found for v in inner if (found := _first(v, names, depth - 1)) is not None), None)


def _next(ask: Ask, got: int, total: object) -> tuple[Ask, ...]:
    """Turn the page where the call has a page number and the total is not reached."""
    query = parse_qs(urlsplit(ask.url).query, keep_blank_values=True)
    name = next((n for n in _PAGES if n in query), None)
    if name is None or not got or not str(total).isdigit():
        return ()
    number = int(query[name][0] or 1)
    if not _answers.goes_on(ask, got, asked=got, total=int(str(total))):
        return ()
    following = _answers.with_query(ask.url, {name: str(number + 1)})
    return (_answers.asked_again(ask, url=following, got=got),)

"""F3 大汉 Hanweb, XML generation: the list sits in a script element as a ``<datastore>``.

An HTML parser sees no anchors until the CDATA is unwrapped. Further groups come from
``dataproxy.jsp``: the robust rule is to follow ``<nextgroup>``; where there is none the known
``pageNum`` address is tried, because newer servers obey ``page`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree, html

from crawler.families import _answers, _rows
from crawler.families._paging import read_anchors
from crawler.pages import Anchor, Page, absolute, squeeze
from pipelines.vocabulary.errors import BlockedError, LayoutError
from pipelines.vocabulary.items import Ask, ListPage, ReportLink

NAME = "hanweb"

_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>", re.IGNORECASE)
_PAGES = re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>", re.IGNORECASE)
_PROXY = re.compile(r"""[\w./:-]{0,100}/dataproxy\.jsp(?:\?[^'"\s<>]{0,400})?""")
_AJAX_PARAM = re.compile(r"""(?:ajaxParam|params?)["']?\s*[:=]\s*\{([^{}]{1,600})\}""")
_PAIR = re.compile(r"""["']?(\w{1,40})["']?\s*:\s*["']?([^,'"{}]*)["']?""")
_FORM = {"col": "1", "appid": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}
_JS_TOTAL = re.compile(r"""totalRecord\s*[:=]\s*['"]?(\d+)""", re.IGNORECASE)


def recognise(page: Page) -> float:
    """By its datastore, its script folders or its addresses."""
    score = 0.0
    if "<datastore>" in page.text or "<recordset>" in page.text:
        score += 0.7
    if "dataproxy.jsp" in page.text or "/jpage" in page.text:
        score += 0.2
    if re.search(r"/col/col\d+/|/art/20\d\d/", page.url):
        score += 0.2
    return min(score, 1.0)


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the first group sits in the page."""
    del page
    return ()


def read_list(page: Page) -> ListPage:
    """Read a column page with an embedded datastore, or an answer of ``dataproxy.jsp``.

    ``<totalrecord>`` counts the rows of the whole column, not of this group.

    Raises:
        BlockedError: the proxy's answer is an HTML page, as a firewall sends one.
        LayoutError: there is neither a datastore nor a record.
    """
    stores = [f"<datastore>{inner}" for inner in _elements(page.text, "datastore")]
    proxy = "dataproxy.jsp" in page.url
    if not stores and proxy:
        stores = [page.text]  # old 甘肃: an XML prologue and a bracketed list of HTML strings
    if not stores:
        # A column without a list: its rows, if any, are plain anchors.
        return read_anchors(page)
    links: dict[str, ReportLink] = {}
    following: list[str] = []
    total = pages = None
    for store in stores:  # desktop and mobile copies may both be there
        for link in records_of(store, page):
            links.setdefault(link.url, link)
        for target in _next_groups(store, page):
            if target not in following:
                following.append(target)
        if (counted := total_of(store)) is not None:
            total = counted
        elif scripted := _JS_TOTAL.search(page.text):
            total = int(scripted.group(1))
        paged = _PAGES.search(store)
        pages = int(paged.group(1)) if paged else pages
    if proxy and not links:
        _refuse_what_is_no_answer(page)
    if page.ask is not None and "window" in dict(page.ask.context):
        asks = _next_window(page.ask, len(links))
        return ListPage(
            links=tuple(links.values()), declared_total=total, declared_pages=pages, next_asks=asks
        )
    if not following and proxy and links:
        following = _step(page.url, len(links), total)
    return ListPage(
        links=tuple(links.values()),
        declared_total=total,
        declared_pages=pages,
        next_urls=tuple(following[:1]),
        sub_columns=() if proxy else _rows.folders_of(page),
    )


def other_ways(page: Page, read: ListPage, rows: int) -> tuple[Ask, ...]:
    """Return the windows behind the first ``rows``, asked of the proxy in its two other styles.

    The address of the first group repeats page one on some servers: they take the window alone,
    posted as a form, with what the page's own ``ajaxParam`` names.
    """
    if read.declared_total is None or not rows or page.ask is not None:
        return ()
    service = _PROXY.search(page.text.replace("&amp;", "&"))
    where = absolute(page.base, service[0].partition("?")[0]) if service else None
    if service is None or where is None:
        return ()
    said = dict(parse_qsl(urlsplit(service[0]).query, keep_blank_values=True))
    if (given := _AJAX_PARAM.search(page.text)) is not None:
        said = dict(_PAIR.findall(given[1])) | said
    for name in ("columnid", "unitid", "webid"):
        if name not in said and (value := _answers.script_value(page.text, name)):
            said[name] = value
    for name in ("page", "startrecord", "endrecord", "perpage"):
        said.pop(name, None)
    size = len(read.links) or rows
    form = {**_FORM, **said} | _window(rows + 1, size)
    headers = (
        ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
        *_answers.referer(page),
    )
    window = (("window", str(size)), ("total", str(read.declared_total)))
    body = urlencode(form).encode()
    return (
        Ask(url=where, method="POST", body=body, headers=headers, context=window),
        Ask(
            url=f"{where}?{urlencode(said | _window(rows + 1, size))}",
            headers=_answers.referer(page),
            context=window,
        ),
    )


def _window(start: int, size: int) -> dict[str, str]:
    return {"startrecord": str(start), "endrecord": str(start + size - 1), "perpage": str(size)}


def _next_window(ask: Ask, got: int) -> tuple[Ask, ...]:
    """Return the window behind the one that was asked for by its first and last row."""
    context = dict(ask.context)
    said = dict(parse_qsl(ask.body.decode() or urlsplit(ask.url).query, keep_blank_values=True))
    start, size = int(said["startrecord"]) + got, int(context["window"])
    if not got or start > int(context["total"]):
        return ()
    said |= _window(start, size)
    if ask.body:
        return (_answers.asked_again(ask, body=urlencode(said).encode()),)
    return (_answers.asked_again(ask, url=_answers.with_query(ask.url, said)),)


def total_of(store: str) -> int | None:
    """Return how many rows the whole column has, as the answer itself says."""
    counted = _TOTAL.search(store)
    return int(counted.group(1)) if counted else None


def records_of(store: str, page: Page) -> tuple[ReportLink, ...]:
    """Read the ``<record>``s of a datastore; each holds one row as HTML in CDATA."""
    raw = [_unwrapped(inner) for inner in _elements(store, "record")] or re.findall(
        r"'(<(?:li|tr).*?)'", store, re.DOTALL
    )
    out = []
    for source in raw:
        try:
            fragment = html.fragment_fromstring(source, create_parent="div")
        except (etree.ParserError, etree.XMLSyntaxError):
            continue
        for anchor in fragment.iter("a"):
            url = absolute(page.base, anchor.get("href") or "")
            title = squeeze(anchor.get("title") or anchor.text_content())
            if url is not None and title:
                row = Anchor(url=url, text=title, row=squeeze(fragment.text_content()))
                out.append(ReportLink(url=url, title=title, date=row.date))
                break  # one row, one record: later links are its organ or its twin
    return tuple(out)


def _elements(text: str, name: str) -> Iterator[str]:
    """Yield what stands in each element of a name, in one pass however many are left open."""
    end = -1
    while (start := text.find(f"<{name}>", end + 1)) >= 0:
        start += len(name) + 2
        end = text.find(f"</{name}>", start)
        if end < 0:
            return
        yield text[start:end]


def _unwrapped(inner: str) -> str:
    return inner.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()


def _next_groups(store: str, page: Page) -> list[str]:
    found = []
    for inner in map(_unwrapped, _elements(store, "nextgroup")):
        href = re.search(r"""href\s*=\s*['"]([^'"]+)""", inner)
        target = absolute(page.base, (href.group(1) if href else inner).replace("&amp;", "&"))
        if target is not None and "dataproxy" in target:
            found.append(target)
    return found


def _step(url: str, got: int, total: int | None) -> list[str]:
    """The next window of a proxy that names none: both styles of paging at once."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    page = int(parse_qs(parts.query).get("page", ["1"])[0] or 1)
    size = int(query.get("perpage") or got) or got
    reached = int(query.get("endrecord") or 0) if "page" not in query else page * size
    if total is None or max(reached, got) >= total:
        return []
    query["page"] = str(page + 1)
    if "startrecord" in query:
        start = int(query["startrecord"] or 1) + size
        query["startrecord"], query["endrecord"] = str(start), str(start + size - 1)
    return [urlunsplit(parts._replace(query=urlencode(query)))]


def _refuse_what_is_no_answer(page: Page) -> None:
    if "<html" in page.text[:2000].lower():
        raise BlockedError(
            "fetch/blocked",
            f"{page.url}: expected XML, an HTML page came",
            evidence=page.text[:80],
        )
    if "<datastore" not in page.text and "<recordset" not in page.text:
        raise LayoutError(
            "list/layout", f"{page.url}: no <datastore> in the answer", evidence=page.text[:80]
        )

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

from crawler.families import _rows
from crawler.families._paging import read_anchors
from crawler.pages import Anchor, Page, absolute, squeeze
from pipelines.vocabulary.errors import BlockedError, LayoutError
from pipelines.vocabulary.items import Ask, ListPage, ReportLink

NAME = "hanweb"

_TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>", re.IGNORECASE)
_PAGES = re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>", re.IGNORECASE)
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
    if not following and proxy and links:
        following = _step(page.url, len(links), total)
    return ListPage(
        links=tuple(links.values()),
        declared_total=total,
        declared_pages=pages,
        next_urls=tuple(following[:1]),
        sub_columns=() if proxy else _rows.folders_of(page),
    )


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

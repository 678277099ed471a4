"""The long tail: rows are links with a date or a report's title, pages are links that say so.

Understands: 下一页 in its many forms, ``rel=next``, pager classes, addresses in ``onclick``,
``createPageHTML`` of both vendors, pagers stored base64 in ``#pages``, and ``select`` pagers.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote, urljoin

from lxml import html

from crawler.families import _rows
from crawler.items import Ask, ListPage
from crawler.pages import Page, absolute, squeeze

NAME = "generic"

_NEXT_TEXT = re.compile(
    r"^[\W_]*(?:下一?[页頁]|后一?页|后页|next(?:\s*page)?|>|»|›|›{2}|>>)[\W_]*$", re.IGNORECASE
)
_NEXT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:p_next|next|nextpage|pagenext|page-next)(?:$|[\s_-])", re.IGNORECASE
)
_TRS_PAGER = re.compile(
    r"""createPageHTML\s*\(\s*['"]?(\d+)['"]?\s*,\s*['"]?(\d+)['"]?\s*,\s*['"]([^'"]*)['"]\s*,\s*['"](\w+)['"]""",
    re.IGNORECASE,
)
_KAIPU_PAGER = re.compile(
    r"""createPageHTML\s*\(\s*['"][^'"\d][^'"]*['"]\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*['"]([^'"]*)['"]\s*,\s*['"](\w+)['"]\s*(?:,\s*(\d+))?""",
    re.IGNORECASE,
)


def recognise(page: Page) -> float:
    """Any page can be tried; every family that knows better wins."""
    return 0.05 if page.anchors else 0.01


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the page is the list."""
    del page
    return ()


def read_list(page: Page) -> ListPage:
    """Read rows, folders, totals and the next page of any list of anchors."""
    total, pages = _rows.declared(page)
    trs, kaipu = trs_pager(page), kaipu_pager(page)
    following = next_by_anchor(page)
    if trs is not None:
        pages, following = trs
    elif kaipu is not None:
        pages, following, rows = kaipu
        total = rows if rows is not None else total
    return ListPage(
        links=_rows.rows_of(page),
        declared_total=total,
        declared_pages=pages,
        next_urls=following,
        sub_columns=_rows.folders_of(page),
    )


def trs_pager(page: Page) -> tuple[int, tuple[str, ...]] | None:
    """Read TRS's ``createPageHTML(total, current, "index", "html")``: pages count from 0.

    Page 1 is ``index.html``, page n is ``index_{n-1}.html``; on some sites (昆明, 北京's districts)
    the second is ``index_2.html``, so both are offered. No pager anchor is in the source.
    """
    found = _TRS_PAGER.search(page.text)
    if found is None:
        return None
    total, current, stem, suffix = found.groups()
    pages, here = int(total), int(current)
    if here + 1 >= pages:
        return pages, ()
    number = re.search(rf"/{re.escape(stem)}_(\d+)\.{suffix}$", page.url)
    if number:
        return pages, (urljoin(page.url, f"{stem}_{int(number.group(1)) + 1}.{suffix}"),)
    return pages, tuple(urljoin(page.url, f"{stem}_{here + n}.{suffix}") for n in (1, 2))


def kaipu_pager(page: Page) -> tuple[int, tuple[str, ...], int | None] | None:
    """Read Kaipu's ``createPageHTML('page_div', total, current, …, rows)``: pages count from 1."""
    found = _KAIPU_PAGER.search(page.text)
    if found is None:
        return None
    total, current, stem, suffix, rows = found.groups()
    pages, here = int(total), int(current)
    following = (urljoin(page.url, f"{stem}_{here + 1}.{suffix}"),) if here < pages else ()
    return pages, following, int(rows) if rows else None


def next_by_anchor(page: Page) -> tuple[str, ...]:
    """Return the address behind the page's own 下一页, if it has one that leads on."""
    if page.tree is None:
        return ()
    for tree in (page.tree, *_hidden_pagers(page)):
        for element in tree.iter("a", "span", "li", "button", "link"):
            if _says_next(element):
                url = _target(element, page)
                if url is not None and url != page.url:
                    return (url,)
    return ()


def _says_next(element: html.HtmlElement) -> bool:
    if element.tag == "link":
        return (element.get("rel") or "").lower() == "next"
    if element.tag == "a" and "next" in (element.get("rel") or "").lower().split():
        return True
    if len(element) > 3:
        return False
    text = squeeze(element.text_content())
    if _NEXT_TEXT.match(text) or _NEXT_TEXT.match(element.get("title") or ""):
        return True
    return bool(_NEXT_CLASS.search(element.get("class") or "")) and len(text) < 8


def _target(element: html.HtmlElement, page: Page) -> str | None:
    candidates = [element, *element.xpath(".//a")]
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        candidates.append(parent)
    for candidate in candidates:
        for name in ("href", "data-url", "data-href", "tagname"):
            value = candidate.get(name) or ""
            if value and not value.lower().startswith(("javascript:", "#")):
                return absolute(page.base, value)
        for code in (candidate.get("href") or "", candidate.get("onclick") or ""):
            found = re.search(r"""['"]([^'"]*[/.?][^'"]*)['"]""", code)
            if found:
                return absolute(page.base, found.group(1))
    return None


def _hidden_pagers(page: Page) -> list[html.HtmlElement]:
    """Pagers that 云南's sites keep base64 and percent-encoded in ``#pages`` for a script."""
    assert page.tree is not None
    found = []
    for element in page.tree.xpath("//*[@id='pages' or @id='page' or @class='pages']"):
        raw = squeeze(element.text_content()) or element.get("value") or ""
        if len(raw) > 40 and re.fullmatch(r"[A-Za-z0-9+/=\s]+", raw):
            try:
                source = unquote(base64.b64decode(raw, validate=False).decode("utf-8"))
                found.append(html.fragment_fromstring(source, create_parent="div"))
            except (binascii.Error, ValueError, UnicodeDecodeError):
                continue
    return found

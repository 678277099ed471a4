"""The long tail: rows are links with a date or a report's title, pages are links that say so.

Understands: 下一页 in its many forms, ``rel=next``, pager classes, addresses in ``onclick``,
``createPageHTML`` of both vendors, pagers stored base64 in ``#pages``, and ``select`` pagers.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.families._paging import read_anchors
from crawler.pages import Page, absolute
from pipelines.vocabulary.items import Ask, ListPage

NAME = "generic"

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
    read = read_anchors(page)
    trs, kaipu = trs_pager(page), kaipu_pager(page)
    if trs is not None:
        pages, following = trs
        return replace(read, declared_pages=pages, next_urls=following, guessed=False, more="")
    if kaipu is not None:
        pages, following, rows = kaipu
        total = rows if rows is not None else read.declared_total
        read = replace(read, declared_total=total, guessed=False, more="")
        return replace(read, declared_pages=pages, next_urls=following)
    return read


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
        return pages, _joined(page, f"{stem}_{int(number.group(1)) + 1}.{suffix}")
    return pages, _joined(page, *(f"{stem}_{here + n}.{suffix}" for n in (1, 2)))


def kaipu_pager(page: Page) -> tuple[int, tuple[str, ...], int | None] | None:
    """Read Kaipu's ``createPageHTML('page_div', total, current, …, rows)``: pages count from 1."""
    found = _KAIPU_PAGER.search(page.text)
    if found is None:
        return None
    total, current, stem, suffix, rows = found.groups()
    pages, here = int(total), int(current)
    following = _joined(page, f"{stem}_{here + 1}.{suffix}") if here < pages else ()
    return pages, following, int(rows) if rows else None


def _joined(page: Page, *names: str) -> tuple[str, ...]:
    """Return the addresses of files beside a page; what a script calls them may be no name."""
    urls = (absolute(page.url, name) for name in names)
    return tuple(url for url in urls if url is not None)

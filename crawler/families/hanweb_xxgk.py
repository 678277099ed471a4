"""F3 大汉 Hanweb's directory of information (``/module/xxgk/``): reports by year, or posted for.

``xxgkAnnualReport.jsp?fbtime=`` is one report a year behind a ``select``, with no list at all.
``search.jsp`` is posted for and answers with the rows of the whole region, whatever column asked:
only those of the column's own number (``art_<column>_``) are its rows, and its total is nobody's.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin

from crawler.families import _answers, _rows
from crawler.families._paging import read_anchors
from crawler.pages import Page
from pipelines.vocabulary.errors import BlockedError, LayoutError
from pipelines.vocabulary.items import Ask, ListPage, ReportLink
from pipelines.vocabulary.report_titles import names_report

NAME = "hanweb_xxgk"

_SERVICE = "/module/xxgk/search.jsp"
_YEARLY = "xxgkAnnualReport.jsp"
_ART = re.compile(r"art_(\d+)_\d+|/col/col(\d+)/art/")
_COLUMN = re.compile(r"/col/col(\d+)/")
_SAID = re.compile(r"""["']?infotypeId["']?\s*[:=]\s*["']""")
_FIELDS = (
    "infotypeId",
    "jdid",
    "area",
    "divid",
    "vc_title",
    "vc_number",
    "currpage",
    "vc_filenumber",
    "vc_all",
    "texttype",
    "fbtime",
    "sortfield",
)


def recognise(page: Page) -> float:
    """By its yearly page, its service, or the call of it."""
    if _YEARLY in page.url or _SERVICE in page.url:
        return 0.95
    return 0.92 if _SERVICE in page.text and _SAID.search(page.text) else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Post what the page's own form would post."""
    if page.ask is not None or page.rendered or _YEARLY in page.url:
        return ()
    if _SERVICE not in page.text or not _SAID.search(page.text):
        return ()
    form = {name: _answers.script_value(page.text, name) or "" for name in _FIELDS}
    form["currpage"] = form["currpage"] or "1"
    column = _COLUMN.search(page.url)
    return (
        Ask(
            url=urljoin(page.url, _SERVICE),
            method="POST",
            body=urlencode(form).encode(),
            headers=(
                ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
                *_answers.referer(page),
            ),
            context=(("column", column[1] if column else ""),),
        ),
    )


def read_list(page: Page) -> ListPage:
    """Read the years of a yearly page, or one page of the region's rows.

    Raises:
        BlockedError: a challenge came in place of the answer.
        LayoutError: the answer has neither rows nor a number of pages.
    """
    if page.ask is None:
        if _YEARLY in page.url:
            return ListPage(links=_years_of(page))
        return read_anchors(page)
    column = dict(page.ask.context).get("column", "")
    all_rows = _rows.links_of(a for a in page.anchors if len(a.text) >= 6 and _ART.search(a.url))
    if not all_rows and page.tree is not None and page.tree.xpath("//script") and not page.visible:
        raise BlockedError(
            "fetch/blocked", f"{page.url}: expected rows, a script came", evidence=page.text[:80]
        )
    _, pages = _rows.declared(page)
    if not all_rows and pages is None and not re.search("暂无|没有", page.visible):
        raise LayoutError(
            "list/layout", f"{page.url}: neither rows nor pages", evidence=page.text[:80]
        )
    form = dict(parse_qsl(page.ask.body.decode(), keep_blank_values=True))
    number = int(form["currpage"])
    more = bool(all_rows) and pages is not None and number < pages
    body = urlencode({**form, "currpage": str(number + 1)}).encode()
    return ListPage(
        links=tuple(link for link in all_rows if _is_of(link, column)),
        declared_pages=pages,
        next_asks=(_answers.asked_again(page.ask, body=body),) if more else (),
        sparse=True,
    )


def _is_of(link: ReportLink, column: str) -> bool:
    """Tell whether a row of the region is of the column; without a number its title decides."""
    art = _ART.search(link.url)
    if not column or art is None:
        return names_report(link.title)
    return column in (art[1], art[2])


def _years_of(page: Page) -> tuple[ReportLink, ...]:
    """Read the years behind ``xxgkAnnualReport.jsp?fbtime=``: a page each."""
    return tuple(
        ReportLink(url=a.url, title=f"{a.text.strip('年度 ')}年政府信息公开年度报告")
        for a in page.anchors
        if "fbtime=" in a.url and re.fullmatch(r"20\d\d\s*年?度?", a.text)
    )

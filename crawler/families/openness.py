"""F7 "openness" (Yii-style routes): annual reports have a controller of their own.

``/XxgkAnnualReport/showList/{org}/page_N.html`` lists an organ's reports,
``/XxgkAnnualReport/show/{id}.html`` is one; every other column is ``/OpennessContent/…``. So the
number of the organ, which any of its columns shows, leads to its reports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from crawler.families._paging import read_anchors
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "openness"

_ROUTE = re.compile(r"/(?:Openness(?:Content)?|XxgkAnnualReport|XxgkBranch|PolicyContent)/")
_REPORTS = re.compile(r"/XxgkAnnualReport/show(?:List)?/")
_ORGAN = re.compile(r"/(?:OpennessContent|XxgkAnnualReport)/showList/(\d+)/")
_UNPAGED = re.compile(r"(/XxgkAnnualReport/showList/\d+)(?:\.html|/)?$")


def recognise(page: Page) -> float:
    """By its controllers, in the page's own address or in those it links."""
    if _ROUTE.search(urlsplit(page.url).path):
        return 0.8
    return 0.6 if any(_REPORTS.search(a.url) for a in page.anchors) else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the page is the list."""
    del page
    return ()


def read_list(page: Page) -> ListPage:
    """Read one page; the next is ``page_N.html`` where no link says so."""
    return read_anchors(page, _second)


def columns(page: Page) -> tuple[str, ...]:
    """Return where the organs of this page keep their reports."""
    if _REPORTS.search(page.url):
        return ()
    found = (
        _ORGAN.search(urlsplit(url).path) for url in (page.url, *(a.url for a in page.anchors))
    )
    organs = dict.fromkeys(match[1] for match in found if match)
    return tuple(
        urljoin(page.url, f"/XxgkAnnualReport/showList/{organ}/page_1.html") for organ in organs
    )[:2]


def _second(url: str) -> Sequence[str]:
    bare = _UNPAGED.search(urlsplit(url).path)
    return [urljoin(url, f"{bare[1]}/page_2.html")] if bare else []

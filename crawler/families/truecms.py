"""F11 truecms (南通): JSONP around the XML of ``messageController/getMessage.do``.

Without a Referer it answers 404; a window wider than the host's limit (10, 20 or 50 rows, no
host says which) is answered with nothing, so the window of the page's own script is kept.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from crawler.families import _answers
from crawler.families._paging import read_anchors
from crawler.families.hanweb import records_of, total_of
from crawler.pages import Page
from pipelines.vocabulary.items import Ask, ListPage

NAME = "truecms"

_CALL = re.compile(r"""['"]([^'"]*messageController/getMessage\.do[^'"]*)['"]""")


def recognise(page: Page) -> float:
    """By its service."""
    return 0.9 if "messageController/getMessage.do" in page.text + page.url else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Ask what the page's own script asks."""
    call = _CALL.search(page.text)
    if call is None or page.ask is not None or page.rendered:
        return ()
    url = urljoin(page.url, call.group(1).replace("&amp;", "&"))
    query = parse_qs(urlsplit(url).query)
    if "columnId" not in query:
        column = _answers.script_value(page.text, "columnId", "data-columnid")
        if column is None:
            return ()
        url = _answers.with_query(url, {"columnId": column})
    window = {"startrecord": "1", "endrecord": "10", "perpage": "10"}
    if "endrecord" not in query:
        url = _answers.with_query(url, window)
    return (Ask(url=url, headers=_answers.referer(page)),)


def read_list(page: Page) -> ListPage:
    """Read one window; a page with rows of its own is read as it is."""
    if page.ask is None:
        return read_anchors(page)
    source = str(_answers.json_of(page))
    links = records_of(source, page)
    total = total_of(source)
    query = parse_qs(urlsplit(page.ask.url).query)
    start, end = int(query["startrecord"][0]), int(query["endrecord"][0])
    # A window that was cut is gone on with behind what came, not behind what was asked.
    size, got = end - start + 1, len(links)
    more = _answers.goes_on(page.ask, got, asked=size, total=total)
    window = {"startrecord": str(start + got), "endrecord": str(start + got + size - 1)}
    following = _answers.with_query(page.ask.url, window)
    return ListPage(
        links=links,
        declared_total=total,
        next_asks=(_answers.asked_again(page.ask, url=following, got=got),) if more else (),
    )

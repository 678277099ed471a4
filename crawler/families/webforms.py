"""F13 ASP.NET WebForms: pages turned by ``__doPostBack``; the address never changes.

The next page is the same form posted back with its ViewState and the pager's argument.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin

from lxml import html

from crawler.families import _rows
from crawler.families._paging import next_by_anchor, promised
from crawler.pages import Page, squeeze
from pipelines.vocabulary.items import Ask, ListPage

NAME = "webforms"

_POSTBACK = re.compile(r"""__doPostBack\(\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]*)['"]\s*\)""")
_NEXT = re.compile(r"下一?页|后一?页|^[>»›]+$")


def recognise(page: Page) -> float:
    """By the form that posts itself back."""
    return 0.85 if "__VIEWSTATE" in page.text and "__doPostBack" in page.text else 0.0


def first_asks(page: Page) -> tuple[Ask, ...]:
    """Return nothing: the page is the list."""
    del page
    return ()


def read_list(page: Page) -> ListPage:
    """Read one page of the form."""
    total, pages = _rows.declared(page)
    following = _post_back(page)
    printed = () if following else next_by_anchor(page)
    return ListPage(
        links=_rows.rows_of(page),
        declared_total=total,
        declared_pages=pages,
        next_urls=printed,
        next_asks=(following,) if following else (),
        more="" if following or printed else promised(page),
        sub_columns=_rows.folders_of(page),
    )


def _number_shown(anchor: html.HtmlElement) -> int:
    """Return the number beside a pager's links that is none; 0 where there is none."""
    for holder in list(anchor.iterancestors())[:4]:
        for element in holder.iter("span", "strong", "b", "em", "font"):
            words = squeeze(element.text_content()[:9])
            if words.isdecimal() and next(element.iterancestors("a"), None) is None:
                return int(words)
    return 0


def _post_back(page: Page) -> Ask | None:
    if page.tree is None:
        return None
    calls = [
        (anchor, squeeze(anchor.text_content()), call)
        for anchor in page.tree.iter("a")
        if (call := _POSTBACK.search((anchor.get("href") or anchor.get("onclick") or "")[:1000]))
    ]
    wanted = [(a, call) for a, words, call in calls if _NEXT.search(words)]
    if not wanted and calls:
        # A pager of numbers alone; its own is no link, and ... leads to the numbers beyond.
        here = _number_shown(calls[0][0])
        wanted = [(a, call) for a, words, call in calls if words == str(here + 1)]
        wanted = wanted or [(a, c) for a, w, c in calls[-1:] if w in {"...", "…"} and here]
    for anchor, call in wanted:
        if anchor.get("disabled") is not None:
            return None
        fields = {
            str(i.get("name")): str(i.get("value") or "")
            for i in page.tree.xpath("//form//input[@type='hidden' and @name]")
        }
        fields |= {"__EVENTTARGET": call.group(1), "__EVENTARGUMENT": call.group(2)}
        action = next((str(a) for a in page.tree.xpath("//form/@action")), "")
        return Ask(
            url=urljoin(page.url, action),
            method="POST",
            body=urlencode(fields).encode(),
            headers=(
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Referer", page.url),
            ),
        )
    return None

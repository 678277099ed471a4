"""F13 ASP.NET WebForms: pages turned by ``__doPostBack``; the address never changes.

The next page is the same form posted back with its ViewState and the pager's argument.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin

from crawler.families import _rows
from crawler.families._paging import next_by_anchor, promised
from crawler.items import Ask, ListPage
from crawler.pages import Page, squeeze

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


def _post_back(page: Page) -> Ask | None:
    if page.tree is None:
        return None
    for anchor in page.tree.iter("a"):
        call = _POSTBACK.search(anchor.get("href") or anchor.get("onclick") or "")
        if call is None or not _NEXT.search(squeeze(anchor.text_content())):
            continue
        if anchor.get("disabled"):
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

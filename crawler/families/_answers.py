"""What the families that ask a service share: JSON out of an answer, rows out of its records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.pages import Page, absolute, iso_date, squeeze
from pipelines.vocabulary.errors import BlockedError, LayoutError
from pipelines.vocabulary.items import Ask, ReportLink

_DATE = re.compile(r"(20\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
_SEEN, _FIRST = "rows before", "rows of the first"
_JSONP = re.compile(r"^\s*+[\w.$]*+\s*+\((.*)\)\s*;?\s*$", re.DOTALL)


def json_of(page: Page) -> Any:
    """Return the JSON (or JSONP, or literally ``null({...});``) of an answer.

    Raises:
        BlockedError: an HTML page came in its place, as a firewall sends one.
        LayoutError: it is not JSON.
    """
    text = page.text.strip()
    wrapped = _JSONP.match(text)
    try:
        return json.loads(wrapped.group(1) if wrapped else text)
    except ValueError as error:
        if text[:200].lstrip().lower().startswith(("<!doctype", "<html")):
            raise BlockedError(
                "fetch/blocked",
                f"{page.url}: expected JSON, an HTML page came",
                evidence=f"expected JSON, got {text[:80]}",
            ) from error
        raise LayoutError(
            "list/layout", f"{page.url}: not JSON", evidence=f"not JSON: {text[:80]}"
        ) from error


def part_of(value: Any, *path: str | int, page: Page) -> Any:
    """Return a part of a JSON answer by its path.

    Raises:
        LayoutError: the answer has no such part.
    """
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError) as error:
            raise LayoutError(
                "list/layout",
                f"{page.url}: the answer has no {'/'.join(map(str, path))}",
                evidence=f"no {step} in {str(value)[:80]}",
            ) from error
    return value


def row(page: Page, url: object, title: object, date: object = None) -> ReportLink | None:
    """Return a record as a link; None where it lacks an address or a title."""
    target = absolute(page.base, str(url)) if url else None
    name = squeeze(re.sub(r"<[^>]+>", "", str(title or "")))
    if target is None or not name:
        return None
    found = _DATE.search(str(date)) if date else None
    return ReportLink(url=target, title=name, date=iso_date(found) if found else None)


def rows(found: Iterable[ReportLink | None]) -> tuple[ReportLink, ...]:
    """Keep what is a row, each address once."""
    return tuple({link.url: link for link in found if link is not None}.values())


def with_query(url: str, changes: dict[str, str]) -> str:
    """Return an address with some of its query's values changed."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | changes
    return urlunsplit(parts._replace(query=urlencode(query)))


def script_value(text: str, *names: str) -> str | None:
    """Return what a script assigns to one of these names (``a = 'x'``, ``a: "x"``, ``a=12``)."""
    for name in names:
        found = re.search(
            rf"""(?<![\w$]){re.escape(name)}["']?\s*[:=]\s*(?:["']([^"']*)["']|(\d+))""", text
        )
        if found:
            return found.group(1) if found.group(1) is not None else found.group(2)
    return None


def goes_on(ask: Ask, got: int, *, asked: int, total: int | None = None) -> bool:
    """Tell whether a list goes on behind an answer with ``got`` rows.

    How many rows were asked for says nothing of how many come: servers cut what is asked, and some
    never look at it. What counts is what has come so far (``asked_again`` carries it along), and
    where no total is said, how full the first answer was.
    """
    if not got:
        return False
    if total is not None:
        return seen(ask) + got < total
    return got >= min(asked, int(dict(ask.context).get(_FIRST, asked)))


def seen(ask: Ask) -> int:
    """Return how many rows came before the answer to this question."""
    return int(dict(ask.context).get(_SEEN, 0))


def asked_again(
    ask: Ask, *, url: str | None = None, body: bytes | None = None, got: int = 0
) -> Ask:
    """Return the same question for another page, given how many rows this one brought."""
    if body is None and url is not None and ask.body == urlsplit(ask.url).query.encode():
        body = urlsplit(url).query.encode()  # posted: see ``posted``
    context = dict(ask.context)
    if got:
        context[_SEEN] = str(seen(ask) + got)
        context.setdefault(_FIRST, str(got))
    return Ask(
        url=url or ask.url,
        method=ask.method,
        body=ask.body if body is None else body,
        headers=ask.headers,
        context=tuple(context.items()),
    )


def posted(ask: Ask) -> Ask | None:
    """Return a question with parameters as a form that is posted, for servers that take no GET."""
    query = urlsplit(ask.url).query
    if ask.method != "GET" or not query:
        return None
    kind = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
    return Ask(
        url=ask.url,
        method="POST",
        body=query.encode(),
        headers=(*ask.headers, kind),
        context=ask.context,
    )


def referer(page: Page) -> tuple[tuple[str, str], ...]:
    """Return the headers a browser would send from this page: some services answer 403 without."""
    return (("Referer", page.url), ("X-Requested-With", "XMLHttpRequest"))

"""Telling apart what changes from one turned page to the next, and going on without the browser.

A press in the browser asks one thing, the next press the same thing with another number in it.
Where that number is the only difference, whoever has seen three such questions can put the fourth;
where anything else differs (a signature, a mark that only the last answer knew) nobody can, and
the list stays in the browser. What an answer's rows are is learnt from what the page made of one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.families import _answers, _rows
from crawler.pages import Page, absolute, squeeze
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import Ask, ReportLink

_BROWSERS_OWN = re.compile(
    r"user-agent|cookie|host|content-length|connection|accept-encoding|accept-language|sec-.*|origin"
    r"|pragma|cache-control|upgrade-insecure-requests|:.*"
)
_STAMP = re.compile(r"1[5-9]\d{8}(?:\d{3})?|0?\.\d{6,}")
_AT_ONCE = 2
"""Numbers that may move together: a first record and a last one."""
_SEEN = 3
"""Questions it takes: two may differ by chance in what will not go on so."""
_SURE = 0.8
"""Of the rows the page made, how many an answer must give again."""

Place = tuple[str, tuple[str | int, ...]]
"""Where a value stands in a question: ``query`` or ``body``, and its path there."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Series:
    """Questions of which each is the one before with its numbers moved on."""

    last: Ask
    steps: Mapping[Place, int]

    def ask(self, ahead: int) -> Ask:
        """Return the question so many steps behind the last; 0 is the last itself."""
        values = _values(self.last)
        moved = {p: str(int(values[p]) + step * ahead) for p, step in self.steps.items()}
        return _with(self.last, moved)


def learn_series(asked: Sequence[Ask]) -> Series | None:
    """Return the series that questions make, put one after the other; None where they make none."""
    if len(asked) < _SEEN:
        return None
    asked = [replace(a, headers=_sent_on(a)) for a in asked[-_SEEN:]]
    if (
        len({(a.method, a.headers, urlsplit(a.url)._replace(query="", fragment="")) for a in asked})
        > 1
    ):
        return None  # another address, or a header that changes: signed
    values = [_values(a) for a in asked]
    if any(v.keys() != values[0].keys() for v in values):
        return None
    steps: dict[Place, int] = {}
    for place in values[0]:
        told = [v[place] for v in values]
        if len(set(told)) == 1 or all(_STAMP.fullmatch(t) for t in told):
            continue
        if not all(t.isascii() and t.isdigit() and len(t) < 8 for t in told):
            return None
        moves = {int(b) - int(a) for a, b in pairwise(told)}
        if len(moves) != 1 or 0 in moves:
            return None
        steps[place] = moves.pop()
    return Series(last=asked[-1], steps=steps) if 0 < len(steps) <= _AT_ONCE else None


def _sent_on(ask: Ask) -> tuple[tuple[str, str], ...]:
    return tuple((n, v) for n, v in ask.headers if not _BROWSERS_OWN.fullmatch(n.lower()))


def _values(ask: Ask) -> dict[Place, str]:
    """Return every value of a question, by where it stands."""
    pairs = parse_qsl(urlsplit(ask.url).query, keep_blank_values=True)
    found: dict[Place, str] = {("query", (n, k)): v for k, (n, v) in enumerate(pairs)}
    for path, value in _leaves(_body_of(ask)):
        found["body", path] = str(value)
    return found


def _body_of(ask: Ask) -> Any:
    text = ask.body.decode("utf-8", "replace")
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return {f"{n} {k}": v for k, (n, v) in enumerate(parse_qsl(text, keep_blank_values=True))}


def _leaves(
    value: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if len(path) > 8:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value


def _with(ask: Ask, changes: Mapping[Place, str]) -> Ask:
    """Return a question with some of its values changed."""
    parts = urlsplit(ask.url)
    pairs = [
        (n, changes.get(("query", (n, k)), v))
        for k, (n, v) in enumerate(parse_qsl(parts.query, keep_blank_values=True))
    ]
    url = urlunsplit(parts._replace(query=urlencode(pairs))) if pairs else ask.url
    inside = {path: value for (where, path), value in changes.items() if where == "body"}
    return replace(ask, url=url, body=_body_with(ask, inside) if inside else ask.body)


def _body_with(ask: Ask, changes: Mapping[tuple[str | int, ...], str]) -> bytes:
    body = _body_of(ask)
    for path, value in changes.items():
        holder = body
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = int(value) if isinstance(holder[path[-1]], int) else value
    if ask.body.lstrip()[:1] in {b"{", b"["}:
        return json.dumps(body, ensure_ascii=False).encode()
    return urlencode([(name.rpartition(" ")[0], value) for name, value in body.items()]).encode()


# -- what the rows of an answer are ----------------------------------------------------------------


@dataclass(slots=True, frozen=True, kw_only=True)
class Shape:
    """How rows are read out of answers; ``title`` is empty where they are links of HTML."""

    title: str = ""
    address: str = ""
    before: str = ""
    behind: str = ""

    def rows(self, answer: Page) -> tuple[ReportLink, ...]:
        """Return the rows of an answer; none where it is of another shape."""
        if not self.title:
            return _links(answer)
        return _answers.rows(
            _answers.row(
                answer,
                f"{self.before}{record.get(self.address) or ''}{self.behind}",
                record.get(self.title),
                next((v for v in record.values() if _is_date(v)), None),
            )
            for record in _records(answer)
            if record.get(self.address)
        )


def learn_shape(answer: Page, rows: Mapping[str, str]) -> Shape | None:
    """Return how an answer's rows are read, given the titles and addresses the page made of them.

    It must give them again, nearly all: a page may leave one out that it has shown before.
    """
    if not rows:
        return None
    for shape in (*_json_shapes(answer, rows), Shape()):
        read = {link.title: link.url for link in shape.rows(answer)}
        if sum(read.get(title) == url for title, url in rows.items()) >= _SURE * len(rows):
            return shape
    return None


def is_end(answer: Page, earlier: Page) -> bool:
    """Tell whether an answer without a row is the end of a list, and not a refusal in JSON.

    A refusal says another code than the answers before it, or has other parts.
    """
    try:
        one, other = _answers.json_of(answer), _answers.json_of(earlier)
    except (CodedError, RecursionError):
        return "<" in answer.text or not earlier.text.lstrip().startswith(("{", "["))
    return _outline(one) == _outline(other)


def _outline(value: Any) -> object:
    if not isinstance(value, dict):
        return type(value).__name__
    says = {n: v for n, v in value.items() if re.fullmatch(r"code|status|state|ret|success|ok", n)}
    return sorted(value), {n: v for n, v in says.items() if not isinstance(v, (dict, list))}


def _json_shapes(answer: Page, rows: Mapping[str, str]) -> Iterator[Shape]:
    for record in _records(answer)[:50]:
        for name, value in record.items():
            url = rows.get(_plain(value)) if isinstance(value, str) else None
            if url is None:
                continue
            for address, part in record.items():
                said = str(part)
                if isinstance(part, (dict, list)) or len(said) < 2 or address == name:
                    continue
                if absolute(answer.base, said) == url:
                    yield Shape(title=name, address=address)
                elif url.count(said) == 1:
                    before, _, behind = url.partition(said)
                    yield Shape(title=name, address=address, before=before, behind=behind)


def _records(answer: Page) -> list[dict[str, Any]]:
    """Return the things in an answer of JSON, those within others too."""
    try:
        waiting = [_answers.json_of(answer)]
    except (CodedError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    while waiting and len(found) < 5000:
        value = waiting.pop(0)
        if isinstance(value, dict):
            found.append(value)
            waiting.extend(v for v in value.values() if isinstance(v, (dict, list)))
        elif isinstance(value, list):
            waiting.extend(v for v in value if isinstance(v, (dict, list)))
            if any(isinstance(v, str) for v in value):
                found.append({str(k): v for k, v in enumerate(value)})  # ["/1.html", "title"]
    return found


def _links(answer: Page) -> tuple[ReportLink, ...]:
    """Return the links of an answer of HTML, and of the HTML that an answer of JSON holds."""
    inside = [v for r in _records(answer) for v in r.values() if isinstance(v, str) and "<a" in v]
    pages = [Page(url=answer.url, body=f"<html><body>{v}</body></html>".encode()) for v in inside]
    return _rows.links_of(a for page in (pages or [answer]) for a in page.anchors if a.text)


def _plain(value: str) -> str:
    return squeeze(re.sub(r"<[^>]+>", "", value))


def _is_date(value: object) -> bool:
    return (
        isinstance(value, str)
        and re.match(r"20\d\d\D{1,2}\d{1,2}\D{1,2}\d{1,2}", value) is not None
    )

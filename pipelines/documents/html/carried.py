"""What a page carries and does not show by itself: its report, for a script to put in place.

Text in ``noscript``, ``template``, ``textarea``, a frame's ``srcdoc``, and the strings of data in
its scripts (``window.__DATA__ = {…}``, ``application/json``, ``ld+json``).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from pipelines.documents.bounds import MAX_MARKUP_BYTES
from pipelines.documents.html.marks import sections_in, tables_in
from pipelines.documents.json_strings import MARKUP, marks_in, source_of, strings_of

_HOLDERS = ("noscript", "template", "textarea")
_FEWEST = 200
"""Characters; what is shorter holds no part of a report worth looking for."""
_SECTIONS = 3
"""Headings without which a text is none of a report, unless it has a table of one."""
_MAX_TEXTS = 200
"""Texts of a page that are looked at."""
_MAX_SCRIPT = 4_000_000
_MAX_DATA, _MAX_TRIED = 2_000, 4_000_000
"""Places of one script at which data may begin, and characters of what was none."""
_MAX_QUOTED = 50
_MAX_STRINGS = 5_000
_DATA = re.compile(r"""(?:[=(:,]|\breturn)\s*(?=[\[{"])""")
_QUOTED = re.compile(
    r"'((?:[^'\\\n]|\\.){200,})'|\"((?:[^\"\\\n]|\\.){200,})\"|`((?:[^`\\]|\\.){200,})`", re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": "", "\n": ""}
# A report has Chinese in it, as itself or written in escapes.
_SPEAKS = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}")
_DECODER = json.JSONDecoder()


def best_carried(root: HtmlElement, shown: int) -> str | None:
    """Return the source of a page's best carried text: with parts of a report it does not show.

    Args:
        root: the page.
        shown: the marks of a report the page itself shows.
    """
    best: tuple[int, int, str] | None = None
    left = MAX_MARKUP_BYTES
    for text in islice(_carried(root), _MAX_TEXTS):
        left -= len(text)
        if left < 0:
            break
        marks = marks_in(text)
        new = marks & ~shown
        worth = sections_in(new) + tables_in(new)
        if sections_in(marks) < _SECTIONS and not tables_in(marks):
            continue
        if worth and (best is None or (worth, len(text)) > best[:2]):
            best = worth, len(text), text
    return best[2] if best is not None else None


def _carried(root: HtmlElement) -> Iterator[str]:
    """Yield the texts that are long enough, as markup."""
    for element in root.iter("noscript", "template", "textarea", "iframe", "script"):
        if element.tag == "script":
            yield from map(_markup, _of_script(element))
        elif element.tag == "iframe":
            if len(source := element.get("srcdoc") or "") >= _FEWEST:
                yield source
        elif next(element.iterancestors(*_HOLDERS), None) is not None:
            continue
        elif len(source := _inner(element)) >= _FEWEST:
            yield source


def _inner(element: HtmlElement) -> str:
    """Return the source of what an element holds; what is written in entities is source too."""
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    source = "".join(parts)
    return html.unescape(source) if not len(element) and "&lt;" in source else _in_lines(source)


def _markup(text: str) -> str:
    """Return a string of data as markup."""
    return text if MARKUP.search(text) else _in_lines(html.escape(text, quote=False))


def _in_lines(source: str) -> str:
    return source if MARKUP.search(source) else source.replace("\n", "<br>")


def _of_script(script: HtmlElement) -> Iterator[str]:
    code = script.text or ""
    if not _FEWEST <= len(code) <= _MAX_SCRIPT or not _SPEAKS.search(code):
        return
    said = (script.get("type") or "").lower()
    if "json" in said:
        yield from _of_data(_loaded(code))
        return
    if said and "script" not in said and said != "module":
        yield code  # a template under a type no browser runs
        return
    at, left = 0, _MAX_TRIED
    for _ in range(_MAX_DATA):
        found = _DATA.search(code, at)
        if found is None or left < 0:
            break
        start = at = found.end()
        try:
            data, at = _DECODER.raw_decode(code, start)
        except json.JSONDecodeError as error:
            left -= error.pos - start
        except RecursionError:
            left -= len(code) - start
        else:
            if at - start >= _FEWEST:
                yield from _of_data(data)
    for quoted in islice(_QUOTED.finditer(code), _MAX_QUOTED):
        yield from _of_data(_ESCAPE.sub(_escaped, quoted[1] or quoted[2] or quoted[3]))


def _escaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _PLAIN.get(found[3], found[3])


def _of_data(data: Any) -> Iterator[str]:
    """Yield the long strings of data."""
    for text, _ in islice(strings_of(data), _MAX_STRINGS):
        if len(text) >= _FEWEST and _SPEAKS.search(text):
            yield source_of(text)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None

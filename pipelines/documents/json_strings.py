"""The strings of JSON data, and which of them reads like a report."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.documents.html.marks import line_marks, table_marks

MARKUP = re.compile(r"</?(?:p|div|table|td|br|span|section|h[1-6])\b", re.IGNORECASE)
"""A tag of a text; a string with one is a page's source."""
_BREAK = re.compile(r"\n|<[^>]{0,300}>")
_MAX_LOOKED_AT = 500_000
"""Characters of one string."""


def strings_of(data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every string with the object that holds it, those of data in a string in its place."""
    stack: list[tuple[Any, Mapping[str, Any], int]] = [(data, {}, 0)]
    while stack:
        value, holder, inside = stack.pop()
        if isinstance(value, str):
            more = _data_in(value) if inside < _MAX_INSIDE else None
            if more is None:
                yield value, holder
            else:
                stack.append((more, holder, inside + 1))
        elif isinstance(value, dict):
            stack.extend((inner, value, inside) for inner in value.values())
        elif isinstance(value, list):
            stack.extend((inner, holder, inside) for inner in value)


_MAX_INSIDE = 2
"""How often data in a string in data is opened."""
_DATA = re.compile(r'\s*(?:\{\s*"|\[\s*[\["{])')


def _data_in(string: str) -> Any:
    """Return what a string of data holds that is JSON itself, None where it is none."""
    if _DATA.match(string) is None:
        return None
    try:
        return json.loads(string)
    except (json.JSONDecodeError, RecursionError):
        return None


def source_of(string: str) -> str:
    """Return a string of data as it is set into a page: some escape its markup once more."""
    if "&lt;" in string and not MARKUP.search(string):
        return html.unescape(string)
    return string


def marks_in(string: str) -> int:
    """Return which headings and tables of a report a text or a page's source holds."""
    marks = 0
    for line in _BREAK.split(string[:_MAX_LOOKED_AT]):
        if line:
            marks |= line_marks(line.strip()) | table_marks(line)
    return marks

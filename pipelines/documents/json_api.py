"""JSON that services answer in place of a page: the article's text is one of its strings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipelines.documents.blocks import Document
from pipelines.documents.bounds import MAX_MARKUP_BYTES, check_size
from pipelines.documents.charset import read_bytes, stored_twice
from pipelines.documents.html.marks import line_marks, sections_in
from pipelines.documents.html.page import read_markup
from pipelines.documents.text import document_of
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_WRAPPER = re.compile(r"^[\w$.]{1,60}\s*\(|\)\s*;?\s*$")
_TAG = re.compile(r"</?(?:p|div|table|td|br|span|section|h[1-6])\b", re.IGNORECASE)
_TITLE_KEYS = ("title", "articletitle", "vc_title", "infotitle", "doctitle", "headline", "name")
_MIN_TEXT = 40
_MAX_STRINGS = 20_000


def read_json(raw: RawFile) -> Document:
    """Read a JSON or JSONP answer: its longest string that reads like an article.

    The simple values beside that string become metadata under their lower-cased keys.

    Raises:
        DocumentError: ``document/malformed``, ``document/too-large``, or ``document/empty`` when
            no string is an article.
    """
    check_size(raw.body, MAX_MARKUP_BYTES)
    text, charset, _, mended = read_bytes(raw.body, raw.content_type)
    try:
        data = json.loads(_WRAPPER.sub("", text.strip()))
    except (json.JSONDecodeError, RecursionError) as error:
        raise DocumentError("document/malformed", f"not JSON: {error}") from error
    best: tuple[tuple[int, int], str, Mapping[str, Any]] | None = None
    for count, (string, holder) in enumerate(_strings(data)):
        if count > _MAX_STRINGS:
            break
        if len(string) >= _MIN_TEXT:
            worth = (sections_in(_marks(string)), len(string))
            if best is None or worth > best[0]:
                best = worth, string, holder
    if best is None:
        raise DocumentError("document/empty", "no text in the JSON answer")
    _, string, holder = best
    document = read_markup(string, raw.url) if _TAG.search(string) else document_of(string)
    facts = {
        str(key).lower(): str(value)
        for key, value in holder.items()
        if isinstance(value, (str, int)) and value is not string and len(str(value)) <= 300
    }
    title = next((facts[key] for key in _TITLE_KEYS if facts.get(key)), None)
    return replace(
        document,
        carrier="json_api",
        charset=charset,
        title=title or document.title,
        metadata={**facts, **document.metadata},
        noticed=stored_twice(mended),
    )


def _strings(data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every string with the object that holds it."""
    stack: list[tuple[Any, Mapping[str, Any]]] = [(data, {})]
    while stack:
        value, holder = stack.pop()
        if isinstance(value, str):
            yield value, holder
        elif isinstance(value, dict):
            stack.extend((inner, value) for inner in value.values())
        elif isinstance(value, list):
            stack.extend((inner, holder) for inner in value)


def _marks(string: str) -> int:
    marks = 0
    for line in re.split(r"\n|<[^>]{0,300}>", string[:500_000]):
        if line:
            marks |= line_marks(line)
    return marks

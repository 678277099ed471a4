"""JSON that services answer in place of a page: the article's text is one of its strings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipelines.documents.blocks import Document
from pipelines.documents.bounds import MAX_MARKUP_BYTES, check_size
from pipelines.documents.charset import read_bytes, stored_twice
from pipelines.documents.html.marks import sections_in
from pipelines.documents.html.page import read_markup
from pipelines.documents.json_strings import MARKUP, marks_in, source_of, strings_of
from pipelines.documents.text import document_of
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_WRAPPER = re.compile(r"^[\w$.]{1,60}\s*\(|\)\s*;?\s*$")
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
    found = ""
    for count, (string, holder) in enumerate(strings_of(data)):
        if count > _MAX_STRINGS:
            break
        if len(string) >= _MIN_TEXT:
            source = source_of(string)
            worth = (sections_in(marks_in(source)), len(string))
            if best is None or worth > best[0]:
                best, found = (worth, source, holder), string
    if best is None:
        raise DocumentError("document/empty", "no text in the JSON answer")
    _, string, holder = best
    document = read_markup(string, raw.url) if MARKUP.search(string) else document_of(string)
    facts = {
        str(key).lower(): str(value)
        for key, value in holder.items()
        if isinstance(value, (str, int)) and value is not found and len(str(value)) <= 300
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

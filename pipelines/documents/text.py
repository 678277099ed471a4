"""Plain text: flattened reports, text exports of Word files and of other crawlers."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.documents import labels
from pipelines.documents.blocks import Document
from pipelines.documents.bounds import MAX_MARKUP_BYTES, check_size
from pipelines.documents.charset import read_bytes, stored_twice
from pipelines.documents.drawn import blocks_of
from pipelines.documents.page_numbers import is_page_number
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from pipelines.vocabulary.report_titles import is_sentence, is_title_line, line_names_year

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]")
_NOTHING = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Extractors leave thousands of cell borders behind where a table was; four or more in a row hold
# no position any more that a reader could use, while "|||" does: it ends a row of empty cells.
_BORDERS = re.compile(r"\|{16,}")
_HEAD_LINES = 15
_MAX_PART = 50


def read_text(raw: RawFile) -> Document:
    """Read a text file; its lines, tabs and pipes are kept as they are.

    Raises:
        DocumentError: ``document/undecodable``, ``document/empty``, ``document/too-large``.
    """
    check_size(raw.body, MAX_MARKUP_BYTES)
    text, charset, _, mended = read_bytes(raw.body, raw.content_type)
    document = document_of(text, charset=charset)
    return replace(document, noticed=stored_twice(mended)) if mended else document


def document_of(text: str, *, carrier: str = "text", charset: str | None = None) -> Document:
    """Return the document a text is; blank lines are kept, they part cells from rows."""
    text = _BORDERS.sub("", _NOTHING.sub("", _BOOKMARK.sub("", text)))
    lines = [line.replace("\u00a0", " ").rstrip(" ") for line in text.split("\n")]
    text = "\n".join(line for line in lines if not is_page_number(line)).strip("\n")
    if not text.strip():
        raise DocumentError("document/empty", "no text in the file")
    head = [line.strip() for line in lines if line.strip()][:_HEAD_LINES]
    metadata = labels.merged(labels.from_line(line) for line in head)
    title = metadata.get("标题") or title_among(head)
    return Document(
        carrier=carrier,
        blocks=tuple(blocks_of(text)),
        title=title,
        metadata=metadata,
        charset=charset,
        page_text=text,
    )


def title_among(lines: list[str]) -> str | None:
    """Return the report's title from its first lines; one broken over two lines is joined.

    >>> title_among(["正文", "2024年清河县科学技术局政府信息公开工作", "年度报告"])
    '2024年清河县科学技术局政府信息公开工作年度报告'
    """
    for index, line in enumerate(lines):
        if not is_title_line(line) or labels.is_index_line(line):
            continue
        title = labels.unlabelled(line.strip("#|* \u3000"))
        above = lines[index - 1].strip("#|* \u3000") if index else ""
        if not line_names_year(title) and len(above) <= _MAX_PART and not is_sentence(above):
            joined = above + title
            title = joined if line_names_year(joined) or len(title) <= _MAX_PART // 10 else title
        return title
    return None

"""A page-flip book: the plain pages it keeps beside its pictures, read as one document.

The makers of such books put a copy without script at ``…/files/basic-html/pageN.html``: the text
of one page, and links to its neighbours (seen in 2020 at a county's audit office).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from pipelines.documents.blocks import Block, Document, TextBlock
from pipelines.documents.charset import decode
from pipelines.documents.html.page import read_markup
from pipelines.vocabulary.items import RawFile

_STEP = re.compile(
    r"首页|[上下前后]一?页|末页|尾页|目录|first|previous|next|last|contents", re.IGNORECASE
)
_BESIDE_STEPS = re.compile(r"[\s|/<>«»‹›\d第页]+|page", re.IGNORECASE)
BOOK_FOLDER = b"basic-html"
"""The folder of a book's plain pages, as small letters of whatever leads there."""
_PAGE = re.compile(r"^(.*/basic-html/)page-?(\d{1,4})\.html?$", re.IGNORECASE)


def book_page(url: str | None) -> tuple[str, int] | None:
    """Return the book an address is a plain page of, and the page's number; None for others."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    found = _PAGE.match(f"{parts.netloc}{parts.path}")
    return (found[1], int(found[2])) if found else None


def read_book(pages: Sequence[RawFile]) -> Document:
    """Read the plain pages of a book, in order of their numbers.

    All of a page is read, not only what looks like a report: its rows may name no table.

    Raises:
        DocumentError: as ``read_html``.
    """
    numbered = sorted(pages, key=lambda raw: (book_page(raw.url) or ("", 0))[1])
    read = [
        read_markup(text, raw.url, charset, whole=True)
        for raw in numbered
        for text, charset in [decode(raw.body, raw.content_type)]
    ]
    return replace(
        read[0],
        carrier="flipbook",
        blocks=tuple(_without_steps(block) for document in read for block in document.blocks),
        links=(),  # its neighbours: nothing that could hold more
        page_text="\n".join(document.page_text for document in read),
    )


def _without_steps(block: Block) -> Block:
    if not isinstance(block, TextBlock):
        return block
    lines = (line for line in block.text.split("\n") if not _is_step(line))
    return replace(block, text="\n".join(lines))


def _is_step(line: str) -> bool:
    """Tell whether a line only leads to other pages; digits alone may be a row's."""
    rest, steps = _STEP.subn("", line)
    return steps > 0 and not _BESIDE_STEPS.sub("", rest)

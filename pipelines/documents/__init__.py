"""Bytes of any carrier to one shape: text blocks and cell grids in document order.

The parts are loaded when they are asked for: who only decodes a page needs no reader.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.documents.archives import unpack
    from pipelines.documents.carriers import sniff
    from pipelines.documents.charset import decode
    from pipelines.documents.html.book import BOOK_FOLDER, book_page
    from pipelines.documents.html.links import attachments_of
    from pipelines.documents.reader import read_document, read_pages, read_pictures

__all__ = [
    "BOOK_FOLDER",
    "attachments_of",
    "book_page",
    "decode",
    "read_document",
    "read_pages",
    "read_pictures",
    "sniff",
    "unpack",
]

_PARTS = {
    "BOOK_FOLDER": "html.book",
    "attachments_of": "html.links",
    "book_page": "html.book",
    "decode": "charset",
    "read_document": "reader",
    "read_pages": "reader",
    "read_pictures": "reader",
    "sniff": "carriers",
    "unpack": "archives",
}


def __getattr__(name: str) -> Any:
    """Load the part that has a name of the interface (PEP 562)."""
    if name not in _PARTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_PARTS[name]}"), name)
    return value

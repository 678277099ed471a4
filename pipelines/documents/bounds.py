"""How much of one document is read at most; beyond it the document is refused, not cut.

The largest genuine reports met are 3 MB of HTML (Word exports) and 15 MB of scanned PDF.
"""

from __future__ import annotations

from pipelines.vocabulary.errors import DocumentError

MAX_FILE_BYTES = 64 * 1024 * 1024
"""A file of any kind."""
MAX_MARKUP_BYTES = 16 * 1024 * 1024
"""HTML, XML, JSON and text, which grow tenfold when parsed."""
MAX_TABLES = 400
MAX_TABLE_DEPTH = 20
"""Tables inside tables; layouts of the 2000s reach eight."""
MAX_CELLS = 100_000
"""All tables of a document together; a report has some 250 cells."""
MAX_COLSPAN = 100
"""A wider span is a mistake (``colspan=9999999``) and is cut to the table's width."""
MAX_PAGES = 300
MAX_SCANNED_PAGES = 40
"""Recognition takes about four seconds a page."""
MAX_ARCHIVE_MEMBERS = 300
MAX_UNPACKED_BYTES = 192 * 1024 * 1024
MAX_UNPACK_RATIO = 200
"""Unpacked to packed; office XML reaches 30, zip bombs 1000."""
MAX_ARCHIVE_DEPTH = 2
MAX_PIXELS = 60_000_000


def too_large(what: str) -> DocumentError:
    """Return the error for a document beyond a bound; ``what`` says which and how far."""
    return DocumentError("document/too-large", what)


def check_size(body: bytes, limit: int) -> None:
    """Raise ``document/too-large`` when ``body`` is longer than ``limit`` bytes."""
    if len(body) > limit:
        raise too_large(f"{len(body)} bytes, read are at most {limit}")

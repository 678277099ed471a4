"""The one entrance: which reader a file goes to."""

from __future__ import annotations

from collections.abc import Callable

from crawler.errors import DocumentError
from crawler.items import RawFile
from pipelines.documents.blocks import Document
from pipelines.documents.bounds import MAX_FILE_BYTES, check_size
from pipelines.documents.carriers import sniff
from pipelines.documents.html import read_html
from pipelines.documents.paged.pdf import read_pdf
from pipelines.documents.text import read_text

_BLANK = b"\xef\xbb\xbf \t\r\n\x00"
_READERS: dict[str, Callable[[RawFile], Document]] = {
    "html": read_html,
    "text": read_text,
    "pdf": read_pdf,
}


def read_document(raw: RawFile) -> Document:
    """Read a file of any supported carrier.

    Raises:
        DocumentError: with one of the ``document/…`` codes; nothing else leaves this function
            for bad input.
    """
    if not raw.body.strip(_BLANK):
        raise DocumentError("document/empty", "no bytes")
    check_size(raw.body, MAX_FILE_BYTES)
    kind = sniff(raw)
    reader = _READERS.get(kind)
    if reader is None:
        raise DocumentError("document/unsupported", f"no reader for {kind} files")
    return reader(raw)

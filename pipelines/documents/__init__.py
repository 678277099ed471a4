"""Bytes of any carrier to one shape: text blocks and cell grids in document order."""

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

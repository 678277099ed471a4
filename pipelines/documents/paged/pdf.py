"""PDF: glyphs and lines of its pages, or the verdict that they are pictures."""

from __future__ import annotations

import io
import logging  # noqa: TID251 - to silence pdfminer, below
from dataclasses import replace
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.page import Page

from pipelines.documents.blocks import Document, Grid
from pipelines.documents.bounds import MAX_FILE_BYTES, MAX_PAGES, check_size, too_large
from pipelines.documents.paged.assemble import document_of_pages
from pipelines.documents.paged.page import PageContent
from pipelines.documents.pictures import is_scanned, read_scan
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

# pdfminer warns of every font without a bounding box; nothing in it concerns a reader.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_THIN = 3.0
"""Points; a filled rectangle thicker than this is a background, not a ruling line."""
_MIN_TEXT = 20
"""Characters; a PDF with less text than this is pictures of pages."""
_SCAN_COVER = 0.7
"""Share of the page a picture covers on a scanned page."""


def read_pdf(raw: RawFile) -> Document:
    """Read a PDF.

    A file without text, or whose text only lies over pictures of its pages, is recognised and
    has the carrier ``pdf_scan``.

    Raises:
        DocumentError: ``document/encrypted``, ``document/malformed``, ``document/too-large``,
            and for scans what ``read_scan`` raises.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    check_opens(raw.body)
    try:
        pages = _pages(raw.body)
    except DocumentError as damaged:
        # pdfium repairs what pdfminer refuses (a wrong cross-reference table, a cut end).
        try:
            pages = _pages(_rewritten(raw.body))
        except (DocumentError, pypdfium2.PdfiumError):
            raise damaged from None
    document = document_of_pages(pages, "pdf_text", "pdf_table")
    pictures = sum(page.is_picture for page in pages)
    has_grid = any(isinstance(block, Grid) for block in document.blocks)
    if len(document.page_text) < _MIN_TEXT:
        return read_scan(raw.body, pages)
    if pictures * 2 > len(pages) and not has_grid:
        return _recognised(raw.body, pages, replace(document, carrier="pdf_scan"))
    if any(page.is_picture and is_scanned(page, layered=False) for page in pages):
        return _recognised(raw.body, pages, document)
    return document


def _recognised(body: bytes, pages: list[PageContent], document: Document) -> Document:
    """Return the document with its picture pages recognised, or a note that they were not.

    Tables are often put into a typed report as pictures of pages.
    """
    try:
        return read_scan(body, pages, carrier=document.carrier)
    except DocumentError as error:
        return replace(document, unread=(f"picture pages: {error.code}: {error}",))


def _pages(body: bytes) -> list[PageContent]:
    try:
        with pdfplumber.open(io.BytesIO(body)) as pdf:
            return [_content(page, number) for number, page in enumerate(pdf.pages, 1)]
    except Exception as error:  # pdfminer raises whatever a damaged file provokes
        raise DocumentError("document/malformed", f"{type(error).__name__}: {error}") from error


def check_opens(body: bytes) -> None:
    """Let pdfium say first whether a file is protected or broken: it is quick and definite.

    Raises:
        DocumentError: see ``read_pdf``.
    """
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        code = "document/encrypted" if "password" in str(error).lower() else "document/malformed"
        raise DocumentError(code, str(error)) from error
    try:
        count = len(document)
    finally:
        document.close()
    if count > MAX_PAGES:
        raise too_large(f"{count} pages, read are at most {MAX_PAGES}")
    if count == 0:
        raise DocumentError("document/malformed", "a PDF without pages")


def _rewritten(body: bytes) -> bytes:
    document = pypdfium2.PdfDocument(body)
    try:
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    finally:
        document.close()


def _content(page: Page, number: int) -> PageContent:
    # Bold is faked by printing twice with a tiny shift: 12 would be read as 1122.
    clean = page.filter(_is_ink).dedupe_chars(tolerance=1)
    area = float(page.width * page.height) or 1.0
    cover = max((i["width"] * i["height"] / area for i in page.images), default=0.0)
    content = PageContent(
        number=number,
        height=float(page.height),
        glyphs=list(clean.chars),
        edges=list(clean.edges),
        is_picture=cover >= _SCAN_COVER,
    )
    page.close()
    return content


def _is_ink(thing: dict[str, Any]) -> bool:
    """Tell whether a page object may be text or a line; shading behind text is neither."""
    if thing["object_type"] not in {"rect", "curve"}:
        return True
    thin = thing["width"] <= _THIN or thing["height"] <= _THIN
    return thin or bool(thing.get("stroke"))

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
from pipelines.documents.paged.covered import numbered, split_by_cover
from pipelines.documents.paged.ink import split_by_ink
from pipelines.documents.paged.layers import shown, switched_off
from pipelines.documents.paged.page import Glyph, PageContent
from pipelines.documents.paged.places import in_place
from pipelines.documents.paged.strokes import rulings
from pipelines.documents.paged.turned import enlarged, turned
from pipelines.documents.paged.unreadable import is_unreadable
from pipelines.documents.pictures import is_scanned, read_scan
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

# pdfminer warns of every font without a bounding box; nothing in it concerns a reader.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_THIN = 3.0
"""Points; a filled rectangle thicker than this is a background, not a ruling line."""
_MIN_TEXT = 20
"""Characters; a PDF with less text than this is pictures of pages, or text drawn as curves."""
_SCAN_COVER = 0.7
"""Share of the page a picture covers on a scanned page."""


_UNREADABLE = "document/unreadable-text"
_NO_MAP = "the text layer holds signs without their meaning or with another one's (ToUnicode)"


def read_pdf(raw: RawFile) -> Document:
    """Read a PDF.

    A file without text, or whose text only lies over pictures of its pages, is recognised and
    has the carrier ``pdf_scan``; so is one whose text means nothing.

    Raises:
        DocumentError: ``document/encrypted``, ``document/unreadable-text``,
            ``document/malformed``, ``document/too-large``, and for scans what ``read_scan`` raises.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    body = raw.body
    if check_opens(body):
        body = _filled_in(body)
    try:
        pages, unseen = _pages(body)
    except DocumentError as damaged:
        # pdfium repairs what pdfminer refuses (a wrong cross-reference table, a cut end).
        try:
            pages, unseen = _pages(_rewritten(body))
        except (DocumentError, pypdfium2.PdfiumError):
            raise damaged from None
    if is_unreadable(pages):
        return _read_as_pictures(body, pages)
    document = replace(document_of_pages(pages, "pdf_text", "pdf_table"), passed_over=unseen)
    pictures = sum(page.is_picture for page in pages)
    has_grid = any(isinstance(block, Grid) for block in document.blocks)
    if len("".join(document.page_text.split())) < _MIN_TEXT:
        return read_scan(body, pages)
    if pictures * 2 > len(pages) and not has_grid:
        return _recognised(body, pages, replace(document, carrier="pdf_scan"))
    if any(page.is_picture and is_scanned(page, layered=False) for page in pages):
        return _recognised(body, pages, document)
    return document


def _read_as_pictures(body: bytes, pages: list[PageContent]) -> Document:
    """Return what is recognised on pages whose text cannot be read, and say that it was.

    Raises:
        DocumentError: ``document/unreadable-text`` where recognition does not read them either.
    """
    try:
        document = read_scan(body, [replace(page, glyphs=[], edges=[]) for page in pages])
    except DocumentError as error:
        raise DocumentError(_UNREADABLE, f"{_NO_MAP}; {error.code}: {error}") from error
    return replace(document, noticed=((_UNREADABLE, f"{_NO_MAP}; the pages were recognised"),))


def _recognised(body: bytes, pages: list[PageContent], document: Document) -> Document:
    """Return the document with its picture pages recognised, or a note that they were not.

    Tables are often put into a typed report as pictures of pages.
    """
    try:
        return read_scan(body, pages, carrier=document.carrier)
    except DocumentError as error:
        return replace(document, unread=(f"picture pages: {error.code}: {error}",))


def _pages(body: bytes) -> tuple[list[PageContent], tuple[str, ...]]:
    """Return the pages, and what on them is not seen."""
    try:
        with pdfplumber.open(io.BytesIO(body)) as pdf:
            off = switched_off(pdf.doc.catalog)
            found = [_content(page, number, off) for number, page in enumerate(pdf.pages, 1)]
        pages = enlarged([page for page, _ in found])
        return pages, tuple(note for _, notes in found for note in notes)
    except Exception as error:  # pdfminer raises whatever a damaged file provokes
        raise DocumentError("document/malformed", f"{type(error).__name__}: {error}") from error


def check_opens(body: bytes) -> bool:
    """Let pdfium say first whether a file is protected or broken: it is quick and definite.

    Returns:
        whether it has a form to fill in.

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
        form = bool(document.get_formtype() != pypdfium2.raw.FORMTYPE_NONE)
    finally:
        document.close()
    if count > MAX_PAGES:
        raise too_large(f"{count} pages, read are at most {MAX_PAGES}")
    if count == 0:
        raise DocumentError("document/malformed", "a PDF without pages")
    return form


def _filled_in(body: bytes) -> bytes:
    """Return a file with the values of its form's fields printed on its pages, as a viewer does."""
    try:
        document = pypdfium2.PdfDocument(body)
        try:
            document.init_forms()
            for page in document:
                pypdfium2.raw.FPDFPage_Flatten(page.raw, pypdfium2.raw.FLAT_NORMALDISPLAY)
            out = io.BytesIO()
            document.save(out)
            return out.getvalue()
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        return body


def _rewritten(body: bytes) -> bytes:
    document = pypdfium2.PdfDocument(body)
    try:
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    finally:
        document.close()


def _content(page: Page, number: int, off: frozenset[int]) -> tuple[PageContent, list[str]]:
    notes: list[str] = []
    if off:
        page._layout, count = shown(page, off)  # noqa: SLF001 - what it would else make itself
        notes += [f"page {number}: {count} signs in layers that are switched off"] * bool(count)
    numbered(page)
    # Bold is faked by printing twice with a tiny shift: 12 would be read as 1122.
    clean = page.filter(_is_ink).dedupe_chars(tolerance=1)
    # A browser draws a long page whole on each sheet; what lies beside the sheet is not there.
    signs = [glyph for glyph in in_place(clean.chars) if _on_sheet(glyph, page)]
    signs, covered = split_by_cover(page, signs)
    if any(glyph["text"].strip() for glyph in covered):
        notes.append(f"page {number}: {len(covered)} signs painted over")
    glyphs, pale = split_by_ink(page, signs)
    if any(glyph["text"].strip() for glyph in pale):
        notes.append(f"page {number}: {len(pale)} signs in white on white")
    area = float(page.width * page.height) or 1.0
    cover = max((i["width"] * i["height"] / area for i in page.images), default=0.0)
    content = PageContent(
        number=number,
        height=float(page.height),
        glyphs=glyphs,
        edges=rulings(clean, page.bbox, glyphs),
        is_picture=cover >= _SCAN_COVER,
    )
    content = turned(content, float(page.width))
    page.close()
    return content, notes


def _on_sheet(glyph: Glyph, page: Page) -> bool:
    x0, top, x1, bottom = page.bbox
    across, down = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(x0 <= across <= x1 and top <= down <= bottom)


def _is_ink(thing: dict[str, Any]) -> bool:
    """Tell whether a page object may be text or a line; shading behind text is neither."""
    if thing["object_type"] not in {"rect", "curve"}:
        return True
    thin = thing["width"] <= _THIN or thing["height"] <= _THIN
    return thin or bool(thing.get("stroke"))

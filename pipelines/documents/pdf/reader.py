"""One PDF, read: its pages in order, tables joined over page breaks, then text around them."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pdfplumber
import pypdfium2
from pdfplumber.page import Page

from crawler.errors import DocumentError
from crawler.items import RawFile
from pipelines.documents import labels
from pipelines.documents.blocks import Block, Document, Grid, TextBlock
from pipelines.documents.bounds import MAX_FILE_BYTES, MAX_PAGES, check_size, too_large
from pipelines.documents.layout import is_layout
from pipelines.documents.pdf.lines import Line, lines_of, paragraphs, running
from pipelines.documents.pdf.tables import Piece, continues, joined, pieces_of, ruling
from pipelines.documents.text import title_among

# pdfminer warns of every font without a bounding box; nothing in it concerns a reader.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_MIN_TEXT = 20
"""Characters; a PDF with less text than this is pictures of pages."""
_SCAN_COVER = 0.7
"""Share of the page a picture covers on a scanned page."""
_HEAD_LINES = 12

_Page = tuple[list[Line], list[Piece], bool]
"""Lines, tables, and whether the page is a picture."""


def read_pdf(raw: RawFile) -> Document:
    """Read a PDF.

    A file without text, or whose text only lies over pictures of its pages, has the carrier
    ``pdf_scan``.

    Raises:
        DocumentError: ``document/encrypted``, ``document/malformed``, ``document/too-large``.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    _check_opens(raw.body)
    try:
        with pdfplumber.open(io.BytesIO(raw.body)) as pdf:
            pages = [_read_page(page, number) for number, page in enumerate(pdf.pages, 1)]
    except DocumentError:
        raise
    except Exception as error:  # pdfminer raises whatever a damaged file provokes
        raise DocumentError("document/malformed", f"{type(error).__name__}: {error}") from error
    scanned = [lines for lines, _, scan in pages if scan]
    n_text = sum(len(line.text) for lines, _, _ in pages for line in lines)
    n_cells = sum(len(piece.cells) for _, pieces, _ in pages for piece in pieces)
    if n_text + n_cells < _MIN_TEXT or len(scanned) * 2 > len(pages):
        return _document(pages, "pdf_scan")
    return _document(pages, "pdf_text")


def _check_opens(body: bytes) -> None:
    """Let pdfium say first whether the file is protected or broken: it is quick and definite."""
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


def _read_page(page: Page, number: int) -> _Page:
    # Bold is faked by printing twice with a tiny shift: 12 would be read as 1122.
    clean = page.filter(ruling).dedupe_chars(tolerance=1)
    pieces = [p for p in pieces_of(clean, number) if not is_layout(joined(p, ""))]
    lines = lines_of(clean, number, [piece.box for piece in pieces])
    area = float(page.width * page.height) or 1.0
    cover = max((i["width"] * i["height"] / area for i in page.images), default=0.0)
    page.close()
    return lines, pieces, cover >= _SCAN_COVER and not pieces


def _document(pages: list[_Page], carrier: str) -> Document:
    repeated = running([lines for lines, _, _ in pages])
    flow: list[Line | Piece] = []
    for lines, pieces, _ in pages:
        on_page: list[Line | Piece] = [*(x for x in lines if x.text not in repeated), *pieces]
        on_page.sort(key=lambda item: item.top)
        for item in on_page:
            last = flow[-1] if flow else None
            if isinstance(item, Piece) and isinstance(last, Piece):
                end = last.more[-1] if last.more else last
                if item.page == end.page + 1 and continues(last, item):
                    last.more.append(item)
                    continue
            flow.append(item)
    blocks = tuple(_blocks(flow))
    head = [item for item in flow[:_HEAD_LINES] if isinstance(item, Line)]
    return Document(
        carrier=carrier,
        blocks=blocks,
        title=_title(head),
        metadata=labels.merged(labels.from_line(line.text) for line in head),
        page_text="\n".join(
            block.text if isinstance(block, TextBlock) else _grid_text(block) for block in blocks
        ),
    )


def _blocks(flow: list[Line | Piece]) -> Iterator[Block]:
    body = [item for item in flow if isinstance(item, Line)]
    left = min((line.x0 for line in body), default=0.0)
    right = max((line.x1 for line in body), default=0.0)
    run: list[Line] = []
    tables: dict[int, int] = {}
    for item in flow:
        if isinstance(item, Line):
            run.append(item)
            continue
        if run:
            yield _text_block(run, left, right)
            run = []
        tables[item.page] = tables.get(item.page, 0) + 1
        yield joined(item, f"page {item.page}, table {tables[item.page]}")
    if run:
        yield _text_block(run, left, right)


def _text_block(run: list[Line], left: float, right: float) -> TextBlock:
    return TextBlock(text="\n".join(paragraphs(run, left, right)), where=f"page {run[0].page}")


def _title(head: list[Line]) -> str | None:
    """Return the lines set largest at the start of the document, joined."""
    if not head:
        return None
    largest = max(line.size for line in head)
    start = next(i for i, line in enumerate(head) if line.size >= 0.9 * largest)
    big: list[str] = []
    for line in head[start:]:
        if line.size < 0.9 * largest:
            break
        big.append(line.text)
    title = "".join("".join(big).split())
    if ("报告" in title or "年报" in title) and len(title) <= 80:
        return title
    return title_among([line.text for line in head])


def _grid_text(grid: Grid) -> str:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", ""))
    return "\n".join("\t".join(row) for row in rows.values())

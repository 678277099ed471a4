"""Pictures and scanned PDF to documents: the same tables and lines as any paged carrier."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
from PIL import Image, ImageSequence, UnidentifiedImageError

from pipelines import page_told
from pipelines.documents.blocks import Document
from pipelines.documents.bounds import (
    MAX_FILE_BYTES,
    MAX_PIXELS,
    MAX_SCANNED_PAGES,
    check_size,
    too_large,
)
from pipelines.documents.paged.assemble import document_of_pages
from pipelines.documents.paged.page import Box, Edge, Glyph, PageContent, edge
from pipelines.documents.paged.tables import ruled_boxes
from pipelines.documents.pictures.cells import read_cells, read_rows
from pipelines.documents.pictures.engine import Picture, find_rows, tools
from pipelines.documents.pictures.holes import holes_in
from pipelines.documents.pictures.rows import apart, rows_of
from pipelines.documents.pictures.rulings import WIDTH, Sheet, prepare
from pipelines.documents.pictures.seals import grey_of, seals_in
from pipelines.documents.pictures.slices import whole_pictures
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_POINTS = 0.5
"""What a working pixel counts as, in the points that tables and lines are put together in: lines
up to six pixels apart are then one line (twice as far would join neighbours in a dense table)."""
_LEAST_SIDE = 150
"""Pixels; smaller pictures are icons and emblems."""
_FEW = 30
"""Characters; a page number and a stamp, not a page's text."""
_BREAK = 150
"""Empty rows that part two pieces."""
_STRIP = 2400
"""Pixels of height looked at in one piece: the detector shrinks what is longer."""


def read_picture(raw: RawFile) -> Document:
    """Read a picture (PNG, JPEG, TIFF of several pages …).

    Raises:
        DocumentError: ``document/needs-tool``, ``document/malformed``, ``document/too-large``,
            ``document/empty`` when nothing on it is text.
    """
    return read_pictures([raw.body])


def read_pictures(bodies: Sequence[bytes]) -> Document:
    """Read several pictures as the pages of one document; tables go on from one to the next.

    Those that cannot be read are named in ``Document.unread``; icons are passed over.

    Raises:
        DocumentError: as ``read_picture``, when none can be read.
    """
    tools()
    if len(bodies) > MAX_SCANNED_PAGES:
        raise too_large(f"{len(bodies)} pictures, read are at most {MAX_SCANNED_PAGES}")
    failed: list[tuple[int, DocumentError]] = []
    pictures = whole_pictures(_all_decoded(bodies, failed))
    pages = []
    for number, picture in enumerate(pictures, 1):
        page_told.begun(number, max(number, len(bodies)))
        pages.append(read_sheet(picture, number))
    if not pages and failed:
        raise failed[0][1]
    unread = tuple(
        f"picture {number}: {error.code}: {error}"
        for number, error in failed
        if error.code != "document/empty"  # an icon beside the pages is no lost page
    )
    return replace(_document(pages, "image"), unread=unread)


def _all_decoded(
    bodies: Sequence[bytes], failed: list[tuple[int, DocumentError]]
) -> Iterator[Picture]:
    """Yield the pictures one after the other, none kept; those that cannot be read are noted."""
    for number, body in enumerate(bodies, 1):
        try:
            check_size(body, MAX_FILE_BYTES)
            yield from _decoded(body)
        except DocumentError as error:
            failed.append((number, error))


def read_scan(body: bytes, known: Sequence[PageContent], *, carrier: str = "pdf_scan") -> Document:
    """Read a PDF with pages that are pictures; pages with text of their own stay as ``known``.

    Raises:
        DocumentError: as ``read_picture``.
    """
    tools()
    whole = carrier == "pdf_scan"  # what text lies over the pictures is another program's reading
    wanted = [page.number for page in known if is_scanned(page, layered=whole)]
    if len(wanted) > MAX_SCANNED_PAGES:
        raise too_large(f"{len(wanted)} scanned pages, read are at most {MAX_SCANNED_PAGES}")
    pages = list(known)
    document = pypdfium2.PdfDocument(body)
    try:
        for number in wanted:
            page_told.begun(number, len(known))
            page = document[number - 1]
            width, height = page.get_size()
            scale = WIDTH / max(width, 1.0)
            if WIDTH * height * scale > MAX_PIXELS:
                raise too_large(f"page {number}: {width:.0f} x {height:.0f} points")
            pages[number - 1] = read_sheet(_drawn(page, scale), number)
    finally:
        document.close()
    return _document(pages, carrier)


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Picture:
    """Return a page in grey; drawn in colour only where a small look at it shows a seal."""
    look = page.render(scale=scale * _LOOK, rev_byteorder=True, no_smoothtext=True).to_numpy()
    if look.ndim == 3 and look.shape[2] >= 3 and any(seals_in(look[:, :, :3])):
        picture = page.render(scale=scale, rev_byteorder=True).to_numpy()
        return grey_of(picture[:, :, :3])
    picture = page.render(scale=scale, grayscale=True).to_numpy()
    return picture.reshape(picture.shape[:2])


_LOOK = 0.3
"""Share of a page's size that is enough to see a seal."""


def is_scanned(page: PageContent, *, layered: bool) -> bool:
    """Tell whether a page is a picture without text, or (``layered``) whatever lies over it."""
    return not page.glyphs or (page.is_picture and (layered or len(page.glyphs) < _FEW))


def _document(pages: list[PageContent], carrier: str) -> Document:
    document = document_of_pages(pages, carrier, "pdf_table")
    if not document.blocks:
        raise DocumentError("document/empty", "no text was recognised on the picture")
    return replace(document, carrier=carrier)


def _decoded(body: bytes) -> Iterator[Picture]:
    """Yield the pages of a picture file as grey arrays; sizes are checked before decoding."""
    np = tools().numpy
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large sizes; the bound is ours
            with Image.open(io.BytesIO(body)) as file:
                frames = getattr(file, "n_frames", 1) if file.format == "TIFF" else 1
                if frames > MAX_SCANNED_PAGES:
                    raise too_large(f"{frames} pictures in one file")
                for frame in ImageSequence.Iterator(file):
                    width, height = frame.size
                    if width * height * frames > MAX_PIXELS:
                        raise too_large(f"a picture of {width} x {height}")
                    if min(width, height) < _LEAST_SIDE:
                        raise DocumentError("document/empty", f"an icon of {width} x {height}")
                    if frame.mode in {"1", "L", "I", "F", "LA"} or frame.mode.startswith("I;"):
                        yield np.array(_on_white(frame).convert("L"))
                    else:
                        yield grey_of(np.array(_on_white(frame).convert("RGB")))
                    if frames == 1:
                        return
    except Image.DecompressionBombError as error:
        raise too_large(str(error)) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise DocumentError("document/malformed", f"{type(error).__name__}: {error}") from error


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture as it shows on a page: what is transparent is white, not black."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture)
    return picture


def read_sheet(picture: Picture, number: int) -> PageContent:
    """Return what stands on one grey picture: cells of ruled tables, and the lines around them."""
    sheet = prepare(picture)
    edges = [_scaled(x0, y, x1, y) for x0, x1, y in sheet.horizontal]
    edges += [_scaled(x, top, x, bottom) for top, bottom, x in sheet.vertical]
    page = PageContent(
        number, sheet.grey.shape[0] * _POINTS, [], edges, is_picture=True, recognised=True
    )
    tables = _tables(page)
    if lost := [h for boxes in tables for h in holes_in(boxes) if _has_ink(sheet, h)]:
        for x0, top, x1, bottom in lost:
            page.edges += [edge(x0, y, x1, y) for y in (top, bottom)]
            page.edges += [edge(x, top, x, bottom) for x in (x0, x1)]
        tables = _tables(page)
    boxes = [_pixels(box) for table in tables for box in table]
    page.glyphs += [_in_points(found) for found in read_cells(sheet, boxes)]
    page.glyphs += list(_around(sheet, [_hull(table) for table in tables]))
    return page


def _tables(page: PageContent) -> list[list[Box]]:
    return [boxes for boxes in ruled_boxes(page) if len(boxes) > 2]


def _has_ink(sheet: Sheet, box: Box) -> bool:
    x0, top, x1, bottom = (round(v) for v in _pixels(box))
    inside = sheet.ink[top + _INSET : bottom - _INSET, x0 + _INSET : x1 - _INSET]
    return int((inside > 0).sum()) >= sheet.character


_INSET = 6
"""Pixels from a place's sides that are not looked at: what is left of a ruling."""


def _scaled(x0: float, top: float, x1: float, bottom: float) -> Edge:
    return edge(x0 * _POINTS, top * _POINTS, x1 * _POINTS, bottom * _POINTS)


def _pixels(box: Box) -> Box:
    x0, top, x1, bottom = (v / _POINTS for v in box)
    return x0, top, x1, bottom


def _hull(boxes: Sequence[Box]) -> Box:
    return _pixels(
        (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
    )


def _in_points(found: Glyph) -> Glyph:
    lengths = ("x0", "x1", "top", "bottom", "doctop", "size", "width", "height")
    return {**found, **{name: found[name] * _POINTS for name in lengths}}


def _around(sheet: Sheet, tables: list[Box]) -> Iterator[Glyph]:
    """Yield the lines of text outside of tables, which are painted over first."""
    cv2 = tools().cv2
    grey, ink = sheet.grey.copy(), sheet.ink.copy()
    for x0, top, x1, bottom in tables:
        corners = (int(x0) - 6, int(top) - 6), (int(x1) + 6, int(bottom) + 6)
        cv2.rectangle(grey, *corners, 255, -1)
        cv2.rectangle(ink, *corners, 0, -1)
    for start, end in _strips(sheet.ink, tables):
        level = rows_of(ink[start:end], sheet.character)
        found = level
        if found is None:
            found = apart(find_rows(cv2.cvtColor(grey[start:end], cv2.COLOR_GRAY2BGR)))
        rows = [(x0, top + start, x1, bottom + start) for x0, top, x1, bottom in found]
        for line in read_rows(sheet, rows, tight=level is not None):
            yield _in_points(line)


def _strips(ink: Picture, tables: list[Box]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of rows that hold text outside of tables, cut at empty rows if too long.

    Where a table or much white stands between, nothing is looked for.
    """
    np = tools().numpy
    height = ink.shape[0]
    busy = (ink > 0).sum(axis=1) > 2
    for _, top, _, bottom in tables:
        busy[max(0, int(top) - 4) : int(bottom) + 5] = False
    rows = np.flatnonzero(busy)
    if len(rows) == 0:
        return
    start = previous = int(rows[0])
    for row in (int(r) for r in rows[1:]):
        apart = row - previous
        if apart > _BREAK or (row - start > _STRIP and apart > 1):
            yield max(0, start - 10), min(height, previous + 11)
            start = row
        previous = row
    yield max(0, start - 10), min(height, previous + 11)

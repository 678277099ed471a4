"""Ruled tables of pages, put together over page breaks."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from pdfplumber.utils.geometry import filter_edges
from pdfplumber.utils.text import extract_text

from pipelines.documents.blocks import Cell, Grid
from pipelines.documents.bounds import MAX_CELLS, too_large
from pipelines.documents.glyphs import mended
from pipelines.documents.paged.frames import innermost, meeting
from pipelines.documents.paged.page import Box, Edge, Glyph, PageContent, edge

_SNAP = 3.0
"""Points between lines, or between a line's end and another line, that were meant to meet."""
_MAX_CROSSINGS = 400_000
_SAME_EDGE = 4.0
"""Points between two lines that are meant to be one."""
_SHIFT = 15.0
"""Points a table may lie further left or right on its next page (page margins differ)."""
_MAX_HEADER_ROWS = 4
_PADDING = 12.0
"""Points between a cell's text and its two sides together: Word's default is 10.8."""
_BROKEN_FIGURE = re.compile(r"\d{2,}\n[\d\n]*\d$")
_BEGINS = re.compile(r"^[\s(（]*(?:\d+\s*[.．、)）]|[一二三四五六七八九十]{1,3}\s*[、)）])")
"""An ordinal: what starts with one goes on with nothing."""


@dataclass(slots=True)
class Piece:
    """The part of a table that stands on one page: cells at their own rows and columns."""

    page: int
    top: float
    bottom: float
    edges: list[float]
    """x of the column lines, left to right."""
    cells: list[Cell]
    n_rows: int
    box: Box = (0.0, 0.0, 0.0, 0.0)
    scores: dict[tuple[int, int], float] = field(default_factory=dict)
    """Recognised pages only: row and column to the engine's score."""
    full: set[tuple[int, int]] = field(default_factory=set)
    """Row and column of cells whose last line goes to the right side: more may follow."""
    more: list[Piece] = field(default_factory=list)
    """Its continuations on the following pages."""


def pieces_of(page: PageContent) -> list[Piece]:
    """Return the tables of a page whose lines are drawn, top to bottom.

    A table cut by the page's end has no line there; lines at the ends of the vertical rulings
    keep its last row (without them it would be dropped).

    Raises:
        DocumentError: ``document/too-large`` for a drawing of so many lines that it is no table.
    """
    boxes_of_tables = ruled_boxes(page)
    if not boxes_of_tables:
        return []
    glyphs = sorted((g for g in page.glyphs if g["text"]), key=_mid_y)
    middles = [_mid_y(g) for g in glyphs]
    pieces = [
        _piece(sorted(set(boxes), key=lambda b: (b[1], b[0])), glyphs, middles, page.number)
        for boxes in boxes_of_tables
    ]
    return sorted(pieces, key=lambda piece: piece.top)


def ruled_boxes(page: PageContent) -> list[list[Box]]:
    """Return the boxes between the lines of a page, those that touch together.

    Raises:
        DocumentError: see ``pieces_of``.
    """
    vertical = [e for e in page.edges if e["orientation"] == "v"]
    if not vertical:
        return []
    left, right = min(e["x0"] for e in page.edges), max(e["x1"] for e in page.edges)
    ends = (min(e["top"] for e in vertical), max(e["bottom"] for e in vertical))
    cells: list[Box] = []
    for band in _bands([*page.edges, *(edge(left, y, right, y) for y in ends)]):
        edges = merge_edges(band, _SNAP, _SNAP, _SNAP, _SNAP)
        edges = filter_edges(edges, min_length=_SNAP)
        n_vertical = sum(e["orientation"] == "v" for e in edges)
        if n_vertical * (len(edges) - n_vertical) > _MAX_CROSSINGS:
            raise too_large(f"page {page.number}: {len(edges)} ruling lines")
        cells += intersections_to_cells(edges_to_intersections(edges, _SNAP, _SNAP))
        if len(cells) > MAX_CELLS:
            raise too_large(f"page {page.number}: more than {MAX_CELLS} cells")
    tables = cells_to_tables(meeting(innermost(cells)))
    # What is left of a row that a picture's end cuts off may be flatter than two lines that are
    # meant to be one: no row.
    kept = [[box for box in table if _has_room(box)] for table in tables]
    return [table for table in kept if table]


def _has_room(box: Box) -> bool:
    return box[2] - box[0] > _SAME_EDGE and box[3] - box[1] > _SAME_EDGE


def _bands(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the lines of a page, those apart that nothing connects from above to below.

    The columns of two tables one above the other have nothing to do with each other; taken
    together, lines that miss each other by a hair make one line of what are several.
    """
    bands: list[list[Edge]] = []
    end = -math.inf
    for line in sorted(edges, key=lambda e: float(e["top"])):
        if line["top"] > end + _SNAP:
            bands.append([])
        bands[-1].append(line)
        end = max(end, line["bottom"])
    return bands


def _mid_y(glyph: Glyph) -> float:
    return float(glyph["top"] + glyph["bottom"]) / 2


def _piece(
    boxes: list[Box],
    glyphs: list[Glyph],
    middles: list[float],
    number: int,
) -> Piece:
    columns = _lines([x for b in boxes for x in (b[0], b[2])])
    rows = _lines([y for b in boxes for y in (b[1], b[3])])
    cells = []
    scores: dict[tuple[int, int], float] = {}
    full: set[tuple[int, int]] = set()
    for x0, top, x1, bottom in boxes:
        near = glyphs[bisect.bisect_left(middles, top) : bisect.bisect_right(middles, bottom)]
        inside = [g for g in near if x0 <= (g["x0"] + g["x1"]) / 2 < x1]
        row, col = _index(rows, top), _index(columns, x0)
        if known := [float(g["score"]) for g in inside if "score" in g]:
            scores[row, col] = min(known)
        if inside and _is_full(inside, x1 - x0):
            full.add((row, col))
        text = mended(extract_text(inside).strip(" \n\t\u3000")) if inside else ""
        cells.append(
            Cell(
                text=_unbroken(text, inside, x1 - x0),
                row=row,
                col=col,
                rowspan=max(1, _index(rows, bottom) - row),
                colspan=max(1, _index(columns, x1) - col),
            )
        )
    box = (columns[0], rows[0], columns[-1], rows[-1])
    return Piece(number, rows[0], rows[-1], columns, cells, len(rows) - 1, box, scores, full)


def _unbroken(text: str, inside: list[Glyph], width: float) -> str:
    """Join a figure that its narrow cell breaks over lines: each but the last has no room left."""
    if "\n" not in text or not _BROKEN_FIGURE.match(text):
        return text
    # A recognised picture gives whole lines where a PDF gives characters.
    digit = sum(g["x1"] - g["x0"] for g in inside) / sum(len(g["text"]) for g in inside)
    return unbroken(text, digit, width)


def unbroken(text: str, digit: float, width: float) -> str:
    """Join the lines of a figure, ``digit`` wide a sign, where the cell leaves no room for more."""
    fullest = max(len(line) for line in text.split("\n"))
    lines_full = all(len(line) == fullest for line in text.split("\n")[:-1])
    if lines_full and width - fullest * digit < digit + _PADDING:
        return text.replace("\n", "")
    return text


def _is_full(inside: list[Glyph], width: float) -> bool:
    """Tell whether the last line of a cell has no room for another character."""
    size = max(float(g["bottom"] - g["top"]) for g in inside)
    lowest = max(_mid_y(g) for g in inside)
    last = [g for g in inside if lowest - _mid_y(g) < size / 2]
    printed = max(g["x1"] for g in last) - min(g["x0"] for g in last)
    return bool(width - printed < size + _PADDING)


def _lines(values: Sequence[float]) -> list[float]:
    """Return the distinct positions, those closer than the tolerance taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SAME_EDGE:
            out.append(value)
    return out


def _index(lines: list[float], value: float) -> int:
    return min(range(len(lines)), key=lambda i: abs(lines[i] - value))


def continues(first: Piece, following: Piece) -> bool:
    """Tell whether ``following``, next after ``first`` over a page break, is the same table."""
    edges = _widest([first, *first.more])
    return bool(_edge_map(edges, following.edges) or _edge_map(following.edges, edges))


def _widest(pieces: Sequence[Piece]) -> list[float]:
    return max((piece.edges for piece in pieces), key=len)


def _edge_map(wide: list[float], narrow: list[float]) -> list[int] | None:
    """Return for each line of ``narrow`` the index of the same line of ``wide``.

    The first or last rows of a table may need fewer column lines than the rest (a label over
    three columns), so all lines of the narrower part must be found, not the other way round.
    """
    if len(wide) == len(narrow):
        fits = all(abs(a - b) <= _SHIFT for a, b in zip(wide, narrow, strict=True))
        return list(range(len(wide))) if fits else None
    if len(narrow) > len(wide) or len(narrow) < 3:  # two lines hold one column: text, not a table
        return None
    found = [_index(wide, x) for x in narrow]
    close = all(abs(wide[i] - x) <= 2 * _SAME_EDGE for i, x in zip(found, narrow, strict=True))
    whole = found[0] == 0 and found[-1] == len(wide) - 1
    return found if close and whole and len(set(found)) == len(found) else None


def joined(first: Piece, where: str, kind: str = "pdf_table") -> Grid:
    """Return one grid of a table and its continuations, repeated header rows left out."""
    pieces = [first, *first.more]
    edges = _widest(pieces)
    cells: list[Cell] = []
    confidence: dict[tuple[int, int], float] = {}
    full: set[tuple[int, int]] = set()
    n_rows = 0
    for piece in pieces:
        skip = _repeated(first, piece) if piece is not first else 0
        down = n_rows - skip
        own, columns = _moved(piece, edges, skip, down)
        if piece is not first and _is_broken_row(cells, own, n_rows, full):
            cells, own = _mended_row(cells, own, n_rows)
            down -= 1
        cells += own
        for (row, col), score in piece.scores.items():
            if row >= skip:
                place = row + down, columns[col]
                confidence[place] = min(score, confidence.get(place, score))
        full = {(row + down, columns[col]) for row, col in piece.full}
        n_rows = piece.n_rows + down
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Grid(
        cells=tuple(cells),
        n_rows=n_rows,
        n_cols=len(edges) - 1,
        where=where,
        kind=kind,
        confidence=confidence,
    )


def _moved(piece: Piece, edges: list[float], skip: int, down: int) -> tuple[list[Cell], list[int]]:
    """Return a piece's cells at their place in the whole table, and where its columns went."""
    mapping = _edge_map(edges, piece.edges)
    assert mapping is not None  # ``continues`` was asked before
    out = []
    for cell in piece.cells:
        if cell.row >= skip:
            left = mapping[cell.col]
            right = mapping[min(cell.col + cell.colspan, len(mapping) - 1)]
            width = max(1, right - left)
            out.append(cell._replace(row=cell.row + down, col=left, colspan=width))
    return out, mapping


def _row_parts(
    cells: Sequence[Cell], below: Sequence[Cell], n_rows: int
) -> list[tuple[Cell, Cell]] | None:
    """Pair the cells of the last row with those of the row after the page break."""
    ended = {(c.col, c.colspan): c for c in cells if c.row + c.rowspan == n_rows}
    begun = [c for c in below if c.row == n_rows and c.rowspan == 1]
    if not begun or any((c.col, c.colspan) not in ended for c in begun):
        return None
    return [(ended[c.col, c.colspan], c) for c in begun]


def _is_broken_row(
    cells: Sequence[Cell], below: Sequence[Cell], n_rows: int, full: set[tuple[int, int]]
) -> bool:
    """Tell whether a page ends inside a row: a label goes on below, its figures do not.

    A row printed blank looks much the same; so the label above must fill its line, the one below
    must not begin anything, and the figures must all stand on one side.
    """
    parts = _row_parts(cells, below, n_rows)
    if parts is None:
        return False
    labels = [(a, b) for a, b in parts if a.text and b.text]
    above = [a.text for a, b in parts if a.text and not b.text and a.rowspan == 1]
    under = [b.text for a, b in parts if b.text and not a.text]
    figures = above or under
    return (
        bool(labels)
        and not (above and under)
        and any(text.strip().isdigit() for text in figures)
        and all(_goes_on(a, b, full) for a, b in labels)
    )


def _goes_on(above: Cell, below: Cell, full: set[tuple[int, int]]) -> bool:
    figure = any(text[:1].isdigit() and text[-1:].isdigit() for text in (above.text, below.text))
    return (above.row, above.col) in full and not figure and not _BEGINS.match(below.text)


def _mended_row(
    cells: Sequence[Cell], below: Sequence[Cell], n_rows: int
) -> tuple[list[Cell], list[Cell]]:
    """Put the two parts of a row together; what follows moves up by one."""
    parts = {(b.col, b.colspan): b.text for _, b in _row_parts(cells, below, n_rows) or ()}
    above = []
    for cell in cells:
        ends = cell.row + cell.rowspan == n_rows
        rest = parts.get((cell.col, cell.colspan), "") if ends else ""
        text = f"{cell.text}\n{rest}" if cell.text and rest else cell.text or rest
        above.append(cell._replace(text=text))
    moved = []
    for cell in below:
        if cell.row > n_rows:
            moved.append(cell._replace(row=cell.row - 1))
        elif cell.rowspan > 1:
            # Begun again at the head of the page; its first row is the one above the break.
            moved.append(cell._replace(row=n_rows, rowspan=cell.rowspan - 1))
    return above, moved


def _repeated(first: Piece, piece: Piece) -> int:
    """Return how many rows at the top of a continuation repeat the table's own header."""
    for count in range(min(_MAX_HEADER_ROWS, piece.n_rows, first.n_rows), 0, -1):
        head = _row_texts(first, count)
        if any(head) and head == _row_texts(piece, count) and not any(t.isdigit() for t in head):
            return count
    return 0


def _row_texts(piece: Piece, count: int) -> list[str]:
    return ["".join(c.text.split()) for c in piece.cells if c.row < count]

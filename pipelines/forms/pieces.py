"""Pieces: what stands in the places of a table, whether the place is a grid's cell or a token.

A grid gives pieces with columns; flattened text gives pieces in order only. Everything after this
module treats both alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from pipelines.documents.blocks import Document, Grid, TextBlock
from pipelines.reading.normal import (
    NumberReading,
    fold,
    has_cjk,
    normal_label,
    read_number,
)
from pipelines.remembered import LONGEST_KEPT, kept

_ORDINAL = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]+|\d{1,2})\)[、.]?|[一二三四五六七八九十]+[、.]|\d{1,2}[)、.．](?!\d))"
)
_NOTE = re.compile(
    r"\((?:指|含|单位|设区|县级|历史|区分|注|如|不含|不同|不包|保留|万元|元)[^()]*(?:\)|$)"
)


class _Places(NamedTuple):
    """The fields of a piece; ``reading`` is what its text prints, as a number."""

    text: str
    col: int | None
    width: int
    line: int
    ocr: float | None
    reading: NumberReading


class Piece(_Places):
    """One place's content. ``col`` and ``width`` are the grid's own, or None and 1 in text.

    It is read when it is made: every reader of a form asks each piece several times what it is.
    """

    __slots__ = ()

    def __new__(
        cls,
        text: str,
        col: int | None = None,
        width: int = 1,
        line: int = 0,
        ocr: float | None = None,
    ) -> Self:
        """Make a piece; ``ocr`` is the engine's own score where it was recognised."""
        return tuple.__new__(cls, (text, col, width, line, ocr, read_number(text)))

    @property
    def is_text(self) -> bool:
        """Whether the piece holds words and no figure."""
        return self.reading.kind == "text"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed."""
        return self.reading.kind == "blank"


_new = tuple.__new__


class Line(NamedTuple):
    """One row of a grid, cut into pieces."""

    pieces: tuple[Piece, ...]
    kinds: tuple[str, ...]
    """What each piece is, as ``NumberReading`` names it."""
    where: str
    grid: int
    """Which grid of the document."""
    kind: str
    row: int
    """Its number in the grid."""

    def follows(self, other: Line) -> bool:
        """Whether this is the very next row of the same grid."""
        return self.grid == other.grid and self.row == other.row + 1


@kept(8192)
def label_of(text: str) -> str:
    """Return a label as keys are matched: normalised, ordinal and notes in brackets dropped.

    >>> label_of("（七） 总 计"), label_of("规章（县级无此项）"[:-4] + "无此项）")
    ('总计', '规章')
    """
    label = normal_label(text)
    bare = _ORDINAL.sub("", label)
    return _NOTE.sub("", bare) if "(" in bare else bare


def grid_lines(grid: Grid, number: int) -> Iterator[Line]:
    """Yield a grid row by row; a cell belongs to the row it starts in."""
    rows: list[list[Piece]] = [[] for _ in range(grid.n_rows)]
    sure, short = grid.confidence, read_number.short
    for text, row, col, _, colspan in grid.cells:
        reading: NumberReading = short(text) if len(text) <= LONGEST_KEPT else read_number(text)
        score = sure.get((row, col)) if sure else None
        # As Piece(...) makes it, without a call for each of three hundred cells.
        rows[row].append(_new(Piece, (text, col, colspan, row, score, reading)))
    where, kind = grid.where, grid.kind
    for i, pieces in enumerate(rows):
        kinds = tuple([piece.reading.kind for piece in pieces])
        yield Line(tuple(pieces), kinds, f"{where}, row {i + 1}", number, kind, i)


def texts_of(document: Document) -> list[tuple[str, str]]:
    """Return the document's text as (text, where), text blocks that follow each other joined.

    One-column grids are boxes around prose, or flattened tables; they count as text.
    """
    out: list[tuple[list[str], str]] = []
    fresh = True
    for block in document.blocks:
        if isinstance(block, TextBlock):
            text, where = block.text, block.where or "text"
        elif block.n_cols == 1:
            text, where = "\n".join(c.text for c in block.cells), block.where
        else:
            fresh = True
            continue
        if fresh:
            out.append(([], where))
        out[-1][0].append(text)
        fresh = False
    return [(fold("\n".join(parts)), where) for parts, where in out]


def grids_of(document: Document) -> list[Grid]:
    """Return the grids of more than one column, in order."""
    return [b for b in document.blocks if isinstance(b, Grid) and b.n_cols > 1]


@dataclass(slots=True, frozen=True)
class Paper:
    """A document as the readers of forms look at it: cut into pieces and folded once for all."""

    grids: tuple[tuple[Grid, tuple[Line, ...]], ...]
    """The grids of more than one column, each with its rows."""
    texts: tuple[tuple[str, str], ...]
    """(text, where), as ``texts_of`` gives them."""
    title: str = ""


def paper_of(document: Document | Paper) -> Paper:
    """Return a document as a paper; a paper as it is."""
    if isinstance(document, Paper):
        return document
    grids = tuple((g, tuple(grid_lines(g, n))) for n, g in enumerate(grids_of(document)))
    return Paper(grids, tuple(texts_of(document)), document.title or "")


_NUMBERISH = re.compile(
    r"(?:大?约|近|逾|不足)?[+\-]{0,2}\d[\d,]*(?:\.\d+)?(?:万元|亿元|元|件|条|次|项|个|[余多千万%])?"
    r"|(?<![\w/])(?:/|—+|--+|N/A)(?![\w/])"
)
"""A figure among words, with what makes another or no exact number of it."""
_NO_FIGURE = re.compile(
    r"[(][^()]*[)]|(?:^|[\u3400-\u9fff])\s*\d+\s*(?=[年月日号位章第条])|第\d+[条项页]"
)
"""Numbers of dates and clauses, and what stands in brackets."""
_REMARK = re.compile(r"\((?![一二三四五六七八九十]+\))[^()\d]*[\u3400-\u9fff][^()]*\)")
"""A remark on the figure before it, 26(含结转2); no ordinal of the next label."""
_ORDINAL_INSIDE = re.compile(r"\d[.、．](?=[^\d\s])|(?<=[\u3400-\u9fff)])\d[.、．]\s*$")


def cut(text: str, line: int) -> list[Piece]:
    """Cut a stretch of text that mixes words and figures into pieces.

    ``2.其他法律…0000000`` and ``00000002.其他`` both keep the ordinal with the label: an ordinal
    of these forms has one digit, followed by a point and a word.
    """
    if not has_cjk(text) or read_number(text).kind != "text":
        return [Piece(text, line=line)]
    out: list[Piece] = []
    start = 0
    masked = _ORDINAL_INSIDE.sub(lambda m: "〇" * len(m[0]), text)
    masked = _NO_FIGURE.sub(lambda m: "〇" * len(m[0]), masked)
    for found in _NUMBERISH.finditer(masked):
        if found.start() > start and text[start : found.start()].strip():
            out.append(Piece(text[start : found.start()].strip(), line=line))
        remark = _REMARK.match(text, found.end())
        start = remark.end() if remark else found.end()
        out.append(Piece(text[found.start() : start].strip(), line=line))
    if text[start:].strip():
        out.append(Piece(text[start:].strip(), line=line))
    return out

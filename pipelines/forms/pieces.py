"""Pieces: what stands in the places of a table, whether the place is a grid's cell or a token.

A grid gives pieces with columns; flattened text gives pieces in order only. Everything after this
module treats both alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from pipelines.documents.blocks import Grid
from pipelines.reading.money import UNIT
from pipelines.reading.normal import (
    IN_CHARACTERS,
    PADDED,
    RUN_TOGETHER,
    NumberReading,
    has_cjk,
    normal_label,
    read_number,
)
from pipelines.record import Number
from pipelines.remembered import LONGEST_KEPT, kept

_ORDINAL = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]+|\d{1,2})\)[、.]?|[一二三四五六七八九十]+[、.]|\d{1,2}[)、.．](?!\d))"
)
_NOTE = re.compile(
    r"\((?:指|含|单位|设区|县级|历史|区分|注|如|不含|不同|不包|保留|万元|元)[^()]*(?:\)|$)|\([件条项]\)"
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
    kinds: list[list[str]] = [[] for _ in range(grid.n_rows)]
    sure, short = grid.confidence, read_number.short
    high: list[tuple[Piece, int]] = []
    labels: list[tuple[Piece, int]] = []
    odd = False
    for text, row, col, rowspan, colspan in grid.cells:
        reading: NumberReading = short(text) if len(text) <= LONGEST_KEPT else read_number(text)
        score = sure.get((row, col)) if sure else None
        # As Piece(...) makes it, without a call for each of three hundred cells.
        rows[row].append(_new(Piece, (text, col, colspan, row, score, reading)))
        what, _, _, note, _ = reading
        kinds[row].append(what)
        if note is not None or text in _SIGNS:
            odd = True
        if rowspan > 1:
            (high if what != "text" else labels).append((rows[row][-1], rowspan))
    if labels and grid.kind == "ocr_table":
        _drop_joined(rows, labels)
    if high:
        _reach_down(rows, high)
    if odd:
        _read_alike(rows)
    if high or odd or grid.kind == "ocr_table":
        kinds = [[piece.reading.kind for piece in pieces] for pieces in rows]
    where, kind = grid.where, grid.kind
    for i, pieces in enumerate(rows):
        fields = tuple(pieces), tuple(kinds[i]), f"{where}, row {i + 1}", number, kind, i
        yield _new(Line, fields)


_FIGURES_OF_A_ROW = 2


def _drop_joined(rows: list[list[Piece]], labels: Sequence[tuple[Piece, int]]) -> None:
    """Drop the labels of two rows that a ruling not found on a picture has made one cell.

    Beside such a cell stand two rows of figures, and the lower one has no label of its own: either
    may be what the words that were read name.
    """
    for piece, height in labels:
        first = piece.line
        leaf = not any(p.is_text and (p.col or 0) > (piece.col or 0) for p in rows[first])
        below = rows[first + 1 : first + height]
        if leaf and below and all(map(_has_figures_alone, below)):
            rows[first] = [p for p in rows[first] if p is not piece]


def _has_figures_alone(row: Sequence[Piece]) -> bool:
    figures = sum(p.reading.kind == "number" for p in row)
    return figures >= _FIGURES_OF_A_ROW and not any(p.is_text for p in row)


_LEAST_ALIKE = 8
"""Figures of a grid that must be written in one odd way before it is its way to write figures."""
_LEAST_COLUMNS = 3
"""Columns in which a grid has figures of one sign: line numbers stand in one."""
_SIGNS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def _read_alike(rows: list[list[Piece]]) -> None:
    """Read figures that alone may be something else, where all of a grid are written so.

    Leading zeros that fill all figures up to one length are no cells that ran together; 一 to 九 in
    several columns, no figure in digits beside them, are no line numbers and no dashes.
    """
    odd = [p for row in rows for p in row if p.reading.note in _ODD]
    padded = [p for p in odd if p.reading.note == RUN_TOGETHER]
    if len(padded) >= _LEAST_ALIKE:
        length = len(padded[0].text.strip())
        figures = [p for row in rows for p in row if p.reading.kind in {"number", "split"}]
        sizes = [len(p.text.strip()) for p in figures if p.text.strip().isdigit()]
        if {len(p.text.strip()) for p in padded} == {length} and min(sizes, default=0) >= length:
            _reread(rows, {p.text: p.reading.candidates[0] for p in padded}, PADDED)
    signs = [p for row in rows for p in row if p.text.strip() in _SIGNS]
    if len({p.col for p in signs}) < _LEAST_COLUMNS:
        return
    written = [p for row in rows for p in row if p.reading.kind == "number" and p not in signs]
    if len(signs) + len(written) >= _LEAST_ALIKE and all(
        p.reading.note == IN_CHARACTERS for p in written
    ):
        _reread(rows, {p.text: _SIGNS[p.text.strip()] for p in signs}, IN_CHARACTERS)


_ODD = frozenset({RUN_TOGETHER, IN_CHARACTERS})


def _reread(rows: list[list[Piece]], values: Mapping[str, Number], note: str) -> None:
    for row in rows:
        for i, piece in enumerate(row):
            if piece.text in values:
                reading = NumberReading("number", values[piece.text], note=note)
                row[i] = piece._replace(reading=reading)


SHARED = "one cell for several rows"


def _reach_down(rows: list[list[Piece]], high: Sequence[tuple[Piece, int]]) -> None:
    """Put a cell that reaches beside the labels of further rows into each of them.

    A blank or a mark is each row's own; a figure belongs to none of them alone.
    """
    for piece, height in high:
        first, col = piece.line, piece.col or 0
        below = [
            r
            for r in range(first + 1, min(first + height, len(rows)))
            if any(p.is_text and (p.col or 0) < col for p in rows[r])
        ]
        if not below:
            continue
        if not piece.is_empty and piece.reading.kind != "na_mark":
            own = rows[first]
            shared = _new(Piece, (*piece[:-1], NumberReading("unreadable", note=SHARED)))
            own[next(i for i, p in enumerate(own) if p is piece)] = shared
            piece = shared  # noqa: PLW2901 - the same cell, told for what it is
        for r in below:
            rows[r].append(_new(Piece, (*piece[:3], r, *piece[4:])))
            rows[r].sort(key=lambda p: p.col or 0)


_NUMBERISH = re.compile(
    rf"(?:大?约|近|逾|不足)?[+\-]{{0,2}}\d[\d,]*(?:\.\d+)?(?:{UNIT}|件|条|次|项|个|[余多千万亿%])?"
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

"""The rows of table three as a document shows them, before any figure is given a place.

Two sources, one result: the rows of grids, here (columns known from the header), and the rows of
flattened text (``request_rows_text``). A row observed knows its label, or that it has none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.forms import requests as form
from pipelines.forms.dispute_blocks import is_dispute_label
from pipelines.forms.foreign_columns import OTHER_YEAR, numbers_columns, own_pieces
from pipelines.forms.labels import Names, is_joint, joint, parts_of
from pipelines.forms.other_years import title_year
from pipelines.forms.paper import Paper
from pipelines.forms.pieces import Line, Piece, label_of
from pipelines.reading.normal import NumberReading
from pipelines.remembered import LONGEST_KEPT, kept

GEOMETRIC = {"pdf_table", "docx_table", "sheet", "ofd_table", "ocr_table", "pdf_lines"}
"""Kinds of grid whose holes are empty places; in HTML a hole at the end is a lost cell."""

MOVING = {"pdf_table", "docx_table"}
"""Kinds of geometric grid with a cell for each blank: a hole at a row's end is a lost cell, and the
others may have moved up."""

_COLUMN_NAMESAKES = {"other_misc", "processed_total"}
"""Rows whose label (其他, 总计) is a column's label too: a line of labels only is a header."""

_LEAST_COLUMNS = 3
"""Labels of columns that make a line a header, whatever row one of them may be read as."""

_MIN_ROW = 5
"""Figures an unlabelled line must have to be taken for a row of the table."""


_COLUMN_NAMES = Names(form.COLUMNS, brackets=True)
_ROW_NAMES = Names(form.ALL_ROWS)


class Observed(NamedTuple):
    """One row as seen: its label's row id (None: no readable label) and its pieces in order."""

    row: str | None
    """Of a label that names two rows at once, their joint id, as of columns in ``order``."""
    pieces: tuple[Piece, ...]
    order: tuple[str, ...]
    """Column ids in the order the header gives them; the form's own where it cannot be read."""
    structural: bool
    """Each piece stands under the header of its column."""
    anchored: bool
    """Label and figures share a row of a grid or a line of text: nothing between them was lost."""
    where: str
    carrier: str
    header_read: bool = True
    cells: bool = False
    """Flattened text: each piece is a cell, blank ones included, as all rows of the table show."""
    line: Line | None = None
    """The row of the grid it was seen in."""
    run_on: bool = False
    """Flattened text in which nothing shows where a cell ends: two figures may have become one."""

    @property
    def texts(self) -> list[str]:
        """What its cells print, blank ones left out."""
        return [p.text for p in self.pieces if p.reading.kind != "blank"]


_DEEPEST = 16
"""Rows of a header at most: one that is set character by character has six."""


@dataclass(slots=True)
class _Header:
    """The column labels of the grid being read, gathered line by line."""

    year: str | None = None
    """The report's own, where its title says it."""
    texts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Each of the grid's columns to the labels above it, downwards, the nearest ones."""
    starts: set[int] = field(default_factory=set)
    """Columns at which a label of a single column stands."""

    def add(self, line: Line) -> None:
        texts = self.texts
        for piece in line.pieces:
            text = piece.text
            if label_of(text) and (first := piece.col) is not None:
                if piece.width == 1:
                    self.starts.add(first)
                for col in range(first, first + piece.width):
                    texts[col] = (*texts.get(col, ())[1 - _DEEPEST :], text)

    def below(self) -> _Header:
        """Return what is left of the header where another one starts: its lowest labels."""
        lowest = {col: texts[-1:] for col, texts in self.texts.items()}
        return _Header(self.year, lowest, set(self.starts))

    def columns(self) -> _Columns:
        """Return the grid's columns that are the form's, and those of another year."""
        labels = tuple((col, _BELOW.join(texts)) for col, texts in sorted(self.texts.items()))
        short = all(len(text) <= LONGEST_KEPT for _, text in labels)
        find = _columns_below if short else _columns_below.__wrapped__
        return find(labels, frozenset(self.starts), self.year)


_YEAR = re.compile(r"20\d\d")

_BELOW = "\x1f"
"""Between labels that stand below each other in a header."""


@kept(4096)
def _column_of(labels: str) -> tuple[str | None, bool]:
    """Return the column that labels below each other name singly or read downwards.

    And whether one of them gives it to another year. Labels that name different columns name none,
    but 其他组织, which is the end of a label above five of them as well.
    """
    texts = [form.GROUP_BEFORE.sub("", text) for text in labels.split(_BELOW)]
    bare = [label_of(text) for text in texts]
    endings = ["".join(bare[i:]) for i in range(len(texts) - 1)]
    named: dict[str, None] = {}
    for parts in (texts, endings):
        found = {n: None for t in parts if (n := _COLUMN_NAMES.of(t)) is not None}
        above = "其他组织" in bare[:-1] or "其它组织" in bare[:-1]
        if named and above:
            break
        named = found or named
        if named and not (above and list(named) == ["other_org"]):
            break
    if len(named) > 1 and above:
        named.pop("other_org", None)
    column = next(iter(named)) if len(named) == 1 else None
    return column, any(map(OTHER_YEAR.search, bare))


row_of = _ROW_NAMES.of
"""Returns the row id whose key a label holds, the joint id of two, or None."""


_FIGURES = frozenset({"number", "na_mark", "split"})
_ORDINAL_CELL = re.compile(r"[(（]?\d{1,2}[)）.、．]|[(（]\d{1,2}[)）][.、．]?")


def split_label(line: Line, columns: Collection[int]) -> tuple[str | None, int]:
    """Return the row a line's label names, if any, and where the label's pieces end.

    Words under a column of figures (``columns``), behind a label that is a row's, are what a cell
    prints: 约3.
    """
    pieces, kinds = line.pieces, line.kinds
    words = kinds.count("text")
    if not words:
        return None, 0
    if words == 1 and kinds[0] == "text" and (row := row_of(pieces[0].text)):  # most rows
        return row, 1
    texts: list[int] = []
    words = len(kinds) - 1 - kinds[::-1].index("text")
    for i, kind in enumerate(kinds[: words + 1]):
        if kind == "text":
            texts.append(i)
        # An ordinal in a cell of its own belongs to the label behind it.
        elif kind != "blank" and i and not _ORDINAL_CELL.fullmatch(pieces[i].text.strip()):
            break
    if texts and (row := row_of(pieces[texts[-1]].text)):  # nearly every row
        return row, texts[-1] + 1
    named = next((i for i in reversed(texts) if row_of(pieces[i].text)), None)
    if named is not None and texts[-1] > named:
        texts = [i for i in texts if i <= named or pieces[i].col not in columns]
    end = texts[-1] + 1 if texts else 0
    return next((r for p in reversed(pieces[:end]) if (r := row_of(p.text))), None), end


def observe_grids(paper: Paper) -> list[Observed]:
    """Return the rows of table three found in grids, in document order."""
    seen: list[_GridRow] = []
    carried = _NONE
    carried_cols = 0
    year = title_year([paper.title, *(text for text, _ in paper.texts)])
    for grid, lines in paper.grids:
        header = _Header(year)
        columns = carried if grid.n_cols == carried_cols else _NONE
        if not columns.at and "第二十条" in grid.printed and _is_of_disclosure(lines):
            continue
        in_disputes = False
        for line in lines:
            row, end = split_label(line, columns.at)
            labels, values = line.pieces[:end], line.pieces[end:]
            figures = sum(map(_FIGURES.__contains__, line.kinds[end:]))
            if row is None and figures and all(map(_is_year, values)):
                figures = 0  # 2023, 2022, 2023 … below the names of the columns
            namesake = row is not None and _COLUMN_NAMESAKES.issuperset(parts_of(row))
            if namesake and not figures and (not values or _names_columns(labels)):
                row = None
            if row is None and "text" in line.kinds and any(map(_is_of_disputes, line.pieces)):
                # Table four, in the same grid or the next: 总计 is a row of it, too.
                in_disputes, header, columns, carried = True, _Header(year), _NONE, _NONE
            if row is None and not figures:
                texts = [label_of(p.text) for p in line.pieces]
                if any("行政复议" in t for t in texts):  # the heading of table four
                    header, columns = _Header(year), _NONE
                    continue
                if "自然人" in texts:
                    in_disputes = False
                    header = header.below()
                header.add(line)
                found = header.columns()
                if found.names & {"natural", "business"}:
                    columns = found
                continue
            if in_disputes:
                continue
            if row is None and (
                figures < _MIN_ROW or not columns.at or numbers_columns(values)
            ):  # fmt: skip
                continue
            if namesake and not seen:
                continue
            seen.append(_GridRow(row, values, columns, line))
        if columns.at:
            carried, carried_cols = columns, grid.n_cols
    own = own_pieces([s.values for s in seen], len(form.COLUMNS))
    return [
        _grid_row(s.row, values, s.columns, s.line) for s, values in zip(seen, own, strict=True)
    ]


def _is_of_disclosure(lines: Sequence[Line]) -> bool:
    """Whether a grid is table two and holds no label of another table.

    One cut off below the header of table three holds that of the next grid.
    """
    words = [
        p.text
        for line in lines
        for p, k in zip(line.pieces, line.kinds, strict=True)
        if k == "text"
    ]
    return any("第二十条" in text for text in words) and not any(map(_is_of_another, words))


@kept(4096)
def _is_of_another(text: str) -> bool:
    """Whether a cell holds a label of table three or four, or may be a character of one."""
    if row_of(text) or is_dispute_label(text) or len(label_of(text)) <= 1:
        return True  # a name that is set downwards has a character a cell
    return _COLUMN_NAMES.of(text) is not None


def _is_of_disputes(piece: Piece) -> bool:
    return piece.is_text and is_dispute_label(piece.text)


def _is_year(piece: Piece) -> bool:
    return piece.is_empty or _YEAR.fullmatch(piece.text.strip()) is not None


def _names_columns(labels: Sequence[Piece]) -> bool:
    """Whether a line's labels are those of columns: 商业企业 to 其他, an empty cell below 总计."""
    named = (_column_of(p.text)[0] for p in labels if not p.is_empty)
    columns = {part for name in named if name for part in parts_of(name)}
    alone = columns - {"other_org", "total"}  # 总计 beside 自然人 is a column's label as well
    return len(columns) >= _LEAST_COLUMNS or (len(columns) > 1 and bool(alone))


class _GridRow(NamedTuple):
    """A row of a grid, its values cut off its label, below the columns its header names."""

    row: str | None
    values: tuple[Piece, ...]
    columns: _Columns
    line: Line


class _Columns:
    """The columns of the form that a header names: ``at`` each of the grid's, and in ``order``.

    ``believed``: whether the labels stand where they can be. A row lost or added in a header moves
    its labels sideways, over other columns. Labels in the form's own order did not move past each
    other; any other order must be whole and unbroken. ``cover``: all of the grid's columns below a
    label; one over two of them stands for one of the form, the first. ``again``: those whose label
    is printed beside its like, each over its own figures. ``plain``: each label is believed, of one
    column, and of the report's year.
    """

    __slots__ = (
        "again", "at", "believed", "cover", "names", "order", "other_year", "places", "plain",
        "width",
    )  # fmt: skip

    def __init__(
        self,
        cover: dict[int, str],
        other_year: Collection[int] = (),
        again: Collection[int] = (),
    ) -> None:
        self.cover = cover
        self.again = frozenset(again)
        first: dict[str, int] = {}
        for col in sorted(cover):
            first.setdefault(cover[col], col)
        self.at = {col: name for name, col in first.items()}
        self.other_year = other_year
        self.places = sorted(self.at)
        self.order = tuple(self.at[c] for c in self.places)
        single = [c for name in self.order for c in parts_of(name)]
        self.names = frozenset(single)
        self.width = len(single)
        ranks = [form.COLUMN_IDS.index(c) for c in single]
        self.believed = len(self.names) >= len(form.COLUMNS) - 1 and (
            (len(ranks) == len(form.COLUMNS) and self.places[-1] - self.places[0] == len(first) - 1)
            or ranks == sorted(ranks)
        )
        self.plain = bool(
            self.believed and len(self.at) == self.width and not (self.other_year or self.again)
        )

    def joined(self, values: Sequence[Piece]) -> tuple[_Columns, list[Piece]]:
        """Return the columns and pieces of a row with what stands below several columns as one.

        A figure in a cell over two columns, or below a label that names two, is neither's; a blank
        or a mark is each one's own.
        """
        groups: list[set[str]] = [set(parts_of(n)) for n in self.order if is_joint(n)]
        pieces: list[Piece] = []
        for piece in values:
            over = self._below(piece)
            says_nothing = piece.is_empty or piece.reading.kind == "na_mark"
            one = len(over) == 1 < piece.width and self._covers(piece)
            if one or (len(over) > 1 and says_nothing):
                pieces += [piece._replace(col=at, width=1) for at in over.values()]
            else:
                pieces.append(piece)
                if len(over) > 1:
                    groups.append({c for name in over for c in parts_of(name)})
        if not groups:
            return self, pieces
        merged: list[set[str]] = []
        for group in groups:
            near = [g for g in merged if g & group]
            merged = [g for g in merged if g not in near] + [group.union(*near)]
        cover = {c: self._name_in(merged, name) for c, name in self.cover.items()}
        own = _Columns(cover, self.other_year)
        out: list[Piece] = []
        for at in own.places:
            name = own.at[at]
            below = [p for p in pieces if name in own._below(p)]
            if is_joint(name) and below:
                out.append(_together(below)._replace(col=at, width=1))
            elif not is_joint(name):
                out += below
        out += [p for p in pieces if not own._below(p)]
        return own, sorted(out, key=lambda p: p.col or 0)

    def _below(self, piece: Piece) -> dict[str, int]:
        """Return the columns that a piece stands below, each with the first place of it there."""
        over: dict[str, int] = {}
        for col in range(piece.col or 0, (piece.col or 0) + piece.width):
            if col in self.cover:
                over.setdefault(self.cover[col], col)
        return over

    def _covers(self, piece: Piece) -> bool:
        first = piece.col or 0
        return all(c in self.cover for c in range(first, first + piece.width))

    @staticmethod
    def _name_in(groups: Sequence[set[str]], name: str) -> str:
        own = next((g for g in groups if not g.isdisjoint(parts_of(name))), None)
        return joint(c for c in form.COLUMN_IDS if c in own) if own else name


def _together(pieces: Sequence[Piece]) -> Piece:
    """Return what stands in the places that one label names together as one piece."""
    printed = [p for p in pieces if not p.is_empty]
    if len(printed) < 2:
        return (printed or pieces)[0]
    return Piece(" ".join(p.text for p in printed), line=printed[0].line)._replace(
        reading=NumberReading("unreadable")
    )


_NONE = _Columns({})


@lru_cache(512)  # a form has few headers, and a portal's tables have one
def _columns_below(
    header: tuple[tuple[int, str], ...], starts: frozenset[int], year: str | None
) -> _Columns:
    """Return the columns that a header's labels name, each with those below each other in it."""
    cover: dict[int, str] = {}
    other_year: set[int] = set()
    for col, labels in header:
        column, of_other_year = _column_of(labels)
        named = _YEAR.findall(labels) if year else []
        if of_other_year or (named and year not in named):
            other_year.add(col)
        elif column:
            cover[col] = column
    again = {
        col
        for before, col in pairwise(sorted(cover))
        if cover[before] == cover[col] and {before, col} <= starts
    }
    return _Columns(cover, other_year, again)


def _own_year(values: Sequence[Piece], columns: _Columns) -> list[Piece]:
    """Return a row's pieces under the report's own year; none where one may stand under the other.

    Each column of either year must have its piece: in a row that lost one the others moved up.
    """
    labelled = {*columns.at, *columns.other_year}
    if len(columns.at) < len(form.COLUMNS) or {p.col for p in values} != labelled:
        return []
    return [p for p in values if p.col in columns.at]


def _told_once(values: Sequence[Piece], columns: _Columns) -> list[Piece]:
    """Return a row's pieces, those of a column that is printed twice side by side as one.

    They are dropped where they say the same; where they do not, neither is the column's.
    """
    out: list[Piece] = []
    for piece in values:
        col = piece.col or 0
        if col not in columns.again or piece.width > 1 or not out or out[-1].col != col - 1:
            out.append(piece)
        elif out[-1].text != piece.text:
            at = out[-1].col
            out[-1] = _together([out[-1], piece])._replace(col=at, width=1)
    return out


def _grid_row(row: str | None, values: Sequence[Piece], columns: _Columns, line: Line) -> Observed:
    stands = [p.col for p in values] == columns.places and {p.width for p in values} == {1}
    if columns.plain and stands:  # nearly every row
        return _observed(row, values, columns.order, line, structural=True)
    if columns.other_year:
        values = _own_year(values, columns)
    elif columns.again and columns.at:
        values = _told_once(values, columns)
    elif columns.at and (len(columns.at) < columns.width or any(p.width > 1 for p in values)):
        columns, values = columns.joined(values)
    order, header_read = columns.order, columns.believed
    pieces = values
    structural = False
    if header_read:
        placed = [p for p in values if p.col in columns.at and p.width == 1]
        first, last = columns.places[0], columns.places[-1]
        # An empty cell outside the header's columns is no cell of the form; one among them is.
        # Of a header that lacks a label nobody knows which column that is.
        whole = columns.width == len(form.COLUMNS)
        if len(placed) < len(values):
            pieces = [
                p
                for p in values
                if p in placed or not p.is_empty or not whole or first < (p.col or 0) < last
            ]
        if len(pieces) == len(placed):
            if len(placed) == len(order):
                pieces, structural = placed, True
            elif line.kind in GEOMETRIC and placed:
                at = {p.col: p for p in placed}
                structural = line.kind not in MOVING or columns.places[-1] in at
                end = columns.places[-1] if structural else max(c for c in columns.at if c in at)
                pieces = [at.get(c, Piece("", c, 1)) for c in columns.places if c <= end]
    order = order if header_read else form.COLUMN_IDS
    return _observed(row, pieces, order, line, structural=structural, header_read=header_read)


def _observed(
    row: str | None,
    pieces: Sequence[Piece],
    order: tuple[str, ...],
    line: Line,
    *,
    structural: bool,
    header_read: bool = True,
) -> Observed:
    return Observed(
        row=row,
        pieces=tuple(pieces),
        order=order,
        structural=structural,
        anchored=True,
        where=line.where,
        carrier=line.kind,
        header_read=header_read,
        line=line,
    )

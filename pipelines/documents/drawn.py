"""Tables drawn in plain text: fields parted by commas or semicolons, cells in a frame of lines.

Only what is surely a table becomes a grid; tabs and pipes alone stay text, whose readers know that
separators get lost there.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from pipelines.documents.blocks import Block, Cell, Grid, TextBlock

_DELIMITERS = (",", ";")
_LEAST_LINES = 2
_LONGEST_FIELD = 90
_MOST_JOINED = 8
"""Lines that one quoted field may go over."""
_FIGURE = re.compile(r"['’]?[+\-]?\d[\d,]*(?:\.\d+)?[件条万千元]{0,2}|/|-+|—+")
_GLUED = re.compile(r"[^\d\s]\s+\d+$")
"""Words and a figure in one field: the comma behind it is one of thousands."""
_CJK = re.compile(r"[\u3400-\u9fff]")

_UPRIGHT = "│┃║╎┆┊|"
_CROSSING = "├┤┼┬┴┌┐└┘╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫+"
_LEVEL = "─━═╌┄┈-="
_RULE = re.compile(f"[{re.escape(_CROSSING + _LEVEL + _UPRIGHT)}\\s]*[{re.escape(_LEVEL)}]{{2,}}"
                   f"[{re.escape(_CROSSING + _LEVEL + _UPRIGHT)}\\s]*")  # fmt: skip
_EDGE = f"[{re.escape(_UPRIGHT + _CROSSING)}]"
_FRAMED = re.compile(f"\\s*{_EDGE}.*{_EDGE}\\s*")
_DRAWN = re.compile(r"[\u2500-\u257f]|^\s*\+[-=+]{3,}\s*$", re.MULTILINE)
_BOXED = re.compile(r"[\u2500-\u257f]")
_LEAST_BORDERS = 3
_LEAST_RULES = 3
"""Lines between rows that show that every row of a frame has one."""


_Row = list[tuple[str, int, int]]
"""Cells: text, column, width."""
_Table = tuple[int, int, list[_Row]]
"""The first line, the one behind the last, and the rows."""


def blocks_of(text: str) -> list[Block]:
    """Return a text as blocks: the tables drawn in it as grids, what is between them as text."""
    lines = text.split("\n")
    return _parted(lines, _framed(lines) if _DRAWN.search(text) else _separated(lines))


def framed_blocks(text: str) -> list[Block]:
    """Return a text as blocks, the tables that stand in a frame of lines as grids; no others."""
    lines = text.split("\n")
    return _parted(lines, _framed(lines) if _DRAWN.search(text) else ())


def _parted(lines: Sequence[str], tables: Iterable[_Table]) -> list[Block]:
    out: list[Block] = []
    at = 0
    for number, (start, end, rows) in enumerate(tables, 1):
        _add_text(out, lines[at:start])
        out.append(_grid(rows, number))
        at = end
    _add_text(out, lines[at:])
    return out


def _add_text(out: list[Block], lines: Sequence[str]) -> None:
    if any(line.strip() for line in lines):
        out.append(TextBlock(text="\n".join(lines).strip("\n")))


def _grid(rows: Sequence[_Row], number: int) -> Grid:
    cells = tuple(
        Cell(text, r, col, 1, width) for r, row in enumerate(rows) for text, col, width in row
    )
    n_cols = max((c.col + c.colspan for c in cells), default=1)
    return Grid(
        cells=cells, n_rows=len(rows), n_cols=n_cols, where=f"table {number}", kind="text_table"
    )


# -- fields parted by a sign ----------------------------------------------------------------------


def _separated(lines: Sequence[str]) -> Iterator[_Table]:
    at = 0
    while at < len(lines):
        for delimiter in _DELIMITERS:
            end, rows = _run(lines, at, delimiter)
            if _is_table(rows):
                yield at, end, [[(text, c, 1) for c, text in enumerate(row)] for row in rows]
                at = end
                break
        else:
            at += 1


def _run(lines: Sequence[str], at: int, delimiter: str) -> tuple[int, list[list[str]]]:
    """Return the rows of fields from a line on, and the line behind them."""
    rows: list[list[str]] = []
    while at < len(lines):
        end = at + 1
        whole = lines[at]
        while whole.count('"') % 2 and end < len(lines) and end - at < _MOST_JOINED:
            whole += "\n" + lines[end]
            end += 1
        if delimiter not in whole or "\t" in whole or "|" in whole or whole.count('"') % 2:
            break
        try:
            fields = next(csv.reader([whole], delimiter=delimiter), [])
        except csv.Error:  # a lone carriage return, a field without end: text, whatever it is
            break
        fields = [field.strip() for field in fields]
        if len(fields) < 2 or any(map(_is_prose, fields)):
            break
        rows.append(fields)
        at = end
    return at, rows


def _is_prose(field: str) -> bool:
    return len(field) > _LONGEST_FIELD or "。" in field or _GLUED.search(field) is not None


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows of fields are a table: figures in fields of their own, beside labels."""
    filled = [row for row in rows if any(_FIGURE.fullmatch(f) for f in row if f)]
    worded = [row for row in rows if any(map(_CJK.search, row))]
    # Of table four only the header has labels.
    wide = {len(row) for row in worded if row not in filled and len(row) > len(_DELIMITERS)}
    named = [row for row in filled if row in worded or len(row) in wide]
    return len(rows) >= _LEAST_LINES and bool(filled) and len(named) * 2 >= len(filled)


# -- cells in a frame -----------------------------------------------------------------------------


def _framed(lines: Sequence[str]) -> Iterator[_Table]:
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (_FRAMED.fullmatch(lines[end]) or _RULE.fullmatch(lines[end])):
            end += 1
        if end - at > _LEAST_LINES and (rows := _rows_in_frame(lines[at:end])):
            yield at, end, rows
        at = max(end, at + 1)


def _rows_in_frame(lines: Sequence[str]) -> list[_Row] | None:
    """Return the rows of a frame; None where its lines do not meet."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line):
            groups.append([])
        else:
            groups[-1].append(line)
    groups = [g for g in groups if g]
    own = [_borders(line) for group in groups for line in group]
    borders = sorted({b for of_line in own for b in of_line})
    if len(borders) < _LEAST_BORDERS:
        return None
    longest = max(own, key=len)
    fullest = set(longest)
    # A header may be cut where no row is, and a row where no header is; but pipes need not meet.
    if not _BOXED.search("".join(groups[0])) and not all(fullest.issuperset(b) for b in own):
        return None
    ruled = len(groups) >= _LEAST_RULES and len(groups) * 2 > sum(map(len, groups))
    rows: list[_Row] = []
    for group in groups:
        cut = [_cells(line, borders) for line in group]
        if ruled and sum(any(_FIGURE.fullmatch(t) for t, _, _ in row) for row in cut) <= 1:
            cut = [_as_one(cut)] if _alike(cut) else cut
        rows += cut
    return rows


def _borders(line: str) -> list[int]:
    """Return where the upright lines of a line stand, wide characters counted twice."""
    out: list[int] = []
    at = 0
    for char in line:
        if char in _UPRIGHT or char in _CROSSING:
            out.append(at)
        at += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return out


def _cells(line: str, borders: Sequence[int]) -> _Row:
    own = _borders(line)
    parts = re.split(_EDGE, line)[1:-1]
    places = {b: i for i, b in enumerate(borders)}
    return [
        (part.strip().strip(_LEVEL[:-2]).strip(), places[one], places[two] - places[one])
        for part, one, two in zip(parts, own, own[1:], strict=False)
    ]


def _alike(rows: Sequence[_Row]) -> bool:
    return len({tuple((col, width) for _, col, width in row) for row in rows}) == 1


def _as_one(rows: Sequence[_Row]) -> _Row:
    """Join the lines of one row cell by cell."""
    return [
        ("\n".join(filter(None, (row[i][0] for row in rows))), col, width)
        for i, (_, col, width) in enumerate(rows[0])
    ]

"""The rows of table three as a document shows them, before any figure is given a place.

Two sources, one result: the rows of grids (columns known from the header) and the rows of
flattened text (order known, columns not). A row observed here knows its label, or that it has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pipelines.forms import requests as form
from pipelines.forms.beside import numbers_columns, own_pieces
from pipelines.forms.flat import ORDINAL, cells_after, common_cells, layout_of
from pipelines.forms.model import NextMatch, compile_keys, key_finder, loose
from pipelines.forms.pieces import Line, Paper, Piece, cut, label_of
from pipelines.reading.normal import LONGEST_KEPT, has_cjk

GEOMETRIC = {"pdf_table", "docx_table", "sheet", "ofd_table", "ocr_table", "pdf_lines"}
"""Kinds of grid whose holes are empty places; in HTML a hole at the end is a lost cell."""

_COLUMN_NAMESAKES = {"other_misc", "processed_total"}
"""Rows whose label (其他, 总计) is a column's label too: a line of labels only is a header."""

_MIN_ROW = 5
"""Figures an unlabelled line must have to be taken for a row of the table."""


_COLUMN_FINDER = key_finder(form.COLUMNS)
_ROW_FINDER = key_finder(form.ALL_ROWS)


@dataclass(slots=True, frozen=True, kw_only=True)
class Observed:
    """One row as seen: its label's row id (None: no readable label) and its pieces in order."""

    row: str | None
    pieces: tuple[Piece, ...]
    order: tuple[str, ...]
    """Column ids in the order the header gives them; the form's own where it cannot be read."""
    structural: bool
    """Each piece stands under the header of its column."""
    anchored: bool
    """Label and figures share a row of a grid or a line of text: nothing between them was lost."""
    where: str
    carrier: str
    label: str = ""
    header_read: bool = True
    cells: bool = False
    """Flattened text: each piece is a cell, blank ones included, as all rows of the table show."""
    line: Line | None = None
    """The row of the grid it was seen in."""
    run_on: bool = False
    """Flattened text in which nothing shows where a cell ends: two figures may have become one."""


# -- grids --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Header:
    """The column labels of the grid being read, gathered line by line."""

    texts: dict[int, list[str]] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        for piece in line.pieces:
            text = label_of(piece.text)
            if text and piece.col is not None:
                for col in range(piece.col, piece.col + piece.width):
                    self.texts.setdefault(col, []).append(text)

    def columns(self) -> dict[int, str]:
        out: dict[int, str] = {}
        for col, texts in self.texts.items():
            if column := _column_of(tuple(texts)):
                out[col] = column
        # A label that spans two grid columns stands for one column of the form: the first.
        seen: set[str] = set()
        single: dict[int, str] = {}
        for col in sorted(out):
            if out[col] not in seen:
                seen.add(out[col])
                single[col] = out[col]
        return single


@lru_cache(maxsize=4096)
def _column_of(texts: tuple[str, ...]) -> str | None:
    """Return the column the labels above it name, singly or read downwards."""
    endings = ["".join(texts[i:]) for i in range(len(texts))]
    for column, key in _COLUMN_FINDER:
        if any(key.search(t) for t in (*texts, *endings)):
            return column
    return None


def row_of(text: str) -> str | None:
    """Return the row id whose key a label holds, or None."""
    return _short_row(text) if len(text) <= LONGEST_KEPT else _row_of(text)


@lru_cache(maxsize=8192)
def _short_row(text: str) -> str | None:
    return _row_of(text)


def _row_of(text: str) -> str | None:
    label = label_of(text)
    if not label:
        return None
    return next((row for row, key in _ROW_FINDER if key.search(label)), None)


_ORDINAL_CELL = re.compile(r"[(（]?\d{1,2}[)）.、．]|[(（]\d{1,2}[)）][.、．]?")


def split_label(
    pieces: Sequence[Piece], columns: Collection[int] = ()
) -> tuple[list[Piece], list[Piece]]:
    """Cut a line into its label pieces and its value pieces.

    Words under a column of figures (``columns``), behind a label that is a row's, are what a cell
    prints: 约3.
    """
    kinds = [p.reading.kind for p in pieces]
    worded = [i for i, kind in enumerate(kinds) if kind == "text"]
    words = worded[-1] if worded else -1
    first_figure = next(
        (
            i
            for i, kind in enumerate(kinds)
            if kind not in {"text", "blank"}
            # An ordinal in a cell of its own belongs to the label behind it.
            and not (i < words and (i == 0 or _ORDINAL_CELL.fullmatch(pieces[i].text.strip())))
        ),
        len(pieces),
    )
    texts = [i for i in worded if i < first_figure]
    named = max((i for i in texts if row_of(pieces[i].text)), default=None)
    if named is not None:
        texts = [i for i in texts if i <= named or pieces[i].col not in columns]
    last_text = max(texts, default=-1)
    return list(pieces[: last_text + 1]), list(pieces[last_text + 1 :])


def observe_grids(paper: Paper) -> list[Observed]:
    """Return the rows of table three found in grids, in document order."""
    seen: list[_GridRow] = []
    carried = _Columns({})
    carried_cols = 0
    for grid, lines in paper.grids:
        header = _Header()
        columns = carried if grid.n_cols == carried_cols else _Columns({})
        for line in lines:
            labels, values = split_label(line.pieces, columns.at)
            row = next((r for p in reversed(labels) if (r := row_of(p.text))), None)
            figures = sum(p.reading.kind in {"number", "na_mark", "split"} for p in values)
            if row in _COLUMN_NAMESAKES and not values:
                row = None
            if row is None and not figures:
                texts = [label_of(p.text) for p in line.pieces]
                if any("行政复议" in t for t in texts):  # table four stands in the same grid
                    header, columns = _Header(), _Columns({})
                    continue
                if "自然人" in texts:
                    header = _Header(texts={c: t[-1:] for c, t in header.texts.items()})
                header.add(line)
                found = header.columns()
                if "natural" in found.values() or "business" in found.values():
                    columns = _Columns(found)
                continue
            if row is None and (
                figures < _MIN_ROW or not columns.at or numbers_columns(values)
            ):  # fmt: skip
                continue
            if row in _COLUMN_NAMESAKES and not seen:
                continue
            seen.append(_GridRow(row, labels, values, columns, line))
        if columns.at:
            carried, carried_cols = columns, grid.n_cols
    own = own_pieces([s.values for s in seen], len(form.COLUMNS))
    return [
        _grid_row(s.row, s.labels, values, s.columns, s.line)
        for s, values in zip(seen, own, strict=True)
    ]


class _GridRow(NamedTuple):
    """A row of a grid, cut into labels and values, below the columns its header names."""

    row: str | None
    labels: list[Piece]
    values: list[Piece]
    columns: _Columns
    line: Line


class _Columns:
    """The columns of the form that a header names: ``at`` each of the grid's, and in ``order``.

    ``believed``: whether the labels stand where they can be. A row lost or added in a header moves
    its labels sideways, over other columns. Labels in the form's own order did not move past each
    other; any other order must be whole and unbroken.
    """

    __slots__ = ("at", "believed", "order", "places")

    def __init__(self, at: dict[int, str]) -> None:
        self.at = at
        self.places = sorted(at)
        self.order = tuple(at[c] for c in self.places)
        ranks = [form.COLUMN_IDS.index(c) for c in self.order]
        self.believed = len(ranks) >= len(form.COLUMNS) - 1 and (
            (len(ranks) == len(form.COLUMNS) and self.places[-1] - self.places[0] == len(ranks) - 1)
            or ranks == sorted(ranks)
        )


def _grid_row(
    row: str | None, labels: list[Piece], values: list[Piece], columns: _Columns, line: Line
) -> Observed:
    order, header_read = columns.order, columns.believed
    pieces = values
    structural = False
    if header_read:
        placed = [p for p in values if p.col in columns.at and p.width == 1]
        first, last = columns.places[0], columns.places[-1]
        # An empty cell outside the header's columns is no cell of the form; one among them is.
        # Of a header that lacks a label nobody knows which column that is.
        whole = len(order) == len(form.COLUMNS)
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
                pieces = [at.get(c, Piece("", c, 1)) for c in columns.places]
                structural = True
    return Observed(
        row=row,
        pieces=tuple(pieces),
        order=order if header_read else form.COLUMN_IDS,
        structural=structural,
        anchored=True,
        where=line.where,
        carrier=line.kind,
        label=" ".join(p.text for p in labels if not p.is_empty)[:80],
        header_read=header_read,
        line=line,
    )


# -- flattened text -----------------------------------------------------------------------------

_ROW_KEYS = compile_keys(
    {r.id: r.key for r in form.ALL_ROWS if not r.whole and r.id != "other_total"}
    | {
        "other_total": r"[(]\s*六\s*[)]\s*其[他它]处理|六、\s*其[他它]处理",
        "other_misc": (
            r"(?:3\s*[.、．)]|(?<!\d)3)\s*其[他它](?!法律|处理|结果|组织)"
            r"|(?<=[\n\t|])其[他它](?=[\s|]*[\d/—-])"
        ),
        "processed_total": (
            r"[(]\s*七\s*[)]\s*[、.]?\s*[总合]计|七、\s*[总合]计|(?<=[\n\t|])[总合]计(?=[\s|]*\d)"
        ),
    }
)
_NEW = re.compile(loose("本年(?:度)?新收"))
_NATURAL = re.compile(loose("自然人"))
_CORNER = re.compile(loose("勾稽关系"))
_LAST = re.compile(loose("结转下(?:一)?年|转下(?:一)?年度"))
_END = re.compile(
    rf"[四三][、.][^\n]{{0,24}}{loose('行政复议')}|{loose('行政复议')}[\s|]*{loose('行政诉讼')}"
    rf"|[五六]、|{loose('结果维持')}|{loose('存在的主要问题')}"
)
_HEADER_KEYS = compile_keys(
    {
        "natural": "自然人",
        "business": "商业企",
        "research": "科研机",
        "public_interest": "社会公益",
        "legal_service": "法律服务",
        "other_org": r"(?<![或属])其[他它](?![\s|]*(?:法[\s|]*律(?![\s|]*服)|处理|结果))",
    }
)


def first_row_in(text: str) -> str | None:
    """Return the first row of table three whose label a text holds."""
    found = _ROW_KEYS.search(text)
    return str(found.lastgroup) if found else None


def zones(text: str) -> Iterator[tuple[str, str]]:
    """Yield (header text, rows text) of every flattened table three in a folded text.

    The header is empty where none stands before the rows; such rows must speak for themselves
    (``_speaks_for_itself``).
    """
    at = 0
    lasts, ends = NextMatch(_LAST, text), NextMatch(_END, text)
    for start in _starts(text):
        if start < at:
            continue
        before = text[max(0, start - _HEADER_REACH) : start]
        last = lasts(start)
        end = ends(last.end() if last else start)
        again = _NEW.search(text, start + 1)
        stop = end.start() if end else len(text)
        if again and again.start() < stop and _NATURAL.search(text[start + 1 : again.start()]):
            stop = again.start()
        heads = [m.start() for m in [*_NATURAL.finditer(before)][-1:]]
        heads += [m.start() for m in [_CORNER.search(before)] if m]
        rows = text[start : min(stop, start + _ROWS_REACH)]
        if not heads and not _speaks_for_itself(rows):
            continue
        yield before[min(heads) :] if heads else "", rows
        at = max(start + 1, stop)


_HEADER_REACH = 500
_ROWS_REACH = 20_000
_HEAD_END = re.compile(
    loose("商业企")
    + rf"[\s\S]{{0,200}}?{loose('法律服务')}[社会公益商业企科研机构组织其他它总合计\s|]*"
)


def _starts(text: str) -> list[int]:
    """Return where rows of table three may start: at 本年新收, or below a header without it."""
    starts = [m.start() for m in _NEW.finditer(text)]
    rows = NextMatch(_ROW_KEYS, text)
    for head in _HEAD_END.finditer(text):
        first = rows(head.end())
        near = first and first.start() - head.end() < _HEADER_REACH
        if first and near and first.lastgroup != "new_received":
            starts.append(head.end())
    return sorted(starts)


def _speaks_for_itself(rows: str) -> bool:
    """Whether labels in the form's order, each with its seven figures, show a table three."""
    if len({m.lastgroup for m in _ROW_KEYS.finditer(rows)}) < _LEAST_LABELS:
        return False
    ranks = [
        form.ORDER[s.labels[-1][0]]
        for s in _stretches(rows)
        if s.labels and len(s.runs) == 1 and len(trim_blank(s.runs[0])) == len(form.COLUMNS)
    ]
    return len(ranks) >= _LEAST_LABELS and ranks == sorted(set(ranks))


_LEAST_LABELS = 8


@dataclass(slots=True)
class _Stretch:
    """Labels, then the figures that follow them."""

    labels: list[tuple[str, int]] = field(default_factory=list)
    """(row id, line number) in the order they are printed."""
    runs: list[list[Piece]] = field(default_factory=list)
    cells: list[Piece] | None = None
    """The cells after the last label, where the layout shows them."""


def observe_text(paper: Paper) -> list[Observed]:
    """Return the rows of table three found in flattened text, in document order."""
    out: list[Observed] = []
    for text, where in paper.texts:
        for header, rows in zones(text):
            out.extend(_observe_zone(header, rows, where))
    return out


def _observe_zone(header: str, rows: str, where: str) -> Iterator[Observed]:
    order, header_read = _header_order(header)
    stretches = _own_columns(_stretches(rows))
    beside = _tables_beside(stretches)
    ranks = [form.ORDER[row] for s in stretches for row, _ in s.labels]
    # Labels and rows that alternate belong together. Where two labels meet, a row lost its figures
    # or its label strayed: then only the form's own order of labels shows that nothing else moved.
    single = all(len(s.labels) <= 1 and len(s.runs) == 1 for s in stretches)
    alternating = single or ranks == sorted(ranks)
    shown = common_cells([s.cells for s in stretches], len(order))
    layout = layout_of(rows)
    in_lines = layout == "rows"
    for stretch, cells in zip(stretches, shown, strict=True):
        if cells is not None and stretch.labels and len(stretch.runs) <= 1:
            yield Observed(
                row=stretch.labels[-1][0],
                pieces=tuple(cells),
                order=order,
                structural=False,
                anchored=in_lines,
                where=where,
                carrier="text",
                header_read=header_read,
                cells=True,
            )
            continue
        runs = stretch.runs if beside else _rows_of(stretch.runs, order)
        for i, run in enumerate(runs):
            first = run[0].line if run else -1
            row = None
            same_line = False
            if stretch.labels:
                label, line = stretch.labels[-1]
                same_line = line == first and len(run) >= _MIN_ROW
                alone = alternating and len(stretch.labels) == 1
                if (i == 0 and alone) or same_line:
                    row = label
            if row is None and (len(run) < _MIN_ROW or not _row_like(run)):
                continue
            yield Observed(
                row=row,
                pieces=tuple(run),
                order=order,
                structural=False,
                anchored=same_line and in_lines,
                where=where,
                carrier="text",
                header_read=header_read,
                run_on=layout == "flat",
            )


def _own_columns(stretches: list[_Stretch]) -> list[_Stretch]:
    """Drop line numbers and shares from the figures of a flattened table."""
    for s in stretches:
        joined = [p for run in s.runs for p in run if not p.is_empty]
        one_row = len(s.cells or ()) == len(form.COLUMNS) + 1
        if one_row and len(s.runs) > 1 and len(joined) == len(trim_blank(s.cells or ())):
            s.runs = [joined]
    cells = own_pieces([s.cells or [] for s in stretches], len(form.COLUMNS))
    runs = own_pieces([s.runs[-1] if s.runs else [] for s in stretches], len(form.COLUMNS))
    for stretch, own, last in zip(stretches, cells, runs, strict=True):
        stretch.cells = own or None
        if stretch.runs:
            stretch.runs[-1] = last
    return stretches


def _tables_beside(stretches: Sequence[_Stretch]) -> bool:
    """Join each label's rows of figures where most labels have several: another year's beside."""
    named = [s for s in stretches if s.labels]
    several = [s for s in named if sum(len(trim_blank(r)) for r in s.runs) > 2 * _MIN_ROW]
    if len(several) < _LEAST_LABELS or len(several) * 2 <= len(named):
        return False
    twice = set(map(id, several))
    for stretch in named:  # seven figures beside seven blanks may be either year's
        joined = [p for run in stretch.runs for p in run]
        stretch.runs = [joined if id(stretch) in twice else []]
        stretch.cells = stretch.cells if id(stretch) in twice else None
    return True


def _rows_of(runs: Sequence[list[Piece]], order: Sequence[str]) -> list[list[Piece]]:
    """Cut a run that holds several whole rows, as one whose next label was lost does.

    Each part must be a row by its own sum: the last figure is the sum of those before it.
    """
    width = len(form.COLUMNS)
    if len(runs) != 1 or len(order) != width or order[-1] != "total":
        return list(runs)
    figures = trim_blank(runs[0])
    parts = [figures[i : i + width] for i in range(0, len(figures), width)]
    if len(parts) < 2 or len(parts[-1]) < width or not all(_adds_up(p) for p in parts):
        return list(runs)
    return parts


def _adds_up(row: Sequence[Piece]) -> bool:
    numbers = [p.reading.value for p in row]
    known = [n for n in numbers if n is not None]
    return len(known) == len(row) and sum(known[:-1]) == known[-1]


def _row_like(run: Sequence[Piece]) -> bool:
    return sum(p.reading.kind in {"number", "na_mark"} for p in run) >= _MIN_ROW


_ORGANISATIONS = re.compile(f"{loose('法人')}[\\s|]*[或和及、者]*[\\s|]*{loose('其他组织')}")
"""The label above five columns, which holds the label of one of them."""


def _header_order(header: str) -> tuple[tuple[str, ...], bool]:
    """Return the columns in the order a flattened header names them, and whether it was read."""
    named = _ORGANISATIONS.sub(" ", header)
    names = [str(m.lastgroup) for m in _HEADER_KEYS.finditer(named)]
    if "natural" not in names and len(set(names)) >= 4 and not _CORNER.search(header):
        names.insert(0, "natural")  # the header was cut off in front of it
    rest = iter(names)
    seen = [c for c in form.APPLICANTS if c in names]
    if not all(c in rest for c in seen):  # another order than the form's own
        if len(names) != len(set(names)):
            return form.COLUMN_IDS, False
        seen = names
    if len(seen) < len(form.APPLICANTS) - 1:
        return form.COLUMN_IDS, False
    return (*seen, "total"), True


def _stretches(text: str) -> list[_Stretch]:
    """Cut the rows of a flattened table into labels and the figures that follow them."""
    marks: list[tuple[int, int, str]] = []
    for m in _ROW_KEYS.finditer(text):
        start, row = m.start(), str(m.lastgroup)
        # A label that holds two of its keys, 三安全 and 一稳定, ends behind the second.
        if marks and marks[-1][2] == row and not _figures_between(text, marks[-1][1], start):
            start = marks.pop()[0]
        marks.append((start, _behind(text, m.end()), row))
    out: list[_Stretch] = []
    pending: list[tuple[str, int]] = []
    line_at = _line_counter(text)
    layout = layout_of(text)
    if marks and marks[0][0]:  # rows in front of the first label
        opening = list(_runs(_NEXT_ORDINAL.sub("", text[: marks[0][0]]), 0))
        if opening:
            out.append(_Stretch([], opening))
    for i, (start, end, row) in enumerate(marks):
        stop = marks[i + 1][0] if i + 1 < len(marks) else len(text)
        pending.append((row, line_at(start)))
        figures = (_NEXT_LABEL if layout == "flat" else _NEXT_ORDINAL).sub("", text[end:stop])
        runs = list(_runs(figures, line_at(end), whole=layout == "pipe_lines"))
        cells = cells_after(text[end:stop], layout, last=stop == len(text))
        if runs or (cells and len(cells) >= len(form.COLUMNS)):
            out.append(_Stretch(_without_group(pending), runs, cells))
            pending = []
    if pending:
        out.append(_Stretch(pending, []))
    return [s for s in out if s.runs or s.labels]


def _behind(text: str, end: int) -> int:
    """Return the place behind a key and the marks after it: the ” of 一稳定” is no cell."""
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return end


_CLOSING = "”’\"'」』〞)》,、;:。"

_NEXT_ORDINAL = re.compile(r"[(]?\d\s*[.、．)]\s*\Z")
"""The ordinal of the next label, cut off from it because keys start after the ordinal."""
_NEXT_LABEL = re.compile(r"[(]?\d\s*[.、．)]\s*[\u3400-\u9fff]{0,12}\s*\Z")
"""The same with the words before the key, which may stand on the next line."""


def _without_group(labels: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Drop (六)其他处理 where it is the heading of the three rows of v2021."""
    if len(labels) > 1 and labels[0][0] == "other_total" and labels[1][0] != "processed_total":
        return labels[1:]
    return labels


def _figures_between(text: str, start: int, end: int) -> bool:
    return any(c.isdigit() for c in text[start:end])


def _line_counter(text: str) -> _LineAt:
    return _LineAt([m.start() for m in re.finditer("\n", text)])


@dataclass(slots=True)
class _LineAt:
    breaks: list[int]

    def __call__(self, at: int) -> int:
        return bisect_left(self.breaks, at)


RULE_LINE = re.compile(r"[\s|]*(?:[:\-—=]{2,}[\s|]*)+")
"""A line of a Markdown table that only draws the table."""


def _runs(text: str, first_line: int, *, whole: bool = False) -> Iterator[list[Piece]]:
    """Yield the runs of figures after a label: one run a row.

    ``whole``: a line is a cell, so that figures apart on it are one cell's.

    A line with five figures and more is a row of its own; figures one a line are one run up to
    the next words or, where the text marks rows by empty lines, up to the empty line.
    """
    pending: list[Piece] = []
    for n, raw in enumerate(text.split("\n"), first_line):
        pieces = line_pieces(raw, n)
        if whole and len(pieces) > 1 and not has_cjk(raw) and "|" not in raw:
            pieces = [Piece(raw.strip(), line=n)]
        if RULE_LINE.fullmatch(raw) or ORDINAL.fullmatch(raw.strip()):
            continue
        if not raw.strip(" |") and "\t" not in raw:
            # An empty line ends a row only once the row has its figures.
            if len(trim_blank(pending)) >= len(form.COLUMNS):
                yield pending
                pending = []
            continue
        figures = [p for p in pieces if not p.is_text]
        words = any(p.is_text for p in pieces)
        if len([p for p in figures if not p.is_empty]) >= _MIN_ROW or _digit_run(figures):
            if trim_blank(pending):
                yield pending
            pending = []
            yield figures
            continue
        if words:
            if trim_blank(pending):
                yield pending
                pending = []
            # Words before the first figure are the rest of the label.
            after = [p for p in _after_words(pieces) if not p.is_text]
            pending.extend(after)
            continue
        pending.extend(figures)
    if trim_blank(pending):
        yield pending


def _after_words(pieces: Sequence[Piece]) -> Iterable[Piece]:
    last = max((i for i, p in enumerate(pieces) if p.is_text), default=-1)
    tail = list(pieces[last + 1 :])
    if any(not p.is_empty for p in tail):
        return tail
    return [p for p in pieces if not p.is_text and not p.is_empty]


def _digit_run(figures: Sequence[Piece]) -> bool:
    solid = "".join(p.text for p in figures if not p.is_empty)
    return (
        solid.isdigit() and len(solid) >= len(form.COLUMNS) and len(figures) <= 3
    )  # one string with a stray space


def trim_blank(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces that print something."""
    return [p for p in pieces if not p.is_empty]


def line_pieces(raw: str, line: int) -> list[Piece]:
    """Cut a line of text at tabs and pipes, and words from figures."""
    one_a_line = raw.startswith("\t") and raw.count("\t") == 1 and "|" not in raw
    # The outer pipes of a row are its frame, not cells.
    body = raw[1:] if one_a_line else raw.strip(" \u3000").removeprefix("|").removesuffix("|")
    out: list[Piece] = []
    for part in re.split(r"[\t|]", body):
        text = part.strip()
        if has_cjk(text):
            out.extend(cut(text, line))
        elif (
            re.fullmatch(r"\d+(?:\.\d+)?(?: +\d+(?:\.\d+)?)+", text)
            and "\t" not in raw
            and "|" not in raw
        ):
            out.extend(Piece(t, line=line) for t in text.split())
        else:
            out.append(Piece(text, line=line))
    return out

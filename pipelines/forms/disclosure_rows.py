"""The rows of table two as a document shows them: in grids, and in flattened text.

A row observed knows its label, its figures and the column each stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from pipelines.forms import disclosure as form
from pipelines.forms.flat import cells_after, layout_of
from pipelines.forms.foreign_columns import OTHER_YEAR
from pipelines.forms.labels import Names, joined_marks, parts_of
from pipelines.forms.model import FormColumn, NextMatch, compile_keys, loose
from pipelines.forms.paper import Paper
from pipelines.forms.pieces import Line, Piece, label_of
from pipelines.forms.placements import MAX_DIGITS, split_digits
from pipelines.forms.request_rows import GEOMETRIC
from pipelines.forms.request_rows_text import RULE_LINE, first_row_in, line_pieces
from pipelines.forms.units import Units, stated_in
from pipelines.reading.money import UNIT, money_units
from pipelines.reading.normal import normal_label
from pipelines.remembered import kept

_COLS: dict[str, FormColumn] = {c.id: c for b in form.BLOCKS for c in b.columns}
_ROWS = {r.id: r for b in form.BLOCKS for r in b.rows}
_COLUMN_NAMES = Names(tuple(_COLS.values()))
_ROW_NAMES = Names(tuple(_ROWS.values()))
FIELDS: dict[tuple[str, str], str] = {k: f for b in form.BLOCKS for k, f in b.fields.items()}


def fields_at(row: str, column: str) -> list[str]:
    """Return the fields of a place: one, or several where a label names two rows or columns.

    >>> fields_at("rules", "issued"), fields_at("fee", "issued")
    (['t2_rules_issued'], [])
    """
    at = ((r, c) for r in parts_of(row) for c in parts_of(column))
    return [FIELDS[place] for place in at if place in FIELDS]


_ONE_OF_2021 = frozenset(c.id for b in form.BLOCKS if b.version == "v2021" for c in b.columns)
_ONE_PLACE = {
    r.id: b.columns[0].id
    for b in form.BLOCKS
    if b.version == "v2021" and len(b.columns) == 1 and b.columns[0].id == "decisions"
    for r in b.rows
}
"""Rows with one place in a table of 2021, whose unit no header has to say, to its column."""
_UNITS = {"件", "项", "个", "条", "次"}


_PART = re.compile("其中|党内")
"""How labels of a province's own rows begin: a part of the row above, or what is beside it."""


@dataclass(slots=True, frozen=True)
class DisclosureRow:
    """One row with its figures under column ids, or the reason why they have none."""

    row: str
    cells: tuple[tuple[str, Piece], ...]
    where: str
    carrier: str
    units: tuple[tuple[str, Units], ...] = ()
    """Column id to the units of money its header prints."""
    label_units: Units = ()
    """Those that the row's own label prints, or a cell for units beside it."""
    above: tuple[Units, ...] = ()
    """Those that rows above the header and lines above the table state, from near to far."""
    reason: str = ""
    raw: str = ""
    columns: tuple[str, ...] = ()
    counted: bool = False
    """Placed because there are as many figures as column labels."""
    anchored: bool = True
    """Label and figures share a row of a grid or a line of text: nothing between them was lost."""
    then: str | None = None
    """A row of table three that follows at once: what stands between the tables was lost."""
    headless: bool = False
    """Its own header is missing: it counts only where the row is found nowhere else."""


@dataclass(slots=True)
class _Header:
    """The column labels of the block being read."""

    cols: dict[int, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    units: dict[str, Units] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)
    """Columns with a label that is none of the form's: 备注, 上年."""
    over: set[int] = field(default_factory=set)
    """Columns that the form's labels reach over."""

    def add(self, text: str, at: int) -> bool:
        name = _column_of(text)
        if name is not None:
            self.put(name, text, at)
        return name is not None

    def put(self, name: str, text: str, at: int) -> None:
        """Take in the label of a column, with the unit it prints."""
        self.cols[at] = name
        if name not in self.order:
            self.order.append(name)
        if units := money_units(normal_label(text)):
            self.units[name] = units


# -- grids --------------------------------------------------------------------------------------


def grid_rows(paper: Paper) -> Iterator[DisclosureRow]:
    """Yield the rows of table two that grids hold, in document order."""
    header = _Header()
    width = 0
    nearest: Units = ()
    above = paper.above or ("",) * len(paper.grids)
    for (grid, lines), text in zip(paper.grids, above, strict=True):
        if grid.n_cols != width:
            header = _Header()
        width = grid.n_cols
        own = False
        nearest = stated_in(text) if text.strip() or not nearest else nearest
        notes = [
            p.text
            for line in (lines if "注" in grid.printed or "说明" in grid.printed else ())
            for p in line.pieces
            if p.text[:1] in _NOTE_BEGINS and _NOTE.match(p.text)
        ]
        states = "单位" in grid.printed or "第二十条" in grid.printed
        stated = _Stated(nearest, stated_in("\n".join(notes)))
        for line in lines:
            if (fresh := _header_of(line)) is not None:
                header = fresh
                own = True
                continue
            if header.order and _adds_units(line, header):
                continue
            if row := _grid_row(line, header) or (_headless_row(line, header) if own else None):
                scopes = stated.scopes
                yield replace(row, above=scopes) if any(scopes) else row
            elif states:
                stated.add(line)


_NOTE = re.compile(r"[(（]?(?:备?注|说明)[:：]")
_NOTE_BEGINS = frozenset("(（备注说")


def _adds_units(line: Line, header: _Header) -> bool:
    """Take in the lower row of a header that only states units: （元） below 本年收费金额."""
    printed = [p for p in line.pieces if not p.is_empty]
    if not printed or not _is_unit(printed[0]):
        return False
    units = {p.col or 0: money_units(p.text) for p in printed if _is_unit(p)}
    if len(units) != len(printed) or not units.keys() <= header.cols.keys():
        return False
    header.units.update({header.cols[col]: found for col, found in units.items() if found})
    return True


@dataclass(slots=True)
class _Stated:
    """The units that stand above the header of a block: in its own rows, and in the table's."""

    line: Units
    notes: Units = ()
    table: Units = ()
    block: Units = ()
    in_block: bool = False

    def add(self, line: Line) -> None:
        """Take in a row that is neither header nor of the form: a heading, a caption."""
        text = " ".join([p.text for p in line.pieces])
        opens = "第二十条" in text
        if not opens and "单位" not in text:  # every row of every other table
            return
        units = money_units(text) if opens else stated_in(text)
        if opens:
            self.in_block, self.block = True, units
        elif units and self.in_block:
            self.block = units
        elif units:
            self.table = units

    @property
    def scopes(self) -> tuple[Units, ...]:
        return self.block, self.table, self.notes, self.line


def _label_in(line: Line) -> tuple[int, str | None]:
    """Return which of a line's first two pieces names a row, and the row."""
    label_at = ((i, _row_of(p.text)) for i, p in enumerate(line.pieces) if line.kinds[i] == "text")
    at, row = next(((i, row) for i, row in label_at if row), (0, None))
    return (at, row) if at <= 1 else (0, None)


def _headless_row(line: Line, header: _Header) -> DisclosureRow | None:
    """Return a row below the header of another block, its own being lost.

    In a table of 2021 行政许可 has one place, and one figure below three columns of documents is in
    it. Of anything else nothing says what it counts.
    """
    if not header.order or not _ONE_OF_2021.issuperset(header.order):
        return None
    at, row = _label_in(line)
    column = _ONE_PLACE.get(row or "")
    pieces = line.pieces[at + 1 :]
    if row is None or column is None or not pieces:
        return None
    own = _Header(order=[column])
    over = {c for p in pieces for c in range(p.col or 0, (p.col or 0) + p.width)}
    if len(pieces) == 1 and over.issuperset(header.cols) and len(header.cols) > 1:
        placed = _row(row, [(column, pieces[0])], line.where, line.kind, own)
    else:
        reason = "the header of this row is missing"
        placed = _unplaced(row, pieces, own, (line.where, line.kind), reason)
    return replace(placed, headless=True)


_NO_WORDS = frozenset({"blank", "na_mark", "split"})
"""Kinds of pieces that hold no label."""


def _header_of(line: Line) -> _Header | None:
    """Return the column labels a line holds, or None where it holds none, or figures."""
    if "number" in line.kinds or _NO_WORDS.issuperset(line.kinds):
        return None
    header = _Header()
    for piece in line.pieces:
        if header.add(piece.text, piece.col or 0):
            header.over.update(range(piece.col or 0, (piece.col or 0) + piece.width))
            continue
        if label_of(piece.text) == "单位":
            continue
        if (header.order or _of_other_year(piece.text)) and piece.is_text:
            header.others.update(range(piece.col or 0, (piece.col or 0) + piece.width))
    return header if header.order else None


def _grid_row(line: Line, header: _Header) -> DisclosureRow | None:
    if not header.order:
        return None
    at, row = _label_in(line)
    if row is None or not fields_at(row, header.order[0]):
        return None
    pieces = [p for p in line.pieces[at + 1 :] if not _is_unit(p)]
    own = [u for p in line.pieces[at + 1 :] if _is_unit(p) for u in money_units(p.text)]
    units = tuple(dict.fromkeys(own)) or money_units(line.pieces[at].text)
    placed = _placed_row(row, line, pieces, header)
    return replace(placed, label_units=units) if units else placed


def _is_unit(piece: Piece) -> bool:
    text = piece.text.strip("()（） \u3000")
    return text in _UNITS or _MONEY.fullmatch(text) is not None


_MONEY = re.compile(UNIT, re.IGNORECASE)


_DRAWN = frozenset({"pdf_table", "ocr_table"})
"""Grids whose cells are told from where things stand."""


def _placed_row(row: str, line: Line, pieces: list[Piece], header: _Header) -> DisclosureRow:
    printed = [p for p in pieces if not p.is_empty]
    lone = len(header.order) == 1 == len(printed) and not header.others
    # One label, set over several columns, and one figure below it: where no lines are drawn their
    # cells may be as wide as their words.
    if lone and line.kind in _DRAWN and printed[0].col in header.over - header.cols.keys():
        return _row(row, [(header.order[0], printed[0])], line.where, line.kind, header)
    under = [(header.cols[p.col], p) for p in pieces if p.col in header.cols]
    known = header.cols.keys() | header.others
    beside = [p for p in pieces if p.col not in known and not p.is_empty]
    # A colspan stretches the last column of a narrow block over the grid: still one piece.
    if len({c for c, _ in under}) == len(header.order) == len(under):
        covered = {c for p in pieces for c in range(p.col or 0, (p.col or 0) + p.width)}
        if line.kind not in GEOMETRIC and not header.others <= covered:
            # A lost cell lets the others move up, and the last column of all stays empty.
            reason = "a cell of this row is missing"
            return _unplaced(row, pieces, header, (line.where, line.kind), reason)
        outside = header.others and any(p.col not in known for p in pieces)
        if not beside and not outside:
            return _row(row, under, line.where, line.kind, header)
        if outside or any(
            p.is_empty for _, p in under
        ):  # a cell too many, or a column's label lost
            reason = "a cell beside the columns that have labels"
            return _unplaced(row, pieces, header, (line.where, line.kind), reason)
    return _in_order(row, pieces, header, line.where, line.kind)


@kept(4096)
def _column_of(text: str) -> str | None:
    label = label_of(text)
    name = _COLUMN_NAMES.of(text)
    # The form's own column of the year before is 上一年项目数量; 上年处理决定数量 is none of it.
    return None if name != "items_prev" and OTHER_YEAR.search(label) else name


@kept(4096)
def _of_other_year(text: str) -> bool:
    return OTHER_YEAR.search(label_of(text)) is not None


@kept(4096)
def _row_of(text: str) -> str | None:
    label = label_of(text)
    if _PART.match(label):
        return None
    return _ROW_NAMES.of(text)


def _row(
    row: str, cells: Sequence[tuple[str, Piece]], where: str, carrier: str, header: _Header
) -> DisclosureRow:
    return DisclosureRow(
        row, tuple(cells), where, carrier, tuple(header.units.items()), columns=tuple(header.order)
    )


def _unplaced(
    row: str, pieces: Sequence[Piece], header: _Header, seen: tuple[str, str], reason: str
) -> DisclosureRow:
    """Return a row whose figures have no place; ``seen``: where, and in which carrier."""
    raw = " ".join(p.text for p in pieces if not p.is_empty)[:80]
    return DisclosureRow(row, (), *seen, columns=tuple(header.order), raw=raw, reason=reason)


def _in_order(
    row: str, pieces: Sequence[Piece], header: _Header, where: str, carrier: str
) -> DisclosureRow:
    """Place pieces by their number alone: only where it is the header's own."""
    n = len(header.order)
    core = [p for p in pieces if not p.is_empty]
    chosen: Sequence[Piece] | None = None
    if core and header.others:
        reason = "a column has a label that is none of the form's"
        return _unplaced(row, core, header, (where, carrier), reason)
    if len(core) == n:
        chosen = core
    elif carrier != "text" and len(pieces) == n:
        chosen = pieces
    elif not core:
        chosen = [Piece("") for _ in range(n)]
    elif carrier == "text" and len(core) == 1:
        chosen = _cut(core[0].text, n)
    if chosen is None:
        reason = f"{len(core)} figures for {n} column labels"
        return _unplaced(row, core, header, (where, carrier), reason)
    cells = list(zip(header.order, chosen, strict=True))
    return replace(_row(row, cells, where, carrier, header), counted=True)


def _cut(digits: str, parts: int) -> list[Piece] | None:
    """Cut a run of figures where one cut alone is possible, blank cells thought of: 000.

    No sum proves this table, and a run of figures shows no blanks, so 12 may be 1 and 2 or 12 and
    nothing.
    """
    if not digits.isdigit() or len(digits) > MAX_DIGITS:
        return None
    cuts = [c for n in range(1, parts + 1) for c in islice(split_digits(digits, n), 2)]
    whole = len(cuts) == 1 and len(cuts[0]) == parts
    return [Piece(str(number)) for number in cuts[0]] if whole else None


# -- flattened text -----------------------------------------------------------------------------

_MARKS = compile_keys(
    {f"col_{c.id}": c.key.replace("^", "") for c in _COLS.values()}
    | {
        "row_otherdoc": "其[他它]主动公开(?:的)?文件",
        "row_service": "其[他它]对外管理服务事项?",
        "row_procurement": "政府集中采购",
        "row_fee": "行政事业性收费",
        "row_normative": "(?<![内中:])(?:行政)?规范(?:性)?文件",
        "row_rules": "规章",
        "row_license": "行政许可|(?<=[、和及与/])许可",
        "row_penalty": "行政处罚|(?<=[、和及与/])处罚",
        "row_coercion": "行政强制|(?<=[、和及与/])强制",
        "new_block": "信息内容|第二十条第",
    }
)
_END = re.compile(
    f"{loose('勾稽关系')}|{loose('自然人')}|{loose('本年新收')}|三、(?!\\s*本年度?办理)"
    f"|{loose('收到和处理政府信息公开申请')}"
)
_START = re.compile("|".join(loose(form.MARKS[v]) for v in form.MARKS) + "|" + loose("处理决定数"))
_REACH = 4_000


def text_rows(paper: Paper) -> Iterator[DisclosureRow]:
    """Yield the rows of table two that flattened text holds, in document order."""
    for text, where in paper.texts:
        at = 0
        ends = NextMatch(_END, text)
        while start := _START.search(text, at):
            end = ends(start.end())
            stop = min(end.start() if end else len(text), start.start() + _REACH)
            above = text[max(0, start.start() - _ABOVE) : start.start()]
            stated = stated_in("\n".join(above.split("\n")[-_LINES_ABOVE:]))
            for row in _zone_rows(_EXPLAINED.sub("", text[start.start() : stop]), where):
                yield replace(row, above=(*row.above, stated))
            at = max(stop, start.end())


_ABOVE = 200
_LINES_ABOVE = 6
"""Lines above the first label of a column: the block's heading, 信息内容, perhaps a unit."""

_EXPLAINED = re.compile(
    r"\((?:指|如|即|含|注|行政机关|设区|不含|包括)[^()]{0,200}\)|\([^()元\d]{12,200}\)"
)
"""What a label means, in brackets behind it. It may name rows: 指上一年度行政许可事项."""


@dataclass(slots=True, frozen=True)
class _TextRow:
    """A labelled row of flattened text, its cells as the layout shows them (None: it does not)."""

    row: str
    header: _Header
    stretch: str
    cells: list[Piece] | None
    block_units: Units = ()
    """The units stated between the heading of the block and the labels of its columns."""

    @property
    def width(self) -> int:
        return len(self.header.order)


def _zone_rows(text: str, where: str) -> Iterator[DisclosureRow]:
    layout = layout_of(text)
    rows = _without_remarks(list(_labelled(text, layout)))
    regular = _regular(rows)
    numbers = [_figures(row.stretch) for row in rows]
    for n, row in enumerate(rows):
        then = first_row_in(row.stretch) if n == len(rows) - 1 else None
        pieces = row.cells
        figures = numbers[n]
        # A figure beside the cells may be the rest of the last one.
        alone = len(figures) == sum(not p.is_empty for p in pieces or ())
        if regular and alone and pieces is not None and len(pieces) == row.width:
            cells = list(zip(row.header.order, pieces, strict=True))
            placed = replace(_row(row.row, cells, where, "text", row.header), counted=True)
        elif layout == "rows" and len({p.line for p in figures}) > 1:
            reason = "figures on several lines, where each row has a line"
            placed = _unplaced(row.row, figures, row.header, (where, "text"), reason)
        elif not figures and n < len(rows) - 1 and _BARE_FIGURE.search(row.stretch):
            reason = "figures behind other words"
            placed = _unplaced(row.row, [Piece(row.stretch)], row.header, (where, "text"), reason)
        elif layout != "rows" and _may_reach_down(rows, numbers, n):
            reason = "a cell may belong to the next row as well, which has one less"
            placed = _unplaced(row.row, figures, row.header, (where, "text"), reason)
        else:
            placed = _in_order(row.row, figures, row.header, where, "text")
        units = money_units(_FIGURE_FROM.split(row.stretch, maxsplit=1)[0])
        yield replace(
            placed,
            anchored=layout == "rows",
            then=then,
            label_units=units,
            above=(row.block_units,),
        )


def _may_reach_down(rows: Sequence[_TextRow], numbers: Sequence[list[Piece]], n: int) -> bool:
    """Whether a row is whole and the next of its block has some figures, but not all.

    A cell over both is printed with the upper one, and a cell a line does not show it.
    """
    below = n + 1
    if below == len(rows) or rows[below].header is not rows[n].header:
        return False
    if not len(numbers[n]) == rows[n].width > len(numbers[below]) > 0:
        return False
    shown = re.split(r"[\s|]+", rows[below].stretch)  # a figure nobody can read is a cell, too
    cells = takewhile(lambda t: _characters(t) < _WORDS, filter(str.strip, shown))
    return sum(1 for _ in cells) < rows[below].width


_WORDS = 5
"""Characters of the shortest words that are no figure, written out or illegible."""


def _characters(text: str) -> int:
    """Return how many Chinese characters a text has."""
    return sum("\u3400" <= c <= "\u9fff" for c in text)


_BARE_FIGURE = re.compile(r"(?<![\d(（第])\d+(?![\d)）.、．年月日条项])")
"""A figure, and no ordinal, date or clause: where one is printed the cell is not blank."""
_FIGURE_FROM = re.compile(r"(?=\d)|$")


_AFTER_OTHER_YEAR = re.compile(rf"(?:{OTHER_YEAR.pattern})[\s|]*(?:度[\s|]*)?$")
"""What makes the label behind it one of another year: 上年 before 处理决定数量."""


def _labelled(text: str, layout: str) -> Iterator[_TextRow]:
    header = _Header()
    open_block = True
    block_units: Units = ()
    found = [(m.start(), m.end(), str(m.lastgroup)) for m in _MARKS.finditer(text)]
    marks = joined_marks(text, found, alone={"new_block"})
    for i, (at, end, mark) in enumerate(marks):
        kind, _, name = mark.partition("_")
        name = name.replace(f"+{kind}_", "+")
        stop = marks[i + 1][0] if i + 1 < len(marks) else len(text)
        if kind == "new" or f"+{'row' if kind == 'col' else 'col'}_" in name:
            header, open_block = _Header(), True
            stated = money_units(text[end:stop])
            block_units = stated or (block_units if text.startswith("信", at) else ())
        elif kind == "col":
            if not open_block:
                header, open_block = _Header(), True
            header.put(name, text[at:stop], at)
            if _AFTER_OTHER_YEAR.search(text, max(0, at - 12), at):
                header.others.add(at)
            if _other_label(text[end:stop]):
                header.others.add(end)
        elif header.order and fields_at(name, header.order[0]):
            open_block = False
            stretch = text[end:stop]
            cells = cells_after(stretch, layout, last=stop == len(text))
            yield _TextRow(name, header, stretch, cells, block_units)


def _without_remarks(rows: list[_TextRow]) -> list[_TextRow]:
    """Drop the blank cells of a column behind the form's own whose label is another, as 备注.

    Beside rows that show it, a row with a cell less lost one, and which nothing says.
    """
    spare = [r for r in rows if r.header.others and len(r.cells or ()) == r.width + 1]
    blank = [r for r in spare if _ends_in_remark(r)]
    if not blank or len(blank) != len(spare):
        return rows
    return [
        replace(r, cells=r.cells[:-1] if r.cells and r in blank else None) if r.header.others else r
        for r in rows
    ]


def _ends_in_remark(row: _TextRow) -> bool:
    last = len(row.header.others) == 1 and min(row.header.others) > max(row.header.cols)
    return last and row.cells is not None and row.cells[-1].is_empty


_REST_OF_LABEL = re.compile(
    r"\([^()]*\)?|[^\u3400-\u9fff]|件数|数量|数|量|额|总?金额|项目|减|本年度?|对外|政府|其中|单位|[万亿]?元|件|项"
)
"""What may stand between the keys of two labels of a header."""


def _other_label(between: str) -> bool:
    """Whether a label that is none of the form's stands between two that are."""
    return bool(_REST_OF_LABEL.sub("", normal_label(between)))


def _regular(rows: Sequence[_TextRow]) -> bool:
    """Whether the layout shows this table's cells: no row has more of them than columns.

    A row with as many cells as columns then has its blanks where they stand: no separator of
    another row could have slipped in.
    """
    shown = [r for r in rows if r.cells is not None]
    whole = [r for r in shown if r.cells and len(r.cells) == r.width]
    return len(whole) >= _LEAST_WHOLE and all(len(r.cells or ()) <= r.width for r in shown)


_LEAST_WHOLE = 3
"""Rows with as many cells as columns that a layout must show before its blanks are believed."""


_ANOTHER_ROW = re.compile("其中|党内|合计|小计|总计")
"""How the label of a row begins that is none of the form's."""


def _figures(text: str) -> list[Piece]:
    """Return the figures up to the next words, units left out."""
    pieces: list[Piece] = []
    for n, raw in enumerate(text.split("\n")):
        if RULE_LINE.fullmatch(raw):  # a line that only draws the table
            continue
        for piece in line_pieces(raw, n):
            if piece.is_empty or _is_unit(piece):
                continue
            if not piece.is_text:
                pieces.append(piece)
            elif pieces or _ANOTHER_ROW.match(label_of(piece.text)):
                return pieces
    return pieces

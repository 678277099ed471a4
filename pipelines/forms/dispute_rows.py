"""The row of figures of table four as a document shows it: in a grid, or in flattened text.

Where several rows are printed, the labels in front of them say which is the report's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pipelines.documents.blocks import Grid
from pipelines.forms import disputes as form
from pipelines.forms.dispute_blocks import is_dispute_label
from pipelines.forms.flat import cells_after, layout_of, split_row
from pipelines.forms.foreign_columns import OTHER_YEAR, numbers_columns
from pipelines.forms.labels import Names, joined_marks, joint
from pipelines.forms.model import compile_keys, loose
from pipelines.forms.paper import Paper
from pipelines.forms.pieces import Line, Piece, label_of
from pipelines.forms.request_rows import GEOMETRIC, MOVING
from pipelines.forms.request_rows_text import RULE_LINE, line_pieces
from pipelines.reading.normal import has_cjk
from pipelines.reading.period import read_period
from pipelines.reading.titles import parse_title
from pipelines.remembered import LONGEST_KEPT, kept

_GROUP_NAMES = Names(form.GROUPS)
_OUTCOME_NAMES = Names(form.OUTCOMES)
_HEADER_LINES = 4
"""Grid rows below 行政复议 / 行政诉讼 among which the row of figures is looked for; those that hold
only pieces of the results' names (结果维 above 持) do not count."""
_HEADER_SIGNS = frozenset("行政复议诉讼未经直接起诉后结果维持纠正其他尚审总计")


@dataclass(slots=True, frozen=True)
class DisputeRow:
    """The row of figures: placed by header columns, or in order."""

    pieces: tuple[Piece, ...]
    fields: tuple[str, ...] | None
    where: str
    carrier: str
    order: tuple[str, ...] = form.FIELDS
    cells: bool = False
    """Flattened text: each piece is a cell, as the whole table shows."""
    header_read: bool = True
    label: str = ""
    """What stands in front of the figures."""
    in_blocks: bool = False
    """Put together from blocks, each under its own label; ``unread`` figures had none."""
    unread: int = 0


_THIS_YEAR = re.compile("本年|本期|今年|当年")
_YEAR = re.compile(r"(20\d\d)年")


def _of_this_year(rows: Sequence[DisputeRow], paper: Paper) -> list[DisputeRow]:
    """Return the one row whose label says that it is the report's year, else all of them.

    Where all are another year's, a row without a figure that was read.
    """
    named = [{int(y) for y in _YEAR.findall(r.label)} for r in rows]
    stated = _stated_years(paper) if any(named) else set()
    ours = [
        (row, years)
        for row, years in zip(rows, named, strict=True)
        if not OTHER_YEAR.search(row.label) and not (years and stated and years.isdisjoint(stated))
    ]
    if not ours:  # its own may be there in pieces: nothing is read in its place
        unread = sum(len(r.pieces) for r in rows)
        return [replace(r, pieces=(), fields=(), in_blocks=True, unread=unread) for r in rows[:1]]
    row, years = ours[0]
    told = len(ours) == 1 and (_THIS_YEAR.search(row.label) or years & stated)
    return [row] if told else list(rows)


def _stated_years(paper: Paper) -> set[int]:
    """Return the years that the title and the period sentence say the report is about."""
    text = "\n".join(text for text, _ in paper.texts)
    period = read_period(text)
    title = parse_title(paper.title or text.lstrip().split("\n", 1)[0])
    return {year for year in (period and period.year, title.year) if year}


# -- grids --------------------------------------------------------------------------------------


def grid_rows(paper: Paper) -> Iterator[list[DisputeRow]]:
    """Yield the rows of figures of each table four in a grid: one, if one is the report's."""
    pending: Sequence[Line] = ()
    for grid, lines in paper.grids:
        starts = [i for i, line in enumerate(lines) if _opens(line)] if _may_open(grid) else []
        if not starts:
            if pending:
                yield _of_this_year(_figure_rows(lines[:2], pending, grid), paper)
            pending = ()
            continue
        for start, end in pairwise([*starts, len(lines)]):
            header = lines[start : start + _HEADER_LINES + 1]
            rows = _figure_rows(lines[start + 1 : end], header, grid)
            pending = () if rows else header
            yield _of_this_year(rows, paper)


_WORDED = frozenset({"text", "unreadable"})
"""Kinds of pieces that may hold words."""


def _may_open(grid: Grid) -> bool:
    """Whether any cell of a grid is a suit's label: asked first, of most grids none is."""
    return _may_be_of_suits(grid.printed)


def _may_be_of_suits(text: str) -> bool:
    return "讼" in text or "訟" in text


def _opens(line: Line) -> bool:
    worded = [p.text for p, kind in zip(line.pieces, line.kinds, strict=True) if kind in _WORDED]
    if len(worded) < len(("行政复议", "行政诉讼")):
        return False
    first = form.GROUPS[0].id
    return any(_may_be_of_suits(t) and "行政诉讼" in label_of(t) for t in worded) and any(
        # Without rulings a result's name may stand in the cell of the group above it.
        _GROUP_NAMES.of(name) == first
        for t in worded
        for name in (t, t.split("\n", 1)[0])
    )


def _figure_rows(lines: Sequence[Line], header: Sequence[Line], grid: Grid) -> list[DisputeRow]:
    """Return the lines below the header that hold figures, or else a whole line of blanks.

    None where a line is one group's or one result's: that table is no row of fifteen.
    """
    above: list[Line] = [h for h in header if h not in lines]
    out: list[DisputeRow] = []
    blank: list[DisputeRow] = []
    headers = 0
    for n, line in enumerate(lines):
        headers += n >= _HEADER_LINES - 1 and _is_header(line)
        pieces = [p for p in line.pieces if not p.is_text]
        figures = [p for p in pieces if not p.is_empty]
        label = line.pieces[0].text if line.pieces and line.pieces[0].is_text else ""
        words = len(line.pieces) - len(pieces) > 1
        if out and not (words or label or figures):  # last year's row and this year's, set apart
            continue
        if words or (not figures and len(pieces) < len(form.FIELDS)):
            if out:
                break
            above.append(line)
        elif label and is_dispute_label(label):
            return []
        elif (not out and n - headers > _HEADER_LINES) or (
            out and len(figures) * 2 < len(form.FIELDS)
        ):
            break
        elif len(figures) < len(form.FIELDS) or not numbers_columns(pieces):
            # A label may stand before the figures; words among them are what a cell prints.
            pieces = list(line.pieces[1:] if label else line.pieces)
            (out if figures else blank).append(_row(pieces, label_of(label), above, line, grid))
    return out or blank[:1]


def _is_header(line: Line) -> bool:
    signs = {sign for piece in line.pieces for sign in label_of(piece.text)}
    return bool(signs) and signs <= _HEADER_SIGNS


def _row(
    pieces: Sequence[Piece], label: str, above: Sequence[Line], line: Line, grid: Grid
) -> DisputeRow:
    columns = _fields_below(above)
    placed = _under_header(columns, pieces, grid.kind) if columns else None
    if placed is not None and any(not p.is_empty for p in pieces):
        return DisputeRow(placed[1], placed[0], line.where, grid.kind, label=label)
    complete = len(columns) == len(form.FIELDS)
    order = tuple(columns[c] for c in sorted(columns)) if complete else form.FIELDS
    return DisputeRow(
        tuple(pieces), None, line.where, grid.kind, order, header_read=complete, label=label
    )


def _fields_below(header: Sequence[Line]) -> Mapping[int, str]:
    """Return the field each column of the header names; columns it leaves open are not in it."""
    rows = tuple([line.pieces for line in header])
    short = all(len(piece.text) <= LONGEST_KEPT for pieces in rows for piece in pieces)
    return _header_fields(rows) if short else _header_fields.__wrapped__(rows)


@lru_cache(256)  # the form has one header, and so have a portal's tables
def _header_fields(header: tuple[tuple[Piece, ...], ...]) -> Mapping[int, str]:
    groups: dict[int, str] = {}
    outcomes: dict[int, list[str]] = {}
    for pieces in header:
        for piece in _spread(pieces):
            text = label_of(piece.text)
            if not text or piece.col is None:
                continue
            cols = range(piece.col, piece.col + piece.width)
            group = _GROUP_NAMES.of(piece.text)
            for col in cols:
                if group:
                    groups[col] = group
                elif text != "行政诉讼":
                    outcomes.setdefault(col, []).append(piece.text)
    out: dict[int, str] = {}
    for col, group in groups.items():
        outcome = _outcome_of("\x1f".join(outcomes.get(col, [])))
        if outcome and f"t4_{group}_{outcome}" not in out.values():
            out[col] = f"t4_{group}_{outcome}"
    return out


def _spread(pieces: Sequence[Piece]) -> list[Piece]:
    """Return a line's pieces, its names of groups over the blanks behind them.

    Where a text has no cell over several columns, the name stands in the first of them.
    """
    if any(p.width > 1 for p in pieces):
        return list(pieces)
    out: list[Piece] = []
    for piece in pieces:
        spreads = piece.is_empty and out and _names_group(out[-1].text)
        out.append(out[-1]._replace(col=piece.col) if spreads else piece)
    return out


def _names_group(text: str) -> bool:
    return _GROUP_NAMES.of(text) is not None or "行政诉讼" in label_of(text)


@kept(1024)
def _outcome_of(labels: str) -> str | None:
    """Return the outcome that a column's labels name singly or read downwards, if it is one."""
    texts = labels.split("\x1f")
    singly = {n for t in texts if (n := _OUTCOME_NAMES.of(t)) is not None}
    if len(singly) > 1:
        return None
    return singly.pop() if singly else _OUTCOME_NAMES.of("".join(map(label_of, texts)))


def _under_header(
    columns: Mapping[int, str], pieces: Sequence[Piece], kind: str
) -> tuple[tuple[str, ...], tuple[Piece, ...]] | None:
    """Put each piece under its header, or return None where one has no place of its own.

    A row with fewer cells than the header has columns is placed only where holes are places
    (PDF, Word, sheets); in HTML a lost cell lets the others move up, and so may it in any grid
    whose hole is the row's end.
    """
    columns, pieces = _with_joints(columns, pieces)
    if any(p.col not in columns or p.width != 1 for p in pieces):
        return None
    at = {p.col: p for p in pieces}
    if len(at) != len(pieces) or (len(at) != len(columns) and kind not in GEOMETRIC):
        return None
    order = sorted(columns)
    if kind in MOVING and order[-1] not in at:
        return None
    return tuple(columns[c] for c in order), tuple(at.get(c, Piece("", c)) for c in order)


def _with_joints(
    columns: Mapping[int, str], pieces: Sequence[Piece]
) -> tuple[Mapping[int, str], Sequence[Piece]]:
    """Return columns and pieces with a figure over several results of one group as one of all."""
    wide = [p for p in pieces if p.width > 1 and not p.is_empty]
    if not wide:
        return columns, pieces
    own = dict(columns)
    for piece in wide:
        places = range(piece.col or 0, (piece.col or 0) + piece.width)
        below = [own.pop(col, "") for col in places]
        groups = {f.rpartition("_")[0] for f in below}
        if len(groups) > 1 or "" in below:
            return columns, pieces
        outcomes = joint(f.rpartition("_")[2] for f in below)
        own[places[0]] = f"{groups.pop()}_{outcomes}"
    return own, [p._replace(width=1) if p in wide else p for p in pieces]


# -- flattened text -----------------------------------------------------------------------------

_START = re.compile(rf"{loose('行政复议')}[\s|]*{loose('行政诉讼')}(?![\s|]*情况)")
_REACH = 600


def text_rows(paper: Paper) -> Iterator[list[DisputeRow]]:
    """Yield the rows of figures of each table four in flattened text, as ``grid_rows``."""
    for text, where in paper.texts:
        for start in _START.finditer(text):
            end = words = start.end()
            while found := _HEADER_TOKEN.match(text, end):
                end = found.end()
                words = end if has_cjk(found[0]) else words
            if words - start.end() < 8:  # 行政复议行政诉讼 in a sentence, no header below
                continue
            line = text.rfind("\n", 0, start.start()) + 1
            order = _order(text[start.end() : words])
            header = text[line:words]
            rows = [
                DisputeRow(
                    tuple(pieces),
                    None,
                    where,
                    "text",
                    order or form.FIELDS,
                    cells=cells,
                    header_read=order is not None,
                    label=label,
                )
                for label, below in _years_apart(text[words : end + _REACH])
                for pieces, cells in _rows_below(header, below, labelled=bool(label))
            ]
            yield _of_this_year(rows, paper)


_YEAR_LABEL = re.compile("20\\d\\d年度?|[上去前]一?年度?|[本今当]年度?")
_LEAST_FIGURES = len(form.FIELDS) // 2 + 1
"""Figures that make what follows a row a row like it, and no page number."""


def _years_apart(below: str) -> Iterator[tuple[str, str]]:
    """Cut what follows a header at the years in front of its rows, up to any other words."""
    label, at = "", 0
    for found in _YEAR_LABEL.finditer(below):
        if _WORDS.search(_only_figures(below[at : found.start()])):
            break
        yield label, below[at : found.start()]
        label, at = found[0], found.end()
    yield label, below[at:]


def _rows_below(
    header: str, below: str, *, labelled: bool
) -> Iterator[tuple[Sequence[Piece], bool]]:
    """Yield the row of figures below a header, each where there are several; and if it is cells."""
    if labelled:  # the row goes on behind its label
        below = "\n" + re.sub(r"\A[ \u3000]*[\t|]?", "", below)
    rows = [line for line in _stretch(below).split("\n") if _is_row(line_pieces(line, 0))]
    own = [row for row in rows if not numbers_columns(line_pieces(row, 0))]
    for row in ["\n" + row for row in own] if len(rows) > 1 else [below]:
        cells = _cells(header, row)
        pieces = cells or _figures(row)
        if pieces and (not labelled or _is_row(pieces)):
            yield pieces, cells is not None


def _is_row(pieces: Sequence[Piece]) -> bool:
    printed = sum(not p.is_empty for p in pieces)
    return len(pieces) >= len(form.FIELDS) and printed >= _LEAST_FIGURES


_OUTCOME_KEYS = compile_keys(
    {
        "upheld": "结果维持",
        "corrected": "结果纠正",
        "other": "其[他它]结果",
        "pending": "尚未审结",
        "total": "总计|合计",
        "group_direct": "未经复议(?:直接起诉)?|直接起诉",
        "group_after_review": "复议后(?:起诉)?",
    }
)


def _order(header: str) -> tuple[str, ...] | None:
    """Return the fields in the order a flattened header names them, None where it is not whole."""
    found = [(m.start(), m.end(), str(m.lastgroup)) for m in _OUTCOME_KEYS.finditer(header)]
    names = [name for _, _, name in joined_marks(header, found)]
    suits = [n.removeprefix("group_") for n in names if n.startswith("group_")]
    outcomes = [n for n in names if not n.startswith("group_")]
    size = len(form.OUTCOMES)
    groups = ["review", *suits]
    parts = [outcomes[i : i + size] for i in range(0, len(outcomes), size)]
    whole = sorted(groups) == sorted(g.id for g in form.GROUPS) and len(parts) == len(groups)
    if not whole or any(len(set(p)) != size or len(p) != size for p in parts):
        return None
    return tuple(f"t4_{g}_{o}" for g, part in zip(groups, parts, strict=True) for o in part)


def _cells(header: str, below: str) -> list[Piece] | None:
    """Return fifteen cells, blank ones included, where header and figures show where each ends.

    A header without empty cells shows that no separator of this table is one too many.
    """
    layout = layout_of(header + below)
    if layout == "rows":
        frame = {line[:1] for line in header.split("\n")} & {"\t", "|", ""}
        for line in below.split("\n")[1:]:
            parts = split_row(line)
            framed = len(frame) == 1 and parts[0] == "" and line[:1] in frame
            pieces = [Piece(p) for p in parts[1 if framed else 0 :]]
            if any(p.is_text for p in pieces):
                return None
            if len(pieces) == len(form.FIELDS):
                return pieces
            if any(not p.is_empty for p in pieces):  # figures of this row on a line of their own
                return None
        return None
    spaced = any(not line.strip() for line in header.split("\n"))
    cells = None if spaced else cells_after(below, layout, last=True)
    return cells if cells and len(cells) == len(form.FIELDS) else None


_HEADER_TOKEN = re.compile(
    "|".join(
        loose(t)
        for t in (
            "未经复议直接起诉",
            "复议后起诉",
            "未经复议",
            "直接起诉",
            "结果",
            "维持",
            "纠正",
            "其他",
            "其它",
            "尚未",
            "审结",
            "总计",
            "合计",
            "行政复议",
            "行政诉讼",
        )
    )
    + r"|[\s|:]+|-{2,}"
)


_LONE_ZERO = re.compile("(?<![\u3400-\u9fff])零(?![\u3400-\u9fff])")
_WORDS = re.compile("[\u3400-\u9fff]")


def _only_figures(text: str) -> str:
    """Return a text with what cells print in words as signs: units dropped, 无 and 零 as marks."""
    text = re.sub(r"(?<=\d)[件个宗起]|无", lambda m: "/" if m[0] == "无" else " ", text)
    return _LONE_ZERO.sub("0", text)


def _stretch(text: str) -> str:
    """Return the figures of a text up to its first words."""
    text = _only_figures(text)
    words = _WORDS.search(text)
    stretch = text[: words.start()] if words else text
    # The next heading's ordinal may stand in front of its words: 五、 has none, (1) does.
    return re.sub(r"[(]?\d{1,2}[)、.]\s*\Z", "", stretch) if words else stretch


def _figures(text: str) -> list[Piece]:
    """Return the figures up to the first words; a row of its own line wins over what follows."""
    stretch = _stretch(text)
    pieces: list[Piece] = []
    for n, raw in enumerate(stretch.split("\n")):
        if not raw.strip(" |:") or (RULE_LINE.fullmatch(raw) and "\t" not in raw):
            continue
        own = line_pieces(raw, n)
        if len([p for p in own if not p.is_empty]) >= len(form.FIELDS):
            return own
        pieces.extend(own)
    return pieces


# -- placing ------------------------------------------------------------------------------------

"""The rows of table three in flattened text: the order of the columns known, their places not.

A label and the figures behind it make a row; where two labels meet, figures were lost, and only the
form's own order shows that nothing else moved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.forms import requests as form
from pipelines.forms.flat import ORDINAL, cells_after, common_cells, layout_of
from pipelines.forms.foreign_columns import OTHER_YEAR, own_pieces
from pipelines.forms.labels import Mark, joined_marks, joint, parts_of
from pipelines.forms.model import NextMatch, compile_keys, loose
from pipelines.forms.paper import Paper
from pipelines.forms.pieces import Piece, cut
from pipelines.forms.request_rows import Observed
from pipelines.reading.normal import has_cjk

_MIN_ROW = 5
"""Figures an unlabelled line must have to be taken for a row of the table."""

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
_TOTAL = re.compile(f"{loose('总计')}|{loose('合计')}")
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
        form.ORDER[parts_of(s.labels[-1][0])[0]]
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
    ranks = [form.ORDER[parts_of(row)[0]] for s in stretches for row, _ in s.labels]
    # Labels and rows that alternate belong together. Where two labels meet, a row lost its figures
    # or its label strayed: then only the form's own order of labels shows that nothing else moved.
    single = all(len(s.labels) <= 1 and len(s.runs) == 1 for s in stretches)
    alternating = single or ranks == sorted(ranks)
    if OTHER_YEAR.search(header):
        beside, shown = True, _own_year(header, stretches)
        for stretch in stretches:  # figures whose place in their row is not shown are either year's
            stretch.runs = [[]] if stretch.labels else []
    else:
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


_APPLICANTS = re.compile(loose("申请人情况"))


def _own_year(header: str, stretches: Sequence[_Stretch]) -> list[list[Piece] | None]:
    """Return the cells of the report's own year, where header and rows show which they are.

    The header names the other year once, over a table of its own or over a total alone, in front
    of 申请人情况 or behind it, and the rows have as many cells as that makes.
    """
    width = len(form.COLUMNS)
    nothing: list[list[Piece] | None] = [None] * len(stretches)
    marks = list(OTHER_YEAR.finditer(header))
    tables = [m.start() for m in _APPLICANTS.finditer(header)]
    if len(marks) != 1 or len(tables) not in {1, 2}:
        return nothing
    at = marks[0].start()
    whole = len(tables) == 2
    other = min((t for t in tables if t > at), default=-1) if whole else at
    own = next((t for t in tables if t != other), -1)
    alone = _TOTAL.match(header, _behind_year(header, marks[0].end()))
    if own < 0 or other < 0 or whole == bool(alone):
        return nothing
    beside = width if whole else 1
    shown = common_cells([s.cells for s in stretches], width + beside)
    start = beside if other < own else 0
    return [cells and cells[start : start + width] for cells in shown]


def _behind_year(header: str, at: int) -> int:
    while at < len(header) and (header[at].isspace() or header[at] in "|度"):
        at += 1
    return at


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
    marks = [(m.start(), m.end(), str(m.lastgroup)) for m in _HEADER_KEYS.finditer(named)]
    names = [name for _, _, name in marks]
    marks += [(m.start(), m.end(), "total") for m in _TOTAL.finditer(named)]
    shared = [n for _, _, m in joined_marks(named, sorted(marks)) if len(n := parts_of(m)) > 1]
    if "natural" not in names and len(set(names)) >= 4 and not _CORNER.search(header):
        names.insert(0, "natural")  # the header was cut off in front of it
    if len(names) != len(set(names)) and not OTHER_YEAR.search(header):
        return form.COLUMN_IDS, False  # a column is printed twice
    rest = iter(names)
    seen = [c for c in form.APPLICANTS if c in names]
    if not all(c in rest for c in seen):  # another order than the form's own: it must be whole
        if len(names) != len(set(names)) or len(names) < len(form.APPLICANTS):
            return form.COLUMN_IDS, False
        seen = names
    above = _ORGANISATIONS.search(header)
    if above and names and above.start() < header.find("自然人") < header.find("商业企"):
        return form.COLUMN_IDS, False  # it stands behind the columns whose labels are a line below
    if len(seen) < len(form.APPLICANTS) - 1:
        return form.COLUMN_IDS, False
    first, total = _NATURAL.search(named), _TOTAL.search(named)
    order = (*seen, "total")
    if first and total and total.start() < first.start():
        order = ("total", *seen)
    placed, read = _with_joints(order, shared)
    return placed, read and total is not None  # without 总计 the last figure may be another's


def _with_joints(
    order: tuple[str, ...], shared: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], bool]:
    """Put those that one label names together in one place, if they are neighbours there."""
    for parts in shared:
        at = [i for i, c in enumerate(order) if c in parts]
        if len(at) != len(parts) or at[-1] - at[0] != len(at) - 1:
            return form.COLUMN_IDS, False
        order = (*order[: at[0]], joint(order[i] for i in at), *order[at[-1] + 1 :])
    return order, True


def _stretches(text: str) -> list[_Stretch]:
    """Cut the rows of a flattened table into labels and the figures that follow them."""
    marks: list[Mark] = []
    for m in _ROW_KEYS.finditer(text):
        start, row = m.start(), str(m.lastgroup)
        # A label that holds two of its keys, 三安全 and 一稳定, ends behind the second.
        if marks and marks[-1][2] == row and not _figures_between(text, marks[-1][1], start):
            start = marks.pop()[0]
        marks.append((start, m.end(), row))
    joined = joined_marks(text, marks, rows=True)
    marks = [(start, _behind(text, end), row) for start, end, row in joined]
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
_NEXT_LABEL = re.compile(r"[(]?\d\s*[.、．)]\s*[\u3400-\u9fff“”\"]{0,12}\s*\Z")
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

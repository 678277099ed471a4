"""Tables without ruling lines: rows by their figures, columns by what stands above what.

Only the text shows where a cell ends here, so a table is taken for one only if everything on it
falls into place: each row of figures beside one label, each figure in a column of its own. What
does not is left as lines of text, which the readers of forms know how to doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipelines.documents.blocks import Cell
from pipelines.documents.glyphs import mended
from pipelines.documents.paged.lines import MARGIN, PAGE_NUMBER
from pipelines.documents.paged.page import Glyph, PageContent
from pipelines.documents.paged.tables import Box, Piece, unbroken

_LEAST_FIGURES = 5
"""Figures on one line that make it a row; of fewer columns the lines of text say as much."""
_WORD_GAP = 0.9
"""Characters' widths; a wider gap parts two cells. Word leaves 10.8 points between full cells."""
_FIGURE_GAP = 0.45
"""The same between two figures, inside which there is no gap at all."""
_LEVEL = 0.4
"""Share of a character's height by which the middles of two things on one line may differ."""
_FLUSH = 0.6
"""The same for the left sides, or the middles, of the lines of one cell."""
_SAME_SIDE = 0.5
"""Points."""
_LEADING = 1.25
"""Lines further apart than this many times the least distance are of two cells."""
_USUAL_LEADING = 1.7
"""Characters' heights between two lines of one cell, where a table has no cell to measure."""
_HEADER_REACH = 4.0
"""Characters' heights that may lie between two lines of a header."""
_LARGE = 1.3
"""A heading is set so much larger than the table below it."""
_MANY_LINES = 4000
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?|[-—–/]{1,3}")
_OPENS = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?、|第[一二三四五六七八九十]+部分")
_SENTENCE = re.compile(r"[。；!！?？]")

_Level = Callable[["_Part"], bool]
Mode = Literal["first", "middle", "last"]
"""Which line of a label its figures stand beside."""


@dataclass(slots=True)
class _Part:
    """A stretch of a line without a gap: a cell's text, or a line of it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def em(self) -> float:
        return self.bottom - self.top

    @property
    def is_figure(self) -> bool:
        return _FIGURE.fullmatch(self.text) is not None


@dataclass(slots=True)
class _Label:
    """The lines of one label cell, top to bottom."""

    lines: list[_Part]

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.lines)

    @property
    def x0(self) -> float:
        return min(part.x0 for part in self.lines)

    @property
    def x1(self) -> float:
        return max(part.x1 for part in self.lines)

    def y(self, mode: Mode) -> float:
        if mode == "middle":
            return (self.lines[0].top + self.lines[-1].bottom) / 2
        return self.lines[0 if mode == "first" else -1].y


@dataclass(slots=True)
class _Row:
    y: float
    em: float
    figures: list[_Part]


@dataclass(slots=True)
class _Matrix:
    """Rows of figures below each other, the words left of them and the lines above them."""

    rows: list[_Row]
    labels: list[_Part]
    header: list[_Part]

    @property
    def em(self) -> float:
        sizes = sorted([row.em for row in self.rows] or [part.em for part in self.header])
        return sizes[len(sizes) // 2]


def unruled_pieces(
    pages: Sequence[PageContent], taken: Sequence[Sequence[Box]]
) -> list[list[Piece]]:
    """Return for each page its tables outside the ruled ones (``taken``), top to bottom."""
    out: list[list[Piece]] = [[] for _ in pages]
    read = [
        # A recognised table without lines proves nothing by its places.
        [] if page.is_picture else list(_lines(page, boxes))
        for page, boxes in zip(pages, taken, strict=True)
    ]
    for run in _runs(_bodies(pages, read)):
        pieces = _laid_out([matrix for _, matrix in run])
        for (n, _), piece in zip(run, pieces, strict=False):  # none where it does not add up
            out[n].append(replace(piece, page=pages[n].number))
    return out


_Lines = list[list[_Part]]
_Run = list[tuple[int, _Matrix]]
"""A table: which of the pages each of its parts stands on, and the part."""


def _bodies(pages: Sequence[PageContent], read: Sequence[_Lines]) -> list[_Lines]:
    """Return the lines of each page without running heads and page numbers."""
    ends = Counter(text for lines in read for text in {_text(x) for x in (*lines[:1], *lines[-1:])})
    often = {text for text, count in ends.items() if count >= 3 and count * 3 > len(read) * 2}
    out = []
    for page, lines in zip(pages, read, strict=True):
        body = list(lines)
        if len(body) > 1 and (_text(body[0]) in often or _is_number(body[0], body[1], page)):
            del body[0]
        if len(body) > 1 and (_text(body[-1]) in often or _is_number(body[-1], body[-2], page)):
            del body[-1]
        out.append(body)
    return out


def _is_number(line: list[_Part], near: list[_Part], page: PageContent) -> bool:
    """Tell whether a line is the page's number: in the margin, and clear of the line next to it.

    What stands close below a row may be the rest of a figure that its cell has broken.
    """
    (part, *others), other = line, near[0]
    in_margin = part.bottom < MARGIN * page.height or part.top > (1 - MARGIN) * page.height
    gap = max(part.top, other.top) - min(part.bottom, other.bottom)
    return in_margin and not others and gap > part.em and bool(PAGE_NUMBER.match(part.text))


def _text(line: list[_Part]) -> str:
    return "\t".join(part.text for part in line)


def _runs(pages: Sequence[_Lines]) -> list[_Run]:
    """Return the tables of all pages, their continuations and headers cut off joined to them."""
    runs: list[_Run] = []
    rest: _Lines = []
    for n, lines in enumerate(pages):
        end = 0
        for matrix, first, after in _matrices(lines):
            end = after
            last = runs[-1][-1] if runs else None
            if first == 0 and last and last[0] == n - 1 and not rest and _goes_on(last[1], matrix):
                runs[-1].append((n, matrix))
            elif first == 0 and (head := _cut_header(rest, matrix)):
                runs.append([(n - 1, head), (n, matrix)])
            else:
                runs.append([(n, matrix)])
        rest = lines[end:]
    return runs


def _cut_header(lines: _Lines, matrix: _Matrix) -> _Matrix | None:
    """Return the lines at the foot of a page that are the header of the table on the next."""
    if matrix.labels or not lines:
        return None
    header: _Lines = []
    for line in reversed(lines):
        top = min((part.top for part in header[0]), default=0.0) if header else None
        reach = _HEADER_REACH * line[0].em
        if any(_is_outside(part, 0.0, labelled=False) for part in line) or (
            top is not None and top - line[0].bottom > reach
        ):
            break
        header.insert(0, line)
    if not any(len(line) > 1 for line in header):
        return None
    return _Matrix([], [], [part for line in header for part in line])


def _lines(page: PageContent, boxes: Sequence[Box]) -> Iterator[list[_Part]]:
    """Yield the lines of a page outside of ``boxes``, each cut at its gaps."""
    glyphs = [g for g in page.glyphs if g["text"].strip() and g["upright"] and not _in(g, boxes)]
    glyphs.sort(key=_middle)
    line: list[Glyph] = []
    level = 0.0
    for found in glyphs:
        if line and _middle(found) - level > _LEVEL * max(found["bottom"] - found["top"], 4.0):
            yield list(_parts(line))
            line = []
        if not line:
            level = _middle(found)
        line.append(found)
    if line:
        yield list(_parts(line))


def _middle(found: Glyph) -> float:
    return float(found["top"] + found["bottom"]) / 2


def _in(found: Glyph, boxes: Sequence[Box]) -> bool:
    x, y = (found["x0"] + found["x1"]) / 2, _middle(found)
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _parts(line: list[Glyph]) -> Iterator[_Part]:
    line.sort(key=lambda g: g["x0"])
    run = [line[0]]
    for before, after in pairwise(line):
        gap = after["x0"] - before["x1"]
        size = max(before["bottom"] - before["top"], after["bottom"] - after["top"])
        digits = before["text"][-1:].isdigit() and after["text"][:1].isdigit()
        if gap > (_FIGURE_GAP if digits else _WORD_GAP) * size:
            yield _part(run)
            run = []
        run.append(after)
    yield _part(run)


def _part(run: list[Glyph]) -> _Part:
    return _Part(
        text=mended("".join(g["text"] for g in run)).strip(),
        x0=min(g["x0"] for g in run),
        x1=max(g["x1"] for g in run),
        top=min(g["top"] for g in run),
        bottom=max(g["bottom"] for g in run),
    )


# -- which lines are a table ---------------------------------------------------------------------


def _matrices(lines: _Lines) -> Iterator[tuple[_Matrix, int, int]]:
    """Yield the tables among the lines of a page, with their first line and the one after them."""
    if len(lines) > _MANY_LINES:
        return
    at = free = 0
    while at < len(lines):
        if not _is_row(lines[at]):
            at += 1
            continue
        left = _first_figure(lines[at]).x0
        end = at + 1 + _more_rows(lines[at], lines[at + 1 :], left)
        first = at - _more_rows(lines[at], lines[free:at][::-1], left)
        end += _label_lines(lines[first:end], lines[end:], left)
        above, rows = lines[free:first], lines[first:end]
        at = free = end
        if found := _gathered(above, rows, left):
            matrix, height = found
            yield matrix, first - height, end


def _more_rows(row: list[_Part], lines: _Lines, left: float) -> int:
    """Return how many of the next lines, up or down, are rows of figures and lines of labels."""
    count = 0
    last = row
    for n, line in enumerate(lines, 1):
        figures = [part for part in line if part.is_figure]
        beside = [part for part in line if not part.is_figure]
        if _is_apart(line, last) or any(part.x1 > left for part in beside):
            break
        if any(part.x0 < left - part.em for part in figures):
            break
        if figures:
            count = n
        last = line
    return count


def _label_lines(rows: _Lines, lines: _Lines, left: float) -> int:
    """Return how many of the lines below the last row are of its label, or of rows left blank."""
    count = 0
    last = rows[-1]
    for line in lines:
        if _is_apart(line, last) or any(p.x1 > left or _is_prose(p) for p in line):
            break
        count += 1
        last = line
    return count


def _is_apart(line: list[_Part], other: list[_Part]) -> bool:
    """Tell whether a line is too far from another, or set too large, to be of the same table."""
    em = other[0].em
    gap = max(line[0].top, other[0].top) - min(line[0].bottom, other[0].bottom)
    return gap > _HEADER_REACH * em or line[0].em > _LARGE * em


def _is_row(line: Sequence[_Part]) -> bool:
    figures = [part.is_figure for part in line]
    count = sum(figures)
    return count >= _LEAST_FIGURES and all(figures[-count:])


def _first_figure(line: Sequence[_Part]) -> _Part:
    return next(part for part in line if part.is_figure)


def _gathered(above: _Lines, lines: _Lines, left: float) -> tuple[_Matrix, int] | None:
    """Return a table with its header, the lines above it up to a heading, and how many they are."""
    rows: list[_Row] = []
    for line in lines:
        figures = [part for part in line if part.is_figure]
        if rows and len(figures) == len(line) and _is_rest(figures, rows[-1]):
            _take_rest(figures, rows[-1])
        elif figures:
            rows.append(_Row(figures[0].y, figures[0].em, figures))
    labels = [part for line in lines for part in line if not part.is_figure]
    labelled = bool(labels)
    header: list[list[_Part]] = []
    top = min(part.top for line in lines for part in line)
    em = rows[0].em
    for line in reversed(above):
        if top - max(part.bottom for part in line) > _HEADER_REACH * em:
            break
        if any(_is_outside(part, left, labelled=labelled) for part in line) or _is_row(line):
            break
        header.insert(0, line)
        top = min(part.top for part in line)
    # What stands only left of the figures is of the header if a line above it goes over them;
    # else it is the head of the first label, or text before the table.
    while header and labelled and all(part.x1 <= left for part in header[0]):
        del header[0]
    own = [part for line in header for part in line]
    lowest = max((part.bottom for part in own if part.x1 > left or not labelled), default=0.0)
    if any(part.is_figure for part in own):
        return None
    first_label = [part for part in own if part.top >= lowest and labelled]
    kept = [part for part in own if part not in first_label]
    if not header and labelled:
        first_label = [
            part
            for line in above
            for part in line
            if top - part.bottom <= _USUAL_LEADING * em and part.x1 <= left
        ]
    taken = len([line for line in above if any(p in first_label or p in kept for p in line)])
    return _Matrix(rows, [*first_label, *labels], kept), taken


def _is_rest(figures: Sequence[_Part], row: _Row) -> bool:
    """Tell whether figures without a label only end those above them, broken by narrow cells."""
    return len(figures) < len(row.figures) and all(
        (above := _above(row, figure)) is not None
        and figure.y - above.bottom <= (_USUAL_LEADING - 0.5) * row.em
        and above.text[-1:].isdigit()
        and figure.text.isdigit()
        for figure in figures
    )


def _above(row: _Row, figure: _Part) -> _Part | None:
    return next((f for f in row.figures if f.x0 < figure.x1 and figure.x0 < f.x1), None)


def _take_rest(figures: Sequence[_Part], row: _Row) -> None:
    """Put the rests of figures to those above them: as one figure if it found no room there."""
    for figure in figures:
        above = _above(row, figure)
        assert above is not None  # ``_is_rest`` was asked before
        whole = f"{above.text}\n{figure.text}"
        digit = (figure.x1 - figure.x0) / len(figure.text)
        text = unbroken(whole, digit, _room(row, above, figure))
        at = row.figures.index(above)
        x0, x1 = min(above.x0, figure.x0), max(above.x1, figure.x1)
        row.figures[at] = _Part(text, x0, x1, above.top, figure.bottom)


def _room(row: _Row, above: _Part, below: _Part) -> float:
    """Return how wide the cell of a broken figure is: as far as to the next figure set like it."""
    sides: tuple[Callable[[_Part], float], ...] = (
        lambda part: part.x0,
        lambda part: (part.x0 + part.x1) / 2,
        lambda part: part.x1,
    )
    flush = [side for side in sides if abs(side(above) - side(below)) < _SAME_SIDE]
    return max(
        min(abs(side(other) - side(above)) for other in row.figures if other is not above)
        for side in flush or sides
    )


def _is_outside(part: _Part, left: float, *, labelled: bool) -> bool:
    """Tell whether a part of a line above a table is a heading or prose."""
    crosses = labelled and part.x0 < left - 2 * part.em and part.x1 > left + part.em
    return crosses or _is_prose(part)


def _is_prose(part: _Part) -> bool:
    return bool(_OPENS.match(part.text) or _SENTENCE.search(part.text))


def _goes_on(first: _Matrix, following: _Matrix) -> bool:
    """Tell whether a table at the head of a page goes on with the last one of the page before."""
    if following.header:
        return False
    return _columns([*first.rows, *following.rows]) is not None


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]] | None:
    """Return from where to where each column's figures reach; None where two share a column."""
    out: list[tuple[float, float]] = []
    for x0, x1 in sorted((f.x0, f.x1) for row in rows for f in row.figures):
        if out and x0 < out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], x1)
        else:
            out.append((x0, x1))
    for row in rows:
        found = [_column_of(out, figure) for figure in row.figures]
        if len(set(found)) != len(found):
            return None
    return out


def _column_of(columns: Sequence[tuple[float, float]], part: _Part) -> int:
    middle = (part.x0 + part.x1) / 2
    return min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))


# -- where everything stands ---------------------------------------------------------------------


_Layout = list[tuple[list[_Label], list[_Part]]]
"""Each row's labels, left to right, and its figures."""


def _laid_out(matrices: Sequence[_Matrix]) -> list[Piece]:
    """Return the pieces of a table and its continuations; none where anything has no place."""
    rows = [row for matrix in matrices for row in matrix.rows]
    columns = _columns(rows)
    if columns is None:
        return []
    headed = _headed(columns, matrices[0])
    if headed is None and max(len(row.figures) for row in rows) < len(columns):
        return []  # neither a row nor the header says that these are the columns
    columns = headed or columns
    layouts = _agreed(matrices)
    if layouts is None:
        return []
    depth = max(len(labels) for layout in layouts for labels, _ in layout)
    labels = [part for matrix in matrices for part in matrix.labels]
    left = min((part.x0 for part in labels), default=columns[0][0])
    right = max((part.x1 for part in labels), default=columns[0][0])
    if labels and right > columns[0][0]:
        return []
    # Where one column of labels ends is not seen, only that there are so many.
    edges = [left + (right - left) * n / max(depth, 1) for n in range(depth)]
    edges += [(right + columns[0][0]) / 2 if depth else columns[0][0] - matrices[0].em]
    edges += [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    edges.append(columns[-1][1] + matrices[0].em)
    return [
        _piece(matrix, layout, columns, edges, depth)
        for matrix, layout in zip(matrices, layouts, strict=True)
    ]


def _headed(
    columns: Sequence[tuple[float, float]], matrix: _Matrix
) -> list[tuple[float, float]] | None:
    """Return the columns with those that hold no figure, if every other has one label over it."""
    labels = _stacked(matrix.header, matrix.em, lambda _: False)
    right = max((part.x1 for part in matrix.labels), default=float("-inf"))
    lowest = [
        (label.x0, label.x1)
        for label in labels
        if label.x0 > right
        and not any(
            other.x0 < label.x1 and label.x0 < other.x1 and other.y("first") > label.y("last")
            for other in labels
        )
    ]
    over = [[x for x in lowest if x[0] < b and a < x[1]] for a, b in columns]
    if any(len(found) != 1 for found in over) or len({x for (x,) in over}) < len(columns):
        return None
    blank = [x for x in lowest if [x] not in over]
    out = sorted([*columns, *blank])
    return out if all(a[1] <= b[0] for a, b in pairwise(out)) else None


def _agreed(matrices: Sequence[_Matrix]) -> list[_Layout] | None:
    """Return the layouts in the one way of setting labels that fits all pages of a table."""
    if not any(matrix.labels for matrix in matrices):
        return [[([], row.figures) for row in matrix.rows] for matrix in matrices]
    modes: tuple[Mode, ...] = ("first", "middle", "last")
    for mode in modes:
        layouts = [_layout(matrix, mode) for matrix in matrices]
        whole = [layout for layout in layouts if layout is not None]
        if len(whole) == len(matrices):
            return whole
    return None


def _layout(matrix: _Matrix, mode: Mode) -> _Layout | None:
    near = _LEVEL * matrix.em
    found = _joined(matrix, mode) if matrix.labels else []
    labels: list[list[_Label]] = [[] for _ in matrix.rows]
    rest: list[_Label] = []
    for label in found:
        at = _nearest(matrix.rows, label.y(mode))
        (labels[at] if abs(matrix.rows[at].y - label.y(mode)) <= near else rest).append(label)
    if not all(labels):  # figures that nothing names
        return None
    leaves = [max(row, key=lambda one: one.x0) for row in labels]
    blank: list[_Label] = []
    for label in rest:
        at = _nearest(matrix.rows, label.y("middle"))
        if label.x1 <= leaves[at].x0:  # over several rows, beside the one in the middle
            labels[at].append(label)
        elif _is_blank_row(label, matrix, leaves):
            blank.append(label)
        else:
            return None
    rows = [
        *((row.y, found, row.figures) for row, found in zip(matrix.rows, labels, strict=True)),
        *((label.y(mode), [label], []) for label in blank),
    ]
    rows.sort(key=lambda row: row[0])
    return [(sorted(found, key=lambda one: one.x0), figures) for _, found, figures in rows]


def _is_blank_row(label: _Label, matrix: _Matrix, leaves: Sequence[_Label]) -> bool:
    """Tell whether a label has no figures: a row left blank, or cut by the page's end."""
    top, bottom = label.lines[0].top, label.lines[-1].bottom
    if any(top < row.y < bottom for row in matrix.rows):
        return False
    at_end = bottom < matrix.rows[0].y or top > matrix.rows[-1].y
    return at_end or any(abs(leaf.x0 - label.x0) <= _FLUSH * matrix.em for leaf in leaves)


def _nearest(rows: Sequence[_Row], y: float) -> int:
    return min(range(len(rows)), key=lambda i: abs(rows[i].y - y))


def _joined(matrix: _Matrix, mode: Mode) -> list[_Label]:
    """Put the lines of each label together."""
    em = matrix.em

    def level(part: _Part) -> bool:
        return abs(matrix.rows[_nearest(matrix.rows, part.y)].y - part.y) <= _LEVEL * em

    return _stacked(matrix.labels, em, level, starts=mode == "first", ends=mode == "last")


def _stacked(
    parts: Sequence[_Part],
    em: float,
    level: _Level,
    *,
    starts: bool = False,
    ends: bool = False,
) -> list[_Label]:
    """Join lines that stand close below each other; of two beside figures of their own, never.

    ``starts``, ``ends``: a line beside figures begins, or ends, its label.
    """
    ordered = sorted(parts, key=lambda part: part.y)
    pairs = [
        (above, below)
        for n, below in enumerate(ordered)
        if (above := next((p for p in reversed(ordered[:n]) if _flush(p, below)), None))
        and not (level(above) and level(below))
    ]
    if not pairs:
        return [_Label([part]) for part in ordered]
    least = min(below.y - above.y for above, below in pairs)
    most = min(_LEADING * least, _USUAL_LEADING * em)
    joined = {id(below): above for above, below in pairs if below.y - above.y <= most}
    out: dict[int, _Label] = {}
    for part in ordered:
        before = joined.get(id(part))
        parted = before is None or (starts and level(part)) or (ends and level(before))
        label = _Label([part]) if parted or before is None else out[id(before)]
        if label.lines[-1] is not part:
            label.lines.append(part)
        out[id(part)] = label
    return list({id(label): label for label in out.values()}.values())


def _flush(above: _Part, below: _Part) -> bool:
    room = _FLUSH * below.em
    if above.y >= below.y - room:
        return False
    left, right = above.x0 - below.x0, above.x1 - below.x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= room


def _piece(
    matrix: _Matrix,
    layout: _Layout,
    columns: list[tuple[float, float]],
    edges: list[float],
    depth: int,
) -> Piece:
    cells = list(_header_cells(matrix, edges, depth))
    n = max((cell.row for cell in cells), default=-1) + 1
    full: set[tuple[int, int]] = set()
    widest = _widest([label for labels, _ in layout for label in labels])
    for labels, figures in layout:
        places = range(depth - len(labels), depth)
        texts = {place: label.text for place, label in zip(places, labels, strict=True)}
        full |= {
            (n, place)
            for place, label in zip(places, labels, strict=True)
            if label.lines[-1].x1 >= widest.get(round(label.x0), label.x1) - 1.5 * matrix.em
        }
        texts |= {depth + _column_of(columns, figure): figure.text for figure in figures}
        cells += [
            Cell(text=texts.get(col, ""), row=n, col=col) for col in range(depth + len(columns))
        ]
        n += 1
    parts = [*matrix.header, *matrix.labels, *(f for row in matrix.rows for f in row.figures)]
    box = (
        min(part.x0 for part in parts) - 1,
        min(part.top for part in parts) - 1,
        max(part.x1 for part in parts) + 1,
        max(part.bottom for part in parts) + 1,
    )
    return Piece(0, box[1], box[3], edges, cells, n, box, full=full)


def _widest(labels: Sequence[_Label]) -> dict[int, float]:
    """Return how far to the right labels that begin at the same place reach."""
    out: dict[int, float] = {}
    for label in labels:
        at = round(label.x0)
        out[at] = max(out.get(at, 0.0), label.x1)
    return out


def _header_cells(matrix: _Matrix, edges: list[float], depth: int) -> Iterator[Cell]:
    """Yield the header's cells: each over the columns that its words reach over."""
    found = _stacked(matrix.header, matrix.em, lambda _: False)
    tiers: list[float] = []
    for y in sorted(label.y("first") for label in found):
        if not tiers or y - tiers[-1] > _LEVEL * matrix.em:
            tiers.append(y)
    used: set[tuple[int, int]] = set()
    for label in sorted(found, key=lambda one: (one.y("first"), one.x0)):
        row = min(range(len(tiers)), key=lambda i: abs(tiers[i] - label.y("first")))
        over = [
            col
            for col in range(len(edges) - 1)
            if min(label.x1, edges[col + 1]) - max(label.x0, edges[col])
            > 0.5 * min(label.x1 - label.x0, matrix.em)
        ] or [min(range(len(edges) - 1), key=lambda i: abs(edges[i] - label.x0))]
        if over[0] < depth:
            over = list(range(max(depth, 1)))
        while any((row, col) in used for col in over):
            row += 1  # two labels over one column: below each other
        used |= {(row, col) for col in over}
        yield Cell(text=label.text, row=row, col=over[0], colspan=len(over))

"""Which lines of a page are a table: rows of figures, the words beside and above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.documents.paged.parts import Lines, Part
from pipelines.documents.paged.tables import unbroken

_LEAST_FIGURES = 5
"""Figures on one line that make it a row; of fewer columns the lines of text say as much."""
_SAME_SIDE = 0.5
"""Points."""
USUAL_LEADING = 1.7
"""Characters' heights between two lines of one cell, where a table has no cell to measure."""
_HEADER_REACH = 4.0
"""Characters' heights that may lie between two lines of a header."""
_LARGE = 1.3
"""A heading is set so much larger than the table below it."""
_MANY_LINES = 4000
_OPENS = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?、|第[一二三四五六七八九十]+部分")
_SENTENCE = re.compile(r"[。；!！?？]")


@dataclass(slots=True)
class FigureLine:
    """Figures on one line, those broken over lines made whole."""

    y: float
    em: float
    figures: list[Part]


@dataclass(slots=True)
class Matrix:
    """Rows of figures below each other, the words left of them and the lines above them."""

    rows: list[FigureLine]
    labels: list[Part]
    header: list[Part]

    @property
    def em(self) -> float:
        """Return the usual height of its characters."""
        sizes = sorted([row.em for row in self.rows] or [part.em for part in self.header])
        return sizes[len(sizes) // 2]


_Run = list[tuple[int, Matrix]]
"""A table: which of the pages each of its parts stands on, and the part."""


def tables_of(pages: Sequence[Lines]) -> list[_Run]:
    """Return the tables of all pages, their continuations and headers cut off joined to them."""
    runs: list[_Run] = []
    rest: Lines = []
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


def _cut_header(lines: Lines, matrix: Matrix) -> Matrix | None:
    """Return the lines at the foot of a page that are the header of the table on the next."""
    if matrix.labels or not lines:
        return None
    header: Lines = []
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
    return Matrix([], [], [part for line in header for part in line])


def _matrices(lines: Lines) -> Iterator[tuple[Matrix, int, int]]:
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


def _more_rows(row: list[Part], lines: Lines, left: float) -> int:
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


def _label_lines(rows: Lines, lines: Lines, left: float) -> int:
    """Return how many of the lines below the last row are of its label, or of rows left blank."""
    count = 0
    last = rows[-1]
    for line in lines:
        if _is_apart(line, last) or any(p.x1 > left or _is_prose(p) for p in line):
            break
        count += 1
        last = line
    return count


def _is_apart(line: list[Part], other: list[Part]) -> bool:
    """Tell whether a line is too far from another, or set too large, to be of the same table."""
    em = other[0].em
    gap = max(line[0].top, other[0].top) - min(line[0].bottom, other[0].bottom)
    return gap > _HEADER_REACH * em or line[0].em > _LARGE * em


def _is_row(line: Sequence[Part]) -> bool:
    figures = [part.is_figure for part in line]
    count = sum(figures)
    return count >= _LEAST_FIGURES and all(figures[-count:])


def _first_figure(line: Sequence[Part]) -> Part:
    return next(part for part in line if part.is_figure)


def _gathered(above: Lines, lines: Lines, left: float) -> tuple[Matrix, int] | None:
    """Return a table with its header, the lines above it up to a heading, and how many they are."""
    rows: list[FigureLine] = []
    for line in lines:
        figures = [part for part in line if part.is_figure]
        if rows and len(figures) == len(line) and _is_rest(figures, rows[-1]):
            _take_rest(figures, rows[-1])
        elif figures:
            rows.append(FigureLine(figures[0].y, figures[0].em, figures))
    labels = [part for line in lines for part in line if not part.is_figure]
    labelled = bool(labels)
    header: list[list[Part]] = []
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
            if top - part.bottom <= USUAL_LEADING * em and part.x1 <= left
        ]
    taken = len([line for line in above if any(p in first_label or p in kept for p in line)])
    return Matrix(rows, [*first_label, *labels], kept), taken


def _is_rest(figures: Sequence[Part], row: FigureLine) -> bool:
    """Tell whether figures without a label only end those above them, broken by narrow cells."""
    return len(figures) < len(row.figures) and all(
        (above := _above(row, figure)) is not None
        and figure.y - above.bottom <= (USUAL_LEADING - 0.5) * row.em
        and above.text[-1:].isdigit()
        and figure.text.isdigit()
        for figure in figures
    )


def _above(row: FigureLine, figure: Part) -> Part | None:
    return next((f for f in row.figures if f.x0 < figure.x1 and figure.x0 < f.x1), None)


def _take_rest(figures: Sequence[Part], row: FigureLine) -> None:
    """Put the rests of figures to those above them: as one figure if it found no room there."""
    for figure in figures:
        above = _above(row, figure)
        assert above is not None  # ``_is_rest`` was asked before
        whole = f"{above.text}\n{figure.text}"
        digit = (figure.x1 - figure.x0) / len(figure.text)
        text = unbroken(whole, digit, _room(row, above, figure))
        at = row.figures.index(above)
        x0, x1 = min(above.x0, figure.x0), max(above.x1, figure.x1)
        row.figures[at] = Part(text, x0, x1, above.top, figure.bottom)


def _room(row: FigureLine, above: Part, below: Part) -> float:
    """Return how wide the cell of a broken figure is: as far as to the next figure set like it."""
    sides: tuple[Callable[[Part], float], ...] = (
        lambda part: part.x0,
        lambda part: (part.x0 + part.x1) / 2,
        lambda part: part.x1,
    )
    flush = [side for side in sides if abs(side(above) - side(below)) < _SAME_SIDE]
    return max(
        min(abs(side(other) - side(above)) for other in row.figures if other is not above)
        for side in flush or sides
    )


def _is_outside(part: Part, left: float, *, labelled: bool) -> bool:
    """Tell whether a part of a line above a table is a heading or prose."""
    crosses = labelled and part.x0 < left - 2 * part.em and part.x1 > left + part.em
    return crosses or _is_prose(part)


def _is_prose(part: Part) -> bool:
    return bool(_OPENS.match(part.text) or _SENTENCE.search(part.text))


def _goes_on(first: Matrix, following: Matrix) -> bool:
    """Tell whether a table at the head of a page goes on with the last one of the page before."""
    if following.header:
        return False
    return columns_of([*first.rows, *following.rows]) is not None


def columns_of(rows: Sequence[FigureLine]) -> list[tuple[float, float]] | None:
    """Return from where to where each column's figures reach; None where two share a column."""
    out: list[tuple[float, float]] = []
    for x0, x1 in sorted((f.x0, f.x1) for row in rows for f in row.figures):
        if out and x0 < out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], x1)
        else:
            out.append((x0, x1))
    for row in rows:
        found = [column_of(out, figure) for figure in row.figures]
        if len(set(found)) != len(found):
            return None
    return out


def column_of(columns: Sequence[tuple[float, float]], part: Part) -> int:
    """Return the column whose middle is nearest to a part's."""
    middle = (part.x0 + part.x1) / 2
    return min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))

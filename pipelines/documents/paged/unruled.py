"""Tables without ruling lines: rows by their figures, columns by what stands above what.

Only the text shows where a cell ends here, so a table is taken for one only if everything on it
falls into place: each row of figures beside one label, each figure in a column of its own. What
does not is left as lines of text, which the readers of forms know how to doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipelines.documents.blocks import Cell
from pipelines.documents.paged.matrices import (
    USUAL_LEADING,
    FigureLine,
    Matrix,
    column_of,
    columns_of,
    tables_of,
)
from pipelines.documents.paged.page import Box, PageContent
from pipelines.documents.paged.parts import LEVEL, Part, bodies, lines_of
from pipelines.documents.paged.tables import Piece

_FLUSH = 0.6
"""The same for the left sides, or the middles, of the lines of one cell."""
_LEADING = 1.25
"""Lines further apart than this many times the least distance are of two cells."""
_Level = Callable[["Part"], bool]
Mode = Literal["first", "middle", "last"]
"""Which line of a label its figures stand beside."""


@dataclass(slots=True)
class _Label:
    """The lines of one label cell, top to bottom."""

    lines: list[Part]

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


def unruled_pieces(
    pages: Sequence[PageContent], taken: Sequence[Sequence[Box]]
) -> list[list[Piece]]:
    """Return for each page its tables outside the ruled ones (``taken``), top to bottom."""
    out: list[list[Piece]] = [[] for _ in pages]
    read = [
        # A recognised table without lines proves nothing by its places.
        [] if page.is_picture else list(lines_of(page, boxes))
        for page, boxes in zip(pages, taken, strict=True)
    ]
    for run in tables_of(bodies(pages, read)):
        pieces = _laid_out([matrix for _, matrix in run])
        for (n, _), piece in zip(run, pieces, strict=False):  # none where it does not add up
            out[n].append(replace(piece, page=pages[n].number))
    return out


_Layout = list[tuple[list[_Label], list[Part]]]
"""Each row's labels, left to right, and its figures."""


def _laid_out(matrices: Sequence[Matrix]) -> list[Piece]:
    """Return the pieces of a table and its continuations; none where anything has no place."""
    rows = [row for matrix in matrices for row in matrix.rows]
    columns = columns_of(rows)
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
    columns: Sequence[tuple[float, float]], matrix: Matrix
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


def _agreed(matrices: Sequence[Matrix]) -> list[_Layout] | None:
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


def _layout(matrix: Matrix, mode: Mode) -> _Layout | None:
    near = LEVEL * matrix.em
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


def _is_blank_row(label: _Label, matrix: Matrix, leaves: Sequence[_Label]) -> bool:
    """Tell whether a label has no figures: a row left blank, or cut by the page's end."""
    top, bottom = label.lines[0].top, label.lines[-1].bottom
    if any(top < row.y < bottom for row in matrix.rows):
        return False
    at_end = bottom < matrix.rows[0].y or top > matrix.rows[-1].y
    return at_end or any(abs(leaf.x0 - label.x0) <= _FLUSH * matrix.em for leaf in leaves)


def _nearest(rows: Sequence[FigureLine], y: float) -> int:
    return min(range(len(rows)), key=lambda i: abs(rows[i].y - y))


def _joined(matrix: Matrix, mode: Mode) -> list[_Label]:
    """Put the lines of each label together."""
    em = matrix.em

    def level(part: Part) -> bool:
        return abs(matrix.rows[_nearest(matrix.rows, part.y)].y - part.y) <= LEVEL * em

    return _stacked(matrix.labels, em, level, starts=mode == "first", ends=mode == "last")


def _stacked(
    parts: Sequence[Part],
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
    most = min(_LEADING * least, USUAL_LEADING * em)
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


def _flush(above: Part, below: Part) -> bool:
    room = _FLUSH * below.em
    if above.y >= below.y - room:
        return False
    left, right = above.x0 - below.x0, above.x1 - below.x1
    return min(abs(left), abs(right), abs(left + right) / 2) <= room


def _piece(
    matrix: Matrix,
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
        texts |= {depth + column_of(columns, figure): figure.text for figure in figures}
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


def _header_cells(matrix: Matrix, edges: list[float], depth: int) -> Iterator[Cell]:
    """Yield the header's cells: each over the columns that its words reach over."""
    found = _stacked(matrix.header, matrix.em, lambda _: False)
    tiers: list[float] = []
    for y in sorted(label.y("first") for label in found):
        if not tiers or y - tiers[-1] > LEVEL * matrix.em:
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

"""One shape for the grids of a report, however its tables were drawn.

Readers of forms look a figure up by the label left of it and the label above it. Spacer columns,
tables that lie on their side, halves beside or below each other and figures that share a cell are
brought into that shape here, and only where nothing was lost: what is not whole is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.documents.blocks import Cell, Grid
from pipelines.forms import disclosure
from pipelines.forms import requests as form
from pipelines.forms.labels import Names, parts_of
from pipelines.reading.normal import normal_label, read_number

_ROWS = Names(form.ALL_ROWS)
_BLOCK_ROWS = Names(tuple({r.id: r for b in disclosure.BLOCKS for r in b.rows}.values()))
_COLUMNS = Names(form.COLUMNS)
_LEAST_ROWS = 3
_LEAST_NAMES = 5
"""Columns of table three that the labels of rows, or two headers together, must name."""


def in_shape(grids: Iterable[Grid]) -> list[tuple[int, Grid]]:
    """Return the grids in the shape that readers know, each with the number of the one it was."""
    out: list[tuple[int, Grid]] = []
    before: tuple[int, set[int]] = (0, set())
    for number, grid in enumerate(grids):
        # Asked of every table, so by its words first: the first column and the first row of
        # table three are named once in one that is whole.
        texts = [cell.text for cell in grid.cells]
        words = _bare(grid.printed)
        spare = _spare(grid)
        if spare and not _has_header(grid):
            # Blank down to the page's end: where no label stands above, only the part before tells
            # whether it is a column.
            spare = spare & before[1] if before[0] == grid.n_cols else set()
        before = grid.n_cols, spare
        shaped = _without_columns(grid, spare) if spare else grid
        if _NATURAL in words:
            shaped = _upright(shaped)
        shaped = _cells_apart(shaped, [text for text in texts if len(text) >= _SHORTEST])
        applicants, received = (
            _rows_with(_NATURAL, shaped, words),
            _rows_with(_RECEIVED, shaped, words),
        )
        halves = _sides(shaped) if len(applicants) > 1 or len(received) > 1 else [shaped]
        if _INDICATOR.search(words):
            halves = [part for half in halves for part in _strips(half)]
        goes_on = len(set(received)) == 1 and not applicants and out
        if goes_on and (whole := _joined(out[-1][1], shaped)):
            out[-1] = out[-1][0], whole
        elif len(set(received)) == 2 and (whole := _from_stack(shaped, received)):
            out.append((number, whole))
        else:
            out += [(number, half) for half in halves]
    return out


def is_reshaped(grids: Sequence[Grid]) -> bool:
    """Whether a table three among grids lies on its side, or goes on in another one."""
    out = in_shape(grids)
    return len(out) < len(grids) or any(
        grids[number].n_rows == grid.n_cols != grid.n_rows for number, grid in out
    )


_NATURAL, _RECEIVED = "自然人", "新收"


def _rows_with(word: str, grid: Grid, words: str) -> list[int]:
    """Return the row of each cell in which a word stands; ``words`` are those of the grid.

    Of a word that stands there once nobody asks where.
    """
    times = words.count(word)
    if times < 2:
        return [0] * times
    return [cell.row for cell in grid.cells if word in _bare(cell.text)]


def _bare(text: str) -> str:
    """Return a text without the blanks that space the characters of short labels out."""
    return text.replace(" ", "").replace("\u3000", "")


def _rows_of(grid: Grid) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return rows


def _is_figure(text: str) -> bool:
    return read_number(text).kind in {"number", "na_mark", "split"}


def _is_words(text: str) -> bool:
    return read_number(text).kind == "text"


# -- columns that hold nothing --------------------------------------------------------------------


_HEADED = 3
"""Cells with words in one row above the first figure that make it a header."""


def _has_header(grid: Grid) -> bool:
    """Tell whether labels of columns stand above a grid's figures."""
    for row in _rows_of(grid):
        if any(_is_figure(cell.text) for cell in row):
            return False
        if sum(_is_words(cell.text) for cell in row) >= _HEADED:
            return True
    return False


def _spare(grid: Grid) -> set[int]:
    """Return the columns between others in which nothing stands that does not span a kept one."""
    single = {col for text, _, col, _, colspan in grid.cells if text and colspan == 1}
    if len(single) == grid.n_cols or not single:
        return set()
    wide = [(colspan, col) for text, _, col, _, colspan in grid.cells if text and colspan > 1]
    for colspan, col in sorted(wide):
        if single.isdisjoint(range(col, col + colspan)):
            single.add(col)
    spare = set(range(min(single), max(single))) - single
    return spare - {col for col in spare if _has_a_hole(grid, col)}


def _has_a_hole(grid: Grid, col: int) -> bool:
    """Tell whether a row has no cell at a column: one that was lost, perhaps its label."""
    covered = {
        row
        for cell in grid.cells
        if cell.col <= col < cell.col + cell.colspan
        for row in range(cell.row, cell.row + cell.rowspan)
    }
    return not covered.issuperset(cell.row for cell in grid.cells)


def _without_columns(grid: Grid, spare: set[int]) -> Grid:
    last = max(grid.n_cols, *(c.col + c.colspan for c in grid.cells))
    new = [c - sum(s < c for s in spare) for c in range(last + 1)]
    kept: list[Cell] = []
    sure: dict[tuple[int, int], float] = {}
    for cell in grid.cells:
        width = sum(c not in spare for c in range(cell.col, cell.col + cell.colspan))
        if width:
            kept.append(cell._replace(col=new[cell.col], colspan=width))
            if (cell.row, cell.col) in grid.confidence:
                sure[cell.row, new[cell.col]] = grid.confidence[cell.row, cell.col]
    return replace(grid, cells=tuple(kept), n_cols=new[grid.n_cols], confidence=sure)


# -- a table on its side --------------------------------------------------------------------------


def _upright(grid: Grid) -> Grid:
    """Turn a table three whose rows are applicants and whose columns are results.

    Each of its rows must be whole: in one that lost a cell the others moved along.
    """
    natural = next((c for c in grid.cells if _NATURAL in _bare(c.text)), None)
    if natural is None or not any(c.row == natural.row and _is_figure(c.text) for c in grid.cells):
        return grid
    rows = _rows_of(grid)
    names = [_name_in(row, _COLUMNS) for row in rows]
    applicants = [
        r for r, name in enumerate(names) if name and any(_is_figure(c.text) for c in rows[r])
    ]
    if len({names[r] for r in applicants}) < _LEAST_NAMES:
        return grid
    above = [c for row in rows[: applicants[0]] for c in row]
    results = {c.col for c in above if c.text and _ROWS.of(c.text) and c.colspan == 1}
    if len(results) <= len(form.COLUMNS):
        return grid
    first = min(results)
    for r in applicants:
        places = [c.col for c in rows[r] if c.col >= first]
        if places != list(range(first, grid.n_cols)) or any(c.rowspan > 1 for c in rows[r][-2:]):
            return grid
    turned = sorted(
        (Cell(c.text, c.col, c.row, c.colspan, c.rowspan) for c in grid.cells),
        key=lambda c: (c.row, c.col),
    )
    sure = {(col, row): score for (row, col), score in grid.confidence.items()}
    return replace(
        grid, cells=tuple(turned), n_rows=grid.n_cols, n_cols=grid.n_rows, confidence=sure
    )


def _name_in(row: Sequence[Cell], names: Names) -> str | None:
    """Return what the last words in front of a row's figures name, if it is one thing."""
    name: str | None = None
    for cell in row:
        if _is_figure(cell.text):
            break
        name = names.of(cell.text) or name
    return name if name and len(parts_of(name)) == 1 else None


# -- figures that share a cell --------------------------------------------------------------------


def _cells_apart(grid: Grid, texts: Sequence[str]) -> Grid:
    """Give each figure a cell of its own; ``texts`` are those of the grid with room for two."""
    in_label = together = False
    for text in texts:
        in_label = in_label or (text[-1].isdigit() and _WITH_FIGURE.fullmatch(text) is not None)
        together = together or (text[0] in _FIGURES_BEGIN and bool(_figures_in(text)))
    if in_label:
        grid = _figures_out_of_labels(grid)
    if together:
        grid = _figures_apart(grid)
    return grid


_WITH_FIGURE = re.compile(r"(.*\S)\s+['’]?(\d[\d,]*(?:\.\d+)?)", re.DOTALL)


def _figures_out_of_labels(grid: Grid) -> Grid:
    """Give the first figure of each row its own cell where it stands behind the label, in its cell.

    The row must lack just that one: a hole at its end, or a blank behind the label.
    """
    rows = _rows_of(grid)
    moved: dict[int, list[Cell]] = {}
    for r, row in enumerate(rows):
        if (out := _with_own_figure(row, grid)) is not None:
            moved[r] = out
    labelled = sum(any(_is_words(c.text) for c in row[:-1]) for row in rows)
    if not moved or (len(moved) < _LEAST_ROWS and len(moved) < labelled):
        return grid
    cells = [c for r, row in enumerate(rows) for c in moved.get(r, row)]
    return replace(grid, cells=tuple(cells))


def _with_own_figure(row: list[Cell], grid: Grid) -> list[Cell] | None:
    at = next((i for i in range(len(row) - 1, -1, -1) if _is_words(row[i].text)), None)
    if at is None or (found := _WITH_FIGURE.fullmatch(row[at].text)) is None:
        return None
    label, figure = found.groups()
    in_block = _BLOCK_ROWS.of(label) is not None
    if not in_block and not _ROWS.of(label):
        return None
    behind = row[at + 1 :]
    own = row[at]._replace(text=label)
    start = own.col + own.colspan
    if in_block and not behind and start < grid.n_cols:  # a row of table two with one figure
        return [*row[:at], own, Cell(figure, own.row, start, 1, grid.n_cols - start)]
    if any(c.rowspan > 1 for c in behind):
        return None
    new = Cell(figure, own.row, start)
    places = [p for c in behind for p in range(c.col, c.col + c.colspan)]
    if behind and not behind[0].text and places == list(range(start, grid.n_cols)):
        return [*row[:at], own, new._replace(colspan=behind[0].colspan), *behind[1:]]
    if places == list(range(start + 1, grid.n_cols)):
        return [*row[:at], own, new, *behind]
    if places == list(range(start, grid.n_cols - 1)):
        return [*row[:at], own, new, *(c._replace(col=c.col + 1) for c in behind)]
    return None


_APART = re.compile(r"[\s|、]+")
_LEAST_TOGETHER = 3
_SHORTEST = 2 * _LEAST_TOGETHER - 1
_FIGURES_BEGIN = frozenset("0123456789０１２３４５６７８９+-/—'’ \u3000")
_THOUSANDS = re.compile(r"\d{1,3}(?:\s\d{3})+")


def _figures_apart(grid: Grid) -> Grid:
    """Give the figures of a row that share one cell a cell each, as many as columns it spans.

    So also where the cell spans none and the row has the places behind it, all of them empty.
    """
    several = [c for c in grid.cells if len(c.text) >= _SHORTEST and c.text[0] in _FIGURES_BEGIN]
    apart: dict[tuple[int, int], list[Cell]] = {}
    for cell in several:
        if not (figures := _figures_in(cell.text)):
            continue
        ends = cell.col + len(figures) == grid.n_cols and not any(
            c.row == cell.row and c.col > cell.col for c in grid.cells
        )
        spans = len(figures) == cell.colspan and not _THOUSANDS.fullmatch(cell.text.strip())
        if spans or (ends and len(figures) >= len(form.COLUMNS) and cell.colspan == 1):
            apart[cell.row, cell.col] = [
                Cell(figure, cell.row, cell.col + i, cell.rowspan)
                for i, figure in enumerate(figures)
            ]
    if not apart:
        return grid
    cells = [own for c in grid.cells for own in apart.get((c.row, c.col), [c])]
    return replace(grid, cells=tuple(cells))


def _figures_in(text: str) -> list[str]:
    """Return the figures that stand in a text, apart; none where one or two do, or words."""
    figures = _APART.split(text.strip())
    together = len(figures) >= _LEAST_TOGETHER and all(map(_is_figure, figures))
    return figures if together else []


# -- halves ---------------------------------------------------------------------------------------


def _sides(grid: Grid) -> list[Grid]:
    """Cut a table three whose halves stand side by side, each with its labels, at the second's.

    Halves with the same rows are two parts of each row: then the second labels go.
    """
    rows = _rows_of(grid)
    seen = [(r, found) for r, row in enumerate(rows) if (found := _second_label(row))]
    if len(seen) < _LEAST_ROWS:
        return [grid]
    (start, count), *_ = Counter(start for _, (_, _, start, _) in seen).most_common(1)
    if count < len(seen):
        return [grid]
    if all(one == two for _, (one, two, _, _) in seen):
        ends = {end for _, (_, _, _, end) in seen}
        if len(ends) > 1 or any(
            c.text and start <= c.col < max(ends) <= c.col + c.colspan - 1 for c in grid.cells
        ):
            return [grid]
        return [_without_columns(grid, set(range(start, ends.pop())))]
    if any(one == two for _, (one, two, _, _) in seen):
        return [grid]
    left = [c._replace(colspan=min(c.colspan, start - c.col)) for c in grid.cells if c.col < start]
    right = [c._replace(col=c.col - start) for c in grid.cells if c.col >= start]
    return [
        replace(grid, cells=tuple(left), n_cols=start, confidence={}),
        replace(grid, cells=tuple(right), n_cols=grid.n_cols - start, confidence={}),
    ]


_INDICATOR = re.compile("(?:指标|项目|内容|事项)(?:名称)?")


def _strips(grid: Grid) -> list[Grid]:
    """Cut a list of indicators that goes on beside itself where its header is printed again.

    What stands above the header belongs to all strips. The list is left as it is where a cell
    below the header reaches over a cut, and where words stand in a column of figures: that row
    lost a cell, and the others moved along.
    """
    first = {cell.row: cell.text for cell in reversed(grid.cells)}
    at, starts = 0, list[int]()
    headed = (r for r, text in first.items() if _INDICATOR.search(normal_label(text)))
    rows: dict[int, list[Cell]] = {row: [] for row in sorted(headed)}
    for cell in grid.cells if rows else ():
        if cell.row in rows:
            rows[cell.row].append(cell)
    for row, cells in rows.items():
        if starts := _repeats(cells):
            at = row
            break
    if not starts:
        return [grid]
    ends = [*starts[1:], grid.n_cols]
    last = [end - 1 for end in ends]
    below = [c for c in grid.cells if c.row > at and c.text]
    over = (c.col < cut < c.col + c.colspan for c in below for cut in starts)
    moved = (c.col <= col < c.col + c.colspan and _is_words(c.text) for c in below for col in last)
    if any(over) or any(moved):
        return [grid]
    above = [c for c in grid.cells if c.row < at and c.col == 0]
    return [
        replace(
            grid,
            cells=tuple(
                [c._replace(colspan=end - start) for c in above]
                + [
                    c._replace(col=c.col - start)
                    for c in grid.cells
                    if c.row >= at and start <= c.col < end
                ]
            ),
            n_cols=end - start,
            confidence={},
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _repeats(row: Sequence[Cell]) -> list[int]:
    """Return where each copy of a header starts that prints its labels twice or more, else none.

    Its first label is that of the labels' column and stands nowhere else in a copy.
    """
    texts = [normal_label(c.text) for c in row]
    if len(texts) < 2 * _LEAST_HEADER or _INDICATOR.search(texts[0]) is None:
        return []
    length = next((i for i in range(1, len(texts)) if texts[i] == texts[0]), 0)
    copy = texts[:length]
    if length < _LEAST_HEADER or len(texts) % length or "" in copy:
        return []
    if copy * (len(texts) // length) != texts:
        return []
    return [row[i].col for i in range(0, len(texts), length)]


_LEAST_HEADER = 2
"""Labels of a header: that of the labels, and one of figures."""


def _second_label(row: Sequence[Cell]) -> tuple[str, str, int, int] | None:
    """Return the rows that a line's two labels name, and where the second one starts and ends.

    Figures stand between them, and behind the second.
    """
    first = next((i for i, c in enumerate(row) if _is_figure(c.text)), None)
    if first is None or not (one := _name_in(row, _ROWS)):
        return None
    at = next((i for i in range(first, len(row)) if _is_words(row[i].text)), None)
    if at is None or not (two := _name_in(row[at:], _ROWS)):
        return None
    figure = next((i for i in range(at, len(row)) if _is_figure(row[i].text)), None)
    before = row[at - 1].col + row[at - 1].colspan
    return None if figure is None else (one, two, before, row[figure].col)


def _joined(upper: Grid, lower: Grid) -> Grid | None:
    """Return two grids as one where the second goes on with the columns of the same rows."""
    rows, below = _rows_of(upper), _rows_of(lower)
    names, others = ([_name_of_data(row) for row in some] for some in (rows, below))
    at, first = (next((r for r, n in enumerate(some) if n), 0) for some in (names, others))
    if names[at:] != others[first:] or len(set(names) - {None}) < _LEAST_ROWS:
        return None
    one, two = _columns_in(upper), _columns_in(lower)
    if one & two or len(one | two) < _LEAST_NAMES or not one or not two:
        return None
    start = _first_figure_column(below)
    if start is None:
        return None
    shift = upper.n_cols - start
    added = [
        c._replace(col=c.col + shift, row=c.row + at - first)  # headers may be of unlike depth
        for c in lower.cells
        if c.col >= start and c.row + at - first >= 0
    ]
    cells = sorted([*upper.cells, *added], key=lambda c: (c.row, c.col))
    return replace(
        upper, cells=tuple(cells), n_cols=upper.n_cols + lower.n_cols - start, confidence={}
    )


def _from_stack(grid: Grid, received: Sequence[int]) -> Grid | None:
    """Return a grid in which the rest of the columns goes on below the first ones as one table.

    ``received`` are the two rows of the requests that came in: a header stands above each.
    """
    upper, lower = min(received), max(received)
    figures = (c.row for c in grid.cells if upper <= c.row < lower and _is_figure(c.text))
    cut = max(figures, default=lower) + 1
    if cut > lower or any(c.row < cut < c.row + c.rowspan for c in grid.cells):
        return None
    return _joined(_some_rows(grid, 0, cut), _some_rows(grid, cut, grid.n_rows))


def _some_rows(grid: Grid, start: int, end: int) -> Grid:
    """Return some rows as a grid, without the columns at its end in which nothing stands."""
    cells = [c for c in grid.cells if start <= c.row < end]
    width = max((c.col + c.colspan for c in cells if c.text), default=1)
    kept = tuple(
        c._replace(row=c.row - start, colspan=min(c.colspan, width - c.col))
        for c in cells
        if c.col < width
    )
    return replace(grid, cells=kept, n_rows=end - start, n_cols=width, confidence={})


def _name_of_data(row: Sequence[Cell]) -> str | None:
    return _name_in(row, _ROWS) if any(_is_figure(c.text) for c in row) else None


def _columns_in(grid: Grid) -> set[str]:
    """Return the columns of table three that cells above the first figures name."""
    first = next((c.row for c in grid.cells if _is_figure(c.text)), grid.n_rows)
    names = (_COLUMNS.of(c.text) for c in grid.cells if c.row < first and c.text)
    return {part for name in names if name for part in parts_of(name)}


def _first_figure_column(rows: Sequence[Sequence[Cell]]) -> int | None:
    firsts = {next((c.col for c in row if _is_figure(c.text)), None) for row in rows}
    firsts.discard(None)
    return firsts.pop() if len(firsts) == 1 else None

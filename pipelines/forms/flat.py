"""Cells in flattened text: where tabs, pipes or lines still show each cell, blank ones included.

In flattened text a single separator proves nothing. The separators of a whole table do: where all
rows show the same number of cells, a row with that number has its blanks where they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.forms.pieces import Piece

_LONE_PIPE = re.compile(r"[ \u3000]*\|[ \u3000]*")
ORDINAL = re.compile(r"[(]?\d{1,2}[.、．)]")
_LEAST_PIPES = 5
_SHARE = 0.7
"""Share of a table's rows that must show the same number of cells."""
_LEAST_ROWS = 6


def layout_of(zone: str) -> str:
    """Return how a flattened table shows its cells.

    Returns:
        ``pipe_lines``: one cell a line, lone pipes between; ``lines``: one cell a line behind a
        tab; ``rows``: a row a line, cut by tabs or pipes; ``flat``: nothing shows where a cell
        ends.
    """
    lines = [line for line in zone.split("\n") if line.strip()]
    lone = sum(_LONE_PIPE.fullmatch(line) is not None for line in lines)
    if lone >= _LEAST_PIPES and lone * 3 >= len(lines):
        return "pipe_lines"
    own = sum(line.startswith("\t") and line.count("\t") == 1 and "|" not in line for line in lines)
    if own >= _LEAST_PIPES and own * 3 >= len(lines) * 2:
        return "lines"
    cut = sum(line.count("\t") + line.count("|") > 1 for line in lines)
    return "rows" if cut >= 2 else "flat"


def cells_after(stretch: str, layout: str, *, last: bool = False) -> list[Piece] | None:
    """Return the cells between the end of a label and the next label, blank ones included.

    Args:
        stretch: the text from the end of the label's key to the start of the next label.
        layout: as ``layout_of`` tells it.
        last: no label follows. Before one, the last line or cell is already the label's own.

    Returns:
        None where the layout shows no cells; cells end at the first words.
    """
    if layout == "rows":
        return _pieces(split_row(stretch.split("\n", 1)[0])[1:])
    if layout == "lines":
        lines = stretch.split("\n")
        return _pieces(_tab_lines(lines if last else lines[:-1]))
    if layout == "pipe_lines":
        cells = _between_pipes(stretch)
        return _pieces(cells if last else cells[:-1])
    return None


def split_row(line: str) -> list[str]:
    """Cut what follows a label on its line at tabs and pipes; a closing pipe is the row's frame.

    The first part is the rest of the label.
    """
    parts = [p.strip() for p in re.split(r"[\t|]", line)]
    return parts[:-1] if line.rstrip(" \u3000").endswith("|") else parts


def _tab_lines(lines: Sequence[str]) -> list[str]:
    """Return the tabbed lines of one row: after the label's rest, up to words or an empty line."""
    out: list[str] = []
    figures = False
    for line in lines[1:]:
        if not line.startswith("\t"):
            if line.strip():
                break
            if figures:
                break  # an empty line ends a row
            continue
        text = line.strip()
        if _words(text):
            if out:
                break
            continue  # the rest of the label
        out.append(text)
        figures = figures or bool(text)
    return out


def _between_pipes(stretch: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for line in stretch.split("\n"):
        if _LONE_PIPE.fullmatch(line):
            parts.append([])
        else:
            parts[-1].append(line.strip())
    # After the last pipe the table may be over: its cell is one line.
    return [" ".join(p).strip() for p in parts[1:-1]] + [p[0] for p in parts[1:][-1:] if p]


def _words(text: str) -> bool:
    return Piece(text).is_text


def _pieces(cells: Sequence[str]) -> list[Piece] | None:
    pieces = [Piece(c) for c in cells]
    # The ordinal of the next label, broken off from it, ends the cells as words do.
    words = next(
        (i for i, p in enumerate(pieces) if p.is_text or ORDINAL.fullmatch(p.text)), len(pieces)
    )
    return pieces[:words] or None


def common_cells(rows: Sequence[Sequence[Piece] | None], width: int) -> list[list[Piece] | None]:
    """Return each row's ``width`` cells where the rows agree on their number, None elsewhere.

    Columns that are empty in all rows and stand outside the figures are dropped, if that leaves
    exactly ``width``.
    """
    sizes = Counter(len(r) for r in rows if r)
    if not sizes:
        return [None] * len(rows)
    size, count = sizes.most_common(1)[0]
    if size < width or count < _LEAST_ROWS or count < _SHARE * sum(sizes.values()):
        return [None] * len(rows)
    alike = [r for r in rows if r and len(r) == size]
    used = [any(not r[i].is_empty for r in alike) for i in range(size)]
    left, right = 0, size
    while right - left > width and left < right and not used[left]:
        left += 1
    while right - left > width and not used[right - 1]:
        right -= 1
    # An empty column at an end may be the form's or one too many beside a lost one; and of several
    # empty ones any may be the one too many.
    dropped = size > width
    if right - left != width or not used[left] or not used[right - 1]:
        return [None] * len(rows)
    if dropped and not all(used[left:right]):
        return [None] * len(rows)
    return [list(r[left:right]) if r and len(r) == size else None for r in rows]

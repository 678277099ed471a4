"""Places of a table that no cell covers because a side of theirs is too faint, or was not found.

What is printed there must not be lost: the place would count as blank.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from pipelines.documents.paged.page import Box

_SAME = 4.0
"""Points between two lines that are meant to be one."""


def holes_in(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield the uncovered places of a table, those side by side in a row as one."""
    columns = _lines([x for b in boxes for x in (b[0], b[2])])
    rows = _lines([y for b in boxes for y in (b[1], b[3])])
    covered = [[False] * (len(columns) - 1) for _ in rows[:-1]]
    for x0, top, x1, bottom in boxes:
        across = range(_at(columns, x0), _at(columns, x1))
        for row in range(_at(rows, top), _at(rows, bottom)):
            for column in across:
                covered[row][column] = True
    for row, of_row in enumerate(covered):
        start: int | None = None
        for column, is_covered in enumerate([*of_row, True]):
            if not is_covered:
                start = column if start is None else start
            elif start is not None:
                yield columns[start], rows[row], columns[column], rows[row + 1]
                start = None


def _lines(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SAME:
            out.append(value)
    return out


def _at(lines: Sequence[float], value: float) -> int:
    after = bisect.bisect_left(lines, value)
    near = [n for n in (after - 1, after) if 0 <= n < len(lines)]
    return min(near, key=lambda n: abs(lines[n] - value))

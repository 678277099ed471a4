"""Boxes between lines: which of them are cells, and cells whose frames do not touch put together.

Browsers and their relatives draw each cell a frame of its own, with a gap to the next, and one
around them all.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import pairwise

from pipelines.documents.paged.page import Box

_GUTTER = 12.0
"""Points between the frames of two cells of one table; what is narrower is no cell either."""
_LEVEL = 1.5
"""Points by which the sides of two frames in one row may differ."""
_FRAMES = 6
"""Frames that touch no other; with fewer they are not a table's."""
_MANY = 4000
"""Boxes; more are compared with each other on no page."""


def innermost(boxes: Sequence[Box]) -> list[Box]:
    """Return the boxes, of one with others inside it what is left of it at their left.

    A cell cut by the page's end has no line of its own there, and seems to reach as far as the
    next line that has one.
    """
    if len(boxes) > _MANY:
        return list(boxes)
    by_top = sorted(boxes, key=lambda box: box[1])
    tops = [box[1] for box in by_top]
    out: list[Box] = []
    for box in boxes:
        x0, top, x1, bottom = box
        near = by_top[bisect.bisect_left(tops, top) : bisect.bisect_right(tops, bottom)]
        inside = [
            other
            for other in near
            if other != box and other[0] >= x0 and other[2] <= x1 and other[3] <= bottom
        ]
        if not inside:
            out.append(box)
        elif (end := min(other[0] for other in inside)) - x0 > _GUTTER:
            out.append((x0, top, end, bottom))
    return out


def meeting(boxes: Sequence[Box]) -> list[Box]:
    """Return the boxes, the sides of neighbours moved to the middle of the gap between them."""
    corners: dict[tuple[float, float], int] = {}
    for x0, top, x1, bottom in boxes:
        for corner in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
            corners[corner] = corners.get(corner, 0) + 1
    alone = [
        box
        for box in boxes
        if all(corners[x, y] == 1 for x in (box[0], box[2]) for y in (box[1], box[3]))
    ]
    if not _FRAMES <= len(alone) <= _MANY:
        return list(boxes)
    across, down = _Sides(), _Sides()
    for box in alone:
        for other in alone:
            if 0 < other[0] - box[2] <= _GUTTER and _overlap(box, other, 1):
                across.join(box[2], other[0])
            if 0 < other[1] - box[3] <= _GUTTER and _overlap(box, other, 0):
                down.join(box[3], other[1])
    across.level([x for box in alone for x in (box[0], box[2])])
    down.level([y for box in alone for y in (box[1], box[3])])
    kept = set(alone)
    return [
        (across.of(x0), down.of(top), across.of(x1), down.of(bottom))
        if (x0, top, x1, bottom) in kept
        else (x0, top, x1, bottom)
        for x0, top, x1, bottom in boxes
    ]


def _overlap(one: Box, other: Box, axis: int) -> bool:
    return min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis]) > _LEVEL


class _Sides:
    """Positions that are one line, and where it is."""

    def __init__(self) -> None:
        self._parent: dict[float, float] = {}
        self._place: dict[float, float] = {}

    def join(self, one: float, other: float) -> None:
        self._parent[self._root(one)] = self._root(other)

    def level(self, positions: Sequence[float]) -> None:
        """Join what lies side by side, and place each line in the middle of what is joined."""
        ordered = sorted(set(positions))
        for before, after in pairwise(ordered):
            if after - before <= _LEVEL:
                self.join(before, after)
        groups: dict[float, list[float]] = {}
        for position in ordered:
            groups.setdefault(self._root(position), []).append(position)
        for group in groups.values():
            middle = (group[0] + group[-1]) / 2
            self._place |= dict.fromkeys(group, middle)

    def of(self, position: float) -> float:
        return self._place[position]

    def _root(self, position: float) -> float:
        at = position
        while self._parent.get(at, at) != at:
            at = self._parent[at]
        return at

"""Tables ruled across only: where each cell draws its own line, its sides are known as well.

A browser and many makers of PDF draw the lower border of a row cell by cell. The pieces of such a
line meet where the cells do, though no upright line is drawn there.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.documents.paged.page import Edge, Glyph, edge

_HIGH = 4.0
"""Points; a shorter upright line is the end of a thick line across."""
_SAME = 1.2
"""Points between two places that are one: the upper and the lower side of a line."""
_LEAST = 6
"""Places where two pieces of a line meet; fewer are an accident."""
_LINES = 2
"""Lines on which they meet, at least."""
_ROOM = 0.35
"""Heights of a sign between the words of two cells, at least."""
_WIDE = 5.0
"""Points that a cell is wide at least: shorter pieces are dashes."""


def uprights(edges: Sequence[Edge], glyphs: Sequence[Glyph]) -> list[Edge]:
    """Return the sides of the cells of a page on which lines are only drawn across.

    A cell lies between two pieces of the same length that stand one below the other. The line below
    a cell over several columns is drawn in as many pieces: no side goes through words.
    """
    if any(e["orientation"] == "v" and e["height"] > _HIGH for e in edges):
        return []
    pieces = [e for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > _WIDE]
    if not _meet(pieces):
        return []
    below: dict[tuple[int, int], list[float]] = {}
    for piece in pieces:
        sides = round(piece["x0"] / _SAME), round(piece["x1"] / _SAME)
        below.setdefault(sides, []).append(piece["top"])
    ordered = sorted((g for g in glyphs if g["text"].strip()), key=_middle)
    middles = [_middle(glyph) for glyph in ordered]
    sides_of_cells = {
        (x * _SAME, top, bottom)
        for sides, levels in below.items()
        for top, bottom in pairwise(sorted(levels))
        if bottom - top > _HIGH
        for x in sides
    }
    return [
        edge(x, top, x, bottom, "v")
        for x, top, bottom in sorted(sides_of_cells)
        if not _cuts(
            x, ordered[bisect.bisect_left(middles, top) : bisect.bisect_right(middles, bottom)]
        )
    ]


def _middle(glyph: Glyph) -> float:
    return float(glyph["top"] + glyph["bottom"]) / 2


def _cuts(x: float, glyphs: Sequence[Glyph]) -> bool:
    """Tell whether an upright goes through a sign, or between two of one word."""
    before = [g for g in glyphs if g["x0"] < x and g["x1"] <= x + _SAME]
    after = [g for g in glyphs if g["x1"] > x and g["x0"] >= x - _SAME]
    if any(g["x0"] < x - _SAME and g["x1"] > x + _SAME for g in glyphs):
        return True
    return any(
        other["x0"] - one["x1"] < _ROOM * (one["bottom"] - one["top"])
        and abs(_middle(one) - _middle(other)) < _ROOM * (one["bottom"] - one["top"])
        for one in before
        for other in after
    )


def _meet(pieces: Sequence[Edge]) -> bool:
    places = {(round(x / _SAME), round(y / _SAME)) for x, y in _meetings(pieces)}
    return len(places) >= _LEAST and len({y for _, y in places}) >= _LINES


def _meetings(pieces: Sequence[Edge]) -> Iterator[tuple[float, float]]:
    ordered = sorted(pieces, key=lambda e: (round(e["top"] / _SAME), e["x0"], e["x1"]))
    for one, other in pairwise(ordered):
        if abs(one["top"] - other["top"]) <= _SAME and abs(one["x1"] - other["x0"]) <= _SAME:
            yield one["x1"], one["top"]

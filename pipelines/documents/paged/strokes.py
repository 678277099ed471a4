"""What of a page's drawing is a ruling line: strokes that go straight across or straight down.

Seals, icons, text turned to curves, slanted header lines and rounded corners are drawings as well;
they bound no cell and must not cost a page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page

from pipelines.documents.paged.across import uprights
from pipelines.documents.paged.page import Box, Edge, Glyph, edge

_LEANS = 1.0
"""Points a line may be off the straight between its ends: rounding, a print driver's hair."""
_SLOPE = 0.02
"""Its share of the line's length; a short stroke of a sign leans by more."""
_DASH = 8.0
"""Points: no dash is longer, and no gap between two; a row of a table is higher."""
_GAP = 0.3
_DOT = 4.0
"""Points a side of a dot."""
_RUN = 3
"""Gaps; a line with no more of them is none of dashes."""


def rulings(page: Page, sheet: Box, glyphs: Sequence[Glyph] = ()) -> list[Edge]:
    """Return the lines of a page that may bound cells, as far as they lie on the sheet."""
    found: list[Edge] = []
    for each in page.lines:
        found += _straight(each["x0"], each["top"], each["x1"], each["bottom"])
    for box in (*page.rects, *(curve for curve in page.curves if _is_dot(curve) or _is_box(curve))):
        x0, top, x1, bottom = box["x0"], box["top"], box["x1"], box["bottom"]
        found += (
            edge(x0, top, x1, top, "h"),
            edge(x0, bottom, x1, bottom, "h"),
            edge(x0, top, x0, bottom, "v"),
            edge(x1, top, x1, bottom, "v"),
        )
    for curve in page.curves:
        for (ax, ay), (bx, by) in pairwise(curve["pts"]):
            found += _straight(ax, ay, bx, by)
    if dashed := [*_dashed(found)]:
        # Dots side by side would make one line of all columns.
        found = [each for each in found if max(each["width"], each["height"]) > _DASH] + dashed
    found += uprights(found, glyphs)
    return [line for each in found if (line := _cut(each, sheet)) is not None]


def _cut(line: Edge, sheet: Box) -> Edge | None:
    x0, top = max(line["x0"], sheet[0]), max(line["top"], sheet[1])
    x1, bottom = min(line["x1"], sheet[2]), min(line["bottom"], sheet[3])
    return edge(x0, top, x1, bottom, line["orientation"]) if x0 <= x1 and top <= bottom else None


def _straight(x0: float, top: float, x1: float, bottom: float) -> Iterator[Edge]:
    wide, high = abs(x1 - x0), abs(bottom - top)
    if min(wide, high) <= min(_LEANS, _SLOPE * max(wide, high)):
        middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
        if wide >= high:
            yield edge(x0, middle_y, x1, middle_y)
        else:
            yield edge(middle_x, top, middle_x, bottom)


def _is_dot(curve: dict[str, Any]) -> bool:
    return bool(max(curve["width"], curve["height"]) <= _DOT)


def _is_box(curve: dict[str, Any]) -> bool:
    """Tell whether a curve is a box with rounded corners: straight along all four of its sides."""
    sides = set()
    for (ax, ay), (bx, by) in pairwise(curve["pts"]):
        for line in _straight(ax, ay, bx, by):
            if line["orientation"] == "h" and line["width"] * 2 > curve["width"]:
                sides |= {side for side in ("top", "bottom") if abs(line["top"] - curve[side]) < 1}
            elif line["orientation"] == "v" and line["height"] * 2 > curve["height"]:
                sides |= {side for side in ("x0", "x1") if abs(line["x0"] - curve[side]) < 1}
    return len(sides) == 4


def _dashed(edges: Sequence[Edge]) -> Iterator[Edge]:
    """Yield the lines that dashes of one length make, with gaps of one length between them."""
    lines: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for each in edges:
        across = each["orientation"] == "h"
        start, end = (each["x0"], each["x1"]) if across else (each["top"], each["bottom"])
        if end - start <= _DASH:
            where = each["top"] if across else each["x0"]
            lines.setdefault((each["orientation"], round(where / _LEANS)), []).append((start, end))
    runs = [
        (way, where * _LEANS, start, end, gap)
        for (way, where), dashes in lines.items()
        for start, end, gap in _runs(sorted(set(dashes)))
    ]
    crossed = {
        way: sorted({place for other, place, *_ in runs if other != way}) for way in ("h", "v")
    }
    for way, place, start, end, gap in runs:
        first, last = (_up_to(each, crossed[way], gap + _LEANS) for each in (start, end))
        yield edge(first, place, last, place) if way == "h" else edge(place, first, place, last)


def _up_to(end: float, places: Sequence[float], gap: float) -> float:
    """Return where the line ends that a run of dashes is: at the line it would cross next."""
    nearest = min(places, key=lambda place: abs(place - end), default=end)
    return nearest if abs(nearest - end) <= gap else end


def _runs(dashes: list[tuple[float, float]]) -> Iterator[tuple[float, float, float]]:
    """Yield from where to where dashes follow each other, and the widest gap between them.

    Each side of a cell may have a step of its own, and dots of lines that cross stand among them.
    """
    first, end, gaps = 0.0, -math.inf, list[float]()
    for start, stop in [*dashes, (math.inf, math.inf)]:
        if start - end > _DASH:
            if len(gaps) > _RUN:
                yield first, end, max(gaps)
            first, end, gaps = start, stop, []
            continue
        if start - end >= _GAP:
            gaps.append(start - end)
        end = max(end, stop)

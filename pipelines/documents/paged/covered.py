"""Signs of a page that something is painted over: a figure under a white box with another on it.

What is drawn later lies on top. A box in the paper's colour covers what was there; one in another
colour may be a marker that lets it show through, unless it is written on anew.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Any

from pdfplumber.page import Page

from pipelines.documents.paged.ink import is_white
from pipelines.documents.paged.page import Box, Glyph

_LEAST = 4.0
"""Points a side; a smaller shape is a line or a dot."""
_MOST = 0.2
"""Share of the page; a larger shape may be clipped to a part of it, which is not looked at."""
_SHARED = 0.3
"""Share of a sign's box that another one must stand on to be written over it."""


def numbered(page: Page) -> None:
    """Number what a page draws in its order (``order``): pdfplumber keeps each kind apart."""
    objects: dict[str, list[dict[str, Any]]] = {}
    for order, thing in enumerate(page.iter_layout_objects(page.layout._objs)):  # noqa: SLF001
        if thing["object_type"] != "anno":
            objects.setdefault(thing["object_type"], []).append(thing | {"order": order})
    page._objects = objects  # noqa: SLF001 - what it would else make itself, without the order


def split_by_cover(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Return the signs that nothing covers, and those painted over."""
    if not glyphs:
        return [], []
    area = float(page.width * page.height)
    first = min(glyph["order"] for glyph in glyphs)
    covers = [
        thing
        for thing in (*page.rects, *page.curves)
        if thing.get("fill")
        and min(thing["width"], thing["height"]) > _LEAST
        and thing["width"] * thing["height"] <= _MOST * area
        and thing["order"] > first
    ]
    if not covers:
        return list(glyphs), []
    level = sorted(glyphs, key=_middle)
    middles = [_middle(glyph) for glyph in level]
    hidden: set[int] = set()
    for cover in covers:
        near = slice(
            bisect.bisect_left(middles, cover["top"]), bisect.bisect_right(middles, cover["bottom"])
        )
        inside = [g for g in level[near] if cover["x0"] <= (g["x0"] + g["x1"]) / 2 <= cover["x1"]]
        below = [glyph for glyph in inside if glyph["order"] < cover["order"]]
        if not below:
            continue
        above = [_box(glyph) for glyph in inside if glyph["order"] > cover["order"]]
        white = is_white(cover)
        hidden |= {id(g) for g in below if white or any(_shares(_box(g), box) for box in above)}
    return (
        [glyph for glyph in glyphs if id(glyph) not in hidden],
        [glyph for glyph in glyphs if id(glyph) in hidden],
    )


def _middle(glyph: Glyph) -> float:
    return float(glyph["top"] + glyph["bottom"]) / 2


def _box(glyph: Glyph) -> Box:
    return glyph["x0"], glyph["top"], glyph["x1"], glyph["bottom"]


def _shares(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    own = (one[2] - one[0]) * (one[3] - one[1])
    return across > 0 and down > 0 and across * down >= _SHARED * own

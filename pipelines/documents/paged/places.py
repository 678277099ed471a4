"""Where the signs of a PDF stand: what its fonts say of their own height and width may be wrong.

A sign hangs on its baseline, and how far it reaches below is the font's to say. Some programs put
the box of all the font's signs there, the largest included (cairo: ten times what a sign needs):
the text then seems to stand in the row below. Others give every sign half a square, and gaps open
between Chinese characters that touch.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pipelines.documents.paged.page import Glyph

_DEEPEST, _HIGHEST = -0.5, 0.15
"""Shares of its size that a sign's box may reach below its baseline, or begin above it."""
_USUAL = -0.14
"""How far it mostly does."""
_NARROW = 0.75
"""Share of its height that a sign as wide as high has at least."""
_LEVEL = 0.2
"""Share of a sign's height by which the baselines of two on one line may differ."""


def in_place(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return upright signs at the place where they are seen, others as they are."""
    level = [_levelled(glyph) for glyph in glyphs]
    following = [*level[1:], None][: len(level)]
    return [_widened(one, other) for one, other in zip(level, following, strict=True)]


def _levelled(glyph: Glyph) -> Glyph:
    if not _is_upright(glyph):
        return glyph
    size = glyph["bottom"] - glyph["top"]
    below = (glyph["y0"] - glyph["matrix"][5]) / size
    if _DEEPEST <= below <= _HIGHEST:
        return glyph
    lift = (_USUAL - below) * size
    return glyph | {
        "top": glyph["top"] - lift,
        "bottom": glyph["bottom"] - lift,
        "doctop": glyph["doctop"] - lift,
        "y0": glyph["y0"] + lift,
        "y1": glyph["y1"] + lift,
    }


def _widened(glyph: Glyph, following: Glyph | None) -> Glyph:
    text = glyph["text"]
    size = glyph["bottom"] - glyph["top"]
    if (
        glyph["x1"] - glyph["x0"] >= _NARROW * size
        or len(text) != 1
        or unicodedata.east_asian_width(text) not in "WF"
        or not _is_upright(glyph)
    ):
        return glyph
    end = glyph["x0"] + size
    if following is not None and abs(following["top"] - glyph["top"]) <= _LEVEL * size:
        if following["x0"] <= glyph["x0"]:
            return glyph
        end = min(end, following["x0"])
    return glyph | {"x1": end, "width": end - glyph["x0"]} if end > glyph["x1"] else glyph


def _is_upright(glyph: Glyph) -> bool:
    matrix = glyph.get("matrix")
    if matrix is None or glyph["bottom"] <= glyph["top"]:
        return False
    return not matrix[1] and not matrix[2] and matrix[0] > 0 and matrix[3] > 0

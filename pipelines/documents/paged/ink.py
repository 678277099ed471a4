"""Signs of a page printed in the colour of the paper, with nothing dark behind them: not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfplumber.page import Page

from pipelines.documents.paged.page import Glyph
from pipelines.documents.seen import WHITE, Colour, Sight, of_colour

_GROUND = 4.0
"""Points a side; a smaller filled shape is a line or a dot."""
_LIGHTS = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased"})
"""Spaces whose numbers say what they look like; 1 of a named ink is all of it."""


def split_by_ink(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Return the signs that are seen on a page, and those printed white on white."""
    pale = [glyph for glyph in glyphs if _is_pale(glyph)]
    if not pale:
        return list(glyphs), []
    grounds = [
        thing
        for thing in (*page.rects, *page.curves, *page.images)
        if min(thing["width"], thing["height"]) > _GROUND and not _is_white_fill(thing)
    ]
    unseen = {id(glyph) for glyph in pale if not any(_lies_on(glyph, it) for it in grounds)}
    return (
        [glyph for glyph in glyphs if id(glyph) not in unseen],
        [glyph for glyph in pale if id(glyph) in unseen],
    )


def _is_pale(glyph: Glyph) -> bool:
    if glyph.get("ncs", "DeviceGray") not in _LIGHTS:
        return False
    colour = _colour(glyph.get("non_stroking_color"))
    return colour is not None and of_colour(colour, WHITE) is Sight.UNSEEN


def _is_white_fill(thing: dict[str, Any]) -> bool:
    if thing["object_type"] == "image":
        return False
    return not thing.get("fill") or is_white(thing)


def is_white(thing: dict[str, Any]) -> bool:
    """Tell whether a shape is filled in the colour of the paper."""
    colour = _colour(thing.get("non_stroking_color"))
    return colour is not None and of_colour(colour, WHITE) is Sight.UNSEEN


def _lies_on(glyph: Glyph, thing: dict[str, Any]) -> bool:
    across, down = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(thing["x0"] <= across <= thing["x1"] and thing["top"] <= down <= thing["bottom"])


def _colour(value: object) -> Colour | None:
    """Return a colour of the three common spaces, None for another (a pattern, an ink's name)."""
    parts = value if isinstance(value, (tuple, list)) else (value,)
    numbers = [float(part) for part in parts if isinstance(part, (int, float))]
    if len(numbers) != len(parts):
        return None
    match numbers:
        case [grey]:
            red = green = blue = grey
        case [red, green, blue]:
            pass
        case [cyan, magenta, yellow, black]:
            red, green, blue = ((1 - part) * (1 - black) for part in (cyan, magenta, yellow))
        case _:
            return None
    return round(red * 255), round(green * 255), round(blue * 255)

"""Is this seen? What size, colour and ground say of a text, whatever carrier states them.

One home for the question: pages (``html/styles.py``, ``html/unseen.py``) and Word files
(``office/hiding.py``) say what is declared, here stands what a person would see of it. What cannot
be decided is doubted: it stays in the text between two marks, which no reader of figures takes for
part of one, so that its cell is null and says why.
"""

from __future__ import annotations

import colorsys
import re
from enum import IntEnum

from pipelines.remembered import kept


class Sight(IntEnum):
    """What a person sees of a text; of two reasons the larger counts."""

    SEEN = 0
    DOUBTED = 1
    UNSEEN = 2


DOUBT_OPENS, DOUBT_ENDS = "⟦", "⟧"
"""What stands around a text of which it cannot be told whether a person sees it."""
DOUBT = "whether all of it is seen cannot be told"
"""The reason of a cell with such a text in it."""
_DOUBTED = re.compile(f"{DOUBT_OPENS}([^{DOUBT_ENDS}]*){DOUBT_ENDS}")
_MARKS = re.compile(f"[{DOUBT_OPENS}{DOUBT_ENDS}]")
_WORD = re.compile(r"[\u3400-\u9fff]")
_LABEL = 3
"""Chinese characters; with as many a cell is a label (人次 and 万元 have two)."""

# The smallest type a browser shows by itself is 12 px (Chinese), that of a footnote 9.
_NO_SIZE, _TINY = 1.0, 3.0
_NO_OPACITY, _FAINT = 0.02, 0.2
# Per channel, of 255. Rows in zebra stand out from white by 5 to 15; grey text that is meant to be
# read (#ccc) differs by 51.
_SAME, _CLOSE = 16, 48

Colour = tuple[int, int, int] | str
"""Red, green, blue; or the name, where it says a colour nobody can look up here."""
WHITE: Colour = (255, 255, 255)
UNKNOWN: Colour = "?"
"""A ground that is stated and not a colour: a picture, a gradient."""
TRANSPARENT: Colour = "transparent"

_NAMED: dict[str, Colour] = {
    "white": WHITE, "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "navy": (0, 0, 128),
    "maroon": (128, 0, 0), "window": WHITE, "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "floralwhite": (255, 250, 240), "ghostwhite": (248, 248, 255), "azure": (240, 255, 255),
    "mintcream": (245, 255, 250), "aliceblue": (240, 248, 255), "seashell": (255, 245, 238),
    "whitesmoke": (245, 245, 245), "honeydew": (240, 255, 240), "oldlace": (253, 245, 230),
    "lavenderblush": (255, 240, 245), "linen": (250, 240, 230), "beige": (245, 245, 220),
    "lightyellow": (255, 255, 224), "cornsilk": (255, 248, 220), "gainsboro": (220, 220, 220),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "windowtext": (0, 0, 0),
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)%?")
_SHADOW = 0.05
"""Alpha; a text with less of it is not seen, whatever the ground."""


@kept(2048)
def colour_of(value: str) -> Colour | None:
    """Return the colour a value in small letters states, or None for none (inherit, empty).

    >>> colour_of("#fff") == colour_of("rgb(255, 255, 255)") == colour_of("white") == WHITE
    True
    """
    value = value.strip()
    if not value or value in {"inherit", "initial", "unset", "revert", "currentcolor", "auto"}:
        return None
    if value in _NAMED:
        return _NAMED[value]
    if value[0] == "#" and (found := _HEX.fullmatch(value)):
        return _of_hex(found[1])
    if found := _FUNCTION.fullmatch(value):
        return _of_numbers(found[1], _NUMBER.findall(found[2])) or value
    return value


@kept(512)
def hex_colour(value: str) -> Colour | None:
    """Return the colour of six digits without a sign before them, as Word writes it."""
    return _of_hex(value.lower()) if _HEX.fullmatch(value.lower()) else None


def _of_hex(digits: str) -> Colour:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) == 8 and int(digits[6:], 16) < _SHADOW * 255:
        return TRANSPARENT
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _of_numbers(kind: str, parts: list[str]) -> Colour | None:
    if len(parts) < 3:
        return None
    if len(parts) > 3 and _share(parts[3], 1) < _SHADOW:
        return TRANSPARENT
    if kind == "rgb":
        red, green, blue = (min(255, max(0, round(_share(p, 255) * 255))) for p in parts[:3])
        return red, green, blue
    hue, light, full = _share(parts[0], 360) % 1, _share(parts[2], 1), _share(parts[1], 1)
    made = colorsys.hls_to_rgb(hue, min(1, light), min(1, full))
    return round(made[0] * 255), round(made[1] * 255), round(made[2] * 255)


def _share(number: str, whole: float) -> float:
    return float(number[:-1]) / 100 if number.endswith("%") else float(number) / whole


def of_colour(text: Colour, ground: Colour, *, stated: bool = True) -> Sight:
    """Return what is seen of a text on a ground.

    Args:
        text: its colour.
        ground: the colour behind it.
        stated: whether the document says so itself; a style sheet elsewhere may say otherwise.
    """
    if text == TRANSPARENT:
        return Sight.UNSEEN
    apart = _apart(text, _against(ground))
    if ground == UNKNOWN or not stated:
        return Sight.DOUBTED if apart <= _SAME else Sight.SEEN
    if apart <= _SAME:
        return Sight.UNSEEN
    return Sight.DOUBTED if apart <= _CLOSE else Sight.SEEN


def may_vanish(text: Colour, ground: Colour) -> bool:
    """Tell whether a text of this colour would not plainly be seen on this ground."""
    return text == TRANSPARENT or _apart(text, _against(ground)) <= _CLOSE


def _against(ground: Colour) -> Colour:
    # Words on a picture are made to be read; of white ones only the picture could tell.
    return WHITE if ground == UNKNOWN else ground


def _apart(one: Colour, other: Colour) -> int:
    if isinstance(one, str) or isinstance(other, str):
        return 0 if one == other else 255
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def of_size(pixels: float) -> Sight:
    """Return what is seen of type of this size."""
    if pixels <= _NO_SIZE:
        return Sight.UNSEEN
    return Sight.DOUBTED if pixels <= _TINY else Sight.SEEN


def of_opacity(opacity: float) -> Sight:
    """Return what is seen through an element of this opacity."""
    if opacity <= _NO_OPACITY:
        return Sight.UNSEEN
    return Sight.DOUBTED if opacity < _FAINT else Sight.SEEN


def doubted(text: str) -> str:
    """Return a text between the marks of doubt; white space needs none."""
    bare = _MARKS.sub("", text)
    return f"{DOUBT_OPENS}{bare}{DOUBT_ENDS}" if bare.strip() else text


def without_marks(text: str) -> str:
    """Return a text without the marks of doubt in it."""
    return _MARKS.sub("", text)


def settled_line(text: str) -> str:
    """Return a line without marks that part nothing: all of it is doubted, or none."""
    if DOUBT_OPENS not in text:
        return text
    return text if _DOUBTED.sub("", text).strip() else without_marks(text)


def settled_cell(text: str) -> str:
    """Return a cell likewise, where it is a label: only a figure is worth a doubt."""
    if DOUBT_OPENS not in text:
        return text
    words = len(_WORD.findall(text)) >= _LABEL
    return without_marks(text) if words and not _DOUBTED.sub("", text).strip() else text

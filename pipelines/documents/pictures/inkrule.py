"""What the ink of a figure says against what was read from it: signs counted, measured, spaced.

Table two has no sum that would catch a wrong figure. A digit more than there is ink for, ink that
no digit accounts for, a gap where a digit was, a minus or a point that was read as none: a figure
with any of these is not printed as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipelines.documents.paged.page import Box
from pipelines.documents.pictures.engine import Picture, tools

_HIGH = 0.7
"""Share of the highest sign's height that a digit has."""
_ODD = 1.3
"""A sign so many times as high as the usual one is no digit of the same figure."""
_LEAST_CONTRAST = 30
"""Grey levels between paper and ink; with less nothing is certain."""
_CUT = 0.36
"""Share of the contrast from which on a pixel is ink: thin strokes are paler than thick ones."""
_PALE = 0.5
"""Share of the darkest sign's contrast: a paler sign shines through, or was rubbed out."""
_GAP = 1.85
"""Pitches between two digits' middles: a digit was there."""
_PITCH = 0.68
"""Heights of a digit that the next one stands away at least (narrow type: 0.7, usual: 0.78)."""
_WIDEST = 0.85
"""Heights that a digit is wide at most; wider are two that touch."""
_CRACK, _WIDE = 0.14, 0.74
"""Heights between the halves of one digit at most, and that both together are wide."""
_DUST = 0.13
"""Heights squared; smaller ink than this is dust (a point of usual type: 0.17 squared and more)."""
_BEFORE = 1.1
"""Heights in front of a figure in which its minus stands."""
_MINUS_WIDE, _MINUS_FLAT = 0.2, 0.22
_MINUS_4 = 0.35
"""A stroke before a 4 must be longer: the tip of a worn 4 looks like one."""
_PLUS = 0.9
"""Share of a digit's height that a plus has at most."""
_POINT = 0.42
"""Heights that a point is wide and high at most."""
MINUS = "a stroke like a minus before it"
_DIGITS = re.compile(r"\d")


@dataclass(slots=True)
class _Sign:
    x0: int
    x1: int
    top: int
    bottom: int
    area: int
    dark: float

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Held(NamedTuple):
    """What the ink of a figure says."""

    against: str = ""
    """What it says against what was read; empty for nothing."""
    digits: tuple[Picture, ...] = ()
    """The pictures of its digits, left to right, if none of them touch."""


def speaks_against(grey: Picture, place: Box, room: Box, text: str) -> str:
    """Return what the ink around ``place`` says against ``text``; see ``held``."""
    return held(grey, place, room, text).against


def held(grey: Picture, place: Box, room: Box, text: str) -> Held:
    """Hold the ink around ``place`` against ``text``, a figure.

    Args:
        grey: the page without its ruling lines.
        place: the box of the figure's ink.
        room: the box it may not be looked for beyond.
        text: the figure, as it was read.
    """
    height = place[3] - place[1]
    left = round(max(room[0], place[0] - _BEFORE * height))
    right = round(min(room[2], place[2] + 0.3 * height))
    top, bottom = round(max(room[1], place[1] - 2)), round(min(room[3], place[3] + 2))
    part = grey[top:bottom, left:right]
    signs = _signs(part)
    if not signs:
        return Held("too pale to be certain")
    tallest = max(sign.height for sign in signs)
    if text.startswith("+") and len(signs) > 1 and signs[0].height < _PLUS * tallest:
        signs = signs[1:]
    digits = [s for s in signs if s.height >= _HIGH * tallest]
    usual = sorted(s.height for s in digits)[len(digits) // 2]
    small = [s for s in signs if s not in digits and s.area >= (_DUST * usual) ** 2]
    against = (
        _count(digits, usual, text)
        or _gaps(digits, small, usual)
        or _odd(digits, small, usual)
        or _minus(digits, small, usual, text)
        or _points(digits, small, usual, text)
    )
    if against or len(digits) != len(_DIGITS.findall(text)):
        return Held(against)
    return Held("", tuple(part[s.top : s.bottom, s.x0 : s.x1] for s in digits))


def _signs(part: Picture) -> list[_Sign]:
    """Return the pieces of ink, those above each other as one, left to right."""
    cv2, np = tools().cv2, tools().numpy
    if part.size == 0:
        return []
    smooth = cv2.GaussianBlur(part, (3, 3), 0)
    paper, darkest = float(np.percentile(smooth, 92)), float(smooth.min())
    contrast = paper - darkest
    if contrast < _LEAST_CONTRAST:
        return []
    mask = (smooth < paper - _CUT * contrast).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    out: list[_Sign] = []
    for label in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[label])
        if area < 3:
            continue
        inside = smooth[y : y + h, x : x + w][labels[y : y + h, x : x + w] == label]
        dark = (paper - float(np.percentile(inside, 10))) / contrast
        out.append(_Sign(x, x + w, y, y + h, area, dark))
    return _side_by_side(_stacked(sorted(out, key=lambda s: s.x0)))


def _stacked(signs: list[_Sign]) -> list[_Sign]:
    """Put broken parts of one digit together: they stand above each other."""
    out: list[_Sign] = []
    for sign in signs:
        last = out[-1] if out else None
        if last and min(last.x1, sign.x1) - max(last.x0, sign.x0) > 0.5 * min(
            last.width, sign.width
        ):
            _take_in(last, sign)
        else:
            out.append(sign)
    return out


def _side_by_side(signs: list[_Sign]) -> list[_Sign]:
    """Put the halves of a digit together whose thin strokes are gone: 0, 4."""
    tallest = max((s.height for s in signs), default=0)
    out: list[_Sign] = []
    for sign in signs:
        last = out[-1] if out else None
        if (
            last
            and min(last.height, sign.height) >= 0.4 * tallest
            and sign.x0 - last.x1 <= _CRACK * tallest
            and sign.x1 - last.x0 <= _WIDE * tallest
        ):
            _take_in(last, sign)
        else:
            out.append(sign)
    return out


def _take_in(one: _Sign, other: _Sign) -> None:
    one.x0, one.x1 = min(one.x0, other.x0), max(one.x1, other.x1)
    one.top, one.bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    one.area += other.area
    one.dark = max(one.dark, other.dark)


def _count(digits: list[_Sign], usual: int, text: str) -> str:
    pitch = _PITCH * usual
    found = sum(max(2, round(s.width / pitch)) if s.width > _WIDEST * usual else 1 for s in digits)
    wanted = len(_DIGITS.findall(text))
    return "" if found == wanted else f"{found} signs as high as digits, {wanted} read"


def _gaps(digits: list[_Sign], small: list[_Sign], usual: int) -> str:
    steps = [
        after.middle - before.middle
        for before, after in pairwise(digits)
        if not any(before.x1 <= s.middle <= after.x0 for s in small)
    ]
    if not steps:
        return ""
    pitch = max(min(steps), _PITCH * usual)
    return "a gap as wide as a digit" if max(steps) > _GAP * pitch else ""


def _odd(digits: list[_Sign], small: list[_Sign], usual: int) -> str:
    if any(s.height > _ODD * usual for s in digits):
        return "a sign higher than the others"
    if any(0.5 * usual <= s.height for s in small):
        return "a sign lower than a digit"
    darkest = max(s.dark for s in digits)
    if any(s.dark < _PALE * darkest for s in digits):
        return "a sign paler than the others"
    return ""


def _minus(digits: list[_Sign], small: list[_Sign], usual: int, text: str) -> str:
    if text[:1] == "+":
        return ""
    first = digits[0]
    is_read = text[:1] == "-"
    least = (_MINUS_4 if text[:1] == "4" else _MINUS_WIDE) * usual
    for sign in small:
        level = (sign.top + sign.bottom) / 2 - first.top
        if (
            sign.x1 <= first.x0 + 2
            and sign.width >= least
            and sign.height <= max(3, _MINUS_FLAT * usual)
            and 0.25 * usual < level < 0.75 * usual
        ):
            return "" if is_read else MINUS
    return "no stroke where a minus was read" if is_read else ""


def _points(digits: list[_Sign], small: list[_Sign], usual: int, text: str) -> str:
    """Compare the points on the line between digits with those that were read."""
    base = digits[-1].bottom
    found = [
        s
        for s in small
        if digits[0].x1 <= s.middle <= digits[-1].x0
        and max(s.width, s.height) <= _POINT * usual
        and s.top >= base - 0.42 * usual
    ]
    wanted = sum(c in ".," for c in text)
    return "" if len(found) == wanted else f"{len(found)} points on the line, {wanted} read"

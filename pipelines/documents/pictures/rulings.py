"""A picture made upright and of one size, and the ruling lines on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.documents.pictures.across import columns_of
from pipelines.documents.pictures.engine import Picture, tools
from pipelines.documents.pictures.perspective import from_above
from pipelines.documents.pictures.shading import evened
from pipelines.documents.pictures.upright import upright

WIDTH = 2000
"""Pixels a page is scaled to: a character of body text is then some 35 pixels high."""
_MOST_TURN = 8.0
"""Degrees; a scanner's skew is below two."""
_LEAST_TURN = 0.05
_SKEW_WIDTH = 1000
_LEAST_LINE = 200
"""Pixels on one row of that width, without which there is nothing to tell a page's turn by."""


Segment = tuple[float, float, float]
"""From, to, and at: x0, x1, y of a horizontal line, or top, bottom, x of a vertical one."""


@dataclass(slots=True, frozen=True)
class Sheet:
    """An upright page and the lines on it, in pixels."""

    grey: Picture
    unruled: Picture
    """The grey picture without the lines."""
    ink: Picture
    """What is dark, white on black, without the lines."""
    horizontal: list[Segment]
    vertical: list[Segment]
    character: int
    """Usual height of a character."""
    contrast: float
    """Grey levels between the paper and its print."""


def prepare(picture: Picture) -> Sheet:
    """Turn a grey picture upright, scale it to the working width and find its lines."""
    cv2 = tools().cv2
    picture = upright(picture)
    height, width = picture.shape[:2]
    scale = WIDTH / width
    if abs(scale - 1) > 0.02:
        how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        picture = cv2.resize(picture, (WIDTH, max(1, round(height * scale))), interpolation=how)
    picture = from_above(picture)
    angle = _skew(picture)
    if _LEAST_TURN < abs(angle) < _MOST_TURN:
        picture = _turned(picture, angle)
    level = picture
    picture = evened(level)
    ink = _ink(picture)
    character = _character_height(ink)
    flat, steep = _line_masks(ink, character)
    level_lines = _flat_lines(flat)
    if picture is not level:  # coloured tables have faint lines
        steep = steep | _faint(picture, character, level_lines)
    steep_lines = _steep_lines(steep)
    if picture is level:
        level_lines, steep_lines = _printed(picture, level_lines, steep_lines)
    level_lines, steep_lines = _bridged(level_lines, character), _bridged(steep_lines, character)
    horizontal, vertical = _meeting(level_lines, steep_lines)
    if not vertical:
        written = ink.copy()
        written[cv2.dilate(flat, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 5))) > 0] = 0
        horizontal, vertical = columns_of(written, level_lines, character)
    unruled = picture.copy()
    for mask, lines in (
        (flat, [(x0, y, x1, y) for x0, x1, y in horizontal]),
        (steep, [(x, top, x, bottom) for top, bottom, x in vertical]),
    ):
        line = _pixels_of(mask, lines)
        ink[line > 0] = 0
        unruled[line > 0] = 255
    return Sheet(picture, unruled, ink, horizontal, vertical, character, _contrast(unruled, ink))


def _contrast(grey: Picture, ink: Picture) -> float:
    """Return how far the print is from the paper; what shines through from behind is paler."""
    np = tools().numpy
    printed = grey[ink > 0]
    if len(printed) == 0:
        return 0.0
    return float(np.median(grey[::8, ::8])) - float(np.percentile(printed, 20))


def _pixels_of(mask: Picture, lines: list[tuple[float, float, float, float]]) -> Picture:
    """Return the pixels of the given lines and those next to them; none may be read as 1 or —."""
    cv2, np = tools().cv2, tools().numpy
    room = np.zeros_like(mask)
    for x0, y0, x1, y1 in lines:
        low = (int(x0) - _THICK // 2, int(y0) - _THICK // 2)
        cv2.rectangle(room, low, (int(x1) + _THICK // 2, int(y1) + _THICK // 2), 255, -1)
    return cv2.dilate(mask & room, cv2.getStructuringElement(cv2.MORPH_RECT, (5, 5)))


def _ink(picture: Picture) -> Picture:
    cv2 = tools().cv2
    return cv2.adaptiveThreshold(
        cv2.GaussianBlur(picture, (3, 3), 0),
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        31,
        12,
    )


def _skew(picture: Picture) -> float:
    """Return by how many degrees the long, nearly flat lines of a page lean.

    The turn at which their points heap up on the fewest rows; a twentieth of the time of Hough's
    transform at the same grain.
    """
    cv2, np = tools().cv2, tools().numpy
    height = max(1, round(picture.shape[0] * _SKEW_WIDTH / picture.shape[1]))
    small = cv2.resize(picture, (_SKEW_WIDTH, height), interpolation=cv2.INTER_AREA)
    # Text is of no use here and most of the work: keep what is longer than a character.
    flat = cv2.morphologyEx(
        _ink(small), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (25, 1))
    )
    ys, xs = np.nonzero(flat)
    if len(ys) < _LEAST_LINE:
        return 0.0
    best = 0.0
    for step, reach in ((0.5, _MOST_TURN), (0.1, 0.5), (0.02, 0.1)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        heaps = [_heaped(xs, ys, float(angle)) for angle in angles]
        best = float(angles[int(np.argmax([(heap.astype(float) ** 2).sum() for heap in heaps]))])
    return best if _heaped(xs, ys, best).max() >= _LEAST_LINE else 0.0


def _heaped(xs: Any, ys: Any, angle: float) -> Any:
    """Return how many points fall on each row of a page turned back by ``angle`` degrees."""
    np = tools().numpy
    rows = np.rint(ys - xs * math.tan(math.radians(angle))).astype(np.int64)
    return np.bincount(rows - rows.min())


def _turned(picture: Picture, angle: float) -> Picture:
    cv2 = tools().cv2
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _character_height(ink: Picture) -> int:
    """Return the usual height of a character: lines must be told from its strokes."""
    cv2, np = tools().cv2, tools().numpy
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, 3]
    heights = heights[(heights > 9) & (heights < 90)]
    return int(np.percentile(heights, 70)) if len(heights) > 20 else 30


def _line_masks(ink: Picture, character: int) -> tuple[Any, Any]:
    cv2 = tools().cv2
    long_flat = cv2.getStructuringElement(cv2.MORPH_RECT, (max(60, character * 3), 1))
    long_steep = cv2.getStructuringElement(cv2.MORPH_RECT, (1, max(34, int(character * 1.5))))
    # A line one pixel thick that leans by a hair is broken into steps: thicken first.
    flat = cv2.morphologyEx(
        cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3))),
        cv2.MORPH_OPEN,
        long_flat,
    )
    steep = cv2.morphologyEx(
        cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 1))),
        cv2.MORPH_OPEN,
        long_steep,
    )
    return flat, steep


_SAME_LINE = 4.0
"""Pixels across between two pieces of one line."""
_BREAK = 0.8
"""Heights of a character between them: rubbed out, or not printed. A cell is wider, whose sides end
lines."""


def _bridged(lines: list[Segment], character: int) -> list[Segment]:
    """Return the lines with the pieces of one put together: a cell would run into the next."""
    out: list[Segment] = []
    for start, end, at in sorted(lines, key=lambda line: (line[0], line[1])):
        for n, (first, last, other) in enumerate(out):
            near = abs(other - at) <= _SAME_LINE
            if near and first <= start <= last + _BREAK * character and end > last:
                out[n] = (first, end, (other + at) / 2)
                break
        else:
            out.append((start, end, at))
    return out


_THROUGH = 0.33
"""Share of the usual line's contrast below which a line is one of the other side of the sheet."""


def _printed(
    picture: Picture, horizontal: list[Segment], vertical: list[Segment]
) -> tuple[list[Segment], list[Segment]]:
    """Return the lines less those that only shine through: on them, no cell of this side ends."""
    np = tools().numpy
    paper = float(np.median(picture[::8, ::8]))

    def dark(part: Picture, axis: int) -> float:
        return paper - float(np.median(part.min(axis=axis))) if part.size else 0.0

    flat = [
        dark(picture[max(0, int(y) - 2) : int(y) + 3, int(a) : int(b)], 0) for a, b, y in horizontal
    ]
    steep = [
        dark(picture[int(a) : int(b), max(0, int(x) - 2) : int(x) + 3], 1) for a, b, x in vertical
    ]
    if not flat or not steep:
        return horizontal, vertical
    least = _THROUGH * float(np.percentile([*flat, *steep], 75))
    return (
        [line for line, found in zip(horizontal, flat, strict=True) if found >= least],
        [line for line, found in zip(vertical, steep, strict=True) if found >= least],
    )


_ALONG = 25
"""Pixels along a faint line that are taken together: its grain goes, what crosses it nearly."""
_FAINT = 5
"""Grey levels by which a faint line is darker than what is beside it."""


def _faint(picture: Picture, character: int, horizontal: Sequence[Segment]) -> Picture:
    """Return the upright lines too faint to be ink: those that go from one level line to another.

    So does no stroke of a character.
    """
    cv2, np = tools().cv2, tools().numpy
    smooth = cv2.blur(picture, (1, _ALONG))
    found = cv2.inRange(cv2.subtract(cv2.blur(smooth, (_ALONG, 1)), smooth), _FAINT, 255)
    size = (1, round(character * 1.4))
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    out = np.zeros_like(found)
    for x, y, w, h in _boxes(found):
        if w > _THICK:
            continue
        middle = x + w / 2
        levels = [at for x0, x1, at in horizontal if x0 - _REACH <= middle <= x1 + _REACH]
        above = [at for at in levels if abs(at - y - _ALONG // 2) <= _REACH]
        below = [at for at in levels if abs(at - y - h + _ALONG // 2) <= _REACH]
        if above and below and below[-1] - above[0] > character:
            out[round(above[0]) : round(below[-1]), x : x + w] = 255
    return out


_REACH = 9
"""Pixels between the end of a line and the line it should meet."""


def _meeting(
    horizontal: list[Segment], vertical: list[Segment]
) -> tuple[list[Segment], list[Segment]]:
    """Return only lines that meet lines of the other direction.

    Strokes of large characters look like short vertical lines, underlined words like horizontal
    ones; a table's lines begin and end at others.
    """
    vertical = [
        (top, bottom, x)
        for top, bottom, x in vertical
        if any(
            x0 - _REACH <= x <= x1 + _REACH and top - _REACH <= y <= bottom + _REACH
            for x0, x1, y in horizontal
        )
    ]
    horizontal = [
        (x0, x1, y)
        for x0, x1, y in horizontal
        if any(
            x0 - _REACH <= x <= x1 + _REACH and top - _REACH <= y <= bottom + _REACH
            for top, bottom, x in vertical
        )
    ]
    return horizontal, vertical


_THICK = 16
"""Pixels; a thicker bar is a shaded area or a picture, not a line."""


def _flat_lines(mask: Picture) -> list[Segment]:
    return [
        (float(x), float(x + w), y + h / 2) for x, y, w, h in _boxes(mask) if h <= _THICK and w > h
    ]


def _steep_lines(mask: Picture) -> list[Segment]:
    return [
        (float(y), float(y + h), x + w / 2) for x, y, w, h in _boxes(mask) if w <= _THICK and h > w
    ]


def _boxes(mask: Picture) -> list[tuple[int, int, int, int]]:
    _, _, stats, _ = tools().cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]

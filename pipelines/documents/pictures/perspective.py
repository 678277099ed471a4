"""A page photographed at an angle, drawn again as it would look from straight above.

From the side, upright lines lean one way at the left and the other way at the right, and so do the
lines across at top and bottom. How much says what four corners a rectangle has become.
"""

from __future__ import annotations

from typing import Any

from pipelines.documents.pictures.engine import Picture, tools

_WIDTH = 1000
"""Pixels of width at which lines are looked for."""
_PIECE = 25
"""Pixels; shorter strokes are a character's."""
_STRIPS, _LEAST_STRIPS = 5, 3
"""Strips the page is looked at in, and those in which lines must be."""
_POINTS = 200
"""Pixels of lines in a strip, of which half must lie on one."""
_MOST = 0.15
"""Lean of a line, in pixels a pixel, at most: 8.5 degrees."""
_OFF = 0.006
"""Lean by which a strip may be off what the others say."""
_SPREAD = 0.012
"""Difference of lean from one side of the page to the other, at least."""


def from_above(picture: Picture) -> Picture:
    """Return a page without the perspective it was photographed in; as it is where there is none.

    Args:
        picture: an upright page in grey.
    """
    cv2, np = tools().cv2, tools().numpy
    height, width = picture.shape[:2]
    scale = _WIDTH / width
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(
        small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )
    rows, columns = small.shape[:2]
    across = _leans(ink, (_PIECE, 1), columns / 2)
    upright = _leans(ink, (1, _PIECE), rows / 2)
    if across is None or upright is None:
        return picture
    if max(abs(across[1]) * rows, abs(upright[1]) * columns) < _SPREAD:
        return picture
    corners = [
        _crossing((x, y), across, upright, (columns / 2, rows / 2))
        for x, y in ((0, 0), (columns, 0), (columns, rows), (0, rows))
    ]
    source = np.array(corners, np.float32) / scale
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    return cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _leans(ink: Picture, piece: tuple[int, int], middle: float) -> tuple[float, float] | None:
    """Return how lines lean by where they cross the page's middle, as a constant and a slope.

    The page is looked at in strips: in each its lines lean nearly alike.
    """
    cv2, np = tools().cv2, tools().numpy
    flat = piece[0] > piece[1]
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, piece)
    whole = cv2.dilate(ink, np.ones((3, 1) if flat else (1, 3), np.uint8))
    strokes = cv2.erode(
        cv2.morphologyEx(whole, cv2.MORPH_OPEN, kernel), np.ones((3, 1) if flat else (1, 3))
    )
    along, across = np.nonzero(strokes)[::-1] if flat else np.nonzero(strokes)
    along = along - middle
    found = []
    size = (strokes.shape[0] if flat else strokes.shape[1]) / _STRIPS
    for n in range(_STRIPS):
        part = (across >= n * size) & (across < (n + 1) * size)
        lean = _lean(along[part], across[part])
        if lean is not None:
            found.append((float(across[part].mean()), lean))
    if len(found) < _LEAST_STRIPS:
        return None
    places, leans = zip(*found, strict=True)
    slope, constant = np.polyfit(places, leans, 1)
    off = np.abs(np.array(leans) - (constant + slope * np.array(places)))
    return (float(constant), float(slope)) if float(off.max()) <= _OFF else None


def _lean(along: Any, across: Any) -> float | None:
    """Return how far points of lines move across a pixel along: where they heap up most."""
    np = tools().numpy
    if len(along) < _POINTS:
        return None
    best, most = 0.0, 0
    for step, reach in ((0.008, _MOST), (0.0016, 0.008), (0.0004, 0.0016)):
        leans = best + np.arange(-reach, reach + step / 2, step)
        heaps = [_heaped(along, across, float(lean)) for lean in leans]
        squares = [(heap.astype(float) ** 2).sum() for heap in heaps]
        best = float(leans[int(np.argmax(squares))])
        most = int(heaps[int(np.argmax(squares))].max())
    return best if most >= _POINTS // 2 else None


def _heaped(along: Any, across: Any, lean: float) -> Any:
    np = tools().numpy
    rows = np.rint(across - along * lean).astype(np.int64)
    return np.bincount(rows - rows.min())


def _crossing(
    place: tuple[float, float],
    across: tuple[float, float],
    upright: tuple[float, float],
    middle: tuple[float, float],
) -> tuple[float, float]:
    """Return where the line across and the upright one meet that cross the middles at a place."""
    (x, y), (middle_x, middle_y) = place, middle
    flat, steep = across[0] + across[1] * y, upright[0] + upright[1] * x
    # Y = y + flat (X - middle_x) and X = x + steep (Y - middle_y)
    crossed_x = (x + steep * (y - flat * middle_x - middle_y)) / (1 - flat * steep)
    return crossed_x, y + flat * (crossed_x - middle_x)

"""Which way up a page lies: a few of its lines are read in each direction until one makes sense."""

from __future__ import annotations

from pipelines.documents.pictures.engine import Picture, recognise, tools
from pipelines.documents.pictures.rows import rows_of

_WIDTH = 1400
"""Pixels of the page's shorter side that its direction is looked at by."""
_LINES = 3
_BEST = 2
"""Of so many lines so many must make sense: one may be a row of figures."""
_LONGEST = 14
"""Characters of a line that are looked at."""
_SURE = 0.85
"""Mean score of lines that are surely read the right way up (2026-11, nine damaged pages: 0.99 and
more as they should lie, below 0.6 any other way)."""
_LEAST = 0.75
"""Without it a page is left as it is."""
_TURNS = (0, 1, 3, 2)
"""Quarter turns against the clock, the likely ones first."""


def upright(grey: Picture) -> Picture:
    """Return a page turned by 90, 180 or 270 degrees if it is read so and not as it lies."""
    np = tools().numpy
    best, found = 0, _LEAST
    for turns in _TURNS:
        sure = _sense(np.ascontiguousarray(np.rot90(grey, turns)))
        if sure >= _SURE:
            best = turns
            break
        if sure > found:
            best, found = turns, sure
    return np.ascontiguousarray(np.rot90(grey, best)) if best else grey


def _sense(grey: Picture) -> float:
    """Return how surely the longest lines of a page are read as words, 0 to 1."""
    cv2, np = tools().cv2, tools().numpy
    scale = _WIDTH / min(grey.shape[:2])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(
        small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 14
    )
    rulings = np.zeros_like(ink)
    for size, thick in (((90, 1), (3, 1)), ((1, 60), (1, 3))):  # they are no text
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
        # A line that bends or leans by a hair is broken into steps: thickened first.
        whole = cv2.dilate(ink, np.ones(thick, np.uint8))
        rulings |= cv2.morphologyEx(whole, cv2.MORPH_OPEN, kernel)
    ink[cv2.dilate(rulings, np.ones((3, 3), np.uint8)) > 0] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, 3]
    heights = heights[(heights > 8) & (heights < 60)]
    if len(heights) < 20:
        return 0.0
    character = int(np.percentile(heights, 75))
    boxes = rows_of(ink, character, strict=False) or []
    longest = sorted(boxes, key=lambda b: b[0] - b[2])[:_LINES]
    pictures = []
    for x0, top, x1, bottom in longest:
        right = min(x1, x0 + _LONGEST * character)
        if right - x0 < 3 * character:
            continue
        cut = small[max(0, int(top) - 3) : int(bottom) + 4, max(0, int(x0) - 4) : int(right) + 4]
        pictures.append(cv2.cvtColor(cut, cv2.COLOR_GRAY2BGR))
    if not pictures:
        return 0.0
    read = recognise(pictures)
    words = [score if sum(c >= "\u3400" for c in text) >= 3 else 0.0 for text, score in read]
    return float(np.mean(sorted(words)[-_BEST:]))

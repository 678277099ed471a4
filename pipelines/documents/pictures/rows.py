"""Where lines of text stand on an upright page, seen from its ink alone.

The detector needs a second of a processor for a page and finds the same boxes where lines are level
and apart; it is asked only where they are not.
"""

from __future__ import annotations

from pipelines.documents.paged.page import Box
from pipelines.documents.pictures.engine import Picture, tools

_GAP = 1.3
"""Heights of a character between two words of a line at most."""
_LEAST, _MOST = 0.55, 2.4
"""Heights of a character that a line is high."""
_USUAL = 1.4
"""Heights of its own characters that a line is high at most."""
_WHOLE = 0.97
"""Share of a strip's ink that must stand in lines: else something else is on it."""
_SPECK = 0.3
"""Heights of a character; what is smaller and alone is dust."""


def rows_of(ink: Picture, character: int, *, strict: bool = True) -> list[Box] | None:
    """Return the lines of text on a strip; ``strict``: None where its ink does not lie in lines."""
    cv2, np = tools().cv2, tools().numpy
    joined = cv2.morphologyEx(
        ink,
        cv2.MORPH_CLOSE,
        cv2.getStructuringElement(cv2.MORPH_RECT, (int(_GAP * character) | 1, 1)),
    )
    # The parts of a character stand one above the other: 二, 三, 章.
    joined = cv2.morphologyEx(
        joined, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (1, character // 4 | 1))
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    weights = np.bincount(labels[ink > 0], minlength=len(stats))
    boxes: list[Box] = []
    lost = total = 0
    for (x, y, w, h, _), weight in zip(stats[1:].tolist(), weights[1:].tolist(), strict=True):
        if max(w, h) < _SPECK * character:
            continue
        total += weight
        if _LEAST * character <= h <= _MOST * character and (
            h <= _USUAL * character or _is_one(ink[y : y + h, x : x + w])
        ):
            boxes.append((float(x), float(y), float(x + w), float(y + h)))
        elif not (h < _LEAST * character and w < 2 * character):  # a dash, 一, a point
            lost += weight
        else:
            boxes.append((float(x), float(y), float(x + w), float(y + h)))
    if strict and lost > (1 - _WHOLE) * max(total, 1):
        return None
    return _put_together(boxes, character)


def _is_one(ink: Picture) -> bool:
    """Tell whether high ink is a line in large type, and not two lines that meet."""
    cv2, np = tools().cv2, tools().numpy
    heights = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, 3]
    return bool(len(heights) and ink.shape[0] <= _USUAL * np.percentile(heights, 85))


def _put_together(boxes: list[Box], character: int) -> list[Box]:
    """Join what is of one line: boxes side by side that overlap in height, within a gap."""
    out: list[Box] = []
    for box in sorted(boxes):
        for n, (x0, top, x1, bottom) in enumerate(out):
            lower, upper = min(bottom, box[3]), max(top, box[1])
            heights = bottom - top, box[3] - box[1]
            # A label set to the middle of two lines is a line of neither.
            small = min(heights) < _LEAST * character
            shared = 0.5 * min(heights) if small else 0.65 * max(heights)
            if lower - upper > shared and box[0] - x1 <= _GAP * character:
                out[n] = (x0, min(top, box[1]), max(x1, box[2]), max(bottom, box[3]))
                break
        else:
            out.append(box)
    kept = [b for b in out if b[3] - b[1] >= _LEAST * character or b[2] - b[0] >= character]
    return sorted(kept, key=lambda box: (box[1], box[0]))


def apart(boxes: list[Box]) -> list[Box]:
    """Return the detector's boxes with none reaching into the line at its left.

    It draws them wide, and half a character of a neighbour is read as a sign of its own.
    """
    out: list[Box] = []
    for x0, top, x1, bottom in sorted(boxes):
        left = x0
        for _, above, end, below in out:
            shared = min(bottom, below) - max(top, above)
            if shared > 0.5 * min(bottom - top, below - above) and left < end < x1:
                left = end
        out.append((left, top, x1, bottom))
    return out

"""Coloured headers and striped rows: the same page on white paper, all its ink dark.

A shaded area is a rectangle of a table, on a page that lies level. Its sides are borders of cells,
though no line may be drawn there.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.documents.pictures.engine import Picture, tools

_ACROSS, _DOWN = 8, 2
"""Every how many pixels the ground is looked for: rows are low and wide."""
_WINDOW = 17
"""Looks, some 140 by 34 pixels: within them there is more ground than what is written on it."""
_SHADED = 24
"""Grey levels below the paper's at which a ground counts as shaded at all."""
_WIDE, _HIGH = 200, 36
"""Pixels that a shaded area measures at least: bold words side by side are as dark, but smaller."""
_FILLED = 0.8
"""Share of its own frame that a shaded area fills; else it is a picture or a shadow."""
_EVEN = 0.5
"""Share of its pixels that have its own colour, or nearly; of bold words side by side fewer do."""
_FULL = 180
"""Grey levels that ink is apart from its ground at least where it is as far from it as can be."""
_BORDER = 60
"""Grey of the line drawn around a shaded area."""
_NEAR = 22
"""Pixels from where the looks put a side to where it is."""

_Frame = tuple[int, int, int, int]
"""x0, top, x1, bottom, in pixels."""


def evened(grey: Picture) -> Picture:
    """Return a level page with shaded areas made white and what is written on them dark.

    White letters on a dark header become dark ones. A page of plain paper is returned as it is.
    """
    cv2, np = tools().cv2, tools().numpy
    looks = np.ascontiguousarray(grey[_DOWN // 2 :: _DOWN, _ACROSS // 2 :: _ACROSS])
    ground = cv2.medianBlur(looks, _WINDOW)
    paper = float(np.percentile(ground, 90))
    shaded = (ground < paper - _SHADED).astype(np.uint8)
    kernel = np.ones((_HIGH // _DOWN, _WIDE // _ACROSS), np.uint8)
    shaded = cv2.morphologyEx(shaded, cv2.MORPH_OPEN, kernel)
    frames = list(_frames(shaded, grey))
    if not frames:
        return grey
    out = grey.copy()
    for frame in frames:
        x0, top, x1, bottom = frame
        part = (slice(top // _DOWN, bottom // _DOWN), slice(x0 // _ACROSS, x1 // _ACROSS))
        inside = shaded[part] > 0
        if not inside.any():
            continue
        usual = int(np.median(ground[part][inside]))
        like = inside & (np.abs(ground[part].astype(np.int16) - usual) <= _SHADED)
        own = np.where(like, ground[part], usual).astype(np.uint8)
        own = cv2.resize(own, (x1 - x0, bottom - top), interpolation=cv2.INTER_LINEAR)
        # Ink on a middle grey cannot be far from it.
        gain = np.maximum(1.0, _FULL / np.maximum(own, 255 - own).astype(np.float32))
        apart = cv2.multiply(cv2.absdiff(grey[top:bottom, x0:x1], own), gain, dtype=cv2.CV_8U)
        out[top:bottom, x0:x1] = cv2.bitwise_not(apart)
    for x0, top, x1, bottom in frames:
        cv2.rectangle(out, (x0, top), (x1, bottom), _BORDER, 2)
    return out


def _frames(shaded: Picture, grey: Picture) -> Iterator[_Frame]:
    """Yield the frames of the shaded areas, each side where the page changes most."""
    cv2, np = tools().cv2, tools().numpy
    height, width = grey.shape[:2]
    _, _, stats, _ = cv2.connectedComponentsWithStats(shaded, connectivity=4)
    for x, y, w, h, area in stats[1:].tolist():
        if area < _FILLED * w * h:
            continue
        x0, x1, top, bottom = x * _ACROSS, (x + w) * _ACROSS, y * _DOWN, (y + h) * _DOWN
        part = grey[top:bottom, x0:x1]
        usual = int(np.median(part))
        if float(((part > usual - _SHADED) & (part < usual + _SHADED)).mean()) < _EVEN:
            continue
        across = grey[top:bottom].mean(axis=0)
        down = grey[:, x0:x1].mean(axis=1)
        yield (
            _step(across, x0, width),
            _step(down, top, height),
            _step(across, x1, width),
            _step(down, bottom, height),
        )


def _step(profile: Picture, at: int, end: int) -> int:
    """Return where, near a place, a profile changes most."""
    np = tools().numpy
    low, high = max(0, at - _NEAR), min(end - 1, at + _NEAR)
    change = np.abs(profile[low + 2 : high] - profile[low : high - 2])
    return int(low + 1 + np.argmax(change)) if len(change) else min(at, end - 1)

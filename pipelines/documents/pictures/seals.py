"""A picture in grey, without the red seals that are stamped over its figures."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.documents.pictures.engine import Picture, tools

_RED = 50
"""Levels by which red ink is redder than it is green or blue."""
_SIDE = 0.09
"""Share of the picture's width that a seal measures at least: words in red are smaller."""
_SQUARE = 0.6
"""Its shorter side by its longer one, at least."""
_PALE = 15
"""Percentile of the red channel in red ink from which on it counts as white."""
_LOOK = 600
"""Pixels of width that seals are looked for at."""


def grey_of(picture: Picture) -> Picture:
    """Return a picture (rows, columns, red, green, blue) in grey.

    In the frame of a seal the red channel alone: there red ink is as white as the paper, black ink
    as black as ever. Words printed in red stay as they are.
    """
    cv2, np = tools().cv2, tools().numpy
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    for rows, columns in seals_in(picture):
        red, green = picture[rows, columns, 0], picture[rows, columns, 1]
        ink = red[red.astype(np.int16) - green > _RED]
        if len(ink):
            white = max(1.0, float(np.percentile(ink, _PALE)))
            grey[rows, columns] = cv2.convertScaleAbs(red, alpha=255 / white)
    return grey


def seals_in(picture: Picture) -> Iterator[tuple[slice, slice]]:
    """Yield where on a picture seals are: large, about square, in red."""
    cv2, np = tools().cv2, tools().numpy
    height, width = picture.shape[:2]
    scale = min(1.0, _LOOK / width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.int16)
    red = (small[:, :, 0] - np.maximum(small[:, :, 1], small[:, :, 2]) > _RED).astype(np.uint8)
    if not red.any():
        return
    # Figures cut its ring and its words stand apart: taken together.
    near = cv2.dilate(red, np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    for x, y, w, h, _ in stats[1:].tolist():
        if min(w, h) >= _SIDE * size[0] and min(w, h) >= _SQUARE * max(w, h):
            yield (
                slice(int(y / scale), int((y + h) / scale) + 1),
                slice(int(x / scale), int((x + w) / scale) + 1),
            )

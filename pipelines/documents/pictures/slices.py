"""One long picture that was cut into several: put together again before anything is read.

A cut goes through whatever stands there, a row of a table or a line of text: neither half can be
read by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipelines.documents.bounds import MAX_PIXELS
from pipelines.documents.pictures.engine import Picture, tools

_WIDTH = 4
"""Pixels by which slices of one picture may differ in width: none, but for a maker's rounding."""
_SPREAD = 4.0
"""Spread of grey along a row that is no blank paper."""
_ALIKE = 0.6
"""Correlation of the rows on both sides of a cut (2026-11: 0.67 to 0.78 of JPEG slices at cuts
through text and beside a ruling line; of the rows ten pixels on below 0.6)."""
_MARGIN = 0.05
"""Share of the width at each side that says nothing: a scanner's dark border goes on as well."""


def whole_pictures(pictures: Iterable[Picture]) -> Iterator[Picture]:
    """Yield the pictures in order, slices of one put together."""
    np = tools().numpy
    run: list[Picture] = []
    for picture in pictures:
        if run and not (_goes_on(run[-1], picture) and _fits(run, picture)):
            yield np.concatenate(run) if len(run) > 1 else run[0]
            run = []
        run.append(picture[:, : run[0].shape[1]] if run else picture)
    if run:
        yield np.concatenate(run) if len(run) > 1 else run[0]


def _fits(run: Sequence[Picture], picture: Picture) -> bool:
    height = sum(part.shape[0] for part in run) + picture.shape[0]
    return bool(height * run[0].shape[1] <= MAX_PIXELS and picture.shape[1] >= run[0].shape[1])


def _goes_on(above: Picture, below: Picture) -> bool:
    """Tell whether what the first row of a picture shows is what the last row above it shows."""
    np = tools().numpy
    if abs(above.shape[1] - below.shape[1]) > _WIDTH:
        return False
    width = min(above.shape[1], below.shape[1])
    inner = slice(int(_MARGIN * width), int((1 - _MARGIN) * width))
    last, first = above[-1, inner].astype(np.float32), below[0, inner].astype(np.float32)
    if last.std() < _SPREAD or first.std() < _SPREAD:
        return False
    return bool(np.corrcoef(last, first)[0, 1] >= _ALIKE)

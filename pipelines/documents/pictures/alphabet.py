"""The digits of a page beside each other: each must look like the others of its name.

A page prints its figures in one type. Where a digit looks as the page's other 7s do and as no other
digit of it does, the figure need not be recognised a second time: this is a second reading, and one
that does not share the recogniser's mistakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

from pipelines.documents.pictures.engine import Picture, tools

_WIDE, _HIGH = 12, 18
"""A digit's shape, in pixels."""
_LEAST = 5
"""Digits of a name on a page; fewer show no usual shape."""
_ALIKE = 0.82
"""Correlation with the mean of the others of its name."""
_APART = 0.06
"""By so much less it must be like any other digit (2026-11, 200 dpi: 0.2 and more; 100 dpi: 3, 5,
6, 8 and 9 come as near as 0.08)."""


_UNLIKE = 0.6
"""So little alike, a digit is not what it was read as, or not whole."""
_RATHER = 0.1
"""By so much more it is like another digit."""


class Likeness(Enum):
    """What the other digits of a page say of a figure."""

    FOR = auto()
    OPEN = auto()
    """Too few are known, or it is like two of them."""
    AGAINST = auto()


def shape_of(digit: Picture) -> Any:
    """Return a digit's picture as numbers that compare with others' whatever its size and paper."""
    cv2, np = tools().cv2, tools().numpy
    small = cv2.resize(digit, (_WIDE, _HIGH), interpolation=cv2.INTER_AREA).astype(np.float32)
    # Its breadth is part of it: a 1 stretched to the breadth of a 7 is no 1.
    breadth = np.full(_WIDE, 60.0 * digit.shape[1] / max(1, digit.shape[0]), np.float32)
    even = (small - small.mean()).ravel() / max(1.0, float(small.std()))
    small = np.concatenate([even, (breadth - 36) / 12])
    return small / max(1e-6, float(np.linalg.norm(small)))


def likeness(figures: Sequence[tuple[str, Sequence[Picture]]]) -> list[Likeness]:
    """Say of each figure, its digits and their pictures, what the page's other digits say of it."""
    np = tools().numpy
    names = "".join(digits for digits, _ in figures)
    if not names:
        return [Likeness.OPEN] * len(figures)
    shapes = np.stack([shape_of(p) for _, pictures in figures for p in pictures])
    kinds = sorted(set(names))
    of = np.array([kinds.index(c) for c in names])
    counts = np.bincount(of, minlength=len(kinds))
    sums = np.stack([shapes[of == k].sum(axis=0) for k in range(len(kinds))])
    means = sums / np.maximum(1e-6, np.linalg.norm(sums, axis=1, keepdims=True))
    like = shapes @ means.T
    own_sums = sums[of] - shapes  # the others of its name, without it
    lengths = np.maximum(1e-6, np.linalg.norm(own_sums, axis=1))
    own = (shapes * own_sums).sum(axis=1) / lengths
    like[:, counts <= _LEAST] = -1.0
    like[np.arange(len(of)), of] = -1.0
    other = like.max(axis=1)
    known = counts[of] > _LEAST
    good = known & (own >= _ALIKE) & (own - other >= _APART)
    bad = known & ((own < _UNLIKE) | (other - own >= _RATHER))
    out: list[Likeness] = []
    at = 0
    for digits, _ in figures:
        part = slice(at, at + len(digits))
        if bad[part].any():
            out.append(Likeness.AGAINST)
        else:
            out.append(Likeness.FOR if digits and good[part].all() else Likeness.OPEN)
        at += len(digits)
    return out

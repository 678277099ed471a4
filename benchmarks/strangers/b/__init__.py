"""A stranger's world of annual reports on government information disclosure, with known truth."""

from __future__ import annotations

from collections.abc import Iterator

from .compose import make
from .model import Made

__all__ = ["Made", "documents"]


def documents(seed: int, count: int) -> Iterator[Made]:
    """``count`` documents, each drawn from ``seed`` and its own number alone."""
    for n in range(count):
        yield make(seed, n)

"""Answers kept from one document for the next: what a label is, the same in ten thousand reports.

A cell may hold a whole page, so only what is asked of short texts is kept: a cache then has a
bound in bytes, not only in entries.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Protocol, TypeVar, cast

_Answer = TypeVar("_Answer")
_Answer_co = TypeVar("_Answer_co", covariant=True)

LONGEST_KEPT = 200
"""Characters; what is longer is no label and no figure, and is not met again."""


class Kept(Protocol[_Answer_co]):
    """A question about a text whose answers about short ones are kept."""

    @property
    def short(self) -> Any:
        """The cache: the same question about texts that are known to be short."""

    def __call__(self, text: str, /) -> _Answer_co:
        """Answer."""


def kept(
    maxsize: int, longest: int = LONGEST_KEPT
) -> Callable[[Callable[[str], _Answer]], Kept[_Answer]]:
    """Return a decorator that keeps the last ``maxsize`` answers of a pure function of a text."""

    def keep(ask: Callable[[str], _Answer]) -> Kept[_Answer]:
        short = lru_cache(maxsize)(ask)

        @wraps(ask)
        def asked(text: str) -> _Answer:
            return short(text) if len(text) <= longest else ask(text)

        asked.__dict__["short"] = short
        return cast("Kept[_Answer]", asked)

    return keep

"""Which page of a document is being recognised: told to whoever asked, for each takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_listener: Callable[[int, int], None] | None = None


@contextmanager
def to(listener: Callable[[int, int], None]) -> Iterator[None]:
    """Have a listener called with each page's number and how many there are."""
    global _listener  # noqa: PLW0603 - a reading process reads one document at a time
    _listener = listener
    try:
        yield
    finally:
        _listener = None


def begun(number: int, count: int) -> None:
    """Say that a page's recognition begins."""
    if _listener is not None:
        _listener(number, count)

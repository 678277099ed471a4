"""Ends quietly where nobody listens any more: ``scrapy extract … | head`` has seen enough."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def until_nobody_listens() -> Iterator[None]:
    """Print as long as somebody reads; what is printed inside is sent before this ends."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still held back would be tried again at the end of the process, and fail loudly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

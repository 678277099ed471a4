"""How much of a processor the document at hand may still use: counted, not timed.

Other work on a machine makes reading take longer, but hardly cost more. What is given up for its
cost is therefore the same document on a busy machine as on an idle one.
"""

from __future__ import annotations

import math
import resource
from collections.abc import Iterator
from contextlib import contextmanager

_end: float | None = None
"""What ``_used`` must not reach while a document is read."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Let the kernel end this process (SIGXCPU) once the document has used so many seconds.

    Programs it starts are counted as soon as they have ended and ``charge`` is called. The kernel
    counts whole seconds: a document may get up to one more.
    """
    global _end  # noqa: PLW0603 - a reading process reads one document at a time
    _end = _used() + seconds
    try:
        charge()
        yield
    finally:
        _end = None
        _set_limit(math.inf)


def charge() -> None:
    """Count what programs that have ended meanwhile used as the document's own."""
    if _end is not None:
        _set_limit(_of(resource.RUSAGE_SELF) + max(0.0, _end - _used()))


def left() -> float:
    """Return the seconds the document may still use; infinite where nothing bounds it."""
    return math.inf if _end is None else max(0.0, _end - _used())


def _used() -> float:
    return _of(resource.RUSAGE_SELF) + _of(resource.RUSAGE_CHILDREN)


def _of(whose: int) -> float:
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


def _set_limit(seconds: float) -> None:
    """Bound this process's own processor time, within what its user may use at all."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = resource.RLIM_INFINITY if math.isinf(seconds) else max(1, math.ceil(seconds))
    if hard != resource.RLIM_INFINITY:
        soft = hard if soft == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

"""How much a test may cost, said so that it holds on a machine with other work.

A clock on the wall counts what others do, so no test asks it how long something took. What something costs
is processor time, with slack: what is linear takes a tenth of the limit, what is quadratic ten times
as much. What mostly waits is told by counted steps (requests, turns, beats), or by what came first.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("thorough" if os.environ.get("CI") else "quick")
"""How many examples Hypothesis draws: ``quick`` for whoever waits for them, ``thorough`` for CI."""


def examples(thorough: int) -> int:
    """Return how many examples to draw where ``thorough`` are wanted in all."""
    return thorough if PROFILE == "thorough" else max(10, thorough // 5)


LAST_RESORT = 600.0
"""Seconds on the wall after which what should have come never will: for what waits for another
process, which must end one day. No test is to come near it, on however busy a machine."""


def _spent() -> float:
    return time.process_time()


def _spent_by_children() -> float:
    of = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of.ru_utime + of.ru_stime


@contextmanager
def at_most(cpu_seconds: float, what: object = "", *, children: bool = False) -> Iterator[None]:
    """Fail where what is done inside takes more processor time.

    Args:
        cpu_seconds: ten times what it takes, or more: caches and clocks are shared as well.
        what: named where it fails.
        children: count what commands ended inside have cost, in place of this process.
    """
    spent = _spent_by_children if children else _spent
    before = spent()
    yield
    took = spent() - before
    assert took <= cpu_seconds, (
        f"{what} took {took:.2f} s of processor time, over {cpu_seconds:g} s"
    )


def wait_until(so: Callable[[], object], *, every: float = 0.02) -> None:
    """Wait for what must come, however long it takes; fail at the last resort."""
    end = time.monotonic() + LAST_RESORT
    while not so():
        assert time.monotonic() < end, "what was waited for never came"
        time.sleep(every)

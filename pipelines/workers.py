"""Reading documents in processes of their own, while the crawl goes on.

Reading is CPU work (tables, PDF, recognition) and runs on bytes from strangers, so each document
gets a time limit and each worker a memory limit; a document that breaks its worker costs itself.
Workers are never forked from the reactor's process: they come from a fork server started clean.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import select
import signal
import threading
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from pebble import ProcessExpired, ProcessPool

from pipelines.record import Report
from pipelines.registry import Registry
from pipelines.vocabulary.errors import CodedError, DocumentError
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source

_PRELOAD = ["pipelines.read"]


@dataclass(slots=True, frozen=True, kw_only=True)
class Limits:
    """What one document may cost, and how many are read side by side."""

    workers: int = 0
    """0: one a core."""
    seconds: float = 180.0
    """One document, wall clock. A scan of 20 pages takes about 90 s by recognition."""
    memory_mb: int = 4096
    """Address space of a worker; recognition models need about 1.5 GB of it."""
    max_tasks: int = 200
    """Documents a worker reads before a fresh one takes over: readers in C leak."""


_registry: Registry | None = None
"""The run's registry, given to each worker once: a user's own file may replace the built-in."""


def read_in_worker(page: RawFile, files: list[RawFile], source: Source, reader: str = "") -> Report:
    """Read one document; what a worker runs.

    ``reader`` names another function (``module:function``), for tests of the limits.
    """
    if reader:
        import importlib  # noqa: PLC0415 - only tests of the limits come here

        module, _, name = reader.partition(":")
        report: Report = getattr(importlib.import_module(module), name)(page, files, source)
        return report
    # Late, so that a worker that is only started does not load every reader.
    from pipelines.read import read_report  # noqa: PLC0415

    return read_report(page, files, source, _registry)


def _end_with(crawl: int) -> None:
    """End this process when the crawl's does: a killed crawl stops no worker by itself."""
    try:
        handle = os.pidfd_open(crawl)
    except ProcessLookupError:
        os._exit(1)
    select.select([handle], [], [])
    os._exit(1)


def _start_worker(memory_bytes: int, registry: Registry | None, crawl: int) -> None:
    """Bound the worker's memory, and leave Ctrl-C to the parent, which winds down in order.

    ``crawl``: the process that will want the answer.
    """
    global _registry  # noqa: PLW0603 - a worker is a process of its own, set up once
    _registry = registry
    threading.Thread(target=_end_with, args=(crawl,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory_bytes:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


class Workers:
    """A pool of reading processes, awaited from the reactor."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        registry: Registry | None = None,
        reader: str = "",
    ) -> None:
        self.limits = limits or Limits()
        self.registry = registry
        self._reader = reader
        self._pool: ProcessPool | None = None
        self.count = self.limits.workers or os.cpu_count() or 1
        # Documents wait here, not in the pool: the pool's clock starts when a worker takes one,
        # but what waits in it has already been pickled into memory.
        self._free = asyncio.Semaphore(self.count)

    def _started(self) -> ProcessPool:
        if self._pool is None:
            context = multiprocessing.get_context("forkserver")
            if not self._reader:
                context.set_forkserver_preload(_PRELOAD)
            self._pool = ProcessPool(
                max_workers=self.count,
                max_tasks=self.limits.max_tasks,
                initializer=_start_worker,
                initargs=(self.limits.memory_mb * 1024 * 1024, self.registry, os.getpid()),
                context=context,
            )
        return self._pool

    async def read(self, document: FetchedDocument) -> Report:
        """Read a document in a worker.

        Raises:
            CodedError: as the readers raise it; ``document/too-slow`` past the time limit,
                ``document/crashed`` when the worker died, ``document/too-large`` past the
                memory limit, ``report/stage-failed`` for anything else that was raised.
        """
        async with self._free:
            future = self._started().schedule(
                read_in_worker,
                args=(document.page, document.files, document.source, self._reader),
                timeout=self.limits.seconds,
            )
            try:
                report: Report = await asyncio.wrap_future(future)
            except (TimeoutError, FutureTimeoutError) as error:
                raise DocumentError(
                    "document/too-slow", f"stopped after {self.limits.seconds:g} s"
                ) from error
            except ProcessExpired as error:
                raise DocumentError(
                    "document/crashed", f"the worker died with exit code {error.exitcode}"
                ) from error
            except MemoryError as error:
                raise DocumentError(
                    "document/too-large",
                    f"reading needs more than {self.limits.memory_mb} MB of memory",
                ) from error
            except CodedError:
                raise
            except Exception as error:
                raise CodedError(
                    "report/stage-failed", f"{type(error).__name__}: {error}", evidence=_last(error)
                ) from error
            return report

    def close(self) -> None:
        """Stop the workers; what they were reading is given up."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble leaves it untyped
            self._pool.join()
            self._pool = None


class Room:
    """How many documents may be held for reading at once.

    Scrapy takes what ``start()`` yields as fast as it comes: without a bound, pages fetched in a
    minute and pictures read for an hour would fill the memory. The spider waits for ``free``
    before it yields; the read stage enters and leaves.
    """

    def __init__(self, places: int = 0) -> None:
        self.places = places
        """0: no bound, until somebody who gives places back (the read stage) sets one."""
        self.inside = 0
        self._left = asyncio.Event()

    async def free(self) -> None:
        """Wait until there is room for another document."""
        while self.places and self.inside >= self.places:
            self._left.clear()
            await self._left.wait()
        # The document counts from here; it may take a moment to reach the stage.
        self.inside += 1

    def leave(self) -> None:
        """Give a place back."""
        self.inside = max(0, self.inside - 1)
        self._left.set()


_ROOMS: WeakKeyDictionary[object, Room] = WeakKeyDictionary()


def room_of(crawler: object) -> Room:
    """Return the room of a crawl, the same one for every component."""
    return _ROOMS.setdefault(crawler, Room())


def _last(error: Exception) -> str:
    """Return error and the last lines of the worker's own traceback, which name the stage."""
    trace: Any = getattr(error, "traceback", None) or getattr(error, "__cause__", None) or ""
    lines = [line.strip() for line in str(trace).splitlines() if line.strip()]
    places = [line for line in lines if line.startswith("File ")]
    where = f" in {places[-1]}" if places else ""
    return f"{type(error).__name__}: {error}{where}"

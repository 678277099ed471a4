"""Reading documents in processes of their own, while the crawl goes on.

Reading is CPU work (tables, PDF, recognition) and runs on bytes from strangers, so each document
gets a bound on processor time and each worker one on memory; a document that breaks its worker
costs itself. Workers are never forked from the reactor's process: they come from a fork server
started clean. Starting it takes seconds (it loads every reader), so that is done in a thread; a
pool that is lost is replaced, and one that cannot be had any more is said, not passed over.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import multiprocessing
import os
import resource
import select
import shutil
import signal
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pipelines import page_told, processor_time
from pipelines.record import Report
from pipelines.registry import Registry
from pipelines.vocabulary.errors import CodedError, DocumentError
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source

if TYPE_CHECKING:
    from pebble import ProcessPool

_PRELOAD = ["pipelines.all_readers"]


@dataclass(slots=True, frozen=True, kw_only=True)
class Limits:
    """What one document may cost, and how many are read side by side."""

    workers: int = 0
    """0: one a core."""
    seconds: float = 300.0
    """One document, processor time, the programs it starts included. A scan of 40 pages, the most
    that is read, takes some 160 s by recognition."""
    longest: float = 7200.0
    """One document, wall clock: the last resort against what waits for ever and uses nothing. On
    a machine so busy that the bound above is not reached in this time, results depend on it."""
    memory_mb: int = 4096
    """Address space of a worker; recognition models need about 1.5 GB of it."""
    max_tasks: int = 200
    """Documents a worker reads before a fresh one takes over: readers in C leak."""


_registry: Registry | None = None
"""The run's registry, given to each worker once: a user's own file may replace the built-in."""


def read_in_worker(
    page: RawFile,
    files: list[RawFile],
    source: Source,
    seconds: float,
    *,
    reader: str = "",
    told: str = "",
) -> Report:
    """Read one document; what a worker runs.

    ``seconds``: processor time it may use. ``reader`` names another function
    (``module:function``), for tests of the limits. ``told``: the file that says which of its
    pages is being recognised.
    """
    with processor_time.bounded(seconds), page_told.to(partial(_tell_page, told)):
        return _read(page, files, source, reader)


def _tell_page(told: str, number: int, count: int) -> None:
    with contextlib.suppress(OSError):  # what nobody can be told is no reason not to read
        if told:
            Path(told).write_text(f"page {number} of {count}", "ascii")


def _read(page: RawFile, files: list[RawFile], source: Source, reader: str) -> Report:
    if reader:
        module, _, name = reader.partition(":")
        report: Report = getattr(importlib.import_module(module), name)(page, files, source)
        return report
    from pipelines.read import read_report

    return read_report(page, files, source, _registry)


def _end_with(crawl: int) -> None:
    """End this process when the crawl's does: a killed crawl stops no worker by itself."""
    try:
        handle = os.pidfd_open(crawl)
    except ProcessLookupError:
        os._exit(1)
    select.select([handle], [], [])
    os._exit(1)


def _start_worker(
    memory_bytes: int, registry: Registry | None, crawl: int, *, readers: bool
) -> None:
    """Bound the worker's memory, and leave Ctrl-C to the parent, which winds down in order.

    ``crawl``: the process that will want the answer. ``readers``: load them now, where the fork
    server could not (it looks for the project in the current folder alone).
    """
    global _registry  # noqa: PLW0603 - a worker is a process of its own, set up once
    _registry = registry
    threading.Thread(target=_end_with, args=(crawl,), daemon=True).start()
    if readers:
        importlib.import_module("pipelines.all_readers")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A worker ended for its processor time leaves no core file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if memory_bytes:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def _ready() -> None:
    """Do nothing: a worker that answers is there, with every reader loaded."""


_STARTS = 3
"""Pools in a row that are lost without a document read: then it is not the document's fault."""
_REST = 1.0
"""Seconds before another pool is started, times the pools lost: memory may be free again."""
_LOOK = 1.0
"""Seconds between two looks whether there still is a pool."""
_DEATHS = 2
"""Times a document's worker may be ended from outside before it counts as the document's doing:
a machine short of memory kills whom it pleases."""
_FROM_OUTSIDE = frozenset({-signal.SIGKILL, -signal.SIGTERM})
_SERVER_LOST = 255
"""The exit code multiprocessing gives to a worker whose fork server is gone."""


class _PoolLostError(Exception):
    """The pool is broken; whatever waits in it has not been read."""


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
        self.broken = ""
        """Why nothing can be read any more; empty while it can."""
        self._reader = reader
        self._pool: ProcessPool | None = None
        self._starting: asyncio.Future[None] | None = None
        self._lost = 0
        """Pools lost since a document was read."""
        self._closed = False
        self._told: dict[Path, str] = {}
        """The files that say which page is being recognised, with what the document is called."""
        self._told_in = ""
        self._changing = threading.Lock()
        """Held by the thread that starts or stops a pool."""
        self.count = self.limits.workers or os.cpu_count() or 1
        # Documents wait here, not in the pool: the pool's clock starts when a worker takes one,
        # but what waits in it has already been pickled into memory.
        self._free = asyncio.Semaphore(self.count)

    def warm(self) -> None:
        """Start the pool in a thread: documents are about to come. Harmless when called again."""
        if self._pool is None and self._starting is None and not (self.broken or self._closed):
            loop = asyncio.get_running_loop()
            self._starting = loop.run_in_executor(None, self._start)
            # Whoever needs the pool meets the error; where nobody does, it is no news.
            self._starting.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def read(self, document: FetchedDocument) -> Report:
        """Read a document in a worker.

        Raises:
            CodedError: as the readers raise it; ``document/too-slow`` past the processor time,
                ``document/crashed`` when the worker died, ``document/too-large`` past the
                memory limit, ``document/no-reader`` where no reading process can be had,
                ``report/stage-failed`` for anything else that was raised.
        """
        from pebble import ProcessExpired

        deaths = 0
        async with self._free, self._listening(document) as told:
            while True:
                pool = await self._running()
                try:
                    report = await self._read_by(pool, document, told)
                except _PoolLostError as error:
                    self._give_up(pool, error)
                except ProcessExpired as error:
                    deaths += 1
                    if error.exitcode == _SERVER_LOST:
                        self._give_up(pool, _PoolLostError("the fork server is gone"))
                    elif error.exitcode not in _FROM_OUTSIDE:
                        deaths = _DEATHS
                    if deaths == _DEATHS:
                        raise _death(error.exitcode, self.limits) from error
                else:
                    self._lost = 0
                    return report

    @contextlib.asynccontextmanager
    async def _listening(self, document: FetchedDocument) -> AsyncIterator[str]:
        """Give a document's reader a file to say its page in."""
        try:
            self._told_in = self._told_in or tempfile.mkdtemp(prefix="county-reports-")
        except OSError:
            yield ""
            return
        file = Path(self._told_in) / str(id(document))
        self._told[file] = document.source.title or document.source.url or ""
        try:
            yield str(file)
        finally:
            self._told.pop(file, None)
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

    def pages(self) -> list[str]:
        """Return which pages are being recognised, and of what."""
        out = []
        for file, name in self._told.items():
            with contextlib.suppress(OSError):
                out.append(f"{file.read_text('ascii')} of {name}")
        return out

    async def _read_by(self, pool: ProcessPool, document: FetchedDocument, told: str) -> Report:
        from pebble import ProcessExpired

        try:
            future = pool.schedule(
                read_in_worker,
                args=(document.page, document.files, document.source, self.limits.seconds),
                kwargs={"reader": self._reader, "told": told},
                timeout=self.limits.longest,
            )
        except (RuntimeError, OSError, EOFError) as error:  # BrokenProcessPool is the first
            raise _PoolLostError(_named(error)) from error
        try:
            report: Report = await _answer_of(pool, asyncio.wrap_future(future))
        except BrokenProcessPool as error:
            raise _PoolLostError(_named(error)) from error
        except (TimeoutError, FutureTimeoutError) as error:
            raise DocumentError(
                "document/too-slow", f"stopped after {self.limits.longest:g} s by the clock"
            ) from error
        except (_PoolLostError, ProcessExpired, CodedError):
            raise
        except MemoryError as error:
            raise DocumentError(
                "document/too-large",
                f"reading needs more than {self.limits.memory_mb} MB of memory",
            ) from error
        except Exception as error:
            raise CodedError(
                "report/stage-failed", f"{type(error).__name__}: {error}", evidence=_last(error)
            ) from error
        return report

    async def _running(self) -> ProcessPool:
        """Return the pool, started where there is none.

        Raises:
            CodedError: ``document/no-reader``, now and from now on.
        """
        while (pool := self._pool) is None:
            if self._closed or self.broken:
                raise CodedError("document/no-reader", self.broken or "reading is over")
            if self._starting is None:
                await asyncio.sleep(_REST * self._lost)
                self.warm()
            if (starting := self._starting) is None:
                continue  # somebody else was faster, in one way or the other
            try:
                # Shielded: a document that is given up does not take the pool with it.
                await asyncio.shield(starting)
            except Exception as error:  # noqa: BLE001 - whatever keeps a process from starting
                if self._starting is starting:
                    self._starting = None
                    self._count_loss(error)
        return pool

    def _start(self) -> None:
        """Start a pool and wait until a worker of it answers; runs in a thread."""
        from pebble import ProcessPool

        with self._changing:
            if self._closed:
                raise _PoolLostError("reading is over")
            # Ctrl-C goes to every process of the terminal, and would end a fork server that is
            # still loading: what this thread starts is born with it blocked. The crawl winds down
            # in order.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([] if self._reader else _PRELOAD)
            pool = ProcessPool(
                max_workers=self.count,
                max_tasks=self.limits.max_tasks,
                initializer=partial(_start_worker, readers=not self._reader),
                initargs=(self.limits.memory_mb * 1024 * 1024, self.registry, os.getpid()),
                context=context,
            )
            try:
                self._wait_for(pool.schedule(_ready))
            except BaseException:
                _stop(pool)
                raise
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            self._pool = pool

    def _wait_for(self, answer: Future[None]) -> None:
        while not wait([answer], timeout=0.2).done:
            if self._closed:
                raise _PoolLostError("reading is over")
        answer.result()

    def _give_up(self, pool: ProcessPool, error: Exception) -> None:
        """Let a broken pool go, once; those who waited in it come here one after the other."""
        if self._pool is not pool:
            return
        self._pool = self._starting = None
        self._count_loss(error)
        asyncio.get_running_loop().run_in_executor(None, _stop, pool)

    def _count_loss(self, error: Exception) -> None:
        self._lost += 1
        if self._lost >= _STARTS:
            self.broken = (
                f"the reading processes could not be started or kept, {_STARTS} times in a row: "
                f"{_named(error)}"
            )

    def close(self) -> None:
        """Stop the workers; what they were reading is given up. A start under way ends first."""
        self._closed = True
        with self._changing:
            pool, self._pool = self._pool, None
            if pool is not None:
                _stop(pool)
            if self._told_in:
                shutil.rmtree(self._told_in, ignore_errors=True)


async def _answer_of(pool: ProcessPool, future: asyncio.Future[Report]) -> Report:
    """Wait for an answer as long as there is a pool to give it.

    What is handed in at the moment in which a pool breaks is never answered (Pebble 5.2.3).
    """
    while not (await asyncio.wait({future}, timeout=_LOOK))[0]:
        if not pool.active and not future.done():
            raise _PoolLostError("the pool was stopped")
    return future.result()


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call] # pebble leaves it untyped
    # A pool that broke while it started has nobody to wait for, and says so in its own ways.
    with contextlib.suppress(RuntimeError, OSError, AttributeError):
        pool.join()


def _death(exitcode: int, limits: Limits) -> DocumentError:
    if exitcode == -signal.SIGXCPU:
        return DocumentError(
            "document/too-slow", f"stopped after {limits.seconds:g} s of processor time"
        )
    return DocumentError("document/crashed", f"the worker died with exit code {exitcode}")


def _named(error: BaseException) -> str:
    """Return an error and what it came from in words, without what it was about."""
    if isinstance(error, _PoolLostError):
        return str(error)
    cause = f" ({_named(error.__cause__)})" if error.__cause__ is not None else ""
    return f"{type(error).__name__}: {error}{cause}"[:300]


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
        self.pages: Callable[[], list[str]] = list
        """What pages are being recognised; set by the read stage."""
        self.on_first: Callable[[], None] | None = None
        """Called when the first document is about to be asked for; set by the read stage."""
        self._left = asyncio.Event()

    def expect(self) -> None:
        """Say that a document is about to be asked for: what reads it may get ready."""
        first, self.on_first = self.on_first, None
        if first is not None:
            first()

    async def free(self) -> None:
        """Wait until there is room for another document."""
        self.expect()
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

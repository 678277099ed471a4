"""Everything below OUTPUT_DIR: the state database, the dataset, revisions and run folders.

No Scrapy here: a ``Store`` is opened on a folder. ``store_of`` finds the one store of whoever
holds settings (a crawl), so that spiders, stages and extensions share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from crawler.errors import StoreError
from pipelines.store.corrections import NAME as CORRECTIONS
from pipelines.store.corrections import read_corrections
from pipelines.store.dataset import Changes, Dataset
from pipelines.store.files import FolderLock, check_writable, clear_leftovers
from pipelines.store.reader import reader_version
from pipelines.store.readings import Kept
from pipelines.store.state import State

__all__ = [
    "Changes",
    "Dataset",
    "Kept",
    "State",
    "Store",
    "open_store",
    "reader_version",
    "store_of",
]


class Store:
    """An output folder that this process owns until ``close``."""

    def __init__(self, output: Path, *, wait_seconds: float = 0) -> None:
        """Check that the folder takes data, lock it, clear leftovers and open the state.

        Raises:
            StoreError: one clear line; nothing was changed.
        """
        self.output = output
        check_writable(output)
        self._lock = FolderLock(output)
        self._lock.acquire(wait_seconds)
        try:
            clear_leftovers(output)
            # A wrong row is told before the first request.
            self.corrections = read_corrections(output / CORRECTIONS)
            fresh = not (output / "state.sqlite").exists()
            self.state = State(output / "state.sqlite")
            self.dataset = Dataset(output, self.state)
            if fresh:
                self.dataset.adopt_files()
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Close the state and give the folder free; harmless when called twice."""
        self.state.close()
        self._lock.release()


class HasSettings(Protocol):
    """A crawl, as far as the store needs to know it."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """Return the settings, OUTPUT_DIR among them."""


_STORES: WeakKeyDictionary[object, Store] = WeakKeyDictionary()


def store_of(owner: Any) -> Store:
    """Return the store of a crawl, opened at the first call.

    Raises:
        StoreError: the folder cannot be used, or a state shared between machines is asked for.
    """
    store = _STORES.get(owner)
    if store is None:
        if owner.settings.get("DATABASE_URL"):
            # Crawling alone in silence, while another machine does the same, would ask every
            # portal twice at once.
            raise StoreError(
                "DATABASE_URL is set, but a crawl shared between machines is not built yet: "
                "unset it to crawl on this machine alone"
            )
        wait = float(owner.settings.get("OUTPUT_LOCK_WAIT") or 0)
        store = _STORES[owner] = Store(Path(owner.settings["OUTPUT_DIR"]), wait_seconds=wait)
    return store


def open_store(output: str | Path, *, wait_seconds: float = 0) -> Store:
    """Open the store of a folder outside a crawl (commands)."""
    return Store(Path(output), wait_seconds=wait_seconds)

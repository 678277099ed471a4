"""Everything below OUTPUT_DIR: the state database, the dataset, revisions and run folders.

No Scrapy here: a ``Store`` is opened on a folder. ``store_of`` finds the one store of whoever
holds settings (a crawl), so that spiders, stages and extensions share it.

Crawls share a folder: what each reads is its own until its verdict, portals and hosts are claimed
while they are walked and asked, and the dataset is written by one after the other. Commands that
change what is not theirs (a reparse, pruning) have the folder alone.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from pipelines.store.claims import Claims, Presence
from pipelines.store.corrections import NAME as CORRECTIONS
from pipelines.store.corrections import read_corrections
from pipelines.store.damage import set_aside
from pipelines.store.database import damage_of
from pipelines.store.dataset import Dataset
from pipelines.store.differences import Difference
from pipelines.store.files import check_writable, clear_leftovers
from pipelines.store.province import Changes
from pipelines.store.reader import reader_version
from pipelines.store.readings import Kept
from pipelines.store.state import State
from pipelines.vocabulary.errors import StoreError

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


logger = logging.getLogger(__name__)

_WRITING = "the dataset's files"
"""What a run claims while it writes them."""
_POLL = 0.1
_DOUBT = ".state-in-doubt"
"""A file that says that the state gave an error."""


class Store:
    """An output folder that this process works in until ``close``.

    Attributes:
        run: the id of what this process does there; no other has it.
        claims: names that one run at a time may hold.
        mended: what was damaged and what was done about it, a sentence each.
    """

    def __init__(self, output: Path, *, alone: bool, wait_seconds: float = 0) -> None:
        """Check that the folder takes data, enter it, clear leftovers and open the state.

        ``alone``: while no other run is there; else beside those that do not want it alone.

        Raises:
            StoreError: one clear line; nothing was changed.
        """
        self.output = output
        self.mended: list[str] = []
        check_writable(output)
        self._presence = Presence(output, alone=alone, wait_seconds=wait_seconds)
        self.run = self._presence.run
        try:
            self.claims = Claims(output / ".claims")
            try:
                with self.writing():
                    self._open_state()
            except BaseException:
                self.claims.close()
                raise
        except BaseException:
            self._presence.leave()
            raise

    def _open_state(self) -> None:
        clear_leftovers(self.output, alone=not self.others())
        # A wrong row is told before the first request.
        self.corrections = read_corrections(self.output / CORRECTIONS)
        path = self.output / "state.sqlite"
        if not self.others():
            self._check(path)
        self.state = State(path, run=self.run)
        self.dataset = Dataset(self.output, self.state)
        if self.state.knows_nothing():
            self.dataset.adopt_files(self._mend)
        self._inherit()

    def _check(self, path: Path) -> None:
        """Set a damaged state aside; what it knew is read from the dataset and the archive."""
        doubt = self.output / _DOUBT
        if wrong := damage_of(path, doubtful=doubt.exists()):
            aside = set_aside(path)
            self._mend(
                f"{path} was damaged ({wrong}) and is set aside as {aside.name}: what is held is "
                "read from the dataset, pages are fetched again"
            )
        doubt.unlink(missing_ok=True)

    def _mend(self, what: str) -> None:
        logger.warning("%s", what)
        self.mended.append(what)

    def doubt(self) -> None:
        """Let the next one who has the folder to himself check the whole state."""
        with contextlib.suppress(OSError):
            (self.output / _DOUBT).touch()

    def others(self) -> dict[str, str]:
        """Return the other runs at work here, by id, with who they are and since when."""
        return self._presence.others()

    def _inherit(self) -> None:
        """Take over what killed and stopped runs read and nobody has judged."""
        self.state.inherit(but={self.run, *self.others()})

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Write what all runs share, one after the other: a matter of seconds to minutes."""
        told = False
        while not self.claims.take(_WRITING):
            if not told:
                told = True
                logger.warning(
                    "%s is being written by %s; waiting",
                    self.output,
                    " or ".join(self.others().values()) or "another process",
                )
            time.sleep(_POLL)
        try:
            yield
        finally:
            self.claims.free(_WRITING)

    def promote(
        self,
        tell: Callable[[Difference], None] | None = None,
        *,
        but: Collection[str] = (),
    ) -> Changes:
        """Make what this run read, and what dead ones left, part of the dataset.

        ``but``: provinces whose readings wait for the next run instead.

        Raises:
            StoreError: see ``Dataset.promote``.
        """
        with self.writing():
            # One that was killed while it wrote has lines in the files that must stay there.
            self._inherit()
            return self.dataset.promote(tell, but=but)

    def close(self) -> None:
        """Close the state and give everything free; harmless when called twice."""
        self.state.close()
        self.claims.close()
        self._presence.leave()


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
        output = Path(owner.settings["OUTPUT_DIR"])
        store = _STORES[owner] = Store(output, alone=False, wait_seconds=wait)
    return store


def open_store(output: str | Path, *, wait_seconds: float = 0) -> Store:
    """Open the store of a folder outside a crawl (commands): alone."""
    return Store(Path(output), alone=True, wait_seconds=wait_seconds)

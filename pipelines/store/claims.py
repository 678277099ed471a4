"""What several runs on one output folder agree on: who is there, and who may do what just now.

Runs go on side by side; some work (a reparse, pruning) wants the folder alone. A *claim* is a name
that one run at a time may hold: a portal it walks, a host it is asking, the dataset's files. Every
claim is a lock of the operating system, so it dies with its process, however that ends.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import logging
import os
import socket
import struct
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pipelines.store.files import store_errors
from pipelines.vocabulary.errors import StoreError

logger = logging.getLogger(__name__)

_TAKEN = frozenset({errno.EAGAIN, errno.EACCES})
_POLL = 0.2
"""Seconds between two looks whether somebody else is done."""


def run_id_of(started: datetime) -> str:
    """Return the name of a run's folder; names sort by time.

    >>> run_id_of(datetime(2026, 11, 22, 0, 30, 5, tzinfo=UTC))
    '20261122T003005Z'
    """
    return started.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


class Presence:
    """A process at work below an output folder, known to the others by the run's id."""

    def __init__(self, output: Path, *, alone: bool, wait_seconds: float = 0) -> None:
        """Enter the folder, beside other runs or alone; wait as long for those in the way.

        Raises:
            StoreError: they stayed; the message says who they are and since when.
        """
        self.output = output
        self.folder = output / ".runs"
        with store_errors(output / ".lock"):
            self._door = (output / ".lock").open("a+", encoding="utf-8")
        try:
            self._enter(fcntl.LOCK_EX if alone else fcntl.LOCK_SH, wait_seconds)
            self.run, self._sign = self._put_up_sign()
            self._refuse_other_machines()
        except BaseException:
            self._door.close()
            raise

    def _enter(self, how: int, wait_seconds: float) -> None:
        deadline = time.monotonic() + wait_seconds
        told = ""
        while not _locked(self._door, how):
            holders = " and ".join(text for _, text in self._signs()) or "another process"
            left = deadline - time.monotonic()
            if left <= 0:
                raise StoreError(f"{self.output} is in use by {holders}")
            if holders != told:  # once for each that comes before us
                told = holders
                logger.warning(
                    "%s is in use by %s; waiting for up to %.0f s", self.output, holders, left
                )
            time.sleep(_POLL)

    def _put_up_sign(self) -> tuple[str, IO[str]]:
        """Take an id that no run has or had, and say who we are."""
        started = datetime.now(UTC)
        run = run_id_of(started)
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]
        since = started.strftime("%Y-%m-%d %H:%M:%S UTC")
        with store_errors(self.folder):
            self.folder.mkdir(exist_ok=True)
            while (self.output / "runs" / run).exists() or (
                sign := made_and_locked(self.folder / run)
            ) is None:  # two runs within one second
                run += "-again"
            text = os.fdopen(sign, "w", encoding="utf-8")
            text.write(f"{_machine().decode()}\n")
            text.write(f"process {os.getpid()} on {socket.gethostname()} since {since} ({command})")
            text.flush()
        return run, text

    def _refuse_other_machines(self) -> None:
        """Refuse to run beside a run of another machine.

        SQLite and the hosts' turns are shared by memory and clock, which two machines do not have.
        """
        for path, text in self._signs():
            if path.name != self.run and not path.read_bytes().startswith(_machine()):
                self._sign.close()
                (self.folder / self.run).unlink(missing_ok=True)
                raise StoreError(
                    f"{self.output} is in use by {text}; runs side by side must be on one machine"
                )

    def others(self) -> dict[str, str]:
        """Return the other runs that are alive, by id, with who they are."""
        return {path.name: text for path, text in self._signs() if path.name != self.run}

    def leave(self) -> None:
        """Let others in; harmless when called twice."""
        if not self._sign.closed:
            (self.folder / self.run).unlink(missing_ok=True)
            self._sign.close()
            self._door.close()

    def _signs(self) -> Iterator[tuple[Path, str]]:
        """Yield the signs of living runs; those of killed ones are taken down."""
        for path in sorted(self.folder.glob("*")):
            with contextlib.suppress(FileNotFoundError), path.open("r+", encoding="utf-8") as sign:
                # Shared: two that look at once must not take each other for its owner.
                if _locked(sign, fcntl.LOCK_SH):
                    path.unlink()
                else:
                    yield path, sign.read().partition("\n")[2] or "another process"


class Claims:
    """Names that one run at a time may hold, each with the time when it may be asked next.

    One small file, a record a name: its hash, and two times by the machine's clock. A name is
    claimed by a lock on the bytes of its record; thousands cost one open file. The times outlive
    a run, so that the next one leaves hosts the rest they asked for; a restart of the machine,
    which restarts the clock, forgets them.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, making it where there is none.

        Raises:
            StoreError: it cannot be written, or the file system has no locks.
        """
        self.path = path
        self._slots: dict[bytes, int] = {}
        with store_errors(path):
            handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
            self._file = os.fdopen(handle, "r+b", buffering=0)
            try:
                self._begin()
            except BaseException:
                self._file.close()
                raise

    def _begin(self) -> None:
        with self._changing():
            if self._read(0, _HEAD) != _machine():
                os.ftruncate(self._file.fileno(), 0)
                self._write(0, _machine())

    def take(self, name: str) -> bool:
        """Claim a name; tell whether it is ours. Not for one that this process holds already."""
        if self._file.closed:
            raise StoreError(f"{self.path} is closed: nothing can be claimed any more")
        return self._locked(self._place(name), _RECORD.size, fcntl.F_WRLCK)

    def free(self, name: str) -> None:
        """Give a claimed name back."""
        if not self._file.closed:
            self._locked(self._place(name), _RECORD.size, fcntl.F_UNLCK)

    def times(self, name: str) -> tuple[float, float]:
        """Return (when a name may be asked next, until when it wants rest): monotonic seconds."""
        if self._file.closed:
            return 0.0, 0.0
        _, ready_at, busy_until = _RECORD.unpack(self._read(self._place(name), _RECORD.size))
        return ready_at, busy_until

    def postpone(self, name: str, ready_at: float, busy_until: float = 0.0) -> None:
        """Move the times of a name; never to an earlier one."""
        if self._file.closed:
            return
        place = self._place(name)
        with self._changing():
            key, ready, busy = _RECORD.unpack(self._read(place, _RECORD.size))
            self._write(place, _RECORD.pack(key, max(ready, ready_at), max(busy, busy_until)))

    def close(self) -> None:
        """Give everything back; nothing can be claimed any more."""
        self._file.close()

    def _place(self, name: str) -> int:
        """Return where a name's record begins; it is made at the first call."""
        key = hashlib.blake2b(name.encode(), digest_size=16).digest()
        if key not in self._slots:
            with self._changing():
                self._look_up()
                if key not in self._slots:
                    self._write(self._end, _RECORD.pack(key, 0.0, 0.0))
                    self._look_up()
        return self._slots[key]

    @property
    def _end(self) -> int:
        return _RECORD.size * (1 + len(self._slots))

    def _look_up(self) -> None:
        """Note the records that others added."""
        known = self._read(self._end, os.fstat(self._file.fileno()).st_size)
        for start in range(0, len(known) - _RECORD.size + 1, _RECORD.size):
            self._slots[known[start : start + 16]] = self._end

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """Change the file, nobody else meanwhile: a matter of microseconds."""
        self._locked(0, _HEAD, fcntl.F_WRLCK, wait=True)
        try:
            yield
        finally:
            self._locked(0, _HEAD, fcntl.F_UNLCK)

    def _locked(self, start: int, length: int, how: int, *, wait: bool = False) -> bool:
        # "Open file description" locks: unlike POSIX's, they are not lost when another handle of
        # the file is closed, and two stores of one process keep each other out as well.
        asked = _FLOCK.pack(how, os.SEEK_SET, start, length, 0)
        command = fcntl.F_OFD_SETLKW if wait else fcntl.F_OFD_SETLK
        with _lock_errors(self.path):
            try:
                fcntl.fcntl(self._file, command, asked)
            except OSError as error:
                if error.errno in _TAKEN:
                    return False
                raise
        return True

    def _read(self, start: int, length: int) -> bytes:
        return os.pread(self._file.fileno(), length, start)

    def _write(self, start: int, data: bytes) -> None:
        with store_errors(self.path):
            os.pwrite(self._file.fileno(), data, start)


_RECORD = struct.Struct("16sdd")
_HEAD = _RECORD.size
"""The first record says on which machine, since which start of it, the times were measured."""
_FLOCK = struct.Struct("hhqqi4x")
"""struct flock of 64-bit Linux."""


def made_and_locked(path: Path) -> int | None:
    """Make a file that is locked for as long as it stays open; None where the name is taken.

    Whoever clears up after killed runs may meet the file before it is locked, and remove it: then
    it is as if it was taken.
    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o644)
    except FileExistsError:
        return None
    try:
        if _locked(handle, fcntl.LOCK_EX) and os.fstat(handle).st_nlink:
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def abandoned(file: IO[bytes]) -> bool:
    """Tell whether the process that made and locked a file is gone; it stays locked by us then."""
    return _locked(file, fcntl.LOCK_EX) and os.fstat(file.fileno()).st_nlink > 0


def _locked(file: IO[str] | IO[bytes] | int, how: int) -> bool:
    """Lock a whole file, or tell that somebody else has it."""
    with _lock_errors(getattr(file, "name", file)):
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@contextlib.contextmanager
def _lock_errors(path: object) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{path} cannot be locked ({error.strerror}): its file system has no working locks, "
            "without which two runs would ask portals at the same time and spoil the dataset; "
            "choose an OUTPUT_DIR on a local disk"
        ) from error


def _machine() -> bytes:
    """Return what tells this machine, since it was started, from any other."""
    return Path("/proc/sys/kernel/random/boot_id").read_bytes().strip().replace(b"-", b"")

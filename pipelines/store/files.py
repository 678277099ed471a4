"""Files that a reader sees whole or not at all, and the folder they live in.

A file is written beside its target under a temporary name, flushed to disk and renamed: a
concurrent reader sees the old file or the new, never a part. The temporary name tells who writes,
so that leftovers of a killed run can be cleared while others are at work.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Self

from pipelines.vocabulary.errors import StoreError

EMPTY = hashlib.sha256().hexdigest()
"""The digest of a file with nothing in it; one that is not there counts as such."""
_TEMPORARY = ".part"
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""What some programs take for the end of a line; JSON escapes the others itself."""


class AtomicFile:
    """A binary file that replaces its target on a clean exit and vanishes on any other.

    ``digest`` is the SHA-256 of what was written, for telling later whether someone changed it,
    ``lines`` how many times something was.
    ``spare``: a target that holds just that is left alone, and an empty one is not made.
    """

    def __init__(self, target: Path, *, spare: bool = False) -> None:
        self.target = target
        self.spare = spare
        self.lines = 0
        self.temporary = temporary_of(target)
        self._hash = hashlib.sha256()
        self._file: BinaryIO | None = None

    @property
    def digest(self) -> str:
        """Return the hash of everything written so far."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        """Write, and count into the hash."""
        assert self._file is not None
        self._hash.update(data)
        self._file.write(data)
        self.lines += 1

    def __enter__(self) -> Self:
        """Open the temporary file in the target's own folder."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        clear_abandoned(self.target)
        self._file = self.temporary.open("wb")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Replace the target, or leave it as it was."""
        assert self._file is not None
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                if not (self.spare and self._needless()):
                    self.temporary.replace(self.target)
                    sync_folder(self.target.parent)
        finally:
            # Closing may raise once more on a full disk; the temporary file must go all the same.
            with contextlib.suppress(OSError):
                self._file.close()
            self.temporary.unlink(missing_ok=True)

    def _needless(self) -> bool:
        """Tell whether the target is already what was written."""
        return self.digest == (file_digest(self.target) or EMPTY)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(target: Path, data: bytes) -> None:
    """Replace ``target`` by ``data`` as a whole; one that holds just that is left alone.

    Raises:
        StoreError: it cannot be written; what was there stays.
    """
    with store_errors(target):
        if target.exists() and target.stat().st_size == len(data) and target.read_bytes() == data:
            return
        with AtomicFile(target) as file:
            file.write(data)


@contextlib.contextmanager
def store_errors(target: Path) -> Iterator[None]:
    """Turn the operating system's complaint into one line that names the place."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"cannot write {target}: {error.strerror or error}; what was there stands"
        ) from error


def file_digest(path: Path) -> str | None:
    """Return the SHA-256 of a file, None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def check_writable(folder: Path) -> None:
    """Make the folder and prove that it takes data: a probe is written, synced and removed.

    Raises:
        StoreError: read-only, full, or not a folder.
    """
    with store_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        probe = temporary_of(folder / "probe")
        try:
            with probe.open("wb") as file:
                # A full disk often still takes a few bytes; a run needs room for a page at least.
                file.write(b"\0" * 65536)
                file.flush()
                os.fsync(file.fileno())
        finally:
            probe.unlink(missing_ok=True)


def temporary_of(target: Path) -> Path:
    """Return the name under which ``target`` is prepared: it tells who does."""
    return target.with_name(f".{target.name}.{socket.gethostname()}.{os.getpid()}{_TEMPORARY}")


def clear_abandoned(target: Path) -> None:
    """Remove what killed writers left of ``target``; what living ones prepare is left alone.

    Exports hold no lock, so nobody else clears up after them.
    """
    for leftover in target.parent.glob(f".{glob.escape(target.name)}.*{_TEMPORARY}"):
        if not _writer_may_live(leftover):
            _remove(leftover)


def clear_leftovers(folder: Path, *, alone: bool) -> None:
    """Remove temporary files of killed runs.

    ``alone``: no other run is at work, so what a writer of another machine left goes too.
    """
    for leftover in folder.rglob(f".*{_TEMPORARY}"):
        if "exports" in leftover.relative_to(folder).parts:
            continue  # an export holds no lock; it may be at work
        if alone or not _writer_may_live(leftover):
            _remove(leftover)


def _writer_may_live(leftover: Path) -> bool:
    """Tell by its name whether whoever writes a temporary file is of another machine or alive."""
    name = leftover.name.removesuffix(_TEMPORARY)
    before, _, pid = name.rpartition(".")
    return (
        not (before.endswith(f".{socket.gethostname()}") and pid.isdigit())
        or Path(f"/proc/{pid}").exists()
    )


def _remove(leftover: Path) -> None:
    if leftover.is_dir():
        shutil.rmtree(leftover, ignore_errors=True)
    else:
        leftover.unlink(missing_ok=True)


def json_line(value: object) -> bytes:
    """Return one line of JSON as the dataset spells it: UTF-8, keys in the record's order.

    A lone surrogate (half a character, as broken escapes leave it) cannot be UTF-8 and becomes
    U+FFFD, the replacement character. Unicode's other line ends are escaped, so that a line is one
    line to every program.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _SURROGATE.sub("\ufffd", text).encode() + b"\n"

"""Which code read a record: a fingerprint of the readers' own sources.

A record that changes while the bytes did not was read by other code, not corrected by its
publisher; the fingerprint tells the two apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_ROOMS = ("documents", "forms", "reading", "checks")


@cache
def reader_version() -> str:
    """Return 16 hex digits over every source file between bytes and record."""
    root = files("pipelines")
    sources = dict(_sources(root, "", {"read.py", "record.py", *_ROOMS}))
    digest = hashlib.sha256()
    for name, source in sorted(sources.items(), key=lambda each: each[0].split("/")):
        digest.update(name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]


def _sources(
    folder: Traversable, above: str, wanted: Collection[str] | None = None
) -> Iterator[tuple[str, Traversable]]:
    """Yield every source file below a folder by its path, of the folder itself those wanted."""
    for each in folder.iterdir():
        if wanted is not None and each.name not in wanted:
            continue
        if each.is_dir():
            yield from _sources(each, f"{above}{each.name}/")
        elif each.name.endswith(".py"):
            yield f"{above}{each.name}", each

"""Which code read a record: a fingerprint of the readers' own sources.

A record that changes while the bytes did not was read by other code, not corrected by its
publisher; the fingerprint tells the two apart.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_ROOMS = ("documents", "forms", "reading", "checks")


@cache
def reader_version() -> str:
    """Return 16 hex digits over every source file between bytes and record."""
    root = Path(__file__).parents[1]
    files = [root / "read.py", root / "record.py"]
    for room in _ROOMS:
        files.extend(root.joinpath(room).rglob("*.py"))
    digest = hashlib.sha256()
    for path in sorted(p for p in files if p.exists()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]

"""Is a SQLite file of ours sound, and where does it go when it is not?

Bits flip, disks fill up, backups are half copied. A damaged file is set aside under a name with its
time, never deleted: what it knew is known from the dataset and the archive.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

CHECKED_ALWAYS = 256 << 20
"""A file of up to so many bytes is checked whenever it is opened by who is alone; a larger one
where something raises doubt: a run that did not end in order, or met an error."""


def damage(
    path: Path,
    tables: Mapping[str, frozenset[str]],
    *,
    version: int,
    doubtful: bool,
    content: Callable[[sqlite3.Connection], object] = bool,
    wait: float = 60,
) -> str | None:
    """Return in words what is wrong with a database file, None where nothing is or there is none.

    That it cannot be opened just now (locked, no rights, a full disk) is no damage.

    Args:
        path: the file; nobody else writes to it now.
        tables: the columns that must be there in a file of this ``version``, by table.
        version: its ``user_version``.
        doubtful: something speaks against it; a large file is checked too, and its ``content``.
        content: reads what is in it; raises ``sqlite3.DatabaseError`` where that is damaged.
        wait: seconds to wait for others to let go of it.
    """
    if not path.exists():
        return None
    thorough = doubtful or path.stat().st_size <= CHECKED_ALWAYS or not_closed(path)
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=wait)) as db:
            (made_by,) = db.execute("PRAGMA user_version").fetchone()
            for table, columns in tables.items() if made_by == version else ():
                there = {str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")}
                if lacking := columns - there:
                    return f"table {table} lacks {', '.join(sorted(lacking))}"
            if thorough:
                (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
                if said != "ok":
                    return " ".join(str(said).split())
            if doubtful:
                content(db)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return None if _passes(error) else str(error)
    return None


def _passes(error: Exception) -> bool:
    """Tell whether an error says nothing of the file: it is locked, or the disk is full."""
    code = getattr(error, "sqlite_errorcode", None)  # none: Python's own, or ours
    return code is not None and (code & 0xFF) not in _DAMAGED


_DAMAGED = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""Primary codes of what is wrong with a file; ERROR: its tables are not those it says it has."""


def not_closed(path: Path) -> bool:
    """Tell whether the last process that had a database open did not close it."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def columns_of(schema: str) -> dict[str, frozenset[str]]:
    """Return the columns of every table that a script makes.

    >>> columns_of("CREATE TABLE t (a, b);")["t"] == {"a", "b"}
    True
    """
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.executescript(schema)
        rows = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        names = [str(name) for (name,) in rows]
        return {
            name: frozenset(str(row[1]) for row in db.execute(f"PRAGMA table_info({name})"))
            for name in names
        }


def set_aside(path: Path) -> Path:
    """Move a database file, and what SQLite keeps beside it, out of the way; return where to."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    for end in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    return aside

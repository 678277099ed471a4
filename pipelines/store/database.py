"""The SQLite file of what is known between runs: how it is opened, and its tables.

Everything is written in one transaction a call and flushed to disk, so a killed process loses
at most the document it was reading.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from crawler.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
  url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, sha256 TEXT, content_type TEXT,
  fetched_at TEXT NOT NULL, archive_file TEXT, archive_record TEXT,
  settled INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS columns (
  code TEXT PRIMARY KEY, url TEXT NOT NULL, column TEXT NOT NULL, remembered_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lists (
  url TEXT PRIMARY KEY, code TEXT, body TEXT NOT NULL, seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
  url TEXT PRIMARY KEY, code TEXT NOT NULL, evidence TEXT NOT NULL, reader TEXT NOT NULL,
  seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  address TEXT NOT NULL, sha256 TEXT NOT NULL, code TEXT NOT NULL, origin TEXT NOT NULL,
  fetched_at TEXT NOT NULL, PRIMARY KEY (address, sha256)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
  id INTEGER PRIMARY KEY, address TEXT NOT NULL, report_id TEXT NOT NULL,
  province TEXT NOT NULL, content_key TEXT NOT NULL, sha256 TEXT, reader TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('pending', 'accepted', 'withheld')),
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, checked_at TEXT NOT NULL,
  record BLOB NOT NULL,
  replaced INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS readings_by_address ON readings (address);
CREATE INDEX IF NOT EXISTS readings_by_id ON readings (report_id);
CREATE INDEX IF NOT EXISTS readings_by_report ON readings (province, report_id);
CREATE INDEX IF NOT EXISTS readings_waiting ON readings (standing) WHERE standing <> 'accepted';
CREATE TABLE IF NOT EXISTS dirty (
  province TEXT NOT NULL, report_id TEXT NOT NULL, PRIMARY KEY (province, report_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, lines INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (
  run_id TEXT PRIMARY KEY, good INTEGER NOT NULL, summary TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version = 1;
"""

_VERSION = 1


def now() -> str:
    """Return the time as the state spells it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Database:
    """The state database of one output folder; one writer at a time (the folder's lock)."""

    def __init__(self, path: Path) -> None:
        """Open the database, making it where there is none.

        Raises:
            StoreError: it is damaged, or was made by a later version.
        """
        self.path = path
        try:
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            # With WAL this survives any kill of the process; a power cut may cost the last few
            # commits, which the next run fetches again. FULL cost a third of a crawl's time.
            self._db.execute("PRAGMA synchronous = NORMAL")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise StoreError(f"{path} was written by a later version of this program")
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(
                f"{path} cannot be used: {error}; if it is damaged, delete it (reports stay, "
                "pages are fetched again)"
            ) from error

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _settle(self, url: str) -> None:
        """Let an address be asked conditionally from now on."""
        self._db.execute("UPDATE pages SET settled = 1 WHERE url = ?", (url,))

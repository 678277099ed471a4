"""The SQLite file of what is known between runs: how it is opened, and its tables.

Everything is written in one transaction a call and flushed to disk, so a killed process loses
at most the document it was reading. Runs side by side write to it as they come; each write takes
the database for a moment.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.store.damage import columns_of, damage
from pipelines.vocabulary.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
  url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, sha256 TEXT, content_type TEXT,
  fetched_at TEXT NOT NULL, archive_file TEXT, archive_record TEXT,
  settled INTEGER NOT NULL DEFAULT 0, checked_at TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS columns (
  code TEXT PRIMARY KEY, url TEXT NOT NULL, column TEXT NOT NULL, remembered_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lists (
  url TEXT PRIMARY KEY, code TEXT, body TEXT NOT NULL, seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
  url TEXT PRIMARY KEY, code TEXT NOT NULL, evidence TEXT NOT NULL, reader TEXT NOT NULL,
  seen_at TEXT NOT NULL, first_seen_at TEXT NOT NULL DEFAULT ''
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
  record BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS readings_by_address ON readings (address);
CREATE INDEX IF NOT EXISTS readings_by_id ON readings (report_id);
CREATE INDEX IF NOT EXISTS readings_by_report ON readings (province, report_id);
CREATE INDEX IF NOT EXISTS readings_waiting ON readings (standing) WHERE standing <> 'accepted';
CREATE TABLE IF NOT EXISTS waiting (
  reading INTEGER NOT NULL REFERENCES readings (id) ON DELETE CASCADE, run TEXT NOT NULL,
  PRIMARY KEY (reading, run)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS replaced (
  reading INTEGER NOT NULL REFERENCES readings (id) ON DELETE CASCADE, run TEXT NOT NULL,
  PRIMARY KEY (reading, run)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS waiting_by_run ON waiting (run);
CREATE INDEX IF NOT EXISTS replaced_by_run ON replaced (run);
CREATE TABLE IF NOT EXISTS dirty (
  run TEXT NOT NULL, province TEXT NOT NULL, report_id TEXT NOT NULL,
  PRIMARY KEY (run, province, report_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS addresses (
  url TEXT PRIMARY KEY, portal TEXT NOT NULL, listed_at TEXT, asked_at TEXT, answered_at TEXT,
  unlisted_since TEXT, missed_since TEXT, gone_since TEXT, gone_because TEXT NOT NULL DEFAULT '',
  run TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS addresses_by_portal ON addresses (portal);
CREATE TABLE IF NOT EXISTS conflicts (
  report_id TEXT PRIMARY KEY, province TEXT NOT NULL, problem TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, lines INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (
  run_id TEXT PRIMARY KEY, good INTEGER NOT NULL, summary TEXT NOT NULL
) WITHOUT ROWID;
"""

_VIEWS = """
CREATE TEMP TABLE this (run TEXT NOT NULL);
CREATE TEMP VIEW standing_readings AS SELECT * FROM readings WHERE NOT EXISTS (
  SELECT 1 FROM replaced WHERE reading = readings.id AND replaced.run = (SELECT run FROM this)
);
CREATE TEMP VIEW counting_readings AS SELECT * FROM standing_readings AS held
WHERE standing = 'accepted' OR standing = 'pending' AND EXISTS (
  SELECT 1 FROM waiting WHERE reading = held.id AND waiting.run = (SELECT run FROM this)
);
"""
"""As this run sees it: what it has not replaced, and of that what its lines may rest on."""

_VERSION = 4

# So far one run at a time owned the folder; what it left belongs to a run without a name.
_FROM_1 = f"""
ALTER TABLE dirty RENAME TO dirty_of_one;
{_SCHEMA}
INSERT INTO waiting SELECT id, '' FROM readings WHERE standing = 'pending';
INSERT INTO replaced SELECT id, '' FROM readings WHERE replaced;
INSERT INTO dirty SELECT '', province, report_id FROM dirty_of_one;
DROP TABLE dirty_of_one;
ALTER TABLE readings DROP COLUMN replaced;
"""  # noqa: S608 - our own words

# 2026-11-30: what was something else was asked again after 60 days, were it one bad night's page.
_FROM_2 = """
ALTER TABLE rejected ADD COLUMN first_seen_at TEXT NOT NULL DEFAULT '';
UPDATE rejected SET first_seen_at = seen_at;
"""
# 2026-12-01: nobody knew whether an address is still listed. Those that were read so far were.
_FROM_3 = f"""
{_SCHEMA}
ALTER TABLE pages ADD COLUMN checked_at TEXT;
INSERT OR IGNORE INTO addresses (url, portal, listed_at, answered_at)
SELECT address, max(code), max(fetched_at), max(fetched_at) FROM documents
WHERE address IN (SELECT address FROM readings) GROUP BY address;
"""  # noqa: S608 - our own words
_STEPS = {
    0: _SCHEMA,
    1: _FROM_1 + _FROM_2 + _FROM_3,
    2: _FROM_2 + _FROM_3,
    3: _FROM_3,
}


def damage_of(path: Path, *, doubtful: bool) -> str | None:
    """Return what is wrong with a state's file, None where nothing is; nobody else has it open."""
    tables = columns_of(_SCHEMA)
    return damage(path, tables, version=_VERSION, doubtful=doubtful, content=_read_all)


def _read_all(db: sqlite3.Connection) -> None:
    for (blob,) in db.execute("SELECT record FROM readings"):
        unpack(blob)
    for table, column in _JSON.items():
        for (text,) in db.execute(f"SELECT {column} FROM {table}"):  # noqa: S608 - our own words
            loads(text)


_JSON = {"columns": "column", "lists": "body", "documents": "origin", "runs": "summary"}
"""Columns that hold JSON, by table."""


def loads(text: str) -> Any:
    """Return what a column holds as JSON.

    Raises:
        sqlite3.DatabaseError: it does not, so the file is damaged.
    """
    try:
        return json.loads(text)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"a value of the state is damaged: {error}") from error


def unpack(blob: bytes) -> dict[str, Any]:
    """Return a record of the state.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    try:
        record: dict[str, Any] = json.loads(zlib.decompress(blob).decode("utf-8", "surrogatepass"))
    except (ValueError, TypeError, zlib.error) as error:
        raise sqlite3.DatabaseError(f"a record of the state is damaged: {error}") from error
    return record


def now() -> str:
    """Return the time as the state spells it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Database:
    """The state database of one output folder, as one run sees it."""

    def __init__(self, path: Path, *, run: str = "") -> None:
        """Open the database, making it where there is none; nobody else opens it just now.

        Raises:
            StoreError: it is damaged, or was made by a later version.
        """
        self.path = path
        self.run = run
        try:
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self._db.close()
                raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise StoreError(
                f"{path} cannot be used: {error}; if it is damaged, delete it (reports stay, "
                "pages are fetched again)"
            ) from error

    def _open(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        # With WAL this survives any kill of the process; a power cut may cost the last few
        # commits, which the next run fetches again. FULL cost a third of a crawl's time.
        self._db.execute("PRAGMA synchronous = NORMAL")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            raise StoreError(f"{self.path} was written by a later version of this program")
        self._migrate(version)
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(_VIEWS)
        self._db.execute("INSERT INTO this VALUES (?)", (self.run,))

    def _migrate(self, version: int) -> None:
        """Bring the tables up to date in one transaction; a new database has version 0."""
        if version == _VERSION:
            return
        self._db.executescript(
            f"BEGIN IMMEDIATE; {_STEPS[version]} PRAGMA user_version = {_VERSION}; COMMIT;"
        )

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def _settle(self, url: str) -> None:
        """Let an address be asked conditionally from now on."""
        self._db.execute("UPDATE pages SET settled = 1 WHERE url = ?", (url,))

"""What the archive holds already, so that bytes that come again are not written again.

One small SQLite file beside the WARC files. It may be deleted: the next crawl then archives
unchanged pages once more.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pipelines.store.damage import damage, set_aside
from pipelines.vocabulary.items import ArchiveRef

logger = logging.getLogger(__name__)

NAME = "payloads.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payloads (
  url TEXT NOT NULL, digest TEXT NOT NULL, date TEXT NOT NULL, file TEXT NOT NULL,
  record_id TEXT NOT NULL, turn INTEGER NOT NULL, noted TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (url, digest)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS payloads_by_file ON payloads (file);
"""
_COLUMNS = "url, digest, date, file, record_id, noted"
_KEPT = 4
"""Contents of one address that are known: of a page that differs at every visit the older never
come again, and would fill the disk in time."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Payload:
    """An answer that was archived in full."""

    url: str
    digest: str
    """As WARC spells it: ``sha1:`` and base32."""
    date: str
    """WARC-Date of the record, for others to refer to."""
    ref: ArchiveRef
    noted: str = ""
    """When a record last said that this is what the address gives; empty: when it was archived."""


class Payloads:
    """The index of one archive folder. What breaks it costs room on the disk, nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._db: sqlite3.Connection | None = None
        path = folder / NAME
        with contextlib.suppress(OSError, sqlite3.Error):
            if wrong := damage(path, {}, version=0, doubtful=False):
                logger.warning(
                    "%s was damaged (%s) and is set aside as %s: pages that did not change are "
                    "archived once more",
                    *(path, wrong, set_aside(path).name),
                )
            self._db = sqlite3.connect(path, timeout=10, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(_SCHEMA)
            if "noted" not in {row[1] for row in self._db.execute("PRAGMA table_info(payloads)")}:
                # Made before 2026-12-01, when every visit was written down.
                self._db.execute("ALTER TABLE payloads ADD COLUMN noted TEXT NOT NULL DEFAULT ''")

    def same(self, url: str, digest: str) -> Payload | None:
        """Return the record that holds just these bytes of this address."""
        return self._one("url = ? AND digest = ?", url, digest)

    def latest(self, url: str, *, bodies: bool = False) -> Payload | None:
        """Return the record of what an address last gave, now or in an earlier turn.

        ``bodies``: pass over refusals, redirects and the like.
        """
        which = " AND digest LIKE 'sha1:%'" if bodies else ""
        return self._one(f"url = ?{which} ORDER BY turn DESC", url)

    def remember(self, payload: Payload) -> None:
        """Write down that this is what its address gave last; the record is in its file."""
        ref = payload.ref
        self._do(
            "INSERT OR REPLACE INTO payloads (url, digest, date, file, record_id, noted, turn) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
            "(SELECT coalesce(max(turn), 0) + 1 FROM payloads WHERE url = ?1))",
            (payload.url, payload.digest, payload.date, ref.file, ref.record_id, payload.noted),
        )
        self._do(
            "DELETE FROM payloads WHERE url = ?1 AND turn <= "
            "(SELECT max(turn) FROM payloads WHERE url = ?1) - ?2",
            (payload.url, _KEPT),
        )

    def forget(self, file: str, *, but: Collection[str] = ()) -> None:
        """Drop what lies in a file, for it goes, but for the records named."""
        rows = self._do("SELECT record_id FROM payloads WHERE file = ?", (file,))
        for (record_id,) in rows:
            if record_id not in but:
                self._do("DELETE FROM payloads WHERE file = ? AND record_id = ?", (file, record_id))

    def clear(self) -> None:
        """Drop what lies in files that are gone, and give the room back."""
        for (file,) in self._do("SELECT DISTINCT file FROM payloads", ()):
            if not any((self.folder / name).exists() for name in (file, f"{file}.open")):
                self.forget(file)
        self._do("VACUUM", ())

    def close(self) -> None:
        """Close the index."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _one(self, where: str, *given: str) -> Payload | None:
        rows = self._do(
            f"SELECT {_COLUMNS} FROM payloads WHERE {where} LIMIT 1",  # noqa: S608 - our own words
            given,
        )
        for url, digest, date, file, record_id, noted in rows:
            # Someone may have taken the file away.
            if any((self.folder / name).exists() for name in (file, f"{file}.open")):
                ref = ArchiveRef(file=file, record_id=record_id)
                return Payload(url=url, digest=digest, date=date, ref=ref, noted=noted)
        return None

    def _do(self, sql: str, given: tuple[str | int, ...]) -> list[tuple[str, ...]]:
        if self._db is None:
            return []
        try:
            return self._db.execute(sql, given).fetchall()
        except sqlite3.Error:
            self.close()
            return []

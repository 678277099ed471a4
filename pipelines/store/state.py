"""What is known between runs, in one SQLite file: pages, columns, lists and readings.

The state is private (contract section 4) and may be deleted: the dataset files are then read
back in as what is known of each report, and pages are fetched again.

Everything is written in one transaction a call and flushed to disk, so a killed process loses
at most the document it was reading. A reading waits as ``pending`` until its run is judged:
``accepted`` readings make up the dataset, ``withheld`` ones belong to a bad run and are read
again. An accepted reading that a pending one replaces stays until that is accepted.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.errors import StoreError
from crawler.items import ArchiveRef, Column, FetchedDocument, RawFile
from pipelines.store.identity_of_content import (
    Reading,
    Record,
    address_of,
    content_key,
    unchanged,
)
from pipelines.store.schedule import due

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

REJECTION_DAYS = 60
"""How long an address that held something else is left alone."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Kept:
    """What became of a reading that was handed in."""

    report_id: str
    address: str
    change: str
    """new (first reading of this report), changed, edition (another address), unchanged."""


def now() -> str:
    """Return the time as the state spells it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def province_code(record: Record) -> str:
    """Return the code of the province a record's file is named after.

    >>> province_code({"adcode": "350128"})
    '350000'
    """
    return f"{str(record['adcode'])[:2]}0000"


class State:
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

    # -- pages and their validators ------------------------------------------------------------

    def validators(self, url: str) -> dict[str, str]:
        """Return the headers of a conditional request for ``url``, empty where none may be sent.

        Only an address whose content is held (a report, a rejected document, a list) may be
        asked conditionally: a 304 for a page that was never read would lose it.
        """
        row = self._db.execute(
            "SELECT etag, last_modified FROM pages WHERE url = ? AND settled", (url,)
        ).fetchone()
        if row is None or not (self.held(url) or self.rejection(url) or self.list_of(url)):
            return {}
        headers = {"If-None-Match": row[0], "If-Modified-Since": row[1]}
        return {name: value for name, value in headers.items() if value}

    def remember_page(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        sha256: str | None = None,
        content_type: str | None = None,
        fetched_at: str | None = None,
        archive: ArchiveRef | None = None,
    ) -> None:
        """Write down an answer with status 200 and where its bytes lie.

        It is settled only when what came of the bytes is written down too (``keep``,
        ``remember_rejection``, ``remember_list``): a run killed in between must fetch again.
        """
        self._db.execute(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (url) DO UPDATE SET "
            "settled = settled AND sha256 IS NOT NULL AND sha256 IS excluded.sha256, "
            "etag = excluded.etag, last_modified = excluded.last_modified, "
            "sha256 = excluded.sha256, content_type = excluded.content_type, "
            "fetched_at = excluded.fetched_at, "
            "archive_file = coalesce(excluded.archive_file, archive_file), "
            "archive_record = coalesce(excluded.archive_record, archive_record)",
            (
                url,
                etag,
                last_modified,
                sha256,
                content_type,
                fetched_at or now(),
                archive.file if archive else None,
                archive.record_id if archive else None,
            ),
        )

    def page_digest(self, url: str) -> str | None:
        """Return the hash of the bytes an address last gave, once they were read."""
        row = self._db.execute(
            "SELECT sha256 FROM pages WHERE url = ? AND settled", (url,)
        ).fetchone()
        return str(row[0]) if row and row[0] else None

    # -- columns and lists ---------------------------------------------------------------------

    def column_of(self, code: str) -> Column | None:
        """Return the annual-report column remembered for a portal, with its evidence."""
        row = self._db.execute("SELECT column FROM columns WHERE code = ?", (code,)).fetchone()
        if row is None:
            return None
        facts = json.loads(row[0])
        facts["evidence"] = tuple(facts.get("evidence", ()))
        return Column(**facts)

    def remember_column(self, code: str, column: Column) -> None:
        """Write down a verified column."""
        self._db.execute(
            "INSERT OR REPLACE INTO columns VALUES (?, ?, ?, ?)",
            (code, column.url, json.dumps(asdict(column), ensure_ascii=False), now()),
        )

    def forget_column(self, code: str) -> None:
        """Drop a remembered column that turned out to be gone or wrong."""
        self._db.execute("DELETE FROM columns WHERE code = ?", (code,))

    def list_of(self, url: str) -> Any:
        """Return what was remembered of a list page, None where nothing was."""
        row = self._db.execute("SELECT body FROM lists WHERE url = ?", (url,)).fetchone()
        return json.loads(row[0]) if row else None

    def remember_list(self, url: str, body: object, *, code: str | None = None) -> None:
        """Write down what a list page held (anything JSON can carry)."""
        self._db.execute(
            "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?)",
            (url, code, json.dumps(body, ensure_ascii=False), now()),
        )
        self._settle(url)

    def _settle(self, url: str) -> None:
        """Let an address be asked conditionally from now on."""
        self._db.execute("UPDATE pages SET settled = 1 WHERE url = ?", (url,))

    # -- documents, for reading their archived bytes again -------------------------------------

    def remember_document(self, document: FetchedDocument) -> None:
        """Write down what a document was made of; its bytes lie in the archive."""
        page, source = document.page, document.source
        origin = {
            "source": asdict(source),
            "page": _without_bytes(page),
            "files": [_without_bytes(file) for file in document.files],
        }
        address = source.url or source.final_url or page.url or ""
        digest = hashlib.sha256(page.body).hexdigest()
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)",
            (
                address,
                digest,
                document.portal_code,
                json.dumps(origin, ensure_ascii=False),
                source.fetched_at or now(),
            ),
        )
        # Of pages that change with every visit (a counter), only bytes that were read matter.
        self._db.execute(
            "DELETE FROM documents WHERE address = ?1 AND sha256 <> ?2 AND sha256 NOT IN "
            "(SELECT sha256 FROM readings WHERE address = ?1 AND sha256 IS NOT NULL)",
            (address, digest),
        )

    def document_keys(self) -> list[tuple[str, str, str]]:
        """Return (address, page hash, portal code) of every document, oldest first."""
        rows = self._db.execute(
            "SELECT address, sha256, code FROM documents ORDER BY fetched_at, address"
        )
        return [(str(address), str(sha256), str(code)) for address, sha256, code in rows]

    def archived(self, url: str) -> ArchiveRef | None:
        """Return where the bytes an address last gave lie in the archive."""
        row = self._db.execute(
            "SELECT archive_file, archive_record FROM pages WHERE url = ?", (url,)
        ).fetchone()
        return ArchiveRef(file=row[0], record_id=row[1]) if row and row[0] else None

    # -- documents that are no report ----------------------------------------------------------

    def rejection(self, url: str, reader: str | None = None) -> tuple[str, str] | None:
        """Return (code, evidence) of an address known to hold something else.

        With ``reader`` only decisions of that reader count: another might decide otherwise.
        """
        row = self._db.execute(
            "SELECT code, evidence, reader FROM rejected WHERE url = ? "
            "AND seen_at > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)",
            (url, f"-{REJECTION_DAYS} days"),
        ).fetchone()
        if row is None or (reader is not None and row[2] != reader):
            return None
        return str(row[0]), str(row[1])

    def remember_rejection(self, url: str, code: str, evidence: str, *, reader: str = "") -> None:
        """Write down that an address holds something that is not wanted."""
        self._db.execute(
            "INSERT OR REPLACE INTO rejected VALUES (?, ?, ?, ?, ?)",
            (url, code, evidence, reader, now()),
        )
        self._settle(url)

    # -- readings ------------------------------------------------------------------------------

    def held(self, url: str) -> bool:
        """Tell whether a report read at this address is held (and not withheld by a bad run)."""
        row = self._db.execute(
            "SELECT 1 FROM readings WHERE address = ? AND standing <> 'withheld' LIMIT 1", (url,)
        ).fetchone()
        return row is not None

    def checked_at(self, url: str) -> str | None:
        """Return when a held address was last looked at, by a fetch or a 304."""
        row = self._db.execute(
            "SELECT max(checked_at) FROM readings WHERE address = ? AND standing <> 'withheld'",
            (url,),
        ).fetchone()
        return str(row[0]) if row and row[0] else None

    def due(
        self, url: str, today: datetime | None = None, *, row: tuple[str, str | None] | None = None
    ) -> bool:
        """Tell whether a held address is due by the schedule; one that is not held always is.

        ``row``: title and date of the list now. Where they are not those it was fetched under
        (更正 in the title, a new date), the report changed: it is due.
        """
        if not self.held(url) or (row is not None and row != self._row_of(url)):
            return True
        year = max(self.years_at(url), default=None)
        return due(self.checked_at(url), year, today or datetime.now(UTC))

    def _row_of(self, url: str) -> tuple[str | None, str | None]:
        """Return title and date of the list row a document was last fetched under."""
        row = self._db.execute(
            "SELECT origin FROM documents WHERE address = ? ORDER BY fetched_at DESC LIMIT 1",
            (url,),
        ).fetchone()
        source = json.loads(row[0])["source"] if row else {}
        return source.get("title"), source.get("published_on")

    def seen_unchanged(self, url: str) -> None:
        """Write down that a held address answered 304 or the same bytes."""
        self._db.execute(
            "UPDATE readings SET checked_at = ? WHERE address = ? AND standing <> 'withheld'",
            (now(), url),
        )

    def records_at(self, url: str) -> list[Record]:
        """Return what is held of an address, oldest first."""
        rows = self._db.execute(
            "SELECT record FROM readings WHERE address = ? ORDER BY last_seen, id", (url,)
        )
        return [_unpack(blob) for (blob,) in rows]

    def keep(
        self,
        record: Record,
        *,
        reader: str = "",
        seen_at: str | None = None,
        again: bool = False,
        complete: bool = True,
    ) -> Kept:
        """Write a record down as read at its address; durable when this returns.

        An unchanged record keeps its first reading to the byte. ``again``: the same bytes were
        read once more (reparse), so the new reading takes the old one's place instead of
        becoming a revision. Not ``complete``: a file of the page could not be fetched, so the
        address is asked again in full next time.
        """
        seen = seen_at or str(record.get("fetched_at") or now())
        key = content_key(record)
        self._db.execute("BEGIN IMMEDIATE")
        try:
            kept = self._keep(record, key=key, reader=reader, seen=seen, again=again)
            if complete:
                self._settle(kept.address)
            else:
                self._db.execute("UPDATE pages SET settled = 0 WHERE url = ?", (kept.address,))
                self._db.execute(
                    "UPDATE readings SET checked_at = '' WHERE address = ?", (kept.address,)
                )
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return kept

    def _keep(self, record: Record, *, key: str, reader: str, seen: str, again: bool) -> Kept:
        address, report_id = address_of(record), str(record["report_id"])
        known = self._db.execute(
            "SELECT 1 FROM readings WHERE report_id = ? AND standing <> 'withheld' LIMIT 1",
            (report_id,),
        ).fetchone()
        here = self._db.execute(
            "SELECT id, report_id, province, content_key, sha256, reader, standing, last_seen, "
            "record FROM readings WHERE address = ? AND NOT replaced ORDER BY last_seen, id",
            (address,),
        ).fetchall()
        # Two readings within one second, or a clock set back: what came later is later.
        latest = max((row[7] for row in here), default="")
        if seen <= latest and not again:
            seen = f"{latest}+"
        former = set(record.get("former_ids") or ())
        replaced = False
        for row_id, old_id, province, old_key, sha256, old_reader, standing, last, blob in here:
            same_bytes = sha256 is not None and sha256 == record.get("sha256")
            # The same bytes read by other code are no change of the publisher's.
            reread = same_bytes and (again or old_reader != reader)
            if old_id == report_id and old_key == key:
                old = _unpack(blob)
                if unchanged(old, record):
                    return self._seen_again(row_id, here, record, reader=reader, seen=seen)
                # Read better or otherwise, said the same: keep when it was first fetched.
                record = {**record, **{f: old.get(f) for f in ("fetched_at", "archive", "sha256")}}
            elif reread and old_id != report_id:
                former.add(old_id)
                former.update(_unpack(blob).get("former_ids") or ())
                self._mark(province, old_id)
            elif not reread and standing != "withheld":
                continue
            if again:
                seen = last
            replaced = True
            if standing == "accepted":
                self._db.execute("UPDATE readings SET replaced = 1 WHERE id = ?", (row_id,))
            else:
                self._db.execute("DELETE FROM readings WHERE id = ?", (row_id,))
        record = {**record, "former_ids": sorted(former - {report_id})}
        province = province_code(record)
        self._db.execute(
            "INSERT INTO readings (address, report_id, province, content_key, sha256, reader, "
            "standing, first_seen, last_seen, checked_at, record) "
            "VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?)",
            (
                address,
                report_id,
                province,
                key,
                record.get("sha256"),
                reader,
                seen,
                seen,
                now(),
                _pack(record),
            ),
        )
        self._mark(province, report_id)
        elsewhere = known is not None and not any(row[1] == report_id for row in here)
        change = "new" if known is None else "edition" if elsewhere and not replaced else "changed"
        return Kept(report_id=report_id, address=address, change=change)

    def _seen_again(
        self, row_id: int, here: list[Any], record: Record, *, reader: str, seen: str
    ) -> Kept:
        """Note that the content of a row was met once more; the row keeps its record."""
        self._db.execute(
            "UPDATE readings SET last_seen = max(last_seen, ?), checked_at = ?, reader = ?, "
            "standing = CASE standing WHEN 'withheld' THEN 'pending' ELSE standing END "
            "WHERE id = ?",
            (seen, now(), reader, row_id),
        )
        report_id = str(record["report_id"])
        withheld = any(row[0] == row_id and row[6] == "withheld" for row in here)
        # An earlier content that came back is the current one again.
        came_back = here[-1][0] != row_id and here[-1][1] == report_id
        if withheld or came_back:
            self._mark(province_code(record), report_id)
        change = "changed" if withheld or came_back else "unchanged"
        return Kept(report_id=report_id, address=address_of(record), change=change)

    def digests_at(self, url: str) -> set[str]:
        """Return the hashes of the pages an address's readings were read from."""
        rows = self._db.execute(
            "SELECT sha256 FROM readings WHERE address = ? AND NOT replaced "
            "AND standing <> 'withheld' AND sha256 IS NOT NULL",
            (url,),
        )
        return {str(digest) for (digest,) in rows}

    def read_by_others(self, url: str, reader: str, key: str) -> set[str]:
        """Return hashes of an address's pages that other code read, and with another content.

        ``key``: content key of what today's reader makes of the page as it is now.
        """
        rows = self._db.execute(
            "SELECT sha256 FROM readings WHERE address = ? AND reader <> ? AND content_key <> ? "
            "AND NOT replaced AND standing <> 'withheld' AND sha256 IS NOT NULL",
            (url, reader, key),
        )
        return {str(digest) for (digest,) in rows}

    def document(self, url: str, sha256: str) -> tuple[str, dict[str, Any]] | None:
        """Return (portal code, origin) of one document, None where it is not known."""
        row = self._db.execute(
            "SELECT code, origin FROM documents WHERE address = ? AND sha256 = ?", (url, sha256)
        ).fetchone()
        return (str(row[0]), json.loads(row[1])) if row else None

    def years_at(self, url: str) -> set[int]:
        """Return the years of the reports held of an address."""
        return {int(record["report_year"]) for record in self.records_at(url)}

    def drop(self, url: str, sha256: str) -> bool:
        """Take back the readings of these bytes: they are no report that is wanted.

        They go when the run is accepted. Returns whether there were any.
        """
        self._db.execute("BEGIN IMMEDIATE")
        rows = self._db.execute(
            "SELECT id, province, report_id, standing FROM readings "
            "WHERE address = ? AND sha256 = ? AND NOT replaced",
            (url, sha256),
        ).fetchall()
        for row_id, province, report_id, standing in rows:
            if standing == "accepted":
                self._db.execute("UPDATE readings SET replaced = 1 WHERE id = ?", (row_id,))
            else:
                self._db.execute("DELETE FROM readings WHERE id = ?", (row_id,))
            self._mark(province, report_id)
        self._db.execute("COMMIT")
        return bool(rows)

    def _mark(self, province: str, report_id: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?, ?)", (province, report_id))

    def readings_of(self, report_id: str) -> list[Reading]:
        """Return all readings of a report that a dataset line may rest on."""
        rows = self._db.execute(
            "SELECT record, last_seen FROM readings "
            "WHERE report_id = ? AND standing <> 'withheld' AND NOT replaced",
            (report_id,),
        )
        return [Reading(record=_unpack(blob), last_seen=seen) for blob, seen in rows]

    def reports_of(self, province: str) -> Iterator[tuple[str, list[Reading]]]:
        """Yield (report_id, its readings) of a province in the order of the dataset."""
        rows = self._db.execute(
            "SELECT report_id, record, last_seen FROM readings "
            "WHERE province = ? AND standing <> 'withheld' AND NOT replaced ORDER BY report_id, id",
            (province,),
        )
        held: str | None = None
        readings: list[Reading] = []
        for report_id, blob, seen in rows:
            if report_id != held and held is not None:
                yield held, readings
                readings = []
            held = report_id
            readings.append(Reading(record=_unpack(blob), last_seen=seen))
        if held is not None:
            yield held, readings

    def ids_of(self, province: str) -> set[str]:
        """Return the reports of a province that anything is held of."""
        rows = self._db.execute(
            "SELECT DISTINCT report_id FROM readings "
            "WHERE province = ? AND standing <> 'withheld' AND NOT replaced",
            (province,),
        )
        return {str(report_id) for (report_id,) in rows}

    def provinces(self) -> list[str]:
        """Return the provinces of which anything is held."""
        rows = self._db.execute(
            "SELECT DISTINCT province FROM readings WHERE standing <> 'withheld' ORDER BY 1"
        )
        return [str(code) for (code,) in rows]

    def dirty(self) -> dict[str, set[str]]:
        """Return the reports whose lines may have to change, by province."""
        out: dict[str, set[str]] = {}
        for province, report_id in self._db.execute("SELECT province, report_id FROM dirty"):
            out.setdefault(province, set()).add(report_id)
        return out

    def adopt(self, records: Iterable[Record]) -> int:
        """Take lines of an existing dataset as accepted readings; for a state that was deleted."""
        count = 0
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for record in records:
                self._db.execute(
                    "INSERT INTO readings (address, report_id, province, content_key, "
                    "sha256, reader, standing, first_seen, last_seen, checked_at, record) "
                    "VALUES (?, ?, ?, ?, ?, 'dataset', 'accepted', ?, ?, '', ?)",
                    (
                        address_of(record),
                        record["report_id"],
                        province_code(record),
                        content_key(record),
                        record.get("sha256"),
                        record.get("fetched_at") or "",
                        record.get("fetched_at") or "",
                        _pack(record),
                    ),
                )
                count += 1
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return count

    def withhold_pending(self) -> int:
        """Set the readings of a run judged bad aside; their addresses are asked again."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(
            "UPDATE pages SET settled = 0 WHERE url IN "
            "(SELECT address FROM readings WHERE standing = 'pending')"
        )
        self._db.execute("UPDATE readings SET replaced = 0 WHERE replaced")
        count = self._db.execute(
            "UPDATE readings SET standing = 'withheld' WHERE standing = 'pending'"
        ).rowcount
        self._db.execute("COMMIT")
        return count

    def accept_pending(self, files: dict[str, tuple[str, int]]) -> None:
        """Make pending readings part of the dataset, and remember the files they are in.

        ``files``: name under OUTPUT_DIR to (SHA-256, lines).
        """
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("UPDATE readings SET standing = 'accepted' WHERE standing = 'pending'")
        self._db.execute("DELETE FROM readings WHERE replaced")
        self._db.execute("DELETE FROM dirty")
        for name, (digest, lines) in files.items():
            self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (name, digest, lines))
        self._db.execute("COMMIT")

    def file_digest(self, name: str) -> str | None:
        """Return the SHA-256 a dataset file had when it was last written."""
        row = self._db.execute("SELECT sha256 FROM files WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    # -- runs ----------------------------------------------------------------------------------

    def remember_run(self, run_id: str, *, good: bool, summary: dict[str, Any]) -> None:
        """Write down how a run ended, for the next one to be compared with."""
        self._db.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?)",
            (run_id, good, json.dumps(summary, ensure_ascii=False)),
        )

    def good_runs(self, limit: int = 20) -> list[dict[str, Any]]:
        """Return summaries of good runs, latest first."""
        rows = self._db.execute(
            "SELECT summary FROM runs WHERE good ORDER BY run_id DESC LIMIT ?", (limit,)
        )
        return [json.loads(text) for (text,) in rows]


def _without_bytes(file: RawFile) -> dict[str, str | None]:
    return {"url": file.url, "content_type": file.content_type, "filename": file.filename}


def _pack(record: Record) -> bytes:
    # Level 1: a fifth of the size at a tenth of a millisecond. surrogatepass: a broken character
    # of a source must not cost the record.
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _unpack(blob: bytes) -> Record:
    record: Record = json.loads(zlib.decompress(blob).decode("utf-8", "surrogatepass"))
    return record

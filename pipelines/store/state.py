"""What is known between runs: pages, columns and lists that were seen, and what was read.

The state is private (contract section 4) and may be deleted: the dataset files are then read
back in as what is known of each report, and pages are fetched again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from pipelines.store.addresses import Addresses
from pipelines.store.archive import Origin
from pipelines.store.database import loads, now
from pipelines.store.readings import Readings
from pipelines.store.schedule import due
from pipelines.vocabulary.items import ArchiveRef, Column, FetchedDocument, RawFile

WHOLE_EVERY = 4
"""A held address that always answers 304 is fetched in full after so many of its intervals."""
REJECTION_FIRST_DAYS, REJECTION_DAYS = 20 / 24, 60
"""How long an address that held something else is left alone."""


class State(Addresses, Readings):
    """All that one output folder knows: its readings, and the pages they came from."""

    # -- pages and their validators ------------------------------------------------------------

    def validators(self, url: str) -> dict[str, str]:
        """Return the headers of a conditional request for ``url``, empty where none may be sent.

        Only an address whose content is held (a report, a rejected document, a list) may be
        asked conditionally: a 304 for a page that was never read would lose it. Now and then
        a held one is asked in full: there are servers whose validators never change.
        """
        row = self._db.execute(
            "SELECT etag, last_modified, fetched_at FROM pages WHERE url = ? AND settled", (url,)
        ).fetchone()
        held = self.held(url)
        if row is None or not (held or self.rejection(url) or self.list_of(url)):
            return {}
        if held and due(row[2], self._newest_at(url), datetime.now(UTC), times=WHOLE_EVERY):
            return {}
        if self.bytes_lost(url):
            return {}
        return _conditions(row[0], row[1])

    def file_validators(self, url: str, page: str) -> dict[str, str]:
        """Return the headers of a conditional request for a file of the report at ``page``.

        None now and then, as for pages: its server's validators may never change.
        """
        row = self._db.execute(
            "SELECT etag, last_modified, fetched_at FROM pages "
            "WHERE url = ? AND sha256 IS NOT NULL",
            (url,),
        ).fetchone()
        if row is None or self.bytes_lost(url):
            return {}
        if due(row[2], self._newest_at(page), datetime.now(UTC), times=WHOLE_EVERY):
            return {}
        return _conditions(row[0], row[1])

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
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, NULL) "
            "ON CONFLICT (url) DO UPDATE SET checked_at = NULL, "
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

    def digest_of_file(self, url: str) -> str | None:
        """Return the hash of the bytes a file of a report last gave."""
        row = self._db.execute("SELECT sha256 FROM pages WHERE url = ?", (url,)).fetchone()
        return str(row[0]) if row and row[0] else None

    def file_stands(self, url: str) -> None:
        """Write down that a file of a report answered 304."""
        self._db.execute("UPDATE pages SET checked_at = ? WHERE url = ?", (now(), url))

    def files_of(self, url: str) -> list[str]:
        """Return the addresses of the files a held report was read from, beside its page."""
        row = self._db.execute(
            "SELECT origin FROM documents WHERE address = ? ORDER BY fetched_at DESC LIMIT 1",
            (url,),
        ).fetchone()
        files = loads(row[0])["files"] if row else ()
        return [str(file["url"]) for file in files if file.get("url")]

    # -- columns and lists ---------------------------------------------------------------------

    def column_of(self, code: str) -> Column | None:
        """Return the annual-report column remembered for a portal, with its evidence."""
        row = self._db.execute("SELECT column FROM columns WHERE code = ?", (code,)).fetchone()
        if row is None:
            return None
        facts = loads(row[0])
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
        return loads(row[0]) if row else None

    def remember_list(self, url: str, body: object, *, code: str | None = None) -> None:
        """Write down what a list page held (anything JSON can carry)."""
        self._db.execute(
            "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?)",
            (url, code, json.dumps(body, ensure_ascii=False), now()),
        )
        self._settle(url)

    # -- documents, for reading their archived bytes again -------------------------------------

    def remember_document(self, document: FetchedDocument) -> None:
        """Write down what a document was made of; its bytes lie in the archive."""
        known = self.origin_of(document)
        address, digest = known.address, known.sha256
        self.adopt_origins([known])
        # Of pages that change with every visit (a counter), only bytes that were read matter.
        self._db.execute(
            "DELETE FROM documents WHERE address = ?1 AND sha256 <> ?2 AND sha256 NOT IN "
            "(SELECT sha256 FROM readings WHERE address = ?1 AND sha256 IS NOT NULL)",
            (address, digest),
        )

    def origin_of(self, document: FetchedDocument) -> Origin:
        """Return what a document was made of, and where the bytes of each part lie."""
        page, source = document.page, document.source
        files = []
        for file in document.files:
            ref = self.archived(file.url or "")
            files.append(_without_bytes(file) | {"archive": asdict(ref) if ref else None})
        return Origin(
            address=source.url or source.final_url or page.url or "",
            sha256=hashlib.sha256(page.body).hexdigest(),
            code=document.portal_code,
            fetched_at=source.fetched_at or now(),
            facts={"source": asdict(source), "page": _without_bytes(page), "files": files},
        )

    def adopt_origins(self, origins: Iterable[Origin]) -> None:
        """Write down what documents were made of."""
        self._db.executemany(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)",
            (
                (o.address, o.sha256, o.code, json.dumps(o.facts, ensure_ascii=False), o.fetched_at)
                for o in origins
            ),
        )

    def other_documents(self, address: str) -> list[str]:
        """Return the page hashes of an address's documents that no reading rests on, last first."""
        rows = self._db.execute(
            "SELECT sha256 FROM documents WHERE address = ?1 AND sha256 NOT IN "
            "(SELECT sha256 FROM standing_readings WHERE address = ?1 AND sha256 IS NOT NULL) "
            "ORDER BY fetched_at DESC, sha256",
            (address,),
        )
        return [str(sha256) for (sha256,) in rows]

    def met(self, address: str) -> bool:
        """Tell whether a document was ever read under this address, whatever it was."""
        row = self._db.execute("SELECT 1 FROM documents WHERE address = ? LIMIT 1", (address,))
        return row.fetchone() is not None

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

    def bytes_lost(self, url: str) -> bool:
        """Tell whether the file is gone in which what an address last gave was archived."""
        ref = self.archived(url)
        folder = self.path.parent / "archive"
        return ref is not None and not any(
            (folder / name).exists() for name in (ref.file, f"{ref.file}.open")
        )

    # -- documents that are no report ----------------------------------------------------------

    def rejection(self, url: str, reader: str | None = None) -> tuple[str, str] | None:
        """Return (code, evidence) of an address known to hold something else, until it rests out.

        It is asked again the next night, then each time after twice as long, sixty days at most:
        what was one bad night's page is a report again soon. An address of which a report is held
        is never one of these. With ``reader`` only decisions of that reader count: another might
        decide otherwise.
        """
        row = self._db.execute(
            "SELECT code, evidence, reader FROM rejected WHERE url = ? "
            "AND julianday(?) - julianday(seen_at) "
            "< min(max(julianday(seen_at) - julianday(first_seen_at), ?), ?)",
            (url, now(), REJECTION_FIRST_DAYS, REJECTION_DAYS),
        ).fetchone()
        if row is None or (reader is not None and row[2] != reader) or self.held(url):
            return None
        return str(row[0]), str(row[1])

    def remember_rejection(self, url: str, code: str, evidence: str, *, reader: str = "") -> None:
        """Write down that an address holds something that is not wanted.

        Of an address that is held nothing is remembered but that it must be asked in full again.
        """
        if self.held(url):
            self._db.execute("UPDATE pages SET settled = 0 WHERE url = ?", (url,))
            self._db.execute("UPDATE readings SET checked_at = '' WHERE address = ?", (url,))
            self.missed(url, f"something else stands there now: {evidence}"[:200])
            return
        self._db.execute(
            "INSERT INTO rejected (url, code, evidence, reader, seen_at, first_seen_at) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET "
            "code = excluded.code, evidence = excluded.evidence, seen_at = excluded.seen_at, "
            "first_seen_at = CASE reader WHEN excluded.reader THEN first_seen_at "
            "ELSE excluded.first_seen_at END, reader = excluded.reader",
            (url, code, evidence, reader, now(), now()),
        )
        self._settle(url)

    def forget_rejections(self, urls: Iterable[str]) -> None:
        """Take back what a run judged bad has found at addresses: they are asked again."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany("DELETE FROM rejected WHERE url = ?", ((url,) for url in urls))
        self._db.execute("COMMIT")

    def document(self, url: str, sha256: str) -> tuple[str, dict[str, Any]] | None:
        """Return (portal code, origin) of one document, None where it is not known."""
        row = self._db.execute(
            "SELECT code, origin FROM documents WHERE address = ? AND sha256 = ?", (url, sha256)
        ).fetchone()
        return (str(row[0]), loads(row[1])) if row else None

    # -- when to look again --------------------------------------------------------------------

    def due(
        self, url: str, today: datetime | None = None, *, row: tuple[str, str | None] | None = None
    ) -> bool:
        """Tell whether a held address is due by the schedule; one that is not held always is.

        ``row``: title and date of the list now. Where they are not those it was fetched under
        (更正 in the title, a new date), the report changed: it is due.
        """
        if not self.held(url) or (row is not None and row != self.row_of(url)):
            return True
        if self.bytes_lost(url) or self.in_doubt(url):
            return True
        return due(self.checked_at(url), self._newest_at(url), today or datetime.now(UTC))

    def file_due(self, url: str, page: str, today: datetime | None = None) -> bool:
        """Tell whether a file of the report at ``page`` is due by the schedule."""
        row = self._db.execute(
            "SELECT coalesce(checked_at, fetched_at) FROM pages WHERE url = ?", (url,)
        ).fetchone()
        if self.bytes_lost(url):
            return True
        return due(row[0] if row else None, self._newest_at(page), today or datetime.now(UTC))

    def _newest_at(self, url: str) -> int | None:
        return max(self.years_at(url), default=None)

    def row_of(self, url: str) -> tuple[str | None, str | None]:
        """Return title and date of the list row a document was last fetched under."""
        row = self._db.execute(
            "SELECT origin FROM documents WHERE address = ? ORDER BY fetched_at DESC LIMIT 1",
            (url,),
        ).fetchone()
        source = loads(row[0])["source"] if row else {}
        return source.get("title"), source.get("published_on")

    # -- runs ----------------------------------------------------------------------------------

    def remember_run(self, run_id: str, *, good: bool, summary: dict[str, Any]) -> None:
        """Write down how a run ended, for the next one to be compared with."""
        self._db.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?)",
            (run_id, good, json.dumps(summary, ensure_ascii=False)),
        )
        self._forget_outdated_runs()

    def _forget_outdated_runs(self) -> None:
        """Drop the runs that no later one will be compared with: of each portal the last counts."""
        seen: dict[str, set[str]] = {}
        rows = self._db.execute("SELECT run_id, good, summary FROM runs ORDER BY run_id DESC")
        gone = []
        for run_id, good, text in rows.fetchall():
            summary = json.loads(text)
            question = json.dumps(summary.get("asked"), sort_keys=True)
            portals = set(summary.get("reports") or ())
            if not good or (question in seen and portals <= seen[question]):
                gone.append((run_id,))
            else:
                seen.setdefault(question, set()).update(portals)
        self._db.executemany("DELETE FROM runs WHERE run_id = ?", gone)

    def good_runs(self, asked: dict[str, Any], limit: int = 20) -> list[dict[str, Any]]:
        """Return summaries of good runs that asked for the same, latest first.

        However many backfills came in between, the last runs of a question are found.
        """
        rows = self._db.execute("SELECT summary FROM runs WHERE good ORDER BY run_id DESC")
        summaries = (loads(text) for (text,) in rows)
        return list(islice((s for s in summaries if s.get("asked") == asked), limit))


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def _without_bytes(file: RawFile) -> dict[str, Any]:
    return {"url": file.url, "content_type": file.content_type, "filename": file.filename}

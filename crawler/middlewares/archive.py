"""Raw bytes as they came, with their headers, in standard WARC files under ``archive/``.

Called by the download handler for every exchange: redirects, refusals, robots.txt and retries
included, bodies still as compressed as they came. A rendered page is a ``resource`` record. An
answer whose bytes are archived already is a ``revisit`` record, as is a 304: headers without the
body, and the name of the record that has it. A file under way is called ``*.warc.gz.open``; each
record is a complete gzip member, so what a killed crawl leaves is cut back to its last whole
record and kept.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import __version__
from pipelines.store.archive import ORIGIN, Origin
from pipelines.store.claims import abandoned, made_and_locked
from pipelines.store.payloads import Payload, Payloads
from pipelines.vocabulary.items import ArchiveRef

logger = logging.getLogger(__name__)

_OPEN = ".open"
# Everything else in a header is written as %XX: headers of any bytes must not cost the page.
_PLAIN = "".join(map(chr, range(0x20, 0x7F)))
# Undone by the time the body is ours: left in, a reader would undo them again.
_TRANSPORT = frozenset({"transfer-encoding", "connection", "keep-alive"})
_NOT_MODIFIED = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
_SMALL = 1024
"""Bytes below which a record that refers to another is no shorter than the body."""


@dataclass(slots=True, frozen=True)
class _Said:
    """An answer as the index knows it."""

    key: str
    """Its address, and what was posted there."""
    digest: str
    """Of what it says: bare (as WARC spells it) where these are the bytes of an address, with the
    status before it otherwise. Empty: whatever it says is worth a record."""
    refers: bool
    """A record of the same bytes may stand for them; of few bytes it would be no shorter."""

    @classmethod
    def of(cls, request: Request, response: Response) -> _Said:
        plain = request.method == "GET"
        key = request.url if plain else f"{request.url} {request.method} {_sha1(request.body)}"
        if response.status == 304:
            return cls(key, "", refers=True)
        digest = _sha1(response.body)
        if plain and response.status == 200:
            return cls(key, digest, refers=len(response.body) >= _SMALL)
        where = response.headers.get("Location") or b""
        return cls(key, f"{response.status} {_sha1(where)} {digest}", refers=False)


class Archive:
    """The archive of one output folder, as far as this crawl writes it."""

    def __init__(self, folder: Path, max_bytes: int, revisit_days: float = 0) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self.revisit_days = revisit_days
        """Days in which an answer like the last one is not written down again."""
        self.error = ""
        """Why nothing more is written; empty while all is well."""
        self._file: BinaryIO | None = None
        self._writer: WARCWriter | None = None
        self._path: Path | None = None
        self._payloads: Payloads | None = None
        self._number = 0
        self._started = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")

    def exchange(self, request: Request, response: Response) -> ArchiveRef | None:
        """Write a request and its answer; return where the bytes lie, None if nowhere.

        Bytes that came before from the same address lie where they lay then. What an address says
        again just as it did last is not written down each time: a portal's quiet nights are many.
        """
        if not self.max_bytes or not self._open_index():
            return None
        assert self._payloads is not None
        said = _Said.of(request, response)
        last = self._payloads.latest(said.key)
        held = self._payloads.latest(said.key, bodies=True) if response.status == 304 else None
        held = held or (self._payloads.same(said.key, said.digest) if said.digest else None)
        digest = held.digest if held else said.digest
        if held and last and last.digest == digest and self._noted_lately(last):
            return held.ref
        return self._write_exchange(request, response, said, held)

    def _noted_lately(self, last: Payload) -> bool:
        return (last.noted or last.date) > _days_ago(self.revisit_days)

    def _write_exchange(
        self, request: Request, response: Response, said: _Said, held: Payload | None
    ) -> ArchiveRef | None:
        asked = StatusAndHeaders(
            f"{request.method} {_path_of(request.url)} HTTP/1.1",
            _headers(request.headers.items()),
            is_http_request=True,
        )
        answered = StatusAndHeaders(
            f"{response.status} {_reason(response.status)}",
            [
                *_headers(response.headers.items()),
                ("Content-Length", str(len(response.body))),
            ],
            protocol="HTTP/1.1",
        )
        writer = self._ready()
        if writer is None:
            return None
        refers = held if held and (said.refers or response.status == 304) else None
        if refers is None:
            answer = writer.create_warc_record(
                request.url, "response", payload=BytesIO(response.body), http_headers=answered
            )
        else:
            answer = writer.create_revisit_record(
                request.url, refers.digest, refers.url, refers.date, http_headers=answered
            )
            answer.rec_headers.add_header("WARC-Refers-To", refers.ref.record_id)
            if response.status == 304:
                answer.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
        question = writer.create_warc_record(
            request.url, "request", payload=BytesIO(request.body), http_headers=asked
        )
        ref = self._write(
            lambda: writer.write_request_response_pair(question, answer), answer, question
        )
        if ref is None or self._payloads is None:
            return ref
        date = str(answer.rec_headers.get_header("WARC-Date"))
        if refers is None:
            if not said.digest:
                return ref
            refers = Payload(url=said.key, digest=said.digest, date=date, ref=ref)
        self._payloads.remember(replace(refers, noted=date))
        return refers.ref

    def rendered(self, url: str, body: bytes) -> ArchiveRef | None:
        """Write what a page shows after its scripts have run; what it shows again lies there."""
        if not self.max_bytes or not self._open_index():
            return None
        assert self._payloads is not None
        key, digest = f"{url} rendered", _sha1(body)
        if (held := self._payloads.same(key, digest)) is not None:
            return held.ref
        writer = self._ready()
        if writer is None:
            return None
        record = writer.create_warc_record(
            url,
            "resource",
            payload=BytesIO(body),
            warc_content_type="text/html; charset=utf-8",
            warc_headers_dict={"WARC-Rendered-By": f"county-reports/{__version__}"},
        )
        ref = self._write(lambda: writer.write_record(record), record)
        if ref is not None:
            date = str(record.rec_headers.get_header("WARC-Date"))
            self._payloads.remember(Payload(url=key, digest=digest, date=date, ref=ref))
        return ref

    def origin(self, origin: Origin) -> None:
        """Write beside a page's bytes what is needed to read them again, as its list's title.

        The state knows the same, and may be deleted; the archive alone makes the dataset.
        """
        place = origin.facts["source"].get("archive")
        if not self.max_bytes or not place:
            return
        writer = self._ready()
        if writer is None:
            return
        told = {"kind": ORIGIN, **asdict(origin)}
        record = writer.create_warc_record(
            origin.address,
            "metadata",
            payload=BytesIO(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")),
            warc_content_type="application/json",
            warc_headers_dict={"WARC-Refers-To": place["record_id"]},
        )
        self._write(lambda: writer.write_record(record), record)

    def close(self) -> None:
        """Finish the file under way."""
        self._turn_over()
        if self._payloads is not None:
            self._payloads.close()
            self._payloads = None

    def _turn_over(self) -> None:
        if self._file is None or self._path is None:
            return
        # Locked until it has its name: others take what is open and nobody's for a killed run's.
        self._path.replace(_final(self._path))
        self._file.close()
        self._file = self._writer = self._path = None

    def _write(
        self, write: Callable[[], object], record: ArcWarcRecord, *more: ArcWarcRecord
    ) -> ArchiveRef | None:
        assert self._file is not None
        assert self._path is not None
        try:
            write()
            self._file.flush()
            if self._file.tell() > self.max_bytes:
                name = _final(self._path).name
                self._turn_over()
            else:
                name = _final(self._path).name
        except OSError as error:
            self._fail(error)
            return None
        finally:
            for written in (record, *more):
                written.raw_stream.close()  # warcio spools payloads to measure them
        identity = record.rec_headers.get_header("WARC-Record-ID")
        return ArchiveRef(file=name, record_id=str(identity))

    def _open_index(self) -> bool:
        """Open what tells which bytes are there; harmless when called again."""
        if self.error:
            return False
        if self._payloads is not None:
            return True
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._payloads = Payloads(self.folder)
            for name in finish_leftovers(self.folder):
                self._payloads.forget(name)  # a power cut may have taken their last records
        except OSError as error:
            self._fail(error)
            return False
        return True

    def _ready(self) -> WARCWriter | None:
        if self._writer is not None:
            return self._writer
        if not self._open_index():
            return None
        assert self._payloads is not None
        try:
            name, self._file = self._free_name()
            self._path = self.folder / (name + _OPEN)
            self._payloads.forget(name)  # of a file that somebody took away
            self._writer = WARCWriter(self._file, gzip=True)
            facts = {"software": f"county-reports/{__version__}", "format": "WARC/1.0"}
            info = self._writer.create_warcinfo_record(name, facts)
            self._writer.write_record(info)
            info.raw_stream.close()
        except OSError as error:
            self._fail(error)
            return None
        return self._writer

    def _free_name(self) -> tuple[str, BinaryIO]:
        """Return a name nobody has, and its file: locked, so that others see that it is at work."""
        while True:
            self._number += 1
            name = f"county-reports-{self._started}-{os.getpid()}-{self._number:05d}.warc.gz"
            if not (self.folder / name).exists():
                handle = made_and_locked(self.folder / (name + _OPEN))
                if handle is not None:
                    return name, os.fdopen(handle, "wb")

    def _fail(self, error: OSError) -> None:
        """Give up archiving, aloud and once: reports are read all the same."""
        self.error = f"the archive cannot be written: {error}"
        logger.warning("%s; reports are read, but their raw bytes are not kept", self.error)
        self._file = self._writer = self._path = None


def finish_leftovers(folder: Path) -> list[str]:
    """Cut what killed crawls left back to its last whole record; return their final names."""
    finished = []
    for path in sorted(folder.glob(f"*{_OPEN}")):
        with contextlib.suppress(FileNotFoundError), path.open("r+b") as file:
            if not abandoned(file):
                continue
            if end := _last_whole(path):
                file.truncate(end)
                path.replace(_final(path))
            else:
                path.unlink()
            finished.append(_final(path).name)
    return finished


def records(path: Path) -> Iterator[tuple[str, str, str | None, bytes]]:
    """Yield (record id, address, content type, decoded body) of every answer in a WARC file."""
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type not in {"response", "resource"}:
                continue
            headers = record.http_headers
            kind = (
                headers.get_header("Content-Type")
                if headers is not None
                else record.rec_headers.get_header("Content-Type")
            )
            yield (
                record.rec_headers.get_header("WARC-Record-ID"),
                record.rec_headers.get_header("WARC-Target-URI"),
                kind,
                record.content_stream().read(),
            )


def _last_whole(path: Path) -> int:
    """Return where the last whole record ends."""
    end = 0
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        try:
            for record in iterator:
                record.raw_stream.read()
                iterator.read_to_end()
                end = iterator.get_record_offset() + iterator.get_record_length()
        except Exception:  # noqa: BLE001 - whatever a cut gzip member raises ends the whole part
            return end
    return end


def _sha1(data: bytes) -> str:
    hashed = base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest())
    return f"sha1:{hashed.decode()}"


def _days_ago(days: float) -> str:
    """Return a time as WARC-Date spells it.

    >>> _days_ago(0) > "2026"
    True
    """
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _final(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(_OPEN))


def _path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3] if url.count("/") > 2 else "/"


def _headers(items: Iterable[tuple[bytes, list[bytes]]]) -> list[tuple[str, str]]:
    return [
        (quote(name, safe=_PLAIN), quote(value, safe=_PLAIN))
        for name, values in items
        for value in values
        if name.decode("latin-1").lower() not in _TRANSPORT | {"content-length"}
    ]


def _reason(status: int) -> str:
    return {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified"}.get(status, "-")


_ARCHIVES: WeakKeyDictionary[object, Archive] = WeakKeyDictionary()


def archive_of(crawler: Crawler) -> Archive:
    """Return the crawl's archive, the same one for every component."""
    if crawler not in _ARCHIVES:
        settings = crawler.settings
        folder = Path(settings["OUTPUT_DIR"]) / "archive"
        _ARCHIVES[crawler] = Archive(
            folder,
            settings.getint("ARCHIVE_MAX_BYTES"),
            settings.getfloat("ARCHIVE_REVISIT_DAYS"),
        )
    return _ARCHIVES[crawler]

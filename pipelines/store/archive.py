"""The raw bytes of earlier crawls, out of the WARC files under ``archive/``.

Standard WARC, so any other program can read them as well. A record is found by its id; the
places of all records of a file are noted at the first look, later ones go straight there.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.vocabulary.items import ArchiveRef

_WITH_BODY = frozenset({"response", "resource", "conversion"})

ORIGIN = "county-reports/origin"
"""What the metadata record of a document says it is, in its field ``kind``."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Origin:
    """What a document was made of: all that reading its archived bytes again takes."""

    address: str
    sha256: str
    """Of the page."""
    code: str
    """Of the portal it was found on."""
    fetched_at: str
    facts: dict[str, Any]
    """``source``, ``page`` and ``files``, each with where its bytes lie."""


class Archive:
    """The archive of one output folder, for reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._places: dict[str, dict[str, int]] = {}

    def body(self, ref: ArchiveRef) -> bytes | None:
        """Return the bytes of a record as a browser would get them, None where it is not there.

        Transfer and content encodings (chunked, gzip, deflate, br) are undone.
        """
        path = self.folder / Path(ref.file).name
        if not path.exists():  # left by a killed crawl, or still being written
            path = path.with_name(f"{path.name}.open")
        offset = self._offsets(path).get(ref.record_id)
        if offset is None:
            return None
        # Another run may have finished its file, which has a new name then.
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            file.seek(offset)
            for record in _records(file):
                content: bytes = record.content_stream().read()
                return content
        return None

    def origins(self) -> Iterator[Origin]:
        """Yield what the documents were made of, from the records that lie beside their bytes."""
        for _, record in self._all():
            if record.rec_type != "metadata":
                continue
            try:
                told = json.loads(record.content_stream().read())
                if told.pop("kind", None) == ORIGIN:
                    yield Origin(**told)
            except (ValueError, TypeError, AttributeError):
                continue  # somebody else's

    def places_of(self, urls: Collection[str]) -> dict[str, list[tuple[str, ArchiveRef]]]:
        """Return where what these addresses gave lies, with the day of each, oldest first."""
        out: dict[str, list[tuple[str, ArchiveRef]]] = {}
        for path, record in self._all() if urls else ():
            header = record.rec_headers.get_header
            url = header("WARC-Target-URI")
            if record.rec_type in _WITH_BODY and url in urls:
                ref = ArchiveRef(
                    file=path.name.removesuffix(".open"), record_id=header("WARC-Record-ID")
                )
                out.setdefault(url, []).append((str(header("WARC-Date")), ref))
        return {url: sorted(places, key=lambda place: place[0]) for url, places in out.items()}

    def _all(self) -> Iterator[tuple[Path, Any]]:
        for path in sorted((*self.folder.glob("*.warc.gz"), *self.folder.glob("*.warc.gz.open"))):
            with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
                yield from ((path, record) for record in _records(file))

    def _offsets(self, path: Path) -> dict[str, int]:
        if path.name not in self._places:
            places: dict[str, int] = {}
            # A file cut short by a crash is read as far as it goes.
            with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
                iterator = _iterator(file)
                for record in _walk(iterator):
                    if record.rec_type in _WITH_BODY:
                        name = record.rec_headers.get_header("WARC-Record-ID")
                        places[name] = iterator.get_record_offset()
            self._places[path.name] = places
        return self._places[path.name]


def _records(file: Any) -> Iterator[Any]:
    return _walk(_iterator(file))


def _iterator(file: Any) -> Any:
    from warcio.archiveiterator import ArchiveIterator

    return ArchiveIterator(file)


def _walk(iterator: Any) -> Iterator[Any]:
    """Yield records until the end or the first that is damaged."""
    from warcio.exceptions import ArchiveLoadFailed

    with contextlib.suppress(ArchiveLoadFailed, EOFError, OSError):
        yield from iterator

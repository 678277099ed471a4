"""Making room under ``archive/``: what may go, what that costs, and letting it go.

A record of a WARC file is a gzip member of its own, so a file is pruned by copying the members
that stay, byte for byte, into a file that replaces it as a whole; references to what stays hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.store.files import AtomicFile, store_errors, sync_folder
from pipelines.store.identity_of_content import Reading
from pipelines.store.payloads import Payloads
from pipelines.store.state import State
from pipelines.vocabulary.errors import StoreError

CHOICES: Mapping[str, str] = {
    "documents": (
        "keeps every page and file that was handed to a reader. Gone: home pages, lists, "
        "redirects, refusals, robots.txt. Costs: how a report was found, and why a portal "
        "refused, cannot be looked at again; reparse loses nothing"
    ),
    "held": (
        "keeps what the dataset's lines, editions and revisions were read from. Gone as well: what "
        "was read and was no report. Costs: a better reader that would find a report in it has to "
        "fetch it again"
    ),
    "current": (
        "keeps what each address says today. Gone as well: the bytes of superseded revisions. "
        "Costs: revisions stay as they were read and cannot be read again; the publisher may have "
        "taken those pages away"
    ),
}
"""What ``--keep`` takes, from the least that goes to the most."""

EVER = "9"
"""Later than any date: everything may go."""

_CHUNK = 1 << 20


@dataclass(slots=True, frozen=True, kw_only=True)
class _Member:
    """One record of a WARC file and where it lies."""

    kind: str
    record_id: str
    date: str
    needs: str
    """The record without which this one says nothing; itself for most."""
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Room:
    """What a choice keeps and frees."""

    records: int = 0
    bytes: int = 0
    freed_records: int = 0
    freed_bytes: int = 0


def needed(state: State, keep: str) -> set[str]:
    """Return the ids of the records a choice keeps."""
    assert keep in CHOICES
    out: set[str] = set()
    held: set[tuple[str, str]] = set()
    for province in state.provinces():
        for _, readings in state.reports_of(province):
            for reading in _latest(readings) if keep == "current" else readings:
                held.add((reading.address, str(reading.record.get("sha256"))))
                out.add(str((reading.record.get("archive") or {}).get("record_id")))
    for address, sha256, _ in state.document_keys():
        if keep == "documents" or (address, sha256) in held:
            known = state.document(address, sha256)
            assert known is not None
            out.update(_bytes_of(state, address, known[1]))
    return out


def _latest(readings: list[Reading]) -> list[Reading]:
    by_address = {r.address: r for r in sorted(readings, key=lambda r: r.last_seen)}
    return list(by_address.values())


def _bytes_of(state: State, address: str, origin: Mapping[str, Any]) -> Iterator[str]:
    """Yield the records a document would be put together from (pipelines.reparse.restore)."""
    if place := origin["source"].get("archive"):
        yield str(place["record_id"])
    for file in origin["files"]:
        if place := file.get("archive"):
            yield str(place["record_id"])
    for url in (address, *(file["url"] or "" for file in origin["files"])):
        if ref := state.archived(url):
            yield ref.record_id


def measure(folder: Path, state: State, *, before: str = EVER) -> dict[str, Room]:
    """Return what each choice would keep and free.

    ``before``: only what is older than this day (ISO 8601) may go.
    """
    recent = _referred_to(folder, before)
    kept = {keep: needed(state, keep) | recent for keep in CHOICES}
    rooms = {keep: Room() for keep in CHOICES}
    for path in _files(folder):
        members = list(_members(path))
        for keep, room in rooms.items():
            _count(room, members, _staying(members, kept[keep], before))
    return rooms


def prune(folder: Path, state: State, keep: str, *, before: str = EVER) -> Room:
    """Let go of what the choice does not keep; each file is replaced whole.

    The caller holds the output folder's lock.

    Raises:
        StoreError: a file could not be read to its end or written; it is as it was.
    """
    wanted = needed(state, keep) | _referred_to(folder, before)
    payloads = Payloads(folder)
    room = Room()
    try:
        for path in _files(folder):
            members = list(_members(path))
            staying = _staying(members, wanted, before)
            _count(room, members, staying)
            if len(staying) == len(members):
                continue
            # First the index: a crawl must not refer to what is no longer there.
            payloads.forget(path.name, but={m.record_id for m in staying})
            with store_errors(path):
                _rewrite(path, staying)
        payloads.clear()
    finally:
        payloads.close()
    return room


def _files(folder: Path) -> list[Path]:
    """Return the finished files; one left under way by a killed crawl is the next crawl's."""
    return sorted(folder.glob("*.warc.gz"))


def _referred_to(folder: Path, before: str) -> set[str]:
    """Return the older records whose bytes those refer to that are too recent to go."""
    if before == EVER:
        return set()
    members = (m for path in _files(folder) for m in _members(path))
    return {m.needs for m in members if m.kind == "revisit" and m.date >= before}


def _members(path: Path) -> Iterator[_Member]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        try:
            for record in iterator:
                header = record.rec_headers.get_header
                iterator.read_to_end()
                start, name = iterator.get_record_offset(), str(header("WARC-Record-ID"))
                yield _Member(
                    kind=record.rec_type,
                    record_id=name,
                    date=str(header("WARC-Date")),
                    needs=str(header("WARC-Refers-To") or header("WARC-Concurrent-To") or name),
                    start=start,
                    end=start + iterator.get_record_length(),
                )
        except (ArchiveLoadFailed, EOFError, OSError) as error:
            raise StoreError(f"{path} is damaged and was left as it is: {error}") from error


def _staying(members: list[_Member], wanted: AbstractSet[str], before: str) -> list[_Member]:
    """Return the members that stay, in their order."""
    stay = {
        m.record_id
        for m in members
        if m.kind not in {"request", "warcinfo"} and (m.needs in wanted or m.date >= before)
    }
    if not stay:
        return []
    return [
        m
        for m in members
        if m.kind == "warcinfo" or (m.needs if m.kind == "request" else m.record_id) in stay
    ]


def _count(room: Room, members: list[_Member], staying: list[_Member]) -> None:
    size = sum(m.end - m.start for m in members)
    kept = sum(m.end - m.start for m in staying)
    room.records += len(staying)
    room.bytes += kept
    room.freed_records += len(members) - len(staying)
    room.freed_bytes += size - kept


def _rewrite(path: Path, staying: list[_Member]) -> None:
    if not staying:
        path.unlink()
        sync_folder(path.parent)
        return
    with path.open("rb") as old, AtomicFile(path) as new:
        for member in staying:
            old.seek(member.start)
            left = member.end - member.start
            while left and (data := old.read(min(left, _CHUNK))):
                new.write(data)
                left -= len(data)

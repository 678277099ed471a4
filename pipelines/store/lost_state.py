"""What reading archived documents again takes, found out anew where the state was lost.

The state may be deleted. A line then still says which page it was read from and where that lies;
what else belongs to the page is told by the record beside its bytes (crawler/middlewares/origins),
or, in archives written before there were any (2026-12-01), by the page itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.store.archive import Archive, Origin
from pipelines.store.identity_of_content import Record
from pipelines.store.state import State
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import ArchiveRef, RawFile

_MOST_FILES = 12
"""Files of a page that are looked for; a crawl fetches no more (MAX_FILES_PER_REPORT)."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Lost:
    """A held reading of which nothing says what it was made of."""

    address: str
    sha256: str
    code: str


def complete(state: State, archive: Archive) -> list[Lost]:
    """Find out what held documents were made of where the state does not know; return the rest.

    A state that knows of no document takes over every one of the archive.
    """
    if not state.document_keys():
        state.adopt_origins(_in_order(archive.origins()))
    lost = {(address, sha256): record for address, sha256, record in state.without_origin()}
    if not lost:
        return []
    found = {(o.address, o.sha256): o for o in archive.origins() if (o.address, o.sha256) in lost}
    for key in lost.keys() - found.keys():
        if (origin := _from_record(*key, lost[key], archive)) is not None:
            found[key] = origin
    _find_files([o for o in found.values() if "files" not in o.facts], archive)
    state.adopt_origins(found.values())
    return [
        Lost(address=address, sha256=sha256, code=str(record["adcode"])[:6])
        for (address, sha256), record in lost.items()
        if (address, sha256) not in found
    ]


def _in_order(origins: Iterator[Origin]) -> list[Origin]:
    return sorted(origins, key=lambda o: (o.fetched_at, o.address, o.sha256))


def _from_record(address: str, sha256: str, record: Record, archive: Archive) -> Origin | None:
    """Return what a line says of its page; its files are still to be found."""
    place = record.get("archive")
    if not place or archive.body(ArchiveRef(**place)) is None:
        return None
    source = {
        "url": record.get("source_url"),
        "final_url": record.get("final_url"),
        "title": record.get("title"),
        "adcode": str(record["adcode"])[:6],
        "breadcrumb": (),
        "published_on": record.get("published_on"),
        "fetched_at": record.get("fetched_at"),
        "rendered": bool(record.get("rendered")),
        "found_via": tuple(record.get("found_via") or ()),
        "archive": place,
        "registered": record.get("source_kind") == "gov_site",
    }
    page = {"url": record.get("final_url"), "content_type": record.get("content_type")}
    return Origin(
        address=address,
        sha256=sha256,
        code=str(record["adcode"])[:6],
        fetched_at=str(record.get("fetched_at") or ""),
        facts={"source": source, "page": {**page, "filename": None}},
    )


def _find_files(origins: list[Origin], archive: Archive) -> None:
    """Set the files of documents: those the page links that were archived by then."""
    linked = {o.address: _linked(o.facts, archive) for o in origins}
    places = archive.places_of({url for links in linked.values() for url, _ in links})
    for origin in origins:
        files = []
        for url, name in linked[origin.address]:
            known = places.get(url, [])
            # What lay there when the page was read; files are asked for just after their page.
            then = [place for place in known if place[0][:10] <= origin.fetched_at[:10]]
            if chosen := (then or known[:1]):
                ref = chosen[-1][1]
                place = {"file": ref.file, "record_id": ref.record_id}
                files.append({"url": url, "content_type": None, "filename": name, "archive": place})
        origin.facts["files"] = files


def _linked(facts: dict[str, Any], archive: Archive) -> list[tuple[str, str]]:
    """Return the files a page links that may hold its report: addresses and words."""
    # Late: the readers take half a second to load.
    from pipelines.documents import attachments_of, read_document  # noqa: PLC0415

    body = archive.body(ArchiveRef(**facts["source"]["archive"]))
    try:
        document = read_document(RawFile(body=body or b"", **facts["page"]))
    except CodedError:
        return []
    return [(link.url, link.text) for link in attachments_of(document)][:_MOST_FILES]

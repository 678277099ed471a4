"""Read the archived bytes again with today's readers: no network, no Scrapy.

Each document a crawl brought is put together again from the archive and takes the same way as
in a crawl: worker, identity, choice, schema, state. What is read better replaces what was read
before (it is no revision: the publisher changed nothing); what cannot be read any more keeps
its old reading.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pipelines.choose import identity_problem, unwanted
from pipelines.record import Report
from pipelines.store import Store, reader_version
from pipelines.store.archive import Archive
from pipelines.store.corrections import with_review
from pipelines.store.lost_state import Lost, complete
from pipelines.store.validation import faults
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import ArchiveRef, FetchedDocument, RawFile, Source
from pipelines.vocabulary.problems import Problem
from pipelines.workers import Workers

_AT_ONCE = 32
"""Documents put together and waiting for a worker; bounds memory, not speed."""


@dataclass(slots=True, kw_only=True)
class Reparsed:
    """What a reparse did."""

    documents: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    """new, changed, edition, unchanged, dropped (no report any more), kept (could not be read)."""
    problems: list[Problem] = field(default_factory=list)
    dropped: list[Problem] = field(default_factory=list)
    """Why each of the dropped is no report any more."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Chosen:
    """Which documents to read again; None means all."""

    provinces: frozenset[str] | None = None
    years: frozenset[int] | None = None
    kinds: frozenset[str] | None = None
    addresses: frozenset[str] | None = None


def restore(
    origin: dict[str, Any], code: str, sha256: str, store: Store, archive: Archive
) -> FetchedDocument | None:
    """Put a fetched document together from the archive; None where a part of it is not there."""
    facts: dict[str, Any] = dict(origin["source"])
    facts.pop("corrections", None)  # what holds is what the file says today
    ref = facts.pop("archive", None)
    for name in ("breadcrumb", "found_via"):
        facts[name] = tuple(facts[name])
    if "registered" not in facts:  # read before 2026-12-01: its readings say what it was
        facts["registered"] = any(
            r.get("source_kind") == "gov_site" for r in store.state.records_at(facts["url"] or "")
        )
    source = Source(**facts, archive=ArchiveRef(**ref) if ref else None)
    body = None
    for place in (source.archive, store.state.archived(source.url or "")):
        body = archive.body(place) if place else None
        if body is not None and hashlib.sha256(body).hexdigest() == sha256:
            source = replace(source, archive=place)
            break
    else:
        return None
    assert body is not None
    files = []
    for file in origin["files"]:
        said = {name: value for name, value in file.items() if name != "archive"}
        # Where it lay then; what its address gives today may be another file.
        ref = file.get("archive")
        place = ArchiveRef(**ref) if ref else store.state.archived(file["url"] or "")
        content = archive.body(place) if place else None
        if content is None:
            return None  # without it the document would be read as another
        files.append(RawFile(body=content, **said))
    page = RawFile(body=body, **origin["page"])
    return FetchedDocument(portal_code=code, source=source, page=page, files=files)


@dataclass(slots=True, frozen=True, kw_only=True)
class _Stored:
    """A document to be read again."""

    address: str
    sha256: str
    code: str


@dataclass(slots=True, frozen=True, kw_only=True)
class Ready:
    """What there is to be read."""

    lost: tuple[Lost, ...]
    """Held readings of which nothing is known any more."""
    all_of: bool
    """The state knew of no document: lines may be lost as well, and the archive makes them."""
    codes: frozenset[str]
    """Portals the documents were found on."""


def prepare(store: Store) -> Ready:
    """Find out what there is to be read; a lost state is made up for from the archive."""
    all_of = not store.state.document_keys()
    lost = complete(store.state, Archive(store.output / "archive"))
    codes = {code for _, _, code in store.state.document_keys()}
    return Ready(lost=tuple(lost), all_of=all_of, codes=frozenset(codes))


def _stored(store: Store, chosen: Chosen, ready: Ready) -> list[_Stored]:
    """Return the stored documents worth reading again, and those of which nothing is known.

    Of an address that is held, those bytes its readings were read from; of any other, the last
    ``ready.all_of``: all there are.
    """
    # The keys alone are held: what a hundred thousand documents were made of fills the memory.
    rows = store.state.document_keys()
    last = {address: sha256 for address, sha256, _ in rows}
    out = []
    for address, sha256, code in (*rows, *((x.address, x.sha256, x.code) for x in ready.lost)):
        if chosen.provinces is not None and f"{code[:2]}0000" not in chosen.provinces:
            continue
        if chosen.addresses is not None and address not in chosen.addresses:
            continue
        held = store.state.digests_at(address)
        wanted = held or {last.get(address, "")}
        if sha256 and sha256 not in wanted and not ready.all_of:
            continue
        if chosen.years is not None:
            known = store.state.years_at(address)
            if known and not known & chosen.years:
                continue
        out.append(_Stored(address=address, sha256=sha256, code=code))
    return out


def _restored(
    stored: _Stored, store: Store, archive: Archive
) -> tuple[FetchedDocument | None, str]:
    """Return a document, and the hash of the lost bytes in whose place it stands, mostly none.

    A page whose first bytes are lost was mostly fetched later as well, with another counter.
    """
    here = (stored.sha256, *(store.state.other_documents(stored.address)))
    for sha256 in here if store.state.held(stored.address) else here[:1]:
        known = store.state.document(stored.address, sha256)
        document = known and restore(known[1], known[0], sha256, store, archive)
        if known and document and document.source.archive is not None:
            # Archived again elsewhere since, or other bytes: the line is to name these.
            moved = asdict(document.source.archive) != known[1]["source"]["archive"]
            return document, stored.sha256 if moved or sha256 != stored.sha256 else ""
    return None, ""


async def reparse(store: Store, workers: Workers, chosen: Chosen, ready: Ready) -> Reparsed:
    """Read every chosen document again and keep what comes of it, pending the verdict."""
    done = Reparsed()
    archive = Archive(store.output / "archive")
    places = asyncio.Semaphore(_AT_ONCE)
    reader = reader_version()

    async def one(document: FetchedDocument, address: str, instead_of: str) -> None:
        try:
            report = await workers.read(with_review(document, store.corrections))
        except CodedError as error:
            _note(done, Problem(code=error.code, evidence=error.evidence), document)
            done.changes["kept"] += store.state.held(address)
            return
        finally:
            places.release()
        known = {r["report_id"] for r in store.state.records_at(address)}
        if instead_of and report.report_id not in known:
            done.changes["kept"] += 1
            _note(done, _not_archived(instead_of), document)
            return
        _file(
            store=store,
            done=done,
            chosen=chosen,
            report=report,
            document=document,
            reader=reader,
            instead_of=instead_of,
        )

    async with asyncio.TaskGroup() as group:
        for stored in _stored(store, chosen, ready):
            done.documents += 1
            document, instead_of = _restored(stored, store, archive)
            if document is None:
                done.changes["kept"] += store.state.held(stored.address)
                done.problems.append(
                    replace(
                        _not_archived(stored.sha256),
                        portal=stored.code,
                        url=stored.address,
                        stage="reparse",
                    )
                )
                continue
            await places.acquire()
            group.create_task(one(document, stored.address, instead_of))
    return done


def _not_archived(sha256: str) -> Problem:
    return Problem(
        code="document/not-archived",
        evidence=f"not all of its bytes ({sha256[:12]}…) are under archive/",
    )


def _note(done: Reparsed, problem: Problem, document: FetchedDocument) -> None:
    done.problems.append(
        replace(
            problem,
            portal=problem.portal or document.portal_code,
            url=problem.url or document.source.url,
            title=problem.title or document.source.title,
            stage=problem.stage or "reparse",
        )
    )


def _file(
    *,
    store: Store,
    done: Reparsed,
    chosen: Chosen,
    report: Report,
    document: FetchedDocument,
    reader: str,
    instead_of: str,
) -> None:
    """Keep, drop or reject one document as it reads today."""
    address = document.source.url or ""
    report.portal_code, report.source_url = document.portal_code, address
    for told in report.problems:
        _note(done, told, document)
    problem: Problem | None
    if not report.is_report:
        reasons = "; ".join(report.reasons)
        problem = Problem(code="report/not-a-report", evidence=reasons or "no reason given")
    else:
        problem = identity_problem(report) or unwanted(
            report, portal_code=document.portal_code, kinds=chosen.kinds, years=None
        )
    if problem is None and (wrong := faults(report.to_json())):
        problem = Problem(code="dataset/invalid-record", evidence="; ".join(wrong))
        done.changes["kept"] += store.state.held(address)
    elif problem is not None and store.state.drop(address, report.sha256 or ""):
        done.changes["dropped"] += 1
        done.dropped.append(problem)
    if problem is not None:
        _note(done, problem, document)
        return
    if chosen.years is not None and report.report_year not in chosen.years:
        return
    kept = store.state.keep(report.to_json(), reader=reader, again=True, instead_of=instead_of)
    done.changes[kept.change] += 1

"""When are two readings the same report, which is the main edition, which a revision?

Pure functions over records (lines of the dataset as dictionaries). ``merge`` is a function of
the *set* of readings: the order in which they arrive never shows in the result.

Only readings with one ``report_id`` (organ, scope and year) ever meet here, so near-identical
texts of two years or two organs cannot collapse (quirks.md 33).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipelines import figures
from pipelines.record import SCHEMA_VERSION

Record = dict[str, Any]
"""One line of the dataset, as pipelines.record.Report.to_json shapes it."""

VOLATILE = ("fetched_at", "archive", "sha256", "found_via")
"""Fields that may differ between two fetches of one unchanged report.

``sha256`` is among them because most portals print a visitor counter or a date on the page.
"""

_DERIVED = (
    "editions",
    "revision",
    "supersedes",
    "former_ids",
    "schema_version",
    "gone_since",
)
"""Fields that say how a report stands to others, and in which shape; the merge sets them."""

_CARRIERS = (
    "html_table",
    "json_api",
    "docx",
    "xls",
    "doc",
    "wps",
    "ofd",
    "pdf_text",
    "html_text",
    "text",
    "flipbook",
    "pdf_scan",
    "image",
)
"""From the carrier whose structure says which cell is which to the one that was recognised."""

_RECOGNISED = frozenset({"pdf_scan", "image", "flipbook"})
"""Carriers read by recognition: a figure that differs is more likely ours than the publisher's."""

_SIMILAR = 0.8
"""Share of common text runs from which two texts without figures count as one report.

Renditions of one report keep nearly all of their text (an index table or a footer more); two
years of one organ often share more than half of theirs, but never meet here.
"""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one address held at one time, read."""

    record: Record
    last_seen: str = ""
    """When the address was last seen with this content, ISO 8601 UTC."""
    gone_since: str | None = None
    """Since when its address holds the report no more, None where it does."""
    unlisted: bool = False
    """The lists of its portal, read to their end, show the address no more."""

    @property
    def address(self) -> str:
        """Return the address it is filed under."""
        return address_of(self.record)

    @cached_property
    def preference(self) -> tuple[Any, ...]:
        """Return its key among editions; weighing takes longer than comparing."""
        return (self.gone_since is not None, self.unlisted, *preference(self.record))

    def order(self) -> tuple[str, str]:
        """Return a key that is equal only for equal content, then equal records."""
        return content_key(self.record), canonical(self.record)


@dataclass(slots=True, kw_only=True)
class Merged:
    """One report out of all its readings."""

    line: Record
    revisions: list[Record] = field(default_factory=list)
    """Superseded content, oldest first."""
    conflicts: list[str] = field(default_factory=list)
    """Addresses whose figures differ while nothing says which is the later, with the fields."""


def address_of(record: Mapping[str, Any]) -> str:
    """Return the address a record is filed under: listed, else final, else its content."""
    return str(record.get("source_url") or record.get("final_url") or record.get("sha256") or "")


def canonical(value: object) -> str:
    """Return JSON in one spelling: keys sorted, no spaces; for hashing only."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def normal_text(record: Mapping[str, Any]) -> str:
    """Return the report's prose without white space and width variants, parts in order."""
    sections: Mapping[str, str] = record.get("sections") or {}
    joined = "".join(sections[number] for number in sorted(sections))
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", joined))


def content_key(record: Mapping[str, Any]) -> str:
    """Return the signature of what the publisher says: identity, figures, cells and prose.

    Findings, provenance and the source are left out: they say how it was read.
    """
    cells = {
        name: [note.get("status"), note.get("raw")]
        for name, note in (record.get("cells") or {}).items()
    }
    said = [
        record.get("report_id"),
        record.get("title"),
        record.get("published_on"),
        record.get("reissue"),
        {k: v for k, v in (record.get("values") or {}).items() if v is not None},
        cells,
        record.get("info_processing_fee_yuan"),
        normal_text(record),
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def unchanged(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether two records of one address are equal in everything but the fetch."""
    leave = {*VOLATILE, *_DERIVED}
    return canonical({k: v for k, v in old.items() if k not in leave}) == canonical(
        {k: v for k, v in new.items() if k not in leave}
    )


def reviews_of(record: Mapping[str, Any], address: str) -> dict[str, Mapping[str, Any]]:
    """Return what a record says a review settled of one document, by field.

    A line says as well what was settled of its editions, each a document of its own.
    """
    notes = record.get("corrections") or ()
    return {note["field"]: note for note in notes if note.get("url") == address}


def reviewed_apart(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether two records of one address differ by a review of whose report it is.

    Without it they would be the same year's, and in what either review settled the same.
    """
    was, now = (reviews_of(record, address_of(record)) for record in (old, new))
    if was == now:
        return False
    fields = {"report_year", *was, *now}
    if ("publisher_norm" in was) is not ("publisher_norm" in now):
        fields.discard("scope")  # it follows from the organ, so that was settled by the other
    return all(_unreviewed(old, was, f) == _unreviewed(new, now, f) for f in fields)


def _unreviewed(record: Mapping[str, Any], reviews: Mapping[str, Any], name: str) -> object:
    return reviews[name]["read"] if name in reviews else record.get(name)


def printed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures the source prints."""
    return figures.printed(record.get("values") or {})


def differing(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[str]:
    """Return the fields both print with different figures; what only one prints is no dispute."""
    return figures.differing(a.get("values") or {}, b.get("values") or {})


def similarity(a: str, b: str, run: int = 6) -> float:
    """Return the share of runs of characters the shorter text has in common with the longer.

    >>> similarity("全年共办理依申请公开三件", "全年共办理依申请公开三件")
    1.0
    >>> similarity("", "")
    0.0
    """
    left = {a[i : i + run] for i in range(max(len(a) - run + 1, 1))} if a else set()
    right = {b[i : i + run] for i in range(max(len(b) - run + 1, 1))} if b else set()
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right))


def same_content(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Tell whether two readings are renditions of one text: no figure disputed.

    A re-issue that says so stays apart from what it replaces unless every word is the same.
    """
    text_a, text_b = normal_text(a), normal_text(b)
    if bool(a.get("reissue")) != bool(b.get("reissue")) and text_a != text_b:
        return False
    if printed(a).keys() & printed(b).keys():
        return not differing(a, b)
    return text_a == text_b or similarity(text_a, text_b) >= _SIMILAR


def _our_errors(record: Mapping[str, Any]) -> int:
    return sum(
        1
        for finding in record.get("findings") or ()
        if finding.get("severity") == "E" and finding.get("cause") != "source"
    )


def _carrier_rank(record: Mapping[str, Any]) -> int:
    carrier = str(record.get("carrier"))
    return _CARRIERS.index(carrier) if carrier in _CARRIERS else len(_CARRIERS)


_PREFERENCE: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Any]]] = {
    "own_site": (
        "it stands on a government's own site, the other does not",
        lambda r: r.get("source_kind") != "gov_site",
    ),
    "not_recognised": (
        "the other's figures were recognised from pictures",
        lambda r: str(r.get("carrier")) in _RECOGNISED,
    ),
    "more_figures": ("more printed figures were read of it", lambda r: -len(printed(r))),
    "fewer_errors": (
        "fewer of its sums are broken by anything but the source itself",
        _our_errors,
    ),
    "carrier": (
        "its carrier tells better which cell is which (a page's table, then Word, then PDF, …)",
        _carrier_rank,
    ),
    "more_prose": ("more of its prose was read", lambda r: -len(normal_text(r))),
    "not_rendered": ("the other needs a browser to be seen", lambda r: bool(r.get("rendered"))),
    "shorter_address": ("its address is shorter", lambda r: len(address_of(r))),
    "address": ("nothing tells them apart: its address comes first in the alphabet", address_of),
}
"""Why one edition is the main one: the first of these in which it is better; lower is better."""

MAIN_BECAUSE: Mapping[str, str] = {
    "figures": "it prints figures, the other none",
    "living": "the other's address holds the report no more",
    "listed": "the other's address stands in no list of its portal any more",
    **{reason: meaning for reason, (meaning, _) in _PREFERENCE.items()},
    "replaced": "the other was replaced by a later version, which is an edition as well",
    "same_page": (
        "the other is a document of the same page: the one whose carrier tells best which cell is "
        "which was read, the first of several"
    ),
}
"""The closed list of ``editions[].main_because``: why the line rests on its own document and not
on this one."""


def preference(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the sort key of main editions, best first; a total order over records."""
    return (*(rank(record) for _, rank in _PREFERENCE.values()), content_key(record))


def main_because(main: Reading, other: Reading) -> str:
    """Return the reason (a key of ``MAIN_BECAUSE``) why one reading was preferred to another."""
    if printed(main.record) and not printed(other.record):
        return "figures"
    reasons = ("living", "listed", *_PREFERENCE)
    for reason, mine, theirs in zip(reasons, main.preference, other.preference, strict=False):
        if mine != theirs:
            # Worse in the first thing that counts, and the main edition all the same.
            return reason if mine < theirs else "replaced"
    return "address"


@dataclass(slots=True)
class _Version:
    """Renditions of one content, the main edition first."""

    members: list[Reading]
    had: list[Record] = field(default_factory=list)
    """What its addresses held before."""

    @property
    def main(self) -> Record:
        return self.members[0].record

    @property
    def reissue(self) -> bool:
        return any(m.record.get("reissue") for m in self.members)

    @property
    def published(self) -> str | None:
        """The first day this content was published; a copy may be dated much later."""
        dates = [str(d) for m in self.members if (d := m.record.get("published_on"))]
        return min(dates, default=None)

    @property
    def last_seen(self) -> str:
        return max(m.last_seen for m in self.members)

    def later_than(self, other: _Version) -> bool:
        """Tell whether something says that this replaced the other."""
        if self.reissue != other.reissue:
            return self.reissue
        if self.main.get("carrier") in _RECOGNISED and not other.reissue:
            return False
        if self.followed(other) is not other.followed(self):
            return self.followed(other)
        mine, theirs = self.published, other.published
        return mine is not None and theirs is not None and mine > theirs

    def followed(self, other: _Version) -> bool:
        """Tell whether one of its addresses held the other's content before its own."""
        return any(same_content(old, other.main) for old in self.had)


def _current_and_past(readings: Iterable[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Part what addresses hold now from what they held before."""
    by_address: dict[str, list[Reading]] = {}
    for reading in readings:
        by_address.setdefault(reading.address, []).append(reading)
    current, past = [], []
    for group in by_address.values():
        if len(group) > 1:
            group.sort(key=lambda r: (r.last_seen, *r.order()))
        current.append(group[-1])
        past.extend(group[:-1])
    return sorted(current, key=lambda r: r.preference), past


def _living(current: list[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Part the readings of addresses that live from those of addresses that are gone.

    Where none lives, or only those that are gone print figures, all stand as if they lived.
    """
    living = [r for r in current if r.gone_since is None]
    figures_there = any(printed(r.record) for r in living)
    if not living or (not figures_there and any(printed(r.record) for r in current)):
        return current, []
    return living, [r for r in current if r.gone_since is not None]


def _versions(readings: Sequence[Reading]) -> list[_Version]:
    """Group readings, sorted by preference, into versions; those with figures lead."""
    versions: list[_Version] = []
    for reading in sorted(readings, key=lambda r: (not printed(r.record), r.preference)):
        fits = [v for v in versions if same_content(v.main, reading.record)]
        if len(fits) == 1:
            fits[0].members.append(reading)
        elif fits:
            text = normal_text(reading.record)
            best = max(fits, key=lambda v: similarity(normal_text(v.main), text))
            best.members.append(reading)
        else:
            versions.append(_Version([reading]))
    return versions


def _joined(versions: Sequence[_Version], gone: Sequence[Reading]) -> list[Reading]:
    """Add addresses that are gone to the living version they held; return those that held none."""
    left = []
    for reading in gone:
        fits = [v for v in versions if same_content(v.main, reading.record)]
        if fits:
            fits[0].members.append(reading)
        else:
            left.append(reading)
    return left


def _winner(versions: Sequence[_Version]) -> _Version:
    """Return the version that stands: the one none replaces, by preference among several."""
    standing = [v for v in versions if not any(o.later_than(v) for o in versions)]
    return min(standing or versions, key=lambda v: v.members[0].preference)


def merge(readings: Iterable[Reading]) -> Merged:
    """Make one report of all readings that share its ``report_id``.

    A later content of one address, also for the others that hold what it held before, a re-issue
    that says so, and a version published on a later day supersede; what they replace becomes a
    revision, and so does what an address held that is gone. Other addresses and carriers become
    ``editions``. Where figures differ and nothing says which is later, the preferred edition
    stands, the other is an edition that lists the fields that differ, and a conflict is told.
    """
    readings = list(readings)
    if len(readings) == 1:  # nearly always; the same result without weighing anything
        return _alone(readings[0])
    current, past = _current_and_past(readings)
    living, gone = _living(current)
    versions = _versions(living)
    for version in versions:
        held = {member.address for member in version.members}
        version.had = [r.record for r in past if r.address in held]
    past += _joined(versions, gone)
    main = _winner(versions)
    others = [v for v in versions if v is not main]
    older = [v for v in others if main.later_than(v)]
    disputed = [v for v in others if not main.later_than(v)]
    known = {content_key(m.record) for v in versions for m in v.members}
    for reading in sorted(past, key=lambda r: (r.last_seen, *r.order())):
        key = content_key(reading.record)
        if key not in known:
            known.add(key)
            older.append(_Version([reading]))
    older.sort(key=lambda v: (v.published or "", v.last_seen, content_key(v.main)))

    merged = Merged(line={})
    for version in (main, *disputed):
        for member in version.members:
            if fields := differing(main.main, member.record):
                merged.conflicts.append(f"{member.address}: {', '.join(fields[:8])}")
    merged.conflicts.sort()

    line = _said_of(main.members[0])
    line["schema_version"] = SCHEMA_VERSION
    line["editions"] = _editions(main.members[0], [main, *disputed])
    former = {i for r in (*current, *past) for i in r.record.get("former_ids") or ()}
    line["former_ids"] = sorted(former - {line.get("report_id")})
    notes = {canonical(n): n for r in current for n in r.record.get("corrections") or ()}
    if notes:  # a document may be an edition of this report only because a review says so
        line["corrections"] = [notes[key] for key in sorted(notes)]
    before: str | None = None
    for number, version in enumerate(older):
        old = {**version.main, "revision": number, "supersedes": before}
        old["schema_version"] = SCHEMA_VERSION
        old["editions"] = _editions(version.members[0], [version])
        merged.revisions.append(old)
        before = str(old.get("sha256") or content_key(old))
    line["revision"] = len(older)
    line["supersedes"] = before
    merged.line = line
    return merged


_WHOSE = (
    "report_id",
    "publisher_raw",
    "publisher_norm",
    "publisher_type",
    "admin_level",
    "scope",
    "scope_evidence",
    "publisher_evidence",
)


def join_unknown(groups: Mapping[str, Sequence[Reading]]) -> dict[str, list[Reading]]:
    """Join readings whose organ or scope nothing told to the report they are an edition of.

    ``groups``: report_id to readings, all of one division and year. An edition (a bare PDF) may
    not name its publisher or scope; where its figures are those of exactly one report that does,
    it is that report. Known organs and scopes that differ never join.
    """
    out = {name: list(group) for name, group in groups.items()}
    # Weighing editions takes its time; where every organ and scope is known there is no need to.
    if all(_known(reading.record) for group in out.values() for reading in group):
        return out
    mains = {name: min((r.record for r in g), key=preference) for name, g in groups.items()}
    for name, main in sorted(mains.items()):
        if _known(main):
            continue
        hosts = [n for n, m in sorted(mains.items()) if _known(m) and _may_be(main, m)]
        if len(hosts) == 1:
            whose = {fact: mains[hosts[0]].get(fact) for fact in _WHOSE}
            out[hosts[0]] += [
                Reading(
                    record={
                        **reading.record,
                        **whose,
                        "former_ids": sorted({*(reading.record.get("former_ids") or ()), name}),
                    },
                    last_seen=reading.last_seen,
                )
                for reading in out.pop(name)
            ]
    return out


def _known(record: Record) -> bool:
    return record.get("scope") not in {None, "unknown"} and bool(record.get("publisher_norm"))


def _may_be(unknown: Record, known: Record) -> bool:
    """Tell whether a document without full identity is an edition of one that has it."""
    for name, nothing in (("scope", {None, "unknown"}), ("publisher_norm", {None, ""})):
        if unknown.get(name) not in nothing and unknown.get(name) != known.get(name):
            return False
    return figures.of_one_report(unknown.get("values") or {}, known.get("values") or {})


def _said_of(reading: Reading) -> Record:
    """Return a line of its own for a reading, with what is known of its address."""
    line = {k: v for k, v in reading.record.items() if k != "gone_since"}
    if reading.gone_since is not None:
        line["gone_since"] = reading.gone_since
    return line


def _alone(reading: Reading) -> Merged:
    """Return the report of which there is one reading."""
    record = reading.record
    line = _said_of(reading)
    told = _told(record)
    told.pop(address_of(record), None)
    line["schema_version"] = SCHEMA_VERSION
    line["editions"] = [told[url] for url in sorted(told)]
    line["former_ids"] = sorted({*(record.get("former_ids") or ())} - {record.get("report_id")})
    line["revision"], line["supersedes"] = 0, None
    return Merged(line=line)


def _editions(main: Reading, versions: Sequence[_Version]) -> list[Record]:
    """Return the other addresses of these versions, and those their own pages told of."""
    members = [member for version in versions for member in version.members]
    editions: dict[str, Record] = {}
    for member in members:
        told = _told(member.record)
        if member is not main:  # what stands behind it stands behind the main edition as it does
            because = main_because(main, member)
            told = {url: {**edition, "main_because": because} for url, edition in told.items()}
        editions |= told
    editions |= {member.address: _edition(main, member) for member in members}
    editions.pop(main.address, None)
    return [editions[url] for url in sorted(editions)]


def _told(record: Record) -> dict[str, Record]:
    """Return the editions a record's own page tells of (its attachments), by address."""
    return {
        e["url"]: {**e, "main_because": e.get("main_because", "same_page")}
        for e in record.get("editions") or ()
        if e.get("url")
    }


def _edition(main: Reading, other: Reading) -> Record:
    """Return what a line says of another edition of itself."""
    edition: Record = {
        "url": other.address,
        "carrier": other.record.get("carrier"),
        "sha256": other.record.get("sha256"),
        "main_because": main_because(main, other),
    }
    if fields := differing(main.record, other.record):
        edition["differs"] = fields
    if other.gone_since is not None:
        edition["gone_since"] = other.gone_since
    return edition

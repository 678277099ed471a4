"""What travels: from portal to list, from list to report page, from bytes to reader.

Plain slotted dataclasses, no Scrapy and no I/O: spiders fill them, pure readers take them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, frozen=True, kw_only=True)
class Column:
    """A portal's annual-report column (政府信息公开年报), with how it was found."""

    url: str
    title: str = ""
    family: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True, kw_only=True)
class ReportLink:
    """One row of a list: what the list says of a report before the report is opened."""

    url: str
    title: str
    date: str | None = None
    """As printed in the list (ISO where it could be read); never used to infer the report year."""
    breadcrumb: tuple[str, ...] = ()
    open: bool = False
    """Its title is a year alone: whether it is a report, and whose, its page says."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Ask:
    """A request a family needs beyond a plain GET: a POST, a Referer, a JSON body."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    context: tuple[tuple[str, str], ...] = ()
    """Facts of the asking page that reading the answer takes (site, channel, link pattern)."""


@dataclass(slots=True, frozen=True, kw_only=True)
class ListPage:
    """One page of a list, read."""

    links: tuple[ReportLink, ...]
    declared_total: int | None = None
    """Rows of the whole list as the page itself states it, not of this page."""
    declared_pages: int | None = None
    next_urls: tuple[str, ...] = ()
    """Addresses the next group may have, likeliest first; empty on the last page."""
    guessed: bool = False
    """``next_urls`` were derived, not printed: to be believed only where they bring rows."""
    more: str = ""
    """Words of the page that promise further rows to which no address leads (加载更多)."""
    maybe_more: bool = False
    """A 下一页 bears neither address nor call: a script's, or what a last page is left with."""
    sparse: bool = False
    """Rows of other columns were left out: a page without a row of this one is not the end."""
    next_asks: tuple[Ask, ...] = ()
    """Further groups of lists that are asked by POST, with headers or a context of their own."""
    sub_columns: tuple[ReportLink, ...] = ()
    """Year folders and tabs (2021年, 2020年) that hold lists of their own."""


@dataclass(slots=True, frozen=True, kw_only=True)
class ArchiveRef:
    """Where the raw bytes lie in the WARC archive."""

    file: str
    record_id: str


@dataclass(slots=True, frozen=True, kw_only=True)
class RawFile:
    """Bytes as they came, with what the server said of them."""

    body: bytes = field(repr=False)  # no page belongs into a log, however an item gets there
    url: str | None = None
    content_type: str | None = None
    """The Content-Type header, parameters included."""
    filename: str | None = None
    """From Content-Disposition, the link text or the path; may lie."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Correction:
    """A row of corrections.csv: what a person who looked at the source says of one field.

    ``read`` and ``value`` are None where the cell is empty (no figure, no date).
    """

    about: str
    """A report_id; the address of a document for what tells whose report it is; a portal's code
    for its column."""
    field: str
    read: int | float | str | None
    value: int | float | str | None
    reason: str
    reviewer: str
    date: str
    line: int

    def to_json(self) -> dict[str, Any]:
        """Return what a record says of it."""
        told = {name: getattr(self, name) for name in ("field", "read", "value", "reason", "date")}
        return told | {"url": self.about} if self.about.startswith("http") else told


@dataclass(slots=True, frozen=True, kw_only=True)
class Source:
    """Everything a crawl knows of a document besides its bytes; all of it may be unknown."""

    url: str | None = None
    final_url: str | None = None
    title: str | None = None
    """The title the list gave it."""
    adcode: str | None = None
    """Division code of the portal it was found on."""
    breadcrumb: tuple[str, ...] = ()
    published_on: str | None = None
    fetched_at: str | None = None
    rendered: bool = False
    found_via: tuple[str, ...] = ()
    archive: ArchiveRef | None = None
    registered: bool = False
    """Its host stood in the registry of the run that fetched it: a government's, whatever the
    registry says that is given when the bytes are read again."""
    corrections: tuple[Correction, ...] = ()
    """What a person says of whose report it is, and of the column it was found in."""


@dataclass(slots=True, kw_only=True)
class FetchedDocument:
    """A report page and the files it links, ready to be read; what a spider yields."""

    portal_code: str
    source: Source
    page: RawFile
    files: list[RawFile] = field(default_factory=list)
    files_failed: tuple[str, ...] = ()
    """Addresses of files the page names that could not be fetched; each has its problem."""

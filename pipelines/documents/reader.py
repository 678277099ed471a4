"""The one entrance: which reader a file goes to.

Readers of files, as opposed to pages, are loaded when the first such file comes: most runs of a
command need none of them. Reading processes load all before (``pipelines.all_readers``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pipelines.documents.archives import gunzipped, unpack
from pipelines.documents.blocks import Document, Grid
from pipelines.documents.bounds import MAX_FILE_BYTES, check_size
from pipelines.documents.boxed import unboxed
from pipelines.documents.carriers import extension_of, sniff, without_lead
from pipelines.documents.delimited import read_delimited
from pipelines.documents.html import read_html
from pipelines.documents.html.book import read_book
from pipelines.documents.html.marks import line_marks, sections_in
from pipelines.documents.json_api import read_json
from pipelines.documents.text import read_text
from pipelines.vocabulary.errors import CodedError, DocumentError
from pipelines.vocabulary.items import RawFile

_PACKED = frozenset({"zip", "rar", "gzip"})
_BLANK = b"\xef\xbb\xbf \t\r\n\x00"
_FILES = frozenset(
    {"pdf", "docx", "doc", "xls", "xlsx", "ofd", "zip", "rar", "wps", "et", "odt", "ods"}
)
_FILE_HEADERS = ("application/pdf", "application/msword", "application/vnd.", "application/zip")


def _read_page(raw: RawFile) -> Document:
    """Read HTML; where a file was asked for, only if it is a report (Word saves such files)."""
    document = read_html(raw)
    asked = extension_of(raw) in _FILES or (raw.content_type or "").startswith(_FILE_HEADERS)
    if asked and not _is_like_report(document):
        seen = " ".join(document.page_text.split())[:80]
        raise DocumentError(
            "document/html-for-file", f"{document.title or ''}: {seen}", evidence=seen
        )
    return document


def _is_like_report(document: Document) -> bool:
    marks = 0
    for line in document.text.split("\n"):
        marks |= line_marks(line)
    return sections_in(marks) >= 3 or any(isinstance(block, Grid) for block in document.blocks)


def _read_archive(raw: RawFile) -> Document:
    """Read every member of an archive; see ``Document.parts`` and ``Document.unread``."""
    found: list[Document] = []
    unread: list[str] = []
    first: DocumentError | None = None
    for member, *more in _units(unpack(raw)):
        name = member.filename or ""
        try:
            document = read_pages([member, *more]) if more else read_document(member)
        except DocumentError as error:
            first = first or error
            unread.append(f"{name}: {error.code}: {error}")
            continue
        unread += document.unread if more else ()
        found.append(replace(document, name=name, title=document.title or PurePosixPath(name).stem))
    if not found:
        raise first or DocumentError("document/empty", "an archive without files")
    best = max(found, key=_worth)
    parts = tuple(found) if len(found) > 1 else ()
    return replace(best, parts=parts, unread=tuple(unread))


def _units(members: Iterable[RawFile]) -> list[list[RawFile]]:
    """Return what is read as one: a file, or all pictures of a folder, which are its pages."""
    units: dict[object, list[RawFile]] = {}
    for number, member in enumerate(members):
        picture = sniff(member) == "image"
        folder = str(PurePosixPath(member.filename or "").parent)
        units.setdefault(folder if picture else number, []).append(member)
    return [sorted(unit, key=_by_number) for unit in units.values()]


def _by_number(member: RawFile) -> list[tuple[int, str]]:
    """Order names as people number them: 2.jpg before 10.jpg."""
    parts = re.findall(r"\d+|\D+", member.filename or "")
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def _read_gzip(raw: RawFile) -> Document:
    """Read what is in a gzip file: what a server packed twice, or packed and did not say."""
    inside = gunzipped(raw)
    if sniff(inside) == "gzip":
        raise DocumentError("document/unsupported", "gzip inside gzip")
    return read_document(inside)


def _worth(document: Document) -> tuple[bool, int, int]:
    grids = sum(isinstance(block, Grid) for block in document.blocks)
    return _is_like_report(document), grids, len(document.text)


def _read_pdf(raw: RawFile) -> Document:
    from pipelines.documents.paged.pdf import read_pdf

    return read_pdf(raw)


def _read_ofd(raw: RawFile) -> Document:
    from pipelines.documents.paged.ofd import read_ofd

    return read_ofd(raw)


def _read_docx(raw: RawFile) -> Document:
    from pipelines.documents.office.docx import read_docx

    return read_docx(raw, read_inner=_read_inner)


def _read_inner(raw: RawFile) -> Document:
    """Read a file inside a Word file; a Word file there has none inside it that is read."""
    if sniff(raw) == "docx":
        from pipelines.documents.office.docx import read_docx

        return read_docx(raw)
    if sniff(raw) in _PACKED:
        raise DocumentError("document/unsupported", "an archive inside a Word file")
    return read_document(raw)


def _read_doc(raw: RawFile) -> Document:
    from pipelines.documents.office.soffice import read_doc

    return read_doc(raw)


def _read_sheets(raw: RawFile) -> Document:
    from pipelines.documents.office.sheets import read_sheets

    return read_sheets(raw)


def _read_word_xml(raw: RawFile) -> Document:
    from pipelines.documents.office.word_xml import read_word_xml

    return read_word_xml(raw)


def _read_sheet_xml(raw: RawFile) -> Document:
    from pipelines.documents.office.sheet_xml import read_sheet_xml

    return read_sheet_xml(raw)


def _read_picture(raw: RawFile) -> Document:
    return read_pictures([raw.body])


def read_pictures(bodies: Sequence[bytes]) -> Document:
    """Read pictures as the pages of one document (see ``pictures.reader.read_pictures``).

    Raises:
        DocumentError: when none of them can be read.
    """
    from pipelines.documents.pictures import reader

    return reader.read_pictures(bodies)


_READERS: dict[str, Callable[[RawFile], Document]] = {
    "html": _read_page,
    "text": read_text,
    "json": read_json,
    "pdf": _read_pdf,
    "docx": _read_docx,
    "doc": _read_doc,
    "rtf": _read_doc,
    "xls": _read_sheets,
    "xlsx": _read_sheets,
    "ods": _read_sheets,
    "odt": _read_doc,
    "word_xml": _read_word_xml,
    "sheet_xml": _read_sheet_xml,
    "csv": read_delimited,
    "ofd": _read_ofd,
    "image": _read_picture,
    "zip": _read_archive,
    "rar": _read_archive,
    "gzip": _read_gzip,
}


def read_document(raw: RawFile) -> Document:
    """Read a file of any supported carrier.

    Raises:
        DocumentError: with one of the ``document/…`` codes; nothing else leaves this function
            for bad input.
    """
    if not raw.body.strip(_BLANK):
        raise DocumentError("document/empty", "no bytes")
    check_size(raw.body, MAX_FILE_BYTES)
    raw = without_lead(raw)
    kind = sniff(raw)
    reader = _READERS.get(kind)
    if reader is None:
        raise DocumentError("document/unsupported", f"no reader for {kind} files")
    return _guarded(kind, lambda: unboxed(reader(raw)))


def read_pages(pages: Sequence[RawFile]) -> Document:
    """Read several pictures, or the plain pages of a page-flip book, as one document.

    Raises:
        DocumentError: as ``read_document``.
    """
    for raw in pages:
        check_size(raw.body, MAX_FILE_BYTES)
    if all(sniff(raw) == "image" for raw in pages):
        return _guarded("image", lambda: read_pictures([raw.body for raw in pages]))
    return _guarded("book", lambda: read_book(pages))


def _guarded(kind: str, work: Callable[[], Document]) -> Document:
    try:
        return work()
    except CodedError:
        raise
    except Exception as error:  # one hostile file must cost no more than itself
        what = f"the {kind} reader failed: {type(error).__name__}: {error}"
        raise DocumentError("document/crashed", what) from error

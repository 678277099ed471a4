"""Rows and columns of a workbook's sheets that are hidden, and formulas nobody has calculated.

calamine says which sheets are hidden; what is hidden in a sheet stands in its XML (XLSX) or in its
records (XLS, [MS-XLS] 2.4.53 ColInfo, 2.4.221 Row).
"""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipelines.documents.bounds import MAX_CELLS, too_large
from pipelines.documents.packages import Package
from pipelines.documents.sheet_rows import MAX_COLUMNS

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ENDS = 0xFFFFFFFA
"""From here on a sector number is a mark: end of chain, free."""
_HEAD = 512
_ROOT, _PIECE = 5, 64
_NAMES = ("Workbook", "Book")
_COLINFO, _ROW, _BOUNDSHEET, _BOF, _EOF = 0x7D, 0x208, 0x85, 0x809, 0x0A
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01


@dataclass(slots=True)
class SheetSight:
    """What of one sheet is not to be read; rows and columns count from 0."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    stale: set[tuple[int, int]] = field(default_factory=set)
    """Formulas without a result: stored empty, or as a 0 that the file says is to be calculated."""


def of_xlsx(package: Package) -> dict[str, SheetSight]:
    """Return what is not to be read of each sheet, by the sheet's name."""
    if not {_BOOK, _RELATIONS} <= set(package.names):
        return {}  # calamine says what it makes of such a file
    book, relations = package.xml(_BOOK), package.xml(_RELATIONS)
    targets = {each.get("Id"): each.get("Target") or "" for each in relations}
    calculation = book.find("{*}calcPr")
    waits = calculation is not None and calculation.get("fullCalcOnLoad") in {"1", "true"}
    out: dict[str, SheetSight] = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        named = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        target = targets.get(named, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if path in package.names:
            out[sheet.get("name") or ""] = _of_sheet_xml(package.xml(path), waits=waits)
    return out


def _of_sheet_xml(root: etree._Element, *, waits: bool) -> SheetSight:
    sight = SheetSight()
    for column in root.iterfind("{*}cols/{*}col"):
        if _is_on(column, "hidden") or _is_nothing(column, "width"):
            first, last = _number(column, "min", 1), _number(column, "max", 1)
            sight.columns.update(range(first - 1, min(last, MAX_COLUMNS)))
    at = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        at = _number(row, "r", at + 1)
        if _is_on(row, "hidden") or _is_nothing(row, "ht"):
            sight.rows.add(at - 1)
        for cell in row.iterfind("{*}c"):
            if cell.find("{*}f") is None:
                continue
            result = cell.findtext("{*}v") or ""
            place = _PLACE.fullmatch(cell.get("r") or "")
            if place and (not result.strip() or (waits and _is_zero(result))):
                sight.stale.add((int(place[2]) - 1, _column(place[1])))
    return sight


def _is_on(element: etree._Element, name: str) -> bool:
    return element.get(name) in {"1", "true"}


def _is_nothing(element: etree._Element, name: str) -> bool:
    value = element.get(name)
    return value is not None and _is_zero(value)


def _is_zero(value: str) -> bool:
    try:
        return float(value) == 0
    except ValueError:
        return False


def _number(element: etree._Element, name: str, default: int) -> int:
    value = element.get(name) or ""
    return int(value) if value.isdigit() and len(value) < 8 else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def of_ods(package: Package) -> dict[str, SheetSight]:
    """Return what is hidden of each sheet of an OpenDocument workbook, by the sheet's name."""
    root = package.xml("content.xml")
    return {
        sheet.get(f"{_TABLE}name") or "": SheetSight(
            rows=_collapsed(sheet, "row"), columns=_collapsed(sheet, "column")
        )
        for sheet in root.iter(f"{_TABLE}table")
    }


def _collapsed(sheet: etree._Element, what: str) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for line in sheet.iter(f"{_TABLE}table-{what}"):
        again = line.get(f"{_TABLE}number-{what}s-repeated") or ""
        count = int(again) if again.isdigit() and len(again) < 8 else 1
        if line.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            hidden.update(range(at, min(at + count, at + MAX_CELLS)))
            if len(hidden) > MAX_CELLS:
                raise too_large(f"more than {MAX_CELLS} hidden {what}s")
        at += count
    return hidden


def of_xls(body: bytes) -> list[SheetSight]:
    """Return what is not to be read of each sheet of a binary workbook, in its order."""
    try:
        stream = _workbook_stream(body)
    except struct.error:
        return []  # broken off; calamine says so
    out: list[SheetSight] = []
    for kind, record in _records(stream, 0):
        if kind == _BOUNDSHEET and len(record) >= 4:
            (begin,) = struct.unpack_from("<I", record)
            out.append(_of_records(stream, begin))
    return out


def _of_records(stream: bytes, begin: int) -> SheetSight:
    sight = SheetSight()
    for kind, record in _records(stream, begin):
        if kind == _ROW and len(record) >= 14:
            number, flags = struct.unpack_from("<H10xH", record)
            if flags & _ROW_HIDDEN:
                sight.rows.add(number)
        elif kind == _COLINFO and len(record) >= 10:
            first, last, width, _, flags = struct.unpack_from("<5H", record)
            if flags & _COLUMN_HIDDEN or not width:
                sight.columns.update(range(first, min(last, 255) + 1))
    return sight


def _records(stream: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of a workbook, up to its end (parts inside it skipped)."""
    at, depth = begin, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook_stream(body: bytes) -> bytes:
    """Return the stream of an OLE2 file that holds the workbook; empty where it is not found."""
    if len(body) < _HEAD:
        return b""
    (shift,) = struct.unpack_from("<H", body, 30)
    size = 1 << min(shift, 12)
    count, first = struct.unpack_from("<I", body, 44)[0], struct.unpack_from("<I", body, 48)[0]
    tables = [n for n in struct.unpack_from("<109I", body, 76)[:count] if n < _ENDS]

    def sector(number: int) -> bytes:
        return body[(number + 1) * size : (number + 2) * size]

    following = _numbers(b"".join(sector(number) for number in tables))

    def chain(number: int) -> bytes:
        return b"".join(sector(each) for each in _chain(number, following))

    directory = chain(first)
    small = b""
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, whole = struct.unpack_from("<II", directory, at + 116)
        if directory[at + 66] == _ROOT:
            small = chain(start)  # streams shorter than a bound lie in this one, in pieces of 64
        elif name in _NAMES and whole < struct.unpack_from("<I", body, 56)[0]:
            pieces = _chain(start, _numbers(chain(struct.unpack_from("<I", body, 60)[0])))
            return b"".join(small[n * _PIECE : (n + 1) * _PIECE] for n in pieces)[:whole]
        elif name in _NAMES:
            return chain(start)[:whole]
    return b""


def _numbers(table: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])


def _chain(number: int, following: tuple[int, ...]) -> list[int]:
    """Return the sectors of a stream in order; a chain that bites its tail ends there."""
    out: dict[int, None] = {}
    while number < len(following) and number not in out:
        out[number] = None
        number = following[number]
    return list(out)

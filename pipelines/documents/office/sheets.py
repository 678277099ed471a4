"""XLS, XLSX and ODS: each sheet's cells as a grid, its headings and notes as text."""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Iterator
from dataclasses import replace

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.documents.blocks import Block, Document
from pipelines.documents.bounds import MAX_CELLS, MAX_FILE_BYTES, check_size, too_large
from pipelines.documents.carriers import sniff
from pipelines.documents.office.merges import merged_ranges
from pipelines.documents.office.sheet_sight import SheetSight, of_ods, of_xls, of_xlsx
from pipelines.documents.packages import Package
from pipelines.documents.sheet_rows import (
    EDGES,
    NEVER_CALCULATED,
    Merged,
    blocks_of_rows,
    printed_number,
    sheet_document,
    without,
)
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_MAX_SHEETS = 60


def read_sheets(raw: RawFile) -> Document:
    """Read a workbook.

    Raises:
        DocumentError: ``document/malformed``, ``document/encrypted``, ``document/too-large``,
            ``document/empty``.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    # calamine knows the merged ranges of XLS and XLSX, not those of ODS.
    kind = sniff(raw)
    merged = merged_ranges(raw.body) if kind == "ods" else {}
    workbook = _open(raw.body)
    sights = _sights(raw.body, kind)
    try:
        blocks: list[Block] = []
        passed_over: list[str] = []
        for number, known in enumerate(workbook.sheets_metadata[:_MAX_SHEETS]):
            name = known.name
            if known.visible != SheetVisibleEnum.Visible:
                passed_over.append(f"hidden sheet {name}")
            elif known.typ == SheetTypeEnum.WorkSheet:
                sight = sights.get(name) or sights.get(number) or SheetSight()
                blocks.extend(_sheet(workbook, name, merged.get(name), sight, passed_over))
    finally:
        workbook.close()
    return replace(sheet_document(blocks, "xls"), passed_over=tuple(passed_over))


def _sights(body: bytes, kind: str) -> dict[str | int, SheetSight]:
    """Return what of each sheet is not to be read, by its name or number."""
    found: dict[str | int, SheetSight] = {}
    if kind == "xls":
        found.update(enumerate(of_xls(body)))
    elif kind == "xlsx":
        found.update(of_xlsx(Package(body)))
    elif kind == "ods":
        found.update(of_ods(Package(body)))
    return found


def _open(body: bytes) -> CalamineWorkbook:
    if body.startswith(b"PK"):
        package = Package(body)
        for name in package.names:
            if name.startswith("xl/") or name == "content.xml":
                package.read(name)  # within bounds, or it raises: calamine has none of its own
    elif "EncryptedPackage".encode("utf-16-le") in body or _filepass(body):
        raise DocumentError("document/encrypted", "a workbook protected by a password")
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(body))
    except CalamineError as error:
        code = "document/encrypted" if "assword" in str(error) else "document/malformed"
        raise DocumentError(code, f"{type(error).__name__}: {error}") from error
    except BaseException as error:
        raise _panic(error) from error


def _filepass(body: bytes) -> bool:
    """Tell whether an XLS stream opens with BOF and, right after it, FILEPASS (encryption)."""
    start = body.find(b"\x09\x08\x10\x00\x00\x06")
    if start < 0 or len(body) < start + 24:
        return False
    (following,) = struct.unpack_from("<H", body, start + 20)
    return bool(following == 0x2F)


def _panic(error: BaseException) -> BaseException:
    """Return what to raise: a panic of the Rust reader means a damaged file, others pass on."""
    if type(error).__name__ == "PanicException" or isinstance(error, (ValueError, OSError)):
        return DocumentError("document/malformed", f"{type(error).__name__}: {error}")
    return error


def _sheet(
    workbook: CalamineWorkbook,
    name: str,
    known: Merged | None,
    sight: SheetSight,
    passed_over: list[str],
) -> Iterator[Block]:
    rows, merged = _rows(workbook, name)
    merged = merged if known is None else known
    for row, col in sight.stale:
        if row < len(rows) and col < len(rows[row]):
            rows[row][col] = NEVER_CALCULATED
    unseen_rows = {n for n in sight.rows if n < len(rows) and any(rows[n])}
    unseen_columns = {n for n in sight.columns if any(n < len(row) and row[n] for row in rows)}
    if unseen_rows or unseen_columns:
        counted = f"{len(unseen_rows)} hidden rows, {len(unseen_columns)} hidden columns"
        passed_over.append(f"sheet {name}: {counted}")
    yield from blocks_of_rows(*without(rows, merged, sight.rows, sight.columns), name)


def _rows(workbook: CalamineWorkbook, name: str) -> tuple[list[list[str]], Merged]:
    """Return the texts of a sheet's cells from its first row and column, and its merged ranges."""
    try:
        sheet = workbook.get_sheet_by_name(name)
        size = sheet.total_height * sheet.total_width
        if size <= MAX_CELLS * 10:
            merged = dict(sheet.merged_cell_ranges or [])
            values = sheet.to_python(skip_empty_area=False)
            return [[_printed(value) for value in row] for row in values], merged
    except CalamineError as error:
        raise DocumentError("document/malformed", f"sheet {name}: {error}") from error
    except BaseException as error:
        raise _panic(error) from error
    raise too_large(f"sheet {name}: {sheet.total_height} x {sheet.total_width} cells")


def _printed(value: object) -> str:
    """Return a value as a reader of the sheet sees it, whole numbers without a point.

    >>> _printed(12.0), _printed(104.17), _printed(0.1 + 0.2), _printed(" 甲 ")
    ('12', '104.17', '0.3', '甲')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return printed_number(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()
    return str(value).replace("\r\n", "\n").strip(EDGES)

"""Merged cells of an ODS sheet, which calamine reads of XLS and XLSX only."""

from __future__ import annotations

from lxml import etree

from pipelines.documents.bounds import MAX_CELLS, too_large
from pipelines.documents.packages import Package
from pipelines.documents.sheet_rows import Merged

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def merged_ranges(body: bytes) -> dict[str, Merged]:
    """Return the merged ranges of each sheet of an ODS file, by sheet name.

    Raises:
        DocumentError: ``document/malformed``, ``document/too-large``.
    """
    root = Package(body).xml("content.xml")
    return {
        sheet.get(f"{_TABLE}name") or "": _merged(sheet) for sheet in root.iter(f"{_TABLE}table")
    }


def _merged(sheet: etree._Element) -> Merged:
    out: Merged = {}
    number = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        col = 0
        for cell in row.iterchildren(*_CELLS):
            high, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if high * wide > MAX_CELLS:
                raise too_large(f"a merged range of {high} x {wide} cells")
            if high > 1 or wide > 1:
                out[number, col] = (number + high - 1, col + wide - 1)
            col += _count(cell, "number-columns-repeated")
        # Rows may be said once and repeated; a merged range is never in such a row.
        number += _count(row, "number-rows-repeated")
    return out


def _count(element: etree._Element, name: str) -> int:
    value = element.get(f"{_TABLE}{name}") or ""
    return max(1, int(value)) if value.isdigit() and len(value) < 8 else 1

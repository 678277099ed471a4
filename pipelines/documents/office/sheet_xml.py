"""Sheets as Excel 2002 and 2003 write them into one XML file, often named ``.xls``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from pipelines.documents.blocks import Block, Document
from pipelines.documents.bounds import MAX_CELLS, MAX_MARKUP_BYTES, check_size, too_large
from pipelines.documents.packages import parse_xml
from pipelines.documents.sheet_rows import (
    EDGES,
    Merged,
    blocks_of_rows,
    printed_number,
    sheet_document,
    without,
)
from pipelines.vocabulary.items import RawFile

SHEET_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_S = f"{{{SHEET_NAMESPACE}}}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_MAX_SHEETS = 60
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?(?:[Ee][+-]?\d{1,2})?")


def read_sheet_xml(raw: RawFile) -> Document:
    """Read a workbook kept as XML; hidden sheets, rows and columns are not printed.

    Raises:
        DocumentError: ``document/malformed``, ``document/too-large``, ``document/empty``.
    """
    check_size(raw.body, MAX_MARKUP_BYTES)
    root = parse_xml(raw.body, "the workbook")
    blocks: list[Block] = []
    unseen: list[str] = []
    for sheet in [*root.iterfind(f"{_S}Worksheet")][:_MAX_SHEETS]:
        if sheet.find(f"{_X}WorksheetOptions/{_X}Visible") is None:
            blocks += _sheet(sheet, unseen)
        else:
            unseen.append(f"hidden sheet {sheet.get(f'{_S}Name') or ''}")
    return replace(sheet_document(blocks, "xls"), passed_over=tuple(unseen))


def _sheet(sheet: etree._Element, told: list[str]) -> Iterator[Block]:
    name = sheet.get(f"{_S}Name") or ""
    rows: list[list[str]] = []
    merged: Merged = {}
    table = sheet.find(f"{_S}Table")
    if table is None:
        return
    unseen = _hidden_columns(table)
    if unseen:
        told.append(f"sheet {name}: hidden columns")
    rows_hidden = 0
    cells = at = 0
    for row in table.iterfind(f"{_S}Row"):
        before, at = at, _number(row, "Index", at + 1)
        if at > before + 1:
            rows.append([])  # those left out are empty: one parts tables as well as many
        if row.get(f"{_S}Hidden") == "1":
            rows_hidden += 1
            continue
        line: list[str] = []
        col = 0
        for cell in row.iterfind(f"{_S}Cell"):
            col = _number(cell, "Index", col + 1)
            wide, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            cells += 1 + wide
            if cells > MAX_CELLS or col + wide > MAX_CELLS:
                raise too_large(f"sheet {name}: more than {MAX_CELLS} cells")
            line += [""] * (col + wide - len(line))
            line[col - 1] = _text(cell)
            if wide or down:
                merged[len(rows), col - 1] = (len(rows) + down, col - 1 + wide)
            col += wide
        cells += len(line)
        rows.append(line)
    if rows_hidden:
        told.append(f"sheet {name}: {rows_hidden} hidden rows")
    yield from blocks_of_rows(*without(rows, merged, set(), unseen), name)


def _text(cell: etree._Element) -> str:
    data = cell.find(f"{_S}Data")
    if data is None:
        data = cell.find("{*}Data")
    if data is None:
        return ""
    text = "".join(str(part) for part in data.itertext()).strip(EDGES)
    if data.get(f"{_S}Type") == "Number" and _NUMBER.fullmatch(text):
        return printed_number(float(text))
    return text.replace("\r\n", "\n")


def _hidden_columns(table: etree._Element) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for column in table.iterfind(f"{_S}Column"):
        at = _number(column, "Index", at + 1)
        span = min(_number(column, "Span", 0), MAX_CELLS)
        if column.get(f"{_S}Hidden") == "1":
            hidden.update(range(at - 1, at + span))
            if len(hidden) > MAX_CELLS:
                raise too_large("too many hidden columns")
        at += span
    return hidden


def _number(element: etree._Element, name: str, default: int) -> int:
    value = element.get(f"{_S}{name}") or ""
    return int(value) if value.isdigit() and len(value) < 6 else default

"""docx, xlsx, MHTML and SpreadsheetML."""

from __future__ import annotations

import base64
import datetime
import io
import quopri
import random
import re
import zipfile
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .document import Document
from .grid import Cell, Grid, matrix
from .sheet import Sheet
from .skin_text import lines_of

_STAMP = (2024, 1, 15, 9, 0, 0)


def _stable(data: bytes) -> bytes:
    """The same archive with fixed times, so that a seed gives the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            fixed = zipfile.ZipInfo(info.filename, _STAMP)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(info.filename)
            if info.filename == "docProps/core.xml":  # openpyxl stamps the time of saving
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-01-15T09:00:00Z", content
                )
            new.writestr(fixed, content)
    return out.getvalue()


def _put(paragraph: object, cell: Cell, sheet: Sheet | None) -> None:
    slot = sheet.slots.get(cell.field) if sheet and cell.field else None

    def run(text: str, *, hidden: bool = False, strike: bool = False, high: bool = False) -> None:
        made = paragraph.add_run(text)  # type: ignore[attr-defined]
        made.font.hidden = True if hidden else None
        made.font.strike = True if strike else None
        made.font.superscript = True if high else None

    if slot and slot.decoy is not None and slot.decoy_first:
        run(slot.decoy, hidden=True)
    if slot and slot.struck is not None:
        run(slot.struck, strike=True)
    if slot and slot.pieces:
        for ch in cell.text:
            run(ch)
    elif cell.text:
        run(cell.text, hidden=bool(slot and slot.veiled))
    if slot and slot.decoy is not None and not slot.decoy_first:
        run(slot.decoy, hidden=True)
    if slot and slot.mark:
        run(slot.mark, high=True)


def word(document: Document, sheet: Sheet | None, *, text_style: str | None = None) -> bytes:
    """A .docx with real tables (or rows of tabs)."""
    made = docx.Document()
    for block in document.blocks:
        if block.grid is None:
            paragraph = made.add_paragraph(block.text)
            if block.kind == "title":
                paragraph.alignment = 1
            elif block.kind == "sign":
                paragraph.alignment = 2
            continue
        if block.grid.caption:
            made.add_paragraph(block.grid.caption)
        if text_style:
            for row in lines_of(block.grid, "holes"):
                made.add_paragraph("\t".join(row))
            continue
        _word_table(made, block.grid, sheet)
    stamp = datetime.datetime(*_STAMP)
    made.core_properties.created = made.core_properties.modified = stamp
    stream = io.BytesIO()
    made.save(stream)
    return _stable(stream.getvalue())


def _word_table(made: object, grid: Grid, sheet: Sheet | None) -> None:
    full = matrix(grid)
    width = max(len(r) for r in full)
    table = made.add_table(rows=0, cols=width)  # type: ignore[attr-defined]
    table.style = "Table Grid"
    done: set[int] = set()
    body = table._tbl
    for line in full:  # written directly: python-docx's merge is slow on large tables
        tr = OxmlElement("w:tr")
        i = 0
        while i < width:
            cell, _ = line[i] if i < len(line) else (Cell(), True)
            first = id(cell) not in done
            tc, pr, p = OxmlElement("w:tc"), OxmlElement("w:tcPr"), OxmlElement("w:p")
            span = min(cell.cs, width - i)
            if span > 1:
                g = OxmlElement("w:gridSpan")
                g.set(qn("w:val"), str(span))
                pr.append(g)
            if cell.rs > 1:
                v = OxmlElement("w:vMerge")
                if first:
                    v.set(qn("w:val"), "restart")
                pr.append(v)
            tc.append(pr)
            tc.append(p)
            tr.append(tc)
            if first:
                done.add(id(cell))
                _put(docx.text.paragraph.Paragraph(p, table), cell, sheet)
            i += span
        body.append(tr)


def excel(
    document: Document,
    rng: random.Random,
    *,
    sheets: bool,
    numbers: bool,
    hidden_sheet: Grid | None = None,
) -> bytes:
    """A .xlsx: all on one sheet, or a sheet for each table."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "年度报告" if not sheets else "说明"
    row = 1
    count = 0
    for block in document.blocks:
        if block.grid is None:
            page.cell(row, 1, block.text)
            row += 1
            continue
        if sheets:
            count += 1
            target = book.create_sheet(f"表{count}")
            _fill(target, block.grid, 1, numbers)
        else:
            row = _fill(page, block.grid, row, numbers)
    if hidden_sheet:
        old = book.create_sheet("上年")
        _fill(old, hidden_sheet, 1, numbers)
        old.sheet_state = "hidden"
    book.properties.created = book.properties.modified = datetime.datetime(*_STAMP)
    stream = io.BytesIO()
    book.save(stream)
    return _stable(stream.getvalue())


def _fill(page: object, grid: Grid, row: int, numbers: bool) -> int:
    if grid.caption:
        page.cell(row, 1, grid.caption)  # type: ignore[attr-defined]
        row += 1
    full = matrix(grid)
    seen: set[int] = set()
    for r, line in enumerate(full):
        for c, (cell, _) in enumerate(line):
            if id(cell) in seen or (not cell.text and cell.rs == cell.cs == 1):
                continue
            seen.add(id(cell))
            value: str | int = cell.text
            if numbers and cell.text.isdecimal() and cell.text == str(int(cell.text)):
                value = int(cell.text)
            page.cell(row + r, c + 1, value or None)  # type: ignore[attr-defined]
            if value == 0:
                page.cell(row + r, c + 1).value = 0  # type: ignore[attr-defined]
            if cell.rs > 1 or cell.cs > 1:
                page.merge_cells(
                    start_row=row + r,
                    start_column=c + 1,
                    end_row=row + r + cell.rs - 1,
                    end_column=c + cell.cs,
                )  # type: ignore[attr-defined]
    return row + len(full)


def single_file(html: str, url: str) -> bytes:
    """Word's 单个文件网页 (.mht)."""
    body = quopri.encodestring(html.encode("gb18030")).decode("ascii")
    return (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_Next.Part"\r\n\r\n------=_Next.Part\r\nContent-Location: {url}\r\n'
        f'Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n{body}\r\n\r\n------=_Next.Part--\r\n'
    ).encode("ascii")


def spreadsheet_xml(document: Document) -> str:
    """Excel 2003 XML."""
    rows = []
    for block in document.blocks:
        if block.grid is None:
            rows.append(
                f'<Row><Cell><Data ss:Type="String">{escape(block.text)}</Data></Cell></Row>'
            )
            continue
        if block.grid.caption:
            rows.append(
                f'<Row><Cell><Data ss:Type="String">{escape(block.grid.caption)}</Data></Cell></Row>'
            )
        seen: set[int] = set()
        for line in matrix(block.grid):
            cells = []
            for i, (cell, _) in enumerate(line):
                if id(cell) in seen:
                    continue
                seen.add(id(cell))
                merge = (f' ss:MergeAcross="{cell.cs - 1}"' if cell.cs > 1 else "") + (
                    f' ss:MergeDown="{cell.rs - 1}"' if cell.rs > 1 else ""
                )
                kind = "Number" if cell.text.isascii() and cell.text.isdecimal() else "String"
                data = f'<Data ss:Type="{kind}">{escape(cell.text)}</Data>' if cell.text else ""
                cells.append(f'<Cell ss:Index="{i + 1}"{merge}>{data}</Cell>')
            rows.append(f"<Row>{''.join(cells)}</Row>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table>{"".join(rows)}</Table></Worksheet></Workbook>'
    )


def encoded(data: bytes) -> str:
    """Base64 for JSON attachments."""
    return base64.b64encode(data).decode("ascii")

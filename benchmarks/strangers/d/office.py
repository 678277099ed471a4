"""Minimal docx, xlsx and SpreadsheetML writers, deterministic to the byte."""

from __future__ import annotations

import io
import zipfile
from html import escape

from .model import Cell, Grid
from .state import Block

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"


def _zip(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return out.getvalue()


def _t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _tc(cell: Cell | None, prop: str, ghost: str) -> str:
    text = cell.text if cell else ""
    run = f"<w:r>{_t(text)}</w:r>" if text else ""
    if cell and cell.field and ghost and text.isdigit():
        junk = {"vanish": "<w:r><w:rPr><w:vanish/></w:rPr>" + _t("88") + "</w:r>",
                "deleted": '<w:del w:id="7" w:author="admin" w:date="2020-01-01T00:00:00Z"><w:r><w:delText>77</w:delText></w:r></w:del>'}[ghost]
        run = junk + run
    return f"<w:tc><w:tcPr>{prop}</w:tcPr><w:p>{run}</w:p></w:tc>"


def _docx_table(grid: Grid, ghost: str) -> str:
    matrix = grid.matrix(True)
    rows = []
    for y, line in enumerate(matrix):
        out, x = [], 0
        while x < len(line):
            cell = line[x]
            if cell is None:
                out.append(_tc(None, "", ""))
                x += 1
                continue
            top = y == 0 or matrix[y - 1][x] is not cell
            prop = (f'<w:gridSpan w:val="{cell.cs}"/>' if cell.cs > 1 else "") + ("" if cell.rs == 1 else '<w:vMerge w:val="restart"/>' if top else "<w:vMerge/>")
            lucky = ghost if cell.field and sum(map(ord, cell.field)) % 5 == 0 else ""
            out.append(_tc(cell if top else None, prop, lucky))
            x += cell.cs
        rows.append("<w:tr>" + "".join(out) + "</w:tr>")
    cols = "".join('<w:gridCol w:w="900"/>' for _ in matrix[0])
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{cols}</w:tblGrid>{"".join(rows)}</w:tbl><w:p/>'


def docx(blocks: list[Block], ghost: str = "") -> bytes:
    """A Word file of the blocks; ghost puts vanished or deleted figures in some cells."""
    body = []
    for kind, what in blocks:
        if isinstance(what, Grid):
            body.append((f"<w:p><w:r>{_t(what.caption)}</w:r></w:p>" if what.caption else "") + _docx_table(what, ghost))
        elif kind != "raw":
            body.append(f"<w:p><w:r>{_t(what)}</w:r></w:p>")
    return _zip({
        "[Content_Types].xml": f'<Types xmlns="{_PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document {_W}><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'})


def _ref(x: int, y: int) -> str:
    name = ""
    x += 1
    while x:
        x, r = divmod(x - 1, 26)
        name = chr(65 + r) + name
    return f"{name}{y + 1}"


def _sheet(blocks: list[Block], numeric: bool) -> str:
    rows, merges, y = [], [], 0
    for kind, what in blocks:
        if kind == "raw":
            continue
        if not isinstance(what, Grid):
            rows.append(f'<row r="{y + 1}"><c r="A{y + 1}" t="inlineStr"><is><t xml:space="preserve">{escape(what)}</t></is></c></row>')
            y += 1
            continue
        if what.caption:
            rows.append(f'<row r="{y + 1}"><c r="A{y + 1}" t="inlineStr"><is><t>{escape(what.caption)}</t></is></c></row>')
            y += 1
        for dy, line in enumerate(what.matrix()):
            cells = []
            for x, cell in enumerate(line):
                if cell is None:
                    continue
                if cell.rs > 1 or cell.cs > 1:
                    merges.append(f"{_ref(x, y + dy)}:{_ref(x + cell.cs - 1, y + dy + cell.rs - 1)}")
                if not cell.text:
                    continue
                if numeric and cell.field and cell.text.replace(".", "", 1).isdigit() and (cell.text == "0" or cell.text[0] != "0" or "." in cell.text) and cell.text.isascii():
                    cells.append(f'<c r="{_ref(x, y + dy)}"><v>{cell.text}</v></c>')
                else:
                    cells.append(f'<c r="{_ref(x, y + dy)}" t="inlineStr"><is><t xml:space="preserve">{escape(cell.text)}</t></is></c>')
            hid = ' hidden="1"' if what.rows[dy].hidden else ""
            rows.append(f'<row r="{y + dy + 1}"{hid}>{"".join(cells)}</row>')
        y += len(what.rows) + 1
    refs = "".join(f'<mergeCell ref="{m}"/>' for m in merges)
    merged = f'<mergeCells count="{len(merges)}">{refs}</mergeCells>' if merges else ""
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'


def xlsx(sheets: list[tuple[str, list[Block], bool]], numeric: bool = True) -> bytes:
    """A workbook; each sheet has a name, its blocks and whether it is hidden."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ct = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    n = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{ct}.sheet.main+xml"/>' + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{ct}.worksheet+xml"/>' for i in n) + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_REL}"><sheets>' + "".join(f'<sheet name="{name}" sheetId="{i}"{" state=" + chr(34) + "hidden" + chr(34) if hid else ""} r:id="rId{i}"/>' for i, (name, _, hid) in zip(n, sheets, strict=True)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PKG}/relationships">' + "".join(f'<Relationship Id="rId{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in n) + "</Relationships>"}
    return _zip(parts | {f"xl/worksheets/sheet{i}.xml": _sheet(blocks, numeric) for i, (_, blocks, _) in zip(n, sheets, strict=True)})


def spreadsheetml(blocks: list[Block]) -> bytes:
    """Excel 2003 XML."""
    rows = []
    for kind, what in blocks:
        if kind == "raw":
            continue
        if not isinstance(what, Grid):
            rows.append(f'<Row><Cell><Data ss:Type="String">{escape(what)}</Data></Cell></Row>')
            continue
        for line in what.matrix():
            cells = []
            for x, c in enumerate(line):
                if c is None or (not c.text and c.cs == c.rs == 1):
                    continue
                merge = (f' ss:MergeAcross="{c.cs - 1}"' if c.cs > 1 else "") + (f' ss:MergeDown="{c.rs - 1}"' if c.rs > 1 else "")
                kind2 = "Number" if c.field and c.text.isascii() and c.text.isdigit() else "String"
                cells.append(f'<Cell ss:Index="{x + 1}"{merge}><Data ss:Type="{kind2}">{escape(c.text)}</Data></Cell>')
            rows.append(f'<Row>{"".join(cells)}</Row>')
    ns = "urn:schemas-microsoft-com:office:spreadsheet"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{ns}" xmlns:ss="{ns}"><Worksheet ss:Name="Sheet1"><Table>{"".join(rows)}</Table></Worksheet></Workbook>'
    return text.encode()

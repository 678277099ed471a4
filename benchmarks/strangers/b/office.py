"""Files of office programs: docx, xlsx, rtf, web archives, and web pages with an office name."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from html import escape

from .htmlcarriers import article
from .model import Block, Cell, Table, matrix
from .plan import Plan


def _zip(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, (2024, 1, 20, 9, 30, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, text.encode())
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


_BIG = '<w:b/><w:sz w:val="44"/>'


def _run(text: str, props: str = "") -> str:
    parts = [f'<w:t xml:space="preserve">{escape(t)}</w:t>' for t in text.split("\n")]
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}" + "<w:br/>".join(parts) + "</w:r>"


def _cell_runs(cell: Cell, plan: Plan, split: bool) -> str:
    text = cell.text
    if cell.ghost and plan.docx_tracked and text:
        return (
            f'<w:del w:id="{len(text) + 7}" w:author="a" w:date="2024-01-10T09:00:00Z"><w:r><w:delText>{cell.ghost}</w:delText></w:r></w:del>'
            f'<w:ins w:id="{len(text) + 99}" w:author="a" w:date="2024-01-10T09:00:00Z">{_run(text)}</w:ins>'
        )
    runs = _run(text[:1]) + _run(text[1:]) if split and len(text) > 1 and text.isdigit() else _run(text) if text else ""
    if cell.note:
        runs += _run(cell.note, '<w:vertAlign w:val="superscript"/>')
    if cell.ghost and not plan.docx_tracked:
        runs += _run(cell.ghost, "<w:vanish/>")
    return runs


def _docx_table(table: Table, plan: Plan, split: bool) -> str:
    full = matrix(table)
    out = ['<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders><w:top w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblGrid>']
    out += ['<w:gridCol w:w="800"/>'] * len(full[0])
    out.append("</w:tblGrid>")
    starts_at = {id(c): r for r, line in reversed(list(enumerate(full))) for c, s in line if s}
    for r, line in enumerate(full):
        out.append("<w:tr>")
        seen: set[int] = set()
        for cell, starts in line:
            if id(cell) in seen and (cell.cols > 1 or cell.rows > 1):
                continue
            seen.add(id(cell))
            props = f'<w:tcW w:w="{800 * cell.cols}" w:type="dxa"/>'
            if cell.cols > 1:
                props += f'<w:gridSpan w:val="{cell.cols}"/>'
            if cell.rows > 1:
                props += '<w:vMerge w:val="restart"/>' if starts_at.get(id(cell)) == r else "<w:vMerge/>"
            inner = _cell_runs(cell, plan, split) if starts else ""
            out.append(f"<w:tc><w:tcPr>{props}</w:tcPr><w:p>{inner}</w:p></w:tc>")
        out.append("</w:tr>")
    return "".join(out) + "</w:tbl><w:p/>"


def docx(blocks: list[Block], plan: Plan, *, split: bool = False) -> bytes:
    """A Word document; ``split`` cuts numbers into several runs as Word does after editing."""
    body: list[str] = []
    for b in blocks:
        if b.kind == "table" and b.table is not None:
            body.append(_docx_table(b.table, plan, split))
        elif b.kind == "title":
            for part in b.text.split("\n"):
                body.append(f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{_run(part, _BIG)}</w:p>')
        else:
            jc = '<w:pPr><w:jc w:val="right"/></w:pPr>' if b.kind == "sign" else '<w:pPr><w:ind w:firstLine="640"/></w:pPr>'
            body.append(f"<w:p>{jc}{_run(b.text)}</w:p>")
    document = f'{_XML}<w:document {_W}><w:body>{"".join(body)}<w:sectPr><w:footerReference w:type="default" r:id="rId9" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></w:sectPr></w:body></w:document>'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return _zip({
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="{rel}/footer" Target="footer1.xml"/></Relationships>',
        "word/footer1.xml": f"{_XML}<w:ftr {_W}><w:p><w:r><w:t>— 1 —</w:t></w:r></w:p></w:ftr>",
        "word/document.xml": document,
    })


def _col(n: int) -> str:
    out = ""
    n += 1
    while n:
        n, r = divmod(n - 1, 26)
        out = chr(65 + r) + out
    return out


def _sheet(blocks: list[Block], plan: Plan) -> str:
    rows: list[str] = []
    merges: list[str] = []
    r = 0
    widest = 1
    as_text = "numbers_as_text" in plan.xlsx
    for b in blocks:
        if b.kind == "table" and b.table is not None:
            full = matrix(b.table)
            for i, line in enumerate(full):
                cells: list[str] = []
                values = {c.field: f"{_col(j)}{r + i + 1}" for j, (c, s) in enumerate(line) if s and c.field}
                for j, (cell, starts) in enumerate(line):
                    if not starts:
                        continue
                    ref = f"{_col(j)}{r + i + 1}"
                    if cell.rows > 1 or cell.cols > 1:
                        merges.append(f"{ref}:{_col(j + cell.cols - 1)}{r + i + cell.rows}")
                    if cell.number is not None and not as_text and not cell.note:
                        number = f"{cell.number}.0" if "floats" in plan.xlsx and isinstance(cell.number, int) else str(cell.number)
                        formula = ""
                        if "formulas" in plan.xlsx and cell.field and cell.field.startswith("t3_") and cell.field.endswith("__total") and cell.value == _row_sum(line):
                            others = [v for k, v in values.items() if k != cell.field]
                            formula = f"<f>SUM({','.join(others)})</f>"
                        cells.append(f'<c r="{ref}">{formula}<v>{number}</v></c>')
                    elif cell.text or cell.note:
                        cells.append(f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(cell.text + cell.note)}</t></is></c>')
                rows.append(f'<row r="{r + i + 1}">{"".join(cells)}</row>')
            widest = max(widest, len(full[0]))
            r += len(full)
        elif b.text:
            r += 1
            rows.append(f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t xml:space="preserve">{escape(b.text)}</t></is></c></row>')
    columns = ""
    if "hidden_column" in plan.xlsx:
        c = widest + 1
        columns = f'<cols><col min="{c + 1}" max="{c + 1}" width="9" hidden="1"/></cols>'
        kept = []
        for n, row in enumerate(rows, 1):
            kept.append(row.replace("</row>", f'<c r="{_col(c)}{n}"><v>{(n * 7) % 31}</v></c></row>'))
        rows = kept
    merged = f'<mergeCells count="{len(merges)}">' + "".join(f'<mergeCell ref="{m}"/>' for m in merges) + "</mergeCells>" if merges else ""
    return f'{_XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{columns}<sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'


def _row_sum(line: list[tuple[Cell, bool]]) -> float | None:
    parts = [c.value for c, s in line if s and c.field and not c.field.endswith("__total")]
    if any(p is None for p in parts) or any(c.text != str(c.value) for c, s in line if s and c.field):
        return None
    return sum(p for p in parts if p is not None)


def xlsx(blocks: list[Block], plan: Plan, *, sheets: bool = False) -> bytes:
    """A workbook: everything on one sheet, or the text and each table on its own."""
    parts: list[tuple[str, list[Block], str]] = []
    if sheets:
        text = [b for b in blocks if b.kind not in {"table", "caption"}]
        parts.append(("报告正文", text, ""))
        names = {"t2": "主动公开", "t3": "依申请公开", "t4": "复议诉讼", "a14": "统计表", "s08": "指标表", "f08": "附表"}
        captions: list[Block] = []
        for b in blocks:
            if b.kind == "caption":
                captions.append(b)
            if b.kind == "table" and b.table is not None:
                parts.append((f"{names[b.table.kind]}{len(parts)}", [*captions, Block("table", table=b.table)], ""))
                captions = []
    else:
        parts.append(("Sheet1", blocks, ""))
    if "hidden_sheet" in plan.xlsx:
        draft: list[Block] = []
        for b in blocks:
            if b.kind == "table" and b.table is not None:
                rows = [[Cell(str(plan.rng.randint(0, 60)) if c.field else c.text, rows=c.rows, cols=c.cols, number=None) for c in row] for row in b.table.rows]
                draft.append(Block("table", table=Table(b.table.kind, rows, b.table.head_rows)))
        parts.insert(0, ("草稿", draft, ' state="hidden"'))
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    n = range(1, len(parts) + 1)
    files = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for i in n) + "</Types>",
        "_rels/.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{rel}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{i}"{state} r:id="rId{i}"/>' for i, (name, _, state) in enumerate(parts, 1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{i}" Type="{rel}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in n) + "</Relationships>",
    }
    for i, (_, own, _) in enumerate(parts, 1):
        files[f"xl/worksheets/sheet{i}.xml"] = _sheet(own, plan)
    return _zip(files)


def _rtf_text(text: str) -> str:
    out = []
    for ch in text:
        n = ord(ch)
        if ch in "\\{}":
            out.append("\\" + ch)
        elif ch == "\n":
            out.append("\\line ")
        elif n < 128:
            out.append(ch)
        else:
            raw = ch.encode("gbk", "ignore")
            out.append("".join(f"\\'{b:02x}" for b in raw) if raw else f"\\u{n if n < 32768 else n - 65536}?")
    return "".join(out)


def rtf(blocks: list[Block]) -> bytes:
    """Rich text, as old Word and WPS save it (often under the name .doc)."""
    out = ["{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\viewkind4\\uc1\\pard\\lang2052\\f0\\fs24 "]
    for b in blocks:
        if b.kind == "table" and b.table is not None:
            full = matrix(b.table)
            starts_at = {id(c): (r, k) for r, line in enumerate(full) for k, (c, s) in enumerate(line) if s and (c.rows > 1 or c.cols > 1)}
            for r, line in enumerate(full):
                out.append("\\trowd\\trgaph108")
                for k, (cell, _) in enumerate(line):
                    at = starts_at.get(id(cell))
                    if at and cell.rows > 1:
                        out.append("\\clvmgf" if at[0] == r else "\\clvmrg")
                    if at and cell.cols > 1:
                        out.append("\\clmgf" if at[1] == k else "\\clmrg")
                    out.append(f"\\cellx{900 * (k + 1)}")
                out.append("\n")
                for cell, starts in line:
                    out.append(f"\\pard\\intbl {_rtf_text(cell.text + cell.note) if starts else ''}\\cell\n")
                out.append("\\row\n")
            out.append("\\pard\\par\n")
        else:
            out.append(_rtf_text(b.text) + "\\par\n")
    return ("".join(out) + "}").encode("ascii")


def office_html(blocks: list[Block], plan: Plan, flavour: str) -> str:
    """A whole HTML file as Word or Excel saves it."""
    inner = article(blocks, plan, flavour)
    program = "Excel.Sheet" if flavour in {"excel", "et"} else "Word.Document"
    who = "Microsoft Excel 14" if flavour == "excel" else "WPS Office ET" if flavour == "et" else "Microsoft Word 15"
    xml = (
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>Sheet1</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->"
        if flavour in {"excel", "et"} else "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->"
    )
    charset = "gb2312" if plan.encoding == "gbk" else "utf-8"
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">\r\n<head>\r\n'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">\r\n<meta name=ProgId content={program}>\r\n<meta name=Generator content="{who}">\r\n'
        f"{xml}\r\n<style>\r\n<!--\r\n /* Style Definitions */\r\n p.MsoNormal {{mso-style-parent:\"\"; margin:0cm; font-size:10.5pt;}}\r\n .xl66 {{mso-number-format:\"0_ \";}}\r\n-->\r\n</style>\r\n</head>\r\n"
        f"<body lang=ZH-CN style='tab-interval:21.0pt'>\r\n<div class=WordSection1 style='layout-grid:15.6pt'>\r\n{inner}\r\n</div>\r\n</body>\r\n</html>\r\n"
    )


def web_archive(blocks: list[Block], plan: Plan, flavour: str, *, quoted: bool) -> bytes:
    """A single-file web page (.mht), as Word saves it, also under the name .doc."""
    raw = office_html(blocks, plan, flavour).encode("gbk" if plan.encoding == "gbk" else "utf-8", "xmlcharrefreplace")
    charset = "gb2312" if plan.encoding == "gbk" else "utf-8"
    coded = quopri.encodestring(raw) if quoted else base64.encodebytes(raw)
    way = "quoted-printable" if quoted else "base64"
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_NextPart_01DA\"\r\n\r\n------=_NextPart_01DA\r\n"
        + f'Content-Location: file:///C:/report.htm\r\nContent-Transfer-Encoding: {way}\r\nContent-Type: text/html; charset="{charset}"\r\n\r\n'.encode()
        + coded + b"\r\n------=_NextPart_01DA--\r\n"
    )


def spreadsheet_xml(blocks: list[Block]) -> str:
    """XML Spreadsheet 2003."""
    rows: list[str] = []
    for b in blocks:
        if b.kind == "table" and b.table is not None:
            for line in matrix(b.table):
                cells = []
                for k, (cell, starts) in enumerate(line, 1):
                    if not starts:
                        continue
                    span = (f' ss:MergeAcross="{cell.cols - 1}"' if cell.cols > 1 else "") + (f' ss:MergeDown="{cell.rows - 1}"' if cell.rows > 1 else "")
                    kind = "Number" if cell.number is not None and not cell.note else "String"
                    text = escape(cell.text + cell.note).replace("\n", "&#10;")
                    data = f'<Data ss:Type="{kind}">{text}</Data>' if text else ""
                    cells.append(f'<Cell ss:Index="{k}"{span}>{data}</Cell>')
                rows.append(f"<Row>{''.join(cells)}</Row>")
        elif b.text:
            rows.append(f'<Row><Cell ss:MergeAcross="9"><Data ss:Type="String">{escape(b.text)}</Data></Cell></Row>')
    return (
        '<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\r\n<Worksheet ss:Name="Sheet1"><Table>\r\n' + "\r\n".join(rows) + "\r\n</Table></Worksheet></Workbook>\r\n"
    )

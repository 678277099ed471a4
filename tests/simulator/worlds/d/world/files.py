"""Reports as files: a plain PDF with ruled tables and a plain DOCX."""
from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from .grids import Grid
from .texts import Doc

_W, _H, _M = 595, 842, 50


class _Page:
    """Collects the drawing operators of a PDF page."""

    def __init__(self) -> None:
        self.ops: list[str] = []

    def text(self, x: float, y: float, size: float, text: str) -> None:
        """Write a line of text."""
        code = text.encode("utf-16-be").hex().upper()
        self.ops.append(f"BT /F1 {size:g} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm <{code}> Tj ET")

    def box(self, x: float, y: float, w: float, h: float) -> None:
        """Draw a rectangle."""
        self.ops.append(f"{x:.1f} {y:.1f} {w:.1f} {h:.1f} re S")


def _wrap(text: str, width: float, size: float) -> list[str]:
    """Cut a text into lines of a width: full-width characters count one, others a half."""
    lines, line, used = [], "", 0.0
    for char in text:
        step = size  # the font is written full width throughout
        if used + step > width and line:
            lines.append(line)
            line, used = "", 0.0
        line += char
        used += step
    return [*lines, line]


def _layout(grid: Grid) -> tuple[list[tuple[int, int, int, int, str]], int, int]:
    """Places of the cells as (row, column, rows, columns, text), and the size of the grid."""
    taken: set[tuple[int, int]] = set()
    cells, width = [], 0
    for r, row in enumerate(grid):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            for i in range(cell.rows):
                for j in range(cell.cols):
                    taken.add((r + i, c + j))
            cells.append((r, c, cell.rows, cell.cols, cell.text))
            c += cell.cols
            width = max(width, c)
    return cells, len(grid), width


def pdf(doc: Doc) -> bytes:
    """The report as a PDF in a font every reader supplies."""
    pages = [_Page()]
    y = _H - _M

    def need(height: float) -> None:
        nonlocal y
        if y - height < _M:
            pages.append(_Page())
            y = _H - _M

    for line in _wrap(doc.title, _W - 2 * _M, 16):
        pages[-1].text(_M, y - 16, 16, line)
        y -= 24
    for kind, what in doc.blocks:
        if kind != "t":
            for line in _wrap(str(what) if kind == "h" else "　　" + str(what), _W - 2 * _M, 11):
                need(18)
                pages[-1].text(_M, y - 12, 11, line)
                y -= 18
            continue
        cells, rows, cols = _layout(what)  # type: ignore[arg-type]
        total = _W - 2 * _M
        widths = [total / cols] * cols
        if cols == 10:
            widths = [36.0, 52.0, 155.0] + [(total - 243) / 7] * 7
        edges = [_M + sum(widths[:i]) for i in range(cols + 1)]
        size, heights = 7.0, [14.0] * rows
        for r, c, rs, cs, text in cells:
            lines = len(_wrap(text, edges[c + cs] - edges[c] - 4, size))
            if rs == 1:
                heights[r] = max(heights[r], lines * 9 + 5)
        need(min(sum(heights), _H - 2 * _M - 1))
        tops = [y - sum(heights[:i]) for i in range(rows + 1)]
        for r, c, rs, cs, text in cells:
            left, right, top, bottom = edges[c], edges[c + cs], tops[r], tops[r + rs]
            pages[-1].box(left, bottom, right - left, top - bottom)
            for i, line in enumerate(_wrap(text, right - left - 4, size)):
                pages[-1].text(left + 2, top - 10 - 9 * i, size, line)
        y = tops[rows] - 12
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "",
               "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
               "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
               "/Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 5 0 R >>",
               "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
               "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"]
    kids = []
    for page in pages:
        stream = "0.5 w\n" + "\n".join(page.ops)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_W} {_H}] /Contents {len(objects)} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for place in places:
        out.write(f"{place:010d} 00000 n \n".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def _docx_table(grid: Grid) -> str:
    cells, rows, cols = _layout(grid)
    starts = {(r, c): (rs, cs, text) for r, c, rs, cs, text in cells}
    cover = {(r + i, c): cs for r, c, rs, cs, _ in cells for i in range(1, rs)}
    border = "".join(f'<w:{s} w:val="single" w:sz="4"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    out = [f"<w:tbl><w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid>" + '<w:gridCol w:w="900"/>' * cols + "</w:tblGrid>"]
    for r in range(rows):
        out.append("<w:tr>")
        c = 0
        while c < cols:
            if (r, c) in starts:
                rs, cs, text = starts[(r, c)]
                merge = '<w:vMerge w:val="restart"/>' if rs > 1 else ""
            else:
                cs, text, merge = cover.get((r, c), 1), "", "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{cs}"/>' if cs > 1 else ""
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="{900 * cs}" w:type="dxa"/>{span}{merge}</w:tcPr><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:tc>')
            c += cs
        out.append("</w:tr>")
    return "".join(out) + "</w:tbl><w:p/>"


def docx(doc: Doc) -> bytes:
    """The report as a DOCX."""
    body = [f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{escape(doc.title)}</w:t></w:r></w:p>"]
    for kind, what in doc.blocks:
        body.append(_docx_table(what) if kind == "t" else  # type: ignore[arg-type]
                    f"<w:p><w:r><w:t>{escape(str(what))}</w:t></w:r></w:p>")
    ns = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{ns}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{ns}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{ns}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{ns}/wordprocessingml/2006/main"><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2026, 3, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            box.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return out.getvalue()

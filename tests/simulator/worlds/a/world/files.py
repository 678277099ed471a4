"""Reports as files: a plain DOCX and a plain PDF (one unembedded Chinese font), no library needed."""

from __future__ import annotations

import io
import zipfile
from html import escape

from .report import Grid, Report


def _place(grid: Grid) -> tuple[list[tuple[int, int, int, int, str]], int]:
    """Cells as (row, column, height, width, text) and the number of columns."""
    taken: set[tuple[int, int]] = set()
    out: list[tuple[int, int, int, int, str]] = []
    for r, row in enumerate(grid):
        col = 0
        for value, width, height in row:
            while (r, col) in taken:
                col += 1
            taken |= {(r + i, col + j) for i in range(height) for j in range(width)}
            out.append((r, col, height, width, value))
            col += width
    return out, max(x for _, x in taken) + 1


def _docx_table(grid: Grid) -> str:
    cells, ncols = _place(grid)
    rows = []
    for r in range(len(grid)):
        line, col = [], 0
        while col < ncols:
            cell = next(x for x in cells if x[0] <= r < x[0] + x[2] and x[1] <= col < x[1] + x[3])
            prop = f'<w:gridSpan w:val="{cell[3]}"/>' if cell[3] > 1 else ""
            if cell[2] > 1:
                prop += '<w:vMerge w:val="restart"/>' if cell[0] == r else "<w:vMerge/>"
            text = escape(cell[4]) if cell[0] == r else ""
            line.append(f"<w:tc><w:tcPr>{prop}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
            col += cell[3]
        rows.append("<w:tr>" + "".join(line) + "</w:tr>")
    edges = "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>'
            + "<w:gridCol/>" * ncols + "</w:tblGrid>" + "".join(rows) + "</w:tbl><w:p/>")


def docx(report: Report) -> bytes:
    """The report as a Word document."""
    parts = [f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="36"/></w:rPr><w:t>{escape(report.title)}</w:t></w:r></w:p>']
    for kind, value in report.blocks:
        if kind == "t":
            parts.append(_docx_table(value))  # type: ignore[arg-type]
        else:
            bold = "<w:rPr><w:b/></w:rPr>" if kind == "h" else ""
            parts.append(f"<w:p><w:r>{bold}<w:t>{escape(str(value))}</w:t></w:r></w:p>")
    body = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            + "".join(parts) + "<w:sectPr/></w:body></w:document>")
    kinds = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
             '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    rels = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("[Content_Types].xml", kinds), ("_rels/.rels", rels), ("word/document.xml", body)):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


class _Pages:
    """Draws lines of text and ruled tables downwards over A4 pages."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.y = 800.0

    def room(self, height: float) -> None:
        if self.y - height < 40:
            self.pages.append([])
            self.y = 800.0

    def text(self, x: float, y: float, size: float, value: str) -> None:
        self.pages[-1].append(f"BT /F1 {size} Tf {x:.1f} {y:.1f} Td <{value.encode('utf-16-be').hex().upper()}> Tj ET")

    def paragraph(self, value: str, size: float = 11) -> None:
        per = int(510 / size)
        for i in range(0, len(value), per):
            self.room(size * 1.6)
            self.y -= size * 1.6
            self.text(42, self.y, size, value[i:i + per])

    def table(self, grid: Grid) -> None:
        cells, ncols = _place(grid)
        size = 7.0
        weights = [1.0] * ncols if ncols != 10 else [1.0, 1.6, 4.4, *[1.0] * 7]
        edges = [42.0]
        for w in weights:
            edges.append(edges[-1] + 511 * w / sum(weights))

        def lines(cell: tuple[int, int, int, int, str]) -> list[str]:
            per = max(1, int((edges[cell[1] + cell[3]] - edges[cell[1]] - 4) / size))
            return [cell[4][i:i + per] for i in range(0, len(cell[4]), per)] or [""]

        heights = [max((len(lines(x)) * (size + 2) + 4 for x in cells if x[0] == r and x[2] == 1), default=14.0) for r in range(len(grid))]
        if sum(heights) < 750:
            self.room(sum(heights))
        tops = [self.y - 6 - sum(heights[:r]) for r in range(len(grid) + 1)]
        for cell in cells:
            x0, x1, top, bottom = edges[cell[1]], edges[cell[1] + cell[3]], tops[cell[0]], tops[cell[0] + cell[2]]
            self.pages[-1].append(f"{x0:.1f} {bottom:.1f} {x1 - x0:.1f} {top - bottom:.1f} re S")
            for i, part in enumerate(lines(cell)):
                self.text(x0 + 2, top - (i + 1) * (size + 2), size, part)
        self.y = tops[-1] - 8


def pdf(report: Report) -> bytes:
    """The report as a PDF with a text layer."""
    draw = _Pages()
    draw.paragraph(report.title, 15)
    for kind, value in report.blocks:
        if kind == "t":
            draw.table(value)  # type: ignore[arg-type]
        else:
            draw.paragraph(str(value))
    count = len(draw.pages)
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{6 + 2 * i} 0 R' for i in range(count))}] >>",
               "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
               "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 5 0 R >>",
               "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"]
    for i, page in enumerate(draw.pages):
        stream = "0.5 w\n" + "\n".join(page)
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * i} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, marks = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        marks.append(len(out))
        out += f"{i} 0 obj\n{body}\nendobj\n".encode("ascii")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{m:010d} 00000 n \n".encode() for m in marks)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()

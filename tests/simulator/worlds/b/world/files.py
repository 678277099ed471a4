"""DOCX and PDF files written by hand from report blocks."""

from __future__ import annotations

import io
import zipfile
from html import escape

from .report import Block, Cell


def grid(rows: tuple[tuple[Cell, ...], ...]) -> tuple[int, list[list[tuple[str, int, int, bool, int]]]]:
    """Rows placed on a grid: columns, and for each row (text, column, colspan, continued, rowspan)."""
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    out: list[list[tuple[str, int, int, bool, int]]] = []
    width = 0
    for y, row in enumerate(rows):
        line: list[tuple[str, int, int, bool, int]] = []
        x, cells = 0, list(row)
        while cells or (y, x) in taken:
            if (y, x) in taken:
                span, _ = taken[(y, x)]
                line.append(("", x, span, True, 1))
                x += span
                continue
            text, cs, rs = cells.pop(0)
            line.append((text, x, cs, False, rs))
            for k in range(1, rs):
                taken[(y + k, x)] = (cs, rs)
            x += cs
        width = max(width, x)
        out.append(line)
    return width, out


def docx(title: str, parts: list[Block]) -> bytes:
    """A plain Word document."""

    def para(text: str, bold: bool = False) -> str:
        return f"<w:p><w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t xml:space=\"preserve\">{escape(text)}</w:t></w:r></w:p>"

    body = [para(title, True)]
    for b in parts:
        if b.kind != "t":
            body.append(para(b.text, b.kind == "h"))
            continue
        width, lines = grid(b.rows)
        starts = {(y, x): rs for y, line in enumerate(lines) for _, x, _, cont, rs in line if not cont}
        xml = ["<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>" + f'<w:gridCol w:w="{9000 // width}"/>' * width + "</w:tblGrid>"]
        for y, line in enumerate(lines):
            xml.append("<w:tr>")
            for text, x, cs, cont, rs in line:
                merge = "<w:vMerge/>" if cont else ('<w:vMerge w:val="restart"/>' if starts[(y, x)] > 1 else "")
                xml.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{cs}"/>{merge}</w:tcPr>{para(text)}</w:tc>')
            xml.append("</w:tr>")
        body.append("".join(xml) + "</w:tbl>" + para(""))
    doc = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
           + "".join(body) + "<w:sectPr/></w:body></w:document>")
    types = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
             'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
             'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    rels = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in (("[Content_Types].xml", types), ("_rels/.rels", rels), ("word/document.xml", doc)):
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return buf.getvalue()


class _Pdf:
    """Pages of text and lines with one CID font of the predefined Chinese set (not embedded)."""

    W, H, M = 595, 842, 40

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.y: float = self.H - self.M

    def room(self, need: float) -> None:
        """Starts a page when `need` points are not left."""
        if self.y - need < self.M:
            self.pages.append([])
            self.y = self.H - self.M

    def text(self, x: float, y: float, size: float, text: str) -> None:
        """Draws one line."""
        self.pages[-1].append(f"BT /F1 {size:g} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm <{text.encode('utf-16-be').hex()}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draws a rule."""
        self.pages[-1].append(f"{x0:.1f} {y0:.1f} m {x1:.1f} {y1:.1f} l S")

    def para(self, text: str, size: float) -> None:
        """Sets a paragraph, broken by width."""
        per = int((self.W - 2 * self.M) / size)
        for i in range(0, len(text), per):
            self.room(size * 1.6)
            self.y -= size * 1.6
            self.text(self.M, self.y, size, text[i:i + per])

    def table(self, rows: tuple[tuple[Cell, ...], ...]) -> None:
        """Draws a ruled table on one page."""
        size = 6.5
        width, lines = grid(rows)
        if width == 10:
            cols: list[float] = [40, 45, 130] + [(self.W - 2 * self.M - 215) / 7] * 7
        else:
            cols = [(self.W - 2 * self.M) / width] * width
        xs = [float(self.M)]
        for c in cols:
            xs.append(xs[-1] + c)

        def wrap(text: str, x: int, cs: int) -> list[str]:
            per = max(1, int((xs[x + cs] - xs[x] - 4) / size))
            return [text[i:i + per] for i in range(0, len(text), per)] or [""]

        heights = [max([1] + [len(wrap(t, x, cs)) for t, x, cs, cont, rs in line if not cont and rs == 1]) * (size + 2) + 4 for line in lines]
        self.y -= 6
        self.room(sum(heights))
        tops = [self.y]
        for hgt in heights:
            tops.append(tops[-1] - hgt)
        for y, line in enumerate(lines):
            for text, x, cs, cont, rs in line:
                if cont:
                    continue
                x0, x1, y0, y1 = xs[x], xs[x + cs], tops[y], tops[min(y + rs, len(lines))]
                for a in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                    self.line(*a)
                for k, piece in enumerate(wrap(text, x, cs)):
                    self.text(x0 + 2, y0 - (size + 2) * (k + 1), size, piece)
        self.y = tops[-1] - 6

    def bytes(self) -> bytes:
        """The finished file."""
        n = len(self.pages)
        objs: list[bytes] = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (n, b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(n))),
            b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        ]
        for i, page in enumerate(self.pages):
            stream = ("0.5 w\n" + "\n".join(page)).encode()
            objs.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (7 + 2 * i))
            objs.append(b"<</Length %d>>stream\n" % len(stream) + stream + b"\nendstream")
        out = bytearray(b"%PDF-1.4\n")
        offsets = []
        for i, obj in enumerate(objs, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n" % i + obj + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objs) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
        out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objs) + 1, start)
        return bytes(out)


def pdf(title: str, parts: list[Block]) -> bytes:
    """A ruled PDF with selectable text."""
    doc = _Pdf()
    doc.para(title, 15)
    for b in parts:
        if b.kind == "t":
            doc.table(b.rows)
        else:
            doc.para(b.text if b.kind == "h" else "　　" + b.text, 12 if b.kind == "h" else 10.5)
    return doc.bytes()

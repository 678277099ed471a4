"""Reports as files: a simple PDF and a simple DOCX made from the body's HTML."""
from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from html.parser import HTMLParser
from xml.sax.saxutils import escape


class _Blocks(HTMLParser):
    """Paragraphs as strings and tables as lists of rows of (text, colspan, rowspan)."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str | list[list[tuple[str, int, int]]]] = []
        self.table: list[list[tuple[str, int, int]]] | None = None
        self.text = ""
        self.span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a paragraph, table, row or cell."""
        values = dict(attrs)
        if tag == "table":
            self.table = []
        elif tag == "tr" and self.table is not None:
            self.table.append([])
        elif tag in ("p", "td"):
            self.text, self.span = "", (int(values.get("colspan") or 1), int(values.get("rowspan") or 1))

    def handle_data(self, data: str) -> None:
        """Collect the text."""
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "p" and self.table is None:
            self.blocks.append(self.text)
        elif tag == "td" and self.table is not None:
            self.table[-1].append((self.text, *self.span))
        elif tag == "table" and self.table is not None:
            self.blocks.append(self.table)
            self.table = None


def _blocks(title: str, html: str) -> list[str | list[list[tuple[str, int, int]]]]:
    reader = _Blocks()
    reader.feed(f"<p>{title}</p>" + html)
    return reader.blocks


def docx(title: str, html: str) -> bytes:
    """A Word file with real tables (merged cells by gridSpan and vMerge)."""
    def par(text: str) -> str:
        return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    parts: list[str] = []
    for block in _blocks(title, html):
        if isinstance(block, str):
            parts.append(par(block))
            continue
        rows: list[str] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column -> (rows still covered, width)
        for row in block:
            cells, col, queue = "", 0, list(row)
            while queue or col in open_cells:
                if col in open_cells:
                    left, wide = open_cells.pop(col)
                    cells += f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
                    if left > 1:
                        open_cells[-col - 1] = (left - 1, wide)
                else:
                    text, wide, tall = queue.pop(0)
                    merge = '<w:vMerge w:val="restart"/>' if tall > 1 else ""
                    cells += f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{merge}</w:tcPr>{par(text)}</w:tc>'
                    if tall > 1:
                        open_cells[-col - 1] = (tall - 1, wide)
                col += wide
            open_cells = {(-k - 1 if k < 0 else k): v for k, v in open_cells.items()}
            rows.append(f"<w:tr>{cells}</w:tr>")
        parts.append('<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>' + "".join(rows) + "</w:tbl>" + par(""))
    document = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document '
                'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + "".join(parts)
                + "<w:sectPr/></w:body></w:document>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in (
            ("[Content_Types].xml", '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
             'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
             '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
            ("_rels/.rels", '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
             'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
             'officeDocument" Target="word/document.xml"/></Relationships>'),
            ("word/document.xml", document)):
            pack.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def pdf(title: str, html: str) -> bytes:
    """A PDF of text lines (table rows as lines) in a standard, not embedded, Chinese font (predefined CMap, so readers map it themselves)."""
    lines: list[str] = []
    for block in _blocks(title, html):
        rows = [block] if isinstance(block, str) else ["  ".join(c[0] for c in row) for row in block]
        for row in rows:
            row = unescape(re.sub(r"\s*\n\s*", " ", row))
            while len(row) > 55:  # never within a number
                cut = row.rfind(" ", 1, 55) if "  " in row[:55] else 55
                lines.append(row[:cut])
                row = row[cut:].lstrip(" ")
            lines.append(row)
    pages = [lines[i:i + 46] for i in range(0, len(lines), 46)]
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
        b"/DW 1000 /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        b"/CapHeight 880 /StemV 80 >>"]
    kids: list[str] = []
    for page in pages:
        text = "BT /F1 9 Tf 15 TL 50 790 Td " + " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in page) + " ET"
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
                       f"/Contents {number + 1} 0 R >>".encode())
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream".encode())
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for i, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + item + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)

"""File carriers written by hand with the standard library: docx, xlsx and a ruled PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

from .grid import Block, Cell, Grid

_DATE = (2024, 1, 20, 9, 0, 0)


def _zip(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8"))
    return out.getvalue()


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _run(text: str, extra: str = "") -> str:
    pieces = text.split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' for piece in pieces)
    return f"<w:r>{'<w:rPr>' + extra + '</w:rPr>' if extra else ''}{body}</w:r>"


def _docx_table(grid: Grid) -> str:
    matrix = grid.matrix()
    width = len(matrix[0])
    out = ['<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>'
           + "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
           + "</w:tblBorders></w:tblPr><w:tblGrid>" + '<w:gridCol w:w="900"/>' * width + "</w:tblGrid>"]
    for y, line in enumerate(matrix):
        out.append("<w:tr>")
        x = 0
        while x < width:
            cell, _ = line[x]
            first = y == 0 or matrix[y - 1][x][0] is not cell
            props = f'<w:gridSpan w:val="{cell.cs}"/>' if cell.cs > 1 else ""
            if cell.rs > 1:
                props += '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
            runs = ""
            if first:
                pieces = cell.text if cell.split else [cell.text]
                runs = "".join(_run(piece) for piece in pieces if piece)
                if cell.sup:
                    runs += _run(cell.sup, '<w:vertAlign w:val="superscript"/>')
                if cell.ghost:
                    runs += _run(cell.ghost.partition("|")[2], "<w:vanish/>")
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="{900 * cell.cs}" w:type="dxa"/>{props}</w:tcPr><w:p>{runs}</w:p></w:tc>')
            x += cell.cs
        out.append("</w:tr>")
    return "".join(out) + "</w:tbl>"


def docx(blocks: Sequence[Block]) -> bytes:
    """A Word file."""
    body: list[str] = []
    for block in blocks:
        if block.kind == "table" and block.grid:
            body.append(_docx_table(block.grid) + "<w:p/>")
        elif block.kind != "unseen_table":
            align = {"h1": "center", "right": "right", "caption": "center", "page": "center"}.get(block.kind, "")
            props = f'<w:pPr><w:jc w:val="{align}"/></w:pPr>' if align else ""
            body.append(f"<w:p>{props}{_run(block.text, '<w:b/>' if block.kind in ('h1', 'h2') else '')}</w:p>")
    return _zip({
        "[Content_Types].xml": _HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": _HEAD + f"<w:document {_W}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
    })


def _column(at: int) -> str:
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def _sheet(blocks: Sequence[Block]) -> str:
    rows: list[str] = []
    merges: list[str] = []
    y = 0

    def put(x: int, text: str) -> str:
        where = f"{_column(x)}{y + 1}"
        if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0"):
            return f'<c r="{where}"><v>{text}</v></c>'
        return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>' if text else f'<c r="{where}"/>'
    for block in blocks:
        if block.kind == "table" and block.grid:
            for line in block.grid.matrix():
                rows.append(f'<row r="{y + 1}">' + "".join(put(x, cell.text + cell.sup) for x, (cell, own) in enumerate(line) if own) + "</row>")
                for x, (cell, own) in enumerate(line):
                    if own and (cell.rs > 1 or cell.cs > 1):
                        merges.append(f'<mergeCell ref="{_column(x)}{y + 1}:{_column(x + cell.cs - 1)}{y + cell.rs}"/>')
                y += 1
        elif block.kind != "unseen_table":
            rows.append(f'<row r="{y + 1}">{put(0, block.text)}</row>')
            y += 1
    joined = f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells>' if merges else ""
    return (_HEAD + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + "".join(rows)
            + f"</sheetData>{joined}</worksheet>")


def xlsx(blocks: Sequence[Block], several: bool, hidden: Grid | None = None) -> bytes:
    """A workbook: one sheet, or one for each part; perhaps a hidden sheet with last year's table."""
    sheets: list[tuple[str, list[Block], bool]] = []
    if several:
        part: list[Block] = []
        for block in blocks:
            if block.kind == "h2" and part:
                sheets.append((f"第{len(sheets) + 1}部分", part, False))
                part = []
            part.append(block)
        sheets.append((f"第{len(sheets) + 1}部分", part, False))
    else:
        sheets.append(("Sheet1", list(blocks), False))
    if hidden:
        sheets.append(("上年", [Block("table", grid=hidden)], True))
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "".join(f'<Override PartName="/xl/worksheets/sheet{n + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                    'spreadsheetml.worksheet+xml"/>' for n in range(len(sheets)))
    listed = "".join(f'<sheet name="{name}" sheetId="{n + 1}"{" state=" + chr(34) + "hidden" + chr(34) if dark else ""} r:id="rId{n + 1}"/>'
                     for n, (name, _, dark) in enumerate(sheets))
    links = "".join(f'<Relationship Id="rId{n + 1}" Type="{main}/worksheet" Target="worksheets/sheet{n + 1}.xml"/>' for n in range(len(sheets)))
    parts = {
        "[Content_Types].xml": _HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{main}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _HEAD + f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{main}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
    }
    for n, (_, mine, _) in enumerate(sheets):
        parts[f"xl/worksheets/sheet{n + 1}.xml"] = _sheet(mine)
    return _zip(parts)


# ---- PDF -------------------------------------------------------------------------------------------------------

_SIZE, _LEAD, _LEFT, _WIDTH, _TOP, _BOTTOM = 9.0, 12.0, 40.0, 515.0, 800.0, 45.0


_TIGHT = frozenset("0123456789.,%/#'O*[]+-NAREFVLUDI!?X")


def _advance(text: str, size: float) -> float:
    return sum(size / 2 if letter.isascii() else size for letter in text)


def _wrap(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for piece in text.split("\n"):
        line = ""
        at = 0
        while at < len(piece):
            end = at + 1
            while piece[at] in _TIGHT and end < len(piece) and piece[end] in _TIGHT:
                end += 1
            word = piece[at:end]
            if line and _advance(line + word, size) > width:
                lines.append(line)
                line = ""
            line += word
            at = end
        lines.append(line)
    return lines


class _Pdf:
    """Pages of text and lines; the font is the viewer's own Song face."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.y = _TOP

    def room(self, need: float) -> bool:
        """Turn the page when there is not enough room; true when it turned."""
        if self.y - need < _BOTTOM:
            self.pages.append([])
            self.y = _TOP
            return True
        return False

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """One line of text."""
        if text:
            self.pages[-1].append(f"BT /F1 {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{text.encode('utf-16-be').hex().upper()}> Tj ET")

    def rect(self, x: float, y: float, w: float, h: float) -> None:
        """A frame."""
        self.pages[-1].append(f"{x:.2f} {y:.2f} {w:.2f} {h:.2f} re S")

    def paragraph(self, text: str, size: float = 10.5, centre: bool = False, right: bool = False) -> None:
        """A paragraph."""
        for line in _wrap(text, _WIDTH, size):
            self.room(size * 1.6)
            x = _LEFT
            if centre:
                x += (_WIDTH - _advance(line, size)) / 2
            if right:
                x += _WIDTH - _advance(line, size)
            self.text(x, self.y - size, line, size)
            self.y -= size * 1.6

    def table(self, grid: Grid) -> None:
        """A ruled table that may run over pages; a cell that runs over shows its text on its first page."""
        matrix = grid.matrix()
        count = len(matrix[0])
        weights = [1.0] * count
        for x in range(min(grid.labels, count)):
            weights[x] = 1.5 if x < grid.labels - 1 else 3.4
        if grid.name == "annex":
            weights = [1.2] * count
            weights[max(0, grid.labels - 2)] = 5.0
        if grid.name == "t2":
            weights = [1.6] * count
        unit = _WIDTH / sum(weights)
        xs = [_LEFT]
        for weight in weights:
            xs.append(xs[-1] + weight * unit)
        size = _SIZE if count < 12 else 7.0
        lead = size * 1.3

        def lines(cell: Cell, x: int) -> list[str]:
            return _wrap(cell.text + cell.sup, xs[x + cell.cs] - xs[x] - 4, size) if cell.text else []
        heights = [lead + 5] * len(matrix)
        for y, line in enumerate(matrix):
            for x, (cell, own) in enumerate(line):
                if own and cell.rs == 1:
                    heights[y] = max(heights[y], len(lines(cell, x)) * lead + 5)
        for y, line in enumerate(matrix):
            for x, (cell, own) in enumerate(line):
                if own and cell.rs > 1:
                    lack = len(lines(cell, x)) * lead + 5 - sum(heights[y:y + cell.rs])
                    if lack > 0:
                        heights[y + cell.rs - 1] += lack
        y = 0
        self.room(sum(heights[:grid.head + 1]))
        while y < len(matrix):
            end = y
            used = 0.0
            while end < len(matrix) and self.y - used - heights[end] >= _BOTTOM:
                used += heights[end]
                end += 1
            if end == y:
                self.pages.append([])
                self.y = _TOP
                continue
            self._part(matrix, y, end, xs, heights, size, lead, lines)
            self.y -= used
            y = end
            if y < len(matrix):
                self.pages.append([])
                self.y = _TOP
        self.y -= 8

    def _part(self, matrix, start, end, xs, heights, size, lead, lines) -> None:  # type: ignore[no-untyped-def]
        tops = [self.y]
        for height in heights[start:end]:
            tops.append(tops[-1] - height)
        done: set[int] = set()
        for y in range(start, end):
            for x, (cell, own) in enumerate(matrix[y]):
                if id(cell) in done and not own:
                    continue
                if not own and not (y == start and (x == 0 or matrix[y][x - 1][0] is not cell)):
                    continue
                done.add(id(cell))
                last = y
                while last + 1 < end and matrix[last + 1][x][0] is cell:
                    last += 1
                top, bottom = tops[y - start], tops[last + 1 - start]
                self.rect(xs[x], bottom, xs[x + cell.cs] - xs[x], top - bottom)
                if own:
                    text = lines(cell, x)
                    room = top - bottom
                    at = top - max(2.0, (room - len(text) * lead) / 2) - size
                    for piece in text:
                        self.text(xs[x] + (xs[x + cell.cs] - xs[x] - _advance(piece, size)) / 2, at, piece, size)
                        at -= lead

    def bytes(self) -> bytes:
        """The file."""
        count = len(self.pages)
        objects = ["<< /Type /Catalog /Pages 2 0 R >>",
                   f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(count))}] >>",
                   "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
                   "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
                   "/Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 /W [1 95 500] >>",
                   "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 "
                   "/Descent -120 /CapHeight 880 /StemV 93 >>"]
        for n, page in enumerate(self.pages):
            stream = "0.5 w\n" + "\n".join(page)
            objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * n} 0 R >>")
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        out = b"%PDF-1.4\n"
        places = []
        for n, text in enumerate(objects):
            places.append(len(out))
            out += f"{n + 1} 0 obj\n{text}\nendobj\n".encode("ascii")
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def pdf(blocks: Sequence[Block]) -> bytes:
    """A PDF with ruled tables."""
    made = _Pdf()
    for block in blocks:
        if block.kind == "table" and block.grid:
            made.table(block.grid)
        elif block.kind == "h1":
            made.paragraph(block.text, 16, centre=True)
        elif block.kind in ("caption", "page"):
            made.paragraph(block.text, centre=True)
        elif block.kind == "right":
            made.paragraph(block.text, right=True)
        elif block.kind != "unseen_table":
            made.paragraph(block.text)
    return made.bytes()

"""Files made to harm their reader: small to send, and large, endless or elsewhere to read."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from PIL import Image

# -- PDF -----------------------------------------------------------------------------------------


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of the given objects, numbered from 1, with a right cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer\n<</Size %d %b>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, trailer, start)
    )
    return out.getvalue()


def stream(body: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d %b>>stream\n%b\nendstream" % (len(body), entries, body)


def _one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%b>>>>"
        % resources
    )
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, content, *more])


def pdf_of_a_million_objects() -> bytes:
    return _one_page(stream(b""), *[b"0"] * 1_000_000)


def pdf_of_a_million_lines() -> bytes:
    drawing = b"".join(b"%d %d m 500 %d l S\n" % (n % 400, n % 800, n % 800) for n in range(10**6))
    return _one_page(stream(zlib.compress(drawing), b"/Filter/FlateDecode"))


def pdf_flate_bomb() -> bytes:
    packed = zlib.compress(b" " * 300_000_000, 9)
    return _one_page(stream(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def pdf_object_stream_bomb() -> bytes:
    packed = zlib.compress(b"0 0 " * 50_000_000, 9)
    entries = b"/Type/ObjStm/N 50000000/First 200000000/Filter/FlateDecode/Extends 5 0 R"
    return _one_page(stream(b""), stream(packed, entries))


def pdf_pages_in_a_circle() -> bytes:
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>",
            b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 9>>",
        ]
    )


def pdf_references_in_a_circle() -> bytes:
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox 5 0 R/Contents 6 0 R>>",
            b"5 0 R",
            b"4 0 R",
            b"<</Length 6 0 R>>stream\nBT ET\nendstream",
        ]
    )


def pdf_form_that_draws_itself() -> bytes:
    form = stream(
        b"/F Do /F Do",
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>",
    )
    return _one_page(stream(b"/F Do"), form, resources=b"/XObject<</F 5 0 R>>")


def pdf_cross_references_in_a_circle() -> bytes:
    body = pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    start = body.index(b"xref\n")
    return body.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


# -- packages ------------------------------------------------------------------------------------


def packed(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(body: str) -> bytes:
    return packed(
        {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()}
    )


def docx_of_tables_in_tables() -> bytes:
    depth = 10_000
    return docx_of("<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth)


def docx_of_endless_spans() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    return docx_of(f"<w:tbl>{f'<w:tr>{cell * 9}</w:tr>' * 90}</w:tbl>")


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx_of(rows: str, strings: str = "", after: str = "") -> bytes:
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_KINDS}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_KINDS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_KINDS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}">{strings}</sst>',
    }
    return packed({name: text.encode() for name, text in members.items()})


def xlsx_with_two_far_corners() -> bytes:
    return xlsx_of(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def xlsx_of_a_million_rows() -> bytes:
    return xlsx_of(
        "".join(f'<row r="{n}"><c><v>1</v></c><c><v>2</v></c></row>' for n in range(1, 2**20 + 1))
    )


def xlsx_of_one_string_everywhere() -> bytes:
    cells = '<c t="s"><v>0</v></c>' * 200
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 400))
    return xlsx_of(rows, f"<si><t>{'x' * 1_000_000}</t></si>")


def xlsx_merged_over_all() -> bytes:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 1000
    return xlsx_of(
        '<row r="1"><c r="A1"><v>1</v></c></row>', "", f"<mergeCells>{merges}</mergeCells>"
    )


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_that_climbs() -> bytes:
    root = f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>../../../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    return packed({"OFD.xml": root.encode(), "../../../../tmp/climbed": b"x"})


def zip_of_a_million_entries() -> bytes:
    """Return a ZIP whose directory names one member a million times: few bytes an entry."""
    name, data = b"a.txt", b"x"
    sizes = (zlib.crc32(data), 1, 1, len(name), 0)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 0, *sizes) + name + data
    entries = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 0, *sizes, 0, 0, 0, 0, 0)
        + b"%05d" % (n % 100_000)
        for n in range(1_000_000)
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 65535, 65535, len(entries), len(local), 0)
    return local + entries + end


def zip_with_a_link_and_a_climber() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("年报.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("../../../../../tmp/climbed-out.txt", "爬出去的文件")
    return out.getvalue()


# -- pictures ------------------------------------------------------------------------------------


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of_50000() -> bytes:
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 20_000_000, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    )


def png_with_a_text_bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 200, 200, 8, 0, 0, 0, 0)
    text = b"k\0\0" + zlib.compress(b"x" * 300_000_000, 9)
    rows = zlib.compress(b"\0" * 201 * 200)
    chunks = ((b"IHDR", head), (b"zTXt", text), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def jpeg_of_65000() -> bytes:
    out = io.BytesIO()
    Image.new("L", (16, 16), 255).save(out, "JPEG")
    body = bytearray(out.getvalue())
    at = body.index(b"\xff\xc0")
    body[at + 5 : at + 9] = struct.pack(">HH", 65_000, 65_000)
    return bytes(body)


def gif_of_many_frames() -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 400, 400, 0x80, 0, 0) + b"\xff\xff\xff\0\0\0"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 400, 400, 0) + b"\2\2\x44\1\0"
    return head + frame * 100_000 + b"\x3b"


def tiff_of_50000() -> bytes:
    return _tiff((256, 50_000), (257, 50_000))


def tiff_whose_directory_leads_to_itself() -> bytes:
    return _tiff((256, 300), (257, 300), following=8)


def _tiff(*sizes: tuple[int, int], following: int = 0) -> bytes:
    tags = dict(
        [*sizes, (258, 8), (259, 1), (262, 1), (273, 200), (277, 1), (278, 300), (279, 90_000)]
    )
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    body = struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + struct.pack("<I", following)
    return body.ljust(200, b"\0") + b"\xff" * 90_000


# -- OLE and RTF ---------------------------------------------------------------------------------


def ole_in_a_circle(stream_name: str) -> bytes:
    """Return an OLE2 file whose sector chains lead back to themselves."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0, 1, 0, 1
    )
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 1, 2, *[3] * 125)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 1, 1, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, 2, 4096) + entry(stream_name, 2, 1, 2, 2**31 - 1) * 3
    return (head + fat + directory).ljust(512 * 8, b"\0")


def rtf_of_nested_groups() -> bytes:
    return b"{\\rtf1 " + b"{" * 300_000 + b"x" + b"}" * 300_000 + b"}"

"""Which kind of file these bytes are: content first, then the header, then the name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

from pipelines.documents.charset import wide_charset
from pipelines.documents.mime import is_mail, is_mime
from pipelines.vocabulary.items import RawFile

_HTML_TAG = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|tr|td|div|p|span"
    rb"|br|a|ul|font|center|section|article|h[1-6])\b",
    re.IGNORECASE,
)
_JSON = re.compile(rb"(?:[\w$.]{1,60}\s*\(\s*)?[{\[]")  # the bracket: JSONP
_TABLE_TAG = re.compile(rb"<t[dr]\b", re.IGNORECASE)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_BY_NAME = {
    "htm": "html", "html": "html", "shtml": "html", "jhtml": "html", "xhtml": "html",
    "txt": "text", "md": "text", "csv": "csv", "tsv": "csv",
    "pdf": "pdf", "doc": "doc", "wps": "doc", "docx": "docx", "xls": "xls", "et": "xls",
    "xlsx": "xlsx", "ofd": "ofd", "zip": "zip", "rar": "rar", "rtf": "rtf", "json": "json",
    "odt": "odt", "ods": "ods",
    "png": "image", "jpg": "image", "jpeg": "image", "gif": "image", "bmp": "image",
    "tif": "image", "tiff": "image", "webp": "image",
}  # fmt: skip
_BY_HEADER = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/json": "json",
}
_OPEN_DOCUMENT = (
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.text", "odt"),
)
# Stream names in an OLE2 directory are UTF-16: they tell Word from sheets without a parser.
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_SLIDES_STREAM = "PowerPoint Document".encode("utf-16-le")
_SHEET_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le") + b"\x00\x00")
_DIF = re.compile(rb"TABLE\r?\n0,1\r?\n")
_SHOWN = re.compile(rb"<!\[CDATA\[|<(?:html|body|table|td|div|p|br|span|li)\b", re.IGNORECASE)
"""What in XML is made to be seen; without it, it is data."""
_LEAD = 1024
"""Bytes that may stand before a file's mark: white space, a script's output."""
_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OFFICE_XML = (
    (b'"http://schemas.microsoft.com/office/word/2003/wordml"', "word_xml"),
    (b'"http://schemas.microsoft.com/office/2006/xmlPackage"', "word_xml"),
    (b'"urn:schemas-microsoft-com:office:spreadsheet"', "sheet_xml"),
)


def extension_of(raw: RawFile) -> str:
    """Return the lower-case file extension of the name or the address, ``""`` when there is none.

    >>> extension_of(RawFile(body=b"", url="http://a.gov.cn/downfile.jsp?filename=1f.PDF"))
    'pdf'
    """
    for name in (raw.filename, raw.url):
        for found in re.finditer(r"\.([A-Za-z]{2,5})(?=$|[?&#;\s\"'])", name or ""):
            if found[1].lower() in _BY_NAME:
                return found[1].lower()
    return ""


def without_lead(raw: RawFile) -> RawFile:
    """Return a file without the bytes before its mark, as ``%PDF`` may have some before it."""
    head = raw.body[: _LEAD + 8]
    places = [at for mark in _MARKS if (at := head.find(mark)) >= 0]
    at = min(places, default=0)
    if not at or head.startswith(tuple(mark for mark, _ in _MAGIC)) or b"%PDF-" in head:
        return raw
    return replace(raw, body=raw.body[at:])


def sniff(raw: RawFile) -> str:
    """Return the type of a file, one of the names in docs/architecture.md.

    The bytes decide where they can: a portal answers a file's address with an HTML error page
    and calls PDF ``application/octet-stream``. Header and name only tell text formats apart.
    """
    raw = without_lead(raw)
    body = raw.body
    head = body[:4096]
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (magic != b"BM" or b"\x00" in head[:32]):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(body)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(raw)
    # Last: an archive that stores a PDF unpacked shows its mark here too.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _text_kind(raw, head)


def _zip_kind(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = {info.filename.replace("\\", "/") for info in archive.infolist()[:2000]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # The directory stands at the end: a truncated office file still shows its first members.
        for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"OFD.xml", "ofd")):
            if mark in body[:65536]:
                return kind
        return "zip"
    if "xl/workbook.bin" in names:
        return "xlsb"  # calamine reads a part of its numbers
    if any(name.startswith("ppt/") for name in names):
        return "pptx"
    if "OFD.xml" in names:
        return "ofd"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        # The type is the first member and never compressed, so that it can be seen in the bytes.
        return next((kind for mark, kind in _OPEN_DOCUMENT if mark in body[:200]), "zip")
    return "zip"


def _ole_kind(raw: RawFile) -> str:
    if _WORD_STREAM in raw.body:
        return "doc"
    if _SLIDES_STREAM in raw.body:
        return "ppt"
    if any(stream in raw.body for stream in _SHEET_STREAMS):
        return "xls"
    # An encrypted OOXML file is OLE2 around one stream; the name says what is inside.
    named = _BY_NAME.get(extension_of(raw), "")
    return named if named in {"doc", "docx", "xls", "xlsx"} else "unknown"


def _text_kind(raw: RawFile, head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    elif b"\x00" in head and wide_charset(raw.body):
        head = head.replace(b"\x00", b"")
    header = _BY_HEADER.get((raw.content_type or "").split(";")[0].strip().lower(), "")
    named = _BY_NAME.get(extension_of(raw), "")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"\x00" in start[:1024]:
        return "unknown"
    if is_mail(head):
        return "mail"
    if is_mime(head):
        return "html"
    if start.startswith(b"ID;P"):
        return "sylk"
    if _DIF.match(start):
        return "dif"
    if start.startswith(b"<") and (office := _office_xml(start)):
        return office
    if start.startswith(b"<?xml") and not _SHOWN.search(raw.body[:1_000_000]):
        return "xml"
    if _JSON.match(start) and _looks_json(raw.body):
        return "json"
    tagged = _HTML_TAG.search(head) is not None
    if tagged and start[:1] == b"<":
        return "html"
    if len(_TABLE_TAG.findall(raw.body[:1_000_000])) >= 4:
        return "html"
    if header == "csv" or named in {"csv", "xls", "xlsx"}:
        return "csv"  # programs name it as the sheet it is for
    if header in {"html", "text"}:
        return "html" if header == "html" and (tagged or named != "text") else "text"
    if tagged and named not in {"text", "csv"}:
        return "html"
    if named in {"html", "text"}:
        return named
    return "text" if start or not raw.body else "unknown"


def _office_xml(start: bytes) -> str | None:
    """Return which office file is kept as one XML file, by its root's namespace."""
    if b"<html" in start.lower():
        return None
    return next((kind for name, kind in _OFFICE_XML if name in start), None)


def _looks_json(body: bytes) -> bool:
    end = body[-200:].rstrip(b" \t\r\n;)")
    return end[-1:] in (b"}", b"]") and b'"' in body[:4096]

"""OFD, archives and JSON answers."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import pytest

from benchmarks.makers.archives import rar_of, zip_of
from benchmarks.makers.ofd import Ofd
from crawler.demo.files import render_docx, render_pdf
from crawler.demo.prose import HEADINGS
from crawler.demo.reports import render_body, render_html, render_text
from crawler.demo.tables import tables_of
from pipelines.documents import reader, unpack
from pipelines.documents.blocks import Document, TextBlock
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import expected_grids, grids, placed, read, some_report

# -- OFD -------------------------------------------------------------------------------------

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_report(report) -> bytes:
    ofd = Ofd()
    ofd.text(40, 10, report.title, 5.0)
    y = 25.0
    for heading, table in zip(HEADINGS[1:4], tables_of(report), strict=True):
        if y + 8 * len(table.rows) > 280:
            ofd.pages.append([])
            y = 20.0
        ofd.text(20, y, heading)
        y += 8
        width = 170.0 / table.width
        for r, c, cell in table.placed():
            x, top = 20 + c * width, y + r * 8
            right, bottom = x + cell.colspan * width, top + cell.rowspan * 8
            for ends in (
                (x, top, right, top),
                (x, bottom, right, bottom),
                (x, top, x, bottom),
                (right, top, right, bottom),
            ):
                ofd.line(*ends)
            for i in range(0, len(cell.text), 11):
                ofd.text(x + 0.5, top + 0.5 + i / 11 * 1.4, cell.text[i : i + 11], 1.0)
        y += 8 * len(table.rows) + 8
    return ofd.bytes()


def test_an_ofd_report_gives_its_tables_and_headings():
    report = some_report()
    document = read(ofd_report(report), None)
    assert document.carrier == "ofd"
    assert document.title == report.title
    assert [placed(grid) for grid in grids(document)] == expected_grids(report)
    assert {g.kind for g in grids(document)} == {"ofd_table"}
    assert all(heading in document.text for heading in HEADINGS[1:4])


def test_an_ofd_without_text_or_without_its_parts_is_refused_by_code():
    drawing = Ofd()
    drawing.line(10, 10, 50, 10)
    cut = io.BytesIO()
    with zipfile.ZipFile(cut, "w") as archive:
        archive.writestr(
            "OFD.xml", f"<ofd:OFD {NS}><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>"
        )
    for body, code in ((drawing.bytes(), "document/empty"), (cut.getvalue(), "document/malformed")):
        with pytest.raises(DocumentError) as caught:
            read(body, None)
        assert caught.value.code == code


# -- archives --------------------------------------------------------------------------------


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def _split(body: bytes) -> list[bytes]:
    marks = sorted(
        i
        for sig in (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06")
        for i in range(len(body))
        if body.startswith(sig, i)
    )
    return [body[a:b] for a, b in zip(marks, [*marks[1:], len(body)], strict=True)]


def _without_flag(part: bytes) -> bytes:
    at = {b"PK\x03\x04": 7, b"PK\x01\x02": 9}.get(part[:4])
    return part if at is None else part[:at] + bytes([part[at] & ~0x08]) + part[at + 1 :]


def test_an_archive_of_one_report_is_that_report():
    report = some_report()
    document = read(packed({"__MACOSX/._a": b"x", "年报.docx": render_docx(report)}), None)
    assert document.carrier == "docx"
    assert document.parts == ()
    assert document.name == "年报.docx"
    assert len(grids(document)) == 3


def test_an_archive_of_several_gives_each_and_says_which_could_not_be_read():
    one, two = some_report(3), some_report(4)
    body = packed(
        {
            "说明.txt": "见各文件。".encode(),
            "a/甲.pdf": render_pdf(one),
            "乙.html": render_html(two).encode(),
            "坏.pdf": b"%PDF-1.4 x",
        }
    )
    document = read(body, None)
    assert [part.name for part in document.parts] == ["说明.txt", "a/甲.pdf", "乙.html"]
    assert [len(grids(part)) for part in document.parts] == [0, 3, 3]
    assert len(grids(document)) == 3
    assert [line.split(":")[0] for line in document.unread] == ["坏.pdf"]
    assert "document/malformed" in document.unread[0]


def test_names_in_gbk_are_read():
    body = packed({"县年报.txt": "文".encode()})
    assert [m.filename for m in unpack(RawFile(body=body))] == ["县年报.txt"]
    old = io.BytesIO()
    with zipfile.ZipFile(old, "w") as archive:
        archive.writestr("年报.txt".encode("gbk").decode("cp437"), "文")
    flagged = b"".join(_without_flag(part) for part in _split(old.getvalue()))
    flagged = flagged.replace("年报".encode("gbk").decode("cp437").encode(), "年报".encode("gbk"))
    names = [m.filename for m in unpack(RawFile(body=_fixed(flagged)))]
    assert names == ["年报.txt"]


def _fixed(body: bytes) -> bytes:
    """Set the name lengths and offsets of a one-member zip right after its name was shortened."""
    parts = _split(body)
    local, central, end = parts
    name = "年报.txt".encode("gbk")
    data = local[30 + local[30:].index(name) + len(name) :]
    local = local[:26] + struct.pack("<HH", len(name), 0) + name + data
    central = central[:28] + struct.pack("<HHH", len(name), 0, 0) + central[34:46] + name
    end = end[:12] + struct.pack("<II", len(central), len(local)) + end[20:]
    return local + central + end


def test_a_rar_archive_is_read_like_a_zip():
    pytest.importorskip("rarfile")
    report = some_report()
    document = read(rar_of({"年报.html": render_html(report).encode()}), None)
    assert document.name == "年报.html"
    assert len(grids(document)) == 3


def many() -> bytes:
    return packed({f"{i}.txt": b"x" for i in range(400)})


def deep() -> bytes:
    body = packed({"a.txt": b"x"})
    for _ in range(4):
        body = packed({"a.zip": body})
    return body


def zip_bomb() -> bytes:
    return packed({"a.txt": b"0" * 80_000_000})


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (many, "document/too-large"),
        (deep, "document/too-large"),
        (zip_bomb, "document/too-large"),
        (lambda: packed({}), "document/empty"),
        (lambda: packed({"a.bin": b"\x00\x01" * 50}), "document/unsupported"),
        (lambda: b"PK\x03\x04" + b"x" * 500, "document/malformed"),
        (lambda: rar_of({"a.txt": b"x" * 500})[:200], "document/malformed"),
    ],
)
def test_archives_that_must_not_be_opened_are_refused_by_code(make, code):
    with pytest.raises(DocumentError) as caught:
        read(make(), None)
    assert caught.value.code == code


# -- HTML for a file, JSON -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "header"), [("年报.pdf", "text/html"), ("年报.doc", None), (None, "application/pdf")]
)
def test_an_error_page_in_place_of_a_file_is_named_as_that(name, header):
    page = "<html><head><title>出错了</title></head><body><p>您访问的文件不存在</p></body></html>"
    with pytest.raises(DocumentError) as caught:
        read(page, header, filename=name, url="https://a.gov.cn/x")
    assert caught.value.code == "document/html-for-file"
    assert "不存在" in caught.value.evidence


@pytest.mark.parametrize("wrap", ["{}", "callback({});", "[{}]"])
def test_a_json_answer_gives_the_article_in_it(wrap):
    report = some_report()
    answer = {
        "code": 0,
        "data": {
            "InfoTitle": report.title,
            "infoGuid": "x1",
            "content": render_body(report),
            "summary": "短",
        },
    }
    document = read(wrap.replace("{}", json.dumps(answer, ensure_ascii=False)), "application/json")
    assert document.carrier == "json_api"
    assert document.title == report.title
    assert document.metadata["infoguid"] == "x1"
    assert [placed(g) for g in grids(document)] == expected_grids(report)


def test_a_json_answer_with_plain_text_is_text():
    text = render_text(some_report())
    document = read(json.dumps({"body": text}), "application/json")
    assert document.carrier == "json_api"
    assert all(isinstance(b, TextBlock) for b in document.blocks)


def test_json_without_an_article_or_broken_is_refused_by_code():
    for body, code in (
        ('{"code": 1, "msg": "无"}', "document/empty"),
        ('{"a": ["b"}', "document/malformed"),
    ):
        with pytest.raises(DocumentError) as caught:
            read(body, "application/json")
        assert caught.value.code == code


def test_the_pictures_of_an_archive_are_the_pages_of_one_report(monkeypatch):
    asked = []

    def recognised(bodies):
        asked.append([body[-1:] for body in bodies])
        return Document(carrier="image", blocks=(TextBlock(text="一"),), unread=("picture 2",))

    monkeypatch.setattr(reader, "read_pictures", recognised)
    png = b"\x89PNG\r\n\x1a\n"
    pages = {"10.png": png + b"c", "2.png": png + b"b", "1.png": png + b"a", "b/1.png": png + b"d"}
    document = read(zip_of({**pages, "a.txt": "说明".encode() * 20}), None)
    assert asked == [[b"a", b"b", b"c"], [b"d"]]
    assert len(document.parts) == 3
    assert document.unread == ("picture 2",)

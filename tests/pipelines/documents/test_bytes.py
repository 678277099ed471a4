"""From bytes to text and to the right reader; plain text files."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from crawler.demo.reports import render_html, render_text
from pipelines.documents import decode, read_document, sniff
from pipelines.documents.charset import wide_charset
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import read, some_report

SENTENCE = "青榆县人民政府办公室二〇二三年度政府信息公开工作年度报告，镕、喆、堃、㛃等字在内。"


@pytest.mark.parametrize(
    "header",
    [None, "text/html; charset=utf-8", 'text/html; charset="GBK"', "text/html;charset=nonsense"],
)
@pytest.mark.parametrize(
    "meta",
    [
        "",
        '<meta charset="utf-8">',
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_bytes_decide_over_labels(header, meta, charset):
    text = f"<html><head>{meta}</head><body>{SENTENCE * 3}</body></html>"
    assert decode(text.encode(charset), header) == (text, charset)


def test_big5_is_told_by_its_bytes():
    text = "<html><body>" + "臺灣政府資訊公開年度報告內容，各機關應主動公開資訊並受理申請案件。" * 6
    assert decode(text.encode("big5"), None)[0] == text


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_wins_and_is_not_text(bom):
    assert decode(SENTENCE.encode(bom), "text/plain; charset=gbk")[0] == SENTENCE


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_one_bad_byte_or_a_cut_end_does_not_cost_the_text(charset):
    body = (SENTENCE * 4).encode(charset)
    assert SENTENCE in decode(body[:-1], None)[0]
    half = len(SENTENCE.encode(charset)) * 2
    damaged, used = decode(body[:half] + b"\xff" + body[half:], None)
    assert used == charset
    assert damaged.count(SENTENCE) >= 3


def test_noise_is_not_text():
    with pytest.raises(DocumentError) as caught:
        decode(random.Random(7).randbytes(5000), None)
    assert caught.value.code == "document/undecodable"


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("body", "header", "name", "kind"),
    [
        (b"\r\n%PDF-1.4 ...", "text/html", "a.html", "pdf"),
        (_zip("word/document.xml"), "application/octet-stream", None, "docx"),
        (_zip("xl/workbook.xml"), None, "a.docx", "xlsx"),
        (_zip("OFD.xml"), None, None, "ofd"),
        (_zip("a.pdf", "b.pdf"), None, None, "zip"),
        (_zip("word/document.xml")[:-30], None, None, "docx"),
        (OLE + "WordDocument".encode("utf-16-le"), None, "a.wps", "doc"),
        (OLE + "Workbook".encode("utf-16-le"), None, "a.doc", "xls"),
        (OLE, None, "a.doc", "doc"),
        (OLE, None, None, "unknown"),
        (b"{\\rtf1\\ansi}", None, "a.doc", "rtf"),
        (b"Rar!\x1a\x07\x01\x00", None, None, "rar"),
        (b"\x89PNG\r\n\x1a\n0000", "text/html", None, "image"),
        (b'{"title": "x"}', "text/html", None, "json"),
        ("<html>错误</html>".encode(), "application/pdf", "a.pdf", "html"),
        ("<p>文</p>".encode("gb18030"), None, None, "html"),
        ("一、总体情况\n二、".encode(), "text/plain", "a.txt", "text"),
        ("一、总体情况\n二、".encode(), None, None, "text"),
        ("说明 <b>粗</b>".encode(), "text/plain", "a.txt", "text"),
        (
            "# 报告\n<table><tr><td>a</td><td>1</td></tr><tr><td>b</td></tr></table>".encode(),
            None,
            "a.md",
            "html",
        ),
        (b"\x00\x01\x02\x03" * 30, None, None, "unknown"),
    ],
)
def test_the_type_is_told_by_content_then_header_then_name(body, header, name, kind):
    assert sniff(RawFile(body=body, content_type=header, filename=name)) == kind


@pytest.mark.parametrize("body", [b"", b"  \r\n", b"\xef\xbb\xbf"])
def test_no_bytes_are_no_document(body):
    with pytest.raises(DocumentError) as caught:
        read_document(RawFile(body=body))
    assert caught.value.code == "document/empty"


def test_a_file_no_reader_knows_is_refused_by_code():
    with pytest.raises(DocumentError) as caught:
        read_document(RawFile(body=b"\x00\x01\x02\x03" * 30))
    assert caught.value.code == "document/unsupported"


def test_a_text_file_keeps_lines_tabs_and_pipes():
    text = render_text(some_report(), "pipes")
    document = read(text, "text/plain", filename="a.txt")
    assert document.carrier == "text"
    assert document.title == some_report().title
    lines = document.text.split("\n")
    assert [line for line in text.split("\n") if line.startswith("|")] == [
        line for line in lines if line.startswith("|")
    ]
    tabbed = read(render_text(some_report(), "tab"), "text/plain").text
    assert sum(line.startswith("\t") for line in tabbed.split("\n")) > 30


def test_debris_of_text_exports_is_removed():
    noisy = (
        "[bookmark: _GoBack]一、总体\u200b情况\ufeff\n行政许可\t1\u00a02\n"
        + "|" * 500
        + "\n甲 | |||\n"
    )
    assert read(noisy, "text/plain").text == "一、总体情况\n行政许可\t1 2\n\n甲 | |||"


def test_head_lines_of_a_text_export_are_metadata():
    text = "标题: 青榆县2021年政府信息公开工作年度报告\n发布时间: 2022-02-08 16:34\n栏目: 政府信息公开年报\n====\n本报告……"
    document = read(text, "text/plain")
    assert document.title == "青榆县2021年政府信息公开工作年度报告"
    assert document.metadata["发布时间"] == "2022-02-08 16:34"


def test_a_report_page_that_came_under_a_files_name_is_still_read():
    document = read(render_html(some_report()), "application/msword", filename="年报.doc")
    assert document.carrier == "html_table"


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_control_characters_go_whatever_the_charset(charset: str) -> None:
    coded = f"\x07{SENTENCE}\r\n甲\x0b乙\x7f\x00丙".encode(charset)
    assert decode(coded)[0] == f"{SENTENCE}\n甲乙丙"


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"<html><head><title>湖</title></head><body><p>{SENTENCE * 3}</p></body></html>", "html"),
        (f"{SENTENCE}\n" * 5, "text"),
        ("hello, lake\n" * 9, "text"),
    ],
)
def test_utf_16_without_a_mark_is_told_by_its_zeros(charset: str, text: str, kind: str) -> None:
    body = text.encode(charset)
    assert decode(body) == (text, charset)
    assert sniff(RawFile(body=body)) == kind


@pytest.mark.parametrize("body", [b"\x00\x01\x02\x03" * 30, b"ab\x00\x00" * 90, b"\x00"])
def test_bytes_with_zeros_are_not_utf_16_for_that(body: bytes) -> None:
    assert wide_charset(body) is None


@pytest.mark.parametrize("through", ["latin-1", "cp1252"])
@pytest.mark.parametrize("frame", ["{}", "<html><body><h1>湖区</h1><p>{}</p>é·</body></html>"])
def test_a_text_stored_twice_is_restored_and_says_so(through: str, frame: str) -> None:
    inside = "".join(
        chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([byte]).decode(through)
        for byte in (SENTENCE * 2).encode()
    )
    document = read(frame.format(inside), "text/html" if "<" in frame else "text/plain")
    assert SENTENCE * 2 in document.page_text
    assert [code for code, _ in document.noticed] == ["document/stored-twice"]
    assert "lost" not in document.noticed[0][1]


def test_what_was_lost_of_a_text_stored_twice_is_damage_and_too_much_of_it_no_text() -> None:
    twice = (SENTENCE * 4).encode().decode("latin-1")
    cut = twice[:40] + twice[41:]
    text, _ = decode(cut.encode())
    assert "\ufffd" in text
    assert SENTENCE in text
    with pytest.raises(DocumentError) as caught:
        decode(twice.replace("\u00a0", "").replace("\u0081", "").replace("\u0080", "?").encode())
    assert caught.value.code == "document/undecodable"
    assert "twice" in str(caught.value)


def test_letters_with_accents_are_letters() -> None:
    text = "Café à la crème, naïve façade; ÀÈÌ ŒŠŽ «été» – ½ × 3 ÷ 2 · " * 5 + SENTENCE
    assert decode(text.encode())[0] == text

"""Any bytes at all give a record or a coded refusal, and soon; no step of a reading fails."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.files import render_docx, render_pdf
from crawler.demo.reports import render_html, render_text
from pipelines.documents import sniff
from pipelines.read import read_report
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from tests.effort import at_most, examples
from tests.forms.test_any_document import CELLS
from tests.pipelines.documents.shapes import some_report
from tests.pipelines.documents.test_office import workbook
from tests.pipelines.documents.test_packages import ofd_report

RTF = r"{\rtf1\ansi\ansicpg936 " + "".join(rf"\u{ord(c)}?" for c in "政府信息公开") + r"\par 12}"
MAKERS: dict[str, Callable[[], bytes]] = {
    "html": lambda: render_html(some_report(), "word").encode(),
    "text": lambda: render_text(some_report(), "pipes").encode("gb18030"),
    "pdf": lambda: render_pdf(some_report()),
    "docx": lambda: render_docx(some_report()),
    "xlsx": lambda: workbook(some_report()),
    "ofd": lambda: ofd_report(some_report()),
    "json": lambda: json.dumps({"data": {"content": render_html(some_report())}}).encode(),
    "rtf": RTF.encode,
}


@functools.cache
def whole(kind: str) -> bytes:
    return MAKERS[kind]()


MAGIC = (
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!\x1a\x07\x00", b"{\\rtf1",
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"<!DOCTYPE html>", b"<?xml version='1.0'?>", b'{"a":',
    b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b\x08",
)  # fmt: skip
NAMES = st.sampled_from(["", "a.html", "a.pdf", "a.doc", "a.wps", "a.xls", "a.ofd", "a.zip", "a.rar", "a.txt", "a.json", "a.jpg"])  # fmt: skip


def sound(body: bytes, name: str = "") -> None:
    with at_most(cpu_seconds=20):
        try:
            report = read_report(RawFile(body=body, filename=name))
        except DocumentError as error:
            if error.code == "document/crashed":
                raise
        else:
            assert report.is_report or report.reasons
            assert [p for p in report.problems if p.code == "report/stage-failed"] == []
            json.dumps(report.to_json())


@settings(max_examples=examples(120), derandomize=True)
@given(st.sampled_from(MAGIC), st.binary(max_size=300), NAMES)
def test_bytes_behind_the_signature_of_any_carrier(magic, rest, name):
    sound(magic + rest, name)


def test_each_carrier_is_told_from_its_whole_file():
    assert {sniff(RawFile(body=whole(kind))) for kind in MAKERS} >= {"html", "pdf", "docx", "xlsx"}


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=examples(12), derandomize=True)
@given(data=st.data())
def test_a_file_of_any_carrier_with_bytes_lost_changed_or_doubled(kind, data):
    body = bytearray(whole(kind))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(0, len(body) - 1)))
        size = data.draw(st.integers(1, 400))
        how = data.draw(st.sampled_from(["lost", "noise", "again", "cut"]))
        if how == "lost":
            del body[at : at + size]
        elif how == "noise":
            body[at : at + 8] = data.draw(st.binary(min_size=1, max_size=8))
        elif how == "again":
            body[at:at] = body[at : at + size]
        else:
            del body[-size:]
    sound(bytes(body), f"a.{kind}")


SPANS = st.sampled_from(["", ' rowspan="0"', ' rowspan="3"', " colspan=2", ' colspan="99999999"', ' rowspan="-1"', ' style="display:none"', ' style="vertical-align:super"', ' style="text-decoration:line-through"', " hidden"])  # fmt: skip
INLINE = st.tuples(st.sampled_from(["span", "sup", "sub", "del", "font", "p", "b", "a", "o:p"]), SPANS, CELLS).map(lambda t: f"<{t[0]}{t[1]}>{escape(t[2])}</{t[0]}>")  # fmt: skip
CELL = st.tuples(st.sampled_from(["td", "th"]), SPANS, st.lists(CELLS.map(escape) | INLINE, max_size=3)).map(lambda t: f"<{t[0]}{t[1]}>{''.join(t[2])}</{t[0]}>")  # fmt: skip
ROW = st.tuples(SPANS, st.lists(CELL, max_size=10)).map(lambda t: f"<tr{t[0]}>{''.join(t[1])}</tr>")
LOOSE = st.sampled_from(["</table>", "<table>", "<tbody>", "</tr>", "<td>", "<!--", "-->", "<!--[if mso]>", "<style>.a{display:none}</style>", "<script>1", "</div>", "<div class=a>", "<br>", "&nbsp;", "&#8238;", "<h2>三、收到和处理政府信息公开申请情况</h2>", "<title>某县2022年政府信息公开工作年度报告</title>"])  # fmt: skip
PAGE = st.lists(ROW | ROW | LOOSE | CELLS.map(escape), min_size=1, max_size=25)


@settings(max_examples=examples(150), derandomize=True)
@given(PAGE)
def test_pages_of_any_structure(parts):
    sound(("<html><body><table>" + "".join(parts) + "</table></body></html>").encode())

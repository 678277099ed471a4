"""Word files in forms that Word opens: strict, put together of others, with ruby and equations."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from benchmarks.makers.sheets import one_sheet
from crawler.demo.files import render_docx
from crawler.demo.reports import render_html
from pipelines.read import read_report
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import (
    expected_grids,
    grids,
    placed,
    read,
    rows_of,
    some_report,
)
from tests.pipelines.documents.test_office import p, table, tc, word

_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="c1" Type="aFChunk" Target="{}"/></Relationships>'
)
_CHUNK = (
    '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:id="c1"/>'
)


def _strict(body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for part in (b"wordprocessingml", b"drawingml", b"officeDocument"):
                text = text.replace(
                    b"http://schemas.openxmlformats.org/" + part + b"/2006",
                    b"http://purl.oclc.org/ooxml/" + part,
                )
            new.writestr(name, text)
    return out.getvalue()


def test_a_strict_word_file_is_the_same_report() -> None:
    report = some_report()
    document = read(_strict(render_docx(report)), None)
    assert [placed(grid) for grid in grids(document)] == expected_grids(report)


@pytest.mark.parametrize("target", ["/word/inner.htm", "inner.htm", "/word/inner.docx"])
def test_what_a_word_file_takes_in_on_opening_is_read_in_its_place(target: str) -> None:
    report = some_report()
    inner = render_docx(report) if target.endswith("docx") else render_html(report).encode()
    name = target.rpartition("/")[2]
    raw = word(
        p("湖畔") + _CHUNK + p("岸边"),
        **{"_rels/document.xml.rels": _LINKS.format(target), name: inner},
    )
    document = read(raw, None)
    assert [placed(grid) for grid in grids(document)] == expected_grids(report)
    lines = document.text.split("\n")
    assert (lines[0], lines[-1]) == ("湖畔", "岸边")


def test_a_piece_that_cannot_be_read_is_named() -> None:
    rels = {"_rels/document.xml.rels": _LINKS.format("inner.bin")}
    document = read(word(p("湖畔") + _CHUNK, **rels, **{"inner.bin": b"\x00\x01\x02"}), None)
    assert document.unread[0].startswith("word/inner.bin: document/unsupported")
    with pytest.raises(DocumentError, match=r"inner\.bin"):
        read(word(_CHUNK, **rels, **{"inner.bin": b"\x00\x01\x02"}), None)


def test_a_workbook_in_the_place_of_a_table_is_read() -> None:
    report = some_report()
    rels = {"_rels/document.xml.rels": _LINKS.format("embeddings/sheet1.xlsx")}
    document = read(word(p("湖畔"), **rels, **{"embeddings/sheet1.xlsx": one_sheet(report)}), None)
    assert len(grids(document)) >= 3
    rels = {"_rels/document.xml.rels": _LINKS.format("embeddings/object1.bin")}
    document = read(word(p("湖畔"), **rels, **{"embeddings/object1.bin": b"\x00\x01"}), None)
    assert document.unread[0].startswith("word/embeddings/object1.bin: document/unsupported")


def test_how_a_sign_is_spoken_is_no_part_of_the_figure() -> None:
    ruby = (
        "<w:p><w:r><w:t>1</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>3</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>2</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert read(word(ruby), None).text == "12"


def test_a_figure_set_as_an_equation_is_read_a_power_is_doubted() -> None:
    names = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    plain = f"<m:oMath {names}><m:r><m:t>1204</m:t></m:r></m:oMath>"
    power = (
        f"<m:oMath {names}><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    cells = "".join(f"<w:tc><w:tcPr/><w:p>{cell}</w:p></w:tc>" for cell in (plain, power))
    rows = rows_of(
        grids(read(word(table(tc("青石湖") + cells, tc("白沙湖") + tc("1") + tc("2"))), None))[0]
    )
    assert rows[0] == ["青石湖", "1204", "⟦102⟧"]


@pytest.mark.parametrize(
    "name", ["altchunk_whole.docx", "d1_altchunk_html.docx", "strict_ooxml.docx", "ruby.docx"]
)
def test_files_that_word_opens_are_read_whole(shared: Path, name: str) -> None:
    path = shared / "cases/files" / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    report = read_report(RawFile(body=path.read_bytes(), filename=name))
    assert len(report.values) == 200
    assert None not in report.values.values()
    assert not report.findings

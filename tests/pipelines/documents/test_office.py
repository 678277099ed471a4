"""Word files and sheets: merged cells, lists, what is not printed, files that must be refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
import xlsxwriter

from crawler.demo.files import render_docx
from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.tables import tables_of
from pipelines.documents import read_document
from pipelines.documents.blocks import TextBlock
from pipelines.documents.office.numbering import W
from pipelines.documents.office.soffice import convert, soffice_path
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import (
    bare,
    expected_grids,
    grids,
    placed,
    read,
    rows_of,
    some_report,
)

needs_soffice = pytest.mark.skipif(soffice_path() is None, reason="LibreOffice is not installed")


def word(body: str, **parts: str | bytes) -> bytes:
    """Return a Word file of the given body XML, ``w:`` bound; parts by member name."""
    out = io.BytesIO()
    head = f'<w:document xmlns:w="{W[1:-1]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}" if "." in name else f"word/{name}.xml", text)
    return out.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


@pytest.mark.parametrize("number", [0, 4])
def test_a_word_report_gives_its_tables_and_text(number):
    report = some_report(number)
    document = read(render_docx(report), None)
    assert document.carrier == "docx"
    assert document.title == report.title
    assert [placed(grid) for grid in grids(document)] == expected_grids(report)
    prose = prose_of(report)
    for text in (*prose.opening, *HEADINGS, *(t for part in prose.parts for t in part)):
        assert bare(text) in bare(document.text)


def test_merges_are_spans_and_a_row_may_begin_late():
    document = read(
        word(
            table(
                tc("组", '<w:vMerge w:val="restart"/>') + tc("一", '<w:gridSpan w:val="2"/>'),
                tc("", "<w:vMerge/>") + tc("1") + tc("2"),
                '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("3") + tc("4"),
            )
        ),
        None,
    )
    assert placed(grids(document)[0]) == {
        (0, 0): ("组", 2, 1),
        (0, 1): ("一", 1, 2),
        (1, 1): ("1", 1, 1),
        (1, 2): ("2", 1, 1),
        (2, 1): ("3", 1, 1),
        (2, 2): ("4", 1, 1),
    }


def test_a_continued_merge_without_a_start_keeps_its_own_text():
    document = read(word(table(tc("甲", "<w:vMerge/>") + tc("1"), tc("乙") + tc("2"))), None)
    assert rows_of(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]


NUMBERING = f"""<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:isLgl/><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def test_numbers_of_automatic_lists_are_printed_as_word_prints_them():
    def level(n: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="2"/></w:numPr>'

    body = p("总体情况", level(0)) + p("甲", level(1)) + p("乙", level(1)) + p("主动公开", level(0))
    document = read(word(body + p("丙", level(1)) + p("平文"), numbering=NUMBERING), None)
    assert document.text.split("\n") == [
        "一、总体情况",
        "1.1甲",
        "1.2乙",
        "二、主动公开",
        "2.1丙",
        "平文",
    ]


def test_deleted_hidden_and_struck_text_is_not_printed_and_raised_figures_stay_apart():
    row = (
        "<w:tc><w:p><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins><w:r><w:t>12</w:t></w:r></w:ins></w:p></w:tc>"
        f"<w:tc>{p('7', run='<w:vanish/>')}{p('8', run='<w:strike/>')}{p('5')}</w:tc>"
        '<w:tc><w:p><w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p></w:tc>'
    )
    document = read(word(table(tc("a") + tc("b") + tc("c"), row)), None)
    assert rows_of(grids(document)[0])[1] == ["12", "5", "3^1"]


def test_what_a_style_hides_or_raises_is_hidden_or_raised():
    styles = (
        f'<w:styles xmlns:w="{W[1:-1]}">'
        '<w:style w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="mine"><w:basedOn w:val="note"/></w:style>'
        '<w:style w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )

    def cell(*runs: tuple[str, str]) -> str:
        printed = "".join(f"<w:r><w:rPr>{q}</w:rPr><w:t>{t}</w:t></w:r>" for q, t in runs)
        return f"<w:tc><w:p>{printed}</w:p></w:tc>"

    row = (
        cell(("", "12"), ('<w:rStyle w:val="mine"/>', "1"))
        + cell(('<w:rStyle w:val="gone"/>', "7"), ("", "5"))
        + cell(('<w:rStyle w:val="gone"/><w:vanish w:val="0"/>', "7"), ("", "5"))
        + cell(("", "3"), ('<w:position w:val="8"/>', "2"))
    )
    heads = "".join(map(tc, "abcd"))
    document = read(word(table(heads, row), styles=styles), None)
    assert rows_of(grids(document)[0])[1] == ["12^1", "5", "75", "3^2"]


SHADED = '<w:style w:styleId="T1" w:type="table"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>'


@pytest.mark.parametrize(
    ("run", "paragraph", "cell", "printed"),
    [
        ("<w:vanish/>", "", "", "36"),
        ('<w:vanish w:val="0"/>', "", "", "365"),
        ('<w:sz w:val="1"/>', "", "", "36"),
        ('<w:sz w:val="3"/>', "", "", "36⟦5⟧"),
        ('<w:sz w:val="18"/>', "", "", "365"),
        ('<w:color w:val="FFFFFF"/>', "", "", "36"),
        ('<w:color w:val="FFFFFF"/>', "", '<w:shd w:val="clear" w:fill="1F4E79"/>', "365"),
        ('<w:color w:val="1F4E79"/>', "", '<w:shd w:val="clear" w:fill="1f4e79"/>', "36"),
        ('<w:color w:val="FFFFFF"/>', "", '<w:shd w:val="pct50" w:fill="auto"/>', "36⟦5⟧"),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', "", "", "365"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "", "", "36"),
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="000000"/>', "", "365"),
        ('<w:color w:val="auto"/>', "", "", "365"),
        ("", '<w:pStyle w:val="gone"/>', "", "36"),
        ('<w:vanish w:val="false"/>', '<w:pStyle w:val="gone"/>', "", "365"),
        ("", '<w:pStyle w:val="mine"/>', "", "36"),
        ("", '<w:spacing w:line="20" w:lineRule="exact"/>', "", "36"),
        ("", '<w:spacing w:line="60" w:lineRule="exact"/>', "", "36⟦5⟧"),
        ("", '<w:spacing w:line="20" w:lineRule="auto"/>', "", "365"),
    ],
)  # fmt: skip
def test_what_word_does_not_show_joins_no_figure(run, paragraph, cell, printed):
    styles = (
        f'<w:styles xmlns:w="{W[1:-1]}"><w:style w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="mine"><w:basedOn w:val="gone"/></w:style></w:styles>'
    )
    figure = f"<w:tc><w:tcPr>{cell}</w:tcPr>{p('36')}{p('5', paragraph, run)}</w:tc>"
    row = tc("青石") + figure
    document = read(word(table(tc("街镇") + tc("湖泊"), row), styles=styles), None)
    assert rows_of(grids(document)[0])[1][1].replace("\n", "").strip() == printed


def test_white_words_in_a_table_whose_style_shades_are_labels_and_white_figures_in_doubt():
    styles = f'<w:styles xmlns:w="{W[1:-1]}">{SHADED}</w:styles>'
    white = '<w:color w:val="FFFFFF"/>'
    cells = "".join(f"<w:tc>{p(text, run=white)}</w:tc>" for text in ("街道名称", "36"))
    body = table(cells, tc("青石") + tc("5")).replace(
        "<w:tbl>", '<w:tbl><w:tblPr><w:tblStyle w:val="T1"/></w:tblPr>'
    )
    document = read(word(body, styles=styles), None)
    assert rows_of(grids(document)[0])[0] == ["街道名称", "⟦36⟧"]


def test_hidden_rows_of_word_are_no_rows_and_rows_of_no_height_are_empty():
    def row(properties: str, *texts: str) -> str:
        return f"<w:trPr>{properties}</w:trPr>" + "".join(map(tc, texts))

    body = table(
        row("", "街镇", "湖泊"),
        row("<w:hidden/>", "旧", "9"),
        row('<w:trHeight w:val="10" w:hRule="exact"/>', "平", "8"),
        row('<w:trHeight w:val="10" w:hRule="atLeast"/>', "新", "4"),
    )
    assert rows_of(grids(read(word(body), None))[0]) == [["街镇", "湖泊"], ["", ""], ["新", "4"]]


def test_a_list_number_in_a_cell_does_not_join_its_figure():
    level = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    numbering = NUMBERING.replace('w:val="%1、"', 'w:val="%1."')
    row = tc("甲") + f"<w:tc>{p('12', level)}</w:tc>"
    document = read(word(table(tc("a") + tc("b"), row), numbering=numbering), None)
    assert rows_of(grids(document)[0])[1][1] == "一. | 12"


def test_a_text_box_in_a_cell_is_read_once_and_deleted_rows_and_cells_not_at_all():
    box = (
        "<w:tc><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
        + p("12")
        + "</w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        + p("12")
        + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p></w:tc>"
    )
    body = table(
        tc("a") + tc("b"),
        tc("甲") + tc("9", "<w:cellDel/>") + box,
        "<w:trPr><w:del/></w:trPr>" + tc("乙") + tc("5"),
    )
    assert rows_of(grids(read(word(body), None))[0]) == [["a", "b"], ["甲", "12"]]


def test_content_controls_text_boxes_and_drawing_copies_are_read_once():
    body = (
        f"<w:sdt><w:sdtContent>{p('题注')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
        + p("框内")
        + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>"
        + p("框内")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read(word(body), None).text == "题注\n框内"


def test_a_table_around_tables_and_paragraphs_is_layout():
    inner = table(tc("项") + tc("数"), tc("甲") + tc("1"))
    body = table(f"<w:tc>{p('一、总体情况')}{inner}{p('后文')}</w:tc>")
    document = read(word(body), None)
    assert [b.text if isinstance(b, TextBlock) else rows_of(b) for b in document.blocks] == [
        "一、总体情况",
        [["项", "数"], ["甲", "1"]],
        "后文",
    ]


def bomb(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 60_000_000)
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x"><w:body>&b;&c;</w:body></w:document>'
)


def with_entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", ENTITIES)
    return out.getvalue()


def locked_zip() -> bytes:
    """Return a Word file whose members are flagged as encrypted."""
    body = bytearray(word(p("密")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        while at >= 0:
            body[at + offset] |= 1
            at = body.find(mark, at + 4)
    return bytes(body)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def locked_doc() -> bytes:
    fib = bytearray(b"\xec\xa5" + b"\x00" * 510)
    fib[11] |= 1
    return OLE + bytes(fib) + "WordDocument".encode("utf-16-le")


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (lambda: bomb("word/document.xml"), "a.docx", "document/too-large"),
        (lambda: bomb("xl/sharedStrings.xml"), "a.xlsx", "document/too-large"),
        (with_entities, "a.docx", "document/malformed"),
        (locked_zip, "a.docx", "document/encrypted"),
        (locked_doc, "a.doc", "document/encrypted"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "document/encrypted"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "document/encrypted"),
        (lambda: render_docx(some_report())[:3000], "a.docx", "document/malformed"),
        (
            lambda: word("<w:p>").replace(b"PK\x01\x02", b"PK\x01\x03"),
            "a.docx",
            "document/malformed",
        ),
        (lambda: word(""), "a.docx", "document/empty"),
        (lambda: word(table(*[tc("1") * 400] * 300)), "a.docx", "document/too-large"),
        (lambda: word(table(tc("1") + tc("2")) * 500), "a.docx", "document/too-large"),
        (
            lambda: word("<w:tbl><w:tr><w:tc>" * 40 + p("x") + "</w:tc></w:tr></w:tbl>" * 40),
            "a.docx",
            "document/too-large",
        ),
    ],
    ids=range(13),
)
def test_a_file_that_cannot_or_must_not_be_read_is_refused_by_code(make, name, code):
    with pytest.raises(DocumentError) as caught:
        read(make(), None, filename=name)
    assert caught.value.code == code


# -- sheets ----------------------------------------------------------------------------------


def workbook(report) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("附表")
    sheet.merge_range(0, 0, 0, 9, report.title)
    row = 2
    for heading, drawn in zip(HEADINGS[1:4], tables_of(report), strict=True):
        sheet.write(row, 0, heading)
        row += 1
        for r, c, cell in drawn.placed():
            value: object = cell.text
            if cell.field and cell.text.replace(".", "").isdigit():
                value = float(cell.text)
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_range(
                    row + r, c, row + r + cell.rowspan - 1, c + cell.colspan - 1, value
                )
            else:
                sheet.write(row + r, c, value)
        row += len(drawn.rows) + 1
    book.close()
    return out.getvalue()


def test_a_sheet_gives_its_tables_apart_with_merged_cells():
    report = some_report()
    document = read(workbook(report), None, filename="附表.xlsx")
    assert document.carrier == "xls"
    assert document.title == report.title
    got = [{k: v for k, v in placed(g).items() if v[0]} for g in grids(document)]
    wanted = [{k: v for k, v in g.items() if v[0]} for g in expected_grids(report)]
    assert got == wanted
    assert [b.text for b in document.blocks if isinstance(b, TextBlock)][1:] == list(HEADINGS[1:4])


@needs_soffice
def test_an_old_sheet_reads_like_the_new_one():
    report = some_report()
    document = read(convert(workbook(report), "xlsx", "xls"), None, filename="附表.xls")
    got = [{k: v for k, v in placed(g).items() if v[0]} for g in grids(document)]
    assert got == [{k: v for k, v in g.items() if v[0]} for g in expected_grids(report)]


def test_a_broken_sheet_and_an_empty_one_are_refused_by_code():
    empty = io.BytesIO()
    xlsxwriter.Workbook(empty).close()
    for body, code in (
        (workbook(some_report())[:2000], "document/malformed"),
        (empty.getvalue(), "document/empty"),
        (OLE + "Workbook".encode("utf-16-le"), "document/malformed"),
    ):
        with pytest.raises(DocumentError) as caught:
            read(body, None, filename="a.xlsx")
        assert caught.value.code == code


# -- LibreOffice -----------------------------------------------------------------------------


@needs_soffice
@pytest.mark.parametrize(
    ("suffix", "name", "carrier"), [("doc", "a.wps", "wps"), ("rtf", "a.doc", "doc")]
)
def test_old_word_formats_give_the_same_tables(suffix, name, carrier):
    report = some_report()
    document = read(convert(render_docx(report), "docx", suffix), None, filename=name)
    assert document.carrier == carrier
    assert document.title == report.title
    got = [{k: v[0] for k, v in placed(g).items()} for g in grids(document)]
    assert got == [{k: v[0] for k, v in g.items()} for g in expected_grids(report)]


def test_without_libreoffice_the_evidence_says_how_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("SOFFICE_PATH", raising=False)
    with pytest.raises(DocumentError, match="apt-get install") as caught:
        read_document(RawFile(body=b"{\\rtf1 x}"))
    assert caught.value.code == "document/needs-tool"


def test_a_converter_that_hangs_is_ended_with_its_children(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("SOFFICE_PATH", str(program))
    with pytest.raises(DocumentError) as caught:
        convert(b"x", "doc", "docx", standstill=1.0)
    assert caught.value.code == "document/too-slow"
    child = int((tmp_path / "child").read_text())
    stat = Path(f"/proc/{child}/stat")
    try:
        with stat.open() as file:
            assert file.read().split(")")[1].split()[0] in "ZX"
    except FileNotFoundError:
        pass


def test_python_docx_files_with_styles_read_too():
    made = docx.Document()
    made.add_heading("一、总体情况", level=1)
    made.add_paragraph("正文一段。")
    out = io.BytesIO()
    made.save(out)
    assert read(out.getvalue(), None).text == "一、总体情况\n正文一段。"

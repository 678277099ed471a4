"""Reports kept as one file of XML, of lines, of a message, or packed once more."""

from __future__ import annotations

import base64
import csv
import gzip
import io
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

import pytest

from crawler.demo.reports import render_body, render_html
from crawler.demo.tables import Table, tables_of
from pipelines.documents import sniff
from pipelines.documents.blocks import TextBlock
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

OLD_WORD = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core">{}</w:wordDocument>'
)


def _p(text: str, properties: str = "", run: str = "") -> str:
    lines = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>{lines}</w:r></w:p>"


def _old_table(table: Table) -> str:
    """Return a table as Word 2003 writes it: merges of rows by marks in every cell."""
    cells = {(row, col): cell for row, col, cell in table.placed()}
    down = {
        (r, col): (cell, r == row)
        for (row, col), cell in cells.items()
        for r in range(row, row + cell.rowspan)
    }
    out: list[str] = []
    for row in range(max(r for r, _ in down) + 1):
        line = ""
        for (r, _), (cell, first) in sorted(down.items(), key=lambda item: item[0]):
            if r != row:
                continue
            merge = f"<w:vmerge{' w:val=' + chr(34) + 'restart' + chr(34) if first else ''}/>"
            line += (
                f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.colspan}"/>'
                f"{merge if cell.rowspan > 1 else ''}</w:tcPr>{_p(cell.text if first else '')}</w:tc>"
            )
        out.append(f"<w:tr>{line}</w:tr>")
    return f"<w:tbl>{''.join(out)}</w:tbl>"


def test_a_word_2003_file_is_read_as_any_word_file() -> None:
    report = some_report()
    body = _p(report.title) + "".join(_p("湖区") + _old_table(t) for t in tables_of(report))
    raw = OLD_WORD.format(f"<w:body><wx:sect>{body}</wx:sect></w:body>")
    document = read(raw, "application/msword", filename="年报.doc")
    assert document.carrier == "doc"
    assert document.title == report.title
    assert [placed(grid) for grid in grids(document)] == expected_grids(report)


def test_lists_changes_and_hidden_text_of_word_2003_are_as_printed() -> None:
    lists = (
        '<w:lists><w:listDef w:listDefId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:listDef><w:list w:ilfo="7"><w:ilst w:val="4"/></w:list></w:lists>'
    )
    level = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="7"/></w:listPr>'
    styles = '<w:styles><w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    body = (
        _p("湖泊", level)
        + _p("河流", level)
        + '<w:p><w:r><w:t>36</w:t></w:r><aml:annotation w:type="Word.Deletion"><aml:content><w:r>'
        "<w:delText>9</w:delText></w:r></aml:content></aml:annotation>"
        '<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>5</w:t></w:r></aml:content>'
        '</aml:annotation><w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>7</w:t></w:r></w:p>'
    )
    document = read(OLD_WORD.format(f"{lists}{styles}<w:body>{body}</w:body>"), None)
    assert document.text == "一、湖泊\n二、河流\n365"


def test_a_flat_package_is_the_word_file_it_was() -> None:
    inside = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    row = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    raw = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
        f'<w:document xmlns:w="{inside}"><w:body><w:tbl>{row.format("街镇", "湖泊")}{row.format("青石", 4)}'
        "</w:tbl></w:body></w:document></pkg:xmlData></pkg:part>"
        '<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>AAAA</pkg:binaryData></pkg:part></pkg:package>'
    )
    document = read(raw, "application/msword", filename="a.doc")
    assert document.carrier == "docx"
    assert rows_of(grids(document)[0]) == [["街镇", "湖泊"], ["青石", "4"]]


@pytest.mark.parametrize("name", ["a.doc", "a.xml", "a.xls", None])
@pytest.mark.parametrize(
    "raw",
    [
        OLD_WORD.format(""),
        '<!DOCTYPE a [<!ENTITY b "c">]>' + OLD_WORD.format("<w:body>&b;</w:body>"),
        OLD_WORD.format("<w:body><w:p>"),
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        '<a:Workbook xmlns:a="urn:schemas-microsoft-com:office:spreadsheet"><a:Worksheet><a:Table>'
        + '<a:Row><a:Cell a:MergeAcross="99999"/></a:Row>' * 5,
    ],
)
def test_broken_or_empty_office_xml_is_refused_by_code(raw: str, name: str | None) -> None:
    known = {"filename": name} if name else {}
    with pytest.raises(DocumentError) as caught:
        read(raw, None, **known)
    assert caught.value.code in {"document/empty", "document/malformed", "document/too-large"}


SHEET = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}'
    "</Workbook>"
)


def _sheet_table(table: Table) -> str:
    out = ""
    at: dict[int, str] = {}
    for row, col, cell in table.placed():
        kind = "Number" if cell.text.isdigit() else "String"
        spans = f' ss:MergeAcross="{cell.colspan - 1}"' if cell.colspan > 1 else ""
        spans += f' ss:MergeDown="{cell.rowspan - 1}"' if cell.rowspan > 1 else ""
        data = f'<Data ss:Type="{kind}">{escape(cell.text)}</Data>' if cell.text else ""
        at[row] = at.get(row, "") + f'<Cell ss:Index="{col + 1}"{spans}>{data}</Cell>'
    for row in range(max(at) + 1):
        out += f"<Row>{at.get(row, '')}</Row>"
    return f"<Table>{out}</Table>"


def test_sheets_of_excel_2003_in_xml_are_grids() -> None:
    report = some_report()
    sheets = "".join(
        f'<Worksheet ss:Name="表{n}">{_sheet_table(table)}</Worksheet>'
        for n, table in enumerate(tables_of(report))
    )
    document = read(SHEET.format(sheets), "application/vnd.ms-excel", filename="年报.xls")
    assert document.carrier == "xls"
    texts = [
        {spot: cell[0] for spot, cell in grid.items() if cell[0]}
        for grid in map(placed, grids(document))
    ]
    assert texts == [
        {spot: cell[0] for spot, cell in grid.items() if cell[0]} for grid in expected_grids(report)
    ]


def test_hidden_rows_columns_and_sheets_of_excel_2003_are_not_printed() -> None:
    def row(attributes: str, *texts: object) -> str:
        cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in texts)
        return f"<Row {attributes}>{cells}</Row>"

    table = (
        '<Table><Column/><Column ss:Hidden="1"/>'
        + row("", "街镇", "旧", "湖泊")
        + row('ss:Hidden="1"', "白石", 1, 2)
        + row("", "青石", 3, 4)
        + "</Table>"
    )
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    sheets = f"<Worksheet>{table}</Worksheet><Worksheet>{table}{hidden}</Worksheet>"
    assert [rows_of(g) for g in grids(read(SHEET.format(sheets), None))] == [
        [["街镇", "湖泊"], ["青石", "4"]]
    ]


def _lines(rows: Iterable[Iterable[object]], sign: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue()


ROWS = [["街镇", "湖泊\n数量", "面积, 亩"], ["青石", 4, "1,204"], ["白石", "", 0.5]]


@pytest.mark.parametrize(
    ("sign", "name", "header"),
    [
        (",", "a.csv", "text/plain"),
        ("\t", "a.tsv", None),
        (";", "a.csv", None),
        ("\t", "a.xls", "application/vnd.ms-excel"),
        (",", "a", "text/csv; charset=gbk"),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "utf-16"])
def test_fields_parted_by_a_sign_are_cells(sign: str, name: str, header: str, charset: str) -> None:
    text = "湖泊名录年度报告\n一、概况。全县共有湖泊。\n" + _lines(ROWS, sign) + "附：以上为全部\n"
    document = read(text.encode(charset), header, filename=name)
    assert document.carrier == "text"
    assert rows_of(grids(document)[0]) == [[str(cell) for cell in row] for row in ROWS]
    kinds = [type(block) is TextBlock for block in document.blocks]
    assert kinds == [True, False, True]
    assert document.text.split("\n")[0] == "湖泊名录年度报告"


def test_a_quotation_mark_that_is_never_closed_does_not_take_the_rest_in() -> None:
    text = '街镇,湖泊\n"青石,4\n' + "白石,5\n" * 20
    assert len(rows_of(grids(read(text, None, filename="a.csv"))[0])) == 22


def test_a_formula_around_a_code_is_not_printed() -> None:
    grid = grids(read('街镇,编号,数\n青石,"=""0012""",4\n', None, filename="a.csv"))[0]
    assert rows_of(grid)[1] == ["青石", "0012", "4"]


@pytest.mark.parametrize("name", ["年报.html", "年报.html.gz", "年报.doc", None])
def test_a_page_packed_once_more_is_the_page(name: str | None) -> None:
    known = {"filename": name} if name else {}
    packed = gzip.compress(render_html(some_report()).encode())
    document = read(packed, "text/html", **known)
    assert [placed(grid) for grid in grids(document)] == expected_grids(some_report())


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: gzip.compress(bytes(range(256)))[:-30], "document/malformed"),
        (lambda: gzip.compress(gzip.compress(b"x")), "document/unsupported"),
        (lambda: gzip.compress(b"\x00" * 80_000_000), "document/too-large"),
        (lambda: b"\x1f\x8b\x08" + b"\x07" * 90, "document/malformed"),
    ],
    ids=["cut", "packed twice", "bomb", "nonsense"],
)
def test_packed_nonsense_and_bombs_are_refused_by_code(
    make: Callable[[], bytes], code: str
) -> None:
    body = make()
    with pytest.raises(DocumentError) as caught:
        read(body)
    assert caught.value.code == code


def _message(*pages: str, kind: str = "multipart/related") -> bytes:
    parts = "".join(
        f"--x1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{base64.encodebytes(page.encode()).decode()}\r\n"
        for page in pages
    )
    return f'MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="x1"\r\n\r\n{parts}--x1--\r\n'.encode()


@pytest.mark.parametrize("kind", ["multipart/related", "multipart/mixed"])
def test_of_a_message_of_many_pages_those_with_tables_are_the_report(kind: str) -> None:
    report = some_report()
    whole = render_body(report)
    cut = whole.index("</table>") + len("</table>")
    pages = ("<p>目录</p>", whole[:cut], whole[cut:])
    document = read(_message(*pages, kind=kind), "application/vnd.ms-excel", filename="年报.xls")
    assert [placed(grid) for grid in grids(document)] == expected_grids(report)
    assert "目录" not in bare(document.text)


def test_a_message_around_one_page_is_the_page() -> None:
    page = render_html(some_report()).encode()
    raw = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    assert sniff(RawFile(body=raw)) == "html"
    assert [placed(grid) for grid in grids(read(raw, None))] == expected_grids(some_report())

"""Workbooks: what is hidden in them, formulas nobody calculated, forms of them nobody reads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.documents.blocks import Document
from pipelines.documents.office.soffice import convert, soffice_path
from pipelines.documents.sheet_rows import NEVER_CALCULATED
from pipelines.read import read_report
from pipelines.reading.normal import read_number
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import grids, read, rows_of

needs_soffice = pytest.mark.skipif(soffice_path() is None, reason="LibreOffice is not installed")
ROWS = [["湖泊名称", "面积", "深度"], ["青石湖", 1204, 37], ["白沙湖", 89, 6], ["合计", 1293, 43]]
SHOWN = [[str(value) for value in row] for row in ROWS]


def _book(change: Callable[[xlsxwriter.Workbook, list], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheets = [book.add_worksheet(name) for name in ("上年", "今年")]
        for sheet, add in zip(sheets, (7, 0), strict=True):
            for r, row in enumerate(ROWS):
                for c, value in enumerate(row):
                    sheet.write(r, c, value if isinstance(value, str) else value + add)
        change(book, sheets)
    return out.getvalue()


def _hide_sheet(book: xlsxwriter.Workbook, sheets: list) -> None:
    sheets[1].activate()
    sheets[0].hide()


def _hide_very(book: xlsxwriter.Workbook, sheets: list) -> None:
    sheets[1].activate()
    sheets[0].very_hidden()


def _hide_lines(book: xlsxwriter.Workbook, sheets: list) -> None:
    _hide_sheet(book, sheets)
    sheets[1].set_row(2, None, None, {"hidden": True})
    sheets[1].set_column(1, 1, None, None, {"hidden": True})


def _rows(document: Document) -> list[list[str]]:
    (grid,) = grids(document)
    return rows_of(grid)


@pytest.mark.parametrize("hide", [_hide_sheet, _hide_very])
def test_hidden_sheets_are_passed_over_and_said(hide: Callable[..., None]) -> None:
    document = read(_book(hide), None, filename="a.xlsx")
    assert _rows(document) == SHOWN
    assert document.passed_over == ("hidden sheet 上年",)


def test_hidden_rows_and_columns_are_passed_over_and_said() -> None:
    document = read(_book(_hide_lines), None, filename="a.xlsx")
    assert _rows(document) == [[row[0], row[2]] for n, row in enumerate(SHOWN) if n != 2]
    assert document.passed_over[1:] == ("sheet 今年: 1 hidden rows, 1 hidden columns",)


@needs_soffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_hidden_sheets_rows_and_columns_of_other_formats_likewise(kind: str) -> None:
    body = convert(_book(_hide_lines), "xlsx", kind)
    document = read(body, None, filename=f"a.{kind}")
    assert _rows(document) == [[row[0], row[2]] for n, row in enumerate(SHOWN) if n != 2]
    assert len(document.passed_over) == 2


def test_a_merged_range_loses_what_is_hidden_of_it() -> None:
    def merge(book: xlsxwriter.Workbook, sheets: list) -> None:
        _hide_lines(book, sheets)
        sheets[1].merge_range(0, 0, 0, 2, "各湖泊")

    (grid,) = grids(read(_book(merge), None, filename="a.xlsx"))
    assert [(c.text, c.col, c.colspan) for c in grid.cells if c.row == 0] == [("各湖泊", 0, 2)]


def test_formulas_nobody_calculated_are_no_zeros() -> None:
    def formulas(book: xlsxwriter.Workbook, sheets: list) -> None:
        _hide_sheet(book, sheets)
        sheets[1].write_formula(3, 1, "=B2+B3")  # stored as 0, to be calculated on opening
        sheets[1].write_formula(3, 2, "=C2+C3", None, 43)

    rows = _rows(read(_book(formulas), None, filename="a.xlsx"))
    assert rows[3] == ["合计", NEVER_CALCULATED, "43"]
    reading = read_number(NEVER_CALCULATED)
    assert (reading.kind, reading.value) == ("unreadable", None)


def _zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", _zipped("xl/workbook.bin", "xl/worksheets/sheet1.bin")),
        ("a.pptx", _zipped("ppt/presentation.xml")),
        ("a.slk", b"ID;PWXL;N;E\r\nC;Y1;X1;K12\r\n"),
        ("a.dif", b'TABLE\r\n0,1\r\n"a"\r\nVECTORS\r\n0,2\r\n""\r\n'),
        ("a.xml", '<?xml version="1.0"?><lakes><lake area="12">青石湖</lake></lakes>'.encode()),
        ("a.eml", b"From: a@b.cn\r\nTo: c@d.cn\r\nContent-Type: text/plain\r\n\r\n12\r\n"),
        (
            "a.eml",
            b"Received: from x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n",
        ),
    ],
)
def test_what_nobody_reads_is_refused_by_its_code(name: str, body: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read(body, None, filename=name)
    assert caught.value.code == "document/unsupported"


def test_bytes_before_a_files_mark_are_passed_over() -> None:
    body = b"\r\n<!-- served -->\r\n" + _book(_hide_sheet)
    assert _rows(read(body, "application/octet-stream", filename="a")) == SHOWN


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("hidden_sheet_first.xlsx", 2021),
        ("hidden_sheet_first.xls", 2024),
        ("hidden_sheet_after.xlsx", 2022),
    ],
)
def test_last_years_hidden_sheet_is_not_the_report(shared: Path, name: str, year: int) -> None:
    path = shared / "cases/files" / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    report = read_report(RawFile(body=path.read_bytes(), filename=name))
    assert report.report_year == year
    assert None not in report.values.values()
    assert [finding.rule for finding in report.findings] == ["RM-HIDDEN"]


def test_totals_nobody_calculated_are_null_and_say_so(shared: Path) -> None:
    path = shared / "cases/files/formulas_stored_zero.xlsx"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    report = read_report(RawFile(body=path.read_bytes(), filename=path.name))
    assert {note.reason for note in report.cells.values()} == {
        "a formula whose result is not in the file"
    }
    assert sum(value is None for value in report.values.values()) == len(report.cells) == 25

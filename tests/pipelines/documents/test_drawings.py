"""PDF: drawn shapes that are no rulings, rulings drawn in other ways, text turned or unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4

from benchmarks.makers.samples import missing
from crawler.demo.files import render_pdf
from pipelines.documents import read_document
from pipelines.documents.blocks import Document
from pipelines.documents.paged.page import Glyph, PageContent, glyph
from pipelines.documents.paged.places import in_place
from pipelines.documents.paged.unreadable import is_unreadable
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
from tests.pipelines.documents.test_pdf import Sheets

ROWS = [["湖泊名称", "面积", "深度"], ["青石湖", "1204", "37"], ["白沙湖", "89", "6"]]
HIGH = A4[1]


def _text_of_rows(sheets: Sheets, wide: float = 60, high: float = 20) -> None:
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            sheets.text(50 + wide * c + 3, 100 + high * r + 4, text)


def _rows(document: Document) -> list[list[str]]:
    (grid,) = grids(document)
    return rows_of(grid)


def _seal(page: object) -> None:
    path = page.beginPath()
    path.moveTo(100, 300)
    path.lineTo(140, 380)
    path.lineTo(180, 300)
    path.close()
    path.curveTo(60, 60, 70, 80, 90, 90)
    page.drawPath(path, stroke=1, fill=0)
    page.circle(200, 500, 60)
    page.roundRect(60, 660, 40, 20, 6)
    page.line(50, HIGH - 100, 110, HIGH - 120)  # a header cell cut by a slanted line
    page.ellipse(300, 300, 380, 340)


def test_seals_icons_and_slanted_lines_cost_no_table() -> None:
    sheets = Sheets()
    sheets.table(50, 100, ROWS)
    _seal(sheets.page)
    assert _rows(read(sheets.bytes(), None)) == ROWS


def _cell_boxes(gap: float) -> Iterator[tuple[float, float, float, float]]:
    for r in range(3):
        for c in range(3):
            x, y = 50 + 60 * c + gap / 2, HIGH - 100 - 20 * (r + 1) + gap / 2
            yield x, y, 60 - gap, 20 - gap


@pytest.mark.parametrize("gap", [1.5, 3, 5, 9])
def test_cells_in_frames_of_their_own_are_one_table(gap: float) -> None:
    sheets = Sheets()
    for box in _cell_boxes(gap):
        sheets.page.rect(*box)
    sheets.page.rect(50 - gap, HIGH - 160 - gap, 180 + 2 * gap, 60 + 2 * gap)
    _text_of_rows(sheets)
    assert _rows(read(sheets.bytes(), None)) == ROWS


def test_cells_with_rounded_corners_are_cells() -> None:
    sheets = Sheets()
    for box in _cell_boxes(3):
        sheets.page.roundRect(*box, 4)
    _text_of_rows(sheets)
    assert _rows(read(sheets.bytes(), None)) == ROWS


def _lines() -> Iterator[tuple[float, float, float, float]]:
    for i in range(4):
        yield 50, HIGH - 100 - 20 * i, 230, HIGH - 100 - 20 * i
        yield 50 + 60 * i, HIGH - 160, 50 + 60 * i, HIGH - 100


def _steps(line: tuple[float, float, float, float], step: float) -> Iterator[tuple[float, float]]:
    x0, y0, x1, y1 = line
    count = round(max(x1 - x0, y1 - y0) / step)
    for i in range(count):
        yield x0 + (x1 - x0) * i / count, y0 + (y1 - y0) * i / count


def _dashes(page: object) -> None:
    for line in _lines():
        across = line[1] == line[3]
        for x, y in _steps(line, 10):
            page.rect(x, y, 5 if across else 0.7, 0.7 if across else 5, stroke=0, fill=1)


def _dots(page: object) -> None:
    for line in _lines():
        for x, y in _steps(line, 6):
            page.circle(x, y, 0.8, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [_dashes, _dots])
def test_borders_of_dashes_or_dots_are_lines(draw: Callable[[object], None]) -> None:
    sheets = Sheets()
    draw(sheets.page)
    _text_of_rows(sheets)
    assert _rows(read(sheets.bytes(), None)) == ROWS


def test_columns_of_two_tables_on_a_page_are_their_own() -> None:
    sheets = Sheets()
    sheets.table(50, 100, ROWS)
    # Each column begins 2.5 points beside one of another table: together they were one line.
    for number in range(1, 5):
        sheets.table(50 + 2.5 * number, 100 + 90 * number, ROWS)
    assert [rows_of(grid) for grid in grids(read(sheets.bytes(), None))] == [ROWS] * 5


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_text_turned_on_its_side_is_read_as_the_page_it_is(quarters: int) -> None:
    sheets = Sheets()
    page = sheets.page
    page.translate(*{1: (HIGH, 0), 2: (A4[0], HIGH), 3: (A4[0] - HIGH, HIGH)}[quarters])
    page.rotate(90 * quarters)
    sheets.text(50, 40, "青石湖畔观察站二〇二三年湖泊面积和深度一览")
    sheets.table(50, 100, ROWS)
    document = read(sheets.bytes(), None)
    assert _rows(document) == ROWS
    assert document.text == "青石湖畔观察站二〇二三年湖泊面积和深度一览"


def test_a_watermark_across_the_page_is_no_text() -> None:
    sheets = Sheets()
    sheets.table(50, 100, ROWS)
    page = sheets.page
    page.translate(40, HIGH - 170)
    page.rotate(30)
    page.setFont("STSong-Light", 30)
    page.drawString(0, 0, "内部资料7严禁8外传")
    document = read(sheets.bytes(), None)
    assert _rows(document) == ROWS
    assert document.text == ""


def test_a_table_fitted_to_the_page_in_tiny_type_is_read() -> None:
    sheets = Sheets()
    page = sheets.page
    page.translate(0, HIGH * 0.8)
    page.scale(0.2, 0.2)
    sheets.table(50, 100, ROWS, 60, 14)
    sheets.text(50, 60, "青石湖畔观察站湖泊一览")
    assert _rows(read(sheets.bytes(), None)) == ROWS


def test_white_on_white_is_passed_over_and_said_white_on_dark_is_read() -> None:
    sheets = Sheets()
    page = sheets.page
    page.setFillColorRGB(0.1, 0.2, 0.4)
    page.rect(50, HIGH - 120, 180, 20, stroke=0, fill=1)
    page.setFillColorRGB(1, 1, 1)
    for c, text in enumerate(ROWS[0]):
        sheets.text(50 + 60 * c + 3, 104, text)
    sheets.text(150, 125, "88")
    page.setFillColorRGB(0, 0, 0)
    sheets.table(50, 120, ROWS[1:])
    page.line(50, HIGH - 100, 230, HIGH - 100)
    for x in (50, 110, 170, 230):
        page.line(x, HIGH - 120, x, HIGH - 100)
    document = read(sheets.bytes(), None)
    assert _rows(document) == ROWS
    assert document.passed_over == ("page 1: 2 signs in white on white",)


def _painted_over(sheets: Sheets, colour: float, *, anew: bool) -> None:
    page = sheets.page
    sheets.text(53, 144, "8")
    page.setFillColorRGB(colour, 1, colour)
    page.rect(51, HIGH - 159, 58, 18, stroke=0, fill=1)
    page.setFillColorRGB(0, 0, 0)
    if anew:
        sheets.text(53, 144, "9")


@pytest.mark.parametrize(
    ("colour", "anew", "printed"),
    [(1, True, "9"), (1, False, ""), (0.5, True, "9"), (0.5, False, "8")],
    ids=["white", "white, nothing on it", "green", "a marker"],
)
def test_a_figure_painted_over_is_not_read(colour: float, anew: bool, printed: str) -> None:
    sheets = Sheets()
    sheets.table(50, 100, [ROWS[0], ["青石湖", "1204", "37"]])
    sheets.table(50, 140, [["", "89", "6"]])
    _painted_over(sheets, colour, anew=anew)
    document = read(sheets.bytes(), None)
    assert _rows(document)[-1] == [printed, "89", "6"]
    assert bool(document.passed_over) == (printed != "8")


def _sign(text: str, x: float, wide: float, baseline: float, reach: float) -> Glyph:
    """Return a sign of ten points whose font says that it reaches so far below its baseline."""
    bottom = baseline + reach
    found = glyph(text, x, x + wide, bottom - 10, bottom)
    low = HIGH - bottom
    return found | {"matrix": (1, 0, 0, 1, x, HIGH - baseline), "y0": low, "y1": low + 10}


def test_a_font_that_says_its_signs_reach_far_below_moves_no_text() -> None:
    usual, deep = _sign("湖", 50, 10, 200, 1.4), _sign("湖", 50, 10, 200, 10.5)
    (one,), (other,) = in_place([usual]), in_place([deep])
    assert one == usual
    assert (other["top"], other["bottom"]) == pytest.approx((one["top"], one["bottom"]))


def test_a_font_that_halves_its_signs_opens_no_gaps() -> None:
    signs = [_sign(text, 50 + 10 * n, 5, 200, 1.4) for n, text in enumerate("青石湖")]
    narrow = [_sign(text, 50 + 5 * n, 5, 200, 1.4) for n, text in enumerate("青石湖")]
    figures = [_sign(text, 50 + 10 * n, 5, 200, 1.4) for n, text in enumerate("120")]
    assert [sign["x1"] for sign in in_place(signs)] == [60, 70, 80]
    assert [sign["x1"] for sign in in_place(narrow)][:2] == [55, 60]
    assert in_place(figures) == figures
    assert in_place([]) == []


def test_what_a_browser_draws_beside_the_sheet_is_not_on_it() -> None:
    sheets = Sheets()
    sheets.table(50, 100, ROWS)
    sheets.text(50, -60, "上一页的表格")
    sheets.page.line(50, HIGH + 200, 50, HIGH - 130)
    document = read(sheets.bytes(), None)
    assert _rows(document) == ROWS
    assert document.text == ""


def test_values_of_form_fields_are_read() -> None:
    sheets = Sheets()
    sheets.table(50, 100, [*ROWS[:2], ["白沙湖", "", "6"]])
    sheets.page.acroForm.textfield(
        name="a", value="89", x=112, y=HIGH - 158, width=50, height=16, fontSize=9, borderWidth=0
    )
    assert _rows(read(sheets.bytes(), None)) == ROWS


def _raw_pdf(content: str, properties: str, catalog: str, layers: int) -> bytes:
    known = f"<< /Font << /F 5 0 R >> /Properties << {properties} >> >>"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources {known} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(f"<< /Type /OCG /Name (layer {number}) >>" for number in range(layers)),
    ]
    out = "%PDF-1.5\n"
    for number, each in enumerate(objects, 1):
        out += f"{number} 0 obj\n{each}\nendobj\n"
    return (out + f"trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF\n").encode()


@pytest.mark.parametrize(
    ("default", "seen"),
    [
        ("/OFF [6 0 R]", "Lake area 1204"),
        ("/BaseState /OFF /ON [7 0 R]", "Lake area 1204"),
        ("/OFF [6 0 R 7 0 R]", "Lake area"),
        ("", "Lake area 1204 9999"),
    ],
)
def test_a_layer_that_is_switched_off_is_not_read(default: str, seen: str) -> None:
    content = (
        "BT /F 12 Tf 20 100 Td (Lake area ) Tj ET "
        "/Span << /MCID 1 >> BDC /OC /B BDC BT /F 12 Tf 90 100 Td (1204 ) Tj ET EMC EMC "
        "/OC /A BDC BT /F 12 Tf 130 100 Td (9999) Tj ET EMC "
        "BT /F 12 Tf 20 50 Td (Depth and name of every lake are told below) Tj ET"
    )
    catalog = f"/OCProperties << /OCGs [6 0 R 7 0 R] /D << {default} >> >>"
    raw = _raw_pdf(content, "/A 6 0 R /B 7 0 R", catalog, 2)
    document = read_document(RawFile(body=raw))
    assert " ".join(document.text.split("\n")[0].split()) == seen
    assert bool(document.passed_over) == ("OFF" in default)


def test_a_drawn_report_with_a_seal_on_every_page_is_read_whole() -> None:
    report = some_report(3)
    document = read(render_pdf(report), None)
    assert [placed(grid) for grid in grids(document)] == expected_grids(report)


@pytest.mark.parametrize(
    "name", ["crash_triangle_min.pdf", "browser_default_borders.pdf", "p4_sideways_text.pdf"]
)
def test_files_that_cost_a_report_are_read_whole(shared: Path, name: str) -> None:
    path = shared / "cases/files" / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    report = read_report(RawFile(body=path.read_bytes(), filename=name))
    assert len(report.values) == 200
    assert None not in report.values.values()
    assert not report.findings


def test_text_without_a_meaning_is_recognised_or_refused_by_its_code() -> None:
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Lake /Encoding /Identity-H /DescendantFonts "
        "[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lake /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    content = f"BT /F 4 Tf 20 100 Td <{'1a2b' * 80}> Tj ET"
    raw = _raw_pdf(content, "", "", 0).replace(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", font.encode()
    )
    with pytest.raises(DocumentError) as caught:
        read_document(RawFile(body=raw))
    assert caught.value.code == "document/unreadable-text"


def test_signs_of_another_alphabet_in_the_place_of_chinese_are_no_text() -> None:
    def page(text: str) -> PageContent:
        return PageContent(
            number=1,
            height=800,
            glyphs=[glyph(sign, i, i + 1, 0, 1) for i, sign in enumerate(text)],
        )

    assert is_unreadable([page("ÇàÊ¯ºþÃæ»ý" * 20)])
    assert is_unreadable([page("\ue123\ue124" * 40)])
    assert not is_unreadable([page("青石湖面积1204公顷" * 20)])
    assert not is_unreadable([page("Lake 1204 ha, depth 37 m. " * 20)])
    assert not is_unreadable([page("ÇàÊ¯")])
    lake = "青石湖面积一千二百公顷，水深三十七米。本站每月测量一次并记录情况。"
    assert not is_unreadable([page(lake * 10)])
    assert is_unreadable([page(lake.replace("。", "ÿ") * 10)])  # some signs taken for others
    other = str.maketrans(lake, "".join(chr(ord(sign) + 7) for sign in lake))
    assert is_unreadable([page(lake.translate(other) * 10)])  # all of them
    assert not is_unreadable([page("面积12×8米" * 40 + lake)])


def test_text_drawn_as_curves_around_a_table_is_recognised() -> None:
    if missing("ocr"):
        pytest.skip("recognition is not installed")
    sheets = Sheets()
    sheets.table(50, 100, [[""] * 3] * 3)
    page = sheets.page
    for n in range(200):  # strokes of no font
        page.bezier(60 + n, 700, 61 + n, 705, 62 + n, 706, 63 + n, 702)
    assert read(sheets.bytes(), None).carrier == "pdf_scan"


def _ruled_across(sheets: Sheets, rows: list[list[str]], wide: tuple[int, ...]) -> None:
    """Draw each cell's lower and upper border, and none upright; a text may span two columns."""
    page = sheets.page
    page.setLineWidth(0.5)
    for r, row in enumerate(rows):
        x = 50
        for text, width in zip(row, wide, strict=True):
            sheets.text(x + 3, 100 + 20 * r + 4, text)
            for level in (0, 20):
                page.line(x, HIGH - 100 - 20 * r - level, x + width, HIGH - 100 - 20 * r - level)
            x += width


def test_a_table_ruled_across_cell_by_cell_has_columns() -> None:
    sheets = Sheets()
    rows = [
        ["湖泊名称", "面积", "深度", "水温"],
        ["青石湖", "", "37", "4"],
        ["白沙湖", "89", "", "5"],
    ]
    _ruled_across(sheets, rows, (60, 40, 40, 40))
    assert _rows(read(sheets.bytes(), None)) == rows


def test_no_side_of_a_cell_goes_through_words() -> None:
    sheets = Sheets()
    rows = [
        ["湖泊", "全年测得的面积", "", "深度"],
        ["青石湖", "1204", "7", "37"],
        ["白沙湖", "89", "3", "6"],
    ]
    _ruled_across(sheets, rows, (60, 40, 40, 40))
    (grid,) = grids(read(sheets.bytes(), None))
    head = [(c.text, c.colspan) for c in grid.cells if c.row == 0]
    assert head == [("湖泊", 1), ("全年测得的面积", 2), ("深度", 1)]


def test_lines_under_words_make_no_table() -> None:
    sheets = Sheets()
    for r in range(4):
        sheets.text(50, 100 + 30 * r, "青石湖畔观察站二〇二三年湖泊面积和深度一览")
        sheets.page.line(50, HIGH - 112 - 30 * r, 250, HIGH - 112 - 30 * r)
    assert not grids(read(sheets.bytes(), None))

"""PDF: ruled tables over page breaks, text around them, files that cannot be read."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from crawler.demo.files import render_pdf
from crawler.demo.prose import HEADINGS, prose_of
from pipelines.documents.glyphs import mended
from pipelines.vocabulary.errors import DocumentError
from tests.pipelines.documents.shapes import (
    bare,
    expected_grids,
    grids,
    placed,
    read,
    rows_of,
    some_report,
)


class Sheets:
    """Draws lines of text and ruled tables at given places, page by page."""

    def __init__(self, **options: object) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.out = io.BytesIO()
        self.page = canvas.Canvas(self.out, pagesize=A4, invariant=1, **options)
        self.page.setFont("STSong-Light", 10)

    def text(self, x: float, top: float, text: str) -> None:
        self.page.drawString(x, A4[1] - top - 10, text)

    def table(
        self,
        x: float,
        top: float,
        rows: list[list[str]],
        width: float = 60,
        height: float = 20,
        *,
        closed: bool = True,
    ) -> None:
        n_cols = len(rows[0])
        ends = A4[1] - top, A4[1] - top - height * len(rows)
        for i in range(len(rows) + (1 if closed else 0)):
            y = A4[1] - top - height * i
            self.page.line(x, y, x + width * n_cols, y)
        for i in range(n_cols + 1):
            self.page.line(x + width * i, ends[0], x + width * i, ends[1])
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                self.text(x + width * c + 3, top + height * r + 4, text)

    def turn(self) -> None:
        self.page.showPage()
        self.page.setFont("STSong-Light", 10)

    def bytes(self) -> bytes:
        self.page.save()
        return self.out.getvalue()


@pytest.mark.parametrize("number", [0, 4])
def test_a_drawn_report_gives_its_tables_over_the_page_breaks(number):
    report = some_report(number)
    document = read(render_pdf(report), None)
    assert document.carrier == "pdf_text"
    got = [placed(grid) for grid in grids(document)]
    wanted = expected_grids(report)
    assert len(got) == len(wanted)
    for grid, cells in zip(got, wanted, strict=True):
        texts = {place: cell[0] for place, cell in cells.items()}
        # a cell over the page break is drawn twice: once more, empty, on the next page
        assert {p: c[0] for p, c in grid.items() if p in texts or c[0]} == texts
    assert document.title == report.title


def test_text_around_the_tables_is_whole_and_in_order():
    report = some_report()
    document = read(render_pdf(report), None)
    prose = prose_of(report)
    text = bare(document.text)
    places = [text.index(bare(heading)) for heading in HEADINGS]
    assert all(a < b for a, b in pairwise(places))
    for paragraph in (*prose.opening, *(p for part in prose.parts for p in part)):
        assert bare(paragraph) in text
    lines = document.text.split("\n")
    assert all(any(bare(p) == bare(line) for line in lines) for p in prose.opening)


HEAD = ["项目", "本年", "上年"]


def test_a_table_cut_by_the_page_end_keeps_its_last_row_and_goes_on():
    sheets = Sheets()
    sheets.text(50, 60, "一、总体情况")
    sheets.table(50, 720, [HEAD, ["甲", "1", "2"], ["乙", "3", "4"]], closed=False)
    sheets.text(290, 800, "- 1 -")
    sheets.turn()
    sheets.table(52, 50, [["丙", "5", "6"], ["丁", "7", "8"]])
    sheets.text(50, 120, "二、后文")
    sheets.text(290, 800, "- 2 -")
    document = read(sheets.bytes(), None)
    assert [rows_of(g) for g in grids(document)] == [
        [HEAD, ["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"], ["丁", "7", "8"]]
    ]
    assert document.text == "一、总体情况\n二、后文"


def test_a_header_repeated_on_the_next_page_is_kept_once():
    sheets = Sheets()
    sheets.table(50, 700, [HEAD, ["甲", "1", "2"]])
    sheets.turn()
    sheets.table(50, 50, [HEAD, ["乙", "3", "4"]])
    assert rows_of(grids(read(sheets.bytes(), None))[0]) == [
        HEAD,
        ["甲", "1", "2"],
        ["乙", "3", "4"],
    ]


def test_rows_of_equal_figures_are_never_taken_for_a_repeated_header():
    sheets = Sheets()
    sheets.table(50, 700, [["0", "0", "0"], ["0", "0", "0"]])
    sheets.turn()
    sheets.table(50, 50, [["0", "0", "0"]])
    assert grids(read(sheets.bytes(), None))[0].n_rows == 3


NARROW = ["5.要求行政机", "11", "2"]


def broken(first: list[str], second: list[str], closing: list[str]) -> list[list[str]]:
    sheets = Sheets()
    sheets.table(50, 740, [["标签一二三四", "甲", "乙"], first], width=64)
    sheets.turn()
    sheets.table(50, 50, [second, closing], width=64)
    return rows_of(grids(read(sheets.bytes(), None))[0])[1:]


def test_a_row_cut_inside_by_the_page_end_is_one_row():
    last = ["6.其他", "4", "0"]
    assert broken(NARROW, ["关重新出具", "", ""], last) == [
        ["5.要求行政机\n关重新出具", "11", "2"],
        last,
    ]
    # figures in the middle of a tall cell may fall on the lower part
    assert broken(["5.要求行政机", "", ""], ["关重新出具", "11", "2"], last)[0][1:] == ["11", "2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (NARROW, ["6.其他处理", "", ""]),  # begins something: a row printed blank
        (["短", "11", "2"], ["其他", "", ""]),  # the line above had room for more
        (NARROW, ["关重新出具", "3", ""]),  # figures on both sides
        (["5.要求行政机", "", ""], ["关重新出具", "", ""]),  # no figure at all
        (NARROW, ["关重新出具", "", "7"]),
    ],
)
def test_rows_that_only_look_cut_stay_two(first, second):
    assert broken(first, second, ["7.末", "1", "1"]) == [first, second, ["7.末", "1", "1"]]


def test_a_figure_broken_by_a_narrow_cell_is_one_figure():
    sheets = Sheets()
    sheets.table(50, 60, [["项", "总"], ["甲", ""]], width=22, height=40)
    sheets.text(50 + 22 + 5, 60 + 40 + 2, "11")
    sheets.text(50 + 22 + 5, 60 + 40 + 16, "6")
    wide = Sheets()
    wide.table(50, 60, [["项", "总"], ["甲", ""]], width=60, height=40)
    wide.text(50 + 60 + 5, 60 + 40 + 2, "11")
    wide.text(50 + 60 + 5, 60 + 40 + 16, "6")
    assert rows_of(grids(read(sheets.bytes(), None))[0])[1][1] == "116"
    assert rows_of(grids(read(wide.bytes(), None))[0])[1][1] == "11\n6"


def test_tables_of_other_width_or_with_text_between_are_not_joined():
    sheets = Sheets()
    sheets.table(50, 700, [HEAD, ["甲", "1", "2"]])
    sheets.turn()
    sheets.table(50, 50, [["结果", "数", "率", "注"], ["乙", "3", "4", "5"]])
    sheets.turn()
    sheets.text(50, 40, "四、行政复议")
    sheets.table(50, 80, [["结果", "数", "率", "注"], ["丙", "3", "4", "5"]])
    assert [g.n_rows for g in grids(read(sheets.bytes(), None))] == [2, 2, 2]


NAMES = ["甲类", "乙类", "丙类", "丁类", "合计"]


def bare_table(rows: list[tuple[float, str, list[str]]], names: list[str] = NAMES) -> Sheets:
    """Draw a header and rows (place, label, figures) without one line."""
    sheets = Sheets()
    for n, name in enumerate(names):
        sheets.text(200 + 60 * n, 60, name)
    for top, label, figures in rows:
        for k, line in enumerate(label.split("\n")):
            sheets.text(50, top + 13 * k, line)
        for n, figure in enumerate(figures):
            for k, line in enumerate(figure.split("\n")):
                sheets.text(200 + 60 * n, top + 13 * k, line)
    return sheets


def test_a_table_without_lines_is_a_grid_with_its_blank_cells_and_rows():
    rows = [
        (90, "一项", ["1", "2", "3", "4", "10"]),
        (120, "二项，名称很\n长分两行", ["5", "", "", "6", "11"]),
        (163, "三项", ["", "", "", "", ""]),
        (193, "四项", ["0", "0", "", "0", "0"]),
    ]
    sheets = bare_table(rows)
    sheets.text(50, 240, "以上各项由各部门填报，经核对无误。")
    document = read(sheets.bytes(), None)
    assert rows_of(grids(document)[0]) == [
        NAMES,
        *([label, *figures] for _, label, figures in rows),
    ]
    assert document.text == "以上各项由各部门填报，经核对无误。"


def test_a_column_without_one_figure_is_known_by_its_label():
    rows = [(90 + 30 * n, f"第{n}行", ["1", "", "3", "4", "8"]) for n in range(3)]
    more = [(*row[:2], [*row[2], "9"]) for row in rows]
    (grid,) = grids(read(bare_table(more, [*NAMES, "备注"]).bytes(), None))
    assert rows_of(grid)[1] == ["第0行", "1", "", "3", "4", "8", "9"]


def test_a_figure_broken_without_lines_is_joined_only_where_it_had_no_room():
    narrow, wide = Sheets(), Sheets()
    for sheets, step in ((narrow, 24), (wide, 60)):
        for n, figure in enumerate(["12", "13", "14", "15", "11"]):
            sheets.text(60 + step * n, 60, figure)
        sheets.text(60 + step * 4, 73, "6")
    assert rows_of(grids(read(narrow.bytes(), None))[0]) == [["12", "13", "14", "15", "116"]]
    assert rows_of(grids(read(wide.bytes(), None))[0]) == [["12", "13", "14", "15", "11\n6"]]


@pytest.mark.parametrize(
    "rows",
    [
        [(90, "一项", ["1", "2", "3", "4", "10"]), (120, "", ["5", "6", "7", "8", "26"])],
        [
            *((90 + 13 * n, f"第{n}行", [""] * 5) for n in range(4)),
            *((97 + 26 * n, "", ["1", "2", "3", "4", "10"]) for n in range(2)),
        ],
    ],
    ids=["figures that nothing names", "labels as close as lines"],
)
def test_a_table_whose_rows_are_not_certain_stays_text(rows):
    document = read(bare_table(rows).bytes(), None)
    assert grids(document) == []
    assert "1\t2\t3\t4\t10" in document.text


def test_bold_by_printing_twice_and_shading_do_not_change_a_table():
    sheets = Sheets()
    sheets.page.setFillGray(0.9)
    sheets.page.rect(50, A4[1] - 140, 180, 40, stroke=0, fill=1)
    sheets.page.rect(50, A4[1] - 90, 400, 16, stroke=0, fill=1)
    sheets.page.setFillGray(0)
    sheets.text(50, 75, "底纹上的一行文字，足够长以成为一段话。")
    sheets.table(50, 100, [HEAD, ["甲", "12", "2"]])
    sheets.text(50 + 60 + 3.3, 100 + 20 + 4, "12")
    document = read(sheets.bytes(), None)
    assert [rows_of(g) for g in grids(document)] == [[HEAD, ["甲", "12", "2"]]]
    assert "底纹上的一行文字" in document.text


def test_radicals_are_turned_into_the_characters_they_look_like():
    assert mended("⼀、总体情况 ⽤⼾ ⻅⻓ ①") == "一、总体情况 用户 见长 ①"


def test_a_figure_broken_by_the_margin_stays_one_figure():
    sheets = Sheets()
    sheets.text(50, 60, "全" * 40 + "收到申请12")
    sheets.text(50, 76, "34件，" + "均" * 42)
    sheets.text(50, 92, "按期办结。")
    sheets.text(70, 108, "下一段。")
    text = read(sheets.bytes(), None).text
    assert "收到申请1234件" in text
    assert text.endswith("按期办结。\n下一段。")
    assert text.count("\n") == 1


def test_a_row_of_figures_is_never_joined_to_the_ordinal_below():
    sheets = Sheets()
    sheets.text(50, 60, "全" * 42)
    sheets.text(50, 76, "均" * 42 + "。")
    sheets.text(50, 92, "四保护第三方合法权益" + " " * 40 + "3 1 0 0 0 0 4")
    sheets.page.drawRightString(50 + 43 * 10, A4[1] - 118, "不掌握信息 3 1 4")
    sheets.text(50, 124, "5.属于内部事务 0 0 0")
    sheets.text(50, 140, "2023年")
    lines = read(sheets.bytes(), None).text.split("\n")
    assert any(line.startswith("5.属于") for line in lines)
    assert not any("45." in line for line in lines)


def encrypted() -> bytes:
    sheets = Sheets(encrypt="secret")
    sheets.text(50, 50, "密")
    return sheets.bytes()


def many_pages() -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(320):
        document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (encrypted, "document/encrypted"),
        (many_pages, "document/too-large"),
        (lambda: render_pdf(some_report())[:900], "document/malformed"),
        (lambda: b"%PDF-1.7\nnothing", "document/malformed"),
        (lambda: b"%PDF-1.7\n" + b"1 0 obj<<" * 5000, "document/malformed"),
    ],
)
def test_what_cannot_be_read_is_refused_by_code(make, code):
    with pytest.raises(DocumentError) as caught:
        read(make(), None)
    assert caught.value.code == code

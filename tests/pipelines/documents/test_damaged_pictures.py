"""Pages as they come: turned, coloured, cut, shone through, rubbed out. Right, or not printed."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps

from pipelines.documents import read_pictures
from pipelines.documents.pictures import engine
from pipelines.read import read_report
from pipelines.reading.normal import read_number
from pipelines.vocabulary.items import RawFile
from tests.pipelines.documents.shapes import bare, grids, read, rows_of
from tests.pipelines.documents.test_pdf import Sheets
from tests.pipelines.documents.test_pictures import as_file, needs_font, needs_ocr, scan_pdf

ROWS = [
    ["内容", "制发件数", "废止件数", "有效件数"],
    ["规章", "3", "0", "41"],
    ["规范性文件", "28", "-6", "573"],
    ["行政许可", "90412", "8.25", "7736"],
]
PROSE = (
    "二、主动公开政府信息情况",
    "本年度各单位公开的文件与办理的事项如下表所列。",
    "各项数字由承办单位核对后报送。",
)
HEIGHT = 841.89
WHITE, BLACK, BLUE, PALE = (255, 255, 255), (20, 20, 20), (52, 108, 178), (226, 235, 247)


@cache
def page(*, coloured: bool = False) -> Image.Image:
    """Return half a page: three lines of prose, a table of four rows; its header white on blue."""
    sheets = Sheets()
    sheets.page.setFont("STSong-Light", 12)
    for n, line in enumerate(PROSE):
        sheets.text(60, 60 + 22 * n, line)
    sheets.page.setFont("STSong-Light", 11)
    for r, row in enumerate(ROWS):
        top = 150 + 24 * r
        if coloured:
            sheets.page.setFillColorRGB(
                *(v / 255 for v in (BLUE if r == 0 else PALE if r % 2 else WHITE))
            )
            sheets.page.rect(60, HEIGHT - top - 24, 480, 24, stroke=0, fill=1)
            ink = WHITE if r == 0 else BLACK
            sheets.page.setFillColorRGB(*(v / 255 for v in ink))
        for c, text in enumerate(row):
            sheets.text(80 + 120 * c, top + 6, text)
    sheets.page.setStrokeColorRGB(*(0.63, 0.74, 0.88) if coloured else (0, 0, 0))
    for r in range(len(ROWS) + 1):
        sheets.page.line(60, HEIGHT - 150 - 24 * r, 540, HEIGHT - 150 - 24 * r)
    for c in range(5):
        sheets.page.line(60 + 120 * c, HEIGHT - 150, 60 + 120 * c, HEIGHT - 150 - 24 * len(ROWS))
    document = pypdfium2.PdfDocument(sheets.bytes())
    try:
        return document[0].render(scale=150 / 72).to_pil().convert("RGB").crop((0, 60, 1240, 700))
    finally:
        document.close()


def table(picture: Image.Image) -> list[list[str]]:
    (grid,) = grids(read(as_file(picture), None))
    return [[bare(text) for text in row] for row in rows_of(grid)]


@needs_ocr
@needs_font
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(degrees):
    assert table(page().rotate(degrees, expand=True)) == ROWS


@needs_ocr
@needs_font
def test_a_scanned_page_on_its_side_is_read():
    document = read(scan_pdf(page().rotate(90, expand=True).convert("L")), None)
    assert [[bare(text) for text in row] for row in rows_of(grids(document)[0])] == ROWS


@needs_ocr
@needs_font
def test_white_words_on_a_coloured_header_and_striped_rows_are_read():
    assert table(page(coloured=True)) == ROWS


@needs_ocr
@needs_font
def test_a_long_picture_cut_through_rows_of_a_table_is_put_together():
    whole = page()
    cuts = [0, 275, 431, whole.height]
    parts = [whole.crop((0, a, whole.width, b)) for a, b in pairwise(cuts)]
    (grid,) = grids(read_pictures([as_file(part) for part in parts]))
    assert [[bare(text) for text in row] for row in rows_of(grid)] == ROWS


@needs_ocr
@needs_font
def test_what_shines_through_from_the_other_side_is_not_read():
    back = ImageOps.mirror(page().convert("L")).point(lambda v: 255 - int(0.26 * (255 - v)))
    both = ImageChops.multiply(page().convert("L"), ImageChops.offset(back, 37, 9))
    found = [row[1:] for row in table(both)]
    for got, true in zip(found, ROWS, strict=True):
        for one, other in zip(got, true[1:], strict=True):
            assert one == other or read_number(one).value is None


@needs_ocr
@needs_font
def test_a_red_seal_over_figures_gives_no_wrong_one():
    stamp = Image.new("RGB", page().size, WHITE)
    pen = ImageDraw.Draw(stamp)
    pen.ellipse((560, 280, 780, 500), outline=(205, 40, 40), width=7)
    pen.line((600, 390, 740, 390), fill=(205, 40, 40), width=7)
    read_so = table(ImageChops.multiply(page(), stamp))
    assert [row[1] for row in read_so] == [row[1] for row in ROWS]
    for got, true in zip(read_so[1:], ROWS[1:], strict=True):
        for one, other in zip(got[1:], true[1:], strict=True):
            assert one == other or read_number(one).kind == "unreadable"


@needs_ocr
def test_words_in_red_are_no_seal():
    from pipelines.documents.pictures.seals import seals_in

    picture = Image.new("RGB", (1200, 500), WHITE)
    pen = ImageDraw.Draw(picture)
    for n in range(12):
        pen.rectangle((100 + 80 * n, 100, 150 + 80 * n, 150), outline=(210, 20, 20), width=6)
    assert list(seals_in(engine.tools().numpy.array(picture))) == []


@needs_ocr
@needs_font
def test_a_ruling_rubbed_through_parts_its_rows_all_the_same():
    picture = page().copy()
    pen = ImageDraw.Draw(picture)
    for x, y in ((200, 352), (330, 302), (700, 402)):
        pen.rectangle((x, y - 5, x + 9, y + 5), fill=WHITE)
    assert table(picture) == ROWS


@needs_ocr
@needs_font
def test_a_figure_with_a_digit_painted_over_is_none():
    picture = page().copy()
    at = _find(picture, row=3, column=1)
    pen = ImageDraw.Draw(picture)
    third = (at[2] - at[0]) / 5
    pen.rectangle((at[0] + 2 * third + 1, at[1], at[0] + 3 * third, at[3]), fill=WHITE)
    figure = read_number(table(picture)[3][1])
    assert figure.value is None
    assert figure.candidates


def _find(picture: Image.Image, row: int, column: int) -> tuple[int, int, int, int]:
    """Return where the ink of a cell stands."""
    scale = 150 / 72
    x0, top = (60 + 120 * column) * scale + 6, (150 + 24 * row) * scale - 60 + 6
    box = (int(x0), int(top), int(x0 + 120 * scale - 12), int(top + 24 * scale - 12))
    inside = ImageOps.invert(picture.crop(box).convert("L")).point(lambda v: 255 if v > 90 else 0)
    a, b, c, d = inside.getbbox() or (0, 0, 1, 1)
    return box[0] + a, box[1] + b, box[0] + c, box[1] + d


@cache
def _written(text: str) -> tuple[object, tuple[float, float, float, float]]:
    sheets = Sheets()
    sheets.page.setFont("Helvetica", 10)
    sheets.text(100, 60, text)
    document = pypdfium2.PdfDocument(sheets.bytes())
    try:
        drawn = document[0].render(scale=3.36).to_pil().convert("L").crop((250, 120, 700, 240))
    finally:
        document.close()
    ink = ImageOps.invert(drawn).point(lambda v: 255 if v > 90 else 0).getbbox()
    assert ink is not None
    return engine.tools().numpy.array(drawn), tuple(map(float, ink))


@needs_ocr
@pytest.mark.parametrize(
    "text", ["0", "7", "11", "86813", "1.5", "-73", "+3", "104.17", "-4", "40", "1,204"]
)
def test_the_ink_of_a_figure_bears_out_what_it_says(text):
    from pipelines.documents.pictures.inkrule import speaks_against

    grey, place = _written(text)
    room = (0.0, 0.0, 450.0, 120.0)
    assert speaks_against(grey, place, room, text) == ""


@needs_ocr
@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("86813", "8813"),
        ("86813", "868133"),
        ("-73", "73"),
        ("73", "-73"),
        ("104.17", "10417"),
        ("10417", "104.17"),
        ("39  32", "3932"),
        ("11", "1"),
    ],
)
def test_the_ink_of_a_figure_speaks_against_another(printed, text):
    from pipelines.documents.pictures.inkrule import speaks_against

    grey, place = _written(printed)
    assert speaks_against(grey, place, (0.0, 0.0, 450.0, 120.0), text)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [("3932？", (3932,)), ("7？1", (7, 1)), ("-73？73", (-73, 73)), ("1.5？15", (1.5, 15))],
)
def test_a_figure_in_doubt_is_none_and_keeps_what_it_may_be(text, candidates):
    reading = read_number(text)
    assert (reading.kind, reading.value, reading.candidates) == ("unreadable", None, candidates)


@needs_ocr
def test_boxes_side_by_side_do_not_reach_into_each_other():
    from pipelines.documents.pictures.rows import apart

    boxes = [(40.0, 2.0, 90.0, 20.0), (0.0, 0.0, 50.0, 20.0), (30.0, 60.0, 80.0, 80.0)]
    assert sorted(apart(boxes)) == [(0, 0, 50, 20), (30, 60, 80, 80), (50, 2, 90, 20)]


# -- cases of others ------------------------------------------------------------------------------


def _judge(folder: Path, name: str) -> tuple[int, int, dict[str, object]]:
    """Return how many figures of a case are exact, how many there are, and the wrong ones."""
    case = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    file = case["files"][0]
    values = read_report(RawFile(body=(folder / file).read_bytes(), filename=file)).values
    truth = case["truth"]
    wrong = {f: values[f] for f, v in truth.items() if values.get(f) not in (None, v)}
    return sum(values.get(f) == v for f, v in truth.items()), len(truth), wrong


@needs_ocr
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("w03_bleed28", 25),
        ("c01_white_mid", 24),
        ("m20_rot90", 25),
        ("m28_blue", 10),
        ("m31_hrule", 25),
        ("u07_v2019_despeckle", 4),
    ],
)
def test_the_pictures_of_others_give_no_wrong_figure(shared, name, least):
    exact, _, wrong = _judge(shared / "cases" / "pictures", name)
    assert wrong == {}
    assert exact >= least


@needs_ocr
def test_the_long_picture_cut_into_four_is_a_whole_report(shared):
    folder = shared / "cases" / "pictures"
    page_of = RawFile(body=(folder / "b5_split4.html").read_bytes(), filename="b5_split4.html")
    parts = [folder / f"b5_split4_{n}.jpg" for n in range(4)]
    report = read_report(page_of, [RawFile(body=p.read_bytes(), filename=p.name) for p in parts])
    assert sum(v is not None for v in report.values.values()) >= 190


@needs_ocr
def test_a_digit_is_told_from_the_others_of_its_page():
    from pipelines.documents.pictures.alphabet import Likeness, likeness
    from pipelines.documents.pictures.inkrule import held

    def digits(text: str) -> tuple[object, ...]:
        grey, place = _written(text)
        return held(grey, place, (0.0, 0.0, 450.0, 120.0), text).digits

    known = [(text, digits(text)) for text in ("1717", "7171", "1177", "7711")]
    told = likeness([*known, ("71", digits("71")), ("11", digits("71")), ("4", digits("4"))])
    assert told[:4] == [Likeness.FOR] * 4
    assert told[4:] == [Likeness.FOR, Likeness.AGAINST, Likeness.OPEN]

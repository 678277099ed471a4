"""Pictures and scans: tables found by their lines, cells recognised, what must be refused."""

from __future__ import annotations

import importlib
import io
import math
import random
import struct
import subprocess
import zlib

import pypdfium2
import pytest
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from pipelines.documents import read_pictures
from pipelines.documents.pictures import engine
from pipelines.vocabulary.errors import DocumentError
from tests.pipelines.documents.shapes import bare, grids, read, rows_of
from tests.pipelines.documents.test_office import word
from tests.pipelines.documents.test_packages import Ofd
from tests.pipelines.documents.test_pdf import Sheets


def _missing() -> bool:
    try:
        for name in ("rapidocr", "cv2", "onnxruntime"):
            importlib.import_module(name)
    except ImportError:
        return True
    return False


def _no_chinese_font() -> bool:
    try:
        found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    except FileNotFoundError:
        return True
    return not found.stdout.strip()


needs_ocr = pytest.mark.skipif(_missing(), reason="the extra [ocr] is not installed")
needs_font = pytest.mark.skipif(_no_chinese_font(), reason="no Chinese font to draw with")

ROWS = [
    ["No", "2021", "2022", "2023", "all"],
    ["1", "14", "0", "7", "21"],
    ["2", "105", "33", "1", "139"],
    ["3", "0", "11", "4670", "4681"],
]


def drawn(rows=ROWS, *, font: str = "Helvetica", text: str = "") -> Image.Image:
    sheets = Sheets()
    sheets.page.setFont(font, 9)
    sheets.table(60, 120, rows, width=90, height=22)
    if text:
        sheets.page.setFont(font, 12)
        sheets.text(60, 80, text)
    document = pypdfium2.PdfDocument(sheets.bytes())
    try:
        return document[0].render(scale=2).to_pil().convert("L").crop((0, 0, 1190, 500))
    finally:
        document.close()


def as_file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def scanned(picture: Image.Image) -> Image.Image:
    turned = picture.rotate(0.9, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return turned.filter(ImageFilter.GaussianBlur(0.8))


@needs_ocr
@pytest.mark.parametrize("how", ["plain", "small jpeg", "scan"])
def test_a_ruled_table_on_a_picture_is_read_cell_by_cell(how):
    picture = drawn()
    if how == "plain":
        body = as_file(picture)
    elif how == "small jpeg":
        half = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
        body = as_file(half, "JPEG", quality=80)
    else:
        body = as_file(scanned(picture))
    document = read(body, None)
    assert document.carrier == "image"
    (grid,) = grids(document)
    assert grid.kind == "ocr_table"
    assert [[bare(text) for text in row][1:] for row in rows_of(grid)] == [row[1:] for row in ROWS]
    assert set(grid.confidence) == {(c.row, c.col) for c in grid.cells}
    assert all(0 < score <= 1 for score in grid.confidence.values())


@needs_ocr
@pytest.mark.parametrize("worn", [False, True])
def test_signs_and_points_are_not_taken_for_dust(worn):
    rows = [ROWS[0], ["1", "-1", "+3", "0.5", "-12"], ["2", "5322.61", "-7", "104.17", "8.2"]]
    picture = drawn(rows)
    (grid,) = grids(read(as_file(scanned(picture) if worn else picture), None))
    assert [row[1:] for row in rows_of(grid)] == [row[1:] for row in rows]


@needs_ocr
def test_on_a_bad_scan_a_figure_is_right_or_marked_as_unsure():
    rows = [ROWS[0], ["1", "-1", "45", "304.33", "0"], ["2", "8", "-4", "104.17", "7"]]
    small = drawn(rows).resize((714, 300), Image.Resampling.LANCZOS).rotate(-1.1, fillcolor=255)
    rng = random.Random(3)
    worn = small.point(lambda v: int(v * 0.8 + 40))
    worn.putdata([min(255, max(0, round(v + rng.gauss(0, 6)))) for v in worn.tobytes()])
    (grid,) = grids(read(as_file(worn, "JPEG", quality=60), None))
    wanted = {(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row) if r and c}
    for cell in grid.cells:
        want = wanted.get((cell.row, cell.col))
        if want is not None and bare(cell.text) != want:
            with pytest.raises(ValueError):
                float(bare(cell.text))


@pytest.mark.parametrize(
    ("first", "second", "text", "most"),
    [
        (("12", 0.7), ("12", 0.9), "12", 0.9),
        (("-1", 0.9), ("1", 0.99), "-1", 0.8),
        (("l", 0.5), ("1", 0.95), "1", 0.8),
        (("01", 0.75), ("0", 0.9), "01？0", 0.0),
        (("7", 0.99), ("1", 0.99), "7？1", 0.0),
        (("总计", 0.9), ("总 计", 0.8), "总计", 0.9),
    ],
)
def test_two_readings_of_a_figure_come_to_one_or_to_neither(first, second, text, most):
    from pipelines.documents.pictures.cells import _agreed

    assert _agreed(first, second) == (text, most)


@needs_ocr
def test_blank_cells_stay_blank_and_have_no_confidence():
    rows = [ROWS[0], ["1", "", "0", "", "21"], ["2", "5", "", "1", "9"]]
    (grid,) = grids(read(as_file(drawn(rows)), None))
    assert [row[1:] for row in rows_of(grid)] == [row[1:] for row in rows]
    assert not {(1, 1), (1, 3), (2, 2)} & set(grid.confidence)


@needs_ocr
@needs_font
def test_text_above_a_table_is_a_line_and_chinese_labels_are_read():
    rows = [["行政许可", "本年", "上年"], ["行政处罚", "12", "7"], ["行政强制", "0", "31"]]
    document = read(
        as_file(drawn(rows, font="STSong-Light", text="二、主动公开政府信息情况")), None
    )
    assert bare(document.text) == "二、主动公开政府信息情况"
    assert [[bare(t) for t in row] for row in rows_of(grids(document)[0])] == rows


def scan_pdf(*pictures: Image.Image) -> bytes:
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=144)
    return out.getvalue()


@needs_ocr
def test_a_table_goes_on_over_scanned_pages():
    tail = [["4", "1", "2", "3", "6"], ["5", "8", "0", "1", "9"]]
    document = read(scan_pdf(drawn(), drawn(tail)), None)
    assert document.carrier == "pdf_scan"
    assert [row[1:] for row in rows_of(grids(document)[0])] == [r[1:] for r in (*ROWS, *tail)]


@needs_ocr
def test_several_pictures_are_pages_of_one_document():
    tail = [["4", "1", "2", "3", "6"], ["5", "8", "0", "1", "9"]]
    document = read_pictures([as_file(drawn()), as_file(drawn(tail))])
    assert [g.n_rows for g in grids(document)] == [6]


def typed_with_picture_page() -> bytes:
    sheets = Sheets()
    for i in range(3):
        sheets.text(50, 60, f"Part {i + 1} of the report, typed as text.")
        sheets.turn()
    picture = ImageReader(drawn().resize((1190, 1684)))
    sheets.page.drawImage(picture, 0, 0, A4[0], A4[1])
    return sheets.bytes()


@needs_ocr
def test_a_picture_page_in_a_typed_pdf_is_recognised():
    document = read(typed_with_picture_page(), None)
    assert document.carrier == "pdf_text"
    assert "typed as text" in document.text
    assert len(grids(document)) == 1
    assert document.unread == ()


@needs_ocr
def test_scans_put_into_a_word_file_are_recognised():
    body = '<w:p><w:r><w:drawing><a:blip xmlns:a="a" r:embed="r1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></w:drawing></w:r></w:p>'
    relations = '<Relationships><Relationship Id="r1" Target="media/image1.bmp"/></Relationships>'
    made = word(
        body, **{"_rels/document.xml.rels": relations, "media/image1.bmp": as_file(drawn(), "BMP")}
    )
    document = read(made, None, filename="a.docx")
    assert document.carrier == "image"
    assert len(grids(document)) == 1


@needs_ocr
def test_a_scan_in_an_ofd_wrapper_is_recognised():
    ofd = Ofd()
    ofd.pages[-1].append('<ofd:ImageObject ResourceID="5"/>')
    resources = '<ofd:Res xmlns:ofd="x" BaseLoc="Res"><ofd:MultiMedia ID="5"><ofd:MediaFile>p1.bmp</ofd:MediaFile></ofd:MultiMedia></ofd:Res>'
    body = ofd.bytes(
        **{"Doc_0/DocumentRes.xml": resources, "Doc_0/Res/p1.bmp": as_file(drawn(), "BMP")}
    )
    document = read(body, None)
    assert document.carrier == "ofd"
    assert [g.kind for g in grids(document)] == ["ocr_table"]


def bomb() -> bytes:
    """Return a PNG that says it has 30,000 x 30,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    size = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\xff" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@needs_ocr
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (bomb, "document/too-large"),
        (lambda: as_file(drawn())[:300], "document/malformed"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 99, "document/malformed"),
        (lambda: as_file(Image.new("L", (60, 60), 255)), "document/empty"),
        (lambda: as_file(Image.new("L", (800, 600), 255)), "document/empty"),
        (lambda: scan_pdf(*[Image.new("L", (200, 200), 255)] * 60), "document/too-large"),
    ],
    ids=["bomb", "cut", "noise", "icon", "blank", "many pages"],
)
def test_pictures_that_cannot_be_read_are_refused_by_code(make, code):
    with pytest.raises(DocumentError) as caught:
        read(make(), None)
    assert caught.value.code == code


@pytest.fixture
def without_ocr(monkeypatch):
    real = importlib.import_module

    def refuse(name, *rest):
        if name == "rapidocr":
            raise ImportError(name)
        return real(name, *rest)

    engine.tools.cache_clear()
    monkeypatch.setattr(engine.importlib, "import_module", refuse)
    yield
    engine.tools.cache_clear()


@pytest.mark.parametrize("make", [lambda: as_file(drawn()), lambda: scan_pdf(drawn())])
def test_without_the_extra_the_evidence_says_what_to_install(without_ocr, make):
    with pytest.raises(DocumentError, match="ocr") as caught:
        read(make(), None)
    assert caught.value.code == "document/needs-tool"


def test_without_the_extra_a_typed_pdf_says_which_pages_are_missing(without_ocr):
    document = read(typed_with_picture_page(), None)
    assert "typed as text" in document.text
    assert len(document.unread) == 1
    assert "document/needs-tool" in document.unread[0]


@needs_ocr
@pytest.mark.parametrize("degrees", [-3.0, 0.0, 2.0])
def test_the_lean_of_a_page_is_found(degrees):
    from pipelines.documents.pictures.rulings import _skew

    picture = drawn().rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255, expand=True)
    found = _skew(engine.tools().numpy.array(picture))
    assert math.isclose(-found, degrees, abs_tol=0.25)

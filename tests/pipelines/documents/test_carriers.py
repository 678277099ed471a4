"""Every carrier and look, made by the programs offices use: each figure read as it is printed."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image, ImageDraw

from benchmarks.documents import generous, read, true_rows
from benchmarks.makers import printed
from benchmarks.makers.judging import judged
from benchmarks.makers.pictures import encoded
from benchmarks.makers.samples import (
    MAKERS,
    PICTURE_MAKERS,
    SEVERAL,
    SLOW_MAKERS,
    missing,
    some_reports,
)
from crawler.demo.reports import render_html
from pipelines.documents import read_pages
from pipelines.read import read_report
from pipelines.record import CellNote, Finding
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

REPORTS = some_reports()
CITY = REPORTS[1]
"""Figures of up to six digits, the form of 2019, tables over several pages."""


def made(need, make, reports):
    if need and (why := missing(need)):
        pytest.skip(why)
    return make(reports)


@pytest.mark.parametrize(("need", "make"), MAKERS, ids=range(len(MAKERS)))
def test_a_born_digital_file_gives_every_figure(need, make):
    for sample in made(need, make, [CITY, *REPORTS[2:]] if make is MAKERS[0][1] else [CITY]):
        score = read(sample)
        what = (sample.carrier, sample.look, score.silent[:3])
        assert not score.silent, what
        assert score.exact == score.cells >= 190, what


@pytest.mark.skipif(missing("chromium") is not None, reason=str(missing("chromium")))
@pytest.mark.parametrize("look", ["unruled", "airy", "tight"])
def test_blank_cells_of_a_table_without_lines_are_no_figures_and_move_none(look, monkeypatch):
    page_of = printed.page_of
    monkeypatch.setattr(
        printed, "page_of", lambda *a: re.sub(r"(<td[^>]*>)0</td>", r"\1</td>", page_of(*a))
    )
    for report, body in zip(REPORTS, printed.print_pdfs([(r, look) for r in REPORTS]), strict=True):
        got = read_report(RawFile(body=body, filename="a.pdf"))
        wrong = {
            name: (got.values.get(name), number)
            for name, number in report.values.items()
            if got.values.get(name) not in (number, None) or (number == 0 and got.values.get(name))
        }
        assert wrong == {}
        lost = [n for n, number in report.values.items() if number and got.values.get(n) is None]
        if look == "unruled":
            assert lost == []
        assert all(name in got.cells or got.findings for name in lost)


@pytest.mark.parametrize(("need", "make"), SLOW_MAKERS[1:], ids=range(1, len(SLOW_MAKERS)))
def test_a_file_that_libreoffice_converts_gives_every_figure(need, make):
    (sample,) = made(need, make, [REPORTS[0]])
    score = read(sample)
    assert (score.exact, score.silent) == (score.cells, []), sample.look


@pytest.mark.parametrize(("need", "make"), SEVERAL, ids=("zip", "rar", "rar-solid"))
def test_every_report_of_an_archive_is_read(need, make):
    (sample,) = made(need, make, REPORTS)
    assert len(sample.reports) == 3
    score = read(sample)
    assert score.exact == score.cells > 3 * 190


@pytest.mark.skipif(missing("rars") is not None, reason=str(missing("rars")))
def test_the_compressed_archives_are_what_they_are_called():
    import rarfile

    whole = sum(len(render_html(report).encode()) for report in REPORTS[:3])
    sizes = []
    for solid, (_, make) in enumerate(SEVERAL[1:]):
        (sample,) = make(REPORTS)
        archive = rarfile.RarFile(io.BytesIO(sample.body))
        assert archive.is_solid() == bool(solid)
        assert {m.compress_type for m in archive.infolist()} & {rarfile.RAR_M0} == set()
        sizes.append(len(sample.body))
    assert sizes[1] < sizes[0] < whole / 2


@pytest.mark.slow("recognises whole pages; test_pictures has smaller ones")
@pytest.mark.parametrize(
    ("need", "make"), [PICTURE_MAKERS[1], PICTURE_MAKERS[4]], ids=("png", "scan")
)
def test_a_recognised_page_says_of_each_figure_it_may_have_wrong(need, make):
    (sample,) = made(need, make, [REPORTS[0]])
    score = read(sample)
    assert score.silent == []
    assert score.exact >= 0.99 * score.cells, (score.null, score.flagged)


@pytest.mark.skipif(missing("ocr") is not None, reason=str(missing("ocr")))
def test_an_icon_among_the_pages_costs_nothing_and_a_broken_page_is_named():
    line = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(line).text((40, 100), "2023", fill=0, font_size=90)
    icon = encoded(Image.new("L", (60, 60), 255))
    files = [encoded(line), icon, b"\x89PNG\r\n\x1a\nbroken"]
    document = read_pages([RawFile(body=body) for body in files])
    assert "2023" in document.text
    assert [note.split(":")[0] for note in document.unread] == ["picture 3"]
    with pytest.raises(DocumentError):
        read_pages([RawFile(body=body) for body in files[1:]])


# -- the measure itself --------------------------------------------------------------------------


def test_a_wrong_figure_is_silent_unless_its_own_place_is_named():
    report = REPORTS[0]
    values = dict(report.values)
    name = "t3_granted__natural"
    values[name] += 1
    (silent,) = judged(report, values, {}, []).silent
    assert silent == (name, values[name], report.values[name])
    only_recognised = {name: CellNote(status="ocr")}
    assert judged(report, values, only_recognised, []).silent
    other = Finding(rule="R3-ROW", where="partial", severity="E")
    assert judged(report, values, {}, [other]).silent
    own = Finding(rule="R3-ROW", where="granted", severity="E")
    assert judged(report, values, {}, [own]).flagged == 1
    assert judged(report, values | {name: None}, {}, []).null == 1
    extra = values | {name: report.values[name], "annex_1": 4}
    assert judged(report, extra, {}, []).silent == [("annex_1", 4, None)]


def test_the_generous_measure_takes_every_row_it_can_use_once_and_in_order():
    report = REPORTS[0]
    rows = true_rows(report)
    total = sum(len(row) for row in rows)
    assert generous(report, [["标签", *row] for row in rows]) == (total, total)
    assert generous(report, []) == (0, total)
    short = [row for row in rows if row is not rows[5]]
    assert generous(report, short)[0] == total - len(rows[5])
    assert generous(report, list(reversed(rows)))[0] < total

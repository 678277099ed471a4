"""Correct reports in every look and layout are read exactly, and give no finding."""

from __future__ import annotations

import pytest

from crawler.demo.reports import LOOKS, render_docx, render_html, render_pdf, render_text
from pipelines.checks.tables import check_tables
from pipelines.documents import read_document
from pipelines.forms import read_forms
from pipelines.vocabulary.items import RawFile
from tests.forms.papers import HYBRID, NEW, OLD, REPORTS, html_document, text_document, truth

WHOLE = ("tab", "lines", "pipes", "pipe_lines")
THREE = {"2019": OLD, "hybrid": HYBRID, "2021": NEW}


def exact(reading, report, *, blank=()):
    wrong = {
        f: (v, reading.values.get(f))
        for f, v in truth(report).items()
        if reading.values.get(f) != v and f not in blank
    }
    assert wrong == {}
    assert reading.versions == {"t2": report.t2_form, "t3": report.t3_form, "t4": report.t3_form}


def findings(reading):
    return check_tables(reading, scope="unknown", admin_level=None)


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("look", [x for x in LOOKS if x != "blank"])
def test_every_look_of_a_page_is_read_exactly_and_without_a_finding(name, look):
    reading = read_forms(html_document(render_html(THREE[name], look)))
    exact(reading, THREE[name])
    assert not reading.notes
    assert not findings(reading)


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("layout", WHOLE)
def test_every_layout_of_flattened_text_is_read_exactly_and_without_a_finding(name, layout):
    reading = read_forms(text_document(render_text(THREE[name], layout)))
    exact(reading, THREE[name])
    assert not reading.notes
    assert not findings(reading)


@pytest.mark.parametrize("name", THREE)
def test_what_is_not_printed_is_null_and_proved_to_be_zero(name):
    report = THREE[name]
    reading = read_forms(html_document(render_html(report, "blank")))
    blank = {f for f, v in reading.values.items() if v is None}
    exact(reading, report, blank=blank)
    assert blank
    assert {(reading.notes[f].status, reading.notes[f].derived) for f in blank} == {("blank", 0)}
    assert all(reading.notes[f].proof for f in blank)
    assert not findings(reading)


@pytest.mark.parametrize("name", THREE)
def test_a_lost_column_is_told_once_and_nothing_else_is_wrong(name):
    report = THREE[name]
    reading = read_forms(text_document(render_text(report, "six")))
    lost = {f for f, v in reading.values.items() if v is None}
    exact(reading, report, blank=lost)
    assert all(f.endswith("__other_org") for f in lost)
    assert {reading.notes[f].derived for f in lost} <= set(truth(report).values())
    assert [f.rule for f in findings(reading)] == ["R3-SIXCELL"]


def test_a_text_without_tables_has_none():
    assert read_forms(text_document(render_text(NEW, "lost"))).tables == {}


@pytest.mark.parametrize("render", [render_pdf, render_docx])
@pytest.mark.parametrize("name", THREE)
def test_files_are_read_exactly(render, name):
    suffix = "pdf" if render is render_pdf else "docx"
    raw = RawFile(body=render(THREE[name]), filename=f"report.{suffix}")
    reading = read_forms(read_document(raw))
    exact(reading, THREE[name])
    assert not findings(reading)


def test_every_report_of_the_world_is_read_exactly():
    for n, report in enumerate(REPORTS[::3]):
        layout = WHOLE[n % len(WHOLE)]
        reading = read_forms(text_document(render_text(report, layout)))
        exact(reading, report)
        assert not findings(reading), (report.title, layout)

"""A bug in one reader of forms costs what it reads, and is told; the other figures stay."""

from __future__ import annotations

import pytest

from crawler.demo.reports import render_html
from pipelines import forms
from pipelines.forms import paper, read_forms
from pipelines.read import read_report
from pipelines.vocabulary.items import RawFile
from tests.forms.papers import NEW, document, four, three, two


def raises(*_):
    raise ValueError("not enough values")


@pytest.mark.parametrize(("broken", "rest"), [("t2", {"t3", "t4"}), ("t3", {"t2", "t4"})])
def test_a_table_whose_reader_raises_is_missing_and_the_others_are_read(monkeypatch, broken, rest):
    readers = [(name, raises if name == broken else read) for name, read in forms._READERS]
    monkeypatch.setattr(forms, "_READERS", readers)
    reading = read_forms(document(two(NEW), three(NEW), four(NEW)))
    assert set(reading.tables) == rest
    assert reading.failed == [f"{broken}: ValueError: not enough values"]


def test_tables_are_read_where_putting_figures_together_raises(monkeypatch):
    monkeypatch.setattr(paper, "with_records_gathered", raises)
    reading = read_forms(document(two(NEW), three(NEW), four(NEW)))
    assert set(reading.tables) == {"t2", "t3", "t4"}
    assert reading.failed == ["records: ValueError: not enough values"]


def test_the_record_keeps_the_other_tables_and_names_the_reader(monkeypatch):
    monkeypatch.setattr(forms, "_READERS", [("t4", raises), *forms._READERS[:2]])
    report = read_report(RawFile(body=render_html(NEW).encode(), filename="a.html"))
    assert report.tables_present == ["t2", "t3"]
    told = [(p.stage, p.evidence) for p in report.problems if p.code == "report/stage-failed"]
    assert told == [("tables", "t4: ValueError: not enough values")]

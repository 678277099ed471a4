"""Two checkouts are compared by the records they make of the same documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import same
from benchmarks.perturb import damaged, document_of
from benchmarks.records import document_of as written_down

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def few(monkeypatch):
    """Draw damaged reports alone."""
    monkeypatch.setattr(same, "_columns", lambda folder: None)
    monkeypatch.setattr(same, "_carriers", lambda folder, pictures: None)
    monkeypatch.setattr(same, "_real", lambda folder, pictures: None)


def test_a_checkout_that_reads_otherwise_is_told_record_by_record(few, tmp_path, capsys):
    other = tmp_path / "other"
    for room in ("pipelines", "crawler"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / room, other / room, ignore=ignored)
    assert same.main([str(other), "10"]) == 0
    assert "12 documents, 0 records differ" in capsys.readouterr().out

    rules = other / "pipelines" / "vocabulary" / "rules.py"
    text = rules.read_text("utf-8")
    changed = text.replace('"RA-INT": Rule("E"', '"RA-INT": Rule("W"')
    assert changed != text
    rules.write_text(changed, "utf-8")
    assert same.main([str(other), "10"]) == 1
    said = capsys.readouterr().out
    assert "indicators 0\n  findings: " in said
    assert "perturb" not in said


def test_a_folder_that_is_no_checkout_is_said(tmp_path, capsys):
    with pytest.raises(SystemExit):
        same.main([str(tmp_path)])
    assert "no checkout of this project" in capsys.readouterr().err


def test_the_grids_of_a_pdf_are_written_down_whole():
    seed = next(seed for seed in range(1000) if damaged(seed)[0].carrier == "pdf_grid")
    blocks = same.blocks_of(damaged(seed)[0])
    assert written_down(blocks) == document_of(damaged(seed)[0])


def test_records_differ_where_a_field_a_value_or_the_order_does():
    one = {"values": {"a": 1, "b": None}, "title": "x"}
    assert list(same.differing(one, {"values": {"a": 1, "b": None}, "title": "x"})) == []
    assert list(same.differing(one, {"values": {"a": 2}, "title": "x"})) == ["values.a: 1 | 2"]
    assert list(same.differing(one, {"title": "x", "values": {"a": 1, "b": None}})) == [
        "the order of the fields"
    ]

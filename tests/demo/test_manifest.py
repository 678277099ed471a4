"""The comparison of a crawl with the truth lets nothing pass that is not as it must be."""

from __future__ import annotations

import functools
import json

import pytest

from crawler.demo.manifest import compare, expected
from crawler.demo.portals import PICTURES

BLANK = "990100"


@functools.cache
def wanted():
    return expected()


def line(report, **changes):
    code, year, publisher_type = report.key
    cells = {
        name: {"status": "blank", "derived": 0, "proof": ["R3-ROW"]}
        for name, number in report.printed.items()
        if number is None
    }
    record = {
        "adcode": code,
        "report_year": year,
        "publisher_type": publisher_type,
        "title": report.title,
        "values": dict(report.printed),
        "cells": cells,
    }
    return record | changes


def perfect():
    return [line(report) for portal in wanted() for report in portal.reports]


DECLINED = [
    {"portal": "990126", "code": "portal/blocked"},
    {"portal": "990128", "code": "portal/robots"},
]


def write(folder, records, problems=None):
    (folder / "reports").mkdir()
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    (folder / "reports" / "990000.jsonl").write_text(text, "utf-8")
    lines = DECLINED if problems is None else problems
    (folder / "problems.jsonl").write_text("".join(json.dumps(p) + "\n" for p in lines), "utf-8")
    return compare(folder, wanted())


def faults(results):
    return [fault for result in results for fault in result.faults]


def test_a_perfect_crawl_has_no_faults(tmp_path):
    results = write(tmp_path, perfect())
    assert faults(results) == []
    assert sum(len(result.right) for result in results) == len(perfect())


def _wrong_figure(records):
    records[0]["values"]["t2_license_decisions"] += 1


def _zero_where_the_page_prints_nothing(records):
    record = next(r for r in records if r["adcode"] == BLANK)
    name = next(n for n, v in record["values"].items() if v is None)
    record["values"][name] = 0


def _wrong_proof(records):
    record = next(r for r in records if r["adcode"] == BLANK)
    name = next(iter(record["cells"]))
    record["cells"][name]["derived"] = 4


def _field_of_another_form(records):
    records[0]["values"]["t2_procurement_count"] = 3


def _missing(records):
    del records[0]


def _double(records):
    records.append(dict(records[0]))


def _department(records):
    records.append(dict(records[0], publisher_type="department", title="青榆县教育局"))


def _nobody_asked_for(records):
    records.append(dict(records[0], adcode="110101"))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_wrong_figure, "t2_license_decisions"),
        (_zero_where_the_page_prints_nothing, "instead of None"),
        (_wrong_proof, "derived 4"),
        (_field_of_another_form, "does not print"),
        (_missing, "found 0 times"),
        (_double, "found 2 times"),
        (_department, "not expected in the dataset: 青榆县教育局"),
        (_nobody_asked_for, "belongs to no demo portal"),
    ],
)
def test_one_fault_is_said_in_words(tmp_path, spoil, says):
    records = perfect()
    spoil(records)
    assert any(says in fault for fault in faults(write(tmp_path, records)))


def test_a_portal_that_declines_must_be_listed_as_declining(tmp_path):
    found = faults(write(tmp_path, perfect(), problems=DECLINED[:1]))
    assert found == ["ended ok, should have ended robots"]


def test_only_the_portal_that_needs_a_browser_is_excused_without_one(tmp_path):
    records = [r for r in perfect() if r["adcode"] not in ("990181", "990124")]
    lines = [
        {"portal": code, "code": "fetch/no-browser"} for code in ("990181", "990124")
    ] + DECLINED
    results = {r.expected.portal.code: r for r in write(tmp_path, records, problems=lines)}
    assert results["990181"].excused
    assert results["990181"].faults == []
    assert len(results["990124"].faults) == 14


def test_an_empty_output_folder_is_all_faults(tmp_path):
    found = faults(compare(tmp_path, wanted()))
    assert len(found) == sum(len(p.reports) for p in wanted()) + 2


def test_recognition_may_leave_a_figure_unread_and_may_not_read_another(tmp_path):
    wanted = expected([PICTURES])
    records = [line(report) for report in wanted[0].reports]
    records[0]["values"]["t3_granted__total"] = None
    records[1]["values"]["t3_granted__total"] += 1
    (tmp_path / "reports").mkdir()
    text = "".join(json.dumps(r) + "\n" for r in records)
    (tmp_path / "reports" / "990000.jsonl").write_text(text, "utf-8")
    (result,) = compare(tmp_path, wanted)
    assert len(result.right) == len(records) - 1
    assert len(result.faults) == 1


def test_the_picture_portal_is_excused_only_where_recognition_is_not_installed(tmp_path):
    wanted = expected([PICTURES])
    problem = {
        "portal": PICTURES.code,
        "code": "document/attachment-unreadable",
        "evidence": "document/needs-tool: pictures are read by the optional extra",
    }
    (tmp_path / "problems.jsonl").write_text(json.dumps(problem) + "\n", "utf-8")
    (result,) = compare(tmp_path, wanted)
    assert "ocr" in result.excused
    assert result.faults == []
    (tmp_path / "problems.jsonl").write_text("", "utf-8")
    (result,) = compare(tmp_path, wanted)
    assert not result.excused
    assert len(result.faults) == len(wanted[0].reports)

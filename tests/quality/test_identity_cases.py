"""Whose report: the small cases of November 2026, where they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.read import read_report
from pipelines.record import Report
from pipelines.vocabulary.items import RawFile, Source

NAMED = [
    ("name_label", "532301", "楚雄市紫溪镇人民政府", 2025),
    ("index_line_as_title", "321200", "泰州市人民政府", 2017),
    ("former_district_2014", "340702", "铜陵市铜官山区人民政府", 2014),
    ("new_county_2026", "653132", "岑岭县人民政府", 2026),
    ("zone_became_district_2025", "500157", "重庆市两江新区人民政府", 2025),
    ("prose_reply_and_carried", "150203", "包头市昆都仑区人民政府", 2025),
]
NAMELESS = ("notice_30a_none", "notice_60_noorgan", "notice_prov_none", "place_inside_a_word")
NO_REPORTS = [
    ("order_with_filled_sample", "order/title"),
    ("template_of_zeros", "blank/title"),
    ("news_with_six_headings", "news/text"),
]


def read(shared: Path, name: str, source: Source | None = None) -> Report:
    path = shared / "cases" / "identity" / f"{name}.html"
    if not path.exists():
        pytest.skip("the cases ../shared/cases are not on this machine")
    return read_report(RawFile(body=path.read_bytes(), filename=path.name), source=source)


@pytest.mark.parametrize(("name", "code", "publisher", "year"), NAMED)
def test_a_named_organ_is_read_as_it_prints_itself(shared, name, code, publisher, year):
    report = read(shared, name)
    assert (report.adcode, report.publisher_norm, report.report_year) == (code, publisher, year)
    assert report.publisher_evidence
    assert "RM-YEAR-TITLE" not in {finding.rule for finding in report.findings}
    assert report.title is not None
    assert not report.title.startswith(("名", "索"))


@pytest.mark.parametrize("name", NAMELESS)
def test_where_no_organ_is_named_the_portal_tells_or_nobody_does(shared, name):
    alone = read(shared, name)
    assert (alone.adcode, alone.publisher_raw, alone.publisher_norm) == (None, None, None)
    assert "report/publisher-unknown" in {problem.code for problem in alone.problems}
    crawled = read(shared, name, Source(adcode="330327"))
    assert (crawled.adcode, crawled.publisher_norm) == ("330327", "苍南县人民政府")
    assert crawled.report_year == alone.report_year == 2023


@pytest.mark.parametrize(("name", "reason"), NO_REPORTS)
def test_figures_alone_make_no_report(shared, name, reason):
    report = read(shared, name, Source(adcode="330327"))
    assert (report.is_report, report.reasons[0]) == (False, reason)

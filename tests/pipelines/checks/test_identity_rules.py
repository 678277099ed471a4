from __future__ import annotations

import pytest

from pipelines.checks.identity_rules import check_identity
from pipelines.record import Report

SOUND = {
    "report_year": 2022,
    "title": "青禾县人民政府2022年政府信息公开工作年度报告",
    "period_start": "2022-01-01",
    "period_end": "2022-12-31",
    "published_on": "2023-03-10",
    "publisher_type": "government",
    "format_version": "v2021",
    "table_versions": {"t2": "v2021", "t3": "v2021", "t4": "v2021"},
    "source_url": "https://www.qinghe.gov.cn/1.html",
    "source_kind": "gov_site",
    "fetched_at": "2024-05-01T08:00:00Z",
}


def found(**changes: object) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in check_identity(Report(**{**SOUND, **changes}))]


def test_a_sound_report_has_no_findings():
    assert found() == []
    assert check_identity(Report()) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"report_year": 2003, "title": "", "period_start": None, "published_on": None, "table_versions": {}, "format_version": "unknown"}, ("RM-YEAR", "E")),
        ({"fetched_at": "2022-11-01T00:00:00Z", "published_on": None}, ("RM-YEAR", "E")),
        ({"title": "青禾县人民政府2021年政府信息公开工作年度报告"}, ("RM-YEAR-TITLE", "W")),
        ({"period_end": "2022-12-21"}, ("RM-PERIOD", "I")),
        ({"published_on": "2023-04-01"}, ("RM-LATE", "I")),
        ({"published_on": "2023-02-01", "publisher_type": "department"}, ("RM-LATE", "I")),
        ({"published_on": "2022-12-01"}, ("RM-EARLY", "W")),
        ({"table_versions": {"t2": "v2021", "t3": "v2019", "t4": "v2019"}, "format_version": "mixed"}, ("RM-VERSION-YEAR", "I")),
        ({"table_versions": {}, "format_version": "v2019"}, ("RM-VERSION-YEAR", "I")),
        ({"source_url": "http://10.1.2.3:8080/1.htm", "source_kind": "other"}, ("RM-HOST", "E")),
        ({"final_url": "http://www.example.com/gov.cn/1.htm", "source_kind": "other"}, ("RM-HOST", "E")),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_is_for_and_nothing_else(changes, finding):
    assert found(**changes) == [finding]


def test_a_department_had_until_march_before_the_law_of_2019():
    old = {
        "report_year": 2017,
        "title": "",
        "period_start": "2017-01-01",
        "period_end": "2017-12-31",
        "publisher_type": "department",
        "table_versions": {"annex": "v2014_annex"},
        "format_version": "v2014_annex",
    }
    assert found(**old, published_on="2018-03-20") == []
    assert found(**old, published_on="2018-04-02") == [("RM-LATE", "I")]


def test_the_table_that_is_of_another_form_is_named():
    [finding] = check_identity(
        Report(**{**SOUND, "table_versions": {"t2": "v2021", "t3": "v2019", "t4": "v2019"}})
    )
    assert (finding.where, finding.left, finding.right) == ("t3", "v2019", "v2021")


def test_a_title_with_two_years_decides_nothing():
    assert found(title="2021年、2022年政府信息公开工作年度报告汇编") == []


def test_without_a_day_of_fetching_no_upper_bound_is_known():
    assert found(fetched_at=None) == []


def test_damaged_dates_do_not_stop_the_rules():
    assert found(published_on="二〇二三年", period_end="2022-13-41") == []

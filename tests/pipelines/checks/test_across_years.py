"""Rules over several reports: each fires on its case, and on nothing else."""

from __future__ import annotations

import random

import pytest

from pipelines.checks.across_years import Facts, across

WHOLE = {
    "t3_carried_in__total": 2,
    "t3_carried_in__natural": 2,
    "t3_carried_in__business": 0,
    "t3_carried_out__total": 2,
    "t3_carried_out__natural": 2,
    "t3_carried_out__business": 0,
    "t3_new_received__total": 40,
    "t3_processed_total__total": 40,
    "t2_normative_in_force": 20,
    "t2_normative_issued": 3,
    "t2_normative_repealed": 3,
    "t4_review_total": 1,
}


def facts(
    year=2023, adcode="990101", scope="aggregate", publisher="云溪县人民政府", text="", **values
):
    return Facts.of(
        report_id=f"{adcode}-{year}-{scope}-{publisher}",
        adcode=adcode,
        publisher=publisher,
        scope=scope,
        year=year,
        values={**WHOLE, "t3_new_received__total": 40 + year % 7, **values},
        text_mark=text,
    )


def rules(*reports):
    return [(f.report_id[:11], f.finding.rule, f.finding.where) for f in across(reports)]


def test_years_that_agree_give_no_finding():
    assert rules(facts(2022), facts(2023), facts(2024)) == []


def test_a_carried_figure_that_does_not_arrive_is_one_finding():
    later = facts(2023, t3_carried_in__total=3, t3_carried_in__natural=3)
    assert rules(facts(2022), later) == [("990101-2023", "RX-CARRY", "total")]


def test_columns_are_named_where_only_they_differ():
    later = facts(2023, t3_carried_in__natural=1, t3_carried_in__business=1)
    assert rules(facts(2022), later) == [("990101-2023", "RX-CARRY", "natural business")]


@pytest.mark.parametrize("other", [{"year": 2021}, {"scope": "single_organ"}, {"publisher": "x"}])
def test_only_neighbours_of_one_organ_and_scope_are_held_together(other):
    later = facts(2023, t3_carried_in__total=3)
    assert not [
        f for f in across([facts(**{"year": 2022, **other}), later]) if f.finding.rule == "RX-CARRY"
    ]


def test_a_blank_is_not_held_against_a_figure():
    assert rules(facts(2022), facts(2023, t3_carried_in__total=None)) == []


def test_stock_that_does_not_follow_is_a_note():
    (found,) = across([facts(2022), facts(2023, t2_normative_in_force=90)])
    assert (found.finding.rule, found.finding.severity) == ("RX-STOCK", "I")
    assert (found.finding.left, found.finding.right) == (90, 20)


def test_items_of_the_form_of_2019_follow_from_the_year_before():
    before = facts(2019, t2_license_items_prev=10, t2_license_items_delta=-2)
    assert rules(before, facts(2020, t2_license_items_prev=8)) == []
    assert rules(before, facts(2020, t2_license_items_prev=9)) == [
        ("990101-2020", "RX-ITEMS19", "license")
    ]


def test_a_copied_report_shows():
    same = {"t3_new_received__total": 40}
    assert rules(facts(2022, **same), facts(2023, **same)) == [
        ("990101-2023", "RX-SAME", "all tables")
    ]
    zero = dict.fromkeys(WHOLE, 0)
    assert rules(facts(2022, **zero), facts(2023, **zero)) == []


def test_a_leap_shows_only_where_figures_are_large():
    assert rules(facts(2022, t2_license_decisions=50), facts(2023, t2_license_decisions=1001)) == [
        ("990101-2023", "RX-JUMP", "t2_license_decisions")
    ]
    assert rules(facts(2022, t2_license_decisions=1), facts(2023, t2_license_decisions=99)) == []


def test_no_part_exceeds_its_whole():
    county = facts(adcode="990101", t3_new_received__total=90)
    prefecture = facts(adcode="990100", t3_new_received__total=80)
    assert rules(county, prefecture) == [("990100-2023", "RX-HIER", "t3_new_received__total")]
    office = facts(scope="single_organ", publisher="办公室", t3_new_received__total=99)
    assert rules(county, office) == [("990101-2023", "RX-ORGAN", "t3_new_received__total")]


def test_the_same_prose_under_another_year_shows():
    assert rules(facts(2020, text="a"), facts(2023, text="a"), facts(2022, text="")) == [
        ("990101-2023", "RM-DUP", "sections")
    ]


def test_the_order_of_reports_does_not_matter():
    reports = [
        facts(year, adcode=code, t3_new_received__total=year % 5 * 50 + n, text=str(n % 2))
        for n, (year, code) in enumerate(
            (y, c) for y in range(2019, 2024) for c in ("990100", "990101", "990102")
        )
    ]
    expected = [f.to_json() for f in across(reports)]
    assert expected
    random.Random(3).shuffle(reports)
    assert [f.to_json() for f in across(reports)] == expected

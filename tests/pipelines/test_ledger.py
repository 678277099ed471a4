"""When a portal is ok: by its own evidence, or not at all."""

from datetime import date

import pytest

from pipelines.vocabulary.ledger import FATES, ListRead, PortalRun, newest_due

AUTUMN = date(2026, 11, 30)


def url(year: int, organ: str = "") -> str:
    return f"http://www.qingyu.gov.test/nb/{organ}{year}.html"


def run(*years: int, today: date = AUTUMN, total: int | None = None, **more: object) -> PortalRun:
    """Return the run of a portal that lists a report of each year, all of them read."""
    rows = {url(y): f"青榆县{y}年政府信息公开工作年度报告" for y in years}
    read = ListRead(
        url=url(0),
        rows=len(rows),
        chosen=len(rows),
        total=total,
        how="one page, which names no other",
    )
    return PortalRun(
        code="990001",
        name="青榆县人民政府",
        home_url="http://www.qingyu.gov.test/",
        rows=rows,
        chosen=set(rows),
        read=set(rows),
        listed=len(rows),
        lists=[read],
        today=today,
        **more,  # type: ignore[arg-type]
    )


def test_a_portal_with_every_year_up_to_the_one_due_is_ok_and_says_from_when():
    outcome, evidence = run(2021, 2022, 2023, 2024, 2025).outcome()
    assert outcome == "ok"
    assert "years 2021 to 2025" in evidence
    assert "one page, which names no other" in evidence


@pytest.mark.parametrize(
    ("today", "due", "of_office"),
    [
        (date(2026, 1, 31), 2024, 2024),
        (date(2026, 2, 1), 2024, 2025),
        (date(2026, 3, 31), 2024, 2025),
        (date(2026, 4, 1), 2025, 2025),
    ],
)
def test_governments_are_due_by_the_end_of_march_and_offices_by_the_end_of_january(
    today, due, of_office
):
    assert newest_due(today) == due
    assert newest_due(today, office=True) == of_office


def test_a_portal_whose_newest_report_is_overdue_is_incomplete_and_names_the_years():
    stale = run(2021, 2022, 2023, total=3)
    assert stale.outcome()[0] == "incomplete"
    assert stale.years_missing() == [2024, 2025]
    assert "no report of 2024, 2025" in stale.outcome()[1]


def test_in_february_last_years_report_of_a_government_may_still_come():
    assert run(2023, 2024, today=date(2026, 2, 10)).outcome()[0] == "ok"


def test_in_february_last_years_report_of_an_office_must_be_there():
    office = run(2023, 2024, today=date(2026, 2, 10))
    office.records = {url(y): {("office", y)} for y in (2023, 2024)}
    assert office.outcome()[0] == "incomplete"
    assert office.years_missing() == [2025]


def test_a_year_lacking_between_is_allowed_where_the_declared_total_was_met():
    outcome, evidence = run(2022, 2023, 2025, total=3).outcome()
    assert outcome == "ok"
    assert "missing at the source: 2024" in evidence


@pytest.mark.parametrize("total", [None, 4])
def test_a_year_lacking_between_is_not_allowed_where_no_total_was_met(total):
    assert run(2022, 2023, 2025, total=total).outcome()[0] == "incomplete"


def test_a_total_proves_nothing_of_a_year_that_an_unread_row_names():
    gap = run(2022, 2023, 2025, total=4)
    gap.rows[url(2024)] = "青榆县2024年工作"
    gap.left_out[url(2024)] = "no_report"
    gap.lists = [ListRead(url=url(0), rows=4, chosen=3, total=4, how="")]
    assert gap.outcome()[0] == "incomplete"
    gap.left_out[url(2024)] = "other_publication"
    assert gap.outcome()[0] == "ok"


def test_what_was_left_alone_is_named_in_the_outcome():
    left = run(2024, 2025)
    left.left_alone["http://old.qingyu.gov.test/nb/"] = "历史年报（2009-2023年）: not allowed"
    outcome, evidence = left.outcome()
    assert outcome == "incomplete"
    assert "历史年报" in evidence
    assert "http://old.qingyu.gov.test/nb/" in evidence


def test_only_the_years_asked_for_can_lack():
    asked = run(2021, 2022, years=frozenset({2021, 2022}))
    assert asked.outcome()[0] == "ok"
    asked.years = frozenset({2021, 2022, 2023})
    assert asked.years_missing() == [2023]


def test_where_only_departments_are_asked_for_no_year_is_due():
    assert run(2021, kinds=frozenset({"department"})).years_missing() == []


def test_a_row_without_a_year_counts_for_the_year_before_its_date_until_its_record_is_known():
    bare = run(2024)
    bare.rows[url(1)] = "政府信息公开工作年度报告"
    bare.dates[url(1)] = "2026-03-20"
    bare.chosen.add(url(1))
    bare.read.add(url(1))
    assert bare.years_had() == {2024, 2025}
    bare.records[url(1)] = {("whole", 2019)}
    assert bare.years_had() == {2019, 2024}


def test_every_row_has_exactly_one_fate_and_their_sum_is_the_number_of_rows():
    mixed = run(2020, 2021, 2022, 2023, 2024, 2025)
    mixed.read = {url(2025), url(2024)}
    mixed.held = {url(2024), url(2023)}
    mixed.rejected, mixed.failed = {url(2022)}, {url(2021)}
    for number, why in enumerate(f for f in FATES if f.startswith(("other", "no_"))):
        mixed.rows[url(number, "x")] = "民政局"
        mixed.left_out[url(number, "x")] = why
    fates = mixed.fates()
    assert set(fates) == set(FATES)
    assert sum(fates.values()) == len(mixed.rows)
    assert fates["read"] == 2
    assert fates["held"] == 1
    assert fates["waiting"] == 1


def test_a_gap_is_not_excused_by_lists_that_have_no_report_of_ours():
    elsewhere = run(2022, 2024, 2025, total=3)
    elsewhere.lists = [ListRead(url=url(0), rows=9, chosen=0, total=9, how="its total")]
    assert elsewhere.outcome()[0] == "incomplete"
    assert "no report of 2023" in elsewhere.outcome()[1]


def side_by_side(whole, office, **more):
    """Return the run of a portal with reports of the government and of its office."""
    both = run(*whole, **more)
    for year in office:
        address = url(year, "bgs")
        both.rows[address] = f"青榆县人民政府办公室{year}年政府信息公开工作年度报告"
        both.records[address] = {("office", year)}
        both.chosen.add(address)
        both.read.add(address)
    return both


ALL = (2021, 2022, 2023, 2024, 2025)


@pytest.mark.parametrize(
    ("whole", "office", "missing"),
    [
        (ALL, ALL, {}),
        (ALL, (2023, 2024, 2025), {}),
        (ALL, (2021, 2022, 2024, 2025), {"office": [2023]}),
        (ALL, (2021, 2022, 2023), {"office": [2024, 2025]}),
        ((2021, 2022, 2024, 2025), ALL, {"whole": [2023]}),
        ((2021, 2022), (2023, 2024, 2025), {}),  # the office goes on in the government's place
        (ALL, (2023,), {}),  # once under the office's name
    ],
)
def test_a_gap_of_either_series_is_named_where_both_have_one(whole, office, missing):
    portal = side_by_side(whole, office)
    assert portal.series_missing() == missing
    assert portal.outcome()[0] == ("incomplete" if missing else "ok")


def test_a_gap_of_the_office_is_allowed_where_the_declared_total_was_met():
    portal = side_by_side(ALL, (2021, 2022, 2024, 2025), total=5)
    outcome, evidence = portal.outcome()
    assert outcome == "ok"
    assert "missing at the source of its office: 2023" in evidence


def test_a_series_that_was_not_asked_for_lacks_nothing():
    portal = side_by_side(ALL, (2021, 2022, 2025), kinds=frozenset({"whole"}))
    assert portal.series_missing() == {}


def test_where_all_that_is_there_is_the_offices_the_governments_lacks():
    office = side_by_side((), ALL, total=5)
    outcome, evidence = office.outcome()
    assert outcome == "incomplete"
    assert "none of the government itself" in evidence
    office.kinds = frozenset({"office"})
    assert office.outcome()[0] == "ok"

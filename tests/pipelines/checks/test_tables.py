"""The rules over the tables: each speaks where it is broken, none on a flawless report."""

from __future__ import annotations

import pytest

from pipelines.checks.tables import check_tables, check_tables_present
from pipelines.forms import read_forms
from pipelines.forms.model import FormReading
from pipelines.record import CellNote
from tests.forms.papers import NEW, OLD, REPORTS, document, four, three, two


def reading(report=NEW, **cells):
    def mine(table):
        return {f: v for f, v in cells.items() if f.startswith(f"{table}_")}

    return read_forms(
        document(
            two(report, **mine("t2")),
            "三、",
            three(report, **mine("t3")),
            "四、",
            four(report, **mine("t4")),
        )
    )


def check(form, scope="unknown", level=None):
    return check_tables(form, scope=scope, admin_level=level)


def rules(form, **of):
    return [f.rule for f in check(form, **of)]


@pytest.mark.parametrize("report", REPORTS[::4], ids=lambda r: r.slug)
def test_no_rule_speaks_on_a_flawless_report(report):
    level = report.organ.division.level
    found = rules(reading(report), scope="single_organ", level=level)
    assert [r for r in found if r != "R2-RULES-LEVEL"] == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {
                "t2_normative_issued": "9",
                "t2_normative_repealed": "0",
                "t2_normative_in_force": "5",
            },
            "R2-STOCK",
        ),
        (
            {
                "t2_normative_issued": "9",
                "t2_normative_repealed": "1",
                "t2_normative_in_force": "0",
            },
            "R2-STOCKZERO",
        ),
        ({"t2_fee_amount_wanyuan": "11147712"}, "R2-FEE-UNIT"),
        ({"t2_fee_amount_wanyuan": "24252.311082"}, "R2-FEE-DEC"),
        ({"t2_license_decisions": "-4"}, "R2-INT"),
        ({"t4_review_total": "99999"}, "R4-SUM"),
    ],
)
def test_each_rule_of_the_form_of_2021_speaks_where_it_is_broken(cells, expected):
    assert expected in rules(reading(**cells))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"t2_rules_newly_public": "9", "t2_rules_public_total": "8"}, "R2-19-PUB"),
        ({"t2_license_items_prev": "3", "t2_license_items_delta": "-5"}, "R2-19-ITEMS"),
        (
            {
                "t2_penalty_items_prev": "22",
                "t2_penalty_items_delta": "1",
                "t2_penalty_decisions": "23",
            },
            "R2-19-MISFILL",
        ),
        ({"t2_service_items_prev": "+22"}, "R2-19-SHIFT"),
        ({"t2_procurement_amount_wanyuan": "2510000"}, "R2-19-PROC-UNIT"),
    ],
)
def test_each_rule_of_the_form_of_2019_speaks_where_it_is_broken(cells, expected):
    assert rules(reading(OLD, **cells)) == [expected]


def test_changed_items_may_be_negative():
    form = reading(OLD, t2_license_items_prev="300", t2_license_items_delta="-5")
    assert rules(form) == []


def test_a_county_that_makes_rules_is_told_and_a_city_is_not():
    form = reading(t2_rules_issued="2", t2_rules_repealed="0", t2_rules_in_force="6")
    assert "R2-RULES-LEVEL" in rules(form, level="county")
    assert "R2-RULES-LEVEL" not in rules(form, level="prefecture")


def test_an_organ_of_a_city_that_is_no_government_makes_no_rules():
    form = reading(t2_rules_issued="2", t2_rules_repealed="0", t2_rules_in_force="6")
    for kind, told in (("department", True), ("government", False), ("government_office", False)):
        found = check_tables(
            form, scope="single_organ", admin_level="prefecture", publisher_type=kind
        )
        assert ("R2-RULES-LEVEL" in {f.rule for f in found}) is told


def test_the_item_count_again_is_a_misfill_though_nothing_changed():
    cells = {f"t2_penalty_{c}": n for c, n in (("items_prev", "22"), ("items_delta", "0"), ("decisions", "22"))}  # fmt: skip
    assert rules(reading(OLD, **cells)) == ["R2-19-MISFILL"]


def test_a_whole_county_without_one_decision_is_probably_one_organ():
    form = reading(t2_license_decisions="0", t2_penalty_decisions="0", t2_coercion_decisions="0")
    assert rules(form, scope="aggregate", level="county") == ["R2-AGGREGATE-ZERO"]
    assert rules(form, scope="single_organ", level="county") == []


def test_only_the_total_column_filled_is_told_as_that():
    cells = {
        f"t3_granted__{c}": "0"
        for c in (
            "natural",
            "business",
            "research",
            "public_interest",
            "legal_service",
            "other_org",
        )
    }
    assert "R3-SPLITMISSING" in rules(reading(**cells))


def blank_sums(form):
    """Take the totals away that would prove what the bounds are to say."""
    table = form.tables["t3"]
    for f in table.values:
        if "processed_total" in f or f.endswith("__total"):
            table.values[f] = None
            table.notes[f] = CellNote(status="blank")
    return form


def test_a_result_above_the_requests_of_its_column_is_told_where_no_sum_says_it():
    form = blank_sums(reading(t3_carried_out__natural="", t3_granted__natural="999999"))
    found = {f.rule: f for f in check(form)}
    assert found["R3-BOUND"].where == "t3_granted__natural"


def test_results_without_any_request_are_told_where_no_sum_says_it():
    form = reading(t3_carried_out__research="")
    form = blank_sums(form)
    values = form.tables["t3"].values
    values["t3_new_received__research"] = values["t3_carried_in__research"] = 0
    values["t3_partial__research"] = 4
    assert "t3_partial__research" in {f.rule: f for f in check(form)}["R3-NEWZERO"].where


def test_what_a_broken_sum_says_the_bounds_do_not_say_again():
    found = rules(reading(t3_granted__natural="999999"))
    assert set(found) == {"R3-ROW", "R3-SUM"}


def test_more_disputes_than_requests_could_bring_are_told():
    cells = {f"t4_review_{o}": "0" for o in ("corrected", "other", "pending")}
    form = reading(**cells, t4_review_upheld="90000", t4_review_total="90000")
    assert rules(form) == ["R4-VS-T3"]


def test_an_empty_form_has_one_finding():
    empty = dict.fromkeys(reading().values, "")
    assert rules(reading(**empty)) == ["RM-BLANKFORM"]


def test_missing_tables_are_one_finding_and_only_for_years_that_have_them():
    assert [f.where for f in check_tables_present(FormReading(), 2021)] == ["t2,t3,t4"]
    assert list(check_tables_present(FormReading(), 2016)) == []
    assert list(check_tables_present(reading(), 2021)) == []


def test_figures_from_pictures_are_flagged_unless_a_whole_sum_confirms_them():
    form = reading()
    for table in form.tables.values():
        table.recognised = True
        table.notes.update({f: CellNote(status="ocr") for f in table.values})
    assert rules(form) == ["R2-OCR"]
    for cell in ("natural", "research", "total"):
        form.tables["t3"].values[f"t3_granted__{cell}"] = None
    form.tables["t3"].values["t3_processed_total__other_org"] = None
    found = {f.rule: f.where for f in check(form)}
    assert found["R3-OCR"] == "t3_granted__other_org"

"""The truth of the demo is consistent in itself; everything else is measured against it."""

from __future__ import annotations

import itertools

import pytest

from crawler.demo.listing import REISSUE_YEAR, TWIN_YEAR, entries
from crawler.demo.tables import tables_of
from crawler.demo.world import (
    COLUMNS,
    DIVISIONS,
    FIRST_YEAR,
    LAST_YEAR,
    broken_sums,
    corrected,
    history,
    organs,
)

ALL_ORGANS = [organ for division in DIVISIONS.values() for organ in organs(division)]
COUNTY = DIVISIONS["990121"]


@pytest.mark.parametrize("organ", ALL_ORGANS, ids=lambda organ: organ.name)
def test_all_sums_of_the_forms_hold_in_every_year(organ):
    for report in history(organ, 2023):
        assert list(broken_sums(report.values, report.t3_form)) == []


def test_a_single_wrong_figure_is_noticed_by_the_sums():
    report = history(organs(COUNTY)[0])[4]
    wrong = dict(report.values) | {"t3_granted__natural": report.values["t3_granted__natural"] + 1}
    assert set(broken_sums(wrong, report.t3_form)) == {"R3-SUM[natural]", "R3-ROW[granted]"}


def test_what_is_carried_out_of_a_year_is_carried_into_the_next():
    for organ in ALL_ORGANS:
        years = history(organ)
        for before, after in itertools.pairwise(years):
            for col in COLUMNS:
                assert (
                    after.values[f"t3_carried_in__{col}"] == before.values[f"t3_carried_out__{col}"]
                )


def test_a_report_prints_exactly_the_fields_of_its_forms():
    for report in history(organs(COUNTY)[0], hybrid_year=2023):
        counts = {t: sum(f.startswith(t) for f in report.values) for t in ("t2_", "t3_", "t4_")}
        old = report.year <= 2020
        assert counts["t2_"] == (22 if old else 10)
        assert counts["t3_"] == (161 if old or report.year == 2023 else 175)
        assert counts["t4_"] == 15


def test_the_tables_have_a_cell_for_every_field_and_no_place_twice():
    for report in history(organs(COUNTY)[0], hybrid_year=2023):
        printed = []
        for table in tables_of(report):
            places = [
                (r + i, c + j)
                for r, c, cell in table.placed()
                for i in range(cell.rowspan)
                for j in range(cell.colspan)
            ]
            assert len(places) == len(set(places)) == len(table.rows) * table.width
            printed += [cell.field for _, _, cell in table.placed() if cell.field]
        assert sorted(printed) == sorted(report.values)


def test_every_column_has_five_years_and_more_with_all_its_traps():
    for division in DIVISIONS.values():
        rows = entries(division)
        kinds = [row.kind for row in rows]
        whole = {row.year for row in rows if row.kind == "whole"}
        assert whole == set(range(FIRST_YEAR, LAST_YEAR + 1))
        assert kinds.count("department") >= 5
        assert kinds.count("township") >= 5
        titles = " ".join(row.title for row in rows if row.kind == "lookalike")
        assert "政府网站工作年度报表" in titles
        assert "法治政府建设年度报告" in titles
        assert len({row.number for row in rows}) == len(rows)
        assert [row.date for row in rows] == sorted((row.date for row in rows), reverse=True)


def test_the_twin_is_the_same_report_and_the_correction_is_not():
    rows = entries(COUNTY)
    (twin,) = [row for row in rows if row.kind == "twin"]
    (held,) = [row for row in rows if row.kind == "whole" and row.year == TWIN_YEAR]
    assert twin.report is held.report
    (original,) = [row for row in rows if row.kind == "superseded"]
    (again,) = [row for row in rows if row.kind == "whole" and row.year == REISSUE_YEAR]
    assert "更正" in again.title
    assert again.date > original.date
    assert original.report.values != again.report.values


def test_the_wrong_figures_of_the_first_issue_obey_the_sums_too():
    for division in DIVISIONS.values():
        report = history(organs(division)[0])[REISSUE_YEAR - FIRST_YEAR]
        original, again = corrected(report)
        assert list(broken_sums(original.values, original.t3_form)) == []
        assert again.values == report.values

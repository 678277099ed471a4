"""Every division and year is present, missing or not got, and the table says which."""

from __future__ import annotations

import json

import pytest

from pipelines.registry import Portal
from pipelines.store import open_store
from pipelines.store.coverage import as_page, as_table, cover, held_reports, visits_of
from tests.pipelines.store.records import record


def portal(code, name):
    return Portal(
        code=code,
        name=f"{name}人民政府",
        level="county",
        province="虚构省",
        prefecture="",
        county=name,
        home_url="http://www.example.invalid/",
        column_url="",
        where="",
    )


PORTALS = [portal("990101", "云溪县"), portal("990102", "<松>县"), portal("990103", "远圩县")]


@pytest.fixture
def output(tmp_path):
    store = open_store(tmp_path)
    store.state.keep(record(1, year=2023))
    store.state.keep(record(2, year=2022, publisher_type="government_office", scope="single_organ"))
    store.state.keep(record(3, year=2021, publisher_type="department", scope="single_organ"))
    store.dataset.promote()
    store.close()
    for run, outcome in (("20260101T000000Z", "unreachable"), ("20260201T000000Z", "ok")):
        folder = tmp_path / "runs" / run
        folder.mkdir(parents=True)
        portals = [{"code": "990101", "outcome": outcome, "evidence": "e"}]
        if outcome == "ok":
            portals.append({"code": "990102", "outcome": "blocked", "evidence": "412 <html>"})
        (folder / "summary.json").write_text(json.dumps({"portals": portals}))
    return tmp_path


def coverage(output):
    return cover(PORTALS, held_reports(output), visits_of(output), range(2020, 2024))


def test_each_year_of_a_division_has_its_mark(output):
    seen, blocked, new = coverage(output).rows
    assert seen.marks == {2023: "■", 2022: "□", 2021: "·", 2020: "-"}
    assert set(blocked.marks.values()) == {"!"}
    assert set(new.marks.values()) == {" "}


def test_the_last_visit_says_why(output):
    assert [r.outcome for r in coverage(output).rows] == ["ok", "blocked", None]


def test_the_share_counts_divisions_not_reports(output):
    assert coverage(output).share() == {2020: (0, 3), 2021: (0, 3), 2022: (1, 3), 2023: (1, 3)}


def test_the_table_names_outcomes_and_sums_provinces(output):
    few = as_table(coverage(output), divisions=True)
    assert "990102" in few
    assert "(blocked)" in few
    many = as_table(coverage(output), divisions=False)
    assert "虚构省, of 3 divisions" in many
    assert "990102" not in many


def test_the_page_holds_every_division_and_escapes_what_portals_say(output):
    page = as_page(coverage(output))
    assert "&lt;松&gt;县" in page
    assert "412 &lt;html&gt;" in page
    assert "<script" not in page


def test_a_damaged_summary_costs_only_itself(output):
    (output / "runs/20260201T000000Z/summary.json").write_text("{")
    assert [v.outcome for v in visits_of(output)["990101"]] == ["unreachable"]


def test_a_report_under_a_former_code_counts_for_the_division_of_today(tmp_path):
    store = open_store(tmp_path)
    store.state.keep(record(1, year=2018) | {"adcode": "450127", "report_id": "450127-2018"})
    store.dataset.promote()
    store.close()
    assert list(held_reports(tmp_path)) == [("450181", 2018)]


def test_a_year_that_was_not_asked_for_is_neither_missing_nor_failed(tmp_path):
    def run(name, outcome, **asked):
        folder = tmp_path / "runs" / name
        folder.mkdir(parents=True)
        portals = [{"code": "990101", "outcome": outcome, "evidence": "e"}]
        (folder / "summary.json").write_text(
            json.dumps({"portals": portals, "asked": asked, "finished": name})
        )

    def marks():
        return cover(PORTALS[:1], {}, visits_of(tmp_path), range(2020, 2024)).rows[0].marks

    run("20260101T000000Z", "ok", kinds=None, years=[2023])
    assert marks() == {2020: " ", 2021: " ", 2022: " ", 2023: "-"}
    run("20260102T000000Z", "incomplete", kinds=None, years=[2022, 2023])
    assert marks() == {2020: " ", 2021: " ", 2022: "!", 2023: "!"}
    run("20260103T000000Z", "ok", kinds=["department"], years=None)
    assert marks() == {2020: " ", 2021: " ", 2022: "!", 2023: "!"}
    run("20260104T000000Z", "ok", kinds=["office", "whole"], years=None)
    assert set(marks().values()) == {"-"}
    run("20260105T000000Z", "unreachable", kinds=None, years=[2021])
    assert marks() == {2020: "-", 2021: "!", 2022: "-", 2023: "-"}


def test_a_year_whose_row_gave_something_else_is_not_missing(tmp_path):
    folder = tmp_path / "runs/20260201T000000Z"
    folder.mkdir(parents=True)
    entry = {"code": "990101", "outcome": "ok", "evidence": "", "years_doubted": [2024]}
    summary = {"finished": "2026-02-01T00:00:00Z", "portals": [entry]}
    (folder / "summary.json").write_text(json.dumps(summary))
    table = cover(PORTALS[:1], {}, visits_of(tmp_path), (2023, 2024))
    assert table.rows[0].marks == {2023: "-", 2024: "!"}

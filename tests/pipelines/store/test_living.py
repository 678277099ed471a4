"""The line of a report rests on an address that lives; one that is gone says since when."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pipelines.store import open_store
from pipelines.store.identity_of_content import Reading, merge
from pipelines.store.validation import faults
from tests.pipelines.store.records import record

GONE = "2026-11-03T00:00:00Z"
SHORT, LONG = "http://a.invalid/1", "http://a.invalid/zwgk/nb/2024/1.html"
OLD, NEW = {"t3_granted__total": 5}, {"t3_granted__total": 6}


def reading(url, values, seen="2026-11-01T00:00:00Z", **standing):
    made = record(url=url, values=values, fetched_at=seen, published_on=None)
    return Reading(record=made, last_seen=seen, **standing)


def test_the_line_rests_on_the_address_that_lives_however_short_the_one_that_is_gone():
    merged = merge([reading(SHORT, OLD, gone_since=GONE), reading(LONG, OLD)])
    assert merged.line["source_url"] == LONG
    (edition,) = merged.line["editions"]
    assert (edition["url"], edition["gone_since"], edition["main_because"]) == (
        *(SHORT, GONE),
        "living",
    )
    assert "gone_since" not in merged.line
    assert faults(merged.line) == []


def test_what_an_address_held_that_is_gone_is_a_revision_of_what_a_living_one_holds():
    merged = merge([reading(SHORT, OLD, gone_since=GONE), reading(LONG, NEW)])
    assert merged.line["values"] == NEW
    assert [r["values"] for r in merged.revisions] == [OLD]
    assert (merged.line["revision"], merged.conflicts) == (1, [])


def test_a_report_of_which_every_address_is_gone_stays_and_says_so():
    merged = merge([reading(SHORT, OLD, gone_since=GONE)])
    assert (merged.line["gone_since"], merged.line["values"]) == (GONE, OLD)
    assert faults(merged.line) == []
    both = merge([reading(SHORT, OLD, gone_since=GONE), reading(LONG, OLD, gone_since=GONE)])
    assert (both.line["source_url"], both.line["gone_since"]) == (SHORT, GONE)


def test_figures_are_not_given_up_for_a_living_address_that_has_none():
    merged = merge([reading(SHORT, OLD, gone_since=GONE), reading(LONG, {})])
    assert merged.line["values"] == OLD


def test_content_that_followed_another_at_one_address_replaced_it_at_every_address():
    before, after = "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"
    merged = merge([reading(SHORT, OLD), reading(LONG, OLD, before), reading(LONG, NEW, after)])
    assert (merged.line["values"], merged.line["source_url"]) == (NEW, LONG)
    assert merged.line["revision"] == 1
    assert merged.conflicts == []


def test_an_address_that_is_listed_is_preferred_to_one_that_is_no_more():
    merged = merge([reading(SHORT, OLD, unlisted=True), reading(LONG, OLD)])
    assert merged.line["source_url"] == LONG
    assert merged.line["editions"][0]["main_because"] == "listed"


@pytest.fixture
def night(monkeypatch):
    """Let it be another time."""

    def set_clock(day, hour=0):
        spelt = f"2026-11-{day:02}T{hour:02}:00:00Z"
        for module in ("addresses", "readings", "state"):
            monkeypatch.setattr(f"pipelines.store.{module}.now", lambda: spelt)

    return set_clock


def held(tmp_path, *urls):
    store = open_store(tmp_path)
    for url in urls:
        store.state.keep(record(url=url), reader="r")
    store.state.listed("990101", urls)
    return store


def line_of(tmp_path):
    (line,) = (tmp_path / "reports/990000.jsonl").read_text("utf-8").splitlines()
    return json.loads(line)


def test_an_unlisted_address_that_does_not_answer_is_gone_and_back_when_it_does(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    store.promote()
    assert store.state.no_more_listed("990101", {SHORT}) == []
    night(2)
    assert store.state.no_more_listed("990101", set()) == [SHORT]
    assert store.state.worth_asking(SHORT)
    assert store.state.missed(SHORT, "status 404")
    store.promote()
    assert line_of(tmp_path)["gone_since"] == "2026-11-02T00:00:00Z"
    night(3)
    assert not store.state.worth_asking(SHORT)
    night(4)
    assert store.state.worth_asking(SHORT)
    store.state.answered(SHORT)
    store.promote()
    assert "gone_since" not in line_of(tmp_path)
    store.close()


def test_an_unlisted_address_that_answers_is_asked_again_for_it_may_go_with_its_host(
    tmp_path, night
):
    night(1)
    store = held(tmp_path, SHORT)
    store.promote()
    asked = []
    for day in range(2, 30):
        night(day)
        assert store.state.no_more_listed("990101", set()) == [SHORT]
        if store.state.worth_asking(SHORT):
            asked.append(day)
            store.state.answered(SHORT)
    assert asked == [2, 4, 6, 10, 18]
    store.close()


def test_an_address_that_is_listed_is_gone_only_after_more_than_one_night(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    night(2)
    assert not store.state.missed(SHORT, "status 404")
    night(2, 5)
    assert not store.state.missed(SHORT, "status 404")
    night(3)
    assert store.state.missed(SHORT, "status 404")
    standing = store.state.standing_of(SHORT)
    assert standing.gone_since == "2026-11-02T00:00:00Z"
    store.close()


def test_what_a_bad_run_concluded_is_forgotten(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    store.promote()
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    night(2)
    store.state.no_more_listed("990101", set())
    store.state.missed(SHORT, "status 404")
    store.state.forget_standings(["990101"])
    store.promote()
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    standing = store.state.standing_of(SHORT)
    assert (standing.gone_since, standing.unlisted_since) == (None, None)
    store.close()


def test_a_lost_state_learns_from_the_lines_what_is_gone(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT, LONG)
    store.state.no_more_listed("990101", {LONG})
    store.state.missed(SHORT, "status 404")
    store.promote()
    store.close()
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    assert line_of(tmp_path)["source_url"] == LONG
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    store = open_store(tmp_path)
    store.state.keep(record(2), reader="r")
    store.promote()
    store.close()
    after = (tmp_path / "reports/990000.jsonl").read_bytes()
    assert before in after


def test_what_was_superseded_at_an_address_that_went_stays_so_after_a_lost_state(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    store.promote()
    night(2)
    store.state.listed("990101", [LONG])
    corrected = record(url=LONG, values=NEW, fetched_at="2026-11-02T00:00:00Z")
    store.state.keep(corrected, reader="r")
    store.state.no_more_listed("990101", {LONG})
    store.state.missed(SHORT, "status 404")
    store.promote()
    store.close()
    before = line_of(tmp_path)
    assert (before["source_url"], before["revision"]) == (LONG, 1)
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    night(4)
    store = open_store(tmp_path)
    store.state.keep({**corrected, "findings": []}, reader="s", seen_at="2026-11-04T00:00:00Z")
    store.promote()
    assert line_of(tmp_path)["source_url"] == LONG
    assert line_of(tmp_path)["revision"] == 1
    assert store.state.no_more_listed("990101", {LONG}) == [SHORT]
    # A list that shows it again, and its answer, take that back.
    store.state.listed("990101", [SHORT])
    store.state.answered(SHORT)
    assert store.state.standing_of(SHORT).gone_since is None
    assert store.state.no_more_listed("990101", {SHORT}) == [LONG]
    store.close()


def test_a_conflict_is_told_by_every_run_while_it_stands(tmp_path):
    store = open_store(tmp_path)
    facts = {"published_on": None}
    store.state.keep(record(url=SHORT, values=OLD, **facts), reader="r")
    store.state.keep(record(url=LONG, values=NEW, **facts), reader="r")

    def told():
        return [p.code for p in store.promote().problems]

    assert told() == ["dataset/conflicting-editions"]
    assert told() == ["dataset/conflicting-editions"]
    later = "2026-11-09T00:00:00Z"
    store.state.keep(record(url=LONG, values=OLD, fetched_at=later, **facts), reader="r")
    assert told() == []
    store.close()


def test_a_state_of_version_3_knows_its_addresses_as_listed(tmp_path):
    store = held(tmp_path, SHORT)
    db = store.state._db
    db.execute(
        "INSERT INTO documents VALUES (?, 'x', '990101', '{}', '2026-11-01T00:00:00Z')", (SHORT,)
    )
    db.execute("DROP TABLE addresses")
    db.execute("DROP TABLE conflicts")
    db.execute("ALTER TABLE pages DROP COLUMN checked_at")
    db.execute("PRAGMA user_version = 3")
    store.close()
    store = open_store(tmp_path)
    assert store.state.no_more_listed("990101", set()) == [SHORT]
    store.close()


def test_an_address_where_nobody_answers_is_gone_after_a_fortnight_of_that(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    store.state.no_more_listed("990101", set())
    for day in (1, 2, 9, 15):
        night(day)
        assert store.state.worth_asking(SHORT)
        assert not store.state.missed(SHORT, "connection refused", silent=True)
    night(16)
    assert store.state.missed(SHORT, "connection refused", silent=True)
    assert store.state.standing_of(SHORT).gone_since == "2026-11-01T00:00:00Z"
    assert not store.state.worth_asking(SHORT)
    store.close()


def test_one_that_answers_in_between_starts_its_fortnight_anew(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    store.state.missed(SHORT, "connection refused", silent=True)
    night(14)
    store.state.answered(SHORT)
    night(16)
    assert not store.state.missed(SHORT, "connection refused", silent=True)
    store.close()


def test_an_address_that_gave_no_report_is_due_whatever_its_schedule_says(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    today = datetime(2026, 11, 2, tzinfo=UTC)
    assert not store.state.due(SHORT, today)
    night(2)
    store.state.no_more_listed("990101", set())
    store.state.missed(SHORT, "status 404")
    store.state.listed("990101", [SHORT])
    assert store.state.due(SHORT, today)
    store.state.answered(SHORT)
    assert not store.state.due(SHORT, today)
    store.close()


def test_a_bad_run_takes_back_what_it_found_and_not_what_others_had_found(tmp_path, night):
    night(1)
    store = held(tmp_path, SHORT)
    store.state.no_more_listed("990101", set())
    store.state.missed(SHORT, "status 404")
    store.promote()
    (tmp_path / "runs" / store.run).mkdir(parents=True)  # no later run has its id
    store.close()
    night(9)
    store = open_store(tmp_path)
    assert store.state.no_more_listed("990101", set()) == [SHORT]
    store.state.missed(SHORT, "status 404")
    store.state.forget_standings(["990101"])
    standing = store.state.standing_of(SHORT)
    assert standing.gone_since == standing.unlisted_since == "2026-11-01T00:00:00Z"
    store.close()


def test_what_was_not_asked_for_is_not_missed_in_a_list(tmp_path):
    store = held(tmp_path, SHORT, LONG)
    unlisted = store.state.no_more_listed("990101", set(), asked_for=lambda url: url == LONG)
    assert unlisted == [LONG]
    assert store.state.standing_of(SHORT).unlisted_since is None
    store.close()


def test_an_address_that_answered_before_its_list_was_written_down_has_answered(tmp_path, night):
    night(1)
    store = open_store(tmp_path)
    store.state.keep(record(url=SHORT), reader="r")
    store.state.answered(SHORT)
    store.state.listed("990101", [SHORT])
    standing = store.state.standing_of(SHORT)
    assert (standing.portal, standing.listed_at, standing.answered_at) == (
        "990101",
        *["2026-11-01T00:00:00Z"] * 2,
    )
    store.close()

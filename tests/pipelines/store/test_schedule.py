"""Young reports are looked at often and in season oftener; old ones seldom, none never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.store import open_store
from pipelines.store.schedule import due, interval
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from tests.pipelines.store.records import record

FEBRUARY = datetime(2026, 2, 10, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("year", "today", "days"),
    [(2025, FEBRUARY, 3), (2025, OCTOBER, 30), (2024, FEBRUARY, 14), (2023, OCTOBER, 90), (2012, FEBRUARY, 180), (None, FEBRUARY, 3)],
)  # fmt: skip
def test_the_interval_follows_age_and_season(year, today, days):
    assert interval(year, today) == timedelta(days=days)
    almost = (today - timedelta(days=days) + timedelta(hours=1)).isoformat()
    assert not due(almost, year, today)
    assert due((today - timedelta(days=days)).isoformat(), year, today)


@pytest.mark.parametrize("checked", [None, "", "yesterday", "2031-01-01T00:00:00Z"])
def test_what_was_never_checked_or_by_a_wrong_clock_is_due(checked):
    assert due(checked, 2025, FEBRUARY)


@given(st.integers(2008, 2030), st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_everything_is_due_after_half_a_year(year, today):
    today = today.replace(tzinfo=UTC)
    assert due((today - timedelta(days=180)).isoformat(), year, today)


def test_the_state_knows_what_is_due(tmp_path):
    store = open_store(tmp_path)
    url = record(1)["source_url"]
    assert store.state.due(url)
    store.state.keep(record(1, year=2012))
    assert not store.state.due(url)
    assert store.state.due(url, datetime.now(UTC) + timedelta(days=181))
    store.close()


def test_a_row_that_says_otherwise_is_due_at_once(tmp_path):
    store = open_store(tmp_path)
    url = record(1)["source_url"]
    source = Source(url=url, title="年度报告", published_on="2024-01-20")
    page = RawFile(body=b"x", url=url)
    store.state.remember_document(FetchedDocument(portal_code="990101", source=source, page=page))
    store.state.keep(record(1, year=2012))
    assert not store.state.due(url, row=("年度报告", "2024-01-20"))
    assert store.state.due(url, row=("年度报告(更正)", "2024-01-20"))
    assert store.state.due(url, row=("年度报告", "2024-05-02"))
    store.close()


def test_a_report_whose_file_could_not_be_fetched_is_asked_again_in_full(tmp_path):
    store = open_store(tmp_path)
    url = record(1)["source_url"]
    store.state.remember_page(url, etag='"1"', sha256="a")
    store.state.keep(record(1, year=2012), complete=False)
    assert store.state.held(url)
    assert store.state.due(url)
    assert store.state.validators(url) == {}
    store.state.keep(record(1, year=2012))
    assert not store.state.due(url)
    assert store.state.validators(url) == {"If-None-Match": '"1"'}
    store.close()

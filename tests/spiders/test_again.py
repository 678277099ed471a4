"""The second crawl of a portal: what stands is not fetched again, what is new or moved is found."""

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from crawler.demo.server import Site
from tests.spiders.world import YEARS, crawl, page, portal, report, rows

remembered: dict[str, dict[str, object]] = {}
"""What the state holds of each portal's column after the first crawl."""
LAST = max(YEARS) + 1
REAL = (
    *("-s", 'ITEM_PIPELINES={"tests.spiders.world.Keep": 1}'),
    *("-s", f"CRAWL_DATE={LAST + 1}-11-30"),
)


def columns_of(output: Path) -> dict[str, dict[str, object]]:
    with contextlib.closing(sqlite3.connect(output / "state.sqlite")) as state:
        held = state.execute("SELECT code, column FROM columns").fetchall()
    return {code: json.loads(column) for code, column in held}


def kept_up(code: str) -> Site:
    """A portal whose column has the year the law wants by now."""
    site = portal(code)
    site.page("/zwgk/nb/", page(rows((LAST, 2024, 2023)), "政府信息公开年报"))
    site.page(f"/zwgk/nb/{LAST + 1}03/t{LAST + 1}0315_{LAST}.html", report(LAST))
    return site


def with_two_columns(code: str) -> Site:
    """The government's and its office's reports have a column each, named alike."""
    site = kept_up(code)
    more = '<a href="/zfb/nb/">政府信息公开年报</a>'
    site.page("/", page(f'<a href="/zwgk/nb/">政府信息公开年报</a>{more}'))
    office = rows((2024, 2023), base="/zfb/nb/").replace("试点县2", "试点县人民政府办公室2")
    site.page("/zfb/nb/", page(office, "政府信息公开年报"))
    for year in (2024, 2023):
        site.page(f"/zfb/nb/{year + 1}03/t{year + 1}0315_{year}.html", report(year))
    return site


def moved_column(code: str) -> Site:
    """The rebuilt portal lists its reports elsewhere; the old column still stands."""
    site = kept_up(code)
    site.page("/zwgk/nb/", page(rows(YEARS), "政府信息公开年报"))
    site.page(
        "/", page('<a href="/xxgk/xxgknb/">政府信息公开年报</a><a href="/zwgk/">政务公开</a>')
    )
    site.page("/xxgk/xxgknb/", page(rows((LAST,)) + rows((2024,)), "政府信息公开年报"))
    return site


def gone_column(code: str) -> Site:
    """The column remembered answers with the home page; the reports are listed elsewhere."""
    site = kept_up(code)
    home = page('<a href="/xxgk/nb2/">政府信息公开年报</a><a href="/zwgk/">政务公开</a>')
    site.page("/", home)
    site.page("/zwgk/nb/", "", status=302, headers={"Location": "/"})
    site.page("/zwgk/", page("<p>x</p>"))
    site.page("/xxgk/nb2/", page(rows((LAST, 2024, 2023)), "政府信息公开年报"))
    return site


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    output = tmp_path_factory.mktemp("again")
    first = crawl(
        [
            kept_up("990081"),
            with_two_columns("990082"),
            portal("990083"),
            kept_up("990084"),
        ],
        output,
        *REAL,
    )
    remembered.update(columns_of(output))
    second = crawl(
        [
            kept_up("990081"),
            with_two_columns("990082"),
            moved_column("990083"),
            gone_column("990084"),
        ],
        output,
        *REAL,
        *("-s", "RECHECK=always"),
        port=first.server.port,
    )
    return first, second


def test_a_second_crawl_goes_straight_to_the_column_and_fetches_no_page_again(twice):
    first, second = twice
    assert first.portals["990081"]["read"] == 3
    assert second.portals["990081"]["held"] == 3
    assert second.paths("990081")[:2] == ["/robots.txt", "/zwgk/nb/"]
    assert len(second.paths("990081")) == 5
    assert {s.status for s in second.asked("990081") if "/t20" in s.path} == {304}


def test_a_column_beside_the_first_is_remembered_too(twice):
    first, second = twice
    assert first.portals["990082"]["chosen"] == 5
    assert second.portals["990082"]["held"] == 5


def test_an_old_column_that_stopped_growing_makes_the_crawl_look_for_a_newer_one(twice):
    _, second = twice
    assert second.portals["990083"]["column_url"].endswith("/xxgk/xxgknb/")
    assert second.portals["990083"]["read"] == 1
    assert second.portals["990083"]["held"] == len(YEARS)
    assert second.outcome("990083") == "ok"


def test_a_column_is_remembered_with_the_evidence_it_was_found_by(twice):
    assert str(remembered["990081"]["url"]).endswith("/zwgk/nb/")
    assert "link text 政府信息公开年报" in remembered["990081"]["evidence"]
    assert remembered["990081"]["family"]


def test_a_remembered_column_that_no_longer_verifies_is_searched_anew(twice):
    _, second = twice
    assert second.paths("990084")[1] == "/zwgk/nb/"
    assert second.portals["990084"]["column_url"].endswith("/xxgk/nb2/")
    assert second.portals["990084"]["held"] == 3
    assert str(columns_of(second.output)["990084"]["url"]).endswith("/xxgk/nb2/")

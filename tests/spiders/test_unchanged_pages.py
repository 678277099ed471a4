"""What changes under a page that stays the same: its attachments, and pages that always say 304."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from crawler.demo.server import Site
from pipelines.store import open_store
from tests.pipelines.store.records import record
from tests.spiders.test_lost import SETTINGS
from tests.spiders.world import crawl, page, portal, rows

YEARS = (2025, 2024)
BARE = page("<h1>试点县2025年政府信息公开工作年度报告</h1><a href='/att/{year}.doc'>附件</a>")


def with_files(code: str, *, body: str) -> Site:
    """Each report is a page with nothing but an attachment."""
    site = portal(code)
    site.page("/zwgk/nb/", page(rows(YEARS), "政府信息公开年报"))
    for year in YEARS:
        where = f"/zwgk/nb/{year + 1}03/t{year + 1}0315_{year}.html"
        site.page(where, BARE.replace("{year}", str(year)))
        text = f"试点县{year}年报告 {body if year == 2024 else 'as it was'}"
        site.page(f"/att/{year}.doc", text.encode(), content_type="application/msword")
    return site


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    output = tmp_path_factory.mktemp("files")
    port, runs = 0, []
    for body in ("first", "first", "replaced"):
        runs.append(crawl([with_files("990089", body=body)], output, *SETTINGS, port=port))
        port = runs[0].server.port
    return runs


def files(run) -> dict[str, list[int]]:
    asked: dict[str, list[int]] = {}
    for seen in run.asked("990089"):
        if found := re.search(r"/att/(\d+)", seen.path):
            asked.setdefault(found[1], []).append(seen.status)
    return asked


def test_files_behind_an_unchanged_page_are_asked_conditionally(nights):
    first, second, _ = nights
    assert files(first) == {"2025": [200], "2024": [200]}
    assert files(second) == {"2025": [304], "2024": [304]}
    assert (second.portals["990089"]["read"], second.portals["990089"]["held"]) == (0, 2)


def test_a_file_replaced_under_an_unchanged_page_is_read(nights):
    _, _, third = nights
    assert third.portals["990089"]["read"] == 1
    assert third.portals["990089"]["held"] == 1
    assert set(files(third)["2024"]) == {200}
    assert files(third)["2025"] == [304]


def test_a_held_address_that_always_answers_304_is_fetched_whole_now_and_then(tmp_path):
    store = open_store(tmp_path)
    url = str(record(1)["source_url"])

    def fetched(days_ago: int) -> None:
        then = datetime.now(UTC) - timedelta(days=days_ago)
        store.state.remember_page(url, etag='"e"', sha256="x", fetched_at=then.isoformat())
        store.state.keep(record(1), reader="r")

    fetched(10)
    assert store.state.validators(url) == {"If-None-Match": '"e"'}
    fetched(3000)
    assert store.state.validators(url) == {}
    store.close()


def test_a_file_whose_server_always_says_304_is_fetched_whole_now_and_then(tmp_path):
    store = open_store(tmp_path)
    page_of, file = str(record(1)["source_url"]), "http://www.example.invalid/att/1.pdf"

    def fetched(days_ago: int) -> None:
        then = datetime.now(UTC) - timedelta(days=days_ago)
        store.state.remember_page(file, etag='"e"', sha256="x", fetched_at=then.isoformat())

    store.state.keep(record(1), reader="r")
    fetched(10)
    assert store.state.file_validators(file, page_of) == {"If-None-Match": '"e"'}
    fetched(3000)
    assert store.state.file_validators(file, page_of) == {}
    store.close()

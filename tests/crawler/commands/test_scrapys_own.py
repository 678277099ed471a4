"""Scrapy's own commands and feeds do what its users expect, and never touch the dataset."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.demo.__main__ import LOOPBACK
from crawler.demo.portals import PORTALS
from crawler.demo.registry import write_registry
from crawler.demo.server import WorldServer
from crawler.demo.world import LAST_YEAR
from tests.commands import scrapy

PORTAL = PORTALS[0]


@dataclass(slots=True, kw_only=True)
class Place:
    """A folder after a crawl, and the portal it was crawled from."""

    server: WorldServer
    folder: Path
    registry: Path

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def scrapy(self, *words: str):
        given = ("-a", f"portals={self.registry}") if words[0] in {"crawl", "parse"} else ()
        allowed = ("-s", f"ALLOWED_PRIVATE_NETWORKS={LOOPBACK}")
        clock = ("-s", f"CRAWL_DATE={LAST_YEAR + 1}-11-30")
        return scrapy(self.output, *words, *given, *allowed, *clock)

    def files(self) -> dict[str, str]:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.output.rglob("*")
            if path.is_file()
        }

    def dataset(self) -> list[dict]:
        return records(self.output / "reports/990000.jsonl")


def records(path: Path) -> list[dict]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return sorted(lines, key=lambda record: record["report_id"])


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    with WorldServer([PORTAL.site()]) as server:
        registry = write_registry(folder / "portals.csv", server.base, [PORTAL])
        yield Place(server=server, folder=folder, registry=registry)


@pytest.fixture(scope="module")
def crawled(place):
    """Return the place after its first crawl, which also wrote a feed."""
    done = place.scrapy("crawl", "county_reports", "-O", str(place.folder / "first.jsonl"))
    assert done.returncode == 0, done.stderr
    return place


def test_a_feed_holds_the_public_records_a_run_read(crawled):
    fed = records(crawled.folder / "first.jsonl")
    assert {r["report_id"] for r in fed} == {r["report_id"] for r in crawled.dataset()}
    assert set(fed[0]) == set(crawled.dataset()[0])
    assert "青榆县" in (crawled.folder / "first.jsonl").read_text("utf-8")


def test_a_second_run_feeds_what_it_read_and_on_request_all_that_is_held(crawled):
    feeds = {feed: crawled.folder / f"{feed}.jsonl" for feed in ("run", "all")}
    for feed, path in feeds.items():
        jobdir = ("-s", f"JOBDIR={crawled.folder / 'job'}")
        done = crawled.scrapy(
            "crawl", "county_reports", "-a", f"feed={feed}", "-O", str(path), *jobdir
        )
        assert done.returncode == 0, done.stderr
    assert not feeds["run"].exists() or records(feeds["run"]) == []
    assert records(feeds["all"]) == crawled.dataset()

    done = crawled.scrapy(
        *("crawl", "county_reports", "-a", "feed=all", "-a", "years=2023", "-O", str(feeds["all"]))
    )
    assert done.returncode == 0, done.stderr
    assert records(feeds["all"]) == [r for r in crawled.dataset() if r["report_year"] == 2023]


def test_a_feed_of_all_that_is_held_is_empty_where_nothing_is(crawled, tmp_path):
    done = scrapy(
        *(tmp_path / "output", "crawl", "county_reports", "-a", f"portals={crawled.registry}"),
        *("-a", "feed=all", "-a", "years=2008", "-O", str(tmp_path / "all.jsonl")),
        *("-s", f"ALLOWED_PRIVATE_NETWORKS={LOOPBACK}"),
    )
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "all.jsonl").exists() or records(tmp_path / "all.jsonl") == []


def test_parse_shows_what_a_page_is_and_leaves_every_file_as_it_is(crawled):
    before, (held, *_) = crawled.files(), crawled.dataset()
    report = crawled.scrapy("parse", "--spider", "county_reports", "--nocolour", held["source_url"])
    assert f"'report_id': '{held['report_id']}'" in report.stdout, report.stderr
    column = json.loads(max(crawled.output.glob("runs/*/summary.json")).read_text("utf-8"))
    url = column["portals"][0]["column_url"]
    listed = crawled.scrapy("parse", "--spider", "county_reports", "--nocolour", url)
    assert "'is_report': False" in listed.stdout
    assert "'rows': 15" in listed.stdout
    assert (
        f"<GET {held['source_url']}>" in listed.stdout + report.stdout or "<GET " in listed.stdout
    )
    for done in (report, listed):
        assert "WARNING" not in done.stderr
        assert "Run " not in done.stdout
    for words in (("fetch", "--spider", "county_reports", url), ("shell", "-c", "response", url)):
        crawled.scrapy(*words)
    assert crawled.scrapy("check").returncode == 0
    assert crawled.files() == before


@pytest.mark.parametrize("words", [("fetch",), ("shell", "-c", "response")])
def test_what_may_not_be_asked_is_told_with_how_to_allow_it(tmp_path, place, words):
    url = place.server.base(PORTAL.code)
    host = url.removeprefix("http://").partition(":")[0]
    refused = scrapy(tmp_path / "output", *words, url)
    assert f"{host} is not a public address" in refused.stderr
    allow = [w for w in refused.stderr.split() if w.startswith("ALLOWED_")]
    assert len(allow) == 2
    allowed = scrapy(tmp_path / "output", *words, url, *(x for w in allow for x in ("-s", w)))
    assert "refused" not in allowed.stderr
    assert "<html" in allowed.stdout or "<200 " in allowed.stdout
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("command", ["crawl", "fetch", "parse"])
def test_a_wrong_log_level_is_one_line(tmp_path, command):
    done = scrapy(tmp_path / "output", command, "http://127.0.0.1/", "-s", "LOG_LEVEL=LOUD")
    assert done.returncode == 2
    assert done.stderr.strip() == (
        f"scrapy {command}: LOG_LEVEL=LOUD is not one of CRITICAL, ERROR, WARNING, INFO, DEBUG"
    )
    assert not (tmp_path / "output").exists()

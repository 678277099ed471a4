"""Where a run stands is told to machines: status file, metrics, lines of JSON."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from scrapy.settings import Settings

from crawler.extensions.progress import Progress
from crawler.extensions.status import status_of, write_metrics
from crawler.json_logs import JsonFormatter
from pipelines.vocabulary.ledger import Ledger
from pipelines.vocabulary.problems import Problem
from tests.spiders.world import always, crawl, portal

NOW = datetime(2026, 12, 1, 5, tzinfo=UTC)


@pytest.fixture
def ledger():
    ledger = Ledger()
    run = ledger.open("990101", "试点县", "http://home.invalid/")
    run.read, run.chosen, run.done = {"a"}, {"a", "b"}, True
    ledger.open("990102", "又一县", "http://other.invalid/")
    ledger.problem(Problem(code="fetch/timeout", evidence="no answer", portal="990101", url="b"))
    ledger.notes |= {"portals_asked": 2, "verdict": ("bad", "nobody answered")}
    return ledger


def test_a_verdict_is_told_only_when_the_run_has_ended(ledger):
    running = status_of(ledger, run="r", state="running", now=NOW)
    assert (running["verdict"], running["portals_done"], running["portals_asked"]) == (None, 1, 2)
    ended = status_of(ledger, run="r", state="ended", now=NOW)
    assert (ended["verdict"], ended["why"]) == ("bad", "nobody answered")
    assert ended["problems"] == {"fetch/timeout": 1}


def test_metrics_are_what_prometheus_reads(ledger, tmp_path):
    from prometheus_client.parser import text_string_to_metric_families

    path = tmp_path / "county.prom"
    status = status_of(ledger, run="r", state="ended", now=NOW)
    write_metrics(str(path), status, seconds=12.5, now=NOW)
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }
    assert told["county_reports_last_run_good",] == 0
    assert told["county_reports_run_seconds",] == 12.5
    assert told["county_reports_reports", "read"] == 1
    assert told["county_reports_problems", "fetch/timeout"] == 1
    assert told["county_reports_updated_timestamp_seconds",] == NOW.timestamp()
    assert list(tmp_path.iterdir()) == [path]


def test_a_line_of_json_holds_its_traceback():
    try:
        int("二行\n字")
    except ValueError:
        record = logging.LogRecord("a.b", 40, "", 1, "said %s", ("it",), sys.exc_info())
    said = json.loads(JsonFormatter().format(record))
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "a.b", "said it")
    assert "Traceback" in said["error"]
    assert "\n" in said["error"]


def test_the_portals_walked_longest_are_named_once_that_is_long(ledger, monkeypatch):
    class Crawler:
        settings = Settings({"PROGRESS_INTERVAL": 0})

    progress = Progress(Crawler())
    progress.ledger = ledger
    assert progress._slowest() == []
    progress.seen["990102"] -= 300
    progress.seen["990101"] -= 300  # done
    assert progress._slowest() == ["又一县 since 5 min"]


def test_a_crawl_leaves_both_files_and_a_log_of_json(tmp_path):
    metrics = tmp_path / "county.prom"
    settings = ("-s", f"METRICS_FILE={metrics}", "-s", "LOG_FORMAT=json", "-L", "INFO")
    run = crawl([portal("990071"), always(portal("990072"), 403)], tmp_path / "out", *settings)
    status = json.loads((tmp_path / "out/status.json").read_text("utf-8"))
    assert (status["state"], status["verdict"]) == ("ended", "good")
    assert status["outcomes"] == {"blocked": 1, "ok": 1}
    assert "county_reports_last_run_good 1.0" in metrics.read_text()
    lines = [json.loads(line) for line in run.error.splitlines()]
    assert {"crawler.extensions.progress", "scrapy.core.engine"} <= {x["logger"] for x in lines}


def test_a_folder_of_metrics_that_is_not_there_costs_the_run_nothing(tmp_path):
    run = crawl([portal("990073")], tmp_path / "out", "-s", f"METRICS_FILE={tmp_path}/no/x.prom")
    assert run.status == 0
    assert run.error.count("METRICS_FILE: cannot be written") == 1

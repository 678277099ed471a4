"""``export``, ``coverage`` and ``reparse`` as a user types them: files, words, exit codes."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from pipelines.store import open_store
from tests.commands import scrapy
from tests.pipelines.store.records import record

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    store = open_store(folder)
    store.state.keep(record(1, adcode="110101", year=2023))
    store.dataset.promote()
    store.close()
    return folder


def test_an_export_names_its_file_and_counts_its_rows(output):
    done = scrapy(output, "export", "--format", "csv", "--shape", "long", "--province", "北京")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{output}/exports/reports_long.csv\n"
    assert done.stderr == "2 rows\n"
    assert (output / "exports/reports_long.csv").exists()


def test_coverage_names_the_divisions_and_writes_its_page(output):
    done = scrapy(output, "coverage", "--province", "北京市", "--years", "2022-2023", "--html")
    assert done.returncode == 0, done.stderr
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("110101")]
    assert row.split() == ["110101", "■", "东城区"]
    assert "东城区" in (output / "coverage.html").read_text(encoding="utf-8")


def test_addresses_say_when_they_were_listed_and_since_when_they_are_gone(tmp_path):
    store = open_store(tmp_path)
    for number in (1, 2):
        store.state.keep(record(number))
    urls = [record(number)["source_url"] for number in (1, 2)]
    store.state.listed("990101", urls)
    store.state.no_more_listed("990101", urls[:1])
    store.state.missed(urls[1], "status 404")
    store.promote()
    store.close()
    done = scrapy(tmp_path, "addresses", "--lost")
    assert done.returncode == 0, done.stderr
    head, row = csv.reader(io.StringIO(done.stdout))
    told = dict(zip(head, row, strict=True))
    assert (told["url"], told["gone_because"]) == (urls[1], "status 404")
    assert told["gone_since"]
    assert len(scrapy(tmp_path, "addresses").stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "--province", "北金"), "did you mean"),
        (("export", "--years", "1066"), "no report is about 1066"),
        (("export", "--format", "docx"), "invalid choice"),
        (("coverage", "more"), "unknown argument 'more'"),
        (("reparse", "--kinds", "hole"), "unknown kind 'hole'"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(output, arguments, says):
    done = scrapy(output, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_output_folder_is_one_line_and_exit_1(tmp_path):
    done = scrapy(tmp_path / "none", "export")
    assert done.returncode == 1
    assert "run scrapy crawl first" in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_folder_in_use_is_named_with_its_holder(output):
    store = open_store(output)
    done = scrapy(output, "reparse")
    store.close()
    assert done.returncode == 1
    assert f"is in use by process {os.getpid()}" in done.stderr


@pytest.mark.parametrize(("beside", "says"), [(False, "fictional records alone"), (True, "real")])
def test_a_folder_of_fictional_records_is_called_so(tmp_path, beside, says):
    store = open_store(tmp_path)
    store.state.keep(record(1))
    if beside:
        store.state.keep(record(2, adcode="110101"))
    store.promote()
    store.close()
    done = scrapy(tmp_path, "export", "--format", "csv")
    assert done.returncode == 0
    told, rows = done.stderr.splitlines()
    assert told.startswith("scrapy export: ")
    assert says in told
    assert "reports/990000.jsonl" in told
    assert "110000" not in told
    assert rows.endswith(" rows")


def test_a_crawl_of_real_portals_into_a_folder_of_fictional_records_says_so(tmp_path):
    store = open_store(tmp_path)
    store.state.keep(record(1))
    store.promote()
    store.close()
    registry = tmp_path / "portals.csv"
    head = "code,name,level,province,prefecture,home_url,column_url"
    registry.write_text(f"{head}\n110101,东城区,county,北京市,,http://127.0.0.1:4/,\n", "utf-8")
    words = ("-a", f"portals={registry}", "-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8")
    done = scrapy(tmp_path, "crawl", "county_reports", *words, "-s", "RETRY_TIMES=0")
    assert "holds fictional records alone" in done.stderr
    assert "no portal answered" in done.stdout
    assert done.returncode == 1

"""``scrapy plan``, a dry run and ``scrapy doctor``: nothing is asked, nothing is written."""

from __future__ import annotations

import sqlite3

import pytest

from crawler import doctor
from pipelines.store import open_store
from tests.commands import scrapy
from tests.pipelines.store.records import record


@pytest.mark.parametrize(
    "words", [("plan",), ("crawl", "county_reports", "-a", "dry_run=1"), ("plan", "county_reports")]
)
def test_a_plan_names_portals_requests_time_and_disk_and_writes_nothing(tmp_path, words):
    output = tmp_path / "output"
    done = scrapy(output, *words, "-a", "province=甘肃省", "-a", "sample=7")
    assert done.returncode == 0, done.stderr
    for said in ("Plan: 7 portals", "Requests: about", "Time: about", "Disk: about"):
        assert said in done.stdout
    assert done.stdout.endswith("Nothing was asked and nothing was written.\n")
    assert not output.exists()


@pytest.mark.parametrize(
    "words",
    [("plan", "-a", "conty=x"), ("crawl", "county_reports", "-a", "dry_run=1", "-a", "conty=x")],
)
def test_a_wrong_word_in_a_plan_is_one_line_and_exit_code_2(tmp_path, words):
    done = scrapy(tmp_path / "output", *words)
    assert done.returncode == 2
    assert "did you mean: county?" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def seen(output, **settings):
    from scrapy.utils.project import get_project_settings

    given = get_project_settings().copy()
    given.setdict({"OUTPUT_DIR": str(output), **settings}, priority="cmdline")
    return {look.what: look for look in doctor.examine(given, offline=True)}


def test_what_is_not_there_is_told_with_its_price(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda *_: None)
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda *_: None)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid/")
    looks = seen(tmp_path / "none", CHROMIUM_PATH="/nowhere/chromium")
    for what in ("Chromium", "recognition", "RAR", "Chinese font", "proxy", "contact"):
        assert looks[what].weight == "lacks", what
        assert looks[what].cost, what
    assert {look.weight for look in looks.values()} == {"ok", "lacks"}
    assert not (tmp_path / "none").exists()


def test_a_network_that_is_not_there_is_bad(monkeypatch):
    def refuse(*_, **__):
        raise OSError("Name or service not known")

    assert doctor._network(refuse).weight == "bad"


@pytest.fixture
def held(tmp_path):
    store = open_store(tmp_path)
    store.state.keep(record(1, adcode="110101"))
    store.promote()
    store.close()
    return tmp_path


def test_a_sound_folder_is_called_so(held):
    looks = seen(held)
    assert looks["state"].seen == "sound, 1 addresses of reports held"
    assert looks["dataset"].seen == "1 reports, every line whole"


def test_a_damaged_line_or_state_or_correction_is_named(held):
    file = held / "reports/110000.jsonl"
    file.write_bytes(file.read_bytes() + b'{"half": ')
    (held / "corrections.csv").write_text("no,such,header\n", "utf-8")
    state = held / "state.sqlite"
    state.write_bytes(state.read_bytes()[:4000])
    looks = seen(held)
    assert looks["dataset"].weight == "bad"
    assert "110000.jsonl, line 2" in looks["dataset"].seen
    assert looks["corrections"].weight == "bad"
    assert looks["state"].weight == "lacks"
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(state).execute("SELECT * FROM readings").fetchall()


def test_the_doctor_on_the_command_line_ends_with_what_follows(held):
    done = scrapy(held, "doctor", "--offline")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "A crawl can be made." in done.stdout
    (held / "reports/110000.jsonl").write_text("{", "utf-8")
    assert scrapy(held, "doctor", "--offline").returncode == 1

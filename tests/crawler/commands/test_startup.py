"""A command loads what it needs, and ends quietly where nobody listens to it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import startup
from crawler.demo.reports import render_html
from crawler.demo.world import DIVISIONS, history, organs

ROOT = Path(__file__).resolve().parents[3]
HEAVY = {
    *("PIL", "aiohttp", "cn2an", "cv2", "docx", "duckdb", "jsonschema_rs", "numpy", "onnxruntime"),
    *("opencc", "pandas", "pdfminer", "pdfplumber", "pebble", "playwright", "pypdfium2"),
    *("python_calamine", "rapidocr", "rarfile", "reportlab", "resiliparse", "scrapy_playwright"),
    *("tldextract", "trafilatura", "warcio", "xlsxwriter"),
}
COMMANDS = sorted(
    f"crawler.commands.{path.stem}"
    for path in (ROOT / "crawler/commands").glob("*.py")
    if path.stem != "__init__"
)


def loaded(code):
    """Return what a fresh interpreter has loaded of the heavy packages after some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, sys; print(json.dumps(list(sys.modules)))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1])) & HEAVY


def report():
    return render_html(history(organs(next(iter(DIVISIONS.values())))[0], 2023)[-1])


def test_the_modules_of_commands_load_nothing_heavy():
    assert COMMANDS
    assert loaded("\n".join(f"import {name}" for name in COMMANDS)) == set()


def test_the_list_of_spiders_loads_nothing_heavy():
    names = ("spiders.county_reports", "spiders.portal_discovery", "crawler.settings")
    assert loaded("\n".join(f"import {name}" for name in names)) == set()


def test_reading_a_page_of_html_loads_no_reader_of_files(tmp_path):
    page = tmp_path / "report.html"
    page.write_text(report(), "utf-8")
    code = (
        "from pathlib import Path\n"
        "from pipelines.read import read_report\n"
        "from pipelines.vocabulary.items import RawFile\n"
        f"assert read_report(RawFile(body=Path({str(page)!r}).read_bytes())).is_report"
    )
    assert loaded(code) <= {"cn2an", "opencc"}


def test_a_reading_process_begins_with_every_reader():
    assert loaded("import pipelines.all_readers") >= {
        *("cn2an", "opencc", "pdfplumber", "pypdfium2", "PIL", "python_calamine", "resiliparse"),
        "trafilatura",
    }


@pytest.mark.parametrize(
    "command",
    [
        ("extract", "{page}", "{page}", "{page}"),
        *(("portals", "list"), ("coverage",), ("doctor", "--offline"), ("plan",), ("addresses",)),
    ],
)
def test_a_command_whose_reader_has_seen_enough_ends_quietly(tmp_path, command):
    page = tmp_path / "report.html"
    page.write_text(report(), "utf-8")
    words = [word.format(page=page) for word in command]
    running = subprocess.Popen(
        [sys.executable, "-m", "scrapy", *words, "-s", f"OUTPUT_DIR={tmp_path / 'output'}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait() == 0
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
    assert said.count("\n") <= 1  # of three documents, the second is not read any more


def test_the_bench_prints_what_commands_cost_beside_bare_scrapy(monkeypatch):
    monkeypatch.setattr(startup, "ROUNDS", 1)
    monkeypatch.setattr(startup, "_TARGETS", ((("list",), 1.25), (("extract", "REPORT"), 1.7)))
    head, bare, *rows = startup.run(full=False)
    assert "CPU" in head
    assert bare.values["ratio"] == 1.0
    assert [row.values["command"] for row in rows] == ["list", "extract REPORT"]
    assert all(row.values["seconds"] > 0 for row in rows)

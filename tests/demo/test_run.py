"""The demo as a user starts it: a real server, a real crawl, a real browser, twice."""

from __future__ import annotations

import json

import pytest

from benchmarks.makers.samples import missing
from crawler.demo import __main__ as demo
from crawler.demo.__main__ import main
from crawler.demo.manifest import PortalResult, compare, expected
from crawler.demo.portals import PICTURES, portals_here


def _pictures() -> bool:
    """Whether pictures can be drawn here at all."""
    return PICTURES in portals_here()


def test_the_demo_never_writes_into_the_folder_of_real_crawls(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(demo, "run", lambda output, **_: told.append(output) or 0)
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0
    assert told == [tmp_path / "demo-output"]


def _right(results: dict[str, PortalResult]) -> int:
    return sum(len(result.right) for result in results.values())


@pytest.mark.browser
def test_the_demo_finds_everything_once_with_every_figure_right(tmp_path, capfd):
    status = main(["--output", str(tmp_path), "--twice"])
    said = capfd.readouterr().out
    assert status == 0, said
    assert "All as it must be." in said
    assert "the same to the byte." in said
    results = {
        result.expected.portal.code: result
        for result in compare(tmp_path, expected(portals_here()))
    }
    excused = {code for code, result in results.items() if result.excused}
    assert excused == ({PICTURES.code} if _pictures() and missing("ocr") else set())
    assert _right(results) == 6 * 14 + (2 if _pictures() and not excused else 0)
    records = [
        json.loads(line)
        for path in tmp_path.glob("reports/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert {r["rendered"] for r in records if r["adcode"] == "990181"} == {True}
    assert {r["rendered"] for r in records if r["adcode"] == "990121"} == {False}


@pytest.mark.slow("a second crawl of the whole demo")
def test_without_a_chromium_all_else_is_found_and_the_demo_says_what_it_could_not_show(
    tmp_path, capfd, monkeypatch
):
    monkeypatch.setenv("CHROMIUM_PATH", "/nowhere/chromium")
    status = main(["--output", str(tmp_path)])
    said = capfd.readouterr().out
    assert status == 0, said
    assert "Not judged: 白渡市" in said
    results = {
        result.expected.portal.code: result
        for result in compare(tmp_path, expected(portals_here()))
    }
    excused = {code for code, result in results.items() if result.excused}
    assert excused - {PICTURES.code} == {"990181"}
    assert _right(results) == 5 * 14 + (2 if _pictures() and PICTURES.code not in excused else 0)

"""The demo as a user starts it: a real server, a real crawl, a real browser, twice."""

from __future__ import annotations

import json

import pytest

from crawler.demo.__main__ import main
from crawler.demo.manifest import compare


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_the_demo_finds_everything_once_with_every_figure_right(tmp_path, capfd):
    status = main(["--output", str(tmp_path), "--twice"])
    said = capfd.readouterr().out
    assert status == 0, said
    assert "All as it must be." in said
    assert "the same to the byte." in said
    results = {result.expected.portal.code: result for result in compare(tmp_path)}
    assert all(not result.excused for result in results.values())
    assert sum(len(result.right) for result in results.values()) == 6 * 14
    records = [
        json.loads(line)
        for path in tmp_path.glob("reports/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert {r["rendered"] for r in records if r["adcode"] == "990181"} == {True}
    assert {r["rendered"] for r in records if r["adcode"] == "990121"} == {False}


@pytest.mark.timeout(600)
def test_without_a_chromium_all_else_is_found_and_the_demo_says_what_it_could_not_show(
    tmp_path, capfd, monkeypatch
):
    monkeypatch.setenv("CHROMIUM_PATH", "/nowhere/chromium")
    status = main(["--output", str(tmp_path)])
    said = capfd.readouterr().out
    assert status == 0, said
    assert "Not judged: 白渡市" in said
    results = {result.expected.portal.code: result for result in compare(tmp_path)}
    assert [code for code, result in results.items() if result.excused] == ["990181"]
    assert sum(len(result.right) for result in results.values()) == 5 * 14

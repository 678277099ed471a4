"""The bench as a user runs it: rows when they are known, numbers kept whatever ends the run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import perturb
from benchmarks.__main__ import SECTIONS, main
from benchmarks.damages import DAMAGES
from benchmarks.tables import Column, Table
from tests.effort import LAST_RESORT

ROOT = Path(__file__).resolve().parents[1]
TABLE = Table(
    "sizes",
    Column("name", 12),
    Column("count", 9, ",d"),
    Column("ms_each", 8, ".1f"),
    Column("remark", 9, gap=2),
)


def test_the_sections_are_listed_and_an_unknown_one_is_one_line(capsys):
    assert main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(SECTIONS)
    assert main(["perturb", "speed"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "speed" in said.err


def test_a_section_keeps_its_numbers_and_leaves_the_others(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(perturb, "SAMPLE", 2 * len(DAMAGES))
    target = tmp_path / "new" / "bench.json"
    target.parent.mkdir()
    target.write_text('{"sections": {"store": {"rows": [{"step": "keep"}]}}}')
    assert main(["perturb", "--output", str(target)]) == 0
    sections = json.loads(target.read_text())["sections"]
    assert sections["store"] == {"rows": [{"step": "keep"}]}
    kept = sections["perturb"]
    assert (kept["finished"], kept["full"]) == (True, False)
    *rows, total = kept["rows"]
    assert [row["damage"] for row in rows] == [d.__name__ for d in DAMAGES]
    assert {row["documents"] for row in rows} == {2}
    assert (total["damage"], total["documents"]) == ("all", 2 * len(DAMAGES))
    assert rows[0]["exact_percent"] == 100.0
    printed = capsys.readouterr().out
    assert "a sample: " in printed
    assert all(line in printed for line in kept["lines"])
    assert [path.name for path in target.parent.iterdir()] == ["bench.json"]


@pytest.mark.parametrize(("end", "code"), [(RuntimeError("broken"), 1), (KeyboardInterrupt(), 130)])
def test_a_run_that_is_cut_keeps_what_was_measured(tmp_path, capsys, monkeypatch, end, code):
    def run(*, full):
        yield TABLE.head()
        yield TABLE.row("first", 1_234, 5.25, "warm")
        raise end

    monkeypatch.setattr(perturb, "run", run)
    target = tmp_path / "bench.json"
    assert main(["perturb", "--full", "--output", str(target)]) == code
    kept = json.loads(target.read_text())["sections"]["perturb"]
    assert kept["rows"] == [
        {"table": "sizes", "name": "first", "count": 1234, "ms_each": 5.25, "remark": "warm"}
    ]
    assert (kept["finished"], kept["full"]) == (False, True)
    said = capsys.readouterr()
    assert "1,234" in said.out
    assert ("broken" in said.err) == (code == 1)


def test_a_run_ended_from_outside_has_printed_and_kept_its_rows(tmp_path):
    target = tmp_path / "bench.json"
    run = subprocess.Popen(
        [sys.executable, "-m", "benchmarks", "perturb", "--full", "--output", str(target)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in run.stdout:
        if line.startswith("undamaged "):
            break
    run.terminate()
    _, said = run.communicate(timeout=LAST_RESORT)
    assert run.returncode == 130
    assert "stopped" in said
    kept = json.loads(target.read_text())["sections"]["perturb"]
    assert kept["rows"][0]["damage"] == "undamaged"
    assert kept["rows"][0]["exact_percent"] == 100.0
    assert kept["finished"] is False


def test_an_old_or_broken_file_of_measurements_is_begun_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(perturb, "run", lambda *, full: iter([TABLE.row("one", 1, 1.0, "")]))
    for before in ("", "[1]", '{"perturb": ["a line"]}'):
        target = tmp_path / "bench.json"
        target.write_text(before)
        assert main(["perturb", "--output", str(target)]) == 0
        assert list(json.loads(target.read_text())["sections"]) == ["perturb"]


def test_columns_stand_below_their_heads():
    head = TABLE.head()
    assert head == "name            count ms each  remark"
    assert TABLE.row("first", 1_234, 5.25, "warm").text == "first           1,234     5.2  warm"
    assert TABLE.row("first", 1_234, None, None).text == "first           1,234"
    assert TABLE.head("a sample").splitlines() == ["a sample", head]

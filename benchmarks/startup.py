"""What a command costs before it works, in CPU, beside Scrapy's own help in an empty folder.

    python -m benchmarks startup

Processor time, user and system, of a process of its own; the least of some rounds, in which all
commands take their turns. Other work on the machine is hardly counted.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.tables import Column, Lines, Table
from crawler.demo.reports import render_html
from crawler.demo.world import DIVISIONS, history, organs

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
_FULL_ROUNDS = 15
TABLE = Table(
    "startup",
    Column("command", 34),
    Column("seconds", 8, ".2f", "s"),
    Column("ratio", 7, ".2f", "ratio"),
    Column("target", 8, ".2f", "target"),
)
_TARGETS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("-h",), 1.25),
    (("list",), 1.25),
    (("portals", "-h"), 1.25),
    (("portals", "show", "北京市"), 1.25),
    (("coverage", "-h"), 1.25),
    (("extract", "REPORT"), 1.7),
)


def run(*, full: bool) -> Lines:
    """Measure; yield the rows."""
    rounds = _FULL_ROUNDS if full else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").mkdir()
        report = folder / "report.html"
        report.write_bytes(_report())
        commands = [
            [str(report) if word == "REPORT" else word for word in words] for words, _ in _TARGETS
        ]
        costs: list[list[float]] = [[] for _ in commands]
        bare: list[float] = []
        for _ in range(rounds):
            bare.append(_cost(["-h"], folder / "empty"))
            for command, cost in zip(commands, costs, strict=True):
                cost.append(_cost(command, ROOT))
    yield TABLE.head(f"CPU of a command, least of {rounds} rounds")
    yield TABLE.row("bare Scrapy: -h", min(bare), 1.0, None)
    for (words, target), cost in zip(_TARGETS, costs, strict=True):
        yield TABLE.row(" ".join(words), min(cost), min(cost) / min(bare), target)


def _report() -> bytes:
    report = history(organs(next(iter(DIVISIONS.values())))[0], 2023)[-1]
    return render_html(report).encode()


def _cost(command: Sequence[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = [sys.executable, "-m", "scrapy", *command]
    done = subprocess.run(whole, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} in {folder}: {done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

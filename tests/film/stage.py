"""The folder a film is played in: portals served, runs made under a moved clock, what they left."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.demo.registry import HEADER
from crawler.demo.server import Site, WorldServer
from tests.film.portals import Portal

ROOT = Path(__file__).parents[2]


class Hand:
    """The process that runs commands (tests/film/hand.py)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.film.hand"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # children that were killed leave locks, which is said
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def run(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass(slots=True, kw_only=True)
class Left:
    """What a run left."""

    status: int
    seconds: float
    """Of processor time."""
    requests: int
    summary: dict[str, Any] | None
    problems: list[dict[str, Any]]
    lines: dict[str, dict[str, Any]]
    """The dataset, by report id."""
    revisions: dict[str, list[dict[str, Any]]]
    said: str

    def portal(self, code: str) -> dict[str, Any] | None:
        portals = self.summary["portals"] if self.summary else []
        return next((p for p in portals if p["code"] == code), None)


@dataclass(slots=True)
class Stage:
    """One output folder, its portals and its clock."""

    folder: Path
    portals: Sequence[Portal]
    server: WorldServer
    hand: Hand
    today: date
    settings: dict[str, str] = field(default_factory=dict)
    reader: str = ""

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def registry(self) -> Path:
        return self.folder / "portals.csv"

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, datetime.min.time(), UTC) + timedelta(hours=1)

    def _sites(self) -> list[Site]:
        return [site for portal in self.portals for site in portal.sites]

    def pass_days(self, days: int) -> None:
        self.today += timedelta(days=days)

    def write_registry(self) -> None:
        rows = [
            f"{p.code},{p.of.name},county,{p.of.province},,{p.home},"
            for p in self.portals
            if p.registered
        ]
        self.registry.write_text("\n".join([",".join(HEADER), *rows]) + "\n", "utf-8")

    def scrapy(self, *argv: str, **order: Any) -> tuple[dict[str, Any], str]:
        """Run a command; return how it ended and what it said."""
        said = self.folder / "said.txt"
        said.unlink(missing_ok=True)
        told = {
            "OUTPUT_DIR": str(self.output),
            "ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
            "PROGRESS_INTERVAL": "0",
            "READ_WORKERS": "1",
            "REQUEST_GAP_PRIVATE": "0",
            "RETRY_TIMES": "0",
            "CHROMIUM_PATH": "none",
            "ALLOWED_HOST_SUFFIXES": ",".join(sorted({_host(s.base) for s in self._sites()})),
            **self.settings,
        }
        given = [word for name, value in told.items() for word in ("-s", f"{name}={value}")]
        answer = self.hand.run(
            now=self.now.isoformat(),
            argv=[*argv, *given],
            said=str(said),
            reader=self.reader,
            **order,
        )
        return answer, said.read_text("utf-8", "replace") if said.exists() else ""

    def crawl(self, *arguments: str, **order: Any) -> Left:
        """Crawl as of now, with further ``-a`` arguments."""
        self.write_registry()
        before = len(self.server.log)
        runs = set(self._summaries())
        extra = [word for argument in arguments for word in ("-a", argument)]
        answer, said = self.scrapy(
            "crawl", "county_reports", "-a", f"portals={self.registry}", *extra, **order
        )
        made = [path for path in self._summaries() if path not in runs]
        return Left(
            status=answer["status"],
            seconds=answer["seconds"],
            requests=len(self.server.log) - before,
            summary=json.loads(made[-1].read_text("utf-8")) if made else None,
            problems=_lines(self.output / "problems.jsonl") if made else [],
            lines=self.dataset(),
            revisions=self.revisions(),
            said=said,
        )

    def _summaries(self) -> list[Path]:
        return sorted(self.output.glob("runs/*/summary.json"))

    def dataset(self) -> dict[str, dict[str, Any]]:
        """Read the dataset; fail on anything but whole, sorted lines with each report once."""
        out: dict[str, dict[str, Any]] = {}
        for path in sorted(self.output.glob("reports/*.jsonl")):
            data = path.read_bytes()
            assert not data or data.endswith(b"\n"), f"{path} ends within a line"
            here = [json.loads(line) for line in data.splitlines()]
            ids = [r["report_id"] for r in here]
            assert ids == sorted(set(ids)), f"{path} is not sorted or holds a report twice"
            out |= {r["report_id"]: r for r in here}
        return out

    def revisions(self) -> dict[str, list[dict[str, Any]]]:
        out: dict[str, list[dict[str, Any]]] = {}
        for path in sorted(self.output.glob("revisions/*.jsonl")):
            for record in _lines(path):
                out.setdefault(record["report_id"], []).append(record)
        return out


def _host(base: str) -> str:
    return base.split("/")[2].partition(":")[0]


def _lines(path: Path) -> list[dict[str, Any]]:
    return (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    )


@contextlib.contextmanager
def staged(
    folder: Path, portals: Sequence[Portal], today: date, hand: Hand | None = None
) -> Iterator[Stage]:
    """Serve portals and give the stage they stand on."""
    folder.mkdir(parents=True, exist_ok=True)
    sites = [site for portal in portals for site in portal.sites]
    ours = hand or Hand()
    try:
        with WorldServer(sites) as server:
            yield Stage(folder, portals, server, ours, today)
    finally:
        if hand is None:
            ours.close()

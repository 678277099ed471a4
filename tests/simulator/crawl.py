"""Crawl scenes with the real spider and set what it brought beside the manifest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from crawler.demo.__main__ import crawl
from crawler.demo.listing import Entry
from crawler.demo.manifest import outcome_of
from crawler.demo.registry import write_rows
from crawler.demo.server import Seen, Site, WorldServer
from tests.simulator.scenes import Scene


@dataclass(slots=True)
class Result:
    """What a crawl brought from one scene."""

    scene: Scene
    outcome: str
    found: Counter[int]
    """Years of the government's own reports in the dataset."""
    false: list[str]
    """Titles of records that are no report of the government's own."""
    seen: list[Seen]
    problems: list[dict[str, object]] = field(default_factory=list)
    column: str = ""
    """Address of the column, as the run's summary gives it."""
    wrong: list[str] = field(default_factory=list)
    """Figures that differ from the truth."""

    @property
    def missing(self) -> set[int]:
        return {e.year for e in self.scene.whole()} - set(self.found)

    @property
    def twice(self) -> set[int]:
        return {year for year, times in self.found.items() if times > 1}

    @property
    def crowded(self) -> int:
        """The most requests that were ever under way on the host."""
        return max((s.in_flight for s in self.seen), default=0)

    @property
    def until_column(self) -> int:
        """Requests up to the first for the column; all of them where it was not found."""
        path = self.column.partition("//")[2].partition("/")[2].partition("#")[0]
        for n, seen in enumerate(self.seen, 1):
            if self.column and unquote(seen.path) == unquote(f"/{path}"):
                return n
        return len(self.seen)

    @property
    def gap(self) -> float:
        """The shortest time from the end of one request to the start of the next."""
        return min((b.at - a.done for a, b in pairwise(self.seen)), default=1.0)

    def __str__(self) -> str:
        codes = Counter(str(p["code"]) for p in self.problems)
        return (
            f"{self.scene.id}: {self.outcome} (should be {'/'.join(self.scene.outcome)}), "
            f"{len(self.seen)} requests, missing {sorted(self.missing)}, twice {sorted(self.twice)}, "
            f"false {self.false[:3]}, wrong {self.wrong[:3]}, problems {dict(codes)}, "
            f"evidence {[str(p['evidence'])[:200] for p in self.problems if str(p['code']).startswith('portal/')]}"
        )


def _read_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(x) for x in path.read_text("utf-8").splitlines()] if path.exists() else []


def _is_true(record: dict[str, object], entry: Entry | None) -> bool:
    """Tell whether a record is the report of its own government for the year it says."""
    return (
        entry is not None
        and record["publisher_type"] == "government"
        and str(record["title"]).startswith(entry.title[:3])
    )


def _wrong_figures(record: dict[str, object], entry: Entry) -> list[str]:
    got: dict[str, object] = record["values"]  # type: ignore[assignment]  # JSON
    wanted = entry.report.values if entry.report else {}
    return [
        f"{entry.year} {name}: {got.get(name)} instead of {number}"
        for name, number in wanted.items()
        if got.get(name) != number
    ]


def judge(scenes: Sequence[Scene], output: Path, server: WorldServer) -> list[Result]:
    """Set an output folder beside the manifest of its scenes."""
    problems = _read_lines(output / "problems.jsonl")
    records = [r for p in sorted(output.glob("reports/*.jsonl")) for r in _read_lines(p)]
    (summary,) = [json.loads(p.read_text("utf-8")) for p in output.glob("runs/*/summary.json")]
    columns = {p["code"]: p["column_url"] or "" for p in summary["portals"]}
    results = []
    for scene in scenes:
        code = scene.division.code
        # A correction stands before what it corrects, under the same year.
        true = {e.year: e for e in scene.served if e.kind == "whole"}
        own = [r for r in records if r["adcode"] == code]
        right = [r for r in own if _is_true(r, true.get(int(str(r["report_year"]))))]
        wrong = [
            text for r in right for text in _wrong_figures(r, true[int(str(r["report_year"]))])
        ]
        results.append(
            Result(
                scene=scene,
                outcome=outcome_of(code, problems),
                found=Counter(int(str(r["report_year"])) for r in right),
                false=[str(r["title"]) for r in own if r not in right],
                seen=server.asked(code),
                problems=[p for p in problems if p.get("portal") == code],
                column=columns.get(code, ""),
                wrong=wrong,
            )
        )
    return results


def crawl_scenes(
    scenes: Sequence[Scene], output: Path, extra: Sequence[str] = (), more: Sequence[Site] = ()
) -> tuple[list[Result], WorldServer]:
    """Serve scenes, crawl them once for ``kinds=whole``, and judge.

    Args:
        scenes: what to serve and crawl.
        output: an empty folder.
        extra: more arguments of ``scrapy crawl``.
        more: sites that are served but stand in no registry.
    """
    output.mkdir(parents=True, exist_ok=True)
    with WorldServer([*(scene.site() for scene in scenes), *more]) as server:
        registry = write_rows(
            output / "portals.csv",
            [(s.division, f"{server.base(s.division.code)}{s.home}") for s in scenes],
        )
        crawl(registry, output, ("-a", "kinds=whole", *extra))
        return judge(scenes, output, server), server

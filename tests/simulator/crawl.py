"""Crawl scenes with the real spider and set what it brought beside the manifest."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from crawler.demo.__main__ import crawl
from crawler.demo.listing import Entry
from crawler.demo.manifest import outcome_of
from crawler.demo.registry import write_rows
from crawler.demo.server import Seen, Site, WorldServer
from tests.simulator.scenes import Scene
from tests.simulator.traps import CLONE, PRIVATE

MOST_REQUESTS = 400
"""A portal, in all."""
MOST_TO_COLUMN = 60
"""From the home page to the column."""


@dataclass(slots=True)
class Result:
    """What a crawl brought from one scene."""

    scene: Scene
    outcome: str
    found: Counter[tuple[str, int]]
    """Kind and year of the reports of government and office in the dataset."""
    false: list[str]
    """Titles of records that are no report of theirs."""
    seen: list[Seen]
    beside: list[Seen] = field(default_factory=list)
    """What was asked of the scene's other hosts."""
    problems: list[dict[str, object]] = field(default_factory=list)
    column: str = ""
    """Address of the column, as the run's summary gives it."""
    evidence: tuple[str, ...] = ()
    """What the column was found by, as the state remembers it."""
    wrong: list[str] = field(default_factory=list)
    """Figures that differ from the truth."""
    summary: dict[str, Any] = field(default_factory=dict)
    """What the run's summary says of the portal."""

    @property
    def unaccounted(self) -> str:
        """Say which rows have no fate, or what an ``ok`` has left open; empty where all is well."""
        said = self.summary
        if not said:
            return ""
        fates: dict[str, int] = said["fates"]
        if sum(fates.values()) != said["rows"] or said["rows"] < said["listed"]:
            return f"{said['listed']} listed, {said['rows']} rows, fates {fates}"
        if self.outcome == "ok" and (said["left_alone"] or fates.get("waiting")):
            return f"ok, and left alone {said['left_alone']}, fates {fates}"
        return ""

    @property
    def expected(self) -> set[tuple[str, int]]:
        return {(e.kind, e.year) for e in self.scene.own()}

    @property
    def missing(self) -> set[tuple[str, int]]:
        return self.expected - set(self.found)

    @property
    def twice(self) -> set[tuple[str, int]]:
        return {which for which, times in self.found.items() if times > 1}

    @property
    def forbidden(self) -> list[str]:
        """Paths asked for although robots.txt says no."""
        paths = [s.path for s in self.seen if s.path != "/robots.txt"]
        return (
            [p for p in paths if p.startswith(self.scene.forbidden)] if self.scene.forbidden else []
        )

    @property
    def explained(self) -> bool:
        """Tell whether what was not got has its line in problems.jsonl, with evidence."""
        codes = {str(p["code"]): p["evidence"] for p in self.problems}
        return self.outcome == "ok" or bool(codes.get(f"portal/{self.outcome.replace('_', '-')}"))

    @property
    def faults(self) -> list[str]:
        """What is not as it must be, in words; empty where all is well."""
        said = self.scene.may_miss and self.outcome != "ok"
        return [
            words
            for bad, words in (
                (self.outcome not in self.scene.outcome, f"ended {self.outcome}"),
                (self.missing and not said, f"missing {sorted(self.missing)}"),
                (self.twice, f"twice {sorted(self.twice)}"),
                (self.false, f"false {self.false[:3]}"),
                (self.wrong, f"wrong {self.wrong[:3]}"),
                (self.forbidden, f"forbidden {self.forbidden[:3]}"),
                (self.crowded > 1, f"{self.crowded} requests at a time"),
                (len(self.seen) > MOST_REQUESTS, f"{len(self.seen)} requests"),
                (self.until_column > MOST_TO_COLUMN, f"{self.until_column} requests to the column"),
                (not self.explained, "not explained"),
                (self.unaccounted, f"rows: {self.unaccounted}"),
                (
                    self.scene.evidence and self.scene.evidence not in self.evidence,
                    f"found by {', '.join(self.evidence) or 'nothing'}",
                ),
            )
            if bad
        ]

    @property
    def crowded(self) -> int:
        """The most requests that were ever under way on the host."""
        return max((s.in_flight for s in (*self.seen, *self.beside)), default=0)

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


_KINDS = {"government": "whole", "government_office": "office"}


def _which(record: dict[str, object]) -> tuple[str, int]:
    return _KINDS.get(str(record["publisher_type"]), "other"), int(str(record["report_year"]))


def _is_true(record: dict[str, object], entry: Entry | None) -> bool:
    """Tell whether a record is the report of its own government or office for its year."""
    return entry is not None and str(record["title"]).startswith(entry.title[:3])


def _columns_of(output: Path) -> dict[str, tuple[str, ...]]:
    """Return what the state remembers every column was found by."""
    with contextlib.closing(sqlite3.connect(output / "state.sqlite")) as state:
        held = state.execute("SELECT code, column FROM columns").fetchall()
    return {code: tuple(json.loads(column)["evidence"]) for code, column in held}


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
    said = {p["code"]: p for p in summary["portals"]}
    evidence = _columns_of(output)
    results = []
    for scene in scenes:
        code = scene.division.code
        true = {(e.kind, e.year): e for e in scene.served if e.kind in _KINDS.values()}
        own = [r for r in records if r["adcode"] == code]
        right = [r for r in own if _is_true(r, true.get(_which(r)))]
        wrong = [text for r in right for text in _wrong_figures(r, true[_which(r)])]
        beside = [s for s in server.log if s.site.startswith(f"{code}-")]
        results.append(
            Result(
                scene=scene,
                outcome=outcome_of(code, problems),
                found=Counter(map(_which, right)),
                false=[str(r["title"]) for r in own if r not in right],
                seen=server.asked(code),
                beside=beside,
                evidence=evidence.get(code, ()),
                problems=[p for p in problems if p.get("portal") == code],
                column=said.get(code, {}).get("column_url") or "",
                summary=said.get(code, {}),
                wrong=wrong,
            )
        )
    return results


@dataclass(slots=True)
class Run:
    """One crawl of many scenes."""

    results: list[Result]
    server: WorldServer

    @property
    def off_limits(self) -> list[Seen]:
        """What was asked of hosts that are nobody's portal: the clone, somebody's network."""
        return [s for s in self.server.log if s.site in (CLONE.name, PRIVATE.name)]


def crawl_scenes(scenes: Sequence[Scene], output: Path, *, known: bool = False) -> Run:
    """Serve scenes, crawl them once for governments' and offices' reports, and judge.

    Args:
        scenes: what to serve and crawl.
        output: an empty folder.
        known: the registry names every column; else only home pages (but for scenes that say so).
    """
    output.mkdir(parents=True, exist_ok=True)
    sites = [scene.site() for scene in scenes]
    beside = [other for site in sites for other in site.beside]
    with WorldServer([*sites, *beside, CLONE, PRIVATE]) as server:
        places = [(s.division, _home(s, site)) for s, site in zip(scenes, sites, strict=True)]
        columns = {
            site.name: f"{site.base}{site.column}"
            for scene, site in zip(scenes, sites, strict=True)
            if known or scene.known
        }
        registry = write_rows(output / "portals.csv", places, columns)
        # What lies outside this range is somebody's network, loopback though it is.
        crawl(registry, output, ("-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/16"))
        return Run(judge(scenes, output, server), server)


def _home(scene: Scene, site: Site) -> str:
    scheme, _, rest = site.base.partition(":")
    if scene.flip:
        scheme = "http" if scheme == "https" else "https"
    return f"{scheme}:{rest}{scene.home}"

"""Crawl portals that somebody else built, who had not read the walker, and judge what was found.

    python -m tests.simulator.strangers WORLD_FOLDER [--known] [code …]

A world is a folder with a package ``world`` that serves portals on loopback addresses and knows
which reports a patient person would find (``World().portals``); it may hold several hosts a portal.
``tests/simulator/worlds`` has those that had their first run (docs/measured.md).
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.demo.__main__ import crawl

_KINDS = {"government": "whole", "government_office": "office"}
MOST_TO_COLUMN = 60


@dataclass(slots=True, kw_only=True)
class Found:
    """What a crawl brought from one portal."""

    code: str
    name: str
    outcome: str
    ok_allowed: bool
    expected: set[tuple[str, int]]
    found: set[tuple[str, int]]
    false: list[str] = field(default_factory=list)
    requests: int = 0
    evidence: str = ""

    @property
    def missing(self) -> list[tuple[str, int]]:
        return sorted(self.expected - self.found)

    @property
    def wrong_ok(self) -> bool:
        return self.outcome == "ok" and (bool(self.missing) or not self.ok_allowed)

    def __str__(self) -> str:
        got = f"{len(self.expected & self.found)}/{len(self.expected)}"
        wrong = "  WRONG OK" if self.wrong_ok else ""
        false = f"  FALSE {self.false[:3]} ({len(self.false)})" if self.false else ""
        missing = f"  missing {self.missing[:6]}" if self.missing else ""
        return (
            f"{self.code} {self.name:12}{got:>7} {self.requests:>5} requests  "
            f"{self.outcome}{wrong}{false}{missing}  [{self.evidence[:160]}]"
        )


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(x) for x in path.read_text("utf-8").splitlines()] if path.exists() else []


def judge(
    portals: Sequence[Any], output: Path, log: Sequence[Any], plain: Callable[[str], str]
) -> Iterator[Found]:
    """Hold an output folder against a world's truth, portal by portal."""
    records = [r for p in sorted(output.glob("reports/*.jsonl")) for r in _lines(p)]
    (summary,) = [json.loads(p.read_text("utf-8")) for p in output.glob("runs/*/summary.json")]
    ended = {p["code"]: p for p in summary["portals"]}
    asked = Counter(r.host.partition(":")[0] for r in log)
    for portal in portals:
        places = {
            plain(u): (t.kind, t.year)
            for t in portal.reports
            for u in (t.url, *getattr(t, "also", ()))
        }
        mine = [r for r in records if r["adcode"] == portal.code]
        found, false = set(), []
        for record in mine:
            which = (_KINDS.get(str(record["publisher_type"]), "other"), record["report_year"])
            addresses = {
                plain(str(u))
                for u in (
                    record["source_url"],
                    record["final_url"],
                    *(e.get("url") for e in record["editions"]),
                )
                if u
            }
            if which in {places[u] for u in addresses & places.keys()}:
                found.add(which)
            else:
                false.append(f"{which} {record['title']} {record['source_url']}")
        hosts = {h.partition(":")[0] for h in (*portal.hosts, urlsplit(portal.home_url).netloc)}
        end = ended.get(portal.code, {})
        yield Found(
            code=portal.code,
            name=portal.name,
            outcome=str(end.get("outcome")),
            ok_allowed=portal.ok_allowed,
            expected={(t.kind, t.year) for t in portal.reports},
            found=found,
            false=false,
            requests=sum(asked[h] for h in hosts),
            evidence=str(end.get("evidence", "")),
        )


def run(
    folder: Path, *, known: bool, wanted: Sequence[str] = (), output: Path | None = None
) -> list[Found]:
    """Serve a world, crawl it once, judge."""
    sys.path.insert(0, str(folder))
    module = importlib.import_module("world")
    plain = getattr(module, "canonical", str)
    with contextlib.ExitStack() as stack:
        out = output or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="strangers-")))
        world = stack.enter_context(module.World())
        portals = [p for p in world.portals if not wanted or p.code in wanted]
        rows = ["code,name,level,province,prefecture,home_url,column_url"]
        rows += [
            f"{p.code},{p.name},{p.level},{p.province},{p.prefecture},{p.home_url},"
            f"{(p.column_url or next(iter(getattr(p, 'columns', ())), '')) if known else ''}"
            for p in portals
        ]
        registry = out / "portals.csv"
        registry.write_text("\n".join(rows) + "\n", "utf-8")
        hosts = sorted(
            {h.partition(":")[0] for p in portals for h in (*p.hosts, urlsplit(p.home_url).netloc)}
        )
        crawl(
            registry,
            out,
            ("-s", f"ALLOWED_HOST_SUFFIXES=gov.cn,{','.join(hosts)}", "-s", "LOG_LEVEL=WARNING"),
        )
        return list(judge(portals, out, list(world.log), plain))


def main(arguments: list[str]) -> int:
    """Print a line a portal and the sums; 1 where an ``ok`` or a report is wrong."""
    known = "--known" in arguments
    folder, *wanted = [a for a in arguments if not a.startswith("--")]
    results = run(Path(folder).resolve(), known=known, wanted=wanted)
    print(*results, sep="\n")
    expected = sum(len(r.expected) for r in results)
    found = sum(len(r.expected & r.found) for r in results)
    wrong_ok, false = sum(r.wrong_ok for r in results), sum(len(r.false) for r in results)
    whole = sum(not r.found and bool(r.expected) for r in results)
    print(
        f"{'known columns' if known else 'home pages'}: {found} of {expected} reports "
        f"({found / max(1, expected):.1%}), wrong ok {wrong_ok}, false reports {false}, "
        f"missed whole {whole}, outcomes {dict(Counter(r.outcome for r in results))}"
    )
    return int(bool(wrong_ok or false))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Requests of a second crawl beside the first, over portals with eighteen years and with five.

    python -m benchmarks again

The demo's portals that need no browser, with as many years of reports as said: governments' and
offices' since then, departments' and townships' of the last years beside them in the same lists.
The second crawl follows at once, as the next run of a schedule would on most days, and must
leave the dataset as it is, to the byte.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.tables import Column, Lines, Table
from crawler.demo.__main__ import dataset_digest
from crawler.demo.listing import Entry
from crawler.demo.portals import PORTALS, Portal
from crawler.demo.registry import write_registry
from crawler.demo.server import Site, WorldServer
from crawler.demo.world import LAST_YEAR

ROOT = Path(__file__).resolve().parents[1]
SPANS = (18, 5)
MOST = {18: 0.15, 5: 0.45}
"""What share of the first crawl's requests the second may take, by years of reports."""
CHOSEN = tuple(p for p in PORTALS if p.outcome == "ok" and not p.needs_browser)


def rows(portal: Portal, years: int) -> tuple[Entry, ...]:
    """Return what a portal lists if it has reports of that many years."""
    first = LAST_YEAR - years + 1
    known = portal.rows()
    out = [entry for entry in known if entry.year >= first]
    organs = {e.report.organ.name: e for e in known if e.report and e.kind in ("whole", "office")}
    number = max(entry.number for entry in known)
    for entry in organs.values():
        report = entry.report
        assert report is not None
        for year in range(first, min(e.year for e in known)):
            number += 1
            old = str(report.year)
            shift = year - report.year
            date = f"{int(entry.date[:4]) + shift}{entry.date[4:]}"
            title = entry.title.replace(old, str(year))
            past = replace(report, year=year, title=title, published_on=date)
            out.append(replace(entry, number=number, title=title, date=date, report=past))
    return tuple(sorted(out, key=lambda e: e.date, reverse=True))


@dataclass(slots=True, frozen=True, kw_only=True)
class Twice:
    """Two crawls of the same portals."""

    reports: int
    first: int
    second: int
    same: bool
    """Whether the dataset is the same to the byte."""

    @property
    def share(self) -> float:
        """The second crawl's requests as a share of the first's."""
        return self.second / self.first


def twice(years: int, folder: Path, portals: Sequence[Portal] = CHOSEN) -> Twice:
    """Crawl portals with that many years of reports twice; count what is asked of them."""
    sites = []
    for portal in portals:
        site = Site(portal.code, robots=portal.robots)
        portal.build(site, rows(portal, years))
        sites.append(site)
    with WorldServer(sites) as server:
        registry = write_registry(folder / "portals.csv", server.base, portals)
        counts, digests = [], []
        for _ in range(2):
            before = len(server.log)
            _crawl(registry, folder)
            counts.append(len(server.log) - before)
            digests.append(dataset_digest(folder))
    reports = sum(len(p.read_bytes().splitlines()) for p in folder.glob("reports/*.jsonl"))
    return Twice(reports=reports, first=counts[0], second=counts[1], same=digests[0] == digests[1])


def _crawl(registry: Path, output: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "scrapy", "crawl", "county_reports"),
            *("-a", f"portals={registry}", "-s", f"OUTPUT_DIR={output}"),
            *("-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8", "-s", "PROGRESS_INTERVAL=0"),
        ],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


TABLE = Table(
    "second crawl",
    Column("years", 16, "d", "years of reports"),
    Column("reports", 9, ",d"),
    Column("first", 8, ",d"),
    Column("second", 8, ",d"),
    Column("share", 8, ".1%"),
    Column("at_most", 9, ".0%"),
    Column("same", 18, head="dataset the same", gap=2),
)


def run(*, full: bool = False) -> Lines:
    """Yield the table's lines; there is no smaller sample of it."""
    del full
    yield TABLE.head()
    for years in SPANS:
        with tempfile.TemporaryDirectory() as name:
            done = twice(years, Path(name))
        yield TABLE.row(
            years, done.reports, done.first, done.second, done.share, MOST[years], done.same
        )

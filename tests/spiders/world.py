"""A small world of one-trap portals on loopback, and the real crawl of it."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.demo.server import Answer, Asked, Seen, Site, WorldServer
from tests.effort import LAST_RESORT

ROOT = Path(__file__).parents[2]
YEARS = (2024, 2023, 2022)


class Sink:
    """Takes the place of the reading stages: what the walk fetched counts as read."""

    def __init__(self, crawler: Any) -> None:
        from pipelines.vocabulary.ledger import ledger_of
        from pipelines.workers import room_of

        self.ledger = ledger_of(crawler)
        self.room = room_of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Any) -> Sink:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        self.ledger.portals[item.portal_code].read.add(item.source.url)
        self.room.leave()  # as ReadStage does: the spider waits for room
        return item


def page(body: str, title: str = "试点县人民政府") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'{body}<div class="footer">主办：试点县人民政府办公室</div></body></html>'
    )


def rows(years: Sequence[int] = YEARS, base: str = "/zwgk/nb/") -> str:
    items = "".join(
        f'<li><a href="{base}{y + 1}03/t{y + 1}0315_{y}.html">试点县{y}年政府信息公开工作年度报告</a>'
        f"<span>{y + 1}-03-15</span></li>"
        for y in years
    )
    return f"<ul>{items}</ul>"


def report(year: int) -> str:
    return page(
        f"<h1>试点县{year}年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>本年公开信息三百条。</p>",
        f"试点县{year}年政府信息公开工作年度报告",
    )


def portal(code: str, *, robots: str | None = None, more: str = "", pager: str = "") -> Site:
    """Return a portal without a trap: home, column, three reports."""
    site = Site(code, robots=robots)
    home = f'<a href="/zwgk/nb/">政府信息公开年报</a><a href="/zwgk/">政务公开</a>{more}'
    site.page("/", page(home))
    site.page("/zwgk/", page('<a href="/zwgk/nb/">政府信息公开年报</a>', "政务公开"))
    site.page("/zwgk/nb/", page(rows() + pager, "政府信息公开年报"))
    for year in YEARS:
        site.page(f"/zwgk/nb/{year + 1}03/t{year + 1}0315_{year}.html", report(year))
    return site


def always(site: Site, status: int, body: str = "", **headers: str) -> Site:
    """Make a site answer everything the same way."""
    site.guard = lambda _: Answer(body=body.encode(), status=status, headers=headers)
    return site


def route(site: Site, path: str, answer: Callable[[Asked], Answer | None]) -> Site:
    """Let a function answer one path before the site's own page does."""
    site.guard = lambda asked: answer(asked) if asked.path == path else None
    return site


@dataclass(slots=True)
class Run:
    """What a crawl left."""

    status: int
    output: Path
    server: WorldServer
    error: str
    portals: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def outcome(self, code: str) -> str:
        return str(self.portals[code]["outcome"])

    def codes(self, code: str) -> set[str]:
        return {p["code"] for p in self.problems if p.get("portal") == code}

    def asked(self, code: str) -> list[Seen]:
        return self.server.asked(code)

    def paths(self, code: str) -> list[str]:
        return [seen.path for seen in self.asked(code)]


def crawl(
    sites: Sequence[Site],
    output: Path,
    *extra: str,
    unlisted: Sequence[Site] = (),
    shared: Mapping[str, str] | None = None,
    dead: Sequence[str] = (),
    change: Callable[[WorldServer], None] | None = None,
    meanwhile: Callable[[subprocess.Popen[str]], None] | None = None,
    https: ssl.SSLContext | None = None,
    port: int = 0,
    columns: Mapping[str, str] | None = None,
) -> Run:
    """Crawl sites with the real command.

    Args:
        sites: the portals of the registry.
        output: an empty folder.
        extra: more arguments of the command.
        unlisted: served, but in no registry.
        shared: codes of further portals, each with a portal on whose host its home ``/b/`` lies.
        dead: codes of portals at an address where nothing listens.
        change: called with the server before the crawl, when addresses are known.
        meanwhile: called with the running crawl.
        https: serve all sites with this.
        port: that of an earlier crawl, to find the same portals again.
        columns: paths of columns that the registry knows, by code.
    """
    output.mkdir(parents=True, exist_ok=True)
    with WorldServer([*sites, *unlisted], port) as server:
        if change:
            change(server)
        lines = ["code,name,level,province,prefecture,home_url,column_url"]
        homes = {s.name: f"{server.base(s.name)}/" for s in sites}
        if https:
            for listener in server._listeners:
                listener.socket = https.wrap_socket(listener.socket, server_side=True)
            homes = {code: url.replace("http:", "https:") for code, url in homes.items()}
        homes |= {code: f"{homes[on]}b/" for code, on in (shared or {}).items()}
        homes |= dict.fromkeys(dead, "http://127.0.0.1:4/")
        given = {code: f"{homes[code]}{path.lstrip('/')}" for code, path in (columns or {}).items()}
        lines += [
            f"{c},试点县,county,澄湖省,澄湖市,{url},{given.get(c, '')}" for c, url in homes.items()
        ]
        registry = output / "portals.csv"
        registry.write_text("\n".join(lines) + "\n", "utf-8")
        command = [
            *(sys.executable, "-m", "scrapy", "crawl", "county_reports"),
            *("-a", f"portals={registry}"),
            *("-s", f"OUTPUT_DIR={output}"),
            *("-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8"),
            *("-s", 'ITEM_PIPELINES={"tests.spiders.world.Sink": 1}'),
            *("-s", "PROGRESS_INTERVAL=0"),
            *("-s", f"CRAWL_DATE={max(YEARS) + 1}-11-30"),
            *extra,
        ]
        env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "OUTPUT_DIR"}}
        with subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running:
            if meanwhile:
                meanwhile(running)
            _, error = running.communicate(timeout=LAST_RESORT)
        run = Run(status=running.returncode, output=output, server=server, error=error)
    for summary in sorted(output.glob("runs/*/summary.json"))[-1:]:
        portals = json.loads(summary.read_text("utf-8"))["portals"]
        run.portals = {p["code"]: p for p in portals}
    problems = output / "problems.jsonl"
    if problems.exists():
        run.problems = [json.loads(x) for x in problems.read_text("utf-8").splitlines()]
    return run


class Keep(Sink):
    """Like Sink, and remembered in the state as a reading of its own."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        from pipelines.store import store_of

        self.state = store_of(crawler).state

    def process_item(self, item: Any) -> Any:
        super().process_item(item)
        record = {
            "report_id": f"test-{item.source.url}",
            "adcode": item.portal_code,
            "source_url": item.source.url,
            "fetched_at": item.source.fetched_at,
        }
        self.state.keep(record, reader="test")
        return item

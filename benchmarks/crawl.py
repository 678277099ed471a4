"""Fetching: our crawl beside a bare Scrapy spider and a plain Playwright script, same pages.

    python -m benchmarks crawl          one round, some hundreds of rendered pages
    python -m benchmarks crawl --full   more rounds, and a thousand rendered pages

Both sides run in turns with the same addresses and concurrency, and what is set side by
side are the sums. Pages a second are counted by the server from the first request to the last,
so start-up and shut-down of either side are left out; CPU is that of the crawling process in the
same span, which other work on the machine disturbs less.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from scrapy.utils.project import get_project_settings

from benchmarks.tables import Column, Lines, Row, Table
from crawler.middlewares.chromium import find_chromium

ROOT = Path(__file__).resolve().parents[1]
PORT = 8733
PORTALS = 50
MANY_PORTALS = 145
"""Some 10,000 pages."""
RENDERED_PORTALS = 16
"""Some 1,000 reports."""

_COLUMNS = (
    Column("side", 38),
    Column("pages", 8, ",d"),
    Column("pages_per_second", 9, ".1f", "pages/s"),
    Column("ours_to_plain", 12, ".2f", "ours/plain"),
    Column("cpu_ms_per_page", 13, ".2f", "CPU ms/page"),
    Column("peak_mb", 9, ".0f", "peak MB"),
)
FETCHING = Table("fetching", *_COLUMNS)
RENDERING = Table("rendering", *_COLUMNS)
MEMORY = Table(
    "memory",
    Column("crawl", 38),
    Column("pages", 8, ",d"),
    Column("peak_mb", 9, ".0f", "peak MB"),
    Column("browser_peak_mb", 25, ".0f", "driver and browser, MB"),
)
_KINDS = "whole,office,department,township"
_COMMON = (
    *("-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8"),
    *("-s", "DOWNLOAD_DELAY=0"),
    *("-s", "REQUEST_GAP_PRIVATE=0"),
    *("-s", f"PORTALS_IN_FLIGHT={PORTALS}"),
    *("-s", "LOG_LEVEL=ERROR"),
)

_BARE = """
import scrapy, sys
class Bare(scrapy.Spider):
    name = "bare"
    custom_settings = {"CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "ROBOTSTXT_OBEY": False, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False, "DOWNLOAD_DELAY": 0}
    async def start(self):
        for line in open(self.urls):
            yield scrapy.Request(line.strip(), dont_filter=True)
    def parse(self, response):
        pass
"""

_PLAYWRIGHT = """
import asyncio, sys
from playwright.async_api import async_playwright
BLOCKED = {"image", "media", "font", "stylesheet"}
async def main(urls, chromium, pages):
    async with async_playwright() as p:
        browser = await p.chromium.launch(executable_path=chromium,
            args=["--no-sandbox", "--disable-dev-shm-usage"])
        queue = asyncio.Queue()
        for url in urls: queue.put_nowait(url)
        async def work():
            context = await browser.new_context()
            async def gate(route):
                if route.request.resource_type in BLOCKED: await route.abort()
                else: await route.continue_()
            await context.route("**/*", gate)
            while not queue.empty():
                page = await context.new_page()
                await page.goto(queue.get_nowait(), wait_until="load")
                await page.content()
                await page.close()
        await asyncio.gather(*(work() for _ in range(pages)))
        await browser.close()
asyncio.run(main([l.strip() for l in open(sys.argv[1])], sys.argv[2], int(sys.argv[3])))
"""


@dataclass(slots=True, frozen=True)
class Measure:
    """How much is measured."""

    rounds: int
    longest: float
    """Seconds one run may take; one that is stopped is counted as far as it came."""
    longest_rendering: float


FULL = Measure(3, 60.0, 900.0)
SAMPLE = Measure(2, 30.0, 60.0)


@dataclass(slots=True)
class Seen:
    """What the server saw of some runs, and what they cost."""

    pages: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    """Seconds of the crawling process alone."""
    peak_mb: float = 0.0
    addresses: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds if self.seconds else 0.0

    @property
    def cost(self) -> float:
        """Milliseconds of CPU a page."""
        return 1000 * self.cpu / self.pages if self.pages else 0.0

    def add(self, other: Seen) -> None:
        """Take another run of the same kind in."""
        self.pages += other.pages
        self.seconds += other.seconds
        self.cpu += other.cpu
        self.peak_mb = max(self.peak_mb, other.peak_mb)
        self.addresses = self.addresses or other.addresses


@dataclass(slots=True)
class Watched:
    """A process over its life: CPU and peak memory by the clock the server's log uses."""

    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    below: list[float] = field(default_factory=list)
    """Memory of all processes below it (driver and browser), shared pages shared out; MB."""

    def at(self, values: Sequence[float], when: float) -> float:
        """Return the last value before a time."""
        return values[max(0, bisect_right(self.times, when) - 1)] if values else 0.0


@contextmanager
def _serving(folder: Path, count: int, *, js: bool = False) -> Iterator[Path]:
    """Serve portals; the log is there when the block is left."""
    log = folder / "requests.log"
    log.unlink(missing_ok=True)
    arguments = [str(count), str(PORT), str(log), str(folder / "portals.csv")]
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.local_portals", *arguments, *(["--js"] if js else [])],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    if not server.stdout.readline():
        raise RuntimeError(f"the portals could not be served; is port {PORT} taken?")
    try:
        yield log
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _run(command: list[str], *, longest: float, cwd: Path = ROOT, below: bool = False) -> Watched:
    """Run a command to its end, or to the end of its time, watching it."""
    child = subprocess.Popen(
        command,
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # what it started must end with it
    )
    seen, started = Watched(), time.monotonic()
    try:
        while child.poll() is None and time.monotonic() - started <= longest:
            with suppress(OSError, IndexError):
                stat = Path(f"/proc/{child.pid}/stat").read_text()
                used = stat.rpartition(")")[2].split()[11:13]
                status = Path(f"/proc/{child.pid}/status").read_text()
                seen.peak.append(int(status.split("VmHWM:")[1].split()[0]) / 1024)
                seen.cpu.append(sum(map(int, used)) / os.sysconf("SC_CLK_TCK"))
                seen.below.append(_memory_below(child.pid) if below else 0.0)
                seen.times.append(time.monotonic())
            time.sleep(1.0 if below else 0.1)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    return seen


def _memory_below(pid: int) -> float:
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError, IndexError):
            for child in (task / "children").read_text().split():
                shared = Path(f"/proc/{child}/smaps_rollup").read_text()
                total += int(shared.split("Pss:")[1].split()[0]) / 1024
                total += _memory_below(int(child))
    return total


def _count(log: Path, watched: Watched, *, who: str = "plain", only: str = "") -> Seen:
    """Count the requests of a log from the first to the last, robots.txt aside."""
    rows = [line.split(" ") for line in log.read_text("utf-8").splitlines() if line]
    rows = [r for r in rows if r[2] != "/robots.txt" and only in r[2]]
    addresses = [f"http://{r[1]}:{PORT}{r[2]}" for r in rows]
    times = [float(r[0]) for r in rows if r[4] == who]
    if not times:
        return Seen()
    first, last = min(times), max(times)
    return Seen(
        pages=len(times),
        seconds=last - first,
        cpu=watched.at(watched.cpu, last) - watched.at(watched.cpu, first),
        peak_mb=max(watched.peak, default=0.0),
        addresses=list(dict.fromkeys(addresses)),
    )


def _times(log: Path, who: str) -> list[float]:
    rows = (line.split(" ") for line in log.read_text("utf-8").splitlines() if line)
    return [float(r[0]) for r in rows if r[4] == who]


def _our_command(folder: Path, output: str, *settings: str, kinds: str = _KINDS) -> list[str]:
    return [
        *(sys.executable, "-m", "scrapy", "crawl", "county_reports"),
        *("-a", f"portals={folder / 'portals.csv'}", "-a", f"kinds={kinds}"),
        *("-s", f"OUTPUT_DIR={output}"),
        *_COMMON,
        *settings,
    ]


_NO_READING = ("-s", "ITEM_PIPELINES={}")
_NO_ARCHIVE = ("-s", "ARCHIVE_MAX_BYTES=0")


def _ours(folder: Path, longest: float, *settings: str, kinds: str = _KINDS) -> Seen:
    with tempfile.TemporaryDirectory() as output, _serving(folder, PORTALS) as log:
        watched = _run(_our_command(folder, output, *settings, kinds=kinds), longest=longest)
    return _count(log, watched)


def _bare(folder: Path, longest: float, addresses: list[str]) -> Seen:
    (folder / "bare.py").write_text(_BARE)
    (folder / "urls").write_text("\n".join(addresses))
    command = [
        *(sys.executable, "-m", "scrapy", "runspider", str(folder / "bare.py")),
        *("-a", f"urls={folder / 'urls'}"),
    ]
    with _serving(folder, PORTALS) as log:
        # Outside the project, or it would run with our settings.
        watched = _run(command, longest=longest, cwd=folder)
    return _count(log, watched)


def _row(table: Table, name: str, seen: Seen, plain: Seen) -> Row:
    ratio = seen.rate / plain.rate if plain.rate else None
    return table.row(name, seen.pages, seen.rate, ratio, seen.cost, seen.peak_mb)


def _fetching(folder: Path, measure: Measure) -> Lines:
    yield FETCHING.head(f"{PORTALS} portals, no delay; {measure.rounds} rounds")
    fetching, bare = Seen(), Seen()
    for n in range(1, measure.rounds + 1):
        ours = _ours(folder, measure.longest, *_NO_READING, *_NO_ARCHIVE)
        fetching.add(ours)
        plain = _bare(folder, measure.longest, fetching.addresses)
        bare.add(plain)
        yield _row(FETCHING, f"  round {n}: bare Scrapy", plain, plain)
        yield _row(FETCHING, f"  round {n}: ours", ours, plain)
    yield _row(FETCHING, "bare Scrapy, the same addresses", bare, bare)
    yield _row(FETCHING, "ours: fetching, durable state", fetching, bare)
    archived = _ours(folder, measure.longest, *_NO_READING)
    yield _row(FETCHING, "ours: and the archive", archived, bare)
    everything = _ours(folder, measure.longest, kinds="whole,office")
    yield _row(FETCHING, "ours: and reading (2 kinds of organ)", everything, bare)


def _marks(wanted: Sequence[int], count: int) -> list[int]:
    """Return the wanted numbers of pages that were reached, and the last page if not all were."""
    reached = [n for n in wanted if n <= count]
    return reached if len(reached) == len(wanted) or not count else [*reached, count]


def _memory(folder: Path, measure: Measure) -> Lines:
    """Peak memory of one crawl by the pages it has fetched."""
    with tempfile.TemporaryDirectory() as output, _serving(folder, MANY_PORTALS) as log:
        command = _our_command(folder, output, *_NO_READING)
        watched = _run(command, longest=2 * measure.longest)
    times = _times(log, "plain")
    yield MEMORY.head("memory by the pages one crawl has seen")
    for n in _marks((1_000, 10_000), len(times)):
        yield MEMORY.row("fetched, archived", n, watched.at(watched.peak, times[n - 1]), None)


def _plain(folder: Path, longest: float, addresses: list[str], chromium: str) -> Seen:
    (folder / "urls").write_text("\n".join(addresses))
    (folder / "plain.py").write_text(_PLAYWRIGHT)
    command = [sys.executable, str(folder / "plain.py"), str(folder / "urls"), chromium, "2"]
    with _serving(folder, RENDERED_PORTALS, js=True) as log:
        watched = _run(command, longest=longest)
    return _count(log, watched, who="browser")


def _rendering(folder: Path, measure: Measure) -> Lines:
    chromium = find_chromium(get_project_settings())
    if chromium is None:
        yield "no Chromium on this machine: rendering was not measured"
        return
    with (
        tempfile.TemporaryDirectory() as output,
        _serving(folder, RENDERED_PORTALS, js=True) as log,
    ):
        command = _our_command(folder, output, *_NO_READING, *_NO_ARCHIVE)
        watched = _run(command, longest=measure.longest_rendering, below=True)
    ours = _count(log, watched, who="browser", only="/t2023")
    times = _times(log, "browser")
    for n in _marks((200, 1_000), len(times)):
        when = times[n - 1]
        browser = max(watched.below[: bisect_right(watched.times, when)] or [0.0])
        yield MEMORY.row("rendered", n, watched.at(watched.peak, when), browser)
    reports = [url for url in ours.addresses if "/t2023" in url][: max(ours.pages // 4, 1)]
    plain = Seen()
    for _ in range(measure.rounds):
        plain.add(_plain(folder, measure.longest, reports, chromium))
    seconds = measure.longest_rendering
    yield RENDERING.head(f"pages that need JavaScript; as many as ours renders in {seconds:.0f} s")
    yield _row(RENDERING, "plain Playwright, 2 pages at a time", plain, plain)
    yield _row(RENDERING, "ours, each asked plainly first", ours, plain)


def run(*, full: bool = False) -> Lines:
    """Yield the tables' lines."""
    measure = FULL if full else SAMPLE
    yield f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    with tempfile.TemporaryDirectory() as name:
        yield from _fetching(Path(name), measure)
        yield from _memory(Path(name), measure)
        yield from _rendering(Path(name), measure)

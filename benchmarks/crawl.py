"""Fetching: our crawl beside a bare Scrapy spider and a plain Playwright script, same pages.

    python -m benchmarks crawl

Pages a second are counted by the server between its first and last request, so start-up and
shut-down of either side are left out.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scrapy.utils.project import get_project_settings

from crawler.middlewares.browser import find_chromium

ROOT = Path(__file__).resolve().parents[1]
PORT = 8733
PORTALS = 50
RENDERED_PORTALS = 4
LONGEST = 300.0
"""Seconds one run may take."""
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


@dataclass(slots=True)
class Seen:
    """What the server saw of one run."""

    pages: int
    seconds: float
    paths: list[str]
    peak_mb: float = 0.0

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds if self.seconds else 0.0


@contextmanager
def _serving(folder: Path, count: int, *, js: bool = False) -> Iterator[Path]:
    """Serve portals; the log is there when the block is left."""
    log = folder / "requests.log"
    arguments = [
        str(count),
        str(PORT),
        str(log),
        str(folder / "portals.csv"),
        *(["--js"] if js else []),
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.local_portals", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    server.stdout.readline()
    try:
        yield log
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _seen(log: Path, peak: float) -> Seen:
    rows = [line.split(" ") for line in log.read_text("utf-8").splitlines() if line]
    rows = [r for r in rows if r[2] != "/robots.txt"]
    times = [float(r[0]) for r in rows]
    paths = [f"http://{r[1]}:{PORT}{r[2]}" for r in rows]
    return Seen(len(rows), max(times) - min(times), paths, peak)


def _run(command: list[str], cwd: Path = ROOT) -> float:
    """Run a command to its end; return the peak memory of its own process in MB."""
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    started = time.monotonic()
    while child.poll() is None:
        if time.monotonic() - started > LONGEST:
            child.kill()  # a run that hangs must not hang the bench; the log says how far it came
        try:
            status = Path(f"/proc/{child.pid}/status").read_text()
            peak = max(peak, int(status.split("VmHWM:")[1].split()[0]) / 1024)
        except (OSError, IndexError):
            pass
        time.sleep(0.25)
    return peak


def _ours(folder: Path, *settings: str, count: int = PORTALS, js: bool = False) -> Seen:
    # Rendering is some fifty times slower: the governments' and offices' reports are enough of it.
    kinds = "whole,office" if js else "whole,office,department,township"
    with tempfile.TemporaryDirectory() as output, _serving(folder, count, js=js) as log:
        peak = _run(
            [
                *(sys.executable, "-m", "scrapy", "crawl", "county_reports"),
                *("-a", f"portals={folder / 'portals.csv'}"),
                *("-a", f"kinds={kinds}"),
                *("-s", f"OUTPUT_DIR={output}"),
                *_COMMON,
                *settings,
            ]
        )
    return _seen(log, peak)


def _bare(folder: Path, urls: list[str]) -> Seen:
    (folder / "bare.py").write_text(_BARE)
    (folder / "urls").write_text("\n".join(urls))
    with _serving(folder, PORTALS) as log:
        peak = _run(
            [
                *(sys.executable, "-m", "scrapy", "runspider", str(folder / "bare.py")),
                *("-a", f"urls={folder / 'urls'}"),
            ],
            folder,  # outside the project, or it would run with our settings
        )
    return _seen(log, peak)


def _fetch_section(folder: Path) -> list[str]:
    nothing = ("-s", "ITEM_PIPELINES={}", "-s", "ARCHIVE_MAX_BYTES=0")
    fetching = _ours(folder, *nothing)
    bare = _bare(folder, fetching.paths)
    archived = _ours(folder, "-s", "ITEM_PIPELINES={}")
    everything = _ours(folder)
    lines = [
        f"{'50 portals, no delay':34}{'pages':>8}{'pages/s':>9}{'ours/bare':>11}{'peak MB':>9}"
    ]
    for name, seen in (
        ("bare Scrapy, the same addresses", bare),
        ("ours: fetching, durable state", fetching),
        ("ours: and the archive", archived),
        ("ours: and reading, dataset", everything),
    ):
        lines.append(
            f"{name:34}{seen.pages:>8,}{seen.rate:>9.0f}"
            f"{seen.rate / bare.rate:>11.2f}{seen.peak_mb:>9.0f}"
        )
    return lines


def _render_section(folder: Path) -> list[str]:

    chromium = find_chromium(get_project_settings())
    if chromium is None:
        return ["no Chromium on this machine: rendering was not measured"]
    nothing = ("-s", "ITEM_PIPELINES={}", "-s", "ARCHIVE_MAX_BYTES=0")
    ours = _ours(folder, *nothing, count=RENDERED_PORTALS, js=True)
    reports = [p for p in ours.paths if "/t2023" in p]
    urls = list(dict.fromkeys(reports))
    (folder / "urls").write_text("\n".join(urls))
    (folder / "plain.py").write_text(_PLAYWRIGHT)
    with _serving(folder, RENDERED_PORTALS, js=True) as log:
        _run([sys.executable, str(folder / "plain.py"), str(folder / "urls"), str(chromium), "2"])
    plain = _seen(log, 0)
    plain_rate = len(urls) / plain.seconds
    ours_rate = len(urls) / ours.seconds
    return [
        f"{'pages that need JavaScript':34}{'pages':>8}{'pages/s':>9}{'ours/plain':>11}",
        f"{'plain Playwright, 2 pages at a time':34}{len(urls):>7,}{plain_rate:>9.1f}{1:>11.2f}",
        f"{'ours (asks plainly first)':34}{len(urls):>8,}{ours_rate:>9.1f}"
        f"{ours_rate / plain_rate:>11.2f}",
    ]


def run() -> list[str]:
    """Return both tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_fetch_section(folder), "", *_render_section(folder)]


if __name__ == "__main__":
    print("\n".join(run()))

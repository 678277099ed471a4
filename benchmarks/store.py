"""The store with a thousand to a hundred thousand reports: time, memory, and how both grow.

    python -m benchmarks store          a thousand and ten thousand
    python -m benchmarks store --full   and a hundred thousand

Records are made up: 198 figures, 1,500 characters of prose, as an average county report has. Each
step runs in a process of its own, so its peak memory is its own. Growth is the time of a size
over that of the size a tenth of it: 10 is linear. Reparsing reads made-up report pages out of a
WARC archive on all cores; ``all MB`` is the memory of the process and its workers together, what
they share counted once.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection
from pathlib import Path

from scrapy.http import Request, Response

from benchmarks.local_portals import Portal, division
from benchmarks.tables import Column, Lines, Table
from crawler.middlewares.archive import Archive
from pipelines.record import CellNote, Figure, Report
from pipelines.registry import load_registry
from pipelines.reparse import Chosen, prepare, reparse
from pipelines.store import open_store
from pipelines.store.dictionary import fields
from pipelines.store.export import export
from pipelines.store.identity_of_content import Record
from pipelines.store.table import Wanted
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from pipelines.workers import Limits, Workers

SIZES = (1_000, 10_000)
FULL_SIZES = (*SIZES, 100_000)
PROVINCES = 31
YEARS = range(2008, 2026)
_DAY, _LATER = "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"


@cache
def _names() -> list[str]:
    return [n for n, f in fields().items() if "v2021" in f.versions]


def synthetic(number: int, *, granted: int | None = None) -> Record:
    """Return a record of a place that does not exist; the same number gives the same record."""
    province, rest = number % PROVINCES, number // PROVINCES
    year = YEARS[rest % len(YEARS)]
    place = rest // len(YEARS)
    adcode = f"{11 + province:02d}{1 + place // 99 % 99:02d}{1 + place % 99:02d}"
    values: dict[str, int | float | None] = {
        n: (number * 7 + i * 13) % 97 for i, n in enumerate(_names())
    }
    if granted is not None:
        values["t3_granted__total"] = granted
    url = f"http://www.place{adcode}.invalid/{year}/{number}.html"
    return Report(
        report_id=f"{adcode}-{year}-aggregate-{number:08x}",
        adcode=adcode,
        province=f"省{province}",
        county=f"县{place}",
        admin_level="county",
        publisher_norm=f"县{place}人民政府",
        publisher_type="government",
        scope="aggregate",
        report_year=year,
        title=f"县{place}{year}年政府信息公开工作年度报告",
        published_on=f"{year + 1}-01-20",
        format_version="v2021",
        table_versions={"t2": "v2021", "t3": "v2021", "t4": "v2021"},
        carrier="html_table",
        tables_present=["t2", "t3", "t4"],
        values=values,
        cells={"t3_carried_in__research": CellNote(status="blank", raw="")},
        narrative=[Figure(field="x_app_total", value=number % 50, sentence="收到申请若干件。")],
        sections={"1": f"第{number}号地方全年主动公开信息若干条。" * 60, "5": "存在不足。" * 60},
        source_url=url,
        source_kind="gov_site",
        final_url=url,
        fetched_at=_DAY,
        content_type="text/html",
        sha256=hashlib.sha256(url.encode()).hexdigest(),
        archive={"file": "a.warc.gz", "record_id": f"<urn:uuid:{number}>"},
    ).to_json()


# -- steps; each is given the folder the steps before it left -----------------------------------


def fill(folder: Path, size: int) -> str:
    """Keep some records one by one, the rest in one transaction."""
    store = open_store(folder)
    some = min(size, 1_000)
    start = time.perf_counter()
    for number in range(some):
        store.state.keep(synthetic(number), reader="r")
    rate = some / (time.perf_counter() - start)
    store.state.adopt(synthetic(n) for n in range(some, size))
    store.close()
    return f"{rate:,.0f} records/s one by one, durable"


def promote(folder: Path, size: int) -> str:
    """Write what is to be written."""
    del size
    store = open_store(folder)
    store.dataset.promote()
    store.close()
    return ""


def first(folder: Path, size: int) -> str:
    """Write all files for the first time."""
    promote(folder, size)
    lines = sum(p.stat().st_size for p in (folder / "reports").glob("*.jsonl")) / 1e6
    return f"{lines:,.0f} MB of lines"


def update(folder: Path, size: int, *, share: float = 0) -> str:
    """Bring a corrected figure of one report a province, or of a share of all."""
    store = open_store(folder)
    for number in range(0, size, round(1 / share)) if share else range(PROVINCES):
        store.state.keep(synthetic(number, granted=98), reader="r", seen_at=_LATER)
    changes = store.dataset.promote()
    store.close()
    return f"{len(changes.changed):,} lines changed, revisions kept"


def deduplicate(folder: Path, size: int) -> str:
    """Merge reports of which a mirror and a PDF are held beside the page."""
    store = open_store(folder.with_name(f"{folder.name}-editions"))
    reports = size // 10
    readings = (
        {**synthetic(number), **other}
        for number in range(reports)
        for other in (
            {},
            {"source_url": f"http://mirror.invalid/{number}.html"},
            {"source_url": f"http://www.invalid/{number}.pdf", "carrier": "pdf_text"},
        )
    )
    store.state.adopt(readings)
    store.dataset.promote()
    store.close()
    return f"{reports:,} reports of three editions"


def exported(folder: Path, size: int, *, kind: str, shape: str) -> str:
    """Export all reports."""
    start = time.perf_counter()
    files = export(folder, Wanted(format=kind, shape=shape)).files
    seconds = time.perf_counter() - start
    written = sum(file.stat().st_size for file in files) / 1e6
    shutil.rmtree(folder / "exports")  # long tables of a hundred thousand reports take gigabytes
    return f"{size / seconds:,.0f} reports/s, {written:,.0f} MB"


Step = Callable[[Path, int], str]
STEPS: dict[str, Step] = {
    "keep": fill,
    "first promotion": first,
    "promotion, nothing new": promote,
    "update of one report a province": update,
    "update of one report in 20": partial(update, share=0.05),
    "deduplication": deduplicate,
    "export parquet, wide": partial(exported, kind="parquet", shape="wide"),
    "export parquet, long": partial(exported, kind="parquet", shape="long"),
    "export csv, wide": partial(exported, kind="csv", shape="wide"),
    "export csv, long": partial(exported, kind="csv", shape="long"),
    "export sqlite, wide": partial(exported, kind="sqlite", shape="wide"),
    "export sqlite, long": partial(exported, kind="sqlite", shape="long"),
    "export datapackage, wide": partial(exported, kind="datapackage", shape="wide"),
    "export xlsx, wide": partial(exported, kind="xlsx", shape="wide"),
}


def crawled(folder: Path, count: int) -> str:
    """Leave an archive and a state as a crawl of that many documents would."""
    store = open_store(folder)
    archive = Archive(folder / "archive", 512 << 20)
    made = 0
    n = 0
    while made < count:
        portal = Portal(n, js=False)
        n += 1
        for path, report in list(portal.reports.items())[: count - made]:
            url, body = f"http://portal{n}.invalid{path}", portal.pages[path][1]
            ref = archive.exchange(Request(url), Response(url, body=body))
            source = Source(
                url=url, title=report.title, adcode=portal.division.code, fetched_at=_DAY,
                archive=ref,
            )  # fmt: skip
            store.state.remember_document(
                FetchedDocument(
                    portal_code=portal.division.code,
                    source=source,
                    page=RawFile(body=body, url=url, content_type="text/html; charset=utf-8"),
                )
            )
            made += 1
    archive.close()
    store.close()
    rows = [
        f"{d.code},{d.government},county,岭州省,,http://x.invalid/,"
        for d in map(division, range(n))
    ]
    head = "code,name,level,province,prefecture,home_url,column_url"
    (folder / "portals.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return ""


def read_again(folder: Path, count: int) -> str:
    """Reparse the archive and promote."""
    store = open_store(folder)
    workers = Workers(Limits(), registry=load_registry(folder / "portals.csv"))
    kinds = frozenset({"whole", "office", "department", "township"})
    start = time.perf_counter()
    done = asyncio.run(reparse(store, workers, Chosen(kinds=kinds), prepare(store)))
    seconds = time.perf_counter() - start
    workers.close()
    lines = sum(store.dataset.promote().reports.values())
    store.close()
    assert done.changes["new"] + done.changes["edition"] == count, done.changes
    return f"{lines} lines, {count / seconds:,.0f} documents/s on {workers.count} cores"


@dataclass(slots=True, frozen=True)
class Cost:
    """What a step took."""

    seconds: float
    peak_mb: float
    all_mb: float
    """With the processes it started."""
    remark: str


class Watch(threading.Thread):
    """Looks twice a second how much memory this process and its children take together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._over.wait(0.5):
            self.peak_mb = max(self.peak_mb, sum(map(_mb_of, _with_children(os.getpid()))))

    def stop(self) -> float:
        """Return the highest sum seen."""
        self._over.set()
        self.join()
        return self.peak_mb


def _with_children(process: int) -> Iterator[int]:
    """Yield a process and all that come of it; a worker is the child of a server of forks."""
    yield process
    with contextlib.suppress(OSError):
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
        for child in told.split():
            yield from _with_children(int(child))


def _mb_of(process: int) -> float:
    """Return a process's share of the memory it uses, 0 for one that has ended."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
        return int(told.split("Pss:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return 0.0


def _child(step: Step, folder: Path, size: int, tell: Connection) -> None:
    watch = Watch()
    watch.start()
    start = time.perf_counter()
    remark = step(folder, size)
    seconds = time.perf_counter() - start
    together = watch.stop()
    # Not ru_maxrss: a child begins with its parent's, and the sections before may have been large.
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    tell.send(Cost(seconds, peak, max(peak, together), remark))


def cost(step: Step, folder: Path, size: int) -> Cost:
    """Run a step in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(step, folder, size, theirs))
    child.start()
    theirs.close()
    try:
        done: Cost = ours.recv()
    except BaseException:
        child.kill()  # the bench is stopped, or the step failed and says why itself
        raise
    finally:
        child.join()
    return done


def table(name: str, sizes: tuple[int, ...]) -> Table:
    """Return a table with time and peak memory of each size."""
    columns = [
        column
        for size in sizes
        for column in (
            Column(f"seconds_{size}", 10, ".2f", f"s, {size:,}"),
            Column(f"peak_mb_{size}", 7, ",.0f", "MB"),
        )
    ]
    growth = Column("growth", 9, ".1f")
    return Table(name, Column("step", 32), *columns, growth, Column("remark", 60, gap=3))


def measure(name: str, sizes: tuple[int, ...], steps: dict[str, Step], title: str = "") -> Lines:
    """Yield a table: a line a step, time and peak memory a size."""
    folders = {size: Path(tempfile.mkdtemp(prefix="bench-store-")) for size in sizes}
    made = table(name, sizes)
    yield made.head(title or name)
    try:
        for step, work in steps.items():
            costs = [cost(work, folders[size] / "output", size) for size in sizes]
            figures = (figure for c in costs for figure in (c.seconds, c.peak_mb))
            growth = costs[-1].seconds / costs[-2].seconds
            yield made.row(step, *figures, growth, costs[-1].remark)
    finally:
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)


DOCUMENTS = Table(
    "documents in an archive",
    Column("step", 14),
    Column("documents", 11, ",d"),
    Column("seconds", 9, ".1f", "s"),
    Column("peak_mb", 7, ",.0f", "MB"),
    Column("all_mb", 9, ",.0f", "all MB"),
    Column("growth", 9, ".1f"),
    Column("remark", 60, gap=3),
)


def measure_reparse(sizes: tuple[int, ...]) -> Lines:
    """Yield a table: a line a step and size, as each is done; the last takes its time."""
    yield DOCUMENTS.head(DOCUMENTS.name)
    before: dict[str, float] = {}
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="bench-store-"))
        try:
            for step, work in {"archive them": crawled, "reparse": read_again}.items():
                took = cost(work, folder / "output", size)
                growth = took.seconds / before[step] if step in before else None
                before[step] = took.seconds
                figures = (took.seconds, took.peak_mb, took.all_mb, growth)
                yield DOCUMENTS.row(step, size, *figures, took.remark)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def run(*, full: bool = False) -> Lines:
    """Yield the tables' lines."""
    sampled = f"reports; a sample, {FULL_SIZES[-1]:,} with --full"
    yield from measure("reports", FULL_SIZES if full else SIZES, STEPS, "" if full else sampled)
    yield from measure_reparse(FULL_SIZES if full else SIZES)

"""The store with 1k to 100k synthetic reports: keep, promote, promote again, export.

Records are made up: 198 figures, 1,500 characters of prose, as an average county report has.
``python -m benchmarks store`` measures 1k and 10k; COUNTY_REPORTS_BENCH_LARGE=1 adds 100k.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.record import CellNote, Figure, Report
from pipelines.store import open_store
from pipelines.store.dictionary import fields
from pipelines.store.export import Wanted, export
from pipelines.store.identity_of_content import Record

SIZES = (1_000, 10_000)
LARGE = 100_000
PROVINCES = 31
YEARS = range(2008, 2026)


def synthetic(number: int, *, granted: int | None = None) -> Record:
    """Return a record of a place that does not exist; the same number gives the same record."""
    province, rest = number % PROVINCES, number // PROVINCES
    year = YEARS[rest % len(YEARS)]
    place = rest // len(YEARS)
    adcode = f"{11 + province:02d}{1 + place // 99 % 99:02d}{1 + place % 99:02d}"
    names = [n for n, f in fields().items() if "v2021" in f.versions]
    values: dict[str, int | float | None] = {
        n: (number * 7 + i * 13) % 97 for i, n in enumerate(names)
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
        fetched_at="2026-11-01T00:00:00Z",
        content_type="text/html",
        sha256=hashlib.sha256(url.encode()).hexdigest(),
        archive={"file": "a.warc.gz", "record_id": f"<urn:uuid:{number}>"},
    ).to_json()


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(size: int, folder: Path) -> Iterator[tuple[str, float, str]]:
    """Yield (step, seconds, remark) for a dataset of ``size`` reports."""
    store = open_store(folder)
    state = store.state
    some = min(size, 2_000)  # one transaction and one fsync each; the rest is put in as one
    seconds = _timed(lambda: [state.keep(synthetic(n), reader="r") for n in range(some)])
    yield "keep, durable, a record", seconds / some, f"{some / seconds:,.0f} records/s"
    state.adopt(synthetic(n) for n in range(some, size))
    seconds = _timed(store.dataset.promote)
    lines = sum(p.stat().st_size for p in (folder / "reports").glob("*.jsonl")) / 1e6
    yield "first promotion", seconds, f"{lines:,.0f} MB of lines"
    yield "promotion, nothing new", _timed(store.dataset.promote), ""
    state.keep(synthetic(PROVINCES, granted=98), reader="r", seen_at="2026-12-01T00:00:00Z")
    yield "promotion, one report changed", _timed(store.dataset.promote), "its province only"
    for number in range(PROVINCES):
        state.keep(synthetic(number, granted=99), reader="r", seen_at="2026-12-01T00:00:00Z")
    yield "promotion, a report changed in each province", _timed(store.dataset.promote), ""
    store.close()
    for kind, shape in (("parquet", "wide"), ("parquet", "long"), ("csv", "wide")):
        wanted = Wanted(format=kind, shape=shape)
        seconds = _timed(lambda wanted=wanted: export(folder, wanted))  # type: ignore[misc]
        yield f"export {kind}, {shape}", seconds, f"{size / seconds:,.0f} reports/s"


def run() -> Iterator[str]:
    """Yield the table's lines."""
    sizes = (*SIZES, LARGE) if os.environ.get("COUNTY_REPORTS_BENCH_LARGE") else SIZES
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="bench-store-"))
        try:
            yield f"{size:,} reports"
            for step, seconds, remark in measure(size, folder):
                shown = f"{seconds * 1000:9.2f} ms" if seconds < 1 else f"{seconds:9.2f} s "
                yield f"  {step:<46}{shown}   {remark}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"peak memory of all of it: {peak:,.0f} MB"

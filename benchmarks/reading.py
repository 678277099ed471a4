"""What one HTML report costs to read, in CPU: ours stage by stage beside trafilatura and pandas.

    python -m benchmarks reading

Every round reads other reports of each look, and no cache knows any of them: what is kept from one
document to the next are the labels all reports share, as in a crawl.
"""

from __future__ import annotations

import gc
import io
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.makers.portal_pages import LARGE_PORTAL, PORTAL, Frame, portal_page
from benchmarks.tables import Column, Lines, Row, Table
from crawler.demo.chrome import Chrome
from crawler.demo.reports import LOOKS, render_body
from crawler.demo.world import DIVISIONS, ReportTruth, history, organs
from pipelines import read
from pipelines.documents import prose
from pipelines.reading import evidence
from pipelines.registry import load_registry
from pipelines.vocabulary.items import RawFile, Source

ROUNDS = 9
_STAGES: tuple[tuple[str, ModuleType, str], ...] = (
    ("blocks", read, "read_document"),
    ("forms", read, "read_forms"),
    ("classify", read, "classify"),
    ("sections", evidence, "prose_of"),
    ("sections", evidence, "outline_of_document"),
    ("sections", read, "split_sections"),
    ("identity", read, "identify"),
    ("narrative", read, "prose_of"),
    ("narrative", read, "read_figures"),
    ("narrative", read, "processing_fee_yuan"),
    ("checks", read, "check_report"),
    ("prose", prose, "main_lines"),
)
"""Stage and the function that does it; one called inside another is none of the other's.

``prose`` is trafilatura's part, called inside blocks, and only for a page on which nothing marks
the report. The text and its parts (``sections``) are asked for first by ``classify``.
"""
_STAGE_NAMES = tuple(dict.fromkeys(stage for stage, _, _ in _STAGES))
_TABLE_STAGES = ("blocks", "forms", "classify", "identity", "checks")
"""What is read of a page besides its prose: decode and parse (blocks), tables, identity, checks."""


def _reports() -> list[ReportTruth]:
    """Return one report a round, each of another place or year."""
    places = list(DIVISIONS.values())
    return [
        history(organs(places[n % len(places)])[0], 2023)[-1 - n // len(places)]
        for n in range(ROUNDS)
    ]


def _demo_page(report: ReportTruth, look: str) -> str:
    division = report.organ.division
    chrome = Chrome(division, "/zwgk/", "/xxgk/", "/xxgk/xxgknb/")
    return chrome.article(
        report.title,
        render_body(report, look),
        date=report.published_on,
        source=division.government,
        crumbs=chrome.crumbs(),
    )


def _samples() -> dict[str, list[bytes]]:
    """Return pages by name, one a round.

    The demo's in every look, as they are and at the size of real portals, and real pages (the
    same in every round).
    """
    reports = _reports()
    out: dict[str, list[bytes]] = {}
    for look in LOOKS:
        out[f"demo {look}"] = [_demo_page(r, look).encode() for r in reports]
    frames: tuple[tuple[str, str, Frame, str], ...] = (
        ("portal clean", "clean", PORTAL, "utf-8"),
        ("portal blank, gb18030", "blank", PORTAL, "gb18030"),
        ("portal word", "word", PORTAL, "utf-8"),
        ("large portal clean", "clean", LARGE_PORTAL, "utf-8"),
        ("large portal word", "word", LARGE_PORTAL, "utf-8"),
    )
    for name, look, frame, charset in frames:
        pages = (portal_page(r, look, frame) for r in reports)
        out[name] = [
            p.replace('charset="utf-8"', f'charset="{charset}"').encode(charset) for p in pages
        ]
    shared = Path(os.environ.get("SHARED_DIR", Path(__file__).parents[2] / "shared"))
    for path in sorted((shared / "gold" / "docs").glob("*.html")):
        out[path.name] = [path.read_bytes()] * ROUNDS
    return out


# -- clocks --------------------------------------------------------------------------------------


def _ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


@contextmanager
def _clocked() -> Iterator[dict[str, float]]:
    """Time the stages of the reading while it runs as it always does."""
    spent = dict.fromkeys(_STAGE_NAMES, 0.0)
    inside = [0.0]  # what the stages called by each of those running have taken
    plain = [(module, name, getattr(module, name)) for _, module, name in _STAGES]

    def clock(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            inside.append(0.0)
            try:
                return work(*args, **kwargs)
            finally:
                taken = 1000 * (time.process_time() - start)
                spent[stage] += taken - inside.pop()
                inside[-1] += taken

        return timed

    for (stage, module, name), (_, _, work) in zip(_STAGES, plain, strict=True):
        setattr(module, name, clock(stage, work))
    try:
        yield spent
    finally:
        for module, name, work in plain:
            setattr(module, name, work)


def _forget() -> None:
    """Empty every cache of document texts; what is made once for all documents stays."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipelines."):
            for value in list(vars(module).values()):
                cache = getattr(value, "short", value)
                if (
                    hasattr(cache, "cache_parameters")
                    and (cache.cache_parameters()["maxsize"] or 0) > 1
                ):
                    cache.cache_clear()


# -- what one would do instead -------------------------------------------------------------------


def _trafilatura(body: bytes) -> object:
    import trafilatura  # noqa: PLC0415 - what is measured against, loaded when it is

    return trafilatura.extract(body, include_tables=True)


def _pandas(body: bytes) -> object:
    import pandas as pd  # noqa: PLC0415 - as above

    return pd.read_html(io.BytesIO(body), flavor="lxml")


# -- the table -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    """The milliseconds of one kind of page, a figure a round."""

    name: str
    size: int
    times: dict[str, list[float]] = field(default_factory=dict)

    def add(self, times: Mapping[str, float]) -> None:
        for name, ms in times.items():
            self.times.setdefault(name, []).append(ms)

    def median(self, name: str) -> float:
        return statistics.median(self.times[name])


_ADDRESS = "https://www.xian.gov.cn/zwgk/xxgknb/202401/t20240126_1024.html"


def _ours(body: bytes) -> object:
    """Read a page as a crawl does: of a government's host, whose links are made whole."""
    page = RawFile(body=body, content_type="text/html", url=_ADDRESS)
    return read.read_report(page, source=Source(url=_ADDRESS))


def _measure(body: bytes, before: bytes) -> dict[str, float]:
    """Read a page once in every way, each after a page of its own, as where it runs alone.

    What another reader leaves in the processor's caches costs pandas a fifth of its time.
    """
    _ours(before)
    with _clocked() as times:
        ours = _ms(lambda: _ours(body))
    _trafilatura(before)
    traf = _ms(lambda: _trafilatura(body))
    _pandas(before)
    pandas = _ms(lambda: _pandas(body))
    return times | {
        "rest": ours - sum(times.values()),
        "ours": ours,
        "trafilatura": traf,
        "read_html": pandas,
        "ours/traf": ours / traf,
        "ours/both": ours / (traf + pandas),
        "tables/read_html": sum(times[stage] for stage in _TABLE_STAGES) / pandas,
        "all/read_html": (ours - times["prose"]) / pandas,
    }


def _warm_up() -> bytes:
    """Read reports that are no samples, as a crawl's worker has: labels are known, texts not.

    Return the last one's page.
    """
    pages = [
        _demo_page(report, "clean").encode()
        for division in list(DIVISIONS.values())[:2]
        for report in history(organs(division)[1])[-3:]
    ]
    for page in pages:
        _ours(page)
    return pages[-1]


_RATIOS = ("ours/traf", "ours/both", "tables/read_html", "all/read_html")
_TIMES = (*_STAGE_NAMES, "rest", "ours", "trafilatura", "read_html")
TABLE = Table(
    "reading one page",
    Column("page", 28),
    Column("kb", 5, ".0f", "KB"),
    *(Column(f"{c}_ms", max(8, len(c) + 2), ".1f", c) for c in _TIMES),
    *(Column(c.replace("/", "_to_"), len(c) + 2, ".2f", c) for c in _RATIOS),
)
# tables: everything but the prose, by the stages named above; all: what is not trafilatura's.
MEDIANS = Table(
    "medians of the ratios",
    Column("pages", 28),
    Column("ours_to_traf", 28, ".2f", "ours / trafilatura.extract"),
    Column("ours_to_both", 13, ".2f", "ours / both"),
    Column("tables_to_read_html", 20, ".2f", "tables / read_html"),
    Column("all_to_read_html", 17, ".2f", "all / read_html"),
)


def _medians(name: str, rows: list[_Row]) -> Row:
    ratios = (statistics.median(row.median(ratio) for row in rows) for ratio in _RATIOS)
    return MEDIANS.row(name, *ratios)


def run(*, full: bool = False) -> Lines:
    """Yield the table, a row when its last round is over, then the medians of the ratios."""
    del full  # all of it takes half a minute
    load_registry()
    warnings.simplefilter("ignore")
    samples = _samples()
    rows = [_Row(name, len(bodies[0])) for name, bodies in samples.items()]
    for body in samples["demo clean"][:1]:
        _measure(body, body)  # loads what is measured against
    yield TABLE.head(f"milliseconds of one processor, medians of {ROUNDS} rounds")
    gc.collect()
    gc.freeze()  # what was loaded is no document's, and no collection has to look at it
    for turn in range(ROUNDS):
        _forget()
        before = _warm_up()
        first = (ROUNDS - 1 - turn) % len(rows)  # another one each time, the first in the last
        for row in rows[first:] + rows[:first]:
            gc.collect()
            row.add(_measure(samples[row.name][turn], before))
            if turn == ROUNDS - 1:
                yield TABLE.row(
                    row.name, row.size / 1024, *(row.median(c) for c in (*_TIMES, *_RATIOS))
                )
    gc.unfreeze()
    yield MEDIANS.head()
    yield _medians("all pages", rows)
    yield _medians("pages of 60 KB and more", [row for row in rows if row.size >= 60 * 1024])

"""Documents of worlds made by people who had not read the readers: their figures, world by world.

Each world was made from the knowledge of forms and of quirks alone and first read by code that
had never met it; that first run is what docs/measured.md reports. Since then they are tests like
any other: silent errors, false proofs, false reports and wrong identities must not come back.

    python -m benchmarks.strangers            a sample of every world
    python -m benchmarks.strangers a 2000     one world, so many documents
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from multiprocessing import get_context

from benchmarks import tables
from benchmarks.strangers.judging import Judged, judge
from benchmarks.tables import Column, Lines, Row

WORLDS: tuple[str, ...] = ("a", "b", "c", "d")
"""Packages beside this module, each with ``documents(seed, count)``."""
SEED = 1
SAMPLE = 400
FULL = 2_000
TABLE = tables.Table(
    "strangers' documents",
    Column("world", 8),
    Column("documents", 10, ",d"),
    Column("cells", 9, ",d"),
    Column("exact_percent", 9, ".2f", "exact %"),
    Column("proved", 8, ",d"),
    Column("null", 8, ",d", "needless null"),
    Column("told", 8, ",d", "told"),
    Column("silent", 8, ",d"),
    Column("false_proofs", 13, ",d"),
    Column("missed", 8, ",d"),
    Column("false_reports", 14, ",d"),
    Column("identity_wrong", 15, ",d"),
    Column("identity_null", 14, ",d"),
    Column("crashed", 8, ",d"),
)


@cache
def _world(name: str, count: int) -> tuple[object, ...]:
    module = importlib.import_module(f"benchmarks.strangers.{name}")
    return tuple(module.documents(SEED, count))


def _judge(job: tuple[str, int, int]) -> Judged:
    name, count, n = job
    return judge(_world(name, count)[n])  # type: ignore[arg-type] # what a world promises


def results(name: str, count: int, workers: int = 2) -> Iterator[Judged]:
    """Yield what became of each of a world's documents, in order."""
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(_judge, ((name, count, n) for n in range(count)), chunksize=8)


def row_of(name: str, some: list[Judged]) -> Row:
    """Return the sums of judged documents as a row of the table."""
    n: Counter[str] = Counter()
    for j in some:
        n["exact"] += j.exact
        n["proved"] += j.proved
        n["identity_wrong"] += len(j.identity_wrong)
        n["identity_null"] += len(j.identity_null)
        n["false_reports"] += j.false_report
        n["missed"] += bool(j.missed)
        n["crashed"] += bool(j.crashed)
        for what in ("null", "told", "silent", "false_proofs"):
            n[what] += len(getattr(j, what))
    cells = n["exact"] + n["null"] + n["told"] + n["silent"]
    return TABLE.row(
        name,
        len(some),
        cells,
        100 * n["exact"] / max(1, cells),
        n["proved"],
        n["null"],
        n["told"],
        n["silent"],
        n["false_proofs"],
        n["missed"],
        n["false_reports"],
        n["identity_wrong"],
        n["identity_null"],
        n["crashed"],
    )


def wrong_of(some: list[Judged], most: int = 40) -> Iterator[str]:
    """Yield a line a document that is wrong without a word, with what is wrong in it."""
    for j in some:
        wrong = {
            "silent": j.silent,
            "false proof": j.false_proofs,
            "identity": j.identity_wrong,
            "false report": ["read as a report"] if j.false_report else [],
            "crashed": [j.crashed] if j.crashed else [],
        }
        if any(wrong.values()) and most > 0:
            most -= 1
            said = "; ".join(f"{k} {v[:2]} ({len(v)})" for k, v in wrong.items() if v)  # type: ignore[index, arg-type] # lists of any kind
            yield f"  {j.name} {j.layout} {','.join(j.habits)}: {said}"


def run(*, full: bool = False) -> Lines:
    """Yield a row a world, then what is wrong in it."""
    yield TABLE.head("" if full else f"a sample: {SAMPLE:,} of {FULL:,} documents a world (--full)")
    for name in WORLDS:
        some = list(results(name, FULL if full else SAMPLE))
        yield row_of(name, some)
        yield from wrong_of(some)

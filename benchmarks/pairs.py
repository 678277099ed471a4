"""Damage correct reports in two ways at once, and count what is read wrong silently.

The pairs are drawn at random. Each damage alone leaves a document that its labels and sums still
explain; two may together look like a third thing, and what is accepted then rested on too little.
Rows of the table name the themes.

    python -m benchmarks pairs              a sample
    python -m benchmarks pairs --full       20,000 documents
    python -m benchmarks.pairs 100000       as many as one likes; fails when one is silently wrong
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from benchmarks.damages import LAST, NOTHING_LEFT, SINGLE, Case, Damage
from benchmarks.perturb import (
    CARRIERS,
    TABLE,
    Result,
    document_of,
    judge,
    judged,
    lines_of,
    printed,
    reports,
)
from benchmarks.tables import Lines
from crawler.demo.tables import tables_of
from pipelines.forms import read_forms

FULL = 20_000
SAMPLE = 3_000

_COLUMN_LOST = {"column_lost", "column_lost_below_header", "stretch_lost"}
_CELL_OF_TWO_LOST = {"disclosure_cell_lost", "disclosure_blank_and_lost", "stretch_lost"}
_GLUED = {"disclosure_footer", "disclosure_stray", "disclosure_part_row", "stretch_lost"}
_MOVING = {"columns_swapped", "empty_column", "line_numbers", "last_year_beside", "total_first",
           "one_table", "row_doubled", "disputes_transposed"}  # fmt: skip


def another_document(names: set[str], carrier: str) -> bool:
    """Whether two damages leave a document that says something else, and says it well.

    A header that lost one label over rows that lost another column is a table that lost a column
    with its label. Where nothing stands between cells, a figure grows by what is printed behind it.
    A row of table two that lost a cell and got another one is whole, and no sum proves this table.
    """
    return (
        ("header_cell_lost" in names and bool(names & _COLUMN_LOST))
        or (carrier == "flat" and bool(names & _GLUED))
        or ("disclosure_stray" in names and bool(names & _CELL_OF_TWO_LOST))
    )


def damaged(seed: int) -> tuple[Case, tuple[Damage, Damage]]:
    """Return the doubly damaged report of a seed, and its damages. The seed decides everything."""
    rng = random.Random(seed)
    while True:
        report = rng.choice(reports())
        one, two = sorted(rng.sample(SINGLE, 2), key=LAST.__contains__)
        names = {one.__name__, two.__name__}
        # A page's ruling keeps the place of a lost cell, but not of columns that were moved first.
        carrier = rng.choice(CARRIERS[:-1] if names & _MOVING else CARRIERS)
        tables = {t.name: [list(row) for row in t.rows] for t in tables_of(report)}
        others = tuple(r for r in reports() if r.organ != report.organ)
        case = Case(report, tables, rng, carrier, others)
        try:
            one(case)
            two(case)
        except NOTHING_LEFT:
            continue
        if not another_document(names, case.carrier):
            return case, (one, two)


def run_pair(seed: int) -> Result:
    """Damage one report twice, read it, judge the reading."""
    case, damages = damaged(seed)
    result = judge(case, read_forms(document_of(case)), " and ".join(d.__name__ for d in damages))
    result.seed = seed
    return result


def results(total: int) -> Iterator[Result]:
    """Yield the results of ``total`` documents."""
    return judged(run_pair, range(total))


def _by_theme(some: Iterator[Result]) -> list[Result]:
    """Return the results, sorted and named after the themes of their two damages."""
    themes = {d.__name__: d.__module__.rpartition(".")[2] for d in SINGLE}
    out = []
    for result in some:
        names = result.damage.split(" and ")
        result.of = f" {result.damage}"
        result.damage = " + ".join(sorted(themes[n] for n in names))
        out.append(result)
    return sorted(out, key=lambda r: r.damage)


def run(*, full: bool = False) -> Lines:
    """Yield the table's lines."""
    total = FULL if full else SAMPLE
    yield TABLE.head("" if full else f"a sample: {SAMPLE:,} of {FULL:,} documents (--full)")
    yield from lines_of(_by_theme(results(total)))


if __name__ == "__main__":
    sys.exit(printed(_by_theme(results(int(sys.argv[1]) if len(sys.argv) > 1 else FULL))))

"""Damage sparse and dense tables one to three times, misprint every second one, count false proofs.

Most reports are nearly empty: many placements of their figures are alike, and a sum of zeros holds
whatever was lost. Beside a misprint the sums of such a table place and prove too much. What is
wrong here and said, or null, is right; what is wrong and silent, or proved, is counted.

    python -m benchmarks compound           a sample
    python -m benchmarks compound --full    20,000 documents
    python -m benchmarks.compound 100000    as many as one likes; fails when one is silently wrong,
                                            or one proof is false
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks.damages import NOTHING_LEFT, Case, Damage, cells, columns, disputes, rows
from benchmarks.damages.case import set_text
from benchmarks.perturb import (
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
from crawler.demo.tables import TableCell, tables_of
from crawler.demo.world import (
    APPLICANTS,
    COLUMNS,
    T4_GROUPS,
    T4_PARTS,
    Number,
    ReportTruth,
    result_rows,
)
from crawler.demo.world import rows as rows_of
from pipelines.forms import read_forms

FULL = 20_000
SAMPLE = 3_000
CARRIERS = ("html", "html", "word", "tab", "lines", "pipes", "pipe_lines", "spaced", "pdf_grid")
_MOST = 3
_NO_MISPRINT, _MISPRINT = "whole", "misprint"


# -- reports -------------------------------------------------------------------------------------


def _filled(report: ReportTruth, rng: random.Random) -> tuple[ReportTruth, str]:
    """Return a report with other requests and disputes, and how many of its cells are filled."""
    name, share, most = rng.choice(_DENSITIES)
    values: dict[str, Number] = dict(report.values)
    ends = result_rows(report.t3_form)

    def some(weight: float = 1.0) -> int:
        return rng.randint(1, most) if rng.random() < share * weight else 0

    for col in APPLICANTS:
        weight = 2.5 if col == "natural" else 1.0
        ended = {row: some(weight) for row in ends}
        done, later, earlier = sum(ended.values()), some(), some()
        earlier = min(earlier, done + later)
        column = {
            "new_received": done + later - earlier,
            "carried_in": earlier,
            **ended,
            "processed_total": done,
            "carried_out": later,
        }
        values |= {f"t3_{row}__{col}": n for row, n in column.items()}
    for row in rows_of(report.t3_form):
        values[f"t3_{row}__total"] = sum(int(values[f"t3_{row}__{col}"]) for col in APPLICANTS)
    for group in T4_GROUPS:
        parts = {part: some(1.5) for part in T4_PARTS}
        values |= {f"t4_{group}_{part}": n for part, n in parts.items()}
        values[f"t4_{group}_total"] = sum(parts.values())
    return replace(report, values=values), name


_DENSITIES = (
    ("sparse", 0.03, 3), ("sparse", 0.08, 9), ("sparse", 0.15, 40), ("dense", 0.4, 12),
    ("dense", 0.85, 40),
)  # fmt: skip


# -- damages -------------------------------------------------------------------------------------


def _detail(row: list[TableCell]) -> bool:
    """Whether a row is a result's: the rows whose labels are no wider than one or two cells."""
    return any(c.field for c in row) and not any(c.colspan > 2 for c in row)


def _whose(case: Case) -> Callable[[int, list[TableCell]], bool]:
    """Return which rows a damage of a column meets: all, those with figures, the results alone."""
    how = case.rng.choice(("all", "figures", "results", "half"))
    half = case.rng.randrange(3, 2 + len(case.tables["t3"]))
    return {
        "all": lambda _n, _row: True,
        "figures": lambda _n, row: any(c.field for c in row),
        "results": lambda _n, row: _detail(row),
        "half": lambda n, row: n > half and any(c.field for c in row),
    }[how]


def _place(row: list[TableCell], col: str, n: int) -> int | None:
    """Return where a row has a column's figure or label."""
    found = (
        i
        for i, c in enumerate(row)
        if (c.field or "").endswith(f"__{col}") or (n < _HEADER and c.text == columns.NAMES[col])
    )
    return next(found, None)


_HEADER = 3


def column_lost(case: Case) -> None:
    """A column vanishes: everywhere, below the header, or in some rows."""
    col, meets = case.rng.choice(COLUMNS), _whose(case)
    for n, row in enumerate(case.tables["t3"]):
        at = _place(row, col, n)
        if at is not None and meets(n, row):
            del row[at]


def column_doubled(case: Case) -> None:
    """A column is printed twice: everywhere, below the header, or in some rows."""
    col, meets = case.rng.choice(COLUMNS), _whose(case)
    for n, row in enumerate(case.tables["t3"]):
        at = _place(row, col, n)
        if at is not None and meets(n, row):
            row.insert(at + 1, replace(row[at], field=None))


def columns_moved(case: Case) -> None:
    """The totals change places with the natural persons, header and all."""
    for n, row in enumerate(case.tables["t3"]):
        one, two = _place(row, "natural", n), _place(row, "total", n)
        if one is not None and two is not None:
            row[one], row[two] = row[two], row[one]


def figures_blank(case: Case) -> None:
    """Figures of tables three and four are not printed: zeros, or any."""
    share = case.rng.choice((0.02, 0.1, 0.5))
    zeros = case.rng.random() < 0.5
    for table in ("t3", "t4"):
        for r, c in case.figures(table):
            if case.rng.random() < share and (not zeros or case.tables[table][r][c].text == "0"):
                set_text(case, table, (r, c), "")


def cells_lost(case: Case) -> None:
    """Some rows lose a cell each."""
    for _ in range(case.rng.randint(1, 4)):
        cells.cell_lost(case)


STRUCTURAL: tuple[Damage, ...] = (
    column_lost, column_lost, column_doubled, columns_moved, columns.columns_swapped, rows.row_lost,
    rows.row_doubled, figures_blank, cells.zeros_blank, cells_lost, cells.stray_cell,
    columns.header_lost, columns.header_cell_lost, rows.label_lost, disputes.disputes_cell_lost,
    disputes.disputes_blank,
)  # fmt: skip


def misprint(case: Case) -> None:
    """One figure of table three or four is another one, often a total."""
    table = "t4" if case.rng.random() < 0.15 else "t3"
    places = case.figures(table)
    if case.rng.random() < 0.4:
        totals = [at for at in places if _is_total(case.tables[table][at[0]][at[1]])]
        places = totals or places
    at = case.rng.choice(places)
    cell = case.tables[table][at[0]][at[1]]
    number = _misread(int(cell.text), case.rng)
    case.printed[str(cell.field)] = number
    set_text(case, table, at, str(number))


def _is_total(cell: TableCell) -> bool:
    return str(cell.field).endswith("_total") or "processed_total" in str(cell.field)


def _misread(number: int, rng: random.Random) -> int:
    """Return another number, as one slip of a hand makes it."""
    text = str(number)
    at = rng.randrange(len(text))
    ways = (
        number + rng.randint(1, 20),
        max(0, number - rng.randint(1, 20)),
        number + rng.choice((-1, 1)),
        int(text[:at] + str(rng.randint(0, 9)) + text[at + 1 :]),
        int(text[:at] + text[at + 1 :] or "0"),
        int(text[: at + 1] + str(rng.randint(0, 9)) + text[at + 1 :]),
        0,
    )
    other = rng.choice(ways)
    return other if other >= 0 and other != number else number + 1


# -- documents -----------------------------------------------------------------------------------


def damaged(seed: int) -> tuple[Case, str, str]:
    """Return a seed's damaged report, what its tables are like and its damages.

    The seed decides everything. The misprint comes first: what damages a page later damages what
    is printed there.
    """
    rng = random.Random(seed)
    while True:
        report, density = _filled(rng.choice(reports()), rng)
        tables = {t.name: [list(row) for row in t.rows] for t in tables_of(report)}
        case = Case(report, tables, rng, rng.choice(CARRIERS))
        some = list(dict.fromkeys(rng.sample(STRUCTURAL, rng.randint(1, _MOST))))
        kind = _MISPRINT if seed % 2 else _NO_MISPRINT
        try:
            if seed % 2:
                misprint(case)
            for damage in some:
                damage(case)
        except NOTHING_LEFT:
            continue
        names = [d.__name__ for d in some]
        if case.carrier == "pdf_grid" and _MOVING.intersection(names):
            continue  # a page's ruling keeps the place of a lost cell, but not of moved columns
        if not another_document(case, set(names)):
            return case, f"{density}, {kind}, {len(some)}", " and ".join(names)


_MOVING = {"columns_moved", "columns_swapped", "column_doubled", "row_doubled", "row_lost"}


def another_document(case: Case, names: set[str]) -> bool:
    """Whether damages leave a document that says something else, and says it well.

    A header that lost one label over rows that lost another column lost a column and its label;
    one whose labels moved closes the gap. Rows that lost a column and have another twice are as
    wide as their header; in a ruled page's row the hole of a lost cell takes in one too many.
    """
    lost = bool(names & {"column_lost", "cells_lost"})
    if case.carrier == "pdf_grid" and "stray_cell" in names and lost:
        return True
    widths = {len([c for c in row if c.field or c.text.isdigit()]) for row in case.tables["t3"]}
    return ("header_cell_lost" in names and bool(names & _HIDING)) or (
        names >= {"column_lost", "column_doubled"} and widths <= {0, len(COLUMNS)}
    )


_HIDING = {"column_lost", "columns_moved"}
"""What lets the labels of a header that lost one stand over figures of another column. Where cells
are lost or blank, rows and header still differ, and nothing is excused (2026-11-30)."""


def run_compound(seed: int) -> Result:
    """Damage one report, read it, judge the reading."""
    case, kind, names = damaged(seed)
    result = judge(case, read_forms(document_of(case)), kind)
    result.seed, result.of = seed, f" {names}"
    return result


def results(total: int) -> Iterator[Result]:
    """Yield the results of ``total`` documents, of one kind after the other."""
    yield from sorted(judged(run_compound, range(total)), key=lambda r: r.damage)


def run(*, full: bool = False) -> Lines:
    """Yield the table's lines."""
    total = FULL if full else SAMPLE
    yield TABLE.head("" if full else f"a sample: {SAMPLE:,} of {FULL:,} documents (--full)")
    yield from lines_of(results(total))


if __name__ == "__main__":
    sys.exit(printed(results(int(sys.argv[1]) if len(sys.argv) > 1 else FULL)))

"""Damage correct reports in every way real ones are damaged, and count what is read wrong silently.

A wrong value counts as told only if its own cell, or the row, column or sum it belongs to, carries
a note or a finding; one that claims that all sums hold tells nothing. Damage that leaves another
valid document (a changed figure in table two) is counted apart: nothing in such a document can say
what it said before.

A proof is false if what was derived is not what the report's author meant, or not what the page
prints in that place.

    python -m benchmarks perturb            a sample of every damage on every carrier
    python -m benchmarks perturb --full     20,000 documents
    python -m benchmarks.perturb 100000     as many as one likes; fails when one is silently wrong,
                                            or one proof is false
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing import get_context

from benchmarks import tables
from benchmarks.damages import DAMAGES, Case, Rows
from benchmarks.tables import Column, Lines, Row
from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.reports import render_table_html, render_table_text
from crawler.demo.tables import Table, TableCell, tables_of
from crawler.demo.world import DIVISIONS, Number, ReportTruth, history, organs, truth
from pipelines.checks.tables import check_tables
from pipelines.documents import read_document
from pipelines.documents.blocks import Block, Cell, Document, Grid, TextBlock
from pipelines.forms import FormReading, read_forms
from pipelines.record import Finding
from pipelines.vocabulary.items import RawFile

CARRIERS = ("html", "word", "tab", "lines", "pipes", "pipe_lines", "pdf_grid")
_BELOW = {1: ("t2",), 2: ("t3", "t3b"), 3: ("t4", "t4b", "t4c")}
"""The heading's number to the tables below it."""


# -- drawing -------------------------------------------------------------------------------------

_REPORTS: list[ReportTruth] = []


def reports() -> list[ReportTruth]:
    """Return the reports that are damaged: all forms, all years, hybrids too."""
    if not _REPORTS:
        for division in DIVISIONS.values():
            for organ in organs(division)[:2]:
                _REPORTS.extend(history(organ, 2023))
    return _REPORTS


def _table(rows: Rows, name: str) -> Table:
    return Table(name, tuple(tuple(row) for row in rows), 15)


def _draw(rows: Rows, name: str, carrier: str, look: set[str]) -> str:
    table = _table(rows, name)
    if carrier in ("html", "word"):
        drawn = render_table_html(table, "word" if carrier == "word" else "clean")
        if "nested" in look:
            drawn = f"<table width=100%><tr><td></td><td>{drawn}</td></tr></table>"
        return drawn * 2 if "copies" in look else drawn
    if carrier == "flat":
        drawn = "".join(c.text for row in rows for c in row)
    elif carrier == "markdown":
        lines = ["| " + " | ".join(c.text.replace("\n", " ") for c in row) + " |" for row in rows]
        rule = ["|" + "---|" * len(row) for row in rows]
        if "rules" in look:  # every few rows a table of its own
            lines = [
                x
                for i, line in enumerate(lines)
                for x in ([line, rule[i]] if i % 5 == 0 else [line])
            ]
        else:
            lines.insert(1, rule[0])
        drawn = "\n".join(lines)
    else:
        drawn = render_table_text(table, carrier)
    return f"{drawn}\n{drawn}" if "copies" in look else drawn


def _stretches(case: Case) -> Iterator[str | tuple[Rows, str]]:
    """Yield the report's paragraphs and tables in order."""
    prose = prose_of(case.report)
    yield case.report.title
    yield from prose.opening
    joined: Rows = []
    for number, heading in enumerate(HEADINGS):
        names = [n for n in _BELOW.get(number, ()) if n in case.tables]
        if "one_table" in case.look and names:
            joined.append([TableCell(heading, 10)])
            for name in names:
                joined += case.tables[name]
            if number == 3:
                yield joined, "one"
            continue
        yield heading
        yield from prose.parts[number]
        for name in names:
            yield case.tables[name], name[:2]
    for other in case.extra:
        for table in tables_of(other):
            yield [list(row) for row in table.rows], table.name


_FIGURE = set("0123456789.-")


def _torn(text: str, start: int, stop: int, html: bool, rng: random.Random) -> str:
    """Return a text without a stretch of what stands between two places.

    No number is cut: half a number is another number, and of many a table nothing could tell it.
    """
    size = rng.choice((3, 10, 30, 80, 200, 400)) * (8 if html else 1)
    first = rng.randrange(start, stop)
    last = min(first + rng.randint(1, size), stop)
    while first > start and set(text[first - 1 : first + 1]) <= _FIGURE:
        first -= 1
    while last < stop and set(text[last - 1 : last + 1]) <= _FIGURE:
        last += 1
    return text[:first] + text[last:]


def draw(case: Case) -> RawFile:
    """Return the damaged report as a file of its carrier."""
    html = case.carrier in ("html", "word")
    out = []
    drawn: list[int] = []
    for n, part in enumerate(_stretches(case)):
        if not isinstance(part, str):
            out.append(_draw(part[0], part[1], case.carrier, case.look))
            drawn.append(n)
        else:
            out.append(f"<p>{part}</p>" if html else part)
    if "torn" in case.look:
        before = len("\n".join([*out[: drawn[0]], ""]))
        text = _torn("\n".join(out), before, len("\n".join(out[: drawn[-1] + 1])), html, case.rng)
    else:
        text = "\n".join(out)
    if html:
        text = f'<html><head><meta charset="utf-8"></head><body>{text}</body></html>'
    return RawFile(body=text.encode(), filename="case.html" if html else "case.txt")


def _grid(rows: Rows, number: int, places: dict[str, int]) -> Grid:
    """Return rows as a PDF's ruling gives them: a lost cell leaves a hole where it stood."""
    cells: dict[tuple[int, int], Cell] = {}
    kept = []  # rows whose figures stand in the form's order: what is missing there is a hole
    for row in rows:
        columns = [places[c.field] for c in row if c.field in places]
        kept.append(columns == sorted(columns))
    for r, c, cell in _table(rows, "").placed():
        column = places.get(str(cell.field), c) if kept[r] else c
        while (r, column) in cells:
            column += 1
        cells[r, column] = Cell(
            text=cell.text.strip(), row=r, col=column, rowspan=cell.rowspan, colspan=cell.colspan
        )
    width = max((c.col + c.colspan for c in cells.values()), default=1)
    return Grid(
        cells=tuple(cells[at] for at in sorted(cells)),
        n_rows=len(rows),
        n_cols=width,
        where=f"page {number}, table 1",
        kind="pdf_table",
    )


def document_of(case: Case) -> Document:
    """Return the damaged report, read: from its file, or as the grids of a PDF."""
    if case.carrier != "pdf_grid":
        return read_document(draw(case))
    places = {}
    if "one_table" not in case.look:
        places = {
            str(cell.field): c
            for table in tables_of(case.report)
            for _, c, cell in table.placed()
            if cell.field and not (table.name == "t4" and "blocks" in case.look)
        }
    blocks: list[Block] = []
    for n, part in enumerate(_stretches(case), 1):
        blocks.append(TextBlock(text=part) if isinstance(part, str) else _grid(part[0], n, places))
    return Document(carrier="pdf_text", blocks=tuple(blocks))


# -- judging -------------------------------------------------------------------------------------


_CLAIMS = {"R3-SIXCELL", "R3-RUNON", "R3-ORDER", "R4-RUNON"}
"""Findings that say where figures were placed because the sums hold: they warn of nothing."""


def _told(f: str, notes: set[str], findings: list[Finding]) -> bool:
    """Whether the cell, or the row, column or sum it belongs to, carries a note or finding."""
    if f in notes:
        return True
    row, _, col = f.removeprefix("t3_").partition("__")
    for finding in findings:
        if finding.rule in _CLAIMS:
            continue
        where = finding.where.split(",")
        if f in where:
            return True
        if finding.severity == "E" and f[:2] in where:
            return True
        if f.startswith("t3_") and finding.rule.startswith("R3-") and (
            row in where or col in where
        ):  # fmt: skip
            return True
        if f.startswith("t4_") and finding.rule.startswith("R4-") and (
            "t4" in where or any(f.startswith(f"t4_{w}_") for w in where)
        ):  # fmt: skip
            return True
    return False


@dataclass(slots=True)
class Result:
    """One damaged document, read."""

    damage: str
    carrier: str
    exact: int = 0
    proved: int = 0
    null: int = 0
    told: int = 0
    silent: list[tuple[str, Number, Number]] = field(default_factory=list)
    false: list[tuple[str, Number, Number]] = field(default_factory=list)
    """Proofs of what the author did not mean."""
    seed: int = 0
    of: str = ""
    """The damages, where ``damage`` is their theme."""


def judge(case: Case, reading: FormReading, damage: str) -> Result:
    """Compare what was read with what the report prints."""
    if reading.failed:
        raise RuntimeError("; ".join(reading.failed))
    findings = check_tables(reading, scope="unknown", admin_level=None)
    values, notes = reading.values, reading.notes
    out = Result(damage, case.carrier)
    meant = {**case.printed, **truth(case.report)}
    expected = {**meant, **case.printed}
    figures = (c for rows in case.tables.values() for row in rows for c in row if c.field)
    shown = {c.field for c in figures if any(map(str.isdigit, c.text))}
    for f, number in expected.items():
        value = values.get(f)
        if value == number:
            out.exact += 1
        elif value is None:
            derived = notes[f].derived if f in notes else None
            if derived is None:
                out.null += 1
            elif derived == meant[f] and (derived == number or f not in shown):
                out.proved += 1
            else:
                out.false.append((f, meant[f], derived))
        elif _told(f, set(notes), findings):
            out.told += 1
        else:
            out.silent.append((f, number, value))
    for f in values.keys() - expected.keys():
        extra = values[f]
        if extra is not None and not _told(f, set(notes), findings):
            out.silent.append((f"not in the report: {f}", 0, extra))
    return out


def damaged(seed: int) -> tuple[Case, str]:
    """Return the damaged report of a seed and the damage's name. The seed decides everything."""
    rng = random.Random(seed)
    report = rng.choice(reports())
    damage = DAMAGES[seed % len(DAMAGES)]
    carrier = CARRIERS[(seed // len(DAMAGES)) % len(CARRIERS)]
    tables = {t.name: [list(row) for row in t.rows] for t in tables_of(report)}
    others = tuple(r for r in reports() if r.organ != report.organ)
    case = Case(report, tables, rng, carrier, others)
    damage(case)
    return case, damage.__name__


def run_case(seed: int) -> Result:
    """Damage one report, read it, judge the reading."""
    case, damage = damaged(seed)
    result = judge(case, read_forms(document_of(case)), damage)
    result.seed = seed
    return result


FULL = 20_000
SAMPLE = 4_000
TABLE = tables.Table(
    "damaged documents",
    Column("damage", 26),
    Column("documents", 10, ",d"),
    Column("exact_percent", 9, ".2f", "exact %"),
    Column("proved_percent", 10, ".2f", "proved %"),
    Column("null_percent", 8, ".2f", "null %"),
    Column("told", 13, ",d", "wrong, told"),
    Column("silent", 15, ",d", "wrong, silent"),
    Column("false_proofs", 14, ",d", "false proofs"),
)


def results(total: int) -> Iterator[Result]:
    """Yield the results of ``total`` damaged documents, one damage after the other."""
    kinds = len(DAMAGES)
    return judged(run_case, (s for kind in range(kinds) for s in range(kind, total, kinds)))


def judged(
    run: Callable[[int], Result], seeds: Iterable[int], workers: int = 2
) -> Iterator[Result]:
    """Yield the result of each seed's document, in order."""
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(run, seeds, chunksize=16)


def _row(name: str, some: list[Result]) -> Row:
    sums: Counter[str] = Counter()
    for result in some:
        sums["exact"] += result.exact
        sums["proved"] += result.proved
        sums["null"] += result.null
        sums["told"] += result.told
        sums["silent"] += len(result.silent)
        sums["false"] += len(result.false)
    cells = max(1, sums.total())
    shares = (100 * sums[what] / cells for what in ("exact", "proved", "null"))
    wrong = (sums["told"], sums["silent"], sums["false"])
    return TABLE.row(name, len(some), *shares, *wrong)


def lines_of(some: Iterable[Result]) -> Lines:
    """Yield a row a damage, then one of all; then the documents read wrong, silently or proved."""
    everything: list[Result] = []
    for damage, group in groupby(some, key=lambda r: r.damage):
        of_one = list(group)
        everything += of_one
        yield _row(damage, of_one)
    yield _row("all", everything)
    errors = sum(len(r.silent) for r in everything)
    proofs = sum(len(r.false) for r in everything)
    count = f"{len(everything):,} damaged documents"
    yield f"{count}, {errors:,} silent errors, {proofs:,} false proofs"
    for word, wrong in (("silent", lambda r: r.silent), ("false proof", lambda r: r.false)):
        for r in [r for r in everything if wrong(r)][:40]:
            yield f"  {word}: seed {r.seed} {r.damage}{r.of} {r.carrier} {wrong(r)[:2]}"


def run(*, full: bool = False) -> Lines:
    """Yield the table's lines."""
    total = FULL if full else SAMPLE
    yield TABLE.head("" if full else f"a sample: {SAMPLE:,} of {FULL:,} documents (--full)")
    yield from lines_of(results(total))


def printed(some: Iterable[Result]) -> int:
    """Print the table of documents; return 1 when one is silently read wrong, or a proof false."""
    print(TABLE.head())
    wrong = False
    for line in lines_of(some):
        if isinstance(line, Row):
            wrong |= bool(line.values["silent"] or line.values["false_proofs"])
        print(line.text if isinstance(line, Row) else line, flush=True)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(printed(results(int(sys.argv[1]) if len(sys.argv) > 1 else FULL)))

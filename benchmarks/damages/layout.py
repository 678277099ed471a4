"""How the tables are drawn, and what stands beside them."""

from __future__ import annotations

from dataclasses import replace

import opencc

from benchmarks.damages.case import Case, set_text


def undamaged(_case: Case) -> None:
    """Nothing."""


def table_cut(case: Case) -> None:
    """The table is cut in two; the second half has no header."""
    r = case.rng.choice(case.value_rows()[3:-3])
    for row in case.tables["t3"][:r]:
        for i, c in enumerate(row):
            if c.rowspan > 1:
                row[i] = replace(c, rowspan=min(c.rowspan, r))
    case.tables["t3b"] = case.tables["t3"][r:]
    case.tables["t3"] = case.tables["t3"][:r]


def table_cut_with_header(case: Case) -> None:
    """The table is cut in two, and its header is printed again."""
    header = [list(row) for row in case.tables["t3"][:3]]
    table_cut(case)
    case.tables["t3b"] = header + case.tables["t3b"]


def two_reports(case: Case) -> None:
    """Another report's tables stand on the same page."""
    case.extra = [case.rng.choice(case.others)]


def stretch_lost(case: Case) -> None:
    """A stretch of the drawn tables is missing: a label may stand before another's figures."""
    if case.carrier != "pdf_grid":
        if case.rng.random() < 0.3:
            case.carrier = "flat"
        case.look.add("torn")
        return
    # Of a page's cells those of a stretch are missing, in the order they are read.
    table = case.rng.choice(("t2", "t3", "t3", "t4"))
    places = [(r, c) for r, row in enumerate(case.tables[table]) for c in range(len(row))]
    first = case.rng.randrange(len(places))
    for r, c in places[first : first + case.rng.randint(1, 20)]:
        set_text(case, table, (r, c), "")


def traditional(case: Case) -> None:
    """Labels are printed in traditional script, as on mirrors abroad."""
    to_traditional = opencc.OpenCC("s2t")
    for rows in case.tables.values():
        for r, row in enumerate(rows):
            rows[r] = [replace(c, text=to_traditional.convert(c.text)) for c in row]


def run_together(case: Case) -> None:
    """The tables are flattened without anything between their cells."""
    case.carrier = "flat"


def markdown(case: Case) -> None:
    """The tables are Markdown, with rule lines and perhaps cut into several by them."""
    case.carrier = "markdown"
    if case.rng.random() < 0.5:
        case.look.add("rules")


def one_table(case: Case) -> None:
    """One table holds all three, headings between them."""
    case.look.add("one_table")


def copies(case: Case) -> None:
    """Each table stands twice on the page, once for screens and once for telephones."""
    case.look.add("copies")


def nested(case: Case) -> None:
    """Each table stands in a cell of a table that only lays out the page."""
    case.look.add("nested")

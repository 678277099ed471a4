"""Figures of table three that are lost, blank, split or dressed."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.damages.case import Case, set_text
from crawler.demo.tables import TableCell


def cell_lost(case: Case) -> None:
    """One cell of table three vanishes; the rest of its row moves up."""
    r, c = case.rng.choice(case.figures())
    del case.tables["t3"][r][c]


def two_cells_lost(case: Case) -> None:
    """Two cells of one row vanish."""
    r = case.rng.choice(case.value_rows())
    for c in sorted(case.rng.sample([c for q, c in case.figures() if q == r], 2), reverse=True):
        del case.tables["t3"][r][c]


def zeros_blank(case: Case) -> None:
    """Every zero, or many of them, is printed as nothing."""
    share = case.rng.choice((1.0, 0.5, 0.1))
    for table in ("t3", "t4"):
        for at in case.figures(table):
            if case.tables[table][at[0]][at[1]].text == "0" and case.rng.random() < share:
                set_text(case, table, at, "")


def zeros_marked(case: Case) -> None:
    """Zeros are printed as a stroke or a word."""
    mark = case.rng.choice(("/", "—", "-", "无", "--"))
    for table in ("t3", "t4"):
        for at in case.figures(table):
            if case.tables[table][at[0]][at[1]].text == "0" and case.rng.random() < 0.7:
                set_text(case, table, at, mark)


def row_blank(case: Case) -> None:
    """All figures of one row are blank."""
    r = case.rng.choice(case.value_rows())
    for q, c in case.figures():
        if q == r:
            set_text(case, "t3", (q, c), "")


def totals_blank(case: Case) -> None:
    """The total column is blank on the detail rows."""
    for r, c in case.figures():
        f = case.tables["t3"][r][c].field or ""
        if f.endswith("__total") and not any(
            k in f for k in ("new_received", "carried", "processed_total")
        ):
            set_text(case, "t3", (r, c), "")


def digits_apart(case: Case) -> None:
    """The digits of a figure stand apart in its cell, or become two cells."""
    table = case.rng.choice(("t3", "t4"))
    long = [at for at in case.figures(table) if len(case.tables[table][at[0]][at[1]].text) > 1]
    if not long:
        return
    r, c = case.rng.choice(long)
    cell = case.tables[table][r][c]
    cut = case.rng.randint(1, len(cell.text) - 1)
    how = case.rng.random()
    if how < 0.4:
        set_text(case, table, (r, c), f"{cell.text[:cut]} {cell.text[cut:]}")
    elif how < 0.7:
        set_text(case, table, (r, c), f"{cell.text[:cut]}\n{cell.text[cut:]}")
    else:
        case.tables[table][r][c : c + 1] = [
            replace(cell, text=cell.text[:cut]),
            TableCell(cell.text[cut:]),
        ]


def stray_cell(case: Case) -> None:
    """A cell too many stands in a row."""
    r, c = case.rng.choice(case.figures())
    case.tables["t3"][r].insert(c, TableCell(case.rng.choice(("", "0", "1", "3"))))


def figure_changed(case: Case) -> None:
    """A figure of table three is another one: the sums must say so."""
    at = case.rng.choice(case.figures())
    cell = case.tables["t3"][at[0]][at[1]]
    case.printed[str(cell.field)] = int(cell.text) + case.rng.randint(1, 20)
    set_text(case, "t3", at, str(case.printed[str(cell.field)]))


def dressed(case: Case) -> None:
    """Figures carry units, thousands separators, full-width digits, signs of nothing wrong."""
    for table in ("t2", "t3", "t4"):
        for at in case.figures(table):
            text = case.tables[table][at[0]][at[1]].text
            how = case.rng.random()
            if not text.isdigit():
                continue
            if how < 0.2:
                set_text(case, table, at, f"{int(text):,}")
            elif how < 0.4:
                set_text(case, table, at, text.translate({48 + d: 0xFF10 + d for d in range(10)}))
            elif how < 0.6:
                set_text(case, table, at, f" {text}　")
            elif how < 0.7 and table != "t2":
                set_text(case, table, at, f"{text}件")


def footer_glued(case: Case) -> None:
    """A page number sticks to a figure."""
    at = case.rng.choice(case.figures())
    text = case.tables["t3"][at[0]][at[1]].text
    n = case.rng.randint(2, 9)
    set_text(case, "t3", at, text + case.rng.choice((f"- {n} -", f" - {n} -", f" {n}", f"\n{n}")))


def lines_in_cells(case: Case) -> None:
    """Figures stand between empty lines of their cells."""
    share = case.rng.choice((0.02, 0.1, 1.0))
    for table in ("t2", "t3", "t4"):
        for r, c in case.figures(table):
            if case.rng.random() < share:
                text = case.tables[table][r][c].text
                set_text(case, table, (r, c), case.rng.choice((f"\n{text}", f"{text}\n")))

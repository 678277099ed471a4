"""Columns of table three, their headers, and columns that are none of the form's."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.damages.case import Case, set_text
from benchmarks.damages.cells import totals_blank, zeros_blank
from crawler.demo.tables import TableCell
from crawler.demo.world import APPLICANTS

NAMES = {"natural": "自然人", "business": "商业企业", "research": "科研机构",
          "public_interest": "社会公益组织", "legal_service": "法律服务机构",
          "other_org": "其他", "total": "总计"}  # fmt: skip


def column_lost(case: Case) -> None:
    """A column vanishes with its header."""
    col = case.rng.choice([*APPLICANTS, "total"])
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        rows[r] = [
            c for c in row
            if not (c.field or "").endswith(f"__{col}") and not (r < 3 and c.text == NAMES[col])
        ]  # fmt: skip


def column_lost_below_header(case: Case) -> None:
    """A column vanishes in the body; its header stays."""
    col = case.rng.choice([*APPLICANTS, "total"])
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        rows[r] = [c for c in row if not (c.field and c.field.endswith(f"__{col}"))]


def _places(row: list[TableCell], columns: tuple[str, ...], *, header: bool) -> list[int]:
    """Return where a row has the columns' labels or figures; columns it lacks are left out."""
    names = [NAMES[c] for c in columns]
    return [
        i
        for i, c in enumerate(row)
        if (header and c.text in names)
        or (c.field or "").endswith(tuple(f"__{x}" for x in columns))
    ]


def columns_swapped(case: Case) -> None:
    """Two columns of organisations change places, headers and all."""
    pair = case.rng.sample(sorted(set(NAMES) - {"natural", "total"}), 2)
    one, two = pair
    places = [_places(row, (one, two), header=r < 3) for r, row in enumerate(case.tables["t3"])]
    if any(len(at) not in {0, 2} for at in places):  # half a swap would be another table
        raise ValueError(pair)
    for row, at in zip(case.tables["t3"], places, strict=True):
        if at:
            row[at[0]], row[at[1]] = row[at[1]], row[at[0]]


def total_first(case: Case) -> None:
    """The totals stand before the applicants, header and all."""
    rows = case.tables["t3"]
    if len(rows[1]) != 3 or any(len(_figures(r)) not in {0, len(NAMES)} for r in rows):
        raise ValueError("the table is not whole")
    rows[1] = [rows[1][2], *rows[1][:2]]
    for row in rows:
        if at := _figures(row):
            row.insert(at[0], row.pop(at[-1]))


def _figures(row: list[TableCell]) -> list[int]:
    return [i for i, c in enumerate(row) if c.field]


def header_lost(case: Case) -> None:
    """The lowest header row, or all of them, vanish."""
    del case.tables["t3"][case.rng.choice((0, 2)) : 3]


def header_cell_lost(case: Case) -> None:
    """One column label vanishes; those behind it move up. The zeros may be blank."""
    row = case.tables["t3"][case.rng.choice((1, 2, 2))]
    row.pop(case.rng.randrange(len(row)))
    if case.rng.random() < 0.5:
        case.rng.choice((zeros_blank, totals_blank))(case)


def header_by_character(case: Case) -> None:
    """Header cells are broken over lines character by character."""
    for r in range(3):
        for c, cell in enumerate(case.tables["t3"][r]):
            if len(cell.text) < 8:
                set_text(case, "t3", (r, c), "\n".join(cell.text))


def empty_column(case: Case) -> None:
    """An empty column stands before the figures of table three, header and all."""
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        first = next((i for i, c in enumerate(row) if c.field), None)
        if r == 0:
            row.insert(1, TableCell("", 1, 3))
        elif first is not None:
            row.insert(first, TableCell(""))


def line_numbers(case: Case) -> None:
    """Rows are numbered, in front of the labels or between labels and figures; or columns are."""
    rows = case.tables["t3"]
    how = case.rng.choice(("front", "middle", "columns"))
    if how == "columns":
        name = case.rng.choice(("", "栏次", "甲"))
        rows.insert(3, [TableCell(name, 3), *(TableCell(str(n)) for n in range(1, 8))])
        return
    for n, r in enumerate(case.value_rows(), 1):
        first = next(i for i, c in enumerate(rows[r]) if c.field)
        rows[r].insert(0 if how == "front" else first, TableCell(str(n)))
    if how == "front" or case.rng.random() < 0.7:
        rows[0].insert(0 if how == "front" else 1, TableCell("序号", 1, 3))


def last_year_beside(case: Case) -> None:
    """Last year's figures stand beside this year's: all their columns, or their totals alone."""
    rows = case.tables["t3"]
    if any(c.field for row in rows[:3] for c in row):
        raise ValueError("no header to name the years")
    whole = case.rng.random() < 0.5
    first = case.rng.random() < 0.3
    for r in case.value_rows():
        figures = [c for c in rows[r] if c.field]
        kept = figures if whole else figures[-1:]
        old = [TableCell(str(max(0, int(c.text) + case.rng.randint(-2, 9)))) for c in kept]
        at = rows[r].index(figures[0]) if first else len(rows[r])
        rows[r][at:at] = old
    at = 1 if first else len(rows[0])
    if whole:
        again = [[replace(c) for c in row] for row in rows[:3]]
        rows[0].insert(at, TableCell("上年申请人情况", 7))
        for r in (1, 2):
            rows[r] = again[r] + again[r]
    else:
        rows[0].insert(at, TableCell("上年总计", 1, 3))


def shares_beside(case: Case) -> None:
    """A column of shares in per cent stands behind the totals."""
    rows = case.tables["t3"]
    for r in case.value_rows():
        rows[r].append(TableCell(f"{case.rng.randint(0, 1000) / 10}%"))
    if case.rng.random() < 0.6:
        rows[0].append(TableCell("占比", 1, 3))

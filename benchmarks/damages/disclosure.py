"""Table two."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.damages.case import Case, set_text
from crawler.demo.tables import TableCell


def disclosure_cell_lost(case: Case) -> None:
    """A cell of table two vanishes."""
    r, c = case.rng.choice(case.figures("t2"))
    del case.tables["t2"][r][c]


def disclosure_blank(case: Case) -> None:
    """Cells of table two are blank or struck."""
    for at in case.rng.sample(case.figures("t2"), 2):
        set_text(case, "t2", at, case.rng.choice(("", "/", "—")))


def disclosure_columns_swapped(case: Case) -> None:
    """Two columns of table two change places, headers and all."""
    rows = case.tables["t2"]
    end = next(r for r, row in enumerate(rows) if r and row[0].text.startswith("第二十条"))
    block = [row for row in rows[:end] if len(row) > 1]
    if any(len(row) != 4 for row in block):  # half a swap would be another table
        raise ValueError("the block is not whole")
    one, two = case.rng.sample((1, 2, 3), 2)
    for row in block:
        row[one], row[two] = row[two], row[one]


def disclosure_part_row(case: Case) -> None:
    """A row says which part of the row above is the organ's own, or is a sum of the block."""
    r = case.rng.choice(case.value_rows("t2"))
    figures = [str(case.rng.randint(0, 30)) for c in case.tables["t2"][r] if c.field]
    name = case.rng.choice(("其中：本级", "小计", "其中：行政许可", "党内规范性文件"))
    case.tables["t2"].insert(r + 1, [TableCell(name), *map(TableCell, figures)])


def disclosure_remarks(case: Case) -> None:
    """A column of remarks stands behind the figures of table two."""
    for row in case.tables["t2"]:
        if any(c.field for c in row):
            row.append(TableCell(""))
        elif row[0].text == "信息内容":
            row.append(TableCell("备注"))


def disclosure_rows_swapped(case: Case) -> None:
    """The two rows of the first block of table two change places."""
    rows = case.tables["t2"]
    rows[2], rows[3] = rows[3], rows[2]


def disclosure_label_lost(case: Case) -> None:
    """A row of table two loses its label."""
    r = case.rng.choice(case.value_rows("t2"))
    set_text(case, "t2", (r, 0), "")


def disclosure_header_lost(case: Case) -> None:
    """A header row of table two vanishes."""
    heads = [r for r, row in enumerate(case.tables["t2"]) if row[0].text == "信息内容"]
    del case.tables["t2"][case.rng.choice(heads)]


def disclosure_row_lost(case: Case) -> None:
    """A row of table two vanishes."""
    del case.tables["t2"][case.rng.choice(case.value_rows("t2"))]


def disclosure_stray(case: Case) -> None:
    """A cell too many stands in table two."""
    r, c = case.rng.choice(case.figures("t2"))
    case.tables["t2"][r].insert(c, TableCell(case.rng.choice(("", "0", "3"))))


def disclosure_footer(case: Case) -> None:
    """A page number stands in table two."""
    r = case.rng.choice(case.value_rows("t2"))
    n = case.rng.randint(2, 9)
    case.tables["t2"].insert(r + 1, [TableCell(case.rng.choice((f"- {n} -", f"{n}", f"第{n}页")))])


def disclosure_blank_and_lost(case: Case) -> None:
    """Cells of table two are blank and one of the same row is lost."""
    wide = [
        r
        for r in case.value_rows("t2")
        if sum(c.field is not None for c in case.tables["t2"][r]) > 1
    ]
    r = case.rng.choice(wide)
    places = [c for q, c in case.figures("t2") if q == r]
    blank, lost = case.rng.sample(places, 2)
    set_text(case, "t2", (r, blank), case.rng.choice(("", "/")))
    del case.tables["t2"][r][lost]


def signed_changes(case: Case) -> None:
    """Changes of item counts carry signs, two signs or words."""
    for r, c in case.figures("t2"):
        cell = case.tables["t2"][r][c]
        if str(cell.field).endswith("_items_delta") and cell.text.lstrip("-").isdigit():
            n = int(cell.text)
            ways = (f"+{n}", f"增{n}", f"增加{n}项") if n > 0 else (f"减{-n}", f"--{-n}", f"－{-n}")
            if n:
                set_text(case, "t2", (r, c), case.rng.choice(ways))


def money_units(case: Case) -> None:
    """Amounts of table two carry their unit, 元 or 万元, in the cell or in the header."""
    how = case.rng.choice(("cell 元", "cell 万元", "header 元", "header none"))
    for r, c in case.figures("t2"):
        cell = case.tables["t2"][r][c]
        if not str(cell.field).endswith("wanyuan"):
            continue
        yuan = f"{round(float(cell.text) * 10_000, 2):.2f}"
        if how == "cell 元":
            set_text(case, "t2", (r, c), f"{yuan}元")
        elif how == "cell 万元":
            set_text(case, "t2", (r, c), f"{cell.text}万元")
        head = case.tables["t2"][r - 1]
        for i, h in enumerate(head):
            if how == "header none":
                head[i] = replace(h, text=h.text.replace("（单位：万元）", ""))
            elif how == "header 元" and "单位：万元" in h.text:
                head[i] = replace(h, text=h.text.replace("万元", "元"))
                set_text(case, "t2", (r, c), yuan)

"""Rows of table three, and their labels."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.damages.case import Case, set_text
from crawler.demo.tables import TableCell


def row_lost(case: Case) -> None:
    """A row of table three vanishes (labels that span rows stay with the next)."""
    r = case.rng.choice(case.value_rows())
    kept = [c for c in case.tables["t3"][r] if c.rowspan > 1]
    rest = case.tables["t3"][r + 1] if r + 1 < len(case.tables["t3"]) else []
    del case.tables["t3"][r]
    if kept and rest:
        rest[:0] = [replace(c, rowspan=c.rowspan - 1) for c in kept]


def row_doubled(case: Case) -> None:
    """A row is printed twice, the second time perhaps with another figure."""
    r = case.rng.choice(case.value_rows())
    again = [replace(c, rowspan=1) for c in case.tables["t3"][r]]
    if case.rng.random() < 0.5:
        places = [i for i, c in enumerate(again) if c.field]
        i = case.rng.choice(places)
        again[i] = replace(again[i], text=str(int(again[i].text or 0) + case.rng.randint(1, 9)))
    for above, row in enumerate(case.tables["t3"][: r + 1]):
        for i, c in enumerate(row):
            if above + c.rowspan > r + 1 and c.rowspan > 1 and not c.field:
                row[i] = replace(c, rowspan=c.rowspan + 1)
    case.tables["t3"].insert(r + 1, again)


def rows_swapped(case: Case) -> None:
    """Two neighbouring rows change places, labels and all."""
    rows = case.tables["t3"]
    plain = [
        r for r in case.value_rows()[:-1]
        if all(c.rowspan == 1 for c in rows[r]) and all(c.rowspan == 1 for c in rows[r + 1])
        and len(rows[r]) == len(rows[r + 1])
    ]  # fmt: skip
    r = case.rng.choice(plain)
    rows[r], rows[r + 1] = rows[r + 1], rows[r]


def rows_shuffled(case: Case) -> None:
    """The grounds of one group are printed in another order."""
    rows = case.tables["t3"]
    plain = [r for r in case.value_rows() if len(rows[r]) == 8 and rows[r][0].text[1:2] == "."]
    runs: list[list[int]] = []
    for r in plain:
        if runs and runs[-1][-1] == r - 1:
            runs[-1].append(r)
        else:
            runs.append([r])
    run = case.rng.choice([x for x in runs if len(x) > 1])
    mixed = [rows[r] for r in run]
    case.rng.shuffle(mixed)
    for r, row in zip(run, mixed, strict=True):
        rows[r] = row


def footer_row(case: Case) -> None:
    """A page number stands between two rows."""
    r = case.rng.choice(case.value_rows())
    n = case.rng.randint(2, 9)
    case.tables["t3"].insert(r, [TableCell(case.rng.choice((f"- {n} -", f"{n}", f"第{n}页")))])


def text_between(case: Case) -> None:
    """A sentence stands between two rows."""
    r = case.rng.choice(case.value_rows())
    case.tables["t3"].insert(r, [TableCell("(续上表,本页数据由办公室汇总,共收到申请材料12份)", 10)])


def local_row(case: Case) -> None:
    """A province adds a row of its own: other documents in table two, a 其中 in table three."""
    rows = case.tables["t2"]
    made = next(
        (r for r, row in enumerate(rows) if row[-1].field == "t2_normative_public_total"), 0
    )
    if made and case.rng.random() < 0.6:
        names = ("made", "newly_public", "public_total")
        figures = [case.rng.randint(0, 60) for _ in names]
        cells = [
            TableCell(str(n), field=f"t2_otherdoc_{k}") for k, n in zip(names, figures, strict=True)
        ]
        rows.insert(made + 1, [TableCell("其他主动公开文件"), *cells])
        case.printed.update({str(c.field): int(c.text) for c in cells})
        return
    three = case.tables["t3"]
    at = next(r for r in case.value_rows() if "new_received" in str(three[r][-1].field))
    share = [str(int(c.text) // 2) for c in three[at] if c.field]
    three.insert(at + 1, [TableCell("其中：通过网络提交的", 3), *(TableCell(s) for s in share)])


def ordinals(case: Case) -> None:
    """Ordinals of rows are written in another way, or stand in a cell of their own."""
    how = case.rng.choice(("{n}、", "（{n}）", "{n}．", "{n} ", "{n})", "own"))
    for r in case.value_rows():
        row = case.tables["t3"][r]
        for i, c in enumerate(row):
            if c.field is None and c.text[1:2] == ".":
                n, text = c.text[0], c.text[2:]
                if how != "own":
                    row[i] = replace(c, text=how.format(n=n) + text)
                elif case.carrier == "html":
                    row[i : i + 1] = [replace(c, text=f"{n}."), replace(c, text=text)]
                    break
                else:
                    row[i] = replace(c, text=f"{n}.\n{text}")


def label_reworded(case: Case) -> None:
    """A row's label loses or changes some of its characters."""
    r = case.rng.choice(case.value_rows())
    labels = [i for i, c in enumerate(case.tables["t3"][r]) if not c.field]
    if not labels:
        return
    i = labels[-1]
    text = case.tables["t3"][r][i].text
    how = case.rng.random()
    if how < 0.4 and len(text) > 4:
        cut = case.rng.randint(2, len(text) - 2)
        text = text[:cut] + text[cut + case.rng.randint(1, 3) :]
    elif how < 0.7:
        text = text[:2] + "有关情形"
    else:
        text = text.replace("政府信息", "信息").replace("申请", "申 请").replace("类", "")
    set_text(case, "t3", (r, i), text)


def label_lost(case: Case) -> None:
    """A row's own label vanishes."""
    r = case.rng.choice(case.value_rows())
    labels = [i for i, c in enumerate(case.tables["t3"][r]) if not c.field]
    if labels:
        set_text(case, "t3", (r, labels[-1]), "")


def two_labels_lost(case: Case) -> None:
    """Two labels vanish, perhaps of neighbours."""
    label_lost(case)
    label_lost(case)


def group_cell_lost(case: Case) -> None:
    """The cell of a group (三, (三) …) vanishes, so its rows move left."""
    spans = [
        (r, c) for r, row in enumerate(case.tables["t3"]) for c, cell in enumerate(row)
        if cell.rowspan > 1 and not cell.field and r > 2
    ]  # fmt: skip
    r, c = case.rng.choice(spans)
    del case.tables["t3"][r][c]


def labels_wrapped(case: Case) -> None:
    """Labels are broken over lines."""
    for rows in case.tables.values():
        for r, row in enumerate(rows):
            for i, c in enumerate(row):
                if c.field is None and len(c.text) > 5 and case.rng.random() < 0.5:
                    cut = case.rng.randint(2, len(c.text) - 2)
                    rows[r][i] = replace(c, text=f"{c.text[:cut]}\n{c.text[cut:]}")

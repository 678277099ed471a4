"""The ways in which real reports are damaged, each as a function that damages a correct one.

Every damage takes a ``Case`` and changes its tables (or how they are drawn). Most leave what the
report says as it was; those that print another figure note it in ``Case.printed``.

Source: the layouts and quirks met in real reports (pipelines/forms, docs/).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import opencc

from crawler.demo.tables import TableCell
from crawler.demo.world import APPLICANTS, Number, ReportTruth

Rows = list[list[TableCell]]


@dataclass(slots=True)
class Case:
    """A report's tables while they are being damaged."""

    report: ReportTruth
    tables: dict[str, Rows]
    rng: random.Random
    carrier: str
    others: tuple[ReportTruth, ...] = ()
    """Reports of other organs."""
    extra: list[ReportTruth] = field(default_factory=list)
    """Other reports whose tables stand on the same page."""
    printed: dict[str, Number] = field(default_factory=dict)
    """Fields that now print another figure than the report's own."""
    look: set[str] = field(default_factory=set)
    """How the tables are drawn: ``one_table``, ``copies``, ``nested``, ``rules``; ``torn``: a
    stretch of what was drawn is missing."""

    def figures(self, table: str = "t3") -> list[tuple[int, int]]:
        """Return the places of a table that print a figure."""
        return [
            (r, c)
            for r, row in enumerate(self.tables[table])
            for c, cell in enumerate(row)
            if cell.field
        ]

    def value_rows(self, table: str = "t3") -> list[int]:
        """Return the rows of a table that print figures."""
        return sorted({r for r, _ in self.figures(table)})


def _set(case: Case, table: str, at: tuple[int, int], text: str) -> None:
    r, c = at
    case.tables[table][r][c] = replace(case.tables[table][r][c], text=text)


# -- the damages: each takes a case and a random source, and changes its tables ------------------


def cell_lost(case: Case) -> None:
    """One cell of table three vanishes; the rest of its row moves up."""
    r, c = case.rng.choice(case.figures())
    del case.tables["t3"][r][c]


def two_cells_lost(case: Case) -> None:
    """Two cells of one row vanish."""
    r = case.rng.choice(case.value_rows())
    for c in sorted(case.rng.sample([c for q, c in case.figures() if q == r], 2), reverse=True):
        del case.tables["t3"][r][c]


def row_lost(case: Case) -> None:
    """A row of table three vanishes (labels that span rows stay with the next)."""
    r = case.rng.choice(case.value_rows())
    kept = [c for c in case.tables["t3"][r] if c.rowspan > 1]
    rest = case.tables["t3"][r + 1] if r + 1 < len(case.tables["t3"]) else []
    del case.tables["t3"][r]
    if kept and rest:
        rest[:0] = [replace(c, rowspan=c.rowspan - 1) for c in kept]


def column_lost(case: Case) -> None:
    """A column vanishes with its header."""
    col = case.rng.choice([*APPLICANTS, "total"])
    names = {"natural": "自然人", "business": "商业企业", "research": "科研机构",
             "public_interest": "社会公益组织", "legal_service": "法律服务机构",
             "other_org": "其他", "total": "总计"}  # fmt: skip
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        rows[r] = [
            c for c in row
            if not (c.field or "").endswith(f"__{col}") and not (r < 3 and c.text == names[col])
        ]  # fmt: skip


def column_lost_below_header(case: Case) -> None:
    """A column vanishes in the body; its header stays."""
    col = case.rng.choice([*APPLICANTS, "total"])
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        rows[r] = [c for c in row if not (c.field and c.field.endswith(f"__{col}"))]


def zeros_blank(case: Case) -> None:
    """Every zero, or many of them, is printed as nothing."""
    share = case.rng.choice((1.0, 0.5, 0.1))
    for table in ("t3", "t4"):
        for at in case.figures(table):
            if case.tables[table][at[0]][at[1]].text == "0" and case.rng.random() < share:
                _set(case, table, at, "")


def zeros_marked(case: Case) -> None:
    """Zeros are printed as a stroke or a word."""
    mark = case.rng.choice(("/", "—", "-", "无", "--"))
    for table in ("t3", "t4"):
        for at in case.figures(table):
            if case.tables[table][at[0]][at[1]].text == "0" and case.rng.random() < 0.7:
                _set(case, table, at, mark)


def row_blank(case: Case) -> None:
    """All figures of one row are blank."""
    r = case.rng.choice(case.value_rows())
    for q, c in case.figures():
        if q == r:
            _set(case, "t3", (q, c), "")


def totals_blank(case: Case) -> None:
    """The total column is blank on the detail rows."""
    for r, c in case.figures():
        f = case.tables["t3"][r][c].field or ""
        if f.endswith("__total") and not any(
            k in f for k in ("new_received", "carried", "processed_total")
        ):
            _set(case, "t3", (r, c), "")


def row_doubled(case: Case) -> None:
    """A row is printed twice, the second time perhaps with another figure."""
    r = case.rng.choice(case.value_rows())
    again = [replace(c, rowspan=1) for c in case.tables["t3"][r]]
    if case.rng.random() < 0.5:
        places = [i for i, c in enumerate(again) if c.field]
        i = case.rng.choice(places)
        again[i] = replace(again[i], text=str(int(again[i].text or 0) + case.rng.randint(1, 9)))
    for row in case.tables["t3"][: r + 1]:
        for i, c in enumerate(row):
            if c.rowspan > 1 and not c.field:
                row[i] = replace(c, rowspan=c.rowspan + 1)
    case.tables["t3"].insert(r + 1, again)


def footer_glued(case: Case) -> None:
    """A page number sticks to a figure."""
    at = case.rng.choice(case.figures())
    text = case.tables["t3"][at[0]][at[1]].text
    n = case.rng.randint(2, 9)
    _set(case, "t3", at, text + case.rng.choice((f"- {n} -", f" - {n} -", f" {n}", f"\n{n}")))


def footer_row(case: Case) -> None:
    """A page number stands between two rows."""
    r = case.rng.choice(case.value_rows())
    n = case.rng.randint(2, 9)
    case.tables["t3"].insert(r, [TableCell(case.rng.choice((f"- {n} -", f"{n}", f"第{n}页")))])


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
        _set(case, table, (r, c), f"{cell.text[:cut]} {cell.text[cut:]}")
    elif how < 0.7:
        _set(case, table, (r, c), f"{cell.text[:cut]}\n{cell.text[cut:]}")
    else:
        case.tables[table][r][c : c + 1] = [
            replace(cell, text=cell.text[:cut]),
            TableCell(cell.text[cut:]),
        ]


def columns_swapped(case: Case) -> None:
    """Two columns of organisations change places, headers and all."""
    pairs = {"business": "商业企业", "research": "科研机构", "public_interest": "社会公益组织",
             "legal_service": "法律服务机构", "other_org": "其他"}  # fmt: skip
    one, two = case.rng.sample(sorted(pairs), 2)
    for r, row in enumerate(case.tables["t3"]):
        at = {}
        for i, c in enumerate(row):
            for k in (one, two):
                if (c.field or "").endswith(f"__{k}") or (r < 3 and c.text == pairs[k]):
                    at[k] = i
        if len(at) == 2:
            row[at[one]], row[at[two]] = row[at[two]], row[at[one]]


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
    _set(case, "t3", (r, i), text)


def label_lost(case: Case) -> None:
    """A row's own label vanishes."""
    r = case.rng.choice(case.value_rows())
    labels = [i for i, c in enumerate(case.tables["t3"][r]) if not c.field]
    if labels:
        _set(case, "t3", (r, labels[-1]), "")


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
                _set(case, "t3", (r, c), "\n".join(cell.text))


def stray_cell(case: Case) -> None:
    """A cell too many stands in a row."""
    r, c = case.rng.choice(case.figures())
    case.tables["t3"][r].insert(c, TableCell(case.rng.choice(("", "0", "1", "3"))))


def text_between(case: Case) -> None:
    """A sentence stands between two rows."""
    r = case.rng.choice(case.value_rows())
    case.tables["t3"].insert(r, [TableCell("(续上表,本页数据由办公室汇总,共收到申请材料12份)", 10)])


def table_cut(case: Case) -> None:
    """The table is cut in two; the second half has no header."""
    r = case.rng.choice(case.value_rows()[3:-3])
    for row in case.tables["t3"][:r]:
        for i, c in enumerate(row):
            if c.rowspan > 1:
                row[i] = replace(c, rowspan=min(c.rowspan, r))
    case.tables["t3b"] = case.tables["t3"][r:]
    case.tables["t3"] = case.tables["t3"][:r]


def two_reports(case: Case) -> None:
    """Another report's tables stand on the same page."""
    case.extra = [case.rng.choice(case.others)]


def dressed(case: Case) -> None:
    """Figures carry units, thousands separators, full-width digits, signs of nothing wrong."""
    for table in ("t2", "t3", "t4"):
        for at in case.figures(table):
            text = case.tables[table][at[0]][at[1]].text
            how = case.rng.random()
            if not text.isdigit():
                continue
            if how < 0.2:
                _set(case, table, at, f"{int(text):,}")
            elif how < 0.4:
                _set(case, table, at, text.translate({48 + d: 0xFF10 + d for d in range(10)}))
            elif how < 0.6:
                _set(case, table, at, f" {text}　")
            elif how < 0.7 and table != "t2":
                _set(case, table, at, f"{text}件")


def disputes_cell_lost(case: Case) -> None:
    """A cell of table four vanishes."""
    r, c = case.rng.choice(case.figures("t4"))
    del case.tables["t4"][r][c]


def disputes_stray(case: Case) -> None:
    """A cell too many stands in table four."""
    r, c = case.rng.choice(case.figures("t4"))
    case.tables["t4"][r].insert(c, TableCell(case.rng.choice(("0", "1"))))


def disclosure_cell_lost(case: Case) -> None:
    """A cell of table two vanishes."""
    r, c = case.rng.choice(case.figures("t2"))
    del case.tables["t2"][r][c]


def disclosure_blank(case: Case) -> None:
    """Cells of table two are blank or struck."""
    for at in case.rng.sample(case.figures("t2"), 2):
        _set(case, "t2", at, case.rng.choice(("", "/", "—")))


def figure_changed(case: Case) -> None:
    """A figure of table three is another one: the sums must say so."""
    at = case.rng.choice(case.figures())
    cell = case.tables["t3"][at[0]][at[1]]
    case.printed[str(cell.field)] = int(cell.text) + case.rng.randint(1, 20)
    _set(case, "t3", at, str(case.printed[str(cell.field)]))


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
        _set(case, table, (r, c), "")


def undamaged(_case: Case) -> None:
    """Nothing."""


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


def signed_changes(case: Case) -> None:
    """Changes of item counts carry signs, two signs or words."""
    for r, c in case.figures("t2"):
        cell = case.tables["t2"][r][c]
        if str(cell.field).endswith("_items_delta") and cell.text.lstrip("-").isdigit():
            n = int(cell.text)
            ways = (f"+{n}", f"增{n}", f"增加{n}项") if n > 0 else (f"减{-n}", f"--{-n}", f"－{-n}")
            if n:
                _set(case, "t2", (r, c), case.rng.choice(ways))


def money_units(case: Case) -> None:
    """Amounts of table two carry their unit, 元 or 万元, in the cell or in the header."""
    how = case.rng.choice(("cell 元", "cell 万元", "header 元", "header none"))
    for r, c in case.figures("t2"):
        cell = case.tables["t2"][r][c]
        if not str(cell.field).endswith("wanyuan"):
            continue
        yuan = f"{round(float(cell.text) * 10_000, 2):.2f}"
        if how == "cell 元":
            _set(case, "t2", (r, c), f"{yuan}元")
        elif how == "cell 万元":
            _set(case, "t2", (r, c), f"{cell.text}万元")
        head = case.tables["t2"][r - 1]
        for i, h in enumerate(head):
            if how == "header none":
                head[i] = replace(h, text=h.text.replace("（单位：万元）", ""))
            elif how == "header 元" and "单位：万元" in h.text:
                head[i] = replace(h, text=h.text.replace("万元", "元"))
                _set(case, "t2", (r, c), yuan)


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


def table_cut_with_header(case: Case) -> None:
    """The table is cut in two, and its header is printed again."""
    header = [list(row) for row in case.tables["t3"][:3]]
    table_cut(case)
    case.tables["t3b"] = header + case.tables["t3b"]


def empty_column(case: Case) -> None:
    """An empty column stands before the figures of table three, header and all."""
    rows = case.tables["t3"]
    for r, row in enumerate(rows):
        first = next((i for i, c in enumerate(row) if c.field), None)
        if r == 0:
            row.insert(1, TableCell("", 1, 3))
        elif first is not None:
            row.insert(first, TableCell(""))


def labels_wrapped(case: Case) -> None:
    """Labels are broken over lines."""
    for rows in case.tables.values():
        for r, row in enumerate(rows):
            for i, c in enumerate(row):
                if c.field is None and len(c.text) > 5 and case.rng.random() < 0.5:
                    cut = case.rng.randint(2, len(c.text) - 2)
                    rows[r][i] = replace(c, text=f"{c.text[:cut]}\n{c.text[cut:]}")


def disclosure_columns_swapped(case: Case) -> None:
    """Two columns of table two change places, headers and all."""
    rows = case.tables["t2"]
    one, two = case.rng.sample((1, 2, 3), 2)
    for row in rows[:4]:
        if len(row) == 4:
            row[one], row[two] = row[two], row[one]


def disclosure_rows_swapped(case: Case) -> None:
    """The two rows of the first block of table two change places."""
    rows = case.tables["t2"]
    rows[2], rows[3] = rows[3], rows[2]


def disclosure_label_lost(case: Case) -> None:
    """A row of table two loses its label."""
    r = case.rng.choice(case.value_rows("t2"))
    _set(case, "t2", (r, 0), "")


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
    _set(case, "t2", (r, blank), case.rng.choice(("", "/")))
    del case.tables["t2"][r][lost]


def disputes_header_lost(case: Case) -> None:
    """Header rows of table four vanish."""
    del case.tables["t4"][case.rng.choice((0, 1, 2)) : 3]


def disputes_swapped(case: Case) -> None:
    """Two columns of table four change places, headers and all."""
    rows = case.tables["t4"]
    one, two = case.rng.sample(range(5), 2)
    for r, first in ((1, 0), (3, 0)):
        rows[r][first + one], rows[r][first + two] = rows[r][first + two], rows[r][first + one]


def disputes_blank(case: Case) -> None:
    """Some cells of table four are blank or struck."""
    for at in case.rng.sample(case.figures("t4"), case.rng.randint(1, 4)):
        _set(case, "t4", at, case.rng.choice(("", "/", "—")))


def disputes_two_lost(case: Case) -> None:
    """Two cells of table four vanish."""
    for _ in range(2):
        disputes_cell_lost(case)


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


def lines_in_cells(case: Case) -> None:
    """Figures stand between empty lines of their cells."""
    share = case.rng.choice((0.02, 0.1, 1.0))
    for table in ("t2", "t3", "t4"):
        for r, c in case.figures(table):
            if case.rng.random() < share:
                text = case.tables[table][r][c].text
                _set(case, table, (r, c), case.rng.choice((f"\n{text}", f"{text}\n")))


def two_damages(case: Case) -> None:
    """Two damages at once, of any kind."""
    # What changes the spelling comes last: the others know labels by it.
    for damage in sorted(case.rng.sample(SINGLE, 2), key=_SPELLING.__contains__):
        try:
            damage(case)
        except (IndexError, ValueError, StopIteration):
            continue  # the first left nothing for the second


_SPELLING = (traditional, labels_wrapped, header_by_character, label_reworded)
SINGLE: tuple[Callable[[Case], None], ...] = (
    cell_lost, two_cells_lost, row_lost, column_lost, column_lost_below_header,
    zeros_blank, zeros_marked, row_blank, totals_blank, row_doubled, footer_glued, footer_row,
    digits_apart, columns_swapped, rows_swapped, label_reworded, label_lost, two_labels_lost,
    group_cell_lost, header_lost, header_cell_lost, header_by_character, stray_cell, text_between,
    table_cut, two_reports, dressed, disputes_cell_lost, disputes_stray, disclosure_cell_lost,
    disclosure_blank, figure_changed, traditional, run_together, markdown, one_table, copies,
    nested, ordinals, signed_changes, money_units, local_row, rows_shuffled,
    table_cut_with_header, empty_column, labels_wrapped, disclosure_columns_swapped,
    disclosure_rows_swapped, disclosure_label_lost, disclosure_header_lost, disclosure_row_lost,
    disclosure_stray, disclosure_footer, disclosure_blank_and_lost, disputes_header_lost,
    disputes_swapped, disputes_blank, disputes_two_lost, stretch_lost,
    line_numbers, last_year_beside, shares_beside, lines_in_cells,
)  # fmt: skip
DAMAGES = (undamaged, *SINGLE, two_damages)

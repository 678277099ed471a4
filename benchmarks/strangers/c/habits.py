"""The habits: what offices do to their figures, cells, labels, tables and words.

A habit returns True when it took effect. Habits of one group exclude each other; groups are applied in the order of GROUPS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import fields as F
from . import prose
from .draft import Draft, Shown
from .grid import Number

Apply = Callable[[Draft], bool]
GROUPS = ("misprint", "structure", "merge", "unit", "blank", "number", "label", "unseen", "title", "words", "period", "furniture", "list", "encoding")


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit, its group, and what the carrier must be able to show."""

    name: str
    group: str
    needs: frozenset[str]
    apply: Apply
    weight: int


HABITS: list[Habit] = []


def habit(group: str, *needs: str, weight: int = 2) -> Callable[[Apply], Apply]:
    """Register a habit under its function's name."""
    def register(function: Apply) -> Apply:
        HABITS.append(Habit(function.__name__.strip("_"), group, frozenset(needs), function, weight))
        return function
    return register


# ---- helpers ---------------------------------------------------------------------------------------------------

def _counts(d: Draft) -> list[str]:
    """Fields with whole numbers that are shown plainly."""
    return [name for name, shown in d.sheet.items()
            if isinstance(shown.value, int) and name not in F.MONEY and name not in F.SMALL_MONEY and shown.value >= 0
            and shown.text == str(shown.value) and not name.endswith("_delta")]


def _some(d: Draft, names: Sequence[str], least: int = 1) -> list[str]:
    """All of them, or a share."""
    if not names:
        return []
    if d.rng.random() < 0.4:
        return list(names)
    return d.rng.sample(list(names), min(len(names), max(least, d.rng.randint(1, 12))))


def _rewrite(d: Draft, names: Sequence[str], change: Callable[[str], str]) -> bool:
    done = False
    for name in names:
        old = d.sheet[name]
        new = change(old.text)
        if new != old.text:
            d.sheet[name] = Shown(new, old.value, old.sup, old.ghost, old.split)
            done = True
    return done


def _gone(d: Draft, names: Sequence[str], text: str) -> bool:
    for name in names:
        d.sheet[name] = Shown(text, None)
        d.touched.add(name)
    return bool(names)


def _three(d: Draft) -> bool:
    return d.three_era is not None


def _result_rows(d: Draft) -> list[str]:
    return [row for row, _, _ in F.outcomes(d.three_era or "v2021")]


def _note(d: Draft, text: str) -> None:
    (d.words.notes if _three(d) else d.words.tail).append(text)


# ---- misprints -------------------------------------------------------------------------------------------------

def _wrong(d: Draft, value: int) -> int:
    """A figure near the right one, never the same."""
    digits = str(value)
    ways = [value + 1, value + d.rng.randint(2, 5)]
    if value > 0:
        ways.append(value - 1)
    if len(digits) > 1 and digits[0] != digits[1] and digits[1] != "0":
        ways.append(int(digits[1] + digits[0] + digits[2:]))
    if len(digits) > 1:
        ways.append(int(digits[:-1]))
    return d.rng.choice([way for way in ways if way != value and way >= 0])


@habit("misprint", weight=5)
def misprint_total(d: Draft) -> bool:
    """One total of a row of table three is wrong."""
    if not _three(d):
        return False
    rows = [row for row, _, _ in F.table_three_rows(d.three_era or "") if d.meant[F.t3(row, "total")]]
    if not rows:
        return False
    name = F.t3(d.rng.choice(rows), "total")
    d.set(name, _wrong(d, int(d.meant[name])))
    return True


@habit("misprint", weight=5)
def misprint_cell(d: Draft) -> bool:
    """One applicant cell is wrong."""
    if not _three(d):
        return False
    names = [F.t3(row, column) for row, _, _ in F.table_three_rows(d.three_era or "") for column in F.APPLICANTS]
    busy = [name for name in names if d.meant[name]]
    name = d.rng.choice(busy if busy and d.rng.random() < 0.8 else names)
    d.set(name, _wrong(d, int(d.meant[name])))
    return True


@habit("misprint")
def misprint_row_seven(d: Draft) -> bool:
    """A cell of (七)总计 is wrong."""
    if not _three(d):
        return False
    name = F.t3("processed_total", d.rng.choice([*F.APPLICANTS, "total"]))
    d.set(name, _wrong(d, int(d.meant[name])))
    return True


@habit("misprint")
def misprint_row_seven_empty(d: Draft) -> bool:
    """(七)总计 was left at 0."""
    if not _three(d) or not d.meant[F.t3("processed_total", "total")]:
        return False
    for column, _ in F.COLUMNS:
        d.set(F.t3("processed_total", column), 0)
    return True


@habit("misprint")
def misprint_two(d: Draft) -> bool:
    """Two figures of table three are wrong."""
    if not _three(d):
        return False
    names = [F.t3(row, column) for row, _, _ in F.table_three_rows(d.three_era or "") for column, _ in F.COLUMNS]
    busy = [name for name in names if d.meant[name]]
    if len(busy) < 4:
        return False
    for name in d.rng.sample(busy, 2):
        d.set(name, _wrong(d, int(d.meant[name])))
    return True


@habit("misprint")
def misprint_compensating(d: Draft) -> bool:
    """One case was booked under the wrong row: two rows are off by one, the sums still hold."""
    if not _three(d):
        return False
    columns = [column for column in F.APPLICANTS if any(d.meant[F.t3(row, column)] for row in _result_rows(d))]
    if not columns:
        return False
    column = d.rng.choice(columns)
    source = d.rng.choice([row for row in _result_rows(d) if d.meant[F.t3(row, column)]])
    target = d.rng.choice([row for row in _result_rows(d) if row != source])
    for row, step in ((source, -1), (target, 1)):
        for name in (F.t3(row, column), F.t3(row, "total")):
            d.set(name, int(d.meant[name]) + step)
    return True


@habit("misprint")
def columns_swapped(d: Draft) -> bool:
    """The figures of two applicants were typed under each other's heads."""
    if not _three(d):
        return False
    one, two = d.rng.sample(F.APPLICANTS, 2)
    rows = [row for row, _, _ in F.table_three_rows(d.three_era or "")]
    if all(d.meant[F.t3(row, one)] == d.meant[F.t3(row, two)] for row in rows):
        return False
    for row in rows:
        a, b = F.t3(row, one), F.t3(row, two)
        d.set(a, d.meant[b])
        d.set(b, d.meant[a])
    return True


@habit("misprint")
def rows_exchanged(d: Draft) -> bool:
    """The figures of two neighbouring outcome rows were exchanged."""
    if not _three(d):
        return False
    rows = _result_rows(d)
    at = [n for n in range(len(rows) - 1) if d.meant[F.t3(rows[n], "total")] != d.meant[F.t3(rows[n + 1], "total")]]
    if not at:
        return False
    n = d.rng.choice(at)
    for column, _ in F.COLUMNS:
        a, b = F.t3(rows[n], column), F.t3(rows[n + 1], column)
        d.set(a, d.meant[b])
        d.set(b, d.meant[a])
    return True


@habit("misprint")
def applicants_left_at_zero(d: Draft) -> bool:
    """The outcome rows have totals only; their applicant cells stand at 0."""
    if not _three(d) or not d.meant[F.t3("processed_total", "total")]:
        return False
    for row in _result_rows(d):
        for column in F.APPLICANTS:
            d.set(F.t3(row, column), 0)
    return True


@habit("misprint")
def four_total_zero(d: Draft) -> bool:
    """A total of table four was left at 0."""
    if not _three(d):
        return False
    names = [F.t4(group, "total") for group, _ in F.FOUR_GROUPS if d.meant[F.t4(group, "total")]]
    if not names:
        return False
    d.set(d.rng.choice(names), 0)
    return True


@habit("misprint")
def four_cell_wrong(d: Draft) -> bool:
    """One figure of table four is wrong."""
    if not _three(d):
        return False
    name = F.t4(d.rng.choice(F.FOUR_GROUPS)[0], d.rng.choice(F.FOUR_RESULTS)[0])
    d.set(name, _wrong(d, int(d.meant[name])))
    return True


@habit("misprint")
def two_figure_wrong(d: Draft) -> bool:
    """A count of table two lost its last digit."""
    names = [name for name in d.sheet if name.startswith("t2_") and name.endswith("decisions") and d.meant[name] > 9]
    if not names:
        return False
    name = d.rng.choice(names)
    d.set(name, int(d.meant[name]) // 10)
    return True


@habit("misprint", weight=14)
def annex_figure_wrong(d: Draft) -> bool:
    """One figure of the older annex is wrong."""
    names = [name for name in _counts(d) if d.form]
    if not names:
        return False
    name = d.rng.choice(names)
    d.set(name, _wrong(d, int(d.meant[name])))
    return True


# ---- structure -------------------------------------------------------------------------------------------------

@habit("structure", "blank")
def percent_column(d: Draft) -> bool:
    """A column of shares after the total."""
    d.opts.percent = _three(d)
    return _three(d)


@habit("structure", "blank")
def percent_pairs(d: Draft) -> bool:
    """Every column has its share beside it."""
    if not _three(d) or d.opts.t3 == "transposed":
        return False
    d.opts.paired = True
    return True


@habit("structure", "blank")
def line_numbers(d: Draft) -> bool:
    """A column of line numbers before the labels."""
    if not _three(d) and not (d.form in ("a14", "s08") and d.opts.annex not in ("code", "side")):
        return False
    if d.opts.t3 == "transposed":
        return False
    d.opts.line_numbers = True
    return True


@habit("structure", "blank")
def column_numbers(d: Draft) -> bool:
    """A row of column numbers under the head."""
    if not _three(d) or d.opts.t3 == "transposed":
        return False
    d.opts.column_numbers = True
    return True


@habit("structure", "blank")
def last_year_column(d: Draft) -> bool:
    """Table two has last year's decisions beside this year's."""
    if d.two_era != "v2021" or d.opts.t2 not in ("stacked", "separate"):
        return False
    d.opts.two_beside = "last_year"
    return True


@habit("structure", "blank")
def own_level_column(d: Draft) -> bool:
    """Table two has a column of which own level."""
    if d.two_era != "v2021" or d.opts.t2 not in ("stacked", "separate"):
        return False
    d.opts.two_beside = "own"
    return True


@habit("structure", "blank")
def growth_column(d: Draft) -> bool:
    """Table two has a column of growth against last year."""
    if d.two_era != "v2021" or d.opts.t2 not in ("stacked", "separate"):
        return False
    d.opts.two_beside = "same_rate"
    return True


@habit("structure")
def last_year_table(d: Draft) -> bool:
    """Last year's table three is shown for comparison, with captions that say which is which."""
    if not _three(d):
        return False
    d.opts.last_year_table = True
    return True


@habit("structure")
def lost_column(d: Draft) -> bool:
    """A column of table three is missing, head and figures."""
    if not _three(d):
        return False
    gone = d.rng.choice(F.APPLICANTS)
    d.opts.columns = [name for name, _ in F.COLUMNS if name != gone]
    return True


@habit("structure", "blank")
def doubled_column(d: Draft) -> bool:
    """A column of table three stands twice, head and figures."""
    if not _three(d) or d.opts.t3 == "cut_columns":
        return False
    twice = d.rng.choice(F.APPLICANTS[1:5])
    d.opts.columns = [name for column, _ in F.COLUMNS for name in ([column, column] if column == twice else [column])]
    return True


@habit("structure")
def total_first(d: Draft) -> bool:
    """总计 before the applicants."""
    if not _three(d):
        return False
    d.opts.columns = ["total", *F.APPLICANTS]
    return True


@habit("structure")
def applicants_reordered(d: Draft) -> bool:
    """The five kinds of legal persons in another order, heads and figures alike."""
    if not _three(d):
        return False
    middle = list(F.APPLICANTS[1:])
    while middle == list(F.APPLICANTS[1:]):
        d.rng.shuffle(middle)
    d.opts.columns = ["natural", *middle, "total"]
    return True


@habit("structure")
def lost_row(d: Draft) -> bool:
    """A row of table three fell out, label and figures."""
    if not _three(d):
        return False
    d.opts.lost_rows = {d.rng.choice(_result_rows(d)[:-1])}
    return True


@habit("structure")
def lost_two_row(d: Draft) -> bool:
    """A row of table two fell out (no 规章 in a county)."""
    if not d.two_era:
        return False
    rows = [names for block in F.two(d.two_era) if len(block[2]) > 1 for _, names in block[2]]
    d.opts.lost_rows = set(d.rng.choice(rows))
    return True


@habit("structure", weight=4)
def lost_annex_row(d: Draft) -> bool:
    """A row of the older annex fell out."""
    if not d.form:
        return False
    heads = ("review", "suit_total", "app_total", "reply_total", "done_total")
    names = [name for name, _, _, _ in F.FORMS[d.form] if name and not any(part in name for part in heads)]
    d.opts.lost_rows = {d.rng.choice(names)}
    return True


@habit("structure", "blank", weight=4)
def annex_years(d: Draft) -> bool:
    """The annex has columns of earlier years before this year's."""
    if d.form not in ("a14", "s08") or d.opts.annex not in ("plain", "code", "blank_heads"):
        return False
    d.opts.annex_years = d.rng.randint(1, 2)
    return True


@habit("structure", "blank")
def spacer_rows(d: Draft) -> bool:
    """Empty rows between the parts."""
    if not _three(d) or d.opts.t3 == "transposed":
        return False
    d.opts.spacer_rows = True
    return True


@habit("structure", "blank")
def spacer_column(d: Draft) -> bool:
    """An empty column between labels and figures."""
    if not _three(d) or d.opts.t3 == "transposed":
        return False
    d.opts.spacer_column = True
    return True


@habit("structure", "blank")
def remarks_column(d: Draft) -> bool:
    """A column of remarks, some with numbers."""
    if not _three(d) or d.opts.t3 == "transposed":
        return False
    d.opts.remarks = True
    return True


@habit("structure")
def four_reordered(d: Draft) -> bool:
    """Table four has its results in another order."""
    if not _three(d):
        return False
    d.opts.four_order = d.rng.choice((["total", "upheld", "corrected", "other", "pending"],
                                      ["corrected", "upheld", "other", "pending", "total"],
                                      ["upheld", "corrected", "pending", "other", "total"]))
    return True


@habit("structure")
def four_group_lost(d: Draft) -> bool:
    """Table four lacks a part."""
    if not _three(d) or d.opts.t4 == "vertical":
        return False
    d.opts.four_groups = d.rng.choice((["review"], ["review", "direct"], ["review", "after_review"]))
    return True


# ---- merged cells and labels -----------------------------------------------------------------------------------

def _pairs(d: Draft) -> list[tuple[str, str]]:
    rows = F.outcomes(d.three_era or "v2021")
    return [(a[0], b[0]) for a, b in zip(rows, rows[1:]) if a[1] == b[1] != "" and not {a[0], b[0]} & d.opts.lost_rows]


@habit("merge", "table")
def merged_cells_down(d: Draft) -> bool:
    """One figure cell over two rows."""
    if not _three(d) or d.opts.t3 in ("cut_head", "cut_bare", "transposed") or d.opts.paired or d.opts.last_year_table or len(d.opts.columns) > 7:
        return False
    column = d.rng.choice(d.opts.columns or [name for name, _ in F.COLUMNS])
    d.opts.merged_down = (column, *d.rng.choice(_pairs(d)))
    return True


@habit("merge", "table")
def merged_cells_across(d: Draft) -> bool:
    """One figure cell over two columns."""
    if not _three(d) or d.opts.t3 in ("cut_columns", "transposed") or d.opts.paired or d.opts.columns or d.opts.last_year_table:
        return False
    at = d.rng.randint(1, 4)
    row = d.rng.choice([row for row in _result_rows(d) if row not in d.opts.lost_rows])
    d.opts.merged_across = (row, F.APPLICANTS[at], F.APPLICANTS[at + 1])
    return True


@habit("merge")
def merged_labels_three(d: Draft) -> bool:
    """Two rows of table three under one label, with their sums."""
    if not _three(d):
        return False
    d.opts.merged_rows = d.rng.choice(_pairs(d))
    return True


@habit("merge")
def merged_labels_two(d: Draft) -> bool:
    """处罚 and 强制 in one row."""
    if not d.two_era or d.opts.two_beside:
        return False
    d.opts.merged_two = "label"
    return True


@habit("merge", "table")
def merged_cell_two(d: Draft) -> bool:
    """One decisions cell for 处罚 and 强制."""
    if not d.two_era or d.opts.two_beside or d.opts.t2 not in ("stacked", "separate") or d.opts.lost_rows:
        return False
    d.opts.merged_two = "cell"
    return True


# ---- units -----------------------------------------------------------------------------------------------------

def _money(d: Draft) -> list[str]:
    return [name for name in d.sheet if name in F.MONEY and name.startswith("t2_") and d.meant[name] > 0]


def _scaled(value: Number, times: str) -> str:
    number = (Decimal(str(value)) * Decimal(times)).normalize()
    return f"{number:f}"


def _in_cell(d: Draft, times: str, unit: str) -> bool:
    names = _money(d)
    for name in names:
        d.sheet[name] = Shown(_scaled(d.meant[name], times) + unit, d.meant[name])
    if names and d.rng.random() < 0.7:
        d.opts.fee_unit = ""
    return bool(names)


@habit("unit", weight=3)
def unit_yuan_in_head(d: Draft) -> bool:
    """The head says 元."""
    names = [name for name in d.sheet if name in F.MONEY and name.startswith(("t2_", "a14_", "s08_"))]
    if not names or not any(d.meant[name] for name in names):
        return False
    for name in names:
        d.sheet[name] = Shown(_scaled(d.meant[name], "10000") if d.meant[name] else "0", d.meant[name])
    d.opts.fee_unit = "(单位:元)"
    return True


@habit("unit")
def unit_line_yuan(d: Draft) -> bool:
    """The head has no unit; a line above the table says that amounts are in 元."""
    if not _money(d):
        return False
    for name in _money(d):
        d.sheet[name] = Shown(_scaled(d.meant[name], "10000"), d.meant[name])
    d.opts.fee_unit = ""
    d.opts.unit_line = "(金额单位:元)"
    return True


@habit("unit")
def unit_yuan_in_cell(d: Draft) -> bool:
    """251000元 in the cell."""
    return _in_cell(d, "10000", "元")


@habit("unit")
def unit_wanyuan_in_cell(d: Draft) -> bool:
    """25.1万元 in the cell."""
    return _in_cell(d, "1", "万元")


@habit("unit")
def unit_thousand_in_cell(d: Draft) -> bool:
    """251千元 in the cell."""
    return _in_cell(d, "10", "千元")


@habit("unit")
def unit_million_in_cell(d: Draft) -> bool:
    """0.251百万元 in the cell."""
    return _in_cell(d, "0.01", "百万元")


@habit("unit")
def unit_hundred_million_in_cell(d: Draft) -> bool:
    """1.5亿元 in the cell."""
    return all(d.meant[name] >= 3000 for name in _money(d)) and _in_cell(d, "0.0001", "亿元")


@habit("unit")
def unit_dollars(d: Draft) -> bool:
    """An amount in 美元: no figure in 万元 stands there."""
    names = _money(d)
    for name in names:
        d.sheet[name] = Shown(_scaled(round(float(d.meant[name]) / 7, 2), "1") + "万美元", None)
        d.touched.add(name)
    return bool(names)


# ---- blanks and marks ------------------------------------------------------------------------------------------

def _zeros(d: Draft, text: str) -> bool:
    names = [name for name in _counts(d) if d.sheet[name].value == 0]
    if _three(d) and d.rng.random() < 0.5:
        names = [name for name in names if name.startswith("t3_")]
    if len(names) < 3:
        return False
    return _gone(d, names if d.rng.random() < 0.7 else d.rng.sample(names, len(names) // 2 + 1), text)


@habit("blank", "blank", weight=6)
def zeros_blank(d: Draft) -> bool:
    """Nothing where 0 would stand."""
    return _zeros(d, "")


@habit("blank", weight=3)
def zeros_slash(d: Draft) -> bool:
    """/ for 0."""
    return _zeros(d, "/")


@habit("blank")
def zeros_dash(d: Draft) -> bool:
    """- for 0."""
    return _zeros(d, "-")


@habit("blank")
def zeros_long_dash(d: Draft) -> bool:
    """— for 0."""
    return _zeros(d, d.rng.choice(("—", "——")))


@habit("blank")
def zeros_none(d: Draft) -> bool:
    """无 for 0."""
    return _zeros(d, "无")


@habit("blank")
def zeros_not_applicable(d: Draft) -> bool:
    """不涉及 or N/A for 0."""
    return _zeros(d, d.rng.choice(("不涉及", "N/A", "不适用")))


@habit("blank", "blank")
def zeros_mixed(d: Draft) -> bool:
    """Some zeros blank, some /, some 0."""
    names = [name for name in _counts(d) if d.sheet[name].value == 0]
    if len(names) < 9:
        return False
    for name in names:
        mark = d.rng.choice(("", "/", "0", "-"))
        if mark != "0":
            _gone(d, [name], mark)
    return True


@habit("blank", "blank")
def totals_blank_on_details(d: Draft) -> bool:
    """总计 is filled on the four main rows only."""
    return _three(d) and _gone(d, [F.t3(row, "total") for row in _result_rows(d)], "")


@habit("blank", "blank")
def applicants_blank(d: Draft) -> bool:
    """Only the 总计 column is filled."""
    if not _three(d):
        return False
    return _gone(d, [F.t3(row, column) for row, _, _ in F.table_three_rows(d.three_era or "") for column in F.APPLICANTS], "")


@habit("blank", "blank")
def row_blank(d: Draft) -> bool:
    """A whole row of table three left empty."""
    if not _three(d):
        return False
    row = d.rng.choice([row for row, _, _ in F.table_three_rows(d.three_era or "")])
    return _gone(d, [F.t3(row, column) for column, _ in F.COLUMNS], "")


@habit("blank", "blank")
def enforcement_blank(d: Draft) -> bool:
    """Licences, penalties and coercion left empty."""
    if not d.two_era:
        return False
    return _gone(d, [name for name in d.sheet if name.startswith(("t2_license", "t2_penalty", "t2_coercion"))], "")


@habit("blank", "blank")
def figure_left_out(d: Draft) -> bool:
    """One figure that is not 0 was left out."""
    names = [name for name in _counts(d) if d.sheet[name].value]
    return bool(names) and _gone(d, [d.rng.choice(names)], "")


@habit("blank")
def sheet_error(d: Draft) -> bool:
    """A formula of the office's own sheet failed."""
    names = [name for name in _counts(d) if "total" in name] or _counts(d)
    return _gone(d, d.rng.sample(names, min(len(names), d.rng.randint(1, 3))), d.rng.choice(("#REF!", "#VALUE!", "#DIV/0!", "######")))


@habit("blank")
def not_legible(d: Draft) -> bool:
    """A figure shows as boxes or stars."""
    names = _counts(d)
    return _gone(d, d.rng.sample(names, min(len(names), 2)), d.rng.choice(("□□", "***", "■", "??")))


@habit("blank")
def placeholder_in_cell(d: Draft) -> bool:
    """A figure still to be filled in."""
    names = _counts(d)
    return _gone(d, d.rng.sample(names, min(len(names), 2)), d.rng.choice(("待核", "XX", "待填", "见附件")))


# ---- how numbers are written -----------------------------------------------------------------------------------

def _big(d: Draft) -> list[str]:
    return [name for name in _counts(d) if (d.sheet[name].value or 0) >= 1000]


@habit("number", weight=3)
def thousands_comma(d: Draft) -> bool:
    """1,234."""
    return _rewrite(d, _big(d), lambda text: f"{int(text):,}")


@habit("number")
def thousands_wide_comma(d: Draft) -> bool:
    """1,234 with a wide comma."""
    return _rewrite(d, _big(d), lambda text: f"{int(text):,}".replace(",", "，"))


@habit("number", "odd", "space")
def thousands_space(d: Draft) -> bool:
    """1 234 with a no-break space."""
    return _rewrite(d, _big(d), lambda text: f"{int(text):,}".replace(",", "\u00a0"))


@habit("number", weight=3)
def wide_digits(d: Draft) -> bool:
    """Full-width digits."""
    return _rewrite(d, _some(d, _counts(d)), lambda text: text.translate({48 + n: 0xFF10 + n for n in range(10)}))


@habit("number")
def leading_zeros(d: Draft) -> bool:
    """05 and 012."""
    names = [name for name in _counts(d) if 0 < (d.sheet[name].value or 0) < 100]
    return _rewrite(d, _some(d, names), lambda text: text.zfill(len(text) + 1))


@habit("number")
def apostrophes(d: Draft) -> bool:
    """'12 as from a text cell of a sheet."""
    return _rewrite(d, _some(d, _counts(d)), lambda text: "'" + text)


_UNITS = "零一二三四五六七八九"


def _hanzi(number: int) -> str:
    if number < 10:
        return _UNITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _UNITS[tens]) + "十" + (_UNITS[ones] if ones else "")


@habit("number")
def chinese_numerals(d: Draft) -> bool:
    """三 and 二十五."""
    names = [name for name in _counts(d) if (d.sheet[name].value or 0) < 100]
    return _rewrite(d, _some(d, names), lambda text: _hanzi(int(text)))


@habit("number")
def decimal_zeros(d: Draft) -> bool:
    """12.0 or 12.00 from a sheet."""
    tail = d.rng.choice((".0", ".00"))
    return _rewrite(d, _some(d, _counts(d), 5), lambda text: text + tail)


@habit("number", weight=3)
def units_in_cells(d: Draft) -> bool:
    """12件."""
    names = [name for name in _counts(d) if name.startswith(("t3_", "t4_", "t2_")) and "items" not in name and "procurement" not in name]
    if not names:
        return False
    unit = d.rng.choice(("件", "件", " 件" if "space" in d.caps else "件"))
    return _rewrite(d, _some(d, names), lambda text: text + unit)


@habit("number", weight=2)
def ten_thousands(d: Draft) -> bool:
    """1.2万件 where it comes out even."""
    names = [name for name in _counts(d) if name.startswith("t2_") and name.endswith("decisions")]
    done = False
    for name in names:
        value = int(d.sheet[name].value or 0)
        if value >= 10000 and name not in d.touched:
            even = value - value % 100
            d.meant[name] = even
            d.sheet[name] = Shown(_scaled(even, "0.0001") + "万件", even)
            done = True
    return done


@habit("number")
def note_marks(d: Draft) -> bool:
    """12① with a note below."""
    names = [name for name in _counts(d) if d.sheet[name].value]
    if not names:
        return False
    _rewrite(d, d.rng.sample(names, min(2, len(names))), lambda text: text + "①")
    _note(d, "注:①含上年受理、本年办结的事项。")
    return True


@habit("number")
def note_brackets(d: Draft) -> bool:
    """12[1] with a note below."""
    names = [name for name in _counts(d) if d.sheet[name].value]
    if not names:
        return False
    _rewrite(d, [d.rng.choice(names)], lambda text: text + "[1]")
    _note(d, "[1]该数据与上年口径有变化。")
    return True


@habit("number")
def note_stars(d: Draft) -> bool:
    """12* with a note below."""
    names = [name for name in _counts(d) if d.sheet[name].value]
    if not names:
        return False
    _rewrite(d, [d.rng.choice(names)], lambda text: text + "*")
    _note(d, "*表示该项数据由业务科室提供。")
    return True


@habit("number", "sup")
def note_superscripts(d: Draft) -> bool:
    """12 with a raised 1."""
    names = [name for name in _counts(d) if d.sheet[name].value]
    if not names:
        return False
    for at, name in enumerate(d.rng.sample(names, min(2, len(names)))):
        d.sheet[name].sup = str(at + 1)
    _note(d, "注:1.含上年受理、本年办结的事项;2.同上。")
    return True


@habit("number")
def letter_for_zero(d: Draft) -> bool:
    """1O for 10."""
    names = [name for name in _counts(d) if "0" in d.sheet[name].text]
    return _rewrite(d, _some(d, names), lambda text: text.replace("0", "O"))


@habit("number", "odd", "space")
def padded(d: Draft) -> bool:
    """No-break and ideographic spaces around numbers."""
    return _rewrite(d, _some(d, _counts(d)), lambda text: d.rng.choice(("\u00a0{}\u00a0", "\u3000{}", "{}\u3000")).format(text))


@habit("number", "odd", "html")
def zero_width(d: Draft) -> bool:
    """Zero-width characters between digits."""
    return _rewrite(d, _some(d, [name for name in _counts(d) if (d.sheet[name].value or 0) > 9]), lambda text: "\u200b".join(text))


@habit("number", "split")
def digits_in_runs(d: Draft) -> bool:
    """Each digit in a run of its own."""
    names = [name for name in _counts(d) if (d.sheet[name].value or 0) > 9]
    for name in names:
        d.sheet[name].split = True
    return bool(names)


@habit("number")
def signed_changes(d: Draft) -> bool:
    """+3, 增3, 减8 and long minus signs in 本年增/减."""
    names = [name for name in d.sheet if name.endswith("_delta") and d.sheet[name].value]
    plus, minus = d.rng.choice((("+", "-"), ("增", "减"), ("增加", "减少"), ("＋", "－"), ("", "−" if "odd" in d.caps else "-")))

    def change(text: str) -> str:
        return minus + text[1:] if text.startswith("-") else plus + text
    return _rewrite(d, names, change)


# ---- labels ----------------------------------------------------------------------------------------------------

_SYNONYMS = {
    "其他法律行政法规禁止公开": "其他法律法规禁止公开", "信访举报投诉类申请": "信访、举报、投诉类申请", "总计": "合计", "社会公益组织": "公益组织",
    "法律服务机构": "法律服务组织", "商业企业": "企业", "本年新收政府信息公开申请数量": "本年新收申请数量",
    "上年结转政府信息公开申请数量": "上年结转申请数量", "结转下年度继续办理": "结转下年继续办理", "尚未审结": "未审结",
    "行政规范性文件": "规范性文件", "本年度办理结果": "本年度办理情况", "要求提供公开出版物": "要求提供公开出版物的申请",
    "当面申请数": "当面提交申请数", "信函申请数": "书信申请数", "兼职人员数": "兼职工作人员数",
}
_TYPOS = {"其他法律行政法规禁止公开": "其他法律行政法规止公开", "不予公开": "不于公开", "结转下年度继续办理": "结转下年度继续办里",
          "补正后申请内容仍不明确": "补正后申请内容任不明确", "保护第三方合法权益": "保护第三方合法权益益", "属于行政执法案卷": "属于行政执法案件卷",
          "按时办结数": "按时办结数数", "政务微博公开": "政务微薄公开"}


def _mapped(table: dict[str, str]) -> Callable[[str], str]:
    def change(text: str) -> str:
        for old, new in table.items():
            text = text.replace(old, new)
        return text
    return change


@habit("label", weight=3)
def label_synonyms(d: Draft) -> bool:
    """Other words for the same things."""
    keys = d.rng.sample(sorted(_SYNONYMS), 8)
    d.opts.labels.append(_mapped({key: _SYNONYMS[key] for key in keys}))
    return True


@habit("label")
def label_typos(d: Draft) -> bool:
    """Slips in labels."""
    d.opts.labels.append(_mapped({key: _TYPOS[key] for key in d.rng.sample(sorted(_TYPOS), 3)}))
    return True


@habit("label", "wrap", weight=3)
def label_wrapped(d: Draft) -> bool:
    """Line breaks inside labels."""
    step = d.rng.randint(2, 5)
    d.opts.labels.append(lambda text: "\n".join(text[at:at + step] for at in range(0, len(text), step)) if len(text) > step else text)
    return True


@habit("label", "wrap")
def label_upright(d: Draft) -> bool:
    """Short heads written one character under the other."""
    d.opts.labels.append(lambda text: "\n".join(text) if len(text) <= 6 and not text.isascii() else text)
    return True


@habit("label", "space")
def label_spaced(d: Draft) -> bool:
    """总  计 and 自 然 人."""
    gap = d.rng.choice((" ", "  ", "\u3000"))
    d.opts.labels.append(lambda text: gap.join(text) if 2 <= len(text) <= 4 and text.isalpha() else text)
    return True


@habit("label")
def label_notes(d: Draft) -> bool:
    """Explanations in brackets behind labels of table two."""
    if not d.two_era:
        return False
    table = {"规章": "规章(县级无此项)", "规范性文件": "规范性文件(含以办公室名义印发的)", "行政许可": "行政许可(指全年办结的许可决定)",
             "行政处罚": "行政处罚(含简易程序)"}
    d.opts.labels.append(lambda text: table.get(text, text + "(含以办公室名义印发的)" if text == "行政规范性文件" else text))
    return True


@habit("label")
def label_decimals_note(d: Draft) -> bool:
    """Digits inside a head: 保留4位小数."""
    if not d.two_era:
        return False
    d.opts.labels.append(lambda text: text.replace("单位:万元)", "单位:万元,保留4位小数)"))
    return "万元" in d.opts.fee_unit


@habit("label")
def label_without_numbers(d: Draft) -> bool:
    """Ordinals like 1. and (一) left off inside the outcome groups."""
    if not _three(d):
        return False
    d.opts.labels.append(lambda text: text[2:] if len(text) > 4 and text[0] in "12345678" and text[1] == "." else text)
    return True


# ---- what is there but not seen --------------------------------------------------------------------------------

@habit("unseen", "ghost", weight=4)
def old_figures_hidden(d: Draft) -> bool:
    """An old figure in the source beside the figure that shows."""
    names = [name for name in _counts(d)]
    how = d.rng.choice(("none", "comment", "tiny", "hidden", "invisible") if "html" in d.caps else ("vanish",))
    for name in d.rng.sample(names, min(len(names), d.rng.randint(1, 8))):
        d.sheet[name].ghost = f"{how}|{d.rng.randint(1, 60)}"
    return bool(names)


@habit("unseen", "ghost")
def figure_only_hidden(d: Draft) -> bool:
    """A figure that is in the source but does not show."""
    names = [name for name in _counts(d)]
    how = d.rng.choice(("none", "comment", "hidden") if "html" in d.caps else ("vanish",))
    for name in d.rng.sample(names, min(len(names), 2)):
        d.sheet[name] = Shown("", None, ghost=f"{how}|{d.meant[name]}")
        d.touched.add(name)
    return bool(names)


@habit("unseen", "unseen", weight=3)
def hidden_row(d: Draft) -> bool:
    """A hidden row with old figures."""
    if not _three(d) or d.opts.t3 not in ("official", "flat", "one_head"):
        return False
    d.opts.unseen_row = True
    return True


@habit("unseen", "unseen", weight=3)
def hidden_column(d: Draft) -> bool:
    """A hidden column with last year's figures."""
    if not _three(d) or d.opts.t3 not in ("official", "flat", "one_head"):
        return False
    d.opts.unseen_column = d.rng.choice(("end", "middle"))
    return True


@habit("unseen", "unseen_table", weight=6)
def hidden_table(d: Draft) -> bool:
    """Last year's table three somewhere out of sight."""
    if not _three(d) or d.opts.last_year_table:
        return False
    d.words.unseen_table = d.rng.choice(("display_none", "comment", "template", "script", "hidden_attr", "offscreen", "css_class"))
    return True


# ---- titles and words ------------------------------------------------------------------------------------------

def _sign(d: Draft) -> None:
    y, m, day = prose.day_after(d)
    d.words.signature = f"{d.organ.full}|{y}年{m}月{day}日"


@habit("title", weight=3)
def title_without_organ_signed(d: Draft) -> bool:
    """The title has no organ; the signature has."""
    d.words.title = d.words.list_title = f"{d.year}年政府信息公开工作年度报告"
    _sign(d)
    return True


@habit("title")
def title_without_organ(d: Draft) -> bool:
    """Nothing says whose report it is, but that it is an organ's own."""
    if d.organ.kind != "department" or not (d.two_era or d.three_era):
        return False
    d.words.title = d.words.list_title = f"{d.year}年政府信息公开工作年度报告"
    d.words.signature = ""
    d.words.tail = []
    d.words.publisher = None
    return True


@habit("title")
def title_relative(d: Draft) -> bool:
    """县财政局 without the county's name, which the portal tells."""
    if d.organ.kind not in ("department", "government_office"):
        return False
    d.words.title = d.words.list_title = f"{d.organ.short}{d.year}年政府信息公开工作年度报告"
    d.words.signature = ""
    d.words.publisher = d.organ.full
    return True


@habit("title")
def title_chinese_year(d: Draft) -> bool:
    """二〇二三年."""
    d.words.title = d.words.list_title = f"{d.organ.stem}{prose.chinese_year(d.year)}年政府信息公开工作年度报告"
    return True


@habit("title")
def title_without_year(d: Draft) -> bool:
    """The year stands in the period only."""
    d.words.title = d.words.list_title = f"{d.organ.stem}政府信息公开工作年度报告"
    d.words.period = prose.period(d)
    return True


@habit("title")
def title_with_upper_division(d: Draft) -> bool:
    """The division above in front of the name."""
    if d.organ.place.level == "province":
        return False
    d.words.title = d.words.list_title = f"{d.organ.place.parent}{d.organ.full}{d.year}年政府信息公开工作年度报告"
    return True


@habit("title")
def title_two_lines(d: Draft) -> bool:
    """The organ on one line, the rest spaced out."""
    d.words.title = f"{d.organ.full} {d.year}年政府信息公开工作年度报告"
    return True


@habit("words", weight=3)
def laws_cited(d: Draft) -> bool:
    """Laws and notices with years of their own in the opening."""
    laws = [prose.LAWS[0], prose.LAWS[2], *([prose.LAWS[1]] if d.year >= 2021 else [])] if d.year >= 2019 else list(prose.OLD_LAWS)
    d.words.opening = [d.rng.choice(laws)]
    if d.year >= 2019:
        d.words.opening.append("同时参照2008年以来历次年度报告的体例。")
    return True


@habit("words", weight=3)
def places_in_words(d: Draft) -> bool:
    """Other places in the text."""
    other = d.rng.choice(("组织人员赴浙江省义乌市、江苏省昆山市学习网站建设经验。", "在长江路、北京路和南京路设置了政策宣传点。",
                          "与四川省成都市锦江区结对交流,互派人员跟班学习。", "选送两名同志到陕西省榆林市参加业务培训。",
                          "广东、海南等地来访交流三批次。", "办事窗口设在上海路12号,开放时间与大厅一致。"))
    (d.words.first_part if d.words.first_part else d.words.tail).append(other)
    return True


@habit("words")
def office_as_contact(d: Draft) -> bool:
    """The office of openness is named as the contact of the government's report."""
    if d.organ.kind != "government":
        return False
    d.words.tail.append(f"公众如有意见建议,可与{d.organ.place.name}政务公开办公室联系。")
    return True


@habit("words")
def compiled_from_all(d: Draft) -> bool:
    """The report says that it was compiled from all organs' reports."""
    if d.organ.kind != "government":
        return False
    d.words.opening.append(f"本报告由各乡镇(街道)、各部门报送的材料汇总而成,反映{d.organ.place.whole}情况。")
    return True


@habit("words")
def other_years_in_text(d: Draft) -> bool:
    """Figures of earlier years in the prose."""
    text = f"与{d.year - 1}年相比,申请数量变化不大;{d.year - 2}年至{d.year - 1}年两年间累计公开信息{d.rng.randint(200, 9000)}条。"
    (d.words.first_part if d.words.first_part else d.words.tail).append(text)
    return True


@habit("words")
def leftover_instruction(d: Draft) -> bool:
    """A line of the filling notes left in."""
    if not d.two_era:
        return False
    d.words.before_tables.append("(此部分以表格形式填报,没有数据的填0)")
    return True


@habit("period")
def period_wrong_day(d: Draft) -> bool:
    """12月21日 for 12月31日."""
    d.words.period = f"本报告中所列数据的统计期限自{d.year}年1月1日起至{d.year}年12月21日止。"
    return True


@habit("period")
def period_digits_lost(d: Draft) -> bool:
    """Characters lost around digits."""
    if d.words.title and str(d.year) not in d.words.title:
        return False
    d.words.period = f"本报告中所列数据的统计期限自{d.year}11日起至{d.year}1231日止。"
    return True


@habit("period")
def period_of_last_year(d: Draft) -> bool:
    """The period sentence was copied from last year's report."""
    if not d.words.title or str(d.year) not in d.words.title or not d.words.first_part:
        return False
    d.words.period = prose.period(d, d.year - 1)
    _sign_date_only(d)
    return True


def _sign_date_only(d: Draft) -> None:
    if not d.words.signature:
        y, m, day = prose.day_after(d)
        d.words.signature = f"{y}年{m}月{day}日"


@habit("furniture")
def page_numbers(d: Draft) -> bool:
    """Page numbers of the paper edition between the parts."""
    d.words.pages = bool(d.two_era or d.three_era)
    return d.words.pages


@habit("furniture", "html")
def other_reports_beside(d: Draft) -> bool:
    """Links to the reports of other years and organs beside the text."""
    if d.words.publisher is None:
        return False
    d.words.nav = [f"{d.organ.full}{d.year - back}年政府信息公开工作年度报告" for back in (1, 2, 3)]
    d.words.nav.append(f"{d.organ.place.name}档案馆{d.year}年政府信息公开工作年度报告")
    return True


@habit("furniture")
def late_page(d: Draft) -> bool:
    """Published again years later; the address has the later year."""
    if d.year > 2020:
        return False
    d.words.tail.append("(本页因网站改版重新上传)")
    return True


@habit("list")
def list_title_cut(d: Draft) -> bool:
    """The list shows the first characters only."""
    if not d.words.title or len(d.words.title) < 20:
        return False
    d.words.list_title = d.words.title[:-3] + "..."
    return True


@habit("list")
def list_title_missing(d: Draft) -> bool:
    """No list row was seen."""
    d.words.list_title = None
    return d.words.title is not None


@habit("list")
def list_title_year_only(d: Draft) -> bool:
    """The list row is the year."""
    d.words.list_title = f"{d.year}年"
    return True


@habit("list")
def portal_unknown(d: Draft) -> bool:
    """Found on no portal in particular."""
    if not d.words.title or d.organ.place.name not in d.words.title:
        return False
    d.words.code = None
    return True


def _encoding(name: str) -> None:
    @habit("encoding", "encode", weight=1 if name == "utf_16" else 2)
    def apply(d: Draft) -> bool:
        return True
    HABITS[-1] = Habit(f"encoding_{name}", "encoding", frozenset({"encode"}), apply, 2)


for _name in ("gbk", "gb18030", "utf_8_sig", "utf_16", "gbk_by_header"):
    _encoding(_name)
__all__ = ["GROUPS", "HABITS", "Habit"]

"""Habits of offices: how figures are written, structures damaged, things hidden, figures misprinted."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from . import forms
from .labels import LABEL_HABITS
from .layouts import Layout
from .shapes import Options
from .sheet import Sheet, Slot, error_of, plain

Style = Callable[[Slot], str]


@dataclass(slots=True)
class Work:
    """A document in the making."""

    rng: random.Random
    layout: Layout
    sheet: Sheet
    opts: Options
    style: Style = field(default=lambda slot: plain(slot.figure))
    money: Style | None = None
    label_habit: str | None = None
    merges: int = 0
    merge_down: bool = False
    notes: list[str] = field(default_factory=list)
    hidden_table: bool = False
    comment: bool = False
    script: bool = False

    @property
    def modern(self) -> bool:
        """Forms of 2019 and 2021."""
        return self.sheet.t3 is not None

    def bears(self, *what: str) -> bool:
        """The layout allows all of these."""
        return set(what) <= self.layout.bears


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit: its group (one habit of a group a document), when it acts and whether it fits."""

    name: str
    group: str
    stage: int  # 1 structure, 2 misprint, 3 writing, 4 marks in place of figures, 5 decoys
    fits: Callable[[Work], bool]
    act: Callable[[Work], None]
    weight: float = 1.0


HABITS: list[Habit] = []


def habit(
    group: str, stage: int, fits: Callable[[Work], bool] = lambda w: True, weight: float = 1.0
) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Register a function as a habit under its own name."""

    def register(act: Callable[[Work], None]) -> Callable[[Work], None]:
        HABITS.append(Habit(act.__name__, group, stage, fits, act, weight))
        return act

    return register


def _modern(w: Work) -> bool:
    return w.modern


def _big(w: Work) -> bool:
    return any(isinstance(s.figure, int) and s.figure >= 1000 for s in w.sheet.counts())


def _has_digit(w: Work) -> bool:
    return any(s.figure for s in w.sheet.counts())


# Structure -------------------------------------------------------------------------------------------------------------------


def _extras(w: Work) -> bool:
    return w.modern and w.bears("extras")


@habit("structure", 1, lambda w: w.bears("extras"))
def line_numbers(w: Work) -> None:
    w.opts.line_numbers = True


@habit("structure", 1, lambda w: _extras(w) and "official" in w.layout.t3 and len(w.layout.t3) == 1)
def column_number_row(w: Work) -> None:
    w.opts.column_numbers = True


@habit("structure", 1, _extras)
def percent_column(w: Work) -> None:
    w.opts.percent = True


@habit(
    "structure",
    1,
    lambda w: w.bears("extras") and not any(f.endswith("__cum") for f in w.sheet.slots),
)
def last_years_column(w: Work) -> None:
    w.opts.last_year = True


@habit("structure", 1, _extras, 0.5)
def last_years_column_first(w: Work) -> None:
    w.opts.last_year = w.opts.last_year_first = True


@habit("structure", 1, _extras)
def remarks_column(w: Work) -> None:
    w.opts.remarks = True


@habit("structure", 1, lambda w: w.modern and w.bears("extras", "table"))
def spacer_column(w: Work) -> None:
    w.opts.spacer_column = w.rng.choice((0, 1, 6, 7))


@habit(
    "structure", 1, lambda w: w.modern and w.bears("extras", "table") and "official" in w.layout.t3
)
def spacer_row(w: Work) -> None:
    w.opts.spacer_rows = True


@habit("structure", 1, lambda w: _extras(w) and "official" in w.layout.t3 and len(w.layout.t3) == 1)
def subtotal_rows(w: Work) -> None:
    w.opts.subtotals = True


@habit("structure", 1, _extras)
def columns_in_another_order(w: Work) -> None:
    order = list(forms.COLUMNS)
    match w.rng.randrange(3):
        case 0:
            order = ["total", *order[:-1]]
        case 1:
            order[1], order[2] = order[2], order[1]
        case _:
            order[3], order[4] = order[4], order[3]
    w.opts.order = tuple(order)


@habit("structure", 1, _extras, 1.6)
def lost_column(w: Work) -> None:
    lost = w.rng.choice(forms.COLUMNS[1:])
    w.opts.lost_columns = frozenset({lost})
    w.sheet.lose(
        [f for f in w.sheet.slots if f.startswith("t3_") and f.endswith(f"__{lost}")], "lost_column"
    )


@habit("structure", 1, _extras)
def doubled_column(w: Work) -> None:
    w.opts.doubled_column = w.rng.choice(forms.APPLICANTS[1:])


@habit("structure", 1, lambda w: w.sheet.t3 is not None or bool(w.sheet.lines), 1.6)
def lost_row(w: Work) -> None:
    if w.sheet.t3:
        if w.sheet.t2 and w.rng.random() < 0.25:
            label, fields = w.rng.choice([r for b in forms.TABLE2[w.sheet.t2] for r in b.rows])
            w.opts.lost_rows = frozenset({fields[0]})
            w.sheet.lose(fields, "lost_row")
            return
        row = w.rng.choice(forms.rows3(w.sheet.t3)[1:])
        w.opts.lost_rows = frozenset({row})
        w.sheet.lose([f for f in w.sheet.slots if f.startswith(f"t3_{row}__")], "lost_row")
        return
    line = w.rng.choice([l for l in w.sheet.lines if l.field])
    assert line.field
    w.opts.lost_rows = frozenset({line.field})
    w.sheet.lose([line.field, f"{line.field}__cum"], "lost_row")


@habit("structure", 1, _extras)
def doubled_row(w: Work) -> None:
    assert w.sheet.t3
    w.opts.doubled_row = w.rng.choice([r for r in forms.results3(w.sheet.t3) if forms.group3(r)])


def _join(w: Work, a: str, b: str) -> None:
    w.opts.joined_rows = (a, b)
    w.sheet.lose(
        [f for f in w.sheet.slots if f.startswith((f"t3_{a}__", f"t3_{b}__"))], "merged_label"
    )


@habit("structure", 1, lambda w: w.modern and w.layout.t3 != ("long",))
def merged_label_in_three(w: Work) -> None:
    pairs = (
        ("refused_mass_repeat", "refused_reissue"),
        ("denied_internal_affairs", "denied_process_info"),
        ("unable_not_held", "unable_need_creation"),
    )
    _join(w, *w.rng.choice(pairs))


@habit("structure_two", 1, lambda w: w.sheet.t2 is not None)
def merged_label_in_two(w: Work) -> None:
    w.opts.joined_decisions = True
    w.sheet.lose(
        [f for f in w.sheet.slots if f.startswith(("t2_penalty", "t2_coercion"))], "merged_label"
    )


@habit("structure", 1, lambda w: w.modern and w.bears("spans"), 1.6)
def merged_cells(w: Work) -> None:
    w.merges = w.rng.choice((1, 1, 2, 3))


@habit("structure", 1, lambda w: w.modern and w.bears("spans") and not w.layout.one_table)
def merged_cells_down(w: Work) -> None:
    w.merge_down = True


@habit(
    "structure",
    1,
    lambda w: (
        w.modern
        and w.bears("html", "table")
        and w.layout.t3 == ("official",)
        and not w.layout.one_table
    ),
)
def hidden_column(w: Work) -> None:
    w.opts.hidden_column = True


@habit(
    "structure",
    1,
    lambda w: (
        w.modern
        and w.bears("html", "table")
        and w.layout.t3 == ("official",)
        and not w.layout.one_table
    ),
)
def hidden_row(w: Work) -> None:
    w.opts.hidden_row = True


# Misprints -------------------------------------------------------------------------------------------------------------------


def _wrong(w: Work, choose: Callable[[str], bool], why: str) -> bool:
    spots = [
        s
        for s in w.sheet.legible()
        if choose(s.field) and s.figure >= 0 and s.figure == s.meant and isinstance(s.figure, int)
    ]
    spots = [s for s in spots if s.figure] * 4 + spots
    if not spots:
        return False
    slot = w.rng.choice(spots)
    w.sheet.misprint(slot.field, error_of(w.rng, int(slot.figure)), why)
    return True


def _is_total(name: str) -> bool:
    return name.endswith(("__total", "_total")) or "processed_total" in name


@habit("misprint", 2, _has_digit, 3)
def misprinted_cell(w: Work) -> None:
    _wrong(w, lambda f: not _is_total(f), "misprinted_cell")


@habit("misprint", 2, lambda w: any(_is_total(f) and s.figure for f, s in w.sheet.slots.items()), 3)
def misprinted_total(w: Work) -> None:
    _wrong(w, _is_total, "misprinted_total")


@habit("misprint", 2, _has_digit, 2)
def two_misprints(w: Work) -> None:
    for _ in range(2):
        _wrong(w, lambda f: True, "two_misprints")


@habit("misprint", 2, lambda w: w.modern and w.sheet.slots["t3_processed_total__total"].figure > 0)
def applicants_left_at_zero(w: Work) -> None:
    assert w.sheet.t3
    for row in forms.results3(w.sheet.t3):
        for column in forms.APPLICANTS:
            slot = w.sheet.slots[f"t3_{row}__{column}"]
            if slot.figure and slot.legible:
                w.sheet.misprint(slot.field, 0, "applicants_left_at_zero")


@habit(
    "misprint",
    2,
    lambda w: w.modern and any(w.sheet.slots[f"t4_{g}_total"].figure for g in forms.GROUPS4),
)
def totals_of_four_left_at_zero(w: Work) -> None:
    for group in forms.GROUPS4:
        if w.sheet.slots[f"t4_{group}_total"].figure:
            w.sheet.misprint(f"t4_{group}_total", 0, "totals_of_four_left_at_zero")


def _exchange(w: Work, a: str, b: str, why: str) -> None:
    first, second = w.sheet.slots[a], w.sheet.slots[b]
    if first.figure != second.figure and first.legible and second.legible:
        x, y = first.figure, second.figure
        w.sheet.misprint(a, y, why)
        w.sheet.misprint(b, x, why)


@habit("misprint", 2, _modern)
def columns_exchanged(w: Work) -> None:
    assert w.sheet.t3
    i = w.rng.randrange(5)
    for row in forms.rows3(w.sheet.t3):
        _exchange(
            w,
            f"t3_{row}__{forms.COLUMNS[i]}",
            f"t3_{row}__{forms.COLUMNS[i + 1]}",
            "columns_exchanged",
        )


@habit("misprint", 2, _modern)
def rows_exchanged(w: Work) -> None:
    assert w.sheet.t3
    results = forms.results3(w.sheet.t3)
    used = [
        i
        for i in range(len(results) - 1)
        if w.sheet.slots[f"t3_{results[i]}__total"].figure
        != w.sheet.slots[f"t3_{results[i + 1]}__total"].figure
    ]
    i = w.rng.choice(used or [0])
    for column in forms.COLUMNS:
        _exchange(
            w, f"t3_{results[i]}__{column}", f"t3_{results[i + 1]}__{column}", "rows_exchanged"
        )


@habit(
    "misprint",
    2,
    lambda w: w.modern and any(s.figure for f, s in w.sheet.slots.items() if f.startswith("t4_")),
)
def cells_of_four_exchanged(w: Work) -> None:
    group = w.rng.choice(list(forms.GROUPS4))
    a, b = w.rng.sample(list(forms.COLUMNS4)[:4], 2)
    _exchange(w, f"t4_{group}_{a}", f"t4_{group}_{b}", "cells_of_four_exchanged")


@habit("misprint", 2, lambda w: w.modern and w.sheet.slots["t3_carried_out__total"].figure > 0)
def carried_out_left_at_zero(w: Work) -> None:
    for column in forms.COLUMNS:
        slot = w.sheet.slots[f"t3_carried_out__{column}"]
        if slot.figure and slot.legible:
            w.sheet.misprint(slot.field, 0, "carried_out_left_at_zero")


# Writing ---------------------------------------------------------------------------------------------------------------------


def _each(w: Work, change: Callable[[Slot, str], str]) -> None:
    before = w.style
    w.style = lambda slot: change(slot, before(slot))


def _fullwidth(text: str) -> str:
    return text.translate(str.maketrans("0123456789.-", "0123456789.-"))


@habit("writing", 3, _big, 1.5)
def thousands_comma(w: Work) -> None:
    w.style = lambda s: f"{s.figure:,}" if isinstance(s.figure, int) else plain(s.figure)


@habit("writing", 3, _big)
def thousands_wide_comma(w: Work) -> None:
    w.style = lambda s: (
        f"{s.figure:,}".replace(",", ",") if isinstance(s.figure, int) else plain(s.figure)
    )


@habit("writing", 3, lambda w: _big(w) and w.bears("html"))
def thousands_space(w: Work) -> None:
    w.style = lambda s: (
        f"{s.figure:,}".replace(",", "\u00a0") if isinstance(s.figure, int) else plain(s.figure)
    )


@habit("writing", 3, lambda w: True, 1.5)
def fullwidth_digits(w: Work) -> None:
    some = w.rng.choice((1.0, 0.3))
    _each(w, lambda _s, t: _fullwidth(t) if w.rng.random() < some else t)


@habit("writing", 3)
def leading_zeros(w: Work) -> None:
    width = w.rng.choice((2, 3))
    _each(w, lambda s, t: t.zfill(width) if isinstance(s.figure, int) and s.figure >= 0 else t)


@habit("writing", 3)
def apostrophe(w: Work) -> None:
    _each(w, lambda s, t: "'" + t if isinstance(s.figure, int) and w.rng.random() < 0.5 else t)


_HAN = "零一二三四五六七八九"


def han(n: int) -> str:
    """A small number in Chinese characters."""
    if n < 10:
        return _HAN[n]
    if n < 100:
        return ("" if n < 20 else _HAN[n // 10]) + "十" + (_HAN[n % 10] if n % 10 else "")
    hundreds = _HAN[n // 100] + "百"
    rest = n % 100
    if rest == 0:
        return hundreds
    if rest < 10:
        return hundreds + "零" + _HAN[rest]
    return hundreds + _HAN[rest // 10] + "十" + (_HAN[rest % 10] if rest % 10 else "")


@habit("writing", 3, _modern)
def chinese_numerals_in_four(w: Work) -> None:
    _each(
        w,
        lambda s, t: (
            han(int(s.figure)) if s.field.startswith("t4_") and 0 <= s.figure < 1000 else t
        ),
    )


@habit("writing", 3, _modern, 0.6)
def chinese_numerals(w: Work) -> None:
    _each(
        w, lambda s, t: han(s.figure) if isinstance(s.figure, int) and 0 <= s.figure < 1000 else t
    )


@habit(
    "writing", 3, lambda w: any(s.figure >= 10 and "0" in str(s.figure) for s in w.sheet.counts())
)
def letter_for_zero(w: Work) -> None:
    _each(
        w,
        lambda s, t: (
            t[0] + t[1:].replace("0", "O") if isinstance(s.figure, int) and s.figure >= 10 else t
        ),
    )


@habit("writing", 3)
def count_unit_in_cell(w: Work) -> None:
    def unit(slot: Slot, text: str) -> str:
        if slot.field.endswith(("_wanyuan", "_yuan", "__cum")) or slot.figure < 0:
            return text
        if slot.field[:2] in {"t3", "t4"}:
            return text + "件"
        if slot.field.startswith("t2_"):
            return text + (
                "项" if "items" in slot.field or slot.field.endswith("procurement_count") else "件"
            )
        units = {l.field: l.unit for l in w.sheet.lines}
        return text + units.get(slot.field, "")

    _each(w, unit)


@habit("writing", 3)
def blanks_around_figures(w: Work) -> None:
    _each(
        w,
        lambda _s, t: (
            w.rng.choice((" ", "\u00a0", "\u3000", "")) + t + w.rng.choice(("\u00a0", " ", ""))
        ),
    )


@habit("writing", 3, lambda w: w.bears("html") or w.bears("docx"))
def digits_in_pieces(w: Work) -> None:
    for slot in w.sheet.slots.values():
        slot.pieces = slot.figure >= 10


@habit("writing", 3, lambda w: w.bears("html"))
def zero_width_in_figures(w: Work) -> None:
    _each(w, lambda _s, t: t[0] + "\u200b" + t[1:] if len(t) > 1 else t + "\ufeff")


@habit("delta", 3, lambda w: w.sheet.t2 == "v2019", 2)
def plus_signs(w: Work) -> None:
    _each(w, lambda s, t: "+" + t if s.field.endswith("_delta") and s.figure > 0 else t)


@habit("delta", 3, lambda w: w.sheet.t2 == "v2019")
def deltas_in_words(w: Work) -> None:
    _each(
        w,
        lambda s, t: (
            ("增" if s.figure > 0 else "减") + str(abs(s.figure))
            if s.field.endswith("_delta") and s.figure
            else t
        ),
    )


@habit(
    "delta", 3, lambda w: w.sheet.t2 == "v2019" and any(s.figure < 0 for s in w.sheet.counts("t2_"))
)
def other_minus_signs(w: Work) -> None:
    sign = w.rng.choice(("−", "-", "–"))
    _each(w, lambda s, t: t.replace("-", sign) if s.figure < 0 else t)


# Amounts ---------------------------------------------------------------------------------------------------------------------


def _amount(w: Work) -> bool:
    return w.sheet.t2 is not None and any(s.figure > 0 and s.legible for s in w.sheet.money)


def _money(w: Work, header: str | None, scale: float, unit: str = "") -> None:
    if header is not None:
        w.sheet.fee_header = header
    w.money = lambda s: plain(round(s.figure * scale, 6)) + unit


@habit("amount", 3, _amount, 1.5)
def yuan_in_cell(w: Work) -> None:
    _money(w, None, 10_000, "元")


@habit("amount", 3, _amount, 1.5)
def yuan_in_header(w: Work) -> None:
    _money(w, "元", 10_000)


@habit("amount", 3, _amount)
def thousand_yuan_in_header(w: Work) -> None:
    _money(w, "千元", 10)


@habit("amount", 3, _amount)
def million_yuan_in_header(w: Work) -> None:
    _money(w, "百万元", 0.01)


@habit("amount", 3, lambda w: _amount(w) and any(s.figure >= 10_000 for s in w.sheet.money))
def hundred_million_in_cell(w: Work) -> None:
    w.money = lambda s: (
        plain(round(s.figure / 10_000, 8)) + "亿元"
        if round(s.figure / 10_000, 6) == s.figure / 10_000
        else plain(s.figure) + "万元"
    )


@habit("amount", 3, _amount)
def wan_in_cell(w: Work) -> None:
    _money(w, None, 1, "万元")


@habit("amount", 3, _amount)
def wan_in_cell_bare_header(w: Work) -> None:
    _money(w, "", 1, "万元")


@habit("amount", 3, _amount, 0.7)
def dollars_in_cell(w: Work) -> None:
    _money(w, None, 0.14, "万美元")
    for slot in w.sheet.money:
        if slot.figure:
            slot.text = plain(round(slot.figure * 0.14, 2)) + "万美元"
            w.sheet.lose([slot.field], "dollars_in_cell")


@habit("amount", 3, _amount)
def four_decimals(w: Work) -> None:
    w.money = lambda s: f"{s.figure:.4f}"


@habit(
    "amount",
    3,
    lambda w: _amount(w) and not w.layout.one_table and w.layout.t2[0] not in {"bare_blocks"},
)
def unit_line_above(w: Work) -> None:
    yuan = w.rng.random() < 0.6
    w.sheet.fee_caption = w.rng.choice(("单位:件、{}", "计量单位:件/{}", "金额单位:{}")).format(
        "元" if yuan else "万元"
    )
    w.money = lambda s: plain(round(s.figure * (10_000 if yuan else 1), 6))


@habit("amount", 3, lambda w: _amount(w) and w.sheet.t2 == "v2021")
def no_unit_anywhere(w: Work) -> None:
    _money(w, "", 1)


@habit("amount", 3, lambda w: _amount(w) and _big_money(w))
def amount_with_commas(w: Work) -> None:
    w.money = lambda s: f"{s.figure:,.2f}" if round(s.figure, 2) == s.figure else plain(s.figure)


def _big_money(w: Work) -> bool:
    return any(s.figure >= 1000 for s in w.sheet.money)


@habit(
    "amount",
    3,
    lambda w: (
        any(f.startswith("a14_") for f in w.sheet.slots) and any(s.figure for s in w.sheet.money)
    ),
)
def annex_amounts_in_yuan(w: Work) -> None:
    for slot in w.sheet.money:
        w.sheet.line_units[slot.field] = "元"
    w.money = lambda s: plain(round(s.figure * 10_000, 4))


# Marks in place of figures ---------------------------------------------------------------------------------------------------


def _zero_prefix(w: Work) -> str:
    return w.rng.choice(("", "", "t3_", "t4_", "t2_")) if w.modern else ""


def _zeros(w: Work) -> bool:
    return any(s.figure == 0 for s in w.sheet.slots.values())


@habit("zeros", 4, lambda w: _zeros(w) and w.bears("blank"), 4)
def blank_zeros(w: Work) -> None:
    w.sheet.mark_zeros(lambda: "", "blank_zeros", prefix=_zero_prefix(w))


@habit("zeros", 4, _zeros, 1.5)
def slash_zeros(w: Work) -> None:
    text = w.rng.choice(("/", "/", "/", "\\"))
    w.sheet.mark_zeros(lambda: text, "slash_zeros", prefix=_zero_prefix(w))


@habit("zeros", 4, _zeros)
def none_zeros(w: Work) -> None:
    w.sheet.mark_zeros(lambda: "无", "none_zeros", prefix=_zero_prefix(w))


@habit("zeros", 4, _zeros)
def dash_zeros(w: Work) -> None:
    text = w.rng.choice(("-", "—", "--", "——", "-"))
    w.sheet.mark_zeros(lambda: text, "dash_zeros", prefix=_zero_prefix(w))


@habit("zeros", 4, _zeros, 0.5)
def not_applicable_zeros(w: Work) -> None:
    text = w.rng.choice(("N/A", "不适用", "无此项"))
    w.sheet.mark_zeros(lambda: text, "not_applicable_zeros", prefix="t2_" if w.modern else "")


@habit("zeros", 4, lambda w: _zeros(w) and w.bears("blank"), 1.5)
def some_zeros_blank(w: Work) -> None:
    share = w.rng.choice((0.1, 0.4, 0.7))
    w.sheet.mark_zeros(lambda: "", "some_zeros_blank", choose=lambda _s: w.rng.random() < share)


@habit("zeros", 4, lambda w: _zeros(w) and w.bears("blank"))
def blanks_and_slashes_mixed(w: Work) -> None:
    w.sheet.mark_zeros(
        lambda: w.rng.choice(("", "/", "—", "无")),
        "blanks_and_slashes_mixed",
        choose=lambda _s: w.rng.random() < 0.8,
    )


@habit("zeros", 4, lambda w: w.modern and w.bears("blank"), 1.5)
def blank_applicants(w: Work) -> None:
    w.sheet.mark_zeros(
        lambda: "",
        "blank_applicants",
        prefix="t3_",
        choose=lambda s: not s.field.endswith("__total"),
    )


def _empty(w: Work, fields: list[str], why: str) -> None:
    for name in fields:
        slot = w.sheet.slots[name]
        if slot.legible:
            slot.text = ""
    w.sheet.lose(fields, why)


@habit("gaps", 4, lambda w: w.modern and w.bears("blank"))
def blank_total_column(w: Work) -> None:
    assert w.sheet.t3
    _empty(w, [f"t3_{r}__total" for r in forms.results3(w.sheet.t3)], "blank_total_column")


@habit("gaps", 4, lambda w: w.modern and w.bears("blank"))
def blank_row(w: Work) -> None:
    assert w.sheet.t3
    row = w.rng.choice(forms.rows3(w.sheet.t3))
    _empty(w, [f"t3_{row}__{c}" for c in forms.COLUMNS], "blank_row")


@habit("gaps", 4, lambda w: w.sheet.t2 is not None and w.bears("blank"))
def blank_block(w: Work) -> None:
    _empty(
        w,
        [f for f in w.sheet.slots if f.startswith(("t2_license", "t2_penalty", "t2_coercion"))],
        "blank_block",
    )


@habit("gaps", 4, lambda w: w.bears("blank") and _has_digit(w), 1.5)
def a_few_cells_blank(w: Work) -> None:
    names = [s.field for s in w.sheet.legible()]
    _empty(w, w.rng.sample(names, min(len(names), w.rng.choice((1, 2, 3, 6)))), "a_few_cells_blank")


# Notes, decoys, hidden things -------------------------------------------------------------------------------------------------


def _visible(w: Work) -> list[Slot]:
    return [s for s in w.sheet.legible() if s.text]


@habit("note", 5, lambda w: w.bears("html") or w.bears("docx"))
def raised_note_mark(w: Work) -> None:
    for i, slot in enumerate(w.rng.sample(_visible(w), min(2, len(_visible(w))))):
        slot.mark = w.rng.choice((f"[{i + 1}]", f"{i + 1}", f"注{i + 1}"))
        w.notes.append(f"注{i + 1}:该项数据以年末在库数为准。")


@habit("note", 5, lambda w: True)
def note_mark_in_line(w: Work) -> None:
    slots = _visible(w)
    if slots:
        slot = w.rng.choice(slots)
        mark = w.rng.choice(("*", "※", "①", "(注)"))
        slot.text += mark
        w.notes.append(f"{mark if mark != '(注)' else '注:'}该项与上年口径一致。")


@habit(
    "hidden",
    5,
    lambda w: (w.bears("html") or w.bears("docx")) and w.layout.name != "html_inputs",
    1.5,
)
def hidden_text_in_cells(w: Work) -> None:
    for slot in w.rng.sample(_visible(w), min(12, len(_visible(w)))):
        slot.decoy = str(w.rng.randint(1, 99))
        slot.decoy_first = w.rng.random() < 0.5


@habit("hidden", 5, lambda w: w.bears("html"))
def figure_hidden(w: Work) -> None:
    for slot in w.rng.sample(_visible(w), min(3, len(_visible(w)))):
        slot.veiled = True
        w.sheet.lose([slot.field], "figure_hidden")


@habit("hidden", 5, lambda w: (w.bears("html") or w.bears("docx")) and _has_digit(w))
def struck_figures(w: Work) -> None:
    slots = [s for s in _visible(w) if s.figure]
    for slot in w.rng.sample(slots, min(2, len(slots))):
        slot.struck = str(error_of(w.rng, int(abs(slot.figure))))


@habit("hidden", 5, lambda w: w.modern and (w.bears("html", "table") or w.bears("hidden_sheet")))
def hidden_table(w: Work) -> None:
    w.hidden_table = True


@habit("hidden", 5, lambda w: w.modern and w.bears("html", "table"))
def table_in_comment(w: Work) -> None:
    w.comment = True


@habit(
    "hidden",
    5,
    lambda w: (
        w.modern and w.bears("html", "table") and not w.layout.name.startswith(("json", "xml"))
    ),
)
def table_in_script(w: Work) -> None:
    w.script = True


def _label(name: str) -> None:
    def act(w: Work) -> None:
        w.label_habit = name

    HABITS.append(Habit(name, "label", 1, lambda w: w.modern, act, 0.8))


for _name in LABEL_HABITS:
    _label(_name)

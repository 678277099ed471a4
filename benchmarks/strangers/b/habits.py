"""What offices do to their reports: each habit turns one thing of the plan, or declines."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .model import Cell, Number, Row, Table
from .plan import Plan
from .rows import APPLICANTS, COL_IDS, MONEY, T3_ROWS, detail_rows, fields_of

Habit = Callable[[Plan, Random], bool]
HABITS: dict[str, Habit] = {}
WEIGHTS: dict[str, float] = {}


def habit(weight: float = 1.0) -> Callable[[Habit], Habit]:
    """Register a habit under its function's name."""

    def register(f: Habit) -> Habit:
        HABITS[f.__name__] = f
        WEIGHTS[f.__name__] = weight
        return f

    return register


def _has(plan: Plan, *forms: str) -> bool:
    return all(f in plan.forms for f in forms)


def _modern(plan: Plan) -> bool:
    return "t3" in plan.forms


def _set(attribute: str, value: object, test: Callable[[Plan], bool] = lambda _: True) -> Habit:
    """A habit that turns one switch which nothing else has turned."""

    def turn(plan: Plan, rng: Random) -> bool:
        if not test(plan) or getattr(plan, attribute) != type(plan).__dataclass_fields__[attribute].default:
            return False
        setattr(plan, attribute, value)
        return True

    return turn


def _add(name: str, attribute: str, value: object, weight: float = 1.0, test: Callable[[Plan], bool] = lambda _: True) -> None:
    HABITS[name] = _set(attribute, value, test)
    WEIGHTS[name] = weight


# figures

def _fields(plan: Plan, *forms: str) -> list[str]:
    return [f for f in plan.shown if f.startswith(tuple(forms)) and f not in plan.blanked and f not in plan.texts]


def _wrong(rng: Random, n: Number) -> Number:
    """A typing error of a count."""
    n = int(n)
    text = str(n)
    ways: list[int] = [n + 1, n + 10 if n > 9 else n + 2]
    if n > 0:
        ways.append(n - 1)
    if len(text) > 1:
        ways += [int(text[:-1]), int(text[::-1]), int(text + text[-1])]
        i = rng.randrange(len(text) - 1)
        ways.append(int(text[:i] + text[i + 1] + text[i] + text[i + 2 :]))
    ways = [w for w in ways if w != n and w >= 0]
    return rng.choice(ways)


def _misprint(plan: Plan, rng: Random, pool: list[str]) -> bool:
    pool = [f for f in pool if f not in MONEY and plan.shown[f] == plan.meant[f] and isinstance(plan.shown[f], int) and plan.shown[f] >= 0]
    full = [f for f in pool if plan.shown[f]]
    pool = full if full and rng.random() < 0.8 else pool
    if not pool:
        return False
    field = rng.choice(pool)
    plan.shown[field] = _wrong(rng, plan.shown[field])
    return True


@habit(6)
def misprint_cell(plan: Plan, rng: Random) -> bool:
    """One figure typed wrongly."""
    forms = ("t3_", "t4_") if _modern(plan) else ("a14_", "s08_", "f08_")
    return _misprint(plan, rng, [f for f in _fields(plan, *forms) if not f.endswith(("__total", "_total"))])


@habit(5)
def misprint_total(plan: Plan, rng: Random) -> bool:
    """One total typed wrongly."""
    return _misprint(plan, rng, [f for f in _fields(plan, "t3_", "t4_", "a14_", "s08_", "f08_") if f.endswith(("_total", "__total"))])


@habit(3)
def misprint_balance(plan: Plan, rng: Random) -> bool:
    """One figure of the four lines that must balance, typed wrongly."""
    rows = ("new_received", "carried_in", "processed_total", "carried_out")
    return _misprint(plan, rng, [f for f in _fields(plan, *(f"t3_{r}__" for r in rows))])


@habit(2)
def two_misprints(plan: Plan, rng: Random) -> bool:
    """Two figures typed wrongly."""
    pool = _fields(plan, "t3_", "t4_", "a14_", "s08_", "f08_")
    return _misprint(plan, rng, pool) and (_misprint(plan, rng, pool) or True)


@habit(1.5)
def two_misprints_in_line(plan: Plan, rng: Random) -> bool:
    """Two figures of one row wrong, so that the row's sum still holds."""
    if not _modern(plan):
        return False
    rows = [r[0] for r in T3_ROWS[plan.t3] if plan.shown[f"t3_{r[0]}__natural"] >= 2]
    rows = [r for r in rows if all(plan.shown[f"t3_{r}__{c}"] == plan.meant[f"t3_{r}__{c}"] for c in COL_IDS)]
    if not rows:
        return False
    row = rng.choice(rows)
    other = rng.choice(APPLICANTS[1:])
    plan.shown[f"t3_{row}__natural"] -= 1
    plan.shown[f"t3_{row}__{other}"] += 1
    return True


@habit(2)
def swapped_values(plan: Plan, rng: Random) -> bool:
    """Two neighbouring figures of a row have changed places."""
    if not _modern(plan):
        return False
    pairs = [
        (f"t3_{r[0]}__{a}", f"t3_{r[0]}__{b}")
        for r in T3_ROWS[plan.t3]
        for a, b in zip(APPLICANTS, APPLICANTS[1:], strict=False)
    ]
    pairs = [p for p in pairs if plan.shown[p[0]] != plan.shown[p[1]] and all(plan.shown[f] == plan.meant[f] for f in p)]
    if not pairs:
        return False
    a, b = rng.choice(pairs)
    plan.shown[a], plan.shown[b] = plan.shown[b], plan.shown[a]
    return True


@habit(1.5)
def row_in_wrong_line(plan: Plan, rng: Random) -> bool:
    """A whole line of figures stands one line too low."""
    if not _modern(plan):
        return False
    rows = detail_rows(plan.t3)
    pairs = [(a, b) for a, b in zip(rows, rows[1:], strict=False)
             if plan.shown[f"t3_{a}__total"] and not plan.shown[f"t3_{b}__total"]]
    if not pairs or any(plan.shown[f] != plan.meant[f] for f in plan.shown if f.startswith("t3_")):
        return False
    a, b = rng.choice(pairs)
    for c in COL_IDS:
        x, y = f"t3_{a}__{c}", f"t3_{b}__{c}"
        plan.shown[x], plan.shown[y] = plan.shown[y], plan.shown[x]
    return True


@habit(2)
def only_totals(plan: Plan, rng: Random) -> bool:
    """Of the result rows only the totals were filled in; the applicants stand at 0 or empty."""
    if not _modern(plan) or not plan.shown["t3_processed_total__total"]:
        return False
    empty = rng.random() < 0.5 and plan.powers.grid
    for r in detail_rows(plan.t3):
        for c in APPLICANTS:
            field = f"t3_{r}__{c}"
            if empty:
                plan.blanked[field] = ""
            else:
                plan.shown[field] = 0
    return True


@habit(2)
def no_totals_on_details(plan: Plan, rng: Random) -> bool:
    """The total column is empty on the result rows."""
    if not _modern(plan) or not plan.powers.grid:
        return False
    for r in detail_rows(plan.t3):
        plan.blanked[f"t3_{r}__total"] = ""
    return True


@habit(1.5)
def totals_left_zero(plan: Plan, rng: Random) -> bool:
    """Table four's totals were never filled in."""
    if not _has(plan, "t4") or not any(plan.shown[f] for f in plan.shown if f.startswith("t4_")):
        return False
    for p in ("review", "direct", "after_review"):
        plan.shown[f"t4_{p}_total"] = 0
    return True


@habit(3)
def lost_cell(plan: Plan, rng: Random) -> bool:
    """One figure is missing."""
    pool = [f for f in _fields(plan, "t3_", "t4_", "a14_", "s08_", "f08_") if plan.shown[f]]
    if not pool or not plan.powers.grid:
        return False
    plan.blanked[rng.choice(pool)] = ""
    return True


@habit(2)
def lost_cells(plan: Plan, rng: Random) -> bool:
    """Three to eight cells of table three are empty, wherever they lie."""
    if not _modern(plan) or not plan.powers.grid:
        return False
    pool = _fields(plan, "t3_")
    for field in rng.sample(pool, min(len(pool), rng.randint(3, 8))):
        plan.blanked[field] = ""
    return True


@habit(1.5)
def illegible_cell(plan: Plan, rng: Random) -> bool:
    """One figure came out as signs nobody can read."""
    pool = [f for f in _fields(plan, "t3_", "t4_", "a14_", "s08_") if plan.shown[f]]
    if not pool:
        return False
    plan.blanked[rng.choice(pool)] = rng.choice(("##", "####", "□", "？", "�", "#REF!", "#VALUE!"))
    return True


@habit(4)
def misfilled_decisions(plan: Plan, rng: Random) -> bool:
    """2019 form: the count of decisions repeats last year's items plus the change."""
    if not _has(plan, "t2") or plan.t2 != "v2019":
        return False
    if any(f in plan.texts or plan.shown[f] != plan.meant[f] for f in fields_of("t2", "v2019")):
        return False
    for k in ("license", "service", "penalty", "coercion"):
        plan.shown[f"t2_{k}_decisions"] = plan.shown[f"t2_{k}_items_prev"] + plan.shown[f"t2_{k}_items_delta"]
    return True


@habit(2.5)
def shifted_items(plan: Plan, rng: Random) -> bool:
    """2019 form: one row of items stands a cell too far left, its last cell is empty."""
    if not _has(plan, "t2") or plan.t2 != "v2019" or not plan.powers.grid:
        return False
    k = rng.choice(("license", "service", "penalty"))
    a, b, c = (f"t2_{k}_{x}" for x in ("items_prev", "items_delta", "decisions"))
    if plan.meant[b] < 0 or any(f in plan.texts or f in plan.blanked or plan.shown[f] != plan.meant[f] for f in (a, b, c)):
        return False
    plan.shown[a], plan.shown[b] = plan.shown[b], plan.shown[c]
    plan.blanked[c] = ""
    return True


@habit(1.5)
def empty_block(plan: Plan, rng: Random) -> bool:
    """Licences, penalties and coercion are left empty beside filled rows."""
    if not _has(plan, "t2") or not plan.powers.grid:
        return False
    for k in ("license", "penalty", "coercion"):
        for f in fields_of("t2", plan.t2):
            if f.startswith(f"t2_{k}_"):
                plan.blanked[f] = ""
    return True


# zeros

for _name, _mark, _w in (
    ("zero_blank", "", 5), ("zero_slash", "/", 3), ("zero_dash", "-", 2), ("zero_long_dash", "—", 1.5),
    ("zero_none_word", "无", 2), ("zero_mixed", "mixed", 2), ("zero_chinese", "零", 1), ("zero_fullwidth", "０", 1), ("zero_na", "不适用", 0.7),
):
    _add(_name, "zero", _mark, _w, (lambda p: p.powers.grid) if _mark in {"", "mixed"} else (lambda p: p.powers.family != "sentences"))


@habit(1.5)
def zero_sometimes_blank(plan: Plan, rng: Random) -> bool:
    """Some zeros are written, others left out."""
    if not plan.powers.grid or plan.zero != "0":
        return False
    plan.zero, plan.zero_some = "", rng.choice((0.2, 0.5, 0.8))
    return True


@habit(2)
def zero_row_struck(plan: Plan, rng: Random) -> bool:
    """A row where all is 0 is crossed out with one mark in each cell."""
    if not _modern(plan) or plan.powers.family == "sentences":
        return False
    rows = [r for r in detail_rows(plan.t3) if not plan.shown[f"t3_{r}__total"]]
    if not rows:
        return False
    mark = rng.choice(("/", "—", "无"))
    for r in rng.sample(rows, rng.randint(1, min(4, len(rows)))):
        for c in COL_IDS:
            if not plan.shown[f"t3_{r}__{c}"]:
                plan.blanked.setdefault(f"t3_{r}__{c}", mark)
    return True


# digits

for _name, _style, _share, _w in (
    ("thousands", "thousands", 1.0, 2), ("thousands_fullwidth", "thousands_full", 1.0, 1), ("fullwidth_digits", "full", 1.0, 2),
    ("fullwidth_here_and_there", "full", 0.3, 1), ("leading_zeros", "zeros", 1.0, 1), ("apostrophes", "apostrophe", 1.0, 1.5),
    ("chinese_numerals", "chinese", 1.0, 0.7), ("letter_o", "letter_o", 1.0, 1), ("zero_width_space", "zero_width", 1.0, 1),
    ("byte_order_marks", "bom", 0.5, 0.7), ("nbsp_around", "nbsp", 1.0, 1), ("wide_spaces_around", "wide_space", 1.0, 1),
):
    _add(_name, "digits", _style, _w)
    if _share < 1:
        _base = HABITS[_name]

        def _shared(plan: Plan, rng: Random, base: Habit = _base, share: float = _share) -> bool:
            if not base(plan, rng):
                return False
            plan.digits_share = share
            return True

        HABITS[_name] = _shared

_add("unit_in_cells", "unit_cells", "件", 1.5, lambda p: p.digits == "plain" and (_modern(p)))


@habit(1.5)
def footnote_marks(plan: Plan, rng: Random) -> bool:
    """Circled marks stand behind a few figures."""
    pool = [f for f in plan.shown if plan.shown[f] and f not in MONEY]
    if not pool or plan.unit_cells:
        return False
    for f, mark in zip(rng.sample(pool, min(len(pool), 3)), "①②③", strict=False):
        plan.notes[f] = mark
    plan.page.add("footnotes")
    return True


@habit(1)
def small_number_marks(plan: Plan, rng: Random) -> bool:
    """Footnote numbers are set as superscripts (carriers with markup)."""
    pool = [f for f in plan.shown if plan.shown[f] and f.startswith(("t3_", "a14_"))]
    if not pool or not plan.powers.markup or plan.unit_cells:
        return False
    for i, f in enumerate(rng.sample(pool, min(len(pool), 2)), 1):
        plan.notes[f] = f"[{i}]"
    plan.page.add("footnotes")
    return True


@habit(4)
def deltas_in_words(plan: Plan, rng: Random) -> bool:
    """增3, 减8, +3, －2 in the column of changes."""
    if not _has(plan, "t2") or plan.t2 != "v2019" or plan.digits != "plain":
        return False
    style = rng.choice(("word", "sign", "full"))
    for f in fields_of("t2", "v2019"):
        n = plan.shown[f]
        if f.endswith("_delta") and n and n == plan.meant[f] and f not in plan.blanked:
            plan.texts[f] = {"word": f"增{n}" if n > 0 else f"减{-n}", "sign": f"{n:+d}", "full": f"＋{n}" if n > 0 else f"－{-n}"}[style]
    return True


@habit(6)
def counts_in_wan(plan: Plan, rng: Random) -> bool:
    """A large count is given in 万."""
    pool = [f for f in ("t2_license_decisions", "t2_penalty_decisions", "a14_proactive_total") if plan.shown.get(f, 0) >= 10000]
    if not pool or plan.digits != "plain":
        return False
    f = pool[0]
    if plan.shown[f] != plan.meant[f] or f in plan.blanked:
        return False
    n = int(plan.meant[f]) // 100 * 100
    if f == "a14_proactive_total":
        return False
    plan.shown[f] = plan.meant[f] = n
    plan.texts[f] = f"{n / 10000:g}万"
    return True


# money

for _name, _mode, _w in (
    ("fee_in_yuan_header", "header_yuan", 2), ("fee_in_yuan_cell", "cell_yuan", 2), ("fee_in_yuan_thousands", "cell_yuan_thousands", 1),
    ("fee_unit_twice", "cell_wan", 1.5), ("fee_in_qianyuan", "header_qian", 0.8), ("fee_in_baiwan", "header_bai", 0.6),
    ("fee_in_yi", "cell_yi", 0.6), ("unit_line_yuan", "caption_yuan", 1.2), ("fee_without_unit", "none", 1.2),
):
    _add(_name, "money", _mode, _w, lambda p: _has(p, "t2") and p.unit_cells == "")
for _name, _mode in (("annex_in_yuan", "header_yuan"), ("annex_in_qianyuan", "header_qian")):
    _add(_name, "money", _mode, 2, lambda p: _has(p, "a14"))

# labels

for _name, _attr, _value, _w in (
    ("labels_reworded", "synonyms", True, 3), ("labels_with_typos", "typos", True, 1.5), ("labels_spaced", "spaced", True, 1.5),
    ("labels_wrapped", "wrapped", True, 2), ("ordinals_left_out", "no_ordinals", True, 1), ("labels_explained", "label_notes", True, 1),
    ("quotes_left_out", "quotes", "", 0.7), ("quotes_straight", "quotes", '""', 0.7),
):
    _add(_name, _attr, _value, _w, _modern)


# structure


def _column(plan: Plan, name: str, at: int | None, rng: Random) -> bool:
    if not _modern(plan) or not plan.powers.wide or plan.powers.whole or not plan.powers.grid or name in plan.columns:
        return False
    plan.columns.insert(len(plan.columns) if at is None else at, name)
    return True


@habit(1.5)
def percent_column(plan: Plan, rng: Random) -> bool:
    """A column of shares behind the totals."""
    return _column(plan, "percent", None, rng)


@habit(1)
def last_year_column(plan: Plan, rng: Random) -> bool:
    """Last year's totals beside this year's."""
    return _column(plan, "last_year", None, rng)


@habit(1)
def subtotal_column(plan: Plan, rng: Random) -> bool:
    """A column that adds up the legal persons."""
    if not _modern(plan) or "other_org" not in plan.columns or plan.columns.index("other_org") < 2:
        return False
    return _column(plan, "subtotal", plan.columns.index("other_org") + 1, rng)


@habit(1)
def remark_column(plan: Plan, rng: Random) -> bool:
    """A column of remarks."""
    return _column(plan, "remark", None, rng)


@habit(1)
def spacer_column(plan: Plan, rng: Random) -> bool:
    """A narrow empty column."""
    return _column(plan, "spacer", rng.choice((0, None)), rng)


@habit(1.5)
def lost_column(plan: Plan, rng: Random) -> bool:
    """One kind of applicant is missing, heading and figures."""
    if not _modern(plan) or plan.powers.whole or len(plan.columns) < 7:
        return False
    plan.columns.remove(rng.choice(("research", "public_interest", "legal_service", "other_org")))
    return True


@habit(1)
def doubled_column(plan: Plan, rng: Random) -> bool:
    """One column was pasted twice, with the same figures."""
    if not _modern(plan) or plan.powers.whole or plan.zero == "mixed" or plan.zero_some < 1 or plan.digits_share < 1:
        return False
    name = rng.choice(("natural", "business"))
    if name not in plan.columns:
        return False
    plan.columns.insert(plan.columns.index(name), name)
    return True


@habit(1.5)
def swapped_columns(plan: Plan, rng: Random) -> bool:
    """Two columns stand in another order, headings and figures alike."""
    if not _modern(plan) or plan.powers.whole:
        return False
    a, b = rng.choice((("public_interest", "legal_service"), ("business", "research"), ("research", "public_interest")))
    if a not in plan.columns or b not in plan.columns:
        return False
    i, j = plan.columns.index(a), plan.columns.index(b)
    plan.columns[i], plan.columns[j] = b, a
    return True


@habit(1)
def total_first(plan: Plan, rng: Random) -> bool:
    """The total column stands first."""
    if not _modern(plan) or plan.powers.whole or plan.columns[-1] != "total":
        return False
    plan.columns.remove("total")
    plan.columns.insert(0, "total")
    return True


@habit(2)
def lost_row(plan: Plan, rng: Random) -> bool:
    """One or two rows are not there."""
    if _modern(plan):
        pool = [r for r in detail_rows(plan.t3) if r not in {"granted", "other_misc", "other_not_corrected"}]
    elif "a14" in plan.forms:
        pool = ["app_fax", "ch_gazette", "press_chief", "micro_responses", "reply_supplement", "reading_points", "trainings"]
    elif "s08" in plan.forms:
        pool = ["app_fax", "exempt_2", "appeal_total", "reason_unclear"]
    else:
        pool = ["received_in_person", "replied_partial", "disclosed_gazette"]
    if plan.merged_label or plan.after:
        return False
    plan.lost_rows |= set(rng.sample(pool, rng.choice((1, 1, 2))))
    return True


@habit(1)
def lost_block(plan: Plan, rng: Random) -> bool:
    """One block of table two is not there."""
    if not _has(plan, "t2") or plan.hubei:
        return False
    plan.lost_blocks.add(rng.choice((0, 1, 3)))
    return True


@habit(1.2)
def merged_label(plan: Plan, rng: Random) -> bool:
    """Two rows share one label and one line of figures."""
    if not _modern(plan) or plan.lost_rows or plan.after or plan.powers.whole:
        return False
    plan.merged_label = rng.choice((
        ("granted", "partial"), ("denied_internal_affairs", "denied_process_info"), ("refused_petition", "refused_duplicate"),
        ("unable_need_creation", "unable_unclear"),
    ))
    return True


def _value_rows(table: Table) -> list[Row]:
    return [r for r in table.rows if sum(c.field is not None for c in r) >= 6]


@habit(1.5)
def merged_values(plan: Plan, rng: Random) -> bool:
    """Two neighbouring cells of a row were merged and hold one figure."""
    if not _modern(plan) or not plan.powers.spans or plan.powers.whole or len(plan.columns) != 7:
        return False
    pick = rng.random()

    def merge(tables: list[Table]) -> None:
        for table in tables:
            rows = [r for r in _value_rows(table) if len([c for c in r if c.field]) == 7] if table.kind == "t3" else []
            if rows:
                row = rows[int(pick * len(rows))]
                at = [i for i, c in enumerate(row) if c.field]
                i = at[int(pick * 97) % 5]
                row[i] = Cell(row[i].text or row[i + 1].text, cols=2)
                del row[i + 1]
                return

    plan.after.append(merge)
    return True


@habit(1.2)
def merged_down(plan: Plan, rng: Random) -> bool:
    """Two cells, one above the other, were merged and hold one figure."""
    if not _modern(plan) or not plan.powers.spans or plan.powers.whole or plan.lost_rows or plan.merged_label:
        return False
    rows = [r[0] for r in T3_ROWS[plan.t3] if r[1] in {"denied", "refused"}]
    i = rng.randrange(len(rows) - 1)
    if rows[i].split("_")[0] != rows[i + 1].split("_")[0]:
        return False
    c = rng.choice(("natural", "total", "business"))

    def merge(tables: list[Table]) -> None:
        upper, lower = f"t3_{rows[i]}__{c}", f"t3_{rows[i + 1]}__{c}"
        for table in tables:
            if not {upper, lower} <= {cell.field for cell in table.cells()}:
                continue
            for row in table.rows:
                for cell in row:
                    if cell.field == upper:
                        cell.rows, cell.field, cell.value = 2, None, None
                row[:] = [x for x in row if x.field != lower]

    if plan.columns.count(c) != 1:
        return False
    plan.after.append(merge)
    return True


@habit(1.5)
def row_merged_into_none(plan: Plan, rng: Random) -> bool:
    """All seven cells of an empty row are one cell with 无, / or 0."""
    if not _modern(plan) or not plan.powers.spans or plan.powers.whole or plan.columns != list(COL_IDS):
        return False
    rows = [r for r in detail_rows(plan.t3) if not plan.shown[f"t3_{r}__total"] and r not in plan.lost_rows and r not in (plan.merged_label or ())]
    if not rows:
        return False
    name, mark = rng.choice(rows), rng.choice(("无", "/", "0", ""))

    def merge(tables: list[Table]) -> None:
        for table in tables:
            for row in table.rows:
                at = [i for i, c in enumerate(row) if c.field and c.field.startswith(f"t3_{name}__")]
                if len(at) == 7:
                    row[at[0] :] = [Cell(mark, cols=7)]

    plan.after.append(merge)
    return True


@habit(1)
def spacer_rows(plan: Plan, rng: Random) -> bool:
    """Empty rows stand between the rows."""
    if not plan.powers.grid or plan.powers.whole or plan.annex_halves or not any(f in plan.forms for f in ("a14", "s08", "f08", "t2")):
        return False
    seed = rng.random()

    def space(tables: list[Table]) -> None:
        own = Random(seed)
        for table in tables:
            if table.kind not in {"a14", "s08", "f08", "t2"}:
                continue
            out: list[Row] = []
            wide = max(sum(c.cols for c in r) for r in table.rows)
            for row in table.rows:
                out.append(row)
                if own.random() < 0.25:
                    out.append([Cell("", cols=wide)])
            table.rows = out

    plan.after.append(space)
    return True


@habit(1)
def check_row(plan: Plan, rng: Random) -> bool:
    """A last row says that the sums were checked."""
    if not _modern(plan) or plan.powers.whole:
        return False

    def check(tables: list[Table]) -> None:
        for table in tables:
            if table.kind == "t3":
                wide = max(sum(c.cols for c in r) for r in table.rows[:1])
                table.rows.append([Cell("注：本表经复核，第一、二项之和与第三、四项之和一致", cols=wide)])

    plan.after.append(check)
    return True


@habit(1)
def last_year_in_t2(plan: Plan, rng: Random) -> bool:
    """Table two has last year's decisions beside this year's."""
    if not _has(plan, "t2") or plan.t2 != "v2021" or not plan.powers.wide:
        return False
    plan.last_year_t2 = True
    return True


_add("t4_as_fifteen_rows", "t4_shape", "tall", 1, lambda p: _has(p, "t4") and not p.powers.whole)
_add("t4_as_three_rows", "t4_shape", "three", 1.5, lambda p: _has(p, "t4") and not p.powers.whole)
_add("own_and_sum", "own_sum", "sum_first", 1.5, lambda p: p.organ.scope == "aggregate" and ("t3" in p.forms or "a14" in p.forms) and not p.annex_years and not p.annex_halves and not p.columns_cut and not p.powers.whole)
_add("own_before_sum", "own_sum", "own_first", 1.2, lambda p: p.organ.scope == "aggregate" and ("t3" in p.forms or "a14" in p.forms) and not p.annex_years and not p.annex_halves and not p.columns_cut and not p.powers.whole)
_add("annex_two_years", "annex_years", True, 3, lambda p: "a14" in p.forms and not p.own_sum and not p.annex_halves)
_add("annex_side_by_side", "annex_halves", True, 3, lambda p: "a14" in p.forms and not p.own_sum and not p.annex_years and not p.after)
_add("columns_cut_in_two", "columns_cut", True, 1.5, lambda p: "t3" in p.forms and not p.powers.whole and not p.own_sum and len(p.columns) >= 6)

# hidden text (HTML, docx, xlsx)

for _name, _mode, _w in (
    ("hidden_span", "none", 2), ("hidden_visibility", "visibility", 1.4), ("hidden_white", "white", 1.4), ("hidden_zero_size", "size", 1.4),
    ("hidden_offscreen", "offscreen", 1), ("hidden_comment", "comment", 1.6), ("hidden_attribute", "attribute", 1.4), ("hidden_input", "input", 1),
):
    def _hide(plan: Plan, rng: Random, mode: str = _mode) -> bool:
        if not plan.powers.markup or plan.hidden or plan.own_sum:
            return False
        plan.hidden = mode
        pool = [f for f in plan.shown if f not in MONEY and f not in plan.texts]
        for f in rng.sample(pool, min(len(pool), rng.randint(2, 9))):
            if rng.random() < 0.4 and plan.powers.grid:
                plan.blanked[f] = ""
                plan.ghosts[f] = str(plan.meant[f])
            else:
                plan.ghosts[f] = str(rng.randint(0, 40))
        return True

    HABITS[_name], WEIGHTS[_name] = _hide, _w


def _page(name: str, weight: float, test: Callable[[Plan], bool] = lambda _: True) -> None:
    def turn(plan: Plan, rng: Random) -> bool:
        if name in plan.page or not test(plan):
            return False
        plan.page.add(name)
        return True

    HABITS[name], WEIGHTS[name] = turn, weight


_html = lambda p: p.powers.family == "html" and p.powers.markup  # noqa: E731
for _name, _w in (("hidden_draft_table", 2), ("commented_draft_table", 1.6), ("other_years_links", 2), ("attachment_links", 1.5), ("share_widgets", 1)):
    _page(_name, _w, _html)
_page("hidden_rows", 0.8, lambda p: _html(p) and _modern(p) and not p.powers.whole)
for _name, _w in (
    ("cited_notices", 3), ("place_inside_words", 2), ("disclosure_office_named", 1.5), ("stale_year_in_text", 1.5), ("contents_list", 1.5),
    ("sentence_about_tables", 1), ("parts_left_out", 1), ("prose_contradicts", 1.2), ("long_prose", 1.5), ("late_date", 1.5), ("signature_left_out", 1), ("word_leftovers", 1.2), ("other_organs_named", 2),
):
    _page(_name, _w)

for _name, _attr, _value, _w, _test in (
    ("title_without_organ", "title_style", "bare", 2.5, lambda p: True),
    ("title_short_organ", "title_style", "short", 2, lambda p: p.organ.short != p.organ.full and p.organ.kind != "government"),
    ("title_in_lines", "title_style", "lines", 1.5, lambda p: True),
    ("title_year_first", "title_style", "year_first", 1.5, lambda p: True),
    ("title_left_out", "title_style", "none", 1, lambda p: True),
    ("title_without_year", "title_style", "no_year", 1, lambda p: True),
    ("title_place_only", "title_style", "place", 3, lambda p: p.organ.kind in {"government", "township_government", "subdistrict_office"}),
    ("year_in_chinese", "year_style", "chinese", 1, lambda p: True),
    ("year_fullwidth", "year_style", "full", 0.8, lambda p: True),
    ("year_with_letter_o", "year_style", "letter", 0.5, lambda p: True),
    ("year_spaced", "year_style", "spaced", 0.8, lambda p: True),
    ("year_niandu", "year_style", "niandu", 1.5, lambda p: True),
    ("list_title_none", "list_title", "none", 1, lambda p: True),
    ("list_title_cut", "list_title", "cut", 1.2, lambda p: True),
    ("list_title_decorated", "list_title", "decorated", 1, lambda p: True),
    ("period_damaged", "period", "damaged", 1.5, lambda p: True),
    ("period_left_out", "period", "none", 1, lambda p: True),
    ("period_wrong_day", "period", "wrong_day", 1, lambda p: True),
    ("city_named_before", "prefix", True, 2.5, lambda p: p.organ.place.level == "county"),
):
    _add(_name, _attr, _value, _w, _test)


@habit(1.5)
def on_the_citys_portal(plan: Plan, rng: Random) -> bool:
    """A county's report found on the portal of its city."""
    if plan.organ.place.level != "county" or plan.organ.place.parent.endswith("0000"):
        return False
    plan.portal = plan.organ.place.parent
    plan.prefix = True
    return True


@habit(7)
def tracked_changes(plan: Plan, rng: Random) -> bool:
    """Word: deleted figures are still in the file."""
    if plan.powers.family != "docx":
        return False
    plan.docx_tracked = True
    for f in rng.sample(sorted(plan.shown), 5):
        plan.ghosts[f] = str(rng.randint(1, 60))
    return True


@habit(7)
def vanished_runs(plan: Plan, rng: Random) -> bool:
    """Word: hidden characters in the cells."""
    if plan.powers.family != "docx" or plan.docx_tracked:
        return False
    for f in rng.sample(sorted(plan.shown), 5):
        plan.ghosts[f] = str(rng.randint(1, 60))
    return True


for _name, _w in (("hidden_column", 7), ("hidden_sheet", 7), ("formulas", 8), ("numbers_as_text", 7), ("floats", 7)):
    def _sheet(plan: Plan, rng: Random, name: str = _name) -> bool:
        if plan.powers.family != "xlsx":
            return False
        plan.xlsx.add(name)
        return True

    HABITS["xlsx_" + _name], WEIGHTS["xlsx_" + _name] = _sheet, _w

_add("encoding_gbk", "encoding", "gbk", 1.5, lambda p: p.powers.family in {"html", "text", "office"} and "\u200b" not in p.digits and p.digits not in {"zero_width", "bom"})
_add("encoding_gb18030", "encoding", "gb18030", 1, lambda p: p.powers.family in {"html", "text"})
_add("encoding_utf16", "encoding", "utf-16", 0.6, lambda p: p.powers.family in {"html", "text"})
_add("encoding_utf8_bom", "encoding", "utf-8-sig", 1, lambda p: p.powers.family in {"html", "text"})
_page("meta_charset_lies", 0.8, lambda p: p.powers.family == "html" and p.encoding == "utf-8")
_page("tables_as_pictures", 0.5, lambda p: p.powers.family == "html" and p.powers.markup and _modern(p) and not p.hidden)


MISPRINTS = ("misprint_cell", "misprint_cell", "misprint_total", "misprint_total", "misprint_balance", "two_misprints", "swapped_values")
DAMAGES = (
    "zero_blank", "zero_blank", "zero_slash", "zero_mixed", "lost_column", "lost_cells", "lost_cell", "lost_row", "only_totals", "no_totals_on_details",
    "merged_values", "merged_down", "row_merged_into_none", "misprint_cell", "misprint_total", "totals_left_zero", "swapped_values", "row_in_wrong_line",
    "illegible_cell", "merged_label", "zero_sometimes_blank", "labels_wrapped", "labels_reworded", "columns_cut_in_two", "total_first", "t4_as_three_rows",
)


def damage(plan: Plan, rng: Random, count: int, names: tuple[str, ...]) -> None:
    """Apply up to ``count`` habits out of ``names``."""
    tries = 0
    done = 0
    while done < count and tries < 30:
        tries += 1
        name = rng.choice(names)
        if name not in plan.habits and HABITS[name](plan, rng):
            plan.habits.append(name)
            done += 1


def draw(plan: Plan, rng: Random, count: int) -> None:
    """Draw up to ``count`` habits that fit."""
    names, weights = list(HABITS), list(WEIGHTS.values())
    tries = 0
    while len(plan.habits) < count and tries < 40:
        tries += 1
        name = rng.choices(names, weights)[0]
        if name not in plan.habits and HABITS[name](plan, rng):
            plan.habits.append(name)

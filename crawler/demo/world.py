"""The truth of the demo: fictional places, their organs, and what every report of theirs prints.

Places and codes (99xxxx) exist nowhere. Figures are drawn from a generator seeded with the
organ's own name, so every run and machine gets the same world, and they are drawn in an order
that makes all sums of the forms hold: details first, totals from them, carry-over from year to
year. Field ids are those of the dataset (``t3_<row>__<column>``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

Number = int | float

FIRST_YEAR = 2019
LAST_YEAR = 2025

COLUMNS = (
    "natural",
    "business",
    "research",
    "public_interest",
    "legal_service",
    "other_org",
    "total",
)
APPLICANTS = COLUMNS[:-1]

_RESULTS_SHARED = (
    "granted",
    "partial",
    "denied_state_secret",
    "denied_other_law",
    "denied_three_securities",
    "denied_third_party",
    "denied_internal_affairs",
    "denied_process_info",
    "denied_enforcement_file",
    "denied_admin_query",
    "unable_not_held",
    "unable_need_creation",
    "unable_unclear",
    "refused_petition",
    "refused_duplicate",
    "refused_publication",
    "refused_mass_repeat",
    "refused_reissue",
)
_OTHER = {
    "v2019": ("other_total",),
    "v2021": ("other_not_corrected", "other_fee_unpaid", "other_misc"),
}
# How often each way of ending a request occurs; the rest of the rows are rare.
_WEIGHTS = {"granted": 50, "partial": 9, "unable_not_held": 22, "denied_third_party": 3}

T4_GROUPS = ("review", "direct", "after_review")
T4_PARTS = ("upheld", "corrected", "other", "pending")


def result_rows(form: str) -> tuple[str, ...]:
    """Return the ids of the rows that add up to (七)总计 in a form (``v2019``, ``v2021``)."""
    return _RESULTS_SHARED + _OTHER[form]


def rows(form: str) -> tuple[str, ...]:
    """Return all row ids of table three in printed order."""
    return ("new_received", "carried_in", *result_rows(form), "processed_total", "carried_out")


@dataclass(slots=True, frozen=True)
class Division:
    """A fictional division; ``size`` scales its figures (a county is about 1)."""

    code: str
    name: str
    level: str
    prefecture: str
    size: float = 1.0
    province: str = "岚州省"

    @property
    def government(self) -> str:
        """The full name of its government."""
        return f"{self.name}人民政府"


@dataclass(slots=True, frozen=True)
class Organ:
    """Who reports. ``kind``: whole, office, department, township."""

    division: Division
    name: str
    kind: str

    @property
    def share(self) -> float:
        """Its part of the figures of the whole division, roughly."""
        return {"whole": 1.0, "office": 0.2, "department": 0.06, "township": 0.03}[self.kind]


@dataclass(slots=True, frozen=True, kw_only=True)
class ReportTruth:
    """One report of the world: what it prints, with its title and date."""

    organ: Organ
    year: int
    title: str
    published_on: str
    t2_form: str
    t3_form: str
    values: Mapping[str, Number]
    fee_yuan: Number
    """信息处理费 stated in part six."""
    reissue: bool = False

    @property
    def slug(self) -> str:
        """A stable number of this report for addresses."""
        tail = sum(ord(ch) * (i + 7) for i, ch in enumerate(self.organ.name))
        return f"{self.organ.division.code[2:]}{self.year % 100:02d}{tail % 10000:04d}" + (
            "9" if self.reissue else ""
        )


PREFECTURE = "湖屿市"
DIVISIONS = {
    d.code: d
    for d in (
        Division("990121", "青榆县", "county", PREFECTURE),
        Division("990122", "云梁区", "county", PREFECTURE, 1.6),
        Division("990181", "白渡市", "county", PREFECTURE, 1.2),
        Division("990124", "松墩县", "county", PREFECTURE, 0.7),
        Division("990100", PREFECTURE, "prefecture", PREFECTURE, 6.0),
        Division("990126", "砚台县", "county", PREFECTURE, 0.8),
        Division("990127", "远圩县", "county", PREFECTURE, 0.9),
        Division("990128", "漆坪县", "county", PREFECTURE, 0.6),
        Division("990129", "鹿角区", "county", PREFECTURE, 1.1),
    )
}

DEPARTMENTS = ("教育局", "财政局", "自然资源局", "水利局")
# 㵲 lies outside GBK: only GB18030 carries it, in four bytes.
TOWNSHIPS = ("柳埠镇人民政府", "㵲溪乡人民政府", "北坡街道办事处")


def organs(division: Division) -> tuple[Organ, ...]:
    """Return everybody of a division who reports, the government itself first."""
    short = division.name
    return (
        Organ(division, division.government, "whole"),
        Organ(division, f"{division.government}办公室", "office"),
        *(Organ(division, short + name, "department") for name in DEPARTMENTS),
        *(Organ(division, short + name, "township") for name in TOWNSHIPS),
    )


@dataclass(slots=True)
class _Book:
    """What one year hands to the next: open requests, documents in force, items."""

    carried: dict[str, int]
    in_force: dict[str, int]
    items: dict[str, int]


def _draw_table_two(rng: Random, organ: Organ, form: str, book: _Book) -> dict[str, Number]:
    scale = organ.division.size * organ.share
    makes_rules = organ.division.level == "prefecture" and organ.kind == "whole"
    out: dict[str, Number] = {}
    for key in ("rules", "normative"):
        allowed = key == "normative" or makes_rules
        issued = rng.randint(0, max(1, round(9 * scale))) if allowed else 0
        repealed = rng.randint(0, min(4, book.in_force[key])) if allowed else 0
        book.in_force[key] += issued - repealed
        if form == "v2021":
            out[f"t2_{key}_issued"] = issued
            out[f"t2_{key}_repealed"] = repealed
            out[f"t2_{key}_in_force"] = book.in_force[key]
        else:
            out[f"t2_{key}_made"] = issued
            out[f"t2_{key}_newly_public"] = issued
            out[f"t2_{key}_public_total"] = book.in_force[key]
    decisions = {
        "license": rng.randint(9000, 42000),
        "service": rng.randint(900, 4200),
        "penalty": rng.randint(2000, 31000),
        "coercion": rng.randint(50, 900),
    }
    cases = {key: round(n * scale) for key, n in decisions.items()}
    # An office licenses and punishes nobody, which is how it is told from the whole.
    if organ.kind == "office":
        cases = dict.fromkeys(cases, 0)
    fee = round(8000 * scale * rng.random(), 2) if organ.kind == "whole" else 0
    deltas = {key: rng.randint(-5, 9) for key in (*cases, "fee")}
    for key in ("license", "penalty", "coercion"):
        out[f"t2_{key}_decisions"] = cases[key]
    if form == "v2021":
        out["t2_fee_amount_wanyuan"] = fee
        return out
    out["t2_service_decisions"] = cases["service"]
    for key, delta in deltas.items():
        out[f"t2_{key}_items_prev"] = book.items[key]
        out[f"t2_{key}_items_delta"] = delta
        book.items[key] += delta
    out["t2_procurement_count"] = round(60 * scale) + rng.randint(0, 5)
    out["t2_procurement_amount_wanyuan"] = round(2400 * scale * rng.random() + 3, 4)
    return out


def _draw_table_three(rng: Random, organ: Organ, form: str, book: _Book) -> dict[str, Number]:
    out: dict[str, Number] = {}
    scale = organ.division.size * organ.share
    ends = result_rows(form)
    weights = [_WEIGHTS.get(row, 1) for row in ends]
    means = {"natural": 150, "business": 22, "legal_service": 3, "other_org": 2}
    for col in APPLICANTS:
        mean = means.get(col, 0) * scale
        new = rng.randint(round(mean * 0.7), round(mean * 1.3) + (1 if mean else 0))
        carried_in = book.carried[col]
        open_ = new + carried_in
        carried_out = rng.randint(0, min(open_, max(1, round(open_ * 0.06)))) if open_ else 0
        ended = dict.fromkeys(ends, 0)
        for row in rng.choices(ends, weights, k=open_ - carried_out):
            ended[row] += 1
        book.carried[col] = carried_out
        column = {
            "new_received": new,
            "carried_in": carried_in,
            **ended,
            "processed_total": open_ - carried_out,
            "carried_out": carried_out,
        }
        for row, n in column.items():
            out[f"t3_{row}__{col}"] = n
    for row in rows(form):
        out[f"t3_{row}__total"] = sum(int(out[f"t3_{row}__{col}"]) for col in APPLICANTS)
    return out


def _draw_table_four(rng: Random, organ: Organ) -> dict[str, Number]:
    out: dict[str, Number] = {}
    most = max(1, round(7 * organ.division.size * organ.share))
    for group in T4_GROUPS:
        parts = {part: rng.randint(0, most) for part in T4_PARTS}
        if organ.kind in ("department", "township"):
            parts = dict.fromkeys(T4_PARTS, 0)
        for part, n in parts.items():
            out[f"t4_{group}_{part}"] = n
        out[f"t4_{group}_total"] = sum(parts.values())
    return out


def _published(organ: Organ, year: int, rng: Random) -> str:
    # Departments and offices are due by 31 January, governments by 31 March.
    month = 3 if organ.kind == "whole" else 1
    return f"{year + 1}-{month:02d}-{rng.randint(11, 28):02d}"


def title_of(organ: Organ, year: int) -> str:
    """Return the report's title; governments go by the short name in odd years, as in life."""
    name = organ.name
    if organ.kind == "whole" and year % 2:
        name = organ.division.name
    return f"{name}{year}年政府信息公开工作年度报告"


@lru_cache(maxsize=128)  # a bench walks through thousands of organs once
def history(organ: Organ, hybrid_year: int | None = None) -> tuple[ReportTruth, ...]:
    """Return all reports of an organ, oldest first.

    ``hybrid_year``: that year's report has table two of 2021 and table three of 2019, as some
    places kept doing.
    """
    rng = Random(f"{organ.division.code} {organ.name}")
    stock = round(40 * organ.division.size * organ.share)
    book = _Book(
        carried={
            col: rng.randint(0, 3) if col in ("natural", "business") else 0 for col in APPLICANTS
        },
        in_force={"rules": 12, "normative": stock + 5}
        if organ.division.level == "prefecture" and organ.kind == "whole"
        else {"rules": 0, "normative": stock + 5},
        items={
            key: rng.randint(20, 400)
            for key in ("license", "service", "penalty", "coercion", "fee")
        },
    )
    reports = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        t2_form = "v2019" if year <= 2020 else "v2021"
        t3_form = "v2019" if year == hybrid_year else t2_form
        values = {
            **_draw_table_two(rng, organ, t2_form, book),
            **_draw_table_three(rng, organ, t3_form, book),
            **_draw_table_four(rng, organ),
        }
        reports.append(
            ReportTruth(
                organ=organ,
                year=year,
                title=title_of(organ, year),
                published_on=_published(organ, year, rng),
                t2_form=t2_form,
                t3_form=t3_form,
                values=values,
                fee_yuan=rng.choice((0, 0, 0, 120, 1460.5)),
            )
        )
    return tuple(reports)


def truth(report: ReportTruth) -> dict[str, Number]:
    """Return every figure the report prints, by field id."""
    return dict(report.values)


def corrected(report: ReportTruth) -> tuple[ReportTruth, ReportTruth]:
    """Split a report into what was published first, with wrong figures, and its correction.

    The wrong figures obey the sums, as wrong figures mostly do: nothing but the word 更正 and
    the later date tells which one holds.
    """
    wrong = dict(report.values)
    wrong["t2_license_decisions"] = wrong["t2_license_decisions"] + 1310
    for row in ("new_received", "granted", "processed_total"):
        for col in ("natural", "total"):
            wrong[f"t3_{row}__{col}"] += 9
    original = replace(report, values=wrong)
    year, month, day = report.published_on.split("-")
    later = f"{year}-{int(month) + 2:02d}-{day}"
    again = replace(report, title=f"{report.title}（更正）", published_on=later, reissue=True)
    return original, again


def broken_sums(values: Mapping[str, Number], t3_form: str) -> Iterator[str]:
    """Yield the rule id of every sum of tables three and four that does not hold."""

    def cell(row: str, col: str) -> Number:
        return values[f"t3_{row}__{col}"]

    for col in COLUMNS:
        if cell("new_received", col) + cell("carried_in", col) != cell(
            "processed_total", col
        ) + cell("carried_out", col):
            yield f"R3-BAL[{col}]"
        if cell("processed_total", col) != sum(cell(row, col) for row in result_rows(t3_form)):
            yield f"R3-SUM[{col}]"
    for row in rows(t3_form):
        if cell(row, "total") != sum(cell(row, col) for col in APPLICANTS):
            yield f"R3-ROW[{row}]"
    for group in T4_GROUPS:
        if values[f"t4_{group}_total"] != sum(values[f"t4_{group}_{p}"] for p in T4_PARTS):
            yield f"R4-SUM[{group}]"

"""Drawing what the office meant: complete sets of figures whose sums all hold."""

from __future__ import annotations

import random

from . import forms

Figures = dict[str, int | float]

_SIZES = {  # (weight, largest number of applications)
    "government": ((1, 0), (3, 8), (6, 60), (6, 600), (2, 6000)),
    "other": ((5, 0), (7, 6), (4, 30), (2, 200)),
}
_RESULT_WEIGHTS = {
    "granted": 30,
    "partial": 6,
    "unable_not_held": 16,
    "refused_petition": 3,
    "denied_admin_query": 2,
    "denied_internal_affairs": 2,
    "denied_enforcement_file": 2,
    "denied_third_party": 2,
    "refused_duplicate": 2,
    "other_not_corrected": 2,
    "other_misc": 3,
    "other_total": 3,
}
_APPLICANT_WEIGHTS = (70, 14, 1, 2, 6, 4)


def _spread(rng: random.Random, total: int, weights: tuple[float, ...]) -> list[int]:
    """Split a total at random by weights."""
    shares = [0] * len(weights)
    if total > 400:  # coarse first, then the rest one by one
        for i, weight in enumerate(weights):
            shares[i] = int(total * 0.9 * weight / sum(weights) * rng.uniform(0.6, 1.0))
    for i in rng.choices(range(len(weights)), weights, k=total - sum(shares)):
        shares[i] += 1
    return shares


def _largest(rng: random.Random, government: bool) -> int:
    sizes = _SIZES["government" if government else "other"]
    return rng.choices([s for _, s in sizes], [w for w, _ in sizes])[0]


def table3(rng: random.Random, version: str, *, government: bool) -> Figures:
    """Table three: every column in balance, every row added up."""
    largest = _largest(rng, government)
    received = _spread(
        rng, rng.randint((largest + 2) // 3, largest) if largest else 0, _APPLICANT_WEIGHTS
    )
    carried = _spread(
        rng,
        rng.randint(0, max(1, largest // 12)) if largest and rng.random() < 0.5 else 0,
        _APPLICANT_WEIGHTS,
    )
    results = forms.results3(version)
    weights = tuple(
        _RESULT_WEIGHTS.get(row, 0.4 if rng.random() < 0.6 else 0.05) * rng.uniform(0.3, 1.6)
        for row in results
    )
    figures: Figures = {}
    for column, new, old in zip(forms.APPLICANTS, received, carried, strict=True):
        left = (
            min(new + old, rng.randint(0, max(1, largest // 12)))
            if new + old and rng.random() < 0.35
            else 0
        )
        shares = _spread(rng, new + old - left, weights)
        figures |= {f"t3_{row}__{column}": n for row, n in zip(results, shares, strict=True)}
        figures |= {
            f"t3_new_received__{column}": new,
            f"t3_carried_in__{column}": old,
            f"t3_carried_out__{column}": left,
            f"t3_processed_total__{column}": new + old - left,
        }
    for row in forms.rows3(version):
        figures[f"t3_{row}__total"] = sum(figures[f"t3_{row}__{c}"] for c in forms.APPLICANTS)
    return figures


def table4(rng: random.Random, processed: int) -> Figures:
    """Table four, in proportion to table three."""
    figures: Figures = {}
    busy = rng.random() < (0.75 if processed > 30 else 0.25)
    for group in forms.GROUPS4:
        top = min(40, 2 + processed // 12) if busy and rng.random() < 0.8 else 0
        cells = [rng.randint(0, top) if rng.random() < 0.6 else 0 for _ in range(4)]
        figures |= {
            f"t4_{group}_{c}": n for c, n in zip(forms.COLUMNS4, [*cells, sum(cells)], strict=True)
        }
    return figures


def _amount(rng: random.Random, top: float) -> float:
    return round(rng.uniform(top / 40, top), rng.choice((0, 1, 2, 2, 4)))


def table2(rng: random.Random, version: str, *, government: bool, level: str) -> Figures:
    """Table two; rules only where there is power to make them."""
    big = (
        {"province": 400_000, "prefecture": 150_000, "county": 40_000}[level]
        if government
        else rng.choice((0, 0, 30, 400, 3000))
    )
    figures: Figures = dict.fromkeys(forms.fields2(version), 0)
    makes_rules = government and level != "county"

    def some(top: int) -> int:
        return rng.randint(0, top) if top else 0

    def large() -> int:
        return int(big ** rng.uniform(0.45, 1.0)) if big else 0

    if version == "v2021":
        for stem, top in (
            ("rules", 6 if makes_rules else 0),
            ("normative", 30 if government else rng.choice((0, 3, 8))),
        ):
            issued, repealed = some(top), some(top)
            figures |= {
                f"t2_{stem}_issued": issued,
                f"t2_{stem}_repealed": repealed,
                f"t2_{stem}_in_force": issued + some(top * 6),
            }
        for stem in ("license", "penalty", "coercion"):
            figures[f"t2_{stem}_decisions"] = large()
        figures["t2_fee_amount_wanyuan"] = (
            _amount(rng, 30_000 if government else 600) if government or rng.random() < 0.3 else 0
        )
    else:
        for stem, top in (
            ("rules", 6 if makes_rules else 0),
            ("normative", 30 if government else rng.choice((0, 3, 8))),
        ):
            made = some(top)
            public = min(made, some(top)) if rng.random() < 0.3 else made
            figures |= {
                f"t2_{stem}_made": made,
                f"t2_{stem}_newly_public": public,
                f"t2_{stem}_public_total": public + some(top * 6),
            }
        for stem in ("license", "service", "penalty", "coercion"):
            items = some(900 if government else rng.choice((0, 20, 60)))
            delta = rng.choice((0, 0, some(30), -some(min(items, 20))))
            cases = large()
            figures |= {
                f"t2_{stem}_items_prev": items,
                f"t2_{stem}_items_delta": delta,
                f"t2_{stem}_decisions": cases + (1 if cases == items + delta and items else 0),
            }
        prev = some(25)
        figures |= {
            "t2_fee_items_prev": prev,
            "t2_fee_items_delta": rng.choice((0, 0, 1, -min(prev, 2))),
        }
        if rng.random() < 0.7:
            figures |= {
                "t2_procurement_count": 1 + some(200 if government else 12),
                "t2_procurement_amount_wanyuan": _amount(rng, 50_000 if government else 800),
            }
    return figures


def indicators(rng: random.Random, lines: tuple[forms.Line, ...], *, government: bool) -> Figures:
    """An older indicator table: parts drawn, totals added up."""
    fields = [line.field for line in lines if line.field]
    scale = rng.choice((20, 200, 2000)) if government else rng.choice((0, 3, 20))
    figures: Figures = {}
    for line in lines:
        if not (field := line.field):
            continue
        small = any(
            k in field
            for k in (
                "app_",
                "reply_",
                "denied_",
                "exempt",
                "reason",
                "received_",
                "replied_",
                "review",
                "suit",
                "complaints",
                "done_",
                "appeal",
            )
        )
        top = max(1, scale // 20) if small else scale
        if line.unit == "万元":
            figures[field] = _amount(rng, 40) if rng.random() < 0.5 else 0
        elif line.unit == "元":
            figures[field] = rng.choice((0, 0, rng.randint(5, 900)))
        elif any(
            k in field
            for k in (
                "staff",
                "org_count",
                "reading",
                "meetings",
                "trainings",
                "press",
                "interview",
            )
        ):
            figures[field] = rng.randint(0, 12 if government else 3)
        else:
            figures[field] = rng.randint(0, top) if rng.random() < 0.65 else 0

    def add_up() -> None:
        for total, parts in reversed(forms.SUMS.items()):  # inner sums stand after the outer ones
            if total in figures:
                figures[total] = sum(figures[p] for p in parts if p in figures)

    add_up()
    if "a14_proactive_total" in figures:
        channels = [
            figures[f"a14_ch_{k}"] for k in ("gazette", "website", "weibo", "wechat", "other")
        ]
        figures["a14_proactive_total"] = max(channels)
        figures["a14_normative_issued"] = min(
            figures["a14_normative_issued"], figures["a14_proactive_total"]
        )
        figures["a14_proactive_normative"] = min(
            figures["a14_proactive_normative"], figures["a14_normative_issued"]
        )
        figures["a14_press_chief"] = min(figures["a14_press_chief"], figures["a14_press_total"])
        figures["a14_interview_chief"] = min(
            figures["a14_interview_chief"], figures["a14_interview_total"]
        )
        # as many closed as answered, and no more than received
        done = figures["a14_reply_total"]
        late = rng.randint(0, done // 4)
        figures |= {
            "a14_done_total": done,
            "a14_done_on_time": done - late,
            "a14_done_extended": late,
        }
        spare = done - figures["a14_app_total"]
        figures["a14_app_network"] += max(0, spare)
    if "s08_proactive_total" in figures:
        figures["s08_proactive_fulltext"] = min(
            figures["s08_proactive_fulltext"], figures["s08_proactive_total"]
        )
        figures["s08_app_web"] += max(0, figures["s08_reply_total"] - figures["s08_app_total"])
    if "f08_disclosed_total" in figures:
        figures["f08_disclosed_website"] = min(
            figures["f08_disclosed_website"], figures["f08_disclosed_total"]
        )
        figures["f08_disclosed_gazette"] = min(
            figures["f08_disclosed_gazette"], figures["f08_disclosed_total"]
        )
        figures["f08_received_online"] += max(
            0, figures["f08_replied_total"] - figures["f08_received_total"]
        )
    add_up()
    if "f08_disclosed_total" in figures:
        before = indicators_before(rng, fields, figures)
        figures |= before
    return figures


def indicators_before(rng: random.Random, fields: list[str], figures: Figures) -> Figures:
    """The cumulative column of the Fujian form: the year's figure and what went before, sums holding too."""
    totals = {t: p for t, p in forms.SUMS.items() if t in figures}
    extra = {f: rng.randint(0, 3 * int(figures[f]) + 5) for f in fields}
    for total, parts in totals.items():
        extra[total] = sum(extra[p] for p in parts)
    for field in ("f08_disclosed_website", "f08_disclosed_gazette"):
        extra[field] = min(extra[field], extra["f08_disclosed_total"])
    return {f"{f}__cum": figures[f] + extra[f] for f in fields}


def broken_sums(figures: Figures) -> list[str]:
    """Names of the sums that do not hold (for the self-check)."""
    bad = []
    for total, parts in forms.SUMS.items():
        for tail in ("", "__cum"):
            if total + tail in figures and figures[total + tail] != sum(
                figures[p + tail] for p in parts if p + tail in figures
            ):
                bad.append(total + tail)
    if "t3_new_received__total" in figures:
        version = "v2019" if "t3_other_total__total" in figures else "v2021"
        for row in forms.rows3(version):
            if figures[f"t3_{row}__total"] != sum(
                figures[f"t3_{row}__{c}"] for c in forms.APPLICANTS
            ):
                bad.append(f"row {row}")
        for c in forms.COLUMNS:

            def v(row: str, c: str = c) -> int | float:
                return figures[f"t3_{row}__{c}"]

            if v("processed_total") != sum(v(r) for r in forms.results3(version)):
                bad.append(f"sum {c}")
            if v("new_received") + v("carried_in") != v("processed_total") + v("carried_out"):
                bad.append(f"balance {c}")
    if "t4_review_total" in figures:
        bad += [
            f"t4 {g}"
            for g in forms.GROUPS4
            if figures[f"t4_{g}_total"]
            != sum(figures[f"t4_{g}_{c}"] for c in list(forms.COLUMNS4)[:4])
        ]
    return bad

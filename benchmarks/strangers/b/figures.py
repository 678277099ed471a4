"""The figures an office means: complete sets in which every sum of the form holds."""

from __future__ import annotations

from random import Random

from .model import Figures
from .rows import APPLICANTS, COL_IDS, T3_ROWS, detail_rows

DENSITY = {"zero": (0, 0), "tiny": (1, 4), "sparse": (3, 18), "medium": (20, 160), "dense": (200, 2600)}


def table_three(rng: Random, version: str, density: str) -> Figures:
    """175 or 161 figures."""
    low, high = DENSITY[density]
    n = rng.randint(low, high)
    details = detail_rows(version)
    favour = {r: rng.random() ** 3 for r in details}
    favour["granted"] += 1.6
    favour["unable_not_held"] += 0.8
    favour["partial"] += 0.3
    who = {"natural": 8.0, "business": 1.2, "research": 0.1, "public_interest": 0.15, "legal_service": 0.4, "other_org": 0.25}
    count = {(r, c): 0 for r in details for c in APPLICANTS}
    left, step = n, max(1, n // 50)
    rows, weights = list(favour), list(favour.values())
    people, shares = list(who), list(who.values())
    while left > 0:
        part = min(left, rng.randint(1, step))
        count[rng.choices(rows, weights)[0], rng.choices(people, shares)[0]] += part
        left -= part
    out: Figures = {}
    for c in APPLICANTS:
        done = sum(count[r, c] for r in details)
        carried_out = rng.choice([0, 0, 0, 1, 2, max(1, done // 15)]) if done else 0
        carried_in = min(done + carried_out, rng.choice([0, 0, 0, 1, 2, max(1, done // 20)])) if done else 0
        for r in details:
            out[f"t3_{r}__{c}"] = count[r, c]
        out[f"t3_processed_total__{c}"] = done
        out[f"t3_carried_out__{c}"] = carried_out
        out[f"t3_carried_in__{c}"] = carried_in
        out[f"t3_new_received__{c}"] = done + carried_out - carried_in
    for r in (row[0] for row in T3_ROWS[version]):
        out[f"t3_{r}__total"] = sum(out[f"t3_{r}__{c}"] for c in APPLICANTS)
    return {f"t3_{row[0]}__{c}": out[f"t3_{row[0]}__{c}"] for row in T3_ROWS[version] for c in COL_IDS}


def table_four(rng: Random, density: str) -> Figures:
    """15 figures."""
    out: Figures = {}
    high = {"zero": 0, "tiny": 1, "sparse": 2, "medium": 6, "dense": 40}[density]
    for part in ("review", "direct", "after_review"):
        busy = rng.random() < (0.35 if high < 5 else 0.8)
        four = [rng.randint(0, high) if busy and rng.random() < 0.6 else 0 for _ in range(4)]
        for name, value in zip(("upheld", "corrected", "other", "pending"), four, strict=True):
            out[f"t4_{part}_{name}"] = value
        out[f"t4_{part}_total"] = sum(four)
    return out


def table_two(rng: Random, version: str, size: str, *, rules: bool) -> Figures:
    """Table two of either form; ``size`` is tiny, organ or whole; ``rules``: the place may make 规章."""
    top = {"tiny": 6, "organ": 900, "whole": 90000}[size]

    def many() -> int:
        return 0 if rng.random() < (0.5 if size == "tiny" else 0.15) else int(top ** rng.random())

    def few() -> int:
        return rng.choice([0, 0, 1, 2, 5, 11]) if size != "tiny" else rng.choice([0, 0, 0, 1])

    money = round(top * rng.random() ** 2, rng.choice([0, 1, 2, 2, 4])) if rng.random() > 0.35 else 0
    out: Figures = {}
    if version == "v2021":
        for kind in ("rules", "normative"):
            on = rules if kind == "rules" else True
            issued = few() if on else 0
            repealed = few() if on else 0
            stock = issued + (rng.randint(0, 60 if size != "tiny" else 3) if on else 0)
            out |= {f"t2_{kind}_issued": issued, f"t2_{kind}_repealed": repealed, f"t2_{kind}_in_force": stock}
        for kind in ("license", "penalty", "coercion"):
            out[f"t2_{kind}_decisions"] = many()
        out["t2_fee_amount_wanyuan"] = money
        return out
    for kind in ("rules", "normative"):
        on = rules if kind == "rules" else True
        made = few() if on else 0
        public = min(made, few())
        out |= {
            f"t2_{kind}_made": made,
            f"t2_{kind}_newly_public": public,
            f"t2_{kind}_public_total": public + (rng.randint(0, 70) if on and size != "tiny" else 0),
        }
    for kind in ("license", "service", "penalty", "coercion"):
        prev = rng.randint(0, {"tiny": 5, "organ": 180, "whole": 3500}[size]) if rng.random() > 0.2 else 0
        delta = rng.choice([0, 0, 0, 1, 2, 3, 14, -1, -2]) if prev > 3 else rng.choice([0, 0, 0, 1])
        out[f"t2_{kind}_items_prev"] = prev
        out[f"t2_{kind}_items_delta"] = delta
        out[f"t2_{kind}_decisions"] = many()
    out["t2_fee_items_prev"] = rng.randint(0, 12)
    out["t2_fee_items_delta"] = rng.choice([0, 0, 0, 1]) if out["t2_fee_items_prev"] < 2 else rng.choice([0, 0, -1])
    out["t2_procurement_count"] = few() * 3
    out["t2_procurement_amount_wanyuan"] = (
        round(1 + (top / 10) * rng.random(), rng.choice([0, 2, 2, 4])) if out["t2_procurement_count"] else 0
    )
    return out


def hubei_row(rng: Random) -> Figures:
    """The third row of the first block in 湖北."""
    made = rng.choice([0, 3, 12, 48])
    public = min(made, rng.choice([0, 3, 12]))
    return {"t2_otherdoc_made": made, "t2_otherdoc_newly_public": public, "t2_otherdoc_public_total": public + rng.choice([0, 20, 133])}


def _split(rng: Random, n: int, names: list[str], favour: int = 0) -> dict[str, int]:
    out = dict.fromkeys(names, 0)
    weights = [4.0 if i == favour else 1.0 for i in range(len(names))]
    for _ in range(min(n, 400)):
        out[rng.choices(names, weights)[0]] += 1
    if n > 400:
        out[names[favour]] += n - 400
    return out


def annex_2014(rng: Random, size: str) -> Figures:
    """The national annex of 2014-2018."""
    big = {"tiny": 40, "organ": 1500, "whole": 60000}[size]
    d: dict[str, int | float] = {}
    total = rng.randint(big // 4, big)
    d["proactive_total"] = total
    d["normative_issued"] = rng.randint(0, max(1, min(80, big // 40)))
    d["proactive_normative"] = rng.randint(0, int(d["normative_issued"]))
    d["ch_website"] = total
    for k in ("ch_gazette", "ch_weibo", "ch_wechat", "ch_other"):
        d[k] = rng.choice([0, 0, rng.randint(1, max(2, total // 3))])
    d["hot_responses"] = rng.choice([0, 0, 3, 15])
    d["press_total"] = rng.choice([0, 0, 2, 9])
    d["press_chief"] = rng.randint(0, int(d["press_total"]))
    d["interview_total"] = rng.choice([0, 0, 1, 12])
    d["interview_chief"] = rng.randint(0, int(d["interview_total"]))
    for k in ("interpretations", "micro_responses", "other_responses"):
        d[k] = rng.choice([0, 0, 2, 7, 31])
    apps = rng.choice([0, 0, 1, 4]) if size == "tiny" else rng.choice([0, 2, 17, 64, 388])
    d["app_total"] = apps
    d |= {f"app_{k}": v for k, v in _split(rng, apps, ["network", "in_person", "letter", "fax"]).items()}
    done = apps
    d["done_total"] = done
    late = rng.randint(0, done // 8)
    d["done_on_time"], d["done_extended"] = done - late, late
    d["reply_total"] = done
    kinds = ["granted", "already_public", "partial", "denied", "not_this_organ", "not_exist", "supplement", "other_route"]
    d |= {f"reply_{k}": v for k, v in _split(rng, done, kinds).items()}
    whys = ["privacy", "state_secret", "business_secret", "security", "not_gov_info", "other_law"]
    d |= {f"denied_{k}": v for k, v in _split(rng, int(d["reply_denied"]), whys).items()}
    for k in ("review", "suit"):
        n = rng.choice([0, 0, 0, 1, 5]) if apps else 0
        d[f"{k}_total"] = n
        d |= {f"{k}_{w}": v for w, v in _split(rng, n, ["upheld", "corrected", "other"]).items()}
    d["complaints"] = rng.choice([0, 0, 0, 2])
    d["fee_wanyuan"] = rng.choice([0, 0, 0, 0.02, 0.35])
    d["org_count"] = rng.choice([1, 1, 1, 26])
    d["reading_points"] = rng.choice([0, 1, 3, 41])
    full, part = rng.randint(0, 5), rng.randint(1, 60 if size == "whole" else 4)
    d |= {"staff_full_time": full, "staff_part_time": part, "staff_total": full + part}
    d["budget_wanyuan"] = rng.choice([0, 0, 2, 5.5, 30])
    d |= {"meetings": rng.randint(0, 9), "trainings": rng.randint(0, 6)}
    d["trainees"] = int(d["trainings"]) * rng.randint(8, 90)
    return {f"a14_{k}": v for k, v in d.items()}


def annex_2008(rng: Random, version: str, size: str) -> Figures:
    """The Shanghai family, older or later version."""
    big = {"tiny": 60, "organ": 700, "whole": 9000}[size]
    d: dict[str, int | float] = {}
    total = rng.randint(big // 5, big)
    d["proactive_total"] = total
    d["proactive_fulltext"] = total - rng.randint(0, total // 10)
    d["normative_new"] = rng.randint(0, max(1, total // 60))
    apps = rng.choice([0, 1, 3, 25, 210])
    d["app_total"] = apps
    d |= {f"app_{k}": v for k, v in _split(rng, apps, ["web", "in_person", "fax", "email", "letter", "other"]).items()}
    d["reply_total"] = apps
    reasons = ["not_exist", "not_gov_info", "not_this_organ", "unclear"]
    if version == "old":
        d |= {f"reply_{k}": v for k, v in _split(rng, apps, ["granted", "partial", "denied"]).items()}
        whys = [f"reason_{r}" for r in reasons] + [f"exempt_{i}" for i in range(1, 7)] + ["reason_other"]
        d |= _split(rng, int(d["reply_denied"]), whys)
        d |= {"service_info": rng.randint(0, 90), "page_views": rng.randint(500, 400000), "visitors": rng.randint(0, 800)}
        d |= {"online_consult": rng.randint(0, 300), "phone_consult": rng.randint(0, 1500), "on_request_catalogue": rng.randint(0, 60)}
        d |= {"budget_wanyuan": rng.choice([0, 3, 12.5]), "spent_wanyuan": rng.choice([0, 2.4, 11]), "litigation_cost_wanyuan": rng.choice([0, 0, 0.8])}
    else:
        names = ["reply_granted", "reply_partial"] + [f"reason_{r}" for r in [*reasons, "duplicate"]] + ["reply_denied"]
        d |= _split(rng, apps, names)
        d |= _split(rng, int(d["reply_denied"]), [f"exempt_{i}" for i in range(1, 7)])
        d["official_docs"] = rng.randint(0, total)
    for k in ("review_total", "suit_total", "appeal_total"):
        d[k] = rng.choice([0, 0, 0, 1, 3])
    a, b = rng.choice([0, 0, 120]), rng.choice([0, 0, 35, 468])
    d |= {"fee_proactive_yuan": a, "fee_on_request_yuan": b, "fee_total_yuan": a + b}
    full, part = rng.randint(0, 9), rng.randint(0, 60)
    d |= {"staff_full_time": full, "staff_part_time": part, "staff_total": full + part}
    return {f"s08_{k}": v for k, v in d.items()}


def annex_fujian(rng: Random, version: str, size: str) -> Figures:
    """The Fujian form: this year and since 2008."""
    big = {"tiny": 50, "organ": 600, "whole": 8000}[size]

    def one(scale: int) -> dict[str, int]:
        d: dict[str, int] = {}
        total = rng.randint(big // 5, big) * scale
        d["disclosed_total"] = total
        d["disclosed_website"] = total - rng.randint(0, total // 9)
        d["disclosed_gazette"] = rng.choice([0, 0, total // 7])
        apps = rng.choice([0, 2, 9, 70]) * scale
        d["received_total"] = apps
        kinds = ["online", "in_person", "letter_fax"] if version == "late" else ["online", "in_person", "fax", "email", "letter"]
        d |= {f"received_{k}": v for k, v in _split(rng, apps, kinds).items()}
        d["replied_total"] = apps
        answers = ["granted", "partial", "denied"] + (["other"] if version == "late" else [])
        d |= {f"replied_{k}": v for k, v in _split(rng, apps, answers).items()}
        for k in ("reviews", "lawsuits", "lawsuits_or_reports_accepted" if version == "late" else "complaints"):
            d[k] = rng.choice([0, 0, 0, 1]) * scale
        return d

    year, before = one(1), one(rng.randint(2, 6))
    out: Figures = {}
    for k, v in year.items():
        out[f"f08_{k}"] = v
    for k, v in year.items():
        out[f"f08_{k}__cum"] = v + before[k]
    return out

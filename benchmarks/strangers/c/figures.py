"""The figures an office meant: complete sets in which every sum holds."""

from __future__ import annotations

import random

from . import fields as F

Figures = dict[str, int | float]


def _split(rng: random.Random, total: int, names: list[str], favour: str | None = None, width: int = 3) -> dict[str, int]:
    """Share `total` out among a few of the names."""
    shares = dict.fromkeys(names, 0)
    if total <= 0:
        return shares
    chosen = rng.sample(names, min(width, len(names)))
    if favour and favour not in chosen:
        chosen[0] = favour
    weights = [6 if name == favour else 1 + rng.random() * 2 for name in chosen]
    if total < 400:
        for name in rng.choices(chosen, weights, k=total):
            shares[name] += 1
        return shares
    whole = sum(weights)
    left = total
    for name, weight in list(zip(chosen, weights))[1:]:
        part = int(total * weight / whole)
        shares[name] += part
        left -= part
    shares[chosen[0]] += left
    return shares


def table_three(rng: random.Random, era: str, size: str) -> Figures:
    """Table three; size is zero, sparse, middle or dense."""
    made: Figures = {}
    results = [row for row, _, _ in F.outcomes(era)]
    received = {"zero": 0, "sparse": rng.randint(1, 9), "middle": rng.randint(10, 160), "dense": rng.randint(200, 2600)}[size]
    width = {"zero": 0, "sparse": 2, "middle": 3, "dense": 6}[size]
    new = _split(rng, received, list(F.APPLICANTS), "natural", width)
    before = _split(rng, rng.choice((0, 0, rng.randint(0, 1 + received // 12))) if received else 0, list(F.APPLICANTS), "natural", 2)
    for column in F.APPLICANTS:
        stock = new[column] + before[column]
        later = rng.randint(0, max(1, stock // 10)) if stock and rng.random() < 0.5 else 0
        later = min(later, stock)
        shares = _split(rng, stock - later, results, "granted", {"zero": 0, "sparse": 3, "middle": 7, "dense": 16}[size])
        made[F.t3("new_received", column)] = new[column]
        made[F.t3("carried_in", column)] = before[column]
        made[F.t3("carried_out", column)] = later
        made[F.t3("processed_total", column)] = stock - later
        for row in results:
            made[F.t3(row, column)] = shares[row]
    for row, _, _ in F.table_three_rows(era):
        made[F.t3(row, "total")] = sum(made[F.t3(row, column)] for column in F.APPLICANTS)
    return made


def table_four(rng: random.Random, size: str) -> Figures:
    """Table four."""
    made: Figures = {}
    most = {"zero": 0, "sparse": 1, "middle": 5, "dense": 34}[size]
    for group, _ in F.FOUR_GROUPS:
        parts = [rng.randint(0, most) if rng.random() < 0.6 else 0 for _ in range(4)]
        for (result, _), part in zip(F.FOUR_RESULTS, [*parts, sum(parts)]):
            made[F.t4(group, result)] = part
    return made


def _wanyuan(rng: random.Random, size: str) -> float:
    """An amount in 万元 with two decimals at most."""
    top = {"zero": 0, "sparse": 9, "middle": 900, "dense": 45000}[size]
    return round(rng.randint(1, top * 100) / 100, 2) if top and rng.random() < 0.8 else 0


def table_two(rng: random.Random, era: str, size: str, rules: bool) -> Figures:
    """Table two; only where `rules` may there be 规章."""
    big = {"zero": 0, "sparse": 40, "middle": 2500, "dense": 90000}[size]
    few = {"zero": 0, "sparse": 2, "middle": 9, "dense": 40}[size]
    made: Figures = {}
    if era == "v2021":
        for kind, most in (("rules", 3 if rules else 0), ("normative", few)):
            issued, repealed = rng.randint(0, most), rng.randint(0, most)
            made[f"t2_{kind}_issued"] = issued
            made[f"t2_{kind}_repealed"] = repealed
            made[f"t2_{kind}_in_force"] = issued + rng.randint(0, most * 6) if most else 0
        for kind in ("license", "penalty", "coercion"):
            made[f"t2_{kind}_decisions"] = rng.randint(0, big) if rng.random() < 0.75 else 0
        made["t2_fee_amount_wanyuan"] = _wanyuan(rng, size)
        return made
    for kind, most in (("rules", 2 if rules else 0), ("normative", few)):
        fresh = rng.randint(0, most)
        public = rng.randint(0, fresh)
        made[f"t2_{kind}_made"] = fresh
        made[f"t2_{kind}_newly_public"] = public
        made[f"t2_{kind}_public_total"] = public + rng.randint(0, most * 5)
    for kind in ("license", "service", "penalty", "coercion"):
        items = rng.randint(0, few * 12)
        made[f"t2_{kind}_items_prev"] = items
        made[f"t2_{kind}_items_delta"] = rng.choice((0, 0, rng.randint(0, few), -rng.randint(0, min(few, items))))
        made[f"t2_{kind}_decisions"] = rng.randint(0, big) if rng.random() < 0.7 else 0
    items = rng.randint(0, few)
    made["t2_fee_items_prev"] = items
    made["t2_fee_items_delta"] = rng.choice((0, 0, -rng.randint(0, items)))
    made["t2_procurement_count"] = rng.randint(0, few * 4)
    made["t2_procurement_amount_wanyuan"] = _wanyuan(rng, size) if made["t2_procurement_count"] else 0
    return made


def national(rng: random.Random, size: str) -> Figures:
    """The national annex of 2014-2018."""
    large = {"zero": 0, "sparse": 300, "middle": 4000, "dense": 60000}[size]
    small = {"zero": 0, "sparse": 3, "middle": 15, "dense": 70}[size]
    made: Figures = {field: 0 for field, _, _, _ in F.NATIONAL if field}
    channels = {name: rng.randint(0, large) if rng.random() < 0.7 else 0
                for name in ("a14_ch_gazette", "a14_ch_website", "a14_ch_weibo", "a14_ch_wechat", "a14_ch_other")}
    made.update(channels)
    total = sum(channels.values())
    made["a14_proactive_total"] = total
    made["a14_proactive_normative"] = min(total, rng.randint(0, small))
    made["a14_normative_issued"] = made["a14_proactive_normative"] + rng.randint(0, small)
    made["a14_hot_responses"] = rng.randint(0, small * 3)
    for kind in ("press", "interview"):
        made[f"a14_{kind}_total"] = rng.randint(0, small)
        made[f"a14_{kind}_chief"] = rng.randint(0, int(made[f"a14_{kind}_total"]))
    made["a14_interpretations"] = rng.randint(0, small * 4)
    made["a14_micro_responses"] = rng.randint(0, small * 2)
    made["a14_other_responses"] = rng.randint(0, small)
    apps = rng.randint(0, {"zero": 0, "sparse": 6, "middle": 90, "dense": 900}[size])
    made["a14_app_total"] = made["a14_done_total"] = made["a14_reply_total"] = apps
    made.update(_split(rng, apps, ["a14_app_in_person", "a14_app_fax", "a14_app_network", "a14_app_letter"], "a14_app_network"))
    made.update(_split(rng, apps, ["a14_done_on_time", "a14_done_extended"], "a14_done_on_time", 2))
    made.update(_split(rng, apps, ["a14_reply_already_public", "a14_reply_granted", "a14_reply_partial", "a14_reply_denied",
                                   "a14_reply_not_this_organ", "a14_reply_not_exist", "a14_reply_supplement",
                                   "a14_reply_other_route"], "a14_reply_granted", 6))
    made.update(_split(rng, int(made["a14_reply_denied"]), [f"a14_denied_{name}" for name in (
        "state_secret", "business_secret", "privacy", "security", "not_gov_info", "other_law")], None, 3))
    for kind in ("review", "suit"):
        parts = [rng.randint(0, 1 + small // 8) if small and rng.random() < 0.4 else 0 for _ in range(3)]
        for name, part in zip(("upheld", "corrected", "other"), parts):
            made[f"a14_{kind}_{name}"] = part
        made[f"a14_{kind}_total"] = sum(parts)
    made["a14_complaints"] = rng.choice((0, 0, rng.randint(0, small)))
    made["a14_fee_wanyuan"] = rng.choice((0, 0, 0, round(rng.randint(1, 300) / 100, 2))) if small else 0
    made["a14_org_count"] = rng.randint(0, small)
    made["a14_reading_points"] = rng.randint(0, small)
    full, part = rng.randint(0, small), rng.randint(0, small * 4)
    made.update(a14_staff_full_time=full, a14_staff_part_time=part, a14_staff_total=full + part)
    made["a14_budget_wanyuan"] = rng.choice((0, round(rng.randint(1, 6000) / 100, 2))) if small else 0
    made["a14_meetings"] = rng.randint(0, small)
    made["a14_trainings"] = rng.randint(0, small)
    made["a14_trainees"] = int(made["a14_trainings"]) * rng.randint(8, 60)
    return made


def shanghai(rng: random.Random, size: str) -> Figures:
    """The later Shanghai form."""
    large = {"zero": 0, "sparse": 200, "middle": 3000, "dense": 40000}[size]
    small = {"zero": 0, "sparse": 3, "middle": 12, "dense": 50}[size]
    made: Figures = {field: 0 for field, _, _, _ in F.SHANGHAI if field}
    total = rng.randint(0, large)
    made["s08_proactive_total"] = total
    made["s08_proactive_fulltext"] = rng.randint(0, total)
    made["s08_normative_new"] = min(total, rng.randint(0, small))
    made["s08_service_info"] = rng.randint(0, large)
    for name in ("page_views", "visitors", "online_consult", "phone_consult"):
        made[f"s08_{name}"] = rng.randint(0, large) if rng.random() < 0.7 else 0
    made["s08_on_request_catalogue"] = rng.randint(0, small * 9)
    apps = rng.randint(0, {"zero": 0, "sparse": 6, "middle": 90, "dense": 700}[size])
    made["s08_app_total"] = made["s08_reply_total"] = apps
    made.update(_split(rng, apps, [f"s08_app_{name}" for name in ("in_person", "fax", "email", "web", "letter", "other")], "s08_app_web", 4))
    made.update(_split(rng, apps, ["s08_reply_granted", "s08_reply_partial", "s08_reason_not_gov_info", "s08_reason_not_exist",
                                   "s08_reason_not_this_organ", "s08_reason_unclear", "s08_reason_duplicate",
                                   "s08_reply_denied"], "s08_reply_granted", 6))
    made.update(_split(rng, int(made["s08_reply_denied"]), [f"s08_exempt_{n}" for n in range(1, 7)], None, 3))
    for name in ("review", "suit", "appeal"):
        made[f"s08_{name}_total"] = rng.choice((0, rng.randint(0, small)))
    one, two = rng.choice((0, rng.randint(0, 90))), rng.choice((0, rng.randint(0, 400)))
    if not small:
        one = two = 0
    made.update(s08_fee_proactive_yuan=one, s08_fee_on_request_yuan=two, s08_fee_total_yuan=one + two)
    full, part = rng.randint(0, small), rng.randint(0, small * 3)
    made.update(s08_staff_full_time=full, s08_staff_part_time=part, s08_staff_total=full + part)
    for name in ("budget", "spent", "litigation_cost"):
        made[f"s08_{name}_wanyuan"] = rng.choice((0, round(rng.randint(1, 3000) / 100, 2))) if small else 0
    return made


def fujian(rng: random.Random, size: str) -> Figures:
    """The Fujian form of 2014-2018: the year and the sum since 2008."""
    large = {"zero": 0, "sparse": 100, "middle": 900, "dense": 9000}[size]
    apps = {"zero": 0, "sparse": 4, "middle": 60, "dense": 500}[size]
    small = {"zero": 0, "sparse": 1, "middle": 4, "dense": 14}[size]

    def draw() -> dict[str, int]:
        web, gazette = rng.randint(0, large), rng.randint(0, large // 6)
        got = rng.randint(0, apps)
        made = {"f08_disclosed_website": web, "f08_disclosed_gazette": gazette,
                "f08_disclosed_total": web + gazette, "f08_received_total": got, "f08_replied_total": got}
        made.update(_split(rng, got, ["f08_received_in_person", "f08_received_online", "f08_received_letter_fax"], "f08_received_online"))
        made.update(_split(rng, got, ["f08_replied_granted", "f08_replied_partial", "f08_replied_denied", "f08_replied_other"],
                           "f08_replied_granted"))
        for name in ("lawsuits_or_reports_accepted", "reviews", "lawsuits"):
            made[f"f08_{name}"] = rng.choice((0, rng.randint(0, small)))
        return made

    year, before = draw(), draw()
    out: Figures = dict(year)
    for field, value in year.items():
        out[field + "__cum"] = value + 4 * before[field]
    return out

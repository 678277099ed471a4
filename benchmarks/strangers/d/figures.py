"""Draw complete, consistent figures."""

from __future__ import annotations

from random import Random

from . import fields as f
from .model import Number


def _amount(rng: Random, top: int) -> float:
    """An amount in 万元 that is a whole number of 100 元, so every printed unit is exact."""
    value = rng.randrange(1, top) * 100 / 10000
    return int(value) if value == int(value) else value


def draw_t2(rng: Random, version: str, big: bool, may_rule: bool, hubei: bool) -> dict[str, Number]:
    """Figures of table two."""
    out: dict[str, Number] = {}
    scale = 60 if big else 8
    busy = big or rng.random() < 0.5

    def count(top: int, zero: float = 0.25) -> int:
        return 0 if not busy or rng.random() < zero else rng.randrange(1, top)

    if version == "v2021":
        for stem in ("rules", "normative"):
            on = may_rule if stem == "rules" else rng.random() < 0.7
            issued, repealed = (count(scale // 2 + 2), count(scale // 4 + 2, 0.6)) if on else (0, 0)
            out[f"t2_{stem}_issued"], out[f"t2_{stem}_repealed"] = issued, repealed
            out[f"t2_{stem}_in_force"] = issued + count(scale * 3) if on else 0
        out["t2_license_decisions"] = rng.randrange(800, 90000) if big else count(2600)
        out["t2_penalty_decisions"] = rng.randrange(200, 60000) if big else count(900)
        out["t2_coercion_decisions"] = rng.randrange(0, 4000) if big else count(90, 0.5)
        out["t2_fee_amount_wanyuan"] = _amount(rng, 3_000_000 if big else 90_000) if (big or rng.random() < 0.4) else 0
        return out
    stems = ["rules", "normative", *(["otherdoc"] if hubei else [])]
    for stem in stems:
        on = may_rule if stem == "rules" else rng.random() < 0.75
        made = count(scale) if on else 0
        public = max(0, made - (rng.randrange(0, 3) if rng.random() < 0.3 else 0))
        out |= {f"t2_{stem}_made": made, f"t2_{stem}_newly_public": public, f"t2_{stem}_public_total": public + (count(scale * 4) if on else 0)}
    for stem in ("license", "service", "penalty", "coercion", "fee"):
        prev = count(900 if big else 160)
        delta = 0 if rng.random() < 0.5 else rng.randrange(-min(prev, 30), 31)
        out |= {f"t2_{stem}_items_prev": prev, f"t2_{stem}_items_delta": delta}
        if stem != "fee":
            out[f"t2_{stem}_decisions"] = rng.randrange(100, 50000) if big and stem != "coercion" else count(1500)
    out["t2_procurement_count"] = count(300 if big else 30)
    out["t2_procurement_amount_wanyuan"] = _amount(rng, 2_000_000 if big else 60_000) if out["t2_procurement_count"] else 0
    return out


def draw_t3(rng: Random, version: str, dense: bool) -> dict[str, Number]:
    """Figures of table three; every sum holds."""
    results = f.RESULTS21 if version == "v2021" else f.RESULTS19
    tall: dict[tuple[str, str], int] = {}
    for col in f.PARTS:
        if dense:
            live = {"natural": 0.75, "business": 0.45, "other_org": 0.2}.get(col, 0.12)
            top = {"natural": 160, "business": 24}.get(col, 6)
        else:
            live = {"natural": 0.12, "business": 0.04}.get(col, 0.004)
            top = 9
        for row in results:
            tall[row, col] = rng.randrange(1, top + 1) if rng.random() < live else 0
        if dense and col == "natural":
            tall["granted", col] += rng.randrange(20, 900)
        done = sum(tall[row, col] for row in results)
        tall["processed_total", col] = done
        tall["carried_out", col] = rng.randrange(0, 1 + done // 6) if rng.random() < 0.5 else 0
        all_in = done + tall["carried_out", col]
        tall["carried_in", col] = rng.randrange(0, 1 + all_in // 6) if rng.random() < 0.5 else 0
        tall["new_received", col] = all_in - tall["carried_in", col]
    out: dict[str, Number] = {}
    for row in ["new_received", "carried_in", *results, "processed_total", "carried_out"]:
        for col in f.PARTS:
            out[f"t3_{row}__{col}"] = tall[row, col]
        out[f"t3_{row}__total"] = sum(tall[row, col] for col in f.PARTS)
    return out


def draw_t4(rng: Random, dense: bool) -> dict[str, Number]:
    """Figures of table four."""
    out: dict[str, Number] = {}
    for block, _ in f.T4_BLOCKS:
        parts = [rng.randrange(0, 40) if dense and rng.random() < 0.8 else (rng.randrange(1, 4) if rng.random() < 0.12 else 0) for _ in range(4)]
        for (stem, _), value in zip(f.T4_COLS, [*parts, sum(parts)], strict=True):
            out[f"t4_{block}_{stem}"] = value
    return out


def draw_a14(rng: Random, big: bool) -> dict[str, Number]:
    """Figures of the national annex of 2014."""
    def n(top: int, zero: float = 0.3) -> int:
        return 0 if rng.random() < zero else rng.randrange(1, top)

    o: dict[str, Number] = {}
    k = 20 if big else 1
    site = n(900 * k, 0)
    chans = {"gazette": n(60 * k), "website": site, "weibo": n(200 * k), "wechat": n(200 * k), "other": n(90 * k)}
    o["a14_proactive_normative"] = n(site // 10 + 2)
    o["a14_proactive_total"] = max(site + rng.randrange(0, 1 + sum(chans.values()) - site), 0)
    o["a14_normative_issued"] = int(o["a14_proactive_normative"] or 0) + n(9)
    o |= {f"a14_ch_{c}": v for c, v in chans.items()}
    o["a14_hot_responses"] = n(30)
    for stem in ("press", "interview"):
        o[f"a14_{stem}_total"] = n(20)
        o[f"a14_{stem}_chief"] = rng.randrange(0, int(o[f"a14_{stem}_total"] or 0) + 1)
    o |= {"a14_interpretations": n(50), "a14_micro_responses": n(40), "a14_other_responses": n(20)}
    denied = {s: n(4 * (3 if big else 1), 0.8) for s in ("state_secret", "business_secret", "privacy", "security", "not_gov_info", "other_law")}
    replies = {"already_public": n(30 * k, 0.5), "granted": n(40 * k, 0.4), "partial": n(8, 0.7), "denied": sum(denied.values()), "not_this_organ": n(9 * k, 0.6),
               "not_exist": n(9, 0.6), "supplement": n(5, 0.8), "other_route": n(5, 0.8)}
    total = sum(replies.values())
    late = rng.randrange(0, 1 + total // 8)
    left = total
    for stem in ("in_person", "fax", "network"):
        take = rng.randrange(0, left + 1)
        o[f"a14_app_{stem}"], left = take, left - take
    o["a14_app_letter"] = left
    o |= {"a14_app_total": total, "a14_done_total": total, "a14_done_on_time": total - late, "a14_done_extended": late, "a14_reply_total": total}
    o |= {f"a14_reply_{s}": v for s, v in replies.items()} | {f"a14_denied_{s}": v for s, v in denied.items()}
    for stem in ("review", "suit"):
        parts = [n(5, 0.7) for _ in range(3)]
        o |= dict(zip([f"a14_{stem}_{s}" for s in ("upheld", "corrected", "other", "total")], [*parts, sum(parts)], strict=True))
    o |= {"a14_complaints": n(6, 0.7), "a14_fee_wanyuan": 0 if rng.random() < 0.7 else _amount(rng, 300)}
    full, part = n(30 if big else 4), n(200 if big else 9)
    o |= {"a14_org_count": n(60 if big else 3), "a14_reading_points": n(90 if big else 4), "a14_staff_total": full + part, "a14_staff_full_time": full,
          "a14_staff_part_time": part, "a14_budget_wanyuan": 0 if rng.random() < 0.5 else _amount(rng, 9000), "a14_meetings": n(20), "a14_trainings": n(12)}
    o["a14_trainees"] = n(900) if o["a14_trainings"] else 0
    return o


def draw_f08(rng: Random, big: bool) -> dict[str, Number]:
    """Figures of the two-column form (year and cumulative)."""
    def one(k: int) -> dict[str, int]:
        total = rng.randrange(20, 900) * k
        site = rng.randrange(total // 2, total + 1)
        recv = [rng.randrange(0, 9 * k) if rng.random() < 0.6 else 0 for _ in range(3)]
        left, reply = sum(recv), []
        for _ in range(3):
            take = rng.randrange(0, left + 1)
            reply.append(take)
            left -= take
        reply.append(left)
        return dict(disclosed_total=total, disclosed_website=site, disclosed_gazette=rng.randrange(0, total // 4 + 1), received_total=sum(recv), received_in_person=recv[0],
                    received_online=recv[1], received_letter_fax=recv[2], replied_total=sum(reply), replied_granted=reply[0], replied_partial=reply[1],
                    replied_denied=reply[2], replied_other=reply[3], reviews=rng.choice([0, 0, 0, 1, 2]), lawsuits=rng.choice([0, 0, 0, 0, 1]))

    k = 8 if big else 1
    year, past = one(k), one(4 * k)
    out: dict[str, Number] = {f"f08_{s}": v for s, v in year.items()}
    return out | {f"f08_{s}__cum": v + past[s] for s, v in year.items()}


def draw_s08(rng: Random, big: bool) -> dict[str, Number]:
    """Figures of the Shanghai-family form, later version."""
    def n(top: int, zero: float = 0.3) -> int:
        return 0 if rng.random() < zero else rng.randrange(1, top)

    k = 10 if big else 1
    o: dict[str, Number] = {}
    o["s08_proactive_total"] = total = rng.randrange(30, 800) * k
    o["s08_proactive_fulltext"] = rng.randrange(total // 2, total + 1)
    o |= {"s08_official_docs": n(90 * k), "s08_normative_new": n(20), "s08_service_info": n(60), "s08_page_views": n(90000), "s08_visitors": n(300),
          "s08_online_consult": n(200), "s08_phone_consult": n(500)}
    ex = [n(4, 0.8) for _ in range(6)]
    rep = {"reply_granted": n(60 * k), "reply_partial": n(9), "reason_not_gov_info": n(6, 0.6), "reason_not_exist": n(9), "reason_not_this_organ": n(9), "reason_unclear": n(5),
           "reason_duplicate": n(4), "reply_denied": sum(ex)}
    o |= {f"s08_{s}": v for s, v in rep.items()} | {f"s08_exempt_{i + 1}": v for i, v in enumerate(ex)}
    o["s08_reply_total"] = o["s08_app_total"] = left = sum(rep.values())
    for stem in ("in_person", "fax", "email", "web", "letter"):
        take = rng.randrange(0, left + 1)
        o[f"s08_app_{stem}"], left = take, left - take
    o["s08_app_other"] = left
    o |= {"s08_review_total": n(4, 0.7), "s08_suit_total": n(3, 0.8), "s08_appeal_total": n(3, 0.8)}
    a, b = n(80, 0.7), n(400, 0.6)
    full, part = n(5), n(9)
    o |= {"s08_fee_total_yuan": a + b, "s08_fee_proactive_yuan": a, "s08_fee_on_request_yuan": b, "s08_staff_total": full + part, "s08_staff_full_time": full, "s08_staff_part_time": part}
    o |= {"s08_budget_wanyuan": _amount(rng, 2000), "s08_spent_wanyuan": _amount(rng, 2000), "s08_litigation_cost_wanyuan": 0 if rng.random() < 0.7 else _amount(rng, 300)}
    return o

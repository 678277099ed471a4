"""Prose against tables: consistent reports raise no RT finding, contradicted ones do.

Tables are drawn at random; the prose about them is worded in the ways reports use.
"""

from __future__ import annotations

import random

import pytest

from pipelines.checks.prose import DENIED, OTHER, REFUSED, UNABLE, check_prose
from pipelines.reading.narrative import read_figures
from pipelines.record import Report

Table = dict[str, int]
RESULTS = ("granted", "partial", *DENIED, *UNABLE, *REFUSED, *OTHER)
CELLS = ("upheld", "corrected", "other", "pending")

REQUESTS = (
    "全年新收政府信息公开申请{new}件，上年结转{into}件，办结{done}件，结转下年度{over}件。",
    "全年共收到政府信息公开申请{all}件（含上年结转{into}件），办结{done}件，结转下年度继续办理{over}件。",
    "全年收到政府信息公开申请{new}件，同比增长12%，均已按规定办理。",
    "全年收到政府信息公开申请{new}件，其中网络申请{part}件、信函申请{rest}件；上年结转{into}件。",
    (
        "共办理政府信息公开申请{done}件（含2021年结转{into}件），其中，予以公开{granted}件，部分公开{partial}件，"
        "不予公开{denied}件，无法提供{unable}件，不予处理{refused}件，其他处理{other}件。"
    ),
    "共办理政府信息公开申请{done}件，{granted}件予以公开，{partial}件部分公开，{denied}件不予公开。",
    "2021年收到政府信息公开申请{more}件，2022年收到{new}件，减少7件。",
    "上年收到政府信息公开申请{more}件，今年收到{new}件。",
    "县水利局收到政府信息公开申请{part}件，县住建局收到{rest}件，全县共收到{new}件。",
    "近三年累计收到政府信息公开申请{many}件。2022年收到政府信息公开申请{new}件。",
    "上半年收到政府信息公开申请{part}件。全年收到政府信息公开申请{new}件。",
    "12345热线受理工单{many}件，办结{many}件，受理政府信息公开申请{new}件。",
    "全年收到政府信息公开申请{new}件，涉及征地类{part}件、财政类{rest}件，不予公开率12.5%。",
)
DISPUTES = (
    "政府信息公开行政复议{reviews}件，行政诉讼{suits}件。",
    "政府信息公开行政复议、行政诉讼案件共{both}件，其中复议{reviews}件、诉讼{suits}件。",
    "因政府信息公开引发行政复议{reviews}件，{upheld}件维持，{corrected}件纠正，{pending}件尚未审结。",
    "全年受理行政复议案件{many}件，其中涉及政府信息公开的行政复议{reviews}件。",
    "因政府信息公开被申请行政复议{reviews}件，上年为{many}件。",
)
DOCUMENTS = (
    "制发行政规范性文件{issued}件，废止{repealed}件，现行有效{in_force}件。",
    "去年制发规范性文件{many}件，今年制发{issued}件。",
    "公开规范性文件{many}件，备案审查规范性文件{many}件。",
)


def drawn(rng: random.Random) -> Table:
    """Return tables whose sums hold."""
    t = {row: rng.randint(0, 3) for row in RESULTS}
    t["granted"] = rng.randint(1, 30)
    t["processed_total"] = sum(t.values())
    t["carried_out"] = rng.randint(0, 4)
    t["carried_in"] = rng.randint(0, 4)
    t["new_received"] = t["processed_total"] + t["carried_out"] - t["carried_in"]
    for block in ("review", "direct", "after_review"):
        cells = {f"t4_{block}_{cell}": rng.randint(0, 3) for cell in CELLS}
        t |= cells | {f"t4_{block}_total": sum(cells.values())}
    t |= {"t2_normative_issued": rng.randint(1, 12), "t2_normative_repealed": rng.randint(0, 4)}
    t["t2_normative_in_force"] = t["t2_normative_issued"] + rng.randint(0, 60)
    return t | {f"t2_rules_{cell}": 0 for cell in ("issued", "repealed", "in_force")}


def told(t: Table, rng: random.Random) -> str:
    """Return prose that says what the tables say, among other things."""
    new = t["new_received"]
    suits = t["t4_direct_total"] + t["t4_after_review_total"]
    part = rng.randint(0, new)
    said = {
        "new": new, "into": t["carried_in"], "over": t["carried_out"], "all": new + t["carried_in"],
        "done": t["processed_total"], "part": part, "rest": new - part, "more": new + 7,
        "many": 3 * new + 190, "granted": t["granted"], "partial": t["partial"],
        "denied": sum(t[r] for r in DENIED), "unable": sum(t[r] for r in UNABLE),
        "refused": sum(t[r] for r in REFUSED), "other": sum(t[r] for r in OTHER),
        "reviews": t["t4_review_total"], "suits": suits, "both": t["t4_review_total"] + suits,
        **{cell: t[f"t4_review_{cell}"] for cell in CELLS if cell != "other"},
        **{cell: t[f"t2_normative_{cell}"] for cell in ("issued", "repealed", "in_force")},
    }  # fmt: skip
    return "".join(rng.choice(ways).format(**said) for ways in (REQUESTS, DISPUTES, DOCUMENTS))


def report(t: Table, prose: str) -> Report:
    values = {k if k.startswith("t") else f"t3_{k}__total": v for k, v in t.items()}
    narrative = read_figures(prose, 2022)
    return Report(values=dict(values), narrative=narrative, scope="aggregate")


def test_prose_that_agrees_raises_no_alarm():
    for seed in range(300):
        rng = random.Random(seed)
        tables = drawn(rng)
        prose = told(tables, rng)
        assert [(f.rule, f.where) for f in check_prose(report(tables, prose))] == [], prose


@pytest.mark.parametrize(
    ("prose", "field", "rule"),
    [
        ("全年新收政府信息公开申请{}件。", "new_received", "RT-APP"),
        ("全年没有政府信息公开申请。", None, "RT-APP"),
        ("全年办结政府信息公开申请{}件。", "processed_total", "RT-REPLY"),
        ("结转下年度继续办理申请{}件。", "carried_out", "RT-CARRY"),
        ("办结的申请中，{}件予以公开。", "granted", "RT-RESULT"),
        ("申请中部分公开{}件。", "partial", "RT-RESULT"),
        ("政府信息公开行政复议{}件。", "t4_review_total", "RT-REVIEW"),
        ("政府信息公开行政复议、行政诉讼各{}件。", "t4_review_total", "RT-REVIEW"),
        ("制发行政规范性文件{}件。", "t2_normative_issued", "RT-NORM"),
        ("未制发规章和行政规范性文件。", None, "RT-NORM"),
    ],
)  # fmt: skip
def test_prose_that_contradicts_is_found(prose, field, rule):
    for seed in range(30):
        tables = drawn(random.Random(seed))
        said = prose.format(tables[field] + 97) if field else prose
        assert [f.rule for f in check_prose(report(tables, said))][:1] == [rule], said

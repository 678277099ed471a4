"""One document from its number: organ, form, layout, habits, tables, pages, truth."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from . import forms as tables_of
from .figures import (
    annex_2008,
    annex_2014,
    annex_fujian,
    hubei_row,
    table_four,
    table_three,
    table_two,
)
from .habits import DAMAGES, HABITS, MISPRINTS, damage, draw
from .htmlcarriers import page, site_host
from .layouts import LAYOUTS, Layout, encoded, html_type
from .lookalikes import KINDS, look_alike
from .model import Block, Figures, Made, Table, Values
from .places import draw_organ, draw_place, government, host, repeated
from .plan import Plan, Powers
from .prose import (
    body,
    date_text,
    full_name,
    list_title,
    opening,
    paragraphs,
    problems,
    title,
)
from .rows import HUBEI_ROW, fields_of

COUNTS = ((0, 20), (1, 38), (2, 25), (3, 17))
SIMPLE = 0.46
"""Share of reports that are simple and honest, in an ordinary layout."""
COMPOUND = 0.10
"""Share of the reports that are sparse and damaged in several ways."""
ORDINARY = ("html_plain", "html_th", "html_word", "html_wps", "html_ueditor", "html_kind", "html_tinymce", "html_ckeditor", "html_strong", "html_ptd", "html_section", "html_excel", "docx", "xlsx_one_sheet")


def make(seed: int, n: int) -> Made:
    """Document ``n`` of the world of ``seed``."""
    rng = Random(f"{seed}:{n}")
    pick = rng.random()
    if pick < 0.11:
        return _look_alike(rng, n)
    if pick < 0.17:
        return _prose_report(rng, n)
    kind = "modern" if pick < 0.84 else rng.choices(("a14", "s08", "f08"), (6, 2, 2))[0]
    return _report(rng, n, kind)


def _layout(rng: Random, kind: str, *, ordinary: bool) -> Layout:
    pool = [x for x in LAYOUTS if (kind == "modern" or x.annex) and (x.name in ORDINARY or not ordinary)]
    return rng.choices(pool, [x.weight for x in pool])[0]


def _plan(rng: Random, kind: str, layout: Layout, *, sparse: bool) -> Plan:
    version = annex_version = ""
    province = None
    t2 = t3 = "v2021"
    if kind == "modern":
        version = rng.choices(("v2021", "v2019", "hybrid"), (68, 24, 8))[0]
        if version == "v2021":
            year = rng.randint(2021, 2025)
        elif version == "v2019":
            year = rng.choice((2019, 2019, 2020, 2020, 2020, 2021, 2023))
            t2 = t3 = "v2019"
        else:
            year, t3 = rng.randint(2021, 2024), "v2019"
    elif kind == "a14":
        year = rng.randint(2014, 2018)
    elif kind == "s08":
        year, province, annex_version = rng.randint(2008, 2013), rng.choice(("31", "62")), rng.choice(("old", "new"))
    else:
        year = rng.randint(2011, 2018)
        year = year if year != 2014 else 2015
        province, annex_version = "35", "early" if year <= 2013 else "late"
    place = draw_place(rng, province=province)
    organ = draw_organ(rng, place, year)
    density = rng.choices(("zero", "tiny", "sparse", "medium", "dense"), (12, 26, 30, 20, 12))[0]
    if organ.size == "tiny" and density in {"medium", "dense"}:
        density = rng.choice(("tiny", "sparse"))
    if organ.scope == "aggregate" and density in {"zero", "tiny"}:
        density = rng.choice(("sparse", "medium"))
    if sparse:
        density = rng.choice(("tiny", "sparse"))
    names: tuple[str, ...] = ("t2", "t3", "t4") if kind == "modern" else (kind,)
    if kind == "modern" and rng.random() < 0.03:
        names = rng.choice((("t3", "t4"), ("t2", "t3")))
    hubei = kind == "modern" and t2 == "v2019" and place.code.startswith("42") and rng.random() < 0.6
    meant = _figures(rng, kind, names, t2, t3, density, organ.size, organ.rules, annex_version, hubei)
    plan = Plan(rng, organ, year, t2, t3, names, layout.powers, meant, dict(meant), annex_version, density)
    plan.hubei = hubei
    plan.brackets = rng.choice(("half", "full", "full"))
    plan.ordinal = rng.choice((".", ".", "、", "．"))
    plan.style = rng.choice(layout.powers.styles)
    plan.wrapped = rng.random() < 0.15
    plan.money = rng.choice(("header_wan", "header_wan", "header_wan", "none")) if t2 == "v2019" else "header_wan"
    return plan


def _figures(
    rng: Random, kind: str, names: tuple[str, ...], t2: str, t3: str, density: str, size: str, rules: bool, annex_version: str, hubei: bool
) -> Figures:
    if kind == "a14":
        return annex_2014(rng, size)
    if kind == "s08":
        return annex_2008(rng, annex_version, size)
    if kind == "f08":
        return annex_fujian(rng, annex_version, size)
    out: Figures = {}
    if "t2" in names:
        out |= table_two(rng, t2, size, rules=rules)
        if hubei:
            out |= hubei_row(rng)
    if "t3" in names:
        out |= table_three(rng, t3, density)
    if "t4" in names:
        out |= table_four(rng, density)
    return out


def _tables(plan: Plan, layout: Layout) -> dict[str, list[Table]]:
    def built(form: str) -> list[Table]:
        if form == "t2":
            return [tables_of.table_two(plan)]
        if form == "t3":
            if plan.columns_cut:
                return [tables_of.table_three(plan, plan.columns[:4]), tables_of.table_three(plan, plan.columns[4:])]
            return [tables_of.table_three(plan)]
        if form == "t4":
            return [tables_of.table_four(plan)]
        return [tables_of.annex(plan, form)]

    out = {form: built(form) for form in plan.forms}
    if plan.own_sum and "t3" in plan.forms:
        rng = plan.rng
        decoy = _figures(rng, "modern", plan.forms, plan.t2, plan.t3, rng.choice(("tiny", "sparse")), "tiny", False, "", plan.hubei)
        kept = (plan.shown, plan.blanked, plan.texts, plan.notes, plan.ghosts)
        plan.shown, plan.blanked, plan.texts, plan.notes, plan.ghosts = decoy, {}, {}, {}, {}
        word = plan.organ.own.replace("我", "全")
        for form in plan.forms:
            own = built(form)[0]
            for cell in own.cells():
                cell.field = cell.value = None
            own.caption = "（其中）" + plan.organ.place.word + "政府办公室本级数据"
            whole = out[form][0]
            note = f"；{whole.caption}" if whole.caption else ""
            whole.caption = f"（总表）{word}汇总数据{note}"
            out[form] = [whole, own] if plan.own_sum == "sum_first" else [own, whole]
        plan.shown, plan.blanked, plan.texts, plan.notes, plan.ghosts = kept
    every = [t for ts in out.values() for t in ts]
    for change in plan.after:
        change(every)
    return out


def _truth(plan: Plan, tables: dict[str, list[Table]]) -> tuple[Values, Values]:
    fields: list[str] = []
    for form in plan.forms:
        version = {"t2": plan.t2, "t3": plan.t3}.get(form, plan.annex_version)
        fields += fields_of(form, version)
        if form == "t2" and plan.hubei:
            fields += HUBEI_ROW[1]
    printed: Values = dict.fromkeys(fields)
    if not plan.pictures:
        for ts in tables.values():
            for table in ts:
                for cell in table.cells():
                    if cell.field is not None:
                        value = cell.value
                        printed[cell.field] = round(value, 6) if isinstance(value, float) else value
    return printed, {f: plan.meant[f] for f in fields}


def _identity(plan: Plan) -> dict[str, object]:
    nameless = "nameless" in plan.page
    return {
        "report_year": plan.year,
        "publisher_norm": None if nameless else plan.organ.full,
        "adcode": plan.organ.place.code,
        "scope": plan.organ.scope,
    }


def _address(plan: Plan, n: int, ext: str, rng: Random) -> str:
    site = site_host(plan)
    y = plan.year + 1
    day = f"{y}0{rng.randint(1, 3)}{rng.randint(10, 28)}"
    if ext == "json":
        return f"https://{site}/api/info/detail?id={rng.randint(10000, 99999)}"
    if ext != "html":
        return f"http://{site}/upload/files/{y}/{rng.randint(1, 12)}/{rng.getrandbits(48):012x}.{ext}"
    return rng.choice((
        f"http://{site}/zwgk/zfxxgknb/{day[:6]}/t{day}_{rng.randint(100000, 9999999)}.html",
        f"https://{site}/art/{y}/1/{rng.randint(10, 28)}/art_{rng.randint(1000, 9999)}_{rng.randint(100000, 999999)}.html",
        f"http://{site}/xxgk/gknb/content_{rng.randint(10000, 9999999)}.html",
        f"https://{site}/xxgk/show/{rng.randint(1000, 99999)}.html",
    ))


def _code(plan: Plan, rng: Random) -> str | None:
    if plan.portal:
        return plan.portal
    place = plan.organ.place
    may_be_unknown = place.name not in repeated() and "nameless" not in plan.page
    return None if may_be_unknown and rng.random() < 0.1 else place.code


def _nameless(plan: Plan, rng: Random) -> None:
    """Nothing in the document or around it tells which office it is."""
    plan.page -= {"disclosure_office_named", "other_organs_named", "cited_notices"}
    plan.page.add("nameless")
    plan.title_style, plan.list_title, plan.prefix, plan.portal = "bare", "same", False, None
    plan.habits = [h for h in plan.habits if not h.startswith(("title_", "list_title", "city_named", "on_the_citys", "disclosure", "other_organs", "cited"))]
    plan.habits.append("nothing_tells_the_organ")


def _neutral(blocks: list[Block], plan: Plan) -> list[Block]:
    own = plan.organ.own
    out = []
    for b in blocks:
        if b.kind == "sign" and plan.organ.full in b.text:
            continue
        out.append(replace(b, text=b.text.replace(plan.organ.full, own)))
    return out


def _report(rng: Random, n: int, kind: str) -> Made:
    mood = rng.random()
    layout = _layout(rng, kind, ordinary=mood < SIMPLE)
    plan = _plan(rng, kind, layout, sparse=mood > 1 - COMPOUND)
    if mood < SIMPLE:
        if rng.random() < 0.8:
            plan.style = "official"
        if rng.random() < 0.12:
            damage(plan, rng, 1, MISPRINTS)
    elif mood > 1 - COMPOUND:
        damage(plan, rng, rng.choice((2, 3, 3)), DAMAGES)
    else:
        if rng.random() < 0.25:
            damage(plan, rng, 1, MISPRINTS)
        count = rng.choices([c for c, _ in COUNTS], [w for _, w in COUNTS])[0]
        draw(plan, rng, min(3, len(plan.habits) + count))
    if "tables_as_pictures" in plan.page:
        plan.pictures = True
    if plan.organ.kind == "department" and plan.organ.own.startswith("我") and kind == "modern" and rng.random() < 0.03:
        _nameless(plan, rng)
    tables = _tables(plan, layout)
    blocks = body(plan, tables)
    if "nameless" in plan.page:
        blocks = _neutral(blocks, plan)
    printed, meant = _truth(plan, tables)
    listed = list_title(plan, blocks, rng)
    if "nameless" in plan.page and listed:
        listed = f"{plan.year}年政府信息公开工作年度报告"
    raw, ext, said = layout.write(blocks, plan, listed, rng)
    return Made(
        name=f"d{n:05d}.{ext}", body=raw, content_type=said, url=_address(plan, n, ext, rng), title=listed, code=_code(plan, rng),
        layout=f"{layout.name}+{kind}" if kind != "modern" else layout.name, habits=tuple(plan.habits), is_report=True, printed=printed, meant=meant, identity=_identity(plan),
    )


_PAGE_HABITS = ("title_without_organ", "title_year_first", "title_place_only", "year_in_chinese", "year_niandu", "list_title_none", "city_named_before", "other_years_links", "place_inside_words", "encoding_gbk")


def _prose_report(rng: Random, n: int) -> Made:
    """A report of 2008-2018 without tables."""
    year = rng.randint(2008, 2018)
    place = draw_place(rng)
    organ = draw_organ(rng, place, year)
    layout = rng.choice([x for x in LAYOUTS if x.prose])
    plan = Plan(rng, organ, year, "", "", (), layout.powers, {}, {})
    for _ in range(rng.choice((0, 1, 2))):
        name = rng.choice(_PAGE_HABITS)
        if name not in plan.habits and HABITS[name](plan, rng):
            plan.habits.append(name)
    head = title(plan, rng)
    a, b = rng.randint(20, 3000), rng.choice((0, 0, 2, 15))
    asked = f"全年收到公开申请{b}件，均按期答复。" if b else "全年未收到公开申请。"
    parts = [
        ("概述", " ".join(paragraphs(plan, rng)[:3])), ("主动公开情况", f"{year}年共主动公开政府信息{a}条，其中通过网站公开{a - a // 9}条。"), ("依申请公开情况", asked),
        ("收费及减免情况", "未收取任何费用。"), ("行政复议和行政诉讼情况", "未发生因信息公开引起的行政复议和行政诉讼。"), ("存在问题和改进措施", "".join(problems(rng))),
    ]
    short = rng.random() < 0.4
    blocks = [Block("title", head)] if head else []
    blocks += [Block("p", p) for p in opening(plan, rng)]
    for i, (name, text) in enumerate(parts[1:] if short else parts):
        if short:
            blocks.append(Block("p", f"{'一二三四五六'[i]}、{name}。{text}"))
        else:
            blocks += [Block("h", f"{'一二三四五六'[i]}、{name}"), Block("p", text)]
    blocks.append(Block("sign", full_name(plan)))
    blocks.append(Block("sign", date_text(plan, rng)[0]))
    listed = list_title(plan, blocks, rng)
    raw, ext, said = layout.write(blocks, plan, listed, rng)
    return Made(
        name=f"d{n:05d}.{ext}", body=raw, content_type=said, url=_address(plan, n, ext, rng), title=listed, code=_code(plan, rng), layout=("prose_short" if short else "prose_parts") + "+" + layout.name,
        habits=tuple(plan.habits), is_report=True, printed={}, meant={}, identity=_identity(plan),
    )


def _look_alike(rng: Random, n: int) -> Made:
    year = rng.randint(2015, 2025)
    place = draw_place(rng)
    organ = draw_organ(rng, place, year)
    kind = rng.choice(KINDS)
    if kind == "work_report":
        organ = government(place)
    head, parts = look_alike(rng, kind, organ, year)
    plan = Plan(rng, organ, year, "", "", (), Powers(), {}, {})
    if kind == "sample_text":
        plan.page.add("nameless")
    if rng.random() < 0.2:
        plan.encoding = "gbk"
    inner = f"<h2>{head}</h2>" + "".join(p if p.startswith("<") else f"<p>{p}</p>" for p in parts)
    url = _address(plan, n, "html", rng)
    if kind == "sample_text":
        url = url.replace(host(place), "www.wendang-fanwen.com")
    return Made(
        name=f"d{n:05d}.html", body=encoded(page(inner, plan, head, rng), plan, markup=True), content_type=html_type(plan, rng), url=url, title=head if rng.random() < 0.9 else None,
        code=place.code, layout=f"lookalike_{kind}", habits=(), is_report=False, printed={}, meant={}, identity={"report_year": None, "publisher_norm": None, "adcode": None, "scope": None},
    )


__all__ = ["make"]

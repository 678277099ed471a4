"""Draw one document: place, organ, figures, layout, habits; then render it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from . import annex, annex_fields, figures, htmlout, office, other_habits, pages, prose, tables
from .cell_habits import NUMBER_STYLES, ZERO_STYLES, Apply, plain
from .layouts import BY_ID, LAYOUTS, Layout
from .lookalikes import lookalike
from .misprints import ANNEX_MISPRINTS, MISPRINTS
from .model import Cell, Grid, Made, Number, Row, Shown
from .places import draw_organ, places
from .state import Block, State

_TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
S2, S3, S4 = "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"

_NEW_ONLY = {"cites_many", "cites_last_year", "names_other_place", "words_with_place", "prose_contradicts", "period_damaged"}
# prefectures and counties whose code or status changed after 2008
_RECODED = ("5205", "5206", "5402", "5403", "5404", "5405", "5406", "6302", "6504", "6505", "340422", "340722", "340124", "340522", "340523", "340225", "3414", "4603", "4604")
_LINKS = {"attachment_links", "older_reports_linked"}


def _new_state(rng: Random, layout: Layout) -> State:
    place = rng.choice(places())
    if layout.form == "new":
        year = rng.choice([2019, 2020, 2020, 2021, 2021, 2022, 2022, 2023, 2023, 2024, 2024, 2025])
        t2v = "v2019" if year < 2021 or rng.random() < 0.05 else "v2021"
        t3v = "v2019" if t2v == "v2019" or rng.random() < 0.06 else "v2021"
    else:
        year = rng.randrange(2008, 2019)
        t2v = t3v = ""
    while year < 2021 and (place.code.startswith(_RECODED) or (place.level == "county" and not place.name.endswith("县"))):
        place = rng.choice(places())  # districts and cities were renamed too often to be sure of their code in earlier years
    organ = draw_organ(rng, place, year)
    big = organ.kind == "gov"
    meant: dict[str, Number] = {}
    hubei = place.code.startswith("42") and rng.random() < 0.7
    form = ""
    if layout.form == "new":
        dense = rng.random() < (0.75 if big else 0.35)
        may_rule = big and place.level == "prefecture"
        meant = figures.draw_t2(rng, t2v, big, may_rule, hubei) | figures.draw_t3(rng, t3v, dense) | figures.draw_t4(rng, dense and rng.random() < 0.6)
    elif layout.form == "annex":
        form = "a14" if year >= 2014 and rng.random() < 0.75 else "f08" if rng.random() < 0.5 or year >= 2014 else "s08"
        if layout.t2 == "beside" and form == "f08":
            form = "s08" if year < 2014 else "a14"
        meant = {"a14": figures.draw_a14, "f08": figures.draw_f08, "s08": figures.draw_s08}[form](rng, big)
    shown = {k: Shown(plain(v), v) for k, v in meant.items() if v is not None}
    s = State(rng, place, organ, year, t2v, t3v, hubei, meant, shown, layout.family)
    s.options["form"] = form
    s.cols = tables.standard_cols()
    if rng.random() < 0.3:
        s.relabel.append(lambda t: t.replace("(", "\uff08").replace(")", "\uff09"))
    if rng.random() < 0.6 and "t2_procurement_amount_wanyuan" in meant:
        s.options["fee_header"] = "万元"
    return s


def _fits(need: str, s: State, layout: Layout) -> bool:
    fam, html = layout.family, layout.family in ("html", "json")
    real_table = (html and layout.flavour in htmlout.TABLES) or fam in ("docx", "xlsx")
    lines = fam in ("lines", "htmllines")
    new = layout.form == "new"
    if need == "any":
        return True
    if need == "html":
        return html and layout.flavour in htmlout.TABLES and layout.flavour != "inputs"
    if need == "blank":
        return not lines and layout.flavour not in ("aligned",)
    if need == "text":
        return fam == "text" and not layout.flavour.startswith("pre_")
    if not new:
        return False
    if need == "t3":
        return not lines and layout.t3 != "long" and layout.flavour not in ("divgrid",)
    if need == "t3grid":
        return real_table and layout.t3 not in ("long", "transposed")
    if need == "t3span":
        return (real_table or fam == "csv") and layout.t3 == "span"
    if need == "t2official":
        return real_table and layout.t2 == "official" and layout.id != "s_xml2003"
    if need == "t2html":
        return html and layout.flavour in htmlout.TABLES and layout.t2 in ("official", "joined") and layout.page != "one"
    raise ValueError(need)


def _draw_habits(s: State, layout: Layout) -> None:
    rng = s.rng
    new, annexed = layout.form == "new", layout.form == "annex"

    def one(name: str, apply: Apply) -> None:
        if apply(s):
            s.habits.append(name)

    if (new or annexed) and rng.random() < 0.27:
        pool = MISPRINTS if new else ANNEX_MISPRINTS
        name = rng.choice(list(pool))
        one(name, pool[name])
    count = rng.choices([0, 1, 2, 3], [40, 27, 22, 11])[0]
    groups = ["page", "page"] if layout.form == "prose" else ["number", "zero", "page", "label", "structure", "structure", "amount"] if new else ["number", "zero", "page"]
    drawn: list[tuple[int, str, Apply]] = []
    for group in rng.sample(groups, min(count, len(groups))):
        order = {"structure": 0, "amount": 1, "zero": 2, "number": 3, "label": 4, "page": 5}[group]
        table = {"number": NUMBER_STYLES, "zero": ZERO_STYLES, "label": other_habits.LABELS, "structure": other_habits.STRUCTURE, "page": other_habits.PAGE,
                 "amount": {k: ("any", v) for k, v in other_habits.AMOUNTS.items()}}[group]
        names = [n for n, (need, _) in table.items() if _fits(need, s, layout) and n not in [d[1] for d in drawn]]
        if group == "page":
            html = layout.family == "html" and layout.flavour != "word"
            names = [n for n in names if (new or n not in _NEW_ONLY) and (html or n not in _LINKS)]
        if names:
            name = rng.choice(names)
            drawn.append((order, name, table[name][1]))
    for _, name, apply in sorted(drawn, key=lambda d: d[0]):
        if {name, *s.habits} >= {"col_merged", "col_lost"} or {name, *s.habits} >= {"col_merged", "col_moved"} or {name, *s.habits} >= {"col_lost", "col_doubled"}:
            continue
        if name == "openness_office_signs" and (s.organ.kind != "gov" or s.options.get("title_without_organ")):
            continue
        if name == "title_without_organ" and s.options.get("openness_office_signs"):
            continue
        if name in ("num_letter_o",) and any(v.text in ("O", "OO") for v in s.shown.values()):
            continue
        if name in ("foot_mark_star", "foot_mark_note", "foot_mark_sup"):
            s.options["note"] = True
        one(name, apply)


def _t3(s: State, style: str) -> list[Grid]:
    if style == "transposed":
        return tables.t3_transposed(s)
    if style in ("cut_head", "cut_nohead"):
        return tables.t3_cut(s, style == "cut_head")
    if style == "long":
        return tables.t3_long(s)
    return tables.t3_plain(s, style)


def _hide_rows(s: State, grid: Grid) -> None:
    """Hide a real row, or add a hidden row with other figures."""
    rows = [i for i, r in enumerate(grid.rows) if any(c.field for c in r.cells)]
    at = s.rng.choice(rows)
    if s.options.get("hide_real"):
        grid.rows[at].hidden = True
    if s.options.get("hide_other"):
        copy = [Cell(str(s.rng.randrange(1, 90)) if c.field else c.text, None, c.rs, c.cs, c.head) for c in grid.rows[at].cells]
        grid.rows.insert(at, Row(copy, hidden=True))


def _last_year(s: State) -> str:
    """Last year's tables as HTML that nobody sees."""
    figs = figures.draw_t2(s.rng, s.t2v or "v2021", False, False, False) | figures.draw_t4(s.rng, True)
    old = State(s.rng, s.place, s.organ, s.year - 1, s.t2v or "v2021", s.t3v, False, figs, {k: Shown(plain(v), v) for k, v in figs.items() if v is not None}, "html")
    html = "".join(htmlout.grid_html(g, s.rng, "plain") for g in (tables.t2_official(old), tables.t4_official(old)))
    kind = s.options["hidden_table"]
    return {"div": f'<div style="display:none">{html}</div>', "comment": f"<!-- {html} -->", "template": f"<template>{html}</template>"}[str(kind)]


def _blocks(s: State, layout: Layout) -> list[Block]:
    out: list[Block] = [("p", p) for p in prose.opening(s)] if layout.form == "new" else [("p", f"{s.organ.norm}根据《中华人民共和国政府信息公开条例》的要求,公布{s.year}年度政府信息公开工作情况。")]

    def grids(items: list[Grid], caption: bool = True) -> None:
        for g in items:
            if caption and s.options.get("caption") and not g.caption:
                g.caption = str(s.options["caption"])
            out.append(("grid", g))

    if layout.form != "new":
        for head, paras in prose.old_sections(s):
            out.append(("h", head))
            out += [("p", p) for p in paras]
        if layout.form == "annex":
            out.append(("h", "附表:政府信息公开情况统计表"))
            grids([_annex(s, layout)], caption=False)
            if s.options.get("note"):
                out.append(("note", "注:带标记的数据以年底核对数为准。"))
    else:
        out.append(("h", "一、总体情况"))
        out += [("p", p) for p in prose.general(s)]
        out.append(("h", S2))
        t2 = tables.t2_split(s) if layout.t2 == "split" else [{"official": tables.t2_official, "list": tables.t2_list, "joined": tables.t2_joined, "years": tables.t2_years}[layout.t2](s)]
        if s.options.get("hide_real") or s.options.get("hide_other"):
            _hide_rows(s, t2[0])
        grids(t2, caption=False)
        out.append(("h", S3))
        grids(_t3(s, layout.t3))
        if s.options.get("note"):
            out.append(("note", f"注:带标记的数据较上年有较大变化,其中网络渠道增加{s.rng.randrange(2, 30)}件。"))
        if s.options.get("hidden_table"):
            out.append(("raw", _last_year(s)))
        out.append(("h", S4))
        grids([{"official": tables.t4_official, "rows": tables.t4_rows, "list": tables.t4_list, "years": tables.t4_years}[layout.t4](s)])
        out.append(("h", "五、存在的主要问题及改进情况"))
        out += [("p", p) for p in prose.problems(s)]
        out.append(("h", "六、其他需要报告的事项"))
        out += [("p", p) for p in prose.others(s)]
    out += [("p", p) for p in prose.signature(s)]
    return out


def _annex(s: State, layout: Layout) -> Grid:
    form = s.options["form"]
    if form == "f08":
        return annex.fujian(s)
    rows = annex_fields.A14 if form == "a14" else annex_fields.S08
    if layout.t2 == "beside":
        return annex.beside(s, rows)
    return annex.national(s, rows, number=layout.t2 == "number", before=layout.t2 == "before", unit=layout.t2 != "nounit")


def _printed(s: State, blocks: list[Block]) -> dict[str, Number]:
    placed = {c.field for _, g in blocks if isinstance(g, Grid) for r in g.rows if not r.hidden for c in r.cells if c.field}
    return {k: (s.shown[k].read if k in placed else None) for k in s.meant}


def _encode(s: State, text: str, html: bool, layout: Layout) -> tuple[bytes, str | None]:
    """Encode and say what a server would; text is a function of the charset only in HTML."""
    mark = layout.page
    if mark == "gbk":
        return text.encode("gb18030"), s.rng.choice(["text/csv", None])
    if mark == "utf16":
        return text.encode("utf-16"), None
    if layout.family == "csv":
        return text.encode("utf-8-sig"), s.rng.choice(["text/csv", "text/csv; charset=utf-8", None])
    del html
    return text.encode("utf-8"), "text/plain; charset=utf-8"


def _render(s: State, layout: Layout, blocks: list[Block], title: str) -> tuple[bytes, str | None, str]:
    rng = s.rng
    if layout.page == "one":
        blocks = pages.one_grid(blocks)
    if layout.family == "docx":
        ghost = rng.choice(["", "", "", "vanish", "deleted"]) if layout.form == "new" else ""
        if ghost:
            s.habits.append(f"docx_{ghost}")
        return office.docx([("h", title), *blocks], ghost), _TYPES["docx"], "docx"
    if layout.family == "xlsx":
        full: list[Block] = [("h", title), *blocks]
        if layout.flavour == "xml2003":
            return office.spreadsheetml(full), "application/vnd.ms-excel", "xls"
        if layout.flavour == "sheets":
            sheets, names = [], ["说明", "主动公开", "依申请公开", "复议诉讼", "其他"]
            sheets.append([("h", title)])
            for b in blocks:
                if b[0] == "h" and str(b[1]) in (S2, S3, S4, "五、存在的主要问题及改进情况"):
                    sheets.append([])
                sheets[-1].append(b)  # type: ignore[arg-type]
            return office.xlsx([(names[i], sh, False) for i, sh in enumerate(sheets)]), _TYPES["xlsx"], "xlsx"  # type: ignore[misc]
        book = [("Sheet1", full, False)]
        if layout.form == "new" and rng.random() < 0.25:
            s.habits.append("hidden_sheet_last_year")
            figs = figures.draw_t4(rng, True)
            old = State(rng, s.place, s.organ, s.year - 1, s.t2v, s.t3v, False, figs, {k: Shown(plain(v), v) for k, v in figs.items() if v is not None}, "xlsx")
            book.append(("上年", [("h", S4), ("grid", tables.t4_official(old))], True))
        return office.xlsx(book, layout.flavour != "textcells"), _TYPES["xlsx"], "xlsx"
    if layout.family == "json":
        text = pages.page_json(s, layout, blocks, title)
        return text.encode(), "application/javascript" if layout.id == "j_jsonp" else rng.choice(["application/json", "application/json;charset=UTF-8"]), "json"
    is_html = layout.family in ("html", "htmllines") or layout.flavour.startswith("pre_")
    if not is_html:
        body, kind = _encode(s, pages.page_text(s, layout, blocks, title), False, layout)
        if layout.family != "csv" and rng.random() < 0.2:
            text = body.decode()
            body, kind = rng.choice([(text.encode("gb18030"), "text/plain; charset=gb18030"), (text.encode("utf-16"), "text/plain"), (text.encode("utf-8-sig"), "text/plain")])
            s.habits.append("enc_text_other")
        return body, kind, "csv" if layout.family == "csv" else "md" if layout.flavour == "md" else "txt"
    if layout.page == "mht":
        return pages.mht(pages.page_html(s, layout, blocks, title, "utf-8")), rng.choice(["multipart/related", "application/msword"]), "mht"
    choice = rng.choices(["utf8", "gb2312", "gbk_header", "gb18030", "bom", "utf16", "none"], [60, 12, 7, 6, 5, 3, 7])[0]
    if layout.flavour in ("word", "excel") and rng.random() < 0.3:
        choice = "gb2312"
    charset = {"utf8": "utf-8", "gb2312": "gb2312", "gbk_header": None, "gb18030": "gb18030", "bom": "utf-8", "utf16": "utf-16", "none": None}[choice]
    text = pages.page_html(s, layout, blocks, title, charset)
    if choice in ("gb2312", "gbk_header"):
        try:
            body = text.encode("gbk")
        except UnicodeEncodeError:
            text, choice = text.replace("charset=gb2312", "charset=utf-8"), "utf8"
    kind: str | None = rng.choice(["text/html", "text/html; charset=utf-8", None])
    if choice == "gb18030":
        body = text.encode("gb18030")
    elif choice == "utf16":
        body = text.encode("utf-16")
    elif choice in ("utf8", "none", "bom"):
        body = text.encode("utf-8-sig" if choice == "bom" else "utf-8")
    if choice not in ("utf8", "none", "bom"):
        kind = "text/html; charset=GBK" if choice == "gbk_header" else "text/html"
    if choice == "none":
        kind = "text/html; charset=utf-8"
    if choice != "utf8":
        s.habits.append(f"enc_{choice}")
    return body, kind, "html"


def make(seed: int, n: int) -> Made:
    """Document n of a seed."""
    rng = Random(f"{seed}:{n}")
    if rng.random() < 0.09:
        return lookalike(rng, n)
    layout = rng.choices(LAYOUTS, [x.weight for x in LAYOUTS])[0]
    return make_layout(rng, n, layout)


def make_layout(rng: Random, n: int, layout: Layout) -> Made:
    """One report of a given layout."""
    s = _new_state(rng, layout)
    _draw_habits(s, layout)
    title, listed = prose.title_of(s)
    blocks = _blocks(s, layout)
    printed = _printed(s, blocks)
    body, kind, ext = _render(s, layout, blocks, title)
    if layout.form == "new" and s.t3v != s.t2v:
        s.habits.append("hybrid_forms")
    if s.t2v == "v2019" and s.year >= 2021:
        s.habits.append("old_form_later_year")
    year = s.year + (1 if s.options.get("year_path_next") or rng.random() < 0.5 else 0)
    stem = rng.choice([f"xxgk/nb/{year}/t{s.year + 1}0{rng.randrange(1, 4)}{rng.randrange(10, 28)}_{rng.randrange(10**6)}", f"zwgk/zfxxgknb/content_{rng.randrange(10**6)}", f"art/{s.year + 1}/2/{rng.randrange(1, 28)}/art_{rng.randrange(9000)}"])
    listed_title = None if s.options.get("list_title_none") else listed
    return Made(name=f"d{n:05d}.{ext}", body=body, content_type=kind, url=f"http://{s.place.host}/{stem}.{ext}", title=listed_title,
                code=None if s.options.get("code_none") else s.place.code, layout=layout.id, habits=tuple(s.habits), is_report=True, printed=printed, meant=dict(s.meant),
                identity={"report_year": s.year, "publisher_norm": s.organ.norm, "adcode": s.place.code, "scope": s.organ.scope})


def documents(seed: int, count: int) -> Iterator[Made]:
    """The world's documents, in order."""
    for n in range(count):
        yield make(seed, n)


__all__ = ["BY_ID", "documents", "make", "make_layout"]

"""One document from a seed and a number."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from . import figures, forms, identity, lookalikes, prose
from .document import Block, Document
from .grid import Grid
from .habits import HABITS, Work
from .labels import Labels
from .layouts import LAYOUTS, Layout
from .places import choose_place
from .shapes import (
    Options,
    indicator_table,
    merge_cells,
    merge_down,
    one_table,
    table2,
    table3,
    table4,
)
from .sheet import Sheet, make_sheet, plain, write

ERAS = (
    ("v2021", 46),
    ("v2019", 20),
    ("hybrid", 6),
    ("a14", 10),
    ("s08", 5),
    ("f08", 4),
    ("prose", 4),
    ("lookalike", 13),
)


@dataclass(slots=True)
class Built:
    """A finished document with its truth and the reasons for it."""

    name: str
    body: bytes
    content_type: str | None
    url: str
    title: str | None
    code: str | None
    layout: str
    habits: tuple[str, ...]
    is_report: bool
    printed: dict[str, int | float | None]
    meant: dict[str, int | float | None]
    identity: dict[str, object]
    touched: dict[str, list[str]]
    astray: list[
        str
    ]  # fields that the tables show and the truth denies, or the other way round (always empty; for the self-check)


_NOBODY: dict[str, object] = {
    "report_year": None,
    "publisher_norm": None,
    "adcode": None,
    "scope": None,
}


def build(seed: int, n: int) -> Built:
    """The n-th document of a seed."""
    rng = random.Random(f"{seed}:{n}")
    era = rng.choices([e for e, _ in ERAS], [w for _, w in ERAS])[0]
    layout = rng.choices(LAYOUTS, [lay.weight for lay in LAYOUTS])[0]
    if era == "lookalike":
        return _lookalike(rng, n, layout)
    sheet_file = layout.name.startswith(("csv", "tsv", "xls"))
    if (era == "prose" and sheet_file) or (
        era == "f08" and layout.name in {"html_list", "html_dl"}
    ):
        layout = LAYOUTS[0]
    return _report(rng, n, layout, era)


def _lookalike(rng: random.Random, n: int, layout: Layout) -> Built:
    place = choose_place(rng)
    year = rng.randint(2019, 2024)
    kind = rng.choice(list(lookalikes.MAKERS))
    if kind in {"list_page", "missing", "news", "pictured"} or "cells" in layout.name:
        layout = next(lay for lay in LAYOUTS if lay.name == "html_plain")
    document = lookalikes.MAKERS[kind](rng, place, year)
    document.site = f"{place.name}人民政府"
    packed = layout.pack(rng, document, None, f"http://{place.domain}/")
    url = f"http://{place.domain}/zwgk/xxgknb/{year + 1}/content_{rng.randint(10_000, 999_999)}.{packed.extension}"
    return Built(
        f"d{n:05d}.{packed.extension}",
        packed.body,
        packed.content_type,
        url,
        document.page_title if rng.random() < 0.8 else None,
        place.code,
        layout.name,
        (f"lookalike_{kind}",),
        False,
        {},
        {},
        dict(_NOBODY),
        {},
        [],
    )


def _year(rng: random.Random, era: str) -> int:
    match era:
        case "v2021":
            return rng.randint(2021, 2024)
        case "v2019":
            return rng.choice((2019, 2020, 2019, 2020, 2020, 2022))
        case "hybrid":
            return rng.randint(2021, 2024)
        case "a14":
            return rng.randint(2014, 2018)
        case "s08":
            return rng.randint(2008, 2013)
        case "f08":
            return rng.randint(2014, 2018)
    return rng.randint(2008, 2018)


def _puzzles(rng: random.Random, count: int, layout: Layout, era: str) -> set[str]:
    chosen: set[str] = set()
    groups: set[str] = set()
    web = layout.name.startswith(
        ("html", "div", "pre", "p_", "br_", "xhtml")
    ) and not layout.name.startswith(("html_word", "html_excel", "html_utf16"))
    for name in rng.choices(
        [p for p, _ in identity.PUZZLES], [w for _, w in identity.PUZZLES], k=count
    ):
        group = identity.ONE_OF.get(name, name)
        if (
            group in groups
            or (group == "beside" and not web)
            or (name in {"title_no_organ_meta", "wrong_site_publisher"} and not web)
        ):
            continue
        if name == "year_nowhere" and era not in {"v2021", "v2019"}:
            continue
        groups.add(group)
        chosen.add(name)
    if "nothing_tells_who" in chosen:
        chosen -= {
            "county_on_city_site",
            "ambiguous_place_name",
            "name_inside_words",
            "neighbour_named",
            "no_portal_code",
            "notice_of_upper_organ_cited",
        }
    if "year_nowhere" in chosen:
        chosen -= {
            "last_year_in_text",
            "posted_years_later",
            "year_of_address_differs",
            "signed_by_open_government_office",
        }
    if {"title_no_year", "year_nowhere"} & chosen and "posted_years_later" in chosen:
        chosen.discard("posted_years_later")
    if chosen & {"county_on_city_site"}:
        chosen -= {
            "title_no_organ_meta",
            "title_no_organ_sign",
            "title_no_organ_opening",
            "wrong_site_publisher",
        }
    if "file_name_is_title" in chosen and web:
        chosen.discard("file_name_is_title")
    return chosen


def _draw(
    rng: random.Random, era: str, government: bool, level: str
) -> tuple[figures.Figures, str | None, str | None, tuple[forms.Line, ...]]:
    if era in {"a14", "s08", "f08"}:
        lines = {"a14": forms.A14, "s08": forms.S08_LATER, "f08": forms.F08}[era]
        return figures.indicators(rng, lines, government=government), None, None, lines
    t2 = "v2021" if era in {"v2021", "hybrid"} else "v2019"
    t3 = "v2021" if era == "v2021" else "v2019"
    drawn = figures.table2(rng, t2, government=government, level=level) | figures.table3(
        rng, t3, government=government
    )
    drawn |= figures.table4(rng, int(drawn["t3_processed_total__total"]))
    return drawn, t2, t3, ()


def _report(rng: random.Random, n: int, layout: Layout, era: str) -> Built:
    year = _year(rng, era)
    total = rng.choices((0, 1, 2, 3), (34, 22, 24, 20))[0]
    told = sum(rng.random() < 0.33 for _ in range(total))
    puzzles = _puzzles(rng, told, layout, era)
    kind = "government" if era == "f08" and rng.random() < 0.7 else None
    who = identity.settle(rng, puzzles, year, kind)
    assert who.telling
    names = sorted(puzzles)
    if who.organ.kind not in {"government"}:
        names.append(f"organ_{who.organ.kind}")
    if era == "hybrid":
        names.append("two_forms_in_one")
    elif era == "v2019" and year > 2020:
        names.append("old_form_in_later_year")
    if era == "prose":
        document = Document([Block("title", who.title)], who.title)
        document.blocks.append(Block("p", prose.opening(rng, who.telling, modern=False)))
        for head, texts in prose.old_prose(rng, who.telling):
            document.blocks += [Block("h", head), *[Block("p", t) for t in texts]]
        return _finish(
            rng, n, layout, document, None, who, [*names, "prose_only"], puzzles, {}, {}, {}
        )
    drawn, t2, t3, lines = _draw(rng, era, who.organ.scope == "aggregate", who.organ.place.level)
    sheet = make_sheet(drawn, t2, t3, lines)
    work = Work(rng, layout, sheet, Options(year=0 if "year_nowhere" in puzzles else year))
    chosen = _habits(rng, work, total - told)
    names += chosen
    document = _compose(rng, work, who, era)
    printed = {f: s.printed for f, s in sheet.slots.items()}
    meant: dict[str, int | float | None] = {f: s.meant for f, s in sheet.slots.items()}
    return _finish(
        rng, n, layout, document, sheet, who, names, puzzles, printed, meant, sheet.touched
    )


def _astray(layout: Layout, document: Document, sheet: Sheet) -> list[str]:
    """Legible fields without a cell, and fields without a figure whose cell still shows one."""
    shown: set[str] = set()
    for grid in document.grids:
        for i, row in enumerate(grid.rows):
            cells = [c for c in row if not c.hidden and i not in grid.hidden_rows]
            if layout.name in {"html_list", "html_dl"}:
                cells = [c for c in cells if not c.head][:1]
            shown |= {c.field for c in cells if c.field}
    figures_shown = {
        f
        for f in shown
        if any(ch.isdigit() or ch in "零一二三四五六七八九十" for ch in sheet.slots[f].text)
        and not sheet.slots[f].veiled
    }
    return [
        f
        for f, s in sheet.slots.items()
        if (s.legible and f not in shown)
        or (not s.legible and f in figures_shown and not s.text.endswith("美元"))
    ]


def _habits(rng: random.Random, work: Work, count: int) -> list[str]:
    """Draw habits of different groups and let them act, stage by stage."""
    groups: set[str] = set()
    chosen: list[str] = []
    wrong = rng.random() < 0.3
    for _ in range(40):
        if len(chosen) >= count + wrong:
            break
        pool = [
            h
            for h in HABITS
            if h.group not in groups
            and h.fits(work)
            and ((h.group == "misprint") == (wrong and "misprint" not in groups))
        ]
        if not pool:
            wrong = False
            continue
        by_group = sorted({h.group for h in pool})
        group = rng.choices(by_group, [_GROUP_WEIGHTS.get(g, 1.0) for g in by_group])[0]
        members = [h for h in pool if h.group == group]
        pick = rng.choices(members, [h.weight for h in members])[0]
        groups.add(group)
        chosen.append(pick.name)
    acting = [h for h in HABITS if h.name in chosen]
    for stage in (1, 2, 3):
        for h in acting:
            if h.stage == stage and (stage != 2 or h.fits(work)):
                h.act(work)
    money = {s.field for s in work.sheet.money}
    style, amount = work.style, work.money
    write(work.sheet, lambda s: amount(s) if amount and s.field in money else style(s))
    for stage in (4, 5):
        for h in acting:
            if h.stage == stage:
                h.act(work)
    return chosen


_GROUP_WEIGHTS = {
    "structure": 3.0,
    "zeros": 2.5,
    "writing": 2.0,
    "amount": 1.2,
    "label": 1.5,
    "hidden": 1.5,
    "note": 0.7,
    "gaps": 1.0,
    "delta": 0.7,
    "structure_two": 0.4,
}

_HEADS = {
    "1": ("一、总体情况",),
    "2": ("二、主动公开政府信息情况", "二、行政机关主动公开政府信息情况"),
    "3": ("三、收到和处理政府信息公开申请情况", "三、行政机关收到和处理政府信息公开申请情况"),
    "4": (
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    "5": ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况"),
    "6": ("六、其他需要报告的事项",),
}


def _compose(rng: random.Random, work: Work, who: identity.Who, era: str) -> Document:
    sheet, layout, opts = work.sheet, work.layout, work.opts
    assert who.telling
    document = Document([Block("title", who.title)], who.title)
    say = document.blocks.append
    modern = work.modern
    say(Block("p", prose.opening(rng, who.telling, modern)))
    heads = {k: rng.choice(v) for k, v in _HEADS.items()}
    overview = prose.overview(rng, who.telling, sheet if modern else None) + who.extra
    if not modern:
        for i, (head, texts) in enumerate(
            (("一、概述", overview), ("二、存在的问题和改进措施", prose.problems(rng)))
        ):
            say(Block("h", head))
            for t in texts:
                say(Block("p", t))
        say(
            Block(
                "h",
                {
                    "a14": "附件:政府信息公开情况统计表",
                    "s08": "附表:政府信息公开情况统计表(指标统计表)",
                    "f08": "附表:政府信息公开情况统计表",
                }[era],
            )
        )
        grids = indicator_table(
            sheet,
            rng.choice(
                layout.annex
                if era != "f08"
                else tuple(a for a in layout.annex if a not in {"side_by_side", "cut"})
                or ("official",)
            ),
            opts,
            rng,
        )
        for grid in grids:
            say(Block("grid", grid=grid))
    else:
        labels = Labels(
            rng, work.label_habit, breaks=bool(layout.bears & {"html", "spans", "table"})
        )
        t2 = table2(sheet, labels, rng.choice(layout.t2), opts, rng)
        t3 = table3(sheet, labels, rng.choice(layout.t3), opts, rng)
        t4 = table4(sheet, labels, rng.choice(layout.t4), opts)
        _merge(work, [*t2, *t3, *t4])
        say(Block("h", heads["1"]))
        for t in overview:
            say(Block("p", t))
        if layout.one_table:
            whole = one_table(sheet, t2[0], t3[0], t4[0], [heads["2"], heads["3"], heads["4"]])
            say(Block("grid", grid=whole))
        else:
            for key, tables in (("2", t2), ("3", t3), ("4", t4)):
                say(Block("h", heads[key]))
                if key == "2" and sheet.fee_caption:
                    say(Block("note", f"({sheet.fee_caption})"))
                for i, grid in enumerate(tables):
                    if i and key == "3" and rng.random() < 0.3:
                        say(Block("note", rng.choice(("(续表)", "- 4 -", "续表"))))
                    say(Block("grid", grid=grid))
        for note in work.notes:
            say(Block("note", note))
        say(Block("h", heads["5"]))
        for t in prose.problems(rng):
            say(Block("p", t))
        if rng.random() < 0.85:
            say(Block("h", heads["6"]))
            for t in prose.others(rng, who.telling, modern):
                say(Block("p", t))
        _unseen(rng, work, document)
    if not modern:
        for note in work.notes:
            say(Block("note", note))
    for line in who.sign:
        say(Block("sign", line))
    return document


def _merge(work: Work, grids: list[Grid]) -> None:
    pairs = merge_cells(grids, work.rng, work.merges) if work.merges else []
    if work.merge_down:
        pairs += merge_down(grids, work.rng)
    for pair in pairs:
        work.sheet.lose(pair, "merged_cells")


def _unseen(rng: random.Random, work: Work, document: Document) -> None:
    """Another year's table that nobody sees."""
    if not (work.hidden_table or work.comment or work.script):
        return
    other = random.Random(rng.random())
    assert work.sheet.t3
    past = make_sheet(figures.table3(other, work.sheet.t3, government=True), None, work.sheet.t3)
    write(past, lambda s: plain(s.figure))
    grid = table3(past, Labels(other), "official", Options(), other)[0]
    if work.hidden_table:
        document.hidden_grid = Grid(
            [[replace(c, field=None) for c in row] for row in grid.rows],
            heads=grid.heads,
            name="t3",
        )
        return
    markup = (
        "<table>"
        + "".join(
            "<tr>" + "".join(f"<td>{c.text}</td>" for c in row) + "</tr>" for row in grid.rows
        )
        + "</table>"
    )
    if work.comment:
        document.comment = markup
    else:
        document.script = markup


def _finish(
    rng: random.Random,
    n: int,
    layout: Layout,
    document: Document,
    sheet: Sheet | None,
    who: identity.Who,
    names: list[str],
    puzzles: set[str],
    printed: dict[str, int | float | None],
    meant: dict[str, int | float | None],
    touched: dict[str, list[str]],
) -> Built:
    document.site, document.crumbs, document.meta, document.beside, document.published = (
        who.site,
        who.crumbs,
        who.meta,
        who.beside,
        who.published,
    )
    packed = layout.pack(rng, document, sheet, f"http://{who.url_host}/")
    url = identity.address(rng, who, packed.extension, puzzles)
    astray = _astray(layout, document, sheet) if sheet else []
    return Built(
        f"d{n:05d}.{packed.extension}",
        packed.body,
        packed.content_type,
        url,
        who.list_title,
        who.code,
        layout.name,
        tuple(names),
        True,
        printed,
        meant,
        dict(who.truth),
        touched,
        astray,
    )

"""Draws documents: organ, year, form, shapes, habits, carrier."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from . import build, compose, figures, html, lookalikes, prose
from . import fields as F
from .carriers import CARRIERS, PROSE, Carrier
from .draft import Draft, Options, Shown, Words, plain
from .grid import Block, Grid
from .habits import GROUPS, HABITS
from .places import Organ, draw_organ, draw_place

Value = int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document with its truth."""

    name: str
    body: bytes
    content_type: str | None
    url: str
    title: str | None
    code: str | None
    layout: str
    habits: tuple[str, ...]
    is_report: bool
    printed: dict[str, Value]
    meant: dict[str, Value]
    identity: dict[str, object]


def documents(seed: int, count: int) -> Iterator[Made]:
    """The first `count` documents of the world of this seed."""
    for n in range(count):
        yield make(seed, n)


def make(seed: int, n: int) -> Made:
    """Document n of the world of this seed."""
    rng = random.Random(f"{seed}:{n}")
    if rng.random() < 0.11:
        return _lookalike(rng, n)
    draft, carrier = draw(rng)
    return render(draft, carrier, n)


# ---- drawing ---------------------------------------------------------------------------------------------------

_FAMILIES = (("v2021", 58), ("v2019", 13), ("hybrid", 5), ("a14", 9), ("s08", 4), ("f08", 3), ("prose", 6), ("tables_lost", 2))


def _eras(rng: random.Random) -> tuple[str, int, str | None, str | None, str | None]:
    """(family, year, era of table two, era of tables three and four, older form)."""
    family = rng.choices([name for name, _ in _FAMILIES], [weight for _, weight in _FAMILIES])[0]
    if family == "v2021":
        return family, rng.randint(2021, 2025), "v2021", "v2021", None
    if family == "v2019":
        return family, rng.choice((2019, 2019, 2020, 2020, 2020, 2022, 2023)), "v2019", "v2019", None
    if family == "hybrid":
        return family, rng.randint(2021, 2025), "v2021", "v2019", None
    if family == "a14":
        return family, rng.randint(2014, 2018), None, None, "a14"
    if family == "s08":
        return family, rng.randint(2009, 2013), None, None, "s08"
    if family == "f08":
        return family, rng.randint(2016, 2018), None, None, "f08"
    return family, rng.randint(2008, 2018) if family == "prose" else rng.randint(2019, 2025), None, None, None


def _size(rng: random.Random, organ: Organ) -> str:
    weights = {"government": (0, 1, 5, 5), "government_office": (2, 4, 3, 1), "department": (3, 5, 4, 2), "zone_committee": (3, 4, 2, 0)}
    return rng.choices(("zero", "sparse", "middle", "dense"), weights.get(organ.kind, (5, 5, 1, 0)))[0]


def _meant(rng: random.Random, draft_forms: tuple[str | None, str | None, str | None], size: str, rules: bool) -> figures.Figures:
    two_era, three_era, form = draft_forms
    meant: figures.Figures = {}
    if two_era:
        meant |= figures.table_two(rng, two_era, size, rules)
    if three_era:
        meant |= figures.table_three(rng, three_era, size)
        meant |= figures.table_four(rng, size if size != "middle" or rng.random() < 0.6 else "zero")
    if form:
        meant |= {"a14": figures.national, "s08": figures.shanghai, "f08": figures.fujian}[form](rng, size)
    return meant


def _shapes(rng: random.Random, carrier: Carrier, draft: Draft) -> None:
    """Shapes of the tables: forced by the carrier, else usual or now and then unusual."""
    opts = draft.opts
    for key, shape in carrier.shapes.items():
        setattr(opts, key, shape)
    if carrier.shapes or "free" not in carrier.caps:
        return
    if draft.form in ("a14", "s08"):
        choices = ["plain", "plain", "blank_heads", "unit_in_label", "side", "cut"] if draft.form == "a14" else ["plain", "code", "side", "unit_in_label"]
        opts.annex = rng.choice(choices)
    if rng.random() < 0.42:
        which = rng.choice(("t2", "t3", "t3", "t3", "t4"))
        setattr(opts, which, rng.choice({"t2": ("separate", "list", "wide"), "t4": ("matrix", "vertical", "three", "list"),
                                         "t3": ("flat", "groups", "one_head", "transposed", "cut_head", "cut_bare", "cut_columns")}[which]))
        if carrier.name == "pdf_ruled":  # too wide for the paper
            opts.t3 = "official" if opts.t3 == "transposed" else opts.t3
            opts.t2 = "stacked" if opts.t2 == "wide" else opts.t2


_LOOKS = (
    {"(": "(", ")": ")"}, {"(": "（", ")": "）", ":": "："}, {"(": "（", ")": "）", ":": "：", ",": "，"},
    {"(": "（", ")": "）", "“": '"', "”": '"'}, {"“": "", "”": ""}, {"(": "（", ")": "）", "1.": "1．", "2.": "2．", "3.": "3．"},
    {"(": "（", ")": "）", "1.": "1、", "2.": "2、", "3.": "3、", "4.": "4、", "5.": "5、", "6.": "6、", "7.": "7、", "8.": "8、"},
)


def _look(table: dict[str, str], text: str) -> str:
    for old, new in table.items():
        text = text.replace(old, new)
    return text


def draw(rng: random.Random) -> tuple[Draft, Carrier]:
    """A draft with its habits, and the carrier it was drawn for."""
    place = draw_place(rng)
    organ = draw_organ(rng, place)
    family, year, two_era, three_era, form = _eras(rng)
    size = _size(rng, organ)
    pool = CARRIERS if two_era or form else PROSE
    carrier = rng.choices(pool, [c.weight for c in pool])[0]
    rules = place.level != "county" and organ.kind == "government"
    meant = _meant(rng, (two_era, three_era, form), size, rules)
    sheet = {name: Shown(plain(value), value) for name, value in meant.items()}
    draft = Draft(rng, organ, year, two_era, three_era, form, size, carrier.caps, meant, sheet, Options(), Words())
    _shapes(rng, carrier, draft)
    _words(draft)
    _habits(draft)
    look = rng.choice(_LOOKS)
    draft.opts.labels.append(lambda text: _look(look, text))
    return draft, carrier


def _words(d: Draft) -> None:
    """The usual words before habits change them."""
    rng, w = d.rng, d.words
    name = d.organ.full if rng.random() < 0.6 else d.organ.stem
    w.title = prose.title_of(rng, name, d.year)
    if name == d.organ.stem and d.organ.kind in ("government", "township_government") and w.title.startswith(str(d.year)):
        w.title = f"{d.organ.full}{d.year}年政府信息公开工作年度报告"
    w.list_title, w.code, w.year = w.title, d.organ.place.code, d.year
    w.publisher, w.scope = d.organ.full, d.organ.scope
    if rng.random() < 0.55:
        laws = prose.OLD_LAWS if d.year < 2019 else prose.LAWS[:1] if d.year < 2021 else prose.LAWS[:2]
        w.opening = [rng.choice(laws)]
    if rng.random() < 0.7:
        w.period = prose.period(d)
    if d.year >= 2019:
        w.first_part = prose.first_part(d)
    if rng.random() < 0.35:
        w.tail.append(prose.contact(d))
    if rng.random() < 0.5:
        y, m, day = prose.day_after(d)
        w.signature = f"{d.organ.full}|{y}年{m}月{day}日"


_WORDY = ("title", "words", "period", "furniture", "list", "encoding")


def _habits(d: Draft) -> None:
    """Zero to three habits; a misprint in about a quarter of the documents with tables."""
    rng = d.rng
    wanted = rng.choices((0, 1, 2, 3), (44, 28, 17, 11))[0]
    groups: list[str] = []
    if d.sheet and rng.random() < 0.27:
        groups.append("misprint")
    others = [group for group in GROUPS if group != "misprint" and (d.sheet or group in _WORDY)]
    weights = [{"structure": 4, "number": 4, "blank": 4, "unseen": 2, "title": 2, "unit": 3}.get(group, 1.5) for group in others]
    while wanted and others and len(groups) < 3:
        group = rng.choices(others, weights)[0]
        at = others.index(group)
        others.pop(at)
        weights.pop(at)
        groups.append(group)
        wanted -= 1
    for group in sorted(groups, key=GROUPS.index):
        pool = [h for h in HABITS if h.group == group and h.needs <= d.caps]
        for _ in range(6):
            if not pool:
                break
            habit = rng.choices(pool, [h.weight for h in pool])[0]
            if habit.apply(d):
                d.habits.append(habit.name)
                break
            pool.remove(habit)


# ---- rendering -------------------------------------------------------------------------------------------------

def _address(rng: random.Random, organ: Organ, year: int, ext: str, late: bool) -> tuple[str, str]:
    """(address, date of publication)."""
    y, m, day = year + 1 + (3 if late else 0), rng.randint(1, 3), rng.randint(3, 28)
    tld = "gov.cn"
    host = f"www.{organ.place.host}.{tld}"
    number = rng.randint(100000, 9999999)
    date = f"{y}-{m:02d}-{day:02d}"
    if ext in ("html", "htm"):
        path = rng.choice((f"zwgk/xxgknb/{y}{m:02d}/t{y}{m:02d}{day:02d}_{number}.html", f"zfxxgknb/{number}.html", f"art/{y}/{m}/{day}/art_{rng.randint(100, 9999)}_{number}.html",
                           f"xxgk/ndbg/content_{number}.shtml"))
    elif ext == "json":
        path = f"api/info/detail?infoGuid={number:x}"
    else:
        path = f"zwgk/xxgknb/{y}{m:02d}/P0{y}{m:02d}{day:02d}{number}.{ext}"
    return f"http://{host}/{path}", date


def _encode(rng: random.Random, text: str, carrier: Carrier, habits: list[str]) -> tuple[bytes, str | None]:
    """The bytes and what the server says of them."""
    chosen = next((name.removeprefix("encoding_") for name in habits if name.startswith("encoding_")), "utf-8")
    codec = {"gbk": "gb18030", "gbk_by_header": "gb18030", "utf_16": "utf-16"}.get(chosen, chosen.replace("_", "-"))
    body = text.encode(codec.replace("utf-8-sig", "utf_8_sig"))
    if chosen == "gbk_by_header":
        return body, f"{carrier.mime}; charset=GBK"
    if chosen != "utf-8":
        return body, rng.choice((carrier.mime, None))
    return body, rng.choice((carrier.mime, f"{carrier.mime}; charset=utf-8", None))


def _finish(rng: random.Random, carrier: Carrier, blocks: list[Block], page: html.Page, habits: list[str]) -> tuple[bytes, str | None]:
    chosen = next((name.removeprefix("encoding_") for name in habits if name.startswith("encoding_")), "utf-8")
    charset = {"gbk": "gb2312", "gb18030": "gb18030", "utf_16": "utf-16", "gbk_by_header": "GBK"}.get(chosen, "utf-8")
    made = carrier.render(blocks, rng, page, charset)
    if isinstance(made, bytes):
        return made, rng.choice((carrier.mime, carrier.mime, "application/octet-stream"))
    return _encode(rng, made, carrier, habits)


def _layout(d: Draft, carrier: Carrier) -> str:
    if d.form:
        shape = f"{d.form}_{d.opts.annex}"
    elif not d.three_era:
        shape = "prose" if d.year < 2019 else "tables_lost"
    else:
        usual = {"t2": "stacked", "t3": "official", "t4": "official"}
        odd = [f"{key}_{getattr(d.opts, key)}" for key, value in usual.items() if getattr(d.opts, key) != value]
        shape = "standard" if not odd else "paired" if carrier.shapes else "+".join(odd)
    return f"{carrier.name}/{shape}"


def truth(d: Draft, grids: list[Grid]) -> dict[str, Value]:
    """What a person reads in the tables."""
    return build.read_truth(list(d.meant), grids)


def render(d: Draft, carrier: Carrier, n: int) -> Made:
    """The document of a draft."""
    blocks, grids = compose.flow(d)
    address, date = _address(d.rng, d.organ, d.year, carrier.ext, "late_page" in d.habits)
    page = html.Page(d.words.title or "", f"{d.organ.place.name}人民政府网", d.organ.full if d.words.publisher and d.rng.random() < 0.5 else "",
                     date, d.words.nav)
    body, mime = _finish(d.rng, carrier, blocks, page, d.habits)
    return Made(name=f"d{n:05d}.{carrier.ext}", body=body, content_type=mime, url=address, title=d.words.list_title, code=d.words.code,
                layout=_layout(d, carrier), habits=tuple(d.habits), is_report=True, printed=truth(d, grids), meant=dict(d.meant),
                identity={"report_year": d.year, "publisher_norm": d.words.publisher, "adcode": d.organ.place.code, "scope": d.words.scope})


_PLAIN = tuple(c for c in PROSE if c.name != "html_legacy")


def _lookalike(rng: random.Random, n: int) -> Made:
    organ = draw_organ(rng, draw_place(rng))
    year = rng.randint(2015, 2025)
    kind, title, blocks = lookalikes.make(rng, organ, year)
    carrier = rng.choice(_PLAIN if kind not in ("index_page", "not_found", "example") else CARRIERS[:2])
    address, date = _address(rng, organ, year, carrier.ext, False)
    if kind == "example":
        address = f"http://www.fanwen{rng.randint(10, 99)}.com/doc/{rng.randint(1000, 99999)}.html"
    site = f"{organ.place.name}人民政府网" if kind != "example" else "写作参考网"
    body, mime = _finish(rng, carrier, blocks, html.Page(title, site, "", date), [])
    return Made(name=f"d{n:05d}.{carrier.ext}", body=body, content_type=mime, url=address, title=title if rng.random() < 0.9 else None,
                code=organ.place.code if kind != "example" else None, layout=f"{carrier.name}/lookalike_{kind}", habits=("lookalike", kind), is_report=False,
                printed={}, meant={}, identity={"report_year": None, "publisher_norm": None, "adcode": None, "scope": None})

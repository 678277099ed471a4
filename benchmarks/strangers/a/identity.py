"""Who speaks, about which year: titles, addresses, dates, and the puzzles in them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from . import prose
from .places import (
    AMBIGUOUS,
    COUNTIES,
    INSIDE_WORDS,
    PREFECTURES,
    Organ,
    Place,
    choose_organ,
    choose_place,
)

PUZZLES = (
    ("title_no_organ_meta", 3),
    ("title_no_organ_sign", 3),
    ("title_no_organ_opening", 3),
    ("title_place_only", 3),
    ("title_no_year", 3),
    ("title_chinese_year", 2),
    ("title_fullwidth_year", 1),
    ("title_spaced", 2),
    ("nothing_tells_who", 1.5),
    ("year_nowhere", 1.5),
    ("county_on_city_site", 3),
    ("last_year_in_text", 2),
    ("laws_cited", 3),
    ("notice_of_upper_organ_cited", 3),
    ("posted_years_later", 2),
    ("year_of_address_differs", 2),
    ("other_reports_beside", 3),
    ("previous_and_next", 2),
    ("neighbour_named", 2),
    ("signed_by_open_government_office", 2),
    ("period_damaged", 3),
    ("list_title_cut", 2),
    ("list_title_missing", 2),
    ("no_portal_code", 2),
    ("name_inside_words", 3),
    ("ambiguous_place_name", 3),
    ("wrong_site_publisher", 2),
    ("file_name_is_title", 1),
)
ONE_OF = {
    "title_no_organ_meta": "who",
    "title_no_organ_sign": "who",
    "title_no_organ_opening": "who",
    "title_place_only": "who",
    "nothing_tells_who": "who",
    "ambiguous_place_name": "place",
    "name_inside_words": "place",
    "county_on_city_site": "place",
    "no_portal_code": "place",
    "title_no_year": "year",
    "title_chinese_year": "year",
    "title_fullwidth_year": "year",
    "year_nowhere": "year",
    "period_damaged": "year",
    "title_spaced": "year",
    "list_title_cut": "list",
    "list_title_missing": "list",
    "posted_years_later": "posted",
    "year_of_address_differs": "posted",
    "other_reports_beside": "beside",
    "previous_and_next": "beside",
    "wrong_site_publisher": "who",
    "signed_by_open_government_office": "who",
    "file_name_is_title": "year",
}
_HAN = "〇一二三四五六七八九"


def han_year(year: int, rng: random.Random) -> str:
    """二〇二三."""
    zero = rng.choice("〇○零")
    return "".join(_HAN[int(d)] for d in str(year)).replace("〇", zero)


@dataclass(slots=True)
class Who:
    """Everything about identity: what is told and what is true."""

    organ: Organ
    year: int
    title: str = ""
    list_title: str | None = None
    telling: prose.Telling | None = None
    meta: list[tuple[str, str]] = field(default_factory=list)
    sign: list[str] = field(default_factory=list)
    url_host: str = ""
    url_year: int = 0
    code: str | None = None
    site: str = ""
    crumbs: str = ""
    beside: list[str] = field(default_factory=list)
    published: str | None = None
    truth: dict[str, object] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)


def _city_of(place: Place) -> Place | None:
    return next((p for p in PREFECTURES if p.code[:4] == place.code[:4]), None)


def settle(rng: random.Random, puzzles: set[str], year: int, kind: str | None = None) -> Who:
    """Draw a place and an organ to suit the puzzles, then write down what is told."""
    place = choose_place(rng)
    if "ambiguous_place_name" in puzzles:
        place = rng.choice(AMBIGUOUS)
    elif "name_inside_words" in puzzles:
        place = rng.choice(INSIDE_WORDS)
    elif "county_on_city_site" in puzzles:
        place = rng.choice([p for p in COUNTIES if _city_of(p)])
    if puzzles & {
        "title_place_only",
        "wrong_site_publisher",
        "signed_by_open_government_office",
        "county_on_city_site",
    }:
        kind = "government"
        if place.name == "兴安盟":
            place = COUNTIES[0]
    organ = choose_organ(rng, place, year, kind)
    who = Who(organ, year)
    _title(rng, who, puzzles)
    _surroundings(rng, who, puzzles)
    nobody, no_year = "nothing_tells_who" in puzzles, "year_nowhere" in puzzles
    who.truth = {
        "report_year": None if no_year else year,
        "publisher_norm": None if nobody else organ.name,
        "adcode": None if nobody else place.code,
        "scope": None if nobody else organ.scope,
    }
    return who


def _title(rng: random.Random, who: Who, puzzles: set[str]) -> None:
    organ, year = who.organ, who.year
    name = organ.name
    if puzzles & {
        "title_no_organ_meta",
        "title_no_organ_sign",
        "title_no_organ_opening",
        "nothing_tells_who",
    }:
        name = ""
    elif "title_place_only" in puzzles:
        name = organ.place.name
    told = f"{year}年"
    if puzzles & {"title_no_year", "year_nowhere"}:
        told = ""
    elif "title_chinese_year" in puzzles:
        told = han_year(year, rng) + "年"
    elif "title_fullwidth_year" in puzzles:
        told = told.translate(str.maketrans("0123456789", "0123456789"))
    tail = rng.choice(
        (
            "政府信息公开工作年度报告",
            "政府信息公开工作年度报告",
            "政府信息公开年度报告",
            "政府信息公开工作报告",
            "信息公开年度报告" if year < 2019 else "政府信息公开工作年度报告",
        )
    )
    if told and rng.random() < 0.25:
        told = told[:-1] + "年度"
        tail = tail.replace("年度报告", "报告") if rng.random() < 0.6 else tail
    title = f"{name}{told}{tail}" if rng.random() < 0.8 or not name else f"{told}{name}{tail}"
    who.title = title
    if "title_spaced" in puzzles:
        at = len(name) if title.startswith(name) else len(told)
        who.title = title[:at] + rng.choice((" ", "\u3000", "  ")) + title[at:]
    who.list_title = title if rng.random() < 0.75 else None
    if "list_title_cut" in puzzles:
        who.list_title = title[: max(len(name) + 7, len(title) - 6)] + "..."
    elif "list_title_missing" in puzzles:
        who.list_title = None


def _surroundings(rng: random.Random, who: Who, puzzles: set[str]) -> None:
    organ, year, place = who.organ, who.year, who.organ.place
    nobody, no_year = "nothing_tells_who" in puzzles, "year_nowhere" in puzzles
    month = rng.choice((1, 1, 2, 3)) if organ.scope == "single_organ" else rng.choice((1, 2, 3, 3))
    day = rng.randint(2, 27)
    posted = year + 1
    if "posted_years_later" in puzzles:
        posted = year + rng.choice((2, 3))
        month = rng.randint(5, 11)
    who.published = None if no_year else f"{posted}-{month:02d}-{day:02d}"
    who.url_year = 0 if no_year else posted + (1 if "year_of_address_differs" in puzzles else 0)
    who.code = None if nobody or "no_portal_code" in puzzles else place.code
    who.url_host = "122.137.24.6:8080" if nobody else place.domain
    who.site = (
        ""
        if nobody
        else f"{place.name}人民政府门户网站"
        if place.name != "兴安盟"
        else "兴安盟行政公署门户网站"
    )
    said = organ.name
    if puzzles & {"title_no_organ_meta", "title_no_organ_sign", "nothing_tells_who"}:
        said = ""
    if "county_on_city_site" in puzzles and (city := _city_of(place)):
        who.code, who.url_host, who.site = city.code, city.domain, f"{city.name}人民政府"
    who.crumbs = rng.choice(
        ("首页 > 政务公开 > 政府信息公开年报", "当前位置:首页 > 信息公开 > 年度报告", "")
    )
    period = "" if no_year else prose.period_sentence(rng, year)
    if "period_damaged" in puzzles:
        period = prose.damaged_period(rng, year)
    elif rng.random() < 0.15 and "title_no_year" not in puzzles:
        period = ""
    cites = ""
    if "laws_cited" in puzzles or rng.random() < 0.3:
        cites = rng.choice(
            prose.CITES_LAW
            if year >= 2021
            else prose.CITES_LAW_2019
            if year >= 2019
            else ("、《关于施行〈政府信息公开条例〉若干问题的意见》(国办发〔2008〕36号)",)
        )
    if "notice_of_upper_organ_cited" in puzzles:
        upper = _city_of(place) or rng.choice(PREFECTURES)
        cites = (
            f"和《{upper.name}人民政府办公室关于做好{year}年政府信息公开工作年度报告编制和公布工作的通知》"
            if not no_year
            else f"和《{upper.name}人民政府办公室关于做好年度报告编制公布工作的通知》"
        )
    if no_year:
        cites = (
            rng.choice(("(2019年修订)", "和国办公开办函〔2021〕30号文件")) if year >= 2021 else ""
        )
    who.telling = prose.Telling(
        organ,
        year,
        said,
        period,
        cites,
        numbers=rng.random() < 0.7,
        stale="last_year_in_text" in puzzles,
    )
    who.telling.timeless = no_year
    if no_year or nobody:
        who.telling.stale = False
    meta_publisher = organ.name
    if "wrong_site_publisher" in puzzles:
        meta_publisher = f"{place.name}人民政府办公室"
    elif "county_on_city_site" in puzzles and (city := _city_of(place)):
        meta_publisher = f"{city.name}人民政府办公室"
    show_meta = rng.random() < 0.5 or bool(
        puzzles & {"title_no_organ_meta", "wrong_site_publisher", "county_on_city_site"}
    )
    if show_meta and not nobody:
        no_one = puzzles & {"title_no_organ_sign", "title_no_organ_opening"}
        who.meta = (
            [
                (
                    "索引号",
                    f"{rng.randint(10**8, 10**9 - 1)}/{posted if not no_year else 'A'}-{rng.randint(10, 99999):05d}",
                )
            ]
            if rng.random() < 0.6 and not no_year
            else []
        )
        if not no_one:
            who.meta.append(("发布机构", meta_publisher))
        if who.published:
            who.meta.append((rng.choice(("发布日期", "成文日期", "发布时间")), who.published))
    if "signed_by_open_government_office" in puzzles:
        who.sign = [f"{place.name}政务公开办公室", f"{posted}年{month}月{day}日"]
    elif "title_no_organ_sign" in puzzles or (
        rng.random() < 0.3
        and not nobody
        and not puzzles & {"title_no_organ_meta", "title_no_organ_opening"}
    ):
        who.sign = [organ.name] + ([] if no_year else [f"{posted}年{month}月{day}日"])
    if "neighbour_named" in puzzles:
        other = rng.choice([p for p in COUNTIES if p is not place])
        who.extra.append(f"期间还赴{other.name}学习考察政务公开标准化规范化工作。")
    if "other_reports_beside" in puzzles and not no_year and not nobody:
        who.beside = [
            f"{place.name}{b}{y}年政府信息公开工作年度报告"
            for b, y in zip(
                ("财政局", "教育局", "人民政府", "司法局"),
                (year - 1, year + 1, year - 2, year),
                strict=True,
            )
        ]
    elif "previous_and_next" in puzzles and not no_year and not nobody:
        who.beside = [
            f"上一篇:{organ.name}{year - 1}年政府信息公开工作年度报告",
            f"下一篇:{organ.name}{year + 1}年政府信息公开工作年度报告",
        ]


def address(rng: random.Random, who: Who, extension: str, puzzles: set[str]) -> str:
    """Where the document came from."""
    number = rng.randint(10_000, 9_999_999)
    base = (
        f"http{rng.choice(('', 's'))}://{who.url_host}"
        if "nothing_tells_who" not in puzzles
        else f"http://{who.url_host}"
    )
    column = rng.choice(
        ("zwgk/xxgknb", "xxgk/zfxxgknb", "zfxxgk/fdzdgknr/ndbg", "c100123", "col/col1229")
    )
    y = who.url_year
    if extension in {"html", "shtml"}:
        if not y:
            return f"{base}/{column}/content_{number}.{extension}"
        return rng.choice(
            (
                f"{base}/{column}/{y}01/t{y}0125_{number}.{extension}",
                f"{base}/{column}/{y}/content_{number}.{extension}",
                f"{base}/art/{y}/3/11/art_1229_{number}.{extension}",
            )
        )
    if extension in {"json", "xml"}:
        return f"{base}/api/info/detail?id={number}"
    if "file_name_is_title" in puzzles and "nothing_tells_who" not in puzzles:
        return f"{base}/upload/{who.title}.{extension}".replace(" ", "").replace("\u3000", "")
    return f"{base}/{column}/P0{y or 2}0{number}.{extension}"

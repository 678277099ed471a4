"""Places (real names from the divisions list) and organs of all kinds."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

DIVISIONS = Path(__file__).with_name("divisions.csv")


@dataclass(frozen=True, slots=True)
class Place:
    """A division."""

    code: str
    name: str
    level: str
    parent: str

    @property
    def word(self) -> str:
        """县, 区, 市 …: what people there call it."""
        for end in ("自治区", "自治州", "自治县", "自治旗"):
            if self.name.endswith(end):
                return {"自治区": "自治区", "自治州": "州", "自治县": "县", "自治旗": "旗"}[end]
        return "省" if self.name.endswith("省") else "地区" if self.name.endswith("地区") else self.name[-1]


@dataclass(frozen=True, slots=True)
class Organ:
    """Who reports: full name (without the city above a county), other names, kind and scope."""

    place: Place
    full: str
    short: str
    """As local people write it: 县财政局, 大河镇."""
    own: str
    """我局, 我镇, 全县: how it speaks of itself."""
    kind: str
    scope: str
    size: str
    rules: bool = False


@cache
def places() -> dict[str, Place]:
    """All divisions by code."""
    with DIVISIONS.open(encoding="utf-8") as lines:
        rows = [Place(r["code"], r["name"], r["level"], r["parent_code"]) for r in csv.DictReader(lines)]
    return {p.code: p for p in rows if p.level in {"province", "prefecture", "county"} and p.code[:2] not in {"71", "81", "82"}}


@cache
def repeated() -> frozenset[str]:
    """Names more than one division bears."""
    return frozenset(n for n, k in Counter(p.name for p in places().values()).items() if k > 1)


@cache
def by_level(level: str) -> tuple[Place, ...]:
    """All divisions of a level."""
    return tuple(p for p in places().values() if p.level == level)


def parent(place: Place) -> Place | None:
    """The division above."""
    return places().get(place.parent)


_EDGES = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)


def initials(name: str) -> str:
    """First letters of the pinyin (GB2312 is ordered by it)."""
    out = ""
    for ch in name:
        raw = ch.encode("gbk", "ignore")
        n = int.from_bytes(raw, "big") if len(raw) == 2 else 0
        letter = ""
        if 0xB0A1 <= n <= 0xD7F9:
            for edge, initial in _EDGES:
                if n >= edge:
                    letter = initial
        out += letter or "z"
    return out


def host(place: Place) -> str:
    """A plausible host of the place's government."""
    return f"www.{initials(place.name)}.gov.cn"


_DEPARTMENTS = (
    ("财政局", "财政局"), ("教育局", "教育局"), ("民政局", "民政局"), ("司法局", "司法局"), ("审计局", "审计局"),
    ("统计局", "统计局"), ("水利局", "水利局"), ("农业农村局", "农业农村局"), ("自然资源局", "自然资源局"),
    ("发展和改革局", "发改局"), ("人力资源和社会保障局", "人社局"), ("卫生健康委员会", "卫健委"), ("卫生健康局", "卫健局"),
    ("住房和城乡建设局", "住建局"), ("交通运输局", "交通局"), ("文化和旅游局", "文旅局"), ("应急管理局", "应急局"),
    ("市场监督管理局", "市场监管局"), ("医疗保障局", "医保局"), ("退役军人事务局", "退役军人局"), ("信访局", "信访局"),
    ("行政审批服务局", "审批局"), ("城市管理综合行政执法局", "城管执法局"), ("林业局", "林业局"), ("档案局", "档案局"),
    ("人民防空办公室", "人防办"), ("机关事务服务中心", "机关事务中心"), ("地方志编纂委员会办公室", "地方志办"),
    ("供销合作社联合社", "供销社"), ("大数据管理局", "大数据局"), ("公共资源交易中心", "交易中心"), ("气象局", "气象局"),
    ("残疾人联合会", "残联"), ("住房公积金管理中心", "公积金中心"), ("招商服务中心", "招商中心"), ("粮食和物资储备局", "粮储局"),
    ("公安局", "公安局"), ("科学技术局", "科技局"), ("工业和信息化局", "工信局"), ("商务局", "商务局"), ("乡村振兴局", "乡村振兴局"),
    ("民族宗教事务局", "民宗局"), ("体育局", "体育局"), ("国有资产监督管理委员会", "国资委"), ("防震减灾局", "防震减灾局"),
    ("消防救援大队", "消防大队"), ("政务服务管理办公室", "政务服务办"), ("疾病预防控制局", "疾控局"),
)
_TOWNS = (
    "大河", "石桥", "双河", "城关", "柳林", "白沙", "太平", "永兴", "青山", "高桥", "杨庄", "李集", "马店", "三岔", "龙潭",
    "新桥", "黄土坡", "七里", "东风", "红旗", "胜利", "枫林", "上坝", "下营", "云台", "花园", "金沙", "铁炉", "牛场", "渔洋",
    "和平", "南京路", "长江路", "北关", "西苑", "中和", "沙湾", "望城坡", "五里墩", "老街", "板桥", "洪水", "朝阳", "前进",
)
_ZONES = ("经济开发区", "高新技术产业开发区", "工业园区", "经济技术开发区", "旅游度假区", "现代农业示范区", "生态文化旅游区")


def draw_place(rng: Random, *, level: str | None = None, province: str | None = None) -> Place:
    """A place, counties most often."""
    level = level or rng.choices(("county", "prefecture", "province"), (78, 19, 3))[0]
    pool = by_level(level)
    if province:
        pool = tuple(p for p in pool if p.code.startswith(province)) or pool
    return rng.choice(pool)


def government(place: Place) -> Organ:
    """The government itself, for its whole area."""
    own = {"省": "全省", "市": "全市", "县": "全县", "区": "全区", "旗": "全旗", "州": "全州", "盟": "全盟", "自治区": "全区"}.get(place.word, "全地区")
    suffix = "行政公署" if place.word in {"盟", "地区"} else "管理委员会" if place.name.endswith(("林区管委会",)) else "人民政府"
    return Organ(place, place.name + suffix, place.word + "政府", own, "government", "aggregate", "whole", place.level != "county")


def draw_organ(rng: Random, place: Place, year: int) -> Organ:
    """One organ of the place; the words are those of the year."""
    word = place.word
    if place.level == "province":
        if rng.random() < 0.5:
            return government(place)
        name, short = rng.choice((("财政厅", "财政厅"), ("教育厅", "教育厅"), ("水利厅", "水利厅"), ("审计厅", "审计厅"), ("统计局", "统计局")))
        if place.word == "市":
            name = short = rng.choice(("财政局", "民政局", "水务局", "审计局"))
        return Organ(place, place.name + name, word + short, "我" + name[-1], "department", "single_organ", "organ")
    pick = rng.random()
    if pick < 0.27:
        return government(place)
    if pick < 0.35:
        name = "办公厅" if place.level == "prefecture" and rng.random() < 0.3 else "办公室"
        if place.word in {"盟", "地区"}:
            return Organ(place, place.name + "行政公署" + name, "行署" + name, "我办", "government_office", "single_organ", "organ")
        return Organ(place, place.name + "人民政府" + name, word + "政府" + name, "本机关", "government_office", "single_organ", "tiny")
    if pick < 0.66 or place.level != "county":
        names = _DEPARTMENTS if year >= 2019 else [d for d in _DEPARTMENTS if d[0] in {
            "财政局", "教育局", "民政局", "司法局", "审计局", "统计局", "水利局", "林业局", "档案局", "信访局", "公安局", "商务局",
            "体育局", "气象局", "供销合作社联合社", "残疾人联合会", "人民防空办公室"}]
        name, short = rng.choice(list(names))
        if rng.random() < 0.06 and year >= 2019:
            return Organ(place, f"国家税务总局{place.name}税务局", word + "税务局", "我局", "department", "single_organ", "organ")
        own = {"会": "本单位", "心": "我中心", "社": "本单位", "室": "我办", "队": "我单位"}.get(name[-1], "我" + name[-1])
        return Organ(place, place.name + name, word + short, own, "department", "single_organ", rng.choice(("tiny", "organ", "organ")))
    town = rng.choice(_TOWNS)
    if pick < 0.80:
        sort = "镇" if rng.random() < 0.65 else "乡"
        town = town if not town.endswith("路") else "大路"
        return Organ(place, f"{place.name}{town}{sort}人民政府", town + sort, "我" + sort, "township_government", "single_organ", "tiny")
    if pick < 0.90:
        return Organ(place, f"{place.name}{town}街道办事处", town + "街道", "本街道", "subdistrict_office", "single_organ", "tiny")
    if pick < 0.96:
        zone = rng.choice(_ZONES)
        return Organ(place, f"{place.name}{zone}管理委员会", zone + "管委会", "我区", "zone_committee", "single_organ", "tiny")
    name = rng.choice(("人民医院", "自来水公司", "公共交通公司", "第一中学", "妇幼保健院", "水务有限责任公司"))
    return Organ(place, place.name + name, word + name, "本单位", "enterprise", "single_organ", "tiny")

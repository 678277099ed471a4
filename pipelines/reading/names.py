"""Regular names of organs: 上海市科委 is 上海市科学技术委员会, 洪泽区 has its city before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipelines.reading.divisions import Place
from pipelines.reading.organs import is_unlisted_government
from pipelines.registry import Division, Registry

# Short forms that stand for one thing everywhere. 文旅局, 交通局 and the like are not among them:
# their full names differ from place to place.
_SHORT = {
    "发改": "发展和改革",
    "科": "科学技术",
    "科技": "科学技术",
    "经信": "经济和信息化",
    "工信": "工业和信息化",
    "人社": "人力资源和社会保障",
    "住建": "住房和城乡建设",
    "卫健": "卫生健康",
    "卫计": "卫生和计划生育",
    "市监": "市场监督管理",
    "市场监管": "市场监督管理",
    "食药监": "食品药品监督管理",
    "安监": "安全生产监督管理",
    "质监": "质量技术监督",
    "民宗": "民族宗教事务",
    "国资": "国有资产监督管理",
    "教": "教育",
    "医保": "医疗保障",
    "退役军人": "退役军人事务",
    "城管": "城市管理",
    "国土": "国土资源",
    "环保": "环境保护",
    "人防": "人民防空",
}
_ENDS = {"局": "局", "委": "委员会", "委员会": "委员会", "厅": "厅", "办": "办公室"}
_BUREAU = re.compile(
    f"({'|'.join(sorted(_SHORT, key=len, reverse=True))})"
    f"({'|'.join(sorted(_ENDS, key=len, reverse=True))})"
)
_ONLY_COMMITTEES = frozenset({"科", "教"})  # 科局 and 教局 are nobody


def full_name(division: Division, registry: Registry) -> str:
    """Return a division's name as its organs carry it: a city's district has the city before it.

    >>> from pipelines.registry import load_registry
    >>> registry = load_registry()
    >>> [full_name(registry.division(code), registry) for code in ("320813", "330327", "310115")]
    ['淮安市洪泽区', '苍南县', '上海市浦东新区']
    """
    if division.level == "county" and division.name.endswith("区"):
        province, prefecture, _ = registry.path(division.code)
        city = prefecture or province
        if city.endswith("市"):
            return city + division.name
    return division.name


def government_name(division: Division, registry: Registry) -> str:
    """Return the regular name of a division's government; leagues and prefectures have 公署."""
    portal = registry.portal(division.code)
    known = portal is not None and portal.place == division.name
    office = "行政公署" if re.search("(?:地区|盟)$", division.name) else "人民政府"
    if known and portal and portal.name != portal.place:
        office = portal.name.removeprefix(division.name)
    return full_name(division, registry) + office


def bureau_name(name: str) -> str:
    """Return a bureau's name with the usual short forms written out.

    >>> [bureau_name(name) for name in ("科委", "发改局", "卫健委", "财政局", "行政审批局")]
    ['科学技术委员会', '发展和改革局', '卫生健康委员会', '财政局', '行政审批局']
    """
    match = _BUREAU.fullmatch(name)
    if match is None:
        return name
    stem, end = match.groups()
    if stem in _ONLY_COMMITTEES and end != "委":
        return name
    return _SHORT[stem] + _ENDS[end]


def township_name(name: str) -> str:
    """Return a township's government by its regular name: 灵溪镇 is 灵溪镇人民政府."""
    stem = re.sub(r"(?:人民政府|政府|党政办公室|党政办|办公室)+$", "", name)
    if re.search("街道(?:办事处|办)?$", stem):
        return re.sub("(?:办事处|办)$", "", stem) + "办事处"
    return stem + "人民政府" if re.search("[镇乡]|苏木$", stem[-2:]) else stem


def zone_name(name: str) -> str:
    """Return a zone's committee by its regular name: 管委会 is 管理委员会."""
    stem = re.sub("(?:党工委)?(?:管委会|管委|管理委员会)(?:办公室|办)?$", "", name)
    return stem + "管理委员会"


def regular_name(
    kind: str, organ: str, place: Place, division: Division | None, registry: Registry
) -> str | None:
    """Return the publisher's regular name, or None where none can be given.

    Args:
        kind: one of ``pipelines.reading.organs.KINDS``, or empty.
        organ: the name the title gives, folded; empty where it names none.
        place: where that name puts it.
        division: the division it belongs to, as it was in the report year.
        registry: where names of governments come from.
    """
    if not kind or (kind == "township" and _NAMELESS.fullmatch(place.rest or organ)):
        return None
    if place.unit and kind in {"whole", "zone"}:
        return place.unit.publisher
    if division is None:
        return organ or None  # as printed: whose it is stays open
    government = government_name(division, registry)
    if kind == "whole":
        # A name no table has (达县人民政府, on the portal of what it became) stays as printed.
        if place.division is None and is_unlisted_government(organ):
            return organ if organ.endswith("政府") else organ + "人民政府"
        return government
    if kind == "office":
        big = division.level == "province" or "办公厅" in organ
        return government + ("办公厅" if big else "办公室")
    return _below(kind, organ, place, division, registry)


_NAMELESS = re.compile("(?:[镇乡](?:人民)?(?:政府)?|街道)(?:办事处|办公室)?")
"""What a township calls itself at home (镇2016年…年度报告): no name, nor its county's."""
_SHAPES: Mapping[str, Callable[[str], str]] = {
    "department": bureau_name,
    "township": township_name,
    "zone": zone_name,
}
LEVEL_WORD = re.compile(
    "^([省市县区州旗盟])(?![场容民直级属辖监域块]|政(?!府))(?=委|.{2,}[局委厅办府会室心院校站馆队所社])"
)
"""The level an organ's name opens with: 市教育局, 县委宣传部; not 市场监督管理局, 市政管理处."""


_OWN_NAMES = re.compile(
    "(?:海关|海事局|调查队|边防检查站|出入境边防检查总站|监管分?局|银行|分行|支行|大学|学院|学校|[中小]学"
    "|医院|公司|集团|机场|港务局|监狱|铁路局|供电局|烟草专卖局|气象台)$"
    "|(?:经济技术|高新技术|高新)(?:产业)?开发区|保税区|自由贸易|出口加工区"
)
"""Organs with a name of their own: what they print is it, though a city's comes shorter in it."""


def _below(kind: str, organ: str, place: Place, division: Division, registry: Registry) -> str:
    """Return the name of an organ below the government, its division before it once."""
    shape = _SHAPES.get(kind, str)
    if _OWN_NAMES.search(organ) and place.division and not place.printed_in_full:
        return shape(organ)  # 广州海关 is its name: no 广州市海关
    if place.division and place.rest != organ:  # 上海市科委: the division stands in front
        return full_name(place.division, registry) + shape(place.rest)
    if division.name in organ or re.match("国家|中国|中共|中华", organ):
        return organ
    return full_name(division, registry) + shape(LEVEL_WORD.sub("", place.rest))

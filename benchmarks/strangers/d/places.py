"""Real divisions with unambiguous names, and organs in them."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from random import Random

from .model import Organ, Place

_DEPTS = ["教育局", "财政局", "民政局", "农业农村局", "水利局", "自然资源局", "市场监督管理局", "司法局", "统计局", "审计局", "交通运输局",
          "医疗保障局", "应急管理局", "文化和旅游局", "卫生健康委员会", "发展和改革委员会", "住房和城乡建设局", "退役军人事务局", "林业局", "信访局"]
_OLD_DEPTS = ["教育局", "财政局", "民政局", "农业局", "水利局", "国土资源局", "司法局", "统计局", "审计局", "卫生局", "环境保护局", "林业局"]
_TOWNS = ["柳河", "石桥", "双庙", "太平", "青云", "龙泉", "三合", "白沙", "杨柳", "马家店", "大湾", "永和", "新集", "黄土岭", "高庄"]


@lru_cache(maxsize=1)
def places() -> list[Place]:
    """Every place of the package's list."""
    path = Path(__file__).with_name("places.csv")
    with path.open(encoding="utf-8", newline="") as handle:
        return [Place(**row) for row in csv.DictReader(handle)]


def suffix(place: Place) -> str:
    """县, 区 or 市."""
    return place.name[-1]


def draw_organ(rng: Random, place: Place, year: int, kind: str | None = None) -> Organ:
    """Draw who publishes; the kinds are weighted as county portals are."""
    if kind is None:
        kind = rng.choices(["gov", "office", "dept", "town", "street", "zone"], [34, 10, 32, 12, 6, 6] if place.level == "county" else [50, 14, 36, 0, 0, 6])[0]
    us = suffix(place)
    if kind == "gov":
        return Organ(f"{place.name}人民政府", kind, "aggregate", f"我{us}")
    if kind == "office":
        return Organ(f"{place.name}人民政府办公室", kind, "single_organ", "我办")
    if kind == "dept":
        name = rng.choice(_DEPTS if year >= 2019 else _OLD_DEPTS)
        return Organ(place.name + name, kind, "single_organ", "我委" if name.endswith("委员会") else "我局")
    if kind == "town":
        return Organ(f"{place.name}{rng.choice(_TOWNS)}镇人民政府", kind, "single_organ", "我镇")
    if kind == "street":
        return Organ(f"{place.name}{rng.choice(_TOWNS)}街道办事处", kind, "single_organ", "本街道")
    return Organ(f"{place.name}{rng.choice(['经济开发区', '高新技术产业园区', '工业园区'])}管理委员会", "zone", "single_organ", "管委会")

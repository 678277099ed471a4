"""Whose report and which year: every organ of many places, titled in every way that was seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from pipelines.documents.blocks import Document, TextBlock
from pipelines.reading.identity import identify
from pipelines.reading.names import full_name
from pipelines.registry import Division, load_registry
from pipelines.vocabulary.items import Source

REGISTRY = load_registry()
NAMES = Counter(d.name for d in REGISTRY.divisions)
# Every name that several places bear, and one place in forty of the others.
PLACES = [d for i, d in enumerate(REGISTRY.divisions) if NAMES[d.name] > 1 or i % 40 == 0]
ALL = "{y}年，全{level}各级行政机关认真落实，转发上级文件，学习外地经验。"
ONE = "{y}年，认真落实。"
NOUN = "政府信息公开工作年度报告"

TITLES: tuple[Callable[[str, int], str], ...] = (
    lambda o, y: f"{o}{y}年{NOUN}",
    lambda o, y: f"{y}年{o}{NOUN}",
    lambda o, y: f"{y}年度{o}政府信息公开年报",
    lambda o, y: f"关于印发{o}{y}年{NOUN}的通知",
    lambda o, y: f"{o}关于{y}年度政府信息公开工作情况的报告",
    lambda o, y: (
        f"{o}二〇{'〇一二三四五六七八九'[y // 10 % 10]}{'〇一二三四五六七八九'[y % 10]}年{NOUN}"
    ),
    lambda o, y: f"{o} {y} 年{NOUN}（图片版）",
    lambda o, y: f"【年报】{o}{y}年{NOUN}",
    lambda o, y: f"{o}{NOUN}（{y}年度）",
    lambda o, y: f"{o}2019-{y}年{NOUN}",
    lambda o, y: f"政府信息公开年报-{o}{y}年{NOUN}",
    lambda o, y: f"{o}{y}年{NOUN}_{o}门户网站",
    lambda o, y: f"青政办发〔{y + 1}〕3号 {o}{y}年{NOUN}",
    lambda o, y: f"{o}\n{y}年{NOUN}",
    lambda o, y: f"{NOUN}（{o}{y}年）",
    lambda o, y: f"附件：{o}{y}年{NOUN}",
    lambda o, y: f"中国·{o}{y}年{NOUN}",
    lambda o, y: f"{o}{y}年度{NOUN}（{y + 1}年1月）",
    lambda o, y: f"{o}编制的{y}年{NOUN}",
    lambda o, y: f"政府信息公开年报 > {y}年 > {o}{y}年{NOUN}",
    lambda o, y: f"（{y}年）{o}{NOUN}",
    lambda o, y: f"{o}{y}年{NOUN}（修订版）",
    lambda o, y: f"{o}关于发布{y}年{NOUN}的公告",
)


def organs(place: Division) -> Iterator[tuple[str, str, str]]:
    """Yield organs of a place: name, type, and the regular name behind the place's."""
    office = "行政公署" if re.search("(地区|盟)$", place.name) else "人民政府"
    yield "", "government", office
    yield office, "government", office
    if place.level != "province":
        yield f"{office}办公室", "government_office", f"{office}办公室"
    yield "财政局", "department", "财政局"
    yield "城市管理综合执法局", "department", "城市管理综合执法局"
    if place.level == "county":
        yield "朝阳镇", "township_government", "朝阳镇人民政府"
        yield "新华街道办事处", "subdistrict_office", "新华街道办事处"
        yield "经济开发区管理委员会", "zone_committee", "经济开发区管理委员会"
        yield "人民医院", "public_institution", "人民医院"


@pytest.mark.parametrize("found_on", ["own", "above", "nowhere"])
def test_every_organ_is_named_whatever_its_title_looks_like(found_on):
    wrong = []
    for i, place in enumerate(PLACES):
        for j, (organ, kind, norm) in enumerate(organs(place)):
            year = 2021 + (i + j) % 4
            title = TITLES[(7 * i + j) % len(TITLES)](place.name + organ, year)
            portal = {"own": place.code, "above": place.parent_code or place.code}.get(found_on)
            whole = kind == "government"
            told = (ALL if whole else ONE).format(y=year, level=place.name[-1])
            text = f"{title}\n统计期限为{year}年1月1日至{year}年12月31日。\n{told}"
            document = Document(carrier="html_text", blocks=(TextBlock(text=text),))
            read = identify(document, Source(adcode=portal), REGISTRY)
            got = (read.adcode, read.publisher_type, read.scope, read.report_year)
            open_ = portal is None and NAMES[place.name] > 1  # nothing tells homonyms apart
            code = None if open_ else place.code
            scope = "aggregate" if whole else "single_organ"
            right = open_ or read.publisher_norm == full_name(place, REGISTRY) + norm
            if got != (code, kind, scope, year) or not right:
                wrong.append((title, portal, got, read.publisher_norm))
    assert not wrong

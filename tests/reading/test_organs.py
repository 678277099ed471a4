"""Choosing among the rows of a list by their titles."""

import pytest

from crawler.registry import load_registry
from pipelines.reading.organs import KINDS, kind_of_title, looks_like_report_title, region_names
from pipelines.reading.titles import parse_title, years_of

OWN = ["青禾县"]
UPPER = ["晴州省", "云岭市"]

TITLES = [
    ("青禾县人民政府2023年政府信息公开工作年度报告", "whole", "青禾县人民政府", 2023),
    ("青禾县２０２２年政府信息公开工作年度报告", "whole", "青禾县", 2022),
    ("2022年度青禾县政府信息公开工作年报", "whole", "青禾县", 2022),
    ("青禾县政府2021年政府信息公开工作年度报告", "whole", "青禾县政府", 2021),
    ("晴州省云岭市青禾县人民政府2023年政府信息公开工作年度报告", "whole", None, 2023),
    ("二〇一〇年青禾县人民政府信息公开年度报告", "whole", "青禾县人民政府", 2010),
    ("二○○八年青禾县政府信息公开工作情况报告", "whole", "青禾县", 2008),
    ("关于青禾县2010年政府信息公开工作情况的报告", "whole", "青禾县", 2010),
    ("2023年政府信息公开工作年度报告", "whole", "", 2023),
    ("2023年政府信息公开工作年度报告（图片版）", "whole", "", 2023),
    ("青禾县政府信息公开工作年度报告(2019年度)(修订)", "whole", "青禾县", 2019),
    ("青禾縣人民政府2021年政府信息公開工作年度報告", "whole", "青禾县人民政府", 2021),
    ("青禾县人民政府2023年政府信息公开工作年...", "whole", "青禾县人民政府", 2023),
    ("青禾县人民政府2023年政府信息公开工作年度报告_某某门户网站", "whole", "青禾县人民政府", 2023),
    ("[2024-01-30] 青禾县2023年政府信息公开年度报告", "whole", "青禾县", 2023),
    ("青禾县政府信息公开2023年年度报告 2024-03-20", "whole", "青禾县", 2023),
    ("关于印发《青禾县2023年政府信息公开工作年度报告》的通知", "whole", "青禾县", 2023),
    ("青禾县人民政府办公室关于2022年度政府信息公开工作的年度报告", "office", None, 2022),
    ("青禾县人民政府机关2022年政府信息公开工作年度报告", "office", None, 2022),
    ("县政府办2023年政府信息公开工作年度报告", "office", "县政府办", 2023),
    ("青禾县人民政府（办公室）2023年政府信息公开工作年度报告", "office", None, 2023),
    ("县府办关于印发青禾县2023年政府信息公开工作年度报告的通知", "whole", "青禾县", 2023),
    ("关于公布青禾县2023年政府信息公开工作年度报告的公告", "whole", "青禾县", 2023),
    ("政府信息公开2008年度报告——青禾县", "whole", "青禾县", 2008),
    ("2023年政府信息公开工作年度报告——青禾县人民政府门户网站", "whole", "", 2023),
    ("【年报】青禾县2023年信息公开年报", "whole", "青禾县", 2023),
    ("青禾县2015年政府信息公开工作年度报告（附统计表）", "whole", "青禾县", 2015),
    ("青禾县2015年政府信息公开工作年度报告及统计表", "whole", "青禾县", 2015),
    ("青禾县2023年政务公开工作年度报告", "whole", "青禾县", 2023),
    ("2022年青禾县政府信息公开工作年度报告（2023年发布）", "whole", "青禾县", 2022),
    ("青禾县文化广电新闻出版局2015年政府信息公开年报", "department", None, 2015),
    ("青禾县人民政府办公室（青禾县外事办公室）2023年政府信息公开年报", "office", None, 2023),
    ("青禾县财政局2023年政府信息公开工作年度报告", "department", "青禾县财政局", 2023),
    ("青禾县统计局2023年政府信息公开工作年度报告", "department", None, 2023),
    ("云岭市生态环境局青禾分局2023年政府信息公开工作年度报告", "department", None, 2023),
    ("青禾县人民政府外事办公室2023年政府信息公开年报", "department", None, 2023),
    ("2023年政府信息公开工作年度报告（县水务局）", "department", "县水务局", 2023),
    ("2023年度政府信息公开工作年度报告-青禾县财政局", "department", "青禾县财政局", 2023),
    ("青禾县白石镇人民政府2023年政府信息公开工作年度报告", "township", None, 2023),
    ("东湖街道办事处2019年政府信息公开工作年度报告", "township", None, 2019),
    ("青禾经济开发区管委会2023年政府信息公开工作年度报告", "zone", None, 2023),
    ("云岭市人民政府2023年政府信息公开工作年度报告", "upper", "云岭市人民政府", 2023),
    ("云岭市财政局2023年政府信息公开工作年度报告", "upper", None, 2023),
    ("明溪县2023年政府信息公开工作年度报告", "other", "明溪县", 2023),
]


@pytest.mark.parametrize(("title", "kind", "organ", "year"), TITLES)
def test_a_title_tells_organ_kind_and_year(title, kind, organ, year):
    parsed = parse_title(title)
    assert looks_like_report_title(title)
    assert kind_of_title(title, OWN, UPPER) == kind
    assert parsed.year == year
    assert organ is None or parsed.organ == organ


@pytest.mark.parametrize(
    "title",
    [
        "青禾县政府网站工作年度报表（2023年）",
        "青禾县2023年法治政府建设年度报告",
        "《青禾县2023年政府信息公开工作年度报告》解读",
        "一图读懂青禾县2023年政府信息公开工作年度报告",
        "青禾县2023年政府信息公开工作年度报告（图解）",
        "关于做好2023年政府信息公开工作年度报告编制和发布工作的通知",
        "关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知",
        "2023年政府信息公开工作年度报告模板",
        "政府信息公开年报",
        "政府信息公开指南",
        "青禾县政府信息公开目录（2023年版）",
        "青禾县2023年国民经济和社会发展统计公报",
        "青禾县2023年财政决算报告",
        "2019年上半年政府信息公开情况统计",
        "青禾县2012年政务公开工作总结",
        "2024年政务公开工作要点",
        "政府信息公开工作年度报告制度",
        "2023年青禾县政府工作报告",
        "首页",
        "",
    ],
)
def test_a_look_alike_is_not_taken_for_a_report(title):
    assert not looks_like_report_title(title)


def test_a_bare_yearly_report_counts_only_inside_the_column():
    assert not looks_like_report_title("青禾县2023年年报")
    assert looks_like_report_title("青禾县2023年年报", in_column=True)
    assert not looks_like_report_title("2023年政府网站年度报告", in_column=True)


def test_words_of_a_bureaus_name_do_not_make_a_look_alike():
    for bureau in ("财政局", "审计局", "统计局", "国家保密局", "发展规划局"):
        assert looks_like_report_title(f"青禾县{bureau}2023年政府信息公开工作年度报告")


@pytest.mark.parametrize(
    ("title", "reissue", "remark"),
    [
        ("青禾县2019年政府信息公开工作年度报告（更正）", "更正", "更正"),
        ("青禾县2019年政府信息公开工作年度报告(重新发布)", "重新发布", "重新发布"),
        ("青禾县2019年政府信息公开工作年度报告", None, ""),
        ("青禾县城市更新局2019年政府信息公开工作年度报告", None, ""),
    ],
)
def test_a_reissue_says_so_in_its_title(title, reissue, remark):
    parsed = parse_title(title)
    assert (parsed.reissue, parsed.remark) == (reissue, remark)


def test_dates_and_ranges_are_no_years():
    assert years_of("发布时间：2024-01-30") == ()
    assert years_of("2018—2022年规划") == ()
    assert years_of("2021年度和二〇二二年") == (2021, 2022)
    assert parse_title("2024年公布：青禾县2023年政府信息公开工作年度报告").years == (2023, 2024)


def test_homonyms_of_a_higher_place_are_told_apart():
    city, state = ["临夏市"], ["甘肃省", "临夏回族自治州"]
    title = "{}2023年政府信息公开工作年度报告"
    assert kind_of_title(title.format("临夏市人民政府"), city, state) == "whole"
    assert kind_of_title(title.format("临夏州"), city, state) == "upper"
    assert kind_of_title(title.format("临夏回族自治州财政局"), city, state) == "upper"
    assert kind_of_title(title.format("临夏县"), city, state) == "other"
    assert kind_of_title(title.format("临夏"), city, state) == "whole"


def test_a_portal_knows_its_own_names_former_ones_and_units_included():
    registry = load_registry()
    own, upper = region_names(registry.portal("450181"), registry)
    assert {"横州市", "横州", "横县"} <= set(own)
    assert set(upper) == {"广西壮族自治区", "广西", "南宁市", "南宁"}
    own, upper = region_names(registry.portal("350128"), registry)
    assert "平潭综合实验区" in own
    title = "平潭综合实验区2021年政府信息公开工作年度报告"
    assert kind_of_title(title, own, upper) == "whole"
    title = "平潭综合实验区管委会2021年政府信息公开工作年度报告"
    assert kind_of_title(title, own, upper) == "whole"


def test_every_government_is_the_whole_on_its_own_portal():
    registry = load_registry()
    for portal in registry.portals:
        own, upper = region_names(portal, registry)
        for organ in (portal.name, portal.place):
            title = f"{organ}2023年政府信息公开工作年度报告"
            assert looks_like_report_title(title), title
            assert kind_of_title(title, own, upper) == "whole", title
        office = f"{portal.name}办公室2023年政府信息公开工作年度报告"
        assert kind_of_title(office, own, upper) == "office", office


def test_kinds_are_a_closed_list():
    assert {kind for _, kind, _, _ in TITLES} == set(KINDS)

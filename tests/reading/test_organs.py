"""Choosing among the rows of a list by their titles."""

import pytest

from pipelines.reading.organs import KINDS, kind_of_title, looks_like_report_title, region_names
from pipelines.reading.titles import parse_title, years_of
from pipelines.registry import load_registry

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
    ("青禾县人民政府 - 2023年政府信息公开工作年度报告", "whole", "青禾县人民政府", 2023),
    ("政府信息公开年报 > 2023年 > 青禾县2023年政府信息公开工作年度报告", "whole", "青禾县", 2023),
    ("青禾县财政局 - 2023年政府信息公开工作年度报告 - 青禾县门户", "department", None, 2023),
    ("2023年政府信息公开工作年度报告_政府信息公开年报_某某网", "whole", "", 2023),
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
    ("青禾县2021年政府信息公开工作年度报告（2022年1月）", "whole", "青禾县", 2021),
    ("青禾县2023年政府信息公开工作年度报告公示", "whole", "青禾县", 2023),
    ("青禾县2012年政府信息公开工作开展情况年度报告", "whole", "青禾县", 2012),
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
        "青禾县2023年政府信息公开工作整改报告",
        "青禾县2019年3月政府信息公开情况报告",
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
    for bureau in (
        "财政局",
        "审计局",
        "统计局",
        "国家保密局",
        "发展规划局",
        "机构编制委员会办公室",
    ):
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


ORGANS = {
    "department": (
        "财政局 审计局 统计局 发展和改革局 教育局 科学技术局 工业和信息化局 "
        "民族宗教事务局 公安局 民政局 司法局 人力资源和社会保障局 "
        "自然资源和规划局 生态环境分局 住房和城乡建设局 交通运输局 水利局 "
        "农业农村局 商务局 文化广电和旅游局 卫生健康局 退役军人事务局 应急管理局 "
        "市场监督管理局 医疗保障局 综合行政执法局 政务服务和数据管理局 信访局 "
        "档案局 档案馆 机关事务管理局 供销合作社联合社 气象局 税务局 "
        "地方志办公室 机构编制委员会办公室 行政审批局 金融工作办公室 "
        "大数据发展管理局 乡村振兴局 投资促进局 城市管理局 公共资源交易中心 "
        "住房公积金管理中心 残疾人联合会 总工会 妇女联合会 红十字会 科学技术协会 "
        "文学艺术界联合会 工商业联合会 消防救援大队 国防动员办公室 人民防空办公室 "
        "体育局 林业局 粮食和物资储备局 招商局 外事办公室 接待办公室 "
        "史志研究中心 融媒体中心 广播电视台 人民检察院 人民法院 保密局 "
        "国家保密局 密码管理局 政府研究室 发展研究中心 督查室 政府督查室 "
        "计划生育局 法制办公室 新闻出版局 政务服务中心 行政服务中心 公路管理局 "
        "海事局 烟草专卖局 邮政管理局 供电公司 自来水公司 "
        "城市建设投资集团有限公司 人民医院 中医院 疾病预防控制中心 第一中学 "
        "职业技术学校 图书馆 博物馆 规划展览馆 知识产权局 安全生产监督管理局 "
        "物价局 监察局 环境保护局 国土资源局 房产管理局 旅游局 扶贫开发办公室 "
        "移民局 农机局 畜牧兽医局 水产局 盐务局 药品监督管理局 质量技术监督局 "
        "工商行政管理局 经济合作局 会展中心 土地储备中心 统计调查队 "
        "国有资产监督管理委员会 国资中心 搬迁安置办公室 库区移民服务中心 "
        "人才工作办公室 社会工作部 网信办 宣传部 统战部 政法委 组织部 纪委监委 "
    ),
    "zone": (
        "经济开发区管委会 高新技术产业开发区管理委员会 高新区 工业园区 "
        "旅游度假区管委会 风景名胜区管理委员会 保税区管委会 新城管委会 "
        "产业集聚区管委会 临港经济区管委会 生态旅游区管委会 "
    ),
    "township": (
        "城关镇 柳河乡 东街街道 东街街道办事处 和平办事处 回族乡人民政府 "
        "城关镇人民政府 巴彦苏木 城东管理区 东湖街道办 "
    ),
}


@pytest.mark.parametrize(("kind", "listed"), ORGANS.items(), ids=list(ORGANS))
def test_every_usual_organ_of_a_county_is_told_with_and_without_the_countys_name(kind, listed):
    for organ in listed.split():
        for name in (organ, OWN[0] + organ):
            title = f"{name}2023年政府信息公开工作年度报告"
            assert looks_like_report_title(title), title
            assert kind_of_title(title, OWN, UPPER) == kind, title


def test_kinds_are_a_closed_list():
    assert {kind for _, kind, _, _ in TITLES} == set(KINDS)


def test_no_character_of_a_divisions_name_is_lost_in_a_title_with_rare_ones():
    for division in load_registry().divisions:
        title = f"二〇二三年{division.name}政府信息公开年报"  # 〇 is outside GB2312
        assert parse_title(title).organ == division.name


def test_the_office_of_another_place_is_not_ours():
    own, upper = ("青禾县", "青禾"), ("安澜市", "安澜")
    assert kind_of_title("桑洲县人民政府办公室2023年政府信息公开年报", own, upper) == "other"
    assert kind_of_title("县政府办公室2023年政府信息公开年报", own, upper) == "office"
    assert kind_of_title("本县政府办公室2023年政府信息公开年报", own, upper) == "office"
    assert kind_of_title("鹿城区政府办2023年政府信息公开年报", ("温州市",), ()) == "other"


@pytest.mark.parametrize(
    ("title", "kind"),
    [("2018年（区政府办公室）", "office"), ("区政府办公室2018年", "office"), ("2019（区财政局）", "department")],
)  # fmt: skip
def test_a_year_and_an_organ_are_a_title_in_a_column(title, kind):
    assert looks_like_report_title(title, in_column=True)
    assert not looks_like_report_title(title)
    assert kind_of_title(title, ("澄山区",)) == kind


@pytest.mark.parametrize(
    "title", ["2018年（修订）", "区政府办公室2018年工作要点", "2018年至2019年区政府办公室"]
)
def test_a_year_and_other_words_are_none(title):
    assert not looks_like_report_title(title, in_column=True)

"""Whose report it is and which year: from every kind of evidence, and where it is missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.registry import write_rows
from crawler.demo.world import DIVISIONS as DEMO
from crawler.demo.world import organs, title_of
from pipelines.documents.blocks import Document, TextBlock
from pipelines.documents.text import document_of
from pipelines.reading.identity import identify
from pipelines.reading.organs import kind_of_title, region_names
from pipelines.registry import load_registry
from pipelines.vocabulary.items import Source
from tests.effort import examples

REGISTRY = load_registry()
BODY = (
    "一、总体情况\n全年主动公开信息一批。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n无。\n"
)


def read(text="", *, title=None, metadata=None, crumbs=(), page=None, registry=REGISTRY, **source):
    document = Document(
        carrier="html_text",
        blocks=(TextBlock(text=text + "\n" + BODY),),
        title=title,
        metadata=metadata or {},
        breadcrumb=crumbs,
        page_text=page or "",
    )
    return identify(document, Source(**source), registry)


# -- the publisher ---------------------------------------------------------------------------

NAMED = [
    # organ as titled, source, adcode, norm, type, scope, level
    ("苍南县人民政府", {}, "330327", "苍南县人民政府", "government", "aggregate", "county"),
    ("苍南县", {}, "330327", "苍南县人民政府", "government", "aggregate", "county"),
    ("浙江省温州市苍南县人民政府", {}, "330327", "苍南县人民政府", "government", "aggregate", "county"),
    ("彭水县", {}, "500243", "彭水苗族土家族自治县人民政府", "government", "aggregate", "county"),
    ("甘肃省", {}, "620000", "甘肃省人民政府", "government", "aggregate", "province"),
    ("阿里地区行政公署", {}, "542500", "阿里地区行政公署", "government", "aggregate", "prefecture"),
    ("延边州", {}, "222400", "延边朝鲜族自治州人民政府", "government", "aggregate", "prefecture"),
    ("洪泽区", {}, "320813", "淮安市洪泽区人民政府", "government", "aggregate", "county"),
    ("上海市浦东新区", {}, "310115", "上海市浦东新区人民政府", "government", "aggregate", "county"),
    ("神农架林区人民政府", {}, "429021", "神农架林区人民政府", "government", "aggregate", "county"),
    ("郟縣人民政府", {}, "410425", "郏县人民政府", "government", "aggregate", "county"),
    (
        "苍南县人民政府办公室", {}, "330327", "苍南县人民政府办公室", "government_office",
        "single_organ", "county",
    ),
    (
        "上海市人民政府办公厅", {}, "310000", "上海市人民政府办公厅", "government_office",
        "single_organ", "province",
    ),
    ("上海市科委", {}, "310000", "上海市科学技术委员会", "department", "single_organ", "province"),
    ("苍南县发改局", {}, "330327", "苍南县发展和改革局", "department", "single_organ", "county"),
    ("财政局", {"adcode": "330327"}, "330327", "苍南县财政局", "department", "single_organ", "county"),
    ("县财政局", {"adcode": "330327"}, "330327", "苍南县财政局", "department", "single_organ", "county"),
    (
        "苍南市场监督管理局", {"adcode": "330327"}, "330327", "苍南县市场监督管理局", "department",
        "single_organ", "county",
    ),
    (
        "温州市生态环境局苍南分局", {}, "330327", "温州市生态环境局苍南分局", "department",
        "single_organ", "county",
    ),
    (
        "国家税务总局苍南县税务局", {"adcode": "330327"}, "330327", "国家税务总局苍南县税务局",
        "department", "single_organ", "county",
    ),
    (
        "苍南县灵溪镇", {}, "330327", "苍南县灵溪镇人民政府", "township_government", "single_organ",
        "township",
    ),
    (
        "灵溪镇人民政府", {"adcode": "330327"}, "330327", "苍南县灵溪镇人民政府",
        "township_government", "single_organ", "township",
    ),
    (
        "朝阳镇人民政府", {"adcode": "330327"}, "330327", "苍南县朝阳镇人民政府",
        "township_government", "single_organ", "township",
    ),
    (
        "什刹海街道", {"adcode": "110102"}, "110102", "北京市西城区什刹海街道办事处",
        "subdistrict_office", "single_organ", "township",
    ),
    (
        "苍南工业园区管委会", {"adcode": "330327"}, "330327", "苍南县工业园区管理委员会",
        "zone_committee", "single_organ", "special_zone",
    ),
    (
        "苍南县人民医院", {}, "330327", "苍南县人民医院", "public_institution", "single_organ",
        "county",
    ),
    ("苍南县水务集团有限公司", {}, "330327", "苍南县水务集团有限公司", "enterprise", "single_organ", "county"),
    (
        "平潭综合实验区", {}, "350128", "平潭综合实验区管理委员会", "government", "aggregate",
        "special_zone",
    ),
    ("平潭县人民政府", {}, "350128", "平潭县人民政府", "government", "aggregate", "county"),
    (
        "新疆生产建设兵团", {}, "650000", "新疆生产建设兵团", "government", "aggregate",
        "special_zone",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case[0])
def test_the_organ_of_the_title_is_placed_and_named(case):
    organ, source, adcode, norm, kind, scope, level = case
    found = read(f"{organ}2023年政府信息公开工作年度报告", **source)
    assert (found.adcode, found.publisher_norm) == (adcode, norm)
    assert (found.publisher_type, found.scope, found.admin_level) == (kind, scope, level)
    assert found.publisher_raw == organ
    assert organ in found.scope_evidence
    assert not found.problems


@pytest.mark.parametrize(
    "title",
    [
        "政府信息公开年报-苍南县财政局2023年政府信息公开工作年度报告",
        "苍财发〔2024〕3号 苍南县财政局2023年政府信息公开工作年度报告",
        "政府信息公开工作年度报告（苍南县财政局2023年）",
        "中国·苍南县财政局2023年政府信息公开工作年度报告",
        "苍南县财政局编制的2023年政府信息公开工作年度报告",
        "关于印发苍南县财政局2023年政府信息公开工作年度报告的通知",
        "置顶 苍南县财政局2023年政府信息公开工作年度报告（公开稿）",
        "（2023）2023年苍南县财政局政府信息公开工作年度报告",
        "20240115苍南县财政局2023年政府信息公开工作年度报告",
        "苍南县财政局2024年公布的2023年政府信息公开工作年度报告",
        "苍南县财政局贰零贰叁年政府信息公开工作年度报告",
    ],
)
def test_what_stands_around_a_title_is_no_part_of_the_organs_name(title):
    for found in (read(title), read("", title=title)):
        assert (found.publisher_norm, found.report_year) == ("苍南县财政局", 2023)


@pytest.mark.parametrize("years", ["2019-2022年", "2021年、2022年", "2021年至2022年", "22年"])
def test_several_years_or_none_in_full_are_no_year_and_no_part_of_the_name(years):
    found = read(f"苍南县{years}政府信息公开工作年度报告")
    assert (found.publisher_norm, found.title_year) == ("苍南县人民政府", None)


@pytest.mark.parametrize(
    "remark", ["公开稿", "定稿", "2024年1月", "二", "含乡镇", "原文", "转载", "20240115"]
)
def test_a_remark_behind_a_bare_title_is_no_organ(remark):
    found = read(f"2023年政府信息公开工作年度报告（{remark}）\n全县推进。", adcode="330327")
    assert (found.publisher_raw, found.publisher_norm) == (None, "苍南县人民政府")


def test_headings_below_a_bare_title_are_no_organ():
    text = "2023年政府信息公开工作年度报告\n全县推进。\n五、存在的主要问题及改进情况\n略有。\n六、其他需要报告的事项"
    assert read(text, adcode="330327").publisher_norm == "苍南县人民政府"


def test_a_short_place_name_on_a_line_of_its_own_opens_the_title():
    assert read("威县\n2022年政府信息公开工作年度报告").adcode == "130533"


@pytest.mark.parametrize(
    ("organ", "source", "adcode", "norm", "kind"),
    [
        ("市教育局", "330327", "330300", "温州市教育局", "department"),
        ("省教育厅", "330327", "330000", "浙江省教育厅", "department"),
        ("市场监督管理局", "330327", "330327", "苍南县市场监督管理局", "department"),
        ("市政管理局", "330327", "330327", "苍南县市政管理局", "department"),
        ("教育部", "330327", None, "教育部", "department"),
        ("国务院办公厅", "330327", None, "国务院办公厅", "department"),
        ("县委宣传部", "330327", "330327", "苍南县委宣传部", "department"),
        ("浙江省烟草专卖局苍南分局", None, "330327", "浙江省烟草专卖局苍南分局", "department"),
        ("苍南县人民政府驻杭州办事处", None, "330327", "苍南县人民政府驻杭州办事处", "department"),
        ("西湖风景名胜区管委会", "330100", "330100", "杭州市西湖风景名胜区管理委员会", "zone_committee"),
        ("我县", "330327", "330327", "苍南县人民政府", "government"),
    ],
)  # fmt: skip
def test_an_organ_belongs_to_the_level_its_name_speaks_of(organ, source, adcode, norm, kind):
    found = read(f"{organ}2023年政府信息公开工作年度报告", adcode=source)
    assert (found.adcode, found.publisher_norm, found.publisher_type) == (adcode, norm, kind)


def test_names_of_the_division_come_from_the_registry():
    found = read("苍南县2023年政府信息公开工作年度报告")
    assert (found.province, found.prefecture, found.county) == ("浙江省", "温州市", "苍南县")
    found = read("彭水县2023年政府信息公开工作年度报告")
    assert (found.province, found.prefecture) == ("重庆市", None)


@pytest.mark.parametrize(
    ("source", "adcode"),
    [
        ({"adcode": "110105"}, "110105"),
        ({"adcode": "220100"}, "220104"),
        ({"url": "http://www.bjchy.gov.cn/a/1.html"}, "110105"),
        ({"url": "https://www.changchun.gov.cn/x.html"}, "220104"),
    ],
)
def test_homonyms_are_told_apart_by_where_they_were_found(source, adcode):
    assert read("朝阳区人民政府2023年政府信息公开工作年度报告", **source).adcode == adcode


def test_homonyms_are_told_apart_by_the_site_and_the_text():
    title = "朝阳区人民政府2023年政府信息公开工作年度报告"
    assert read(title, metadata={"siteidcode": "2201040001"}).adcode == "220104"
    assert read(title + "\n本区位于北京市东部。").adcode == "110105"
    assert read("长春市" + title).adcode == "220104"


def test_a_homonym_that_nothing_tells_apart_stays_open():
    found = read("朝阳区人民政府2023年政府信息公开工作年度报告")
    assert (found.adcode, found.publisher_raw) == (None, "朝阳区人民政府")
    assert found.report_year == 2023
    [problem] = found.problems
    assert problem.code == "report/publisher-unknown"
    assert "110105" in problem.evidence
    assert "220104" in problem.evidence


def test_a_county_on_its_citys_site_keeps_its_own_name():
    found = read(
        "永嘉县2024年政府信息公开工作年度报告", adcode="330300", url="http://www.wenzhou.gov.cn/a"
    )
    assert found.adcode == "330324"


def test_a_bare_title_belongs_to_the_portal_it_was_found_on():
    found = read("2023年政府信息公开工作年度报告\n我县认真落实要求。", adcode="330327")
    assert (found.adcode, found.publisher_norm) == ("330327", "苍南县人民政府")
    assert found.publisher_raw is None
    assert (found.scope, found.scope_evidence) == ("aggregate", "我县")


def test_a_bare_title_with_a_bureau_in_the_index_table_is_the_bureaus():
    found = read(
        "2023年政府信息公开工作年度报告\n我局认真落实要求。",
        metadata={"发布机构": "苍南县水利局"},
        adcode="330327",
    )
    assert (found.publisher_norm, found.publisher_type) == ("苍南县水利局", "department")
    assert found.publisher_raw == "苍南县水利局"
    assert found.scope == "single_organ"


def test_a_bureaus_site_name_or_host_keeps_its_report_from_being_the_governments():
    bare = "2023年政府信息公开工作年度报告\n"
    found = read(bare, metadata={"sitename": "淮安市市场监督管理局"}, adcode="320800")
    assert (found.publisher_norm, found.publisher_type) == ("淮安市市场监督管理局", "department")
    host = "https://scjgj.huaian.gov.cn/a.html"
    found = read(bare, url=host)
    assert (found.adcode, found.publisher_norm) == ("320800", None)
    assert [p.code for p in found.problems] == ["report/publisher-unknown"]
    found = read(bare + "全市各级行政机关认真落实。", url=host)
    assert found.publisher_norm == "淮安市人民政府"
    found = read(bare, url="https://www.huaian.gov.cn/a.html")
    assert found.publisher_norm == "淮安市人民政府"


def test_a_bureau_may_publish_what_was_put_together_from_all():
    found = read(
        "2023年政府信息公开工作年度报告\n本报告综合全县各部门工作情况编制而成。",
        metadata={"发布机构": "苍南县大数据发展管理局"},
        adcode="330327",
    )
    assert (found.publisher_norm, found.scope) == ("苍南县人民政府", "aggregate")


def test_the_site_of_a_lower_place_is_believed_before_the_portal_above():
    found = read(
        "2023年政府信息公开工作年度报告\n全县",
        metadata={"发布机构": "永嘉县人民政府办公室"},
        adcode="330300",
    )
    assert (found.adcode, found.publisher_norm) == ("330324", "永嘉县人民政府")


@pytest.mark.parametrize("organ", ["青禾县人民政府", "温州市青禾县人民政府"])
def test_a_name_no_table_has_stays_as_printed_and_is_said_to_be_a_guess(organ):
    title = f"{organ}2010年政府信息公开工作年度报告"
    found = read(title, adcode="330327")
    assert (found.adcode, found.publisher_norm) == ("330327", organ)
    assert [f.rule for f in found.findings] == ["RM-PUBLISHER"]
    assert "in no table" in found.findings[0].note
    found = read(title, adcode="330300")
    assert (found.adcode, [p.code for p in found.problems]) == (None, ["report/publisher-unknown"])


def test_a_former_name_is_known_with_and_without_its_city():
    for organ in ("达县人民政府", "达州市达县人民政府", "达县"):
        found = read(f"{organ}2010年政府信息公开工作年度报告", adcode="511703")
        assert (found.adcode, found.publisher_norm) == ("511721", "达县人民政府")


def test_a_full_name_inside_an_organs_name_places_it():
    found = read("中共苍南县委办公室2023年政府信息公开工作年度报告")
    assert (found.adcode, found.publisher_norm) == ("330327", "中共苍南县委办公室")


def test_the_office_that_publishes_does_not_make_a_report_the_offices():
    found = read(
        "2023年政府信息公开工作年度报告\n全县各级行政机关认真落实。",
        metadata={"发布机构": "苍南县人民政府办公室"},
        adcode="330327",
    )
    assert (found.publisher_norm, found.scope) == ("苍南县人民政府", "aggregate")


def test_one_organs_report_that_names_no_organ_has_no_publisher():
    found = read(
        "2023年政府信息公开工作年度报告\n本局收到一件，我局已办，我局将改进。", adcode="330327"
    )
    assert (found.publisher_norm, found.scope) == (None, "single_organ")
    assert [p.code for p in found.problems] == ["report/publisher-unknown"]


def test_a_place_only_hinted_at_is_found_and_said_to_be_a_guess():
    text = (
        "2023年政府信息公开工作年度报告\n综合全县情况编制。我县优化“走进彭水”栏目，全县公开信息。"
    )
    found = read(text)
    assert found.publisher_norm == "彭水苗族土家族自治县人民政府"
    assert [f.rule for f in found.findings] == ["RM-PUBLISHER"]


def test_a_bare_county_report_on_a_citys_site_is_not_taken_for_the_citys():
    text = (
        "2023年政府信息公开工作年度报告\n我县认真落实，全县公开信息，县政府办公室牵头，全县推进。"
    )
    found = read(text, adcode="330300")
    assert found.adcode is None
    found = read(text + "苍南县人民政府门户网站", adcode="330300")
    assert found.adcode == "330327"


def test_a_title_quoted_in_the_text_is_the_last_resort():
    found = read(
        "根据要求，编制《永嘉县人民政府2021年政府信息公开工作年度报告》，统计期限为2021年。"
    )
    assert (found.adcode, found.report_year) == ("330324", 2021)
    assert found.title == "永嘉县人民政府2021年政府信息公开工作年度报告"
    found = read("依据《中华人民共和国政府信息公开工作年度报告格式》编制。", adcode="330327")
    assert found.title is None


@pytest.mark.parametrize(
    ("opening", "norm", "kind"),
    [
        ("现公布苍南县灵溪镇2023年政府信息公开工作年度报告。", "苍南县灵溪镇人民政府", "township_government"),
        ("现向社会公布2023年度县水利局政府信息公开年度报告。", "苍南县水利局", "department"),
        ("本报告由苍南县水利局编制的2023年度政府信息公开年度报告。", "苍南县水利局", "department"),
        ("本報告由蒼南縣水利局編制，統計期限自2023年1月1日至2023年12月31日。", "苍南县水利局", "department"),
        ("现公布苍南县灵溪镇人民政府2023年度信息公开工作年度报告。", "苍南县灵溪镇人民政府", "township_government"),
        ("统计期限自2023年1月1日至2023年12月31日。有疑问请联系苍南县灵溪镇人民政府（地址：车站路）。", "苍南县灵溪镇人民政府", "township_government"),
        ("统计期限自2023年1月1日至2023年12月31日。内容结合开发区管委会信息公开工作有关统计数据写成，请与青禾经济开发区综合办公室联系。", "苍南县青禾经济开发区管理委员会", "zone_committee"),
        ("统计期限自2023年1月1日至2023年12月31日。结合我县信息公开工作有关统计数据写成，请与县政府办公室联系（灵溪镇人民政府旁）。", "苍南县人民政府", "government"),
        # Who holds the pen, who sums up, and who speaks without a name say not whose it is.
        ("本报告由苍南县人民政府办公室编制的2023年度政府信息公开年度报告。", "苍南县人民政府", "government"),
        ("综合各部门情况，由县大数据局编制的2023年度政府信息公开年度报告。", "苍南县人民政府", "government"),
        ("现公布我县2023年政府信息公开工作年度报告。", "苍南县人民政府", "government"),
    ],
)  # fmt: skip
def test_what_the_first_sentence_calls_the_report_stands_in_for_a_title(opening, norm, kind):
    for bare in ("", "政府信息公开工作年度报告\n"):
        text = f"{bare}根据《中华人民共和国政府信息公开条例》的规定，{opening}\n全县认真落实。"
        found = read(text, adcode="330327")
        assert (found.publisher_norm, found.publisher_type) == (norm, kind)
        assert (found.adcode, found.report_year) == ("330327", 2023)
        assert found.title == (bare.strip() or None)


@pytest.mark.parametrize(("ours", "norm"), [("我局", "苍南县水利局"), ("全县", "苍南县人民政府")])
def test_a_bureau_that_answers_questions_is_believed_where_the_text_is_its_own(ours, norm):
    text = f"2023年政府信息公开工作年度报告\n如有疑问，请与苍南县水利局办公室联系（地址：平阳县）。\n{ours}认真落实。"
    assert read(text, adcode="330327").publisher_norm == norm


@pytest.mark.parametrize("called", ["镇", "镇人民政府", "乡", "街道办事处"])
def test_a_township_that_does_not_say_its_name_has_none(called):
    found = read(f"{called}2023年政府信息公开工作年度报告\n我镇认真落实。", adcode="330327")
    assert found.publisher_norm is None
    assert "report/publisher-unknown" in {problem.code for problem in found.problems}


def test_a_title_that_names_organ_and_year_is_believed_before_the_first_sentence():
    found = read(
        "永嘉县2022年政府信息公开工作年度报告\n由永嘉县财政局编制的2023年度政府信息公开年度报告。"
    )
    assert (found.publisher_norm, found.report_year) == ("永嘉县人民政府", 2022)


def test_nobody_named_anywhere_is_no_government():
    found = read("2023年政府信息公开工作年度报告")
    assert (found.publisher_norm, found.publisher_type) == (None, "unknown")


def test_a_title_on_two_lines_may_be_that_of_the_governments_own_organ():
    found = read("苍南县人民政府机关\n2023年政府信息公开工作年度报告")
    assert (found.publisher_norm, found.scope) == ("苍南县人民政府办公室", "single_organ")


def test_a_report_in_the_name_of_government_and_office_is_one_organs():
    text = "青禾：以县政府及其办公室名义公开信息。县政府办公室共收到申请5件。"
    found = read("苍南县人民政府2022年政府信息公开工作年度报告\n" + text)
    assert (found.scope, found.scope_evidence) == ("single_organ", "以县政府及其办公室名义")


def test_the_not_held_label_of_table_three_does_not_make_a_single_organ():
    found = read(
        "2023年政府信息公开工作年度报告\n1.本机关不掌握相关政府信息\n全县推进。", adcode="330327"
    )
    assert found.scope == "aggregate"


def test_an_unknown_place_gets_no_code():
    found = read("青禾县人民政府2023年政府信息公开工作年度报告")
    assert (found.adcode, found.publisher_norm) == (None, "青禾县人民政府")
    found = read("青禾县人民政府2023年政府信息公开工作年度报告", adcode="330300")
    assert found.adcode is None


def test_a_users_registry_places_its_own_divisions(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "code,name,level,province,prefecture,home_url,column_url\n"
        "990121,青禾县人民政府,county,晴州省,云岭市,http://127.0.0.1:8001/,\n",
        encoding="utf-8",
    )
    registry = load_registry(str(path))
    for text, source in (
        ("青禾县人民政府2023年政府信息公开工作年度报告", {}),
        ("2023年政府信息公开工作年度报告\n全县", {"adcode": "990121"}),
        ("2023年政府信息公开工作年度报告\n全县", {"url": "http://127.0.0.1:8001/x.html"}),
    ):
        found = read(text, registry=registry, **source)
        assert (found.adcode, found.publisher_norm) == ("990121", "青禾县人民政府")
        assert (found.province, found.county) == ("晴州省", "青禾县")
    assert found.source_kind == "gov_site"


def test_every_report_of_the_demos_world_is_identified(tmp_path):
    registry = load_registry(
        str(write_rows(tmp_path / "demo.csv", [(d, "http://127.0.0.1:1/") for d in DEMO.values()]))
    )
    for division in DEMO.values():
        for organ in organs(division):
            title = title_of(organ, 2023)
            found = read(title, registry=registry, adcode=division.code)
            assert (found.adcode, found.report_year) == (division.code, 2023)
            assert (found.province, found.prefecture) == (division.province, division.prefecture)
            city = division.prefecture if division.name.endswith("区") else ""
            if organ.kind != "whole":
                assert found.publisher_raw == organ.name
            assert found.publisher_norm == city + organ.name
            assert found.scope == ("aggregate" if organ.kind == "whole" else "single_organ")
            portal = registry.portal(division.code)
            assert kind_of_title(title, *region_names(portal, registry)) == organ.kind


def test_a_division_carries_the_code_it_had_in_the_report_year():
    found = read("横县人民政府2018年政府信息公开工作年度报告", adcode="450181")
    assert (found.adcode, found.county) == ("450127", "横县")
    assert found.publisher_norm == "横县人民政府"
    found = read("2018年政府信息公开工作年度报告\n全县", adcode="450181")
    assert found.adcode == "450127"
    found = read("横州市人民政府2023年政府信息公开工作年度报告", adcode="450181")
    assert (found.adcode, found.county) == ("450181", "横州市")
    found = read("横县人民政府2023年政府信息公开工作年度报告")
    assert (found.adcode, found.publisher_norm) == ("450181", "横州市人民政府")
    found = read("横州市人民政府2018年政府信息公开工作年度报告")
    assert (found.adcode, found.publisher_norm) == ("450181", "横州市人民政府")
    found = read("江干区人民政府2018年政府信息公开工作年度报告", adcode="330102")
    assert (found.adcode, found.publisher_norm) == ("330104", "杭州市江干区人民政府")
    found = read("襄樊市人民政府2009年政府信息公开工作年度报告")
    assert (found.adcode, found.prefecture, found.publisher_norm) == (
        "420600",
        "襄樊市",
        "襄樊市人民政府",
    )


# -- the year --------------------------------------------------------------------------------


def test_the_title_gives_the_year_before_everything_else():
    found = read(
        "苍南县2021年政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止。",
        crumbs=("政府信息公开年报", "2020年"),
        metadata={"pubdate": "2023-05-01 10:00"},
    )
    assert (found.report_year, found.year_from) == (2021, "title")
    assert (found.title_year, found.period_year) == (2021, 2022)
    assert found.published_on == "2023-05-01"


def test_list_and_period_outvote_last_years_year_left_in_the_heading():
    text = "苍南县2021年政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止。"
    document = Document(carrier="text", blocks=(TextBlock(text=text),))
    listed = Source(title="苍南县2022年政府信息公开工作年度报告")
    assert identify(document, listed, REGISTRY).report_year == 2022
    assert identify(document, Source(), REGISTRY).report_year == 2021


@pytest.mark.parametrize(
    ("text", "kwargs", "year", "origin"),
    [
        ("苍南县政府信息公开工作年度报告\n统计期限为 202111日到1231日", {}, 2021, "period"),
        ("苍南县政府信息公开工作年度报告", {"crumbs": ("年报", "2019年")}, 2019, "column"),
        (
            "苍南县政府信息公开工作年度报告\n2020年，我县推进。2020年底，2020年全县。",
            {},
            2020,
            "text",
        ),
        ("苍南县政府信息公开工作年度报告", {"metadata": {"pubdate": "2018-03-01"}}, 2017, "date"),
        ("苍南县政府信息公开工作年度报告", {"published_on": "2018-03-01"}, 2017, "date"),
    ],
)
def test_without_a_year_in_the_title_weaker_evidence_is_asked_in_order(text, kwargs, year, origin):
    found = read(text, **kwargs)
    assert (found.report_year, found.year_from) == (year, origin)
    weak = [f.rule for f in found.findings]
    assert weak == (["RM-YEAR-WEAK"] if origin in {"text", "date"} else [])


def test_a_report_without_any_year_has_none_and_a_problem():
    found = read("苍南县政府信息公开工作年度报告")
    assert found.report_year is None
    assert [p.code for p in found.problems] == ["report/year-unknown"]


def test_a_folder_of_the_address_never_gives_the_year():
    found = read("苍南县政府信息公开工作年度报告", url="https://www.cncn.gov.cn/2020/nb2020/1.html")
    assert found.report_year is None


# -- title, dates, source --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "苍南县人民政府\n2023年政府信息公开工作年度报告\n本报告由办公室编制。",
        "苍南县人民政府2023年政府信息公开工作\n年度报告\n本报告由办公室编制。",
        "- 1 -\n苍南县人民政府\n2023 年政府信息公开工作\n年度报告",
        "苍南县人民政府2023年政府信息公开工作年度报告 根据《中华人民共和国政府信息公开条例》，我县编制。",
        "标题：苍南县人民政府2023年政府信息公开工作年度报告\n发布时间：2024-01-30",
    ],
)
def test_a_title_broken_or_run_into_its_paragraph_is_put_right(text):
    found = read(text)
    assert "".join(found.title.split()) == "苍南县人民政府2023年政府信息公开工作年度报告"
    assert found.publisher_norm == "苍南县人民政府"


def test_the_menu_above_a_bare_title_is_not_taken_for_the_organ():
    found = read("网站导航\n2023年政府信息公开工作年度报告\n全县推进。", adcode="330327")
    assert (found.publisher_raw, found.publisher_norm) == (None, "苍南县人民政府")


def test_a_title_that_names_the_organ_beats_the_bare_one_of_the_page():
    found = read(
        "2023年政府信息公开工作年度报告\n全县", title="2023年政府信息公开工作年度报告",
        metadata={"articletitle": "苍南县2023年政府信息公开工作年度报告"},
    )  # fmt: skip
    assert found.adcode == "330327"


def test_a_neighbours_title_gives_neither_year_nor_organ():
    title = "2023年政府信息公开工作年度报告"
    text = title + "\n上一篇：永嘉县2022年政府信息公开工作年度报告\n全县推进。"
    found = read(text, title=title, adcode="330327")
    assert (found.report_year, found.publisher_norm) == (2023, "苍南县人民政府")


def test_last_years_report_quoted_in_the_text_tells_the_organ_but_not_the_year():
    title = "2023年政府信息公开工作年度报告"
    text = title + "\n对照《苍南县2022年政府信息公开工作年度报告》（修订），全县推进。"
    found = read(text, title=title)
    assert (found.report_year, found.title) == (2023, title)
    assert (found.publisher_norm, found.reissue) == ("苍南县人民政府", None)


@pytest.mark.parametrize(
    ("metadata", "text", "listed", "day"),
    [
        ({"pubdate": "2024-01-30 16:13"}, "", None, "2024-01-30"),
        ({"发布日期": "2024年3月5日"}, "", "2024-01-01", "2024-03-05"),
        ({"pubdate": "null"}, "发布时间：2024/3/5 10:00", None, "2024-03-05"),
        ({"pubdate": "2024-13-45"}, "", "2024-02-01", "2024-02-01"),
        ({}, "", None, None),
    ],
)
def test_the_day_of_publication_is_the_pages_then_the_lists(metadata, text, listed, day):
    found = read(
        "苍南县2023年政府信息公开工作年度报告\n" + text, metadata=metadata, published_on=listed
    )
    assert found.published_on == day


def test_a_reissue_is_known_by_its_title():
    assert read("苍南县2023年政府信息公开工作年度报告（更正）").reissue == "更正"
    assert read("苍南县2023年政府信息公开工作年度报告").reissue is None


@pytest.mark.parametrize(
    ("url", "page", "kind"),
    [
        ("https://www.cncn.gov.cn/a.html", "", "gov_site"),
        ("https://www.book118.com/1.html", "", "doc_sharing"),
        ("https://www.thepaper.cn/1", "", "news"),
        ("http://122.137.242.24:8080/x", "", "gov_site"),
        ("http://122.137.242.25:8080/x", "", "other"),
        ("https://notgov.cn.example.com/x", "", "other"),
        ("https://mirror.example.com/x", "公(gōng)開(kāi)" * 6, "gov_mirror_spam"),
        (None, "", "other"),
    ],
)
def test_the_kind_of_source_is_judged_by_the_host(url, page, kind):
    found = read("苍南县2023年政府信息公开工作年度报告", url=url, page=page)
    assert found.source_kind == kind


# -- the bad day -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "苍南县",
        "朝阳区",
        "人民政府",
        "办公室",
        "2023年",
        "二〇二三年",
        "政府信息公开",
        "工作",
        "年度报告",
        "年报",
        "（",
        "）",
        "《",
        "》",
        "\n",
        "局",
        "镇",
        "1月1日",
        "至",
        "12月31日",
        "统计期限",
        "202111日到1231日",
        "全县",
        "我局",
        "走进彭水",
        "_",
        "|",
        "…",
        "...",
        "郟",
        "②",
        "\u3000",
        "\ufeff",
        "99999999",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join))


@settings(max_examples=examples(300))
@given(text=TEXTS, title=st.none() | TEXTS, listed=st.none() | TEXTS, crumb=TEXTS, meta=TEXTS)
def test_no_text_whatever_makes_identify_raise(text, title, listed, crumb, meta):
    document = Document(
        carrier="text",
        blocks=(TextBlock(text=text),) if text else (),
        title=title,
        metadata={"pubdate": meta, "siteidcode": meta, "发布机构": meta, "articletitle": meta},
        breadcrumb=(crumb,),
    )
    source = Source(title=listed, adcode="330327" if len(text) % 2 else meta, published_on=meta)
    found = identify(document, source, REGISTRY)
    assert found.report_year is None or 2004 <= found.report_year <= 2099
    assert found.adcode is None or REGISTRY.knows(found.adcode)
    assert (found.report_year is None) == any(
        p.code == "report/year-unknown" for p in found.problems
    )


@pytest.mark.parametrize(
    ("end", "publisher"),
    [("苍南县人民政府\n2022年3月1日", "苍南县人民政府"), ("", None), ("苍南县审计局\n2022年3月1日", "苍南县审计局")],
)  # fmt: skip
def test_who_signs_is_believed_of_a_report_that_says_only_this_organ(end, publisher):
    text = f"2021年政府信息公开工作年度报告\n现由本机关向社会公布本年度报告。\n一、总体情况\n工作平稳。\n{end}"
    document = document_of(text)
    found = identify(document, Source(adcode="330327", title=None), REGISTRY)
    assert found.publisher_norm == publisher

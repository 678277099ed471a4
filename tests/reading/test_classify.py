from __future__ import annotations

import pytest

from pipelines.documents.blocks import Document, Link, TextBlock
from pipelines.reading.classify import KINDS, REASONS, classify
from pipelines.reading.evidence import _has_figures
from pipelines.reading.inserted_sounds import has_inserted_sounds
from pipelines.vocabulary.items import Source
from tests.forms.papers import NEW, four, grid, grid_of, tables_of
from tests.reading.texts import (
    ANNEX_ROWS,
    ELSEWHERE,
    GOV,
    HEADINGS,
    OLD_SEVEN,
    OLD_TEN,
    OLD_TEN_LINES,
    OLD_TOWNSHIP,
    PART_1,
    PART_5,
    PART_6,
    PARTS_AFTER_THE_ANNEX,
    PREAMBLE,
    RESTARTED,
    document,
    modern,
    table_3,
)

ORDER = (
    "关于做好2023年政府信息公开工作年度报告编制工作的通知\n各乡镇人民政府，县政府各部门：\n"
    "现将2023年度报告编制有关事项通知如下：\n一、报告内容\n报告应包括以下六个部分：总体情况、主动公开政府信息情况、"
    "收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项。\n"
    "二、时间要求\n请各单位于2024年1月20日前将报告报送县政府办公室，逾期未报的予以通报。\n"
    "三、有关要求\n统计期限为2023年1月1日至2023年12月31日。数据务必准确。\n联系人：某某。"
)
ORDER_WITH_FORM = (
    ORDER
    + "\n附件\n"
    + modern(tables=False)
    .replace(PREAMBLE, "格式")
    .replace(PART_1, "（文字描述）")
    .replace(PART_5, "")
    .replace(PART_6, "")
    + table_3("")
)
BLANK = (
    "××县××局××××年政府信息公开工作年度报告\n一、总体情况\n（文字描述）\n二、主动公开政府信息情况\n"
    "三、收到和处理政府信息公开申请情况\n"
    + table_3("")
    + "\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n（文字描述）\n六、其他需要报告的事项"
)
WEBSITE = (
    "政府网站工作年度报表（2022年度）\n填报单位：青禾县人民政府办公室\n网站名称 青禾县人民政府网\n网站标识码 0000000001\n"
    "独立用户访问总量（单位：个） 120345\n网站总访问量（单位：次） 553211\n信息发布（单位：条） 总数 3102\n专栏专题（单位：个） 维护数量 9\n解读回应 解读材料数量 31\n办事服务 政务服务事项数量 1203\n安全防护 安全检测评估次数 4\n移动新媒体 是否有 是"
)
LAW = "青禾县2022年法治政府建设年度报告\n2022年，青禾县推进法治政府建设。\n一、主要举措和成效\n办理行政复议案件32件。\n二、存在的不足\n三、下一步打算"
SUMMARY = "青禾县2022年政务公开工作总结\n今年以来，我县召开政务公开培训会3次，主动公开政府信息2000条。下一步我们将继续努力。"
HALF = "青禾县2022年上半年政府信息公开工作情况统计\n主动公开政府信息800条，收到申请5件。"
GUIDE = "青禾县人民政府信息公开指南\n为了方便公民获取政府信息，编制本指南。一、信息分类\n二、获取方式\n（一）主动公开\n（二）依申请公开"
PICTURE = "一图读懂：青禾县2022年政府信息公开工作年度报告\n点击查看大图"
LISTING = "\n".join(f"青禾县{y}年政府信息公开工作年度报告 {y + 1}-03-20" for y in range(2010, 2024))
GONE = "提示信息 您访问的页面不存在或已被删除 返回首页"
CHALLENGE = "Just a moment... 请开启JavaScript并刷新页面 安全验证"
SHARING = (
    "分享\n2022年县政府信息公开年度报告范文.doc\n下载文档\n页数：7页\n大小：20KB\n格式：DOC\n温馨提示：付费完成后请下载。\n"
    "年,州人民政府按照要求开展工作，根本形成机制。年,全州收到政府信息公开申请6件。一、概述\n年，政务效劳继续改良。\n"
    "二、主动公开政府信息情况\n三、依申请公开政府信息情况\n四、收费及减免情况\n五、存在的主要问题\n此文档下载收益归作者所有"
)
SOUNDS = modern().replace("政府", "政(zhèng)府(fǔ)")
BETTING = "365bet体育投注_六合彩_" + modern()
TONED = modern().replace("政府", "政zhèng府fǔ")
ANGLED = OLD_TOWNSHIP.replace("政府", "政〈zhèng〉府〈fǔ〉")
NEW_BRAND = "开云体育官网-" + modern()
SWAPPED = (
    modern(tables=False)
    .replace("青禾县人民政府2022年", "")
    .replace("2022年", "年")
    .replace("青禾县", "")
    + "年，根本形成机制。年，政务效劳有改良措施。打根底。"
)
NEWS = (
    "青禾县公布2022年政府信息公开工作年度报告\n近日，青禾县在门户网站向社会公布2022年政府信息公开工作年度报告。"
    "报告显示，全年主动公开政府信息5230条，收到政府信息公开申请37件，全部按时办结。下一步，将扩大公众参与，"
    "让群众看得到、看得懂、能监督。记者 李某"
)
GUIDE_OF_PARTS = (
    "青禾县人民政府办公室政府信息公开指南（2022年版）\n为方便公众，编制本指南。\n一、主动公开\n（一）公开范围\n"
    "二、依申请公开\n收到申请后20个工作日内答复。\n三、监督与救济\n可依法申请行政复议或者提起行政诉讼。\n四、年度报告"
)
WIKI = "中文百科全书 词条标签\n" + modern()


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        (ORDER, GOV, "order_or_rule"),
        (ORDER_WITH_FORM, GOV, "order_or_rule"),
        (BLANK, GOV, "blank_form"),
        (WEBSITE, GOV, "website_yearly_form"),
        (LAW, GOV, "rule_of_law_report"),
        (SUMMARY, GOV, "work_summary"),
        (HALF, GOV, "partial_year_statistics"),
        (GUIDE, GOV, "guide_or_catalogue"),
        (PICTURE, GOV, "interpretation"),
        (LISTING, GOV, "list_page"),
        (GONE, GOV, "error_page"),
        (CHALLENGE, GOV, "challenge_page"),
        (SHARING, ELSEWHERE, "sample_text"),
        (SHARING, Source(), "sample_text"),
        (SOUNDS, ELSEWHERE, "mirror"),
        (BETTING, ELSEWHERE, "mirror"),
        (TONED, ELSEWHERE, "mirror"),
        (ANGLED, ELSEWHERE, "mirror"),
        (NEW_BRAND, ELSEWHERE, "mirror"),
        (SWAPPED, ELSEWHERE, "sample_text"),
        (NEWS, GOV, "news"),
        (GUIDE_OF_PARTS, GOV, "guide_or_catalogue"),
        (WIKI, Source(url="https://www.newton.com.tw/wiki/1"), "encyclopedia_copy"),
        ("", GOV, "empty"),
        ("青禾县召开春耕动员会，县长出席并讲话。", GOV, "other"),
    ],
    ids=lambda value: value if isinstance(value, str) and value in KINDS else "",
)
def test_what_only_looks_like_a_report_is_named(text, source, kind):
    verdict = classify(document(text), source)
    assert (verdict.is_report, verdict.kind) == (False, kind)
    assert verdict.reasons
    assert set(verdict.reasons) <= set(REASONS)


@pytest.mark.parametrize(
    "text",
    [
        modern(),
        modern(tables=False),
        modern(between=" ").replace("\n", " "),
        OLD_TOWNSHIP,
        OLD_TEN,
        OLD_SEVEN,
        OLD_TEN_LINES,
        PARTS_AFTER_THE_ANNEX,
        PARTS_AFTER_THE_ANNEX + ANNEX_ROWS,
        RESTARTED,
        modern(preamble="统计期限为2022年1月1日到12月31日。"),
        modern(tables=False).replace(
            "（三）监督保障。",
            "（三）监督保障。印发通知，制定指南、目录和制度，现就有关要求务必落实，抄送各单位。",
        ),
    ],
    ids=[
        "tables",
        "prose",
        "one-line",
        "township-2013",
        "ten-parts-2010",
        "seven-parts-2012",
        "ten-lines-2017",
        "seven-parts-2016",
        "annex-2016",
        "restarted-2022",
        "no-title",
        "full-of-notice-words",
    ],
)
def test_a_genuine_report_passes_wherever_it_stands(text):
    for source in (GOV, Source(), ELSEWHERE, Source(url="http://10.20.30.40:8080/pub/1.htm")):
        verdict = classify(document(text), source)
        assert verdict.is_report, verdict


@pytest.mark.parametrize(
    "title",
    [
        "关于印发青禾县2022年政府信息公开工作年度报告的通知",
        "青禾县2022年政府信息公开工作年度报告（图解）",
        "政府信息公开指南_青禾县人民政府",
        "2022年度政府信息公开工作总结",
        "政府信息公开制度",
    ],
)
def test_one_misleading_title_does_not_reject_a_report(title):
    verdict = classify(document(modern(), title=title), GOV)
    assert verdict.is_report, verdict


def test_words_of_betting_in_the_frame_of_a_government_page_do_not_reject_its_report():
    text = modern()
    verdict = classify(document(text, page_text=text + "六合彩 时时彩 老虎机"), GOV)
    assert verdict.is_report


def test_a_mirror_with_tables_says_that_they_may_be_genuine():
    verdict = classify(document(SOUNDS), ELSEWHERE)
    assert "mirror/tables-may-be-genuine" in verdict.reasons
    assert "host/not-gov-cn" in verdict.reasons


def test_a_report_mentioning_lottery_funds_is_not_a_mirror():
    text = modern().replace(
        "（三）监督保障。", "（三）监督保障。公开福利彩票公益金使用情况，查处赌博案件3起。"
    )
    assert classify(document(text), ELSEWHERE).is_report


def test_labels_without_figures_beside_a_full_story_are_damage_not_a_template():
    # A text extractor dropped the repeated zeros (formats.md 5.4, L7): still a report.
    verdict = classify(document(modern().replace(table_3(), table_3(""))), GOV)
    assert verdict.is_report


def test_a_page_of_links_to_reports_is_a_list():
    links = tuple(
        Link(url=f"/{y}.html", text=f"青禾县{y}年政府信息公开工作年度报告")
        for y in range(2015, 2022)
    )
    verdict = classify(document("政府信息公开年报", links=links), GOV)
    assert verdict.kind == "list_page"


def test_every_kind_and_reason_has_a_meaning():
    assert all(KINDS.values())
    assert all(REASONS.values())
    assert all(code.count("/") == 1 and code.isascii() for code in REASONS)


FRAME = (
    "首页 政务公开 政府信息公开指南 政府信息公开制度 法定主动公开内容 政府信息公开年报 依申请公开 网站地图 "
    * 40
)
HALF_YEAR_REPORT = modern().replace(
    "2022年政府信息公开工作年度报告", "2022年上半年政府信息公开工作报告"
)
WORK_REPORT = "2022年青禾县政府工作报告\n各位代表：\n一、2021年工作回顾\n办理人大建议87件。\n二、2022年工作安排\n推进政务公开。"
ENFORCEMENT = "青禾县2022年度行政执法数据统计年报\n行政许可 | 120\n行政处罚 | 45\n行政强制 | 3\n行政检查 | 800"
OPENNESS_LAW = (
    "青禾县2022年法治政府建设情况的报告\n一、主要工作\n推进政府信息公开，全年收到政府信息公开申请36件，主动公开政府信息900条。\n"
    "二、行政复议和行政诉讼情况\n办理行政复议32件。\n三、存在的问题\n四、下一步打算"
)
RULE = (
    "青禾县政府信息公开工作年度报告制度\n第一条 为规范年度报告工作，制定本制度。\n第二条 年度报告应当包括下列内容：主动公开政府信息的情况；"
    "依申请公开政府信息和不予公开政府信息的情况；收费及减免情况；申请行政复议、提起行政诉讼的情况；存在的主要问题及改进情况。\n"
    "第三条 各单位应当于每年1月31日前将年度报告报送县政府办公室。"
)
SCORES = (
    "青禾县2022年政务公开第三方评估报告\n评估得分：主动公开38分，依申请公开20分，平台建设15分。"
)
FEE_NOTICE = "青禾县政府信息公开信息处理费管理办法的通知\n按件计收：每件100元。各乡镇：请遵照执行。"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (HALF_YEAR_REPORT, "partial_year_statistics"),
        (OPENNESS_LAW, "rule_of_law_report"),
        (RULE, "order_or_rule"),
        (WORK_REPORT, None),
        (ENFORCEMENT, None),
        (SCORES, None),
        (FEE_NOTICE, None),
    ],
)  # fmt: skip
def test_other_documents_of_a_county_government_are_no_reports(text, kind):
    verdict = classify(document(text), GOV)
    assert not verdict.is_report, verdict
    assert kind in {None, verdict.kind}


@pytest.mark.parametrize("text", [GONE, CHALLENGE])
def test_an_error_page_in_a_long_frame_is_still_one(text):
    verdict = classify(document(text, page_text=FRAME + text + FRAME), GOV)
    assert verdict.kind in {"error_page", "challenge_page"}


def test_a_report_in_a_long_frame_is_still_one():
    for text in (modern(), OLD_TOWNSHIP):
        assert classify(document(text, page_text=FRAME + text + FRAME), GOV).is_report


def test_a_page_that_only_names_its_attachment_is_not_the_report_itself():
    text = "青禾县人民政府2022年政府信息公开工作年度报告\n附件：青禾县人民政府2022年政府信息公开工作年度报告.pdf"
    verdict = classify(document(text), GOV)
    assert (verdict.is_report, verdict.reasons[0]) == (False, "none/title-only")


def test_a_short_report_with_bracketed_ordinals_passes():
    text = (
        "柳溪镇2011年政府信息公开工作情况报告\n根据条例规定，编制本报告。统计期限为2011年1月1日至12月31日。\n"
        "（一）概述。成立领导小组，明确一名工作人员。（二）主动公开情况。全年公开政府信息42条。"
        "（三）依申请公开情况。没有收到申请。（四）复议和诉讼。没有发生。（五）问题和改进。内容不够全面，下年改进。"
    )
    assert classify(document(text), GOV).is_report


@pytest.mark.parametrize(
    "text",
    [
        (
            "我镇2022年未收到政府信息公开申请，主动公开信息30条，未发生行政复议、诉讼，无其他需要报告的事项。"
            "统计期限为2022年1月1日至12月31日。"
        ),
        (
            "（一）概述：设专人负责。（二）主动公开：21条。（三）依申请公开：0件。（四）收费：0元。（五）复议诉讼：0件。"
            "（六）问题和措施：加强学习。"
        ),
        "\n".join(f"{heading}\n无。" for heading in HEADINGS),
    ],
    ids=["three-lines", "six-points", "nothing-to-say"],
)
def test_a_townships_report_of_a_few_lines_passes(text):
    title = "柳溪镇人民政府2022年政府信息公开工作年度报告"
    assert classify(document(f"{title}\n{text}"), GOV).is_report
    assert classify(document(text, title=title), GOV).is_report


def test_a_report_whose_place_has_its_sound_printed_is_no_mirror():
    text = modern().replace("青禾县把", "郏（jiá）县把")
    assert classify(document(text), ELSEWHERE).is_report


def test_traditional_script_alone_is_no_sign_of_a_mirror():
    import opencc

    text = opencc.OpenCC("s2t").convert(modern())
    assert classify(document(text), GOV).is_report


EMPTY_OFFICE = (
    "柳溪镇人民政府2022年政府信息公开工作年度报告\n一、总体情况\n我镇由党政办负责。信息由专人发布。各村设有公开栏。"
    "群众可到便民服务中心查阅。工作平稳有序。全年无投诉。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    + table_3("")
    + "\n五、存在的主要问题及改进情况\n人员更替较快。下年加强学习。\n六、其他需要报告的事项\n无。"
)


def test_a_report_that_left_every_cell_blank_is_a_report():
    verdict = classify(document(EMPTY_OFFICE), GOV)
    assert verdict.is_report, verdict


def test_download_buttons_of_a_government_portal_are_no_sharing_site():
    text = (
        modern()
        + "\n附件下载\n文件格式: DOC\n大小:20KB\n页数:9页\n立即下载\n温馨提示: 请使用最新浏览器"
    )
    assert classify(document(text), GOV).is_report


def test_a_blank_before_every_year_sign_is_a_pdfs_habit_not_a_cut_out_year():
    from pipelines.reading.lookalikes import _NO_YEAR

    assert _NO_YEAR.findall("2024 年，我市推进公开。2024 年,全市收到申请。") == []
    assert len(_NO_YEAR.findall("年，全州公开信息。年,州政府重视。")) >= 1


def test_a_report_that_calls_its_subject_openness_passes():
    text = OLD_TOWNSHIP.replace("2013年政府信息公开工作年度报告", "2013年政务公开工作年度报告")
    assert classify(document(text), GOV).is_report


def test_a_report_without_figures_that_talks_like_an_order_passes():
    text = OLD_TOWNSHIP.replace(
        "全年主动公开政府信息86条。", "各类信息均已公开，务必做到及时。"
    ).replace(
        "全年没有收到政府信息公开申请。", "按要求办理，不得迟报。联系人：党政办。特此通知各村。"
    )
    assert classify(document(text), GOV).is_report


def test_an_expo_and_a_village_with_an_unlucky_name_are_no_betting():
    text = modern().replace(
        "（三）监督保障。",
        "（三）监督保障。参加南亚博览会、东亚博览会和南亚博览会分会，走访永利镇人民政府。",
    )
    assert classify(document(text), ELSEWHERE).is_report


@pytest.mark.parametrize("brackets", ["()", "（）", "(）"])
def test_sounds_in_brackets_of_any_width_are_inserted(brackets):
    left, right = brackets
    sounds = ["gong", "kai", "zheng", "fu", "xin", "xi", "nian", "du", "bao", "gao", "gong"]
    said = "".join(f"公{left}{sound}{right}" for sound in sounds)
    assert has_inserted_sounds(said)
    assert not has_inserted_sounds(said[: said.rindex(left)])


@pytest.mark.parametrize("brackets", ["()", "（）", "<>", "＜＞", "〈〉"])
def test_a_few_sounds_with_their_tone_are_enough_in_any_brackets(brackets):
    left, right = brackets
    said = "".join(f"公{left}{sound}{right}" for sound in ("gōng", "kāi", "zhèng", "fǔ", "xìn"))
    assert has_inserted_sounds(said)
    assert not has_inserted_sounds(said[: said.rindex("公")])


def test_acronyms_in_brackets_are_no_inserted_sounds():
    text = modern().replace(
        "（三）监督保障。", "（三）监督保障。" + "升级办公系统（OA）和移动端（APP）。" * 8
    )
    assert classify(document(text), ELSEWHERE).is_report


@pytest.mark.parametrize("cell", ["{}件", "{} 件", "1,0{}0件"])
def test_figures_with_their_unit_in_the_cell_are_figures(cell):
    rows = [[f"标签{n}", cell.format(n)] for n in range(6)]
    assert _has_figures(Document(carrier="html_table", blocks=(grid(rows),)), "")


@pytest.mark.parametrize("cell", ["件", "第{}条", "{}月", "2023年", "{}.当面申请数"])
def test_labels_with_a_number_are_none(cell):
    rows = [[f"标签{n}", cell.format(n)] for n in range(6)]
    assert not _has_figures(Document(carrier="html_table", blocks=(grid(rows),)), "")


ONE_SENTENCE = "2020年，白河镇主动公开政府信息56条，收到政府信息公开申请0件，无行政复议、行政诉讼。"


def test_a_report_of_one_sentence_passes_if_it_tells_every_part():
    head = "清河县白河镇2020年政府信息公开工作年度报告\n"
    assert classify(document(head + ONE_SENTENCE), GOV).is_report
    assert not classify(document(head + "2020年，白河镇主动公开政府信息56条。"), GOV).is_report
    assert not classify(document("白河镇\n" + ONE_SENTENCE), GOV).is_report


@pytest.mark.parametrize(
    "head",
    [
        "清河县2023年政府信息公开工作年度报告出炉",
        "政府信息公开年报\n清河县水利局2020年政府信息公开工作年度报告\n清河县教育局2020年政府信息公开工作年度报告",
    ],
)
def test_one_sentence_about_a_report_is_none(head):
    assert not classify(document(f"{head}\n{ONE_SENTENCE}"), GOV).is_report


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("清河县2023年政务公开第三方评估报告", "work_summary"),
        ("清河县第一中学2022—2023学年信息公开工作年度报告", "other"),
    ],
)
def test_what_goes_through_the_parts_of_others_is_none(title, kind):
    text = (
        "一、概述\n二、主动公开情况\n共公开信息3256条。\n三、依申请公开情况\n收到申请23件。\n"
        "四、行政复议情况\n五、存在的问题\n六、改进措施"
    )
    assert classify(document(f"清河县2023年政府信息公开工作年度报告\n{text}"), GOV).is_report
    found = classify(document(f"{title}\n{text}"), GOV)
    assert (found.is_report, found.kind) == (False, kind)


def test_the_filled_form_as_a_whole_is_a_report_under_any_title():
    tables = [*map(grid_of, tables_of(NEW))]
    assert classify(Document(carrier="html_table", blocks=(*tables,)), GOV).is_report
    part = Document(carrier="html_table", blocks=(tables[-1],))
    assert not classify(part, GOV).is_report


@pytest.mark.parametrize(
    ("title", "words", "is_report"),
    [
        (NEW.title, "", True),
        (NEW.title, "点击查看大图", True),
        (f"一图读懂{NEW.title}", "", False),
        ("政府信息公开工作年度报告", "", False),
        (NEW.title, "日前，县政府召开会议，听取各单位的情况。" * 10, False),
    ],
    ids=["title and table", "a word more", "a picture of it", "nobody's", "a story"],
)
def test_a_title_and_one_of_its_tables_alone_are_a_report(title, words, is_report):
    table = grid_of(four(NEW), "ocr_table")
    blocks = (TextBlock(text=f"{title}\n{words}"), table)
    page = Document(carrier="image", blocks=blocks, title=title)
    assert classify(page, GOV).is_report == is_report

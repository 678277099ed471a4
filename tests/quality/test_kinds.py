"""What is a report and what is not although it holds figures, in many shapes of either."""

from __future__ import annotations

import pytest

from pipelines.read import read_report
from pipelines.reading.classify import classify
from pipelines.vocabulary.items import RawFile, Source
from tests.reading.texts import (
    GOV,
    HEADINGS,
    OLD_TOWNSHIP,
    PART_1,
    PREAMBLE,
    TABLE_2,
    TABLE_4,
    document,
    modern,
    table_3,
)


def form(figure: str = "0", *, first: str = "", preamble: str = "") -> str:
    """The form of 2021 with one figure in every cell, as templates and samples print it."""
    zeros = TABLE_2.translate(dict.fromkeys(map(ord, "123456789"), "0")).replace("310.5", "0")
    second = zeros if figure == "0" else TABLE_2
    bodies = (first, second, table_3(figure), TABLE_4.replace("1", figure), "", "")
    parts = [f"{heading}\n{body}" for heading, body in zip(HEADINGS, bodies, strict=True)]
    return "\n".join([preamble, *parts]) if preamble else "\n".join(parts)


TO_ALL = "各乡镇人民政府、县政府各部门：\n"
ASKS = "请各单位于2024年1月20日前报送县政府办公室，逾期未报的将予以通报。\n联系人：某某。"
SIX_SHORT = (
    "一、总体情况：主动公开政府信息5230条。\n二、主动公开政府信息情况：行政许可8120件。\n"
    "三、收到和处理政府信息公开申请情况：收到申请37件，办结36件。\n"
    "四、政府信息公开行政复议、行政诉讼情况：复议1件。\n五、存在的主要问题及改进情况：形式单一。\n六、其他需要报告的事项：无。"
)
PERIOD = "统计期限自2022年1月1日起至2022年12月31日止。"

NOT = {
    # orders with the form filled, or full of zeros
    "order, sample filled": (
        f"关于规范2023年政府信息公开工作年度报告数据填报的通知\n{TO_ALL}请认真做好编制。\n{form('7')}\n{ASKS}"
    ),
    "order, sample of zeros": (
        f"关于做好2023年度政府信息公开工作年度报告编制发布工作的通知\n{TO_ALL}现就有关事项通知如下。\n{ASKS}\n附件：报告格式\n{form()}"
    ),
    "order, sample behind, told its period": (
        f"青禾县人民政府办公室关于报送2022年政府信息公开年度报告的通知\n{TO_ALL}{PERIOD}请按附件填写。\n附件：填写样例\n{modern()}"
    ),
    "order that hands on another": (
        f"关于转发政府信息公开工作年度报告格式的通知\n{TO_ALL}现转发给你们，请遵照执行。\n{form('3')}"
    ),
    "letter to the organs": (
        f"关于抓紧报送2022年政府信息公开工作年度报告的函\n县直各单位：\n请于1月15日前反馈。样表如下：\n{form('2')}"
    ),
    # forms, templates, examples
    "template of zeros": (
        f"附件2：政府信息公开工作年度报告模板\n本报告根据条例要求编制。{PERIOD}请与XX县人民政府办公室联系。\n"
        + form(first="2022年，全县主动公开政府信息2393条，收到申请24件。")
    ),
    "worked example under a county's name": (
        f"青禾县政府信息公开工作年度报告填写示例\n表中数据系虚构，仅供各股室对照参考。\n{form('12')}"
    ),
    "form of zeros, nobody named": f"政府信息公开工作年度报告（样表）\n{form()}",
    "form with crosses for names": (
        f"××县××局××××年政府信息公开工作年度报告\n{PERIOD}\n{form(first='××××年，我局主动公开信息××条。')}"
    ),
    "form with X's for the year": (
        f"XX局20XX年政府信息公开工作年度报告\n{form(first='20XX年，我局主动公开信息XX条，收到申请XX件。')}"
    ),
    "form with rings for names": (
        f"○○县人民政府2023年政府信息公开工作年度报告\n{form(first='2023年，○○县主动公开信息○○条。')}"
    ),
    "form with lines to write on": (
        f"____县____局____年政府信息公开工作年度报告\n{form(first='____年，主动公开____条。')}"
    ),
    "example filled": f"政府信息公开工作年度报告示例\n{modern().replace('青禾县', 'A县')}",
    "example for filling in": f"2022年政府信息公开工作年度报告（填报范例）\n{form('6')}",
    "explanation beside the form": (
        f"政府信息公开工作年度报告填写说明\n本表由各单位填写，没有的填0，不得留空。\n{form()}"
    ),
    # news and pictures that follow the six headings
    "news in six headings": (
        f"青禾县发布2022年政府信息公开工作年度报告\n近日，青禾县人民政府发布2022年政府信息公开工作年度报告。\n{SIX_SHORT}"
    ),
    "news with a day": (
        f"青禾县公布2022年度政府信息公开工作年报\n1月30日，青禾县政府门户网站公布了2022年度政府信息公开工作年度报告。报告显示：\n{SIX_SHORT}"
    ),
    "news by a reporter": (
        f"青禾晒出2022年政府信息公开“成绩单”\n本报讯（记者 某某）记者从县政府办获悉，2022年政府信息公开工作年度报告出炉。\n{SIX_SHORT}"
    ),
    "picture of six parts": (
        f"一图读懂青禾县2022年政府信息公开工作年度报告\n{PERIOD}\n{SIX_SHORT}"
    ),
    "picture, said at the end": (
        f"青禾县2022年政府信息公开工作年度报告图解\n{PERIOD}\n{SIX_SHORT}"
    ),
    "picture, said in brackets": (f"【图解】青禾县2022年政府信息公开工作年度报告\n{SIX_SHORT}"),
    "explained part by part": (
        f"《青禾县2022年政府信息公开工作年度报告》解读\n一、编制背景\n为落实条例，编制年度报告。\n{SIX_SHORT}"
    ),
    # inspections
    "notice of inspection": (
        f"关于2022年政府信息公开工作年度报告检查情况的通报\n{TO_ALL}县政府办公室对48个单位年度报告进行了检查，现通报如下。\n"
        f"{SIX_SHORT}\n以上问题限期整改。"
    ),
    "inspection with scores": (
        "青禾县2022年政府信息公开年度报告抽查情况通报\n抽查单位30家，合格率93%。\n一、总体情况\n按时发布28家，主动公开政府信息平均210条。\n"
        "二、主动公开政府信息情况\n填写错误4家。\n三、收到和处理政府信息公开申请情况\n勾稽关系错误3家，收到申请统计口径不一的2家。\n"
        "四、政府信息公开行政复议、行政诉讼情况\n漏填1家。\n五、存在的主要问题及改进情况\n雷同12家。"
    ),
    "order of a league, seen as a picture of text": (
        f"关于做好2021年度政府信息公开年报编制工作的通知\n各苏木镇人民政府、旗直各单位：\n为做好年报工作，请按照以下样式编写。\n{modern()}"
    ),
    "news, tables retold": (
        "云岭市发布2021年度政府信息公开工作年度报告\n日前，云岭市人民政府发布年度报告。\n"
        "一、总体情况\n主动公开1250条。\n二、主动公开政府信息情况\n行政许可 97件。\n三、收到和处理政府信息公开申请情况\n收到36件。\n"
        "四、政府信息公开行政复议、行政诉讼情况\n0件。\n五、存在的主要问题及改进情况\n略。\n六、其他需要报告的事项\n无。"
    ),
    "a training paper": (f"政府信息公开工作年度报告填报指引\n一看数据，二看勾稽。\n{form('4')}"),
    "year and name left open": (
        f"（单位名称）20XX年政府信息公开工作年度报告\n{form(first='20XX年，本机关主动公开信息X条。')}"
    ),
    "reply on findings of an audit": (
        f"关于政府信息公开工作年度报告核查问题的整改情况通报\n{SIX_SHORT}"
    ),
}

YES = {
    "all zeros, a township": (
        f"柳溪镇人民政府2022年政府信息公开工作年度报告\n{PERIOD}\n"
        + form(first="2022年，柳溪镇平稳推进公开，村务公开同步。")
    ),
    "three paragraphs of 2010": (
        "青禾县2010年政府信息公开工作年度报告\n2010年，全县主动公开政府信息1296条，其中机构职能类37条。\n"
        "全年受理政府信息公开申请6件，均按时答复；未发生行政复议和行政诉讼。\n存在的问题是更新不够及时，下一步将完善制度。"
    ),
    "two paragraphs of 2009, no disputes told": (
        "青禾县财政局2009年度政府信息公开工作报告\n2009年我局通过网站主动公开政府信息132条，公开栏发布24期。全年未收到政府信息公开申请。\n"
        "一年来，我局健全了机构，落实了人员。今后将进一步充实内容，方便群众。"
    ),
    "a letter's form of 2008": (
        "县政府信息公开办：\n现将我局2008年政府信息公开工作年度报告呈上。\n一、主动公开信息46条。\n二、受理申请0件。\n三、无复议、诉讼。\n"
        "四、存在问题：人手不足。\n青禾县水利局\n2009年3月2日"
    ),
    "six headings, tables lost": (
        "青禾县2021年政府信息公开工作年度报告\n"
        + "\n".join(f"{h}\n" + ("一年来推进平稳。" if h[0] in "一五" else "") for h in HEADINGS)
    ),
    "six headings, tables lost, no title": (
        PREAMBLE.split("\n", maxsplit=1)[1] + "\n" + "\n".join(f"{h}\n{PART_1 if h[0] == '一' else ''}" for h in HEADINGS)
    ),
    "issued with an order": (
        "关于印发青禾县2022年政府信息公开工作年度报告的通知\n各乡镇人民政府，县政府各部门：\n现将报告印发给你们。\n" + modern()
    ),
    "made public by an announcement": (
        "青禾县人民政府办公室关于公布2022年政府信息公开工作年度报告的公告\n" + modern()
    ),
    "with the word for a picture edition": modern().replace("年度报告\n", "年度报告（图文版）\n", 1),
    "speaks of its own inspections": modern(tables=False).replace(
        "（三）监督保障。", "（三）监督保障。对48个单位的年报进行检查并通报，请各单位于月底前整改。"
    ),
    "an old township": OLD_TOWNSHIP,
    "of an office of inspection": OLD_TOWNSHIP.replace(
        "柳溪镇2013年政府信息公开工作年度报告", "青禾县人民政府督查室2013年政府信息公开工作情况的报告"
    ),
    "of a bureau of inspection": OLD_TOWNSHIP.replace("柳溪镇", "青禾县价格监督检查局"),
    "of a centre of evaluation": modern(tables=False).replace(
        "青禾县人民政府2022年", "青禾县食品评估中心2022年"
    ),
    "handed in with a letter": (
        "关于报送青禾县水利局2022年政府信息公开工作年度报告的函\n县政府办公室：\n现将我局年度报告报送你办。\n"
        + modern().replace("青禾县人民政府2022", "青禾县水利局2022")
    ),
    "names left out in its prose": modern().replace(
        "（三）监督保障。", "（三）监督保障。回应XX镇、XX街道、XX局关切各一次。"
    ),
    "told on a day in its first words": modern(tables=False).replace(
        "联系电话", "本报告于1月30日,在县政府网站公布。联系电话"
    ),
    "of half a hundred words": (
        "杏山乡2012年政府信息公开年度报告\n2012年全乡公开政务信息52条，没有收到公开申请，没有复议和诉讼。"
    ),
    "crosses in one name only": modern().replace("联系电话：0000-1234567", "联系人：王××"),
    "published some day, in its own words": modern(tables=False).replace(
        "（三）监督保障。", "（三）监督保障。近日，县政府发布了新版目录，记者作了报道。"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT)
def test_what_holds_a_reports_figures_and_is_none_is_told_apart(name):
    for source in (GOV, Source()):
        verdict = classify(document(NOT[name]), source)
        assert not verdict.is_report, verdict
        title = NOT[name].split("\n", maxsplit=1)[0]
        assert not classify(document(NOT[name], title=title), source).is_report


@pytest.mark.parametrize("name", YES)
def test_what_is_short_or_early_or_speaks_like_others_is_a_report(name):
    for source in (GOV, Source()):
        verdict = classify(document(YES[name]), source)
        assert verdict.is_report, verdict


def test_the_host_counts_where_only_the_files_address_is_known():
    text = ("365bet体育投注_六合彩_" + modern()).replace("\n", "</p><p>")
    body = f"<html><body><p>{text}</p></body></html>".encode()
    copied = read_report(RawFile(body=body, url="http://www.example.com/1.html"))
    assert (copied.is_report, "mirror/betting-words" in copied.reasons) == (False, True)
    own = read_report(RawFile(body=body, url="http://www.cncn.gov.cn/1.html"))
    assert (own.is_report, own.adcode) == (True, "330327")

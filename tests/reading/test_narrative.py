from __future__ import annotations

import pytest

from pipelines.reading.narrative import FIELDS, processing_fee_yuan, read_figures


def figures(text: str, year: int | None = 2022) -> list[tuple[str, float]]:
    return [(f.field.removeprefix("x_"), f.value) for f in read_figures(text, year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年新收政府信息公开申请120件，上年结转5件，共办结122件，结转下年度3件。", [("app_total", 120), ("carried_in", 5), ("app_replied", 122), ("carried_out", 3)]),
        ("本机关收到政府信息公开申请0件。", [("app_total", 0)]),
        ("全县共受理依申请公开政府信息12件。", [("app_accepted", 12)]),
        ("全县共办理政府信息公开申请1,204件，同比增长12.5%。", [("app_replied", 1204)]),
        ("本年度收到信息公开申请１２件。", [("app_total", 12)]),
        ("共收到十二件申请，答复十二件。", [("app_total", 12), ("app_replied", 12)]),
        ("全年政府信息公开申请量为23件。", [("app_total", 23)]),
        ("共接收政府信息公开申请32件（含上年度结转2件），按期答复31件。", [("app_total", 32), ("carried_in", 2), ("app_replied", 31)]),
        ("收到申请21件，办结20件，1件转入下年度继续办理。", [("app_total", 21), ("app_replied", 20), ("carried_out", 1)]),
        ("答复申请40件（含2021年结转4件，另有3件结转至2023年）。", [("app_replied", 40), ("carried_in", 4), ("carried_out", 3)]),
        ("办理依申请公开件9件，其中予以公开5件、部分公开2件、不予公开1件、无法提供1件、不予处理0件、其他处理0件。", [("app_replied", 9), ("granted", 5), ("partial", 2), ("denied", 1), ("unable", 1), ("refused", 0), ("other", 0)]),
        ("办结申请30件。予以公开及部分公开12件；不予公开3件。", [("app_replied", 30), ("granted_or_partial", 12), ("denied", 3)]),
        ("收到政府信息公开申请约50件。", [("app_total", 50)]),
        ("因政府信息公开被申请行政复议3件，被提起行政诉讼1件。", [("review_total", 3), ("suit_total", 1)]),
        ("政府信息公开行政复议5件，其中结果维持3件，结果纠正1件，尚未审结1件。", [("review_total", 5), ("review_upheld", 3), ("review_corrected", 1), ("review_pending", 1)]),
        ("另有2件关于政府信息公开的行政复议。", [("review_total", 2)]),
        ("今年因信息公开行政复议2项、信息公开行政诉讼1项。", [("review_total", 2), ("suit_total", 1)]),
        ("政府信息公开目录列行政许可5项、行政复议2项。", []),
        ("制发行政规范性文件12件，废止3件，现行有效68件。", [("normative_issued", 12), ("normative_repealed", 3), ("normative_in_force", 68)]),
        ("主动公开政府信息1.2万条，其中政府网站公开8000条，政务新媒体发布信息3600条。", [("proactive_total", 12000), ("website_items", 8000), ("newmedia_items", 3600)]),
        ("召开政务公开培训会3次，培训200人次。", [("trainings", 3)]),
        ("今年以来，共收到政府信息公开申请12件。", [("app_total", 12)]),
        ("废止和失效规范性文件14件。", [("normative_repealed", 14)]),
        ("截至2022年12月31日，全年累计主动公开政府信息820条。", [("proactive_total", 820)]),
        ("依申请公开信息收取费用320元。", [("fee_yuan", 320)]),
        ("依申请公开政府信息共收取检索费、复制费、邮寄费等320元。", [("fee_yuan", 320)]),
        ("举办了两期政府信息公开业务培训班。", [("trainings", 2)]),
        ("全年收取信息处理费1200元。", [("fee_yuan", 1200)]),
        ("共收到申请53件（其中：线上收到47件、线下收到6件），办结52件。", [("app_total", 53), ("app_replied", 52)]),
        ("办结申请9件，“予以公开”的5件，占55.6%。", [("app_replied", 9), ("granted", 5)]),
        ("未发生有关政府信息公开事务的行政复议案和行政诉讼案。", [("review_total", 0), ("suit_total", 0)]),
        ("上年收到政府信息公开申请15件，今年收到20件。", [("app_total", 20)]),
        ("自《条例》实施以来，累计收到政府信息公开申请512件，其中2022年收到20件。", [("app_total", 20)]),
        ("2008年至今累计主动公开政府信息10万条，2022年主动公开政府信息5230条。", [("proactive_total", 5230)]),
        ("2022年以来，收到政府信息公开申请20件。", [("app_total", 20)]),
        ("2022年1月至12月，共收到政府信息公开申请35件。", [("app_total", 35)]),
        ("12件予以公开，2件部分公开，3件不予公开。", [("granted", 12), ("partial", 2), ("denied", 3)]),
        ("因政府信息公开引发的行政复议、行政诉讼各1件。", [("review_total", 1), ("suit_total", 1)]),
        ("因政府信息公开引发的行政复议和行政诉讼均为0。", [("review_total", 0), ("suit_total", 0)]),
        ("政府信息公开行政复议、行政诉讼案件共计5件，其中复议3件、诉讼2件。", [("review_total", 3), ("suit_total", 2)]),
        ("全年受理行政复议案件36件，其中涉及政府信息公开的行政复议2件。", [("review_total", 2)]),
        ("因政府信息公开引起的行政诉讼：未经复议直接起诉2件，1件维持、1件尚未审结。", [("suit_upheld", 1), ("suit_pending", 1)]),
        ("县水利局收到政府信息公开申请12件，县住建局收到8件，全县合计收到25件。", [("app_total", 25)]),
        ("全年主动公开政府信息一万二千条，政务新媒体公开1230条。", [("proactive_total", 12000), ("newmedia_items", 1230)]),
        ("全年废止（宣布失效）规范性文件2件。", [("normative_repealed", 2)]),
        ("共办理政府信息公开申请53件（含2021年结转4件），其中予以公开25件。", [("app_replied", 53), ("carried_in", 4), ("granted", 25)]),
        ("全年收到申请53件（网上48件、来信5件），予以公开30件。", [("app_total", 53), ("granted", 30)]),
        ("县水利局收到政府信息公开申请12件，全县收到申请50件。", [("app_total", 50)]),
        ("全县各类行政复议案件123件，其中政府信息公开类复议案件2件。", [("review_total", 2)]),
        ("政府信息公开申请160件，已办结158件，正在办理2件。", [("app_total", 160), ("app_replied", 158)]),
        ("1至6月收到政府信息公开申请30件，全年共收到72件。", [("app_total", 72)]),
        ("2022年1—12月主动公开政府信息300条。", [("proactive_total", 300)]),
        ("线上、线下共受理政府信息公开申请20件，网上受理16件，现场受理4件。", [("app_accepted", 20)]),
        ("不予公开或信息不存在的5件，同意公开的12件。", [("granted", 12)]),
        ("全文电子化的主动公开政府信息1248条，主动公开政府信息1256条。", [("proactive_total", 1256)]),
        ("除政府网站公开政府信息312条外，还通过公报公开20条。", [("website_items", 312)]),
        ("按计划举办政务公开培训班3期。", [("trainings", 3)]),
        ("政府信息公开行政复议案件3件，其中2件为上年度结转。", [("review_total", 3)]),
    ],
)  # fmt: skip
def test_a_figure_gets_the_field_its_words_say(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("本局未收到政府信息公开申请，未发生因政府信息公开引起的行政复议、行政诉讼。", ["app_total", "review_total", "suit_total"]),
        ("我镇没有收到公民、法人和其他组织提出的依申请公开政府信息的申请。", ["app_total"]),
        ("全年无依申请公开事项。", ["app_total"]),
        ("未收到关于政府信息公开的行政复议和行政诉讼申请。", ["review_total", "suit_total"]),
        ("无因政府信息公开被申请行政复议、提起行政诉讼情况。", ["review_total", "suit_total"]),
        ("未收到信息公开投诉、举报。", ["complaints"]),
        ("没有发生因政府信息公开申请行政复议、行政诉讼和行政申诉情况。", ["review_total", "suit_total"]),
        ("2022年未收取依申请公开政府信息费用。", ["fee_yuan"]),
        ("本年度没有政府信息公开申请。", ["app_total"]),
        ("我局没有收到任何形式的政府信息公开申请。", ["app_total"]),
        ("没有接到公民、法人及其他组织要求公开政府信息的申请。", ["app_total"]),
        ("收到政府信息公开申请为零。", ["app_total"]),
        ("收到政府信息公开申请零件。", ["app_total"]),
        ("未制定规章和行政规范性文件，未废止规范性文件。", ["normative_issued", "normative_repealed"]),
        ("没有因政府信息公开被申请复议或者被提起诉讼的情况。", ["review_total", "suit_total"]),
        ("收到政府信息公开申请数为0，不存在因依申请公开引起的行政复议和行政诉讼。", ["app_total", "review_total", "suit_total"]),
    ],
)  # fmt: skip
def test_none_received_is_zero_only_for_what_was_not_received(text, zeros):
    assert figures(text) == [(field, 0) for field in zeros]


@pytest.mark.parametrize(
    "text",
    [
        "全年受理群众来信留言320件，办结318件。",
        "12345热线受理工单13000余件，办结率99%。",
        "办理县长信箱、网站留言264件。",
        "全年受理行政许可申请4500件，办结4480件。",
        "全年审批办理事项3200件。",
        "办理行政复议案件120件，行政应诉15件。",
        "按照国办函〔2020〕109号文件执行，联系电话0000-1234567。",
        "申请答复率为100%，较上年增加6件。",
        "自2008年以来累计收到申请560件。",
        "2021年收到政府信息公开申请30件。",
        "其中县水利局收到申请18件。",
        "未发生政府信息公开行政诉讼败诉案件。",
        "2022年6月至12月，收到政府信息公开申请12件。",
        "7月1日至12月31日收到政府信息公开申请12件。",
        "前三季度收到政府信息公开申请30件。",
        "对政府信息公开申请不予受理3件。",
        "依法不予受理的申请4件。",
        "拟受理政府信息公开申请100件。",
        "明年举办政府信息公开培训班2次。",
        "计划举办政务公开培训班3期。",
        "要求各部门每年主动公开信息不少于50条。",
        "平均每个工作日受理政府信息公开申请3件。",
        "依法不予公开或部分公开的5件。",
        "信息不存在和不予公开共6件。",
        "除市公安局收到12件外，其他部门未收到政府信息公开申请。",
        "申请最多的是王某，共提出政府信息公开申请35件。",
        "市政府转办政府信息公开申请5件，均已答复。",
        "市发改委、市财政局受理政府信息公开申请分别为15件、12件。",
        "累计主动公开政府信息5万条，今年新增4210条。",
        "依申请公开政府信息收取检索费0元、复印费256元。",
        "清理行政规范性文件56件。",
        "行政复议纠错率为12.5%。",
        "收到当面申请4件、网络申请5件。",
        "落实一次受理申请、一次告知的“三个一”办法。",
        "没有逾期未答复的申请。",
        "主动公开财政资金信息12条。",
        "加强规范性文件管理，制定配套制度3件。",
        "做好依申请公开工作，收到感谢信3件，处理疑难问题12件。",
        "截止2011年底，累计主动公开政府信息8万条。",
        "收到自然人申请30件、法人或其他组织申请6件。",
        "收到公民政府信息公开申请20件，法人申请17件。",
        "通过信函收到政府信息公开申请5件，网站收到政府信息公开申请20件。",
        "未收到企业提出的政府信息公开申请。",
        "去年收到政府信息公开申请15件，上半年收到政府信息公开申请5件。",
        "第四季度未收到政府信息公开申请。",
        "近三年来共收到政府信息公开申请88件。",
        "2019年至2022年，共收到政府信息公开申请135件。",
        "全年收到政府信息公开申请3至5件。",
        "共收到政府信息公开申请 1 6 件。",
        "申请较多的有：县水利局收到12件，县住建局收到8件。",
        "部分乡镇未收到政府信息公开申请。",
        "按时办结政府信息公开申请20件，延期办结2件。",
        "公开重大建设项目信息，予以公开30条。",
        "全年政府信息公开工作有序。办理行政复议案件56件。",
        "开展安全生产培训12次。",
        "全年新增政府信息4521条，依申请公开21条，不予公开0条。",
        "政府信息公开行政复议、行政诉讼案件共5件。",
        "行政许可39732\n行政处罚31731",
        "一、本年新收政府信息公开申请数量310010032二、上年结转政府信息公开申请数量0000000",
    ],
)
def test_what_only_looks_like_a_figure_is_left_out(text):
    assert figures(text) == []


def test_a_heading_says_what_the_paragraph_below_it_counts():
    text = "三、收到和处理政府信息公开申请情况\n共收到12件，办结11件。\n四、政府信息公开行政复议、行政诉讼情况\n行政复议2件，行政诉讼0件。\n"
    assert figures(text) == [
        ("app_total", 12),
        ("app_replied", 11),
        ("review_total", 2),
        ("suit_total", 0),
    ]
    assert figures(text + "行政复议9件。") == figures(text)


def test_a_rounded_figure_says_so():
    [total] = read_figures("各单位主动公开各类信息3万余条。")
    assert (total.value, total.approximate) == (30000, True)
    [exact] = read_figures("主动公开政府信息3000条。")
    assert exact.approximate is False


def test_the_sentence_is_the_documents_own():
    text = "前言。全 县共收到政府信息公开申请 27　件，均已答复。后话。"
    [figure] = read_figures(text)
    assert figure.sentence == "全 县共收到政府信息公开申请 27　件，均已答复。"


def test_an_overlong_sentence_is_cut_around_its_figure():
    text = "甲" * 300 + "，全年收到政府信息公开申请27件，" + "乙" * 300 + "。"
    [figure] = read_figures(text)
    assert "收到政府信息公开申请27件" in figure.sentence
    assert len(figure.sentence) < 260
    assert figure.sentence.startswith("…")
    assert figure.sentence.endswith("…")


def test_a_share_of_the_total_is_not_a_second_total():
    text = "主动公开政府信息900条。各乡镇主动公开政府信息400条，占44.4%。"
    assert figures(text) == [("proactive_total", 900)]


def test_a_year_in_a_documents_title_does_not_count_as_the_figures_year():
    text = "按照《2021年政务公开工作要点》，全年收到政府信息公开申请27件。"
    assert figures(text) == [("app_total", 27)]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("本年度未收取信息处理费。", 0),
        ("2022年无信息处理费收取情况。", 0),
        ("按照规定的收费标准执行，2022年没有产生处理费。", 0),
        ("2022年共收取信息处理费3260元。", 3260),
        ("收取信息处理费0.12万元。", 1200),
        ("共收取信息处理费１，２００元。", 1200),
        ("减免信息处理费300元，实际收取信息处理费0元。", 0),
        ("没有发生信息公开收费。", 0),
        ("信息处理费收取情况：0元。", 0),
        ("发出收费通知2件，总金额240元，实际收取的总金额120元。", 120),
        ("发出信息处理费收费通知3份，金额330元，实收0元。", 0),
        ("本年度没有收取信息处理费的情况，没有其他需要报告的事项。", 0),
        ("县政府及各部门未向申请人收取信息处理费。", 0),
        ("不存在收取信息处理费的情况。", 0),
        ("收取信息处理费的件数为0件，总金额为0元。", 0),
        ("发出信息处理费收费通知0件，总金额0元。", 0),
        ("不收取任何信息处理费。", 0),
        ("信息处理费：0。", 0),
        ("收取信息处理费3件，合计3940元。", 3940),
        ("2021年收取信息处理费500元，2022年未收取。", 0),
        ("上年度收取信息处理费500元。", None),
        ("没有因收取信息处理费引发的投诉。", None),
        ("不断规范信息处理费的收取。", None),
        ("发出信息处理费收费通知3份，金额330元。", None),
        ("信息处理费按件收取，每件100元。", None),
        ("未发出收费通知。", None),
        ("认真学习信息处理费的规定。", None),
        ("申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", None),
        ("2022年未收取依申请公开政府信息费用。", None),
        ("无。", None),
        ("", None),
    ],
)
def test_the_processing_fee_is_read_or_left_open(text, yuan):
    assert processing_fee_yuan(text, 2022) == yuan


def test_every_field_is_described():
    text = "收到申请3件，办结3件。主动公开政府信息9条。未收取信息处理费。"
    assert {f.field for f in read_figures(text)} <= set(FIELDS)


def test_the_first_report_covers_the_months_since_the_regulation():
    text = "2008年5月1日至12月31日，共收到政府信息公开申请35件。"
    assert figures(text, 2008) == [("app_total", 35)]
    assert figures(text.replace("2008", "2010"), 2010) == []

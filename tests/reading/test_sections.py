from __future__ import annotations

import pytest

from crawler.demo import prose
from crawler.demo.reports import LAYOUTS, render_text
from crawler.demo.world import DIVISIONS, history, organs
from pipelines.documents.blocks import Document, TextBlock
from pipelines.reading.portal_lines import is_frame
from pipelines.reading.sections import outline_of, prose_of, split_sections
from tests.effort import at_most
from tests.reading.texts import (
    ANNEX_ROWS,
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
    grid,
    modern,
)


def test_six_parts_are_found_and_tables_leave_no_trace():
    parts = split_sections(document(modern()))
    assert parts == {"0": PREAMBLE, "1": PART_1, "5": PART_5, "6": PART_6}


@pytest.mark.parametrize(
    "headings",
    [
        tuple(h.replace("、", "．", 1) for h in HEADINGS),
        tuple("总 体 情 况" if h.endswith("总体情况") else h for h in HEADINGS),
        ("一、政府信息公开工作总体情况", "二、行政机关主动公开政府信息情况", "三、行政机关收到和处理政府信息公开申请情况",
         "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "五、政府信息公开工作存在的主要问题及改进情况", "六、其它需要报告的事项"),
        ("一、基本情况", "二、主动公开政府信息的情况", "三、收到与处理政府信息公开申请的情况", "四、政府信息公开行政复议和行政诉讼情况",
         "五、当前存在的主要问题及下步改进措施", "六、其他需要说明的情况"),
        ("一、總體情況", "二、主動公開政府信息情況", "三、收到和處理政府信息公開申請情況", "四、政府信息公開行政復議、行政訴訟情況",
         "五、存在的主要問題及改進情況", "六、其他需要報告的事項"),
        ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
         "存在的主要问题及改进情况", "其他需要报告的事项"),
        ("一、总体情况", "二、主动公开政府信息情况", "二、收到和处理政府信息公开申请情况", "三、政府信息公开行政复议、行政诉讼情况",
         "三、存在问题及改进情况", "四、其他需要报告的事项"),
        ("第一部分 总体情况", "第二部分 主动公开政府信息情况", "第三部分 收到和处理政府信息公开申请情况",
         "第四部分 政府信息公开行政复议、行政诉讼情况", "第五部分 存在的主要问题及改进情况", "第六部分 其他需要报告的事项"),
    ],
    ids=["dots", "spaced", "reworded", "reworded-2", "traditional", "unnumbered", "misnumbered", "parts"],
)  # fmt: skip
def test_headings_may_be_worded_numbered_and_written_in_many_ways(headings):
    parts = split_sections(document(modern(headings=headings)))
    assert parts["1"] == PART_1
    assert parts["5"] == PART_5
    assert parts["6"] == PART_6


def test_headings_inside_one_long_line_are_found():
    text = modern(between=" ", tables=False).replace("\n", " ")
    parts = split_sections(document(text))
    assert parts["1"] == PART_1.replace("\n", " ")
    assert parts["5"] == PART_5.replace("\n", " ")
    assert parts["6"] == PART_6


def test_headings_glued_to_figures_and_text_are_found():
    parts = split_sections(document(modern(between="").replace("\n", "")))
    assert parts["5"].startswith("存在的问题")
    assert parts["6"] == PART_6
    assert "结转下年度继续办理3件" in parts["1"]


def test_an_outline_named_in_the_preamble_is_not_the_outline():
    named = "本报告由" + "、".join(HEADINGS) + "六部分组成。"
    parts = split_sections(document(modern(preamble=PREAMBLE + named)))
    assert parts["1"] == PART_1
    assert named in parts["0"]


def test_a_table_of_contents_is_not_the_outline():
    contents = "目录\n" + "\n".join(HEADINGS)
    parts = split_sections(document(modern(preamble=PREAMBLE + "\n" + contents)))
    assert parts["1"] == PART_1
    assert parts["6"] == PART_6


def test_prose_in_the_table_parts_is_kept():
    said = "我县2022年没有制定规章。表中行政许可为全县合计。"
    text = modern().replace("二、主动公开政府信息情况\n", f"二、主动公开政府信息情况\n{said}\n")
    assert split_sections(document(text))["2"] == said


def test_a_second_numbering_restarts_without_harm():
    text = modern().replace(
        "（三）监督保障。", "二、工作机制\n由办公室牵头。\n三、平台建设\n网站改版。\n"
    )
    parts = split_sections(document(text))
    assert "由办公室牵头。" in parts["1"]
    assert "网站改版。" in parts["1"]
    assert parts["5"] == PART_5


def test_a_lost_heading_five_is_found_by_its_first_sub_heading():
    text = modern().replace("五、存在的主要问题及改进情况\n", "（一）存在的主要问题\n")
    parts = split_sections(document(text))
    assert parts["5"].startswith("（一）存在的主要问题")
    assert parts["6"] == PART_6


def test_grids_are_not_prose_but_boxed_paragraphs_are():
    blocks = (
        TextBlock(text=PREAMBLE + "\n一、总体情况"),
        grid([["这一段被排版软件放进了方框里，读的时候仍应当作正文来看待，不能丢掉。"]]),
        TextBlock(text="二、主动公开政府信息情况"),
        grid([["行政许可", "12"]]),
        TextBlock(text="六、其他需要报告的事项\n无。"),
    )
    parts = split_sections(Document(carrier="docx", blocks=blocks))
    assert parts["1"].startswith("这一段被排版软件")
    assert "2" not in parts
    assert parts["6"] == "无。"


def test_older_outlines_keep_their_own_numbers():
    parts = split_sections(document(OLD_TEN))
    assert sorted(parts, key=int) == ["0", "1", "2", "3", "4", "5", "6", "7", "8"]
    assert parts["4"] == "接待咨询430人次。"
    assert parts["7"] == "目录尚不齐全。"


def test_six_short_paragraphs_of_a_township_are_six_parts():
    parts = split_sections(document(OLD_TOWNSHIP))
    assert parts["4"] == "没有发生收费。"
    assert parts["6"] == "公开内容还不够丰富，下年充实。"


def test_word_and_page_noise_is_gone():
    text = (
        modern()
        .replace("（三）监督保障", "[bookmark: _GoBack]（三）监督保障")
        .replace("（二）依申请公开", "- 2 -\n（二）依申请公开")
    )
    parts = split_sections(document("||||||||||||||||\n" + text + "\n" + "|" * 500))
    assert parts["1"] == PART_1
    assert parts["6"] == PART_6


def test_lines_broken_by_a_page_edge_are_put_together():
    words = (
        PREAMBLE
        + "\n一、总体情况\n"
        + "这里写的是一段很长的话用来看换行以后还能不能接上" * 20
        + "。\n二、主动公开政府信息情况"
    )
    wrapped = "\n".join(
        line[i : i + 26] for line in words.split("\n") for i in range(0, len(line), 26)
    )
    parts = split_sections(document(wrapped))
    assert "\n" not in parts["1"]


def test_a_text_without_headings_is_all_before_the_first():
    assert split_sections(document("没有标题的一段话。")) == {"0": "没有标题的一段话。"}
    assert split_sections(document("")) == {}


def test_the_outline_says_which_kind_it_is():
    assert outline_of(prose_of(document(modern()))).kind == "official"
    assert outline_of(prose_of(document(OLD_TEN))).kind == "own"
    assert outline_of("没有").kind == "none"


def test_rows_of_an_indicator_table_are_neither_headings_nor_text():
    text = OLD_TOWNSHIP + "\n" + ANNEX_ROWS + "\n注：本表数据为全镇合计。"
    parts = split_sections(document(text))
    assert sorted(parts, key=int) == ["0", "1", "2", "3", "4", "5", "6"]
    assert parts["6"] == "公开内容还不够丰富，下年充实。\n注：本表数据为全镇合计。"


def test_parts_named_after_the_annex_are_seven_parts():
    parts = split_sections(document(PARTS_AFTER_THE_ANNEX + ANNEX_ROWS))
    assert sorted(parts, key=int) == ["0", "1", "2", "3", "4", "5", "6", "7"]
    assert parts["4"] == "收到申请11件。"
    assert parts["7"] == "解读形式较少。"


def test_an_older_outline_in_one_line_is_found_too():
    parts = split_sections(document(OLD_TOWNSHIP.replace("\n", "")))
    assert parts["3"] == "全年没有收到政府信息公开申请。"
    assert parts["5"] == "没有发生。"


def test_headings_marked_by_the_format_need_no_ordinal_and_no_official_words():
    worded = (
        "2022年总体情况",
        "主动公开",
        "依申请公开办理",
        "复议与诉讼",
        "问题与下一步打算",
        "其他事项",
    )
    bodies = (PART_1, "全为表格。", "均已办结。", "没有发生。", PART_5, PART_6)
    blocks = [TextBlock(text=PREAMBLE)]
    for heading, body in zip(worded, bodies, strict=True):
        blocks += [TextBlock(text=heading, heading=True), TextBlock(text=body)]
    parts = split_sections(Document(carrier="html_text", blocks=tuple(blocks)))
    assert parts == {"0": PREAMBLE, **{str(i): body for i, body in enumerate(bodies, start=1)}}


def test_an_outline_that_starts_anew_for_the_tables_is_put_right():
    parts = split_sections(document(RESTARTED))
    assert set(parts) == {"0", "1", "5", "6"}
    assert parts["1"].endswith("公众号发文40篇。")
    assert "全年收到申请4件。" in parts["1"]
    assert parts["5"] == "（一）主要问题\n栏目调整较慢。\n（二）改进情况\n改版已在进行。"
    assert parts["6"] == "未收取信息处理费。"


DEMO = history(organs(DIVISIONS["990121"])[0], 2023)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("report", [DEMO[0], DEMO[4]], ids=["v2019", "hybrid"])
def test_every_layout_of_flattened_text_gives_the_same_parts(report, layout):
    said = prose.prose_of(report).parts
    parts = split_sections(document(render_text(report, layout)))
    assert {k: v.split("\n") for k, v in parts.items() if k != "0"} == {
        str(i): list(paragraphs) for i, paragraphs in enumerate(said, start=1) if paragraphs
    }


def test_seven_parts_with_a_table_in_the_last_keep_their_numbers():
    parts = split_sections(document(OLD_SEVEN))
    assert sorted(parts, key=int) == ["0", "1", "2", "3", "4", "5", "6"]
    assert parts["4"] == "未收取费用。"


def test_ten_lines_with_text_on_the_line_of_the_heading_are_six_parts():
    parts = split_sections(document(OLD_TEN_LINES))
    assert parts["2"] == "公开各类信息61条。"
    assert parts["6"] == "人手较少，将加强培训。"


VARIANTS = {
    1: ("2022年度政府信息公开工作总体情况", "政府信息公开总体情况", "整体情况", "工作概述"),
    2: ("主动公开情况", "主动公开政府信息的情况", "主动公开政府信息工作情况"),
    3: ("受理和处理政府信息公开申请情况", "收到、办理政府信息公开申请的情况", "收到和处理政务信息公开申请情况"),
    4: ("行政复议、行政诉讼情况", "因政府信息公开申请行政复议、提起行政诉讼的情况", "政府信息公开行政复议和诉讼情况"),
    5: ("工作中存在的主要问题及改进情况", "存在的主要问题和下一步工作打算", "主要问题及改进措施", "存在的不足与改进措施", "目前存在的主要问题及整改措施"),
    6: ("其他需要报告事项", "需要报告的其他事项", "其他事项", "其它需要说明的情况"),
}  # fmt: skip


@pytest.mark.parametrize(("topic", "worded"), [(t, w) for t, ws in VARIANTS.items() for w in ws])
def test_each_heading_has_variants_that_are_found_in_running_text_too(topic, worded):
    headings = list(HEADINGS)
    headings[topic - 1] = headings[topic - 1][:2] + worded
    parts = split_sections(document(modern(headings=tuple(headings), between="").replace("\n", "")))
    assert set(parts) == {"0", "1", "5", "6"}
    assert parts["5"] == PART_5.replace("\n", "")
    assert parts["6"] == PART_6
    assert parts["1"] == PART_1.replace("\n", "")


@pytest.mark.parametrize(
    "said",
    [
        "本年制发行政规范性文件3件",
        "行政复议0件，行政诉讼0件",
        "本年度没有行政许可",
        "行政许可由行政审批局办理",
        "详见附件",
    ],
)
def test_short_prose_without_a_stop_is_kept_beside_a_table(said):
    heading = HEADINGS[1] + "\n"
    parts = split_sections(document(modern().replace(heading, heading + said + "\n")))
    assert parts["2"] == said


ABOVE = (
    "发布时间：2023-01-20 来源：县政府办公室 浏览次数：1024 字号：[大 中 小]",
    "索引号：000/2023-001　发布机构：县政府办公室　有效性：有效",
    "【打印】 【收藏】 分享到：微信 微博",
    "当前位置：首页 > 政府信息公开 > 正文",
)
BELOW = (
    "附件：\n青禾县2022年政府信息公开工作年度报告.docx（1.2MB）",
    "上一篇：青禾县2021年政府信息公开工作年度报告\n下一篇：没有了",
    "相关信息\n青禾县2020年政府信息公开工作年度报告",
    "责任编辑：张三\n您是第 12345 位访客",
    "【我要纠错】 【返回列表】 【TOP】",
    "扫一扫在手机打开当前页\n分享到：",
)


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("below", BELOW)
def test_what_a_portal_prints_above_and_below_is_no_part_of_the_report(above, below):
    title, told = PREAMBLE.split("\n")
    text = modern(preamble=f"{title}\n{above}\n{told}") + "\n" + below
    parts = split_sections(document(text))
    assert parts == {"0": PREAMBLE, "1": PART_1, "5": PART_5, "6": PART_6}
    old = split_sections(document(f"{above}\n{OLD_TOWNSHIP}\n{below}"))
    assert old == split_sections(document(OLD_TOWNSHIP))


@pytest.mark.parametrize(
    "said",
    [
        "网站增设“上一篇”“下一篇”导航，支持打印本页、关闭窗口。",
        "附件：本报告所附统计表见县政府网站。",
        "来源：各部门报送的数据。",
        "青禾县人民政府办公室\n2023年1月20日",
    ],
)
def test_sentences_about_buttons_and_a_signature_stay(said):
    parts = split_sections(document(modern() + "\n" + said))
    assert parts["6"] == f"{PART_6}\n{said}"


@pytest.mark.parametrize(
    "hostile", ["1" * 150, "扫一扫" * 50, "打印" * 70, "【】" * 70, "大中小" * 50]
)
def test_a_line_of_many_buttons_and_a_word_costs_nothing(hostile):
    with at_most(cpu_seconds=1):
        assert not is_frame(hostile + "x")

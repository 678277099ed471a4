"""What tells whose report it is: what is cited tells nothing, the rest is listed with its weight."""

from __future__ import annotations

import pytest

from pipelines.documents.blocks import Document, TextBlock
from pipelines.reading.cited import uncited
from pipelines.reading.divisions import place_in_text
from pipelines.reading.first_words import first_words
from pipelines.reading.identity import Identity, identify
from pipelines.registry import load_registry
from pipelines.vocabulary.items import Correction, Source

REGISTRY = load_registry()
BARE = "2022年政府信息公开工作年度报告"
PARTS = (
    "\n一、总体情况\n{first}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n无。\n"
)


def read(text: str, crumbs: tuple[str, ...] = (), **source: object) -> Identity:
    document = Document(
        carrier="html_text", blocks=(TextBlock(text=text),), title=BARE, breadcrumb=crumbs
    )
    return identify(document, Source(**{"adcode": "330327", **source}), REGISTRY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cited",
    [
        "根据《青禾县人民政府办公室关于印发〈年报格式〉的通知》（青政办〔2021〕3号）要求，",
        "按照《青禾县人民政府办公室关于印发<年报格式>的通知》的规定，",
        "依据《青禾县人民政府办公室关于印发年报格式〉的通知，",
        "根据青禾县人民政府办公室关于印发〈年报格式〉的通知》精神，",
        "依照青禾县人民政府办公室关于做好2019年政府信息公开工作年度报告的通知要求，",
        "遵照《青禾县信息公开条例》和《青禾县公开办法》，",
        "青禾县政府办公室关于做好2019年年报的通知下发后，",
    ],
)
def test_nothing_of_what_is_cited_is_left_however_its_marks_are_set(cited):
    text = f"{cited}由柳溪镇人民政府编制本报告。"
    left = uncited(text)
    assert len(left) == len(text)
    assert "青禾县" not in left
    assert "2019" not in left
    assert "由柳溪镇人民政府编制本报告" in left


def test_a_report_quoted_by_its_title_stays_unless_the_sentence_rests_on_it():
    title = "《青禾县2021年政府信息公开工作年度报告》"
    assert "青禾县" in uncited(f"编制了{title}。")
    assert "青禾县" not in uncited(f"根据{title}口径要求，我局编制本报告。")


@pytest.mark.parametrize(
    ("first", "organ"),
    [
        ("2022年，县水利局认真落实要求。", "县水利局"),
        ("2022年，在县委、县政府领导下，按照上级部署，县水利局坚持依法公开。", "县水利局"),
        ("今年以来，灵溪镇人民政府深入推进公开。", "灵溪镇人民政府"),
        ("2022年，永嘉县坚持问题导向。", "永嘉县"),
        ("2022年，我局认真落实要求。", ""),
        ("2022年，各单位认真落实要求。", ""),
        ("2022年，县直各部门认真落实要求。", ""),
        ("2022年，市委、市政府高度重视公开工作。", ""),
        ("2022年，在温州市人民政府办公室指导下，全县推进公开。", ""),
    ],
)
def test_who_acts_in_the_first_sentence_is_told_and_nobody_else(first, organ):
    told = [t.organ for t in first_words(BARE + PARTS.format(first=first)) if t.where == "subject"]
    assert told == [organ] * bool(organ)


@pytest.mark.parametrize(
    "text",
    [
        "受理县长信箱",
        "会同县直部门",
        "公开县本级预算",
        "市和县级部门",
        "办理县级转办件",
        "审理县域案件",
    ],
)
def test_no_place_is_cut_out_of_a_word(text):
    assert place_in_text(f"全年{text}若干。", REGISTRY, "县") is None


def test_a_place_named_at_the_start_of_a_word_is_found():
    found = place_in_text("2022年，苍南县人民政府推进公开。", REGISTRY, "县")
    assert found is not None
    assert found[0].code == "330327"


def test_every_piece_of_evidence_is_listed_with_whom_it_speaks_for():
    found = read(
        BARE + "\n本报告由县水利局编制。" + PARTS.format(first="2022年，县水利局认真落实要求。"),
        crumbs=("首页", "县财政局"),
    )
    assert found.publisher_norm == "苍南县水利局"
    told = [(e.where, e.whom, e.weight) for e in found.publisher_evidence]
    assert told == [
        ("compiled", "苍南县水利局", 6),
        ("subject", "苍南县水利局", 5),
        ("breadcrumb", "苍南县财政局", 4),
        ("portal", "苍南县人民政府", 1),
    ]
    assert "由县水利局编制" in found.publisher_evidence[0].what


def test_two_organs_that_weigh_alike_are_nobody_and_both_are_told():
    text = BARE + "\n本报告由县水利局编制。现公布县财政局2022年政府信息公开工作年度报告。"
    found = read(text + PARTS.format(first="全年平稳。"))
    assert (found.publisher_norm, found.report_year) == (None, 2022)
    [problem] = found.problems
    assert problem.code == "report/publisher-unknown"
    assert "苍南县水利局" in problem.evidence
    assert "苍南县财政局" in problem.evidence


@pytest.mark.parametrize("folder", ["bmxxgknb", "bmxxgk", "xzxxgknb", "zjxxgk", "bmndbg"])
def test_a_page_among_organs_pages_is_not_the_governments(folder):
    text = BARE + PARTS.format(first="全县统一部署，抓好落实。")
    found = read(text, url=f"http://www.cncn.gov.cn/{folder}/a.html")
    assert (found.publisher_norm, found.scope) == (None, "unknown")
    signs = [e for e in found.publisher_evidence if e.where == "folder"]
    assert [(e.what, e.whom) for e in signs] == [(folder, "one organ")]
    said = text.replace("全县统一部署", "全县各级行政机关统一部署")
    assert read(said, url=f"http://www.cncn.gov.cn/{folder}/a.html").publisher_norm is not None


@pytest.mark.parametrize("folder", ["zfxxgk", "xxgknb", "zwgk", "gknb", "bmfw", "zjgl"])
def test_the_usual_folders_say_nothing_against_the_government(folder):
    text = BARE + PARTS.format(first="全县统一部署，抓好落实。")
    found = read(text, url=f"http://www.cncn.gov.cn/{folder}/a.html")
    assert (found.publisher_norm, found.scope) == ("苍南县人民政府", "aggregate")


def test_a_bare_places_title_among_organs_pages_is_not_believed_against_the_text():
    title = "苍南县2022年政府信息公开工作年度报告"
    text = title + PARTS.format(first="2022年，县水利局认真落实要求。")
    document = Document(carrier="html_text", blocks=(TextBlock(text=text),), title=title)
    here = Source(adcode="330327", url="http://www.cncn.gov.cn/bmxxgknb/a.html")
    found = identify(document, here, REGISTRY)
    assert (found.publisher_norm, found.scope) == (None, "unknown")
    assert "苍南县水利局" in found.problems[0].evidence
    elsewhere = Source(adcode="330327", url="http://www.cncn.gov.cn/xxgknb/a.html")
    assert identify(document, elsewhere, REGISTRY).publisher_norm == "苍南县人民政府"


def _titled_at_home(title: str, text: str, **source: object) -> Identity:
    body = f"{title}\n{text}" + PARTS.format(first="全年平稳。")
    signed = body + f"{text.removeprefix('本报告由').removesuffix('编制。')}\n2023年1月9日\n"
    document = Document(carrier="html_text", blocks=(TextBlock(text=signed),), title=title)
    return identify(document, Source(**source), REGISTRY)  # type: ignore[arg-type]


def test_a_title_at_home_is_of_the_place_that_compiler_and_signature_name():
    found = _titled_at_home(
        "桥头镇2022年政府信息公开工作报告",
        "本报告由永嘉县桥头镇人民政府编制。",
        url="http://www.cncn.gov.cn/a.html",
    )
    assert (found.publisher_norm, found.adcode) == ("永嘉县桥头镇人民政府", "330324")


def test_a_title_in_short_is_of_the_organ_that_compiler_and_signature_name_in_full():
    found = _titled_at_home(
        "县大数据局2022年政府信息公开工作报告",
        "本报告由苍南县大数据发展管理局编制。",
        adcode="330327",
    )
    assert found.publisher_norm == "苍南县大数据发展管理局"


def test_one_of_them_alone_does_not_outweigh_a_title():
    title = "县大数据局2022年政府信息公开工作报告"
    text = f"{title}\n本报告由苍南县大数据发展管理局编制。" + PARTS.format(first="全年平稳。")
    document = Document(carrier="html_text", blocks=(TextBlock(text=text),), title=title)
    found = identify(document, Source(adcode="330327"), REGISTRY)
    assert found.publisher_norm == "苍南县大数据局"


def test_a_letter_in_a_year_is_a_nought_and_no_part_of_a_name():
    found = _titled_at_home(
        "苍南县人民政府办公室2O22年政府信息公开工作报告",
        "本报告由苍南县人民政府办公室编制。",
        adcode="330327",
    )
    assert (found.publisher_norm, found.report_year) == ("苍南县人民政府办公室", 2022)


def _refusal(named: str) -> Correction:
    return Correction(about="http://www.cncn.gov.cn/a.html", field="publisher_evidence", read=named,
                      value="refused", reason="看过", reviewer="王", date="2026-11-30", line=2)  # fmt: skip


def test_a_person_may_refuse_a_piece_of_evidence_by_its_name():
    text = BARE + PARTS.format(first="全年推进义务教育领域公开。")
    crumbs = ("首页", "县教育局", "年报")
    assert read(text, crumbs).publisher_norm == "苍南县教育局"
    row = _refusal("breadcrumb: 苍南县教育局")
    found = read(text, crumbs, corrections=(row,))
    assert (found.publisher_norm, found.corrections) == ("苍南县人民政府", [row])
    assert "breadcrumb" in {e.where for e in found.publisher_evidence}
    stale = _refusal("breadcrumb: 苍南县财政局")
    found = read(text, crumbs, corrections=(stale,))
    assert (found.publisher_norm, found.corrections) == ("苍南县教育局", [])
    assert [p.code for p in found.problems] == ["dataset/stale-correction"]


@pytest.mark.parametrize(
    ("title", "norm"),
    [
        ("名　　称：苍南县民政局2022年政府信息公开工作年度报告", "苍南县民政局"),
        ("信息名称: 苍南县民政局2022年政府信息公开工作年度报告", "苍南县民政局"),
        ("广州海关2022年政府信息公开工作年度报告", "广州海关"),
        ("上海海关学院2022年政府信息公开工作年度报告", "上海海关学院"),
        ("上海市科委2022年政府信息公开工作年度报告", "上海市科学技术委员会"),
        ("苍南县人民政府门户网站 2022年政府信息公开工作年度报告", "苍南县人民政府"),
        ("苍南县政府信息公开办公室2022年政府信息公开工作年度报告", "苍南县政府信息公开办公室"),
    ],
)
def test_names_are_kept_as_organs_print_them_and_nothing_is_added(title, norm):
    document = Document(carrier="html_text", blocks=(TextBlock(text=title),), title=title)
    found = identify(document, Source(), REGISTRY)
    assert found.publisher_norm == norm
    assert found.report_year == 2022


@pytest.mark.parametrize(
    ("year", "code", "norm"),
    [
        (2024, "500000", "两江新区管理委员会"),
        (2025, "500157", "重庆市两江新区人民政府"),
    ],
)
def test_a_zone_is_a_zone_until_it_becomes_a_district(year, code, norm):
    title = f"两江新区{year}年政府信息公开工作年度报告"
    document = Document(carrier="html_text", blocks=(TextBlock(text=title),), title=title)
    found = identify(document, Source(), REGISTRY)
    assert (found.adcode, found.publisher_norm) == (code, norm)

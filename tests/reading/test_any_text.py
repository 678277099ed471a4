"""Whatever the text, the prose readers return, and in time that grows with its length only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.classify import KINDS, REASONS, classify
from pipelines.reading.debris import without_debris
from pipelines.reading.figure_rules import DENIES, MAY_NAME_TOPIC, NEGATIVES, TOPIC
from pipelines.reading.narrative import (
    COUNTED,
    FIELDS,
    counted,
    processing_fee_yuan,
    read_figures,
)
from pipelines.reading.prose import join_wrapped, sentences, view
from pipelines.reading.sections import split_sections
from pipelines.vocabulary.items import Source
from tests.effort import at_most, examples
from tests.reading.texts import HEADINGS, PART_1, PREAMBLE, document, modern

PIECES = st.sampled_from(
    [*HEADINGS, PREAMBLE, PART_1, "\n", "。", "，", "|", "\t", " ", "1", "收到申请", "件", "无", "未收到政府信息公开申请", "行政许可",
     "0", "一、", "（一）", "复议", "诉讼", "处理费", "元", "2022年", "1月1日", "占12%", "其中", "统计指标\n单位", "臺灣", "\u3000", "\x00", "😀"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=examples(80))
@given(TEXTS)
def test_no_text_makes_a_reader_raise(text):
    subject = document(text)
    verdict = classify(subject, Source())
    assert verdict.kind in KINDS
    assert verdict.is_report == (verdict.kind == "report")
    assert set(verdict.reasons) <= set(REASONS)
    assert all(part and key.isdigit() for key, part in split_sections(subject).items())
    for figure in read_figures(text, 2022):
        assert figure.field in FIELDS
        assert figure.value >= 0
    processing_fee_yuan(text)


@settings(max_examples=examples(80))
@given(TEXTS)
def test_a_view_has_the_length_of_its_text(text):
    assert len(view(text)) == len(text)


@settings(max_examples=examples(100))
@given(TEXTS)
def test_cleaning_never_writes_what_was_not_there(text):
    printed = {c for c in text if not c.isspace()}
    for part in (
        *split_sections(document(text)).values(),
        without_debris(text),
        join_wrapped(text),
    ):
        assert {c for c in part if not c.isspace()} <= printed


NUMBERS = st.lists(
    st.sampled_from([*"0123456789一十百千零两万亿第., 余多近约上件项元的", "不少于", "大约", "超过", "人次", "1,234", "以上的"])
).map("".join)  # fmt: skip


@settings(max_examples=examples(400))
@given(NUMBERS)
def test_numbers_looked_for_at_digits_are_those_found_anywhere(text):
    assert [m.span() for m in counted(text)] == [m.span() for m in COUNTED.finditer(text)]


WORDS = st.lists(
    st.sampled_from(["收到", "申请", "依申请公开", "留言", "12345", "规范性文件", "复议", "未经复议直接", "起诉", "诉讼", "未", "没有", "无", "为0", "信息公开", "不存在", "举报", "投诉", ",", "1件"])
).map("".join)  # fmt: skip


@settings(max_examples=examples(200))
@given(WORDS)
def test_what_no_plain_word_announces_no_rule_finds(text):
    assert MAY_NAME_TOPIC.search(text) or not TOPIC.search(text)
    assert DENIES.search(text) or not any(pattern.search(text) for _, pattern in NEGATIVES)


@settings(max_examples=examples(60))
@given(
    st.lists(st.sampled_from("甲乙丙丁，、"), min_size=1, max_size=80).map("".join),
    st.integers(1, 6),
)
def test_sentences_in_a_part_are_never_lost(words, place):
    said = f"本段说明{words}到此为止。"
    heading = HEADINGS[place - 1] + "\n"
    parts = split_sections(document(modern().replace(heading, heading + said + "\n")))
    assert said in parts[str(place)]


@settings(max_examples=examples(100))
@given(st.integers(0, 10**9))
def test_a_figure_is_read_exactly_however_it_is_spelled(number):
    for spelled in (str(number), f"{number:,}", f"{number:,}".replace(",", "，")):
        [figure] = read_figures(f"全年收到政府信息公开申请{spelled}件。")
        assert figure.value == number


@settings(max_examples=examples(100))
@given(TEXTS)
def test_the_sentence_of_a_figure_stands_in_the_text(text):
    flat = "".join(text.split())
    for figure in read_figures(text):
        assert "".join(figure.sentence.strip("…").split()).replace("|", "") in flat.replace("|", "")
    assert sum(len(s.tight.replace(" ", "")) for s in sentences(text)) <= len(flat)


@pytest.mark.parametrize(
    "unit",
    ["1", "一", "x", "×", "|", "\n", "一、\n", "1件", "1,", "收到申请1件，", "未", "无政府信息公开", "信息公开", "占", "年,", "处理费",
     "复议、", "行政许可 1 ", "主动公开", "(一)", "甲(mou)", "2020年报告\n", "第二十条第（一）项"],
)  # fmt: skip
def test_a_flood_of_one_kind_of_sign_is_read_in_linear_time(unit):
    # 60,000 signs take well under a second; a quadratic pattern would take minutes.
    text = unit * (60_000 // len(unit))
    with at_most(cpu_seconds=15):
        subject = document(text)
        classify(subject, Source(url="http://www.example.com/"))
        split_sections(subject)
        read_figures(text, 2022)

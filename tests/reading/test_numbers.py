"""What a cell prints: a number only where it plainly is one."""

from __future__ import annotations

import cn2an
import pytest

from pipelines.reading.chinese_numbers import chinese_numeral
from pipelines.reading.normal import fold, read_number


@pytest.mark.parametrize(
    "text",
    ["12①", "12¹", "12₁", "①", "约100", "近100", "100余", "100多件", "100件以上", "3千", "10(5)", "12（含结转2）",
     "3/5", "3-5", "12%", "1e3", "12345678901234567890", "\u202e21", "12*", "½", "2023-01-01", "1,23", "12."],
)  # fmt: skip
def test_what_is_no_plain_number_is_unreadable_and_no_word(text):
    reading = read_number(text)
    assert (reading.kind, reading.value) == ("unreadable", None)


@pytest.mark.parametrize(
    ("text", "number"),
    [("\u200f12", 12), ("1\u200b2", 12), ("1\u00ad2", 12), ("１２", 12), ("١٢", 12), ("1, 234", 1234), ("12 件", 12), ("0.00", 0), ("0.5", 0.5)],
)  # fmt: skip
def test_what_prints_a_number_is_one_whatever_stands_in_it_unseen(text, number):
    reading = read_number(text)
    assert (reading.kind, reading.value) == ("number", number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 234", 1234), ("1,2 34", 1234), ("1 2件", 12), ("1 2.5", 12.5), ("+1 2", 12), ("1 2万元", 12), ("012", 12), ("00", 0)],
)  # fmt: skip
def test_digits_apart_or_run_together_need_proof(text, number):
    reading = read_number(text)
    assert (reading.kind, reading.value, reading.candidates) == ("split", None, (number,))


def test_marks_of_notes_and_items_never_join_a_figure():
    assert fold("12①") == "12(1)"
    assert fold("①12") == "(1)12"
    assert fold("１２m²") == "12m(2)"


def test_small_numerals_are_what_the_library_says_they_are():
    words = [cn2an.an2cn(number) for number in range(1, 100)]
    words += [word.removeprefix("一") for word in words[9:19]]  # 十一, not 一十一
    for word in words:
        assert chinese_numeral(word) == cn2an.cn2an(word, "smart")

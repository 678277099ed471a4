"""What labels and figures are compared and read as."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipelines.forms.pieces import label_of
from pipelines.forms.request_rows import row_of
from pipelines.reading.normal import (
    _MARK,
    _SIMPLE,
    _WIDE,
    ARROW,
    IN_CHARACTERS,
    _compatible,
    fold,
    normal_label,
    read_number,
    simplify,
)
from pipelines.remembered import LONGEST_KEPT


def test_no_cache_keeps_a_long_text() -> None:
    caches = (normal_label.short, read_number.short, label_of.short, row_of.short)
    for cache in caches:
        cache.cache_clear()
    long = "（七）总" + " " * LONGEST_KEPT + "计"
    assert normal_label(long) == "(七)总计"
    assert label_of(long) == "总计"
    assert row_of(long) == "processed_total"
    assert read_number(long).kind == "text"
    assert [cache.cache_info().currsize for cache in caches] == [0, 0, 0, 0]
    assert row_of("（七）总计") == "processed_total"
    assert read_number("１２").value == 12
    assert all(cache.cache_info().currsize for cache in caches)


def test_a_point_apart_may_be_an_ordinals() -> None:
    for raw in ("1. 3", "1 .3", "2.\n0", "1 2", "12. 5万元"):
        reading = read_number(raw)
        assert (reading.kind, reading.value) == ("split", None)
        assert reading.candidates
    assert read_number("12.5 万元").value == 12.5


def test_brackets_of_every_kind_are_one() -> None:
    assert fold("〔2021〕［1］[2]【3】﹙4﹚（5）") == "(2021)(1)(2)(3)(4)(5)"


_JOINING = "e\u0301\u30ab\u3099\u1100\u1161\u11a8\u0f71\u0327①²㈠㎡ﬁ⽤\u00a0\u200b２，：…\u3000年a1"


@given(st.text() | st.text(st.sampled_from(_JOINING)))
def test_a_text_folded_in_parts_is_the_text_folded(text: str) -> None:
    expected = unicodedata.normalize("NFKC", _MARK.sub(r"(\g<0>)", text))
    assert _compatible(text) == expected


def test_signs_that_are_folded_one_by_one_join_no_other() -> None:
    simple = {c for c in map(chr, range(sys.maxunicode + 1)) if re.match(f"[{_SIMPLE}]", c)}
    assert not any(map(unicodedata.combining, simple))
    assert {c for c in simple if unicodedata.normalize("NFKC", c) != c} == {
        c for c in simple if _WIDE.match(c)
    }
    behind = {
        chr(int(code, 16))
        for c in map(chr, range(sys.maxunicode + 1))
        if (parts := unicodedata.decomposition(c)) and not parts.startswith("<")
        for code in parts.split()[1:]
    }
    assert not simple & behind


def test_a_zero_may_be_printed_in_characters_and_a_change_with_an_arrow() -> None:
    assert read_number("零").value == 0
    assert read_number("零件").note == IN_CHARACTERS
    assert read_number("零星").kind == "text"
    assert read_number("一零").kind == "text"
    arrow = read_number("↓8")
    assert (arrow.kind, arrow.value, arrow.candidates, arrow.note) == (
        "unreadable",
        None,
        (-8,),
        ARROW,
    )


def test_only_the_lines_that_need_it_are_simplified() -> None:
    assert simplify("政府資訊\n著作\n乾縣\n\n無障礙") == "政府资讯\n著作\n乾县\n\n无障碍"
    assert simplify("繁體\n" * 3000 + "著作") == "繁体\n" * 3000 + "著作"


@given(st.lists(st.sampled_from(["", "縣政府", "县政府", "繁體 著", "著"]), max_size=9))
def test_a_text_is_simplified_line_by_line(lines: list[str]) -> None:
    assert simplify("\n".join(lines)) == "\n".join(map(simplify, lines))

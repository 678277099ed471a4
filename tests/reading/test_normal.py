"""What labels and figures are compared and read as."""

from __future__ import annotations

from pipelines.forms.observe import _short_row, row_of
from pipelines.forms.pieces import _short_label as _short_key
from pipelines.forms.pieces import label_of
from pipelines.reading.normal import (
    LONGEST_KEPT,
    _short_label,
    _short_number,
    fold,
    normal_label,
    read_number,
)


def test_no_cache_keeps_a_long_text() -> None:
    caches = (_short_label, _short_number, _short_key, _short_row)
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


def test_brackets_of_every_kind_are_one() -> None:
    assert fold("〔2021〕［1］[2]【3】﹙4﹚（5）") == "(2021)(1)(2)(3)(4)(5)"

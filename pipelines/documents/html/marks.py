"""What in a text tells that the report itself stands there: section headings, form labels."""

from __future__ import annotations

import re

_ORDINAL = r"(?:第?[一二三四五六七八九十]{1,2}(?:部分|章|、|[.．,，:：])|[1-9]、)\s*"
_SECTIONS = (
    r"总体情况|概述|概况|基本情况|工作情况",
    r"主动公开|公开政府信息",
    r"收到和处理|依申请公开|申请公开|政府信息公开申请|申请办理",
    r"[^、。]{0,16}(?:行政)?复议|行政诉讼|[^、。]{0,12}申诉",
    r"[^、。]{0,16}存在[^、。]{0,6}问题|主要问题|问题[及和与]改进|[^。]{0,10}不足",
    r"其他需要|其它需要|其他事项|需要[^。]{0,4}说明|[^。]{0,6}附表|[^。]{0,6}指标统计",
)
_HEADING = re.compile(
    r"(?:^|[。；：\s|])" + _ORDINAL + "(?:" + "|".join(f"({s})" for s in _SECTIONS) + ")"
)
# What every ordinal ends with, or little else: most lines of a page have none.
_HAS_ORDINAL = re.compile(r"[一二三四五六七八九十1-9](?:部分|章|、|(?<![1-9])[.．,，:：])")
_TABLES = (
    ("第二十条第",),
    ("本年新收", "上年结转", "法律服务机构"),
    ("尚未审结", "未经复议直接起诉"),
    ("统计指标", "指标名称", "计量单位"),
)
N_SECTIONS = len(_SECTIONS)
_LABELS = tuple(
    (label, 1 << (N_SECTIONS + number)) for number, labels in enumerate(_TABLES) for label in labels
)
_SECTION_BITS = (1 << N_SECTIONS) - 1


def line_marks(line: str) -> int:
    """Return a bit for each of the six section headings that ``line`` opens or contains."""
    bits = 0
    short = len(line) < 40 or "、" in line or "部分" in line or "章" in line
    if short and _HAS_ORDINAL.search(line):
        for found in _HEADING.finditer(line):
            bits |= 1 << ((found.lastindex or 1) - 1)
    return bits


def table_marks(text: str) -> int:
    """Return a bit (above the section bits) for each statutory table whose labels occur."""
    bits = 0
    for label, bit in _LABELS:
        if label in text:
            bits |= bit
    return bits


def sections_in(marks: int) -> int:
    """Return how many different section headings ``marks`` holds."""
    return (marks & _SECTION_BITS).bit_count()


def tables_in(marks: int) -> int:
    """Return how many different statutory tables ``marks`` holds."""
    return (marks >> N_SECTIONS).bit_count()

"""One spelling for labels and numbers, whatever a document prints.

Labels are compared after NFKC, traditional-to-simplified conversion and the loss of all white
space and quotation marks; numbers are read with what the cell says of them (blank, "/", 无, units,
signs), never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipelines.documents.seen import DOUBT, DOUBT_OPENS, without_marks
from pipelines.documents.sheet_rows import NEVER_CALCULATED
from pipelines.reading.chinese_numbers import chinese_numeral
from pipelines.reading.money import UNIT, money_units
from pipelines.record import Number
from pipelines.remembered import kept

if TYPE_CHECKING:
    import opencc

_SPACE = re.compile(r"[\s\u00a0\u3000\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_QUOTES = re.compile(r"[\"'`“”‘’„‟「」『』〝〞＂＇]")
_BRACKETS = dict.fromkeys("〔［[【﹙", "(") | dict.fromkeys("〕］]】﹚", ")")
_BRACKET = re.compile("[" + re.escape("".join(_BRACKETS)) + "]")
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Return ``text`` in simplified script; a line that GB2312 can spell is returned as it is."""
    out: list[str] = []
    # Nearly every page has one line that it cannot spell: a 繁體 in its frame.
    for _ in range(_FEW_LINES):
        if (at := _unspelled(text)) is None:
            return "".join((*out, text))
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        if end < 0:
            return "".join((*out, text[:start], _simplified(text[start:])))
        out += (text[:start], _simplified(text[start:end]))
        text = text[end:]
    lines = (line if _unspelled(line) is None else _simplified(line) for line in text.split("\n"))
    return "".join((*out, "\n".join(lines)))


_FEW_LINES = 4


def _unspelled(text: str) -> int | None:
    """Return the place of the first character that GB2312 cannot spell, or None."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError as error:
        return error.start
    return None


def _simplified(line: str) -> str:
    simple = str(_converter().convert(line))
    if "乾" in line and len(simple) == len(line):
        # 乾县 and 乾安县 keep the character that elsewhere is 干's traditional form.
        return "".join("乾" if old == "乾" else new for old, new in zip(line, simple, strict=True))
    return simple


_MARK = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u2473\u24ea\u32b1-\u32bf]+")
# NFKC of a whole text costs ten times what a search does. Nearly all of a report is of these
# signs, and each has its form whatever stands beside it: none joins the one before it.
_SIMPLE = (
    "\u0000-\u007f\u00b7\u2010-\u2015\u2018-\u201f\u2022\u2026\u3000-\u3011\u3014-\u301b"
    "\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e"
)
_NOT_SIMPLE = re.compile(f"[^{_SIMPLE}]+")
_WIDE = re.compile("[\u2011\u2026\u3000\uff01-\uff5e]")
"""The simple ones that NFKC changes."""
_FREQUENT = {sign: unicodedata.normalize("NFKC", sign) for sign in "，：；（）"}


def _compatible(text: str) -> str:
    """Return ``text`` in NFKC, circled and raised figures set off from the figures beside them.

    They number notes and items; NFKC alone makes 121 of 12① and 12¹, and 112 of ①12.
    """
    if text.isascii():
        return text
    parts: list[str] = []
    at = 0
    for found in _NOT_SIMPLE.finditer(text):
        start = max(at, found.start() - 1)  # with the sign before them, which they may join
        parts += (text[at:start], _set_off(text[start : found.end()]))
        at = found.end()
    if parts:
        text = "".join((*parts, text[at:]))
    # A text has few different wide signs: str.translate looks every character up.
    for sign, narrow in _FREQUENT.items():
        text = text.replace(sign, narrow)
    for sign in set(_WIDE.findall(text)):
        text = text.replace(sign, unicodedata.normalize("NFKC", sign))
    return text


def _set_off(text: str) -> str:
    return unicodedata.normalize("NFKC", _MARK.sub(r"(\g<0>)", text))


def fold(text: str) -> str:
    """Return ``text`` NFKC-folded and simplified, its white space and separators kept.

    >>> fold("１２①")
    '12(1)'
    """
    text = _compatible(text)
    # A text has few different brackets: str.translate looks every character up.
    for bracket in set(_BRACKET.findall(text)):
        text = text.replace(bracket, _BRACKETS[bracket])
    return simplify(text)


@kept(16384)
def normal_label(text: str) -> str:
    """Return a label as labels are compared: no white space, pipes or quotation marks.

    >>> normal_label("３．危及“三安全 一稳定”")
    '3.危及三安全一稳定'
    """
    return _QUOTES.sub("", _SPACE.sub("", fold(text))).replace("|", "").replace("：", ":")


def has_cjk(text: str) -> bool:
    """Return whether ``text`` holds a Chinese character."""
    return _CJK.search(text) is not None


NA_MARKS = frozenset(
    {
        "/",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "―",
        "─",
        "一",
        "无",
        "無",
        "N/A",
        "n/a",
        "NA",
        "不适用",
        "*",
        "//",
        "…",
        "·",
        "~",
        "×",
    }
)
_UNITS = r"(?:件|条|次|人次|人|项|个|篇|宗|份|例|起)"
_PLAIN = re.compile(rf"([+\-]{{0,2}})(\d+(?:\.\d+)?){_UNITS}?")
_GROUPED = re.compile(rf"([+\-]{{0,2}})(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?){_UNITS}?")
_MONEY = re.compile(
    rf"({UNIT})?([+\-]?)(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)({UNIT}|万|亿)?({UNIT})?",
    re.IGNORECASE,
)
_SIGNED_WORD = re.compile(rf"(增加?|减少?|新增)(\d+){_UNITS}?")
_ARROW = re.compile(rf"([↑↓])(\d+){_UNITS}?")
_ZERO = re.compile(rf"零{_UNITS}?")
_IN_CHARACTERS = re.compile(
    rf"(?=..)(?=.*[十百千万拾佰仟])([零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]{{1,12}}){_UNITS}?"
)
"""A numeral of tens and more: a sign alone numbers a line, and 一 is a dash as well."""
_BANKERS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_APOSTROPHE = re.compile(r"^['’‘`＇´](?=[\d+\-])")
"""Excel's mark of a figure kept as text."""
_SPLIT = re.compile(r"\d+(?:\s+\d+)+")
_FOOTER = re.compile(r"(\d+)\s*[-—–]\s*\d{1,3}\s*[-—–]|(\d+)\s*第?\s*\d{1,3}\s*页")
_BROKEN = re.compile(r"\d\s+\d|\d\s+\.|\.\s+\d")
"""Apart: 1. 3 may be 1.3, or an ordinal in front of 3."""
_RUN_ON = re.compile(r"0\d")
"""No number begins so: two cells ran together, or a code."""
_ABOUT = re.compile(
    r"(?:大?约|近|将近|超过?|逾|不足|至少)\d[\d,.]*(?:余|多|[万千百十])?\S{0,2}"
    r"|\d[\d,.]*(?:余|多|来|[千百十]|[^\d,.]{0,2}(?:以上|以下|左右))\S{0,2}"
    r"|\d[\d,.]*\S{0,2}\((?![一二三四五六七八九十]+\))[^()]*\)\S{0,2}"
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202c\u2060-\u2064\u2066-\u2069\ufeff]+")
_LETTER_O = re.compile(r"(?<=\d)[oO]|[oO](?=\d)|^[oO〇○]$")


class NumberReading(NamedTuple):
    """What a cell prints.

    ``kind``: number, blank, na_mark, unreadable, split (digits apart or run together,
    ``candidates`` the number they make; needs proof), text (words, no number). ``unit``: the unit
    of money that the cell itself prints, in one spelling (``pipelines.reading.money``). ``note``
    says what was unusual (sign, double-minus, footer …).
    """

    kind: str
    value: Number | None = None
    unit: str | None = None
    note: str | None = None
    candidates: tuple[Number, ...] = ()


IN_CHARACTERS = "printed in characters"
PADDED = "filled up with zeros"
RUN_TOGETHER = "digits run together"
ARROW = "an arrow for a sign"
"""A change, where the column is one of changes; no count."""

_BLANK = NumberReading("blank")
_FIGURE = re.compile(r"0|[1-9][0-9]{0,15}")


def _number(digits: str) -> Number:
    digits = digits.replace(",", "")
    return float(digits) if "." in digits else int(digits)


_UNSURE = re.compile(r"[+\-]?(?:\d+(?:\.\d+)?)?\?(?:[+\-]?\d+(?:\.\d+)?)?")
"""A figure that was read from a picture with a misgiving, or two readings of one."""


@kept(16384)
def read_number(raw: str) -> NumberReading:
    """Read one cell.

    >>> read_number("１，２３４件").value
    1234
    >>> read_number("--253").value, read_number("增3").value
    (-253, 3)
    >>> read_number("/").kind, read_number(" ").kind, read_number("1 2").kind
    ('na_mark', 'blank', 'split')
    """
    if _FIGURE.fullmatch(raw):  # nearly every cell that is no label
        return NumberReading("number", int(raw))
    if raw == NEVER_CALCULATED:
        return NumberReading("unreadable", note="a formula whose result is not in the file")
    if DOUBT_OPENS in raw:
        kind = read_number(without_marks(raw)).kind
        return NumberReading(kind if kind == "text" else "unreadable", note=DOUBT)
    text = _INVISIBLE.sub("", _compatible(raw))
    outer = _APOSTROPHE.sub("", _SPACE.sub(" ", text).strip(" \t|"))
    if not outer:
        return _BLANK
    if len(outer) > 60:  # no figure of any form is that long
        return NumberReading("text" if has_cjk(outer) else "unreadable")
    if "\u202d" in text or "\u202e" in text:
        return NumberReading("unreadable", note="printed backwards")
    tight = outer.replace(" ", "")
    if tight in NA_MARKS:
        return NumberReading("na_mark")
    if _SPLIT.fullmatch(outer):
        return NumberReading("split", candidates=(_number(tight),), note="digits apart")
    reading = _read_tight(_LETTER_O.sub("0", tight))
    if reading is not None:
        if reading.value is not None and _BROKEN.search(outer):
            return NumberReading("split", candidates=(reading.value,), note="digits apart")
        return reading
    if found := _FOOTER.fullmatch(outer):
        digits = found[1] or found[2]
        return NumberReading("unreadable", candidates=(_number(digits),), note="page number glued")
    if _UNSURE.fullmatch(tight):
        numbers = [_number(digits) for digits in tight.split("?") if digits.strip("+-")]
        return NumberReading("unreadable", candidates=tuple(numbers), note="not surely recognised")
    if _ABOUT.fullmatch(tight):
        return NumberReading("unreadable", note="not an exact number")
    return NumberReading("text" if has_cjk(outer) else "unreadable")


def _read_tight(text: str) -> NumberReading | None:
    """Read a number without white space; None where it is none."""
    text = text.replace("−", "-").replace("－", "-").replace("﹣", "-")
    for pattern in (_PLAIN, _GROUPED):
        if found := pattern.fullmatch(text):
            sign, digits = found[1], found[2]
            if len(digits) > 16:  # a run of cells, not a number
                return NumberReading("unreadable")
            value = _number(digits)
            if _RUN_ON.match(digits):
                return NumberReading("split", candidates=(value,), note=RUN_TOGETHER)
            note = {"": None, "+": "sign", "-": "sign"}.get(sign, "double-sign")
            return NumberReading("number", -value if "-" in sign else value, note=note)
    if found := _MONEY.fullmatch(text):
        before, sign, digits, behind, last = found.groups(default="")
        behind = {"万": "万元", "亿": "亿元"}.get(behind, behind)
        units = money_units(f"{before} {behind} {last}")
        if len(units) > 1:
            return NumberReading("unreadable", note="in two units of money")
        value = _number(digits)
        return NumberReading("number", -value if sign == "-" else value, unit=units[0])
    if found := _SIGNED_WORD.fullmatch(text):
        down = found[1].startswith("减")
        return NumberReading("number", -int(found[2]) if down else int(found[2]), note="sign")
    if _ZERO.fullmatch(text):
        return NumberReading("number", 0, note=IN_CHARACTERS)
    if found := _IN_CHARACTERS.fullmatch(text):
        numeral = chinese_numeral(found[1].translate(_BANKERS))
        if numeral is not None:
            return NumberReading("number", numeral, note=IN_CHARACTERS)
    if found := _ARROW.fullmatch(text):
        change = -int(found[2]) if found[1] == "↓" else int(found[2])
        return NumberReading("unreadable", candidates=(change,), note=ARROW)
    return None

"""Numbers as prose writes them: 533, 12,345, 3万余, 1.2万, 十二, 近百.

Cells of forms are read by ``pipelines.reading.normal``; running text is looser: Chinese numerals,
万 and 亿, and words that say the number is a rounding (余, 多, 近, 约, 以上).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.record import Number
from pipelines.remembered import kept

# A number starts where its first digit stands and is taken whole (the look-behinds), or a run of
# figures would be read in every way it can be cut, at quadratic cost.
_ARABIC = (
    r"(?<![\d.])(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,6})?|\d{1,3}(?: \d{3}){1,3}(?![\d ])"
    r"|\d{1,15}(?:\.\d{1,6})?)(?!\d)"
)
_SIGN = "[零〇一二两三四五六七八九十百千]"
_CHINESE = rf"(?<!{_SIGN})(?<!第){_SIGN}{{1,12}}(?:万{_SIGN}{{1,9}})?"
NUMBER = (
    rf"(?P<about>近|约|大约|超过|超|逾|突破|多达|不少于|至少|上){{0,1}}\s?"
    rf"(?P<digits>{_ARABIC}|{_CHINESE})"
    r"\s?(?P<scale>[千百]?[万亿])?(?P<more>余|多|来)?(?P<scale2>万)?"
)
"""Pattern of a number in a prose *view* (half-width digits and commas); groups as named."""

_SCALES = {
    "": 1,
    "万": 10_000,
    "亿": 100_000_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "百亿": 10_000_000_000,
    "千亿": 100_000_000_000,
}


@dataclass(slots=True, frozen=True)
class ProseNumber:
    """A number of running text; ``approximate`` where the text itself says it is rounded."""

    value: Number
    approximate: bool


_NUMERALS = ("", *"一二三四五六七八九")
_BELOW_100 = {
    f"{tens if tens != '一' else ''}{'十' if tens else ''}{ones}": 10 * ten + one
    for ten, tens in enumerate(_NUMERALS)
    for one, ones in enumerate(_NUMERALS)
    if tens or ones
}
"""Nearly all that a report has, months and days among them; the library takes long for each."""


def chinese_numeral(text: str) -> int | None:
    """Return the value of a Chinese numeral, or None where it is none.

    >>> chinese_numeral("一百二十三"), chinese_numeral("两"), chinese_numeral("二〇二三")
    (123, 2, 2023)
    >>> chinese_numeral("百千") is None
    True
    """
    value = _BELOW_100.get(text)
    return _any_numeral(text) if value is None else value


@kept(1024)
def _any_numeral(text: str) -> int | None:
    import cn2an

    try:
        value = cn2an.cn2an(text.replace("〇", "零"), "smart")
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return int(value)


def number_of(match: re.Match[str]) -> ProseNumber | None:
    """Return the number a match of ``NUMBER`` stands for, or None for a word that is none.

    Exact decimal arithmetic: 1.2万 is 12000, not 11999.999….
    """
    digits = match["digits"].replace(",", "").replace(" ", "")
    if digits[0].isascii():
        if len(digits) > 15:  # a run of cells, not a number
            return None
        base = Decimal(digits)
    else:
        numeral = chinese_numeral(digits)
        if numeral is None:
            return None
        base = Decimal(numeral)
    scale = _SCALES[match["scale"] or ""] * _SCALES[match["scale2"] or ""]
    product = base * scale
    value: Number = int(product) if product == product.to_integral_value() else float(product)
    return ProseNumber(value, approximate=bool(match["about"] or match["more"]))

"""Units of money as reports print them, told apart as whole words.

千元 and 百万元 are not 元 and 万元 with something in front, 圆 and ￥ are 元, 美元 is none of them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.record import Number
from pipelines.remembered import kept

_SCALES = {
    "": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000, "十亿": 1_000_000_000, "百亿": 10_000_000_000,
    "千亿": 100_000_000_000, "万亿": 1_000_000_000_000,
}  # fmt: skip
_SCALE = "(?:" + "|".join(sorted(filter(None, _SCALES), key=len, reverse=True)) + ")?"
_FOREIGN = (
    rf"{_SCALE}(?:(?:美|欧|日|港|澳|韩|加|新加坡|新台|台)(?:元|圆|币)|美金|英镑|法郎|卢布)"
    r"|USD|HKD|EUR|JPY|GBP|[$€£]"
)
_CURRENCY = "人民币|RMB|CNY|¥|￥"
UNIT = rf"(?:{_FOREIGN}|(?<![单公多纪]){_SCALE}(?:人民币)?[元圆](?![旦月素件年])|{_CURRENCY})"
"""Pattern of a unit of money."""
_UNIT = re.compile(
    rf"{UNIT}|(?:(?<=单位[:：])|(?<=[(（])){_SCALE[:-1]}(?![元圆\u3400-\u9fff])", re.IGNORECASE
)
"""As ``UNIT``, or a scale alone where a unit is stated: 单位：百万."""
_IS_FOREIGN = re.compile(_FOREIGN, re.IGNORECASE)
_IS_CURRENCY = re.compile(_CURRENCY, re.IGNORECASE)


def _named(word: str) -> str:
    """Return a unit in one spelling."""
    if _IS_FOREIGN.fullmatch(word):
        return word
    unit = _IS_CURRENCY.sub("", word).replace("圆", "元")
    return unit if unit.endswith("元") else f"{unit}元"


@kept(4096)
def money_units(text: str) -> tuple[str, ...]:
    """Return the units of money that a text names, each once.

    >>> money_units("采购总金额（单位：百万元）"), money_units("单位：件、元")
    (('百万元',), ('元',))
    >>> money_units("人民币（千圆）"), money_units("美元"), money_units("多元化解单元")
    (('千元',), ('美元',), ())
    """
    words = _UNIT.findall(text)
    # 人民币 beside a unit says whose it is, and is none itself.
    units = [w for w in words if not _IS_CURRENCY.fullmatch(w)] or words
    return tuple(dict.fromkeys(map(_named, units)))


def in_units(value: Number, unit: str, wanted: str) -> Number | None:
    """Return an amount in another unit, exactly; None from one that has no fixed worth in it.

    >>> in_units(5234, "千元", "万元"), in_units(5.2, "百万元", "万元"), in_units(3, "美元", "万元")
    (523.4, 520, None)
    """
    if unit == wanted:
        return value
    scales = [
        _SCALES.get(u.removesuffix("元")) if u.endswith("元") else None for u in (unit, wanted)
    ]
    if scales[0] is None or scales[1] is None:
        return None
    amount = Decimal(str(value)) * scales[0] / scales[1]
    return int(amount) if amount == amount.to_integral_value() else float(round(amount, 8))

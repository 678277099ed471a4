"""信息处理费: what a report says it collected for answering requests, in 元.

Reported in one sentence of the last part since 2020; 0 only where a sentence says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.reading.chinese_numbers import NUMBER, number_of
from pipelines.reading.prose import Sentence, sentences, shortened
from pipelines.reading.time_spoken_of import Times
from pipelines.record import Figure, Number

# 国办函〔2020〕109号 asks for: notices sent, their sum, and what was really collected.
_FEE = re.compile(r"处理费|收费通知|缴费通知|信息公开[^,。;]{0,8}(?:收费|费用)")
# Before that, what was asked for copies and postage.
_ANY_FEE = re.compile(
    r"依申请(?:公开|提供)[^,。;]{0,14}(?:收费|费用)|费用?[^,。;]{0,4}依申请公开|信息公开[^。;]{0,20}(?:检索|复制|邮寄|工本)费|依申请公开[^。;]{0,20}(?:检索|复制|邮寄|工本)费|未收取[^,。;]{0,6}信息公开[^,。;]{0,8}费"
)
_FEE_NONE = re.compile(
    r"(?:未|没有|不存在|不涉及|不(?=收取))(?:曾|再|实际|有)?(?:向[^,。;]{1,14}?|对[^,。;]{1,14}?)?"
    r"(?:收取|产生|发生|征收|收到|收缴|涉及|存在)?(?:过|任何|有关|相关|政府|信息公开|依申请公开|的)*[^,。;未没无]{0,10}?(?:处理费|费用|收费)(?!通知|标准|管理|办法|规定|[^,。;]{0,4}(?:引发|引起|投诉|争议))"
    r"|无(?:收取|产生|发生|征收|涉及)?(?:任何)?(?:政府)?(?:信息公开)?(?:的)?(?:信息)?(?:公开)?(?:处理费|收费)"
    r"|(?:处理费|收费|费用)[^,。;\d]{0,16}?(?:为零|为〇|零元|[为:]0(?=[,。;]|$)|无(?=[,。;]|$)|未收取|未产生|未发生|没有(?:产生|发生|收取))"
    r"|^(?:20\d\d年度?|今年|本年度?)?(?:未|没有)(?:收取|产生|发生)$"
)
_YUAN = NUMBER + r"\s?(?P<unit>元|万元)"
_FEE_COLLECTED = re.compile(r"(?:实际收取|实际收缴|实际收到|实收)[^,。;\d]{0,14}?" + _YUAN)
_FEE_AMOUNT = re.compile(r"(?:处理费|收费|费用)[^,。;]{0,14}?" + _YUAN)
_FEE_COLLECTED_AMOUNT = re.compile(r"(?:收取|收缴|征收)[^,。;\d]{0,24}?" + _YUAN)
_FEE_SUM = re.compile(r"(?:金额|合计|共计|总计)[^,。;\d]{0,6}?" + _YUAN)
# 检索费0元、复印费256元: no one of them is what was collected.
_FEES_LISTED = re.compile(
    rf"费[^,。;、\d]{{0,3}}{NUMBER}\s?万?元[、,和及][^,。;、\d]{{1,8}}费[^,。;、\d]{{0,3}}\d"
)
_SUMMED = re.compile("其中|合计|共计|总计")
_CLAUSE = re.compile(r"(?:[^,。;]|,(?=\d{3}(?!\d)))+[,。;]?")
_NOT_COLLECTED = re.compile(r"减免|免收|应收|通知|每件|每页|元/|标准|逾期|要求缴纳|超过|超出")


def _yuan(found: re.Match[str]) -> tuple[Number, bool] | None:
    number = number_of(found)
    if number is None:
        return None
    value = round(number.value * (10_000 if found["unit"] == "万元" else 1), 2)
    return (int(value) if value == int(value) else value), number.approximate


def _of_the_year(tight: str, year: int | None) -> str:
    """Return a sentence without the clauses that speak of another year."""
    times = Times(tight, year)
    return "".join(c[0] for c in _CLAUSE.finditer(tight) if times.ours(c.end()))


def _fee_in(sentence: Sentence, year: int | None, *, any_fee: bool) -> tuple[Number, bool] | None:
    """Return what a sentence says was collected, and whether it is a rounded figure."""
    tight = sentence.tight
    if not (_FEE.search(tight) or (any_fee and _ANY_FEE.search(tight))):
        return None
    tight = _of_the_year(tight, year)
    if found := _FEE_COLLECTED.search(tight):
        return _yuan(found)
    if _FEES_LISTED.search(tight) and not _SUMMED.search(tight):
        return None
    clauses = [found[0].rstrip(",。;") for found in _CLAUSE.finditer(tight)]
    for clause in clauses:
        if _NOT_COLLECTED.search(clause):
            continue
        found = _FEE_AMOUNT.search(clause) or _FEE_COLLECTED_AMOUNT.search(clause)
        if found and (fee := _yuan(found)) is not None:
            return fee
    if (found := _FEE_SUM.search(tight)) and (fee := _yuan(found)) is not None:
        # A sum of notices sent is not a sum collected, unless it is nothing.
        return fee if fee[0] == 0 or "通知" not in tight else None
    if any(_FEE_NONE.search(c) and not re.search(r"逾期|要求缴纳", c) for c in clauses):
        return 0, False
    return None


def fee_figure(
    said: Iterable[Sentence], year: int | None = None, *, any_fee: bool = True
) -> Figure | None:
    """Return the fee collected as a figure with its sentence, or None.

    ``year``: the report's; what was collected in another is left out. ``any_fee``: fees for
    requests under older rules count too, not only 信息处理费.
    """
    for sentence in said:
        if "费" not in sentence.tight:
            continue
        fee = _fee_in(sentence, year, any_fee=any_fee)
        if fee is not None:
            return Figure(
                field="x_fee_yuan",
                value=fee[0],
                sentence=shortened(sentence.text),
                approximate=fee[1],
            )
    return None


def processing_fee_yuan(text: str, year: int | None = None) -> Number | None:
    """Return the 信息处理费 collected, in 元; 0 where the text says none was, else None.

    >>> processing_fee_yuan("本年度未收取信息处理费。"), processing_fee_yuan("无。")
    (0, None)
    """
    figure = fee_figure(sentences(text), year, any_fee=False)
    return None if figure is None else figure.value

"""Figures that a report states in prose, each with the sentence that states it.

收到, 受理, 办理 and 答复 are different quantities and stay apart; a figure is read only where the
words around it say what it counts. Percentages, comparisons with other years, parts of a whole
(其中), figures of consultations, letters and hotlines, document numbers and dates are not read:
a missing figure is better than a wrong one. Field ids: formats.md 8.7, extended in ``FIELDS``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipelines.reading.chinese_numbers import NUMBER, number_of
from pipelines.reading.figure_rules import (
    AFTER,
    CHANNEL,
    DENIES,
    DISCLOSURE,
    FIELDS,
    JOINT,
    MAY_NAME_TOPIC,
    NEGATIVES,
    RECEIVED_BEFORE,
    RULES,
    TOPIC,
)
from pipelines.reading.processing_fee import fee_figure, processing_fee_yuan
from pipelines.reading.prose import Sentence, sentences, shortened
from pipelines.record import Figure, Number

__all__ = ["FIELDS", "processing_fee_yuan", "read_figures"]

COUNTED = re.compile(
    NUMBER + r"\s?(?P<unit>人次|万元|件次|件|条|起|宗|份|例|次|期|场|篇|个|项|封|元)(?!以[上内]的)"
)
"""A number with a unit."""
_DIGITS = re.compile(r"\d+|[零〇一二两三四五六七八九十百千]+")
_LEAD = 4
"""Characters that a number may have before its digits at most (不少于 and a blank)."""
_NUMERAL = re.compile(r"[\d一二三四五六七八九十两百]")
_PART = re.compile(r"其中")
_COMPARED = re.compile(
    r"(?:较|比|同比|环比|增加|减少|增长|下降|上升|回落|提高|降低|增幅|多|少)(?:了)?[^,:]{0,10}$"
)
_THIS_YEAR = re.compile(r"全年|本年度?|年内|当年")
_UP_TO_NOW = re.compile(r"截[至止][^。;]{0,30}累计[^,。;]{0,30}$")
_SINCE = re.compile(r"(?:(?<!今年)(?<!一年)以来|历年|累计至今|至今|截止目前累计)")


_CLAUSE = re.compile(r"[^,。;!?:]+")


def counted(tight: str) -> Iterator[re.Match[str]]:
    """Yield the numbers with a unit of a sentence.

    They are looked for where digits stand: the pattern opens with words that may be missing, so
    that by itself it would be tried at every character.
    """
    end = 0
    for digits in _DIGITS.finditer(tight):
        for start in range(max(end, digits.start() - _LEAD), digits.start() + 1):
            if found := COUNTED.match(tight, start):
                end = found.end()
                yield found
                break


_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十\d]{1,2}[)、.]|第[一二三四五六七八九十]部分")


def _zeros(sentence: Sentence, *, about_disclosure: bool) -> Iterator[Figure]:
    """Yield the zeros of a sentence that says nothing of the kind happened."""
    for clause in _CLAUSE.findall(sentence.tight):
        if not DENIES.search(clause):
            continue
        for field, pattern in NEGATIVES:
            if not pattern.search(clause):
                continue
            if field.startswith(("x_review", "x_suit")) and not (
                about_disclosure or DISCLOSURE.search(sentence.tight)
            ):
                continue
            place = sentence.tight.replace(" ", "").find(clause[:20])
            yield Figure(field=field, value=0, sentence=shortened(sentence.text, max(place, 0)))


_YEAR = re.compile(r"《[^》]{0,200}》|(?<!\d)(20\d\d) ?年")


def _topics(tight: str, carried: str) -> tuple[list[int], list[str]]:
    """Return where each topic of a sentence is named, and which; ``carried`` from the start."""
    if not MAY_NAME_TOPIC.search(tight):
        return [0], [carried]
    found = [(match.end(), str(match.lastgroup)) for match in TOPIC.finditer(tight)]
    return [0, *(end for end, _ in found)], [carried, *(topic for _, topic in found)]


def _years(tight: str) -> tuple[list[int], list[int | None]]:
    """Return where each year of a sentence is named, and which; titles in 《》 do not count."""
    if "20" not in tight:
        return [0], [None]
    found = [(match.end(), int(match[1])) for match in _YEAR.finditer(tight) if match[1]]
    return [0, *(end for end, _ in found)], [None, *(year for _, year in found)]


def _parts(tight: str) -> list[tuple[int, int]]:
    """Return where a sentence speaks of parts: from 其中 to the bracket's or the sentence's end."""
    out = []
    for found in list(_PART.finditer(tight))[:20]:
        opened = tight.rfind("(", 0, found.start()) > tight.rfind(")", 0, found.start())
        close = tight.find(")", found.end()) if opened else -1
        out.append((found.start(), close if close >= 0 else len(tight)))
    return out


def _positives(
    sentence: Sentence,
    named_topics: tuple[list[int], list[str]],
    year: int | None,
    *,
    disclosure: bool,
) -> Iterator[Figure]:
    """Yield the figures of a sentence, each by the first rule whose words lead up to it."""
    tight = sentence.tight
    parts = _parts(tight)
    previous_end = 0
    topic_ends, topics = named_topics
    year_ends, years = _years(tight)
    for found in counted(tight):
        start, end = found.start(), found.end()
        lead = tight[max(previous_end, start - 120) : start]
        if found["unit"] == "人次" or (number := number_of(found)) is None:
            continue
        previous_end = end
        if _COMPARED.search(lead) or _SINCE.search(tight[max(0, start - 30) : start]):
            continue
        before = tight[max(0, start - 90) : start]
        if _UP_TO_NOW.search(before) and not _THIS_YEAR.search(before):
            continue
        after = tight[end : end + 40]
        topic = topics[bisect_right(topic_ends, start) - 1]
        in_part = any(begin < start < close for begin, close in parts)
        field = _field_of(
            lead,
            after,
            topic,
            found["unit"],
            in_part=in_part,
            disclosure=disclosure,
        )
        carries = field is not None and field.startswith("x_carried")
        named = years[bisect_right(year_ends, start) - 1]
        if year is not None and not carries and named not in {year, None}:
            continue
        if field is not None:
            yield Figure(
                field=field,
                value=number.value,
                sentence=shortened(sentence.text, len(tight[:start].replace(" ", ""))),
                approximate=number.approximate,
            )


def _field_of(
    lead: str, after: str, topic: str, unit: str, *, in_part: bool, disclosure: bool
) -> str | None:
    """Return the field of a number between ``lead`` and ``after``, or None."""
    if unit in {"元", "万元"}:
        return None
    for field, pattern in AFTER:
        if pattern.search(after):
            return field
    # 收到70件申请: the thing counted follows.
    if RECEIVED_BEFORE.search(lead):
        named = TOPIC.search(after, 0, 24)
        if named is not None and named.start() <= 12:
            return "x_app_total" if named.lastgroup == "app" and not in_part else None
    if JOINT.search(lead):
        # 行政复议、行政诉讼共5件 is neither the one nor the other.
        return None
    for rule in RULES:
        if unit not in rule.units or (in_part and not rule.part_ok):
            continue
        if "any" not in rule.topics and topic not in rule.topics:
            continue
        matched = rule.lead.search(lead)
        if matched is None:
            continue
        if rule.field.startswith(("x_review", "x_suit")) and not disclosure:
            continue
        if rule.field in {"x_app_total", "x_app_accepted"} and CHANNEL.search(matched[0]):
            # One channel's or one kind of applicant's share is not the total.
            return None
        return rule.field
    return None


def _is_heading(tight: str) -> bool:
    return len(tight) <= 45 and tight[-1] not in "。;,!?:" and _ORDINAL.match(tight) is not None


def read_figures(text: str, year: int | None = None) -> list[Figure]:
    """Return the figures that ``text`` states, in order of appearance.

    Args:
        text: prose of a report (parts of it, or all).
        year: the year the report is about; figures said to be of another year are left out.

    Several figures of one field are all returned where the text states several.
    """
    figures: list[Figure] = []
    carried, disclosure, headed = "none", False, False
    said = sentences(text)
    for sentence in said:
        if sentence.new_paragraph and not headed:
            # What a heading is about, the paragraph below it is about too; no other carries over.
            carried, disclosure = "none", False
        headed = sentence.new_paragraph and _is_heading(sentence.tight)
        disclosure = disclosure or bool(DISCLOSURE.search(sentence.tight))
        topics = _topics(sentence.tight, carried)
        if _NUMERAL.search(sentence.tight):
            figures.extend(_positives(sentence, topics, year, disclosure=disclosure))
        if DENIES.search(sentence.tight):
            figures.extend(_zeros(sentence, about_disclosure=disclosure))
        carried = topics[1][-1]
    fee = fee_figure(said)
    if fee is not None:
        figures.append(fee)
    return _without_shares(_without_repeats(figures))


def _without_repeats(figures: list[Figure]) -> list[Figure]:
    """Keep one of each field and value (a report says many things twice)."""
    seen: set[tuple[str, Number]] = set()
    kept = []
    for figure in figures:
        key = (figure.field, figure.value)
        if key not in seen:
            seen.add(key)
            kept.append(figure)
    return kept


_SHARE = re.compile(r"占(?:总数|比|全部)?[^,。]{0,6}\d+(?:\.\d+)?%")


def _without_shares(figures: list[Figure]) -> list[Figure]:
    """Drop a later, smaller total of things published whose sentence gives it as a share."""
    totals: dict[str, Number] = {}
    kept: list[Figure] = []
    for figure in figures:
        if figure.field == "x_proactive_total":
            held = totals.get(figure.field)
            if held is not None and figure.value < held and _SHARE.search(figure.sentence):
                continue
            totals.setdefault(figure.field, figure.value)
        kept.append(figure)
    return kept

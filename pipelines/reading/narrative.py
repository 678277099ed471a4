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
from dataclasses import dataclass
from functools import cache
from itertools import islice

from pipelines.reading.chinese_numbers import NUMBER, number_of
from pipelines.reading.figure_rules import (
    AFTER,
    ALL_DO,
    ASKED,
    ATTENDED,
    BY_CHANNEL,
    BY_CHANNEL_WORD,
    CHANNEL,
    DECIDES_REVIEWS,
    DENIES,
    DISCLOSURE,
    EACH,
    EXCEPT,
    EXCEPTED,
    FIELDS,
    JOINT,
    LATE,
    MAY_NAME_TOPIC,
    NEGATIVES,
    OF_ONE_SOURCE,
    ORGAN_DOES,
    OUTCOME_BEFORE,
    RECEIVED_BEFORE,
    RULES,
    SOME_ORGANS,
    TOPIC,
    Rule,
    of_one_kind,
    outcome_after,
)
from pipelines.reading.processing_fee import fee_figure, processing_fee_yuan
from pipelines.reading.prose import Sentence, sentences, shortened
from pipelines.reading.time_spoken_of import THIS_YEAR, Times, within_brackets
from pipelines.record import Figure, Number

__all__ = ["FIELDS", "processing_fee_yuan", "read_figures"]

_UNITS = "人次|万元|件次|件|条|起|宗|份|例|次|期|场|篇|个|项|封|元"
COUNTED = re.compile(rf"{NUMBER}\s?(?P<unit>{_UNITS})(?!以[上内]的)")
"""A number with a unit."""
_SIGNS = "零〇一二两三四五六七八九十百千"
# What no unit follows is no such number: 一是, 进一步, 2023年.
_DIGITS = re.compile(rf"(?:\d++|[{_SIGNS}]++)(?=[\d,.\s{_SIGNS}万亿余多来]{{0,40}}(?:{_UNITS}))")
_LEAD = 4
"""Characters that a number may have before its digits at most (不少于 and a blank)."""
_PART = re.compile(r"其中")
_COMPARED = re.compile(
    r"(?:较|比|同比|环比|增加|减少|增长|下降|上升|回落|提高|降低|增幅|多|少)(?:了)?[^,:]{0,10}$"
    # 日均收到5件, 每月公开20条, 未发生一起.
    r"|(?:[日月年人]均|平均|每(?:个?工作日|个?月|周|日|天|个?季度?|年|人))[^,:]{0,24}$"
    # A和B分别受理15件, 12件; what is planned or asked for.
    r"|分别[^,。:]{0,24}$|(?:(?<!按)(?<!工作)计划(?!生育|单列)|要求(?:各|全)|(?:拟|建议)(?=受理|办|举|召|开|组|公|制|废|修|出|印))[^,。;]{0,30}$"
    r"|(?:未|没有|无)(?:曾|再)?(?:发生|出现|收到|接到|有)?过?$"
)
# 累计主动公开5万条, 当年新增4210条.
_OVER_YEARS = re.compile("累计[^,。;]*$")
_OF_WHICH_NEW = re.compile(
    r"^[^,。;\d]{0,6}[,(](?:其中)?,?(?:当年|今年|本年度?|20\d\d年度?)(?:新增)?[^,。;\d]{0,14}\d"
)
# 3至5件 says no number, nor does 1 6件; 由20件增加到37件 opens with last year's.
_RANGE_BEFORE = re.compile(r"\d(?:件|条|次|份)?\s?(?:至|到|-|—|~)$|\d $")
_RANGE_AFTER = re.compile(
    r"^(?:(?:至|到|-|—|~)\s?\d|(?:增加?|增长|上升|提高|减少?|下降|降低?)(?:至|到|为))"
)


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


_CLAUSE = re.compile(r"[^,。;!?:]+")
_NUMERAL = re.compile(r"[\d零一二三四五六七八九十两百]")
_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十\d]{1,2}[)、.]|第[一二三四五六七八九十]部分")


@dataclass(slots=True, frozen=True)
class _Said:
    """A sentence, and what decides what its numbers count.

    ``topics`` says where each topic begins (``_topics``), ``disclosure`` whether disclosure was
    spoken of in it, ``headed`` whether the heading above did.
    """

    sentence: Sentence
    topics: tuple[list[int], list[str]]
    disclosure: bool
    headed: bool
    times: Times

    @property
    def tight(self) -> str:
        return self.sentence.tight

    def figure(self, field: str, value: Number, place: int, *, approximate: bool = False) -> Figure:
        """Return the figure that stands at ``place`` of ``tight``, with its sentence."""
        printed_before = len(self.tight[:place].replace(" ", ""))
        text = shortened(self.sentence.text, printed_before)
        return Figure(field=field, value=value, sentence=text, approximate=approximate)


def _about_disclosure(field: str, said: _Said, lead: str, before: str) -> bool:
    """Return whether a review or a suit is about disclosure, as what stands before it says.

    Who 办理 reviews is the organ that decides them: then heading or number itself must say so.
    """
    if not field.startswith(("x_review", "x_suit")):
        return True
    if DECIDES_REVIEWS.search(lead):
        return said.headed or DISCLOSURE.search(lead) is not None
    return said.disclosure or DISCLOSURE.search(before) is not None


def _zeros(said: _Said) -> Iterator[Figure]:
    """Yield the zeros of a sentence that says nothing of the kind happened."""
    for found in _CLAUSE.finditer(said.tight):
        clause = found[0]
        if not DENIES.search(clause):
            continue
        for field, pattern in NEGATIVES:
            denied = pattern.search(clause)
            if denied is None or not _about_disclosure(field, said, clause, said.tight):
                continue
            if field == "x_app_total" and of_one_kind(denied[0]):
                continue
            if SOME_ORGANS.search(clause) or not said.times.ours(found.end()):
                continue
            yield said.figure(field, 0, found.start())


def _topics(tight: str, carried: str) -> tuple[list[int], list[str]]:
    """Return where each topic of a sentence is named, and which; ``carried`` from the start."""
    if not MAY_NAME_TOPIC.search(tight):
        return [0], [carried]
    found = [(match.end(), str(match.lastgroup)) for match in TOPIC.finditer(tight)]
    return within_brackets(
        tight, [0, *(end for end, _ in found)], [carried, *(topic for _, topic in found)]
    )


def _parts(said: _Said) -> list[tuple[int, int]]:
    """Return where a sentence speaks of parts: from 其中 to the bracket's or the sentence's end.

    Of many years' sum the report's own year is no part: 累计512件，其中2022年20件.
    """
    tight, out = said.tight, []
    for found in islice(_PART.finditer(tight), 20):
        if not said.times.ours(found.start()) and said.times.ours(found.end() + 8):
            continue
        opened = tight.rfind("(", 0, found.start()) > tight.rfind(")", 0, found.start())
        close = tight.find(")", found.end()) if opened else -1
        out.append((found.start(), close if close >= 0 else len(tight)))
    return out


_DISPUTES = frozenset({"x_review_total", "x_suit_total"})


@dataclass(slots=True, frozen=True)
class _Surroundings:
    """Where a number stands: the words before and after, the topic, and whether it is a part."""

    tight: str
    before: str
    """The sentence's view, and that up to the number; ``lead`` is what follows the last number."""
    lead: str
    after: str
    topic: str
    unit: str
    in_part: bool
    joint: bool
    """复议 and 诉讼 were counted together before."""


def _positives(said: _Said) -> Iterator[Figure]:
    """Yield the figures of a sentence, each by the first rule whose words lead up to it."""
    tight, parts = said.tight, _parts(said)
    previous_end, joint = 0, False
    taken: set[str] = set()
    topic_ends, topics = said.topics
    for found in counted(tight):
        start, end = found.start(), found.end()
        if found["unit"] == "人次" or (number := number_of(found)) is None:
            continue
        at = _Surroundings(
            tight=tight,
            before=tight[:start],
            lead=tight[max(previous_end, start - 120) : start],
            after=tight[end : end + 40],
            topic=topics[bisect_right(topic_ends, start) - 1],
            unit=found["unit"],
            in_part=any(begin < start < close for begin, close in parts),
            joint=joint,
        )
        previous_end = end
        digits = found.start("digits")
        if _is_no_total(at, tight[max(0, digits - 6) : digits]):
            continue
        fields = _fields_of(said, at)
        if fields and _is_one_organs(at):
            continue
        joint = joint or JOINT.search(at.lead) is not None
        if at.in_part and _DISPUTES & taken.intersection(fields):
            continue
        taken.update(fields)
        for field in fields:
            if said.times.ours(start) or field.startswith("x_carried"):
                yield said.figure(field, number.value, start, approximate=number.approximate)


def _is_no_total(at: _Surroundings, just_before: str) -> bool:
    """Return whether a number compares, or opens or ends a range."""
    return (
        _COMPARED.search(at.lead) is not None
        or _RANGE_BEFORE.search(just_before) is not None
        or _RANGE_AFTER.match(at.after) is not None
        or (_OVER_YEARS.search(at.lead) is not None and _is_sum_over_years(at))
    )


def _is_sum_over_years(at: _Surroundings) -> bool:
    """Return whether what is said to be new this year follows, and the number is not the year's."""
    return _OF_WHICH_NEW.match(at.after) is not None and not THIS_YEAR.search(at.lead)


def _is_one_organs(at: _Surroundings) -> bool:
    """Return whether a number is that of one of the organs a sentence lists."""
    clause = re.split("[,。;:]", at.lead)[-1]
    said_of = [organ for organ in ORGAN_DOES.finditer(at.tight) if organ.end() <= len(at.before)]
    if not said_of or said_of[-1].start(1) < len(at.before) - len(clause):
        return False
    if EXCEPT.match(at.after) and EXCEPTED.search(at.before):
        return True
    organs = {organ[1] for organ in ORGAN_DOES.finditer(at.tight)}
    return len(organs) >= 2 or ALL_DO.search(at.tight) is not None


def _fields_of(said: _Said, at: _Surroundings) -> tuple[str, ...]:
    """Return the fields of a number: one, none, or two (行政复议、行政诉讼各1件)."""
    if at.unit in {"元", "万元"}:
        return ()
    for field, pattern in AFTER:
        if field.startswith("x_carried") and at.topic not in {"app", "none"}:
            continue
        if pattern.search(at.after):
            return (field,)
    if outcome := outcome_after(at.after, at.topic):
        # 予以公开12件不予公开3件, nothing between: either may be meant.
        return () if OUTCOME_BEFORE.search(at.lead) else (outcome,)
    # 收到70件申请: the thing counted follows.
    if RECEIVED_BEFORE.search(at.lead):
        named = TOPIC.search(at.after, 0, 24)
        if named is not None and named.start() <= 12:
            return ("x_app_total",) if named.lastgroup == "app" and not at.in_part else ()
    if JOINT.search(at.lead):
        # 行政复议、行政诉讼共5件 is neither the one nor the other, 各5件 is both.
        each = EACH.search(at.lead) and _about_disclosure(
            "x_review_total", said, at.lead, at.before
        )
        return ("x_review_total", "x_suit_total") if each else ()
    for rule in _rules_for(at.unit, at.topic):
        if not _may_count(rule, at):
            continue
        matched = rule.lead.search(at.lead)
        if matched is None or not _about_disclosure(rule.field, said, at.lead, at.before):
            continue
        return () if _is_share(rule, matched[0], at, said) else (rule.field,)
    return ()


@cache  # units and topics are few
def _rules_for(unit: str, topic: str) -> tuple[Rule, ...]:
    """Return the rules of numbers with a unit, under a topic, in their order."""
    spoken = {"any", topic}
    return tuple(r for r in RULES if unit in r.units and not r.topics.isdisjoint(spoken))


def _may_count(rule: Rule, at: _Surroundings) -> bool:
    """Return whether whole or part, and what else the sentence says, are those of a rule."""
    if at.in_part and not rule.part_ok:
        # 复议和诉讼共5件，其中复议3件; 行政复议36件，其中涉及政府信息公开的2件.
        named = rule.of_joint and (at.joint or DISCLOSURE.search(at.lead))
        if not named:
            return False
    # Where nothing is said to be asked or answered 条 are things published or catalogued.
    return "any" in rule.topics or at.unit != "条" or ASKED.search(at.before) is not None


def _is_share(rule: Rule, words: str, at: _Surroundings, said: _Said) -> bool:
    """Return whether a rule's number is one channel's, one kind of applicant's, or not the late.

    Trainings that others hold are no share, and as little the organ's.
    """
    if rule.field.startswith("x_app") and OF_ONE_SOURCE.search(at.lead):
        return True
    if rule.field == "x_trainings":
        return ATTENDED.search(at.lead) is not None
    if rule.field == "x_app_replied":
        return LATE.search(said.tight) is not None
    if rule.field not in {"x_app_total", "x_app_accepted"}:
        return False
    return bool(
        CHANNEL.search(words)
        or of_one_kind(words)
        or BY_CHANNEL.search(at.lead)
        or BY_CHANNEL_WORD.search(at.lead)
    )


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
    carried, disclosure, headed, under = "none", False, False, False
    every = sentences(text)
    for sentence in every:
        if sentence.new_paragraph and not headed:
            # What a heading is about, the paragraph below it is about too; no other carries over.
            carried, disclosure, under = "none", False, False
        headed = sentence.new_paragraph and _is_heading(sentence.tight)
        itself = DISCLOSURE.search(sentence.tight) is not None
        under = under or (headed and itself)
        topics = _topics(sentence.tight, carried)
        said = _Said(sentence, topics, disclosure, under, Times(sentence.tight, year))
        disclosure = disclosure or itself
        if _NUMERAL.search(sentence.tight):
            figures.extend(_positives(said))
        if DENIES.search(sentence.tight):
            figures.extend(_zeros(said))
        carried = topics[1][-1]
    fee = fee_figure(every, year)
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

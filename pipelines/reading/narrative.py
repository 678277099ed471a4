"""Figures that a report states in prose, each with the sentence that states it.

收到, 受理, 办理 and 答复 are different quantities and stay apart; a figure is read only where the
words around it say what it counts. Percentages, comparisons with other years, parts of a whole
(其中), figures of consultations, letters and hotlines, document numbers and dates are not read:
a missing figure is better than a wrong one. Field ids: formats.md 8.7, extended in ``FIELDS``.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipelines.reading.chinese_numbers import NUMBER, number_of
from pipelines.reading.prose import Sentence, sentences
from pipelines.record import Figure, Number

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "x_app_total": "申请 received in the year (收到, 新收, 接到), 件",
        "x_app_accepted": "申请 accepted (受理), 件; often the same as received, not always",
        "x_app_replied": "申请 dealt with (办理, 办结, 答复), 件",
        "x_carried_in": "申请 carried in from the year before, 件",
        "x_carried_out": "申请 carried over to the next year, 件",
        "x_granted": "予以公开, 同意公开, 件",
        "x_partial": "部分公开, 件",
        "x_granted_or_partial": "予以公开 and 部分公开 in one figure, 件",
        "x_denied": "不予公开, 件",
        "x_unable": "无法提供, 件",
        "x_refused": "不予处理, 件",
        "x_other": "其他处理, 件",
        "x_review_total": "行政复议 about disclosure, 件",
        "x_review_upheld": "of these 维持, 件",
        "x_review_corrected": "of these 纠正, 件",
        "x_review_other": "of these 其他结果, 件",
        "x_review_pending": "of these 尚未审结, 件",
        "x_suit_total": "行政诉讼 about disclosure, 件",
        "x_suit_upheld": "of these 维持, 件",
        "x_suit_corrected": "of these 纠正, 件",
        "x_suit_other": "of these 其他结果, 件",
        "x_suit_pending": "of these 尚未审结, 件",
        "x_proactive_total": "政府信息 published proactively by all ways, 条",
        "x_website_items": "of these on the government website, 条",
        "x_newmedia_items": "of these by 政务新媒体, 条",
        "x_normative_issued": "行政规范性文件 issued, 件",
        "x_normative_repealed": "行政规范性文件 repealed, 件",
        "x_normative_in_force": "行政规范性文件 in force, 件",
        "x_trainings": "trainings held, 次",
        "x_complaints": "complaints about disclosure (投诉, 举报), 件",
        "x_fee_yuan": "信息处理费 collected, 元",
    }
)
"""Every field of a ``Figure``, with its meaning and unit."""

_COUNTED = re.compile(
    NUMBER + r"\s?(?P<unit>人次|万元|件次|件|条|起|宗|份|例|次|期|场|篇|个|项|封|元)(?!以[上内]的)"
)
_APPLICATION = r"(?:政府|政务)?信息(?:依申请)?公开(?:的)?(?:书面)?申请|依申请公开|公开申请|依申请|(?:(?<=[到共理结复转件份的收各完,;:(、\d])|^)申请(?!人|复议|行政|表|书)"
# What a clause is about. The last one named before a figure counts.
_TOPIC = re.compile(
    rf"(?P<other>留言|咨询|信箱|热线|来信|来电|诉求|求助|建议|提案|议案|找错|工单|信访|民意|网民|提问|问政|办事|审批|许可|举报|投诉|12345)"
    r"|(?P<norm>规范性文件)"
    r"|(?P<review>复议)"
    r"|(?P<suit>诉讼|(?<!未经复议直接)(?<!复议后)起诉)"
    rf"|(?P<app>{_APPLICATION})"
)
_PART = re.compile(r"其中")
_COMPARED = re.compile(
    r"(?:较|比|同比|环比|增加|减少|增长|下降|上升|回落|提高|降低|增幅|多|少)(?:了)?[^,:]{0,10}$"
)
_SINCE = re.compile(r"(?:(?<!今年)(?<!一年)以来|历年|累计至今|至今|截止目前累计)")
_CHANNEL = re.compile(
    r"当面|网络|网上|在线|线上|线下|信函|邮寄|传真|邮件|来函|现场|窗口|平台|渠道|自然人|商业企业|科研机构|公益组织|法律服务"
)

_SKIP = r"[^,。;:]{0,%d}?"
_GLUE = r"(?:[”\"’》]|申请|信息|事项|案件|情形|情况|答复|数量|件数|总数|数|的|了|有|共|共计|合计|计|为|是|约|到|:|,|各类|全部|完成|达|达到){0,4}"


@dataclass(slots=True, frozen=True)
class _Rule:
    """``lead`` must end right before the number; ``topic`` must be the clause's topic."""

    field: str
    lead: re.Pattern[str]
    topics: frozenset[str]
    units: frozenset[str]
    part_ok: bool = True


def _rule(
    field: str,
    lead: str,
    topics: str,
    units: str = "件 件次 份 条 起 宗 例 封",
    *,
    part_ok: bool = True,
) -> _Rule:
    return _Rule(
        field, re.compile(lead + "$"), frozenset(topics.split()), frozenset(units.split()), part_ok
    )


_RULES: tuple[_Rule, ...] = (
    # outcomes: the words alone are specific
    _rule(
        "x_granted_or_partial",
        rf"(?:予以|同意)?公开(?:及|和|或|、|与)(?:者)?(?:予以|同意)?部分公开{_GLUE}",
        "app none",
    ),
    _rule("x_partial", rf"(?:予以|同意)?部分公开{_GLUE}", "app none"),
    _rule("x_denied", rf"(?:不予公开|不同意公开|否决公开){_GLUE}", "app none"),
    _rule(
        "x_granted", rf"(?<!不)(?<!部分)(?:(?:予以|同意|全部|准予)(?:全部)?公开){_GLUE}", "app none"
    ),
    _rule("x_unable", rf"无法提供{_GLUE}", "app none"),
    _rule("x_refused", rf"不予处理{_GLUE}", "app none"),
    _rule("x_other", rf"其他处理{_GLUE}", "app none"),
    # carried over
    _rule(
        "x_carried_in",
        rf"(?:(?:上|上一|去|前一|20\d\d)(?:年度?)(?:度)?(?:结转|转入|转来|遗留|延续|顺延)|结转(?:自)?(?:上|上一|去)年(?:度)?|上年结转)(?:的)?(?:办理)?(?:政府信息公开)?{_GLUE}",
        "app none",
    ),
    _rule(
        "x_carried_out",
        rf"(?:(?:结转|转|转入|顺延)(?:至|到|入)?(?:下|下一|次|20\d\d)(?:年度?)|跨年(?:度)?(?:办理|结转))(?:继续)?(?:办理|答复|处理)?{_GLUE}",
        "app none",
    ),
    # requests
    _rule(
        "x_app_total",
        rf"(?:收到|新收|接到|接收|收悉)(?:了|到)?{_SKIP % 30}",
        "app",
        part_ok=False,
    ),
    _rule("x_app_total", rf"新收(?:到)?{_SKIP % 16}", "app"),
    _rule("x_app_accepted", rf"受理(?:了)?{_SKIP % 30}", "app", part_ok=False),
    _rule(
        "x_app_replied",
        rf"(?:办理|办结|答复|回复|办复|处理)(?:答复|办结|回复)?(?:完成|完毕)?(?:了)?{_SKIP % 24}",
        "app",
        part_ok=False,
    ),
    _rule(
        "x_app_total",
        r"(?:政府|政务)?信息公开申请(?:的)?(?:总)?(?:数量|件数|总数|总量|量|数|共|共计|有|为|:){0,3}",
        "app",
        part_ok=False,
    ),
    # review and suits: results first
    *(
        _rule(f"x_{kind}_{field}", rf"(?:{words}){_GLUE}", kind)
        for kind in ("review", "suit")
        for field, words in (
            ("upheld", "(?:结果)?维持(?:原(?:行政)?行为|原判|原决定)?"),
            ("corrected", "(?:结果)?纠正|被(?:依法)?纠错"),
            ("other", "其他结果"),
            ("pending", "尚未审结|未审结|正在审理"),
        )
    ),
    _rule(
        "x_review_total",
        r"(?<!未经)(?<!不服)(?:行政)?复议(?:申请|案件|案|事项|数量|件数|总数|数|的|共|共计|有|为|是|:){0,4}",
        "review",
        part_ok=False,
    ),
    _rule(
        "x_suit_total",
        r"(?:行政)?诉讼(?:案件|案|事项|应诉|数量|件数|总数|数|的|共|共计|有|为|是|:){0,4}",
        "suit",
        part_ok=False,
    ),
    # normative documents
    _rule(
        "x_normative_issued",
        rf"(?:制发|新增|制定(?:出台|印发|发布)?|新制定|印发|出台|新发){_SKIP % 14}",
        "norm",
        "件 份 个 部",
        part_ok=False,
    ),
    _rule(
        "x_normative_repealed",
        rf"(?:废止|宣布失效){_SKIP % 14}",
        "norm",
        "件 份 个 部",
        part_ok=False,
    ),
    _rule(
        "x_normative_in_force",
        rf"(?<!宣布)(?:现行有效|继续有效|(?<!失)(?<!无)有效)(?!性|期){_SKIP % 14}",
        "norm",
        "件 份 个 部",
        part_ok=False,
    ),
    # what was published
    _rule(
        "x_newmedia_items",
        rf"(?:政务)?新媒体(?:平台|账号|矩阵)?(?:共|主动|累计|全年|对外)*(?:公开|发布)(?:各类|各种|的)?(?:政府|政务)?(?:信息|消息){_GLUE}",
        "any",
        "条 件 篇 个",
    ),
    _rule(
        "x_website_items",
        rf"(?<!国)(?:政府|门户|政务|部门|官方|”)网站?(?:平台|群|集群)?(?:共|主动|累计|全年|当年|对外|向社会)*(?:(?:公开|发布)(?:各类|各种|的)?(?:政府|政务)?信息|公开){_GLUE}",
        "any",
        "条 件 篇",
    ),
    _rule(
        "x_proactive_total",
        rf"主动(?:向社会)?公开(?:[^,。;:、等]{{0,12}}?)?(?:各类|各种)?(?:的)?(?:政府|政务)?信息{_GLUE}",
        "any",
        "条 件",
        part_ok=False,
    ),
    _rule(
        "x_trainings",
        r"(?:组织|开展|举办|召开|举行)(?:了)?(?!参加)[^,。;:、\d]{0,24}?(?:培训(?:班|会议|会|活动|讲座)?)(?:共|共计|累计|达)?",
        "any",
        "次 期 场 个",
        part_ok=False,
    ),
    _rule(
        "x_complaints",
        r"(?:信息公开)[^,。;:]{0,12}?(?:投诉|举报)(?:、(?:投诉|举报))?(?:案件|事项|件)?(?:共|为|:)?",
        "other",
        "件 起 次",
        part_ok=False,
    ),
)
# The number stands first: 收到70件申请, 1件结转下年度, 有1件涉及政府信息公开工作的行政复议.
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "x_carried_out",
        re.compile(
            r"^(?:申请)?(?:按照[^,。;]{0,14})?(?:结转|转|顺延)(?:至|到|入)?(?:下|次|20\d\d)"
        ),
    ),
    (
        "x_carried_in",
        re.compile(r"^(?:申请)?(?:为|系|是)?(?:上|去|20\d\d)(?:一)?年(?:度)?(?:结转|转入|转来)"),
    ),
    (
        "x_review_total",
        re.compile(
            r"^(?:涉及|因|关于|有关)?[^,。;\d]{0,18}信息公开[^,。;\d]{0,10}(?:行政)?复议(?:案件|案|申请)?(?=[,。;、]|$)"
        ),
    ),
    (
        "x_suit_total",
        re.compile(
            r"^(?:涉及|因|关于|有关)?[^,。;\d]{0,18}信息公开[^,。;\d]{0,10}诉讼(?:案件|案)?(?=[,。;、]|$)"
        ),
    ),
    (
        "x_trainings",
        re.compile(
            r"^(?:政务公开|政府信息公开|信息公开|业务|专题|全[县市区])[^,。;、\d]{0,12}培训"
        ),
    ),
)
_JOINT = re.compile(
    r"复议(?:案件|案|申请)?(?:、|和|及|与|或|以及)(?:被)?(?:提起)?(?:行政)?(?:诉讼|应诉)(?:案件|案|申请|情况|数量|总数|数|的|共|共计|有|为|均|都|各|:){0,5}$"
)
_RECEIVED_BEFORE = re.compile(r"(?:收到|新收|接到)(?:了)?(?:共|共计|各类)?$")

_ABSENT = r"(?:未|没有|尚未|从未|无|不存在)(?:曾|再)?(?:收到|接到|接收到?|受理|收取|发生|产生|出现|涉及|有|被)?(?:过|任何|有关|关于|一起|一件|1件)*"
_NEGATIVES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "x_app_total",
        re.compile(
            r"(?:未|没有|尚未|从未|无)(?:曾|再)?(?:收到|接到|接收到?|受理)(?:过|任何|有关|关于|要求|形式的|公民|、|法人|和|其他组织|或者?|社会公众|群众|个人|单位|企业|对|我[局委办镇乡县市区]|本(?:机关|单位|部门|级)|提出|提交|的|书面|线上|线下|网络|网上|当面){0,12}"
            r"(?:(?:政府|政务)?信息(?:依申请)?公开(?:的)?(?:书面)?申请|依申请公开(?:政府信息|信息)?(?:的)?(?:申请|件|事项|要求|信息)?|公开(?:政府)?信息(?:的)?申请)(?:件|表|书|事项|情况|要求|函件)*$"
        ),
    ),
    (
        "x_app_total",
        re.compile(
            r"(?:^|年度?|[局委办镇乡县市区关位门]|全年|均|,)无(?:政府)?(?:信息)?(?:依申请公开|公开申请)(?:政府信息|信息)?(?:的)?(?:申请|件|事项|情况)*$"
        ),
    ),
    (
        "x_app_total",
        re.compile(
            r"(?:收到|接到|新收)[^,。;]{0,12}信息公开申请(?:的)?(?:数量|件数|总数|数)为(?:0|零)$"
        ),
    ),
    (
        "x_review_total",
        re.compile(
            _ABSENT
            + r"(?![^,]{0,40}(?:败诉|纠错|纠正|撤销|投诉))(?:[^,]{0,30}?(?:信息公开|依申请公开)[^,]{0,20}?|[^,]{0,6}?)复议(?:案件|案)?(?:、|和|及|或|以及|与|,)?(?:被|提起)?(?:行政)?(?:诉讼)?(?:的)?(?:申请|案件|案例|案|情况|事项|事件|情形|件|行为)*$"
        ),
    ),
    (
        "x_suit_total",
        re.compile(
            _ABSENT
            + r"(?![^,]{0,40}(?:败诉|纠错|纠正|撤销|投诉))(?:[^,]{0,30}?(?:信息公开|依申请公开)[^,]{0,24}?|[^,]{0,14}?)(?<!复)诉讼(?:的)?(?:申请|案件|案例|案|情况|事项|事件|情形|件|行为|和申诉|、申诉)*$"
        ),
    ),
    (
        "x_complaints",
        re.compile(
            _ABSENT
            + r"[^,]{0,24}?信息公开[^,]{0,10}(?:投诉|举报)(?:、|和|及)?(?:投诉|举报)?(?:案件|情况|件|事项|的)*$"
        ),
    ),
)


def _clauses(tight: str) -> Iterator[str]:
    yield from (part for part in re.split(r"[,。;!?:]", tight) if part)


_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十\d]{1,2}[)、.]|第[一二三四五六七八九十]部分")
_DISCLOSURE = re.compile(r"信息公开|政务公开|依申请|公开申请")


def _zeros(sentence: Sentence, *, about_disclosure: bool) -> Iterator[Figure]:
    """Yield the zeros of a sentence that says nothing of the kind happened."""
    for clause in _clauses(sentence.tight):
        for field, pattern in _NEGATIVES:
            if not pattern.search(clause):
                continue
            if field.startswith(("x_review", "x_suit")) and not (
                about_disclosure or _DISCLOSURE.search(sentence.tight)
            ):
                continue
            place = sentence.tight.replace(" ", "").find(clause[:20])
            yield Figure(field=field, value=0, sentence=_shortened(sentence.text, max(place, 0)))


def _topics(tight: str, carried: str) -> tuple[list[int], list[str]]:
    """Return where each topic of a sentence has been named, and which; ``carried`` from the start."""
    found = [(match.end(), str(match.lastgroup)) for match in _TOPIC.finditer(tight)]
    return [0, *(end for end, _ in found)], [carried, *(topic for _, topic in found)]


def _shortened(text: str, printed_before: int = 0, limit: int = 240) -> str:
    """Return a sentence, or of an overlong one the part around its ``printed_before``-th sign."""
    if len(text) <= limit:
        return text
    place = 0
    for place, sign in enumerate(text):  # noqa: B007 - the place where the count runs out is used
        printed_before -= not sign.isspace()
        if printed_before < 0:
            break
    start = max(0, min(place - limit // 2, len(text) - limit))
    end = min(len(text), start + limit)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _years(tight: str) -> tuple[list[int], list[int | None]]:
    """Return where each year of a sentence is named, and which; titles in 《》 do not count."""
    found = [
        (match.end(), int(match[1]))
        for match in re.finditer(r"《[^》]{0,200}》|(?<!\d)(20\d\d) ?年", tight)
        if match[1]
    ]
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
    sentence: Sentence, carried: str, year: int | None, *, disclosure: bool
) -> Iterator[Figure]:
    """Yield the figures of a sentence, each by the first rule whose words lead up to it."""
    tight = sentence.tight
    parts = _parts(tight)
    previous_end = 0
    topic_ends, topics = _topics(tight, carried)
    year_ends, years = _years(tight)
    for found in _COUNTED.finditer(tight):
        start, end = found.start(), found.end()
        number = number_of(found)
        lead = tight[max(previous_end, start - 120) : start]
        if number is None or found["unit"] == "人次":
            continue
        previous_end = end
        if _COMPARED.search(lead) or _SINCE.search(tight[max(0, start - 30) : start]):
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
                sentence=_shortened(sentence.text, len(tight[:start].replace(" ", ""))),
                approximate=number.approximate,
            )


def _field_of(
    lead: str, after: str, topic: str, unit: str, *, in_part: bool, disclosure: bool
) -> str | None:
    """Return the field of a number between ``lead`` and ``after``, or None."""
    if unit in {"元", "万元"}:
        return None
    for field, pattern in _AFTER:
        if pattern.search(after):
            return field
    # 收到70件申请: the thing counted follows.
    if _RECEIVED_BEFORE.search(lead):
        named = _TOPIC.search(after, 0, 24)
        if named is not None and named.start() <= 12:
            return "x_app_total" if named.lastgroup == "app" and not in_part else None
    if _JOINT.search(lead):
        # 行政复议、行政诉讼共5件 is neither the one nor the other.
        return None
    for rule in _RULES:
        if unit not in rule.units or (in_part and not rule.part_ok):
            continue
        if "any" not in rule.topics and topic not in rule.topics:
            continue
        matched = rule.lead.search(lead)
        if matched is None:
            continue
        if rule.field.startswith(("x_review", "x_suit")) and not disclosure:
            continue
        if rule.field in {"x_app_total", "x_app_accepted"} and _CHANNEL.search(matched[0]):
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
    said = list(sentences(text))
    for sentence in said:
        if sentence.new_paragraph and not headed:
            # What a heading is about, the paragraph below it is about too; no other carries over.
            carried, disclosure = "none", False
        headed = sentence.new_paragraph and _is_heading(sentence.tight)
        disclosure = disclosure or bool(_DISCLOSURE.search(sentence.tight))
        if any(c.isdigit() for c in sentence.tight) or re.search(
            r"[一二三四五六七八九十两百]", sentence.tight
        ):
            figures.extend(_positives(sentence, carried, year, disclosure=disclosure))
        if re.search(r"[未无没]|不存在|为(?:0|零)", sentence.tight):
            figures.extend(_zeros(sentence, about_disclosure=disclosure))
        carried = _topics(sentence.tight, carried)[1][-1]
    fee = _fee_figure(said)
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


# -- 信息处理费 -------------------------------------------------------------------------------

# 国办函〔2020〕109号 asks for: notices sent, their sum, and what was really collected.
_FEE = re.compile(r"处理费|收费通知|缴费通知|信息公开[^,。;]{0,8}(?:收费|费用)")
_FEE_NONE = re.compile(
    r"(?:未|没有|不存在|不涉及)(?:曾|再|实际|有)?(?:向[^,。;]{1,14}?|对[^,。;]{1,14}?)?"
    r"(?:收取|产生|发生|征收|收到|收缴|涉及|存在)?(?:过|任何|有关|相关|政府|信息公开|依申请公开|的)*[^,。;未没无]{0,10}?(?:处理费|费用|收费)(?!通知|标准|管理|办法|规定)"
    r"|无(?:收取|产生|发生|征收|涉及)?(?:任何)?(?:政府)?(?:信息公开)?(?:的)?(?:信息)?(?:公开)?(?:处理费|收费)"
    r"|(?:处理费|收费|费用)[^,。;\d]{0,16}?(?:为零|为〇|零元|无(?=[,。;]|$)|未收取|未产生|未发生|没有(?:产生|发生|收取))"
)
_YUAN = NUMBER + r"\s?(?P<unit>元|万元)"
_FEE_COLLECTED = re.compile(r"(?:实际收取|实际收缴|实际收到|实收)[^,。;\d]{0,14}?" + _YUAN)
_FEE_AMOUNT = re.compile(r"(?:处理费|收费|费用)[^,。;]{0,14}?" + _YUAN)
_FEE_COLLECTED_AMOUNT = re.compile(r"(?:收取|收缴|征收)[^,。;\d]{0,24}?" + _YUAN)
_FEE_SUM = re.compile(r"金额[^,。;\d]{0,6}?" + _YUAN)
_NOT_COLLECTED = re.compile(r"减免|免收|应收|通知|每件|每页|元/|标准|逾期|要求缴纳|超过|超出")


def _yuan(found: re.Match[str]) -> tuple[Number, bool] | None:
    number = number_of(found)
    if number is None:
        return None
    value = round(number.value * (10_000 if found["unit"] == "万元" else 1), 2)
    return (int(value) if value == int(value) else value), number.approximate


def _fee_in(sentence: Sentence) -> tuple[Number, bool] | None:
    """Return what a sentence says was collected, and whether it is a rounded figure."""
    tight = sentence.tight
    if not _FEE.search(tight):
        return None
    if found := _FEE_COLLECTED.search(tight):
        return _yuan(found)
    clauses = [c for c in re.split(r"(?:,(?!\d{3})|[。;])", tight) if c]
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


def _fee_figure(said: Iterable[Sentence]) -> Figure | None:
    """Return the 信息处理费 collected as a figure with its sentence, or None."""
    for sentence in said:
        if "费" not in sentence.tight:
            continue
        fee = _fee_in(sentence)
        if fee is not None:
            return Figure(
                field="x_fee_yuan",
                value=fee[0],
                sentence=_shortened(sentence.text),
                approximate=fee[1],
            )
    return None


def processing_fee_yuan(text: str) -> Number | None:
    """Return the 信息处理费 collected, in 元; 0 where the text says none was, else None.

    >>> processing_fee_yuan("本年度未收取信息处理费。"), processing_fee_yuan("无。")
    (0, None)
    """
    figure = _fee_figure(sentences(text))
    return None if figure is None else figure.value

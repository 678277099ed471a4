"""What a report's own sentences say of whose it is: who compiles it, who acts in it, who signs it.

Read once what is only cited is gone (``cited``). Each saying names an organ as printed, or nobody
(我县, 本局), with the words and the place where they stand.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.reading.cited import HEAD, uncited
from pipelines.reading.prose import view
from pipelines.reading.scope import says_it_sums_up, scope_of
from pipelines.remembered import kept
from pipelines.vocabulary.report_titles import NOUN_IN_PROSE

_OPENING = 1500
_SIGNED = 400
"""Characters at the end among which a signature is looked for."""
# What a report calls itself where no title does: 现公布某局2019年…报告, 由某局编制的2009年度…报告.
_PUBLISHED = re.compile(
    # Its first character leads, whichever it is: the engine then skips to those.
    r"[公发现兹](?:(?<=[公发])布|(?<=公)(?<!信息公)(?<!政务公)开|(?<=[现兹])将|(?<=现)把)"
    rf"(?P<title>[^,。;:、《》]{{3,60}}?{NOUN_IN_PROSE}|[^,。;:、《》]{{3,40}}?(?:政府)?信息公开工作(?:情况)?(?=报告|总结|公布|通报))"
)
_TITLE_PARTS = re.compile(r"^(?P<organ>.*?)(?P<year>(?:19|20)\d\d年度?)?(?P<behind>.*)$")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_WRITTEN_BY = re.compile(
    r"由(?P<organ>[^,。;:、《》()]{2,40}?)(?:\([^()]{1,24}\))?(?:负责|组织|牵头|汇总|结合[^,。;由]{0,20}?|根据[^,。;由]{0,20}?)?(?:编制|编写|撰写|起草)(?:完成|而成)?"
    rf"的?(?P<year>(?:19|20)\d\d年度?)?(?:{NOUN_IN_PROSE}|[,。;])"
)
# 某局依据条例编制本报告: the subject of the sentence compiles.
_ORGAN_ENDS = r"(?:人民政府|行政公署|公署|政府|街道办事处|办事处|街道办|街道|委员会|管委会|办公[室厅]|[局委厅镇乡办院队]|中心|苏木|大学|学校|公司|集团|银行|海关)"
_COMPILES = re.compile(
    # Whether anything is compiled in the sentence is asked first.
    r"[\n。;,](?=[^。;]*(?:编制|编写|撰写))"
    rf"(?:本年度?报告)?由?(?P<organ>(?:(?!由)[\u4e00-\u9fff()]){{1,30}}?{_ORGAN_ENDS})"
    rf"(?:(?:\s+|依据|根据|按照|依照|结合实际|结合[^,。;]{{0,12}}|认真|组织)[^。;由我本]{{0,60}}?)?(?:编制|编写|撰写)(?:了|完成|并发布|并公布)?(?:本|此|而成|{NOUN_IN_PROSE}|(?:19|20)\d\d年)"
)
_COMPLETED = re.compile(
    rf"[\n。;,](?=[^。;]*编制(?:完成|完毕))\s*(?P<organ>[\u4e00-\u9fff()]{{1,30}}?{_ORGAN_ENDS})(?:结合|认真|组织|按要求|对照)[^。;由我本]{{0,90}}?(?:年度?报告|报告|年报)(?:已)?编制(?:完成|完毕)"
)
# Whose figures it rests on, and which township or zone answers questions: a county's report names
# its own office there, never one of these.
_LOW = r"街道办事处|街道办?|[镇乡](?:人民)?政府|(?<=[\u4e00-\u9fff])[镇乡]|开发区(?:管委会|管理委员会)?"
_RESTS_ON = re.compile(
    rf"结合(?P<organ>[^,。;:、《》()]{{0,30}}?(?:{_LOW}|[局委厅]))(?:政府)?信息公开(?:工作)?(?:[有相]关)?统计"
)
_ASK = re.compile(
    rf"请(?:直接)?(?:联系|与)(?P<organ>[^,。;:、《》()]{{1,30}}?(?:{_LOW}))"
    r"(?:[^,。;:、《》()]{0,8}办公室|党政办)?(?:联系|[,。(])"
)
# A bureau may answer for its government (大数据局): believed where the text speaks as one organ.
_ASK_BUREAU = re.compile(
    r"请(?:直接)?(?:联系|与)(?P<organ>[^,。;:、《》()]{3,30}?(?:[局委厅]|委员会))(?:办公室)?(?:联系|[,。(])"
)
_NOBODY = re.compile("[我本各全其该上以有]|现将|此|[县市区州旗盟]?(?:直属?|级)?各")
# Offices write the government's report as well: who holds the pen does not tell whose it is.
_PEN = re.compile("办公[室厅]$|政府办$|公开办$|领导小组")
_BY_PEN = re.compile("办公[室厅]$|政府办$|公开办$|领导小组|各")

_PART_ONE = re.compile(
    r"(?:^|\n)[ \t]*(?:一、|第一部分、?|\(一\)|1[、.])? ?(?:工作|主要工作|总体|基本)?(?:总体情况|概述|概况|基本情况|总体概况|工作情况|情况概述)[^\n。]{0,12}\n+"
)
_TIME = re.compile(
    r"^(?:(?:(?:19|20)\d\d年度?|今年|本年度?|去年|近年|一年|过去一年)(?:以来|来|里|中)?|全年)[,:]?"
)
_ADVERBIAL = re.compile(
    r"^(?:在|按照|根据|依照|围绕|面对|为|随着|自|遵照|坚持以|紧紧围绕|以)[^,。;\n]{0,90}[,](?=.)"
)
_ACTS = (
    "认真|坚持|严格|紧|以|深入|全面|积极|始终|高度|持续|不断|进一步|切实|扎实|着力|大力|围绕|贯彻|落实|把|将|对|为|结合|通过|按|依|共|主动|充分|"
    "牢|加强|推进|推动|在|根据|立足|聚焦|强化|抓|做|稳步|有序|继续|坚决|健全|完善|公开|发布|制定|印发|成立|设立|召开|开展|组织|及时|规范|准确|"
    "履行|注重|重视|突出|创新|拓宽|深化|优化|提升|实施|执行|遵循|学习|从|全年|政府信息公开|政务公开|信息公开|党组|领导|能|均|未|没有|受理|收到|办理|"
    "更|实行|采取|利用|于|是|密切|狠抓|统筹|精心|先后|及其|班子|主要|高标准|多措|不|多|新|严|建立|明确|扩大|落细|压实|守|促|向|各项"
)
_SUBJECT = re.compile(
    rf"(?P<organ>(?:(?!{_ACTS}|[的了和及与、])[\u4e00-\u9fff()]){{1,26}}?(?:{_ORGAN_ENDS}|[县市区旗州盟省]))(?={_ACTS})"
)
_SIGNATURE = re.compile(
    rf"\n[ \t]*(?P<organ>[\u4e00-\u9fff()]{{2,30}}{_ORGAN_ENDS})[ \t]*\n[ \t]*(?:19|20|二)\S{{2,3}} ?年 ?\S{{1,3}} ?月 ?\S{{1,3}} ?日[ \t]*(?:\n|$)"
)


@dataclass(slots=True, frozen=True)
class Told:
    """One saying of a text: an organ, a year or both, empty where it names none."""

    organ: str
    year: str
    """As 2023年, for a title to be made of."""
    where: str
    """published, compiled, subject, signature, contact or figures."""
    words: str
    title: str = ""
    """The title as a sentence prints it whole: 现公布某县2017年政府信息公开工作年度报告."""


@kept(64, longest=200_000)
def first_words(text: str) -> tuple[Told, ...]:
    """Return what a report's first and last sentences say of whose it is, in order of weight."""
    head = "".join(view(uncited(text[:HEAD])[: 2 * _OPENING]).split(" "))[:_OPENING]
    return tuple(told for told in _sayings(text, f"\n{head}") if told.organ or told.year)


def _sayings(text: str, head: str) -> Iterator[Told]:
    seen = "".join(head.split())
    for match in _PUBLISHED.finditer(seen):
        yield _titled(match["title"], match.group())
    for match in _WRITTEN_BY.finditer(seen):
        others = _PEN.search(match["organ"]) or says_it_sums_up(text)
        organ = "" if others else match["organ"]
        yield Told(_named(organ), _year(match["year"]), "compiled", match.group())
    for pattern in (_COMPLETED, _COMPILES):
        for match in pattern.finditer(head):
            if not (_BY_PEN.search(match["organ"]) or says_it_sums_up(text)):
                organ = match["organ"].removeprefix("本报告").removeprefix("报告")
                yield Told(_named(organ), "", "compiled", match.group().strip())
    yield from _subject(text)
    if signed := _SIGNATURE.search(view(text[-_SIGNED:])):
        yield Told(_named(signed["organ"]), "", "signature", signed.group().strip())
    # An answering desk's full name comes before the short one (开发区管委会) of the figures.
    for where, pattern in (("contact", _ASK), ("figures", _RESTS_ON)):
        for match in pattern.finditer(seen):
            yield Told(_named(match["organ"]), "", where, match.group())
    bureau = _ASK_BUREAU.search(seen)
    if bureau and scope_of("", "", text).scope == "single_organ":
        yield Told(_named(bureau["organ"]), "", "contact", bureau.group())


def _named(organ: str) -> str:
    return "" if _NOBODY.match(organ) else organ


def _year(text: str | None) -> str:
    found = _YEAR.match(text or "")
    return f"{found[1]}年" if found else ""


def _titled(title: str, words: str) -> Told:
    """Return what a title run into a sentence says: 现将马站镇2017年度…情况报告如下."""
    year = _YEAR.search(title)
    organ = re.sub(
        rf"(?:关于)?(?:(?:19|20)\d\d年度?)?(?:的)?(?:{NOUN_IN_PROSE}|(?:政府)?信息公开工作.*)$",
        "",
        title,
    )
    organ = _YEAR.sub("", organ).strip("的度")
    return Told(_named(organ), f"{year[1]}年" if year else "", "published", words, title)


def _subject(text: str) -> Iterator[Told]:
    """Yield who acts in the first sentence of part one: 2021年,县水利局认真落实…."""
    seen = view(uncited(text[:HEAD]))
    opened = _PART_ONE.search(seen)
    if opened is None:
        return
    first = seen[opened.end() : opened.end() + 400].lstrip("一二三四五六七八九十、()1. \n\t")
    first = "".join(first.split("\n", maxsplit=1)[0].split())
    rest = _TIME.sub("", first.lstrip(","))
    for _ in range(4):
        cut = _TIME.sub("", _ADVERBIAL.sub("", rest).lstrip(","))
        if cut == rest:
            break
        rest = cut
    found = _SUBJECT.match(rest)
    if found and (organ := _named(found["organ"])):
        yield Told(organ, "", "subject", rest[: found.end() + 12])

"""Does a report sum up a whole place, or speak of one organ? With the phrase that decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.reading.prose import view

# 本机关不掌握 is a label of table three, not a phrase.
_PARTS = r"(?:各(?:部门|级|单位|乡镇|镇|街道|县|区|直)|全(?:县|市|区|州|省|旗|盟)|所属)"
# 本办法 and 我办理 are not 我办; 各部门…本部门 stands in reports of whole places as well.
_OURS = (
    r"(?:我[局委厅镇乡校院馆站队]|我所(?![在有知属])|我(?:公司|集团|[大支总]队)|我办(?![理事])|我处(?!理)|我街道|我单位|我中心|我街"
    r"|本局|本办(?!法)|本镇|本乡|本街道?|本中心|本委(?!员))"
)
_ANYBODYS = r"(?:本机关|本单位|本部门)(?!不掌握)"
_ORGANS = r"(?:行政机关|政府机关|政府部门|政府及)"
# (phrase, weight, how often it may count)
_EXPLICIT = (
    (rf"(?:综合|汇总|汇集|根据)[^。,;]{{0,30}}{_PARTS}[^。]{{0,40}}(?:编制|编写|汇总|形成)", 3, 1),
    (r"(?:涵盖|包括|包含)[^。,;]{0,24}各?(?:县|区|市|乡镇|街道)[^。;]{0,24}(?:部门|单位)", 3, 1),
    (rf"(?:范围|口径)[^。,;]{{0,16}}{_PARTS}", 3, 1),
    (r"由[^。,;]{0,20}各[^。,;]{0,20}(?:部门|单位)[^。,;]{0,20}汇总", 3, 1),
)
_AGGREGATE = (
    *_EXPLICIT,
    # Its first character leads, whichever it is: the engine then skips to those.
    (rf"[全市各](?:(?<=全)[县市区州省旗盟]各级|(?<=市)各级|(?<=各)级){_ORGANS}", 2, 2),
    (r"[我全][县市区州省旗盟](?!政府办|人民政府办)", 1, 3),
)
_SINGLE = (
    (r"以[^。,;]{0,20}(?:政府)?及其办公[室厅]名义", 8, 1),
    (r"(?:政府|府)(?:办公[室厅]|办)(?:共|新|全年)*(?:收到|受理)", 3, 1),
    (_OURS, 2, 3),
    (_ANYBODYS, 1, 2),
)
_TITLE = 4
"""What a title that names the government weighs: 以…及其办公室名义 speaks against it (城口)."""
_OFFICE = 5
"""What a text must say of the whole place to cast doubt on a title that names its office."""
_SEARCHED = 20_000


@dataclass(slots=True, frozen=True)
class Scope:
    """``scope``: aggregate, single_organ or unknown; ``evidence``: the deciding phrase."""

    scope: str
    evidence: str | None


def scope_of(kind: str, organ: str, text: str) -> Scope:
    """Weigh what the title names against what the text says.

    Args:
        kind: the organ's kind as ``pipelines.reading.organs`` tells it; empty where the title
            names none.
        organ: what the title names, as printed.
        text: the report's prose.
    """
    if kind in {"department", "township", "zone"}:
        return Scope("single_organ", f"标题: {organ}")
    aggregate, say_all, single, say_one = _weighed(text[:_SEARCHED])
    if kind == "office":
        # Many an office heads the whole place's report with its own name and says so in the text.
        if aggregate >= single + _OFFICE:
            return Scope("unknown", None)
        return Scope("single_organ", f"标题: {organ}")
    if kind == "whole" and organ:
        if single > aggregate + _TITLE:
            return Scope("single_organ", say_one)
        return Scope("aggregate", f"标题: {organ}")
    if aggregate > single:
        return Scope("aggregate", say_all)
    # 本机关 is the statute's word for whoever publishes; alone it tells nothing of the nameless.
    if single > aggregate and _weigh(_SINGLE[:-1], _tight(text[:_SEARCHED]))[0]:
        return Scope("single_organ", say_one)
    return Scope("unknown", None)


def speaks_as_one(text: str) -> bool:
    """Tell whether a text speaks as one organ, though it be in the statute's word (本机关)."""
    aggregate, _, single, _ = _weighed(text[:_SEARCHED])
    return single > aggregate


def says_it_sums_up(text: str) -> bool:
    """Tell whether a text says in so many words that it was put together from many organs'."""
    return _weigh(_EXPLICIT, _tight(text[:_SEARCHED]))[0] > 0


@lru_cache(maxsize=4)  # of one document its publisher, its first words and its scope ask
def _weighed(text: str) -> tuple[int, str | None, int, str | None]:
    """Return what speaks for a whole place and for one organ, each with its weightiest phrase."""
    seen = _tight(text)
    return *_weigh(_AGGREGATE, seen), *_weigh(_SINGLE, seen)


@lru_cache(maxsize=4)  # as above
def _tight(text: str) -> str:
    return "".join(view(text).split())


def _weigh(phrases: tuple[tuple[str, int, int], ...], text: str) -> tuple[int, str | None]:
    """Return the weight of all phrases found, and the weightiest of them."""
    total, best, heaviest = 0, None, 0
    for pattern, weight, most in phrases:
        found = [m.group() for m in re.finditer(pattern, text)]
        total += weight * min(len(found), most)
        if found and weight > heaviest:
            best, heaviest = found[0], weight
    return total, best

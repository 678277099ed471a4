"""Which division an organ's name, a site or a text belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.documents.blocks import Document
from pipelines.reading.prose import view
from pipelines.registry import Division, Registry, Unit
from pipelines.registry.places import spoken_names
from pipelines.vocabulary.items import Source

_LONGEST_NAME = 16
# A short name followed by one of these is another place: 朝阳镇, 大同县. Not 苍南市场监督管理局.
_OTHER_PLACE = re.compile(
    r"风景|景区|镇|乡(?!村振兴)|街道|村|省|市(?![场容政直])|县(?![直域])|区(?![直域块])|州|旗|盟"
)
_LEVEL_CHARACTER = re.compile("[省市县区州旗盟]")
_GOVERNS = re.compile("人民政府|政府|行政公署")
# 受理|县长, 会同|县直, 公开|县本级: the level's sign opens another word.
_LEVEL_OF_WORD = re.compile(
    "[长直级本属内外域情城乡委处际块]|政协|政府(?:办|网|文件|常务|工作)|人大"
)
# A name begins where a word does: at the start, behind a sign, a figure, a place above, or a
# particle. Behind any other character (受|理县, 公|开县) it is the tail of a word.
_WORD_BEFORE = re.compile(
    "[^\u4e00-\u9fff]|[年月日在由对为是的了至到从向与及于省市州盟县区旗位共将让]"
)
# 山区 behind 铜官: a short name that is only the start of another place's.
_LONGER_PLACE = re.compile("[\u4e00-\u9fff]{1,3}?[县区旗](?=人民政府|政府|$)")
# What surrounds a short name where it surely names the place: 走进彭水, 中国·苍南.
_NAMED_FOR = re.compile(r"(?:走进|魅力|中国·|中国|数字|平安|信用|法治|美丽)$")
_SEARCHED = 20_000
_LEVEL_WORDS = {
    "province": re.compile("[我全]省|省政府|省委"),
    "市": re.compile("[我全]市|市政府|市委"),
    "县": re.compile("[我全]县|县政府|县委|县人民政府"),
    "区": re.compile("[我全]区|区政府|区委|区人民政府"),
    "州": re.compile("[我全]州|州政府|州委|州人民政府"),
    "旗": re.compile("[我全]旗|旗政府|旗委|旗人民政府"),
    "盟": re.compile("[我全]盟|盟行署|盟委"),
}


@dataclass(slots=True, frozen=True)
class Place:
    """Where an organ's name puts it.

    ``division`` is None where the name names no place, or one that cannot be told from its
    homonyms (then ``candidates`` has them); ``rest`` is the name without its places.
    """

    division: Division | None
    unit: Unit | None
    rest: str
    candidates: tuple[Division, ...] = ()
    printed_in_full: bool = False


def hints_of(document: Document, source: Source, registry: Registry) -> tuple[str, ...]:
    """Return codes the document's surroundings speak for, strongest first.

    The portal it was found on, the site's SiteIDCode (its first six digits are a division code),
    the host of its address.
    """
    site = document.metadata.get("siteidcode", "").strip()[:6]
    url = source.final_url or source.url
    codes = (source.adcode, site, registry.code_of_host(url) if url else None)
    return tuple(dict.fromkeys(c for c in codes if c and registry.knows(c)))


def place_of_organ(organ: str, hints: Sequence[str], registry: Registry) -> Place:
    """Return the place an organ's name begins with.

    Full names are believed; short ones only where a hint agrees, or where there is no hint.

    Args:
        organ: the name, folded, without white space.
        hints: codes the surroundings speak for; they tell homonyms apart.
        registry: where names come from.
    """
    for end in range(min(len(organ), _LONGEST_NAME), 1, -1):
        unit = registry.unit_named(organ[:end])
        if unit and (unit.name == organ[:end] or not registry.named(organ[:end])):
            known = registry.knows(unit.code)
            division = registry.division(unit.code if known else unit.parent_code)
            return Place(division, unit, organ[end:], (division,), printed_in_full=True)
    found: tuple[Division, ...] = ()
    rest, full = organ, False
    while step := _next_place(rest, found, hints, registry):
        found, length, full = step
        rest = rest[length:]
    if not found:
        found = _named_inside(organ, registry)
    best = _closest(found, hints, registry)
    return Place(best, None, rest, found, printed_in_full=full and best is not None)


def _named_inside(organ: str, registry: Registry) -> tuple[Division, ...]:
    """Return what a full name inside an organ's name may mean: 国家税务总局苍南县税务局."""
    for start in range(1, min(len(organ), _LONGEST_NAME)):
        for end in range(min(len(organ), start + _LONGEST_NAME), start + 2, -1):
            named = registry.named(organ[start:end])
            if full := tuple(d for d in named if d.name == organ[start:end]):
                return full
    return ()


def _next_place(
    text: str, above: tuple[Division, ...], hints: Sequence[str], registry: Registry
) -> tuple[tuple[Division, ...], int, bool] | None:
    """Return the divisions the longest name at the start may mean, and its length."""
    for end in range(min(len(text), _LONGEST_NAME), 1, -1):
        name = text[:end]
        fits = [
            d
            for d in registry.named(name)
            if (not above or any(d != a and registry.within(d.code, a.code) for a in above))
            and (d.name == name or _short_name_fits(d, text[end:], hints, registry))
        ]
        if full := [d for d in fits if d.name == name]:
            return tuple(full), end, True
        if fits:
            return tuple(fits), end, False
    return None


def _short_name_fits(
    division: Division, rest: str, hints: Sequence[str], registry: Registry
) -> bool:
    longer = _LONGER_PLACE.match(rest)
    if _OTHER_PLACE.match(rest) or (longer and not registry.named(longer.group())):
        return False
    return not hints or any(_related(division.code, hint, registry) for hint in hints)


def _related(code: str, hint: str, registry: Registry) -> bool:
    return registry.within(code, hint) or registry.within(hint, code)


def _closest(
    found: Sequence[Division], hints: Sequence[str], registry: Registry
) -> Division | None:
    """Return the candidate nearest to the strongest hint that tells them apart."""
    if len(found) <= 1:
        return found[0] if found else None
    for hint in hints:
        ranks = {d: _nearness(d.code, hint, registry) for d in found}
        best = max(ranks.values())
        first = [d for d, rank in ranks.items() if rank == best]
        if best and len(first) == 1:
            return first[0]
    return None


def _nearness(code: str, hint: str, registry: Registry) -> int:
    if code == hint or code in registry.current(hint):
        return 4
    if _related(code, hint, registry):
        return 3
    if code[:4] == hint[:4]:
        return 2
    return 1 if code[:2] == hint[:2] else 0


def place_within(organ: str, above: Division, registry: Registry) -> Division | None:
    """Return the lower division a bureau's name ends with: 生态环境局苍南分局 is 苍南's."""
    if not _BRANCH.search(organ):
        return None
    below = [d for d in registry.divisions if d != above and registry.within(d.code, above.code)]
    named = [d for d in below for n in _names(d) if re.search(rf"{n}{_BRANCH.pattern}", organ)]
    return named[0] if len(set(named)) == 1 else None


_BRANCH = re.compile("(?:分局|分中心|大队|调查队|支局|供电(?:分)?公司|[分支]公司|[分支]行|监管局)$")


def _names(division: Division) -> tuple[str, ...]:
    return (division.name, *spoken_names(division.name))


def level_word(text: str) -> str | None:
    """Return the kind of place a text speaks of itself as (县, 市, 区 …), or None.

    我县 and 全县 say it; what is named at least twice as often as the next counts.
    """
    seen = view(text[:_SEARCHED])
    votes = Counter({kind: len(word.findall(seen)) for kind, word in _LEVEL_WORDS.items()})
    (first, most), (_, second) = votes.most_common(2)
    return first if most >= 2 and most >= 2 * second else None


def place_in_text(
    text: str, registry: Registry, kind: str | None, within: str | None = None
) -> tuple[Division, str] | None:
    """Return the one place a text names itself, with the words that say so, or None.

    Full names count, most where a government follows; a short name only in phrases such as
    走进彭水. What the text calls itself (全县) must fit, and no other place may come near.

    Args:
        text: the document's text, page frame included.
        registry: where names come from.
        kind: what the text calls itself, as ``level_word`` tells.
        within: only places in this division.
    """
    # White space stays: a word does not go on over it, and a place's name hardly ever does.
    seen = view(text[:_SEARCHED])
    scores: Counter[Division] = Counter()
    words: dict[Division, str] = {}
    for start in range(len(seen) - 1):
        for end in range(min(start + _LONGEST_NAME, len(seen)), start + 1, -1):
            found = registry.named(seen[start:end])
            if not found:
                continue
            score = _mention(found[0], seen, start, end)
            for division in found if score else ():
                if _fits(division, kind) and (not within or registry.within(division.code, within)):
                    scores[division] += score
                    words.setdefault(division, seen[max(0, start - 2) : end + 4])
            if score:
                break
    ranked = scores.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    best = ranked[0][0]
    return best, words[best]


def _mention(division: Division, text: str, start: int, end: int) -> int:
    if _LEVEL_OF_WORD.match(text, end) or not (
        start == 0
        or _WORD_BEFORE.match(text[start - 1])
        or _NAMED_FOR.search(text[max(0, start - 3) : start])
    ):
        return 0
    if division.name == text[start:end] and _LEVEL_CHARACTER.match(text[end - 1]):
        return 3 if _GOVERNS.match(text, end) else 1
    return 2 if _NAMED_FOR.search(text[max(0, start - 3) : start]) else 0


def _fits(division: Division, kind: str | None) -> bool:
    if kind is None:
        return division.level != "province"
    return division.level == "province" if kind == "province" else division.name.endswith(kind)

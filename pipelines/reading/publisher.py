"""Who publishes a report: the organ its title names, else the site's, else the portal's own.

The title is believed first. Where it names no organ, index table and meta tags may; where they do
not, the report is the government's on whose portal it was found, unless the text speaks as one
organ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.documents.blocks import Document
from pipelines.reading.divisions import Place, hints_of, level_word, place_in_text, place_of_organ
from pipelines.reading.headline import Headline
from pipelines.reading.names import LEVEL_WORD
from pipelines.reading.organs import is_unlisted_government, kind_of_organ, organ_names
from pipelines.reading.prose import view
from pipelines.reading.scope import says_it_sums_up
from pipelines.reading.titles import plain
from pipelines.registry import Division, Registry
from pipelines.registry.portals import host_of
from pipelines.vocabulary.items import Source

_PUBLISHERS = (
    "发布机构", "发文机构", "发文机关", "发布单位", "公开主体", "contentsource", "来源", "信息来源",
    "sitename",
)  # fmt: skip
_OWN_NAME = re.compile(
    r"(?:局|委|委员会|厅|办|办公室|镇|乡|街道|办事处|政府|管委会|公署|院|中心|公司)$"
)
_PLATFORM_HOST = re.compile("xxgk|zwgk|zfxxgk|gk$|info|wap|^m$|mobile|^js$|^new|^old|^gov|^zf")
_LONGEST_ORGAN = 40


@dataclass(slots=True, frozen=True, kw_only=True)
class Publisher:
    """Who publishes, as far as title, site and portal say.

    ``organ`` is the name folded, ``raw`` as printed, both empty where none is named; ``kind`` is
    one of ``pipelines.reading.organs.KINDS``.
    """

    organ: str
    raw: str | None
    kind: str
    place: Place
    division: Division | None
    foreign_host: bool = False
    """The page lies on a sub-domain of the government's, as its organs' pages do."""
    guessed_from: str | None = None
    """What the division rests on where nothing better tells it, in a sentence."""


def publisher_of(
    headlines: Sequence[Headline], document: Document, source: Source, registry: Registry
) -> Publisher:
    """Return who publishes a report; what cannot be told is empty or None."""
    hints = hints_of(document, source, registry)
    organ, raw = _organ_named(headlines)
    if organ:
        return _titled(organ, raw, document, hints, registry)
    return _untitled(document, source, hints, registry)


def publisher_named(name: str, document: Document, source: Source, registry: Registry) -> Publisher:
    """Return the publisher of a name that somebody who looked at the source gives."""
    return _titled(plain(name), name, document, hints_of(document, source, registry), registry)


def _titled(
    organ: str, raw: str | None, document: Document, hints: Sequence[str], registry: Registry
) -> Publisher:
    """Return the publisher a title names."""
    place = _without_unlisted(place_of_organ(organ, hints, registry), organ)
    division, guessed_from = place.division, None
    if division is None and place.candidates:
        division = _told_apart(place.candidates, document, registry)
    elif division is None:
        division = _home_of_unplaced(organ, hints, registry)
        if division and is_unlisted_government(organ):
            guessed_from = f"{organ} is in no table; it is taken for the portal's own division"
    kind = _kind(organ, place, division, registry)
    return Publisher(
        organ=organ,
        raw=raw,
        kind=kind,
        place=place,
        division=division,
        guessed_from=guessed_from,
    )


def _without_unlisted(place: Place, organ: str) -> Place:
    """Return no place where a city's name is followed by a county no table knows.

    The report is not the city's; on the portal of one of its counties the name is likely what
    that county was called before.
    """
    above = place.division
    if above is None or above.level == "county" or not is_unlisted_government(place.rest):
        return place
    return Place(None, None, organ)


def _untitled(
    document: Document,
    source: Source,
    hints: Sequence[str],
    registry: Registry,
) -> Publisher:
    """Return the publisher of a report whose title names none: the site's, or the portal's.

    A bureau the site names is believed; an office publishes for the whole government as well, so
    it tells only the place.
    """
    home = registry.division(hints[0]) if hints else None
    site = _site_organ(document, hints, registry)
    if site and site.division and (not home or registry.within(site.division.code, home.code)):
        home = site.division
    division, guessed_from = _home_of_nameless(document, home, registry)
    if site and _is_its_own(site, document, same_place=division == home):
        return replace(site, division=division, guessed_from=guessed_from)
    nothing = Place(None, None, "")
    return Publisher(
        organ="",
        raw=None,
        kind="whole",
        place=nothing,
        division=division,
        foreign_host=_on_an_organs_host(source, registry),
        guessed_from=guessed_from,
    )


def _is_its_own(site: Publisher, document: Document, *, same_place: bool) -> bool:
    """Tell whether the organ a site names speaks for itself alone.

    The office publishes for the government, and in some counties a bureau does (大数据局); such a
    report says that it was put together from all.
    """
    if site.kind == "whole":
        return same_place
    return site.kind != "office" and not says_it_sums_up(document.text)


def _site_organ(document: Document, hints: Sequence[str], registry: Registry) -> Publisher | None:
    """Return the first organ that index table and meta tags name."""
    for key in _PUBLISHERS:
        raw = " ".join(document.metadata.get(key, "").split())
        organ = plain(raw)
        if 2 < len(raw) <= _LONGEST_ORGAN and _OWN_NAME.search(organ):
            place = place_of_organ(organ, hints, registry)
            home = place.division or (registry.division(hints[0]) if hints else None)
            kind = _kind(organ, place, home, registry)
            if kind not in {"", "other"}:
                return Publisher(organ=organ, raw=raw, kind=kind, place=place, division=home)
    return None


def _on_an_organs_host(source: Source, registry: Registry) -> bool:
    """Tell whether a page lies on a sub-domain as bureaus have (scjgj.huaian.gov.cn).

    Sub-domains of disclosure platforms (xxgk, zwgk, info …) are the government's own.
    """
    host = host_of(source.final_url or source.url or "").partition(":")[0].removeprefix("www.")
    portal = registry.portal_of_host(host) if host else None
    own = {name.partition(":")[0].removeprefix("www.") for name in portal.hosts} if portal else ()
    first = host.partition(".")[0]
    return bool(own) and host not in own and not _PLATFORM_HOST.search(first)


def _organ_named(headlines: Sequence[Headline]) -> tuple[str, str | None]:
    """Return the organ the best title names, folded and as printed; empty where none does."""
    for headline in headlines:
        if headline.parts.organ and headline.parts.is_report:
            return headline.parts.organ, as_printed(headline.parts.organ, headline.text)
    return "", None


def as_printed(organ: str, text: str) -> str:
    """Return an organ's name with the characters a title prints (郟县 stays 郟县)."""
    tight = "".join(text.split())
    start = view(tight).find(organ)
    return tight[start : start + len(organ)] if start >= 0 else organ


def _home_of_unplaced(organ: str, hints: Sequence[str], registry: Registry) -> Division | None:
    """Return where an organ is at home whose name holds no known place: 灵溪镇, 县财政局.

    A government no table knows (永清县人民政府) is another place's, unless the portal is a
    county's own: that county may have borne the name before.
    """
    if not hints or _OF_THE_STATE.search(organ):
        return None
    home = registry.division(hints[0])
    if is_unlisted_government(organ) and home.level != "county":
        return None
    return _at_its_level(organ, home, registry)


# 国务院办公厅, 教育部, 海关总署: no division's. A 宣传部 or an 指挥部 is one.
_OF_THE_STATE = re.compile(
    r"^(?:国务院|中华人民共和国)|^国家[^省市县区州旗盟]{2,16}(?:委员会|委|总?局|署|办公室)$|^中国人民银行$"
    r"|^[^省市县区州旗盟]{2,10}(?<!宣传)(?<!组织)(?<!统战|武装|指挥|工作)(?<!支)部$|(?:海关|审计)总?署$"
)


def _at_its_level(organ: str, home: Division, registry: Registry) -> Division:
    """Return the division at or above ``home`` that a level in an organ's name speaks of.

    On a county's portal 市教育局 is its city's; 教育厅 are provinces' everywhere.
    """
    word = LEVEL_WORD.match(organ)
    if word is None and not re.search("(?<!公)厅$", organ):
        return home
    lineage = registry.lineage(home.code)
    if word is None or word[1] == "省":
        return lineage[-1]
    if word[1] in "县区旗":  # 区 may be an autonomous region, or a zone: the portal's own
        return home
    return next((d for d in lineage if d.name.endswith(word[1])), home)


def _told_apart(
    candidates: Sequence[Division], document: Document, registry: Registry
) -> Division | None:
    """Return the one homonym whose province or prefecture the text names."""
    seen = "".join(view(document.page_text or document.text).split())
    said = {
        d: sum(seen.count(above.name) for above in registry.lineage(d.code)[1:]) for d in candidates
    }
    named = [d for d, count in said.items() if count]
    return named[0] if len(named) == 1 else None


def _home_of_nameless(
    document: Document, home: Division | None, registry: Registry
) -> tuple[Division | None, str | None]:
    """Return the division of a report that names no organ, and the words it was guessed from."""
    word = level_word(document.text)
    if home and not (word in {"县", "旗"} and home.level != "county"):
        return home, None
    # 全县 on a city's site: the county is named somewhere, or nothing is known.
    page = document.text + "\n" + document.page_text
    guess = place_in_text(page, registry, word, home.code if home else None)
    if guess is None:
        return None, None
    return guess[0], f"no organ in the title; the text names the place: {guess[1]}"


def _kind(organ: str, place: Place, division: Division | None, registry: Registry) -> str:
    if not organ:
        return ""
    names_of = organ_names(division, registry) if division else ((), ())
    own, upper = list(names_of[0]), names_of[1]
    if division is None:
        own += [d.name for d in place.candidates]  # homonyms: whose is open, what it is is not
    if place.unit:
        own = [place.unit.name, *place.unit.aliases, *own]
    if place.division and place.division != division:
        own = [*own, place.division.name]
    if place.printed_in_full and place.division:
        own = [place.division.name, *own]
    kind = kind_of_organ(organ, own, upper)
    if place.division is None and is_unlisted_government(organ):
        return "whole"
    return kind if kind != "upper" else "other"

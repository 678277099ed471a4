"""Who publishes a report: the organ its title names, else the site's, else the portal's own.

The title is believed first. Where it names no organ, all that does is weighed
(``publisher_evidence``). Where nothing does, the report is the government's on whose portal it was
found, unless the text speaks as one organ, or the page lies among organs' pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pipelines.documents.blocks import Document
from pipelines.reading.divisions import Place, hints_of, level_word, place_in_text, place_of_organ
from pipelines.reading.headline import Headline
from pipelines.reading.names import LEVEL_WORD, government_name, regular_name
from pipelines.reading.organs import is_unlisted_government, kind_of_organ, organ_names
from pipelines.reading.prose import view
from pipelines.reading.publisher_evidence import (
    WEIGHTS,
    Claim,
    claims,
    signs_of_one,
    speaks_for_all,
)
from pipelines.reading.scope import says_it_sums_up, scope_of, speaks_as_one
from pipelines.reading.titles import parse_title, plain
from pipelines.record import Evidence
from pipelines.registry import Division, Registry
from pipelines.vocabulary.items import Source

# Organs that put everybody's reports on the site: named as a page's source they say nothing.
_FOR_OTHERS = re.compile(
    "信息(?:化|资源)?(?:管理)?中心|大数据|数据(?:资源)?(?:管理|发展)?局|电子政务|政务服务|行政审批|融媒体|新闻|网信|网络|政务公开"
)


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
    of_one: bool = False
    """The page is one organ's, as its folder, its column or its host says, whichever it is."""
    guessed_from: str | None = None
    """What the division rests on where nothing better tells it, in a sentence."""
    evidence: tuple[Evidence, ...] = ()
    """Everything that was found, for whomever it speaks."""
    doubt: str | None = None
    """Why nobody was taken although organs are named."""


def publisher_of(
    headlines: Sequence[Headline],
    document: Document,
    source: Source,
    registry: Registry,
    *,
    refused: Collection[str] = (),
) -> Publisher:
    """Return who publishes a report; what cannot be told is empty or None.

    Args:
        headlines: the report's titles, best first.
        document: the report.
        source: what a crawl knows of it.
        registry: the divisions.
        refused: evidence that somebody who looked at the source refuses (``Evidence.name``).
    """
    hints = hints_of(document, source, registry)
    named: list[_Named] = []
    known: dict[tuple[str, str], tuple[Publisher, str]] = {}  # most claims name the same organ
    for claim in claims(headlines, document, source):
        printed = claim.organ, as_printed(claim.organ, claim.what)
        if printed not in known:
            publisher = _titled(*printed, document, hints, registry)
            known[printed] = publisher, _regular_name(publisher, registry)
        named.append(_Named(claim, *known[printed]))
    signs = signs_of_one(document, source, registry)
    evidence = [each.evidence for each in named] + signs
    if hints:
        whom = government_name(registry.division(hints[0]), registry)
        where = source.adcode or source.final_url or source.url or "SiteIDCode"
        evidence.append(Evidence(what=where, where="portal", whom=whom, weight=WEIGHTS["portal"]))
    if refused:
        named = [each for each in named if each.evidence.name not in refused]
        signs = [sign for sign in signs if sign.name not in refused]
    home = registry.division(hints[0]) if hints else None
    found = _weighed(named, signs, document, home, registry)
    heaviest = sorted(dict.fromkeys(evidence), key=lambda each: -each.weight)
    return replace(found, evidence=tuple(heaviest), of_one=bool(signs))


_FORM = re.compile("(?:管委会|管理委员会|人民政府|政府|(?<=街道)办事处|(?<=街道)办)$")


def _regular_name(found: Publisher, registry: Registry) -> str:
    name = regular_name(found.kind, found.organ, found.place, found.division, registry)
    return name or found.organ


@dataclass(slots=True, frozen=True)
class _Named:
    """A claim, the publisher it names, and how that is called."""

    claim: Claim
    publisher: Publisher
    whom: str

    @property
    def evidence(self) -> Evidence:
        weight = self.claim.weight
        return Evidence(
            what=self.claim.what[:120], where=self.claim.where, whom=self.whom, weight=weight
        )

    @property
    def tail(self) -> str:
        """The name without its place: 县财政局 and 苍南县财政局 are one."""
        name = LEVEL_WORD.sub("", self.publisher.place.rest or self.publisher.organ)
        name = re.sub("委员会$", "委", name)
        return _FORM.sub("", name) or name

    def is_same(self, other: _Named) -> bool:
        """Tell whether two claims name one organ, one of them perhaps in short."""
        mine, others = self.publisher, other.publisher
        if mine.kind == others.kind == "whole":
            return mine.division == others.division
        tails = (self.tail, other.tail)
        return self.whom == other.whom or (
            mine.kind == others.kind
            and min(map(len, tails)) > 1
            and (tails[0].endswith(tails[1]) or tails[1].endswith(tails[0]))
        )

    def is_short_for(self, other: _Named) -> bool:
        """Tell whether a claim names in short whom another one names with its place."""
        mine, full = self.publisher, other.publisher
        if mine.kind != full.kind or full.place.division is None or len(self.tail) < 2:
            return False
        rest = iter(other.tail)
        return other.tail.startswith(self.tail[0]) and all(sign in rest for sign in self.tail)


_CLOSE = 1
"""Organs whose evidence differs by no more than this are not told apart."""


def _weighed(
    named: Sequence[_Named],
    signs: Sequence[Evidence],
    document: Document,
    home: Division | None,
    registry: Registry,
) -> Publisher:
    """Return whom the evidence speaks for: a title, else the heaviest of the rest."""
    titled = next((n for n in named if n.claim.where == "title"), None)
    if titled and not _only_announces(titled, document.text):
        if inner := _speaks_in(titled, named, signs, document.text):
            doubt = f"the title names {titled.whom}, but {inner.whom} speaks among organs' pages"
            return _nobody(titled.publisher.division, doubt=doubt)
        return _in_full(titled, named)
    own = _own_scope(document.text)
    low: list[_Named] = []
    for each in named:
        kind, place = each.publisher.kind, each.publisher.division
        if kind in {"whole", "office"} and each.claim.where in {"index", "site", "site in title"}:
            # A site tells the place: of a lower one than the portal it is believed.
            inside = place and (home is None or registry.within(place.code, home.code))
            home = place if inside else home
        if kind in {"department", "township", "zone"}:
            low.append(each)
    groups = _groups(low)
    best = groups[0] if groups else None
    rival = groups[1] if len(groups) > 1 else None
    if best and not _is_for_all(best, document.text, own):
        if _publishes_for_others(best) and own != "single_organ":
            doubt = f"{best[0].whom} may publish for all"
            return _nobody(home, doubt=doubt)
        if rival and _sum(best) - _sum(rival) <= _CLOSE and not _is_for_all(rival, "", own):
            doubt = f"named are both {best[0].whom} and {rival[0].whom}"
            return _nobody(home, doubt=doubt)
        return _heaviest(best).publisher
    division, guessed_from = _home_of_nameless(document, home, registry)
    governments = [n for n in named if n.publisher.kind == "whole" and _is_said(n)]
    offices = [n for n in named if n.publisher.kind == "office" and _is_said(n)]
    if own == "single_organ":
        if offices:
            return _heaviest(offices).publisher
        signed = [n for n in governments if n.claim.where in _IN_THE_TEXT]
        if signed and not signs and scope_of("", "", document.text).scope != own:
            return _heaviest(signed).publisher  # 本机关 is what a government calls itself as well
        return _nobody(division, guessed_from=guessed_from)
    if governments and not (signs and _sum(governments) <= WEIGHTS["quoted"]):
        said = _heaviest(governments)
        if said.publisher.division or division is None:
            return said.publisher
    if signs and not (speaks_for_all(document.text) or says_it_sums_up(document.text)):
        return _nobody(division, guessed_from=guessed_from)
    site = next((n for n in named if _is_site_of(n, division)), None)
    if site and not signs:
        return replace(site.publisher, division=division, guessed_from=guessed_from)
    return _nobody(division, guessed_from=guessed_from, kind="whole")


def _speaks_in(
    titled: _Named, named: Sequence[_Named], signs: Sequence[Evidence], text: str
) -> _Named | None:
    """Return the organ that speaks in a report whose title names a bare place, among organs' pages.

    青禾县2022年…年度报告 in the departments' folder, in which 县水利局 does everything.
    """
    bare = titled.publisher.kind == "whole" and not titled.claim.organ.endswith(("政府", "公署"))
    if not (bare and signs) or speaks_for_all(text) or says_it_sums_up(text):
        return None
    kinds = {"department", "township", "zone"}
    said = (n for n in named if n.publisher.kind in kinds and n.claim.where in _IN_THE_TEXT)
    return next(said, None)


def _in_full(titled: _Named, named: Sequence[_Named]) -> Publisher:
    """Return the organ of a title by the name that the text prints more fully, twice and alike.

    A title at home says 大路乡 or 市大数据局; who compiles and who signs say whose 大路乡 it is,
    and that it is the 大数据管理局.
    """
    if titled.publisher.place.division or titled.publisher.kind not in {"department", "township"}:
        return titled.publisher
    said = [n for n in named if n.claim.where in _IN_THE_TEXT and titled.is_short_for(n)]
    alike = {n.whom for n in said}
    if len(alike) != 1 or len({n.claim.where for n in said}) < _AGREEING:
        return titled.publisher
    return said[0].publisher


_AGREEING = 2

_IN_THE_TEXT = frozenset({"published", "compiled", "subject", "signature"})


def _groups(named: Sequence[_Named]) -> list[list[_Named]]:
    """Return claims by the organ they name, the heaviest organ first."""
    groups: list[list[_Named]] = []
    for each in named:
        same = next((g for g in groups if any(each.is_same(other) for other in g)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return sorted(groups, key=_sum, reverse=True)


def _sum(group: Sequence[_Named]) -> int:
    """Return what claims weigh together, each kind of evidence once."""
    return sum({n.claim.where: n.claim.weight for n in group}.values())


def _heaviest(group: Sequence[_Named]) -> _Named:
    """Return the heaviest claim, of equals the fullest name."""
    return max(group, key=lambda n: (n.claim.weight, len(n.publisher.organ)))


def _own_scope(text: str) -> str:
    """Return whether a text speaks of a whole place or as one organ, whatever its title says."""
    return "single_organ" if speaks_as_one(text) else scope_of("", "", text).scope


def _only_announces(titled: _Named, text: str) -> bool:
    """Tell whether a title's organ is the office that makes the government's report public."""
    if titled.publisher.kind != "office" or not parse_title(titled.claim.what).announced:
        return False
    return _own_scope(text) == "aggregate"


def _is_said(named: _Named) -> bool:
    """Tell whether the report itself names an organ, not the site around it."""
    return named.claim.where not in {"index", "site", "site in title", "breadcrumb"}


def _is_site_of(named: _Named, division: Division | None) -> bool:
    """Tell whether a claim is the government's own name on its site."""
    site = named.claim.where in {"index", "site"} and named.publisher.kind == "whole"
    return site and named.publisher.division == division


def _is_for_all(group: Sequence[_Named], text: str, own: str) -> bool:
    """Tell whether an organ only publishes or compiles what was put together from all.

    The office does so everywhere, in some counties a bureau (大数据局).
    """
    if says_it_sums_up(text):
        return True
    all_of_it = speaks_for_all(text) or (own == "aggregate" and _is_around(group))
    return _publishes_for_others(group) and all_of_it


def _is_around(group: Sequence[_Named]) -> bool:
    """Tell whether an organ is named only by the site around a report."""
    return all(n.claim.where in {"index", "site", "site in title"} for n in group)


def _publishes_for_others(group: Sequence[_Named]) -> bool:
    """Tell whether an organ is one of those that bring everybody's reports to the public."""
    return any(_FOR_OTHERS.search(n.tail) for n in group)


def _nobody(
    division: Division | None,
    *,
    guessed_from: str | None = None,
    kind: str = "",
    doubt: str | None = None,
) -> Publisher:
    """Return the publisher where no organ is named: the division's government, or nobody."""
    return Publisher(
        organ="",
        raw=None,
        kind=kind,
        place=Place(None, None, ""),
        division=division,
        guessed_from=guessed_from,
        doubt=doubt,
    )


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
        place = replace(place, division=division, printed_in_full=division is not None)
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

"""Whose report is it, about which year, published when: everything that names a report.

Evidence is asked in a fixed order and never mixed: the year from the title, then the period, then
the column, then the text, then the date; the publisher from the title, then from what the first
sentences call the report, then a title quoted in the text, then the site, then the portal. What
stays unknown stays None and leaves a problem code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from pipelines.documents.blocks import Document
from pipelines.documents.labels import is_index_line
from pipelines.reading.divisions import Place, place_within
from pipelines.reading.first_words import first_words
from pipelines.reading.headline import Headline, all_headlines
from pipelines.reading.hosts import source_kind
from pipelines.reading.names import regular_name
from pipelines.reading.period import Period, first_date, read_period
from pipelines.reading.prose import view
from pipelines.reading.publisher import Publisher, publisher_named, publisher_of
from pipelines.reading.scope import Scope, scope_of
from pipelines.reading.titles import years_of
from pipelines.record import Finding, Naming, tell
from pipelines.registry import Division, Registry
from pipelines.vocabulary.items import Correction, Source
from pipelines.vocabulary.problems import Problem
from pipelines.vocabulary.report_titles import ends_as_title

_FIRST_YEAR = 2004
"""The oldest reports known (Shanghai) are about 2004."""
_DATES = (
    "pubdate", "发布日期", "发布时间", "公开日期", "公布日期", "时间", "日期", "生成日期",
    "成文日期", "发文日期",
)  # fmt: skip
_PRINTED_DATE = re.compile(r"(?:发布|公布|公开|发表)(?:日期|时间)\s*[:：]\s*(.{8,24})")
_TYPES = {
    "whole": "government",
    "office": "government_office",
    "department": "department",
    "zone": "zone_committee",
}
_ENTERPRISE = re.compile("(?:公司|集团|银行|厂)$")
_INSTITUTION = re.compile("(?:医院|学校|学院|大学|中学|小学|馆|站|中心|台|园|所)$")
_MANY = 3
_INDEX_LINES = 6
"""Lines among which the facts of an index table stand where a page prints them as text."""
EVIDENCE = "publisher_evidence"
"""The field whose corrections refuse a piece of evidence: ``read`` is its ``name``."""


@dataclass(slots=True, kw_only=True)
class Identity(Naming):
    """Everything that names a report, and how it is known.

    ``adcode`` is the division the publisher belongs to (a township's is its county's), with the
    code it had in the report year. ``title_year`` and ``period_year`` are what the title and the
    period say by themselves. ``year_from``: review, title, period, column, text, date or None.
    ``findings`` holds only what the record does not show: weak evidence that was taken.
    """

    title_year: int | None = None
    period_year: int | None = None
    year_from: str | None = None
    corrections: list[Correction] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def identify(document: Document, source: Source, registry: Registry) -> Identity:
    """Tell whose report a document is, which year it is about, and how that is known.

    What a person's review says (``source.corrections``) comes before all evidence, as long as
    the evidence says what the person corrects.

    Never raises on any text: what cannot be told is None, with a problem
    (``report/year-unknown``, ``report/publisher-unknown``) or a finding (``RM-…``).
    """
    found = _identify(document, source, registry, {})
    columns = [row for row in source.corrections if row.field == "column_url"]
    rows = [row for row in source.corrections if row.field not in {"column_url", EVIDENCE}]
    judged = [row for row in source.corrections if row.field == EVIDENCE]
    names = {each.name for each in found.publisher_evidence}
    refused = [row for row in judged if row.read in names]
    without = frozenset(str(row.read) for row in refused)
    if refused:
        found = _identify(document, source, registry, {}, without)
    said: dict[str, Correction] = {}
    # Scope follows from the organ, so a row may correct what another row made of it.
    while met := [r for r in rows if r.field not in said and getattr(found, r.field) == r.read]:
        said |= {row.field: row for row in met}
        found = _identify(document, source, registry, said, without)
    found.corrections = [*columns, *refused, *said.values()]
    for row in judged:
        if row not in refused:
            evidence = f"corrections.csv line {row.line}: no evidence is {row.read!r}"
            found.problems.append(Problem(code="dataset/stale-correction", evidence=evidence))
    for row in rows:
        if row.field not in said:
            evidence = (
                f"corrections.csv line {row.line}: {row.field} reads "
                f"{getattr(found, row.field)!r}, not {row.read!r}"
            )
            found.problems.append(Problem(code="dataset/stale-correction", evidence=evidence))
    return found


def _identify(
    document: Document,
    source: Source,
    registry: Registry,
    said: Mapping[str, Correction],
    refused: Collection[str] = (),
) -> Identity:
    """Identify by the evidence, but for the fields a review settled and what it refused."""
    headlines = all_headlines(document, source)
    printed = next((h.text for h in headlines if h.where != "opening"), None)
    period = read_period(document.text)
    found = Identity(
        title=printed or document.title or source.title or _title_published(document),
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        published_on=_published_on(document, source),
        reissue=_reissue(headlines),
        source_kind=source_kind(
            source.final_url or source.url,
            registry,
            document.page_text or document.text,
            registered=source.registered,
        ),
    )
    _set_year(found, headlines, period, document, source, said=said.get("report_year"))
    named = publisher_of(headlines, document, source, registry, refused=refused)
    found.publisher_evidence = named.evidence
    if organ := said.get("publisher_norm"):
        named = publisher_named(str(organ.value), document, source, registry)
    _set_publisher(found, named, document, registry, said.get("scope"))
    return found


def _title_published(document: Document) -> str | None:
    """Return the title a first sentence prints whole, where an index line stands in its place."""
    lines = document.text.split("\n", maxsplit=_INDEX_LINES)[:_INDEX_LINES]
    told = first_words(document.text) if any(map(is_index_line, lines)) else ()
    titles = (t.title for t in told if t.title and ends_as_title(t.title) and t.year and t.organ)
    return next(titles, None)


def _reissue(headlines: Sequence[Headline]) -> str | None:
    """Return the word of a reissue that a title of this very report carries."""
    year = headlines[0].parts.year if headlines else None
    own = [h.parts for h in headlines if h.parts.year == year and h.where != "quoted"]
    return next((parts.reissue for parts in own if parts.reissue), None)


# -- year ------------------------------------------------------------------------------------


def _set_year(
    found: Identity,
    headlines: Sequence[Headline],
    period: Period | None,
    document: Document,
    source: Source,
    *,
    said: Correction | None,
) -> None:
    """Set the year the data is about, and say where it is from and what disagrees."""
    titles = [h for h in headlines if h.parts.year and h.parts.is_report] or [
        h for h in headlines if h.parts.year
    ]
    found.title_year = titles[0].parts.year if titles else None
    found.period_year = period.year if period else None
    reviewed = [(int(said.value or 0), "review")] if said else []
    for year, where in chain(reviewed, _years(found, titles, document, source)):
        if year is not None and year >= _FIRST_YEAR:
            found.report_year, found.year_from = year, where
            break
    if found.report_year is None:
        evidence = f"title {found.title!r}, period {period.raw if period else None!r}"
        found.problems.append(Problem(code="report/year-unknown", evidence=evidence))
    _note_weak_year(found)


def _years(
    found: Identity, titles: Sequence[Headline], document: Document, source: Source
) -> Iterator[tuple[int | None, str]]:
    """Yield what each kind of evidence says, strongest first."""
    listed = next((h.parts.year for h in titles if h.where == "list"), None)
    stale = listed is not None and listed == found.period_year != found.title_year
    # Last year's year is left in the heading now and then; list and period together outvote it.
    yield (listed if stale else found.title_year), "title"
    yield found.period_year, "period"
    column = [y for crumb in (*source.breadcrumb, *document.breadcrumb) for y in years_of(crumb)]
    yield (column[-1] if len(set(column)) == 1 else None), "column"
    yield _year_of_text(document.text), "text"
    day = found.published_on
    yield (int(day[:4]) - 1 if day else None), "date"


# The digits lead, what may not stand before them comes last: the engine then looks for them alone.
_YEAR = re.compile(r"(?:19|20)\d\d年(?<!\d\d{4}年)")


def _year_of_text(text: str) -> int | None:
    """Return the year a text speaks of most, when at least twice as often as the next."""
    years = Counter(int(year[:4]) for year in _YEAR.findall("".join(view(text).split())))
    (year, most), (_, second) = [*years.most_common(2), (0, 0), (0, 0)][:2]
    return year if most >= _MANY and most >= 2 * second else None


def _note_weak_year(found: Identity) -> None:
    """Note a year that rests on weak evidence; the rules RM-* judge what is printed."""
    if found.year_from in {"text", "date"}:
        told = "the text" if found.year_from == "text" else "the date of publication"
        found.findings.append(
            tell(
                "RM-YEAR-WEAK",
                "report_year",
                left=found.report_year,
                note=f"neither title, period nor column names a year; taken from {told}",
            )
        )


def _published_on(document: Document, source: Source) -> str | None:
    """Return the day of publication: the page's own, else one printed, else the list's."""
    for key in _DATES:
        if day := first_date(document.metadata.get(key)):
            return day
    head = document.text[:1500] + "\n" + document.page_text[:3000]
    printed = _PRINTED_DATE.search(view(head))
    return (first_date(printed.group(1)) if printed else None) or first_date(source.published_on)


# -- publisher -------------------------------------------------------------------------------


def _set_publisher(
    found: Identity,
    named: Publisher,
    document: Document,
    registry: Registry,
    said: Correction | None,
) -> None:
    """Set division, publisher and scope."""
    named = _as_of(named, found.report_year, registry)
    scope = Scope(str(said.value), f"reviewed: {said.reason}") if said else _scope(named, document)
    if not named.organ and (scope.scope == "single_organ" or named.division is None):
        named = replace(named, kind="")  # nobody is named: no kind of organ
    found.publisher_raw = named.raw
    found.publisher_type = _publisher_type(named.kind, named.organ)
    found.scope, found.scope_evidence = scope.scope, scope.evidence
    division = named.division
    if division and named.kind == "department":
        division = place_within(named.organ, division, registry) or division
    if division:
        division = _vintage(division, named.place, found.report_year, registry)
        _set_division(found, division, named.place, named.kind, registry)
    found.publisher_norm = regular_name(named.kind, named.organ, named.place, division, registry)
    if division is None or found.publisher_norm is None:
        _note_unknown(found, named.place, registry, named.doubt)
    if division and named.guessed_from:
        _note_guess(found, division, named.guessed_from)


def _as_of(named: Publisher, year: int | None, registry: Registry) -> Publisher:
    """Return a publisher as it was in a year: a zone may have become a district since."""
    unit = named.place.unit
    if unit is None or not unit.became or year is None or year < int(unit.since):
        return named
    division = registry.division(unit.became)
    place = replace(named.place, unit=None, division=division, candidates=(division,))
    kind = "whole" if named.kind == "zone" else named.kind
    return replace(named, place=place, division=division, kind=kind)


def _scope(named: Publisher, document: Document) -> Scope:
    if named.kind == "zone" and named.place.unit:  # 平潭综合实验区 governs a county
        return Scope("aggregate", f"标题: {named.raw}")
    scope = scope_of(named.kind if named.organ else "", named.raw or "", document.text)
    if named.of_one and not named.kind and scope.scope == "aggregate":
        return Scope("unknown", None)  # 全县 in the words of one of its organs
    return scope


def _publisher_type(kind: str, organ: str) -> str:
    if kind == "township":
        return (
            "subdistrict_office" if "街道" in organ or "办事处" in organ else "township_government"
        )
    if kind == "department" and _ENTERPRISE.search(organ):
        return "enterprise"
    if kind == "department" and _INSTITUTION.search(organ):
        return "public_institution"
    return _TYPES.get(kind, "unknown")


def _vintage(division: Division, place: Place, year: int | None, registry: Registry) -> Division:
    """Return the division as it was in the report year.

    A present name in print stands even for an older year; a former one only for its own time.
    """
    if year is None:
        return division
    now = registry.division(registry.today(division.code))
    then = registry.at(now.code, year)
    present = place.printed_in_full and division == now and then.name != now.name
    return now if present else then


def _set_division(
    found: Identity, division: Division, place: Place, kind: str, registry: Registry
) -> None:
    path = registry.path(division.code)
    found.adcode = division.code
    found.province, found.prefecture, found.county = (name or None for name in path)
    match division.level:  # a former name under the same code
        case "province":
            found.province = division.name
        case "prefecture":
            found.prefecture = division.name
        case _:
            found.county = division.name
    found.admin_level = division.level
    if kind == "township":
        found.admin_level = "township"
    elif kind == "zone" or (place.unit and place.unit.level == "special_zone"):
        found.admin_level = "special_zone"


def _note_guess(found: Identity, division: Division, note: str) -> None:
    found.findings.append(tell("RM-PUBLISHER", "adcode", left=division.name, note=note))


def _note_unknown(found: Identity, place: Place, registry: Registry, doubt: str | None) -> None:
    which = ", ".join(registry.describe(d.code) for d in place.candidates[:6])
    evidence = f"publisher {found.publisher_raw!r}, title {found.title!r}"
    if which:
        evidence += f"; may be {which}"
    if doubt:
        evidence += f"; {doubt}"
    found.problems.append(Problem(code="report/publisher-unknown", evidence=evidence))

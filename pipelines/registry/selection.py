"""Which portals the places of a command line mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from pipelines.registry.places import LEVELS, LONGEST_PLACE, nearest_codes, spoken_names
from pipelines.registry.portals import Portal, place_name
from pipelines.registry.registry import Registry
from pipelines.vocabulary.errors import UsageError


def select_portals(
    registry: Registry,
    *,
    province: str | None = None,
    prefecture: str | None = None,
    county: str | None = None,
    code: str | None = None,
) -> list[Portal]:
    """Return the portals meant, in order of the registry, each once.

    The places of one argument add up (``county=苍南,永嘉`` is two); the arguments narrow each
    other (``province=北京 county=朝阳区`` is one). A province or prefecture means its own portal
    and all below; a county or a code exactly itself. Nothing given means all.

    Args:
        registry: where the portals are.
        province: names or codes, a comma list. A name may be full, short, former, or a path that
            tells homonyms apart (北京/朝阳区).
        prefecture: as above.
        county: as above.
        code: division codes, a comma list.

    Raises:
        UsageError: a name or code that is unknown, ambiguous, or outside the other arguments.
    """
    places = {"province": province, "prefecture": prefecture, "county": county}
    chosen = list(registry.portals)
    scope = ""
    for level in LEVELS:
        terms = _terms(places[level])
        if terms:
            found = {p.code for term in terms for p in _named(registry, chosen, level, term, scope)}
            chosen = [p for p in chosen if p.code in found]
            scope = f"{scope}{level}={places[level]} "
    terms = _terms(code)
    if terms:
        found = {_coded(registry, chosen, term, scope).code for term in terms}
        chosen = [p for p in chosen if p.code in found]
    return chosen


def _terms(argument: str | None) -> list[str]:
    """Split a comma list, Chinese commas included."""
    terms = [t.strip() for t in re.split("[,，、]", argument or "")]
    if argument is not None and argument.strip() and not all(terms):
        raise UsageError(f"an empty place in the list {argument!r}")
    if endless := next((t for t in terms if len(t) > LONGEST_PLACE), None):
        raise UsageError(f"no place has a name of {len(endless)} characters: {endless[:20]!r}…")
    return [t for t in terms if t]


def _named(
    registry: Registry, portals: list[Portal], level: str, term: str, scope: str
) -> list[Portal]:
    """Return the portals of one place; for a county exactly one."""
    *above, last = [place_name(part.strip()) for part in term.split("/")]
    pool = [p for p in portals if all(_lies_in(p, part) for part in above)]
    found = _bearing(pool, level, last) or _bearing(pool, level, *_today(registry, level, last))
    places = {_place(p, level): p for p in found}
    if not found:
        raise _unknown(registry, pool, level, term, scope)
    if len(places) > 1:
        raise UsageError(
            f"{level} {term!r} is ambiguous; say which by code or as province/name",
            [_describe(p, level) for p in places.values()],
        )
    return found


def _bearing(portals: Iterable[Portal], level: str, *names: str) -> list[Portal]:
    """Return the portals in a place of one of these names: code, else full name, else short."""
    portals = list(portals)
    for ways in (_codes_of, _full_name, _spoken):
        if found := [p for p in portals if set(ways(p, level)) & set(names)]:
            return found
    return []


def _codes_of(portal: Portal, level: str) -> tuple[str, ...]:
    return (_key(portal, level),)


def _full_name(portal: Portal, level: str) -> tuple[str, ...]:
    return (getattr(portal, level),)


def _spoken(portal: Portal, level: str) -> tuple[str, ...]:
    return spoken_names(getattr(portal, level))


def _key(portal: Portal, level: str) -> str:
    """Return the code of the place of this level that a portal is in, or empty.

    Codes are hierarchical: 330327 lies in 330300 and 330000.
    """
    if not getattr(portal, level) or LEVELS.index(level) > LEVELS.index(portal.level):
        return ""
    return {
        "province": portal.code[:2] + "0000",
        "prefecture": portal.code[:4] + "00",
        "county": portal.code,
    }[level]


def _place(portal: Portal, level: str) -> tuple[str, ...]:
    """Return what tells one place of this level from another.

    Names tell provinces and prefectures apart, not codes: the codes of a user's own file may be
    made up.
    """
    upper = tuple(getattr(portal, name) for name in LEVELS[: LEVELS.index(level) + 1])
    return (*upper, portal.code) if level == "county" else upper


def _today(registry: Registry, level: str, name: str) -> list[str]:
    """Return the present codes of a place named by a former name or code, if there is one."""
    codes = [name] if name.isdigit() else [d.code for d in registry.named(name) if d.level == level]
    return [now for code in codes for now in registry.current(code)]


def _lies_in(portal: Portal, name: str) -> bool:
    return any(
        name in (*_codes_of(portal, level), getattr(portal, level), *_spoken(portal, level))
        for level in LEVELS
    )


def _describe(portal: Portal, level: str) -> str:
    names = [getattr(portal, upper) for upper in LEVELS[: LEVELS.index(level)]]
    above = "".join(name for name in names if name)
    return f"{getattr(portal, level)} ({above + ', ' if above else ''}{_key(portal, level)})"


def _unknown(
    registry: Registry, pool: list[Portal], level: str, term: str, scope: str
) -> UsageError:
    """Return the error for a place that no portal of the pool is in, as exact as can be."""
    elsewhere = _bearing(registry.portals, level, place_name(term.rpartition("/")[2]))
    if elsewhere and (scope or "/" in term):
        inside = f" in {scope.strip()}" if scope else ""
        return UsageError(
            f"{level} {term!r} does not lie there{inside}",
            [_describe(p, level) for p in {_place(p, level): p for p in elsewhere}.values()][:5],
        )
    names = {getattr(p, level): p for p in pool if getattr(p, level)}
    spoken = {s: p for p in names.values() for s in _spoken(p, level)}
    near = difflib.get_close_matches(term, [*names, *spoken], 5, 0.4)
    codes = {_key(p, level): p for p in names.values()}
    hints = [_describe((names | spoken)[name], level) for name in near]
    hints += [_describe(codes[code], level) for code in nearest_codes(term, codes)]
    other = [u for u in LEVELS if u != level and _bearing(registry.portals, u, place_name(term))]
    says = f"unknown {level} {term!r}"
    if other:
        says += f"; a {other[0]} of this name exists: use {other[0]}="
    elif (unit := registry.unit_named(term)) and not unit.code:
        says += f"; {unit.name} has no division code of its own ({unit.note})"
    return UsageError(says, list(dict.fromkeys(hints)))


def _coded(registry: Registry, portals: list[Portal], code: str, scope: str) -> Portal:
    """Return the portal of a division code, a former code included.

    Raises:
        UsageError: no such code, no portal, or outside the other arguments.
    """
    codes = {code, *(registry.current(code) if code.isdigit() else ())}
    found = [p for p in portals if p.code in codes]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"code {code} lives on in several divisions", [_describe(p, p.level) for p in found]
        )
    if any(p.code in codes for p in registry.portals):
        raise UsageError(f"code {code} does not lie in {scope.strip()}")
    if registry.knows(code):
        raise UsageError(f"{registry.describe(code)} has no portal in the registry")
    names = {p.code: p for p in portals}
    near = [names[c] for c in nearest_codes(code, names)]
    near += [p for p in portals if place_name(code) in (p.place, *spoken_names(p.place))][:5]
    raise UsageError(f"unknown code {code!r}", [_describe(p, p.level) for p in near])

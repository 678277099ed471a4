"""The registry: every division and portal, found by name, short name, former name or code."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from pipelines.registry.places import (
    LEVELS,
    LONGEST_PLACE,
    Change,
    Division,
    Level,
    Unit,
    level_of,
    nearest_codes,
    short_name,
    spoken_names,
)
from pipelines.registry.portals import Portal, host_of, place_name
from pipelines.vocabulary.errors import UsageError

_CODE = re.compile(r"\d{6}")

Named = tuple[Division, ...]


class Registry:
    """Divisions, portals and their names; indexes are made when asked. ``loading`` builds it.

    Attributes:
        divisions: the civil affairs table, and what a user's file adds to it.
        portals: every portal that can be crawled, in order of the file.
        changes: former names and codes.
        units: bodies outside the table.
        hosts: further hosts of governments (bare addresses, twins), each with a division's code.
    """

    def __init__(
        self,
        divisions: Iterable[Division],
        portals: Iterable[Portal],
        changes: Iterable[Change] = (),
        units: Iterable[Unit] = (),
        hosts: Mapping[str, str] | None = None,
    ) -> None:
        self.divisions = tuple(divisions)
        self.portals = tuple(portals)
        self.changes = tuple(changes)
        self.units = tuple(units)
        self.hosts = dict(hosts or {})
        self._by_code = {d.code: d for d in self.divisions}
        self._portals = {p.code: p for p in self.portals}

    # -- by code ----------------------------------------------------------------------------

    def division(self, code: str) -> Division:
        """Return the division of a code, present or former, or of a coded unit.

        Raises:
            UsageError: no such code.
        """
        found = self._by_code.get(code) or self._former_by_code.get(code)
        if found is None:
            near = nearest_codes(code, self._by_code)
            raise UsageError(f"unknown division code {code!r}", [self.describe(c) for c in near])
        return found

    def knows(self, code: str | None) -> bool:
        """Tell whether ``division`` would answer for this code."""
        return code is not None and (code in self._by_code or code in self._former_by_code)

    def portal(self, code: str) -> Portal | None:
        """Return the portal of a division, or None where it has none of its own."""
        return self._portals.get(code)

    def path(self, code: str) -> tuple[str, str, str]:
        """Return the names (province, prefecture, county) of a code; empty where there is none.

        Raises:
            UsageError: no such code.
        """
        names = dict.fromkeys(LEVELS, "")
        for division in self.lineage(code):
            names[division.level] = division.name
        if portal := self._portals.get(code):  # a user's row may name a province no table has
            names["province"] = portal.province or names["province"]
            names["prefecture"] = portal.prefecture or names["prefecture"]
        return names["province"], names["prefecture"], names["county"]

    def lineage(self, code: str) -> Named:
        """Return the division and those above it, lowest first."""
        line = [self.division(code)]
        while self.knows(line[-1].parent_code):
            line.append(self.division(line[-1].parent_code))
        return tuple(line)

    def within(self, code: str, ancestor: str) -> bool:
        """Tell whether a division is, or lies in, another."""
        return self.knows(code) and any(d.code == ancestor for d in self.lineage(code))

    def at(self, code: str, year: int) -> Division:
        """Return what a division was at the end of a year: its own former self, or itself.

        Only one-to-one changes are followed; a merged district was several.
        """
        division = self.division(code)
        for change in reversed(self.changes):
            if change.code == division.code and change.one_to_one and year < int(change.date[:4]):
                division = self.division(change.former_code)
                if change.former_code == change.code:
                    return Division(code, change.former_name, division.level, division.parent_code)
        return division

    def current(self, code: str) -> tuple[str, ...]:
        """Return the codes a division lives on under: its own, or its successors'."""
        if code in self._by_code:
            return (code,)
        return tuple(dict.fromkeys(c.code for c in self.changes if c.former_code == code))

    def today(self, code: str) -> str:
        """Return the code a place has now: its own, or its successor's where it is one to one."""
        while code in self._successors:
            code = self._successors[code]
        return code

    def same_place(self, code: str, other: str) -> bool:
        """Tell whether two codes, former ones included, are one place under different codes."""
        return self.today(code) == self.today(other)

    def lives_on_in(self, code: str, other: str) -> bool:
        """Tell whether a place is, or was merged into, another: 江干区 lives on in 上城区."""
        return self.same_place(code, other) or other in self.current(code)

    # -- by name ----------------------------------------------------------------------------

    def named(self, name: str) -> Named:
        """Return every division that bears exactly this name, full names before spoken ones.

        Present names come before former ones; a name nobody bears gives nothing.
        """
        return self._names.get(name) or self._former_names.get(name, ())

    def unit_named(self, name: str) -> Unit | None:
        """Return the unit outside the table of this name or alias."""
        return self._units.get(name)

    def find(self, text: str, level: str | None = None) -> Division:
        """Return the one division that a code or name means.

        ``text`` may be a code, a full name (苍南县), a government's name, a short name (苍南,
        延边), a former name or code, or a path that tells homonyms apart (北京/朝阳区).

        Raises:
            UsageError: unknown or ambiguous; the candidates are in the message.
        """
        wanted = self._level(level)
        if len(text) > LONGEST_PLACE:
            raise UsageError(f"no place has a name of {len(text)} characters: {text[:20]!r}…")
        *above, last = [place_name(part.strip()) for part in text.split("/")]
        if not last:
            raise UsageError("a place is missing: the text is empty")
        found = self._meant(last, wanted)
        for part in above:
            uppers = {d.code for d in self._meant(part, None)}
            found = [d for d in found if any(u.code in uppers for u in self.lineage(d.code)[1:])]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"{text!r} is ambiguous; say which by code or as province/name",
                [self.describe(d.code) for d in found],
            )
        if (unit := self.unit_named(last)) and not unit.code:
            raise UsageError(f"{unit.name} has no division code of its own ({unit.note})")
        at_level = f" {wanted}" if wanted else ""
        near = self._near(last, wanted)
        if last.isdigit() and not near:
            near = [self.describe(code) for code in nearest_codes(last, self._by_code)]
        raise UsageError(f"unknown{at_level} place {text!r}", near)

    def describe(self, code: str) -> str:
        """Return a division as messages name it: ``朝阳区 (北京市, 110105)``."""
        division = self.division(code)
        above = "".join(name for name in self.path(code) if name and name != division.name)
        return f"{division.name} ({above + ', ' if above else ''}{code})"

    def _meant(self, text: str, level: Level | None) -> list[Division]:
        """Return the divisions meant, by the strongest kind of name that anybody bears."""
        if _CODE.fullmatch(text):
            codes = self.current(text)
            found = [self._by_code[c] for c in codes if c in self._by_code]
            return [d for d in found if level in (None, d.level)]
        unit = self.unit_named(text)
        ways = (
            [d for d in self._names.get(text, ()) if d.name == text],
            list(self._names.get(text, ())),
            [self._by_code[unit.code]] if unit and unit.code else [],
            [self._by_code[c] for d in self._former_names.get(text, ()) for c in self._next(d)],
        )
        for way in ways:
            if found := [d for d in dict.fromkeys(way) if level in (None, d.level)]:
                return found
        return []

    def _next(self, former: Division) -> list[str]:
        return list(
            dict.fromkeys(
                c.code
                for c in self.changes
                if (c.former_code, c.former_name) == (former.code, former.name)
            )
        )

    def _near(self, text: str, level: Level | None) -> list[str]:
        pool = {
            name: found[0].code
            for name, found in self._names.items()
            if level in (None, found[0].level)
        }
        names = [n for n in pool if text in n][:5] or difflib.get_close_matches(text, pool, 5, 0.5)
        return list(dict.fromkeys(self.describe(pool[name]) for name in names))

    @staticmethod
    def _level(level: str | None) -> Level | None:
        if level is None:
            return None
        try:
            return level_of(level)
        except ValueError:
            raise UsageError(f"unknown level {level!r}", LEVELS) from None

    # -- by host ----------------------------------------------------------------------------

    def portal_of_host(self, host: str) -> Portal | None:
        """Return the one portal a host belongs to, or None where none or several do.

        ``host`` may be a whole address. A sub-domain (xxgk.tongyu.gov.cn) belongs to the portal
        of the longest listed name it ends in; ``www.`` makes no difference.
        """
        name = host_of(host) if "//" in host else host.lower().rstrip(".")
        labels = name.partition(":")[0].split(".")
        keys = [name, *(".".join(labels[i:]) for i in range(len(labels) - 2))]
        for key in keys:
            if (found := self._hosts.get(key.removeprefix("www."))) is not None:
                return found[0] if len(found) == 1 else None
        return None

    def code_of_host(self, host: str) -> str | None:
        """Return the division a host speaks for: its portal's, or that of a further known host.

        ``host`` may be a whole address. Of a host that several counties share it is the division
        they lie in.
        """
        if (portal := self.portal_of_host(host)) is not None:
            return portal.code
        name = host_of(host) if "//" in host else host.lower()
        return self.hosts.get(name.removeprefix("www."))

    # -- indexes ----------------------------------------------------------------------------

    @cached_property
    def _names(self) -> Mapping[str, Named]:
        full: dict[str, list[Division]] = {}
        spoken: dict[str, list[Division]] = {}
        for division in self.divisions:
            full.setdefault(division.name, []).append(division)
            for name in spoken_names(division.name):
                spoken.setdefault(name, []).append(division)
        return {n: tuple(full.get(n, []) + spoken.get(n, [])) for n in full | spoken}

    @cached_property
    def _former(self) -> Named:
        return tuple(
            dict.fromkeys(
                Division(c.former_code, c.former_name, level, self._parent(c.former_code, level))
                for c in self.changes
                for level in [_former_level(c.former_code)]
                if (d := self._by_code.get(c.former_code)) is None or d.name != c.former_name
            )
        )

    @cached_property
    def _former_by_code(self) -> Mapping[str, Division]:
        return {d.code: d for d in self._former if d.code not in self._by_code}

    @cached_property
    def _former_names(self) -> Mapping[str, Named]:
        names: dict[str, list[Division]] = {}
        for division in self._former:
            for name in (division.name, *spoken_names(division.name)):
                names.setdefault(name, []).append(division)
        return {name: tuple(found) for name, found in names.items()}

    def _parent(self, code: str, level: Level) -> str:
        """Return the parent a code's own digits name; counties under a province skip one."""
        city = code[:4] + "00"
        former = {c.former_code for c in self.changes}
        has_city = level == "county" and (city in self._by_code or city in former)
        return city if has_city else code[:2] + "0000"

    @cached_property
    def listed_hosts(self) -> frozenset[str]:
        """Every host a portal's row names, with its port where one is given."""
        return frozenset(host for portal in self.portals for host in portal.hosts)

    @cached_property
    def _successors(self) -> Mapping[str, str]:
        return {
            c.former_code: c.code
            for c in self.changes
            if c.one_to_one and c.former_code not in self._by_code
        }

    @cached_property
    def _units(self) -> Mapping[str, Unit]:
        return {name: u for u in self.units for name in (u.name, short_name(u.name), *u.aliases)}

    @cached_property
    def _hosts(self) -> Mapping[str, tuple[Portal, ...]]:
        hosts: dict[str, tuple[Portal, ...]] = {}
        for portal in self.portals:
            key = portal.host.removeprefix("www.")
            hosts[key] = (*hosts.get(key, ()), portal)
        return hosts


def _former_level(code: str) -> Level:
    return "prefecture" if code.endswith("00") else "county"

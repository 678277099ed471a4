"""The registry's files read and checked: the built-in ones, or a user's in place of the portals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipelines.registry.places import LEVELS, Change, Division, Unit, level_of
from pipelines.registry.portals import Portal, read_portals, read_rows
from pipelines.registry.registry import Registry
from pipelines.vocabulary.errors import RegistryError

TABLES = files(__package__)
"""The package's data: a folder, or what lies in an egg or wheel."""
_CODE = re.compile(r"\d{6}")


def load_registry(path: str | None = None) -> Registry:
    """Load and check the registry.

    Args:
        path: a user's CSV file in place of the built-in portals (contract section 3). Its rows
            may carry codes no table knows, and may call a known code otherwise: the row is then
            what the division is called in this registry.

    Raises:
        RegistryError: a file is missing or wrong; the message names file and line.
    """
    return _built_in() if path is None else _load(read_portals(Path(path)), built_in=False)


def registry_with(rows: Sequence[Portal], *, built_in: bool) -> Registry:
    """Return a registry of a user's rows, beside the built-in ones where these count as well.

    Of a division that both have, the user's row counts.
    """
    return _load(rows, built_in=built_in) if rows else _built_in()


@cache
def _built_in() -> Registry:
    """Return the built-in registry, read once a process: every worker and reader shares it."""
    return _load((), built_in=True)


def _load(own: Sequence[Portal], *, built_in: bool) -> Registry:
    table = _read_divisions()
    changes = [_change(where, row, table) for where, row in _facts("changes.csv", _CHANGE)]
    units = [_unit(where, row, table) for where, row in _facts("units.csv", _UNIT)]
    hosts = dict(_host(where, row, table) for where, row in _facts("hosts.csv", _HOST))
    portals: list[Portal] = []
    if built_in:
        portals += read_portals(TABLES / "portals.csv", table)
        coded = [unit for unit in units if unit.code not in table and unit.code]
        table |= {u.code: Division(u.code, u.name, "county", u.parent_code) for u in coded}
        portals += [_unit_portal(unit, table) for unit in coded if unit.home_url]
    theirs = {p.code for p in own}
    portals = [*own, *(p for p in portals if p.code not in theirs)]
    table |= {p.code: _division_of(p, table) for p in own}
    return Registry(table.values(), portals, changes, units, hosts)


_DIVISION = ("code", "name", "level", "parent_code")
_CHANGE = ("date", "former_code", "former_name", "code", "name", "kind")
_UNIT = (
    "name", "aliases", "code", "level", "parent_code", "publisher", "home_url", "note", "became",
    "since",
)  # fmt: skip
_HOST = ("host", "code", "note")
_KINDS = ("renamed", "upgraded", "district", "moved", "merged", "split")


def _facts(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    return read_rows(TABLES / name, columns)


def _read_divisions() -> dict[str, Division]:
    table: dict[str, Division] = {}
    for where, row in _facts("divisions.csv", _DIVISION):
        code = row["code"]
        if not _CODE.fullmatch(code) or code in table:
            raise RegistryError(f"{where}: code {code!r} is not six digits, or not the first")
        if row["level"] not in LEVELS:
            raise RegistryError(f"{where}: unknown level {row['level']!r}", LEVELS)
        table[code] = Division(code, row["name"], level_of(row["level"]), row["parent_code"])
        _check_parent(where, table[code], table)
    return table


def _check_parent(where: str, division: Division, table: Mapping[str, Division]) -> None:
    """Refuse a parent that does not stand above; the table lists parents before children."""
    parent = table.get(division.parent_code)
    if division.level == "province":
        if division.parent_code:
            raise RegistryError(f"{where}: a province has no parent {division.parent_code!r}")
    elif parent is None:
        raise RegistryError(f"{where}: parent {division.parent_code!r} does not exist")
    elif LEVELS.index(parent.level) >= LEVELS.index(division.level):
        raise RegistryError(f"{where}: parent {parent.name} is no higher than {division.name}")


def _change(where: str, row: Mapping[str, str], table: Mapping[str, Division]) -> Change:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", row["date"]) or row["kind"] not in _KINDS:
        raise RegistryError(f"{where}: date {row['date']!r} or kind {row['kind']!r} is wrong")
    successor = table.get(row["code"])
    if successor is None or successor.name != row["name"]:
        raise RegistryError(f"{where}: {row['code']} is not {row['name']} in divisions.csv")
    return Change(*(row[name] for name in _CHANGE))


def _unit(where: str, row: Mapping[str, str], table: Mapping[str, Division]) -> Unit:
    if row["parent_code"] not in table:
        raise RegistryError(f"{where}: parent {row['parent_code']!r} does not exist")
    if bool(row["became"]) != bool(row["since"]) or row["became"] not in {"", *table}:
        raise RegistryError(f"{where}: became {row['became']!r} since {row['since']!r}")
    values = {name: row[name] for name in _UNIT if name != "aliases"}
    return Unit(aliases=tuple(row["aliases"].split()), **values)


def _host(where: str, row: Mapping[str, str], table: Mapping[str, Division]) -> tuple[str, str]:
    if row["code"] not in table:
        raise RegistryError(f"{where}: code {row['code']!r} does not exist")
    return row["host"], row["code"]


def _unit_portal(unit: Unit, table: Mapping[str, Division]) -> Portal:
    city = table[unit.parent_code]
    return Portal(
        code=unit.code,
        name=unit.publisher,
        level="county",
        province=table[city.parent_code].name,
        prefecture=city.name,
        county=unit.name,
        home_url=unit.home_url,
        column_url="",
        where="units.csv",
    )


def _division_of(portal: Portal, table: Mapping[str, Division]) -> Division:
    """Return the division a user's row stands for: the table's, or as the row says it."""
    known = table.get(portal.code)
    if known and (known.name, known.level) == (portal.place, portal.level):
        return known
    above = {"province": (), "prefecture": (0,), "county": (2, 0) if portal.prefecture else (0,)}
    parents = [portal.code[: 2 + n] + "0" * (4 - n) for n in above[portal.level]]
    parent = next((code for code in parents if code != portal.code), "")
    return Division(portal.code, portal.place, portal.level, parent)

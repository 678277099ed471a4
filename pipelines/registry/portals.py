"""A portal is a row of a CSV file: reading the rows, and saying exactly which one is wrong."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.registry.places import LEVELS, Division, Level, level_of
from pipelines.vocabulary.errors import RegistryError

COLUMNS = ("code", "name", "level", "province", "prefecture", "home_url", "column_url")
"""What a registry file must have (contract section 3); further columns are allowed."""

_CODE = re.compile(r"\d{6}")
_TOLD = 50
"""Wrong rows that are named one by one."""
_GOVERNMENT = re.compile("(?:人民政府|行政公署)$")
_SPLIT_HTTP = re.compile(r"(https?)://([^/?#@\s]+)([/?#]\S*)?", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class Portal:
    """One government's web site.

    ``name`` is the government's (苍南县人民政府); ``province``, ``prefecture`` and ``county`` are
    names of divisions, empty above the portal's own level. Districts of a municipality and
    directly administered counties have no prefecture.
    """

    code: str
    name: str
    level: Level
    province: str
    prefecture: str
    county: str
    home_url: str
    column_url: str
    """The annual-report column where it is known, else empty."""
    where: str
    """File and line, for messages."""

    @property
    def place(self) -> str:
        """Return the name of the division this is the portal of."""
        return self.county or self.prefecture or self.province

    @property
    def host(self) -> str:
        """Return the host of the home page, with its port where one is given."""
        return host_of(self.home_url)

    @property
    def hosts(self) -> frozenset[str]:
        """Return every host the row names: what a crawl may visit for it."""
        return frozenset(host_of(url) for url in (self.home_url, self.column_url) if url)


def host_of(url: str) -> str:
    """Return host and port of an address, lower-cased; the scheme's own port is left out.

    An address that cannot be taken apart (``http://[``) has no host.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    own = {"http": 80, "https": 443}.get(parts.scheme)
    return host if port in (None, own) else f"{host}:{port}"


_YEARS_FOLDER = re.compile(r"/[^/]*(?<!\d)20[012]\d(?!\d)[^/]*(?:/|$)")
_ORGANS_FOLDER = re.compile(r"/[a-z]{0,12}(?:zf|rmzf)?bgs(?:_\d+)?(?:/|$)", re.IGNORECASE)
_OTHER_LIST = re.compile(r"/public/column/\d+.*[?&]type=(?!3(?:&|$))\d", re.IGNORECASE)


def why_no_column(url: str) -> str:
    """Return why an address cannot be the column of all reports; empty where nothing says so.

    >>> why_no_column("http://www.x.gov.cn/zfxxgk/zfxxgknb/nb_2022n/")
    "one year's folder"
    """
    parts = urlsplit(url)
    if _YEARS_FOLDER.search(parts.path):
        return "one year's folder"
    if _ORGANS_FOLDER.search(parts.path):
        return "an office's own folder"
    if _OTHER_LIST.search(f"{parts.path}?{parts.query}"):
        return "a catalogue of everything (type=3 are the yearly reports)"
    return ""


def place_name(name: str) -> str:
    """Return the division a government's name names: 苍南县人民政府 is 苍南县's."""
    return _GOVERNMENT.sub("", name)


def read_rows(
    path: Path | Traversable, required: tuple[str, ...]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each row of a CSV file as (``file:line``, row); values stripped, empty lines skipped.

    Raises:
        RegistryError: no such file, not UTF-8, a column is missing, a row is too long or short.
    """
    try:
        with io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip() for name in next(reader, [])]
            if missing := [name for name in required if name not in header]:
                raise RegistryError(f"{path}:1: column {', '.join(missing)} is missing")
            for row in reader:
                if not any(row):
                    continue
                where = f"{path}:{reader.line_num}"
                if len(row) != len(header):
                    raise RegistryError(f"{where}: {len(row)} values, {len(header)} columns")
                yield where, dict(zip(header, map(str.strip, row), strict=True))
    except OSError as error:
        raise RegistryError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path}: not UTF-8 at byte {error.start}") from error
    except csv.Error as error:
        raise RegistryError(f"{path}: not CSV: {error}") from error


def read_portals(
    path: Path | Traversable, table: Mapping[str, Division] | None = None
) -> list[Portal]:
    """Read and check a registry file.

    Args:
        path: the CSV file.
        table: the divisions every row must agree with, and the sign that this is the built-in
            file, where also no two rows may share a host; None for a user's own file, whose
            rows stand for themselves (a demo has fictional codes and one host for all).

    Raises:
        RegistryError: naming file and line of every row that is wrong, one a line.
    """
    portals: list[Portal] = []
    codes: dict[str, str] = {}
    hosts: dict[str, str] = {}
    wrong: list[str] = []
    for where, row in read_rows(path, COLUMNS):
        try:
            portal = _portal(where, row)
            _once(codes, f"code {portal.code}", where)
            if table is not None:
                _agrees(portal, table)
                # Cut, not parsed: the address was checked, and 3,205 parses would cost 12 ms.
                _once(hosts, f"host {portal.home_url.split('/', 3)[2].lower()}", where)
        except RegistryError as error:
            wrong.append(str(error))
            continue
        portals.append(portal)
    if wrong:
        more = [f"{path}: and {len(wrong) - _TOLD} more"] if len(wrong) > _TOLD else []
        raise RegistryError("\n".join([*wrong[:_TOLD], *more]))
    if not portals:
        raise RegistryError(f"{path}: no rows")
    return portals


def _portal(where: str, row: Mapping[str, str]) -> Portal:
    code, name = row["code"], row["name"]
    if not _CODE.fullmatch(code):
        raise RegistryError(f"{where}: code {code!r} is not six digits")
    if not name:
        raise RegistryError(f"{where}: no name")
    try:
        level = level_of(row["level"])
    except ValueError:
        raise RegistryError(f"{where}: unknown level {row['level']!r}", LEVELS) from None
    for column in ("home_url", "column_url"):
        if row[column] or column == "home_url":
            _check_address(where, column, row[column])
    own = place_name(name)
    return Portal(
        code=code,
        name=name,
        level=level,
        province=row["province"] or (own if level == "province" else ""),
        prefecture=""
        if level == "province"
        else row["prefecture"] or _own(own, level, "prefecture"),
        county=row.get("county") or own if level == "county" else "",
        home_url=row["home_url"],
        column_url=row["column_url"],
        where=where,
    )


def _once(seen: dict[str, str], what: str, where: str) -> None:
    if what in seen:
        raise RegistryError(f"{where}: {what} stands already at {seen[what]}")
    seen[what] = where


def _own(own: str, level: Level, wanted: Level) -> str:
    return own if level == wanted else ""


def _check_address(where: str, column: str, url: str) -> None:
    match = _SPLIT_HTTP.fullmatch(url)
    port = match.group(2).rpartition(":")[2] if match and ":" in match.group(2) else "80"
    if not match or not (port.isdigit() or port.endswith("]")):
        raise RegistryError(f"{where}: {column} {url!r} is not an http or https address")


def _agrees(portal: Portal, table: Mapping[str, Division]) -> None:
    division = table.get(portal.code)
    if division is None:
        raise RegistryError(f"{portal.where}: code {portal.code} is not in divisions.csv")
    if (division.name, division.level) != (portal.place, portal.level):
        raise RegistryError(
            f"{portal.where}: {portal.level} {portal.place}, but {portal.code} is "
            f"{division.level} {division.name}"
        )

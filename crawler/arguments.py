"""The arguments of ``scrapy crawl``, checked before any request is made.

A typo never becomes a default: an unknown argument, name, code or year is a ``UsageError`` with
the nearest valid choices.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.registry import Portal, Registry, load_registry, select_portals
from pipelines.vocabulary.errors import UsageError

KINDS = ("whole", "office", "department", "township", "zone")
DEFAULT_KINDS = ("whole", "office")
MODES = ("incremental", "full")
FEEDS = ("run", "all")
NAMES = (
    "province",
    "prefecture",
    "county",
    "code",
    "years",
    "kinds",
    "portals",
    "mode",
    "feed",
    "sample",
    "dry_run",
)
FIRST_YEAR = 2008  # 条例 in force since May 2008: the first report is about that year


@dataclass(slots=True, frozen=True, kw_only=True)
class RunArguments:
    """What a user asked for, checked."""

    registry: Registry
    portals: tuple[Portal, ...]
    years: frozenset[int] | None
    """None: all years."""
    kinds: frozenset[str]
    mode: str
    feed: str = FEEDS[0]
    """What goes into Scrapy's feeds (-O, -o, FEEDS): what the run read, or all that is held."""
    dry_run: bool = False
    """Say what the run would cost, and do nothing."""


def parse_arguments(given: Mapping[str, str]) -> RunArguments:
    """Check what was given with ``-a`` and choose the portals.

    Raises:
        UsageError: an argument, name, code, year, kind, mode or registry file is not valid, or
            no portal is left.
    """
    for name in given:
        if name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 3, 0.5) or NAMES
            raise UsageError(f"unknown argument {name!r}", near)
    values = {name: str(value).strip() for name, value in given.items()}
    for name, value in values.items():
        if not value:
            raise UsageError(f"argument {name}= has no value")
    years = parse_years(values["years"]) if "years" in values else None
    kinds = _parse_words("kinds", values.get("kinds", ",".join(DEFAULT_KINDS)), KINDS)
    mode = _parse_word("mode", values, MODES)
    feed = _parse_word("feed", values, FEEDS)
    registry = load_registry(values.get("portals"))
    portals = select_portals(
        registry,
        province=values.get("province"),
        prefecture=values.get("prefecture"),
        county=values.get("county"),
        code=values.get("code"),
    )
    if not portals:
        raise UsageError("no portal of the registry fits these arguments")
    if "sample" in values:
        portals = _sample(portals, _count("sample", values["sample"]))
    dry = _parse_word("dry_run", values, ("0", "1"))
    return RunArguments(
        registry=registry,
        portals=tuple(portals),
        years=years,
        kinds=kinds,
        mode=mode,
        feed=feed,
        dry_run=dry == "1",
    )


def parse_years(text: str, today: datetime | None = None) -> frozenset[int]:
    """Read ``2023``, ``2019-2024``, ``2021,2023`` or a mixture.

    >>> sorted(parse_years("2019-2021,2023"))
    [2019, 2020, 2021, 2023]

    Raises:
        UsageError: not years, a range that runs backwards, or a year no report can be about.
    """
    last = (today or datetime.now(UTC)).year
    years: set[int] = set()
    for part in re.split(r"[,，]", text):
        found = re.fullmatch(r"\s*(\d{4})\s*(?:[-–—~]\s*(\d{4})\s*)?", part)
        if found is None:
            raise UsageError(
                f"years={text}: {part.strip() or 'an empty part'!r} is not a year or a range",
                ("2023", "2019-2024", "2021,2023"),
            )
        first, until = int(found.group(1)), int(found.group(2) or found.group(1))
        if first > until:
            raise UsageError(f"years={text}: the range runs backwards", (f"{until}-{first}",))
        for year in (first, until):
            if not FIRST_YEAR <= year <= last:
                raise UsageError(
                    f"years={text}: no report is about {year}", (f"{FIRST_YEAR}-{last}",)
                )
        years.update(range(first, until + 1))
    return frozenset(years)


def _count(name: str, text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) == 0:
        raise UsageError(f"{name}={text}: not a number of portals", ("20",))
    return int(text)


def _sample(portals: Sequence[Portal], size: int) -> list[Portal]:
    """Return so many of the portals, drawn alike everywhere: the same ones each time.

    A larger sample holds the smaller one, so that it goes on where that ended.
    """

    def drawn(portal: Portal) -> bytes:
        return hashlib.sha256(portal.code.encode()).digest()

    chosen = {portal.code for portal in sorted(portals, key=drawn)[:size]}
    return [portal for portal in portals if portal.code in chosen]


def _parse_word(name: str, values: Mapping[str, str], known: tuple[str, ...]) -> str:
    """Return the one value given, the first of those known where none is."""
    words = _parse_words(name, values.get(name, known[0]), known)
    if len(words) != 1:
        raise UsageError(f"{name}= takes one value", known)
    return next(iter(words))


def _parse_words(name: str, text: str, known: tuple[str, ...]) -> frozenset[str]:
    words = [word.strip().lower() for word in re.split(r"[,，]", text)]
    for word in words:
        if word not in known:
            near = difflib.get_close_matches(word, known, 3, 0.4) or known
            raise UsageError(f"unknown {name}={word!r}", near)
    return frozenset(words)

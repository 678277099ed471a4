"""What a crawl will cost, before it is made: requests, time at the polite pace, disk. Pure.

Portals walked before cost what they cost last time; the others what portals cost on average
(2026-11, our own and strangers' worlds: ``FIRST``). Nothing is asked and nothing written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.registry import Portal
from pipelines.registry.portals import host_of

FIRST = 10
"""Requests from a home page to a verified column, and through its lists."""
PER_REPORT = 1.4
"""Requests a report: its page, and every third one's file."""
REPORTS_A_YEAR = 1.2
"""Reports a portal and year: the government's, now and then its office's."""
ALL_YEARS = 14
"""Years of which portals keep reports, where all are asked for."""
AGAIN = 4
"""Requests of a later crawl, where none of an earlier one is told."""
ANSWER = 2.0
"""Seconds a server takes to answer; 3 to 20 are no rarity, most are quicker."""
BYTES_A_REPORT = 120_000
"""Of archive and dataset; a scan has megabytes, a page forty thousand."""
MARGIN = 512 << 20
"""Bytes that must be left: full disks end runs."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Pace:
    """How politely is asked, as settings.py says it."""

    gap: float
    portals_at_a_time: int


@dataclass(slots=True, kw_only=True)
class Plan:
    """What is to be expected."""

    portals: int
    levels: Mapping[str, int]
    known: int
    requests: int
    seconds: float
    longest: float
    """Seconds of the host that takes longest: its requests come one after the other."""
    longest_host: str
    reports: int
    bytes: int
    without_column: int
    hosts: int = 0


def plan_of(
    portals: Sequence[Portal],
    *,
    years: int | None,
    full: bool,
    before: Mapping[str, tuple[int, int]],
    pace: Pace,
) -> Plan:
    """Return what a crawl over portals will cost.

    Args:
        portals: those it would walk.
        years: how many years are asked for; None: all.
        full: whether everything is to be fetched again.
        before: of portals walked earlier, by code: requests then, and reports held.
        pace: how politely is asked.
    """
    new_reports = round((years or ALL_YEARS) * REPORTS_A_YEAR)
    by_host: dict[str, float] = defaultdict(float)
    requests = reports = 0.0
    for portal in portals:
        then = before.get(portal.code)
        if then is None:
            fetched = new_reports
            asks = FIRST + fetched * PER_REPORT
        else:
            fetched = then[1] if full else 0
            asks = AGAIN + fetched * PER_REPORT if full else min(then[0], AGAIN + then[1])
        requests += asks
        reports += fetched
        by_host[host_of(portal.home_url)] += asks * (pace.gap + ANSWER)
    slowest = max(by_host, key=lambda host: by_host[host])
    return Plan(
        portals=len(portals),
        levels=dict(Counter(portal.level for portal in portals)),
        known=sum(portal.code in before for portal in portals),
        requests=round(requests),
        seconds=max(by_host[slowest], sum(by_host.values()) / max(1, pace.portals_at_a_time)),
        longest=by_host[slowest],
        longest_host=slowest,
        reports=round(reports),
        bytes=round(reports * BYTES_A_REPORT),
        without_column=sum(not p.column_url and p.code not in before for p in portals),
        hosts=len(by_host),
    )


def in_words(plan: Plan, *, free: int, pace: Pace, output: str) -> list[str]:
    """Return a plan for a terminal; ``free``: bytes left on the disk."""
    levels = ", ".join(f"{level} {plan.levels[level]}" for level in _LEVELS if level in plan.levels)
    new = plan.portals - plan.known
    disk = f"Disk: about {in_bytes(plan.bytes)} more below {output}; {in_bytes(free)} free"
    if free < plan.bytes + MARGIN:
        disk += ". NOT ENOUGH: free some, or give another folder (-s OUTPUT_DIR=…)"
    what = (
        f"Plan: {plan.portals} portals ({levels}) on {plan.hosts} hosts; {plan.known} of them "
        f"walked before, {new} new, {plan.without_column} with a column still to be found"
    )
    time = (
        f"Time: about {_time(plan.seconds)} with {pace.portals_at_a_time} portals side by side; "
        f"the longest alone ({plan.longest_host}) about {_time(plan.longest)}. Slow servers, pages "
        "that need a browser and scans add to it"
    )
    return [
        what,
        f"Requests: about {plan.requests:,}, one at a time a host and {pace.gap:g} s between them",
        f"Reports: about {plan.reports:,} to be fetched and read",
        time,
        disk,
        "Nothing was asked and nothing was written.",
    ]


_LEVELS = ("province", "prefecture", "county")


def in_bytes(number: float) -> str:
    """Return a size for people.

    >>> in_bytes(6_546_360_000), in_bytes(12)
    ('6.5 GB', '12 B')
    """
    power = min(4, max(0, len(str(int(number))) - 1) // 3)
    shown = number / 1000**power
    digits = 1 if power and shown < 10 else 0
    return f"{shown:.{digits}f} {('B', 'kB', 'MB', 'GB', 'TB')[power]}"


def _time(seconds: float) -> str:
    for name, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {name}"
    return f"{seconds:.0f} s"

"""What earlier runs of a folder cost, portal by portal; read from its run folders alone."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.store.runs import summaries

_LATEST = 40
"""Runs that are looked at, latest first."""


def last_runs(output: Path, but: str = "", most: int = 14) -> list[dict[str, Any]]:
    """Return the summaries of the latest runs that still have their folders, latest first."""
    told = (run for _, run in summaries(output, but={but}) if run.keys() >= _NEEDED)
    return list(islice(told, most))


_NEEDED = {"run_id", "counts", "verdict"}


def cost_before(output: Path) -> dict[str, tuple[int, int]]:
    """Return (requests, reports it had) of each portal's latest walk that got through, by code."""
    found: dict[str, tuple[int, int]] = {}
    for _, run in islice(summaries(output), _LATEST):
        for portal in run.get("portals") or ():
            reports = portal["read"] + portal["held"]
            if reports:
                found.setdefault(portal["code"], (portal["requests"], reports))
    return found

"""What earlier runs of a folder cost, portal by portal; read from its run folders alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_LATEST = 40
"""Runs that are looked at, latest first."""


def last_runs(output: Path, but: str = "", most: int = 14) -> list[dict[str, Any]]:
    """Return the summaries of the latest runs that still have their folders, latest first."""
    found: list[dict[str, Any]] = []
    for path in sorted(output.glob("runs/*/summary.json"), reverse=True):
        if path.parent.name == but or len(found) == most:
            continue
        try:
            run = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue  # as below
        if isinstance(run, dict) and {"run_id", "counts", "verdict"} <= run.keys():
            found.append(run)
    return found


def cost_before(output: Path) -> dict[str, tuple[int, int]]:
    """Return (requests, reports it had) of each portal's latest walk that got through, by code."""
    found: dict[str, tuple[int, int]] = {}
    for path in sorted(output.glob("runs/*/summary.json"), reverse=True)[:_LATEST]:
        try:
            portals = json.loads(path.read_text("utf-8"))["portals"]
        except (OSError, ValueError, KeyError):
            continue  # half written by a full disk, or none of ours: it tells nothing
        for portal in portals:
            reports = portal["read"] + portal["held"]
            if reports:
                found.setdefault(portal["code"], (portal["requests"], reports))
    return found

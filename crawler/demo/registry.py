"""The registry file of the demo portals, for ``scrapy crawl county_reports -a portals=``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from crawler.demo.portals import PORTALS, Portal

HEADER = ("code", "name", "level", "province", "prefecture", "home_url", "column_url")


def write_registry(
    path: Path, base: Callable[[str], str], portals: Sequence[Portal] = PORTALS
) -> Path:
    """Write the registry of the portals; their columns are left for the crawl to find.

    Args:
        path: the file to write.
        base: gives a portal's address for its code (``WorldServer.base``).
        portals: whose rows.
    """
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER)
        for portal in portals:
            place = portal.division
            rows.writerow(
                (
                    place.code,
                    place.name,
                    place.level,
                    place.province,
                    place.prefecture,
                    f"{base(place.code)}/",
                    "",
                )
            )
    return path

"""The registry file of the demo portals, for ``scrapy crawl county_reports -a portals=``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from crawler.demo.portals import PORTALS, Portal
from crawler.demo.world import Division

HEADER = ("code", "name", "level", "province", "prefecture", "home_url", "column_url")


def write_rows(
    path: Path, places: Iterable[tuple[Division, str]], columns: Mapping[str, str] | None = None
) -> Path:
    """Write a registry of divisions and their home addresses.

    Args:
        path: the file to write.
        places: division and home address of each portal.
        columns: annual-report columns by division code; the others are left to be found.
    """
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER)
        for place, home in places:
            names = (place.name, place.level, place.province, place.prefecture)
            rows.writerow((place.code, *names, home, (columns or {}).get(place.code, "")))
    return path


def write_registry(
    path: Path, base: Callable[[str], str], portals: Sequence[Portal] = PORTALS
) -> Path:
    """Write the registry of the demo portals.

    Args:
        path: the file to write.
        base: gives a portal's address for its code (``WorldServer.base``).
        portals: whose rows.
    """
    return write_rows(path, [(p.division, f"{base(p.code)}/") for p in portals])

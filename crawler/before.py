"""What is said before a run: the plan of a crawl that was only asked for."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.arguments import RunArguments
from crawler.planning import Pace, in_words, plan_of
from pipelines.store.experience import cost_before

_NAMED = 12


def print_plan(args: RunArguments, settings: BaseSettings) -> None:
    """Print what a crawl with these arguments would cost; nothing is asked or written."""
    output = Path(settings["OUTPUT_DIR"])
    pace = Pace(
        gap=settings.getfloat("DOWNLOAD_DELAY") or settings.getfloat("REQUEST_GAP"),
        portals_at_a_time=settings.getint("PORTALS_IN_FLIGHT"),
    )
    plan = plan_of(
        args.portals,
        years=len(args.years) if args.years is not None else None,
        full=args.mode == "full",
        before=cost_before(output),
        pace=pace,
    )
    lines = in_words(plan, free=free_at(output), pace=pace, output=str(output))
    named = [f"{portal.code} {portal.place}" for portal in args.portals[:_NAMED]]
    if more := len(args.portals) - len(named):
        named.append(f"… and {more} more (scrapy portals list)")
    sys.stdout.write("\n".join([lines[0], f"  {', '.join(named)}", *lines[1:]]) + "\n")


def free_at(folder: Path) -> int:
    """Return the bytes left on the disk a folder lies on, or will lie on."""
    above = (folder.absolute(), *folder.absolute().parents)
    return shutil.disk_usage(next(path for path in above if path.exists())).free

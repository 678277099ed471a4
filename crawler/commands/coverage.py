"""``scrapy coverage``: which division and year is present, missing, blocked."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from crawler.arguments import parse_years
from crawler.errors import CountyReportsError, UsageError
from crawler.registry import load_registry, select_portals
from pipelines.store.coverage import as_page, as_table, cover, held_reports, last_outcomes
from pipelines.store.files import write_atomically

MANY = 120
"""More divisions than this are shown a line a province."""


class Command(ScrapyCommand):
    """Show what the dataset covers."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Show which division and year is present, missing or blocked"

    def long_desc(self) -> str:
        """Say where the facts come from."""
        return (
            "Compare the registry with the dataset: a line a division where few were asked for, "
            "else a line a province. Why something is not there is what the portal's last visit "
            "ended with. --html writes OUTPUT_DIR/coverage.html with every division."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--html", action="store_true", help="write coverage.html as well")
        parser.add_argument("--province", help="names or codes, comma list")
        parser.add_argument("--prefecture", help="names or codes, comma list")
        parser.add_argument("--county", help="names or codes, comma list")
        parser.add_argument("--years", help="2023, 2019-2024 or 2021,2023; default: since 2019")
        parser.add_argument("--portals", help="a registry file of your own")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table, and write the page."""
        try:
            if args:
                raise UsageError(f"unknown argument {args[0]!r}")
            places = {n: getattr(opts, n) for n in ("province", "prefecture", "county")}
            portals = select_portals(load_registry(opts.portals), **places)
            assert self.settings is not None
            output = Path(self.settings["OUTPUT_DIR"])
            last = datetime.now(UTC).year - 1  # a report is about a year that is over
            years = parse_years(opts.years) if opts.years else frozenset(range(2019, last + 1))
            coverage = cover(portals, held_reports(output), last_outcomes(output), years)
            print(as_table(coverage, divisions=len(coverage.rows) <= MANY))
            if opts.html:
                page = output / "coverage.html"
                write_atomically(page, as_page(coverage).encode())
                print(f"{page}", file=sys.stderr)
        except CountyReportsError as error:
            print(f"scrapy coverage: {error}", file=sys.stderr)
            self.exitcode = 2 if isinstance(error, UsageError) else 1

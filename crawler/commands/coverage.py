"""``scrapy coverage``: which division and year is present, missing, blocked."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from crawler.dataset_command import DatasetCommand, years_of
from pipelines.registry import load_registry, select_portals
from pipelines.store.coverage import as_page, as_table, cover, held_reports, visits_of
from pipelines.store.files import write_atomically

MANY = 120
"""More divisions than this are shown a line a province."""


class Command(DatasetCommand):
    """Show what the dataset covers."""

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Show which division and year is present, missing or blocked"

    def long_desc(self) -> str:
        """Say where the facts come from."""
        return (
            "Compare the registry with the dataset: a line a division where few were asked for, "
            "else a line a province. Why a year is not there is what the last visit that asked "
            "for it ended with. --html writes OUTPUT_DIR/coverage.html with every division."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--html", action="store_true", help="write coverage.html as well")
        self.add_choice(parser, years="; default: since 2019")
        parser.add_argument("--prefecture", help="names or codes, comma list")
        parser.add_argument("--county", help="names or codes, comma list")
        parser.add_argument("--portals", help="a registry file of your own")

    def work(self, action: str, opts: argparse.Namespace) -> None:
        """Print the table, and write the page."""
        del action
        places = {n: getattr(opts, n) for n in ("province", "prefecture", "county")}
        portals = select_portals(load_registry(opts.portals), **places)
        last = datetime.now(UTC).year - 1  # a report is about a year that is over
        years = years_of(opts) or frozenset(range(2019, last + 1))
        coverage = cover(portals, held_reports(self.output), visits_of(self.output), years)
        print(as_table(coverage, divisions=len(coverage.rows) <= MANY))
        if opts.html:
            page = self.output / "coverage.html"
            write_atomically(page, as_page(coverage).encode())
            print(f"{page}", file=sys.stderr)

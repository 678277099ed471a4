"""``scrapy addresses``: where held reports stand, and which of them are gone."""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import asdict, fields

from crawler.dataset_command import DatasetCommand
from pipelines.store import Store
from pipelines.store.addresses import Standing


class Command(DatasetCommand):
    """Print every address of every held report."""

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "List the addresses of held reports: last listed, last answered, gone"

    def long_desc(self) -> str:
        """Say what the columns mean."""
        return (
            "A CSV on standard output, a line an address: when the lists of its portal last showed "
            "it (listed_at), when it last gave the report (answered_at), since when the lists, "
            "read to their end, lack it (unlisted_since), since when it holds the report no more "
            "and why (gone_since, gone_because)."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--lost", action="store_true", help="only those unlisted or gone")

    def work(self, action: str, opts: argparse.Namespace) -> None:
        """Print them."""
        del action
        store = Store(self.output, alone=False)
        try:
            table = csv.writer(sys.stdout, lineterminator="\n")
            table.writerow(("report_id", *(field.name for field in fields(Standing))))
            for report_id, standing in store.state.standings():
                if opts.lost and not (standing.unlisted_since or standing.gone_since):
                    continue
                table.writerow((report_id, *asdict(standing).values()))
        finally:
            store.close()

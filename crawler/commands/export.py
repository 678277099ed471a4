"""``scrapy export``: the dataset as tables for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crawler.dataset_command import DatasetCommand, provinces_of, years_of


class Command(DatasetCommand):
    """Write output/exports/."""

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "Write the dataset as Parquet, CSV, XLSX, SQLite or a data package"

    def long_desc(self) -> str:
        """Say what the shapes are."""
        return (
            "Write the dataset to OUTPUT_DIR/exports. Shape wide: a row a report, a column a "
            "figure; long: a row a figure, with its status. Figures are those the documents print; "
            "--derived fills in what the sums of a table prove. The same dataset gives the same "
            "bytes. Texts that a spreadsheet would take for a formula get an apostrophe in CSV."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        # Late: Scrapy imports every command's module to list them; the forms take half a second.
        from pipelines.store.export import FORMATS
        from pipelines.store.table import SHAPES

        super().add_options(parser)
        parser.add_argument("--format", choices=FORMATS, default="parquet")
        parser.add_argument("--shape", choices=SHAPES, default="wide")
        parser.add_argument(
            "--derived", action="store_true", help="fill in figures that the sums prove"
        )
        parser.add_argument("--text", action="store_true", help="add the prose (wide only)")
        parser.add_argument(
            "--metrics", action="store_true", help="add derived rates, docs/fields.md (wide only)"
        )
        parser.add_argument(
            "--bom", action="store_true", help="begin a CSV file so that Excel takes it for UTF-8"
        )
        self.add_choice(parser)
        parser.add_argument("--to", help="another folder than OUTPUT_DIR/exports")

    def work(self, action: str, opts: argparse.Namespace) -> None:
        """Export, and say where to."""
        from pipelines.store.export import export
        from pipelines.store.table import Wanted

        del action
        wanted = Wanted(
            format=opts.format,
            shape=opts.shape,
            derived=opts.derived,
            text=opts.text,
            metrics=opts.metrics,
            bom=opts.bom,
            provinces=provinces_of(opts),
            years=years_of(opts),
        )
        done = export(self.output, wanted, to=Path(opts.to) if opts.to else None)
        for file in done.files:
            print(file)
        print(f"{done.rows} rows", file=sys.stderr)

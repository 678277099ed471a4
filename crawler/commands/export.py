"""``scrapy export``: the dataset as tables for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from crawler.arguments import parse_years
from crawler.errors import CountyReportsError, UsageError
from crawler.registry import load_registry, select_portals


class Command(ScrapyCommand):
    """Write output/exports/."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options]"

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
        from pipelines.store.export import FORMATS, SHAPES  # noqa: PLC0415

        super().add_options(parser)
        parser.add_argument("--format", choices=FORMATS, default="parquet")
        parser.add_argument("--shape", choices=SHAPES, default="wide")
        parser.add_argument(
            "--derived", action="store_true", help="fill in figures that the sums prove"
        )
        parser.add_argument("--text", action="store_true", help="add the prose (wide only)")
        parser.add_argument("--province", help="names or codes, comma list")
        parser.add_argument("--years", help="2023, 2019-2024 or 2021,2023")
        parser.add_argument("--to", help="another folder than OUTPUT_DIR/exports")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Export, and say where to."""
        from pipelines.store.export import Wanted, export  # noqa: PLC0415 - as above

        try:
            if args:
                raise UsageError(f"unknown argument {args[0]!r}")
            wanted = Wanted(
                format=opts.format,
                shape=opts.shape,
                derived=opts.derived,
                text=opts.text,
                provinces=province_codes(opts.province),
                years=parse_years(opts.years) if opts.years else None,
            )
            assert self.settings is not None
            output = Path(self.settings["OUTPUT_DIR"])
            done = export(output, wanted, to=Path(opts.to) if opts.to else None)
        except CountyReportsError as error:
            print(f"scrapy export: {error}", file=sys.stderr)
            self.exitcode = 2 if isinstance(error, UsageError) else 1
            return
        for file in done.files:
            print(file)
        print(f"{done.rows} rows", file=sys.stderr)


def province_codes(given: str | None, registry: str | None = None) -> frozenset[str] | None:
    """Return the codes of provinces given by name or code, None for all.

    Raises:
        UsageError: one of them does not exist; the nearest are named.
    """
    if not given:
        return None
    portals = select_portals(load_registry(registry), province=given)
    return frozenset(f"{portal.code[:2]}0000" for portal in portals)

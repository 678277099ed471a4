"""``scrapy plan``: what a crawl would ask, how long it would take and what it would keep."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.utils.conf import arglist_to_dict

from crawler.arguments import parse_arguments
from crawler.before import print_plan
from crawler.closed_pipe import until_nobody_listens
from pipelines.vocabulary.errors import CountyReportsError

_WRONG_USAGE = 2


class Command(ScrapyCommand):
    """The plan of a crawl."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 (Scrapy's own interface)

    def syntax(self) -> str:
        """Return how the arguments go."""
        return "[options] [-a NAME=VALUE …]"

    def short_desc(self) -> str:
        """Return the line of ``scrapy -h``."""
        return "Say what a crawl would ask, how long it would take, how much disk it needs"

    def long_desc(self) -> str:
        """Say what the arguments are."""
        return (
            "Takes the arguments of `scrapy crawl county_reports` and makes no request: which "
            "portals, how many requests, how long at the polite pace, how much disk. "
            "`scrapy crawl county_reports … -a dry_run=1` does the same."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the spider's arguments."""
        super().add_options(parser)
        parser.add_argument(
            "-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE",
            help="an argument of county_reports (may be repeated)",
        )  # fmt: skip

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the spider's arguments apart."""
        super().process_options(args, opts)
        try:
            opts.spargs = arglist_to_dict(opts.spargs)
        except ValueError:
            raise ScrapyUsageError("Invalid -a value, use -a NAME=VALUE") from None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the plan."""
        assert self.settings is not None
        words = [word for word in args if word != "county_reports"]
        try:
            if words:
                raise ScrapyUsageError(f"unknown argument {words[0]!r}: give -a NAME=VALUE")
            with until_nobody_listens():
                print_plan(parse_arguments(opts.spargs), self.settings)
        except CountyReportsError as error:
            sys.stderr.write(f"scrapy plan: {error}\n")
            self.exitcode = _WRONG_USAGE

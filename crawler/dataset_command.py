"""What the commands that work on the dataset have in common.

Not in ``crawler.commands``: Scrapy takes every class there for a command.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from crawler.arguments import parse_years
from crawler.closed_pipe import until_nobody_listens
from pipelines.registry import Registry, load_registry, select_portals
from pipelines.store.fictional import fictional_in
from pipelines.vocabulary.errors import CountyReportsError, UsageError

FAILED = 1
WRONG_USAGE = 2


class DatasetCommand(ScrapyCommand):
    """A command over OUTPUT_DIR: one line on standard error and an exit code where it fails."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}
    actions: ClassVar[tuple[str, ...]] = ()
    """Words that may follow the command's name."""

    def syntax(self) -> str:
        """Return how the arguments go."""
        return f"[options] [{' | '.join(self.actions)}]" if self.actions else "[options]"

    def add_choice(self, parser: argparse.ArgumentParser, *, years: str = "") -> None:
        """Declare --province and --years."""
        parser.add_argument("--province", help="names or codes, comma list")
        parser.add_argument("--years", help="2023, 2019-2024 or 2021,2023" + years)

    @property
    def name(self) -> str:
        """Return the command's name."""
        return type(self).__module__.rpartition(".")[2]

    @property
    def output(self) -> Path:
        """Return the folder everything lies below."""
        assert self.settings is not None
        return Path(self.settings["OUTPUT_DIR"])

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Work, and turn what goes wrong into one line and an exit code."""
        try:
            if len(args) > bool(self.actions) or any(a not in self.actions for a in args):
                wrong = next((a for a in args if a not in self.actions), args[-1])
                raise UsageError(f"unknown argument {wrong!r}", self.actions)
            if says := fictional_in(self.output):
                sys.stderr.write(f"scrapy {self.name}: {says}\n")
            with until_nobody_listens():
                self.work(args[0] if args else "", opts)
        except CountyReportsError as error:
            sys.stderr.write(f"scrapy {self.name}: {error}\n")
            self.exitcode = WRONG_USAGE if isinstance(error, UsageError) else FAILED

    def work(self, action: str, opts: argparse.Namespace) -> None:
        """Do what was asked.

        Raises:
            CountyReportsError: it cannot be done.
        """
        raise NotImplementedError


def years_of(opts: argparse.Namespace) -> frozenset[int] | None:
    """Return the years given, None for all.

    Raises:
        UsageError: they are none.
    """
    return parse_years(opts.years) if opts.years else None


def provinces_of(
    opts: argparse.Namespace, registry: Registry | None = None
) -> frozenset[str] | None:
    """Return the codes of provinces given by name or code, None for all.

    Raises:
        UsageError: one of them does not exist; the nearest are named.
    """
    if not opts.province:
        return None
    registry = registry or load_registry(getattr(opts, "portals", None))
    portals = select_portals(registry, province=opts.province)
    return frozenset(f"{portal.code[:2]}0000" for portal in portals)

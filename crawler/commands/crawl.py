"""``scrapy crawl``: Scrapy's own command, with usage errors in one line and an honest exit code."""

from __future__ import annotations

import argparse
import asyncio
import sys
import traceback

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler

from crawler import json_logs
from crawler.apart import check_log_level
from crawler.arguments import parse_arguments
from crawler.before import print_plan
from pipelines.vocabulary.errors import CountyReportsError, UsageError
from pipelines.vocabulary.ledger import ledger_of

BAD_RUN = 1
WRONG_USAGE = 2


class Command(ScrapyCrawl):
    """Run a spider; exit 0 only when the run is judged good."""

    def long_desc(self) -> str:
        """Say what the arguments and exit codes are."""
        return (
            "Run a spider. Arguments of county_reports, each given with -a: province= prefecture= "
            "county= (names or codes, comma lists), code= (division codes), years= (2023, "
            "2019-2024, 2021,2023), kinds= (whole, office, department, township, zone; default "
            "whole,office), portals=FILE.csv (a registry in place of the built-in one), mode= "
            "(incremental or full), feed= (what -O and -o hold: run, what the run read; all, what "
            "is held besides), sample= (so many portals of those asked for, the same ones each "
            "time), dry_run=1 (only say what it would cost). Exit codes: 0 the run is judged good, "
            "1 it is not, 2 wrong usage."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse what would fail as a traceback later."""
        super().process_options(args, opts)
        assert self.settings is not None
        check_log_level(self.settings, "crawl")
        json_logs.install(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl and derive the exit code from the run's verdict."""
        if len(args) != 1:
            super().run(args, opts)
            return
        assert self.crawler_process is not None
        if args[0] == "county_reports" and "dry_run" in opts.spargs:
            try:
                asked = parse_arguments(opts.spargs)
            except CountyReportsError as error:
                self._refuse(error)
                return
            if asked.dry_run:
                assert self.settings is not None
                print_plan(asked, self.settings)
                return
            del opts.spargs["dry_run"]
        try:
            crawler = self._create_crawler(args[0])
        except KeyError:
            known = sorted(self.crawler_process.spider_loader.list())
            self._refuse(UsageError(f"unknown spider {args[0]!r}", known))
            return
        try:
            # What a user sets wrong may also come to light while Scrapy installs its parts.
            running = self._crawl(crawler, opts)
        except CountyReportsError as error:
            self._refuse(error)
            return
        if running.cancelled() or not running.done():
            self.exitcode = BAD_RUN
        elif (failure := running.exception()) is not None:
            self._say(failure)
        else:
            self.exitcode = self._judge(crawler)

    def _crawl(self, crawler: Crawler, opts: argparse.Namespace) -> asyncio.Task[None]:
        assert self.crawler_process is not None
        running = self.crawler_process.crawl(crawler, **opts.spargs)
        # The reactor's loop is asyncio's (settings.py): a task, and its error is ours to tell.
        assert isinstance(running, asyncio.Task)
        self.crawler_process.start()
        return running

    def _say(self, error: BaseException) -> None:
        if isinstance(error, CountyReportsError):
            self._refuse(error)
        else:
            traceback.print_exception(error, file=sys.stderr)
            self.exitcode = BAD_RUN

    def _refuse(self, error: CountyReportsError) -> None:
        print(f"scrapy crawl: {error}", file=sys.stderr)
        self.exitcode = WRONG_USAGE if isinstance(error, UsageError) else BAD_RUN

    def _judge(self, crawler: Crawler) -> int:
        """Return 0 for a good verdict; a run that nobody judged is not good."""
        verdict = ledger_of(crawler).notes.get("verdict")
        if verdict is None:
            print("scrapy crawl: the run ended without being judged", file=sys.stderr)
            return BAD_RUN
        word, _ = verdict  # (good, stopped or bad; why): run_report.py has printed both
        return 0 if word == "good" else BAD_RUN

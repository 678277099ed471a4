"""Scrapy's own commands, run apart from the dataset: they try things out.

``scrapy parse``, ``fetch``, ``shell``, ``view`` and ``check`` build a whole crawl around one
address. Theirs writes into a folder of its own, gone when the command ends: no run is added, no
problems.jsonl emptied, no state changed. Not in ``crawler.commands``: Scrapy takes every class
there for a command.
"""

from __future__ import annotations

import argparse
import atexit
import shutil
import sys
import tempfile

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")
_OF_A_RUN = (
    "crawler.extensions.progress.Progress",
    "crawler.extensions.run_report.RunReport",
    "crawler.extensions.health.Health",
)
_WRONG_USAGE = 2


def check_log_level(settings: Settings, command: str) -> None:
    """End with one line where LOG_LEVEL is no level: Scrapy would end with a traceback."""
    given = str(settings["LOG_LEVEL"] or "").strip()
    if given.upper() in LEVELS or given.isdecimal():
        settings.set("LOG_LEVEL", given.upper(), priority="cmdline")
        return
    sys.stderr.write(f"scrapy {command}: LOG_LEVEL={given} is not one of {', '.join(LEVELS)}\n")
    sys.exit(_WRONG_USAGE)


class Apart(ScrapyCommand):
    """What each of these commands adds to Scrapy's own."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Give the command a folder of its own, whatever OUTPUT_DIR says."""
        super().process_options(args, opts)
        settings = self.settings
        assert settings is not None
        check_log_level(settings, type(self).__module__.rpartition(".")[2])
        folder = tempfile.mkdtemp(prefix="county-reports-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        settings.set("OUTPUT_DIR", folder, priority="cmdline")
        settings.set("DATABASE_URL", "", priority="cmdline")
        settings.set("SAY_REFUSALS", value=True, priority="cmdline")
        extensions = {**settings.getdict("EXTENSIONS"), **dict.fromkeys(_OF_A_RUN)}
        settings.set("EXTENSIONS", extensions, priority="cmdline")

"""``scrapy doctor``: what this machine has and lacks for a crawl, and what that costs."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import ScrapyCommand

from crawler.closed_pipe import until_nobody_listens

_SIGNS = {"ok": "ok", "lacks": "!", "bad": "BAD"}


class Command(ScrapyCommand):
    """The examination of a machine and a folder."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 (Scrapy's own interface)

    def short_desc(self) -> str:
        """Return the line of ``scrapy -h``."""
        return "Say what this machine has and lacks for a crawl, and what that costs"

    def long_desc(self) -> str:
        """Say what the exit codes are."""
        return (
            "Looks at packages, programs, memory, network, disk and the state of OUTPUT_DIR, and "
            "changes nothing. Exit codes: 0 a crawl can be made, 1 it would fail or be in vain."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument("--offline", action="store_true", help="leave the network out")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what is seen, one line a thing."""
        from crawler.doctor import examine

        assert self.settings is not None
        if args:
            sys.stderr.write(f"scrapy doctor: unknown argument {args[0]!r}\n")
            self.exitcode = 2
            return
        weights = []
        with until_nobody_listens():
            for look in examine(self.settings, offline=opts.offline):
                weights.append(look.weight)
                print(f"{_SIGNS[look.weight]:<4} {look.what:<13} {look.seen}", flush=True)
                if look.cost:
                    print(f"{'':18} {look.cost}")
            bad, lacks = weights.count("bad"), weights.count("lacks")
            said = "A crawl would fail or be in vain: see BAD." if bad else "A crawl can be made."
            print(f"{said} What it does without, and at what price: see !." if lacks else said)
        self.exitcode = int("bad" in weights)

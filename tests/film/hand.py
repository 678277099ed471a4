"""Runs commands of Scrapy under a moved clock, each in a fork of this process: no import is paid twice.

``python -m tests.film.hand`` reads orders from standard input, a line of JSON each: ``now`` (ISO
8601), ``argv`` (after ``scrapy``), ``said`` (a file for what it prints), and maybe ``reader`` (a
version the reading code pretends to have) and ``kill_after`` (requests). It answers each with a
line: exit status and processor seconds.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path

_LOADED = (
    "scrapy.cmdline",
    "scrapy.crawler",
    "crawler.commands.crawl",
    "crawler.extensions.health",
    "crawler.extensions.progress",
    "crawler.extensions.run_report",
    "pipelines.stages",
    "spiders.county_reports",
)
_OFFSET = dt.timedelta()
_now, _time = dt.datetime.now, time.time


class Moved(dt.datetime):
    """The class that modules take for ``datetime``: its present is the film's."""

    @classmethod
    def now(cls, tz=None):
        there = _now(tz) + _OFFSET
        return cls.combine(there.date(), there.time(), there.tzinfo)

    @classmethod
    def utcnow(cls):
        return cls.now(dt.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()


def move_clock(now):
    global _OFFSET  # noqa: PLW0603 - a clock is one of a process
    _OFFSET = dt.datetime.fromisoformat(now) - _now(dt.UTC)
    time.time = lambda: _time() + _OFFSET.total_seconds()


def load():
    """Load what every crawl loads; nothing that starts a thread or a reactor."""
    # One server of reading processes for all nights: it knows no clock.
    forkserver.set_forkserver_preload(["pipelines.all_readers"])
    forkserver.ensure_running()
    dt.datetime = Moved
    for name in _LOADED:
        import_module(name)


def act(order):
    """Be the command; never returns."""
    with Path(order["said"]).open("ab", buffering=0) as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    move_clock(order["now"])
    # It runs already, and is no child of this process, which may not ask after it.
    forkserver._forkserver.ensure_running = lambda: None
    if version := order.get("reader"):
        for name in ("pipelines.store", "pipelines.stages", "pipelines.reparse"):
            import_module(name).reader_version = lambda: version
    if order.get("kill_after"):
        _die_after(order["kill_after"])
    sys.argv = ["scrapy", *order["argv"]]
    from scrapy.cmdline import execute

    status = 0
    try:
        execute()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _die_after(requests):
    """Be killed at the request of that number."""
    from crawler.middlewares.handler import Handler

    left, asked = [requests], Handler.download_request

    async def counted(self, request):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), 9)
        return await asked(self, request)

    Handler.download_request = counted


def main():
    load()
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            act(order)
        _, status, usage = os.wait4(child, 0)
        answer = {
            "status": os.waitstatus_to_exitcode(status),
            "seconds": usage.ru_utime + usage.ru_stime,
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

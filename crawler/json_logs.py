"""Logs as lines of JSON, for whoever collects them: LOG_FORMAT=json."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from logging import Formatter, Handler, LogRecord

from scrapy.settings import BaseSettings
from scrapy.utils import log


def wanted(settings: BaseSettings) -> bool:
    """Tell whether logs are to be JSON."""
    return str(settings.get("LOG_FORMAT")).lower() == "json"


def line(message: str, *, level: str, logger: str, at: float, error: str = "") -> str:
    """Return one line of the log; a traceback stays in it."""
    told = {
        "time": datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "level": level,
        "logger": logger,
        "message": message,
    }
    return json.dumps(told | ({"error": error} if error else {}), ensure_ascii=False)


class JsonFormatter(Formatter):
    """A record of the log as one line."""

    def format(self, record: LogRecord) -> str:
        """Return the line."""
        return line(
            record.getMessage(),
            level=record.levelname,
            logger=record.name,
            at=record.created,
            error=self.formatException(record.exc_info) if record.exc_info else "",
        )


def install(settings: BaseSettings) -> None:
    """Let Scrapy make its log's lines so, from the first one on, where that is asked for.

    Scrapy makes its handler anew for every crawl and asks a function of its own for the format;
    the version is pinned.
    """
    if wanted(settings):
        log._get_formatter = _formatter  # noqa: SLF001 - said above


def _formatter(handler: Handler, settings: BaseSettings) -> Formatter:
    del handler, settings
    return JsonFormatter()

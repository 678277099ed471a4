"""One request in flight per host, with a gap after each; slower where a host asks for it.

Scrapy's own slots know nothing of the browser's requests, of Crawl-delay or of Retry-After, and
count the gap from the start of a request (a slow server is asked again at once). So the turn is
taken here, around every single exchange, by the download handler and by the browser alike.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from crawler.middlewares.addresses import Networks, host_key, is_ip

BUSY = frozenset({429, 503})
"""What a server answers that wants to be left alone for a while."""
_MIN_WAIT = 1.0  # seconds, after a 429 or 503 that does not say how long
_JITTER = 0.25  # a fixed rhythm is both a mark and a resonance with others' rhythms


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready_at: float = 0.0
    busy_until: float = 0.0
    """Until when it asked to be left alone."""
    crawl_delay: float = 0.0


class BusyError(IgnoreRequest):
    """A host asked (429 or 503 with Retry-After) for more rest than a run can wait for."""

    def __init__(self, evidence: str) -> None:
        super().__init__(evidence)
        self.evidence = evidence


class Pace:
    """The turns of all hosts of a crawl."""

    def __init__(
        self,
        *,
        gap: float,
        gap_private: float,
        networks: Networks,
        max_wait: float = 120.0,
    ) -> None:
        self.gap = gap
        self.gap_private = gap_private
        self.networks = networks
        self.max_wait = max_wait
        self._hosts: dict[str, _Host] = {}

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read the gaps; a DOWNLOAD_DELAY the user gave takes the place of both."""
        gap = settings.getfloat("REQUEST_GAP")
        private = settings.getfloat("REQUEST_GAP_PRIVATE")
        if (settings.getpriority("DOWNLOAD_DELAY") or 0) > SETTINGS_PRIORITIES["project"]:
            gap = private = settings.getfloat("DOWNLOAD_DELAY")
        return cls(
            gap=gap,
            gap_private=private,
            networks=Networks.from_settings(settings),
            max_wait=settings.getfloat("MAX_RETRY_AFTER"),
        )

    def gap_of(self, url: str) -> float:
        """Return the seconds to leave between two requests to this host."""
        host = urlsplit(url).hostname or ""
        own = is_ip(host) and self.networks.allowed_by_name(host)
        return max(self.gap_private if own else self.gap, self._host(url).crawl_delay)

    def crawl_delay(self, url: str, seconds: float) -> None:
        """Obey the Crawl-delay of a host's robots.txt; of several the longest holds."""
        host = self._host(url)
        host.crawl_delay = max(host.crawl_delay, seconds)

    def back_off(self, url: str, seconds: float | None, attempt: int = 0) -> None:
        """Leave a busy host alone: as long as it asks for, else longer at each attempt."""
        if seconds is None:
            seconds = min(max(_MIN_WAIT, self.gap_of(url)) * 4**attempt, self.max_wait)
        host = self._host(url)
        host.busy_until = max(host.busy_until, time.monotonic() + seconds)
        host.ready_at = max(host.ready_at, host.busy_until)

    def closed(self, url: str) -> str | None:
        """Return why a host may not be asked for longer than a run can wait, or None."""
        wait = self._host(url).busy_until - time.monotonic()
        if wait <= self.max_wait:
            return None
        return (
            f"{host_key(url)} asked to be left alone for another {wait:.0f} s (Retry-After), "
            f"more than MAX_RETRY_AFTER={self.max_wait:g}"
        )

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it: nobody else asks it meanwhile.

        Raises:
            BusyError: the host wants to be left alone for longer than a run can wait.
        """
        host = self._host(url)
        async with host.lock:
            if (why := self.closed(url)) is not None:
                raise BusyError(why)
            # A back-off may come while we wait, so the clock is looked at again.
            while (wait := host.ready_at - time.monotonic()) > 0:  # noqa: ASYNC110 - a time, no event
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                gap = self.gap_of(url)
                # Never shorter than the gap that was promised, a little longer now and then.
                gap *= 1 + random.uniform(0, _JITTER)  # noqa: S311 - no secret
                host.ready_at = max(host.ready_at, time.monotonic() + gap)

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(_server_of(url), _Host())


def _server_of(url: str) -> str:
    """Return what one machine is known by: its name with or without ``www.``, whatever the port.

    Unlike ``host_key``: another port of an address may be somebody else's, to be asked or not,
    but it is the same machine that has to answer.
    """
    return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Read a Retry-After header: seconds or an HTTP date; None where it says nothing readable.

    >>> retry_after("120")
    120.0
    """
    if not header:
        return None
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except (TypeError, ValueError, OverflowError):  # a year or zone of many digits
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


_PACES: WeakKeyDictionary[object, Pace] = WeakKeyDictionary()


def pace_of(crawler: Crawler) -> Pace:
    """Return the pace of a crawl, the same one for every component."""
    if crawler not in _PACES:
        _PACES[crawler] = Pace.from_settings(crawler.settings)
    return _PACES[crawler]

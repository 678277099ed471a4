"""One request in flight per host, with a gap after each; slower where a host asks for it.

Several governments may stand on one server: of all the hosts that lead to one address a few are
asked at a time (``ADDRESS_IN_FLIGHT``), each place among them with the same gap after it.

Runs side by side on one output folder are one crawler to a host: its turn is claimed among them
(pipelines/store/claims.py), and when it may be asked next is known to all.

Scrapy's own slots know nothing of the browser's requests, of Crawl-delay or of Retry-After, and
count the gap from the start of a request (a slow server is asked again at once). So the turn is
taken here, around every single exchange, by the download handler and by the browser alike.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
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

from crawler.middlewares.addresses import Networks, address_of, host_key, is_ip
from pipelines.store import store_of
from pipelines.store.claims import Claims

BUSY = frozenset({429, 503})
"""What a server answers that wants to be left alone for a while."""
_MIN_WAIT = 1.0  # seconds, after a 429 or 503 that does not say how long
_POLL = 0.05
"""Seconds between two looks whether another run's request is answered."""
_LONGEST_REST = 86400.0
"""Seconds a host's wish for rest is remembered at most; nobody means years."""
_JITTER = 0.25  # a fixed rhythm is both a mark and a resonance with others' rhythms


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """This run's own requests take turns before they meet those of others."""
    crawl_delay: float = 0.0
    left: float = 0.0
    """When the host may be asked again, as this run's last turn left it."""


class BusyError(IgnoreRequest):
    """A host asked (429 or 503 with Retry-After) for more rest than a run can wait for."""

    def __init__(self, evidence: str) -> None:
        super().__init__(evidence)
        self.evidence = evidence


Resolve = Callable[[str], Awaitable[str | None]]
"""From a host's name to the address it leads to, None where it leads nowhere."""


class Pace:
    """The turns of all hosts of a crawl, and of the addresses they lead to."""

    def __init__(
        self,
        *,
        gap: float,
        gap_private: float,
        networks: Networks,
        claims: Claims,
        max_wait: float = 120.0,
        in_flight: int = 2,
        resolve: Resolve | None = None,
    ) -> None:
        """Prepare the turns.

        Args:
            gap: seconds after each request to a host.
            gap_private: the same on networks the user allowed by name.
            networks: which these are.
            claims: what runs side by side agree on.
            max_wait: seconds a host's wish for rest is waited for.
            in_flight: requests at a time to one address, whatever its hosts are called.
            resolve: tells to which address a host's name leads; None: every host has its own.
        """
        self.gap = gap
        self.gap_private = gap_private
        self.networks = networks
        self.claims = claims
        self.max_wait = max_wait
        self.in_flight = in_flight
        self.resolve = resolve
        self._places: set[str] = set()
        """Places at addresses that this run holds just now."""
        self._hosts: dict[str, _Host] = {}

    @classmethod
    def from_settings(
        cls, settings: BaseSettings, claims: Claims, resolve: Resolve | None = None
    ) -> Self:
        """Read the gaps; a DOWNLOAD_DELAY the user gave takes the place of both."""
        gap = settings.getfloat("REQUEST_GAP")
        private = settings.getfloat("REQUEST_GAP_PRIVATE")
        if (settings.getpriority("DOWNLOAD_DELAY") or 0) > SETTINGS_PRIORITIES["project"]:
            gap = private = settings.getfloat("DOWNLOAD_DELAY")
        return cls(
            gap=gap,
            gap_private=private,
            networks=Networks.from_settings(settings),
            claims=claims,
            max_wait=settings.getfloat("MAX_RETRY_AFTER"),
            in_flight=settings.getint("ADDRESS_IN_FLIGHT"),
            resolve=resolve,
        )

    def gap_of(self, url: str) -> float:
        """Return the seconds to leave between two requests to this host."""
        host = urlsplit(url).hostname or ""
        own = is_ip(host) and self.networks.allowed_by_name(host)
        return max(self.gap_private if own else self.gap, self._host(url).crawl_delay)

    def crawl_delay(self, url: str, seconds: float) -> None:
        """Obey the Crawl-delay of a host's robots.txt; of several the longest holds.

        It was asked for robots.txt just now, and whoever asks next leaves it that much time.
        """
        host = self._host(url)
        host.crawl_delay = max(host.crawl_delay, seconds)
        self.claims.postpone(_server_of(url), time.monotonic() + host.crawl_delay)

    def back_off(self, url: str, seconds: float | None, attempt: int = 0) -> None:
        """Leave a busy host alone: as long as it asks for, else longer at each attempt."""
        if seconds is None:
            seconds = min(max(_MIN_WAIT, self.gap_of(url)) * 4**attempt, self.max_wait)
        until = time.monotonic() + min(seconds, _LONGEST_REST)
        self.claims.postpone(_server_of(url), until, until)

    def closed(self, url: str) -> str | None:
        """Return why a host may not be asked for longer than a run can wait, or None."""
        _, busy_until = self.claims.times(_server_of(url))
        wait = busy_until - time.monotonic()
        if wait <= self.max_wait:
            return None
        return (
            f"{host_key(url)} asked to be left alone for another {wait:.0f} s (Retry-After), "
            f"more than MAX_RETRY_AFTER={self.max_wait:g}"
        )

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for the host's turn and hold it: nobody else asks it meanwhile, whichever run.

        Raises:
            BusyError: the host wants to be left alone for longer than a run can wait.
            StoreError: the turn cannot be told to others, so nothing may be asked.
        """
        server = _server_of(url)
        async with self._host(url).lock:
            await self._take(server, url)
            try:
                async with self._place(server):
                    yield
            finally:
                self._leave_gap(server, url)
                self.claims.free(server)

    @asynccontextmanager
    async def _place(self, server: str) -> AsyncIterator[None]:
        """Wait for a place at the address that a host leads to, and leave the gap behind it."""
        if self.resolve is None or is_ip(server) or (where := await self.resolve(server)) is None:
            yield  # an address is its own host, whose turn it is; what leads nowhere fails below us
            return
        place = await self._free_place([f"{where} #{n}" for n in range(self.in_flight)])
        self._places.add(place)
        try:
            yield
        finally:
            self._places.discard(place)
            self.claims.postpone(place, time.monotonic() + self.gap)
            self.claims.free(place)

    async def _free_place(self, places: list[str]) -> str:
        # Runs share places by the clock and by claims, as they share hosts: nobody could wake us.
        while True:
            now = time.monotonic()
            for place in places:
                # A claim keeps other runs out, not other requests of this one.
                ready = place not in self._places and self.claims.times(place)[0] <= now
                if ready and self.claims.take(place):
                    return place
            await asyncio.sleep(_POLL)

    async def _take(self, server: str, url: str) -> None:
        # Never shorter than the gap that was promised, a little longer now and then.
        longer = self.gap_of(url) * random.uniform(0, _JITTER)  # noqa: S311 - no secret
        # A back-off may come while we wait, so the clock is looked at again.
        while True:
            if (why := self.closed(url)) is not None:
                raise BusyError(why)
            if (wait := self._wait_of(server, url, longer)) <= 0:
                if self.claims.take(server):
                    if (wait := self._wait_of(server, url, longer)) <= 0:  # nobody was quicker
                        break
                    self.claims.free(server)
                else:
                    wait = _POLL
            await asyncio.sleep(wait)
        # Should this run be killed meanwhile, the next one does not ask on its heels.
        self._leave_gap(server, url)

    def _wait_of(self, server: str, url: str, longer: float) -> float:
        ready_at, _ = self.claims.times(server)
        if ready_at != self._host(url).left:
            longer = 0.0  # the last turn was another run's: of two that wait this one is next
        return ready_at + longer - time.monotonic()

    def _leave_gap(self, server: str, url: str) -> None:
        host = self._host(url)
        host.left = time.monotonic() + self.gap_of(url)
        self.claims.postpone(server, host.left)

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
        _PACES[crawler] = Pace.from_settings(crawler.settings, store_of(crawler).claims, address_of)
    return _PACES[crawler]

"""Where a request may go: never outside the listed hosts, never to an address that is not public.

Three places ask the same rules: the middleware (every request and every redirect), the resolver
(the address a name really leads to, at the moment of connecting) and the browser's handler and
gateway. A refusal is a problem line, never silence.
"""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Self, cast
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from pipelines.vocabulary.errors import UsageError

logger = logging.getLogger(__name__)

_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")  # letters of any script: IDN is encoded below us
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


# What browsers never ask over HTTP (fetch.spec.whatwg.org, bad ports, looked up 2026-11), and the
# databases and administration of servers that they do not know of.
_OF_SERVICES = frozenset({
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
    103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
    512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
    995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
    6669, 6679, 6697, 10080,
    445, 873, 1433, 1521, 2181, 2375, 2376, 2379, 3306, 3389, 5432, 5672, 5900, 5984, 6379, 9042,
    9092, 9200, 9300, 11211, 27017,
})  # fmt: skip


class RefusedError(IgnoreRequest):
    """The address is not one this crawl may ask; ``evidence`` says why."""

    def __init__(self, evidence: str) -> None:
        super().__init__(evidence)
        self.evidence = evidence


class Networks:
    """Which IP addresses may be contacted: public ones, and private ranges allowed by name."""

    def __init__(self, allowed_private: str = "") -> None:
        try:
            self.private: tuple[_Network, ...] = tuple(
                ipaddress.ip_network(part.strip(), strict=False)
                for part in allowed_private.split(",")
                if part.strip()
            )
        except ValueError as error:
            raise UsageError(f"ALLOWED_PRIVATE_NETWORKS: {error}") from error

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read ALLOWED_PRIVATE_NETWORKS, a comma list of ranges."""
        return cls(settings.get("ALLOWED_PRIVATE_NETWORKS") or "")

    def allowed_by_name(self, address: str) -> bool:
        """Tell whether an IP address lies in a private range the user allowed."""
        if not self.private:
            return False
        ip = _unmapped(address)
        return any(ip in network for network in self.private if network.version == ip.version)

    def refuse(self, address: str) -> str | None:
        """Return why an IP address may not be contacted, or None."""
        ip = _unmapped(address)
        if self.allowed_by_name(address):
            return None
        # is_global is False for all of 10/8, 127/8, 169.254/16, 192.168/16, fc00::/7 …; multicast
        # counts as global there, and so do the IPv6 ranges that stand for an IPv4 address.
        if not ip.is_global or ip.is_multicast or (ip.version == 6 and not _native(ip)):
            return f"{address} is not a public address"
        return None


class AddressRules:
    """Which URLs a crawl may ask for."""

    def __init__(self, suffixes: Iterable[str], networks: Networks) -> None:
        self.suffixes = tuple(s.strip().lstrip(".").lower() for s in suffixes if s.strip())
        self.networks = networks
        self.hosts: set[str] = set()
        """Hosts named in the registry; an IP address counts with its port."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read ALLOWED_HOST_SUFFIXES and ALLOWED_PRIVATE_NETWORKS."""
        suffixes = str(settings.get("ALLOWED_HOST_SUFFIXES") or "").split(",")
        return cls(suffixes, Networks.from_settings(settings))

    def add_host_of(self, url: str) -> None:
        """Allow the host of a registry address."""
        if url:
            self.hosts.add(host_key(url))

    def refuse(self, url: str, *, linked_file: bool = False) -> str | None:
        """Return why an address may not be asked, or None.

        Args:
            url: absolute address.
            linked_file: a file linked from an accepted report: files may lie on other public
                hosts (sub-domains with odd ports, content networks), pages may not.
        """
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").rstrip(".").lower()
            port = parts.port
        except ValueError:
            return "not an address"
        if parts.scheme not in {"http", "https"} or not host:
            return f"{parts.scheme or 'no'} scheme"
        if not (is_ip(host) or _NAME.fullmatch(host)):
            return f"{host[:80]!r} is no host name"  # \\, % and NUL: each reader sees another host
        if parts.username is not None or parts.password is not None:
            return "an address with a user name or password"
        if port in _OF_SERVICES:
            return f"port {port} is that of another service, not of a web server"
        listed = host_key(url) in self.hosts or any(
            host == suffix or host.endswith("." + suffix) for suffix in self.suffixes
        )
        if is_ip(host):
            why = self.networks.refuse(host)
            if why:
                return why
        if not (listed or linked_file):
            return f"host {host_key(url)} is neither in the registry nor under an allowed suffix"
        return None


def host_key(url: str) -> str:
    """Return what identifies a server: the host name, or an IP address with its port.

    Names: the port is left out, a portal's files on another port are the portal's. A bare
    address with another port is another server.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if not is_ip(host):
        return host
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@lru_cache(4096)  # asked several times a request, and a name costs it an exception
def is_ip(host: str) -> bool:
    """Tell whether a host is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(4096)
def _unmapped(address: str) -> _Address:
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    # ::ffff:127.0.0.1 is 127.0.0.1 in other clothes.
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    return ip


_NATIVE = ipaddress.IPv6Network("2000::/3")  # all IPv6 that is routed


def _native(ip: _Address) -> bool:
    """Tell whether an address is IPv6 of its own: not 6to4, Teredo, NAT64 or site-local."""
    assert isinstance(ip, ipaddress.IPv6Address)
    return ip in _NATIVE and ip.sixtofour is None and ip.teredo is None


def how_to_allow(url: str) -> str:
    """Return what a user may set where the address is right."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if is_ip(host):
        bits = 128 if ":" in host else 32
        allowed = f"-s ALLOWED_PRIVATE_NETWORKS={host}/{bits} -s ALLOWED_HOST_SUFFIXES={host}"
        return f"If it is right: {allowed}"
    return (
        f"If it is right: -s ALLOWED_HOST_SUFFIXES=gov.cn,{host} (and, where the name leads to a "
        "private address, -s ALLOWED_PRIVATE_NETWORKS= with its range)"
    )


_RULES: WeakKeyDictionary[object, AddressRules] = WeakKeyDictionary()


def rules_of(crawler: Crawler) -> AddressRules:
    """Return the address rules of a crawl, the same ones for every component."""
    if crawler not in _RULES:
        _RULES[crawler] = AddressRules.from_settings(crawler.settings)
    return _RULES[crawler]


class AddressMiddleware:
    """Refuses requests, redirects included, before they leave."""

    def __init__(self, rules: AddressRules, *, says: bool = False) -> None:
        self.rules = rules
        self.says = says
        """Whether a refusal is told at once: where no run's problems.jsonl will."""
        self._file_hosts: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Share the crawl's rules."""
        return cls(rules_of(crawler), says=crawler.settings.getbool("SAY_REFUSALS"))

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Tell what was refused, before it was asked or while connecting."""
        if self.says and isinstance(exception, RefusedError):
            logger.warning("refused: %s. %s", exception.evidence, how_to_allow(request.url))

    def process_request(self, request: Request) -> None:
        """Let pass or raise.

        Raises:
            RefusedError: the address may not be asked.
        """
        linked = bool(request.meta.get("linked_file"))
        host = urlsplit(request.url).netloc
        # Where files lie, robots.txt speaks of them too.
        asks_robots = request.meta.get("dont_obey_robotstxt") and host in self._file_hosts
        why = self.rules.refuse(request.url, linked_file=linked or bool(asks_robots))
        if why:
            raise RefusedError(f"{request.url}: {why}")
        if linked:
            self._file_hosts.add(host)


class PublicOnlyResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing names that lead to an address which is not public.

    IPv4 only, as Scrapy's: many portals announce an IPv6 address that does not answer. The
    address that is checked is the one that is connected to, so a name that changes its answer
    between check and connection gains nothing.
    """

    remembers = False
    """Whether a name is looked up once, and not anew for whoever asks."""

    def __init__(
        self, reactor: ReactorBase, cache_size: int, timeout: float, networks: Networks
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.networks = networks

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy hands over the crawler process: only its settings are looked at."""
        settings = crawler.settings
        cls.remembers = settings.getbool("DNSCACHE_ENABLED")
        size = settings.getint("DNSCACHE_SIZE") if cls.remembers else 0
        timeout = settings.getfloat("DNS_TIMEOUT")
        return cls(reactor, size, timeout, Networks.from_settings(settings))

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """Resolve, then check."""
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        why = self.networks.refuse(address)
        note_refusal(name, why)
        if why:
            raise DNSLookupError(f"{name} leads to {why}")
        return address


async def address_of(name: str) -> str | None:
    """Return the address a name leads to, as the resolver of this crawl has it; None: nowhere.

    It is asked for every request, and answered from the resolver's own memory; without one
    (DNSCACHE_ENABLED) nothing is known: what a name leads to may differ from look to look.
    """
    if not PublicOnlyResolver.remembers:
        return None
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

    try:
        return await maybe_deferred_to_future(cast("ReactorBase", reactor).resolve(name))
    except Exception:  # noqa: BLE001 - whatever it is, the request meets it as well and says so
        return None


_REFUSED: dict[str, str] = {}
"""Name to reason, of the names last resolved: the connection's error no longer says it."""
_MOST_REFUSED = 1024


def note_refusal(name: str, why: str | None) -> None:
    """Remember why a name may not be contacted, or that it may."""
    key = name.rstrip(".").lower()
    _REFUSED.pop(key, None)
    if why is not None:
        while len(_REFUSED) >= _MOST_REFUSED:
            del _REFUSED[next(iter(_REFUSED))]
        _REFUSED[key] = f"{name} leads to {why}"


def refusal_of(name: str) -> str | None:
    """Return why a name was refused when it was last resolved; None where it was not."""
    return _REFUSED.get(name.rstrip(".").lower())

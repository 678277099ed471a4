"""Servers that speak only TLS 1.0 or keys too short for today: common on small portals.

The default handler's OpenSSL cannot reach them whatever its settings (2026-11: pyOpenSSL 26.4,
OpenSSL 4.0.3). The system's, through aiohttp, can. It is used for a host only after that host's
handshake has failed; reports are public, so what the weak cipher gives up is little.
"""

from __future__ import annotations

import socket
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
from aiohttp.abc import ResolveResult
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError

from crawler.middlewares.addresses import Networks, note_refusal

_MARKS = ("ssl", "tls", "handshake", "protocol version", "dh key", "cipher")


class CheckedResolver(aiohttp.ThreadedResolver):
    """Names that lead to an address which is not public lead nowhere."""

    def __init__(self, networks: Networks) -> None:
        super().__init__()
        self.networks = networks

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Resolve, then check.

        Raises:
            OSError: no address of the name may be contacted.
        """
        found = await super().resolve(host, port, family)
        public = [f for f in found if self.networks.refuse(f["host"]) is None]
        why = None if public or not found else self.networks.refuse(found[0]["host"])
        note_refusal(host, why)
        if why:
            raise OSError(f"{host} leads to {why}")
        return public


class OldTlsHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler with everything the system's OpenSSL still speaks."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings.copy()
        settings.frozen = False  # the copy; the crawl's own stay as they are
        settings.set("DOWNLOADER_CLIENT_TLS_CIPHERS", "ALL:@SECLEVEL=0")
        settings.set("DOWNLOAD_TLS_MIN_VERSION", "TLSv1.0")
        # A handler asks its crawler for settings, spider, signals and stats alone.
        view = SimpleNamespace(
            settings=settings, spider=crawler.spider, signals=crawler.signals, stats=crawler.stats
        )
        super().__init__(cast("Any", view))
        connector: Any = self._session.connector
        connector._resolver = CheckedResolver(Networks.from_settings(settings))  # noqa: SLF001 - no other way in


def is_tls_failure(error: BaseException) -> bool:
    """Tell whether a request failed in the TLS handshake."""
    words = " ".join(str(e).lower() for e in (error, error.__cause__) if e is not None)
    return isinstance(error, (DownloadFailedError, OSError)) and any(m in words for m in _MARKS)

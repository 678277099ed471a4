"""Answers' headers within bounds: what comes before the body counts against no size limit.

Twisted keeps header lines as long as they come, and DOWNLOAD_MAXSIZE is of bodies: a server that
sends nothing else filled a gigabyte in ten seconds, long before the time limit.
"""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol, Request
from twisted.web.iweb import IResponse

from crawler.middlewares.answers import LIMIT_OF_HEADS as LIMIT
from crawler.middlewares.answers import TOO_LARGE_A_HEAD as TOO_LARGE


class _Parser(_LenientHTTPClientParser):
    """Scrapy's parser, which gives up on headers without end."""

    _bytes = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        # Answers of the kind 1xx count too: they may come one after the other for ever.
        if self.state in {STATUS, HEADER}:
            self._bytes += len(data)
            if self._bytes > LIMIT:
                raise ValueError(TOO_LARGE)
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Request) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _Parser  # as Scrapy's own protocol does, and for its reason
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes connections that read headers up to a limit."""

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802 - Twisted's name
        """Return a connection's protocol."""
        del addr
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

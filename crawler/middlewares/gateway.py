"""The browser's only way out: a small forward proxy on loopback that hands every request over.

Playwright's routes are not asked about redirects, popups and preloads, and a browser resolves
names by itself, so a page could lead it to an address nobody checked. Through this gateway it
cannot: what the browser asks is asked by the crawl's own download handler, so that address
checks, robots.txt, turns, Retry-After, size limits and old TLS are the same for both. TLS ends
here, with a certificate made for the moment: inside a tunnel nothing could be seen, and two
requests at a time or a forbidden redirect would pass.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

_HEAD_LIMIT = 64 * 1024
_BODY_LIMIT = 1024 * 1024  # of what a page posts
_IDLE = 60.0  # seconds without a byte after which a connection is given up
_HANDSHAKE = 10.0  # both ends are this machine
# What is between two ends of one connection, and what is said anew on the next.
_HOP = frozenset(
    {b"connection", b"keep-alive", b"te", b"trailer", b"transfer-encoding", b"upgrade"}
    | {b"host", b"content-length"}
)

Ask = Callable[[Request], Awaitable[Response]]


class Gateway:
    """An HTTP proxy for one browser.

    Args:
        ask: asks in the crawl's own way, or refuses to; what it raises becomes a 403 or a 502.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._server: asyncio.Server | None = None
        self._tls: ssl.SSLContext | None = None

    @property
    def address(self) -> str:
        """Return the proxy's own address for the browser's launch options."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    async def start(self) -> None:
        """Listen on a free port, unless it does already."""
        if self._server is None:
            self._tls = _own_certificate()
            self._server = await asyncio.start_server(
                self._serve, "127.0.0.1", 0, limit=_HEAD_LIMIT
            )

    def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def __aenter__(self) -> Self:
        """Start listening."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self.stop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            method, target, headers = await _head(reader)
            if method == "CONNECT":
                # Nothing has left yet: it is judged when it is known what is asked.
                assert self._tls is not None
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await writer.start_tls(self._tls, ssl_handshake_timeout=_HANDSHAKE)
                method, path, headers = await _head(reader)
                target = f"https://{target.removesuffix(':443')}{path}"
            await self._exchange(method, target, headers, reader, writer)
        except (
            OSError,  # ssl.SSLError is one: a WebSocket's tunnel is no TLS
            TimeoutError,
            ValueError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ):
            pass  # the browser sees a broken connection and says so itself
        finally:
            with contextlib.suppress(OSError, RuntimeError):
                await writer.drain()
            writer.close()

    async def _exchange(
        self,
        method: str,
        url: str,
        headers: list[tuple[bytes, bytes]],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """Have one request asked, and give the browser the answer."""
        names = {name for name, _ in headers}
        if b"upgrade" in names:
            writer.write(_answer(403))
            return
        length = next((int(value) for name, value in headers if name == b"content-length"), 0)
        if not 0 <= length <= _BODY_LIMIT or b"transfer-encoding" in names:
            writer.write(_answer(413))
            return
        body = await asyncio.wait_for(reader.readexactly(length), _IDLE)
        kept = [
            (name.decode("latin-1"), value)
            for name, value in headers
            if name not in _HOP and not name.startswith(b"proxy-")
        ]
        request = Request(url, method=method, headers=kept, body=body, dont_filter=True)
        response = await self._unless_hung_up(request, reader)
        if response is None:
            return
        writer.write(_answer(response.status, response, body=method != "HEAD"))

    async def _unless_hung_up(
        self, request: Request, reader: asyncio.StreamReader
    ) -> Response | None:
        """Ask; stop waiting for the answer (or for the turn) when the browser has gone."""
        asking = asyncio.ensure_future(self._ask(request))
        gone = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({asking, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                return None
            return asking.result()
        except IgnoreRequest:
            return Response(request.url, status=403)
        except Exception:  # noqa: BLE001 - whatever kept the answer from coming
            return Response(request.url, status=502)
        finally:
            for task in (asking, gone):
                task.cancel()
            await asyncio.gather(asking, gone, return_exceptions=True)


async def _head(reader: asyncio.StreamReader) -> tuple[str, str, list[tuple[bytes, bytes]]]:
    """Read a request's first line and headers; names come lower-case."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _IDLE)
    first, *rest = head.rstrip(b"\r\n").split(b"\r\n")
    method, target, _ = first.decode("latin-1").split(" ", 2)
    pairs = (line.partition(b":") for line in rest)
    return method.upper(), target, [(n.strip().lower(), v.strip()) for n, _, v in pairs]


def _answer(status: int, response: Response | None = None, *, body: bool = True) -> bytes:
    """Write an answer out; its body still as compressed as it came."""
    content = response.body if response is not None else b""
    lines = [b"HTTP/1.1 %d -" % status]
    if response is not None:
        lines += [
            name + b": " + value
            for name, values in response.headers.items()
            for value in values
            if name.lower() not in _HOP
        ]
    lines += [b"Content-Length: %d" % len(content), b"Connection: close", b"", b""]
    return b"\r\n".join(lines) + (content if body else b"")


def _own_certificate() -> ssl.SSLContext:
    """Make a certificate that names nobody and lives as long as the gateway.

    The browser is told not to look at certificates, as the plain requests do not.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "county-reports gateway")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:  # ssl reads keys from files alone
        path = Path(folder, "gateway.pem")
        path.write_bytes(pem)
        context.load_cert_chain(path)
    return context


def without_fragment(url: str) -> str:
    """Return an address as it is asked: a fragment stays in the browser."""
    return urlsplit(url)._replace(fragment="").geturl()

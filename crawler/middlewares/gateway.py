"""The browser's only way out: a small forward proxy on loopback that checks every address.

Playwright's routes are not asked about redirects, and a browser resolves names by itself, so a
page could lead it to an address nobody checked. Through this gateway it cannot: the name is
resolved here, the address is checked, and exactly that address is connected to. Plain http also
takes its turn here (``pace``), redirects included.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from crawler.middlewares.addresses import AddressRules
from crawler.middlewares.pace import Pace

_HEAD_LIMIT = 64 * 1024
_IDLE = 60.0  # seconds without a byte after which an exchange is given up


class Gateway:
    """An HTTP proxy for one browser."""

    def __init__(self, rules: AddressRules, pace: Pace) -> None:
        self.rules = rules
        self.pace = pace
        self.refused: list[str] = []
        """What was refused, with the reason; the browser itself sees a 403."""
        self._server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        """Return the proxy's own address for the browser's launch options."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    async def __aenter__(self) -> Self:
        """Start listening on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_HEAD_LIMIT)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _IDLE)
            method, target, rest = _split(head)
            url = f"https://{target}" if method == "CONNECT" else target
            why = self.rules.refuse(url)
            address = None if why else await self._address_of(url)
            if why or address is None:
                self.refused.append(f"{url}: {why or 'its name leads to no public address'}")
                writer.write(
                    b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
                return
            if method == "CONNECT":
                await self._tunnel(address, reader, writer)
            else:
                async with self.pace.turn(url):
                    await self._forward(method, url, address, rest, reader, writer)
        except (
            OSError,
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

    async def _address_of(self, url: str) -> tuple[str, int] | None:
        """Return the checked address to connect to; None where there is no allowed one."""
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except OSError:
            return None
        # IPv4 first, as the resolver of the plain requests does.
        for _, _, _, _, where in sorted(found, key=lambda f: f[0] != socket.AF_INET):
            ip = str(where[0])
            if self.rules.networks.refuse(ip) is None:
                return ip, port
        return None

    async def _tunnel(
        self,
        address: tuple[str, int],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        far_reader, far_writer = await asyncio.wait_for(asyncio.open_connection(*address), _IDLE)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await _both_ways(reader, writer, far_reader, far_writer)

    async def _forward(  # noqa: PLR0917 - the parts of one exchange
        self,
        method: str,
        url: str,
        address: tuple[str, int],
        rest: list[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        kept = [
            line
            for line in rest
            if not line.lower().startswith((b"proxy-", b"connection:", b"keep-alive:"))
        ]
        far_reader, far_writer = await asyncio.wait_for(asyncio.open_connection(*address), _IDLE)
        # One exchange a connection: nothing to parse in between, and the turn ends with it.
        head = [f"{method} {path} HTTP/1.1".encode(), *kept, b"Connection: close", b"", b""]
        far_writer.write(b"\r\n".join(head))
        await _both_ways(reader, writer, far_reader, far_writer)


async def _both_ways(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    far_reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
) -> None:
    """Copy both directions until the far end is done."""
    up = asyncio.ensure_future(_copy(reader, far_writer))
    try:
        await _copy(far_reader, writer)
    finally:
        up.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError, TimeoutError):
            await up
        far_writer.close()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await asyncio.wait_for(source.read(65536), _IDLE):
        target.write(data)
        await target.drain()


def _split(head: bytes) -> tuple[str, str, list[bytes]]:
    first, *rest = head.rstrip(b"\r\n").split(b"\r\n")
    method, target, _ = first.decode("latin-1").split(" ", 2)
    return method.upper(), target, rest

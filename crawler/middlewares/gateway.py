"""The browser's only way out: a small forward proxy on loopback that checks every address.

Playwright's routes are not asked about redirects, and a browser resolves names by itself, so a
page could lead it to an address nobody checked. Through this gateway it cannot: the name is
resolved here, the address is checked, and exactly that address is connected to. Plain http also
takes its turn here (``pace``), redirects included.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from crawler.middlewares.addresses import AddressRules
from crawler.middlewares.pace import Pace

_HEAD_LIMIT = 64 * 1024
_LENGTH = re.compile(rb"\ncontent-length:[ \t]*(\d{1,18})")
_CHUNKED = re.compile(rb"\ntransfer-encoding:[^\r\n]*chunked")
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
        await _both_ways(reader, far_writer, _copy(far_reader, writer))

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
        # One exchange a connection. The turn ends with the answer, not with the connection: some
        # servers keep it open whatever they are asked.
        head = [f"{method} {path} HTTP/1.1".encode(), *kept, b"Connection: close", b"", b""]
        far_writer.write(b"\r\n".join(head))
        await _both_ways(reader, far_writer, _answer(method, far_reader, writer))


async def _both_ways(
    reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
    answer: Coroutine[Any, Any, None],
) -> None:
    """Copy what the browser sends while its answer comes; it is over when either side is done."""
    up = asyncio.ensure_future(_copy(reader, far_writer, idle=None))
    down = asyncio.ensure_future(answer)
    try:
        await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
        if down.done():
            down.result()
    finally:
        for one in (up, down):
            one.cancel()
        await asyncio.gather(up, down, return_exceptions=True)
        far_writer.close()


async def _answer(method: str, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass one answer on, up to where it says it ends."""
    status = 100
    while 100 <= status < 200 and status != 101:
        try:
            head = await asyncio.wait_for(source.readuntil(b"\r\n\r\n"), _IDLE)
        except asyncio.LimitOverrunError:
            break  # no head of ours: as it comes, to its end
        status = int(head.split(b" ", 2)[1][:3])
        # Told that the connection ends, the browser sends nothing more on it: what it sent would
        # go to this server unseen.
        target.write(head if status == 101 else _closing(head))
    else:
        low = head.lower()
        length = _LENGTH.search(low)
        if method == "HEAD" or status in {204, 304}:
            return
        if _CHUNKED.search(low):
            await _chunks(source, target)
            return
        if length:
            await _exactly(int(length[1]), source, target)
            return
    await _copy(source, target)


def _closing(head: bytes) -> bytes:
    lines = head.rstrip(b"\r\n").split(b"\r\n")
    kept = [x for x in lines if not x.lower().startswith((b"connection:", b"keep-alive:"))]
    return b"\r\n".join([*kept, b"Connection: close", b"", b""])


async def _chunks(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass chunks on until the empty one; what may follow it (trailers) nobody here reads."""
    size = 1
    while size:
        line = await asyncio.wait_for(source.readuntil(b"\n"), _IDLE)
        target.write(line)
        size = int(line.split(b";")[0], 16)
        if size:
            await _exactly(size + 2, source, target)
    target.write(b"\r\n")


async def _exactly(size: int, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while size > 0 and (data := await asyncio.wait_for(source.read(min(size, 65536)), _IDLE)):
        size -= len(data)
        target.write(data)
        await target.drain()


async def _copy(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, idle: float | None = _IDLE
) -> None:
    while data := await asyncio.wait_for(source.read(65536), idle):
        target.write(data)
        await target.drain()


def _split(head: bytes) -> tuple[str, str, list[bytes]]:
    first, *rest = head.rstrip(b"\r\n").split(b"\r\n")
    method, target, _ = first.decode("latin-1").split(" ", 2)
    return method.upper(), target, rest

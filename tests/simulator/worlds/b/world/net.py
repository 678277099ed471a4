"""A small HTTP/1.1 server over asyncio: many loopback addresses, one port, one thread, a log."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

from .model import Request

MAX_BODY = 1 << 20


@dataclass
class Req:
    """A request as a route sees it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body read as a form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies sent."""
        pairs = (c.strip().partition("=") for c in self.headers.get("cookie", "").split(";"))
        return {k: v for k, _, v in pairs if k}


@dataclass
class Resp:
    """An answer; `delay` seconds pass before it is sent."""

    body: bytes = b""
    status: int = 200
    ctype: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


Route = Callable[[Req], Resp]


def html(text: str, status: int = 200, **headers: str) -> Resp:
    """An HTML answer in UTF-8."""
    return Resp(text.encode(), status, headers={k.replace("_", "-"): v for k, v in headers.items()})


def redirect(to: str, status: int = 302) -> Resp:
    """A redirect."""
    return Resp(b"", status, headers={"Location": to})


def js(text: str) -> Resp:
    """A script file."""
    return Resp(text.encode(), ctype="application/javascript; charset=utf-8")


class Host:
    """One address with its routes."""

    def __init__(self, addr: str, port: int) -> None:
        self.addr = addr
        self.base = f"http://{addr}:{port}"
        self.routes: dict[str, Route] = {}
        self.prefixes: list[tuple[str, Route]] = []
        self.gates: list[Callable[[Req], Resp | None]] = []
        self.missing: Route = lambda r: html("<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", 404)

    def put(self, path: str, what: str | Resp | Route | Callable[[], str]) -> str:
        """Serves `what` (text, answer, or a route) under `path`; folder paths also answer at index.html. Gives the path."""
        if isinstance(what, str):
            text = what
            self.routes[path] = lambda r: html(text)
        elif isinstance(what, Resp):
            fixed = what
            self.routes[path] = lambda r: fixed
        else:
            self.routes[path] = what  # type: ignore[assignment]
        if path.endswith("/") and path != "/":
            self.routes[path + "index.html"] = self.routes[path]
        return path

    def lazy(self, path: str, make: Callable[[], str]) -> str:
        """Serves the text `make()` gives at each request."""
        return self.put(path, lambda r: html(make()))

    def answer(self, req: Req) -> Resp:
        """Finds the route of a request."""
        for gate in self.gates:
            got = gate(req)
            if got is not None:
                return got
        route = self.routes.get(req.path)
        if route is None:
            route = next((f for p, f in self.prefixes if req.path.startswith(p)), self.missing)
        return route(req)


class Net:
    """Listens on many addresses with one port, in one background thread."""

    def __init__(self, log: list[Request]) -> None:
        self.log = log
        self.hosts: dict[str, Host] = {}
        self.port = 0
        self._socks: list[tuple[socket.socket, Host]] = []
        self._flight: dict[str, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def host(self, addr: str) -> Host:
        """Binds an address; the first one chooses the port."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((addr, self.port))
        self.port = sock.getsockname()[1]
        host = Host(addr, self.port)
        self.hosts[addr] = host
        self._flight[addr] = 0
        self._socks.append((sock, host))
        return host

    def start(self) -> None:
        """Starts serving."""
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        loop = self._loop

        def run() -> None:
            asyncio.set_event_loop(loop)
            for sock, host in self._socks:
                loop.run_until_complete(asyncio.start_server(self._handler(host), sock=sock))
            ready.set()
            loop.run_forever()

        self._thread = threading.Thread(target=run, name="world", daemon=True)
        self._thread.start()
        ready.wait(10)

    def stop(self) -> None:
        """Stops serving and frees the addresses."""
        loop = self._loop
        if loop is None or self._thread is None:
            return

        def halt() -> None:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.call_soon(loop.stop)

        loop.call_soon_threadsafe(halt)
        self._thread.join(5)
        for sock, _ in self._socks:
            sock.close()

    def _handler(self, host: Host) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                while await self._one(host, reader, writer):
                    pass
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError, ValueError):
                pass
            finally:
                writer.close()

        return handle

    async def _one(self, host: Host, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
        size = min(int(headers.get("content-length") or 0), MAX_BODY)
        body = await reader.readexactly(size) if size else b""
        at = time.monotonic()
        self._flight[host.addr] += 1
        now = self._flight[host.addr]
        try:
            url = urlsplit(target)
            req = Req(method, unquote(url.path), dict(parse_qsl(url.query, keep_blank_values=True)), headers, body)
            try:
                resp = host.answer(req)
            except Exception as error:  # a fault of the world itself must be seen
                resp = html(f"world fault: {error!r}", 500)
            if resp.delay:
                await asyncio.sleep(resp.delay)
            shown = url.path + ("?" + url.query if url.query else "")
            self.log.append(Request(at, host.addr, method, shown, resp.status, now))
            phrase = HTTPStatus(resp.status).phrase if resp.status in HTTPStatus._value2member_map_ else "Refused"
            out = [f"HTTP/1.1 {resp.status} {phrase}", f"Content-Length: {len(resp.body)}", "Server: nginx"]
            if resp.body or resp.status == 200:
                out.append(f"Content-Type: {resp.ctype}")
            out += [f"{k}: {v}" for k, v in resp.headers.items()]
            keep = headers.get("connection", "").lower() != "close"
            out.append("Connection: " + ("keep-alive" if keep else "close"))
            writer.write(("\r\n".join(out) + "\r\n\r\n").encode("latin-1") + (b"" if method == "HEAD" else resp.body))
            await writer.drain()
            return keep
        finally:
            self._flight[host.addr] -= 1

"""Many loopback addresses, one port, one accepting thread, one thread a connection."""
from __future__ import annotations

import inspect
import re
import selectors
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

from .model import Request


@dataclass
class Req:
    """What a dynamic page sees of a request."""

    host: str
    method: str
    path: str
    raw_query: str
    headers: dict[str, str]
    body: str
    nth: int

    @property
    def query(self) -> dict[str, str]:
        """The query string, first values only."""
        return {k: v[0] for k, v in parse_qs(self.raw_query, keep_blank_values=True).items()}

    @property
    def form(self) -> dict[str, str]:
        """The posted form, first values only."""
        return {k: v[0] for k, v in parse_qs(self.body, keep_blank_values=True).items()}


@dataclass
class Resp:
    """An answer."""

    body: bytes = b""
    status: int = 200
    ctype: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Req], Resp]
Filter = Callable[[Req, Callable[[Req], Resp]], Resp]


class Net:
    """Routes of every host and the sockets that serve them."""

    def __init__(self) -> None:
        self.exact: dict[tuple[str, str], Handler] = {}
        self.patterns: dict[str, list[tuple[re.Pattern[str], Handler]]] = {}
        self.missing: dict[str, Handler] = {}
        self.filters: dict[str, Filter] = {}
        self.log: list[Request] = []
        self.port = 0
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, str, str], int] = {}
        self._in_flight: dict[str, int] = {}
        self._servers: list[ThreadingHTTPServer] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, hosts: list[str]) -> None:
        """Bind every host on one common free port."""
        handler = self._handler_class()
        for _ in range(50):
            bound: list[ThreadingHTTPServer] = []
            try:
                first = ThreadingHTTPServer((hosts[0], 0), handler)
                bound.append(first)
                for host in hosts[1:]:
                    bound.append(ThreadingHTTPServer((host, first.server_port), handler))
            except OSError:
                for one in bound:
                    one.server_close()
                continue
            self._servers, self.port = bound, first.server_port
            return
        raise OSError("no common free port on the loopback addresses")

    def start(self) -> None:
        """Answer requests in the background."""
        self._thread = threading.Thread(target=self._loop, name="world", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop answering and release the sockets."""
        self._stop.set()
        if self._thread:
            self._thread.join(5)
        for one in self._servers:
            one.block_on_close = False
            one.server_close()

    def _loop(self) -> None:
        with selectors.DefaultSelector() as chooser:
            for one in self._servers:
                one.daemon_threads = True
                chooser.register(one.socket, selectors.EVENT_READ, one)
            while not self._stop.is_set():
                for key, _ in chooser.select(0.2):
                    key.data._handle_request_noblock()

    def answer(self, req: Req) -> Resp:
        """The answer of the routes to a request."""
        gate = self.filters.get(req.host)
        return gate(req, self._route) if gate else self._route(req)

    def _route(self, req: Req) -> Resp:
        found = self.exact.get((req.host, req.path))
        if found:
            return found(req)
        for pattern, handler in self.patterns.get(req.host, ()):
            if pattern.fullmatch(req.path):
                return handler(req)
        if req.path == "/robots.txt" or req.host not in self.missing:
            return Resp("<html><body><h1>404 Not Found</h1></body></html>".encode(), 404)
        return self.missing[req.host](req)

    def _handler_class(self) -> type[BaseHTTPRequestHandler]:
        net = self

        class One(BaseHTTPRequestHandler):
            """Serves one connection."""

            protocol_version = "HTTP/1.1"
            server_version = "nginx"
            sys_version = ""
            timeout = 30

            def _serve(self) -> None:
                host = str(self.connection.getsockname()[0])
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode("utf-8", "replace") if length else ""
                path, _, query = self.path.partition("?")
                with net._lock:
                    key = (host, self.command, self.path)
                    net._seen[key] = nth = net._seen.get(key, 0) + 1
                    net._in_flight[host] = flying = net._in_flight.get(host, 0) + 1
                req = Req(host, self.command, unquote(path), query,
                          {k.lower(): v for k, v in self.headers.items()}, body, nth)
                try:
                    resp = net.answer(req)
                except Exception as error:  # a fault of the world itself must be seen
                    resp = Resp(f"world fault: {error!r}".encode(), 500, "text/plain; charset=utf-8")
                finally:
                    with net._lock:
                        net._in_flight[host] -= 1
                with net._lock:
                    net.log.append(Request(time.monotonic(), host, self.command, self.path,
                                           resp.status, flying))
                self.send_response(resp.status)
                self.send_header("Content-Type", resp.ctype)
                self.send_header("Content-Length", str(len(resp.body)))
                for name, value in resp.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(resp.body)

            do_GET = do_POST = do_HEAD = _serve

            def log_message(self, format: str, *args: object) -> None:
                """Be quiet: the log of the world is enough."""

        return One


def call(handler: Callable[..., object], req: Req) -> object:
    """Call a page function with or without the request, as it likes."""
    return handler(req) if inspect.signature(handler).parameters else handler()

"""A set of loopback hosts on one port, each with its own routes, and a common request log."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

from .model import Request


@dataclass(frozen=True)
class Req:
    """A request as a route sees it."""

    method: str
    path: str  # decoded, without query and without path parameters
    raw: str
    query: dict[str, list[str]]
    headers: dict[str, str]  # lower-case names
    body: bytes

    def q(self, name: str, default: str = "") -> str:
        """First value of a query parameter."""
        return self.query.get(name, [default])[0]

    def form(self, name: str, default: str = "") -> str:
        """First value of a field of a posted form."""
        return parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True).get(name, [default])[0]

    def cookie(self, name: str) -> str:
        """Value of a cookie, or nothing."""
        for part in self.headers.get("cookie", "").split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                return value
        return ""


@dataclass(frozen=True)
class Resp:
    """An answer."""

    body: bytes = b""
    status: int = 200
    ctype: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


Route = Callable[[Req], Resp]
Content = str | bytes | Resp | Route
TYPES = {"js": "application/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "json": "application/json; charset=utf-8",
         "pdf": "application/pdf", "xml": "text/xml; charset=utf-8", "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@dataclass
class Host:
    """One address: exact routes, prefix routes, filters run first and a fallback."""

    ip: str
    port: int
    charset: str = "utf-8"
    tell_charset: bool = True
    routes: dict[str, Content] = field(default_factory=dict)
    prefixes: list[tuple[str, Route]] = field(default_factory=list)
    before: list[Callable[[Req], Resp | None]] = field(default_factory=list)
    after: list[Callable[[Req, Resp], Resp]] = field(default_factory=list)
    missing: Route | None = None
    in_flight: int = 0

    @property
    def name(self) -> str:
        """host:port"""
        return f"{self.ip}:{self.port}"

    def url(self, path: str = "/") -> str:
        """Absolute address of a path here."""
        return f"http://{self.name}{path}"

    def html(self, text: str, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Resp:
        """A page in the host's character set."""
        ctype = f"text/html; charset={self.charset}" if self.tell_charset else "text/html"
        return Resp(text.encode(self.charset, "xmlcharrefreplace"), status, ctype, headers)

    def add(self, path: str, content: Content) -> str:
        """Serve content at a path (and at its folder form for index pages); gives the absolute address."""
        if path in self.routes:
            raise ValueError(f"{self.ip}: two pages at {path}")
        self.routes[path] = content
        return self.url(path)

    def prefix(self, start: str, route: Route) -> None:
        """Serve everything below a start of path by one route."""
        self.prefixes.append((start, route))

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """A redirect."""
        return self.add(path, Resp(b"", status, "text/html", (("Location", target),)))

    def answer(self, req: Req) -> Resp:
        """The answer to a request."""
        for check in self.before:
            early = check(req)
            if early is not None:
                return early
        content: Content | None = self.routes.get(req.path)
        if content is None:
            for start, route in self.prefixes:
                if req.path.startswith(start):
                    content = route
                    break
        resp = self._resp(content, req)
        for change in self.after:
            resp = change(req, resp)
        return resp

    def _resp(self, content: Content | None, req: Req) -> Resp:
        if content is None:
            if self.missing is not None:
                return self.missing(req)
            return self.html("<html><head><title>404 Not Found</title></head><body><h1>404</h1></body></html>", 404)
        if isinstance(content, Resp):
            return content
        if callable(content):
            return content(req)
        ext = req.path.rsplit("/", 1)[-1].rsplit(".", 1)[-1].lower() if "." in req.path.rsplit("/", 1)[-1] else ""
        if isinstance(content, bytes):
            return Resp(content, 200, TYPES.get(ext, "application/octet-stream"))
        if ext in TYPES:
            return Resp(content.encode("utf-8"), 200, TYPES[ext])
        return self.html(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 32
    allow_reuse_address = True
    net: Net
    host: Host


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 60

    def _serve(self) -> None:
        net, host = self.server.net, self.server.host
        at = time.monotonic()
        with net.lock:
            host.in_flight += 1
            flying = host.in_flight
        status = 500
        try:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size) if size else b""
            path, _, query = self.path.partition("?")
            req = Req(self.command, unquote(path.split(";", 1)[0]), self.path, parse_qs(query, keep_blank_values=True),
                      {k.lower(): v for k, v in self.headers.items()}, body)
            try:
                resp = host.answer(req)
            except Exception:
                traceback.print_exc(file=sys.stderr)
                resp = Resp(b"error of the world itself", 500, "text/plain")
            status = resp.status
            self.send_response(resp.status)
            self.send_header("Content-Type", resp.ctype)
            self.send_header("Content-Length", str(len(resp.body)))
            for key, value in resp.headers:
                self.send_header(key, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(resp.body)
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        finally:
            with net.lock:
                host.in_flight -= 1
                net.log.append(Request(at, host.ip, self.command, self.path, status, flying, self.headers.get("User-Agent", "")))

    do_GET = do_POST = do_HEAD = _serve

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the log is in memory."""


class Net:
    """All hosts of a world on one port."""

    def __init__(self) -> None:
        self.log: list[Request] = []
        self.lock = threading.Lock()
        self.port = 0
        self._servers: list[_Server] = []
        self._threads: list[threading.Thread] = []

    def host(self, charset: str = "utf-8", tell_charset: bool = True) -> Host:
        """The next loopback address, bound at once (OSError where the port is taken there)."""
        ip = f"127.1.0.{len(self._servers) + 1}"
        server = _Server((ip, self.port), _Handler)
        self.port = server.server_address[1]
        server.net, server.host = self, Host(ip, self.port, charset, tell_charset)
        self._servers.append(server)
        return server.host

    def start(self) -> None:
        """Begin to answer."""
        for server in self._servers:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.5}, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Close everything."""
        if self._threads:
            stops = [threading.Thread(target=s.shutdown) for s in self._servers]
            for t in stops:
                t.start()
            for t in stops:
                t.join()
        for server in self._servers:
            server.server_close()
        self._servers, self._threads = [], []

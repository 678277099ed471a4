"""A small loopback web server: one listening socket a host, all on one port."""
from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from .model import Request

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
SCRIPT = "application/javascript; charset=utf-8"


@dataclass
class Ask:
    """A request taken apart."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What goes back."""

    body: str | bytes = ""
    ctype: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"

    def raw(self) -> bytes:
        """The bytes of the body."""
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode(self.encoding, "xmlcharrefreplace")


Handler = Callable[[Ask], Answer]


def redirect(to: str, status: int = 302) -> Answer:
    """An answer that sends the asker elsewhere."""
    return Answer("", status=status, headers={"Location": to})


class Site:
    """Everything one host answers."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.base = f"http://{host}:{port}"
        self.routes: dict[str, Answer | Handler] = {}
        self.patterns: list[tuple[re.Pattern[str], Handler]] = []
        self.fallback: Answer | Handler = Answer(
            "<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", status=404)
        self.before: Callable[[Ask], Answer | None] | None = None  # may answer in place of the routes

    def put(self, path: str, answer: Answer | Handler | str) -> str:
        """Serve an answer at a path; returns the full address."""
        self.routes[path] = Answer(answer) if isinstance(answer, str) else answer
        return self.base + path

    def match(self, pattern: str, handler: Handler) -> None:
        """Serve every path that matches the pattern whole."""
        self.patterns.append((re.compile(pattern), handler))

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if self.before is not None:
            early = self.before(ask)
            if early is not None:
                return early
        found: Answer | Handler | None = self.routes.get(ask.path)
        if found is None:
            for pattern, handler in self.patterns:
                if pattern.fullmatch(ask.path):
                    found = handler
                    break
        if found is None:
            found = self.fallback
        return found if isinstance(found, Answer) else found(ask)


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    site: Site
    record: list[Request]
    lock: threading.Lock
    busy: dict[str, int]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        at, host = time.monotonic(), self.site.host
        with self.lock:
            self.busy[host] = self.busy.get(host, 0) + 1
            in_flight = self.busy[host]
        status, counted = 500, True
        try:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size) if size else b""
            parts = urlsplit(self.path)
            ask = Ask(self.command, unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True)),
                      dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)),
                      {k.lower(): v for k, v in self.headers.items()}, body)
            answer = self.site.answer(ask)
            status, raw = answer.status, answer.raw()
            time.sleep(0.01)  # long enough for requests at the same time to be seen as such
            with self.lock:  # before the asker can know the answer: who asks one after another counts one
                self.busy[host] -= 1
                counted = False
            self.send_response(status)
            self.send_header("Content-Type", answer.ctype)
            self.send_header("Content-Length", str(len(raw)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(raw)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.lock:
                self.busy[host] -= int(counted)
                self.record.append(Request(at, host, self.command, self.path, status, in_flight))

    do_GET = do_POST = do_HEAD = _serve


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Dropped connections are no news."""


class Fleet:
    """The servers of all hosts."""

    def __init__(self) -> None:
        self.record: list[Request] = []
        self._lock = threading.Lock()
        self._busy: dict[str, int] = {}
        self._servers: list[_Server] = []

    @staticmethod
    def free_port() -> int:
        """A port that was free a moment ago."""
        with _Server(("127.3.0.1", 0), _Desk) as server:
            return int(server.server_address[1])

    def start(self, sites: list[Site], port: int) -> None:
        """Open every host; all or none."""
        try:
            for site in sites:
                desk = type("Desk", (_Desk,), {"site": site, "record": self.record, "lock": self._lock, "busy": self._busy})
                self._servers.append(_Server((site.host, port), desk))
        except OSError:
            self.stop(running=False)
            raise
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.3,), daemon=True).start()

    def stop(self, running: bool = True) -> None:
        """Close every host."""
        if running:
            threads = [threading.Thread(target=s.shutdown, daemon=True) for s in self._servers]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(5)
        for server in self._servers:
            server.server_close()
        self._servers.clear()

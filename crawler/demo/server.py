"""A small real HTTP server on loopback: one address a site, one port, every request written down.

Sites get addresses of their own (127.0.0.2, 127.0.0.3 …) so that what a crawler does per host,
it does here per host. Answers carry ETag and, where a page has a date, Last-Modified, and a
conditional request gets its 304.
"""

from __future__ import annotations

import hashlib
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

HTML = "text/html; charset=utf-8"


@dataclass(slots=True, frozen=True, kw_only=True)
class Asked:
    """One request as a site sees it; header names are lower-case."""

    method: str
    path: str
    """Decoded, without the query."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def form(self) -> dict[str, str]:
        """The fields of a posted form."""
        fields = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[-1] for name, values in fields.items()}


@dataclass(slots=True, frozen=True, kw_only=True)
class Answer:
    """What a site answers. ``content_type`` None sends no such header at all."""

    body: bytes
    content_type: str | None = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    date: str | None = None
    """ISO date that becomes Last-Modified."""
    stream: Callable[[], Iterable[bytes]] | None = None
    """In place of ``body``: written as it comes, with no length, until it ends or nobody reads."""


Route = Callable[[Asked], Answer | None]
"""Answers a request, or None to let the next one try."""


@dataclass(slots=True, kw_only=True)
class Seen:
    """One line of the request log."""

    at: float
    """Seconds, monotonic, when the request had been read."""
    site: str
    method: str
    path: str
    """With its query, as asked."""
    agent: str
    in_flight: int
    """Requests under way on this site, this one included."""
    status: int = 0
    done: float = 0.0


class Site:
    """The pages of one host. ``guard`` sees every request first and may answer in place of all."""

    def __init__(self, name: str, *, robots: str | None = None) -> None:
        self.name = name
        self.pages: dict[str, Answer] = {}
        self.routes: list[Route] = []
        self.guard: Route | None = None
        self.latency = 0.0
        """Seconds before every answer."""
        self.tls: ssl.SSLContext | None = None
        """Set for a site that is served over https."""
        self.address: str | None = None
        """An IP address of its own choice; else the next of the world's."""
        self.own_port = False
        """Listen on a port of its own, as some file servers do beside their portal."""
        self.base = ""
        """Scheme, address and port, without a slash at its end; set when the world is made."""
        self.column = ""
        """Path of its annual-report column, for manifests."""
        self.beside: list[Site] = []
        """Other hosts that belong to its scene and stand in no registry."""
        if robots is not None:
            self.pages["/robots.txt"] = Answer(body=robots.encode(), content_type="text/plain")

    def page(
        self,
        path: str,
        text: str | bytes,
        *,
        date: str | None = None,
        content_type: str | None = HTML,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Put a page at a path; a path that ends in ``/`` answers for ``/index.html`` too."""
        body = text.encode() if isinstance(text, str) else text
        answer = Answer(
            body=body, content_type=content_type, status=status, headers=headers or {}, date=date
        )
        self.pages[path] = answer
        if path.endswith("/"):
            self.pages.setdefault(path + "index.html", answer)

    def answer(self, asked: Asked) -> Answer:
        """Answer a request: the guard, then fixed pages, then routes, else 404."""
        if self.guard is not None and (answer := self.guard(asked)) is not None:
            return answer
        if asked.path in self.pages and asked.method in ("GET", "HEAD"):
            return self.pages[asked.path]
        for route in self.routes:
            if (answer := route(asked)) is not None:
                return answer
        return Answer(body="<html><body>404 页面不存在</body></html>".encode(), status=404)


def _unchanged(asked: Asked, etag: str, modified: datetime | None) -> bool:
    if (known := asked.headers.get("if-none-match")) is not None:
        return etag in (tag.strip() for tag in known.split(","))
    since = asked.headers.get("if-modified-since")
    return bool(since and modified and modified <= parsedate_to_datetime(since))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    server: _Listener

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        parts = urlsplit(self.path)
        asked = Asked(
            method=self.command,
            path=unquote(parts.path),
            query={k: v[-1] for k, v in parse_qs(parts.query, keep_blank_values=True).items()},
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )
        world, site = self.server.world, self.server.site
        seen = world.enter(site, asked, self.path)
        try:
            if site.latency:
                time.sleep(site.latency)
            self._send(asked, site.answer(asked), seen)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            world.leave(seen)  # where the answer could not be made

    do_GET = do_POST = do_HEAD = _serve  # noqa: N815 - the names http.server looks for

    def _send(self, asked: Asked, answer: Answer, seen: Seen) -> None:
        headers = dict(answer.headers)
        # One a site sets itself may be the same for ever, as some servers' are.
        etag = headers.pop("ETag", f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"')
        modified = None
        if answer.date is not None:
            modified = datetime.fromisoformat(answer.date).replace(tzinfo=UTC)
        fresh = answer.status != 200 or not _unchanged(asked, etag, modified)
        seen.status = answer.status if fresh else 304
        body = answer.body if fresh and asked.method != "HEAD" else b""
        self.send_response(seen.status)
        if answer.content_type is not None and fresh:
            self.send_header("Content-Type", answer.content_type)
        if answer.status == 200:
            self.send_header("ETag", etag)
            if modified is not None:
                self.send_header("Last-Modified", format_datetime(modified, usegmt=True))
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.stream is not None:
            self.send_header("Connection", "close")
            self.end_headers()
            for part in answer.stream():
                self.wfile.write(part)
                self.wfile.flush()
            return
        self.send_header("Content-Length", str(len(answer.body if fresh else b"")))
        # Before the last byte leaves: after it the client may ask again sooner than this thread
        # gets its turn, and the log would show two requests at a time that never were.
        self.server.world.leave(seen)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Keep quiet: the world has its own log."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], site: Site, world: WorldServer) -> None:
        self.site = site
        self.world = world
        super().__init__(address, _Handler)
        if site.tls is not None:
            # The handshake happens in the request's own thread, at its first read.
            self.socket = site.tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about clients that hang up: some are meant to."""
        error = sys.exception()
        if not isinstance(error, OSError):  # ssl.SSLError is one
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as the base has it


class WorldServer:
    """Serves sites until closed; a context manager.

    Args:
        sites: what to serve; the n-th gets the address 127.0.0.(first + n).
        port: 0 takes any that is free on all addresses.
        first: last number of the first address.
    """

    def __init__(self, sites: Sequence[Site], port: int = 0, first: int = 2) -> None:
        self.log: list[Seen] = []
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._hosts = {s.name: s.address or f"127.0.0.{first + n}" for n, s in enumerate(sites)}
        self._listeners = self._listen(sites, port)
        self.port = self._listeners[0].server_address[1]
        for site, listener in zip(sites, self._listeners, strict=True):
            scheme = "https" if site.tls else "http"
            site.base = f"{scheme}://{self._hosts[site.name]}:{listener.server_address[1]}"
        self._sites = {site.name: site for site in sites}

    def _listen(self, sites: Sequence[Site], port: int) -> list[_Listener]:
        for _ in range(20):
            made: list[_Listener] = []
            try:
                for site in sites:
                    at = port or (made[0].server_address[1] if made else 0)
                    at = 0 if site.own_port else at
                    made.append(_Listener((self._hosts[site.name], at), site, self))
            except OSError:
                # The port the first address was given is taken on another: try the next one.
                for listener in made:
                    listener.server_close()
                if port:
                    raise
            else:
                return made
        msg = "no port is free on all loopback addresses"
        raise OSError(msg)

    def base(self, name: str) -> str:
        """Return the address of a site, without a slash at its end."""
        return self._sites[name].base

    def enter(self, site: Site, asked: Asked, path: str) -> Seen:
        """Write down that a request came."""
        with self._lock:
            self._under_way[site.name] += 1
            seen = Seen(
                at=time.monotonic(),
                site=site.name,
                method=asked.method,
                path=path,
                agent=asked.headers.get("user-agent", ""),
                in_flight=self._under_way[site.name],
            )
            self.log.append(seen)
        return seen

    def leave(self, seen: Seen) -> None:
        """Write down, once, that a request is answered."""
        with self._lock:
            if not seen.done:
                self._under_way[seen.site] -= 1
                seen.done = time.monotonic()

    def asked(self, name: str) -> list[Seen]:
        """Return the log of one site."""
        return [seen for seen in self.log if seen.site == name]

    def __enter__(self) -> Self:
        """Start serving, each address in a thread of its own."""
        for listener in self._listeners:
            threading.Thread(
                target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
            ).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        for listener in self._listeners:
            listener.shutdown()
            listener.server_close()

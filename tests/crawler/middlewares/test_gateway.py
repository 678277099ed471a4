"""The browser's way out, with real sockets on loopback."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable

import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.middlewares.addresses import AddressRules, Networks, RefusedError
from crawler.middlewares.gateway import Gateway

HOST = "127.0.0.2:8000"
PLAIN = f"http://{HOST}"


class Asked:
    """Stands for the download handler: keeps what it was asked, answers the same to all."""

    def __init__(self, answer: Callable[[Request], Awaitable[Response]] | None = None) -> None:
        self.requests: list[Request] = []
        self.cancelled = asyncio.Event()
        self.answer = answer

    async def __call__(self, request: Request) -> Response:
        self.requests.append(request)
        try:
            if self.answer is not None:
                return await self.answer(request)
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        headers = {"Set-Cookie": ["a=1", "b=2"], "Transfer-Encoding": "chunked", "X-Old": "y"}
        return Response(request.url, status=203, headers=headers, body=b"hello")


def gateway(asked: Asked) -> Gateway:
    rules = AddressRules([], Networks("127.0.0.0/8"))
    rules.add_host_of(PLAIN)
    rules.add_host_of(f"https://{HOST}")

    async def ask(request: Request) -> Response:
        if (why := rules.refuse(request.url)) is not None:
            raise RefusedError(why)
        return await asked(request)

    return Gateway(ask)


def spoken(asked: Asked, head: str, body: bytes = b"", *, inside: str = "") -> bytes:
    """Say something to the gateway; ``inside``: after a CONNECT, within its tunnel."""

    async def run() -> bytes:
        async with gateway(asked) as proxy:
            host, _, port = proxy.address.removeprefix("http://").partition(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(head.encode() + b"\r\n\r\n" + body)
            if inside:
                assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
                anyone = ssl.create_default_context()
                anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
                await writer.start_tls(anyone, server_hostname="x")
                writer.write(inside.encode() + b"\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), 5)
            writer.close()
            return answer

    return asyncio.run(run())


def test_a_request_is_handed_over_without_what_belongs_to_the_connection():
    asked = Asked()
    head = (
        f"GET {PLAIN}/a?b=1 HTTP/1.1\r\nHost: other\r\nProxy-Connection: keep-alive\r\nCookie: c=1"
    )
    answer = spoken(asked, head)
    (request,) = asked.requests
    assert (request.method, request.url) == ("GET", f"{PLAIN}/a?b=1")
    assert request.headers.to_unicode_dict() == {"Cookie": "c=1"}
    assert answer.startswith(b"HTTP/1.1 203 ")
    assert answer.endswith(b"\r\n\r\nhello")
    assert answer.count(b"Set-Cookie: ") == 2
    assert b"Transfer-Encoding" not in answer
    assert b"Content-Length: 5\r\n" in answer


@pytest.mark.parametrize("host", ["127.0.0.3:8000", "10.0.0.1:443", "evil.example.test:443"])
def test_a_tunnel_to_a_host_that_may_not_be_asked_leads_nowhere(host):
    asked = Asked()
    answer = spoken(asked, f"CONNECT {host} HTTP/1.1", inside=f"GET / HTTP/1.1\r\nHost: {HOST}")
    assert answer.startswith(b"HTTP/1.1 403")
    assert asked.requests == []


def test_a_tunnel_without_tls_in_it_carries_nothing():
    async def run() -> bytes:
        async with gateway(asked) as proxy:
            host, _, port = proxy.address.removeprefix("http://").partition(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"CONNECT {HOST} HTTP/1.1\r\n\r\n".encode())
            assert b" 200 " in await reader.readuntil(b"\r\n\r\n")
            writer.write(b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), 5)
            writer.close()
            return answer

    asked = Asked()
    assert b"hello" not in asyncio.run(run())
    assert asked.requests == []


def test_what_a_page_posts_goes_with_it():
    asked = Asked()
    spoken(asked, f"POST {PLAIN}/api HTTP/1.1\r\nContent-Length: 3", b"x=1")
    assert (asked.requests[0].method, asked.requests[0].body) == ("POST", b"x=1")


def test_a_request_inside_a_tunnel_is_seen_and_asked_of_the_tunnels_host_alone():
    asked = Asked()
    answer = spoken(
        asked, f"CONNECT {HOST} HTTP/1.1", inside="GET /a HTTP/1.1\r\nHost: evil.example.test"
    )
    assert answer.endswith(b"hello")
    assert asked.requests[0].url == f"https://{HOST}/a"
    assert b"Host" not in asked.requests[0].headers


@pytest.mark.parametrize(
    "head",
    [
        "GET http://127.0.0.3:8000/secret HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        f"GET {PLAIN}/ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade",
    ],
)
def test_what_may_not_be_asked_is_refused_and_not_handed_over(head):
    asked = Asked()
    assert spoken(asked, head).startswith(b"HTTP/1.1 403")
    assert asked.requests == []


@pytest.mark.parametrize(
    ("error", "status"), [(IgnoreRequest("no"), b"403"), (RuntimeError("broken"), b"502")]
)
def test_what_the_crawl_refuses_or_fails_to_get_is_an_error_page(error, status):
    async def fail(_: Request) -> Response:
        raise error

    assert spoken(Asked(fail), f"GET {PLAIN}/ HTTP/1.1").startswith(b"HTTP/1.1 " + status)


def test_a_browser_that_hangs_up_is_not_asked_for_any_longer():
    async def run() -> bool:
        started = asyncio.Event()

        async def wait(_: Request) -> Response:
            started.set()
            await asyncio.sleep(60)
            raise AssertionError

        asked = Asked(wait)
        async with gateway(asked) as proxy:
            host, _, port = proxy.address.removeprefix("http://").partition(":")
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"GET {PLAIN}/ HTTP/1.1\r\n\r\n".encode())
            await asyncio.wait_for(started.wait(), 5)
            writer.close()
            await asyncio.wait_for(asked.cancelled.wait(), 5)
        return asked.cancelled.is_set()

    assert asyncio.run(run())


@pytest.mark.parametrize(
    "head",
    [
        "",
        "nonsense",
        "GET / HTTP/1.1",
        "GET http://[::1 HTTP/1.1",
        f"GET {PLAIN}/ HTTP/1.1\r\nContent-Length: -5",
        f"GET {PLAIN}/ HTTP/1.1\r\nContent-Length: 99999999999",
        f"POST {PLAIN}/ HTTP/1.1\r\nTransfer-Encoding: chunked",
    ],
)
def test_what_is_no_request_ends_the_connection_and_nothing_else(head):
    asked = Asked()
    answer = spoken(asked, head)
    assert not answer.startswith((b"HTTP/1.1 203", b"HTTP/1.1 502"))
    assert b"hello" not in answer
    assert asked.requests == []

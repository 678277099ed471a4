"""The browser's way out, with real sockets on loopback."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from crawler.middlewares.addresses import AddressRules, Networks
from crawler.middlewares.gateway import Gateway
from crawler.middlewares.pace import Pace


def gateway(private: str = "127.0.0.0/8") -> Gateway:
    networks = Networks(private)
    return Gateway(AddressRules([], networks), Pace(gap=0.0, gap_private=0.0, networks=networks))


async def ask(proxy: Gateway, head: str, body: bytes = b"") -> bytes:
    host, _, port = proxy.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(head.encode() + b"\r\n\r\n" + body)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


async def with_server(
    proxy: Gateway, use: Callable[[str, list[bytes]], Awaitable[bytes]]
) -> tuple[bytes, list[bytes]]:
    """Serve one page on loopback and use it through the gateway."""
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, proxy:
        return await use(base, seen), seen


def test_an_allowed_address_is_reached_in_origin_form_without_the_proxy_headers():
    proxy = gateway()

    async def use(base: str, _seen: list[bytes]) -> bytes:
        proxy.rules.add_host_of(base)
        return await ask(
            proxy, f"GET {base}/a?b=1 HTTP/1.1\r\nHost: x\r\nProxy-Connection: keep-alive"
        )

    answer, seen = asyncio.run(with_server(proxy, use))
    assert answer.endswith(b"hello")
    assert seen[0].startswith(b"GET /a?b=1 HTTP/1.1\r\n")
    assert b"proxy-connection" not in seen[0].lower()


@pytest.mark.parametrize("method", ["GET", "CONNECT"])
def test_an_address_that_is_not_listed_is_refused_and_written_down(method):
    proxy = gateway()

    async def use(base: str, _seen: list[bytes]) -> bytes:
        target = base.removeprefix("http://") if method == "CONNECT" else f"{base}/secret"
        return await ask(proxy, f"{method} {target} HTTP/1.1\r\nHost: x")

    answer, seen = asyncio.run(with_server(proxy, use))
    assert answer.startswith(b"HTTP/1.1 403")
    assert seen == []
    assert len(proxy.refused) == 1


@pytest.mark.parametrize("target", ["http://localhost:{port}/", "http://2130706433:{port}/"])
def test_a_listed_name_that_leads_to_a_private_address_is_refused(target):
    proxy = gateway(private="")

    async def use(base: str, _seen: list[bytes]) -> bytes:
        url = target.format(port=base.rpartition(":")[2])
        proxy.rules.add_host_of(url)
        return await ask(proxy, f"GET {url} HTTP/1.1\r\nHost: x")

    answer, seen = asyncio.run(with_server(proxy, use))
    assert answer.startswith(b"HTTP/1.1 403")
    assert seen == []


@pytest.mark.parametrize("head", ["", "nonsense", "GET / HTTP/1.1", "GET http://[::1 HTTP/1.1"])
def test_what_is_no_request_ends_the_connection_and_nothing_else(head):
    async def use(_base: str, _seen: list[bytes]) -> bytes:
        return await ask(proxy, head)

    proxy = gateway()
    answer, seen = asyncio.run(with_server(proxy, use))
    assert answer == b"" or answer.startswith(b"HTTP/1.1 403")
    assert seen == []


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    ],
)
def test_an_answer_ends_where_it_says_though_the_server_keeps_the_connection(answer):
    proxy = gateway()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await reader.read()  # until the other side closes
        writer.close()

    async def use() -> bytes:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server, proxy:
            proxy.rules.add_host_of(base)
            return await ask(proxy, f"GET {base}/ HTTP/1.1\r\nHost: x")

    got = asyncio.run(use())
    assert b"\r\nConnection: close\r\n\r\n" in got
    assert got.partition(b"\r\n\r\n")[2] == answer.partition(b"\r\n\r\n")[2]

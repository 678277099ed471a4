import asyncio
import itertools
import time
from datetime import UTC, datetime

import pytest
from scrapy.settings import Settings

from crawler.middlewares.addresses import Networks
from crawler.middlewares.pace import Pace, retry_after

A, B = "http://a.gov.test/x", "http://b.gov.test/x"


def pace(gap: float = 0.05, private: float = 0.0) -> Pace:
    return Pace(gap=gap, gap_private=private, networks=Networks("127.0.0.0/8"))


async def visits(
    keeper: Pace, urls: list[str], lasting: float = 0.02
) -> list[tuple[str, float, float]]:
    """Ask all at once; return (url, start, end) in order of their start."""
    seen = []

    async def ask(url: str) -> None:
        async with keeper.turn(url):
            start = time.monotonic()
            await asyncio.sleep(lasting)
            seen.append((url, start, time.monotonic()))

    await asyncio.gather(*(ask(url) for url in urls))
    return sorted(seen, key=lambda s: s[1])


def test_one_host_is_asked_one_at_a_time_with_the_gap_after_each_answer():
    seen = asyncio.run(visits(pace(), [A] * 4))
    pauses = [later[1] - earlier[2] for earlier, later in itertools.pairwise(seen)]
    assert min(pauses) >= 0.05


def test_hosts_do_not_wait_for_each_other():
    started = time.monotonic()
    asyncio.run(visits(pace(gap=0.3), [A, B, "http://c.gov.test/"]))
    assert time.monotonic() - started < 0.3


def test_another_port_of_a_named_host_is_the_same_host():
    seen = asyncio.run(visits(pace(), ["http://a.gov.test/", "http://a.gov.test:30105/f.pdf"]))
    assert seen[1][1] - seen[0][2] >= 0.05


def test_a_crawl_delay_lengthens_the_gap_and_never_shortens_it():
    keeper = pace(gap=0.05)
    keeper.crawl_delay(A, 0.2)
    keeper.crawl_delay(B, 0.001)
    assert keeper.gap_of(A) == 0.2
    assert keeper.gap_of(B) == 0.05


def test_a_host_that_asked_for_rest_gets_it():
    async def run() -> float:
        keeper = pace(gap=0.0)
        keeper.back_off(A, 0.2)
        started = time.monotonic()
        async with keeper.turn(A):
            return time.monotonic() - started

    assert asyncio.run(run()) >= 0.2


def test_an_error_inside_a_turn_gives_the_turn_back():
    async def run() -> None:
        keeper = pace(gap=0.0)
        with pytest.raises(ValueError, match="broken"):
            async with keeper.turn(A):
                raise ValueError("broken")
        async with asyncio.timeout(1), keeper.turn(A):
            pass

    asyncio.run(run())


def test_only_a_server_on_an_allowed_private_network_is_asked_faster():
    keeper = pace(gap=3.0, private=0.01)
    assert keeper.gap_of("http://127.0.0.5:8000/") == 0.01
    assert keeper.gap_of("http://8.8.8.8/") == 3.0


def test_a_delay_the_user_gives_takes_the_place_of_both_gaps():
    settings = Settings({"REQUEST_GAP": 3, "REQUEST_GAP_PRIVATE": 0.02, "DOWNLOAD_DELAY": 0})
    settings.set("ALLOWED_PRIVATE_NETWORKS", "127.0.0.0/8")
    assert Pace.from_settings(settings).gap_of("http://127.0.0.1:1/") == 0.02
    settings.set("DOWNLOAD_DELAY", "0.5", priority="cmdline")
    keeper = Pace.from_settings(settings)
    assert keeper.gap_of("http://127.0.0.1:1/") == 0.5
    assert keeper.gap_of(A) == 0.5


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 00:01:00 GMT", 60.0),
        ("Sun, 22 Nov 2020 00:01:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("9" * 400, float("inf")),
        ("Sun, 22 Nov 2026 00:00:10 -0000", 10.0),
        ("Sun, 22 Nov 99999999999999999999 00:01:00 GMT", None),
        ("Sun, 22 Nov 2026 00:01:00 +99999999999999", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header, seconds):
    assert retry_after(header, datetime(2026, 11, 22, tzinfo=UTC)) == seconds

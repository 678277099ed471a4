import asyncio
import itertools
import time
from datetime import UTC, datetime

import pytest
from scrapy.settings import Settings

from crawler.middlewares.addresses import Networks
from crawler.middlewares.pace import BusyError, Pace, retry_after
from pipelines.store.claims import Claims
from pipelines.vocabulary.errors import StoreError
from tests.effort import LAST_RESORT

A, B = "http://a.gov.test/x", "http://b.gov.test/x"


@pytest.fixture
def claims(tmp_path):
    """What the runs of one folder share; another of them opens the same file."""
    held = Claims(tmp_path / "claims")
    yield held
    held.close()


@pytest.fixture
def pace(claims):
    def make(gap: float = 0.05, private: float = 0.0, of: Claims = claims, **more) -> Pace:
        own = Networks("127.0.0.0/8")
        return Pace(gap=gap, gap_private=private, networks=own, claims=of, **more)

    return make


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


def test_one_host_is_asked_one_at_a_time_with_the_gap_after_each_answer(pace):
    seen = asyncio.run(visits(pace(), [A] * 4))
    pauses = [later[1] - earlier[2] for earlier, later in itertools.pairwise(seen)]
    assert min(pauses) >= 0.05


def test_hosts_do_not_wait_for_each_other(pace):
    urls = [A, B, "http://c.gov.test/"]

    async def all_inside_at_once() -> None:
        keeper, together = pace(gap=60.0), asyncio.Barrier(len(urls))

        async def ask(url: str) -> None:
            async with keeper.turn(url):
                await together.wait()

        async with asyncio.timeout(LAST_RESORT):
            await asyncio.gather(*map(ask, urls))

    asyncio.run(all_inside_at_once())


def test_another_port_of_a_named_host_is_the_same_host(pace):
    seen = asyncio.run(visits(pace(), ["http://a.gov.test/", "http://a.gov.test:30105/f.pdf"]))
    assert seen[1][1] - seen[0][2] >= 0.05


def test_no_other_way_to_write_a_host_is_another_host(pace):
    urls = [A, "https://a.gov.test/", "http://www.a.gov.test/", "https://WWW.a.gov.test.:8443/"]
    seen = asyncio.run(visits(pace(), urls))
    assert all(b[1] - a[2] >= 0.05 for a, b in itertools.pairwise(seen))


def test_a_crawl_delay_lengthens_the_gap_and_never_shortens_it(pace):
    keeper = pace(gap=0.05)
    keeper.crawl_delay(A, 0.2)
    keeper.crawl_delay(B, 0.001)
    assert keeper.gap_of(A) == 0.2
    assert keeper.gap_of(B) == 0.05


def test_a_host_that_asked_for_rest_gets_it(pace):
    async def run() -> float:
        keeper = pace(gap=0.0)
        keeper.back_off(A, 0.2)
        started = time.monotonic()
        async with keeper.turn(A):
            return time.monotonic() - started

    assert asyncio.run(run()) >= 0.2


def test_an_error_inside_a_turn_gives_the_turn_back(pace):
    async def run() -> None:
        keeper = pace(gap=0.0)
        with pytest.raises(ValueError, match="broken"):
            async with keeper.turn(A):
                raise ValueError("broken")
        async with asyncio.timeout(LAST_RESORT), keeper.turn(A):
            pass

    asyncio.run(run())


def test_only_a_server_on_an_allowed_private_network_is_asked_faster(pace):
    keeper = pace(gap=3.0, private=0.01)
    assert keeper.gap_of("http://127.0.0.5:8000/") == 0.01
    assert keeper.gap_of("http://8.8.8.8/") == 3.0


def test_a_delay_the_user_gives_takes_the_place_of_both_gaps(claims):
    settings = Settings({"REQUEST_GAP": 3, "REQUEST_GAP_PRIVATE": 0.02, "DOWNLOAD_DELAY": 0})
    settings.set("ALLOWED_PRIVATE_NETWORKS", "127.0.0.0/8")
    assert Pace.from_settings(settings, claims).gap_of("http://127.0.0.1:1/") == 0.02
    settings.set("DOWNLOAD_DELAY", "0.5", priority="cmdline")
    keeper = Pace.from_settings(settings, claims)
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


# -- runs side by side: a pace of each, one file of claims --------------------------------------


@pytest.fixture
def second(claims):
    held = Claims(claims.path)
    yield held
    held.close()


def test_two_runs_ask_a_host_one_at_a_time_with_the_gap_after_each(pace, second):
    async def both() -> list[tuple[str, float, float]]:
        seen = await asyncio.gather(
            visits(pace(gap=0.1), [A] * 5),
            visits(pace(gap=0.1, of=second), [A.replace("http:", "https:")] * 5),
        )
        return sorted(itertools.chain(*seen), key=lambda s: s[1])

    seen = asyncio.run(both())
    assert len(seen) == 10
    assert all(later[1] - earlier[2] >= 0.1 for earlier, later in itertools.pairwise(seen))
    # Who had the last turn lets the other go first; a slow machine may miss one or two.
    assert len(list(itertools.groupby(url for url, *_ in seen))) > 4


def test_a_rest_that_one_run_was_asked_for_holds_for_the_other(pace, second):
    one, two = pace(), pace(of=second)
    one.back_off(A, 200)
    assert "a.gov.test asked to be left alone for another" in (two.closed(A) or "")

    async def ask(keeper: Pace, url: str) -> float:
        started = time.monotonic()
        async with keeper.turn(url):
            return time.monotonic() - started

    with pytest.raises(BusyError):
        asyncio.run(ask(two, A))
    one.back_off(B, 0.3)
    assert asyncio.run(ask(two, B)) >= 0.29


def test_a_rest_that_comes_while_the_other_run_waits_is_heeded(pace, second):
    one, two = pace(), pace(of=second)

    async def refuse() -> None:
        async with one.turn(A):
            await asyncio.sleep(0.1)
            one.back_off(A, 300)

    async def wait() -> None:
        await asyncio.sleep(0.02)
        async with two.turn(A):
            pass

    async def both() -> None:
        await asyncio.gather(refuse(), wait())

    with pytest.raises(BusyError):
        asyncio.run(both())


def test_nobody_means_years(pace, second):
    pace().back_off(A, float("inf"))
    _, until = second.times("a.gov.test")
    assert until - time.monotonic() <= 86400


def test_a_crawl_delay_one_run_read_holds_for_the_next_request_of_any(pace, second):
    one, two = pace(), pace(of=second)

    async def ask() -> float:
        async with one.turn(A):
            pass
        done = time.monotonic()
        one.crawl_delay(A, 0.4)
        async with two.turn(A):
            return time.monotonic() - done

    assert asyncio.run(ask()) >= 0.4


def test_a_run_whose_claims_are_closed_asks_nothing(pace, claims):
    keeper = pace()

    async def ask() -> None:
        async with keeper.turn(A):
            claims.close()
        async with keeper.turn(A):
            raise AssertionError("asked")

    with pytest.raises(StoreError, match="closed"):
        asyncio.run(ask())


async def one_server(name: str) -> str | None:
    return None if name.startswith("gone") else "203.0.113.7"


def most_at_once(seen: list[tuple[str, float, float]]) -> int:
    return max(sum(a <= start < b for _, a, b in seen) for _, start, _ in seen)


def test_hosts_on_one_server_share_its_places_and_their_gaps(pace):
    keeper = pace(gap=0.05, in_flight=2, resolve=one_server)
    seen = asyncio.run(visits(keeper, [f"http://h{n}.gov.test/" for n in range(7)]))
    assert most_at_once(seen) == 2
    # Whoever comes third waits for the end of an earlier one, and the gap behind it.
    for n, (_, start, _) in enumerate(seen[2:], 2):
        assert sum(end + 0.05 <= start for _, _, end in seen) >= n - 1


def test_places_at_a_server_are_shared_with_other_runs(pace, second):
    keepers = [
        pace(gap=0.02, in_flight=1, resolve=one_server, of=c) for c in (pace().claims, second)
    ]

    async def both() -> list[tuple[str, float, float]]:
        asked = [[f"http://{run}{n}.gov.test/" for n in range(3)] for run in "ab"]
        parts = await asyncio.gather(*(map(visits, keepers, asked)))
        return sorted((s for part in parts for s in part), key=lambda s: s[1])

    seen = asyncio.run(both())
    assert len(seen) == 6
    assert all(b[1] - a[2] >= 0.02 for a, b in itertools.pairwise(seen))


def test_a_name_that_leads_nowhere_and_an_address_wait_for_nobodys_place(pace):
    keeper = pace(gap=60.0, in_flight=0, resolve=one_server)
    asyncio.run(visits(keeper, ["http://gone.gov.test/", "http://127.0.0.9/"]))

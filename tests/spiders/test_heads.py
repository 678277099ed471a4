"""What comes before a body, and what is to be sent back of it, within bounds."""

import gzip

import pytest

from crawler.demo.server import Answer, Asked, Site
from crawler.middlewares.heads import LIMIT
from tests.spiders.world import Run, crawl, portal, route

REPORT = "/zwgk/nb/202403/t20240315_2023.html"
BIG = {f"X-{n}": "y" * 1000 for n in range(LIMIT // 1000 + 1)}
MANY = {f"X-{n}": "y" for n in range(500)}
COOKIES: list[int] = []


def _greedy(code: str) -> Site:
    """Sets a cookie of 10 kB on every page, each by another name."""
    site = portal(code)
    answer = site.answer

    def with_cookie(asked: Asked) -> Answer:
        made = answer(asked)
        COOKIES.append(len(asked.headers.get("cookie", "")))
        headers = {**made.headers, "Set-Cookie": f"c{len(COOKIES)}={'v' * 10_000}; path=/"}
        return Answer(
            body=made.body, content_type=made.content_type, status=made.status, headers=headers
        )

    site.answer = with_cookie  # type: ignore[method-assign]
    return site


def _packed(page: bytes, sent: int) -> Answer:
    """A page packed after its length was counted, as much of it as is sent."""
    return Answer(
        body=b"",
        headers={"Content-Encoding": "gzip", "Content-Length": str(len(page))},
        stream=lambda: [gzip.compress(page, mtime=0)[:sent]],
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    page = portal("x").pages[REPORT].body
    packed = gzip.compress(page, mtime=0)
    assert len(packed) < len(page)
    sites = [
        route(portal("990301"), REPORT, lambda _: Answer(body=page, headers=BIG)),
        route(portal("990302"), REPORT, lambda _: Answer(body=page, headers=MANY)),
        _greedy("990303"),
        route(
            portal("990304"),
            "/",
            # Bytes that are no text, in a name and in a value, to be sent back with every request.
            lambda _: Answer(
                body=portal("x").pages["/"].body, headers={"Set-Cookie": "\xff\xfe=\xe4"}
            ),
        ),
        route(portal("990305"), REPORT, lambda _: _packed(page, len(packed))),
        route(portal("990306"), REPORT, lambda _: _packed(page, len(packed) - 9)),
    ]
    output = tmp_path_factory.mktemp("heads")
    return crawl(sites, output, "-s", "CHROMIUM_PATH=/nowhere", "-s", "RETRY_TIMES=0")


def test_headers_beyond_any_sense_cost_the_page_alone(run):
    assert run.portals["990301"]["read"] == 2
    assert "fetch/too-large" in run.codes("990301")


def test_many_headers_and_cookies_of_any_bytes_cost_nothing(run):
    assert run.outcome("990302") == "ok", run.portals["990302"]
    assert run.outcome("990304") == "ok", run.portals["990304"]


def test_more_cookies_than_anybody_can_send_back_are_not_sent(run):
    assert run.outcome("990303") == "ok", run.portals["990303"]
    assert len(COOKIES) > 3
    assert any(COOKIES)
    assert max(COOKIES) < 16 * 1024


def test_a_packed_page_under_the_length_it_unpacks_to_is_whole_and_a_cut_one_is_not(run):
    assert run.outcome("990305") == "ok", run.portals["990305"]
    assert run.portals["990306"]["read"] == 2
    assert "fetch/failed" in run.codes("990306")

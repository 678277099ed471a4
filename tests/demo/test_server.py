"""The demo's server is a real one: real sockets, validators, a log that tells the truth."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request

import pytest

from crawler.demo.server import Answer, Site, WorldServer
from tests.effort import LAST_RESORT


def get(url, headers=None, data=None):
    """Return (status, headers, body), whatever the status."""
    request = urllib.request.Request(url, headers=headers or {}, data=data)
    try:
        with urllib.request.urlopen(request, timeout=LAST_RESORT) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture
def world():
    one, two = Site("one"), Site("two", robots="User-agent: *\nDisallow: /\n")
    one.page("/", "<p>甲</p>", date="2024-03-05")
    one.page("/plain", "文".encode("gb18030"), content_type=None)
    two.page("/", "<p>乙</p>")
    two.routes.append(
        lambda asked: (
            Answer(body=f"{asked.method} {asked.form}".encode()) if asked.path == "/form" else None
        )
    )
    with WorldServer([one, two]) as server:
        yield server


def test_each_site_has_an_address_of_its_own_and_one_port(world):
    one, two = world.base("one"), world.base("two")
    assert one.split(":")[1] != two.split(":")[1]
    assert one.split(":")[2] == two.split(":")[2]
    assert get(f"{one}/")[2].decode() == "<p>甲</p>"
    assert get(f"{two}/")[2].decode() == "<p>乙</p>"


def test_a_known_page_costs_no_body_the_second_time(world):
    _, headers, _ = get(f"{world.base('one')}/")
    for condition in (
        {"If-None-Match": headers["ETag"]},
        {"If-Modified-Since": headers["Last-Modified"]},
    ):
        status, _, body = get(f"{world.base('one')}/", condition)
        assert (status, body) == (304, b"")
    assert get(f"{world.base('one')}/", {"If-None-Match": '"other"'})[0] == 200
    old = {"If-Modified-Since": "Mon, 04 Mar 2024 00:00:00 GMT"}
    assert get(f"{world.base('one')}/", old)[0] == 200


def test_a_page_without_a_content_type_gets_none(world):
    _, headers, body = get(f"{world.base('one')}/plain")
    assert headers["Content-Type"] is None
    assert body == "文".encode("gb18030")


def test_what_is_not_there_is_404_and_robots_only_where_a_site_has_them(world):
    assert get(f"{world.base('one')}/nothing")[0] == 404
    assert get(f"{world.base('one')}/robots.txt")[0] == 404
    assert b"Disallow" in get(f"{world.base('two')}/robots.txt")[2]


def test_a_posted_form_arrives(world):
    assert get(f"{world.base('two')}/form", data=b"a=1&b=")[2] == b"POST {'a': '1', 'b': ''}"


def test_the_log_knows_order_status_and_who_was_under_way(world):
    get(f"{world.base('one')}/?x=1", {"User-Agent": "reader"})
    get(f"{world.base('one')}/nothing")
    first, second = world.asked("one")
    assert (first.path, first.status, first.agent, first.in_flight) == ("/?x=1", 200, "reader", 1)
    assert (second.status, second.in_flight) == (404, 1)
    assert first.at <= first.done <= second.at
    assert world.asked("two") == []


def test_two_requests_at_a_time_on_one_site_are_seen():
    slow = Site("slow")
    slow.latency = 0.3
    slow.page("/", "x")
    with WorldServer([slow]) as server:
        threads = [threading.Thread(target=get, args=(f"{server.base('slow')}/",)) for _ in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert max(seen.in_flight for seen in server.asked("slow")) == 2


def test_a_taken_port_is_said_at_once(world):
    site = Site("late")
    with pytest.raises(OSError, match="in use"):
        WorldServer([site], port=world.port)

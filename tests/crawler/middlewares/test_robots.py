"""What robots.txt says, in the shapes these portals write it."""

from codecs import BOM_UTF8

import pytest
from protego import Protego

from crawler.middlewares.robots import USER_AGENT_TOKEN, longest_delay, rules_in

HOST = "http://a.gov.test"


def allowed(body: bytes, path: str) -> bool:
    rules = Protego.parse(rules_in(body).decode("utf-8", "ignore"))
    return bool(rules.can_fetch(HOST + path, USER_AGENT_TOKEN))


NAMED = b"User-agent: *\nDisallow: /\n\nUser-agent: county-reports/1.0\nDisallow: /a\n"


@pytest.mark.parametrize(
    "body",
    [
        NAMED,
        NAMED.replace(b"\n", b"\r\n"),
        NAMED.replace(b"\n", b"\r"),
        BOM_UTF8 + NAMED,
        BOM_UTF8 + b"User-agent: county-reports/1.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /",
        NAMED.decode().encode("utf-16"),
        b"user-agent : County-Reports/2 (x)\n disallow : /a # old\n",
        "# 禁止\nUser-agent: *\nDisallow: /政务\nDisallow: /a".encode("gb18030"),
    ],
)
def test_rules_hold_whatever_the_file_is_written_with(body):
    assert not allowed(body, "/a/b")
    assert allowed(body, "/b")


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/n/a.pdf", False),
        ("/n/a.pdf?v=1", True),
        ("/x1y/list", False),
        ("/x1y/ok", True),
        ("/%E6%94%BF%E5%8A%A1/", False),
    ],
)
def test_wildcards_ends_and_the_longest_rule_hold(path, right):
    text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /x*y\nAllow: /x1y/ok\nDisallow: /政务"
    assert allowed(text.encode(), path) is right


def test_of_an_endless_file_the_beginning_holds_and_no_half_rule():
    lines = b"User-agent: *\nDisallow: /first/\n"
    filler = b"#" * (512 * 1024 - len(lines) - len(b"\nDisallow: /"))
    body = lines + filler + b"\nDisallow: /old/\n" + b"Disallow: /later/\n" * 40_000
    assert len(body) > 1024 * 1024
    assert not allowed(body, "/first/")
    assert allowed(body, "/zwgk/")


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        (b"User-agent: *\nCrawl-delay: 2\nCrawl-delay: 9", 9.0),
        (b"User-agent: *\nCrawl-delay: 2\nDisallow: /a\nUser-agent: *\nCrawl-delay: 7.5", 7.5),
        (b"User-agent: county-reports\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 20", 20.0),
        (b"User-agent: a\nUser-agent: county-reports\nCrawl-delay: 4", 4.0),
        (b"User-agent: other\nCrawl-delay: 60", None),
        (b"User-agent: *\nCrawl-delay: soon\nCrawl-delay: -5", None),
        (b"User-agent: *\nDisallow: /", None),
    ],
)
def test_of_several_crawl_delays_the_longest_counts(rules, delay):
    assert longest_delay(rules) == delay

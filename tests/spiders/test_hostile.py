"""Answers made to hold a crawl up or to fill its memory: each costs itself, and nothing else.

A crawl of portals with one such answer each, beside one that behaves. The trap is a report in
the middle of the list, the list, or the home page; what is not behind it must still be read.
"""

import gzip
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.server import Answer, Site
from tests.effort import LAST_RESORT, at_most
from tests.spiders.world import Run, crawl, page, portal, rows

REPORT = "/zwgk/nb/202403/t20240315_2023.html"
COLUMN = "/zwgk/nb/"
MB = 1024 * 1024
MOST_CPU = 150.0
"""Seconds of the crawl's processor for them all."""
DEEP = 30 * MB // len("<div></div>")


def _at(code: str, path: str, answer: Answer) -> Site:
    site = portal(code)
    site.guard = lambda asked: answer if asked.path == path else None
    return site


def _zeros(size: int) -> Iterator[bytes]:
    for _ in range(size // MB):
        yield b" " * MB


def _a_byte_a_second() -> Iterator[bytes]:
    for n in itertools.count():
        yield b"<html>"[n % 6 : n % 6 + 1]
        time.sleep(1)


def _chunks() -> Iterator[bytes]:
    for _ in itertools.count():
        yield b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


def _bomb() -> bytes:
    """A gigabyte of blanks in a megabyte."""
    return gzip.compress(b" " * MB) * 1024


def _links(count: int) -> str:
    return "".join(f'<li><a href="/xw/{n}.html">新闻{n}</a></li>' for n in range(count))


BIG = Answer(body=b"", stream=lambda: _zeros(400 * MB), headers={"Content-Length": str(400 * MB)})
UNSAID = Answer(body=b"", stream=lambda: _zeros(400 * MB))
SLOW = Answer(body=b"", stream=_a_byte_a_second)
ENDLESS = Answer(body=b"", stream=_chunks, headers={"Transfer-Encoding": "chunked"})
BOMB = Answer(body=_bomb(), headers={"Content-Encoding": "gzip"})
LOOP = Answer(body=b"", status=302, headers={"Location": REPORT})
NESTED = Answer(body=page("<div>" * DEEP + "<h1>年度报告</h1>" + "</div>" * DEEP).encode())
SPOILT = {
    "990061": (BIG, "fetch/too-large"),
    "990062": (UNSAID, "fetch/too-large"),
    "990064": (ENDLESS, "fetch/too-large"),
    "990065": (BOMB, "fetch/too-large"),
    "990066": (LOOP, "fetch/http-status"),
}
SLOW_REPORT = "990063"
NEIGHBOUR, NESTED_REPORT, NESTED_HOME, MANY, MANY_HOME, SLOW_HOME = (
    f"99007{n}" for n in range(1, 7)
)


def _many_at(code: str, path: str, body: str, title: str) -> Site:
    site = portal(code)
    site.page(path, page(body + f"<ul>{_links(100_000)}</ul>", title))
    return site


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    home = f'<a href="{COLUMN}">政府信息公开年报</a><a href="/zwgk/">政务公开</a>'
    return _crawl(
        tmp_path_factory.mktemp("hostile"),
        # Far more than needed: a busy machine too must meet the size before the time.
        LAST_RESORT,
        portal(NEIGHBOUR),
        *(_at(code, REPORT, answer) for code, (answer, _) in SPOILT.items()),
        _at(NESTED_REPORT, REPORT, NESTED),
        _at(NESTED_HOME, "/", NESTED),
        _many_at(MANY, COLUMN, rows(), "政府信息公开年报"),
        _many_at(MANY_HOME, "/", home, "试点县人民政府"),
    )


@pytest.fixture(scope="module")
def slow_run(tmp_path_factory) -> Run:
    return _crawl(
        tmp_path_factory.mktemp("slow"),
        15,
        portal(NEIGHBOUR),
        _at(SLOW_REPORT, REPORT, SLOW),
        _at(SLOW_HOME, "/", SLOW),
    )


def _crawl(output: Path, timeout: float, *sites: Site) -> Run:
    with at_most(MOST_CPU, "the crawl", children=True):
        return crawl(
            sites,
            output,
            *("-s", "CHROMIUM_PATH=/nowhere", "-s", "RETRY_TIMES=1"),
            *("-s", f"DOWNLOAD_TIMEOUT={timeout:g}", "-s", f"DOWNLOAD_MAXSIZE={32 * MB}"),
        )


@pytest.fixture(params=["run", "slow_run"])
def each(request) -> Run:
    return request.getfixturevalue(request.param)


def test_the_crawl_ends_well(each):
    assert each.status == 0, each.error
    assert "Traceback" not in each.error


def test_a_neighbour_is_read_as_if_alone(each):
    assert each.outcome(NEIGHBOUR) == "ok"
    assert each.portals[NEIGHBOUR]["read"] == 3


@pytest.mark.parametrize("code", SPOILT)
def test_what_never_ends_is_asked_for_a_counted_number_of_times(run, code):
    assert 1 <= run.paths(code).count(REPORT) <= 25


def test_what_never_comes_is_asked_for_a_counted_number_of_times(slow_run):
    assert 1 <= slow_run.paths(SLOW_REPORT).count(REPORT) <= 4
    assert 1 <= slow_run.paths(SLOW_HOME).count("/") <= 8


def costs_itself(run: Run, code: str, problem_code: str) -> None:
    assert run.outcome(code) == "incomplete", run.portals[code]
    assert run.portals[code]["read"] == 2
    (problem,) = [
        p for p in run.problems if p.get("portal") == code and p.get("url", "").endswith(REPORT)
    ]
    assert problem["code"] == problem_code
    assert problem["evidence"]


@pytest.mark.parametrize("code", SPOILT)
def test_a_spoilt_report_costs_itself_and_says_what_it_was(run, code):
    costs_itself(run, code, SPOILT[code][1])


def test_a_report_that_never_comes_costs_itself(slow_run):
    costs_itself(slow_run, SLOW_REPORT, "fetch/timeout")


def test_a_report_of_nested_elements_is_handed_on_and_its_neighbours_are_read(run):
    assert run.portals[NESTED_REPORT]["read"] >= 2


def test_a_home_page_of_nested_elements_ends_its_own_portal(run):
    # Where the city's other portals keep their column is tried last, and may be right.
    assert run.outcome(NESTED_HOME) in {"no_column_found", "ok"}, run.portals[NESTED_HOME]


@pytest.mark.parametrize("code", [MANY, MANY_HOME])
def test_a_hundred_thousand_links_hide_nothing(run, code):
    assert run.outcome(code) == "ok", run.portals[code]
    assert run.portals[code]["read"] == 3
    assert len(run.paths(code)) < 30


def test_a_home_page_that_never_ends_is_unreachable(slow_run):
    assert slow_run.outcome(SLOW_HOME) == "unreachable"

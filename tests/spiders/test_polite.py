"""Manners on a host that is shared, busy or hostile; with the real crawl on loopback."""

import itertools
import json

import pytest

from crawler.demo.server import Answer, Asked, Site
from crawler.extensions.summary import in_words
from tests.spiders.world import Run, always, crawl, page, portal, report, rows

BASE = "/zwgk/nb/"


def _two_in_one(code: str) -> Site:
    """Two governments on one host: one at its root, one under ``/b/``."""
    site = portal(code)
    site.latency = 0.05
    home = '<a href="/b/nb/">政府信息公开年报</a><a href="/b/zwgk/">政务公开</a>'
    site.page("/b/", page(home))
    site.page("/b/nb/", page(rows(base="/b/nb/"), "政府信息公开年报"))
    for year in (2022, 2023, 2024):
        site.page(f"/b/nb/{year + 1}03/t{year + 1}0315_{year}.html", report(year))
    return site


def _busy_in_the_middle(code: str, times: int, retry_after: str) -> Site:
    """A list of two pages, the second of which answers 429 at first."""
    site = portal(code)
    site.page(
        BASE, page(rows((2024, 2023)) + '<a href="index_1.html">下一页</a>', "政府信息公开年报")
    )
    site.page(f"{BASE}index_1.html", page(rows((2022,)), "政府信息公开年报"))
    left = [1] * times

    def busy(asked: Asked) -> Answer | None:
        if asked.path != f"{BASE}index_1.html" or not left:
            return None
        left.pop()
        return Answer(body=b"", status=429, headers={"Retry-After": retry_after})

    site.guard = busy
    return site


def _with_file(code: str) -> Site:
    """A report that is a file, which redirects to an address that is not public."""
    site = portal(code)
    site.page(
        f"{BASE}202403/t20240315_2023.html",
        page(
            '<h1>试点县2023年政府信息公开工作年度报告</h1><a href="/f/2023.pdf">附件：2023年报.pdf</a>'
        ),
    )
    site.page("/f/2023.pdf", "", status=302, headers={"Location": "http://10.255.0.1/a.pdf"})
    return site


SPOKEN = "\x1b]0;owned\x07\x1b[2J\n\u202e\x9b31m<script>alert(1)</script>"
SITES = {
    site.name: site
    for site in (
        _two_in_one("990071"),
        _busy_in_the_middle("990073", 2, "-5"),
        _busy_in_the_middle("990074", 1, "9" * 30),
        _busy_in_the_middle("990075", 1, "Sun, 22 Nov 99999999999999999999 00:01:00 GMT"),
        _with_file("990076"),
        always(portal("990077"), 403, SPOKEN),
        portal("990078"),
        _with_file("990079"),
        _busy_in_the_middle("990080", 99, "1"),
        portal("990081"),
    )
}
SECRET = Site("secret")
SECRET.routes.append(
    lambda _: Answer(body=b"User-agent: *\nDisallow: /", content_type="text/plain")
)
FILES = Site("files")
"""Another public host, on which a portal keeps its files."""
FILES.page("/robots.txt", "User-agent: *\nDisallow: /f/closed/", content_type="text/plain")


def _wire(server) -> None:
    """Set what needs addresses: the way to another host, by address and by name."""
    for year, path in ((2023, "/f/open/2023.pdf"), (2022, "/f/closed/2022.pdf")):
        title = f"试点县{year}年政府信息公开工作年度报告"
        link = f'<a href="{server.base("files")}{path}">附件：{title}.pdf</a>'
        SITES["990081"].page(
            f"{BASE}{year + 1}03/t{year + 1}0315_{year}.html", page(f"<h1>{title}</h1>{link}")
        )
    secret = server.base("secret")
    SITES["990078"].page(
        "/robots.txt", "", status=302, headers={"Location": f"{secret}/robots.txt"}
    )
    named = f"http://localhost:{secret.rpartition(':')[2]}/a.pdf"
    SITES["990079"].page("/f/2023.pdf", "", status=302, headers={"Location": named})


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    return crawl(
        list(SITES.values()),
        tmp_path_factory.mktemp("polite"),
        *("-s", "CHROMIUM_PATH=/nowhere"),
        *("-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.2/31,127.0.0.4/30,127.0.0.8/29"),
        unlisted=[SECRET, FILES],
        shared={"990072": "990071"},
        change=_wire,
    )


def codes_at(run: Run, code: str, path: str) -> set[str]:
    return {p["code"] for p in run.problems if p["portal"] == code and path in (p["url"] or "")}


def test_two_portals_on_one_host_share_its_turns(run):
    assert [run.outcome(code) for code in ("990071", "990072")] == ["ok", "ok"]
    assert [run.portals[code]["read"] for code in ("990071", "990072")] == [3, 3]
    assert max(seen.in_flight for seen in run.server.log) == 1


@pytest.mark.parametrize(("code", "times"), [("990073", 3), ("990075", 2)])
def test_a_list_that_is_busy_in_its_middle_is_read_to_its_end(run, code, times):
    assert run.outcome(code) == "ok", run.portals[code]
    assert run.portals[code]["read"] == 3
    asked = [seen for seen in run.asked(code) if "index_1" in seen.path]
    assert [seen.status for seen in asked] == [429] * (times - 1) + [200]
    # A wait that is no wait, or cannot be read, is at least a second.
    assert all(b.at - a.done >= 1.0 for a, b in itertools.pairwise(asked))


def test_a_list_that_stays_busy_is_told_as_what_it_is(run):
    assert run.outcome("990080") == "incomplete"
    assert "429" in run.portals["990080"]["evidence"]
    assert codes_at(run, "990080", "index_1") == {"fetch/busy"}
    assert "list/broken-off" in run.codes("990080")
    assert not {"list/repeats", "list/short-of-total"} & run.codes("990080")
    asked = [seen for seen in run.asked("990080") if "index_1" in seen.path]
    assert [seen.status for seen in asked] == [429] * 3
    assert all(b.at - a.done >= 1.0 for a, b in itertools.pairwise(asked))
    assert run.portals["990080"]["read"] == 2


def test_a_host_that_wants_rest_for_ages_is_asked_nothing_more(run):
    assert run.outcome("990074") not in {"ok", "empty_column"}
    assert run.asked("990074")[-1].status == 429
    assert codes_at(run, "990074", "index_1") == {"fetch/busy"}
    assert codes_at(run, "990074", "t2024") == {"fetch/busy"}


@pytest.mark.parametrize("code", ["990076", "990079"])
def test_a_file_that_leads_to_an_address_that_is_not_public_is_refused(run, code):
    assert codes_at(run, code, "/f/2023.pdf") == {"fetch/address-refused"}
    assert [seen.path for seen in run.asked(code)].count("/f/2023.pdf") == 1
    assert run.asked("secret") == []


def test_rules_that_lie_on_a_host_that_may_not_be_asked_are_none(run):
    assert run.outcome("990078") == "ok"
    assert run.asked("secret") == []


def test_robots_hold_on_the_host_of_files_too(run):
    assert [seen.path for seen in run.asked("files")] == ["/robots.txt", "/f/open/2023.pdf"]
    assert codes_at(run, "990081", "/f/closed/2022.pdf") == {"fetch/robots"}


def test_what_a_portal_says_steers_no_terminal_and_no_page(run):
    (path,) = run.output.glob("runs/*/summary.json")
    summary = json.loads(path.read_text("utf-8"))
    evidence = run.portals["990077"]["evidence"]
    assert "owned" in evidence
    assert all(p["evidence"].isprintable() for p in [*run.problems, *summary["portals"]])
    assert all(line.isprintable() for line in in_words(summary, "out").split("\n"))
    html = path.with_name("report.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in html
    assert html.count("<script") == 1  # its own, which sorts and searches

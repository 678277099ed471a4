"""Portals with one trap each, crawled together by the real command; one crawl for all tests."""

import itertools
import re

import pytest

from crawler.demo.server import Answer, Asked, Site
from tests.spiders.world import YEARS, Run, always, crawl, page, portal, report, route, rows

PLAIN = "990001"


def _home_only(code: str, body: str) -> Site:
    site = Site(code)
    site.page("/", page(body))
    return site


def _soft_404(code: str) -> Site:
    site = _home_only(code, '<a href="/zwgk/">政务公开</a><a href="/zwgk/nb/">政府信息公开年报</a>')
    site.routes.append(lambda _: Answer(body=page("<p>抱歉，您访问的页面不存在</p>").encode()))
    return site


def _home_everywhere(code: str) -> Site:
    site = _home_only(code, '<a href="/zwgk/">政务公开</a>')
    home = site.pages["/"]
    site.routes.append(lambda _: home)
    return site


def _calendar(code: str) -> Site:
    """Every page links to two more of the same kind, for ever."""
    site = _home_only(code, '<a href="/zwgk/d/1">政务公开</a>')

    def day(asked: Asked) -> Answer | None:
        if not asked.path.startswith("/zwgk/d/"):
            return None
        n = int(asked.path.rpartition("/")[2])
        links = "".join(
            f'<a href="/zwgk/d/{n * 2 + i}">政府信息公开{n * 2 + i}</a>' for i in (0, 1)
        )
        return Answer(body=page(links).encode())

    site.routes.append(day)
    return site


def _too_many(code: str) -> Site:
    """Answers the first request for the list with 429, as a busy server does."""
    site, seen = portal(code), []

    def busy(_: Asked) -> Answer | None:
        seen.append(1)
        return (
            Answer(body=b"", status=429, headers={"Retry-After": "1"}) if len(seen) == 1 else None
        )

    return route(site, "/zwgk/nb/", busy)


def _failing_once(code: str) -> Site:
    site, seen = portal(code), []

    def broken(_: Asked) -> Answer | None:
        seen.append(1)
        return Answer(body=b"", status=502) if len(seen) == 1 else None

    return route(site, "/zwgk/nb/202503/t20250315_2024.html", broken)


def _without_reports(code: str) -> Site:
    site = portal(code)
    for path in [p for p in site.pages if "/t20" in p]:
        del site.pages[path]
    return site


def _empty(code: str) -> Site:
    site = portal(code)
    site.page("/zwgk/nb/", page("<p>暂无相关信息</p>", "政府信息公开年报"))
    return site


def _repeating(code: str) -> Site:
    site = portal(code, pager='<a href="/zwgk/nb/index_2.html">下一页</a>')
    site.page("/zwgk/nb/index_2.html", page(rows() + '<a href="/zwgk/nb/index_3.html">下一页</a>'))
    return site


def _gap_in_pages(code: str) -> Site:
    return portal(code, pager='<script>createPageHTML(3, 0, "index", "html");</script>')


def _with_clone(code: str) -> Site:
    site = portal(code)
    site.page("/zwgk/nb/", page("<p>no</p>"))  # replaced once addresses are known
    return site


def _old_chain(code: str) -> Site:
    """The column moved twice, once by a script and once by the server."""
    site = portal(code)
    column = site.pages["/zwgk/nb/"]
    site.page("/zwgk/nb/", "<script>location.href='/zwgk/old.html'</script>")
    site.page("/zwgk/old.html", "", status=301, headers={"Location": "/zwgk/new/"})
    site.pages["/zwgk/new/"] = column
    return site


def _one_report(code: str) -> Site:
    """The column leads straight to its newest report; the older ones are links beside it."""
    site = portal(code)
    text = (
        "<h2>一、总体情况</h2><h2>二、主动公开政府信息情况</h2><h2>三、收到和处理政府信息公开申请情况</h2>"
        "<h2>四、行政复议情况</h2><h2>五、存在的主要问题</h2>"
    )
    body = f"<h1>试点县2025年政府信息公开工作年度报告</h1>{text}{rows()}"
    site.page("/zwgk/nb/", page(body, "试点县2025年政府信息公开工作年度报告"))
    return site


def _folders(code: str, gone: int = 0) -> Site:
    """A column of year folders, one of which answers with an error."""
    site = portal(code)
    links = "".join(f'<li><a href="/zwgk/nb/{y}n/">{y}年</a></li>' for y in YEARS)
    site.page("/zwgk/nb/", page(f"<ul>{links}</ul>", "政府信息公开年报"))
    for year in YEARS:
        site.page(f"/zwgk/nb/{year}n/", page(rows((year,)), f"{year}年"))
    return route(site, f"/zwgk/nb/{gone}n/", lambda _: Answer(body=b"", status=500))


def _endless_folders(code: str) -> Site:
    """Every folder of a year holds further folders of years."""
    site = portal(code)
    links = "".join(f'<li><a href="/zwgk/nb/{y}n/">{y}年</a></li>' for y in YEARS)
    site.page("/zwgk/nb/", page(rows() + f"<ul>{links}</ul>", "政府信息公开年报"))

    def deeper(asked: Asked) -> Answer | None:
        if not re.search("/zwgk/nb/.*n/$", asked.path):
            return None
        links = "".join(f'<li><a href="{y}n/">{y}年</a></li>' for y in YEARS)
        return Answer(
            body=page(f"<p>{asked.path}</p><ul>{links}</ul>", "政府信息公开年报").encode()
        )

    site.routes.append(deeper)
    return site


CASES = {
    "990026": (_folders("990026"), "ok"),
    "990027": (_folders("990027", 2023), "incomplete"),
    "990028": (_endless_folders("990028"), "paging_not_understood"),
    "990002": (always(Site("990002"), 500), "unreachable"),
    "990003": (_soft_404("990003"), "no_column_found"),
    "990004": (_home_everywhere("990004"), "no_column_found"),
    "990005": (_calendar("990005"), "no_column_found"),
    "990006": (_too_many("990006"), "ok"),
    "990007": (_failing_once("990007"), "ok"),
    "990008": (_without_reports("990008"), "file_unreadable"),
    "990009": (_empty("990009"), "empty_column"),
    "990010": (_repeating("990010"), "paging_not_understood"),
    "990011": (_gap_in_pages("990011"), "paging_not_understood"),
    "990012": (_with_clone("990012"), "ok"),
    "990013": (_old_chain("990013"), "ok"),
    "990014": (_one_report("990014"), "ok"),
    "990015": (portal("990015", robots="User-agent: *\nDisallow: /"), "robots"),
    "990016": (portal("990016", robots="User-agent: *\nDisallow: /zwgk/nb/"), "robots"),
    "990017": (portal("990017", robots="<html>首页</html>"), "ok"),
    "990018": (
        route(portal("990018"), "/robots.txt", lambda _: Answer(body=b"", status=503)),
        "unreachable",
    ),
    "990019": (portal("990019", robots="User-agent: *\nCrawl-delay: 0.4"), "ok"),
    "990020": (portal("990020", robots="User-agent: *\nCrawl-delay: 600"), "robots"),
    "990021": (portal("990021"), "moved"),
    "990022": (portal("990022"), "moved"),
    "990023": (always(portal("990023"), 412), "blocked"),
    "990025": (
        route(portal("990025"), "/zwgk/", lambda _: Answer(body=b"Forbidden", status=403)),
        "ok",
    ),
    "990024": (always(portal("990024"), 403, "<h1>Forbidden</h1>"), "blocked"),
}
DEAD = "990099"
CLONE = Site("clone")
CLONE.routes.append(lambda _: Answer(body=report(2024).encode()))


def _wire(server) -> None:
    """Set what needs addresses: redirects off the portal, links to the clone."""
    sites = {code: site for code, (site, _) in CASES.items()}
    clone = server.base("clone")
    moved = {"Location": f"{clone}/"}
    sites["990021"].guard = lambda asked: (
        Answer(body=b"", status=302, headers=moved) if asked.path == "/" else None
    )
    sites["990022"].guard = lambda asked: (
        Answer(body=b"", status=302, headers={"Location": "http://10.255.0.1/"})
        if asked.path == "/"
        else None
    )
    foreign = (
        f'<li><a href="{clone}/t20230315_1.html">试点县2021年政府信息公开工作年度报告</a></li>'
    )
    sites["990012"].page("/zwgk/nb/", page(f"{rows()}{foreign}", "政府信息公开年报"))


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [portal(PLAIN), *(site for site, _ in CASES.values())]
    return crawl(
        sites,
        tmp_path_factory.mktemp("walk"),
        *("-s", "CHROMIUM_PATH=/nowhere"),
        unlisted=[CLONE],
        dead=[DEAD],
        change=_wire,
    )


def test_a_portal_without_a_trap_gives_every_report_for_few_requests(run):
    assert run.outcome(PLAIN) == "ok"
    assert run.portals[PLAIN]["read"] == 3
    assert len(run.asked(PLAIN)) == 6  # robots, home, column, three reports


@pytest.mark.parametrize("code", CASES)
def test_each_trap_ends_with_its_outcome(run, code):
    wanted = CASES[code][1]
    # Without the report behind the clone's address the list is not complete, and says so.
    wanted = "incomplete" if code == "990012" else wanted
    assert run.outcome(code) == wanted, run.portals[code]["evidence"]


def test_what_did_not_end_well_has_a_problem_with_evidence(run):
    for code, summary in run.portals.items():
        if summary["outcome"] != "ok":
            assert f"portal/{summary['outcome'].replace('_', '-')}" in run.codes(code)
    assert all(p["evidence"] for p in run.problems)


def test_a_portal_where_nothing_listens_is_unreachable(run):
    assert run.outcome(DEAD) == "unreachable"


def test_the_clone_was_never_asked(run):
    assert run.asked("clone") == []
    assert "fetch/address-refused" in run.codes("990012")


def test_no_host_ever_had_two_requests_in_flight(run):
    assert max(seen.in_flight for seen in run.server.log) == 1


def test_every_request_said_who_asks(run):
    assert {seen.agent.split("/")[0] for seen in run.server.log} == {"county-reports"}


def test_nothing_that_robots_forbids_was_asked(run):
    for code in ("990015", "990018", "990020"):
        assert set(run.paths(code)) == {"/robots.txt"}
    assert not any(path.startswith("/zwgk/nb/") for path in run.paths("990016"))


def test_a_crawl_delay_is_kept(run):
    seen = [s for s in run.asked("990019") if s.path != "/robots.txt"]
    assert len(seen) == 5
    assert min(b.at - a.done for a, b in itertools.pairwise(seen)) >= 0.4


def test_a_busy_server_is_left_alone_as_long_as_it_asks(run):
    first, second = [s for s in run.asked("990006") if s.path == "/zwgk/nb/"]
    assert first.status == 429
    assert second.at - first.done >= 1.0


def test_an_endless_site_is_left_within_the_budget(run):
    assert len(run.asked("990005")) <= 70


def test_endless_folders_are_left_within_the_budget(run):
    assert len(run.asked("990028")) <= 170
    assert run.portals["990028"]["read"] == 3


def test_a_column_of_one_article_brings_it_and_its_elders(run):
    assert run.portals["990014"]["read"] == 4


def test_the_run_as_a_whole_is_good_and_shows_a_user_no_traceback(run):
    assert run.status == 0, run.error
    assert "Traceback" not in run.error
    assert "ERROR" not in run.error

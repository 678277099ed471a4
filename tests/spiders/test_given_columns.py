"""Columns that the registry gives: whose they are, of how many years, and what stands beside them."""

from __future__ import annotations

import pytest

from crawler.demo.server import Site
from tests.spiders.world import Run, crawl, page, portal, rows


def _of_one_year(code: str) -> Site:
    """Given is the folder of 2024; the way from home leads to all of them."""
    site = portal(code)
    site.page("/zwgk/nb/zx/", page(rows((2024,)), "2024年政府信息公开年报"))
    return site


def _of_one_year_alone(code: str) -> Site:
    """Given is the folder of 2024, and nothing else is to be found."""
    site = _of_one_year(code)
    site.page("/", page("<p>试点县</p>"))
    del site.pages["/zwgk/nb/"]
    del site.pages["/zwgk/"]
    return site


def _of_a_department(code: str) -> Site:
    site = portal(code)
    body = "".join(
        f'<li><a href="/mzj/{y}.html">试点县民政局{y}年政府信息公开工作年度报告</a></li>'
        for y in (2024, 2023)
    )
    site.page("/mzj/nb/", page(f"<ul>{body}</ul>", "政府信息公开年报"))
    return site


def _older_beside_its_entry(code: str) -> Site:
    """The column holds the newest report; 历年年报 stands beside its entry, two steps from home."""
    site = portal(code)
    site.page("/", page('<a href="/zwgk/">政务公开</a>'))
    entries = '<a href="/zwgk/nb/">政府信息公开年报</a><a href="/zwgk/lnnb/">历年年报</a>'
    site.page("/zwgk/", page(entries, "政务公开"))
    site.page("/zwgk/nb/", page(rows((2024,)), "政府信息公开年报"))
    site.page("/zwgk/lnnb/", page(rows((2023, 2022)), "历年年报"))
    return site


def _left_standing(code: str) -> Site:
    """Given is the column that was kept up until 2022."""
    site = portal(code)
    site.page("/old/nb/", page(rows((2022,)), "政府信息公开年报"))
    site.page("/zwgk/nb/", page(rows((2024, 2023)), "政府信息公开年报"))
    return site


def _of_one_report(code: str) -> Site:
    """The column of a young portal has one report so far, and its page is the report itself."""
    site = portal(code)
    parts = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请、行政复议、存在的主要问题"
    body = f"<h1>试点县2024年政府信息公开工作年度报告</h1><p>{parts}</p>"
    site.page("/zwgk/nb/", page(body, "试点县2024年政府信息公开工作年度报告"))
    return site


def _under_two_addresses(code: str) -> Site:
    """The way from home leads to the given column under another address, pages and all."""
    site = portal(code)
    site.page("/", page('<a href="/zwgk/">政务公开</a>'))
    site.page("/zwgk/", page('<a href="/zwgk/nb/list.html">政府信息公开年报</a>', "政务公开"))
    pager = '<p>共2页 <a href="/zwgk/nb/list_2.html">下一页</a></p>'
    first = page(rows((2024, 2023)) + pager, "政府信息公开年报")
    second = page(rows((2022,)) + "<p>共2页</p>", "政府信息公开年报")
    for name, body in (("", first), ("list.html", first), ("list_2.html", second)):
        site.page(f"/zwgk/nb/{name}", body)
    return site


CASES = {
    "990141": (_of_one_year, "/zwgk/nb/zx/", "ok", 3, "/zwgk/nb/"),
    "990142": (_of_one_year_alone, "/zwgk/nb/zx/", "incomplete", 1, "/zwgk/nb/zx/"),
    "990143": (_of_a_department, "/mzj/nb/", "ok", 3, "/zwgk/nb/"),
    "990144": (_older_beside_its_entry, "/zwgk/nb/", "ok", 3, "/zwgk/nb/"),
    "990145": (_left_standing, "/old/nb/", "ok", 3, ""),
    "990147": (_under_two_addresses, "/zwgk/nb/", "ok", 3, "/zwgk/nb/"),
    "990146": (_of_one_report, "/zwgk/nb/", "ok", 1, "/zwgk/nb/"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [make(code) for code, (make, *_) in CASES.items()]
    given = {code: path for code, (_, path, *_) in CASES.items()}
    folder = tmp_path_factory.mktemp("given")
    return crawl(sites, folder, "-s", "CHROMIUM_PATH=/nowhere", columns=given)


@pytest.mark.parametrize("code", CASES)
def test_a_given_column_is_verified_like_any_other(run, code):
    _, _, outcome, reports, column = CASES[code]
    summary = run.portals[code]
    assert (summary["read"], run.outcome(code)) == (reports, outcome), summary["evidence"]
    assert summary["column_url"].endswith(column)


def test_what_the_folder_of_one_year_hides_is_told(run):
    assert "one year's" in run.portals["990142"]["evidence"]


def test_nothing_of_the_department_was_fetched(run):
    assert not any(p.startswith("/mzj/20") for p in run.paths("990143"))

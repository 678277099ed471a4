"""Columns under names that say little, behind notices, frames and first answers without a row."""

from __future__ import annotations

import pytest

from crawler.demo.server import Answer, Asked, Site
from tests.spiders.world import YEARS, Run, crawl, page, portal, report, route

NOTICE = "关于做好2023年政府信息公开工作年度报告编制工作的通知"


def _without_way(code: str, home: str) -> Site:
    """A portal whose column stands and whose home page and landing page do not name it."""
    site = portal(code)
    site.page("/", page(home))
    site.page("/zwgk/", page("<p>专题</p>", "政务公开"))
    return site


def _behind_a_notice(code: str) -> Site:
    """The only link with the words of a report is a notice; the menu says 综合, then 资料."""
    site = _without_way(code, f'<a href="/xw/7.html">{NOTICE}</a><a href="/zh/">综合</a>')
    site.page("/xw/7.html", page(f"<h1>{NOTICE}</h1><p>请各单位按时报送。</p>", NOTICE))
    site.page("/zh/", page('<a href="/zh/zl/">资料</a><a href="/zh/tp/">图片</a>', "综合"))
    site.page("/zh/tp/", page("<p>图片</p>", "图片"))
    site.page("/zh/zl/", page('<a href="/zwgk/nb/">公开工作年报</a>', "资料"))
    return site


def _slow_to_fill(code: str) -> Site:
    """The first answer of the column is its frame without a row, and says nothing of emptiness."""
    site, seen = portal(code), []

    def bare(_: Asked) -> Answer | None:
        seen.append(1)
        return (
            Answer(body=page("<ul></ul>", "政府信息公开年报").encode()) if len(seen) == 1 else None
        )

    return route(site, "/zwgk/nb/", bare)


def _in_a_frame(code: str) -> Site:
    """A tree whose nodes lie in a script, the list of the first of them in a frame beside it."""
    site = portal(code)
    nodes = (
        'var zNodes=[{"id":1,"name":"县政府","url":"list_1.html"},'
        '{"id":2,"name":"县政府办公室","url":"list_2.html"},{"id":3,"name":"水利局","url":"list_3.html"}];'
    )
    tree = f'<ul id="tree"></ul><iframe src="list_1.html"></iframe><script>{nodes}</script>'
    site.page("/zwgk/nb/", page(tree, "年报公开"))
    years = "".join(f'<li><a href="a{y}.html">{y}年度</a></li>' for y in YEARS)
    office = "".join(
        f'<li><a href="b{y}.html">试点县人民政府办公室{y}年政府信息公开工作年度报告</a></li>'
        for y in YEARS
    )
    site.page("/zwgk/nb/list_1.html", page(f"<ul>{years}</ul>", ""))
    site.page("/zwgk/nb/list_2.html", page(f"<ul>{office}</ul>", ""))
    site.page("/zwgk/nb/list_3.html", page("<ul></ul>", ""))
    for year in YEARS:
        site.page(f"/zwgk/nb/a{year}.html", report(year))
        site.page(f"/zwgk/nb/b{year}.html", report(year))
    return site


def _nothing_at_all(code: str) -> Site:
    """A portal without reports: its notice is no empty column."""
    site = Site(code)
    site.page("/", page(f'<a href="/xw/7.html">{NOTICE}</a><a href="/zh/">综合</a>'))
    site.page("/xw/7.html", page(f"<h1>{NOTICE}</h1>", NOTICE))
    site.page("/zh/", page("<p>综合</p>", "综合"))
    return site


def _wide(code: str) -> Site:
    """A home page of a hundred entries, each with a hundred more, and no column anywhere."""
    site = Site(code)
    site.page("/", page("".join(f'<a href="/m/{n}/">栏目{n}</a>' for n in range(100))))

    def entry(asked: Asked) -> Answer | None:
        links = "".join(f'<a href="{asked.path}{n}/">子栏{n}</a>' for n in range(100))
        return Answer(body=page(links).encode()) if asked.path.startswith("/m/") else None

    site.routes.append(entry)
    return site


def _cut(code: str) -> Site:
    """Every row is cut before the words that make it a report's."""
    site = portal(code)
    body = "".join(
        f'<li><a href="/zwgk/nb/{y + 1}03/t{y + 1}0315_{y}.html">试点县人民政府{y}年政…</a>'
        f"<span>{y + 1}-03-15</span></li>"
        for y in YEARS
    )
    other = '<li><a href="/zwgk/nb/t1.html">试点县民政局2024年政府…</a><span>2025-01-02</span></li>'
    site.page("/zwgk/nb/", page(f"<ul>{body}{other}</ul>", "政府信息公开年报"))
    return site


CASES = {
    "990101": (_behind_a_notice, "ok", 3),
    "990102": (_slow_to_fill, "ok", 3),
    "990103": (_in_a_frame, "ok", 6),
    "990104": (_nothing_at_all, "no_column_found", 0),
    "990105": (_wide, "no_column_found", 0),
    "990106": (_cut, "ok", 3),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [make(code) for code, (make, _, _) in CASES.items()]
    return crawl(sites, tmp_path_factory.mktemp("search"), "-s", "CHROMIUM_PATH=/nowhere")


@pytest.mark.parametrize("code", CASES)
def test_the_column_is_found_or_its_lack_is_told(run, code):
    _, outcome, reports = CASES[code]
    summary = run.portals[code]
    assert (summary["read"], run.outcome(code)) == (reports, outcome), summary["evidence"]


def test_a_column_named_plainly_costs_what_it_did(run):
    assert len(run.asked("990106")) == 6  # robots, home, column, three reports


def test_a_portal_of_many_entries_is_left_within_the_budget(run):
    assert 30 < len(run.asked("990105")) <= 61


def test_rows_of_another_organ_are_not_asked_for(run):
    assert "/zwgk/nb/t1.html" not in run.paths("990106")


def test_a_list_of_another_organ_is_not_read(run):
    assert "/zwgk/nb/list_3.html" not in run.paths("990103")

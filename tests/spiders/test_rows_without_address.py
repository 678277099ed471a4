"""Rows that are no links: only a press shows where they lead; with the real Chromium."""

import json
import os

import pytest
from scrapy.settings import Settings

from crawler.demo.server import Answer, Asked, Site
from crawler.middlewares.chromium import find_chromium
from tests.spiders.world import Run, crawl, page, report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        find_chromium(Settings({"CHROMIUM_PATH": os.environ.get("CHROMIUM_PATH", "")})) is None,
        reason="no Chromium on this machine: rows were not pressed",
    ),
]

ALL = tuple(range(2024, 2014, -1))
COLUMN = "/zwgk/nb/"
TEXT = f"<p>{'本栏目按年公布报告，供公众查阅。' * 10}</p>"


def portal(code: str, pages: dict[str, str], years: tuple[int, ...] = ALL) -> Site:
    """A portal whose column's pages are these, and whose reports lie below /a/."""
    site = Site(code)
    site.page("/", page(f'<a href="{COLUMN}">政府信息公开年报</a><a href="/zwgk/">政务公开</a>'))
    site.page("/zwgk/", page(f'<a href="{COLUMN}">政府信息公开年报</a>', "政务公开"))
    for path, body in pages.items():
        site.page(path, page(body, "政府信息公开年报"))
    for year in years:
        site.page(f"/a/{year * 7}", report(year))
    return site


def title(year: int) -> str:
    return f"试点县{year}年政府信息公开工作年度报告"


def row(year: int, name: str = "") -> str:
    words = f"{name or title(year)}<em>{year + 1}-03-15</em>"
    return f'<li class="r" data-n="{year * 7}">{words}</li>'


LISTENS = """<style>.r{cursor:pointer}</style><script>
document.querySelectorAll('.r').forEach(function(r){r.onclick=function(){location.href='/a/'+r.dataset.n}})
</script>"""


def listened(code: str) -> Site:
    """A script waits for a press on each row and goes where the row says."""
    return portal(code, {COLUMN: f"<ul>{''.join(map(row, ALL))}</ul>{LISTENS}{TEXT}"})


def paged(code: str) -> Site:
    """So do the rows of the pages that an address leads to; the last has one."""
    first = f'<ul>{"".join(map(row, ALL[:9]))}</ul><a href="{COLUMN}p2.html">下一页</a>{LISTENS}'
    return portal(code, {COLUMN: first, f"{COLUMN}p2.html": f"<ul>{row(ALL[9])}</ul>{LISTENS}"})


def called(code: str) -> Site:
    """A script is called with pieces of an address, the first of which is every row's."""
    rows = "".join(
        f"<li><a href=\"javascript:show('/a/','{y * 7}')\">{title(y)}</a><span>{y + 1}-03-15</span></li>"
        for y in ALL
    )
    script = (
        "<script>function show(at, n) { const to = [at, n].join(''); window.open(to); }</script>"
    )
    return portal(code, {COLUMN: f"<ul>{rows}</ul>{script}{TEXT}"})


def by_year(code: str) -> Site:
    """Rows are named by their year alone, with the day beside it."""
    rows = "".join(row(y, f"{y}年") for y in ALL)
    return portal(code, {COLUMN: f"<ul>{rows}</ul>{LISTENS}{TEXT}"})


def years_called(code: str) -> Site:
    """A script is called for each year, as tabs do; the day beside it tells that it is a row."""
    rows = "".join(
        f"<li><a href=\"javascript:show('/a/','{y * 7}')\">{y}年</a><span>{y + 1}-03-15</span></li>"
        for y in ALL
    )
    script = (
        "<script>function show(at, n) { const to = [at, n].join(''); window.open(to); }</script>"
    )
    return portal(code, {COLUMN: f"<ul>{rows}</ul>{script}{TEXT}"})


def scrolled(code: str) -> Site:
    """Rows come by POST while the page is scrolled, and lead on by a press."""
    site = portal(
        code,
        {
            COLUMN: """<p>共<b id="n">…</b>条</p><div id="box"></div><p id="end">下拉加载</p><script>
let got = 0, all = 1, busy = false;
function more() { if (busy || got >= all) return; busy = true;
  fetch('/list', {method: 'POST', body: JSON.stringify({from: got})}).then(r => r.json()).then(d => {
    all = d.all; document.getElementById('n').textContent = all;
    d.rows.forEach(x => { const e = document.createElement('div'); e.style.cssText = 'height:260px;cursor:pointer';
      e.textContent = x[1] + ' ' + x[2]; e.onclick = () => { location.href = '/a/' + x[0]; };
      document.getElementById('box').appendChild(e); });
    got += d.rows.length; busy = false; }); }
addEventListener('scroll', () => { if (innerHeight + scrollY >= document.body.offsetHeight - 200) more(); });
more();</script>"""
        },
    )

    def rows(asked: Asked) -> Answer | None:
        if asked.path != "/list" or asked.method != "POST":
            return None
        start = json.loads(asked.body)["from"]
        part = [[y * 7, title(y), f"{y + 1}-03-15"] for y in ALL[start : start + 4]]
        body = json.dumps({"all": len(ALL), "rows": part}).encode()
        return Answer(body=body, content_type="application/json")

    site.routes.append(rows)
    return site


def nowhere(code: str) -> Site:
    """A press on a row does nothing that shows where it leads."""
    script = """<style>.r{cursor:pointer}</style><script>let pressed = 0;
document.querySelectorAll('.r').forEach(function(r){r.onclick=function(){pressed++}})</script>"""
    linked = f'<li><a href="/a/{2024 * 7}">{title(2024)}</a><span>2025-03-15</span></li>'
    rows = "".join(map(row, ALL[1:])).replace('class="r"', 'class="r" onclick="open1()"')
    return portal(code, {COLUMN: f"<ul>{linked}{rows}</ul>{script}{TEXT}"})


GOOD = {
    "990321": listened,
    "990322": paged,
    "990323": called,
    "990324": by_year,
    "990325": scrolled,
    "990327": years_called,
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [build(code) for code, build in GOOD.items()]
    out = tmp_path_factory.mktemp("rows")
    return crawl([*sites, nowhere("990326")], out, "-s", "RENDER_CONCURRENCY=4")


@pytest.mark.parametrize("code", GOOD, ids=[build.__name__ for build in GOOD.values()])
def test_a_row_that_only_a_press_opens_is_read_like_any_other(run, code):
    told = (run.portals[code], [p for p in run.problems if p.get("portal") == code])
    assert run.portals[code]["read"] == len(ALL), told
    assert run.outcome(code) == "ok", told


@pytest.mark.parametrize("code", GOOD, ids=[build.__name__ for build in GOOD.values()])
def test_a_press_that_would_leave_the_list_asks_for_nothing(run, code):
    asked = [seen for seen in run.asked(code) if seen.path.startswith("/a/")]
    assert not [seen.path for seen in asked if "Mozilla" in seen.agent]


def test_rows_that_lead_nowhere_are_told_of(run):
    assert run.outcome("990326") == "incomplete", run.portals["990326"]
    assert "list/left-alone" in run.codes("990326")

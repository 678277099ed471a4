"""Columns that are not all there is: what stands beside their rows, followed or told of.

In each a crawl that reads the first list alone would call itself done and be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from crawler.demo.chrome import Chrome
from crawler.demo.listing import Entry
from crawler.demo.portals import column_page, frame, items
from crawler.demo.server import Answer, Asked, Site
from tests.simulator.columns import Plan
from tests.simulator.families import Builder, as_json
from tests.simulator.parts import articles

_BASE = "/mlxx/nb/"
_OLDER = "/mlxx/lb9/"
_NEWEST = 2024
"""From this year on reports stand on the column's own page, where it shows the newest alone."""


def _address(e: Entry) -> str:
    return f"/mlxx/p17/d{e.number}.html"


def _split(
    beside: Callable[[Site, Chrome, Sequence[Entry]], str],
    newer: Callable[[Entry], bool] = lambda e: e.year >= _NEWEST,
) -> Builder:
    """Serve a column of some rows; ``beside`` serves the others and returns what leads there."""

    def build(site: Site, plan: Plan) -> None:
        chrome = plan.chrome(_BASE)
        frame(site, chrome)
        rest = [e for e in plan.rows if not newer(e)]
        link = beside(site, chrome, rest)
        shown = items([e for e in plan.rows if newer(e)], _address)
        site.page(_BASE, column_page(chrome, f"<ul>{shown}</ul>{link}"))
        articles(site, chrome, plan.rows, _address)

    return build


def _linked(text: str) -> Callable[[Site, Chrome, Sequence[Entry]], str]:
    def beside(site: Site, chrome: Chrome, rest: Sequence[Entry]) -> str:
        site.page(_OLDER, chrome.page("列表", f"<ul>{items(rest, _address)}</ul>"))
        return f'<div class="more"><a href="{_OLDER}">{text}</a></div>'

    return beside


def _elsewhere(_: Site, _chrome: Chrome, _rest: Sequence[Entry]) -> str:
    return (
        '<div><a href="http://lishi.clone.invalid/nb/">历史年报（2021-2023年）请点击这里</a></div>'
    )


def _dead_select(_: Site, _chrome: Chrome, rest: Sequence[Entry]) -> str:
    years = sorted({e.year for e in rest})
    options = "".join(f'<option value="{y}">{y}年</option>' for y in years)
    return f"<select id='nd'>{options}</select><script>var ready = 1;</script>"


def _without_address(_: Site, _chrome: Chrome, rest: Sequence[Entry]) -> str:
    rows = "".join(f"<li><a href='javascript:void(0)'>{e.title}</a></li>" for e in rest)
    return f"<ul>{rows}</ul><script>var ready = 1;</script>"


def _organs_own(site: Site, chrome: Chrome, rest: Sequence[Entry]) -> str:
    """The office keeps its reports two steps on: its own pages, of which one is the column."""
    site.page(
        "/jg/bgs/index.html",
        chrome.page("县政府办公室", '<a href="/jg/bgs/nb9/">政府信息公开年报</a>'),
    )
    site.page("/jg/bgs/nb9/", chrome.page("政府信息公开年报", f"<ul>{items(rest, _address)}</ul>"))
    return '<h4>县直部门</h4><a href="/jg/bgs/index.html">县政府办公室</a>'


def _of_departments(site: Site, chrome: Chrome, rest: Sequence[Entry]) -> str:
    """The office is one of the departments, in whose folder its reports lie."""
    site.page(f"{_BASE}bm/", chrome.page("部门", f"<ul>{items(rest, _address)}</ul>"))
    return f'<h3>部门 <a href="{_BASE}bm/">更多&gt;&gt;</a></h3>'


def _on_the_landing_page(site: Site, chrome: Chrome, rest: Sequence[Entry]) -> str:
    """历年年报 stands beside the column's own entry, not on the column."""
    site.page(_OLDER, chrome.page("列表", f"<ul>{items(rest, _address)}</ul>"))
    for path, page in list(site.pages.items()):
        if path.startswith("/zwgk/") and b"<ul" in page.body:
            more = f'<p><a href="{_OLDER}">历年年报</a></p></body>'.encode()
            site.pages[path] = replace(page, body=page.body.replace(b"</body>", more))
    return ""


on_the_landing_page = _split(_on_the_landing_page)
past_years = _split(_linked("历年年报"))
span_of_years = _split(_linked("2021-2023年"))
archive_not_allowed = _split(_elsewhere)
dead_select = _split(_dead_select)
rows_without_address = _split(_without_address)
office_apart = _split(_organs_own, lambda e: e.kind == "whole")
office_among_departments = _split(_of_departments, lambda e: e.kind == "whole")
stale = _split(lambda *_: "", lambda e: e.year < _NEWEST)
"""Its newest report is two years old, and nothing says where newer ones are."""


def prose_by_year(site: Site, plan: Plan) -> None:
    """Rows named by a year alone, whose pages are prose with a headline that names no organ."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)
    links = "".join(f'<li><a href="{_address(e)}">{e.year}年</a></li>' for e in plan.rows)
    site.page(_BASE, column_page(chrome, f"<ul>{links}</ul>"))
    articles(site, chrome, plan.rows, _address)


def bare_numbers(site: Site, plan: Plan) -> None:
    """A pager of numbers alone."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)
    pages = plan.pages()
    names = [f"{_BASE}l{f'_{n}' if n > 1 else ''}.html" for n in range(1, len(pages) + 1)]
    links = " ".join(f'<a href="{name}">{n}</a>' for n, name in enumerate(names, 1))
    for name, rows in zip(names, pages, strict=True):
        text = column_page(chrome, f"<ul>{items(rows, _address)}</ul><div>{links}</div>")
        site.page(name, text)
    site.pages[_BASE] = site.pages[names[0]]
    articles(site, chrome, plan.rows, _address)


def by_cursor(site: Site, plan: Plan) -> None:
    """A list that grows when it is scrolled to its end; its question carries a cursor."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)
    script = (
        "let at = '', busy = false, end = false; const box = document.getElementById('list');"
        "function go() { if (busy || end) return; busy = true;"
        "fetch('/mlxx/api/rows?after=' + at).then(r => r.json()).then(d => {"
        "for (const x of d.rows) box.insertAdjacentHTML('beforeend', '<li style=\"height:200px\">"
        "<a href=\"' + x[0] + '\">' + x[1] + '</a><span>' + x[2] + '</span></li>');"
        "at = d.next; end = !d.next; busy = false; }); } go();"
        "window.addEventListener('scroll', () => { if (window.innerHeight + window.scrollY >= "
        "document.body.offsetHeight - 80) go(); });"
    )
    size = 8

    def service(asked: Asked) -> Answer | None:
        if asked.path != "/mlxx/api/rows":
            return None
        start = int(asked.query.get("after") or 0)
        shown = [[_address(e), e.title, e.date] for e in plan.rows[start : start + size]]
        following = start + size if start + size < len(plan.rows) else ""
        return as_json(json.loads(json.dumps({"rows": shown, "next": following})))

    site.routes.append(service)
    main = f'<ul id="list"></ul><p>下拉加载</p><script>{script}</script>'
    site.page(_BASE, column_page(chrome, main))
    articles(site, chrome, plan.rows, _address)

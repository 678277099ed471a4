"""Ways to the column, one scene each: a portal where a single kind of evidence leads to it.

The home page names 政府信息公开 and nothing names the column but what the scene is about; the
column lies at an address nobody guesses. ``Scene.evidence`` is what the crawl must have found it by.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from crawler.demo.chrome import Chrome
from crawler.demo.listing import Entry
from crawler.demo.portals import article_page, frame, items
from crawler.demo.server import Answer, Asked, Site
from tests.simulator import families
from tests.simulator.columns import Plan
from tests.simulator.families import Builder, as_json
from tests.simulator.parts import Address, articles, lazily

ODD = "/mlxx/ODD/l3.html"
"""Where the column lies: no word of it says so. ODD stands for a number of the portal's own, so
that no portal lies where its neighbour does."""
HUB = "/bmpt/k2/"
"""Where 政府信息公开 lies."""


def _address(e: Entry) -> str:
    return f"/mlxx/p17/d{e.number}.html"


def _odd(plan: Plan) -> str:
    return ODD.replace("ODD", f"p{plan.division.code}")


def _hub(plan: Plan) -> Chrome:
    return Chrome(plan.division, "/zc/", HUB, _odd(plan))


def _bare(site: Site, chrome: Chrome) -> None:
    """Put the frame of a portal on a site, without any link to the column."""
    frame(site, chrome)
    for path, page in list(site.pages.items()):
        text = re.sub(r"<li><a [^>]*>政府信息公开年报</a></li>", "", page.body.decode())
        site.pages[path] = replace(page, body=text.encode())


def _list(
    site: Site, chrome: Chrome, plan: Plan, column: str = "", address: Address = _address
) -> None:
    """Put the column on a site; it bears no name, so its rows must speak for it."""
    column = column or _odd(plan)
    text = chrome.page("信息列表", f"<ul>{items(plan.rows, address)}</ul>")
    lazily(site, {column.partition("#")[0]: lambda: Answer(body=text.encode())})
    articles(site, chrome, plan.rows, address)
    site.column = column


def _linked(link: str, *, on: str = HUB, menu: bool = True) -> Builder:
    """Serve a portal whose page ``on`` has ``link`` where the entry would stand."""

    def build(site: Site, plan: Plan) -> None:
        chrome = _hub(plan)
        _bare(site, chrome)
        text = site.pages[on].body.decode()
        if not menu:
            text = chrome.page("政府信息公开", "")
        shown = link.replace(ODD, _odd(plan))
        site.page(on, text.replace('<div class="main">', f'<div class="main">{shown}'))
        _list(site, chrome, plan)

    return build


image_named = _linked(
    f'<a href="{ODD}"><img src="/i/nb.png" alt="政府信息公开年报"></a>', menu=False
)
title_named = _linked(
    f'<a href="{ODD}" title="政府信息公开年报"><i class="icon"></i></a>', menu=False
)
script_named = _linked(
    f"<span onclick=\"window.open('{ODD}')\">政府信息公开年报</span>", menu=False
)
sibling = _linked(f'<ul><li class="tab" data-url="{ODD}">年报</li></ul>')
"""The fifth of the statutory entries is a tab that says 年报, nothing more."""


def two_hops(site: Site, plan: Plan) -> None:
    """公开 leads to 信息公开平台, that to the menu; no other page knows of it."""
    chrome = _hub(plan)
    _bare(site, chrome)
    for path in ("/", "/zc/"):
        site.page(path, chrome.page("首页", '<ul><li><a href="/a7/">公开</a></li></ul>'))
    # The frame's own 政务公开 would be a shortcut.
    for path, page in list(site.pages.items()):
        text = page.body.decode().replace(f'<li><a href="{chrome.landing}">政务公开</a></li>', "")
        site.pages[path] = replace(page, body=text.encode())
    site.page("/a7/", chrome.page("公开", f'<ul><li><a href="{HUB}">信息公开平台</a></li></ul>'))
    link = f'<ul><li><a href="{_odd(plan)}">政府信息公开年报</a></li></ul>'
    site.page(HUB, chrome.page("信息公开平台", link))
    _list(site, chrome, plan)


def path_named(site: Site, plan: Plan) -> None:
    """The link says 点击进入; only its path says what it leads to."""
    column = f"/zwdt/xxgknb/l{plan.division.code}.html"
    chrome = _hub(plan)
    _bare(site, chrome)
    site.page("/", chrome.page("首页", f'<ul><li><a href="{column}">点击进入</a></li></ul>'))
    _list(site, chrome, plan, column)


def tag_named(site: Site, plan: Plan) -> None:
    """政府信息公开 is the column itself and says so in its tags alone: one report, much else."""
    chrome = Chrome(plan.division, "/zc/", HUB, HUB)
    _bare(site, chrome)
    own = [e for e in plan.rows if e.kind == "whole"][:1]
    others = "".join(
        f'<li><a href="/tz/{n}.html">会议通知第{n}号</a><span>2024-03-0{n}</span></li>'
        for n in range(1, 6)
    )
    tags = {"ColumnName": "政府信息公开年报", "ColumnType": "信息公开年报"}
    text = chrome.page("信息列表", f"<ul>{items(own, _address)}{others}</ul>", tags=tags)
    site.pages.pop(f"{HUB}index.html", None)
    site.page(HUB, text)
    articles(site, chrome, own, _address)


# -- rules of platforms ------------------------------------------------------------------------------


def _by_rule(base: Builder, links: str) -> Builder:
    """Serve a family's portal where the entry is missing and other columns of its kind stand."""

    def build(site: Site, plan: Plan) -> None:
        base(site, plan)
        for path, page in list(site.pages.items()):
            text = re.sub(r"<li><a [^>]*>政府信息公开年报</a></li>", "", page.body.decode())
            text = text.replace('<div class="main">', f'<div class="main">{links}')
            site.pages[path] = replace(page, body=text.encode())

    return build


lonsun_rule = _by_rule(
    families.lonsun,
    '<ul><li><a href="/public/column/2653911?type=2&amp;action=gkzn">公开须知</a></li></ul>',
)
openness_rule = _by_rule(
    families.plain("P7"),
    '<ul><li><a href="/OpennessContent/showList/3/1021/page_1.html">机构职能</a></li></ul>',
)
kaipu_rule = _by_rule(
    families.kaipu, '<ul><li><a href="/hebmlx/c111202/zfxxgklby_zn.shtml">公开须知</a></li></ul>'
)
vsb_rule = _by_rule(
    families.vsb,
    '<script src="/system/resource/js/counter.js"></script><ul><li><a href="/zfxxgk/jgzn.htm">机构职能</a></li></ul>',
)


def gkmlpt_rule(site: Site, plan: Plan) -> None:
    """The platform's only link is the route of another node; the tree in the page knows the right one."""
    families.gkmlpt(site, plan)
    for path, page in list(site.pages.items()):
        if not path.startswith("/gkmlpt/index"):
            text = page.body.decode().replace("/gkmlpt/index#10801", "/gkmlpt/index#10100")
            text = text.replace("政府信息公开年报", "政府信息公开指南")
            site.pages[path] = replace(page, body=text.encode())
    plain = site.answer
    other = as_json({"classify": {"id": 10100}, "total": 0, "articles": []})
    site.answer = lambda asked: other if asked.path.endswith("/all/10100") else plain(asked)  # type: ignore[method-assign]


# -- from a report back to its column ------------------------------------------------------------------


def _one_report_in_the_news(site: Site, plan: Plan, at: str, text: Callable[[str], str]) -> Chrome:
    chrome = _hub(plan)
    _bare(site, chrome)
    newest = next(e for e in plan.rows if e.kind == "whole")
    for path in ("/", "/zc/", HUB):
        link = f'<li><a href="{at}">{newest.title}</a></li>'
        site.page(path, chrome.page("首页", f"<ul>{link}</ul>"))
    page = article_page(chrome, newest)
    lazily(site, {at: lambda: Answer(body=text(page).encode())})
    return chrome


def breadcrumb(site: Site, plan: Plan) -> None:
    """A report in the news; the last link of its breadcrumb is the column, under a name of its own."""

    def text(page: str) -> str:
        where = f'<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="{_odd(plan)}">专栏</a></div>'
        return re.sub(r'<div class="position">.*?</div>', where, page)

    chrome = _one_report_in_the_news(site, plan, "/xw/2025/a1.html", text)
    _list(site, chrome, plan)


def sentence(site: Site, plan: Plan) -> None:
    """A report in the news prints where the electronic copies can be had; nothing links there."""

    def text(page: str) -> str:
        page = re.sub(r'<div class="position">.*?</div>', "", page)
        said = f"<p>本报告电子版可在门户网站下载（{site.base}{_odd(plan)}），欢迎查阅。</p>"
        return page.replace('<div class="share">', f'{said}<div class="share">')

    chrome = _one_report_in_the_news(site, plan, "/xw/2025/a1.html", text)
    _list(site, chrome, plan)


def folder(site: Site, plan: Plan) -> None:
    """A report in the news; the folder it lies in is the column."""
    newest = next(e for e in plan.rows if e.kind == "whole")
    base = f"/mlxx/p{plan.division.code}/"
    chrome = _one_report_in_the_news(
        site,
        plan,
        families._tree_article(base)(newest),
        lambda page: re.sub(r'<div class="position">.*?</div>', "", page),
    )
    _list(site, chrome, plan, base, families._tree_article(base))


# -- menus that stand elsewhere --------------------------------------------------------------------------


def site_map(site: Site, plan: Plan) -> None:
    """Only the site map knows the column."""
    chrome = _hub(plan)
    _bare(site, chrome)
    site.page("/wzdt.html", chrome.page("网站地图", f'<a href="{_odd(plan)}">政府信息公开年报</a>'))
    _list(site, chrome, plan)


def tree_json(site: Site, plan: Plan) -> None:
    """The platform's menu is JSONP; the column's node points at null.shtml."""
    folder = f"/mlx/c{plan.division.code}"
    column = f"{folder}/xlist.shtml"
    chrome = _hub(plan)
    _bare(site, chrome)
    service = "/u/channel/treeNew/mlx"
    script = f"<div id='tree'></div><script>$.getJSON('{service}?level=1&channelId=5f8a')</script>"
    site.page(HUB, chrome.page("政府信息公开", script))
    nodes = [
        {"name": "政府信息公开指南", "url": "/mlx/c1/zn.shtml", "children": []},
        {"name": "公开", "children": [{"name": "政府信息公开年报", "url": f"{folder}/null.shtml"}]},
    ]
    body = f"null({json.dumps(nodes, ensure_ascii=False)});".encode()
    site.routes.append(
        lambda asked: (
            Answer(body=body, content_type="application/javascript")
            if asked.path == service
            else None
        )
    )
    _list(site, chrome, plan, column)


def tree_frame(site: Site, plan: Plan) -> None:
    """The platform's menu is tree.jsp in a frame."""
    chrome = _hub(plan)
    _bare(site, chrome)
    tree = "/module/xxgk/tree.jsp"
    frame_ = f'<iframe src="{tree}?area=11330000MB"></iframe>'
    site.page(HUB, chrome.page("政府信息公开", frame_))
    link = f'<html><body><div><a href="{_odd(plan)}">政府信息公开年报</a></div></body></html>'
    site.routes.append(lambda asked: Answer(body=link.encode()) if asked.path == tree else None)
    _list(site, chrome, plan)


# -- knowledge from beside and above -----------------------------------------------------------------------

_CITY_PATH = "/mlxx/nb2/l9.html"


def neighbour(site: Site, plan: Plan) -> None:
    """An ordinary portal whose column the registry knows."""
    chrome = Chrome(plan.division, "/zc/", HUB, _CITY_PATH)
    frame(site, chrome)
    _list(site, chrome, plan, _CITY_PATH)


def like_its_neighbour(site: Site, plan: Plan) -> None:
    """Nothing links the column; it lies where the city's other portals keep theirs."""
    chrome = Chrome(plan.division, "/zc/", HUB, _CITY_PATH)
    _bare(site, chrome)
    _list(site, chrome, plan, _CITY_PATH)


def without_column(site: Site, plan: Plan) -> None:
    """No column at all; the city lists the county's reports in its own."""
    _bare(site, _hub(plan))


LACKING = frozenset({2022, 2023})
"""Years that stand in the city's column alone."""


def with_gaps(site: Site, plan: Plan) -> None:
    """A column that lacks two years; the city lists them in its own."""
    chrome = _hub(plan)
    frame(site, chrome)
    _list(site, chrome, replace(plan, rows=[e for e in plan.rows if e.year not in LACKING]))


def city_of(*counties: Callable[[], Plan]) -> Builder:
    """Serve a city whose column lists its own reports and those of counties."""

    def build(site: Site, plan: Plan) -> None:
        chrome = Chrome(plan.division, "/zc/", HUB, _CITY_PATH)
        frame(site, chrome)
        theirs = [
            replace(e, number=e.number - 500 * n)
            for n, county in enumerate(counties, 1)
            for e in county().rows
        ]
        rows = sorted((*plan.rows, *theirs), key=lambda e: e.date, reverse=True)
        _list(site, chrome, replace(plan, rows=rows), _CITY_PATH)

    return build


def year_select(site: Site, plan: Plan) -> None:
    """The column shows one year; the others stand in a select."""
    base = f"/mlxx/nb{plan.division.code}/"
    chrome = Chrome(plan.division, "/zc/", HUB, base)
    frame(site, chrome)
    years = sorted({e.year for e in plan.rows}, reverse=True)
    options = "".join(f'<option value="{base}?nd={y}">{y}年</option>' for y in years)
    select = f'<select onchange="location.href=this.value">{options}</select>'

    def route(asked: Asked) -> Answer | None:
        if asked.path != base:
            return None
        year = int(asked.query.get("nd", years[0]))
        rows = [e for e in plan.rows if e.year == year]
        main = f"{select}<ul>{items(rows, _address)}</ul>"
        return Answer(body=chrome.page("政府信息公开年报", main).encode())

    site.routes.append(route)
    articles(site, chrome, plan.rows, _address)


def drawn(site: Site, plan: Plan) -> None:
    """The home page has no link before its script has run."""
    chrome = _hub(plan)
    _bare(site, chrome)
    link = json.dumps(f'<a href="{_odd(plan)}">政府信息公开年报</a>')
    page = f'<html><head><meta charset="utf-8"><title>{plan.division.government}</title></head><body><div id="app"></div>'
    page += f"<script>document.getElementById('app').innerHTML={link};</script></body></html>"
    for path in ("/", HUB, "/zc/"):
        site.page(path, page)
    _list(site, chrome, plan)


def guessed(site: Site, plan: Plan) -> None:
    """Nothing links the column; it lies at one of the six usual addresses."""
    column = "/zwgk/xxgknb/"
    chrome = _hub(plan)
    _bare(site, chrome)
    _list(site, chrome, plan, column)


def searched(site: Site, plan: Plan) -> None:
    """Nothing links the column; the portal's own search shows reports, which lie in its folder."""
    base = f"/mlxx/p{plan.division.code}/"
    chrome = _hub(plan)
    _bare(site, chrome)
    form = '<form action="/zhss"><input name="gjz"><input type="submit" value="搜索"></form>'
    for path, page in list(site.pages.items()):
        text = page.body.decode().replace("<body>", f"<body>{form}", 1)
        site.pages[path] = replace(page, body=text.encode())
    address = families._tree_article(base)
    shown = items(plan.rows[:12], address)

    def results(asked: Asked) -> Answer | None:
        if asked.path != "/zhss" or "信息公开" not in asked.query.get("gjz", ""):
            return None
        return Answer(body=chrome.page("搜索结果", f"<ul>{shown}</ul>").encode())

    site.routes.append(results)
    _list(site, chrome, plan, base, address)


# -- choosing ---------------------------------------------------------------------------------------------


def named_by_organ(site: Site, plan: Plan) -> None:
    """A column 年度报告 for every organ, told apart by the words beside; the government's is the last."""
    chrome = _hub(plan)
    _bare(site, chrome)
    organs = sorted({e.source for e in plan.rows if e.kind in ("department", "township")})
    organs.append(plan.division.government)
    lines = "".join(f'<li>{o} <a href="/jg/{n}/">年度报告</a></li>' for n, o in enumerate(organs))
    site.page(HUB, chrome.page("政府信息公开", f"<ul>{lines}</ul>"))
    for n, organ in enumerate(organs):
        rows = [
            e
            for e in plan.rows
            if (e.source == organ or (e.kind == "whole" and n == len(organs) - 1))
        ]
        site.page(f"/jg/{n}/", chrome.page("年度报告", f"<ul>{items(rows, _address)}</ul>"))
    articles(site, chrome, plan.rows, _address)


# -- pages that no link leads to ------------------------------------------------------------------------------


def _unlinked(
    column: str, second: Callable[[int], str], address: Address, words: str = "共{t}页 当前第{n}页"
) -> Builder:
    """Serve a list that says how many pages it has and prints no link to them."""

    def build(site: Site, plan: Plan) -> None:
        chrome = plan.chrome(column)
        frame(site, chrome)
        pages = plan.pages()

        def maker(n: int) -> Callable[[], Answer]:
            said = words.format(n=n, t=len(pages))
            main = f"<ul>{items(pages[n - 1], address)}</ul><div class='p'>{said}</div>"
            return lambda: Answer(
                body=chrome.page(
                    "政府信息公开年报", main, tags={"ColumnName": "政府信息公开年报"}
                ).encode()
            )

        lazily(site, {column if n == 1 else second(n): maker(n) for n in range(1, len(pages) + 1)})
        articles(site, chrome, plan.rows, address)

    return build


openness_unlinked = _unlinked(
    "/XxgkAnnualReport/showList/3/page_1.html",
    lambda n: f"/XxgkAnnualReport/showList/3/page_{n}.html",
    lambda e: f"/XxgkAnnualReport/show/{e.number}.html",
)
number_unlinked = _unlinked(
    "/2066/1879/index.htm",
    lambda n: f"/2066/1879/index_{n}.htm",
    lambda e: f"/2066/1879/content_{e.number}.html",
)
slug_unlinked = _unlinked(
    "/zfxxgknb", lambda n: f"/zfxxgknb?page={n}", lambda e: f"/zfxxgknb/content_{e.number}"
)


# -- lists whose end cannot be reached ---------------------------------------------------------------------


def _first_page(words: str, news: str = "") -> Builder:
    """Serve a first page that promises more; ``news`` is what a guessed address answers with."""
    base = "/mlxx/nb/"

    def build(site: Site, plan: Plan) -> None:
        chrome = plan.chrome(base)
        frame(site, chrome)
        rows = plan.pages()[0]
        main = f"<ul>{items(rows, _address)}</ul><div class='p'>{words}</div>"
        tags = {"ColumnName": "政府信息公开年报"}
        site.page(base, chrome.page("政府信息公开年报", main, tags=tags))
        if news:
            for guess in ("index_1.html", "index_2.html"):
                site.page(base + guess, chrome.page("要闻", news))
        articles(site, chrome, rows, _address)

    return build


more_button = _first_page('<button class="more" onclick="loadMore()">加载更多</button>')
news_next = _first_page(
    "共5页 当前第1页",
    '<ul><li><a href="/xw/7.html">全民健身中心开放时间调整公告</a><span>2024-03-01</span></li></ul>',
)
short_of_total = _first_page("共97条")

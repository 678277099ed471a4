"""Columns under names that say little, behind notices, frames and first answers without a row."""

from __future__ import annotations

import pytest

from crawler.demo.server import Answer, Asked, Site
from tests.spiders.world import YEARS, Run, crawl, page, portal, report, route, rows

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
    whole = '<li><a href="/zwgk/nb/t2.html">试点县财政局2024年政府信息公开工作年度报告</a></li>'
    site.page("/zwgk/nb/", page(f"<ul>{body}{other}{whole}</ul>", "政府信息公开年报"))
    return site


def _image_map(code: str) -> Site:
    """The menu is a picture whose areas say in their alt where they lead."""
    menu = '<img src="/n.gif" usemap="#m"><map name="m"><area alt="政务公开" href="/gk/"></map>'
    site = _without_way(code, menu)
    site.page(
        "/gk/", page('<a href="/zwgk/nb/">历年年报</a><a href="/zn/">公开指南</a>', "政务公开")
    )
    return site


def _by_form(code: str) -> Site:
    """One page a year, asked for by a form that GETs; the address alone shows the newest."""
    site = portal(code)
    for year in YEARS:
        del site.pages[f"/zwgk/nb/{year + 1}03/t{year + 1}0315_{year}.html"]
    options = "".join(f'<option value="{y}">{y}年</option>' for y in YEARS)
    form = (
        '<form action="nb.jsp" method="get"><input type="hidden" name="area" value="7">'
        f'<select name="fbtime" onchange="this.form.submit()">{options}</select></form>'
    )
    marks = "总体情况 主动公开政府信息情况 收到和处理政府信息公开申请 行政复议 存在的主要问题"

    def shown(asked: Asked) -> Answer | None:
        if not asked.path.startswith("/zwgk/nb.jsp"):
            return None
        year = next((y for y in YEARS if f"fbtime={y}" in asked.path), YEARS[0])
        title = f"试点县{year}年政府信息公开工作年度报告"
        return Answer(body=page(f"{form}<h1>{title}</h1><p>{marks}</p>", title).encode())

    site.page("/", page('<a href="/zwgk/nb.jsp?area=7">政府信息公开年报</a>'))
    site.routes.append(shown)
    return site


def _office_on_the_way(code: str, *, status: int = 200) -> Site:
    """On the way to the column stands the office, whose page tells of its telephone alone."""
    site = portal(code)
    site.page("/", page('<a href="/zwgk/">政务公开</a>'))
    entries = '<a href="/zwgk/nb/">政府信息公开年报</a><a href="/zfb/js.html">县政府办公室</a>'
    site.page("/zwgk/", page(entries, "政务公开"))
    site.page("/zfb/js.html", page("<p>电话见值班表</p>", "县政府办公室"), status=status)
    return site


def _office_out_of_order(code: str) -> Site:
    """On the way to the column stands the office, whose page does not come."""
    return _office_on_the_way(code, status=500)


def _office_gone(code: str) -> Site:
    """On the way to the column stands the office, whose page is there no more."""
    return _office_on_the_way(code, status=404)


def _organs_by_form(code: str) -> Site:
    """Whose list it is stands in a form, whose script would choose another menu as well."""
    site = portal(code)
    organs = {"a1": "试点县人民政府", "a2": "试点县人民政府办公室", "b1": "试点县柳湾镇人民政府"}
    options = "".join(f'<option value="{k}">{organ}</option>' for k, organ in organs.items())
    form = (
        '<form action="/open.do"><select name="dept" onchange="start()">' + options + "</select>"
        '<input type="hidden" name="menu" value="nb"></form>'
    )
    office = rows(base="/zwgk/bgs/").replace("试点县", organs["a2"])
    for year in YEARS:
        site.page(f"/zwgk/bgs/{year + 1}03/t{year + 1}0315_{year}.html", report(year))
    listed = {"a1": rows(), "a2": office, "b1": ""}

    def answer(asked: Asked) -> Answer | None:
        if asked.path != "/open.do" or asked.query.get("menu") != "nb":
            return None
        body = page(form + listed[asked.query.get("dept", "a1")], "政府信息公开年报")
        return Answer(body=body.encode())

    site.page("/", page('<a href="/open.do?menu=nb&dept=a1">政府信息公开年报</a>'))
    site.routes.append(answer)
    return site


def _branches(code: str) -> Site:
    """A tree in which every organ has a branch with the same names, a bureau's first."""
    site = portal(code)
    organs = {3: "试点县财政局", 1: "试点县人民政府", 2: "试点县人民政府办公室", 4: "试点县水利局"}
    nodes = "".join(
        f'{{"id":{n},"pId":0,"name":"{organ}"}},'
        f'{{"id":{n}1,"pId":{n},"name":"公开指南","url":"zn_{n}.html"}},'
        f'{{"id":{n}4,"pId":{n},"name":"年度报告","url":"a{9 - n}_nb.html"}},'
        for n, organ in organs.items()
    )
    site.page("/", page('<a href="/gkml/">信息公开目录</a>'))
    site.page("/gkml/", page(f"<ul id=t></ul><script>var zNodes=[{nodes}];</script>", "目录"))
    for n in organs:
        items = "".join(
            f'<li><a href="/gkml/r{n}_{y}.html">{y}年政府信息公开工作年度报告</a></li>'
            for y in YEARS
        )
        site.page(f"/gkml/a{9 - n}_nb.html", page(f"<ul>{items}</ul>", "年度报告"))
        for year in YEARS:
            site.page(f"/gkml/r{n}_{year}.html", report(year))
    return site


def _beside_a_neighbour(code: str) -> Site:
    """No column of its own, and a neighbour's portal linked in the footer."""
    return Site(code)  # its home page is written once addresses are known


def _span(code: str) -> Site:
    """A row that names a span of years is the way to the older ones."""
    site = portal(code)
    older = '<p><a href="/old/list.html">2019-2021年政府信息公开年报</a></p>'
    site.page("/zwgk/nb/", page(rows() + older, "政府信息公开年报"))
    site.page("/old/list.html", page(rows((2021, 2020, 2019), "/old/"), "2019-2021年"))
    for year in (2021, 2020, 2019):
        site.page(f"/old/{year + 1}03/t{year + 1}0315_{year}.html", report(year))
    return site


def _organs(code: str, order: tuple[str, ...]) -> Site:
    """政府信息公开 lists organs, each with pages of its own and its own column there."""
    site = Site(code)
    site.page("/", page('<a href="/pt/">政府信息公开</a><a href="/bs/">办事</a>'))
    links = "".join(f'<li><a href="/{n}/">{organ}</a></li>' for n, organ in enumerate(order, 1))
    site.page("/pt/", page(f"<ul>{links}</ul>", "试点县"))
    for n, organ in enumerate(order, 1):
        entries = f'<a href="/{n}/zn/">公开指南</a><a href="/{n}/nb/">政府信息公开年报</a>'
        site.page(f"/{n}/", page(entries, organ))
        name = organ if organ.startswith("试点县") else f"试点县{organ.removeprefix('县')}"
        listed = rows(base=f"/{n}/nb/").replace("试点县", name)
        site.page(f"/{n}/nb/", page(listed, f"{organ}年报"))
        for year in YEARS:
            site.page(f"/{n}/nb/{year + 1}03/t{year + 1}0315_{year}.html", report(year))
    return site


def _office_among_organs(code: str) -> Site:
    return _organs(code, ("县财政局", "县政府办公室", "试点县人民政府"))


def _office_found_first(code: str) -> Site:
    """The way leads past the office's column; the government's lies deeper."""
    site = _organs(code, ("县财政局", "试点县政府办公室", "试点县人民政府"))
    site.page("/", page('<a href="/2/nb/">政府信息公开年报</a><a href="/pt/">政府信息公开</a>'))
    return site


def _only_searched(code: str, *, shown: bool = True) -> Site:
    """No menu leads to the column; the portal's own search shows reports, a bureau's first."""
    site = portal(code)
    for path in ("/", "/zwgk/", "/zwgk/nb/"):
        site.pages.pop(path, None)
        site.pages.pop(f"{path}index.html", None)
    form = '<form action="/so.jsp"><input name="q"><input type="submit" value="搜索"></form>'
    site.page("/", page(f'{form}<a href="/bs/">办事</a>'))
    site.page("/bs/", page("<p>办事</p>", "办事"))
    site.page("/lm/35.html", page(rows(), "政府信息公开年报"))
    way = '<div class="position"><a href="/">首页</a> &gt; <a href="/lm/35.html">政府信息公开年报</a></div>'
    for year in YEARS:
        body = report(year).replace("<body>", f"<body>{way}")
        site.page(f"/zwgk/nb/{year + 1}03/t{year + 1}0315_{year}.html", body)
    bureau = '<a href="/czj/1.html">试点县财政局2023年政府信息公开工作年度报告</a>'

    def answer(asked: Asked) -> Answer | None:
        if asked.path != "/so.jsp" or "年度报告" not in asked.query.get("q", ""):
            return None
        return Answer(body=page(bureau + (rows() if shown else ""), "搜索结果").encode())

    site.routes.append(answer)
    return site


def _searched_in_vain(code: str) -> Site:
    """The portal's own search shows the report of a bureau alone."""
    return _only_searched(code, shown=False)


CASES = {
    "990101": (_behind_a_notice, "ok", 3),
    "990102": (_slow_to_fill, "ok", 3),
    "990103": (_in_a_frame, "ok", 6),
    "990104": (_nothing_at_all, "no_column_found", 0),
    "990105": (_wide, "no_column_found", 0),
    "990106": (_cut, "ok", 3),
    "990107": (_image_map, "ok", 3),
    "990108": (_by_form, "ok", 3),
    "990109": (_branches, "ok", 6),
    "990110": (_beside_a_neighbour, "no_column_found", 0),
    "990111": (_span, "ok", 6),
    "990112": (_office_among_organs, "ok", 6),
    "990113": (_office_found_first, "ok", 6),
    "990114": (_organs_by_form, "ok", 6),
    "990117": (_office_on_the_way, "ok", 3),
    "990118": (_office_out_of_order, "incomplete", 3),
    "990119": (_office_gone, "ok", 3),
    "990115": (_only_searched, "ok", 3),
    "990116": (_searched_in_vain, "no_column_found", 0),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [make(code) for code, (make, _, _) in CASES.items()]
    alone = sites[list(CASES).index("990110")]

    def wire(server) -> None:
        neighbour = server.base("990106")
        link = f'<a href="{neighbour}/">云溪县人民政府</a>'
        alone.page("/", page(f'{link}<a href="/bs/">办事</a>'))
        alone.page("/bs/", page("<p>办事</p>", "办事"))

    out = tmp_path_factory.mktemp("search")
    return crawl(sites, out, "-s", "CHROMIUM_PATH=/nowhere", change=wire)


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
    assert not {"/zwgk/nb/t1.html", "/zwgk/nb/t2.html"} & set(run.paths("990106"))


def test_departments_on_a_list_of_organs_are_not_asked_for(run):
    assert not {"/1/", "/1/nb/"} & set(run.paths("990112"))


def test_what_the_portals_own_search_shows_of_other_organs_is_not_asked_for(run):
    assert not {p for c in ("990115", "990116") for p in run.paths(c) if p.startswith("/czj/")}
    assert sum(p.startswith("/so.jsp") for p in run.paths("990116")) == 1


def test_branches_of_other_organs_are_not_asked_for(run):
    assert not {"/gkml/a6_nb.html", "/gkml/a5_nb.html"} & set(run.paths("990109"))


def test_a_list_of_another_organ_is_not_read(run):
    assert "/zwgk/nb/list_3.html" not in run.paths("990103")

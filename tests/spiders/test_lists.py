"""Lists that are read to their last row without a browser, and what changes by itself in them."""

import itertools
import json

import pytest

from crawler.demo.server import Answer, Asked, Site
from tests.spiders.world import Run, crawl, page, report

ALL = tuple(range(2024, 2012, -1))
NO_BROWSER = ("-s", "CHROMIUM_PATH=/nowhere")


MENU = "<a href='/zwgk/zn/'>政府信息公开指南</a><a href='/zwgk/zd/'>政府信息公开制度</a>"


def title(year: int, organ: str = "试点县") -> str:
    return f"{organ}{year}年政府信息公开工作年度报告"


def row(year: int, url: str, words: str = "") -> str:
    return f'<li><a href="{url}">{words or title(year)}</a><span>{year + 1}-03-15</span></li>'


def site(code: str, column: str, years=ALL, where="/nb/z{y}03/t{y}0315_{y}.html") -> Site:
    """A portal with reports and the way to a column that the scene serves."""
    made = Site(code)
    home = f'<a href="{column}">政府信息公开年报</a><a href="/zwgk/">政务公开</a>'
    made.page("/", page(home))
    made.page("/zwgk/", page(f'<a href="{column}">政府信息公开年报</a>', "政务公开"))
    for year in years:
        made.page(where.format(y=year), report(year))
    return made


def at(year: int) -> str:
    return f"/nb/z{year}03/t{year}0315_{year}.html"


def window_posted(code: str) -> Site:
    """大汉: the first group's address repeats page one; the window, posted, goes on."""
    column, proxy = "/col/col77/index.html", "/module/web/jpage/dataproxy.jsp"
    made = site(code, column, where="/art/{y}/3/15/art_77_{y}.html")

    def store(years, more: bool) -> str:
        group = (
            f'<nextgroup><![CDATA[<a href="{proxy}?page=1&columnid=77&unitid=9"></a>]]></nextgroup>'
        )
        records = "".join(
            f"<record><![CDATA[{row(y, f'/art/{y}/3/15/art_77_{y}.html')}]]></record>"
            for y in years
        )
        return (
            f"<datastore>{group if more else ''}<recordset>{records}</recordset>"
            f"<totalrecord>{len(ALL)}</totalrecord></datastore>"
        )

    first = store(ALL[:5], more=True)
    script = "ajaxParam:{col:1,appid:1,webid:3,path:'/',columnid:77,sourceContentType:1,unitid:'9'}"
    made.page(
        column,
        page(
            f"{MENU}<ul id='9'></ul><script type='text/xml'>{first}</script><script>{script}</script>",
            "政府信息公开年报",
        ),
    )

    def answer(asked: Asked) -> Answer | None:
        if asked.path != proxy:
            return None
        years = ALL[:5]
        if asked.method == "POST" and asked.form.get("columnid") == "77":
            start, end = int(asked.form["startrecord"]), int(asked.form["endrecord"])
            years = ALL[start - 1 : end]
        return Answer(body=store(years, more=True).encode())

    made.routes.append(answer)
    return made


def years_over_pages(code: str) -> Site:
    """Rows that say a year and no more, on two pages."""
    made = site(code, "/nb/")
    for name, years, after in (
        ("/nb/", ALL[:6], '<a href="/nb/index_2.html">下一页</a>'),
        ("/nb/index_2.html", ALL[6:], "下一页"),
    ):
        rows = "".join(row(y, at(y), f"{y}年") for y in years)
        made.page(name, page(f"<ul>{rows}</ul>{after}", "政府信息公开年报"))
    return made


def nodes_of_a_tree(code: str) -> Site:
    """A tree of organs whose nodes a script holds; each leads to a file beside it."""
    made = site(code, "/nb/tree.html")
    nodes = [
        {"id": 1, "pId": 0, "name": "县级机关"},
        {"id": 2, "pId": 1, "name": "试点县人民政府", "url": "list_a.html"},
        {"id": 3, "pId": 1, "name": "县财政局", "url": "list_c.html"},
    ]
    tree = f"<ul class='ztree'></ul><script>var zNodes={json.dumps(nodes)};</script>"
    made.page("/nb/tree.html", page(tree, "政府信息公开年报"))
    made.page("/nb/list_a.html", page("".join(row(y, at(y)) for y in ALL), "年报"))
    made.page("/nb/list_c.html", page(row(2024, "/nb/c.html", title(2024, "试点县财政局")), "年报"))
    return made


def other_years_folders(code: str) -> Site:
    """The second page is derived, and its rows lie in other years' folders than the first's."""
    where = "/nb/nb_{y}n/{y}/t{y}_1.html"
    made = site(code, "/nb/", where=where)
    for name, years in (("/nb/", ALL[:6]), ("/nb/index_1.html", ALL[6:])):
        rows = "".join(row(y, where.format(y=y)) for y in years)
        number = 0 if name == "/nb/" else 1
        pager = f'<script>createPageHTML(2, {number}, "index", "html");</script>'
        made.page(name, page(f"<ul>{rows}</ul>{pager}", "政府信息公开年报"))
    return made


def another_column_s_news(code: str) -> Site:
    """The derived second page is news of another column: it is not taken for the list's."""
    made = site(code, "/nb/")
    rows = "".join(row(y, at(y)) for y in ALL[:6])
    made.page("/nb/", page(f"<ul>{rows}</ul>共2页", "政府信息公开年报"))
    news = "".join(row(2024, f"/xw/n{k}.html", f"试点县召开第{k}次会议") for k in range(6))
    for name in ("/nb/index_2.html", "/nb/index_1.html"):
        made.page(name, page(f"<ul>{news}</ul>", "新闻"))
    return made


def form_alone(code: str) -> Site:
    """龙讯: the label takes a form and no GET, and cuts what is asked for."""
    made = site(code, "/public/column/5?type=3&action=list")
    script = (
        "{labelName:'publicInfoList',siteId:'66',pageSize:'20',pageIndex:n,organId:'5',type:'3'}"
    )
    made.page(
        "/public/column/5",
        page(
            f"{MENU}<div>加载中</div><script>var f={script};'/site/label/8888'</script>",
            "政府信息公开年报",
        ),
    )

    def answer(asked: Asked) -> Answer | None:
        if asked.path != "/site/label/8888":
            return None
        if asked.method != "POST":
            return Answer(body=b"", status=405)
        n = int(asked.form["pageIndex"])
        rows = "".join(row(y, at(y)) for y in ALL[5 * (n - 1) : 5 * n])
        return Answer(body=f"<ul>{rows}</ul><p>共{len(ALL)}条</p>".encode())

    made.routes.append(answer)
    return made


def organ_s_own_page(code: str) -> Site:
    """The office's reports lie in a column that its own page, one of 部门信息公开, names."""
    made = site(code, "/nb/")
    rows = "".join(row(y, at(y)) for y in ALL)
    made.page("/nb/", page(f"<ul>{rows}</ul><a href='/bm/'>部门信息公开</a>", "政府信息公开年报"))
    made.page(
        "/bm/", page("<a href='/bm/bgs/'>县政府办公室</a><a href='/bm/czj/'>县财政局</a>", "部门")
    )
    menu = "<a href='/bm/bgs/zn/'>政府信息公开指南</a><a href='/bm/bgs/nb/'>政府信息公开年报</a>"
    made.page("/bm/bgs/", page(menu, "县政府办公室"))
    office = [row(y, f"/bm/bgs/nb/t{y}_2.html", title(y, "试点县人民政府办公室")) for y in ALL[:3]]
    made.page("/bm/bgs/nb/", page(f"<ul>{''.join(office)}</ul>", "政府信息公开年报"))
    for year in ALL[:3]:
        made.page(f"/bm/bgs/nb/t{year}_2.html", report(year))
    return made


def cut_rows(code: str) -> Site:
    """Titles are cut after a few signs, in the year itself where the organ's name is long; [1] [2]."""
    made = site(code, "/nb/list.asp")

    def cut(year: int) -> str:
        words = title(year, "试点县人民政府" if year % 2 else "试点县人民政府办公室")
        return f"{words[:13]}…"

    def answer(asked: Asked) -> Answer | None:
        if asked.path != "/nb/list.asp":
            return None
        n = int(asked.query.get("page", "1"))
        rows = "".join(row(y, at(y), cut(y)) for y in ALL[6 * (n - 1) : 6 * n])
        pager = "".join(f'<a href="/nb/list.asp?page={k}">[{k}]</a> ' for k in (1, 2))
        return Answer(body=page(f"<ul>{rows}</ul>{pager}", "政府信息公开年报").encode())

    made.routes.append(answer)
    return made


def empty_at_first(code: str) -> Site:
    """Each page comes without a byte when it is first asked for."""
    made = site(code, "/nb/")
    made.page("/nb/", page(f"<ul>{''.join(row(y, at(y)) for y in ALL)}</ul>", "政府信息公开年报"))
    asked_before: set[str] = set()

    def first(asked: Asked) -> Answer | None:
        if asked.path == "/robots.txt" or asked.path in asked_before:
            return None
        asked_before.add(asked.path)
        return Answer(body=b"")

    made.guard = first
    return made


def counting(code: str, *, endless: bool = False) -> Site:
    """Every link carries the count of hits so far."""
    made = site(code, "/nb/list.asp?c=3", years=())
    hits = itertools.count(1000)

    def link(url: str) -> str:
        return f"{url}{'&' if '?' in url else '?'}hits={next(hits)}"

    def answer(asked: Asked) -> Answer | None:
        if asked.path == "/nb/show.asp" and "id" in asked.query:
            return Answer(body=report(int(asked.query["id"])).encode())
        if asked.path != "/nb/list.asp":
            return None
        n = int(asked.query.get("page", "1"))
        years = ALL if endless else ALL[6 * (n - 1) : 6 * n]
        rows = "".join(row(y, link(f"/nb/show.asp?id={y}")) for y in years)
        menu = f'<a href="{link("/zwgk/x.asp?c=1")}">政府信息公开指南</a>'
        after = f'<a href="{link(f"/nb/list.asp?c=3&page={n + 1}")}">下一页</a>'
        last = not endless and n == 2
        body = f"{menu}<ul>{rows}</ul>{'' if last else after}"
        return Answer(body=page(body, "政府信息公开年报").encode())

    made.routes.append(answer)
    return made


GOOD = {
    "990401": (window_posted, 12),
    "990402": (years_over_pages, 12),
    "990403": (nodes_of_a_tree, 12),
    "990404": (other_years_folders, 12),
    "990405": (form_alone, 12),
    "990406": (organ_s_own_page, 15),
    "990407": (counting, 12),
    "990408": (cut_rows, 12),
    "990409": (empty_at_first, 12),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    sites = [build(code) for code, (build, _) in GOOD.items()]
    sites += [another_column_s_news("990411"), counting("990412", endless=True)]
    return crawl(sites, tmp_path_factory.mktemp("lists"), *NO_BROWSER)


@pytest.mark.parametrize("code", GOOD, ids=[build.__name__ for build, _ in GOOD.values()])
def test_a_list_is_read_to_its_last_row(run, code):
    told = (run.portals[code], [p for p in run.problems if p.get("portal") == code])
    assert run.portals[code]["read"] == GOOD[code][1], told
    assert run.outcome(code) == "ok", told


def test_news_behind_a_derived_address_are_no_page_of_the_list(run):
    assert run.outcome("990411") == "paging_not_understood"
    assert run.portals["990411"]["read"] == 6


def test_a_report_has_one_address_whatever_is_counted_in_it(run):
    shown = {seen.path for seen in run.asked("990407") if seen.path.startswith("/nb/show.asp")}
    assert shown == {f"/nb/show.asp?id={year}" for year in ALL}


def test_a_pager_without_end_of_the_same_rows_ends_after_a_few_pages(run):
    assert run.portals["990412"]["read"] == 12
    assert run.outcome("990412") == "paging_not_understood"
    assert len([seen for seen in run.asked("990412") if "/list.asp" in seen.path]) < 6


def test_a_second_crawl_of_addresses_that_change_finds_nothing_changed(tmp_path):
    extra = (*NO_BROWSER, "-s", 'ITEM_PIPELINES={"tests.spiders.world.Keep": 1}')
    first = crawl([counting("990421")], tmp_path, *extra)
    assert first.portals["990421"]["read"] == 12
    second = crawl([counting("990421")], tmp_path, *extra, port=first.server.port)
    told = second.portals["990421"]
    assert (told["read"], told["held"]) == (0, 12), told

"""Routes of the platform families P1 to P15, one builder each (or one table row where routes are plain).

Every builder serves the same kind of column (``columns.rows_of``) with its articles; what differs
is how a list is addressed, paged and hidden.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from urllib.parse import quote

from crawler.demo.chrome import Chrome
from crawler.demo.listing import Entry
from crawler.demo.portals import column_page, frame, items
from crawler.demo.server import Answer, Asked, Site
from tests.simulator.columns import Plan
from tests.simulator.parts import (
    articles,
    hex32,
    lazily,
    plain_list,
    uuid,
    ymd,
)

Builder = Callable[[Site, Plan], None]


def as_json(value: object) -> Answer:
    return Answer(
        body=json.dumps(value, ensure_ascii=False).encode(), content_type="application/json"
    )


def as_xml(text: str) -> Answer:
    return Answer(body=text.encode(), content_type="text/xml; charset=utf-8")


NOT_FOUND = Answer(body=b"<html><body>404</body></html>", status=404)

# -- P1: trees of pinyin folders ------------------------------------------------------------------

TREE = "/zwgk/zfxxgk/zfxxgknb/"


def _tree_article(base: str) -> Callable[[Entry], str]:
    return lambda e: f"{base}{''.join(ymd(e)[:2])}/t{''.join(ymd(e))}_{e.number}.html"


def _tree_list(site: Site, plan: Plan, pager: Callable[[int, int], str], second: int = 1) -> None:
    """``second``: the number in the address of the second page (index_1 or index_2)."""
    plain_list(
        site,
        plan,
        page_address=lambda n: f"{TREE}index_{n - 2 + second}.html" if n > 1 else TREE,
        address=_tree_article(TREE),
        link=lambda e: "." + _tree_article("/")(e),
        pager=pager,
    )
    site.routes.append(_moved_to_folder(f"{TREE}index.html", TREE))


def _moved_to_folder(path: str, folder: str) -> Callable[[Asked], Answer | None]:
    def route(asked: Asked) -> Answer | None:
        if asked.path != path:
            return None
        return Answer(body=b"", status=301, headers={"Location": folder})

    return route


def trs(site: Site, plan: Plan) -> None:
    _tree_list(
        site,
        plan,
        lambda n, t: f'<script>createPageHTML({t}, {n - 1}, "index", "html");</script>',
    )


def trs_count_page(site: Site, plan: Plan) -> None:
    def pager(n: int, total: int) -> str:
        return (
            f"<script>var currentPage = {n - 1};//从0开始\nvar nextPage = currentPage+1\n"
            f"var countPage = {total}//共多少页\n"
            "if(nextPage<countPage) document.write('<a href=\"index_'+nextPage+'.html\">下一页</a>');"
            "</script>"
        )

    _tree_list(site, plan, pager)


def trs_from_two(site: Site, plan: Plan) -> None:
    """The script says pages count from 0, the second page is index_2 all the same."""
    _tree_list(
        site,
        plan,
        lambda n, t: f'<script>createPageHTML({t}, {n - 1}, "index", "html");</script>',
        second=2,
    )


def _split(site: Site, plan: Plan, parts: list[tuple[str, str, list[Entry]]]) -> None:
    """Serve a column that only links to sub-columns (folder, title, rows)."""
    chrome = plan.chrome(TREE)
    frame(site, chrome)
    links = "".join(f'<li><a href="{TREE}{name}/">{title}</a></li>' for name, title, _ in parts)
    site.page(TREE, column_page(chrome, f'<div class="tabs"><ul>{links}</ul></div>'))
    for name, title, rows in parts:
        base = f"{TREE}{name}/"
        main = f"<h2>{title}</h2><ul>{items(rows, _tree_article(base))}</ul>"
        site.page(base, column_page(chrome, main))
        articles(site, chrome, rows, _tree_article(base))


def trs_year_folders(site: Site, plan: Plan) -> None:
    years = sorted({e.year for e in plan.rows}, reverse=True)
    parts = [(f"{y}n", f"{y}年", [e for e in plan.rows if e.year == y]) for y in years]
    _split(site, plan, [(f"{LAST + 1}n", f"{LAST + 1}年", []), *parts])


LAST = 2025


def trs_by_organ(site: Site, plan: Plan) -> None:
    kinds = {
        "qzf": ("县政府", ("whole", "office")),
        "qzfbm": ("县政府部门", ("department",)),
        "zj": ("乡镇", ("township",)),
    }
    _split(
        site,
        plan,
        [(n, t, [e for e in plan.rows if e.kind in of]) for n, (t, of) in kinds.items()],
    )


# -- P2: cNNNNNN folders and .shtml -----------------------------------------------------------------


def kaipu(site: Site, plan: Plan) -> None:
    """Signature B pager, links with noise, and a column 年度报告 for each department."""
    base = "/hebmlx/c111202/"
    column = f"{base}zfxxgklby_nb.shtml"
    chrome = plan.chrome(column, "/hebmlx/zwgk/", "/hebmlx/zfxxgk/")

    def address(e: Entry) -> str:
        return f"{base}{''.join(ymd(e)[:2])}/c01_{e.number}.shtml"

    plain_list(
        site,
        plan,
        chrome=chrome,
        page_address=lambda n: column if n == 1 else f"{base}zfxxgklby_nb_{n}.shtml",
        address=address,
        link=lambda e: f"{address(e)}?ddtab=true",
        pager=lambda n, t: (
            f"<div id='page_div'></div><script>createPageHTML('page_div',{t}, {n},"
            f"'zfxxgklby_nb','shtml',{len(plan.rows)});</script>"
        ),
    )
    organs = sorted({e.source for e in plan.rows if e.kind == "department"})
    links = "".join(
        f'<li>{name} <a href="/hebmlx/c2{n:05d}/xxgk_list.shtml">年度报告</a></li>'
        for n, name in enumerate(organs)
    )
    menu = f"{chrome.menu()}<h2>部门信息公开</h2><ul>{links}</ul>"
    site.page(chrome.platform, chrome.page("政府信息公开", menu, crumbs=chrome.crumbs()[:2]))
    for n, name in enumerate(organs):
        rows = [e for e in plan.rows if e.source == name]
        main = f"<h2>{name} 年度报告</h2><ul>{items(rows, address)}</ul>"
        page = chrome.page(f"{name}年度报告", main, tags={"ColumnName": "年度报告"})
        site.page(f"/hebmlx/c2{n:05d}/xxgk_list.shtml", page)


def kaipu_json(site: Site, plan: Plan) -> None:
    """The list is an answer of ``/common/search/{channel}``; the tree has a null.shtml node."""
    channel = "5f8a1c0e9b7d4236a1e5c3d7f9b80246"
    base = "/xinyuan/xxgknb/"
    chrome = plan.chrome(f"{base}zfxxgk_gknbz.shtml", "/xinyuan/zwgk/", "/xinyuan/zfxxgk/")
    frame(site, chrome)
    query = (
        "_isAgg=true&_isJson=true&_pageSize=20&_template=index&_rangeTimeGte=&_channelName=&page="
    )
    script = f"""<div id="list" data-channel="{channel}">加载中…</div><script>
var channelId = '{channel}';
fetch('/common/search/' + channelId + '?{query}' + 1).then(r => r.json()).then(d => {{
  document.getElementById('list').innerHTML = d.data.results.map(x =>
    '<li><a href="' + x.url + '">' + x.title + '</a><span>' + x.publishedTimeStr + '</span></li>').join('');
}});</script>"""
    site.page(chrome.column, column_page(chrome, script))

    def address(e: Entry) -> str:
        return f"{base}{''.join(ymd(e)[:2])}/{hex32(e)}.shtml"

    articles(site, chrome, plan.rows, address)

    def service(asked: Asked) -> Answer | None:
        if asked.path == "/u/channel/treeNew/xinyuan":
            nodes = [{"name": "政府信息公开年报", "url": f"{base}null.shtml", "id": channel}]
            return Answer(
                body=f"null({json.dumps(nodes)});".encode(), content_type="application/javascript"
            )
        if asked.path != f"/common/search/{channel}" or asked.query.get("_isJson") != "true":
            return None
        n, pages = int(asked.query.get("page", 1)), plan.pages()
        rows = pages[n - 1] if 1 <= n <= len(pages) else ()
        results = [
            {"title": e.title, "url": address(e), "publishedTimeStr": f"{e.date} 09:30:00"}
            for e in rows
        ]
        return as_json(
            {"data": {"page": n, "rows": 20, "total": len(plan.rows), "results": results}}
        )

    site.routes.append(service)


# -- P3: Hanweb ------------------------------------------------------------------------------------

COL = "/col/col1229{}/index.html"


def _art(e: Entry) -> str:
    year, month, day = ymd(e)
    return f"/art/{year}/{int(month)}/{int(day)}/art_1229401_{e.number}.html"


def _record(e: Entry) -> str:
    return f"<record><![CDATA[{items([e], _art)}]]></record>"


def hanweb(site: Site, plan: Plan) -> None:
    """Embedded datastore; the proxy obeys start and end, or (switch ``by_page``) the page alone."""
    by_page = "by_page" in plan.switches
    column, proxy = COL.format("401"), "/module/web/jpage/dataproxy.jsp"
    chrome = plan.chrome(column, COL.format("300"), "/col/col1229400/")
    frame(site, chrome)
    common = (
        "appid=1&webid=31&path=/&columnid=1229401&unitid=5477&sourceContentType=1&permissiontype=0"
    )
    size, rows = plan.page_size, plan.rows

    def following(end: int) -> str:
        if end >= len(rows):
            return ""
        page = end // size + 1
        where = (
            f"page={page}"
            if by_page
            else f"startrecord={end + 1}&endrecord={end + size}&perpage={size}"
        )
        return f'<nextgroup><![CDATA[<a href="{proxy}?{where}&{common}"></a>]]></nextgroup>'

    def service(asked: Asked) -> Answer | None:
        if asked.path != proxy:
            return None
        said = {**asked.query, **asked.form}
        if by_page:
            start = (int(said.get("page", 1)) - 1) * size
        else:
            start = int(said.get("startrecord", 1)) - 1
        shown = rows[start : start + size]
        return as_xml(
            f"<?xml version='1.0' encoding='UTF-8'?><datastore>{following(start + len(shown))}"
            f"<totalrecord>{len(rows)}</totalrecord><totalpage>{len(plan.pages())}</totalpage>"
            f"<recordset>{''.join(map(_record, shown))}</recordset></datastore>"
        )

    site.routes.append(service)
    store = f"<datastore>{following(size)}<recordset>{''.join(map(_record, rows[:size]))}</recordset></datastore>"
    bom = "\ufeff<?xml version='1.0'?>" if "bom" in plan.switches else ""
    box = '<div id="{}"><script type="text/xml">' + bom + store + "</script></div>"
    # A second copy for telephones, hidden by a style sheet.
    main = (
        box.format("5477")
        + '<div class="wap" style="display:none">'
        + box.format("5478")
        + "</div>"
    )
    main += f"<script>$('#5477').jpage({{totalRecord:{len(rows)},perPage:{size},proxyUrl:'{proxy}'}})</script>"
    site.page(column, column_page(chrome, main))
    articles(site, chrome, rows, _art)


def hanweb_by_page(site: Site, plan: Plan) -> None:
    hanweb(site, Plan(division=plan.division, rows=plan.rows, switches=frozenset({"by_page"})))


def jpaas(site: Site, plan: Plan) -> None:
    """A shell with ``querydata``; the unit service wants paramJson and ignores a bare pageNo."""
    column = COL.format("501")
    chrome = plan.chrome(column, COL.format("300"), "/col/col1229500/")
    frame(site, chrome)
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    query = {
        "parseType": "bulidstatic",
        "webId": "31",
        "tplSetId": "a1b2c3",
        "pageType": "column",
        "tagId": "信息列表",
        "editType": "null",
        "pageId": "c501",
    }
    data = str(query | {"tagId": "信息列表"}).replace('"', "'")
    main = f"""<div id="box" url="{unit}" querydata="{data}"></div><script>
var q = new URLSearchParams({json.dumps(query, ensure_ascii=False)});
fetch('{unit}?' + q + '&paramJson=' + encodeURIComponent('{{"pageNo":1,"pageSize":{plan.page_size}}}'))
  .then(r => r.json()).then(d => {{ document.getElementById('box').innerHTML = d.data.html; }});
</script>"""
    site.page(column, column_page(chrome, main))

    def address(e: Entry) -> str:
        return f"/col/col1229501/art/{ymd(e)[0]}/art_{hex32(e)}.html"

    articles(site, chrome, plan.rows, address)

    def service(asked: Asked) -> Answer | None:
        if asked.path != unit:
            return None
        if "referer" in plan.switches and "referer" not in asked.headers:
            return Answer(body=b"forbidden", status=403)
        if any(asked.query.get(k) != v for k, v in query.items() if k != "editType"):
            return as_json({"success": False, "data": {}})
        asked_for = json.loads(asked.query.get("paramJson") or "{}")
        n, pages = int(asked_for.get("pageNo", 1)), plan.pages()
        rows = pages[n - 1] if n <= len(pages) else ()
        html = (
            f"<ul>{items(rows, address)}</ul>"
            f'<div class="page" pageno="{n}" total="{len(plan.rows)}">共{len(plan.rows)}条</div>'
        )
        return as_json({"success": True, "data": {"html": html}})

    site.routes.append(service)


def hanweb_years(site: Site, plan: Plan) -> None:
    """``xxgkAnnualReport.jsp?fbtime=``: a page a year behind a select, no list at all."""
    area = "11330000MB00000000"
    path = "/module/xxgk/xxgkAnnualReport.jsp"
    reports = {e.year: e for e in plan.rows if e.kind == "whole"}
    newest = max(reports)
    column = f"{path}?fbtime={newest}&area={area}"
    chrome = plan.chrome(column, COL.format("300"), "/col/col1229600/")
    frame(site, chrome)
    options = "".join(
        f'<option value="{path}?fbtime={y}&amp;area={area}">{y}年</option>'
        for y in sorted(reports, reverse=True)
    )
    select = f'<select onchange="location.href=this.value">{options}</select>'

    def maker(e: Entry) -> Callable[[], Answer]:
        text = f"{select}<h1>{escape(e.title)}</h1><div id='zoom'>{{}}</div>"
        return lambda: Answer(body=column_page(chrome, text.format(e.body())).encode())

    lazily(site, {f"{path}?fbtime={y}&area={area}": maker(e) for y, e in reports.items()})


def hanweb_search(site: Site, plan: Plan) -> None:
    """``search.jsp`` is posted for and answers with the whole region's rows, column or not."""
    column, service = COL.format("401"), "/module/xxgk/search.jsp"
    chrome = plan.chrome(column, COL.format("300"), "/col/col1229400/")
    frame(site, chrome)
    form = {
        "infotypeId": "A0207",
        "jdid": "31",
        "area": "11330000MB",
        "divid": "div_list",
        "vc_title": "",
        "vc_number": "",
        "vc_filenumber": "",
        "vc_all": "",
        "texttype": "0",
        "fbtime": "",
        "sortfield": ",compaltedate:0",
    }
    main = f"""<div id="div_list">正在加载</div><script>
var form = {{{", ".join(f"{k}:'{v}'" for k, v in form.items())}}};
function search(n) {{ form.currpage = n; fetch('{service}', {{method: 'POST', body: new URLSearchParams(form)}})
  .then(r => r.text()).then(h => {{ document.getElementById('div_list').innerHTML = h; }}); }}
search(1);</script>"""
    site.page(column, column_page(chrome, main))
    # Between any two rows of the column stand three of another county's.
    region = [(e, n) for e in plan.rows for n in (1229777, 1229778, 1229779, 1229401)]

    def row(e: Entry, of: int) -> str:
        title = e.title if of == 1229401 else e.title.replace(plan.division.name, "云梁区")
        href = _art(e).replace("1229401", str(of))
        return f'<tr><td><a href="{href}" title="{escape(title)}">{escape(title)}</a></td><td>{e.date}</td></tr>'

    def answer(asked: Asked) -> Answer | None:
        if asked.path != service:
            return None
        said = asked.form
        if asked.method != "POST" or said.get("infotypeId") != "A0207":
            return NOT_FOUND
        n, size = int(said.get("currpage") or 1), 40
        shown = "".join(row(e, of) for e, of in region[(n - 1) * size : n * size])
        pages = -(-len(region) // size)
        return Answer(body=f"<table>{shown}</table><div>共 {pages} 页</div>".encode())

    site.routes.append(answer)
    articles(site, chrome, plan.rows, _art)


# -- P4: VSB ----------------------------------------------------------------------------------------


def vsb(site: Site, plan: Plan) -> None:
    """Page numbers run backwards and hrefs climb from the sub-page."""
    chrome = plan.chrome("/zfxxgk/zfxxgknb.htm", "/zwgk.htm", "/zfxxgk/")
    frame(site, chrome)
    site.routes.append(lambda asked: _vsb_list(chrome, plan, asked.path))
    articles(site, chrome, plan.rows, _vsb_article)


def _vsb_article(e: Entry) -> str:
    return f"/info/1025/{e.number}.htm"


def _vsb_list(chrome: Chrome, plan: Plan, path: str) -> Answer | None:
    """Return a list page: the first is zfxxgknb.htm, then T-1 down to 1 of T pages."""
    pages = plan.pages()
    total = len(pages)
    found = re.fullmatch(r"/zfxxgk/zfxxgknb(?:/(\d+))?\.htm", path)
    if not found or (found[1] and not 1 <= int(found[1]) < total):
        return None
    n = total - int(found[1]) + 1 if found[1] else 1
    up, after = ("../" if n == 1 else "../../"), ""
    if n < total:
        href = f"zfxxgknb/{total - n}.htm" if n == 1 else f"{total - n}.htm"
        after = f'<span class="p_next p_fun"><a href="{href}">下页</a></span>'
    main = (
        f"<ul>{items(pages[n - 1], lambda e: up + _vsb_article(e)[1:])}</ul>"
        f'<div class="p_pages"><span class="p_t">共{len(plan.rows)}条</span>{after}</div>'
        f"<script>_simple_list_gotopage_fun({total},'u_ea',2)</script>"
    )
    return Answer(body=column_page(chrome, main).encode())


def vsb_growing(site: Site, plan: Plan) -> None:
    """A row is added after the first list page was seen: every further page's number shifts."""
    chrome = plan.chrome("/zfxxgk/zfxxgknb.htm", "/zwgk.htm", "/zfxxgk/")
    frame(site, chrome)
    seen: list[str] = []
    newest = next(e for e in plan.rows if e.kind == "department")
    new = [replace(newest, number=9999, title=newest.title.replace("2025", "2026"))]

    def lists(asked: Asked) -> Answer | None:
        shown = Plan(division=plan.division, rows=(*new[: len(seen)], *plan.rows))
        answer = _vsb_list(chrome, shown, asked.path)
        if answer is not None:
            seen.append(asked.path)
        return answer

    site.routes.append(lists)
    articles(site, chrome, plan.rows, _vsb_article)


# -- P5: Guangdong ----------------------------------------------------------------------------------


def gkmlpt(site: Site, plan: Plan) -> None:
    """A hash-routed shell over JSON; some rows jump elsewhere, links have no scheme."""
    sid, column_id = "755012", 10801
    chrome = plan.chrome(f"/gkmlpt/index#{column_id}", "/zwgk/", "/gkmlpt/zfxxgk/")
    frame(site, chrome)
    shell = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开平台</title>
<script>window._CONFIG = {{SID: '{sid}', TREE: [{{"id": {column_id}, "name": "政府信息公开年报",
"jump_url": "", "post_count": {len(plan.rows) + 9}, "children": []}}, {{"id": 10100, "name": "政府信息公开指南"}}]}};
</script></head><body><div id="app">加载中…</div><script>
var id = location.hash.slice(1) || {column_id};
fetch('/gkmlpt/api/all/' + id + '?page=1&sid={sid}').then(r => r.json()).then(d => {{
  document.getElementById('app').innerHTML = '<h2>政府信息公开年报</h2>' + d.articles.map(x =>
    '<li><a href="' + x.url + '" title="' + x.title + '">' + x.title + '</a><span>' + x.date + '</span></li>').join('');
}});</script></body></html>"""
    site.page("/gkmlpt/index", shell)

    def address(e: Entry) -> str:
        return f"/gkmlpt/content/{e.number // 1000}/{e.number // 10}/post_{e.number}.html"

    articles(site, chrome, plan.rows, address)

    def service(asked: Asked) -> Answer | None:
        if asked.path != f"/gkmlpt/api/all/{column_id}":
            return None
        n = int(asked.query.get("page", 1))
        rows = plan.rows[(n - 1) * 100 : n * 100] if asked.query.get("sid") == sid else ()
        host = asked.headers.get("host", "")
        listed: list[dict[str, object]] = [
            {
                "id": e.number,
                "title": e.title,
                "url": f"//{host}{address(e)}",
                "post_url": f"//{host}{address(e)}",
                "type": "normal",
                "publisher": e.source,
                "identifier": f"00755012-{e.number}",
                "date": e.date,
                "created_at": f"{e.date} 09:30:00",
            }
            for e in rows
        ]
        if listed and n == 1:
            listed[0:0] = [
                {"id": 1, "title": "省政府公报", "url": "http://www.gd.gov.test/", "type": "url"}
            ]
        return as_json(
            {
                "classify": {
                    "id": column_id,
                    "name": "政府信息公开年报",
                    "post_count": len(plan.rows) + 9,
                },
                "total": len(plan.rows) if rows else 0,
                "articles": listed,
            }
        )

    site.routes.append(service)


# -- P6: Lonsun -------------------------------------------------------------------------------------


def lonsun(site: Site, plan: Plan) -> None:
    """The list is a fragment of ``/site/label/8888``; other organs live under the same host."""
    organ, other = "2653911", "2653955"
    column = f"/public/column/{organ}?type=3&action=list"
    chrome = plan.chrome(column, "/zwgk/", "/zfxxgk/")
    frame(site, chrome)

    def shell(of: str) -> str:
        return f"""<div id="list" class="j-list">加载中</div><script>
var p = {{labelName:'publicInfoList', siteId:'2653861', pageSize:'{plan.page_size}', pageIndex:'1', action:'list',
 organId:'{of}', type:'3', catId:'', isDate:'true', dateFormat:'yyyy-MM-dd', length:'50',
 file:'/c1/public/list', IsAjax:'1', dataType:'html', _:Math.random()}};
fetch('/site/label/8888?' + new URLSearchParams(p)).then(r => r.text()).then(h => {{
  document.getElementById('list').innerHTML = h; }});</script>"""

    for of, name in ((organ, plan.division.government), (other, f"{plan.division.name}水利局")):
        text = column_page(chrome, f"<h2>{name}</h2>{shell(of)}")
        lazily(
            site,
            {
                f"/public/column/{of}?type=3&action=list": lambda text=text: Answer(
                    body=text.encode()
                ),  # type: ignore[misc]
                f"/public/column/{of}?type=3": lambda text=text: Answer(body=text.encode()),  # type: ignore[misc]
            },
        )

    def address(e: Entry) -> str:
        return f"/public/{organ}/{e.number}.html"

    articles(site, chrome, plan.rows, address)

    def fragment(asked: Asked) -> Answer | None:
        if asked.path != "/site/label/8888":
            return None
        said = {**asked.query, **asked.form}
        if said.get("labelName") != "publicInfoList" or said.get("type") != "3":
            return Answer(body=b"<ul></ul>")
        rows = [e for e in plan.rows if said.get("organId") == organ or e.source.endswith("水利局")]
        n, size = int(said.get("pageIndex", 1)), int(said.get("pageSize", 15))
        shown = rows[(n - 1) * size : n * size]
        lines = "".join(
            f'<li><a class="title" href="{address(e)}" title="{e.title}" target="_blank">{e.title}</a>'
            f'<span class="date">{e.date}</span></li>'
            for e in shown
        )
        total = -(-len(rows) // size)
        pager = f'<div class="page" pageindex="{n}" pagecount="{total}" total="{len(rows)}">共 {len(rows)} 条</div>'
        return Answer(body=f"<ul>{lines}</ul>{pager}".encode())

    site.routes.append(fragment)


# -- P7, P8, P9: plain anchors, odd addresses ----------------------------------------------------------

_UUID_COLUMN = "8d2f6c1e-0b7a-4f57-9c3d-5e1a2b4c6d8f"
_PLAIN: dict[str, tuple[Callable[[int], str], Callable[[Entry], str], str]] = {
    # openness: reports have a controller of their own
    "P7": (
        lambda n: f"/XxgkAnnualReport/showList/3/page_{n}.html",
        lambda e: f"/XxgkAnnualReport/show/{e.number}.html",
        "",
    ),
    "P8-number": (
        lambda n: f"/zwgk/zfxxgknb/{n}.html",
        lambda e: f"/zfxxgk/nb/{e.number}183746502918{n9(e)}.html",
        "",
    ),
    "P8-channels": (
        lambda n: "/channels/10983.html" + (f"?page={n}" if n > 1 else ""),
        lambda e: f"/contents/10983/{e.number}.html",
        "",
    ),
    "P8-slug": (
        lambda n: "/xxgk-list-nianbao" + (f"-{n}" if n > 1 else "") + ".html",
        lambda e: f"/xxgk-show-{e.number}.html",
        "",
    ),
    "P8-columns": (
        lambda n: f"/columns/{_UUID_COLUMN}/index" + (f"_{n}" if n > 1 else "") + ".html",
        lambda e: f"/columns/{_UUID_COLUMN}/{''.join(ymd(e)[:2])}/{ymd(e)[2]}/{uuid(e)}.html",
        "",
    ),
    "P8-channel": (
        lambda n: "/gongkai/channel_5f0c1a2b3c4d5e6f7a8b9c0d/" + (f"?page={n}" if n > 1 else ""),
        lambda e: f"/gongkai/channel_5f0c1a2b3c4d5e6f7a8b9c0d/doc_{hex32(e)[:24]}.html",
        "",
    ),
    "P8-nc": (
        lambda n: "/n57388147/n58120136/c98121723/index" + (f"_{n}" if n > 1 else "") + ".html",
        lambda e: f"/n57388147/n58120136/c9{e.number}/content.html",
        "",
    ),
    "P8-thtml": (
        lambda n: "/ndbg.thtml?id=14198" + (f"&pn={n}" if n > 1 else ""),
        lambda e: f"/public-policy.thtml?id={e.number}",
        "",
    ),
    "P8-bare": (
        lambda n: "/zfxxgknb" + (f"/{n}" if n > 1 else ""),
        lambda e: f"/zfxxgknb/content_{e.number}",
        "",
    ),
    # numbered trees; the stamp says archived and means nothing
    "P9-tree": (
        lambda n: "/2066/1879/" + (f"default_{n}.htm" if n > 1 else "index.htm"),
        lambda e: f"/2066/1879/content_{e.number}.html",
        '<div class="gd">本页面归档时间：2025-06-30</div>',
    ),
    "P9-i": (
        lambda n: "/zwgk/xxgknb/index" + (f"_{n}" if n > 1 else "") + ".html",
        lambda e: f"/zwgk/xxgknb/{''.join(ymd(e))}/i{e.number}.html",
        "",
    ),
    # Guangdong's ordinary columns: index_2 is the second page
    "P5-ordinary": (
        lambda n: "/zwgk/xxgknb/" + (f"index_{n}.html" if n > 1 else ""),
        lambda e: f"/zwgk/xxgknb/content/post_{e.number}.html",
        "",
    ),
    "P13-session": (
        lambda n: f"/iList.jsp;jsessionid=8F3A{n}C?cat_id=28012&cur_page={n}",
        lambda e: f"/iShow.jsp;jsessionid=77AB{e.number}?id={e.number}",
        "",
    ),
}


def n9(entry: Entry) -> str:
    return f"{entry.number % 1000:03d}"


def plain(name: str) -> Builder:
    """Return the builder of a column with ordinary anchors at a family's addresses."""
    page_address, address, banner = _PLAIN[name]

    def build(site: Site, plan: Plan) -> None:
        plain_list(site, plan, page_address=page_address, address=address, banner=banner)

    return build


def class_without_pager(site: Site, plan: Plan) -> None:
    """One page without a pager; the address one might guess for a second is somebody else's."""
    chrome = plan.chrome("/class/NIANBAO/")
    frame(site, chrome)
    rows = [e for e in plan.rows if e.kind in ("whole", "office")]

    def address(e: Entry) -> str:
        return f"/class/NIANBAO/{e.number}.html"

    site.page(chrome.column, column_page(chrome, f"<ul>{items(rows, address)}</ul>"))
    news = chrome.page(
        "要闻", '<ul><li><a href="/xw/1.html">全民健身中心开放时间调整</a></li></ul>'
    )
    for guess in ("/class/NIANBAO/2", "/class/NIANBAO/index_1.html", "/class/NIANBAO/index_2.html"):
        site.page(guess, news)
    articles(site, chrome, rows, address)


# -- P10: Epoint ------------------------------------------------------------------------------------


def epoint(site: Site, plan: Plan) -> None:
    """The list's address is a parameter of the page that frames it; static pages 2.html, 3.html."""
    base = "/govxxgk/xzf001/category/031/031002/"
    inner = f"{base}govlist.html"
    column = f"/openSubPage.html?specialurl={quote(inner)}&righttitle={quote('政府信息公开年报')}"
    chrome = plan.chrome(column, "/zwgk/", "/govxxgk/")

    def page_address(n: int) -> str:
        return inner if n == 1 else f"{base}{n}.html"

    def address(e: Entry) -> str:
        return f"/govxxgk/xzf001/{e.date}/{uuid(e)}.html"

    plain_list(site, plan, chrome=chrome, page_address=page_address, address=address)
    script = """<iframe id="sub" width="100%"></iframe><script>
var u = new URLSearchParams(location.search).get('specialurl');
document.getElementById('sub').src = u;</script>"""
    text = column_page(chrome, script)
    lazily(site, {column: lambda: Answer(body=text.encode())})


def epoint_json(site: Site, plan: Plan) -> None:
    """The list is posted for: ``getgovinfolist`` with a JSON body."""
    column = "/govxxgk/xzf001/category/031/031002/govlist.html"
    chrome = plan.chrome(column, "/zwgk/", "/govxxgk/")
    frame(site, chrome)
    config = "var siteInfo = {projectName:'/inteligentsearch', siteGuid:'7eb5f7f1-9041'};"
    site.page("/js/webBuilderCommon.js", config, content_type="application/javascript")
    main = f"""<script src="/js/webBuilderCommon.js"></script>
<div id="list" data-deptcode="xzf001" data-categorynum="031002">加载中</div><script>
var deptcode = 'xzf001', categorynum = '031002';
fetch(siteInfo.projectName + '/rest/lightfrontaction/getgovinfolist', {{method: 'POST',
  body: JSON.stringify({{deptcode: deptcode, categorynum: categorynum, siteGuid: siteInfo.siteGuid, pageIndex: 0, pageSize: {plan.page_size}}})
}}).then(r => r.json()).then(d => {{ document.getElementById('list').innerHTML = d.custom.data.map(x =>
  '<li><a href="' + x.infourl + '">' + x.realtitle + '</a><span>' + x.infodate + '</span></li>').join(''); }});
</script>"""
    site.page(column, column_page(chrome, main))

    def address(e: Entry) -> str:
        return f"/govxxgk/xzf001/{e.date}/{uuid(e)}.html"

    articles(site, chrome, plan.rows, address)

    def service(asked: Asked) -> Answer | None:
        if asked.path != "/inteligentsearch/rest/lightfrontaction/getgovinfolist":
            return None
        if asked.method != "POST":
            return NOT_FOUND
        said = json.loads(asked.body or b"{}")
        if said.get("deptcode") != "xzf001" or said.get("siteGuid") != "7eb5f7f1-9041":
            return as_json({"custom": {"data": [], "count": 0}})
        n, size = int(said.get("pageIndex", 0)), int(said.get("pageSize", 15))
        data = [
            {
                "infourl": address(e),
                "title": e.title[:20] + "…",
                "realtitle": e.title,
                "infodate": e.date,
            }
            for e in plan.rows[n * size : (n + 1) * size]
        ]
        return as_json({"custom": {"data": data, "count": len(plan.rows)}})

    site.routes.append(service)


# -- P11: truecms, P12: queryList -----------------------------------------------------------------------


def truecms(site: Site, plan: Plan) -> None:
    """JSONP around XML; 404 without a Referer, nothing when the window is too wide."""
    column = "/rdxrmzf/zfxxgknb/zfxxgknb.html"
    chrome = plan.chrome(column, "/rdxrmzf/zwgk/", "/rdxrmzf/zfxxgk/")
    frame(site, chrome)
    service_path = "/rdxrmzf/messageController/getMessage.do"
    main = f"""<div id="list" data-columnid="a4ef1570">加载中</div><script>
function show(d) {{ document.getElementById('list').innerHTML = d.replace(/<!\\[CDATA\\[|\\]\\]>/g, ''); }}
</script><script src="{service_path}?startrecord=1&endrecord={plan.page_size}&perpage={plan.page_size}&columnId=a4ef1570&callback=show"></script>"""
    site.page(column, column_page(chrome, main))

    def address(e: Entry) -> str:
        return f"/rdxrmzf/zfxxgknb/content/{uuid(e)}.html"

    articles(site, chrome, plan.rows, address)

    def service(asked: Asked) -> Answer | None:
        if asked.path != service_path:
            return None
        if "referer" not in asked.headers:
            return NOT_FOUND
        start, end = int(asked.query["startrecord"]), int(asked.query["endrecord"])
        rows = plan.rows[start - 1 : end] if end - start < 20 else ()
        records = "".join(f"<record><![CDATA[{items([e], address)}]]></record>" for e in rows)
        xml = f"<datastore><totalrecord>{len(plan.rows)}</totalrecord><recordset>{records}</recordset></datastore>"
        body = f"{asked.query.get('callback', 'callback')}({json.dumps(xml, ensure_ascii=False)})"
        return Answer(body=body.encode(), content_type="application/javascript; charset=utf-8")

    site.routes.append(service)


def query_list(site: Site, plan: Plan) -> None:
    """``POST /queryList``; the article's text is already in the list's answer."""
    column = "/xzf/zfxxgknb/pc/list.html"
    chrome = plan.chrome(column, "/xzf/zwgk/", "/xzf/zfxxgk/")
    frame(site, chrome)
    main = f"""<div id="list">加载中</div><script>
var q = {{channelId: 'nb2026', siteId: 'xzf', websiteId: 'w1', pageNo: 1, pageSize: {plan.page_size}}};
fetch('/queryList', {{method: 'POST', body: new URLSearchParams(q)}}).then(r => r.json()).then(d => {{
  document.getElementById('list').innerHTML = d.data.results.map(x => '<li><a href="/xzf/col/nb2026/content/content_' +
  x.source.id + '.html">' + x.source.title + '</a><span>' + x.source.pubDate + '</span></li>').join(''); }});
</script>"""
    site.page(column, column_page(chrome, main))
    articles(site, chrome, plan.rows, lambda e: f"/xzf/col/nb2026/content/content_{e.number}.html")

    def service(asked: Asked) -> Answer | None:
        if asked.path != "/queryList":
            return None
        if asked.method != "POST" or asked.form.get("channelId") != "nb2026":
            return NOT_FOUND
        n, size = int(asked.form.get("pageNo", 1)), int(asked.form.get("pageSize", 15))
        results = [
            {
                "source": {
                    "id": e.number,
                    "title": e.title,
                    "pubDate": f"{e.date} 09:30:00",
                    "content": {"content": e.body()},
                }
            }
            for e in plan.rows[(n - 1) * size : n * size]
        ]
        return as_json({"data": {"total": len(plan.rows), "results": results}})

    site.routes.append(service)


# -- P13: forms that post themselves, P14: hash routes, P15: frames ---------------------------------------


def web_forms(site: Site, plan: Plan) -> None:
    """``__doPostBack`` pages: the address never changes and ViewState must be sent back."""
    column = "/List_zlm.aspx?lmid=2820"
    chrome = plan.chrome(column)
    frame(site, chrome)
    pages = plan.pages()

    def address(e: Entry) -> str:
        return f"/Show_zlm.aspx?id={e.number}"

    def page(n: int) -> Answer:
        state = base64.b64encode(f"page={n}".encode()).decode()
        after = ""
        if n < len(pages):
            after = f"<a href=\"javascript:__doPostBack('ctl00$Pager','{n + 1}')\">下一页</a>"
        main = (
            f'<form method="post" action="List_zlm.aspx?lmid=2820" id="form1">'
            f'<input type="hidden" name="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" value="">'
            f'<input type="hidden" name="__VIEWSTATE" value="{state}">'
            f'<input type="hidden" name="__EVENTVALIDATION" value="ev{n}">'
            f"<ul>{items(pages[n - 1], address)}</ul>"
            f"<div>共{len(plan.rows)}条 第{n}/{len(pages)}页 {after}</div></form>"
            "<script>function __doPostBack(t,a){var f=document.getElementById('form1');"
            "f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}</script>"
        )
        return Answer(body=column_page(chrome, main).encode())

    def route(asked: Asked) -> Answer | None:
        if asked.path != "/List_zlm.aspx":
            return None
        if asked.method == "POST":
            said = asked.form
            state = re.fullmatch(
                r"page=(\d+)", base64.b64decode(said.get("__VIEWSTATE", "")).decode()
            )
            wanted = int(said.get("__EVENTARGUMENT") or 1)
            if (
                state
                and said.get("__EVENTVALIDATION") == f"ev{state[1]}"
                and 1 <= wanted <= len(pages)
            ):
                return page(wanted)
            return Answer(body="<h1>无效的回发或回调参数</h1>".encode(), status=500)
        return page(1)

    site.routes.append(route)
    articles(site, chrome, plan.rows, address)


def spa(site: Site, plan: Plan) -> None:
    """An empty shell whose fragment is the address; two routes share one path."""
    chrome = plan.chrome("/web/#/page/nb", "/zwgk/", "/zfxxgk/")
    frame(site, chrome)
    shell = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开</title></head><body>
<div id="app"></div><script>
function draw() {
  var app = document.getElementById('app'), m = location.hash.match(/^#\\/detail\\/(\\d+)/);
  if (m) fetch('/api/nb/' + m[1]).then(r => r.json()).then(d => {
    document.title = d.title; app.innerHTML = '<h1>' + d.title + '</h1><p>发布时间：' + d.date + '</p><div>' + d.html + '</div>'; });
  else if (location.hash.indexOf('#/page/nb') === 0) fetch('/api/nb').then(r => r.json()).then(d => {
    document.title = '政府信息公开年报'; app.innerHTML = '<h2>政府信息公开年报</h2><ul>' + d.map(x => '<li><a href="#/detail/' + x.id +
      '">' + x.title + '</a><span>' + x.date + '</span></li>').join('') + '</ul>'; });
  else app.innerHTML = '<h2>政府信息公开指南</h2><a href="#/page/nb">政府信息公开年报</a>';
}
window.onhashchange = draw; draw();
</script></body></html>"""
    site.page("/web/", shell)
    known = {str(e.number): e for e in plan.rows}

    def service(asked: Asked) -> Answer | None:
        if asked.path == "/api/nb":
            return as_json([{"id": e.number, "title": e.title, "date": e.date} for e in plan.rows])
        if asked.path.startswith("/api/nb/") and (e := known.get(asked.path[8:])):
            return as_json({"title": e.title, "date": e.date, "html": e.body()})
        return None

    site.routes.append(service)


def spa_bundle(site: Site, plan: Plan) -> None:
    """The shell's script is a file of its own and asks for the list page by page."""
    chrome = plan.chrome("/web/#/page/nb", "/zwgk/", "/zfxxgk/")
    frame(site, chrome)
    script = """const api = { list: () => axios.get("/api/govinfo/nb?pageNo=1&pageSize=20") };
const axios = { get: u => fetch(u).then(r => r.json()) };
const app = document.getElementById('app'), m = location.hash.match(/^#\\/detail\\/(\\d+)/);
const row = x => `<li><a href="#/detail/${x.id}">${x.title}</a><span>${x.publishTime}</span></li>`;
if (m) fetch('/api/govinfo/one/' + m[1]).then(r => r.json()).then(d => {
  document.title = d.title; app.innerHTML = '<h1>' + d.title + '</h1><div>' + d.html + '</div>'; });
else axios.get("/api/govinfo/nb?pageNo=1&pageSize=20").then(d => { app.innerHTML = '<ul>' + d.data.records.map(row).join('') + '</ul>'; });
""".replace("\\\\", "\\")
    site.page("/web/static/js/app.8f2c.js", script, content_type="application/javascript")
    shell = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开</title></head><body>'
    )
    shell += '<div id="app"></div><script src="/web/static/js/app.8f2c.js"></script></body></html>'
    site.page("/web/", shell)
    known = {str(e.number): e for e in plan.rows}

    def service(asked: Asked) -> Answer | None:
        if asked.path == "/api/govinfo/nb":
            n, size = int(asked.query["pageNo"]), int(asked.query["pageSize"])
            records = [
                {"id": e.number, "title": e.title, "publishTime": f"{e.date} 09:30:00"}
                for e in plan.rows[(n - 1) * size : n * size]
            ]
            return as_json({"code": 0, "data": {"total": len(plan.rows), "records": records}})
        if asked.path.startswith("/api/govinfo/one/") and (e := known.get(asked.path[17:])):
            return as_json({"title": e.title, "date": e.date, "html": e.body()})
        return None

    site.routes.append(service)


def _framed(wrap: Callable[[Site, Chrome, str], str]) -> Builder:
    """Serve the column as a page that only leads to the list at another address."""

    def build(site: Site, plan: Plan) -> None:
        inner = "/nb/list.html"
        chrome = plan.chrome("/zwgk/zfxxgk/nb.html")

        def page_address(n: int) -> str:
            return inner if n == 1 else f"/nb/list_{n}.html"

        plain_list(
            site,
            plan,
            chrome=chrome,
            page_address=page_address,
            address=lambda e: f"/nb/{e.number}.html",
        )
        site.page(chrome.column, wrap(site, chrome, inner))

    return build


def _stub_chain(site: Site, _chrome: Chrome, inner: str) -> str:
    site.page("/nb/go.html", f"<script>location.href='{inner}'</script>")
    return '<script>window.location.href="/nb/go.html";</script>'


iframe = _framed(
    lambda _s, chrome, inner: column_page(chrome, f'<iframe src="{inner}" width="100%"></iframe>')
)
frameset = _framed(
    lambda _s, _c, inner: (
        '<html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><frameset cols="200,*">'
        f'<frame src="/lxwm.html"><frame src="{inner}"></frameset></html>'
    )
)
meta_refresh = _framed(
    lambda _s, _c, inner: (
        f'<html><head><meta http-equiv="refresh" content="0; url={inner}"></head></html>'
    )
)
stub_chain = _framed(_stub_chain)

"""Odd portals: what small offices' systems do with lists, links and frames, beyond T1 to T60."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from html import escape

from crawler.demo.chrome import Chrome
from crawler.demo.files import render_pdf
from crawler.demo.listing import Entry
from crawler.demo.portals import column_page, frame, items
from crawler.demo.server import Answer, Asked, Site
from tests.simulator.columns import Plan
from tests.simulator.families import COL, Builder, _art, _record, as_json
from tests.simulator.parts import articles, lazily

_BASE = "/mlxx/nb/"


def _address(e: Entry) -> str:
    return f"/mlxx/p17/d{e.number}.html"


def _listed(draw: Callable[[Chrome, Plan], str]) -> Builder:
    """Serve a column whose list is drawn by a function."""

    def build(site: Site, plan: Plan) -> None:
        chrome = plan.chrome(_BASE)
        frame(site, chrome)
        site.page(_BASE, column_page(chrome, draw(chrome, plan)))
        articles(site, chrome, plan.rows, _address)

    return build


def _options(_: Chrome, plan: Plan) -> str:
    shown = "".join(f'<option value="{_address(e)}">{e.title}</option>' for e in plan.rows)
    return f'<select onchange="window.open(this.value)"><option>请选择</option>{shown}</select>'


def _years(_: Chrome, plan: Plan) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="{_address(e)}">{e.year}年</a></li>' for e in plan.rows)
        + "</ul>"
    )


def _cut(_: Chrome, plan: Plan) -> str:
    return (
        "<ul>"
        + "".join(
            f'<li><a href="{_address(e)}" title="{e.title}">{e.title[:6]}…</a><i>{e.date}</i></li>'
            for e in plan.rows
        )
        + "</ul>"
    )


def _beside(_: Chrome, plan: Plan) -> str:
    rows = "".join(
        f'<tr><td>{n}</td><td>{e.title}</td><td>{e.date}</td><td><a href="{_address(e)}">查看</a></td></tr>'
        for n, e in enumerate(plan.rows, 1)
    )
    return f"<table><tr><th>序号</th><th>名称</th><th>日期</th><th>操作</th></tr>{rows}</table>"


def _drawn_from(tag: str) -> Callable[[Chrome, Plan], str]:
    """Hide the rows in an element that only a script reads."""

    def draw(_: Chrome, plan: Plan) -> str:
        rows = items(plan.rows, _address)
        kept = escape(rows) if tag == "textarea" else rows
        opening = {
            "textarea": '<textarea id="src" style="display:none">',
            "script": '<script type="text/template" id="src">',
            "template": '<template id="src">',
        }[tag]
        return (
            f'<ul id="list"></ul>{opening}{kept}</{tag}><script>const s = document.getElementById'
            "('src'); document.getElementById('list').innerHTML = s.value || s.innerHTML;</script>"
        )

    return draw


def _island(_: Chrome, plan: Plan) -> str:
    rows = "".join(
        f"<row><name><![CDATA[{e.title}]]></name><u>{_address(e)}</u><d>{e.date}</d></row>"
        for e in plan.rows
    )
    return (
        f'<ul id="list"></ul><script type="text/xml" id="data"><rows>{rows}</rows></script><script>'
        "const x = new DOMParser().parseFromString(document.getElementById('data').textContent, "
        "'text/xml'), t = (r, n) => r.querySelector(n).textContent;"
        "document.getElementById('list').innerHTML = [...x.querySelectorAll('row')].map(r => "
        "'<li><a href=\"' + t(r, 'u') + '\">' + t(r, 'name') + '</a><span>' + t(r, 'd') + "
        "'</span></li>').join('');</script>"
    )


def _wrong_base(_: Chrome, plan: Plan) -> str:
    return f'<base href="http://10.12.0.8:8080/cms/"><ul>{items(plan.rows, _address)}</ul>'


options, years_alone, cut_titles = _listed(_options), _listed(_years), _listed(_cut)
beside = _listed(_beside)
textarea, script_template = _listed(_drawn_from("textarea")), _listed(_drawn_from("script"))
template = _listed(_drawn_from("template"))
island, wrong_base = _listed(_island), _listed(_wrong_base)


def refresh_chain(site: Site, plan: Plan) -> None:
    """The column is three refreshes away, each written otherwise."""
    _listed(lambda _c, p: f"<ul>{items(p.rows, _address)}</ul>")(site, plan)
    real = site.pages.pop(_BASE)
    site.pages.pop(f"{_BASE}index.html", None)
    site.pages["/mlxx/nb/l.html"] = real
    for at, content in (
        (_BASE, "0;URL=one.html"),
        ("/mlxx/nb/one.html", "1; 'two.html'"),
        ("/mlxx/nb/two.html", "0,url = l.html"),
    ):
        site.page(at, f'<HTML><HEAD><META HTTP-EQUIV="Refresh" CONTENT="{content}"></HEAD></HTML>')


def jpage_in_gbk(site: Site, plan: Plan) -> None:
    """The datastore's next groups are GBK, and their header says UTF-8."""
    column, proxy = COL.format("401"), "/module/web/jpage/dataproxy.jsp"
    chrome = plan.chrome(column, COL.format("300"), "/col/col1229400/")
    frame(site, chrome)
    size, rows = plan.page_size, plan.rows

    def following(end: int) -> str:
        where = f"startrecord={end + 1}&endrecord={end + size}&perpage={size}&columnid=1229401"
        link = f'<nextgroup><![CDATA[<a href="{proxy}?{where}"></a>]]></nextgroup>'
        return link if end < len(rows) else ""

    def service(asked: Asked) -> Answer | None:
        if asked.path != proxy:
            return None
        start = int(asked.query["startrecord"]) - 1
        shown = rows[start : start + size]
        text = (
            f"<?xml version='1.0' encoding='GBK'?><datastore>{following(start + size)}"
            f"<totalrecord>{len(rows)}</totalrecord><recordset>"
            f"{''.join(map(_record, shown))}</recordset></datastore>"
        )
        return Answer(body=text.encode("gb18030"), content_type="text/xml; charset=utf-8")

    site.routes.append(service)
    store = f"<datastore>{following(size)}{''.join(map(_record, rows[:size]))}</datastore>"
    site.page(column, column_page(chrome, f'<script type="text/xml">{store}</script>'))
    articles(site, chrome, rows, _art)


def more_of_a_block(site: Site, plan: Plan) -> None:
    """The landing page shows three reports under a heading; 更多>> beside it leads to the column."""
    chrome = plan.chrome("/mlxx/odd/l7.html")
    frame(site, chrome)
    for path, page in list(site.pages.items()):
        text = page.body.decode()
        for word in ("政府信息公开年报",):
            text = text.replace(f'<a href="{chrome.column}">{word}</a>', "")
        site.pages[path] = replace(page, body=text.encode())
    block = (
        f'<div class="block"><div class="bt"><h3>政府信息公开年报</h3><a href="{chrome.column}">'
        f"更多&gt;&gt;</a></div><ul>{items(plan.rows[:3], _address)}</ul></div>"
    )
    site.page(chrome.platform, chrome.page("政府信息公开", block))
    listed = f"<ul>{items(plan.rows, _address)}</ul>"
    lazily(site, {chrome.column: lambda: Answer(body=chrome.page("信息列表", listed).encode())})
    articles(site, chrome, plan.rows, _address)


def submitted(site: Site, plan: Plan) -> None:
    """A plain form with a button 下一页 brings the next page; no script, no link."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)
    pages = plan.pages()

    def page(n: int) -> Answer:
        form = (
            f'<form method="post" action="list.do"><input type="hidden" name="no" value="{n + 1}">'
            '<input type="hidden" name="kind" value="nb"><input type="submit" value="下一页"></form>'
        )
        main = f"<ul>{items(pages[n - 1], _address)}</ul>{form if n < len(pages) else ''}"
        return Answer(body=column_page(chrome, main).encode())

    site.pages[_BASE] = page(1)
    site.routes.append(
        lambda asked: (
            page(int(asked.form["no"]))
            if asked.path == f"{_BASE}list.do" and asked.form.get("kind") == "nb"
            else None
        )
    )
    articles(site, chrome, plan.rows, _address)


def year_tabs(site: Site, plan: Plan) -> None:
    """Tabs of years load their rows by a script; the address shows the year as a fragment."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)
    years = sorted({e.year for e in plan.rows}, reverse=True)
    tabs = "".join(f'<li><a href="#{y}" onclick="show({y})">{y}年</a></li>' for y in years)
    first = items([e for e in plan.rows if e.year == years[0]], _address)
    script = """<script>function show(y) { fetch('/mlxx/nb/of?token=' + btoa('y' + y)).then(r => r.json())
.then(d => { document.getElementById('list').innerHTML = d.map(x => '<li><a href="' + x[0] + '">'
+ x[1] + '</a><span>' + x[2] + '</span></li>').join(''); }); }</script>"""
    main = f'<ul class="tabs">{tabs}</ul><ul id="list">{first}</ul>{script}'
    site.page(_BASE, column_page(chrome, main))

    def service(asked: Asked) -> Answer | None:
        if asked.path != "/mlxx/nb/of":
            return None
        year = int(base64.b64decode(asked.query["token"]).decode()[1:])
        return as_json([[_address(e), e.title, e.date] for e in plan.rows if e.year == year])

    site.routes.append(service)
    articles(site, chrome, plan.rows, _address)


def files_alone(site: Site, plan: Plan) -> None:
    """The rows are files, no article around them."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)

    def address(e: Entry) -> str:
        return f"/attach/0/{e.number:032x}.pdf"

    def maker(e: Entry) -> Callable[[], Answer]:
        assert e.report is not None
        report = e.report
        return lambda: Answer(body=render_pdf(report), content_type="application/pdf")

    site.page(_BASE, column_page(chrome, f"<ul>{items(plan.rows, address)}</ul>"))
    lazily(site, {address(e): maker(e) for e in plan.rows if e.report})


def splash(site: Site, plan: Plan) -> None:
    """The home page is a picture with a map; the portal starts behind it."""
    _listed(lambda _c, p: f"<ul>{items(p.rows, _address)}</ul>")(site, plan)
    home = site.pages.pop("/")
    site.pages["/main/index.shtml"] = home
    area = '<map name="m"><area shape="rect" coords="0,0,900,600" href="/main/index.shtml" alt="进入网站"></map>'
    text = (
        f"<html><head><meta charset='utf-8'><title>{plan.division.government}</title></head><body>"
    )
    page = f'{text}<img src="/i/s.jpg" usemap="#m">{area}</body></html>'
    site.page("/", page)


def bom_and_header(site: Site, plan: Plan) -> None:
    """UTF-8 with its mark, under a header and a tag that both say GB2312."""
    _listed(lambda _c, p: f"<ul>{items(p.rows, _address)}</ul>")(site, plan)
    plain = site.answer

    def answer(asked: Asked) -> Answer:
        made = plain(asked)
        if "html" not in (made.content_type or ""):
            return made
        text = made.body.decode().replace('<meta charset="utf-8">', '<meta charset="gb2312">')
        return replace(
            made, body=text.encode("utf-8-sig"), content_type="text/html; charset=GB2312"
        )

    site.answer = answer  # type: ignore[method-assign]  # the site as seen from outside


def rows_by_id(site: Site, plan: Plan) -> None:
    """A row is a block whose script makes the address of its number."""
    chrome = plan.chrome(_BASE)
    frame(site, chrome)
    rows = "".join(
        f'<li onclick="detail({json.dumps(str(e.number)).replace(chr(34), chr(39))})">'
        f"<p>{e.title}</p><span>{e.date}</span></li>"
        for e in plan.rows
    )
    script = (
        "<script>function detail(id) { location.href = '/mlxx/p17/d' + id + '.html'; }</script>"
    )
    site.page(_BASE, column_page(chrome, f"<ul>{rows}</ul>{script}"))
    articles(site, chrome, plan.rows, _address)

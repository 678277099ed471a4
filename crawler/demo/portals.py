"""The demo portals: one builder each, one trap each, all over the same kind of column.

A builder puts pages on a ``Site``; it says in its first line what is hard about the portal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from crawler.demo.chrome import Chrome
from crawler.demo.files import can_draw_pictures, render_docx, render_pdf, render_png
from crawler.demo.listing import Entry, entries, groups
from crawler.demo.server import Answer, Asked, Site
from crawler.demo.world import DIVISIONS, Division

PAGE_SIZE = 15


@dataclass(slots=True, frozen=True)
class Portal:
    """One demo portal and what a crawl of it must end with."""

    code: str
    trap: str
    """In plain words, for the demo's talk."""
    build: Callable[[Site, Sequence[Entry]], None]
    outcome: str = "ok"
    looks: tuple[str, ...] = ("clean",)
    hybrid_year: int | None = None
    needs_browser: bool = False
    robots: str | None = None
    recognised: bool = False
    """Its reports are pictures: recognition takes its time and may leave figures unread."""

    @property
    def division(self) -> Division:
        """Whose portal it is."""
        return DIVISIONS[self.code]

    def rows(self) -> tuple[Entry, ...]:
        """Return everything its column lists."""
        rows = entries(self.division, self.looks, self.hybrid_year)
        if not self.recognised:
            return rows
        # Two reports are enough to show it by: each takes some seconds to recognise.
        return tuple(
            e
            for e in rows
            if e.kind in ("department", "township", "lookalike")
            or (e.kind == "whole" and e.year >= 2024)
        )

    def site(self) -> Site:
        """Return the portal, ready to be served."""
        site = Site(self.code, robots=self.robots)
        self.build(site, self.rows())
        return site


# -- what every portal has -------------------------------------------------------------------

_NEWS = (
    "河道清淤工程年底完工",
    "全民健身中心开放时间调整",
    "冬季供暖维修电话公布",
    "我县新增两条公交线路",
    "农贸市场改造后重新开业",
    "中小学校舍安全检查结束",
)


def frame(site: Site, chrome: Chrome, *, encode: Callable[[str], bytes] = str.encode) -> None:
    """Put home page, landings, the five entries and some news on a site."""
    division = chrome.division
    site.column = chrome.column

    def put(path: str, text: str) -> None:
        site.page(path, encode(text), content_type=_type_of(encode))

    news = "".join(f'<li><a href="/xw/{n}.html">{t}</a></li>' for n, t in enumerate(_NEWS))
    put(
        "/",
        chrome.page(
            "首页",
            f'<div class="news"><h2>要闻</h2><ul>{news}</ul></div><div class="box"><ul>'
            f'<li><a href="{chrome.platform}">政府信息公开</a></li>'
            '<li><a href="/zwgk/zcwj/">政策文件</a></li>'
            '<li><a href="/zwgk/tjsj/">统计数据</a></li></ul></div>',
        ),
    )
    for n, title in enumerate(_NEWS):
        put(
            f"/xw/{n}.html",
            chrome.article(
                title,
                f"<p>{title}。具体安排以现场公告为准。</p>",
                date=f"2025-1{n % 3}-0{n + 1}",
                source=f"{division.name}融媒体中心",
                crumbs=(("要闻", "/xw/"),),
            ),
        )
    put(
        chrome.landing,
        chrome.page(
            "政务公开",
            f'<ul><li><a href="{chrome.platform}">政府信息公开</a></li>'
            '<li><a href="/zwgk/zcwj/">政策文件</a></li><li><a href="/zwgk/czyjs/">财政预决算</a>'
            "</li></ul>",
            crumbs=(("政务公开", chrome.landing),),
        ),
    )
    crumbs = chrome.crumbs()[:2]
    put(chrome.platform, chrome.page("政府信息公开", chrome.menu(), crumbs=crumbs))
    for path, title in (
        (f"{chrome.platform}zhinan/", "政府信息公开指南"),
        (f"{chrome.platform}zhidu/", "政府信息公开制度"),
        (f"{chrome.platform}fdzdgknr/", "法定主动公开内容"),
        (f"{chrome.platform}ysqgk/", "依申请公开"),
        ("/zwgk/zcwj/", "政策文件"),
        ("/zwgk/czyjs/", "财政预决算"),
        ("/zwgk/tjsj/", "统计数据"),
        ("/wzdt.html", "网站地图"),
        ("/lxwm.html", "联系我们"),
        ("/zjqy/", f"走进{division.name[:-1]}"),
        ("/bsfw/", "办事服务"),
        ("/hdjl/", "互动交流"),
    ):
        put(path, chrome.page(title, f"{chrome.menu()}<h1>{title}</h1><p>本栏目内容正在整理。</p>"))


def _type_of(encode: Callable[[str], bytes]) -> str:
    # A server that names no charset is the trap of the portal that encodes for itself.
    return "text/html; charset=utf-8" if encode is str.encode else "text/html"


def column_page(chrome: Chrome, main: str, head: str = "") -> str:
    """Return a page of the annual-report column with its tags and the five entries."""
    tags = {"ColumnName": "政府信息公开年报", "ColumnType": "信息公开年报"}
    return chrome.page(
        "政府信息公开年报", chrome.menu() + main, crumbs=chrome.crumbs(), tags=tags, head=head
    )


def items(rows: Sequence[Entry], address: Callable[[Entry], str]) -> str:
    """Return the rows of a list as ``<li>`` with link and date."""
    # Long titles are cut in the visible text; the attribute holds the whole.
    return "\n".join(
        f'<li><a href="{escape(address(e))}" title="{escape(e.title)}" target="_blank">'
        f"{escape(e.title if len(e.title) < 30 else e.title[:28] + '…')}</a>"
        f"<span>{e.date}</span></li>"
        for e in rows
    )


def article_page(chrome: Chrome, entry: Entry, text: str | None = None, extra: str = "") -> str:
    """Return a row's article; ``text`` stands in for the report's own body."""
    return chrome.article(
        entry.title,
        entry.body() if text is None else text,
        date=entry.date,
        source=entry.source,
        crumbs=chrome.crumbs(),
        extra=extra,
    )


# -- (a) -------------------------------------------------------------------------------------


def static_tree(site: Site, rows: Sequence[Entry]) -> None:
    """Serve a tree of pinyin folders whose pager exists only as ``createPageHTML(…)``."""
    base = "/zwgk/zfxxgk/zfxxgknb/"
    chrome = Chrome(DIVISIONS[site.name], "/zwgk/", "/zwgk/zfxxgk/", base)
    frame(site, chrome)

    def address(entry: Entry) -> str:
        month, day = entry.date[:7].replace("-", ""), entry.date.replace("-", "")
        return f"./{month}/t{day}_{entry.number}.html"

    pages = groups(rows, PAGE_SIZE)
    for n, page in enumerate(pages):
        name = "index.html" if n == 0 else f"index_{n}.html"
        script = f'<script>createPageHTML({len(pages)}, {n}, "index", "html");</script>'
        main = f'<ul class="list">{items(page, address)}</ul><div class="page">{script}</div>'
        site.page(base + name, column_page(chrome, main))
    site.pages[base] = site.pages[base + "index.html"]
    for entry in rows:
        path = base + address(entry)[2:]
        mobile = path.replace(".html", "_wap.html")
        extra = f'<a href="{mobile.rsplit("/", 1)[1]}">手机版</a>'
        site.page(path, article_page(chrome, entry, extra=extra), date=entry.date)
        site.page(mobile, article_page(chrome, entry), date=entry.date)


# -- (b) -------------------------------------------------------------------------------------


def datastore(site: Site, rows: Sequence[Entry]) -> None:
    """Hide the list in XML inside a script, the next group behind a proxy."""
    base = "/col/col1229/index.html"
    chrome = Chrome(
        DIVISIONS[site.name], "/col/col1201/index.html", "/col/col1220/", base, 'id="zoom"'
    )
    frame(site, chrome)
    pages = groups(rows, PAGE_SIZE)
    proxy = "/module/web/jpage/dataproxy.jsp"

    def address(entry: Entry) -> str:
        year, month, day = entry.date.split("-")
        return f"/art/{year}/{int(month)}/{int(day)}/art_1229_{entry.number}.html"

    def next_group(n: int) -> str:
        if n >= len(pages):
            return ""
        query = f"page={n}&webid=31&path=/&columnid=1229&unitid=5477&permissiontype=0"
        return f'<nextgroup><![CDATA[<a href="{proxy}?{query}"></a>]]></nextgroup>'

    def records(n: int) -> str:
        return "".join(
            f"<record><![CDATA[{items([entry], address)}]]></record>" for entry in pages[n]
        )

    def group(asked: Asked) -> Answer | None:
        if asked.path != proxy:
            return None
        asked_for = {**asked.query, **asked.form}
        if asked_for.get("columnid") != "1229" or asked_for.get("unitid") != "5477":
            return Answer(body=b"<datastore></datastore>", content_type="text/xml")
        n = int(asked_for.get("page", "0"))
        inner = records(n) if n < len(pages) else ""
        xml = (
            f"<?xml version='1.0' encoding='UTF-8'?><datastore>{next_group(n + 1)}"
            f"<totalrecord>{len(rows)}</totalrecord><totalpage>{len(pages)}</totalpage>"
            f"<recordset>{inner}</recordset></datastore>"
        )
        return Answer(body=xml.encode(), content_type="text/xml; charset=utf-8")

    site.routes.append(group)
    store = f"<datastore>\n{next_group(1)}\n<recordset>{records(0)}</recordset></datastore>"
    main = (
        f'<div id="5477" class="default_pgContainer"><script type="text/xml">{store}</script></div>'
        '<script src="/script/0/jpage.js"></script><script>$(function(){$("#5477").jpage({'
        f"totalRecord:{len(rows)},perPage:{PAGE_SIZE},groupSize:1,proxyUrl:'{proxy}'"
        "});});</script>"
    )
    site.page(base, column_page(chrome, main))
    for entry in rows:
        site.page(address(entry), article_page(chrome, entry), date=entry.date)


# -- (c) -------------------------------------------------------------------------------------

_SHELL_LIST = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{site}</title>
</head><body><div id="app">加载中…</div><script>
fetch('/api/nb').then(function (r) {{ return r.json(); }}).then(function (d) {{
  document.title = '政府信息公开年报_' + d.site;
  var h = '<div class="position">当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div><ul>';
  d.rows.forEach(function (x) {{
    h += '<li><a href="show.html?id=' + x.id + '" title="' + x.title + '">' + x.title +
      '</a><span>' + x.date + '</span></li>';
  }});
  document.getElementById('app').innerHTML = h + '</ul><div>共' + d.rows.length + '条</div>';
}});
</script></body></html>
"""
_SHELL_SHOW = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{site}</title>
</head><body><div id="app">加载中…</div><script>
var id = new URLSearchParams(location.search).get('id');
fetch('/api/nb/' + id).then(function (r) {{ return r.json(); }}).then(function (d) {{
  document.title = d.title + '_' + d.site;
  document.getElementById('app').innerHTML =
    '<div class="position">当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>' +
    '<h1>' + d.title + '</h1><div class="info">发布时间：' + d.date + '　来源：' + d.source +
    '</div><div id="content">' + d.html + '</div>';
}});
</script></body></html>
"""


def script_only(site: Site, rows: Sequence[Entry]) -> None:
    """Serve shells: list and report are drawn by scripts from a service."""
    base = "/zfxxgk/nb/"
    chrome = Chrome(DIVISIONS[site.name], "/zwgk/", "/zfxxgk/", base)
    frame(site, chrome)
    site.page(base, _SHELL_LIST.format(site=chrome.site_name))
    site.page(base + "show.html", _SHELL_SHOW.format(site=chrome.site_name))
    listed = [{"id": e.number, "title": e.title, "date": e.date} for e in rows]
    known = {f"/api/nb/{e.number}": e for e in rows}

    def service(asked: Asked) -> Answer | None:
        answer: dict[str, object] = {"site": chrome.site_name}
        if asked.path == "/api/nb":
            answer["rows"] = listed
        elif entry := known.get(asked.path):
            answer |= {
                "title": entry.title,
                "date": entry.date,
                "source": entry.source,
                "html": entry.body(),
            }
        else:
            return None
        body = json.dumps(answer, ensure_ascii=False).encode()
        return Answer(body=body, content_type="application/json")

    site.routes.append(service)


# -- (d), (g) --------------------------------------------------------------------------------


def _lazily(site: Site, path: str, make: Callable[[], Answer]) -> None:
    """Serve a file that is drawn when it is first asked for."""
    drawn: list[Answer] = []

    def route(asked: Asked) -> Answer | None:
        full = asked.path + (f"?{quoted}" if (quoted := asked.query.get("filename")) else "")
        if full != path:
            return None
        if not drawn:
            drawn.append(make())
        return drawn[0]

    site.routes.append(route)


def pdf_only(site: Site, rows: Sequence[Entry]) -> None:
    """Publish the government's reports as PDF: linked, framed, or listed without a page."""
    base = "/xxgk/xxgknb/"
    chrome = Chrome(DIVISIONS[site.name], "/zwgk/", "/xxgk/", base, 'class="article-content"')
    frame(site, chrome)
    listed_bare = 2020

    def folder(entry: Entry) -> str:
        return f"{base}{entry.date[:7].replace('-', '')}/"

    def file_name(entry: Entry) -> str:
        return f"P0{entry.date.replace('-', '')}{entry.number}.pdf"

    def address(entry: Entry) -> str:
        if entry.kind == "whole" and entry.year == listed_bare:
            return folder(entry) + file_name(entry)
        return f"{folder(entry)}t{entry.date.replace('-', '')}_{entry.number}.html"

    for n, page in enumerate(pages := groups(rows, PAGE_SIZE)):
        nearby = ((n - 1, "上一页"), (n + 1, "下一页"))
        pager = "".join(
            f'<a href="{"index.html" if m == 0 else f"index_{m}.html"}">{text}</a> '
            for m, text in nearby
            if 0 <= m < len(pages)
        )
        main = f"<ul>{items(page, address)}</ul><div>共{len(rows)}条 {pager}</div>"
        site.page(base + ("index.html" if n == 0 else f"index_{n}.html"), column_page(chrome, main))
    site.pages[base] = site.pages[base + "index.html"]
    for entry in rows:
        report, name = entry.report, file_name(entry)
        if report is None or entry.kind in ("department", "township"):
            site.page(address(entry), article_page(chrome, entry), date=entry.date)
            continue
        link = f'<p>详见附件。</p><p>附件：<a href="./{name}">{escape(entry.title)}.pdf</a></p>'
        framed = f'<iframe src="./{name}" width="100%" height="800"></iframe>'
        text = framed if entry.year % 3 == 0 else link
        if not address(entry).endswith(".pdf"):
            site.page(address(entry), article_page(chrome, entry, text), date=entry.date)
        _lazily(
            site,
            folder(entry) + name,
            lambda report=report, date=entry.date: Answer(  # type: ignore[misc]  # bound per row
                body=render_pdf(report), content_type="application/pdf", date=date
            ),
        )


def docx_only(site: Site, rows: Sequence[Entry]) -> None:
    """Publish the reports as Word files behind a script that names them in a header."""
    base = "/yzxrmzf/c111202/"
    column = f"{base}zfxxgklby_nb.shtml"
    chrome = Chrome(
        DIVISIONS[site.name], "/yzxrmzf/zwgk/", "/yzxrmzf/zfxxgk/", column, 'class="zwnr"'
    )
    frame(site, chrome)

    def address(entry: Entry) -> str:
        return f"{base}{entry.date[:7].replace('-', '')}/c01_{entry.number}.shtml"

    pages = groups(rows, PAGE_SIZE)
    for n, page in enumerate(pages, 1):
        call = f"createPageHTML('page_div',{len(pages)}, {n},'zfxxgklby_nb','shtml',{len(rows)});"
        main = f'<ul>{items(page, address)}</ul><div id="page_div"></div><script>{call}</script>'
        name = "zfxxgklby_nb.shtml" if n == 1 else f"zfxxgklby_nb_{n}.shtml"
        site.page(base + name, column_page(chrome, main))
    for entry in rows:
        report = entry.report
        if report is None or entry.kind in ("department", "township"):
            site.page(address(entry), article_page(chrome, entry), date=entry.date)
            continue
        stem = hashlib.md5(entry.title.encode(), usedforsecurity=False).hexdigest()
        path = f"/module/download/downfile.jsp?{stem}.docx"
        href = f"/module/download/downfile.jsp?classid=0&amp;filename={stem}.docx"
        text = f'<p>全文请下载：<a href="{href}"><img src="/images/doc.gif" alt="">年报全文</a></p>'
        site.page(address(entry), article_page(chrome, entry, text), date=entry.date)
        header = f"attachment; filename*=UTF-8''{quote(entry.title)}.docx"
        _lazily(
            site,
            path,
            lambda report=report, header=header, date=entry.date: Answer(  # type: ignore[misc]  # bound per row
                body=render_docx(report),
                content_type="application/octet-stream",
                headers={"Content-Disposition": header},
                date=date,
            ),
        )


# -- (h) -------------------------------------------------------------------------------------


def pictures_only(site: Site, rows: Sequence[Entry]) -> None:
    """Publish the government's reports as pictures of their pages; list pages count backwards."""
    chrome = Chrome(
        DIVISIONS[site.name], "/zwgk/", "/zfxxgk/", "/zfxxgk/zfxxgknb.htm", 'class="v_news_content"'
    )
    frame(site, chrome)
    pages = groups(rows, PAGE_SIZE)
    total = len(pages)

    def address(entry: Entry) -> str:
        return f"/info/1025/{entry.number}.htm"

    for n, page in enumerate(pages, 1):
        path = "/zfxxgk/zfxxgknb.htm" if n == 1 else f"/zfxxgk/zfxxgknb/{total - n + 1}.htm"
        after = f'<a href="/zfxxgk/zfxxgknb/{total - n}.htm">下页</a>' if n < total else ""
        pager = f'共{len(rows)}条 {n}/{total} <span class="p_next p_fun">{after}</span>'
        main = f'<ul>{items(page, address)}</ul><div class="p_pages">{pager}</div>'
        site.page(path, column_page(chrome, main))
    for entry in rows:
        report = entry.report
        if report is None or entry.kind != "whole":
            site.page(address(entry), article_page(chrome, entry), date=entry.date)
            continue
        drawn = render_png(report)
        names = [f"/__local/W0{entry.number}{n}.png" for n in range(len(drawn))]
        for name, picture in zip(names, drawn, strict=True):
            site.page(name, picture, content_type="image/png", date=entry.date)
        text = "".join(f'<p style="text-align:center"><img src="{name}"></p>' for name in names)
        site.page(address(entry), article_page(chrome, entry, text), date=entry.date)


# -- (e) -------------------------------------------------------------------------------------


def gb18030(site: Site, rows: Sequence[Entry]) -> None:
    """Send GB18030 bytes and say so nowhere, neither in a header nor in the page."""
    chrome = Chrome(
        DIVISIONS[site.name], "/zwgk/", "/zfxxgk/", "/list.asp?class=12", "", meta_charset=False
    )

    def encode(text: str) -> bytes:
        return text.encode("gb18030")

    frame(site, chrome, encode=encode)
    pages = groups(rows, PAGE_SIZE)
    known = {str(e.number): e for e in rows}

    def address(entry: Entry) -> str:
        return f"show.asp?id={entry.number}"

    def scripts(asked: Asked) -> Answer | None:
        text, date = None, None
        if asked.path == "/list.asp" and asked.query.get("class") == "12":
            n = min(max(1, int(asked.query.get("page") or 1)), len(pages))
            steps = [
                f'<a href="list.asp?class=12&amp;page={m}">{word}</a>'
                for m, word in (
                    (1, "首页"),
                    (n - 1, "上一页"),
                    (n + 1, "下一页"),
                    (len(pages), "尾页"),
                )
                if 1 <= m <= len(pages) and m != n
            ]
            main = (
                f"<ul>{items(pages[n - 1], address)}</ul>"
                f"<div>共{len(rows)}条 第{n}/{len(pages)}页 {' '.join(steps)}</div>"
            )
            text = column_page(chrome, main)
        elif asked.path == "/show.asp" and (entry := known.get(asked.query.get("id", ""))):
            text, date = article_page(chrome, entry), entry.date
        if text is None:
            return None
        return Answer(body=encode(text), content_type="text/html", date=date)

    site.routes.append(scripts)


# -- (f) -------------------------------------------------------------------------------------

_CHALLENGE = (
    '<!DOCTYPE html><html><head><meta id="9DhefwqGPrzGxEp9hPaoag" content="{noise}">'
    '<script>var _$xx="{noise}";</script></head><body></body></html>'
)


def refuses(site: Site, rows: Sequence[Entry]) -> None:
    """Answer 412 with a script page to everything, for ever."""
    static_tree(site, rows)
    body = _CHALLENGE.format(noise="qYk3" * 60).encode()

    def gate(_asked: Asked) -> Answer:
        return Answer(body=body, status=412, headers={"Set-Cookie": "enable_x=true; path=/"})

    site.guard = gate


def forbids(site: Site, rows: Sequence[Entry]) -> None:
    """Serve a portal like any other, but robots.txt asks programs to stay away."""
    static_tree(site, rows)


PORTALS: tuple[Portal, ...] = (
    Portal(
        "990121",
        "静态目录，翻页只写在脚本里 (the pager exists only in a script call)",
        static_tree,
        looks=("clean", "word", "spans"),
    ),
    Portal(
        "990122",
        "列表藏在脚本内的 XML 里 (the list is XML inside a script, with a proxy)",
        datastore,
        looks=("word", "clean"),
        hybrid_year=2023,
    ),
    Portal(
        "990181",
        "没有脚本就是空白页 (empty without JavaScript: list and reports)",
        script_only,
        needs_browser=True,
    ),
    Portal("990124", "年报只有 PDF (the reports are PDF files)", pdf_only),
    Portal(
        "990100",
        "GB18030 编码且不声明 (GB18030 bytes, no charset said anywhere)",
        gb18030,
        looks=("blank",),
    ),
    Portal("990126", "一律回答 412 (refuses every request with 412)", refuses, outcome="blocked"),
    Portal(
        "990128",
        "robots.txt 谢绝 (robots.txt forbids everything)",
        forbids,
        outcome="robots",
        robots="User-agent: *\nDisallow: /\n",
    ),
    Portal("990127", "年报只有 Word 文件 (the reports are Word files)", docx_only),
)

PICTURES = Portal(
    "990129",
    "年报是图片 (the reports are pictures of pages)",
    pictures_only,
    recognised=True,
)
"""Served where pictures with Chinese characters can be drawn, see ``portals_here``."""


def portals_here() -> tuple[Portal, ...]:
    """Return the portals that this machine can serve."""
    return (*PORTALS, PICTURES) if can_draw_pictures() else PORTALS

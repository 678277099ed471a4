"""Portals about files and about what robots.txt closes."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from . import files, report
from .kit import Kit, anchors, newest, ul
from .model import Item, Portal
from .net import Req, Resp, html


def panling(k: Kit) -> Portal:
    """Reports as PDF in the list, as Word files behind a page, in a viewer, and as text with a copy."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政务公开", "/zwgk/"), ("服务", "/fw/")])
    k.home(h, nav, k.news(h, lambda n: f"/xw/{n}.html"))
    k.texts(h, {"/fw/": "服务", "/zwgk/zn/": "政府信息公开指南", "/zwgk/zd/": "政府信息公开制度"}, nav)
    k.serve(h, "/zwgk/", lambda: k.page("政务公开", anchors([("政府信息公开指南", "/zwgk/zn/"), ("政府信息公开制度", "/zwgk/zd/"), ("政府信息公开年报", "/zwgk/nb/")]), nav=nav))

    @lru_cache(maxsize=64)
    def make(form: str, kind: str, y: int, title: str) -> bytes:
        parts = report.blocks(k.who(kind), y)
        return files.pdf(title, parts) if form == "pdf" else files.docx(title, parts)

    types = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}

    def file(path: str, form: str, kind: str, y: int, title: str) -> str:
        h.put(path, lambda r: Resp(make(form, kind, y, title), ctype=types[form]))
        return path

    rows: list[Item] = []
    for y in range(2009, 2026):
        title, date = k.title("whole", y, "gov"), k.date("whole", y)
        if y < 2014:
            p = file(f"/uploads/{y + 1}/{k.hex(16)}.pdf", "pdf", "whole", y, title)
            k.truth("whole", y, title, h.base + p, "the row is the PDF itself")
            rows.append(Item(title, p, date, "whole", y))
            continue
        page = f"/zwgk/nb/{k.num()}.html"
        if y < 2019:
            f = file(f"/zwgk/nb/P{y + 1}0301{k.num()}.docx", "docx", "whole", y, title)
            k.article(h, page, title, lambda f=f: f'<p>　　详见附件。</p><p>附件:<a href=".{f[8:]}">年报全文.docx</a></p>', date, nav=nav)
            note = "page with only a Word file"
        elif y < 2023:
            f = file(f"/files/{k.hex(16)}.pdf", "pdf", "whole", y, title)
            k.article(h, page, title, lambda f=f: f'<iframe src="/pdfjs/web/viewer.html?file={quote(f, safe="")}" width="900" height="1100"></iframe>', date, nav=nav)
            note = "page with a viewer frame around a PDF"
        else:
            f = file(f"/files/{k.hex(16)}.pdf", "pdf", "whole", y, title)
            k.article(h, page, title, lambda y=y, f=f: k.body("whole", y) + f'<p>附件:<a href="{f}">{y}年年报PDF版</a></p>', date, nav=nav)
            note = "text with a PDF copy"
        k.truth("whole", y, title, h.base + page, note, [h.base + f])
        rows.append(Item(title, page, date, "whole", y))
    fids: dict[str, tuple[int, str]] = {}
    for y in range(2022, 2026):
        title, date, fid, page = k.title("office", y), k.date("office", y), k.hex(20), f"/zwgk/nb/{k.num()}.html"
        fids[fid] = (y, title)
        k.article(h, page, title, lambda fid=fid: f'<p>　　具体内容请下载附件查看。</p><p><a href="/download?fid={fid}">点击下载</a></p>', date, nav=nav)
        k.truth("office", y, title, h.base + page, "page with only a Word file, address without extension", [f"{h.base}/download?fid={fid}"])
        rows.append(Item(title, page, date, "office", y))
    rows += [k.lookalike(h, f"/zwgk/nb/{k.num()}.html", y, 0) for y in (2023, 2024, 2025)]

    def download(r: Req) -> Resp:
        hit = fids.get(r.query.get("fid", ""))
        if not hit:
            return html("文件不存在", 404)
        return Resp(make("docx", "office", *hit), ctype="application/octet-stream", headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(hit[1])}.docx"})

    h.put("/download", download)
    h.put("/pdfjs/web/viewer.html", lambda r: html('<html><head><meta charset="utf-8"><title>viewer</title></head><body><div id="v">正在打开…</div><script>var f=new URLSearchParams(location.search).get("file");'
          'document.getElementById("v").innerHTML=\'<embed src="\'+f+\'" type="application/pdf" width="860" height="1050">\';</script></body></html>'))
    k.serve(h, "/zwgk/nb/", lambda: k.page("政府信息公开年报", ul(newest(rows)), nav=nav, column="政府信息公开年报"))
    return k.portal(h.base + "/", h.base + "/zwgk/nb/", "rows that are PDFs (2009-2013), pages with only a Word file (2014-2018), a viewer frame (2019-2022), text with a copy (2023-2025)", "files without extension, name in Content-Disposition")


def bucheng(k: Kit) -> Portal:
    """robots.txt closes the folder of the older years for everyone."""
    h = k.host()
    h.put("/robots.txt", Resp(b"User-agent: *\nDisallow: /lsnb/\nDisallow: /backup/\n", ctype="text/plain"))
    nav = anchors([("首页", "/"), ("政府信息公开", "/xxgk/"), ("专题", "/zt/")])
    k.home(h, nav, k.news(h, lambda n: f"/xw/{n}.html"))
    k.texts(h, {"/zt/": "专题", "/xxgk/zn/": "政府信息公开指南", "/xxgk/zd/": "政府信息公开制度"}, nav)
    k.serve(h, "/xxgk/", lambda: k.page("政府信息公开", anchors([("政府信息公开指南", "/xxgk/zn/"), ("政府信息公开制度", "/xxgk/zd/"), ("政府信息公开年报", "/xxgk/nb/"), ("历史年报", "/lsnb/")]), nav=nav))
    rows = [k.report(h, f"/xxgk/nb/{k.num()}.html", "whole", y) for y in range(2015, 2026)] + [k.report(h, f"/xxgk/nb/{k.num()}.html", "office", y) for y in range(2020, 2026)]
    olds = [k.report(h, f"/lsnb/{k.num()}.html", "whole", y, note="closed by robots.txt") for y in range(2008, 2015)]
    k.serve(h, "/xxgk/nb/", lambda: k.page("政府信息公开年报", ul(newest(rows)), nav=nav, column="政府信息公开年报"))
    k.serve(h, "/lsnb/", lambda: k.page("历史年报", ul(newest(olds)), nav=nav, column="历史年报"))
    return k.portal(h.base + "/", h.base + "/xxgk/nb/", "nasty: robots.txt closes the folder 历史年报 (2008-2014); a crawler must leave it", "two columns: 政府信息公开年报 and 历史年报", ok=False)


FILES = {"panling": panling, "bucheng": bucheng}

"""Portals whose lists can be read without scripts, with the usual variety of menus, names and paths."""

from __future__ import annotations

from .kit import Kit, anchors, chunks, newest, ul
from .model import Item, Portal
from .net import Req, Resp, html, js, redirect

PAGE_A = """function createPageHTML(total,cur,name,ext){if(total<=1)return;var s='<div class="page">共'+total+'页 ';
for(var i=0;i<total;i++){var f=i==0?name+'.'+ext:name+'_'+i+'.'+ext;s+=i==cur?'<span>'+(i+1)+'</span> ':'<a href="'+f+'">'+(i+1)+'</a> ';}
document.write(s+'</div>');}"""
PAGE_B = """function createPageHTML(box,total,cur,prefix,ext,rows){var e=document.getElementById(box),s='共'+rows+'条 ';
for(var i=1;i<=total;i++){var f=i==1?prefix+'.'+ext:prefix+'_'+i+'.'+ext;s+=i==cur?'<b>'+i+'</b> ':'<a href="'+f+'">'+i+'</a> ';}
if(total>1)e.innerHTML=s;else e.innerHTML='共'+rows+'条';}"""
GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


def qingwu(k: Kit) -> Portal:
    """A plain pinyin tree; every organ of the county in one list; the pager is only a call in the page."""
    h = k.host()
    nav = anchors([("首页", "/"), ("走进青梧", "/zjqw/"), ("新闻中心", "/xwzx/"), ("政务公开", "/zwgk/"), ("办事服务", "/bsfw/"), ("互动交流", "/hdjl/")])
    news = k.news(h, lambda n: f"/xwzx/202611/t20261101_{n}.html")
    k.home(h, nav, news)
    k.texts(h, {"/zjqw/": "走进青梧", "/bsfw/": "办事服务", "/hdjl/": "互动交流"}, nav)
    k.serve(h, "/xwzx/", lambda: k.page("新闻中心", ul(news), nav=nav, column="新闻中心"))
    h.put("/js/page.js", js(PAGE_A))
    five = [("政府信息公开指南", "/zwgk/zfxxgk/zfxxgkzn/"), ("政府信息公开制度", "/zwgk/zfxxgk/zfxxgkzd/"), ("法定主动公开内容", "/zwgk/zfxxgk/fdzdgknr/"),
            ("政府信息公开年报", "/zwgk/zfxxgk/zfxxgknb/"), ("依申请公开", "/zwgk/zfxxgk/ysqgk/")]
    k.texts(h, {p: n for n, p in five if "年报" not in n}, nav)
    k.serve(h, "/zwgk/", lambda: k.page("政务公开", anchors([("政府信息公开", "/zwgk/zfxxgk/"), ("政策解读", "/xwzx/"), ("财政预决算", "/zwgk/czyjs/")]), nav=nav, column="政务公开"))
    k.serve(h, "/zwgk/zfxxgk/", lambda: k.page("政府信息公开", anchors(five), nav=nav, column="政府信息公开"))
    base = "/zwgk/zfxxgk/zfxxgknb/"
    rows: list[Item] = []

    def path(year: int) -> str:
        folder = "2020_5044/" if year in (2020, 2025) else ""
        return f"{base}{folder}{year + 1}0{k.rng.randint(1, 3)}/t{year + 1}0120_{k.num()}.html"

    for y in range(2008, 2026):
        rows.append(k.report(h, path(y), "whole", y, crumb=f'<a href="/">首页</a> &gt; <a href="{base}">政府信息公开年报</a>'))
    for y in range(2019, 2026):
        rows.append(k.report(h, path(y), "office", y))
    for y in (2022, 2023, 2024, 2025):
        rows += [k.decoy(h, path(y), o, y) for o in k.organs()]
        rows.append(k.decoy(h, path(y), "青梧经济开发区管理委员会", y))
    k.serve(h, "/zwgk/czyjs/", lambda: k.page("财政预决算", ul(looks), nav=nav, column="财政预决算"))
    looks = [k.lookalike(h, f"/zwgk/czyjs/202{i}08/t_{k.num()}.html", 2019 + i, i) for i in range(6)]
    pages = chunks(newest(rows), 15)
    for i, part in enumerate(pages):
        name = base if i == 0 else f"{base}index_{i}.html"
        k.serve(h, name, lambda part=part, i=i: k.page("政府信息公开年报", ul(part, href=lambda it: "./" + it.href[len(base):])
                + f'<script src="/js/page.js"></script><script>createPageHTML({len(pages)},{i},"index","html");</script>', nav=nav, column="政府信息公开年报"))
    return k.portal(h.base + "/", h.base + base, "plain menu", "pinyin tree, one list for all organs", "pager only as a call createPageHTML (from 0)", "2025 under a folder named 2020")


def caodu(k: Kit) -> Portal:
    """A home page that is almost empty: the menus come from script files; the column is called 公开年报."""
    h = k.host()
    h.put("/static/nav.js", js("document.write('<ul class=\"nav\"><li><a href=\"/\">首页</a></li><li><a href=\"/cdx/c100110/list.shtml\">漕渡要闻</a></li><li><a href=\"/cdx/c100301/xxgk_navs.shtml\">政府信息公开</a></li>"
                               "<li><a href=\"/cdx/c100400/list.shtml\">办事大厅</a></li></ul>');"))
    h.put("/static/left.js", js("""var items=[['公开指南','/cdx/c100311/list.shtml'],['公开制度','/cdx/c100312/list.shtml'],['法定主动公开内容','/cdx/c100313/list.shtml'],['公开年报','/cdx/c100318/list.shtml'],['部门年报','/cdx/c100319/list.shtml'],['依申请公开','/cdx/c100314/list.shtml']];
var s='';for(var i=0;i<items.length;i++)s+='<li><a href="'+items[i][1]+'">'+items[i][0]+'</a></li>';document.getElementById('left').innerHTML=s;"""))
    h.put("/static/page.js", js(PAGE_B))
    nav = '<script src="/static/nav.js"></script>'
    left = '<ul id="left"></ul><script src="/static/left.js"></script>'
    news = k.news(h, lambda n: f"/cdx/c100110/202611/c01_{n}.shtml")
    k.serve(h, "/", lambda: k.page(k.gov, "", nav=nav, foot=False))
    k.texts(h, {f"/cdx/c100{n}/list.shtml": t for n, t in ((311, "公开指南"), (312, "公开制度"), (313, "法定主动公开内容"), (314, "依申请公开"), (400, "办事大厅"))}, nav)
    k.serve(h, "/cdx/c100110/list.shtml", lambda: k.page("漕渡要闻", ul(news), nav=nav))
    k.serve(h, "/cdx/c100301/xxgk_navs.shtml", lambda: k.page("政府信息公开", left + "<p>请从左侧选择栏目。</p>", nav=nav, column="政府信息公开"))

    def art(c: int, y: int) -> str:
        return f"/cdx/c{c}/{y + 1}0{k.rng.randint(1, 3)}/{k.hex()}.shtml"

    rows = [k.report(h, art(100318, y), "whole", y) for y in range(2010, 2026) if y != 2022] + [k.report(h, art(100318, y), "office", y) for y in range(2018, 2026)]
    first = art(100318, 2022)
    t22 = k.title("whole", 2022, "gov")
    k.article(h, first, t22, lambda: k.body("whole", 2022), "2023-03-07")
    rows.append(Item(t22, first, "2023-03-07", "whole", 2022))
    rows.append(k.report(h, art(100318, 2022), "whole", 2022, title=t22 + "(更正)", note="re-issued; the first edition is listed too", aliases=[h.base + first]))
    others = [k.decoy(h, art(100319, y), o, y) for o in k.organs() for y in (2021, 2023, 2024)]
    for col, name, items, size in ((100318, "公开年报", newest(rows), 20), (100319, "部门年报", newest(others), 20)):
        pages = chunks(items, size)
        for i, part in enumerate(pages, 1):
            k.serve(h, f"/cdx/c{col}/list{'' if i == 1 else f'_{i}'}.shtml", lambda part=part, i=i, name=name, n=len(pages), total=len(items): k.page(
                name, left + ul(part) + f'<div id="page_div"></div><script src="/static/page.js"></script><script>createPageHTML(\'page_div\',{n},{i},\'list\',\'shtml\',{total});</script>', nav=nav, column=name))
    return k.portal(h.base + "/", h.base + "/cdx/c100318/list.shtml", "menus written by script files, home page nearly empty", "column named 公开年报, departments' in 部门年报 beside it",
                    "pager as a call (container, from 1)", "one year re-issued")


def xiuyang(k: Kit) -> Portal:
    """A city: reversed page numbers, climbing links, rows cut short, counties' reports in the same list."""
    h = k.host()
    h.put("/robots.txt", html("<html><body>页面不存在</body></html>"))
    nav = anchors([("网站首页", "/index.htm"), ("岫阳概况", "/xygk.htm"), ("信息公开", "/xxgk.htm"), ("政民互动", "/zmhd.htm")])
    news = k.news(h, lambda n: f"/info/1002/{n}.htm")
    k.home(h, nav, news)
    k.home(h, nav, news, path="/index.htm")
    k.texts(h, {"/xygk.htm": "岫阳概况", "/zmhd.htm": "政民互动", "/zfxxgk/zn.htm": "政府信息公开指南", "/zfxxgk/zd.htm": "政府信息公开制度", "/zfxxgk/fd.htm": "法定主动公开内容"}, nav)
    menu = anchors([("政府信息公开指南", "/zfxxgk/zn.htm"), ("政府信息公开制度", "/zfxxgk/zd.htm"), ("法定主动公开内容", "/zfxxgk/fd.htm"), ("政府信息公开年报", "/zfxxgk/zfxxgknb.htm")])
    k.serve(h, "/xxgk.htm", lambda: k.page("信息公开", menu, nav=nav, column="信息公开"))

    def art() -> str:
        return f"/info/1025/{k.num()}.htm"

    rows = [k.report(h, art(), "whole", y, title=k.title("whole", y, "gov"), note="row cut short in the list") for y in range(2009, 2026)]
    rows += [k.report(h, art(), "office", y, note="row cut short in the list") for y in range(2020, 2026)]
    rows += [k.decoy(h, art(), o, y) for y in (2023, 2024, 2025) for o in ("柘水区人民政府", "涧北区人民政府", "磐岭区人民政府", "葭州区人民政府", *k.organs(False)[:6])]
    pages = chunks(newest(rows), 12)
    total = len(pages)
    for i, part in enumerate(pages):
        here = "/zfxxgk/zfxxgknb.htm" if i == 0 else f"/zfxxgk/zfxxgknb/{total - i}.htm"
        up = "../" if i == 0 else "../../"
        nxt = "" if i == total - 1 else f'<span class="p_next p_fun"><a href="{"zfxxgknb/" if i == 0 else ""}{total - i - 1}.htm">下页</a></span>'
        prev = "" if i == 0 else f'<span class="p_prev p_fun"><a href="{"../zfxxgknb.htm" if i == 1 else f"{total - i + 1}.htm"}">上页</a></span>'
        k.serve(h, here, lambda part=part, up=up, nxt=nxt, prev=prev: k.page("政府信息公开年报", menu + ul(
            part, show=lambda it: it.title if len(it.title) <= 17 else it.title[:17] + "…", href=lambda it: up + it.href[1:]) + f'<div class="p_pages">共{len(rows)}条 {prev}{nxt}</div>', nav=nav, column="政府信息公开年报"))
    return k.portal(h.base + "/", h.base + "/zfxxgk/zfxxgknb.htm", "reversed page numbers, ../ links", "rows cut with an ellipsis, no title attribute", "counties and departments in the list",
                    "robots.txt is an HTML page with 200")


def zheshui(k: Kit) -> Portal:
    """A hover menu without addresses; the column 历年年报 is a select of years."""
    h = k.host()
    nav = ('<style>.m li ul{display:none}.m li:hover ul{display:block}</style><ul class="m"><li><a href="/">首页</a></li><li><a href="javascript:void(0)">公开</a><ul>'
           '<li><a href="javascript:void(0)" onclick="location.href=\'/gk/zn/index.html\'">公开指南</a></li><li><a href="javascript:void(0)" onclick="location.href=\'/gk/fd/index.html\'">法定主动公开内容</a></li>'
           '<li><a href="javascript:void(0)" onclick="location.href=\'/gk/nb/index.html\'">历年年报</a></li></ul></li><li><a href="/fw/index.html">服务</a></li></ul>')
    news = k.news(h, lambda n: f"/xw/{n}.html")
    city = f"/gs/{k.num()}.html"
    k.article(h, city, "岫阳市人民政府2024年政府信息公开工作年度报告", lambda: "<p>　　转自上级网站:岫阳市有关情况见上级门户。</p>", "2025-03-28")
    k.decoys.append(h.base + city)
    k.home(h, nav, [*news, Item("岫阳市人民政府2024年政府信息公开工作年度报告", city, "2025-03-28")])
    k.texts(h, {"/gk/zn/": "公开指南", "/gk/fd/": "法定主动公开内容", "/fw/": "服务"}, nav)
    years = range(2012, 2026)
    select = ('<select name="nd" onchange="if(this.value)location.href=this.value"><option value="">请选择年份</option>'
              + "".join(f'<option value="/gk/nb/{y}.html">{y}年</option>' for y in reversed(years)) + "</select>")
    for y in years:
        rows = [k.report(h, f"/gk/nb/{y}/{k.num()}.html", "whole", y)]
        if y >= 2019:
            rows.append(k.report(h, f"/gk/nb/{y}/{k.num()}.html", "office", y))
            rows += [k.decoy(h, f"/gk/nb/{y}/{k.num()}.html", o, y) for o in k.organs()[:4]]
        for name in [f"/gk/nb/{y}.html"] + (["/gk/nb/"] if y == 2025 else []):
            k.serve(h, name, lambda rows=rows: k.page("历年年报", f"<p>年份:{select}</p>" + ul(rows), nav=nav, crumb="首页 &gt; 公开 &gt; 历年年报", column="历年年报"))
    return k.portal(h.base + "/", h.base + "/gk/nb/index.html", "hover menu, addresses only in onclick", "column named 历年年报", "a select of years with onchange", "the city's report reposted as news")


def luwan(k: Kit) -> Portal:
    """Frames, GBK without a header, ASP addresses, titles without an organ."""
    k.enc = "gbk"
    h = k.host()
    h.put("/", lambda r: k.send(f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{k.gov}</title></head><frameset rows="90,*" border="0">'
                                '<frame src="top.asp" name="top" noresize><frame src="main.asp" name="main"></frameset></html>'))
    k.serve(h, "/top.asp", lambda: k.page("导航", '<a href="main.asp" target="main">首页</a> <a href="/xxgk/index.asp" target="main">政府信息公开</a> <a href="/lx.asp" target="main">联系我们</a>', foot=False))
    news = k.news(h, lambda n: f"/read{n}.asp")
    k.serve(h, "/main.asp", lambda: k.page(k.gov, "<h3>鹭湾动态</h3>" + ul(news)))
    k.texts(h, {"/lx.asp": "联系我们", "/xxgk/zn.asp": "信息公开指南", "/xxgk/ml.asp": "信息公开目录"})
    k.serve(h, "/xxgk/index.asp", lambda: k.page("政府信息公开", '<table><tr><td valign="top"><a href="zn.asp" target="lst">指南</a><br><a href="ml.asp" target="lst">目录</a><br>'
            '<a href="list.asp?class=7" target="lst">年度报告</a><br><a href="list.asp?class=9" target="lst">其他报告</a></td><td><iframe name="lst" src="zn.asp" width="700" height="600"></iframe></td></tr></table>'))
    items: dict[str, list[Item]] = {}
    pool: dict[str, Resp] = {}

    def put(n: int, kind: str, y: int, title: str) -> Item:
        date = k.date(kind, y)
        text = (k.body("whole", y) if kind == "whole" else f"<p>　　{title}由相关单位整理,数据见附表。</p>")
        pool[str(n)] = k.send(k.page(title, f"<center><h3>{title}</h3>{date}</center><div id=zoom>{text}</div>", kind="article", date=date))
        return Item(title, f"news_view.asp?id={n}", date, kind, y)

    seven = []
    for y in range(2008, 2026):
        n = k.num()
        seven.append(put(n, "whole", y, f"{y}年政府信息公开工作年度报告"))
        k.truth("whole", y, f"{y}年政府信息公开工作年度报告", f"{h.base}/xxgk/news_view.asp?id={n}", "title without an organ")
    items["7"] = newest(seven)
    items["9"] = []
    for y in range(2019, 2026):
        n = k.num()
        items["9"].append(put(n, "look", y, f"{y}年法治政府建设年度报告"))
        k.decoys.append(f"{h.base}/xxgk/news_view.asp?id={n}")

    def view(r: Req) -> Resp:
        return pool.get(r.query.get("id", ""), html("<html><body>no record</body></html>", 404))

    def lst(r: Req) -> Resp:
        c = r.query.get("class", "")
        pages = chunks(items.get(c, []), 8)
        p = int(r.query.get("page", "1") or 1)
        if not 1 <= p <= len(pages):
            return k.send(k.page("列表", "没有记录"))
        links = " ".join(f'<a href="list.asp?class={c}&amp;page={i}">[{i}]</a>' for i in range(1, len(pages) + 1))
        return k.send(k.page("年度报告" if c == "7" else "其他报告", ul(pages[p - 1]) + f"<p>第{p}页/共{len(pages)}页 {links}</p>", foot=False))

    h.put("/xxgk/news_view.asp", view)
    h.put("/xxgk/list.asp", lst)
    return k.portal(h.base + "/", h.base + "/xxgk/list.asp?class=7", "frameset home, list in an iframe", "GBK declared only in a meta tag", "ASP addresses without year", "titles without an organ (2018年政府信息公开工作年度报告)")


def shixian(k: Kit) -> Portal:
    """An image map as menu; the column 历年年报 is a wall of bare years that redirect, mostly to a second host."""
    h, old = k.host(), k.host()
    h.put("/images/nav.gif", Resp(GIF, ctype="image/gif"))
    nav = ('<img src="/images/nav.gif" width="900" height="60" usemap="#nv"><map name="nv"><area shape="rect" coords="0,0,200,60" alt="首页" href="/"><area shape="rect" coords="200,0,400,60" alt="政府信息公开" href="/open/">'
           '<area shape="rect" coords="400,0,600,60" alt="办事指南" href="/bszn/"></map>')
    k.home(h, nav, k.news(h, lambda n: f"/news/{n}.html"))
    k.texts(h, {"/bszn/": "办事指南", "/open/zn/": "公开指南", "/open/zd/": "公开制度"}, nav)
    k.serve(h, "/open/", lambda: k.page("政府信息公开", anchors([("公开指南", "/open/zn/"), ("公开制度", "/open/zd/"), ("历年年报", "/open/nb/"), ("网站年度报表", "/open/bb/")]), nav=nav))
    looks = [k.lookalike(h, f"/open/bb/{y}.html", y, 1) for y in range(2019, 2026)]
    k.serve(h, "/open/bb/", lambda: k.page("网站年度报表", ul(looks), nav=nav))
    to: dict[str, str] = {}
    for y in range(2009, 2026):
        where, path = (h, f"/open/nb/{k.hex(8)}.html") if y >= 2024 else (old, f"/bs/{y}/nb_{k.num()}.html")
        k.report(where, path, "whole", y, note="row is only the year; redirect" + ("" if y >= 2024 else " to the archive host"), aliases=[f"{h.base}/go.do?y={y}"])
        to[str(y)] = where.base + path
    h.put("/go.do", lambda r: redirect(to[r.query["y"]]) if r.query.get("y") in to else html("无此年份", 404))
    k.serve(h, "/open/nb/", lambda: k.page("历年年报", "<h3>历年年报</h3><table>" + "".join(
        "<tr>" + "".join(f'<td><a href="/go.do?y={y}" target="_blank">{y}年</a></td>' for y in range(s, max(s - 5, 2008), -1)) + "</tr>" for s in range(2025, 2008, -5)) + "</table>", nav=nav, column="历年年报"))
    k.serve(old, "/", lambda: k.page("历史资料", "<p>本站存放历史资料,请从门户进入。</p>"))
    return k.portal(h.base + "/", h.base + "/open/nb/", "menu is an image map", "column named 历年年报", "rows are only 2018年", "rows redirect, the older to an archive host")


def luping(k: Kit) -> Portal:
    """A new column from 2019 and, behind a footer link, the old column of the same name; the office under the departments."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政务公开", "/zwgk/"), ("部门信息公开", "/zwgk/bmgk/"), ("便民服务", "/bmfw/")])
    extra = '<div class="old"><a href="/xxgk/">信息公开(旧栏目)</a></div>'
    k.home(h, nav, k.news(h, lambda n: f"/xw/t{n}.html"), extra=extra)
    k.texts(h, {"/bmfw/": "便民服务", "/zwgk/zn/": "政府信息公开指南", "/zwgk/zd/": "政府信息公开制度", "/xxgk/zn/": "信息公开指南", "/xxgk/ml/": "信息公开目录"}, nav)
    k.serve(h, "/zwgk/", lambda: k.page("政务公开", anchors([("政府信息公开指南", "/zwgk/zn/"), ("政府信息公开制度", "/zwgk/zd/"), ("政府信息公开年报", "/zwgk/gknb/"), ("部门信息公开", "/zwgk/bmgk/")]), nav=nav))
    k.serve(h, "/xxgk/", lambda: k.page("信息公开", anchors([("信息公开指南", "/xxgk/zn/"), ("信息公开目录", "/xxgk/ml/"), ("政府信息公开年报", "/xxgk/gknb/")]), nav=nav))
    new = [k.report(h, f"/zwgk/gknb/t{y + 1}_{k.num()}.html", "whole", y) for y in range(2019, 2026)]
    olds = [k.report(h, f"/xxgk/gknb/{k.num()}.html", "whole", y, note="old column") for y in range(2008, 2019)]
    k.serve(h, "/zwgk/gknb/", lambda: k.page("政府信息公开年报", ul(newest(new)) + f"<p>共{len(new)}条</p>", nav=nav, column="政府信息公开年报"))
    k.serve(h, "/xxgk/gknb/", lambda: k.page("政府信息公开年报", ul(newest(olds)) + f"<p>共{len(olds)}条</p>", nav=nav, column="政府信息公开年报"))
    names = [("县政府办公室", "zfb"), ("县财政局", "czj"), ("县教育局", "jyj"), ("县水利局", "slj")]
    k.serve(h, "/zwgk/bmgk/", lambda: k.page("部门信息公开", anchors([(n, f"/zwgk/bmgk/{c}/") for n, c in names]), nav=nav))
    for name, c in names:
        k.texts(h, {f"/zwgk/bmgk/{c}/jgzn/": name + "机构职能"}, nav)
        rows = [k.report(h, f"/zwgk/bmgk/{c}/gknb/{k.num()}.html", "office", y) if c == "zfb" else k.decoy(h, f"/zwgk/bmgk/{c}/gknb/{k.num()}.html", k.region + name[1:], y) for y in range(2019, 2026)]
        k.serve(h, f"/zwgk/bmgk/{c}/", lambda c=c, name=name: k.page(name, anchors([("机构职能", f"/zwgk/bmgk/{c}/jgzn/"), ("政府信息公开年报", f"/zwgk/bmgk/{c}/gknb/")]), nav=nav))
        k.serve(h, f"/zwgk/bmgk/{c}/gknb/", lambda rows=rows, name=name: k.page("政府信息公开年报", ul(newest(rows)), nav=nav, crumb=f"部门信息公开 &gt; {name} &gt; 政府信息公开年报"))
    return k.portal(h.base + "/", h.base + "/zwgk/gknb/", "an old column beside the new one, same name, linked only from the foot of the home page", "office under 部门信息公开 > 县政府办公室", "organs with look-alike folders")


def tingxi(k: Kit) -> Portal:
    """The column keeps 2019 on; a row with a span of years leads to an archive host with its own pages."""
    h, old = k.host(), k.host()
    nav = anchors([("首 页", "/"), ("信息公开", "/gk.html"), ("网上办事", "/bs.html")], "span")
    k.home(h, nav, k.news(h, lambda n: f"/contents/12/{n}.html"))
    k.texts(h, {"/bs.html": "网上办事", "/channels/31.html": "公开指南", "/channels/32.html": "公开制度"}, nav)
    k.serve(h, "/gk.html", lambda: k.page("信息公开", anchors([("公开指南", "/channels/31.html"), ("公开制度", "/channels/32.html"), ("年报公开", "/channels/36.html")]), nav=nav))
    rows = [k.report(h, f"/contents/36/{k.num()}.html", "whole", y) for y in range(2019, 2026)] + [k.report(h, f"/contents/36/{k.num()}.html", "office", y) for y in range(2019, 2026)]
    k.serve(h, "/channels/36.html", lambda: k.page("年报公开", ul(newest(rows)) + f'<p><a href="{old.base}/lnnb/list-1.html">2009-2018年政府信息公开年报</a></p>', nav=nav, column="年报公开"))
    olds = [k.report(old, f"/lnnb/{k.num()}.html", "whole", y, title=k.title("whole", y, "cn" if y <= 2011 else "old"), note="archive host") for y in range(2009, 2019)]
    looks = [k.lookalike(old, f"/lnnb/x{y}.html", y, 3) for y in range(2009, 2014)]
    pages = chunks(newest(olds + looks), 6)
    for i, part in enumerate(pages, 1):
        nxt = f'<a href="list-{i + 1}.html">下一页</a>' if i < len(pages) else "下一页"
        k.serve(old, f"/lnnb/list-{i}.html", lambda part=part, nxt=nxt, i=i: k.page("历年年报", ul(part, href=lambda it: old.base + it.href) + f"<p>{i}/{len(pages)} {nxt}</p>"))
    return k.portal(h.base + "/", h.base + "/channels/36.html", "column named 年报公开", "a row 2009-2018年 leads to an archive host", "years in Chinese numerals", "archive has its own pages (list-N)")


def tanghe(k: Kit) -> Portal:
    """The registered host moved; on the new one every year has a column of its own."""
    old, h = k.host(), k.host()
    old.missing = lambda r: redirect(h.base + "/", 301)
    nav = anchors([("首页", "/"), ("政府信息公开", "/xxgk/"), ("专题专栏", "/zt/")])
    k.home(h, nav, k.news(h, lambda n: f"/xw/content_{n}.htm"))
    k.texts(h, {"/zt/": "专题专栏", "/xxgk/zn/": "政府信息公开指南", "/xxgk/zd/": "政府信息公开制度"}, nav)
    years = range(2013, 2026)
    left = anchors([("政府信息公开指南", "/xxgk/zn/"), ("政府信息公开制度", "/xxgk/zd/")]) + "<h4>政府信息公开年报</h4>" + anchors([(f"{y}年年报", f"/xxgk/nb{y}n/") for y in reversed(years)])
    k.serve(h, "/xxgk/", lambda: k.page("政府信息公开", left, nav=nav, column="政府信息公开"))
    for y in years:
        rows = [k.report(h, f"/xxgk/nb{y}n/content_{k.num()}.htm", "whole", y)]
        if y >= 2016:
            rows.append(k.report(h, f"/xxgk/nb{y}n/content_{k.num()}.htm", "office", y))
        rows += [k.decoy(h, f"/xxgk/nb{y}n/content_{k.num()}.htm", o, y) for o in k.organs()[:7]]
        parts = chunks(newest(rows), 6)
        for i, part in enumerate(parts):
            nxt = f'<a href="/xxgk/nb{y}n/default_{i + 2}.htm">下一页</a>' if i + 1 < len(parts) else ""
            k.serve(h, f"/xxgk/nb{y}n/" if i == 0 else f"/xxgk/nb{y}n/default_{i + 1}.htm", lambda part=part, nxt=nxt, y=y: k.page(f"{y}年年报", left + ul(part) + nxt, nav=nav, column=f"{y}年年报"))
    return k.portal(old.base + "/", h.base + "/xxgk/", "registered host answers 301 to a new host", "one column a year (2019年年报)", "short pages within a year's column")


def jiping(k: Kit) -> Portal:
    """The county's disclosure lies on the city's platform, in a folder by number beside other organs'."""
    h, city = k.host(), k.host()
    nav = anchors([("首页", "/"), ("政府信息公开", f"{city.base}/110094/zfxxgkzn/list.shtml"), ("魅力蓟坪", "/mljp/")])
    k.home(h, nav, k.news(h, lambda n: f"/jpxw/{n}.html"))
    k.texts(h, {"/mljp/": "魅力蓟坪"}, nav)
    city.put("/res/page.js", js(PAGE_B))
    organs = {"110094": (k.gov, "whole"), "110093": ("荻浦县人民政府", "decoy"), "110095": ("桑洲县人民政府", "decoy"), "110120": (k.office, "office"), "110121": ("蓟坪县财政局", "decoy"),
              "110122": ("蓟坪县民政局", "decoy"), "110123": ("荻浦县人民政府办公室", "decoy")}
    switch = '<select onchange="location.href=this.value"><option value="">切换单位</option>' + "".join(f'<option value="/{c}/zfxxgkzn/list.shtml">{n}</option>' for c, (n, _) in organs.items()) + "</select>"
    city.put("/", html("<html><head><title>栖川市政府信息公开平台</title></head><body><h1>栖川市政府信息公开平台</h1>" + anchors([(n, f"/{c}/zfxxgkzn/list.shtml") for c, (n, _) in organs.items()]) + "</body></html>"))
    for c, (name, kind) in organs.items():
        menu = anchors([("政府信息公开指南", f"/{c}/zfxxgkzn/list.shtml"), ("政府信息公开制度", f"/{c}/zfxxgkzd/list.shtml"), ("法定主动公开内容", f"/{c}/fdzdgknr/list.shtml"), ("政府信息公开年报", f"/{c}/zfxxgknb/list.shtml")])
        for sub, t in (("zfxxgkzn", "政府信息公开指南"), ("zfxxgkzd", "政府信息公开制度"), ("fdzdgknr", "法定主动公开内容")):
            k.serve(city, f"/{c}/{sub}/list.shtml", lambda menu=menu, name=name, t=t: k.page(t, f"<h2>{name}</h2>{switch}{menu}<p>　　{name}{t}。</p>", foot=False))
        rows = []
        for y in range(2010 if kind == "whole" else 2020, 2026):
            p = f"/{c}/zfxxgknb/{y + 1}0{k.rng.randint(1, 3)}/{k.hex()}.shtml"
            crumb = f"栖川市政府信息公开平台 &gt; {name} &gt; 政府信息公开年报"
            rows.append(k.decoy(city, p, name, y) if kind == "decoy" else k.report(city, p, kind, y, crumb=crumb))
        pages = chunks(newest(rows), 10)
        for i, part in enumerate(pages, 1):
            k.serve(city, f"/{c}/zfxxgknb/list{'' if i == 1 else f'_{i}'}.shtml", lambda part=part, i=i, n=len(pages), t=len(rows), name=name, menu=menu: k.page(
                "政府信息公开年报", f"<h2>{name}</h2>{switch}{menu}" + ul(part) + f'<div id="pg"></div><script src="/res/page.js"></script><script>createPageHTML(\'pg\',{n},{i},\'list\',\'shtml\',{t});</script>',
                crumb=f"栖川市政府信息公开平台 &gt; {name} &gt; 政府信息公开年报", foot=False))
    return k.portal(h.base + "/", city.base + "/110094/zfxxgknb/list.shtml", "disclosure on the city's platform, organs as numbered folders", "the office reached by a select of organs", "neighbouring counties beside it")


def jiazhou(k: Kit) -> Portal:
    """Years are missing at the source; robots.txt closes only a back room."""
    h = k.host()
    h.put("/robots.txt", Resp(b"User-agent: *\nDisallow: /admin/\nDisallow: /search/\n", ctype="text/plain"))
    nav = anchors([("首页", "/"), ("公开", "/gk"), ("资讯", "/zx")])
    news = k.news(h, lambda n: f"/zx/{n}")
    k.home(h, nav, news)
    k.serve(h, "/zx", lambda: k.page("资讯", ul(news), nav=nav))
    k.texts(h, {"/gk/zn": "公开指南", "/gk/ysq": "依申请公开", "/admin/login": "登录"}, nav)
    k.serve(h, "/gk", lambda: k.page("公开", anchors([("公开指南", "/gk/zn"), ("依申请公开", "/gk/ysq"), ("公开年度报告", "/gk/gkbg"), ("后台", "/admin/login")]), nav=nav))
    gone = (2013, 2014, 2017)
    rows = [k.report(h, f"/gk/gkbg/content_{k.num()}", "whole", y, title=k.title("whole", y, "front" if y > 2018 else "nian")) for y in range(2008, 2026) if y not in gone]
    pages = chunks(newest(rows), 10)
    for i, part in enumerate(pages, 1):
        links = "".join(f'<a href="/gk/gkbg{"" if j == 1 else f"/{j}"}"{" class=on" if j == i else ""}>{j}</a> ' for j in range(1, len(pages) + 1))
        k.serve(h, "/gk/gkbg" if i == 1 else f"/gk/gkbg/{i}", lambda part=part, links=links: k.page("公开年度报告", ul(part) + f"<p>共{len(rows)}条记录 {links}</p>", nav=nav, column="公开年度报告"))
    return k.portal(h.base + "/", h.base + "/gk/gkbg", "three years missing at the source, the list states its total", "addresses without extension", "robots.txt closes /admin/ and /search/ only", missing=gone)


def digang(k: Kit) -> Portal:
    """A county that has published no report of its own: its column is empty."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政务公开", "/zwgk/"), ("互动", "/hd/")])
    k.home(h, nav, k.news(h, lambda n: f"/xw/{n}.html"))
    k.texts(h, {"/hd/": "互动", "/zwgk/zn/": "政府信息公开指南", "/zwgk/zd/": "政府信息公开制度"}, nav)
    k.serve(h, "/zwgk/", lambda: k.page("政务公开", anchors([("政府信息公开指南", "/zwgk/zn/"), ("政府信息公开制度", "/zwgk/zd/"), ("政府信息公开年报", "/zwgk/nb/"), ("部门年报", "/zwgk/bmnb/"), ("网站年度报表", "/zwgk/bb/")]), nav=nav))
    k.serve(h, "/zwgk/nb/", lambda: k.page("政府信息公开年报", '<div class="empty">暂无相关信息</div>', nav=nav, column="政府信息公开年报"))
    depts = [k.decoy(h, f"/zwgk/bmnb/{k.num()}.html", o, y) for o in k.organs() for y in (2024, 2025)]
    looks = [k.lookalike(h, f"/zwgk/bb/{k.num()}.html", y, 1) for y in range(2020, 2026)]
    k.serve(h, "/zwgk/bmnb/", lambda: k.page("部门年报", ul(newest(depts)), nav=nav, column="部门年报"))
    k.serve(h, "/zwgk/bb/", lambda: k.page("网站年度报表", ul(newest(looks)), nav=nav, column="网站年度报表"))
    return k.portal(h.base + "/", h.base + "/zwgk/nb/", "no report at all: the column says 暂无相关信息", "departments' reports and website reports beside it", ok=False)


def lize(k: Kit) -> Portal:
    """The column answers with a single article, the newest; the others hang in a box at its foot."""
    h = k.host()
    nav = anchors([("首页", "/"), ("信息公开", "/xxgk/index.html"), ("服务", "/fw.html")])
    k.home(h, nav, k.news(h, lambda n: f"/n/{n}.html"))
    k.texts(h, {"/fw.html": "服务", "/xxgk/zn.html": "信息公开指南", "/xxgk/zd.html": "信息公开制度"}, nav)
    k.serve(h, "/xxgk/index.html", lambda: k.page("信息公开", anchors([("信息公开指南", "/xxgk/zn.html"), ("信息公开制度", "/xxgk/zd.html"), ("信息公开年报", "/xxgk/nb.html")]), nav=nav))
    paths: dict[tuple[str, int], str] = {}
    for kind, first in (("whole", 2012), ("office", 2021)):
        for y in range(first, 2026):
            paths[kind, y] = f"/xxgk/{y + 1}/nb_{k.num()}.html"
    box = "<div class=\"wangnian\"><h4>往年年报</h4>" + anchors([(f"{y}年" + ("(县政府办公室)" if kind == "office" else ""), p) for (kind, y), p in sorted(paths.items(), key=lambda x: (-x[0][1], x[0][0])) if (kind, y) != ("whole", 2025)]) + "</div>"
    newest_path = paths["whole", 2025]
    for (kind, y), p in paths.items():
        if (kind, y) == ("whole", 2025):
            title, date = k.title(kind, y, "gov"), k.date(kind, y)
            k.article(h, p, title, lambda: k.body("whole", 2025) + box, date, nav=nav, crumb="首页 &gt; 信息公开 &gt; 信息公开年报", column="信息公开年报")
            k.truth(kind, y, title, h.base + p, "the column redirects here", [h.base + "/xxgk/nb.html"])
        else:
            k.report(h, p, kind, y, nav=nav, note="linked from the box at the foot of the newest report")
    h.put("/xxgk/nb.html", lambda r: html(f'<html><head><meta charset="utf-8"></head><body><script>location.href="{newest_path}";</script></body></html>'))
    return k.portal(h.base + "/", h.base + "/xxgk/nb.html", "the column is a one-line script that jumps to the newest report", "older years in a box at the foot of that report, named 2018年")


def weidu(k: Kit) -> Portal:
    """A column that ends with 2023, on a site that is otherwise alive."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政府信息公开", "/class/4/1"), ("部门街镇", "/class/9/1")])
    k.home(h, nav, k.news(h, lambda n: f"/doc/{n}"))
    k.texts(h, {"/class/5/1": "信息公开指南", "/class/6/1": "信息公开制度"}, nav)
    k.serve(h, "/class/4/1", lambda: k.page("政府信息公开", anchors([("信息公开指南", "/class/5/1"), ("信息公开制度", "/class/6/1"), ("信息公开年报", "/class/8/1")]), nav=nav))
    rows = [k.report(h, f"/doc/{k.num()}", "whole", y) for y in range(2012, 2024)]
    depts = [k.decoy(h, f"/doc/{k.num()}", o, y) for o in k.organs() for y in (2024, 2025)]
    k.serve(h, "/class/8/1", lambda: k.page("信息公开年报", ul(newest(rows)) + f"<p>共{len(rows)}条 1/1</p>", nav=nav, column="信息公开年报"))
    pages = chunks(newest(depts), 12)
    for i, part in enumerate(pages, 1):
        nxt = f'<a href="/class/9/{i + 1}">下一页</a>' if i < len(pages) else ""
        k.serve(h, f"/class/9/{i}", lambda part=part, nxt=nxt: k.page("部门街镇", ul(part) + nxt, nav=nav, column="部门街镇"))
    return k.portal(h.base + "/", h.base + "/class/8/1", "the column ends with 2023; 2024 and 2025 were never put there", "departments are up to date", ok=False)


def yuman(k: Kit) -> Portal:
    """Six clicks deep, names as pictures and broken by line breaks, blanks in links, links without a scheme."""
    h = k.host()
    h.put("/img/gk.gif", Resp(GIF, ctype="image/gif"))
    home_nav = '<a href="/"> 首页 </a> <a href="/zw/">政务</a> <a href="/ms/">民生</a>'
    k.home(h, home_nav, k.news(h, lambda n: f"/ms/{n}.html"))
    k.texts(h, {"/ms/": "民生", "/zw/gk/xzf/zn/": "指南", "/zw/ld/": "领导之窗"}, home_nav)
    k.serve(h, "/zw/", lambda: k.page("政务", '<a href="ld/">领导之窗</a> <a href="gk/"><img src="/img/gk.gif" alt="政务公开" width="120" height="40"></a>', nav=home_nav))
    k.serve(h, "/zw/gk/", lambda: k.page("政务公开", anchors([("县政府信息<br>公开", "xzf/"), ("领导之窗", "/zw/ld/")]), nav=home_nav))
    k.serve(h, "/zw/gk/xzf/", lambda: k.page("县政府信息公开", anchors([("指 南", "zn/"), ("法定主动<br>公开内容", "fdnr/")]), nav=home_nav))
    topics = [("规划计划", "ghjh/"), ("财政信息", "czxx/"), ("工作年报", "gznb/"), ("应急管理", "yjgl/")]
    k.texts(h, {f"/zw/gk/xzf/fdnr/{p}": n for n, p in topics if n != "工作年报"}, home_nav)
    k.serve(h, "/zw/gk/xzf/fdnr/", lambda: k.page("法定主动公开内容", anchors(topics), nav=home_nav))
    base = "/zw/gk/xzf/fdnr/gznb/"
    folders = [(f"{y}年", f"{y}n/", (y,)) for y in range(2025, 2012, -1)] + [("2008-2012年", "2008_2012/", tuple(range(2008, 2013)))]
    k.serve(h, base, lambda: k.page("工作年报", "<ul>" + "".join(f'<li><a href=" ./{f} ">　{n}</a></li>' for n, f, _ in folders) + "</ul>", nav=home_nav, column="工作年报"))
    for name, f, years in folders:
        rows = []
        for y in years:
            rows.append(k.report(h, f"{base}{f}{k.num()}.html", "whole", y, crumb="政务公开 &gt; 法定主动公开内容 &gt; 工作年报"))
            if y >= 2019:
                rows.append(k.report(h, f"{base}{f}{k.num()}.html", "office", y))
                rows.append(k.decoy(h, f"{base}{f}{k.num()}.html", "榆幔县统计局", y))
        k.serve(h, base + f, lambda rows=rows, name=name: k.page(name, ul(newest(rows), href=lambda it: h.base[5:] + it.href), nav=home_nav, column=name))
    return k.portal(h.base + "/", h.base + base, "six clicks deep, below 法定主动公开内容 > 工作年报", "names in pictures (alt) and broken by <br>", "blanks in addresses, links without a scheme", "folders by year and 2008-2012年")


STATIC = {"qingwu": qingwu, "caodu": caodu, "xiuyang": xiuyang, "zheshui": zheshui, "luwan": luwan, "shixian": shixian, "luping": luping, "tingxi": tingxi, "tanghe": tanghe, "jiping": jiping,
          "jiazhou": jiazhou, "digang": digang, "lize": lize, "weidu": weidu, "yuman": yuman}

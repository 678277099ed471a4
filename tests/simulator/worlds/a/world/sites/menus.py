"""Portals whose difficulty lies in the way to the column: frames, pictures, scripts, trees, selects, old forms."""

from __future__ import annotations

from html import escape

from ..kit import Item, Row, by_date, chunks, links, ul
from ..model import Portal
from ..server import Net, Req, Resp, Route
from .common import ByQuery, five, folder, js, left, place, rows_of, start, stub, t_path


def changzhu(net: Net, seed: int) -> Portal:
    """13 A frameset of ASP pages in GBK; nothing after 2023."""
    site, h = start(net, seed, place("990323", "长渚县", prefecture="榆泉市"), 1, "gbk", False)
    show, lst = ByQuery(h, "/show.asp", "id"), ByQuery(h, "/list.asp", "cid")
    items = by_date([*site.series("whole", range(2008, 2024)), *site.series("office", range(2019, 2024)), *site.others(3, 3, range(2021, 2024))])
    for item in items:
        show.report(site, item)
    doc = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><title>{}</title></head>{}</html>"
    folder(h, "/", doc.format("长渚县人民政府", "<frameset rows='110,*'><frame src='top.asp' name='top'><frameset cols='190,*'><frame src='left.asp' name='left'><frame src='main.asp' name='main'></frameset></frameset>"), "default.asp")
    h.add("/top.asp", doc.format("top", "<body><b>长渚县人民政府</b> <a href='main.asp' target='main'>首页</a> <a href='xxgk.asp' target='main'>信息公开</a></body>"))
    h.add("/left.asp", doc.format("left", "<body><a href='list.asp?cid=101' target='main'>县情</a><br><a href='list.asp?cid=102' target='main'>招商</a></body>"))
    news: list[Row] = []

    def story(name: str) -> Route:
        return lambda req: h.html(doc.format(name, f"<body><h2>{name}</h2><p>现场井然有序。</p></body>"))

    for name in ("长渚县召开防汛会议", "长渚县举办灯会", "长渚县修通村道"):
        news.append((name, show.add(site.nid(), story(name)), "2026-10-0" + str(len(news) + 1)))
    h.add("/main.asp", doc.format("main", f"<body>{ul(news)}</body>"))
    names = {"211": "政府信息公开指南", "212": "政府信息公开制度", "213": "法定主动公开内容", "215": "政府信息公开年度报告"}
    h.add("/xxgk.asp", doc.format("信息公开", "<body>" + links([(t, f"list.asp?cid={k}") for k, t in names.items()]) + "</body>"))
    pages = chunks(rows_of(site, items), 14)

    def column(req: Req) -> Resp:
        n = int(req.q("page", "1")) if req.q("page", "1").isdigit() else 1
        n = min(max(n, 1), len(pages))
        rows = "".join(f"<tr><td>·<a href='{p.lstrip('/')}' target='_blank'>{t}</a></td><td>{d}</td></tr>" for t, p, d in pages[n - 1])
        nxt = f"<a href='list.asp?cid=215&page={n + 1}'>下一页</a>" if n < len(pages) else "下一页"
        return h.html(doc.format(names["215"], f"<body><table>{rows}</table>第{n}页/共{len(pages)}页 {nxt} <a href='list.asp?cid=215&page={len(pages)}'>尾页</a></body>"))

    lst.add("215", column)
    for key in ("101", "102", "211", "212", "213"):
        lst.add(key, lambda req: h.html(doc.format("栏目", "<body>暂无内容</body>")))
    site.portal.home_url = h.url("/")
    return site.done("框架集首页，GBK 且头里不报字符集", "ASP 参数地址", "最新只到 2023 年", ok=False, why="2024、2025 年没有发布", columns=[h.url("/list.asp?cid=215")])


def huaping(net: Net, seed: int) -> Portal:
    """14 Image map home, a name broken by <br>, rows that link straight to PDF files."""
    site, h = start(net, seed, place("990324", "画屏县", prefecture="榆泉市"), 3)
    site.nav_html = ("<li><img src='/img/nav.svg' usemap='#nav' alt=''><map name='nav'><area shape='rect' coords='0,0,90,40' href='/' alt='首页'><area shape='rect' coords='90,0,180,40' href='/xxgk/' alt='信息公开'>"
                     "<area shape='rect' coords='180,0,270,40' href='/bsfw/' alt='办事服务'></map></li>")
    stub(site, h, "/bsfw/", "办事服务")
    items = by_date([*site.series("whole", range(2010, 2026)), *site.series("office", range(2020, 2026)), *site.others(5, 0, range(2023, 2026))])
    for item in items:
        if item.year >= 2019:
            site.put(item, h, f"/xxgk/xxgknb/{item.date[:4]}/{site.hex(16)}.pdf", carrier="pdf", note="列表行直接是 PDF")
        else:
            site.put(item, h, "/xxgk/xxgknb/" + t_path(item, site.nid(), "htm"))
    site.home(h, news=site.news(h, lambda i: f"/xw/{70 + i}.htm"), looks=site.lookalikes(h, lambda i: f"/gg/{90 + i}.htm"))
    menu = left([*five(site, h, "/xxgk/"), ("政府信息<br>公开年报", "/xxgk/xxgknb/")])
    folder(h, "/xxgk/", site.page(h, "信息公开", menu), "index.htm")
    pages = chunks(rows_of(site, items), 13)
    for n, part in enumerate(pages, 1):
        name = lambda k: "index.htm" if k == 1 else f"index_{k}.htm"  # noqa: E731
        pager = (f"<a href='{name(n - 1)}'>上一页</a> " if n > 1 else "") + (f"<a href='{name(n + 1)}'>下一页</a>" if n < len(pages) else "")
        html = site.page(h, "政府信息公开年报", menu + ul(part) + f"<div class='fy'>{n}/{len(pages)} {pager}</div>")
        if n == 1:
            folder(h, "/xxgk/xxgknb/", html, "index.htm")
        else:
            h.add(f"/xxgk/xxgknb/{name(n)}", html)
    return site.done("导航是图片热区（名在 alt）", "栏目名被 <br> 断开", "2019 年起列表行直接链接 PDF", columns=[h.url("/xxgk/xxgknb/")])


def xiaqiao(net: Net, seed: int) -> Portal:
    """15 Navigation written by an external script, column 历年年报, a select of years."""
    site, h = start(net, seed, place("990422", "霞桥县", prefecture="沙泉市"), 0)
    stub(site, h, "/fw/index.html", "服务")
    menu = [("首页", "/"), ("信息公开", "/gk/index.html"), ("服务", "/fw/index.html")]
    h.add("/js/nav.js", "var N=" + js(menu) + ";document.write('<ul class=\"n\">'+N.map(function(x){return '<li><a href=\"'+x[1]+'\">'+x[0]+'</a></li>';}).join('')+'</ul>');")
    h.add("/js/gkmenu.js", "document.write('" + links([*five(site, h, "/gk/", ".html"), ("历年年报", "/gk/lnnb/index.html")]).replace("'", "\\'") + "');")
    site.nav_html = "<script src='/js/nav.js'></script>"
    side = "<div class='left'><script src='/js/gkmenu.js'></script></div>"
    whole, off = site.series("whole", range(2009, 2026)), site.series("office", range(2019, 2026))
    rest = site.others(8, 5, range(2019, 2026))
    for item in [*whole, *off, *rest]:
        site.put(item, h, f"/gk/lnnb/{item.year}/{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/xw/{300 + i}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{400 + i}.html"))
    h.add("/gk/index.html", site.page(h, "信息公开", side + "<p>欢迎查阅。</p>"))
    years = range(2025, 2008, -1)
    for y in years:
        select = "<select onchange='location.href=this.value'>" + "".join(f"<option value='/gk/lnnb/{k}.html'{' selected' if k == y else ''}>{k}年</option>" for k in years) + "</select>"
        rows = rows_of(site, [i for i in [*rest, *off, *whole] if i.year == y])
        html = site.page(h, f"历年年报（{y}年）", side + "请选择年份：" + select + ul(rows))
        h.add(f"/gk/lnnb/{y}.html", html)
        if y == 2025:
            h.add("/gk/lnnb/index.html", html)
    return site.done("导航与左栏都由外部脚本 document.write", "历年年报：年份下拉 onchange=location.href", "每年页内政府、办公室、部门、乡镇混排", columns=[h.url("/gk/lnnb/index.html")])


def tongyu(net: Net, seed: int) -> Portal:
    """17 A tree of organs with inline nodes; each organ is a sibling file shown in a frame."""
    site, h = start(net, seed, place("990423", "铜屿区", prefecture="沙泉市"), 2)
    site.nav = [("首页", "/"), ("政务公开", "/zwgk/index.html"), stub(site, h, "/zwfw/index.html", "政务服务")]
    whole, off, rest = site.series("whole", range(2010, 2026)), site.series("office", range(2012, 2026)), site.others(8, 6, range(2021, 2026))
    for item in [*whole, *off, *rest]:
        site.put(item, h, f"/zwgk/gkml/nb/{item.date.replace('-', '')}/{site.hex(20)}.html")
    site.home(h, news=site.news(h, lambda i: f"/xw/{i + 1}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i + 1}.html"))
    h.add("/zwgk/index.html", site.page(h, "政务公开", links([stub(site, h, "/zwgk/zc.html", "政策"), ("信息公开目录", "gkml/index.html")])))
    h.add("/zwgk/gkml/index.html", site.page(h, "信息公开目录", left([*five(site, h, "/zwgk/gkml/", ".html"), ("年报公开", "nb/tree.html")])))
    organs = sorted({i.organ for i in rest})
    nodes = [{"id": 1, "pId": 0, "name": "区政府", "open": False}, {"id": 11, "pId": 1, "name": "铜屿区人民政府", "url": "nb_011.html"}, {"id": 12, "pId": 1, "name": "区政府办公室", "url": "nb_012.html"},
             {"id": 2, "pId": 0, "name": "区直部门", "open": False}, {"id": 3, "pId": 0, "name": "镇（街道）", "open": False}]
    lists = {"nb_011.html": whole, "nb_012.html": off}
    for k, organ in enumerate(organs, 20):
        mine = [i for i in rest if i.organ == organ]
        nodes.append({"id": k, "pId": 2 if mine[0].kind == "department" else 3, "name": organ.removeprefix("铜屿区"), "url": f"nb_{k:03d}.html"})
        lists[f"nb_{k:03d}.html"] = mine
    for name, mine in lists.items():
        rows = [(f"{i.year}年度" if i.kind == "whole" else i.title, site.path[i].removeprefix("/zwgk/gkml/nb/"), i.date) for i in mine]
        h.add("/zwgk/gkml/nb/" + name, f"<html><head><meta charset='utf-8'><title>年报公开</title></head><body><h3>{escape(mine[0].organ)}信息公开年报</h3>{ul(rows).replace('<a ', '<a target=_blank ')}</body></html>")
    tree = """<ul id="tree" class="ztree"></ul><iframe name="right" src="nb_011.html" width="700" height="900"></iframe><script>var zNodes=%s;
(function(){var box=document.getElementById('tree');function kids(p,ul){zNodes.forEach(function(n){if(n.pId!=p)return;var li=document.createElement('li');if(n.url){var a=document.createElement('a');a.href=n.url;a.target='right';a.textContent=n.name;li.appendChild(a);}
else{var s=document.createElement('span');s.textContent='+ '+n.name;s.style.cursor='pointer';var u=document.createElement('ul');u.style.display='none';s.onclick=function(){if(!u.firstChild)kids(n.id,u);u.style.display=u.style.display=='none'?'':'none';};li.appendChild(s);li.appendChild(u);}ul.appendChild(li);});}kids(0,box);})();</script>""" % js(nodes)
    h.add("/zwgk/gkml/nb/tree.html", site.page(h, "年报公开", tree))
    return site.done("机关树（节点内嵌），各机关一兄弟文件，右侧框显示", "树枝点开才生成", "区政府的行只有“2018年度”", columns=[h.url("/zwgk/gkml/nb/tree.html")])


def hetun(net: Net, seed: int) -> Portal:
    """11 WebForms pager, GBK, rows cut with an ellipsis, articles without an organ in the title."""
    site, h = start(net, seed, place("990424", "河屯县", prefecture="沙泉市"), 1, "gbk", False)
    show, lst = ByQuery(h, "/Show.aspx", "id"), ByQuery(h, "/List_zlm.aspx", "lmid")
    items = by_date([*site.series("whole", range(2009, 2026)), *site.series("office", range(2018, 2026)), *site.others(5, 5, range(2022, 2026))])
    for item in items:
        show.report(site, item, title=f"{item.year}年政府信息公开工作年度报告" if item.kind == "whole" else "", note="列表行被截断，文章标题无机关名" if item.kind == "whole" else "列表行被截断")
    site.nav = [("首页", "/"), ("政务公开", "/zwgk.aspx"), stub(site, h, "/bs.aspx", "办事")]
    site.home(h, news=site.news(h, lambda i: f"/xw{i}.aspx"), looks=site.lookalikes(h, lambda i: f"/gg{i}.aspx"))
    menu = left([*five(site, h, "/", ".aspx"), ("政府信息公开年报", "List_zlm.aspx?lmid=2820")])
    h.add("/zwgk.aspx", site.page(h, "政务公开", menu))
    pages = chunks([((i.organ + f"{i.year}年政府信息公开工作年度报告")[:13] + "…", site.path[i], i.date) for i in items], 12)

    def column(req: Req) -> Resp:
        n = 1
        if req.method == "POST":
            if not req.form("__VIEWSTATE").startswith("/wEPDwUK") or req.form("__EVENTTARGET") != "ctl00$Pager":
                return h.html("<html><body><h1>“/”应用程序中的服务器错误。</h1></body></html>", 500)
            n = min(max(int(req.form("__EVENTARGUMENT", "1") or 1), 1), len(pages))
        rows = "".join(f"<tr><td><a href='{p.lstrip('/')}' target='_blank'>{t}</a></td><td>{d}</td></tr>" for t, p, d in pages[n - 1])
        pager = "".join(f"<span>{k}</span> " if k == n else f"<a href=\"javascript:__doPostBack('ctl00$Pager','{k}')\">{k}</a> " for k in range(1, len(pages) + 1))
        if n < len(pages):
            pager += f"<a href=\"javascript:__doPostBack('ctl00$Pager','{n + 1}')\">下一页</a>"
        form = (f"<form id='form1' method='post' action='List_zlm.aspx?lmid=2820'><input type='hidden' name='__EVENTTARGET' id='__EVENTTARGET' value=''><input type='hidden' name='__EVENTARGUMENT' id='__EVENTARGUMENT' value=''>"
                f"<input type='hidden' name='__VIEWSTATE' value='/wEPDwUK{n:04d}ZGRk'><table>{rows}</table><div>{pager} 共{len(items)}条</div></form>"
                "<script>function __doPostBack(t,a){var f=document.getElementById('form1');f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}</script>")
        return h.html(site.page(h, "政府信息公开年报", menu + form))

    lst.add("2820", column)
    return site.done("__doPostBack 翻页，地址不变，需 __VIEWSTATE", "GBK，头里不报", "行名被省略号截断且无 title", "文章标题无机关名", nasty=True, columns=[h.url("/List_zlm.aspx?lmid=2820")])


def dufeng(net: Net, seed: int) -> Portal:
    """27 The column is its newest article; years at its left, a span of years behind one more link."""
    site, h = start(net, seed, place("990425", "独峰县", prefecture="沙泉市"), 2)
    site.nav = [("首页", "/"), ("政务公开", "/zwgk/"), stub(site, h, "/zwfw/", "政务服务")]
    whole, off = site.series("whole", range(2008, 2026)), site.series("office", range(2019, 2026))
    path = {i: f"/zfxxgk/zfxxgknb/{i.date[:4]}{i.date[5:7]}/{site.nid()}.html" for i in whole}
    side = left([*[(f"{i.year}年", path[i]) for i in whole if i.year >= 2019], ("2008-2018年", "/zfxxgk/zfxxgknb/lsnb.html"), ("县政府办公室年报", "/zfxxgk/xzfb/")])
    for item in whole:
        site.path[item] = path[item]

        def page(req: Req, item: Item = item) -> Resp:
            text = f"{side}<h2>{escape(item.title)}</h2><p>发布日期：{item.date}</p><div class='article-content'>{site.report(item).html()}</div>"
            return h.html(site.page(h, item.title, text, [("首页", "/"), ("政府信息公开年报", "/zfxxgk/zfxxgknb/")]))

        h.add(path[item], page)
        site.put(item, h, path[item], serve=False)
    for item in [*off, *site.others(3, 0, range(2024, 2026))]:
        site.put(item, h, f"/zfxxgk/xzfb/{site.nid()}.html")
    h.redirect("/zfxxgk/zfxxgknb/", path[whole[0]])
    h.add("/zfxxgk/zfxxgknb/lsnb.html", site.page(h, "2008-2018年政府信息公开年报", ul(rows_of(site, [i for i in whole if i.year < 2019], lambda i: f"{i.year}年年报"))))
    folder(h, "/zfxxgk/xzfb/", site.page(h, "县政府办公室年报", ul(rows_of(site, [i for i in site.path if i.kind != "whole"]))))
    site.home(h, news=site.news(h, lambda i: f"/xw/{i + 10}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i + 10}.html"))
    folder(h, "/zwgk/", site.page(h, "政务公开", left([*five(site, h, "/zfxxgk/"), ("政府信息公开年报", "/zfxxgk/zfxxgknb/")])))
    return site.done("栏目 302 到最新一篇", "左侧年份链接，2008-2018年另在一页", "办公室年报在左侧另一链接", columns=[h.url("/zfxxgk/zfxxgknb/")])


def kongshan(net: Net, seed: int) -> Portal:
    """21 A column with nothing in it; look-alikes all around."""
    site, h = start(net, seed, place("990426", "空山县", prefecture="沙泉市"), 0)
    site.nav = [("首页", "/"), ("政府信息公开", "/zfxxgk/"), stub(site, h, "/fw/", "服务")]
    looks = site.lookalikes(h, lambda i: f"/gg/{i + 1}.html", count=7)
    for item in site.others(1, 2, range(2024, 2026)):
        site.put(item, h, f"/gg/t{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/xw/{i + 1}.html"), looks=looks + rows_of(site, list(site.path)))
    menu = left([*five(site, h, "/zfxxgk/"), ("政府信息公开年报", "/zfxxgk/nb/")])
    folder(h, "/zfxxgk/", site.page(h, "政府信息公开", menu))
    folder(h, "/zfxxgk/nb/", site.page(h, "政府信息公开年报", menu + "<div class='list'><p>暂无相关信息！</p></div>"))
    return site.done("栏目在而空", "首页通知里有决算、法治、网站报表、乡镇年报", ok=False, why="没有本级政府的年报", columns=[h.url("/zfxxgk/nb/")])


ALL = [changzhu, huaping, xiaqiao, tongyu, hetun, dufeng, kongshan]

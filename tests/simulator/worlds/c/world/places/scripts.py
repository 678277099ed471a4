"""Portals whose lists are chosen by selects, tabs, buttons and scrolling."""
from __future__ import annotations

import json

from ..kit import NAV_LATER, Kit, Row, li, portal
from ..web import JSON, Answer, Ask, redirect


def _by_year(rows: list[Row]) -> dict[int, list[Row]]:
    out: dict[int, list[Row]] = {}
    for row in rows:
        out.setdefault(row.year, []).append(row)
    return out


@portal("石笏县", "桐安市", "a select of years with onchange, no other way to the older lists", "each year's list mixes government and departments",
        "column 历年年报", province="南泽省")
def p11(kit: Kit) -> None:
    """The newest year is shown; the rest are the select's options."""
    www, root = kit.www, "/xxgk/lnnb/"
    path = lambda y, d: f"{root}{y}n/{kit.next()}.html"
    rows = _by_year(kit.series(www, path, "whole", range(2011, 2026), "A") + kit.series(www, path, "office", range(2017, 2026), "A")
                    + kit.others(www, path, 3, range(2015, 2026)))
    for year in rows:
        options = "".join(f'<option value="{root}{y}n/index.html"{" selected" if y == year else ""}>{y}年</option>' for y in sorted(rows, reverse=True))
        html = kit.shell(f"{year}年年报", f'<select onchange="location.href=this.value">{options}</select><ul>{li(rows[year])}</ul>',
                         (("首页", "/"), ("信息公开", "/xxgk/"), ("历年年报", root)))
        www.put(f"{root}{year}n/index.html", html)
        if year == 2025:
            www.put(root, html)
    kit.nav = [("首页", "/"), ("信息公开", "/xxgk/"), ("便民服务", "/bm/")]
    www.put("/xxgk/", kit.shell("信息公开", '<ul><li><a href="zn/">公开指南</a></li><li><a href="zd/">公开制度</a></li><li><a href="lnnb/">历年年报</a></li></ul>'))
    for p, t in (("/xxgk/zn/", "公开指南"), ("/xxgk/zd/", "公开制度"), ("/bm/", "便民服务")):
        kit.plain(www, p, t)
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")))


@portal("苇塘市", "苇塘市", "tabs of years fetched by POST, address unchanged", "menu entries call a script with a word", "answer is an HTML fragment", province="北朔省",
        level="prefecture")
def p12(kit: Kit) -> None:
    """getMainData(word) fills a div; the year is a second word."""
    www = kit.www
    path = lambda y, d: f"/wtszf/article/{kit.next()}"
    rows = _by_year(kit.series(www, path, "whole", range(2010, 2026), "A") + kit.series(www, path, "office", range(2010, 2026), "A")
                    + kit.others(www, path, 2, range(2020, 2026)))

    def main_data(ask: Ask) -> Answer:
        if ask.method != "POST":
            return Answer("Method Not Allowed", "text/plain", 405)
        word = ask.form.get("type", "")
        if word != "ndbg":
            return Answer(f"<h3>{word}</h3><p>内容维护中</p>")
        year = int(ask.form.get("year") or 2025)
        tabs = "".join(f'<span class="tab" onclick="getMainData(\'ndbg\',{y})">{y}年</span> ' for y in sorted(rows, reverse=True))
        return Answer(f"<h3>政府信息公开年度报告</h3><div>{tabs}</div><ul>{li(rows.get(year, []))}</ul>")
    www.put("/wtszf/open/getMainData", main_data)
    menu = "".join(f"<li><a href=\"javascript:getMainData('{w}')\">{t}</a></li>" for w, t in
                   (("zn", "政府信息公开指南"), ("zd", "政府信息公开制度"), ("fd", "法定主动公开内容"), ("ndbg", "政府信息公开年度报告"), ("ysq", "依申请公开")))
    www.put("/wtszf/open", kit.shell("政府信息公开", f"""<ul>{menu}</ul><div id="main"></div><script>
function getMainData(t,y){{var x=new XMLHttpRequest();x.open('POST','/wtszf/open/getMainData');x.setRequestHeader('Content-Type','application/x-www-form-urlencoded');
x.onload=function(){{document.getElementById('main').innerHTML=x.responseText}};x.send('type='+t+(y?'&year='+y:''));}}getMainData('zn');</script>"""))
    kit.nav = [("首页", "/"), ("政府信息公开", "/wtszf/open"), ("政民互动", "/wtszf/hd")]
    kit.plain(www, "/wtszf/hd", "政民互动")
    www.put("/", kit.home(kit.news(www, path)))


@portal("古驿县", "苇塘市", "加载更多 button appends rows from JSON", "robots.txt is an HTML page with 200", "column 公开年度报告 in a JSON drawn menu", province="北朔省")
def p13(kit: Kit) -> None:
    """Six rows at first; the rest by a button."""
    www = kit.www
    rows = kit.series(www, lambda y, d: f"/gyx/detail/{kit.hex(24)}.html", "whole", range(2008, 2026), "C")
    rows += kit.alike(www, lambda y, d: f"/gyx/detail/{kit.hex(24)}.html", (2025,))
    rows.sort(key=lambda r: r.date, reverse=True)

    def more(ask: Ask) -> Answer:
        start = int((ask.query | ask.form).get("offset") or 0)
        part = rows[start:start + 6]
        return Answer(json.dumps({"code": 0, "list": [{"name": r.title, "link": r.href, "day": r.date} for r in part], "more": start + 6 < len(rows)},
                                 ensure_ascii=False), JSON)
    www.put("/gyx/api/column/818/rows", more)
    www.put("/gyx/gknb.html", kit.shell("公开年度报告", f"""<ul id="l">{li(rows[:6])}</ul><button id="more" type="button">加载更多</button><script>
var n=6;document.getElementById('more').onclick=function(){{fetch('/gyx/api/column/818/rows?offset='+n).then(r=>r.json()).then(j=>{{j.list.forEach(function(a){{
var li=document.createElement('li');li.innerHTML='<a href="'+a.link+'">'+a.name+'</a><span>'+a.day+'</span>';document.getElementById('l').appendChild(li);}});
n+=6;if(!j.more)document.getElementById('more').style.display='none';}});}};</script>"""))
    www.put("/robots.txt", kit.shell("页面不存在", "<p>抱歉，您访问的页面不存在。</p>"))
    kit.nav = [("首页", "/"), ("政务公开", "/gyx/zwgk.html")]
    for p, t in (("/gyx/zn.html", "指南"), ("/gyx/zd.html", "制度")):
        kit.plain(www, p, t)
    www.put("/gyx/menu.json", Answer(json.dumps([["政府信息公开指南", "/gyx/zn.html"], ["政府信息公开制度", "/gyx/zd.html"], ["公开年度报告", "/gyx/gknb.html"]],
                                                ensure_ascii=False), JSON))
    www.put("/gyx/zwgk.html", kit.shell("政务公开", "<div id='m'></div><script>fetch('/gyx/menu.json').then(r=>r.json()).then(j=>{document.getElementById('m').innerHTML="
            "j.map(i=>'<li><a href=\"'+i[1]+'\">'+i[0]+'</a></li>').join('')})</script>"))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/gyx/detail/{kit.hex(24)}.html")))


@portal("丹桠县", "桐安市", "endless scroll with a cursor token (nasty)", "organ-less titles in the rows", "column known to the registry is one year's folder",
        province="南泽省")
def p14(kit: Kit) -> None:
    """Each answer names the next; only scrolling asks for it."""
    www = kit.www
    rows = kit.series(www, lambda y, d: f"/a/{kit.hex(16)}", "whole", range(2009, 2026), "A", shown="{y}年政府信息公开工作年度报告")
    tokens = ["start"] + [kit.hex(12) for _ in range(-(-len(rows) // 5))]

    def feed(ask: Ask) -> Answer:
        token = ask.query.get("cursor", "start")
        if token not in tokens:
            return Answer(json.dumps({"items": [], "cursor": None}), JSON)
        i = tokens.index(token)
        part = rows[i * 5:i * 5 + 5]
        return Answer(json.dumps({"items": [[r.title, r.href, r.date] for r in part], "cursor": tokens[i + 1] if (i + 1) * 5 < len(rows) else None},
                                 ensure_ascii=False), JSON)
    www.put("/api/feed/nb", feed)
    www.put("/gk/nb", kit.shell("政府信息公开年报", """<ul id="f"></ul><div id="end" style="height:1500px"></div><script>
var cursor='start',busy=false;function pull(){if(busy||cursor===null)return;busy=true;fetch('/api/feed/nb?cursor='+cursor).then(r=>r.json()).then(j=>{
j.items.forEach(i=>{document.getElementById('f').insertAdjacentHTML('beforeend','<li style="height:70px"><a href="'+i[1]+'">'+i[0]+'</a><em>'+i[2]+'</em></li>')});
cursor=j.cursor;busy=false;if(cursor===null)document.getElementById('end').style.height='10px';});}
window.addEventListener('scroll',function(){if(window.innerHeight+window.scrollY>document.body.scrollHeight-1450)pull();});pull();</script>"""))
    www.put("/gk/nb/2022", kit.shell("2022年", f"<ul>{li([r for r in rows if r.year == 2022])}</ul>", (("首页", "/"), ("政府信息公开年报", "/gk/nb"), ("2022年", ""))))
    kit.column_url = www.base + "/gk/nb/2022"
    kit.nav = [("首页", "/"), ("政府信息公开", "/gk")]
    kit.plain(www, "/gk/zn", "政府信息公开指南")
    www.put("/gk", kit.shell("政府信息公开", kit.five("/gk/zn", "/gk/zn", "/gk/zn", "/gk/nb", "/gk/zn")))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/a/{kit.hex(16)}")))


@portal("朔棠区", "苇塘市", "WebForms pager by __doPostBack with a view state (nasty)", "GBK pages with the right meta and no charset in the header",
        "article addresses without year or date", province="北朔省")
def p15(kit: Kit) -> None:
    """The address stays; the page number travels in a form."""
    www = kit.www
    bare = "text/html"

    def gbk(path: str, html: str) -> None:
        www.put(path, Answer(html.replace('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'), bare, encoding="gb18030"))
    rows: list[Row] = []
    articles: dict[str, str] = {}

    def keep(kind: str, years: range) -> None:
        for year in reversed(years):
            organ = kit.gov if kind == "whole" else kit.office
            title, date, number = f"{organ}{year}年政府信息公开工作年度报告", kit.date(year, kind), str(kit.next())
            articles[number] = kit.article(title, kit.text(organ, year), date, organ)
            rows.append(Row(title, f"news_view.aspx?id={number}", date, year, kind))
            kit.truth(kind, year, title, f"{www.base}/news_view.aspx?id={number}")
    keep("whole", range(2009, 2026))
    keep("office", range(2018, 2026))
    rows.sort(key=lambda r: r.date, reverse=True)
    for title in ("全区秋粮收购进展顺利", "校园食堂开放日活动举行"):
        number = str(kit.next())
        articles[number] = kit.article(title, f"<p>　　{title}。</p>", "2026-10-12", "本站")
        rows.append(Row(title, f"news_view.aspx?id={number}", "2026-10-12", 2026, "news"))
    news = rows[-2:]
    rows = rows[:-2]

    def view(ask: Ask) -> Answer:
        html = articles.get(ask.query.get("id", ""))
        if html is None:
            return Answer("参数错误", bare, 404, encoding="gb18030")
        return Answer(html.replace('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'), bare, encoding="gb18030")
    www.put("/news_view.aspx", view)
    total = -(-len(rows) // 8)

    def listed(ask: Ask) -> Answer:
        page = 1
        if ask.method == "POST":
            if not ask.form.get("__VIEWSTATE", "").startswith("dDwtMTk"):
                return Answer("验证视图状态失败", bare, 500, encoding="gb18030")
            if ask.form.get("__EVENTTARGET") == "AspNetPager1" and ask.form.get("__EVENTARGUMENT", "").isdigit():
                page = min(total, max(1, int(ask.form["__EVENTARGUMENT"])))
        pager = "".join(f'<a href="javascript:__doPostBack(\'AspNetPager1\',\'{i}\')">{i}</a> ' for i in range(1, total + 1))
        if page < total:
            pager += f'<a href="javascript:__doPostBack(\'AspNetPager1\',\'{page + 1}\')">下一页</a>'
        inner = (f'<form method="post" action="List_nb.aspx?lmid=318" id="form1"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="">'
                 f'<input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value=""><input type="hidden" name="__VIEWSTATE" value="dDwtMTk{page}xQ">'
                 f'<script>function __doPostBack(t,a){{var f=document.getElementById("form1");f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}}</script>'
                 f'<ul>{li(rows[(page - 1) * 8:page * 8])}</ul><div>第{page}/{total}页 {pager}</div></form>')
        html = kit.shell("信息公开年报", inner)
        return Answer(html.replace('<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'), bare, encoding="gb18030")
    www.put("/List_nb.aspx", listed)
    kit.nav = [("首页", "/"), ("信息公开", "/xxgk.aspx"), ("依申请公开", "/ysq.aspx")]
    for path in articles:  # the pages were made before the menu was known: give them the same one
        articles[path] = articles[path].replace(NAV_LATER, kit.menu())
    gbk("/xxgk.aspx", kit.shell("信息公开", '<p><a href="ysq.aspx">公开指南</a></p><p><a href="List_nb.aspx?lmid=318">信息公开年报</a></p>'))
    gbk("/ysq.aspx", kit.shell("依申请公开", "<p>请到政务大厅办理。</p>"))
    gbk("/", kit.home(news))
    www.put("/default.aspx", redirect("/"))


@portal("雁屏市", "", "inline tree nodes of organs (no anchors), entries are sibling files", "cut titles with an ellipsis, full title in the title attribute",
        "a frameset: tree left, list right", level="prefecture", province="东屿省")
def p16(kit: Kit) -> None:
    """A zTree-like tree in a frame; a click sets the other frame."""
    www, root = kit.www, "/xxgkpt/"
    organs: list[tuple[str, str, list[Row]]] = [
        ("szf", "市政府", kit.series(www, lambda y, d: f"{root}szf/c{kit.next()}.htm", "whole", range(2012, 2026), "A")),
        ("szfb", "市政府办公室", kit.series(www, lambda y, d: f"{root}szfb/c{kit.next()}.htm", "office", range(2012, 2026), "A")),
        ("sczj", "市财政局", kit.series(www, lambda y, d: f"{root}sczj/c{kit.next()}.htm", kit.name + "财政局", range(2015, 2026), "A")),
        ("sjyj", "市教育局", kit.series(www, lambda y, d: f"{root}sjyj/c{kit.next()}.htm", kit.name + "教育局", range(2015, 2026), "A"))]
    nodes = [{"id": 1, "pId": 0, "name": "政府信息公开年报", "open": True}]
    for i, (folder, title, rows) in enumerate(organs, 2):
        nodes.append({"id": i, "pId": 1, "name": title, "file": f"nb_{folder}.htm"})
        items = "".join(f'<li><a href="{r.href}" title="{r.title}" target="_blank">{r.title[:14]}…</a> {r.date}</li>' for r in rows)
        www.put(f"{root}nb_{folder}.htm", f'<html><head><meta charset="utf-8"><title>{title}年报</title></head><body><ul>{items}</ul></body></html>')
    www.put(root + "tree.htm", '<html><head><meta charset="utf-8"><title>目录</title></head><body><div id="t"></div><script>var zNodes=' + json.dumps(nodes, ensure_ascii=False)
            + ";document.getElementById('t').innerHTML=zNodes.map(function(n){return '<p class=\"node\" style=\"cursor:pointer\" onclick=\"pick('+n.id+')\">'+n.name+'</p>'}).join('');"
              "function pick(i){zNodes.forEach(function(n){if(n.id==i&&n.file)parent.frames['list'].location.href=n.file;});}</script></body></html>")
    www.put(root + "nb.htm", '<html><head><meta charset="utf-8"><title>政府信息公开年报</title></head><frameset cols="220,*"><frame src="tree.htm" name="tree">'
            '<frame src="nb_szf.htm" name="list"></frameset></html>')
    kit.nav = [("首页", "/"), ("政府信息公开", root)]
    kit.plain(www, root + "zn.htm", "政府信息公开指南")
    www.put(root, kit.shell("政府信息公开", kit.five("zn.htm", "zn.htm", "zn.htm", "nb.htm", "zn.htm")))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/yw/{kit.next()}.htm")))

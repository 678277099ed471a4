"""Portals that need a script, a form, a cookie or a second try."""

from __future__ import annotations

import base64
import itertools
import json
from html import escape

from .kit import Kit, anchors, chunks, newest, ul
from .model import Item, Portal
from .net import Req, Resp, html, js


def as_json(value: object, status: int = 200) -> Resp:
    """A JSON answer."""
    return Resp(json.dumps(value, ensure_ascii=False).encode(), status, ctype="application/json; charset=utf-8")


def yuncen(k: Kit) -> Portal:
    """A shell whose menu and list are filled from JSON; the article as well."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政府信息公开", "/zfxxgk/"), ("便民", "/bm/")])
    k.home(h, nav, k.news(h, lambda n: f"/xw/{n}.html"))
    k.texts(h, {"/bm/": "便民"}, nav)
    menu = "".join(f'<li data-cid="{c}" style="cursor:pointer">{n}</li>' for c, n in ((1101, "政府信息公开指南"), (1102, "政府信息公开制度"), (1103, "法定主动公开内容"), (1105, "政府信息公开年报"), (1106, "部门年报")))
    h.put("/assets/open.js", js("""var cur=1101;
function load(cid,p){cur=cid;fetch('/api/content/page?channelId='+cid+'&pageNo='+p+'&pageSize=8').then(function(r){return r.json()}).then(function(d){
 var s='';d.data.records.forEach(function(x){s+='<li><a href="/detail.html?id='+x.id+'">'+x.title+'</a> '+x.publishDate+'</li>'});
 document.getElementById('rows').innerHTML=s||'<li>暂无数据</li>';
 var n=Math.ceil(d.data.total/8),g='共'+d.data.total+'条 ';for(var i=1;i<=n;i++)g+='<a href="javascript:load('+cid+','+i+')">'+(i==p?'<b>'+i+'</b>':i)+'</a> ';
 document.getElementById('pager').innerHTML=g;});}
document.querySelectorAll('#menu li').forEach(function(li){li.addEventListener('click',function(){load(li.getAttribute('data-cid'),1)})});
load(1101,1);"""))
    h.put("/zfxxgk/", lambda r: html(k.page("政府信息公开", f'<ul id="menu">{menu}</ul><ul id="rows">加载中…</ul><div id="pager"></div><script src="/assets/open.js"></script>', nav=nav)))
    store: dict[str, tuple[str, str, str, int, str]] = {}
    channel: dict[str, list[Item]] = {"1101": [], "1102": [], "1103": [], "1105": [], "1106": []}

    def put(cid: str, kind: str, y: int, title: str, organ: str = "") -> str:
        n = str(k.num())
        date = k.date(kind, y)
        store[n] = (title, date, kind, y, organ)
        channel[cid].append(Item(title, n, date, kind, y))
        return f"{h.base}/detail.html?id={n}"

    for cid, name in (("1101", "政府信息公开指南"), ("1102", "政府信息公开制度"), ("1103", "规划计划说明")):
        put(cid, "text", 2024, name)
    for kind, first in (("whole", 2011), ("office", 2020)):
        for y in range(first, 2026):
            t = k.mixed(kind, y)
            k.truth(kind, y, t, put("1105", kind, y, t), "list and article painted from JSON")
    for o in k.organs():
        for y in (2023, 2024, 2025):
            k.decoys.append(put("1106", "dept", y, f"{o}{y}年政府信息公开工作年度报告", o))

    def page(r: Req) -> Resp:
        rows = newest(channel.get(r.query.get("channelId", ""), []))
        size, p = min(int(r.query.get("pageSize", "8")), 8), int(r.query.get("pageNo", "1"))
        return as_json({"code": 0, "data": {"total": len(rows), "records": [{"id": i.href, "title": i.title, "publishDate": i.date} for i in rows[(p - 1) * size:p * size]]}})

    def get(r: Req) -> Resp:
        hit = store.get(r.query.get("id", ""))
        if not hit:
            return as_json({"code": 404, "data": None})
        title, date, kind, y, organ = hit
        text = f"<p>{title}由{k.office}编写。</p>" if kind == "text" else k.body(kind, y, organ)
        return as_json({"code": 0, "data": {"title": title, "publishDate": date, "source": k.office, "content": text}})

    h.put("/api/content/page", page)
    h.put("/api/content/get", get)
    h.put("/detail.html", lambda r: html(k.page("信息详情", '<h1 id="t">加载中…</h1><div id="d"></div><div id="c"></div><script>fetch("/api/content/get?id="+new URLSearchParams(location.search).get("id"))'
          '.then(function(r){return r.json()}).then(function(x){if(!x.data){document.getElementById("t").innerHTML="信息不存在";return}document.title=x.data.title;document.getElementById("t").innerHTML=x.data.title;'
          'document.getElementById("d").innerHTML="发布日期:"+x.data.publishDate+" 来源:"+x.data.source;document.getElementById("c").innerHTML=x.data.content})</script>', nav=nav)))
    return k.portal(h.base + "/", h.base + "/zfxxgk/", "menu entries are li without address", "list painted from JSON, 8 a page", "articles painted from JSON too")


def yanchi(k: Kit) -> Portal:
    """Menu entries call a script with a word; a POST fills a div and the address stays."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政务公开", "/pub/index.do"), ("走进砚池", "/zj.html")])
    k.home(h, nav, k.news(h, lambda n: f"/n{n}.html"))
    k.texts(h, {"/zj.html": "走进砚池"}, nav)
    menu = anchors([("公开指南", "javascript:getPart('gkzn')"), ("公开制度", "javascript:getPart('gkzd')"), ("主动公开", "javascript:getPart('zdgk')"), ("公开年报", "javascript:getPart('ndbg')")])
    h.put("/pub/index.do", lambda r: html(k.page("政务公开", f"""<div id="menu">{menu}</div><div id="main">请选择</div><script>
function getPart(part,page){{var x=new XMLHttpRequest();x.open('POST','/pub/part.do');x.setRequestHeader('Content-Type','application/x-www-form-urlencoded');
x.onload=function(){{document.getElementById('main').innerHTML=x.responseText}};x.send('part='+part+'&page='+(page||1));}}
function view(id){{window.open('/pub/view.do?id='+id)}}
getPart('gkzn');</script>""", nav=nav, column="政务公开")))
    pool: dict[str, Item] = {}
    rows: list[Item] = []
    for kind, first in (("whole", 2009), ("office", 2022)):
        for y in range(first, 2026):
            n, t = str(k.num()), k.mixed(kind, y)
            it = Item(t, n, k.date(kind, y), kind, y)
            pool[n] = it
            rows.append(it)
            k.truth(kind, y, t, f"{h.base}/pub/view.do?id={n}", "list only by POST")
    for o in k.organs()[:5]:
        for y in (2024, 2025):
            n = str(k.num())
            pool[n] = Item(f"{o}{y}年政府信息公开工作年度报告", n, k.date("dept", y), o, y)
            rows.append(pool[n])
            k.decoys.append(f"{h.base}/pub/view.do?id={n}")
    names = {"gkzn": "公开指南", "gkzd": "公开制度", "zdgk": "主动公开"}

    def part(r: Req) -> Resp:
        if r.method != "POST":
            return html("<html><body>405</body></html>", 405)
        what = r.form.get("part", "")
        if what in names:
            return html(f"<h3>{names[what]}</h3><p>　　{k.gov}{names[what]}。</p>")
        if what != "ndbg":
            return html("")
        pages = chunks(newest(rows), 10)
        p = min(max(int(r.form.get("page") or 1), 1), len(pages))
        lis = "".join(f'<li><a href="javascript:void(0)" onclick="view(\'{i.href}\')">{escape(i.title)}</a> {i.date}</li>' for i in pages[p - 1])
        nxt = f"<a href=\"javascript:getPart('ndbg',{p + 1})\">下一页</a>" if p < len(pages) else "下一页"
        prv = f"<a href=\"javascript:getPart('ndbg',{p - 1})\">上一页</a>" if p > 1 else "上一页"
        return html(f"<h3>公开年报</h3><ul>{lis}</ul><p>共{len(rows)}条 第{p}/{len(pages)}页 {prv} {nxt}</p>")

    def view(r: Req) -> Resp:
        it = pool.get(r.query.get("id", ""))
        if not it:
            return html("not found", 404)
        text = k.body(it.kind, it.year) if it.kind in ("whole", "office") else k.body("dept", it.year, it.kind)
        return html(k.page(it.title, f"<h1>{it.title}</h1><p>{it.date}</p><div id=zoom>{text}</div>", kind="article", date=it.date))

    h.put("/pub/part.do", part)
    h.put("/pub/view.do", view)
    return k.portal(h.base + "/", h.base + "/pub/index.do", "menu javascript:getPart('ndbg')", "list by POST into a div, the address stays", "rows only with onclick", "departments among the rows")


def luting(k: Kit) -> Portal:
    """Six rows in the page and a button for more, by an opaque cursor."""
    h = k.host()
    nav = anchors([("首页", "/"), ("公开", "/open"), ("生活", "/life")])
    k.home(h, nav, k.news(h, lambda n: f"/p/{n}"))
    k.texts(h, {"/life": "生活", "/open/guide": "政府信息公开指南", "/open/rules": "政府信息公开制度"}, nav)
    k.serve(h, "/open", lambda: k.page("公开", anchors([("政府信息公开指南", "/open/guide"), ("政府信息公开制度", "/open/rules"), ("政府信息公开工作年度报告", "/open/annual")]), nav=nav))
    rows = newest([k.report(h, f"/p/{k.num()}", "whole", y) for y in range(2008, 2026)] + [k.report(h, f"/p/{k.num()}", "office", y) for y in range(2021, 2026)])
    parts = chunks(rows, 6)
    tokens = [k.hex(20) for _ in parts]

    def more(r: Req) -> Resp:
        if r.query.get("after") not in tokens or r.query.get("col") != "nb":
            return as_json({"items": [], "next": None}, 400)
        i = tokens.index(r.query["after"]) + 1
        got = parts[i] if i < len(parts) else []
        return as_json({"items": [{"t": x.title, "u": x.href, "d": x.date} for x in got], "next": tokens[i] if i + 1 < len(parts) else None})

    h.put("/list/more", more)
    k.serve(h, "/open/annual", lambda: k.page("政府信息公开工作年度报告", '<div id="l">' + ul(parts[0]) + f"""</div><button id="more" data-after="{tokens[0]}">加载更多</button><script>
document.getElementById('more').onclick=function(){{var b=this;fetch('/list/more?col=nb&after='+b.getAttribute('data-after')).then(function(r){{return r.json()}}).then(function(d){{
var u=document.querySelector('#l ul');d.items.forEach(function(x){{u.insertAdjacentHTML('beforeend','<li><a href="'+x.u+'">'+x.t+'</a><span>'+x.d+'</span></li>')}});
if(d.next)b.setAttribute('data-after',d.next);else b.parentNode.removeChild(b);}})}};</script>""", nav=nav, column="政府信息公开工作年度报告"))
    return k.portal(h.base + "/", h.base + "/open/annual", "button 加载更多 with an opaque cursor", "first six rows in the page")


def wuling(k: Kit) -> Portal:
    """Rows appear only while one scrolls, and have no address."""
    h = k.host()
    nav = anchors([("首页", "/"), ("信息公开", "/xxgk.html"), ("办事", "/bs.html")])
    k.home(h, nav, k.news(h, lambda n: f"/a/n{n}"))
    k.texts(h, {"/bs.html": "办事", "/xxgk/zn.html": "公开指南"}, nav)
    k.serve(h, "/xxgk.html", lambda: k.page("信息公开", anchors([("公开指南", "/xxgk/zn.html"), ("公开工作年报", "/xxgk/nb.html")]), nav=nav))
    rows: list[Item] = []
    for kind, first in (("whole", 2008), ("office", 2019)):
        rows += [k.report(h, f"/a/{k.num()}", kind, y, note="row without address, appears on scrolling") for y in range(first, 2026)]
    rows += [k.decoy(h, f"/a/{k.num()}", o, y) for o in k.organs()[:6] for y in (2024, 2025)]
    rows = newest(rows)

    def lst(r: Req) -> Resp:
        try:
            want = json.loads(r.body or b"{}")
            start = int(want["start"])
        except (ValueError, KeyError, TypeError):
            return as_json({"msg": "参数错误"}, 400)
        if r.method != "POST" or want.get("code") != "nb":
            return as_json({"msg": "参数错误"}, 400)
        part = rows[start:start + 10]
        return as_json({"total": len(rows), "list": [{"id": x.href[3:], "name": x.title, "time": x.date} for x in part]})

    h.put("/rest/list", lst)
    k.serve(h, "/xxgk/nb.html", lambda: k.page("公开工作年报", """<p>共<b id="n">…</b>条</p><div id="box"></div><div id="end">下拉加载</div><script>
var got=0,total=1,busy=false;
function more(){if(busy||got>=total)return;busy=true;fetch('/rest/list',{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify({code:'nb',start:got})}).then(function(r){return r.json()}).then(function(d){
total=d.total;document.getElementById('n').innerHTML=total;d.list.forEach(function(x){var e=document.createElement('div');e.className='row';e.style.cssText='height:130px;cursor:pointer';e.textContent=x.name+' '+x.time;
e.onclick=function(){location.href='/a/'+x.id};document.getElementById('box').appendChild(e)});got+=d.list.length;busy=false;if(got>=total)document.getElementById('end').innerHTML='没有更多了';})}
window.addEventListener('scroll',function(){if(window.innerHeight+window.scrollY>=document.body.offsetHeight-200)more()});
more();</script>""", nav=nav, column="公开工作年报"))
    return k.portal(h.base + "/", h.base + "/xxgk/nb.html", "nasty: endless scroll by POST JSON", "rows are div without address, opened by a click", "column named 公开工作年报")


def jianbei(k: Kit) -> Portal:
    """No list: one page a year by a parameter, chosen by a form; the office's reports below the departments."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政府信息公开", "/module/index.jsp"), ("部门信息公开", "/bm/index.html")])
    k.home(h, nav, k.news(h, lambda n: f"/art/{n}.html"))
    area = f"11{k.code}00265"
    k.texts(h, {"/zn.html": "政府信息公开指南", "/zd.html": "政府信息公开制度"}, nav)
    k.serve(h, "/module/index.jsp", lambda: k.page("政府信息公开", anchors([("政府信息公开指南", "/zn.html"), ("政府信息公开制度", "/zd.html"), ("政府信息公开年报", f"/module/nb/report.jsp?area={area}")]), nav=nav))
    years = range(2014, 2026)
    titles = {y: k.title("whole", y, "gov") for y in years}
    dates = {y: k.date("whole", y) for y in years}

    def show(r: Req) -> Resp:
        if r.query.get("area") != area:
            return html("参数错误", 404)
        y = int(r.query.get("fbtime", "2025") or 2025)
        options = "".join(f'<option value="{x}"{" selected" if x == y else ""}>{x}年</option>' for x in reversed(years))
        form = f'<form id="f" action="report.jsp" method="get"><input type="hidden" name="area" value="{area}"><select name="fbtime" onchange="document.getElementById(\'f\').submit()">{options}</select></form>'
        if y not in titles:
            return html(k.page("政府信息公开年报", form + "<p>暂无该年度报告</p>", nav=nav))
        return html(k.page(titles[y], f"{form}<h2>{titles[y]}</h2><p>发布日期:{dates[y]}</p><div id=zoom>{k.body('whole', y)}</div>", nav=nav, crumb="政府信息公开 &gt; 政府信息公开年报", kind="article", date=dates[y]))

    h.put("/module/nb/report.jsp", show)
    for y in years:
        k.truth("whole", y, titles[y], f"{h.base}/module/nb/report.jsp?area={area}&fbtime={y}", "one page a year by a form", [f"{h.base}/module/nb/report.jsp?fbtime={y}&area={area}"] + ([f"{h.base}/module/nb/report.jsp?area={area}"] if y == 2025 else []))
    organs = [("区政府办公室", "qzfb"), ("区教育局", "qjyj"), ("区统计局", "qtjj")]
    k.serve(h, "/bm/index.html", lambda: k.page("部门信息公开", anchors([(n, f"/bm/{c}/index.html") for n, c in organs]), nav=nav))
    for name, c in organs:
        rows = [k.report(h, f"/bm/{c}/{k.num()}.html", "office", y) if c == "qzfb" else k.decoy(h, f"/bm/{c}/{k.num()}.html", k.region + name[1:], y) for y in range(2019, 2026)]
        k.serve(h, f"/bm/{c}/index.html", lambda c=c, name=name: k.page(name, anchors([("政府信息公开指南", "/zn.html"), ("政府信息公开年报", f"/bm/{c}/nb.html")]), nav=nav))
        k.serve(h, f"/bm/{c}/nb.html", lambda rows=rows, name=name: k.page("政府信息公开年报", ul(newest(rows)), nav=nav, crumb=f"部门信息公开 &gt; {name} &gt; 政府信息公开年报"))
    return k.portal(h.base + "/", f"{h.base}/module/nb/report.jsp?area={area}", "one page a year by a parameter, select submits a form, no list", "office under 部门信息公开 > 区政府办公室")


def huagou(k: Kit) -> Portal:
    """A tree of organs written in the page; its entries are sibling files shown in a frame."""
    h = k.host()
    nav = anchors([("首页", "/"), ("信息公开", "/gkml/index.html")])
    k.home(h, nav, k.news(h, lambda n: f"/xw_{n}.html"))
    nodes: list[dict[str, object]] = []
    names = [k.gov, k.office, *k.organs()]
    for i, organ in enumerate(names, 1):
        nodes.append({"id": i, "pId": 0, "name": organ})
        for j, part in enumerate(("公开指南", "公开目录", "机构概况", "年度报告"), 1):
            nodes.append({"id": i * 100 + j, "pId": i, "name": part, "file": f"n_{i}_{j}.html"})
            if part != "年度报告":
                k.serve(h, f"/gkml/n_{i}_{j}.html", lambda organ=organ, part=part: k.page(part, f"<p>　　{organ}{part}。</p>", foot=False))
                continue
            rows = []
            for y in range({1: 2010, 2: 2019}.get(i, 2022), 2026):
                p = f"/gkml/nr/{k.num()}.html"
                it = k.report(h, p, "whole" if i == 1 else "office", y, title=k.title("whole" if i == 1 else "office", y, "gov"), note="row without organ") if i <= 2 else k.decoy(h, p, organ, y)
                rows.append(Item(f"{y}年政府信息公开工作年度报告", it.href, it.date, it.kind, y))
            k.serve(h, f"/gkml/n_{i}_{j}.html", lambda rows=rows, organ=organ: k.page("年度报告", f"<h3>{organ}</h3>" + ul(newest(rows), href=lambda x: x.href[6:]), foot=False))
    h.put("/gkml/index.html", lambda r: html(k.page("信息公开", f"""<table><tr><td valign="top"><ul id="tree" class="ztree"></ul></td><td><iframe name="rightFrame" src="n_1_1.html" width="760" height="700"></iframe></td></tr></table>
<script>var zNodes={json.dumps(nodes, ensure_ascii=False)};
function kids(p,box){{zNodes.filter(function(n){{return n.pId==p}}).forEach(function(n){{var li=document.createElement('li'),a=document.createElement('a');a.textContent=n.name;
if(n.file){{a.href=n.file;a.target='rightFrame';li.appendChild(a)}}else{{var u=document.createElement('ul');u.style.display='none';a.href='javascript:void(0)';a.onclick=function(){{u.style.display=u.style.display=='none'?'':'none'}};li.appendChild(a);kids(n.id,u);li.appendChild(u)}}
box.appendChild(li)}})}}
kids(0,document.getElementById('tree'));</script>""", nav=nav)))
    return k.portal(h.base + "/", h.base + "/gkml/n_1_4.html", "tree of organs in the page's script (zNodes), entries are sibling files in a frame", "rows without organ, same names for every organ")


def yancha(k: Kit) -> Portal:
    """Addresses that change at every look, and a calendar without end."""
    h = k.host()
    count = itertools.count(1)

    def sess() -> str:
        return f";jsessionid={next(count) * 7919:024X}.node1"

    def t() -> str:
        return f"t={1790000000000 + next(count) * 137}"

    def nav() -> str:
        return anchors([("首页", f"/index.do{sess()}"), ("信息公开", f"/gk.do{sess()}?{t()}"), ("工作日历", f"/rl.do{sess()}?ym=2026-11")])

    pool: dict[str, Item] = {}

    def put(kind: str, y: int, title: str) -> Item:
        n = str(k.num())
        pool[n] = Item(title, n, k.date(kind, y) if y else "2026-10-08", kind, y)
        return pool[n]

    rows = []
    for kind, first in (("whole", 2008), ("office", 2018)):
        for y in range(first, 2026):
            it = put(kind, y, k.mixed(kind, y))
            rows.append(it)
            k.truth(kind, y, it.title, f"{h.base}/showinfo.do?id={it.href}", "the address carries a session and a time that change; only id matters")
    for o in k.organs()[:4]:
        for y in (2024, 2025):
            rows.append(put(o, y, f"{o}{y}年政府信息公开工作年度报告"))
            k.decoys.append(f"{h.base}/showinfo.do?id={rows[-1].href}")
    news = [put("news", 0, f"{k.region}{x}") for x in ("开展河道清淤", "举办读书月活动", "公布停水检修安排")]

    def link(it: Item) -> str:
        return f"/showinfo.do{sess()}?id={it.href}&{t()}"

    def home(r: Req) -> Resp:
        return html(k.page(k.gov, ul(news, href=link), nav=nav()))

    def gk(r: Req) -> Resp:
        return html(k.page("信息公开", anchors([("信息公开指南", f"/txt.do{sess()}?c=zn"), ("信息公开制度", f"/txt.do{sess()}?c=zd"), ("信息公开年度报告", f"/nb.do{sess()}?p=1&{t()}")]), nav=nav()))

    def lst(r: Req) -> Resp:
        pages = chunks(newest(rows), 12)
        p = min(max(int(r.query.get("p") or 1), 1), len(pages))
        pager = " ".join(f'<a href="/nb.do{sess()}?p={i}&amp;{t()}">{i}</a>' for i in range(1, len(pages) + 1))
        return html(k.page("信息公开年度报告", ul(pages[p - 1], href=link) + f"<p>共{len(rows)}条 第{p}页 {pager}</p>", nav=nav(), column="信息公开年度报告"))

    def show(r: Req) -> Resp:
        it = pool.get(r.query.get("id", ""))
        if not it:
            return html("信息不存在", 404)
        text = "<p>详情以现场公告为准。</p>" if it.kind == "news" else k.body(it.kind, it.year) if it.kind in ("whole", "office") else k.body("dept", it.year, it.kind)
        return html(k.page(it.title, f"<h1>{it.title}</h1><p>{it.date}</p><div>{text}</div>", nav=nav(), kind="article", date=it.date))

    def cal(r: Req) -> Resp:
        y, m = (int(x) for x in (r.query.get("ym") or "2026-11").split("-"))
        prev, nxt = (y - (m == 1), (m - 2) % 12 + 1), (y + (m == 12), m % 12 + 1)
        days = " ".join(f'<a href="/rl.do{sess()}?ym={y}-{m:02d}&amp;d={d}">{d}</a>' for d in range(1, 29))
        return html(k.page("工作日历", f'<a href="/rl.do{sess()}?ym={prev[0]}-{prev[1]:02d}">上月</a> {y}年{m}月 <a href="/rl.do{sess()}?ym={nxt[0]}-{nxt[1]:02d}">下月</a><p>{days}</p>', nav=nav()))

    def text(r: Req) -> Resp:
        name = {"zn": "信息公开指南", "zd": "信息公开制度"}.get(r.query.get("c", ""), "信息")
        return html(k.page(name, f"<p>　　{k.gov}{name}。</p>", nav=nav()))

    for path, fn in (("/", home), ("/index.do", home), ("/gk.do", gk), ("/nb.do", lst), ("/showinfo.do", show), ("/rl.do", cal), ("/txt.do", text)):
        h.put(path, fn)
        if path != "/":
            h.prefixes.append((path + ";", fn))
    return k.portal(h.base + "/", h.base + "/nb.do?p=1", "session ids and times in every address, new at each look", "a calendar without end", "titles name the organ, addresses nothing")


def yuanzhi(k: Kit) -> Portal:
    """A weak server: an empty first answer, 502 once, 503 once, slow pages, soft 404."""
    h = k.host()
    seen: dict[str, int] = {}

    def weak(path: str, fault: Resp, real: Resp) -> None:
        def route(r: Req) -> Resp:
            seen[path] = seen.get(path, 0) + 1
            return fault if seen[path] == 1 else real
        h.put(path, route)

    h.missing = lambda r: html(k.page("提示", "<p>抱歉,您访问的页面不存在或已被删除。</p>", nav=nav))
    h.put("/robots.txt", html("Not Found", 404))
    nav = anchors([("首页", "/"), ("政务公开", "/zwgk/"), ("留言", "/ly/")])
    k.home(h, nav, k.news(h, lambda n: f"/xw/{n}.html"))
    k.texts(h, {"/ly/": "留言", "/zwgk/zn/": "政府信息公开指南", "/zwgk/zd/": "政府信息公开制度"}, nav)
    menu = anchors([("政府信息公开指南", "/zwgk/zn/"), ("政府信息公开制度", "/zwgk/zd/"), ("政府信息公开年报", "/zwgk/nianbao/")])
    h.put("/zwgk/", lambda r: Resp(k.page("政务公开", menu, nav=nav).encode(), delay=3.0))
    rows = [k.report(h, f"/zwgk/nianbao/{k.num()}.html", "whole", y) for y in range(2010, 2026)] + [k.report(h, f"/zwgk/nianbao/{k.num()}.html", "office", y) for y in range(2022, 2026)]
    for y in (2024, 2025):
        rows.append(Item(f"沅芷县档案馆{y}年政府信息公开工作年度报告", f"/zwgk/nianbao/{k.num()}.html", f"{y + 1}-01-15", "decoy", y))
        k.decoys.append(h.base + rows[-1].href)
    pages = chunks(newest(rows), 8)
    for i, part in enumerate(pages):
        nxt = f'<a href="index_{i + 1}.html">下一页</a>' if i + 1 < len(pages) else ""
        real = html(k.page("政府信息公开年报", ul(part) + f"<p>共{len(rows)}条 {nxt}</p>", nav=nav, column="政府信息公开年报"))
        if i == 0:
            weak("/zwgk/nianbao/", Resp(b""), real)
        elif i == 1:
            weak("/zwgk/nianbao/index_1.html", html("<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>", 502), real)
        else:
            h.put(f"/zwgk/nianbao/index_{i}.html", real)
    for it in rows[3:6]:
        path, inner = it.href, h.routes[it.href]
        seen[path] = 0

        def route(r: Req, path: str = path, inner: object = inner) -> Resp:
            seen[path] += 1
            return html("busy", 503, Retry_After="2") if seen[path] == 1 else inner(r)  # type: ignore[operator]
        h.put(path, route)
    return k.portal(h.base + "/", h.base + "/zwgk/nianbao/", "first answer of the column is empty", "502 once on the second page, 503 once on three articles", "3 s for the landing page", "two departments' rows lead to a soft 404")


def jishan(k: Kit) -> Portal:
    """WebForms: pages only by posting the view state back."""
    h = k.host()
    nav = anchors([("首页", "/Default.aspx"), ("政务公开", "/Gk.aspx"), ("服务", "/Fw.aspx")])
    news = k.news(h, lambda n: f"/News{n}.aspx")
    k.home(h, nav, news)
    k.home(h, nav, news, path="/Default.aspx")
    k.texts(h, {"/Fw.aspx": "服务", "/Zn.aspx": "政府信息公开指南"}, nav)
    k.serve(h, "/Gk.aspx", lambda: k.page("政务公开", anchors([("政府信息公开指南", "/Zn.aspx"), ("政府信息公开年度报告", "/List_zlm.aspx?lmid=2820")]), nav=nav))
    rows: list[Item] = []
    pool: dict[str, Item] = {}

    def put(kind: str, y: int, t: str) -> str:
        n = str(k.num())
        it = Item(t, f"Show.aspx?id={n}", k.date(kind, y), kind, y)
        pool[n] = it
        rows.append(it)
        return f"{h.base}/Show.aspx?id={n}"

    for kind, first in (("whole", 2008), ("office", 2019)):
        for y in range(first, 2026):
            t = k.mixed(kind, y)
            k.truth(kind, y, t, put(kind, y, t), "beyond page 1 only by a posted view state")
    for o in k.organs()[:8]:
        for y in (2023, 2024, 2025):
            k.decoys.append(put(o, y, f"{o}{y}年政府信息公开工作年度报告"))
    salt = k.hex(12)
    pages = chunks(newest(rows), 10)

    def state(p: int) -> str:
        return base64.b64encode(f"{salt}|{p}".encode()).decode()

    def lst(r: Req) -> Resp:
        if r.query.get("lmid") != "2820":
            return html("栏目不存在", 404)
        p = 1
        if r.method == "POST":
            f = r.form
            known = {state(i) for i in range(1, len(pages) + 1)}
            if f.get("__VIEWSTATE") not in known or f.get("__EVENTVALIDATION") != salt or f.get("__EVENTTARGET") != "ctl00$main$Pager":
                return html("<html><body>Validation of viewstate MAC failed.</body></html>", 500)
            p = int(f.get("__EVENTARGUMENT") or 1)
        if not 1 <= p <= len(pages):
            return html("<html><body>error</body></html>", 500)
        pager = " ".join(f"<span>{i}</span>" if i == p else f"<a href=\"javascript:__doPostBack('ctl00$main$Pager','{i}')\">{i}</a>" for i in range(1, len(pages) + 1))
        return html(k.page("政府信息公开年度报告", f"""<form method="post" action="List_zlm.aspx?lmid=2820" id="aspnetForm"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="">
<input type="hidden" name="__VIEWSTATE" value="{state(p)}"><input type="hidden" name="__EVENTVALIDATION" value="{salt}"><script>function __doPostBack(t,a){{var f=document.getElementById('aspnetForm');f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}}</script>
{ul(pages[p - 1])}<div id="Pager">共{len(rows)}条/{len(pages)}页 {pager}</div></form>""", nav=nav, column="政府信息公开年度报告"))

    def show(r: Req) -> Resp:
        it = pool.get(r.query.get("id", ""))
        if not it:
            return html("没有该信息", 404)
        text = k.body(it.kind, it.year) if it.kind in ("whole", "office") else k.body("dept", it.year, it.kind)
        return html(k.page(it.title, f"<h1>{it.title}</h1><p>{it.date}</p><div id=zoom>{text}</div>", nav=nav, kind="article", date=it.date))

    h.put("/List_zlm.aspx", lst)
    h.put("/Show.aspx", show)
    return k.portal(h.base + "/", h.base + "/List_zlm.aspx?lmid=2820", "nasty: __doPostBack pager, one address for all pages, view state checked", "all organs in one list")


def pinglu(k: Kit) -> Portal:
    """An XML store inside a script element, painted by the page; later groups by a proxy."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政务公开", "/col/col3301/index.html")])
    k.home(h, nav, k.news(h, lambda n: f"/art/2026/11/2/art_3290_{n}.html"))
    k.texts(h, {"/col/col3302/index.html": "政府信息公开指南", "/col/col3303/index.html": "政府信息公开制度"}, nav)
    k.serve(h, "/col/col3301/index.html", lambda: k.page("政务公开", anchors([("政府信息公开指南", "/col/col3302/index.html"), ("政府信息公开制度", "/col/col3303/index.html"), ("政府信息公开年报", "/col/col3308/index.html")]), nav=nav))

    def art(y: int) -> str:
        return f"/art/{y + 1}/{k.rng.randint(1, 3)}/{k.rng.randint(1, 28)}/art_3308_{k.num()}.html"

    rows = [k.report(h, art(y), "whole", y) for y in range(2008, 2026)] + [k.report(h, art(y), "office", y) for y in range(2019, 2026)] + [k.decoy(h, art(y), o, y) for o in k.organs()[:5] for y in (2023, 2024, 2025)]
    rows = newest(rows)

    def store(start: int, end: int, group: int) -> str:
        recs = "".join(f'<record><![CDATA[<li><a href="{x.href}" title="{x.title}" target="_blank">{x.title}</a><span>{x.date}</span></li>]]></record>' for x in rows[start - 1:end])
        nxt = f'<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page={group + 1}&columnid=3308&unitid=7746&webid=1"></a>]]></nextgroup>' if end < len(rows) else ""
        return f"<datastore>{nxt}<recordset>{recs}</recordset></datastore>"

    def proxy(r: Req) -> Resp:
        f = {**r.query, **r.form}
        if f.get("columnid") != "3308" or f.get("unitid") != "7746":
            return Resp(b"<datastore><recordset></recordset></datastore>", ctype="text/xml; charset=utf-8")
        if "startrecord" in f:
            text = store(int(f["startrecord"]), min(int(f.get("endrecord", "0")), int(f["startrecord"]) + 29), 9)
        else:
            p = int(f.get("page", "1"))
            text = store((p - 1) * 15 + 1, min(p * 15, len(rows)), p)
        return Resp(('<?xml version="1.0" encoding="UTF-8"?>' + text).encode(), ctype="text/xml; charset=utf-8")

    h.put("/module/web/jpage/dataproxy.jsp", proxy)
    h.put("/script/jpage.js", js("""var per=5,have={};
function parse(s,from){var re=/<record><!\\[CDATA\\[([\\s\\S]*?)\\]\\]><\\/record>/g,m,i=from;while((m=re.exec(s)))have[i++]=m[1];}
function paint(p){var s='';for(var i=(p-1)*per+1;i<=Math.min(p*per,total);i++)s+=have[i]||'';document.getElementById('u7746').innerHTML='<ul>'+s+'</ul>';
var n=Math.ceil(total/per);document.getElementById('g7746').innerHTML='共'+total+'条 '+p+'/'+n+(p<n?' <a href="javascript:void(0)" onclick="go('+(p+1)+')">下一页</a>':'')+(p>1?' <a href="javascript:void(0)" onclick="go('+(p-1)+')">上一页</a>':'');}
function go(p){var a=(p-1)*per+1;if(have[a]){paint(p);return}var x=new XMLHttpRequest();x.open('POST','/module/web/jpage/dataproxy.jsp?startrecord='+a+'&endrecord='+Math.min(a+14,total)+'&perpage='+per);
x.setRequestHeader('Content-Type','application/x-www-form-urlencoded');x.onload=function(){parse(x.responseText,a);paint(p)};x.send('col=1&appid=1&webid=1&path=/&columnid=3308&sourceContentType=1&unitid=7746&permissiontype=0');}
parse(document.getElementById('s7746').textContent,1);paint(1);"""))
    k.serve(h, "/col/col3308/index.html", lambda: k.page("政府信息公开年报", f'<div id="u7746"></div><div id="g7746"></div><script type="text/xml" id="s7746">{store(1, 15, 1)}</script><script>var total={len(rows)};</script><script src="/script/jpage.js"></script>',
            nav=nav, crumb="首页 &gt; 政务公开 &gt; 政府信息公开年报", column="政府信息公开年报"))
    return k.portal(h.base + "/", h.base + "/col/col3308/index.html", "rows in an XML store inside a script element", "later groups by a proxy (nextgroup, startrecord)", "art_<column>_<id> addresses")


def meichuan(k: Kit) -> Portal:
    """A hash-routed application; requests are signed by its own script and answers are wrapped."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政府信息公开", "/web/#/open/zn"), ("资讯", "/zx.html")])
    news = k.news(h, lambda n: f"/zx/{n}.html")
    k.home(h, nav, news)
    k.serve(h, "/zx.html", lambda: k.page("资讯", ul(news), nav=nav))
    key = k.rng.randint(10**5, 10**6)
    channel: dict[str, list[dict[str, str]]] = {"zn": [], "zd": [], "nb": [], "bmnb": []}
    pool: dict[str, tuple[str, str, str, int, str]] = {}

    def put(c: str, kind: str, y: int, title: str, organ: str = "") -> str:
        n = k.hex(24)
        date = k.date(kind, y)
        pool[n] = (title, date, kind, y, organ)
        channel[c].append({"id": n, "title": title, "date": date, "type": "normal", "url": ""})
        return f"{h.base}/web/#/detail/{n}"

    put("zn", "text", 2024, "政府信息公开指南")
    put("zd", "text", 2024, "政府信息公开制度")
    for y in range(2009, 2026):
        t = k.mixed("whole", y)
        if y < 2014:
            it = k.report(h, f"/old/{y}/{k.num()}.html", "whole", y, title=t, note="row of an application that jumps to a static page")
            channel["nb"].append({"id": k.hex(24), "title": t, "date": it.date, "type": "url", "url": it.href})
        else:
            k.truth("whole", y, t, put("nb", "whole", y, t), "hash route")
    for y in range(2019, 2026):
        t = k.mixed("office", y)
        k.truth("office", y, t, put("nb", "office", y, t), "hash route")
    for o in k.organs(False):
        for y in (2024, 2025):
            k.decoys.append(put("bmnb", "dept", y, f"{o}{y}年政府信息公开工作年度报告", o))
    for rows in channel.values():
        rows.sort(key=lambda x: x["date"], reverse=True)

    def sign(text: str) -> str:
        n = key
        for c in text.encode():
            n = ((n ^ c) * 16777619) & 0xFFFFFFFF
        return f"{n:08x}"

    def gateway(r: Req) -> Resp:
        stamp = r.headers.get("portal-stamp", "")
        if r.method != "POST" or r.headers.get("portal-sign") != sign(stamp + r.body.decode("utf-8", "replace")):
            return as_json({"code": 403, "msg": "签名错误"}, 403)
        want = json.loads(r.body)
        if want.get("act") == "list":
            rows, p = channel.get(want.get("ch"), []), int(want.get("page", 1))
            data: object = {"total": len(rows), "rows": rows[(p - 1) * 10:p * 10]}
        else:
            title, date, kind, y, organ = pool.get(want.get("id"), ("信息不存在", "", "text", 0, ""))
            data = {"title": title, "date": date, "html": f"<p>{title}</p>" if kind == "text" else k.body(kind, y, organ)}
        wrapped = base64.b64encode(json.dumps(data).encode()).decode()[::-1]
        return as_json({"code": 0, "data": wrapped})

    h.put("/gw/query", gateway)
    h.put("/web/app.js", js("""(function(){var K=%d,box=document.getElementById('app');
function sg(s){var n=K>>>0,i;for(i=0;i<s.length;i++){n=Math.imul(n^s.charCodeAt(i),16777619)>>>0}return('0000000'+n.toString(16)).slice(-8)}
function ask(o){var b=JSON.stringify(o),t=''+Date.now();return fetch('/gw/query',{method:'POST',headers:{'Content-Type':'application/json','portal-stamp':t,'portal-sign':sg(t+b)},body:b}).then(function(r){return r.json()}).then(function(d){return JSON.parse(atob(d.data.split('').reverse().join('')))})}
var names={zn:'政府信息公开指南',zd:'政府信息公开制度',nb:'政府信息公开年报',bmnb:'部门年报'};
function menu(){var s='';for(var c in names)s+='<li><a href="#/open/'+c+'">'+names[c]+'</a></li>';return '<ul class="menu">'+s+'</ul>'}
function list(c,p){ask({act:'list',ch:c,page:p}).then(function(d){var s='';d.rows.forEach(function(x){s+='<li><a href="'+(x.type=='url'?x.url:'#/detail/'+x.id)+'">'+x.title+'</a> '+x.date+'</li>'});
var n=Math.max(1,Math.ceil(d.total/10));box.innerHTML=menu()+'<h3>'+names[c]+'</h3><ul>'+s+'</ul><p>共'+d.total+'条 '+p+'/'+n+' <button id="prev">上一页</button><button id="next">下一页</button></p>';
document.getElementById('prev').disabled=p<=1;document.getElementById('next').disabled=p>=n;document.getElementById('prev').onclick=function(){list(c,p-1)};document.getElementById('next').onclick=function(){list(c,p+1)};})}
function detail(id){ask({act:'get',id:id}).then(function(d){document.title=d.title;box.innerHTML=menu()+'<h1>'+d.title+'</h1><p>'+d.date+'</p><div>'+d.html+'</div>'})}
function route(){var m=location.hash.match(/^#\\/(open|detail)\\/(\\w+)/);if(!m)list('zn',1);else if(m[1]=='open')list(names[m[2]]?m[2]:'zn',1);else detail(m[2])}
window.addEventListener('hashchange',route);route();})();""" % key))
    h.put("/web/", lambda r: html(f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{k.gov}政府信息公开平台</title></head><body><div id="app"></div><script src="app.js"></script></body></html>'))
    return k.portal(h.base + "/", h.base + "/web/#/open/nb", "nasty: hash-routed application", "requests signed by the page's own script, answers wrapped", "pages by buttons", "older rows jump to static pages")


def quzhu(k: Kit) -> Portal:
    """A gate that answers 412 until its script has set a cookie; behind it an ordinary site with tabs of years."""
    h = k.host()
    n = k.rng.randint(1000, 9999)
    token = str((n * 7 + 13) ^ 911)

    def gate(r: Req) -> Resp | None:
        if r.path == "/robots.txt" or r.cookies.get("__gate_s") == token:
            return None
        return html(f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta id="9DhefwqGPrzGxEp9hPaoag" content="{k.code * 30}"></head><body><script>(function(){{var n={n};document.cookie="__gate_s="+((n*7+13)^911)+";path=/";location.reload();}})();</script></body></html>', 412)

    h.gates.append(gate)
    nav = anchors([("首页", "/"), ("信息公开", "/gk/"), ("便民", "/bm/")])
    k.home(h, nav, k.news(h, lambda i: f"/x/{i}.html"))
    k.texts(h, {"/bm/": "便民", "/gk/zn/": "政府信息公开指南", "/gk/zd/": "政府信息公开制度"}, nav)
    k.serve(h, "/gk/", lambda: k.page("信息公开", anchors([("政府信息公开指南", "/gk/zn/"), ("政府信息公开制度", "/gk/zd/"), ("政府信息公开年报", "/gk/nb/")]), nav=nav))
    years = list(range(2025, 2014, -1))
    tabs = "".join(f'<span class="tab" data-y="{y}" style="cursor:pointer">{y}年</span> ' for y in years)
    for y in years:
        rows = [k.report(h, f"/gk/nb/{y}/{k.num()}.html", "whole", y)]
        if y >= 2020:
            rows.append(k.report(h, f"/gk/nb/{y}/{k.num()}.html", "office", y))
            rows.append(k.decoy(h, f"/gk/nb/{y}/{k.num()}.html", "曲渚县审计局", y))
        k.serve(h, f"/gk/nb/frag_{y}.html", lambda rows=rows: ul(rows))
    k.serve(h, "/gk/nb/", lambda: k.page("政府信息公开年报", f"""<div id="tabs">{tabs}</div><div id="con"></div><script>
function open_(y){{fetch('/gk/nb/frag_'+y+'.html').then(function(r){{return r.text()}}).then(function(t){{document.getElementById('con').innerHTML=t}})}}
document.querySelectorAll('.tab').forEach(function(e){{e.onclick=function(){{open_(e.getAttribute('data-y'))}}}});open_(2025);</script>""", nav=nav, column="政府信息公开年报"))
    return k.portal(h.base + "/", h.base + "/gk/nb/", "nasty: 412 until a script has set a cookie (a browser passes by itself)", "tabs of years, each a fragment fetched on click")


def lancha(k: Kit) -> Portal:
    """One address for everything: the organ and the menu entry are parameters set by a script."""
    h = k.host()
    nav = anchors([("首页", "/"), ("政务公开", "/openInfo.action?depCode=L01"), ("互动交流", "/hd.action")])
    k.home(h, nav, k.news(h, lambda n: f"/n{n}.action"))
    k.texts(h, {"/hd.action": "互动交流"}, nav)
    organs = {"L01": (k.gov, "whole", 2011), "L02": (k.office, "office", 2019), "L07": ("澜汊县交通运输局", "decoy", 2021), "L09": ("澜汊县柳湾镇人民政府", "decoy", 2022)}
    cats = {"201": "公开指南", "207": "公开制度", "212": "公开目录", "219": "年度报告"}
    pool: dict[str, Item] = {}
    rows: dict[str, list[Item]] = {}
    for dep, (name, kind, first) in organs.items():
        rows[dep] = []
        for y in range(first, 2026):
            n = str(k.num())
            t = f"{y}年度政府信息公开工作年度报告" if kind == "whole" else f"{name}{y}年政府信息公开工作年度报告"
            it = Item(t, n, k.date(kind, y), dep, y)
            pool[n] = it
            rows[dep].append(it)
            url = f"{h.base}/newsInfo.action?newsId={n}"
            if kind == "decoy":
                k.decoys.append(url)
            else:
                k.truth(kind, y, t, url, "title without an organ" if kind == "whole" else "")

    def info(r: Req) -> Resp:
        dep, cat, p = r.query.get("depCode", "L01"), r.query.get("menuCat", "201"), int(r.query.get("pageNo") or 1)
        if dep not in organs:
            return html("no such organ", 404)
        name = organs[dep][0]
        options = "".join(f'<option value="{c}"{" selected" if c == dep else ""}>{n}</option>' for c, (n, _, _) in organs.items())
        menu = "".join(f'<li><a href="javascript:toMenu(\'{c}\')">{t}</a></li>' for c, t in cats.items())
        if cat == "219":
            pages = chunks(newest(rows[dep]), 8)
            lis = ul(pages[min(p, len(pages)) - 1], href=lambda it: f"newsInfo.action?newsId={it.href}")
            pager = "".join(f' <a href="javascript:toPage({i})">{i}</a>' for i in range(1, len(pages) + 1))
            body = f"<h3>{name} 年度报告</h3>{lis}<p>共{len(rows[dep])}条{pager}</p>"
        else:
            body = f"<h3>{name} {cats.get(cat, '')}</h3><p>　　{name}{cats.get(cat, '')}。</p>"
        return html(k.page("政务公开", f"""<form id="q" action="openInfo.action" method="get"><select name="depCode" onchange="toMenu('201')">{options}</select><input type="hidden" name="menuCat" value="{cat}"><input type="hidden" name="pageNo" value="1"></form>
<ul>{menu}</ul>{body}<script>var q=document.getElementById('q');function toMenu(c){{q.menuCat.value=c;q.submit()}}function toPage(p){{q.pageNo.value=p;q.submit()}}</script>""", nav=nav))

    def show(r: Req) -> Resp:
        it = pool.get(r.query.get("newsId", ""))
        if not it:
            return html("no such page", 404)
        name, kind, _ = organs[it.kind]
        text = k.body("dept", it.year, name) if kind == "decoy" else k.body(kind, it.year)
        return html(k.page(it.title, f"<h1>{it.title}</h1><p>{it.date}　{name}</p><div id=zoom>{text}</div>", nav=nav, kind="article", date=it.date))

    h.put("/openInfo.action", info)
    h.put("/newsInfo.action", show)
    return k.portal(h.base + "/", h.base + "/openInfo.action?depCode=L01&menuCat=219", "guide, catalogue and annual report under one address, parameters set by a script and a form", "organs by a select", "the government's rows name no organ")


DYNAMIC = {"yuncen": yuncen, "yanchi": yanchi, "luting": luting, "wuling": wuling, "jianbei": jianbei, "huagou": huagou, "yancha": yancha, "yuanzhi": yuanzhi, "jishan": jishan, "pinglu": pinglu,
           "meichuan": meichuan, "quzhu": quzhu, "lancha": lancha}

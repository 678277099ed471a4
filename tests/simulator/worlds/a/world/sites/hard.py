"""Really nasty portals: every list behind selects of an app, addresses that never repeat, faults, a challenge with signed calls."""

from __future__ import annotations

import base64
import itertools
import json
import re
import threading
import time
from datetime import date, timedelta

from ..kit import by_date, chunks, hash_int, links, ul
from ..model import Portal
from ..server import Net, Req, Resp
from .common import five, folder, json_resp, left, place, rows_of, start, stub, t_path


def wubai(net: Net, seed: int) -> Portal:
    """12 A hash-routed app; organ and year must both be chosen."""
    site, h = start(net, seed, place("990527", "武柏区", prefecture="川口市"), 2)
    site.nav = [("首页", "/"), ("政府信息公开", "/web/#/open"), stub(site, h, "/fw.html", "服务")]
    whole, off, rest = site.series("whole", range(2014, 2026)), site.series("office", range(2019, 2026)), site.others(6, 4, range(2019, 2026))
    for item in [*whole, *off, *rest]:
        site.put(item, h, f"/doc/{item.year}/{site.hex(12)}.html")
    groups = {"qzf": ("区政府", whole), "bgs": ("区政府办公室", off), "bm": ("区直部门", [i for i in rest if i.kind == "department"]), "zj": ("镇街", [i for i in rest if i.kind == "township"])}
    site.home(h, news=site.news(h, lambda i: f"/xw/{i}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i}.html"))
    h.add("/web/api/organs", lambda req: json_resp([{"code": k, "name": n} for k, (n, _) in groups.items()]))
    h.add("/web/api/years", lambda req: json_resp(sorted({i.year for i in groups.get(req.q("organ"), ("", []))[1]}, reverse=True)))
    h.add("/web/api/nb", lambda req: json_resp({"rows": [{"title": i.title, "path": site.path[i], "date": i.date} for i in groups.get(req.q("organ"), ("", []))[1] if str(i.year) == req.q("year")]}))
    app = """(function(){var app=document.getElementById('app');function get(u,f){fetch('/web/api/'+u).then(function(r){return r.json();}).then(f);}
var words={'/open/zn':'指南：请按目录查找。','/open/zd':'制度：先审查后公开。','/open/fd':'法定主动公开内容：按类排列。'};
function menu(){return '<ul><li><a href="#/open/zn">政府信息公开指南</a></li><li><a href="#/open/zd">政府信息公开制度</a></li><li><a href="#/open/fd">法定主动公开内容</a></li><li><a href="#/open/nb">政府信息公开年报</a></li></ul>';}
function nb(){app.innerHTML=menu()+'<h3>政府信息公开年报</h3>机关 <select id="o"></select> 年份 <select id="y"></select><ul id="rows"></ul>';
var o=document.getElementById('o'),y=document.getElementById('y'),rows=document.getElementById('rows');
function list(){get('nb?organ='+o.value+'&year='+y.value,function(d){rows.innerHTML=d.rows.map(function(r){return '<li><a target="_blank" href="'+r.path+'">'+r.title+'</a> '+r.date+'</li>';}).join('');});}
function years(){get('years?organ='+o.value,function(d){y.innerHTML=d.map(function(v){return '<option value="'+v+'">'+v+'年</option>';}).join('');list();});}
o.onchange=years;y.onchange=list;get('organs',function(d){o.innerHTML=d.map(function(v){return '<option value="'+v.code+'">'+v.name+'</option>';}).join('');years();});}
function route(){var p=location.hash.slice(1)||'/open';if(p=='/open/nb')nb();else app.innerHTML=menu()+'<p>'+(words[p]||'请选择栏目。')+'</p>';}
window.onhashchange=route;route();})();"""
    h.add("/web/app.js", app)
    h.add("/web/", "<!DOCTYPE html><html><head><meta charset='utf-8'><title>武柏区政府信息公开</title></head><body><div id='app'></div><script src='/web/app.js'></script></body></html>")
    return site.done("散列路由应用，空壳页", "机关、年份两个下拉都要选，各由接口填", nasty=True, columns=[h.url("/web/#/open/nb")])


def shaxi(net: Net, seed: int) -> Portal:
    """24 Every link carries a new session id or time stamp; an endless calendar; a link loop."""
    site, h = start(net, seed, place("990528", "沙溪县", prefecture="川口市"), 1)
    ticks = itertools.count(1)
    site.nav = [("首页", "/"), ("政务公开", "/zwgk/index.html"), ("部门", "/bm/index.html"), ("日历", "/calendar?date=2026-11-30")]
    items = by_date([*site.series("whole", range(2012, 2026)), *site.series("office", range(2019, 2026)), *site.others(5, 5, range(2021, 2026))])
    for item in items:
        site.put(item, h, f"/zwgk/nb/{site.nid()}.html", note="地址带 ;jsessionid= 与 t=，去掉后比较")
    site.home(h, news=site.news(h, lambda i: f"/xw/{i}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i}.html"))
    menu = left([*five(site, h, "/zwgk/", ".html"), ("政府信息公开年报", "/zwgk/nb/index.html")])
    h.add("/zwgk/index.html", site.page(h, "政务公开", menu + links([("部门信息公开", "/bm/index.html")])))
    h.add("/bm/index.html", site.page(h, "部门信息公开", links([("政务公开", "/zwgk/index.html"), ("政府信息公开", "/zwgk/index.html?from=bm")])))
    pages = chunks(rows_of(site, items), 15)
    for n, part in enumerate(pages, 1):
        nums = "".join(f"<a href='/zwgk/nb/index{'' if k == 1 else f'_{k}'}.html'>{k}</a> " for k in range(1, len(pages) + 1))
        nxt = f"<a href='/zwgk/nb/index_{n + 1}.html'>下一页</a>" if n < len(pages) else ""
        h.add(f"/zwgk/nb/index{'' if n == 1 else f'_{n}'}.html", site.page(h, "政府信息公开年报", menu + ul(part) + f"<div>{nums}{nxt} 共{len(items)}条</div>"))

    def calendar(req: Req) -> Resp:
        try:
            day = date.fromisoformat(req.q("date", "2026-11-30"))
            day.replace(year=day.year - 1), day.replace(year=day.year + 1)
        except ValueError:
            day = date(2026, 11, 30)
        around = [(str(day + timedelta(k)), f"/calendar?date={day + timedelta(k)}") for k in (-31, -7, -1, 1, 7, 31)]
        return h.html(site.page(h, f"信息日历 {day}", "<p>当日无信息公开年报等更新</p>" + links(around)))

    h.add("/calendar", calendar)

    def stamp(req: Req, resp: Resp) -> Resp:
        if not resp.ctype.startswith("text/html"):
            return resp

        def one(match: re.Match[bytes]) -> bytes:
            k = next(ticks)
            quote, url = match.group(1), match.group(2)
            path, q, query = url.partition(b"?")
            if k % 2:
                return b"href=" + quote + path + f";jsessionid={hash_int(f'{seed}/{k}'):08X}{k:06X}".encode() + q + query + quote
            return b"href=" + quote + url + (b"&" if q else b"?") + f"t={1790000000000 + k * 37}".encode() + quote

        return Resp(re.sub(rb"href=([\"'])(/[^\"']*)\1", one, resp.body), resp.status, resp.ctype, resp.headers)

    h.after.append(stamp)
    return site.done("链接每次都带新的 ;jsessionid= 或 ?t=", "无尽日历", "政务公开与部门互相指", nasty=True, why="比较地址前去掉 ;jsessionid 与 t（world.canonical）", columns=[h.url("/zwgk/nb/index.html")])


def wuchuan(net: Net, seed: int) -> Portal:
    """26 Faults that pass: empty first answers, one 502, slow home, soft 404 for all unknown paths and robots.txt."""
    site, h = start(net, seed, place("990529", "雾川县", prefecture="川口市"), 0)
    site.nav = [("首页", "/"), ("政务公开", "/zwgk/"), stub(site, h, "/fw/", "服务")]
    items = by_date([*site.series("whole", range(2010, 2026)), *site.series("office", range(2019, 2026)), *site.others(4, 4, range(2022, 2026))])
    base = "/zwgk/zfxxgk/xxgknb/"
    for item in items:
        site.put(item, h, base + t_path(item, site.nid()))
    dead = (f"雾川县人民政府2011年政府信息公开工作年度报告", base + "201203/t20120320_111.html", "2012-03-20")
    site.home(h, news=site.news(h, lambda i: f"/xw/{i}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i}.html"))
    menu = left([*five(site, h, "/zwgk/zfxxgk/"), ("政府信息公开年报", base)])
    folder(h, "/zwgk/", site.page(h, "政务公开", links([("政府信息公开", "zfxxgk/")])))
    folder(h, "/zwgk/zfxxgk/", site.page(h, "政府信息公开", menu))
    listed = rows_of(site, items)
    listed.insert(len(listed) - 1, dead)
    pages = chunks(listed, 16)
    for n, part in enumerate(pages):
        nxt = f"<a href='index_{n + 1}.html'>下一页</a>" if n + 1 < len(pages) else ""
        html = site.page(h, "政府信息公开年报", menu + ul(part) + f"<div>第{n + 1}页 共{len(pages)}页 {nxt}</div>")
        if n == 0:
            folder(h, base, html)
        else:
            h.add(f"{base}index_{n}.html", html)
    h.missing = lambda req: h.html(site.page(h, "提示", "<p>抱歉，您访问的页面不存在或已被删除！</p><a href='/'>返回首页</a>"))
    seen: set[str] = set()
    lock = threading.Lock()

    def fault(req: Req) -> Resp | None:
        with lock:
            first = req.path not in seen
            seen.add(req.path)
        if req.path == "/":
            time.sleep(2.5 if first else 0)
            return None
        if not first or req.path not in h.routes:
            return None
        if req.path == base + "index_1.html":
            return Resp(b"<html><body><center><h1>502 Bad Gateway</h1></center></body></html>", 502, "text/html")
        if req.path == base or hash_int(req.path) % 5 == 0:
            return Resp(b"", 200, "text/html; charset=utf-8")
        if hash_int(req.path) % 11 == 0:
            return Resp(b"Service Unavailable", 503, "text/plain", (("Retry-After", "2"),))
        return None

    h.before.append(fault)
    site.portal.decoys.append(h.url(dead[1]))
    return site.done("首次回答为空（栏目页和五分之一的页）", "第 2 页 502 一次，个别 503 一次", "首页慢 2.5 秒", "任何未知地址（robots.txt 亦然）回 200 的“页面不存在”", "列表里 2011 年有一条旧死链，另有一条好的",
                     nasty=True, columns=[h.url(base)])


def zhakou(net: Net, seed: int) -> Portal:
    """30 A set-cookie-and-reload challenge before everything; the list by signed calls with encoded bodies."""
    site, h = start(net, seed, place("990530", "闸口县", prefecture="川口市"), 3)
    site.nav = [("首页", "/"), ("信息公开", "/xxgk/index.html"), stub(site, h, "/fw/index.html", "服务")]
    items = by_date([*site.series("whole", range(2011, 2026)), *site.series("office", range(2019, 2026)), *site.others(5, 5, range(2022, 2026))])
    for item in items:
        site.put(item, h, f"/xxgk/doc/{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/xw/{i}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i}.html"))
    menu = left([*five(site, h, "/xxgk/", ".html"), ("公开年报", "/xxgk/nb.html")])
    h.add("/xxgk/index.html", site.page(h, "信息公开", menu))
    token = f"{hash_int(site.seed):08x}"
    codes = ",".join(str(ord(ch) + 7) for ch in token)
    stubpage = (f"<html><head><meta id='x9' content='{'q' * 300}'></head><body><script>var c=[{codes}],s='';for(var i=0;i<c.length;i++)s+=String.fromCharCode(c[i]-7);"
                "document.cookie='zk_clear='+s+';path=/';location.reload();</script></body></html>")

    def gate(req: Req) -> Resp | None:
        if req.path in ("/robots.txt", "/favicon.ico") or req.cookie("zk_clear") == token:
            return None
        return Resp(stubpage.encode(), 412, "text/html; charset=utf-8", (("Cache-Control", "no-store"),))

    h.before.append(gate)
    size = 10

    def sign(stamp: str, page: str) -> str:
        value = 5381
        for ch in f"{stamp}|{page}|zk":
            value = (value * 33 + ord(ch)) % 4294967296
        return f"{stamp}-{value:x}"

    def api(req: Req) -> Resp:
        page = req.form("page", "1")
        given = req.headers.get("portal-sign", "")
        if req.method != "POST" or sign(given.split("-")[0], page) != given:
            return json_resp({"code": 4001, "msg": "签名错误"}, 403)
        n = int(page) if page.isdigit() else 1
        rows = [{"bt": i.title, "dz": site.path[i], "rq": i.date} for i in items[(n - 1) * size:n * size]]
        text = json.dumps({"total": len(items), "rows": rows}, ensure_ascii=False).encode()
        return json_resp({"code": 0, "data": base64.b64encode(text).decode()[::-1]})

    h.add("/xxgk/api/nb/list", api)
    script = """<ul id="nb"></ul><div id="pg"></div><script>(function(){function sg(t,p){var v=5381,s=t+'|'+p+'|zk';for(var i=0;i<s.length;i++)v=(v*33+s.charCodeAt(i))%%4294967296;return t+'-'+v.toString(16);}
function go(n){var t=''+Date.now();fetch('/xxgk/api/nb/list',{method:'POST',headers:{'portal-sign':sg(t,''+n)},body:new URLSearchParams({page:n})}).then(function(r){return r.json();}).then(function(d){
var raw=atob(d.data.split('').reverse().join('')),b=new Uint8Array(raw.length);for(var i=0;i<raw.length;i++)b[i]=raw.charCodeAt(i);var o=JSON.parse(new TextDecoder().decode(b));
document.getElementById('nb').innerHTML=o.rows.map(function(r){return '<li><a href="'+r.dz+'" target="_blank">'+r.bt+'</a><span>'+r.rq+'</span></li>';}).join('');
var t2=Math.ceil(o.total/%d),h='';for(var k=1;k<=t2;k++)h+='<a href="javascript:;" class="'+(k==n?'on':'')+'" data-p="'+k+'">'+k+'</a> ';h+='共'+o.total+'条';
if(n<t2)h+=' <a href="javascript:;" data-p="'+(n+1)+'">下一页</a>';var pg=document.getElementById('pg');pg.innerHTML=h;
pg.querySelectorAll('[data-p]').forEach(function(a){a.onclick=function(){go(+this.getAttribute('data-p'));};});});}go(1);})();</script>""" % size
    h.add("/xxgk/nb.html", site.page(h, "公开年报", menu + script))
    return site.done("412 页由脚本设 cookie 再载入，所有页面都要", "列表请求须 portal-sign 头，回答编码，均由页面脚本完成", nasty=True, columns=[h.url("/xxgk/nb.html")])


ALL = [wubai, shaxi, wuchuan, zhakou]

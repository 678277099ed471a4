"""Portals whose lists are painted by scripts or asked for by POST."""
from __future__ import annotations

import json
import random
from html import escape

from .server import Req, Resp
from .site import Row, Site, chunks, listing
from .static_pages import _five


def _json(data: object) -> Resp:
    """An answer in JSON."""
    return Resp(json.dumps(data, ensure_ascii=False).encode(), 200, "application/json;charset=UTF-8")


def _int(text: str | None, default: int = 1) -> int:
    """A whole number out of a request, or the default."""
    return int(text) if text and text.isdigit() else default


def liuyin(site: Site) -> None:
    """Hanweb: the first group embedded as XML in the page, the others by dataproxy, which obeys page alone."""
    col = "1229996122"
    rows = site.bulk(lambda k, y, n, d: f"/art/{d[:4]}/{int(d[5:7])}/{int(d[8:])}/art_{col}_{n}.html", range(2010, 2026), range(2016, 2026), 2, 1, range(2023, 2026))
    pages = chunks(rows, 15)

    def store(i: int) -> str:
        """One group of records."""
        recs = "".join(f'<record><![CDATA[<li><a href="{r.href}" title="{r.title}" target="_blank">{r.title}</a><span>{r.date}</span></li>]]></record>'
                       for r in (pages[i - 1] if 1 <= i <= len(pages) else []))
        group = (f'<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page={i + 1}&webid=61&path=/&columnid={col}&unitid=5512&webname=x&permissiontype=0"></a>]]></nextgroup>'
                 if i < len(pages) else "")
        return f"<datastore>{group}<totalrecord>{len(rows)}</totalrecord><totalpage>{len(pages)}</totalpage><recordset>{recs}</recordset></datastore>"

    def proxy(req: Req) -> Resp:
        q = {**req.query, **req.form}
        if q.get("columnid") != col:
            return Resp(b"<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>", 200, "text/xml;charset=utf-8")
        return Resp(("<?xml version='1.0' encoding='UTF-8'?>" + store(_int(q.get("page")))).encode(), 200, "text/xml;charset=utf-8")

    site.at("/module/web/jpage/dataproxy.jsp", proxy)
    site.js("/script/jpage.js", """var jp={cur:1,show:function(xml){var re=/<record><!\\[CDATA\\[([\\s\\S]*?)\\]\\]><\\/record>/g,m,h='';
while((m=re.exec(xml))){h+=m[1];}document.getElementById('jlist').innerHTML=h;
var t=/<totalpage>(\\d+)/.exec(xml);jp.total=t?+t[1]:1;
document.getElementById('jpager').innerHTML='第'+jp.cur+'/'+jp.total+'页 '+(jp.cur>1?'<a class="prev" href="javascript:void(0)" onclick="jp.go(jp.cur-1)">上一页</a> ':'')+(jp.cur<jp.total?'<a class="next" href="javascript:void(0)" onclick="jp.go(jp.cur+1)">下一页</a>':'');},
go:function(n){var x=new XMLHttpRequest();x.open('POST','/module/web/jpage/dataproxy.jsp?page='+n);x.setRequestHeader('Content-Type','application/x-www-form-urlencoded');
x.onload=function(){jp.cur=n;jp.show(x.responseText);};x.send('col=1&appid=1&webid=61&path=%2F&columnid='+jp.col+'&sourceContentType=1&unitid=5512&webname=x&permissiontype=0');}};""")
    site.nav = f'<div class="nav"><a href="/">首页</a><a href="/col/col{1229996100}/index.html">政务公开</a><a href="/col/col1229996109/index.html">魅力柳荫</a></div>'
    five = _five(site, "/col/gk/", f"/col/col{col}/index.html")
    site.page("/col/col1229996100/index.html", "政务公开", five)
    site.page(f"/col/col{col}/index.html", "政府信息公开年报", five + f'<ul id="jlist"></ul><div id="jpager"></div><script type="text/xml" id="jdata">{store(1)}</script>'
              f'<script src="/script/jpage.js"></script><script>jp.col="{col}";jp.show(document.getElementById("jdata").textContent);</script>', "首页 &gt; 政务公开 &gt; 政府信息公开年报")
    site.stub("/col/col1229996109/index.html", "魅力柳荫")
    site.home("")


def baiwei(site: Site) -> None:
    """A hash-routed application that paints lists from JSON."""
    sid, node = 996124, 4211
    rows = site.bulk(lambda k, y, n, d: f"/gkmlpt/content/4/{n // 1000}/post_{n}.html", range(2012, 2026), range(2018, 2026), 3, 0, range(2022, 2026))
    pages = chunks(rows, 20)
    names = {4201: "政府信息公开指南", 4202: "政府信息公开制度", 4203: "法定主动公开内容", node: "政府信息公开年报"}
    guides = {4201: [site.stub("/gkmlpt/content/4/1/post_1001.html", "政府信息公开指南")], 4202: [site.stub("/gkmlpt/content/4/1/post_1002.html", "政府信息公开制度")],
              4203: [site.stub("/gkmlpt/content/4/1/post_1003.html", "权责清单")]}

    def api(req: Req) -> Resp:
        number, page = int(req.path.rsplit("/", 1)[1]), _int(req.query.get("page"))
        if req.query.get("sid") != str(sid) or number not in names:
            return _json({"classify": None, "total": 0, "offset": 0, "articles": []})
        found = ([{"id": i, "title": r.title, "url": f"//{site.ips['www']}:{site.net.port}{r.href}", "post_url": r.href, "type": "normal", "publisher": site.short + "人民政府", "date": r.date}
                  for i, r in enumerate(pages[page - 1])] if 1 <= page <= len(pages) else []) if number == node else [
                  {"id": number, "title": names[number], "url": f"//{site.ips['www']}:{site.net.port}{u}", "type": "normal", "date": "2025-05-06"} for u in guides[number] if page == 1]
        total = len(rows) if number == node else 1
        return _json({"classify": {"id": number, "name": names[number], "post_count": total + 3}, "total": total, "offset": (page - 1) * 20, "articles": found})

    site.match(r"/gkmlpt/api/all/\d+", api)
    tree = json.dumps([{"id": i, "name": n, "children": []} for i, n in names.items()], ensure_ascii=False)
    site.js("/gkmlpt/app.js", """var page=1,total=0;function q(i){return document.getElementById(i);}
function tree(){q('tree').innerHTML=window._CONFIG.TREE.map(function(t){return '<li><a href="#'+t.id+'">'+t.name+'</a></li>';}).join('');}
function load(){var id=(location.hash||'#'+window._CONFIG.TREE[0].id).substring(1);
fetch('/gkmlpt/api/all/'+id+'?page='+page+'&sid='+window._CONFIG.SID).then(function(r){return r.json();}).then(function(d){
total=d.total;q('name').textContent=d.classify?d.classify.name:'';q('list').innerHTML=d.articles.map(function(a){return '<li><a target="_blank" href="'+a.url+'">'+a.title+'</a><span>'+a.date+'</span></li>';}).join('');
var n=Math.ceil(total/20),h='共'+total+'条 ';for(var i=1;i<=n;i++){h+='<a href="javascript:void(0)" data-p="'+i+'"'+(i==page?' class="on"':'')+'>'+i+'</a> ';}q('pager').innerHTML=h;});}
document.addEventListener('click',function(e){var p=e.target.getAttribute&&e.target.getAttribute('data-p');if(p){page=+p;load();}});
window.addEventListener('hashchange',function(){page=1;load();});tree();load();""")
    site.at("/gkmlpt/index", f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{site.short}政府信息公开平台</title><meta name="SiteIDCode" content="{site.spec.code}0001"></head><body><div id="app">'
            f'<ul id="tree"></ul><h3 id="name"></h3><ul id="list"></ul><div id="pager"></div></div><script>window._CONFIG={{SID:{sid},TREE:{tree}}};</script><script src="/gkmlpt/app.js"></script></body></html>')
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/gkmlpt/index">政府信息公开</a><a href="/zwfw/">政务服务</a></div>'
    site.stub("/zwfw/", "政务服务")
    site.home("")


def heting(site: Site) -> None:
    """Lonsun: the type of the column is a number, lists by fragment; the office is another organ; a look-alike office among departments."""
    organs = {"29621": (site.short + "人民政府", "whole"), "29650": ("县政府办公室", "office"), "29652": ("县财政局", "县财政局"), "29655": ("县金融工作办公室", "县金融工作办公室"), "29660": ("柏林镇", "柏林镇")}
    lists: dict[str, list[Row]] = {}
    for o, (_, who) in organs.items():
        def place(k: str, y: int, n: int, d: str, o: str = o) -> str:
            return f"/public/{o}/{n}001.html"
        if who == "whole":
            lists[o] = site.bulk(place, range(2009, 2026))
        elif who == "office":
            lists[o] = site.bulk(place, (), range(2014, 2026), note="under 部门信息公开 > 县政府办公室")
        else:
            lists[o] = [site.other(who, y, f"/public/{o}/{y}001.html") for y in range(2025, 2018, -1)]
    size = 8

    def label(req: Req) -> str:
        q = {**req.query, **req.form}
        rows = lists.get(q.get("organId", ""), []) if q.get("type") == "3" else []
        n, pages = _int(q.get("pageIndex")), chunks(rows, size)
        if not rows:
            return '<div class="nodata">暂无数据</div>'
        items = "".join(f'<li><a class="title" href="{r.href}" title="{r.title}">{r.title}</a><span>{r.date}</span></li>' for r in (pages[n - 1] if 1 <= n <= len(pages) else []))
        nxt = f'<a href="javascript:;" onclick="goPage({n + 1})">下一页</a>' if n < len(pages) else ""
        prev = f'<a href="javascript:;" onclick="goPage({n - 1})">上一页</a>' if n > 1 else ""
        return f'<ul>{items}</ul><div class="pages">{prev} 第{n}页/共{len(pages)}页 共{len(rows)}条 {nxt}</div>'

    site.at("/site/label/8888", label)

    def column(o: str, name: str) -> None:
        def inner(req: Req) -> str:
            kind = req.query.get("type", "4")
            side = "".join(f'<li{" class=on" if kind == t else ""}><a href="/public/column/{o}?type={t}&action=list">{n}</a></li>' for t, n in (
                ("2", "政府信息公开指南"), ("1", "政府信息公开制度"), ("4", "法定主动公开内容"), ("3", "政府信息公开年报"), ("5", "依申请公开")))
            more = ('<h4>部门信息公开</h4>' + "".join(f'<a href="/public/column/{x}?type=4&action=list">{n}</a> ' for x, (n, _) in organs.items() if x != "29621")) if o == "29621" else ""
            if kind != "3":
                return f"<h3>{name}</h3><ul>{side}</ul><p>本栏目内容由{name}发布。</p>{more}"
            return (f"<h3>{name}</h3><ul>{side}</ul><div id='publicList'>加载中…</div>{more}<script>function goPage(n){{var x=new XMLHttpRequest();"
                    f"x.open('GET','/site/label/8888?labelName=publicInfoList&siteId=6795&pageSize={size}&pageIndex='+n+'&action=list&organId={o}&type=3&IsAjax=1&dataType=html&_='+Math.random());"
                    "x.onload=function(){document.getElementById('publicList').innerHTML=x.responseText;};x.send();}goPage(1);</script>")
        site.page(f"/public/column/{o}", name, inner, f"首页 &gt; 政府信息公开 &gt; {name}")

    for o, (name, _) in organs.items():
        column(o, name)
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/public/column/29621?type=4&action=list">政府信息公开</a><a href="/content/column/6.html">鹤汀风采</a></div>'
    site.stub("/content/column/6.html", "鹤汀风采")
    site.home("")


def shuangyu(site: Site) -> None:
    """Tabs of years that ask for a year's reports by POST when clicked."""
    rows = site.bulk(lambda k, y, n, d: f"/columns/nb/{d[:4]}{d[5:7]}/{n}.html", range(2013, 2026), range(2015, 2026), 4, 2, range(2022, 2026))
    years = sorted({r.year for r in rows}, reverse=True)

    def answer(req: Req) -> Resp:
        if req.method != "POST":
            return Resp(b'{"code":405}', 405, "application/json")
        year = _int(req.form.get("year"), 0)
        return _json({"code": 0, "data": [{"title": r.title, "link": r.href, "pubTime": r.date} for r in rows if r.year == year]})

    site.at("/front/report/listByYear", answer)
    site.js("/static/nb.js", """function showYear(y,el){var a=document.querySelectorAll('.yeartab span');for(var i=0;i<a.length;i++){a[i].className='';}if(el){el.className='cur';}
fetch('/front/report/listByYear',{method:'POST',headers:{'Content-Type':'application/x-www-form-urlencoded'},body:'year='+y}).then(function(r){return r.json();}).then(function(d){
document.getElementById('nblist').innerHTML=d.data.map(function(r){return '<li><a href="'+r.link+'" target="_blank">'+r.title+'</a><em>'+r.pubTime+'</em></li>';}).join('')||'<li>暂无数据</li>';});}""")
    tabs = "".join(f'<span onclick="showYear({y},this)"{" class=cur" if y == years[0] else ""}>{y}年</span>' for y in years)
    site.page("/columns/nb/index.html", "政府信息公开年报", f'<div class="yeartab">{tabs}</div><ul id="nblist"></ul><script src="/static/nb.js"></script><script>showYear({years[0]});</script>',
              "首页 &gt; 信息公开 &gt; 政府信息公开年报")
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/columns/gk/index.html">信息公开</a><a href="/columns/tz/index.html">投资双榆</a></div>'
    site.page("/columns/gk/index.html", "信息公开", _five(site, "/columns/gk/", "/columns/nb/index.html"))
    site.stub("/columns/tz/index.html", "投资双榆")
    site.home("")


def shatang(site: Site) -> None:
    """A button 加载更多 under ten rows; the rest as JSON."""
    rows = site.bulk(lambda k, y, n, d: f"/info/detail/{n}.html", range(2010, 2026), range(2017, 2026), 2, 0, range(2024, 2026))
    pages = chunks(rows, 10)

    def answer(req: Req) -> Resp:
        n = _int(req.query.get("pageNo"))
        now = pages[n - 1] if 1 <= n <= len(pages) else []
        return _json({"success": True, "more": n < len(pages), "rows": [{"t": r.title, "u": r.href, "d": r.date} for r in now]})

    site.at("/api/info/list", answer)
    script = ("<script>var no=1;document.getElementById('more').addEventListener('click',function(){var b=this;no++;fetch('/api/info/list?columnId=77&pageNo='+no).then(function(r){return r.json();})"
              ".then(function(d){d.rows.forEach(function(r){var li=document.createElement('li');var a=document.createElement('a');a.href=r.u;a.textContent=r.t;li.appendChild(a);"
              "document.querySelector('ul.rows').appendChild(li);});if(!d.more){b.style.display='none';}});});</script>")
    site.page("/list/77.html", "政府年报", listing(pages[0], cls="rows") + f'<button id="more" type="button">加载更多</button>{script}', "首页 &gt; 公开 &gt; 政府年报")
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/list/70.html">公开</a><a href="/list/71.html">服务</a><a href="/list/72.html">互动</a></div>'
    site.page("/list/70.html", "公开", _five(site, "/list/7a", "/list/77.html", ("指南", "制度", "法定主动公开内容"), "政府年报"))
    for path, what in (("/list/71.html", "服务"), ("/list/72.html", "互动")):
        site.stub(path, what)
    site.home("")


def wangchao(site: Site) -> None:
    """An endless list: scrolling asks for the next piece with a cursor out of the last answer."""
    rows = site.bulk(lambda k, y, n, d: f"/gk/doc_{n:x}5f9f696d.html", range(2008, 2026), range(2015, 2026), 1, 0, range(2020, 2026))
    pages = chunks(rows, 8)
    rng = random.Random(f"{site.seed}/cursor")
    marks = ["", *(f"{rng.getrandbits(64):016x}" for _ in pages[1:])]

    def answer(req: Req) -> Resp:
        mark = req.query.get("cursor", "")
        if mark not in marks:
            return _json({"items": [], "next": None})
        i = marks.index(mark)
        return _json({"items": [{"name": r.title, "path": r.href, "day": r.date} for r in pages[i]], "next": marks[i + 1] if i + 1 < len(pages) else None})

    site.at("/gk/feed", answer)
    script = """<script>var cursor='',busy=false,done=false;function more(){if(busy||done){return;}busy=true;
fetch('/gk/feed?channel=nb&cursor='+cursor).then(function(r){return r.json();}).then(function(d){d.items.forEach(function(x){var v=document.createElement('div');v.className='card';
v.style.minHeight='140px';v.innerHTML='<a href="'+x.path+'">'+x.name+'</a><i>'+x.day+'</i>';document.getElementById('feed').appendChild(v);});
busy=false;if(d.next===null){done=true;document.getElementById('end').textContent='已经到底了';}else{cursor=d.next;}});}
window.addEventListener('scroll',function(){if(window.innerHeight+window.pageYOffset>=document.documentElement.scrollHeight-200){more();}});more();</script>"""
    site.page("/gk/channel_nb/", "政府信息公开年报", f'<div id="feed"></div><div id="end">下滑查看更多</div>{script}', "首页 &gt; 公开 &gt; 政府信息公开年报")
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/gk/">公开</a><a href="/hy/">海洋经济</a></div>'
    site.page("/gk/", "公开", _five(site, "/gk/x", "/gk/channel_nb/"))
    site.stub("/hy/", "海洋经济")
    site.home("")


def zhuqi(site: Site) -> None:
    """queryList: the column has no links, a POST brings JSON, the script makes the addresses."""
    base = "/zqx/col/4021/content/"
    rows = site.bulk(lambda k, y, n, d: f"{base}content_{n}.html", range(2014, 2026), range(2018, 2026), 3, 1, range(2023, 2026))
    pages = chunks(rows, 15)

    def answer(req: Req) -> Resp:
        if req.method != "POST" or req.form.get("channelId") != "4021":
            return Resp(b'{"status":404}', 404, "application/json")
        n = _int(req.form.get("pageNo"))
        now = pages[n - 1] if 1 <= n <= len(pages) else []
        return _json({"code": 200, "data": {"total": len(rows), "results": [{"source": {"id": r.href[len(base) + 8:-5], "title": r.title, "pubDate": r.date + " 10:12:00"}} for r in now]}})

    site.at("/queryList", answer)
    site.js("/zqx/js/list.js", """var cur=1,size=15;function paint(n){var x=new XMLHttpRequest();x.open('POST','/queryList');x.setRequestHeader('Content-Type','application/x-www-form-urlencoded');
x.onload=function(){var d=JSON.parse(x.responseText).data,h='';cur=n;d.results.forEach(function(r){h+='<li><a href="/zqx/col/4021/content/content_'+r.source.id+'.html">'+r.source.title+'</a><span>'+r.source.pubDate.substring(0,10)+'</span></li>';});
document.getElementById('ul').innerHTML=h;var t=Math.ceil(d.total/size),p='';for(var i=1;i<=t;i++){p+=i==n?'<b>'+i+'</b>':'<a href="javascript:;" class="num" onclick="paint('+i+')">'+i+'</a>';}
p+=n<t?'<a href="javascript:;" class="next" onclick="paint('+(n+1)+')">下一页</a>':'';document.getElementById('pg').innerHTML=p;};
x.send('channelId=4021&siteId=88&pageNo='+n+'&pageSize='+size);}paint(1);""")
    site.page("/zqx/4021/pc/list.html", "工作年报", '<ul id="ul"></ul><div id="pg"></div><script src="/zqx/js/list.js"></script>', "首页 &gt; 政府信息公开 &gt; 法定主动公开内容 &gt; 工作年报")
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/zqx/4000/pc/index.html">政府信息公开</a><a href="/zqx/9/pc/index.html">竹岐非遗</a></div>'
    site.page("/zqx/4000/pc/index.html", "政府信息公开", f'<a href="{site.stub("/zqx/4001/pc/list.html", "公开指南")}">公开指南</a><a href="{site.stub("/zqx/4002/pc/list.html", "公开制度")}">公开制度</a>'
              '<a href="/zqx/4010/pc/index.html">法定主动公开内容</a>')
    site.page("/zqx/4010/pc/index.html", "法定主动公开内容", f'<a href="{site.stub("/zqx/4011/pc/list.html", "机构职能")}">机构职能</a><a href="{site.stub("/zqx/4012/pc/list.html", "规划计划")}">规划计划</a>'
              '<a href="/zqx/4021/pc/list.html">工作年报</a>', "首页 &gt; 政府信息公开 &gt; 法定主动公开内容")
    site.stub("/zqx/9/pc/index.html", "竹岐非遗")
    site.home("")


def lanhe(site: Site) -> None:
    """A city on JPAAS: the unit wants paramJson; the list arrives as HTML within JSON."""
    rows = site.bulk(lambda k, y, n, d: f"/col/col7718/art/{d[:4]}/art_{n * 7919:032x}.html", range(2009, 2026), range(2014, 2026), 6, 0, range(2022, 2026))
    pages = chunks(rows, 15)

    def unit(req: Req) -> Resp:
        if not req.headers.get("referer"):
            return Resp(b"forbidden", 403, "text/plain")
        try:
            n = int(json.loads(req.query.get("paramJson", "{}")).get("pageNo", 1))
        except (ValueError, AttributeError):
            n = 1
        now = pages[n - 1] if 1 <= n <= len(pages) else []
        nxt = f'<a class="next" href="javascript:void(0)" onclick="unit.go({n + 1})">下一页</a>' if n < len(pages) else ""
        nums = "".join(f'<a href="javascript:void(0)" onclick="unit.go({i})">{i}</a>' for i in range(1, len(pages) + 1))
        return _json({"success": True, "code": "200", "data": {"html": listing(now) + f'<div class="pagination">共{len(rows)}条 {nums}{nxt}</div>'}})

    site.at("/api-gateway/jpaas-publish-server/front/page/build/unit", unit)
    site.js("/script/unitbuild.js", """var unit={go:function(n){var el=document.getElementById('unit'),q=JSON.parse(el.getAttribute('querydata')),s=[];q.paramJson=JSON.stringify({pageNo:n,pageSize:15});
for(var k in q){s.push(k+'='+encodeURIComponent(q[k]));}fetch('/api-gateway/jpaas-publish-server/front/page/build/unit?'+s.join('&')).then(function(r){return r.json();}).then(function(d){el.innerHTML=d.data.html;});}};
document.addEventListener('DOMContentLoaded',function(){unit.go(1);});""")
    query = escape(json.dumps({"parseType": "bulidstatic", "webId": "51", "tplSetId": "a11", "pageType": "column", "tagId": "信息列表", "editType": "null", "pageId": "7718"}, ensure_ascii=False))
    five = _five(site, "/col/x", "/col/col7718/index.html")
    site.page("/col/col7718/index.html", "政府信息公开年报", five + f'<div id="unit" querydata="{query}">加载中</div>', "首页 &gt; 政府信息公开 &gt; 政府信息公开年报", head='<script src="/script/unitbuild.js"></script>')
    site.page("/col/col7700/index.html", "政府信息公开", five)
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/col/col7700/index.html">政府信息公开</a><a href="/col/col7900/index.html">岚河新闻</a></div>'
    site.stub("/col/col7900/index.html", "岚河新闻")
    site.home("")


def yinxu(site: Site) -> None:
    """WebForms: the address stays, __doPostBack pages, a view state is needed."""
    rows = site.bulk(lambda k, y, n, d: f"/Item/{n}.aspx", range(2010, 2026), range(2018, 2026), 2, 0, range(2023, 2026))
    pages = chunks(rows, 10)

    def state(i: int) -> str:
        return f"dDwtOTk2NTIz{i * 7919 + site.seed:08d}Ow=="

    def inner(req: Req) -> str:
        n = 1
        if req.method == "POST" and req.form.get("__EVENTTARGET") == "AspNetPager1":
            if req.form.get("__VIEWSTATE") not in {state(i) for i in range(1, len(pages) + 1)}:
                return "<p>视图状态验证失败。</p>"
            n = min(max(_int(req.form.get("__EVENTARGUMENT")), 1), len(pages))
        nums = "".join(f"<b>{i}</b> " if i == n else f"<a href=\"javascript:__doPostBack('AspNetPager1','{i}')\">{i}</a> " for i in range(1, len(pages) + 1))
        nxt = f"<a href=\"javascript:__doPostBack('AspNetPager1','{n + 1}')\">下一页</a>" if n < len(pages) else ""
        return (f'<form method="post" action="Index.aspx" id="form1"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="">'
                f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state(n)}"><script>function __doPostBack(t,a){{var f=document.getElementById("form1");f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}}</script>'
                + listing(rows=pages[n - 1]) + f'<div id="AspNetPager1">{nums}{nxt} 共{len(rows)}条记录</div></form>')

    site.page("/Category_598/Index.aspx", "信息公开年报", inner, "首页 &gt; 信息公开 &gt; 信息公开年报")
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/Category_590/Index.aspx">信息公开</a><a href="/Category_20/Index.aspx">银溆影像</a></div>'
    site.page("/Category_590/Index.aspx", "信息公开", f'<a href="{site.stub("/Category_591/Index.aspx", "信息公开指南")}">信息公开指南</a><a href="{site.stub("/Category_592/Index.aspx", "信息公开制度")}">信息公开制度</a>'
              '<a href="/Category_598/Index.aspx">信息公开年报</a>')
    site.stub("/Category_20/Index.aspx", "银溆影像")
    site.home("")


def guyu(site: Site) -> None:
    """A menu that calls a script with a word and fills a division by POST; session ids in the addresses of the menu."""
    rows = site.bulk(lambda k, y, n, d: f"/openInfo/show_{n}.action", range(2012, 2026), range(2019, 2026))
    pages = chunks(rows, 10)
    words = {"gkzn": "公开指南", "gkzd": "公开制度", "gkml": "公开目录", "ndbg": "年度报告"}

    def fill(req: Req) -> Resp:
        word, n = req.form.get("key", ""), _int(req.form.get("pageNo"))
        if req.method != "POST" or word not in words:
            return Resp(b"", 404)
        if word != "ndbg":
            text = f"<h3>{words[word]}</h3><p>{words[word]}由县政府办公室编写，欢迎查阅。</p>"
        else:
            now = pages[n - 1] if 1 <= n <= len(pages) else []
            nxt = f"<a href=\"javascript:getMainData('ndbg',{n + 1})\">下一页</a>" if n < len(pages) else ""
            prev = f"<a href=\"javascript:getMainData('ndbg',{n - 1})\">上一页</a>" if n > 1 else ""
            text = f"<h3>年度报告</h3>{listing(now)}<p>{prev} {n}/{len(pages)} {nxt}</p>"
        return Resp(text.encode(), 200, "text/html; charset=utf-8")

    site.at("/openInfo/mainData.action", fill)
    menu = "".join(f"<li><a href=\"javascript:getMainData('{k}')\">{v}</a></li>" for k, v in words.items())
    inner = (f'<ul class="side">{menu}</ul><div id="mainData"></div><script>function getMainData(k,n){{var x=new XMLHttpRequest();x.open("POST","/openInfo/mainData.action");'
             'x.setRequestHeader("Content-Type","application/x-www-form-urlencoded");x.onload=function(){document.getElementById("mainData").innerHTML=x.responseText;};x.send("key="+k+"&pageNo="+(n||1));}'
             'getMainData("gkzn");</script>')

    def gk(req: Req) -> Resp:
        return Resp(site.encode(site.shell("政府信息公开", inner, "首页 &gt; 政府信息公开")), 200, site.html_type)

    def tour(req: Req) -> Resp:
        return Resp(site.encode(site.shell("海岛旅游", "<p>孤屿四面环水，渡船每日六班。</p>")), 200, site.html_type)

    site.match(r"/openInfo/index\.action(;jsessionid=[0-9A-F]+)?", gk)
    site.match(r"/tour/index\.action(;jsessionid=[0-9A-F]+)?", tour)
    site.home("")
    front = site.net.exact.pop((site.ips["www"], "/"))

    def home(req: Req) -> Resp:
        token = f"{random.Random(f'{site.seed}/{req.nth}').getrandbits(64):016X}"
        bar = (f'<div class="nav"><a href="/">首页</a><a href="/openInfo/index.action;jsessionid={token}">政府信息公开</a><a href="/tour/index.action;jsessionid={token}">海岛旅游</a></div>')
        resp = front(req)
        return Resp(resp.body.replace(b'<div class="banner">', bar.encode() + b'<div class="banner">', 1), resp.status, resp.ctype)

    site.net.exact[(site.ips["www"], "/")] = home

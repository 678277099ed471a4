"""Portals whose lists come in the ways of the platforms: XML in a script, units, hash pages, fragments."""
from __future__ import annotations

import json
from urllib.parse import quote

from ..kit import Kit, Row, li, portal
from ..web import JSON, SCRIPT, Answer, Ask, redirect


@portal("柘河县", "桐安市", "XML datastore inside a script element", "next groups from dataproxy.jsp, which obeys page only", "article number repeats the column",
        "column is a sibling of the guide", province="南泽省")
def p05(kit: Kit) -> None:
    """First group embedded, the rest by POST or GET."""
    www, col = kit.www, "1188042"

    def path(y: int, d: str) -> str:
        return f"/art/{int(d[:4])}/{int(d[5:7])}/{int(d[8:])}/art_{col}_{kit.next()}.html"
    rows = kit.series(www, path, "whole", range(2009, 2026), "A") + kit.series(www, path, "office", range(2020, 2026), "A")
    rows.sort(key=lambda r: r.date, reverse=True)

    def store(page: int) -> str:
        part = rows[(page - 1) * 9:page * 9]
        after = f"<nextgroup><![CDATA[<a href=\"/module/web/jpage/dataproxy.jsp?page={page + 1}&columnid={col}&unitid=55017&webid=31\"></a>]]></nextgroup>" \
            if page * 9 < len(rows) else ""
        records = "".join(f"<record><![CDATA[<li><a href='{r.href}' title='{r.title}'>{r.title}</a><span>{r.date}</span></li>]]></record>" for r in part)
        return (f"<datastore>{after}<recordset>{records}</recordset><totalrecord>{len(rows)}</totalrecord><totalpage>{-(-len(rows) // 9)}</totalpage></datastore>")

    def proxy(ask: Ask) -> Answer:
        both = ask.query | ask.form
        page = int(both.get("page") or 1)
        return Answer('<?xml version="1.0" encoding="utf-8"?>' + (store(page) if both.get("columnid") == col else "<datastore></datastore>"), "text/xml; charset=utf-8")
    www.put("/module/web/jpage/dataproxy.jsp", proxy)
    www.put("/module/jpage.js", Answer("""
var seen=1;
function paint(x){var m=x.match(/<record><!\\[CDATA\\[[\\s\\S]*?\\]\\]>/g)||[];var h='';m.forEach(function(s){h+=s.replace(/^<record><!\\[CDATA\\[/,'').replace(/\\]\\]>$/,'');});
 document.getElementById('list55017').innerHTML=h;
 var t=(x.match(/<totalpage>(\\d+)/)||[0,1])[1];var p='';for(var i=1;i<=t;i++)p+='<a href="javascript:void(0)" onclick="turn('+i+')">'+i+'</a> ';
 document.getElementById('pager55017').innerHTML=p;}
function turn(n){var q=new XMLHttpRequest();q.open('POST','/module/web/jpage/dataproxy.jsp?page='+n+'&startrecord='+((n-1)*9+1)+'&endrecord='+n*9+'&perpage=9');
 q.setRequestHeader('Content-Type','application/x-www-form-urlencoded');q.onload=function(){paint(q.responseText)};
 q.send('col=1&appid=1&webid=31&path=%2F&columnid=1188042&sourceContentType=1&unitid=55017&webname=&permissiontype=0');}
window.addEventListener('load',function(){paint(document.getElementById('ds55017').textContent)});
""", SCRIPT))
    inner = (f'<div id="55017"><script type="text/xml" id="ds55017">{store(1)}</script><ul id="list55017"></ul><div id="pager55017"></div></div>'
             '<script src="/module/jpage.js"></script>')
    kit.nav = [("首页", "/"), ("政务公开", "/col/col1188001/index.html"), ("政府信息公开", "/col/col1188040/index.html")]
    www.put(f"/col/col{col}/index.html", kit.shell("政府信息公开工作年报", inner, (("首页", "/"), ("政府信息公开", "/col/col1188040/index.html"))))
    news = kit.news(www, lambda y, d: f"/art/2026/{int(d[5:7])}/{int(d[8:])}/art_1188002_{kit.next()}.html")
    www.put("/", kit.home(news))
    www.put("/col/col1188001/index.html", kit.shell("政务公开", f"<ul>{li(news)}</ul>"))
    side = [kit.plain(www, f"/col/col118804{n}/index.html", t) for n, t in ((3, "指南"), (4, "制度"), (5, "内容"), (6, "依申请公开"))]
    www.put("/col/col1188040/index.html", kit.shell("政府信息公开", kit.five(side[0], side[1], side[2], f"/col/col{col}/index.html", side[3], "政府信息公开工作年报")))


@portal("栖云市", "", "list by a unit call with paramJson, answer JSON holding HTML", "unit call refuses without a Referer", "pages turned by script, address unchanged",
        "office and government in one list, departments beside", level="prefecture", province="南泽省")
def p06(kit: Kit) -> None:
    """The shell holds the parameters; the list is painted."""
    www = kit.www

    def path(y: int, d: str) -> str:
        return f"/col/col30457/art/{d[:4]}/art_{kit.hex()}.html"
    rows = kit.series(www, path, "whole", range(2008, 2026), "A") + kit.series(www, path, "office", range(2012, 2026), "A")
    rows.sort(key=lambda r: r.date, reverse=True)

    def unit(ask: Ask) -> Answer:
        if "referer" not in ask.headers:
            return Answer("forbidden", "text/plain", 403)
        try:
            page = int(json.loads(ask.query.get("paramJson") or "{}").get("pageNo") or 1)
        except ValueError:
            page = 1
        if ask.query.get("pageId") != "30457":
            return Answer(json.dumps({"success": False, "data": None}), JSON)
        part = rows[(page - 1) * 10:page * 10]
        html = f"<ul class='list'>{li(part)}</ul><div class='pg' data-total='{-(-len(rows) // 10)}' data-count='{len(rows)}'></div>"
        return Answer(json.dumps({"success": True, "code": "200", "data": {"html": html}}, ensure_ascii=False), JSON)
    www.put("/api-gateway/jpaas-publish-server/front/page/build/unit", unit)
    www.put("/script/unitbuild.js", Answer("""
(function(){var box=document.getElementById('unit'),q=JSON.parse(box.getAttribute('querydata').replace(/'/g,'"'));
window.go=function(n){var u='/api-gateway/jpaas-publish-server/front/page/build/unit?';for(var k in q)u+=k+'='+encodeURIComponent(q[k])+'&';
 fetch(u+'paramJson='+encodeURIComponent(JSON.stringify({pageNo:n,pageSize:10}))).then(function(r){return r.json()}).then(function(j){
  box.innerHTML=j.data.html;var p=box.querySelector('.pg'),t=+p.getAttribute('data-total'),h='';
  for(var i=1;i<=t;i++)h+='<a href="javascript:;" onclick="go('+i+')">'+i+'</a> ';
  h+=n<t?'<a href="javascript:;" class="next" onclick="go('+(n+1)+')">下一页</a>':'';p.innerHTML=h;});};
go(1);})();""", SCRIPT))
    data = "{'parseType':'bulidstatic','webId':'88','tplSetId':'tpl9','pageType':'column','tagId':'信息列表','editType':'null','pageId':'30457'}"
    kit.nav = [("首页", "/"), ("市情概览", "/col/col30001/index.html"), ("政务公开", "/col/col30400/index.html")]
    www.put("/col/col30457/index.html", kit.shell("信息公开年报", f'<div id="unit" querydata="{data}">加载中…</div><script src="/script/unitbuild.js"></script>',
                                                  (("首页", "/"), ("政务公开", "/col/col30400/index.html"), ("信息公开年报", ""))))
    news = kit.news(www, lambda y, d: f"/col/col30002/art/{d[:4]}/art_{kit.hex()}.html")
    dept = kit.others(www, lambda y, d: f"/col/col30458/art/{d[:4]}/art_{kit.hex()}.html", 5)
    www.put("/", kit.home(news))
    kit.plain(www, "/col/col30001/index.html", "市情概览")
    www.put("/col/col30458/index.html", kit.shell("部门年报", f"<ul>{li(dept)}</ul>"))
    www.put("/col/col30400/index.html", kit.shell("政务公开", '<div class="box"><a href="/col/col30457/index.html">信息公开年报</a> '
                                                  '<a href="/col/col30458/index.html">部门年报</a></div>' + f"<ul>{li(news[:4])}</ul>"))


@portal("鹭洲区", "岚港市", "hash-routed platform page, JSON by the hash", "titles of rows point by // addresses", "ordinary column of another name holds only a notice",
        "list of one hundred rows a page with departments", province="东屿省")
def p07(kit: Kit) -> None:
    """The platform is one page; the node's number stands after #."""
    www, host = kit.www, kit.www.base.removeprefix("http:")

    def path(y: int, d: str) -> str:
        n = 3000000 + kit.next()
        return f"/gkmlpt/content/{str(n)[0]}/{n // 1000}/post_{n}.html"
    rows = kit.series(www, path, "whole", range(2013, 2026), "A", base=host) + kit.series(www, path, "office", range(2018, 2026), "A", base=host)
    rows += kit.others(www, path, 8, range(2013, 2026), base=host)
    rows.sort(key=lambda r: r.date, reverse=True)
    news = kit.news(www, lambda y, d: f"/zwgk/xw/content/post_{kit.next()}.html")
    nodes = {"2610": ("机构职能", news[:3]), "2611": ("政策文件", news[3:]), "2617": ("政府信息公开年度报告", rows)}

    def api(ask: Ask) -> Answer:
        node, page = ask.path.rsplit("/", 1)[1], int(ask.query.get("page") or 1)
        if node not in nodes or ask.query.get("sid") != "754021":
            return Answer(json.dumps({"classify": None, "total": 0, "articles": []}), JSON)
        name, all_rows = nodes[node]
        part = [{"id": i, "title": r.title, "url": r.href, "post_url": r.href, "type": "normal", "date": r.date} for i, r in
                enumerate(all_rows[(page - 1) * 100:page * 100])]
        return Answer(json.dumps({"classify": {"id": int(node), "name": name, "post_count": len(all_rows) + 3}, "total": len(all_rows),
                                  "offset": (page - 1) * 100, "articles": part}, ensure_ascii=False), JSON)
    www.match(r"/gkmlpt/api/all/\d+", api)
    tree = json.dumps([{"id": int(k), "name": v[0], "url": f"{host}/gkmlpt/index#{k}"} for k, v in nodes.items()], ensure_ascii=False)
    app = ('<div id="tree"></div><h3 id="name"></h3><ul id="rows"></ul><div id="pages"></div><script>var SID="754021",TREE=' + tree + """;
document.getElementById('tree').innerHTML=TREE.map(function(n){return '<p><a href="#'+n.id+'">'+n.name+'</a></p>'}).join('');
function show(p){var id=location.hash.replace('#','')||'2610';fetch('/gkmlpt/api/all/'+id+'?page='+p+'&sid='+SID).then(function(r){return r.json()}).then(function(j){
 document.getElementById('name').textContent=j.classify.name;
 document.getElementById('rows').innerHTML=j.articles.map(function(a){return '<li><a href="'+a.url+'">'+a.title+'</a> '+a.date+'</li>'}).join('');
 var t=Math.ceil(j.total/100),h='';for(var i=1;i<=t;i++)h+='<a href="javascript:show('+i+')">'+i+'</a> ';document.getElementById('pages').innerHTML=h;});}
window.onhashchange=function(){show(1)};show(1);</script>""")
    www.put("/gkmlpt/index", kit.shell("政府信息公开平台", app))
    www.put("/gkmlpt/guide", kit.shell("政府信息公开指南", "<p>欢迎查阅。</p>"))
    kit.nav = [("首页", "/"), ("政务公开", "/zwgk/"), ("政府信息公开平台", host + "/gkmlpt/index")]
    www.put("/zwgk/", kit.shell("政务公开", kit.five("/gkmlpt/guide", "/gkmlpt/guide", "/gkmlpt/index#2611", "/gkmlpt/index#2617", "/gkmlpt/guide")
                                + '<a href="/zwgk/nbtz/">年报工作</a>'))
    alike = kit.alike(www, lambda y, d: f"/zwgk/nbtz/content/post_{kit.next()}.html")
    www.put("/zwgk/nbtz/", kit.shell("年报工作", f"<ul>{li(alike)}</ul>"))
    www.put("/", kit.home(news))


@portal("枫棠县", "岚港市", "list only in a fragment fetched by script with a random _", "organ folders by number", "reports under type=3 of the menu",
        "government's and office's organs apart", province="东屿省")
def p08(kit: Kit) -> None:
    """One page shape for all organs, told apart by their number."""
    www = kit.www
    organs = {"6621": (kit.gov, "whole"), "6622": ("县政府办公室", "office"), "6650": ("县财政局", ""), "6671": ("石桥镇", "")}
    lists: dict[str, list[Row]] = {}
    for organ, (title, kind) in organs.items():
        path = lambda y, d, o=organ: f"/public/{o}/{5000000 + kit.next()}.html"
        lists[organ] = kit.series(www, path, kind or kit.name + title.removeprefix("县"), range(2014 if kind == "whole" else 2019, 2026), "A")

    def label(ask: Ask) -> Answer:
        organ, page = ask.query.get("organId", ""), int(ask.query.get("pageIndex") or 1)
        if ask.query.get("action") != "list" or ask.query.get("type") != "3":
            return Answer("<ul><li>暂无内容</li></ul>")
        rows = lists.get(organ, [])
        total = -(-len(rows) // 6)
        pager = "".join(f'<a href="javascript:void(0)" class="pg" data-page="{i}">{i}</a>' for i in range(1, total + 1))
        return Answer(f'<ul class="xxgk">{li(rows[(page - 1) * 6:page * 6])}</ul><div class="pagination" data-total="{total}">{pager}</div>')
    www.put("/site/label/8888", label)

    def column(ask: Ask) -> Answer:
        organ, kind = ask.path.rsplit("/", 1)[1], ask.query.get("type", "4")
        if organ not in organs:
            return Answer("无此单位", status=404)
        base = f"/public/column/{organ}?type="
        menu = kit.five(base + "1", base + "2", base + "4", base + "3&action=list", base + "5")
        inner = menu + f"<h3>{organs[organ][0]}</h3>"
        if kind == "3":
            inner += ('<div id="box"></div><script>function load(p){fetch("/site/label/8888?IsAjax=1&dataType=html&_="+Math.random()+"&labelName=publicInfoList&organId='
                      + organ + '&type=3&action=list&pageIndex="+p).then(r=>r.text()).then(t=>{var b=document.getElementById("box");b.innerHTML=t;'
                      'b.querySelectorAll(".pg").forEach(a=>a.onclick=()=>load(a.dataset.page));});}load(1);</script>')
        return Answer(kit.shell("政府信息公开年报" if kind == "3" else "政府信息公开", inner))
    www.match(r"/public/column/\d+", column)
    kit.nav = [("首页", "/"), ("政府信息公开", "/public/column/6621?type=4"), ("单位公开", "/public/")]
    www.put("/public/", kit.shell("单位公开", "".join(f'<p><a href="/public/column/{o}?type=4">{t}</a></p>' for o, (t, _) in organs.items())))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/content/{kit.next()}.html")))


@portal("青硖县", "岚港市", "JSON painted by script, channel number in the page's script", "menu drawn by an external script file, names broken by <br>",
        "home page has no anchors of its own in the source", province="东屿省")
def p09(kit: Kit) -> None:
    """Nothing to follow without running the scripts."""
    www, channel = kit.www, kit.hex()
    rows = kit.series(www, lambda y, d: f"/qxx/gknb/{d[:4]}{d[5:7]}/{kit.hex()}.shtml", "whole", range(2012, 2026), "D")
    rows += kit.series(www, lambda y, d: f"/qxx/gknb/{d[:4]}{d[5:7]}/{kit.hex()}.shtml", "office", range(2021, 2026), "A")
    rows.sort(key=lambda r: r.date, reverse=True)

    def answer(ask: Ask) -> Answer:
        page = int(ask.query.get("page") or 1)
        part = [{"title": r.title, "url": r.href, "publishedTimeStr": r.date + " 09:00:00", "channelName": "年报"} for r in rows[(page - 1) * 8:page * 8]]
        return Answer(json.dumps({"data": {"total": len(rows), "page": page, "rows": 8, "results": part}}, ensure_ascii=False), JSON)
    www.put(f"/common/search/{channel}", answer)
    www.put("/qxx/js/menu.js", Answer("""document.write('<ul class="m"><li><a href="/">首 页</a></li><li><a href="/qxx/xwzx/list.shtml">新闻<br>中心</a></li>'+
'<li><a href="/qxx/zfxxgk/index.shtml">政府信息<br>公开</a></li></ul>');""", SCRIPT))
    www.put("/qxx/js/side.js", Answer("""var items=[['政府信息<br/>公开指南','zn'],['政府信息<br/>公开制度','zd'],['法定主动<br/>公开内容','fd'],['政府信息<br/>公开年报','../gknb'],['依申请<br/>公开','ysq']];
document.getElementById('side').innerHTML=items.map(function(i){return '<dl><dt><a href="/qxx/zfxxgk/'+i[1]+'/list.shtml">'+i[0]+'</a></dt></dl>'}).join('');""", SCRIPT))
    kit.nav_html = '<script src="/qxx/js/menu.js"></script>'
    www.put("/qxx/zfxxgk/index.shtml", kit.shell("政府信息公开", '<div id="side"></div><script src="/qxx/js/side.js"></script>'))
    for n in ("zn", "zd", "fd", "ysq"):
        kit.plain(www, f"/qxx/zfxxgk/{n}/list.shtml", "政府信息公开")
    www.put("/qxx/zfxxgk/../gknb/list.shtml", redirect("/qxx/gknb/list.shtml"))
    www.put("/qxx/gknb/list.shtml", kit.shell("政府信息公开年报", f"""<ul id="u"></ul><div id="p"></div><script>
var channelId="{channel}";function pg(n){{fetch("/common/search/"+channelId+"?_isAgg=true&_isJson=true&_pageSize=8&_template=index&page="+n).then(r=>r.json()).then(j=>{{
 document.getElementById("u").innerHTML=j.data.results.map(r=>'<li><a href="'+r.url+'">'+r.title+'</a><i>'+r.publishedTimeStr.slice(0,10)+'</i></li>').join("");
 var t=Math.ceil(j.data.total/8),h="";for(let i=1;i<=t;i++)h+='<span style="cursor:pointer" onclick="pg('+i+')">'+i+'</span> ';document.getElementById("p").innerHTML=h;}});}}pg(1);</script>"""))
    news = kit.news(www, lambda y, d: f"/qxx/xwzx/{kit.hex()}.shtml")
    www.put("/qxx/xwzx/list.shtml", kit.shell("新闻中心", f"<ul>{li(news)}</ul>"))
    www.put("/", kit.shell(kit.gov, "<div id='n'></div><script>fetch('/qxx/xw.json').then(r=>r.json()).then(j=>{document.getElementById('n').innerHTML="
                           "j.map(r=>'<p><a href=\"'+r[1]+'\">'+r[0]+'</a></p>').join('')})</script>"))
    www.put("/qxx/xw.json", Answer(json.dumps([[r.title, r.href] for r in news], ensure_ascii=False), JSON))


@portal("椿水县", "澜安市", "useful address inside a query parameter (specialurl)", "list from a POST with a JSON body", "iframe", "script pager with 下一页")
def p10(kit: Kit) -> None:
    """A frame page around the list, which asks a REST address."""
    www, listed = kit.www, "/govxxgk/CS000/category/031/031004/govlist.html"
    rows = kit.series(www, lambda y, d: f"/govxxgk/CS000/{d}/{kit.hex(8)}-{kit.hex(4)}-{kit.hex(12)}.html", "whole", range(2010, 2026), "B")
    alike = kit.alike(www, lambda y, d: f"/govxxgk/CS000/{d}/{kit.hex(8)}.html", (2022, 2024))
    rows = sorted(rows + alike, key=lambda r: r.date, reverse=True)

    def rest(ask: Ask) -> Answer:
        try:
            wish = json.loads(json.loads(ask.body or b"{}").get("params", "{}")) if ask.method == "POST" else {}
        except (ValueError, TypeError, AttributeError):
            wish = {}
        page = int(wish.get("pageIndex") or 0)
        part = rows[page * 8:page * 8 + 8] if wish.get("categorynum") == "031004" else []
        return Answer(json.dumps({"custom": {"total": len(rows), "data": [{"infourl": r.href, "title": r.title, "realtitle": r.title, "infodate": r.date}
                                                                          for r in part]}}, ensure_ascii=False), JSON)
    www.put("/cswz/rest/lightfrontaction/getgovinfolist", rest)
    www.put("/js/webBuilderCommon.js", Answer('var siteInfo={projectName:"/cswz",siteGuid:"b7e0-31"};', SCRIPT))
    www.put(listed, """<html><head><meta charset="utf-8"><title>年报列表</title></head><body><ul id="g"></ul><a id="nx" href="javascript:void(0)">下一页</a>
<script src="/js/webBuilderCommon.js"></script><script>var at=0;function ask(){fetch(siteInfo.projectName+"/rest/lightfrontaction/getgovinfolist",{method:"POST",
headers:{"Content-Type":"application/json"},body:JSON.stringify({token:"x",params:JSON.stringify({deptcode:"CS000",categorynum:"031004",siteGuid:siteInfo.siteGuid,pageIndex:at,pageSize:8})})})
.then(r=>r.json()).then(j=>{document.getElementById("g").innerHTML=j.custom.data.map(d=>'<li><a target="_blank" href="'+d.infourl+'">'+d.title+'</a> '+d.infodate+'</li>').join("");
document.getElementById("nx").style.display=(at+1)*8<j.custom.total?"":"none";});}
document.getElementById("nx").onclick=function(){at++;ask();};ask();</script></body></html>""")
    www.put("/govxxgk/openSubPage.html", kit.shell("政府信息公开", '<iframe id="f" width="900" height="700"></iframe><script>var q=new URLSearchParams(location.search);'
            'document.getElementById("f").src=q.get("specialurl");document.title=q.get("righttitle")||document.title;</script>'))
    hop = f"/govxxgk/openSubPage.html?specialurl={quote(listed + '?deptcode=CS000&categorynum=031004', safe='')}&righttitle={quote('政府信息公开年报')}"
    kit.plain(www, "/govxxgk/zn.html", "政府信息公开指南")
    kit.nav = [("首页", "/"), ("政务公开", "/zwgk/index.html"), ("服务", "/fw/index.html")]
    www.put("/zwgk/index.html", kit.shell("政务公开", kit.five("/govxxgk/zn.html", "/govxxgk/zn.html", "/govxxgk/zn.html", hop, "/govxxgk/zn.html")))
    kit.plain(www, "/fw/index.html", "服务")
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{d.replace('-', '')}/{kit.hex(8)}.html")))

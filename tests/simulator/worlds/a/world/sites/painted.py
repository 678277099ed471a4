"""Portals whose list is painted by a script from XML, fragments or JSON."""

from __future__ import annotations

import base64
import json
from html import escape

from ..kit import by_date, chunks, links, ul
from ..model import Portal
from ..server import Net, Req, Resp
from .common import five, folder, js, json_resp, left, not_allowed, place, rows_of, start, stub

JPAGE = """(function(){var box=document.getElementById('jpage');var src=document.getElementById('ds').textContent;var next='';
function paint(xml){var m=xml.match(/<nextgroup><!\\[CDATA\\[([\\s\\S]*?)\\]\\]><\\/nextgroup>/);next='';if(m){var u=m[1].match(/href="([^"]+)"/);if(u)next=u[1];}
var r=/<record><!\\[CDATA\\[([\\s\\S]*?)\\]\\]><\\/record>/g,k;while((k=r.exec(xml)))box.insertAdjacentHTML('beforeend',k[1]);
document.getElementById('more').style.display=next?'':'none';}
document.getElementById('more').onclick=function(){fetch(next).then(function(r){return r.text();}).then(paint);};paint(src);})();"""


def yunliang(net: Net, seed: int) -> Portal:
    """03 Records in an XML inside a script element, further groups by a proxy that obeys page only."""
    site, h = start(net, seed, place("990200", "云梁市", "prefecture"), 3)
    h.add("/script/jpage/jpage.js", JPAGE)
    site.viewer(h)
    site.nav = [("首页", "/"), ("信息公开", "/col/col1229100/index.html"), stub(site, h, "/col/col1229001/index.html", "服务"), stub(site, h, "/col/col1229002/index.html", "互动")]
    items = by_date([*site.series("whole", range(2008, 2026)), *site.series("office", range(2010, 2026), site.place.gov + "办公室"), *site.others(8, 0, range(2022, 2026))])
    for item in items:
        y, m, d = item.date.split("-")
        site.put(item, h, f"/art/{y}/{int(m)}/{int(d)}/art_1229108_{site.nid()}.html", carrier="viewer" if item.year == 2019 and item.kind == "whole" else "page",
                 note="正文是 pdf 阅读器框" if item.year == 2019 and item.kind == "whole" else "")
    for c in ("蔚溪县", "丹谷县", "秋屿县"):
        for year in (2023, 2024, 2025):
            site.put(site.item("foreign", year, c + "人民政府"), h, f"/art/{year + 1}/3/9/art_1229109_{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/art/2026/11/{i + 1}/art_1229050_{600 + i}.html"), looks=site.lookalikes(h, lambda i: f"/art/2026/2/{i + 1}/art_1229060_{700 + i}.html"))
    menu = left([*five(site, h, "/col/col12291", ".html"), ("信息公开年报", "/col/col1229108/index.html"), ("县（市、区）年报", "/col/col1229109/index.html")])
    h.add("/col/col1229100/index.html", site.page(h, "信息公开", menu))
    pages = chunks(rows_of(site, items), 15)

    def xml(n: int) -> str:
        nxt = f'<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page={n + 1}&webid=3&columnid=1229108&unitid=889"></a>]]></nextgroup>' if n < len(pages) else ""
        recs = "".join(f'<record><![CDATA[<li><a href="{p}" title="{t}" target="_blank">{t}</a><span>{d}</span></li>]]></record>' for t, p, d in (pages[n - 1] if 1 <= n <= len(pages) else []))
        return f"<datastore>{nxt}<recordset>{recs}</recordset><totalrecord>{len(items)}</totalrecord><totalpage>{len(pages)}</totalpage></datastore>"

    def proxy(req: Req) -> Resp:
        n = req.q("page") or req.form("page") or "1"
        return Resp(("<?xml version='1.0' encoding='UTF-8'?>" + xml(int(n) if n.isdigit() else 1)).encode(), 200, "text/xml; charset=utf-8")

    h.add("/module/web/jpage/dataproxy.jsp", proxy)
    main = f"{menu}<ul id='jpage'></ul><a id='more' href='javascript:;'>下一组</a><script type='text/xml' id='ds'>{xml(1)}</script><script src='/script/jpage/jpage.js'></script>"
    h.add("/col/col1229108/index.html", site.page(h, "信息公开年报", main, [("首页", "/"), ("信息公开", "/col/col1229100/index.html")], "<meta name='ColumnName' content='信息公开年报'>"))
    h.add("/col/col1229109/index.html", site.page(h, "县（市、区）年报", menu + ul(rows_of(site, [i for i in site.path if i.kind == "foreign"]))))
    return site.done("脚本标签里的 datastore XML", "后续各组由 dataproxy 按 page 取", "旁有县区年报栏目", "2019 年正文在 pdf 阅读器框里", columns=[h.url("/col/col1229108/index.html")])


def lingxi(net: Net, seed: int) -> Portal:
    """04 A shell; the unit answers HTML in JSON for paramJson only, and wants a Referer."""
    site, h = start(net, seed, place("990222", "岭溪县", prefecture="云梁市"), 2)
    site.nav = [("首页", "/"), ("政府信息公开", "/col/col5501/index.html"), stub(site, h, "/col/col5001/index.html", "办事服务")]
    items = by_date([*site.series("whole", range(2013, 2026)), *site.series("office", range(2019, 2026)), *site.others(4, 4, range(2022, 2026))])
    for item in items:
        site.put(item, h, f"/col/col5508/art/{item.date[:4]}/art_{site.hex()}.html")
    site.home(h, news=site.news(h, lambda i: f"/col/col5050/art/2026/art_{site.hex()}.html"), looks=site.lookalikes(h, lambda i: f"/col/col5060/art/2026/art_{site.hex()}.html"))
    menu = left([*five(site, h, "/col/col55", "/index.html"), ("年度报告", "/col/col5508/index.html")])
    h.add("/col/col5501/index.html", site.page(h, "政府信息公开", menu))
    pages = chunks(rows_of(site, items), 10)
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"

    def answer(req: Req) -> Resp:
        if "referer" not in req.headers:
            return Resp(b"forbidden", 403, "text/plain")
        try:
            n = int(json.loads(req.q("paramJson", "{}")).get("pageNo", 1))
        except (ValueError, AttributeError):
            n = 1
        if req.q("pageId") != "5508" or req.q("tagId") != "当前栏目_list":
            return json_resp({"success": False, "message": "参数错误"})
        part = pages[n - 1] if 1 <= n <= len(pages) else []
        pager = f"<div class='pg' data-total='{len(items)}'>" + "".join(f"<a href='javascript:;' data-page='{k}'>{k}</a> " for k in range(1, len(pages) + 1)) + f"共{len(items)}条</div>"
        return json_resp({"success": True, "data": {"html": ul(part) + pager}})

    h.add(unit, answer)
    query = "{'parseType':'bulidstatic','webId':'8d1','tplSetId':'q7Hs','pageType':'column','tagId':'当前栏目_list','editType':'null','pageId':'5508'}"
    script = """<script>(function(){var box=document.getElementById('unit');var q=JSON.parse(box.getAttribute('querydata').replace(/'/g,'"'));
function load(n){var p=new URLSearchParams(q);p.set('paramJson',JSON.stringify({pageNo:n,pageSize:10}));
fetch(box.getAttribute('url')+'?'+p.toString()).then(function(r){return r.json();}).then(function(d){box.innerHTML=d.data.html;
box.querySelectorAll('[data-page]').forEach(function(a){a.onclick=function(){load(+this.getAttribute('data-page'));};});});}load(1);})();</script>"""
    h.add("/col/col5508/index.html", site.page(h, "年度报告", f'{menu}<div id="unit" url="{unit}" querydata="{query}">加载中…</div>{script}'))
    return site.done("JPAAS 单元：JSON 里的 HTML，只认 paramJson", "无 Referer 则 403", "栏目名只有“年度报告”", columns=[h.url("/col/col5508/index.html")])


def wanping(net: Net, seed: int) -> Portal:
    """06 Hash-routed catalogue with a JSON list of 100 a page; older years in an ordinary column."""
    site, h = start(net, seed, place("990321", "湾屏区", prefecture="榆泉市"), 0)
    site.nav = [("首页", "/"), ("政府信息公开", "/gkmlpt/index"), stub(site, h, "/zwfw/", "政务服务"), ("历年年报", "/zwgk/lnnb/")]
    new = by_date([*site.series("whole", range(2017, 2026)), *site.series("office", range(2017, 2026)), *site.others(20, 10, range(2020, 2026))])
    old = site.series("whole", range(2009, 2017), title=lambda y: f"湾屏区{y}年政府信息公开工作年度报告")
    for item in new:
        if item.kind == "whole" and item.year == 2021:
            site.put(item, h, f"/zwgk/zwyw/content/post_{site.nid()}.html", note="行的类型是 url，文章在普通栏目")
        else:
            site.put(item, h, f"/gkmlpt/content/4/4688/post_{site.nid()}.html")
    for item in old:
        site.put(item, h, f"/zwgk/lnnb/content/post_{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/xw/content/post_{100 + i}.html"), looks=site.lookalikes(h, lambda i: f"/gkmlpt/content/4/4600/post_{200 + i}.html"))
    per = 100

    def api(req: Req) -> Resp:
        node = req.path.rsplit("/", 1)[-1]
        if req.q("sid") != "7712" or node not in ("4688", "0"):
            return json_resp({"classify": {"id": int(node) if node.isdigit() else 0, "name": ""}, "total": 0, "articles": []})
        n = int(req.q("page", "1")) if req.q("page", "1").isdigit() else 1
        arts = [{"id": 1000 + k, "title": i.title, "url": "//" + h.name + site.path[i], "type": "url" if "/zwyw/" in site.path[i] else "normal", "publisher": i.organ,
                 "display_publish_time": i.date} for k, i in enumerate(new)]
        return json_resp({"classify": {"id": 4688, "name": "政府信息公开年报", "post_count": len(new) + 57}, "total": len(new), "offset": (n - 1) * per, "articles": arts[(n - 1) * per:n * per]})

    h.prefix("/gkmlpt/api/all/", api)
    tree = [{"id": 4680, "name": "政府信息公开指南"}, {"id": 4681, "name": "政府信息公开制度"}, {"id": 4682, "name": "法定主动公开内容"}, {"id": 4688, "name": "政府信息公开年报"}, {"id": 4689, "name": "依申请公开"}]
    app = """<div id="tree"></div><div id="list"></div><div id="pg"></div><script>var TREE=%s;var _CONFIG={SITE_ID:7712};
function show(){var id=+(location.hash.replace('#','')||4680),page=1;var box=document.getElementById('list');
function load(n){fetch('/gkmlpt/api/all/'+id+'?page='+n+'&sid='+_CONFIG.SITE_ID).then(function(r){return r.json();}).then(function(d){
if(!d.articles.length){box.innerHTML='<p>暂无数据</p>';document.getElementById('pg').innerHTML='';return;}
box.innerHTML='<ul>'+d.articles.map(function(a){return '<li><a target="_blank" href="'+a.url+'">'+a.title+'</a><span>'+a.display_publish_time+'</span></li>';}).join('')+'</ul>';
var t=Math.ceil(d.total/100),s='';for(var i=1;i<=t;i++)s+='<a class="pgn" href="javascript:;" data-n="'+i+'">'+i+'</a> ';var pg=document.getElementById('pg');pg.innerHTML=s+'共'+d.total+'条';
pg.querySelectorAll('.pgn').forEach(function(a){a.onclick=function(){load(+a.getAttribute('data-n'));};});});}load(page);}
document.getElementById('tree').innerHTML=TREE.map(function(t){return '<p><a href="#'+t.id+'">'+t.name+'</a></p>';}).join('');
window.onhashchange=show;show();</script>""" % js(tree)
    h.add("/gkmlpt/index", site.page(h, "政府信息公开目录", app))
    for n, part in enumerate(chunks(rows_of(site, old), 5), 1):
        pager = "<a href='/zwgk/lnnb/'>1</a> <a href='index_2.html'>2</a>"
        if n == 1:
            folder(h, "/zwgk/lnnb/", site.page(h, "历年年报", ul(part) + pager))
        else:
            h.add(f"/zwgk/lnnb/index_{n}.html", site.page(h, "历年年报", ul(part) + pager))
    return site.done("散列路由目录 gkmlpt，JSON 每页 100 条共 2 页", "2009–2016 在另一普通栏目“历年年报”", "一行是 url 型；链接以 // 开头", columns=[h.url("/gkmlpt/index#4688"), h.url("/zwgk/lnnb/")])


def shulan(net: Net, seed: int) -> Portal:
    """07 List only as a fragment posted for by a script; the office is another organ."""
    site, h = start(net, seed, place("990223", "舒岚县", prefecture="云梁市"), 1)
    gov_id, off_id, fin_id = "6596501", "6596530", "6596544"
    site.nav = [("首页", "/"), ("政务公开", f"/public/column/{gov_id}?type=4&amp;action=list"), stub(site, h, "/site/tpl/5521", "政务服务"), stub(site, h, "/site/tpl/5522", "互动交流")]
    by = {gov_id: site.series("whole", range(2008, 2026)), off_id: site.series("office", range(2014, 2026)), fin_id: site.series("department", range(2018, 2026), "舒岚县财政局")}
    names = {gov_id: "舒岚县人民政府", off_id: "县政府办公室", fin_id: "县财政局"}
    for organ, items in by.items():
        for item in items:
            site.put(item, h, f"/public/{organ}/{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/content/detail/{500 + i}.html"), looks=site.lookalikes(h, lambda i: f"/public/6596560/{700 + i}.html"))

    def label(req: Req) -> Resp:
        if req.form("labelName") != "publicInfoList" or req.form("type") != "3":
            return h.html("<ul></ul>")
        items = by.get(req.form("organId"), [])
        size, n = int(req.form("pageSize", "10") or 10), int(req.form("pageIndex", "1") or 1)
        total = -(-len(items) // size)
        rows = "".join(f"<li><a class='title' target='_blank' title='{escape(i.title)}' href='{site.path[i]}'>{escape(i.title)}</a><span>{i.date}</span></li>" for i in items[(n - 1) * size:n * size])
        pager = "".join(f"<a href='javascript:void(0)' onclick='loadList({k})'>{k}</a> " for k in range(1, total + 1))
        return h.html(f"<ul>{rows}</ul><div class='page'>{pager}共{len(items)}条</div>")

    h.add("/site/label/8888", lambda req: not_allowed(req) or label(req))

    def column(req: Req) -> Resp:
        organ = req.path.rsplit("/", 1)[-1]
        kind = req.q("type", "4")
        if organ not in names:
            return h.html("<p>未找到</p>", 404)
        menu = left([(t, f"/public/column/{organ}?type={k}&amp;action=list") for t, k in (("政府信息公开指南", 2), ("政府信息公开制度", 1), ("法定主动公开内容", 4), ("政府信息公开年报", 3), ("依申请公开", 5))])
        others = links([(n, f"/public/column/{o}?type=4&amp;action=list") for o, n in names.items()], "organs")
        if kind == "3":
            main = f"""<div id="box">加载中</div><script>function loadList(n){{var f=new URLSearchParams({{labelName:'publicInfoList',siteId:'6596',pageSize:'10',pageIndex:n,action:'list',organId:'{organ}',type:'3',IsAjax:1,dataType:'html',_:Math.random()}});
fetch('/site/label/8888',{{method:'POST',body:f}}).then(function(r){{return r.text();}}).then(function(t){{document.getElementById('box').innerHTML=t;}});}}loadList(1);</script>"""
        else:
            main = "<p>本栏说明如何查找信息，内容定期整理。</p>"
        return h.html(site.page(h, f"{names[organ]}信息公开", f"{menu}<h4>公开机关</h4>{others}{main}"))

    h.prefix("/public/column/", column)
    return site.done("标签片段 POST /site/label/8888（带随机数）", "type=3 是年报", "办公室是另一 organId，从公开机关列表进入", columns=[h.url(f"/public/column/{gov_id}?type=3&action=list"), h.url(f"/public/column/{off_id}?type=3&action=list")])


def ninggu(net: Net, seed: int) -> Portal:
    """10 JSON by POST of a JSON body; the column hidden in a query parameter; bodies loaded by a script."""
    site, h = start(net, seed, place("990224", "宁榖县", prefecture="云梁市"), 2)
    h.add("/js/webBuilderCommon.js", "var siteInfo={projectName:'/EpointGov',siteGuid:'7eb5f7f1-9041-43ad'};")
    site.nav = [("首页", "/"), ("信息公开", "/govxxgk/001/subPage.html"), stub(site, h, "/zwfw/002001/about.html", "办事")]
    items = by_date([*site.series("whole", range(2011, 2026)), *site.series("office", range(2019, 2026)), *site.others(3, 3, range(2023, 2026))])
    guid = {}
    for item in items:
        guid[item] = site.uuid()
        api = f"/EpointGov/rest/lightfrontaction/getgovinfodetail?infoGuid={guid[item]}"
        path = f"/govxxgk/001/{item.date}/{guid[item]}.html"
        loader = (f"<div id='body'>正在加载…</div><script>fetch('{api}').then(function(r){{return r.json();}}).then(function(d){{document.getElementById('body').innerHTML=d.custom.infocontent;}});</script>")
        scripted = item.year in (2022, 2023)
        site.put(item, h, path, serve=not scripted, also=[h.url(api)] if scripted else [], note="正文由脚本取 JSON" if scripted else "")
        if scripted:
            h.add(path, site.article(h, item, item.title, loader))
    by_guid = {g: i for i, g in guid.items()}
    h.add("/EpointGov/rest/lightfrontaction/getgovinfodetail", lambda req: json_resp({"custom": {"infocontent": site.report(by_guid[req.q("infoGuid")]).html() if req.q("infoGuid") in by_guid else ""}}))
    site.home(h, news=site.news(h, lambda i: f"/xwzx/003/2026-11-{i + 1:02d}/{site.uuid()}.html"), looks=site.lookalikes(h, lambda i: f"/tzgg/004/2026-02-{i + 1:02d}/{site.uuid()}.html"))
    listing = "/govxxgk/001/category/031/031005/govlist.html"
    menu = left([*five(site, h, "/govxxgk/001/031", ".html")[:3], ("工作年报", f"/govxxgk/001/openSubPage.html?specialurl={listing}&amp;righttitle=工作年报")])
    h.add("/govxxgk/001/subPage.html", site.page(h, "信息公开", menu))
    h.add("/govxxgk/001/openSubPage.html", site.page(h, "信息公开", menu + "<h3 id='rt'></h3><iframe id='fr' width='900' height='800'></iframe><script>var q=new URLSearchParams(location.search);"
          "document.getElementById('rt').textContent=q.get('righttitle');var u=q.get('specialurl')||'';if(u.charAt(0)=='/')document.getElementById('fr').src=u;</script>"))

    def api_list(req: Req) -> Resp:
        try:
            body = json.loads(req.body.decode() or "{}")
        except ValueError:
            return json_resp({"status": {"code": 0, "text": "bad"}}, 400)
        if body.get("categorynum") != "031005" or body.get("siteGuid") != "7eb5f7f1-9041-43ad":
            return json_resp({"custom": {"total": 0, "data": []}})
        n, size = int(body.get("pageIndex", 0)), min(int(body.get("pageSize", 10)), 20)
        return json_resp({"custom": {"total": len(items), "data": [{"infourl": site.path[i], "title": i.title[:16] + "...", "realtitle": i.title, "infodate": i.date} for i in items[n * size:(n + 1) * size]]}})

    h.add("/EpointGov/rest/lightfrontaction/getgovinfolist", lambda req: not_allowed(req) or api_list(req))
    h.add(listing, "<html><head><meta charset='utf-8'><title>工作年报</title><script src='/js/webBuilderCommon.js'></script></head><body><ul id='l'></ul><div id='p'></div><script>"
          "function go(n){fetch(siteInfo.projectName+'/rest/lightfrontaction/getgovinfolist',{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify({deptcode:'001',categorynum:'031005',siteGuid:siteInfo.siteGuid,pageIndex:n,pageSize:10})})"
          ".then(function(r){return r.json();}).then(function(d){document.getElementById('l').innerHTML=d.custom.data.map(function(x){return '<li><a target=\"_blank\" href=\"'+x.infourl+'\" title=\"'+x.realtitle+'\">'+x.title+'</a> '+x.infodate+'</li>';}).join('');"
          "var s='',t=Math.ceil(d.custom.total/10);for(var i=0;i<t;i++)s+='<span class=\"pg\" style=\"cursor:pointer\" onclick=\"go('+i+')\">'+(i+1)+'</span> ';document.getElementById('p').innerHTML=s+'共'+d.custom.total+'条';});}go(0);</script></body></html>")
    return site.done("openSubPage 的 specialurl 参数里藏栏目，框内列表", "POST JSON 取列表，行名被截", "2022、2023 年正文由脚本取 JSON", columns=[h.url(listing)])


def zhuyuan(net: Net, seed: int) -> Portal:
    """16 Menu entries call a script with a word; a div is filled by POST, the address stays."""
    site, h = start(net, seed, place("990322", "竹塬县", prefecture="榆泉市"), 0)
    site.nav = [("首页", "/"), ("政务公开", "/xxgk.html"), stub(site, h, "/zwfw.html", "政务服务")]
    gov = site.series("whole", range(2011, 2026), title=lambda y: f"竹塬县{y}年政府信息公开工作年度报告")
    off = site.series("office", range(2019, 2026))
    items = by_date([*gov, *off, *site.others(4, 2, range(2023, 2026))])
    for item in items:
        site.put(item, h, f"/xxgk/detail/{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/news/{10 + i}.html"), looks=site.lookalikes(h, lambda i: f"/notice/{30 + i}.html"))
    words = [("政府信息公开指南", "gkzn"), ("政府信息公开制度", "gkzd"), ("法定主动公开内容", "fdzd"), ("年度报告", "ndbg"), ("依申请公开", "ysq")]

    def data(req: Req) -> Resp:
        kind, n = req.form("kind"), int(req.form("pageNo", "1") or 1)
        if kind != "ndbg":
            return h.html("<p>本栏为文字说明，可到大厅索取纸质件。</p>")
        part, total = chunks(rows_of(site, items), 12), -(-len(items) // 12)
        rows = part[n - 1] if 1 <= n <= len(part) else []
        pager = "".join(f"<a href=\"javascript:getMainData('ndbg',{k})\">{k}</a> " for k in range(1, total + 1))
        return h.html("<h3>年度报告</h3>" + ul(rows) + f"<p>第{n}/{total}页 {pager}</p>")

    h.add("/xxgk/getMainData", lambda req: not_allowed(req) or data(req))
    script = ("<script>function getMainData(k,n){fetch('/xxgk/getMainData',{method:'POST',body:new URLSearchParams({kind:k,pageNo:n||1})}).then(function(r){return r.text();})"
              ".then(function(t){document.getElementById('mainData').innerHTML=t;});}getMainData('gkzn');</script>")
    h.add("/xxgk.html", site.page(h, "政府信息公开", left([(t, f"javascript:getMainData('{k}')") for t, k in words]) + "<div id='mainData'></div>" + script))
    return site.done("javascript:getMainData('ndbg') 填 div，地址不变", "翻页亦同", columns=[h.url("/xxgk.html")])


def jinxi(net: Net, seed: int) -> Portal:
    """25 Endless scroll over a cursor."""
    site, h = start(net, seed, place("990421", "锦溪县", prefecture="沙泉市"), 3)
    site.nav = [("首页", "/"), ("公开", "/open/index.html"), stub(site, h, "/serve/index.html", "服务")]
    items = by_date([*site.series("whole", range(2012, 2026)), *site.series("office", range(2017, 2026)), *site.others(6, 0, range(2021, 2026))])
    for item in items:
        site.put(item, h, f"/open/doc/{site.hex(24)}.html")
    site.home(h, news=site.news(h, lambda i: f"/news/doc/{site.hex(24)}.html"), looks=site.lookalikes(h, lambda i: f"/notice/doc/{site.hex(24)}.html"))
    menu = left([*five(site, h, "/open/", ".html"), ("公开年度报告", "/open/annual.html")])
    h.add("/open/index.html", site.page(h, "公开", menu))

    def mark(n: int) -> str:
        return base64.urlsafe_b64encode(f"jx|{n}|{len(items)}".encode()).decode()

    def api(req: Req) -> Resp:
        at = 0
        if req.q("cursor"):
            try:
                at = int(base64.urlsafe_b64decode(req.q("cursor")).decode().split("|")[1])
            except (ValueError, IndexError):
                return json_resp({"code": 400, "list": []}, 400)
        nxt = at + 8
        return json_resp({"code": 0, "list": [{"docTitle": i.title, "docUrl": site.path[i], "pubTime": i.date} for i in items[at:nxt]], "hasMore": nxt < len(items), "cursor": mark(nxt) if nxt < len(items) else None})

    h.add("/open/api/annual", api)
    script = """<ul id="flow"></ul><button id="more">加载更多</button><script>(function(){var c='',busy=false,end=false,box=document.getElementById('flow'),btn=document.getElementById('more');
function load(){if(busy||end)return;busy=true;fetch('/open/api/annual'+(c?'?cursor='+encodeURIComponent(c):'')).then(function(r){return r.json();}).then(function(d){
d.list.forEach(function(x){var li=document.createElement('li');li.style.height='70px';var a=document.createElement('a');a.href=x.docUrl;a.textContent=x.docTitle;li.appendChild(a);box.appendChild(li);});
c=d.cursor;busy=false;if(!d.hasMore){end=true;btn.textContent='没有更多了';btn.disabled=true;}});}
btn.onclick=load;window.addEventListener('scroll',function(){if(window.innerHeight+window.scrollY>=document.body.scrollHeight-60)load();});load();})();</script>"""
    h.add("/open/annual.html", site.page(h, "公开年度报告", menu + script))
    return site.done("滚动加载与“加载更多”，游标 JSON，每次 8 条", "栏目叫公开年度报告", columns=[h.url("/open/annual.html")])


ALL = [yunliang, lingxi, wanping, shulan, ninggu, zhuyuan, jinxi]

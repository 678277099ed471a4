"""Portals whose pages are plain documents: pinyin trees, numbered lists, slugs, frames' older cousins."""

from __future__ import annotations

import base64
from urllib.parse import quote

from ..kit import by_date, chunks, links, ul
from ..model import Portal
from ..server import Net, Req, Resp
from .common import five, folder, left, place, rows_of, start, stub, t_path

PAGER_A = """function createPageHTML(total,current,name,ext){if(total<2)return;var s='';for(var i=0;i<total;i++){var f=i==0?name+'.'+ext:name+'_'+i+'.'+ext;
s+=i==current?'<span>'+(i+1)+'</span>':'<a href="'+f+'">'+(i+1)+'</a>';}document.write('<div class="page">'+s+'</div>');}"""
PAGER_B = """function createPageHTML(box,total,current,name,ext,rows){var s='共'+rows+'条 ';function f(i){return name+(i==1?'':'_'+i)+'.'+ext;}
if(current>1)s+='<a href="'+f(current-1)+'">上一页</a>';for(var i=1;i<=total;i++)s+=i==current?'<b>'+i+'</b>':'<a href="'+f(i)+'">'+i+'</a>';
if(current<total)s+='<a href="'+f(current+1)+'">下一页</a>';document.getElementById(box).innerHTML=s;}"""


def qingyu(net: Net, seed: int) -> Portal:
    """01 Pinyin tree, four levels down, kinds in sibling folders, pager A."""
    site, h = start(net, seed, place("990121", "青榆县"), 0)
    h.add("/js/page.js", PAGER_A)
    site.nav = [("首页", "/"), ("政务公开", "/zwgk/"), stub(site, h, "/zwfw/", "政务服务"), stub(site, h, "/hdjl/", "互动交流")]
    base = "/zwgk/zfxxgk/zfxxgknb/"
    gov, off, rest = site.series("whole", range(2008, 2026)), site.series("office", range(2019, 2026)), site.others(12, 8, range(2022, 2026))
    for sub, items in (("qzf", gov), ("bm", off + [i for i in rest if i.kind == "department"]), ("xz", [i for i in rest if i.kind == "township"])):
        for item in items:
            site.put(item, h, base + f"{sub}/" + t_path(item, site.nid()))
    looks = site.lookalikes(h, lambda i: f"/zwgk/tzgg/2026{i + 1:02d}/t2026{i + 1:02d}11_{7700 + i}.html")
    news = site.news(h, lambda i: f"/xwzx/202611/t2026112{i % 7}_{8800 + i}.html")
    site.home(h, news=news, looks=looks)
    menu = left([*five(site, h, "/zwgk/zfxxgk/"), ("政府信息公开年报", base)])
    folder(h, "/zwgk/", site.page(h, "政务公开", links([stub(site, h, "/zwgk/zcwj/", "政策文件"), ("政府信息公开", "./zfxxgk/"), stub(site, h, "/zwgk/czxx/", "财政信息")])))
    folder(h, "/zwgk/zfxxgk/", site.page(h, "政府信息公开", menu + "<p>请从左侧选择。</p>"))
    blocks = []
    for sub, name, items in (("qzf", "县政府", gov), ("bm", "部门", by_date(off + [i for i in rest if i.kind == "department"])), ("xz", "乡镇", by_date(i for i in rest if i.kind == "township"))):
        rows = rows_of(site, items)
        pages = chunks([(t, "./" + p.removeprefix(f"{base}{sub}/"), d) for t, p, d in rows], 15)
        for n, part in enumerate(pages):
            html = site.page(h, name + "年报", menu + ul(part) + f"<script src='/js/page.js'></script><script>createPageHTML({len(pages)}, {n}, \"index\", \"html\");</script>",
                             [("首页", "/"), ("政府信息公开", "/zwgk/zfxxgk/"), ("政府信息公开年报", base), (name, "")])
            if n == 0:
                folder(h, f"{base}{sub}/", html)
            else:
                h.add(f"{base}{sub}/index_{n}.html", html)
        blocks.append(f"<h3>{name} <a href='./{sub}/'>更多&gt;&gt;</a></h3>" + ul(rows[:4]))
    folder(h, base, site.page(h, "政府信息公开年报", menu + "".join(blocks), [("首页", "/"), ("政府信息公开年报", "")]))
    return site.done("拼音目录树", "栏目分县政府/部门/乡镇三夹，首页只列四条", "脚本分页 index_1", "5 次点击", columns=[h.url(base)])


def baidu(net: Net, seed: int) -> Portal:
    """02 cNNN .shtml list mixing all organs, pager B, entry is a picture with alt."""
    site, h = start(net, seed, place("990122", "白渡区"), 1)
    h.add("/common/page.js", PAGER_B)
    col = "/bdq/c108800/zfxxgklby_nb"
    site.nav = [("首页", "/"), stub(site, h, "/bdq/c108001/list.shtml", "走进白渡"), ("信息公开", "/bdq/c108700/zfxxgk.shtml"), stub(site, h, "/bdq/c108003/list.shtml", "办事")]
    items = by_date([*site.series("whole", range(2010, 2026)), *site.series("office", range(2016, 2026)), *site.others(14, 6, range(2021, 2026))])
    for item in items:
        site.put(item, h, f"/bdq/c108800/{item.date[:4]}{item.date[5:7]}/{site.hex()}.shtml")
    looks = site.lookalikes(h, lambda i: f"/bdq/c108650/202602/{site.hex()}.shtml")
    site.home(h, news=site.news(h, lambda i: f"/bdq/c108600/202611/{site.hex()}.shtml"), looks=looks)
    menu = left(five(site, h, "/bdq/c108700/", ".shtml")) + f"<a href='{col}.shtml'><img src='/img/nb.svg' alt='政府信息公开工作年度报告'></a>"
    h.add("/bdq/c108700/zfxxgk.shtml", site.page(h, "政府信息公开", menu))
    pages = chunks(rows_of(site, items), 20)
    for n, part in enumerate(pages, 1):
        part = [(t, p + ("?ddtab=true" if i % 5 == 4 else ""), d) for i, (t, p, d) in enumerate(part)]
        h.add(col + ("" if n == 1 else f"_{n}") + ".shtml", site.page(h, "政府信息公开工作年度报告", menu + ul(part) + "<div id='page_div'></div><script src='/common/page.js'></script>"
              f"<script>createPageHTML('page_div', {len(pages)}, {n}, 'zfxxgklby_nb', 'shtml', {len(items)});</script>", [("首页", "/"), ("信息公开", "/bdq/c108700/zfxxgk.shtml")]))
    return site.done("cNNN.shtml 列表，政府、办公室、部门、镇街混排 7 页", "入口是带 alt 的图片", "部分链接带 ?ddtab=true", columns=[h.url(col + ".shtml")])


def songtai(net: Net, seed: int) -> Portal:
    """05 .htm lists numbered backwards, hover menu, rows that say only 2018年."""
    site, h = start(net, seed, place("990123", "松台县"), 3)
    site.nav_html = ("<style>.sub{display:none}.navbar li:hover .sub{display:block}</style><li><a href='/'>首页</a></li><li><a href='#'>公开</a><ul class='sub'><li><a href='/zwgk.htm'>政务公开</a></li>"
                     "<li><a href='/zfxxgk/zfxxgkzn.htm'>政府信息公开</a></li></ul></li><li><a href='/bsfw.htm'>办事</a></li>")
    stub(site, h, "/bsfw.htm", "办事服务")
    gov, off = site.series("whole", range(2009, 2026), title=lambda y: f"{y}年松台县政府信息公开工作年度报告"), site.series("office", range(2020, 2026))
    for item in [*gov, *off]:
        site.put(item, h, f"/info/{1025 if item.kind == 'whole' else 1031}/{site.nid()}.htm", title=f"{item.year}年政府信息公开工作年度报告" if item.year < 2013 else "",
                 note="行文字只有年份" if item.kind == "whole" else "")
    for item in site.others(6, 0):
        site.put(item, h, f"/info/1032/{site.nid()}.htm")
    site.home(h, news=site.news(h, lambda i: f"/info/1001/{9000 + i}.htm"), looks=site.lookalikes(h, lambda i: f"/info/1009/{9900 + i}.htm"))
    menu = left([*five(site, h, "/zfxxgk/", ".htm"), ("政府信息公开年报", "/zfxxgk/zfxxgknb.htm"), ("部门信息公开", "/zfxxgk/bmxxgk.htm")])
    h.add("/zwgk.htm", site.page(h, "政务公开", links([("政府信息公开", "zfxxgk/zfxxgkzn.htm"), stub(site, h, "/zwgk/zcwj.htm", "政策文件")])))
    h.routes["/zfxxgk/zfxxgkzn.htm"] = site.page(h, "政府信息公开指南", menu + "<p>本指南说明如何查阅和申请政府信息。</p>")
    pages = chunks(gov, 6)
    total = len(pages)
    for n, part in enumerate(pages, 1):
        path = "/zfxxgk/zfxxgknb.htm" if n == 1 else f"/zfxxgk/zfxxgknb/{total - n + 1}.htm"
        up = "../" if n == 1 else "../../"
        rows = [(f"{i.year}年", up + site.path[i].lstrip("/"), i.date) for i in part]
        at = lambda k, here=n: ("zfxxgknb.htm" if here == 1 else "../zfxxgknb.htm") if k == 1 else (f"zfxxgknb/{total - k + 1}.htm" if here == 1 else f"{total - k + 1}.htm")  # noqa: E731
        nxt = f"<span class='p_next'><a href='{at(n + 1)}'>下页</a></span>" if n < total else "<span class='p_next_d'>下页</span>"
        nums = "".join(f"<span class='p_no'><a href='{at(k)}'>{k}</a></span>" for k in range(1, total + 1) if k != n)
        h.add(path, site.page(h, "政府信息公开年报", menu + ul(rows) + f"<div class='p_pages'>共{len(gov)}条 {nums}{nxt}</div>"))
    organs = [("县政府办公室", "/zfxxgk/bmxxgk/xzfbgs.htm"), ("县财政局等部门", "/zfxxgk/bmxxgk/qtbm.htm")]
    h.add("/zfxxgk/bmxxgk.htm", site.page(h, "部门信息公开", menu + links(organs)))
    h.add("/zfxxgk/bmxxgk/xzfbgs.htm", site.page(h, "县政府办公室", "<h3>信息公开年报</h3>" + ul(rows_of(site, off)) + links([stub(site, h, "/zfxxgk/bmxxgk/xzfbgs/jgzn.htm", "机构职能")])))
    h.add("/zfxxgk/bmxxgk/qtbm.htm", site.page(h, "部门", "<h3>信息公开年报</h3>" + ul(rows_of(site, [i for i in site.path if i.kind == "department"]))))
    return site.done("*.htm 倒序分页（第 2 页是 2.htm）", "悬停菜单", "行文字只有“2018年”", "早年文章标题无机关名", "办公室年报在部门信息公开下", columns=[h.url("/zfxxgk/zfxxgknb.htm"), h.url("/zfxxgk/bmxxgk/xzfbgs.htm")])


def jingyuan(net: Net, seed: int) -> Portal:
    """08 Yii-like routes, old reports as DOCX attachments."""
    site, h = start(net, seed, place("990124", "泾塬县"), 2)
    site.nav = [("首页", "/"), ("政府信息公开", "/Openness/"), stub(site, h, "/Work/", "办事"), stub(site, h, "/Interact/", "互动")]
    gov, off, rest = site.series("whole", range(2008, 2026)), site.series("office", range(2017, 2026)), site.others(5, 3, range(2023, 2026))
    for item in [*gov, *off, *rest]:
        site.put(item, h, f"/XxgkAnnualReport/show/{site.nid()}.html", carrier="docx-page" if item.year <= 2013 else "page", note="正文只有附件 DOCX" if item.year <= 2013 else "")
    site.home(h, news=site.news(h, lambda i: f"/News/show/{7000 + i}.html"), looks=site.lookalikes(h, lambda i: f"/OpennessContent/show/{6100 + i}.html"))
    base = "/XxgkAnnualReport/showList/1/page_"
    menu = left([*five(site, h, "/OpennessContent/showList/1/", ".html"), ("政府信息公开年度报告", base + "1.html")])
    h.add("/Openness/", site.page(h, "政府信息公开", menu))
    orgs = [("县政府", 1, gov), ("县政府办公室", 2, off), ("部门和乡镇", 3, rest)]
    tabs = "<div class='tab'>" + "".join(f"<a href='/XxgkAnnualReport/showList/{k}/page_1.html'>{n}</a> " for n, k, _ in orgs) + "</div>"
    for name, key, items in orgs:
        pages = chunks(rows_of(site, items), 10)
        for n, part in enumerate(pages, 1):
            pager = "".join(f"<a href='/XxgkAnnualReport/showList/{key}/page_{k}.html'>{k}</a> " for k in range(1, len(pages) + 1))
            h.add(f"/XxgkAnnualReport/showList/{key}/page_{n}.html", site.page(h, f"{name}年度报告", menu + tabs + ul(part) + f"<div>{pager}共{len(items)}条</div>"))
    return site.done("控制器式路由 page_N.html", "标签按机关分", "2008–2013 年只有 DOCX 附件", columns=[h.url(base + "1.html")])


def luotang(net: Net, seed: int) -> Portal:
    """09 Addresses without extension, ?page=, rows with data-url, pager in base64."""
    site, h = start(net, seed, place("990622", "洛棠市", prefecture="乌泽市"), 2)
    site.nav = [("首页", "/"), ("信息公开", "/gk"), stub(site, h, "/fw", "服务"), stub(site, h, "/hd", "互动")]
    items = by_date([*site.series("whole", range(2012, 2026)), *site.series("office", range(2018, 2026)), *site.others(0, 6, range(2023, 2026))])
    for item in items:
        site.put(item, h, f"/gk/zfxxgknb/content_{site.nid()}")
    site.home(h, news=site.news(h, lambda i: f"/xw/content_{50 + i}"), looks=site.lookalikes(h, lambda i: f"/gk/gsgg/content_{80 + i}"))
    menu = left([*five(site, h, "/gk/", ""), ("信息公开年度报告", "/gk/zfxxgknb")])
    h.add("/gk", site.page(h, "信息公开", menu))
    pages = chunks(rows_of(site, items), 12)
    script = ("<script>document.querySelectorAll('a[data-url]').forEach(function(a){a.onclick=function(){location.href=this.getAttribute('data-url');};});"
              "var p=document.getElementById('pages');p.innerHTML=decodeURIComponent(window.atob(p.getAttribute('data-code')));</script>")

    def serve(req: Req) -> Resp:
        n = int(req.q("page", "1")) if req.q("page", "1").isdigit() else 1
        part = pages[n - 1] if 1 <= n <= len(pages) else []
        rows = "".join(f"<li><a href='javascript:void(0)' data-url='{p}'>{t}</a><em>{d}</em></li>" for t, p, d in part) or "<li>暂无数据</li>"
        html = "".join(f"<a href='/gk/zfxxgknb?page={k}'>{k}</a> " for k in range(1, len(pages) + 1)) + (f"<a href='/gk/zfxxgknb?page={n + 1}'>下一页</a>" if n < len(pages) else "")
        code = base64.b64encode(quote(html).encode()).decode()
        return h.html(site.page(h, "信息公开年度报告", f"{menu}<ul class='news'>{rows}</ul><div id='pages' data-code='{code}'></div>{script}"))

    h.add("/gk/zfxxgknb", serve)
    return site.done("无扩展名地址，?page=", "行是 javascript:void(0) 加 data-url", "分页条 base64 由脚本解出", columns=[h.url("/gk/zfxxgknb")])


def quetong(net: Net, seed: int) -> Portal:
    """22 Really lacks years; the prefecture's column of the same name is on the home page."""
    site, h = start(net, seed, place("990621", "桐渡县", prefecture="乌泽市"), 0)
    city = site.host()
    cityname = "乌泽市"
    for y in range(2019, 2026):
        item = site.item("foreign", y, f"{cityname}人民政府")
        site.put(item, city, f"/zfxxgk/zfxxgknb/{site.nid()}.html")
    city_rows = rows_of(site, list(site.path))
    city.add("/", f"<html><head><meta charset='utf-8'><title>{cityname}人民政府</title></head><body><h1>{cityname}人民政府</h1><a href='/zfxxgk/zfxxgknb/'>政府信息公开年报</a></body></html>")
    city.add("/zfxxgk/zfxxgknb/", f"<html><head><meta charset='utf-8'><title>{cityname}政府信息公开年报</title></head><body><h2>{cityname}政府信息公开年报</h2>{ul(city_rows)}</body></html>")
    site.nav = [("首页", "/"), stub(site, h, "/zjtd/", "走进桐渡"), ("政务公开", "/zwgk/"), stub(site, h, "/zwfw/", "政务服务")]
    years = [y for y in range(2010, 2026) if y not in (2012, 2015, 2017)]
    items = by_date([*site.series("whole", years), *site.series("office", range(2021, 2026))])
    for item in items:
        site.put(item, h, "/zwgk/gknb/" + t_path(item, site.nid()))
    looks = site.lookalikes(h, lambda i: f"/zwgk/gsgg/{3000 + i}.html", years=(2012, 2015, 2017), count=7)
    extra = f"<div class='sj'><h3>上级专栏</h3><a href='{city.url('/zfxxgk/zfxxgknb/')}'>政府信息公开年报</a></div>"
    site.home(h, news=site.news(h, lambda i: f"/xw/{100 + i}.html"), looks=looks, extra=extra)
    menu = left([*five(site, h, "/zwgk/"), ("公开年报", "/zwgk/gknb/")])
    folder(h, "/zwgk/", site.page(h, "政务公开", menu))
    for n, part in enumerate(chunks(rows_of(site, items), 10), 1):
        html = site.page(h, "公开年报", menu + ul(part) + f"<div>共{len(items)}条 第{n}/2页 <a href='/zwgk/gknb/'>首页</a> " + ("<a href='index_2.html'>下一页</a>" if n == 1 else "") + "</div>")
        if n == 1:
            folder(h, "/zwgk/gknb/", html)
        else:
            h.add("/zwgk/gknb/index_2.html", html)
    return site.done("源头缺 2012、2015、2017（总数 18 条对得上）", "首页另有上级市同名栏目", "缺年的年份有同年的决算、法治报告", columns=[h.url("/zwgk/gknb/")])


def yuquan(net: Net, seed: int) -> Portal:
    """20 One column a year; folder names lie about the year; counties' reports beside."""
    site, h = start(net, seed, place("990300", "榆泉市", "prefecture"), 1)
    site.nav = [("首页", "/"), ("政务公开", "/zwgk/"), stub(site, h, "/ywtb/", "一网通办"), stub(site, h, "/zmhd/", "政民互动")]
    base = "/zwgk/zfnb/"
    menu = left([*five(site, h, "/zwgk/"), ("政府年报", base)])
    names = {2025: "2020_504392", 2024: "nb_2024n", 2023: "2023n", 2022: "nb22", 2021: "2021nb_7731", 2020: "a2020", 2026: "2026n"}
    years = []
    for y in range(2026, 2011, -1):
        sub = f"{base}{names.get(y, f'{y}nian')}/"
        years.append((f"{y}年", sub))
        subs = []
        if y < 2026:
            gov = site.item("whole", y)
            site.put(gov, h, sub + ("sj/" if y > 2016 else "") + t_path(gov, site.nid(), "shtml"), carrier="page" if y != 2018 else "pdf-page",
                     note={2025: "目录名写着 2020", 2018: "正文只有 PDF 附件"}.get(y, ""))
            if y > 2016:
                bm, xq = [site.item("office", y, site.place.gov + "办公室")], []
                for d in ("财政局", "水利局", "审计局"):
                    bm.append(site.item("department", y, "榆泉市" + d))
                for cty in ("漱石县", "芦湾区", "归雁县", "霜桥县"):
                    xq.append(site.item("foreign", y, cty + "人民政府"))
                for it in bm:
                    site.put(it, h, sub + "szbm/" + t_path(it, site.nid(), "shtml"))
                for it in xq:
                    site.put(it, h, sub + "xsq/" + t_path(it, site.nid(), "shtml"))
                for key, name, its in (("sj", "市级", [gov]), ("szbm", "市政府部门", bm), ("xsq", "县（市、区）", xq)):
                    folder(h, f"{sub}{key}/", site.page(h, name, menu + ul(rows_of(site, its)), [("政府年报", base), (f"{y}年", sub)]), "index.shtml")
                    subs.append((name, f"{key}/"))
                body = links(subs)
            else:
                body = ul(rows_of(site, [gov]))
        else:
            body = "<p>暂无相关信息</p>"
        folder(h, sub, site.page(h, f"{y}年政府年报", menu + body, [("政府年报", base)]), "index.shtml")
    site.home(h, news=site.news(h, lambda i: f"/ywdt/t{2000 + i}.shtml"), looks=site.lookalikes(h, lambda i: f"/zwgk/gg/t{4000 + i}.shtml"))
    folder(h, "/zwgk/", site.page(h, "政务公开", menu), "index.shtml")
    folder(h, base, site.page(h, "政府年报", menu + links(years)), "index.shtml")
    return site.done("一年一个栏目，2017 年起再分市级/部门/县区", "2025 年在名为 2020_504392 的目录", "已建好的 2026 年空栏目", "县区年报为干扰", columns=[h.url(base)])


ALL = [qingyu, baidu, songtai, jingyuan, luotang, quetong, yuquan]

"""Portals whose lists stand in their pages: trees, pagers, selects, frames, archives."""
from __future__ import annotations

import time
from urllib.parse import quote

from .server import Req, Resp
from .site import Row, Site, chunks, listing


def _five(site: Site, base: str, report: str, names: tuple[str, ...] = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容"),
          label: str = "政府信息公开年报", apply: str = "依申请公开") -> str:
    """The menu of the disclosure column, with plain pages behind all but the reports."""
    links = []
    for n, name in enumerate((*names, apply)):
        links.append(f'<li><a href="{site.stub(f"{base}e{n}.html", name)}">{name}</a></li>')
    links.insert(len(names), f'<li><a href="{report}">{label}</a></li>')
    return '<ul class="leftnav">' + "".join(links) + "</ul>"


def chengxi(site: Site) -> None:
    """A city: pinyin tree, hover menu, mixed list, pager written by createPageHTML."""
    base = "/zwgk/zfxxgk/zfxxgknb/"
    rows = site.bulk(lambda k, y, n, d: f"{base}{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{n}.html",
                     range(2008, 2026), range(2013, 2026), 8, 0, range(2020, 2026))
    rows.insert(4, site.lookalike("法治", 2025, "/zwgk/fzzf/202603/t20260302_881.html"))
    pages = chunks(rows, 20)
    site.nav = ('<style>.menu li ul{display:none}.menu li:hover ul{display:block}</style><ul class="menu"><li><a href="/">首页</a></li>'
                '<li><a href="/xwzx/">新闻中心</a></li><li><a href="/zwgk/">政务公开</a><ul><li><a href="/zwgk/zcwj/">政策文件</a></li>'
                '<li><a href="/zwgk/zfxxgk/">政府信息公开</a></li><li><a href="/zwgk/fzzf/">法治政府</a></li></ul></li><li><a href="/hdjl/">互动交流</a></li></ul>')
    site.js("/images/page.js", """function createPageHTML(_nPageCount,_nCurrIndex,_sPageName,_sPageExt){
 if(_nPageCount<=1){return;}var h='';
 function u(i){return i==0?_sPageName+'.'+_sPageExt:_sPageName+'_'+i+'.'+_sPageExt;}
 if(_nCurrIndex>0){h+='<a href="'+u(_nCurrIndex-1)+'">上一页</a> ';}
 for(var i=0;i<_nPageCount;i++){h+=i==_nCurrIndex?'<b>'+(i+1)+'</b> ':'<a href="'+u(i)+'">'+(i+1)+'</a> ';}
 if(_nCurrIndex<_nPageCount-1){h+='<a href="'+u(_nCurrIndex+1)+'">下一页</a>';}
 document.write(h);}""")
    menu = _five(site, "/zwgk/zfxxgk/", "./zfxxgknb/")
    for i, page in enumerate(pages):
        rel = [Row(r.title, "./" + r.href[len(base):] if r.href.startswith(base) else r.href, r.date, r.kind, r.year) for r in page]
        inner = menu.replace("./zfxxgknb/", base) + listing(rel) + (
            f'<div class="page"><script src="/images/page.js"></script><script>createPageHTML({len(pages)}, {i}, "index", "html");</script></div>')
        name = "index.html" if i == 0 else f"index_{i}.html"
        site.page(base + name, "政府信息公开年报", inner, "首页 &gt; 政务公开 &gt; 政府信息公开 &gt; 政府信息公开年报", meta={"ColumnName": "政府信息公开年报"})
        if i == 0:
            site.page(base, "政府信息公开年报", inner, "首页 &gt; 政务公开 &gt; 政府信息公开年报", meta={"ColumnName": "政府信息公开年报"})
    site.page("/zwgk/zfxxgk/", "政府信息公开", menu + "<p>请选择左侧栏目。</p>", "首页 &gt; 政务公开 &gt; 政府信息公开")
    site.page("/zwgk/", "政务公开", '<p><a href="zcwj/">政策文件</a> <a href="zfxxgk/">政府信息公开</a> <a href="fzzf/">法治政府</a></p>')
    for path, name in (("/zwgk/zcwj/", "政策文件"), ("/hdjl/", "互动交流"), ("/xwzx/", "新闻中心")):
        site.stub(path, name)
    site.page("/zwgk/fzzf/", "法治政府建设", listing([site.lookalike("法治", y, f"/zwgk/fzzf/{y + 1}03/t{y + 1}0301_{y}.html") for y in range(2024, 2018, -1)]))
    site.home("")
    site.portal.column_url = site.url(base)


def qingluo(site: Site) -> None:
    """Kaipu static list: one-based pager, titles cut with an ellipsis, a clone in the footer."""
    base, rows = "/qlx/c111202/", []
    rows = site.bulk(lambda k, y, n, d: f"{base}{d[:4]}{d[5:7]}/c01_{n}.shtml", range(2009, 2026), range(2016, 2026), 3, 2, range(2022, 2026))
    clone = site.url("/", "clone")
    site.page("/", "青萝县政府信息大全", "<p>转载自网络。</p>" + listing([site.other("", y, f"/copy/{y}.html", "clone", "clone") for y in range(2021, 2026)]), host="clone")
    site.portal.hosts.remove(site.ips["clone"])
    site.nav = ('<div class="nav"><a href="/">网站首页</a> <a href="/qlx/c111190/common_list.shtml">走进青萝</a> '
                '<a href="/qlx/c111200/zfxxgk.shtml">政府信息公开</a> <a href="/qlx/c111210/wzndbb.shtml">政府网站年度报表</a></div>')
    side = ('<div class="gknav">' + "".join(f'<a href="{h}"><em>{n}</em></a>' for n, h in (
        ("政府信息公开指南", site.stub("/qlx/c111201/zfxxgk_zn.shtml", "政府信息公开指南")), ("政府信息公开制度", site.stub("/qlx/c111203/zfxxgk_zd.shtml", "政府信息公开制度")),
        ("法定主动公开内容", site.stub("/qlx/c111204/zfxxgk_nr.shtml", "法定主动公开内容")), ("政府信息公开年报", base + "zfxxgklby_nb.shtml?ddtab=true"))) + "</div>")
    site.js("/static/page.js", """function createPageHTML(box,total,cur,prefix,suffix,rows){var h='共'+rows+'条 ';
 for(var i=1;i<=total;i++){var u=i==1?prefix+'.'+suffix:prefix+'_'+i+'.'+suffix;h+=i==cur?'<span>'+i+'</span>':'<a href="'+u+'">'+i+'</a>';}
 document.getElementById(box).innerHTML=h;}""")
    pages = chunks(rows, 15)
    for i, page in enumerate(pages, 1):
        inner = side + listing(page, lambda r: r.title[:17] + "…") + (
            f'<div id="page_div"></div><script src="/static/page.js"></script><script>createPageHTML("page_div",{len(pages)},{i},"zfxxgklby_nb","shtml",{len(rows)});</script>')
        site.page(base + ("zfxxgklby_nb.shtml" if i == 1 else f"zfxxgklby_nb_{i}.shtml"), "政府信息公开年报", inner, "首页 &gt; 政府信息公开 &gt; 政府信息公开年报",
                  meta={"ColumnName": "政府信息公开", "ColumnType": "信息公开年报"})
    site.page("/qlx/c111200/zfxxgk.shtml", "政府信息公开", side)
    site.stub("/qlx/c111190/common_list.shtml", "走进青萝")
    site.page("/qlx/c111210/wzndbb.shtml", "政府网站年度报表", listing([site.lookalike("网站", y, f"/qlx/c111210/{y + 1}01/c01_{y}.shtml") for y in range(2025, 2019, -1)]))
    site.home("", extra=f'<p><a href="{clone}">青萝县信息大全</a></p>')


def shideng(site: Site) -> None:
    """VSB: reversed page numbers, bare rows, climbing links; unknown paths answer 200."""
    rows = site.bulk(lambda k, y, n, d: f"/info/1648/{n}.htm", range(2011, 2026), range(2019, 2026))
    soft = site.encode(site.shell("提示", "<p>您访问的页面不存在或已删除，请返回首页。</p>"))
    site.net.missing[site.ips["www"]] = lambda req: Resp(soft)
    site.at("/robots.txt", soft)
    site.nav = ('<div class="nav"><a href="/index.htm">首页</a><a href="/sdgk.htm">石磴概况</a><a href="/zwgk.htm">政务公开</a><a href="/bsfw.htm">办事服务</a></div>')
    size, base = 8, "/zwgk/zfxxgknb"
    pages = chunks(rows, size)
    total = len(pages)

    def name(i: int) -> str:
        return base + ".htm" if i == 0 else f"{base}/{total - i}.htm"

    for i, page in enumerate(pages):
        up = "../" if i == 0 else "../../"
        rel = [Row(r.title, up + r.href[1:], r.date, r.kind, r.year) for r in page]
        here = "zfxxgknb/" if i == 0 else ""
        back = "" if i == 0 else f'<span class="p_prev p_fun"><a href="{"../zfxxgknb.htm" if i == 1 else f"{total - i + 1}.htm"}">上页</a></span>'
        nxt = f'<span class="p_next p_fun"><a href="{here}{total - i - 1}.htm">下页</a></span>' if i < total - 1 else '<span class="p_next_d">下页</span>'
        inner = listing(rel, lambda r: f"{r.year}年" if r.kind == "whole" else f"{r.year}年（区政府办公室）", titled=False) + (
            f'<div class="p_pages"><span class="p_t">共{len(rows)}条</span>{back}<span class="p_no_d">{i + 1}</span>{nxt}</div>')
        site.page(name(i), "政府信息公开年报", inner, "首页 &gt; 政务公开 &gt; 政府信息公开年报")
    site.page("/zwgk.htm", "政务公开", '<ul><li><a href="zwgk/zn.htm">信息公开指南</a></li><li><a href="zwgk/zd.htm">信息公开制度</a></li>'
              '<li><a href="zwgk/ml.htm">法定主动公开内容</a></li><li><a href="zwgk/zfxxgknb.htm">政府信息公开年报</a></li><li><a href="zwgk/ysq.htm">依申请公开</a></li></ul>')
    for path, what in (("/zwgk/zn.htm", "信息公开指南"), ("/zwgk/zd.htm", "信息公开制度"), ("/zwgk/ml.htm", "法定主动公开内容"), ("/zwgk/ysq.htm", "依申请公开"),
                       ("/sdgk.htm", "石磴概况"), ("/bsfw.htm", "办事服务")):
        site.stub(path, what)
    site.home("")
    site.net.exact[(site.ips["www"], "/index.htm")] = site.net.exact[(site.ips["www"], "/")]


def tongping(site: Site) -> None:
    """Openness controllers behind a gateway that sets a cookie by script and reloads."""
    org = "1203"
    rows = site.bulk(lambda k, y, n, d: f"/XxgkAnnualReport/show/{n}.html", range(2010, 2026), range(2018, 2026), 2, 0, range(2023, 2026))
    site.nav = '<ul class="nav navbar-nav"><li><a href="/">首页</a></li><li><a href="/News/showList/1/page_1.html">新闻</a></li><li><a href="/Openness/">信息公开</a></li></ul>'
    pages = chunks(rows, 12)
    side = (f'<div class="list-group"><a href="/OpennessContent/showList/{org}/1/page_1.html">公开指南</a><a href="/OpennessContent/showList/{org}/2/page_1.html">公开制度</a>'
            f'<a href="/OpennessContent/showList/{org}/9/page_1.html">公开目录</a><a href="/XxgkAnnualReport/showList/{org}/page_1.html">政府年报</a></div>')
    for i, page in enumerate(pages, 1):
        pager = "".join(f'<a href="/XxgkAnnualReport/showList/{org}/page_{j}.html">{j}</a> ' for j in range(1, len(pages) + 1))
        nxt = f'<a href="/XxgkAnnualReport/showList/{org}/page_{i + 1}.html">下一页</a>' if i < len(pages) else ""
        site.page(f"/XxgkAnnualReport/showList/{org}/page_{i}.html", "政府年报", side + listing(page) + f'<div class="pagination">{pager}{nxt} 共{len(rows)}条</div>',
                  "首页 &gt; 信息公开 &gt; 政府年报")
    for n, what in (("1", "公开指南"), ("2", "公开制度"), ("9", "公开目录")):
        site.stub(f"/OpennessContent/showList/{org}/{n}/page_1.html", what)
    site.stub("/News/showList/1/page_1.html", "新闻")
    site.page("/Openness/", "信息公开", side)
    site.home("")

    def gate(req: Req, route: object) -> Resp:
        if req.path == "/robots.txt" or "wzjsl=ok996" in req.headers.get("cookie", ""):
            return route(req)  # type: ignore[operator]
        return Resp(b"<script>document.cookie=['wz','jsl=','ok','996'].join('')+'; path=/; max-age=3600';location.href=location.pathname+location.search;</script>",
                    521, "text/html", {})

    site.net.filters[site.ips["www"]] = gate


def jichuan(site: Site) -> None:
    """Addresses without extension, a pager of an arrow, redirecting rows, two years truly absent."""
    have = [y for y in range(2008, 2026) if y not in (2012, 2014)]
    rows = site.bulk(lambda k, y, n, d: f"/zfxxgk/gknb/content_{n}", have, range(2020, 2026))
    rows = [Row(r.title, site.moved(f"/link/{r.href.split('_')[1]}", r.href), r.date, r.kind, r.year) if i % 5 == 2 else r for i, r in enumerate(rows)]
    pages = chunks(rows, 10)
    site.nav = '<nav><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/jczg">走进霁川</a></nav>'

    def column(req: Req) -> str:
        text = req.query.get("page", "1")
        i = int(text) if text.isdigit() else 1
        if not 1 <= i <= len(pages):
            return '<p class="empty">暂无相关信息</p>'
        nxt = f'<a class="arrow" href="?page={i + 1}">»</a>' if i < len(pages) else ""
        prev = f'<a class="arrow" href="?page={i - 1}">«</a>' if i > 1 else ""
        return listing(pages[i - 1]) + f'<div class="pg">{prev} {i}/{len(pages)} {nxt} 共{len(rows)}条</div>'

    site.page("/zfxxgk/gknb", "公开工作年报", column, "首页 / 政府信息公开 / 公开工作年报")
    menu = "".join(f'<a href="{h}">{n}</a> ' for n, h in (("公开指南", site.stub("/zfxxgk/zn", "公开指南")), ("公开制度", site.stub("/zfxxgk/zd", "公开制度")),
                   ("公开内容", site.stub("/zfxxgk/nr", "公开内容")), ("公开工作年报", "/zfxxgk/gknb"), ("依申请公开", site.stub("/zfxxgk/ysq", "依申请公开"))))
    site.page("/zfxxgk", "政府信息公开", menu)
    site.page("/zwgk", "政务公开", f'<a href="/zfxxgk">政府信息公开</a> <a href="{site.stub("/zwgk/czyjs", "财政预决算")}">财政预决算</a>')
    site.stub("/jczg", "走进霁川")
    site.home("")


def mailong(site: Site) -> None:
    """A select of years; links of the rows carry a changing parameter."""
    years = range(2025, 2011, -1)
    rows = site.bulk(lambda k, y, n, d: f"/zwgk/xxgknb/{d.replace('-', '')}/i{n}.html", range(2012, 2026), range(2017, 2026), 4, 2, range(2020, 2026),
                     note="links of the list add a changing ?t=; this is the bare address")
    site.nav = '<div id="nav"><a href="/">首页</a> | <a href="/zwgk/index.html">信息公开</a> | <a href="/ggfw/index.html">公共服务</a></div>'

    def year_page(year: int) -> None:
        path = "/zwgk/xxgknb/index.html" if year == 2025 else f"/zwgk/xxgknb/{year}/index.html"
        mine = [r for r in rows if r.year == year]

        def inner(req: Req) -> str:
            options = "".join(f'<option value="/zwgk/xxgknb/{"" if y == 2025 else f"{y}/"}index.html"{" selected" if y == year else ""}>{y}年</option>' for y in years)
            stamped = [Row(r.title, f"{r.href}?t={req.nth}{r.year}{len(site.net.log)}", r.date, r.kind, r.year) for r in mine]
            return f'<label>年度 <select name="nd" onchange="location.href=this.value">{options}</select></label>' + listing(stamped)
        site.page(path, f"年度报告-{year}年", inner, "首页 &gt; 信息公开 &gt; 年度报告")

    for y in years:
        year_page(y)
    site.page("/zwgk/index.html", "信息公开", _five(site, "/zwgk/", "/zwgk/xxgknb/index.html", ("信息公开指南", "信息公开制度", "信息公开目录"), "年度报告"))
    site.stub("/ggfw/index.html", "公共服务")
    site.home("")


def linyi(site: Site) -> None:
    """The district's disclosure lies on the city's platform, a folder an organ by number."""
    plat = "plat"
    mine = site.bulk(lambda k, y, n, d: f"/110094/zfxxgknb/{d[:4]}{d[5:7]}/{n}.shtml", range(2014, 2026), host=plat)
    office = site.bulk(lambda k, y, n, d: f"/110095/zfxxgknb/{d[:4]}{d[5:7]}/{n}.shtml", (), range(2015, 2026), host=plat)
    site.stub("/zjlw.html", "走进临沄")
    site.nav = f'<div class="nav"><a href="{site.url("/")}">首页</a><a href="{site.url("/zwgk.html")}">政务公开</a><a href="{site.url("/zjlw.html")}">走进临沄</a></div>'
    site.page("/zwgk.html", "政务公开", '<a href="/zfxxgk/">政府信息公开</a> <a href="/zjlw.html">统计数据</a>')
    site.at("/zfxxgk/", f"<script>window.location.href='{site.url('/110094/zfxxgkzn/list.shtml', plat)}';</script>")

    def organ(number: str, name: str, rows: list[Row]) -> None:
        menu = (f'<ul><li><a href="/{number}/zfxxgkzn/list.shtml">政府信息公开指南</a></li><li><a href="/{number}/zfxxgkzd/list.shtml">政府信息公开制度</a></li>'
                f'<li><a href="/{number}/fdzdgknr/list.shtml">法定主动公开内容</a></li><li><a href="/{number}/zfxxgknb/list.shtml">政府信息公开年报</a></li></ul>')
        organs = "<h4>区直部门</h4>" + "".join(f'<a href="/{n}/zfxxgkzn/list.shtml">{o}</a> ' for n, o in organs_of)
        for part, what in (("zfxxgkzn", "政府信息公开指南"), ("zfxxgkzd", "政府信息公开制度"), ("fdzdgknr", "法定主动公开内容")):
            site.page(f"/{number}/{part}/list.shtml", what, f"<h3>{name}</h3>{menu}<p>{what}的内容由{name}负责更新。</p>{organs}", host=plat)
        site.page(f"/{number}/zfxxgknb/list.shtml", "政府信息公开年报", f"<h3>{name}</h3>{menu}" + listing(rows) + organs,
                  f"黛山市政府信息公开平台 &gt; {name} &gt; 政府信息公开年报", plat)

    organs_of = [("110095", "区政府办公室"), ("110096", "区财政局"), ("110097", "区民政局"), ("110101", "雨亭街道")]
    organ("110094", "临沄区人民政府", mine)
    organ("110095", "临沄区人民政府办公室", office)
    for n, o in organs_of[1:]:
        organ(n, "临沄区" + o.removeprefix("区"), [site.other(o, y, f"/{n}/zfxxgknb/{y + 1}01/{n}{y}.shtml", plat) for y in range(2025, 2019, -1)])
    site.page("/", "黛山市政府信息公开平台", '<a href="/110094/zfxxgkzn/list.shtml">临沄区</a>', host=plat)
    site.home("")


def zidi(site: Site) -> None:
    """Framesets in GBK."""
    site.charset = "gb2312"
    rows = site.bulk(lambda k, y, n, d: f"/gk/show.asp_{n}.htm", range(2008, 2026))
    site.page("/gk/right.htm", "欢迎", "<p>请在左侧选择栏目。</p>")
    links = "".join(f'<p><a href="{h}" target="mainFrame">{n}</a></p>' for n, h in (
        ("公开指南", site.stub("/gk/zn.htm", "公开指南")), ("公开制度", site.stub("/gk/zd.htm", "公开制度")), ("公开目录", site.stub("/gk/ml.htm", "公开目录")),
        ("公开年报", "nb.htm"), ("依申请公开", site.stub("/gk/ysq.htm", "依申请公开"))))
    site.at("/gk/left.htm", lambda: f"<html><head><meta charset=gb2312></head><body>{links}</body></html>")
    site.at("/gk/index.htm", lambda: '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>紫荻县政府信息公开</title></head>'
            '<frameset cols="180,*"><frame src="left.htm" name="leftFrame"><frame src="right.htm" name="mainFrame"></frameset></html>', ctype="text/html")
    pages = chunks(rows, 10)
    for i, page in enumerate(pages, 1):
        pager = " ".join(f'<a href="nb{"" if j == 1 else j}.htm">[{j}]</a>' for j in range(1, len(pages) + 1))
        site.page(f"/gk/nb{'' if i == 1 else i}.htm", "公开年报", listing(page, titled=False) + f"<p>{pager}</p>", "紫荻县 &gt; 公开年报")
    site.nav = '<table class="nav"><tr><td><a href="/">首页</a></td><td><a href="/gk/index.htm">政府信息公开</a></td><td><a href="/ly.htm">旅游</a></td></tr></table>'
    site.stub("/ly.htm", "旅游")
    site.home("")


def yinxing(site: Site) -> None:
    """An image map at home, icons with alt alone; the report of 2025 is not out yet."""
    rows = site.bulk(lambda k, y, n, d: f"/xxgk/gknb/t{n}.shtml", range(2013, 2025), range(2019, 2025))
    png = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360000002000001" "e221bc330000000049454e44ae426082")
    for name in ("nav", "zn", "zd", "nr", "nb"):
        site.at(f"/images/{name}.png", png, ctype="image/png")
    menu = ('<img src="/images/nav.png" usemap="#m" width="980" height="60"><map name="m"><area shape="rect" coords="0,0,200,60" href="/" alt="首页">'
            '<area shape="rect" coords="200,0,400,60" href="/zjyx/" alt="坝区概况"><area shape="rect" coords="400,0,600,60" href="/xxgk/" alt="政府信息公开">'
            '<area shape="rect" coords="600,0,800,60" href="/xxgk/wz/" alt="网站年度报表"></map>')
    icons = "".join(f'<a href="{h}"><img src="/images/{i}.png" alt="{a}" width="90" height="40"></a>' for i, a, h in (
        ("zn", "公开指南", site.stub("/xxgk/zn/", "公开指南")), ("zd", "公开制度", site.stub("/xxgk/zd/", "公开制度")), ("nr", "主动公开", site.stub("/xxgk/nr/", "主动公开")), ("nb", "年报公开", "/xxgk/gknb/")))
    site.page("/xxgk/", "政府信息公开", icons)
    site.page("/xxgk/gknb/", "年报公开", icons + listing(rows), "首页 &gt; 政府信息公开 &gt; 年报公开")
    site.stub("/zjyx/", "坝区概况")
    site.page("/xxgk/wz/", "网站年度报表", listing([site.lookalike("网站", y, f"/xxgk/wz/{y}.html") for y in range(2025, 2020, -1)]))
    site.home(menu)


def yanzhou(site: Site) -> None:
    """A menu drawn by an external script with ?t= addresses, a pager drawn by document.write."""
    rows = site.bulk(lambda k, y, n, d: f"/html/{d[:4]}/gknb_{d[5:7]}{d[8:]}/{n}.html", range(2009, 2026), range(2016, 2026))
    site.js("/js/nav.js", """(function(){var items=[['首页','/'],['信息公开','/list/xxgk.html'],['雁洲风光','/list/fg.html'],['办事大厅','/list/bs.html']];
var h='<ul class="topnav">';for(var i=0;i<items.length;i++){h+='<li><a href="'+items[i][1]+(i?'?t='+new Date().getTime():'')+'">'+items[i][0]+'</a></li>';}
document.write(h+'</ul>');})();""")
    site.nav = '<script src="/js/nav.js"></script>'
    site.at("/robots.txt", "User-agent: BadSpider\nDisallow: /\n\nUser-agent: *\nDisallow: /admin/\nDisallow: /search/\n", ctype="text/plain")
    pages = chunks(rows, 9)
    for i, page in enumerate(pages, 1):
        script = ("<script>var cur=%d,all=%d;function pg(n){return 'gknb'+(n>1?'-'+n:'')+'.html';}"
                  "if(cur>1)document.write('<a href=\"'+pg(cur-1)+'\">上一页</a> ');document.write('第'+cur+'页/共'+all+'页 ');"
                  "if(cur<all)document.write('<a href=\"'+pg(cur+1)+'\">下一页</a>');</script>") % (i, len(pages))
        site.page(f"/list/gknb{'' if i == 1 else f'-{i}'}.html", "历年年报", listing(page) + f'<div class="pager">{script}</div>', "首页 &gt; 信息公开 &gt; 历年年报")
    site.page("/list/xxgk.html", "信息公开", f'<div class="sub"><a href="{site.stub("/list/zn.html", "公开指南")}">公开指南</a> <a href="{site.stub("/list/zd.html", "公开制度")}">公开制度</a> '
              '<a href="/list/gknb.html">历年年报</a></div>')
    for path, what in (("/list/fg.html", "雁洲风光"), ("/list/bs.html", "办事大厅")):
        site.stub(path, what)
    site.home("")


def heyang(site: Site) -> None:
    """A city: the years to 2015 lie on an archive host, linked below the list."""
    rows = site.bulk(lambda k, y, n, d: f"/zfxxgk/ndbg/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{n}.shtml", range(2016, 2026), range(2017, 2026), 3, 0, range(2023, 2026))
    old = site.bulk(lambda k, y, n, d: f"/xxgk/view.jsp_{n}.html", range(2008, 2016), range(2013, 2016), host="archive", note="archive host")
    site.at("/robots.txt", "User-agent: *\nDisallow: /cgi-bin/\n", "archive", "text/plain")
    site.nav = f'<div class="nav"><a href="{site.url("/")}">首页</a><a href="{site.url("/zfxxgk/")}">政府信息公开</a><a href="{site.url("/zwdt/")}">政务动态</a></div>'
    side = _five(site, "/zfxxgk/", "/zfxxgk/ndbg/", label="政府信息公开工作年度报告")
    site.page("/zfxxgk/", "政府信息公开", side)
    site.page("/zfxxgk/ndbg/", "政府信息公开工作年度报告", side + listing(rows) + f'<p class="more"><a href="{site.url("/xxgk/nb.html", "archive")}" target="_blank">2008-2015年年度报告</a></p>',
              "首页 &gt; 政府信息公开 &gt; 政府信息公开工作年度报告")
    pages = chunks(old, 6)
    for i, page in enumerate(pages, 1):
        nxt = f'<a href="nb_{i + 1}.html">下一页</a>' if i < len(pages) else ""
        site.page(f"/xxgk/nb{'' if i == 1 else f'_{i}'}.html", "信息公开年报（历史库）", listing(page) + nxt, "禾阳市历史资料库 &gt; 信息公开年报", "archive")
    site.page("/", "历史资料库", '<a href="/xxgk/nb.html">信息公开年报</a> 归档时间：2016年12月', host="archive")
    site.stub("/zwdt/", "政务动态")
    site.home("")
    site.portal.column_url = site.url("/zfxxgk/ndbg/")


def lantian(site: Site) -> None:
    """One column a year; the registry knows one year's folder only; 2025 lies in a folder named 2020."""
    names = {y: f"{y}n" for y in range(2014, 2025)} | {2025: "2020_504392"}
    rows = site.bulk(lambda k, y, n, d: f"/zwgk/zfxxgknb/{names[y]}/{'qzf' if k == 'whole' else 'bm'}/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{n}.html",
                     range(2014, 2026), range(2015, 2026), 3, 1, range(2019, 2026))
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/lyzx/">旅游资讯</a></div>'
    tabs = '<div class="years">' + "".join(f'<a href="/zwgk/zfxxgknb/{names[y]}/">{y}年</a>' for y in range(2025, 2013, -1)) + "</div>"
    for y in names:
        # a year's folder: a list without the tabs of the other years
        site.page(f"/zwgk/zfxxgknb/{names[y]}/", f"{y}年", '<p><a href="../">返回上级栏目</a></p>' + listing([r for r in rows if r.year == y]),
                  f'<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/zfxxgknb/">政府信息公开年报</a> &gt; {y}年')
    site.page("/zwgk/zfxxgknb/", "政府信息公开年报", tabs, "首页 &gt; 政务公开 &gt; 政府信息公开年报")
    site.page("/zwgk/", "政务公开", _five(site, "/zwgk/", "/zwgk/zfxxgknb/"))
    site.stub("/lyzx/", "旅游资讯")
    site.home("")
    site.portal.column_url = site.url("/zwgk/zfxxgknb/2023n/")


def fengqiao(site: Site) -> None:
    """The column is the newest report itself; the other years stand at its left."""
    years = range(2025, 2015, -1)
    place = {y: f"/zfxxgknb/content/post_{88000 + 37 * y % 9973}.html" for y in years}
    left = '<ul class="nd">' + "".join(f'<li><a href="{place[y]}">{y}年</a></li>' for y in years) + "</ul>"
    def show(year: int, title: str) -> None:
        def body() -> str:
            page = site.article(site.doc(site.organ("whole"), "whole", year, title), "首页 &gt; 政府信息公开 &gt; 政府信息公开年报")
            return page.replace('<h2 class="title">', left + '<h2 class="title">', 1)
        site.at(place[year], body)
        site.truth("whole", year, title, site.url(place[year]))

    for y in years:
        show(y, site.title("whole", y))
    site.moved("/zfxxgknb/", place[2025])
    site.nav = '<nav><a href="/">首页</a><a href="/zfxxgk/">政府信息公开</a><a href="/msss/">民生实事</a></nav>'
    site.page("/zfxxgk/", "政府信息公开", _five(site, "/zfxxgk/", "/zfxxgknb/"))
    site.stub("/msss/", "民生实事")
    site.home("")


def xingwu(site: Site) -> None:
    """Reports as attachments alone: PDF or DOCX behind a page of one sentence, some rows straight to the file."""
    rows: list[Row] = []
    for y in range(2025, 2010, -1):
        for kind in ("whole", "office") if y >= 2018 else ("whole",):
            ext = "docx" if y % 3 == 1 else "pdf"
            date = site.date(kind, y)
            folder = f"/gkxx/gknb/{date[:4]}{date[5:7]}/"
            name = f"P0{date.replace('-', '')}{y * 7 % 9001}"
            if y % 4 == 0:
                rows.append(site.file(kind, y, f"{folder}{name}.{ext}", note="row leads straight to the file"))  # type: ignore[arg-type]
                continue
            file = site.file(kind, y, f"{folder}{name}.{ext}", count=False)  # type: ignore[arg-type]
            page = f"{folder}t{date.replace('-', '')}_{y * 3}{len(kind)}.html"
            inner = f'<h2>{file.title}</h2><div class="info">{date}</div><p>　　详见附件。</p><p>附件：<a href="./{name}.{ext}">{file.title}.{ext}</a></p>'
            site.page(page, file.title, inner, "首页 &gt; 公开信息 &gt; 公开年度报告", meta={"ArticleTitle": file.title, "PubDate": date})
            site.truth(kind, y, file.title, site.url(page), f"attachment {site.url(f'{folder}{name}.{ext}')}")  # type: ignore[arg-type]
            rows.append(Row(file.title, page, date, kind, y))
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/gkxx/">公开信息</a><a href="/xwdt/">杏坞动态</a></div>'
    site.page("/gkxx/gknb/", "公开年度报告", listing(rows), "首页 &gt; 公开信息 &gt; 公开年度报告")
    site.page("/gkxx/", "公开信息", _five(site, "/gkxx/", "/gkxx/gknb/", ("公开指南", "公开制度", "主动公开"), "公开年度报告"))
    site.stub("/xwdt/", "杏坞动态")
    site.home("")


def muyun(site: Site) -> None:
    """Every report stands in a viewer frame on its page."""
    rows: list[Row] = []
    for y in range(2025, 2016, -1):
        file = site.file("whole", y, f"/upload/file/{y + 1}/nb{y}.pdf", count=False)
        page = f"/zwgk/ndbg/{y + 1}/{y * 11}.html"
        view = f'/static/pdfjs/web/viewer.html?file={quote(f"/upload/file/{y + 1}/nb{y}.pdf", safe="")}'
        site.page(page, file.title, f'<h2>{file.title}</h2><iframe src="{view}" width="900" height="1200"></iframe>', "首页 &gt; 政务公开 &gt; 年度报告",
                  meta={"ArticleTitle": file.title, "PubDate": file.date})
        site.truth("whole", y, file.title, site.url(page), f"viewer of {site.url(f'/upload/file/{y + 1}/nb{y}.pdf')}")
        rows.append(Row(file.title, page, file.date, "whole", y))
    site.at("/static/pdfjs/web/viewer.html", "<!DOCTYPE html><html><head><meta charset='utf-8'><title>PDF viewer</title></head><body><div id='v'></div><script>"
            "var f=new URLSearchParams(location.search).get('file');var e=document.createElement('embed');e.src=f;e.type='application/pdf';e.width='100%';e.height='1000';"
            "document.getElementById('v').appendChild(e);</script></body></html>")
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务<br>公开</a><a href="/tzgg/">通知公告</a></div>'
    site.page("/zwgk/", "政务公开", _five(site, "/zwgk/", "/zwgk/ndbg/", label="政府信息<br>公开年报"))
    site.page("/zwgk/ndbg/", "政府信息公开年报", listing(rows), "首页 &gt; 政务公开 &gt; 政府信息公开年报")
    site.stub("/tzgg/", "通知公告")
    site.home("")


def lengshan(site: Site) -> None:
    """No annual report at all: an empty column among look-alikes."""
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/zwgk/wzbb/">网站年报</a></div>'
    side = _five(site, "/zwgk/", "/zwgk/nb/")
    site.page("/zwgk/nb/", "政府信息公开年报", side + '<div class="empty">暂无相关信息</div>', "首页 &gt; 政务公开 &gt; 政府信息公开年报")
    site.page("/zwgk/", "政务公开", side + '<a href="/zwgk/js/">部门决算</a> <a href="/zwgk/jy/">建议提案</a>')
    site.page("/zwgk/wzbb/", "网站年报", listing([site.lookalike("网站", y, f"/zwgk/wzbb/{y}.html") for y in range(2025, 2019, -1)]))
    site.page("/zwgk/js/", "部门决算", listing([site.lookalike("决算", y, f"/zwgk/js/{y}.html") for y in range(2024, 2019, -1)]))
    site.page("/zwgk/jy/", "建议提案", listing([site.lookalike("建议", y, f"/zwgk/jy/{y}.html") for y in range(2024, 2021, -1)]))
    site.home("")


def guhuai(site: Site) -> None:
    """The registry knows an old host that sends on to a new one; the years before the move in a page 历史年报."""
    new = "new"
    rows = site.bulk(lambda k, y, n, d: f"/zwgk/zfxxgk/gkndbg/content/post_{n}.html", range(2018, 2026), range(2019, 2026), host=new)
    past = site.bulk(lambda k, y, n, d: f"/zwgk/zfxxgk/lsnb/content/post_{n}.html", range(2010, 2018), host=new, note="historical column")
    site.match(r"/(?!robots\.txt).*", lambda req: Resp(b"", 301, "text/html", {"Location": site.url("/", new)}))
    site.nav = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/index.html">政务公开</a></li><li><a href="/zmhd/index.html">政民互动</a></li></ul>'
    for path, what in (("/zwgk/zfxxgk/zn.html", "公开指南"), ("/zwgk/zfxxgk/zd.html", "公开制度"), ("/zmhd/index.html", "政民互动")):
        site.stub(path, what, host=new)
    site.page("/zwgk/index.html", "政务公开", '<a href="/zwgk/zfxxgk/index.html">政府信息公开专栏</a>', host=new)
    site.page("/zwgk/zfxxgk/index.html", "政府信息公开", '<a href="zn.html">公开指南</a><a href="zd.html">公开制度</a><a href="gkndbg/index.html">公开年度报告</a><a href="lsnb/index.html">历史年报</a>', host=new)
    site.page("/zwgk/zfxxgk/gkndbg/index.html", "公开年度报告", listing(rows), "首页 &gt; 政务公开 &gt; 公开年度报告", new)
    site.page("/zwgk/zfxxgk/lsnb/index.html", "历史年报", listing(past, lambda r: f"{r.year}年度"), "首页 &gt; 政务公开 &gt; 历史年报", new)
    site.home("", host=new)
    for at in [p for h, p in list(site.net.exact) if h == site.ips["www"]]:
        handler = site.net.exact.pop((site.ips["www"], at))
        if (site.ips[new], at) not in site.net.exact:
            site.net.exact[(site.ips[new], at)] = handler


def nanwan(site: Site) -> None:
    """Faults: an empty first answer of the column, a 502 once on every third page, slow."""
    rows = site.bulk(lambda k, y, n, d: f"/n57388/n58120/c{n}/content.html", range(2011, 2026), range(2018, 2026), 2, 0, range(2024, 2026))
    pages = chunks(rows, 12)
    site.nav = '<div id="menu"><a href="/index.html">首页</a><a href="/n57388/index.html">政务公开</a><a href="/n99/index.html">南湾概览</a></div>'
    for i, page in enumerate(pages, 1):
        nxt = f'<a href="index_{i + 1}.html">下一页</a>' if i < len(pages) else ""
        site.page(f"/n57388/n58120/index{'' if i == 1 else f'_{i}'}.html", "政府信息公开工作年报", listing(page) + nxt, "首页 &gt; 政务公开 &gt; 政府信息公开工作年报")
    site.page("/n57388/index.html", "政务公开", f'<a href="{site.stub("/n57388/n1/index.html", "公开指南")}">公开指南</a> <a href="{site.stub("/n57388/n2/index.html", "公开制度")}">公开制度</a> '
              '<a href="n58120/index.html">政府信息公开工作年报</a>')
    site.stub("/n99/index.html", "南湾概览")
    site.home("")
    site.net.exact[(site.ips["www"], "/index.html")] = site.net.exact[(site.ips["www"], "/")]
    shaky = {r.href for r in rows[1::3]} | {"/n57388/n58120/index_2.html"}

    def gate(req: Req, route: object) -> Resp:
        time.sleep(0.4)
        if req.nth == 1 and req.path == "/n57388/n58120/index.html":
            return Resp(b"", 200)
        if req.nth == 1 and req.path in shaky:
            return Resp(b"<html><body><center><h1>502 Bad Gateway</h1></center></body></html>", 502)
        return route(req)  # type: ignore[operator]

    site.net.filters[site.ips["www"]] = gate


def chamo(site: Site) -> None:
    """A tree of organs inside an iframe; its entries are sibling files."""
    own = site.bulk(lambda k, y, n, d: f"/gkml/nr/{n}.html", range(2012, 2026), note="tree: 区政府")
    office = site.bulk(lambda k, y, n, d: f"/gkml/nr/{n}.html", (), range(2014, 2026), note="tree: 区政府办公室")
    nodes = [("1", "0", "区政府", ""), ("11", "1", "公开指南", "qzf_zn.html"), ("12", "1", "年度报告", "qzf_nb.html"), ("2", "0", "区政府部门", ""),
             ("21", "2", "区政府办公室", "bgs_nb.html"), ("22", "2", "区财政局", "czj_nb.html"), ("23", "2", "区教育局", "jyj_nb.html"), ("3", "0", "街道", ""), ("31", "3", "梅岭街道", "ml_nb.html")]
    data = ",".join('{id:%s,pId:%s,name:"%s"%s}' % (a, b, c, f',file:"{d}"' if d else "") for a, b, c, d in nodes)
    site.at("/gkml/tree.html", "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><ul id='tree' class='ztree'></ul><script>\nvar zNodes=[" + data + "];\n"
            "var box=document.getElementById('tree');zNodes.forEach(function(n){var li=document.createElement('li');li.style.paddingLeft=n.pId?'20px':'0';"
            "var a=document.createElement('a');a.textContent=n.name;if(n.file){a.href=n.file;a.target='gkright';}else{a.href='javascript:void(0)';}li.appendChild(a);box.appendChild(li);});\n</script></body></html>")
    for path, what, rows in (("qzf_nb.html", "区政府年度报告", own), ("bgs_nb.html", "区政府办公室年度报告", office),
                             ("czj_nb.html", "财政局年度报告", [site.other("区财政局", y, f"/gkml/nr/cz{y}.html") for y in range(2025, 2020, -1)]),
                             ("jyj_nb.html", "教育局年度报告", [site.other("区教育局", y, f"/gkml/nr/jy{y}.html") for y in range(2025, 2020, -1)]),
                             ("ml_nb.html", "梅岭街道年度报告", [site.other("梅岭街道", y, f"/gkml/nr/ml{y}.html") for y in range(2025, 2021, -1)])):
        site.at(f"/gkml/{path}", f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{what}</title></head><body><h3>{what}</h3>{listing(rows)}</body></html>")
    site.stub("/gkml/qzf_zn.html", "公开指南")
    site.nav = '<div class="nav"><a href="/">首页</a><a href="/gkml/index.html">信息公开目录</a><a href="/cmwh/">茶磨文化</a></div>'
    site.page("/gkml/index.html", "信息公开目录", '<iframe src="tree.html" width="240" height="600"></iframe><iframe src="qzf_zn.html" name="gkright" width="720" height="600"></iframe>')
    site.stub("/cmwh/", "茶磨文化")
    site.home("")


def luming(site: Site) -> None:
    """The office's reports under the departments, five clicks deep; an old column of the same name beside the new one."""
    new = site.bulk(lambda k, y, n, d: f"/zwgk/zfxxgkzl/gknb/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{n}.htm", range(2015, 2026))
    old = site.bulk(lambda k, y, n, d: f"/xxgk_old/ndbg/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{n}.htm", range(2008, 2015), note="old column of the same name")
    base = "/zwgk/zfxxgkzl/zfjzfzcbm/xzfb/"
    office = site.bulk(lambda k, y, n, d: f"{base}ndbg/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{n}.htm", (), range(2016, 2026), note="under 部门信息公开 > 县政府办公室")
    site.nav = '<ul id="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/lmgk/">鹿鸣概况</a></li></ul>'
    zl = "/zwgk/zfxxgkzl/"
    menu = (f'<a href="{site.stub(zl + "zn.htm", "政府信息公开指南")}">政府信息公开指南</a><a href="{site.stub(zl + "zd.htm", "政府信息公开制度")}">政府信息公开制度</a>'
            f'<a href="{zl}gknb/">政府信息公开年报</a><a href="{zl}zfjzfzcbm/">部门信息公开</a><a href="/xxgk_old/">旧版信息公开目录</a>')
    site.page("/zwgk/", "政务公开", f'<a href="{zl}">政府信息公开专栏</a> <a href="/lmgk/">权责清单</a>')
    site.page(zl, "政府信息公开专栏", menu)
    site.page(zl + "gknb/", "政府信息公开年报", menu + listing(new), "首页 &gt; 政务公开 &gt; 政府信息公开专栏 &gt; 政府信息公开年报")
    site.page("/xxgk_old/", "旧版信息公开目录", '<p>本栏目停止更新。</p><a href="ndbg/">政府信息公开年报</a>')
    site.page("/xxgk_old/ndbg/", "政府信息公开年报", listing([Row(r.title, r.href[len("/xxgk_old/ndbg/"):], r.date, r.kind, r.year) for r in old]), "旧版信息公开目录 &gt; 政府信息公开年报")
    bodies = (("xzfb", "县政府办公室"), ("xczj", "县财政局"), ("xslj", "县水利局"), ("xmzj", "县民政局"))
    site.page(zl + "zfjzfzcbm/", "部门信息公开", "".join(f'<li><a href="{b}/">{n}</a></li>' for b, n in bodies))
    for b, n in bodies:
        at = f"{zl}zfjzfzcbm/{b}/"
        site.page(at, n, f'<a href="{site.stub(at + "zn.htm", "公开指南")}">公开指南</a><a href="{site.stub(at + "ml.htm", "公开目录")}">公开目录</a><a href="ndbg/">年度报告</a>',
                  f"首页 &gt; 部门信息公开 &gt; {n}")
        rows = office if b == "xzfb" else [site.other(n, y, f"{at}ndbg/{y + 1}01/t{y + 1}0120_{y}.htm") for y in range(2025, 2019, -1)]
        site.page(at + "ndbg/", "年度报告", listing(rows), f"首页 &gt; 部门信息公开 &gt; {n} &gt; 年度报告")
    site.stub("/lmgk/", "鹿鸣概况")
    site.home("")

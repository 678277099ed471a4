"""Portals of static trees: pages with pagers in the ways of the common platforms."""
from __future__ import annotations

from ..kit import Kit, li, portal
from ..web import redirect


@portal("澄浦县", "澜安市", "static tree, four clicks", "pager only by createPageHTML counted from 0", "office in a sibling column",
        "relative links")
def p01(kit: Kit) -> None:
    """Pinyin folders; the government's and the office's columns side by side."""
    www, root = kit.www, "/zwgk_118/zfxxgk/"
    kit.nav = [("首页", "/"), ("走进澄浦", "/zjcp/"), ("政务公开", "/zwgk_118/"), ("办事服务", "/bsfw/"), ("互动交流", "/hdjl/")]
    column = root + "zfxxgknb_4471/"

    def path(folder: str):
        return lambda y, d: f"{column}{folder}/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{kit.next()}.html"
    ways = (("首页", "/"), ("政务公开", "/zwgk_118/"), ("政府信息公开", root), ("政府信息公开年报", column))
    whole = kit.series(www, path("xzf"), "whole", range(2008, 2026), "A", crumbs=ways)
    office = kit.series(www, path("xzfbgs"), "office", range(2014, 2026), "A", crumbs=ways)
    other = kit.others(www, path("xzfbm")) + kit.alike(www, path("xzfbm"))
    for folder, title, rows, per in (("xzf", "县政府年报", whole, 8), ("xzfbgs", "县政府办公室年报", office, 8), ("xzfbm", "县政府部门年报", other, 12)):
        pages = (len(rows) + per - 1) // per
        for i in range(pages):
            part = [r._replace(href="./" + r.href.split(f"/{folder}/")[1]) for r in rows[i * per:(i + 1) * per]]
            pager = (f'<div class="page"><script>function createPageHTML(c,n,p,s){{for(var i=0;i<c;i++){{var u=p+(i?"_"+i:"")+"."+s;'
                     f'document.write(i==n?" <span>"+(i+1)+"</span>":" <a href=\\""+u+"\\">"+(i+1)+"</a>");}}}}\n'
                     f'createPageHTML({pages}, {i}, "index", "html");</script></div>')
            html = kit.shell(f"{title}_{kit.gov}", f"<h3>{title}</h3><ul>{li(part)}</ul>{pager}", ways)
            www.put(f"{column}{folder}/index{'_' + str(i) if i else ''}.html", html)
            if not i:
                www.put(f"{column}{folder}/", html)
    tabs = "".join(f'<li><a href="{h}">{t}</a></li>' for t, h in (("县政府", "xzf/"), ("县政府办公室", "xzfbgs/"), ("县直部门", "xzfbm/")))
    www.put(column, kit.shell("政府信息公开年报", f"<ul class='lm'>{tabs}</ul>", ways))
    news = kit.news(www, lambda y, d: f"/xwdt/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{kit.next()}.html")
    www.put("/", kit.home(news))
    for where, title in (("/zjcp/", "走进澄浦"), ("/bsfw/", "办事服务"), ("/hdjl/", "互动交流"), (root + "zn/", "政府信息公开指南"),
                         (root + "zd/", "政府信息公开制度"), (root + "fd/", "法定主动公开内容"), (root + "ysq/", "依申请公开")):
        kit.plain(www, where, title)
    www.put("/zwgk_118/", kit.shell("政务公开", f'<ul><li><a href="zfxxgk/">政府信息公开</a></li><li><a href="/bsfw/">权责清单</a></li></ul>{li(news[:4])}'))
    www.put(root, kit.shell("政府信息公开", kit.five("zn/", "zd/", "fd/", "zfxxgknb_4471/", "ysq/"), ways[:3]))


@portal("霜岭区", "澜安市", "one list mixes government, office, departments and townships", "pager createPageHTML counted from 1, files _2",
        "column known to the registry", "years 2010-2025 whole, office 2019-2025")
def p02(kit: Kit) -> None:
    """A list of all organs in five pages."""
    www, column = kit.www, "/slq/c104431/"
    kit.nav = [("首页", "/"), ("新闻中心", "/slq/c100001/list.shtml"), ("政府信息公开", "/slq/c104400/zfxxgk.shtml")]

    def path(y: int, d: str) -> str:
        return f"{column}{d[:4]}{d[5:7]}/c08_{kit.next()}.shtml"
    rows = kit.series(www, path, "whole", range(2010, 2026), "B") + kit.series(www, path, "office", range(2019, 2026), "A")
    rows += kit.others(www, path, 6, range(2021, 2026)) + kit.alike(www, path, (2024, 2025))
    rows.sort(key=lambda r: r.date, reverse=True)
    pages = (len(rows) + 14) // 15
    for i in range(1, pages + 1):
        pager = (f'<div id="page_div"></div><script>function createPageHTML(id,t,c,p,s,n){{var h="共"+n+"条 ";for(var i=1;i<=t;i++)'
                 f'h+=i==c?"<b>"+i+"</b> ":"<a href=\'"+p+(i>1?"_"+i:"")+"."+s+"\'>"+i+"</a> ";document.getElementById(id).innerHTML=h;}}\n'
                 f"createPageHTML('page_div',{pages},{i},'zfxxgklby_nb','shtml',{len(rows)});</script>")
        www.put(f"{column}zfxxgklby_nb{'_' + str(i) if i > 1 else ''}.shtml",
                kit.shell("政府信息公开工作年度报告", f"<ul>{li(rows[(i - 1) * 15:i * 15])}</ul>{pager}",
                          (("首页", "/"), ("政府信息公开", "/slq/c104400/zfxxgk.shtml"))))
    news = kit.news(www, lambda y, d: f"/slq/c100001/{d[:4]}{d[5:7]}/c08_{kit.next()}.shtml")
    www.put("/", kit.home(news))
    www.put("/slq/c100001/list.shtml", kit.shell("新闻中心", f"<ul>{li(news)}</ul>"))
    www.put("/slq/c104400/zfxxgk.shtml", kit.shell("政府信息公开", kit.five(
        *(kit.plain(www, f"/slq/c10440{n}/gk.shtml", t) for n, t in ((1, "指南"), (2, "制度"), (3, "主动公开"))),
        column + "zfxxgklby_nb.shtml", kit.plain(www, "/slq/c104405/gk.shtml", "依申请公开"), "政府信息公开工作年度报告")))
    kit.column_url = www.base + column + "zfxxgklby_nb.shtml"


@portal("麦川县", "澜安市", "reversed page files with real anchors", "links climb with ../../", "articles /info/N/N.htm", "hover menu (all anchors in the page)",
        "2012 is missing at the source")
def p03(kit: Kit) -> None:
    """Page one X.htm, then X/2.htm, X/1.htm."""
    www = kit.www

    def path(y: int, d: str) -> str:
        return f"/info/1177/{kit.next()}.htm"
    rows = kit.series(www, path, "whole", [y for y in range(2009, 2026) if y != 2012], "A")
    rows += kit.alike(www, lambda y, d: f"/info/1180/{kit.next()}.htm", (2025,))
    rows.sort(key=lambda r: r.date, reverse=True)
    kit.nav_html = ('<li><a href="/index.htm">网站首页</a></li><li><a href="/zwgk.htm">政务公开</a><ul style="display:none"><li><a href="/zwgk/zcwj.htm">政策文件</a></li>'
                    '<li><a href="/zwgk/zfxxgk/gknb.htm">公开年报</a></li></ul></li>')
    parts = [rows[i:i + 7] for i in range(0, len(rows), 7)]
    total = len(parts)
    for i, part in enumerate(parts):
        up = "../../" if i == 0 else "../../../"
        stem = "/zwgk/zfxxgk/gknb"
        here = [r._replace(href=up + r.href[1:]) for r in part]
        after = f"gknb/{total - 1}.htm" if i == 0 else f"{total - i - 1}.htm"
        pager = f'<span class="p_pages"><span class="p_t">共{len(rows)}条</span>' + (
            f'<span class="p_next"><a href="{after}">下页</a></span>' if i + 1 < total else '<span class="p_next_d">下页</span>') + "</span>"
        www.put(stem + (".htm" if i == 0 else f"/{total - i}.htm"), kit.shell("公开年报-" + kit.gov, f"<ul>{li(here)}</ul>{pager}",
                (("首页", "/index.htm"), ("政务公开", "/zwgk.htm"), ("公开年报", stem + ".htm"))))
    news = kit.news(www, lambda y, d: f"/info/1002/{kit.next()}.htm")
    www.put("/index.htm", kit.home(news))
    www.put("/", kit.home(news))
    www.put("/zwgk.htm", kit.shell("政务公开", f"<ul>{li(news[:5])}</ul>"))
    www.put("/zwgk/zcwj.htm", kit.shell("政策文件", f"<ul>{li(news[5:])}</ul>"))


@portal("荆屏县", "桐安市", "N.html lists", "column called 年度报告 below 法定主动公开内容", "five clicks", "reports 2019-2025 as docx attachments, older as pages",
        "office's reports in 部门信息公开 > 县政府办公室", province="南泽省")
def p04(kit: Kit) -> None:
    """Attachment-only articles and an office that keeps its own column."""
    www, root = kit.www, "/zfxxgk/"
    kit.nav = [("首页", "/"), ("信息公开", "/gk/1.html"), ("政务服务", "/fw/1.html")]
    serial = lambda y, d: f"{root}fdzdgknr/ndbg/{1700000000000000000 + kit.next() * 7919}.html"
    rows = kit.series(www, serial, "whole", range(2019, 2026), "A", carrier="docx") + kit.series(www, serial, "whole", range(2011, 2019), "C")
    for i in range(0, len(rows), 5):
        n = i // 5 + 1
        last = (len(rows) + 4) // 5
        pager = "".join(f'<a href="{k}.html">{k}</a> ' for k in range(1, last + 1)) + (f'<a href="{n + 1}.html">下一页</a>' if n < last else "")
        www.put(f"{root}fdzdgknr/ndbg/{n}.html", kit.shell("年度报告", f"<ul>{li(rows[i:i + 5])}</ul><div>{pager}</div>", (("首页", "/"), ("年度报告", "1.html"))))
    own = lambda y, d: f"/bmgk/xzfb/nb/{1700000000000000000 + kit.next() * 7919}.html"
    office = kit.series(www, own, "office", range(2016, 2026), "A")
    www.put("/bmgk/xzfb/nb/1.html", kit.shell("县政府办公室年报", f"<ul>{li(office)}</ul>"))
    www.put("/bmgk/xzfb/1.html", kit.shell("县政府办公室", '<ul><li><a href="/bmgk/xzfb/zn.html">机构概况</a></li><li><a href="nb/1.html">信息公开年报</a></li></ul>'))
    kit.plain(www, "/bmgk/xzfb/zn.html", "机构概况")
    dept = kit.others(www, lambda y, d: f"/bmgk/bm/nb/{1700000000000000000 + kit.next() * 7919}.html", 4)
    www.put("/bmgk/bm/nb/1.html", kit.shell("部门年报", f"<ul>{li(dept)}</ul>"))
    www.put("/bmgk/1.html", kit.shell("部门信息公开", '<ul><li><a href="xzfb/1.html">县政府办公室</a></li><li><a href="bm/nb/1.html">其他部门</a></li></ul>'))
    www.put(root + "fdzdgknr/1.html", kit.shell("法定主动公开内容", '<ul><li><a href="/fw/1.html">机构职能</a></li><li><a href="ndbg/1.html">年度报告</a></li></ul>'))
    www.put(root + "1.html", kit.shell("政府信息公开", '<ul><li><a href="/gk/zn.html">政府信息公开指南</a></li><li><a href="/gk/zn.html">政府信息公开制度</a></li>'
            '<li><a href="fdzdgknr/1.html">法定主动公开内容</a></li><li><a href="/gk/zn.html">依申请公开</a></li><li><a href="/bmgk/1.html">部门信息公开</a></li></ul>'))
    kit.plain(www, "/gk/zn.html", "政府信息公开指南")
    news = kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")
    www.put("/gk/1.html", kit.shell("信息公开", f'<ul><li><a href="/zfxxgk/1.html">政府信息公开</a></li></ul><ul>{li(news[:3])}</ul>'))
    www.put("/fw/1.html", kit.shell("政务服务", f"<ul>{li(news[3:6])}</ul>"))
    www.put("/index.html", redirect("/"))
    www.put("/", kit.home(news))

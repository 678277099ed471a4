"""Portals whose rows or articles say little: bare years, cut titles, viewers, one page a year."""
from __future__ import annotations

from ..kit import STYLES, Kit, li, portal
from ..web import Answer, Ask


@portal("榆浦县", "澜安市", "image map home, names only in alt", "rows are only 2018年", "government and office as two boxes of one page", "title of the article names the organ")
def p17(kit: Kit) -> None:
    """The row gives the year, the box's heading the organ."""
    www, root = kit.www, "/zwgk/gknb/"
    whole = kit.series(www, lambda y, d: f"{root}xzf/{kit.next()}.html", "whole", range(2012, 2026), "A")
    office = kit.series(www, lambda y, d: f"{root}zfb/{kit.next()}.html", "office", range(2015, 2026), "A")
    dept = kit.series(www, lambda y, d: f"{root}czj/{kit.next()}.html", kit.name + "财政局", range(2018, 2026), "A")
    www.put(root, kit.shell("政府年报", "".join(f'<div class="box"><h4>{t}</h4><ul>{li(r, bare=True)}</ul></div>' for t, r in
                                           (("县人民政府", whole), ("县人民政府办公室", office), ("县财政局", dept))),
                            (("首页", "/"), ("政务公开", "/zwgk/"), ("政府年报", root))))
    kit.nav_html = '<li><a href="/">首页</a></li>'
    www.put("/zwgk/", kit.shell("政务公开", '<img src="/img/zw.png" width="600" height="80" usemap="#zw"><map name="zw"><area shape="rect" coords="0,0,200,80" href="zn/" alt="公开指南">'
            '<area shape="rect" coords="200,0,400,80" href="zd/" alt="公开制度"><area shape="rect" coords="400,0,600,80" href="gknb/" alt="政府年报"></map>'))
    for n, t in (("zn", "公开指南"), ("zd", "公开制度")):
        kit.plain(www, f"/zwgk/{n}/", t)
    for image in ("/img/zw.png", "/img/top.png"):
        www.put(image, Answer(bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"), "image/gif"))
    news = kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")
    www.put("/", kit.home(news, '<img src="/img/top.png" width="300" height="60" usemap="#top"><map name="top"><area shape="rect" coords="0,0,150,60" href="/xw/" alt="新闻动态">'
                          '<area shape="rect" coords="150,0,300,60" href="/zwgk/" alt="政务公开"></map>'))
    www.put("/xw/", kit.shell("新闻动态", f"<ul>{li(news)}</ul>"))


@portal("云坳县", "桐安市", "rows cut with an ellipsis, no title attribute", "reports of 2021-2025 as PDF in a viewer frame", "departments mixed in",
        province="南泽省")
def p18(kit: Kit) -> None:
    """Full titles only on the articles."""
    www, root = kit.www, "/channels/20318"

    def path(y: int, d: str) -> str:
        return f"/contents/20318/{kit.next()}.html"
    whole = kit.series(www, path, "whole", range(2021, 2026), "A", carrier="pdf") + kit.series(www, path, "whole", range(2013, 2021), "A")
    office = kit.series(www, path, "office", range(2019, 2026), "A")
    dept = kit.others(www, path, 4, range(2020, 2026))
    rows = sorted(whole + office + dept, key=lambda r: r.date, reverse=True)
    total = -(-len(rows) // 12)
    for i in range(total):
        pager = "".join(f'<a href="{root}{"_" + str(k) if k > 1 else ""}.html">{k}</a> ' for k in range(1, total + 1))
        if i + 1 < total:
            pager += f'<a class="next" href="{root}_{i + 2}.html">&gt;</a>'
        www.put(f"{root}{'_' + str(i + 1) if i else ''}.html", kit.shell("政府信息公开年度报告", f"<ul>{li(rows[i * 12:i * 12 + 12], cut=15)}</ul><div class='fy'>{pager}</div>",
                (("首页", "/"), ("政府信息公开", "/channels/20300.html"), ("年度报告", root + ".html"))))
    kit.nav = [("首页", "/"), ("政府信息公开", "/channels/20300.html")]
    for n in (20311, 20312, 20313, 20314):
        kit.plain(www, f"/channels/{n}.html", "政府信息公开")
    www.put("/channels/20300.html", kit.shell("政府信息公开", kit.five("/channels/20311.html", "/channels/20312.html", "/channels/20313.html", root + ".html",
                                                               "/channels/20314.html", "年度报告")))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/contents/100/{kit.next()}.html")))


@portal("竹埠区", "岚港市", "the column shows the newest report itself, other years by a parameter", "no list at all", "year links on the left", province="东屿省")
def p19(kit: Kit) -> None:
    """One page a year by fbtime."""
    www = kit.www
    years = range(2010, 2026)

    def page(year: int) -> str:
        title = STYLES["A"](kit.name, kit.gov, year)
        left = "".join(f'<li><a href="/module/xxgk/xxgkAnnualReport.jsp?fbtime={y}&amp;area=99192100042">{y}年</a></li>' for y in reversed(years))
        return kit.shell(title, f'<div class="left"><ul>{left}</ul></div><div class="right"><h2>{title}</h2><p>发布日期：{kit_dates[year]}</p>{kit.text(kit.gov, year)}</div>',
                         (("首页", "/"), ("政府信息公开", "/xxgk/"), ("政府信息公开年报", "/module/xxgk/xxgkAnnualReport.jsp?area=99192100042")))
    kit_dates = {y: kit.date(y, "whole") for y in years}

    def answer(ask: Ask) -> Answer:
        year = ask.query.get("fbtime") or "2025"
        if ask.query.get("area") != "99192100042" or not year.isdigit() or int(year) not in years:
            return Answer(kit.shell("提示", "<p>暂无该年度的报告。</p>"))
        return Answer(page(int(year)))
    www.put("/module/xxgk/xxgkAnnualReport.jsp", answer)
    base = www.base + "/module/xxgk/xxgkAnnualReport.jsp?"
    for y in years:
        also = (base + "area=99192100042",) if y == 2025 else ()
        kit.truth("whole", y, STYLES["A"](kit.name, kit.gov, y), f"{base}fbtime={y}&area=99192100042", "page by parameter", also)
    kit.nav = [("首页", "/"), ("政府信息公开", "/xxgk/"), ("公共服务", "/gg/")]
    kit.plain(www, "/gg/", "公共服务")
    kit.plain(www, "/xxgk/zn.html", "政府信息公开指南")
    www.put("/xxgk/", kit.shell("政府信息公开", kit.five("zn.html", "zn.html", "zn.html", "/module/xxgk/xxgkAnnualReport.jsp?area=99192100042", "zn.html")))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")))

"""Portals that make it hard: sessions in addresses, dead columns with soft errors, frames of old make."""
from __future__ import annotations

from random import Random

from ..kit import NAV_LATER, Kit, Row, li, portal
from ..web import Answer, Ask, redirect


@portal("沙荻县", "澜安市", "frameset home with a menu frame", "old ASP addresses, GBK bytes without any label", "menu opens lists in the other frame", "list pages by ?page=")
def p25(kit: Kit) -> None:
    """Everything happens in frames."""
    www = kit.www

    def frame(path: str, html: str) -> None:
        www.put(path, Answer(html, "text/html", encoding="gb18030"))
    rows: list[Row] = []
    pages: dict[str, str] = {}
    for kind, years in (("whole", range(2008, 2026)), ("office", range(2019, 2026))):
        for year in years:
            organ = kit.gov if kind == "whole" else kit.office
            number, date, title = str(kit.next()), kit.date(year, kind), f"{organ}{year}年政府信息公开工作年度报告"
            pages[number] = f"<html><head><title>{title}</title></head><body><h2 align=center>{title}</h2><p>{date}</p>{kit.text(organ, year)}</body></html>"
            rows.append(Row(title, f"show.asp?id={number}", date, year, kind))
            kit.truth(kind, year, title, f"{www.base}/show.asp?id={number}")
    rows.sort(key=lambda r: r.date, reverse=True)
    www.put("/show.asp", lambda ask: Answer(pages.get(ask.query.get("id", ""), "参数错误"), "text/html", 200 if ask.query.get("id") in pages else 404, encoding="gb18030"))

    def listed(ask: Ask) -> Answer:
        page = int(ask.query.get("page") or 1)
        if ask.query.get("class") != "27":
            return Answer("<html><head><title>栏目</title></head><body>本栏目暂无内容</body></html>", "text/html", encoding="gb18030")
        total = -(-len(rows) // 9)
        links = "".join(f'<a href="class.asp?class=27&page={i}">[{i}]</a>' for i in range(1, total + 1))
        return Answer(f"<html><head><title>政府信息公开年度报告</title></head><body><ul>{li(rows[(page - 1) * 9:page * 9])}</ul>{links}</body></html>", "text/html",
                      encoding="gb18030")
    www.put("/class.asp", listed)
    frame("/", f'<html><head><title>{kit.gov}</title></head><frameset rows="90,*"><frame src="top.htm" name="top"><frameset cols="180,*"><frame src="menu.htm" name="menu">'
               '<frame src="main.htm" name="main"></frameset></frameset></html>')
    frame("/top.htm", f"<html><head><title>top</title></head><body><h1>{kit.gov}</h1></body></html>")
    frame("/menu.htm", '<html><head><title>menu</title></head><body><p><a href="main.htm" target="main">首页</a></p><p><a href="class.asp?class=3" target="main">新闻</a></p>'
          '<p><a href="open.htm" target="main">信息公开</a></p></body></html>')
    frame("/main.htm", f"<html><head><title>main</title></head><body><p>欢迎访问{kit.name}。</p></body></html>")
    frame("/open.htm", '<html><head><title>信息公开</title></head><body><a href="class.asp?class=25">公开指南</a> <a href="class.asp?class=26">公开制度</a> '
          '<a href="class.asp?class=27">公开年度报告</a></body></html>')


@portal("蓼湾县", "桐安市", "every page writes its links anew with ;jsessionid and ?t= (nasty)", "a calendar without end in the side", "column called 公开工作年报", province="南泽省")
def p26(kit: Kit) -> None:
    """Addresses change at each answer; the number in id stays."""
    www, dice = kit.www, Random(f"session/{kit.code}")
    articles: dict[str, str] = {}
    rows: list[Row] = []
    for kind, years in (("whole", range(2013, 2026)), ("office", range(2016, 2026))):
        for year in years:
            organ = kit.gov if kind == "whole" else kit.office
            number, date, title = str(kit.next()), kit.date(year, kind), f"{organ}{year}年政府信息公开工作年度报告"
            articles[number] = kit.article(title, kit.text(organ, year), date, organ)
            rows.append(Row(title, f"/portal/article.do?id={number}", date, year, kind))
            kit.truth(kind, year, title, f"{www.base}/portal/article.do?id={number}", "also with any ;jsessionid=… and t=…")
    rows.sort(key=lambda r: r.date, reverse=True)

    def mark(href: str) -> str:
        path, _, query = href.partition("?")
        session = "".join(dice.choice("0123456789ABCDEF") for _ in range(32))
        return f"{path};jsessionid={session}?{query + '&' if query else ''}t={dice.randint(10 ** 12, 10 ** 13)}"

    def strip(ask: Ask) -> Answer | None:
        ask.path = ask.path.split(";", 1)[0]
        return None
    www.before = strip
    menu = [("首页", "/"), ("信息公开", "/portal/open.do"), ("新闻", "/portal/news.do")]
    kit.nav_html = NAV_LATER

    def show(html: str) -> Answer:
        return Answer(html.replace(NAV_LATER, "".join(f'<li><a href="{mark(h)}">{t}</a></li>' for t, h in menu)))

    def listed(ask: Ask) -> Answer:
        page, total = int(ask.query.get("page") or 1), -(-len(rows) // 8)
        part = [r._replace(href=mark(r.href)) for r in rows[(page - 1) * 8:page * 8]]
        pager = "".join(f'<a href="{mark(f"/portal/list.do?col=77&page={i}")}">{i}</a> ' for i in range(1, total + 1))
        if page < total:
            pager += f'<a href="{mark(f"/portal/list.do?col=77&page={page + 1}")}">下一页</a>'
        return show(kit.shell("公开工作年报", f"<ul>{li(part)}</ul><p>{pager}</p>{calendar(2026, 11)}"))

    def calendar(year: int, month: int) -> str:
        back, forth = (year * 12 + month - 2, year * 12 + month)
        return "".join(f'<a class="cal" href="{mark(f"/portal/cal.do?m={n // 12}-{n % 12 + 1:02d}")}">{t}</a> ' for n, t in ((back, "上月"), (forth, "下月")))

    def month(ask: Ask) -> Answer:
        try:
            year, number = (int(v) for v in ask.query.get("m", "2026-11").split("-"))
        except ValueError:
            year, number = 2026, 11
        return show(kit.shell(f"{year}年{number}月", f"<h3>{year}年{number}月</h3><p>当月没有活动。</p>{calendar(year, number)}"))

    def article(ask: Ask) -> Answer:
        html = articles.get(ask.query.get("id", ""))
        return show(html) if html else Answer("信息不存在", status=404)
    www.put("/portal/list.do", listed)
    www.put("/portal/cal.do", month)
    www.put("/portal/article.do", article)
    www.put("/portal/news.do", lambda ask: show(kit.shell("新闻", f"<p>今日没有新的消息。</p>{calendar(2026, 11)}")))
    www.put("/portal/open.do", lambda ask: show(kit.shell("信息公开", "".join(f'<li><a href="{mark(h)}">{t}</a></li>' for t, h in (
        ("公开指南", "/portal/news.do"), ("公开制度", "/portal/news.do"), ("公开工作年报", "/portal/list.do?col=77"))))))
    www.put("/", lambda ask: show(kit.shell(kit.gov, f"<h3>欢迎</h3>{calendar(2026, 11)}")))


@portal("梓渡县", "岚港市", "every unknown address answers the home page with 200 (nasty)", "the column in the menu is dead: 301 to the home page",
        "the living column is only in 网站地图", "a look-alike column of other yearly papers named 年度报告", province="东屿省")
def p27(kit: Kit) -> None:
    """The site map is the only way."""
    www = kit.www
    kit.nav = [("首页", "/"), ("政务公开", "/zwgk/index.html"), ("数据发布", "/sjfb/index.html")]
    rows = kit.series(www, lambda y, d: f"/zwgk/zdly/xxgknb2/{kit.next()}.html", "whole", range(2014, 2026), "A")
    rows += kit.series(www, lambda y, d: f"/zwgk/zdly/xxgknb2/{kit.next()}.html", "office", range(2014, 2026), "A")
    rows.sort(key=lambda r: r.date, reverse=True)
    www.put("/zwgk/zdly/xxgknb2/index.html", kit.shell("政府信息公开工作年报", f"<ul>{li(rows)}</ul>"))
    www.put("/zwgk/xxgknb/index.html", redirect("/", 301))
    alike = kit.alike(www, lambda y, d: f"/sjfb/ndbg/{kit.next()}.html", range(2018, 2026))
    www.put("/sjfb/ndbg/index.html", kit.shell("年度报告", f"<ul>{li(alike)}</ul>"))
    news = kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")
    www.put("/sjfb/index.html", kit.shell("数据发布", f'<a href="ndbg/index.html">年度报告</a><ul>{li(news[:3])}</ul>'))
    www.put("/zwgk/index.html", kit.shell("政务公开", kit.five("/zwgk/zn.html", "/zwgk/zd.html", "/zwgk/fd.html", "/zwgk/xxgknb/index.html", "/zwgk/ysq.html")))
    for n, t in (("zn", "政府信息公开指南"), ("zd", "政府信息公开制度"), ("fd", "法定主动公开内容"), ("ysq", "依申请公开")):
        kit.plain(www, f"/zwgk/{n}.html", t)
    leaves = []
    for i, t in enumerate(("县情简介", "历史沿革", "领导之窗", "机构设置", "人事任免", "财政资金", "应急管理", "教育事业", "医疗卫生", "环境保护", "招商引资", "旅游资源",
                           "通知公告", "政策解读", "专题专栏", "意见征集", "在线访谈", "民意调查")):
        leaves.append((t, kit.plain(www, f"/lm/{i + 1}.html", t)))
    leaves.insert(11, ("政府信息公开工作年报", "/zwgk/zdly/xxgknb2/index.html"))
    www.put("/wzdt.html", kit.shell("网站地图", "".join(f'<span><a href="{h}">{t}</a></span> ' for t, h in [*kit.nav, *leaves])))
    home = kit.home(news, '<p class="foot"><a href="/wzdt.html">网站地图</a> <a href="/lm/1.html">关于我们</a></p>')
    www.put("/", home)
    www.put("/robots.txt", Answer("User-agent: *\nDisallow: /search/\n", "text/plain"))
    www.fallback = Answer(home)

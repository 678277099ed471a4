"""Portals whose reports are spread: archive hosts, old columns, moved hosts, city platforms, and one closed by robots.txt."""

from __future__ import annotations

from ..kit import Item, by_date, chunks, links, ul
from ..model import Portal
from ..server import Net, Req, Resp, Route
from .common import ByQuery, five, folder, left, place, rows_of, start, stub, t_path

HAN = "〇一二三四五六七八九"


def maiqiu(net: Net, seed: int) -> Portal:
    """18 Older years on an archive host in GBK, some with the year in characters."""
    site, h = start(net, seed, place("990521", "麦丘县", prefecture="川口市"), 3)
    old = site.host("gbk", False)
    view, lst = ByQuery(old, "/news_view.asp", "id"), ByQuery(old, "/news_list.asp", "class")
    site.nav = [("首页", "/"), ("政务公开", "/zwgk/"), stub(site, h, "/bmfw/", "便民服务")]
    new = by_date([*site.series("whole", range(2019, 2026)), *site.series("office", range(2019, 2026))])
    for item in [*new, *site.others(3, 0, range(2023, 2026))]:
        site.put(item, h, f"/zwgk/gkgznb/{site.nid()}.html")
    past = site.series("whole", range(2008, 2019), title=lambda y: f"麦丘县人民政府{''.join(HAN[int(c)] for c in str(y)) if y < 2011 else y}年政府信息公开工作{'年度报告' if y > 2010 else '报告'}")
    for item in past:
        view.report(site, item, note="归档主机，GBK" + ("，年份用汉字" if item.year < 2011 else ""))
    site.home(h, news=site.news(h, lambda i: f"/xw/{i + 31}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i + 51}.html"))
    menu = left([*five(site, h, "/zwgk/"), ("公开工作年报", "/zwgk/gkgznb/"), ("部门年报", "/zwgk/bmnb/")])
    folder(h, "/zwgk/", site.page(h, "政务公开", menu))
    folder(h, "/zwgk/gkgznb/", site.page(h, "公开工作年报", menu + ul(rows_of(site, new)) + f"<p class='more'><a href='{old.url('/news_list.asp?class=33')}' target='_blank'>2018年及以前年报</a></p>"))
    folder(h, "/zwgk/bmnb/", site.page(h, "部门年报", menu + ul(rows_of(site, [i for i in site.path if i.kind == "department"]))))
    doc = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><title>{}</title></head><body><div style='color:red'>归档站点，内容不再更新</div>{}</body></html>"
    folder(old, "/", doc.format("麦丘县人民政府旧站", "<a href='news_list.asp?class=33'>政府信息公开年报</a>"), "index.asp")
    parts = chunks(rows_of(site, past), 8)

    def column(req: Req) -> Resp:
        n = 2 if req.q("page") == "2" else 1
        rows = "".join(f"<li><a href='{p.lstrip('/')}'>{t}</a></li>" for t, p, _ in parts[n - 1])
        return old.html(doc.format("年报", f"<ul>{rows}</ul><a href='news_list.asp?class=33&page=1'>[1]</a> <a href='news_list.asp?class=33&page=2'>[2]</a>"))

    lst.add("33", column)
    return site.done("2018 年及以前在归档主机（GBK，news_view.asp?id=）", "2008–2010 年标题年份为汉字", "栏目叫公开工作年报", columns=[h.url("/zwgk/gkgznb/"), old.url("/news_list.asp?class=33")])


def luming(net: Net, seed: int) -> Portal:
    """19 Old column beside the new one under one name; the registered column is the old one."""
    site, h = start(net, seed, place("990522", "鹿鸣县", prefecture="川口市"), 0)
    site.nav = [("首页", "/"), ("政府信息公开", "/zfxxgk/"), stub(site, h, "/zwfw/", "政务服务")]
    whole = site.series("whole", range(2008, 2026), title=lambda y: f"{y}年鹿鸣县政府信息公开工作年度报告")
    off = site.series("office", range(2021, 2026))
    older = []

    def twin_page(item: Item) -> Route:
        return lambda req: h.html(site.article(h, item, item.title, site.report(item).html()))

    for item in whole:
        twin = ""
        if item.year <= 2020:
            path = f"/xxgk/ndbg/{item.date[:4]}/{site.nid()}.html"
            if item.year < 2019:
                site.put(item, h, path)
            else:
                twin = h.add(path, twin_page(item))
            older.append((item.title, path, item.date))
        if item.year >= 2019:
            site.put(item, h, "/zfxxgk/gknb/" + t_path(item, site.nid()), also=[twin] if twin else [], note="新旧两栏各有一份" if twin else "")
    for item in [*off, *site.others(5, 3, range(2023, 2026))]:
        site.put(item, h, "/zfxxgk/gknb/" + t_path(item, site.nid()))
    extra = "<div class='zl'><h3>专栏</h3>" + links([("政府信息公开年报", "/xxgk/ndbg/"), stub(site, h, "/zt/", "专题专栏")]) + "</div>"
    site.home(h, news=site.news(h, lambda i: f"/xw/{i}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i}.html"), extra=extra)
    menu = left([*five(site, h, "/zfxxgk/"), ("政府信息公开年报", "/zfxxgk/gknb/")])
    folder(h, "/zfxxgk/", site.page(h, "政府信息公开", menu))
    folder(h, "/xxgk/ndbg/", site.page(h, "政府信息公开年报", ul(older), [("首页", "/"), ("政府信息公开年报", "")]))
    listed = by_date(i for i in site.path if "/zfxxgk/gknb/" in site.path[i])
    pages = chunks(rows_of(site, listed), 18)
    for n, part in enumerate(pages, 1):
        more = f"<a href='index_{n + 1}.html' class='next'>下一页</a>" if n < len(pages) else ""
        html = site.page(h, "政府信息公开年报", menu + ul(part) + more)
        if n == 1:
            folder(h, "/zfxxgk/gknb/", html)
        else:
            h.add(f"/zfxxgk/gknb/index_{n}.html", html)
    return site.done("新旧两栏同名：旧栏 2008–2020，新栏 2019–2025", "登记的 column_url 是旧栏", "2019、2020 两处各一份", column=h.url("/xxgk/ndbg/"), columns=[h.url("/zfxxgk/gknb/"), h.url("/xxgk/ndbg/")])


def xindu(net: Net, seed: int) -> Portal:
    """23 The host moved; the place became a district; the registered column is dead."""
    site, old = start(net, seed, place("990523", "新渡区", prefecture="川口市"), 2)
    h = site.host()
    notice = f"<html><head><meta charset='utf-8'><title>网站迁移</title><meta http-equiv='refresh' content='3;url={h.url('/')}'></head><body><p>本网站已迁移至新域名，3 秒后自动跳转。</p><a href='{h.url('/')}'>点此进入</a></body></html>"
    old.add("/", notice)
    old.missing = lambda req: Resp(b"", 301, "text/html", (("Location", "/"),))
    site.nav = [("首页", "/"), ("政务公开", "/xdq/zwgk/list.shtml"), stub(site, h, "/xdq/zwfw/list.shtml", "政务服务")]
    county = "新渡县人民政府"
    whole = [site.item("whole", y, county if y < 2016 else "") for y in range(2025, 2010, -1)]
    off = [site.item("office", y) for y in range(2025, 2017, -1)]
    for item in [*whole, *off, *site.others(4, 2, range(2023, 2026))]:
        site.put(item, h, f"/xdq/xxgknb/{item.date[:4]}{item.date[5:7]}/{site.hex()}.shtml", note="撤县设区前，标题写新渡县" if item.organ == county else "")
    site.home(h, news=site.news(h, lambda i: f"/xdq/xw/202611/{site.hex()}.shtml"), looks=site.lookalikes(h, lambda i: f"/xdq/gg/202602/{site.hex()}.shtml"))
    menu = left([*five(site, h, "/xdq/", "/list.shtml"), ("信息公开年报", "/xdq/xxgknb/list.shtml")])
    h.add("/xdq/zwgk/list.shtml", site.page(h, "政务公开", menu))
    pages = chunks(rows_of(site, by_date(site.path)), 15)
    for n, part in enumerate(pages, 1):
        nums = "".join(f"<a href='list{'' if k == 1 else f'_{k}'}.shtml'>{k}</a> " for k in range(1, len(pages) + 1))
        h.add(f"/xdq/xxgknb/list{'' if n == 1 else f'_{n}'}.shtml", site.page(h, "信息公开年报", menu + ul(part) + f"<div class='pages'>{nums}</div>"))
    site.portal.home_url = old.url("/")
    return site.done("主页地址是旧主机，meta refresh 到新主机", "登记的 column_url 已死（301 到首页）", "撤县设区，2015 年及以前写新渡县", column=old.url("/zwgk/zfxxgknb/"), columns=[h.url("/xdq/xxgknb/list.shtml")])


def linhu(net: Net, seed: int) -> Portal:
    """28 The information platform is the city's, a folder an organ by number."""
    site, h = start(net, seed, place("990524", "邻湖区", prefecture="川口市"), 1)
    p = site.host()
    site.nav = [("首页", "/"), ("政府信息公开", p.url("/110094/zfxxgk/index.shtml")), stub(site, h, "/zwfw/", "政务服务")]
    whole, off = site.series("whole", range(2010, 2026)), site.series("office", range(2016, 2026))
    dept = site.series("department", range(2020, 2026), "邻湖区财政局")
    near = [site.item("foreign", y, "衡浦区人民政府") for y in range(2025, 2012, -1)]
    city = [site.item("foreign", y, "川口市人民政府") for y in range(2025, 2012, -1)]
    for items, organ in ((whole, "110094"), (off, "110094012"), (dept, "110094013"), (near, "110095"), (city, "110000")):
        rows = []
        for item in items:
            path = f"/{organ}/zfxxgknb/{item.date[:4]}{item.date[5:7]}/{site.nid()}.shtml"
            rows.append((item.title, path, item.date))
            if item.kind == "whole" and item.year in (2020, 2021):
                real = f"/zwgk/nb/{site.nid()}.html"
                hop = p.add(path, f"<script>window.location.href='{h.url(real)}';</script>")
                site.put(item, h, real, also=[hop], note="平台上的页面只有一行 location.href")
            else:
                site.put(item, p, path)
        menu = left([("政府信息公开指南", f"/{organ}/zfxxgkzn/index.shtml"), ("政府信息公开制度", f"/{organ}/zfxxgkzd/index.shtml"), ("法定主动公开内容", f"/{organ}/fdzdgknr/index.shtml"), ("政府信息公开年报", f"/{organ}/zfxxgknb/list.shtml")])
        for sub, name in (("zfxxgkzn", "政府信息公开指南"), ("zfxxgkzd", "政府信息公开制度"), ("fdzdgknr", "法定主动公开内容")):
            stub(site, p, f"/{organ}/{sub}/index.shtml", name)
        organs = [("区政府办公室", "/110094012/zfxxgk/index.shtml"), ("区财政局", "/110094013/zfxxgk/index.shtml")] if organ == "110094" else []
        places = [("川口市", "/110000/zfxxgk/index.shtml"), ("邻湖区", "/110094/zfxxgk/index.shtml"), ("衡浦区", "/110095/zfxxgk/index.shtml")]
        head = f"<h2>{items[0].organ}</h2>" + menu + ("<h4>区直部门</h4>" + links(organs) if organs else "")
        foot = "<h4>各级政府</h4>" + links(places)
        frame = "<html><head><meta charset='utf-8'><title>{}-川口市政府信息公开平台</title></head><body><h1>川口市政府信息公开平台</h1>{}</body></html>"
        p.add(f"/{organ}/zfxxgk/index.shtml", frame.format(items[0].organ, head + foot))
        parts = chunks(rows, 10)
        for n, part in enumerate(parts, 1):
            nxt = f"<a href='list_{n + 1}.shtml'>下一页</a>" if n < len(parts) else ""
            p.add(f"/{organ}/zfxxgknb/list{'' if n == 1 else f'_{n}'}.shtml", frame.format(f"{items[0].organ}政府信息公开年报", head + ul(part) + nxt))
    p.add("/", "<html><head><meta charset='utf-8'><title>川口市政府信息公开平台</title></head><body>" + links([("川口市", "/110000/zfxxgk/index.shtml"), ("邻湖区", "/110094/zfxxgk/index.shtml"), ("衡浦区", "/110095/zfxxgk/index.shtml")]) + "</body></html>")
    site.home(h, news=site.news(h, lambda i: f"/xw/{i}.html"), looks=site.lookalikes(h, lambda i: f"/gg/{i}.html"))
    return site.done("信息公开在市平台主机，按机关编号分夹", "邻区、市级同平台为干扰", "办公室在区直部门下", "2020、2021 年平台页只有一行 location.href 回本站", columns=[p.url("/110094/zfxxgknb/list.shtml"), p.url("/110094012/zfxxgknb/list.shtml")])


def jinhe(net: Net, seed: int) -> Portal:
    """29 Ordinary, but robots.txt forbids everything."""
    site, h = start(net, seed, place("990525", "禁河县", prefecture="川口市"), 3)
    h.add("/robots.txt", "User-agent: *\nDisallow: /\n")
    site.nav = [("首页", "/"), ("政府信息公开", "/zfxxgk/"), stub(site, h, "/zwfw/", "政务服务")]
    items = by_date([*site.series("whole", range(2015, 2026)), *site.series("office", range(2020, 2026))])
    for item in items:
        site.put(item, h, f"/zfxxgk/nb/{site.nid()}.html")
    site.home(h, news=site.news(h, lambda i: f"/xw/{i}.html"))
    menu = left([*five(site, h, "/zfxxgk/"), ("政府信息公开年报", "/zfxxgk/nb/")])
    folder(h, "/zfxxgk/", site.page(h, "政府信息公开", menu))
    folder(h, "/zfxxgk/nb/", site.page(h, "政府信息公开年报", menu + ul(rows_of(site, items))))
    return site.done("robots.txt 禁止一切", ok=False, why="人能看到，守规矩的程序不许进：应报 robots，且除 robots.txt 外没有请求", columns=[h.url("/zfxxgk/nb/")])


ALL = [maiqiu, luming, xindu, linhu, jinhe]

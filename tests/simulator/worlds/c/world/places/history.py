"""Portals whose older years lie elsewhere, and portals that live elsewhere themselves."""
from __future__ import annotations

from dataclasses import replace

from ..kit import Kit, Row, li, portal
from ..web import Answer, Ask, redirect


@portal("银杏坪区", "苇塘市", "older years on an archive host behind 历史年报", "archive's own home and list, other page shape", "registry column known", province="北朔省")
def p20(kit: Kit) -> None:
    """2018-2025 here, 2008-2017 on the archive host."""
    www, old = kit.www, kit.site()
    new = kit.series(www, lambda y, d: f"/zfxxgk/gknb/{d[:4]}/{kit.next()}.html", "whole", range(2018, 2026), "A")
    office = kit.series(www, lambda y, d: f"/zfxxgk/gknb/{d[:4]}/{kit.next()}.html", "office", range(2018, 2026), "A")
    kit.nav = [("首页", www.base + "/"), ("政府信息公开", www.base + "/zfxxgk/")]
    past = kit.series(old, lambda y, d: f"/html/{y}/{kit.next()}.htm", "whole", range(2008, 2018), "B", note="on the archive host")
    www.put("/zfxxgk/gknb/", kit.shell("政府信息公开年报", f'<ul>{li(sorted(new + office, key=lambda r: r.date, reverse=True))}</ul>'
            f'<p class="old"><a href="{old.base}/xxgk/lsnb.htm" target="_blank">历史年报</a></p>', (("首页", "/"), ("政府信息公开", "/zfxxgk/"), ("政府信息公开年报", ""))))
    for i in range(2):
        part = past[i * 5:i * 5 + 5]
        link = '<a href="lsnb_2.htm">下一页</a>' if not i else '<a href="lsnb.htm">上一页</a>'
        old.put(f"/xxgk/lsnb{'_2' if i else ''}.htm", kit.shell("历史年报", f"<ul>{li(part)}</ul>{link}", (("旧版首页", "/"), ("历史年报", ""))))
    old.put("/", kit.shell("旧版网站", '<p>旧版网站不再更新。</p><a href="/xxgk/lsnb.htm">历史年报</a>'))
    kit.plain(www, "/zfxxgk/zn/", "政府信息公开指南")
    www.put("/zfxxgk/", kit.shell("政府信息公开", kit.five("zn/", "zn/", "zn/", "gknb/", "zn/")))
    kit.column_url = www.base + "/zfxxgk/gknb/"
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")))


@portal("溯溪县", "澜安市", "an old column beside the new one under the same name", "2019 stands in both (twin address)", "old column reached from the old catalogue page",
        "office only in the old column, 2013-2018: the source has no later ones")
def p21(kit: Kit) -> None:
    """The new column starts in 2019; the old one holds 2010-2019."""
    www = kit.www
    new = kit.series(www, lambda y, d: f"/zfxxgk_new/nb/{d[:4]}{d[5:7]}/t{d.replace('-', '')}_{kit.next()}.html", "whole", range(2019, 2026), "A")
    old = kit.series(www, lambda y, d: f"/xxgkml/ndbg/{kit.next()}.html", "whole", range(2010, 2019), "A", note="old column")
    old += kit.series(www, lambda y, d: f"/xxgkml/ndbg/{kit.next()}.html", "office", range(2013, 2019), "A", note="old column")
    twin = "/xxgkml/ndbg/880019.html"
    for i, truth in enumerate(kit.reports):
        if truth.kind == "whole" and truth.year == 2019:
            date = next(r.date for r in new if r.year == 2019)
            url = www.put(twin, kit.article(truth.title, kit.text(kit.gov, 2019), date, kit.gov))
            kit.reports[i] = type(truth)(truth.kind, truth.year, truth.title, truth.url, truth.note, (url,))
            old.append(Row(truth.title, twin, date, 2019, "whole"))
    old.sort(key=lambda r: r.date, reverse=True)
    www.put("/zfxxgk_new/nb/", kit.shell("政府信息公开年报", f"<ul>{li(new)}</ul>"))
    www.put("/xxgkml/ndbg/", kit.shell("政府信息公开年报", f"<ul>{li(old)}</ul>"))
    kit.nav = [("首页", "/"), ("政务公开", "/zwgk/")]
    kit.plain(www, "/zfxxgk_new/zn/", "政府信息公开指南")
    www.put("/zwgk/", kit.shell("政务公开", '<ul><li><a href="/zfxxgk_new/">政府信息公开</a></li><li><a href="/xxgkml/">信息公开目录（旧版）</a></li></ul>'))
    www.put("/zfxxgk_new/", kit.shell("政府信息公开", kit.five("zn/", "zn/", "zn/", "nb/", "zn/")))
    www.put("/xxgkml/", kit.shell("信息公开目录（旧版）", '<ul><li><a href="jgzn/">机构职能</a></li><li><a href="ndbg/">政府信息公开年报</a></li></ul>'))
    kit.plain(www, "/xxgkml/jgzn/", "机构职能")
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")))


@portal("渔梁县", "桐安市", "one column a year", "a span of years in one link (2008-2014年)", "the folder of 2024's name says 2020", "some rows are redirect stubs",
        "office and departments in each year's column", province="南泽省")
def p22(kit: Kit) -> None:
    """A landing of years, each a list."""
    www, root = kit.www, "/xxgk/nb/"
    folder = {y: f"nb{y}" for y in range(2015, 2026)} | {2024: "2020_504117"}
    entries: list[tuple[str, str]] = []
    for year in range(2025, 2014, -1):
        path = lambda y, d, f=folder[year]: f"{root}{f}/{d[:4]}{d[5:7]}/{kit.next()}.shtml"
        rows = kit.series(www, path, "whole", [year], "A") + kit.series(www, path, "office", [year], "A") + kit.others(www, path, 3, [year])
        if year in (2017, 2018):  # the list points at a stub that leads to the article
            stub = f"{root}{folder[year]}/stub{kit.next()}.shtml"
            www.put(stub, f'<html><head><meta charset="utf-8"><title>{rows[0].title}</title></head><body><script>location.href="{rows[0].href}";</script></body></html>')
            full = www.base + rows[0].href
            kit.reports = [replace(t, aliases=(www.base + stub,)) if t.url == full else t for t in kit.reports]
            rows[0] = rows[0]._replace(href=stub)
        www.put(f"{root}{folder[year]}/list.shtml", kit.shell(f"{year}年度", f"<ul>{li(rows)}</ul>", (("首页", "/"), ("信息公开", "/xxgk/"), (f"{year}年", ""))))
        entries.append((f"{year}年", f"{folder[year]}/list.shtml"))
    past = kit.series(www, lambda y, d: f"{root}nbhz/{kit.next()}.shtml", "whole", range(2008, 2015), "A")
    www.put(root + "nbhz/list.shtml", kit.shell("2008-2014年", f"<ul>{li(past)}</ul>"))
    entries.append(("2008-2014年", "nbhz/list.shtml"))
    www.put(root + "index.shtml", kit.shell("政府信息公开工作年度报告", "".join(f'<div class="y"><a href="{h}">{t}</a></div>' for t, h in entries)))
    kit.nav = [("首页", "/"), ("信息公开", "/xxgk/")]
    kit.plain(www, "/xxgk/zn.shtml", "信息公开指南")
    www.put("/xxgk/", kit.shell("信息公开", '<ul><li><a href="zn.shtml">信息公开指南</a></li><li><a href="nb/index.shtml">政府信息公开工作年度报告</a></li></ul>'))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.shtml")))


@portal("桐屿县", "岚港市", "reports live on the city's platform (another host)", "a folder an organ by number there", "the platform's lists hold other counties too",
        "office under its own number", province="东屿省")
def p23(kit: Kit) -> None:
    """The county's home links the city platform; the county is chosen there."""
    www, city = kit.www, kit.site()
    organs = {"110301": (kit.gov, "whole"), "110302": ("县政府办公室", "office"), "110311": ("县财政局", kit.name + "财政局"),
              "110401": ("岚港市蒲汀区人民政府", "岚港市蒲汀区人民政府"), "110000": ("岚港市人民政府", "岚港市人民政府")}
    kit.nav = [("桐屿首页", www.base + "/"), ("岚港市政府信息公开平台", city.base + "/")]
    for organ, (title, kind) in organs.items():
        rows = kit.series(city, lambda y, d, o=organ: f"/{o}/zfxxgknb/{d[:4]}/{kit.next()}.shtml", kind, range(2013 if kind == "whole" else 2018, 2026), "A")
        for i in range(0, len(rows), 6):
            name = f"list{'-' + str(i // 6 + 1) if i else ''}.shtml"
            after = f'<a href="list-{i // 6 + 2}.shtml">下一页</a>' if i + 6 < len(rows) else ""
            city.put(f"/{organ}/zfxxgknb/{name}", kit.shell(f"{title}年报", f"<h3>{title}</h3><ul>{li(rows[i:i + 6])}</ul>{after}"))
        kit.plain(city, f"/{organ}/zfxxgkzn/list.shtml", title + "公开指南")
        city.put(f"/{organ}/index.shtml", kit.shell(title, f'<h3>{title}</h3><ul><li><a href="zfxxgkzn/list.shtml">政府信息公开指南</a></li>'
                                                    '<li><a href="zfxxgknb/list.shtml">政府信息公开年报</a></li></ul>'))
    city.put("/", kit.shell("岚港市政府信息公开平台", "".join(f'<li><a href="/{o}/index.shtml">{t}</a></li>' for o, (t, _) in organs.items())))
    city.put("/tyx.shtml", kit.shell("桐屿县", "".join(f'<li><a href="/{o}/index.shtml">{organs[o][0]}</a></li>' for o in ("110301", "110302", "110311"))))
    news = kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")
    www.put("/", kit.home(news).replace('<div class="links">', f'<div class="gk"><a href="{city.base}/tyx.shtml">政府信息公开</a></div><div class="links">'))


@portal("碧珞县", "苇塘市", "moved host: the old one only refreshes to the new", "registry column dead (404) on the old host", "landing is empty on its first answer",
        "column answers 502 once", "office's report of 2021-2025 in the same list", province="北朔省")
def p24(kit: Kit) -> None:
    """Faults that pass when asked again."""
    old, www = kit.www, kit.site()
    seen: dict[str, int] = {}

    def faulty(path: str, html: str, fault: Answer) -> None:
        def handler(ask: Ask) -> Answer:
            seen[path] = seen.get(path, 0) + 1
            return fault if seen[path] == 1 else Answer(html)
        www.put(path, handler)
    old.put("/", f'<html><head><meta charset="utf-8"><meta http-equiv="refresh" content="1;url={www.base}/"><title>网站迁移</title></head>'
            f'<body>{kit.gov}门户网站已启用新址，正在跳转……</body></html>')
    kit.column_url = old.base + "/zwgk/xxgknb/"
    kit.nav = [("首页", www.base + "/"), ("政务公开", www.base + "/zwgk/"), ("政府信息公开", www.base + "/zfxxgk/")]
    path = lambda y, d: f"/zfxxgk/nb/content_{kit.next()}"
    rows = kit.series(www, path, "whole", range(2011, 2026), "A") + kit.series(www, path, "office", range(2021, 2026), "A")
    rows.sort(key=lambda r: r.date, reverse=True)
    parts: list[str] = []
    for i in range(0, len(rows), 10):
        after = f'<a href="/zfxxgk/nb?page={i // 10 + 2}">下页</a>' if i + 10 < len(rows) else ""
        parts.append(kit.shell("政府信息公开年报", f"<ul>{li(rows[i:i + 10])}</ul>{after}"))
    count = {"n": 0}

    def column(ask: Ask) -> Answer:
        count["n"] += 1
        if count["n"] == 1:
            return Answer("<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>", status=502)
        page = int(ask.query.get("page") or 1)
        return Answer(parts[min(page, len(parts)) - 1])
    www.put("/zfxxgk/nb", column)
    faulty("/zfxxgk/", kit.shell("政府信息公开", kit.five("/zfxxgk/zn", "/zfxxgk/zn", "/zfxxgk/zn", "/zfxxgk/nb", "/zfxxgk/zn")), Answer(""))
    kit.plain(www, "/zfxxgk/zn", "政府信息公开指南")
    news = kit.news(www, lambda y, d: f"/xw/content_{kit.next()}")
    www.put("/zwgk/", kit.shell("政务公开", f"<ul>{li(news)}</ul>"))
    www.put("/", kit.home(news))
    www.put("/index.html", redirect("/"))

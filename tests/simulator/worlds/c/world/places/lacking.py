"""Portals from which nobody gets everything: none there, refused, or the newest missing."""
from __future__ import annotations

from ..kit import Kit, li, portal
from ..web import Answer


@portal("灵芷县", "苇塘市", "no annual reports of the government at all: the column says 暂无相关信息", "departments' reports and look-alikes beside", province="北朔省")
def p28(kit: Kit) -> None:
    """An empty column among decoys."""
    www, root = kit.www, "/zfxxgk/"
    kit.ok = False
    kit.nav = [("首页", "/"), ("政府信息公开", root), ("部门公开", "/bm/")]
    www.put(root + "nb/", kit.shell("政府信息公开年报", "<ul></ul><p>暂无相关信息</p>"))
    kit.plain(www, root + "zn/", "政府信息公开指南")
    www.put(root, kit.shell("政府信息公开", kit.five("zn/", "zn/", "zn/", "nb/", "zn/")))
    dept = kit.others(www, lambda y, d: f"/bm/{kit.next()}.html", 5)
    alike = kit.alike(www, lambda y, d: f"/bm/{kit.next()}.html")
    www.put("/bm/", kit.shell("部门公开", f"<ul>{li(dept + alike)}</ul>"))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")))


@portal("铜箫县", "澜安市", "robots.txt disallows everything", "otherwise a plain portal: a person finds all")
def p29(kit: Kit) -> None:
    """A refusal to be respected."""
    www, root = kit.www, "/zwgk/zfxxgknb/"
    kit.ok = False
    www.put("/robots.txt", Answer("User-agent: *\nDisallow: /\n", "text/plain"))
    kit.nav = [("首页", "/"), ("政务公开", "/zwgk/")]
    rows = kit.series(www, lambda y, d: f"{root}{d[:4]}/{kit.next()}.html", "whole", range(2016, 2026), "A", note="robots.txt forbids")
    www.put(root, kit.shell("政府信息公开年报", f"<ul>{li(rows)}</ul>"))
    www.put("/zwgk/", kit.shell("政务公开", f'<a href="{root}">政府信息公开年报</a>'))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")))


@portal("槐滨县", "桐安市", "the source lacks 2015, 2016 and the newest, 2025", "a row of 2025 that is the drafting notice", "year folder of 2025 is there and empty", province="南泽省")
def p30(kit: Kit) -> None:
    """Real gaps: nothing more is to be found."""
    www, root = kit.www, "/xxgk/ndbg/"
    kit.ok = False
    kit.nav = [("首页", "/"), ("信息公开", "/xxgk/")]
    rows = kit.series(www, lambda y, d: f"{root}{kit.next()}.html", "whole", [y for y in range(2010, 2025) if y not in (2015, 2016)], "A")
    rows += kit.series(www, lambda y, d: f"{root}{kit.next()}.html", "office", range(2018, 2025), "A")
    rows += kit.alike(www, lambda y, d: f"{root}{kit.next()}.html", (2025,))
    rows.sort(key=lambda r: r.date, reverse=True)
    www.put(root + "2025n/", kit.shell("2025年", "<p>暂无相关信息</p>"))
    www.put(root, kit.shell("信息公开年度报告", f'<p><a href="2025n/">2025年</a></p><ul>{li(rows)}</ul>'))
    kit.plain(www, "/xxgk/zn.html", "公开指南")
    www.put("/xxgk/", kit.shell("信息公开", '<li><a href="zn.html">公开指南</a></li><li><a href="ndbg/">信息公开年度报告</a></li>'))
    www.put("/", kit.home(kit.news(www, lambda y, d: f"/xw/{kit.next()}.html")))

"""One portal drawn from its traits: its pages, and which of them hold reports."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from crawler.demo.server import Answer, Asked, Site

NEWEST = 2024
"""The report that is due on the day these portals are crawled."""

MENUS = ("plain", "hover", "area", "frame", "script", "option")
DEPTHS = (1, 2, 3)
COLUMNS = ("政府信息公开年报", "政府信息公开工作年度报告", "信息公开年报", "年度报告", "公开年报")
LANDINGS = ("政府信息公开", "政务公开", "信息公开")
BETWEEN = ("法定主动公开内容", "公开目录", "综合", "重点领域")
LISTS = ("one", "anchors", "pager", "reversed", "years", "form", "json", "more")
ROWS = ("full", "organless", "cut", "year")
ARTICLES = ("plain", "dated", "query", "redirect")
HISTORIES = ("none", "none", "beside", "span")
OFFICES = ("none", "same", "organs", "column")
FAULTS = ("none", "none", "none", "busy_once", "bare_once", "soft_404", "session")


@dataclass(slots=True, frozen=True, kw_only=True)
class Traits:
    """What was drawn for one portal."""

    menu: str
    depth: int
    column: str
    landing: str
    between: str
    lists: str
    rows: str
    article: str
    history: str
    office: str
    fault: str
    years: int
    noise: int

    @classmethod
    def draw(cls, rng: random.Random) -> Traits:
        """Draw each trait on its own; what cannot stand together is drawn anew by the caller."""
        return cls(
            menu=rng.choice(MENUS),
            depth=rng.choice(DEPTHS),
            column=rng.choice(COLUMNS),
            landing=rng.choice(LANDINGS),
            between=rng.choice(BETWEEN),
            lists=rng.choice(LISTS),
            rows=rng.choice(ROWS),
            article=rng.choice(ARTICLES),
            history=rng.choice(HISTORIES),
            office=rng.choice(OFFICES),
            fault=rng.choice(FAULTS),
            years=rng.randint(3, 12),
            noise=rng.randint(0, 6),
        )

    def words(self) -> str:
        """Return the traits in one line."""
        return " ".join(str(getattr(self, name)) for name in self.__slots__)

    def stands(self) -> bool:
        """Tell whether a person could tell what is what: rows of mixed organs must name them."""
        bare = self.rows in {"organless", "year"}
        if bare and self.office == "same":
            return False
        # A list by years has its years for rows.
        return self.lists not in {"years", "form"} or self.rows in {"full", "organless"}


@dataclass(slots=True, kw_only=True)
class Drawn:
    """A portal and its truth."""

    site: Site
    traits: Traits
    column: str = ""
    reports: set[str] = field(default_factory=set)
    """Paths (with their query) that hold a report of the government or its office."""
    decoys: set[str] = field(default_factory=set)


@dataclass(slots=True, frozen=True)
class _Row:
    title: str
    path: str
    date: str
    year: int


def draw(code: str, place: str, rng: random.Random) -> Drawn:
    """Draw one portal."""
    traits = Traits.draw(rng)
    while not traits.stands():
        traits = Traits.draw(rng)
    return _Portal(code, place, traits, rng).build()


class _Portal:
    """The building of one portal."""

    def __init__(self, code: str, place: str, traits: Traits, rng: random.Random) -> None:
        self.site = Site(code)
        self.place = place
        self.traits = traits
        self.rng = rng
        self.out = Drawn(site=self.site, traits=traits)
        self.base = (
            f"/{rng.choice(('zwgk', 'gk', 'open', 'n1'))}/{rng.choice(('nb', 'lm8', 'c27'))}"
        )

    def build(self) -> Drawn:
        """Make all pages."""
        traits, years = self.traits, range(NEWEST - self.traits.years + 1, NEWEST + 1)
        older = years[:2] if traits.history != "none" and len(years) > 3 else ()
        own = [self._report(y, self.place) for y in years if y not in older]
        old = [self._report(y, self.place) for y in older]
        office = [self._report(y, f"{self.place}人民政府办公室", "b") for y in years[-3:]]
        rows = own + (office if traits.office == "same" else [])
        rows += [self._decoy(n) for n in range(traits.noise)]
        rows.sort(key=lambda row: (row.year, row.path), reverse=True)
        column = f"{self.base}/"
        self.out.column = column
        self._list(column, traits.column, rows, self._history(old))
        if traits.office == "organs":
            self._organs(office)
        elif traits.office == "column":
            self._list("/bgs/nb/", "县政府办公室年度报告", office, "", plain=True)
        if traits.office == "none":
            self.out.reports -= {row.path for row in office}
        self._way(column)
        self._fault(column)
        return self.out

    # -- reports -------------------------------------------------------------------------------

    def _report(self, year: int, organ: str, mark: str = "a") -> _Row:
        full = f"{organ}{year}年政府信息公开工作年度报告"
        path = {
            "plain": f"{self.base}/{mark}{year}.html",
            "dated": f"{self.base}/{year + 1}03/t{year + 1}0315_{mark}{year}.html",
            "query": f"{self.base}/show.asp?id={mark}{year}",
            "redirect": f"{self.base}/{mark}{year}.html",
        }[self.traits.article]
        self._article(path, full)
        self.out.reports.add(path)
        titles = {
            "full": full,
            "organless": f"{year}年政府信息公开工作年度报告",
            "cut": f"{organ}{year}年政府信…",
            "year": f"{year}年",
        }
        return _Row(titles[self.traits.rows], path, f"{year + 1}-03-{10 + year % 9}", year)

    def _article(self, path: str, title: str) -> None:
        text = "<h2>一、总体情况</h2><p>全年新增公开信息若干条，受理申请均按期答复。</p>"
        body = page(f"<h1>{title}</h1>{text}", title)
        if self.traits.article == "query":
            self._by_query(path, body)
        elif self.traits.article == "redirect":
            target = path.replace(".html", "_1.html")
            self.site.page(path, "", status=302, headers={"Location": target})
            self.site.page(target, body)
        else:
            self.site.page(path, body)

    def _by_query(self, path: str, body: str) -> None:
        wanted = path.partition("id=")[2]
        where = path.partition("?")[0]
        self.site.routes.append(
            lambda asked: (
                Answer(body=body.encode())
                if asked.path == where and asked.query.get("id") == wanted
                else None
            )
        )

    def _decoy(self, number: int) -> _Row:
        year = NEWEST - number % 3
        title = self.rng.choice(
            (
                f"{self.place}财政局{year}年政府信息公开工作年度报告",
                f"{self.place}{year}年法治政府建设年度报告",
                f"{self.place}人民政府网站{year}年度工作报表",
                f"{self.place}云岭镇{year}年政府信息公开工作年度报告",
            )
        )
        path = f"{self.base}/z{number}.html"
        self.site.page(path, page(f"<h1>{title}</h1><p>情况如下。</p>", title))
        self.out.decoys.add(path)
        return _Row(title, path, f"{year + 1}-02-{10 + number}", year)

    # -- lists ---------------------------------------------------------------------------------

    def _list(
        self, column: str, name: str, rows: Sequence[_Row], beside: str, *, plain: bool = False
    ) -> None:
        kind = "one" if plain else self.traits.lists
        getattr(self, f"_list_{kind}")(column, name, rows, beside)

    def _list_one(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        self.site.page(column, page(items(rows) + beside, name))

    def _list_anchors(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        parts = cut(rows, 5)
        urls = [column, *(f"{column}list_{n}.html" for n in range(2, len(parts) + 1))]
        for n, (url, part) in enumerate(zip(urls, parts, strict=True)):
            on = f'<a href="{urls[n + 1]}">下一页</a>' if n + 1 < len(urls) else ""
            self.site.page(url, page(items(part) + on + (beside if not n else ""), name))

    def _list_pager(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        parts = cut(rows, 5)
        for n, part in enumerate(parts):
            script = f'<script>createPageHTML({len(parts)}, {n}, "index", "html");</script>'
            url = f"{column}index_{n}.html" if n else column
            self.site.page(url, page(items(part) + script + (beside if not n else ""), name))

    def _list_reversed(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        parts, stem = cut(rows, 5), column.rstrip("/")
        urls = [f"{stem}.htm", *(f"{stem}/{len(parts) - n}.htm" for n in range(1, len(parts)))]
        for n, (url, part) in enumerate(zip(urls, parts, strict=True)):
            on = f'<a class="p_next" href="{urls[n + 1]}">下页</a>' if n + 1 < len(urls) else ""
            self.site.page(url, page(items(part) + on + (beside if not n else ""), name))
        self.out.column = urls[0]
        self.site.page(column, "", status=301, headers={"Location": urls[0]})

    def _list_years(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        years = sorted({row.year for row in rows}, reverse=True)
        links = "".join(f'<li><a href="{column}{y}n/">{y}年</a></li>' for y in years)
        self.site.page(column, page(f"<ul>{links}</ul>{beside}", name))
        for year in years:
            self.site.page(
                f"{column}{year}n/", page(items([r for r in rows if r.year == year]), f"{year}年")
            )

    def _list_form(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        years = sorted({row.year for row in rows}, reverse=True)
        options = "".join(f'<option value="{y}">{y}年</option>' for y in years)
        form = (
            f'<form action="{column}nb.jsp" method="get"><input type="hidden" name="area" value="7">'
            f'<select name="fbtime" onchange="this.form.submit()">{options}</select></form>'
        )

        def shown(asked: Asked) -> Answer | None:
            if asked.path != f"{column}nb.jsp":
                return None
            year = int(asked.query.get("fbtime") or years[0])
            part = [row for row in rows if row.year == year]
            return Answer(body=page(form + items(part) + beside, name).encode())

        self.site.routes.append(shown)
        self.site.page(
            column, page(form + items([r for r in rows if r.year == years[0]]) + beside, name)
        )

    def _list_json(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        self._painted(column, name, rows, beside, more=False)

    def _list_more(self, column: str, name: str, rows: Sequence[_Row], beside: str) -> None:
        self._painted(column, name, rows, beside, more=True)

    def _painted(
        self, column: str, name: str, rows: Sequence[_Row], beside: str, *, more: bool
    ) -> None:
        """A list that a script paints from JSON; numbers of pages or 加载更多 call the script."""
        size, api = 5, f"{column}api"

        def asked_for(asked: Asked) -> Answer | None:
            if asked.path != api:
                return None
            n = int(asked.query.get("page") or 1)
            part = rows[(n - 1) * size : n * size]
            data = {
                "total": len(rows),
                "list": [{"title": r.title, "url": r.path, "date": r.date} for r in part],
            }
            return Answer(body=json.dumps(data).encode(), content_type="application/json")

        pages = len(cut(rows, size))
        numbers = "".join(f'<a href="javascript:go({n})">{n}</a> ' for n in range(1, pages + 1))
        button = '<button onclick="go(++at)">加载更多</button>' if more else numbers
        put = "+=" if more else "="
        script = f"""<script>var at=1;function go(n){{fetch('{api}?page='+n).then(r=>r.json()).then(d=>{{
var s='';d.list.forEach(x=>{{s+='<li><a href="'+x.url+'">'+x.title+'</a><span>'+x.date+'</span></li>'}});
document.getElementById('rows').innerHTML{put}s;}})}}go(1);</script>"""
        self.site.routes.append(asked_for)
        total = f"<p>共{len(rows)}条</p>"
        self.site.page(column, page(f'<ul id="rows"></ul>{total}{button}{beside}{script}', name))

    # -- what stands beside --------------------------------------------------------------------

    def _history(self, old: Sequence[_Row]) -> str:
        if not old:
            return ""
        where = f"{self.base}/old/"
        self.site.page(where, page(items(old), "历年年报"))
        span = f"{old[-1].year}-{old[0].year}年政府信息公开年报"
        name = span if self.traits.history == "span" else "历年年报"
        return f'<p><a href="{where}">{name}</a></p>'

    def _organs(self, office: Sequence[_Row]) -> None:
        self._list("/bm/zfb/nb/", "年度报告", office, "", plain=True)
        menu = '<a href="/bm/zfb/zn/">公开指南</a><a href="/bm/zfb/nb/">政府信息公开年报</a>'
        self.site.page("/bm/zfb/", page(menu, "县政府办公室"))
        organs = '<a href="/bm/zfb/">县政府办公室</a><a href="/bm/czj/">县财政局</a>'
        self.site.page("/bm/", page(organs, "部门信息公开"))
        self.site.page("/bm/czj/", page("<p>财政局</p>", "县财政局"))

    # -- the way -------------------------------------------------------------------------------

    def _way(self, column: str) -> None:
        """Lead from the home page to the column, by as many steps as were drawn."""
        traits = self.traits
        siblings = '<li><a href="/x/zn/">公开指南</a></li><li><a href="/x/zd/">公开制度</a></li>'
        if traits.office == "column":
            siblings += '<li><a href="/bgs/nb/">政府办公室信息公开年报</a></li>'
        if traits.office == "organs":
            siblings += '<li><a href="/bm/">部门信息公开</a></li>'
        last = f'<ul>{siblings}<li><a href="{column}">{traits.column}</a></li></ul>'
        names = [traits.landing, traits.between][: traits.depth - 1]
        paths = [f"/w{n}/" for n in range(len(names))]
        for n, path in enumerate(paths):
            on = f'<a href="{paths[n + 1]}">{names[n + 1]}</a>' if n + 1 < len(paths) else last
            self.site.page(path, page(on, names[n]))
        first = (paths[0], names[0]) if paths else None
        entry = self._menu(*first) if first else last
        news = "".join(
            f'<li><a href="/xw/{n}.html">{self.place}召开第{n}次工作会议</a><span>2025-0{n}-02</span></li>'
            for n in range(1, 5)
        )
        for n in range(1, 5):
            self.site.page(f"/xw/{n}.html", page("<p>会议召开。</p>", f"第{n}次工作会议"))
        notice = '<li><a href="/xw/9.html">关于报送政府信息公开工作年度报告的通知</a></li>'
        self.site.page(
            "/xw/9.html", page("<p>请按时报送。</p>", "关于报送政府信息公开工作年度报告的通知")
        )
        self.site.page("/", page(f"{entry}<ul>{news}{notice}</ul>", f"{self.place}人民政府"))

    def _menu(self, path: str, name: str) -> str:
        match self.traits.menu:
            case "hover":
                return f"<ul><li onclick=\"location.href='{path}'\">{name}</li></ul>"
            case "area":
                return f'<img src="/m.gif" usemap="#m"><map name="m"><area alt="{name}" href="{path}"></map>'
            case "frame":
                self.site.page("/top.html", page(f'<a href="{path}">{name}</a>', ""))
                return '<iframe src="/top.html"></iframe>'
            case "script":
                self.site.page(
                    "/js/nav.js",
                    f"document.write('<a href=\"{path}\">{name}</a>');",
                    content_type="application/javascript",
                )
                return '<script src="/js/nav.js"></script>'
            case "option":
                return f'<select onchange="location.href=this.value"><option value="{path}">{name}</option></select>'
        return f'<nav><a href="{path}">{name}</a><a href="/bs/">办事服务</a></nav>'

    # -- faults --------------------------------------------------------------------------------

    def _fault(self, column: str) -> None:
        where, seen = self.out.column or column, list[int]()

        def once(answer: Answer) -> Callable[[Asked], Answer | None]:
            def guard(asked: Asked) -> Answer | None:
                if asked.path != where or seen:
                    return None
                seen.append(1)
                return answer

            return guard

        match self.traits.fault:
            case "busy_once":
                self.site.guard = once(Answer(body=b"", status=502))
            case "bare_once":
                bare = page("<ul></ul>", self.traits.column)
                self.site.guard = once(Answer(body=bare.encode()))
            case "soft_404":
                self.site.routes.append(
                    lambda _: Answer(body=page("<p>您访问的页面不存在</p>", "提示").encode())
                )


def page(body: str, title: str) -> str:
    """Return a page around its text."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body>{body}<div class="footer">主办单位：县人民政府办公室</div></body></html>'
    )


def items(rows: Sequence[_Row]) -> str:
    """Return the rows of a list."""
    lines = "".join(
        f'<li><a href="{row.path}">{row.title}</a><span>{row.date}</span></li>' for row in rows
    )
    return f"<ul>{lines}</ul>"


def cut(rows: Sequence[_Row], size: int) -> list[Sequence[_Row]]:
    """Return the rows page by page; an empty list is one empty page."""
    return [rows[n : n + size] for n in range(0, len(rows), size)] or [[]]

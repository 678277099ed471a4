"""One portal drawn from its traits: its pages, and which of them hold reports."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from crawler.demo.server import Answer, Asked
from tests.simulator.combined.lists import Listed, put
from tests.simulator.combined.pages import Host, Row, items, page
from tests.simulator.combined.traits import Traits

NEWEST = 2024
"""The report that is due on the day these portals are crawled."""


@dataclass(slots=True, kw_only=True)
class Drawn:
    """A portal and its truth."""

    site: Host
    traits: Traits
    beside: list[Host]
    """Its further hosts, which no registry has."""
    column: str = ""
    """Its path on the registered host: what a registry would have."""
    lies_at: str = ""
    """Its path on the host where it lies."""
    reports: set[str] = field(default_factory=set)
    """Paths (with their query) that hold a report of the government or its office."""
    decoys: set[str] = field(default_factory=set)

    @property
    def hosts(self) -> list[Host]:
        return [self.site, *self.beside]


def draw(code: str, place: str, rng: random.Random, address: str | None = None) -> Drawn:
    """Draw one portal; its further host, if it has one, gets the address."""
    traits = Traits.draw(rng)
    while not traits.stands():
        traits = Traits.draw(rng)
    return _Portal(code, place, traits, rng, address).build()


class _Portal:
    """The building of one portal."""

    def __init__(
        self, code: str, place: str, traits: Traits, rng: random.Random, address: str | None
    ) -> None:
        registered = Host(code)
        other = Host(f"{code}-other", address)
        other.others = registered.others = {"first": registered, "other": other}
        self.registered = registered
        self.home = other if traits.host == "moved" else registered
        self.lists = other if traits.host in {"moved", "column"} else registered
        self.archive = other if traits.host in {"moved", "archive"} else self.lists
        self.at = "@other@" if self.lists is not self.home else ""
        """What stands before the column's addresses on the home page's host."""
        self.place = place
        self.traits = traits
        self.rng = rng
        beside = [] if traits.host == "one" else [other]
        self.out = Drawn(site=registered, traits=traits, beside=beside)
        self.base = (
            f"/{rng.choice(('zwgk', 'gk', 'open', 'n1'))}/{rng.choice(('nb', 'lm8', 'c27'))}"
        )
        for host in self.out.hosts:
            host.session = traits.fault == "session"

    def build(self) -> Drawn:
        """Make all pages."""
        traits, years = self.traits, range(NEWEST - self.traits.years + 1, NEWEST + 1)
        older = years[:2] if traits.history != "none" and len(years) > 3 else ()
        own = [self._report(y, self.place) for y in years if y not in older]
        history = self._history(older)
        office = [
            self._report(y, f"{self.place}人民政府办公室", "b")
            for y in (years[-3:] if traits.office != "none" else ())
        ]
        rows = own + (office if traits.office == "same" else [])
        rows += [self._decoy(n) for n in range(traits.noise)]
        rows.sort(key=lambda row: (row.year, row.path), reverse=True)
        column = self._column(rows, office, history)
        self.out.column = self.out.lies_at = column
        if self.lists is not self.registered and traits.host == "column":
            # A registry would have the address on the other host; it can only name the first.
            _lead(self.registered, f"{self.base}/go/", f"@other@{column}")
            self.out.column = f"{self.base}/go/"
        self._way(column)
        if traits.host == "moved":
            self.registered.guard = lambda asked: Answer(
                body=b"", status=301, headers={"Location": f"@other@{asked.path}"}
            )
        self._fault(column)
        return self.out

    # -- reports -------------------------------------------------------------------------------

    def _row(self, title: str, key: str, year: int, day: str, body: str) -> Row:
        """Put an article at the address its key gives, and return its row."""
        before, behind = {
            "query": (f"{self.base}/show.asp?id=", ""),
            "item": ("/Item/", ".aspx"),
            "file": (f"{self.base}/", ".pdf"),
        }.get(self.traits.article, (f"{self.base}/", ".html"))
        if self.traits.article == "dated":
            key = f"{year + 1}03/t{year + 1}0315_{key}"
        elif self.traits.article in {"item", "query"}:
            key = str(
                self.rng.randrange(1000, 9999) * 100 + len(self.out.reports | self.out.decoys)
            )
        row = Row(title, before, key, behind, f"{year + 1}-{day}", year)
        self._article(row.path, body)
        return row

    def _report(self, year: int, organ: str, mark: str = "a") -> Row:
        full = f"{organ}{year}年政府信息公开工作年度报告"
        titles = {
            "full": full,
            "organless": f"{year}年政府信息公开工作年度报告",
            "cut": f"{organ}{year}年政府信…",
            "year": f"{year}年",
        }
        text = "<h2>一、总体情况</h2><p>全年新增公开信息若干条，受理申请均按期答复。</p>"
        row = self._row(
            titles[self.traits.rows],
            f"{mark}{year}",
            year,
            f"03-{10 + year % 9}",
            page(f"<h1>{full}</h1>{text}", full),
        )
        self.out.reports.add(row.path)
        return row

    def _decoy(self, number: int) -> Row:
        year = NEWEST - number % 3
        title = self.rng.choice(
            (
                f"{self.place}财政局{year}年政府信息公开工作年度报告",
                f"{self.place}{year}年法治政府建设年度报告",
                f"{self.place}人民政府网站{year}年度工作报表",
                f"{self.place}云岭镇{year}年政府信息公开工作年度报告",
            )
        )
        body = page(f"<h1>{title}</h1><p>情况如下。</p>", title)
        row = self._row(title, f"z{number}", year, f"02-{10 + number}", body)
        self.out.decoys.add(row.path)
        return row

    def _article(self, path: str, body: str) -> None:
        hosts = {self.lists, self.archive}
        for host in hosts:
            match self.traits.article:
                case "query":
                    host.routes.append(_by_query(path, body))
                case "redirect":
                    target = path.replace(".html", "_1.html")
                    _lead(host, path, target)
                    host.page(target, body)
                case "file":
                    host.page(path, f"%PDF-1.4 {body}", content_type="application/pdf")
                case _:
                    host.page(path, body)

    # -- the column and the office's -----------------------------------------------------------

    def _listed(self, column: str, name: str, rows: Sequence[Row], beside: str = "") -> Listed:
        return Listed(
            host=self.lists,
            column=column,
            name=name,
            rows=rows,
            beside=beside,
            traits=self.traits,
        )

    def _column(self, rows: Sequence[Row], office: Sequence[Row], history: str) -> str:
        """Put the column, and the office's reports where they were drawn to be."""
        traits, column = self.traits, f"{self.base}/"
        match traits.office:
            case "organs":
                self._organs(office)
            case "column":
                put(self._listed("/bgs/nb/", "县政府办公室年度报告", office), plain=True)
            case "form":
                history = self._by_form(office, column) + history
            case "tabs":
                history = self._by_tabs(office) + history
            case "tree" | "folders":
                return self._of_organs(rows, office, history)
        return put(self._listed(column, traits.column, rows, history))

    def _organs(self, office: Sequence[Row]) -> None:
        put(self._listed("/bm/zfb/nb/", "年度报告", office), plain=True)
        menu = '<a href="/bm/zfb/zn/">公开指南</a><a href="/bm/zfb/nb/">政府信息公开年报</a>'
        self.lists.page("/bm/zfb/", page(menu, "县政府办公室"))
        organs = '<a href="/bm/zfb/">县政府办公室</a><a href="/bm/czj/">县财政局</a>'
        self.lists.page("/bm/", page(organs, "部门信息公开"))
        self.lists.page("/bm/czj/", page("<p>财政局</p>", "县财政局"))

    def _by_form(self, office: Sequence[Row], column: str) -> str:
        """Organs in a select whose form asks for the list of the one that is chosen."""
        where, traits = f"{column}organ.do", self.traits
        names = {"L01": "县人民政府", "L02": "县人民政府办公室", "L07": "县财政局"}

        def select(now: str) -> str:
            options = "".join(
                f'<option value="{c}"{" selected" if c == now else ""}>{n}</option>'
                for c, n in names.items()
            )
            return (
                f'<form action="{where}" method="get"><input type="hidden" name="cat" value="219">'
                f'<select name="dep" onchange="this.form.submit()">{options}</select></form>'
            )

        def shown(asked: Asked) -> Answer | None:
            if asked.path != where:
                return None
            organ = asked.query.get("dep", "")
            if organ == "L01":
                return Answer(body=b"", status=302, headers={"Location": column})
            rows = items(office if organ == "L02" else (), traits.opens)
            return Answer(body=page(select(organ) + rows, traits.column).encode())

        self.lists.routes.append(shown)
        return select("L01")

    def _by_tabs(self, office: Sequence[Row]) -> str:
        """Organs as tabs, of which a script shows one."""
        shown = items(office, "href")
        return (
            '<div><span class="tab" onclick="tab(0)">县人民政府</span>'
            '<span class="tab" onclick="tab(1)">县人民政府办公室</span></div><div id="of"></div>'
            f"<script>var kept={shown!r};function tab(n){{document.getElementById('of').innerHTML="
            "n?kept:''}</script>"
        )

    def _of_organs(self, rows: Sequence[Row], office: Sequence[Row], history: str) -> str:
        """A column of organs, each with its list in a place of its own."""
        column = f"{self.base}/"
        own, theirs = f"{column}zf/", f"{column}bgs/"
        own = put(self._listed(own, self.traits.column, rows, history))
        put(self._listed(theirs, self.traits.column, office), plain=True)
        others = f"{column}bm/"
        self.lists.page(others, page("<p>各部门年报另行公布。</p>", "部门年报"))
        names = {own: "县人民政府年报", theirs: "县政府办公室年报", others: "县财政局年报"}
        if self.traits.office == "folders":
            names[others] = "部门年报"
            links = "".join(f'<li><a href="{u}">{n}</a></li>' for u, n in names.items())
            self.lists.page(column, page(f"<ul>{links}</ul>", self.traits.column))
            return column
        nodes = ",".join(
            f'{{id:{n},pId:0,name:"{name.removesuffix("年报")}"}},'
            f'{{id:{n}1,pId:{n},name:"年度报告",url:"{url}"}}'
            for n, (url, name) in enumerate(names.items(), 1)
        )
        text = f'<ul id="tree" class="ztree"></ul><iframe src="{own}"></iframe>{_tree(nodes)}'
        self.lists.page(column, page(text, self.traits.column))
        return column

    def _history(self, older: Sequence[int]) -> str:
        """Put the older reports in a place of their own and return what leads there."""
        if not older:
            return ""
        where = f"{self.base}/old/"
        rows = [self._report(y, self.place) for y in older]
        self.archive.page(where, page(items(rows), "历年年报"))
        span = f"{older[0]}-{older[-1]}年政府信息公开年报"
        name = span if self.traits.history == "span" else "历年年报"
        at = "@other@" if self.archive is not self.lists else ""
        return f'<p><a href="{at}{where}">{name}</a></p>'

    # -- the way -------------------------------------------------------------------------------

    def _way(self, column: str) -> None:
        """Lead from the home page to the column, by as many steps as were drawn."""
        traits, at = self.traits, self.at
        siblings = '<li><a href="/x/zn/">公开指南</a></li><li><a href="/x/zd/">公开制度</a></li>'
        if traits.office == "column":
            siblings += f'<li><a href="{at}/bgs/nb/">政府办公室信息公开年报</a></li>'
        if traits.office == "organs":
            siblings += f'<li><a href="{at}/bm/">部门信息公开</a></li>'
        last = f'<ul>{siblings}<li><a href="{at}{column}">{traits.column}</a></li></ul>'
        names = [traits.landing, traits.between][: traits.depth - 1]
        paths = [f"/w{n}/" for n in range(len(names))]
        for n, path in enumerate(paths):
            on = f'<a href="{paths[n + 1]}">{names[n + 1]}</a>' if n + 1 < len(paths) else last
            self.home.page(path, page(on, names[n]))
        first = (paths[0], names[0]) if paths else None
        entry = self._menu(*first) if first else last
        news = "".join(
            f'<li><a href="/xw/{n}.html">{self.place}召开第{n}次工作会议</a><span>2025-0{n}-02</span></li>'
            for n in range(1, 5)
        )
        for n in range(1, 5):
            self.home.page(f"/xw/{n}.html", page("<p>会议召开。</p>", f"第{n}次工作会议"))
        notice = "关于报送政府信息公开工作年度报告的通知"
        self.home.page("/xw/9.html", page("<p>请按时报送。</p>", notice))
        news += f'<li><a href="/xw/9.html">{notice}</a></li>'
        self.home.page("/", page(f"{entry}<ul>{news}</ul>", f"{self.place}人民政府"))

    def _menu(self, path: str, name: str) -> str:
        match self.traits.menu:
            case "hover":
                return f"<ul><li onclick=\"location.href='{path}'\">{name}</li></ul>"
            case "area":
                return f'<img src="/m.gif" usemap="#m"><map name="m"><area alt="{name}" href="{path}"></map>'
            case "frame":
                self.home.page("/top.html", page(f'<a href="{path}" target="_top">{name}</a>', ""))
                return '<iframe src="/top.html"></iframe>'
            case "script":
                self.home.page(
                    "/js/nav.js",
                    f"document.write('<a href=\"{path}\">{name}</a>');",
                    content_type="application/javascript",
                )
                return '<script src="/js/nav.js"></script>'
            case "option":
                return f'<select onchange="location.href=this.value"><option value="{path}">{name}</option></select>'
            case "blocks":
                return f'<div class="menu"><a data-url="{path}" href="javascript:;"><img alt="{name}"></a></div>{_BLOCKS}'
        return f'<nav><a href="{path}">{name}</a><a href="/bs/">办事服务</a></nav>'

    # -- faults --------------------------------------------------------------------------------

    ONCE: ClassVar[frozenset[str]] = frozenset({"busy_once", "bare_once"})

    def _fault(self, column: str) -> None:
        traits = self.traits
        if traits.fault in self.ONCE:
            bare = page("<ul></ul>", traits.column).encode()
            busy = Answer(body=b"", status=502)
            answer = busy if traits.fault == "busy_once" else Answer(body=bare)
            self.lists.guard = _once(column, answer)
        elif traits.fault == "soft_404":
            text = page("<p>您访问的页面不存在</p>", "提示").encode()
            for host in {self.home, self.lists}:
                host.routes.append(lambda _: Answer(body=text))
        elif traits.fault == "home_for_all":
            self.home.routes.append(lambda _: self.home.pages["/"])


_BLOCKS = """<script>document.addEventListener('click',function(e){var a=e.target.closest('[data-url]');
if(a)location.href=a.getAttribute('data-url')})</script>"""


def _tree(nodes: str) -> str:
    return (
        f"<script>var zNodes=[{nodes}];var b=document.getElementById('tree');"
        "zNodes.forEach(function(n){var l=document.createElement('li');l.textContent=n.name;"
        "if(n.url)l.onclick=function(){document.querySelector('iframe').src=n.url};b.appendChild(l)})"
        "</script>"
    )


def _lead(host: Host, path: str, target: str) -> None:
    host.page(path, "", status=302, headers={"Location": target})


def _by_query(path: str, body: str) -> Callable[[Asked], Answer | None]:
    where, _, wanted = path.partition("?id=")
    answer = Answer(body=body.encode())
    return lambda a: answer if a.path == where and a.query.get("id") == wanted else None


def _once(where: str, answer: Answer) -> Callable[[Asked], Answer | None]:
    """Answer the first request for a path in another way than all that follow."""
    seen = list[int]()

    def guard(asked: Asked) -> Answer | None:
        if asked.path != where or seen:
            return None
        seen.append(1)
        return answer

    return guard

"""What the portals are built from: page skins, articles, reports, decoys, noise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from random import Random

from . import report
from .model import Item, Portal, Truth
from .net import Host, Net, Resp, html

DEPTS = ("财政局", "教育局", "民政局", "水利局", "统计局", "卫生健康局", "应急管理局", "市场监督管理局")
NEWS = ("{r}召开防汛工作会商会", "{r}开展冬季燃气安全检查", "{r}举办乡村骑行活动", "{r}调度重点项目建设进度", "{r}部署政务公开年度工作任务", "{r}公布春季招生安排", "{r}老旧小区改造又添三处",
        "{r}发布今冬供暖提示", "{r}组织干部下乡插秧", "{r}图书馆新馆对外开放")
LOOKALIKE = ("{r}{y}年法治政府建设年度报告", "{r}人民政府网站{y}年度工作报表", "{r}{y}年度部门决算公开说明", "{r}{y}年国民经济和社会发展统计公报")
CN = "〇一二三四五六七八九"


def cn_year(year: int) -> str:
    """The year in Chinese numerals."""
    return "".join(CN[int(c)] for c in str(year))


class Kit:
    """Builds one portal; everything random comes from its own generator."""

    def __init__(self, net: Net, new_host: Callable[[], Host], seed: int, code: str, region: str, level: str, prefecture: str, *, skin: int = 0, meta: bool = True,
                 towns: tuple[str, ...] = (), neighbours: Callable[[str], list[tuple[str, str]]] | None = None) -> None:
        self.net, self._new_host, self.seed = net, new_host, seed
        self.code, self.region, self.level, self.prefecture = code, region, level, prefecture
        self.skin, self.meta, self.towns = skin, meta, towns or ("柳湾镇", "石埠镇", "上坪乡")
        self.neighbours = neighbours or (lambda c: [])
        self.rng = Random(f"{seed}/{code}")
        self.gov, self.office = region + "人民政府", region + "人民政府办公室"
        self.all = "全" + region[-1]
        self.hosts: list[Host] = []
        self.reports: list[Truth] = []
        self.decoys: list[str] = []
        self._id = self.rng.randint(3000, 90000)
        self.enc = "utf-8"

    # -- small things ---------------------------------------------------------------
    def host(self) -> Host:
        """A new address of this portal."""
        h = self._new_host()
        self.hosts.append(h)
        return h

    def num(self) -> int:
        """A growing article number."""
        self._id += self.rng.randint(1, 37)
        return self._id

    def hex(self, n: int = 32) -> str:
        """A random hexadecimal name."""
        return "".join(self.rng.choice("0123456789abcdef") for _ in range(n))

    def date(self, kind: str, year: int) -> str:
        """When the report of a year was put on the site."""
        if kind == "whole":
            return f"{year + 1}-03-{self.rng.randint(2, 30):02d}"
        return f"{year + 1}-01-{self.rng.randint(9, 30):02d}"

    def title(self, kind: str, year: int, style: str = "full") -> str:
        """A title in one of the usual forms."""
        who = {"whole": self.region, "office": self.office}[kind]
        return {
            "full": f"{who}{year}年政府信息公开工作年度报告",
            "gov": f"{self.gov if kind == 'whole' else who}{year}年政府信息公开工作年度报告",
            "front": f"{year}年度{self.gov if kind == 'whole' else who}政府信息公开工作年度报告",
            "bare": f"{year}年政府信息公开工作年度报告",
            "nian": f"{who}{year}年政府信息公开年报",
            "old": f"{self.gov if kind == 'whole' else who}{year}年政府信息公开工作报告",
            "about": f"{self.gov if kind == 'whole' else who}关于{year}年度政府信息公开工作情况的年度报告",
            "cn": f"{self.gov if kind == 'whole' else who}{cn_year(year)}年政府信息公开工作年度报告",
        }[style]

    def mixed(self, kind: str, year: int) -> str:
        """A title whose form depends on the era, as on most real portals."""
        pool = ("full", "gov", "front") if year >= 2019 else ("gov", "nian", "old") if year >= 2014 else ("old", "nian", "about", "cn")
        return self.title(kind, year, self.rng.choice(pool))

    def who(self, kind: str, organ: str = "") -> report.Who:
        """Whose figures and name a report of a kind carries."""
        if kind == "whole":
            return report.Who(f"{self.seed}/{self.code}/whole", self.gov, self.all, True)
        name = self.office if kind == "office" else organ
        return report.Who(f"{self.seed}/{self.code}/{name}", name, "本机关", False)

    def body(self, kind: str, year: int, organ: str = "") -> str:
        """A report's text and tables as HTML."""
        return report.to_html(report.blocks(self.who(kind, organ), year))

    # -- pages ---------------------------------------------------------------------
    def page(self, title: str, body: str, *, nav: str = "", crumb: str = "", column: str = "", kind: str = "", date: str = "", head: str = "", foot: bool = True) -> str:
        """A page in the portal's skin. `kind` is "column", "article" or empty."""
        tags = ""
        if self.meta:
            tags = f'<meta name="SiteName" content="{self.gov}"><meta name="SiteDomain" content=""><meta name="SiteIDCode" content="{self.code}0007">'
            if kind == "article":
                tags += f'<meta name="ArticleTitle" content="{escape(title)}"><meta name="PubDate" content="{date} 09:20"><meta name="ContentSource" content="{self.office}">'
            if column:
                tags += f'<meta name="ColumnName" content="{column}"><meta name="ColumnDescription" content="{column}"><meta name="ColumnType" content="{column}">'
        charset = f'<meta charset="{self.enc}">' if self.enc == "utf-8" else '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        where = f'<div class="dqwz">当前位置:{crumb}</div>' if crumb else ""
        friends = ""
        if foot:
            options = "".join(f'<option value="{u}">{n}</option>' for n, u in self.neighbours(self.code))
            friends = (f'<div class="footer"><select onchange="if(this.value)window.open(this.value)"><option value="">县区网站</option>{options}</select>'
                       f"<p>主办:{self.gov}　承办:{self.office}　网站标识码:{self.code}0007</p><p>岚ICP备{self.code}号</p></div>")
        top = f"<title>{escape(title)}{'' if title.startswith(self.gov) else '_' + self.gov}</title>"
        if self.skin == 0:
            return (f'<!DOCTYPE html><html><head>{charset}{top}{tags}{head}<style>body{{margin:0;font:16px/1.8 sans-serif}}.wrap{{width:1100px;margin:auto}}</style></head>'
                    f'<body><div class="top"><h2>{self.gov}</h2>{nav}</div><div class="wrap">{where}{body}</div>{friends}</body></html>')
        if self.skin == 1:
            return (f'<!DOCTYPE html><html lang="zh"><head>{charset}{top}{tags}{head}</head><body><header><img src="/images/logo.png" alt="{self.gov}"><nav>{nav}</nav></header>'
                    f"<main>{where}<section>{body}</section></main><footer>{friends}</footer></body></html>")
        return (f'<html><head>{charset}{top}{tags}{head}</head><body bgcolor="#ffffff"><table width="980" align="center"><tr><td>{self.gov}门户网站</td></tr><tr><td>{nav}</td></tr>'
                f"<tr><td>{where}{body}</td></tr><tr><td>{friends}</td></tr></table></body></html>")

    def send(self, text: str, **kw: object) -> Resp:
        """A page in the portal's encoding."""
        if self.enc == "utf-8":
            return html(text)
        return Resp(text.encode("gb18030"), ctype="text/html")

    def serve(self, host: Host, path: str, make: Callable[..., str]) -> str:
        """Serves a page made at each request."""
        return host.put(path, lambda r: self.send(make()))

    def article(self, host: Host, path: str, title: str, text: Callable[..., str], date: str, *, nav: str = "", crumb: str = "", column: str = "") -> str:
        """Serves an article."""
        def make() -> str:
            head = (f'<h1 class="title">{escape(title)}</h1><div class="info">发布日期:{date}　来源:{self.office}</div>' if self.skin != 2 else
                    f'<table><tr><td align="center"><b>{escape(title)}</b></td></tr><tr><td>时间:{date}</td></tr></table>')
            cls = ("TRS_Editor", "article-content", "zoom")[self.skin]
            return self.page(title, f'{head}<div class="{cls}" id="zoom">{text()}</div>', nav=nav, crumb=crumb, column=column, kind="article", date=date)
        return self.serve(host, path, make)

    # -- content -------------------------------------------------------------------
    def truth(self, kind: str, year: int, title: str, url: str, note: str = "", aliases: Iterable[str] = ()) -> None:
        """Notes a report as findable."""
        self.reports.append(Truth(kind, year, title, url, note, tuple(aliases)))

    def report(self, host: Host, path: str, kind: str, year: int, *, title: str = "", note: str = "", nav: str = "", crumb: str = "", aliases: Iterable[str] = ()) -> Item:
        """Serves a report as an article and notes it."""
        title = title or self.mixed(kind, year)
        date = self.date(kind, year)
        self.article(host, path, title, lambda: self.body(kind, year), date, nav=nav, crumb=crumb, column="政府信息公开年报" if crumb else "")
        self.truth(kind, year, title, host.base + path, note, aliases)
        return Item(title, path, date, kind, year)

    def decoy(self, host: Host, path: str, organ: str, year: int, title: str = "") -> Item:
        """Serves another organ's report."""
        title = title or f"{organ}{year}年政府信息公开工作年度报告"
        date = self.date("dept", year)
        self.article(host, path, title, lambda: self.body("dept", year, organ), date)
        self.decoys.append(host.base + path)
        return Item(title, path, date, "decoy", year)

    def lookalike(self, host: Host, path: str, year: int, which: int) -> Item:
        """Serves a yearly report of another sort."""
        title = LOOKALIKE[which % len(LOOKALIKE)].format(r=self.region, y=year)
        date = f"{year + 1}-0{1 + which % 4}-2{which % 8}"
        self.article(host, path, title, lambda: f"<p>　　{title}:本年有关工作按计划完成,主要数据见附表,由{self.office}整理。</p>", date)
        self.decoys.append(host.base + path)
        return Item(title, path, date, "decoy", year)

    def organs(self, towns: bool = True) -> list[str]:
        """Departments and townships of the place."""
        return [self.region + d for d in DEPTS] + ([self.region + t for t in self.towns] if towns else [])

    def news(self, host: Host, path: Callable[[int], str], count: int = 8) -> list[Item]:
        """Serves ordinary news."""
        out = []
        for i in range(count):
            title = NEWS[i % len(NEWS)].format(r=self.region)
            date = f"2026-{11 - i % 9:02d}-{self.rng.randint(1, 28):02d}"
            where = path(self.num())
            self.article(host, where, title, lambda t=title: f"<p>　　{t}。有关负责人到场,听取了情况介绍并提出要求。</p>", date)
            out.append(Item(title, where, date))
        return out

    def texts(self, host: Host, pages: dict[str, str], nav: str = "", crumb: str = "") -> None:
        """Serves plain pages: path to title."""
        for path, name in pages.items():
            self.serve(host, path, lambda n=name: self.page(n, f"<h3>{n}</h3><p>　　{self.gov}{n}:内容由{self.office}维护,每年核对一次。</p>", nav=nav, crumb=crumb, column=n))

    def home(self, host: Host, nav: str, news: list[Item], *, path: str = "/", extra: str = "", head: str = "") -> str:
        """Serves the home page."""
        self.serve(host, path, lambda: self.page(self.gov, f"<h3>要闻</h3>{ul(news)}{extra}", nav=nav, head=head))
        return host.base + path

    def portal(self, home: str, column: str, *traits: str, missing: Iterable[int] = (), ok: bool = True) -> Portal:
        """The finished portal."""
        self.reports.sort(key=lambda t: (t.kind, -t.year))
        return Portal(self.code, self.gov, self.level, "岚川省", self.prefecture, home, column, tuple(traits), self.reports, list(missing), ok, self.decoys,
                      tuple(h.addr for h in self.hosts))


def ul(items: Iterable[Item], *, show: Callable[[Item], str] | None = None, href: Callable[[Item], str] | None = None, cls: str = "list", hint: bool = False) -> str:
    """Rows as an ordinary list."""
    rows = []
    for it in items:
        text = show(it) if show else it.title
        tip = f' title="{escape(it.title)}"' if hint else ""
        rows.append(f'<li><a href="{escape(href(it) if href else it.href)}"{tip}>{escape(text)}</a><span>{it.date}</span></li>')
    return f'<ul class="{cls}">' + "".join(rows) + "</ul>"


def newest(items: Iterable[Item]) -> list[Item]:
    """Rows by date, newest first."""
    return sorted(items, key=lambda it: (it.date, it.title), reverse=True)


def chunks(items: list[Item], size: int) -> list[list[Item]]:
    """Pages of a list."""
    return [items[i:i + size] for i in range(0, len(items), size)]


def anchors(pairs: Iterable[tuple[str, str]], tag: str = "li") -> str:
    """Menu entries (name, href)."""
    inner = "".join(f'<{tag}><a href="{h}">{n}</a></{tag}>' for n, h in pairs)
    return f"<ul>{inner}</ul>" if tag == "li" else inner

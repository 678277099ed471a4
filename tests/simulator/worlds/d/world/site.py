"""What every portal of the world has in common: pages, reports, news, footer."""
from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from . import files, texts
from .model import Kind, Portal, Truth
from .server import Handler, Net, Req, Resp, call

Body = str | bytes | Callable[..., str | bytes | Resp]


@dataclass(frozen=True)
class Spec:
    """A portal before it is built."""

    code: str
    short: str
    prefecture: str
    build: Callable[[Site], None]
    traits: tuple[str, ...]
    hosts: tuple[str, ...] = ("www",)
    level: str = "county"
    skin: int = 0
    titles: int = 0
    column: bool = False
    ok: bool = True


@dataclass(frozen=True)
class Row:
    """An entry of a list."""

    title: str
    href: str
    date: str
    kind: str
    year: int


class Site:
    """Builds one portal into the net."""

    def __init__(self, spec: Spec, net: Net, ips: Mapping[str, str], seed: int, siblings: Iterable[tuple[str, str]]) -> None:
        self.spec, self.net, self.ips = spec, net, dict(ips)
        self.short, self.unit = spec.short, spec.short[-1]
        self.rng = random.Random(f"{seed}/{spec.code}")
        self.seed = seed
        self.siblings = list(siblings)
        self.charset = "utf-8"
        self.nav = ""
        self.portal = Portal(spec.code, spec.short + "人民政府", spec.level, "云岫省", spec.prefecture,
                             self.url("/"), "", spec.traits, ok_allowed=spec.ok, hosts=list(self.ips.values()))
        for ip in self.ips.values():
            net.missing[ip] = lambda req: Resp(self.encode(self.shell("页面不存在", "<p>抱歉，您访问的页面不存在。</p>")), 404, self.html_type)

    # --- addresses -----------------------------------------------------------------------------------------------
    @property
    def html_type(self) -> str:
        """The content type of pages."""
        return f"text/html; charset={self.charset}"

    def url(self, path: str, host: str = "www") -> str:
        """An absolute address."""
        return f"http://{self.ips[host]}:{self.net.port}{quote(path, safe='/?&=;#%()-_.!~*:,')}"

    def encode(self, text: str | bytes) -> bytes:
        """Text in the character set of the portal."""
        return text if isinstance(text, bytes) else text.encode("gb18030" if self.charset.startswith("gb") else self.charset)

    def at(self, path: str, body: Body, host: str = "www", ctype: str = "", status: int = 200) -> str:
        """Serve something at a path."""
        kind = ctype or self.html_type

        def handler(req: Req) -> Resp:
            got = call(body, req) if callable(body) else body
            if isinstance(got, Resp):
                return got
            return Resp(self.encode(got) if "utf-8" not in kind else got.encode() if isinstance(got, str) else got, status, kind)  # type: ignore[union-attr, arg-type]

        self.net.exact[(self.ips[host], path)] = handler
        return path

    def match(self, pattern: str, handler: Handler, host: str = "www") -> None:
        """Serve whatever matches a pattern."""
        self.net.patterns.setdefault(self.ips[host], []).append((re.compile(pattern), handler))

    def js(self, path: str, text: str, host: str = "www") -> str:
        """Serve a script."""
        return self.at(path, text.encode(), host, "application/javascript; charset=utf-8")

    def moved(self, path: str, to: str, host: str = "www", status: int = 302) -> str:
        """Serve a redirect."""
        return self.at(path, lambda: Resp(b"", status, "text/html", {"Location": to}), host)

    # --- pages ---------------------------------------------------------------------------------------------------
    def shell(self, title: str, inner: str, crumbs: str = "", meta: Mapping[str, str] | None = None, head: str = "") -> str:
        """A page in the skin of the portal."""
        name = self.short + "人民政府"
        tags = {"SiteName": name, "SiteIDCode": self.spec.code + "0001", **(meta or {})}
        metas = "".join(f'<meta name="{k}" content="{escape(v)}">' for k, v in tags.items())
        where = f'<div class="{("dqwz", "location", "position", "crumb")[self.spec.skin % 4]}">当前位置：{crumbs}</div>' if crumbs else ""
        main = (f'<div class="main w1200">{where}{inner}</div>', f'<table width="1000" align="center"><tr><td>{where}{inner}</td></tr></table>',
                f'<section class="container"><div class="row">{where}<div class="col-md-12">{inner}</div></div></section>',
                f'<div id="wrap"><div id="con">{where}{inner}</div></div>')[self.spec.skin % 4]
        links = "".join(f'<a href="{u}" target="_blank">{n}</a> ' for n, u in self.siblings)
        foot = (f'<div class="footer"><p>主办：{name}　承办：{name}办公室</p><p>网站标识码：{self.spec.code}0001　云ICP备{self.spec.code}号</p>'
                f'<p class="links">友情链接：{links}</p></div>')
        return (f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{self.charset}"><title>{escape(title)}-{name}</title>{metas}{head}</head>\n'
                f'<body><div class="top"><h1>{name}</h1></div>\n{self.nav}\n{main}\n{foot}</body></html>')

    def page(self, path: str, title: str, inner: str | Callable[..., str], crumbs: str = "", host: str = "www",
             meta: Mapping[str, str] | None = None, head: str = "") -> str:
        """Serve a page in the skin of the portal."""
        def body(req: Req) -> str:
            text = call(inner, req) if callable(inner) else inner
            return self.shell(title, str(text), crumbs, meta, head)
        return self.at(path, body, host)

    def news(self, count: int = 10, path: str = "/xwzx/zwyw/{n}.html") -> str:
        """News pages and their list."""
        items = []
        for n in range(count):
            title = texts.NEWS[n % len(texts.NEWS)].format(s=self.short)
            date = f"2026-{11 - n % 9:02d}-{3 + 2 * n % 25:02d}"
            at = path.format(n=3100 + 7 * n)
            body = texts.news_text(self.rng, self.short, title)
            self.page(at, title, f"<h2>{title}</h2><p>{date}</p>{body}", "首页 &gt; 要闻", meta={"ArticleTitle": title, "PubDate": date + " 09:30"})
            items.append(f'<li><a href="{at}" title="{title}">{title}</a><span>{date}</span></li>')
        return '<ul class="news">' + "".join(items) + "</ul>"

    def home(self, menu: str, extra: str = "", path: str = "/", head: str = "", host: str = "www") -> None:
        """The home page."""
        news = self.news()
        text = (f'{menu}<div class="banner">欢迎访问{self.short}人民政府门户网站</div><div class="left"><h3>要闻动态</h3>{news}</div>'
                f'<div class="right"><h3>便民服务</h3><a href="/bmfw/yb.html">医保</a> <a href="/bmfw/jt.html">交通</a></div>{extra}')
        for at, what in (("/bmfw/yb.html", "医保经办点"), ("/bmfw/jt.html", "公交时刻")):
            self.page(at, what, f"<h2>{what}</h2><p>服务时间为工作日九点至十七点。</p>", host=host)
        self.at(path, lambda: self.shell("首页", text, head=head), host)

    def stub(self, path: str, title: str, crumbs: str = "", host: str = "www") -> str:
        """An ordinary page of a few words: guide, system, catalogue."""
        text = {"指南": "公民、法人可以到政务大厅或者通过网站查阅信息，受理时间为工作日。", "制度": "公开工作实行审核、登记、抽查三项制度。"}
        body = next((v for k, v in text.items() if k in title), f"{title}的内容按规定整理公布，欢迎监督。")
        return self.page(path, title, f"<h2>{title}</h2><p>　　{body}</p>", crumbs or f"首页 &gt; {title}", host)

    # --- reports -------------------------------------------------------------------------------------------------
    def title(self, kind: str, year: int) -> str:
        """The title of a report in the manner of the portal."""
        s, office = self.short, kind == "office"
        gov = s + "人民政府办公室" if office else s
        match self.spec.titles:
            case 1:
                return f"{gov if office else s + '人民政府'}{year}年度政府信息公开工作年度报告"
            case 2:
                return f"{year}年{gov}政府信息公开{'工作报告' if year < 2014 else '年度报告'}"
            case 3:
                return f"{gov if office else s + '人民政府'}{year}年政府信息公开工作年报"
            case 4:
                return f"{gov}政府信息公开工作年度报告（{year}年度）"
            case _:
                return f"{gov}{year}年政府信息公开工作{'年度' if year > 2010 else ''}报告"

    def organ(self, kind: str) -> str:
        """The publisher of a report."""
        return self.short + ("人民政府办公室" if kind == "office" else "人民政府")

    def date(self, kind: str, year: int) -> str:
        """The day of publication."""
        rng = random.Random(f"{self.seed}/{self.spec.code}/{kind}/{year}/date")
        return f"{year + 1}-03-{rng.randint(11, 30):02d}" if kind == "whole" else f"{year + 1}-01-{rng.randint(10, 30):02d}"

    def doc(self, organ: str, kind: str, year: int, title: str) -> texts.Doc:
        """The content of a report, always the same for the same seed."""
        rng = random.Random(f"{self.seed}/{self.spec.code}/{organ}/{year}")
        return texts.report(rng, organ, year, title, self.date(kind, year))

    def article(self, doc: texts.Doc, crumbs: str, body: str = "") -> str:
        """The page of a report."""
        box = ("TRS_Editor", "article-content", "zoom", "content")[self.spec.skin % 4]
        inner = (f'<h2 class="title">{escape(doc.title)}</h2><div class="info">发布时间：{doc.date}　来源：{doc.organ}</div>'
                 f'<div class="{box}" id="{box}">{body or texts.doc_html(doc)}</div>')
        return self.shell(doc.title, inner, crumbs, {"ArticleTitle": doc.title, "PubDate": doc.date + " 10:00", "ContentSource": doc.organ})

    def truth(self, kind: Kind, year: int, title: str, url: str, note: str = "") -> None:
        """Add to what a person finds."""
        self.portal.reports.append(Truth(kind, year, title, url, note))

    def report(self, kind: Kind, year: int, path: str, host: str = "www", title: str = "", note: str = "",
               crumbs: str = "首页 &gt; 政府信息公开 &gt; 政府信息公开年报", count: bool = True) -> Row:
        """A report of the government or its office as a page."""
        title = title or self.title(kind, year)
        self.at(path, lambda: self.article(self.doc(self.organ(kind), kind, year, title), crumbs), host)
        if count:
            self.truth(kind, year, title, self.url(path, host), note)
        return Row(title, path, self.date(kind, year), kind, year)

    def file(self, kind: Kind, year: int, path: str, host: str = "www", title: str = "", note: str = "", count: bool = True) -> Row:
        """A report of the government or its office as a PDF or DOCX."""
        title = title or self.title(kind, year)
        make, ctype = ((files.pdf, "application/pdf") if path.endswith(".pdf") else
                       (files.docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
        self.at(path, lambda: make(self.doc(self.organ(kind), kind, year, title)), host, ctype)
        if count:
            self.truth(kind, year, title, self.url(path, host), note)
        return Row(title, path, self.date(kind, year), kind, year)

    def other(self, body: str, year: int, path: str, host: str = "www", kind: str = "department") -> Row:
        """A department's or township's report: a decoy."""
        organ = self.short + (body.removeprefix(self.unit) if body[1:] else body)
        title = f"{organ}{year}年政府信息公开工作年度报告"
        self.at(path, lambda: self.article(self.doc(organ, "department", year, title), "首页 &gt; 部门年报"), host)
        self.portal.decoys.append(self.url(path, host))
        return Row(title, path, self.date("department", year), kind, year)

    def lookalike(self, what: str, year: int, path: str, host: str = "www") -> Row:
        """Another yearly paper that is not a report on disclosure: a decoy."""
        title = {"决算": f"{self.short}{year}年度部门决算公开说明", "法治": f"{self.short}人民政府{year}年法治政府建设年度报告",
                 "网站": f"{self.short}人民政府网站工作年度报表（{year}年度）", "统计": f"{self.short}{year}年国民经济和社会发展统计公报",
                 "建议": f"{self.short}{year}年建议提案办理情况年度报告"}[what]
        text = f"<h2>{title}</h2><p>　　本文反映{year}年有关工作，数据截至年底。</p><p>　　各项任务按计划推进，下一年继续抓好落实。</p>"
        self.page(path, title, text, f"首页 &gt; {what}", host, {"ArticleTitle": title})
        self.portal.decoys.append(self.url(path, host))
        return Row(title, path, f"{year + 1}-02-15", "lookalike", year)

    def bulk(self, place: Callable[[str, int, int, str], str], whole: Iterable[int], office: Iterable[int] = (), departments: int = 0,
             towns: int = 0, years: Iterable[int] = range(2021, 2026), host: str = "www", note: str = "") -> list[Row]:
        """Many reports at once, newest first. The place of each: f(kind, year, number, date)."""
        rows: list[Row] = []
        number = self.rng.randint(20000, 60000)

        def at(kind: str, year: int) -> str:
            nonlocal number
            number += self.rng.randint(3, 60)
            return place(kind, year, number, self.date(kind, year))

        rows += [self.report("whole", y, at("whole", y), host, note=note) for y in whole]
        rows += [self.report("office", y, at("office", y), host, note=note) for y in office]
        for y in years:
            rows += [self.other(self.unit + d, y, at("department", y), host) for d in texts.DEPARTMENTS[:departments]]
            rows += [self.other(t, y, at("town", y), host, "town") for t in texts.TOWNS[:towns]]
        return sorted(rows, key=lambda r: (r.date, r.title), reverse=True)


def listing(rows: Iterable[Row], label: Callable[[Row], str] | None = None, cls: str = "list", titled: bool = True) -> str:
    """Rows as a list of anchors."""
    out = []
    for row in rows:
        text = label(row) if label else row.title
        out.append(f'<li><a href="{row.href}"{f" title={chr(34)}{row.title}{chr(34)}" if titled else ""}>{text}</a><span>{row.date}</span></li>')
    return f'<ul class="{cls}">' + "\n".join(out) + "</ul>"


def chunks(rows: list[Row], size: int) -> list[list[Row]]:
    """Rows cut into pages."""
    return [rows[i:i + size] for i in range(0, len(rows), size)] or [[]]

"""What every portal is built with: a place, its reports and look-alikes, page skins and the book-keeping of the truth."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from . import files, text
from .model import Portal, Truth
from .report import Report, make
from .server import Host, Net, Req, Resp

Link = tuple[str, str]  # text, href
Row = tuple[str, str, str]  # text, href, date


@dataclass(frozen=True)
class Place:
    """A fictional division."""

    code: str
    name: str
    level: str
    province: str
    prefecture: str
    bureau: str = "办公室"

    @property
    def gov(self) -> str:
        """Name of the government."""
        return self.name + "人民政府"

    @property
    def office(self) -> str:
        """Name of the government's office."""
        return self.gov + self.bureau


@dataclass(frozen=True)
class Item:
    """A yearly report of some organ of (or beside) the place."""

    kind: str  # whole | office | department | township | foreign
    year: int
    organ: str
    title: str
    date: str


def full_title(organ: str, kind: str, year: int) -> str:
    """The usual title."""
    word = "政府信息公开工作年度报告" if year >= 2011 else "政府信息公开工作报告"
    return f"{organ}{year}年{word}"


class Site:
    """One portal being built."""

    def __init__(self, net: Net, seed: int, place: Place, skin: int) -> None:
        self.net, self.place, self.skin = net, place, skin
        self.seed = f"{seed}/{place.code}"
        self.rng = random.Random(self.seed)
        self.portal = Portal(place.code, place.gov, place.level, place.province, place.prefecture)
        self.nav: list[Link] = []
        self.nav_html = ""
        self.path: dict[Item, str] = {}
        self._id = self.rng.randint(10000, 900000)
        self._title_at: dict[tuple[str, str], str] = {}

    # -- names and numbers -------------------------------------------------------------------------------------------
    def host(self, charset: str = "utf-8", tell_charset: bool = True) -> Host:
        """A further host of this portal."""
        host = self.net.host(charset, tell_charset)
        self.portal.hosts.append(host.name)
        host.add("/favicon.ico", Resp(b"", 204, "image/x-icon"))
        for name, words in (("logo", [self.place.gov]), ("nb", ["年度报告"]), ("nav", ["首页", "信息公开", "办事服务"])):
            host.add(f"/img/{name}.svg", picture(words))
        return host

    def nid(self) -> int:
        """A fresh number, as content systems give."""
        self._id += self.rng.randint(3, 400)
        return self._id

    def hex(self, length: int = 32) -> str:
        """A fresh hexadecimal name."""
        return hashlib.md5(f"{self.seed}/{self.nid()}".encode()).hexdigest()[:length]

    def uuid(self) -> str:
        """A fresh uuid-like name."""
        h = self.hex()
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    # -- reports ------------------------------------------------------------------------------------------------------
    def item(self, kind: str, year: int, organ: str = "", title: str = "", date: str = "") -> Item:
        """One report; organ, title and date have usual defaults."""
        organ = organ or {"whole": self.place.gov, "office": self.place.office}[kind]
        month = "03" if kind == "whole" or year < 2019 else "01"
        date = date or f"{year + 1}-{month}-{self.rng.randint(10, 29):02d}"
        return Item(kind, year, organ, title or full_title(organ, kind, year), date)

    def series(self, kind: str, years: Iterable[int], organ: str = "", title: Callable[[int], str] | None = None) -> list[Item]:
        """Reports of one organ over years, newest first."""
        return [self.item(kind, y, organ, title(y) if title else "") for y in sorted(years, reverse=True)]

    def others(self, depts: int = 0, towns: int = 0, years: Iterable[int] = range(2021, 2026)) -> list[Item]:
        """Reports of departments and townships."""
        out: list[Item] = []
        years = list(years)
        for name in text.DEPARTMENTS[:depts]:
            out += self.series("department", years, self.place.name + name)
        for name in text.TOWNS[:towns]:
            out += self.series("township", years, self.place.name + name + ("办事处" if name.endswith("街道") else "人民政府"))
        return out

    def report(self, item: Item, title: str = "") -> Report:
        """The content of an item."""
        return make(item.organ, item.kind, item.year, title or item.title, self.seed)

    def put(self, item: Item, host: Host, path: str, *, carrier: str = "page", title: str = "", note: str = "", also: Sequence[str] = (),
            wrap: Callable[[str, str], str] | None = None, crumbs: Sequence[Link] = (), url: str = "", serve: bool = True) -> str:
        """Publish an item at a path and book it as truth or decoy. Carriers: page, pdf and docx (the path is the file), pdf-page, docx-page and
        viewer (a page that holds the file)."""
        shown = title or item.title
        extra: list[str] = list(also)
        if serve:
            if carrier in ("pdf", "docx"):
                host.add(path, self._file(item, shown, carrier))
            elif carrier == "page":
                host.add(path, lambda req: host.html(self.article(host, item, shown, self.report(item, shown).html(), crumbs, wrap)))
            else:
                ext = "docx" if carrier == "docx-page" else "pdf"
                name = f"P0{item.date.replace('-', '')}{self.nid()}.{ext}"
                file = path.rsplit("/", 1)[0] + "/" + name
                extra.append(host.add(file, self._file(item, shown, ext)))
                if carrier == "viewer":
                    body = f'<iframe src="/pdfjs/web/viewer.html?file={file.replace("/", "%2F")}" width="900" height="1100"></iframe>'
                else:
                    body = f'<p>{escape(shown)}（全文见附件）</p><p>附件：<a href="./{name}">{escape(shown)}.{ext}</a></p>'
                host.add(path, lambda req: host.html(self.article(host, item, shown, body, crumbs, wrap)))
        self.path[item] = path
        address = url or host.url(path)
        if item.kind in ("whole", "office"):
            self.portal.reports.append(Truth(item.kind, item.year, shown, address, note, tuple(extra)))
        else:
            self.portal.decoys.append(address)
        return address

    def _file(self, item: Item, title: str, ext: str) -> Callable[[Req], Resp]:
        def serve(req: Req) -> Resp:
            report = self.report(item, title)
            if ext == "pdf":
                return Resp(files.pdf(report), 200, "application/pdf")
            return Resp(files.docx(report), 200, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        return serve

    def viewer(self, host: Host) -> None:
        """A page in the place of a script viewer of PDF files."""
        host.add("/pdfjs/web/viewer.html", "<html><head><title>PDF viewer</title></head><body style='margin:0'><script>"
                 "var f=new URLSearchParams(location.search).get('file');var e=document.createElement('embed');e.type='application/pdf';e.src=f;"
                 "e.style.width='100%';e.style.height='100vh';document.body.appendChild(e);</script></body></html>")

    # -- noise --------------------------------------------------------------------------------------------------------
    def news(self, host: Host, where: Callable[[int], str], count: int = 12) -> list[Row]:
        """News pages; where gives the path of the n-th."""
        rows: list[Row] = []
        for i, form in enumerate(self.rng.sample(text.NEWS, count)):
            name, path = form.format(p=self.place.name), where(i)
            date = f"2026-{11 - i // 3:02d}-{26 - i:02d}"
            host.add(path, self.plain(host, name, f"<p>本网讯 {escape(name)}。现场人员介绍了进展，群众表示满意，有关单位将继续跟进。</p>"))
            rows.append((name, path, date))
        return rows

    def lookalikes(self, host: Host, where: Callable[[int], str], years: Sequence[int] = (2023, 2024, 2025), count: int = 5) -> list[Row]:
        """Yearly things that are not the report; all are booked as decoys."""
        rows: list[Row] = []
        for i, form in enumerate(text.LOOKALIKES[:count]):
            year = years[i % len(years)]
            name, path = form.format(p=self.place.name, y=year), where(i)
            self.portal.decoys.append(host.add(path, self.plain(host, name, f"<p>{escape(name)}如下。本页仅为摘要，共列出若干项任务和若干组数字。</p>")))
            rows.append((name, path, f"{year + 1}-02-{10 + i}"))
        return rows

    # -- pages --------------------------------------------------------------------------------------------------------
    def plain(self, host: Host, title: str, body: str) -> str:
        """A simple article page."""
        return self.page(host, title, f"<h1>{escape(title)}</h1><div class='content'>{body}</div>")

    def article(self, host: Host, item: Item, title: str, body: str, crumbs: Sequence[Link] = (), wrap: Callable[[str, str], str] | None = None) -> str:
        """The page of a report."""
        if wrap is not None:
            return wrap(title, body)
        code = self.place.code + "0001"
        meta = (f'<meta name="ArticleTitle" content="{escape(title)}"><meta name="PubDate" content="{item.date} 09:30">'
                f'<meta name="ContentSource" content="{escape(item.organ)}"><meta name="SiteIDCode" content="{code}">')
        box = ['<div class="TRS_Editor">', '<div id="zoom">', '<div class="article-content">', '<div id="vsb_content">'][self.skin % 4]
        table = (f"<table class='syb'><tr><td>索引号：{self.place.code}/{item.year}-{abs(hash_int(title)) % 90000:05d}</td><td>发布机构：{escape(item.organ)}</td></tr>"
                 f"<tr><td>名称：{escape(title)}</td><td>发布日期：{item.date}</td></tr></table>") if self.skin % 2 == 0 else ""
        main = f"{table}<h2 class='title'>{escape(title)}</h2><p class='info'>发布时间：{item.date} 来源：{escape(item.organ)}</p>{box}{body}</div>"
        return self.page(host, title, main, crumbs, meta)

    def page(self, host: Host, title: str, main: str, crumbs: Sequence[Link] = (), meta: str = "", head: str = "", body_attr: str = "") -> str:
        """A whole page in the portal's skin."""
        p = self.place
        trail = " &gt; ".join(f'<a href="{h}">{t}</a>' if h else t for t, h in crumbs)
        nav = self.nav_html or "".join(f'<li><a href="{h}">{t}</a></li>' for t, h in self.nav)
        top = (f'<!DOCTYPE html><html lang="zh"><head><meta charset="{host.charset}"><title>{escape(title)}</title>'
               f'<meta name="SiteName" content="{p.gov}网站">{meta}{head}</head><body{body_attr}>')
        foot = (f"主办：{p.gov}　承办：{p.office}　网站标识码：{p.code}0001　"
                "<a href='http://beian.portal.invalid/'>备案号</a> <a href='http://www.upper.portal.invalid/'>省政府网站</a>")
        here = f"当前位置：{trail}" if trail else ""
        if self.skin == 0:
            return f"{top}<div id='head'><img src='/img/logo.svg' alt='{p.gov}'><ul class='menu'>{nav}</ul></div><div class='pos'>{here}</div><div class='main'>{main}</div><div class='foot'>{foot}</div></body></html>"
        if self.skin == 1:
            return (f"{top}<table width='1000' align='center'><tr><td class='banner'>{p.gov}</td></tr><tr><td class='nav'><ul>{nav}</ul></td></tr><tr><td>{here}</td></tr>"
                    f"<tr><td valign='top'>{main}</td></tr><tr><td align='center'>{foot}</td></tr></table></body></html>")
        if self.skin == 2:
            return f"{top}<header><a href='/'>{p.gov}</a><nav><ul>{nav}</ul></nav></header><section class='crumb'>{here}</section><main>{main}</main><footer>{foot}</footer></body></html>"
        return (f"{top}<div class='container'><div class='row navbar'><ul class='nav navbar-nav'>{nav}</ul></div><ol class='breadcrumb'><li>{here}</li></ol>"
                f"<div class='col-md-9'>{main}</div></div><div class='footer'>{foot}</div></body></html>")

    def home(self, host: Host, path: str = "/", *, extra: str = "", news: Sequence[Row] = (), looks: Sequence[Row] = (), head: str = "") -> str:
        """The home page; it is also the portal's home_url unless that is set later."""
        main = (f"<div class='yw'><h3>要闻</h3>{ul(news)}</div>{extra}<div class='fw'><h3>办事服务</h3><ul><li><a href='#'>个人办事</a></li><li><a href='#'>法人办事</a></li></ul></div>"
                + (f"<div class='tz'><h3>通知公告</h3>{ul(looks)}</div>" if looks else ""))
        html = self.page(host, f"{self.place.gov}门户网站", main, (), f'<meta name="SiteIDCode" content="{self.place.code}0001">', head)
        host.add(path, html)
        self.portal.home_url = host.url(path)
        return html

    def done(self, *traits: str, ok: bool = True, column: str = "", nasty: bool = False, why: str = "", columns: Sequence[str] = ()) -> Portal:
        """Close the book: sort the truth and work out the missing years."""
        p = self.portal
        p.traits, p.ok_allowed, p.nasty, p.why, p.column_url, p.columns = traits, ok, nasty, why, column, list(columns)
        p.reports.sort(key=lambda t: (t.kind, t.year, t.url))
        years = {t.year for t in p.reports}
        p.missing_years = [y for y in range(min(years), max(years)) if y not in years] if years else []
        true = {a for t in p.reports for a in (t.url, *t.also)}
        p.decoys = sorted(set(p.decoys) - true)
        return p


def picture(words: Sequence[str]) -> str:
    """Words as a picture, 90 by 40 each."""
    marks = "".join(f'<text x="{8 + 90 * i}" y="26" font-size="16">{w}</text>' for i, w in enumerate(words))
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{90 * len(words)}" height="40">{marks}</svg>'


def hash_int(value: str) -> int:
    """A stable number of a text."""
    return int(hashlib.md5(value.encode()).hexdigest()[:8], 16)


def ul(rows: Iterable[Row], cls: str = "list") -> str:
    """A list of links with dates."""
    return f"<ul class='{cls}'>" + "".join(f'<li><a href="{h}">{escape(t)}</a><span>{d}</span></li>' for t, h, d in rows) + "</ul>"


def links(rows: Iterable[Link], cls: str = "left") -> str:
    """A list of links."""
    return f"<ul class='{cls}'>" + "".join(f'<li><a href="{h}">{t}</a></li>' for t, h in rows) + "</ul>"


def chunks(rows: Sequence[Row] | Sequence[Item], size: int) -> list[list]:  # type: ignore[type-arg]
    """Rows page by page; at least one page."""
    return [list(rows[i:i + size]) for i in range(0, len(rows), size)] or [[]]


def by_date(items: Iterable[Item]) -> list[Item]:
    """Newest first by date of publication."""
    return sorted(items, key=lambda i: (i.date, i.title), reverse=True)

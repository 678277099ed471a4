"""What the portals are built with: page shells, articles with truth, noise."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from random import Random
from typing import NamedTuple

from . import files, text
from .model import Portal, Truth
from .web import Answer, Site

DEPARTMENTS = ("财政局", "教育局", "民政局", "水务局", "交通运输局", "卫生健康局", "审计局", "林业局")
NEWS = ("今年第三批老旧小区改造项目开工", "县域特色农产品展销周开幕", "关于汛期地质灾害防范的提示", "中心医院新门诊楼投入使用", "乡村公路养护工作推进会召开",
        "秋季招聘会在体育馆举行", "关于调整城区公交线路的公告", "图书馆延长夜间开放时间", "河道清淤工程通过验收", "青少年足球联赛收官")
ALIKE = ("{name}{y}年法治政府建设年度报告", "{name}{y}年度政府网站工作年度报表", "{name}{y}年度部门决算公开说明", "{name}{y}年国民经济和社会发展统计公报",
         "{name}{y}年度政务公开工作要点")
NOTICE = "关于做好{y}年政府信息公开工作年度报告编制工作的通知"
NAV_LATER = "<!--menu-->"  # in pages made before the portal's menu was known; done() puts the menu there
STYLES: dict[str, Callable[[str, str, int], str]] = {
    "A": lambda name, organ, y: f"{organ}{y}年政府信息公开工作年度报告",
    "B": lambda name, organ, y: f"{y}年{organ}政府信息公开工作年度报告",
    "C": lambda name, organ, y: f"{organ}{y}年度政府信息公开工作报告" if y < 2019 else f"{organ}{y}年政府信息公开年度报告",
    "D": lambda name, organ, y: f"{organ}政府信息公开工作年度报告（{y}年）",
}


class Row(NamedTuple):
    """A line of a list."""

    title: str
    href: str
    date: str
    year: int
    kind: str


@dataclass(frozen=True)
class Plan:
    """A portal to be built."""

    build: Callable[[Kit], None]
    name: str
    level: str
    province: str
    prefecture: str
    traits: tuple[str, ...]


PLANS: list[Plan] = []


def portal(name: str, prefecture: str, *traits: str, level: str = "county", province: str = "云川省",
           ) -> Callable[[Callable[[Kit], None]], Callable[[Kit], None]]:
    """Register the builder of one portal."""
    def keep(build: Callable[[Kit], None]) -> Callable[[Kit], None]:
        PLANS.append(Plan(build, name, level, province, prefecture, traits))
        return build
    return keep


def li(rows: Iterable[Row], cut: int = 0, bare: bool = False) -> str:
    """Rows as list items; cut shortens the title, bare leaves only the year."""
    out = []
    for row in rows:
        shown = f"{row.year}年" if bare else row.title if not cut or len(row.title) <= cut else row.title[:cut] + "..."
        out.append(f'<li><a href="{escape(row.href)}" target="_blank">{shown}</a><span>{row.date}</span></li>')
    return "\n".join(out)


class Kit:
    """The workshop of one portal."""

    def __init__(self, number: int, plan: Plan, port: int, seed: int) -> None:
        self.number, self.plan, self.port = number, plan, port
        self.rng = Random(f"{seed}/{number}/{plan.name}")
        self.name, self.gov = plan.name, plan.name + "人民政府"
        self.office = self.gov + "办公室"
        self.code = f"99{number:02d}{'00' if plan.level == 'prefecture' else '21'}"
        self.sites: list[Site] = []
        self.www = self.site()
        self.home_url = self.www.base + "/"
        self.column_url = ""
        self.reports: list[Truth] = []
        self.decoys: list[str] = []
        self.ok = True
        self.missing: list[int] = []
        self.nav: list[tuple[str, str]] = []
        self.nav_html = ""
        self.skin = number % 4
        self.serial = 10000 * number + self.rng.randint(100, 900)

    # hosts and pages -------------------------------------------------------------------------------------------------

    def site(self) -> Site:
        """One more host of this portal."""
        made = Site(f"127.3.{self.number}.{len(self.sites) + 1}", self.port)
        self.sites.append(made)
        return made

    def next(self) -> int:
        """A fresh serial number."""
        self.serial += self.rng.randint(1, 7)
        return self.serial

    def hex(self, size: int = 32) -> str:
        """A hexadecimal name."""
        return "".join(self.rng.choice("0123456789abcdef") for _ in range(size))

    def shell(self, title: str, inner: str, crumbs: Iterable[tuple[str, str]] = (), head: str = "", charset: str = "utf-8") -> str:
        """A whole page in the portal's skin."""
        nav = self.nav_html or self.menu() or NAV_LATER
        way = " &gt; ".join(f'<a href="{h}">{t}</a>' for t, h in crumbs)
        way = f'<div class="{("wz", "position", "dqwz", "bread")[self.skin]}">{("您的位置：", "当前位置：", "现在位置：", "")[self.skin]}{way}</div>' if way else ""
        meta = (f'<meta charset="{charset}"><title>{title}</title><meta name="SiteName" content="{self.gov}">'
                f'<meta name="SiteIDCode" content="{self.code}0001">{head}')
        foot = f'<p>主办：{self.office}　网站标识码：{self.code}0001　云ICP备{self.serial % 9000 + 1000}号</p>'
        if self.skin == 0:
            return (f'<!DOCTYPE html><html><head>{meta}</head><body><div class="header"><h2>{self.gov}</h2><ul class="nav">{nav}</ul></div>'
                    f'{way}<div class="main">{inner}</div><div class="footer">{foot}</div></body></html>')
        if self.skin == 1:
            return (f'<!DOCTYPE html><html lang="zh"><head>{meta}</head><body><table width="1000" align="center"><tr><td><ul id="menu">{nav}</ul></td></tr>'
                    f'<tr><td>{way}{inner}</td></tr><tr><td>{foot}</td></tr></table></body></html>')
        if self.skin == 2:
            return (f'<!DOCTYPE html><html><head>{meta}</head><body><header><nav><ul>{nav}</ul></nav></header><main>{way}<section>{inner}</section></main>'
                    f'<footer>{foot}</footer></body></html>')
        return (f'<html><head>{meta}</head><body><div id="top"><ul>{nav}</ul></div><div id="left"><p>欢迎访问{self.name}门户网站</p></div>'
                f'<div id="right">{way}{inner}</div><div id="bottom">{foot}</div></body></html>')

    def article(self, title: str, inner: str, date: str, source: str, crumbs: Iterable[tuple[str, str]] = ()) -> str:
        """An article's page."""
        head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date} 10:20"><meta name="ContentSource" content="{source}">'
        body = f'<div class="{("TRS_Editor", "article-content", "v_news_content", "zoom")[self.skin]}">{inner}</div>'
        top = f"<h1>{title}</h1><div class=\"info\">发布时间：{date}　来源：{source}</div>"
        return self.shell(title, top + body, crumbs or (("首页", "/"),), head)

    def menu(self) -> str:
        """The menu as list items."""
        return "".join(f'<li><a href="{h}">{t}</a></li>' for t, h in self.nav)

    # articles with truth ---------------------------------------------------------------------------------------------

    def date(self, year: int, kind: str) -> str:
        """A day of publication."""
        day = self.rng.randint(1, 28)
        return f"{year + 1}-03-{day:02d}" if kind == "whole" else f"{year + 1}-01-{max(day, 8):02d}"

    def text(self, organ: str, year: int) -> str:
        """A report's body, the same for the same organ and year."""
        return text.body(Random(f"{self.code}/{organ}/{year}"), self.name, organ, year)

    def truth(self, kind: str, year: int, title: str, url: str, note: str = "", aliases: tuple[str, ...] = ()) -> None:
        """Note a report as findable."""
        self.reports.append(Truth(kind, year, title, url, note, aliases))

    def series(self, site: Site, path: Callable[[int, str], str], kind: str, years: Iterable[int], style: str = "A", *, organ: str = "",
               carrier: str = "page", note: str = "", base: str = "", crumbs: Iterable[tuple[str, str]] = (), shown: str = "") -> list[Row]:
        """One organ's reports, newest first. kind whole and office are truth, all else decoys.

        base: what stands before the path in the rows (empty: links from the host's root); shown: title in the list ("" the article's own).
        """
        organ = organ or {"whole": self.name if style in "BD" else self.gov, "office": self.office}.get(kind, kind)
        rows: list[Row] = []
        for year in sorted(years, reverse=True):
            date, title = self.date(year, kind), STYLES[style](self.name, organ, year)
            where = path(year, date)
            body, also = self.text(organ, year), ()  # type: str, tuple[str, ...]
            if carrier == "docx":
                name = where.rsplit(".", 1)[0] + ".docx"
                also = (site.base + name,)
                site.put(name, Answer(files.docx(title, body), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
                body = f'<p>报告全文详见附件。</p><p>附件：<a href="{name}">{title}.docx</a></p>'
            elif carrier == "pdf":
                name = where.rsplit(".", 1)[0] + ".pdf"
                also = (site.base + name,)
                site.put(name, Answer(files.pdf(title, body), "application/pdf"))
                body = f'<p><iframe src="/pdfjs/web/viewer.html?file={name}" width="100%" height="900"></iframe></p>'
                site.put("/pdfjs/web/viewer.html", "<html><head><title>viewer</title></head><body><script>"
                         "var f=new URLSearchParams(location.search).get('file');document.write('<embed type=\"application/pdf\" src=\"'+f+'\">');"
                         "</script></body></html>")
            url = site.put(where, self.article(title, body, date, organ, crumbs))
            if kind in ("whole", "office"):
                self.truth(kind, year, title, url, note or (carrier if carrier != "page" else ""), also)
            else:
                self.decoys.append(url)
            rows.append(Row(shown.format(y=year) if shown else title, (base or "") + where, date, year, kind))
        return rows

    # noise -----------------------------------------------------------------------------------------------------------

    def others(self, site: Site, path: Callable[[int, str], str], count: int = 4, years: Iterable[int] = (2023, 2024, 2025), style: str = "A",
               base: str = "") -> list[Row]:
        """Departments' and townships' reports."""
        organs = [self.name + d for d in self.rng.sample(DEPARTMENTS, count)]
        organs += [self.name + t for t in self.rng.sample(("石桥镇", "柳林乡", "东门街道", "白沙镇"), 2)]
        return [row for organ in organs for row in self.series(site, path, organ, years, style, base=base)]

    def alike(self, site: Site, path: Callable[[int, str], str], years: Iterable[int] = (2023, 2024, 2025), base: str = "") -> list[Row]:
        """Yearly papers that look like reports."""
        rows = []
        for year in years:
            for form in (NOTICE, *self.rng.sample(ALIKE, 3)):
                title, date = form.format(name=self.name, y=year), f"{year + 1}-02-{self.rng.randint(1, 28):02d}"
                where = path(year, date)
                self.decoys.append(site.put(where, self.article(title, f"<p>　　现将{title}予以发布，请结合实际认真对照。</p>", date, self.office)))
                rows.append(Row(title, base + where, date, year, "alike"))
        return rows

    def news(self, site: Site, path: Callable[[int, str], str], base: str = "") -> list[Row]:
        """Ordinary news."""
        rows = []
        for title in NEWS:
            date = f"2026-{self.rng.randint(1, 11):02d}-{self.rng.randint(1, 28):02d}"
            where = path(2026, date)
            site.put(where, self.article(title, f"<p>　　{title}，相关工作正在有序推进。</p>", date, "本站"))
            rows.append(Row(title, base + where, date, 2026, "news"))
        return rows

    def home(self, news: list[Row], extra: str = "", head: str = "", title: str = "") -> str:
        """A home page with news."""
        inner = f'<div class="news"><h3>要闻动态</h3><ul>{li(news)}</ul></div>{extra}'
        inner += '<div class="links"><a href="/jsjg.htm">天气</a> <a href="/wza.htm">无障碍</a> <a href="/ldxx.htm">领导信箱</a></div>'
        return self.shell(title or f"{self.gov}门户网站", inner, (), head)

    def five(self, guide: str, system: str, listed: str, yearly: str, apply: str, name: str = "政府信息公开年报") -> str:
        """The menu of five entries."""
        names = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", name, "依申请公开")
        return '<ul class="xxgk-menu">' + "".join(f'<li><a href="{h}">{n}</a></li>' for n, h in
                                                 zip(names, (guide, system, listed, yearly, apply), strict=True)) + "</ul>"

    def plain(self, site: Site, path: str, title: str, words: str = "") -> str:
        """A plain page of no interest; returns its path."""
        site.put(path, self.shell(title, f"<h2>{title}</h2><p>　　{words or '本栏目内容由' + self.office + '负责维护。'}</p>", (("首页", "/"),)))
        return path

    def done(self) -> Portal:
        """The portal's record."""
        menu = self.nav_html or self.menu()
        for site in self.sites:
            for answer in site.routes.values():
                if isinstance(answer, Answer) and isinstance(answer.body, str):
                    answer.body = answer.body.replace(NAV_LATER, menu)
        reports = sorted(self.reports, key=lambda t: (t.kind, t.year))
        whole = {t.year for t in reports if t.kind == "whole"}
        gaps = [y for y in range(min(whole), 2026) if y not in whole] if whole else []
        return Portal(self.code, self.gov, self.plan.level, self.plan.province,
                      self.plan.prefecture or self.name, self.home_url, self.column_url,
                      self.plan.traits, reports, [y for y in gaps if y < max(whole)], self.ok, self.decoys,
                      tuple(s.host for s in self.sites))

"""The portals of a film: what each shows tonight, and what it did to its addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape

from crawler.demo.reports import render_body, render_docx
from crawler.demo.server import HTML, Answer, Asked, Site
from crawler.demo.world import Division, Number, Organ, ReportTruth, history
from tests.simulator.tls import self_signed

FIRST_YEAR, LAST_YEAR = 2019, 2025
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PROVINCES = (("99", "岚州省"), ("98", "澄湖省"), ("97", "砚海省"))
_FIRST, _SECOND = "青云白松砚远漆鹿梧柘岫澄", "榆梁渡墩圩坪角坞屿棠蓼砻"


def division(number: int) -> Division:
    """Return the n-th county; neighbours in number lie in different provinces."""
    code, province = _PROVINCES[number % 3]
    name = _FIRST[number % 12] + _SECOND[(number * 5 + number // 12) % 12] + "县"
    return Division(f"{code}01{number + 1:02d}", name, "county", "", 0.4, province)


@cache
def truths(of: Division) -> dict[int, ReportTruth]:
    return {r.year: r for r in history(Organ(of, of.government, "whole"))}


def other_figures(report: ReportTruth, times: int = 1) -> ReportTruth:
    """Return the report with figures that are others and obey the sums all the same."""
    values = dict(report.values)
    values["t2_license_decisions"] += 130 * times
    for row in ("new_received", "granted", "processed_total"):
        for col in ("natural", "total"):
            values[f"t3_{row}__{col}"] += 7 * times
    return replace(report, values=values)


@dataclass(slots=True)
class Row:
    """A report at an address of a portal, and what became of the address."""

    path: str
    report: ReportTruth
    since: str
    """The day its content became what it is (ISO 8601)."""
    title: str = ""
    date: str = ""
    listed: bool = True
    gone: str = ""
    """Empty while it answers; else ``404``, ``soft`` (200 and an error page) or where it moved."""
    attached: bool = False
    """The page holds prose alone; the tables are in a file."""
    column: int = 0
    ours: bool = True
    """A report of the portal's own division, not one that stands there by mistake."""

    @property
    def year(self) -> int:
        return self.report.year


@dataclass(slots=True)
class Portal:
    """One government's web site.

    Attributes:
        host: which of its hosts is in use: 0; 1 after a move; 2, which speaks https.
        counter: its pages print how often they were seen, so no two answers are alike.
        still: its server gives a page the same ETag whatever it holds.
        dead_hosts: hosts that answer no more, with how: ``404``, ``drop`` or ``301``.
        fault: what is wrong tonight, and tonight alone.
    """

    number: int
    of: Division
    rows: list[Row] = field(default_factory=list)
    host: int = 0
    counter: bool = False
    still: bool = False
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Path and name of each; the first is the one the home page names first."""
    dead_paths: dict[str, str] = field(default_factory=dict)
    dead_hosts: dict[int, str] = field(default_factory=dict)
    fault: str = ""
    hidden: set[str] = field(default_factory=set)
    """Paths of rows that tonight's list leaves out."""
    visits: int = 0
    sites: list[Site] = field(default_factory=list)
    registered: bool = True
    known: dict[int, list[dict[str, Number]]] = field(default_factory=dict)
    """Everything it ever published, by year."""

    @property
    def code(self) -> str:
        return self.of.code

    @property
    def base(self) -> str:
        return self.sites[self.host].base

    @property
    def home(self) -> str:
        """What the registry says: the old host until it redirects no more, and somebody saw it."""
        kept = self.dead_hosts.get(0, "301") == "301"
        return f"{self.sites[0].base if kept else self.base}/"

    def url(self, row: Row) -> str:
        return self.base + row.path

    def living(self, *, year: int | None = None) -> list[Row]:
        return [
            r
            for r in self.rows
            if r.listed and not r.gone and r.ours and (year is None or r.year == year)
        ]

    # -- what it answers -----------------------------------------------------------------------

    def answer(self, which: int) -> Callable[[Asked], Answer]:
        """Return how one of its hosts answers."""

        def guard(asked: Asked) -> Answer:
            self.visits += 1
            if how := self.dead_hosts.get(which):
                return self._of_dead_host(how, asked)
            if which != self.host:
                return _not_found()
            return self._with_fault(asked)

        return guard

    def _of_dead_host(self, how: str, asked: Asked) -> Answer:
        if how == "drop":
            raise ConnectionResetError
        if how == "301":
            return _moved(self.base + asked.path)
        return _not_found()

    def _with_fault(self, asked: Asked) -> Answer:
        if self.fault == "dead":
            raise ConnectionResetError
        if self.fault == "refuses":
            return Answer(body=b"<html><body>412</body></html>", status=412)
        if asked.path == "/robots.txt":
            closed = self.fault == "robots"
            text = "User-agent: *\nDisallow: /\n" if closed else "User-agent: *\nDisallow:\n"
            return Answer(body=text.encode(), content_type="text/plain")
        row = next((r for r in self.rows if r.path == asked.path), None)
        if self.fault == "home for all" and row is not None:
            return self._page(self._home())
        return self._plain(asked.path, row)

    def _plain(self, path: str, row: Row | None) -> Answer:
        if path == "/":
            return self._page(self._home())
        for number, (column, name) in enumerate(self.columns):
            if path == column:
                return self._page(self._column(number, name), name)
        if path in self.dead_paths:
            return self._gone(self.dead_paths[path])
        if row is not None:
            return self._gone(row.gone) if row.gone else self._report(row)
        file = next((r for r in self.rows if r.attached and path == _file_of(r)), None)
        if file is not None and not file.gone:
            return self._whole(render_docx(file.report), DOCX)
        return _not_found()

    def _gone(self, how: str) -> Answer:
        if how.startswith("/"):
            return _moved(self.base + how)
        if how == "soft":
            return self._page("<h1>404</h1><p>您访问的页面不存在或已被删除！</p>", "页面不存在")
        return _not_found()

    def _home(self) -> str:
        links = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in self.columns)
        return f"<ul>{links}</ul><p><a href='/zwdt/'>政务动态</a> 欢迎访问{self.of.name}</p>"

    def _column(self, number: int, name: str) -> str:
        rows = [r for r in self.rows if r.listed and r.column == number]
        if self.fault == "empty list":
            rows = []
        rows = [r for r in rows if r.path not in self.hidden]
        items = "".join(
            f'<li><a href="{r.path}" title="{escape(r.title)}">{escape(r.title)}</a>'
            f"<span>{r.date}</span></li>"
            for r in sorted(rows, key=lambda r: r.date, reverse=True)
        )
        return f'<h2>{name}</h2><ul class="list">{items}</ul>'

    def _report(self, row: Row) -> Answer:
        if row.attached:
            link = f'<p>附件：<a href="{_file_of(row)}">{escape(row.title)}.docx</a></p>'
            text = f"<p>现公布{escape(row.title)}，全文见附件。</p>{link}"
        else:
            text = render_body(row.report)
        body = f"<h1>{escape(row.title)}</h1><p>发布日期：{row.date}</p><div>{text}</div>"
        return self._page(body, row.title)

    def _page(self, body: str, title: str = "") -> Answer:
        seen = f"<span>访问量：{self.visits}</span>" if self.counter else ""
        name = f"{self.of.government}门户网站"
        page = (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}{name}</title>'
            f'</head><body>{body}<div class="footer">主办：{self.of.government}办公室 {seen}</div>'
            "</body></html>"
        )
        return self._whole(page.encode(), HTML)

    def _whole(self, body: bytes, kind: str) -> Answer:
        same = {"ETag": f'"{self.code}"'} if self.still else {}
        return Answer(body=body, content_type=kind, headers=same)


def _file_of(row: Row) -> str:
    return row.path.rpartition(".")[0] + ".docx"


def _not_found() -> Answer:
    return Answer(body=b"<html><body>404 Not Found</body></html>", status=404)


def _moved(where: str) -> Answer:
    return Answer(body=b"", status=301, headers={"Location": where})


def portal(number: int, until: int, *, since: int = FIRST_YEAR, **traits: bool) -> Portal:
    """Return a portal that has published its reports up to a year."""
    of = division(number)
    attached = traits.pop("attached", False)
    made = Portal(number, of, columns=[("/zwgk/nb/", "政府信息公开年报")], **traits)
    made.sites = [Site(f"{of.code}-{n}") for n in range(3)]
    made.sites[2].tls, made.sites[2].own_port = self_signed(), True
    for n, site in enumerate(made.sites):
        site.guard = made.answer(n)
    for year in range(since, until + 1):
        publish(made, truths(of)[year], attached=attached)
    return made


def publish(
    at: Portal,
    report: ReportTruth,
    *,
    path: str = "",
    title: str = "",
    date: str = "",
    attached: bool = False,
) -> Row:
    """Put a report at a new address of the portal's first column."""
    date = date or report.published_on
    path = (
        path
        or f"{at.columns[0][0]}{date[:7].replace('-', '')}/t{date.replace('-', '')}_{len(at.rows) + 1}.html"
    )
    row = Row(path, report, date, title or report.title, date, attached=attached)
    at.rows.append(row)
    note(at, row)
    return row


def note(at: Portal, row: Row) -> None:
    """Remember what a row says among all that was ever published."""
    if row.ours:
        at.known.setdefault(row.year, []).append(dict(row.report.values))

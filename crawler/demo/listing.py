"""What a portal's annual-report column lists: reports of everybody, look-alikes, twins.

The rows of one column, newest first, as every demo portal has them; the portals differ in how
they hide them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from crawler.demo.reports import render_body
from crawler.demo.world import Division, ReportTruth, corrected, history, organs

TWIN_YEAR = 2021
"""The government's report of this year is listed twice, at two addresses."""
REISSUE_YEAR = 2022
"""The government's report of this year was published with wrong figures and then corrected."""
# Departments and townships began to publish on the portal later than the government itself.
_SINCE = {"whole": 2019, "office": 2019, "department": 2020, "township": 2022}


@dataclass(slots=True, frozen=True, kw_only=True)
class Entry:
    """One row of a column.

    ``kind``: an organ's kind, ``twin`` (a second address of a report), ``superseded`` (what a
    later row corrects), ``lookalike``.
    """

    number: int
    """Unique in its portal; addresses are made of it."""
    title: str
    date: str
    kind: str
    source: str
    report: ReportTruth | None = None
    look: str = "clean"
    text: str = ""

    @property
    def year(self) -> int:
        """The year the row is about."""
        return self.report.year if self.report else int(self.date[:4]) - 1

    def body(self) -> str:
        """Return the article's own HTML."""
        return render_body(self.report, self.look) if self.report else self.text


def _website_return(division: Division, year: int) -> str:
    lines = (
        ("网站名称", f"{division.government}门户网站"),
        ("网站标识码", f"{division.code}0001"),
        ("独立用户访问总量（单位：个）", "184233"),
        ("网站总访问量（单位：次）", "902117"),
        ("信息发布总数（单位：条）", "5321"),
        ("解读信息发布总数（单位：条）", "87"),
        ("留言办结数量（单位：条）", "412"),
    )
    rows = "".join(f"<tr><td>{escape(k)}</td><td>{escape(v)}</td></tr>" for k, v in lines)
    return f'<p>政府网站工作年度报表（{year}年度）</p><table border="1">{rows}</table>'


def _rule_of_law(division: Division, year: int) -> str:
    return (
        f"<p>{year}年，{division.name}把法治政府建设列入常务会议议题，主要情况报告如下。</p>"
        "<p>一、主要举措和成效</p><p>完成行政执法人员培训三批，开展案卷评查一次。</p>"
        "<p>二、党政主要负责人履行推进法治建设第一责任人职责情况</p>"
        "<p>组织会前学法八次，审查合同六十余份。</p>"
        "<p>三、存在的不足和下一年度安排</p><p>复议应诉力量不足，拟增加两名专职人员。</p>"
    )


def _lookalikes(division: Division) -> list[tuple[str, str, str]]:
    out = []
    for year in (2022, 2024):
        out += [
            (
                f"{division.government}门户网站{year}年政府网站工作年度报表",
                f"{year + 1}-01-25",
                _website_return(division, year),
            ),
            (
                f"{division.government}{year}年法治政府建设年度报告",
                f"{year + 1}-03-08",
                _rule_of_law(division, year),
            ),
        ]
    return out


def entries(
    division: Division,
    looks: Sequence[str] = ("clean",),
    hybrid_year: int | None = None,
) -> tuple[Entry, ...]:
    """Return all rows of a division's column, newest first.

    Args:
        division: whose column it is.
        looks: the looks its reports take in turn, by year.
        hybrid_year: see ``world.history``.
    """
    office = f"{division.government}办公室"
    drafts: list[tuple[str, str, str, str, ReportTruth | None, str]] = []
    for organ in organs(division):
        for report in history(organ, hybrid_year if organ.kind == "whole" else None):
            if report.year < _SINCE[organ.kind]:
                continue
            source = office if organ.kind in ("whole", "office") else organ.name
            copies = [(organ.kind, report)]
            if organ.kind == "whole" and report.year == TWIN_YEAR:
                copies.append(("twin", report))
            if organ.kind == "whole" and report.year == REISSUE_YEAR:
                original, again = corrected(report)
                copies = [("superseded", original), ("whole", again)]
            drafts += [(r.published_on, kind, r.title, source, r, "") for kind, r in copies]
    drafts += [
        (date, "lookalike", title, office, None, text)
        for title, date, text in _lookalikes(division)
    ]
    drafts.sort(key=lambda d: d[0], reverse=True)
    last = 5000 + int(division.code) % 97 * 10
    return tuple(
        Entry(
            number=last - n,
            title=title,
            date=date,
            kind=kind,
            source=source,
            report=report,
            look=looks[report.year % len(looks)] if report else "clean",
            text=text,
        )
        for n, (date, kind, title, source, report, text) in enumerate(drafts)
    )


def groups(rows: Sequence[Entry], size: int) -> list[Sequence[Entry]]:
    """Cut a column into its list pages."""
    return [rows[i : i + size] for i in range(0, len(rows), size)]

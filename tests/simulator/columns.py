"""What a simulated county publishes: eighteen years of its own reports among everybody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from crawler.demo.chrome import Chrome
from crawler.demo.listing import Entry
from crawler.demo.world import FIRST_YEAR, Division, Organ, history, title_of

LAST_YEAR = 2025
DEPARTMENTS = ("教育局", "财政局", "水利局", "民政局", "统计局", "审计局", "林业局", "商务局")
TOWNSHIPS = (
    "柳埠镇人民政府",
    "北坡乡人民政府",
    "石堰镇人民政府",
    "小圩乡人民政府",
    "上垅镇人民政府",
    "东街街道办事处",
)
_FIRST, _SECOND = "青云白松砚远漆鹿梧柘岫澄", "榆梁渡墩圩坪角坞屿棠蓼砻"


def county(number: int) -> Division:
    """Return the n-th fictional county; code and name are its own."""
    name = _FIRST[number % 12] + _SECOND[number // 12 % 12] + "县"
    return Division(f"9911{number + 1:02d}", name, "county", "湖屿市", 0.4)


def _old_report(division: Division, year: int) -> str:
    """Return a report of the years before the statutory tables: prose in six topics."""
    n = 20 + year % 7 * 3
    return (
        f"<p>根据《中华人民共和国政府信息公开条例》，现公布{division.government}{year}年度政府信息公开工作"
        f"年度报告。统计期限为{year}年1月1日至{year}年12月31日。</p>"
        f"<p>一、概述</p><p>{division.name}设有公开查阅点三处，专人值守。</p>"
        f"<p>二、主动公开政府信息情况</p><p>全年主动公开政府信息{n * 40}条。</p>"
        f"<p>三、依申请公开政府信息情况</p><p>全年受理政府信息公开申请{n}件，均已答复。</p>"
        "<p>四、政府信息公开收费及减免情况</p><p>没有收取任何费用。</p>"
        "<p>五、因政府信息公开申请行政复议、提起行政诉讼情况</p><p>行政复议1件，行政诉讼0件。</p>"
        "<p>六、存在的主要问题及改进措施</p><p>目录编排不够清楚，将逐类重排。</p>"
    )


_LOOKALIKES = (
    ("门户网站{y}年政府网站工作年度报表", "<p>网站总访问量（单位：次）902117</p>"),
    ("{y}年法治政府建设年度报告", "<p>党政主要负责人履行推进法治建设第一责任人职责情况。</p>"),
    ("{y}年度部门决算公开说明", "<p>收入支出决算总体情况说明。</p>"),
    ("{y}年国民经济和社会发展统计公报", "<p>初步核算，全年生产总值稳步增长。</p>"),
)


@cache
def rows_of(
    division: Division,
    first_year: int = 2008,
    *,
    organs: bool = True,
    office: bool = False,
    lookalikes: bool = True,
) -> tuple[Entry, ...]:
    """Return a column's rows, newest first.

    Args:
        division: whose column.
        first_year: of the government's own reports; the last is 2025.
        organs: eight departments of five years and six townships of three stand between them.
        office: the government office reports too (two reports a year).
        lookalikes: four other yearly reports stand between them.
    """
    whole = Organ(division, division.government, "whole")
    drafts: list[dict[str, object]] = [
        {
            "title": title_of(whole, year),
            "date": f"{year + 1}-03-1{year % 9}",
            "kind": "whole",
            "source": division.government,
            "text": _old_report(division, year),
        }
        for year in range(first_year, FIRST_YEAR)
    ]
    publishing = [(whole, first_year)]
    if office:
        publishing.append((Organ(division, f"{division.government}办公室", "office"), 2021))
    if organs:
        publishing += [
            (Organ(division, division.name + d, "department"), 2021) for d in DEPARTMENTS
        ]
        publishing += [(Organ(division, division.name + t, "township"), 2023) for t in TOWNSHIPS]
    for organ, since in publishing:
        drafts += [
            {
                "title": report.title,
                "date": report.published_on,
                "kind": organ.kind,
                "source": organ.name,
                "report": report,
            }
            for report in history(organ)
            if report.year >= since
        ]
    if lookalikes:
        drafts += [
            {
                "title": division.government + title.format(y=2023),
                "date": "2024-03-30",
                "kind": "lookalike",
                "source": division.government,
                "text": text,
            }
            for title, text in _LOOKALIKES
        ]
    drafts.sort(key=lambda d: str(d["date"]), reverse=True)
    return tuple(Entry(number=9000 - n, **d) for n, d in enumerate(drafts))  # type: ignore[arg-type]


@dataclass(slots=True, frozen=True, kw_only=True)
class Plan:
    """What one simulated portal serves; family builders turn it into routes."""

    division: Division
    rows: Sequence[Entry]
    page_size: int = 20
    switches: frozenset[str] = field(default_factory=frozenset)
    """Names of traps inside the family's own routes."""

    def pages(self) -> list[Sequence[Entry]]:
        """Return the rows cut into list pages."""
        size = self.page_size
        return [self.rows[i : i + size] for i in range(0, len(self.rows), size)] or [()]

    def chrome(
        self, column: str, landing: str = "/zwgk/", platform: str = "/zwgk/zfxxgk/"
    ) -> Chrome:
        """Return the frame of its pages with the column at an address."""
        return Chrome(self.division, landing, platform, column)

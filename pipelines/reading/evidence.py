"""What a document shows that matters for what it is, gathered once; and what speaks for a report."""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.documents.blocks import Document, Grid
from pipelines.reading.debris import WHOLE_FORM, is_row, label_count
from pipelines.reading.normal import has_cjk
from pipelines.reading.prose import view
from pipelines.reading.sections import Outline, outline_of_document, prose_of
from pipelines.vocabulary.items import Source
from pipelines.vocabulary.report_titles import holds_dated_title, holds_title

# Written out, every branch opens with a letter of its own: the engine then skips to those.
_PERIOD = re.compile(
    r"统计(?:的)?(?:期限|周期|时间|时段|数据)[^。]{0,20}(?:年|\d)|数据(?:的)?(?:统计)?(?:期限|时限|时间|截止)[^。]{0,20}(?:年|\d)"
    r"|时间跨度[^。]{0,20}(?:年|\d)|报告期[^。]{0,20}(?:年|\d)"
    r"|1月1日(?:起)?(?:至|到|—|-|~)[^。]{0,8}12月\d{1,2}日|编制(?:发布|公布|形成|完成)?(?:了)?(?:本(?!指南|目录|制度|办法)|而成|此)"
    r"|公布[^,。]{0,16}年[^,。]{0,14}信息公开[^,。]{0,8}(?:年度)?报告"
)
_OWN_FIGURES = re.compile(
    r"(?:收到|受理|办理|办结|答复|接到)[^。;\n]{0,30}?\d+ ?件|(?:未|没有)(?:收到|接到|受理)[^。,;\n]{0,20}申请|无(?:政府信息公开申请|依申请)"
    r"|(?:主动公开|依申请公开)(?:情况)?[:,。][^。;\n]{0,12}?\d+ ?(?:条|件)"
    r"|公开[^。;\n]{0,40}?(?:信息|文件)[^。;\n]{0,16}?\d+[^。;\n]{0,4}?(?:条|件|篇|份)"
)
# The parts of a report of ten lines, each a point of a paragraph.
_POINTS = re.compile(
    r"(?:\([一二三四五六七八]\)|[一二三四五六七八][、.]) ?(?:因?(?:政府)?(?:信息公开)?(?:工作)?的?)?"
    r"(概述|总体|主动公开|依申请|申请|收费|行政复议|复议|存在|问题|主要问题|其他)"
)
_ANNEX_LABELS = re.compile(
    r"主动公开(?:政府)?(?:信息|文件)(?:条)?数|申请(?:答复)?总?数|同意(?:部分)?公开答复数|当面申请数|网(?:上|络)申请数|信函(?:、传真)?申请数|答复总数|统计指标|指标名称|行政复议数|行政诉讼数|全文电子化|现场接待人数|按时办结数"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(r"\s*\d[\d,]*(?:\.\d+)?\s*(?:件|条|项|个|次|篇|人|万?元)\s*")
"""A figure with its unit in the cell."""
_CLAIM = re.compile(r"本列数据的勾稽关系")


_PARTS_TOLD = (
    re.compile(r"公开[^。;\n]{0,40}?(?:信息|文件)[^。;\n]{0,16}?\d+[^。;\n]{0,4}?(?:条|件|篇|份)"),
    re.compile(
        r"(?:收到|受理|接到)[^。;\n]{0,30}?(?:申请|依申请公开)[^。;\n]{0,8}?\d+ ?件|(?:未|没有)(?:收到|接到|受理)[^。,;\n]{0,20}申请"
    ),
    re.compile(r"复议|诉讼"),
)
"""What a report of a sentence or two tells: of what was published, of requests, of disputes."""
_LONGEST_TITLE = 80
_HANDED = re.compile("(?:现|兹)将|现把")
_FORMS_SINCE = 2019
"""The year of the first statutory form: before it two of the three were enough."""


@dataclass(slots=True, frozen=True)
class Evidence:
    """What one document shows, gathered once."""

    headline: str
    titles: str
    prose: str
    grids: str
    """What its tables print."""
    page: str
    """The whole page as printed, where the document has a frame."""
    host: str
    gov: bool
    outline: Outline
    labels: int
    has_figures: bool
    """Whether its tables hold figures, as a blank form's do not."""
    annex_labels: int
    links: int
    report_links: int
    title_lines: int
    """Lines that are the title of a report with a year: rows of a list."""

    @property
    def printed(self) -> str:
        """All that is printed, the page as it is."""
        return f"{self.prose}\n{self.grids}\n{self.page}"

    @property
    def everything(self) -> str:
        """All that is printed, folded for matching: asked for of few documents."""
        return f"{self.prose}\n{self.grids}\n{view(self.page)}"


def _first_lines(prose: str) -> Iterator[str]:
    for line in prose.split("\n")[:12]:
        if line.strip():
            yield line.strip()[:90]


_NO_TITLE = re.compile(r"^(?:正文|首页|分享|无标题|untitled|\W*)$", re.IGNORECASE)


def _titles(document: Document, source: Source, prose: str) -> list[str]:
    """Return what may be the title, the most trustworthy first."""
    named = [document.metadata.get("articletitle"), source.title, document.title]
    lines = [x for x in _first_lines(prose) if len(x) < 60 or "报告" in x[:40]][:4]
    titles = [re.split(r"[_|]| [-–—] ", t.strip())[0] for t in named if t and t.strip()] + lines
    return [view(t) for t in titles if not _NO_TITLE.match(t)]


_TITLE_WORD = re.compile(
    r"报告|年报|通知|办法|制度|指南|目录|报表|解读|图解|总结|要点|方案|范文|模板|格式|意见|清单|规定"
)


_HAS_DIGIT = re.compile(r"\d").search
_FIGURES_ONLY = re.compile(r"[\s|\d.,/\-—]+")
_NOT_FIGURES = re.compile(r"\d{1,2}[.、]|保留\d位")


def _has_figures(document: Document, prose: str) -> bool:
    """Return whether grids and lines that are rows of figures hold more than a blank form."""
    total = 0
    for count in _figures_in_tables(document, prose):
        total += count
        if total >= _FIGURES_OF_A_TABLE:
            return True
    return False


_FIGURES_OF_A_TABLE = 5


def _figures_in_tables(document: Document, prose: str) -> Iterator[int]:
    for block in document.blocks:
        for cell in block.cells if isinstance(block, Grid) else ():
            if cell.text.isdecimal() and cell.text.isascii():
                yield 1
            elif _HAS_DIGIT(cell.text) and not has_cjk(cell.text):
                text = view(cell.text).strip()
                yield _NUMBER.fullmatch(text.replace(",", "")) is not None
            elif _COUNTED.fullmatch(cell.text):
                yield 1
    for line in prose.split("\n"):
        if not _HAS_DIGIT(line):
            continue
        if _FIGURES_ONLY.fullmatch(line):
            yield len(_NUMBER.findall(line))
        elif is_row(line):
            yield len(_NUMBER.findall(_NOT_FIGURES.sub("", line)))


def gather(document: Document, source: Source) -> Evidence:
    """Look at a document once; every question about its kind is asked of the result."""
    prose = prose_of(document)
    outline = outline_of_document(document)
    seen = outline.seen
    tables = [block for block in document.blocks if isinstance(block, Grid)]
    cells = [cell.text for grid in tables for cell in grid.cells]
    grids = view("\n".join([grid.printed for grid in tables if grid.cells]))
    titles = _titles(document, source, prose)
    headline = next((t for t in titles if _TITLE_WORD.search(t)), titles[0] if titles else "")
    host = (urlsplit(source.final_url or source.url or "").hostname or "").lower()
    report_links = sum(1 for link in document.links if holds_title(view(link.text)))
    return Evidence(
        headline=headline,
        titles="\n".join(titles),
        prose=seen,
        grids=grids,
        # Carriers without a frame have their text for a page text: no need to look twice.
        page=document.page_text if document.page_text != document.text else "",
        host=host,
        gov=host == "gov.cn" or host.endswith(".gov.cn"),
        outline=outline,
        labels=label_count(seen, cells),
        has_figures=_has_figures(document, seen),
        annex_labels=len(set(_ANNEX_LABELS.findall(seen + grids))),
        links=len(document.links),
        report_links=report_links,
        title_lines=sum(
            1
            for line in document.text.split("\n")
            if len(line) < _LONGEST_TITLE and holds_dated_title(line)
        ),
    )


def tells_every_part(seen: Evidence) -> bool:
    """Return whether a text headed as a report has all parts in its sentences, none headed."""
    title = seen.headline.strip(' 。》"”')
    own = holds_dated_title(title) and title.endswith(("报告", "年报"))
    # A covering letter has no title: 现将我局2008年…年度报告呈上.
    letter = next((x for x in seen.titles.split("\n") if _HANDED.match(x)), "")
    if not own and not holds_dated_title(letter):
        return False
    years = [int(year) for year in re.findall(r"20\d\d", title if own else letter)]
    early = bool(years) and max(years) < _FORMS_SINCE
    if not all(part.search(seen.prose) for part in _PARTS_TOLD[: 2 if early else 3]):
        return False
    lines = {line.strip() for line in seen.prose.split("\n") if len(line) < _LONGEST_TITLE}
    # Titles of several: a page of digests.
    return sum(map(holds_dated_title, lines)) <= 1


def is_whole_form(seen: Evidence, pro: list[str]) -> bool:
    """Return whether the filled tables are there as a whole: nothing else prints them so."""
    return seen.labels >= WHOLE_FORM and {"report/tables", "report/form-corner"} <= set(pro)


WEIGHTS = {
    "report/title": 1.0,
    "report/outline": 2.0,
    "report/part-outline": 1.0,
    "report/tables": 2.0,
    "report/annex": 1.5,
    "report/period": 1.0,
    "report/figures": 1.0,
    "report/form-corner": 0.5,
}


def for_report(seen: Evidence) -> list[str]:
    """Return the reasons (``report/…``) for taking it for a report."""
    found: list[str] = []
    if holds_title(seen.titles):
        found.append("report/title")
    parts = len(seen.outline.topics)
    if seen.outline.kind == "own":
        parts = max(parts, min(len(seen.outline.headings), parts + 2) if parts >= 2 else 0)
    if parts >= 4:
        found.append("report/outline")
    elif parts >= 2 or len(set(_POINTS.findall(seen.prose))) >= 4:
        found.append("report/part-outline")
    if seen.labels >= 12 and seen.has_figures:
        found.append("report/tables")
    if seen.annex_labels >= 3 and re.search(r"\d", seen.everything):
        found.append("report/annex")
    if _PERIOD.search(seen.prose):
        found.append("report/period")
    if _OWN_FIGURES.search(seen.prose):
        found.append("report/figures")
    if _CLAIM.search(seen.grids) or _CLAIM.search(seen.everything):
        found.append("report/form-corner")
    return found

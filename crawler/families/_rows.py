"""What the list readers share: which links of a page are rows, which are folders, totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from crawler.pages import Anchor, Page
from pipelines.vocabulary.items import ReportLink
from pipelines.vocabulary.report_titles import has_recent_year, is_year_and_report, names_report

_YEAR_FOLDER = re.compile(r"^\W*(20[012]\d)\s*年?(?:度)?\W*$")
# Tabs of one column: 区政府年报, 部门年报, 镇街年报.
_ORGAN_TAB = re.compile(
    r"^(?!政府信息公开|信息公开)(?:.{0,8}(?:人民|[省市县区州旗])政府(?:本级)?|政府本级|本级|.{0,8}政府办(?:公[室厅])?"
    r"|[省市县区州盟旗]本?级|县[(（]?市|.{0,6}(?:部门|乡镇|镇街|街道|乡镇街道|镇乡)).{0,6}(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告|年度报告列表)?$"
)
_OPENS = re.compile(
    r"\W*(?:点击)?(?:查看|详情|详细|阅读|下载|打开|浏览|全文|进入)?(?:详情|全文|内容)?\W*"
)
_SHORT = 12  # characters of a link that only says what a click does
_ARTICLE = re.compile(
    r"/t\d{4,8}_\d+|/art_|/art/|/content/|/content_|post_\d|/info/\d+/\d+|/c\d+_\d+\.|/i\d+\.html"
    r"|[0-9a-f]{32}\.s?html|[0-9a-f]{8}-[0-9a-f]{4}-|show/|/\d{6,}\.s?html|articleid=|/t\d+\.s?html",
    re.IGNORECASE,
)
_ART = re.compile(r"art_(\d+)_\d+|/col/col(\d+)/art/")
# Folders that differ from row to row: of a day or month, of the article itself, of its texts.
_DATE_FOLDERS = re.compile(
    r"/(?:20\d{4}(?:\d\d)?(?:/\d\d)?|20\d\d/\d{1,2}(?:/\d{1,2})?|20\d\d-\d\d-\d\d|c\d+|content|art/20\d\d|20\d\d)/$"
)
_SPAN_OF_YEARS = re.compile(
    r"(?<!\d)20[012]\d\s{0,9}年?\s{0,9}(?:[-—–－~～至到]{1,9}|\.{2,9})\s{0,9}20[012]\d\s{0,9}年?(?:度)?"
    r"(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告|报告)"
)
"""2009-2018年政府信息公开年报: the way to the older ones, and no report."""
_FOLDER = re.compile(r"/(?:(?:index|list|default)\.\w{2,6})?$")
_TOTAL = (
    re.compile(r"共\s*(?:有\s*)?(\d{1,5})\s*条"),
    re.compile(r"总(?:记录|条)数\s*[:：]?\s*(\d{1,5})"),
)
_FRACTION = re.compile(r"(?<![\d/.-])(\d{1,3})\s*/\s*(\d{1,3})(?![\d/.-])")
_PAGES = (
    re.compile(r"共\s*(\d{1,4})\s*页"),
    re.compile(
        r"""(?:totalpage|pagecount|countPage)["']?\s*[=:]\s*["']?(\d{1,4})""", re.IGNORECASE
    ),
    re.compile(r"第\s*\d+\s*/\s*(\d{1,4})\s*页"),
)


def looks_like_article(url: str) -> bool:
    """Tell whether an address has the shape of an article or a file of a known platform."""
    return bool(_ARTICLE.search(url)) or is_file(url)


def is_file(url: str) -> bool:
    """Tell whether an address names a document file."""
    return bool(
        re.search(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)$", urlsplit(url).path, re.IGNORECASE)
    )


def rows_of(page: Page) -> tuple[ReportLink, ...]:
    """Return the links of a page that are rows of its list, in order, each once.

    A row has a date beside it, or the title of a report; a link of the frame around the list
    (menu, footer) has neither.
    """
    return links_of(
        a
        for a in map(_by_its_row, page.anchors)
        if len(a.text) >= 6
        and not _is_folder(a)
        and (names_report(a.text) or (a.date and not a.nav))
        and (looks_like_article(a.url) or a.date or has_recent_year(a.text))
    )


def _by_its_row(anchor: Anchor) -> Anchor:
    """Return an anchor that only says 查看 under the title that stands in its row."""
    if len(anchor.text) > _SHORT or not _OPENS.fullmatch(anchor.text):
        return anchor
    title = next((t for t in anchor.row.split() if names_report(t) and has_recent_year(t)), "")
    return replace(anchor, text=title) if title else anchor


def links_of(anchors: Iterable[Anchor]) -> tuple[ReportLink, ...]:
    """Turn anchors into report links, the first of each address."""
    seen: dict[str, ReportLink] = {}
    for anchor in anchors:
        held = seen.get(anchor.url)
        if held is None or len(anchor.text) > len(held.title):
            seen[anchor.url] = ReportLink(url=anchor.url, title=anchor.text, date=anchor.date)
    return tuple(seen.values())


def folders_of(page: Page) -> tuple[ReportLink, ...]:
    """Return year folders and organ tabs under the column's own address."""
    here = column_prefix(page.url)
    found = []
    for anchor in page.anchors:
        text = anchor.text
        if not _is_folder(anchor) and not (_ORGAN_TAB.match(text) and 2 <= len(text) <= 16):
            continue
        deeper = anchor.url.startswith(here) and column_prefix(anchor.url) != here
        query = urlsplit(anchor.url).path == urlsplit(page.url).path and urlsplit(anchor.url).query
        sibling = _YEAR_FOLDER.match(text) and column_prefix(anchor.url).startswith(
            column_prefix(here.rstrip("/"))
        )
        # Tabs of organs are sibling files: /showList/1/page_1.html, /showList/2/page_1.html.
        alike = not anchor.nav and _shape(anchor.url) == _shape(page.url)
        alike = alike or anchor.node
        if (deeper or query or sibling or alike) and anchor.url != page.url:
            found.append(anchor)
    if not any(map(_is_folder, found)):  # organs may stand beside the years
        found += _years_elsewhere(page)
    return links_of(found)


def _shape(url: str) -> str:
    """Return an address with its numbers left out: those of sibling files are alike."""
    parts = urlsplit(url)
    return re.sub(r"\d+", "#", f"{parts.netloc}{parts.path}") if "#" not in url else url


def _years_elsewhere(page: Page) -> list[Anchor]:
    """Return links named by a year alone that lie together, wherever that is.

    Each leads to the list of its year, or straight to its report.
    """
    years = [a for a in page.anchors if _YEAR_FOLDER.match(a.text) and not a.nav]
    lie = Counter(home_of(a.url) for a in years)
    best, times = max(lie.items(), key=lambda kept: kept[1], default=("", 0))
    if times < 2 or len({a.url for a in years}) < 2:
        return [a for a in years if a.date and a.url != page.url]  # a row, by its day
    return [a for a in years if home_of(a.url) == best and a.url != page.url]


def column_prefix(url: str) -> str:
    """Return the folder of an address: everything up to the last slash."""
    parts = urlsplit(url)
    return urljoin(f"{parts.scheme}://{parts.netloc}", parts.path.rsplit("/", 1)[0] + "/")


def home_of(url: str) -> str:
    """Return the folder an article's column lies in: its own, folders of dates aside.

    >>> home_of("http://a.gov.cn/nb/202401/t20240130_1.html")
    'http://a.gov.cn/nb/'
    """
    folder = column_prefix(url)
    art = _ART.search(url)
    column = f"col{art[1] or art[2]}/" if art else ""
    return _DATE_FOLDERS.sub("/", folder) + column


def declared(page: Page) -> tuple[int | None, int | None]:
    """Return (rows, pages) as the page itself declares them in words."""
    total = next((int(m.group(1)) for p in _TOTAL if (m := p.search(page.visible))), None)
    pages = next(
        (int(m.group(1)) for p in _PAGES if (m := p.search(page.visible) or p.search(page.text))),
        None,
    )
    if pages is None and (of := counted(page)):
        pages = of[1]
    return total, pages


def counted(page: Page) -> tuple[int, int] | None:
    """Return (page, pages) where a pager says ``1/7``; fractions elsewhere do not count."""
    if page.tree is None or not _FRACTION.search(page.visible):
        return None
    for element in page.tree.xpath("//*[contains(@class, 'pag') or contains(@id, 'pag')]"):
        found = _FRACTION.findall(element.text_content()[:300])
        if len(found) == 1 and 0 < int(found[0][0]) <= int(found[0][1]):
            return int(found[0][0]), int(found[0][1])
    return None


def is_year_alone(title: str) -> bool:
    """Tell whether a link is named by a year and nothing else: a folder's name, or a report's."""
    return _YEAR_FOLDER.match(title) is not None


def _is_folder(anchor: Anchor) -> bool:
    if _YEAR_FOLDER.match(anchor.text) or _SPAN_OF_YEARS.search(anchor.text):
        return True
    # 2023年政府信息公开年报 is a title as well as a folder's name; a folder's address tells.
    named = is_year_and_report(anchor.text) and not looks_like_article(anchor.url)
    return named and (not names_report(anchor.text) or _FOLDER.search(anchor.url) is not None)

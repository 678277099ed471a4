"""What stands on a column's pages beside its rows and may hold more of them.

A list is not all there is where 历年年报, a span of years, an archive or the office's own folder is
linked beside it, where years or organs stand in a select, in tabs or in a tree that no address
opens, or where it grows by scrolling. What leads on is followed; what is not is told of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from crawler.pages import Anchor, Page, is_address, same_page, squeeze
from pipelines.vocabulary.report_titles import (
    has_recent_year,
    is_bare_column_name,
    is_column_name,
    may_be_cut,
    names_report,
    speaks_of_yearly,
)

_PAST = re.compile(
    r"历年|历史|往年|以往|以前年度|往期|归档|存档|旧版|老版|[旧老原](?:栏目|网站|站|平台)"
)
_SPAN = re.compile(r"(?<!\d)20[012]\d\s*年?\s*(?:[-—–－~～至到]+|\.{2,})\s*20[012]\d\s*年?")
_BEFORE = re.compile(r"20[012]\d\s*年?\s*(?:及?以前|之前|及之前)")
_OFFICE = re.compile(
    r"^\W*.{0,8}?(?:人民)?政府办(?:公[室厅])?(?:\W*(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告))?\W*$"
)
_ORGANS = re.compile(
    r"^\W*(?:各|[省市县区州旗]直|政府)?(?:部门|单位|机关|机构)(?:[及和、]?(?:乡镇|镇街|街道|镇乡))?"
    r"(?:政府|政务)?(?:信息)?公开(?:目录|专栏|平台|年报)?\W*$|^\W*公开(?:机关|单位|机构)\W*$"
)
_NOT_OURS = re.compile(
    r"规划|计划|预算|决算|统计|公报|年鉴|网站|法治|审计|大事记|政策|文件|人事|领导|工作报告$"
    r"|新闻|动态|通知|公告|法规|规章"
)
_TITLE = 5  # characters of a row's title at least: 2023年
_LONGEST = 30
"""Characters of a link that names a part of a column and is no row."""
_GROWS = re.compile(
    r"(?:下拉|上拉|滚动|上滑|下滑|滑动)(?:页面)?(?:自动)?(?:即可)?(?:加载|刷新|查看更多)"
)
_LISTENS = re.compile(
    r"""(?:addEventListener\(\s*['"]scroll['"]|\bonscroll\s*=|\)\.scroll\(|IntersectionObserver)"""
)
_ASKS = re.compile(
    r"\bfetch\(|XMLHttpRequest|\$\.(?:ajax|get|post|getJSON)\b|axios|\.load\(", re.IGNORECASE
)
_YEAR = re.compile(r"^\W*(20[012]\d)\s*年?度?(?:年报|年度报告)?\W*$")
_ORGAN = re.compile(
    r"^(?!政府信息公开|信息公开).{0,8}(?:人民政府|[省市县区州旗]政府|政府本级|政府办(?:公[室厅])?|[市县区]本?级"
    r"|部门|乡镇|镇街|街道).{0,6}$"
)
_NODE = re.compile(r"""["']?(?:name|title|text|label)["']?\s*:\s*["']([^"'<>]{2,30})["']""")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|ofd|jpe?g|png|gif|swf|mp4)$", re.IGNORECASE)
_FRAMES = 4
"""Frames of a page that are looked into."""
_REPORT = re.compile(r"20[012]\d\s{0,3}年?.{0,40}(?:报告|年报|…|\.\.\.)")
_DATE_BEHIND = re.compile(r"\s{0,9}[\[(（]?20\d\d[-./年]\d{1,2}[-./月]\d{1,2}\W?日?\W{0,9}$")
_YEAR_AND_DATE = re.compile(r"\W{0,9}20[012]\d\s{0,3}年度?\s{0,9}[\[(（]?20[012]\d[-./年]\d")
_SCRIPTED = re.compile(r"javascript:|#$|$", re.IGNORECASE)


@dataclass(slots=True, frozen=True, kw_only=True)
class Lead:
    """A link on a column's page that may lead to more of its reports."""

    url: str
    title: str
    organ: bool = False
    """It leads to the office's own pages, of which one is its column."""
    organs: bool = False
    """It leads to a list of organs, of which one may be the office."""
    frame: bool = False
    """It is a frame of the list's page, of whatever is in it."""
    on_the_way: bool = False
    """It stands on a page that led to the column, and not beside its rows."""


def leads_of(page: Page) -> tuple[Lead, ...]:
    """Return the links beside a list that may lead to older reports or to the office's."""
    found: dict[str, Lead] = {}
    for anchor in page.anchors:
        key = same_page(anchor.url)
        if key == same_page(page.url) or key in found:
            continue
        text = squeeze(anchor.text)
        if not text or len(text) > _LONGEST or _NOT_OURS.search(text):
            continue
        if anchor.node and speaks_of_yearly(text) and _OFFICE.match(anchor.row):
            found[key] = Lead(url=anchor.url, title=anchor.row, organ=True)
        elif _leads_to_older(text):
            found[key] = Lead(url=anchor.url, title=text)
        elif _OFFICE.match(text) and not _is_host_alone(anchor):
            found[key] = Lead(url=anchor.url, title=text, organ=True)
        elif _ORGANS.match(text) and not _is_host_alone(anchor):
            found[key] = Lead(url=anchor.url, title=text, organs=True)
    return tuple(found.values())


def frames_of(page: Page) -> list[Lead]:
    """Return what a list's page shows in frames: another list, a menu, or nothing of ours.

    A file in a frame is a report's, and what lies on another host a weather forecast.
    """
    host = urlsplit(page.url).netloc
    shown = [url for url in page.frames if urlsplit(url).netloc == host and not _holds_file(url)]
    return [Lead(url=url, title="a frame", frame=True) for url in shown[:_FRAMES]]


def _holds_file(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FILE.search(parts.path) or "file=" in parts.query.lower())


def offices_of(page: Page) -> list[Lead]:
    """Return the office's own pages where a page lists organs."""
    found = {
        same_page(a.url): Lead(url=a.url, title=squeeze(a.text), organ=True)
        for a in page.anchors
        if _OFFICE.match(squeeze(a.text)) and not _is_host_alone(a)
    }
    return list(found.values())[:2]


def names_office(text: str) -> bool:
    """Tell whether a link or folder is named by the government's office."""
    return _OFFICE.match(text) is not None


def _leads_to_older(text: str) -> bool:
    span = _SPAN.search(text) or _BEFORE.search(text)
    if span:
        rest = text.replace(span[0], "").strip(" ()（）:：年")
        return len(rest) <= 2 or speaks_of_yearly(text) or bool(_PAST.search(text))
    said = speaks_of_yearly(text) or "报告" in text or "信息公开" in text
    return bool(_PAST.search(text)) and said


def _is_host_alone(anchor: Anchor) -> bool:
    """Tell whether a link goes to another portal's home page, as footers have them."""
    return anchor.url.count("/") <= 3


_WRITES_PAGER = re.compile(r"""["'`>](?:下一?页|下页|后一页)[^"'`\n]{0,12}["'`<]""")
"""下一页 in a string of a script: it stands on no page before that is run."""


def grows_by_scrolling(page: Page) -> bool:
    """Tell whether a list says or shows that scrolling brings more rows."""
    if not page.scripted:
        return False
    if _GROWS.search(page.visible):
        return True
    scripts = _scripts(page)
    if page.rendered and any(map(_LISTENS.search, scripts)) and any(map(_ASKS.search, scripts)):
        return True
    return any(_LISTENS.search(code) and _ASKS.search(code) for code in scripts)


def _scripts(page: Page) -> list[str]:
    if page.tree is None:
        return []
    return [str(code)[:20000] for code in page.tree.xpath("//script[not(@src)]/text()")]


def draws_pager(page: Page) -> bool:
    """Tell whether a script in a page that was not rendered writes the words of a pager."""
    if page.rendered or not page.scripted:
        return False
    return any(map(_WRITES_PAGER.search, _scripts(page)))


def years_without_address(page: Page) -> set[int]:
    """Return the years that stand in selects and tabs which only a script opens."""
    return {
        int(said[1])
        for words in (*_behind_scripts(page), *_years_that_wait(page))
        if (said := _YEAR.match(words)) is not None
    }


def _years_that_wait(page: Page) -> list[str]:
    """Return years that stand together as items of their own: a script waits for a press on one."""
    if page.tree is None or not page.scripted:
        return []
    together: dict[html.HtmlElement, list[str]] = {}
    for element in page.tree.iter("li", "span", "button", "dd", "label", "div", "p"):
        if len(element) or not (element.text or "").strip()[:4].isdecimal():
            continue
        words = squeeze(element.text_content()[:40])
        holder = element.getparent()
        if _YEAR.match(words) and holder is not None and holder.tag != "a":
            together.setdefault(holder, []).append(words)
    return [w for words in together.values() if len(set(words)) > 1 for w in words]


def office_without_address(page: Page) -> str:
    """Return the office's name where it stands in a select, tabs or a tree of organs."""
    nodes = [m for code in _scripts(page) for m in _NODE.findall(code)]
    named = [w for w in (*_behind_scripts(page), *nodes) if _OFFICE.match(w)]
    return named[0] if named else ""


def waits_for_press(page: Page) -> bool:
    """Tell whether years, organs or numbers of pages stand on a list that only a script opens."""
    words = _behind_scripts(page)
    if len(years_without_address(page)) > 1:
        return True
    if len({w for w in words if _ORGAN.match(w)}) > 1:
        return True
    return counts_pages(page)


def counts_pages(page: Page) -> bool:
    """Tell whether a pager stands on a list whose second page only a script opens."""
    numbers = {int(w) for w in _numbers(page)}
    return {1, 2} <= numbers or {2, 3} <= numbers or numbers == {2}


def last_counted(page: Page) -> int:
    """Return the highest number of a pager that only a script turns; 1 where there is none."""
    return max(map(int, _numbers(page)), default=1) if counts_pages(page) else 1


def _numbers(page: Page) -> list[str]:
    """Return the numbers of a pager whose links call a script."""
    if page.tree is None or not page.scripted:
        return []
    return [
        words
        for element in page.tree.iter("a", "li", "span", "button")
        if len(element) < 2
        and (words := (element.text_content() or "").strip()[:4]).isdecimal()
        and len(words) < 4
        and _calls(element)
    ]


def _calls(element: html.HtmlElement) -> bool:
    """Tell whether a press calls a script: its own, or one that waits for presses on it."""
    if element.get("onclick"):
        return True
    href = element.get("href")
    marks = f"{element.get('class') or ''} {' '.join(element.attrib)}"
    waits = bool(re.search(r"\b(?:pg|page|pager|number|data-)", marks))
    if href is None:
        return waits and element.tag in {"li", "button", "span"}
    return bool(re.match(r"(?:javascript:|#?$)", href.strip(), re.IGNORECASE))


def entries_without_address(page: Page) -> list[str]:
    """Return the names of the column on a menu whose entries only a script opens."""
    words = [re.sub(r"[\s·•|>\[\]【】《》()（）-]+", "", w) for w in _behind_scripts(page)]
    beside = sum(bool(_SIBLING.search(w)) for w in words)
    named = [w for w in words if is_column_name(w)]
    named += [w for w in words if beside > 1 and is_bare_column_name(w)]
    return list(dict.fromkeys((*named, *_columns_that_wait(page))))[:2]


def _columns_that_wait(page: Page) -> list[str]:
    """Return names of the column among entries without address whose siblings are 指南 and 制度.

    A script listens on each of them, and nothing in the page says so.
    """
    if page.tree is None or not page.scripted:
        return []
    together: dict[html.HtmlElement, list[str]] = {}
    for element in page.tree.iter("li", "span", "button", "dd", "dt", "div", "p", "td"):
        holder = element.getparent()
        if not len(element) and holder is not None and holder.tag != "a":
            together.setdefault(holder, []).append(squeeze((element.text or "")[:40]))
    return [
        words
        for menu in together.values()
        if sum(bool(_SIBLING.search(w)) for w in menu) > 1
        for words in menu
        if is_column_name(words) or is_bare_column_name(words)
    ]


_SIBLING = re.compile(r"指南|制度|主动公开|依申请")


def rows_without_address(page: Page) -> list[str]:
    """Return the titles of reports that are links only to a script of which nothing is known."""
    linked = _titles_linked(page)
    return [
        words
        for words in _behind_scripts(page)
        # A whole row may be the link: its date stands behind its title.
        if names_report(words) and has_recent_year(words) and not words.startswith(linked)
    ]


def _titles_linked(page: Page) -> tuple[str, ...]:
    """Return what the links of a page say that are more than a number of a pager."""
    return tuple({text for a in page.anchors if len(text := squeeze(a.text)) >= _TITLE})


def rows_that_wait(page: Page) -> list[str]:
    """Return the titles of reports that stand in items of a list and are no link at all.

    A script may wait for a press on them and know where each leads.
    """
    if page.tree is None or not page.scripted:
        return []
    linked = _titles_linked(page)
    found = []
    for element in page.tree.iter("a", "li", "span", "div", "button"):
        if len(element) > 5:
            continue
        said = "".join(element.itertext())[:200]
        if not _REPORT.search(said) and not _YEAR_AND_DATE.match(said):
            continue
        if next(element.iterancestors("a"), None) is not None or any(
            not _SCRIPTED.match(str(href).strip()) for href in element.xpath(".//a/@href")
        ):
            continue
        words = squeeze(element.text_content()[:160])
        title = _DATE_BEHIND.sub("", words)
        named = names_report(title) or may_be_cut(title) or _YEAR_AND_DATE.match(words)
        if named and has_recent_year(words) and not words.startswith(linked):
            found.append(words)
    return list(dict.fromkeys(found))


def _behind_scripts(page: Page) -> list[str]:
    """Return the words of small elements that a script opens and no address does."""
    if page.tree is None or not page.scripted:
        return []
    found = []
    for element in page.tree.iter("a", "li", "span", "button", "option"):
        if len(element) < 3 and _only_by_script(element):
            words = squeeze(element.text_content()[:80])
            if 2 <= len(words) <= 60:
                found.append(words)
    return found


def _only_by_script(element: html.HtmlElement) -> bool:
    if element.tag == "option":
        value = (element.get("value") or "").strip()
        return not is_address(value)
    href = element.get("href")
    if element.get("data-url") or element.get("data-href"):
        return False
    if href is not None:
        return _SCRIPTED.match(href.strip()) is not None
    return bool(element.get("onclick"))

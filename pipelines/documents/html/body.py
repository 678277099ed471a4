"""Which part of the page is the report: by its own headings and tables, then by known names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.documents.html.flow import Event, Flow, Region
from pipelines.documents.html.marks import sections_in, tables_in

_BODY_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ivs_content|trs_ueditor|trs_editor|trs_editor_view|custom_unionstyle|zoom|"
    r"zoomcon|vsb_content\w*|article[_-]?con(?:tent)?|js_contentbox|j-fontcontent|bt_content|"
    r"xxgk_content|article[_-]?(?:body|text|detail)?|news_?content|con_?text|content|pages_content|"
    r"info_?content|detail_?content|text_?content|neirong|nr|xl_?(?:content|con|nr))(?=$|\s)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"本(?:年度)?报告|统计期限|政府信息公开条例|编制[了而发]|年度报告|截[至止]|特此|附件"
)
_FURNITURE = re.compile(
    r"^[\[【(（]?\s*(?:打印(?:本页|此页)?|关闭(?:窗口|本页)?|分享(?:到)?|收藏|纠错|返回顶部|扫一扫.{0,20}|"
    r"(?:字体|字号)\s*[:：]?.{0,12}|大\s*中\s*小|微信|微博|QQ空间|下载文字版|下载图片版)"
    r"(?:[\s|｜]+(?:打印|关闭|分享|收藏|微信|微博|QQ空间))*\s*[\]】)）]?$"
)


def report_region(flow: Flow) -> Region | None:
    """Return the smallest part that holds the whole report, or None when nothing marks one.

    Marks are the six section headings and the labels of the statutory tables. Going down from
    the page, the child that holds the same marks is taken as long as no introduction or closing
    of the report stands beside it. Of two copies of the report (desktop and mobile) the first
    is taken; a list of contents holds the headings but almost no text and is not.
    """
    region = flow.root
    if sections_in(region.marks) < 3 and not tables_in(region.marks):
        return _named_region(flow)
    while True:
        step = next((c for c in region.children if _holds_all(c, region)), None)
        if step is None or _loses_text(flow, region, step):
            return region
        region = step


def _holds_all(child: Region, region: Region) -> bool:
    return child.marks == region.marks and child.plain * 4 >= region.plain - _chrome_plain(region)


def _chrome_plain(region: Region) -> int:
    return sum(child.plain for child in region.children if child.is_chrome)


def _loses_text(flow: Flow, region: Region, child: Region) -> bool:
    """Tell whether text of the report stands in ``region`` outside ``child``."""
    spared = [c for c in region.children if c is not child and not c.is_chrome]
    if any(sections_in(c.marks) >= 3 or tables_in(c.marks) >= 2 for c in spared):
        return False  # a second copy of the report
    inside = {*range(child.start, child.end)}
    for other in region.children:
        if other.is_chrome:
            inside.update(range(other.start, other.end))
    return any(
        event.plain >= 30 and _OPENING.search(event.text)
        for index, event in enumerate(flow.events[region.start : region.end], region.start)
        if index not in inside and event.grid is None
    )


def _named_region(flow: Flow) -> Region | None:
    """Return the element known systems put the text in: the one with most text of its own."""
    best: Region | None = None
    for region in regions(flow.root):
        if best is not None and region.plain <= best.plain:
            continue
        if _BODY_NAMES.search(region.names):
            best = region
    return best if best is not None and best.plain >= 150 else None


def regions(root: Region) -> Iterator[Region]:
    """Yield a region and all below it, outer ones first."""
    stack = [root]
    while stack:
        region = stack.pop()
        yield region
        stack.extend(reversed(region.children))


def events_of(flow: Flow, region: Region) -> list[Event]:
    """Return the region's lines and tables without page furniture.

    Left out: menus, breadcrumbs, share bars and the like by name, and lines that only say
    打印, 关闭 or choose a type size. Furniture by name that holds a heading or table of the report
    or more than a few sentences is kept, and so is text without links between two marks of the
    report: a name is only a hint.
    """
    marked = [i for i in range(region.start, region.end) if flow.events[i].marks]
    chrome: set[int] = set()
    for part in regions(region):
        if part is region or not part.is_chrome:
            continue
        within = marked and marked[0] < part.start and part.end <= marked[-1]
        if not within or part.linked > part.plain:
            chrome.update(range(part.start, part.end))
    return [
        event
        for index, event in enumerate(flow.events[region.start : region.end], region.start)
        if index not in chrome and not (event.grid is None and _FURNITURE.match(event.text))
    ]

"""Which files linked from a report page are fetched: those that hold what the page itself lacks."""

from __future__ import annotations

import re

from crawler.pages import HARDLY_ANY, Page
from pipelines.documents import BOOK_FOLDER, attachments_of, book_page, read_document
from pipelines.documents.blocks import Link
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import RawFile

# Words only table three prints. A page that has them beside figures needs no attachment.
_TABLE_THREE = re.compile(r"本年新收政府信息公开申请数量|本年度办理结果")
_TABLE_FOUR = re.compile(r"结果\s*维持")


def files_wanted(page: Page, limit: int) -> list[Link]:
    """Return the attachments and frames to fetch, in order of the page; none where it is whole."""
    if has_tables(page):
        return []
    raw = RawFile(body=page.body, url=page.url, content_type=page.content_type)
    try:
        document = read_document(raw)
    except CodedError:
        return []  # the reader will say the same of the page, with its code
    return list(attachments_of(document))[:limit]


def book_pages(page: Page) -> dict[int, str]:
    """Return the plain pages of a page-flip book that a page leads to: number to address.

    A page of a book leads to its own book only.
    """
    own = book_page(page.url)
    found: dict[int, str] = {}
    if own is None and BOOK_FOLDER not in page.low:
        return found  # told without taking the page apart
    for url in (*page.frames, *(anchor.url for anchor in page.anchors)):
        place = book_page(url)
        if place is not None and (own is None or place[0] == own[0]):
            found.setdefault(place[1], url)
    return found


_PARTS = re.compile(
    r"总体情况|概述|主动公开(?:政府信息)?(?:的)?情况|依申请公开|收到和处理|存在的(?:主要)?问题|其他需要报告"
)


def prints_report(page: Page) -> bool:
    """Tell whether a page prints two and more of the parts a report has, under any outline."""
    return len({found[0] for found in _PARTS.finditer(page.words)}) > 1


def is_frame_alone(page: Page) -> bool:
    """Tell whether a page shows a menu, a title and a footer, and no text in between."""
    return len(page.unlinked) < HARDLY_ANY and not _PARTS.search(page.unlinked)


def has_tables(page: Page) -> bool:
    """Tell whether a page prints the statutory tables itself."""
    if _TABLE_THREE.search(page.source) and _TABLE_FOUR.search(page.source):
        return True  # told without taking the page apart
    text = page.visible
    return bool(_TABLE_THREE.search(text)) and bool(_TABLE_FOUR.search(re.sub(r"\s+", "", text)))

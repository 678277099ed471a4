"""Numbers of pages that text taken from paper keeps between its lines, in the midst of tables."""

from __future__ import annotations

import re

_LONGEST = 24
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―─－]{1,2}\s*\d{1,3}\s*[-—–―─－]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,3}\s*页)?"
    r"|共\s*\d{1,3}\s*页\s*[,，/／]?\s*第\s*\d{1,3}\s*页)\s*"
)


def is_page_number(line: str) -> bool:
    """Tell whether a line is a page's number and nothing else; a bare figure is none.

    >>> [is_page_number(line) for line in ("— 1 —", "第 2 页 共 5 页", "2", "-", "行政许可 - 2 -")]
    [True, True, False, False, False]
    """
    return len(line) <= _LONGEST and _PAGE_NUMBER.fullmatch(line) is not None

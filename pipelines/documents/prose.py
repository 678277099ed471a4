"""Main text by statistics, for pages on which nothing marks where the article stands."""

from __future__ import annotations

import re

import trafilatura
from lxml.html import HtmlElement

_TABLES_AND_CODE = (
    "table", "script", "style", "noscript", "template", "iframe", "svg", "select", "form",
    "nav", "footer", "aside",
)  # fmt: skip
_SPACE = re.compile(r"\s+")


def main_lines(root: HtmlElement) -> frozenset[str]:
    """Return the lines of a page's main text, white space removed, as trafilatura finds them.

    The tree is used up: tables (read apart, and what costs trafilatura most) and code are
    taken out of it first. Recall is favoured; an empty set means nothing was recognised.
    """
    for element in list(root.iter(*_TABLES_AND_CODE)):
        parent = element.getparent()
        if parent is not None:
            element.drop_tree()
    text = trafilatura.extract(
        root,
        fast=True,
        favor_recall=True,
        include_tables=False,
        include_comments=False,
        include_formatting=False,
        deduplicate=False,
    )
    lines = (_SPACE.sub("", line) for line in (text or "").split("\n"))
    return frozenset(line for line in lines if line)


def holds(lines: frozenset[str], joined: str, line: str) -> bool:
    """Tell whether the main text holds ``line``; ``joined`` is the whole of it in one string."""
    bare = _SPACE.sub("", line)
    return bare in lines or (len(bare) >= 4 and bare in joined)

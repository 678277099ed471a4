"""Main text by statistics, for pages on which nothing marks where the article stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from lxml.html import HtmlElement

_CODE = (
    "script", "style", "noscript", "template", "iframe", "svg", "select", "nav", "footer", "aside",
)  # fmt: skip
_SPACE = re.compile(r"\s+")


def main_lines(root: HtmlElement, read_apart: Iterable[HtmlElement]) -> tuple[str, ...]:
    """Return the lines of a page's main text, white space removed, as trafilatura finds them.

    The tree is used up: code and the tables that were ``read_apart`` (what costs trafilatura
    most) are taken out of it first; layout tables stay, their text is the page's. Recall is
    favoured; none means nothing was recognised.
    """
    import trafilatura

    for element in [*read_apart, *root.iter(*_CODE)]:
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
    return tuple(dict.fromkeys(line for line in lines if line))


def holds(lines: Collection[str], joined: str, line: str) -> bool:
    """Tell whether the main text holds ``line``; ``joined`` is the whole of it in one string."""
    bare = _SPACE.sub("", line)
    return bare in lines or (len(bare) >= 4 and bare in joined)

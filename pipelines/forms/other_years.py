"""Whose year a table is: what the title says of the report, and a heading of its own of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipelines.documents.blocks import Block, Document, Grid
from pipelines.vocabulary.report_titles import DATED_TITLE

_DATED = re.compile(r"(20\d\d)\s*年")
_LONGEST_HEADING = 50


def title_year(texts: Iterable[str]) -> str | None:
    """Return the year of the report's title, if the titles in these texts name one alone.

    >>> title_year(["某县2016年政府信息公开工作年度报告", "2015年制发的文件"])
    '2016'
    """
    years = {year for text in texts for year in DATED_TITLE.findall(text)}
    return years.pop() if len(years) == 1 else None


def without_other_years(document: Document) -> Document | None:
    """Return a document less the grids under a heading that dates them to another year.

    None where there are none, or the title does not tell the report's year.
    """
    year = title_year([document.title or "", *(_text(b) for b in document.blocks)])
    if year is None:
        return None
    kept: list[Block] = []
    other = False
    for block in document.blocks:
        if not isinstance(block, Grid):
            other = _is_of_other_year(block.text, year)
        if not (other and isinstance(block, Grid)):
            kept.append(block)
    return replace(document, blocks=tuple(kept)) if len(kept) < len(document.blocks) else None


def _text(block: Block) -> str:
    return "" if isinstance(block, Grid) else block.text


def _is_of_other_year(text: str, year: str) -> bool:
    """Whether a text ends in a heading that names one year, and not the report's."""
    lines = text.strip().splitlines()
    heading = lines[-1].strip() if lines else ""
    if len(heading) > _LONGEST_HEADING or heading.endswith(("。", "；", "，")):
        return False
    named = set(_DATED.findall(heading))
    return len(named) == 1 and year not in named

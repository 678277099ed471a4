"""Which grids are data and which only arrange text on a page."""

from __future__ import annotations

import re

from pipelines.documents.blocks import Grid

_LONG = 600
"""Characters; a cell longer than this that makes up most of its table is an article body."""
_SHORT = 100
"""Characters; a cell of no more holds no section of a report."""
_SECTION = re.compile(
    r"(?:^|\n)[一二三四五六]、(?:总体情况|主动公开政府信息|收到和处理|存在的主要问题|其他需要报告)"
)


def is_layout(grid: Grid) -> bool:
    """Tell whether a grid only lays out text.

    So do a single column or cell, a pair of cells, a table that holds whole sections of a report,
    and one whose text is mostly a single long cell.
    """
    if grid.n_cols < 2 or (grid.n_rows < 2 and grid.n_cols < 3):
        return True
    texts = [cell.text for cell in grid.cells]
    longest = max(texts, key=len)
    if len(longest) <= _SHORT:  # nearly every table of data
        return False
    if any(len(text) > _SHORT and _SECTION.search(text) for text in texts):
        return True
    return len(longest) > _LONG and len(longest) * 10 > 6 * sum(map(len, texts))

"""Which way up a page's text stands, and how large: pages made to be read as they are printed.

Some programs turn the text of a page on its side and do not say so (``/Rotate``); a watermark
stands askew among upright text; a workbook fitted to the page's width is set in type of 3 points,
whose lines lie closer to each other than those of a table in common type may.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from pipelines.documents.paged.page import Edge, Glyph, PageContent, edge

_ASKEW = 4.0
"""Degrees a line of text may lean (a scanner's feeder) before it is no line of the page."""
_MOST = 0.6
"""Share of a page's signs that must stand on their side for the page to be turned."""
_ENOUGH = 20
_SMALL = 6.5
_COMMON = 9.0
"""Points: type below the first is looked at as if it were of the second."""

_Place = tuple[float, float]


def turned(page: PageContent, width: float) -> PageContent:
    """Return a page with its text upright, what stands askew left out."""
    ways = [_way(glyph) for glyph in page.glyphs]
    count = Counter(way for way, glyph in zip(ways, page.glyphs, strict=True) if _is_sign(glyph))
    main, times = count.most_common(1)[0] if count else (0, 0)
    askew = None in count
    if main and times >= max(_ENOUGH, _MOST * sum(count.values())):
        return _moved(page, width, main, ways)
    if not askew:
        return page
    kept = [glyph for way, glyph in zip(ways, page.glyphs, strict=True) if way is not None]
    return replace(page, glyphs=kept)


def _is_sign(glyph: Glyph) -> bool:
    return bool(str(glyph["text"]).strip())


def _way(glyph: Glyph) -> int | None:
    """Return by how many quarters a sign is turned to the left; None where it stands askew."""
    matrix = glyph.get("matrix")
    if matrix is None:
        return 0
    a, b = matrix[0], matrix[1]
    if not a and not b:
        return 0
    quarters = math.degrees(math.atan2(b, a)) / 90
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) * 90 <= _ASKEW else None


def _moved(
    page: PageContent, width: float, quarters: int, ways: Sequence[int | None]
) -> PageContent:
    height = page.height
    moves: dict[int, Callable[[float, float], _Place]] = {
        1: lambda x, y: (height - y, x),
        2: lambda x, y: (width - x, height - y),
        3: lambda x, y: (y, width - x),
    }
    move = moves[quarters]
    glyphs = [
        _glyph_at(glyph, *_box(glyph, move), upright=way == quarters)
        for way, glyph in zip(ways, page.glyphs, strict=True)
        if way is not None
    ]
    swapped = {"h": "v", "v": "h"} if quarters % 2 else {"h": "h", "v": "v"}
    edges = [edge(*_box(line, move), swapped[line["orientation"]]) for line in page.edges]
    return replace(
        page, height=width if quarters % 2 else height, glyphs=glyphs, edges=edges
    )  # fmt: skip


def _box(
    thing: Glyph | Edge, move: Callable[[float, float], _Place]
) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = move(thing["x0"], thing["top"]), move(thing["x1"], thing["bottom"])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _glyph_at(
    glyph: Glyph, x0: float, top: float, x1: float, bottom: float, *, upright: bool
) -> Glyph:
    return glyph | {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
        "upright": upright,
        "size": bottom - top,
    }


def enlarged(pages: list[PageContent]) -> list[PageContent]:
    """Return the pages as if their type were of a common size, where it is very small."""
    sizes = [g["bottom"] - g["top"] for page in pages for g in page.glyphs if _is_sign(g)]
    common = median(sizes) if sizes else 0.0
    if not 0 < common < _SMALL:
        return pages
    times = _COMMON / common
    return [
        replace(
            page,
            height=page.height * times,
            glyphs=[
                _glyph_at(
                    glyph,
                    glyph["x0"] * times,
                    glyph["top"] * times,
                    glyph["x1"] * times,
                    glyph["bottom"] * times,
                    upright=glyph["upright"],
                )
                for glyph in page.glyphs
            ],
            edges=[
                edge(
                    line["x0"] * times,
                    line["top"] * times,
                    line["x1"] * times,
                    line["bottom"] * times,
                    line["orientation"],
                )
                for line in page.edges
            ],
        )
        for page in pages
    ]

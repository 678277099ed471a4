"""A page's text as lines cut at their gaps: what a cell is made of where no line is drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.documents.glyphs import mended
from pipelines.documents.paged.lines import MARGIN, PAGE_NUMBER
from pipelines.documents.paged.page import Box, Glyph, PageContent

_WORD_GAP = 0.9
"""Characters' widths; a wider gap parts two cells. Word leaves 10.8 points between full cells."""
_FIGURE_GAP = 0.45
"""The same between two figures, inside which there is no gap at all."""
LEVEL = 0.4
"""Share of a character's height by which the middles of two things on one line may differ."""
_FIGURE = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?|[-—–/]{1,3}")


@dataclass(slots=True)
class Part:
    """A stretch of a line without a gap: a cell's text, or a line of it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def y(self) -> float:
        """Return its middle."""
        return (self.top + self.bottom) / 2

    @property
    def em(self) -> float:
        """Return its height, which is a character's width."""
        return self.bottom - self.top

    @property
    def is_figure(self) -> bool:
        """Tell whether it is a number, or a dash in the place of one."""
        return _FIGURE.fullmatch(self.text) is not None


Lines = list[list[Part]]


def lines_of(page: PageContent, boxes: Sequence[Box]) -> Iterator[list[Part]]:
    """Yield the lines of a page outside of ``boxes``, each cut at its gaps."""
    glyphs = [g for g in page.glyphs if g["text"].strip() and g["upright"] and not _in(g, boxes)]
    glyphs.sort(key=_middle)
    line: list[Glyph] = []
    level = 0.0
    for found in glyphs:
        if line and _middle(found) - level > LEVEL * max(found["bottom"] - found["top"], 4.0):
            yield list(_parts(line))
            line = []
        if not line:
            level = _middle(found)
        line.append(found)
    if line:
        yield list(_parts(line))


def _middle(found: Glyph) -> float:
    return float(found["top"] + found["bottom"]) / 2


def _in(found: Glyph, boxes: Sequence[Box]) -> bool:
    x, y = (found["x0"] + found["x1"]) / 2, _middle(found)
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _parts(line: list[Glyph]) -> Iterator[Part]:
    line.sort(key=lambda g: g["x0"])
    run = [line[0]]
    for before, after in pairwise(line):
        gap = after["x0"] - before["x1"]
        size = max(before["bottom"] - before["top"], after["bottom"] - after["top"])
        digits = before["text"][-1:].isdigit() and after["text"][:1].isdigit()
        if gap > (_FIGURE_GAP if digits else _WORD_GAP) * size:
            yield _part(run)
            run = []
        run.append(after)
    yield _part(run)


def _part(run: list[Glyph]) -> Part:
    return Part(
        text=mended("".join(g["text"] for g in run)).strip(),
        x0=min(g["x0"] for g in run),
        x1=max(g["x1"] for g in run),
        top=min(g["top"] for g in run),
        bottom=max(g["bottom"] for g in run),
    )


def bodies(pages: Sequence[PageContent], read: Sequence[Lines]) -> list[Lines]:
    """Return the lines of each page without running heads and page numbers."""
    ends = Counter(text for lines in read for text in {_text(x) for x in (*lines[:1], *lines[-1:])})
    often = {text for text, count in ends.items() if count >= 3 and count * 3 > len(read) * 2}
    out = []
    for page, lines in zip(pages, read, strict=True):
        body = list(lines)
        if len(body) > 1 and (_text(body[0]) in often or _is_number(body[0], body[1], page)):
            del body[0]
        if len(body) > 1 and (_text(body[-1]) in often or _is_number(body[-1], body[-2], page)):
            del body[-1]
        out.append(body)
    return out


def _is_number(line: list[Part], near: list[Part], page: PageContent) -> bool:
    """Tell whether a line is the page's number: in the margin, and clear of the line next to it.

    What stands close below a row may be the rest of a figure that its cell has broken.
    """
    (part, *others), other = line, near[0]
    in_margin = part.bottom < MARGIN * page.height or part.top > (1 - MARGIN) * page.height
    gap = max(part.top, other.top) - min(part.bottom, other.bottom)
    return in_margin and not others and gap > part.em and bool(PAGE_NUMBER.match(part.text))


def _text(line: list[Part]) -> str:
    return "\t".join(part.text for part in line)

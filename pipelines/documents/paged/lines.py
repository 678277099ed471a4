"""Lines of pages to paragraphs; running heads and page numbers left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pdfplumber.utils.text import chars_to_textmap

from pipelines.documents.glyphs import mended
from pipelines.documents.paged.page import Box, Glyph, PageContent

PAGE_NUMBER = re.compile(
    r"^[\s\-—–―─·•~～_|]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共of]+\s*\d{1,4}\s*页?)?[\s\-—–―─·•~～_|]*$"
)
_OPENS = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+部分"
    r"|\d{1,2}[.．、]\D)"
)
# A row of a table without rules: joined to the next row its last figure would grow by the
# ordinal there (4 + 5.属于 …).
_ROW_END = re.compile(r"(?:\s[-+]?[\d.,%/]+){2,}$")
_FIGURES = re.compile(r"^[^\t]*[^\t\d](?:\t[-+]?\d[\d.,]*)+$")
"""A label and, each behind a wide gap, its figures."""
_COLUMN_GAP = 0.9
"""Characters' widths; a wider gap inside a line parts two columns, not two words."""
MARGIN = 0.12
"""Share of a page's height at its top and bottom where page numbers stand."""
_EDGE_LINES = 2
"""How many lines at the top and bottom of a page may be running head or foot."""


@dataclass(slots=True)
class Line:
    """One printed line with its place on the page, in points from the top left."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    gap: tuple[float, float] | None = None
    """From where to where the first wide gap reaches: the room behind a label without a ruling."""

    @property
    def is_page_number(self) -> bool:
        """Tell whether the line holds nothing but a page number."""
        return PAGE_NUMBER.match(self.text) is not None


def lines_of(page: PageContent, tables: list[Box]) -> list[Line]:
    """Return the lines outside of ``tables``, top to bottom, page numbers left out."""

    def outside(glyph: Glyph) -> bool:
        x, y = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
        return not any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in tables)

    glyphs = [glyph for glyph in page.glyphs if outside(glyph)] if tables else page.glyphs
    if not glyphs:
        return []
    lines = [
        Line(
            text=mended(_spaced(found["text"], found["chars"])).strip(" \t\u3000"),
            page=page.number,
            x0=found["x0"],
            x1=found["x1"],
            top=found["top"],
            bottom=found["bottom"],
            size=_size(found["chars"]),
            gap=_first_gap(found["chars"]),
        )
        for found in chars_to_textmap(glyphs).extract_text_lines()
    ]
    lines = _whole_labels(sorted((line for line in lines if line.text), key=lambda line: line.top))
    edge = {id(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])}
    height = page.height
    return [
        line
        for line in lines
        if not (
            id(line) in edge
            and line.is_page_number
            and (line.bottom < MARGIN * height or line.top > (1 - MARGIN) * height)
        )
    ]


def _first_gap(chars: list[Glyph]) -> tuple[float, float] | None:
    room = _COLUMN_GAP * _size(chars)
    ordered = sorted((c for c in chars if c["text"].strip()), key=lambda c: c["x0"])
    return next(
        ((a["x1"], b["x0"]) for a, b in pairwise(ordered) if b["x0"] - a["x1"] > room), None
    )


def _whole_labels(lines: list[Line]) -> list[Line]:
    """Put the second line of a label without rulings before the figures beside its first.

    Only where the first had no room for another character in its cell.
    """
    out: list[Line] = []
    for line in lines:
        if out and _ends_label(out[-1], line):
            label, tab, figures = out[-1].text.partition("\t")
            out[-1] = replace(out[-1], text=f"{label}{line.text}{tab}{figures}", bottom=line.bottom)
        else:
            out.append(line)
    return out


def _ends_label(row: Line, below: Line) -> bool:
    if row.gap is None or below.gap is not None or not _FIGURES.search(row.text):
        return False
    end, figures = row.gap
    return (
        figures - end < 2 * row.size
        and below.x1 <= end + 0.1 * row.size
        and abs(below.x0 - row.x0) < 0.5 * row.size
        and below.top - row.bottom < 0.7 * row.size
        and not _OPENS.match(below.text)
        and not any(sign.isdigit() for sign in below.text)
    )


def _spaced(text: str, chars: list[Glyph]) -> str:
    """Return a line's text with a tab where a gap is wide: columns of a table without rules.

    White space inside recognised lines is left as it is.
    """
    size = _size(chars)
    if size <= 0 or "".join(c["text"] for c in chars).split() == [text]:
        return text
    ordered = sorted(chars, key=lambda c: c["x0"])
    wide: list[int] = []
    count = 0
    for before, after in pairwise(ordered):
        count += len("".join(before["text"].split()))
        if after["x0"] - before["x1"] > _COLUMN_GAP * size:
            wide.append(count)
    out: list[str] = []
    seen = 0
    for char in text:
        if char.isspace() and seen in wide:
            if out and out[-1] != "\t":
                out.append("\t")
            continue
        out.append(char)
        seen += not char.isspace()
    return "".join(out)


def _size(chars: list[Glyph]) -> float:
    sizes = sorted(c["bottom"] - c["top"] for c in chars)
    return float(sizes[len(sizes) // 2]) if sizes else 0.0


def running(pages: list[list[Line]]) -> set[str]:
    """Return the texts that stand as first or last line on most pages: running heads."""
    if len(pages) < 3:
        return set()
    counts: dict[str, int] = {}
    for lines in pages:
        for line in {line.text for line in (*lines[:1], *lines[-1:])}:
            counts[line] = counts.get(line, 0) + 1
    return {text for text, count in counts.items() if count * 3 > len(pages) * 2 and count >= 3}


def paragraphs(lines: list[Line], left: float, right: float) -> list[str]:
    """Join lines that continue each other: full to the right margin, then no indent.

    ``left`` and ``right`` are the margins of the text. Over a page break the same rule holds.
    """
    out: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _goes_on(last, line, left, right):
            out[-1] = _glued(out[-1], line.text)
        else:
            out.append(line.text)
        last = line
    return out


def _goes_on(line: Line, following: Line, left: float, right: float) -> bool:
    em = max(line.size, 6.0)
    same_size = abs(line.size - following.size) <= 0.15 * em
    if _ROW_END.search(line.text):
        return False
    full = line.x1 >= right - 1.6 * em
    at_margin = following.x0 <= left + 0.9 * em
    return full and at_margin and same_size and not _OPENS.match(following.text)


def _glued(text: str, following: str) -> str:
    """Join two lines: a space only between two words of letters.

    A figure broken by the margin is one figure; with a space it would be read as another.
    """
    letters = text[-1:].isascii() and text[-1:].isalpha()
    if letters and following[:1].isascii() and following[:1].isalpha():
        return f"{text} {following}"
    return text + following

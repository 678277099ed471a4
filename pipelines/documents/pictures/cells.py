"""What stands in the cells of a ruled table: each cut out and recognised by itself.

Recognition of a whole table loses and misplaces short figures; of a cell at a time it does not
(2026-11, five tables of 175 figures: 875 right by cells, 857 as a whole).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.documents.paged.page import Box, Glyph, glyph
from pipelines.documents.pictures.alphabet import Likeness, likeness
from pipelines.documents.pictures.engine import Picture, recognise, tools
from pipelines.documents.pictures.inkrule import MINUS, held
from pipelines.documents.pictures.rulings import Sheet

_FIGURE = re.compile(r"^[-+]?(?=[\d.])(?:\d[\d,]*)?(?:\.\d+)?$")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_SHORT = 14
_DOUBT = 0.8
"""What a figure is believed at most that only one of two readings gave."""
_SURE = 0.9
"""What a single reading is believed at least."""
_LEAST = 0.6
"""A figure the engine is less sure of is not printed as one (2026-11: of the right figures of a
scan at 100 dpi one in a hundred, of wrong ones at 70 dpi nearly all)."""
_LEAST_WORDS = 0.5
"""A line outside of tables that is read less surely is none."""
_BESIDE = 0.25
"""Of a line outside of tables: no border keeps its neighbours away."""
_UNSURE = "？"
"""Between two readings that differ, after a sign that may be dust or a figure hardly read."""
_THROUGH = 0.36
"""Share of the darkest ink's contrast; paler ink in the same cell is not printed there."""
_PALE = 0.4
"""Share of the page's contrast; a figure in paler ink alone may be the other side's."""
_BORDER = 4
"""Pixels inside the ruling lines that are not looked at."""
_SPECK = 12
"""Pixels of ink; less is dust."""
_LINE_HEIGHT = 40
_PAD = 8
_NEAR = 3
"""Pixels from a cell's side within which a stroke over its whole length is a border."""
_GAP = 1
"""Empty rows of pixels that part two lines of text."""


class _Place(NamedTuple):
    """A line of text: the box of its ink, the box it may not be looked for beyond."""

    ink: Box
    room: Box
    pale: bool = False
    """Its ink is too pale to be the page's own print."""
    margin: float = 0.8
    """Heights of a character beside it that the recogniser is shown."""


def read_cells(sheet: Sheet, boxes: Sequence[Box]) -> list[Glyph]:
    """Return the lines of text in the given boxes (pixels), with their scores."""
    return _read(sheet, [place for box in boxes for place in _lines_in(sheet, box)])


def read_rows(sheet: Sheet, boxes: Sequence[Box], *, tight: bool = True) -> list[Glyph]:
    """Return what the lines of text in the given boxes say; ``tight``: they end with the ink."""
    room = float(sheet.character)
    width = float(sheet.grey.shape[1])
    read = _read(
        sheet,
        [
            _Place(
                (x0, top, x1, bottom),
                (max(0.0, x0 - room), top, min(width, x1 + room), bottom),
                margin=_BESIDE if tight else 0.0,
            )
            for x0, top, x1, bottom in boxes
        ],
    )
    # Nothing says that a line is there: what makes no sense is dust, or the rest of a ruling.
    return [line for line in read if line["score"] >= _LEAST_WORDS or _UNSURE in line["text"]]


def _read(sheet: Sheet, places: Sequence[_Place]) -> list[Glyph]:
    grey = sheet.unruled
    read = recognise([_line_picture(grey, _with_margin(p, sheet.character)) for p in places])
    short = [i for i, (text, _) in enumerate(read) if _is_short(text)]
    like = _likeness(grey, places, {i: read[i] for i in short})
    again = [i for i in short if not (like.get(i) is Likeness.FOR and read[i][1] >= _SURE)]
    second = recognise([_line_picture(grey, places[i].ink, soft=True) for i in again])
    for index, other in zip(again, second, strict=True):
        text, score = _weighed(grey, places[index], _agreed(read[index], other))
        if like.get(index) is Likeness.AGAINST and text == read[index][0]:
            text, score = f"{text}{_UNSURE}", min(score, _DOUBT)
        read[index] = text, score
    glyphs = []
    for place, (text, score) in zip(places, read, strict=True):
        found = glyph(text.strip(), *_as_glyph(place.ink))
        found["score"] = score
        glyphs.append(found)
    return glyphs


def _likeness(
    grey: Picture, places: Sequence[_Place], read: Mapping[int, tuple[str, float]]
) -> dict[int, Likeness]:
    """Say of the figures that their ink bears out whether they look like the page's others."""
    figures: dict[int, tuple[str, tuple[Picture, ...]]] = {}
    for i, (text, _) in read.items():
        if not places[i].pale and _FIGURE.match(text):
            told = held(grey, places[i].ink, places[i].room, text)
            if told.digits:
                figures[i] = "".join(c for c in text if c.isdigit()), told.digits
    return dict(zip(figures, likeness(list(figures.values())), strict=True))


def _weighed(grey: Picture, place: _Place, read: tuple[str, float]) -> tuple[str, float]:
    """Return a figure that two readings agree in, marked where its ink speaks against it."""
    text, score = read
    if not _FIGURE.match(text):
        return read
    told = held(grey, place.ink, place.room, text).against
    if told == MINUS:
        return f"-{text}{_UNSURE}{text}", 0.0
    if told or place.pale or score < _LEAST:
        return f"{text}{_UNSURE}", min(score, _DOUBT)
    return read


def _as_glyph(box: Box) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    return x0, x1, top, bottom


def _is_short(text: str) -> bool:
    """Tell whether a line may be a figure, well read or badly."""
    bare = text.replace(" ", "")
    return len(bare) <= _SHORT and (bare.isascii() or any(c.isdigit() for c in bare))


def _agreed(first: tuple[str, float], second: tuple[str, float]) -> tuple[str, float]:
    """Return what two readings of a figure come to.

    The first saw the surroundings, the second only the ink. A figure that only one of them read
    as a figure is believed a little; one that they read differently is not printed as either:
    both stand there with a mark between, which no reader takes for a number.
    """
    one, two = (text.replace(" ", "").translate(_NARROW) for text, _ in (first, second))
    if one == two:
        return one, max(first[1], second[1])
    figures = _FIGURE.match(one) is not None, _FIGURE.match(two) is not None
    if figures == (True, False):
        return one, min(first[1], _DOUBT)
    if figures == (False, True):
        return two, min(second[1], _DOUBT)
    if figures == (True, True):
        if one[1:] == two and one[0] in "+-.":  # a sign is as small as dust and cut away with it
            return one, min(first[1], _DOUBT)
        return f"{one}{_UNSURE}{two}", 0.0
    return first


def _with_margin(place: _Place, character: int) -> Box:
    """Widen a line's box by most of a character within its cell.

    A minus sign is as small as dust: what stands beside a figure is shown to the recogniser
    whether it counted as ink or not.
    """
    x0, top, x1, bottom = place.ink
    left, _, right, _ = place.room
    margin = place.margin * character
    return max(left, x0 - margin), top, min(right, x1 + margin), bottom


def _inside(box: Box) -> Box:
    return box[0] + _BORDER, box[1] + _BORDER, box[2] - _BORDER, box[3] - _BORDER


def _lines_in(sheet: Sheet, box: Box) -> Iterator[_Place]:
    """Yield the lines of text in a cell, found by the empty rows between them."""
    np = tools().numpy
    character = sheet.character
    x0, top, x1, bottom = (round(v) for v in _inside(box))
    if x1 - x0 < _BORDER or bottom - top < _BORDER:
        return
    inside = slice(top, bottom), slice(x0, x1)
    part, contrast = _without_rests(sheet.ink[inside], sheet.unruled[inside], character)
    pale = contrast < _PALE * sheet.contrast
    rows = np.flatnonzero(part.sum(axis=1) > 0)
    if len(rows) == 0:
        return
    starts = [int(rows[0])]
    ends: list[int] = []
    for before, after in pairwise(rows):
        if after - before > _GAP:
            ends.append(int(before))
            starts.append(int(after))
    ends.append(int(rows[-1]))
    for first, last in _merged(starts, ends, character):
        line = part[first : last + 1]
        columns = np.flatnonzero(line.sum(axis=0) > 0)
        if int((line > 0).sum()) >= _SPECK and len(columns):
            place = (
                float(x0 + columns[0]),
                float(top + first),
                float(x0 + columns[-1] + 1),
                float(top + last + 1),
            )
            yield _Place(place, _inside(box), pale)


def _without_rests(part: Picture, grey: Picture, character: int) -> tuple[Picture, float]:
    """Return the ink of a cell without what is none of its own, and how dark the darkest is.

    Specks go, what is left of its borders, and what is much paler than the darkest: the other side
    of the sheet shines through.
    """
    cv2, np = tools().cv2, tools().numpy
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    height, width = part.shape[:2]
    kept = part.copy()
    # A point inside a figure may be dust by its size; it is cut out of the grey picture with the
    # figure around it all the same.
    speck = max(6, (character // 6) ** 2)
    paper = float(np.percentile(grey, 90))
    darks: list[tuple[float, tuple[slice, slice], Picture]] = []
    for label in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[label])
        left, top = x <= _NEAR, y <= _NEAR
        right, bottom = x + w >= width - _NEAR, y + h >= height - _NEAR
        at_edge = left or top or right or bottom
        line = (w <= 4 and h > 0.7 * height) or (h <= 4 and w > 0.7 * width)
        own = labels[y : y + h, x : x + w] == label
        if area < speck or (at_edge and line):
            kept[y : y + h, x : x + w][own] = 0
        else:
            dark = paper - float(np.percentile(grey[y : y + h, x : x + w][own], 10))
            darks.append((dark, (slice(y, y + h), slice(x, x + w)), own))
    darkest = max((dark for dark, _, _ in darks), default=0.0)
    for dark, place, own in darks:
        if dark < _THROUGH * darkest:
            kept[place][own] = 0
    return kept, darkest


def _merged(starts: list[int], ends: list[int], character: int) -> Iterator[tuple[int, int]]:
    """Join runs of rows that are parts of one line: 二, 三, i-dots, marks above the text."""
    runs = list(zip(starts, ends, strict=True))
    tallest = max(character * 0.8, *(end - start for start, end in runs))
    at = 0
    while at < len(runs):
        start, end = runs[at]
        while (
            at + 1 < len(runs)
            and runs[at + 1][1] - start <= tallest * 1.25
            and (end - start < 0.7 * tallest or runs[at + 1][1] - runs[at + 1][0] < 0.4 * tallest)
        ):
            at += 1
            end = runs[at][1]
        yield start, end
        at += 1


def _levelled(cut: Picture, *, sharply: bool) -> Picture:
    """Return a line of text without what shines through from the other side of the sheet.

    Ink that is nowhere dark goes; ``sharply``: all that is not near ink half as dark as any.
    That is for figures: it costs words their thin strokes.
    """
    cv2, np = tools().cv2, tools().numpy
    smooth = cv2.GaussianBlur(cut, (3, 3), 0)
    paper, darkest = float(np.percentile(cut, 92)), float(smooth.min())
    contrast = paper - darkest
    stained = smooth < paper - _STAIN * contrast
    if sharply:
        dark = (cut < paper - contrast / 2).astype(np.uint8)
        pale = stained & (cv2.dilate(dark, np.ones((5, 5), np.uint8)) == 0)
    else:
        count, labels = cv2.connectedComponents(stained.astype(np.uint8), connectivity=8)
        kept = np.zeros(count, bool)
        kept[labels[smooth < paper - _THROUGH * contrast]] = True
        kept[0] = True
        pale = ~kept[labels]
    if not pale.any():
        return cut
    out = cut.copy()
    out[pale] = int(paper)
    return out


_STAIN = 0.12
"""Share of the contrast of a line's ink; paper that is darker is stained."""


def _line_picture(grey: Picture, place: Box, *, soft: bool = False) -> Picture:
    """Return a line of text padded and scaled as the recogniser likes it; ``soft``: blurred."""
    cv2 = tools().cv2
    height, width = grey.shape[:2]
    x0, top, x1, bottom = (round(v) for v in place)
    cut = grey[max(0, top - 2) : min(height, bottom + 2), max(0, x0 - 2) : min(width, x1 + 2)]
    cut = _levelled(cut, sharply=soft)
    if soft:
        cut = cv2.GaussianBlur(cut, (3, 3), 0)
    scale = _LINE_HEIGHT / cut.shape[0]
    # A lone 一 or dash is flat: scaled to full height it would be a bar.
    scale = min(scale, 2.5)
    cut = cv2.resize(
        cut,
        (max(4, round(cut.shape[1] * scale)), max(4, round(cut.shape[0] * scale))),
        interpolation=cv2.INTER_CUBIC,
    )
    below = _LINE_HEIGHT - cut.shape[0] if cut.shape[0] < _LINE_HEIGHT else 0
    background = int(tools().numpy.percentile(cut, 95))
    padded = cv2.copyMakeBorder(
        cut,
        _PAD + below // 2,
        _PAD + below - below // 2,
        _PAD * 2,
        _PAD * 2,
        cv2.BORDER_CONSTANT,
        value=background,
    )
    return cv2.cvtColor(padded, cv2.COLOR_GRAY2BGR)

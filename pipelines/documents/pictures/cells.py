"""What stands in the cells of a ruled table: each cut out and recognised by itself.

Recognition of a whole table loses and misplaces short figures; of a cell at a time it does not
(2026-11, five tables of 175 figures: 875 right by cells, 857 as a whole).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.documents.paged.page import Box, Glyph, glyph
from pipelines.documents.pictures.engine import Picture, recognise, tools
from pipelines.documents.pictures.rulings import Sheet

_FIGURE = re.compile(r"^[-+]?(?=[\d.])(?:\d[\d,]*)?(?:\.\d+)?$")
_SHORT = 14
_DOUBT = 0.8
"""What a figure is believed at most that only one of two readings gave."""
_LEAST = 0.6
"""A figure the engine is less sure of is not printed as one (2026-11: of the right figures of a
scan at 100 dpi one in a hundred, of wrong ones at 70 dpi nearly all)."""
_UNSURE = "？"
"""Between two readings that differ, after a sign that may be dust or a figure hardly read."""
_DASH, _DASH_4 = 0.28, 0.42
"""Share of the height of a line that a minus is wide at least; before a 4, whose tip looks like
one, the two together."""
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


def read_cells(sheet: Sheet, boxes: Sequence[Box]) -> list[Glyph]:
    """Return the lines of text in the given boxes (pixels), with their scores."""
    places: list[Box] = []
    wide: list[Picture] = []
    for box in boxes:
        for place in _lines_in(sheet.ink, box, sheet.character):
            places.append(place)
            wide.append(_line_picture(sheet.unruled, _with_margin(place, box, sheet.character)))
    read = recognise(wide)
    again = [i for i, (text, _) in enumerate(read) if _is_short(text)]
    second = recognise([_line_picture(sheet.unruled, places[i], soft=True) for i in again])
    for index, other in zip(again, second, strict=True):
        agreed = _agreed(read[index], other)
        dashed = agreed[0][:1].isdigit() and _dash_before(sheet, places[index], agreed[0])
        if dashed:
            agreed = f"-{_UNSURE}{agreed[0]}", 0.0
        elif agreed[1] < _LEAST and _FIGURE.match(agreed[0]):
            agreed = f"{agreed[0]}{_UNSURE}", agreed[1]
        read[index] = agreed
    glyphs = []
    for (x0, top, x1, bottom), (text, score) in zip(places, read, strict=True):
        found = glyph(text.strip(), x0, x1, top, bottom)
        found["score"] = score
        glyphs.append(found)
    return glyphs


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
    one, two = first[0].replace(" ", ""), second[0].replace(" ", "")
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


def _dash_before(sheet: Sheet, place: Box, text: str) -> bool:
    """Tell whether a stroke like a minus stands before a figure that was read without one."""
    np = tools().numpy
    height = max(1, round(place[3] - place[1]))
    left = max(0, round(place[0] - 0.8 * sheet.character))
    part = sheet.ink[round(place[1]) : round(place[3]), left : round(place[0] + height)] > 0
    least = (_DASH_4 if text[0] == "4" else _DASH) * height
    run = 0
    for column in part.T:
        rows = np.flatnonzero(column)
        if (
            len(rows)
            and rows[-1] - rows[0] < 0.3 * height
            and (0.3 * height < (rows[0] + rows[-1]) / 2 < 0.75 * height)
        ):
            run += 1
            if run >= least:
                return True
        else:
            run = 0
            if len(rows) and rows[-1] - rows[0] > 0.5 * height:
                return False
    return False


def _with_margin(place: Box, cell: Box, character: int) -> Box:
    """Widen a line's box by most of a character within its cell.

    A minus sign is as small as dust: what stands beside a figure is shown to the recogniser
    whether it counted as ink or not.
    """
    x0, top, x1, bottom = place
    return (
        max(cell[0] + _BORDER, x0 - 0.8 * character),
        top,
        min(cell[2] - _BORDER, x1 + 0.8 * character),
        bottom,
    )


def _lines_in(ink: Picture, box: Box, character: int) -> Iterator[Box]:
    """Yield the boxes of the lines of text in a cell, found by the empty rows between them."""
    np = tools().numpy
    x0, top, x1, bottom = (round(v) for v in box)
    x0, top, x1, bottom = x0 + _BORDER, top + _BORDER, x1 - _BORDER, bottom - _BORDER
    if x1 - x0 < _BORDER or bottom - top < _BORDER:
        return
    part = _without_rests(ink[top:bottom, x0:x1], character)
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
            yield (
                float(x0 + columns[0]),
                float(top + first),
                float(x0 + columns[-1] + 1),
                float(top + last + 1),
            )


def _without_rests(part: Picture, character: int) -> Picture:
    """Return the ink of a cell without specks and without what is left of its borders."""
    cv2 = tools().cv2
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    height, width = part.shape[:2]
    kept = part.copy()
    # A point inside a figure may be dust by its size; it is cut out of the grey picture with the
    # figure around it all the same.
    speck = max(6, (character // 6) ** 2)
    for label in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[label])
        left, top = x <= _NEAR, y <= _NEAR
        right, bottom = x + w >= width - _NEAR, y + h >= height - _NEAR
        at_edge = left or top or right or bottom
        line = (w <= 4 and h > 0.7 * height) or (h <= 4 and w > 0.7 * width)
        if area < speck or (at_edge and line):
            kept[labels == label] = 0
    return kept


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


def _line_picture(grey: Picture, place: Box, *, soft: bool = False) -> Picture:
    """Return a line of text padded and scaled as the recogniser likes it; ``soft``: blurred."""
    cv2 = tools().cv2
    height, width = grey.shape[:2]
    x0, top, x1, bottom = (round(v) for v in place)
    cut = grey[max(0, top - 2) : min(height, bottom + 2), max(0, x0 - 2) : min(width, x1 + 2)]
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

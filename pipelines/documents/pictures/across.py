"""Tables ruled across only: where their columns are, told from what stands above what.

Between two lines across, what stands apart is of several cells. What is narrow, a figure or a
column's label, shows where a column is; the gap between two columns is their border, but in a row
where words go through it: there one cell spans both.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipelines.documents.pictures.engine import Picture, tools

Segment = tuple[float, float, float]

_LONG = 12
"""Heights of a character that a line of a table is long at least."""
_LEAST = 4
"""Lines of a table at least."""
_APART = 9
"""Heights of a character between two lines of one table at most."""
_ROW = 0.9
"""Heights of a character that a row is high at least."""
_GAP, _CRACK = 0.9, 0.4
"""Heights of a character between two words of one cell at most; between two signs of one word. In
narrow columns two cells stand closer than words may: where columns are is told by the first, what
goes from one into the next by the second."""
_NARROW = 5.5
"""Heights of a character that a figure or a column's label is wide at most."""
_LABELS = 0.3
"""Share of a table's width from its left within which labels of rows begin."""
_COLUMNS = 3
_HIGHER = 1.3
"""Times the usual row that the room between two tables is high, a heading in it."""
_HEADING = 3
"""Heights of a character from the table's left within which a heading begins."""
_ENDS = 0.8
"""Share of the table's width from its left within which it ends."""
_NEAR = 1.5
"""Heights of a character from a column's border within which a line that ends there ends at it."""

_Span = tuple[int, int]


def columns_of(
    text: Picture, lines: Sequence[Segment], character: int
) -> tuple[list[Segment], list[Segment]]:
    """Return the lines across of tables without upright ones, and the uprights they lack.

    Args:
        text: what is dark on the page, without the lines.
        lines: the lines across, as from, to and at.
        character: the usual height of a character.
    """
    across: list[Segment] = []
    upright: list[Segment] = []
    tables = [
        part for table in _tables(lines, character) for part in _apart(text, table, character)
    ]
    for table in tables:
        sides = _sides(text, table, character)
        if sides:
            across += _reaching(table, sides, character)
            upright += sides
    return across, upright


def _tables(lines: Sequence[Segment], character: int) -> list[list[Segment]]:
    """Return the long lines one below the other, those of each table."""
    found: list[list[Segment]] = []
    for line in sorted(lines, key=lambda each: each[2]):
        if line[1] - line[0] < _LONG * character:
            continue
        last = found[-1] if found else []
        if last and line[2] - last[-1][2] <= _APART * character and _overlap(last[-1], line):
            last.append(line)
        else:
            found.append([line])
    return [table for table in found if len(table) >= _LEAST]


def _apart(text: Picture, table: Sequence[Segment], character: int) -> list[list[Segment]]:
    """Return the lines of two tables apart: between them stands a heading, in a higher row."""
    left, right = round(min(x for x, _, _ in table)), round(max(x for _, x, _ in table))
    highs = [b[2] - a[2] for a, b in pairwise(table) if b[2] - a[2] >= _ROW * character]
    usual = sorted(highs)[len(highs) // 2] if highs else 0.0
    parts: list[list[Segment]] = [[table[0]]]
    for above, line in pairwise(table):
        if line[2] - above[2] > _HIGHER * usual:
            band = text[round(above[2]) + 3 : round(line[2]) - 2, left:right]
            pieces = _pieces(band, left, _GAP * character)
            (start, end), *more = pieces or [(right, right)]
            begins = start - left < _HEADING * character
            if begins and not more and end < left + _ENDS * (right - left):
                parts.append([])
        parts[-1].append(line)
    return [part for part in parts if len(part) >= _LEAST]


def _overlap(one: Segment, other: Segment) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 0


def _sides(text: Picture, table: Sequence[Segment], character: int) -> list[Segment]:
    left, right = round(min(x for x, _, _ in table)), round(max(x for _, x, _ in table))
    levels: list[float] = []
    for _, _, y in table:
        if not levels or y - levels[-1] >= _ROW * character:
            levels.append(y)
    bands = [(round(a), round(b)) for a, b in pairwise(levels)]
    parts = [text[a + 3 : b - 2, left:right] for a, b in bands]
    columns = _columns([_pieces(part, left, _GAP * character) for part in parts], character)
    pieces = [_pieces(part, left, _CRACK * character) for part in parts]
    if len(columns) < _COLUMNS:
        return []
    ended = _line_ends(table, left, right, character)
    borders = [_border(a[1], b[0], pieces) for a, b in pairwise(columns)]
    borders = [x for x in borders if all(abs(x - end) > _NEAR * character for end in ended)]
    out = [(float(levels[0]), float(levels[-1]), float(x)) for x in (left, right)]
    for (top, bottom), row in zip(bands, pieces, strict=True):
        # Where a line ends, the cells above and below it do.
        cut = [
            end
            for end in ended
            for x0, x1, y in table
            if min(abs(y - top), abs(y - bottom)) < _ROW * character
            and min(abs(x0 - end), abs(x1 - end)) <= _NEAR * character
        ]
        out += [
            (float(top), float(bottom), x)
            for x in (*borders, *ended)
            if x in cut or not any(a < x - 1 and b > x + 1 for a, b in row)
        ]
    return out


def _columns(pieces: Sequence[Sequence[_Span]], character: int) -> list[_Span]:
    """Return where the columns of figures are, and those of short labels no words go through."""
    narrow = [span for row in pieces for span in row if span[1] - span[0] <= _NARROW * character]
    if not narrow:
        return []
    every = [span for row in pieces for span in row]
    first, last = min(a for a, _ in every), max(b for _, b in every)
    # Labels of rows; what is as wide and begins further right stands over several columns.
    wide = [
        (a, b)
        for a, b in every
        if b - a > _NARROW * character and a < first + _LABELS * (last - first)
    ]
    out = []
    for start, end in _united(narrow):
        own = sum(start <= a and b <= end for a, b in narrow)
        through = sum(a < end and start < b for a, b in wide)
        if through <= own:
            out.append((start, end))
    if out and wide and out[0][0] - first > character:
        out.insert(0, (first, first + 1))  # labels, all of them long
    return out


def _line_ends(table: Sequence[Segment], left: int, right: int, character: int) -> list[float]:
    """Return where, inside of a table, several of its lines begin or end."""
    ends = sorted(
        x for x0, x1, _ in table for x in (x0, x1) if min(x - left, right - x) > _NEAR * character
    )
    groups: list[list[float]] = []
    for x in ends:
        if groups and x - groups[-1][-1] <= _NEAR * character:
            groups[-1].append(x)
        else:
            groups.append([x])
    return [group[len(group) // 2] for group in groups if len(group) > 1]


def _pieces(band: Picture, left: int, gap: float) -> list[_Span]:
    """Return from where to where things stand in a row, apart from each other."""
    np = tools().numpy
    if not band.size:
        return []
    used = np.flatnonzero((band > 0).sum(axis=0) > 1)
    out: list[_Span] = []
    for x in (int(x) + left for x in used):
        if out and x - out[-1][1] <= gap:
            out[-1] = out[-1][0], x
        else:
            out.append((x, x))
    return [(a, b + 1) for a, b in out if b - a >= 2]


def _united(spans: Sequence[_Span]) -> list[_Span]:
    """Return where narrow things stand, those one above the other together.

    What reaches over two places where something narrower stands is a label over both.
    """
    out: list[_Span] = []
    for start, end in sorted(spans, key=lambda span: (span[1] - span[0], span)):
        met = [place for place in out if start < place[1] and place[0] < end]
        if len(met) == 1:
            out[out.index(met[0])] = min(start, met[0][0]), max(end, met[0][1])
        elif not met:
            out.append((start, end))
    return sorted(out)


def _border(start: int, end: int, pieces: Sequence[Sequence[_Span]]) -> float:
    """Return where between two columns fewest words go through."""
    np = tools().numpy
    crossed = np.zeros(max(1, end - start + 1), int)
    for a, b in (span for row in pieces for span in row):
        low, high = max(a, start) - start, min(b, end + 1) - start
        if high > low:
            crossed[low:high] += 1
    free = np.flatnonzero(crossed == crossed.min())
    runs = np.split(free, np.flatnonzero(np.diff(free) > 1) + 1)
    longest = max(runs, key=len)
    return float(start + longest[len(longest) // 2])


def _reaching(table: Sequence[Segment], sides: Sequence[Segment], character: int) -> list[Segment]:
    """Return the lines, their ends at the borders of columns they nearly reach."""
    places = sorted({x for _, _, x in sides})

    def at(x: float) -> float:
        nearest = min(places, key=lambda place: abs(place - x))
        return nearest if abs(nearest - x) <= _NEAR * character else x

    return [(at(x0), at(x1), y) for x0, x1, y in table]

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
_GAP = 0.55
"""Heights of a character between two cells at least; between words of one cell there are fewer."""
_NARROW = 5.5
"""Heights of a character that a figure or a column's label is wide at most."""
_COLUMNS = 3
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
    for table in _tables(lines, character):
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


def _overlap(one: Segment, other: Segment) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 0


def _sides(text: Picture, table: Sequence[Segment], character: int) -> list[Segment]:
    left, right = round(min(x for x, _, _ in table)), round(max(x for _, x, _ in table))
    levels: list[float] = []
    for _, _, y in table:
        if not levels or y - levels[-1] >= _ROW * character:
            levels.append(y)
    bands = [(round(a), round(b)) for a, b in pairwise(levels)]
    pieces = [_pieces(text[a + 3 : b - 2, left:right], left, character) for a, b in bands]
    columns = _columns(pieces, character)
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
    wide = [span for row in pieces for span in row if span[1] - span[0] > _NARROW * character]
    out = []
    for start, end in _united(narrow):
        own = sum(start <= a and b <= end for a, b in narrow)
        through = sum(a < end and start < b for a, b in wide)
        if through <= own:
            out.append((start, end))
    first = min((a for row in pieces for a, _ in row), default=0)
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


def _pieces(band: Picture, left: int, character: int) -> list[_Span]:
    """Return from where to where things stand in a row, apart from each other."""
    np = tools().numpy
    if not band.size:
        return []
    used = np.flatnonzero((band > 0).sum(axis=0) > 1)
    out: list[_Span] = []
    for x in (int(x) + left for x in used):
        if out and x - out[-1][1] <= _GAP * character:
            out[-1] = out[-1][0], x
        else:
            out.append((x, x))
    return [(a, b + 1) for a, b in out if b - a >= 2]


def _united(spans: Sequence[_Span]) -> list[_Span]:
    out: list[_Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


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

"""Which figure stands in which place, where the document leaves it open.

A row with as many pieces as places is placed by its labels. A row with a lost cell, a stray token,
split or run-together digits has several placements: they are all made, the sums of the form throw
out what cannot be, and what is left decides. Nothing is chosen because it comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from pipelines.forms.model import Identity
from pipelines.forms.pieces import Piece
from pipelines.record import Number

MAX_CANDIDATES = 400
MAX_NODES = 20_000
MAX_DIGITS = 24
_CELLS_BESIDE = 3
_MOST_GAPS = 2

Placement = dict[str, Piece | None]
"""Field to the piece printed there; None where the row has no piece for the place."""


@dataclass(slots=True, frozen=True)
class Options:
    """All placements one row leaves open; ``certain`` when labels and structure leave one."""

    row: str
    placements: tuple[Placement, ...]
    certain: bool
    reason: str = ""
    pieces: tuple[Piece, ...] = ()
    """What the row prints."""


def split_digits(digits: str, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to cut a digit string into ``parts`` numbers without leading zeros."""
    if parts == 1:
        if digits and (digits == "0" or digits[0] != "0"):
            yield (int(digits),)
        return
    for size in range(1, len(digits) - parts + 2):
        head = digits[:size]
        if size > 1 and head[0] == "0":
            return
        for rest in split_digits(digits[size:], parts - 1):
            yield (int(head), *rest)


def _as_pieces(numbers: Iterable[int], like: Piece) -> list[Piece]:
    return [Piece(str(n), line=like.line) for n in numbers]


def trim(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop empty pieces at both ends."""
    out = list(pieces)
    while out and out[0].is_empty:
        out.pop(0)
    while out and out[-1].is_empty:
        out.pop()
    return out


def placements_in_order(
    pieces: Sequence[Piece],
    fields: Sequence[str],
    *,
    cells: bool = False,
    sum_at: int | None = None,
) -> tuple[list[Placement], bool]:
    """Return all ways to put a row's pieces, in order, into the fields; and whether one is certain.

    As many pieces as fields: one way. Fewer: every choice of the places that are missing (at most
    two). More: every way to join two neighbours (digits apart) or to drop one (a stray token).
    One long digit string: every way to cut it. Where there are more ways than can be weighed none
    is returned: to drop some might drop the right one.

    Args:
        pieces: the row's pieces; empty ones are blank cells where ``cells`` says that they come
            from a grid. In text an empty piece at an end may be a blank cell or only a separator,
            so it decides nothing.
        fields: the places, in the order of the columns.
        cells: whether each piece is a cell of a grid.
        sum_at: the place that holds the sum of the others; a run of digits is cut so only.
    """
    n = len(fields)
    core = trim(pieces)
    if len(core) == n or (cells and len(pieces) == n):
        whole = core if len(core) == n else list(pieces)
        # Many cells too many are another table's beside this one: blanks and figures may be mixed.
        certain = not cells or len(pieces) < n + _CELLS_BESIDE
        if cells and len(pieces) == n + 1 and any(p.is_empty for p in whole):
            # A blank at an end or one inside is the cell too many.
            return _with_surplus(list(pieces), fields), False
        placed: Placement = dict(zip(fields, whole, strict=True))
        blanks = {f for f, p in zip(fields, whole, strict=True) if p.is_empty}
        if cells or not blanks:
            return [placed], certain
        # In text a separator too many looks like a blank: what is printed may stand elsewhere.
        filled = [p for p in whole if not p.is_empty]
        gaps = _with_gaps(filled, fields)
        return [
            placed,
            *(g for g in gaps if {f for f, p in g.items() if p is None} != blanks),
        ], False
    windows: list[Placement] = []
    filled = [p for p in core if not p.is_empty]
    if not cells and len(filled) == n:  # every blank a separator too many
        windows = [dict(zip(fields, filled, strict=True))]
    elif len(pieces) >= n > len(core):
        windows = [
            dict(zip(fields, pieces[i : i + n], strict=True))
            for i in range(len(pieces) - n + 1)
            if all(p.is_empty for p in [*pieces[:i], *pieces[i + n :]])
        ]
        if not core:
            return windows[:1], True
        if cells:
            return windows, False
        if n - len(core) > _MOST_GAPS:  # too many ways: the one that is left proves nothing
            return [], False
    options = windows + list(islice(_together(core, fields, sum_at), MAX_CANDIDATES + 1))
    if len(core) < n and (windows or not options):
        options = [*options, *_with_gaps(core, fields)]
    if len(core) > n:
        options = [*options, *_with_surplus(core, fields)]
    return (options if len(options) <= MAX_CANDIDATES else []), False


def _together(
    core: Sequence[Piece], fields: Sequence[str], sum_at: int | None
) -> Iterator[Placement]:
    digits = [p.text for p in core]
    glued = "".join(digits)
    short = len(core) <= 3 and len(core) < len(fields)  # one string, with a stray space or two
    if not (short and glued.isdigit() and len(fields) <= len(glued) <= MAX_DIGITS):
        return
    # A space inside is kept as a border first; only if that leaves nothing is it ignored.
    for numbers in _cut_at_borders(digits, len(fields)) or split_digits(glued, len(fields)):
        if sum_at is not None and 2 * numbers[sum_at] != sum(numbers):
            continue
        yield dict(zip(fields, _as_pieces(numbers, core[0]), strict=True))


def _cut_at_borders(chunks: Sequence[str], parts: int) -> list[tuple[int, ...]]:
    if len(chunks) == 1:
        return list(split_digits(chunks[0], parts))
    out: list[tuple[int, ...]] = []
    for first in range(1, min(len(chunks[0]), parts - 1) + 1):
        heads = list(split_digits(chunks[0], first))
        tails = _cut_at_borders(chunks[1:], parts - first) if heads else []
        out.extend(h + t for h in heads for t in tails)
    return out


def _with_gaps(core: Sequence[Piece], fields: Sequence[str]) -> list[Placement]:
    missing = len(fields) - len(core)
    if not core or missing > _MOST_GAPS:  # three lost cells of seven leave nothing to hold on to
        return []
    out: list[Placement] = []
    for holes in combinations(range(len(fields)), missing):
        rest = iter(core)
        out.append({f: None if i in holes else next(rest) for i, f in enumerate(fields)})
    return out


def _with_surplus(core: Sequence[Piece], fields: Sequence[str]) -> list[Placement]:
    if len(core) != len(fields) + 1:
        return []
    out: list[Placement] = []
    for i in range(len(core)):
        out.append(dict(zip(fields, [*core[:i], *core[i + 1 :]], strict=True)))
        halves = i + 1 < len(core) and (core[i].text + core[i + 1].text).isdigit()
        if halves and not core[i].text.startswith("0"):
            joined = Piece(core[i].text + core[i + 1].text, line=core[i].line)
            out.append(dict(zip(fields, [*core[:i], joined, *core[i + 2 :]], strict=True)))
    return out


def joined_digits(piece: Piece) -> Piece:
    """Return a piece whose digits stand apart as one number, other pieces as they are."""
    reading = piece.reading
    if reading.kind != "split":
        return piece
    return Piece(str(reading.candidates[0]), piece.col, piece.width, piece.line, piece.ocr)


def known(placement: Mapping[str, Piece | None]) -> dict[str, Number | None]:
    """Return the numbers a placement gives, digits apart joined; None where none is printed."""
    return {name: number_of(piece) for name, piece in placement.items()}


def number_of(piece: Piece | None) -> Number | None:
    """Return the number a piece prints, digits apart joined; None where it prints none."""
    if piece is None:
        return None
    reading = piece.reading
    return (joined_digits(piece).reading if reading.kind == "split" else reading).value


def fits(values: Mapping[str, Number | None], identity: Identity) -> bool:
    """Return False only if the identity cannot hold, whatever the unknown cells are (>= 0)."""
    left = list(map(values.get, identity.left))
    right = list(map(values.get, identity.right))
    if None in left:
        # An open side may be any number that is not less than what is known of it.
        return None in right or _known_sum(left) <= _known_sum(right)
    if None in right:
        return _known_sum(right) <= _known_sum(left)
    return sum(left) == sum(right)  # type: ignore[arg-type]  # none of them is None


def _known_sum(numbers: Iterable[Number | None]) -> Number:
    return sum(filter(None, numbers))


@dataclass(slots=True)
class Solution:
    """What is left of all options after the sums have spoken."""

    placements: list[dict[str, Placement]]
    """Row id to its placement, one dict a solution; empty when none fits or too many were left."""
    exhausted: bool = False


def solve(
    options: Sequence[Options], fixed: Mapping[str, Number | None], identities: Sequence[Identity]
) -> Solution:
    """Find every choice of one placement a row under which no identity is broken.

    ``fixed`` are the values of the certain rows. Identities that are broken by certain rows alone
    (a source's own error) decide nothing and are left out.
    """
    open_fields = {f for o in options for p in o.placements for f in p}
    useful = [i for i in identities if open_fields.intersection(i.fields)]
    order = sorted(options, key=lambda o: len(o.placements))
    out: list[dict[str, Placement]] = []
    nodes = 0

    def search(depth: int, values: dict[str, Number | None], chosen: dict[str, Placement]) -> bool:
        nonlocal nodes
        if depth == len(order):
            out.append(dict(chosen))
            return len(out) < MAX_CANDIDATES
        option = order[depth]
        mine = {f for p in option.placements for f in p}
        touched = [i for i in useful if mine.intersection(i.fields)]
        for placement in option.placements:
            nodes += 1
            if nodes > MAX_NODES:
                return False
            trial = {**values, **known(placement)}
            if all(fits(trial, i) for i in touched):
                chosen[option.row] = placement
                if not search(depth + 1, trial, chosen):
                    return False
                del chosen[option.row]
        return True

    complete = search(0, dict(fixed), {})
    return Solution(out, exhausted=not complete)


def narrow(
    options: Sequence[Options], fixed: Mapping[str, Number | None], identities: Sequence[Identity]
) -> list[Options]:
    """Drop the placements that a sum excludes whatever the other rows are, until none is left to.

    Each field is known to lie between the least and the greatest number its row's placements give
    it; a field some placement leaves empty may be any number.
    """
    out = list(options)
    changed = True
    while changed and all(o.placements for o in out):
        changed = False
        bounds = _bounds(out, fixed)
        for n, option in enumerate(out):
            mine = {f for p in option.placements for f in p}
            touched = [i for i in identities if mine.intersection(i.fields)]
            kept = tuple(
                p for p in option.placements if all(_possible(known(p), i, bounds) for i in touched)
            )
            if len(kept) < len(option.placements):
                out[n] = replace(option, placements=kept)
                changed = True
    return out


_Bounds = Mapping[str, tuple[Number, Number | None]]


def agreed(
    options: Sequence[Options], fixed: Mapping[str, Number | None], identities: Sequence[Identity]
) -> dict[str, list[Placement]]:
    """Return the placements of each row that occur in a solution; none where nothing fits.

    Where there are too many solutions to list, the placements that no sum excludes by itself are
    returned instead: more than occur, so what they agree on is agreed on all the more.
    """
    narrowed = narrow(options, fixed, identities)
    if not all(o.placements for o in narrowed):
        return {}
    solution = solve(narrowed, fixed, identities)
    if solution.exhausted:
        return {o.row: list(o.placements) for o in narrowed}
    return {o.row: [s[o.row] for s in solution.placements] for o in options}


def with_near_misses(
    options: Sequence[Options],
    left: Mapping[str, list[Placement]],
    fixed: Mapping[str, Number | None],
    identities: Sequence[Identity],
) -> dict[str, list[Placement]]:
    """Return the placements that are left, and those that one misprinted figure may have excluded.

    A misprint breaks the sums that it stands in: a row's, a column's. A placement is excluded where
    sums are broken that have no figure in common.
    """
    rows = [replace(o, placements=tuple(left[o.row])) for o in options if left.get(o.row)]
    bounds = _bounds(rows, fixed)
    out = {row: list(some) for row, some in left.items()}
    for option in options:
        if not left.get(option.row):
            continue
        mine = {f for p in option.placements for f in p}
        touched = [i for i in identities if mine.intersection(i.fields)]
        for placement in option.placements:
            if placement not in left[option.row]:
                own = _completed_by_sum(known(placement), touched)
                broken = [set(i.fields) for i in touched if not _possible(own, i, bounds)]
                if not broken or set.intersection(*broken):
                    out[option.row].append(placement)
    return out


def _completed_by_sum(
    own: dict[str, Number | None], identities: Sequence[Identity]
) -> dict[str, Number | None]:
    """Return a row's numbers, the one that it lacks as its own sum demands."""
    for identity in identities:
        if own.keys() >= set(identity.fields):
            out = dict(own)
            if _force(out, identity) and fits(out, identity):
                return out
    return own


def _force(values: dict[str, Number | None], identity: Identity) -> bool:
    """Put the one number that a sum lacks in its place; it may turn out below zero."""
    lacking = [f for f in identity.fields if values.get(f) is None]
    if len(lacking) != 1:
        return False
    left = sum([n for n in map(values.get, identity.left) if n])
    right = sum([n for n in map(values.get, identity.right) if n])
    values[lacking[0]] = left - right if lacking[0] in identity.right else right - left
    return True


def one_misprint_explains(
    values: Mapping[str, Number | None], identities: Sequence[Identity]
) -> bool:
    """Whether all sums would hold but for one figure that is misprinted."""
    number, rests = dict(values), {f: {f} for f, v in values.items() if v is not None}
    _force_all(number, identities, rests)
    broken = [i for i in identities if not _holds(number, i)]
    if not broken:
        return True
    suspects = set.intersection(
        *(set().union(*(rests.get(f, ()) for f in i.fields)) for i in broken)
    )
    for suspect in sorted(suspects):
        trial: dict[str, Number | None] = {**values, suspect: None}
        _force_all(trial, identities)
        if all(_holds(trial, i) for i in identities):
            return True
    return False


def _force_all(
    values: dict[str, Number | None],
    identities: Sequence[Identity],
    rests: dict[str, set[str]] | None = None,
) -> None:
    """Put every number in its place that the sums leave no choice about.

    ``rests`` takes what each of these numbers rests on.
    """
    waiting, before = list(identities), -1
    while len(waiting) != before:
        before = len(waiting)
        later = []
        for identity in waiting:
            lacking = [f for f in identity.fields if values.get(f) is None]
            if len(lacking) > 1:
                later.append(identity)
            elif lacking:
                _force(values, identity)
                if rests is not None:
                    rests[lacking[0]] = set().union(*(rests.get(f, ()) for f in identity.fields))
        waiting = later


def _holds(values: Mapping[str, Number | None], identity: Identity) -> bool:
    """Whether a sum holds, or may hold, over counts none of which is below zero."""
    return fits(values, identity) and all((values.get(f) or 0) >= 0 for f in identity.fields)


def _bounds(
    options: Sequence[Options], fixed: Mapping[str, Number | None]
) -> dict[str, tuple[Number, Number | None]]:
    """Return (least, greatest) of every field; None for no upper bound."""
    out: dict[str, tuple[Number, Number | None]] = {
        f: (v, v) for f, v in fixed.items() if v is not None
    }
    for option in options:
        tables = [known(p) for p in option.placements]
        for f in {f for t in tables for f in t}:
            numbers = [t.get(f) for t in tables]
            clear = [v for v in numbers if v is not None]
            if clear and len(clear) == len(numbers):
                out[f] = (min(clear), max(clear))
            else:
                out[f] = (0, None)
    return out


def _possible(own: Mapping[str, Number | None], identity: Identity, bounds: _Bounds) -> bool:
    """Whether the two sides of an identity can meet, a row's own placement taken as given."""

    def side(fields: Sequence[str]) -> tuple[Number, Number | None]:
        least: Number = 0
        most: Number | None = 0
        for f in fields:
            low, high = bounds.get(f, (0, None))
            if f in own:
                value = own[f]
                low, high = (0, None) if value is None else (value, value)
            least += low
            most = None if most is None or high is None else most + high
        return least, most

    left, right = side(identity.left), side(identity.right)
    return (left[1] is None or right[0] <= left[1]) and (right[1] is None or left[0] <= right[1])

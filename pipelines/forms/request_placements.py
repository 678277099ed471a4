"""Where the rows of table three stand: each row's figures in its seven places, or in doubt.

Labels and cells leave a row one placement or several; of several the sums decide, and where they
leave more than one the figures have no place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipelines.forms import requests as form
from pipelines.forms.labels import is_joint, parts_of, width_of
from pipelines.forms.misprints import contradicts_itself
from pipelines.forms.model import Identity
from pipelines.forms.pieces import Piece
from pipelines.forms.placements import (
    Options,
    Placement,
    agreed,
    fits,
    known,
    one_misprint_explains,
    placements_in_order,
    with_near_misses,
)
from pipelines.forms.request_rows import GEOMETRIC, Observed
from pipelines.record import Number

WIDTH = len(form.COLUMNS)

LEAST_ROWS = 3
"""Labelled rows below which there is no table three to speak of."""


@dataclass(slots=True)
class Work:
    """A table three while it is being read."""

    version: str
    rows: dict[str, Observed] = field(default_factory=dict)
    clashes: dict[str, list[Observed]] = field(default_factory=dict)
    by_order: set[str] = field(default_factory=set)
    placed: dict[str, Piece | None] = field(default_factory=dict)
    by_sums: set[str] = field(default_factory=set)
    undecided: dict[str, str] = field(default_factory=dict)
    """Row to the reason why its figures have no place."""
    loose_cells: dict[str, tuple[Number, ...]] = field(default_factory=dict)
    """Field to its candidates where solutions differ."""
    joint_rows: dict[str, Observed] = field(default_factory=dict)
    """Row to the one that is printed for it and others together."""
    stray: int = 0
    unfit: set[str] = field(default_factory=set)
    """Rows whose figures no placement reconciles with the sums: one that is printed is wrong."""
    contradicts: bool = False
    """The sums are broken in more places than one wrong figure explains."""
    moved: bool = False
    """Figures may have moved in rows that add up by chance."""
    before_gap: dict[str, str] = field(default_factory=dict)
    """Row to the first row missing behind it: its figures may be that one's."""

    def joint_fields(self) -> dict[str, tuple[str, str]]:
        """Return the fields that share one place with others, each to its columns and its raw."""
        out: dict[str, tuple[str, str]] = {}
        for row, seen in self.rows.items():
            if seen.order == form.COLUMN_IDS:  # nearly every row
                continue
            for name in filter(is_joint, seen.order):
                piece = self.placed.get(form.field_id(row, name))
                raw = "" if piece is None else piece.text
                out.update({form.field_id(row, c): (name, raw) for c in parts_of(name)})
        return out


def _options(row: str, seen: Observed, *, column_lost: bool) -> Options:
    """Return the ways a row's pieces can stand in its seven places.

    ``column_lost``: the header lacks a column, and so do most rows.
    """
    order = seen.order
    pieces = list(seen.pieces)
    if seen.structural and len(pieces) == len(order):
        own = _below(row, order, pieces)
        return Options(row, (own,), certain=True)
    core = [p for p in pieces if not p.is_empty]
    whole = width_of(order) == WIDTH
    if column_lost and not whole and len(core) == len(order):
        own = _below(row, order, core)
        return Options(row, (own,), certain=False, reason="a cell of this row is missing")
    if len(order) == WIDTH - 1 and len(pieces) == WIDTH > len(core):
        return _one_label_short(row, pieces, order)
    full = order if whole else completed(order)
    fields = [form.field_id(row, c) for c in full]
    placements, certain = placements_in_order(
        pieces,
        fields,
        cells=seen.carrier != "text" or seen.cells,
        sum_at=full.index("total") if "total" in full else None,
    )
    reason = "more or fewer figures than places"
    return Options(row, tuple(placements), certain=certain, reason=reason, pieces=tuple(pieces))


def _below(row: str, order: Sequence[str], pieces: Sequence[Piece]) -> Placement:
    """Put pieces under the columns named; the row's other places stay without."""
    fields = form.fields_of_row(row)
    if order == form.COLUMN_IDS:
        return dict(zip(fields, pieces, strict=True))
    own: Placement = dict.fromkeys(fields)
    own.update(zip((form.field_id(row, c) for c in order), pieces, strict=True))
    return own


def _one_label_short(row: str, pieces: Sequence[Piece], order: Sequence[str]) -> Options:
    """Place seven cells, some blank, below six labels: one label was lost, or a column too many.

    Either every cell belongs to the form, or one of them does not.
    """
    ways: list[tuple[list[Piece], Sequence[str]]] = [(list(pieces), completed(order))]
    ways += [([*pieces[:i], *pieces[i + 1 :]], order) for i in range(len(pieces))]
    placements = [_below(row, columns, cells) for cells, columns in ways]
    reason = "one column has no label, or one is too many"
    return Options(row, tuple(placements), certain=False, reason=reason)


def completed(order: Sequence[str]) -> list[str]:
    """Put the columns a header lacks where the form has them."""
    out = list(order)
    for i, col in enumerate(form.COLUMN_IDS):
        places = {c: at for at, name in enumerate(out) for c in parts_of(name)}
        if col not in places:
            before = next((c for c in reversed(form.COLUMN_IDS[:i]) if c in places), None)
            out.insert(places[before] + 1 if before else 0, col)
    return out


def place_rows(work: Work, identities: Sequence[Identity]) -> None:
    """Give the figures of each row their places, or say why they have none."""
    alike = [width_of(r.order) < WIDTH and len(r.texts) == len(r.order) for r in work.rows.values()]
    if any(seen.order != form.COLUMN_IDS for seen in work.rows.values()):
        identities = [_with_joints(i, work) for i in identities]
    column_lost = sum(alike) * 2 > len(alike)
    options = {
        row: _options(row, seen, column_lost=column_lost)
        for row, seen in work.rows.items()
        if row not in work.clashes
    }
    for row in work.clashes:
        work.undecided[row] = "the row is printed more than once with different figures"
    for row, missing in work.before_gap.items():
        if row in options and not work.rows[row].anchored:
            work.undecided[row] = f"the next row, {missing}, is missing: the figures may be its own"
            del options[row]
    wider = _may_be_short(work.rows)
    many_open = sum(bool(o.placements) and not o.certain for o in options.values()) >= _MANY_ROWS
    for row, option in options.items():
        if not option.placements:
            work.undecided[row] = option.reason
        elif wider and option.certain and _may_have_moved(option, work.rows[row]):
            work.undecided[row] = (
                "other rows have more figures than places: one of this may be lost"
            )
        elif many_open and option.certain and not _adds_up(option, work.rows[row]):
            work.undecided[row] = "many rows lack a figure or have one too many: so may this one"
        elif option.certain:
            work.placed.update(option.placements[0])
    open_options = [o for o in options.values() if o.placements and not o.certain]
    if open_options:
        # What only its order placed must itself be proved: it decides of no other row.
        loose = {form.field_id(r, c) for r in work.by_order for c in form.COLUMN_IDS}
        # Nor does a row that contradicts its own total: its figures may be another's, or one of
        # them is wrong, and then so is each sum through it.
        now = known(work.placed)
        wrong = {
            f
            for i in identities
            if i.rule == "R3-ROW" and not fits(now, i)
            for f in form.fields_of_row(i.where)
        }
        fixed = known({f: p for f, p in work.placed.items() if f not in loose | wrong})
        usable = [i for i in identities if wrong.isdisjoint(i.fields) and fits(fixed, i)]
        _settle(work, open_options, fixed, usable)
    for row in sorted(work.by_order & set(options)):
        mine = set(form.fields_of_row(row))
        now = known(work.placed)
        if row not in work.undecided and any(
            mine & set(i.fields) and not fits(now, i) for i in identities
        ):
            work.undecided[row] = "the row has no readable label and its sums do not hold"
            work.unfit.add(row)
            for f in mine:
                work.placed.pop(f, None)
    _give_up(work, options, identities)


def _with_joints(identity: Identity, work: Work) -> Identity:
    """Return a row's sum with the places that its columns have together for those alone."""
    seen = work.rows.get(identity.where) if identity.rule == "R3-ROW" else None
    if seen is None or not any(map(is_joint, seen.order)) or "total" not in seen.order:
        return identity
    parts = tuple(form.field_id(identity.where, c) for c in seen.order if c != "total")
    return replace(identity, right=parts)


def _adds_up(option: Options, seen: Observed) -> bool:
    """Whether a row has all its figures, and they add up; the holes of a laid-out page are places.

    A row that lost one figure and has another twice is as wide as it should be.
    """
    if seen.structural and seen.carrier in GEOMETRIC:
        return True
    numbers = known(option.placements[0])
    total = numbers.pop(form.field_id(option.row, "total"), None)
    return total is not None and sum(n or 0 for n in numbers.values()) == total


def _may_have_moved(option: Options, seen: Observed) -> bool:
    """Whether a row's figures may stand beside their places: they are not all the same."""
    laid_out = seen.structural and seen.carrier in GEOMETRIC
    return not laid_out and len(set(known(option.placements[0]).values())) > 1


def _may_be_short(rows: Mapping[str, Observed]) -> bool:
    """Whether rows are wider than the form, so that one as wide as the form may lack a figure."""
    if not any(len(seen.pieces) > _places(seen) for seen in rows.values()):
        return False  # nearly every table
    beyond = [len(seen.texts) - _places(seen) for seen in rows.values()]
    wider, narrower = sum(n > 0 for n in beyond), sum(n < 0 for n in beyond)
    return wider >= _SEVERAL or (wider > 0 and narrower > _SEVERAL)


def _give_up(work: Work, options: Mapping[str, Options], identities: Sequence[Identity]) -> None:
    """Take the figures back of a table whose columns or rows as a whole are not as they seem."""
    now = known(work.placed)
    broken = not all(fits(now, i) for i in identities)
    if broken and contradicts_itself(now, identities):
        work.contradicts = True
        reason = f"{_PLACED_BY_SUMS}, and they contradict each other"
        work.undecided.update(dict.fromkeys(work.by_sums - work.undecided.keys(), reason))
    if len(work.unfit) >= _MANY_ROWS:
        # What kept many rows from every place may have met one that is as wide as the form.
        beside = {r for r, o in options.items() if o.certain and _may_have_moved(o, work.rows[r])}
        reason = "many rows have no place that agrees with the sums"
        work.undecided.update(dict.fromkeys(beside - work.undecided.keys(), reason))
    if broken and _moved(now, work, identities):
        # Only the number of its figures places a row of flattened text.
        work.moved = True
        loose = {r for r, seen in work.rows.items() if not seen.structural}
        reason = "several rows do not add up: the figures may have moved"
        work.undecided.update(dict.fromkeys(loose - work.undecided.keys(), reason))
    if column := _sum_of_others(now, work.rows) or _outweighs_others(now, work.rows):
        reason = f"{column}, not total, is the sum of the others: the columns are not as labelled"
        work.undecided.update(dict.fromkeys(set(work.rows) - set(work.undecided), reason))
    unplaced = work.undecided.keys() & options.keys()
    certain = sum(o.certain for o in options.values())
    upset = len(unplaced) * (3 if certain * 4 < len(options) else 2)
    if upset > len(options):
        # What upset most rows may have upset one that by chance has as many figures as places.
        loose = {r for r in options if not work.rows[r].structural}
        work.undecided.update(dict.fromkeys(loose - unplaced, "most rows have no certain place"))


def _moved(values: Mapping[str, Number | None], work: Work, identities: Sequence[Identity]) -> bool:
    """Whether figures may have moved in rows that add up by chance.

    So where several rows do not, in more places than one wrong figure explains, or one does not
    beside rows that have a figure too few and rows that have one too many. Rows that break down
    nothing are a source's own way.
    """
    filled = [i for i in identities if i.rule == "R3-ROW" and any(map(values.get, i.right))]
    broken = sum(not fits(values, i) for i in filled)
    if broken >= _SEVERAL:
        return work.contradicts and broken * _FEW > len(filled)
    beyond = [len(seen.texts) - _places(seen) for seen in work.rows.values()]
    return bool(broken) and min(beyond) < 0 < max(beyond)


def _places(seen: Observed) -> int:
    """Return how many figures a row should have: columns set together have one for all."""
    if seen.order == form.COLUMN_IDS:  # nearly every row
        return WIDTH
    return len(seen.order) if any(map(is_joint, seen.order)) else WIDTH


def _sum_of_others(values: Mapping[str, Number | None], rows: Collection[str]) -> str | None:
    """Return the column that row after row is the sum of the other six, if 总计 is not.

    Without totals one natural person beside one firm looks so too: then most rows must.
    """
    sums: dict[str, int] = {}
    filled, totals = 0, 0
    for row in rows:
        own = [values.get(f) for f in form.fields_of_row(row)]
        totals += own[-1] is not None
        if not any(own):
            continue
        whole = sum([n for n in own if n])
        filled += bool(whole)
        for column, number in zip(form.COLUMN_IDS, own, strict=True):
            if number and 2 * number == whole:
                sums[column] = sums.get(column, 0) + 1
    column, count = max(sums.items(), key=lambda x: x[1], default=("total", 0))
    enough = count >= LEAST_ROWS and count > sums.get("total", 0)
    return column if enough and (totals * 2 > len(rows) or count * 2 > filled) else None


def _outweighs_others(values: Mapping[str, Number | None], rows: Mapping[str, Observed]) -> str:
    """Return the last column but 总计 that row after row is no less than all the others.

    Where no row has a total this is the 总计, moved up by a cell that each row lost.
    """
    heavier = 0
    for row, seen in rows.items():
        numbers = [values.get(form.field_id(row, c)) or 0 for c in seen.order]
        if values.get(form.field_id(row, "total")) is not None or len(numbers) < WIDTH:
            return ""
        *others, last, _ = numbers
        if sum(others) > last:
            return ""
        heavier += sum(others) > 0
    return next(iter(rows.values())).order[-2] if heavier >= LEAST_ROWS else ""


def _settle(
    work: Work,
    options: Sequence[Options],
    fixed: dict[str, Number | None],
    identities: Sequence[Identity],
) -> None:
    """Take of each open row what all solutions agree on."""
    left = _common_cause(options, fixed, identities)
    if left is None or (left and any(_lacks_more(o) for o in options)):
        # Where single cells were lost beside a column, each row may have lost another one.
        each = with_near_misses(options, agreed(options, fixed, identities), fixed, identities)
        for row, placements in (left or {}).items():
            each.setdefault(row, []).extend(placements)
        left = each
    for option in options:
        chosen = left.get(option.row)
        if not chosen:
            work.undecided[option.row] = f"{option.reason}; no placement agrees with the sums"
            work.unfit.add(option.row)
            continue
        work.by_sums.add(option.row)
        for f in chosen[0]:
            pieces = [c[f] for c in chosen]
            numbers = {known({f: p})[f] for p in pieces}
            if len(numbers) == 1 and all(p is not None for p in pieces):
                work.placed[f] = pieces[0]
            elif all(p is None for p in pieces):
                work.placed[f] = None
            else:
                work.loose_cells[f] = tuple(sorted(n for n in numbers if n is not None))


def _common_cause(
    options: Sequence[Options],
    fixed: dict[str, Number | None],
    identities: Sequence[Identity],
) -> dict[str, list[Placement]] | None:
    """Where many rows lack one cell, or have one too many, ask for the one column that explains it.

    A column that was lost or printed twice is one cause; a different cell lost in each of many rows
    is not what happens to tables. Every column is thought of that no sum excludes, or only sums
    that one misprinted figure may have broken, and only what all of them agree on is taken; the
    rows stay flagged (R3-SIXCELL, R3-RUNON). Where no column is left to all of them, more is wrong
    than the sums can tell: then none of the rows is placed.

    Returns:
        None where the rows that are open are few, or of many kinds.
    """
    many = [o for o in options if all(_gap(p) is not None for p in o.placements)]
    cause: Callable[[Options, Placement], object] = lambda _, p: _gap(p)  # noqa: E731 - one of two
    if not many:
        many = [o for o in options if any(_surplus(o, p) is not None for p in o.placements)]
        cause = _surplus
    if len(many) < _MANY_ROWS or len(many) < _MOST * len(options):
        return None
    rest = [o for o in options if o not in many]
    causes = {c for o in many for p in o.placements if (c := cause(o, p)) is not None}
    if "total" in causes and _ends_in_totals(many):
        causes.discard("total")
    out: dict[str, list[Placement]] = {}
    for one in causes:
        trial = [
            replace(o, placements=tuple(p for p in o.placements if cause(o, p) == one))
            for o in many
        ]
        if not all(o.placements for o in trial):
            continue
        found = agreed([*trial, *rest], fixed, identities)
        if not found:
            values = dict(fixed)
            for option in trial:
                values |= known(option.placements[0])
            if one_misprint_explains(values, identities):
                found = {o.row: list(o.placements) for o in (*trial, *rest)}
                for option in many:
                    found[option.row] += _damaged_otherwise(option, found, values, identities)
        for row, placements in found.items():
            out.setdefault(row, []).extend(placements)
    return out


def _damaged_otherwise(
    option: Options,
    found: Mapping[str, Sequence[Placement]],
    values: Mapping[str, Number | None],
    identities: Sequence[Identity],
) -> list[Placement]:
    """Return a row's other placements that agree with the sums no worse than the common cause.

    Where one figure is misprinted, or seems to be, a row that lost another cell than all others
    did may be what is odd.
    """
    return [
        p
        for p in option.placements
        if p not in found[option.row] and one_misprint_explains({**values, **known(p)}, identities)
    ]


def _ends_in_totals(short: Sequence[Options]) -> bool:
    """Whether the last figures of rows that lack one are their totals.

    They are where many of them equal all figures before them: that 其他 does so row after row,
    its own total being the lost one, is no reading of any table.
    """
    rows = []
    for option in short:
        printed = [p for p in option.placements[0].values() if p is not None]
        numbers = [n or 0 for n in known({str(i): p for i, p in enumerate(printed)}).values()]
        rows.append((numbers[-1], sum(numbers[:-1])))
    equal = sum(last == before > 0 for last, before in rows)
    return equal >= _MANY_ROWS - 1 and all(last >= before for last, before in rows)


_PLACED_BY_SUMS = "only the sums say where the figures stand"
_MANY_ROWS = 6
_SEVERAL = 2
_FEW = 5
"""Rows that break down something, for each one of them that may be misprinted: figures that moved
leave fewer rows that add up."""
_MOST = 0.8
"""Share of the open rows that have the same kind of damage where it has one cause."""


def _surplus(option: Options, placement: Placement) -> int | None:
    """Return which one of a row's pieces a placement leaves out, None where it leaves none."""
    kept = set(map(id, placement.values()))
    out = [i for i, piece in enumerate(option.pieces) if id(piece) not in kept]
    return out[0] if len(out) == 1 and len(option.pieces) > len(placement) else None


def _lacks_more(option: Options) -> bool:
    """Whether a row lacks more than one figure wherever the others stand."""
    return bool(option.placements) and all(
        sum(p is None for p in placement.values()) > 1 for placement in option.placements
    )


def _gap(placement: Placement) -> str | None:
    """Return the one column a placement leaves without a piece, or None."""
    empty = [f for f, p in placement.items() if p is None]
    return empty[0].rpartition("__")[2] if len(empty) == 1 else None

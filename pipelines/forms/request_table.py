"""Table three, read: rows are observed, placed and proved; no figure goes where none proved it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipelines.documents.blocks import Document
from pipelines.forms import requests as form
from pipelines.forms.model import Identity, TableReading
from pipelines.forms.observe import GEOMETRIC, Observed, observe_grids
from pipelines.forms.observe_text import observe_text, trim_blank
from pipelines.forms.pieces import Paper, Piece, paper_of
from pipelines.forms.place import (
    Options,
    Placement,
    fits,
    known,
    narrow,
    placements_in_order,
    solve,
)
from pipelines.forms.prove import prove
from pipelines.forms.twice import one_of
from pipelines.reading.normal import IN_CHARACTERS
from pipelines.record import CellNote, Finding, Number

_NEW_TABLE_AFTER = 10
"""Rows after which another 本年新收 opens a second table instead of repeating a row."""

_DIGITS = re.compile(r"\d+")

_WIDTH = len(form.COLUMNS)

_LEAST_ROWS = 3
"""Labelled rows below which there is no table three to speak of."""


def read_request_table(document: Document | Paper) -> TableReading | None:
    """Return table three of a document, or None where it has none."""
    paper = paper_of(document)
    readings = [
        r
        for observed in (observe_grids(paper), observe_text(paper))
        for part in _tables(observed)
        if (r := _read(part)) is not None
    ]
    return one_of(readings, "R3-TWICE")


def _tables(observed: Sequence[Observed]) -> list[list[Observed]]:
    """Cut the rows at every further 本年新收 that opens a table of its own."""
    out: list[list[Observed]] = []
    names: set[str | None] = set()
    for row in observed:
        if not out or (row.row == "new_received" and len(names) >= _NEW_TABLE_AFTER):
            out.append([])
            names = set()
        out[-1].append(row)
        names.add(row.row)
    return [t for t in out if len({o.row for o in t if o.row}) >= _LEAST_ROWS]


@dataclass(slots=True)
class _Work:
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
    stray: int = 0
    before_gap: dict[str, str] = field(default_factory=dict)
    """Row to the first row missing behind it: its figures may be that one's."""


def _read(observed: Sequence[Observed]) -> TableReading | None:
    observed = _in_believed_order(observed)
    work = _Work(_version(observed))
    _label(observed, work)
    if len(work.rows) < _LEAST_ROWS:
        return None
    identities = form.identities(work.version)
    _place(work, identities)
    return _assemble(observed, work, identities)


def _in_believed_order(observed: Sequence[Observed]) -> list[Observed]:
    """Return the rows, an order of columns that their own totals contradict given up.

    A label lost from a header moves the others sideways: 总计 then stands over another column, and
    a flattened header shows no columns at all. A 总计 that is not the last column must make more
    rows add up than the form's own order does.
    """
    moved = [o for o in observed if "total" in o.order and o.order[-1] != "total"]
    whole = [o for o in moved if len(o.pieces) == len(o.order) == _WIDTH]
    by_labels = sum(_adds_up(o, o.order.index("total")) for o in whole)
    by_form = sum(_adds_up(o, _WIDTH - 1) for o in whole)
    if by_labels > by_form:
        return list(observed)
    filled = [replace(o, pieces=tuple(trim_blank(o.pieces))) for o in moved]
    believed = any(_adds_up(o, len(o.pieces) - 1) for o in filled if len(o.pieces) >= _WIDTH - 1)
    return [_total_last(o, believed=believed) if o in moved else o for o in observed]


def _total_last(row: Observed, *, believed: bool) -> Observed:
    """Return a row with its 总计 where the form has it: ``believed`` if the sums say so."""
    if row.carrier != "text":
        return replace(row, order=form.COLUMN_IDS, structural=False, header_read=False)
    others = [c for c in row.order if c != "total"]
    return replace(row, order=(*others, "total"), header_read=row.header_read and believed)


def _adds_up(row: Observed, at: int) -> bool:
    """Whether the figure at a place is the sum of the others, and not 0."""
    numbers = [n or 0 for n in known({str(i): p for i, p in enumerate(row.pieces)}).values()]
    return bool(numbers[at] and numbers[at] == sum(numbers) - numbers[at])


def _version(observed: Sequence[Observed]) -> str:
    rows = {o.row for o in observed}
    if rows & {"other_not_corrected", "other_fee_unpaid"}:
        return "v2021"
    # A 3.其他 of its own is 2021's: what reads （六）其他处理 is then what is left of other rows.
    if "other_total" in rows and "other_misc" not in rows:
        return "v2019"
    # 其他处理 has one row in v2019 and three in v2021: without a label their number tells.
    names = [o.row for o in observed]
    if "refused_reissue" in names and "processed_total" in names:
        between = names[names.index("refused_reissue") + 1 : names.index("processed_total")]
        if between in ([None], ["other_misc"]):  # what is left of (六)其他处理 may read 其他
            return "v2019"
    return "v2021"


def _label(observed: Sequence[Observed], work: _Work) -> None:
    """Give each observed row its place in the form: by its label, else by a gap it alone fills."""
    ids = [r.id for r in form.ROWS[work.version]]
    for seen in observed:
        if seen.row is None or seen.row not in ids:
            continue
        first = work.rows.setdefault(seen.row, seen)
        if first is not seen and _texts(first) != _texts(seen):
            work.clashes.setdefault(seen.row, [first]).append(seen)
    _fill_gaps(observed, work, ids)
    _look_behind(observed, work, ids)


def _texts(row: Observed) -> list[str]:
    return [p.text for p in row.pieces if not p.is_empty]


def _fill_gaps(observed: Sequence[Observed], work: _Work, ids: Sequence[str]) -> None:
    """Place rows without a readable label where exactly as many rows of the form are missing.

    The form's own order decides, but only between two labelled neighbours and only if the counts
    agree; the sums have the last word (``_place``), and a finding says that it was done.
    """
    anchors = [(-1, -1)]
    nameless: list[int] = []
    for at, seen in enumerate(observed):
        if seen.row is not None and work.rows.get(seen.row) is seen:
            anchors.append((at, ids.index(seen.row)))
        elif seen.row is None:
            nameless.append(at)
    anchors.append((len(observed), len(ids)))
    for (at, rank), (next_at, next_rank) in pairwise(anchors):
        between = [i for i in nameless if at < i < next_at]
        missing = [r for r in ids[rank + 1 : next_rank] if r not in work.rows]
        if between and len(between) == len(missing):
            for i, row in zip(between, missing, strict=True):
                work.rows[row] = replace(observed[i], row=row)
                work.by_order.add(row)
        else:
            work.stray += len(between)


def _look_behind(observed: Sequence[Observed], work: _Work, ids: Sequence[str]) -> None:
    """Note the rows behind which a row is missing.

    Where text was lost from one row's label to the next one's, the next row's figures now follow
    the first label, and no sum can tell. The rows of a laid-out page do not run into each other.
    """
    missing = [ids.index(r) for r in ids if r not in work.rows]
    if not missing or observed[0].carrier in GEOMETRIC:
        return
    named = [(row, seen) for seen in observed if (row := _name_of(seen, work)) is not None]
    for (row, seen), then in zip(named, [*named[1:], None], strict=True):
        rank, behind = ids.index(row), ids.index(then[0]) if then else len(ids)
        gap = [m for m in missing if rank < m < behind or behind < rank]
        if gap and not (then and _apart(seen, then[1])):
            work.before_gap[row] = ids[gap[0]]


def _apart(seen: Observed, then: Observed) -> bool:
    """Whether something stands between two rows of a grid, so that they cannot have been one."""
    if seen.line is None or then.line is None:
        return False
    return not then.line.follows(seen.line)


def _name_of(seen: Observed, work: _Work) -> str | None:
    """Return the row an observed row was taken for."""
    if seen.row in work.rows:
        return seen.row
    return next((r for r in work.by_order if work.rows[r].pieces is seen.pieces), None)


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
    if column_lost and len(core) == len(order):
        own = _below(row, order, core)
        return Options(row, (own,), certain=False, reason="a cell of this row is missing")
    if len(order) == _WIDTH - 1 and len(pieces) == _WIDTH > len(core):
        return _one_label_short(row, pieces, order)
    full = order if len(order) == len(form.COLUMNS) else _completed(order)
    fields = [form.field_id(row, c) for c in full]
    placements, certain = placements_in_order(
        pieces,
        fields,
        cells=seen.carrier != "text" or seen.cells,
        sum_at=full.index("total"),
    )
    reason = "more or fewer figures than places"
    return Options(row, tuple(placements), certain=certain, reason=reason)


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

    Either every cell belongs to the form, or one of the empty ones does not.
    """
    ways: list[tuple[list[Piece], Sequence[str]]] = [(list(pieces), _completed(order))]
    for i, piece in enumerate(pieces):
        if piece.is_empty:
            ways.append(([*pieces[:i], *pieces[i + 1 :]], order))
    placements = [_below(row, columns, cells) for cells, columns in ways]
    reason = "one column has no label, or one is too many"
    return Options(row, tuple(placements), certain=False, reason=reason)


def _completed(order: Sequence[str]) -> list[str]:
    """Put the columns a header lacks where the form has them."""
    out = list(order)
    for i, col in enumerate(form.COLUMN_IDS):
        if col not in out:
            before = next((c for c in reversed(form.COLUMN_IDS[:i]) if c in out), None)
            out.insert(out.index(before) + 1 if before else 0, col)
    return out


def _place(work: _Work, identities: Sequence[Identity]) -> None:
    alike = [len(_texts(seen)) == len(seen.order) < _WIDTH for seen in work.rows.values()]
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
    for row, option in options.items():
        if not option.placements:
            work.undecided[row] = option.reason
        elif option.certain:
            work.placed.update(option.placements[0])
    open_options = [o for o in options.values() if o.placements and not o.certain]
    if open_options:
        # What only its order placed must itself be proved: it decides of no other row.
        loose = {form.field_id(r, c) for r in work.by_order for c in form.COLUMN_IDS}
        # Nor does a row that contradicts its own total: its figures may be another's.
        now = known(work.placed)
        loose |= {
            f
            for i in identities
            if i.rule == "R3-ROW" and not fits(now, i)
            for f in form.fields_of_row(i.where)
        }
        fixed = known({f: p for f, p in work.placed.items() if f not in loose})
        usable = [i for i in identities if fits(fixed, i)]
        _settle(work, open_options, fixed, usable)
    for row in sorted(work.by_order & set(options)):
        mine = set(form.fields_of_row(row))
        now = known(work.placed)
        if row not in work.undecided and any(
            mine & set(i.fields) and not fits(now, i) for i in identities
        ):
            work.undecided[row] = "the row has no readable label and its sums do not hold"
            for f in mine:
                work.placed.pop(f, None)
    _give_up(work, options)


def _give_up(work: _Work, options: Mapping[str, Options]) -> None:
    """Take the figures back of a table whose columns or rows as a whole are not as they seem."""
    now = known(work.placed)
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


def _sum_of_others(values: Mapping[str, Number | None], rows: Collection[str]) -> str | None:
    """Return the column that row after row is the sum of the other six, if 总计 is not.

    Without totals one natural person beside one firm looks so too: then most rows must.
    """
    sums: Counter[str] = Counter()
    filled, totals = 0, 0
    for row in rows:
        own = [values.get(f) for f in form.fields_of_row(row)]
        totals += own[-1] is not None
        if not any(own):
            continue
        whole = sum([n or 0 for n in own])
        filled += bool(whole)
        sums.update([c for c, n in zip(form.COLUMN_IDS, own, strict=True) if n and 2 * n == whole])
    column, count = max(sums.items(), key=lambda x: x[1], default=("total", 0))
    enough = count >= _LEAST_ROWS and count > sums["total"]
    return column if enough and (totals * 2 > len(rows) or count * 2 > filled) else None


def _outweighs_others(values: Mapping[str, Number | None], rows: Mapping[str, Observed]) -> str:
    """Return the last column but 总计 that row after row is no less than all the others.

    Where no row has a total this is the 总计, moved up by a cell that each row lost.
    """
    heavier = 0
    for row, seen in rows.items():
        numbers = [values.get(form.field_id(row, c)) or 0 for c in seen.order]
        if values.get(form.field_id(row, "total")) is not None or len(numbers) < _WIDTH:
            return ""
        *others, last, _ = numbers
        if sum(others) > last:
            return ""
        heavier += sum(others) > 0
    return next(iter(rows.values())).order[-2] if heavier >= _LEAST_ROWS else ""


def _settle(
    work: _Work,
    options: Sequence[Options],
    fixed: dict[str, Number | None],
    identities: Sequence[Identity],
) -> None:
    """Take of each open row what all solutions agree on."""
    most = max(_MANY_ROWS, len(work.rows) // 2 + 1)
    left = _common_gap(options, fixed, identities, most) or _agreed(options, fixed, identities)
    for option in options:
        chosen = left.get(option.row)
        if not chosen:
            work.undecided[option.row] = f"{option.reason}; no placement agrees with the sums"
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


def _agreed(
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


def _common_gap(
    options: Sequence[Options],
    fixed: dict[str, Number | None],
    identities: Sequence[Identity],
    most: int,
) -> dict[str, list[Placement]]:
    """Where most rows lack one cell, ask first whether they all lack the same one.

    A column that was lost is one cause; a different cell lost in each of many rows is not what
    happens to tables. Every column that no sum excludes is thought of, and only what all of them
    agree on is taken; the rows stay flagged (R3-SIXCELL).
    """
    short = [o for o in options if all(_gap(p) is not None for p in o.placements)]
    if len(short) < most:
        return {}
    rest = [o for o in options if o not in short]
    # A row or two may have a damage of their own: where no column is left to all, they say
    # nothing, and nothing is said of them.
    return _one_column(short, rest, fixed, identities, odd_rows=0) or _one_column(
        short, rest, fixed, identities, odd_rows=_ODD_ROWS
    )


def _one_column(
    short: Sequence[Options],
    rest: Sequence[Options],
    fixed: dict[str, Number | None],
    identities: Sequence[Identity],
    *,
    odd_rows: int,
) -> dict[str, list[Placement]]:
    """Return what all columns agree on that all short rows may lack but for a few odd ones."""
    out: dict[str, list[Placement]] = {}
    aside: set[str] = set()
    totals = _ends_in_totals(short)
    for col in form.COLUMN_IDS:
        if col == "total" and totals:
            continue
        trial = [
            replace(o, placements=tuple(p for p in o.placements if _gap(p) == col)) for o in short
        ]
        odd = {o.row for o in trial if not narrow([o], fixed, identities)[0].placements}
        if len(odd) > odd_rows:
            continue
        even = [o for o in trial if o.row not in odd]
        found = _agreed([*even, *rest], fixed, identities)
        if not found and rest:
            # It may be the others that fit no column: they rule none out, and are left unread.
            found = _agreed(even, fixed, identities)
            aside.update(o.row for o in rest if found)
        for row, placements in found.items():
            out.setdefault(row, []).extend(placements)
        aside.update(odd if found else ())
    return {row: placements for row, placements in out.items() if row not in aside}


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


_MANY_ROWS = 6
_ODD_ROWS = 2


def _gap(placement: Placement) -> str | None:
    """Return the one column a placement leaves without a piece, or None."""
    empty = [f for f, p in placement.items() if p is None]
    return empty[0].rpartition("__")[2] if len(empty) == 1 else None


def _assemble(
    observed: Sequence[Observed], work: _Work, identities: Sequence[Identity]
) -> TableReading:
    out = TableReading(table="t3", version=work.version, identities=tuple(identities))
    out.carrier = observed[0].carrier
    out.where = observed[0].where
    ocr = out.carrier == "ocr_table"
    infirm = work.by_order | work.by_sums | work.undecided.keys()
    for spec in form.ROWS[work.version]:
        fields = form.fields_of_row(spec.id)
        for f in fields:
            value, note = _cell(f, spec.id, work)
            if ocr and value is not None and note is None:
                note = CellNote(status="ocr")
            out.values[f] = value
            if note is not None:
                out.notes[f] = note
        if spec.id in work.rows and spec.id not in infirm and not ocr:
            out.firm.update(fields)
    if sideways := _sideways(out, work):
        out.firm.clear()
    _confirm_split(out)
    unsure = {
        *work.before_gap,
        *(r for r in work.by_sums if work.rows[r].run_on),
        *(r for r, seen in work.rows.items() if not seen.header_read),
    }
    _derive(out, {form.field_id(r, c) for r in unsure for c in form.COLUMN_IDS})
    out.findings = _shape_findings(work, observed)
    if sideways:
        out.findings.append(_header_finding("most rows do not add up: figures may stand sideways"))
    return out


def _cell(f: str, row: str, work: _Work) -> tuple[Number | None, CellNote | None]:
    if row not in work.rows:
        return None, CellNote(status="absent", reason="the row was not found")
    if row in work.undecided:
        raw = " ".join(_texts(work.rows[row]))[:80]
        clash = row in work.clashes
        return None, CellNote(
            status="conflict" if clash else "unreadable", raw=raw, reason=work.undecided[row]
        )
    if f in work.loose_cells:
        return None, CellNote(
            status="conflict",
            reason="fewer figures than places, and the sums leave several",
            candidates=work.loose_cells[f],
        )
    piece = work.placed.get(f)
    if piece is None:
        return None, CellNote(status="absent", reason="the row has no cell for this column")
    return cell_value(piece)


def cell_value(piece: Piece, *, whole: bool = True) -> tuple[Number | None, CellNote | None]:
    """Return a piece as (value, note); ``whole`` refuses decimals, as counts have none."""
    reading = piece.reading
    if reading.kind == "blank":
        return None, CellNote(status="blank")
    if reading.kind == "na_mark":
        return None, CellNote(status="na_mark", raw=piece.text)
    if reading.kind == "split":
        return None, CellNote(
            status="unreadable",
            raw=piece.text,
            reason=reading.note,
            candidates=reading.candidates,
        )
    if reading.kind != "number" or reading.value is None:
        return None, CellNote(
            status="unreadable",
            raw=piece.text[:80],
            reason=reading.note or "not a number",
            candidates=reading.candidates,
        )
    if whole and reading.unit:
        return None, CellNote(
            status="unreadable", raw=piece.text, reason="a count in units of money"
        )
    if whole and reading.value != int(reading.value):
        return None, CellNote(status="unreadable", raw=piece.text, reason="a count with decimals")
    value = int(reading.value) if whole else reading.value
    if reading.note == IN_CHARACTERS:
        return value, CellNote(status="converted", raw=piece.text, reason=reading.note)
    return value, None


def _confirm_split(out: TableReading) -> None:
    """Join digits that stand apart where a row sum and a column sum, both whole, say so."""
    apart = {
        f: note for f, note in out.notes.items()
        if note.reason in {"digits apart", "digits run together"}
    }  # fmt: skip
    if not apart:
        return
    for f in _joined_for_sure(out, apart) if len(apart) > 1 else ():
        _join(out, f, apart[f])
    for f, note in apart.items():
        if out.values[f] is not None:
            continue
        trial = {**out.values, f: note.candidates[0]}
        touched = [
            i
            for i in out.identities
            if f in i.fields and all(trial.get(x) is not None for x in i.fields)
        ]
        if len(touched) >= 2 and all(fits(trial, i) for i in touched):  # a row and a column
            _join(out, f, note)


def _join(out: TableReading, f: str, note: CellNote) -> None:
    out.values[f] = note.candidates[0]
    out.notes[f] = CellNote(
        status="converted", raw=note.raw, reason="digits joined, as the sums demand"
    )


def _joined_for_sure(out: TableReading, apart: Mapping[str, CellNote]) -> list[str]:
    """Return the cells whose digits every solution of the sums joins, many cells being apart.

    Each may be one figure, or any one of its parts beside a stray mark. Sums with a cell that has
    no number at all prove nothing, and a cell needs a row and a column to prove it.
    """
    fixed = {f: v for f, v in out.values.items() if v is not None}
    cells = {f: _parts(note) for f, note in apart.items() if note.reason == "digits apart"}
    whole = [i for i in out.identities if (fixed.keys() | cells.keys()).issuperset(i.fields)]
    sums = Counter(f for i in whole for f in i.fields)
    options = [
        Options(f, tuple({f: Piece(part)} for part in parts), certain=False)
        for f, parts in cells.items()
        if sums[f] > 1
    ]
    left = _agreed(options, fixed, whole)
    joined = {o.row: o.placements[0] for o in options}
    return [f for f, ways in left.items() if all(way == joined[f] for way in ways)]


def _parts(note: CellNote) -> list[str]:
    """Return the figure that digits apart make, then each of its parts."""
    return list(dict.fromkeys((str(note.candidates[0]), *_DIGITS.findall(note.raw or ""))))


def _derive(out: TableReading, unsure: Collection[str]) -> None:
    """Derive what the sums prove; figures that may be another row's prove nothing."""
    if None not in out.values.values():
        return  # all is printed: nothing to derive, and the rules look at the sums themselves
    sure = {f: None if f in unsure else v for f, v in out.values.items()}
    for f, (number, rules) in prove(sure, out.identities).derived.items():
        if out.values[f] is None:
            note = out.notes.get(f) or out.notes.setdefault(f, CellNote(status="blank"))
            note.derived, note.proof = number, rules


def _under_labels(rows: Sequence[Observed]) -> bool:
    """Whether the headers have a label for each cell; a few wider rows are a lost column's rest.

    Where the labels were read once, in the form's order, whole rows that add up bear out that they
    stand under the same ones: behind a header repeated after a page's end it may stand sideways.
    """
    wider = sum(len(o.order) < _WIDTH <= len(o.pieces) for o in rows)
    read = any(o.structural and o.order == form.COLUMN_IDS for o in rows)
    return wider * 2 <= len(rows) and all(o.header_read or (read and _is_whole(o)) for o in rows)


def _is_whole(row: Observed) -> bool:
    """Whether a row has a number in each of its cells, and they add up to the last."""
    numbers = list(known({str(i): p for i, p in enumerate(row.pieces)}).values())
    if len(numbers) != _WIDTH or None in numbers:
        return False
    return sum([n or 0 for n in numbers[:-1]]) == numbers[-1]


def _undecided_rule(row: str, work: _Work) -> str:
    return "R3-TWICE" if row in work.clashes else "R3-PLACE"


def _shape_findings(work: _Work, observed: Sequence[Observed]) -> list[Finding]:
    findings: list[Finding] = []
    ids = [r.id for r in form.ROWS[work.version]]
    missing = [r for r in ids if r not in work.rows]
    if missing:
        findings.append(
            Finding(
                rule="R3-SHAPE",
                where=",".join(missing),
                severity="E",
                cause="unknown",
                left=len(ids) - len(missing),
                right=len(ids),
                note="rows not found",
            )
        )
    beside = [r for r in ids if r in work.before_gap and r not in work.undecided]
    if beside:
        findings.append(
            Finding(
                rule="R3-NEXT",
                where=",".join(beside),
                severity="W",
                cause="unknown",
                left=len(beside),
                note="the next row is missing; these figures may be its own",
            )
        )
    for rule, note in sorted({(_undecided_rule(r, work), n) for r, n in work.undecided.items()}):
        rows = [r for r in ids if work.undecided.get(r) == note]
        findings.append(
            Finding(
                rule=rule,
                where=",".join(rows),
                severity="E",
                cause="unknown",
                left=len(rows),
                note=note,
            )
        )
    short = sorted(
        r
        for r in work.by_sums
        if any(work.placed.get(form.field_id(r, c), 0) is None for c in form.COLUMN_IDS)
        or any(form.field_id(r, c) in work.loose_cells for c in form.COLUMN_IDS)
    )
    if short:
        findings.append(
            Finding(
                rule="R3-SIXCELL",
                where=",".join(short),
                severity="W",
                cause="source",
                left=len(short),
                note="rows with a missing cell; placed where all sums hold",
            )
        )
    run_on = sorted(work.by_sums - set(short))
    if run_on:
        findings.append(
            Finding(
                rule="R3-RUNON",
                where=",".join(run_on),
                severity="I",
                cause="source",
                left=len(run_on),
                note="figures run together or apart; the only cut all sums accept",
            )
        )
    ordered = sorted(work.by_order - set(work.undecided))
    if ordered:
        findings.append(
            Finding(
                rule="R3-ORDER",
                where=",".join(ordered),
                severity="I",
                cause="source",
                left=len(ordered),
                note="rows without a readable label, placed by order, all sums hold",
            )
        )
    if work.stray:
        findings.append(
            Finding(
                rule="R3-STRAY",
                where="t3",
                severity="W",
                cause="unknown",
                left=work.stray,
                note="rows of figures that belong to no row of the form",
            )
        )
    if not _under_labels([o for o in observed if o.row]):
        findings.append(
            _header_finding("column labels not readable; columns taken in the form's order")
        )
    return findings


def _header_finding(note: str) -> Finding:
    columns = ",".join(form.COLUMN_IDS)
    return Finding(rule="R3-HEADER", where=columns, severity="W", cause="unknown", note=note)


def _sideways(table: TableReading, work: _Work) -> bool:
    """Whether most rows contradict their totals: one that adds up may do so by chance.

    Rows that break down nothing (no applicant but a total) are a source's own way.
    """
    printed = [[table.values[f] for f in form.fields_of_row(row)] for row in work.rows]
    rows = [[n for n in own if n is not None] for own in printed if None not in own]
    sums = [(total, sum(parts)) for *parts, total in rows if any(parts)]
    broken = sum(total != parts for total, parts in sums)
    return broken >= _LEAST_ROWS and broken * 2 > len(sums)

"""The figures of a table three whose rows are placed: values, notes, proofs, and what is odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.forms import requests as form
from pipelines.forms.cells import apart, cell_value, made_by, prints_another
from pipelines.forms.labels import is_joint, parts_of
from pipelines.forms.misprints import proved
from pipelines.forms.model import Identity, TableReading
from pipelines.forms.pieces import SHARED, Piece
from pipelines.forms.placements import Options, agreed, fits, known, number_of
from pipelines.forms.request_placements import LEAST_ROWS, WIDTH, Work, completed
from pipelines.forms.request_rows import Observed
from pipelines.record import CellNote, Finding, Number, tell
from pipelines.vocabulary.rules import Cause


def whole_table(
    observed: Sequence[Observed], work: Work, identities: Sequence[Identity]
) -> TableReading | None:
    """Return the reading of a table that proves itself; None for any other.

    It has each row of the form once, a plain figure below each label of a column, and all of its
    sums hold: nothing is left to place, to derive or to tell of it. Most tables are so.
    """
    rows = form.ROWS[work.version]
    once = len(observed) == len(work.rows) == len(rows)
    if not once or work.clashes or work.by_order or work.before_gap or work.joint_rows:
        return None
    values: dict[str, Number | None] = {}
    for spec in rows:
        seen = work.rows[spec.id]
        if not (seen.structural and seen.header_read and seen.order == form.COLUMN_IDS):
            return None
        if len(seen.pieces) != WIDTH or seen.carrier == "ocr_table":
            return None
        for f, piece in zip(form.fields_of_row(spec.id), seen.pieces, strict=True):
            value, note = cell_value(piece)
            if value is None or note is not None:
                return None
            values[f] = value
    if not all(fits(values, identity) for identity in identities):
        return None
    out = _table_of(observed, work, identities)
    out.values = values
    out.firm = set(values)
    return out


def _table_of(
    observed: Sequence[Observed], work: Work, identities: Sequence[Identity]
) -> TableReading:
    """Return a table without figures: what it is, and where it stands."""
    out = TableReading(table="t3", version=work.version, identities=tuple(identities))
    out.carrier = observed[0].carrier
    out.where = observed[0].where
    out.sources = tuple(o.where for o in observed)
    return out


def assemble(
    observed: Sequence[Observed], work: Work, identities: Sequence[Identity]
) -> TableReading:
    """Return the table's values with their notes, what the sums prove, and its findings."""
    out = _table_of(observed, work, identities)
    ocr = out.carrier == "ocr_table"
    infirm = work.by_order | work.by_sums | work.undecided.keys()
    placed, loose, joint = work.placed, work.loose_cells, work.joint_fields()
    for spec in form.ROWS[work.version]:
        fields = form.fields_of_row(spec.id)
        lacks = _lacks(spec.id, work)
        for f in fields:
            piece = placed.get(f)
            value: Number | None = None
            note: CellNote | None
            if lacks:
                note = replace(lacks)
            elif f in joint:
                note = _joint_note(*joint[f])
            elif piece is None or f in loose:
                note = _no_piece(f, work)
            else:
                value, note = cell_value(piece)
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
    if not sideways and not work.moved:
        open_fields = {form.field_id(r, c) for r in unsure for c in form.COLUMN_IDS}
        _derive(out, work, open_fields, sure_labels=_under_labels([o for o in observed if o.row]))
    out.findings = _shape_findings(work, observed, out) + _joint_findings(out, work)
    if sideways:
        out.findings.append(_header_finding("most rows do not add up: figures may stand sideways"))
    elif work.moved:
        out.findings.append(_header_finding("several rows do not add up: figures may have moved"))
    return out


def _lacks(row: str, work: Work) -> CellNote | None:
    """Return why a row as a whole has no figures, None where it has."""
    if row in work.joint_rows:
        return _joint_note(str(work.joint_rows[row].row), " ".join(work.joint_rows[row].texts)[:80])
    if row not in work.rows:
        return CellNote(status="absent", reason="the row was not found")
    if row in work.undecided:
        raw = " ".join(work.rows[row].texts)[:80]
        status = "conflict" if row in work.clashes else "unreadable"
        return CellNote(status=status, raw=raw, reason=work.undecided[row])
    return None


def _joint_note(name: str, raw: str) -> CellNote:
    reason = f"one figure for {' and '.join(parts_of(name))}"
    return CellNote(status="joint", raw=raw, reason=reason)


def _not_alone(work: Work) -> set[str]:
    """Return the fields of which nothing is derived: figures of their own are printed nowhere."""
    shared = set(work.joint_fields())
    columns = Counter(f.rpartition("__")[2] for f in shared)
    rows = [r for r in form.ORDER if r in work.joint_rows]
    shared |= {f for r in rows for f in form.fields_of_row(r)}
    wide = [c for c, n in columns.items() if n * 2 > len(work.rows)]
    return shared | {form.field_id(r, c) for r in form.ORDER for c in wide}


def _joint_findings(out: TableReading, work: Work) -> list[Finding]:
    """Tell of figures that are printed for several rows or columns together."""
    told: dict[tuple[str, ...], None] = {}
    for seen in (*work.rows.values(), *work.joint_rows.values()):
        if seen.order != form.COLUMN_IDS or is_joint(seen.row):  # hardly any row
            told.update({parts_of(n): None for n in (*seen.order, str(seen.row)) if is_joint(n)})
    note = "one label or cell for several; the parts have no figure of their own"
    findings = [tell("R3-JOINT", parts, note=note) for parts in told]
    if high := sorted(f for f, n in out.notes.items() if n.reason == SHARED):
        note = f"{SHARED}; none of them has it alone"
        findings.append(tell("R3-JOINT", high, note=note))
    return findings


def _no_piece(f: str, work: Work) -> CellNote:
    """Return why no piece of its row is certain to stand in a place."""
    if f in work.loose_cells:
        return CellNote(
            status="conflict",
            reason="fewer figures than places, and the sums leave several",
            candidates=work.loose_cells[f],
        )
    return CellNote(status="absent", reason="the row has no cell for this column")


def _confirm_split(out: TableReading) -> None:
    """Join digits that stand apart where a row sum and a column sum, both whole, say so."""
    if not (notes := apart(out.notes)):
        return
    for f in _joined_for_sure(out, notes) if len(notes) > 1 else ():
        _join(out, f, notes[f])
    for f, note in notes.items():
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


def _joined_for_sure(out: TableReading, notes: Mapping[str, CellNote]) -> list[str]:
    """Return the cells whose digits every solution of the sums joins, many cells being apart.

    Each may be one figure, or any one of its parts beside a stray mark. Sums with a cell that has
    no number at all prove nothing, and a cell needs a row and a column to prove it.
    """
    fixed = {f: v for f, v in out.values.items() if v is not None}
    cells = {f: made_by(note) for f, note in notes.items() if note.reason == "digits apart"}
    whole = [i for i in out.identities if (fixed.keys() | cells.keys()).issuperset(i.fields)]
    sums = Counter(f for i in whole for f in i.fields)
    options = [
        Options(f, tuple({f: Piece(part)} for part in parts), certain=False)
        for f, parts in cells.items()
        if sums[f] > 1
    ]
    left = agreed(options, fixed, whole)
    joined = {o.row: o.placements[0] for o in options}
    return [f for f, ways in left.items() if all(way == joined[f] for way in ways)]


def _derive(out: TableReading, work: Work, unsure: Collection[str], *, sure_labels: bool) -> None:
    """Derive what the sums prove; figures that may be another row's prove nothing.

    Nor does a sum through a row that no placement fits: one of its figures is wrong. What is
    derived for a row must leave room for the figures it prints, and for a cell be one of those its
    digits may make: where it is not, a sum through that row is wrong as well.

    Of fields that have their figure together with others nothing is derived. Where labels are in
    doubt, a zero alone, in a column that the document has not.
    """
    if None not in out.values.values():
        return  # all is printed: nothing to derive, and the rules look at the sums themselves
    sure = out.values
    if unsure:
        sure = {f: None if f in unsure else v for f, v in out.values.items()}
    open_rows = (work.undecided.keys() | work.by_sums) & work.rows.keys()
    wrong = set(work.unfit)
    shared = _not_alone(work) | {f for f, n in out.notes.items() if n.status == "joint"}
    more = True
    while more:
        fields = {f for row in wrong for f in form.fields_of_row(row)}
        trusted = [i for i in out.identities if fields.isdisjoint(i.fields)]
        derived = proved(sure, trusted, never=shared)
        settled = out.values | {f: n for f, (n, _) in derived.items()}
        without_room = {r for r in open_rows - wrong if not _has_room(settled, r, work)}
        without_room |= _printed_otherwise(derived, out)
        wrong |= without_room
        more = bool(without_room and derived)
    for f, (number, rules) in derived.items():
        if out.values[f] is None:
            note = out.notes.get(f) or out.notes.setdefault(f, CellNote(status="blank"))
            if sure_labels or (number == 0 and note.status == "absent"):
                note.derived, note.proof = number, rules


def _printed_otherwise(derived: Mapping[str, tuple[Number, object]], out: TableReading) -> set[str]:
    """Return the rows of cells for which another number is derived than their digits make."""
    other = {f for f, (number, _) in derived.items() if prints_another(out.notes.get(f), number)}
    rows = (row.id for row in form.ROWS[out.version]) if other else ()
    return {row for row in rows if not other.isdisjoint(form.fields_of_row(row))}


def _has_room(values: Mapping[str, Number | None], row: str, work: Work) -> bool:
    """Whether a row's figures, in the order they are printed, may stand among a row's numbers."""
    variants = work.clashes.get(row, [work.rows[row]])
    return any(
        _is_within(
            [number_of(p) for p in seen.pieces if not p.is_empty],
            [values.get(form.field_id(row, c)) for c in completed(seen.order)],
        )
        for seen in variants
    )


def _is_within(printed: Sequence[Number | None], numbers: Sequence[Number | None]) -> bool:
    """Whether figures in their order may stand among a row's numbers; None may be any number.

    Where they are more than the numbers, one of them is printed twice, side by side.
    """
    if len(printed) > len(numbers):
        return any(
            one == two and _is_within([*printed[:i], *printed[i + 1 :]], numbers)
            for i, (one, two) in enumerate(pairwise(printed))
        )
    at = 0
    for number in numbers:
        if at < len(printed) and (number is None or printed[at] in (None, number)):
            at += 1
    return at == len(printed)


def _under_labels(rows: Sequence[Observed]) -> bool:
    """Whether the headers have a label for each cell; a few wider rows are a lost column's rest.

    Where the labels were read once, in the form's order, whole rows that add up bear out that they
    stand under the same ones: behind a header repeated after a page's end it may stand sideways.
    """
    wider = sum(len(o.order) < WIDTH <= len(o.pieces) for o in rows)
    read = any(o.structural and o.order == form.COLUMN_IDS for o in rows)
    return wider * 2 <= len(rows) and all(o.header_read or (read and _is_whole(o)) for o in rows)


def _is_whole(row: Observed) -> bool:
    """Whether a row has a number in each of its cells, and they add up to the last."""
    numbers = list(known({str(i): p for i, p in enumerate(row.pieces)}).values())
    if len(numbers) != WIDTH or None in numbers:
        return False
    return sum([n or 0 for n in numbers[:-1]]) == numbers[-1]


def _undecided_rule(row: str, work: Work) -> str:
    return "R3-TWICE" if row in work.clashes else "R3-PLACE"


def _adding_up(table: TableReading) -> set[str]:
    """Return the rows through which every sum is whole, with what is proved, and holds."""
    numbers = dict(table.values)
    for f, note in table.notes.items():
        if numbers.get(f) is None:
            numbers[f] = note.derived
    open_or_broken = {
        f
        for i in table.identities
        if not fits(numbers, i) or any(numbers.get(x) is None for x in i.fields)
        for f in i.fields
    }
    rows = [row.id for row in form.ROWS[table.version]]
    return {r for r in rows if open_or_broken.isdisjoint(form.fields_of_row(r))}


def _shape_findings(work: Work, observed: Sequence[Observed], table: TableReading) -> list[Finding]:
    ids = [r.id for r in form.ROWS[work.version]]
    out: list[Finding] = []

    def tell_of(rule: str, rows: Sequence[str], note: str, cause: Cause | None = None) -> None:
        if rows:
            out.append(tell(rule, rows, left=len(rows), note=note, cause=cause))

    if missing := [r for r in ids if r not in work.rows and r not in work.joint_rows]:
        out.append(
            tell(
                "R3-SHAPE",
                missing,
                left=len(ids) - len(missing),
                right=len(ids),
                note="rows not found",
            )
        )
    beside = [r for r in ids if r in work.before_gap and r not in work.undecided]
    tell_of("R3-NEXT", beside, "the next row is missing; these figures may be its own")
    for rule, note in sorted({(_undecided_rule(r, work), n) for r, n in work.undecided.items()}):
        tell_of(rule, [r for r in ids if work.undecided.get(r) == note], note, "unknown")
    short = sorted(
        r
        for r in work.by_sums - work.undecided.keys()
        if any(work.placed.get(form.field_id(r, c), 0) is None for c in form.COLUMN_IDS)
        or any(form.field_id(r, c) in work.loose_cells for c in form.COLUMN_IDS)
    )
    adding_up = _adding_up(table) if short else set()
    proved_rows = [r for r in short if r in adding_up]
    tell_of("R3-SIXCELL", proved_rows, "rows with a missing cell; placed where all sums hold")
    note = "rows with a missing cell; read is what all places share that the sums leave"
    tell_of("R3-SIXCELL", [r for r in short if r not in adding_up], note)
    run_on = sorted(work.by_sums - set(short) - work.undecided.keys())
    note = "figures run together or apart; the only cut all sums accept"
    tell_of("R3-RUNON", run_on, note)
    ordered = sorted(work.by_order - set(work.undecided))
    note = "rows without a readable label, placed by order, all sums hold"
    tell_of("R3-ORDER", ordered, note)
    if work.stray:
        note = "rows of figures that belong to no row of the form"
        out.append(tell("R3-STRAY", "t3", left=work.stray, note=note))
    if not _under_labels([o for o in observed if o.row]):
        note = "column labels not readable; columns taken in the form's order"
        out.append(_header_finding(note))
    return out


def _header_finding(note: str) -> Finding:
    return tell("R3-HEADER", form.COLUMN_IDS, note=note)


def _sideways(table: TableReading, work: Work) -> bool:
    """Whether most rows contradict their totals: one that adds up may do so by chance.

    Rows that break down nothing (no applicant but a total) are a source's own way.
    """
    printed = [[table.values[f] for f in form.fields_of_row(row)] for row in work.rows]
    rows = [[n for n in own if n is not None] for own in printed if None not in own]
    sums = [(total, sum(parts)) for *parts, total in rows if any(parts)]
    broken = sum(total != parts for total, parts in sums)
    return broken >= LEAST_ROWS and broken * 2 > len(sums)

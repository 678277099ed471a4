"""Table four, read: fifteen figures in one row, by header where there is one, else in order.

Where no such row is found, its blocks are looked for (``dispute_blocks``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.documents.blocks import Document
from pipelines.forms import disputes as form
from pipelines.forms.cells import cell_value, prints_another
from pipelines.forms.dispute_blocks import read_blocks
from pipelines.forms.dispute_rows import DisputeRow, grid_rows, text_rows
from pipelines.forms.labels import is_joint, parts_of
from pipelines.forms.misprints import proved
from pipelines.forms.model import TableReading
from pipelines.forms.paper import Paper, paper_of
from pipelines.forms.pieces import Piece
from pipelines.forms.placements import (
    Options,
    Placement,
    fits,
    number_of,
    placements_in_order,
    solve,
    split_digits,
    with_near_misses,
)
from pipelines.forms.recognised import marked
from pipelines.forms.repeated_tables import one_of
from pipelines.record import CellNote, tell


def read_dispute_table(document: Document | Paper) -> TableReading | None:
    """Return table four of a document, or None where it has none."""
    paper = paper_of(document)
    in_a_row = [rows for rows in (*grid_rows(paper), *text_rows(paper)) if rows]
    tables = in_a_row or _block_rows(paper)
    return marked(one_of([_read_rows(rows) for rows in tables], "R4-TWICE"), paper)


# -- rows of one table --------------------------------------------------------------------------


def _read_rows(rows: Sequence[DisputeRow]) -> TableReading:
    """Read a table; of several rows that none of them says is the report's, what they share."""
    readings = [_read(r) for r in rows]
    out = one_of(readings, "R4-TWICE")
    assert out is not None
    if len(readings) > 1:
        out.copies = 1
        differing = ",".join(f for f, note in out.notes.items() if note.status == "conflict")
        # Of one table nothing follows for the others: it is not another report's.
        out.findings = [
            replace(f, where=differing, note="several rows, nothing says which is the year's")
            if f.rule == "R4-TWICE"
            else f
            for f in out.findings
        ]
    return out


def _block_rows(paper: Paper) -> list[list[DisputeRow]]:
    return [
        [
            DisputeRow(
                tuple(b.placed.values()),
                tuple(b.placed),
                b.where,
                b.carrier,
                in_blocks=True,
                unread=b.unread,
            )
        ]
        for b in read_blocks(paper)
    ]


def _read(row: DisputeRow) -> TableReading:
    out = TableReading(
        table="t4", version="", identities=form.identities(), carrier=row.carrier, where=row.where
    )
    out.sources = (row.where,)
    if row.fields is not None:
        placement = dict.fromkeys(form.FIELDS) | dict(zip(row.fields, row.pieces, strict=True))
        option = Options("t4", (placement,), certain=True)
    else:
        placements, certain = _in_order(row)
        option = Options("t4", tuple(placements), certain=certain)
    solutions = list(option.placements)
    if not option.certain:
        solved = solve([option], {}, out.identities)
        solutions = [] if solved.exhausted else [s["t4"] for s in solved.placements]
        if solutions:
            left = with_near_misses([option], {"t4": solutions}, {}, out.identities)
            solutions = left["t4"]
    joint = _joint_fields(row)
    for f in form.FIELDS:
        if f in joint:
            out.values[f], out.notes[f] = None, joint[f]
            continue
        pieces = [s.get(f) for s in solutions]
        numbers = set(map(number_of, pieces))
        if not pieces:
            out.values[f] = None
            out.notes[f] = CellNote(
                status="unreadable",
                raw=" ".join(p.text for p in row.pieces)[:80],
                reason="more or fewer figures than places, and the sums do not decide",
            )
        elif len(numbers) == 1 and all(p is not None for p in pieces):
            out.values[f], note = cell_value(pieces[0])  # type: ignore[arg-type]  # checked: not None
            if note:
                out.notes[f] = note
            if option.certain:
                out.firm.add(f)
        elif all(p is None for p in pieces):
            out.values[f], out.notes[f] = None, CellNote(status="absent", reason="no cell")
        else:
            out.values[f] = None
            out.notes[f] = CellNote(
                status="conflict",
                reason="fewer figures than places, and the sums leave several",
                candidates=tuple(sorted(n for n in numbers if n is not None)),
            )
    if not solutions:
        out.findings.append(
            tell(
                "R4-SHAPE",
                "t4",
                left=len([p for p in row.pieces if not p.is_empty]),
                right=len(form.FIELDS),
                note="figures found, places of the form",
            )
        )
    elif not option.certain:
        out.findings.append(
            tell(
                "R4-RUNON",
                "t4",
                note="figures run together or a cell missing; placed as the sums demand",
            )
        )
    if row.in_blocks and (row.unread or len(row.pieces) < len(form.FIELDS)):
        out.findings.append(
            tell(
                "R4-SHAPE",
                "t4",
                left=len(row.pieces),
                right=len(form.FIELDS),
                note="figures whose labels name group and result, places of the form",
                severity="W",
            )
        )
    if solutions and not row.header_read:
        out.findings.append(
            tell(
                "R4-HEADER",
                "t4",
                note="column labels not readable; columns taken in the form's order",
            )
        )
    if joint:
        said = "one label for several; the parts have no figure of their own"
        out.findings.append(tell("R4-JOINT", list(joint), left=len(joint), note=said))
    if option.certain and _in_doubt(out):
        out.findings.append(
            tell(
                "R4-SHAPE",
                "t4",
                left=sum(v is not None for v in out.values.values()),
                right=len(form.FIELDS),
                note="the figures may stand sideways: sums are broken",
                severity="W",
            )
        )
    if row.header_read:
        _prove(out, certain=option.certain)
    return out


def _joint_fields(row: DisputeRow) -> dict[str, CellNote]:
    """Return the fields whose figure is printed for them and others together."""
    out: dict[str, CellNote] = {}
    for name, piece in zip(row.fields or (), row.pieces, strict=False):
        if is_joint(name):
            group, _, outcome = name.removeprefix("t4_").rpartition("_")
            parts = [f"t4_{g}_{o}" for g in parts_of(group) for o in parts_of(outcome)]
            reason = f"one figure for {' and '.join(parts)}"
            note = CellNote(status="joint", raw=piece.text, reason=reason)
            out.update(dict.fromkeys(parts, note))
    return out


def _in_doubt(table: TableReading) -> bool:
    """Whether figures may have moved out of their group.

    Several sums are broken, or one where figures are missing: what reached another group may add up
    with blanks there.
    """
    broken = sum(not fits(table.values, i) for i in table.identities)
    return broken > 1 or (broken == 1 and None in table.values.values())


def _in_order(row: DisputeRow) -> tuple[list[Placement], bool]:
    core = [p for p in row.pieces if not p.is_empty]
    glued = "".join(p.text for p in core)
    if (
        len(core) <= 3 and glued.isdigit() and len(glued) > len(row.order)
    ):  # one string, with stray spaces
        return _cut_in_three(glued, row.order), False
    if len(core) == 1 and glued.isdigit() and len(glued) == len(row.order):
        return [{f: Piece(d) for f, d in zip(row.order, glued, strict=True)}], False
    apart = [text for p in core for text in p.text.split()]
    if len(core) < len(row.order) == len(apart) and all(map(str.isdigit, apart)):
        # As many figures as places, some of them parted by no more than a space: if the three
        # sums hold, they are the places' own.
        return [{f: Piece(text) for f, text in zip(row.order, apart, strict=True)}], False
    return placements_in_order(row.pieces, row.order, cells=row.carrier != "text" or row.cells)


_MOST_CUTS = 200


def _cut_in_three(digits: str, order: Sequence[str]) -> list[Placement]:
    """Cut one digit string into three groups of five figures, one of them the sum of four.

    Cutting group by group keeps this small where fifteen free borders would not be.
    """
    size = len(form.OUTCOMES)
    totals = [i % size for i, f in enumerate(order) if f.endswith("_total")]
    out: list[Placement] = []

    def groups(text: str, left: int) -> Iterator[list[tuple[int, ...]]]:
        if left == 0:
            if not text:
                yield []
            return
        for end in range(size, min(len(text) - size * (left - 1), 14) + 1):
            for numbers in split_digits(text[:end], size):
                if 2 * numbers[totals[-left]] == sum(numbers):
                    for rest in groups(text[end:], left - 1):
                        yield [numbers, *rest]

    if len(digits) <= 40:  # fifteen figures of a real report are shorter
        for parts in groups(digits, len(form.GROUPS)):
            flat = [n for part in parts for n in part]
            out.append({f: Piece(str(n)) for f, n in zip(order, flat, strict=True)})
            if len(out) > _MOST_CUTS:  # undecidable, and the rest might say otherwise
                return []
    return out


def _prove(out: TableReading, *, certain: bool) -> None:
    """Derive what the sums prove; of figures they also placed only what adds up without them.

    One sum a group both placed and derived would be its own witness.
    """
    if None not in out.values.values():
        return
    joint = {f for f, note in out.notes.items() if note.status == "joint"}
    derived = proved(out.values, out.identities, lone_sums=True, never=joint)
    for f, (number, rules) in derived.items():
        if (number and not certain) or prints_another(out.notes.get(f), number):
            continue
        note = out.notes.setdefault(f, CellNote(status="blank"))
        note.derived, note.proof = number, rules

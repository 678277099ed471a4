"""Table two, read: every figure under the column label of its own block.

No sum proves this table, so nothing is placed by counting alone: a row has exactly as many figures
as its block has column labels, or each figure stands under its label; else the cells stay null.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipelines.documents.blocks import Document
from pipelines.forms import disclosure as form
from pipelines.forms.cells import cell_value
from pipelines.forms.disclosure_rows import (
    FIELDS,
    DisclosureRow,
    fields_at,
    grid_rows,
    text_rows,
)
from pipelines.forms.labels import is_joint, parts_of, width_of
from pipelines.forms.model import TableReading
from pipelines.forms.paper import Paper, paper_of
from pipelines.forms.pieces import Piece
from pipelines.forms.recognised import marked
from pipelines.forms.repeated_tables import one_of
from pipelines.forms.request_rows import GEOMETRIC
from pipelines.forms.units import Units, amount_of
from pipelines.reading.normal import ARROW
from pipelines.record import CellNote, Number, tell

_Reading = tuple[Number | None, CellNote | None]


def read_disclosure_table(document: Document | Paper) -> TableReading | None:
    """Return table two of a document, or None where it has none."""
    paper = paper_of(document)
    rows = _less_doubtful([*grid_rows(paper)])
    in_text = [*text_rows(paper)]
    if len({r.row for r in in_text}) > len({r.row for r in rows}):
        rows, in_text = in_text, rows
    known = {r.row for r in rows}
    rows += [r for r in in_text if r.row not in known]
    tables = [t for t in _tables(rows) if any(r.cells for r in t)]
    return marked(one_of([_assemble(t) for t in tables], "R2-TWICE"), paper)


def _less_doubtful(rows: list[DisclosureRow]) -> list[DisclosureRow]:
    """Drop the rows without their own header that are found again, under it or without."""
    times = Counter(r.row for r in rows)
    return [r for r in rows if not r.headless or times[r.row] == 1]


def _tables(rows: Sequence[DisclosureRow]) -> list[list[DisclosureRow]]:
    """Cut the rows where the table begins again: its first row comes back, others between."""
    out: list[list[DisclosureRow]] = []
    names: set[str] = set()
    for row in rows:
        again = out and row.row == out[-1][0].row and len(names) > 1
        if again or not out:
            out.append([])
            names = set()
        out[-1].append(row)
        names.add(row.row)
    return out


# -- values -------------------------------------------------------------------------------------


def _version(rows: Sequence[DisclosureRow]) -> str:
    cols = {c for r in rows for name in r.columns for c in parts_of(name)}
    found = {
        b.version for b in form.BLOCKS for c in b.columns if c.id in cols and c.id != "decisions"
    }
    if len(found) == 1:
        return found.pop()
    return "mixed" if found else "v2021"


def _under_whole_headers(rows: Sequence[DisclosureRow], version: str) -> list[DisclosureRow]:
    """Withdraw the figures that were only counted where the header lacks a label of the form.

    One figure for one label may then be two that run together.
    """
    width = {
        (row, column): len(b.columns)
        for b in form.BLOCKS
        if version in (b.version, "mixed")
        for row, column in b.fields
    }
    reason = "a column label is missing"
    return [
        replace(r, cells=(), reason=reason)
        if r.counted
        and width_of(set(r.columns)) < width.get((parts_of(r.row)[0], parts_of(r.columns[0])[0]), 0)
        else r
        for r in rows
    ]


_ORDER = ("rules", "normative", "otherdoc", "license", "service", "penalty", "coercion", "fee",
          "procurement")  # fmt: skip
"""The rows as the forms print them, all versions together."""
_FIELDS_OF = {row: [f for (of, _), f in FIELDS.items() if of == row] for row in _ORDER}


def _look_behind(
    rows: Sequence[DisclosureRow], version: str
) -> tuple[list[DisclosureRow], list[str]]:
    """Withdraw the figures of rows behind which a row is missing; return also those only in doubt.

    Where text was lost from one row's label to the next one's, the next row's figures now follow
    the first label, and this table has no sum that could tell. On a row or line of their own they
    are kept, with a finding.
    """
    expected = {f for v in ("v2019", "v2021") if version in (v, "mixed") for f in form.fields_of(v)}
    known = {name for r in rows for name in parts_of(r.row)}
    missing = [
        n for n, r in enumerate(_ORDER) if r not in known and not expected.isdisjoint(_FIELDS_OF[r])
    ]  # fmt: skip
    out: list[DisclosureRow] = []
    beside: list[str] = []
    ranks = [max(map(_ORDER.index, parts_of(r.row))) for r in rows]
    behinds = [*(min(map(_ORDER.index, parts_of(r.row))) for r in rows[1:]), len(_ORDER)]
    for row, rank, behind in zip(rows, ranks, behinds, strict=True):
        lost = [_ORDER[m] for m in missing if rank < m < behind or behind < rank]
        lost = [*lost, row.then] if row.then else lost
        if not lost or not row.cells or row.carrier in GEOMETRIC:
            out.append(row)
        elif row.anchored and not row.then:
            out.append(row)
            beside += [f for c, _ in row.cells for f in fields_at(row.row, c)]
        else:
            reason = f"the next row, {lost[0]}, is missing: the figures may be its own"
            out.append(replace(row, cells=(), reason=reason))
    return out, beside


def _assemble(rows: Sequence[DisclosureRow]) -> TableReading:
    version = _version(rows)
    out = TableReading(table="t2", version=version)
    first = next((r for r in rows if r.cells), rows[0])
    out.carrier, out.where = first.carrier, first.where
    out.sources = tuple(r.where for r in rows)
    expected = [f for v in ("v2019", "v2021") if version in (v, "mixed") for f in form.fields_of(v)]
    seen: dict[str, tuple[Number | None, CellNote | None]] = {}
    joint: dict[str, CellNote] = {}
    rows, beside = _look_behind(_under_whole_headers(rows, version), version)
    for row in rows:
        for name, piece in row.cells:
            fields = fields_at(row.row, name)
            if is_joint(row.row) or is_joint(name):
                joint.update((f, _joint_note(row.row, name, piece)) for f in fields)
                continue
            if not fields:
                continue
            f = fields[0]
            scopes = (row.label_units, dict(row.units).get(name, ()), *row.above)
            reading = _value(f, piece, scopes, out)
            if f in seen and seen[f][0] != reading[0] and reading[0] is not None:
                reading = _merged(f, seen[f], reading, out)
            elif f in seen:
                continue
            seen[f] = reading
        if not row.cells:
            for f in (f for name in row.columns for f in fields_at(row.row, name)):
                note = CellNote(status="unreadable", raw=row.raw, reason=row.reason)
                seen.setdefault(f, (None, note))
    for f, note in joint.items():
        seen.setdefault(f, (None, note))
    missing = [f for f in expected if f not in seen]
    absent: _Reading = (None, CellNote(status="absent", reason="not found"))
    for f in [*expected, *(f for f in seen if f not in expected)]:
        out.values[f], remark = seen.get(f, absent)
        if remark:
            out.notes[f] = remark
    if missing:
        out.findings.append(
            tell(
                "R2-SHAPE",
                missing,
                left=len(expected) - len(missing),
                right=len(expected),
                note="places not found",
            )
        )
    if beside:
        out.findings.append(
            tell(
                "R2-NEXT",
                beside,
                left=len(beside),
                note="the next row is missing; these figures may be its own",
            )
        )
    if shared := sorted(f for f, n in out.notes.items() if n.status == "joint"):
        said = "one label or cell for several; the parts have no figure of their own"
        out.findings.append(tell("R2-JOINT", shared, left=len(shared), note=said))
    unread = sorted(f for f, n in out.notes.items() if n.status == "unreadable")
    if unread:
        out.findings.append(
            tell(
                "R2-PLACE",
                unread,
                left=len(unread),
                note="figures without a certain place or value",
            )
        )
    out.firm = {f for f, v in out.values.items() if v is not None}
    return out


def _joint_note(row: str, column: str, piece: Piece) -> CellNote:
    parts = parts_of(row) if is_joint(row) else parts_of(column)
    return CellNote(status="joint", raw=piece.text, reason=f"one figure for {' and '.join(parts)}")


def _merged(
    f: str,
    one: tuple[Number | None, CellNote | None],
    two: tuple[Number | None, CellNote | None],
    out: TableReading,
) -> tuple[Number | None, CellNote | None]:
    if one[0] is None and (one[1] is None or one[1].status not in {"conflict", "unreadable"}):
        return two
    candidates = tuple(sorted({v for v in (one[0], two[0]) if v is not None}))
    out.findings.append(
        tell("R2-TWICE", f, left=one[0], right=two[0], note="printed twice with different figures")
    )
    return None, CellNote(
        status="conflict", reason="printed twice with different figures", candidates=candidates
    )


def _value(
    f: str, piece: Piece, scopes: Sequence[Units], out: TableReading
) -> tuple[Number | None, CellNote | None]:
    money = f.endswith("wanyuan")
    value, note = cell_value(piece, whole=not money)
    reading = piece.reading
    if reading.note == ARROW and f.endswith("_items_delta"):
        return reading.candidates[0], CellNote(
            status="converted", raw=piece.text, reason=reading.note
        )
    if value is None:
        return None, note
    if reading.note in {"sign", "double-sign"} and f.endswith("_items_prev"):
        out.findings.append(
            tell(
                "R2-19-SHIFT",
                f,
                left=piece.text,
                note="a signed figure under 上一年项目数量: the row may be shifted",
            )
        )
    if reading.note == "double-sign":
        note = CellNote(status="converted", raw=piece.text, reason="two signs")
    if not money:
        return value, note
    amount = amount_of(piece, scopes, "万元")
    if amount.conflict:
        farther, nearer = amount.conflict
        out.findings.append(
            tell(
                "R2-FEE-UNITCONFLICT",
                f,
                left=farther,
                right=nearer,
                note="the unit in the cell is used" if reading.unit else "the nearer unit is used",
            )
        )
    return amount.value, amount.note

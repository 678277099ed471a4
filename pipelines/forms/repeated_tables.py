"""A table that a document prints more than once: the same again, or another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.forms.model import TableReading
from pipelines.record import CellNote, Finding, tell
from pipelines.vocabulary.rules import rule_of

_LEAST_WITNESSES = 5
_REASON = "the table is printed twice with different figures"


def one_of(readings: Sequence[TableReading], rule: str) -> TableReading | None:
    """Return the fullest of several readings of a table, less what the others contradict.

    Copies that differ nowhere are one table (pages print one for screens and one for telephones).
    Where one figure differs they are two tables, and nothing says which is the report's: then only
    what both print alike is kept, not even what one alone prints.
    """
    if not readings:
        return None
    if len(readings) == 1:
        return readings[0]
    best = max(readings, key=lambda r: sum(v is not None for v in r.values.values()))
    best.copies = len(readings)
    for other in readings:
        if other is not best:
            _withdraw(best, other, rule)
    return best


def tell_whose(tables: Mapping[str, TableReading]) -> None:
    """Say of a table that stands alone beside tables of two reports that it may be either's."""
    two = [t for t in tables.values() if any(is_another(f, t) for f in t.findings)]
    for table in tables.values() if two else ():
        if table.copies == 1:
            _take_back_proofs(table)  # they show what this table holds, not whose it is
            table.findings.append(
                tell(
                    rule_of(table.table, "WHOSE"),
                    table.table,
                    note=f"{two[0].table} is printed twice with different figures, this table once",
                )
            )


def _take_back_proofs(table: TableReading) -> None:
    for note in table.notes.values():
        note.derived, note.proof = None, ()


def is_another(finding: Finding, table: TableReading) -> bool:
    """Return whether a finding says that the table is printed twice, with different figures."""
    return finding.rule.endswith("-TWICE") and finding.where == table.table


def _withdraw(best: TableReading, other: TableReading, rule: str) -> None:
    both = [f for f, v in other.values.items() if v is not None and best.values.get(f) is not None]
    same_form = other.version == best.version or not any(
        v is not None for v in other.values.values()
    )
    same = all(other.values[f] == best.values[f] for f in both)
    # Where one lacks a part or could not be read, zeros and a figure or two do not show that it
    # says the same.
    witnesses = sum(bool(best.values[f]) for f in both)
    unread = any(n.status in {"unreadable", "conflict", "absent"} for n in other.notes.values())
    if same_form and same and (witnesses >= _LEAST_WITNESSES or not unread):
        return
    differing = sorted(f for f, v in best.values.items() if other.values.get(f) != v)
    for f in differing:
        pair = {best.values[f], other.values.get(f)}
        best.values[f] = None
        best.notes[f] = CellNote(
            status="conflict",
            reason=_REASON,
            candidates=tuple(sorted(v for v in pair if v is not None)),
        )
    _take_back_proofs(best)  # what sums proved of one table says nothing of the other
    best.findings = [f for f in best.findings if f.rule != rule]
    best.findings.append(tell(rule, best.table, left=len(differing), note=_REASON))

"""The older statistical tables: one indicator a row, a unit, and one or two figures.

A form is a declaration of rows; this module turns the declarations of ``v2014_annex``,
``shanghai_annex`` and ``fujian_annex`` into something the reader can walk.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.forms.model import FormRow, Identity


@dataclass(slots=True, frozen=True, kw_only=True)
class Sum:
    """``total == sum(parts)``; parts that a variant of the form lacks count as nothing."""

    rule: str
    total: str
    parts: tuple[str, ...]


@dataclass(slots=True, frozen=True, kw_only=True)
class IndicatorForm:
    """A list of indicators.

    ``marks`` tell the form from its labels (formats.md 0); ``columns`` is 1, or 2 where the form
    prints the year and the cumulative figure (``__cum``) side by side.
    """

    version: str
    prefix: str
    rows: tuple[FormRow, ...]
    marks: tuple[str, ...]
    columns: int = 1
    sums: tuple[Sum, ...] = ()
    at_most: tuple[tuple[str, str], ...] = ()
    """(part, whole): the part cannot exceed the whole."""

    def field(self, row: str, column: int = 0) -> str:
        """Return the field id of a row's figure."""
        return f"{self.prefix}{row}{'__cum' if column else ''}"

    def identities(self, present: set[str]) -> tuple[Identity, ...]:
        """Return the sums whose total and at least two parts are printed in this table."""
        out: list[Identity] = []
        for s in self.sums:
            parts = [p for p in s.parts if p in present]
            if s.total in present and len(parts) > 1:
                out.extend(
                    Identity(
                        rule=s.rule,
                        where=s.total + ("__cum" if c else ""),
                        left=(self.field(s.total, c),),
                        right=tuple(self.field(p, c) for p in parts),
                    )
                    for c in range(self.columns)
                )
        return tuple(out)


def declare(table: str) -> tuple[FormRow, ...]:
    """Read rows written one a line: ``id ; unit ; key ; label``."""
    rows = []
    for line in table.strip().splitlines():
        name, unit, key, label = (part.strip() for part in line.split(";", 3))
        rows.append(FormRow(id=name, unit=unit, key=key, label=label))
    return tuple(rows)

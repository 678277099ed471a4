"""The data dictionary: every field a record can hold, generated from the declared forms.

The order is the order of columns in every export: table two, three, four, then the older
annexes, each as its form prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.forms.disclosure import BLOCKS
from pipelines.forms.disputes import GROUPS, OUTCOMES
from pipelines.forms.indicator_table import FORMS
from pipelines.forms.requests import ALL_ROWS, COLUMNS, ROWS, field_id

_DECIMAL = ("万元", "元")


@dataclass(slots=True, frozen=True, kw_only=True)
class Field:
    """An entry of the data dictionary."""

    field_id: str
    table: str
    label: str
    """As the form prints it: group, row and column."""
    unit: str
    versions: tuple[str, ...]

    @property
    def integer(self) -> bool:
        """Tell whether the field counts things; amounts of money have decimals."""
        return self.unit not in _DECIMAL


@cache
def fields() -> dict[str, Field]:
    """Return every declared field by id, in the order of the forms."""
    out: dict[str, Field] = {}
    for entry in (*_table_two(), *_table_three(), *_table_four(), *_annexes()):
        known = out.get(entry.field_id)
        versions = (*(known.versions if known else ()), *entry.versions)
        out[entry.field_id] = Field(
            field_id=entry.field_id,
            table=entry.table,
            label=known.label if known else entry.label,
            unit=known.unit if known else entry.unit,
            versions=tuple(dict.fromkeys(versions)),
        )
    return out


def _table_two() -> Iterator[Field]:
    for block in BLOCKS:
        rows = {row.id: row for row in block.rows}
        columns = {col.id: col for col in block.columns}
        for (row, col), name in block.fields.items():
            unit = "万元" if name.endswith("_wanyuan") else rows[row].unit
            label = f"{rows[row].label} / {columns[col].label}"
            yield Field(
                field_id=name, table="t2", label=label, unit=unit, versions=(block.version,)
            )


def _table_three() -> Iterator[Field]:
    for row in ALL_ROWS:
        versions = tuple(v for v, rows in ROWS.items() if row in rows)
        for col in COLUMNS:
            label = " / ".join(part for part in (row.group, row.label, col.label) if part)
            name = field_id(row.id, col.id)
            yield Field(field_id=name, table="t3", label=label, unit=row.unit, versions=versions)


def _table_four() -> Iterator[Field]:
    for group in GROUPS:
        for outcome in OUTCOMES:
            yield Field(
                field_id=f"t4_{group.id}_{outcome.id}",
                table="t4",
                label=f"{group.label} / {outcome.label}",
                unit="件",
                versions=("v2019", "v2021"),
            )


def _annexes() -> Iterator[Field]:
    for form in FORMS:
        for column in range(form.columns):
            for row in form.rows:
                label = row.label + (" / 历年累计" if column else "")
                yield Field(
                    field_id=form.field(row.id, column),
                    table="annex",
                    label=label,
                    unit=row.unit,
                    versions=(form.version,),
                )


_TABLES = {
    "t2": "Table two: proactive disclosure (主动公开)",
    "t3": "Table three: requests (收到和处理政府信息公开申请)",
    "t4": "Table four: reviews and suits (行政复议、行政诉讼)",
    "annex": "Statistical annexes of the years before 2019",
}


def as_markdown() -> str:
    """Return docs/fields.md: every field of ``values``, as the forms are declared."""
    lines = [
        "# Fields",
        "",
        "Written by `python docs/build.py` from the code; change it there.",
        "",
        "Every field `values` can hold. Which of them a report has follows from its",
        "`table_versions`. A figure is what the document prints; a cell that prints none is null",
        "and said in `cells`.",
    ]
    for table, title in _TABLES.items():
        lines += ["", f"## {title}", "", "| field | label | unit | form versions |"]
        lines.append("| --- | --- | --- | --- |")
        lines.extend(
            f"| `{f.field_id}` | {f.label} | {f.unit} | {', '.join(f.versions)} |"
            for f in fields().values()
            if f.table == table
        )
    return "\n".join([*lines, ""])

"""The data dictionary: every field a record can hold, generated from the declared forms.

Chinese labels, units and versions come from the forms, English and explanations from
``meanings``.

The order is the order of columns in every export: table two, three, four, then the older
annexes, each as its form prints it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.forms.disclosure import BLOCKS
from pipelines.forms.disputes import GROUPS, OUTCOMES
from pipelines.forms.indicator_table import FORMS
from pipelines.forms.requests import ALL_ROWS, COLUMNS, ROWS, field_id
from pipelines.store import meanings, metrics
from pipelines.store.identity_of_content import MAIN_BECAUSE

_DECIMAL = ("万元", "元")
_UNITS = {
    **dict.fromkeys(("items_prev", "items_delta", "bought"), "项"),
    **dict.fromkeys(("fee_amount", "bought_amount"), "万元"),
}
"""Units of columns of table two that do not count documents or decisions (件)."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Field:
    """An entry of the data dictionary."""

    field_id: str
    table: str
    label: str
    """As the form prints it: group, row and column."""
    unit: str
    versions: tuple[str, ...]
    english: str = ""

    @property
    def meaning(self) -> str:
        """Return what the label alone does not tell, empty where it tells all."""
        return meanings.longest(meanings.EXPLAINED, self.field_id)

    @property
    def caveats(self) -> str:
        """Return what to mind when figures of several reports are compared."""
        return meanings.longest(meanings.CAVEATS, self.field_id)

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
            english=entry.english,
        )
    return out


COLUMNS_OF_ENTRY = (
    "field",
    "table",
    "label",
    "english",
    "unit",
    "form_versions",
    "meaning",
    "caveats",
)


def rows(names: Collection[str] = (), *, with_metrics: bool = False) -> list[tuple[str, ...]]:
    """Return the dictionary as a table under ``COLUMNS_OF_ENTRY``.

    ``names``: fields that occur; those no form declares are listed last.
    """
    known = fields()
    unknown = (
        Field(field_id=name, table="", label="", unit="", versions=())
        for name in sorted(set(names) - known.keys())
    )
    out: list[tuple[str, ...]] = [
        (
            f.field_id,
            f.table,
            f.label,
            f.english,
            f.unit,
            " ".join(f.versions),
            f.meaning,
            f.caveats,
        )
        for f in (*known.values(), *unknown)
    ]
    if with_metrics:
        out += [
            (m.name, "metric", m.label, m.english, m.unit, "", m.definition, "")
            for m in metrics.EVERY
        ]
    return out


def _table_two() -> Iterator[Field]:
    for block in BLOCKS:
        rows = {row.id: row for row in block.rows}
        columns = {col.id: col for col in block.columns}
        for (row, col), name in block.fields.items():
            yield Field(
                field_id=name,
                table="t2",
                label=f"{rows[row].label} / {columns[col].label}",
                unit=_UNITS.get(col, rows[row].unit),
                versions=(block.version,),
                english=f"{meanings.ROWS[row]}: {meanings.COLUMNS[col]}",
            )


def _table_three() -> Iterator[Field]:
    for row in ALL_ROWS:
        versions = tuple(v for v, rows in ROWS.items() if row in rows)
        for col in COLUMNS:
            label = " / ".join(part for part in (row.group, row.label, col.label) if part)
            name = field_id(row.id, col.id)
            yield Field(
                field_id=name,
                table="t3",
                label=label,
                unit=row.unit,
                versions=versions,
                english=f"{meanings.ROWS[row.id]}: {meanings.APPLICANTS[col.id]}",
            )


def _table_four() -> Iterator[Field]:
    for group in GROUPS:
        for outcome in OUTCOMES:
            yield Field(
                field_id=f"t4_{group.id}_{outcome.id}",
                table="t4",
                label=f"{group.label} / {outcome.label}",
                unit="件",
                versions=("v2019", "v2021"),
                english=f"{meanings.ROWS[group.id]}: {meanings.COLUMNS[outcome.id]}",
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
                    english=meanings.INDICATORS[row.id] + (", since 2008" if column else ""),
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
        lines += ["", f"## {title}", "", "| field | label | English | unit | form versions |"]
        lines.append("| --- | --- | --- | --- | --- |")
        chosen = [f for f in fields().values() if f.table == table]
        lines.extend(
            f"| `{f.field_id}` | {f.label} | {f.english} | {f.unit} | {', '.join(f.versions)} |"
            for f in chosen
        )
        said = [(f"`{n}…`", t) for n, t in meanings.EXPLAINED.items() if n.startswith(table)]
        said += [
            (f"`{n}…`", t)
            for n, t in meanings.CAVEATS.items()
            if any(f.field_id == n or f.field_id.startswith(f"{n}_") for f in chosen)
        ]
        if said:
            lines += ["", *(f"- {name} {text}" for name, text in said)]
    lines += [
        "",
        "## Derived metrics (`scrapy export --metrics`)",
        "",
        *(line for line in (metrics.__doc__ or "").splitlines()[2:] if line),
        "Per head of population: not here, no report prints it.",
        "",
        "| metric | label | English | unit | definition |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| `{m.name}` | {m.label} | {m.english} | {m.unit} | {m.definition} |"
            for m in metrics.EVERY
        ),
    ]
    lines += [
        "",
        "## Why an edition is not the main one (`editions[].main_because`)",
        "",
        'A line rests on one document, its main edition; each other edition says why. "It" is',
        'the main edition, "the other" the edition that says so. The first reason that holds, in',
        "this order, is said.",
        "",
        "| reason | meaning |",
        "| --- | --- |",
        *(f"| `{reason}` | {meaning} |" for reason, meaning in MAIN_BECAUSE.items()),
    ]
    return "\n".join([*lines, ""])

"""The forms of the statistical tables, as declarations, and the readers that place and prove.

``read_forms`` tells the form of each table from its labels, never from the year, so a v2019 table
three beside a v2021 table two is read as just that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from pipelines.documents.blocks import Document
from pipelines.forms.disclosure_table import read_disclosure_table
from pipelines.forms.dispute_table import read_dispute_table
from pipelines.forms.indicator_table import read_indicator_table, unknown_indicators
from pipelines.forms.model import FormReading, TableReading
from pipelines.forms.other_scopes import without_other_scope
from pipelines.forms.other_years import without_other_years
from pipelines.forms.paper import Paper, paper_of
from pipelines.forms.repeated_tables import is_another, tell_whose
from pipelines.forms.request_table import read_request_table
from pipelines.record import tell

__all__ = ["FormReading", "read_forms"]


def read_forms(document: Document) -> FormReading:
    """Read every statutory table of a document.

    A reader that raises costs its own table and no other; ``failed`` of the reading says so.

    Returns:
        the tables found under ``t2``, ``t3``, ``t4``, ``annex``; empty where there is none.
    """
    reading = _read(document)
    for rule, less, note in _OTHERS:
        if not any(_printed_twice(t) for t in reading.tables.values()):
            break
        # Only then it matters whether a heading gives one of the two to another year or scope.
        own = less(document)
        again = _read(own) if own else None
        if again and again.tables.keys() == reading.tables.keys():
            document, reading = own or document, again
            reading.findings.append(tell(rule, reading.tables, note=note))
    tell_whose(reading.tables)
    return reading


_OTHERS = (
    ("RM-OTHER-YEAR", without_other_years, "a table under a heading of another year is left out"),
    (
        "RM-OTHER-SCOPE",
        without_other_scope,
        "a table captioned for the other scope is left out",
    ),
)
"""Why a table may stand there twice, and what is left of a document without the other one."""


def _printed_twice(table: TableReading) -> bool:
    return any(is_another(f, table) for f in table.findings)


def _read(document: Document) -> FormReading:
    reading = FormReading()
    paper = _tried(reading, "records", lambda: paper_of(document)) or _tried(
        reading, "paper", lambda: paper_of(document, gathered=False)
    )
    if paper is not None:
        _read_tables(paper, reading)
    return reading


_T = TypeVar("_T")


def _tried(reading: FormReading, name: str, read: Callable[[], _T]) -> _T | None:
    """Return what a reader returns; None where it raises, which is kept with its name."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001 - a bug in one reader must not cost the others
        reading.failed.append(f"{name}: {type(error).__name__}: {error}")
        return None


def _read_tables(paper: Paper, reading: FormReading) -> None:
    for name, read in _READERS:
        table = _tried(reading, name, partial(read, paper))
        if table is not None:
            reading.tables[table.table] = table
    if "t4" in reading.tables:
        # Table four is the same in both forms: it is named after the form it stands in.
        near = reading.tables.get("t3") or reading.tables.get("t2")
        reading.tables["t4"].version = near.version if near else "v2021"
    three = reading.tables.get("t3")
    if three is None or all(v is None for v in three.values.values()):
        annex = _tried(reading, "annex", lambda: read_indicator_table(paper))
        if annex is not None:
            # A few of its labels (国家秘密, 重复申请) are rows of table three as well.
            reading.tables.pop("t3", None)
            reading.tables["annex"] = annex
        elif not reading.tables and (rows := unknown_indicators(paper)):
            reading.findings.append(
                tell(
                    "RA-UNREAD",
                    "annex",
                    left=0,
                    right=rows,
                    note="rows of a table of indicators that has the marks of no known form",
                )
            )


_READERS: tuple[tuple[str, Callable[[Paper], TableReading | None]], ...] = (
    ("t2", read_disclosure_table),
    ("t3", read_request_table),
    ("t4", read_dispute_table),
)

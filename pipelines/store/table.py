"""The dataset as one table, read by DuckDB: which columns, which rows, in which SQL.

Two shapes: ``wide`` has a row a report and a column a figure, ``long`` a row a figure with its
status. The JSON lines are read in a stream, so memory does not grow with the dataset, on one
thread in file order, so the same dataset gives the same rows in the same order.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.store import metrics
from pipelines.store.dictionary import fields
from pipelines.store.dictionary import rows as dictionary_rows
from pipelines.store.files import clear_abandoned, store_errors, temporary_of
from pipelines.vocabulary.errors import StoreError

SHAPES = ("wide", "long")

_ABOUT = (
    "report_id",
    "adcode",
    "province",
    "prefecture",
    "county",
    "admin_level",
    "publisher_norm",
    "publisher_type",
    "scope",
    "report_year",
)
"""Columns that say whose figures these are; both shapes begin with them."""

_ORGAN = "adcode, publisher_norm, scope"
"""Whose report it is, year by year."""

_MORE = (
    "title",
    "period_start",
    "period_end",
    "published_on",
    "reissue",
    "format_version",
    "carrier",
)
_SOURCE = (
    "revision",
    "source_url",
    "final_url",
    "source_kind",
    "sha256",
    "fetched_at",
    "schema_version",
)

_FORMULA = "^[=+\\-@\\t\\r\\n＝＋－＠]"
"""What makes a spreadsheet take a text for a formula when it opens a CSV file."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Wanted:
    """What to export."""

    format: str = "parquet"
    shape: str = "wide"
    derived: bool = False
    """Fill in what can be proved (cells[…].derived) where the source prints no number."""
    text: bool = False
    """Add the prose of the parts (wide only)."""
    metrics: bool = False
    """Add derived metrics (wide only)."""
    bom: bool = False
    """Begin a CSV file with a byte order mark: Excel takes it for GBK without."""
    provinces: frozenset[str] | None = None
    years: frozenset[int] | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Column:
    """A column of a table: its name, the SQL that makes it, and what it holds."""

    name: str
    sql: str
    kind: str
    """text, integer, number or boolean."""


class Source:
    """The chosen lines of a dataset, seen through DuckDB."""

    def __init__(self, output: Path, wanted: Wanted, folder: Path) -> None:
        self.wanted = wanted
        files = sorted((output / "reports").glob("*.jsonl"))
        if wanted.provinces is not None:
            files = [f for f in files if f.stem in wanted.provinces]
        self.files = [str(f) for f in files if f.stat().st_size]
        if not self.files:
            raise StoreError(
                f"no reports under {output / 'reports'} to export; run scrapy crawl first, or "
                "choose other provinces"
            )
        self.names, self._fractions, self._derivable, longest = _fields(self.files)
        clear_abandoned(folder / "spill")
        self.spill = temporary_of(folder / "spill")
        with store_errors(folder):
            self.spill.mkdir(parents=True, exist_ok=True)
        # DuckDB holds a buffer of twice the longest line it must expect, for each file.
        self.longest = max(1 << 20, longest) + 1024
        self.db = duckdb.connect(
            config={
                "threads": 1,
                "memory_limit": "400MB",
                "temp_directory": str(self.spill),
                # What was let go is given back at once, not at the default of 128 MB.
                "allocator_flush_threshold": "32MB",
                "allocator_bulk_deallocation_flush_threshold": "32MB",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        # Or it draws a bar over our own output when an export takes its time.
        self.db.execute("SET enable_progress_bar = false")
        self._view()

    def close(self) -> None:
        """Let go of the database and its spill folder."""
        self.db.close()
        shutil.rmtree(self.spill, ignore_errors=True)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a query; for short answers."""
        return self.db.execute(sql).fetchall()

    def _read(self, columns: dict[str, str]) -> str:
        spec = ", ".join(f"{quoted(k)}: {sql_text(v)}" for k, v in columns.items())
        files = ", ".join(sql_text(f) for f in self.files)
        return (
            f"read_json([{files}], format='newline_delimited', columns={{{spec}}}, "
            f"maximum_object_size={self.longest})"
        )

    def _view(self) -> None:
        text = dict.fromkeys((*_ABOUT, *_MORE, *_SOURCE), "VARCHAR")
        text |= {"report_year": "INTEGER", "revision": "INTEGER"}
        figures = ", ".join(f"{quoted(n)} DOUBLE" for n in self.names) or "none DOUBLE"
        shape = "MAP(VARCHAR, DOUBLE)" if self.wanted.shape == "long" else f"STRUCT({figures})"
        columns = text | {
            "values": shape,
            "cells": "MAP(VARCHAR, STRUCT(status VARCHAR, raw VARCHAR, derived DOUBLE, "
            "proof VARCHAR[]))",
            "table_versions": "STRUCT(t2 VARCHAR, t3 VARCHAR, t4 VARCHAR, annex VARCHAR)",
            "tables_present": "VARCHAR[]",
            "info_processing_fee_yuan": "DOUBLE",
            "findings": 'STRUCT("rule" VARCHAR, "where" VARCHAR, severity VARCHAR, '
            "accepted VARCHAR)[]",
            "archive": "STRUCT(file VARCHAR, record_id VARCHAR)",
            "editions": "STRUCT(url VARCHAR, main_because VARCHAR)[]",
            "former_ids": "VARCHAR[]",
            "sections": "MAP(VARCHAR, VARCHAR)",
        }
        where = ""
        if self.wanted.years is not None:
            years = ", ".join(str(int(y)) for y in sorted(self.wanted.years))
            where = f" WHERE report_year IN ({years or 'NULL'})"
        self.db.execute(f"CREATE VIEW lines AS SELECT * FROM {self._read(columns)}{where}")  # noqa: S608 - identifiers are quoted
        if self.wanted.metrics:
            # Whatever years are wanted, last year's report may be another.
            self.db.execute(
                f"CREATE TEMP TABLE last_year AS SELECT {_ORGAN}, report_year + 1 AS report_year, "  # noqa: S608 - as above
                f"any_value({self._figure(metrics.RECEIVED)}) AS received_before "
                f"FROM {self._read(columns)} GROUP BY ALL HAVING count(*) = 1"
            )

    def columns(self) -> list[Column]:
        """Return the columns of the wanted shape."""
        about = [Column(name=n, sql=n, kind="text") for n in _ABOUT[:-1]]
        about.append(Column(name="report_year", sql="report_year", kind="integer"))
        return about + (self._long() if self.wanted.shape == "long" else self._wide())

    def _long(self) -> list[Column]:
        note = "cells[e.key]"
        value = f"coalesce(e.value, {note}.derived)" if self.wanted.derived else "e.value"
        return [
            Column(name="field", sql="e.key", kind="text"),
            Column(name="value", sql=value, kind="number"),
            Column(
                name="status",
                sql=f"coalesce({note}.status, if(e.value IS NULL, 'unknown', 'printed'))",
                kind="text",
            ),
            Column(name="raw", sql=f"{note}.raw", kind="text"),
            Column(name="derived", sql=f"{note}.derived", kind="number"),
            Column(name="proof", sql=f"array_to_string({note}.proof, ' ')", kind="text"),
        ]

    def _wide(self) -> list[Column]:
        count = "len(list_filter(findings, lambda f: f.severity = '{}' AND f.accepted IS NULL))"
        out = [Column(name=n, sql=n, kind="text") for n in _MORE]
        out += [
            Column(name=f"version_{t}", sql=f"table_versions.{t}", kind="text")
            for t in ("t2", "t3", "t4", "annex")
        ]
        out += [
            Column(name="tables", sql="array_to_string(tables_present, ' ')", kind="text"),
            Column(name="info_processing_fee_yuan", sql="info_processing_fee_yuan", kind="number"),
            Column(name="findings_e", sql=count.format("E"), kind="integer"),
            Column(name="findings_w", sql=count.format("W"), kind="integer"),
            Column(
                name="findings",
                sql="array_to_string(list_transform(findings, lambda f: f.\"rule\" || '@' || "
                "f.\"where\"), ' ')",
                kind="text",
            ),
        ]
        for name in self.names:
            sql = self._figure(name)
            known = fields().get(name)
            # A fraction where the form counts things is in the source: it must not be rounded.
            whole = (known is None or known.integer) and name not in self._fractions
            out.append(Column(name=name, sql=sql, kind="integer" if whole else "number"))
        if self.wanted.metrics:
            out += self._metrics()
        if self.wanted.text:
            out += [
                Column(name=f"section_{n}", sql=f"sections['{n}']", kind="text") for n in "123456"
            ]
        out += [
            Column(name="editions", sql="len(editions)", kind="integer"),
            Column(
                name="main_because",
                sql="array_to_string(list_sort(list_distinct(list_transform(editions, "
                "lambda e: e.main_because))), ' ')",
                kind="text",
            ),
            Column(name="former_ids", sql="array_to_string(former_ids, ' ')", kind="text"),
            *(
                Column(name=n, sql=n, kind="integer" if n == "revision" else "text")
                for n in _SOURCE
            ),
            Column(name="archive_file", sql="archive.file", kind="text"),
            Column(name="archive_record", sql="archive.record_id", kind="text"),
        ]
        return out

    def _figure(self, name: str) -> str:
        """Return the SQL of one figure of a wide row."""
        if name not in self.names:
            return "NULL"
        sql = f"values.{quoted(name)}"
        if self.wanted.derived and name in self._derivable:
            sql = f"coalesce({sql}, cells[{sql_text(name)}].derived)"
        return sql

    def _metrics(self) -> list[Column]:
        """Return the derived metrics: null where a figure is missing or the denominator is 0."""

        def total(plus: Sequence[str], minus: Sequence[str]) -> str:
            signed = [f"+ {self._figure(n)}" for n in plus] + [
                f"- {self._figure(n)}" for n in minus
            ]
            return f"(0 {' '.join(signed)})"

        out = []
        for metric in metrics.METRICS:
            sql = total(metric.over, metric.less)
            if metric.under:
                under = total(metric.under, metric.without)
                sql = f"if({under} > 0, {sql} * {metric.times} / {under}, NULL)"
            out.append(Column(name=metric.name, sql=sql, kind="number"))
        growth = f"({self._figure(metrics.RECEIVED)} - received_before) / received_before"
        sql = f"if(received_before > 0, {growth}, NULL)"
        out.append(Column(name=metrics.GROWTH.name, sql=sql, kind="number"))
        late = "date_diff('day', make_date(report_year + 1, 3, 31), try_cast(published_on AS DATE))"
        out.append(Column(name=metrics.LAG.name, sql=late, kind="integer"))
        return out

    def dictionary(self) -> list[tuple[str, ...]]:
        """Return the rows that say what the columns mean."""
        return dictionary_rows(self.names, with_metrics=self.wanted.metrics)

    def query(self, *, safe: bool = False) -> str:
        """Return the SELECT of the wanted table.

        ``safe``: for files a spreadsheet may open (CSV): texts that look like formulas get an
        apostrophe, numbers lose an idle ``.0``.
        """
        kinds = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "text": "VARCHAR"}
        picked: list[str] = []
        for column in self.columns():
            sql = f"CAST({column.sql} AS {kinds[column.kind]})"
            if safe and column.kind == "text":
                sql = (
                    f"CASE WHEN regexp_matches({sql}, {sql_text(_FORMULA)}) "
                    f"THEN '''' || {sql} ELSE {sql} END"
                )
            elif safe and column.kind == "number":
                sql = (
                    f"CASE WHEN {sql} = floor({sql}) AND abs({sql}) < 1e15 "
                    f"THEN CAST(CAST({sql} AS BIGINT) AS VARCHAR) ELSE CAST({sql} AS VARCHAR) END"
                )
            mark = "\ufeff" if self.wanted.bom and not picked else ""
            picked.append(f"{sql} AS {quoted(mark + column.name)}")
        source = "lines"
        if self.wanted.metrics:
            # The smaller side of the join is last_year, so the lines keep their order.
            source = f"lines LEFT JOIN last_year USING ({_ORGAN}, report_year)"
        elif self.wanted.shape == "long":
            # In the select list, not as a join: this keeps the figures of a report together.
            source = "(SELECT *, unnest(map_entries(values)) AS e FROM lines)"
        return f"SELECT {', '.join(picked)} FROM {source}"  # noqa: S608 - identifiers are quoted

    def count(self) -> int:
        """Return how many rows the table has."""
        if self.wanted.shape == "long":
            return int(self.rows("SELECT coalesce(sum(cardinality(values)), 0) FROM lines")[0][0])
        return int(self.rows("SELECT count(*) FROM lines")[0][0])

    def stream(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows, a bounded number in memory."""
        cursor = self.db.execute(self.query())
        while batch := cursor.fetchmany(2000):
            yield from batch


def _fields(files: Sequence[str]) -> tuple[list[str], set[str], set[str], int]:
    """Return the fields that occur, those with fractions, those with proofs, the longest line.

    In the dictionary's order. One pass of Python's own JSON reader: DuckDB takes several times
    as long to look at every key.
    """
    seen: dict[str, None] = {}
    fractions: set[str] = set()
    derived: set[str] = set()
    longest = 0
    for name in files:
        with Path(name).open("rb") as file:
            for number, line in enumerate(file, 1):
                longest = max(longest, len(line))
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise StoreError(f"{name}:{number} is not JSON ({error})") from error
                seen.update(dict.fromkeys(record["values"]))
                fractions.update(
                    k for k, v in record["values"].items() if isinstance(v, float) and v % 1
                )
                derived.update(k for k, v in record["cells"].items() if "derived" in v)
    order = {field: place for place, field in enumerate(fields())}
    names = sorted(seen, key=lambda n: (order.get(n, len(order)), n))
    return names, fractions, derived, longest


def quoted(name: str) -> str:
    """Return a name as SQL spells it."""
    return '"' + name.replace('"', '""') + '"'


def sql_text(value: str) -> str:
    """Return a text as SQL spells it."""
    return "'" + value.replace("'", "''") + "'"

"""The dataset as tables: Parquet, CSV, XLSX, SQLite and a data package.

Two shapes: ``wide`` has a row a report and a column a figure, ``long`` a row a figure with its
status. DuckDB reads the JSON lines in a stream, so memory does not grow with the dataset, on one
thread in file order, so the same dataset gives the same bytes.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from crawler.errors import StoreError, UsageError
from pipelines.store import metrics
from pipelines.store.dictionary import COLUMNS_OF_ENTRY as DICTIONARY
from pipelines.store.dictionary import fields
from pipelines.store.dictionary import rows as dictionary_rows
from pipelines.store.files import (
    clear_abandoned,
    file_digest,
    store_errors,
    sync_folder,
    temporary_of,
    write_atomically,
)

FORMATS = ("parquet", "csv", "xlsx", "sqlite", "datapackage")
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

XLSX_ROWS = 1_048_576
XLSX_CELL = 32_767

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
class Exported:
    """What was written."""

    files: tuple[Path, ...]
    rows: int


@dataclass(slots=True, frozen=True, kw_only=True)
class _Column:
    name: str
    sql: str
    kind: str
    """text, integer, number or boolean."""


class _Source:
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
        return self.db.execute(sql).fetchall()

    def _read(self, columns: dict[str, str]) -> str:
        spec = ", ".join(f"{_quoted(k)}: {_text(v)}" for k, v in columns.items())
        files = ", ".join(_text(f) for f in self.files)
        return (
            f"read_json([{files}], format='newline_delimited', columns={{{spec}}}, "
            f"maximum_object_size={self.longest})"
        )

    def _view(self) -> None:
        text = dict.fromkeys((*_ABOUT, *_MORE, *_SOURCE), "VARCHAR")
        text |= {"report_year": "INTEGER", "revision": "INTEGER"}
        figures = ", ".join(f"{_quoted(n)} DOUBLE" for n in self.names) or "none DOUBLE"
        shape = "MAP(VARCHAR, DOUBLE)" if self.wanted.shape == "long" else f"STRUCT({figures})"
        columns = text | {
            "values": shape,
            "cells": "MAP(VARCHAR, STRUCT(status VARCHAR, raw VARCHAR, derived DOUBLE, "
            "proof VARCHAR[]))",
            "table_versions": "STRUCT(t2 VARCHAR, t3 VARCHAR, t4 VARCHAR, annex VARCHAR)",
            "tables_present": "VARCHAR[]",
            "info_processing_fee_yuan": "DOUBLE",
            "findings": 'STRUCT("rule" VARCHAR, "where" VARCHAR, severity VARCHAR)[]',
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

    def columns(self) -> list[_Column]:
        """Return the columns of the wanted shape."""
        about = [_Column(name=n, sql=n, kind="text") for n in _ABOUT[:-1]]
        about.append(_Column(name="report_year", sql="report_year", kind="integer"))
        return about + (self._long() if self.wanted.shape == "long" else self._wide())

    def _long(self) -> list[_Column]:
        note = "cells[e.key]"
        value = f"coalesce(e.value, {note}.derived)" if self.wanted.derived else "e.value"
        return [
            _Column(name="field", sql="e.key", kind="text"),
            _Column(name="value", sql=value, kind="number"),
            _Column(
                name="status",
                sql=f"coalesce({note}.status, if(e.value IS NULL, 'unknown', 'printed'))",
                kind="text",
            ),
            _Column(name="raw", sql=f"{note}.raw", kind="text"),
            _Column(name="derived", sql=f"{note}.derived", kind="number"),
            _Column(name="proof", sql=f"array_to_string({note}.proof, ' ')", kind="text"),
        ]

    def _wide(self) -> list[_Column]:
        count = "len(list_filter(findings, lambda f: f.severity = '{}'))"
        out = [_Column(name=n, sql=n, kind="text") for n in _MORE]
        out += [
            _Column(name=f"version_{t}", sql=f"table_versions.{t}", kind="text")
            for t in ("t2", "t3", "t4", "annex")
        ]
        out += [
            _Column(name="tables", sql="array_to_string(tables_present, ' ')", kind="text"),
            _Column(name="info_processing_fee_yuan", sql="info_processing_fee_yuan", kind="number"),
            _Column(name="findings_e", sql=count.format("E"), kind="integer"),
            _Column(name="findings_w", sql=count.format("W"), kind="integer"),
            _Column(
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
            out.append(_Column(name=name, sql=sql, kind="integer" if whole else "number"))
        if self.wanted.metrics:
            out += self._metrics()
        if self.wanted.text:
            out += [
                _Column(name=f"section_{n}", sql=f"sections['{n}']", kind="text") for n in "123456"
            ]
        out += [
            _Column(name="editions", sql="len(editions)", kind="integer"),
            _Column(
                name="main_because",
                sql="array_to_string(list_sort(list_distinct(list_transform(editions, "
                "lambda e: e.main_because))), ' ')",
                kind="text",
            ),
            _Column(name="former_ids", sql="array_to_string(former_ids, ' ')", kind="text"),
            *(
                _Column(name=n, sql=n, kind="integer" if n == "revision" else "text")
                for n in _SOURCE
            ),
            _Column(name="archive_file", sql="archive.file", kind="text"),
            _Column(name="archive_record", sql="archive.record_id", kind="text"),
        ]
        return out

    def _figure(self, name: str) -> str:
        """Return the SQL of one figure of a wide row."""
        if name not in self.names:
            return "NULL"
        sql = f"values.{_quoted(name)}"
        if self.wanted.derived and name in self._derivable:
            sql = f"coalesce({sql}, cells[{_text(name)}].derived)"
        return sql

    def _metrics(self) -> list[_Column]:
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
            out.append(_Column(name=metric.name, sql=sql, kind="number"))
        growth = f"({self._figure(metrics.RECEIVED)} - received_before) / received_before"
        sql = f"if(received_before > 0, {growth}, NULL)"
        out.append(_Column(name=metrics.GROWTH.name, sql=sql, kind="number"))
        late = "date_diff('day', make_date(report_year + 1, 3, 31), try_cast(published_on AS DATE))"
        out.append(_Column(name=metrics.LAG.name, sql=late, kind="integer"))
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
                    f"CASE WHEN regexp_matches({sql}, {_text(_FORMULA)}) "
                    f"THEN '''' || {sql} ELSE {sql} END"
                )
            elif safe and column.kind == "number":
                sql = (
                    f"CASE WHEN {sql} = floor({sql}) AND abs({sql}) < 1e15 "
                    f"THEN CAST(CAST({sql} AS BIGINT) AS VARCHAR) ELSE CAST({sql} AS VARCHAR) END"
                )
            mark = "\ufeff" if self.wanted.bom and not picked else ""
            picked.append(f"{sql} AS {_quoted(mark + column.name)}")
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


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def export(output: Path, wanted: Wanted, *, to: Path | None = None) -> Exported:
    """Write one export below ``output/exports`` (or ``to``) and return its files.

    Beside each lies its SHA-256, as ``sha256sum --check`` reads it.

    Raises:
        UsageError: the format cannot hold this much; the message says which can.
        StoreError: there is nothing to export, or the folder cannot be written.
    """
    folder = to or output / "exports"
    if wanted.shape == "long" and (wanted.metrics or wanted.text):
        raise UsageError("metrics and text belong to a report, not to a figure", ["--shape wide"])
    if wanted.bom and wanted.format != "csv":
        raise UsageError("a byte order mark is for CSV", ["--format csv"])
    source = _Source(output, wanted, folder)
    try:
        with store_errors(folder):
            done = _WRITERS[wanted.format](source, folder)
            for file in done.files:
                line = f"{file_digest(file)}  {file.name}\n"
                write_atomically(file.with_name(f"{file.name}.sha256"), line.encode())
            return done
    except duckdb.Error as error:
        raise StoreError(f"the dataset under {output} cannot be read: {error}") from error
    finally:
        source.close()


def _name(wanted: Wanted, ending: str) -> str:
    more = "".join(f"_{word}" for word in ("derived", "metrics") if getattr(wanted, word))
    return f"reports_{wanted.shape}{more}.{ending}"


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path that takes the target's place on a clean exit."""
    clear_abandoned(target)
    temporary = temporary_of(target)
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        # Killed in between, it lies there without a checksum, never with a wrong one.
        target.with_name(f"{target.name}.sha256").unlink(missing_ok=True)
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _copy(source: _Source, sql: str, target: Path, options: str) -> int:
    with _replacing(target) as temporary:
        ((rows,),) = source.rows(f"COPY ({sql}) TO {_text(str(temporary))} ({options})")
    return int(rows)


# Groups of 122,880 rows, the default, are held in memory before they are written.
_PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 4096"


def _parquet(source: _Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "parquet")
    rows = _copy(source, source.query(), target, _PARQUET)
    return Exported(files=(target,), rows=rows)


def _csv(source: _Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "csv")
    rows = _copy(source, source.query(safe=True), target, "FORMAT csv, HEADER true")
    return Exported(files=(target,), rows=rows)


def _xlsx(source: _Source, folder: Path) -> Exported:
    rows = source.count()
    way_out = "use --format parquet, csv or sqlite, or choose fewer with --province or --years"
    if rows >= XLSX_ROWS:
        raise UsageError(
            f"{rows} rows do not fit a sheet, which takes {XLSX_ROWS - 1} below its header; "
            + way_out
        )
    columns = source.columns()
    texts = [c.name for c in columns if c.kind == "text"]
    longest = ", ".join(f"coalesce(max(length({_quoted(t)})), 0)" for t in texts)
    lengths = source.rows(f"SELECT {longest} FROM ({source.query()})")[0]  # noqa: S608 - as above
    for name, length in zip(texts, lengths, strict=True):
        if length > XLSX_CELL:
            raise UsageError(
                f"a text of {length} characters in column {name} does not fit a cell, which takes "
                f"{XLSX_CELL}; " + way_out
            )
    target = folder / _name(source.wanted, "xlsx")
    with _replacing(target) as temporary:
        book = xlsxwriter.Workbook(
            str(temporary),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": str(source.spill),
            },
        )
        # The moment of the export must not show, or the same dataset gave other bytes.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("reports" if source.wanted.shape == "wide" else "figures")
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.name, bold)
        for number, row in enumerate(source.stream(), 1):
            _write_row(sheet, number, row)
        meanings = book.add_worksheet("dictionary")
        meanings.freeze_panes(1, 1)
        for number, row in enumerate([DICTIONARY, *source.dictionary()]):
            _write_row(meanings, number, row)
        book.close()
    return Exported(files=(target,), rows=rows)


def _write_row(sheet: Any, number: int, row: Sequence[Any]) -> None:
    for place, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, str):
            sheet.write_string(number, place, value)  # never a formula, whatever it begins with
        else:
            sheet.write_number(number, place, value)


def _sqlite(source: _Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "sqlite")
    table = "reports" if source.wanted.shape == "wide" else "figures"
    columns = source.columns()
    kinds = {"integer": "INTEGER", "number": "REAL", "text": "TEXT", "boolean": "INTEGER"}
    made = ", ".join(f"{_quoted(c.name)} {kinds[c.kind]}" for c in columns)
    places = ", ".join("?" * len(columns))
    rows = 0

    def counted() -> Iterator[tuple[Any, ...]]:
        nonlocal rows
        for row in source.stream():
            rows += 1
            yield row

    with _replacing(target) as temporary, contextlib.closing(sqlite3.connect(temporary)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute(f"CREATE TABLE {table} ({made})")
        db.executemany(f"INSERT INTO {table} VALUES ({places})", counted())  # noqa: S608 - as above
        db.execute(f"CREATE INDEX {table}_by_id ON {table} (report_id)")
        db.execute(
            "CREATE TABLE dictionary (field TEXT PRIMARY KEY, table_name TEXT, label TEXT, "
            "english TEXT, unit TEXT, form_versions TEXT, meaning TEXT, caveats TEXT) WITHOUT ROWID"
        )
        db.executemany(
            "INSERT INTO dictionary VALUES (?, ?, ?, ?, ?, ?, ?, ?)", source.dictionary()
        )
        db.commit()
    return Exported(files=(target,), rows=rows)


def _datapackage(source: _Source, folder: Path) -> Exported:
    """Write a Frictionless data package: CSV files and what their columns mean."""
    name = _name(source.wanted, "csv")
    package = folder / name.removesuffix(".csv").replace("reports", "datapackage")
    package.mkdir(exist_ok=True)
    table = package / name
    rows = _copy(source, source.query(safe=True), table, "FORMAT csv, HEADER true")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([DICTIONARY, *source.dictionary()])
    meanings = package / "dictionary.csv"
    write_atomically(meanings, text.getvalue().encode())
    known = fields()
    described = []
    for column in source.columns():
        entry: dict[str, Any] = {
            "name": column.name,
            "type": "string" if column.kind == "text" else column.kind,
        }
        if (meant := known.get(column.name)) is not None:
            entry["title"] = meant.label
            said = (meant.english, f"unit: {meant.unit}", meant.meaning, meant.caveats)
            entry["description"] = "; ".join(filter(None, said))
        described.append(entry)
    key = ["report_id"] if source.wanted.shape == "wide" else ["report_id", "field"]
    about = {
        "name": "county-reports",
        "title": "政府信息公开工作年度报告 (annual reports on government information disclosure)",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table.stem,
                "path": table.name,
                **_bytes_of(table),
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {"fields": described, "primaryKey": key, "missingValues": [""]},
            },
            {
                "name": "dictionary",
                "path": meanings.name,
                **_bytes_of(meanings),
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": n, "type": "string"} for n in DICTIONARY],
                    "primaryKey": ["field"],
                },
            },
        ],
    }
    description = package / "datapackage.json"
    write_atomically(description, (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode())
    return Exported(files=(description, table, meanings), rows=rows)


def _bytes_of(file: Path) -> dict[str, Any]:
    return {"bytes": file.stat().st_size, "hash": f"sha256:{file_digest(file)}"}


_WRITERS = {
    "parquet": _parquet,
    "csv": _csv,
    "xlsx": _xlsx,
    "sqlite": _sqlite,
    "datapackage": _datapackage,
}

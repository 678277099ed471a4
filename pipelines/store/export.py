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
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from crawler.errors import StoreError, UsageError
from pipelines.store.dictionary import Field, fields
from pipelines.store.files import store_errors, sync_folder, write_atomically

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

    def __init__(self, output: Path, wanted: Wanted) -> None:
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
        # DuckDB holds a buffer of twice the longest line it must expect, for each file.
        self.longest = max(1 << 20, *(_longest_line(f) for f in self.files)) + 1024
        self.spill = tempfile.TemporaryDirectory(prefix="county-reports-")
        self.db = duckdb.connect(
            config={
                "threads": 1,
                "memory_limit": "2GB",
                "temp_directory": self.spill.name,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        self.names, fractions, derived = self._fields()
        self._fractions = fractions
        self._derivable = derived
        self._view()

    def close(self) -> None:
        """Let go of the database and its spill folder."""
        self.db.close()
        self.spill.cleanup()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.db.execute(sql).fetchall()

    def _read(self, columns: dict[str, str]) -> str:
        spec = ", ".join(f"{_quoted(k)}: {_text(v)}" for k, v in columns.items())
        files = ", ".join(_text(f) for f in self.files)
        return (
            f"read_json([{files}], format='newline_delimited', columns={{{spec}}}, "
            f"maximum_object_size={self.longest})"
        )

    def _fields(self) -> tuple[list[str], set[str], set[str]]:
        """Return the fields that occur, in the dictionary's order; which have fractions, proofs."""
        read_values = self._read({"values": "MAP(VARCHAR, DOUBLE)"})
        read_cells = self._read({"cells": "MAP(VARCHAR, STRUCT(derived DOUBLE))"})
        seen = self.rows(
            "SELECT e.key, bool_or(e.value <> floor(e.value)) FROM "  # noqa: S608 - quoted
            f"(SELECT unnest(map_entries(values)) AS e FROM {read_values}) GROUP BY ALL"
        )
        proved = self.rows(
            "SELECT DISTINCT e.key FROM "  # noqa: S608 - quoted
            f"(SELECT unnest(map_entries(cells)) AS e FROM {read_cells}) "
            "WHERE e.value.derived IS NOT NULL"
        )
        order = {name: i for i, name in enumerate(fields())}
        names = sorted((str(n) for n, _ in seen), key=lambda n: (order.get(n, len(order)), n))
        return names, {n for n, fraction in seen if fraction}, {n for (n,) in proved}

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
            "editions": "STRUCT(url VARCHAR)[]",
            "former_ids": "VARCHAR[]",
            "sections": "MAP(VARCHAR, VARCHAR)",
        }
        where = ""
        if self.wanted.years is not None:
            years = ", ".join(str(int(y)) for y in sorted(self.wanted.years))
            where = f" WHERE report_year IN ({years or 'NULL'})"
        self.db.execute(f"CREATE VIEW lines AS SELECT * FROM {self._read(columns)}{where}")  # noqa: S608 - identifiers are quoted

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
            sql = f"values.{_quoted(name)}"
            if self.wanted.derived and name in self._derivable:
                sql = f"coalesce({sql}, cells[{_text(name)}].derived)"
            known = fields().get(name)
            # A fraction where the form counts things is in the source: it must not be rounded.
            whole = (known is None or known.integer) and name not in self._fractions
            out.append(_Column(name=name, sql=sql, kind="integer" if whole else "number"))
        if self.wanted.text:
            out += [
                _Column(name=f"section_{n}", sql=f"sections['{n}']", kind="text") for n in "123456"
            ]
        out += [
            _Column(name="editions", sql="len(editions)", kind="integer"),
            _Column(name="former_ids", sql="array_to_string(former_ids, ' ')", kind="text"),
            *(
                _Column(name=n, sql=n, kind="integer" if n == "revision" else "text")
                for n in _SOURCE
            ),
            _Column(name="archive_file", sql="archive.file", kind="text"),
            _Column(name="archive_record", sql="archive.record_id", kind="text"),
        ]
        return out

    def query(self, *, safe: bool = False) -> str:
        """Return the SELECT of the wanted table.

        ``safe``: for files a spreadsheet may open (CSV): texts that look like formulas get an
        apostrophe, numbers lose an idle ``.0``.
        """
        kinds = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "text": "VARCHAR"}
        picked = []
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
            picked.append(f"{sql} AS {_quoted(column.name)}")
        source = "lines"
        if self.wanted.shape == "long":
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


def _longest_line(path: str) -> int:
    with Path(path).open("rb") as file:
        return max(map(len, file), default=0)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def export(output: Path, wanted: Wanted, *, to: Path | None = None) -> Exported:
    """Write one export below ``output/exports`` (or ``to``) and return its files.

    Raises:
        UsageError: the format cannot hold this much; the message says which can.
        StoreError: there is nothing to export, or the folder cannot be written.
    """
    folder = to or output / "exports"
    source = _Source(output, wanted)
    try:
        with store_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            return _WRITERS[wanted.format](source, folder)
    except duckdb.Error as error:
        raise StoreError(f"the dataset under {output} cannot be read: {error}") from error
    finally:
        source.close()


def _name(wanted: Wanted, ending: str) -> str:
    return f"reports_{wanted.shape}{'_derived' if wanted.derived else ''}.{ending}"


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path that takes the target's place on a clean exit."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _copy(source: _Source, sql: str, target: Path, options: str) -> int:
    with _replacing(target) as temporary:
        ((rows,),) = source.rows(f"COPY ({sql}) TO {_text(str(temporary))} ({options})")
    return int(rows)


def _parquet(source: _Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "parquet")
    rows = _copy(source, source.query(), target, "FORMAT parquet, COMPRESSION zstd")
    return Exported(files=(target,), rows=rows)


def _csv(source: _Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "csv")
    rows = _copy(source, source.query(safe=True), target, "FORMAT csv, HEADER true")
    return Exported(files=(target,), rows=rows)


def _dictionary_rows(names: Collection[str]) -> list[tuple[str, ...]]:
    known = fields()
    rows: list[tuple[str, ...]] = []
    for name in (*known, *sorted(set(names) - known.keys())):
        entry = known.get(name) or Field(field_id=name, table="", label="", unit="", versions=())
        rows.append((name, entry.table, entry.label, entry.unit, " ".join(entry.versions)))
    return rows


DICTIONARY = ("field", "table", "label", "unit", "form_versions")


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
                "tmpdir": source.spill.name,
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
        for number, row in enumerate([DICTIONARY, *_dictionary_rows(source.names)]):
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
            "unit TEXT, form_versions TEXT) WITHOUT ROWID"
        )
        db.executemany(
            "INSERT INTO dictionary VALUES (?, ?, ?, ?, ?)", _dictionary_rows(source.names)
        )
        db.commit()
    return Exported(files=(target,), rows=rows)


def _datapackage(source: _Source, folder: Path) -> Exported:
    """Write a Frictionless data package: CSV files and what their columns mean."""
    package = folder / "datapackage"
    package.mkdir(exist_ok=True)
    table = package / _name(source.wanted, "csv")
    rows = _copy(source, source.query(safe=True), table, "FORMAT csv, HEADER true")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([DICTIONARY, *_dictionary_rows(source.names)])
    meanings = package / "dictionary.csv"
    write_atomically(meanings, text.getvalue().encode())
    known = fields()
    described = []
    for column in source.columns():
        entry: dict[str, Any] = {
            "name": column.name,
            "type": "string" if column.kind == "text" else column.kind,
        }
        if column.name in known:
            entry["title"] = known[column.name].label
            entry["description"] = f"unit: {known[column.name].unit}"
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
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {"fields": described, "primaryKey": key, "missingValues": [""]},
            },
            {
                "name": "dictionary",
                "path": meanings.name,
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


_WRITERS = {
    "parquet": _parquet,
    "csv": _csv,
    "xlsx": _xlsx,
    "sqlite": _sqlite,
    "datapackage": _datapackage,
}

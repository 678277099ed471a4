"""Exports: the dataset's table as Parquet, CSV, XLSX, SQLite and a data package.

What the table holds is ``table``'s business; here it becomes files, each replaced whole.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from pipelines.store.dictionary import COLUMNS_OF_ENTRY as DICTIONARY
from pipelines.store.dictionary import fields
from pipelines.store.files import (
    clear_abandoned,
    file_digest,
    store_errors,
    sync_folder,
    temporary_of,
    write_atomically,
)
from pipelines.store.table import Source, Wanted, quoted, sql_text
from pipelines.vocabulary.errors import StoreError, UsageError

FORMATS = ("parquet", "csv", "xlsx", "sqlite", "datapackage")

XLSX_ROWS = 1_048_576
XLSX_CELL = 32_767


@dataclass(slots=True, frozen=True, kw_only=True)
class Exported:
    """What was written."""

    files: tuple[Path, ...]
    rows: int


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
    source = Source(output, wanted, folder)
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


def _copy(source: Source, sql: str, target: Path, options: str) -> int:
    with _replacing(target) as temporary:
        ((rows,),) = source.rows(f"COPY ({sql}) TO {sql_text(str(temporary))} ({options})")
    return int(rows)


# Groups of 122,880 rows, the default, are held in memory before they are written.
_PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 4096"


def _parquet(source: Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "parquet")
    rows = _copy(source, source.query(), target, _PARQUET)
    return Exported(files=(target,), rows=rows)


def _csv(source: Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "csv")
    rows = _copy(source, source.query(safe=True), target, "FORMAT csv, HEADER true")
    return Exported(files=(target,), rows=rows)


def _xlsx(source: Source, folder: Path) -> Exported:
    rows = source.count()
    way_out = "use --format parquet, csv or sqlite, or choose fewer with --province or --years"
    if rows >= XLSX_ROWS:
        raise UsageError(
            f"{rows} rows do not fit a sheet, which takes {XLSX_ROWS - 1} below its header; "
            + way_out
        )
    columns = source.columns()
    texts = [c.name for c in columns if c.kind == "text"]
    longest = ", ".join(f"coalesce(max(length({quoted(t)})), 0)" for t in texts)
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


def _sqlite(source: Source, folder: Path) -> Exported:
    target = folder / _name(source.wanted, "sqlite")
    table = "reports" if source.wanted.shape == "wide" else "figures"
    columns = source.columns()
    kinds = {"integer": "INTEGER", "number": "REAL", "text": "TEXT", "boolean": "INTEGER"}
    made = ", ".join(f"{quoted(c.name)} {kinds[c.kind]}" for c in columns)
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


def _datapackage(source: Source, folder: Path) -> Exported:
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

"""The dataset opened by the programs people use, none of which knows this project.

They are loaded where a test opens something with them: they are large, and every process that runs
tests loads this module.
"""

from __future__ import annotations

import json

import pytest

from pipelines.record import CellNote
from pipelines.store import open_store
from pipelines.store.export import export
from pipelines.store.table import Wanted
from pipelines.store.validation import SCHEMA_FILE
from tests.pipelines.store.records import record

NEW, GRANTED, FEE = "t3_new_received__total", "t3_granted__total", "t2_fee_amount_wanyuan"


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    store = open_store(folder)
    for number in range(1, 21):
        store.state.keep(
            record(
                number,
                adcode="990101" if number % 2 else "980101",
                year=2020 + number % 3,
                title='=2+3,"引号"\n次行' if number == 3 else f"报告{number}",
                values={NEW: number, GRANTED: None if number % 4 else 7, FEE: number / 8},
                cells={GRANTED: CellNote(status="blank", derived=0, proof=("R3-ROW[granted]",))}
                if number % 4
                else {},
            )
        )
    # A figure corrected by its publisher: the older line lies in revisions/.
    store.state.keep(record(1, adcode="990101", year=2021, values={NEW: 99, GRANTED: 7, FEE: 1.5}))
    store.dataset.promote()
    store.close()
    return folder


@pytest.fixture(scope="module")
def lines(output):
    paths = sorted(output.glob("reports/*.jsonl"))
    return [json.loads(x) for path in paths for x in path.read_text("utf-8").splitlines()]


def test_a_schema_validator_takes_every_line_and_revision(output, lines):
    import jsonschema

    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    revisions = [
        json.loads(x)
        for path in output.glob("revisions/*.jsonl")
        for x in path.read_text("utf-8").splitlines()
    ]
    assert len(revisions) == 1
    for line in [*lines, *revisions]:
        validator.validate(line)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**lines[0], "report_year": "2023"})


def test_pandas_reads_the_lines_and_every_table_alike(output, lines):
    import pandas as pd

    frame = pd.concat(
        pd.read_json(path, lines=True, dtype=False)
        for path in sorted(output.glob("reports/*.jsonl"))
    )
    assert list(frame["report_id"]) == [x["report_id"] for x in lines]
    expected = [x["values"][FEE] for x in lines]
    parquet = pd.read_parquet(export(output, Wanted()).files[0])
    table = pd.read_csv(
        export(output, Wanted(format="csv", bom=True)).files[0], dtype={"adcode": str}
    )
    for each in (parquet, table):
        assert list(each[FEE]) == expected
        assert list(each["adcode"]) == [x["adcode"] for x in lines]
        assert each[GRANTED].isna().sum() == sum(x["values"][GRANTED] is None for x in lines)
    assert str(parquet[NEW].dtype).lower() == "int64"
    assert table.columns[0] == "report_id"


def test_duckdb_reads_the_lines_as_they_lie(output, lines):
    import duckdb

    read = f"read_json('{output}/reports/*.jsonl', format='newline_delimited')"
    rows = duckdb.sql(f"SELECT report_id, values.{NEW} FROM {read} ORDER BY 1").fetchall()
    assert rows == sorted((x["report_id"], x["values"][NEW]) for x in lines)


def test_the_long_table_keeps_status_and_proof_of_every_cell(output, lines):
    import pandas as pd

    frame = pd.read_parquet(export(output, Wanted(shape="long")).files[0])
    blank = frame[frame["status"] == "blank"]
    assert len(frame) == sum(len(x["values"]) for x in lines)
    assert len(blank) == sum(GRANTED in x["cells"] for x in lines) == 14
    assert set(blank["proof"]) == {"R3-ROW[granted]"}
    assert blank["value"].isna().all()
    assert (blank["derived"] == 0).all()


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_frictionless_finds_the_data_package_valid(output, shape):
    import frictionless

    description = export(output, Wanted(format="datapackage", shape=shape)).files[0]
    report = frictionless.validate(str(description))
    assert report.valid, report.flatten(["type", "note"])[:5]
    assert [task.stats["rows"] > 0 for task in report.tasks] == [True, True]


def test_frictionless_notices_a_table_that_somebody_changed(output, tmp_path):
    import frictionless

    description, table, _ = export(output, Wanted(format="datapackage"), to=tmp_path).files
    table.write_bytes(table.read_bytes().replace("报告".encode(), "报道".encode(), 1))
    assert not frictionless.validate(str(description)).valid


def test_a_spreadsheet_opens_with_texts_as_texts_and_numbers_as_numbers(output, lines):
    import openpyxl

    book = openpyxl.load_workbook(export(output, Wanted(format="xlsx")).files[0])
    head, *rows = book["reports"].iter_rows()
    place = {cell.value: n for n, cell in enumerate(head)}
    assert [r[place["adcode"]].value for r in rows] == [x["adcode"] for x in lines]
    assert [r[place[FEE]].value for r in rows] == [x["values"][FEE] for x in lines]
    titles = [r[place["title"]] for r in rows]
    assert {cell.data_type for cell in titles} == {"s"}  # "f" would be a formula
    assert [cell.value for cell in titles] == [x["title"] for x in lines]
    meanings = {row[0]: row for row in book["dictionary"].iter_rows(values_only=True)}
    assert "natural persons" in meanings["t3_new_received__natural"][3]

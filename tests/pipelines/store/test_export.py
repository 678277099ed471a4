"""Exports hold exactly what the lines hold, give the same bytes, and are safe to open."""

from __future__ import annotations

import csv
import hashlib
import json
import socket
import sqlite3
import subprocess
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from pipelines.record import CellNote
from pipelines.store import export as export_module
from pipelines.store import open_store
from pipelines.store.dictionary import as_markdown, fields
from pipelines.store.dictionary import rows as dictionary_rows
from pipelines.store.export import FORMATS, export
from pipelines.store.table import SHAPES, Wanted
from pipelines.vocabulary.errors import StoreError, UsageError
from tests.pipelines.store.records import record

NEW, GRANTED, FEE = "t3_new_received__total", "t3_granted__total", "t2_fee_amount_wanyuan"


@pytest.fixture
def output(tmp_path):
    store = open_store(tmp_path)
    for number in range(1, 13):
        store.state.keep(
            record(
                number,
                adcode="990101" if number % 2 else "980101",
                year=2020 + number % 3,
                title="=HYPERLINK(1)" if number == 3 else f"报告{number}",
                values={NEW: number, GRANTED: None, FEE: number / 8},
                cells={GRANTED: CellNote(status="blank", raw="", derived=0, proof=("R3-ROW",))},
                sections={"1": "正文。" * number},
            )
        )
    store.dataset.promote()
    store.close()
    return tmp_path


def records(output):
    return [
        json.loads(line)
        for path in sorted((output / "reports").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def rows_of(exported, kind):
    """Read an export back with a program that is not ours, as dictionaries of text or number."""
    path = exported.files[1] if kind == "datapackage" else exported.files[0]
    if kind == "parquet":
        table = duckdb.sql(f"SELECT * FROM '{path}'")
        return [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    if kind == "sqlite":
        with sqlite3.connect(path) as db:
            db.row_factory = sqlite3.Row
            name = "reports" if "wide" in path.name else "figures"
            rows = [dict(row) for row in db.execute(f"SELECT * FROM {name}")]
        db.close()
        return rows
    if kind == "xlsx":
        head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [{k: None if v == "" else v for k, v in zip(head, r, strict=True)} for r in rows]
    with path.open(encoding="utf-8", newline="") as file:
        return [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]


def number(value):
    return None if value is None else float(value)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_wide_export_holds_the_figures_of_the_lines(output, kind):
    rows = rows_of(export(output, Wanted(format=kind)), kind)
    lines = records(output)
    assert [r["report_id"] for r in rows] == [r["report_id"] for r in lines]
    for row, line in zip(rows, lines, strict=True):
        assert {k: number(row[k]) for k in (NEW, GRANTED, FEE)} == line["values"]
        assert number(row["report_year"]) == line["report_year"]
        assert row["publisher_norm"] == line["publisher_norm"]
        assert row["adcode"] == line["adcode"]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_long_export_holds_every_figure_with_its_status(output, kind):
    rows = rows_of(export(output, Wanted(format=kind, shape="long")), kind)
    expected = [
        (line["report_id"], name, value, "blank" if name == GRANTED else "printed")
        for line in records(output)
        for name, value in line["values"].items()
    ]
    assert [(r["report_id"], r["field"], number(r["value"]), r["status"]) for r in rows] == expected


@pytest.mark.parametrize("shape", SHAPES)
def test_derived_figures_appear_only_when_asked_for(output, shape):
    def granted(derived):
        rows = rows_of(export(output, Wanted(shape=shape, derived=derived)), "parquet")
        if shape == "wide":
            return {r[GRANTED] for r in rows}
        return {r["value"] for r in rows if r["field"] == GRANTED}

    assert granted(derived=False) == {None}
    assert granted(derived=True) == {0}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_dataset_gives_the_same_bytes(output, tmp_path, kind, shape):
    wanted = Wanted(format=kind, shape=shape, derived=True)
    digests = [
        [hashlib.sha256(f.read_bytes()).hexdigest() for f in export(output, wanted, to=to).files]
        for to in (tmp_path / "a", tmp_path / "b")
    ]
    assert digests[0] == digests[1]


def test_a_text_that_looks_like_a_formula_is_text_everywhere(output):
    titles = {r["title"] for r in rows_of(export(output, Wanted(format="csv")), "csv")}
    assert "'=HYPERLINK(1)" in titles
    assert not any(t.startswith("=") for t in titles)
    book = export(output, Wanted(format="xlsx"))
    assert "=HYPERLINK(1)" in {r["title"] for r in rows_of(book, "xlsx")}
    assert b"<f>" not in _sheet(book.files[0])


def _sheet(path):
    import zipfile

    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml")


def test_provinces_and_years_narrow_an_export(output):
    wanted = Wanted(provinces=frozenset({"980000"}), years=frozenset({2021}))
    rows = rows_of(export(output, wanted), "parquet")
    assert {(r["adcode"], r["report_year"]) for r in rows} == {("980101", 2021)}
    assert len(rows) == 2


def test_a_count_the_source_prints_with_a_fraction_is_not_rounded(output):
    store = open_store(output)
    store.state.keep(record(1, year=2021, values={NEW: 3.5, GRANTED: None, FEE: None}))
    store.dataset.promote()
    store.close()
    assert 3.5 in {r[NEW] for r in rows_of(export(output, Wanted()), "parquet")}


def test_what_a_sheet_cannot_hold_is_refused_with_the_way_out(output, monkeypatch):
    good = export(output, Wanted(format="xlsx", text=True)).files[0].read_bytes()
    monkeypatch.setattr(export_module, "XLSX_ROWS", 30)
    with pytest.raises(UsageError, match=r"36 rows do not fit .* --format parquet"):
        export(output, Wanted(format="xlsx", shape="long"))
    monkeypatch.setattr(export_module, "XLSX_CELL", 20)
    with pytest.raises(UsageError, match=r"does not fit a cell.*--format parquet"):
        export(output, Wanted(format="xlsx", text=True))
    assert (output / "exports/reports_wide.xlsx").read_bytes() == good


def test_an_empty_dataset_is_one_clear_line(tmp_path):
    with pytest.raises(StoreError, match="run scrapy crawl first"):
        export(tmp_path, Wanted())


def test_prose_is_exported_when_asked_for(output):
    rows = rows_of(export(output, Wanted(text=True)), "parquet")
    assert {r["section_1"] for r in rows} == {"正文。" * n for n in range(1, 13)}


def test_a_data_package_describes_every_column_of_its_table(output):
    description, table, meanings = export(output, Wanted(format="datapackage")).files
    about = json.loads(description.read_text(encoding="utf-8"))
    with table.open(encoding="utf-8", newline="") as file:
        head = next(csv.reader(file))
    assert [f["name"] for f in about["resources"][0]["schema"]["fields"]] == head
    with meanings.open(encoding="utf-8", newline="") as file:
        assert {row["field"] for row in csv.DictReader(file)} >= set(fields())


def test_the_dictionary_names_every_cell_of_the_statutory_tables():
    names = fields()
    assert sum(f.table == "t3" and "v2021" in f.versions for f in names.values()) == 175
    assert sum(f.table == "t3" and "v2019" in f.versions for f in names.values()) == 161
    assert sum(f.table == "t4" for f in names.values()) == 15
    assert names[FEE].unit == "万元"
    assert not names[FEE].integer
    assert names["t3_denied_state_secret__natural"].label == (
        "(三)不予公开 / 1.属于国家秘密 / 自然人"
    )


def test_the_documented_fields_are_those_of_the_forms():
    documented = (Path(__file__).parents[3] / "docs/fields.md").read_text(encoding="utf-8")
    assert documented == as_markdown(), "run python docs/build.py"


def test_every_declared_field_has_its_words_in_english():
    assert [f.field_id for f in fields().values() if not f.english] == []
    assert fields()["t3_denied_third_party__business"].english == (
        "denied: lawful interests of a third party: commercial enterprises"
    )
    assert fields()["t2_license_items_prev"].unit == "项"
    assert "denominator" in fields()["t3_processed_total__total"].meaning
    assert "2021 only" in fields()["t3_other_misc__total"].caveats


def with_disputes(number, year, **figures):
    values = {
        f"t4_{group}_{outcome}": 0
        for group in ("review", "direct", "after_review")
        for outcome in ("corrected", "pending", "total")
    }
    values |= {"t3_new_received__total": 40, "t3_processed_total__total": 50} | figures
    return record(number, year=year, url=f"http://a.invalid/{year}", values=values)


def test_metrics_have_the_denominators_they_are_defined_with(tmp_path):
    store = open_store(tmp_path)
    store.state.keep(with_disputes(1, 2022))
    store.state.keep(
        with_disputes(
            1,
            2023,
            t3_new_received__total=60,
            t3_new_received__natural=45,
            t3_granted__total=30,
            t3_partial__total=5,
            t4_review_total=12,
            t4_review_pending=2,
            t4_review_corrected=4,
            t4_direct_total=10,
            t4_direct_corrected=1,
        )
    )
    store.dataset.promote()
    store.close()
    wanted = Wanted(metrics=True, years=frozenset({2023}))
    (row,) = rows_of(export(tmp_path, wanted), "parquet")
    assert row["m_natural_share"] == 0.75
    assert row["m_granted_rate"] == 0.6  # of the processed, not of the received
    assert row["m_granted_or_partial_rate"] == 0.7
    assert row["m_review_correction_rate"] == 0.4  # pending ones left out
    assert row["m_pooled_correction_rate"] == 0.25
    assert row["m_reviews_per_100"] == 24
    assert row["m_after_review_suit_correction_rate"] is None  # nothing was closed
    assert row["m_denied_rate"] is None  # its figures are not printed
    assert row["m_new_received_growth"] == 0.5  # last year's report is held, if not exported
    assert row["m_days_late"] == -71  # 20 January against 31 March
    described = {r[0]: r[6] for r in dictionary_rows(with_metrics=True) if r[1] == "metric"}
    assert {c for c in row if c.startswith("m_")} == set(described)
    assert described["m_review_correction_rate"] == (
        "t4_review_corrected / (t4_review_total - t4_review_pending)"
    )


def test_metrics_keep_the_order_and_number_of_the_lines(output):
    plain = rows_of(export(output, Wanted()), "parquet")
    rows = rows_of(export(output, Wanted(metrics=True)), "parquet")
    assert [r["report_id"] for r in rows] == [r["report_id"] for r in plain]


@pytest.mark.parametrize(
    "wanted",
    [Wanted(shape="long", metrics=True), Wanted(shape="long", text=True), Wanted(bom=True)],
)
def test_what_does_not_go_together_is_refused(output, wanted):
    with pytest.raises(UsageError, match="did you mean"):
        export(output, wanted)


def test_a_byte_order_mark_is_there_only_when_asked_for(output):
    (plain,) = export(output, Wanted(format="csv")).files
    without = plain.read_bytes()
    (marked,) = export(output, Wanted(format="csv", bom=True)).files
    assert marked.read_bytes() == b"\xef\xbb\xbf" + without


@pytest.mark.parametrize("kind", FORMATS)
def test_every_file_has_its_checksum_beside_it(output, kind):
    for file in export(output, Wanted(format=kind)).files:
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", f"{file.name}.sha256"],
            cwd=file.parent,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.stdout == f"{file.name}: OK\n", done.stderr


def test_what_a_killed_export_left_goes_with_the_next(output):
    target = export(output, Wanted(format="csv")).files[0]
    host = socket.gethostname()
    dead = subprocess.Popen(["true"])
    dead.wait()
    for name in (target.name, "spill"):
        (target.parent / f".{name}.{host}.{dead.pid}.part").write_bytes(b"half")
    alive = target.with_name(f".{target.name}.{host}.1.part")
    alive.write_bytes(b"at work")
    export(output, Wanted(format="csv"))
    assert [p.name for p in target.parent.glob(".*")] == [alive.name]

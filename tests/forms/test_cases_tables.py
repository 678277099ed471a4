"""The small documents of ../shared/cases/tables on which labels, units and shapes were misread."""

from __future__ import annotations

import pytest

from pipelines.documents import read_document
from pipelines.forms import read_forms
from pipelines.vocabulary.items import RawFile

FEE = "t2_fee_amount_wanyuan"


@pytest.fixture
def read(shared):
    def reading(name):
        path = shared / "cases" / "tables" / name
        if not path.exists():
            pytest.skip(f"{path} is not there")
        return read_forms(read_document(RawFile(body=path.read_bytes(), filename=name)))

    return reading


@pytest.mark.parametrize(
    ("name", "parts", "sum_of_both"),
    [
        ("merged_columns.html", ("research", "public_interest"), "5"),
        ("merged_first_two.html", ("natural", "business"), "4"),
    ],
)
def test_two_columns_in_one_have_no_figure_of_their_own(read, name, parts, sum_of_both):
    reading = read(name)
    for row in ("new_received", "granted", "processed_total"):
        for column in parts:
            note = reading.notes[f"t3_{row}__{column}"]
            assert reading.values[f"t3_{row}__{column}"] is None
            assert (note.status, note.raw, note.derived) == ("joint", sum_of_both, None)
    assert not [f for f, n in reading.notes.items() if n.derived is not None and f.endswith(parts)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unit_in_caption_row.html", 52.34),
        ("unit_in_paragraph_above.html", 52.34),
        ("unit_qianyuan.html", 523.4),
        ("unit_baiwanyuan.html", 520),
    ],
)
def test_a_stated_unit_is_the_unit(read, name, value):
    reading = read(name)
    assert (reading.values[FEE], reading.notes[FEE].status) == (value, "converted")


def test_a_figure_over_two_rows_is_neithers(read):
    joint = {f for f, n in read("figure_spans_two_rows.html").notes.items() if n.status == "joint"}
    rows = {f.rpartition("__")[0] for f in joint}
    assert rows == {"t3_denied_third_party", "t3_denied_three_securities"}


@pytest.mark.parametrize(
    "name",
    [
        "spacer_columns.html",
        "transposed_table_three.html",
        "leading_zeros.html",
        "first_figure_in_label_cell.html",
        "hubei_form_pipes.txt",
        "hubei_form_table.html",
    ],
)
def test_every_figure_that_is_there_for_a_person_is_read(read, name):
    reading = read(name)
    assert [f for f, v in reading.values.items() if v is None] == []

"""A reviewed correction changes the line and says so, for as long as it fits the reading."""

from __future__ import annotations

import json

import pytest

from crawler.errors import StoreError
from pipelines.store import open_store
from tests.pipelines.store.records import record

HEAD = "report_id,field,read,value,reason,reviewer,date\n"
ID = record(1)["report_id"]
ROW = f"{ID},t3_granted__total,1,7,扫描件第二页看错,王,2026-11-20\n"


def promote(output, *records):
    store = open_store(output)
    for each in records:
        store.state.keep(each, reader="r1")
    changes = store.dataset.promote()
    store.close()
    return changes


def line(output):
    return json.loads((output / "reports/990000.jsonl").read_text(encoding="utf-8"))


def test_a_correction_changes_the_line_and_says_so(tmp_path):
    promote(tmp_path, record(1))
    (tmp_path / "corrections.csv").write_text(HEAD + ROW, encoding="utf-8")
    assert promote(tmp_path).changed == [ID]
    assert line(tmp_path)["values"]["t3_granted__total"] == 7
    assert line(tmp_path)["corrections"] == [
        {
            "field": "t3_granted__total",
            "read": 1,
            "value": 7,
            "reason": "扫描件第二页看错",
            "date": "2026-11-20",
        }
    ]
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    assert promote(tmp_path, record(1)).unchanged == 1
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_a_reason_of_several_lines_stays_as_it_was_written(tmp_path):
    promote(tmp_path, record(1))
    row = ROW.replace("扫描件第二页看错", '"第一行\u2028\n第二行\x85"')
    (tmp_path / "corrections.csv").write_text(HEAD + row, encoding="utf-8", newline="")
    promote(tmp_path)
    assert line(tmp_path)["corrections"][0]["reason"] == "第一行\u2028\n第二行"


def test_a_quote_that_nothing_closes_is_one_clear_line(tmp_path):
    (tmp_path / "corrections.csv").write_text(HEAD + ROW.replace("扫", '"扫'), encoding="utf-8")
    with pytest.raises(StoreError, match=r"corrections.csv:2: "):
        open_store(tmp_path)


def test_a_correction_taken_back_leaves_the_line_as_read(tmp_path):
    promote(tmp_path, record(1))
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    (tmp_path / "corrections.csv").write_text(HEAD + ROW, encoding="utf-8")
    promote(tmp_path)
    (tmp_path / "corrections.csv").unlink()
    promote(tmp_path)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_a_correction_whose_reading_changed_is_stale_and_told(tmp_path):
    (tmp_path / "corrections.csv").write_text(HEAD + ROW, encoding="utf-8")
    changes = promote(tmp_path, record(1, values={"t3_granted__total": 5}))
    assert [p.code for p in changes.problems] == ["dataset/stale-correction"]
    assert "reads 5, not 1" in changes.problems[0].evidence
    assert line(tmp_path)["values"]["t3_granted__total"] == 5
    assert "corrections" not in line(tmp_path)


def test_a_corrected_line_survives_a_deleted_state(tmp_path):
    (tmp_path / "corrections.csv").write_text(HEAD + ROW, encoding="utf-8")
    promote(tmp_path, record(1, cells={}))
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    assert promote(tmp_path).problems == []
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_dates_and_titles_may_be_corrected_and_a_lost_figure_entered(tmp_path):
    rows = [
        f"{ID},published_on,2024-01-20,2024-03-29,页面日期是转载日期,王,2026-11-20",
        f"{ID},t3_new_received__total,,12,印章盖住,王,2026-11-20",
        f"{ID},t3_granted__total,1,,原文为空,王,2026-11-20",
    ]
    (tmp_path / "corrections.csv").write_text(HEAD + "\n".join(rows), encoding="utf-8")
    values = {"t3_new_received__total": None, "t3_granted__total": 1}
    promote(tmp_path, record(1, values=values))
    assert line(tmp_path)["published_on"] == "2024-03-29"
    assert line(tmp_path)["values"] == {"t3_new_received__total": 12, "t3_granted__total": None}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("report_id,field\n", "columns missing: read, value"),
        (HEAD + f"{ID},t3_granted__total,1,7,,王,2026-11-20", "corrections.csv:2: reason is empty"),
        (HEAD + f"{ID},t3_granted__total,1,seven,看错,王,2026-11-20", "'seven' is no number"),
        (HEAD + f"{ID},adcode,1,2,看错,王,2026-11-20", "adcode is no figure"),
        (HEAD + f"{ID},title,1,2,看错,王,yesterday", "not like 2026-11-22"),
        (HEAD + ROW + ROW, "corrections.csv:3: a second correction"),
    ],
)
def test_a_wrong_row_stops_before_anything_is_asked(tmp_path, text, says):
    (tmp_path / "corrections.csv").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=says):
        open_store(tmp_path)
    (tmp_path / "corrections.csv").unlink()
    open_store(tmp_path).close()  # the folder is free again

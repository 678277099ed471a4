"""A reviewed correction changes the line and says so, for as long as it fits the reading."""

from __future__ import annotations

import csv
import json

import pytest

from pipelines.store import open_store
from pipelines.store.export import export
from pipelines.store.table import Wanted
from pipelines.vocabulary.errors import StoreError
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
        (HEAD + f"{ID},scope,aggregate,single_organ,x,王,2026-11-20", "its source_url goes in"),
        (HEAD + "http://a.gov.cn/1,title,a,b,x,王,2026-11-20", "its report_id goes in"),
        (HEAD + "http://a.gov.cn/1,scope,unknown,whole,x,王,2026-11-20", "not aggregate or single"),
        (HEAD + "http://a.gov.cn/1,report_year,,next,x,王,2026-11-20", "'next' of report_year"),
        (HEAD + "http://a.gov.cn/1,report_year,2023,2003,x,王,2026-11-20", "from 2004 on"),
        (HEAD + "http://a.gov.cn/1,report_year,old,2023,x,王,2026-11-20", "'old' is no number"),
        (
            HEAD + "http://a.gov.cn/1,publisher_norm,甲局,,x,王,2026-11-20",
            "is not the organ's name",
        ),
        (HEAD + f"{ID},column_url,,http://a.gov.cn/nb/,x,王,2026-11-20", "a portal: its code"),
        (HEAD + "330327,column_url,,nb/,x,王,2026-11-20", "'nb/' of column_url is not an address"),
        (HEAD + f"{ID},finding,R3-ROW granted,wrong,x,王,2026-11-20", "'wrong' of finding is not"),
    ],
)
def test_a_wrong_row_stops_before_anything_is_asked(tmp_path, text, says):
    (tmp_path / "corrections.csv").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=says):
        open_store(tmp_path)
    (tmp_path / "corrections.csv").unlink()
    open_store(tmp_path).close()  # the folder is free again


def test_an_accepted_finding_says_so_until_it_is_no_finding_any_more(tmp_path):
    row = f"{ID},finding,R3-ROW granted,accepted,原文如此,王,2026-11-20\n"
    (tmp_path / "corrections.csv").write_text(HEAD + row, encoding="utf-8")
    assert promote(tmp_path, record(1)).problems == []
    (finding,) = line(tmp_path)["findings"]
    assert (finding["rule"], finding["severity"], finding["accepted"]) == (
        "R3-ROW",
        "E",
        "原文如此",
    )
    assert line(tmp_path)["corrections"] == [
        {
            "field": "finding",
            "read": "R3-ROW granted",
            "value": "accepted",
            "reason": "原文如此",
            "date": "2026-11-20",
        }
    ]
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    assert promote(tmp_path).problems == []  # read back as it was before, and accepted again
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    changes = promote(tmp_path, record(1, findings=[]))
    assert [p.code for p in changes.problems] == ["dataset/stale-correction"]
    assert "no finding 'R3-ROW granted'" in changes.problems[0].evidence
    assert "corrections" not in line(tmp_path)


def test_a_finding_across_years_is_accepted_as_well_and_stays_so(tmp_path):
    one, other = (
        record(1, year=year, report_id=f"990101-{year}-a", publisher_norm="云溪县人民政府",
               values={f"t3_carried_{way}__total": n}, findings=[])
        for year, way, n in ((2022, "out", 5), (2023, "in", 7))
    )  # fmt: skip
    other["source_url"] = "http://www.example.invalid/other.html"
    row = "990101-2023-a,finding,RX-CARRY total,accepted,已核实,王,2026-11-20\n"
    (tmp_path / "corrections.csv").write_text(HEAD + row, encoding="utf-8")
    assert promote(tmp_path, one, other).problems == []
    path = tmp_path / "findings/990000.jsonl"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["rule"], found["accepted"]) == ("RX-CARRY", "已核实")
    # Lines that nobody touches are copied; what was accepted stays accepted.
    assert promote(tmp_path, record(2, year=2019)).problems == []
    assert json.loads(path.read_text(encoding="utf-8")) == found


def test_accepted_findings_do_not_count_in_an_export(tmp_path):
    row = f"{ID},finding,R3-ROW granted,accepted,原文如此,王,2026-11-20\n"
    (tmp_path / "corrections.csv").write_text(HEAD + row, encoding="utf-8")
    promote(tmp_path, record(1), record(2))
    (file,) = (f for f in export(tmp_path, Wanted(format="csv")).files if f.suffix == ".csv")
    with file.open(encoding="utf-8", newline="") as lines:
        counts = {r["report_id"]: r["findings_e"] for r in csv.DictReader(lines)}
    assert counts == {ID: "0", record(2)["report_id"]: "1"}


def test_an_edition_that_only_a_review_makes_one_says_so(tmp_path):
    note = {"field": "report_year", "read": 2022, "value": 2023, "reason": "r", "date": "d"}
    note["url"] = "http://www.example.invalid/copy.pdf"
    copy = record(1, url=note["url"], carrier="pdf_text", corrections=[note])
    promote(tmp_path, record(1), copy)
    assert line(tmp_path)["source_url"] != note["url"]
    assert line(tmp_path)["corrections"] == [note]


def test_a_row_taken_back_after_a_lost_state_leaves_the_cells_reason_as_well(tmp_path):
    lost = record(1, values={"t3_granted__natural": None})
    promote(tmp_path, lost)
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    row = f"{ID},t3_granted__natural,,3,印章盖住,王,2026-11-20\n"
    (tmp_path / "corrections.csv").write_text(HEAD + row, encoding="utf-8")
    promote(tmp_path)
    assert line(tmp_path)["values"] == {"t3_granted__natural": 3}
    assert line(tmp_path)["cells"] == {}
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    (tmp_path / "corrections.csv").unlink()
    promote(tmp_path)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before

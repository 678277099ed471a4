"""Readings that follow a review of whose report they are: what replaces what, what is told."""

from __future__ import annotations

import contextlib
import json

import pytest

from pipelines.store import open_store
from pipelines.store.identity_of_content import reviewed_apart
from tests.pipelines.store.records import record

HEAD = "report_id,field,read,value,reason,reviewer,date\n"
URL = "http://www.example.invalid/latest.html"
OTHER = "http://www.example.invalid/copy.pdf"


def note(field, read, value, url=URL):
    told = {"field": field, "read": read, "value": value, "reason": "r", "date": "2026-11-20"}
    return told | {"url": url}


def reading(year=2023, *notes, organ="云溪县人民政府", visit=1, **more):
    """Return what a crawl reads at one address; the page prints a counter."""
    return record(
        1,
        url=more.pop("url", URL),
        year=year,
        publisher_norm=organ,
        report_id=f"990101-{year}-{organ}",
        body=f"visit {visit}",
        fetched_at=f"2026-11-{visit:02}T00:00:00Z",
        corrections=list(notes),
        **more,
    )


def promote(output, *readings):
    with contextlib.closing(open_store(output)) as store:
        for each in readings:
            store.state.keep(each, reader="r1")
        return store.dataset.promote()


def ids(output):
    text = (output / "reports/990000.jsonl").read_text("utf-8")
    return [json.loads(line)["report_id"] for line in text.splitlines()]


def review(output, *rows):
    lines = [",".join([*row, "看过", "王", "2026-11-20"]) + "\n" for row in rows]
    (output / "corrections.csv").write_text(HEAD + "".join(lines), encoding="utf-8")


def told(changes):
    return [(p.code, p.evidence) for p in changes.problems]


def test_a_row_that_says_something_else_today_leaves_no_second_report(tmp_path):
    promote(tmp_path, reading(2022))
    promote(tmp_path, reading(2021, note("report_year", 2022, 2021), visit=2))
    assert ids(tmp_path) == ["990101-2021-云溪县人民政府"]
    promote(tmp_path, reading(2020, note("report_year", 2022, 2020), visit=3))
    assert ids(tmp_path) == ["990101-2020-云溪县人民政府"]


def test_a_review_of_an_organ_takes_nothing_of_another_year_from_its_address(tmp_path):
    """Some portals put each year's report at one address."""
    promote(tmp_path, reading(2022, organ="云溪县财政局"))
    row = note("publisher_norm", "云溪县财政局", "云溪县人民政府")
    promote(tmp_path, reading(2023, row, visit=2))
    assert ids(tmp_path) == ["990101-2022-云溪县财政局", "990101-2023-云溪县人民政府"]
    promote(tmp_path, reading(2022, row, visit=3))
    assert ids(tmp_path) == ["990101-2022-云溪县人民政府", "990101-2023-云溪县人民政府"]


@pytest.mark.parametrize(
    ("old", "new", "apart"),
    [
        (reading(2022), reading(2021, note("report_year", 2022, 2021)), True),
        (reading(2021, note("report_year", 2022, 2021)), reading(2022), True),
        (reading(2021, note("report_year", 2022, 2021)), reading(2023), False),
        (reading(2022), reading(2021, note("report_year", 2022, 2021, OTHER)), False),
        (
            reading(2022, scope="single_organ", organ="云溪县财政局"),
            reading(
                2022,
                note("publisher_norm", "云溪县财政局", "云溪县人民政府"),
                note("scope", "aggregate", "single_organ"),
                scope="single_organ",
            ),
            True,
        ),
    ],
)
def test_what_only_a_review_tells_apart(old, new, apart):
    assert reviewed_apart(old, new) is apart


def test_a_row_about_a_report_that_is_not_there_is_told_every_time(tmp_path):
    """Figures were corrected of it, and then it turned out to be another year's."""
    now = "990101-2021-云溪县人民政府"
    promote(tmp_path, reading(2022))
    review(tmp_path, ("990101-2022-云溪县人民政府", "t3_granted__total", "1", "74"))
    assert told(promote(tmp_path)) == []
    stale = (
        "dataset/stale-correction",
        f"corrections.csv line 2: the report 990101-2022-云溪县人民政府 is {now}",
    )
    row = note("report_year", 2022, 2021)
    assert stale in told(promote(tmp_path, reading(2021, row, visit=2)))
    review(
        tmp_path,
        ("990101-2022-云溪县人民政府", "t3_granted__total", "1", "74"),
        ("990101-2099-x", "finding", "R3-ROW granted", "accepted"),
        (URL, "report_year", "2022", "2021"),
    )
    for _ in range(2):
        assert told(promote(tmp_path)) == [
            stale,
            (
                "dataset/stale-correction",
                "corrections.csv line 3: the report 990101-2099-x is not there",
            ),
        ]


def test_a_row_about_an_address_nothing_was_read_under_is_told(tmp_path):
    promote(tmp_path, reading(2022))
    review(tmp_path, (URL.replace("http:", "https:"), "report_year", "2022", "2021"))
    for _ in range(2):
        ((code, evidence),) = told(promote(tmp_path))
        assert code == "dataset/correction-waiting"
        assert "line 2: no document was read under this address" in evidence


def test_a_row_taken_back_is_told_until_the_document_was_read_again(tmp_path):
    promote(tmp_path, reading(2021, note("report_year", 2022, 2021)))
    for output in (tmp_path, tmp_path):
        ((code, evidence),) = told(promote(output))
        assert (code, "nothing says any more" in evidence) == ("dataset/correction-waiting", True)
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    assert len(told(promote(tmp_path))) == 1
    assert told(promote(tmp_path, reading(2022, visit=2))) == []
    assert ids(tmp_path) == ["990101-2022-云溪县人民政府"]


def test_what_a_review_says_of_an_edition_is_not_asked_of_the_line(tmp_path):
    copy = reading(2023, note("report_year", 2022, 2023, OTHER), url=OTHER, carrier="pdf_text")
    review(
        tmp_path,
        (OTHER, "report_year", "2022", "2023"),
        (URL, "scope", "unknown", "aggregate"),  # stale: it reads aggregate
    )
    for _ in range(2):
        for path in tmp_path.glob("state.sqlite*"):
            path.unlink()
        ((code, evidence),) = told(promote(tmp_path, reading(2023), copy))
        assert code == "dataset/stale-correction"
        assert "scope reads 'aggregate', not 'unknown'" in evidence


def test_a_document_dropped_for_its_review_waits_for_nothing(tmp_path):
    promote(tmp_path, reading(2022))
    review(tmp_path, (URL, "publisher_norm", "云溪县人民政府", "云溪县财政局"))
    with contextlib.closing(open_store(tmp_path)) as store:
        store.state.drop(URL, reading(2022)["sha256"])
        problems = store.dataset.promote().problems
    assert [p.code for p in problems if "is to be" in p.evidence] == []
    assert ids(tmp_path) == []

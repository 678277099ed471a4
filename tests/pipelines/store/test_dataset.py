"""Files are whole or as they were: killed writers, full disks, readers at work, two runs."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.store import open_store
from pipelines.store.files import AtomicFile, json_line, write_atomically
from pipelines.vocabulary.errors import StoreError
from pipelines.vocabulary.problems import Problem
from tests.disks import mounted
from tests.pipelines.store.records import record

ROOT = Path(__file__).parents[3]


def filled(output, numbers, **facts):
    store = open_store(output)
    for number in numbers:
        store.state.keep(record(number, **facts), reader="r1")
    changes = store.dataset.promote()
    store.close()
    return changes


def test_lines_are_sorted_by_id_and_arrival_does_not_matter(tmp_path):
    numbers = list(range(1, 30))
    filled(tmp_path / "a", numbers)
    random.Random(7).shuffle(numbers)
    filled(tmp_path / "b", numbers)
    a = (tmp_path / "a/reports/990000.jsonl").read_bytes()
    assert a == (tmp_path / "b/reports/990000.jsonl").read_bytes()
    ids = [json.loads(line)["report_id"] for line in a.splitlines()]
    assert ids == sorted(set(ids))


def test_another_fetch_of_the_same_content_keeps_the_line_to_the_byte(tmp_path):
    filled(tmp_path, range(1, 5))
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    changes = filled(
        tmp_path,
        range(1, 5),
        fetched_at="2027-01-01T00:00:00Z",
        archive={"file": "b.warc.gz", "record_id": "<urn:x>"},
        body="a new visitor counter",
    )
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    assert (changes.added, changes.changed, changes.unchanged) == ([], [], 4)


def test_a_deleted_state_is_made_anew_from_the_dataset_and_nothing_changes(tmp_path):
    filled(tmp_path, range(1, 5))
    filled(tmp_path, [1], url="http://mirror.invalid/1.pdf", carrier="pdf_text")
    filled(tmp_path, [2], values={"t3_granted__total": 8}, fetched_at="2027-01-01T00:00:00Z")
    files = ["reports/990000.jsonl", "revisions/990000.jsonl"]
    before = [(tmp_path / name).read_bytes() for name in files]
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    filled(tmp_path, [3], fetched_at="2027-02-01T00:00:00Z")
    assert [(tmp_path / name).read_bytes() for name in files] == before


def test_an_edition_without_identity_joins_its_report_whichever_came_first(tmp_path):
    values = {f"t3_row{n}__total": n for n in range(25)}
    known = record(1, values=values, report_id="990101-2023-aggregate-1")
    bare = record(
        2,
        values=values,
        report_id="990101-2023-unknown-2",
        scope="unknown",
        publisher_norm=None,
        carrier="pdf_text",
    )
    files = []
    for name, order in (("a", [known, bare]), ("b", [bare, known])):
        for each in order:  # two runs, so that one is in the dataset before the other comes
            store = open_store(tmp_path / name)
            store.state.keep(each, reader="r1")
            changes = store.dataset.promote()
            store.close()
        files.append((tmp_path / name / "reports/990000.jsonl").read_bytes())
    assert files[0] == files[1]
    (line,) = files[0].splitlines()
    assert json.loads(line)["former_ids"] == ["990101-2023-unknown-2"]
    assert changes.removed == ["990101-2023-unknown-2"]


def test_a_file_that_someone_changed_is_written_again(tmp_path):
    filled(tmp_path, range(1, 5))
    path = tmp_path / "reports/990000.jsonl"
    before = path.read_bytes()
    path.write_bytes(before[:100])
    filled(tmp_path, [])
    assert path.read_bytes() == before


def test_an_invalid_record_is_told_and_the_last_good_line_stands(tmp_path):
    filled(tmp_path, [1, 2])
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    store = open_store(tmp_path)
    bad = record(1, values={"t3_granted__total": 4}, fetched_at="2027-01-01T00:00:00Z")
    bad["values"]["t3_granted__total"] = "4"
    store.state.keep(bad, reader="r1")
    changes = store.dataset.promote()
    store.close()
    assert [p.code for p in changes.problems] == ["dataset/invalid-record"]
    assert "values/t3_granted__total" in changes.problems[0].evidence
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_a_better_reading_of_the_same_bytes_changes_the_id_and_keeps_the_former(tmp_path):
    filled(tmp_path, [1, 2])
    store = open_store(tmp_path)
    better = record(1)
    old_id, better["report_id"] = better["report_id"], "990101-2022-government-aggregate-1"
    store.state.keep(better, reader="r2", again=True)
    changes = store.dataset.promote()
    store.close()
    assert changes.removed == [old_id]
    lines = (tmp_path / "reports/990000.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(x)["former_ids"] for x in lines] == [[old_id], []]


def test_other_code_reading_the_same_bytes_is_no_revision(tmp_path):
    filled(tmp_path, [1])
    store = open_store(tmp_path)
    kept = store.state.keep(
        record(1, values={"t3_granted__total": 2}, body=None) | {"sha256": record(1)["sha256"]},
        reader="r2",
    )
    store.dataset.promote()
    store.close()
    assert kept.change == "changed"
    line = json.loads((tmp_path / "reports/990000.jsonl").read_text("utf-8"))
    assert (line["revision"], line["values"]) == (0, {"t3_granted__total": 2})
    assert not (tmp_path / "revisions/990000.jsonl").exists()


def test_a_bad_run_that_read_differently_takes_nothing_from_the_dataset(tmp_path):
    filled(tmp_path, [1, 2])
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    store = open_store(tmp_path)
    store.state.keep(record(1, findings=[]), reader="r2")
    store.state.keep(record(2, report_id="990101-2019-x"), reader="r2")
    store.state.withhold_pending()
    store.close()
    (tmp_path / "reports/990000.jsonl").unlink()
    filled(tmp_path, [])
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_what_comes_later_within_one_second_is_later(tmp_path):
    for granted in (1, 2, 3, 4, 5):
        filled(tmp_path, [1], values={"t3_granted__total": granted})
    line = json.loads((tmp_path / "reports/990000.jsonl").read_text("utf-8"))
    assert (line["revision"], line["values"]) == (4, {"t3_granted__total": 5})


def test_an_address_may_be_asked_conditionally_only_when_its_report_is_held(tmp_path):
    store = open_store(tmp_path)
    url = record(1)["source_url"]
    store.state.remember_page(url, etag='"1"', last_modified="Mon, 02 Nov 2026 00:00:00 GMT")
    assert store.state.validators(url) == {}
    store.state.keep(record(1), reader="r1")
    assert store.state.held(url)
    assert store.state.validators(url) == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "Mon, 02 Nov 2026 00:00:00 GMT",
    }
    store.state.withhold_pending()
    assert not store.state.held(url)
    assert store.state.validators(url) == {}
    store.close()


def test_a_changed_page_that_was_fetched_but_never_read_is_fetched_again(tmp_path):
    store = open_store(tmp_path)
    url = record(1)["source_url"]
    store.state.remember_page(url, etag='"1"', sha256="a")
    store.state.keep(record(1), reader="r1")
    assert store.state.page_digest(url) == "a"
    store.state.remember_page(url, etag='"2"', sha256="b")  # and killed before it was read
    assert store.state.page_digest(url) is None
    assert store.state.validators(url) == {}
    store.state.keep(record(1, values={"t3_granted__total": 3}), reader="r1")
    assert store.state.validators(url) == {"If-None-Match": '"2"'}
    store.close()


def test_a_document_that_is_no_report_is_remembered_for_the_reader_that_said_so(tmp_path):
    store = open_store(tmp_path)
    url = "http://www.example.invalid/guide"
    store.state.remember_page(url, etag='"1"', sha256="a")
    store.state.remember_rejection(url, "report/not-a-report", "a guide", reader="r1")
    assert store.state.rejection(url, "r1") == ("report/not-a-report", "a guide")
    assert store.state.rejection(url, "r2") is None
    store.close()


def test_what_was_something_else_is_asked_again_the_next_night_then_twice_as_long(
    tmp_path, monkeypatch
):
    store, url = open_store(tmp_path), "http://www.example.invalid/a-bad-night"
    start = datetime(2026, 3, 1, tzinfo=UTC)
    asked = []
    for hours in range(0, 24 * 250, 12):
        today = (start + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
        monkeypatch.setattr("pipelines.store.state.now", lambda today=today: today)
        if store.state.rejection(url, "r1") is None:
            asked.append(hours / 24)
            store.state.remember_rejection(url, "report/not-a-report", "home page", reader="r1")
    assert asked == [0, 1, 2, 4, 8, 16, 32, 64, 124, 184, 244]
    store.close()


def test_an_address_of_a_held_report_is_never_something_else(tmp_path):
    store, url = open_store(tmp_path), record(1)["source_url"]
    store.state.remember_rejection(url, "report/not-a-report", "home page", reader="r1")
    store.state.remember_page(url, etag='"1"', sha256="a")
    store.state.keep(record(1), reader="r1")
    assert store.state.rejection(url, "r1") is None
    assert store.state.validators(url)
    store.state.remember_page(url, etag='"home"', sha256="b")
    store.state.remember_rejection(url, "report/not-a-report", "home page", reader="r1")
    assert store.state.rejection(url, "r1") is None
    # It is asked in full until it is a report again: the home page unchanged is no 'unchanged'.
    assert (store.state.validators(url), store.state.page_digest(url)) == ({}, None)
    assert store.state.due(url)
    store.close()


def test_what_a_bad_run_took_for_something_else_is_asked_again(tmp_path):
    store, url = open_store(tmp_path), "http://www.example.invalid/guide"
    store.state.remember_rejection(url, "report/not-a-report", "a guide", reader="r1")
    store.state.forget_rejections([url])
    assert store.state.rejection(url, "r1") is None
    store.close()


def test_a_province_that_is_held_back_waits_and_the_others_do_not(tmp_path):
    filled(tmp_path, [1, 2])
    filled(tmp_path, [3], adcode="980101")
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    store = open_store(tmp_path)
    changed = {"t3_granted__total": 3}
    store.state.keep(record(1, values=changed, body="corrected"), reader="r1")
    store.state.keep(record(4), reader="r1")
    store.state.keep(record(3, adcode="980101", values=changed, body="corrected"), reader="r1")
    store.state.keep(record(5, adcode="970101"), reader="r1")
    held_back = store.promote(but={"990000"})
    assert (len(held_back.added), len(held_back.changed)) == (1, 1)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    assert held_back.reports == {"970000": 1, "980000": 1, "990000": 2}
    store.close()
    store = open_store(tmp_path)  # the next run takes over what waits
    after = store.promote()
    assert (len(after.added), len(after.changed), after.reports["990000"]) == (1, 1, 3)
    assert store.promote().unchanged == 5
    store.close()
    filled(tmp_path / "at-once", [2, 4])
    lines = {*(tmp_path / "reports/990000.jsonl").read_bytes().splitlines()}
    assert {*(tmp_path / "at-once/reports/990000.jsonl").read_bytes().splitlines()} < lines


def test_two_runs_never_share_a_folder_and_the_second_says_who_holds_it(tmp_path):
    store = open_store(tmp_path)
    with pytest.raises(StoreError, match=f"in use by process {os.getpid()} on"):
        open_store(tmp_path)
    threading.Timer(0.3, store._presence.leave).start()
    open_store(tmp_path, wait_seconds=10).close()
    store.close()


def test_a_reader_never_sees_half_a_file(tmp_path):
    target = tmp_path / "f.jsonl"
    contents = [json_line(record(n)) * 200 for n in (1, 2)]
    write_atomically(target, contents[0])
    stop = threading.Event()
    seen = set()

    def look():
        while not stop.is_set():
            seen.add(target.read_bytes())

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(60):
        write_atomically(target, contents[turn % 2])
    stop.set()
    reader.join()
    assert seen <= set(contents)
    assert len(seen) == 2


def test_a_line_is_one_line_to_every_program_whatever_ends_lines_elsewhere(tmp_path):
    text = "甲\u2028乙\u2029丙\x85丁\x0b戊\x1e己\r\n庚"
    filled(tmp_path, [1], sections={"1": text})
    written = (tmp_path / "reports/990000.jsonl").read_text("utf-8")
    (line,) = written.splitlines()
    assert json.loads(line)["sections"]["1"] == text


def test_an_exception_while_writing_leaves_the_old_file_and_no_litter(tmp_path):
    target = tmp_path / "f"
    write_atomically(target, b"old")
    with pytest.raises(ZeroDivisionError), AtomicFile(target) as file:
        file.write(b"new" * (1 // 0))
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


_WRITER = """
import sys
from pathlib import Path
from pipelines.store import open_store
from tests.pipelines.store.records import record
store = open_store(sys.argv[1])
n = int(sys.argv[2])
print("go", flush=True)
for number in range(1, 100000):
    values = {"t3_granted__total": n}
    store.state.keep(record(number % 40, values=values, fetched_at=f"2026-11-01T00:00:{n:02}Z"),
                     reader="r1")
    print("kept", flush=True)
    if number % 5 == 0:
        store.dataset.promote()
"""


def killed_writer(output, turn, delay):
    """Start a writer, kill it ``delay`` seconds after its first word; return what it kept."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(output), str(turn)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"go\n"
    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    said, _ = writer.communicate()
    return said.count(b"kept\n")


@pytest.mark.parametrize("seed", range(10))
def test_kill_at_any_moment_loses_no_kept_record_and_breaks_no_file(tmp_path, seed):
    chance = random.Random(seed)
    for turn in range(1, 3):
        kept = killed_writer(tmp_path, turn, chance.uniform(0.0, 0.25))
        path = tmp_path / "reports/990000.jsonl"
        if path.exists():  # whole lines only, before any repair
            text = path.read_bytes()
            assert text.endswith(b"\n")
            ids = [json.loads(line)["report_id"] for line in text.splitlines()]
            assert ids == sorted(set(ids))
        store = open_store(tmp_path)
        held = [i for i, _ in store.state.reports_of("990000")]
        assert len(held) >= min(kept, 40)
        store.dataset.promote()
        store.close()
        ids = [json.loads(line)["report_id"] for line in path.read_bytes().splitlines()]
        assert ids == held
        assert not list(tmp_path.rglob(".*.part"))


def test_a_read_only_folder_is_one_clear_line_at_the_start(tmp_path):
    with mounted(tmp_path / "m", "size=4m") as folder:
        filled(folder, [1])
        before = (folder / "reports/990000.jsonl").read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(StoreError, match=r"^cannot write .*Read-only file system.*stands$"):
            open_store(folder)
        assert (folder / "reports/990000.jsonl").read_bytes() == before


def test_a_full_disk_is_one_clear_line_and_yesterdays_files_stand(tmp_path):
    with mounted(tmp_path / "m", "size=1m") as folder:
        filled(folder, [1])
        before = (folder / "reports/990000.jsonl").read_bytes()
        store = open_store(folder)
        (folder / "ballast").write_bytes(b"\0" * (300 << 10))
        with pytest.raises(StoreError, match="No space left"):
            write_atomically(folder / "reports/990000.jsonl", b"x" * (2 << 20))
        assert (folder / "reports/990000.jsonl").read_bytes() == before
        assert not list(folder.rglob(".*.part"))
        store.close()
        with contextlib.suppress(OSError):
            (folder / "more").write_bytes(b"\0" * (2 << 20))
        with pytest.raises(StoreError, match="No space left"):
            open_store(folder)
        assert (folder / "reports/990000.jsonl").read_bytes() == before


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path):
    (tmp_path / "f").write_text("x")
    with pytest.raises(StoreError, match="cannot write"):
        open_store(tmp_path / "f")


def test_findings_across_years_lie_beside_the_lines_and_never_change_them(tmp_path):
    def year(number, carried_in, carried_out):
        values = {"t3_carried_in__total": carried_in, "t3_carried_out__total": carried_out}
        return record(1, year=number, url=f"http://a.invalid/{number}", values=values)

    store = open_store(tmp_path)
    store.state.keep(year(2023, 5, 0))
    store.dataset.promote()
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    assert not (tmp_path / "findings/990000.jsonl").exists()
    store.state.keep(year(2022, 0, 4))
    store.dataset.promote()
    store.close()
    assert (tmp_path / "reports/990000.jsonl").read_bytes().endswith(before)
    (found,) = (tmp_path / "findings/990000.jsonl").read_text("utf-8").splitlines()
    assert json.loads(found) == {
        "report_id": "990101-2023-government-aggregate-1",
        "other_report_id": "990101-2022-government-aggregate-1",
        "rule": "RX-CARRY",
        "where": "total",
        "severity": "W",
        "left": 5,
        "right": 4,
        "cause": "unknown",
    }


def test_problems_are_sorted_and_each_once(tmp_path):
    store = open_store(tmp_path)
    problems = [Problem(code="fetch/timeout", evidence=e, url=e) for e in ("b", "a", "b")]
    path = store.dataset.write_problems(problems, tmp_path / "runs/1")
    store.close()
    assert [json.loads(line)["url"] for line in path.read_text("utf-8").splitlines()] == ["a", "b"]
    assert (tmp_path / "runs/1/problems.jsonl").read_bytes() == path.read_bytes()


def test_an_earlier_content_that_came_back_stands_after_the_state_is_deleted(tmp_path):
    """It keeps the day it was first fetched, which is before that of what it superseded."""
    first, second = (
        record(1, url="http://www.example.invalid/a.html", values={"t2_license_decisions": n},
               fetched_at=f"2026-11-0{n}T00:00:00Z", published_on=None)
        for n in (1, 5)
    )  # fmt: skip
    for content in (first, second, {**first, "fetched_at": "2026-11-09T00:00:00Z"}):
        with contextlib.closing(open_store(tmp_path)) as store:
            store.state.keep(content)
            store.dataset.promote()
    names = ("reports/990000.jsonl", "revisions/990000.jsonl")
    before = [(tmp_path / name).read_bytes() for name in names]
    assert json.loads(before[0])["values"] == first["values"]
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    with contextlib.closing(open_store(tmp_path)) as store:
        store.dataset.promote()
    assert [(tmp_path / name).read_bytes() for name in names] == before


@pytest.mark.parametrize("damage", [b"", b'{"report_id":"99', b"no line at all\n"])
def test_revisions_that_someone_changed_are_written_again(tmp_path, damage):
    for number in (1, 5):
        url = "http://www.example.invalid/a.html"
        values = {"t2_license_decisions": number}
        with contextlib.closing(open_store(tmp_path)) as store:
            store.state.keep(record(1, url=url, values=values, body=str(number)))
            store.dataset.promote()
    path = tmp_path / "revisions/990000.jsonl"
    before = path.read_bytes()
    path.write_bytes(damage)
    filled(tmp_path, [2])  # another report of the province
    assert path.read_bytes() == before
    path.unlink()
    filled(tmp_path, [])
    assert path.read_bytes() == before


def test_a_file_of_which_no_line_is_whole_is_set_aside_when_a_lost_state_is_rebuilt(tmp_path):
    filled(tmp_path, [1, 2])
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    (tmp_path / "reports/995000.jsonl").write_text("no line", encoding="utf-8")
    filled(tmp_path, [4], adcode="980102")
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    assert not (tmp_path / "reports/995000.jsonl").exists()
    (aside,) = (tmp_path / "reports").glob("995000.jsonl.damaged-*")
    assert aside.read_text("utf-8") == "no line"


def test_a_state_that_was_not_rebuilt_to_its_end_is_rebuilt_at_the_next_start(
    tmp_path, monkeypatch
):
    filled(tmp_path, [1, 2])
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    for path in tmp_path.glob("state.sqlite*"):
        path.unlink()
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.store.readings._pack", _second_fails())
        with pytest.raises(OSError, match="no room"):
            open_store(tmp_path)
    filled(tmp_path, [4], adcode="980102")
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def _second_fails():
    calls = iter((b"", OSError("no room")))

    def pack(record):
        answer = next(calls)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return pack

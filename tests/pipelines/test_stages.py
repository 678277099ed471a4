"""A document becomes a line or a coded problem, whatever it does to its reader."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.effort import LAST_RESORT, wait_until
from tests.pipelines.store.test_dataset import mounted

ROOT = Path(__file__).parents[2]


def crawl(output, documents, check=None, **plan):
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-m",
            "tests.pipelines.small_crawl",
            str(output),
            json.dumps({"documents": documents, **plan}),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LAST_RESORT,
        check=False,
    )
    if check is not None:
        assert done.returncode == check, done.stdout + done.stderr
    return done


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def summary(output):
    latest = max((output / "runs").iterdir())
    return json.loads((latest / "summary.json").read_text(encoding="utf-8"))


def doc(number, **facts):
    return {"url": f"http://www.example.invalid/{number}", "number": number, **facts}


def test_every_document_ends_as_a_line_or_with_its_code_while_the_crawl_goes_on(tmp_path):
    documents = [
        doc(1),
        doc(2, does="hang"),
        doc(3, does="die"),
        doc(4, does="raise"),
        doc(5, does="eat"),
        doc(6, does="damaged"),
        doc(7, does="other"),
        doc(8, adcode="990102"),
        doc(9, year=None),
        doc(10, year=2019),
        doc(11, publisher_type="department", scope="single_organ"),
        doc(12, carrier=None),
        doc(13),
    ]
    crawl(
        tmp_path,
        documents,
        check=0,
        settings={"READ_TIMEOUT": 2, "READ_MEMORY_MB": 2048},
        args={"kinds": ["whole", "office"], "years": [2023]},
    )
    assert [r["report_id"][-2:] for r in lines(tmp_path / "reports/990000.jsonl")] == ["-1", "13"]
    codes = {p["url"].rpartition("/")[2]: p["code"] for p in lines(tmp_path / "problems.jsonl")}
    assert codes == {
        "2": "document/too-slow",
        "3": "document/crashed",
        "4": "report/stage-failed",
        "5": "document/too-large",
        "6": "document/malformed",
        "7": "report/not-a-report",
        "8": "report/upper-level",
        "9": "report/year-unknown",
        "10": "report/other-year",
        "11": "report/other-organ",
        "12": "dataset/invalid-record",
    }
    portal = summary(tmp_path)["portals"][0]
    assert (portal["read"], portal["rejected"], portal["failed"]) == (2, 4, 7)
    assert portal["outcome"] == "incomplete"
    # However fast they come, no more documents are held than there is room for.
    assert summary(tmp_path)["notes"]["most_inside"] == 3
    # 2 s were spent on a document that hangs: the reactor went on turning meanwhile.
    assert summary(tmp_path)["notes"]["beats"] > 10


def test_a_document_given_up_is_named_with_its_address_and_what_to_do(tmp_path):
    documents = [doc(n) for n in range(1, 5)]
    documents.append(doc(5, does="hang", title="二〇二三年 <年度> 报告"))
    done = crawl(tmp_path, documents, check=0, settings={"READ_TIMEOUT": 1})
    page = (max((tmp_path / "runs").iterdir()) / "report.html").read_text(encoding="utf-8")
    (named,) = summary(tmp_path)["given_up"]
    assert (named["url"], named["code"]) == (documents[4]["url"], "document/too-slow")
    assert named["title"] == "二〇二三年 <年度> 报告"
    for said in (done.stdout, page):
        assert documents[4]["url"] in said
        assert "stopped after 1 s of processor time" in said
        assert "READ_TIMEOUT=" in said
    assert "<年度>" in done.stdout
    assert "<年度>" not in page  # what a portal says is no markup
    (line,) = lines(tmp_path / "problems.jsonl")
    assert (line["url"], line["code"]) == (documents[4]["url"], "document/too-slow")

    done = crawl(tmp_path, documents[:4], check=0)
    assert "given up" not in done.stdout


def test_a_second_run_leaves_every_byte_and_a_changed_report_becomes_a_revision(tmp_path):
    documents = [doc(n) for n in (3, 1, 2)]
    crawl(tmp_path, documents, check=0)
    first = (tmp_path / "reports/990000.jsonl").read_bytes()
    for document in documents:
        document["fetched_at"] = "2026-12-01T00:00:00Z"
        document["body"] = "the visitor counter moved"
    crawl(tmp_path, documents[::-1], check=0)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == first
    assert summary(tmp_path)["dataset"]["unchanged"] == 3
    assert summary(tmp_path)["readings"]["unchanged"] == 3
    table = (max((tmp_path / "runs").iterdir()) / "reports.csv").read_text().splitlines()
    ids = [f"990101-2023-government-aggregate-{n}" for n in (1, 2, 3)]
    assert table == ["report_id,change", *(f"{name},unchanged" for name in ids)]

    documents[1] |= {"values": {"t3_new_received__total": 99}, "fetched_at": "2027-01-01T00:00:00Z"}
    crawl(tmp_path, documents, check=0)
    assert summary(tmp_path)["dataset"]["changed"] == ["990101-2023-government-aggregate-1"]
    after = lines(tmp_path / "reports/990000.jsonl")
    assert [(r["revision"], r["values"]["t3_new_received__total"]) for r in after] == [
        (1, 99),
        (0, 2),
        (0, 3),
    ]
    (old,) = lines(tmp_path / "revisions/990000.jsonl")
    assert old["sha256"] == after[0]["supersedes"]
    assert old["fetched_at"] == "2026-11-01T00:00:00Z"


def test_a_run_that_falls_far_short_is_bad_and_the_dataset_stands(tmp_path):
    crawl(tmp_path, [doc(n) for n in range(1, 7)], check=0)
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    done = crawl(tmp_path, [doc(1, values={"t3_new_received__total": 5})], check=1)
    assert "NOT good" in done.stdout
    assert "1 reports where the last good run had 6" in done.stdout
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    # What the bad run did read is kept, and becomes the dataset with the next good run.
    again = [doc(1, values={"t3_new_received__total": 5}, fetched_at="2026-12-01T00:00:00Z")]
    crawl(tmp_path, again + [doc(n) for n in range(2, 7)], check=0)
    assert summary(tmp_path)["dataset"]["changed"] == ["990101-2023-government-aggregate-1"]


def test_readings_that_lost_their_figures_are_set_aside_and_read_again(tmp_path):
    values = {f"t3_row{n}__total": n for n in range(20)}
    good = [doc(n, values=values) for n in range(1, 5)]
    crawl(tmp_path, good, check=0)
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    bare = [doc(n, values={}, fetched_at="2026-12-01T00:00:00Z") for n in range(1, 5)]
    done = crawl(tmp_path, bare, check=1)
    assert "4 of 4 changed reports lost most of their figures" in done.stdout
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    crawl(tmp_path, good, check=0)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_a_crawl_that_does_not_start_is_bad_and_leaves_yesterdays_output(tmp_path):
    crawl(tmp_path, [doc(1)], check=0)
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    done = crawl(tmp_path, [], check=1, start_fails=True)
    assert "the crawl did not start" in done.stdout
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_the_summary_says_in_words_what_was_found_and_where(tmp_path):
    done = crawl(tmp_path, [doc(1), doc(2, does="damaged")], check=0)
    assert "incomplete" in done.stdout
    assert "document/malformed: the file is damaged or truncated" in done.stdout
    assert f"{tmp_path}/reports/" in done.stdout
    page = (max((tmp_path / "runs").iterdir()) / "report.html").read_text(encoding="utf-8")
    assert "document/malformed" in page
    assert page.count("<script") == 1  # its own, which sorts and searches


def test_a_crawl_stopped_by_hand_keeps_what_it_read_for_the_next(tmp_path):
    documents = [doc(1), doc(2), doc(3, does="hang"), doc(4, does="hang")]
    plan = {"documents": documents, "settings": {"READ_TIMEOUT": 4}}
    crawling = subprocess.Popen(
        [sys.executable, "-m", "tests.pipelines.small_crawl", str(tmp_path), json.dumps(plan)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_until(lambda: held(tmp_path) >= 2, every=0.1)
    crawling.send_signal(signal.SIGINT)
    said, _ = crawling.communicate(timeout=LAST_RESORT)
    assert crawling.returncode == 1, said
    assert "Stopped before the end" in said
    assert not (tmp_path / "reports/990000.jsonl").exists()
    done = crawl(tmp_path, [doc(5)], check=0)
    assert "3 reports added" in done.stdout


def held(output):
    try:
        with contextlib.closing(
            sqlite3.connect(f"file:{output}/state.sqlite?mode=ro", uri=True)
        ) as db:
            return db.execute("SELECT count(*) FROM readings").fetchone()[0]
    except sqlite3.Error:
        return 0


def test_a_disk_that_fills_up_ends_the_crawl_in_words_and_yesterdays_files_stand(tmp_path):
    with mounted(tmp_path / "m", "size=3m") as folder:
        crawl(folder, [doc(n) for n in range(1, 4)], check=0)
        before = (folder / "reports/990000.jsonl").read_bytes()
        much = [doc(n, much=60_000 + n, fetched_at="2026-12-01T00:00:00Z") for n in range(1, 60)]
        done = crawl(folder, much, check=1)
        assert "NOT good" in done.stdout
        assert "disk is full" in done.stdout or "No space left" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
        assert (folder / "reports/990000.jsonl").read_bytes() == before
        (folder / "state.sqlite").unlink()  # room again: the next run goes on from the dataset
        for path in folder.glob("state.sqlite-*"):
            path.unlink()
        crawl(folder, [doc(n) for n in range(1, 4)], check=0)
        assert (folder / "reports/990000.jsonl").read_bytes() == before

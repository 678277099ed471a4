"""The archive makes the dataset: whatever else was deleted, each report is read again or named."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import pytest
from scrapy.http import HtmlResponse, Request

from crawler.middlewares.archive import Archive
from pipelines.store import open_store
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from tests.pipelines.store.records import record
from tests.pipelines.test_reparse import lines, reparse

THEN, LATER = "2026-11-01T00:00:00Z", "2026-11-09T00:00:00Z"


class Crawled:
    """An output folder as crawls leave it: pages archived, what they were made of, readings."""

    def __init__(self, output):
        self.output = output
        (output / "archive").mkdir(parents=True)
        self.open()

    def open(self):
        self.store = open_store(self.output)
        self.archive = Archive(self.output / "archive", 1 << 30)

    def fetch(self, url, body):
        request = Request(url)
        ref = self.archive.exchange(request, HtmlResponse(url, body=body, request=request))
        digest = hashlib.sha256(body).hexdigest()
        self.store.state.remember_page(url, sha256=digest, archive=ref)
        return ref

    def report(self, number, *, files=(), told=True, at=THEN, **says):
        url = f"http://www.example.invalid/{number}.html"
        body = json.dumps({"number": number, "fetched_at": at, **says}).encode()
        ref = self.fetch(url, body)
        for file in files:
            self.fetch(file, b"a table" * 300)
        document = FetchedDocument(
            portal_code="990101",
            source=Source(url=url, title="年度报告", fetched_at=at, archive=ref),
            page=RawFile(body=body, url=url, content_type="text/html"),
            files=[RawFile(body=b"", url=file) for file in files],
        )
        self.store.state.remember_document(document)
        if told:
            self.archive.origin(self.store.state.origin_of(document))
        then = record(number, url=url, fetched_at=at, archive=asdict(ref))
        then["sha256"] = hashlib.sha256(body).hexdigest()
        self.store.state.keep(then, reader="yesterday's")
        return url

    def close(self):
        self.store.dataset.promote()
        self.store.close()
        self.archive.close()

    def lose(self, *names):
        for name in names:
            for path in self.output.glob(name):
                path.unlink()


@pytest.fixture
def crawled(tmp_path):
    return Crawled(tmp_path)


BETTER = {"t3_granted__total": 22}


@pytest.mark.parametrize("told", [True, False], ids=["with origins", "of an older archive"])
def test_after_a_lost_state_every_report_is_read_again_though_pages_changed_their_counters(
    crawled, tmp_path, told
):
    for number in (1, 2, 3):
        crawled.report(number, told=told, values=BETTER)
    crawled.close()
    crawled.lose("state.sqlite*")
    crawled.open()
    crawled.report(1, told=told, at=LATER, values=BETTER, body="visitor 2")  # the same, said so
    crawled.close()
    done = reparse(tmp_path)
    assert done.stdout.startswith("3 documents read again: 0 as before, 3 read differently")
    assert {r["values"]["t3_granted__total"] for r in lines(tmp_path).values()} == {22}
    assert {r["revision"] for r in lines(tmp_path).values()} == {0}


def test_a_report_whose_bytes_are_gone_is_named_and_stays(crawled, tmp_path):
    urls = {crawled.report(n, told=False, values=BETTER) for n in (1, 2)}
    crawled.close()
    before = lines(tmp_path)
    crawled.lose("state.sqlite*", "archive/*.warc.gz")
    done = reparse(tmp_path)
    assert "2 could not be read and stay as they were" in done.stdout
    assert lines(tmp_path) == before
    (told,) = tmp_path.glob("runs/*-reparse/problems.jsonl")
    problems = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    assert {p["url"] for p in problems} == urls
    assert {p["code"] for p in problems} == {"document/not-archived"}


def test_what_was_fetched_again_since_stands_in_for_bytes_that_are_gone(crawled, tmp_path):
    crawled.report(1, values=BETTER)
    crawled.close()
    crawled.lose("archive/*.warc.gz")
    crawled.open()
    crawled.report(2, values=BETTER)
    # The page of 1 with another counter: the same content, so its reading still names the first.
    url = "http://www.example.invalid/1.html"
    body = json.dumps({"number": 1, "fetched_at": LATER, "values": BETTER, "body": "2"}).encode()
    page = RawFile(body=body, url=url, content_type="text/html")
    source = Source(url=url, title="年度报告", fetched_at=LATER, archive=crawled.fetch(url, body))
    crawled.store.state.remember_document(
        FetchedDocument(portal_code="990101", source=source, page=page)
    )
    crawled.close()
    done = reparse(tmp_path)
    assert done.stdout.startswith("2 documents read again: 0 as before, 2 read differently")
    after = lines(tmp_path)["1"]
    assert (after["revision"], after["values"]) == (0, BETTER)
    assert (after["fetched_at"], after["sha256"]) == (LATER, hashlib.sha256(body).hexdigest())
    assert reparse(tmp_path).stdout.startswith("2 documents read again: 2 as before")


@pytest.mark.parametrize("also", [("revisions/*",), ()], ids=["all", "all but the revisions"])
def test_the_archive_alone_makes_the_dataset_and_its_revisions(crawled, tmp_path, also):
    for number in (1, 2):
        crawled.report(number)
    crawled.close()
    reparse(tmp_path)
    crawled.open()
    crawled.report(2, at=LATER, values=BETTER)
    crawled.close()
    reparse(tmp_path)
    before = lines(tmp_path)
    assert before["2"]["revision"] == 1
    revisions = (tmp_path / "revisions/990000.jsonl").read_bytes()
    crawled.lose("state.sqlite*", "reports/*", "findings/*", *also)
    done = reparse(tmp_path)
    assert done.stdout.startswith("3 documents read again")
    assert lines(tmp_path) == before
    assert (tmp_path / "revisions/990000.jsonl").read_bytes() == revisions


def test_a_report_is_not_read_again_without_its_file_and_with_the_file_of_its_own_day(
    crawled, tmp_path
):
    file = "http://www.example.invalid/table.doc"
    url = crawled.report(1, files=[file])
    crawled.fetch(file, b"another table" * 300)  # replaced since
    crawled.close()
    crawled.open()
    ((_, sha256, _),) = crawled.store.state.document_keys()
    _, origin = crawled.store.state.document(url, sha256)
    (known,) = origin["files"]
    assert known["archive"] != asdict(crawled.store.state.archived(file))
    known["archive"]["record_id"] = "<urn:uuid:gone>"
    crawled.store.state._db.execute("UPDATE documents SET origin = ?", (json.dumps(origin),))
    crawled.close()
    before = lines(tmp_path)
    assert "1 could not be read and stay" in reparse(tmp_path).stdout
    assert lines(tmp_path) == before


def test_what_is_archived_again_is_asked_for_at_once_and_named_by_its_line(crawled, tmp_path):
    url = crawled.report(1)
    state = crawled.store.state
    body = json.dumps({"number": 1, "fetched_at": THEN}).encode()
    state._db.execute("UPDATE pages SET etag = '1'")
    state.seen_unchanged(url)
    assert not state.due(url)
    assert state.validators(url)
    crawled.close()
    reparse(tmp_path)
    before = lines(tmp_path)["1"]
    crawled.lose("archive/*.warc.gz")
    crawled.open()
    assert crawled.store.state.due(url)
    assert crawled.store.state.validators(url) == {}
    ref = crawled.fetch(url, body)  # the same bytes: nothing is read
    crawled.close()
    assert reparse(tmp_path).stdout.startswith("1 documents read again")
    assert lines(tmp_path)["1"] == before | {"archive": asdict(ref)}

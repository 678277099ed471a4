"""Archived bytes read again: better readings replace, nothing is lost, no network is touched."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.store import open_store
from pipelines.store.archive import Archive
from pipelines.vocabulary.items import ArchiveRef, FetchedDocument, RawFile, Source
from tests.commands import scrapy
from tests.pipelines.store.records import record
from tests.pipelines.test_stages import crawl

ROOT = Path(__file__).parents[2]


class Portal:
    """Writes an archive and a state as a crawl would, out of documents made up on the spot."""

    def __init__(self, output):
        self.output = output
        (output / "archive").mkdir(parents=True)
        self.file = (output / "archive/one.warc.gz").open("wb")
        self.writer = WARCWriter(self.file, gzip=True)
        self.store = open_store(output)

    def keep(self, body, url, content_type="text/html"):
        made = self.writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=StatusAndHeaders(
                "200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1"
            ),
        )
        self.writer.write_record(made)
        made.raw_stream.close()  # warcio leaves its temporary file to the garbage collector
        ref = ArchiveRef(
            file="one.warc.gz", record_id=made.rec_headers.get_header("WARC-Record-ID")
        )
        self.store.state.remember_page(
            url, sha256=hashlib.sha256(body).hexdigest(), archive=ref, content_type=content_type
        )
        return ref

    def document(self, number, *, archived=True, read=True, **says):
        """Archive a page that will read as ``says``, and what was read of it then."""
        url = f"http://www.example.invalid/{number}.html"
        body = json.dumps({"number": number, "fetched_at": "2026-11-01T00:00:00Z", **says}).encode()
        ref = self.keep(body, url) if archived else None
        source = Source(url=url, title="年度报告", fetched_at="2026-11-01T00:00:00Z", archive=ref)
        page = RawFile(body=body, url=url, content_type="text/html")
        self.store.state.remember_document(
            FetchedDocument(portal_code="990101", source=source, page=page)
        )
        if read:
            then = record(number, url=url)
            then["sha256"] = hashlib.sha256(body).hexdigest()
            then["found_via"], then["cells"] = [], {}
            then["narrative"], then["findings"] = [], []
            self.store.state.keep(then, reader="yesterday's")
        return url

    def close(self):
        self.store.dataset.promote()
        self.store.close()
        self.file.close()


@pytest.fixture
def portal(tmp_path):
    return Portal(tmp_path)


def reparse(output, *arguments, check=0):
    reader = ("-s", "READ_FUNCTION=tests.pipelines.small_crawl:read", "-s", "READ_WORKERS=2")
    done = scrapy(output, "reparse", *reader, *arguments)
    assert done.returncode == check, done.stdout + done.stderr
    return done


def lines(output):
    text = (output / "reports/990000.jsonl").read_text(encoding="utf-8")
    return {r["report_id"][-1]: r for r in map(json.loads, text.splitlines())}


def test_a_better_reading_replaces_the_old_and_is_no_revision(portal, tmp_path):
    portal.document(1)
    portal.document(2, values={"t3_granted__total": 22})
    portal.document(3, read=False)
    portal.close()
    before = lines(tmp_path)
    done = reparse(tmp_path)
    after = lines(tmp_path)
    assert after["1"] == before["1"]
    assert after["2"]["values"] == {"t3_granted__total": 22}
    assert "  values.t3_granted__total: 1 changed\n" in done.stdout
    assert "  values.t3_new_received__total: 1 lost\n" in done.stdout
    (told,) = tmp_path.glob("runs/*-reparse/changes.jsonl")
    changes = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
    assert {
        "report_id": after["2"]["report_id"],
        "field": "values.t3_granted__total",
        "kind": "changed",
        "before": 1,
        "after": 22,
    } in changes
    assert {c["report_id"] for c in changes} == {after["2"]["report_id"]}
    assert after["2"]["revision"] == 0
    assert after["2"]["fetched_at"] == before["2"]["fetched_at"]
    assert "3" in after
    assert not (tmp_path / "revisions/990000.jsonl").exists()
    assert "3 documents read again: 1 as before, 1 read differently, 1 new" in done.stdout
    whole = (tmp_path / "reports/990000.jsonl").read_bytes()
    reparse(tmp_path)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == whole


def test_what_cannot_be_read_any_more_keeps_its_old_reading(portal, tmp_path):
    portal.document(1, does="damaged")
    portal.document(2, archived=False)
    portal.document(3, does="other")
    portal.close()
    before = lines(tmp_path)
    done = reparse(tmp_path)
    assert "No report any more: 1 by report/not-a-report (" in done.stdout
    assert lines(tmp_path) == {k: before[k] for k in "12"}
    folder = next((tmp_path / "runs").glob("*-reparse"))
    codes = [json.loads(x)["code"] for x in (folder / "problems.jsonl").read_text().splitlines()]
    assert codes == ["document/malformed", "document/not-archived", "report/not-a-report"]


def test_readers_that_would_lose_many_reports_change_nothing(portal, tmp_path):
    for number in range(1, 7):
        portal.document(number, does="other" if number < 5 else "report")
    portal.close()
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    done = reparse(tmp_path, check=1)
    assert "4 of 6 reports would be lost, 4 by report/not-a-report (" in done.stderr
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before
    store = open_store(tmp_path)  # the readings are all still there
    assert len(list(store.state.reports_of("990000"))) == 6
    store.close()


def test_years_and_provinces_narrow_a_reparse(portal, tmp_path):
    portal.document(1, values={"t3_granted__total": 22})
    portal.close()
    assert "0 documents" in reparse(tmp_path, "--years", "2019").stdout
    assert "unknown kind 'hole'" in reparse(tmp_path, "--kinds", "hole", check=2).stderr
    assert "1 documents" in reparse(tmp_path, "--years", "2023").stdout


def test_a_record_of_the_archive_comes_back_as_its_bytes_though_the_file_is_cut_short(
    portal, tmp_path
):
    bodies = [os.urandom(5000) for _ in range(4)]
    refs = [portal.keep(b, f"http://a.invalid/{n}") for n, b in enumerate(bodies)]
    portal.close()
    archive = Archive(tmp_path / "archive")
    assert [archive.body(ref) for ref in refs] == bodies
    path = tmp_path / "archive/one.warc.gz"
    path.write_bytes(path.read_bytes()[:-3000])
    cut = Archive(tmp_path / "archive")
    assert [cut.body(ref) for ref in refs[:3]] == bodies[:3]
    assert cut.body(refs[3]) != bodies[3]
    assert cut.body(ArchiveRef(file="none.warc.gz", record_id="<urn:x>")) is None


def test_a_crawl_with_better_readers_makes_no_revision_of_their_progress(portal, tmp_path):
    for number in (1, 2):
        portal.document(number, values={"t3_granted__total": 22})  # yesterday's code read 1
    portal.close()
    assert {r["values"]["t3_granted__total"] for r in lines(tmp_path).values()} == {1}
    url = "http://www.example.invalid/{}.html"
    counter = {"fetched_at": "2026-12-01T00:00:00Z", "body": "the visitor counter moved"}
    crawl(
        tmp_path,
        [
            {"url": url.format(1), "number": 1, "values": {"t3_granted__total": 22}, **counter},
            {"url": url.format(2), "number": 2, "values": {"t3_granted__total": 33}, **counter},
        ],
        check=0,
    )
    after = lines(tmp_path)
    assert (after["1"]["revision"], after["1"]["values"]) == (0, {"t3_granted__total": 22})
    assert after["1"]["fetched_at"] == "2026-11-01T00:00:00Z"
    assert (after["2"]["revision"], after["2"]["values"]) == (1, {"t3_granted__total": 33})
    (old,) = (tmp_path / "revisions/990000.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(old)["values"] == {"t3_granted__total": 22}

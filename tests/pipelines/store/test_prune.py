"""Pruning frees what it says, keeps every byte a reader may need, and breaks no reference."""

from __future__ import annotations

import hashlib

import pytest
from scrapy.http import Request, Response
from warcio.archiveiterator import ArchiveIterator

from crawler.middlewares.archive import Archive as Writer
from pipelines.store import open_store
from pipelines.store.archive import Archive
from pipelines.store.prune import CHOICES, EVER, measure, prune
from pipelines.vocabulary.errors import StoreError
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from tests.pipelines.store.records import record

URL = "http://www.example.invalid"


class Crawled:
    """An output folder as two crawls leave it."""

    def __init__(self, output):
        self.folder = output / "archive"
        self.store = open_store(output)
        self.refs = {}
        writer = Writer(self.folder, 10**9)
        for name in ("home", "list"):
            self.fetch(writer, name, f"{name} page " * 300)
        self.read(writer, "one", "one as it was " * 200, granted=1)
        self.read(writer, "two", "two " * 800, granted=1)
        self.read(writer, "guide", "a guide " * 400, granted=None)
        writer.close()
        writer = Writer(self.folder, 10**9)
        self.fetch(writer, "home", "home page " * 300)  # a revisit
        self.read(writer, "one", "one corrected " * 200, granted=2)
        writer.close()
        self.store.dataset.promote()

    def fetch(self, writer, name, text):
        url = f"{URL}/{name}"
        ref = writer.exchange(Request(url), Response(url, body=text.encode()))
        self.refs[f"{name}: {text[:12].strip()}"] = (ref, text.encode())
        return ref

    def read(self, writer, name, text, *, granted):
        url, body = f"{URL}/{name}", text.encode()
        ref = self.fetch(writer, name, text)
        digest, seen = hashlib.sha256(body).hexdigest(), f"2026-11-0{granted or 1}T00:00:00Z"
        self.store.state.remember_page(url, sha256=digest, archive=ref)
        source = Source(url=url, fetched_at=seen, archive=ref)
        self.store.state.remember_document(
            FetchedDocument(portal_code="990101", source=source, page=RawFile(body=body, url=url))
        )
        if granted is not None:
            facts = {"sha256": digest, "archive": {"file": ref.file, "record_id": ref.record_id}}
            values = {"t3_granted__total": granted}
            number = {"one": 1, "two": 2}[name]
            one = record(number, url=url, values=values, fetched_at=seen, **facts)
            self.store.state.keep(one, reader="r")

    def readable(self):
        archive = Archive(self.folder)
        return {name for name, (ref, body) in self.refs.items() if archive.body(ref) == body}


@pytest.fixture
def crawled(tmp_path):
    out = Crawled(tmp_path)
    yield out
    out.store.close()


KEPT = {
    "documents": {
        "one: one as it wa",
        "two: two two two",
        "guide: a guide a gu",
        "one: one correcte",
    },
    "held": {"one: one as it wa", "two: two two two", "one: one correcte"},
    "current": {"two: two two two", "one: one correcte"},
}


@pytest.mark.parametrize("keep", CHOICES)
def test_a_choice_keeps_what_it_says_and_frees_what_was_measured(crawled, keep):
    before = sum(p.stat().st_size for p in crawled.folder.glob("*.warc.gz"))
    said = measure(crawled.folder, crawled.store.state)[keep]
    assert prune(crawled.folder, crawled.store.state, keep) == said
    assert sum(p.stat().st_size for p in crawled.folder.glob("*.warc.gz")) == said.bytes
    assert before - said.bytes == said.freed_bytes > 0
    assert crawled.readable() == KEPT[keep]
    again = prune(crawled.folder, crawled.store.state, keep)
    assert (again.bytes, again.freed_bytes) == (said.bytes, 0)


def test_what_is_left_is_a_whole_warc_file_with_its_requests(crawled):
    prune(crawled.folder, crawled.store.state, "held")
    found = []
    for path in sorted(crawled.folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for each in ArchiveIterator(file, check_digests="raise"):
                each.content_stream().read()
                found.append(each.rec_type)
    assert found.count("response") == found.count("request") == 3
    assert found[0] == "warcinfo"


def test_what_is_newer_than_the_day_stays_with_what_it_refers_to(crawled):
    assert (
        prune(crawled.folder, crawled.store.state, "current", before="2020-01-01").freed_bytes == 0
    )
    recent = [p for p in crawled.refs if p.startswith("home")]
    assert set(recent) <= crawled.readable()
    assert prune(crawled.folder, crawled.store.state, "current", before=EVER).freed_bytes > 0


def test_after_pruning_a_crawl_archives_again_what_went(crawled):
    prune(crawled.folder, crawled.store.state, "held")
    writer = Writer(crawled.folder, 10**9)
    ref = crawled.fetch(writer, "home", "home page " * 300)
    writer.close()
    assert Archive(crawled.folder).body(ref) == b"home page " * 300


def test_a_damaged_file_is_one_clear_line_and_left_as_it_is(crawled):
    path = min(crawled.folder.glob("*.warc.gz"))
    path.write_bytes(data := path.read_bytes()[:-7] + b"garbage")
    with pytest.raises(StoreError, match="is damaged and was left"):
        prune(crawled.folder, crawled.store.state, "held")
    assert path.read_bytes() == data

import contextlib
import sqlite3
from pathlib import Path

import pytest
from scrapy.http import Request, Response
from warcio.archiveiterator import ArchiveIterator

from crawler.middlewares import archive as archive_module
from crawler.middlewares.archive import Archive, finish_leftovers, records

URL = "http://www.qingyu.gov.test/zwgk/nb/1.html"


def fill(folder: Path, count: int = 2, max_bytes: int = 10**9, close: bool = True):
    archive = Archive(folder, max_bytes)
    refs = [
        archive.exchange(
            Request(f"{URL}?n={n}", headers={"User-Agent": "county-reports"}),
            Response(
                f"{URL}?n={n}",
                body=f"正文{n}".encode(),
                headers={"Content-Type": "text/html; charset=utf-8", "Content-Length": "9999"},
            ),
        )
        for n in range(count)
    ]
    if close:
        archive.close()
    return archive, refs


def test_what_came_is_found_again_under_the_reference_that_was_given(tmp_path):
    _, refs = fill(tmp_path)
    for n, ref in enumerate(refs):
        held = {
            identity: (url, kind, body)
            for identity, url, kind, body in records(tmp_path / ref.file)
        }
        url, kind, body = held[ref.record_id]
        assert url == f"{URL}?n={n}"
        assert kind == "text/html; charset=utf-8"
        assert body == f"正文{n}".encode()


def test_a_compressed_answer_is_kept_as_it_came_and_read_unpacked(tmp_path):
    import gzip

    archive = Archive(tmp_path, 10**9)
    packed = gzip.compress("正文".encode())
    ref = archive.exchange(
        Request(URL), Response(URL, body=packed, headers={"Content-Encoding": "gzip"})
    )
    archive.close()
    ((_, _, _, body),) = records(tmp_path / ref.file)
    assert body == "正文".encode()
    assert packed[10:] in gzip.decompress((tmp_path / ref.file).read_bytes())


def test_a_rendered_page_is_a_record_of_its_own_kind(tmp_path):
    archive = Archive(tmp_path, 10**9)
    ref = archive.rendered(URL, b"<p>drawn</p>")
    archive.close()
    ((identity, url, kind, body),) = records(tmp_path / ref.file)
    assert (identity, url, body) == (ref.record_id, URL, b"<p>drawn</p>")
    assert kind.startswith("text/html")


def test_files_turn_over_at_their_size_and_every_reference_holds(tmp_path):
    _, refs = fill(tmp_path, count=6, max_bytes=1500)
    assert len({ref.file for ref in refs}) > 1
    for ref in refs:
        assert ref.record_id in {identity for identity, *_ in records(tmp_path / ref.file)}


def test_a_killed_crawl_leaves_its_whole_records_to_the_next(tmp_path):
    archive, refs = fill(tmp_path, count=3, close=False)
    (path,) = tmp_path.glob("*.open")
    archive._file.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])  # killed while writing the last record
    finish_leftovers(tmp_path)
    assert list(tmp_path.glob("*.open")) == []
    held = {identity for identity, *_ in records(tmp_path / refs[0].file)}
    assert {refs[0].record_id, refs[1].record_id} <= held


def test_a_leftover_without_one_whole_record_is_removed(tmp_path):
    (tmp_path / "x.warc.gz.open").write_bytes(b"\x1f\x8b\x08")
    finish_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_costs_the_archive_and_not_the_crawl(tmp_path, caplog):
    (tmp_path / "archive").write_text("a file where the folder should be")
    archive, refs = fill(tmp_path / "archive")
    assert refs == [None, None]
    assert "cannot be written" in archive.error
    assert len(caplog.records) == 1


@pytest.mark.parametrize("status", [301, 304, 404, 412])
def test_answers_without_a_page_are_kept_too(tmp_path, status):
    archive = Archive(tmp_path, 10**9)
    ref = archive.exchange(Request(URL), Response(URL, status=status))
    archive.close()
    assert ref.record_id in {identity for identity, *_ in records(tmp_path / ref.file)}


def ask(archive, url=URL, *, body=b"x" * 2000, status=200):
    return archive.exchange(Request(url), Response(url, status=status, body=body))


def kinds(folder):
    out = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                header = record.rec_headers.get_header
                out.append((record.rec_type, header("WARC-Refers-To"), header("WARC-Profile")))
    return [k for k in out if k[0] not in {"request", "warcinfo"}]


def test_bytes_that_come_again_are_a_revisit_of_the_record_that_has_them(tmp_path):
    first = Archive(tmp_path, 10**9)
    ref = ask(first)
    assert ask(first) == ref
    first.close()
    second = Archive(tmp_path, 10**9)  # another run, another file
    assert ask(second) == ref
    changed = ask(second, body=b"y" * 2000)
    assert ask(second, "http://mirror.test/1.html") != ref  # its own address, its own record
    assert ask(second, body=b"", status=304) == changed  # of what the address said last
    second.close()
    same = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    not_modified = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"
    assert kinds(tmp_path) == [
        ("response", None, None),
        ("revisit", ref.record_id, same),
        ("revisit", ref.record_id, same),
        ("response", None, None),
        ("response", None, None),
        ("revisit", changed.record_id, not_modified),
    ]


@pytest.mark.parametrize("loss", ["the WARC file", "the index"])
def test_a_revisit_never_refers_to_what_is_gone(tmp_path, loss):
    archive = Archive(tmp_path, 10**9)
    ref = ask(archive)
    archive.close()
    if loss == "the WARC file":
        (tmp_path / ref.file).unlink()
    else:
        for path in tmp_path.glob("payloads.sqlite*"):
            path.write_bytes(b"no database" * 100)
    archive = Archive(tmp_path, 10**9)
    again = ask(archive)
    archive.close()
    assert again != ref
    assert again.record_id in {identity for identity, *_ in records(tmp_path / again.file)}


def test_a_file_another_run_is_writing_is_left_alone(tmp_path):
    living, refs = fill(tmp_path, count=2, close=False)
    (path,) = tmp_path.glob("*.open")
    before = path.read_bytes()
    assert finish_leftovers(tmp_path) == []
    assert path.read_bytes() == before
    _, more = fill(tmp_path, count=2)
    more += [ask(living, f"{URL}?n=9")]
    living.close()
    assert len({ref.file for ref in (*refs, *more)}) == 2
    for ref in (*refs, *more):
        assert ref.record_id in {identity for identity, *_ in records(tmp_path / ref.file)}


def test_bytes_another_run_is_archiving_are_referred_to(tmp_path):
    living = Archive(tmp_path, 10**9)
    ref = ask(living)
    second = Archive(tmp_path, 10**9)
    assert ask(second) == ref
    second.close()
    living.close()
    assert sorted(kind for kind, *_ in kinds(tmp_path)) == ["response", "revisit"]


@pytest.fixture
def days(monkeypatch):
    """Let the archive's clock go on by days."""
    gone = []
    real = archive_module._days_ago
    monkeypatch.setattr(archive_module, "_days_ago", lambda n: real(n - sum(gone)))
    return gone.append


def test_what_is_said_again_is_written_down_once_a_month(tmp_path, days):
    def night(*answers):
        archive = Archive(tmp_path, 10**9, revisit_days=30)
        for status, body in answers:
            ask(archive, body=body, status=status)
        archive.close()
        return len(list(tmp_path.glob("*.warc.gz")))

    page, same = (200, b"x" * 2000), (304, b"")
    assert night(page) == 1
    assert night(same) == night(page) == night(page) == 1  # no file at all for a quiet night
    days(31)
    assert night(same) == 2
    assert [kind for kind, *_ in kinds(tmp_path)] == ["response", "revisit"]


def test_what_an_address_says_otherwise_or_again_after_that_is_news(tmp_path):
    archive = Archive(tmp_path, 10**9, revisit_days=30)
    page, gone, small = (200, b"x" * 2000), (404, b"not here"), (200, b"User-agent: *")
    for status, body in (page, page, gone, gone, page, page, small, small):
        ask(archive, body=body, status=status)
    assert ask(archive, body=b"", status=304) is not None
    archive.close()
    assert [kind for kind, *_ in kinds(tmp_path)] == ["response", "response", "revisit", "response"]


def test_of_a_page_that_differs_at_every_visit_the_index_keeps_the_last(tmp_path):
    archive = Archive(tmp_path, 10**9, revisit_days=30)
    for visit in range(9):
        ask(archive, body=b"%d" % visit + b"x" * 2000)
    archive.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "payloads.sqlite")) as index:
        assert index.execute("SELECT count(*) FROM payloads").fetchone() == (4,)

"""Reading processes: counted by the processor, started off the loop, replaced when they are lost."""

from __future__ import annotations

import asyncio
import json
import multiprocessing.forkserver
import os
import signal
import threading
import time
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from pipelines import workers as module
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import FetchedDocument, RawFile, Source
from pipelines.workers import Limits, Workers
from tests.pipelines import made_up_reader
from tests.pipelines.documents.test_converter_bounds import other_work
from tests.pipelines.test_stages import crawl, doc, lines, summary

READER = "tests.pipelines.made_up_reader:read"


def document(**facts):
    page = RawFile(body=json.dumps(facts).encode(), url="http://www.example.invalid/1")
    return FetchedDocument(portal_code="990101", source=Source(url=page.url), page=page)


@pytest.fixture(autouse=True)
def _own_fork_server():
    """Each test has a fork server of its own: one that is still running loads nothing again."""
    multiprocessing.forkserver._forkserver._stop()
    yield
    multiprocessing.forkserver._forkserver._stop()


def results(*documents, limits=None, before=None, reader=READER):
    """Read documents one after the other; return titles and codes of problems."""

    async def go():
        pool = Workers(limits or Limits(workers=1), reader=reader)
        out = []
        try:
            for number, each in enumerate(documents):
                if before is not None:
                    await before(pool, number)
                try:
                    out.append((await pool.read(each)).title)
                except CodedError as error:
                    out.append(f"{error.code}: {error.evidence}")
        finally:
            await asyncio.to_thread(pool.close)
        return out

    return asyncio.run(go())


def fork_server():
    return multiprocessing.forkserver._forkserver._forkserver_pid


@pytest.mark.slow("keeps every core busy for as long as it lasts")
def test_what_a_document_costs_is_counted_whatever_else_the_machine_does():
    limits = Limits(workers=1, seconds=2.0)
    with other_work(os.cpu_count() or 1):
        got = results(document(works=1.2), document(works=60), document(works=0.1), limits=limits)
    assert got == ["read", "document/too-slow: stopped after 2 s of processor time", "read"]


def test_a_document_that_waits_costs_nothing_until_the_last_resort():
    assert results(document(waits=2), limits=Limits(workers=1, seconds=1.0)) == ["read"]
    limits = Limits(workers=1, seconds=1.0, longest=3.0)
    got = results(document(waits=600), limits=limits)
    assert got == ["document/too-slow: stopped after 3 s by the clock"]


def test_what_programs_of_a_document_use_is_its_own():
    got = results(document(starts=1.5), limits=Limits(workers=1, seconds=1.0))
    assert got == ["document/too-slow: stopped after 1 s of processor time"]


def test_a_worker_that_was_ended_from_outside_is_no_fault_of_its_document(tmp_path):
    got = results(document(once=str(tmp_path / "pid"), dies=True), document())
    assert got == ["read", "read"]


def test_a_fork_server_that_is_lost_between_two_documents_is_replaced():
    async def kill(_, number):
        if number:
            os.kill(fork_server(), signal.SIGKILL)

    assert results(document(), document(), document(), before=kill) == ["read"] * 3


def test_an_idle_worker_that_is_lost_does_not_take_the_rest_of_the_run_with_it():
    async def kill(pool, number):
        if number:
            for worker in list(pool._pool._pool_manager.worker_manager.workers):
                os.kill(worker, signal.SIGKILL)

    assert results(*[document()] * 4, before=kill) == ["read"] * 4


def test_what_a_breaking_pool_never_answers_is_read_by_the_next():
    async def break_at_that_moment(pool, number):
        if number:
            await asyncio.to_thread(module._stop, pool._pool)
            pool._pool = SimpleNamespace(
                schedule=lambda *_, **__: Future(), active=False, stop=bool, join=bool
            )

    assert results(document(), document(), before=break_at_that_moment) == ["read"] * 2


def test_a_fork_server_that_is_lost_while_a_document_is_read_costs_the_document_a_second_try(
    tmp_path,
):
    begun = tmp_path / "pid"

    async def kill_later(_, number):
        def kill():
            while not begun.exists():
                time.sleep(0.02)
            os.kill(fork_server(), signal.SIGKILL)

        if not number:
            threading.Thread(target=kill).start()

    got = results(document(once=str(begun), sleeps=60), document(), before=kill_later)
    assert got == ["read", "read"]


def test_ctrl_c_while_the_readers_load_ends_no_reading_process(tmp_path, monkeypatch):
    loading = tmp_path / "loading"
    (tmp_path / "takes_its_time.py").write_text(
        "import os, pathlib, time\n"
        f"part = pathlib.Path({str(tmp_path / 'part')!r})\n"
        "part.write_text(str(os.getpid()))\n"
        f"part.rename({str(loading)!r})\n"
        "time.sleep(2)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(module, "_PRELOAD", ["takes_its_time"])

    async def go():
        pool = Workers(Limits(workers=1))
        try:
            pool.warm()
            while not loading.exists():  # noqa: ASYNC110 - another process makes it
                await asyncio.sleep(0.02)
            os.kill(int(loading.read_text()), signal.SIGINT)
            page = RawFile(body="<p>通知</p>".encode(), url="http://www.example.invalid/1")
            given = FetchedDocument(portal_code="990101", source=Source(url=page.url), page=page)
            return await pool.read(given)
        finally:
            await asyncio.to_thread(pool.close)

    assert asyncio.run(go()).is_report is False


def test_a_pool_is_started_by_a_thread_before_the_first_document_is_there(monkeypatch):
    threads = []
    start = Workers._start

    def noted(self):
        threads.append(threading.current_thread())
        start(self)

    monkeypatch.setattr(Workers, "_start", noted)

    async def warm(pool, number):
        pool.warm()
        pool.warm()
        if not number:
            while pool._pool is None:  # noqa: ASYNC110 - a thread sets it
                await asyncio.sleep(0.02)

    assert results(document(), document(), before=warm) == ["read", "read"]
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_where_no_reading_process_can_be_had_every_document_says_so(monkeypatch):
    monkeypatch.setattr(module, "_start_worker", made_up_reader.dies_at_start)
    monkeypatch.setattr(module, "_REST", 0.05)
    got = results(document(secret="四百二十"), document(secret="四百二十"))
    assert len(got) == 2
    for said in got:
        assert said.startswith("document/no-reader: the reading processes could not be started")
        assert "secret" not in said


def test_a_run_whose_reading_processes_cannot_start_is_a_failed_run(tmp_path):
    documents = [doc(number, town="第一页的字") for number in range(1, 9)]
    done = crawl(tmp_path, documents, check=1, workers_die=True)
    told = lines(tmp_path / "problems.jsonl")
    unread = [p["url"] for p in told if p["code"] == "document/no-reader"]
    assert "NOT good" in done.stdout
    assert "the reading processes could not be started or kept" in done.stdout
    assert "第一页的字" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    portal = summary(tmp_path)["portals"][0]
    assert unread
    assert len(set(unread)) == len(unread) == portal["failed"]
    assert (portal["read"], portal["rejected"]) == (0, 0)
    assert portal["outcome"] == "file_unreadable"


def test_a_run_in_which_reading_itself_fails_is_a_failed_run(tmp_path):
    documents = [doc(number, does="raise") for number in range(1, 6)]
    done = crawl(tmp_path, [doc(9), *documents], check=1)
    assert "NOT good" in done.stdout
    assert "reading itself failed on 5 of 6 documents" in done.stdout


def test_the_page_being_recognised_is_said_while_it_is():
    async def go():
        pool = Workers(Limits(workers=1), reader=READER)
        said = set()
        try:
            reading = asyncio.ensure_future(pool.read(document(pages=3)))
            while not reading.done():
                said.update(pool.pages())
                await asyncio.sleep(0.02)
            await reading
            after = pool.pages()
        finally:
            await asyncio.to_thread(pool.close)
        return said, after

    said, after = asyncio.run(go())
    assert "page 2 of 3 of http://www.example.invalid/1" in said
    assert after == []

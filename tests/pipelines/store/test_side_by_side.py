"""Two runs on one state: each is judged by what it read itself, and neither loses a thing."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from pipelines.store import Store, database, open_store
from pipelines.store.files import temporary_of
from tests.pipelines.store.records import record

ROOT = Path(__file__).parents[3]
URL = "http://www.example.invalid/1.html"


@pytest.fixture
def runs(tmp_path):
    """Enter a folder, as often as wanted; all are out again at the end."""
    opened = []

    def enter(output=tmp_path):
        opened.append(Store(output, alone=False))
        return opened[-1]

    yield enter
    for store in opened:
        store.close()


def lines(output):
    """Return the dataset's lines by id, without what says when they were fetched."""
    out = {}
    for path in sorted(output.glob("reports/*.jsonl")):
        for text in path.read_text("utf-8").splitlines():
            line = json.loads(text)
            kept = {k: v for k, v in line.items() if k not in {"fetched_at", "archive"}}
            assert line["report_id"] not in out
            out[line["report_id"]] = kept
    return out


def numbers(output):
    return {int(name.rpartition("-")[2]) for name in lines(output)}


def new_values(total):
    return {"values": {"t3_new_received__total": total, "t3_granted__total": 1}}


def test_a_run_publishes_what_it_read_and_not_what_another_is_reading(tmp_path, runs):
    one, two = runs(), runs()
    one.state.keep(record(1))
    two.state.keep(record(2))
    two.state.keep(record(3, adcode="980101"))
    one.promote()
    assert numbers(tmp_path) == {1}
    assert [path.name for path in tmp_path.glob("reports/*")] == ["990000.jsonl"]
    one.close()
    two.promote()
    assert numbers(tmp_path) == {1, 2, 3}
    assert two.promote().written == []  # nothing is left to write


def test_a_run_judged_bad_sets_aside_its_own_readings_alone(tmp_path, runs):
    one, two = runs(), runs()
    for store, number in ((one, 1), (two, 2)):
        store.state.remember_page(f"http://www.example.invalid/{number}.html", etag='"1"')
        store.state.keep(record(number))
    assert one.state.withhold_pending() == 1
    assert one.state.validators(record(1)["source_url"]) == {}
    assert not two.state.held(record(1)["source_url"])
    assert two.state.held(record(2)["source_url"])
    assert two.state.validators(record(2)["source_url"]) == {"If-None-Match": '"1"'}
    two.promote()
    assert numbers(tmp_path) == {2}


def test_what_a_run_withholds_is_asked_again_and_what_two_read_waits_for_the_good_one(
    tmp_path, runs
):
    one, two = runs(), runs()
    one.state.keep(record(1, fetched_at="2026-11-01T00:00:00Z"))
    kept = two.state.keep(record(1, fetched_at="2026-11-02T00:00:00Z"))
    assert kept.change == "changed"  # its line waits for this run as well
    assert one.state.withhold_pending() == 0
    two.promote()
    assert numbers(tmp_path) == {1}
    (line,) = (tmp_path / "reports/990000.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["fetched_at"] == "2026-11-01T00:00:00Z"  # of its first reading


@pytest.mark.parametrize("first", ["one", "two"])
def test_what_two_read_is_one_reading_whoever_ends_first(tmp_path, runs, first):
    stores = {"one": runs(), "two": runs()}
    stores["one"].state.keep(record(1))
    stores["two"].state.keep(record(1, fetched_at="2026-11-02T00:00:00Z"))
    stores.pop(first).promote()
    before = (tmp_path / "reports/990000.jsonl").read_bytes()
    assert numbers(tmp_path) == {1}
    (other,) = stores.values()
    changes = other.promote()
    assert (changes.added, changes.changed, changes.unchanged) == ([], [], 1)
    assert (tmp_path / "reports/990000.jsonl").read_bytes() == before


def test_an_address_that_another_run_has_read_is_held_and_need_not_be_asked(runs):
    one, two = runs(), runs()
    one.state.remember_page(URL, etag='"1"')
    one.state.keep(record(1))
    assert two.state.held(URL)
    assert two.state.validators(URL) == {"If-None-Match": '"1"'}
    assert two.state.readings_of(record(1)["report_id"]) == []  # no line of its own rests on it


def test_a_reading_that_one_run_replaces_stands_for_the_other(tmp_path, runs):
    before = runs()
    before.state.keep(record(1, body="a"), reader="old")
    before.promote()
    before.close()
    one, two = runs(), runs()
    one.state.keep(record(1, body="a", **new_values(7)), reader="new")  # read better
    two.state.keep(record(2), reader="old")
    two.promote()
    assert lines(tmp_path)[record(1)["report_id"]]["values"]["t3_new_received__total"] == 1
    one.promote()
    assert lines(tmp_path)[record(1)["report_id"]]["values"]["t3_new_received__total"] == 7
    assert lines(tmp_path)[record(1)["report_id"]]["revision"] == 0
    assert numbers(tmp_path) == {1, 2}


def test_a_waiting_reading_that_another_run_replaces_is_still_its_owners(tmp_path, runs):
    one, two = runs(), runs()
    one.state.keep(record(1, body="a"), reader="old")
    two.state.keep(record(1, body="a", **new_values(7)), reader="new")
    assert two.state.withhold_pending() == 1
    one.promote()
    assert lines(tmp_path)[record(1)["report_id"]]["values"]["t3_new_received__total"] == 1


def test_a_revision_one_run_found_beside_the_first_reading_of_the_other(tmp_path, runs):
    one, two = runs(), runs()
    one.state.keep(record(1, body="a"))
    two.state.keep(record(1, body="b", fetched_at="2026-11-02T00:00:00Z", **new_values(7)))
    two.promote()
    assert lines(tmp_path)[record(1)["report_id"]]["revision"] == 0  # it saw one content alone
    one.promote()
    line = lines(tmp_path)[record(1)["report_id"]]
    assert (line["revision"], line["values"]["t3_new_received__total"]) == (1, 7)


def test_the_next_run_takes_over_what_a_stopped_one_read_and_not_what_a_living_one_reads(
    tmp_path, runs
):
    stopped, living = runs(), runs()
    stopped.state.keep(record(1))
    living.state.keep(record(2))
    stopped.close()
    third = runs()
    third.promote()
    assert numbers(tmp_path) == {1}
    living.promote()
    assert numbers(tmp_path) == {1, 2}


_KILLED = """
import os, signal, sys
from pathlib import Path
from pipelines.store import Store
from pipelines.store.dataset import Dataset
from tests.pipelines.store.records import record
store = Store(Path(sys.argv[1]), alone=False)
store.state.keep(record(1))
if sys.argv[2] == "writing":
    store.state.accept_pending = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
    store.promote()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("while_", ["reading", "writing"])
def test_lines_of_a_run_that_is_killed_beside_a_living_one_stay(tmp_path, runs, while_):
    living = runs()
    living.state.keep(record(2))
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path), while_], cwd=ROOT, check=False
    )
    assert killed.returncode == -9
    assert numbers(tmp_path) == ({1} if while_ == "writing" else set())
    living.promote()
    assert numbers(tmp_path) == {1, 2}
    assert not list(tmp_path.rglob("*.part"))


def test_leftovers_of_killed_runs_go_and_what_a_living_one_prepares_stays(tmp_path, runs):
    living = runs()
    mine = temporary_of(tmp_path / "reports/990000.jsonl")
    mine.parent.mkdir()
    dead = mine.with_name(mine.name.replace(str(os.getpid()), "999999999"))
    elsewhere = mine.with_name(".990000.jsonl.another.123.part")
    for path in (mine, dead, elsewhere):
        path.write_bytes(b"half")
    second = runs()
    assert [path.exists() for path in (mine, dead, elsewhere)] == [True, False, True]
    second.close()
    living.close()
    open_store(tmp_path).close()
    assert [path.exists() for path in (mine, dead, elsewhere)] == [False] * 3


def visits(chance):
    """Return what two runs meet: (run, address, time), each address a later version at some time."""
    turns = [("one", n) for n in range(6)] + [("two", n) for n in range(3, 9)]
    turns += chance.choices(turns, k=4)
    chance.shuffle(turns)
    changes = {n: chance.randrange(2 * len(turns)) for n in range(9)}
    for time, (run, number) in enumerate(turns):
        later = time >= changes[number]
        seen = f"2026-11-01T00:00:{time:02}Z"
        values = new_values(100 + number if later else number)
        yield run, record(number, fetched_at=seen, body=f"{number}{later}", **values)


@pytest.mark.parametrize("seed", range(40))
def test_each_run_brings_the_lines_it_would_bring_alone_and_both_those_of_one(tmp_path, runs, seed):
    """Base lines, two runs over overlapping addresses of which some change meanwhile."""
    chance = random.Random(seed)
    met = list(visits(chance))
    base = chance.sample(range(9), 4)
    good = chance.choice([("one", "two"), ("two", "one"), ("one",), ("two",)])
    outputs = {name: tmp_path / name for name in ("beside", "first", "both")}
    for output in outputs.values():
        output.mkdir()
        store = runs(output)
        for number in base:
            store.state.keep(
                record(number, fetched_at="2026-10-01T00:00:00Z", body=f"{number}False")
            )
        store.promote()
        store.close()
    beside = {name: runs(outputs["beside"]) for name in ("one", "two")}
    first, both = runs(outputs["first"]), runs(outputs["both"])
    for run, read in met:
        beside[run].state.keep(read)
        if run == good[0]:
            first.state.keep(read)
        if run in good:
            both.state.keep(read)
    for name in beside.keys() - set(good):
        beside[name].state.withhold_pending()
    beside[good[0]].promote()
    first.promote()
    assert lines(outputs["beside"]) == lines(outputs["first"])
    for name in good[1:]:
        beside[name].promote()
    both.promote()
    assert lines(outputs["beside"]) == lines(outputs["both"])
    for store in (*beside.values(), both):
        store.close()
    # Nothing is left over for the next run to do.
    last = runs(outputs["beside"])
    bad = beside.keys() - set(good)
    assert bad or last.promote().written == []


def test_good_runs_of_a_question_are_found_behind_any_number_of_others(runs):
    state = runs().state
    every, some = {"kinds": None, "years": None}, {"kinds": None, "years": [2023]}
    state.remember_run("20260101", good=True, summary={"asked": every, "reports": {"990101": 9}})
    for number in range(50):
        summary = {"asked": some, "reports": {"990101": 1}}
        state.remember_run(f"20260102-{number}", good=True, summary=summary)
    assert [run["reports"] for run in state.good_runs(every)] == [{"990101": 9}]
    assert [run["reports"] for run in state.good_runs(some)] == [{"990101": 1}]


def test_of_each_portal_the_last_good_run_is_remembered_and_no_more(runs):
    state = runs().state
    asked = {"kinds": None, "years": None}
    for name, good, reports in (
        ("20260101", True, {"990101": 9, "990102": 3}),
        ("20260102", True, {"990101": 8}),
        ("20260103", False, {"990101": 1}),
        ("20260104", True, {"990101": 7}),
    ):
        state.remember_run(name, good=good, summary={"asked": asked, "reports": reports})
    kept = [{"990101": 7}, {"990101": 9, "990102": 3}]
    assert [run["reports"] for run in state.good_runs(asked)] == kept
    state.remember_run("20260105", good=True, summary={"asked": asked, "reports": kept[1]})
    assert [run["reports"] for run in state.good_runs(asked)] == kept[1:]


_SCHEMA_1 = """
CREATE TABLE pages (
  url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, sha256 TEXT, content_type TEXT,
  fetched_at TEXT NOT NULL, archive_file TEXT, archive_record TEXT,
  settled INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE columns (
  code TEXT PRIMARY KEY, url TEXT NOT NULL, column TEXT NOT NULL, remembered_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE lists (
  url TEXT PRIMARY KEY, code TEXT, body TEXT NOT NULL, seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE rejected (
  url TEXT PRIMARY KEY, code TEXT NOT NULL, evidence TEXT NOT NULL, reader TEXT NOT NULL,
  seen_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE documents (
  address TEXT NOT NULL, sha256 TEXT NOT NULL, code TEXT NOT NULL, origin TEXT NOT NULL,
  fetched_at TEXT NOT NULL, PRIMARY KEY (address, sha256)
) WITHOUT ROWID;
CREATE TABLE readings (
  id INTEGER PRIMARY KEY, address TEXT NOT NULL, report_id TEXT NOT NULL,
  province TEXT NOT NULL, content_key TEXT NOT NULL, sha256 TEXT, reader TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('pending', 'accepted', 'withheld')),
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, checked_at TEXT NOT NULL,
  record BLOB NOT NULL,
  replaced INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX readings_by_address ON readings (address);
CREATE INDEX readings_by_id ON readings (report_id);
CREATE INDEX readings_by_report ON readings (province, report_id);
CREATE INDEX readings_waiting ON readings (standing) WHERE standing <> 'accepted';
CREATE TABLE dirty (
  province TEXT NOT NULL, report_id TEXT NOT NULL, PRIMARY KEY (province, report_id)
) WITHOUT ROWID;
CREATE TABLE files (
  name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, lines INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (
  run_id TEXT PRIMARY KEY, good INTEGER NOT NULL, summary TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version = 1;
"""
"""As version 1 of this program made its state."""


def old_state(output):
    """Make a state of version 1: three reports written, then a crawl that was killed.

    It had read a fifth, the first better (which replaces it); the fourth is withheld.
    """
    store = open_store(output)
    for number in (1, 2, 3):
        store.state.keep(record(number, body=str(number)), reader="old")
    store.promote()
    store.state.keep(record(4), reader="old")
    assert store.state.withhold_pending() == 1
    store.state.remember_page(URL, etag='"1"')
    store.state.remember_run("20260101", good=True, summary={"asked": None, "reports": {}})
    store.close()
    fresh = output / "state.sqlite"
    kept = output.parent / "new.sqlite"
    fresh.rename(kept)
    db = sqlite3.connect(fresh, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(_SCHEMA_1)
    db.execute("ATTACH ? AS new", (str(kept),))
    db.execute("ALTER TABLE new.pages DROP COLUMN checked_at")
    for table in ("pages", "files", "runs"):
        db.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
    db.execute("INSERT INTO readings SELECT *, 0 FROM new.readings")
    db.execute("UPDATE readings SET replaced = 1 WHERE report_id LIKE '%-1'")
    for number, body, read in (
        (10, "1", record(1, body="1", **new_values(7))),
        (11, "5", record(5, body="5")),
    ):
        db.execute(
            "INSERT INTO readings VALUES (?, ?, ?, '990000', ?, ?, 'new', 'pending', '2026', '2026', "
            "'2026', ?, 0)",
            (
                number,
                read["source_url"],
                read["report_id"],
                body,
                read["sha256"],
                zlib.compress(json.dumps(read).encode()),
            ),
        )
        db.execute("INSERT INTO dirty VALUES ('990000', ?)", (read["report_id"],))
    db.close()


def test_a_state_of_version_1_is_taken_over_without_loss(tmp_path):
    output = tmp_path / "output"
    old_state(output)
    store = open_store(output)
    assert store.state.validators(URL) == {}  # as it was: not settled
    assert len(store.state.good_runs(None)) == 1
    assert not store.state.held(record(4)["source_url"])
    changes = store.promote()
    store.close()
    assert [name[-1] for name in changes.added] == ["5"]
    assert [name[-1] for name in changes.changed] == ["1"]
    held = lines(output)
    assert held[record(1)["report_id"]]["values"]["t3_new_received__total"] == 7
    assert held[record(1)["report_id"]]["revision"] == 0  # replaced, no revision
    assert numbers(output) == {1, 2, 3, 5}
    with sqlite3.connect(output / "state.sqlite") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (4,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


def test_a_migration_that_is_cut_short_has_changed_nothing(tmp_path, monkeypatch):
    output = tmp_path / "output"
    old_state(output)
    broken = {1: database._STEPS[1] + "SELECT no_such_column;"}
    monkeypatch.setattr(database, "_STEPS", broken)
    with pytest.raises(Exception, match="no such column"):
        open_store(output)
    monkeypatch.undo()
    store = open_store(output)
    store.promote()
    store.close()
    assert numbers(output) == {1, 2, 3, 5}

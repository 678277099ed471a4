"""Real crawls on one folder at the same time: polite as one, and the dataset of one after the other.

The server's own log is the witness: who asked what and when, and how many requests were in flight.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.demo.portals import PORTALS
from crawler.demo.registry import write_registry
from crawler.demo.server import WorldServer
from tests.crash import ROOT, dataset, finished, kept, lasting, scrapy
from tests.effort import LAST_RESORT

CODES = ("990121", "990122", "990100")
"""Portals read without Chromium."""
GAP = 0.06
LATENCY = 0.08


class World:
    """Three portals on loopback, and what one crawl after the other makes of them."""

    def __init__(self, folder, server, sites):
        self.server = server
        self.sites = sites
        self.registry = write_registry(folder / "portals.csv", server.base)
        calm = folder / "calm"
        for name, arguments in RUNS.items():
            finished(self.start(calm, name, *arguments))
        self.calm = lasting(dataset(calm))
        assert len(self.calm) > 20

    def start(self, output, name, *arguments):
        """Start a crawl whose requests say its name."""
        command = [
            *(sys.executable, "-m", "scrapy", "crawl", "county_reports"),
            *("-s", f"REQUEST_GAP_PRIVATE={GAP}"),  # before what a test sets itself: the last holds
            *(*arguments, "-a", f"portals={self.registry}"),
            *("-s", f"OUTPUT_DIR={output}", "-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8"),
        ]
        left_out = {"DATABASE_URL", "OUTPUT_DIR", "OUTPUT_LOCK_WAIT"}
        env = {k: v for k, v in os.environ.items() if k not in left_out} | {"CONTACT": name}
        return subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def since(self, begun):
        return self.server.log[begun:]

    @contextlib.contextmanager
    def held(self, until, *codes):
        """Let these portals answer nothing ``until`` something is so for once."""
        so = threading.Event()

        def wait(_):
            deadline = time.monotonic() + LAST_RESORT
            while not so.is_set() and not until() and time.monotonic() < deadline:
                time.sleep(0.01)
            so.set()

        for code in codes:
            self.sites[code].guard = wait
        try:
            yield
        finally:
            for code in codes:
                self.sites[code].guard = None


EVERYTHING = ("-a", f"code={','.join(CODES)}")
BACKFILL = ("-a", "code=990121,990100", "-a", "years=2019-2021")
ONE_COUNTY = ("-a", "code=990122")
RUNS = {"everything": EVERYTHING, "backfill": BACKFILL, "one-county": ONE_COUNTY}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    sites = [portal.site() for portal in PORTALS]
    for site in sites:
        site.latency = LATENCY
    with WorldServer(sites) as server:
        yield World(tmp_path_factory.mktemp("world"), server, {s.name: s for s in sites})


def who(seen):
    return re.search(r"; (\S+)\)$", seen.agent)[1]


def asked_one_at_a_time(log):
    """Check each host's requests, whichever run they came from."""
    assert max(seen.in_flight for seen in log) == 1
    for _, group in itertools.groupby(sorted(log, key=lambda s: (s.site, s.at)), lambda s: s.site):
        for earlier, later in itertools.pairwise(group):
            assert later.at - earlier.done >= GAP, (earlier, later)


def summaries(output):
    paths = sorted(output.glob("runs/*/summary.json"))
    return [json.loads(path.read_text("utf-8")) for path in paths]


def whole(archive):
    """Check that every file of the archive is finished and whole; return the ids of its records."""
    assert list(archive.glob("*.open")) == []
    ids = []
    for path in archive.glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                ids.append(record.rec_headers.get_header("WARC-Record-ID"))
    assert len(ids) == len(set(ids))
    return set(ids)


def check(world, output, log):
    """Check what runs left that all ended well."""
    asked_one_at_a_time(log)
    reports = dataset(output)
    assert lasting(reports) == world.calm
    assert {r["archive"]["record_id"] for r in reports} <= whole(output / "archive")
    assert not list(output.rglob("*.part"))
    assert list((output / ".runs").iterdir()) == []
    last = max(summaries(output), key=lambda s: s["finished"])
    problems = {
        (output / "runs" / s["run_id"] / "problems.jsonl").read_bytes()
        for s in summaries(output)
        if s["finished"] == last["finished"]
    }
    assert (output / "problems.jsonl").read_bytes() in problems


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("everything", "backfill"), id="two"),
        pytest.param(tuple(RUNS), id="three", marks=pytest.mark.slow("as two, with a crawl more")),
    ],
)
def test_runs_over_the_same_portals_are_polite_as_one_and_bring_what_one_brings(
    world, tmp_path, names
):
    begun = len(world.server.log)
    few = ("-s", "PORTALS_IN_FLIGHT=1")
    with world.held(lambda: len(list(tmp_path.glob(".runs/*"))) >= len(names), *CODES):
        started = [world.start(tmp_path, name, *RUNS[name], *few) for name in names]
        for process in started:
            finished(process)
    log = world.since(begun)
    check(world, tmp_path, log)
    spans = {name: [s.at for s in log if who(s) == name] for name in names}
    longest = spans.pop("everything")
    for span in spans.values():
        assert max(min(span), min(longest)) < min(max(span), max(longest)), "one after the other"
    assert [s["verdict"] for s in summaries(tmp_path)] == ["good"] * len(names)
    # Each portal was walked by one run at a time: no two took turns on its lists.
    for code in CODES:
        order = [who(s) for s in log if s.site == code and s.path != "/robots.txt"]
        assert len(list(itertools.groupby(order))) <= len(names), order


def killed_at(process, moment):
    """Kill a crawl at its moment; it must not have ended before."""
    deadline = time.monotonic() + LAST_RESORT
    while not moment():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.slow("three crawls for each of three moments")
@pytest.mark.parametrize(
    ("moment", "victim"),
    [("asked", "backfill"), ("kept", "everything"), ("writing", "everything")],
)
def test_a_run_killed_beside_another_costs_neither_a_report(world, tmp_path, moment, victim):
    begun = len(world.server.log)
    started = {
        name: world.start(tmp_path, name, *RUNS[name]) for name in ("everything", "backfill")
    }
    killed_at(
        started[victim],
        {
            "asked": lambda: sum(who(s) == victim for s in world.since(begun)) > 8,
            "kept": lambda: kept(tmp_path, "pending") > 5,
            "writing": lambda: any(tmp_path.glob(f"reports/.*.{started[victim].pid}.part")),
        }[moment],
    )
    again = world.start(tmp_path, victim, *RUNS[victim])
    (other,) = started.keys() - {victim}
    finished(started[other])
    finished(again)
    check(world, tmp_path, world.since(begun))


def test_a_portal_another_run_walks_is_left_for_later_and_waited_for(world, tmp_path):
    begun = len(world.server.log)
    done = threading.Event()
    with world.held(done.is_set, "990121"):
        first = world.start(tmp_path, "first", "-a", "code=990121")
        while not world.since(begun):
            assert first.poll() is None
            time.sleep(0.01)
        second = world.start(tmp_path, "second", "-a", "code=990121,990100", "-a", "years=2023")
        while sum(s.site == "990100" for s in world.since(begun)) < 3:
            assert second.poll() is None
            time.sleep(0.01)
        done.set()
        said, _ = second.communicate(timeout=LAST_RESORT)
    finished(first)
    assert second.returncode == 0, said
    waits = re.findall(r"青榆县: being walked by process (\d+) on .* code=990121 .*; waiting", said)
    assert waits == [str(first.pid)], said
    log = world.since(begun)
    asked_one_at_a_time(log)
    there = [s for s in log if s.site == "990121"]
    assert [name for name, _ in itertools.groupby(there, who)] == ["first", "second"]
    elsewhere = [s.at for s in log if s.site == "990100" and who(s) == "second"]
    assert min(elsewhere) < max(s.at for s in there if who(s) == "first")
    # What the first had read was not fetched again: its two reports of 2023 alone may be still in
    # reading, on a machine with other work, when the second comes to them.
    reports = {s.path for s in there if who(s) == "first"} & {
        s.path for s in there if who(s) == "second" and s.status == 200
    }
    assert len(reports) <= 4 + 2, reports  # robots.txt and lists


def test_a_reparse_waits_for_all_crawls_and_says_for_whom(world, tmp_path):
    begun = len(world.server.log)
    done = threading.Event()
    command = ("reparse", "--portals", str(world.registry))
    with world.held(done.is_set, *CODES):
        crawls = [
            world.start(tmp_path, "first", "-a", "code=990121", "-a", "years=2022-2023"),
            world.start(tmp_path, "second", "-a", "code=990100", "-a", "years=2022-2023"),
        ]
        while len({who(s) for s in world.since(begun)}) < 2:
            time.sleep(0.01)
        refused = scrapy(*command, "-s", "OUTPUT_LOCK_WAIT=0", output=tmp_path)
        said, _ = refused.communicate(timeout=LAST_RESORT)
        assert refused.returncode == 1, said
        reparse = scrapy(*command, "-s", f"OUTPUT_LOCK_WAIT={LAST_RESORT:g}", output=tmp_path)
        done.set()
        for crawl in crawls:
            assert f"process {crawl.pid} on " in said, said
            finished(crawl)
        finished(reparse)
    assert {r["report_year"] for r in dataset(tmp_path)} == {2022, 2023}


def test_what_asks_for_little_never_makes_what_asks_for_more_look_small(world, tmp_path):
    """A backfill that finds less than the last run over everything is good, and so is the next."""
    for name in ("everything", "backfill", "everything"):
        finished(world.start(tmp_path, name, *RUNS[name]))
    verdicts = [(s["verdict"], sum(s["reports"].values())) for s in summaries(tmp_path)]
    assert [word for word, _ in verdicts] == ["good"] * 3
    (_, all_of_it), (_, some), (_, again) = verdicts
    assert some * 2 < again == all_of_it


def test_turns_of_killed_runs_hold(world, tmp_path):
    """The next run asks no sooner than the killed one would have."""
    begun = len(world.server.log)
    first = world.start(tmp_path, "first", *ONE_COUNTY, "-s", "REQUEST_GAP_PRIVATE=6")
    killed_at(first, lambda: world.since(begun) and world.since(begun)[-1].done)
    finished(world.start(tmp_path, "second", *ONE_COUNTY))
    log = world.since(begun)
    second = next(n for n, seen in enumerate(log) if who(seen) == "second")
    # Counted from when it was asked for; on a busy machine the server sees that later.
    assert log[second].at - log[second - 1].at >= 2

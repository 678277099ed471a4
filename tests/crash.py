"""Kill crawls, exports and reparses at random instants; see that nothing is lost or broken.

``python -m tests.crash 100`` (make crash-test) against the demo's portals on loopback; the suite
runs a few (tests/test_crash.py). The kills take turns over five phases, so that each is hit:

fetching    a crawl, after a random request
reading     a crawl, after a random report was read and kept
writing     a crawl, at a random step from the first file of the dataset it prepares to its end
exporting   an export, at a random step from its first temporary file to its end
reparsing   a reparse of lines an older reader wrote, after a random report or at a step of writing

All the while another thread reads the dataset as a consumer would: every look must find whole,
sorted lines with each report once. What was killed is started again, sometimes killed again, and
at last left to finish: the dataset must equal what a crawl that was never disturbed brings, but
for ``fetched_at`` and ``archive``, and the exports must be the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import socketserver
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from crawler.demo.portals import PORTALS
from crawler.demo.registry import write_registry
from crawler.demo.server import WorldServer
from pipelines.store import open_store
from pipelines.store.export import FORMATS
from tests.effort import LAST_RESORT

ROOT = Path(__file__).parents[1]
# A killed client resets its connections; the server need not print a traceback for each.
socketserver.BaseServer.handle_error = lambda *_: None
NO_BROWSER = ("990121", "990100")
"""Portals read without Chromium: kills should hit crawls, not the start of a browser."""
IN_A_ROW = 3
"""Kills of one folder before a run of it may finish."""


def scrapy(name, *arguments, output, dies=()):
    """Start a command as a user would, in a process of its own; one that ``dies`` is counted."""
    command = [
        *(sys.executable, "-m", *(("tests.dying", *dies) if dies else ("scrapy",)), name),
        *("-s", f"OUTPUT_DIR={output}", "-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8"),
        # One wait for the lock: the system may need a moment to bury a killed holder.
        *("-s", f"OUTPUT_LOCK_WAIT={LAST_RESORT:g}"),
        *arguments,
    ]
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.Popen(
        command, cwd=ROOT, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def finished(process):
    """Let a command finish; it must end well. Return what it said."""
    said, _ = process.communicate(timeout=LAST_RESORT)
    assert process.returncode == 0, said
    return said


def dataset(output):
    """Read the dataset; fail on anything but whole, sorted lines with each report once."""
    reports = []
    for path in sorted(output.glob("reports/*.jsonl")):
        data = path.read_bytes()
        assert data.endswith(b"\n"), f"{path} ends within a line"
        here = [json.loads(line) for line in data.splitlines()]
        ids = [r["report_id"] for r in here]
        assert ids == sorted(set(ids)), f"{path} is not sorted or holds a report twice"
        reports.extend(here)
    return reports


def lasting(reports):
    """Return the reports without what says when they were fetched."""
    return [{k: v for k, v in r.items() if k not in {"fetched_at", "archive"}} for r in reports]


class Reader(threading.Thread):
    """Somebody who reads the dataset all the time, and notes what he should never have seen."""

    def __init__(self):
        super().__init__(daemon=True)
        self.output = None
        self.looks = 0
        self.broken = []
        self.go_on = True

    def run(self):
        while self.go_on:
            with contextlib.suppress(FileNotFoundError):  # the folder is being cleared
                try:
                    if self.output is not None and dataset(self.output):
                        self.looks += 1
                except (AssertionError, ValueError, KeyError) as error:
                    self.broken.append(str(error))
            time.sleep(0.02)


class Phase:
    """One kind of work, and the moments to kill it."""

    def __init__(self, world):
        self.world = world

    def folder(self, output):
        """Make the folder the work begins with; an empty one."""
        output.mkdir()

    def start(self, output, dies=()):
        """Start the work; it dies where ``tests.dying`` is told to."""
        return scrapy(
            *("crawl", "county_reports"),
            *("-a", f"portals={self.world.registry}", "-a", f"code={','.join(NO_BROWSER)}"),
            output=output,
            dies=dies,
        )

    def doomed(self, output):
        """Start the work that is to be killed."""
        return self.start(output)

    def moment(self, output, alive):
        """Wait for the moment to kill; return at once where the process is not ``alive()``."""
        while alive():  # it dies by itself, or has ended before
            time.sleep(0.005)

    def steps(self, output):
        """Return how many steps of writing the work has, and do it to the end."""
        return int(finished(self.start(output, dies=("0", str(output)))).split()[-1])

    def dying(self, output, steps):
        """Start the work; it dies at a random one of that many steps."""
        return self.start(output, dies=(str(self.world.chance.randint(1, steps)), str(output)))

    def check(self, output):
        """Look at what a kill left, beside the dataset itself."""

    def finish(self, output):
        finished(self.start(output))


class Fetching(Phase):
    def moment(self, output, alive):
        log, before = self.world.server.log, len(self.world.server.log)
        # A run that goes on where a killed one left asks for less: it may end before.
        enough = self.world.chance.randint(1, self.world.requests)
        while alive() and len(log) - before < enough:
            time.sleep(0.002)
        time.sleep(self.world.chance.uniform(0, 0.03))


class Reading(Phase):
    def moment(self, output, alive):
        log, before = self.world.server.log, len(self.world.server.log)
        held = kept(output)
        enough = held + self.world.chance.randint(1, max(1, len(self.world.calm) - held - 1))
        while alive() and kept(output) < enough:
            # One that has nothing left to read is killed when it has looked at its portals.
            if held >= len(self.world.calm) - 1 and len(log) - before > 2:
                break
            time.sleep(0.005)
        time.sleep(self.world.chance.uniform(0, 0.03))


class Writing(Phase):
    def folder(self, output):
        """Everything is read, nothing is written yet."""
        shutil.copytree(self.world.unwritten, output)

    def doomed(self, output):
        return self.dying(output, self.world.writing_steps)


class Exporting(Phase):
    def __init__(self, world):
        super().__init__(world)
        self.formats = [(kind, shape) for shape in ("wide", "long") for kind in FORMATS]

    def folder(self, output):
        shutil.copytree(self.world.exported, output)
        self.formats.append(self.formats.pop(0))

    def start(self, output, dies=()):
        kind, shape = self.formats[0]
        arguments = ("--format", kind, "--shape", shape, "--derived")
        return scrapy("export", *arguments, output=output, dies=dies)

    def doomed(self, output):
        return self.dying(output, self.world.export_steps[self.formats[0]])

    def check(self, output):
        """The exports of before stand, whole: the dataset is the same, so the bytes are."""
        for path in self.world.exported.rglob("exports/**/*"):
            mine = output / path.relative_to(self.world.exported)
            if path.is_file() and (mine.exists() or path.suffix != ".sha256"):
                assert mine.read_bytes() == path.read_bytes(), f"{mine} is not what it was"

    def finish(self, output):
        super().finish(output)
        self.check(output)
        assert not list(output.rglob("exports/**/.*.part"))


class Reparsing(Phase):
    def folder(self, output):
        """Every line lacks a figure that today's readers find."""
        shutil.copytree(self.world.older, output)

    def start(self, output, dies=()):
        registry = str(self.world.registry)
        return scrapy("reparse", "--portals", registry, output=output, dies=dies)

    def doomed(self, output):
        # Of its reports one is the last to be waited for, or it is killed while it writes.
        self.enough = self.world.chance.randint(1, 2 * len(self.world.calm))
        if kept(output, "pending") < self.enough < len(self.world.calm):
            return self.start(output)
        self.enough = None
        return self.dying(output, self.world.reparse_steps)

    def moment(self, output, alive):
        if self.enough is None:
            super().moment(output, alive)
        else:
            while alive() and kept(output, "pending") < self.enough:
                time.sleep(0.005)


PHASES = {
    "fetching": Fetching,
    "reading": Reading,
    "writing": Writing,
    "exporting": Exporting,
    "reparsing": Reparsing,
}


def kept(output, standing="%"):
    """Return how many readings a folder's state holds, looking on from outside."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"file:{output}/state.sqlite?mode=ro", uri=True, timeout=1)
        ) as db:
            sql = "SELECT count(DISTINCT report_id) FROM readings WHERE standing LIKE ?"
            return db.execute(sql, (standing,)).fetchone()[0]
    except sqlite3.Error:  # not there yet
        return 0


class World:
    """The portals, what an undisturbed crawl makes of them, and folders to begin with."""

    def __init__(self, folder, server, chance):
        self.server = server
        self.chance = chance
        self.registry = write_registry(folder / "portals.csv", server.base)
        undisturbed = folder / "calm"
        Phase(self).finish(undisturbed)
        self.requests = len(server.log)
        self.calm = dataset(undisturbed)
        assert self.calm
        self.unwritten = self._unwritten(folder / "unwritten")
        self.exported = shutil.copytree(undisturbed, folder / "exported")
        exports = Exporting(self)
        self.export_steps = {}
        for which in list(exports.formats):
            exports.formats[0] = which
            self.export_steps[which] = exports.steps(self.exported)
        self.older = self._older(shutil.copytree(undisturbed, folder / "older"))
        self.writing_steps = self._steps(Writing(self), folder / "written")
        self.reparse_steps = self._steps(Reparsing(self), folder / "reparsed")

    def _unwritten(self, output):
        """Return a folder whose crawl has read everything and died before it wrote."""
        crawl = Phase(self).start(output)
        while crawl.poll() is None and kept(output, "pending") < len(self.calm):
            time.sleep(0.002)
        crawl.send_signal(signal.SIGKILL)
        crawl.communicate()
        shutil.rmtree(output / "reports", ignore_errors=True)  # if it was quicker than we
        return output

    def _steps(self, phase, output):
        phase.folder(output)
        return phase.steps(output)

    def _older(self, output):
        """Return a folder as an older reader would have left it."""
        store = open_store(output)
        for record in dataset(output):
            values = {k: v for k, v in record["values"].items() if not k.endswith("granted__total")}
            for reading in store.state.readings_of(record["report_id"]):
                old = {**reading.record, "values": values}
                store.state.keep(old, reader="older", again=True)
        store.dataset.promote()
        store.close()
        assert lasting(dataset(output)) != lasting(self.calm)
        return output


class Torture:
    """Kills, counts and compares."""

    def __init__(self, world, reader, say):
        self.world = world
        self.reader = reader
        self.say = say
        self.landed = Counter()

    def phase(self, name, phase, folder, kills):
        """Kill a phase's work until that many kills have landed."""
        output = folder / name
        in_a_row = 0
        for _ in range(10 * kills):
            if not in_a_row:
                phase.folder(output)
                self.reader.output = output
            in_a_row += 1
            landed = self.kill(name, phase, output)
            done = self.landed[name] >= kills
            # Where the work ended before the kill, nothing is left to be killed at.
            if done or not landed or in_a_row == IN_A_ROW:
                in_a_row = 0
                phase.finish(output)
                assert lasting(dataset(output)) == lasting(self.world.calm), name
                assert not [p for p in output.rglob(".*.part") if "exports" not in p.parts]
                self.reader.output = None
                shutil.rmtree(output)
            if done:
                return
        raise AssertionError(f"{name}: most ended before the kill")

    def kill(self, name, phase, output):
        """Start the phase's work and kill it at its moment; tell whether it was still at work."""
        process = phase.doomed(output)
        began = time.monotonic()

        def alive():
            assert time.monotonic() - began < LAST_RESORT, "the moment never came"
            return process.poll() is None

        phase.moment(output, alive)
        landed = process.poll() is None or process.returncode < 0
        word = "killed" if landed else "ended before"
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.landed[name] += landed
        held = len(dataset(output))
        phase.check(output)
        seconds = time.monotonic() - began
        number = self.landed.total()
        self.say(f"{number:>4} {name:<10} {word} after {seconds:4.1f} s, {held} reports")
        return landed


def torture(kills, seed, folder, *, say=lambda text: None):
    """Kill ``kills`` commands; return (landed by phase, looks of the reader)."""
    reader = Reader()
    reader.start()
    with WorldServer([portal.site() for portal in PORTALS]) as server:
        torture = Torture(World(folder, server, random.Random(seed)), reader, say)
        for number, (name, kind) in enumerate(PHASES.items()):
            turns = len(range(number, kills, len(PHASES)))
            torture.phase(name, kind(torture.world), folder, turns)
    reader.go_on = False
    reader.join()
    assert not reader.broken, reader.broken[:3]
    return torture.landed, reader.looks


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    print(f"{kills} kills, seed {seed}")
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    landed, looks = torture(kills, seed, folder, say=lambda text: print(text, flush=True))
    shutil.rmtree(folder)
    for name in PHASES:
        print(f"{name:<10} {landed[name]:>4} killed at work")
    print(
        f"{landed.total()} kills in {time.monotonic() - began:.0f} s: lost 0, doubled 0; "
        f"half lines seen in {looks:,} looks of a concurrent reader: 0"
    )


if __name__ == "__main__":
    main()

"""Kill crawls at random moments and see that nothing is lost, doubled or broken.

``python -m tests.crash 100`` (make crash-test) against the demo's portals on loopback; the suite
runs a few (tests/test_crash.py). After every kill the dataset must be whole lines, sorted, each
report once; at the end, after one run that may finish, it must equal what a crawl that was never
disturbed brings, but for ``fetched_at`` and ``archive``.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socketserver
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crawler.demo.portals import PORTALS
from crawler.demo.registry import write_registry
from crawler.demo.server import WorldServer

ROOT = Path(__file__).parents[1]
# A killed client resets its connections; the server need not print a traceback for each.
socketserver.BaseServer.handle_error = lambda *_: None
NO_BROWSER = ("990121", "990100")
"""Portals read without Chromium: kills should hit crawls, not the start of a browser."""


def start(registry, output):
    command = [
        *(sys.executable, "-m", "scrapy", "crawl", "county_reports"),
        *("-a", f"portals={registry}", "-a", f"code={','.join(NO_BROWSER)}"),
        *("-s", f"OUTPUT_DIR={output}", "-s", "ALLOWED_PRIVATE_NETWORKS=127.0.0.0/8"),
        # One wait for the lock: the system may need a moment to bury a killed holder.
        *("-s", "OUTPUT_LOCK_WAIT=20"),
    ]
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return subprocess.Popen(
        command, cwd=ROOT, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


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


def finish(registry, output):
    crawl = start(registry, output)
    said, _ = crawl.communicate(timeout=300)
    assert crawl.returncode == 0, said
    return dataset(output)


def torture(kills, seed, folder, *, say=lambda text: None):
    """Kill ``kills`` crawls, restarting from nothing after each fifth; return how many reports."""
    chance = random.Random(seed)
    with WorldServer([portal.site() for portal in PORTALS]) as server:
        registry = write_registry(folder / "portals.csv", server.base)
        began = time.monotonic()
        calm = finish(registry, folder / "calm")
        whole = time.monotonic() - began
        assert calm
        for number in range(kills):
            output = folder / f"killed-{number // 5}"
            crawl = start(registry, output)
            delay = chance.uniform(0.1, 1.1) * whole
            try:
                crawl.communicate(timeout=delay)
                word = "ended"
            except subprocess.TimeoutExpired:
                crawl.send_signal(signal.SIGKILL)
                crawl.communicate()
                word = "killed"
            held = len(dataset(output))
            say(f"{number + 1:>4}: {word} after {delay:.1f} s of {whole:.1f}, {held} reports")
            if number % 5 == 4 or number == kills - 1:
                assert lasting(finish(registry, output)) == lasting(calm)
                assert not list(output.rglob(".*.part"))
                shutil.rmtree(output)
    return len(calm)


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    print(f"{kills} kills, seed {seed}")
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    reports = torture(kills, seed, folder, say=lambda text: print(text, flush=True))
    shutil.rmtree(folder)
    print(f"{kills} kills: {reports} reports each time, none lost, none twice, no broken file.")


if __name__ == "__main__":
    main()

"""What a night on which nothing changed adds to the folder: ``python -m tests.film growth``."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from tests.film.portals import portal
from tests.film.stage import staged

_NIGHTS = 3
PLACES = ("archive", "runs", "state.sqlite", "reports", "problems.jsonl", "runs.jsonl")


def sizes(output):
    out = {}
    for name in PLACES:
        inodes = {
            f.stat().st_ino: f.stat().st_size
            for f in output.rglob("*")
            if f.is_file() and f.relative_to(output).parts[0].startswith(name)
        }
        out[name] = sum(inodes.values())
    return out


def quiet_nights(folder, nights=_NIGHTS, portals=12):
    """Yield (requests, bytes by place that the night added, processor seconds) of quiet nights."""
    made = [portal(n, 2024, counter=n == 4, attached=n == 6) for n in range(portals)]
    with staged(folder, made, date(2025, 9, 1)) as stage:
        assert stage.crawl().status == 0
        for _ in range(nights):
            before = sizes(stage.output)
            stage.pass_days(1)
            left = stage.crawl()
            assert left.status == 0, left.said
            after = sizes(stage.output)
            yield left.requests, {n: after[n] - before[n] for n in PLACES}, left.seconds


def main():
    with tempfile.TemporaryDirectory() as folder:
        for requests, grown, seconds in quiet_nights(Path(folder) / "film"):
            told = ", ".join(f"{name} {size:,} B" for name, size in grown.items() if size)
            print(f"{requests} requests, {seconds:.1f} s of processor time; added: {told}")

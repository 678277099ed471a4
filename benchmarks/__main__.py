"""Run the sections of the bench, all or those named, and keep what they measure as JSON.

Without options every section measures a sample, twenty minutes on two idle processors for all of
them; ``--full`` measures everything. Each row is printed and kept, by column, when it is known, in
output/bench.json: a section that runs replaces what an earlier run kept of it, the others stay,
each with its date.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.tables import Line, Lines, Row

TARGET = Path("output/bench.json")
SECTIONS = (
    "startup", "crawl", "documents", "perturb", "pairs", "compound", "reading", "again", "store",
)  # fmt: skip
"""Modules with a function ``run(full=…)`` that yields the lines of its tables."""


class Kept:
    """The file of measurements: whole at any moment, whatever interrupts the run."""

    def __init__(self, target: Path) -> None:
        self.target = target
        try:
            self.sections: dict[str, Any] = json.loads(target.read_text("utf-8"))["sections"]
        except (OSError, ValueError, KeyError, TypeError):
            self.sections = {}

    def save(self) -> None:
        """Write the file anew and put it in the old one's place."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        new = self.target.with_name(f"{self.target.name}.new")
        new.write_text(
            json.dumps({"sections": self.sections}, ensure_ascii=False, indent=1) + "\n", "utf-8"
        )
        new.replace(self.target)


class Measured:
    """What one section brought, kept line by line."""

    def __init__(self, kept: Kept, name: str, *, full: bool) -> None:
        self.kept = kept
        self.start = time.monotonic()
        self.entry: dict[str, Any] = {
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            "processors": os.cpu_count(),
            "load_before": round(os.getloadavg()[0], 2),
            "full": full,
            "finished": False,
            "seconds": 0.0,
            "rows": [],
            "lines": [],
        }
        kept.sections[name] = self.entry

    def add(self, line: Line) -> None:
        """Print a line and keep it."""
        if isinstance(line, Row):
            self.entry["rows"].append({"table": line.table, **line.values})
        text = line.text if isinstance(line, Row) else line
        self.entry["lines"] += text.splitlines()
        print(text, flush=True)
        self._save()

    def end(self, *, finished: bool) -> None:
        """Say how long it took."""
        self.entry["finished"] = finished
        self._save()
        print(f"({self.entry['seconds']:.0f} s)", flush=True)

    def _save(self) -> None:
        self.entry["seconds"] = round(time.monotonic() - self.start, 1)
        self.kept.save()


def section(name: str, kept: Kept, *, full: bool) -> bool:
    """Run one section; tell whether it came to its end. One that fails costs the others nothing."""
    module = importlib.import_module(f"benchmarks.{name}")
    print(f"\n== {name}: {_about(name)}", flush=True)
    measured = Measured(kept, name, full=full)
    finished = False
    try:
        lines: Lines = module.run(full=full)
        for line in lines:
            measured.add(line)
        finished = True
    except Exception:  # noqa: BLE001 - printed whole; the next section is measured all the same
        traceback.print_exc()
    finally:
        measured.end(finished=finished)
    return finished


def _about(name: str) -> str:
    module = importlib.import_module(f"benchmarks.{name}")
    return (module.__doc__ or "").splitlines()[0]


def main(arguments: Sequence[str]) -> int:
    """Run the sections named, all by default."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=(__doc__ or "").partition("\n\n")[2]
    )
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--full", action="store_true", help="measure all, not a sample: an hour")
    parser.add_argument("--list", action="store_true", help="print the sections and end")
    parser.add_argument("--output", type=Path, default=TARGET, help=f"default: {TARGET}")
    options = parser.parse_args(arguments)
    if options.list:
        for name in SECTIONS:
            print(f"{name:11}{_about(name)}")
        return 0
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown:
        print(f"unknown section {unknown[0]}; there are: {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    start, kept = time.monotonic(), Kept(options.output)
    wanted = list(dict.fromkeys(options.sections)) or SECTIONS
    try:
        ended = [section(name, kept, full=options.full) for name in wanted]
    except KeyboardInterrupt:
        print(f"\nstopped; what was measured is in {options.output}", file=sys.stderr)
        return 130
    print(f"\n{time.monotonic() - start:.0f} s in all, kept in {options.output}")
    return 0 if all(ended) else 1


if __name__ == "__main__":
    # Ended by another program as by Ctrl-C: what was started ends too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))

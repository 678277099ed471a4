"""python -m world --seed 1 --count 1000 --out DIR: writes the bodies and truth.jsonl; --check runs the self-check."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from . import documents
from .check import check


def main() -> None:
    """Write a world to a folder, or check it."""
    parser = argparse.ArgumentParser(prog="world", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    if asked.check:
        print(check(asked.seed, asked.count))
    if not asked.out:
        return
    asked.out.mkdir(parents=True, exist_ok=True)
    with (asked.out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for made in documents(asked.seed, asked.count):
            (asked.out / made.name).write_bytes(made.body)
            row = asdict(made)
            row.pop("body")
            truth.write(json.dumps(row, ensure_ascii=False) + "\n")


main()

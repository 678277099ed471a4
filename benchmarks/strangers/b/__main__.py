"""``python -m world --seed 1 --count 1000 --out DIR``: bodies and truth.jsonl."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from . import documents


def main() -> None:
    """Write the world."""
    parser = argparse.ArgumentParser(prog="world")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for made in documents(args.seed, args.count):
            (args.out / made.name).write_bytes(made.body)
            record = asdict(made)
            del record["body"]
            truth.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

"""Write bodies and a truth.jsonl."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from . import documents


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(prog="world")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--count", type=int, default=1000)
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for made in documents(args.seed, args.count):
            (args.out / made.name).write_bytes(made.body)
            row = asdict(made)
            del row["body"]
            truth.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

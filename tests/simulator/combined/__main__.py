"""Crawl portals drawn at random and print what was missed; see the package."""

from __future__ import annotations

import argparse
import sys

from tests.simulator.combined.judged import lines, results


def main(arguments: list[str]) -> int:
    """Print a line a portal that is not as it must be, and the sums; 1 for a wrong ``ok``."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator.combined")
    parser.add_argument("number", type=int, nargs="?", default=100, help="how many portals")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--known", action="store_true", help="with the column given")
    parser.add_argument("--twice", action="store_true", help="a second crawl must read nothing")
    words = "these numbers alone, with every request: 12,48"
    parser.add_argument("--only", type=_numbers, default=(), metavar="N,…", help=words)
    asked = parser.parse_args(arguments)
    judged = results(
        asked.number, asked.seed, known=asked.known, twice=asked.twice, only=asked.only
    )
    print(*lines(judged, all_requests=bool(asked.only)), sep="\n")
    return 1 if any(r.wrong_ok or r.again for r in judged) else 0


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

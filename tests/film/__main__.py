"""``python -m tests.film N --seed S``: random calendars; ``python -m tests.film growth``.

Prints what was not as the operator expects, by kind, with the calendar that shows it: ``--seed`` of
that calendar with N = 1 plays it again, ``--log`` prints all that happened.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from tests.film import growth
from tests.film.calendar import cast, filmed, play
from tests.film.stage import Hand


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.film")
    parser.add_argument("calendars", nargs="?", default="1", help="how many; or: growth")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nights", type=int, default=20)
    parser.add_argument("--portals", type=int, default=12)
    parser.add_argument("--log", action="store_true")
    given = parser.parse_args()
    if given.calendars == "growth":
        growth.main()
        return 0
    kinds: Counter[str] = Counter()
    examples: dict[str, str] = {}
    nights = seconds = 0.0
    hand = Hand()
    for seed in range(given.seed, given.seed + int(given.calendars)):
        with (
            tempfile.TemporaryDirectory() as folder,
            filmed(Path(folder) / "film", cast(given.portals), seed=seed, hand=hand) as film,
        ):
            play(film, given.nights)
        found = Counter(fault.kind for _, fault in film.faults)
        kinds += found
        nights, seconds = nights + film.nights, seconds + film.seconds
        for night, fault in film.faults:
            examples.setdefault(fault.kind, f"seed {seed}, night {night}: {fault.what}")
        told = ", ".join(f"{kind} {n}" for kind, n in found.most_common()) or "as expected"
        print(f"seed {seed}: {film.nights} nights, {film.seconds:.0f} s: {told}", flush=True)
        if given.log:
            print("\n".join(film.log))
    hand.close()
    print(f"{given.calendars} calendars, {nights:.0f} nights, {seconds:.0f} s of processor time")
    for kind, number in kinds.most_common():
        print(f"  {number:>5}  {kind}; first: {examples[kind]}")
    lost, stale, false = (
        kinds["line lost"],
        kinds["stale figures at a living address"],
        kinds["false missing"],
    )
    print(f"{lost} lines lost, {stale} stale figures at a living address, {false} false missing")
    return int(bool(kinds))


if __name__ == "__main__":
    raise SystemExit(main())

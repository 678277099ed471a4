"""``python -m benchmarks.strangers [world] [documents]``: fails when anything is silently wrong."""

from __future__ import annotations

import sys

from benchmarks.strangers import SAMPLE, TABLE, WORLDS, results, row_of, wrong_of


def main(arguments: list[str]) -> int:
    """Print the table; 1 where a figure is silently wrong or a proof false."""
    count = next((int(a) for a in arguments if a.isdigit()), SAMPLE)
    wanted = [a for a in arguments if not a.isdigit()] or list(WORLDS)
    print(TABLE.head())
    wrong = 0
    for name in wanted:
        some = list(results(name, count))
        row = row_of(name, some)
        print(row.text, *wrong_of(some), sep="\n", flush=True)
        wrong += bool(row.values["silent"] or row.values["false_proofs"])
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``python -m benchmarks.strangers [world] [documents]``: fails when anything is silently wrong.

``--by layout`` or ``--by habit`` adds a row for each layout or habit, most nulls first.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from benchmarks.strangers import SAMPLE, TABLE, WORLDS, results, row_of, wrong_of
from benchmarks.strangers.judging import Judged


def main(arguments: list[str]) -> int:
    """Print the table; 1 where a figure is silently wrong or a proof false."""
    count = next((int(a) for a in arguments if a.isdigit()), SAMPLE)
    by = arguments[arguments.index("--by") + 1] if "--by" in arguments else ""
    wanted = [a for a in arguments if not a.isdigit() and a not in {"--by", by}] or list(WORLDS)
    print(TABLE.head())
    wrong = 0
    for name in wanted:
        some = list(results(name, count))
        row = row_of(name, some)
        print(row.text, *wrong_of(some), sep="\n", flush=True)
        if by:
            print(*breakdown(some, by), sep="\n", flush=True)
        wrong += bool(row.values["silent"] or row.values["false_proofs"])
    return int(bool(wrong))


def breakdown(some: list[Judged], by: str) -> list[str]:
    """Return a line a layout or habit: its documents' sums, most needless nulls first."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for judged in some:
        for name in (judged.layout,) if by == "layout" else judged.habits or ("(none)",):
            groups[name].append(judged)
    order = sorted(groups, key=lambda name: -sum(len(j.null) for j in groups[name]))
    return [f"{row_of('', groups[name]).text}  {name}" for name in order]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

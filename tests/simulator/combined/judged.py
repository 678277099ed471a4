"""Drawn portals crawled with the real command, and what was found held against the truth."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.simulator.combined.drawn import Drawn, draw
from tests.spiders.world import Run, crawl

PLACE = "试点县"
BUDGET = 60


@dataclass(slots=True, kw_only=True)
class Result:
    """One portal."""

    drawn: Drawn
    outcome: str
    missing: set[str]
    false: set[str]
    to_column: int
    again: int | None = None
    """Reports a second crawl read anew; None where there was none."""

    @property
    def wrong_ok(self) -> bool:
        return self.outcome == "ok" and bool(self.missing)


def portals(number: int, seed: int) -> list[Drawn]:
    """Draw so many portals."""
    return [draw(f"99{n:04d}", PLACE, random.Random(f"{seed}:{n}")) for n in range(1, number + 1)]


def results(number: int, seed: int, *, known: bool = False, twice: bool = False) -> list[Result]:
    """Crawl drawn portals and judge what was read."""
    drawn = portals(number, seed)
    sites = [one.site for one in drawn]
    columns = {one.site.name: one.column for one in drawn} if known else {}
    keep = ("-s", 'ITEM_PIPELINES={"tests.spiders.world.Keep": 1}', "-s", "LOG_LEVEL=ERROR")
    with tempfile.TemporaryDirectory(prefix="combined-") as folder:
        out = Path(folder)
        run = crawl(sites, out, *keep, columns=columns)
        judged = [_judge(one, run) for one in drawn]
        if twice:
            again = crawl(sites, out, *keep, columns=columns, port=run.server.port)
            for result in judged:
                result.again = int(again.portals[result.drawn.site.name]["read"])
    return judged


def _judge(one: Drawn, run: Run) -> Result:
    code = one.site.name
    asked = run.paths(code)
    if one.traits.article == "redirect":
        asked = [path.replace("_1.html", ".html") for path in asked]
    got = set(asked)
    column = one.column.rstrip("/")
    at = next((n for n, path in enumerate(asked) if path.rstrip("/") == column), len(asked))
    return Result(
        drawn=one,
        outcome=run.outcome(code),
        missing=one.reports - got,
        false=one.decoys & got if run.portals[code]["read"] else set(),
        to_column=at,
    )


def lines(judged: Sequence[Result]) -> list[str]:
    """Return what went wrong, a line a portal, and the sums."""
    out = [
        f"{r.drawn.site.name} {r.outcome:22} missing {len(r.missing):>2} of {len(r.drawn.reports):>2}"
        f"{'  WRONG OK' if r.wrong_ok else ''}{f'  again {r.again}' if r.again else ''}"
        f"  [{r.drawn.traits.words()}]"
        for r in judged
        if r.missing or r.again
    ]
    expected = sum(len(r.drawn.reports) for r in judged)
    found = expected - sum(len(r.missing) for r in judged)
    outcomes = dict(sorted(Counter(r.outcome for r in judged).items()))
    out.append(
        f"{found} of {expected} reports ({found / expected:.1%}) of {len(judged)} portals, wrong ok "
        f"{sum(r.wrong_ok for r in judged)}, requests to the column {median(r.to_column for r in judged):g} "
        f"at the median, {max(r.to_column for r in judged)} at most, read anew by a second crawl "
        f"{sum(r.again or 0 for r in judged)}, outcomes {outcomes}"
    )
    return out

"""The simulator's figures: three crawls of every scene, a line each, and what must hold of all.

``python -m tests.simulator --check`` prints them; the modules ``test_crawl_*`` assert them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.simulator.crawl import MOST_REQUESTS, MOST_TO_COLUMN, Result, Run, crawl_scenes
from tests.simulator.scenes import BESIDE, FAMILIES, TRAPS, WAYS, Scene, numbered

SOFT_RECALL = 0.98
"""What must be found with every soft trap on."""


def _soft(scene: Scene) -> bool:
    return scene.id.startswith("soft-")


CRAWLS: dict[str, tuple[tuple[Scene, ...], bool]] = {
    "families, from home pages": (FAMILIES, False),
    "traps, from home pages": (TRAPS, False),
    "ways and stops, from home pages": (WAYS, False),
    "what stands beside lists, from home pages": (BESIDE, False),
    "families and soft traps, from known columns": (
        (*FAMILIES, *(s for s in TRAPS if _soft(s))),
        True,
    ),
}
"""Name, scenes, and whether the registry names the columns."""


def crawl(name: str, output: Path, wanted: Callable[[Scene], bool] = lambda _: True) -> Run:
    """Run one of ``CRAWLS``, of the scenes that are wanted."""
    scenes, known = CRAWLS[name]
    return crawl_scenes(numbered([s for s in scenes if wanted(s)]), output, known=known)


@dataclass(slots=True)
class Figures:
    """Sums over scenes."""

    expected: int
    found: int
    false: int
    off_limits: int
    most_at_a_time: int
    most_to_column: int
    most_requests: int
    unexplained: int

    @property
    def recall(self) -> float:
        """Found of expected; 1 where nothing was expected."""
        return self.found / self.expected if self.expected else 1.0


def figures_of(results: Sequence[Result], off_limits: int) -> Figures:
    """Sum up results; ``off_limits``: requests to hosts that are nobody's portal.

    Lists whose end cannot be reached count in everything but recall.
    """
    whole = [r for r in results if not r.scene.may_miss]
    return Figures(
        expected=sum(len(r.expected) for r in whole),
        found=sum(len(r.expected & set(r.found)) for r in whole),
        false=sum(len(r.false) + len(set(r.found) - r.expected) for r in results),
        off_limits=off_limits + sum(len(r.forbidden) for r in results),
        most_at_a_time=max((r.crowded for r in results), default=0),
        most_to_column=max((r.until_column for r in results), default=0),
        most_requests=max((len(r.seen) for r in results), default=0),
        unexplained=sum(not r.explained for r in results),
    )


def lines(name: str, run: Run) -> Iterator[str]:
    """Yield the table of one crawl."""
    yield f"\n{name}\n{'scene':16}{'found':>9}{'to column':>11}{'requests':>10}  outcome"
    for r in run.results:
        found = f"{len(r.expected & set(r.found))}/{len(r.expected)}"
        faults = f"  WRONG: {'; '.join(r.faults)}" if r.faults else ""
        yield f"{r.scene.id:16}{found:>9}{r.until_column:>11}{len(r.seen):>10}  {r.outcome}{faults}"
    f = figures_of(run.results, len(run.off_limits))
    yield (
        f"recall {f.found}/{f.expected} = {f.recall:.1%}, {f.false} false reports, {f.off_limits} "
        f"requests off limits, at most {f.most_at_a_time} at a time on a host, "
        f"{f.most_to_column} to a column (of {MOST_TO_COLUMN}), {f.most_requests} a portal "
        f"(of {MOST_REQUESTS}), {f.unexplained} outcomes unexplained"
    )
    soft = [r for r in run.results if _soft(r.scene)]
    if soft and len(soft) < len(run.results):
        s = figures_of(soft, 0)
        yield f"all soft traps on, over each family: recall {s.found}/{s.expected} = {s.recall:.1%}"

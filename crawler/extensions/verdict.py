"""Is what a run brought fit to become the dataset? Pure: counts in, verdict out.

Four runs are not good: one that did not start, one whose dataset could not be written, one in
which reading itself failed (whatever was in the documents), and one that fell far short of the
last good run over the same portals. A run stopped half-way is not judged at all: what it read is
kept for the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SHARE = 0.5
"""Fewer reports in a province than this share of the last good run's is a bad run."""

MIN_REPORTS = 4
"""Below this many reports in the last good run a fall says nothing."""

OUR_DOING = frozenset({"document/no-reader", "document/crashed", "report/stage-failed"})
"""Codes that say a reader failed on a document, not what is wrong with the document."""

FAILED = frozenset({"start_error", "store_failed", "readers_failed"})
"""Finish reasons of a run that broke; any other but ``finished`` is one that was stopped."""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What becomes of a run."""

    word: str
    """good, bad or stopped."""
    reasons: list[str] = field(default_factory=list)
    suspect: bool = False
    """The readings themselves look wrong: they are set aside and read again, not just kept."""

    @property
    def good(self) -> bool:
        """Tell whether what the run brought becomes the dataset."""
        return self.word == "good"

    def fail(self, reason: str) -> None:
        """Turn the verdict: something went wrong after it was given."""
        self.word = "bad"
        self.reasons.append(reason)

    @property
    def why(self) -> str:
        """Return the reasons in one line."""
        return "; ".join(self.reasons) or "nothing speaks against it"


@dataclass(slots=True, frozen=True, kw_only=True)
class Tally:
    """What a run is judged by."""

    reports: Mapping[str, int]
    """Portal code to reports read or held unchanged."""
    outcomes: Mapping[str, str]
    reason: str
    """Scrapy's finish reason."""
    store_error: str = ""
    start_error: str = ""
    readers_error: str = ""
    """Why no reading process could be had."""
    fetched: int = 0
    """Documents that were to be read."""
    unread: int = 0
    """Those of them on which reading itself failed: our doing, not what is in them."""
    changed: int = 0
    lost_figures: int = 0
    """Changed reports that lost more than half of their printed figures."""


def judge(
    tally: Tally, good_runs: Sequence[Mapping[str, Any]], *, min_share: float = SHARE
) -> Verdict:
    """Judge a run against earlier good ones of the same question, latest first.

    ``good_runs``: summaries with ``reports`` (portal code to count). ``min_share``: what part of
    a province's reports must be there again; 0 accepts any fall.
    """
    reasons = []
    reasons += [error for error in (tally.store_error, tally.readers_error) if error]
    if tally.reason in FAILED and not reasons:
        reasons.append(f"the crawl did not start: {tally.start_error or tally.reason}")
    elif not tally.outcomes:
        reasons.append("no portal was visited")
    if tally.reason != "finished" and not reasons:
        return Verdict(word="stopped", reasons=[f"ended early: {tally.reason}"])
    reasons.extend(_short(tally, good_runs, min_share))
    silent = [code for code, outcome in tally.outcomes.items() if outcome == "unreachable"]
    if len(silent) >= 3 and len(silent) == len(tally.outcomes):
        reasons.append(f"none of {len(silent)} portals answered: is there a network?")
    if tally.unread >= MIN_REPORTS and tally.unread * 2 > tally.fetched:
        reasons.append(
            f"reading itself failed on {tally.unread} of {tally.fetched} documents: "
            "problems.jsonl says how"
        )
    suspect = tally.lost_figures >= 3 and tally.lost_figures * 2 > tally.changed
    if suspect:
        reasons.append(
            f"{tally.lost_figures} of {tally.changed} changed reports lost most of their figures"
        )
    return Verdict(word="bad" if reasons else "good", reasons=reasons, suspect=suspect)


def _short(tally: Tally, good_runs: Sequence[Mapping[str, Any]], min_share: float) -> list[str]:
    """Return a reason for each province that fell far short."""
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for code, count in tally.reports.items():
        last = next((run["reports"][code] for run in good_runs if code in run["reports"]), None)
        if last is not None:
            province = f"{code[:2]}0000"
            before[province] = before.get(province, 0) + int(last)
            after[province] = after.get(province, 0) + count
    return [
        f"province {province}: {after[province]} reports where the last good run had {count} "
        "(if that is right: -s HEALTH_MIN_SHARE=0)"
        for province, count in sorted(before.items())
        if count >= MIN_REPORTS and after[province] < count * min_share
    ]

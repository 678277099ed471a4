"""Is what a run brought fit to become the dataset? Pure: counts in, verdict out.

Five runs are not good: one that did not start, one whose dataset could not be written, one in
which reading itself failed (whatever was in the documents), one that nobody answered, and one that
fell far short of the last good run over the same portals. Where only some provinces fell, the
others' reports become the dataset all the same. A run stopped half-way is not judged at all: what
it read is kept for the next one.
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


def province_of(code: str) -> str:
    """Return the code of the province whose reports a portal's runs count for.

    >>> province_of("350128")
    '350000'
    """
    return f"{code[:2]}0000"


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What becomes of a run."""

    word: str
    """good, bad or stopped."""
    reasons: list[str] = field(default_factory=list)
    suspect: bool = False
    """The readings themselves look wrong: they are set aside and read again, not just kept."""
    held_back: frozenset[str] = frozenset()
    """Provinces that fell far short, where nothing else speaks against the run: theirs alone waits
    for the next one."""

    @property
    def good(self) -> bool:
        """Tell whether what the run brought becomes the dataset."""
        return self.word == "good"

    @property
    def promotes(self) -> bool:
        """Tell whether anything the run brought becomes the dataset: all but ``held_back``."""
        return self.good or bool(self.held_back)

    def fail(self, reason: str) -> None:
        """Turn the verdict: something went wrong after it was given."""
        self.word = "bad"
        self.held_back = frozenset()
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
    if tally.outcomes and set(tally.outcomes.values()) == {"unreachable"}:
        who = f"none of {len(tally.outcomes)} portals" if len(tally.outcomes) > 1 else "no portal"
        reasons.append(f"{who} answered: is there a network?")
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
    fallen, everywhere = _short(tally, good_runs, min_share)
    held_back = frozenset() if reasons or everywhere else frozenset(fallen)
    reasons.extend(fallen.values())
    word = "bad" if reasons else "good"
    return Verdict(word=word, reasons=reasons, suspect=suspect, held_back=held_back)


def _short(
    tally: Tally, good_runs: Sequence[Mapping[str, Any]], min_share: float
) -> tuple[dict[str, str], bool]:
    """Return a reason for each province that fell far short, and whether all together did."""
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for code, count in tally.reports.items():
        last = next((run["reports"][code] for run in good_runs if code in run["reports"]), None)
        if last is not None:
            province = province_of(code)
            before[province] = before.get(province, 0) + int(last)
            after[province] = after.get(province, 0) + count
    fallen = {
        province: f"province {province}: {after[province]} reports where the last good run had "
        f"{count} (if that is right: -s HEALTH_MIN_SHARE=0)"
        for province, count in sorted(before.items())
        if count >= MIN_REPORTS and after[province] < count * min_share
    }
    return fallen, sum(after.values()) < sum(before.values()) * min_share

"""What a careful operator, who knows all that happened, expects of what a run left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pipelines.registry import load_registry
from pipelines.store.coverage import MISSING, PRESENT, cover, held_reports, visits_of
from pipelines.store.schedule import interval
from tests.film.portals import Portal, Row, truths
from tests.film.stage import Left, Stage

_OUTCOMES = {"refuses": "blocked", "robots": "robots", "dead": "unreachable"}
_WHOLE_EVERY = 4
"""Times as long until a page whose server says 304 whatever it holds is fetched whole."""


@dataclass(slots=True, frozen=True)
class Fault:
    """One thing that is not as the operator expects."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


@dataclass(slots=True)
class Operator:
    """Looks at a stage after each run."""

    stage: Stage
    ids: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Every report that was ever in the dataset: its division and year."""
    last: dict[str, dict[str, Any]] = field(default_factory=dict)
    reports: dict[str, dict[str, int]] = field(default_factory=dict)
    """Reports a portal had in the last run whose word counts, by question."""
    corrections: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Field, what is read and what corrections.csv says instead, by report."""

    def after(
        self,
        left: Left,
        asked: list[Portal],
        *,
        years: frozenset[int] | None = None,
        full: bool = False,
        killed: bool = False,
        better_reader: bool = False,
    ) -> list[Fault]:
        """Compare what a run left with what was to be expected; remember it for the next."""
        found = list(self._lost(left))
        found += self._strange(left)
        if not killed:
            found += self._run(left, asked, years, full=full)
        if not better_reader:
            found += self._revisions(left)
        self.last = left.lines
        self.ids |= {name: (r["adcode"], r["report_year"]) for name, r in left.lines.items()}
        return found

    # -- whatever happened ---------------------------------------------------------------------

    def _lost(self, left: Left) -> Iterator[Fault]:
        for name in self.ids.keys() - left.lines.keys():
            yield Fault("line lost", name)

    def _strange(self, left: Left) -> Iterator[Fault]:
        portals = {p.code: p for p in self.stage.portals}
        for name, line in left.lines.items():
            at = portals.get(line["adcode"])
            if at is None or line["report_year"] not in truths(at.of):
                yield Fault("line of nobody", name)
                continue
            known = [self._as_corrected(name, v) for v in at.known.get(line["report_year"], [])]
            if _figures(line) not in known:
                yield Fault("figures nobody printed", f"{name} {line['source_url']}")

    def _as_corrected(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        where, read, value = self.corrections.get(name, ("", 0, 0))
        # Once the field reads otherwise the row is stale, and is not applied.
        return {**values, where: value} if where and values[where] == read else values

    def _revisions(self, left: Left) -> Iterator[Fault]:
        for name, line in left.lines.items():
            past = left.revisions.get(name, [])
            if line["revision"] != len(past):
                yield Fault("revisions do not count", f"{name}: {line['revision']}, {len(past)}")
            old = self.last.get(name)
            if old is None or name in self.corrections or old.get("corrections"):
                continue
            if _figures(old) != _figures(line) and _figures(old) not in map(_figures, past):
                yield Fault("changed without a revision", name)

    # -- a run that ended ----------------------------------------------------------------------

    def _run(
        self, left: Left, asked: list[Portal], years: frozenset[int] | None, *, full: bool
    ) -> Iterator[Fault]:
        if left.summary is None:
            yield Fault("no summary", left.said[-300:])
            return
        yield from self._told(left)
        fallen, everywhere = self._fallen(left, years)
        yield from self._verdict(left, fallen, everywhere=everywhere)
        promoted = left.summary["good"] or bool(left.summary["held_back"])
        for at in asked:
            yield from self._outcome(left, at, years)
            province = f"{at.code[:2]}0000"
            waits = province in left.summary["held_back"] or not promoted
            if not (at.fault or waits):
                yield from self._portal(left, at, years, full=full)
        yield from self._coverage(left, {p.code for p in asked}, years)
        if promoted:
            key = str(left.summary["asked"])
            counts = {
                code: n
                for code, n in left.summary["reports"].items()
                if f"{code[:2]}0000" not in left.summary["held_back"]
            }
            self.reports.setdefault(key, {}).update(counts)

    def _told(self, left: Left) -> Iterator[Fault]:
        """Yield where summary, problems and files do not say the same."""
        summary = left.summary
        assert summary is not None
        if (left.status == 0) != bool(summary["good"]):
            yield Fault("exit code", f"{left.status}, verdict {summary['verdict']}")
        added = sorted(left.lines.keys() - self.last.keys())
        changed = sorted(n for n in self.last.keys() & left.lines if self.last[n] != left.lines[n])
        for name, files in (("added", added), ("changed", changed)):
            if summary["dataset"][name] != files:
                both = set(files) ^ set(summary["dataset"][name])
                yield Fault("summary is not the files", f"{name}: {sorted(both)[:3]}")
        if summary["counts"]["problems"] != len(left.problems):
            # Two of one address may be one line.
            codes = Counter(p["code"] for p in left.problems)
            if any(codes[c] > n for c, n in summary["problems"].items() if c in codes):
                yield Fault("problems are not counted", str(codes))

    def _fallen(self, left: Left, years: frozenset[int] | None) -> tuple[set[str], bool]:
        """Return the provinces that fell short of the last run whose word counts."""
        summary = left.summary
        assert summary is not None
        known = self.reports.get(str(summary["asked"]), {})
        before, after = Counter[str](), Counter[str]()
        for code, count in summary["reports"].items():
            if code in known:
                before[f"{code[:2]}0000"] += known[code]
                after[f"{code[:2]}0000"] += count
        fallen = {p for p, n in before.items() if n >= 4 and after[p] < n * 0.5}
        return fallen, after.total() < before.total() * 0.5

    def _verdict(self, left: Left, fallen: set[str], *, everywhere: bool) -> Iterator[Fault]:
        summary = left.summary
        assert summary is not None
        silent = summary["outcomes"].keys() == {"unreachable"}
        expected = "bad" if fallen or silent else "good"
        if summary["verdict"] != expected:
            yield Fault("verdict", f"{summary['verdict']}, {expected}: {summary['reasons']}")
        elif set(summary["held_back"]) != (set() if everywhere or silent else fallen):
            yield Fault("held back", f"{summary['held_back']}, expected {sorted(fallen)}")

    def _outcome(self, left: Left, at: Portal, years: frozenset[int] | None) -> Iterator[Fault]:
        entry = left.portal(at.code)
        if entry is None:
            yield Fault("portal not told", at.code)
            return
        outcome = entry["outcome"]
        told = f"{at.code} {at.fault or 'well'}: {outcome} ({entry['evidence'][:150]})"
        if at.fault in _OUTCOMES:
            if outcome != _OUTCOMES[at.fault]:
                yield Fault("outcome", told)
        elif at.fault in {"empty list", "half list"}:
            if outcome == "ok" and (at.hidden or at.fault == "empty list") and years is None:
                yield Fault("outcome ok of a list with fewer reports than are held", told)
        elif not at.fault:
            own = [r for r in at.living() if years is None or r.year in years]
            if outcome not in {"ok", "incomplete"} and own:
                yield Fault("outcome", told)
            # Addresses, not reports: what moved counts at both while the old one is asked.
            if years is None and outcome == "ok" and entry["read"] + entry["held"] < len(own):
                yield Fault("reports counted", f"{told}: {len(own)} stand there")

    # -- a portal that was well, and whose province was promoted -------------------------------

    def _portal(
        self, left: Left, at: Portal, years: frozenset[int] | None, *, full: bool
    ) -> Iterator[Fault]:
        lines = {r["report_year"]: r for r in left.lines.values() if r["adcode"] == at.code}
        for year in sorted(at.known):
            if years is not None and year not in years:
                continue
            living, line = at.living(year=year), lines.get(year)
            if line is None:
                if living:
                    yield Fault("report missing", f"{at.code} {year}")
                continue
            told = f"{line['report_id']} {line['source_url']}"
            if not living:
                # A folder of the year it was published in may not have been opened.
                if years is not None and year + 1 not in years:
                    continue
                if line.get("gone_since") is None:
                    yield Fault("removal not told", told)
                elif not any(
                    p["code"] == "report/gone" and p["url"] == line["source_url"]
                    for p in left.problems
                ):
                    yield Fault("removal is no problem", told)
                continue
            if line.get("gone_since") is not None:
                yield Fault("called gone", told)
            # What no column that is known lists is told as such; its old address leads there.
            told_so = {p["url"] for p in left.problems if p["code"] == "report/unlisted"}
            if line["source_url"] not in {at.url(row) for row in living} and not (
                line["source_url"] in told_so and at.dead_hosts.get(0) == "301"
            ):
                yield Fault("source_url does not live", told)
            yield from self._fresh(left, at, line, living, full=full)

    def _fresh(
        self, left: Left, at: Portal, line: dict[str, Any], living: list[Row], *, full: bool
    ) -> Iterator[Fault]:
        name = line["report_id"]
        standing = [r for r in living if "更正" in r.title] or living
        contents = [self._as_corrected(name, dict(r.report.values)) for r in standing]
        if _figures(line) in contents:
            if len({str(sorted(c.items())) for c in contents}) > 1 and not any(
                p["code"] == "dataset/conflicting-editions" and name in p["evidence"]
                for p in left.problems
            ):
                yield Fault("conflict not told", name)
            return
        if full or any(self._must_be_known(at, row) for row in standing):
            since = ", ".join(f"{r.path} since {r.since}" for r in standing)
            yield Fault(
                "stale figures at a living address", f"{name} {line['source_url']}: {since}"
            )

    def _must_be_known(self, at: Portal, row: Row) -> bool:
        """Tell whether a run that keeps its promises has seen by now what a row says."""
        then, now = date.fromisoformat(row.since), self.stage.today
        days = max(interval(row.year, _at(day)).days for day in (then, now))
        times = _WHOLE_EVERY if at.still else 1
        return (now - then).days > days * times

    def _coverage(
        self, left: Left, asked: set[str], only: frozenset[int] | None
    ) -> Iterator[Fault]:
        registry = load_registry(str(self.stage.registry))
        output = self.stage.output
        years = range(2019, self.stage.today.year)
        table = cover(registry.portals, held_reports(output), visits_of(output), years)
        portals = {p.code: p for p in self.stage.portals}
        for row in table.rows:
            at = portals[row.code]
            held = {y for _, (code, y) in self.ids.items() if code == row.code}
            held |= {r["report_year"] for r in left.lines.values() if r["adcode"] == row.code}
            for year in years:
                # What was published since the last visit nobody can know.
                seen = row.code in asked and (only is None or year in only)
                if seen and row.marks[year] == MISSING and at.living(year=year):
                    yield Fault("false missing", f"{row.code} {year} ({row.outcome})")
                if year in held and row.marks[year] != PRESENT:
                    yield Fault("not present in coverage", f"{row.code} {year}")


def _figures(line: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in line["values"].items() if v is not None}


def _at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC)

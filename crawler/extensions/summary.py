"""The summary of a run: as data, as a page, and in plain words; pure functions of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from crawler import __version__
from crawler.extensions.verdict import Verdict
from pipelines.store import Changes
from pipelines.vocabulary.ledger import Ledger, PortalRun
from pipelines.vocabulary.problems import CODES, OUTCOMES, in_one_line


def verdict_facts(verdict: Verdict) -> dict[str, Any]:
    """Return the verdict as the summary holds it."""
    return {
        "good": verdict.good,
        "verdict": verdict.word,
        "reasons": list(verdict.reasons),
        "held_back": sorted(verdict.held_back),
    }


def portal_entry(run: PortalRun) -> dict[str, Any]:
    """Return one portal's share of the summary: outcome, evidence and counts."""
    outcome, evidence = run.outcome()
    return {
        "code": run.code,
        "name": run.name,
        "home_url": run.home_url,
        "column_url": run.column.url if run.column else None,
        "outcome": outcome,
        "evidence": in_one_line(evidence),
        "declared_total": run.declared_total,
        "listed": run.listed,
        "chosen": len(run.chosen),
        "read": len(run.read),
        "held": len(run.held),
        "rejected": len(run.rejected),
        "failed": len(run.failed),
        "rows": len(run.rows.keys() | run.chosen),
        "fates": dict(sorted(run.fates().items())),
        "years": sorted(run.years_had()),
        "years_missing": run.years_missing(),
        "years_doubted": run.years_doubted(),
        "series_missing": run.series_missing(),
        "left_alone": [{"url": url, "why": why} for url, why in run.left_alone.items()],
        "lists": [
            {
                "url": read.url,
                "rows": read.rows,
                "pages": read.pages,
                "declared": read.total,
                "ended": read.how or None,
            }
            for read in run.lists
        ],
        "requests": run.requests,
        "rendered": run.rendered,
        "list_pages": run.list_pages,
        "problems": dict(sorted(run.codes.items())),
    }


_NOT_READ = "document/attachment-unreadable"
"""Told of a report that rests on what else there was: a file beside it was given up."""


def given_up_of(ledger: Ledger) -> list[dict[str, Any]]:
    """Return every document that was listed and could not be had or read, with the reason."""
    why = {(problem.portal, problem.url): problem for problem in reversed(ledger.problems)}
    beside = {at: p for at, p in why.items() if p.code == _NOT_READ}
    entries = []
    for code, run in sorted(ledger.portals.items()):
        for url in sorted(run.failed | {u for c, u in beside if c == code and u}):
            problem = why.get((code, url))
            entries.append(
                {
                    "portal": code,
                    "name": run.name,
                    "url": url,
                    "title": (problem and problem.title) or run.rows.get(url),
                    "code": problem.code if problem else None,
                    "evidence": problem.evidence if problem else run.fate(url),
                }
            )
    return entries


def summary_of(
    ledger: Ledger, stats: Mapping[str, Any], *, run_id: str, finished: datetime
) -> dict[str, Any]:
    """Return what runs/<run id>/summary.json holds."""
    changes: Changes = ledger.notes.get("changes") or Changes()
    started: datetime = ledger.notes.get("started") or finished
    portals = [portal_entry(run) for _, run in sorted(ledger.portals.items())]
    verdict: Verdict = ledger.notes["judgement"]
    kept: Counter[str] = ledger.notes.get("kept") or Counter()
    reserved = ("changes", "started", "verdict", "judgement", "kept", "asked", "reports")
    return {
        "run_id": run_id,
        "version": __version__,
        "started": started.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "finished": finished.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": round((finished - started).total_seconds(), 1),
        "finish_reason": stats.get("finish_reason"),
        **verdict_facts(verdict),
        "asked": ledger.notes.get("asked"),
        "outcomes": dict(sorted(Counter(p["outcome"] for p in portals).items())),
        "counts": {
            "portals": len(portals),
            "listed": sum(p["listed"] for p in portals),
            "chosen": sum(p["chosen"] for p in portals),
            "read": sum(p["read"] for p in portals),
            "held": sum(p["held"] for p in portals),
            "rejected": sum(p["rejected"] for p in portals),
            "failed": sum(p["failed"] for p in portals),
            "requests": sum(p["requests"] for p in portals),
            "problems": len(ledger.problems),
        },
        "fates": _summed(p["fates"] for p in portals),
        "readings": {k: kept[k] for k in ("new", "changed", "edition", "unchanged")},
        "problems": dict(sorted(Counter(p.code for p in ledger.problems).items())),
        "given_up": given_up_of(ledger),
        "reports": ledger.notes.get("reports") or {},
        "dataset": {
            "lines": dict(sorted(changes.reports.items())),
            "added": sorted(changes.added),
            "changed": sorted(changes.changed),
            "removed": changes.removed,
            "unchanged": changes.unchanged,
        },
        "portals": portals,
        "notes": {k: _plain(v) for k, v in sorted(ledger.notes.items()) if k not in reserved},
        "stats": {k: _plain(v) for k, v in sorted(stats.items())},
    }


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return counts added up, by name."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items()))


def _plain(value: object) -> object:
    """Return something JSON can carry; what it cannot becomes its text."""
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item) for item in value), key=str)
    return str(value)


def in_words(summary: Mapping[str, Any], output: str) -> str:
    """Return what a run found, what not and why, and where the files are; for a terminal."""
    counts = summary["counts"]
    lines = ["", f"Run {summary['run_id']}: {_minutes(summary['seconds'])}."]
    total = counts["portals"]
    ok = summary["outcomes"].get("ok", 0)
    lines.append(f"{total} portal{'s' if total != 1 else ''} visited, {ok} of them in full:")
    for outcome, number in sorted(summary["outcomes"].items(), key=lambda x: (x[0] != "ok", x[0])):
        lines.append(f"  {number:>5}  {outcome}: {OUTCOMES[outcome]}")
        if outcome != "ok":
            rest = [p for p in summary["portals"] if p["outcome"] == outcome]
            lines.extend(f"           {p['code']} {p['name']}: {p['evidence']}" for p in rest[:8])
            if len(rest) > 8:
                lines.append(f"           … and {len(rest) - 8} more")
    lines.append(
        f"Reports: {counts['read']} read, {counts['held']} already held and unchanged, "
        f"{counts['rejected']} documents were something else, {counts['failed']} failed."
    )
    lines.extend(_of_given_up(summary["given_up"]))
    lines.extend(_of_dataset(summary))
    if across := summary.get("across"):
        told = ", ".join(f"{rule} {number}" for rule, number in across.items())
        lines.append(f"Findings that rest on several reports (findings/): {told}.")
    if summary["problems"]:
        lines.append(f"{counts['problems']} problems, each with its address in problems.jsonl:")
        lines.extend(
            f"  {number:>5}  {code}: {CODES[code].meaning}"
            for code, number in sorted(summary["problems"].items(), key=lambda x: (-x[1], x[0]))
        )
    lines += [
        "Files:",
        f"  {output}/reports/            the dataset, one file a province",
        f"  {output}/problems.jsonl      what was not got, and why",
        f"  {output}/runs/{summary['run_id']}/report.html   this run as a page",
    ]
    return "\n".join(lines)


_MOST_NAMED = 12
"""Documents given up that a terminal names; the page and problems.jsonl name all."""


def _of_given_up(given_up: list[dict[str, Any]]) -> list[str]:
    """Return which documents were given up, where they lie, and what to do about each kind."""
    if not given_up:
        return []
    lines = ["Documents given up:"]
    lines.extend(
        f"  {entry['portal']} {entry['name']}: {in_one_line(entry['title'] or '')}\n"
        f"      {entry['url']}\n"
        f"      {entry['code'] or 'failed'}: {entry['evidence']}"
        for entry in given_up[:_MOST_NAMED]
    )
    if len(given_up) > _MOST_NAMED:
        lines.append(f"  … and {len(given_up) - _MOST_NAMED} more, in report.html")
    codes = sorted({e["code"] for e in given_up if e["code"]})
    return lines + [f"  {c}: {CODES[c].what_to_do}" for c in codes if CODES[c].what_to_do]


def _of_dataset(summary: Mapping[str, Any]) -> list[str]:
    """Return what became of the dataset, and why where it is not all it could be."""
    dataset, lines = summary["dataset"], []
    if summary["good"] or summary["held_back"]:
        lines.append(
            f"Dataset: {len(dataset['added'])} reports added, {len(dataset['changed'])} changed, "
            f"{dataset['unchanged']} unchanged"
            + (f", {len(dataset['removed'])} filed under a new id" if dataset["removed"] else "")
            + "."
        )
    if summary["verdict"] == "stopped":
        lines.append("Stopped before the end: the dataset is as it was; the next run goes on here.")
    elif not summary["good"]:
        what = "what is said of these provinces" if summary["held_back"] else "the dataset"
        lines.append(f"This run is NOT good; {what} is as it was. Why:")
        lines.extend(f"  - {reason}" for reason in summary["reasons"])
    return lines


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"

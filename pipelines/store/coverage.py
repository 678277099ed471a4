"""Which division and year is held, which is missing, and why: counted from the dataset's files.

Pure but for reading files below OUTPUT_DIR; the marks mean the same in the table and on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from pipelines.registry import Portal, load_registry
from pipelines.store.lines import read_lines
from pipelines.store.runs import summaries
from pipelines.vocabulary.problems import OUTCOMES

PRESENT, OFFICE, OTHER, MISSING, FAILED, UNVISITED = "■", "□", "·", "-", "!", " "

MARKS: Mapping[str, str] = {
    PRESENT: "present: a report of the whole government",
    OFFICE: "only the government office's own report",
    OTHER: "only reports of departments, townships or an unknown organ",
    MISSING: "missing: the portal was read and lists none",
    FAILED: "not got: the portal's outcome or problems say why",
    UNVISITED: "not asked for yet: no run looked for this year here",
}
_RANK = {PRESENT: 0, OFFICE: 1, OTHER: 2}


@dataclass(slots=True, kw_only=True)
class DivisionYears:
    """One division."""

    code: str
    name: str
    province: str
    outcome: str | None = None
    """How its portal ended last; None where it was not visited."""
    evidence: str = ""
    marks: dict[int, str] = field(default_factory=dict)
    reports: int = 0


@dataclass(slots=True, kw_only=True)
class Coverage:
    """All divisions asked for, and the years looked at."""

    years: tuple[int, ...]
    rows: list[DivisionYears]

    def share(self, rows: Sequence[DivisionYears] | None = None) -> dict[int, tuple[int, int]]:
        """Return, by year, how many divisions have a report and how many there are."""
        chosen = self.rows if rows is None else rows
        return {
            year: (sum(r.marks[year] in {PRESENT, OFFICE} for r in chosen), len(chosen))
            for year in self.years
        }

    def provinces(self) -> dict[str, list[DivisionYears]]:
        """Return the rows by province, in the registry's order."""
        out: dict[str, list[DivisionYears]] = {}
        for row in self.rows:
            out.setdefault(row.province, []).append(row)
        return out


@dataclass(slots=True, frozen=True, kw_only=True)
class Visit:
    """How one run left one portal."""

    outcome: str
    evidence: str = ""
    years: frozenset[int] | None = None
    """The years that were asked for; None: all."""
    doubted: frozenset[int] = frozenset()
    """Years that rows name, and of which nothing came."""
    governments: bool = True
    """Whether reports of the government or its office were asked for."""

    def asked(self, year: int) -> bool:
        """Tell whether a report of this year would have been taken."""
        return self.governments and (self.years is None or year in self.years)


def visits_of(output: Path) -> dict[str, list[Visit]]:
    """Return how each portal ended whenever it was visited, the last visit first."""
    runs: list[tuple[str, str, list[tuple[str, Visit]]]] = []
    for folder, summary in summaries(output):
        try:
            asked = summary.get("asked") or {}
            years = None if asked.get("years") is None else frozenset(map(int, asked["years"]))
            governments = not asked.get("kinds") or not _GOVERNMENTS.isdisjoint(asked["kinds"])
            portals = [
                (
                    str(p["code"]),
                    Visit(
                        outcome=p["outcome"],
                        evidence=p["evidence"],
                        doubted=frozenset(p.get("years_doubted") or ()),
                        years=years,
                        governments=governments,
                    ),
                )
                for p in summary["portals"]
            ]
        except (ValueError, KeyError, TypeError):
            continue  # it is none of a crawl
        # A backfill may have begun long before a run that it outlasts.
        runs.append((str(summary.get("finished")), folder.name, portals))
    out: dict[str, list[Visit]] = {}
    for *_, portals in sorted(runs, key=lambda run: run[:2], reverse=True):
        for code, visit in portals:
            out.setdefault(code, []).append(visit)
    return out


_GOVERNMENTS = frozenset({"whole", "office"})


def held_reports(output: Path) -> dict[tuple[str, int], tuple[str, int]]:
    """Return, by (division code, year), the best mark and how many reports there are."""
    out: dict[tuple[str, int], tuple[str, int]] = {}
    for path in sorted((output / "reports").glob("*.jsonl")):
        for record in read_lines(path):
            # A report carries the code of its year: 横县's of 2018 counts for 横州市.
            code = load_registry().today(str(record["adcode"])[:6])
            key = (code, int(record["report_year"]))
            mark = _mark(str(record["publisher_type"]), str(record["scope"]))
            best, count = out.get(key, (mark, 0))
            out[key] = (min(best, mark, key=_RANK.__getitem__), count + 1)
    return out


def _mark(publisher_type: str, scope: str) -> str:
    if publisher_type == "government" or scope == "aggregate":
        return PRESENT
    return OFFICE if publisher_type == "government_office" else OTHER


def cover(
    portals: Iterable[Portal],
    held: Mapping[tuple[str, int], tuple[str, int]],
    visits: Mapping[str, Sequence[Visit]],
    years: Iterable[int],
) -> Coverage:
    """Put divisions, reports and visits together."""
    span = tuple(sorted(years))
    rows = []
    for portal in portals:
        seen = visits.get(portal.code, ())
        row = DivisionYears(
            code=portal.code,
            name=portal.place,
            province=portal.province or portal.place,
            outcome=seen[0].outcome if seen else None,
            evidence=seen[0].evidence if seen else "",
        )
        for year in span:
            row.marks[year], count = held.get((portal.code, year), (_gap(seen, year), 0))
            row.reports += count
        rows.append(row)
    return Coverage(years=span, rows=rows)


def _gap(visits: Sequence[Visit], year: int) -> str:
    """Return why a year is not held, from the last visit that asked for it."""
    asked = next((v for v in visits if v.asked(year)), None)
    if asked is None:
        return UNVISITED
    lists_none = asked.outcome in {"ok", "empty_column"} and year not in asked.doubted
    return MISSING if lists_none else FAILED


def as_table(coverage: Coverage, *, divisions: bool) -> str:
    """Return plain text: a line a province, or a line a division where there are few."""
    lines = ["  ".join(("code  ", *(str(y) for y in coverage.years), "name"))]
    for province, rows in coverage.provinces().items():
        if divisions:
            for row in rows:
                marks = "  ".join(f"{row.marks[y]:^4}" for y in coverage.years)
                why = f"  ({row.outcome})" if row.outcome not in {None, "ok"} else ""
                lines.append(f"{row.code}  {marks}  {row.name}{why}")
        else:
            cells = "  ".join(f"{n:>4}" for n, _ in coverage.share(rows).values())
            lines.append(f"{rows[0].code[:2]}0000  {cells}  {province}, of {len(rows)} divisions")
    share = coverage.share()
    lines.append(
        "all     "
        + "  ".join(f"{n:>4}" for n, _ in share.values())
        + f"  of {len(coverage.rows)} divisions"
    )
    if divisions:
        lines += [
            "",
            *(f"  {mark if mark.strip() else '(blank)'}  {m}" for mark, m in MARKS.items()),
        ]
    return "\n".join(lines)


_FEW = 200
"""Up to this many divisions a page shows all of them at once."""

_STYLE = """
body{font:14px/1.45 system-ui,"Noto Sans CJK SC",sans-serif;margin:2rem auto;max-width:80rem;
padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{padding:.15rem .5rem;text-align:left}
td.m{text-align:center;border:1px solid #fff}
.present{background:#1a7f45;color:#fff}.office{background:#9bd3ae}.other{background:#dfe9e2}
.missing{background:#f3d9a4}.failed{background:#e9a3a3}.unvisited{background:#eee}
summary{cursor:pointer;font-weight:600}
dl{display:grid;grid-template-columns:2rem auto;gap:.2rem .6rem}dt{text-align:center}dd{margin:0}
"""
_CLASSES = {
    PRESENT: "present",
    OFFICE: "office",
    OTHER: "other",
    MISSING: "missing",
    FAILED: "failed",
    UNVISITED: "unvisited",
}


def as_page(coverage: Coverage) -> str:
    """Return one HTML page: a table a province, nothing loaded from elsewhere."""
    years = "".join(f"<th>{y}</th>" for y in coverage.years)
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width,initial-scale=1'>",
        f"<title>Coverage</title><style>{_STYLE}</style><h1>Coverage</h1>",
        "<table><tr><th>divisions with a report</th>" + years + "</tr><tr><td>all</td>",
        "".join(f"<td>{n} of {of}</td>" for n, of in coverage.share().values()),
        "</tr></table><dl>",
        *(
            f"<dt class='{_CLASSES[mark]}'>{mark}</dt><dd>{escape(meaning)}</dd>"
            for mark, meaning in MARKS.items()
        ),
        "</dl>",
    ]
    shown = " open" if len(coverage.rows) <= _FEW else ""
    for province, rows in coverage.provinces().items():
        share = coverage.share(rows)
        best = max((n for n, _ in share.values()), default=0)
        parts.append(
            f"<details{shown}><summary>{escape(province)}: "
            f"up to {best} of {len(rows)} divisions a year</summary>"
            f"<table><tr><th>code</th><th>name</th>{years}<th>portal</th></tr>"
        )
        for row in rows:
            marks = "".join(
                f"<td class='m {_CLASSES[row.marks[y]]}' title='{escape(MARKS[row.marks[y]])}'>"
                f"{escape(row.marks[y])}</td>"
                for y in coverage.years
            )
            why = "" if row.outcome is None else f"{row.outcome}: {row.evidence}"
            meaning = OUTCOMES.get(row.outcome or "", "")
            parts.append(
                f"<tr><td>{row.code}</td><td>{escape(row.name)}</td>{marks}"
                f"<td title='{escape(meaning, quote=True)}'>{escape(why)}</td></tr>"
            )
        parts.append("</table></details>")
    return "\n".join([*parts, "</html>", ""])

"""Rules that need more than one report: last year's, the parent's, another organ's.

They are functions of the whole set of reports, so they live beside the dataset
(``findings/<province>.jsonl``) and not inside its lines: a line must not change because another
report arrived. Source of the rules: formats.md 8.9.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Self

from pipelines.forms.requests import COLUMN_IDS
from pipelines.record import Finding, Number, tell

ADDITIVE = (
    "t3_new_received__total",
    "t3_processed_total__total",
    "t4_review_total",
    "t4_direct_total",
)
"""Counts of which a whole has at least as many as each of its parts."""

_JUMPS = (
    "t3_new_received__total",
    "t3_processed_total__total",
    "t2_normative_in_force",
    "t2_license_decisions",
    "t2_penalty_decisions",
    "t2_coercion_decisions",
    "t2_fee_amount_wanyuan",
    "t4_review_total",
    "t4_direct_total",
)
"""Figures whose leaps are worth a look: totals only, or one leap makes dozens of findings."""

_JUMP, _JUMP_MIN = 20, 100


_KINDS = ("license", "service", "penalty", "coercion", "fee")

_NAMED = frozenset(
    {
        *(f"t3_carried_{way}__{column}" for way in ("in", "out") for column in COLUMN_IDS),
        *(
            f"t2_{k}_{w}"
            for k in ("rules", "normative")
            for w in ("in_force", "issued", "repealed")
        ),
        *(f"t2_{kind}_items_{which}" for kind in _KINDS for which in ("prev", "delta")),
        *ADDITIVE,
        *_JUMPS,
    }
)
"""Figures the rules look at one by one."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Facts:
    """What the rules need of one report, and no more: a division's reports are held at once."""

    report_id: str
    adcode: str
    publisher: str
    scope: str
    year: int
    values: Mapping[str, Number]
    figures_mark: int | None = None
    """Hash of all printed figures; None where there are few of them, or only zeros."""
    text_mark: str = ""
    """Hash of the prose; empty where there is too little of it to say anything."""

    @classmethod
    def of(
        cls,
        *,
        report_id: str,
        adcode: str,
        publisher: str,
        scope: str,
        year: int,
        values: Mapping[str, Number | None],
        text_mark: str = "",
    ) -> Self:
        """Take what is needed out of all figures of a report."""
        printed = {k: v for k, v in values.items() if v is not None}
        says_much = len(printed) >= 10 and any(printed.values())
        return cls(
            report_id=report_id,
            adcode=adcode,
            publisher=publisher,
            scope=scope,
            year=year,
            values={k: v for k, v in printed.items() if k in _NAMED},
            figures_mark=hash(frozenset(printed.items())) if says_much else None,
            text_mark=text_mark,
        )


@dataclass(slots=True, frozen=True, kw_only=True)
class AcrossFinding:
    """A finding about one report that another report gave rise to."""

    report_id: str
    other_id: str
    finding: Finding

    def to_json(self) -> dict[str, Any]:
        """Return one line of findings/<province>.jsonl."""
        return {
            "report_id": self.report_id,
            "other_report_id": self.other_id,
            **self.finding.to_json(),
        }


class Across:
    """Holds a province's reports against each other as they come, in the order of their ids.

    In that order a division's reports stand together, and a government's before those of what
    lies in it (330000, 330300, 330327). So all that is kept of a province are one division's
    facts, the aggregates of those above it, and a mark of every text.
    """

    def __init__(self) -> None:
        self._found: list[AcrossFinding] = []
        self._division: list[Facts] = []
        self._above: dict[tuple[str, int], Facts] = {}
        self._texts: dict[str, str] = {}

    def add(self, report: Facts) -> None:
        """Take the next report.

        Raises:
            ValueError: its id is before that of the last.
        """
        if self._division:
            last = self._division[-1].report_id
            if report.report_id < last:
                raise ValueError(f"{report.report_id} comes after {last}: ids must rise")
            if report.report_id[:6] != last[:6]:
                self._end_division()
        self._division.append(report)
        if report.text_mark:
            other = self._texts.setdefault(report.text_mark, report.report_id)
            if other != report.report_id:
                self._tell(report, other, tell("RM-DUP", "sections"))

    def findings(self) -> list[AcrossFinding]:
        """Return what was found in all reports given, in the order of the dataset."""
        self._end_division()
        order = attrgetter("report_id", "finding.rule", "finding.where", "other_id")
        return sorted(self._found, key=order)

    def _tell(self, about: Facts, other_id: str, finding: Finding) -> None:
        self._found.append(
            AcrossFinding(report_id=about.report_id, other_id=other_id, finding=finding)
        )

    def _end_division(self) -> None:
        """Hold a division's reports against each other and against those above."""
        for now, before in _neighbours(self._division):
            for rule in _YEAR_RULES:
                for finding in rule(now, before):
                    self._tell(now, before.report_id, finding)
        here = {(r.adcode[:6], r.year): r for r in self._division if r.scope == "aggregate"}
        wholes = ChainMap(here, self._above)
        for part in self._division:
            for rule_id, whole in _wholes_of(part, wholes):
                for finding in _exceeds(rule_id, whole, part):
                    self._tell(whole, part.report_id, finding)
        self._above |= {key: whole for key, whole in here.items() if key[0].endswith("00")}
        self._division = []


def across(reports: Iterable[Facts]) -> list[AcrossFinding]:
    """Hold reports against each other; the order of the reports does not matter."""
    held = Across()
    for report in sorted(reports, key=lambda f: f.report_id):
        held.add(report)
    return held.findings()


def _neighbours(reports: Iterable[Facts]) -> Iterator[tuple[Facts, Facts]]:
    """Yield (report, the one of the year before) of one organ and scope."""
    by_organ: dict[tuple[str, str, str, int], Facts] = {}
    for report in reports:
        by_organ[report.adcode, report.publisher, report.scope, report.year] = report
    for (adcode, publisher, scope, year), report in by_organ.items():
        before = by_organ.get((adcode, publisher, scope, year - 1))
        if before is not None:
            yield report, before


def _carried(now: Facts, before: Facts) -> Iterator[Finding]:
    """RX-CARRY: what was carried over last year is what came in this year."""

    def pair(column: str) -> tuple[Number, Number] | None:
        left = now.values.get(f"t3_carried_in__{column}")
        right = before.values.get(f"t3_carried_out__{column}")
        return None if left is None or right is None else (left, right)

    total = pair("total")
    if total and total[0] != total[1]:
        yield tell("RX-CARRY", "total", left=total[0], right=total[1])
        return  # the columns differ because the total does: one finding a cause
    wrong = [c for c in COLUMN_IDS if c != "total" and (p := pair(c)) is not None and p[0] != p[1]]
    if wrong:
        left, right = pair(wrong[0]) or (0, 0)
        yield tell("RX-CARRY", " ".join(wrong), left=left, right=right)


def _stock(now: Facts, before: Facts) -> Iterator[Finding]:
    """RX-STOCK: in force = in force a year ago + issued - repealed; clean-ups break it lawfully."""
    for kind in ("rules", "normative"):
        names = [f"t2_{kind}_{w}" for w in ("in_force", "issued", "repealed")]
        in_force, issued, repealed = (now.values.get(n) for n in names)
        start = before.values.get(names[0])
        if None in {in_force, issued, repealed, start}:
            continue
        assert in_force is not None
        assert issued is not None
        assert repealed is not None
        assert start is not None
        if in_force != start + issued - repealed:
            yield tell("RX-STOCK", kind, left=in_force, right=start + issued - repealed)


def _items(now: Facts, before: Facts) -> Iterator[Finding]:
    """RX-ITEMS19: items at the start of 2020 = items at the start of 2019 + their change."""
    for kind in _KINDS:
        start = now.values.get(f"t2_{kind}_items_prev")
        last = before.values.get(f"t2_{kind}_items_prev")
        delta = before.values.get(f"t2_{kind}_items_delta")
        if start is not None and last is not None and delta is not None and start != last + delta:
            yield tell("RX-ITEMS19", kind, left=start, right=last + delta)


def _same(now: Facts, before: Facts) -> Iterator[Finding]:
    """RX-SAME: every table figure as last year, and not all of them zero."""
    if now.figures_mark is not None and now.figures_mark == before.figures_mark:
        yield tell("RX-SAME", "all tables")


def _jump(now: Facts, before: Facts) -> Iterator[Finding]:
    """RX-JUMP: twenty times last year's figure, or a twentieth, with at least a hundred."""
    for name in _JUMPS:
        left, right = now.values.get(name), before.values.get(name)
        if left is None or right is None:
            continue
        large, small = max(left, right), min(left, right)
        if large >= _JUMP_MIN and small > 0 and large > _JUMP * small:
            yield tell("RX-JUMP", name, left=left, right=right)


_YEAR_RULES: tuple[Callable[[Facts, Facts], Iterator[Finding]], ...] = (
    _carried,
    _stock,
    _items,
    _same,
    _jump,
)


def _parent_codes(adcode: str) -> list[str]:
    """Return the codes of the prefecture and province a division lies in."""
    return [c for c in (f"{adcode[:4]}00", f"{adcode[:2]}0000") if c != adcode[:6]]


def _wholes_of(part: Facts, wholes: Mapping[tuple[str, int], Facts]) -> Iterator[tuple[str, Facts]]:
    """Yield (RX-HIER or RX-ORGAN, aggregate) of all that a report is part of."""
    if part.scope == "aggregate":
        rule, codes = "RX-HIER", _parent_codes(part.adcode)
    elif part.scope == "single_organ":
        rule, codes = "RX-ORGAN", [part.adcode[:6]]
    else:
        return
    for code in codes:
        whole = wholes.get((code, part.year))
        if whole is not None:
            yield rule, whole


def _exceeds(rule: str, whole: Facts, part: Facts) -> Iterator[Finding]:
    """No part exceeds the aggregate it is part of."""
    for name in ADDITIVE:
        left, right = whole.values.get(name), part.values.get(name)
        if left is not None and right is not None and right > left:
            yield tell(rule, name, left=left, right=right)
            return  # the other fields exceed for the same reason

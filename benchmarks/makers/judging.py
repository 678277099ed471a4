"""What was read beside what is true: exact, missing, wrong and said so, wrong and not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.demo.world import Number, ReportTruth, truth
from pipelines.record import CellNote, Finding

Wrong = tuple[str, Number | None, Number | None]
"""Field, what was read, what is true."""


@dataclass(slots=True)
class Score:
    """Cells of one or more documents."""

    cells: int = 0
    exact: int = 0
    null: int = 0
    flagged: int = 0
    silent: list[Wrong] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        """Return both together."""
        return Score(
            self.cells + other.cells,
            self.exact + other.exact,
            self.null + other.null,
            self.flagged + other.flagged,
            self.silent + other.silent,
        )


def told(name: str, notes: Mapping[str, CellNote], findings: Sequence[Finding]) -> bool:
    """Tell whether a wrong cell, or the row, column or sum it belongs to, is said to be doubtful.

    That a figure was recognised (status ``ocr``) says nothing by itself; its reason would.
    """
    note = notes.get(name)
    if note is not None and (note.status != "ocr" or note.reason):
        return True
    table, _, rest = name.partition("_")
    row, _, col = rest.partition("__")
    own = f"R{table[1:]}-"
    for finding in findings:
        where = finding.where.split(",")
        if name in where:
            return True
        if finding.rule.startswith(own) and (
            row in where or col in where or any(name.startswith(f"{table}_{w}_") for w in where)
        ):
            return True
    return False


def judged(
    report: ReportTruth,
    values: Mapping[str, Number | None],
    notes: Mapping[str, CellNote],
    findings: Sequence[Finding],
) -> Score:
    """Compare the figures read with the report's own; a figure it does not print counts too."""
    score = Score()
    wanted = truth(report)
    for name, number in wanted.items():
        score.cells += 1
        got = values.get(name)
        if got == number:
            score.exact += 1
        elif got is None:
            score.null += 1
        elif told(name, notes, findings):
            score.flagged += 1
        else:
            score.silent.append((name, got, number))
    for name, got in values.items():
        if got is not None and name not in wanted and not told(name, notes, findings):
            score.silent.append((name, got, None))
    return score

"""One document of a stranger's world, read and held against what its maker knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from pipelines.read import read_report
from pipelines.record import Finding, Number, Report
from pipelines.registry import load_registry
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile, Source

IDENTITY = ("report_year", "publisher_norm", "adcode", "scope")


class Made(Protocol):
    """A document and the truth about it, as every stranger's world gives it."""

    name: str
    body: bytes
    content_type: str | None
    url: str
    title: str | None
    code: str | None
    layout: str
    habits: tuple[str, ...]
    is_report: bool
    printed: Mapping[str, Number | None]
    """What a careful person reads at each cell; None where there is no figure of its own."""
    meant: Mapping[str, Number | None]
    """What the office meant; differs where it misprinted or left out."""
    identity: Mapping[str, object]


@dataclass(slots=True, kw_only=True)
class Judged:
    """What became of one document; lists name field, truth and reading."""

    name: str
    layout: str
    habits: tuple[str, ...]
    exact: int = 0
    rightly_null: int = 0
    null: list[str] = field(default_factory=list)
    proved: int = 0
    told: list[tuple[str, Number | None, Number]] = field(default_factory=list)
    silent: list[tuple[str, Number | None, Number]] = field(default_factory=list)
    false_proofs: list[tuple[str, Number | None, Number]] = field(default_factory=list)
    identity_exact: int = 0
    identity_null: list[str] = field(default_factory=list)
    identity_wrong: list[tuple[str, object, object]] = field(default_factory=list)
    """Wrong without a finding about it."""
    missed: str = ""
    """Why a report was not taken for one."""
    false_report: bool = False
    crashed: str = ""


def told(f: str, notes: set[str], findings: list[Finding]) -> bool:
    """Whether the cell, or the row, column, sum or table it belongs to, carries a note."""
    if f in notes:
        return True
    table, _, rest = f.partition("_")
    row, _, col = rest.partition("__")
    for finding in findings:
        where = {part.strip() for part in finding.where.split(",")}
        if f in where or (finding.severity == "E" and f[:2] in where):
            return True
        if table == "t3" and finding.rule.startswith("R3-") and where & {row, col}:
            return True
        if (
            table == "t4"
            and finding.rule.startswith("R4-")
            and ("t4" in where or any(f.startswith(f"t4_{w}_") for w in where))
        ):
            return True
    return False


def judge(made: Made) -> Judged:
    """Read a document as a crawl would hand it over, and judge what was read."""
    out = Judged(name=made.name, layout=made.layout, habits=made.habits)
    raw = RawFile(body=made.body, url=made.url, content_type=made.content_type, filename=made.name)
    source = Source(url=made.url, title=made.title, adcode=made.code)
    try:
        report = read_report(raw, source=source)
    except DocumentError as error:
        out.missed = error.code if made.is_report else ""
        return out
    except Exception as error:  # noqa: BLE001 - counted, and the next document is read
        out.crashed = f"{type(error).__name__}: {error}"
        return out
    broken = [p.evidence for p in report.problems if p.code == "report/stage-failed"]
    out.crashed = "; ".join(broken)
    if not made.is_report:
        out.false_report = report.is_report
    elif not report.is_report:
        out.missed = ", ".join(report.reasons) or "no reason"
    else:
        _figures(made, report, out)
        _identity(made, report, out)
    return out


def _figures(made: Made, report: Report, out: Judged) -> None:
    notes = set(report.cells)
    for f in {**made.printed, **report.values}:
        value, printed = report.values.get(f), made.printed.get(f)
        note = report.cells.get(f)
        derived = note.derived if note is not None else None
        if derived is not None:
            meant = made.meant.get(f)
            if derived == meant:
                out.proved += 1
            else:
                out.false_proofs.append((f, meant, derived))
        if value is not None:
            if value == printed:
                out.exact += 1
            else:
                wrong = out.told if told(f, notes, report.findings) else out.silent
                wrong.append((f, printed, value))
        elif printed is None:
            out.rightly_null += 1
        elif derived is None:
            out.null.append(f)


def _identity(made: Made, report: Report, out: Judged) -> None:
    spoken = {p for f in report.findings for p in f.where.split(",")}
    for name in IDENTITY:
        if name not in made.identity:
            continue
        value, true = getattr(report, name), made.identity[name]
        if name == "scope" and value == "unknown":
            value = None
        if value == true or (name == "publisher_norm" and _same_organ(value, true)):
            out.identity_exact += 1
        elif value is None:
            out.identity_null.append(name)
        elif name not in spoken:
            out.identity_wrong.append((name, true, value))


def _same_organ(value: object, true: object) -> bool:
    """Whether two names are one organ's: a district's is known with its city's name before it."""
    if not (isinstance(value, str) and isinstance(true, str) and value.endswith(true)):
        return False
    return value.removesuffix(true) in _names_of_divisions()


@cache
def _names_of_divisions() -> frozenset[str]:
    return frozenset(d.name for d in load_registry().divisions)

"""The folders of runs: which still say something, and letting the others go.

Every night leaves a folder under ``runs/``. Most nights bring nothing, and in years their folders
would fill the disk. One stays whole while it is young, while it is the last that asked a portal for
something (coverage rests on that), and while a run is at work there. Of an older one that changed
the dataset or was not good stays what it says of the portals that brought something or did not end
well, for twelve times as long; any other goes. A line in ``runs.jsonl`` tells of each that was.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.store.files import json_line, store_errors, write_atomically

HISTORY = "runs.jsonl"
_LONG = 12
"""Times as long as a quiet run, one that brought something stays."""
_THINNED = "thinned"
_QUIET = ("read", "rejected", "failed")
_GOVERNMENTS = frozenset({"whole", "office"})


@dataclass(slots=True, kw_only=True)
class Freed:
    """What went."""

    runs: int = 0
    """Folders."""
    thinned: int = 0
    bytes: int = 0


@dataclass(slots=True)
class _Asked:
    """What later runs asked a portal for."""

    years: set[int] | None
    """None: all of them."""
    governments: bool

    def includes(self, other: _Asked) -> bool:
        if not other.governments:
            return True  # it was visited later; of other organs coverage tells nothing
        if not self.governments:
            return False
        return self.years is None or (other.years is not None and other.years <= self.years)

    def add(self, other: _Asked) -> None:
        if other.governments and not self.governments:
            self.years, self.governments = other.years and set(other.years), True
        elif other.governments == self.governments:
            alike = self.years is None or other.years is None
            self.years = None if alike else {*(self.years or ()), *(other.years or ())}


def summaries(output: Path, *, but: Collection[str] = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield folder and summary of each run, the one that began last first.

    One that cannot be read (half written on a full disk, none of ours) says nothing. ``but``: runs
    that are left out.
    """
    for path in sorted((output / "runs").glob("*/summary.json"), reverse=True):
        if path.parent.name in but:
            continue
        try:
            summary = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(summary, dict):
            yield path.parent, summary


def tidy(
    output: Path, *, keep_days: float, now: datetime, but: Collection[str] = (), dry: bool = False
) -> Freed:
    """Let go of what runs older than ``keep_days`` need not say any more; 0 keeps all.

    ``but``: runs that are at work. ``dry``: only tell.

    Raises:
        StoreError: a folder could not be changed; those done are done.
    """
    freed = Freed()
    if keep_days <= 0:
        return freed
    young, old = (_time(now - timedelta(days=keep_days * times)) for times in (1, _LONG))
    later: dict[str, _Asked] = {}
    for folder, summary in _finished(output, but):
        needed = _adds(later, summary)
        if needed or summary["finished"] >= young:
            continue
        with store_errors(folder):
            if _says_nothing(summary) or summary["finished"] < old:
                freed.runs += 1
                freed.bytes += _size(folder)
                if not dry:
                    _remember(output, history_line(summary))
                    shutil.rmtree(folder)
            elif _THINNED not in summary:
                freed.thinned += 1
                freed.bytes += _thin(folder, summary, dry=dry)
    return freed


def history_line(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is remembered of a run whose folder goes."""
    kept = ("run_id", "kind", "started", "finished", "verdict", "asked", "outcomes", "counts")
    return {name: summary[name] for name in kept if name in summary}


def _finished(output: Path, but: Collection[str]) -> list[tuple[Path, dict[str, Any]]]:
    """Return the folders of runs that ended, with their summaries, the last first."""
    found = []
    for folder, summary in summaries(output, but=but):
        try:
            # A reparse tells no time but that in its name.
            began = datetime.strptime(folder.name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except ValueError:
            continue  # it is not ours to take away
        summary.setdefault("run_id", folder.name)
        found.append((str(summary.setdefault("finished", _time(began))), folder, summary))
    found.sort(key=lambda run: run[:2], reverse=True)
    return [(path, summary) for _, path, summary in found]


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _adds(later: dict[str, _Asked], summary: Mapping[str, Any]) -> bool:
    """Tell whether a run asked a portal for what no later one did, and note what it asked for."""
    asked = summary.get("asked") or {}
    years, kinds = asked.get("years"), asked.get("kinds")
    adds = False
    for portal in summary.get("portals") or ():
        mine = _Asked(
            None if years is None else set(map(int, years)),
            not kinds or not _GOVERNMENTS.isdisjoint(kinds),
        )
        known = later.get(portal["code"])
        if known is None:
            later[portal["code"]] = mine
            adds = True
        elif not known.includes(mine):
            known.add(mine)
            adds = True
    return adds


def _says_nothing(summary: Mapping[str, Any]) -> bool:
    """Tell whether a run was good and changed nothing."""
    dataset = summary.get("dataset") or {}
    changed = any(dataset.get(name) for name in ("added", "changed", "removed"))
    return bool(summary.get("good")) and not changed


def _thin(folder: Path, summary: dict[str, Any], *, dry: bool) -> int:
    """Leave what a run says of portals that brought something or did not end well."""
    before = _size(folder)
    portals = [
        p for p in summary["portals"] if p["outcome"] != "ok" or any(p.get(n) for n in _QUIET)
    ]
    thinned = {**summary, "portals": portals, "reports": {}, _THINNED: True}
    table = folder / "reports.csv"
    rows = table.read_bytes().splitlines(keepends=True) if table.exists() else []
    kept = b"".join(row for row in rows if not row.rstrip().endswith(b",unchanged"))
    text = summary_text(thinned)
    if dry:
        return before - len(text) - len(kept) - _size(folder / "problems.jsonl")
    if rows:
        write_atomically(table, kept)
    (folder / "report.html").unlink(missing_ok=True)
    write_atomically(folder / "summary.json", text)
    return before - _size(folder)


def write_table(folder: Path, table: bytes) -> None:
    """Write what became of each report; where nothing did, the last such night's file is shared.

    Raises:
        StoreError: it cannot be written.
    """
    target = folder / "reports.csv"
    runs = sorted(p for p in folder.parent.glob("*/reports.csv") if p.parent.name < folder.name)
    if runs and runs[-1].stat().st_size == len(table) and runs[-1].read_bytes() == table:
        with contextlib.suppress(OSError):  # a file system without links takes a copy
            target.hardlink_to(runs[-1])
            return
    write_atomically(target, table)


def summary_text(summary: Mapping[str, Any]) -> bytes:
    """Return a summary as its file holds it: a line a fact, a line a portal."""
    lines = []
    for name, value in summary.items():
        if name == "portals" and value:
            told = ",\n".join("  " + _compact(portal) for portal in value)
            lines.append(f' "portals": [\n{told}\n ]')
        else:
            lines.append(f" {_compact(name)}: {_compact(value)}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _remember(output: Path, line: dict[str, Any]) -> None:
    path = output / HISTORY
    old = path.read_bytes() if path.exists() else b""
    write_atomically(path, old + json_line(line))


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())

"""What happens between two nights: to portals, to the folder, to the person who runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from tests.film.portals import LAST_YEAR, Portal, note, other_figures, publish, truths

if TYPE_CHECKING:
    from tests.film.stage import Stage

Event = Callable[["Stage", Portal, Random], bool]
"""Lets it happen to a portal; False where it cannot happen there just now."""

FAULTS = ("refuses", "robots", "dead", "empty list", "half list", "home for all")


def new_report(stage: Stage, at: Portal, chance: Random) -> bool:
    """The report that is due next appears."""
    newest = max(at.known)
    if newest >= min(LAST_YEAR, stage.today.year - 1):
        return False
    publish(at, truths(at.of)[newest + 1], date=stage.today.isoformat())
    return True


def silent_correction(stage: Stage, at: Portal, chance: Random) -> bool:
    """Figures change at an address, and nothing says so."""
    if not (rows := at.living()):
        return False
    row = chance.choice(rows)
    row.report = other_figures(row.report, len(at.known[row.year]))
    row.since = stage.today.isoformat()
    note(at, row)
    return True


def reissue(stage: Stage, at: Portal, chance: Random) -> bool:
    """A corrected version that says so appears at an address of its own; the first stays."""
    rows = [r for r in at.living() if sum(o.year == r.year for o in at.living()) == 1]
    if not rows:
        return False
    row = chance.choice(rows)
    again = replace(other_figures(row.report, len(at.known[row.year])), reissue=True)
    title = f"{row.title.removesuffix('（更正）')}（更正）"
    publish(at, replace(again, title=title), date=stage.today.isoformat(), attached=row.attached)
    return True


def correction_elsewhere(stage: Stage, at: Portal, chance: Random) -> bool:
    """The page is taken down, and put up corrected at another address of the same day."""
    if not (rows := at.living()):
        return False
    row = chance.choice(rows)
    row.listed, row.gone = False, chance.choice(("404", "soft"))
    again = other_figures(row.report, len(at.known[row.year]))
    path = row.path.replace(".html", f"_{len(at.rows)}.html")
    new = publish(at, again, path=path, title=row.title, date=row.date, attached=row.attached)
    new.since, new.column = stage.today.isoformat(), row.column
    return True


def removal(stage: Stage, at: Portal, chance: Random) -> bool:
    """An old report is taken down."""
    years = {r.year for r in at.living()}
    rows = [r for r in at.living() if r.year < max(years)]
    if len(years) < 3 or not rows:
        return False
    year = chance.choice(rows).year
    for row in at.living(year=year):
        row.listed, row.gone = False, "404"
    return True


def attachment_replaced(stage: Stage, at: Portal, chance: Random) -> bool:
    """The file behind an unchanged page is another."""
    rows = [r for r in at.living() if r.attached]
    if not rows:
        return False
    row = chance.choice(rows)
    row.report = other_figures(row.report, len(at.known[row.year]))
    row.since = stage.today.isoformat()
    note(at, row)
    return True


def cms_moves(stage: Stage, at: Portal, chance: Random) -> bool:
    """A new system: every page has another address, and the column another path."""
    how = chance.choice(("301", "404", "soft", "alive"))
    name = at.columns[0][1]
    fresh = f"/col/{len(at.dead_paths) + 1}{at.code}/"
    for column, _ in at.columns:
        at.dead_paths[column] = "404" if how != "301" else fresh
    at.columns = [(fresh, name)]
    for row in [r for r in at.rows if r.listed]:
        path = f"{fresh}art/{row.year}/{len(at.rows)}.html"
        new = replace(row, path=path, column=0)
        row.listed = False
        if how != "alive":
            row.gone = path if how == "301" else how
        at.rows.append(new)
    return True


def host_moves(stage: Stage, at: Portal, chance: Random) -> bool:
    """The portal is served by another host; the old one redirects, is empty or is gone."""
    if at.host != 0:
        return False
    at.host, at.dead_hosts[0] = 1, chance.choice(("301", "404", "drop"))
    return True


def to_https(stage: Stage, at: Portal, chance: Random) -> bool:
    """Everything is served over https; http redirects."""
    if at.host != 0:
        return False
    at.host, at.dead_hosts[0] = 2, "301"
    return True


def column_renamed(stage: Stage, at: Portal, chance: Random) -> bool:
    """The column gets another name and path; the reports stay where they are."""
    if len(at.columns) > 1:
        return False
    path = at.columns[0][0]
    at.dead_paths[path] = "404"
    at.columns = [(f"/xxgk/ndbg{len(at.dead_paths)}/", "政府信息公开年度报告")]
    return True


def column_split(stage: Stage, at: Portal, chance: Random) -> bool:
    """The older reports get a column of their own, which the home page names as well."""
    years = sorted({r.year for r in at.living()})
    if len(at.columns) > 1 or len(years) < 3:
        return False
    at.columns.append((f"/zwgk/wnnb{len(at.dead_paths)}/", "往年政府信息公开年报"))
    for row in at.rows:
        row.column = int(row.year <= years[len(years) // 2 - 1])
    return True


def foreign_report(stage: Stage, at: Portal, chance: Random) -> bool:
    """Another county's report stands in the list by mistake."""
    other = next(p for p in stage.portals if p is not at and p.of.province == at.of.province)
    newest = max(at.known)
    row = publish(at, truths(other.of)[newest], title=f"{newest}年政府信息公开工作年度报告")
    row.ours = False
    at.known[newest].pop()
    return True


def merged(stage: Stage, at: Portal, chance: Random) -> bool:
    """The county is merged into another: its row leaves the registry, its site goes."""
    if sum(p.registered for p in stage.portals if p.of.province == at.of.province) < 3:
        return False
    at.registered, at.fault = False, "dead"
    return True


EVENTS: dict[str, Event] = {
    event.__name__: event
    for event in (
        new_report,
        silent_correction,
        reissue,
        correction_elsewhere,
        removal,
        attachment_replaced,
        cms_moves,
        host_moves,
        to_https,
        column_renamed,
        column_split,
        foreign_report,
        merged,
    )
}


def take_fault(at: Portal, fault: str, chance: Random) -> None:
    """Let something be wrong with a portal for a night."""
    at.fault = fault
    if fault == "half list":
        rows = [r.path for r in at.living()]
        at.hidden = set(chance.sample(rows, len(rows) - len(rows) // 2))
        if len(rows) < 2:
            at.fault = ""


def heal(at: Portal) -> None:
    """Let the night's fault be over."""
    at.hidden = set()
    if at.registered:
        at.fault = ""

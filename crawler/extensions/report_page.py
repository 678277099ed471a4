"""report.html: a run as a page that helps to act. Pure: facts in, one page out.

Nothing is loaded from elsewhere; a script of its own sorts and searches, without it all is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import quote

from pipelines.vocabulary.ledger import FATES
from pipelines.vocabulary.problems import CODES, OUTCOMES
from pipelines.vocabulary.rules import RULES

MOST = 2000
"""Rows of a table; a first crawl of everything brings tens of thousands."""

_DECLINES = ("blocked", "robots", "unreachable", "moved")
_DOUBTS = frozenset({
    "dataset/conflicting-editions", "document/stored-twice", "document/unreadable-text",
    "report/gone", "report/tables-missing", "report/unlisted",
})  # fmt: skip
"""Problems of reports that are in the dataset all the same."""
_COUNTS = {
    "portals": "portals visited",
    "listed": "rows their columns list",
    "chosen": "of them reports that were asked for",
    "read": "of these read in this run",
    "held": "held already and unchanged",
    "rejected": "something else, once looked at",
    "failed": "not to be had or not readable",
    "requests": "requests",
    "problems": "problems, each with its address in problems.jsonl",
}


class Link(NamedTuple):
    """An address and what stands there; ``own``: a file beside this page."""

    url: str
    text: str
    own: bool = False


Cell = str | int | Link | None
Row = tuple[Cell, ...]


def page(
    summary: Mapping[str, Any],
    news: Sequence[Mapping[str, Any]] = (),
    problems: Sequence[Mapping[str, Any]] = (),
    earlier: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Return the page.

    Args:
        summary: what summary.json holds.
        news: reports the run added or changed (``pipelines.store.news``).
        problems: the lines of problems.jsonl.
        earlier: summaries of the runs before, latest first.
    """
    names = {portal["code"]: portal for portal in summary["portals"]}
    sections = [
        _blocked(summary["portals"]),
        _given_up(summary["given_up"]),
        _suspicious(news, problems, names),
        _missing(summary["portals"]),
        _reports(news, names, "changed", "Changed"),
        _reports(news, names, "added", "New"),
        _portals(summary["portals"]),
        _codes(summary["problems"]),
        _counts(summary),
        _trend(summary, earlier),
    ]
    links = "".join(
        f"<a href='#{name}'>{escape(title)} <b>{number}</b></a>"
        if number
        else f"<span class='muted'>{escape(title)} 0</span>"
        for name, title, number, _ in sections
        if number is not None
    )
    style = files(__package__).joinpath("report_page.css").read_text("utf-8")
    script = files(__package__).joinpath("report_page.js").read_text("utf-8")
    body = "\n".join(
        f"<section id='{name}'><h2>{escape(title)}</h2>{content}</section>"
        for name, title, number, content in sections
        if number != 0
    )
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        "<meta name='color-scheme' content='light dark'><link rel='icon' href='data:,'>"
        f"<title>Run {escape(summary['run_id'])}: {escape(str(summary['verdict']))}</title>"
        f"<style>{style}</style>{_head(summary)}<nav>{links}"
        "<input type='search' id='search' placeholder='search all tables' hidden></nav>"
        f"<main>{body}</main><script>{script}</script></html>\n"
    )


_Section = tuple[str, str, int | None, str]


def _head(summary: Mapping[str, Any]) -> str:
    look = "good" if summary["good"] else "bad"
    reasons = "".join(f"<li>{escape(reason)}" for reason in summary["reasons"])
    return (
        f"<header><h1>Run {escape(summary['run_id'])} <span class='{look}'>"
        f"{escape(str(summary['verdict']))}</span></h1><p class='muted'>"
        f"{escape(summary['started'])} to {escape(summary['finished'])}, version "
        f"{escape(summary['version'])}</p>{f'<ul>{reasons}</ul>' if reasons else ''}</header>"
    )


def _reports(
    news: Iterable[Mapping[str, Any]],
    names: Mapping[str, Mapping[str, Any]],
    change: str,
    title: str,
) -> _Section:
    rows: list[Row] = [
        (
            _division(each, names),
            each["year"],
            Link(each["source_url"] or "", each["title"] or each["report_id"]),
            each["publisher"],
            each["carrier"],
            _archived(each["archive"]),
            each["revision"],
        )
        for each in news
        if each["change"] == change
    ]
    head = ("division", "year", "report", "publisher", "carrier", "archived copy", "revision")
    return change, title, len(rows), _table(head, rows)


def _division(report: Mapping[str, Any], names: Mapping[str, Mapping[str, Any]]) -> Link:
    """Return a report's division, with its portal where the run walked that."""
    portal = names.get(report["adcode"])
    home = portal["home_url"] if portal else ""
    return Link(home or "", f"{report['adcode']} {report['place'] or ''}".strip())


def _archived(archive: Mapping[str, str] | None) -> Cell:
    """Return a link to the file of the archive that holds a report's bytes."""
    if not archive:
        return None
    return Link(
        f"../../archive/{quote(archive['file'])}", archive["record_id"].strip("<>")[-12:], own=True
    )


def _missing(portals: Iterable[Mapping[str, Any]]) -> _Section:
    rows: list[Row] = []
    for portal in portals:
        told = [f"{year}" for year in portal["years_missing"]]
        for organ, years in portal["series_missing"].items():
            told.append(f"{organ}: {', '.join(map(str, years))}")
        if told:
            rows.append((_place(portal), _linked(portal["column_url"], "column"), "; ".join(told)))
    return (
        "missing",
        "Missing years",
        len(rows),
        _table(("portal", "column", "years"), rows),
    )


def _place(portal: Mapping[str, Any]) -> Link:
    return Link(portal["home_url"] or "", f"{portal['code']} {portal['name']}")


def _linked(url: str | None, text: str) -> Cell:
    return Link(url, text) if url else None


def _blocked(portals: Iterable[Mapping[str, Any]]) -> _Section:
    rows: list[Row] = [
        (_place(portal), portal["outcome"], portal["evidence"], _what_to_do(portal["outcome"]))
        for portal in portals
        if portal["outcome"] in _DECLINES
    ]
    head = ("portal", "outcome", "evidence", "what to do")
    return "blocked", "Blocked or silent", len(rows), _table(head, rows)


def _what_to_do(outcome: str) -> str:
    return CODES[f"portal/{outcome.replace('_', '-')}"].what_to_do


def _suspicious(
    news: Iterable[Mapping[str, Any]],
    problems: Iterable[Mapping[str, Any]],
    names: Mapping[str, Mapping[str, Any]],
) -> _Section:
    rows: list[Row] = []
    for each in news:
        if each["broken"]:
            rules = ", ".join(
                f"{rule} ×{n}" if n > 1 else rule for rule, n in each["broken"].items()
            )
            first = next(iter(each["broken"]))
            rows.append(
                (
                    _division(each, names),
                    Link(each["source_url"] or "", each["title"] or each["report_id"]),
                    rules,
                    RULES[first].meaning if first in RULES else "",
                    _archived(each["archive"]),
                )
            )
    for problem in problems:
        if problem["code"] in _DOUBTS:
            code = problem.get("portal") or ""
            name = names[code]["name"] if code in names else ""
            url = problem.get("url") or ""
            said = f"{problem['meaning']}: {problem['evidence']}"
            rows.append(
                (
                    f"{code} {name}",
                    Link(url, problem.get("title") or url),
                    problem["code"],
                    said,
                    None,
                )
            )
    head = ("portal", "report", "rule or code", "what is wrong", "archived copy")
    return "suspicious", "Suspicious", len(rows), _table(head, rows)


def _given_up(given_up: Iterable[Mapping[str, Any]]) -> _Section:
    rows: list[Row] = [
        (
            f"{each['portal']} {each['name']}",
            Link(each["url"], each["title"] or each["url"]),
            each["code"] or "failed",
            each["evidence"],
            CODES[each["code"]].what_to_do if each["code"] else "",
        )
        for each in given_up
    ]
    head = ("portal", "document", "code", "evidence", "what to do")
    return "given-up", "Documents given up", len(rows), _table(head, rows)


def _portals(portals: Sequence[Mapping[str, Any]]) -> _Section:
    shown = sorted(
        (portal for portal in portals if not _quiet(portal)),
        key=lambda portal: (portal["outcome"] == "ok", portal["code"]),
    )
    rows: list[Row] = [
        (
            _place(portal),
            portal["outcome"],
            portal["evidence"],
            *(portal[k] for k in ("listed", "chosen", "read", "held", "rejected", "failed")),
        )
        for portal in shown
    ]
    head = (
        "portal", "outcome", "evidence", "listed", "chosen", "read", "held", "rejected",
        "failed",
    )  # fmt: skip
    quiet, told = len(portals) - len(shown), ""
    if quiet:
        what = "portal is" if quiet == 1 else "portals are"
        told = f"<p>{quiet} more {what} ok as before; summary.json has each.</p>"
    met = sorted({portal["outcome"] for portal in shown})
    meanings = "".join(f"<dt>{name}<dd>{escape(OUTCOMES[name])}" for name in met)
    return "portals", "Portals", len(portals), _table(head, rows) + told + f"<dl>{meanings}</dl>"


def _quiet(portal: Mapping[str, Any]) -> bool:
    """Tell whether a portal is in full and brought nothing new: most are, most nights."""
    news = any(portal[name] for name in ("read", "rejected", "failed", "problems"))
    return portal["outcome"] == "ok" and not news


def _counts(summary: Mapping[str, Any]) -> _Section:
    dataset = summary["dataset"]
    rows: list[Row] = [(_COUNTS[k], v) for k, v in summary["counts"].items()]
    rows += [
        ("added to the dataset", len(dataset["added"])),
        ("changed in the dataset", len(dataset["changed"])),
        ("filed under a new id", len(dataset["removed"])),
        ("unchanged in the dataset", dataset["unchanged"]),
    ]
    rows += [(f"rows that {FATES[fate]}", number) for fate, number in summary["fates"].items()]
    rows += [
        (f"finding over several reports, {rule}: {RULES[rule].meaning}", number)
        for rule, number in (summary.get("across") or {}).items()
    ]
    return "counts", "Counts", None, _table(("what", "how many"), rows)


def _codes(problems: Mapping[str, int]) -> _Section:
    rows: list[Row] = [
        (code, CODES[code].meaning, CODES[code].what_to_do, number)
        for code, number in sorted(problems.items(), key=lambda each: (-each[1], each[0]))
    ]
    head = ("code", "meaning", "what to do", "how many")
    content = f"<p>{escape(_WHERE)}</p>" + _table(head, rows)
    return "problems", "Problems", sum(problems.values()), content


_WHERE = "Each with its address in problems.jsonl beside this page."


def _trend(summary: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]) -> _Section:
    rows: list[Row] = [
        (
            Link(f"../{run['run_id']}/report.html", run["run_id"], own=True),
            run["verdict"],
            run["counts"]["portals"],
            run.get("outcomes", {}).get("ok", 0),
            run["counts"]["read"],
            len((run.get("dataset") or {}).get("added", ())),
            len((run.get("dataset") or {}).get("changed", ())),
            run["counts"]["failed"],
            run["counts"]["problems"],
            run["counts"]["requests"],
            round(run.get("seconds", 0)),
        )
        for run in (summary, *earlier)
    ]
    head = (
        "run", "verdict", "portals", "ok", "read", "added", "changed", "failed", "problems",
        "requests", "seconds",
    )  # fmt: skip
    return "runs", "The last runs", None, _table(head, rows)


def _cell(value: Cell) -> str:
    if isinstance(value, Link):
        if value.own:
            return f"<a href='{escape(value.url)}'>{escape(value.text)}</a>"
        if value.url.startswith(("http://", "https://")):
            return (
                f"<a href='{escape(value.url)}' title='{escape(value.url)}' rel='noreferrer'>"
                f"{escape(value.text)}</a>"
            )
        return escape(value.text)  # an address of another scheme is shown, never followed
    return "" if value is None else escape(str(value))


def _table(head: tuple[str, ...], rows: Sequence[Row]) -> str:
    """Return an HTML table; on a phone a row becomes a card, so each cell bears its name."""
    if not rows:
        return "<p class='muted'>none</p>"
    numbers = [
        all(isinstance(row[n], int) for row in rows) if rows else False for n in range(len(head))
    ]

    def attributes(place: int) -> str:
        return " class=n" if numbers[place] else ""

    heads = "".join(f"<th{attributes(n)}>{escape(name)}</th>" for n, name in enumerate(head))
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{attributes(n)} data-name='{escape(head[n])}'>{_cell(value)}</td>"
            for n, value in enumerate(row)
        )
        + "</tr>"
        for row in rows[:MOST]
    )
    more = f"<p class='muted'>… and {len(rows) - MOST} more</p>" if len(rows) > MOST else ""
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{more}"

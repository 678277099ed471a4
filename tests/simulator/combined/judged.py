"""Drawn portals crawled with the real command, and what was found held against the truth."""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.simulator.combined.drawn import Drawn, draw
from tests.simulator.combined.pages import SESSION
from tests.spiders.world import Run, Sink, crawl

PLACE = "试点县"
BUDGET = 60
_HEADLINE = re.compile(rf"<h1>{PLACE}(人民政府办公室)?(20\d\d)年政府信息公开工作年度报告")
_MOST = 20
"""Portals of one crawl."""
_SESSION = re.compile(rf"[?&]{SESSION}=\d+")


class Told(Sink):
    """Takes the place of the reading stages: a document is what its headline says it is."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        from pipelines.store import store_of

        self.state = store_of(crawler).state

    def process_item(self, item: Any) -> Any:
        run, url = self.ledger.portals[item.portal_code], item.source.url
        said = _HEADLINE.search(item.page.body.decode("utf-8", "replace"))
        if said is None:
            run.rejected.add(url)
            self.room.leave()
            return item
        super().process_item(item)
        kind, year = "office" if said[1] else "whole", int(said[2])
        run.records[url] = {(kind, year)}
        record = {
            "report_id": f"test-{url}",
            "adcode": item.portal_code,
            "source_url": url,
            "fetched_at": item.source.fetched_at,
            "report_year": year,
            "publisher_type": "government_office" if said[1] else "government",
        }
        self.state.keep(record, reader="test")
        return item


@dataclass(slots=True, kw_only=True)
class Result:
    """One portal."""

    drawn: Drawn
    outcome: str
    evidence: str
    missing: set[str]
    false: int
    """Documents read as reports that are none of its own, or a second time."""
    to_column: int
    asked: list[str]
    again: int | None = None
    """Reports a second crawl read anew; None where there was none."""

    @property
    def wrong_ok(self) -> bool:
        return self.outcome == "ok" and bool(self.missing)

    @property
    def at_fault(self) -> bool:
        return bool(self.missing or self.false or self.again or self.to_column > BUDGET)


def portals(number: int, seed: int) -> list[Drawn]:
    """Draw so many portals."""
    return [
        draw(f"99{n:04d}", PLACE, random.Random(f"{seed}:{n}"), f"127.9.{n % 250}.9")
        for n in range(1, number + 1)
    ]


def results(
    number: int,
    seed: int,
    *,
    known: bool = False,
    twice: bool = False,
    only: Sequence[int] = (),
) -> list[Result]:
    """Crawl drawn portals and judge what was read; ``only``: the numbers of those that are."""
    drawn = portals(number, seed)
    if only:
        drawn = [drawn[n - 1] for n in only]
    judged: list[Result] = []
    for at in range(0, len(drawn), _MOST):
        judged += _crawled(drawn[at : at + _MOST], known=known, twice=twice)
    return judged


def _crawled(drawn: Sequence[Drawn], *, known: bool, twice: bool) -> list[Result]:
    sites = [one.site for one in drawn]
    beside = [host for one in drawn for host in one.beside]
    columns = {one.site.name: one.column for one in drawn} if known else {}
    keep = (
        *(
            "-s",
            'ITEM_PIPELINES={"tests.simulator.combined.judged.Told": 1}',
            "-s",
            "LOG_LEVEL=ERROR",
        ),
        # The further hosts of a portal are public ones: 127.9.*.9 stands for names under gov.cn.
        *("-s", "ALLOWED_HOST_SUFFIXES=9"),
    )
    with tempfile.TemporaryDirectory(prefix="combined-") as folder:
        out = Path(folder)
        run = crawl(sites, out, *keep, unlisted=beside, columns=columns)
        judged = [_judge(one, run) for one in drawn]
        if twice:
            port = run.server.port
            again = crawl(sites, out, *keep, unlisted=beside, columns=columns, port=port)
            for result in judged:
                result.again = int(again.portals[result.drawn.site.name]["read"])
    return judged


def _judge(one: Drawn, run: Run) -> Result:
    code = one.site.name
    names = {host.name for host in one.hosts}
    seen = [seen for seen in run.server.log if seen.site in names]
    asked = [_SESSION.sub("", seen.path) for seen in seen]
    got = set(asked)
    column = {one.column.rstrip("/"), one.lies_at.rstrip("/")}
    at = next((n for n, path in enumerate(asked) if path.rstrip("/") in column), len(asked))
    return Result(
        drawn=one,
        outcome=run.outcome(code),
        evidence=run.portals[code]["evidence"],
        missing=one.reports - got,
        false=max(int(run.portals[code]["read"]) - len(one.reports & got), 0),
        to_column=at,
        asked=[f"{s.method} {s.path} {s.status}" for s in seen],
    )


def lines(judged: Sequence[Result], *, all_requests: bool = False) -> list[str]:
    """Return what went wrong, a few lines a portal, and the sums."""
    out: list[str] = []
    for r in judged:
        if not r.at_fault and not all_requests:
            continue
        marks: dict[str, object] = {"WRONG OK": r.wrong_ok, f"false {r.false}": r.false}
        marks |= {f"again {r.again}": r.again, f"{r.to_column} to the column": r.to_column > BUDGET}
        said = "".join(f"  {words}" for words, true in marks.items() if true)
        missing = f"missing {len(r.missing):>2} of {len(r.drawn.reports):>2}{said}"
        out.append(f"{r.drawn.site.name} {r.outcome:22} {missing}  [{r.drawn.traits.words()}]")
        out.append(f"    {r.evidence[:300]}")
        out += [f"    {line}" for line in (r.asked if all_requests else ())]
    expected = sum(len(r.drawn.reports) for r in judged)
    found = expected - sum(len(r.missing) for r in judged)
    outcomes = dict(sorted(Counter(r.outcome for r in judged).items()))
    out.append(
        f"{found} of {expected} reports ({found / expected:.1%}) of {len(judged)} portals, wrong ok "
        f"{sum(r.wrong_ok for r in judged)}, false {sum(r.false for r in judged)}, requests to "
        f"the column {median(r.to_column for r in judged):g} at the median, "
        f"{max(r.to_column for r in judged)} at most, read anew by a second crawl "
        f"{sum(r.again or 0 for r in judged)}, outcomes {outcomes}"
    )
    return out

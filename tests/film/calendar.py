"""Nights played one after the other: by hand, or drawn from a seed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.film.events import EVENTS, FAULTS, heal, take_fault
from tests.film.operator import Fault, Operator
from tests.film.portals import Portal, portal
from tests.film.stage import Hand, Left, Stage, staged

_DAYS = (1, 1, 1, 2, 4, 7, 15, 31, 61)
_HEAD = "report_id,field,read,value,reason,reviewer,date\n"
_FIELD = "t3_granted__total"


@dataclass(slots=True)
class Film:
    """A stage, its operator, and what happened so far."""

    stage: Stage
    operator: Operator
    chance: Random
    log: list[str] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    nights: int = 0
    seconds: float = 0

    @property
    def portals(self) -> Sequence[Portal]:
        return self.stage.portals

    def happen(self, name: str, at: Portal) -> bool:
        """Let an event happen at a portal, if it can."""
        if done := EVENTS[name](self.stage, at, self.chance):
            self.log.append(f"{self.stage.today} {name} {at.code}")
        return done

    def fault(self, fault: str, *portals: Portal) -> None:
        """Let something be wrong with portals tonight."""
        for at in portals:
            take_fault(at, fault, self.chance)
            self.log.append(f"{self.stage.today} {fault} {at.code}")

    def night(
        self, *arguments: str, days: int = 1, asked: Sequence[Portal] | None = None, **order: Any
    ) -> Left:
        """Let days go by, crawl, compare, and let tonight's faults be over."""
        self.nights += 1
        left = self.stage.crawl(*arguments, **order)
        self.seconds += left.seconds
        self.log.append(f"{self.stage.today} crawl {' '.join(arguments)} -> {left.status}")
        given = dict(argument.split("=", 1) for argument in arguments)
        years = given.get("years")
        registered = [p for p in self.portals if p.registered]
        found = self.operator.after(
            left,
            [] if "kinds" in given else list(registered if asked is None else asked),
            years=frozenset(map(int, years.split(","))) if years else None,
            full=given.get("mode") == "full",
            killed=bool(order.get("kill_after")) and left.status < 0,
        )
        self.note(found)
        for at in self.portals:
            heal(at)
        self.stage.pass_days(days)
        return left

    def note(self, found: list[Fault]) -> None:
        for each in found:
            self.faults.append((self.nights, each))
            self.log.append(f"    {each}")

    # -- what happens to the folder ------------------------------------------------------------

    def lose_state(self) -> None:
        for path in self.stage.output.glob("state.sqlite*"):
            path.unlink()
        self.log.append(f"{self.stage.today} the state is deleted")

    def lose_archive_file(self) -> None:
        files = sorted(self.stage.output.glob("archive/*.warc.gz"))
        if files:
            self.chance.choice(files).unlink()
            self.log.append(f"{self.stage.today} a file of the archive is deleted")

    def upgrade(self) -> None:
        self.stage.reader = f"reader-{self.nights}"
        self.log.append(f"{self.stage.today} the readers are upgraded")

    def correct(self) -> None:
        """Add a hand correction, or take the one there is back."""
        path = self.stage.output / "corrections.csv"
        if self.operator.corrections:
            self.operator.corrections.clear()
            path.write_text(_HEAD)
            self.log.append(f"{self.stage.today} the correction is taken back")
        elif lines := self.stage.dataset():
            name, line = self.chance.choice(sorted(lines.items()))
            read = line["values"][_FIELD]
            self.operator.corrections[name] = (_FIELD, read, read + 1)
            row = f"{name},{_FIELD},{read},{read + 1},misread,Wang,{self.stage.today}\n"
            path.write_text(_HEAD + row)
            self.log.append(f"{self.stage.today} corrected: {row.strip()}")

    def reparse(self) -> None:
        """Read the archive again: nothing is lost or said otherwise, each report read or named."""
        before = self.stage.dataset()
        answer, said = self.stage.scrapy("reparse")
        after = self.stage.dataset()
        self.log.append(f"{self.stage.today} reparse -> {said.splitlines()[:1]}")
        found = [Fault("reparse failed", said[-300:])] if answer["status"] else []
        found += [Fault("reparse lost a line", name) for name in before.keys() - after.keys()]
        moved = ("values", "source_kind", "findings", "revision", "source_url")
        found += [
            Fault(
                "reparse reads otherwise",
                f"{name} {what}: {before[name][what]} {after[name][what]}"[:200],
            )
            for name in before.keys() & after
            for what in moved
            if before[name][what] != after[name][what] and name not in self.operator.corrections
        ]
        told = re.search(r"^(\d+) documents read again", said, re.MULTILINE)
        documents = int(told[1]) if told else 0
        if documents < len(before):
            found.append(Fault("reparse passed over reports", f"{documents} of {len(before)}"))
        self.note(found)
        self.operator.last = after


@contextlib.contextmanager
def filmed(
    folder: Path,
    portals: Sequence[Portal],
    *,
    seed: int = 0,
    today: date = date(2024, 2, 1),
    hand: Hand | None = None,
) -> Iterator[Film]:
    """Set a stage for a film."""
    with staged(folder, portals, today, hand) as stage:
        yield Film(stage, Operator(stage), Random(seed))


def cast(number: int = 12, until: int = 2022, since: int = 2020) -> list[Portal]:
    """Return portals of three provinces, each with a habit of its own."""
    return [
        portal(
            n,
            until,
            since=since,
            counter=n % 12 in {4, 9},
            still=n % 12 == 5,
            attached=n % 12 in {6, 8},
        )
        for n in range(number)
    ]


def play(film: Film, nights: int = 20) -> None:
    """Play random nights, then quiet ones after which everything must be known."""
    chance = film.chance
    film.night()
    while film.nights < nights - 2:
        _happenings(film)
        if chance.random() < 0.12:
            chance.choice((film.lose_state, film.lose_archive_file, film.upgrade, film.correct))()
        elif chance.random() < 0.06:
            film.reparse()
        _faults(film)
        _crawl(film, chance.choice(_DAYS))
    film.stage.pass_days(200)
    film.night(days=4)
    film.night()
    film.reparse()


def _happenings(film: Film) -> None:
    for _ in range(film.chance.choice((0, 1, 1, 2, 3))):
        there = [p for p in film.portals if p.registered]
        film.happen(film.chance.choice(sorted(EVENTS)), film.chance.choice(there))


def _faults(film: Film) -> None:
    chance = film.chance
    there = [p for p in film.portals if p.registered]
    draw = chance.random()
    if draw < 0.1:
        province = chance.choice(there).of.province
        film.fault(chance.choice(FAULTS), *(p for p in there if p.of.province == province))
    elif draw < 0.4:
        film.fault(chance.choice(FAULTS), *chance.sample(there, chance.randint(1, 3)))


def _crawl(film: Film, days: int) -> None:
    chance = film.chance
    draw = chance.random()
    if draw < 0.06:
        years = sorted(chance.sample(range(2020, film.stage.today.year), 2))
        film.night(f"years={','.join(map(str, years))}", days=days)
    elif draw < 0.1:
        at = chance.choice([p for p in film.portals if p.registered])
        film.night(f"code={at.code}", days=days, asked=[at])
    elif draw < 0.13:
        film.night("kinds=department", days=days)
    elif draw < 0.18:
        film.night("mode=full", days=days)
    elif draw < 0.23:
        film.night(days=days, kill_after=chance.randint(1, 40))
    else:
        film.night(days=days)

"""What is written in each cell, and what a careful person reads there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from . import forms
from .figures import Figures


@dataclass(slots=True)
class Slot:
    """One field's cell: the figure put there, the text as written, and whether a person can read a figure from it."""

    field: str
    meant: int | float
    figure: int | float
    text: str = ""
    legible: bool = True  # False: blank, mark, hidden, shared, lost …
    decoy: str | None = None  # hidden text in the same cell
    decoy_first: bool = False
    veiled: bool = False  # the figure itself is hidden
    struck: str | None = None  # an older figure struck through before this one
    mark: str | None = None  # a footnote mark set high
    pieces: bool = False  # digits in several spans

    @property
    def printed(self) -> int | float | None:
        """What a careful person reads."""
        return self.figure if self.legible else None


def plain(number: float) -> str:
    """A number as offices type it."""
    if isinstance(number, int):
        return str(number)
    return f"{round(number, 6):f}".rstrip("0").rstrip(".") or "0"


@dataclass(slots=True)
class Sheet:
    """All cells of a document's tables."""

    t2: str | None
    t3: str | None
    lines: tuple[forms.Line, ...]
    slots: dict[str, Slot]
    fee_header: str | None = None  # unit in the fee column's header
    fee_caption: str | None = None  # unit in a line above table two
    line_units: dict[str, str] = field(
        default_factory=dict
    )  # indicator tables: unit column overrides
    touched: dict[str, list[str]] = field(
        default_factory=dict
    )  # field -> habits that made printed differ from meant
    years_before: Figures = field(default_factory=dict)

    @property
    def money(self) -> list[Slot]:
        """Cells with amounts in 万元."""
        names = [f for f in self.slots if f.endswith("_wanyuan")]
        return [self.slots[n] for n in names]

    def counts(self, prefix: str = "") -> list[Slot]:
        """Cells with counts."""
        return [
            s
            for f, s in self.slots.items()
            if f.startswith(prefix) and not f.endswith(("_wanyuan", "_yuan"))
        ]

    def legible(self, prefix: str = "") -> list[Slot]:
        """Count cells that still show a figure."""
        return [s for s in self.counts(prefix) if s.legible]

    def lose(self, fields: Iterable[str], why: str) -> None:
        """The cells show no figure (any more)."""
        for name in fields:
            if name in self.slots:
                self.slots[name].legible = False
                self.touched.setdefault(name, []).append(why)

    def misprint(self, name: str, figure: float, why: str) -> None:
        """Another figure than the one meant stands in the cell."""
        self.slots[name].figure = figure
        self.touched.setdefault(name, []).append(why)

    def mark_zeros(
        self,
        text: Callable[[], str],
        why: str,
        *,
        prefix: str = "",
        choose: Callable[[Slot], bool] | None = None,
    ) -> int:
        """Write something else than 0 in the cells whose figure is zero."""
        done = 0
        for slot in self.slots.values():
            if (
                slot.field.startswith(prefix)
                and slot.figure == 0
                and slot.legible
                and (choose is None or choose(slot))
            ):
                slot.text = text()
                slot.legible = False
                self.touched.setdefault(slot.field, []).append(why)
                done += 1
        return done

    def text(self, name: str) -> str:
        """The text of a field's cell."""
        return self.slots[name].text


def make_sheet(
    figures: Figures, t2: str | None, t3: str | None, lines: tuple[forms.Line, ...] = ()
) -> Sheet:
    """A sheet that prints exactly what was meant."""
    return Sheet(t2, t3, lines, {f: Slot(f, n, n) for f, n in figures.items()})


def write(sheet: Sheet, style: Callable[[Slot], str]) -> None:
    """Put each legible figure into words; marks already set stay."""
    for slot in sheet.slots.values():
        if slot.legible or slot.veiled:
            slot.text = style(slot)


def error_of(rng: random.Random, n: int) -> int:
    """A figure as it is mistyped."""
    digits = str(n)
    ways: list[int] = [n + 1, n + rng.choice((2, 3, 10))]
    if len(digits) >= 2:
        i = rng.randrange(len(digits) - 1)
        ways += [
            int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]),
            int(digits[:-1]),
            int(digits + rng.choice("0123456789")),
        ]
    if n > 1:
        ways += [n - 1]
    ways = [w for w in ways if w != n and w >= 0 and len(str(w)) >= 1]
    return rng.choice(ways)

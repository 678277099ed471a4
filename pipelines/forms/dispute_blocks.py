"""Table four in any other layout than one row: each group a block under, or beside, its own label.

Reports print it as two or three tables, as blocks one below the other, a procedure a row, a result
a row, or one figure a row. All say the same: a figure belongs to the one group and the one result
that its labels name. Nothing is taken by its place alone; a line whose figures and labels do not
match one to one is not read at all, since a lost cell lets the others move up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.documents.blocks import Grid
from pipelines.forms import disputes as form
from pipelines.forms.foreign_columns import OTHER_YEAR
from pipelines.forms.labels import Names, is_joint
from pipelines.forms.paper import Paper
from pipelines.forms.pieces import Line, Piece, label_of
from pipelines.remembered import kept

_GROUP_NAMES = Names(form.GROUPS)
_OUTCOME_NAMES = Names(form.OUTCOMES)
_LONGEST = 40
"""Characters of a label; what is longer is prose about disputes."""
_LEAST_LABELS = 2
"""Results named on a line that make it a header: one alone is a row that lost its figure."""


_FOREIGN = frozenset({"序号", "备注", "单位"})
"""Labels of columns that hold no figure of the form."""


class Name(NamedTuple):
    """What a label names; "" for nothing, or for more than one."""

    group: str = ""
    outcome: str = ""
    suit: bool = False
    """行政诉讼 alone: the groups below it have labels of their own."""
    other_year: bool = False
    foreign: bool = False


def name_of(text: str) -> Name:
    """Return what a label of table four names.

    >>> name_of("行政诉讼（未经复议直接起诉）").group, name_of("结果 维持").outcome
    ('direct', 'upheld')
    """
    return _name_of(text) if len(text) <= _LONGEST else Name()


@kept(1024)
def _name_of(text: str) -> Name:
    label = label_of(text)
    group, outcome = _GROUP_NAMES.of(text) or "", _OUTCOME_NAMES.of(text) or ""
    return Name(
        group="" if is_joint(group) else group,
        outcome="" if is_joint(outcome) else outcome,
        suit=not group and "行政诉讼" in label,
        other_year=OTHER_YEAR.search(label) is not None,
        foreign=label in _FOREIGN,
    )


def is_dispute_label(text: str) -> bool:
    """Whether a label is one that only table four has."""
    name = name_of(text)
    return bool(name.group) or name.outcome not in ("", "total")


@dataclass(slots=True)
class Blocks:
    """One table four put together from its blocks; ``unread``: figures whose labels are unclear."""

    where: str
    carrier: str
    placed: dict[str, Piece] = field(default_factory=dict)
    unread: int = 0


def read_blocks(paper: Paper) -> list[Blocks]:
    """Return the tables four of a document that are printed in blocks, each field once in each."""
    out: list[Blocks] = []
    for grid, lines in paper.grids:
        if not _is_disputes(lines):
            continue
        sheet = _Sheet(grid)
        for line in lines:
            found = sheet.read(line)
            if not out or found.keys() & out[-1].placed.keys():
                out.append(Blocks(line.where, grid.kind))
            out[-1].placed |= found
        out[-1].unread += sheet.unread
    printed = [b for b in out if b.unread or any(not p.is_empty for p in b.placed.values())]
    return printed or out[:1]


def _is_disputes(lines: Sequence[Line]) -> bool:
    """Whether a grid names a group and all five results."""
    names = [
        name_of(piece.text)
        for line in lines
        for piece, kind in zip(line.pieces, line.kinds, strict=True)
        if kind == "text"
    ]
    outcomes = {n.outcome for n in names} - {""}
    return len(outcomes) == len(form.OUTCOMES) and any(n.group for n in names)


@dataclass(slots=True)
class _Label:
    """A label that stands beside figures: over its own row and those it spans."""

    name: Name
    col: int
    rows: range


class _Sheet:
    """One grid, read from the top: what the labels above say of each column, and those beside."""

    def __init__(self, grid: Grid) -> None:
        self.unread = 0
        self._spans = {(c.row, c.col): c.rowspan for c in grid.cells if c.rowspan > 1}
        self._beside: list[_Label] = []
        self._title = ""
        self._groups: dict[int, str] = {}
        self._outcomes: dict[int, str] = {}
        self._foreign: set[int] = set()
        self._below_figures = False
        self._doubtful = False

    def read(self, line: Line) -> dict[str, Piece]:
        """Return the figures of a line by field; nothing where it is a header or unclear."""
        labels = [
            (p, name_of(p.text))
            for p, kind in zip(line.pieces, line.kinds, strict=True)
            if kind == "text"
        ]
        values = [p for p in line.pieces if not p.is_text and p.col not in self._foreign]
        for piece, name in labels:
            start = piece.col or 0
            span = self._spans.get((line.row, start), 1)
            self._beside.append(_Label(name, start, range(line.row, line.row + span)))
        self._beside = [b for b in self._beside if line.row < b.rows.stop]
        figures = any(not p.is_empty for p in values)
        if not figures and not self._is_blank_row(labels, values):
            self._add(labels)
            return {}
        self._below_figures = True
        # A row that lost a cell lacks one of these, too: the others moved up.
        whole = self._foreign <= {p.col for p in line.pieces}
        placed = self._place(values) if whole else None
        if placed is None:
            self.unread += sum(not p.is_empty for p in values)
        return placed or {}

    def _is_blank_row(self, labels: Sequence[tuple[Piece, Name]], values: Sequence[Piece]) -> bool:
        """Whether a line without figures has the places for them."""
        if not values:
            return False
        if any(n.outcome for _, n in labels):
            last = max(p.col or 0 for p, _ in labels)
            # A group and a result; 行政诉讼 above its groups, and a group told twice, are no more.
            said = {(n.group, n.outcome) for _, n in labels if not n.suit}
            return len(said) <= len(("group", "outcome")) and (values[-1].col or 0) > last
        return bool(self._outcomes) and self._outcomes.keys() <= {p.col for p in values}

    def _add(self, labels: Sequence[tuple[Piece, Name]]) -> None:
        """Add a line of labels to what is known of the columns below it."""
        names = [n for _, n in labels]
        self._doubtful |= any(n.other_year for n in names)
        self._foreign |= {p.col or 0 for p, n in labels if n.foreign}
        if any(n.group or n.suit for n in names):
            if self._below_figures:
                self._groups, self._title = {}, ""
            if len(names) == 1:
                self._title = names[0].group
            else:
                self._groups |= {
                    col: n.group for p, n in labels if n.group for col in _columns_of(p)
                }
        if sum(bool(n.outcome) for n in names) >= _LEAST_LABELS:
            if self._below_figures:
                self._outcomes = {}
            found = {p.col or 0: n.outcome for p, n in labels if n.outcome}
            # Two headers and no figures between: what stood there was lost, perhaps a label too.
            self._doubtful |= not found.keys().isdisjoint(self._outcomes)
            self._outcomes |= found
            self._below_figures = False

    def _place(self, values: Sequence[Piece]) -> dict[str, Piece] | None:
        """Put a line's figures under their labels; None where they do not match one to one."""
        beside = [b.name for b in self._beside]
        if any(n.other_year for n in beside):
            return {}
        last = max((b.col for b in self._beside), default=-1)
        values = [p for p in values if not p.is_empty or (p.col or 0) > last]
        groups = {n.group for n in beside if n.group} | ({self._title} - {""})
        outcomes = {n.outcome for n in beside if n.outcome}
        moved = bool(values) and (values[0].col or 0) < last
        if self._doubtful or moved or len(groups) > 1 or len(outcomes) > 1:
            return None
        if outcomes:
            return self._beside_outcome(outcomes.pop(), groups, values)
        return self._below_outcomes(groups, values)

    def _beside_outcome(
        self, outcome: str, groups: set[str], values: Sequence[Piece]
    ) -> dict[str, Piece] | None:
        """Place the figures of a row that one result names: one figure, or one a group."""
        if self._outcomes or bool(groups) == bool(self._groups):
            return None
        if groups:
            group = groups.pop()
            return {_field(group, outcome): values[0]} if len(values) == 1 else None
        columns = {p.col: p for p in values}
        if columns.keys() != self._groups.keys() or not _distinct(self._groups.values()):
            return None
        return {_field(g, outcome): columns[col] for col, g in self._groups.items()}

    def _below_outcomes(self, groups: set[str], values: Sequence[Piece]) -> dict[str, Piece] | None:
        """Place the figures of a row below the names of the results, five a group."""
        if bool(groups) == bool(self._groups) or not self._outcomes:
            return None
        first = min(self._outcomes)
        columns = {p.col: p for p in values if not p.is_empty or (p.col or 0) >= first}
        if columns.keys() != self._outcomes.keys():
            return None
        one = groups.pop() if groups else ""
        named: defaultdict[str, list[int]] = defaultdict(list)
        for col in self._outcomes:
            named[one or self._groups.get(col, "")].append(col)
        for cols in named.values():
            outcomes = [self._outcomes[c] for c in cols]
            if len(outcomes) != len(form.OUTCOMES) or not _distinct(outcomes):
                return None
        if "" in named:
            return None
        return {
            _field(group, self._outcomes[col]): columns[col]
            for group, cols in named.items()
            for col in cols
        }


def _columns_of(piece: Piece) -> Iterator[int]:
    start = piece.col or 0
    yield from range(start, start + piece.width)


def _distinct(names: Collection[str]) -> bool:
    return len(set(names)) == len(names)


def _field(group: str, outcome: str) -> str:
    return f"t4_{group}_{outcome}"

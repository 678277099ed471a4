"""Which column of a table with one column of figures is the form's, where it prints several.

The header says it: 统计数, 本年度 or the report's own year, beside 行次, 备注, 上年 and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.forms.foreign_columns import OTHER_YEAR
from pipelines.forms.other_years import title_year
from pipelines.forms.paper import Paper
from pipelines.forms.pieces import Line, Piece, label_of
from pipelines.forms.request_rows import GEOMETRIC, MOVING

_NAMES = re.compile("(?:统计|工作)?(?:指标|项目|内容|类别|事项)?(?:名称)?|(?:计量)?单位")
"""What a header says above labels and units."""
_OVER_YEARS = re.compile("累计|历年")
_NOT_OWN = re.compile(
    "行次|序号|编号|代码|代号|备注|说明|增减|增长|增幅|变化|同比|占比|比重|比上年"
    f"|{_OVER_YEARS.pattern}|{OTHER_YEAR.pattern}"
)
_YEAR = re.compile(r"(20\d\d)(?:年(?:度)?)?")

SEVERAL = "the header does not say which column of figures is the form's"
MISSING = "a cell of this row is missing"


@dataclass(slots=True, frozen=True)
class Roles:
    """Columns by what the header says of them; ``own`` holds what may be the form's figures."""

    own: frozenset[int]
    beside: frozenset[int]
    others: frozenset[int] = frozenset()
    """Those of the columns beside the form in which figures stand."""
    sums: frozenset[int] = frozenset()
    """Those of the columns beside the form that hold the sum over the years."""

    def seen_in(self, lines: Sequence[Line]) -> Roles:
        """Return the roles less the columns in which none of these lines prints a figure."""
        used = {
            c
            for line in lines
            for p in line.pieces
            if not p.is_empty and not p.is_text
            for c in _covered(p)
        }
        return replace(self, own=self.own & used or self.own, others=self.beside & used)

    def under(self, lower: Roles) -> Roles:
        """Return what a header of two rows says: the lower one of the columns it names."""
        named = lower.own | lower.beside
        return Roles(
            (self.own - named) | lower.own,
            (self.beside - named) | lower.beside,
            sums=(self.sums - named) | lower.sums,
        )

    def is_beside(self, piece: Piece) -> bool:
        """Whether a piece stands in a column that is none of the form's: a remark in words."""
        return not self.beside.isdisjoint(_covered(piece))

    def figures_of(self, line: Line, label: int) -> tuple[list[Piece], str]:
        """Return the pieces behind a row's label that are the form's own, and a reason for doubt.

        ``label`` is the number of the label's piece. Where the header leaves a doubt all are
        returned.
        """
        pieces = list(line.pieces[label + 1 :])
        left = max(_covered(line.pieces[label]))
        own, others = ({c for c in columns if c > left} for columns in (self.own, self.others))
        if len(own) > 1 or (others and not own):
            return pieces, SEVERAL
        if not own:
            return pieces, ""
        sure = line.kind in GEOMETRIC and line.kind not in MOVING
        covered = [_covered(p) & (own | others) for p in pieces]
        merged = max(map(len, covered), default=0) > 1
        if others and (merged or not (sure or set().union(*covered) == own | others)):
            return pieces, MISSING
        return [p for p in pieces if not self.is_beside(p)], ""

    def pair_of(self, line: Line, label: int) -> tuple[list[Piece], str]:
        """Return a row's figure of the year and that over the years, in this order.

        As ``figures_of``. Where no header names both, the row is returned as it stands.
        """
        pieces = list(line.pieces[label + 1 :])
        left = max(_covered(line.pieces[label]))
        own, sums, others = (
            {c for c in columns if c > left} for columns in (self.own, self.sums, self.others)
        )
        if not sums or (not own and not others - sums):
            return pieces, ""
        if len(own) != 1 or len(sums) != 1:
            return pieces, SEVERAL
        if others <= sums and max(own) < min(sums):
            return pieces, ""  # as the form has them
        covered = set().union(*map(_covered, pieces))
        sure = line.kind in GEOMETRIC and line.kind not in MOVING
        if not sure and not own | sums | others <= covered:
            return pieces, MISSING
        at = {c: p for p in pieces for c in _covered(p)}
        return [at.get(c, Piece("")) for c in (*own, *sums)], ""


def _covered(piece: Piece) -> set[int]:
    return set(range(piece.col or 0, (piece.col or 0) + piece.width))


def lines_with_roles(paper: Paper) -> Iterator[tuple[str, Line, Roles | None]]:
    """Yield the rows of all grids with the kind of grid, and what their header says, if any."""
    year: str | None = None
    roles: Roles | None = None
    width = 0
    for grid, lines in paper.grids:
        if grid.n_cols != width:
            roles, width = None, grid.n_cols
        for n, line in enumerate(lines):
            if _is_header(line):
                year = year or title_year(text for text, _ in paper.texts)
                roles = _roles(line, year).seen_in(lines[n + 1 :])
                continue
            if roles and _goes_on(line, roles) and n and _is_header(lines[n - 1]):
                roles = roles.under(_roles(line, year)).seen_in(lines[n + 1 :])
                continue
            yield grid.kind, line, roles


def _is_header(line: Line) -> bool:
    """Whether a line names the column of labels and holds no figure, or years alone."""
    labels = [label_of(p.text) for p in line.pieces if not p.is_empty]
    if not any(_NAMES.fullmatch(x) for x in labels[:2]):
        return False
    return all(p.is_empty or p.is_text or _YEAR.fullmatch(p.text.strip()) for p in line.pieces)


def _goes_on(line: Line, roles: Roles) -> bool:
    """Whether a line is the lower row of a header: words or years, under columns of figures."""
    first = min(roles.own | roles.beside, default=0)
    return all(
        min(_covered(p)) >= first and (p.is_text or _YEAR.fullmatch(p.text.strip()))
        for p in line.pieces
        if not p.is_empty
    ) and any(not p.is_empty for p in line.pieces)


def _roles(line: Line, year: str | None) -> Roles:
    own: set[int] = set()
    others: set[int] = set()
    sums: set[int] = set()
    for piece in line.pieces:
        label = label_of(piece.text)
        if _NAMES.fullmatch(label):
            continue
        (others if _is_beside(label, year) else own).update(_covered(piece))
        if _OVER_YEARS.search(label):
            sums.update(_covered(piece))
    return Roles(frozenset(own), frozenset(others), sums=frozenset(sums))


def _is_beside(label: str, year: str | None) -> bool:
    """Whether a header's label is of no column of the form; one nobody knows may be."""
    named = _YEAR.search(label)
    return bool(_NOT_OWN.search(label)) or bool(named and year and named[1] != year)

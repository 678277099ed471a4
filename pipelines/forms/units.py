"""What an amount is counted in: the nearest statement of a unit holds.

From near to far: the cell itself, the label of its row, the header of its column, the table's own
rows above and its caption, the line above the table. Where nothing states one, it is the form's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.forms.cells import cell_value
from pipelines.forms.pieces import Piece
from pipelines.reading.money import in_units, money_units
from pipelines.record import CellNote, Number

Units = tuple[str, ...]
"""The units of money that one place states; more than one says nothing."""

_STATEMENT = re.compile(r"单位[\s:：为是]*([^。；;\n]{0,24})")
_LONGEST = 60
"""Characters of a line that states units; a longer one is prose."""


def stated_in(text: str) -> Units:
    r"""Return the units that the lines above a table state for it (单位：件、元).

    >>> stated_in("二、主动公开政府信息情况\n（单位：千元）"), stated_in("收费单位：县财政局")
    (('千元',), ())
    """
    lines = [line for line in text.split("\n") if len(line) <= _LONGEST]
    return money_units("\n".join(m for line in lines for m in _STATEMENT.findall(line)))


class Amount(NamedTuple):
    """An amount in the form's unit, what is said of it, and two statements that disagree."""

    value: Number | None
    note: CellNote | None
    conflict: tuple[str, str] | None = None
    """The farther and the nearer unit."""


def amount_of(piece: Piece, scopes: Sequence[Units], wanted: str) -> Amount:
    """Read a cell of money; ``scopes`` are the units stated around it, from near to far."""
    value, note = cell_value(piece, whole=False)
    if value is None:
        return Amount(value, note)
    own: Units = (piece.reading.unit,) if piece.reading.unit else ()
    said = [units for units in (own, *scopes) if units]
    if not said:
        reason = f"no unit is stated; {wanted}, as the form has it"
        return Amount(value, note or CellNote(status="printed", raw=piece.text, reason=reason))
    if len(said[0]) > 1:
        reason = f"several units are stated: {'、'.join(said[0])}"
        return Amount(None, CellNote(status="unreadable", raw=piece.text, reason=reason))
    unit = said[0][0]
    amount = in_units(value, unit, wanted)
    if amount is None:
        reason = f"in {unit}, which is no unit of the form"
        return Amount(None, CellNote(status="unreadable", raw=piece.text, reason=reason))
    other = next((u for units in said[1:] for u in units if len(units) == 1 and u != unit), None)
    conflict = (other, unit) if other else None
    if unit != wanted:
        note = CellNote(status="converted", raw=piece.text, reason=f"{unit} → {wanted}")
    elif own:
        note = CellNote(status="converted", raw=piece.text, reason="unit in the cell")
    return Amount(amount, note, conflict)

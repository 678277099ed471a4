"""What one cell of a table says: a number, or nothing and why."""

from __future__ import annotations

from pipelines.forms.pieces import SHARED, Piece
from pipelines.reading.normal import IN_CHARACTERS, PADDED
from pipelines.record import CellNote, Number


def cell_value(piece: Piece, *, whole: bool = True) -> tuple[Number | None, CellNote | None]:
    """Return a piece as (value, note); ``whole`` refuses decimals, as counts have none."""
    reading = piece.reading
    if reading.note is reading.unit is None and type(reading.value) is int:  # nearly every cell
        return reading.value, None
    if reading.kind == "blank":
        return None, CellNote(status="blank")
    if reading.kind == "na_mark":
        return None, CellNote(status="na_mark", raw=piece.text)
    if reading.note == SHARED:
        return None, CellNote(status="joint", raw=piece.text, reason=SHARED)
    if reading.kind == "split":
        return None, CellNote(
            status="unreadable",
            raw=piece.text,
            reason=reading.note,
            candidates=reading.candidates,
        )
    if reading.kind != "number" or reading.value is None:
        return None, CellNote(
            status="unreadable",
            raw=piece.text[:80],
            reason=reading.note or "not a number",
            candidates=reading.candidates,
        )
    if whole and reading.unit:
        return None, CellNote(
            status="unreadable", raw=piece.text, reason="a count in units of money"
        )
    if whole and reading.value != int(reading.value):
        return None, CellNote(status="unreadable", raw=piece.text, reason="a count with decimals")
    value = int(reading.value) if whole else reading.value
    if reading.note in {IN_CHARACTERS, PADDED}:
        return value, CellNote(status="converted", raw=piece.text, reason=reading.note)
    return value, None

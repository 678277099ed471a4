"""What one cell of a table says: a number, or nothing and why."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.forms.pieces import SHARED, Piece
from pipelines.reading.normal import IN_CHARACTERS, PADDED
from pipelines.record import CellNote, Number

_DIGITS = re.compile(r"\d+")
_APART = frozenset({"digits apart", "digits run together"})


def apart(notes: Mapping[str, CellNote]) -> dict[str, CellNote]:
    """Return the notes of the cells whose digits may be one figure or several."""
    return {f: note for f, note in notes.items() if note.reason in _APART}


def made_by(note: CellNote) -> list[str]:
    """Return the figure that digits apart make, then each of its parts."""
    return list(dict.fromkeys((str(note.candidates[0]), *_DIGITS.findall(note.raw or ""))))


def prints_another(note: CellNote | None, number: Number) -> bool:
    """Tell whether a cell's digits, however they are read, are not a number: one is misprinted."""
    if note is None or note.reason not in _APART:
        return False
    return number not in set(map(int, made_by(note)))


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

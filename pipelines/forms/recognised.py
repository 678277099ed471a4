"""What was read from a picture carries its mark, whichever reader placed it.

Said once for all tables, at the end: figures that run together are cut, those apart joined, and a
reader of flattened text makes its pieces anew, so no piece on its way keeps a mark for certain.
"""

from __future__ import annotations

from pipelines.forms.model import TableReading
from pipelines.forms.paper import Paper
from pipelines.record import CellNote

_ALSO = "read from a picture"


def marked(table: TableReading | None, paper: Paper) -> TableReading | None:
    """Return a table, every figure of which has the status ``ocr`` if it was read from a picture.

    Of a figure whose status says more (converted, printed with an assumed unit) the reason says it.
    """
    if table is None or not paper.is_recognised(table.sources):
        return table
    table.recognised = True
    table.firm.clear()  # a sum that does not hold may be a sign misread
    for f, value in table.values.items():
        if value is None:
            continue
        note = table.notes.get(f)
        if note is None:
            table.notes[f] = CellNote(status="ocr")
        elif note.status != "ocr":
            note.reason = f"{note.reason}; {_ALSO}" if note.reason else _ALSO
    return table

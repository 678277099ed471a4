"""Columns a table has beside the form's own: line numbers, shares in per cent, totals again.

No figure of them is a count, and one that slips into a row pushes its figures sideways. One cell
proves nothing; a column is told from most of its rows together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.forms.pieces import Piece

_LEAST_ROWS = 8
_SHARE_OF_ROWS = 0.8
OTHER_YEAR = re.compile(r"上[\s|]*(?:一[\s|]*)?年|去[\s|]*年|前[\s|]*年")
"""What a header says above the columns of another year, the report's own being 本年 or unsaid."""
_PER_CENT = re.compile(r"\s*[+\-]?\d+(?:\.\d+)?\s*[%％‰]\s*")


def own_pieces(rows: Sequence[Sequence[Piece]], width: int) -> list[list[Piece]]:
    """Return each row's pieces without those of a column that is not among the form's ``width``.

    The number of the next row ends a row where flattened text has it in front of the label.
    """
    out = [list(r) for r in rows]
    for last in (False, True):
        for i, at in _numbered(out, last=last):
            del out[i][at]
    kinds = {p.reading.kind for r in out for p in r}
    in_rows = enumerate(out) if "unreadable" in kinds else ()
    shares = [i for i, r in in_rows if any(map(_is_share, r))]
    if _most(len(shares), out):
        for i in shares:
            out[i] = [p for p in out[i] if not _is_share(p)]
    wider = [i for i, r in enumerate(out) if len(r) == width + 1]
    again = [i for i in wider if out[i][-1].text.strip() == out[i][-2].text.strip()]
    if _most(len(again), out) and len(again) == len(wider):
        for i in again:
            del out[i][-1]
    return out


def numbers_columns(pieces: Sequence[Piece]) -> bool:
    """Whether a line numbers the columns: 1, 2, 3 … No row of a form adds up so."""
    printed = [p.text.strip() for p in pieces if not p.is_empty]
    return len(printed) > 1 and printed in (_count(1, printed), _count(2, printed))


def _count(first: int, printed: Sequence[str]) -> list[str]:
    return [str(n) for n in range(first, first + len(printed))]


def _numbered(rows: Sequence[Sequence[Piece]], *, last: bool) -> list[tuple[int, int]]:
    """Return (row, place) of the figures at an end that count on from a neighbour's, if most do."""
    ends = []
    for i, row in enumerate(rows):
        for at in range(len(row) - 1, -1, -1) if last else range(len(row)):
            if row[at].reading.kind != "blank":
                text = row[at].text.strip()
                if len(text) <= len("99") and text.isascii() and text.isdigit():
                    ends.append(((i, at), int(text)))
                break
    kept = {place for (one, n), (two, m) in pairwise(ends) if m == n + 1 for place in (one, two)}
    return sorted(kept) if _most(len(kept), rows) else []


def _is_share(piece: Piece) -> bool:
    return piece.reading.kind == "unreadable" and _PER_CENT.fullmatch(piece.text) is not None


def _most(count: int, rows: Sequence[Sequence[Piece]]) -> bool:
    return count >= _LEAST_ROWS and count >= _SHARE_OF_ROWS * sum(bool(r) for r in rows)

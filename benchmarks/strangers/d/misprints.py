"""Errors of the office: a figure printed that was not meant."""

from __future__ import annotations

from . import fields as f
from .cell_habits import Apply, plain
from .model import Shown
from .state import State


def _wrong(s: State, value: int) -> int:
    """A figure a hand would slip to."""
    text = str(value)
    tries = [value + s.rng.choice([1, 2, 3, 10]), value * 10 + s.rng.randrange(10)]
    if value > 3:
        tries.append(value - s.rng.choice([1, 2]))
    if len(text) > 1:
        tries += [int(text[::-1]) if len(text) == 2 else int(text[1] + text[0] + text[2:]), int(text[:-1]), int(text + text[-1])]
    good = [t for t in tries if t != value and t >= 0]
    return s.rng.choice(good)


def _put(s: State, name: str, value: int) -> None:
    s.shown[name] = Shown(plain(value), value)


def _spoil(s: State, names: list[str], count: int = 1) -> bool:
    names = [n for n in names if n in s.shown]
    if len(names) < count:
        return False
    for name in s.rng.sample(names, count):
        _put(s, name, _wrong(s, int(s.meant[name] or 0)))
    return True


def _t3(s: State, total: bool) -> list[str]:
    return [n for n in s.meant if n.startswith("t3_") and n.endswith("__total") == total]


def one_total(s: State) -> bool:
    """One figure of the total column or the total row."""
    return _spoil(s, [n for n in _t3(s, True) if s.meant[n]] + [n for n in s.meant if n.startswith("t3_processed_total") and s.meant[n]])


def one_cell(s: State) -> bool:
    """One detail figure."""
    return _spoil(s, [n for n in _t3(s, False) if s.meant[n]])


def stray_cell(s: State) -> bool:
    """A figure where a zero belongs."""
    names = [n for n in _t3(s, False) if s.meant[n] == 0]
    if not names:
        return False
    _put(s, s.rng.choice(names), s.rng.randrange(1, 9))
    return True


def two_cells(s: State) -> bool:
    """Two figures anywhere in table three."""
    return _spoil(s, [n for n in s.meant if n.startswith("t3_") and s.meant[n]], 2)


def two_same_row(s: State) -> bool:
    """Two neighbours in a row changed for each other."""
    rows = sorted({n.split("__")[0] for n in s.meant if n.startswith("t3_")})
    pairs = [(f"{r}__{a}", f"{r}__{b}") for r in rows for a, b in zip(f.PARTS, f.PARTS[1:], strict=False) if s.meant[f"{r}__{a}"] != s.meant[f"{r}__{b}"]]
    if not pairs:
        return False
    a, b = s.rng.choice(pairs)
    _put(s, a, int(s.meant[b] or 0))
    _put(s, b, int(s.meant[a] or 0))
    return True


def two_rows_swapped(s: State) -> bool:
    """A row's figures in the line of the next row, and the other way round."""
    rows = [r[0] for r in (f.ROWS21 if s.t3v == "v2021" else f.ROWS19)][2:-2]
    cols = [c[0] for c in f.COLS]
    pairs = [(a, b) for a, b in zip(rows, rows[1:], strict=False) if any(s.meant[f"t3_{a}__{c}"] != s.meant[f"t3_{b}__{c}"] for c in cols)]
    if not pairs:
        return False
    a, b = s.rng.choice(pairs)
    for c in cols:
        _put(s, f"t3_{a}__{c}", int(s.meant[f"t3_{b}__{c}"] or 0))
        _put(s, f"t3_{b}__{c}", int(s.meant[f"t3_{a}__{c}"] or 0))
    return True


def applicants_zero(s: State) -> bool:
    """Result rows: the totals right, the applicants left at 0."""
    rows = f.RESULTS21 if s.t3v == "v2021" else f.RESULTS19
    hit = False
    for row in rows:
        for col in f.PARTS:
            if s.meant[f"t3_{row}__{col}"]:
                _put(s, f"t3_{row}__{col}", 0)
                hit = True
    return hit


def carried_forgotten(s: State) -> bool:
    """The carried-in row left at 0."""
    hit = False
    for col, _, _ in f.COLS:
        if s.meant[f"t3_carried_in__{col}"]:
            _put(s, f"t3_carried_in__{col}", 0)
            hit = True
    return hit


def t4_total_zero(s: State) -> bool:
    """Totals of table four left at 0."""
    hit = False
    for block, _ in f.T4_BLOCKS:
        if s.meant[f"t4_{block}_total"]:
            _put(s, f"t4_{block}_total", 0)
            hit = True
    return hit


def t4_cell(s: State) -> bool:
    """One figure of table four."""
    return _spoil(s, [n for n in s.meant if n.startswith("t4_") and s.meant[n]])


def t2_cell(s: State) -> bool:
    """One figure of table two: no sum shows it."""
    return _spoil(s, [n for n in s.meant if n.startswith("t2_") and s.meant[n] and isinstance(s.meant[n], int) and "wanyuan" not in n and "delta" not in n])


def total_missing_one(s: State) -> bool:
    """The total row adds up all result rows but one, in the column and in the total."""
    rows = [r for r in (f.RESULTS21 if s.t3v == "v2021" else f.RESULTS19) if s.meant[f"t3_{r}__natural"]]
    if not rows:
        return False
    row = s.rng.choice(rows)
    for col in ("natural", "total"):
        name = f"t3_processed_total__{col}"
        _put(s, name, int(s.meant[name] or 0) - int(s.meant[f"t3_{row}__natural"] or 0))
    return True


def annex_cell(s: State) -> bool:
    """One figure of an older annex."""
    names = [n for n in s.meant if n[:3] in ("a14", "f08", "s08") and s.meant[n] and isinstance(s.meant[n], int) and "wanyuan" not in n and "yuan" not in n]
    return _spoil(s, names)


MISPRINTS: dict[str, Apply] = {
    "misprint_total": one_total, "misprint_cell": one_cell, "misprint_stray": stray_cell, "misprint_two": two_cells, "misprint_neighbours": two_same_row,
    "misprint_rows_swapped": two_rows_swapped, "misprint_applicants_zero": applicants_zero, "misprint_carried_zero": carried_forgotten,
    "misprint_t4_total_zero": t4_total_zero, "misprint_t4_cell": t4_cell, "misprint_t2_cell": t2_cell, "misprint_total_missing_one": total_missing_one,
}
ANNEX_MISPRINTS: dict[str, Apply] = {"misprint_annex_cell": annex_cell}

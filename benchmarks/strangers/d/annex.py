"""The older annex tables."""

from __future__ import annotations

from . import annex_fields as a
from .model import Cell, Grid
from .state import State


def national(s: State, rows: list[a.AnnexRow], *, number: bool = False, before: bool = False, unit: bool = True) -> Grid:
    """Indicator, unit, figure; with line numbers or last year's column where asked."""
    grid = Grid()
    grid.add(*([s.label("序号", head=True)] if number else []), s.label("统计指标", head=True), *([s.label("单位", head=True)] if unit else []),
             *([s.label(f"{s.year - 1}年", head=True)] if before else []), s.label(f"{s.year}年" if before else "统计数", head=True))
    for i, (name, label, measure) in enumerate(rows):
        value = s.value(name) if name else Cell("——" if unit else "")
        if not unit and name:
            label = f"{label}({measure})"
        old = [] if not before else [Cell(str(s.rng.randrange(0, 40))) if name else Cell("——")]
        grid.add(*([Cell(str(i + 1))] if number else []), s.label(label), *([Cell(measure)] if unit else []), *old, value)
    return grid


def beside(s: State, rows: list[a.AnnexRow]) -> Grid:
    """Two halves of the list beside each other."""
    grid, half = Grid(), (len(rows) + 1) // 2
    head = ["统计指标", "单位", "统计数"]
    grid.add(*[s.label(h, head=True) for h in head * 2])
    for i in range(half):
        cells: list[Cell] = []
        for j in (i, i + half):
            if j < len(rows):
                name, label, measure = rows[j]
                cells += [s.label(label), Cell(measure), s.value(name) if name else Cell("——")]
            else:
                cells += [Cell(""), Cell(""), Cell("")]
        grid.add(*cells)
    return grid


def fujian(s: State) -> Grid:
    """Year and cumulative columns."""
    grid = Grid()
    grid.add(*[s.label(h, head=True) for h in ("指标名称", "计量单位", f"{s.year}年度", "历年累计")])
    for name, label, measure in a.F08:
        grid.add(s.label(label), Cell(measure), s.value(f"f08_{name}"), s.value(f"f08_{name}__cum"))
    return grid

"""Plain-text renderings of grids."""

from __future__ import annotations

import csv
import io
import unicodedata

from .model import Grid


def dense(grid: Grid, repeat: bool = False) -> list[list[str]]:
    """Texts on a dense matrix, without the rows a person cannot see."""
    out = []
    for y, row in enumerate(grid.matrix(repeat)):
        if not grid.rows[y].hidden:
            out.append([c.text if c else "" for c in row])
    return out


def _width(text: str) -> int:
    return sum(0 if ord(c) == 0x200B else 2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def grid_text(grid: Grid, style: str) -> str:
    """One grid as text: tab, pipe, md, box, ascii, aligned, lines, csv, semicolon."""
    rows = dense(grid)
    if style == "lines":
        return "\n".join(c.text for row in grid.rows for c in row.cells if c.text)
    if style == "linestab":
        return "\n".join("\t" + c.text for row in grid.rows for c in row.cells if c.text)
    if style == "tab":
        return "\n".join("\t".join(r) for r in rows)
    if style == "tabrepeat":
        return "\n".join("\t".join(r) for r in dense(grid, True))
    if style == "pipe":
        return "\n".join("|" + "|".join(r) + "|" for r in rows)
    if style == "piperepeat":
        return "\n".join("| " + " | ".join(r) + " |" for r in dense(grid, True))
    if style == "md":
        lines = ["| " + " | ".join(r) + " |" for r in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
    if style in ("csv", "semicolon"):
        out = io.StringIO()
        csv.writer(out, delimiter="," if style == "csv" else ";", lineterminator="\r\n").writerows(rows)
        return out.getvalue()
    widths = [max(_width(r[i]) for r in rows) for i in range(len(rows[0]))]
    if style == "aligned":
        full = dense(grid, True)
        widths = [max(_width(r[i]) for r in full) + 2 for i in range(len(full[0]))]
        return "\n".join("".join(_pad(c, w) for c, w in zip(r, widths, strict=True)).rstrip() for r in full)
    if style == "box":
        bars = ["─" * ((w + 1) // 2 * 1) for w in widths]
        body = ["│" + "│".join(_pad(c, w) for c, w in zip(r, widths, strict=True)) + "│" for r in rows]
        rule = lambda a, b, c: a + b.join(bars) + c  # noqa: E731
        return "\n".join([rule("┌", "┬", "┐"), *[x for line in body for x in (line, rule("├", "┼", "┤"))][:-1], rule("└", "┴", "┘")])
    rule2 = "+" + "+".join("-" * w for w in widths) + "+"
    return "\n".join([rule2, *[x for r in rows for x in ("|" + "|".join(_pad(c, w) for c, w in zip(r, widths, strict=True)) + "|", rule2)]])

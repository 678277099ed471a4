"""Tables in plain characters: tabs, pipes, box drawing, markdown, aligned columns, a cell a line, CSV."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable

from .document import Document
from .grid import Grid, matrix

CIRCLED = {"①", "②", "*", "※"}


def lines_of(grid: Grid, mode: str) -> list[list[str]]:
    """Rows of texts; covered places are empty ("holes"), repeated ("repeat") or missing ("drop")."""
    out = []
    seen: set[int] = set()
    for row in matrix(grid):
        line: list[str] = []
        for cell, corner in row:
            text = cell.text.replace("\n", "")
            if id(cell) not in seen and corner:
                seen.add(id(cell))
                line.append(text)
            elif mode == "repeat":
                line.append(text)
            elif mode == "holes":
                line.append("")
        out.append(line)
    return out


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def tabs(grid: Grid) -> str:
    """Tab-separated rows, spans empty."""
    return "\n".join("\t".join(row) for row in lines_of(grid, "holes"))


def tabs_drop(grid: Grid) -> str:
    """Tab-separated rows, spanned places missing."""
    return "\n".join("\t".join(row) for row in lines_of(grid, "drop"))


def pipes(grid: Grid) -> str:
    """Pipe rows, spans empty."""
    return "\n".join("| " + " | ".join(row) + " |" for row in lines_of(grid, "holes"))


def pipes_drop(grid: Grid) -> str:
    """Pipe rows with the spanned places lost, so that label columns shift."""
    return "\n".join("|" + "|".join(row) + "|" for row in lines_of(grid, "drop"))


def markdown(grid: Grid) -> str:
    """A markdown table, spans repeated."""
    rows = lines_of(grid, "repeat" if grid.name != "t2" else "holes")
    width = max(len(r) for r in rows)
    rows = [r + [""] * (width - len(r)) for r in rows]
    return "\n".join(
        [
            "| " + " | ".join(rows[0]) + " |",
            "|" + "---|" * width,
            *["| " + " | ".join(r) + " |" for r in rows[1:]],
        ]
    )


def box(grid: Grid) -> str:
    """A box drawn with line characters."""
    rows = lines_of(grid, "holes")
    width = max(len(r) for r in rows)
    rows = [r + [""] * (width - len(r)) for r in rows]
    sizes = [max(2, *(_width(r[i]) for r in rows)) for i in range(width)]
    rule = "├" + "┼".join("─" * ((s + 1) // 2) for s in sizes) + "┤"
    sizes = [(s + 1) // 2 * 2 for s in sizes]
    body = ["│" + "│".join(_pad(t, s) for t, s in zip(r, sizes, strict=True)) + "│" for r in rows]
    return "\n".join(
        [
            rule.replace("├", "┌").replace("┼", "┬").replace("┤", "┐"),
            f"\n{rule}\n".join(body),
            rule.replace("├", "└").replace("┼", "┴").replace("┤", "┘"),
        ]
    )


def aligned(grid: Grid) -> str:
    """Columns lined up with blanks."""
    rows = lines_of(grid, "holes")
    width = max(len(r) for r in rows)
    rows = [r + [""] * (width - len(r)) for r in rows]
    sizes = [max(1, *(_width(r[i]) for r in rows)) + 2 for i in range(width)]
    return "\n".join(
        "".join(_pad(t, s) for t, s in zip(r, sizes, strict=True)).rstrip() for r in rows
    )


def cells(grid: Grid) -> str:
    """A cell a line."""
    return "\n".join(text for row in lines_of(grid, "drop") for text in row)


def cells_tabbed(grid: Grid) -> str:
    """A cell a line, led by a tab, with no-break blanks around figures."""
    return "\n".join(
        "\t" + (f"\u00a0{t}\u00a0" if t.isdecimal() else t)
        for row in lines_of(grid, "drop")
        for t in row
    )


def cells_piped(grid: Grid) -> str:
    """A cell a line with lone pipes between."""
    return "\n|\n".join(text for row in lines_of(grid, "drop") for text in row)


STYLES: dict[str, Callable[[Grid], str]] = {
    "tabs": tabs,
    "tabs_drop": tabs_drop,
    "pipes": pipes,
    "pipes_drop": pipes_drop,
    "markdown": markdown,
    "box": box,
    "aligned": aligned,
    "cells": cells,
    "cells_tabbed": cells_tabbed,
    "cells_piped": cells_piped,
}


def text(document: Document, style: str, *, meta: bool = True) -> str:
    """The whole document as text."""
    out = []
    for block in document.blocks:
        if block.grid:
            out.append(
                (block.grid.caption + "\n" if block.grid.caption else "")
                + STYLES[style](block.grid)
            )
        else:
            out.append(
                block.text
                if block.kind in {"title", "h", "sign", "note"}
                else "\u3000\u3000" + block.text
            )
        if block.kind == "title" and meta and document.meta:
            out.append(" ".join(f"{k}:{v}" for k, v in document.meta))
    return "\n".join(out) + "\n"


def comma_separated(document: Document, delimiter: str = ",") -> str:
    """A spreadsheet saved as CSV: the words in the first column, the tables below."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    for block in document.blocks:
        if block.grid:
            if block.grid.caption:
                writer.writerow([block.grid.caption])
            writer.writerows(lines_of(block.grid, "holes"))
        else:
            writer.writerow([block.text])
    return stream.getvalue()

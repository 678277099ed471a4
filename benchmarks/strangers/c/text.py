"""Text carriers: what is left when tables are saved or pasted as text."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Sequence

from .grid import Block, Grid
from .html import pairs

TextTable = Callable[[Grid], list[str]]


def _flat(text: str) -> str:
    return text.replace("\n", "")


def _lines(grid: Grid, repeat: bool) -> list[list[str]]:
    return [[_flat(cell.text) + cell.sup if own or repeat else "" for cell, own in line] for line in grid.matrix()]


def tabs(grid: Grid) -> list[str]:
    """Tab-separated, spans left blank."""
    return ["\t".join(line) for line in _lines(grid, False)]


def tabs_full(grid: Grid) -> list[str]:
    """Tab-separated, spans repeated."""
    return ["\t".join(line) for line in _lines(grid, True)]


def pipes(grid: Grid) -> list[str]:
    """Cells between pipes."""
    return ["| " + " | ".join(line) + " |" for line in _lines(grid, False)]


def markdown(grid: Grid) -> list[str]:
    """A markdown table."""
    lines = ["| " + " | ".join(line) + " |" for line in _lines(grid, True)]
    width = len(grid.matrix()[0])
    return [lines[0], "|" + " --- |" * width, *lines[1:]]


def cells(grid: Grid) -> list[str]:
    """A cell a line."""
    return [_flat(cell.text) for row in grid.seen() for cell in row if cell.text]


def tabbed_cells(grid: Grid) -> list[str]:
    """A cell a line with a tab before it and no-break spaces around numbers."""
    return [f"\t{line}" if not line.isdigit() else f"\t\u00a0{line}\u00a0" for line in cells(grid)]


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _wide(text))


def spaces(grid: Grid) -> list[str]:
    """Columns kept apart by spaces."""
    lines = _lines(grid, False)
    widths = [max(_wide(line[x]) for line in lines) for x in range(len(lines[0]))]
    return ["  ".join(_pad(text, width) for text, width in zip(line, widths)).rstrip() for line in lines]


def box(grid: Grid) -> list[str]:
    """Drawn with box characters."""
    lines = _lines(grid, False)
    widths = [max(2, max(_wide(line[x]) for line in lines)) for x in range(len(lines[0]))]
    widths = [width + width % 2 for width in widths]

    def rule(left: str, middle: str, right: str) -> str:
        return left + middle.join("─" * (width // 2) for width in widths) + right
    out = [rule("┌", "┬", "┐")]
    for at, line in enumerate(lines):
        if at:
            out.append(rule("├", "┼", "┤"))
        out.append("│" + "│".join(_pad(text, width) for text, width in zip(line, widths)) + "│")
    return [*out, rule("└", "┴", "┘")]


def plus(grid: Grid) -> list[str]:
    """Drawn with plus and minus signs."""
    lines = _lines(grid, True)
    widths = [max(1, max(_wide(line[x]) for line in lines)) for x in range(len(lines[0]))]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    out = [rule]
    for line in lines:
        out += ["|" + "|".join(f" {_pad(text, width)} " for text, width in zip(line, widths)) + "|", rule]
    return out


def colon(grid: Grid) -> list[str]:
    """A sentence a row."""
    out: list[str] = []
    for label, values in pairs(grid):
        if len(values) == 1:
            out.append(f"{label}:{values[0][1].text}" if values[0][1].text else label)
        else:
            out.append(f"{label}:" + ";".join(f"{head} {cell.text}" for head, cell in values))
    return out


def document(blocks: Sequence[Block], write: TextTable) -> str:
    """The whole report as text."""
    out: list[str] = []
    for block in blocks:
        if block.kind == "table" and block.grid:
            out += ["", *write(block.grid), ""]
        elif block.kind in ("h1", "caption"):
            out.append("        " + block.text)
        elif block.kind in ("p", "right"):
            out.append("    " + block.text)
        elif block.kind != "unseen_table":
            out.append(block.text)
    return "\n".join(out) + "\n"


def separated(blocks: Sequence[Block], delimiter: str, repeat: bool) -> str:
    """CSV or TSV with the prose in the first column."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for block in blocks:
        if block.kind == "table" and block.grid:
            writer.writerows(_lines(block.grid, repeat))
        elif block.kind != "unseen_table":
            writer.writerow([block.text])
    return out.getvalue()

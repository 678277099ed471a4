"""Tables three in text whose cells are separated, where only a grid shows what stands over what.

Text is read a row at a time by the labels in it. A table on its side, or one whose columns go on
below, needs its places: where each line has as many separators as the others they are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.documents.blocks import Block, Cell, Grid, TextBlock
from pipelines.forms.shapes import is_reshaped

_LEAST_COLUMNS = 5
_LEAST_LINES = 8
_RULED = re.compile(r"[\s|:+-]+")


def with_grids_for_shapes(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return a document's blocks, separated texts as grids where their shape has to be mended."""
    if not any(isinstance(b, TextBlock) and _may_hold(b.text) for b in blocks):
        return blocks
    out: list[Block] = []
    for block in blocks:
        parts = list(_parts(block)) if isinstance(block, TextBlock) else [block]
        grids = [part for part in parts if isinstance(part, Grid)]
        out += parts if isinstance(block, TextBlock) and is_reshaped(grids) else [block]
    return out


def _may_hold(text: str) -> bool:
    return "自然人" in text and "新收" in text and ("|" in text or "\t" in text)


def _parts(block: TextBlock) -> Iterator[Block]:
    """Yield the lines of a text, runs of lines with as many separators as grids."""
    kind = "ocr_table" if block.recognised else "text_table"
    run: list[str] = []
    for line in [*block.text.split("\n"), ""]:
        if run and (len(_cells(line)) != len(_cells(run[-1])) or not line.strip()):
            yield from _part(block, run, kind)
            run = []
        run.append(line)


def _part(block: TextBlock, lines: Sequence[str], kind: str) -> Iterator[Block]:
    rows = [_cells(line) for line in lines if not _RULED.fullmatch(line)]
    if len(rows) < _LEAST_LINES or len(rows[0]) < _LEAST_COLUMNS:
        yield replace(block, text="\n".join(lines))
        return
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    where = block.where or "text"
    yield Grid(cells=cells, n_rows=len(rows), n_cols=len(rows[0]), where=where, kind=kind)


def _cells(line: str) -> list[str]:
    if "|" in line:
        bare = line.strip()
        return [c.strip() for c in bare.removeprefix("|").removesuffix("|").split("|")]
    return [c.strip() for c in line.split("\t")]

"""A document as readers of forms look at it: its grids in one shape, its texts folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipelines.documents.blocks import Document, Grid, TextBlock
from pipelines.forms.pieces import Line, grid_lines
from pipelines.forms.records import with_records_gathered
from pipelines.forms.separated import with_grids_for_shapes
from pipelines.forms.shapes import in_shape
from pipelines.reading.normal import fold


def texts_of(document: Document) -> list[tuple[str, str]]:
    """Return the document's text as (text, where), text blocks that follow each other joined.

    One-column grids are boxes around prose, or flattened tables; they count as text.
    """
    out: list[tuple[list[str], str]] = []
    fresh = True
    for block in document.blocks:
        if isinstance(block, TextBlock):
            text, where = block.text, block.where or "text"
        elif block.n_cols == 1:
            text, where = "\n".join(c.text for c in block.cells), block.where
        else:
            fresh = True
            continue
        if fresh:
            out.append(([], where))
        out[-1][0].append(text)
        fresh = False
    folded = ((_unmarked(fold("\n".join(parts))), where) for parts, where in out)
    return [(_without_padding(_in_rows(text)), where) for text, where in folded]


_LEAST_PADDED = 8
_ROW_OF_FIGURES = 5
_FIGURES = re.compile(r"(?<![^\s|])\d+(?![^\s|])")


def _without_padding(text: str) -> str:
    """Return a text whose figures are all filled up with zeros to one length without them.

    Rows must show several such figures each: a row of zeros that ran together is as long as others.
    """
    if _PADDED.search(text) is None:
        return text
    rows = [line.split() for line in text.replace("|", " ").split("\n")]
    figures = [[word for word in row if word.isdigit()] for row in rows]
    wide = [row for row in figures if len(row) >= _ROW_OF_FIGURES]
    padded = {len(n) for row in wide for n in row if n[0] == "0"}
    if len(wide) < _LEAST_PADDED or len(padded) != 1:
        return text
    length = padded.pop()
    if length == 1 or any(len(n) < length for row in wide for n in row):
        return text
    return _FIGURES.sub(lambda m: m[0].lstrip("0") or "0" if len(m[0]) == length else m[0], text)


# The zero leads: the engine then skips to those.
_PADDED = re.compile(r"0(?<![^\s|]0)\d+(?![^\s|])")


_LEAST_BROKEN = 5
_BROKEN_ROW = re.compile(
    r"^[ \t]*\|[ \t]*\n((?:(?![ \t]*\|[ \t]*$)[^\n]*\|[ \t]*(?:\n|\Z)){2,})", re.MULTILINE
)
"""A row of pipes with a line break behind each: a pipe alone, then its cells, a line each."""


def _in_rows(text: str) -> str:
    """Return a text whose rows of pipes were broken behind each pipe with a line a row again."""
    if "|" not in text or sum(1 for _ in _BROKEN_ROW.finditer(text)) < _LEAST_BROKEN:
        return text
    return _BROKEN_ROW.sub(lambda m: "|" + " ".join(m[1].split("\n")).strip() + "\n", text)


_MARKS = re.compile(r"^[ ]{0,3}#{1,6}[ ]+(?=\S)|\*\*|__|(?<![^\s|])['’‘`](?=\d)", re.MULTILINE)
"""Markdown's marks of headings and of bold type, and what a spreadsheet puts before a figure."""
_MAY_MARK = re.compile("[#*_'’‘`]")


def _unmarked(text: str) -> str:
    return _MARKS.sub("", text) if _MAY_MARK.search(text) else text


def grids_of(document: Document) -> list[Grid]:
    """Return the grids of more than one column, in order."""
    return [b for b in document.blocks if isinstance(b, Grid) and b.n_cols > 1]


@dataclass(slots=True, frozen=True)
class Paper:
    """A document as the readers of forms look at it: cut into pieces and folded once for all."""

    grids: tuple[tuple[Grid, tuple[Line, ...]], ...]
    """The grids of more than one column, each with its rows."""
    texts: tuple[tuple[str, str], ...]
    """(text, where), as ``texts_of`` gives them."""
    title: str = ""
    above: tuple[str, ...] = ()
    """Of each grid the last lines of text above it, down from the grid before."""
    recognised: frozenset[str] = frozenset()
    """Where the texts and grids stand that were read from a picture."""

    def is_recognised(self, places: Iterable[str]) -> bool:
        """Tell whether any of the rows that stand at ``places`` was read from a picture."""
        if not self.recognised:
            return False
        return any(where.partition(", row ")[0] in self.recognised for where in places)


def paper_of(document: Document | Paper, *, gathered: bool = True) -> Paper:
    """Return a document as a paper; a paper as it is.

    ``gathered``: tables that are told figure by figure are put together.
    """
    if isinstance(document, Paper):
        return document
    blocks = with_records_gathered(document.blocks) if gathered else document.blocks
    blocks = with_grids_for_shapes(blocks)
    if blocks is not document.blocks:
        document = replace(document, blocks=tuple(blocks))
    shaped = in_shape(grids_of(document))
    grids = tuple((grid, tuple(grid_lines(grid, n))) for n, (_, grid) in enumerate(shaped))
    lines = tuple(_lines_above(document))
    above = tuple(lines[number] for number, _ in shaped)
    texts = tuple(texts_of(document))
    return Paper(grids, texts, document.title or "", above, _recognised(document))


RECOGNISED = "ocr_table"
"""The kind of grids that were read from a picture."""


def _recognised(document: Document) -> frozenset[str]:
    """Return where what was recognised stands: grids, and the texts that any of it is part of.

    Texts are joined as ``texts_of`` joins them, under the place of their first block.
    """
    out: set[str] = set()
    where = ""
    for block in document.blocks:
        if isinstance(block, Grid) and block.n_cols > 1:
            where = ""
            if block.kind == RECOGNISED:
                out.add(block.where)
            continue
        where = where or block.where or "text"
        if block.kind == RECOGNISED if isinstance(block, Grid) else block.recognised:
            out.add(where)
    return frozenset(out)


_LINES_ABOVE = 3


def _lines_above(document: Document) -> Iterator[str]:
    text = ""
    for block in document.blocks:
        if isinstance(block, TextBlock):
            text = f"{text}\n{block.text}"[-_MOST_ABOVE:]
        elif block.n_cols == 1:
            text = "\n".join([text, *(c.text for c in block.cells)])[-_MOST_ABOVE:]
        else:
            lines = [line for line in text.split("\n") if line.strip()]
            above = "\n".join(lines[-_LINES_ABOVE:])
            yield fold(above) if "位" in above else above  # 单位, which few say
            text = ""


_MOST_ABOVE = 400
"""Characters of text above a grid that are looked at."""

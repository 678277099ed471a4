"""The one shape every carrier is read into: text blocks and cell grids in document order.

A reader of HTML, PDF, Word, a sheet or a picture ends here; a reader of forms starts here.
Nothing in this module knows what a report is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    r"""One cell of a grid, at the grid's own coordinates (0-based), spans already placed.

    ``text`` is what the cell prints, inner line breaks kept as ``\n``, outer white space
    (ideographic and no-break spaces included) stripped; an empty cell is ``""``.
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True, frozen=True, kw_only=True)
class Grid:
    """A table whose rows and columns come from the document's own structure.

    Cells are in reading order and do not overlap; a place no cell covers is a hole (a ragged
    row). ``kind``: html_table, div_table, pdf_table, docx_table, sheet, ofd_table, ocr_table,
    text_table.
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    where: str
    """For people: ``table 3``, ``page 2, table 1``, ``sheet 附表``."""
    kind: str = "html_table"
    confidence: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """OCR only: (row, col) to the engine's own score, 0 to 1."""
    printed: str = field(init=False, compare=False, repr=False)
    """The texts of its cells, one below the other: what most questions ask first."""

    def __post_init__(self) -> None:
        """Join the texts once."""
        object.__setattr__(self, "printed", "\n".join([cell[0] for cell in self.cells]))


@dataclass(slots=True, frozen=True, kw_only=True)
class TextBlock:
    r"""A run of text; paragraphs and lines separated by ``\n``, tabs and pipes kept.

    Flattened tables (text exports of reports) stay inside text blocks line by line.
    """

    text: str
    where: str = ""
    heading: bool = False
    recognised: bool = False
    """Read from a picture, whole or in part: no sign of it is certain."""


Block = TextBlock | Grid


@dataclass(slots=True, frozen=True, kw_only=True)
class Link:
    """A link or embedded frame inside the document's own body."""

    url: str
    text: str = ""
    kind: str = "anchor"
    """anchor, iframe, embed, object, image, script."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Document:
    """A document, read: what it prints and what it says of itself.

    ``carrier``: html_table, html_text, pdf_text, pdf_scan, doc, docx, wps, ofd, xls, image,
    flipbook, json_api, text (formats.md 8.1, ``text`` for a flattened text file).
    ``metadata``: meta tags and the index table, names lower-cased (``articletitle``,
    ``siteidcode``, ``sitename``, ``pubdate``, ``contentsource``, ``columnname``, ``索引号``,
    ``发布机构``, ``发布日期`` …).
    """

    carrier: str
    blocks: tuple[Block, ...]
    title: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    breadcrumb: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    charset: str | None = None
    page_text: str = ""
    """All visible text, chrome included: what classification looks at for signs of a mirror or a
    document-sharing site. Equals ``text`` where the carrier has no chrome."""

    name: str | None = None
    """The file's name inside its archive."""
    parts: tuple[Document, ...] = ()
    """Of an archive of several documents: each of them, in the archive's order. The blocks are
    then those of the one that looks most like a report."""
    noticed: tuple[tuple[str, str], ...] = ()
    """What was found or mended while it was read, as (problem code, evidence)."""
    passed_over: tuple[str, ...] = ()
    """What is in the file and a reader of it does not see: hidden sheets and rows, layers that are
    switched off, white text."""
    unread: tuple[str, ...] = ()
    """Members of an archive, or pages, that could not be read, as ``name: code: why``."""
    text: str = field(init=False, compare=False, repr=False)
    """The main text (no grids), blocks joined by line breaks."""

    def __post_init__(self) -> None:
        """Join the text once: every question about a document is asked of it."""
        text = "\n".join([b.text for b in self.blocks if isinstance(b, TextBlock)])
        object.__setattr__(self, "text", text)

"""DOCX: paragraphs and tables of the main text, merged cells placed, lists numbered."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from pipelines.documents import labels
from pipelines.documents.blocks import Block, Cell, Document, Grid, TextBlock
from pipelines.documents.bounds import (
    MAX_CELLS,
    MAX_COLSPAN,
    MAX_FILE_BYTES,
    MAX_TABLE_DEPTH,
    MAX_TABLES,
    check_size,
    too_large,
)
from pipelines.documents.glyphs import mended
from pipelines.documents.layout import is_layout
from pipelines.documents.office.hiding import Hiding
from pipelines.documents.office.numbering import Numbering, W
from pipelines.documents.packages import Package, Parts
from pipelines.documents.pictures import read_pictures
from pipelines.documents.seen import Sight, doubted, settled_cell, settled_line
from pipelines.documents.text import title_among
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import RawFile

_MAIN = "word/document.xml"
_HEAD_LINES = 12
_RELATIONS = "word/_rels/document.xml.rels"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMBEDDED = "word/embeddings/"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_POINTS = re.compile(r"\d{1,4}(?:\.\d{1,4})?pt")
Inner = Callable[[RawFile], Document]
"""Reads a file inside the file."""
_SHORT = 200
"""Characters; with less text than this the pictures of a file are its content."""
_ICON = 20_000
"""Bytes; a smaller picture is no page."""
_JOINS = tuple(".0123456789")
"""What a number may end with to be taken for the head of the figure behind it."""
_MAX_STYLES = 20
"""Styles based on one another at most."""
_SLIVER = 90
"""Twentieths of a point; no column narrower than 4.5 points holds a character."""
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved-away text, field codes, and the older copy of a drawing are not printed.
_UNPRINTED = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{_MC}Fallback", f"{W}rPr"}
    | {f"{W}rt"}  # how a sign is spoken, in small type above it: no part of the line
    | {f"{W}pPr", f"{W}tblPr", f"{W}tblGrid", f"{W}trPr", f"{W}tcPr", f"{W}sectPr"}
)
_NO_ROW = ("del", "hidden")
_EDGES = " \t\n\u3000"


def read_docx(raw: RawFile, carrier: str = "docx", read_inner: Inner | None = None) -> Document:
    """Read a Word file; what other files it is put together of, with ``read_inner``.

    Raises:
        DocumentError: ``document/malformed``, ``document/encrypted``, ``document/too-large``,
            ``document/empty``.
    """
    check_size(raw.body, MAX_FILE_BYTES)
    if raw.body.startswith(b"\xd0\xcf\x11\xe0"):
        # Office wraps a protected DOCX into an OLE2 file.
        raise DocumentError("document/encrypted", "an Office file protected by a password")
    return read_parts(Package(raw.body), carrier, read_inner)


def read_parts(package: Parts, carrier: str, read_inner: Inner | None = None) -> Document:
    """Read a Word file taken apart (see ``read_docx``)."""
    main = package.xml(_main_part(package))
    reader = _Reader(package, main, read_inner)
    body = main.find(f"{W}body")
    blocks = tuple(reader.blocks(body if body is not None else main))
    if _is_short(blocks) and (pictures := _pictures(package, main)):
        return replace(read_pictures(pictures), carrier="image")  # scans put into a Word file
    if not any(isinstance(block, Grid) for block in blocks):
        blocks = (*blocks, *reader.embedded())
    if not blocks:
        raise DocumentError("document/empty", "; ".join(reader.unread) or "no text in the file")
    lines = [line for b in blocks if isinstance(b, TextBlock) for line in b.text.split("\n")]
    head = [line.strip(_EDGES) for line in lines if line.strip(_EDGES)][:_HEAD_LINES]
    return Document(
        carrier=carrier,
        blocks=blocks,
        title=title_among(head),
        unread=tuple(reader.unread),
        passed_over=reader.passed_over(),
        metadata=labels.merged(labels.from_line(line) for line in head),
        page_text="\n".join(
            b.text if isinstance(b, TextBlock) else "\n".join(c.text for c in b.cells)
            for b in blocks
        ),
    )


def _main_part(package: Parts) -> str:
    if _MAIN in package.names:
        return _MAIN
    # Some programs name the part otherwise (document2.xml); it is the one beside the styles.
    named = [n for n in package.names if n.startswith("word/document") and n.endswith(".xml")]
    if not named:
        raise DocumentError("document/malformed", "a Word file without its main part")
    return named[0]


def _is_short(blocks: tuple[Block, ...]) -> bool:
    text = sum(len(block.text) for block in blocks if isinstance(block, TextBlock))
    return text < _SHORT and not any(isinstance(block, Grid) for block in blocks)


def _pictures(package: Parts, main: etree._Element) -> list[bytes]:
    """Return the large pictures of the main text in order."""
    targets = _targets(package)
    used = (blip.get(f"{_R}embed") for blip in main.iter("{*}blip"))
    names = dict.fromkeys(targets[r] for r in used if r in targets)
    bodies = (package.read(name) for name in names if name in package.names)
    return [body for body in bodies if len(body) > _ICON]


def _targets(package: Parts) -> dict[str, str]:
    """Return the parts the main text names, by the name it has for them."""
    if _RELATIONS not in package.names:
        return {}
    named = {r.get("Id") or "": r.get("Target") or "" for r in package.xml(_RELATIONS)}
    return {
        key: target.lstrip("/") if target.startswith("/") else posixpath.join("word", target)
        for key, target in named.items()
    }


class _Reader:
    """Walks the main text; holds the list counters and the table count of one document."""

    def __init__(self, package: Parts, main: etree._Element, read_inner: Inner | None) -> None:
        def part(name: str) -> etree._Element | None:
            return package.xml(name) if name in package.names else None

        styles = part("word/styles.xml")
        self.numbering = Numbering(part("word/numbering.xml"), styles)
        self.hiding = Hiding(main, styles)
        self.raised = _styles_that(_raises, styles)
        self.package, self.read_inner = package, read_inner
        self.unread: list[str] = []
        """Files it is put together of that could not be read."""
        self.unseen: set[etree._Element] = set()
        """Runs, rows and deletions that hold figures and are not seen."""
        self.tables = 0
        self.cells = 0

    def passed_over(self) -> tuple[str, ...]:
        """Return what of the text is not seen."""
        count = len(self.unseen)
        return (f"{count} hidden, struck or deleted places with figures",) if count else ()

    def _leave_out(self, node: etree._Element) -> None:
        texts = (str(text.text or "") for text in node.iter(f"{W}t", f"{W}delText"))
        if any(map(str.isdigit, "".join(texts))):
            self.unseen.add(node)

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a body or of a layout cell."""
        lines: list[str] = []
        for item in self._flow(container, 0):
            if not isinstance(item, str):
                if lines:
                    yield TextBlock(text="\n".join(lines))
                    lines = []
                yield item
            else:
                lines.append(item)
        if lines:
            yield TextBlock(text="\n".join(lines))

    def _flow(self, container: etree._Element, depth: int) -> Iterator[str | Block]:
        for child in _children(container):
            if child.tag == f"{W}altChunk":
                yield from self._inner(child)
            elif child.tag == f"{W}p":
                yield from (
                    settled_line(line) for line in self.paragraph(child) if line.strip(_EDGES)
                )
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)

    def embedded(self) -> Iterator[Block]:
        """Yield the blocks of the workbooks that stand in the text as objects, in their order."""
        for name in _targets(self.package).values():
            if name.startswith(_EMBEDDED) and name in self.package.names:
                yield from self._of_file(name)

    def _inner(self, chunk: etree._Element) -> Iterator[Block]:
        """Yield the blocks of a file that Word takes in when it opens this one (HTML, MHT …)."""
        named = chunk.get(f"{_R}id") or ""
        yield from self._of_file(_targets(self.package).get(named, named))

    def _of_file(self, name: str) -> Iterator[Block]:
        if self.read_inner is None or name not in self.package.names:
            self.unread.append(f"{name}: document/unsupported: a file inside the file")
            return
        try:
            document = self.read_inner(RawFile(body=self.package.read(name), filename=name))
        except DocumentError as error:
            self.unread.append(f"{name}: {error.code}: {error}")
            return
        self.unread += document.unread
        yield from document.blocks

    def _table(self, table: etree._Element, depth: int) -> Iterator[str | Block]:
        if depth > MAX_TABLE_DEPTH:
            raise too_large(f"tables nested {depth} deep")
        self.tables += 1
        if self.tables > MAX_TABLES:
            raise too_large(f"more than {MAX_TABLES} tables")
        inner = next(table.iterdescendants(f"{W}tbl"), None)
        if inner is None or not _mostly_tables(table):
            counted = self.numbering.counts()
            grid = self._grid(table, f"table {self.tables}")
            if not is_layout(grid):
                if any(cell.text for cell in grid.cells):
                    yield grid
                return
            self.numbering.restore(counted)  # its paragraphs are read once more below
        for row in _rows(table):
            for cell in _cells(row):
                yield from self._flow(cell, depth + 1)

    def _grid(self, table: etree._Element, where: str) -> Grid:
        cells: list[Cell] = []
        # column -> index in ``cells`` of the vertically merged cell that is open there
        open_at: dict[int, int] = {}
        n_cols = 0
        rows = list(_rows(table))
        shown = set(rows)
        for row in _nearest(table, f"{W}tr"):
            if row not in shown:
                self._leave_out(row)
        for r, row in enumerate(rows):
            col = _skipped_columns(row)
            now: dict[int, int] = {}
            sight = self.hiding.of_row(row)
            if sight is Sight.UNSEEN:
                self._leave_out(row)
            for element in _cells(row):
                width, merge = _span(element)
                above = open_at.get(col)
                if merge == "continue" and above is not None and cells[above].colspan == width:
                    cells[above] = cells[above]._replace(rowspan=r - cells[above].row + 1)
                    now[col] = above
                else:
                    text = "" if sight is Sight.UNSEEN else self._text(element)
                    if sight is Sight.DOUBTED:
                        text = settled_cell(doubted(text))
                    cells.append(Cell(text=text, row=r, col=col, colspan=width))
                    if merge is not None:
                        now[col] = len(cells) - 1
                col += width
            open_at = now
            n_cols = max(n_cols, col)
            if len(cells) + self.cells > MAX_CELLS:
                raise too_large(f"more than {MAX_CELLS} cells")
        self.cells += len(cells)
        cells, n_cols = _without_slivers(cells, n_cols, _column_edges(table))
        return Grid(
            cells=tuple(cells), n_rows=len(rows), n_cols=n_cols, where=where, kind="docx_table"
        )

    def _text(self, cell: etree._Element) -> str:
        lines = [
            line.strip(_EDGES)
            for paragraph in _paragraphs(cell)
            for line in self.paragraph(paragraph)
        ]
        return settled_cell("\n".join(line for line in lines if line))

    def paragraph(self, paragraph: etree._Element) -> list[str]:
        """Return the lines of a paragraph, its list number first, text boxes in it last."""
        number = self.numbering.label(paragraph)
        parts: list[str] = []
        boxes: list[str] = []
        asks = not self.hiding.says_nothing
        in_doubt: set[etree._Element | None] = set()
        stack = list(reversed(paragraph))
        while stack:
            node = stack.pop()
            tag = node.tag
            if tag in _UNPRINTED or not isinstance(tag, str):
                if tag == f"{W}del":
                    self._leave_out(node)
                continue
            if tag == f"{W}r" and asks:
                sight, gap = self.hiding.of_run(node)
                if sight is Sight.UNSEEN:
                    self._leave_out(node)
                    parts.append(" " if gap else "")
                    continue
                if sight is Sight.DOUBTED:
                    in_doubt.add(node)
            if tag == f"{W}txbxContent":
                boxes += [line for p in _paragraphs(node) for line in self.paragraph(p)]
            elif tag == f"{W}t":
                said = self._raised(node)
                parts.append(doubted(said) if node.getparent() in in_doubt else said)
            elif tag == f"{_MATH}oMath":
                parts.append(_equation(node))
            elif tag in {f"{W}tab", f"{W}ptab"}:
                parts.append("\t")
            elif tag in {f"{W}br", f"{W}cr"}:
                parts.append("\n")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            else:
                stack.extend(reversed(node))
        text = mended("".join(parts))
        # Word sets the number of a list apart: it must not become the head of a bare figure, to
        # which a blank would join it (2. 0).
        apart = " | " if number[-1:] in _JOINS and text.strip().isdigit() else ""
        text = f"{number}{apart}{text}"
        return [*text.split("\n"), *(box for box in boxes if box.strip(_EDGES))]

    def _raised(self, text: etree._Element) -> str:
        """Return a run's text; a raised figure as ``^1``, so that it joins no figure before it."""
        value, run = text.text or "", text.getparent()
        if value.strip().isdigit() and run is not None and _says(_raises, run, self.raised):
            return f"^{value}"
        return value


def _equation(equation: etree._Element) -> str:
    """Return what an equation prints; of one with powers or fractions only that it is there."""
    text = "".join(str(part.text or "") for part in equation.iter(f"{_MATH}t"))
    plain = all(child.tag == f"{_MATH}r" for child in equation if isinstance(child.tag, str))
    return text if plain else doubted(text)


_Asks = Callable[..., bool | None]
"""A question about the properties of a run or style; None where they leave it open."""


def _raises(properties: etree._Element) -> bool | None:
    place = properties.find(f"{W}vertAlign")
    if place is not None:
        return place.get(f"{W}val") == "superscript"
    return True if _number(properties.find(f"{W}position")) > 0 else None


def _says(asks: _Asks, run: etree._Element, styles: frozenset[str]) -> bool:
    """Whether a run's own properties, or else its style, say so."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    own = asks(properties)
    if own is not None or not styles:
        return bool(own)
    style = properties.find(f"{W}rStyle")
    return style is not None and style.get(f"{W}val") in styles


def _styles_that(asks: _Asks, styles: etree._Element | None) -> frozenset[str]:
    """Return the ids of the styles that say so, themselves or by one they are based on."""
    based: dict[str, str | None] = {}
    said: dict[str, bool] = {}
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        name = style.get(f"{W}styleId") or ""
        parent = style.find(f"{W}basedOn")
        based[name] = parent.get(f"{W}val") if parent is not None else None
        properties = style.find(f"{W}rPr")
        own = asks(properties) if properties is not None else None
        if own is not None:
            said[name] = own
    if not any(said.values()):
        return frozenset()
    return frozenset(name for name in based if _inherited(name, based, said))


def _inherited(name: str, based: dict[str, str | None], said: dict[str, bool]) -> bool:
    at: str | None = name
    for _ in range(_MAX_STYLES):
        if at is None or at in said:
            break
        at = based.get(at)
    return at is not None and said.get(at, False)


def _children(container: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, looking through content controls and tracked insertions."""
    for child in container:
        if child.tag in {f"{W}p", f"{W}tbl", f"{W}altChunk"}:
            yield child
        elif child.tag not in _UNPRINTED and isinstance(child.tag, str):
            yield from _children(child)


def _paragraphs(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of a cell or text box, those of tables in it too, boxes left aside."""
    for child in _children(container):
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}tbl":
            for row in _rows(child):
                for cell in _cells(row):
                    yield from _paragraphs(cell)


def _column_edges(table: etree._Element) -> list[int]:
    """Return where the table's columns begin and end, in twentieths of a point."""
    edges = [0]
    for column in table.iterfind(f"{W}tblGrid/{W}gridCol"):
        edges.append(edges[-1] + _twentieths(column.get(f"{W}w") or ""))
    return edges


def _twentieths(width: str) -> int:
    """Return a length in twentieths of a point; strict files write points (``99.25pt``)."""
    if width.endswith("pt") and _POINTS.fullmatch(width):
        return round(float(width[:-2]) * 20)
    return int(width) if width.isdigit() and len(width) < 6 else 0


def _without_slivers(cells: list[Cell], n_cols: int, edges: list[int]) -> tuple[list[Cell], int]:
    """Take column lines that lie next to each other as one.

    Where rows were drawn or converted apart their lines miss each other by a hair, and Word
    counts a column between them that nobody sees; every cell beside it has a span too many.
    """
    if len(edges) != n_cols + 1:
        return cells, n_cols
    place = [0]
    for before, after in pairwise(edges):
        place.append(place[-1] + (after - before >= _SLIVER))
    moved = [
        cell._replace(
            col=place[cell.col],
            colspan=place[cell.col + cell.colspan] - place[cell.col],
        )
        for cell in cells
    ]
    if any(cell.colspan < 1 for cell in moved):
        return cells, n_cols
    return moved, place[-1]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _nearest(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        # Deleted, the change not yet accepted; or hidden with all that is in it.
        if properties is None or not any(properties.find(f"{W}{m}") is not None for m in _NO_ROW):
            yield row


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in _nearest(row, f"{W}tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield cell


def _nearest(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            yield from _nearest(child, tag)


def _mostly_tables(table: etree._Element) -> bool:
    nested = {c for t in table.iterdescendants(f"{W}tbl") for c in t.iter(f"{W}tc")}
    return len(nested) * 2 >= sum(1 for _ in table.iter(f"{W}tc"))


def _skipped_columns(row: etree._Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return _number(before)


def _span(cell: etree._Element) -> tuple[int, str | None]:
    """Return a cell's width and its part in a vertical merge (restart, continue, None)."""
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return 1, None
    width = max(1, min(_number(properties.find(f"{W}gridSpan")), MAX_COLSPAN))
    merge = properties.find(f"{W}vMerge")
    if merge is None:
        return width, None
    return width, merge.get(f"{W}val") or "continue"


def _number(element: etree._Element | None) -> int:
    value = element.get(f"{W}val") if element is not None else None
    return int(value) if value is not None and value.isdigit() and len(value) < 6 else 0

"""Pages to a document: tables joined over page breaks, text around them, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.documents import labels
from pipelines.documents.blocks import Block, Document, Grid, TextBlock
from pipelines.documents.layout import is_layout
from pipelines.documents.paged.lines import Line, lines_of, paragraphs, running
from pipelines.documents.paged.page import PageContent
from pipelines.documents.paged.tables import Piece, continues, joined, pieces_of
from pipelines.documents.paged.unruled import unruled_pieces
from pipelines.documents.text import title_among
from pipelines.vocabulary.report_titles import speaks_of_report

_HEAD_LINES = 12


def document_of_pages(pages: Sequence[PageContent], carrier: str, kind: str) -> Document:
    """Return the document that pages make up.

    ``kind`` is what its grids are called; those of recognised pages are ``ocr_table``.
    """
    seen = frozenset(page.number for page in pages if page.recognised)
    read = _read(pages)
    repeated = running([lines for lines, _ in read])
    flow: list[Line | Piece] = []
    for lines, pieces in read:
        on_page: list[Line | Piece] = [*(x for x in lines if x.text not in repeated), *pieces]
        on_page.sort(key=lambda item: item.top)
        for item in on_page:
            last = flow[-1] if flow else None
            if isinstance(item, Piece) and isinstance(last, Piece):
                end = last.more[-1] if last.more else last
                if item.page == end.page + 1 and continues(last, item):
                    last.more.append(item)
                    continue
            flow.append(item)
    blocks = tuple(_blocks(flow, kind, seen))
    head = [item for item in flow[:_HEAD_LINES] if isinstance(item, Line)]
    return Document(
        carrier=carrier,
        blocks=blocks,
        title=_title(head),
        metadata=labels.merged(labels.from_line(line.text) for line in head),
        page_text="\n".join(
            block.text if isinstance(block, TextBlock) else _grid_text(block) for block in blocks
        ),
    )


def _read(pages: Sequence[PageContent]) -> list[tuple[list[Line], list[Piece]]]:
    """Return the lines and the tables of each page, those with rulings and those without."""
    ruled = [
        [piece for piece in pieces_of(page) if not is_layout(joined(piece, ""))] for page in pages
    ]
    bare = unruled_pieces(pages, [[piece.box for piece in pieces] for pieces in ruled])
    both = [[*pieces, *more] for pieces, more in zip(ruled, bare, strict=True)]
    return [
        (lines_of(page, [piece.box for piece in pieces]), pieces)
        for page, pieces in zip(pages, both, strict=True)
    ]


def _blocks(flow: list[Line | Piece], kind: str, seen: frozenset[int]) -> Iterator[Block]:
    body = [item for item in flow if isinstance(item, Line)]
    left = min((line.x0 for line in body), default=0.0)
    right = max((line.x1 for line in body), default=0.0)
    run: list[Line] = []
    tables: dict[int, int] = {}
    for item in flow:
        if isinstance(item, Line):
            run.append(item)
            continue
        if run:
            yield _text_block(run, left, right, seen)
            run = []
        tables[item.page] = tables.get(item.page, 0) + 1
        of_picture = not seen.isdisjoint({item.page, *(more.page for more in item.more)})
        where = f"page {item.page}, table {tables[item.page]}"
        yield joined(item, where, "ocr_table" if of_picture else kind)
    if run:
        yield _text_block(run, left, right, seen)


def _text_block(run: list[Line], left: float, right: float, seen: frozenset[int]) -> TextBlock:
    return TextBlock(
        text="\n".join(paragraphs(run, left, right)),
        where=f"page {run[0].page}",
        recognised=any(line.page in seen for line in run),
    )


def _title(head: list[Line]) -> str | None:
    """Return the lines set largest at the start of the document, joined."""
    if not head:
        return None
    largest = max(line.size for line in head)
    start = next(i for i, line in enumerate(head) if line.size >= 0.9 * largest)
    big: list[str] = []
    for line in head[start:]:
        if line.size < 0.9 * largest:
            break
        big.append(line.text)
    title = "".join("".join(big).split())
    if speaks_of_report(title) and len(title) <= 80:
        return title
    return title_among([line.text for line in head])


def _grid_text(grid: Grid) -> str:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", ""))
    return "\n".join("\t".join(row) for row in rows.values())

"""Fixtures: correct reports of the demo's world in every carrier, and grids and texts by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from crawler.demo.tables import Table, TableCell, table_four, table_three, table_two, tables_of
from crawler.demo.world import DIVISIONS, Number, ReportTruth, history, organs, truth
from pipelines.documents import read_document
from pipelines.documents.blocks import Block, Cell, Document, Grid, TextBlock
from pipelines.vocabulary.items import RawFile

REPORTS = tuple(r for d in DIVISIONS.values() for o in organs(d)[:1] for r in history(o, 2023))
OLD = next(r for r in REPORTS if (r.t2_form, r.t3_form) == ("v2019", "v2019"))
HYBRID = next(r for r in REPORTS if (r.t2_form, r.t3_form) == ("v2021", "v2019"))
NEW = next(r for r in REPORTS if (r.t2_form, r.t3_form) == ("v2021", "v2021"))


def text_document(text: str) -> Document:
    """Return a text as the reader of text files gives it."""
    return read_document(RawFile(body=text.encode(), filename="report.txt"))


def html_document(body: str) -> Document:
    """Return HTML as the reader of pages gives it."""
    page = f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'
    return read_document(RawFile(body=page.encode(), filename="report.html"))


def grid(rows: Sequence[Sequence[str | None]], kind: str = "html_table") -> Grid:
    """Return a grid of plain cells; None is a hole."""
    cells = tuple(
        Cell(text=text, row=r, col=c)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
    )
    width = max(len(row) for row in rows)
    return Grid(cells=cells, n_rows=len(rows), n_cols=width, where="table 1", kind=kind)


def grid_of(table: Table, kind: str = "html_table") -> Grid:
    """Return a laid-out table as a grid."""
    cells = tuple(
        Cell(text=c.text, row=r, col=col, rowspan=c.rowspan, colspan=c.colspan)
        for r, col, c in table.placed()
    )
    return Grid(cells=cells, n_rows=len(table.rows), n_cols=table.width, where="table 1", kind=kind)


def document(*blocks: Block | Table | str) -> Document:
    """Return a document of blocks; texts and laid-out tables become blocks."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, str):
            out.append(TextBlock(text=block))
        else:
            out.append(grid_of(block) if isinstance(block, Table) else block)
    return Document(carrier="html_table", blocks=tuple(out))


Printer = Callable[[str, Number], str]


def printed(report: ReportTruth, **cells: str) -> Printer:
    """Return a printer that prints the report's figures, but for the cells named."""

    def show(field: str, value: Number) -> str:
        return cells.get(field, str(value))

    assert set(cells) <= set(truth(report))
    return show


def three(report: ReportTruth, **cells: str) -> Table:
    """Return table three of a report, some cells printed otherwise."""
    return table_three(report.t3_form, report.values, printed(report, **cells))


def two(report: ReportTruth, **cells: str) -> Table:
    """Return table two of a report, some cells printed otherwise."""
    return table_two(report.t2_form, report.values, printed(report, **cells))


def four(report: ReportTruth, **cells: str) -> Table:
    """Return table four of a report, some cells printed otherwise."""
    return table_four(report.values, printed(report, **cells))


def only(report: ReportTruth, table: str) -> Mapping[str, Number]:
    """Return what one table of a report says."""
    return {f: v for f, v in truth(report).items() if f.startswith(f"{table}_")}


def without(table: Table, drop: Callable[[int, TableCell], bool]) -> Table:
    """Return a table less the cells a rule picks; the rest of each row moves up."""
    rows = tuple(tuple(c for c in row if not drop(r, c)) for r, row in enumerate(table.rows))
    return Table(table.name, rows, table.width)


__all__ = [
    "HYBRID", "NEW", "OLD", "REPORTS", "document", "four", "grid", "grid_of", "html_document",
    "only", "tables_of", "text_document", "three", "truth", "two", "without",
]  # fmt: skip

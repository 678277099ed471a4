"""Helpers: the demo world's reports as expected grids, documents in short form."""

from __future__ import annotations

from crawler.demo.tables import Table, tables_of
from crawler.demo.world import DIVISIONS, ReportTruth, history, organs
from pipelines.documents import read_document
from pipelines.documents.blocks import Document, Grid
from pipelines.vocabulary.items import RawFile

URL = "https://www.qingyu.gov.cn/zwgk/zfxxgknb/202401/t20240120_1.html"


def some_report(number: int = 4, code: str = "990121") -> ReportTruth:
    return history(organs(DIVISIONS[code])[0])[number]


def read(markup: str | bytes, content_type: str | None = "text/html", **known: str) -> Document:
    body = markup.encode() if isinstance(markup, str) else markup
    known.setdefault("url", URL)
    return read_document(RawFile(body=body, content_type=content_type, **known))


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def bare(text: str) -> str:
    return "".join(text.split())


def placed(grid: Grid) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(c.row, c.col): (bare(c.text), c.rowspan, c.colspan) for c in grid.cells}


def expected(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(r, c): (bare(cell.text), cell.rowspan, cell.colspan) for r, c, cell in table.placed()}


def expected_grids(report: ReportTruth) -> list[dict[tuple[int, int], tuple[str, int, int]]]:
    return [expected(table) for table in tables_of(report)]


def rows_of(grid: Grid) -> list[list[str]]:
    out: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        out[cell.row].append(cell.text)
    return out

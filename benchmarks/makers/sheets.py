"""Workbooks: one sheet with everything (xlsxwriter), a sheet a table (openpyxl)."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.tables import tables_of
from crawler.demo.world import ReportTruth


def _value(text: str, *, figure: bool) -> Any:
    return float(text) if figure and text else text


def one_sheet(report: ReportTruth) -> bytes:
    """Return a workbook whose only sheet holds title, text and tables one below the other.

    Figures are numbers, cells merged as the form prints them.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("年报")
    prose = prose_of(report)
    sheet.write(0, 0, report.title)
    row = 2
    for text in prose.opening:
        sheet.write(row, 0, text)
        row += 1
    for number, heading in enumerate(HEADINGS):
        sheet.write(row, 0, heading)
        row += 1
        for text in prose.parts[number]:
            sheet.write(row, 0, text)
            row += 1
        if not 1 <= number <= 3:
            continue
        table = tables_of(report)[number - 1]
        for r, c, cell in table.placed():
            value = _value(cell.text, figure=cell.field is not None)
            if cell.rowspan > 1 or cell.colspan > 1:
                end = (row + r + cell.rowspan - 1, c + cell.colspan - 1)
                sheet.merge_range(row + r, c, *end, value)
            else:
                sheet.write(row + r, c, value)
        row += len(table.rows) + 1
    book.close()
    return out.getvalue()


def sheet_a_table(report: ReportTruth) -> bytes:
    """Return a workbook with a sheet a table, figures as text, as copied from a web page."""
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 - installed for tests and benches only

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in enumerate(tables_of(report)):
        sheet = book.create_sheet(f"附表{number + 1}")
        sheet.cell(1, 1, report.title)
        sheet.cell(2, 1, HEADINGS[number + 1])
        for r, c, cell in table.placed():
            sheet.cell(r + 3, c + 1, cell.text)
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_cells(
                    start_row=r + 3,
                    start_column=c + 1,
                    end_row=r + 2 + cell.rowspan,
                    end_column=c + cell.colspan,
                )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

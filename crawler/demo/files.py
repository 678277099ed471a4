"""Reports as files: PDF with ruled tables and real text, Word with merged cells, pictures."""

from __future__ import annotations

import contextlib
import io
import zipfile
from functools import cache
from html import escape
from typing import Any

import docx
import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.tables import Table, tables_of
from crawler.demo.world import ReportTruth

_FONT = "STSong-Light"

# -- PDF -------------------------------------------------------------------------------------


def render_pdf(report: ReportTruth, *, ruled: bool = True) -> bytes:
    """Return the report as a PDF with tables, ``ruled`` or without one line, and real text.

    The font is one of the CID fonts every PDF reader brings along, so none is shipped here.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    text = ParagraphStyle(
        "text", fontName=_FONT, fontSize=11, leading=17, firstLineIndent=22, wordWrap="CJK"
    )
    small = ParagraphStyle("cell", fontName=_FONT, fontSize=7.5, leading=9, wordWrap="CJK")
    head = ParagraphStyle(
        "head", parent=text, fontSize=16, leading=24, firstLineIndent=0, alignment=1
    )
    room = A4[0] - 80

    def widths(table: Table) -> list[float]:
        if table.name != "t3":
            return [room / table.width] * table.width
        labels = [62.0, 62.0, 112.0]
        return labels + [(room - sum(labels)) / 7] * 7

    def draw(table: Table) -> Any:
        grid: list[list[Any]] = [[""] * table.width for _ in table.rows]
        style: list[tuple[Any, ...]] = [
            *([("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
        for r, c, cell in table.placed():
            grid[r][c] = Paragraph(escape(cell.text), small)
            if cell.rowspan > 1 or cell.colspan > 1:
                style.append(("SPAN", (c, r), (c + cell.colspan - 1, r + cell.rowspan - 1)))
        return PdfTable(grid, colWidths=widths(table), style=style)

    prose = prose_of(report)
    tables = tables_of(report)
    story: list[Any] = [Paragraph(escape(report.title), head), Spacer(1, 12)]
    story += [Paragraph(escape(t), text) for t in prose.opening]
    for number, heading in enumerate(HEADINGS):
        story.append(Paragraph(f"<b>{escape(heading)}</b>", text))
        story += [Paragraph(escape(t), text) for t in prose.parts[number]]
        if 1 <= number <= 3:
            story += [draw(tables[number - 1]), Spacer(1, 8)]
    out = io.BytesIO()
    # invariant: no creation date and no random id in the file.
    SimpleDocTemplate(
        out, pagesize=A4, leftMargin=40, rightMargin=40, title=report.title, invariant=1
    ).build(story)
    return out.getvalue()


# -- Word ------------------------------------------------------------------------------------


def _still(body: bytes) -> bytes:
    """Return the same ZIP with one fixed date on all its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            new.writestr(info, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def render_docx(report: ReportTruth, *, ruled: bool = True) -> bytes:
    """Return the report as a Word file with merged cells, with or without borders."""
    document = docx.Document()
    document.add_heading(report.title, level=1)
    prose = prose_of(report)
    tables = tables_of(report)
    for text in prose.opening:
        document.add_paragraph(text)
    for number, heading in enumerate(HEADINGS):
        document.add_paragraph(heading)
        for text in prose.parts[number]:
            document.add_paragraph(text)
        if 1 <= number <= 3:
            table = tables[number - 1]
            drawn = document.add_table(rows=len(table.rows), cols=table.width)
            drawn.style = "Table Grid" if ruled else "Normal Table"
            for r, c, cell in table.placed():
                place = drawn.cell(r, c)
                if cell.rowspan > 1 or cell.colspan > 1:
                    place = place.merge(drawn.cell(r + cell.rowspan - 1, c + cell.colspan - 1))
                place.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return _still(out.getvalue())


# -- pictures --------------------------------------------------------------------------------


def _pages_drawn(pdf: bytes, dpi: int) -> list[Image.Image]:
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]


def render_png(report: ReportTruth, dpi: int = 150) -> tuple[bytes, ...]:
    """Return the report as pictures of its pages, as scanners and screenshots give them."""
    out = []
    for page in _pages_drawn(render_pdf(report), dpi):
        file = io.BytesIO()
        page.save(file, "PNG")
        out.append(file.getvalue())
    return tuple(out)


@cache
def can_draw_pictures() -> bool:
    """Tell whether this machine has a font with Chinese characters to draw pictures with."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(40, 40), invariant=1)
    canvas.setFont(_FONT, 30)
    canvas.drawString(5, 5, "国")
    canvas.save()
    (page,) = _pages_drawn(file.getvalue(), 72)
    darkest, _ = page.getextrema()
    return isinstance(darkest, int) and darkest < 128

"""Reports drawn in the carriers and looks they come in: HTML, flattened text, PDF, Word.

Every function takes a ``ReportTruth`` and is a pure function of it: the same report gives the
same bytes on every machine, so a second crawl finds nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from crawler.demo.files import render_docx, render_pdf, render_png
from crawler.demo.prose import HEADINGS, prose_of
from crawler.demo.tables import Table, TableCell, blank_for_zero, plain_number, tables_of
from crawler.demo.world import APPLICANTS, ReportTruth, truth

__all__ = [
    "LAYOUTS",
    "LOOKS",
    "render_body",
    "render_docx",
    "render_html",
    "render_pdf",
    "render_png",
    "render_table_html",
    "render_table_text",
    "render_text",
    "truth",
]

LOOKS = ("clean", "word", "spans", "blank")
"""``clean``; ``word``: markup as Word exports it; ``spans``: row and column spans that lie;
``blank``: nothing printed for the zeros of table three's applicants."""

LAYOUTS = ("tab", "lines", "pipes", "pipe_lines", "six", "lost")
"""Texts with flattened tables (formats 5.4): tab-separated rows; one cell a line; pipe rows
without the spanned labels; one cell a line between lone pipes; rows of which the 其他 column is
lost; no tables at all."""


# -- HTML ------------------------------------------------------------------------------------


def _clean_cell(cell: TableCell, text: str) -> str:
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    align = "center" if cell.field else "left"
    return f'<td{spans} style="border:1px solid #333;text-align:{align}">{escape(text)}</td>'


def _word_cell(cell: TableCell, text: str) -> str:
    spans = (f" rowspan={cell.rowspan}" if cell.rowspan > 1 else "") + (
        f" colspan={cell.colspan}" if cell.colspan > 1 else ""
    )
    # Word breaks runs where the typist paused, and pads figures with no-break spaces.
    half = len(text) // 2
    runs = (text,) if cell.field or half < 2 else (text[:half], text[half:])
    inner = "".join(
        f"<span lang=EN-US style='font-size:9.0pt;font-family:宋体;mso-bidi-font-family:宋体'>"
        f"{escape(run)}</span>"
        for run in runs
    )
    pad = "&nbsp;" if cell.field else ""
    return (
        f"<td width={40 * cell.colspan}{spans} style='border:solid windowtext 1.0pt;"
        f"mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>"
        f"<p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'>"
        f"{pad}{inner}{pad}<o:p></o:p></p></td>"
    )


def _lying_spans(table: Table) -> Table:
    """Let 三、本年度办理结果 reach one row too far and the heading over 申请人 end too early."""
    if table.name != "t3":
        return table

    def bend(cell: TableCell) -> TableCell:
        if cell.text.startswith("三、"):
            return TableCell(cell.text, cell.colspan, cell.rowspan + 1)
        if cell.text == "申请人情况":
            return TableCell(cell.text, cell.colspan - 1, cell.rowspan)
        return cell

    return Table(table.name, tuple(tuple(bend(c) for c in row) for row in table.rows), table.width)


def _html_table(table: Table, draw: Callable[[TableCell, str], str], attributes: str) -> str:
    lines = [
        "<tr>" + "".join(draw(cell, cell.text) for cell in row) + "</tr>" for row in table.rows
    ]
    return f"<table {attributes}><tbody>\n" + "\n".join(lines) + "\n</tbody></table>"


def render_table_html(table: Table, look: str = "clean") -> str:
    """Return one table as HTML, ``clean`` or as ``word`` exports it."""
    if look == "word":
        attributes = "class=MsoNormalTable border=0 cellspacing=0 cellpadding=0"
        return _html_table(table, _word_cell, attributes)
    return _html_table(table, _clean_cell, 'border="1" cellspacing="0" width="100%"')


def render_table_text(table: Table, layout: str) -> str:
    """Return one table as flattened text, in one of ``LAYOUTS``."""
    return _flatten(table, layout)


def render_body(report: ReportTruth, look: str = "clean") -> str:
    """Return the report's own HTML without a page around it, in one of ``LOOKS``."""
    if look not in LOOKS:
        msg = f"unknown look {look!r}, one of {LOOKS}"
        raise ValueError(msg)
    show = blank_for_zero if look == "blank" else plain_number
    tables = tables_of(report, show)
    prose = prose_of(report)
    if look == "word":
        attributes = "class=MsoNormalTable border=0 cellspacing=0 cellpadding=0"
        drawn = [_html_table(t, _word_cell, attributes) for t in tables]
        drawn = [f"<div align=center>{t}</div>" for t in drawn]

        def paragraph(text: str, bold: bool = False) -> str:
            weight = "font-weight:bold;" if bold else ""
            return (
                f"<p class=MsoNormal style='text-indent:32.0pt;{weight}'><span style='font-size:"
                f"16.0pt;font-family:仿宋_GB2312'>{escape(text)}<o:p></o:p></span></p>"
            )
    else:
        if look == "spans":
            tables = tuple(_lying_spans(t) for t in tables)  # type: ignore[assignment]  # still three
        attributes = 'border="1" cellspacing="0" width="100%"'
        drawn = [_html_table(t, _clean_cell, attributes) for t in tables]

        def paragraph(text: str, bold: bool = False) -> str:
            inner = f"<strong>{escape(text)}</strong>" if bold else escape(text)
            return f'<p style="text-indent:2em">　　{inner}</p>'

    out = [paragraph(text) for text in prose.opening]
    for number, heading in enumerate(HEADINGS):
        out.append(paragraph(heading, bold=True))
        out += [paragraph(text) for text in prose.parts[number]]
        if 1 <= number <= 3:
            out.append(drawn[number - 1])
    return "\n".join(out)


def render_html(report: ReportTruth, look: str = "clean") -> str:
    """Return the report as a bare page of its own, nothing else on it."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(report.title)}</title></head><body>\n"
        f"<h1>{escape(report.title)}</h1>\n{render_body(report, look)}\n</body></html>\n"
    )


# -- text ------------------------------------------------------------------------------------

_NBSP = "\u00a0"


def _text_rows(table: Table, *, lose_other: bool) -> list[list[str]]:
    """Return the cells of each row, labels that span several rows only in their first row."""
    rows = []
    for row in table.rows:
        cells = list(row)
        if lose_other and table.name == "t3":
            ends = {c.field for c in cells if c.field}
            detail = not any(
                f"t3_{r}__total" in ends
                for r in ("new_received", "carried_in", "processed_total", "carried_out")
            )
            if detail:
                lost = f"__{APPLICANTS[-1]}"
                cells = [
                    c for c in cells if c.text != "其他" and not (c.field or "").endswith(lost)
                ]
        rows.append([c.text for c in cells])
    return rows


def _flatten(table: Table, layout: str) -> str:
    rows = _text_rows(table, lose_other=layout == "six")
    if layout in ("tab", "six"):
        return "\n".join("\t" + "\t".join(row) for row in rows)
    if layout == "lines":
        return "\n".join(
            f"\t{_NBSP}{text}{_NBSP}" if text[:1].isdigit() and "." not in text[:2] else f"\t{text}"
            for row in rows
            for text in row
        )
    if layout == "pipes":
        # The label of a group is dropped with its span: the row starts at its own label.
        kept = [
            [c.text for c in row if c.field or c.rowspan == 1 or r < 3]
            for r, row in enumerate(table.rows)
        ]
        return "\n".join("| " + " | ".join(row) + " |" for row in kept)
    if layout == "pipe_lines":
        return "\n|\n".join(text for row in rows for text in row)
    return ""


def render_text(report: ReportTruth, layout: str = "tab") -> str:
    """Return the report as plain text with its tables flattened, in one of ``LAYOUTS``."""
    if layout not in LAYOUTS:
        msg = f"unknown layout {layout!r}, one of {LAYOUTS}"
        raise ValueError(msg)
    tables = tables_of(report)
    prose = prose_of(report)
    out = [report.title, "", *prose.opening]
    for number, heading in enumerate(HEADINGS):
        out += [heading, *prose.parts[number]]
        if 1 <= number <= 3:
            out.append(_flatten(tables[number - 1], layout))
    return "\n".join(out) + "\n"

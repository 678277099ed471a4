"""HTML renderings of grids."""

from __future__ import annotations

from html import escape
from random import Random

from .model import Cell, Grid

TABLES = ("plain", "styled", "word", "excel", "upper", "thead", "inputs")


def inner(cell: Cell) -> str:
    """A cell's HTML."""
    return cell.html if cell.html is not None else escape(cell.text, quote=False).replace("\u00a0", "&nbsp;")


def _span(cell: Cell) -> str:
    return (f' rowspan="{cell.rs}"' if cell.rs > 1 else "") + (f' colspan="{cell.cs}"' if cell.cs > 1 else "")


def _table(grid: Grid, rng: Random, flavour: str, gap: bool) -> str:
    out: list[str] = []
    gap = gap and all(c.rs == 1 or c.head for row in grid.rows for c in row.cells)
    opening = {
        "plain": '<table border="1" cellspacing="0" cellpadding="0">', "styled": '<table class="tbl" style="width:100%;border-collapse:collapse">',
        "word": '<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style=\'border-collapse:collapse;mso-border-alt:solid windowtext .5pt\'>',
        "excel": "<table border=0 cellpadding=0 cellspacing=0 width=920 style='border-collapse:collapse;table-layout:fixed'>\n <col width=72 style='mso-width-source:userset'>",
        "upper": "<TABLE BORDER=1 WIDTH=98%>", "thead": '<table><caption></caption>', "inputs": '<table class="form-grid">'}[flavour]
    out.append(opening)
    if grid.caption and flavour not in ("upper", "excel"):
        out.append(f"<caption>{escape(grid.caption)}</caption>" if flavour != "thead" else "")
    for i, row in enumerate(grid.rows):
        tag = "TR" if flavour == "upper" else "tr"
        attr = ' style="display:none"' if row.hidden else ""
        if flavour == "word":
            attr += " style='mso-yfti-irow:%d;height:21.0pt'" % i if not row.hidden else ""
        if flavour == "excel":
            attr += " height=18" if not row.hidden else ""
        out.append(f"<{tag}{attr}>")
        for cell in row.cells:
            body, sp = inner(cell), _span(cell)
            if flavour == "word":
                block = body if body.startswith("<p") else f"<p class=MsoNormal align=center><span lang=EN-US style='font-size:10.5pt;font-family:宋体'>{body or '&nbsp;' if cell.field is None else body}<o:p></o:p></span></p>"
                out.append(f"<td{sp} valign=top style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'>{block}</td>")
            elif flavour == "excel":
                num = " x:num" if cell.field and cell.text.isdigit() else ""
                out.append(f"<td{sp} class=xl{65 + cell.head} height=18{num} style='border-top:none'>{body}</td>")
            elif flavour == "upper":
                out.append(f"<TD{sp.upper()} ALIGN=center>{body}")
            elif flavour == "thead":
                name = "th" if cell.head else "td"
                out.append(f"<{name}{sp}>{body}</{name}>")
            elif flavour == "inputs" and cell.field and cell.html is None:
                out.append(f'<td{sp}><input type="text" name="f{rng.randrange(10000)}" value="{escape(cell.text)}" readonly></td>')
            elif flavour == "styled":
                out.append(f'<td{sp} style="border:1px solid #000;text-align:center"><p><span>{body}</span></p></td>' if not body.startswith("<p") else f"<td{sp}>{body}</td>")
            else:
                out.append(f"<td{sp}>{body}</td>")
        if flavour != "upper":
            out.append("</tr>")
        if gap and not row.hidden and all(c.rs == 1 for c in row.cells) and not any(c.head for c in row.cells) and i + 1 < len(grid.rows) and len(grid.rows[i + 1].cells) == len(row.cells):
            out.append(f'<tr class="gap"><td colspan="{sum(c.cs for c in row.cells)}" style="height:4px"></td></tr>')
    out.append("</TABLE>" if flavour == "upper" else "</table>")
    return "\n".join(x for x in out if x)


def _cells(grid: Grid) -> list[list[Cell]]:
    """Dense rows; covered places become empty cells."""
    return [[c or Cell("") for c in row] for row in grid.matrix()]


def grid_html(grid: Grid, rng: Random, flavour: str, gap: bool = False) -> str:
    """One grid as HTML of the given flavour."""
    if flavour in ("divgrid", "flex"):
        width = max(len(r) for r in grid.matrix())
        if flavour == "divgrid":
            out = [f'<div class="grid" style="display:grid;grid-template-columns:repeat({width},1fr)">']
            for row in grid.rows:
                for c in row.cells:
                    out.append(f'<div class="cell" style="grid-row:span {c.rs};grid-column:span {c.cs}">{inner(c)}</div>')
            return "\n".join([*out, "</div>"])
        out = ['<div class="t">']
        for line in _cells(grid):
            out.append('<div class="tr" style="display:flex">' + "".join(f'<div class="td" style="flex:1">{inner(c)}</div>' for c in line) + "</div>")
        return "\n".join([*out, "</div>"])
    if flavour == "displaytable":
        return '<div style="display:table">' + "\n".join('<div style="display:table-row">' + "".join(f'<span style="display:table-cell">{inner(c)}</span>' for c in line) + "</div>" for line in _cells(grid)) + "</div>"
    if flavour == "lines":
        return "\n".join(f"<p>{inner(c)}</p>" for row in grid.rows for c in row.cells if inner(c))
    if flavour == "br":
        return "<p>" + "<br/>\n".join(inner(c) for row in grid.rows for c in row.cells if inner(c)) + "</p>"
    if flavour.startswith("pre_"):
        from .textout import grid_text
        return f"<pre>{escape(grid_text(grid, flavour[4:]), quote=False)}</pre>"
    return _table(grid, rng, flavour, gap)

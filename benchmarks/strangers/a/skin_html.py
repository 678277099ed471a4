"""HTML of many makes: editors, Word, Excel, div grids, forms, old tag soup."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from .document import Block, Document
from .grid import Cell, Grid, matrix
from .sheet import Sheet

CELL_STYLE = "border:1px solid #000;padding:2px 5px;text-align:center"


@dataclass(slots=True)
class Html:
    """Writes a document as HTML; one instance a document."""

    rng: random.Random
    sheet: Sheet | None
    make: str

    # cells -------------------------------------------------------------------------------------------------------------------

    def inner(self, cell: Cell) -> str:
        """What stands in a cell."""
        text = escape(cell.text).replace("\n", "<br>").replace("\u00a0", "&nbsp;")
        slot = self.sheet.slots.get(cell.field) if self.sheet and cell.field else None
        if slot is None:
            return text
        if slot.pieces and len(cell.text) > 1:
            text = "".join(f"<span>{escape(ch)}</span>" for ch in cell.text)
        if slot.veiled:
            return self.rng.choice(
                (
                    '<span style="display:none">{}</span>',
                    "<span hidden>{}</span>",
                    '<span style="visibility: hidden">{}</span>',
                )
            ).format(text)
        if slot.struck is not None:
            text = self.rng.choice(
                (
                    f"<s>{slot.struck}</s>{text}",
                    f"<del>{slot.struck}</del><ins>{text}</ins>",
                    f'<span style="text-decoration:line-through">{slot.struck}</span>&nbsp;{text}',
                )
            )
        if slot.decoy is not None:
            hide = self.rng.choice(
                (
                    '<span style="display:none">{}</span>',
                    '<span style="DISPLAY: none;">{}</span>',
                    "<span hidden>{}</span>",
                    '<span class="x-hide">{}</span>',
                    '<span style="visibility:hidden;position:absolute">{}</span>',
                )
            ).format(slot.decoy)
            text = hide + text if slot.decoy_first else text + hide
        if slot.mark:
            text += f"<sup>{slot.mark}</sup>"
        return text

    def cell(self, cell: Cell) -> str:
        """A td or th with its attributes, in the manner of the make."""
        spans = (f' rowspan="{cell.rs}"' if cell.rs > 1 else "") + (
            f' colspan="{cell.cs}"' if cell.cs > 1 else ""
        )
        if cell.hidden:
            spans += ' style="display:none"'
        body = self.inner(cell)
        match self.make:
            case "word":
                spans = spans.replace('"', "").replace("style=display:none", "style='display:none'")
                wrapped = (
                    f"<span lang=EN-US style='font-size:9.0pt;font-family:\"Times New Roman\"'>{body or '<o:p>&nbsp;</o:p>'}</span>"
                    if not cell.head
                    else f"<span style='font-size:9.0pt;font-family:宋体;mso-bidi-font-family:宋体'>{body or '<o:p>&nbsp;</o:p>'}</span>"
                )
                return (
                    f"<td width={self.rng.randint(30, 90)}{spans} style='border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'>\n"
                    f"  <p class=MsoNormal align=center style='text-align:center'>{wrapped}</p>\n  </td>"
                )
            case "wps":
                return f'<td valign="center"{spans} style="width:{self.rng.randint(40, 90)}.35pt;border:0.5pt solid #000;"><p class="MsoNormal" style="text-align:center;"><span style="font-family:仿宋_GB2312;font-size:10.5pt;"><font face="仿宋_GB2312">{body}</font></span></p></td>'
            case "excel":
                number = (
                    f' x:num="{cell.text}"'
                    if cell.text.isdecimal() and not cell.head and cell.text == str(int(cell.text))
                    else " x:str"
                    if cell.head and self.rng.random() < 0.3
                    else ""
                )
                return f"<td{spans} class=xl{self.rng.choice((65, 66, 67))}{number}>{body}</td>"
            case "soup":
                return f"<TD{spans.replace(chr(34), '')}>{body}"
            case "ueditor":
                return f'<td style="word-break: break-all; border-color: windowtext;" width="{self.rng.randint(30, 120)}" valign="top"{spans}><p style="text-align:center">{body or "<br/>"}</p></td>'
            case "inputs" if not cell.head and cell.field:
                slot = self.sheet.slots[cell.field] if self.sheet else None
                if slot and not (slot.mark or slot.struck or slot.decoy or slot.veiled):
                    return f'<td{spans}><input type="text" class="ipt" value="{escape(cell.text)}" readonly="readonly"></td>'
            case "fonts":
                step = max(1, len(cell.text) // 2)
                if not cell.field and "\n" not in cell.text and len(cell.text) > 2:
                    body = "".join(
                        f'<font style="font-size:14px"><span>{escape(cell.text[i : i + step])}</span></font>'
                        for i in range(0, len(cell.text), step)
                    )
                return f"<td{spans}>{body}</td>"
            case "thead" if cell.head:
                return f'<th scope="row"{spans}>{body}</th>'
            case "attrs":
                return f"<td align=center{spans} bgcolor=#FFFFFF nowrap>&nbsp;{body}&nbsp;</td>"
            case "linked" if not cell.head and cell.field and body:
                return f'<td{spans}><div align="center"><b>{body}</b></div></td>'
        return (
            f'<td{spans} style="{CELL_STYLE}">{body}</td>'
            if self.make == "inline" and not cell.hidden
            else f"<td{spans}>{body}</td>"
        )

    # tables ------------------------------------------------------------------------------------------------------------------

    def table(self, grid: Grid) -> str:
        """A table element, or what stands for one."""
        if self.make in {"divtable", "cssgrid", "flex", "list", "dl"}:
            return _BOXES[self.make](self, grid)
        rows = []
        for i, row in enumerate(grid.rows):
            hidden = ' style="display:none"' if i in grid.hidden_rows else ""
            first = ' class="firstRow"' if self.make == "ueditor" and i == 0 else ""
            if self.make == "soup":
                rows.append(f"<TR{hidden}>" + "".join(self.cell(c) for c in row))
            else:
                rows.append(f"<tr{first}{hidden}>" + "".join(self.cell(c) for c in row) + "</tr>")
        caption = f"<caption>{escape(grid.caption)}</caption>" if grid.caption else ""
        match self.make:
            case "thead":
                body = (
                    f"<thead>{''.join(rows[: grid.heads])}</thead><tbody>{''.join(rows[grid.heads :])}</tbody>"
                    if grid.heads
                    else f"<tbody>{''.join(rows)}</tbody>"
                )
                return f'<table class="table table-bordered">{caption}{body}</table>'
            case "tfoot" if grid.heads and len(grid.rows) > grid.heads + 2:
                return f"<table border=1>{caption}<thead>{''.join(rows[: grid.heads])}</thead><tbody>{''.join(rows[grid.heads : -1])}</tbody><tfoot>{rows[-1]}</tfoot></table>"
            case "word":
                sizer = (
                    "<![if !supportMisalignedColumns]><tr height=0>"
                    + "".join(
                        f"<td width={20 + i} style='border:none'></td>" for i in range(grid.width)
                    )
                    + "</tr><![endif]>"
                )
                return f"<div align=center><table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;border:none;mso-yfti-tbllook:1184'>{caption}{''.join(rows)}{sizer}</table></div>"
            case "excel":
                cols = "".join(
                    f"<col width={60 + i} style='mso-width-source:userset'>"
                    for i in range(grid.width)
                )
                sizer = (
                    "<![if supportMisalignedColumns]><tr height=0 style='display:none'>"
                    + "<td width=72></td>" * grid.width
                    + "</tr><![endif]>"
                )
                return f"<table x:str border=0 cellpadding=0 cellspacing=0 style='border-collapse:collapse;table-layout:fixed'>{caption}{cols}{''.join(rows)}{sizer}</table>"
            case "soup":
                return f"<TABLE border=1 cellSpacing=0 cellPadding=0 width='100%'>{caption}<TBODY>{''.join(rows)}</TABLE>"
            case "nested":
                return f'<table width="100%"><tr><td>&nbsp;</td><td><table border="1">{caption}{"".join(rows)}</table></td><td>&nbsp;</td></tr></table>'
            case "section_tbodies":
                parts = (
                    [rows[i : i + 5] for i in range(0, len(rows), 5)]
                    if not any(c.rs > 1 for r in grid.rows for c in r)
                    else [rows]
                )
                return f"<table>{caption}{''.join('<tbody>' + ''.join(p) + '</tbody>' for p in parts)}</table>"
        return f'<table border="1" cellspacing="0">{caption}{"".join(rows)}</table>'

    # pages -------------------------------------------------------------------------------------------------------------------

    def block(self, block: Block) -> str:
        """One block as markup."""
        text = escape(block.text)
        match block.kind:
            case "grid":
                assert block.grid
                return self.table(block.grid)
            case "title":
                return {
                    "word": f"<p class=MsoTitle align=center><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>{text}</span></b></p>",
                    "soup": f"<CENTER><FONT size=5><B>{text}</B></FONT></CENTER>",
                }.get(self.make, f'<h1 class="title">{text}</h1>')
            case "h":
                return {
                    "word": f"<p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt;font-family:黑体'>{text}</span></p>",
                    "soup": f"<P><B>{text}</B>",
                    "thead": f"<h2>{text}</h2>",
                }.get(self.make, f'<p style="text-indent:2em"><strong>{text}</strong></p>')
            case "sign":
                return f'<p style="text-align:right">{text}</p>'
        if self.make == "word":
            return f"<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>{text}</span></p>"
        return f"<P>{text}" if self.make == "soup" else f"<p>\u3000\u3000{text}</p>"

    def body(self, document: Document) -> str:
        """The article alone."""
        parts = [self.block(b) for b in document.blocks]
        if document.hidden_grid:
            parts.append(f'<div style="display:none">{self.table(document.hidden_grid)}</div>')
        if document.comment:
            parts.insert(1, f"<!-- {document.comment} -->")
        if document.script:
            parts.append(f"<script>var old = {document.script!r};</script>")
        return "\n".join(parts)

    def page(self, document: Document, charset: str | None) -> str:
        """A whole page, with what a site puts around an article."""
        title = escape(document.page_title)
        article = self.body(document)
        meta = (
            f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
            if charset
            else ""
        )
        style = "<style>.x-hide{display:none} table{border-collapse:collapse} td,th{border:1px solid #333} .g{display:grid} .f{display:flex} .f>div{flex:1}</style>"
        if self.make in {"word", "excel"}:
            kind = "Word" if self.make == "word" else "Excel"
            return (
                f'<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:{kind.lower()}">\n'
                f'<head>{meta}<meta name=ProgId content={kind}.{"Document" if kind == "Word" else "Sheet"}><meta name=Generator content="Microsoft {kind} 11">'
                f"<title>{title}</title>{style}<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>admin</o:Author></o:DocumentProperties></xml><![endif]--></head>\n"
                f"<body lang=ZH-CN><div class=Section1>{article}</div></body></html>"
            )
        info = ""
        if document.meta:
            if self.rng.random() < 0.5:
                info = (
                    '<table class="xxgk-head"><tr>'
                    + "</tr><tr>".join(
                        f"<td><b>{escape(k)}:</b></td><td>{escape(v)}</td>"
                        for k, v in document.meta
                    )
                    + "</tr></table>"
                )
            else:
                info = (
                    '<div class="info">'
                    + "".join(f"<span>{escape(k)}:{escape(v)}</span>\n" for k, v in document.meta)
                    + "</div>"
                )
        beside = (
            '<ul class="rel">'
            + "".join(
                f'<li><a href="t{i}.html">{escape(t)}</a></li>'
                for i, t in enumerate(document.beside)
            )
            + "</ul>"
            if document.beside
            else ""
        )
        return (
            f"<!DOCTYPE html>\n<html><head>{meta}<title>{title}{'-' + escape(document.site) if document.site else ''}</title>{style}</head>\n<body>"
            f'<div class="top"><a href="/">{escape(document.site) or "首页"}</a></div><div class="crumb">{escape(document.crumbs)}</div>{info}'
            f'<div class="article" id="zoom">{article}</div>{beside}<div class="foot">主办:{escape(document.site) or "本站"} 网站标识码:{self.rng.randint(10**9, 10**10 - 1)}</div></body></html>'
        )


def _div_table(html: Html, grid: Grid) -> str:
    rows = []
    for row in matrix(grid):
        seen: set[int] = set()
        cells = []
        for cell, corner in row:
            own = corner and id(cell) not in seen
            seen.add(id(cell))
            cells.append(
                f'<div style="display:table-cell;border:1px solid #999">{html.inner(cell) if own else ""}</div>'
            )
        rows.append(f'<div style="display:table-row">{"".join(cells)}</div>')
    return f'<div style="display:table">{"".join(rows)}</div>'


def _css_grid(html: Html, grid: Grid) -> str:
    cells = []
    for row in grid.rows:
        for cell in row:
            span = f"grid-column:span {cell.cs};grid-row:span {cell.rs}"
            cells.append(f'<div style="{span}">{html.inner(cell)}</div>')
    return f'<div class="g" style="grid-template-columns:repeat({grid.width},1fr)">{"".join(cells)}</div>'


def _flex(html: Html, grid: Grid) -> str:
    return (
        '<div class="tb">'
        + "".join(
            '<div class="f">'
            + "".join(f'<div style="flex:{c.cs}">{html.inner(c)}</div>' for c in row)
            + "</div>"
            for row in grid.rows
        )
        + "</div>"
    )


def _list(html: Html, grid: Grid) -> str:
    items = []
    for row in grid.rows[grid.heads :]:
        label = " — ".join(c.text.strip() for c in row if c.head and c.text)
        value = next((c for c in row if not c.head), None)
        items.append(
            f'<li><span class="k">{escape(label)}:</span><span class="v">{html.inner(value) if value else ""}</span></li>'
        )
    return f"<ul>{''.join(items)}</ul>"


def _dl(html: Html, grid: Grid) -> str:
    items = []
    for row in grid.rows[grid.heads :]:
        label = ",".join(c.text.strip() for c in row if c.head and c.text)
        value = next((c for c in row if not c.head), None)
        items.append(f"<dt>{escape(label)}</dt><dd>{html.inner(value) if value else ''}</dd>")
    return f"<dl>{''.join(items)}</dl>"


_BOXES: dict[str, Callable[[Html, Grid], str]] = {
    "divtable": _div_table,
    "cssgrid": _css_grid,
    "flex": _flex,
    "list": _list,
    "dl": _dl,
}

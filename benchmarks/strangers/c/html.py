"""HTML carriers: pages and tables in the manners of several tools."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from .grid import Block, Cell, Grid

Writer = Callable[[Grid, random.Random], str]


def inner(cell: Cell) -> str:
    """The content of a cell with line breaks, marks and what is hidden in it."""
    text = escape(cell.text, quote=False).replace("\n", "<br>").replace("\u00a0", "&nbsp;")
    if cell.split and len(cell.text) > 1:
        text = "".join(f"<span>{letter}</span>" for letter in cell.text)
    if cell.sup:
        text += f"<sup>{cell.sup}</sup>"
    if cell.ghost:
        kind, _, hidden = cell.ghost.partition("|")
        text = {"none": f'<span style="display:none">{hidden}</span>{text}',
                "comment": f"<!-- {hidden} -->{text}",
                "tiny": f'{text}<span style="font-size:0">{hidden}</span>',
                "hidden": f"{text}<span hidden>{hidden}</span>",
                "invisible": f'<span style="position:absolute;visibility:hidden">{hidden}</span>{text}'}[kind]
    return text


def _spans(cell: Cell) -> str:
    out = f' rowspan="{cell.rs}"' if cell.rs > 1 else ""
    return out + (f' colspan="{cell.cs}"' if cell.cs > 1 else "")


def _none(cell: Cell) -> str:
    return ' style="display:none"' if cell.unseen else ""


def _rows(grid: Grid, td: Callable[[Cell], str], tr: str = "<tr", close: str = "</tr>", glue: str = "\n") -> list[str]:
    lines: list[str] = []
    for row in grid.rows:
        hidden = ' style="display:none"' if row.unseen else ""
        lines.append(f"{tr}{hidden}>" + glue.join(td(cell) for cell in row.cells) + close)
    return lines


def plain(grid: Grid, rng: random.Random) -> str:
    """A clean table."""
    rows = _rows(grid, lambda c: f"<td{_spans(c)}{_none(c)}>{inner(c)}</td>", glue="")
    return '<table border="1" cellspacing="0" cellpadding="0"><tbody>\n' + "\n".join(rows) + "\n</tbody></table>"


def semantic(grid: Grid, rng: random.Random) -> str:
    """thead, tbody and th."""
    def td(cell: Cell) -> str:
        tag = "th" if cell.head else "td"
        return f"<{tag}{_spans(cell)}{_none(cell)}>{inner(cell)}</{tag}>"
    rows = _rows(grid, td)
    top, rest = "\n".join(rows[:grid.head]), "\n".join(rows[grid.head:])
    if grid.name == "t2":
        return f'<table class="tbl"><tbody>{top}\n{rest}</tbody></table>'
    return f'<table class="tbl"><thead>{top}</thead>\n<tbody>{rest}</tbody></table>'


def word(grid: Grid, rng: random.Random) -> str:
    """As Word saves it."""
    def td(cell: Cell) -> str:
        hide = "display:none;" if cell.unseen else ""
        style = f'style="{hide}width:{rng.choice((36.4, 52.1, 70.85))}pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"'
        body = inner(cell) or "<o:p>&nbsp;</o:p>"
        lang = ' lang="EN-US"' if cell.text.isascii() else ""
        return (f'<td valign="center"{_spans(cell)} {style}><p class="MsoNormal" align="center" style="text-align:center">'
                f'<span{lang} style="font-size:10.5pt;font-family:宋体;mso-bidi-font-family:宋体">{body}</span></p></td>')
    rows = _rows(grid, td, glue="\n ")
    return '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-yfti-tbllook:1184">\n' + "\n".join(rows) + "\n</table>"


def excel(grid: Grid, rng: random.Random) -> str:
    """As Excel saves it."""
    def td(cell: Cell) -> str:
        number = " x:num" if cell.text.isdigit() else ""
        hide = ";display:none" if cell.unseen else ""
        return f"<td class=\"xl{65 + cell.head}\"{_spans(cell)}{number} style='border-top:none{hide}'>{inner(cell) or '　'}</td>"
    width = max(sum(c.cs for c in row.cells) for row in grid.rows)
    rows = _rows(grid, td, tr='<tr height="19"')
    cols = "".join(f'<col width="{rng.randint(48, 130)}" style="mso-width-source:userset">' for _ in range(width))
    return f'<table x:str border="0" cellpadding="0" cellspacing="0" width="900">{cols}\n' + "\n".join(rows) + "\n</table>"


def wps(grid: Grid, rng: random.Random) -> str:
    """As an editor in a browser leaves a pasted table."""
    def td(cell: Cell) -> str:
        style = "border:1px solid #000;padding:0 7px;" + ("display:none" if cell.unseen else "word-break:break-all")
        return (f'<td{_spans(cell)} style="{style}"><p style="text-align:center"><span style="font-family:仿宋_GB2312;font-size:14px">'
                f'<strong>{inner(cell)}</strong></span></p></td>') if cell.head else (
                f'<td{_spans(cell)} style="{style}"><p style=";text-align:center"><span style="font-size:14px"><font face="宋体">'
                f'{inner(cell) or "&nbsp;"}</font></span></p><p></p></td>')
    return '<table align="center" data-sort="sortDisabled" uetable="null"><tbody>' + "".join(_rows(grid, td, glue="")) + "</tbody></table>"


def legacy(grid: Grid, rng: random.Random) -> str:
    """Capital tags of about 2009."""
    def td(cell: Cell) -> str:
        spans = _spans(cell).upper().replace('"', "")
        return f"<TD{spans}{_none(cell)} ALIGN=center BGCOLOR=#FFFFFF><FONT SIZE=2>{inner(cell)}</FONT></TD>"
    rows = _rows(grid, td, tr="<TR", close="</TR>")
    return "<TABLE BORDER=1 CELLSPACING=1 BGCOLOR=#000000 WIDTH=98%>\n" + "\n".join(rows) + "\n</TABLE>"


def unclosed(grid: Grid, rng: random.Random) -> str:
    """Optional end tags left out."""
    rows = _rows(grid, lambda c: f"<td{_spans(c)}{_none(c)}>{inner(c)}", close="", glue="")
    return "<table border=1>\n" + "\n".join(rows) + "\n</table>"


def nested(grid: Grid, rng: random.Random) -> str:
    """The table inside the cells of a layout table."""
    return f'<table width="100%"><tr><td width="10"></td><td><table><tr><td>{plain(grid, rng)}</td></tr></table></td><td width="10"></td></tr></table>'


def nested_rows(grid: Grid, rng: random.Random) -> str:
    """Each value cell wraps its number in a little table of its own."""
    def td(cell: Cell) -> str:
        body = inner(cell)
        if not cell.head and cell.text:
            body = f'<table width="100%"><tr><td align="center">{body}</td></tr></table>'
        return f"<td{_spans(cell)}{_none(cell)}>{body}</td>"
    return '<table border="1">' + "\n".join(_rows(grid, td, glue="")) + "</table>"


def _spread(repeat: bool, row: str, cell: str) -> Writer:
    def write(grid: Grid, rng: random.Random) -> str:
        lines = []
        for line in grid.matrix():
            cells = "".join(cell.format(inner(c) if own or repeat else "") for c, own in line)
            lines.append(row.format(cells))
        return "\n".join(lines)
    return write


def full_rows(grid: Grid, rng: random.Random) -> str:
    """No spans: every cell repeated."""
    return '<table border="1"><tbody>' + _spread(True, "<tr>{}</tr>", "<td>{}</td>")(grid, rng) + "</tbody></table>"


def blank_rows(grid: Grid, rng: random.Random) -> str:
    """No spans: the rest left empty."""
    return '<table border="1"><tbody>' + _spread(False, "<tr>{}</tr>", "<td>{}</td>")(grid, rng) + "</tbody></table>"


def div_table(grid: Grid, rng: random.Random) -> str:
    """display:table."""
    rows = _spread(True, '<div style="display:table-row">{}</div>', '<div style="display:table-cell;border:1px solid #999">{}</div>')(grid, rng)
    return f'<div style="display:table;border-collapse:collapse">{rows}</div>'


def div_flex(grid: Grid, rng: random.Random) -> str:
    """Rows of flex boxes."""
    return '<div class="grid">' + _spread(True, '<div class="row" style="display:flex">{}</div>', '<div class="cell" style="flex:1">{}</div>')(grid, rng) + "</div>"


def aria(grid: Grid, rng: random.Random) -> str:
    """role=table."""
    return '<div role="table">' + _spread(True, '<div role="row">{}</div>', '<div role="cell"><span>{}</span></div>')(grid, rng) + "</div>"


def pairs(grid: Grid) -> list[tuple[str, list[tuple[str, Cell]]]]:
    """(row label, [(column label, value cell)]) of a regular table."""
    matrix = grid.matrix()
    out: list[tuple[str, list[tuple[str, Cell]]]] = []
    for line in matrix[grid.head:]:
        label = "-".join(dict.fromkeys(cell.text for cell, _ in line[:grid.labels] if cell.text.strip("—")))
        values: list[tuple[str, Cell]] = []
        for x in range(grid.labels, len(line)):
            names = dict.fromkeys(matrix[y][x][0].text for y in range(grid.head))
            names.pop("申请人情况", None)
            values.append(("-".join(names), line[x][0]))
        out.append((label, values))
    return out


def definition(grid: Grid, rng: random.Random) -> str:
    """A dl of label and figure."""
    lines: list[str] = []
    for label, values in pairs(grid):
        if not any(cell.text for _, cell in values):
            lines.append(f"<dt>{escape(label)}</dt>")
            continue
        for head, cell in values:
            whole = f"{label}-{head}" if len(values) > 1 else label
            lines.append(f"<dt>{escape(whole)}</dt><dd>{inner(cell)}</dd>")
    return "<dl>" + "\n".join(lines) + "</dl>"


def listing(grid: Grid, rng: random.Random) -> str:
    """A list with one line a row."""
    lines = []
    for label, values in pairs(grid):
        if len(values) == 1:
            lines.append(f"<li>{escape(label)}:{inner(values[0][1])}</li>")
        else:
            lines.append(f"<li>{escape(label)}:" + ";".join(f"{escape(head)} {inner(cell)}" for head, cell in values) + "</li>")
    return "<ul>" + "\n".join(lines) + "</ul>"


def cell_paragraphs(grid: Grid, rng: random.Random) -> str:
    """Each cell a paragraph."""
    return "\n".join(f"<p>{inner(cell)}</p>" for row in grid.seen() for cell in row if cell.text)


@dataclass(frozen=True, slots=True)
class Page:
    """What surrounds the text."""

    title: str
    site: str
    source: str
    date: str
    nav: Sequence[str] = ()


_HIDE = {
    "display_none": '<div style="display:none">{}</div>', "comment": "<!--{}-->", "template": "<template>{}</template>",
    "script": '<script type="text/html" id="old">{}</script>', "hidden_attr": "<div hidden>{}</div>",
    "offscreen": '<div style="position:absolute;left:-9999px;top:-9999px">{}</div>',
    "css_class": '<style>.lastyear-data{{display:none}}</style><div class="lastyear-data">{}</div>',
}


def body(blocks: Sequence[Block], write: Writer, rng: random.Random, p: str = "<p>{}</p>", strong: bool = False) -> str:
    """The text of a report."""
    out: list[str] = []
    for block in blocks:
        text = escape(block.text, quote=False)
        if block.kind == "table" and block.grid:
            out.append(write(block.grid, rng))
        elif block.kind == "unseen_table" and block.grid:
            out.append(_HIDE[block.how].format(plain(block.grid, rng)))
        elif block.kind == "h1":
            out.append(f'<h1 style="text-align:center">{text}</h1>' if not strong else f'<p align="center"><b>{text}</b></p>')
        elif block.kind == "h2":
            out.append(f"<h2>{text}</h2>" if not strong else p.format(f"<strong>{text}</strong>"))
        elif block.kind == "right":
            out.append(f'<p style="text-align:right">{text}</p>')
        elif block.kind in ("caption", "page"):
            out.append(f'<p align="center">{text}</p>')
        else:
            out.append(p.format("　　" + text))
    return "\n".join(out)


def one_table(blocks: Sequence[Block], rng: random.Random) -> str:
    """Everything in one table; narrower tables are widened in their last column."""
    width = max((len(block.grid.matrix()[0]) for block in blocks if block.kind == "table" and block.grid), default=1)
    out: list[str] = []
    for block in blocks:
        if block.kind == "table" and block.grid:
            mine = len(block.grid.matrix()[0])
            for row in block.grid.rows:
                out.append("<tr>" + "".join(f"<td{_spans(cell)}>{inner(cell)}</td>" for cell in row.cells)
                           + (f'<td colspan="{width - mine}"></td>' if mine < width else "") + "</tr>")
        elif block.kind != "unseen_table":
            out.append(f'<tr><td colspan="{width}">{escape(block.text, quote=False)}</td></tr>')
    return '<table border="1" cellspacing="0">' + "\n".join(out) + "</table>"


def wrap_plain(text: str, page: Page, charset: str) -> str:
    """A bare page."""
    return f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{escape(page.title)}</title></head>\n<body>\n{text}\n</body></html>\n'


def wrap_portal(text: str, page: Page, charset: str) -> str:
    """A portal's detail page."""
    links = "".join(f'<li><a href="/zwgk/xxgknb/{at}.html">{escape(name)}</a></li>' for at, name in enumerate(page.nav))
    aside = f'<div class="side"><h3>相关信息</h3><ul>{links}</ul></div>' if links else ""
    source = f'<span>来源:{escape(page.source)}</span>' if page.source else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<meta name="SiteName" content="{escape(page.site)}">
<meta name="ArticleTitle" content="{escape(page.title)}">
<meta name="PubDate" content="{page.date} 09:30">
<title>{escape(page.title)}_{escape(page.site)}</title>
<style>.row{{border:1px solid #ddd}} .xl65{{text-align:center}}</style>
</head>
<body>
<div class="top"><a href="/">首页</a> | <a href="/zwgk/">政务公开</a> | <a href="/zwfw/">办事服务</a> | <a href="/hdjl/">互动交流</a></div>
<div class="crumb">当前位置:首页 &gt; 政务公开 &gt; 政府信息公开年报</div>
<div class="article">
<div class="info"><span>发布时间:{page.date}</span>{source}<span>浏览次数:<em id="hits">137</em></span> <span>字体:[大 中 小]</span></div>
<div class="TRS_Editor" id="zoom">
{text}
</div>
<div class="share">分享到:微信 微博</div>
</div>
{aside}
<div class="foot">{escape(page.site)}版权所有 网站标识码:{abs(hash_of(page.site)) % 10**10:010d}</div>
</body></html>
"""


def hash_of(text: str) -> int:
    """A hash that is the same on every machine."""
    value = 7
    for letter in text:
        value = (value * 131 + ord(letter)) % (1 << 61)
    return value


def wrap_word(text: str, page: Page, charset: str) -> str:
    """A page saved by Word."""
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset={charset}"><meta name=Generator content="Microsoft Word 15">
<title>{escape(page.title)}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View><w:Zoom>100</w:Zoom></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm;font-size:10.5pt;}} @page WordSection1 {{size:595.3pt 841.9pt;}} --></style></head>
<body lang=ZH-CN><div class=WordSection1>
{text}
</div></body></html>
"""


def wrap_legacy(text: str, page: Page, charset: str) -> str:
    """A page of about 2009."""
    return f"""<HTML><HEAD><TITLE>{escape(page.title)}</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset}"></HEAD>
<BODY BGCOLOR="#FFFFFF"><CENTER><TABLE WIDTH=780 BORDER=0><TR><TD><A HREF="/">首页</A> <A HREF="/zwgk">政务公开</A></TD></TR>
<TR><TD>
{text}
</TD></TR><TR><TD ALIGN=center>{escape(page.site)}</TD></TR></TABLE></CENTER></BODY></HTML>
"""

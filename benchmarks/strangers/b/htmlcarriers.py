"""HTML: how editors and office programs write tables and paragraphs, and the pages around them."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from .model import Block, Cell, Table, cut, matrix, stretched, transposed
from .places import host, parent
from .plan import Plan
from .textcarriers import lines_of

esc = lambda t: html.escape(t, quote=False)  # noqa: E731


@dataclass(frozen=True, slots=True)
class Flavour:
    """The habits of one editor."""

    table: str = "<table>"
    row: str = "<tr>"
    cell: Callable[[Cell, str], str] | None = None
    empty: str = ""
    para: str = "<p>{}</p>"
    head: str = "<h3>{}</h3>"
    title: str = "<h2>{}</h2>"
    table_open: str = ""
    table_close: str = "</table>"
    close: bool = True


def _spans(cell: Cell) -> str:
    return (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (f' colspan="{cell.cols}"' if cell.cols > 1 else "")


def _plain(cell: Cell, inner: str) -> str:
    return f"<td{_spans(cell)}>{inner}</td>"


def _th(cell: Cell, inner: str) -> str:
    tag = "th" if cell.head else "td"
    return f"<{tag}{_spans(cell)}>{inner}</{tag}>"


def _word(cell: Cell, inner: str) -> str:
    lang = "" if cell.field else " lang=EN-US"
    inner = "".join(f"<span lang=EN-US style='font-size:10.5pt;font-family:\"Times New Roman\",serif'>{c}</span>" for c in inner) if (
        inner.isascii() and inner.isdigit()) else f"<span{lang} style='font-size:10.5pt;font-family:宋体'>{inner}</span>"
    width = 40 * cell.cols
    return (
        f"<td width={width}{_spans(cell).replace(chr(34), '')} style='width:{width}.0pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;"
        f"padding:0cm 5.4pt 0cm 5.4pt'>\r\n  <p class=MsoNormal align=center style='text-align:center;\r\n  mso-pagination:widow-orphan'>{inner}<o:p></o:p></p>\r\n  </td>"
    )


def _wps(cell: Cell, inner: str) -> str:
    return (
        f"<td width=\"{48 * cell.cols}\" valign=\"center\"{_spans(cell)} style=\"border-width:1px;border-style:solid;padding:0px 7px\">"
        f"<p class=\"p\" style=\"text-align:center;line-height:15pt\"><span style=\"font-family:仿宋_GB2312;font-size:12px\"><font face=\"仿宋_GB2312\">{inner}</font></span>"
        "<span style=\"font-family:仿宋_GB2312;font-size:12px\"><o:p></o:p></span></p></td>"
    )


def _excel(cell: Cell, inner: str) -> str:
    num = " align=right x:num" if cell.number is not None and inner else ""
    return f"<td{_spans(cell).replace(chr(34), '')} class=xl{65 + cell.cols} style='border-left:none'{num}>{inner}</td>"


def _et(cell: Cell, inner: str) -> str:
    return f'<td class="et{2 + bool(cell.field)}"{_spans(cell)} x:str height="24">{inner}</td>' if not cell.field else (
        f'<td class="et7"{_spans(cell)} x:num="{inner}">{inner}</td>' if inner.isdigit() else f'<td class="et7"{_spans(cell)}>{inner}</td>')


def _ueditor(cell: Cell, inner: str) -> str:
    return f'<td width="{60 * cell.cols}" valign="middle"{_spans(cell)} align="center" style="word-break: break-all; border-color: rgb(0, 0, 0);">{inner}</td>'


def _kind(cell: Cell, inner: str) -> str:
    return f'<td{_spans(cell)} style="text-align:center;">\n\t\t\t\t{inner}\n\t\t\t</td>'


def _tiny(cell: Cell, inner: str) -> str:
    return f'<td style="width: {cell.cols * 7}.1429%;"{_spans(cell)} data-mce-style="width: 7%;">{inner}</td>'


def _section(cell: Cell, inner: str) -> str:
    return f'<td{_spans(cell)} style="box-sizing:border-box;"><section style="text-align:center;"><p style="margin:0px;"><span>{inner}</span></p></section></td>'


def _front(cell: Cell, inner: str) -> str:
    return f"<TD{_spans(cell).upper()} bgColor=#ffffff><FONT size=2>{inner}</FONT>"


def _ck(cell: Cell, inner: str) -> str:
    tag = "th" if cell.head else "td"
    return f'<{tag}{_spans(cell)}{" scope=" + chr(34) + "col" + chr(34) if cell.head else ""} style="height:30px">{inner}</{tag}>'


def _strong(cell: Cell, inner: str) -> str:
    inner = f"<strong>{inner}</strong>" if cell.head and inner else inner
    return f'<td{_spans(cell)} align="center"><div>{inner}</div></td>'


def _p_in_td(cell: Cell, inner: str) -> str:
    parts = inner.split("<br/>") if "<" not in inner.replace("<br/>", "") else [inner]
    return f"<td{_spans(cell)}>" + "".join(f"<p>{p}</p>" for p in parts) + "</td>"


FLAVOURS: dict[str, Flavour] = {
    "plain": Flavour('<table border="1" cellspacing="0" cellpadding="0">', cell=_plain),
    "th": Flavour('<table class="table table-bordered">', cell=_th, table_open="<tbody>", table_close="</tbody></table>"),
    "word": Flavour(
        "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>",
        "<tr style='mso-yfti-irow:1;height:20.0pt'>", _word, "<span lang=EN-US><o:p>&nbsp;</o:p></span>",
        "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>{}<span lang=EN-US><o:p></o:p></span></span></p>",
        "<p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt;font-family:黑体'>{}</span></p>",
        "<p class=MsoNormal align=center><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>{}</span></b></p>"),
    "wps": Flavour(
        '<table class="MsoNormalTable" border="1" cellspacing="0" style="border-collapse:collapse;mso-table-layout-alt:fixed">', "<tr>", _wps,
        "&nbsp;", '<p class="p" style="text-indent:32pt"><span style="mso-spacerun:\'yes\';font-family:仿宋;font-size:16pt">{}</span></p>',
        '<p class="p"><span style="mso-spacerun:\'yes\';font-family:黑体;font-size:16pt">{}</span></p>',
        '<p class="p" align="center"><span style="font-family:方正小标宋简体;font-size:22pt">{}</span></p>'),
    "excel": Flavour(
        "<table border=0 cellpadding=0 cellspacing=0 width=900 style='border-collapse:collapse;table-layout:fixed'>", "<tr height=24 style='height:18.0pt'>",
        _excel, "　", table_open="<col width=72 style='mso-width-source:userset;mso-width-alt:2304'>"),
    "et": Flavour('<table width="900" border="0" cellspacing="0" style="border-collapse:collapse;">', '<tr height="24">', _et, "", table_open='<colgroup><col width="72"/></colgroup>'),
    "ueditor": Flavour(
        '<table cellspacing="0" cellpadding="0" width="100%" data-sort="sortDisabled">', "<tr>", _ueditor, "<br/>",
        '<p style="text-indent: 2em;"><span style="font-family: 宋体; font-size: 16px;">{}</span></p>', '<p style="text-indent: 2em;"><strong>{}</strong></p>',
        '<p style="text-align: center;"><span style="font-size: 24px;"><strong>{}</strong></span></p>', table_open="<tbody>", table_close="</tbody></table>"),
    "kind": Flavour(
        '<table style="width:100%;" cellpadding="2" cellspacing="0" border="1" bordercolor="#000000">\n\t<tbody>', "\n\t\t<tr>", _kind, "<br />",
        "<p>\n\t&nbsp; &nbsp; &nbsp;{}\n</p>", "<p>\n\t<strong>{}</strong>\n</p>", '<h1 style="text-align:center;">\n\t{}\n</h1>', table_close="\n\t</tbody>\n</table>"),
    "tinymce": Flavour('<table style="border-collapse: collapse; width: 100%;" border="1">', "<tr>", _tiny, "&nbsp;", "<p>{}</p>", "<p><strong>{}</strong></p>", table_open="<tbody>", table_close="</tbody></table>"),
    "section": Flavour(
        '<section class="_135editor" data-tools="135编辑器"><table width="100%">', "<tr>", _section, "<br/>", '<section style="padding:0 10px"><p>{}</p></section>',
        '<section style="border-left:4px solid #c00"><p><strong>{}</strong></p></section>', table_open="<tbody>", table_close="</tbody></table></section>"),
    "frontpage": Flavour("<TABLE border=1 cellSpacing=1 width=640 bgColor=#000000>", "<TR>", _front, "&nbsp;", "<P>　　{}", "<P><B>{}</B>", "<P align=center><FONT size=5>{}</FONT>", table_close="</TABLE>", close=False),
    "ckeditor": Flavour('<table border="1" cellpadding="1" cellspacing="1" style="width:100%">', "<tr>", _ck, "&nbsp;", "<p>{}</p>", "<h2>{}</h2>", "<h1>{}</h1>", table_open="<tbody>", table_close="</tbody></table>"),
    "strong": Flavour('<table width="98%" border="1" align="center">', '<tr align="center">', _strong, "", "<div>{}</div>", "<div><b>{}</b></div>", "<center><h1>{}</h1></center>"),
    "ptd": Flavour('<table class="tb1">', "<tr>", _p_in_td, "", "<p>{}</p>", "<p>{}</p>", '<p class="bt">{}</p>', table_open="<tbody>", table_close="</tbody></table>"),
}

_HIDE = {
    "none": '<span style="display:none">{}</span>', "visibility": '<span style="visibility: hidden;">{}</span>',
    "white": '<span style="color:#FFFFFF">{}</span>', "size": '<span style="font-size:0">{}</span>',
    "offscreen": '<span style="position:absolute;left:-9999px">{}</span>', "comment": "<!-- {} -->",
    "attribute": '<span data-old="{0}" title="{0}"></span>', "input": '<input type="hidden" name="v" value="{}"/>',
}


def inner_html(cell: Cell, plan: Plan, empty: str) -> str:
    """What stands between the tags of a cell."""
    text = esc(cell.text).replace("\n", "<br/>").replace("\u00a0", "&nbsp;")
    if cell.note:
        text += f"<sup>{cell.note}</sup>"
    if cell.ghost and plan.hidden:
        text += _HIDE[plan.hidden].format(cell.ghost)
    return text or empty


def table_html(table: Table, flavour: Flavour, plan: Plan, *, hidden_rows: bool = False) -> str:
    """One table."""
    draw = flavour.cell or _plain
    out = [flavour.table, flavour.table_open]
    for r, row in enumerate(table.rows):
        out.append(flavour.row if not (flavour is FLAVOURS["ueditor"] and r == 0) else '<tr class="firstRow">')
        out += [draw(c, inner_html(c, plan, flavour.empty)) for c in row]
        if flavour.close:
            out.append("</tr>")
    if hidden_rows:
        out.append('<tr style="display:none">')
        out += [f"<td{_spans(c)}>{esc(c.text) if c.field is None else plan.rng.randint(0, 30)}</td>" for c in table.rows[-1]]
        out.append("</tr>")
    out.append(flavour.table_close)
    return "\n".join(x for x in out if x)


def _hidden_draft(table: Table, flavour: Flavour, plan: Plan) -> str:
    copy = Table(table.kind, [[replace(c, text=str(plan.rng.randint(0, 60)) if c.field else c.text, ghost="", note="") for c in row] for row in table.rows], table.head_rows)
    return table_html(copy, flavour, plan)


def blocks_html(blocks: list[Block], flavour: Flavour, plan: Plan, arrange: str) -> str:
    """The article: paragraphs and tables in one of several arrangements."""
    out: list[str] = []
    rng = plan.rng
    for b in blocks:
        if b.kind == "title":
            out.append(flavour.title.format(esc(b.text).replace("\n", "<br/>")))
        elif b.kind == "h":
            out.append(flavour.head.format(esc(b.text)))
        elif b.kind == "sign":
            out.append(flavour.para.format(esc(b.text)).replace("<p", '<p align="right"', 1))
        elif b.kind == "caption":
            out.append(flavour.para.format(esc(b.text)))
        elif b.kind == "img":
            out.append(f'<p style="text-align:center"><img src="/upload/image/{plan.year}/{b.text}.jpg" alt="" /></p>')
        elif b.kind == "table" and b.table is not None:
            out.append(_arranged(b.table, flavour, plan, arrange, rng))
        else:
            out.append(flavour.para.format(esc(b.text)))
    return "\n".join(out)


def _one_frame(blocks: list[Block], flavour: Flavour, plan: Plan) -> list[Block]:
    """All tables and their headings in one table of fifteen columns."""
    tables = [b for b in blocks if b.kind == "table"]
    if len(tables) < 2:
        return blocks
    frames = [stretched(b.table, 15) for b in tables if b.table]
    if any(f is None for f in frames):
        return blocks
    first, last = blocks.index(tables[0]), blocks.index(tables[-1])
    rows: list[list[Cell]] = []
    start = first - 1 if blocks[first - 1].kind == "h" else first
    n = 0
    for b in blocks[start : last + 1]:
        if b.kind == "table":
            frame = frames[n]
            n += 1
            if frame:
                rows += frame.rows
        else:
            rows.append([Cell(b.text, cols=15)])
    return [*blocks[:start], Block("table", table=Table("all", rows, 0)), *blocks[last + 1 :]]


def _arranged(table: Table, flavour: Flavour, plan: Plan, arrange: str, rng: Random) -> str:
    hidden = "hidden_rows" in plan.page and table.kind == "t3"
    if arrange == "split" and table.kind in {"t3", "a14"} and len(table.rows) > 12:
        at = rng.randint(9, len(table.rows) - 4)
        head = rng.random() < 0.5
        two = cut(table, at, repeat_head=head, repeat_labels=rng.random() < 0.5)
        return "\n".join(table_html(t, flavour, plan) for t in two)
    if arrange == "transposed" and table.kind == "t3":
        table = transposed(table)
    text = table_html(table, flavour, plan, hidden_rows=hidden)
    if "hidden_draft_table" in plan.page and table.kind in {"t3", "a14"}:
        text = f'<div style="display:none">{_hidden_draft(table, flavour, plan)}</div>' + text
    if "commented_draft_table" in plan.page and table.kind in {"t3", "a14"}:
        text += f"<!-- {_hidden_draft(table, flavour, plan).replace('--', '- -')} -->"
    if arrange == "nested":
        text = f'<table width="980" border="0"><tr><td width="10">&nbsp;</td><td align="center">{text}</td><td width="10">&nbsp;</td></tr></table>'
    if arrange == "scroll":
        text = f'<div class="table-wrap" style="overflow-x:auto"><div>{text}</div></div>'
    return text


def div_grid(table: Table, plan: Plan) -> str:
    """The table as rows of boxes (spans given in styles and their places left empty)."""
    out = ['<div class="grid-table" style="display:table;width:100%">']
    for line in matrix(table):
        out.append('<div class="grid-row" style="display:table-row">')
        for cell, starts in line:
            text = inner_html(cell, plan, "") if starts else ""
            out.append(f'<div class="grid-cell" style="display:table-cell;border:1px solid #999">{text}</div>')
        out.append("</div>")
    return "\n".join([*out, "</div>"])


def line_html(table: Table, plan: Plan, how: str) -> str:
    """The table as text in HTML."""
    if how == "div":
        return div_grid(table, plan)
    lines = lines_of(table, {"pre": "tab", "ptab": "tab", "ppipe": "pipe", "pcell": "cells", "br": "tab", "brcell": "cells", "psent": "sentences", "lisent": "sentences", "pspace": "wide"}[how])
    if how == "pre":
        return "<pre>" + esc("\n".join(lines)) + "</pre>"
    if how == "br":
        return "<p>" + "<br/>\n".join(esc(x) for x in lines) + "</p>"
    if how == "brcell":
        return "<div>" + "<br>".join(esc(x) for x in lines) + "</div>"
    if how == "lisent":
        return "<ul>" + "\n".join(f"<li>{esc(x)}</li>" for x in lines) + "</ul>"
    return "\n".join(f"<p>{esc(x)}</p>" for x in lines)


def article(blocks: list[Block], plan: Plan, flavour: str, arrange: str = "three", text: str = "") -> str:
    """The inner HTML of the report."""
    f = FLAVOURS[flavour]
    if text:
        out = []
        for b in blocks:
            if b.kind == "table" and b.table is not None:
                out.append(line_html(b.table, plan, text))
            else:
                out.append(blocks_html([b], f, plan, "three"))
        return "\n".join(out)
    if arrange == "one":
        blocks = _one_frame(blocks, f, plan)
    return blocks_html(blocks, f, plan, arrange)


def page(inner: str, plan: Plan, title: str | None, rng: Random) -> str:
    """The page of the portal around the article."""
    place = plan.organ.place
    nameless = "nameless" in plan.page
    site = "政府信息公开平台" if nameless else f"{place.name}人民政府"
    if plan.portal and not nameless:
        above = parent(place)
        site = f"{above.name}人民政府" if above else site
    name = "" if nameless else rng.choice((plan.organ.full, plan.organ.short, place.name))
    y = plan.year + 1
    charset = {"gbk": "gb2312", "utf-16": "utf-16"}.get(plan.encoding, "utf-8" if plan.encoding.startswith("utf-8") else plan.encoding)
    if "meta_charset_lies" in plan.page:
        charset = "gb2312"
    shown = title or "政府信息公开年报"
    kind = rng.randrange(5)
    if kind == 0 and "bare_page" not in plan.page:
        crumbs = "<div class='dqwz'>当前位置：<a href='/'>首页</a> &gt; <a href='../'>政务公开</a> &gt; <a href='./'>政府信息公开年报</a></div>"
        info = f"<div class='ly'><span>发布时间：{y}-0{rng.randint(1, 4)}-{rng.randint(10, 28)} {rng.randint(8, 17)}:{rng.randint(10, 59)}</span> <span>来源：{name}</span> <span>浏览次数：<script>document.write(' ')</script></span> 【字体：<a>大</a> <a>中</a> <a>小</a>】</div>"
    elif kind == 1:
        crumbs = "<div id='position'><a href='/'>网站首页</a>/<a href='/zwgk'>政府信息公开</a>/<a href='/zwgk/nb'>信息公开年报</a></div>"
        info = (
            "<table class='xxgk-head' width='100%'><tr><td>索引号：</td><td>{i}</td><td>发布机构：</td><td>{n}</td></tr>"
            "<tr><td>成文日期：</td><td>{y}-01-{d}</td><td>主题分类：</td><td>政府信息公开年报</td></tr><tr><td>名称：</td><td colspan='3'>{t}</td></tr></table>"
        ).format(i=f"{rng.randint(10 ** 8, 10 ** 9)}/{y}-{rng.randint(10000, 99999)}", n=name, y=y, d=rng.randint(10, 28), t=esc(shown))
    else:
        crumbs = "<p class='crumb'>首页 > 法定主动公开内容 > 政府信息公开年报</p>"
        info = f"<p class='info'>日期：{y}-02-{rng.randint(10, 28)}　　来源：{name}</p>"
    heading = f"<h1>{esc(shown)}</h1>" if title and rng.random() < 0.7 else ""
    links = ""
    if "other_years_links" in plan.page:
        links = "<ul class='xgyd'>" + "".join(
            f"<li><a href='./t{n + 1}0126_{rng.randint(10000, 99999)}.html'>{'' if nameless else plan.organ.short}{n}年政府信息公开工作年度报告</a></li>" for n in range(plan.year - 3, plan.year + 2) if n != plan.year
        ) + "</ul>"
    if "attachment_links" in plan.page:
        links += f"<p>附件：<a href='./P0{y}0126{rng.randint(10 ** 6, 10 ** 7)}.docx'>{esc(shown)}.docx</a></p>"
    if "share_widgets" in plan.page:
        links += "<div class='share'>分享到：<a>微信</a><a>微博</a> 扫一扫在手机打开当前页 <span>打印本页</span><span>关闭窗口</span></div>"
    footer = "<div id='footer'>" + ("网站地图 联系我们" if nameless else f"主办：{site}办公室　网站标识码：{place.code}{rng.randint(1000, 9999)}　备案号：{rng.randint(10 ** 7, 10 ** 8)}号") + "</div>"
    xmlns = ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"' if "<o:p>" in inner or "x:num" in inner else ""
    return (
        f"<!DOCTYPE html>\n<html{xmlns}>\n<head>\n<meta charset=\"{charset}\">\n<title>{esc(shown)}_{site}</title>\n"
        f"<meta name=\"SiteName\" content=\"{site}\"/>\n<meta name=\"ColumnName\" content=\"政府信息公开年报\"/>\n"
        "<style>.tb1 td{border:1px solid #000}</style>\n<script>var _hmt=_hmt||[];</script>\n</head>\n<body>\n"
        f"<div class='top'><a href='/'>{site}</a> <a>首页</a> <a>政务公开</a> <a>办事服务</a> <a>互动交流</a></div>\n{crumbs}\n{heading}\n{info}\n"
        f"<div class='TRS_Editor' id='zoom'>\n{inner}\n</div>\n{links}\n{footer}\n</body>\n</html>\n"
    )


def site_host(plan: Plan) -> str:
    """Host of the portal the document is on."""
    above = parent(plan.organ.place)
    return host(above) if plan.portal and above else host(plan.organ.place)

"""Wrap blocks into HTML pages, text files, JSON answers and MHTML."""

from __future__ import annotations

import json
from html import escape

from .htmlout import grid_html
from .layouts import Layout
from .model import Cell, Grid, Row
from .state import Block, State
from .textout import grid_text


def one_grid(blocks: list[Block]) -> list[Block]:
    """Put every grid, with its heading as a row, into one grid at the first grid's place."""
    grids = [b for b in blocks if b[0] == "grid"]
    width = max(len(g.matrix()[0]) for _, g in grids)  # type: ignore[union-attr]
    merged, out, seen = Grid(), [], 0
    names = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]
    for kind, what in blocks:
        if isinstance(what, Grid):
            merged.rows.append(Row([Cell(names[min(seen, 2)], None, 1, width, True)]))
            merged.rows += what.rows
            seen += 1
            if seen == 1:
                out.append((kind, merged))
        elif not (kind == "h" and what in names):
            out.append((kind, what))
    return out


def body_html(s: State, layout: Layout, blocks: list[Block]) -> str:
    """The article's inner HTML."""
    flavour = layout.flavour if layout.family in ("html", "htmllines", "json") or layout.flavour.startswith("pre_") else "plain"
    out = []
    for kind, what in blocks:
        if isinstance(what, Grid):
            out.append(grid_html(what, s.rng, flavour, bool(s.options.get("spacer"))))
        elif kind == "raw":
            out.append(what)
        elif kind == "h":
            out.append(f"<p><strong>{escape(what)}</strong></p>" if flavour != "word" else f"<p class=MsoNormal><b><span style='font-family:黑体'>{escape(what)}</span></b></p>")
        else:
            out.append(f'<p style="text-indent:2em">{escape(what)}</p>')
    return "\n".join(out)


def page_html(s: State, layout: Layout, blocks: list[Block], title: str, charset: str | None) -> str:
    """A whole page."""
    body = body_html(s, layout, blocks)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    style = "<style>.noshow{display:none}.tbl td{padding:2px}</style>"
    if layout.flavour == "word":
        return (f'<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n<head>{meta}<meta name=Generator content="Microsoft Word 11">'
                f'<title>{escape(title)}</title><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->{style}</head>\n'
                f"<body lang=ZH-CN><div class=Section1>\n<p class=MsoNormal align=center><b>{escape(title)}</b></p>\n{body}</div></body></html>")
    host, links = s.place.host, ""
    if s.options.get("older_reports_linked"):
        links += "<ul class='more'>" + "".join(f'<li><a href="/xxgk/nb/{y}.html">{s.organ.norm}{y}年政府信息公开工作年度报告</a></li>' for y in (s.year - 2, s.year - 1)) + "</ul>"
    if s.options.get("attachment_links"):
        links += f'<p>附件:<a href="/upload/{s.year + 1}/nb{s.rng.randrange(99)}.docx">年度报告正文.docx</a></p>'
    main = f"<h1>{escape(title)}</h1>\n{body}\n{links}"
    if layout.page == "nested":
        main = f'<table width="980" align="center"><tr><td width="160" valign="top"><table><tr><td>政务动态</td></tr><tr><td>通知公告</td></tr></table></td><td valign="top">{main}</td></tr></table>'
    if layout.page == "portal":
        main = (f'<div class="top">{s.place.name}人民政府门户网站</div><div class="nav"><a href="/">首页</a>&gt;<a href="/xxgk/">政务公开</a>&gt;<a href="/xxgk/nb/">政府信息公开年报</a></div>'
                f'<div class="info"><table><tr><td>索引号</td><td>{s.rng.randrange(10**8)}/{s.year + 1}-{s.rng.randrange(1000):05d}</td><td>浏览次数</td><td>{s.rng.randrange(30, 900)}</td></tr></table></div><div id="zoom">{main}</div>'
                f'<div class="foot">主办:{s.place.name}人民政府 网站标识码:{s.place.code}0001 备案号:{s.rng.randrange(10**7)}号</div>')
    return f"<!DOCTYPE html>\n<html><head>{meta}<title>{escape(title)}</title>{style}</head>\n<body>\n{main}\n</body></html>\n<!-- {host} -->"


def page_text(s: State, layout: Layout, blocks: list[Block], title: str) -> str:
    """A plain text or CSV file."""
    out = [title, ""]
    csvish = layout.family == "csv"
    page = 1
    for kind, what in blocks:
        if isinstance(what, Grid):
            if what.caption:
                out.append(what.caption)
            text = grid_text(what, layout.flavour)
            if s.options.get("footers") and layout.flavour in ("tab", "pipe", "tabrepeat", "piperepeat"):
                lines = text.split("\n")
                if len(lines) > 12:
                    lines.insert(len(lines) // 2 + 2, f"- {page} -")
                    page += 1
                text = "\n".join(lines)
            out += [text, ""]
        elif kind != "raw":
            mark = "## " if layout.flavour == "md" and kind == "h" else ""
            out.append(f'"{what}"' if csvish and layout.flavour == "csv" else mark + what)
    return "\n".join(out) + "\n"


def page_json(s: State, layout: Layout, blocks: list[Block], title: str) -> str:
    """A service's answer with the article's HTML inside."""
    html = body_html(s, layout, blocks)
    if layout.id == "j_data":
        return json.dumps({"code": 200, "msg": "ok", "data": {"id": s.rng.randrange(10**6), "title": title, "content": html}}, ensure_ascii=s.rng.random() < 0.5)
    if layout.id == "j_deep":
        return json.dumps({"success": True, "result": {"list": [{"infoTitle": title, "infoContent": html, "publishOrgan": s.organ.norm, "clickCount": 118}]}}, ensure_ascii=False)
    return "callback(" + json.dumps({"title": title, "body": f"<div>{html}</div>"}, ensure_ascii=False) + ");"


def mht(html: str) -> bytes:
    """A page saved by Word as a single file."""
    import base64
    raw = base64.encodebytes(html.encode("utf-8")).decode("ascii")
    return ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"----=_Part_01\"\n\n------=_Part_01\nContent-Location: file:///C:/report.htm\n"
            f"Content-Transfer-Encoding: base64\nContent-Type: text/html; charset=\"utf-8\"\n\n{raw}\n------=_Part_01--\n").encode("ascii")

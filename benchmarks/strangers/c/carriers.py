"""The carriers: how blocks become bytes, what each can show, which table shapes it needs."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import files, html, text
from .grid import Block, Grid

Render = Callable[[Sequence[Block], random.Random, html.Page, str], str | bytes]

TABLE = frozenset({"html", "table", "blank", "wrap", "sup", "ghost", "unseen", "unseen_table", "odd", "split", "space", "free", "encode"})
BOXES = TABLE - {"table", "unseen"}
SPAN_TEXT = frozenset({"encode", "odd"})
GRID_TEXT = SPAN_TEXT | {"blank", "space", "free"}
FILE = frozenset({"table", "blank", "wrap", "space", "free"})


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier; `shapes` are forced on the tables."""

    name: str
    ext: str
    mime: str
    caps: frozenset[str]
    render: Render
    weight: int = 2
    shapes: dict[str, str] = field(default_factory=dict)


def _page(write: html.Writer, wrap: Callable[[str, html.Page, str], str], p: str = "<p>{}</p>", strong: bool = False) -> Render:
    def render(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> str:
        return wrap(html.body(blocks, write, rng, p, strong), page, charset)
    return render


def _whole(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> str:
    return html.wrap_portal(html.one_table(blocks, rng), page, charset)


def _pre(write: text.TextTable) -> Render:
    def render(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> str:
        body = text.document(blocks, write).replace("&", "&amp;").replace("<", "&lt;")
        return html.wrap_portal(f"<pre>{body}</pre>", page, charset)
    return render


def _lines(write: text.TextTable) -> Render:
    def render(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> str:
        lines = [line.replace("&", "&amp;").replace("<", "&lt;") for line in text.document(blocks, write).split("\n") if line.strip()]
        return html.wrap_plain("<div>" + "<br>\n".join(lines) + "</div>", page, charset)
    return render


def _json(write: html.Writer, style: str) -> Render:
    def render(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> str:
        body = html.body(blocks, write, rng, strong=True)
        if style == "info":
            return json.dumps({"code": 200, "msg": "success", "data": {"infoGuid": f"{rng.getrandbits(64):016x}", "infoTitle": page.title,
                               "pubDate": page.date, "infoContent": body}}, ensure_ascii=False)
        return json.dumps({"result": True, "rows": [{"id": rng.randint(1000, 99999), "title": page.title, "content": body,
                                                     "createTime": page.date + " 10:00:00"}]}, ensure_ascii=True, indent=1)
    return render


def _text(write: text.TextTable) -> Render:
    return lambda blocks, rng, page, charset: text.document(blocks, write)


def _csv(delimiter: str, repeat: bool) -> Render:
    return lambda blocks, rng, page, charset: text.separated(blocks, delimiter, repeat)


def _docx(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> bytes:
    return files.docx(blocks)


def _xlsx(several: bool) -> Render:
    def render(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> bytes:
        hidden: Grid | None = next((block.grid for block in blocks if block.kind == "unseen_table"), None)
        return files.xlsx(blocks, several, hidden)
    return render


def _pdf(blocks: Sequence[Block], rng: random.Random, page: html.Page, charset: str) -> bytes:
    return files.pdf(blocks)


_PAIRED = {"t2": "list", "t3": "flat", "t4": "matrix", "annex": "plain"}
_HTML, _DOC = "text/html", "application/msword"
_OOX = "application/vnd.openxmlformats-officedocument."

CARRIERS: tuple[Carrier, ...] = (
    Carrier("html_plain", "html", _HTML, TABLE, _page(html.plain, html.wrap_plain), 3),
    Carrier("html_portal", "html", _HTML, TABLE, _page(html.plain, html.wrap_portal), 5),
    Carrier("html_semantic", "html", _HTML, TABLE, _page(html.semantic, html.wrap_portal), 3),
    Carrier("html_word", "html", _HTML, TABLE - {"split"}, _page(html.word, html.wrap_word, '<p class="MsoNormal" style="text-indent:21pt"><span>{}</span></p>', True), 4),
    Carrier("html_word_portal", "html", _HTML, TABLE, _page(html.word, html.wrap_portal, '<p class="MsoNormal">{}</p>', True), 4),
    Carrier("html_excel", "html", _HTML, TABLE, _page(html.excel, html.wrap_portal), 2),
    Carrier("html_wps", "html", _HTML, TABLE, _page(html.wps, html.wrap_portal, '<p style="line-height:2em"><span style="font-family:仿宋_GB2312">{}</span></p>', True), 4),
    Carrier("html_legacy", "htm", _HTML, TABLE, _page(html.legacy, html.wrap_legacy, "<P><FONT SIZE=3>{}</FONT>", True), 2),
    Carrier("html_unclosed", "html", _HTML, TABLE, _page(html.unclosed, html.wrap_portal, "<p>{}"), 1),
    Carrier("html_nested", "html", _HTML, TABLE, _page(html.nested, html.wrap_legacy), 2),
    Carrier("html_nested_cells", "html", _HTML, TABLE - {"unseen"}, _page(html.nested_rows, html.wrap_portal), 1),
    Carrier("html_one_table", "html", _HTML, TABLE - {"unseen", "unseen_table"}, _whole, 2),
    Carrier("html_rows_repeated", "html", _HTML, BOXES, _page(html.full_rows, html.wrap_portal), 2),
    Carrier("html_rows_blank", "html", _HTML, BOXES, _page(html.blank_rows, html.wrap_portal), 2),
    Carrier("html_div_table", "html", _HTML, BOXES, _page(html.div_table, html.wrap_portal), 2),
    Carrier("html_flex", "html", _HTML, BOXES, _page(html.div_flex, html.wrap_plain), 1),
    Carrier("html_aria", "html", _HTML, BOXES, _page(html.aria, html.wrap_portal), 1),
    Carrier("html_dl", "html", _HTML, SPAN_TEXT | {"html", "sup", "space", "unseen_table"}, _page(html.definition, html.wrap_portal), 1, _PAIRED),
    Carrier("html_list", "html", _HTML, SPAN_TEXT | {"html", "sup", "unseen_table"}, _page(html.listing, html.wrap_portal), 1, _PAIRED),
    Carrier("html_cell_paragraphs", "html", _HTML, SPAN_TEXT | {"html", "sup", "space"}, _page(html.cell_paragraphs, html.wrap_portal), 1),
    Carrier("html_pre_spaces", "html", _HTML, SPAN_TEXT, _pre(text.spaces), 1),
    Carrier("html_pre_box", "html", _HTML, GRID_TEXT, _pre(text.box), 1),
    Carrier("html_br_pipes", "html", _HTML, GRID_TEXT, _lines(text.pipes), 1),
    Carrier("html_br_colon", "html", _HTML, SPAN_TEXT, _lines(text.colon), 1, _PAIRED),
    Carrier("json_info", "json", "application/json", TABLE - {"encode"}, _json(html.wps, "info"), 2),
    Carrier("json_rows", "json", "application/json", TABLE - {"encode"}, _json(html.plain, "rows"), 1),
    Carrier("doc_html", "doc", _DOC, TABLE - {"unseen_table"}, _page(html.word, html.wrap_word, '<p class="MsoNormal">{}</p>', True), 1),
    Carrier("xls_html", "xls", "application/vnd.ms-excel", TABLE - {"unseen_table"}, _page(html.excel, html.wrap_plain), 1),
    Carrier("txt_tabs", "txt", "text/plain", GRID_TEXT, _text(text.tabs), 2),
    Carrier("txt_tabs_repeated", "txt", "text/plain", GRID_TEXT, _text(text.tabs_full), 1),
    Carrier("txt_pipes", "txt", "text/plain", GRID_TEXT, _text(text.pipes), 1),
    Carrier("txt_markdown", "txt", "text/plain", GRID_TEXT, _text(text.markdown), 1),
    Carrier("txt_cells", "txt", "text/plain", SPAN_TEXT, _text(text.cells), 2),
    Carrier("txt_tabbed_cells", "txt", "text/plain", SPAN_TEXT, _text(text.tabbed_cells), 1),
    Carrier("txt_spaces", "txt", "text/plain", SPAN_TEXT, _text(text.spaces), 1),
    Carrier("txt_box", "txt", "text/plain", GRID_TEXT, _text(text.box), 1),
    Carrier("txt_plus", "txt", "text/plain", GRID_TEXT, _text(text.plus), 1),
    Carrier("txt_colon", "txt", "text/plain", SPAN_TEXT, _text(text.colon), 1, _PAIRED),
    Carrier("csv", "csv", "text/csv", GRID_TEXT, _csv(",", False), 2),
    Carrier("csv_repeated", "csv", "text/csv", GRID_TEXT, _csv(",", True), 1),
    Carrier("tsv_semicolon", "csv", "text/csv", GRID_TEXT, _csv(";", False), 1),
    Carrier("docx", "docx", _OOX + "wordprocessingml.document", FILE | {"sup", "ghost", "split", "odd"}, _docx, 5),
    Carrier("xlsx", "xlsx", _OOX + "spreadsheetml.sheet", FILE | {"unseen_table", "odd"}, _xlsx(False), 2),
    Carrier("xlsx_sheets", "xlsx", _OOX + "spreadsheetml.sheet", FILE | {"unseen_table", "odd"}, _xlsx(True), 2),
    Carrier("pdf_ruled", "pdf", "application/pdf", FILE, _pdf, 4),
)
PROSE = tuple(c for c in CARRIERS if c.name in (
    "html_plain", "html_portal", "html_legacy", "html_wps", "html_word", "txt_tabs", "docx", "pdf_ruled", "json_info", "doc_html"))

"""The layouts: a carrier, the shapes it can show, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from .htmlcarriers import article, page
from .model import Block
from .office import docx, office_html, rtf, spreadsheet_xml, web_archive, xlsx
from .plan import Plan, Powers
from .textcarriers import csv_document, text_document

File = tuple[bytes, str, str | None]
"""Body, extension, content type."""
Writer = Callable[[list[Block], Plan, str | None, Random], File]


@dataclass(frozen=True, slots=True)
class Layout:
    """One family."""

    name: str
    powers: Powers
    write: Writer
    weight: float = 1.0
    annex: bool = True
    """Fit for the older forms as well."""
    prose: bool = field(default=False)


LAYOUTS: list[Layout] = []
STYLES = ("official", "official", "official", "two", "repeat", "blankfill", "flat", "path", "numbered")
_MARKUP = Powers(markup=True, styles=STYLES)
_OFFICIAL = Powers(markup=True, styles=("official",))


def encoded(text: str, plan: Plan, *, markup: bool) -> bytes:
    """Bytes in the plan's encoding; what it lacks becomes a reference or the nearest plain sign."""
    if plan.encoding in {"gbk", "gb18030"}:
        if markup:
            return text.encode(plan.encoding, "xmlcharrefreplace")
        for odd in "\u200b\ufeff":
            text = text.replace(odd, "")
        return text.replace("\u00a0", " ").encode(plan.encoding, "replace")
    return text.encode(plan.encoding)


def html_type(plan: Plan, rng: Random) -> str | None:
    """What the server says of a page."""
    if plan.encoding == "utf-8":
        return "text/html; charset=utf-8" if "meta_charset_lies" in plan.page else rng.choice(("text/html; charset=utf-8", "text/html", "text/html;charset=UTF-8"))
    if plan.encoding == "gbk":
        return rng.choice(("text/html; charset=GBK", "text/html", "text/html; charset=gb2312"))
    return "text/html"


def _html(flavour: str, arrange: str = "three", text: str = "") -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        inner = article(blocks, plan, flavour, arrange, text)
        return encoded(page(inner, plan, title, rng), plan, markup=True), "html", html_type(plan, rng)

    return write


def _add(name: str, powers: Powers, write: Writer, weight: float = 1.0, *, annex: bool = True, prose: bool = False) -> None:
    LAYOUTS.append(Layout(name, powers, write, weight, annex, prose))


for _f, _w in (("plain", 7.0), ("th", 3), ("word", 6), ("wps", 5), ("ueditor", 7), ("kind", 4), ("tinymce", 2), ("section", 2), ("frontpage", 2), ("ckeditor", 3), ("strong", 3), ("ptd", 2), ("excel", 3), ("et", 2)):
    _add(f"html_{_f}", _MARKUP, _html(_f), _w, prose=True)
_add("html_one_frame", _OFFICIAL, _html("ueditor", "one"), 2, annex=False)
_add("html_one_frame_word", _OFFICIAL, _html("word", "one"), 1, annex=False)
_add("html_nested_layout_table", _MARKUP, _html("plain", "nested"), 1.5)
_add("html_scroll_box", _MARKUP, _html("th", "scroll"), 1.5)
_add("html_cut_by_page", _OFFICIAL, _html("wps", "split"), 1.5)
_add("html_cut_by_page_plain", _OFFICIAL, _html("plain", "split"), 1)
_WHOLE = Powers(markup=True, styles=("official",), wide=False, whole=True)
_add("html_transposed", _WHOLE, _html("plain", "transposed"), 1, annex=False)
_add("html_div_grid", Powers(markup=True, styles=("repeat", "path"), spans=False, wide=False), _html("strong", text="div"), 1.2)
_LINES = Powers(spans=False, styles=("official", "flat", "path", "blankfill"))
_FLAT = Powers(grid=False, spans=False, wide=False, styles=("official", "flat"))
_SENT = Powers(grid=False, spans=False, wide=False, whole=True, family="sentences", styles=("official",))
_add("html_pre_tabs", _LINES, _html("plain", text="pre"), 1.2)
_add("html_paragraph_tabs", _LINES, _html("ueditor", text="ptab"), 1.2)
_add("html_paragraph_pipes", _LINES, _html("kind", text="ppipe"), 1)
_add("html_cell_per_paragraph", _FLAT, _html("ueditor", text="pcell"), 1.5, annex=True)
_add("html_breaks_tabs", _LINES, _html("kind", text="br"), 1)
_add("html_breaks_cells", _FLAT, _html("plain", text="brcell"), 1)
_add("html_wide_spaces", _FLAT, _html("plain", text="pspace"), 0.8)
_add("html_sentences", _SENT, _html("ckeditor", text="psent"), 1, annex=False)
_add("html_list_items", _SENT, _html("th", text="lisent"), 0.7, annex=False)


def _text(how: str, *, footers: bool = False) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        body = text_document(blocks, plan, how, footers=footers)
        kind = "text/markdown" if how == "markdown" else "text/plain"
        said = rng.choice((kind, f"{kind}; charset=utf-8" if plan.encoding.startswith("utf-8") else kind, None))
        return encoded(body, plan, markup=False), "md" if how == "markdown" else "txt", said

    return write


_T = Powers(spans=False, family="text", styles=("official", "flat", "path", "repeat"))
_TF = Powers(spans=False, grid=False, wide=False, family="text", styles=("official", "flat"))
for _how, _p, _w in (("tab", _T, 1.2), ("pipe", _T, 1), ("markdown", _T, 1.2), ("box", _T, 1), ("barepipe", _T, 0.6), ("cells", _TF, 1.5), ("cellstab", _TF, 1), ("fixed", _TF, 0.8)):
    _add(f"text_{_how}", _p, _text(_how), _w)
_add("text_cells_paged", _TF, _text("cells", footers=True), 1.2)
_add("text_sentences", _SENT, _text("sentences"), 0.6, annex=False)


def _share(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
    """A reader's page of an official site that shows a file as flattened text (as sharing sites do)."""
    lines = text_document(blocks, plan, "cells", footers=True).splitlines()
    inner = "<div class='reader-txt-layer'>" + "".join(f"<p class='reader-word-layer'>{x.strip()}</p>" for x in lines if x.strip()) + "</div>"
    return encoded(page(inner, plan, title, rng), plan, markup=True), "html", html_type(plan, rng)


_add("html_file_reader", Powers(spans=False, grid=False, wide=False, styles=("official", "flat")), _share, 1.5)


def _csv(quote_all: bool) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        body = csv_document(blocks, quote_all=quote_all)
        return encoded(body, plan, markup=False), "csv", rng.choice(("text/csv", "application/octet-stream", "text/plain", None))

    return write


_add("csv", _T, _csv(False), 1.2)
_add("csv_quoted", _T, _csv(True), 0.8)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _docx(split: bool) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        return docx(blocks, plan, split=split), "docx", rng.choice((_DOCX, "application/octet-stream", None))

    return write


def _xlsx(sheets: bool) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        return xlsx(blocks, plan, sheets=sheets), "xlsx", rng.choice((_XLSX, "application/octet-stream", None))

    return write


_add("docx", Powers(family="docx", styles=STYLES), _docx(False), 4, prose=True)
_add("docx_split_runs", Powers(family="docx", styles=("official",)), _docx(True), 2)
_add("xlsx_one_sheet", Powers(family="xlsx", styles=STYLES), _xlsx(False), 2.5)
_add("xlsx_sheets", Powers(family="xlsx", styles=("official",)), _xlsx(True), 1.5)


def _rtf(ext: str) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        return rtf(blocks), ext, rng.choice(("application/msword", "application/rtf" if ext == "rtf" else "application/octet-stream"))

    return write


_NOT_HTML = Powers(family="other", styles=("official", "blankfill"))
_add("rtf", _NOT_HTML, _rtf("rtf"), 0.8)
_add("rtf_named_doc", _NOT_HTML, _rtf("doc"), 0.8)


def _office(flavour: str, ext: str) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        said = {"doc": "application/msword", "xls": "application/vnd.ms-excel", "htm": "text/html"}[ext]
        encoding = plan.encoding
        if encoding not in {"gbk", "utf-8"}:
            plan.encoding = "utf-8"
        return encoded(office_html(blocks, plan, flavour), plan, markup=True), ext, said

    return write


_OFFICE = Powers(family="office", styles=("official", "blankfill"))
_add("word_page_saved_htm", _OFFICE, _office("word", "htm"), 1.5)
_add("word_page_named_doc", _OFFICE, _office("word", "doc"), 1.2)
_add("wps_page_named_doc", _OFFICE, _office("wps", "doc"), 1)
_add("excel_page_saved_htm", _OFFICE, _office("excel", "htm"), 1)
_add("excel_page_named_xls", _OFFICE, _office("excel", "xls"), 1.5)
_add("et_page_named_xls", _OFFICE, _office("et", "xls"), 0.8)


def _mht(ext: str, quoted: bool) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        return web_archive(blocks, plan, "word", quoted=quoted), ext, "application/msword" if ext == "doc" else "message/rfc822"

    return write


_add("mht_quoted", _OFFICE, _mht("mht", True), 0.6)
_add("mht_named_doc", _OFFICE, _mht("doc", False), 0.8)


def _ss(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
    return spreadsheet_xml(blocks).encode(), rng.choice(("xls", "xml")), "application/vnd.ms-excel"


_add("spreadsheet_xml", _NOT_HTML, _ss, 0.8)


def _json(shape: str) -> Writer:
    def write(blocks: list[Block], plan: Plan, title: str | None, rng: Random) -> File:
        inner = article(blocks, plan, rng.choice(("ueditor", "plain", "wps")))
        when = f"{plan.year + 1}-01-2{rng.randint(0, 8)}"
        if shape == "detail":
            data = {"code": 200, "msg": "success", "data": {"id": rng.randint(10000, 99999), "title": title, "content": inner, "publishTime": when, "source": "" if "nameless" in plan.page else plan.organ.short}}
        elif shape == "rows":
            data = {"total": 1, "rows": [{"infoTitle": title, "infoContent": inner, "showDate": when}]}
        else:
            data = {"result": {"article": {"TITLE": title, "BODY": inner.replace("<", "&lt;").replace(">", "&gt;") if shape == "escaped" else inner, "PUBDATE": when}}}
        body = json.dumps(data, ensure_ascii=rng.random() < 0.5)
        if shape == "jsonp":
            body = f"callback({body});"
        kind = "application/javascript" if shape == "jsonp" else "application/json;charset=UTF-8"
        return body.encode(), "json", kind

    return write


_JSON = Powers(markup=True, family="json", styles=("official", "two", "flat"))
_add("json_detail", _JSON, _json("detail"), 1.2)
_add("json_rows", _JSON, _json("rows"), 0.7)
_add("jsonp_body", _JSON, _json("jsonp"), 0.6)
_add("json_escaped_html", _JSON, _json("escaped"), 0.5)

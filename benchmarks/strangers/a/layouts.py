"""Layout families: which shapes the tables take and which carrier they travel in."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from . import skin_office, skin_text
from .document import Document
from .sheet import Sheet
from .skin_html import Html


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes with what a server says of them."""

    body: bytes
    content_type: str | None
    extension: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A family: shapes of the three tables (or of the older one), how it is written, and what it can bear."""

    name: str
    pack: Callable[[random.Random, Document, Sheet | None, str], Packed]
    t2: tuple[str, ...] = ("official",)
    t3: tuple[str, ...] = ("official",)
    t4: tuple[str, ...] = ("official",)
    annex: tuple[str, ...] = ("official", "plain", "unit_last")
    one_table: bool = False
    bears: frozenset[str] = frozenset()  # html, table, spans, blank, extras, docx
    weight: float = 1.0


FULL = frozenset({"html", "table", "spans", "blank", "extras"})
BOXES = frozenset({"html", "blank", "extras"})
OFFICE = frozenset({"spans", "blank", "extras"})
TEXT = frozenset({"blank", "extras"})
POOR = frozenset[str]()


def encode(
    rng: random.Random, html: Callable[[str | None], str], *, plain_type: str = "text/html"
) -> Packed:
    """One of the encodings of Chinese sites, always told truthfully in at least one place."""
    way = rng.choice(
        ("utf-8", "utf-8", "utf-8", "utf-8", "bom", "gbk", "gb2312", "header", "header_wins")
    )
    match way:
        case "bom":
            return Packed(html(None).encode("utf-8-sig"), plain_type, "html")
        case "gbk" | "gb2312":
            return Packed(_han(html(way)), plain_type, "html")
        case "header":
            return Packed(_han(html(None)), f"{plain_type}; charset=GB18030", "html")
        case "header_wins":
            return Packed(_han(html("utf-8")), f"{plain_type};charset=gbk", "html")
    return Packed(
        html("utf-8").encode(),
        rng.choice(
            (plain_type, f"{plain_type}; charset=utf-8", f"{plain_type};charset=UTF-8", None)
        ),
        "html",
    )


def _han(text: str) -> bytes:
    """GBK, with character references where it has no character (as browsers' forms do)."""
    return text.encode("gbk", "xmlcharrefreplace")


def web(make: str) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """A page of one make."""

    def pack(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
        seed = rng.random()
        return encode(
            rng, lambda charset: Html(random.Random(seed), sheet, make).page(document, charset)
        )

    return pack


def web_text(
    style: str, manner: str
) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """A page whose tables are only characters."""

    def pack(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
        lines: list[str] = []
        for block in document.blocks:
            if not block.grid:
                lines.append(f"<p>{escape(block.text)}</p>")
                continue
            text = escape(skin_text.STYLES[style](block.grid))
            if block.grid.caption:
                lines.append(f"<p>{escape(block.grid.caption)}</p>")
            match manner:
                case "pre":
                    lines.append(f"<pre>{text}</pre>")
                case "br":
                    lines.append(
                        "<p>"
                        + text.replace("\n", "<br/>\n")
                        .replace("  ", "&nbsp;&nbsp;")
                        .replace("\t", "&nbsp;&nbsp;&nbsp;&nbsp;")
                        + "</p>"
                    )
                case _:
                    lines.append(
                        "\n".join(
                            f"<p>{line.replace(chr(9), '&emsp;') or '&nbsp;'}</p>"
                            for line in text.split("\n")
                        )
                    )
        seed = rng.random()

        def page(charset: str | None) -> str:
            shell = Html(random.Random(seed), None, "plain").page(
                Document(
                    [],
                    document.page_title,
                    document.site,
                    document.crumbs,
                    document.meta,
                    document.beside,
                ),
                charset,
            )
            return shell.replace('id="zoom">', 'id="zoom">' + "\n".join(lines), 1)

        return encode(rng, page)

    return pack


def text_file(
    style: str, encoding: str
) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """A .txt file."""

    def pack(_rng: random.Random, document: Document, _sheet: Sheet | None, _url: str) -> Packed:
        text = skin_text.text(document, style)
        if encoding == "crlf":
            return Packed(text.replace("\n", "\r\n").encode(), "text/plain", "txt")
        if encoding in {"gbk", "gb18030"}:
            return Packed(text.encode("gb18030"), "text/plain; charset=gb18030", "txt")
        return Packed(text.encode(encoding), "text/plain", "txt")

    return pack


def csv_file(
    encoding: str, delimiter: str = ","
) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """A .csv file."""

    def pack(_rng: random.Random, document: Document, _sheet: Sheet | None, _url: str) -> Packed:
        extension = "csv" if delimiter == "," else "tsv"
        return Packed(
            skin_text.comma_separated(document, delimiter).encode(encoding),
            "text/csv" if delimiter == "," else "text/tab-separated-values",
            extension,
        )

    return pack


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def docx_file(
    text_style: str | None = None,
) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """A .docx file."""

    def pack(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
        return Packed(
            skin_office.word(document, sheet, text_style=text_style),
            rng.choice((DOCX, "application/octet-stream", None)),
            "docx",
        )

    return pack


def xlsx_file(
    *, sheets: bool, numbers: bool
) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """A .xlsx file."""

    def pack(rng: random.Random, document: Document, _sheet: Sheet | None, _url: str) -> Packed:
        return Packed(
            skin_office.excel(
                document, rng, sheets=sheets, numbers=numbers, hidden_sheet=document.hidden_grid
            ),
            rng.choice((XLSX, "application/octet-stream")),
            "xlsx",
        )

    return pack


def office_html(
    make: str, extension: str, content_type: str
) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """HTML that calls itself .doc or .xls."""

    def pack(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
        return Packed(
            _han(Html(rng, sheet, make).page(document, "gb2312")), content_type, extension
        )

    return pack


def mht_file(_rng: random.Random, document: Document, sheet: Sheet | None, url: str) -> Packed:
    """Word's single-file page."""
    return Packed(
        skin_office.single_file(Html(_rng, sheet, "word").page(document, "gb2312"), url),
        "multipart/related",
        "mht",
    )


def spreadsheet_xml_file(
    _rng: random.Random, document: Document, _sheet: Sheet | None, _url: str
) -> Packed:
    """Excel 2003 XML called .xls."""
    return Packed(skin_office.spreadsheet_xml(document).encode(), "application/vnd.ms-excel", "xls")


def json_page(manner: str) -> Callable[[random.Random, Document, Sheet | None, str], Packed]:
    """What a site's own service answers: the article's HTML in a JSON string."""

    def pack(rng: random.Random, document: Document, sheet: Sheet | None, url: str) -> Packed:
        body = Html(rng, sheet, "inline").body(document)
        info = {
            "title": document.page_title,
            "publisher": dict(document.meta).get("发布机构", ""),
            "publishDate": document.published or "",
            "url": url,
        }
        if manner == "nested":
            payload: object = {
                "code": 200,
                "msg": "success",
                "data": json.dumps({**info, "detail": {"txtcontent": body}}, ensure_ascii=False),
            }
        elif manner == "entities":
            payload = {"success": True, "result": {**info, "content": escape(body)}}
        else:
            payload = {
                "code": 0,
                "data": {
                    "article": {**info, "content": body},
                    "prev": document.beside[:1],
                    "next": document.beside[1:2],
                },
            }
        return Packed(
            json.dumps(payload, ensure_ascii=manner == "ascii").encode(),
            "application/json;charset=UTF-8",
            "json",
        )

    return pack


def xml_record(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
    """A content system's XML answer with the article in CDATA."""
    body = Html(rng, sheet, "plain").body(document)
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<datastore><record><title>{escape(document.page_title)}</title><content><![CDATA[{body}]]></content></record></datastore>'
    return Packed(xml.encode(), "text/xml;charset=UTF-8", "xml")


def entity_page(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
    """Every Chinese character as a reference."""
    text = Html(rng, sheet, "plain").page(document, "gb2312")
    return Packed(text.encode("ascii", "xmlcharrefreplace"), "text/html", "html")


def utf16_page(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
    """Saved as Unicode by an old editor."""
    return Packed(
        Html(rng, sheet, "excel").page(document, "unicode").encode("utf-16"), "text/html", "html"
    )


def xhtml_page(rng: random.Random, document: Document, sheet: Sheet | None, _url: str) -> Packed:
    """Strict-looking XHTML."""
    text = (
        Html(rng, sheet, "thead")
        .page(document, "utf-8")
        .replace(
            "<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">'
        )
        .replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
    )
    return Packed(text.encode(), "text/html; charset=utf-8", "shtml")


def _all() -> tuple[Layout, ...]:
    made = [
        Layout("html_plain", web("plain"), bears=FULL, weight=2.5),
        Layout("html_inline_style", web("inline"), bears=FULL, weight=1.5),
        Layout("html_ueditor", web("ueditor"), bears=FULL, weight=2),
        Layout("html_word_export", web("word"), bears=FULL, weight=2),
        Layout(
            "html_word_cut",
            web("word"),
            t3=("cut", "cut_head"),
            annex=("cut",),
            bears=FULL - {"spans"},
        ),
        Layout("html_excel_export", web("excel"), bears=FULL, weight=1.5),
        Layout("html_excel_one_table", web("excel"), one_table=True, bears=FULL - {"extras"}),
        Layout("html_wps", web("wps"), bears=FULL),
        Layout("html_tag_soup", web("soup"), bears=FULL - {"html"}),
        Layout(
            "html_soup_blocks",
            web("soup"),
            t2=("blocks", "bare_blocks"),
            t4=("three",),
            bears=FULL - {"html"},
        ),
        Layout("html_thead", web("thead"), t2=("blocks",), annex=("official",), bears=FULL),
        Layout(
            "html_tfoot",
            web("tfoot"),
            t2=("flat",),
            t3=("flat",),
            t4=("matrix",),
            bears=BOXES | {"table"},
        ),
        Layout("html_nested_tables", web("nested"), t2=("official", "blocks"), bears=FULL),
        Layout("html_fonts_in_pieces", web("fonts"), bears=FULL - {"html"}),
        Layout("html_attributes", web("attrs"), annex=("side_by_side", "official"), bears=FULL),
        Layout("html_bold_cells", web("linked"), bears=FULL),
        Layout("html_inputs", web("inputs"), annex=("official",), bears=FULL - {"html"}),
        Layout("html_one_table", web("plain"), one_table=True, bears=FULL - {"extras"}),
        Layout("html_one_table_ueditor", web("ueditor"), one_table=True, bears=FULL - {"extras"}),
        Layout(
            "html_labels_repeated",
            web("plain"),
            t2=("repeat",),
            t3=("repeat",),
            t4=("repeat",),
            bears=BOXES | {"table"},
        ),
        Layout(
            "html_labels_holes",
            web("inline"),
            t2=("holes",),
            t3=("holes",),
            t4=("holes",),
            bears=BOXES | {"table"},
        ),
        Layout(
            "html_flat_labels",
            web("ueditor"),
            t2=("flat", "unit_column"),
            t3=("flat", "indent"),
            t4=("vertical", "matrix"),
            annex=("unit_in_label",),
            bears=FULL - {"spans"},
        ),
        Layout(
            "html_indent",
            web("plain"),
            t2=("unit_column",),
            t3=("indent",),
            t4=("matrix_t",),
            bears=FULL - {"spans"},
        ),
        Layout(
            "html_tidy",
            web("thead"),
            t2=("flat",),
            t3=("long",),
            t4=("vertical",),
            annex=("unit_in_label", "official"),
            bears=BOXES | {"table"},
        ),
        Layout(
            "html_transposed",
            web("plain"),
            t2=("wide", "list"),
            t3=("transposed",),
            t4=("transposed", "matrix_t"),
            bears=frozenset({"html", "blank"}),
        ),
        Layout("html_cut_rows", web("inline"), t3=("cut",), annex=("cut",), bears=FULL - {"spans"}),
        Layout(
            "html_cut_rows_headed",
            web("plain"),
            t3=("cut_head",),
            annex=("cut",),
            bears=FULL - {"spans"},
        ),
        Layout(
            "html_cut_columns",
            web("ueditor"),
            t2=("blocks",),
            t3=("columns_cut",),
            t4=("three",),
            annex=("side_by_side",),
            bears=frozenset({"html", "blank", "table"}),
        ),
        Layout(
            "html_bare_blocks",
            web("attrs"),
            t2=("bare_blocks",),
            t4=("three", "matrix"),
            bears=FULL,
        ),
        Layout("html_two_years", web("plain"), t2=("two_years",), t4=("matrix",), bears=FULL),
        Layout("html_vertical_four", web("inline"), t2=("list",), t4=("vertical",), bears=FULL),
        Layout("html_wide_two", web("plain"), t2=("wide",), t4=("matrix",), bears=FULL),
        Layout(
            "html_many_tbodies",
            web("section_tbodies"),
            t2=("blocks",),
            t3=("flat", "repeat"),
            bears=BOXES | {"table"},
        ),
        Layout(
            "div_table",
            web("divtable"),
            t2=("holes", "flat"),
            t3=("official", "indent"),
            bears=BOXES,
        ),
        Layout(
            "div_css_grid",
            web("cssgrid"),
            t2=("official",),
            t3=("official",),
            annex=("official",),
            bears=BOXES,
        ),
        Layout(
            "div_flex", web("flex"), t2=("flat", "holes"), t3=("holes",), t4=("holes",), bears=BOXES
        ),
        Layout(
            "html_list",
            web("list"),
            t2=("flat",),
            t3=("long",),
            t4=("vertical_full",),
            annex=("unit_in_label",),
            bears=frozenset({"html", "blank"}),
        ),
        Layout(
            "html_dl",
            web("dl"),
            t2=("list",),
            t3=("long",),
            t4=("vertical_full",),
            annex=("unit_in_label",),
            bears=frozenset({"html", "blank"}),
        ),
        Layout("html_entities", entity_page, bears=FULL),
        Layout("html_utf16", utf16_page, bears=FULL, weight=0.6),
        Layout("xhtml", xhtml_page, t2=("blocks", "official"), bears=FULL),
        Layout("pre_tabs", web_text("tabs", "pre"), bears=TEXT),
        Layout("pre_box", web_text("box", "pre"), bears=TEXT),
        Layout("pre_aligned", web_text("aligned", "pre"), t3=("official", "indent"), bears=POOR),
        Layout("p_pipes", web_text("pipes", "p"), bears=TEXT),
        Layout("p_pipes_shifted", web_text("pipes_drop", "p"), bears=frozenset({"blank"})),
        Layout(
            "br_tabs",
            web_text("tabs", "br"),
            t3=("flat",),
            t2=("flat",),
            t4=("matrix",),
            bears=POOR,
        ),
        Layout("p_markdown", web_text("markdown", "p"), t3=("official", "flat"), bears=TEXT),
        Layout("p_cells", web_text("cells", "p"), bears=POOR),
        Layout("br_cells", web_text("cells", "br"), bears=POOR),
        Layout("txt_tabs", text_file("tabs", "utf-8-sig"), bears=TEXT),
        Layout("txt_tabs_shifted_gbk", text_file("tabs_drop", "gbk"), bears=POOR),
        Layout("txt_pipes_utf16", text_file("pipes", "utf-16"), bears=TEXT),
        Layout("txt_box_gb18030", text_file("box", "gb18030"), bears=TEXT),
        Layout("txt_markdown", text_file("markdown", "crlf"), bears=TEXT),
        Layout("txt_cells", text_file("cells", "crlf"), bears=POOR),
        Layout("txt_cells_tabbed", text_file("cells_tabbed", "utf-8"), bears=POOR),
        Layout("txt_cells_piped", text_file("cells_piped", "utf-8"), bears=POOR),
        Layout("csv_gbk", csv_file("gb18030"), bears=TEXT),
        Layout(
            "csv_utf8", csv_file("utf-8-sig"), t2=("flat",), t3=("indent", "official"), bears=TEXT
        ),
        Layout(
            "csv_tidy",
            csv_file("utf-8-sig"),
            t2=("flat",),
            t3=("long",),
            t4=("vertical_full",),
            annex=("plain",),
            bears=frozenset({"blank"}),
        ),
        Layout("tsv", csv_file("utf-16", "\t"), bears=TEXT, weight=0.5),
        Layout("docx", docx_file(), bears=OFFICE | {"docx"}, weight=2),
        Layout(
            "docx_one_table",
            docx_file(),
            one_table=True,
            bears=frozenset({"blank", "spans", "docx"}),
        ),
        Layout(
            "docx_cut",
            docx_file(),
            t2=("blocks",),
            t3=("cut", "cut_head"),
            t4=("three",),
            annex=("cut",),
            bears=frozenset({"blank", "docx"}),
        ),
        Layout(
            "docx_flat",
            docx_file(),
            t2=("flat", "list"),
            t3=("flat", "indent"),
            t4=("matrix", "vertical"),
            annex=("side_by_side", "unit_in_label"),
            bears=frozenset({"blank", "docx", "extras"}),
        ),
        Layout("docx_tabs", docx_file("tabs"), bears=TEXT),
        Layout("xlsx_one_sheet", xlsx_file(sheets=False, numbers=True), bears=OFFICE, weight=1.5),
        Layout(
            "xlsx_sheets", xlsx_file(sheets=True, numbers=True), bears=OFFICE | {"hidden_sheet"}
        ),
        Layout(
            "xlsx_as_text",
            xlsx_file(sheets=False, numbers=False),
            t2=("flat", "official"),
            t3=("indent", "official"),
            bears=OFFICE,
        ),
        Layout(
            "xlsx_one_table",
            xlsx_file(sheets=False, numbers=True),
            one_table=True,
            bears=frozenset({"blank", "spans"}),
        ),
        Layout(
            "xlsx_tidy",
            xlsx_file(sheets=True, numbers=True),
            t2=("flat",),
            t3=("long",),
            t4=("vertical_full",),
            bears=frozenset({"blank"}),
        ),
        Layout("doc_that_is_html", office_html("word", "doc", "application/msword"), bears=FULL),
        Layout(
            "xls_that_is_html", office_html("excel", "xls", "application/vnd.ms-excel"), bears=FULL
        ),
        Layout("word_mht", mht_file, bears=FULL, weight=0.6),
        Layout("xls_2003_xml", spreadsheet_xml_file, bears=OFFICE, weight=0.6),
        Layout("json_html", json_page("plain"), bears=FULL),
        Layout("json_ascii", json_page("ascii"), t2=("blocks",), bears=FULL),
        Layout("json_nested", json_page("nested"), bears=FULL),
        Layout("json_entities", json_page("entities"), bears=FULL),
        Layout("xml_cdata", xml_record, bears=FULL),
    ]
    return tuple(made)


LAYOUTS = _all()

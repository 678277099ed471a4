"""The layout families: carrier, flavour and table styles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """family: html, htmllines, json, mht, text, lines, csv, docx, xlsx; flavour: rendering; t2, t3, t4: table styles."""

    id: str
    family: str
    flavour: str
    t2: str = "official"
    t3: str = "span"
    t4: str = "official"
    page: str = "plain"
    weight: float = 1.0
    form: str = "new"  # new, annex, prose


def _h(name: str, flavour: str = "plain", **kw: object) -> Layout:
    return Layout(f"h_{name}", "html", flavour, **kw)  # type: ignore[arg-type]


LAYOUTS: list[Layout] = [
    _h("official", weight=3), _h("styled", "styled", weight=2), _h("word", "word", weight=3), _h("excel", "excel", weight=1.5), _h("upper", "upper"), _h("thead", "thead"),
    _h("inputs", "inputs"), _h("nested", page="nested"), _h("portal", "styled", page="portal", weight=2), _h("one_table", page="one"), _h("word_one", "word", page="one"),
    _h("t3_repeat", t3="repeat"), _h("t3_empty", "styled", t3="empty"), _h("t3_joined", t3="joined"), _h("t3_tail", "thead", t3="tail"),
    _h("t3_transposed", t3="transposed"), _h("t3_cut_head", "word", t3="cut_head"), _h("t3_cut_nohead", t3="cut_nohead"), _h("t3_long", t3="long"),
    _h("t2_list", t2="list"), _h("t2_joined", "styled", t2="joined"), _h("t2_years", t2="years"), _h("t2_split", t2="split"),
    _h("t4_rows", t4="rows"), _h("t4_list", t4="list"), _h("t4_years", t4="years"), _h("lists", "thead", t2="joined", t3="joined", t4="list"),
    _h("divgrid", "divgrid"), _h("divgrid_lists", "divgrid", t2="joined", t3="joined", t4="rows"), _h("flex", "flex"), _h("flex_lists", "flex", t2="list", t3="repeat", t4="rows"),
    _h("displaytable", "displaytable", t3="joined"),
    Layout("h_lines", "htmllines", "lines"), Layout("h_br", "htmllines", "br", t3="joined"),
    Layout("h_pre_tab", "text", "pre_tab"), Layout("h_pre_box", "text", "pre_box", t3="joined"), Layout("h_pre_pipe", "text", "pre_pipe"), Layout("h_pre_ascii", "text", "pre_ascii", t3="empty"),
    Layout("j_data", "json", "plain"), Layout("j_deep", "json", "styled", t3="repeat"), Layout("j_jsonp", "json", "word"),
    Layout("m_mht", "html", "word", page="mht", weight=0.5),
    Layout("x_tab", "text", "tab"), Layout("x_tabrepeat", "text", "tabrepeat"), Layout("x_pipe", "text", "pipe"), Layout("x_piperepeat", "text", "piperepeat"), Layout("x_md", "text", "md", t3="joined"),
    Layout("x_box", "text", "box"), Layout("x_ascii", "text", "ascii", t2="list", t3="joined", t4="rows"), Layout("x_aligned", "lines", "aligned", t2="joined", t3="joined", t4="rows"),
    Layout("x_lines", "lines", "lines"), Layout("x_linestab", "lines", "linestab", t3="joined"),
    Layout("c_csv", "csv", "csv"), Layout("c_csv_gbk", "csv", "csv", t3="repeat", page="gbk"), Layout("c_semicolon", "csv", "semicolon", t2="joined", t3="joined", t4="list"), Layout("c_tsv_utf16", "csv", "tab", page="utf16"),
    Layout("d_docx", "docx", "docx", weight=2), Layout("d_joined", "docx", "docx", t3="joined"), Layout("d_cut", "docx", "docx", t3="cut_head"), Layout("d_lists", "docx", "docx", t2="list", t3="empty", t4="list"),
    Layout("s_xlsx", "xlsx", "xlsx", weight=1.5), Layout("s_sheets", "xlsx", "sheets"), Layout("s_joined", "xlsx", "xlsx", t2="joined", t3="joined", t4="rows"), Layout("s_text", "xlsx", "textcells", t3="repeat"), Layout("s_xml2003", "xlsx", "xml2003", weight=0.7),
    Layout("a_html", "html", "plain", form="annex", weight=2), Layout("a_word", "html", "word", t2="number", form="annex"), Layout("a_before", "html", "styled", t2="before", form="annex"),
    Layout("a_nounit", "html", "thead", t2="nounit", form="annex"), Layout("a_beside", "html", "plain", t2="beside", form="annex"), Layout("a_flex", "html", "flex", form="annex"),
    Layout("a_tab", "text", "tab", form="annex"), Layout("a_pipe", "text", "pipe", form="annex"), Layout("a_lines", "lines", "lines", form="annex"), Layout("a_csv", "csv", "csv", form="annex"),
    Layout("a_docx", "docx", "docx", form="annex"), Layout("a_xlsx", "xlsx", "xlsx", form="annex"),
    Layout("p_html", "html", "plain", form="prose", weight=2), Layout("p_txt", "text", "tab", form="prose"), Layout("p_docx", "docx", "docx", form="prose"),
]
BY_ID = {x.id: x for x in LAYOUTS}

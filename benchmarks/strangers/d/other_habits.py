"""Habits of labels, structure, amounts and the page."""

from __future__ import annotations

from collections.abc import Callable

from .cell_habits import Apply, plain
from .model import Shown
from .state import Col, State

_TRAD = str.maketrans("规范许处罚强费国属其关办结诉讼复议维纠审总计数请开为无误业构组织务机", "規範許處罰強費國屬其關辦結訴訟複議維糾審總計數請開為無誤業構組織務機")


def _amount(unit: str, per: float, where: str, digits: int) -> Apply:
    def apply(s: State) -> bool:
        names = [n for n in ("t2_fee_amount_wanyuan", "t2_procurement_amount_wanyuan") if n in s.shown and s.shown[n].read]
        if not names or s.options.get("fee_header_fixed"):
            return False
        name = names[0]
        value = float(s.meant[name] or 0)
        if unit == "元" and s.rng.random() < 0.3:
            text = f"{round(value * 10000):,}"
        else:
            text = f"{value * 10000 / per:.{digits}f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
        s.shown[name] = Shown(text + (unit if where == "cell" else ""), s.meant[name], unit_fixed=True)
        if where == "header":
            s.options["fee_header"] = unit
        s.options["fee_header_fixed"] = True
        return True
    return apply


def amount_four(s: State) -> bool:
    """Four decimals."""
    hit = False
    for name in ("t2_fee_amount_wanyuan", "t2_procurement_amount_wanyuan"):
        if name in s.shown and s.shown[name].read is not None:
            s.shown[name] = Shown(f"{float(s.shown[name].read or 0):.4f}", s.shown[name].read, unit_fixed=True)
            hit = True
    return hit


def amount_usd(s: State) -> bool:
    """Another currency: no figure in the form's unit can be read."""
    name = "t2_procurement_amount_wanyuan"
    if name not in s.shown or not s.shown[name].read:
        return False
    s.shown[name] = Shown(f"{s.rng.randrange(3, 90)}万美元", None, unit_fixed=True)
    return True


AMOUNTS: dict[str, Apply] = {
    "amount_yuan_cell": _amount("元", 1, "cell", 0), "amount_yuan_header": _amount("元", 1, "header", 0), "amount_qianyuan_header": _amount("千元", 1000, "header", 3),
    "amount_qianyuan_cell": _amount("千元", 1000, "cell", 3), "amount_baiwan_cell": _amount("百万元", 1e6, "cell", 6), "amount_yi_cell": _amount("亿元", 1e8, "cell", 8),
    "amount_wan_cell": _amount("万元", 1e4, "cell", 4), "amount_four_decimals": amount_four, "amount_usd_cell": amount_usd,
}


def _replace(*pairs: tuple[str, str]) -> Callable[[str], str]:
    def change(text: str) -> str:
        for a, b in pairs:
            text = text.replace(a, b)
        return text
    return change


def _whole(table: dict[str, str]) -> Callable[[str], str]:
    return lambda text: table.get(text, text)


def _relabel(change: Callable[[str], str]) -> Apply:
    def apply(s: State) -> bool:
        s.relabel.append(change)
        return True
    return apply


def _wrap(s: State) -> bool:
    s.wrap = True
    return True


def _spaced(text: str) -> str:
    return " ".join(text) if 2 <= len(text) <= 4 else text


LABELS: dict[str, tuple[str, Apply]] = {
    "label_wrapped": ("html", _wrap),
    "label_synonyms": ("any", _relabel(_replace(("法律行政法规", "法律法规"), ("行政规范性文件", "规范性文件"), ("法人或其他组织", "法人和其他组织"), ("本年处理决定", "本年度处理决定"), ("结果维持", "维持结果")))),
    "label_short": ("any", _relabel(_replace(("(区分处理的,只计这一情形,不计其他情形)", ""), ("本机关不掌握相关政府信息", "本机关不掌握"), ("政府信息公开申请数量", "申请数量")))),
    "label_fullwidth": ("any", _relabel(_replace(("(", "\uff08"), (")", "\uff09"), (",", "\uff0c"), (":", "\uff1a")))),
    "label_fullwidth_ordinals": ("any", _relabel(_replace(*[(f"{i}.", f"{chr(0xFF10 + i)}.") for i in range(1, 9)]))),
    "label_ordinals_comma": ("any", _relabel(_replace(*[(f"{i}.", f"{i}、") for i in range(1, 9)]))),
    "label_ordinals_bracket": ("any", _relabel(_replace(*[(f"{i}.", f"({i})") for i in range(1, 9)]))),
    "label_spaced": ("any", _relabel(_spaced)),
    "label_typo": ("any", _relabel(_replace(("不掌握相关政府信息", "不掌握相关政府信思"), ("本年新收", "本年度新收"), ("公开出版物", "公开出版特"), ("尚未审结", "尚末审结")))),
    "label_quotes": ("any", _relabel(_replace(("“三安全一稳定”", "\"三安全一稳定\"")))),
    "label_quotes_lost": ("any", _relabel(_replace(("“三安全一稳定”", "三安全一稳定")))),
    "label_notes": ("any", _relabel(_whole({"规章": "规章(县级无此项)", "现行有效件数": "现行有效件数(历史累计)", "规范性文件": "规范性文件(含以办公室名义印发的)"}))),
    "label_units": ("any", _relabel(_whole({"总计": "总计(件)", "自然人": "自然人(件)", "本年制发件数": "本年制发件数(件)", "本年处理决定数量": "本年处理决定数量(单位:件)"}))),
    "label_traditional": ("any", _relabel(lambda t: t.translate(_TRAD))),
    "label_zero_width": ("any", _relabel(lambda t: t[:2] + "\u200b" + t[2:] if len(t) > 4 else t)),
    "label_ideographic_indent": ("any", _relabel(lambda t: "\u3000\u3000" + t if t[:1] == "(" else t)),
    "label_no_dash_item": ("any", _relabel(_replace(("第二十条第(一)项", "第二十条第一款第一项"), ("第二十条第(五)项", "第二十条第五项"), ("第二十条第(六)项", "第二十条第六项")))),
}


def _set(name: str, value: object) -> Apply:
    def apply(s: State) -> bool:
        s.options[name] = value
        return True
    return apply


def _insert(kind: str, label: str, legal: bool = False) -> Apply:
    def apply(s: State) -> bool:
        at = len(s.cols) if not legal else max(i for i, c in enumerate(s.cols) if c.legal) + 1
        s.cols.insert(at, Col(kind, label, legal, kind))
        return True
    return apply


def lost_column(s: State) -> bool:
    """One applicant column is not there."""
    key = s.rng.choice(["research", "public_interest", "legal_service", "other_org", "total"])
    s.cols = [c for c in s.cols if c.key != key]
    return True


def doubled_column(s: State) -> bool:
    """The total stands twice."""
    col = next(c for c in s.cols if c.key == "total")
    s.cols.append(col)
    return True


def columns_moved(s: State) -> bool:
    """The organisations in another order, labels and figures together."""
    legal = [c for c in s.cols if c.legal]
    mixed = legal[:]
    s.rng.shuffle(mixed)
    it = iter(mixed)
    s.cols = [next(it) if c.legal else c for c in s.cols]
    return mixed != legal


def total_first(s: State) -> bool:
    """The total before the applicants."""
    s.cols.sort(key=lambda c: c.key != "total")
    return True


def merged_columns(s: State) -> bool:
    """Two kinds of organisation under one label with one figure."""
    pair = s.rng.choice([("research", "public_interest"), ("public_interest", "legal_service")])
    s.options["merged_cols"] = (pair[0], pair[1])
    names = {c.key: c.label for c in s.cols}
    s.cols = [Col(c.key, f"{names[pair[0]]}、{names[pair[1]]}", True) if c.key == pair[0] else c for c in s.cols if c.key != pair[1]]
    return True


def lost_row(s: State) -> bool:
    """A row of table three is not there."""
    s.options["lost_row"] = s.rng.choice(["denied_third_party", "refused_publication", "unable_unclear", "carried_in", "denied_admin_query", "processed_total"])
    return True


def merged_cell(s: State) -> bool:
    """One cell over two figures of table two."""
    ok = all(s.meant.get(n) == 0 for n in ("t2_rules_issued", "t2_rules_repealed")) if s.t2v == "v2021" else all(s.meant.get(n) == 0 for n in ("t2_rules_made", "t2_rules_newly_public"))
    s.options["merged_cell"] = ok
    return ok


def merged_label(s: State) -> bool:
    """行政处罚 and 行政强制 share one row."""
    s.options["merged_label"] = s.t2v == "v2021"
    return s.t2v == "v2021"


STRUCTURE: dict[str, tuple[str, Apply]] = {
    "col_percent": ("t3", _insert("pct", "占比")), "col_subtotal": ("t3", _insert("sub", "小计", True)), "col_last_year": ("t3", _insert("last", "上年总计")),
    "col_growth": ("t3", _insert("growth", "同比增减")), "col_gap": ("t3grid", _insert("gap", "")), "col_lost": ("t3", lost_column), "col_doubled": ("t3", doubled_column),
    "col_moved": ("t3", columns_moved), "col_total_first": ("t3", total_first), "col_merged": ("t3", merged_columns), "row_lost": ("t3", lost_row),
    "row_subtotals": ("t3", _set("subtotal_rows", True)), "line_numbers": ("t3span", _set("line_numbers", True)), "column_numbers": ("t3span", _set("header_digits", True)),
    "merged_cell_t2": ("t2official", merged_cell), "merged_label_t2": ("t2official", merged_label), "corner_plain": ("t3", _set("corner", "项目")),
    "hidden_real_row": ("t2html", _set("hide_real", True)), "hidden_other_row": ("t2html", _set("hide_other", True)), "hidden_last_year_table": ("html", _set("hidden_table", "div")),
    "comment_last_year_table": ("html", _set("hidden_table", "comment")), "template_last_year_table": ("html", _set("hidden_table", "template")),
    "spacer_rows": ("html", _set("spacer", True)), "note_below_table": ("any", _set("note", True)), "unit_caption": ("any", _set("caption", "单位:件")),
    "page_footers": ("text", _set("footers", True)),
}
PAGE: dict[str, tuple[str, Apply]] = {name: ("any", _set(name, True)) for name in (
    "cites_many", "cites_last_year", "names_other_place", "words_with_place", "openness_office_signs", "title_without_organ", "title_year_chinese", "title_year_before_place",
    "title_short", "list_title_none", "list_title_cut", "code_none", "year_path_next", "prose_contradicts", "attachment_links", "older_reports_linked", "period_damaged", "dated_late")}


__all__ = ["AMOUNTS", "LABELS", "PAGE", "STRUCTURE", "plain"]

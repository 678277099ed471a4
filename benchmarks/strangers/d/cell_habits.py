"""Habits that change how single figures are printed."""

from __future__ import annotations

from collections.abc import Callable

from . import fields as f
from .model import Shown
from .state import State

Apply = Callable[[State], bool]
CN = "〇一二三四五六七八九十"
FULL = {c: c + 0xFEE0 for c in range(0x30, 0x3A)}


def free(s: State, *, low: int = 0, share: float = 1.0) -> list[tuple[str, Shown]]:
    """Fields whose print is still plain and whose figure is at least low, thinned to a share."""
    out = [(k, v) for k, v in s.shown.items() if "yuan" not in k and v.read is not None and not v.unit_fixed and v.html is None and v.read >= low and v.text == plain(v.read)]
    return out if share >= 1 else [x for x in out if s.rng.random() < share]


def plain(value: float | int) -> str:
    """The plain print of a number."""
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


def _restyle(low: int, share: float, style: Callable[[State, float | int], tuple[str, str | None]], ints: bool = True, pieces: bool = False) -> Apply:
    def apply(s: State) -> bool:
        todo = [(k, v) for k, v in free(s, low=low, share=share) if not ints or isinstance(v.read, int)]
        if pieces:
            todo = [(k, v) for k, v in todo if k[:3] in ("t3_", "t4_") or k.endswith("_decisions")]
        for _, shown in todo:
            assert shown.read is not None
            shown.text, shown.html = style(s, shown.read)
        return bool(todo)
    return apply


def _hide(s: State, junk: str) -> str:
    css = s.rng.choice(['style="display:none"', 'style="display: none;"', 'style="visibility:hidden"', 'style="font-size:0"', "hidden", 'class="noshow"' if s.family != "json" else "hidden"])
    return f"<span {css}>{junk}</span>"


def _dup(value: float | int) -> str:
    text = str(value)
    return f"<b>{text[:1]}</b><span>{text[1:]}</span>"


NUMBER_STYLES: dict[str, tuple[str, Apply]] = {
    "num_thousands": ("any", _restyle(1000, 1, lambda s, v: (f"{v:,}", None))),
    "num_thousands_fullwidth_comma": ("any", _restyle(1000, 1, lambda s, v: (f"{v:,}".replace(",", "\uff0c"), None))),
    "num_thousands_space": ("html", _restyle(1000, 1, lambda s, v: (f"{v:,}".replace(",", "\u00a0"), None))),
    "num_fullwidth": ("any", _restyle(0, 1, lambda s, v: (str(v).translate(FULL), None))),
    "num_fullwidth_some": ("any", _restyle(1, 0.4, lambda s, v: (str(v).translate(FULL), None))),
    "num_leading_zero": ("any", _restyle(1, 0.6, lambda s, v: (f"{v:02d}", None))),
    "num_apostrophe": ("any", _restyle(1, 0.5, lambda s, v: (f"'{v}", None))),
    "num_unit_jian": ("any", _restyle(0, 0.7, lambda s, v: (f"{v}件", None), pieces=True)),
    "num_padded_nbsp": ("any", _restyle(0, 0.7, lambda s, v: (f"\u00a0{v}\u00a0", None))),
    "num_padded_ideographic": ("any", _restyle(0, 0.7, lambda s, v: (f"\u3000{v} ", None))),
    "num_split_tags": ("html", _restyle(10, 0.6, lambda s, v: (str(v), _dup(v)))),
    "num_paragraphs": ("html", _restyle(0, 1, lambda s, v: (str(v), f'<p style="text-align:center"><span style="font-family:仿宋">{v}</span></p>'))),
    "num_entities": ("html", _restyle(0, 0.8, lambda s, v: (str(v), "".join(f"&#{ord(c)};" for c in str(v))))),
    "num_letter_o": ("any", _restyle(10, 1, lambda s, v: (str(v).replace("0", "O"), None))),
    "num_zero_width": ("any", _restyle(10, 0.4, lambda s, v: (f"{str(v)[0]}\u200b{str(v)[1:]}", None))),
    "hidden_span_in_cell": ("html", _restyle(0, 0.2, lambda s, v: (str(v), _hide(s, str(s.rng.randrange(1, 99))) + str(v)))),
    "struck_old_figure": ("html", _restyle(1, 0.08, lambda s, v: (str(v), f"<s>{v + s.rng.randrange(1, 9)}</s> {v}"))),
    "comment_in_cell": ("html", _restyle(0, 0.3, lambda s, v: (str(v), f"<!-- {v + 3} -->{v}"))),
    "foot_mark_sup": ("html", _restyle(1, 0.15, lambda s, v: (f"{v}", f"{v}<sup>①</sup>"))),
    "foot_mark_star": ("any", _restyle(1, 0.2, lambda s, v: (f"{v}*", None))),
    "foot_mark_note": ("any", _restyle(1, 0.15, lambda s, v: (f"{v}(注1)", None))),
}


def num_chinese(s: State) -> bool:
    """Figures one to ten written out."""
    todo = [v for k, v in free(s, low=1) if isinstance(v.read, int) and v.read <= 10]
    for shown in todo:
        shown.text = CN[int(shown.read or 0)]
    return bool(todo)


def delta_words(s: State) -> bool:
    """增3 and 减8 for the changes of the items."""
    todo = [(k, v) for k, v in free(s, low=-999) if k.endswith("items_delta") and v.read]
    for _, shown in todo:
        n = int(shown.read or 0)
        shown.text = f"增{n}" if n > 0 else f"减{-n}"
    return bool(todo)


def delta_plus(s: State) -> bool:
    """+3 for an increase."""
    todo = [(k, v) for k, v in free(s, low=1) if k.endswith("items_delta")]
    for _, shown in todo:
        shown.text = f"+{shown.read}"
    return bool(todo)


NUMBER_STYLES["num_chinese_small"] = ("any", num_chinese)
NUMBER_STYLES["delta_words"] = ("any", delta_words)
NUMBER_STYLES["delta_plus"] = ("any", delta_plus)


def _zeros(mark: str, share: float, html: str | None = None, only: str = "") -> Apply:
    def apply(s: State) -> bool:
        hit = 0
        for name, shown in s.shown.items():
            if shown.read == 0 and name.startswith(only) and shown.text == "0" and s.rng.random() < share:
                shown.text, shown.html, shown.read, shown.unit_fixed = mark, html, None, True
                hit += 1
        return hit > 0
    return apply


def zero_mixed(s: State) -> bool:
    """Different hands: 0, blank, / and - in one document."""
    for shown in s.shown.values():
        if shown.read == 0 and shown.text == "0":
            mark = s.rng.choice(["0", "0", "/", "-", ""])
            if mark != "0":
                shown.text, shown.read, shown.unit_fixed = mark, None, True
    return True


def _written_zero(word: str) -> Apply:
    def apply(s: State) -> bool:
        hit = 0
        for shown in s.shown.values():
            if shown.read == 0 and shown.text == "0" and s.rng.random() < 0.5:
                shown.text, hit = word, hit + 1
        return hit > 0
    return apply


def total_blank(s: State) -> bool:
    """The total column left blank on the result rows."""
    hit = 0
    for name, shown in s.shown.items():
        row = name[3:].split("__")[0]
        if name.startswith("t3_") and name.endswith("__total") and row in f.RESULTS21 + ["other_total"]:
            shown.text, shown.html, shown.read, shown.unit_fixed, hit = "", None, None, True, 1
    return hit > 0


def only_total(s: State) -> bool:
    """Applicants blank everywhere, only the total column filled."""
    hit = 0
    for name, shown in s.shown.items():
        if name.startswith("t3_") and not name.endswith("__total"):
            shown.text, shown.html, shown.read, shown.unit_fixed, hit = "", None, None, True, 1
    return hit > 0


def t2_row_blank(s: State) -> bool:
    """One row of table two left blank whatever it should hold."""
    stem = s.rng.choice(["t2_license", "t2_penalty", "t2_coercion"])
    names = [n for n in s.shown if n.startswith(stem)]
    for name in names:
        s.shown[name] = Shown("", None, unit_fixed=True)
    return bool(names)


def unreadable(s: State) -> bool:
    """A few figures spoilt past reading."""
    names = [k for k, v in free(s, low=10)]
    if not names:
        return False
    for name in s.rng.sample(names, min(len(names), 2)):
        s.shown[name] = Shown(s.rng.choice(["□□", "##", "#####", "#REF!"]), None, unit_fixed=True)
    return True


# needs "blank" = the carrier keeps blank places
ZERO_STYLES: dict[str, tuple[str, Apply]] = {
    "zero_blank_all": ("blank", _zeros("", 1)), "zero_blank_some": ("blank", _zeros("", 0.4)), "zero_blank_t2": ("blank", _zeros("", 1, only="t2_")),
    "zero_blank_t4": ("blank", _zeros("", 1, only="t4_")), "zero_nbsp": ("html", _zeros("\u00a0", 1, "&nbsp;")), "zero_br": ("html", _zeros("", 1, "<br/>")),
    "zero_slash": ("any", _zeros("/", 1)), "zero_slash_some": ("any", _zeros("/", 0.4)), "zero_slash_fullwidth": ("any", _zeros("\uff0f", 1)),
    "zero_hyphen": ("any", _zeros("-", 1)), "zero_dash": ("any", _zeros("—", 1)), "zero_dashes": ("any", _zeros("——", 1)), "zero_two_hyphens": ("any", _zeros("--", 0.8)),
    "zero_wu": ("any", _zeros("无", 1)), "zero_wu_t2": ("any", _zeros("无", 1, only="t2_")), "zero_na": ("any", _zeros("N/A", 0.7)),
    "zero_not_applicable": ("any", _zeros("不适用", 0.5, only="t2_")), "zero_mixed": ("blank", zero_mixed), "zero_ling": ("any", _written_zero("零")),
    "zero_circle": ("any", _written_zero("〇")), "total_column_blank": ("blank", total_blank), "only_total_filled": ("blank", only_total),
    "t2_row_blank": ("blank", t2_row_blank), "unreadable_cells": ("any", unreadable),
}

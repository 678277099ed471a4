"""How offices write the labels of the forms."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

SYNONYMS = {
    "法人或其他组织": ("法人或者其他组织", "法人及其他组织"),
    "商业企业": ("企业",),
    "社会公益组织": ("公益组织",),
    "法律服务机构": ("法律服务组织",),
    "其他": ("其它",),
    "总计": ("合计",),
    "结果维持": ("维持",),
    "结果纠正": ("纠正",),
    "尚未审结": ("未审结",),
    "行政规范性文件": ("规范性文件",),
    "本年制发件数": ("本年度制发件数",),
    "本年废止件数": ("本年度废止件数",),
    "本年处理决定数量": ("本年度处理决定数量", "处理决定数量"),
    "本年收费金额": ("本年度收费金额",),
    "一、本年新收政府信息公开申请数量": ("一、本年新收申请数量",),
    "二、上年结转政府信息公开申请数量": ("二、上年结转申请数量",),
    "四、结转下年度继续办理": ("四、结转下年继续办理",),
    "(七)总计": ("(七)合计",),
    "三、本年度办理结果": ("三、本年办理结果",),
    "2.其他法律行政法规禁止公开": ("2.其他法律法规禁止公开",),
    "政府集中采购": ("集中采购",),
    "其他对外管理服务事项": ("其他对外管理服务",),
    "申请人情况": ("申请人类型",),
    "信息内容": ("项目",),
    "复议后起诉": ("经复议后起诉",),
}
TYPOS = {
    "2.其他法律行政法规禁止公开": ("2.其他法律行政止公开", "2.其他法律行政法规禁止公幵"),
    "3.危及“三安全一稳定”": ("3.危及“三安全一稳”定", "3.危急“三安全一稳定”"),
    "5.属于三类内部事务信息": ("5.属于三类内部事物信息",),
    "6.属于四类过程性信息": ("6.属于四类过程信息",),
    "7.属于行政执法案卷": ("7.属于行政执法案券",),
    "2.没有现成信息需要另行制作": ("2.没有现成信息需要另行制做",),
    "4.无正当理由大量反复申请": ("4.无正当理由大量反复申请申请",),
    "5.要求行政机关确认或重新出具已获取信息": ("5.要求行政机关确认或重新出据已获取信息",),
    "四、结转下年度继续办理": ("四、结转下年度继续办里",),
    "行政事业性收费": ("行政事业收费",),
    "法律服务机构": ("法律服务机枃",),
}
NOTES = {
    "规章": "规章(县级无此项)",
    "现行有效件数": "现行有效件数(历史累计)",
    "行政规范性文件": "行政规范性文件(含政府办文件)",
    "行政许可": "行政许可(含不予许可)",
    "规范性文件": "规范性文件(指行政规范性文件)",
    "处理决定数量": "处理决定数量(指办件数)",
}
_ORDINAL = re.compile(r"^(([一二三四五六七八九])|\d\.|[一二三四]、)")


@dataclass(slots=True)
class Labels:
    """Writes a canonical label in the document's own manner; ``habit`` is at most one manner."""

    rng: random.Random
    habit: str | None = None
    breaks: bool = True

    def __call__(self, text: str) -> str:
        """A row, column or title label."""
        return _HABITS[self.habit](self, text) if self.habit in _HABITS else text


def _synonyms(labels: Labels, text: str) -> str:
    return labels.rng.choice(SYNONYMS[text]) if text in SYNONYMS else text


def _typos(labels: Labels, text: str) -> str:
    return labels.rng.choice(TYPOS[text]) if text in TYPOS else text


def _notes(_labels: Labels, text: str) -> str:
    return NOTES.get(text, text)


def _wrapped(labels: Labels, text: str) -> str:
    if len(text) < 4 or "=" in text:
        return text
    gap = "\n" if labels.breaks else " "
    if len(text) <= 7:
        half = (len(text) + 1) // 2
        return text[:half] + gap + text[half:]
    at = labels.rng.randint(4, len(text) - 2)
    return text[:at] + gap + text[at:]


def _spaced(_labels: Labels, text: str) -> str:
    return (
        text
        if len(text) > 4 or not text.isalpha()
        else ("  " if len(text) == 2 else " ").join(text)
    )


def _vertical(labels: Labels, text: str) -> str:
    return "\n".join(text) if labels.breaks and 2 <= len(text) <= 6 and text.isalpha() else text


def _halfwidth(_labels: Labels, text: str) -> str:
    return text.translate(str.maketrans("():,", "():,"))


def _quotes(labels: Labels, text: str) -> str:
    left, right = labels.rng.choice((('"', '"'), ("", ""), ("「", "」"), ("‘", "’")))
    return text.replace("“", left).replace("”", right)


def _ordinals_other(_labels: Labels, text: str) -> str:
    if len(text) > 2 and text[0].isdigit() and text[1] == ".":
        return f"{text[0]}、{text[2:]}"
    return text


def _ordinals_round(_labels: Labels, text: str) -> str:
    return (
        "①②③④⑤⑥⑦⑧⑨"[int(text[0]) - 1] + text[2:]
        if len(text) > 2 and text[0].isdigit() and text[1] == "."
        else text
    )


def _ordinals_gone(_labels: Labels, text: str) -> str:
    return _ORDINAL.sub("", text) if len(text) > 3 and not text.startswith("第") else text


def _zero_width(labels: Labels, text: str) -> str:
    if len(text) < 3:
        return text
    at = labels.rng.randint(1, len(text) - 1)
    return text[:at] + labels.rng.choice(("\u200b", "\ufeff", "\u00ad", "\u200d")) + text[at:]


def _nbsp(labels: Labels, text: str) -> str:
    return (
        labels.rng.choice(("\u3000", "\u00a0\u00a0", " "))
        + text
        + labels.rng.choice(("\u00a0", "", "\u3000"))
    )


_HABITS: dict[str | None, Callable[[Labels, str], str]] = {
    "label_synonyms": _synonyms,
    "label_typos": _typos,
    "label_notes": _notes,
    "label_wrapped": _wrapped,
    "label_letterspaced": _spaced,
    "label_vertical": _vertical,
    "label_halfwidth": _halfwidth,
    "label_quotes": _quotes,
    "ordinals_comma": _ordinals_other,
    "ordinals_circled": _ordinals_round,
    "ordinals_missing": _ordinals_gone,
    "label_zero_width": _zero_width,
    "label_padded": _nbsp,
}
LABEL_HABITS = tuple(h for h in _HABITS if h)

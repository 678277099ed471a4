"""What a flattened table leaves in running text: labels, lone numbers, rows of pipes.

The forms' readers take the figures; here the same lines are taken *out*, so that the text of
parts two to four holds the prose and nothing else. Prose is never removed: a piece goes only if
nothing is left of it once the forms' own words are taken away.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.reading.prose import view
from pipelines.remembered import kept

# The words of both forms, in the order they are printed (formats.md 8.2-8.4), with the variants
# that were seen. A label cut in two by a page's edge is recognised as a piece of this string.
_LABELS = (
    "表二:主动公开政府信息情况", "表三:收到和处理政府信息公开申请情况", "表四:政府信息公开行政复议、行政诉讼情况",
    "第二十条第(一)项", "第二十条第(五)项", "第二十条第(六)项", "第二十条第(八)项", "第二十条第(九)项",
    "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "本年新制作数量", "本年新公开数量",
    "对外公开总数量", "行政规范性文件", "规范性文件", "其他主动公开文件", "规章", "本年处理决定数量", "处理决定数量",
    "上一年项目数量", "本年增/减", "其他对外管理服务事项", "行政许可", "行政处罚", "行政强制",
    "本年收费金额(单位:万元,保留4位小数)", "本年收费金额(单位:万元)", "本年收费金额", "单位:万元", "行政事业性收费",
    "采购项目数量", "采购总金额", "政府集中采购",
    "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)",
    "申请人情况", "自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他",
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "三、本年度办理结果",
    "(一)予以公开", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)",
    "(三)不予公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开",
    "3.危及三安全一稳定", "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息",
    "7.属于行政执法案卷", "8.属于行政查询事项",
    "(四)无法提供", "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确",
    "(五)不予处理", "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "(六)其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他",
    "(七)总计", "四、结转下年度继续办理",
    "行政复议", "行政诉讼", "结果维持", "结果纠正", "其他结果", "尚未审结", "未经复议直接起诉", "复议后起诉",
)  # fmt: skip

# 没有现成信息, 未经复议, 尚未审结, 逾期未按 are labels; any other 没有 or 未 is somebody saying something.
# What it can open with is asked first: most characters are then told at once (as below).
_SAYS = re.compile(
    r"(?=[\d没未])(?:\d ?(?:件|条|起|次|万元|元)|没有(?=[\u4e00-\u9fff])(?!现)|(?<![尚期])未(?=[\u4e00-\u9fff])(?!经))"
)
_ORDINALS = re.compile(
    r"\([一二三四五六七八九]\)|" + "|".join(f"{numeral}、" for numeral in "一二三四五六七八九")
)
_STRIP = re.compile(r"[\s\d|/.,、:()\"'“”‘’+\-—–#*%·]+")


def _bare(text: str) -> str:
    return _STRIP.sub("", _ORDINALS.sub("", text))


_BARE_LABELS = tuple(sorted({_bare(label) for label in _LABELS}, key=len, reverse=True))
_ANY_LABEL = re.compile("|".join(map(re.escape, _BARE_LABELS)))
_SOUP = (
    "".join(_bare(label) for label in _LABELS)
    + "商业企科研机社会公法律服其他商业科研企业机构公益组织服务机构"
)
# 结果 结果 其他 尚未 / 维持 纠正 结果 审结: a header printed over two lines, row by row.
_SOUP += "结果结果其他尚未总计结果结果其他尚未总计维持纠正结果审结维持纠正结果审结三本年度办理结果表二表三表四"
# One label may follow another with ordinals and figures between; only words count here.
_WORDED = sorted(
    (re.sub(r"^[(\d一二三四五六七八]{1,2}[).、]", "", label) for label in _LABELS),
    key=len,
    reverse=True,
)
_RUN = re.compile(
    "(?=["
    + re.escape("".join(dict.fromkeys(label[0] for label in _WORDED)))
    + "])(?:(?:"
    + "|".join(map(re.escape, _WORDED))
    + r")[\s\d|/.,、()\-—(一二三四五六七八)]*){6,}"
)
_LEAD_IN = re.compile(
    r"^(?:该|本|此)部分(?:内容)?以表格(?:的)?(?:形式|方式)报告[。.]?|^(?:具体)?(?:情况)?(?:表格)?(?:如下(?:表)?|见下表|详见下表|见附表)[::。]?$"
)


def is_debris(piece: str) -> bool:
    """Return whether a line or sentence is nothing but the remains of a statutory table.

    >>> is_debris("行政许可 | 36109 | |"), is_debris("我局2023年未收到申请。")
    (True, False)
    """
    return _is_debris(view(piece), row="|" in piece or "\t" in piece)


def _is_debris(seen: str, *, row: bool) -> bool:
    """Judge a piece of a view; ``row``: it has cells, so single characters will do."""
    words = _bare(seen)
    if not words:
        return True
    # A sentence ends with a stop, counts things (制发规范性文件3件) or denies; cells do neither.
    said = seen.rstrip().endswith("。") or (not row and _SAYS.search(seen))
    return not said and _made_of_labels(words, loose=row)


def _made_of_labels(words: str, *, loose: bool) -> bool:
    """Return whether ``words`` is a row of pieces, two characters or longer, of the labels.

    ``loose``: single characters will do, for rows that are plainly rows (tabs, pipes).
    """
    place, singles = 0, 0
    while place < len(words):
        length = 0
        while place + length < len(words) and words[place : place + length + 1] in _SOUP:
            length += 1
        if length == 0:
            return False
        singles += length == 1
        place += length
    # One stray character is left where a vertical label (三、本年度…) was cut up.
    return loose or singles == 0 or (singles == 1 and (len(words) == 1 or len(words) >= 6))


def label_count(seen: str, cells: Iterable[str] = ()) -> int:
    """Return how many different labels of the forms stand in a view and in a table's cells.

    Of a whole form in cells, what else may stand in the text is not counted.
    """
    worded = [text for text in cells if not text.isdecimal()]
    whole = frozenset[str]().union(*map(_labels_in_cell, set(worded)))
    if len(whole) >= WHOLE_FORM:
        return len(whole)
    # A label may be cut over several cells.
    words = "".join([_bare(view(text)) for text in worded])
    return len(set(_ANY_LABEL.findall(_bare(seen) + words)))


WHOLE_FORM = 40
"""Different labels of the statutory tables; the three tables together have more."""


@kept(4096)
def _labels_in_cell(text: str) -> frozenset[str]:
    return frozenset(_ANY_LABEL.findall(_bare(view(text))))


def is_row(seen: str) -> bool:
    """Return whether a line of a view names a row of the forms."""
    return _ANY_LABEL.search(_bare(seen)) is not None


def has_table(text: str) -> bool:
    """Return whether at least eight different labels of the forms stand in ``text``."""
    return label_count(view(text)) >= 8


def without_debris(text: str) -> str:
    """Return ``text`` with the remains of flattened tables taken out, prose kept as printed."""
    kept: list[str] = []
    for line, seen_line in zip(text.split("\n"), view(text).split("\n"), strict=True):
        row = "|" in line or "\t" in line
        pieces: list[str] = []
        for start, end in _sentence_bounds(seen_line):
            seen = seen_line[start:end]
            if _is_debris(seen, row=row):
                continue
            # A whole table may stand on the line before or after a sentence (text exports).
            found = _RUN.search(seen) if end - start > 60 else None
            places = [(0, found.start()), (found.end(), len(seen))] if found else [(0, len(seen))]
            pieces += [
                line[start + a : start + b]
                for a, b in places
                if not found or not _is_debris(seen[a:b], row=row)
            ]
        joined = _LEAD_IN.sub("", "".join(pieces).strip()).strip()
        if joined:
            kept.append(joined)
    return "\n".join(kept)


_STOP = re.compile(r"。(?![)”’」])")


def _sentence_bounds(line: str) -> list[tuple[int, int]]:
    """Return where the sentences of a line start and end."""
    ends = [found.end() for found in _STOP.finditer(line)]
    if not ends or ends[-1] < len(line):
        ends.append(len(line))
    return list(zip([0, *ends], ends, strict=False))

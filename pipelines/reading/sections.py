"""The parts of a report: where its headings stand and what each part says.

Reports since 2019 have six parts with official headings (formats.md 1.1), worded, numbered and
laid out in many ways; older ones have outlines of their own, of six to ten parts. The official
six are found by their words, not by their ordinals (which restart, are wrong, or are lost);
older outlines by their own ordinals.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipelines.documents.blocks import Block, Document, Grid, TextBlock
from pipelines.reading.debris import has_table, without_debris
from pipelines.reading.portal_lines import without_frame_after, without_frame_before
from pipelines.reading.prose import join_wrapped, view, without_noise

_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", start=1)}

_DISCLOSURE = r"(?:政府|政务)?信息公开"
# Topic, exact wording (counts more and may run on in the same line), words that tell the topic of
# a heading on a line of its own. Order matters for the last: 复议 before 申请, 问题 before 公开.
_EXACT: tuple[tuple[int, str], ...] = (
    (
        1,
        rf"(?:20\d\d年(?:度)?)?(?:{_DISCLOSURE})?(?:工作)?(?:的)?(?:总体|基本|整体)(?:工作)?(?:情况|概况)|(?:工作)?概述|工作概况|基本概况|总体概况",
    ),
    (
        2,
        r"(?:行政机关)?主动公开(?:的)?(?:(?:政府|政务)?信息)?(?:的)?(?:工作)?(?:的)?情况",
    ),
    (
        3,
        rf"(?:行政机关)?(?:收到|受理)(?:和|及|与|、)?(?:处理|办理)(?:的)?{_DISCLOSURE}申请(?:的)?情况",
    ),
    (
        4,
        rf"(?:因)?(?:{_DISCLOSURE})?(?:工作|申请)?(?:被)?(?:申请)?(?:的)?(?:行政)?复议(?:、|和|及|与|,|以及)?(?:提起|被提起)?(?:的)?(?:行政)?诉讼(?:的)?(?:工作)?情况",
    ),
    (
        5,
        rf"(?:{_DISCLOSURE})?(?:工作)?(?:中)?(?:当前|目前)?(?:中)?(?:存在)?(?:的)?(?:主要|突出)?(?:困难(?:和|及))?(?:问题|不足)(?:和不足)?(?:及|和|与|、|以及)(?:今后|下一?步)?(?:的)?(?:整改|改进|工作)?(?:工作)?(?:的)?(?:情况|措施|打算|安排|方向|计划|意见|思路|建议)",
    ),
    (
        6,
        r"(?:其他|其它)(?:需要|需|应当|应该)?(?:报告|说明)(?:的)?(?:有关)?(?:事项|情况|内容)|需要(?:报告|说明)的(?:其他|其它)(?:有关)?(?:事项|情况)|(?:其他|其它)(?:有关)?事项",
    ),
)
_WORDS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (4, re.compile(r"复议|诉讼")),
    (5, re.compile(r"问题|不足|困难|改进|下一?步|打算")),
    (6, re.compile(r"其他需要|其它需要|需要(?:说明|报告)|(?:其他|其它)(?:有关)?事项")),
    (3, re.compile(r"申请")),
    (2, re.compile(r"主动公开|公开(?:政府|政务)信息")),
    (1, re.compile(r"总体情况|概述|概况|基本情况|整体情况")),
)
# Parts only the outlines before 2019 have at the top level, and their usual wording.
_OLD_ONLY = re.compile(
    r"收费|减免|咨询|附表|统计表|指标|附件|概述|机构建设|保障经费|支出|说明的事项|举报投诉"
)
_OLD_EXACT = (
    rf"(?:{_DISCLOSURE})?(?:工作)?(?:的)?概述|(?:公民、法人和其他组织)?(?:向[^,。]{{2,12}})?(?:政府信息)?依申请公开(?:政府信息)?(?:和不予公开政府信息)?(?:办理|工作)?(?:的)?情况"
    rf"|{_DISCLOSURE}(?:的)?申请(?:办理)?(?:的)?情况"
    rf"|(?:{_DISCLOSURE}(?:的)?)?(?:收费|支出)(?:及|和)(?:减免|收费)(?:的)?情况|咨询处理(?:的)?情况"
    rf"|{_DISCLOSURE}(?:工作)?(?:情况)?统计表|(?:需要)?说明的(?:其他)?事项(?:与|和|及)(?:附表|指标统计(?:附表)?)|回应解读情况|指标统计附?表"
    r"|(?:主要|存在的?)(?:主要)?(?:问题|不足)(?:和|及|与)?(?:改进)?(?:的)?(?:措施|情况)?"
    r"|因?政府信息公开(?:工作|申请){0,2}(?:引起|引发|被)?的?(?:行政)?复议[^。:;\n]{0,14}诉讼[^。:;\n]{0,6}情况"
)
_TABLE_ROW = re.compile(r"本年新收|上年结转|本年度办理结果|结转下年度|\|\s*\S*\d")
# The indicator tables before 2019: where one starts, and its rows that look like headings.
_ANNEX = re.compile(r"(?:统计指标|指标名称|指 标)\s*\|?\s*(?:计量)?单\s*位")
_ANNEX_ROW = re.compile(
    r"(?:主动公开情况|回应解读情况|依申请公开情况|行政复议数量|行政诉讼数量|举报、?投诉数量|收取的费用|机构建设和保障经费情况|会议和培训情况)(?:[\s|(].*)?$"
)
_ORDINAL = r"(?:第\s?(?P<part>[一二三四五六七八九十]{1,2})\s?(?:部分|章)\s{0,2}[、.:]?|(?P<zh>[一二三四五六七八九十]{1,2})\s{0,2}[、.,:]|(?P<ar>(?<!\d)1?\d)\s{0,2}[、.](?!\d))\s{0,3}"


def _spaced(pattern: str) -> str:
    """Let every Chinese character of a pattern be followed by one blank (总 体 情 况)."""
    return re.sub(
        r"([\u4e00-\u9fff])(?![\u4e00-\u9fff]*\])(\??)",
        lambda found: f"(?:{found[1]} ?)?" if found[2] else f"{found[1]} ?",
        pattern,
    )


_INLINE = re.compile(
    # No separator is asked for before the ordinal: text exports run on (…24252.31三、收到和处理).
    # What it can open with is asked first: most characters are then told at once.
    r"(?=[第一二三四五六七八九十\d])(?<![一二三四五六七八九十第表])"
    + _ORDINAL
    + "(?:"
    + "|".join(f"(?P<t{topic}>{_spaced(pattern)})" for topic, pattern in _EXACT)
    + f"|(?P<old>{_spaced(_OLD_EXACT)})"
    + ")",
)
_OWN_LINE = re.compile(r"(?m)^[ #*]{0,6}" + _ORDINAL + r"(?P<title>[^\n。;]{2,48})$")
_UNNUMBERED = re.compile(
    r"(?m)^[ #*]{0,6}(?:"
    + "|".join(f"(?P<t{topic}>{_spaced(pattern)})" for topic, pattern in _EXACT)
    + r")[ *::]{0,4}$"
)
# The rest of a heading that is longer than its usual wording.
_TAIL = re.compile(r"(?:的|等|工作|情况|措施|方面|如下){1,3} ?:?(?=\n|$)")
_LINE = re.compile(r"[^\n]+")
# Where a PDF lost the heading of part five, its first sub-heading still opens it.
_LOST_FIVE = re.compile(r"(?m)^ {0,4}\(一\) ?(?:政府信息公开工作)?(?:存在)?的?(?:主要|突出)问题")


@dataclass(slots=True, frozen=True)
class Heading:
    """A heading: ``start`` to ``end`` in the outline's text."""

    title: str
    start: int
    end: int
    ordinal: int | None
    topic: int | None
    """1 to 6 by the official headings, None for a part they do not have."""
    score: float


@dataclass(slots=True, frozen=True)
class Outline:
    """The headings that count. ``kind``: official (six parts by topic), own (older), none."""

    kind: str
    text: str
    seen: str
    """The view of ``text``; a heading's place is the same in both."""
    headings: tuple[Heading, ...]

    @property
    def topics(self) -> frozenset[int]:
        """The official topics that have a heading, in either kind of outline."""
        return frozenset(h.topic for h in self.headings if h.topic is not None)


def tight(line: str) -> str:
    """Return the view of a line without white space."""
    return "".join(view(line).split())


def _prose_of(block: Block) -> str:
    """Return a block's prose: a boxed paragraph is a grid of one column, and is prose."""
    if isinstance(block, TextBlock):
        return block.text
    if isinstance(block, Grid) and block.n_cols == 1:
        texts = [cell.text for cell in block.cells]
        if any("。" in text and len(text) > 30 for text in texts):
            return "\n".join(texts)
    return ""


def prose_of(document: Document) -> str:
    """Return all prose of a document, noise removed and broken lines put together."""
    return _cleaned("\n".join(map(_prose_of, document.blocks)))


def outline_of_document(document: Document) -> Outline:
    """Find the headings of a document, those marked as headings by its format included."""
    marked = frozenset(
        tight(block.text)
        for block in document.blocks
        if isinstance(block, TextBlock) and block.heading and len(block.text) <= 60
    )
    return outline_of(prose_of(document), marked)


# Classification and sections ask for the same text one after the other.
@lru_cache(maxsize=4)
def _cleaned(text: str) -> str:
    return join_wrapped(without_frame_before(without_noise(text)))


def _ordinal_of(found: re.Match[str]) -> int | None:
    if found["ar"]:
        return int(found["ar"])
    text = found["zh"] or found["part"]
    if len(text) == 1:
        return 10 if text == "十" else _DIGITS[text]
    return 10 + _DIGITS[text[1]] if text[0] == "十" and text[1] != "十" else None


def _topic_by_words(title: str) -> int | None:
    return next((topic for topic, words in _WORDS if words.search(title)), None)


def _exact_topic(found: re.Match[str]) -> int | None:
    return next((topic for topic, _ in _EXACT if found[f"t{topic}"]), None)


def _candidates(seen: str, marked: frozenset[str]) -> list[Heading]:
    """Return every place that may be a heading, in order, one a place."""
    by_start: dict[int, Heading] = {}
    annex = _ANNEX.search(seen)

    def add(found: re.Match[str], *, topic: int | None, score: float, ordinal: int | None) -> None:
        start = found.start() + (len(found[0]) - len(found[0].lstrip()))
        held = by_start.get(start)
        if held is None or held.score < score:
            title = found[0].strip(" #*:\n")
            tail = _TAIL.match(seen, found.end())
            end = tail.end() if tail else found.end()
            by_start[start] = Heading(title, start, end, ordinal, topic, score)

    for found in _OWN_LINE.finditer(seen):
        title = found["title"]
        if _TABLE_ROW.search(found[0]) or not re.search(r"[\u4e00-\u9fff]{2}", title):
            continue
        ordinal, topic = _ordinal_of(found), _topic_by_words(title)
        chinese = not found["ar"]
        add(found, topic=topic, ordinal=ordinal, score=2.0 if topic and chinese else 0.5)
    for found in _INLINE.finditer(seen):
        ordinal, topic = _ordinal_of(found), _exact_topic(found)
        if topic:
            score = 3.0 if ordinal != topic else 3.5
            if topic in {2, 3, 4} and "信" not in found[0]:
                # 三、主动公开工作情况 may be a sub-part; the official wording says of what.
                score -= 0.6
        else:
            topic, score = _topic_by_words(found[0]), 1.5
        if found["ar"]:
            score -= 1.0
        add(found, topic=topic, ordinal=ordinal, score=score)
    for found in _UNNUMBERED.finditer(seen):
        add(found, topic=_exact_topic(found), ordinal=None, score=1.5)
    for found in _LINE.finditer(seen) if marked else ():
        if tight(found[0]) in marked and (topic := _topic_by_words(found[0])):
            add(found, topic=topic, ordinal=None, score=1.2)
    for found in _LOST_FIVE.finditer(seen):
        start = found.start() + (len(found[0]) - len(found[0].lstrip()))
        # The sub-heading stays in the part's text: the heading itself is empty.
        by_start.setdefault(start, Heading("", start, start, None, 5, 0.9))
    ordered = sorted(by_start.values(), key=lambda h: h.start)
    if annex:
        ordered = [
            h for h in ordered if h.start < annex.start() or not _ANNEX_ROW.search(h.title.strip())
        ]
    return _without_contents(ordered, seen)


def _without_contents(headings: list[Heading], seen: str) -> list[Heading]:
    """Drop a table of contents: five or more headings with nothing between them."""
    drop: set[int] = set()
    run: list[int] = []
    for i, heading in enumerate(headings):
        if run and (heading.topic or 9) <= (headings[run[-1]].topic or 0):
            # The count starts again: the contents end where the report begins.
            if len(run) >= 5:
                drop.update(run)
            run = []
        run.append(i)
        after = headings[i + 1].start if i + 1 < len(headings) else len(seen)
        if re.search(r"[\u4e00-\u9fff]{3}", seen[heading.end : after]):
            if len(run) >= 5 and i + 1 < len(headings):
                drop.update(run)
            run = []
    return [h for i, h in enumerate(headings) if i not in drop]


def _official_chain(headings: list[Heading]) -> list[Heading]:
    """Return the headings of rising topic with the greatest score; the earliest where equal."""
    with_topic = [h for h in headings if h.topic is not None]
    best: list[tuple[float, list[Heading]]] = []
    for i, heading in enumerate(with_topic):
        score, chain = 0.0, list[Heading]()
        for j in range(i):
            other = with_topic[j]
            assert other.topic is not None
            assert heading.topic is not None
            if other.topic < heading.topic and best[j][0] > score:
                score, chain = best[j]
        best.append((score + heading.score, [*chain, heading]))
    return max(best, key=lambda pair: pair[0])[1] if best else []


def _own_chain(headings: list[Heading]) -> list[Heading]:
    """Return the headings whose ordinals count up from the first; small gaps are lost headings."""
    chain: list[Heading] = []
    current = 0
    for heading in headings:
        ordinal = heading.ordinal
        if ordinal is None:
            continue
        known = heading.score >= 1.5
        if ordinal == current + 1 or (known and current < ordinal <= current + 3):
            chain.append(heading)
            current = ordinal
    return chain


@lru_cache(maxsize=4)
def outline_of(text: str, marked: frozenset[str] = frozenset()) -> Outline:
    """Find the headings of a prose text (as ``prose_of`` returns it).

    Args:
        text: the prose.
        marked: lines that the document's format marks as headings, white space removed; these
            need no ordinal and no official wording.
    """
    seen = view(text)
    headings = _candidates(seen, marked)[:200]
    official = _official_chain(headings)
    own = _own_chain(headings)
    new_form = any(h.topic == 3 and h.score >= 3 for h in official)
    old_words = any(_OLD_ONLY.search(h.title) for h in own)
    if new_form or (len(official) >= 3 and not old_words) or (official and len(own) < 3):
        return Outline("official", text, seen, tuple(official))
    if own:
        return Outline("own", text, seen, tuple(own))
    return Outline("none", text, seen, ())


def split_sections(document: Document) -> dict[str, str]:
    """Return the text of each part, headings and table remains left out.

    Keys are ``"1"`` to ``"6"`` for the official parts, the outline's own numbers for older
    reports, and ``"0"`` for what stands before the first heading. Parts without prose (tables
    only) have no key. A text without any heading is all ``"0"``.
    """
    outline = outline_of_document(document)
    text, headings = outline.text, outline.headings
    parts: dict[str, str] = {"0": text[: headings[0].start] if headings else text}
    for i, heading in enumerate(headings):
        end = headings[i + 1].start if i + 1 < len(headings) else len(text)
        key = str(heading.topic if outline.kind == "official" else heading.ordinal)
        parts[key] = text[heading.end : end]
    tables = {"2", "3", "4"} if outline.kind == "official" else set()
    clean = {
        key: _tidy(
            without_debris(part) if key in tables or has_table(part) else _without_annex(part)
        )
        for key, part in parts.items()
    }
    if clean and (last := max(clean, key=lambda key: (key != "0", int(key)))) in clean:
        clean[last] = _without_chrome_after(without_frame_after(clean[last]))
    return {key: part for key, part in clean.items() if part}


def _without_annex(part: str) -> str:
    """Return a part without an indicator table set in it as text; sentences after it stay."""
    found = _ANNEX.search(view(part))
    if found is None:
        return part
    after = part[found.start() :]
    kept = [s for s in re.split(r"(?<=。)|\n", after) if s.rstrip().endswith("。") and len(s) < 400]
    return part[: found.start()] + "".join(kept)


# What portals print below a document.
_CHROME_AFTER = re.compile(
    r"(?:附件下载|打印(?:本页)?|关闭(?:窗口|本页)?|收藏|分享到?|扫一扫[^。\n]{0,30}|返回顶部|(?:上|下)一篇[^。\n]{0,60}"
    r"|相关(?:链接|阅读|信息)[^。\n]{0,60}|【[^】\n]{1,12}】)$"
)
_LONGEST_CHROME = 66
_LINE_ENDS = re.compile(r"\n\s*")


def _without_chrome_after(part: str) -> str:
    """Return a part without what portals print below a document.

    From the end, piece by piece: where one may start at several places (【上一篇】), each of them may
    be the end of another. One pattern for any number of them would try them in every combination.
    """
    ends = {_end_of_print(part, len(part))}
    last = min(ends)
    while ends:
        end = max(ends)
        ends.remove(end)
        last = min(last, end)
        ends.update(
            _end_of_print(part, start)
            for start in range(max(0, end - _LONGEST_CHROME), end)
            if _CHROME_AFTER.match(part, start, end)
        )
    return part[:last].strip()


def _end_of_print(part: str, end: int) -> int:
    while end and part[end - 1].isspace():
        end -= 1
    return end


def _tidy(part: str) -> str:
    """Return a part with one line a paragraph and nothing around it."""
    opened = part.strip().lstrip(":：|。")
    lines = (line.strip(" \t\u00a0\u3000|") for line in _LINE_ENDS.split(opened))
    return "\n".join(line for line in lines if line)

"""What a text only cites: laws, notices and orders, which never tell whose report it is.

Reports open with the notice they follow: 根据《国务院办公厅政府信息与政务公开办公室关于印发〈…〉的通知》.
Its marks are nested, mixed up or lost; without marks 根据, 按照, 依据 lead it in. All of that is blanked
at its own length, so that a place in what is left is the same place in the text.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.reading.prose import view
from pipelines.vocabulary.report_titles import ends_as_title, holds_title

_OPENERS, _CLOSERS = "《〈<«", "》〉>»"
_MARK = re.compile(rf"[{_OPENERS}](?=[\u4e00-\u9fff{_OPENERS}2])")
_LONGEST = 160
# The paper a citation is of; behind it words such as 要求 and its number in brackets may follow.
_PAPER = r"(?:通知|条例|意见|办法|要点|格式|规定|方案|决定|规范|纲要|精神|要求|部署|安排|指示|公告|函|法)"
_PAPER_WORD = re.compile(_PAPER)
_BEHIND = re.compile(
    r"(?:》|〉|>)?(?:的)?(?:通知|函|意见|公告|决定|方案)?[》〉>]?(?:\((?:[^()\n]|\([^()\n]*\)){0,40}\))?(?:的?(?:有关|相关)?(?:要求|规定|精神|部署|格式))?"
)
_LED = r"(?:根据|按照|依据|依照|遵照|参照|遵循|对照|按|贯彻(?:落实|执行)?|落实|执行)"
# Nobody writes 由, 我 or 本 inside a citation: the words of who compiles begin there.
_LED_IN = re.compile(rf"{_LED}[^,。;:\n由我本]{{0,{_LONGEST}}}?(?:{_PAPER}|※){_BEHIND.pattern}")
_ABOUT = r"关于(?:认真|切实|进一步|扎实)?(?:做好|开展|编制|报送|规范|加强|组织)"
_ASKS = re.compile(_ABOUT)
_ASKED = re.compile(rf"[^,。;\n由我本\s]{{2,40}}?{_ABOUT}[^,。;\n]{{0,90}}?的?(?:通知|函|意见)")


def uncited(text: str) -> str:
    """Return a text with everything it only cites blanked, at the same length.

    The title of a report in book marks stays, unless the sentence rests on it (根据《…报告》要求).

    >>> uncited("根据《青禾县人民政府办公室关于印发<格式>的通知》要求，由水利局编制。").split()
    ['，由水利局编制。']
    """
    return _uncited(text)


HEAD = 6000
"""Characters of a text in which whoever asks whose it is looks, all at the same ones."""


@lru_cache(maxsize=4)  # of one document its titles and its first words ask
def _uncited(text: str) -> str:
    left = _without_marked(view(text))
    left = _LED_IN.sub(_blank, left)
    if _ASKS.search(left):  # asked first: what may stand before it is tried at every character
        left = _ASKED.sub(_blank, left)
    out, last = [], 0
    for found in _BLANKED.finditer(left):
        out += [text[last : found.start()], " " * len(found.group())]
        last = found.end()
    return "".join([*out, text[last:]])


_BLANKED = re.compile("※+")


def _blank(found: re.Match[str]) -> str:
    return "※" * len(found.group())


def _without_marked(seen: str) -> str:
    """Return a view with what stands in book marks replaced by ``※``, a report's title apart."""
    out: list[str] = []
    last = at = 0
    while found := _MARK.search(seen, at):
        start = found.start()
        end = _end(seen, start)
        inside = seen[start + 1 : end].rstrip(_CLOSERS)
        if not _is_report(inside):
            behind = _BEHIND.match(seen, end)
            end = behind.end() if behind else end
            out += [seen[last:start], "※" * (end - start)]
            last = end
        at = max(end, start + 1)
    return "".join([*out, seen[last:]])


def _end(seen: str, start: int) -> int:
    """Return where a citation ends: at its own mark, else behind its last paper or its clause."""
    depth = 0
    for index in range(start, min(len(seen), start + _LONGEST)):
        if seen[index] in _OPENERS:
            depth += 1
        elif seen[index] in _CLOSERS:
            depth -= 1
            if depth <= 0:
                return index + 1
        elif seen[index] in "。\n;":
            break
    clause = re.compile(r"[^,。;\n]*").match(seen, start)
    stop = clause.end() if clause else start + 1
    papers = [m.end() for m in _PAPER_WORD.finditer(seen, start, stop)]
    return papers[-1] if papers else stop


def _is_report(inside: str) -> bool:
    tight = "".join(inside.split())
    other = re.search("中华人民共和国|格式|条例|通知|办法|规定|制度|指南|目录|试行", tight)
    return ends_as_title(tight) and holds_title(tight) and not other

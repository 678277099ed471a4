"""Running text made comparable and cut into paragraphs and sentences, the original kept.

A *view* of a text has the same length as the text, so that a place found in the view is the
same place in the original: half-width digits and punctuation, simplified script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipelines.reading.normal import simplify

_SAME_LENGTH = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width ASCII
    **dict.fromkeys("〔［【﹙", "("),
    **dict.fromkeys("〕］】﹚", ")"),
    **dict.fromkeys("\u3000\u00a0\u2002\u2003\u2009\t", " "),
    "｡": "。",
    "﹑": "、",
}
_FREQUENT = "，：；（）"
_TO_FOLD = re.compile("[" + re.escape("".join(_SAME_LENGTH)) + "]")

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]")
_PIPES = re.compile(r"\|[\s|]{2,}")
_PAGE_NUMBER = re.compile(
    r"(?m)^[ \t]*(?:[-—–－] ?\d{1,3} ?[-—–－]|第 ?\d{1,3} ?页(?: ?共 ?\d{1,3} ?页)?)[ \t]*$\n?"
)
_ORDINAL_START = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d)"
    r"|[(（]\d{1,2}[)）]|第[一二三四五六七八九十]{1,3}(?:部分|章|条)|[-•●■※]\s|\|)"
)
_LINE_END = re.compile(r"[。！？；：!?;:|]\s*$")


def view(text: str) -> str:
    """Return ``text`` folded for matching, at exactly the same length."""
    if text.isascii():  # the figures of a table: nothing to fold but tabs
        return text.replace("\t", " ")
    return _view(text) if len(text) < _WHOLE_TEXT else _whole_view(text)


_WHOLE_TEXT = 1000


# The page, its text, its openings: asked for by one question about a document after another.
@lru_cache(maxsize=16)
def _whole_view(text: str) -> str:
    return _view(text)


def _view(text: str) -> str:
    folded = text
    # A text has few different ones of these signs: str.translate costs five times as much.
    for sign in _FREQUENT:
        folded = folded.replace(sign, _SAME_LENGTH[sign])
    for sign in set(_TO_FOLD.findall(folded)):
        folded = folded.replace(sign, _SAME_LENGTH[sign])
    simple = simplify(folded)
    # The converter may in principle change a length (phrases); places would shift then.
    return simple if len(simple) == len(folded) else folded


def without_noise(text: str) -> str:
    """Return ``text`` without Word bookmarks, runs of pipes and lone page numbers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _BOOKMARK.sub("", text)
    return _PAGE_NUMBER.sub("", _PIPES.sub("\n", text))


def width(line: str) -> int:
    """Return the printed width of a line: two for a Chinese character, one for a Latin one."""
    return len(line.encode("gb18030", "replace"))


def join_wrapped(text: str) -> str:
    """Return ``text`` with lines put together again that a page's edge has broken.

    Only where the text as a whole is set in narrow lines (a PDF, a text export): a line that
    reaches three quarters of the usual width, does not end a sentence, and is not followed by
    an ordinal goes on in the next. Text of one paragraph a line is returned as it is.
    """
    lines = text.split("\n")
    widths = [width(line.strip()) if len(line) < 200 else 400 for line in lines]
    filled = sorted(w for w in widths if w >= 24)
    if len(filled) < 8:
        return text
    usual = filled[len(filled) * 9 // 10]
    if usual > 130 or filled[len(filled) // 2] < usual * 0.6:
        return text
    out: list[str] = []
    open_line = False
    for line, line_width in zip(lines, widths, strict=True):
        stripped = line.strip()
        if open_line and stripped and not _ORDINAL_START.match(stripped):
            glue = " " if out[-1][-1:].isascii() and stripped[:1].isascii() else ""
            out[-1] = out[-1].rstrip() + glue + stripped
        else:
            out.append(line.rstrip())
        open_line = (
            line_width >= usual * 0.75
            and not _LINE_END.search(line)
            and "\t" not in line
            and "|" not in line
        )
    return "\n".join(out)


@dataclass(slots=True, frozen=True)
class Sentence:
    """One sentence: ``text`` as the document has it, ``tight`` its view without white space."""

    text: str
    tight: str
    new_paragraph: bool
    """Whether the sentence opens a paragraph (topics do not carry over)."""


_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*\n?|[。！？；!?;\n]+")
_CLAUSE_END = re.compile(r"[，、,](?!\d)")


def _tighten(text: str) -> str:
    """Drop white space; keep one blank between digits, so that two numbers stay two."""
    words = text.split()
    if len(words) < 2:
        return text.strip()
    out = words[0]
    for word in words[1:]:
        out += " " + word if out[-1].isdigit() and word[0].isdigit() else word
    return out


def _pieces(text: str, start: int, end: int, limit: int = 1500) -> Iterator[tuple[int, int]]:
    """Yield the bounds of a sentence, or of pieces of an endless one that end with a comma."""
    if end - start > limit:
        last = start
        for comma in _CLAUSE_END.finditer(text, start, end):
            if comma.end() - start > limit and last > start:
                yield start, last
                start = last
            last = comma.end()
    yield start, end


@lru_cache(maxsize=2)  # figures and fees are looked for in the same text, one after the other
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of ``text`` in order."""
    return tuple(_sentences(join_wrapped(without_noise(text))))


def _sentences(whole: str) -> Iterator[Sentence]:
    seen = view(whole)
    fresh = True
    for found in _SENTENCE.finditer(whole):
        raw = found[0].strip()
        if raw:
            for start, end in _pieces(whole, found.start(), found.end()):
                piece = whole[start:end].strip()
                tight = _tighten(seen[start:end].strip())
                yield Sentence(text=piece, tight=tight, new_paragraph=fresh)
                fresh = False
        if found[0].endswith("\n"):
            fresh = True


def shortened(text: str, printed_before: int = 0, limit: int = 240) -> str:
    """Return a sentence, or of an overlong one the part around its ``printed_before``-th sign."""
    if len(text) <= limit:
        return text
    place = 0
    for place, sign in enumerate(text):  # noqa: B007 - the place where the count runs out is used
        printed_before -= not sign.isspace()
        if printed_before < 0:
            break
    start = max(0, min(place - limit // 2, len(text) - limit))
    end = min(len(text), start + limit)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")

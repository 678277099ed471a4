"""Where a report's title stands: a heading line, the page's own title, the list, or the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.documents.blocks import Document
from pipelines.documents.labels import is_index_line, unlabelled
from pipelines.reading.cited import HEAD, uncited
from pipelines.reading.first_words import first_words
from pipelines.reading.other_titles import is_look_alike, is_no_heading
from pipelines.reading.prose import without_noise
from pipelines.reading.titles import Title, parse_title
from pipelines.remembered import kept
from pipelines.vocabulary.items import Source
from pipelines.vocabulary.report_titles import ends_as_title, title_run_in

_HEAD_LINES = 60
_LONGEST = 90
"""Characters of a title at most; a longer line is a paragraph, or a title run into one."""
_QUOTED = re.compile(r"[《<〈]([^《》<>〈〉\n]{8,70})[》>〉]")
_EDGES = " \t\u3000\u00a0|#*-—_:：\ufeff"
_STOP = re.compile(r"[。；;]|，.*，|(?:[一二三四五六七八九]|1)、|当前位置|统计期限|有关规定|根据《")
# What may stand on a line of its own above a title: the organ, nothing else.
_ORGAN_LINE = re.compile(
    r"[^\s:：>|·,，。]{1,40}(?:政府|公署|[省市县区州旗盟镇乡局委厅办处院所站]|街道|办公室|机关|中心|委员会|办事处|公司)"
)
_SENTENCE = re.compile("(?:现|兹|特)(?:将|把|就|公布|予公布)")
_PROSE = re.compile(r"^(?:根据|按照|依据|为|现将|现就)|[，,《]")
_NEIGHBOUR = re.compile(
    r"上一[篇条页]|下一[篇条页]|前一篇|后一篇|相关|推荐|更多|附件.*\.(?:docx?|pdf|wps|xlsx?|ofd)"
)


@dataclass(slots=True, frozen=True)
class Headline:
    """A title found: as printed, taken apart, and where it stood."""

    text: str
    parts: Title
    where: str
    """heading, document, metadata, list, opening (told by the first sentences) or quoted (inside
    《…》 in the text)."""


def all_headlines(document: Document, source: Source) -> list[Headline]:
    """Return every title found, best first.

    A title that names organ and year is better than one that names only the year, wherever each
    stands; among equals the one printed in the document itself comes first. A line that names
    another year than the page's own title is a neighbour's (上一篇) or a quotation: it comes last.
    """
    found = [h for h in _candidates(document, source) if not is_look_alike(h.parts)]
    if not any(h.parts.organ and h.parts.year for h in found):
        found += _openings(document)
    own = next((h.parts.year for h in found if h.where in _PAGE and h.parts.is_report), None)
    return sorted(found, key=lambda headline: _worth(headline, own), reverse=True)


_PAGE = ("document", "metadata")


def _worth(headline: Headline, own_year: int | None) -> tuple[int, int]:
    parts = headline.parts
    names = 4 * parts.is_report + 2 * bool(parts.years) + bool(parts.organ) - parts.cut
    inside = headline.where in {"heading", "opening", "quoted"}
    if inside and own_year and parts.year and parts.year != own_year:
        names -= 4
    order = ("quoted", "opening", "list", "heading", "metadata", "document")
    return names, order.index(headline.where)


def _candidates(document: Document, source: Source) -> Iterator[Headline]:
    given = (
        (document.title, "document"),
        (document.metadata.get("articletitle"), "metadata"),
        (document.metadata.get("标题"), "metadata"),
        (document.metadata.get("名称"), "metadata"),
        (source.title, "list"),
    )
    for text, where in given:
        if text and (headline := _headline(text, where)):
            yield headline
    lines = _head_lines(document)
    for line in (*lines, *_joined(lines)):
        if headline := _headline(line, "heading"):
            yield headline
    for match in _QUOTED.finditer(uncited(document.text[:HEAD])[:4000]):
        if headline := _headline(match.group(1), "quoted"):
            yield headline


def _openings(document: Document) -> Iterator[Headline]:
    """Yield what a report's first sentences call it."""
    for told in first_words(document.text):
        title = f"{told.organ}{told.year}政府信息公开工作年度报告"
        parts = parse_title(title)
        if parts.organ or parts.year:
            yield Headline(title, parts, "opening")


def _headline(text: str, where: str) -> Headline | None:
    inside = where in {"heading", "quoted"}
    if inside and "开" not in text and "開" not in text:
        return None  # a line without 信息公开 is spared the taking apart
    shown = _shown(text)
    if inside and _SENTENCE.match(shown):
        return None  # what such a sentence says is read as one (first_words)
    if not shown or (inside and is_no_heading(shown)):
        return None
    parts = parse_title(shown)
    if inside and not parts.is_report:
        return None
    return Headline(shown, parts, where)


@kept(1024)  # most pages print their title in several places
def _shown(text: str) -> str:
    """Return what of a text may be a title: no label before it; nothing of an index line."""
    shown = unlabelled(" ".join(text.split()).strip(_EDGES))
    return "" if is_index_line(shown) else shown


def _head_lines(document: Document) -> list[str]:
    """Return the first lines that may be a title, paragraphs cut to what opens them."""
    lines: list[str] = []
    for raw in without_noise(uncited(document.text[:HEAD])).split("\n")[:_HEAD_LINES]:
        line = raw.strip(_EDGES)
        if _NEIGHBOUR.match(line):
            continue
        if len(line) > _LONGEST or _STOP.search(line):
            # A title may be run into the paragraph after it.
            line = title_run_in(line)
            if _STOP.search(line) or _PROSE.search(line):
                line = ""
        if line:
            lines.append(line)
    return lines


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield titles broken over two or three lines: organ, year and noun, or the noun itself."""
    ends = [end for end, line in enumerate(lines[:20], 1) if ends_as_title(line)]
    for size in (2, 3):
        for end in ends:
            parts = lines[max(0, end - size) : end]
            joined = "".join(parts)
            if len(parts) < size or len(joined) > _LONGEST:
                continue
            if _ORGAN_LINE.fullmatch(parts[0]) or parse_title(parts[0]).years:
                yield joined

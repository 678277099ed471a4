"""Text nodes to lines, white space as a browser would show it."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from pipelines.documents.html.styles import BLANK, HIDDEN, Sheet
from pipelines.documents.html.tree import UNSEEN_TAGS

BLOCK_TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main",
        "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "ucapcontent", "ul",
    }
)  # fmt: skip
_NO_TEXT = UNSEEN_TAGS | {"br", "input", "sup"}
"""Elements of which a line holds something else than their text."""
_NO_RUN = _NO_TEXT | BLOCK_TAGS | {"textarea"}
"""Elements that are something else than a part of a line."""
_MOST_RUNS = 100
"""Elements inside one that is read as a line at once: of more, no list is made at one go."""
_INLINE_BLOCKS = frozenset({"block", "flex", "grid", "list-item", "table", "table-row"})

# A line break of the source between two Chinese characters is an editor's wrapping, not a space.
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*\n[ \t\n]*(?=[\u2e80-\uffef])")
_SPACE = re.compile(r"[ \t\n\u00a0\u2000-\u200a\u202f\u205f]+")
# Zero-width and bidi marks, soft hyphens, byte order marks inside the text: they print nothing
# and break labels and numbers apart.
# What turns the order of digits round (U+202D, U+202E) stays: it prints another number.
_NOTHING = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202c\u2060-\u2064\ufeff]")
# What tidying changes, but for the edges: most lines have none of it.
_UNTIDY = re.compile(r"[\t\n\u00a0\u00ad\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\ufeff]|  ")
_EDGES = " \t\n\u3000"
_BLANKS = _EDGES + "\u00a0"


def tidy(text: str) -> str:
    r"""Return one line as it prints: white space collapsed, invisible characters gone.

    >>> tidy("  行政许可\n\xa0 12\u200b3 ")
    '行政许可 123'
    """
    if text.isalnum():  # most cells: a figure or a plain label, nothing to tidy
        return text
    if not _UNTIDY.search(text):
        return text.strip(_EDGES)
    if not text.isascii():
        text = _NOTHING.sub("", text)
    return _SPACE.sub(" ", text).strip(_EDGES)


class Lines:
    """Collects pieces of text until a line ends; counts what of it is link text."""

    __slots__ = ("_linked", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._linked = 0

    def add(self, text: str | None, linked: bool = False) -> None:
        """Append a text node as the source has it."""
        if text and (self.parts or text.strip(" \t\n")):
            self.parts.append(_unwrapped(text))
            if linked:
                self._linked += len(text.strip())

    def end(self) -> tuple[str, int]:
        """Close the line; return it tidied (may be empty) with its count of link characters."""
        if not self.parts:
            return "", 0
        line, linked = tidy("".join(self.parts)), self._linked
        self.parts.clear()
        self._linked = 0
        return line, min(linked, len(line))


def plain_line(element: HtmlElement, sheet: Sheet, *, linked: bool) -> tuple[str, int] | None:
    """Return an element's text, if plainly it is one line, with its count of link characters.

    So are most: a paragraph, an entry of a menu, a text with links in it.

    Args:
        element: a block, or anything else that starts and ends a line.
        sheet: what the page's own styles hide.
        linked: whether it stands in a link.

    Returns:
        what ``Lines`` would make of it; None where an element inside it may be more than text.
    """
    runs = len(element)
    if runs > _MOST_RUNS or (runs and element[0].tag in _NO_RUN):
        return None
    opening = element.text or ""
    if not runs:
        line = tidy(_unwrapped(opening))
        return line, min(len(opening.strip()), len(line)) if linked else 0
    asks = not sheet.says_nothing
    parts = [opening]
    count = len(opening.strip()) if linked else 0
    for run in element[:]:  # a slice: half the price of an iterator, for the few there are
        tag: str = run.tag  # type: ignore[assignment]  # the parser drops comments
        if tag in _NO_RUN or len(run) or (asks and sheet.display(run)):
            return None
        if text := run.text:
            parts.append(text)
            if linked or tag == "a":
                count += len(text.strip())
        if tail := run.tail:
            parts.append(tail)
            if linked:
                count += len(tail.strip())
    line = _joined(parts)
    return line, min(count, len(line))


def menu_lines(items: HtmlElement, sheet: Sheet) -> list[str] | None:
    """Return the lines of a list each of whose entries is one link and nothing else, or None.

    Half of a portal's page is such lists: their entries are looked at once, together.
    """
    asks = not sheet.says_nothing
    lines: list[str] = []
    for entry in items[:]:
        if len(entry) != 1 or entry.tag != "li" or entry.keys():
            return None
        link = entry[0]
        if link.tag != "a" or len(link) or (asks and sheet.display(link)):
            return None
        beside = f"{entry.text or ''}{link.tail or ''}{entry.tail or ''}"
        if beside and not beside.isspace():
            return None
        if line := _plain_text(link):
            lines.append(line)
    return lines


def is_break(tag: str, display: str) -> bool:
    """Tell whether an element stands on lines of its own."""
    return tag in BLOCK_TAGS or display in _INLINE_BLOCKS


def raised(element: HtmlElement) -> str | None:
    """Return a footnote mark as ``^1`` so that it can never join the figure before it."""
    text = "".join(element.itertext()).strip()
    return f"^{text}" if text.strip("[]()（）").isdigit() else None


def typed(element: HtmlElement) -> str | None:
    """Return what a text field shows; None for other controls."""
    if (element.get("type") or "text").lower() in {"text", "number"}:
        return element.get("value")
    return None


def cell_text(cell: HtmlElement, sheet: Sheet) -> str:
    r"""Return what a cell prints, line breaks and paragraphs as ``\n``."""
    if not len(cell):
        text = cell.text
        return text if text and text.isalnum() else _plain_text(cell)
    line = _only_line(cell, sheet)
    return _all_lines(cell, sheet) if line is None else line


def _only_line(cell: HtmlElement, sheet: Sheet) -> str | None:
    """Return the text of a cell that plainly is one line, or None.

    Nearly every cell of a report is: a text, or a paragraph of runs as Word writes it.
    """
    asks = not sheet.says_nothing
    node = cell
    while len(node) == 1 and not ((text := node.text) and text.strip(_BLANKS)):
        inner = node[0]
        if inner.tag in _NO_TEXT or ((tail := inner.tail) and tail.strip(_BLANKS)):
            return None
        if asks and sheet.display(inner) in HIDDEN:
            return None
        node = inner
    if not len(node):
        return _plain_text(node)
    parts = _runs_of(node, sheet)
    if parts is not None:
        return _joined(parts)
    for run in node.iterdescendants():
        if run.tag in _NO_TEXT or run.tag in BLOCK_TAGS or (asks and sheet.display(run)):
            return None
    return _joined([*node.itertext()])


def _runs_of(element: HtmlElement, sheet: Sheet) -> list[str] | None:
    """Return the texts of the runs an element holds and of those in them, as Word writes a cell.

    None where anything lies deeper or may be more than text: then every element is looked at.
    """
    if len(element) > _MOST_RUNS:
        return None
    asks = not sheet.says_nothing
    parts = [element.text or ""]
    for run in element[:]:
        if run.tag in _NO_RUN or (asks and sheet.display(run)):
            return None
        parts.append(run.text or "")
        if inside := len(run):
            if inside > _MOST_RUNS:
                return None
            for inner in run[:]:
                if len(inner) or inner.tag in _NO_RUN or (asks and sheet.display(inner)):
                    return None
                parts += (inner.text or "", inner.tail or "")
        parts.append(run.tail or "")
    return parts


def _joined(parts: list[str]) -> str:
    """Return text nodes as one line."""
    whole = "".join(parts)
    return tidy("".join(map(_unwrapped, parts)) if "\n" in whole else whole)


def _plain_text(element: HtmlElement) -> str:
    """Return the text of an element that holds nothing else."""
    text = element.text
    if text is None or text.isalnum():  # most cells: nothing to tidy
        return text or ""
    return tidy(_unwrapped(text))


def text_in(element: HtmlElement) -> str:
    """Return all text inside an element, one text node after the other."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def seen_text(element: HtmlElement, sheet: Sheet) -> str:
    """Return all text inside an element but for what is hidden in it (see ``text_in``)."""
    if sheet.says_nothing or not len(element):
        return text_in(element)
    parts: list[str | None] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        assert isinstance(node, HtmlElement)
        if event == "end":
            parts.append(node.tail if node is not element else None)
        elif node is element or sheet.display(node) not in HIDDEN:
            parts.append(node.text)
        else:
            walk.skip_subtree()
    return "".join(filter(None, parts))


def _unwrapped(text: str) -> str:
    """Return a text node without the line breaks of the source inside its sentences.

    Only inside one text node: between two elements the break is the template's and parts two
    things (来源：… / 时间：…).
    """
    return _WRAPPED.sub("", text) if "\n" in text else text


def _all_lines(cell: HtmlElement, sheet: Sheet) -> str:
    lines: list[str] = []
    buffer = Lines()

    def flush() -> None:
        line, _ = buffer.end()
        if line:
            lines.append(line)

    walk = etree.iterwalk(cell, events=("start", "end"))
    skipped: HtmlElement | None = None
    for event, node in walk:
        assert isinstance(node, HtmlElement)
        tag = str(node.tag)
        if event == "start":
            display = sheet.display(node) if node is not cell else ""
            if tag in UNSEEN_TAGS or display in HIDDEN:
                if display == BLANK:
                    buffer.add(" ")
                skipped = node
                walk.skip_subtree()
            elif tag == "sup" and (mark := raised(node)) is not None:
                buffer.add(mark)
                skipped = node
                walk.skip_subtree()
            elif tag == "input":
                buffer.add(typed(node))
            elif tag == "br" or is_break(tag, display):
                flush()
            if node is not skipped:
                buffer.add(node.text)
        else:
            if node is skipped:
                skipped = None
            elif is_break(tag, sheet.display(node)):
                flush()
            if node is not cell:
                buffer.add(node.tail)
    flush()
    return "\n".join(lines)

"""Text to an element tree, and the elements of it whose text nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from pipelines.documents.bounds import too_large
from pipelines.vocabulary.errors import DocumentError

UNSEEN_TAGS = frozenset(
    {
        "script", "style", "template", "noscript", "head", "title", "meta", "link", "object",
        "applet", "iframe", "embed", "svg", "math", "canvas", "audio", "video", "select",
        "datalist", "button", "map", "rp", "rt", "del", "s", "strike",
    }
)  # fmt: skip
"""Elements whose text is not part of what the page states: code, controls, pinyin over the
characters (rt), and struck-out text, which would glue an old figure to the new one."""

_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_STYLES = etree.XPath("//*/@style", smart_strings=False)
# lxml.html's own parser asks Python which class each element is to have, every time it is met.
_HTML_ONLY = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse(text: str, utf8: bytes | None = None) -> HtmlElement:
    """Return the root element (``html``) of a page or of a fragment (see ``parse_styled``)."""
    return parse_styled(text, utf8)[0]


def parse_styled(text: str, utf8: bytes | None = None) -> tuple[HtmlElement, frozenset[str]]:
    """Return the root element (``html``) of a page or of a fragment, and all its style attributes.

    Args:
        text: its source.
        utf8: the same in bytes, where they are at hand.

    Raises:
        DocumentError: ``document/empty`` when there is no element at all, ``document/too-large``
            when elements are nested deeper than any real page: the parser would drop the rest
            without a word.
    """
    # huge_tree: without it libxml2 gives up at depth 256, which Word exports with a font
    # element per character do reach.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, compact=False
    )
    parser.set_element_class_lookup(_HTML_ONLY)
    body = text.encode("utf-8", "replace") if utf8 is None else utf8
    try:
        root = etree.fromstring(body, parser)
    except etree.ParserError as error:
        raise DocumentError("document/empty", f"no element in the page: {error}") from error
    except etree.XMLSyntaxError as error:
        root = None
        message = str(error)
        if "epth" not in message:
            raise DocumentError("document/malformed", message) from error
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise too_large("elements nested deeper than the parser follows")
    if root is None:
        raise DocumentError("document/empty", "no element in the page")
    assert isinstance(root, HtmlElement)
    styles = styles_of(root)
    _name_raised(root, styles)
    return root, styles


def styles_of(root: HtmlElement) -> frozenset[str]:
    """Return the style attributes of a page, each once."""
    return frozenset(_STYLES(root))


def _name_raised(root: HtmlElement, styles: Iterable[str]) -> None:
    """Make ``sup`` of all that stands raised or lowered: a footnote mark, however it is written."""
    for element in root.iter("sub"):
        element.tag = "sup"
    if any(map(_RAISED.search, styles)):
        for element in root.iter("span", "font", "a", "em", "b", "i", "small"):
            if _RAISED.search(element.get("style") or ""):
                element.tag = "sup"

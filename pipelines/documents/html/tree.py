"""Text to an element tree, and what of it a reader of the page would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from crawler.errors import DocumentError
from pipelines.documents.bounds import too_large

UNSEEN_TAGS = frozenset(
    {
        "script", "style", "template", "noscript", "head", "title", "meta", "link", "object",
        "applet", "iframe", "embed", "svg", "math", "canvas", "audio", "video", "select",
        "datalist", "button", "map", "rp", "rt", "del", "s", "strike",
    }
)  # fmt: skip
"""Elements whose text is not part of what the page states: code, controls, pinyin over the
characters (rt), and struck-out text, which would glue an old figure to the new one."""

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|text-decoration[a-z-]*\s*:[^;]*line-through",
    re.IGNORECASE,
)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
# Asked of a page's bytes first, in lower case: ignoring case would cost ten times the search.
_MAY_RAISE = re.compile(rb"vertical-align[^a-z]*su[pb]")
_DISPLAY = re.compile(r"display\s*:\s*([a-z-]+)", re.IGNORECASE)
_SIMPLE = re.compile(r"^\s*(?:[a-z][a-z0-9]*)?([.#])([\w-]+)\s*$", re.IGNORECASE)
# One that is never closed reaches to the end, and is not looked for again at every sign in it.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_MAX_SHEET = 300_000
"""Characters of all of a page's style elements together."""
_MAX_SELECTORS, _MAX_BODY = 500, 4000
_HAS_HIDDEN = etree.XPath("boolean(//@hidden)")
# lxml.html's own parser asks Python which class each element is to have, every time it is met.
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse(text: str) -> HtmlElement:
    """Return the root element (``html``) of a page or of a fragment.

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
    parser.set_element_class_lookup(_CLASSES)
    body = text.encode("utf-8", "replace")
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
    _name_raised(root, body)
    return root


def _name_raised(root: HtmlElement, page: bytes) -> None:
    """Make ``sup`` of all that stands raised or lowered: a footnote mark, however it is written."""
    for element in root.iter("sub"):
        element.tag = "sup"
    if _MAY_RAISE.search(page.lower()):
        for element in root.iter("span", "font", "a", "em", "b", "i", "small"):
            if _RAISED.search(element.get("style") or ""):
                element.tag = "sup"


@lru_cache(maxsize=4096)  # Word writes the same long style on every run of every cell
def _display_in(style: str) -> str:
    """Return the ``display`` a style declares, ``none`` if hidden or struck out, else ``""``."""
    if _HIDING.search(style):
        return "none"
    found = _DISPLAY.search(style)
    return found[1].lower() if found else ""


@dataclass(slots=True, frozen=True)
class Sheet:
    """``display`` as the page's own style elements set it, for plain ``.class`` and ``#id``.

    Enough for the two things that change a reading: hidden copies and tables made of divs.
    Rules inside ``@media`` are left out (they speak of printers and phones).
    """

    by_class: dict[str, str]
    by_id: dict[str, str]
    hides: bool = True
    """Whether any element has the attribute ``hidden``."""
    told: dict[str, str] = field(default_factory=dict)
    """Class attributes met on the page, and what they say: every entry of a menu has the same."""

    def display(self, element: HtmlElement) -> str:
        """Return the element's ``display``, ``""`` where nothing sets it."""
        style = element.get("style")
        if style and (value := _display_in(style)):
            return value
        if self.hides and element.get("hidden") is not None:
            return "none"
        if self.by_id and (by_id := self.by_id.get(element.get("id") or "")):
            return by_id
        if self.by_class and (names := element.get("class")):
            if names not in self.told:
                told = map(self.by_class.get, names.split())
                self.told[names] = next(filter(None, told), "")
            return self.told[names]
        return ""


def read_sheet(root: HtmlElement) -> Sheet:
    """Return what the page's style elements say of ``display``."""
    by_class: dict[str, str] = {}
    by_id: dict[str, str] = {}
    left = _MAX_SHEET
    for style in root.iter("style"):
        if (style.get("media") or "all").lower() not in {"all", "screen"}:
            continue
        css = (style.text or "")[:left]
        left -= len(css)
        if "display" not in css:
            continue
        for selectors, body in _rules(_without_at_rules(css)):
            value = _display_in(body)
            if not value:
                continue
            for selector in selectors.split(","):
                if simple := _SIMPLE.match(selector):
                    (by_class if simple[1] == "." else by_id)[simple[2]] = value
    return Sheet(by_class, by_id, bool(_HAS_HIDDEN(root)))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and body of each rule; ends of what is no rule are left out."""
    for rule in css.split("}")[:-1]:
        before, opened, body = rule.rpartition("{")
        selectors = before.rpartition("{")[2]
        if opened and selectors and len(body) <= _MAX_BODY:
            yield selectors[-_MAX_SELECTORS:], body


def _without_at_rules(css: str) -> str:
    """Drop comments and every ``@…{ … }`` with the rules inside it."""
    css = _COMMENT.sub(" ", css)
    out: list[str] = []
    at = 0
    while (start := css.find("@", at)) >= 0:
        out.append(css[at:start])
        brace = css.find("{", start)
        semicolon = css.find(";", start)
        if brace < 0 or 0 <= semicolon < brace:
            at = semicolon + 1 if semicolon >= 0 else len(css)
            continue
        depth, at = 1, brace + 1
        while at < len(css) and depth:
            depth += {"{": 1, "}": -1}.get(css[at], 0)
            at += 1
    out.append(css[at:])
    return "".join(out)

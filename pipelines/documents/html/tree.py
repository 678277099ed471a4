"""Text to an element tree, and what of it a reader of the page would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from pipelines.documents.bounds import too_large
from pipelines.remembered import kept
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

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|text-decoration[a-z-]*\s*:[^;]*line-through",
    re.IGNORECASE,
)
_DISPLAY_WORDS = ("display", "visibility", "mso-hide", "line-through")
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
_LONGEST_STYLE = 1000
_HAS_HIDDEN = etree.XPath("boolean(//*/@hidden)")
_STYLES = etree.XPath("//*/@style", smart_strings=False)
_CLASSES = etree.XPath("//*/@class", smart_strings=False)
# lxml.html's own parser asks Python which class each element is to have, every time it is met.
_HTML_ONLY = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse(text: str, utf8: bytes | None = None) -> HtmlElement:
    """Return the root element (``html``) of a page or of a fragment.

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


@kept(4096, longest=_LONGEST_STYLE)  # Word writes the same ones on every page
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

    by_style: dict[str, str]
    """Style attributes of the page that say something, and what."""
    by_class: dict[str, str]
    """Class attributes likewise: whole ones, as the page has them."""
    by_id: dict[str, str]
    hides: bool
    """Whether any element has the attribute ``hidden``."""
    says_nothing: bool
    """Whether none of these says anything: so it is on most pages, and no element is asked."""

    def display(self, element: HtmlElement) -> str:
        """Return the element's ``display``, ``""`` where nothing sets it."""
        if self.says_nothing:
            return ""
        if self.by_style and (by_style := self.by_style.get(element.get("style", ""))):
            return by_style
        if self.hides and element.get("hidden") is not None:
            return "none"
        if self.by_id and (by_id := self.by_id.get(element.get("id", ""))):
            return by_id
        return self.by_class.get(element.get("class", ""), "") if self.by_class else ""


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
        if not _says_display(css):
            continue
        for selectors, body in _rules(_without_at_rules(css)):
            if not _says_display(body) or not (value := _display_in(body)):
                continue
            for selector in selectors.split(","):
                if simple := _SIMPLE.match(selector):
                    (by_class if simple[1] == "." else by_id)[simple[2]] = value
    by_style = {style: _display_in(style) for style in set(_STYLES(root))}
    # Elements are asked one by one: what the page does not use is left out.
    by_style = {style: value for style, value in by_style.items() if value}
    classes = set(_CLASSES(root)) if by_class else ()
    by_names = {names: _first(by_class, names) for names in classes}
    by_names = {names: value for names, value in by_names.items() if value}
    hides = bool(_HAS_HIDDEN(root))
    nothing = not (by_style or by_names or by_id or hides)
    return Sheet(by_style, by_names, by_id, hides, nothing)


def _first(by_class: dict[str, str], names: str) -> str:
    """Return what the first of an element's classes says that says anything."""
    return next(filter(None, map(by_class.get, names.split())), "")


def _says_display(body: str) -> bool:
    """Tell at a glance whether a rule may say anything of how its elements are displayed."""
    body = body.lower()
    return any(word in body for word in _DISPLAY_WORDS)


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

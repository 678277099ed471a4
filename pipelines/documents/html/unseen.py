"""Takes out of a page the text its elements hide and not themselves; marks what is in doubt.

Type of no size, text in the colour of its ground, lines indented out of the window: each is
inherited, and undone by what stands deeper, so the page is walked from where it begins. A page on
which nothing begins any of it is not walked at all.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import HtmlElement

from pipelines.documents.html.css import Props
from pipelines.documents.html.styles import (
    HIDDEN,
    TABLE_PARTS,
    Sheet,
    Styled,
    ground_of,
    ink_of,
    pixels,
    text_sight,
    type_size,
)
from pipelines.documents.seen import Colour, Sight, doubted, of_colour


class _Look(NamedTuple):
    """How the text of an element looks; what of it stays as it is for the elements in it."""

    size: float | None = None
    visible: bool = True
    indent: float = 0.0
    ink: Colour | None = None
    ground: Colour | None = None
    """None: not looked for yet; no element above states a colour of text."""
    stated: bool = True
    doubted: bool = False

    def sight(self) -> Sight:
        sight = text_sight(self.size, self.indent)
        if not self.visible:
            return Sight.UNSEEN
        if self.ink is not None and self.ground is not None:
            sight = max(sight, of_colour(self.ink, self.ground, stated=self.stated))
        return max(sight, Sight.DOUBTED) if self.doubted else sight


def take_out_unseen(body: HtmlElement, sheet: Sheet) -> int:
    """Remove the text nobody sees from a page's tree, and set what is in doubt between marks.

    Returns:
        how many texts with figures were removed from tables.
    """
    if not sheet.in_text:
        return 0
    figures = 0
    # The elements themselves, not their id(): lxml makes a new proxy for one nobody holds.
    done: set[HtmlElement] = set()
    for root in list(sheet.roots(body)):
        if root not in done:
            figures += _walk(root, sheet, done)
    return figures


def hidden_figures(table: HtmlElement, sheet: Sheet) -> int:
    """Return how many elements of a table are hidden with figures in them."""
    found = 0
    stack = list(table)
    while stack:
        element = stack.pop()
        if sheet.display(element) not in HIDDEN:
            stack += element
        elif _has_figure("".join(element.itertext())):
            found += 1
    return found


def _has_figure(text: str | None) -> bool:
    return text is not None and any(map(str.isdigit, text))


def _walk(root: HtmlElement, sheet: Sheet, done: set[HtmlElement]) -> int:
    figures = 0
    stack: list[tuple[HtmlElement, _Look]] = [(root, _Look())]
    while stack:
        element, above = stack.pop()
        done.add(element)
        styled = sheet.of(element)
        if styled.display in HIDDEN:
            continue
        look = _looked(element, styled, above, sheet)
        sight = look.sight()
        if sight is not Sight.SEEN:
            if sight is Sight.UNSEEN and _in_table(element):
                figures += sum(map(_has_figure, (element.text, *(c.tail for c in element))))
            element.text = _left(element.text, sight, look)
        for child in element:
            if sight is not Sight.SEEN:
                child.tail = _left(child.tail, sight, look)
            stack.append((child, look))
    return figures


def _in_table(element: HtmlElement) -> bool:
    return element.tag in TABLE_PARTS or next(element.iterancestors("table"), None) is not None


def _left(text: str | None, sight: Sight, look: _Look) -> str | None:
    if not text or not text.strip():
        return text
    if sight is Sight.DOUBTED:
        return doubted(text)
    # What keeps its place is a gap for whoever looks at the page: 12 and 3 beside it make no 123.
    return "" if text_sight(look.size, look.indent) is Sight.UNSEEN else " "


def _looked(element: HtmlElement, styled: Styled, above: _Look, sheet: Sheet) -> _Look:
    """Return how an element's text looks inside what is around it."""
    look, hides = _with(above, styled.props), styled.sight
    if styled.props is not styled.sure:
        # Some rule holds for fewer elements than can be told here.
        known = _with(above, styled.sure)
        if known != look or hides is not styled.sure_sight:
            look, hides = known, Sight.DOUBTED
    if hides is Sight.DOUBTED or (element.tag == "bdo" and element.get("dir", "").lower() == "rtl"):
        look = look._replace(doubted=True)
    if look.ink is not None and look.ground is None:
        ground, stated = sheet.ground(element)
        look = look._replace(ground=ground, stated=stated)
    return look


def _with(look: _Look, props: Props) -> _Look:
    """Return a look changed by an element's own properties."""
    if not props:
        return look
    get = props.get
    if size := get("font-size"):
        look = look._replace(size=type_size(size, look.size))
    if visibility := get("visibility"):
        look = look._replace(visible=visibility not in {"hidden", "collapse"})
    if (indent := get("text-indent")) is not None and (by := pixels(indent)) is not None:
        look = look._replace(indent=by)
    if (ink := ink_of(props)) is not None:
        look = look._replace(ink=ink)
    if (ground := ground_of(props)) is not None:
        look = look._replace(ground=ground, stated=True)
    return look

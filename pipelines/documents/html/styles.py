"""How a page's elements are shown: by their own styles, the page's sheets, and old attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from pipelines.documents.html.css import (
    Block,
    Bodies,
    Matcher,
    Present,
    Props,
    Reach,
    Rule,
    Said,
    blocks_of,
    declared,
    key_of,
    rules_of,
)
from pipelines.documents.html.tree import styles_of
from pipelines.documents.seen import (
    UNKNOWN,
    WHITE,
    Colour,
    Sight,
    colour_of,
    may_vanish,
    of_opacity,
    of_size,
)

NONE, BLANK = "none", "blank"
"""What ``Sheet.display`` says of an element nobody sees: it takes no place, or an empty one."""
HIDDEN = frozenset({NONE, BLANK})
TABLE_PARTS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption"})
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "label",
        "mark", "q", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
    }
)  # fmt: skip
"""Elements whose width and height nothing asks for unless they are made boxes."""
_MAX_SHEET = 300_000
"""Characters of all of a page's style elements together."""
_MAX_PAIRS = 20_000
"""Colours of text and grounds held against each other; a page with more is looked at whole."""

_HAS_HIDDEN = etree.XPath("boolean(//*/@hidden)")
_OLD_GROUNDS = etree.XPath("//*/@bgcolor | //*/@background", smart_strings=False)
_SHEETS_ELSEWHERE = etree.XPath("boolean(//link[contains(@rel, 'style')][@href])")

_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)")
_PIXELS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "em": 14.0,
    "rem": 16.0, "ex": 7.0, "ch": 7.0, "vw": 12.0, "vh": 8.0,
}  # fmt: skip
_FAR, _OUT, _BEYOND = -500.0, -50.0, 3000.0
"""Pixels: outside of every window; perhaps; below or right of every window."""
_INDENT = -200.0
"""Pixels; Word's hanging indents reach 150."""
_NO_ROOM, _LITTLE_ROOM = 1.0, 6.0
_ZERO_CLIP = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)(?:\.\d*)?%|circle\(\s*0|ellipse\(\s*0|polygon\(\s*0[^,]*(?:,\s*0[^,]*)*\)"
)
_ZERO_SCALE = re.compile(r"scale(?:3d|x|y)?\(\s*(?:0*\.0*|0+(?:\.0*)?)\s*[,)]")
_MOVED = re.compile(r"(?:translate(?:3d|x|y)?|matrix)\([^()]*-\s*(\d+)px")
_NO_FILTER = re.compile(r"opacity\(\s*(?:0*\.0*|0+(?:\.0*)?)%?\s*\)")


def pixels(value: str) -> float | None:
    """Return a length in pixels, as near as can be told without laying out the page.

    >>> pixels("0"), pixels("-75pt"), pixels("auto")
    (0.0, -100.0, None)
    """
    found = _LENGTH.match(value)
    if found is None or found[2] not in _PIXELS:
        return None
    return float(found[1]) * _PIXELS[found[2]]


def type_size(value: str, above: float | None) -> float | None:
    """Return a font size in pixels; ``above`` is that of the element around, None if unknown."""
    found = _LENGTH.match(value)
    if found is None:  # medium, small, inherit
        return above if value in {"inherit", "unset"} else 14.0
    if found[2] in {"em", "%", "ex"}:
        share = float(found[1]) / (100 if found[2] == "%" else 1)
        return share * (14.0 if above is None else above)
    return pixels(value)


class _Told(NamedTuple):
    """What declarations may do to what is seen, whatever stands beside them."""

    hides: bool
    """They may hide an element: whether another's declarations are needed for it tells ``deep``."""
    deep: bool
    in_text: bool
    """They may hide text and leave the element, or leave it in doubt."""
    inks: tuple[Colour, ...]
    grounds: tuple[Colour, ...]


def _told(said: Said) -> _Told:
    if said.told is None:
        said.told = _tell(said)
    assert isinstance(said.told, _Told)
    return said.told


def _tell(said: Said) -> _Told:
    hides = deep = in_text = False
    inks: list[Colour] = []
    grounds: list[Colour] = []
    for props in said.sets:
        if props.keys() & _SIMPLE:
            hides |= _box(props, "div")[0] is not Sight.SEEN
        if props.get("visibility") in _UNSEEN_WORDS:
            hides = in_text = True
        if props.keys() & _PLACED:
            box = _box({**props, **_AT_WORST}, "div")[0]
            deep |= box is not Sight.SEEN
            in_text |= box is not Sight.SEEN
        in_text |= _shrinks(props)
        if (ink := ink_of(props)) is not None:
            inks.append(ink)
        if (ground := ground_of(props)) is not None:
            grounds.append(ground)
    return _Told(hides or deep, deep or in_text, in_text, tuple(inks), tuple(grounds))


_UNSEEN_WORDS = frozenset({"hidden", "collapse"})
_SIMPLE = frozenset({"display", "text-decoration", "mso-hide"})
_PLACED = frozenset(
    {
        "opacity", "left", "right", "top", "bottom", "margin-left", "clip", "clip-path",
        "transform", "filter", "content-visibility", "unicode-bidi", "direction",
        "width", "height", "max-width", "max-height",
    }
)  # fmt: skip
_OF_PLACE = _PLACED | {
    "visibility", "font-size", "text-indent", "position", "overflow", "overflow-x", "overflow-y",
    "float", "padding-top", "padding-bottom",
}  # fmt: skip
_OF_COLOUR = frozenset({"color", "-webkit-text-fill-color", "background-color", "background-clip"})
_AT_WORST = {
    "overflow": "hidden", "position": "absolute", "unicode-bidi": "bidi-override",
    "padding-top": "", "padding-bottom": "", "display": "", "text-decoration": "", "mso-hide": "",
}  # fmt: skip
"""What other declarations may add to those of one rule."""


def _shrinks(props: Props) -> bool:
    size = type_size(props["font-size"], None) if "font-size" in props else None
    indent = pixels(props["text-indent"]) if "text-indent" in props else None
    return text_sight(size, indent or 0.0) is not Sight.SEEN


class Styled(NamedTuple):
    """What is said of an element."""

    props: Props
    sure: Props
    """The properties that are surely its own: the same object, unless of some rule it cannot be
    told whether it holds."""
    sight: Sight
    """What is seen of it and all in it."""
    sure_sight: Sight
    """The same by what is surely said."""
    display: str
    ground: Colour | None
    """The colour it puts behind its text."""
    begins: bool
    """It may hide text in it."""


class _Alike(NamedTuple):
    """Elements with the same tag, id, class and style."""

    reach: Reach
    """What else tells what is said of them."""
    styled: dict[object, Styled]
    """What is said of them, by where they stand."""


class Sheet:
    """What a page's styles say of how its elements are shown.

    ``display`` tells where a line breaks and what is hidden with all that is in it. What can be
    undone below (type of no size, a colour) or cannot be decided is no matter of an element alone:
    ``html/unseen.py`` takes it out of the text.
    """

    def __init__(self, root: HtmlElement, attributes: Iterable[str]) -> None:
        """Look at the style elements of a page, and at its style ``attributes``."""
        there = Present(root)
        blocks = _blocks(root, there)
        styles = {style: declared(style) for style in attributes}
        self._styles = {style: said for style, said in styles.items() if said.sets}
        self._hides = bool(_HAS_HIDDEN(root))
        self._matcher = Matcher()
        own = [*map(_told, self._styles.values())]
        every = [*own, *(_told(block.said) for block in blocks)]
        old_inks = _old_inks(root)
        inked = bool(old_inks) or any(one.inks for one in every)
        # Grounds are asked for where a colour of text may be one of them.
        old_grounds = _OLD_GROUNDS(root) if inked else []
        self._turned = any(element.get("dir") is not None for element in root.iter("bdo"))
        self.inks = _vanishing(every, old_inks, old_grounds)
        """Colours of text that may be that of their ground."""
        # What may hide is looked at first: where none of it holds here, nothing else matters.
        first = [block for block in blocks if self._may_matter(_told(block.said))]
        hiding = [rule for block in first for rule in rules_of(block) if there.has(rule)]
        told = [*own, *(_told(rule.said) for rule in hiding)]
        unsure = any(_is_unsure(rule) for rule in hiding)
        inks = {ink for one in told for ink in one.inks}
        inks |= {ink for text in old_inks if (ink := colour_of(_old_colour(text))) is not None}
        self.inks &= inks
        self._elsewhere = bool(self.inks) and bool(_SHEETS_ELSEWHERE(root))
        self.in_text = bool(self.inks) or self._turned or unsure or any(one.in_text for one in told)
        """Whether anything may hide text of an element and not the element."""
        self.revives = any(
            props.get("visibility") == "visible"
            for said in (*self._styles.values(), *(block.said for block in blocks))
            for props in said.sets
        )
        """Whether something hidden may hold something that is seen."""
        needed: set[str] = set()
        if self.inks:
            needed |= _OF_COLOUR
        if any(one.in_text or one.deep for one in told) or unsure:
            needed |= _OF_PLACE
        if needed or hiding:
            needed |= _SIMPLE
        asked = [b for b in blocks if any(not p.keys().isdisjoint(needed) for p in b.said.sets)]
        rules = [rule for block in asked for rule in rules_of(block) if there.has(rule)]
        self._by_key = _keyed(rules)
        self._ends = any(rule.asks_for_ends for rule in rules)
        self._grounds: dict[HtmlElement, tuple[Colour, bool]] = {}
        self._known: dict[HtmlElement, Styled] = {}
        self._alike: dict[object, _Alike] = {}
        self._paths: dict[HtmlElement, int] = {}
        self._numbers: dict[object, int] = {}
        shaping = [b for b in blocks if any("display" in props for props in b.said.sets)]
        self._laid_out = _laid_out(rule for block in shaping for rule in rules_of(block))
        shown = any("display" in props for said in self._styles.values() for props in said.sets)
        self.says_nothing = not (
            shown or self._laid_out or self._hides or any(one.hides for one in told)
        )
        """Whether no element has anything to say: so it is on most pages, and none is asked."""
        asked_at_all = self.in_text or not self.says_nothing
        if asked_at_all and not inked:
            old_grounds = _OLD_GROUNDS(root)
        self._old = bool(old_inks or old_grounds)
        self.of_bare = any(
            key[0] not in ".#" and any(_told(rule.said).hides for rule in some)
            for key, some in self._by_key.items()
        )
        """Whether elements without any attribute have to be asked too."""

    def _may_matter(self, told: _Told) -> bool:
        return told.hides or told.in_text or not self.inks.isdisjoint(told.inks)

    def display(self, element: HtmlElement) -> str:
        """Return the element's ``display``, ``none`` or ``blank`` if hidden, ``""`` if unsaid."""
        return "" if self.says_nothing else self.of(element).display

    def of(self, element: HtmlElement) -> Styled:
        """Return what is said of an element, one answer for all of which the same is said."""
        found = self._known.get(element)
        if found is None:
            found = self._known[element] = self._shared(element)
        return found

    def _shared(self, element: HtmlElement) -> Styled:
        """Return what is said of an element, asked once for all that are alike.

        The five hundred links of a menu are, and so is all above them.
        """
        get = element.get
        hidden = get("hidden") if self._hides else None
        old = (get("color"), get("bgcolor"), get("background"), get("text")) if self._old else None
        key = (self._own(element), get("style"), hidden, old)
        alike = self._alike.get(key)
        if alike is None:
            reach = max((rule.reach for rule in self._candidates(element)), default=Reach.OWN)
            alike = self._alike[key] = _Alike(reach, {})
        where: object = None
        if alike.reach is not Reach.OWN:
            beside = alike.reach is Reach.BESIDE
            where = element if beside else self._path(element.getparent())
        found = alike.styled.get(where)
        if found is None:
            found = alike.styled[where] = self._styled(element)
        return found

    def _own(self, element: HtmlElement) -> tuple[object, ...]:
        """Return what a rule may ask of an element that it has by itself."""
        get = element.get
        if not self._ends:
            return element.tag, get("class"), get("id")
        ends = element.getprevious() is None, element.getnext() is None
        return element.tag, get("class"), get("id"), ends

    def _path(self, element: HtmlElement | None) -> int:
        """Return a number for what rules may ask of all from the root of a page down to here."""
        known = self._paths
        climbed: list[HtmlElement] = []
        while element is not None and element not in known:
            climbed.append(element)
            element = element.getparent()
        path = 0 if element is None else known[element]
        for above in reversed(climbed):
            step = (path, self._own(above))
            path = known[above] = self._numbers.setdefault(step, len(self._numbers) + 1)
        return path

    def _styled(self, element: HtmlElement) -> Styled:
        said: list[tuple[tuple[int, ...], Said, bool]] = []
        begins = False
        for rule in self._candidates(element):
            fits = self._matcher.fits(rule, element)
            if fits is not False:
                said.append((rule.weight, rule.said, fits is not None))
                begins = begins or self._begins(rule.said) or _is_unsure(rule)
        said.sort(key=lambda one: one[0])
        own = self._styles.get(element.get("style", ""))
        if own:
            said.append(((), own, True))
            begins = begins or self._begins(own)
        old = _old_attributes(element) if self._old else {}
        begins = begins or (self._turned and element.tag == "bdo")
        begins = begins or (element.tag in {"font", "body"} and ink_of(old) in self.inks)
        props = sure = _layered(old, (one for _, one, _ in said))
        box = known = _box(props, str(element.tag))
        if not all(is_sure for _, _, is_sure in said):
            sure = _layered(old, (one for _, one, is_sure in said if is_sure))
            known = _box(sure, str(element.tag))
        display = self._shown(element, own, sure, known if box[0] is Sight.UNSEEN else box)
        return Styled(props, sure, box[0], known[0], display, ground_of(props), begins)

    def _shown(
        self, element: HtmlElement, said: Said | None, sure: Props, box: tuple[Sight, bool]
    ) -> str:
        own = said.forced.get("display") or said.plain.get("display") if said else None
        if not own and self._hides and element.get("hidden") is not None:
            return NONE
        sight, place = box
        if sight is Sight.UNSEEN:
            return BLANK if place else NONE
        if not self.revives and sure.get("visibility") in _UNSEEN_WORDS:
            return NONE if element.tag == "tr" and sure["visibility"] == "collapse" else BLANK
        return own or self._layout(element)

    def _layout(self, element: HtmlElement) -> str:
        if not self._laid_out:
            return ""
        if found := self._laid_out.get("#" + element.get("id", "")):
            return found
        names = element.get("class", "").split()
        return next(filter(None, (self._laid_out.get("." + name) for name in names)), "")

    def _candidates(self, element: HtmlElement) -> Iterable[Rule]:
        by_key = self._by_key
        if not by_key:
            return ()
        found = [*by_key.get(str(element.tag), ()), *by_key.get("*", ())]
        if name := element.get("id"):
            found += by_key.get("#" + name, ())
        if names := element.get("class"):
            for one in set(names.split()):
                found += by_key.get("." + one, ())
        return found

    def roots(self, body: HtmlElement) -> Iterator[HtmlElement]:
        """Yield the elements that may hide text in them, outer ones first."""
        if self._by_key or self._old or self._turned:
            yield from (element for element in body.iter() if self.of(element).begins)
            return
        styles = {style for style, said in self._styles.items() if self._begins(said)}
        yield from (element for element in body.iter() if element.get("style") in styles)

    def _begins(self, said: Said) -> bool:
        told = _told(said)
        return told.in_text or not self.inks.isdisjoint(told.inks)

    def ground(self, element: HtmlElement) -> tuple[Colour, bool]:
        """Return the colour behind an element, and whether the page says so itself."""
        known = self._grounds
        climbed: list[HtmlElement] = []
        behind: tuple[Colour, bool] = WHITE, not self._elsewhere
        above: HtmlElement | None = element
        while above is not None:
            if above in known:
                behind = known[above]
                break
            climbed.append(above)
            if (found := self.of(above).ground) is not None:
                behind = found, True
                break
            above = above.getparent()
        known.update(dict.fromkeys(climbed, behind))
        return behind


def _is_unsure(rule: Rule) -> bool:
    return not rule.sure and _told(rule.said).hides


_INKS = ("color", "-webkit-text-fill-color")


def ink_of(props: Props) -> Colour | None:
    """Return the colour an element's text has by its own properties, None where they say none."""
    if props.get("background-clip") == "text":
        return UNKNOWN  # the ground shines through the letters
    return colour_of(props.get("-webkit-text-fill-color", "")) or colour_of(props.get("color", ""))


def ground_of(props: Props) -> Colour | None:
    """Return the colour an element puts behind its text; None where it lets shine through."""
    value = props.get("background-color", "")
    if value == "picture":
        return UNKNOWN
    found = colour_of(value)
    return None if found == "transparent" else found


def text_sight(size: float | None, indent: float) -> Sight:
    """Return what is seen of text of this size (None: unknown) and indent, in pixels."""
    if indent <= _FAR:
        return Sight.UNSEEN
    sight = Sight.SEEN if size is None else of_size(size)
    return max(sight, Sight.DOUBTED) if indent <= _INDENT else sight


@lru_cache(64)
def _kept_bodies(css: str) -> Bodies:
    """Return a sheet, cut into its rules: a portal writes the same one into all its pages."""
    return Bodies(css)


_LONGEST_KEPT = 50_000
"""Characters of a sheet that is kept."""


def _blocks(root: HtmlElement, there: Present) -> list[Block]:
    blocks: list[Block] = []
    left, count = _MAX_SHEET, 0
    for style in root.iter("style"):
        if (style.get("media") or "all").lower() not in {"all", "screen"}:
            continue
        css = (style.text or "")[:left]
        left -= len(css)
        if css:
            kept = len(css) <= _LONGEST_KEPT
            sheet = _kept_bodies(css) if kept else Bodies(css)
            blocks += blocks_of(sheet, there, count)
            count += len(sheet.rules)
    return blocks


def _keyed(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Return rules by what an element must have for them to hold: an id, a class, a tag."""
    out: dict[str, list[Rule]] = {}
    for rule in rules:
        out.setdefault(key_of(rule.parts[-1]), []).append(rule)
    return out


def _laid_out(rules: Iterable[Rule]) -> dict[str, str]:
    """Return ``display`` by ``.class`` and ``#id``, what is hidden left out: it is asked apart."""
    out: dict[str, str] = {}
    for rule in rules:
        value = rule.said.forced.get("display") or rule.said.plain.get("display")
        if value and rule.lays_out:
            last = rule.parts[0]
            out["#" + last.id if last.id else "." + last.classes[0]] = value
    return {key: value for key, value in out.items() if value != NONE}


def _layered(base: dict[str, str], said: Iterable[Said]) -> dict[str, str]:
    props = dict(base)
    forced: dict[str, str] = {}
    for one in said:
        props.update(one.plain)
        forced.update(one.forced)
    props.update(forced)
    return props


def _old_inks(root: HtmlElement) -> list[str]:
    """Return the colours of text that attributes state."""
    told = (e.get("color" if e.tag == "font" else "text") for e in root.iter("font", "body"))
    return [ink for ink in told if ink is not None]


def _old_attributes(element: HtmlElement) -> dict[str, str]:
    out: dict[str, str] = {}
    colour = element.get("color") if element.tag == "font" else None
    if element.tag == "body":
        colour = element.get("text")
    for name, value in (("color", colour), ("background-color", element.get("bgcolor"))):
        if value:
            out[name] = _old_colour(value)
    if element.get("background") and element.tag in {"body", "table", "td", "th", "tr"}:
        out["background-color"] = "picture"
    return out


def _vanishing(
    told: Iterable[_Told], old_inks: list[str], old_grounds: list[str]
) -> frozenset[Colour]:
    """Return the colours of text that may be one of a ground of the page, white among them."""
    inks = {ink for text in old_inks if (ink := colour_of(_old_colour(text))) is not None}
    grounds = {WHITE}
    grounds |= {g for text in old_grounds if (g := colour_of(_old_colour(text))) is not None}
    for one in told:
        inks.update(one.inks)
        grounds.update(one.grounds)
    if len(inks) * len(grounds) > _MAX_PAIRS:
        return frozenset(inks)
    return frozenset(ink for ink in inks if any(may_vanish(ink, ground) for ground in grounds))


def _old_colour(value: str) -> str:
    value = value.strip().lower()
    bare = len(value) in {3, 6} and all(sign in "0123456789abcdef" for sign in value)
    return f"#{value}" if bare else value


def _box(props: Mapping[str, str], tag: str) -> tuple[Sight, bool]:
    """Return what is seen of an element with all in it, and whether it keeps a place if hidden."""
    if not props:
        return Sight.SEEN, True
    get = props.get
    if get("display") == "none" or get("mso-hide") == "all":
        return Sight.UNSEEN, False
    if "line-through" in get("text-decoration", ""):
        return Sight.UNSEEN, False
    taken_out = get("position") in {"absolute", "fixed"}
    sight = max(
        _moved(props, taken_out=taken_out), _cut(props, taken_out=taken_out), _roomless(props, tag)
    )
    if sight is Sight.UNSEEN:
        return sight, not taken_out and tag in TABLE_PARTS
    faint = _faint(props)
    if get("unicode-bidi") == "bidi-override" and get("direction") == "rtl":
        faint = max(faint, Sight.DOUBTED)  # its figures are printed backwards
    return max(sight, faint), True


def _faint(props: Mapping[str, str]) -> Sight:
    get = props.get
    sight = Sight.SEEN
    if opacity := get("opacity"):
        value = _LENGTH.match(opacity)
        if value:
            sight = of_opacity(float(value[1]) / (100 if value[2] == "%" else 1))
    if get("content-visibility") == "hidden" or _NO_FILTER.search(get("filter", "")):
        return Sight.UNSEEN
    if transform := get("transform"):
        if _ZERO_SCALE.search(transform):
            return Sight.UNSEEN
        moved = _MOVED.search(transform)
        if moved and len(moved[1]) < 9 and -int(moved[1]) <= _FAR:
            return Sight.UNSEEN
    shape = get("clip-path", "none")
    if shape in {"none", "initial", "inherit", "unset", "auto"}:
        return sight
    return Sight.UNSEEN if _ZERO_CLIP.search(shape) else max(sight, Sight.DOUBTED)


def _moved(props: Mapping[str, str], *, taken_out: bool) -> Sight:
    """Return what is seen of an element after it is moved."""
    margin = props.get("margin-left")
    if margin and (pixels(margin) or 0) <= _FAR:
        return Sight.UNSEEN
    sight = Sight.SEEN
    placed = taken_out or props.get("position") in {"relative", "sticky"}
    for side in ("left", "top", "right", "bottom"):
        if (value := props.get(side)) is None or (by := pixels(value)) is None:
            continue
        if by <= _FAR or by >= _BEYOND:
            sight = max(sight, Sight.UNSEEN if placed and by < 0 else Sight.DOUBTED)
        elif by <= _OUT and taken_out:
            sight = max(sight, Sight.DOUBTED)
    return sight


def _cut(props: Mapping[str, str], *, taken_out: bool) -> Sight:
    """Return what ``clip`` leaves of an element."""
    clip = props.get("clip", "auto")
    if not clip.startswith("rect("):
        return Sight.SEEN
    sides = [pixels(side) for side in re.split(r"[\s,]+", clip[5:].rstrip(") ").strip())]
    if len(sides) == 4:
        top, right, bottom, left = sides
        high = None if top is None or bottom is None else bottom - top
        wide = None if left is None or right is None else right - left
        if any(size is not None and size <= _NO_ROOM for size in (high, wide)):
            return Sight.UNSEEN if taken_out else Sight.DOUBTED
    return Sight.DOUBTED if taken_out else Sight.SEEN


def _roomless(props: Mapping[str, str], tag: str) -> Sight:
    """Return what is seen of an element with no room in it for what it holds."""
    hidden = ("hidden", "clip", "scroll", "auto")
    flows = (props.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if tag in TABLE_PARTS or not any(word in hidden for flow in flows for word in flow.split()):
        return Sight.SEEN
    if tag in _INLINE and not (
        props.get("display", "inline") != "inline"
        or props.get("position") in {"absolute", "fixed"}
        or props.get("float", "none") != "none"
    ):
        return Sight.SEEN  # neither width nor height means anything to it
    if any(re.search("[1-9]", props.get(name, "")) for name in ("padding-top", "padding-bottom")):
        return Sight.SEEN  # room made by padding: pictures of a fixed shape
    sizes = (pixels(props[name]) for name in _SIZES if name in props)
    least = min((size for size in sizes if size is not None), default=_LITTLE_ROOM + 1)
    if least <= _NO_ROOM:
        return Sight.UNSEEN
    return Sight.DOUBTED if least <= _LITTLE_ROOM else Sight.SEEN


_SIZES = ("width", "height", "max-width", "max-height")


def read_sheet(root: HtmlElement, attributes: Iterable[str] | None = None) -> Sheet:
    """Return what a page says of how its elements are shown.

    Args:
        root: the page.
        attributes: its style attributes, where they are at hand.
    """
    return Sheet(root, styles_of(root) if attributes is None else attributes)

"""Style sheets to rules, style attributes to declarations: of what decides whether text is seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from pipelines.remembered import kept

Props = Mapping[str, str]
"""Properties and their values, in small letters."""

_ASKED = frozenset(
    {
        "display", "visibility", "opacity", "font-size", "color", "background-color", "position",
        "left", "right", "top", "bottom", "margin-left", "text-indent", "clip", "clip-path",
        "width", "height", "max-width", "max-height", "overflow", "overflow-x", "overflow-y",
        "transform", "mso-hide", "text-decoration", "-webkit-text-fill-color", "float",
        "content-visibility", "filter", "unicode-bidi", "direction", "padding-bottom",
        "padding-top", "background-clip",
    }
)  # fmt: skip
_SHORT = {
    "background": "background-color",
    "font": "font-size",
    "text-decoration-line": "text-decoration",
    "-webkit-background-clip": "background-clip",
    "-webkit-transform": "transform",
    "-webkit-clip-path": "clip-path",
    "-webkit-filter": "filter",
    "padding": "padding-bottom",
    "background-image": "background-color",
}
"""Names that say the same, among other things."""
_FONT_SIZE = re.compile(
    r"(?<![\w.#-])((?:\d+\.?\d*|\.\d+)(?:px|pt|em|rem|%|cm|mm|in|pc|ex|vw|vh)|0)(?=\s*/|\s|$)"
)
_COLOUR_IN = re.compile(r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^()]{1,80}\)|[a-z]{3,30}")
_NO_COLOURS = frozenset(
    {
        "none", "repeat", "no-repeat", "repeat-x", "repeat-y", "scroll", "fixed", "local", "center",
        "left", "right", "top", "bottom", "cover", "contain", "border-box", "padding-box",
        "content-box", "inherit", "initial", "unset", "auto",
    }
)  # fmt: skip
# One that is never closed reaches to the end, and is not looked for again at every sign in it.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_MAX_SELECTORS, _MAX_BODY = 500, 4000
_LONGEST_STYLE = 1000
_MAX_VALUE = 200
_MAX_RULES = 3000
"""Rules of a page that are kept; large portals write some five hundred into their pages."""


@dataclass(slots=True, eq=False)
class Said:
    """Declarations: the plain ones, and those marked as important."""

    plain: dict[str, str]
    forced: dict[str, str]
    told: Any = None
    """What was made of them, for whoever asks again (``html/styles.py``)."""

    @property
    def sets(self) -> tuple[dict[str, str], ...]:
        """The sets of them that say anything."""
        return tuple(filter(None, (self.plain, self.forced)))


@kept(4096, longest=_LONGEST_STYLE)  # Word writes the same ones on every page
def declared(style: str) -> Said:
    """Return what a style attribute, or the body of a rule, declares of the asked properties.

    >>> declared("COLOR: Red; font: 0/0 a; margin: 0").plain
    {'color': 'red', 'font-size': '0'}
    """
    plain: dict[str, str] = {}
    forced: dict[str, str] = {}
    if "/*" in style:
        style = _COMMENT.sub(" ", style)
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip(), value.strip()
        asked = _SHORT.get(name, name)
        if not colon or asked not in _ASKED or len(value) > _MAX_VALUE * 10:
            continue
        into = plain
        if value.endswith("important"):
            value, _, _ = value.rpartition("!")
            value, into = value.rstrip(), forced
        value = _long_hand(name, value)
        if value:
            into[asked] = value[:_MAX_VALUE]
    return Said(plain, forced)


def _long_hand(name: str, value: str) -> str:
    """Return what a value says of the one property it is asked for, or nothing."""
    if name == "font":
        sizes = _FONT_SIZE.findall(value)
        return str(sizes[0]) if sizes else ""
    if name in {"background", "background-image"}:
        if "url(" in value or "gradient" in value:
            return "picture"
        if name == "background-image":
            return ""
        named = (word for word in _COLOUR_IN.findall(value) if word not in _NO_COLOURS)
        return next(named, "transparent" if value == "none" else "")
    return value


class Part(NamedTuple):
    """One compound of a selector: what an element must be."""

    tag: str
    id: str
    classes: tuple[str, ...]
    more: tuple[tuple[str, str], ...]
    """Attributes and places among brothers, as (kind, argument)."""
    beside: str
    """How it stands to the part right of it: ``" "`` above, ``">"``, ``"+"``, ``"~"``."""


class Reach(IntEnum):
    """What tells whether a rule holds for an element: of several rules the farthest counts."""

    OWN = 0
    """Its tag, its id and its classes, and whether it is a first or a last child."""
    ABOVE = 1
    """Those of the elements above as well."""
    BESIDE = 2
    """Its other attributes, its place, or what stands before it."""


@dataclass(slots=True, frozen=True)
class Rule:
    """What one selector declares."""

    parts: tuple[Part, ...]
    said: Said
    weight: tuple[int, int, int, int]
    """Ids, classes, tags, place in the page: the larger wins."""
    sure: bool
    """Whether all of the selector is understood; else it may hold for fewer elements."""
    _above: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    """What must be somewhere in the page for it to hold."""

    @property
    def above(self) -> frozenset[str]:
        """What must be among the elements above for it to hold: a tag, an id or a class of each."""
        return self._above

    @property
    def reach(self) -> Reach:
        """How much of the page tells whether it holds for an element."""
        more = (kind for part in self.parts for kind, _ in part.more)
        if not ENDS.issuperset(more) or any(part.beside in {"+", "~"} for part in self.parts):
            return Reach.BESIDE
        return Reach.ABOVE if len(self.parts) > 1 else Reach.OWN

    @property
    def asks_for_ends(self) -> bool:
        """Whether it holds for first or last children, or below such."""
        return any(kind in ENDS for part in self.parts for kind, _ in part.more)

    @property
    def lays_out(self) -> bool:
        """Whether it is a plain ``.class`` or ``#id``: what tables of divs are made with."""
        last = self.parts[0]
        plain = len(self.parts) == 1 and not last.more
        return plain and len(last.classes) + bool(last.id) == 1


_IDS = etree.XPath("//*/@id", smart_strings=False)
_CLASSES = etree.XPath("//*/@class", smart_strings=False)
_SELECTOR = re.compile(
    r"\s*([>+~]?)\s*(\*|[a-z][\w-]*|(?=[.#\[:]))((?:[.#][\w-]+|\[[^\]]*\]|::?[\w-]+(?:\([^()]*\))?)*)",
    re.IGNORECASE,
)
_PIECE = re.compile(r"([.#])([\w-]+)|\[([^\]]*)\]|(::?[\w-]+)(?:\(([^()]*)\))?")
_ATTRIBUTE = re.compile(r"\s*([\w-]+)\s*(?:([~|^$*]?=)\s*[\"']?([^\"']*?)[\"']?\s*)?")
_PASSING = frozenset(
    {
        ":hover", ":focus", ":active", ":visited", ":target", ":checked", ":disabled", ":before",
        ":after", "::before", "::after", "::selection", ":focus-within", "::placeholder",
        ":first-letter", "::first-letter", ":first-line", "::first-line", ":focus-visible",
        "::-webkit-scrollbar", "::marker",
    }
)  # fmt: skip
"""What makes a rule hold for a moment, or for something else than the element's text."""
ENDS = frozenset({":first-child", ":last-child", ":only-child"})
_PLACES = ENDS | {":nth-child"}
_MAX_PARTS = 12


_NAME = re.compile(r"[.#][\w-]+")


class Present:
    """The ids, classes and tags there are in a page, looked for when they are asked for."""

    def __init__(self, root: HtmlElement) -> None:
        """Take the page."""
        self._root = root
        self._tags: dict[str, bool] = {}

    @cached_property
    def names(self) -> set[str]:
        """Its ids and classes, as selectors write them."""
        found = {"#" + name for name in _IDS(self._root)}
        for names in set(_CLASSES(self._root)):
            found.update("." + name for name in names.split())
        return found

    def may_have(self, selectors: str) -> bool:
        """Whether selectors may hold for any element, as far as ids and classes tell."""
        if "[" in selectors or "(" in selectors:
            return True  # what stands in brackets need not be there: [href$=".pdf"], :not(.nav)
        if "," not in selectors:
            return self.names.issuperset(_NAME.findall(selectors))
        return any(self.names.issuperset(_NAME.findall(one)) for one in selectors.split(","))

    def has(self, rule: Rule) -> bool:
        """Whether everything a rule asks for is somewhere in the page."""
        return all(key in self.names if key[0] in ".#" else self._has_tag(key) for key in rule.keys)

    def _has_tag(self, tag: str) -> bool:
        if (found := self._tags.get(tag)) is None:
            found = self._tags[tag] = next(self._root.iter(tag), None) is not None
        return found


class Block(NamedTuple):
    """Selectors as a sheet has them, and what they declare."""

    selectors: str
    said: Said
    number: int
    """Its place in the page."""


def blocks_of(sheet: Bodies, there: Present, start: int = 0) -> Iterator[Block]:
    """Yield the blocks of a sheet that say something asked of what there is in a page.

    A portal's sheet is for all its pages: of most blocks the page at hand has nothing, and what
    they declare is never looked at.
    """
    for number in sheet.asking_for(there.names):
        selectors, body = sheet.rules[number]
        if there.may_have(selectors) and (said := declared(body)).sets:
            yield Block(selectors, said, start + number)


def rules_of(block: Block) -> Iterator[Rule]:
    """Yield the rules of a block, one a selector; those that hold for no text are left out."""
    for selector in block.selectors.split(","):
        if (rule := _rule(selector, block.said, block.number)) is not None:
            yield rule


def _rule(selector: str, said: Said, number: int) -> Rule | None:
    parts: list[Part] = []
    sure, at = True, 0
    text = selector.strip()
    ids = classes = tags = 0
    while at < len(text):
        found = _SELECTOR.match(text, at)
        if found is None or found.end() == at or len(parts) >= _MAX_PARTS:
            return None
        at = found.end()
        if parts:
            parts[-1] = parts[-1]._replace(beside=found[1] or " ")
        part, known = _part(found[2], found[3])
        if part is None:
            return None
        sure &= known
        parts.append(part)
        ids += bool(part.id)
        classes += len(part.classes) + len(part.more)
        tags += bool(part.tag)
    if not parts:
        return None
    above = (key_of(part) for part in parts[:-1] if part.beside in " >")
    return Rule(
        tuple(parts),
        said,
        (ids, classes, tags, number),
        sure,
        frozenset(above) - {"*"},
        frozenset(map(key_of, parts)) - {"*"},
    )


def key_of(part: Part) -> str:
    """Return the most telling thing a compound asks for: an id, a class, a tag, ``*`` for none."""
    if part.id:
        return "#" + part.id
    return "." + part.classes[0] if part.classes else part.tag or "*"


def keys_of(element: HtmlElement) -> list[str]:
    """Return an element's tag, its id and its classes, as ``key_of`` writes them."""
    keys = [str(element.tag)]
    if name := element.get("id"):
        keys.append("#" + name)
    if names := element.get("class"):
        keys += ["." + one for one in names.split()]
    return keys


def _part(tag: str, pieces: str) -> tuple[Part | None, bool]:
    """Return a compound and whether all of it is understood; None where it holds for no text."""
    name = ""
    classes: list[str] = []
    more: list[tuple[str, str]] = []
    sure = True
    for sign, word, attribute, pseudo, argument in _PIECE.findall(pieces):
        if sign == ".":
            classes.append(word)
        elif sign == "#":
            sure &= not name or name == word
            name = word
        elif attribute:
            more.append(("[", attribute))
            sure &= _ATTRIBUTE.fullmatch(attribute) is not None
        elif pseudo.lower() in _PASSING:
            return None, True
        elif pseudo.lower() in _PLACES:
            more.append((pseudo.lower(), argument.strip().lower()))
            sure &= not argument or argument.strip().isdigit() or argument in {"odd", "even"}
        elif pseudo.lower() != ":link":
            sure = False
    tag = "" if tag == "*" else tag.lower()
    return Part(tag, name, tuple(classes), tuple(more), ""), sure


class Bodies:
    """The selectors and bodies of a sheet's rules, found by the names they ask for.

    Rules inside ``@media`` for screens of any width are read; others are left out: they speak of
    printers and phones. So are the ends of what is no rule.
    """

    __slots__ = ("_by_name", "_of_all", "_times", "rules")

    def __init__(self, css: str) -> None:
        """Cut a sheet into its rules."""
        self.rules = list(islice(_rules_in(_without_at_rules(css)), _MAX_RULES))
        self._times = 0
        self._by_name: dict[str, list[int]] = {}
        self._of_all: list[int] = []
        """Rules that may hold whatever names there are in a page."""

    def asking_for(self, names: set[str]) -> Iterable[int]:
        """Return the places of the rules that may ask for nothing else than these names.

        Most sheets are seen once and looked through; one that comes again and again, as a portal's
        does, is sorted.
        """
        self._times += 1
        if self._times < _TIMES:
            return self._looked_through(names)
        if self._times == _TIMES:
            self._sort()
        found = set(self._of_all)
        for name in self._by_name.keys() & names:
            found.update(self._by_name[name])
        return sorted(found)

    def _looked_through(self, names: set[str]) -> list[int]:
        ask, has = _NAME.findall, names.issuperset
        return [
            number
            for number, (selectors, _) in enumerate(self.rules)
            if has(ask(selectors)) or "," in selectors or "[" in selectors or "(" in selectors
        ]

    def _sort(self) -> None:
        for number, (selectors, _) in enumerate(self.rules):
            if "[" in selectors or "(" in selectors:
                self._of_all.append(number)
                continue
            for one in selectors.split(",") if "," in selectors else (selectors,):
                if names := _NAME.findall(one):
                    self._by_name.setdefault(names[-1], []).append(number)
                else:
                    self._of_all.append(number)


_TIMES = 4
"""How often a sheet is seen before it is sorted: sorting costs as much as looking twice."""


def _rules_in(css: str) -> Iterator[tuple[str, str]]:
    for rule in css.split("}")[:-1]:
        before, opened, body = rule.rpartition("{")
        selectors = before.rpartition("{")[2] if "{" in before else before
        if opened and selectors and len(body) <= _MAX_BODY:
            yield selectors[-_MAX_SELECTORS:], body


_BRACE = re.compile("[{}]")
_FOR_ALL = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*", re.IGNORECASE)


def _without_at_rules(css: str) -> str:
    """Drop comments and every ``@…{ … }`` with the rules inside it, but for ``@media screen``."""
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
        if _FOR_ALL.fullmatch(css, start, brace):
            at = brace + 1  # its own closing brace ends an empty rule
            continue
        depth, at = 0, len(css)
        for sign in _BRACE.finditer(css, brace):
            depth += 1 if sign[0] == "{" else -1
            if not depth:
                at = sign.end()
                break
    out.append(css[at:])
    return "".join(out)


_MAX_WORK = 400_000
"""Elements held against parts of selectors, in one page."""
_MAX_STEPS = 300
"""Elements above or beside one that are looked at."""


class Matcher:
    """Holds elements against selectors, within a bound on the work for one page."""

    def __init__(self) -> None:
        self._left = _MAX_WORK
        self._above: dict[HtmlElement, frozenset[str]] = {}

    def fits(self, rule: Rule, element: HtmlElement) -> bool | None:
        """Tell whether a rule holds for an element; None where it cannot be told."""
        if not _fits(rule.parts[-1], element):
            return False
        if len(rule.parts) == 1:
            return True if rule.sure else None
        if not rule.above <= self._keys_above(element):
            return False
        found = self._beside(rule.parts, len(rule.parts) - 2, element)
        return None if found and (not rule.sure or self._left <= 0) else found

    def _keys_above(self, element: HtmlElement) -> frozenset[str]:
        """Return the tags, ids and classes of all above an element, and of those beside them.

        Most rules of a sheet name one that is not there: they need no walk.
        """
        known = self._above
        climbed: list[HtmlElement] = []
        parent = element.getparent()
        while parent is not None and parent not in known:
            climbed.append(parent)
            parent = parent.getparent()
        keys = known[parent] if parent is not None else frozenset()
        for above in reversed(climbed):
            own = keys_of(above)
            keys = keys if keys.issuperset(own) else keys.union(own)
            known[above] = keys
        return keys

    def _beside(self, parts: tuple[Part, ...], index: int, element: HtmlElement) -> bool:
        if index < 0:
            return True
        part = parts[index]
        others = element.iterancestors if part.beside in " >" else _before(element)
        steps = 1 if part.beside in ">+" else _MAX_STEPS
        for step, other in enumerate(others()):
            self._left -= 1
            if self._left <= 0:
                return True
            if step >= steps:
                break
            if _fits(part, other) and self._beside(parts, index - 1, other):
                return True
        return False


def _before(element: HtmlElement) -> Callable[[], Iterator[HtmlElement]]:
    return lambda: element.itersiblings(preceding=True)


def _fits(part: Part, element: HtmlElement) -> bool:
    if part.tag and element.tag != part.tag:
        return False
    if part.id and element.get("id") != part.id:
        return False
    if part.classes:
        names = (element.get("class") or "").split()
        if any(name not in names for name in part.classes):
            return False
    return all(_is_so(kind, argument, element) for kind, argument in part.more)


def _is_so(kind: str, argument: str, element: HtmlElement) -> bool:
    if kind == "[":
        found = _ATTRIBUTE.fullmatch(argument)
        if found is None:
            return True
        name, how, wanted = found.groups()
        value = element.get(name.lower())
        return value is not None and (how is None or _holds(how, value, wanted))
    if kind == ":first-child":
        return _place(element, before=True) == 1
    if kind == ":last-child":
        return _place(element, before=False) == 1
    if kind == ":only-child":
        return _place(element, before=True) == _place(element, before=False) == 1
    place = _place(element, before=True)
    if argument in {"odd", "even"}:
        return place % 2 == (argument == "odd")
    return not argument.isdigit() or place == int(argument)


def _holds(how: str, value: str, wanted: str) -> bool:
    return {
        "=": value == wanted,
        "~=": wanted in value.split(),
        "|=": value == wanted or value.startswith(wanted + "-"),
        "^=": bool(wanted) and value.startswith(wanted),
        "$=": bool(wanted) and value.endswith(wanted),
        "*=": bool(wanted) and wanted in value,
    }[how]


def _place(element: HtmlElement, *, before: bool) -> int:
    """Return the place among the brothers, from 1; not further than anyone names one."""
    place = 1
    for _ in element.itersiblings(preceding=before):
        place += 1
        if place > _MAX_STEPS:
            break
    return place

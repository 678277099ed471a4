"""What of a Word file's text a person does not see: hidden, struck, of no size, white on white.

Most files have nothing of the kind, and none of their runs is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

from lxml import etree

from pipelines.documents.office.numbering import W
from pipelines.documents.seen import (
    TRANSPARENT,
    UNKNOWN,
    WHITE,
    Colour,
    Sight,
    colour_of,
    hex_colour,
    may_vanish,
    of_colour,
    of_size,
)

_Answer = TypeVar("_Answer")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_HIDING = (f"{W}vanish", f"{W}strike", f"{W}dstrike")
_INK, _SHADE, _MARKER = f"{W}color", f"{W}shd", f"{W}highlight"
_SIZE, _LINES, _HEIGHT = f"{W}sz", f"{W}spacing", f"{W}trHeight"
_FILL = f"{_W14}textFill"
_ASKED = (*_HIDING, _INK, _SHADE, _MARKER, _SIZE, _LINES, _HEIGHT, _FILL)
_VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off"})
_MAX_STYLES = 20
"""Styles based on one another at most."""
_PIXELS_PER_POINT = 4 / 3
_LOW_LINE, _NO_LINE = 80, 30
"""Twentieths of a point; lines forced to be lower show the middle of their signs, or nothing."""


class Hiding:
    """What a file's styles and runs hide."""

    def __init__(self, main: etree._Element, styles: etree._Element | None) -> None:
        """Look whether anything of a file may hide text.

        Args:
            main: its main part.
            styles: its styles.
        """
        self._styles = {
            style.get(f"{W}styleId") or "": style
            for style in (styles.iterfind(f"{W}style") if styles is not None else ())
        }
        parts = [main] if styles is None else [main, styles]
        self.says_nothing = not _may_hide(parts)
        """Whether every text is seen."""
        self._page: tuple[Colour, bool] = (WHITE, True)
        if main.find(f"{W}background") is not None:
            self._page = (UNKNOWN, True)

    def of_run(self, run: etree._Element) -> tuple[Sight, bool]:
        """Return what is seen of a run, and whether it leaves a gap where it is not."""
        if self.says_nothing:
            return Sight.SEEN, False
        paragraph = next(run.iterancestors(f"{W}p"), None)
        layers = [*self._layers(run, paragraph)]
        if _first(layers, _is_hidden):
            return Sight.UNSEEN, False
        size = _first(layers, _size)
        sight = Sight.SEEN if size is None else of_size(size)
        sight = max(sight, self._line_sight(paragraph))
        if sight is Sight.UNSEEN:
            return sight, False
        ink = cast("Colour | None", _first(layers, _ink))
        if ink is not None:
            ground, stated = self._ground(layers, run, paragraph)
            sight = max(sight, of_colour(ink, ground, stated=stated))
        return sight, True

    def of_row(self, row: etree._Element) -> Sight:
        """Return what is seen of a table's row: it may be forced to no height."""
        if self.says_nothing:
            return Sight.SEEN
        height = row.find(f"{W}trPr/{_HEIGHT}")
        if height is None or height.get(f"{W}hRule") != "exact":
            return Sight.SEEN
        return _low(height.get(_VAL))

    def _layers(
        self, run: etree._Element, paragraph: etree._Element | None
    ) -> Iterator[etree._Element]:
        """Yield a run's properties, then those of its style and of its paragraph's."""
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
            yield from self._of_style(own.find(f"{W}rStyle"))
        if paragraph is not None:
            yield from self._of_style(paragraph.find(f"{W}pPr/{W}pStyle"))

    def _of_style(self, named: etree._Element | None) -> Iterator[etree._Element]:
        for style in self._chain(named):
            if (properties := style.find(f"{W}rPr")) is not None:
                yield properties

    def _chain(self, named: etree._Element | None) -> Iterator[etree._Element]:
        """Yield a style and those it is based on."""
        for _ in range(_MAX_STYLES):
            name = named.get(_VAL) if named is not None else None
            style = self._styles.get(name or "")
            if style is None:
                return
            yield style
            named = style.find(f"{W}basedOn")

    def _line_sight(self, paragraph: etree._Element | None) -> Sight:
        if paragraph is None:
            return Sight.SEEN
        own = paragraph.find(f"{W}pPr")
        named = own.find(f"{W}pStyle") if own is not None else None
        of_styles = (style.find(f"{W}pPr") for style in self._chain(named))
        for properties in (own, *of_styles):
            spacing = properties.find(_LINES) if properties is not None else None
            if spacing is not None and spacing.get(f"{W}line") is not None:
                exact = spacing.get(f"{W}lineRule") == "exact"
                return _low(spacing.get(f"{W}line")) if exact else Sight.SEEN
        return Sight.SEEN

    def _ground(
        self,
        layers: Iterable[etree._Element],
        run: etree._Element,
        paragraph: etree._Element | None,
    ) -> tuple[Colour, bool]:
        """Return the colour behind a run, and whether the file says so."""
        found = cast("Colour | None", _first(layers, _ground_of))
        if found is not None:
            return found, True
        if paragraph is not None:
            own = paragraph.find(f"{W}pPr")
            named = own.find(f"{W}pStyle") if own is not None else None
            for properties in (own, *(style.find(f"{W}pPr") for style in self._chain(named))):
                if properties is not None and (found := _ground_of(properties)) is not None:
                    return found, True
        for above in run.iterancestors(f"{W}tc", f"{W}tbl", f"{W}txbxContent"):
            if above.tag == f"{W}txbxContent":
                return UNKNOWN, True  # the box may be filled
            properties = above.find(f"{W}tcPr" if above.tag == f"{W}tc" else f"{W}tblPr")
            if properties is None:
                continue
            if (found := _ground_of(properties)) is not None:
                return found, True
            chain = self._chain(properties.find(f"{W}tblStyle"))
            if any(next(style.iter(_SHADE), None) is not None for style in chain):
                return UNKNOWN, True  # which of its rows, the style's conditions say
        return self._page


def _first(
    layers: Iterable[etree._Element], asks: Callable[[etree._Element], _Answer | None]
) -> _Answer | None:
    """Return what the first of some properties says that says anything."""
    return next((said for layer in layers if (said := asks(layer)) is not None), None)


def _is_hidden(properties: etree._Element) -> bool | None:
    marks = [mark for tag in _HIDING if (mark := properties.find(tag)) is not None]
    return any(mark.get(_VAL) not in _OFF for mark in marks) if marks else None


def _size(properties: etree._Element) -> float | None:
    size = properties.find(_SIZE)
    return _half_points(size) if size is not None else None


def _half_points(size: etree._Element) -> float | None:
    value = size.get(_VAL) or ""
    return int(value) / 2 * _PIXELS_PER_POINT if value.isdigit() and len(value) < 6 else None


def _ink(properties: etree._Element) -> Colour | None:
    fill = properties.find(_FILL)
    if fill is not None and fill.find(f"{_W14}noFill") is not None:
        return TRANSPARENT
    ink = properties.find(_INK)
    return hex_colour(ink.get(_VAL) or "") if ink is not None else None


def _ground_of(properties: etree._Element) -> Colour | None:
    marker = properties.find(_MARKER)
    if marker is not None and (value := marker.get(_VAL) or "none") != "none":
        return colour_of(value.lower())
    shade = properties.find(_SHADE)
    return _fill(shade) if shade is not None else None


def _fill(shade: etree._Element) -> Colour | None:
    """Return the colour of a shading: its own, or under a pattern one that nobody can tell."""
    if (shade.get(_VAL) or "clear") not in {"clear", "nil"}:
        return UNKNOWN
    return hex_colour(shade.get(f"{W}fill") or "")


def _low(value: str | None) -> Sight:
    if value is None or not value.isdigit() or len(value) > 6:
        return Sight.SEEN
    if int(value) <= _NO_LINE:
        return Sight.UNSEEN
    return Sight.DOUBTED if int(value) <= _LOW_LINE else Sight.SEEN


def _may_hide(parts: Iterable[etree._Element]) -> bool:
    """Tell whether anything in a file may hide text."""
    inks: set[Colour] = set()
    grounds: set[Colour] = {WHITE}
    for part in parts:
        for mark in part.iter(*_ASKED):
            tag = mark.tag
            if tag in _HIDING and mark.get(_VAL) not in _OFF:
                return True
            if tag == _FILL and mark.find(f"{_W14}noFill") is not None:
                return True
            if tag == _SIZE and of_size(_half_points(mark) or 99) is not Sight.SEEN:
                return True
            if tag == _LINES and mark.get(f"{W}lineRule") == "exact" and _low(mark.get(f"{W}line")):
                return True
            if tag == _HEIGHT and mark.get(f"{W}hRule") == "exact" and _low(mark.get(_VAL)):
                return True
            if tag == _INK and (ink := hex_colour(mark.get(_VAL) or "")) is not None:
                inks.add(ink)
            elif tag == _SHADE and (ground := _fill(mark)) is not None:
                grounds.add(ground)
            elif tag == _MARKER and (named := colour_of((mark.get(_VAL) or "").lower())):
                grounds.add(named)
    return any(may_vanish(ink, ground) for ink in inks for ground in grounds)

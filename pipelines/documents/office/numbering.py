"""Numbers that Word prints and does not store: 一、 （二） 3. of automatic lists."""

from __future__ import annotations

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "ideographDigital", "koreanCounting",
    }
)  # fmt: skip


class Numbering:
    """The list definitions of a document, and how far each list has counted."""

    def __init__(self, part: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int, bool]]] = {}
        self._of_list: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if part is not None:
            self._read(part)
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                found = _num_of(style.find(f"{W}pPr"))
                if found is not None:
                    self._of_style[style.get(f"{W}styleId") or ""] = found

    def _read(self, part: etree._Element) -> None:
        for abstract in part.iter(f"{W}abstractNum"):
            levels: dict[int, tuple[str, str, int, bool]] = {}
            for level in abstract.iter(f"{W}lvl"):
                levels[_int(level.get(f"{W}ilvl"), 0)] = (
                    _val(level.find(f"{W}numFmt")) or "decimal",
                    _val(level.find(f"{W}lvlText")) or "",
                    _int(_val(level.find(f"{W}start")), 1),
                    level.find(f"{W}isLgl") is not None,  # all its numbers in Arabic figures
                )
            self._levels[abstract.get(f"{W}abstractNumId") or ""] = levels
        for number in part.iter(f"{W}num"):
            self._of_list[number.get(f"{W}numId") or ""] = (
                _val(number.find(f"{W}abstractNumId")) or ""
            )

    def counts(self) -> dict[tuple[str, int], int]:
        """Return how far the lists have counted, to go back to with ``restore``."""
        return dict(self._counts)

    def restore(self, counts: dict[tuple[str, int], int]) -> None:
        """Set the lists back to earlier ``counts``."""
        self._counts = dict(counts)

    def label(self, paragraph: etree._Element) -> str:
        """Return what Word prints before the paragraph, ``""`` for none; counts it."""
        properties = paragraph.find(f"{W}pPr")
        found = _num_of(properties)
        if found is None and properties is not None:
            found = self._of_style.get(_val(properties.find(f"{W}pStyle")) or "")
        if found is None:
            return ""
        abstract = self._of_list.get(found[0], "")
        levels = self._levels.get(abstract, {})
        level = found[1]
        if level not in levels:
            return ""
        for deeper in [key for key in self._counts if key[0] == abstract and key[1] > level]:
            del self._counts[deeper]
        key = (abstract, level)
        self._counts[key] = self._counts.get(key, levels[level][2] - 1) + 1

        def number(match: re.Match[str]) -> str:
            of_level = int(match[1]) - 1
            style, _, start, _ = levels.get(of_level, ("decimal", "", 1, False))
            style = "decimal" if levels[level][3] else style
            return _printed(self._counts.get((abstract, of_level), start), style)

        if levels[level][0] in {"bullet", "none"}:
            return ""
        return re.sub(r"%([1-9])", number, levels[level][1])


def _num_of(properties: etree._Element | None) -> tuple[str, int] | None:
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None
    identity = _val(numbered.find(f"{W}numId"))
    if not identity or identity == "0":  # 0 switches the style's numbering off
        return None
    return identity, _int(_val(numbered.find(f"{W}ilvl")), 0)


def _val(element: etree._Element | None) -> str | None:
    return element.get(f"{W}val") if element is not None else None


def _int(value: str | None, default: int) -> int:
    return int(value) if value is not None and value.isdigit() and len(value) < 6 else default


def _printed(number: int, style: str) -> str:
    """Return a count as Word writes it.

    >>> _printed(12, "chineseCounting"), _printed(3, "decimal")
    ('十二', '3')
    """
    if style in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return head + (_DIGITS[ones] if ones or not tens else "")
    if style == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if style in {"upperLetter", "lowerLetter"} and 0 < number <= 26:
        return chr((65 if style == "upperLetter" else 97) + number - 1)
    return str(number)

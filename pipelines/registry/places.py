"""Divisions and their names: what a place is called, what it was called before.

Facts come from ``divisions.csv`` (the civil affairs table of 2024), ``changes.csv`` (former names
and codes, dated) and ``units.csv`` (zones and districts the table leaves out).
"""

from __future__ import annotations

import functools
import heapq
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["province", "prefecture", "county"]
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county")
LONGEST_PLACE = 80
"""Characters of province/prefecture/county at most; what is longer is no place but a mistake."""

# The nationalities that stand in names of autonomous places. Stripping them gives the short name
# (彭水苗族土家族自治县 is 彭水); 蒙古 also stands without 族 in 巴音郭楞 and 博尔塔拉.
_PEOPLES = re.compile(
    "(?:蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|"
    "哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|"
    "柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|"
    "塔吉克族|塔吉克|怒族|鄂温克族|鄂伦春族|独龙族|裕固族|保安族|德昂族|基诺族|各族)+$"
)
_AUTONOMOUS = re.compile("自治(?:区|州|县|旗)$")
_KINDS = (re.compile("(?:特别行政区|地区|林区|特区|新区|矿区)$"), re.compile("[省市县区州盟旗]$"))


@dataclass(slots=True, frozen=True)
class Division:
    """One administrative division with a six-digit code."""

    code: str
    name: str
    """Full name of the place, not of its government: 苍南县."""
    level: Level
    parent_code: str
    """Empty for a province."""


@dataclass(slots=True, frozen=True)
class Change:
    """One dated change: what a division was called and coded before.

    ``kind``: renamed, upgraded (县 to 市), district (县 or 市 to 区), moved (to another parent):
    one to one; merged, split: the former place lives on in a larger or in several ones.
    """

    date: str
    """ISO, as exactly as known: ``2021``, ``2021-02``."""
    former_code: str
    former_name: str
    code: str
    name: str
    kind: str

    @property
    def one_to_one(self) -> bool:
        """Tell whether former and present division are the same place."""
        return self.kind in {"renamed", "upgraded", "district", "moved"}


@dataclass(slots=True, frozen=True)
class Unit:
    """A body that reports like a government but stands outside the table of divisions.

    ``code`` is its own code where it has one, or the code of the division that it is one with
    (平潭综合实验区 is 平潭县), empty where neither is known; ``parent_code`` says where it lies.
    """

    name: str
    aliases: tuple[str, ...]
    code: str
    level: str
    """county or special_zone."""
    parent_code: str
    publisher: str
    home_url: str
    note: str
    became: str = ""
    """The code of the division it has become, empty where it is still a unit."""
    since: str = ""
    """The year at whose end it was that division."""


@functools.cache
def short_name(name: str) -> str:
    """Return a place's name as people say it; the name itself where nothing can go.

    >>> [short_name(n) for n in ("甘肃省", "彭水苗族土家族自治县", "延边朝鲜族自治州", "郏县")]
    ['甘肃', '彭水', '延边', '郏县']
    """
    shorts: tuple[str, ...]
    if _AUTONOMOUS.search(name):
        stem = _AUTONOMOUS.sub("", name)
        shorts = (_PEOPLES.sub("", stem), stem.removesuffix("族"))  # 东乡族自治县 is all people
    else:
        shorts = tuple(kind.sub("", name) for kind in _KINDS if kind.search(name))
    # One character names nothing: 郏县 and 城区 stay whole, 金林区 is not a 林区 called 金.
    return next((short for short in shorts if len(short) >= 2), name)


@functools.cache
def spoken_names(name: str) -> tuple[str, ...]:
    """Return the shorter names a division also goes by, the full one left out.

    Autonomous places are called 延边州 and 彭水县 beside 延边 and 彭水.
    """
    short = short_name(name)
    names = [] if short == name else [short]
    if (match := _AUTONOMOUS.search(name)) and match.group() != "自治区":
        names.append(short + match.group()[-1])
    return tuple(n for n in names if n != name)


def level_of(text: str) -> Level:
    """Return ``text`` as a level.

    Raises:
        ValueError: it is none.
    """
    for level in LEVELS:
        if level == text:
            return level
    raise ValueError(text)


def nearest_codes(code: str, codes: Iterable[str], count: int = 3) -> list[str]:
    """Return the codes nearest to a wrong one: the longest common start, then the number.

    >>> nearest_codes("330399", ["110000", "330327", "330300", "330400"], 2)
    ['330327', '330300']
    """
    if not (code.isascii() and code.isdigit()):
        return []
    number = int(code[:6].ljust(6, "0"))
    by_start = ((-_same_start(code, c), abs(int(c) - number), c) for c in codes)
    return [c for *_, c in heapq.nsmallest(count, by_start)]


def _same_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))

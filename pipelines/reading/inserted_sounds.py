"""Sounds that mirrors insert after characters, so that search engines take the copy for new."""

from __future__ import annotations

import re

_SOUND = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7}"
# The bracket leads: the engine then looks for it alone, not at every character.
_BRACKETED = tuple(
    re.compile(rf"{bracket}(?<=[\u3400-\u9fff]{bracket}){_SOUND}[)）]") for bracket in (r"\(", "（")
)
# 公gōng開kāi, 公〈gōng〉開: without round brackets only a sound with its tone is one.
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_TONED = re.compile(
    rf"[\u3400-\u9fff][(（<＜〈《]?[a-z]{{0,4}}{_TONE.pattern}[a-z]{{0,3}}(?![a-z])"
)
_MANY, _MANY_TONED = 10, 4
"""A name hard to read has its sound printed once or twice; acronyms (OA) carry no tones."""


def has_inserted_sounds(text: str) -> bool:
    """Return whether a text has sounds after its characters, as no office writes.

    >>> [has_inserted_sounds(t) for t in ("公(gōng)開(kāi)政(zhèng)府(fǔ)信(xìn)", "郏(jiá)县")]
    [True, False]
    """
    if sum(len(bracketed.findall(text)) for bracketed in _BRACKETED) > _MANY:
        return True
    return _TONE.search(text) is not None and len(_TONED.findall(text)) > _MANY_TONED

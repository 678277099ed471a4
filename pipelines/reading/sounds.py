"""Sounds that mirrors insert after characters, so that search engines take the copy for new."""

from __future__ import annotations

import re

# The bracket leads: the engine then looks for it alone, not at every character.
_BRACKETED = re.compile(
    r"[(<〈《(](?<=[\u3400-\u9fff].)([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7})[)>〉》)]"
)
# 公gōng開kāi: without brackets only a sound with its tone is one.
_TONED = re.compile(r"[\u3400-\u9fff][a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}(?![a-z])")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_MANY, _MANY_TONED = 10, 4
"""A name hard to read has its sound printed once or twice; acronyms (OA) carry no tones."""


def has_inserted_sounds(text: str) -> bool:
    """Return whether a text has sounds after its characters, as no office writes.

    >>> [has_inserted_sounds(t) for t in ("公(gōng)開(kāi)政(zhèng)府(fǔ)信(xìn)", "郏(jiá)县")]
    [True, False]
    """
    bracketed = _BRACKETED.findall(text)
    toned = sum(1 for sound in bracketed if _TONE.search(sound))
    if len(bracketed) > _MANY or toned > _MANY_TONED:
        return True
    return _TONE.search(text) is not None and len(_TONED.findall(text)) > _MANY_TONED

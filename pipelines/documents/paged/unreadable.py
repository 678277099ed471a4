"""Can a page's text layer be read at all? Some fonts do not say what their signs mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.documents.paged.page import PageContent

_ENOUGH = 50
"""Signs; fewer tell nothing."""
_MOST = 0.3
"""Share of signs without a meaning from which on a text is not one."""
_NO_SIGN = re.compile(
    r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_CHINESE = re.compile(r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
_FOREIGN = re.compile(r"[\u00a1-\u052f\u2100-\u2bff]")
"""Latin with accents, Greek, symbols: what bytes of another code look like."""


def is_unreadable(pages: Sequence[PageContent]) -> bool:
    """Tell whether the text of pages is no text: a Chinese report in signs that are none.

    A font without ToUnicode gives numbers of signs, private ones, or letters of another alphabet
    in the place of Chinese.
    """
    signs = [str(glyph["text"]) for page in pages for glyph in page.glyphs]
    signs = [sign for sign in signs if sign.strip() or _NO_SIGN.search(sign)]
    if len(signs) < _ENOUGH:
        return False
    without = sum(_NO_SIGN.search(sign) is not None for sign in signs)
    if without > _MOST * len(signs):
        return True
    chinese = sum(_CHINESE.search(sign) is not None for sign in signs)
    foreign = sum(_FOREIGN.search(sign) is not None for sign in signs)
    return foreign > _MOST * len(signs) and chinese * 10 < len(signs)

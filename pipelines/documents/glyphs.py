"""Characters that look right and compare wrong: Kangxi and supplement radicals in PDF text."""

from __future__ import annotations

import unicodedata

# Fonts of office programs map a glyph to the first code point that shares it, which for some
# hundred common characters is a radical (U+2F00 一, U+2F64 用). NFKC knows the Kangxi block and
# the compatibility ideographs; of the supplement it knows two. Other characters stay as they
# are: NFKC of a whole text would turn ① into 1.
_SUPPLEMENT = {
    "⼾": "户",  # NFKC gives the traditional 戶
    "⺟": "母", "⺠": "民", "⺮": "竹", "⺶": "羊", "⺸": "羊", "⻁": "虎", "⻄": "西", "⻅": "见",
    "⻆": "角", "⻉": "贝", "⻋": "车", "⻑": "长", "⻒": "长", "⻓": "长", "⻔": "门", "⻘": "青",
    "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼",
    "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙",
    "⻳": "龟", "⺋": "巳", "⺒": "巳", "⺝": "月", "⺼": "肉", "⻇": "角", "⻌": "辶", "⻖": "阝",
}  # fmt: skip
_TABLE = {
    **{
        code: unicodedata.normalize("NFKC", chr(code))
        for block in (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00))
        for code in block
    },
    **{ord(radical): character for radical, character in _SUPPLEMENT.items()},
    0xA0: " ",
    0xAD: None,
    0x200B: None,
    0xFEFF: None,
}


def mended(text: str) -> str:
    """Return the text with radicals turned into the characters they stand for.

    >>> mended("⽤⼾的⻅解①")
    '用户的见解①'
    """
    return text if text.isascii() else text.translate(_TABLE)

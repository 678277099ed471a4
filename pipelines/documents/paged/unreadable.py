"""Can a page's text layer be read at all? Some fonts do not say what their signs mean."""

from __future__ import annotations

import re
import unicodedata
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


_LOST = re.compile(r"[\x80-\x9f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
"""Signs of no Chinese text; × and ÷ are."""
_FEW, _SHARE = 10, 0.005
"""So many of them, and such a share, among Chinese: a distiller took some signs for others. Which
figures it took for others nobody can tell."""
_MUCH = 200
"""Chinese signs in which some word that every office uses must stand."""
_USUAL = re.compile(
    "信息|公开|政府|工作|单位|部门|情况|年度|通知|关于|进行|国家|管理|社会|发展|规定|办理|要求|以及|可以|公司|服务|技术|项目|"
    "我们|他们|自己|没有|一个|中国|数据|表格|附件|本年|合计|名称"
)


def is_unreadable(pages: Sequence[PageContent]) -> bool:
    """Tell whether the text of pages is no text: a Chinese report in signs that are none.

    A font without ToUnicode gives numbers of signs, private ones, letters of another alphabet in
    the place of Chinese, or other Chinese.
    """
    signs = [str(glyph["text"]) for page in pages for glyph in page.glyphs]
    signs = [sign for sign in signs if sign.strip() or _NO_SIGN.search(sign)]
    if len(signs) < _ENOUGH:
        return False
    without = sum(_NO_SIGN.search(sign) is not None for sign in signs)
    if without > _MOST * len(signs):
        return True
    text = "".join(signs)
    chinese = sum(_CHINESE.search(sign) is not None for sign in signs)
    lost = len(_LOST.findall(text))
    if chinese > lost >= max(_FEW, _SHARE * len(signs)):
        return True
    if chinese >= _MUCH and not _USUAL.search(unicodedata.normalize("NFKC", text)):
        return True
    foreign = sum(_FOREIGN.search(sign) is not None for sign in signs)
    return foreign > _MOST * len(signs) and chinese * 10 < len(signs)

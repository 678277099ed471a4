"""Whose figures a table has where a report prints two: the organ's own, or the whole area's.

Captions tell the two apart (本机关, 汇总), and the title says which of them the report is about: a
government reports for its area, an office or a bureau for itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.documents.blocks import Block, Document, Grid

_OWN = re.compile(r"本机关|本级(?!政府及)|本单位|本部门|机关本身|单位自身")
_SUMMED = re.compile(r"汇总|全[省市县区州旗盟]|辖区|含下[属级]|本级政府及其部门|总体数据")
_LONGEST_CAPTION = 30
_ORGAN = re.compile(
    r"(?:办公[室厅]|政府机关|[局委院署所处队]|中心|管委会|[镇乡]|街道(?:办事处)?|[镇乡]人民政府)"
    r"(?:关于)?(?:20\d\d年)?度?(?:政府|政务)信息公开"
)
_AREA = re.compile(r"(?:[省市县区州旗盟]|人民政府)(?:关于)?(?:20\d\d年)?度?(?:政府|政务)信息公开")
_TITLE = re.compile(r"[^\n。]{0,40}(?:政府|政务)信息公开[^\n。]{0,12}(?:报告|年报)")
_SPACE = re.compile(r"\s+")


def without_other_scope(document: Document) -> Document | None:
    """Return a document less the tables captioned as those of the other scope.

    None where captions do not tell two scopes apart, or the title does not say whose report it is.
    """
    scopes = _scopes_of(document)
    if not {"own", "summed"} <= set(scopes):
        return None
    ours = _scope_of_title(document)
    if ours is None:
        return None
    kept: list[Block] = []
    grids = iter(scopes)
    for block in document.blocks:
        if isinstance(block, Grid) and next(grids) not in {ours, ""}:
            continue
        kept.append(block)
    return replace(document, blocks=tuple(kept))


def _scopes_of(document: Document) -> list[str]:
    """Return the scope of each grid by the caption above it, or in its first row: "" for none.

    A caption holds for the tables up to the next one, or up to the next heading of a part.
    """
    out: list[str] = []
    scope = ""
    for block in document.blocks:
        if isinstance(block, Grid):
            first = [c.text for c in block.cells if c.row == 0 and c.text]
            out.append((_scope_in(first[0]) if len(first) == 1 else "") or scope)
            continue
        for line in block.text.split("\n"):
            scope = _scope_in(line) or ("" if _PART.match(line.strip()) else scope)
    return out


_PART = re.compile(r"[一二三四五六]、")


def _scope_in(line: str) -> str:
    caption = line.strip()
    if not caption or len(caption) > _LONGEST_CAPTION or "。" in caption:
        return ""
    own, summed = _OWN.search(caption) is not None, _SUMMED.search(caption) is not None
    return "" if own == summed else "own" if own else "summed"


def _scope_of_title(document: Document) -> str | None:
    """Return the scope that the title's organ reports for, None where it does not say."""
    texts = [document.title or "", *(b.text for b in document.blocks if not isinstance(b, Grid))]
    title = next((m[0] for text in texts if (m := _TITLE.search(text))), "")
    title = _SPACE.sub("", title)
    if _ORGAN.search(title):
        return "own"
    return "summed" if _AREA.search(title) else None

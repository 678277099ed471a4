"""What a document says of itself in labelled lines and index tables (索引号, 发布机构 …)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.documents.blocks import Grid

_LABELS = (
    "索引号", "信息索引号", "索引码", "发布机构", "发文机构", "发文机关", "发布单位", "公开主体",
    "公开责任部门", "责任部门", "信息来源", "来源", "文章来源", "成文日期", "生成日期", "发文日期",
    "发布日期", "发布时间", "公开日期", "公布日期", "更新日期", "更新时间", "时间", "日期", "文号",
    "发文字号", "文件编号", "标题", "名称", "信息名称", "文件名称", "主题词", "关键词", "公开方式",
    "公开形式", "公开范围", "公开时限", "有效性", "效力状态", "信息分类", "主题分类", "组配分类",
    "体裁分类", "分类", "服务对象", "浏览次数", "作者", "责任编辑", "栏目", "原文链接", "内容概述",
)  # fmt: skip
_KNOWN = frozenset(_LABELS)
_BLANKS = re.compile(r"[\s\u3000]+")
# Several may share a line: 来源：某县人民政府 时间：2022-02-08 16:34
_IN_LINE = re.compile(
    r"(?<![^\s\u3000|【\[（(：:])("
    + "|".join(r"[ \u3000]*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
    + r")[ \u3000]*[:：][ \u3000]*"
)
_AFTER = re.compile(r"[【|]|[(（\[]?(?:字体|字号|浏览|阅读|打印|分享|点击)")
_EDGES = " \u3000|【】[]"
_MAX_LINE = 300
INDEX_TABLE_LABELS = 3
_INDEX_TABLE_CELLS = 120
"""A larger table is a table of the report."""


def label_of(text: str) -> str | None:
    """Return the known label a cell holds, spaces and colon removed, or None."""
    label = _BLANKS.sub("", text).strip(":：【】[]")
    return label if label in _KNOWN else None


def from_line(line: str) -> dict[str, str]:
    """Return the labelled values of one line.

    >>> from_line("来源：某县人民政府 时间：2022-02-08 16:34")
    {'来源': '某县人民政府', '时间': '2022-02-08 16:34'}
    """
    if len(line) > _MAX_LINE or (":" not in line and "：" not in line):
        return {}
    found = list(_IN_LINE.finditer(line))
    out: dict[str, str] = {}
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(line)
        value = _AFTER.split(line[match.end() : end].strip(_EDGES), maxsplit=1)[0].strip(_EDGES)
        if value:
            out.setdefault(_BLANKS.sub("", match[1]), value)
    return out


def from_grid(grid: Grid) -> dict[str, str]:
    """Return label and right neighbour of an index table's cells; empty for any other table."""
    if len(grid.cells) > _INDEX_TABLE_CELLS:
        return {}
    out: dict[str, str] = {}
    labels = 0
    for cell, right in zip(grid.cells, [*grid.cells[1:], None], strict=True):
        inline = from_line(cell.text)
        labels += len(inline)
        for name, value in inline.items():
            out.setdefault(name, value)
        name_only = label_of(cell.text)
        if name_only is None:
            continue
        labels += 1
        if right is not None and right.row == cell.row and label_of(right.text) is None:
            out.setdefault(name_only, right.text)
    return {k: v for k, v in out.items() if v} if labels >= INDEX_TABLE_LABELS else {}


_TITLE_LABELS = frozenset({"标题", "名称", "信息名称", "文件名称"})


def is_index_line(line: str) -> bool:
    """Tell whether a line is one of labelled facts about a page, none of them its title alone.

    >>> is_index_line("索 引 号：0144/2018-1 分 类：年报"), is_index_line("名称：某县年报")
    (True, False)
    """
    return bool(from_line(line).keys() - _TITLE_LABELS)


def unlabelled(title: str) -> str:
    """Return a title without the label before it: 名　　称：某县年报 is 某县年报."""
    found = from_line(title)
    return next((found[name] for name in found if name in _TITLE_LABELS), title)


def merged(parts: Iterable[dict[str, str]]) -> dict[str, str]:
    """Return all values, the first non-empty one of each name."""
    out: dict[str, str] = {}
    for part in parts:
        for name, value in part.items():
            if value and not out.get(name):
                out[name] = value
    return out

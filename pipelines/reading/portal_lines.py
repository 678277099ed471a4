"""Lines that a portal prints around a document: dates and counters, buttons, neighbours, files.

They stand inside the body on many portals, where no markup tells them from the report. A line
goes only as a whole, and only where it can be nothing else; sentences stay.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re

from pipelines.reading.prose import view
from pipelines.vocabulary.report_titles import OTHER_YEARS_TITLE

# What opens a line of facts about the page: 发布时间:2023-01-20 来源:… 浏览次数:1024.
_FACTS = re.compile(
    r"(?:(?:发布|公开|公布|成文|生成|更新|发文)(?:时间|日期)|日期|时间|(?:信息|稿件|文章)?来源|作者|(?:责任)?编辑|责编|(?:信息)?审核|校对|供稿"
    r"|浏览(?:次数|量)?|点击(?:次数|数|量|率)?|阅读(?:次数|数|量)?|访问(?:次数|量)?|人气|(?:显示)?字[号体](?:大小)?|索引号|信息索引|发?文号|发文字号|文件编号|有效性|时效"
    r"|(?:发布|发文|公开|信息)(?:机构|机关|单位|主体|名称|类别|分类)|(?:主题|体裁)(?:分类|词)|公开(?:方式|形式|范围|时限|属性)|(?:当前|您(?:现在)?(?:的|所在的?)?)位置"
    r"|[上下]一[篇条页]|[前后]一篇|(?:相关)?附件(?:下载|列表)?\d{0,2}|(?:点击)?下载|分享到?|主办(?:单位)?|承办(?:单位)?|网站标识码|版权所有) ?[:>]"
)
_BUTTON = r"(?:打印(?:本[页文])?|关闭(?:窗口|本页)?|收藏(?:本[页文])?|分享(?:到|至)?|微信|微博|QQ空间|朋友圈|返回(?:顶部|列表|首页)|顶部|TOP|我要纠错|大|中|小|默认|字体|字号|放大|缩小|繁体|无障碍|下载|(?:手机)?扫一扫[^。\s]{0,16}|扫描二维码[^。\s]{0,16}|您是第 ?\d+ ?[位个][^。\s]{0,6}|没有了|相关(?:信息|链接|阅读|新闻|文章|附件|稿件|文档|解读)|附件(?:下载)?|[上下]一[篇条页]|\d{1,6}(?!\d)|正文)"
# Nothing is given back, or a line of many buttons and a word would be read in every way.
_BUTTONS = re.compile(rf"[\W_]*+(?>{_BUTTON}[\W_]*+)++", re.IGNORECASE)
_NO_FACT = re.compile(r"[\d\W_]*")
# Names of files and of other years' reports, as lists of attachments and of neighbours have them.
_NAMES = re.compile(
    r"[^。]{2,80}\.(?:docx?|pdf|wps|xlsx?|ofd|zip|rar|jpg|png)(?: ?\([\d.]+ ?[KMkm]?B?\))?(?: ?下载)?"
    rf"|{OTHER_YEARS_TITLE}",
    re.IGNORECASE,
)
_LONGEST = 160


def is_frame(line: str) -> bool:
    """Return whether a line is the page's, not the document's.

    >>> is_frame("发布时间：2023-01-20 来源：县政府办 浏览次数：1024"), is_frame("【打印】 【关闭】")
    (True, True)
    >>> is_frame("来源：各部门。"), is_frame("2022")
    (False, False)
    """
    seen = view(line).strip()
    if not seen or len(seen) > _LONGEST or "。" in seen or _NO_FACT.fullmatch(seen):
        return False
    return _FACTS.match(seen.lstrip("【(· ")) is not None or _BUTTONS.fullmatch(seen) is not None


def without_frame_before(text: str) -> str:
    """Return a document without the page's lines above its first sentence."""
    kept, rest = [], text.split("\n")
    while rest and "。" not in rest[0]:
        line = rest.pop(0)
        if not is_frame(line):
            kept.append(line)
    return "\n".join([*kept, *rest])


def without_frame_after(text: str) -> str:
    """Return a document's end without the page's lines below it.

    A list of files or reports goes with what stands above or below it, and alone too: no text
    ends with another document's name.
    """
    lines = text.split("\n")
    while lines and (is_frame(lines[-1]) or _NAMES.fullmatch(view(lines[-1]).strip())):
        lines.pop()
    return "\n".join(lines)

"""What holds a report's headings and figures and is none: samples, templates, news, inspections.

Their titles give them away, and what they say to whom; figures prove nothing here: an order prints
a filled sample, a template zeros, news and pictures retell the six parts one by one.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re

from pipelines.reading.evidence import Evidence, is_whole_form
from pipelines.reading.other_titles import is_blank_title, is_news_title, without_bureaus
from pipelines.reading.titles import parse_title
from pipelines.vocabulary.report_titles import ISSUES

_ASKS = re.compile(
    r"关于(?:认真|切实|进一步|全面|抓紧|及时)*(?:做好|开展|报送|上报|编制|编报|填报|规范|加强|组织|布置|落实|催报|统一|明确)[^\n]{0,60}?(?:通知|函|意见|要求)"
    r"|关于(?:印发|转发|下发)[^\n]{0,60}?(?:格式|模板|样式|样表|规范)[^\n]{0,6}?(?:通知|函)"
)
_TO_OTHERS = re.compile(
    r"(?:^|\n)[^。\n:]{0,30}(?:各[^。\n:]{1,40}|[县市区州旗]?直[^。\n:]{0,6}单位)[:]\s*(?:\n|请|现|为)"
)
_TELLS_TO = re.compile(
    r"请(?:各|你|认真|按|于|严格|遵照|参照)|报送至?|遵照执行|务必|逾期|通知如下|填写(?:样|示|说)|样[例表]|示例|范例|附件[::]?\d?[^。\n]{0,10}(?:格式|样)"
)
# Signs in the place of a name or a year; rings stand in years as well (二○○九年).
_NOBODY = re.compile(
    r"(?<![×Xx])[×Xx*_△]{2,8} ?(?:年|省|市|县|区|旗|镇|乡|街道|局|委)|[○〇]{2,} ?(?:省|市|县|区|旗|镇|乡|街道|局|委)|20[×Xx*_]{2}"
)
_BLANKS = re.compile(
    r"(?<![×Xx])[×Xx*_△]{2,8} ?(?:年|省|市|县|区|旗|镇|乡|街道|局|委|件|条|次|万)|[○〇]{2,} ?(?:省|市|县|区|旗|镇|乡|街道|局|委|件|条)"
)
_MAY_BE_BLANK = re.compile("[×Xx*_△○〇]{2}")
"""What every one of ``_BLANKS`` holds: plain signs are looked for faster."""
_EXAMPLE = re.compile(r"示例|样例|范例|(?:填写|填报|编写)(?:说明|指引)|模板|样表")
_MADE_UP = re.compile(
    r"(?:数字|数据|内容|单位)[^。,;\n]{0,8}(?:虚构|假设|虚拟|假定|举例)|仅供[^。;\n]{0,24}(?:参考|参照|练习|学习)"
)
"""What an example says of its own figures."""
_MANY_BLANKS = 3
_LEAD = 300
"""Characters of news that say who tells it, where no heading ends them sooner."""
_FIRST_HEADING = re.compile(r"(?:^|\n)\s*(?:一、|第一部分)")
_TOLD = (
    re.compile(r"近日|日前|(?<!\d)\d{1,2}月\d{1,2}日,[^。]{0,60}(?:公布|发布|公开)"),
    re.compile(r"(?:报告|年报)(?:显示|指出|提到|中提到|出炉)|据(?:悉|介绍|了解)|获悉"),
    re.compile(r"记者|通讯员|本报讯|本网讯"),
)
_PICTURE = re.compile(r"图解|图说|一图|读懂|看懂|解读|动漫|H5")
_CHECK = re.compile(
    r"(?:检查|抽查|核查|督查|考核|评估|评查|测评|审查|复查)(?:[^\n]{0,14}?通报|(?:发现)?(?:工作)?的?(?:情况|结果|问题|整改|反馈))|整改情况"
)


def kind_with_figures(seen: Evidence, pro: list[str]) -> tuple[str, str] | None:
    """Return kind and reason (codes of ``kinds``) of what is no report in spite of its figures."""
    tables = {"report/tables", "report/annex"} & set(pro)
    title = seen.headline
    if _is_order(seen):
        return "order_or_rule", "order/title"
    if reason := _form_reason(seen):
        return "blank_form", reason
    if not tables and _is_retold(seen, pro):
        return "news", "news/text"
    if not tables and _PICTURE.search(title):
        return "interpretation", "interpretation/title"
    if _CHECK.search(without_bureaus(title)) and not is_whole_form(seen, pro):
        return "work_summary", "summary/title"
    return None


def _is_order(seen: Evidence) -> bool:
    """Tell whether the title asks others for reports, and the text speaks to them."""
    title = seen.headline
    if not _ASKS.search(title) or (ISSUES.search(title) and "格式" not in title):
        return False
    if _TO_OTHERS.search(seen.prose):
        return True
    # Who hands its own report in writes 关于报送…的函 as well, to one organ.
    return not re.search("报送|上报", title) and _TELLS_TO.search(seen.prose) is not None


def _form_reason(seen: Evidence) -> str | None:
    """Return why this is a form to fill in, whatever its cells hold."""
    title = seen.headline
    if _NOBODY.search(title):
        return "blank/placeholders"
    blanks = len(_BLANKS.findall(seen.prose)) if _MAY_BE_BLANK.search(seen.prose) else 0
    if is_blank_title(title) and (
        blanks or (_EXAMPLE.search(title) and not parse_title(title).organ)
    ):
        return "blank/title"
    if _EXAMPLE.search(title) and _MADE_UP.search(seen.prose[: 2 * _LEAD]):
        return "blank/title"
    if blanks < _MANY_BLANKS or not seen.labels:
        return None
    cells = re.sub(r"\d{1,2}[.、)]|[(（]\d", "", seen.grids)
    zeros = bool(cells.strip()) and not re.search(r"[1-9]", cells)
    return "blank/placeholders" if zeros or not seen.has_figures else None


def _is_retold(seen: Evidence, pro: list[str]) -> bool:
    """Tell whether somebody tells of a report, part by part: 近日,某县发布….报告显示:一、…."""
    opened = _FIRST_HEADING.search(seen.prose)
    lead = seen.prose[: opened.start() if opened else _LEAD][: 2 * _LEAD]
    signs = sum(1 for sign in _TOLD if sign.search(lead))
    if is_news_title(seen.headline):
        return signs >= 1
    return signs >= 2 and "report/period" not in pro

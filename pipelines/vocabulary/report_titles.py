"""What a report's title is: every pattern of titles that somebody asks for, in one place.

Readers of documents, of reports and of lists all ask whether a line, a link or a heading is the
title of a 政府信息公开工作年度报告. They need different strictness: what may be about a report is worth
a look, what names its year as well is worth a request, what can only be a report's own title is
believed. Each degree is one function here; what is *other* than a report is told by
``pipelines.reading.other_titles``, and what a title says (whose, which year) by
``pipelines.reading.titles``.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re

YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零]{1,2}[一二三四五六七八九十〇○零]{1,2}")
"""A year as titles print it."""
_YEAR_OF_PAGE = re.compile(r"(?:20|二[〇○零O0])\S{2}\s*年")
_YEAR_OF_LINE = re.compile(r"(?:19|20)\d\d|二[〇○零O]\S{2}")
_YEARLY = re.compile("年度报告|年报")
_ANY = re.compile("报告|年报")
_PROSE_IN_TITLE = re.compile(r"[。；]|编制|根据")
_PROSE_IN_LINE = re.compile(r"[。；]|根据|编制")
_LINE = re.compile(r"^.{0,60}(?:年度报告|年报|工作报告).{0,20}$")
_SUBJECT_AND_NOUN = re.compile(
    r"(?:政府|政务)?(?:信息|资讯)公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报)|信息公开[^,。]{0,10}年度?报告|信息公开年报|政务公开(?:工作)?(?:情况)?年度?(?:工作)?报告"
)
# A title that can only be a report's own: the words of one (2008-2018 wording too).
_ROW = re.compile(r"信息公开.{0,12}(?:年度?报告?|年报|工作报告|总结报告)|政务公开.{0,8}年度?报告")
_RECENT_YEAR = re.compile(r"20[012]\d|二[〇○零][〇○零一二][〇○零一二三四五六七八九]")
_CUT = re.compile(r"(?:…|\.{2,}|．{2,})\s*$")
_YEAR_BEGUN = re.compile(r"(?<!\d)20[012]?$")
_YEAR_NAMED = re.compile(r"^\W*(20[012]\d)\s*年?(?:度)?.{0,12}(?:年报|年度报告|报告)\W*$")
_ENDS = re.compile(r"(?:报告|年报)(?:[(（\[][^()（）]{1,12}[)）\]])?$")
_ENDS_YEARLY = re.compile(r"(?:年度?报告|年报)(?:\s*\(.{0,12}\))?$")
_OPENING = re.compile(
    r"^.{0,80}?(?:年度报告|工作报告|情况报告|年报|的报告)(?:[(（][^()（）]{1,12}[)）])?"
)
ISSUES = re.compile(r"(?:印发|公布|发布).{0,60}(?:报告|年报)\W{0,2}的?(?:通知|公告|通告)")
"""An order that issues the very report: 关于印发…年度报告的通知."""
NOUN_IN_PROSE = r"(?:政府)?信息公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:报告|年报)"
"""What running text calls a report, to be built into a pattern."""
OTHER_YEARS_TITLE = r"[^。,;]{0,40}(?:19|20)\d\d年度?[^。,;]{0,30}(?:年度报告|年报)(?:[( ].{0,14})?"
"""A line that is the title of a report, as lists of neighbours have them; likewise."""
DATED_TITLE = re.compile(r"^[^\n。]{0,30}?(20\d\d)\s*年[^\n。]{0,30}(?:报告|年报)", re.MULTILINE)
"""A line that opens with the title of a report of a year."""

# What the column of the reports is called: [历年] 政府信息公开 工作 年度报告 [专栏].
_OF_PAST = "(?:历年|历史|往年|各年度|历年来)?的?"
_SUBJECT = "(?:政府信息|政务信息|信息|政务|政府)公开(?:工作)?(?:情况)?|公开(?:工作)?"
_YEARLY_NOUN = "(?:年度工作报告|工作年度报告|年度?报告?|工作年报|年报告)"
_SHOWN = "(?:专栏|专题|专区|栏目|列表|公开|发布|汇总|查询)?"
_COLUMN = re.compile(
    rf"^{_OF_PAST}(?:{_SUBJECT}){_OF_PAST}{_YEARLY_NOUN}{_SHOWN}$"
    r"|^(?:政府)?信息公开(?:工作)?报告$|^年度报告$|^年报公开$"
)
_COLUMN_LOOSE = re.compile(r"^(?=.*(?:信息公开|政务公开))(?=.*(?:年报|年度报告))")
_COLUMN_BARE = re.compile(
    rf"^{_OF_PAST}(?:工作|[本我]?[省市县区州旗盟]?(?:人民)?政府|本级)?(?:年报|年度报告|年度工作报告){_SHOWN}$"
)


def speaks_of_yearly(text: str) -> bool:
    """Tell whether a text holds the word for a yearly report of whatever kind."""
    return _YEARLY.search(text) is not None


def speaks_of_report(text: str) -> bool:
    """Tell whether a text holds the word for any report."""
    return _ANY.search(text) is not None


def names_year_of_report(text: str) -> bool:
    """Tell whether a heading of a page names a report and its year, and is no sentence.

    >>> names_year_of_report("青禾县二〇二三年政府信息公开工作年度报告"), names_year_of_report("工作报告")
    (True, False)
    """
    return speaks_of_report(text) and bool(_YEAR_OF_PAGE.search(text)) and not _is_prose(text)


def _is_prose(text: str) -> bool:
    return _PROSE_IN_TITLE.search(text) is not None


def is_title_line(line: str) -> bool:
    """Tell whether a line of plain text may be a report's title, whole or its last part."""
    return _LINE.match(line) is not None and not is_sentence(line)


def is_sentence(line: str) -> bool:
    """Tell whether a line near a title is prose rather than a part of it."""
    return _PROSE_IN_LINE.search(line) is not None


def line_names_year(line: str) -> bool:
    """Tell whether a line that may be (a part of) a title names a year."""
    return _YEAR_OF_LINE.search(line) is not None


def holds_title(text: str) -> bool:
    """Tell whether a text holds what reports are called: 信息公开 and 报告 or 年报 close together."""
    return _SUBJECT_AND_NOUN.search(text) is not None


def holds_dated_title(line: str) -> bool:
    """Tell whether a line holds what reports are called, and a year."""
    return "公开" in line and holds_title(line) and YEAR.search(line) is not None


def names_report(title: str) -> bool:
    """Tell whether the title of a row or link speaks of an information disclosure report."""
    return _ROW.search(title) is not None


def has_recent_year(title: str) -> bool:
    """Tell whether a row's title names a year there may be a report of, in figures or characters.

    >>> has_recent_year("麦山县二〇一〇年政府信息公开工作报告"), has_recent_year("二〇三五年远景")
    (True, False)
    """
    return _RECENT_YEAR.search(title) is not None


def may_be_cut(title: str) -> bool:
    """Tell whether a row's title was cut in or after its year, before it could say what it is of.

    >>> may_be_cut("麦山县人民政府2025年政…"), may_be_cut("麦山县人民政府办公室202…")
    (True, True)
    >>> may_be_cut("麦山县2025年政府信息公开工作年度报告"), may_be_cut("麦山县召开全县…")
    (False, False)
    """
    cut = _CUT.search(title)
    if cut is None or names_report(title):
        return False
    return has_recent_year(title) or _YEAR_BEGUN.search(title[: cut.start()]) is not None


def is_year_and_report(title: str) -> bool:
    """Tell whether a row says a year and 年报 alone: 2023年政府年报."""
    return _YEAR_NAMED.match(title) is not None


def ends_as_title(line: str) -> bool:
    """Tell whether a line ends as titles of reports do, a remark in brackets aside."""
    return _ENDS.search(line) is not None


def is_own_title(title: str) -> bool:
    """Tell whether a headline ends as a report's own, so that words in it do not count."""
    return _ENDS_YEARLY.search(title) is not None and holds_title(title)


def title_run_in(line: str) -> str:
    """Return the title a paragraph opens with, or nothing."""
    found = _OPENING.match(line) if "报" in line else None
    return found.group() if found else ""


_NO_COLUMN = re.compile(
    r"^关于|通知|公告$|通告|办法|方案|会议|培训|召开|部署|解读|图解|工作要点|意见"
)


def speaks_of_notice(name: str) -> bool:
    """Tell whether a name is that of a notice, an order or news about reports, and of no column.

    >>> speaks_of_notice("关于做好政府信息公开工作年度报告编制的通知"), speaks_of_notice("信息公开年报")
    (True, False)
    """
    return _NO_COLUMN.search(name) is not None


def is_column_name(name: str) -> bool:
    """Tell whether a link's whole text is what the column of the reports is called.

    >>> is_column_name("历年政府信息公开工作年度报告"), is_column_name("2023年政府信息公开年报")
    (True, False)
    """
    return _COLUMN.match(name) is not None


def is_bare_column_name(name: str) -> bool:
    """Tell whether a name is that of a column of yearly reports of whatever kind.

    >>> is_bare_column_name("政府年报"), is_bare_column_name("企业年报")
    (True, False)
    """
    return _COLUMN_BARE.match(name) is not None


def is_like_column_name(name: str) -> bool:
    """Tell whether a name holds both 信息公开 and 年报, in whatever order."""
    return _COLUMN_LOOSE.search(name) is not None

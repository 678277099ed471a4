"""The anatomy of a report's title: whose, which year, which edition.

Titles are made of the same few parts in any order: organ, year, 政府信息公开工作年度报告, a remark
in brackets. Lists cut them with an ellipsis, sites hang their own name behind them, older ones
write the year in characters. One function takes them apart; whoever chooses among links or names a
publisher reads the parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.reading.normal import fold
from pipelines.remembered import kept

_SPACE = re.compile(r"\s+")
_SEPARATOR = re.compile(r"_|\||>| - ")
_ORGAN_END = re.compile(
    "(?:政府|公署|[县市区旗州盟省镇乡局委厅办]|街道|办公室|委员会|中心|管委会)$"
)
# …年度报告——苍南县: after a dash the organ may stand, or the site again.
_NAME_END = re.compile(
    _ORGAN_END.pattern
    + "|(?:苏木|[农林]场|公司|集团|银行|学校|[大中小]学|[院站所馆处队社会部署室])$"
)
_REMARKS = re.compile("含|附|包括|不含|已|第|由")
_DASHED = re.compile(r"(?:--+|—{1,2}|–)(?P<tail>[^-—–]*)$")
# The column a list or a breadcrumb sets before the title: 政府信息公开年报-苍南县2023年….
_COLUMN_BEFORE = re.compile(
    r"^(?:(?:法定)?主动公开(?:内容)?|政务公开|(?:政府)?信息公开(?:工作)?(?:年度报告|年报|年度|专栏)?|年度报告|年报)"
    r"\s*[-—–:]+\s*(?=.*信息公开)"
)
_DOCUMENT_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{1,9}[(\[]20\d\d[)\]]\s*第?\d{1,4}号\s*(?=.{8})"
    r"|[(\[]?[\u4e00-\u9fff]{1,9}[(\[]20\d\d[)\]]\s*第?\d{1,4}号[)\]]?$"
)
_SITE_WORDS = re.compile(r"门户|网站|网$|专栏|首页")
_DATE = re.compile(
    r"[\[(]?(?:发布(?:时间|日期)[::]?)?(?<!\d)(?:19|20)\d\d(?:[-./]\d{1,2}[-./]\d{1,2}|年\d{1,2}月\d{1,2}日)"
    r"(?:\d{1,2}:\d\d(?::\d\d)?)?[\])]?"
)
_DIGITS = {
    c: str(i)
    for word in ("零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
    for i, c in enumerate(word)
} | {
    "〇": "0",
    "○": "0",
    "О": "0",
}
_CHINESE_YEAR = re.compile(rf"[二贰][{''.join(_DIGITS)}oO0]{{3}}(?=年)")
# 2O25年: a letter where a typist meant the figure.
_LETTERED_YEAR = re.compile(r"(?<![\dA-Za-z])(?:19|2[0Oo])[\dOo]{2}(?=年)")
# 2019-2022年, 2021年和2022年: several years, none of them the report's; 21年 says no century.
_YEARS = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:年度?)?[-—~至到、和及与](?:19|20)\d\d(?!\d)(?:年度|年)?|(?<!\d)\d\d年度?"
)
_YEAR = re.compile(r"(?<!\d)(?<!\d[-—~至])((?:19|20)\d\d)(?!\d|[-—~至]\d)(?:年年度|年度|年|度)?")
# 政务公开办公室, 信息公开处: a name, and no words of a title.
_NO_OFFICE = r"(?!(?:工作)?(?:办公|办(?![理结])|领导小组|联席|处|科|中心|专栏|平台))"
# 人民政府信息公开 is the 人民政府's own; 县政府信息公开 may be either, read as 政府信息公开.
_SUBJECT = re.compile(
    rf"(?:(?<!人民)政府|政务)?信息\s*(?:主动)?公开{_NO_OFFICE}(?:工作)?|政务公开{_NO_OFFICE}(?:工作)?(?=(?:情况)?(?:的)?(?:年度|年报|工作年))"
)
_NOUN = re.compile(
    r"(?:工作)?(?:情况)?(?:的)?(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:总结)?(?:报告|年报|年度报)(?:书)?"
)
_BRACKETS = re.compile(r"[(\[【〈<]([^()\[\]【】〈〉<>]*)[)\]】〉>]")
_CUT = re.compile(r"(?:\.{2,}|…+|。。+)$")
_EDITION = re.compile(
    r"图片版|图文版?|超链(?:接)?版|附表|附件|全文|正文|PDF版?|word版?|网页版|电子版|下载|扫描件|置顶|年报|公开版|最终版|定稿",
    re.IGNORECASE,
)
REISSUE_WORDS = ("更正", "勘误", "修订", "更新", "重新发布", "补充", "修正", "修改")
_REISSUE = re.compile("|".join(REISSUE_WORDS))
_OFFICE_REMARK = re.compile("办公室|办公厅|机关")
_FILLING = re.compile(
    r"^(?:.{0,4}(?:现将|现把|现就|兹将|特将|现公布)|置顶|[※★▲]|中国·|20\d{6}(?!\d)|年度|度|年|的|附件?\d*[::]?|\d+[.、])+|(?:年度|的)$"
)
_LABEL = re.compile(r"^(?:标\s*题|题\s*[名目]|(?:信\s*息|文\s*件)?\s*名\s*称)\s*:\s*")
_SITE = re.compile(r"^(?P<organ>.{2,}?)(?:(?:官方|门户|政务|公众|信息)*网站?|门户)$")
_WRITTEN = re.compile("(?:所?编制|编写|撰写)$")
_MONTH = re.compile(r"(?<!\d)\d{1,2}月(?:\d{1,2}日)?")
_ANNOUNCED = re.compile("(?:印发|公布|发布|公开)(?:19|20)\\d\\d年")
_ANNOUNCES = re.compile("(?:关于)?(?:印发|公布|发布|(?<!信息)(?<!政务)公开)")


@dataclass(slots=True, frozen=True)
class Title:
    """A title, taken apart.

    ``text`` is the folded title without site name and dates; ``organ`` what names the publisher,
    in folded spelling, empty where nothing does; ``years`` every year named, that of the report
    first; ``is_report`` whether the noun of a report is there (not whether it is a look-alike).
    """

    text: str
    organ: str
    years: tuple[int, ...]
    is_report: bool
    remark: str
    """What stands in brackets: 图片版, 修订, a bureau's name."""
    reissue: str | None
    cut: bool
    """The list cut the title with an ellipsis."""
    site: str = ""
    """Whose site's name stands where the organ would: X网站2023年…."""
    announced: bool = False
    """The organ only announces it: X关于公布2023年…的公告."""

    @property
    def year(self) -> int | None:
        """Return the report's year, or None where the title names none."""
        return self.years[0] if self.years else None


@kept(4096)  # what its division is called is asked of every organ a report names
def plain(text: str) -> str:
    """Return text folded, without white space, book marks and years in Chinese characters."""
    tight = _SPACE.sub("", fold(text)).strip("《》「」\"'“”‘’·•●◆■*#:,。;")
    tight = _CHINESE_YEAR.sub(lambda m: "".join(_DIGITS.get(c, "0") for c in m.group()), tight)
    return _LETTERED_YEAR.sub(lambda m: m.group().replace("O", "0").replace("o", "0"), tight)


def years_of(text: str) -> tuple[int, ...]:
    """Return the years a text names, in order, each once; dates and ranges are no years.

    >>> years_of("二〇二三年政府信息公开年报(2024-01-30)")
    (2023,)
    """
    clean = _DATE.sub("", plain(text))
    return tuple(dict.fromkeys(int(m.group(1)) for m in _YEAR.finditer(clean)))


@kept(4096)
def parse_title(title: str) -> Title:
    """Take a title apart.

    >>> parse_title("苍南县人民政府２０２３年政府信息公开工作年度报告").organ
    '苍南县人民政府'
    >>> parse_title("2023年度苍南县财政局信息公开年报（图片版）").organ
    '苍南县财政局'
    """
    whole, before = _segment(_DOCUMENT_NUMBER.sub("", _LABEL.sub("", fold(title).strip())))
    whole = _COLUMN_BEFORE.sub("", whole)
    text = _DATE.sub("", plain(whole))
    cut = _CUT.search(text) is not None
    text = _CUT.sub("", text)
    remarks = [m.group(1) for m in _BRACKETS.finditer(text) if not _is_year(m.group(1))]
    remark = "".join(remarks)
    # (2023)2023年 are two years, not one number.
    bare = _BRACKETS.sub(
        lambda m: m.group(1).rstrip("年度") + "年" if _is_year(m.group(1)) else "", text
    )
    bare = bare.replace("《", "").replace("》", "")
    if (dashed := _DASHED.search(bare)) and _SITE_WORDS.search(dashed["tail"]):
        bare = bare[: dashed.start()]
    subject = _SUBJECT.search(bare)
    noun = _find_noun(bare, subject)
    organ = _organ(bare, subject, remarks) or before
    if _OFFICE_REMARK.fullmatch(remark) and organ.endswith(("政府", "公署")):
        organ += remark  # 苍南县人民政府(办公室)
    organ, site = ("", named["organ"]) if (named := _SITE.match(organ)) else (organ, "")
    reissue = _REISSUE.search(text.replace(organ, ""))  # 城市更新局 is not an update
    return Title(
        text=text,
        organ=organ,
        years=_ordered_years(bare, text),
        is_report=noun is not None or (cut and subject is not None),
        remark=remark,
        reissue=reissue.group() if reissue else None,
        cut=cut,
        site=site,
        announced=bool(organ) and _ANNOUNCED.search(bare) is not None,
    )


def _segment(title: str) -> tuple[str, str]:
    """Return the part of a title that is the report's, and the organ named in the part before.

    Sites hang their name behind (…年度报告_苍南县人民政府), breadcrumbs stand before (年报 > 2023年
    > 苍南县…), and an organ may stand apart (苍南县财政局 - 2023年…).
    """
    parts = [part for part in _SEPARATOR.split(title) if part.strip()] or [title]
    ranks = [(bool(_SUBJECT.search(p)), bool(years_of(p)), -i) for i, p in enumerate(parts)]
    index = ranks.index(max(ranks)) if any(rank[0] for rank in ranks) else 0
    before = plain(parts[index - 1]) if index else ""
    return parts[index], before if _ORGAN_END.search(before) and not _SUBJECT.search(before) else ""


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def _find_noun(bare: str, subject: re.Match[str] | None) -> re.Match[str] | None:
    """Return the noun after 信息公开, over at most a year and a few words between."""
    if subject is None:
        return None
    tail = _YEAR.sub("", bare[subject.end() :])
    return re.match(rf"\W{{0,2}}(?:工作)?.{{0,6}}?{_NOUN.pattern}", tail)


def _organ(bare: str, subject: re.Match[str] | None, remarks: Sequence[str]) -> str:
    """Return what stands before 信息公开 once year and filling words are gone."""
    before = bare[: subject.start()] if subject else re.sub(rf"{_NOUN.pattern}.*$", "", bare)
    before = _YEAR.sub("", _YEARS.sub("", before))
    *heads, last = _ANNOUNCES.split(before)  # X办公室关于印发Y…报告的通知 is Y's
    # …, but 县2022年公布的2021年… is the county's.
    before = (last.strip("的") or "".join(heads)).replace("关于", "")
    before = _WRITTEN.sub("", _FILLING.sub("", before))
    before = before.strip("-—_:,。、·|/ ")
    if before:
        return before
    # 政府信息公开工作年度报告(县财政局), …报告-苍南县财政局
    tail = _YEAR.sub("", bare[subject.end() :]) if subject else ""
    behind = re.sub(rf"^.*?{_NOUN.pattern}", "", tail) if subject else ""
    return next((name for text in (behind, *remarks) if (name := _organ_behind(text))), "")


def _organ_behind(text: str) -> str:
    """Return the organ that words behind a title or in its brackets name, or nothing.

    An edition stands there more often (定稿, 公开稿, 2024年1月): it must end as names do.
    """
    named = _MONTH.sub("", _YEAR.sub("", text)).strip("-—_:,。、·|/ ")
    is_name = len(named) >= 2 and _NAME_END.search(named) and not _REMARKS.match(named)
    return named if is_name and not _EDITION.search(named) and not _REISSUE.search(named) else ""


def _ordered_years(bare: str, text: str) -> tuple[int, ...]:
    """Return the years of a title, that of the report first.

    Where several stand there, the report's is the one nearest before 信息公开; of years that are
    named together (2021年和2022年) none is.
    """
    bare, text = _YEARS.sub("", bare), _YEARS.sub("", text)
    years = years_of(bare) or years_of(text)
    if len(years) > 1 and (subject := _SUBJECT.search(bare)):
        before = years_of(bare[: subject.start()])
        first = before[-1] if before else years[0]
        return (first, *(year for year in years if year != first))
    return years

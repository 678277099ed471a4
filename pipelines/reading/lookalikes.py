"""What looks like a report and is not: the signs of each kind (formats.md section 7)."""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re

from pipelines.reading.evidence import Evidence, for_report
from pipelines.reading.inserted_sounds import has_inserted_sounds
from pipelines.reading.other_titles import (
    is_blank_title,
    is_news_title,
    is_of_a_check,
    is_of_part_of_year,
    is_order_title,
    is_sample_title,
    names_school_year,
)
from pipelines.vocabulary.report_titles import YEAR, ends_as_title, holds_title

_SHARING_HOST = re.compile(
    r"(?:doczj|book118|taowenge|1wenmi|xiaomilidoc|360docs?|docin|doc88|renrendoc|jinchutou|huiwen|wenku|zhuangpeitu|mayiwenku|wenmi|fanwen|docsou|docx?88|taodocs|weizhuannet|100xuexi)\.?"
)
# Written out, every branch opens with a letter of its own: the engine then skips to those.
_SHARING_CHROME = re.compile(
    r"下载文档|收益归作者所有|分享赚钱|页数:\s?\S{1,8}(?:页|KB|MB|DOC)|大小:\s?\S{1,8}(?:页|KB|MB|DOC)|格式:\s?\S{1,8}(?:页|KB|MB|DOC)|温馨提示:|会员(?:免费|下载)|VIP|珍藏版|文档下载|此文档|付费完成|立即下载|猜你喜欢的文档|你可能关注的文档|上传于|文档由用户|积分下载"
)
_SWAPS = re.compile(
    r"效劳|改良措施|打根底|根本信息|根本形成|广阔干部|标准性文件|造气氛|政务效劳|开展规划|经济开展|少局部|播送电视|一局部单位|严厉执行|贯彻落真"
)
# The year leads, as below the bracket: the engine then looks for it alone, not at every character.
_NO_YEAR = re.compile(
    r"年(?<!\d 年)(?<![\d〇零一二三四五六七八九十每全本今明去当近同半周多数几两该次上下学历季]年)(?=[,,]|\d{1,2}月|度(?:政府)?信息公开)"
)
# Over lower-cased text: ignoring case would cost several times the search.
_BETTING = re.compile(
    r"bet\s?365|365\s?bet|威廉希尔|williamhill|新葡京|太阳城集团|永利(?:皇宫|国际)|澳门金沙|皇冠(?:体育|足球|盘口)|亚博(?!览|会)|雅博|万博体育|必发\d*|时时彩|北京赛车|快[三3](?:计划|走势|投注)|老虎机|真人(?:视讯|娱乐)|娱乐城|棋牌(?:游戏|平台)|六合彩|体育投注|足球投注|博彩(?:公司|平台|网站|导航)|bbin|jdb电子|开云体育|乐鱼体育|华体会|星空体育|爱游戏体育|九游会|半岛体育|凯发(?:娱乐|k8)|米乐m6|yabo|kaiyun|leyu体育|pg电子|威尼斯人(?:娱乐|赌)|ag真人|在线赌场|成人(?:视频|电影|影院)|激情(?:视频|小说)|一级(?:黄|毛)片"
)
_BRAND = re.compile(
    r"(?:bet365|365bet|威廉希尔|亚博(?!览|会)|万博体育|皇冠体育|快[三3]计划|新葡京)[^。\n]{0,12}(?:人民政府|信息公开|政府网)|政府(?:bet365|365bet|快[三3]计划)公开"
)
_NEWS_TEXT = (
    re.compile(r"近日|日前|(?<!\d)\d{1,2}月\d{1,2}日,[^。]{0,20}(?:公布|发布)"),
    re.compile(r"(?:报告|年报)(?:显示|指出|提到|中提到)|据(?:悉|介绍|了解)"),
    re.compile(r"记者|通讯员|本报讯|本网讯"),
)
_WIKI_HOST = re.compile(
    r"newton\.com\.tw|jendow\.com|zjtcn\.|baike\.|wiki|wapbaike|mbalib|zwbk|itsfun"
)
_WIKI_CHROME = re.compile(
    r"中文百科|百科全书|维基百科|百度百科|词条(?:标签|统计|图册)|查看词条|浏览词条"
)
_ORDER_TEXT = re.compile(
    r"(?:现将|现就)[^。\n]{0,60}通知如下|请(?:各|你)[^。\n]{0,30}(?:于|在)[^。\n]{0,16}(?:前|之前|底前)|报送至?|各(?:乡镇|镇|街道|县|区|市|部门|单位|科室)[^。\n]{0,40}:\n|特此通知|认真贯彻(?:执行|落实)。?$|抄送|联系人:|逾期(?:不|未)报|务必|不得(?:迟报|漏报)|应(?:当)?(?:包括|包含|报告)(?:以下|下列)|报告(?:应|须|要)"
)
# What it can open with is asked first: most characters are then told at once.
_PLACEHOLDER = re.compile(
    r"(?=[文×XxＸ〇○_＿*在于此])(?:文字描述|(?<![×XxＸ])[×XxＸ]{2,8}(?:年|县|市|局|件|条)|〇〇|○○|[_＿]{3,}|\*{2,}年|(?:在|于)此处(?:报告|填写)|此处填写)"
)
_WEBSITE_FIELDS = re.compile(
    r"独立用户访问总量|网站总访问量|信息发布\s*\(单位|专栏专题|解读回应|办事服务|网站标识码|安全防护|移动新媒体"
)
_ERROR_TEXT = re.compile(
    r"(?:页面|网页|文章|内容|信息|栏目|文件)(?:已经?)?(?:不存在|被删除|已删除|找不到|已下线|无法(?:找到|显示|访问))|404|not found|您(?:访问|查看|请求)的(?:页面|信息|文章|内容)[^。\n]{0,12}(?:不存在|删除|移除|找不到|丢失|出错)|系统(?:错误|异常|维护)|服务器(?:内部)?错误|bad gateway|service unavailable|暂无(?:数据|内容|信息)",
    re.IGNORECASE,
)
_CHALLENGE_TEXT = re.compile(
    r"请(?:开启|启用|打开)(?:浏览器的?)?\s?javascript|enable javascript|安全验证|人机验证|滑动(?:滑块|验证)|验证码|访问(?:被)?(?:拦截|拒绝|受限|过于频繁)|检测到(?:异常|攻击)|access denied|forbidden|just a moment|checking your browser|WAF|正在(?:验证|检查)您的浏览器|请求(?:被|已被)?拦截|__jsl_clearance",
    re.IGNORECASE,
)


_NAMED = re.compile(
    r"[\u4e00-\u9fff]{1,9}(?:省|市|县|区|旗|镇|乡|街道|局|委|办)[\u4e00-\u9fff]{0,12}(?:20\d\d|信息公开)"
)


def _nobodys(seen: Evidence) -> list[str]:
    """Return whether year and publisher are missing from title and opening."""
    opening = seen.titles + seen.prose[:300]
    missing = [] if YEAR.search(opening) else ["blank/no-year"]
    return missing if _NAMED.search(opening) else [*missing, "blank/no-publisher"]


_BARE = 150
"""Characters of prose, the title included, of which nothing but a title and a table is made."""
_TABLE = 9
"""Labels of the form in its smallest table, the fourth; an annex has as many and more."""


def is_title_and_table(seen: Evidence, pro: list[str]) -> bool:
    """Tell whether a document is a report's own title and one of its tables, and nothing else.

    Some offices publish the table alone, as a picture or a sheet.
    """
    return (
        "report/title" in pro
        and len(seen.prose) <= _BARE
        and seen.has_figures
        and max(seen.labels, seen.annex_labels) >= _TABLE
        and holds_title(seen.headline)
        and ends_as_title(seen.headline)
        and not _nobodys(seen)
    )


def sample_reasons(seen: Evidence) -> list[str]:
    """Return the signs of a model text or a document-sharing site; ``is_sample`` weighs them."""
    found: list[str] = []
    head = seen.prose[:1500]
    if is_sample_title(seen.titles) or "范文" in head[:300]:
        found.append("sample/title-says-fanwen")
    # Government portals have download buttons and file sizes too.
    if not seen.gov and len({s[:2] for s in _SHARING_CHROME.findall(seen.everything)}) >= 3:
        found.append("sample/sharing-site-chrome")
    if not seen.gov and _SHARING_HOST.search(seen.host):
        found.append("sample/sharing-site-host")
    if len(_NO_YEAR.findall(seen.prose)) >= 4:
        found.append("sample/years-and-places-removed")
    if len(set(_SWAPS.findall(seen.prose))) >= 3:
        found.append("sample/word-swaps")
    if found and not _NAMED.search(seen.titles):
        found.append("sample/no-named-publisher")
    return found


def mirror_reasons(seen: Evidence) -> list[str]:
    """Return the signs of a hijacked copy; any of them is enough."""
    found: list[str] = []
    if has_inserted_sounds(seen.printed):
        found.append("mirror/sounds-in-brackets")
    if seen.gov:
        # A government site that was broken into stays the publisher of its own report.
        return found
    everything, titles = seen.everything.lower(), seen.titles.lower()
    betting = _BETTING.findall(everything)
    if len(betting) >= 3 or _BETTING.search(titles) or _BETTING.search(seen.host):
        found.append("mirror/betting-words")
    if betting and _BRAND.search(everything):
        found.append("mirror/brand-for-name")
    if seen.everything.count("@@") > 10:
        found.append("mirror/separators-between-words")
    return found


def is_sample(reasons: list[str], *, gov: bool) -> bool:
    """Two independent signs, one of them not mere style; or, outside gov.cn, every sign of style."""
    strong = {"sample/title-says-fanwen", "sample/sharing-site-chrome", "sample/sharing-site-host"}
    style = {"sample/years-and-places-removed", "sample/word-swaps", "sample/no-named-publisher"}
    return (
        len(strong.intersection(reasons)) >= 2
        or (bool(strong.intersection(reasons)) and len(reasons) >= 3)
        or (not gov and style <= set(reasons))
    )


def page_kind(seen: Evidence, score: float) -> tuple[str, list[str]] | None:
    """Return what a page without a body is: an error, a challenge, a list."""
    if score >= 3.0:
        return None
    if not seen.everything.strip():
        return "empty", ["none/no-text"]
    # The frame of a portal is long on any page; what counts is what stands in its middle.
    text = f"{seen.titles}\n{seen.prose}" if seen.prose.strip() else seen.everything
    if len(text) < 1500:
        if _CHALLENGE_TEXT.search(text):
            return "challenge_page", ["challenge/text"]
        if _ERROR_TEXT.search(text) and score <= 1.0:
            return "error_page", ["error/text"]
    many = seen.report_links >= 4 and len(seen.prose) < 60 * seen.links + 800
    if (many or seen.title_lines >= 5) and "report/tables" not in for_report(seen):
        return "list_page", ["list/links"]
    return None


# What a genuine report needs in spite of such a title: its parts and figures of its own.
ENOUGH_AGAINST_TITLE = {
    "website_yearly_form": 5.0,
    "rule_of_law_report": 4.0,
    "interpretation": 4.0,
    "partial_year_statistics": 4.0,
    "order_or_rule": 4.0,
    "work_summary": 3.0,
    "guide_or_catalogue": 4.0,
}


def enough_against(kind: str, seen: Evidence) -> float:
    """Return the score with which a genuine report passes in spite of its title.

    Who is graded or reprimanded is spoken of part by part, too, with figures.
    """
    checked = kind == "work_summary" and is_of_a_check(seen.headline)
    return 4.0 if checked else ENOUGH_AGAINST_TITLE[kind]


def is_of_a_school(seen: Evidence) -> bool:
    """Return whether the headline names a school year: schools report under rules of their own."""
    return names_school_year(seen.headline)


def is_news(seen: Evidence, pro: list[str]) -> bool:
    """Return whether this is news about a report: told by others, without a report's parts."""
    if {"report/outline", "report/part-outline", "report/tables", "report/annex"} & set(pro):
        return False
    signs = sum(1 for sign in _NEWS_TEXT if sign.search(seen.prose))
    return signs + is_news_title(seen.headline) >= 2


def is_encyclopedia(seen: Evidence) -> bool:
    """Return whether host or frame are those of a wiki."""
    return not seen.gov and (
        _WIKI_HOST.search(seen.host) is not None
        or len(set(_WIKI_CHROME.findall(seen.everything))) >= 2
    )


def is_website_form(seen: Evidence) -> bool:
    """Return whether the fields are those of 政府网站工作年度报表."""
    return seen.labels < 8 and len(set(_WEBSITE_FIELDS.findall(seen.everything))) >= 4


def covers_half_a_year(seen: Evidence) -> bool:
    """Return whether the headline speaks of a part of a year."""
    return is_of_part_of_year(seen.headline)


def orders_by_title(seen: Evidence) -> bool:
    """Return whether the headline is plainly an order's, not only a form's (格式)."""
    return is_order_title(seen.headline)


def blank_reasons(seen: Evidence, pro: list[str]) -> list[str]:
    """Return why this is an empty form: labels, no figures, and no story of its own."""
    reasons: list[str] = []
    told = seen.prose.count("。") >= 6 and not _nobodys(seen)
    story = told or "report/figures" in pro or ("report/period" in pro and len(seen.prose) > 1500)
    if seen.labels >= 15 and not seen.has_figures:
        reasons.append("blank/labels-without-figures")
    if len(_PLACEHOLDER.findall(seen.prose)) >= 2:
        reasons.append("blank/placeholders")
    if is_blank_title(seen.headline):
        reasons.append("blank/title")
    if "blank/labels-without-figures" in reasons and (not story or len(reasons) >= 3):
        return reasons + _nobodys(seen)
    if len(reasons) >= 2 and not story and "report/tables" not in pro:
        return reasons + _nobodys(seen)
    return []


def gives_orders(seen: Evidence, pro: list[str], signs: int = 2) -> bool:
    """Return whether the text tells others to write reports, with no figures of its own."""
    return (
        len(set(_ORDER_TEXT.findall(seen.prose))) >= signs
        and not seen.has_figures
        and not ("report/outline" in pro and "report/figures" in pro)
    )

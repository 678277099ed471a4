"""Titles of what is no report: other yearly publications, orders, news, forms and their like.

Two askers, two strictnesses. Whoever chooses links has the title alone and goes by
``is_look_alike``; whoever has the text as well asks ``kind_of_other`` and weighs the answer
against what the text holds (``lookalikes``).
"""

from __future__ import annotations

import re

from pipelines.reading.titles import Title
from pipelines.remembered import kept
from pipelines.vocabulary.report_titles import ISSUES, is_own_title, speaks_of_yearly

# Yearly publications and pages about reports that are not reports (formats.md section 7).
_LOOK_ALIKE = re.compile(
    r"报表|网站(?:工作|监管|建设)?年度|法治政府|依法行政|法治建设|解读|图解|一图|读懂|看懂|动漫|H5|视频|"
    r"指南|目录|清单|制度|办法|格式|模板|范文|范本|样式|样本|参考|规范|规定|细则|"
    r"统计(?:表|报表|数据|公报|年报|年鉴)|决算|预算|政府工作报告|要点|方案|计划|自查|自评|考核|考评|评估|测评|"
    r"部署|培训|会议|座谈|动员|推进会|督查|检查|征集|征求|(?<!报告)(?<!年报)公示|说明|新闻|召开|举办|"
    r"开展(?!情况)|情况通报|的意见|的函|企业年报|财政|审计报告|党务公开|村务|厂务|环境信息|办理指引|流程|"
    r"申请表|保密|整改|调研|述职|监测|审查|满意度|案例|经验|问答"
)
_PART_OF_A_YEAR = re.compile(r"[上下]半年|半年|季度|(?<!\d)\d{1,2}月份?(?!\d)")
_ASKS = re.compile("做好|催报|报送|上报|填报")
_NOTICE = re.compile(r"(?:通知|的函|意见)\W*$")
# …年度报告(附统计表), …年度报告及统计表: the report and more.
_ANNEXED = re.compile(
    r"[(\[](?:附|含)[^()\[\]]*[)\]]|(?<=报告|年报)(?:及|和|与|暨|附|、)[^年]{0,20}统计(?:报)?表"
)
# A department's name may hold a word of the list above: 财政局, 审计局, 法治办, 保密局.
_BUREAU_WORDS = re.compile(
    r"(?:财政|审计|保密|统计|检查|督查|考核|评估|法治|规范|计划|新闻|会议|动员|培训|会展|督导|制度|监测|调研)[^年]{0,12}?(?:局|厅|委|办|室|会|队|院|中心|所|站)"
)
# Names of forms, rules and laws that carry the words of a title.
_NO_HEADING = re.compile(r"中华人民共和国|格式|条例|通知|办法|规定|制度|指南|目录|试行")
_SAMPLE_TITLE = re.compile(r"范文|例文|优秀模板|精选\d+篇|\(?\d+篇\)?$|(?:通用|最新)(?:版|篇)\)?$")
_NEWS_TITLE = re.compile(
    r"(?<!关于)(?:公布|发布|晒出|公开|出炉|亮出)(?:了)?(?:19|20)\d\d年|新鲜出炉|亮点|成绩单"
)
_ORDER_TITLE = re.compile(
    r"关于(?:认真|切实|进一步|全面)?(?:做好|开展|报送|编制|编报|印发|转发|加强|规范|公布|发布|组织|抓紧|下发|落实)[^。\n]{0,60}(?:通知|意见|函|方案|安排|要求)|通知(?:\(|$|\n)|(?:年度)?报告(?:编制)?(?:工作)?(?:制度|办法|规范|格式|规定|要求)|(?:部署|培训|推进|布置)会|编写说明|填报说明|培训"
)
_ORDERING = re.compile(r"通知|关于|办法|制度|意见|要求|规定|会议?$")
_BLANK_TITLE = re.compile(r"模板|格式|样表|样本|填写|编写说明|填报|空白|参考文本|示例|范例|样例")
_WEBSITE_TITLE = re.compile(
    r"政府网站(?:工作|监管)?年度(?:工作)?报表|网站(?:监管)?年度报表|网站工作年报"
)
_LAW_TITLE = re.compile(r"法治政府|依法行政工作|法治建设")
_SUMMARY_TITLE = re.compile(
    r"总结|要点|自查|自评|自测|工作计划|工作方案|工作安排|实施方案|任务分解|分工|督查|整改|考核(?:结果|办法|通报)?|通报|汇报|评估报告|情况说明"
)
_HALF_TITLE = re.compile(r"[上下]半年|半年(?:度|报)|第?[一二三四1-4]季度|季报|月报")
_PARTIAL_TITLE = re.compile(
    r"上半年|下半年|半年|第[一二三四1-4]季度|[一二三四]季度|\d{1,2}月份|(?<!\d)\d{1,2}月(?!\d{1,2}日)|月报|季报|季度"
)
_GUIDE_TITLE = re.compile(
    r"指南|目录|清单|制度|办法|规定|条例|流程图?|申请表|须知|标准|机构职能|审查|公告(?:$|\n)|公示"
)
_INTERPRET_TITLE = re.compile(r"解读|图解|一图读懂|一图看懂|图说|读懂")
_CHECKED_BY_OTHERS = re.compile("评估|测评|督查|整改|考核|通报")
_SCHOOL_YEAR = re.compile("学年")
_BY_TITLE = (
    ("website_yearly_form", "website-form/title", _WEBSITE_TITLE),
    ("rule_of_law_report", "rule-of-law/title", _LAW_TITLE),
    ("interpretation", "interpretation/title", _INTERPRET_TITLE),
    ("partial_year_statistics", "partial-year/title", _PARTIAL_TITLE),
    ("order_or_rule", "order/title", _ORDER_TITLE),
    ("work_summary", "summary/title", _SUMMARY_TITLE),
    ("guide_or_catalogue", "guide/title", _GUIDE_TITLE),
)


def is_look_alike(title: Title) -> bool:
    """Tell whether a title is that of another publication, or of a page about reports."""
    return _is_of_another(title.text)


@kept(1024)  # most pages print their title in several places
def _is_of_another(text: str) -> bool:
    if ISSUES.search(text) and "格式" not in text:
        return False
    if _ASKS.search(text) or _NOTICE.search(text):
        return True
    # A yearly report's title may name the month of its publication, or be called 总结 as well.
    yearly = speaks_of_yearly(text)
    if not yearly and ("总结" in text or _PART_OF_A_YEAR.search(text)):
        return True
    text = _ANNEXED.sub("", without_bureaus(text))
    return _LOOK_ALIKE.search(text) is not None


def without_bureaus(title: str) -> str:
    """Return a title without names of bureaus that hold a word of another publication: 督查室."""
    return _BUREAU_WORDS.sub("", title)


def is_no_heading(line: str) -> bool:
    """Tell whether a line with the words of a title names a form, a rule or a law.

    What an order issues counts, not the order: 关于印发…报告的通知 is that report's title.
    """
    issued = re.sub(r"的?(?:通知|公告|通告)\W*$", "", line) if ISSUES.search(line) else line
    return _NO_HEADING.search(issued) is not None


def kind_of_other(headline: str) -> tuple[str, str] | None:
    """Return kind and reason of the look-alike a headline names (codes of ``kinds``), or None.

    A title that ends as a report's own does not count.
    """
    title = re.sub(r"[(《][^()《》]{0,12}[)》]\s*$", "", headline).strip(' 。》"”')
    if is_of_part_of_year(title):
        return "partial_year_statistics", "partial-year/title"
    if is_own_title(title):
        if _LAW_TITLE.search(title):
            return "rule_of_law_report", "rule-of-law/title"
        if re.match(r"(?:一图读懂|一图看懂|图解|图说|解读|读懂)", title):
            return "interpretation", "interpretation/title"
        return None
    for kind, reason, pattern in _BY_TITLE:
        if pattern.search(title):
            return kind, reason
    return None


def is_of_part_of_year(title: str) -> bool:
    """Tell whether a title speaks of half a year, a quarter or a month's report."""
    return _HALF_TITLE.search(title) is not None


def is_news_title(title: str) -> bool:
    """Tell whether a title tells that a report came out rather than being it."""
    return _NEWS_TITLE.search(title) is not None


def is_blank_title(title: str) -> bool:
    """Tell whether a title is that of a form to fill in, or of notes on it."""
    return _BLANK_TITLE.search(title) is not None


def is_sample_title(title: str) -> bool:
    """Tell whether a title is that of a model text on a document-sharing site."""
    return _SAMPLE_TITLE.search(title) is not None


def is_order_title(title: str) -> bool:
    """Tell whether a title is plainly an order's, not only a form's (格式)."""
    return _ORDERING.search(title) is not None


def is_of_a_check(title: str) -> bool:
    """Tell whether a title speaks of organs being graded or reprimanded by others."""
    return _CHECKED_BY_OTHERS.search(title) is not None


def names_school_year(title: str) -> bool:
    """Tell whether a title names a school year."""
    return _SCHOOL_YEAR.search(title) is not None

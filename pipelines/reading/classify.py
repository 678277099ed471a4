"""Is this document a 政府信息公开工作年度报告? If not, what is it, and how can one tell?

No single sign decides against a report: a genuine one speaks of 通知, 制度, 培训 and 指南 on every
page. What a report *has* (its parts, its tables, its own figures, a period) is weighed against
what a look-alike has (formats.md section 7). Kinds and reasons are closed lists.
"""

# ruff: noqa: E501 - a pattern or a row of words broken over lines is harder to check

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from crawler.items import Source
from pipelines.documents.blocks import Document, Grid
from pipelines.reading.debris import is_row, label_count
from pipelines.reading.prose import view
from pipelines.reading.sections import Outline, outline_of_document, prose_of

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "report": "a government information disclosure annual report",
        "sample_text": "a model text (范文) or a page of a document-sharing site",
        "mirror": "a hijacked or mirrored copy of a government page; its figures are not evidence",
        "encyclopedia_copy": "a copy on a wiki or encyclopedia",
        "order_or_rule": "an order, notice or rule about the reports",
        "blank_form": "the form itself, or a template, without figures",
        "website_yearly_form": "政府网站工作年度报表 or 监管年度报表, another yearly publication",
        "rule_of_law_report": "法治政府建设年度报告, another yearly publication",
        "work_summary": "a summary, plan, list of key points or self-assessment",
        "partial_year_statistics": "statistics of a month, a quarter or half a year",
        "guide_or_catalogue": "指南, 目录, 清单 or 制度 of information disclosure",
        "interpretation": "解读 or 图解 of a report; points to the report itself",
        "list_page": "a list of reports, not a report",
        "error_page": "a page that says the wanted page does not exist, or an error",
        "challenge_page": "a page that asks for a browser or a captcha",
        "empty": "no text and no tables",
        "other": "nothing that a report must have was found",
    }
)
"""Every kind a document may be given, with its meaning."""

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # what speaks for a report
        "report/title": "the title is that of an annual report",
        "report/outline": "at least four parts of a report have their headings",
        "report/part-outline": "two or three parts of a report have their headings",
        "report/tables": "labels of the statutory tables, with figures",
        "report/annex": "an indicator table of the years before 2019, with figures",
        "report/period": "the text says which period its figures are about",
        "report/figures": "the text states figures of its own on disclosure or requests",
        "report/form-corner": "the corner text of table three (勾稽关系)",
        # sample texts
        "sample/title-says-fanwen": "范文, 模板 or 例文 in the title",
        "sample/sharing-site-chrome": "download counters, page counts, points and the like",
        "sample/sharing-site-host": "the host is a document-sharing site",
        "sample/years-and-places-removed": "years and place names are cut out",
        "sample/no-named-publisher": "no division or organ is named in title or opening",
        "sample/word-swaps": "words swapped against copy detection (效劳 for 服务)",
        # mirrors
        "mirror/sounds-in-brackets": "sounds in brackets after characters: 號(hào)",
        "mirror/betting-words": "names of betting or adult sites on a host outside gov.cn",
        "mirror/brand-for-name": "a brand stands where the organ or domain should",
        "mirror/separators-between-words": "@@ or similar between words",
        "mirror/tables-may-be-genuine": "the copy holds tables: use them to cross-check only",
        "encyclopedia/host-or-chrome": "host or page frame of a wiki or encyclopedia",
        # other kinds
        "order/title": "the title is that of an order, notice or rule",
        "order/imperatives": "the text gives instructions (请…于…前报送)",
        "blank/labels-without-figures": "the labels of the form, and fewer than five figures",
        "blank/placeholders": "placeholders (文字描述, ××, 〇〇) in place of content",
        "blank/title": "the title says form, template or notes on filling in",
        "blank/no-year": "no year is named in title or opening",
        "blank/no-publisher": "no division or organ is named in title or opening",
        "website-form/title": "the title is that of the website report form",
        "website-form/fields": "fields of the website report form (网站标识码, 访问总量)",
        "rule-of-law/title": "法治政府 in the title",
        "summary/title": "总结, 要点, 自查, 计划 in the title",
        "partial-year/title": "a month, a quarter or half a year in the title",
        "guide/title": "指南, 目录, 清单, 制度 in the title",
        "interpretation/title": "解读, 图解, 一图读懂 in the title",
        "list/links": "mostly links to reports",
        "error/text": "the text says the page does not exist",
        "challenge/text": "the text asks for JavaScript, cookies or a captcha",
        "host/not-gov-cn": "the host is not under gov.cn (decides nothing alone)",
        "none/no-report-features": "neither parts, nor tables, nor figures of a report",
        "none/title-only": "the title is that of a report, the body is not there",
        "none/no-text": "no text and no tables",
    }
)
"""Every reason code, with its meaning."""


@dataclass(slots=True, frozen=True)
class Classification:
    """``kind`` is one of ``KINDS``; ``reasons`` are of ``REASONS``, the deciding ones first."""

    is_report: bool
    kind: str
    reasons: tuple[str, ...]

    @classmethod
    def no(cls, kind: str, reasons: Iterable[str]) -> Classification:
        """Return the classification of what is not a report."""
        return cls(is_report=False, kind=kind, reasons=tuple(reasons))


# -- what is looked at -----------------------------------------------------------------------

_REPORT_TITLE = re.compile(
    r"(?:政府|政务)?(?:信息|资讯)公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报)|信息公开[^,。]{0,10}年度?报告|信息公开年报|政务公开(?:工作)?(?:情况)?年度?(?:工作)?报告"
)
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○0零]{1,2}[一二三四五六七八九十〇○零]{1,2}")
_PERIOD = re.compile(
    r"(?:统计(?:的)?(?:期限|周期|时间|时段|数据)|数据(?:的)?(?:统计)?(?:期限|时限|时间|截止)|时间跨度|报告期)[^。]{0,20}(?:年|\d)"
    r"|1月1日(?:起)?(?:至|到|—|-|~)[^。]{0,8}12月\d{1,2}日|编制(?:发布|公布|形成|完成)?(?:了)?(?:本|而成|此)"
    r"|特?(?:向社会)?公布[^,。]{0,16}年[^,。]{0,14}信息公开[^,。]{0,8}(?:年度)?报告"
)
_OWN_FIGURES = re.compile(
    r"(?:收到|受理|办理|办结|答复|接到)[^。;\n]{0,30}?\d+ ?件|(?:未|没有)(?:收到|接到|受理)[^。,;\n]{0,20}申请|无(?:政府信息公开申请|依申请)"
    r"|公开[^。;\n]{0,40}?(?:信息|文件)[^。;\n]{0,16}?\d+[^。;\n]{0,4}?(?:条|件|篇|份)"
)
_ANNEX_LABELS = re.compile(
    r"主动公开(?:政府)?(?:信息|文件)(?:条)?数|申请(?:答复)?总?数|同意(?:部分)?公开答复数|当面申请数|网(?:上|络)申请数|信函(?:、传真)?申请数|答复总数|统计指标|指标名称|行政复议数|行政诉讼数|全文电子化|现场接待人数|按时办结数"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CLAIM = re.compile(r"本列数据的勾稽关系")


@dataclass(slots=True, frozen=True)
class _Evidence:
    """What one document shows, gathered once."""

    headline: str
    titles: str
    prose: str
    everything: str
    host: str
    gov: bool
    outline: Outline
    labels: int
    table_numbers: int
    annex_labels: int
    links: int
    report_links: int
    title_lines: int
    """Lines that are the title of a report with a year: rows of a list."""


def _first_lines(prose: str) -> Iterator[str]:
    for line in prose.split("\n")[:12]:
        if line.strip():
            yield line.strip()[:90]


_NO_TITLE = re.compile(r"^(?:正文|首页|分享|无标题|untitled|\W*)$", re.IGNORECASE)


def _titles(document: Document, source: Source, prose: str) -> list[str]:
    """Return what may be the title, the most trustworthy first."""
    named = [document.metadata.get("articletitle"), source.title, document.title]
    lines = [x for x in _first_lines(prose) if len(x) < 60 or "报告" in x[:40]][:4]
    titles = [re.split(r"[_|]| [-–—] ", t.strip())[0] for t in named if t and t.strip()] + lines
    return [view(t) for t in titles if not _NO_TITLE.match(t)]


_TITLE_WORD = re.compile(
    r"报告|年报|通知|办法|制度|指南|目录|报表|解读|图解|总结|要点|方案|范文|模板|格式|意见|清单|规定"
)


_HAS_DIGIT = re.compile(r"\d").search
_FIGURES_ONLY = re.compile(r"[\s|\d.,/\-—]+")
_NOT_FIGURES = re.compile(r"\d{1,2}[.、]|保留\d位")


def _numbers_of_tables(document: Document, prose: str) -> int:
    """Return how many figures stand in grids and in lines that are rows of figures."""
    total = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                text = view(cell.text).strip()
                total += bool(text) and _NUMBER.fullmatch(text.replace(",", "")) is not None
    for line in prose.split("\n"):
        if not _HAS_DIGIT(line):
            continue
        if _FIGURES_ONLY.fullmatch(line):
            total += len(_NUMBER.findall(line))
        elif is_row(line):
            total += len(_NUMBER.findall(_NOT_FIGURES.sub("", line)))
    return total


def _gather(document: Document, source: Source) -> _Evidence:
    prose = prose_of(document)
    outline = outline_of_document(document)
    seen = outline.seen
    grids = "\n".join(
        "\n".join(cell.text for cell in block.cells)
        for block in document.blocks
        if isinstance(block, Grid)
    )
    grids = view(grids)
    titles = _titles(document, source, prose)
    headline = next((t for t in titles if _TITLE_WORD.search(t)), titles[0] if titles else "")
    host = (urlsplit(source.final_url or source.url or "").hostname or "").lower()
    # Carriers without a frame have their text for a page text: no need to look twice.
    page = view(document.page_text) if document.page_text != document.text else ""
    report_links = sum(1 for link in document.links if _REPORT_TITLE.search(view(link.text)))
    return _Evidence(
        headline=headline,
        titles="\n".join(titles),
        prose=seen,
        everything=f"{seen}\n{grids}\n{page}",
        host=host,
        gov=host == "gov.cn" or host.endswith(".gov.cn"),
        outline=outline,
        labels=label_count(seen + grids),
        table_numbers=_numbers_of_tables(document, seen),
        annex_labels=len(set(_ANNEX_LABELS.findall(seen + grids))),
        links=len(document.links),
        report_links=report_links,
        title_lines=sum(
            1
            for line in document.text.split("\n")
            if len(line) < 80 and _REPORT_TITLE.search(line) and _YEAR.search(line)
        ),
    )


# -- what speaks for a report ----------------------------------------------------------------

_WEIGHTS = {
    "report/title": 1.0,
    "report/outline": 2.0,
    "report/part-outline": 1.0,
    "report/tables": 2.0,
    "report/annex": 1.5,
    "report/period": 1.0,
    "report/figures": 1.0,
    "report/form-corner": 0.5,
}


def _for_report(seen: _Evidence) -> list[str]:
    found: list[str] = []
    if _REPORT_TITLE.search(seen.titles):
        found.append("report/title")
    parts = len(seen.outline.topics)
    if seen.outline.kind == "own":
        parts = max(parts, min(len(seen.outline.headings), parts + 2) if parts >= 2 else 0)
    if parts >= 4:
        found.append("report/outline")
    elif parts >= 2:
        found.append("report/part-outline")
    if seen.labels >= 12 and seen.table_numbers >= 5:
        found.append("report/tables")
    if seen.annex_labels >= 3 and re.search(r"\d", seen.everything):
        found.append("report/annex")
    if _PERIOD.search(seen.prose):
        found.append("report/period")
    if _OWN_FIGURES.search(seen.prose):
        found.append("report/figures")
    if _CLAIM.search(seen.everything):
        found.append("report/form-corner")
    return found


# -- what speaks against it ------------------------------------------------------------------

_SHARING_HOST = re.compile(
    r"(?:doczj|book118|taowenge|1wenmi|xiaomilidoc|360docs?|docin|doc88|renrendoc|jinchutou|huiwen|wenku|zhuangpeitu|mayiwenku|wenmi|fanwen|docsou|docx?88|taodocs|weizhuannet|100xuexi)\.?"
)
_SHARING_CHROME = re.compile(
    r"下载文档|收益归作者所有|分享赚钱|(?:页数|大小|格式):\s?\S{1,8}(?:页|KB|MB|DOC)|温馨提示:|会员(?:免费|下载)|VIP|珍藏版|文档下载|此文档|付费完成|立即下载|猜你喜欢的文档|你可能关注的文档|上传于|文档由用户|积分下载"
)
_SAMPLE_TITLE = re.compile(r"范文|例文|优秀模板|精选\d+篇|\(?\d+篇\)?$|(?:通用|最新)(?:版|篇)\)?$")
_SWAPS = re.compile(
    r"效劳|改良措施|打根底|根本信息|根本形成|广阔干部|标准性文件|造气氛|政务效劳|开展规划|经济开展|少局部|播送电视|一局部单位|严厉执行|贯彻落真"
)
_NO_YEAR = re.compile(
    r"(?<!\d )(?<![\d〇零一二三四五六七八九十每全本今明去当近同半周多数几两该次上下学历季])年(?=[,,]|\d{1,2}月|度(?:政府)?信息公开)"
)
_SOUNDS = re.compile(r"[\u3400-\u9fff]\((?:[a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,6})\)")
_BETTING = re.compile(
    r"bet\s?365|365\s?bet|威廉希尔|williamhill|新葡京|太阳城集团|永利(?:皇宫|国际)|澳门金沙|皇冠(?:体育|足球|盘口)|亚博|雅博|万博体育|必发\d*|时时彩|北京赛车|快[三3](?:计划|走势|投注)|老虎机|真人(?:视讯|娱乐)|娱乐城|棋牌(?:游戏|平台)|六合彩|体育投注|足球投注|博彩(?:公司|平台|网站|导航)|bbin|jdb电子|ag真人|在线赌场|成人(?:视频|电影|影院)|激情(?:视频|小说)|一级(?:黄|毛)片",
    re.IGNORECASE,
)
_BRAND = re.compile(
    r"(?:bet365|365bet|威廉希尔|亚博|万博|皇冠|快[三3]计划|新葡京|永利)[^。\n]{0,12}(?:人民政府|信息公开|政府网)|政府(?:bet365|365bet|快[三3]计划)公开",
    re.IGNORECASE,
)
_WIKI_HOST = re.compile(
    r"newton\.com\.tw|jendow\.com|zjtcn\.|baike\.|wiki|wapbaike|mbalib|zwbk|itsfun"
)
_WIKI_CHROME = re.compile(
    r"中文百科|百科全书|维基百科|百度百科|词条(?:标签|统计|图册)|(?:查看|浏览)词条"
)
_ORDER_TITLE = re.compile(
    r"关于(?:认真|切实|进一步|全面)?(?:做好|开展|报送|编制|编报|印发|转发|加强|规范|公布|发布|组织|抓紧|下发|落实)[^。\n]{0,60}(?:通知|意见|函|方案|安排|要求)|通知(?:\(|$|\n)|(?:年度)?报告(?:编制)?(?:工作)?(?:制度|办法|规范|格式|规定|要求)|(?:部署|培训|推进|布置)会|编写说明|填报说明|培训"
)
_ORDERING = re.compile(r"通知|关于|办法|制度|意见|要求|规定|会议?$")
_ORDER_TEXT = re.compile(
    r"(?:现将|现就)[^。\n]{0,60}通知如下|请(?:各|你)[^。\n]{0,30}(?:于|在)[^。\n]{0,16}(?:前|之前|底前)|报送至?|各(?:乡镇|镇|街道|县|区|市|部门|单位|科室)[^。\n]{0,40}:\n|特此通知|认真贯彻(?:执行|落实)。?$|抄送|联系人:|逾期(?:不|未)报|务必|不得(?:迟报|漏报)|应(?:当)?(?:包括|包含|报告)(?:以下|下列)|报告(?:应|须|要)"
)
_PLACEHOLDER = re.compile(
    r"文字描述|(?<![×XxＸ])[×XxＸ]{2,8}(?:年|县|市|局|件|条)|〇〇|○○|[_＿]{3,}|\*{2,}年|(?:在|于)此处(?:报告|填写)|此处填写"
)
_BLANK_TITLE = re.compile(r"模板|格式|样表|样本|填写|编写说明|填报|空白|参考文本|示例")
_WEBSITE_TITLE = re.compile(
    r"政府网站(?:工作|监管)?年度(?:工作)?报表|网站(?:监管)?年度报表|网站工作年报"
)
_WEBSITE_FIELDS = re.compile(
    r"独立用户访问总量|网站总访问量|信息发布\s*\(单位|专栏专题|解读回应|办事服务|网站标识码|安全防护|移动新媒体"
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


def _nobodys(seen: _Evidence) -> list[str]:
    """Return whether year and publisher are missing from title and opening."""
    opening = seen.titles + seen.prose[:300]
    missing = [] if _YEAR.search(opening) else ["blank/no-year"]
    return missing if _NAMED.search(opening) else [*missing, "blank/no-publisher"]


def _sample_reasons(seen: _Evidence) -> list[str]:
    found: list[str] = []
    head = seen.prose[:1500]
    if _SAMPLE_TITLE.search(seen.titles) or "范文" in head[:300]:
        found.append("sample/title-says-fanwen")
    # Government portals have download buttons and file sizes too.
    chrome = {sign[:2] for sign in _SHARING_CHROME.findall(seen.everything)}
    if len(chrome) >= 3 and not seen.gov:
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


def _mirror_reasons(seen: _Evidence) -> list[str]:
    found: list[str] = []
    if len(_SOUNDS.findall(seen.everything)) > 10:
        found.append("mirror/sounds-in-brackets")
    if seen.gov:
        # A government site that was broken into stays the publisher of its own report.
        return found
    betting = _BETTING.findall(seen.everything)
    if len(betting) >= 3 or _BETTING.search(seen.titles) or _BETTING.search(seen.host):
        found.append("mirror/betting-words")
    if _BRAND.search(seen.everything):
        found.append("mirror/brand-for-name")
    if seen.everything.count("@@") > 10:
        found.append("mirror/separators-between-words")
    return found


def _is_sample(reasons: list[str]) -> bool:
    """Two independent signs, one of them not mere style, or the host itself."""
    strong = {"sample/title-says-fanwen", "sample/sharing-site-chrome", "sample/sharing-site-host"}
    return len(strong.intersection(reasons)) >= 2 or (
        bool(strong.intersection(reasons)) and len(reasons) >= 3
    )


def _page_kind(seen: _Evidence, score: float) -> tuple[str, list[str]] | None:
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
    if (many or seen.title_lines >= 5) and "report/tables" not in _for_report(seen):
        return "list_page", ["list/links"]
    return None


_BY_TITLE = (
    ("website_yearly_form", "website-form/title", _WEBSITE_TITLE),
    ("rule_of_law_report", "rule-of-law/title", _LAW_TITLE),
    ("interpretation", "interpretation/title", _INTERPRET_TITLE),
    ("partial_year_statistics", "partial-year/title", _PARTIAL_TITLE),
    ("order_or_rule", "order/title", _ORDER_TITLE),
    ("work_summary", "summary/title", _SUMMARY_TITLE),
    ("guide_or_catalogue", "guide/title", _GUIDE_TITLE),
)
# What a genuine report needs in spite of such a title: its parts and figures of its own.
_ENOUGH_AGAINST_TITLE = {
    "website_yearly_form": 5.0,
    "rule_of_law_report": 4.0,
    "interpretation": 4.0,
    "partial_year_statistics": 4.0,
    "order_or_rule": 4.0,
    "work_summary": 3.0,
    "guide_or_catalogue": 3.0,
}


def _title_kind(seen: _Evidence) -> tuple[str, str] | None:
    """Return the look-alike the headline names; a title that ends as a report's does not count."""
    title = re.sub(r"[(《][^()《》]{0,12}[)》]\s*$", "", seen.headline).strip(' 。》"”')
    if _HALF_TITLE.search(title):
        return "partial_year_statistics", "partial-year/title"
    if re.search(r"(?:年度?报告|年报)(?:\s*\(.{0,12}\))?$", title) and _REPORT_TITLE.search(title):
        if _LAW_TITLE.search(title):
            return "rule_of_law_report", "rule-of-law/title"
        if re.match(r"(?:一图读懂|一图看懂|图解|图说|解读|读懂)", title):
            return "interpretation", "interpretation/title"
        return None
    for kind, reason, pattern in _BY_TITLE:
        if pattern.search(title):
            return kind, reason
    return None


def classify(document: Document, source: Source) -> Classification:
    """Say whether ``document`` is an annual report, and what it is otherwise.

    Source of the rules: formats.md section 7; every kind has a fixture in tests/reading.
    """
    seen = _gather(document, source)
    pro = _for_report(seen)
    score = sum(_WEIGHTS[reason] for reason in pro)
    outside = ["host/not-gov-cn"] if seen.host and not seen.gov else []

    if mirror := _mirror_reasons(seen):
        tables = ["mirror/tables-may-be-genuine"] if seen.labels >= 12 else []
        return Classification.no("mirror", tuple(mirror + tables + outside))
    sample = _sample_reasons(seen)
    if _is_sample(sample):
        return Classification.no("sample_text", tuple(sample + outside))
    if _WIKI_HOST.search(seen.host) or len(set(_WIKI_CHROME.findall(seen.everything))) >= 2:
        return Classification.no("encyclopedia_copy", ("encyclopedia/host-or-chrome", *outside))
    if page := _page_kind(seen, score):
        return Classification.no(page[0], tuple(page[1] + outside))
    named = _title_kind(seen)
    blank = _blank_reasons(seen, pro)
    # An order may have the form in its annex; a form may be called 格式 without being an order.
    if blank and not (named and named[0] == "order_or_rule" and _ORDERING.search(seen.headline)):
        return Classification.no("blank_form", tuple(blank + outside))
    if len(set(_WEBSITE_FIELDS.findall(seen.everything))) >= 4 and seen.labels < 8:
        return Classification.no("website_yearly_form", ("website-form/fields", *outside))
    if named:
        kind, reason = named
        if (
            score < _ENOUGH_AGAINST_TITLE[kind]
            # Half a year in the form of a year has all a report has, except the year.
            or _HALF_TITLE.search(seen.headline)
            or (kind == "order_or_rule" and _orders(seen, pro))
        ):
            return Classification.no(kind, (reason, *outside))
    elif _orders(seen, pro, signs=3) and not {"report/figures", "report/outline"} & set(pro):
        return Classification.no("order_or_rule", ("order/imperatives", *outside))
    return _verdict(seen, pro, score, outside)


def _blank_reasons(seen: _Evidence, pro: list[str]) -> list[str]:
    """Return why this is an empty form: labels, no figures, and no story of its own."""
    reasons: list[str] = []
    told = seen.prose.count("。") >= 6 and not _nobodys(seen)
    story = told or "report/figures" in pro or ("report/period" in pro and len(seen.prose) > 1500)
    if seen.labels >= 15 and seen.table_numbers < 5:
        reasons.append("blank/labels-without-figures")
    if len(_PLACEHOLDER.findall(seen.prose)) >= 2:
        reasons.append("blank/placeholders")
    if _BLANK_TITLE.search(seen.headline):
        reasons.append("blank/title")
    if "blank/labels-without-figures" in reasons and (not story or len(reasons) >= 3):
        return reasons + _nobodys(seen)
    if len(reasons) >= 2 and not story and "report/tables" not in pro:
        return reasons + _nobodys(seen)
    return []


def _orders(seen: _Evidence, pro: list[str], signs: int = 2) -> bool:
    """Return whether the text tells others to write reports, with no figures of its own."""
    return (
        len(set(_ORDER_TEXT.findall(seen.prose))) >= signs
        and seen.table_numbers < 5
        and not ("report/outline" in pro and "report/figures" in pro)
    )


def _verdict(seen: _Evidence, pro: list[str], score: float, outside: list[str]) -> Classification:
    body = {"report/outline", "report/tables", "report/annex"}.intersection(pro)
    some = {"report/part-outline", "report/figures", "report/period", "report/form-corner"}
    enough = (body and score >= 3.0) or (
        "report/title" in pro and len(some.intersection(pro)) >= 2 and len(seen.prose) > 120
    )
    if enough:
        return Classification(is_report=True, kind="report", reasons=tuple(pro + outside))
    if "report/title" in pro:
        return Classification.no("other", ("none/title-only", *outside))
    return Classification.no("other", ("none/no-report-features", *outside))

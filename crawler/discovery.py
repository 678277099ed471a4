"""From a home page to the annual-report column: scored candidates, and what proves one.

Every portal must have a column 政府信息公开 with five entries (指南, 制度, 法定主动公开内容,
年报, 依申请公开; 国办公开办函〔2019〕61号), so the wanted link is nearly always a sibling of the
other four. Scores say how good the evidence is; nothing is believed before ``verify``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.families import columns_by_rule
from crawler.families._answers import json_of
from crawler.families._rows import column_prefix
from crawler.pages import Anchor, Page, absolute, same_page, squeeze
from pipelines.vocabulary.errors import CodedError
from pipelines.vocabulary.items import ListPage
from pipelines.vocabulary.report_titles import (
    has_recent_year,
    is_bare_column_name,
    is_column_name,
    is_like_column_name,
    is_year_and_report,
    may_be_cut,
    names_report,
    speaks_of_notice,
)

_SIBLINGS = (
    re.compile(r"公开指南|^指南$"),
    re.compile(r"公开制度|^制度$|公开规定"),
    re.compile(r"法定主动公开"),
    re.compile(r"依申请公开"),
    re.compile(r"公开目录"),
)
_LANDING = re.compile(
    r"^(?:政府信息公开|政务公开|信息公开|政府信息公开专栏|信息公开专栏|公开|政府公开|信息公开平台|政府信息公开平台)$"
)
_LANDING_LOOSE = re.compile(r"政府信息公开|政务公开|信息公开")
_PATH = re.compile(
    r"zfxxgkgznb|zfxxgknb|xxgknb|gknb|xxgkndbg|zfxxgkndbg|gkndbg|ndbg|nianbao|niandubaogao"
    r"|xxgkannualreport|zfxxgklby_nb|gknbz|nb_20\d\d|20\d\dnb|type=3&action=list",
    re.IGNORECASE,
)
_PATH_SHORT = re.compile(r"/nb/|/nb\.|[_/]nb(?:/|\.|$)", re.IGNORECASE)
_PATH_LANDING = re.compile(
    r"/(?:zwgk|zfxxgk|xxgk|zfxxgkzl|gkml|gkmlpt|openness|public|gongkai|govxxgk|zfxxgkpt)(?:[_/.\d-]|$)",
    re.IGNORECASE,
)
# Yearly reports of another kind, and things that never end.
_NEGATIVE_TEXT = re.compile(
    r"网站(?:工作)?年(?:度)?报|网站工作|法治|决算|预算|统计|年鉴|公报|企业年报|财政|审计|招标|采购|新闻|领导|旅游"
    r"|英文|english|无障碍|登录|注册|首页$|返回|更多$|搜索|检索|邮箱|微信|微博|客户端|依申请公开|意见箱|信箱|咨询|投诉|繁体|长者",
    re.IGNORECASE,
)
_NEGATIVE_PATH = re.compile(
    r"wzndbb|wzgzndbb|fzzf|czjs|czyjs|tjnj|/search|login|calendar|[?&]date=|ysqgk|/english|/en/|mailbox|\.(?:jpe?g|png|gif|css|js|mp4|zip|rar|xlsx?|docx?)$",
    re.IGNORECASE,
)
# What leads on where nothing names the column: the statutory content, organs' folders, the office.
_LEADS_ON = re.compile(
    r"法定主动公开|主动公开(?:内容|目录)?$|公开目录|(?:年度|工作)报告$|历年(?:年报|报告)|公开年报|信息公开年|政府信息$"
    r"|^(?:(?:县|区|市|旗)?(?:人民)?政府)?办公?[室厅]?$|(?:县|区|市|旗|州|盟)(?:人民)?政府办(?:公[室厅])?$"
    r"|(?:部门|机关|单位|乡镇|镇街)(?:政府)?(?:信息|政务)?公开|^(?:政务|阳光)(?:公开|政务)|公开平台|^政务$|^公开$|重点领域"
)
_OTHER_ORGANS = re.compile(r"部门|乡镇|镇街|街道|直属|单位")
_OF_ONE_YEAR = re.compile(
    r"^(?!.*20[012]\d.*20[012]\d).{0,8}20[012]\d年?度?(?:政府)?(?:信息公开)?(?:工作)?(?:年报|年度报告)?$"
)
_SITE_MAP = re.compile(r"网站地图|站点地图|网站导航")
_SOFT_404 = re.compile(
    r"页面不存在|您访问的页面(?!.{0,6}正在)|页面没有找到|找不到(?:该|您|你)?.{0,8}(?:页|文件)|该信息已被?删除"
    r"|内容审核中|栏目建设中|文件不存在|无法找到|404\s*(?:not found|错误|页面)",
    re.IGNORECASE | re.DOTALL,
)
# One of these is in whatever the expression finds; looking for words is much the cheaper.
_SOFT_404_WORDS = tuple(
    word.encode()
    for word in ("不存在", "访问的页面", "找到", "找不到", "该信息", "审核中", "建设中", "404")
)
_EMPTY = re.compile(
    r"暂无(?:相关)?(?:信息|数据|内容|记录)|没有(?:找到)?(?:相关)?(?:信息|数据|记录)|无相关信息"
)

# The platform's menu as an answer of its own: 开普's treeNew, 大汉's tree.jsp, and the like.
_TREE = re.compile(
    r"""["']((?:https?:)?/[^"'\s<>]*(?:/treeNew/|/tree\.jsp|[Tt]ree(?:List|Data|Json)?\b)[^"'\s<>]*)["']"""
)
# 报告电子版可在…下载 (http://…): reports print where they and their elders lie.
_PRINTED = re.compile(
    r"(?:电子版|全文|查阅|查询|下载|浏览|公布).{0,60}?((?:https?://|www\.)[\w.:-]+/[\w./?=&%#-]*\w[/]?)"
)

_LONGEST_OF_MENU = 12
"""Characters of a link that may be an entry of a menu, and is no headline."""
WEAK = 8
"""Up to this a link says nothing for itself: asked when nothing better is left."""

FOUND = 100
"""From here on a candidate is as good as named in words."""
LIKELY = 60
"""What a link scores whose name holds both 信息公开 and 年报; an address can add up to it too."""
IN_FRAME = FOUND - 1
"""What a frame of a page that is named so is worth: the list may stand in it, or the menu."""


@dataclass(slots=True, frozen=True, kw_only=True, order=True)
class Candidate:
    """A link that may lead to the column; ordered best first."""

    rank: int
    """Minus the score: a heap pops the best."""
    depth: int
    url: str
    text: str = ""
    evidence: tuple[str, ...] = ()
    organ: str = ""
    """Whose it is, where it hangs on a node of a tree: every organ's branch has the same names."""

    @property
    def score(self) -> int:
        """How good the evidence is; 100 and more names the column in words."""
        return -self.rank


_WEAK_OF_A_PAGE = 20


def candidates(page: Page, depth: int, *, width: int = 15) -> list[Candidate]:
    """Return what a page offers, best first: column links, landing pages, the site map.

    Args:
        page: a page of the portal.
        depth: how many steps from the home page its links are.
        width: how many landing pages to keep; links that name the column are all kept.
    """
    anchors = page.anchors or tree_nodes(page)
    siblings = sum(any(p.search(a.text) for a in anchors) for p in _SIBLINGS)
    best: dict[str, Candidate] = {}
    for anchor in anchors:
        score, evidence = score_of(anchor, menu=siblings >= 3)
        # A landing page two steps away is worth less than one at hand; a named column is not.
        if WEAK < score < 50:
            score = max(score - 5 * (depth - 1), WEAK)
        if score <= 0:
            continue
        key = same_page(anchor.url)
        if key == same_page(page.url):
            continue
        held = best.get(key)
        if held is None or held.score < score:
            best[key] = Candidate(
                rank=-score,
                depth=depth,
                url=anchor.url,
                text=anchor.text[:40],
                evidence=evidence,
                organ=anchor.row[:40] if anchor.node else "",
            )
    # A frame and a tree are part of the page that shows them, not a step further.
    further = [(url, 35, depth - 1, "frame") for url in page.frames]
    further += [(url, 36, depth - 1, "the tree of the platform") for url in trees(page)]
    further += [(url, 48, depth, f"{name} keeps it there") for url, name in columns_by_rule(page)]
    for url, score, steps, words in further:
        key = same_page(url)
        if key not in best and not _NEGATIVE_PATH.search(url):
            best[key] = Candidate(rank=-score, depth=steps, url=url, evidence=(words,))
    ranked = sorted(best.values())
    named = [c for c in ranked if c.score >= 50]
    telling = [c for c in ranked if WEAK <= c.score < 50]
    weak = [c for c in ranked if c.score < WEAK]
    return named[:20] + telling[:width] + weak[:_WEAK_OF_A_PAGE]


def score_of(anchor: Anchor, *, menu: bool = False) -> tuple[int, tuple[str, ...]]:
    """Score one link; 0 and less means: not worth a request.

    ``menu``: the page also offers three of the column's statutory siblings.
    """
    text = squeeze(anchor.text).strip("·•-|>[]【】《》()（） ")
    text = re.sub(r"\s+", "", text)
    parts = urlsplit(anchor.url)
    path = unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    if _NEGATIVE_PATH.search(path):
        return -100, ()
    score, evidence = 0, []
    if is_column_name(text):
        score, evidence = FOUND, [f"link text {text}"]
    elif is_bare_column_name(text):
        score, evidence = (FOUND if menu else 40), [f"link text {text}"]
    elif speaks_of_notice(text) and len(text) > _LONGEST_OF_MENU:
        return 0, ()
    elif names_report(text) and len(text) > 12:
        # A report itself: its own folder is the column (the inverse route).
        score, evidence = 30, [f"a report is linked: {text[:30]}"]
    elif _NEGATIVE_TEXT.search(text):
        return -100, ()
    elif is_like_column_name(text):
        score, evidence = 60, [f"link text {text[:30]}"]
    elif _LANDING.match(text):
        score, evidence = 45, [f"link text {text}"]
    elif _LANDING_LOOSE.search(text) and len(text) <= 14:
        score, evidence = 30, [f"link text {text}"]
    elif _LEADS_ON.search(text) and len(text) <= 20:
        score, evidence = 22, [f"link text {text}"]
    elif _SITE_MAP.search(text):
        score, evidence = 8, ["site map"]
    elif 0 < len(text) <= _LONGEST_OF_MENU:
        score, evidence = (3 if anchor.nav else 2), [f"link text {text}"]
    if _PATH.search(path):
        score += 50
        evidence.append("path names 年报")
    elif _PATH_SHORT.search(path):
        score += 20
        evidence.append("path ends in nb")
    elif _PATH_LANDING.search(path) and score:
        score += 5
    elif re.search(r"/(?:zfxxgk|xxgk|zwgk)/?$", path):
        score += 15
        evidence.append("path names 信息公开")
    if menu and score >= 60:
        score += 80
        evidence.append("beside 指南, 制度, 主动公开")
    return score, tuple(evidence)


def trees(page: Page) -> list[str]:
    """Return the addresses of the menu a page's script asks for as JSON."""
    if "ree" not in page.text:
        return []
    found = (absolute(page.base, m[1].replace("&amp;", "&")) for m in _TREE.finditer(page.text))
    return list(dict.fromkeys(url for url in found if url))[:3]


def tree_nodes(page: Page) -> tuple[Anchor, ...]:
    """Return the nodes of a menu that came as JSON or JSONP as the links they are."""
    if not re.match(r"\s*(?:[\w.$]{1,40}\s*\()?\s*[\[{]", page.text[:80]):
        return ()
    try:
        answer = json_of(page)
    except (CodedError, RecursionError):
        return ()
    found = []
    for name, address in _nodes(answer):
        # 开普's nodes of a column without a page of its own; the list lies beside it.
        folder, _, last = address.rpartition("/")
        names = ("xlist.shtml", "xxgkList.shtml") if last == "null.shtml" else (last,)
        urls = (absolute(page.url, f"{folder}/{n}" if folder else n) for n in names)
        found += [Anchor(url=url, text=squeeze(name)) for url in urls if url]
    return tuple(found[:2000])


def _nodes(answer: Any) -> Iterator[tuple[str, str]]:
    """Walk an answer for things that have a name and an address, in their order."""
    waiting = [answer]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            name = next((value[k] for k in ("name", "title", "text", "label") if value.get(k)), "")
            url = next((value[k] for k in ("url", "link", "href", "jump_url") if value.get(k)), "")
            if isinstance(name, str) and isinstance(url, str) and name and url:
                yield name, url
            waiting.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def reports_linked(page: Page) -> list[Anchor]:
    """Return the links of a page that bear the title of a report of some late year."""
    return [a for a in page.anchors if names_report(a.text) and has_recent_year(a.text)]


def inverse(page: Page) -> dict[str, str]:
    """Return where the column of the reports a page links or prints may be, and what says so.

    Of a linked report it is the folder it lies in; a report's own page has a breadcrumb, and
    often a sentence that says where it can be had. Addresses of other hosts are not looked at:
    clones print their own.
    """
    found: dict[str, str] = {}
    for anchor in reports_linked(page):
        found.setdefault(folder_of(anchor.url), "the folder of a report")
    if names_report(page.headline) or is_report_itself(page):
        for url in reversed(page.crumb_links[-2:]):
            found.setdefault(url, "the breadcrumb of a report")
        for printed in _PRINTED.finditer(page.visible):
            url = printed[1] if "//" in printed[1] else f"http://{printed[1]}"
            if _bare_host(url) == _bare_host(page.url):
                found.setdefault(url, "printed in a report")
    return {url: why for url, why in found.items() if urlsplit(url).path not in {"", "/"}}


def folder_of(url: str) -> str:
    """Return where the list may be that a report's address belongs to."""
    art = re.search(r"art_(\d+)_\d+|/col/col(\d+)/art/", url)
    if art:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}/col/col{art[1] or art[2]}/index.html"
    dated = r"/20\d{4}/$|/20\d\d/\d{1,2}/(?:\d{1,2}/)?$|/content/$"
    return re.sub(dated, "/", column_prefix(url))


def _bare_host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


TEMPLATES = (
    "/zfxxgk/zfxxgknb/",
    "/zwgk/zfxxgk/zfxxgknb/",
    "/xxgk/xxgknb/",
    "/zwgk/zfxxgknb/",
    "/zwgk/xxgknb/",
    "/zfxxgk/xxgknb/",
)
"""Last resort: the commonest relative paths, one request each, verified like any other."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Verdict:
    """What a page turned out to be: ``column``, ``empty`` (a column with no rows), ``no``."""

    kind: str
    evidence: tuple[str, ...] = ()


def verify(page: Page, read: ListPage, home: Page | None, found: Candidate) -> Verdict:
    """Tell whether a page is the annual-report column.

    Believed are: two rows with the title of a report, or one where the page is also named so;
    year folders under a page that is named so. The home page under another address never is.
    """
    # Dead columns lead to the home page: under its own address, or under the column's.
    if home is not None and (
        page.body == home.body or (page.title and page.title == home.title and _alike(page, home))
    ):
        return Verdict(kind="no", evidence=("the home page again",))
    if soft_404(page):
        return Verdict(kind="no", evidence=("page says it does not exist",))
    named = _named(page)
    # 2018年年报, or a title cut short, says enough where the page, or the link to it, is named so.
    # What the link says counts here, not what its address adds to its score: on a city's platform
    # every county's folder is called zfxxgknb.
    said = is_like_column_name(found.text) and not speaks_of_notice(found.text)
    alike = said and not _OTHER_ORGANS.search(found.text)
    short = bool(named) or found.score >= IN_FRAME or alike
    rows = [
        link
        for link in read.links
        if names_report(link.title)
        or (short and (is_year_and_report(link.title) or may_be_cut(link.title)))
    ]
    dated = [link for link in rows if has_recent_year(link.title)]
    evidence = [*found.evidence]
    if named:
        evidence.append(f"page is named {named}")
    if len(dated) >= 2 and (named or len(rows) * 3 >= len(read.links) or found.score >= 60):
        return Verdict(kind="column", evidence=(*evidence, f"{len(rows)} rows are reports"))
    if dated and short:
        return Verdict(kind="column", evidence=(*evidence, f"{len(rows)} row is a report"))
    if short and read.sub_columns:
        return Verdict(
            kind="column",
            evidence=(*evidence, f"{len(read.sub_columns)} folders of years or organs"),
        )
    # An article bears the name of its column in its tags, and lists nothing.
    article = page.meta.get("articletitle") or is_report_itself(page)
    if article:
        return Verdict(kind="no", evidence=("an article",))
    if short and (not read.links or _EMPTY.search(page.visible)):
        return Verdict(kind="empty", evidence=tuple(evidence))
    return Verdict(kind="no", evidence=("no row is a report",))


def is_of_one_year(page: Page) -> bool:
    """Tell whether a list's page is named by one year: 2022年, 2022年政府信息公开年报."""
    names = (
        page.meta.get("columnname", ""),
        *page.breadcrumb[-1:],
        re.split(r"[-_|—]", page.title)[0].strip(),
    )
    return any(_OF_ONE_YEAR.match(re.sub(r"\s+", "", name)) for name in names)


def is_report_itself(page: Page) -> bool:
    """Tell whether a page is one report in full: a column of one article leads straight to it."""
    text = page.visible
    marks = (
        "总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请",
        "行政复议",
        "存在的主要问题",
    )
    return sum(mark in text for mark in marks) >= 4


def soft_404(page: Page) -> bool:
    """Tell whether a page with status 200 says that it does not exist."""
    # The usual page is told without taking it apart; only figures of characters (&#39029;) hide
    # words from such a look.
    if b"&#" not in page.low and (
        not any(word in page.low for word in _SOFT_404_WORDS) or not _SOFT_404.search(page.source)
    ):
        return False
    return (
        bool(_SOFT_404.search(page.title) or _SOFT_404.search(page.visible[:300]))
        and len(page.visible) < 1500
    )


def says_empty(page: Page) -> bool:
    """Tell whether a list says in words that it holds nothing."""
    return bool(_EMPTY.search(page.visible))


def _named(page: Page) -> str:
    """The name of 年报 in ColumnName, ColumnType, breadcrumb or title; empty where none is."""
    names = [
        page.meta.get("columnname", ""),
        page.meta.get("columntype", ""),
        *(page.breadcrumb[-2:]),
        re.split(r"[-_|—]", page.title)[0].strip(),
    ]
    for name in names:
        short = re.sub(r"\s+", "", name)
        if _NEGATIVE_TEXT.search(short) or speaks_of_notice(short):
            continue
        exact = is_column_name(short) or is_bare_column_name(short)
        if exact or (is_like_column_name(short) and len(short) <= 30):
            return short
    return ""


def _alike(page: Page, home: Page) -> bool:
    ours, theirs = {a.url for a in page.anchors}, {a.url for a in home.anchors}
    return bool(ours) and len(ours & theirs) * 10 >= len(ours) * 9

"""Report pages as large as portals serve them: long prose, full menus, styles and scripts inline.

The demo's own pages have the frame of a portal at its smallest (23 KB); those of real ones are
60 to 300 KB, of which the report is the smaller part.
"""

# ruff: noqa: E501 - rows of words and lines of markup, broken, are harder to check

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from crawler.demo.chrome import Chrome
from crawler.demo.prose import HEADINGS
from crawler.demo.reports import render_body
from crawler.demo.world import ReportTruth

_PARAGRAPHS = (
    "县政府常务会议两次听取公开工作汇报，把它列入年度重点事项。分管副县长每季度召集一次碰头会，"
    "{n}个部门各报一张进度表，没有按时完成的当场说明原因，会后由督查科跟踪到底。",
    "围绕项目审批、就业帮扶、义务教育、医疗卫生、养老服务和生态环境等群众关心的事项，全年通过门户网站"
    "公开各类信息{a}条，其中概况类{b}条、动态类{c}条、办事类{d}条；政务新媒体推送{e}条，总浏览量超过{f}万次。",
    "凡是涉及群众切身利益的文件，起草单位在征求意见时一并写明背景和依据，公开征集期不少于三十日，"
    "全年共征集意见{b}条，采纳{n}条，采纳与否的理由逐条在网上答复。",
    "严格执行申请登记、审核、办理、答复、归档的流程。收到申请当日登记，疑难件由司法局会商，"
    "全年书面答复均在法定期限内作出。对申请内容不明确的，一次性告知需要补正的事项和合理期限。",
    "规范性文件由办公室统一登记、统一编号、统一印发，当年清理旧文件{d}件，确认继续有效{c}件，"
    "废止的文件在页面显著位置标注失效字样，并附上废止决定的链接，方便查找。",
    "公开专区设在政务服务大厅一楼、图书馆和档案馆，配备电脑、打印机和查阅资料架，"
    "全年接待来访{e}人次，提供代查代办{n}次。乡镇便民中心也增设了公开查阅点，工作人员经过统一培训。",
    "门户网站完成适老化改造，字号可以放大到两倍，主要栏目支持语音朗读；搜索功能按办事主题重新排列结果，"
    "错别字、失效链接每周用程序检查一遍，当年发现并改正{a}处，平均用时不超过一个工作日。",
    "把公开工作纳入全县综合考评，分值占百分之{n}。六月和十二月各评查一次，抽查{d}个单位的栏目更新、"
    "文件解读和申请答复，问题清单点对点反馈，限期整改并逐项销号。全年没有因公开不当被追究责任的情形。",
    "九月举办业务培训班，请省里的老师讲申请办理的典型案例，各乡镇和部门经办人员{b}人参加；"
    "另外组织了两次网上答题，答错较多的条文编成一页纸，贴在每个经办人的桌面上。",
    "在政策解读方面，要求主要负责人带头讲，文字、图表和短视频同步推出，全年发布解读{c}篇，"
    "其中图表{n}篇；对转载的上级政策，注明来源并附原文。重要政策发布后三日内由热线人员学习掌握口径。",
)
"""Part one as counties write it, in words of our own; figures are filled in."""
_WORDS = (
    "政府领导", "机构职能", "政策文件", "规划计划", "统计数据", "财政预决算", "重点项目", "应急管理",
    "食品药品", "环境保护", "教育公平", "社会救助", "土地征收", "保障住房", "招标采购", "人事任免",
    "行政执法", "权责清单", "议案提案", "新闻发布", "在线访谈", "意见征集", "县长信箱", "办事指南",
)  # fmt: skip


@dataclass(slots=True, frozen=True)
class Frame:
    """How much stands around a report: links of menus, kilobytes of code and of one picture."""

    links: int
    code: int
    picture: int = 0


PORTAL = Frame(links=150, code=25)
LARGE_PORTAL = Frame(links=500, code=110, picture=30)


def portal_page(report: ReportTruth, look: str, frame: Frame) -> str:
    """Return the page of a report: long prose, its tables in ``look``, a portal's frame."""
    division = report.organ.division
    rng = Random(f"portal {report.title} {look}")
    chrome = Chrome(division, "/zwgk/", "/xxgk/", "/xxgk/xxgknb/", body_box='class="TRS_Editor"')
    article = chrome.article(
        report.title,
        _longer(render_body(report, look), rng, look),
        date=report.published_on,
        source=division.government,
        crumbs=chrome.crumbs(),
        extra=_lists(rng, frame.links // 5),
    )
    head = f"<style>\n{_css(rng, frame.code // 3)}</style>\n<script>\n{_js(rng, frame.code // 3)}</script>"
    foot = f"<script>\n{_js(rng, frame.code // 3)}</script>\n"
    if frame.picture:
        data = "".join(rng.choices("ABCDEFGHabcdefgh0123456789+/", k=frame.picture * 1024))
        foot += f'<div class="ewm"><img src="data:image/png;base64,{data}" alt="二维码"></div>\n'
    return (
        article.replace("</head>", f"{head}\n</head>", 1)
        .replace('<div class="nav">', f'{_menu(rng, frame.links * 4 // 5)}\n<div class="nav">', 1)
        .replace("</body>", f"{foot}</body>", 1)
    )


def _longer(body: str, rng: Random, look: str) -> str:
    """Put part one's further paragraphs before the heading of part two."""
    at = body.rindex("<p", 0, body.index(HEADINGS[1]))
    drawn = "".join(
        f"<p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt;"
        f"font-family:仿宋_GB2312'>{text}</span></p>\n"
        if look == "word"
        else f'<p style="text-indent:2em">　　{text}</p>\n'
        for text in (p.format(**_figures(rng)) for p in _PARAGRAPHS)
    )
    return body[:at] + drawn + body[at:]


def _figures(rng: Random) -> dict[str, int]:
    return {
        name: rng.randint(2, most)
        for name, most in zip("nabcdef", (30, 9000, 900, 400, 90, 5000, 60), strict=True)
    }


def _link(rng: Random) -> str:
    folder = rng.randint(1000, 99999)
    return f'<a href="/col/col{folder}/index.html" target="_blank" title="{(w := rng.choice(_WORDS))}">{w}</a>'


def _menu(rng: Random, links: int) -> str:
    """Return a menu in two levels, ten entries under each of the first."""
    groups = [min(10, links - start) for start in range(0, links, 10)]
    return '<div class="header"><ul class="menu-box">' + "\n".join(
        f'<li class="menu-item">{_link(rng)}<div class="sub-menu"><ul>'
        + "".join(f"<li>{_link(rng)}</li>" for _ in range(size - 1))
        + "</ul></div></li>"
        for size in groups
    ) + "</ul></div>"  # fmt: skip


def _lists(rng: Random, links: int) -> str:
    """Return the lists beside the article and the links to other sites."""
    rows = "\n".join(
        f"<li><span>2024-0{rng.randint(1, 9)}-11</span>{_link(rng)}</li>" for _ in range(links)
    )
    return f'<div class="side-list"><h3>信息公开目录</h3><ul>{rows}</ul></div>'


def _filled(lines: Iterator[str], kilobytes: int) -> str:
    size = kilobytes * 1024 // 80
    return "\n".join(islice(lines, size))


def _css(rng: Random, kilobytes: int) -> str:
    def rules() -> Iterator[str]:
        while True:
            name = f"{rng.choice(('nav', 'box', 'list', 'tab', 'foot'))}-{rng.randint(1, 999)}"
            yield f".{name} li a{{color:#{rng.randint(0, 0xFFFFFF):06x};padding:0 {rng.randint(1, 30)}px;line-height:32px;float:left}}"

    return _filled(rules(), kilobytes)


def _js(rng: Random, kilobytes: int) -> str:
    def lines() -> Iterator[str]:
        while True:
            name = f"item{rng.randint(1, 9999)}"
            yield f'$("#{name}").on("click", function () {{ show("{name}", {rng.randint(0, 9)}); return false; }});'

    return _filled(lines(), kilobytes)

"""All that speaks for or against an organ as a report's publisher, each piece with its weight.

A title that names an organ outweighs the rest. Where none does, what the report says of itself, who
answers for it, the page's path and the site are added up. What shows that a page is one organ's
(its folder, its host) names nobody: it only speaks against the government.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from pipelines.documents.blocks import Document
from pipelines.reading.first_words import first_words
from pipelines.reading.headline import Headline
from pipelines.reading.prose import view
from pipelines.reading.titles import plain
from pipelines.record import Evidence
from pipelines.registry import Registry
from pipelines.registry.portals import host_of
from pipelines.vocabulary.items import Source

WEIGHTS = {
    "title": 10,
    "published": 6,
    "compiled": 6,
    "list": 5,
    "subject": 5,
    "signature": 5,
    "contact": 4,
    "breadcrumb": 4,
    "figures": 3,
    "index": 3,
    "site in title": 2,
    "quoted": 2,
    "site": 1,
    "portal": 1,
    "folder": 3,
    "host": 3,
}
"""What each kind of evidence weighs:

title: the organ a title names, on the page or in the list; published: 现公布X…报告; compiled:
由X编制; list: a row named by its organ alone; subject: who acts in the first sentence; signature:
at the end; contact, figures: who answers questions, whose figures it rests on; index: 发布机构 and
its like; quoted: a report named in 《》; site: SiteName; portal: where it was found. folder and
host speak for *one organ* of the government, without its name."""
WHOLE, ONE = "government", "one organ"

_INDEX = (
    "发布机构", "发文机构", "发文机关", "发布单位", "公开主体", "责任部门", "公开责任部门",
    "contentsource", "来源", "信息来源", "sitename",
)  # fmt: skip
_OWN_NAME = re.compile(
    r"(?:局|委|委员会|厅|办|办公室|镇|乡|街道|办事处|政府|管委会|公署|院|中心|公司|大队|海关)$"
)
_LONGEST_ORGAN = 40
_PLATFORM_HOST = re.compile(
    "xxgk|zwgk|gk(?:ml)?$|info|wap|^m$|mobile|^js$|^new|^old|^gov|^zf|^zw|web|portal|open|public|site|cms|^www|^3g$|^en|^admin"
)
# Folders that portals keep the reports of departments (bm), townships (xz, zj, jd) and zones in.
_FOLDER = re.compile(
    r"^(?:(?:sz|qz|xz|xs|qs|szf|zf|z|s|x|q)?bm|xzjd|zjjd|jdxz|xzbm|xiangzhen|zhenjie|xz|zj|jd|xzj|kfq)"
    r"(?:zf)?(?:xxgk|nb|ndbg|zwgk|nianbao)\w*$"
    r"|^[a-z]{0,14}bm(?:_\d+)?$|^(?:xz|bumen|bmgk|bmxx|bmxxgk\w*|bmnb\w*|bmndbg\w*|jdxz|xzjd|kfq|gxq|jkq|jjkfq|gxkfq)$",
    re.IGNORECASE,
)
# …/zfzcbm/mqxrmzf/: among its departments the government keeps a folder of its own (seen 2023).
_GOVERNMENTS_FOLDER = re.compile(r"rmzf(?:_\d+)?$", re.IGNORECASE)
_CRUMB_OF_ORGANS = re.compile(
    r"^(?:[省市县区州旗盟]?(?:级|直|属|直属)?(?:政府)?(?:各)?(?:部门|单位|机构)|[各]?(?:乡镇|镇街|街镇|街道|镇乡|镇|乡|园区|开发区|功能区)(?:街道|办)?)"
    r"(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:年度报告|年报|目录|专栏|平台)?$"
)
# A breadcrumb has centres that are columns (新闻中心), and words for organs of a kind (委办局).
_CRUMB_OF_ONE = re.compile(
    "(?<!办)(?<!厅)(?<!各)(?:局|委员会|委|厅)$|(?:办公室|政府办|街道|街道办|办事处|管委会|大队|海关)$|(?<!乡)[镇乡]$"
)
_COLUMN_NAME = re.compile("公开|年报|年度报告|首页|栏|目录|^政务")


@dataclass(slots=True, frozen=True, kw_only=True)
class Claim:
    """One piece of evidence: ``what`` is printed ``where``, and names ``organ`` (as printed)."""

    what: str
    where: str
    organ: str

    @property
    def weight(self) -> int:
        """What it weighs."""
        return WEIGHTS[self.where]


def claims(headlines: Sequence[Headline], document: Document, source: Source) -> Iterator[Claim]:
    """Yield everything that names an organ, titles first."""
    for headline in headlines:
        if not headline.parts.is_report or headline.where == "opening":
            continue
        where: Literal["title", "quoted"] = "quoted" if headline.where == "quoted" else "title"
        if headline.parts.organ:
            yield Claim(what=headline.text, where=where, organ=headline.parts.organ)
        elif headline.parts.site:
            yield Claim(what=headline.text, where="site in title", organ=headline.parts.site)
    for told in first_words(document.text):
        if told.organ:
            yield Claim(what=told.words, where=told.where, organ=told.organ)
    row = plain(source.title or "")
    if _OWN_NAME.search(row) and len(row) <= _LONGEST_ORGAN and not _COLUMN_NAME.search(row):
        yield Claim(what=source.title or "", where="list", organ=row)
    for crumb in document.breadcrumb:
        name = plain(crumb)
        one = len(name) > 2 and _CRUMB_OF_ONE.search(name)
        if one and not (_COLUMN_NAME.search(name) or _CRUMB_OF_ORGANS.match(name)):
            yield Claim(what=crumb, where="breadcrumb", organ=name)
    for key in _INDEX:
        raw = " ".join(document.metadata.get(key, "").split())
        if 2 < len(raw) <= _LONGEST_ORGAN and _OWN_NAME.search(plain(raw)):
            yield Claim(what=raw, where="site" if key == "sitename" else "index", organ=plain(raw))


def signs_of_one(document: Document, source: Source, registry: Registry) -> list[Evidence]:
    """Return what shows that a page is one organ's, whichever: its folder, column or host."""
    url = source.final_url or source.url or ""
    folders = urlsplit(url).path.split("/")[:-1]
    own = any(_GOVERNMENTS_FOLDER.search(folder) for folder in folders)
    among = [] if own else [folder for folder in folders if _FOLDER.match(folder)]
    found = [_sign(folder, "folder") for folder in among]
    crumbs = (*source.breadcrumb, *document.breadcrumb)
    found += [_sign(c, "breadcrumb") for c in crumbs if _CRUMB_OF_ORGANS.match(plain(c))]
    if on_an_organs_host(source, registry):
        found.append(_sign(host_of(url), "host"))
    return found


def _sign(what: str, where: str) -> Evidence:
    return Evidence(what=what, where=where, whom=ONE, weight=WEIGHTS[where])


def on_an_organs_host(source: Source, registry: Registry) -> bool:
    """Tell whether a page lies on a sub-domain as bureaus have (scjgj.huaian.gov.cn).

    Sub-domains of disclosure platforms (xxgk, zwgk, info …) are the government's own.
    """
    host = host_of(source.final_url or source.url or "").partition(":")[0].removeprefix("www.")
    portal = registry.portal_of_host(host) if host else None
    own = {name.partition(":")[0].removeprefix("www.") for name in portal.hosts} if portal else ()
    first = host.partition(".")[0]
    own = (*own, *registry.hosts)  # further hosts of governments are theirs
    return portal is not None and host not in own and not _PLATFORM_HOST.search(first)


_FOR_ALL = re.compile(r"(?:[全]?[县市区州旗盟省]?各级(?:行政机关|政府机关|政府部门|政府及))")


def speaks_for_all(text: str) -> bool:
    """Tell whether a text says of a whole place's organs that they did what it reports."""
    return _FOR_ALL.search("".join(view(text[:20_000]).split())) is not None

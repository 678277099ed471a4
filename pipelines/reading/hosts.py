"""What kind of source an address is, judged by its host."""

from __future__ import annotations

from pipelines.reading.inserted_sounds import has_inserted_sounds
from pipelines.registry import Registry
from pipelines.registry.portals import host_of

# Document-sharing sites and news sites met among search results for reports (2026-11); a host
# that is not listed is "other", which means: decide before publishing.
_SHARING = (
    "doczj.com", "book118.com", "taowenge.com", "1wenmi.com", "xiaomilidoc.com", "360docs.net",
    "docin.com", "doc88.com", "wenku.baidu.com", "wenku.so.com", "renrendoc.com", "taodocs.com",
    "jinchutou.com", "huiwenwang.cn", "360doc.com", "wenkub.com", "docsj.com", "mayiwenku.com",
    "zhuangpeitu.com", "unjs.com", "wk.baidu.com", "doc163.com", "51wendang.com",
)  # fmt: skip
_NEWS = (
    "xinhuanet.com", "news.cn", "people.com.cn", "people.cn", "cctv.com", "chinanews.com",
    "chinanews.com.cn", "thepaper.cn", "sohu.com", "163.com", "sina.com.cn", "qq.com", "ifeng.com",
    "gmw.cn", "cnr.cn", "toutiao.com",
)  # fmt: skip


def source_kind(
    url: str | None, registry: Registry, page_text: str = "", *, registered: bool = False
) -> str:
    """Return gov_site, gov_mirror_spam, doc_sharing, news or other.

    A host of the registry is a government's whatever its name (``registered``: of the registry
    under which it was fetched); a page full of inserted sounds is a mirror wherever it lies
    outside gov.cn. No address means other.
    """
    host = host_of(url) if url else ""
    known = registered or _registered(url, host, registry)
    if known or _under(host.partition(":")[0], ("gov.cn",)):
        return "gov_site"
    if has_inserted_sounds(page_text[:200_000]):
        return "gov_mirror_spam"
    if _under(host, _SHARING):
        return "doc_sharing"
    return "news" if _under(host, _NEWS) else "other"


def _registered(url: str | None, host: str, registry: Registry) -> bool:
    if not url or not host:
        return False
    return host in registry.listed_hosts or registry.code_of_host(url) is not None


def _under(host: str, suffixes: tuple[str, ...]) -> bool:
    return any(host == suffix or host.endswith("." + suffix) for suffix in suffixes)

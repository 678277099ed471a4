"""Cookies, without asking the internet which suffixes are public.

Scrapy's own middleware makes tldextract fetch the public suffix list at its first cookie: a
request to a host no crawl of ours may visit (2026-11, Scrapy 2.19). The list inside the package
says all that is asked of it here: that ``gov.cn`` is a suffix.
"""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

cookies._split_domain = TLDExtract(  # noqa: SLF001 - the only handle there is
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


class OfflineCookiesMiddleware(cookies.CookiesMiddleware):
    """Scrapy's cookies, as they are."""

"""Cookies, without asking the internet which suffixes are public.

Scrapy's own middleware makes tldextract fetch the public suffix list at its first cookie: a
request to a host no crawl of ours may visit (2026-11, Scrapy 2.19). The list inside the package
says all that is asked of it here: that ``gov.cn`` is a suffix.
"""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies
from scrapy.http import Request, Response
from tldextract import TLDExtract

cookies._split_domain = TLDExtract(  # noqa: SLF001 - the only handle there is
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


_MAX_HEADER = 16 * 1024  # bytes; servers answer 400 to more, browsers never send as much


class OfflineCookiesMiddleware(cookies.CookiesMiddleware):
    """Scrapy's cookies, as long as a host sets no more of them than anybody can send back."""

    def process_request(self, request: Request) -> Request | Response | None:  # type: ignore[override]  # without the deprecated spider
        """Add the host's cookies; none where there are too many."""
        result = super().process_request(request)
        if len(request.headers.get("Cookie") or b"") > _MAX_HEADER:
            del request.headers["Cookie"]
        return result

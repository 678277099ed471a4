"""A portal that declines programs: recognised, opened once in the ordinary browser, then named.

A challenge that only sets a cookie and reloads is what an ordinary browser passes by being one.
If the page still refuses, that is the answer: no captcha is solved, nothing is forged, and the
portal is recorded as blocked so that a person can fetch the few reports by hand.
"""

from __future__ import annotations

import re
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from pipelines.vocabulary.ledger import ledger_of

# 412 瑞数, 521 and 512 加速乐, 468 and 422 city gateways (see the table in docs/portals.md).
_STATUSES = frozenset({412, 468, 512, 521})
_REFUSALS = frozenset({401, 403, 405, 406, 422, 418, 444, 451})
_MARKS = re.compile(
    rb"\$_ts\b|_\$[a-z]{2}\b\s*=|__jsl_clearance|__jsluid|acw_sc__v2|wzws_|safedog|yunsuo_session"
    rb"|challenge-platform|cf-chl|/_Incapsula|aliyun_waf|_waf_|captcha|\xe9\xaa\x8c\xe8\xaf\x81\xe7\xa0\x81"
    rb"|\xe8\xae\xbf\xe9\x97\xae\xe8\xa2\xab\xe6\x8b\xa6\xe6\x88\xaa",  # 验证码, 访问被拦截
    re.IGNORECASE,
)
_TEXT = re.compile(
    rb"<(?:script|style|noscript)\b.*?</(?:script|style|noscript)>|<[^>]+>",
    re.DOTALL | re.IGNORECASE,
)


class BlockedRequestError(IgnoreRequest):
    """The portal declines; ``evidence`` is the status and what came in place of the page."""

    def __init__(self, evidence: str) -> None:
        super().__init__(evidence)
        self.evidence = evidence


def challenge_in(response: Response) -> str | None:
    """Return what kind of refusal an answer is, or None for a page (or an ordinary error)."""
    body = response.body[:16384]
    if response.status in _STATUSES:
        return f"status {response.status}"
    if response.status in _REFUSALS:
        return f"status {response.status}"
    kind = (response.headers.get("Content-Type") or b"").lower()
    page = b"html" in kind or (not kind and body.lstrip()[:1] == b"<")
    if response.status == 200 and page and len(response.body) < 6000:
        words = b"".join(_TEXT.sub(b" ", response.body).split())
        # A stub has a script, no link, hardly a word, and does not say where it leads.
        stub = (
            b"<script" in body.lower()
            and len(words) < 60
            and b"href" not in body.lower()
            and b"src=" not in body.lower()
        )
        if _MARKS.search(body) and (stub or len(words) < 300):
            return "a challenge page with status 200"
        if stub and b"cookie" in body.lower() and b"reload" in body.lower():
            return "a script stub with status 200"
    return None


class BlockedMiddleware:
    """Opens a challenged address once in the browser; what still refuses is blocked."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build for a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the answer, or the same request for the browser.

        Raises:
            BlockedRequestError: refused, and no browser left to try.
        """
        if request.meta.get("dont_obey_robotstxt"):
            return response  # robots.txt itself: its middleware judges
        why = challenge_in(response)
        if why is None:
            return response
        evidence = f"{response.url}: {why}, {_glimpse(response)}"
        if request.meta.get("playwright"):
            raise BlockedRequestError(f"{evidence}; also in the browser")
        if not ledger_of(self.crawler).notes.get("browser"):
            raise BlockedRequestError(f"{evidence}; no browser here to open it with")
        if request.method != "GET" or request.meta.get("linked_file"):
            # A captcha before a download: the report page is not the browser's to open again.
            raise BlockedRequestError(evidence)
        return request.replace(
            dont_filter=True, meta={**request.meta, "playwright": True, "challenged": why}
        )


def _glimpse(response: Response) -> str:
    text = response.body[:400].decode("utf-8", "replace")
    return " ".join(text.split())[:80] or "empty body"

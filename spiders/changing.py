"""Parts of addresses that change by themselves: time stamps, session numbers, counters of hits.

Two addresses under which the same thing stands are one. Which parameter does not matter is learnt
from the portal itself: the same link, of the same words, met under two values of it. A parameter
under whose values different reports stand matters, whatever else is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipelines.vocabulary.report_titles import has_recent_year

_TURNS_PAGES = re.compile(
    r"^\W*(?:\d{1,4}|[上下前后首尾末第]\s*\d*\s*一?[页頁]?|第?\s*\d+\s*页|[<>«»‹›…]+|next|prev\w*|last|first"
    r"|更多|more|查看|详情|查看详情|阅读全文|下载|打开|\[\d+\])\W*$",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"^(?:page\w*|p|pn|cur\w*page|current\w*|pageindex|offset|start\w*|end\w*)$", re.IGNORECASE
)
_MOST = 20_000
"""Links that are compared; a portal's lists and menus have far fewer."""


def _differ(one: str, other: str) -> bool:
    """Tell whether two titles are of two reports; lists cut them, and print dates behind them."""
    one, other = one.rstrip(" .…"), other.rstrip(" .…")
    return not one.startswith(other) and not other.startswith(one)


class Changing:
    """What one portal's addresses have shown so far."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """Begin with what an earlier run learnt: ``host parameter``."""
        pairs = (k.partition(" ") for k in known)
        self._idle = {(host, name) for host, _, name in pairs if name}
        self.tried = bool(self._idle)
        """A page has answered without what is left out."""
        self._matters: set[tuple[str, str]] = set()
        self._values: dict[tuple[str, str, str], str] = {}
        """(address without one parameter, parameter, words of the link): its value."""
        self._words: dict[tuple[str, str], str] = {}
        """(address without one parameter, parameter): words of a report linked there."""

    @property
    def names(self) -> list[str]:
        """What does not matter, as ``host parameter``."""
        return sorted(" ".join(k) for k in self._idle)

    def observe(self, links: Iterable[tuple[str, str]]) -> bool:
        """Compare links (address, words) with those seen before; tell whether that taught any."""
        before = len(self._idle)
        for url, words in links:
            if "?" not in url or len(words) < 2 or _TURNS_PAGES.match(words):
                continue
            if len(self._values) > _MOST:
                break
            parts = urlsplit(url)
            pairs = parse_qsl(parts.query, keep_blank_values=True)
            for name, value in pairs:
                if len(pairs) <= 12 and not _PAGES.match(name):
                    self._compare(parts.netloc, self.without(url, {name}), name, value, words)
        return len(self._idle) > before

    def _compare(self, host: str, rest: str, name: str, value: str, words: str) -> None:
        key = (host, name)
        if has_recent_year(words):
            other = self._words.setdefault((rest, name), words)
            if _differ(other, words):  # one address but for this: different reports
                self._matters.add(key)
                self._idle.discard(key)
        held = self._values.setdefault((rest, name, words), value)
        if held != value and key not in self._matters:
            self._idle.add(key)

    def plain(self, url: str) -> str:
        """Return an address without what does not matter."""
        if "?" not in url or not self._idle:
            return url
        host = urlsplit(url).netloc
        return self.without(url, {name for at, name in self._idle if at == host})

    @staticmethod
    def without(url: str, names: set[str]) -> str:
        """Return an address without some parameters.

        >>> Changing.without("http://a.gov.cn/s.asp?id=3&hits=99", {"hits"})
        'http://a.gov.cn/s.asp?id=3'
        """
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name not in names]
        if len(kept) == len(pairs):
            return url
        return urlunsplit(parts._replace(query=urlencode(kept)))

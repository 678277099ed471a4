"""Facts of a page that need nothing but its tree: title, meta tags, base, breadcrumb, addresses.

Readers of documents and readers of lists ask the same page; both ask here.
"""

from __future__ import annotations

import html
import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines.documents.html.inline import text_in, tidy

_NULL = frozenset({"", "null", "undefined", "none", "nan"})
HERE = ("当前位置", "您的位置", "所在位置")
"""What a breadcrumb opens with, nearly always."""
_CRUMB_BEFORE = re.compile(rf"^.{{0,200}}?(?=当前(?:所在)?(?:的)?位置|{'|'.join(HERE)})", re.DOTALL)
_CRUMB_START = re.compile(
    r"^.{0,4}?(?:当前|您的|你的|所在|您现在的|你现在的|您当前的)\s*(?:所在)?\s*(?:的)?\s*位置(?:是|为)?\s*[:：]?\s*"
)
_CRUMB_SPLIT = re.compile(r"\s*(?:>+|»|›|→|＞|/|\\|::|-&gt;|&gt;|·)\s*")
MAX_CRUMB = 300
"""Characters of a breadcrumb at most; a longer line is a text."""

# Where a link without an address of its own keeps it.
_ADDRESS_ATTRIBUTES = ("data-url", "data-href", "data-link", "data-file", "fileurl", "url")
# An address inside a script call: href="javascript:open('/a/b.html')", onclick="go(this,'…')".
QUOTED_ADDRESS = re.compile(
    r"""['"]((?:https?:)?/{1,2}[^'"\s<>]+|\.{1,2}/[^'"\s<>]+"""
    r"""|[\w%./-]+\.(?:s?html?|jspx?|aspx?|php|pdf|docx?)(?:\?[^'"\s]*)?)['"]"""
)


_PUT_TOGETHER = re.compile(r"""[/=]['"]\s{0,9}[,+]\s{0,9}['"]""")
"""Where an address ends that a script is given in pieces: show('/nb/', '4711')."""


def title_element(root: HtmlElement) -> str:
    """Return what the page's title element says; pictures drawn in it have titles as well."""
    for element in root.iter("title"):
        if next(element.iterancestors("svg"), None) is None and (text := tidy(text_in(element))):
            return text
    return ""


def meta_pairs(root: HtmlElement) -> list[tuple[str, str]]:
    """Return names and contents of the meta tags as the source has them."""
    return [
        (tag.get("name") or tag.get("property") or "", tag.get("content") or "")
        for tag in root.iter("meta")
    ]


def meta_facts(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return meta tags by lower-cased name, the first that says something.

    Empty and ``null`` contents say nothing; some templates escape the content twice.
    """
    out: dict[str, str] = {}
    for name, content in pairs:
        key = name.strip().lower()
        value = tidy(html.unescape(html.unescape(content)))
        if key and value.lower() not in _NULL:
            out.setdefault(key, value)
    return out


def declared_base(root: HtmlElement, url: str | None) -> str | None:
    """Return what the page says its links are relative to, or None.

    A base in the editors' own network is none: no reader's browser gets there.
    """
    for element in root.iter("base"):
        if declared := element.get("href"):
            try:
                base = urljoin(url or "", declared.strip())
                return None if _left_inside(base, url or "") else base
            except ValueError:
                return None
    return None


def _left_inside(base: str, url: str) -> bool:
    try:
        host, own = urlsplit(base).hostname or "", urlsplit(url).hostname or ""
        return host != own and not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def opens_breadcrumb(line: str) -> bool:
    """Tell whether a line is a page's path by how it opens: 您当前所在的位置：…."""
    return len(line) <= MAX_CRUMB and _CRUMB_START.match(line) is not None


def crumb_names(text: str) -> tuple[str, ...]:
    """Return the names of a page's path, outermost first.

    >>> crumb_names("字号 大 中 小 当前位置：首页 > 政务公开 > 政府信息公开年报")
    ('首页', '政务公开', '政府信息公开年报')
    """
    line = _CRUMB_START.sub("", _CRUMB_BEFORE.sub("", text, count=1)[:MAX_CRUMB])
    parts = (part.strip(" :：>\u3000") for part in _CRUMB_SPLIT.split(line))
    return tuple(part for part in parts if part and not _CRUMB_START.match(part + "："))


def address_beside(node: HtmlElement) -> str | None:
    """Return the address of a link whose ``href`` is none: in a data attribute or a script call."""
    for name in _ADDRESS_ATTRIBUTES:
        if value := node.get(name):
            return str(value)
    return address_in_script(node.get("href"), node.get("onclick"))


def address_in_script(*codes: str | None) -> str | None:
    """Return the first address that pieces of script name; one that more is put to is none."""
    for code in codes:
        found = QUOTED_ADDRESS.search(code) if code else None
        if code and found and not _PUT_TOGETHER.match(code, found.end() - 2):
            return found[1]
    return None

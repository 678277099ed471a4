"""Links and frames of a page: what may hold the report when the page itself does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines.documents.blocks import Document, Link, TextBlock
from pipelines.documents.html.facts import address_beside
from pipelines.documents.html.inline import text_in, tidy
from pipelines.vocabulary.report_titles import speaks_of_yearly

_EXTENSIONS = "pdf|docx?|wps|xlsx?|et|od[ts]|ofd|zip|rar|7z|rtf|txt|jpe?g|png|gif|bmp|tiff?|webp"
_FILE = re.compile(rf"\.({_EXTENSIONS})(?=$|[?&#;\s])", re.IGNORECASE)
# Over lower-cased addresses: ignoring case would cost several times the search.
_DOWNLOAD = re.compile(
    r"downfile|downloadattach|download\.(?:jsp|do|aspx|php|ashx)|/attach(?:ment|ments|file)?s?/|"
    r"/group\d+/m\d\d/|/files/[\w-]{8,}|filemanager|getfile|filedown|/__local/"
)
_VIEWER = re.compile(r"viewer|pdfjs|pdf\.js|preview|op/(?:view|embed)\.aspx|onlineview")
_VIEWER_KEYS = ("file", "src", "url", "pdf", "pdfurl", "fileurl", "furl", "path", "filepath")
_IN_SCRIPT = re.compile(
    r"""["']((?:https?:)?[^"'<>\s(){}]{1,400}?\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)"""
    r"""(?:\?[^"'<>\s]{0,200})?)["']""",
    re.IGNORECASE,
)
_FILE_IN_SCRIPT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)[?\"']", re.IGNORECASE)
_SKIPPED = re.compile(
    r"\s*(?:(?:javascript|mailto|tel|data|about|blob|file|vbscript):|#?\s*$)", re.IGNORECASE
)
_MEDIA = re.compile(r"\.(?:mp4|mp3|flv|m3u8|swf|js|css|ico|svg)(?=$|[?#])", re.IGNORECASE)
_SAYS_FILE = re.compile(
    r"附件|附表|下载|全文|pdf|word|ofd|文字版|电子版|原文|年度报告|年报", re.IGNORECASE
)
_OTHER_PAPER = re.compile(r"申请表|指南|流程图|办法|条例|通知书|二维码|格式文本")
_PREFERENCE = {"html": 0, "docx": 1, "xlsx": 2, "xls": 2, "pdf": 3, "doc": 4, "wps": 4, "ofd": 5}
_ARCHIVES = frozenset({"zip", "rar", "7z"})
_IMAGES = frozenset({"jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp"})
LINKING = frozenset({"a", "iframe", "frame", "embed", "object", "img", "area"})
"""Elements that may lead to another page or file."""
_PAGE = re.compile(r"[A-Za-z0-9_:/-][A-Za-z0-9_:/.-]*(?:/|\.s?html?)")
"""An address with nothing in it to take apart that ends as a page's or a folder's."""
_BREAKS = re.compile(r"[\r\n\t]")
_PLAIN_ADDRESS = re.compile(r"(?:https?:/)?/[A-Za-z0-9_./?&=%#~-]*", re.IGNORECASE)
"""An address with nothing in it to take apart: nearly every one that starts with a slash."""
_MAX_LINKS = 3000
_MAX_SCRIPT = 200_000
_MAX_IN_SCRIPT = 20
_SHORT_TEXT = 600
"""Characters; a page with more text than this has its report in the text, not in pictures."""


def links_in(element: HtmlElement, base: str | None) -> Iterator[Link]:
    """Yield the links, frames and pictures inside an element, in document order.

    Addresses are absolute where ``base`` is known; a viewer page (pdf.js) gives the file it
    shows; an anchor without an address of its own gives the one in its handler or data
    attribute.
    """
    for node in element.iter(*LINKING):
        if (link := link_of(node, base)) is not None:
            yield link


def link_of(node: HtmlElement, base: str | None) -> Link | None:
    """Return the link one element makes, or None (see ``links_in``)."""
    tag = str(node.tag)
    if tag in {"a", "area"}:
        address = node.get("href") or ""
        if _SKIPPED.match(address):
            address = address_beside(node) or ""
        text = tidy(text_in(node))
        # The visible text is often cut with an ellipsis; the attribute holds the whole.
        if (title := tidy(node.get("title") or "")) and text.rstrip(".…") in title:
            text = title
        kind = "anchor"
    elif tag == "img":
        address = node.get("src") or node.get("data-src") or node.get("data-original") or ""
        text, kind = tidy(node.get("alt") or node.get("title") or ""), "image"
    else:
        attribute = "data" if tag == "object" else "src"
        address = node.get(attribute) or node.get("data-src") or ""
        text, kind = tidy(node.get("title") or ""), "iframe" if tag == "frame" else tag
        if tag == "object" and not address:
            address = next(
                (p.get("value") or "" for p in node.iter("param") if p.get("name") == "src"), ""
            )
    url = absolute(address, base)
    return None if url is None else Link(url=url, text=text[:300], kind=kind)


def leads_to_page(node: HtmlElement) -> bool:
    """Tell at a glance that a link leads to another page: so do most entries of a menu.

    By its address, and as no text of it may be the name of a file (see ``is_file``).
    """
    address = node.get("href")
    if not address or not _PAGE.fullmatch(address) or _DOWNLOAD.search(address.lower()):
        return False
    return "." not in text_in(node) and "." not in (node.get("title") or "")


def absolute(address: str, base: str | None) -> str | None:
    """Return a full address, a viewer unwrapped; None for scripts, anchors and broken ones."""
    if not _PLAIN_ADDRESS.fullmatch(address):
        address = address.strip(" \t\r\n\u3000").replace("\\", "/")
        if _SKIPPED.match(address):
            return None
        address = _BREAKS.sub("", address).replace(" ", "%20")
    try:
        url = urljoin(base or "", address)
        if _PLAIN_ADDRESS.fullmatch(url) and not _VIEWER.search(url.lower()):
            return url
        parts = urlsplit(url)
        if _VIEWER.search(parts.path.lower()) and (file := _viewed(parts.query or parts.fragment)):
            return absolute(file, url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https", ""} else None


def _viewed(query: str) -> str | None:
    values = {k.lower(): v[0] for k, v in parse_qs(query, max_num_fields=50).items()}
    for key in _VIEWER_KEYS:
        value = values.get(key, "")
        if re.match(r"https?%3a|%2f", value, re.IGNORECASE):
            value = unquote(value)
        if value and ("/" in value or _FILE.search(value)):
            return value.split("#")[0]
    return None


def links_in_scripts(root: HtmlElement, base: str | None) -> Iterator[Link]:
    """Yield the files that inline scripts name (a viewer started by a script)."""
    for script in root.iter("script"):
        code = (script.text or "")[:_MAX_SCRIPT]
        if not _FILE_IN_SCRIPT.search(code):
            continue
        for found in islice(_IN_SCRIPT.finditer(code), _MAX_IN_SCRIPT):
            url = absolute(found[1].replace("\\/", "/"), base)
            if url is not None:
                yield Link(url=url, kind="script")


def file_type(url: str, text: str = "") -> str:
    """Return the extension an address or its link text names, ``""`` when neither does."""
    for source in (url, text):
        found = _FILE.search(source)
        if found:
            return found[1].lower()
    return ""


def is_file(link: Link) -> bool:
    """Tell whether a link leads to a file rather than to another page."""
    return bool(file_type(link.url, link.text)) or _DOWNLOAD.search(link.url.lower()) is not None


def unique(links: Iterator[Link]) -> tuple[Link, ...]:
    """Return the links once each, the first text that says something kept."""
    out: dict[str, Link] = {}
    for count, link in enumerate(links):
        if count > _MAX_LINKS:
            break
        known = out.get(link.url)
        if known is None or (not known.text and link.text):
            out[link.url] = link
    return tuple(out.values())


def attachments_of(document: Document) -> tuple[Link, ...]:
    """Return the links and frames that may hold the report itself, best kind first.

    Frames and embedded objects always; files by address or by what the link says; pictures only
    when the page has next to no text. Forms to fill in, guides and rules are left out.
    """
    short = sum(len(b.text) for b in document.blocks if isinstance(b, TextBlock)) < _SHORT_TEXT
    no_grid = all(isinstance(block, TextBlock) for block in document.blocks)
    found: list[tuple[int, int, Link]] = []
    for order, link in enumerate(document.links):
        if _MEDIA.search(link.url):
            continue
        extension = file_type(link.url, link.text)
        if link.kind == "image" or (link.kind != "script" and extension in _IMAGES):
            if short and no_grid and extension in _IMAGES and not _is_icon(link.url):
                found.append((8, order, link))
            continue
        if _OTHER_PAPER.search(link.text) and not speaks_of_yearly(link.text):
            continue
        if link.kind == "anchor" and not (is_file(link) or (short and _says_file(link.text))):
            continue
        rank = 7 if extension in _ARCHIVES else _PREFERENCE.get(extension, 6)
        found.append((rank, order, link))
    return tuple(link for _, _, link in sorted(found, key=lambda item: item[:2]))


def _says_file(text: str) -> bool:
    return _SAYS_FILE.search(text) is not None


def _is_icon(url: str) -> bool:
    return (
        re.search(
            r"icon|logo|ico_|/images?/(?:pdf|word|doc)|filetype|qrcode|ewm", url, re.IGNORECASE
        )
        is not None
    )

"""What a page says of itself, seen with its text: meta tags, the article's title, breadcrumb."""

from __future__ import annotations

import html
import re

from lxml.html import HtmlElement

from pipelines.documents import labels
from pipelines.documents.html.body import regions
from pipelines.documents.html.facts import (
    crumb_names,
    meta_facts,
    meta_pairs,
    opens_breadcrumb,
    title_element,
)
from pipelines.documents.html.flow import Flow, Region
from pipelines.documents.html.inline import text_in, tidy
from pipelines.remembered import kept
from pipelines.vocabulary.report_titles import names_year_of_report, speaks_of_report

_ESCAPED_META = re.compile(r"&lt;meta\s(?!&gt;).{1,600}?&gt;", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:article|news|info|detail|xl|con(?:tent)?|xxgk|arc)?[_-]?(?:title|bt|biaoti|tit)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_SITE_SUFFIX = re.compile(
    r"\s*(?:[_|｜>»]|--+|\s[-–—]\s|-(?=[^-]*(?:政府|网|门户|委员会|局)\S*$))\s*"
)
_MAX_TITLE = 100
_OPENING = 6
"""Lines; a page without any title element prints its title among the first."""


def meta_tags(root: HtmlElement, text: str, printed: str) -> dict[str, str]:
    """Return the page's meta tags by lower-cased name, empty and ``null`` contents left out.

    Templates on these portals also print the tags entity-escaped into the page's text, or
    escape the content twice; both are read. The first non-empty tag of a name wins.

    Args:
        root: the page.
        text: its source.
        printed: what it shows.
    """
    pairs = meta_pairs(root)
    if "<meta" in printed:
        for escaped in _ESCAPED_META.findall(text)[:100]:
            attributes = {
                found[1].lower(): found[2] or found[3] or ""
                for found in _ATTRIBUTE.finditer(html.unescape(escaped))
            }
            pairs.append((attributes.get("name", ""), attributes.get("content", "")))
    return meta_facts(pairs)


def page_title(root: HtmlElement, metadata: dict[str, str], flow: Flow) -> str | None:
    """Return the article's title: ArticleTitle, else a heading that names a report, else title."""
    declared = metadata.get("articletitle")
    if declared:
        return declared
    title = title_element(root)
    candidates = [
        labels.unlabelled(text)
        for region in regions(flow.root)
        if _is_title(region) and (text := _text_of(flow, region)) and len(text) <= _MAX_TITLE
        if not labels.is_index_line(text)
    ]
    candidates += _parts(title)
    opening = [
        labels.unlabelled(e.text)
        for e in flow.events[:_OPENING]
        if e.grid is None and len(e.text) <= _MAX_TITLE and not labels.is_index_line(e.text)
    ]
    for text in (*candidates, *opening):
        if names_year_of_report(text):
            return text
    for text in candidates:
        if speaks_of_report(text):
            return text
    return next(iter(candidates), None) or metadata.get("title") or None


def _is_title(region: Region) -> bool:
    return region.element.tag in {"h1", "h2", "ucaptitle"} or _says_title(region.names)


@kept(1024)  # every entry of a menu has the same
def _says_title(names: str) -> bool:
    return _TITLE_CLASS.search(names) is not None


def _text_of(flow: Flow, region: Region) -> str:
    if region.end - region.start > 4:
        return ""
    return "".join(event.text for event in flow.events[region.start : region.end])


def _parts(title: str) -> list[str]:
    return [part for part in _SITE_SUFFIX.split(title) if part]


def breadcrumb(flow: Flow) -> tuple[str, ...]:
    """Return the page's path (首页, 政务公开, …), outermost first; empty when there is none."""
    for region in regions(flow.root):
        if region.named_crumb and region.end - region.start <= 16:
            parts = crumb_names(" > ".join(e.text for e in flow.events[region.start : region.end]))
            if len(parts) >= 2 or (parts and "首页" in parts[0]):
                linked = _linked_crumbs(region.element)
                return linked if len(linked) >= len(parts) else parts
    for event in flow.events:
        if event.grid is None and opens_breadcrumb(event.text):
            return crumb_names(event.text)
    return ()


def _linked_crumbs(element: HtmlElement) -> tuple[str, ...]:
    parts = (tidy(text_in(anchor)) for anchor in element.iter("a"))
    return tuple(part for part in parts if part and len(part) <= 60)

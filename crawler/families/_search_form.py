"""The portal's own search: what its form asks when it is told the name of the annual reports.

Where no menu leads to the column, an article of it may still be found: its folder and its
breadcrumb are the way back (``crawler.discovery.inverse``).
"""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

from lxml import html

from crawler.pages import Page, absolute, squeeze
from pipelines.documents.charset import decode
from pipelines.vocabulary.items import Ask

WORDS = "政府信息公开工作年度报告"
"""What is looked for."""

_SAYS_SEARCH = re.compile(
    r"search|sousuo|query|was5|搜\s{0,3}索|检\s{0,3}索|全文|关键[字词]", re.IGNORECASE
)
_SAYS_OTHER = re.compile(
    r"login|mail|letter|subscribe|calendar|password|登录|邮箱|信箱|信件|来信|办件|咨询|投诉|举报"
    r"|意见|申请|订阅|手机号|姓名",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^(?:q|qt|wd|kw|word|title|content|text)$|search|query|key", re.IGNORECASE)
_NOT_TEXT = frozenset({"submit", "image", "button", "reset", "file", "checkbox", "radio", "hidden"})
_MOST = 2
_LONGEST = 2000
"""Characters of a form's own source that are looked at."""


def searches_of(page: Page, words: str = WORDS) -> tuple[Ask, ...]:
    """Return what the search forms of a page would ask for these words, the likeliest first."""
    if page.tree is None:
        return ()
    found: dict[tuple[str, bytes], Ask] = {}
    for form in page.tree.iter("form"):
        field = _field_of(form)
        ask = _ask(page, form, field, words) if field is not None else None
        if ask is not None:
            found.setdefault((ask.url, ask.body), ask)
    return tuple(found.values())[:_MOST]


def _field_of(form: html.HtmlElement) -> html.HtmlElement | None:
    """Return the field of a search form that takes the words; None where it is another form."""
    source = html.tostring(form, encoding="unicode")[:_LONGEST]
    if _SAYS_OTHER.search(source) or not _SAYS_SEARCH.search(source):
        return None
    inputs = [i for i in form.iter("input") if i.get("name")]
    texts = [i for i in inputs if _kind(i) not in _NOT_TEXT]
    if len(texts) == 1:
        return texts[0]
    return next((i for i in texts if _FIELD.search(str(i.get("name")))), None)


def _kind(field: html.HtmlElement) -> str:
    return (field.get("type") or "text").strip().lower()


def _ask(page: Page, form: html.HtmlElement, field: html.HtmlElement, words: str) -> Ask | None:
    """Return what a form asks when it is sent with the words in its field."""
    action = (form.get("action") or "").strip()
    url = absolute(page.base, action or page.url)
    if url is None or re.match(r"(?:javascript:|#)", action, re.IGNORECASE):
        return None
    fields = {str(field.get("name")): words}
    for other in form.iter("input"):
        kept = _kind(other) == "hidden" or other.get("checked") is not None
        if other.get("name") and kept:
            fields.setdefault(str(other.get("name")), str(other.get("value") or ""))
    for select in form.iter("select"):
        options = list(select.iter("option"))
        marked = [o for o in options if o.get("selected") is not None]
        chosen = next(iter([*marked, *options]), None)
        if select.get("name") and chosen is not None:
            value = chosen.get("value")
            said = squeeze(chosen.text_content()) if value is None else value
            fields.setdefault(str(select.get("name")), str(said))
    charset = decode(page.body, page.content_type)[1]
    body = urlencode(fields, encoding=charset, errors="replace")
    referer = ("Referer", page.url)
    if (form.get("method") or "get").lower() == "post":
        kind = ("Content-Type", "application/x-www-form-urlencoded")
        return Ask(url=url, method="POST", body=body.encode(), headers=(kind, referer))
    return Ask(url=urlsplit(url)._replace(query=body).geturl(), headers=(referer,))

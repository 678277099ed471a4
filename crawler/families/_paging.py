"""What plain lists share: the page that follows, printed or derived, and the signs that one must.

An address the page prints is followed as it stands. A derived one (``index_2.htm``, ``?page=2``)
is only offered where the page itself says that there are more pages, and only believed where its
answer brings new rows of the same column (``spiders.listing``): 常州's ``/class/X/2`` is the home
page's news, 沭阳's ``xxgk_list_N`` slides into other departments.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

from lxml import html

from crawler.families import _rows
from crawler.families._answers import with_query
from crawler.pages import Page, absolute, is_address, squeeze
from pipelines.vocabulary.items import Ask, ListPage

Second = Callable[[str], Sequence[str]]
"""Where the second page of a first page's address may lie, likeliest first."""

_NEXT_TEXT = re.compile(
    r"^[\W_]*(?:下一?[页頁]|后一?页|后页|next(?:\s*page)?|>|»|›|›{2}|>>)[\W_]*$", re.IGNORECASE
)
_NEXT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:p_next|next|nextpage|pagenext|page-next)(?:$|[\s_-])", re.IGNORECASE
)
_NAMES = "page|pageNo|pageNum|pageIndex|PageIndex|currentPage|cur_page|currpage|curpage|p|pn"
_QUERY = re.compile(rf"[?&;]({_NAMES})=(\d+)")
_SAID = re.compile(rf"""[?&](?:amp;)?({_NAMES})=(?=["'+$]|\d)""")
# The number stands before the extension, or is the last step of a path without one.
_NUMBER = re.compile(r"(?<=[/_-])(\d{1,3})(?=\.\w{3,5}$|/?$)")
_STEM = re.compile(r"^(.*/)(?:(index|default)\.(\w+))?$")
_FILE = re.compile(r"^(.*/)([^/]+?)(\.\w+)$")
_HERE = re.compile(r"第\s*(\d{1,4})\s*/\s*\d{1,4}\s*页|第\s*(\d{1,4})\s*页")
_CALL = re.compile(r"""\(\s*(?:this\s*,\s*)?['"]?(\d{1,4})['"]?\s*[,)]""")
_MORE = re.compile(r"^\W*(?:点击)?(?:加载|查看|显示)更多\W*$")
_YEAR_TAB = re.compile(r"^\W*(20[012]\d)\s*年?度?\W*")
_VOID = re.compile(r"(?:javascript:\s*(?:void\s*\(?\s*0\s*\)?)?\s*;?|#)", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
_FULL = 10
"""Rows of a page from which it may be one of several."""
_CODE = 1000
"""Characters of a button's script that are looked at."""
_OFF = re.compile(r"disabled|no[-_]?(?:next|more)|p_no\b", re.IGNORECASE)


def read_anchors(page: Page, second: Second | None = None) -> ListPage:
    """Read one page of a list whose rows are plain anchors, and what it says of further pages."""
    total, pages = _rows.declared(page)
    links = _rows.rows_of(page)
    if pages is None and total is not None and links:
        pages = -(-total // len(links)) if number_of(page) == 1 else None
    printed = next_by_anchor(page)
    submitted = None if printed else _submitted(page)
    derived = () if printed or submitted else _derived(page, pages, second or usual_second)
    found = printed or submitted or derived
    return ListPage(
        links=links,
        declared_total=total,
        declared_pages=_rows.declared(page)[1],
        next_urls=printed or derived,
        next_asks=(submitted,) if submitted else (),
        guessed=bool(derived),
        more="" if found else promised(page),
        maybe_more=not found and (_may_go_on(page, len(links)) or _has_year_tabs(page)),
        sub_columns=_rows.folders_of(page),
    )


def number_of(page: Page) -> int:
    """Return which page of its list this is: by its address, by its own words, else the first."""
    parts = urlsplit(page.url)
    found = _QUERY.search(f"?{parts.query}")
    if found:
        return int(found[2])
    said = _HERE.search(page.visible)
    if said:
        return int(said[1] or said[2])
    if of := _rows.counted(page):
        return of[0]
    placed = _NUMBER.search(parts.path)
    return int(placed[1]) if placed else 1


def usual_second(url: str) -> Sequence[str]:
    """Return the usual addresses of a second page: ``index_2``, ``X_2``, ``X-2``, ``X/2``."""
    parts = urlsplit(url)
    folder = _STEM.match(parts.path)
    if folder:
        stem, suffix = folder[2] or "index", folder[3] or "html"
        names = [f"{folder[1]}{stem}_{n}.{suffix}" for n in (2, 1)]
    elif found := _FILE.match(parts.path):
        names = [f"{found[1]}{found[2]}{mark}2{found[3]}" for mark in ("_", "-")]
    else:
        names = [f"{parts.path}/2", f"{parts.path}/index_2"]
    return [urlunsplit(parts._replace(path=name)) for name in names]


def by_query(name: str) -> Second:
    """Return a rule that turns pages by a query parameter."""
    return lambda url: [with_query(url, {name: "2"})]


def _derived(page: Page, pages: int | None, second: Second) -> tuple[str, ...]:
    """Derive the next address where the page declares more pages, or its pager calls a script."""
    here = number_of(page)
    if pages is None and _called(_dead_ends(page, _NEXT_TEXT)) != here + 1:
        return ()
    if pages is not None and here >= pages:
        return ()
    stepped = _stepped(page.url, here)
    if stepped is not None:
        return (stepped,)
    named = dict.fromkeys(m[1] for m in _SAID.finditer(page.text))
    by_name = [with_query(page.url, {name: str(here + 1)}) for name in named][:2]
    return tuple(dict.fromkeys(by_name or (second(page.url) if here == 1 else ())))[:3]


def _stepped(url: str, here: int) -> str | None:
    """Return the address with its own page number one higher; None where it holds none."""
    parts = urlsplit(url)
    found = _QUERY.search(f"?{parts.query}")
    if found:
        return with_query(url, {found[1]: str(int(found[2]) + 1)})
    placed = _NUMBER.search(parts.path)
    if placed is None or int(placed[1]) != here:
        return None
    path = parts.path[: placed.start(1)] + str(here + 1) + parts.path[placed.end(1) :]
    return urlunsplit(parts._replace(path=path))


def _called(ends: Sequence[str]) -> int | None:
    """Return the number a 下一页 without an address hands to its script."""
    for code in ends:
        if (found := _CALL.search(code)) is not None:
            return int(found[1])
    return None


def promised(page: Page) -> str:
    """Return the words that promise further rows to which no address leads; empty where none do."""
    if next(iter(_dead_ends(page, _MORE)), None) is not None:
        return "加载更多"
    ends = _dead_ends(page, _NEXT_TEXT)
    if not ends or _rows.declared(page)[1] == 1:
        return ""
    called = _called(ends)
    return "下一页" if called is None or called > number_of(page) else ""


def _submitted(page: Page) -> Ask | None:
    """Return what a form asks whose button says 下一页; it needs no script."""
    if page.tree is None:
        return None
    for button in page.tree.xpath(
        "//form//input[@type='submit' or @type='image'] | //form//button"
    ):
        words = squeeze(button.get("value") or button.text_content() or "")[:12]
        if not _NEXT_TEXT.match(words) or _is_off(button) or button.get("onclick"):
            continue
        form = next(button.iterancestors("form"))
        fields = {
            str(i.get("name")): str(i.get("value") or "")
            for i in form.xpath(".//input[@name][not(@type='submit' or @type='image')]")
        }
        if button.get("name"):
            fields[str(button.get("name"))] = str(button.get("value") or "")
        url = absolute(page.base, form.get("action") or page.url)
        if url is None:
            continue
        if (form.get("method") or "get").lower() != "post":
            return Ask(url=with_query(url, fields), headers=(("Referer", page.url),))
        kind = ("Content-Type", "application/x-www-form-urlencoded")
        body = urlencode(fields).encode()
        return Ask(url=url, method="POST", body=body, headers=(kind, ("Referer", page.url)))
    return None


def _has_year_tabs(page: Page) -> bool:
    """Tell whether years stand on the page that only a script can open."""
    if page.tree is None or not page.scripted:
        return False
    years = {
        match[1]
        for e in page.tree.iter("a", "li", "span", "button", "option")
        if len(e) < 2 and (match := _YEAR_TAB.fullmatch(_own_words(e))) and _opens_by_script(e)
    }
    return len(years) > 1


def _own_words(element: html.HtmlElement) -> str:
    """Return the first words of a small element; most elements of a page have none."""
    own = (element.text or "").strip()
    if not own and len(element):
        own = (element[0].text or "").strip()
    return own[:20]


def _opens_by_script(element: html.HtmlElement) -> bool:
    if element.tag == "option":
        holder = element.getparent()
        value = (element.get("value") or "").strip()
        return holder is not None and bool(holder.get("onchange")) and not is_address(value)
    href = (element.get("href") or "").strip()
    if href and not _VOID.fullmatch(href) and not href.startswith("#"):
        return False
    return bool(element.get("onclick") or href)


def _may_go_on(page: Page, rows: int) -> bool:
    """Tell whether a full list has a 下一页 whose script, if there is one, stands elsewhere."""
    return rows >= _FULL and any(
        _NEXT_TEXT.match(squeeze(a.text_content())[:12])
        and _VOID.fullmatch((a.get("href") or "").strip())
        and not any(_is_off(e) for e in (a, *list(a.iterancestors())[:2]))
        for a in (page.tree.iter("a") if page.tree is not None else ())
    )


def _dead_ends(page: Page, words: re.Pattern[str]) -> list[str]:
    """Return the script calls of buttons that say ``words`` and are neither off nor hidden."""
    found: list[str] = []
    if page.tree is None:
        return found
    for element in page.tree.iter("a", "button", "span", "div", "li"):
        if len(element) > 1 or not _reads_as(element, words, page):
            continue
        if any(_is_off(e) for e in (element, *list(element.iterancestors())[:2])):
            continue
        called = (element.get("onclick"), element.get("href"))
        code = " ".join(c.strip() for c in called if c and not _VOID.fullmatch(c.strip()))
        if words is _NEXT_TEXT and "(" not in code and not page.rendered:
            continue  # on a last page it is left without an address, and means nothing
        found.append(code)
    return found


def _reads_as(element: html.HtmlElement, words: re.Pattern[str], page: Page) -> bool:
    """Tell whether a button says what is looked for: in words, or drawn as 下一页's symbol."""
    text = squeeze(element.text_content())[:12]
    if words.match(text):
        return True
    drawn = page.rendered and words is _NEXT_TEXT and element.tag in {"button", "li"}
    return drawn and not text and bool(_NEXT_CLASS.search(element.get("class") or ""))


def _is_off(element: html.HtmlElement) -> bool:
    marks = f"{element.get('class') or ''} {element.get('style') or ''}"
    return (
        element.get("disabled") is not None
        or element.get("aria-disabled") == "true"
        or bool(_OFF.search(marks))
        or re.search(r"display\s*:\s*none", marks) is not None
    )


def next_by_anchor(page: Page) -> tuple[str, ...]:
    """Return the address behind the page's own 下一页, if it has one that leads on."""
    if page.tree is None:
        return ()
    for tree in (page.tree, *_hidden_pagers(page)):
        for element in tree.iter("a", "span", "li", "button", "link"):
            if _says_next(element):
                url = _target(element, page)
                if url is not None and url != page.url:
                    return (url,)
    return _next_number(page)


def _next_number(page: Page) -> tuple[str, ...]:
    """Return the address behind the next of the numbers that are a whole pager: 1 2 3.

    One number alone, or numbers that are no row of pages, mean nothing.
    """
    for tree in (page.tree, *_hidden_pagers(page)) if page.tree is not None else ():
        for first in tree.iter("a"):
            holder = first.getparent()
            if holder is None or _number_in(first) not in {"1", "2"}:
                continue
            numbers = _pages_in(holder, page)
            here = number_of(page)
            if len(numbers) < 2 - (here == 1) or not numbers.keys() <= set(range(1, 1000)):
                continue
            # Its own number is no link on many a pager; elsewhere it leads to the page itself.
            whole = sorted({*numbers, here}) == list(range(min({*numbers, here}), max(numbers) + 1))
            url = numbers.get(here + 1)
            if whole and url is not None and url != page.url:
                return (url,)
    return ()


def _number_in(link: html.HtmlElement) -> str:
    """Return what a link of a pager says: 2, [2]."""
    return str(link.text_content()[:20]).strip("[]【】()（）<> \t\r\n\xa0")


def _pages_in(holder: html.HtmlElement, page: Page) -> dict[int, str]:
    """Return the addresses of the numbers among the links of a pager."""
    # Numbers may stand in a list item each.
    around = holder.getparent() if holder.tag == "li" else holder
    found: dict[int, str] = {}
    for link in list(around.iter("a"))[:60] if around is not None else ():
        said = _number_in(link)
        if said.isascii() and said.isdigit() and len(said) <= 3:
            url = _target(link, page)
            if url is not None:
                found.setdefault(int(said), url)
    return found


def _says_next(element: html.HtmlElement) -> bool:
    if element.tag == "link":
        return (element.get("rel") or "").lower() == "next"
    if element.tag == "a" and "next" in (element.get("rel") or "").lower().split():
        return True
    if len(element) > 3:
        return False
    text = squeeze(element.text_content())
    if _NEXT_TEXT.match(text) or _NEXT_TEXT.match(element.get("title") or ""):
        return True
    return bool(_NEXT_CLASS.search(element.get("class") or "")) and len(text) < 8


def _target(element: html.HtmlElement, page: Page) -> str | None:
    candidates = [element, *element.xpath(".//a")]
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        candidates.append(parent)
    for candidate in candidates:
        for name in ("href", "data-url", "data-href", "tagname"):
            value = candidate.get(name) or ""
            if value and not value.lower().startswith(("javascript:", "#")):
                return absolute(page.base, value)
        for code in (candidate.get("href") or "", candidate.get("onclick") or ""):
            found = re.search(r"""['"]([^'"]*[/.?][^'"]*)['"]""", code[:_CODE])
            if found:
                return absolute(page.base, found.group(1))
    return None


def _hidden_pagers(page: Page) -> list[html.HtmlElement]:
    """Pagers that 云南's sites keep base64 and percent-encoded in ``#pages`` for a script."""
    assert page.tree is not None
    found = []
    for element in page.tree.xpath("//*[@id='pages' or @id='page' or @class='pages']"):
        kept = (squeeze(element.text_content()), *(str(v) for v in element.attrib.values()))
        raw = next((k for k in kept if len(k) > 40 and _BASE64.fullmatch(k)), "")
        if raw:
            try:
                source = unquote(base64.b64decode(raw, validate=False).decode("utf-8"))
                found.append(html.fragment_fromstring(source, create_parent="div"))
            except (binascii.Error, ValueError, UnicodeDecodeError):
                continue
    return found

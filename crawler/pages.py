"""An HTML page as families and discovery see it: decoded, parsed once, links made absolute.

Pure: bytes in, values out. Nothing here fetches, and nothing knows what a report is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

from lxml import html

from pipelines.documents.charset import decode
from pipelines.documents.html.facts import (
    HERE,
    address_beside,
    address_in_script,
    crumb_names,
    declared_base,
    meta_facts,
    meta_pairs,
    title_element,
)
from pipelines.documents.html.tree import parse
from pipelines.vocabulary.errors import DocumentError
from pipelines.vocabulary.items import ArchiveRef, Ask

# detail('4711') and function detail(id) { location.href = '/show/' + id + '.html' }
_CALL = re.compile(r"""(?<![\w$.])(\w{1,60})\(\s*(?:['"]([\w-]{1,80})['"]|(\d{1,20}))\s*[,)]""")
_FUNCTION = re.compile(
    r"""function\s{1,9}(\w{1,60})\s{0,9}\(\s{0,9}(\w{1,60})[^(){}]{0,200}\)\s{0,99}\{([^{}]{1,600})\}"""
)
# {id: 12, name: "区政府办公室", url: "nb_012.html"}: a node of a tree, as scripts hold it.
_THING = re.compile(r"""\{[^{}<>;]{8,400}\}""")
_NODE_NAME = re.compile(
    r"""(?<!\w)["']?(?:name|title|text|label)["']?\s*:\s*["']([^"']{1,60})["']"""
)
_NODE_ID = re.compile(r"""(?<!\w)["']?id["']?\s*:\s*["']?([\w-]{1,40})""")
_NODE_ABOVE = re.compile(
    r"""(?<!\w)["']?(?:p_?id|parent_?id)["']?\s*:\s*["']?([\w-]{1,40})""", re.IGNORECASE
)
_NODE_ADDRESS = re.compile(
    r"""(?<!\w)["']?(?:url|href|link|file|linkUrl)["']?\s*:\s*["']([^"'\s]{1,300})["']"""
)
_LOCATION = re.compile(
    r"""location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*['"]([^'"]+)['"](?!\s*\+)"""
)
_REFRESH = re.compile(
    r"""^\s*+[\d.]*+\s*+[;,]\s*+(?:url\s*+=\s*+)?['"]?([^'"\s>]+)""", re.IGNORECASE
)
# Parameters that name a visit, not a page: two addresses that differ only in them are one.
_NOISE = frozenset(
    {
        *("_", "jsessionid", "phpsessid", "sessionid", "spm"),
        *("sid_for_share", "ddtab", "topsearch", "from", "isappinstalled"),  # shared
        *("print", "isprint"),  # for the printer
    }
)
# The time of a visit in seconds or milliseconds, a fraction drawn by lot.
_STAMPS = frozenset(
    {
        *("t", "_t", "ts", "_ts", "time", "timestamp", "tm", "v", "r", "_r", "rnd", "rand"),
        *("random", "nocache", "nonce", "tt", "dt", "stamp", "_dc"),
    }
)
_STAMP = re.compile(r"1[5-9]\d{8}(?:\d{3})?|0?\.\d{6,}")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid|wsid)=[^/?#;]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\(S\([^)]*\)\)", re.IGNORECASE)
_DATE = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")


_HIDDEN = re.compile(rb"<(?:(script|style)\b|!--)")
_BODY = re.compile("<body", re.IGNORECASE)
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"\x89PNG", b"\xff\xd8\xff")
_TAG = re.compile(r"<[^<>]*>")
_CRUMBS = (
    "//*[not(self::script)][text()["
    + " or ".join(f"contains(., '{words}')" for words in HERE)
    + "]]"
)


HARDLY_ANY = 160
"""Words outside links that a menu, a title and a footer make up without any text of a page."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Anchor:
    """A link of a page, its address absolute and cleaned."""

    url: str
    text: str
    """The visible text, or the title attribute where that is longer (lists cut titles)."""
    row: str = ""
    """The text of the list row around it, where the row holds no other link; of a node the name of
    the node it hangs on."""
    nav: bool = False
    """Inside a header, footer or navigation element."""
    node: bool = False
    """A node of a tree that a script of the page draws."""

    @property
    def date(self) -> str | None:
        """The date printed in the row, as ISO."""
        found = _DATE.search(self.row)
        return iso_date(found) if found else None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A fetched page. ``url`` is where it was found after redirects."""

    url: str
    body: bytes
    content_type: str | None = None
    status: int = 200
    rendered: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    """Lower-case names."""
    ask: Ask | None = None
    """What was asked, where it was more than a plain GET."""
    archive: ArchiveRef | None = None
    """Where its bytes lie in the archive."""
    pressed: tuple[str, ...] = ()
    """Entries of its menu that had to be pressed in the browser for it to show what it shows."""

    @cached_property
    def text(self) -> str:
        """The decoded source; empty where the bytes are no text."""
        if self.body.startswith(_BINARY):
            return ""  # told at once: trying every charset on a scan of 30 MB takes seconds
        try:
            return decode(self.body, self.content_type)[0]
        except DocumentError:
            return ""

    @cached_property
    def low(self) -> bytes:
        """The source as UTF-8, its Latin letters small: marks of a page are looked for here.

        Bytes, because lowering a text of Chinese costs more than parsing it.
        """
        return self.text.encode("utf-8", "surrogatepass").lower()

    @cached_property
    def source(self) -> str:
        """The source without scripts, styles and comments: for a first look that needs no tree."""
        return _without_hidden(self.text, self.low)

    @cached_property
    def words(self) -> str:
        """What stands between the tags of the body: ``visible``, nearly, and without a tree."""
        found = _BODY.search(self.source)
        return squeeze(_TAG.sub(" ", self.source[found.start() if found else 0 :]))

    @cached_property
    def unlinked(self) -> str:
        """The visible text outside links, blanks left out: what a page says, its menus aside."""
        if self.tree is None:
            return ""
        parts = self.tree.xpath(
            "//body//text()[not(ancestor::script or ancestor::style or ancestor::a)]"
        )
        return "".join("".join(str(p) for p in parts).split())

    @property
    def scripted(self) -> bool:
        """Tell whether the page has a script at all."""
        return b"<script" in self.low

    @cached_property
    def tree(self) -> html.HtmlElement | None:
        """The parsed page; None where there is nothing to parse."""
        source = self.text.replace("\x00", "")
        if not source.strip():
            return None
        try:
            return parse(source)
        except DocumentError:
            return None

    @cached_property
    def base(self) -> str:
        """What relative links are resolved against."""
        declared = declared_base(self.tree, self.url) if self.tree is not None else None
        return (absolute(self.url, declared) if declared else None) or self.url

    @cached_property
    def title(self) -> str:
        """The title element, blanks collapsed."""
        return squeeze(title_element(self.tree)) if self.tree is not None else ""

    @cached_property
    def headline(self) -> str:
        """What an article is called: its meta tag, its first heading, else the title element."""
        heads = self.tree.xpath("//h1 | //h2") if self.tree is not None else []
        named = [squeeze(h.text_content()) for h in heads]
        return self.meta.get("articletitle") or next((n for n in named if n), "") or self.title

    @cached_property
    def meta(self) -> dict[str, str]:
        """Meta tags, names lower-cased, the first that says something."""
        pairs = meta_pairs(self.tree) if self.tree is not None else []
        return {name: squeeze(content) for name, content in meta_facts(pairs).items()}

    @cached_property
    def visible(self) -> str:
        """All visible text, blanks collapsed."""
        if self.tree is None:
            return ""
        parts = self.tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
        return squeeze(" ".join(str(p) for p in parts))

    @cached_property
    def breadcrumb(self) -> tuple[str, ...]:
        """The names of 当前位置, outermost first; empty where the page has none."""
        if self._crumbs is None:
            return ()
        return crumb_names(squeeze(self._crumbs.text_content()))

    @cached_property
    def crumb_links(self) -> tuple[str, ...]:
        """The addresses of 当前位置, outermost first."""
        hrefs = self._crumbs.xpath(".//a/@href") if self._crumbs is not None else []
        urls = (absolute(self.base, str(href)) for href in hrefs[:12])
        return tuple(u for u in urls if u is not None)

    @cached_property
    def _crumbs(self) -> html.HtmlElement | None:
        """The element around 当前位置 and its links."""
        if not any(words.encode() in self.low for words in HERE) or self.tree is None:
            return None
        # One expression finds the few candidates; asking every element is half a page's parsing.
        for element in self.tree.xpath(_CRUMBS):
            if len(element) > 40:
                continue
            holder: html.HtmlElement | None = (
                element if element.xpath(".//a") else element.getparent()
            )
            if holder is not None:
                return holder
        return None

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """Every link in document order: anchors, options with an address, image maps."""
        if self.tree is None:
            return ()
        found: list[Anchor] = []
        called: dict[str, set[str]] = {}
        makers = self._address_makers
        for element in self.tree.iter("a", "area", "option", "li", "span", "button", "div"):
            raw = _address_in(element)
            if raw is None and makers:
                raw = self._made_by_call(element)
            if raw is None:
                continue
            url = absolute(self.base, raw)
            if url is not None:
                name, date = _without_date(element, _name_of(element))
                row = _row_of(element)
                row = row if _DATE.search(row) or not date else f"{row} {name} {date}".strip()
                found.append(Anchor(url=url, text=name, row=row, nav=_in_nav(element)))
                if raw not in element.attrib.values():
                    called.setdefault(url, set()).add(name)
        # What a script is called with for one report after the other is not the address of any.
        shared = {url for url, names in called.items() if sum(map(_of_a_year, names)) > 1}
        found = [anchor for anchor in found if anchor.url not in shared]
        linked = {anchor.url for anchor in found}
        found += [node for node in self._nodes() if node.url not in linked]
        return tuple(found)

    def _nodes(self) -> Iterator[Anchor]:
        """Yield the nodes of trees whose names and addresses a script of the page holds."""
        things = _THING.findall(self.text) if self.scripted else []
        names = {
            number[1]: squeeze(_unescaped(name[1]))
            for thing in things
            if (number := _NODE_ID.search(thing)) and (name := _NODE_NAME.search(thing))
        }
        for thing in things:
            name, address = _NODE_NAME.search(thing), _NODE_ADDRESS.search(thing)
            url = absolute(self.base, _unescaped(address[1])) if name and address else None
            if name and url is not None:
                above = _NODE_ABOVE.search(thing)
                row = names.get(above[1], "") if above else ""
                yield Anchor(url=url, text=squeeze(_unescaped(name[1])), row=row, node=True)

    def _made_by_call(self, element: html.HtmlElement) -> str | None:
        """Return the address a script makes of what it is called with: ``detail('4711')``."""
        for code in (element.get("onclick"), element.get("href")):
            called = _CALL.search(code[:_LONGEST]) if code and "(" in code else None
            if called and (made := self._address_makers.get(called[1])):
                return f"{made[0]}{called[2] or called[3]}{made[1]}"
        return None

    @cached_property
    def _address_makers(self) -> dict[str, tuple[str, str]]:
        """Functions of the page that put what they are given into an address: (before, after)."""
        found: dict[str, tuple[str, str]] = {}
        for name, given, body in _FUNCTION.findall(self.text):
            put = re.search(
                rf"""['"]([^'"]*/[^'"]*)['"]\s*\+\s*{re.escape(given)}\s*(?:\+\s*['"]([^'"]*)['"])?""",
                body,
            )
            if put and ("location" in body or "open(" in body):
                found.setdefault(name, (put[1], put[2] or ""))
        return found

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """Addresses of frames that hold a page of their own."""
        if self.tree is None:
            return ()
        sources = [str(s) for s in self.tree.xpath("//iframe/@src | //frame/@src")]
        # openSubPage.html?specialurl=…: a frame whose address only the query knows.
        sources += [v for k, v in parse_qsl(urlsplit(self.url).query) if k == "specialurl"]
        urls = (absolute(self.base, s) for s in sources)
        return tuple(dict.fromkeys(u for u in urls if u is not None))

    @cached_property
    def stub_target(self) -> str | None:
        """Where a page that is only a redirect leads: meta refresh or one line of script."""
        if b"refresh" in self.low and self.tree is not None:
            for content in self.tree.xpath(
                "//meta[translate(@http-equiv,'REFSH','refsh')='refresh']"
                "[not(ancestor::noscript)]/@content"
            ):
                found = _REFRESH.match(str(content))
                if found:
                    return absolute(self.base, found.group(1))
        # A one-line stub says nothing to a reader; a real page that has a location call does.
        if len(self.text) < 4000 and len(self.visible) < 80:
            found = _LOCATION.search(self.text)
            if found:
                return absolute(self.base, found.group(1))
        return None


def _without_hidden(text: str, low: bytes) -> str:
    """Drop scripts, styles and comments, in one pass however they are (not) closed."""
    raw = text.encode("utf-8", "surrogatepass")
    kept: list[bytes] = []
    at = 0
    for found in _HIDDEN.finditer(low):
        if found.start() < at:
            continue
        kept.append(raw[at : found.start()])
        closing = b"</" + found[1] if found[1] else b"-->"
        end = low.find(closing, found.end())
        if end < 0:
            break
        at = end + len(closing)
    else:
        kept.append(raw[at:])
    return b" ".join(kept).decode("utf-8", "surrogatepass")


def squeeze(text: str) -> str:
    """Collapse white space, ideographic and no-break spaces included."""
    return " ".join(text.replace("\u3000", " ").replace("\xa0", " ").split())


def iso_date(found: re.Match[str]) -> str | None:
    """Return ISO for a (year, month, day) match, None where no such day can be."""
    year, month, day = (int(g) for g in found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _unescaped(text: str) -> str:
    r"""Return what a script's string says.

    >>> _unescaped(r"\u533a\u653f\u5e9c"), _unescaped(r"\/nb\/")
    ('区政府', '/nb/')
    """
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return text.replace("\\/", "/")


_LONGEST = 4096
"""Characters of a link from which it is none: servers refuse such addresses."""


def absolute(base: str, raw: str) -> str | None:
    r"""Make a raw link absolute and canonical; None for what is no http(s) address.

    >>> absolute("http://a.gov.cn/x/", "..\\b.html ")
    'http://a.gov.cn/b.html'
    """
    if len(raw) > _LONGEST:
        return None
    raw = "".join(c for c in raw.strip() if c not in "\r\n\t")
    raw = raw.replace("\\", "/")
    # Full-width ：／？ slip into hand-typed addresses; Chinese letters in a path stay as they are.
    raw = "".join(unicodedata.normalize("NFKC", c) if "！" <= c <= "～" else c for c in raw)
    if not raw or raw.lower().startswith(("javascript:", "mailto:", "tel:", "data:", "about:")):
        return None
    try:
        url = urljoin(base, raw)
        return canonical(url)
    except ValueError:
        return None


def canonical(url: str) -> str | None:
    """One spelling of an address: no session, no visit parameters, no fragment but a route.

    A fragment is kept only where it is the page itself (``#/nb``, gkmlpt's ``#4688``).
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    path = _ASP_SESSION.sub("", _PATH_SESSION.sub("", parts.path)) or "/"
    path = re.sub(r"/{2,}", "/", path).replace(" ", "%20")
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(k, v) for k, v in pairs if not _is_noise(k.lower(), v)]
        if len(kept) != len(pairs):
            query = urlencode(kept)
    route = parts.fragment.startswith(("/", "!/")) or (
        "gkmlpt" in path and parts.fragment.isdigit()
    )
    port = f":{parts.port}" if parts.port else ""
    if (parts.scheme, parts.port) in {("http", 80), ("https", 443)}:
        port = ""
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    return urlunsplit((parts.scheme, host + port, path, query, parts.fragment if route else ""))


def _is_noise(name: str, value: str) -> bool:
    """Tell whether a parameter names the visit: by its name, or by its name and the look of it."""
    if name in _NOISE or name.startswith("aspsessionid"):
        return True
    return name in _STAMPS and _STAMP.fullmatch(value) is not None


def same_page(url: str) -> str:
    """A key under which twins fall together: scheme, www, index page and trailing slash aside."""
    parts = urlsplit(url)
    host = (parts.netloc or "").removeprefix("www.").removeprefix("wap.").removeprefix("m.")
    path = re.sub(
        r"/(?:index|default)\.(?:s?html?|jhtml|jspx?|aspx?|php)$", "/", unquote(parts.path)
    )
    path = re.sub(r"_wap(\.s?html?)$", r"\1", path).replace("/mpost_", "/post_")
    return f"{host}{path.rstrip('/')}?{parts.query}#{parts.fragment}"


_OPTION = re.compile(
    r"^(?:(?:https?:)?//|/|\.{1,2}/|\?\w+=|[\w/.-]{1,300}\.(?:s?html?|aspx?|jspx?|php|do|action)(?:$|[?#]))"
)


def is_address(value: str) -> bool:
    """Tell whether the value of an option is the address of a page.

    >>> is_address("2019.html"), is_address("?year=2019"), is_address("2019")
    (True, True, False)
    """
    return _OPTION.match(value) is not None


def _address_in(element: html.HtmlElement) -> str | None:
    tag = element.tag
    if tag in {"a", "area"}:
        href = (element.get("href") or "").strip()
        if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
            return href
        if href.startswith(("#/", "#!/")):
            return href
        return address_beside(element)
    if tag == "option":
        value = (element.get("value") or "").strip()
        return value if is_address(value) else _asked_by_form(element, value)
    # Anything else is a link only by its script or its data attribute.
    if element.get("data-url") or element.get("data-href"):
        return element.get("data-url") or element.get("data-href")
    code = element.get("onclick") or ""
    if "location" in code or "open(" in code:
        return address_in_script(code)
    return None


_YEAR_IN_FORM = re.compile(r"\W{0,4}20[012]\d(?:年度?)?\W{0,4}")
_ORGAN_IN_FORM = re.compile(
    r"(?!.{0,20}[镇乡]|.{0,20}街道).{0,12}(?:政府|本级)(?:办(?:公[室厅])?|本级)?"
)


def _asked_by_form(option: html.HtmlElement, value: str) -> str | None:
    """Return the address that choosing a year or an organ asks for, of a form that GETs.

    Of organs the government and its office: what departments publish is named by their own pages.
    """
    select = next(option.iterancestors("select"), None)
    form = next(option.iterancestors("form"), None)
    if select is None or form is None or not value or not select.get("name"):
        return None
    if (form.get("method") or "get").lower() != "get" or not form.get("action"):
        return None
    words = option.text_content()[:30].strip()
    if not _YEAR_IN_FORM.fullmatch(words) and not _ORGAN_IN_FORM.fullmatch(words):
        return None
    fields = [
        (str(field.get("name")), str(field.get("value") or ""))
        for field in list(form.iter("input"))[:20]
        if field.get("name") and (field.get("type") or "text").lower() == "hidden"
    ]
    return f"{form.get('action')}?{urlencode([*fields, (str(select.get('name')), value)])}"


def _name_of(element: html.HtmlElement) -> str:
    text = squeeze(element.text_content())
    title = squeeze(element.get("title") or "")
    if not text:
        drawn = element.xpath("self::area/@alt | .//img/@alt | .//img/@title")
        text = title or squeeze(" ".join(str(a) for a in drawn))
    elif len(title) > len(text) or (title and text.endswith(("…", "...", "..", "．．．"))):
        # The visible text is cut with an ellipsis; the attribute holds the whole title.
        text = title
    if len(text) <= 6 and _MORE_OF.fullmatch(text):
        text = _heading_of(element) or text
    return text


def _of_a_year(name: str) -> bool:
    return re.search(r"20[012]\d\s{0,3}年", name) is not None


_DATE_ALONE = re.compile(r"[\[(（]?(20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?)[\])）]?")


def _without_date(element: html.HtmlElement, name: str) -> tuple[str, str]:
    """Return what a link is named, and the date that stands behind the name in a piece of its own.

    Where a whole row is the link its date is inside it.
    """
    if name[-1:] not in "0123456789日])）":
        return name, ""
    last = next((squeeze(str(t)) for t in reversed([*element.itertext()]) if str(t).strip()), "")
    date = _DATE_ALONE.fullmatch(last) or _DATE_ALONE.fullmatch(name.rpartition(" ")[2])
    rest = name.removesuffix(date[0]).rstrip() if date else ""
    return (rest, date[1]) if date and rest else (name, "")


_MORE_OF = re.compile(r"\W*(?:查看|了解)?(?:更多|more)?\W*", re.IGNORECASE)
_HEADING = 20  # characters a block's name has at most


def _heading_of(element: html.HtmlElement) -> str:
    """Return the name of the block whose 更多 a link is; empty where none stands beside it."""
    for holder in list(element.iterancestors())[:2]:
        if len(holder) > 4:
            break
        own = element.text_content()
        text = squeeze(holder.text_content()[:200].replace(own, " ") if own else "")
        if text:
            return text if len(text) <= _HEADING else ""
    return ""


def _row_of(element: html.HtmlElement) -> str:
    """The text of the smallest li, tr, dd, p or div around a link that holds only this link."""
    row = ""
    for ancestor in element.iterancestors():
        if ancestor.tag in {"ul", "ol", "table", "tbody", "body", "html"}:
            break
        links = ancestor.iter("a")
        if next(links, None) is not None and next(links, None) is not None:
            break  # another link in it: counting them all would be slow on pages of thousands
        row = squeeze(" ".join(str(t) for t in ancestor.itertext()))
        if ancestor.tag in {"li", "tr", "dd"} or len(row) > 300:
            break
    return row[:300]


def _in_nav(element: html.HtmlElement) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag in {"nav", "header", "footer"}:
            return True
        mark = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}".lower()
        if re.search(r"\b(nav|menu|header|footer|foot|crumb|breadcrumb|position)\b", mark):
            return True
    return False
